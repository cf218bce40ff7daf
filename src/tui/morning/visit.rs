//! The visit: the questions, then the verdict with its figure, its limit and what to do now.

use ratatui::{
    layout::{Position, Rect},
    text::{Line as Words, Span},
};

use super::{
    super::{
        Effect, Theme,
        card::{badge, draw_dose_box},
        sheet::{Canvas, Row},
        text::{pad, wrap},
        theme::Role,
        why::reason_lines,
        words,
    },
    Filling, Morning, Over, PatientPage, Place, VisitPage, draft_key,
    home::role,
    keys::view_badge,
    view::{height, rule_with, text_rows},
};
use crate::morning::words as said;
use crate::{
    form::Reading,
    morning::{Badge, Questions, Visit, timeline},
    plan::Plan,
    present::{self, CardLine},
    ward::store::PatientKey,
    words::{date, register, spoken},
};

/// The key under which the day is kept on which a visit was typed.
const TYPED_ON: &str = "typed-on";

impl Morning {
    /// The visit of the marked patient, or of the one whose page is open.
    pub(super) fn begin_visit(&mut self) -> Effect {
        self.round = None;
        match &self.place {
            Place::Home => match self.marked() {
                Some(found) => self.open_visit(&found.key(), false),
                None => self.say(words::NOBODY_MARKED),
            },
            Place::Patient(page) => {
                let key = page.chart.key.clone();
                self.open_visit(&key, true)
            }
            Place::Visit(_) => Effect::Stay,
        }
    }

    /// Opens the visit of a patient, with what was typed before.
    pub(super) fn open_visit(&mut self, key: &PatientKey, from_page: bool) -> Effect {
        let chart = match self.open_chart(key) {
            Ok(chart) => chart,
            Err(why) => return self.say(why),
        };
        let mut visit = match Visit::new(chart.clone(), self.by.clone()) {
            Ok(visit) => visit,
            Err(refused) => {
                // There is no visit, and the page says what there is.
                self.place = Place::Patient(PatientPage::new(chart));
                return self.say(register::why_not(&refused));
            }
        };
        let kept = self.drafts.get(&draft_key(&chart)).cloned();
        if let Some(kept) = &kept {
            visit.take_up(kept);
        }
        if kept.is_none()
            && let Some(taken_on) = self.round.as_ref().and_then(|it| it.taken_on.clone())
        {
            visit.set(0, taken_on);
        }
        let is_open = !visit.open().is_empty();
        let filling = Filling::new(&visit);
        self.find = None;
        self.place = Place::Visit(Box::new(VisitPage { visit, filling, is_open, first: 0, from_page }));
        if let Some(kept) = kept {
            let today = self.desk.now().day.to_string();
            let other_day = kept.get(TYPED_ON).filter(|on| **on != today);
            return self.say(other_day.map_or_else(|| words::VISIT_TAKEN_UP.to_owned(), |on| words::visit_of_day(on)));
        }
        Effect::Stay
    }

    /// Keeps what is typed at the visit in hand.
    pub(super) fn keep_visit(&mut self) {
        let Place::Visit(page) = &self.place else { return };
        let (key, mut entries) = (draft_key(page.visit.chart()), page.visit.entries());
        let of_round = self.round.as_ref().and_then(|it| it.taken_on.clone());
        // A day that came with the round is nothing that was typed for this patient.
        if entries.len() == 1 && of_round.is_some() && entries.values().next() == of_round.as_ref() {
            entries.clear();
        }
        // What stands in the register is no draft.
        if page.visit.is_recorded() {
            entries.clear();
        }
        if let Some(Over::Act(form)) = &self.over {
            entries.extend(super::acts::entries_of(form));
        } else if let Some(before) = self.drafts.get(&key) {
            let of_acts = before.iter().filter(|(key, _)| key.starts_with(super::acts::ACT));
            entries.extend(of_acts.map(|(key, text)| (key.clone(), text.clone())));
        }
        if entries.is_empty() {
            self.drafts.remove(&key);
        } else {
            entries.insert(TYPED_ON.to_owned(), self.desk.now().day.to_string());
            self.drafts.insert(key, entries);
        }
    }

    /// Where Enter leads, in words.
    pub(super) fn where_enter_leads(&self) -> String {
        let Place::Visit(page) = &self.place else { return String::new() };
        match page.filling.next_open(&page.visit) {
            Some(at) if at != page.filling.at => words::next_open_is(&page.visit.label(at)),
            Some(_) => words::THIS_IS_OPEN.to_owned(),
            None => words::TO_VERDICT.to_owned(),
        }
    }

    /// Enter: the next question that is open, or the verdict.
    pub(super) fn walk(&mut self) -> Effect {
        if let Some(Over::Act(_)) = &self.over {
            return self.walk_act();
        }
        let Place::Visit(page) = &mut self.place else { return Effect::Stay };
        page.filling.leave(&page.visit);
        if page.filling.at == 0 && self.round.is_some() {
            let typed = page.visit.text(0).to_owned();
            if let Some(round) = &mut self.round
                && page.visit.taken_on().is_some()
            {
                round.taken_on = Some(typed);
            }
        }
        let Some(at) = page.filling.next_open(&page.visit) else {
            page.is_open = false;
            page.first = 0;
            return Effect::Stay;
        };
        let is_same = at == page.filling.at;
        page.filling.take(&page.visit, at);
        if is_same {
            let label = page.visit.label(at).into_owned();
            return self.say(words::still_open(&label));
        }
        Effect::Stay
    }

    /// Opens the questions again.
    pub(super) fn edit(&mut self) -> Effect {
        let Place::Visit(page) = &mut self.place else { return Effect::Stay };
        page.is_open = true;
        page.filling = Filling::new(&page.visit);
        Effect::Stay
    }

    /// To the patient before or after in the round.
    pub(super) fn neighbour(&mut self, by: isize) -> Effect {
        self.keep_visit();
        let Some(round) = &mut self.round else { return Effect::Stay };
        if !round.go(by) {
            return if by > 0 {
                let (_, all) = round.place();
                self.round = None;
                self.place = Place::Home;
                self.read();
                self.say(words::round_done(all))
            } else {
                self.say(words::FIRST_OF_ROUND)
            };
        }
        let key = round.key().clone();
        let round = self.round.take();
        self.round = round;
        self.open_visit(&key, false)
    }

    /// Which visit it is, and where in the round.
    pub(super) fn visit_line(&self, page: &VisitPage, columns: usize) -> Words<'static> {
        let course = page.visit.course();
        let today = page.visit.chart().today;
        let held = course.holds.first().map(|hold| words::held_since(&date(hold.on)));
        let visit = page
            .visit
            .dose()
            .map_or_else(|| words::NO_OPEN_DOSE.to_owned(), |dose| words::visit_of(dose, course.slots.len()));
        let title =
            format!("{} {}, {} ", self.theme.sign(super::Sign::Across), held.unwrap_or(visit), spoken::day(today));
        let round = self.round.as_ref().map(|round| {
            let (at, of) = round.place();
            words::round_place(at, of)
        });
        let kept = self.drafts.contains_key(&draft_key(page.visit.chart())).then(|| words::DRAFT_IS_KEPT.to_owned());
        let recorded = page.visit.recorded().map(|(number, _)| words::verdict_recorded(number));
        let end: Vec<String> = [round, recorded.or(kept)].into_iter().flatten().collect();
        rule_with(&title, &end.join("   "), columns, self.theme)
    }

    pub(super) fn visit_body(&self, canvas: &mut Canvas<'_>, area: Rect, page: &VisitPage) -> Option<Position> {
        let (main, aside, third) = super::view::columns(canvas, area);
        let columns = usize::from(main.width);
        if let Some(aside) = aside {
            let rows = self.visit_aside(page, usize::from(aside.width));
            canvas.sheet(&rows, 0, aside);
        }
        if let Some(third) = third {
            let rows = self.timeline_in_short(page, usize::from(third.width));
            canvas.sheet(&rows, 0, third);
        }
        if page.is_open {
            let verdict = self.verdict_rows(page, columns);
            let below = (height(&verdict) + 1).min(main.height / 3);
            let list = Rect { height: main.height.saturating_sub(below), ..main };
            let foot = Rect { y: list.bottom(), height: below, ..main };
            canvas.line(Rect { height: 1, ..foot }, &super::view::rule("", columns, self.theme));
            canvas.sheet(&verdict, 0, Rect { y: foot.y + 1, height: below.saturating_sub(1), ..foot });
            return canvas.sheet(&self.question_rows(page, columns), 0, list);
        }
        self.verdict_page(canvas, main, page);
        None
    }

    /// The questions, with the names of their columns, and a line before what may be taken as well.
    fn question_rows(&self, page: &VisitPage, columns: usize) -> Vec<Row> {
        let [typed, read, before] = words::ENTRY_COLUMNS;
        let room = columns.saturating_sub(20);
        let typed_columns = (room * 27 / 100).clamp(10, 22);
        let before_columns = (room * 36 / 100).clamp(8, 26);
        let heading = format!(
            "{}{}{}{before}",
            " ".repeat(20),
            pad(typed, typed_columns, ""),
            pad(read, room.saturating_sub(typed_columns + before_columns), "")
        );
        let mut rows = vec![Row::read(vec![Words::from(heading)])];
        let mut is_beside = false;
        for (at, row) in page.filling.rows(&page.visit, columns, self.theme, true).into_iter().enumerate() {
            if page.visit.is_beside(at) && !is_beside {
                is_beside = true;
                rows.push(Row::read(vec![Words::from(format!("   {}", said::ALSO_TAKEN))]));
            }
            rows.push(row);
        }
        rows
    }

    /// The verdict while the questions are open: what is still open, or what the engine says.
    fn verdict_rows(&self, page: &VisitPage, columns: usize) -> Vec<Row> {
        let (role, word, sentence) = Self::verdict_of(page);
        self.badge_rows(role, word, &sentence, columns)
    }

    /// A badge with its sentence beside it.
    pub(super) fn badge_rows(&self, role: Role, word: &str, sentence: &str, columns: usize) -> Vec<Row> {
        let badge = badge(self.theme, role, word);
        let indent = badge.width() + 4;
        let mut wrapped = wrap(sentence, columns.saturating_sub(indent + 1)).into_iter();
        let first =
            Words::from(vec![Span::raw(" "), badge, Span::raw(format!("   {}", wrapped.next().unwrap_or_default()))]);
        let more = wrapped.map(|line| Words::from(format!("{}{line}", " ".repeat(indent))));
        vec![Row::read(std::iter::once(first).chain(more).collect())]
    }

    /// The verdict in a word and a sentence.
    pub(super) fn verdict_of(page: &VisitPage) -> (Role, &'static str, String) {
        if let Some(why) = page.visit.refused() {
            return (Role::Stop, words::CANNOT, why);
        }
        let Some(verdict) = page.visit.verdict() else {
            let open: Vec<String> = page.visit.open().iter().map(|it| it.trim_end_matches('?').to_owned()).collect();
            return (Role::NotYet, words::NOT_YET, words::still_open_all(&open));
        };
        let plan = verdict.plan();
        let sentence = plan.map(|plan| present::verdict(plan).sentence).unwrap_or_default();
        let is_held = !page.visit.course().holds.is_empty();
        let untold = page.visit.untold_holds();
        match view_badge(verdict) {
            Badge::Go if !untold.is_empty() => {
                (Role::Confirm, said::badge(Badge::Confirm), register::command::untold_holds(&untold))
            }
            Badge::Go if is_held => (Role::Go, words::GO_ON, words::may_go_on(&resume_sentence(plan))),
            Badge::Go => (Role::Go, said::badge(Badge::Go), words::nothing_against(&go_sentence(plan))),
            other => (role(other).unwrap_or(Role::Stop), said::badge(other), sentence),
        }
    }

    /// The verdict as a page: what was entered, the badge, the dose in its box and how it is made ready, or what now.
    fn verdict_page(&self, canvas: &mut Canvas<'_>, area: Rect, page: &VisitPage) {
        let columns = usize::from(area.width);
        let mut rows = Self::entered_rows(page, columns);
        rows.push(Row::blank());
        rows.extend(self.verdict_rows(page, columns));
        for finding in page.visit.to_confirm() {
            let text = page.visit.plan().map(|plan| present::finding(plan, finding)).unwrap_or_default();
            rows.extend(text_rows(&format!("{} {text}", self.theme.sign(super::Sign::Confirm)), 3, columns));
        }
        let above = height(&rows).min(area.height);
        canvas.sheet(&rows, page.first, Rect { height: above, ..area });
        let mut y = area.y + above;
        let plan = page.visit.plan();
        if let Some(dose) = plan.and_then(present::dose_box).filter(|_| may_be_given(page)) {
            let dose = present::DoseBox { because: None, ..dose };
            let roomy = area.height > 24;
            let inner = area.width.saturating_sub(4).min(super::super::view::TEXT);
            let needed = super::super::App::dose_box_height(&dose, usize::from(inner), roomy);
            if y + 1 + needed <= area.bottom() {
                draw_dose_box(canvas, &dose, Rect { x: area.x + 2, y: y + 1, width: inner, height: needed });
                y += 1 + needed;
            }
        }
        let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        let below = self.below_verdict(page, columns);
        canvas.sheet(&below, page.first, rest);
    }

    /// What was entered, each beside what it was before.
    fn entered_rows(page: &VisitPage, columns: usize) -> Vec<Row> {
        let visit = &page.visit;
        let label = 20;
        let read = columns.saturating_sub(label) * 60 / 100;
        let mut rows = Vec::new();
        for at in 0..visit.count() {
            let (Reading::Read(said) | Reading::Open(said)) = visit.reading(at) else { continue };
            if visit.is_beside(at) && visit.text(at).is_empty() {
                continue;
            }
            let wrapped = wrap(&said, read.saturating_sub(1));
            let befores = wrap(&visit.beside(at), columns.saturating_sub(label + read + 1));
            let count = wrapped.len().max(befores.len()).max(1);
            let lines = (0..count).map(|line| {
                let name = if line == 0 { format!("   {}", visit.label(at)) } else { String::new() };
                Words::from(format!(
                    "{}{}{}",
                    pad(&name, label, ""),
                    pad(wrapped.get(line).map_or("", String::as_str), read, ""),
                    befores.get(line).map_or("", String::as_str)
                ))
            });
            rows.push(Row::read(lines.collect()));
        }
        if let Some((calcium, on)) = visit.calcium_taken_over() {
            let text = format!(
                "{}{}",
                pad(&format!("   {}", words::CALCIUM), label, ""),
                words::of_day(&calcium.measured().to_string(), on)
            );
            rows.push(Row::read(vec![Words::from(super::filling::cut_to(&text, columns, Theme::default()))]));
        }
        rows
    }

    /// Below the verdict: how the dose is made ready, or the two values and what now; then what is open.
    fn below_verdict(&self, page: &VisitPage, columns: usize) -> Vec<Row> {
        let Some(plan) = page.visit.plan() else { return Vec::new() };
        let mut rows = vec![Row::blank()];
        if may_be_given(page) {
            for CardLine { label, value, .. } in present::card(plan).iter().filter(|it| it.item.is_of_preparation()) {
                rows.extend(labelled(label, value, columns));
            }
            for text in present::not_these(plan).into_iter().take(1) {
                rows.extend(text_rows(&text, 3, columns));
            }
        } else if let Some(rise) = present::rise(plan) {
            rows.extend(labelled(words::BASELINE, &rise.baseline, columns));
            rows.extend(labelled(words::TODAY, &rise.today, columns));
            rows.extend(labelled(words::HOLD_AT, &rise.hold_at, columns));
            if let Some(resume) = &rise.resume_at {
                rows.extend(labelled(words::RESUME_AT, resume, columns));
            }
            rows.push(Row::blank());
        }
        let mut now = present::register::what_now(plan);
        if !may_be_given(page) && page.visit.course().holds.is_empty() && page.visit.refused().is_none() {
            now.push(words::WRITE_HOLD.to_owned());
        }
        if !now.is_empty() {
            rows.push(self.heading(&format!("   {}", words::WHAT_NOW)));
            for (number, step) in (1..).zip(now) {
                rows.extend(text_rows(&format!("{number}  {step}"), 4, columns));
            }
        }
        rows
    }

    /// Beside the visit: the creatinine against its limits, and the course.
    fn visit_aside(&self, page: &VisitPage, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        if let Some(rise) = page.visit.plan().and_then(present::rise) {
            rows.push(self.heading(words::CREATININE));
            rows.extend(labelled(words::TODAY, &rise.today, columns));
            rows.extend(labelled(words::HOLD_AT, &rise.hold_at, columns));
            rows.extend(rise.resume_at.iter().flat_map(|it| labelled(words::RESUME_AT, it, columns)));
            rows.extend(labelled(words::BASELINE, &rise.baseline, columns));
            rows.push(Row::blank());
        }
        if self.size.get().is_some_and(|(columns, _)| columns < super::super::view::THREE) {
            rows.extend(self.timeline_in_short(page, columns));
        } else if let Some(plan) = page.visit.plan() {
            rows.extend(why_rows_of(plan, columns, self.theme));
        }
        rows
    }

    /// The visits of the course, a line each.
    fn timeline_in_short(&self, page: &VisitPage, columns: usize) -> Vec<Row> {
        let chart = page.visit.chart();
        let mut rows = vec![self.heading(words::COURSE)];
        for row in timeline(chart, page.visit.course()) {
            let number = row.dose.map_or_else(|| "-".to_owned(), |dose| dose.to_string());
            let on = row.on.map_or_else(|| words::NO_DAY.to_owned(), date);
            let (word, more) = said::became(&row.became, None);
            let what =
                [word.unwrap_or_default(), &more].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
            let line = format!("  {}{}{what}", pad(&number, 5, ""), pad(&on, 14, ""));
            rows.push(Row::read(vec![Words::from(super::filling::cut_to(
                &line,
                columns.saturating_sub(1),
                self.theme,
            ))]));
        }
        rows
    }

    /// Where the verdict comes from.
    pub(super) fn why_rows(&self, columns: usize) -> Vec<Row> {
        let Place::Visit(page) = &self.place else { return Vec::new() };
        page.visit.plan().map_or_else(
            || text_rows(words::NOTHING_COMPUTED, 2, columns),
            |plan| why_rows_of(plan, columns, self.theme),
        )
    }
}

/// Where the figures of a plan come from.
fn why_rows_of(plan: &Plan, columns: usize, theme: Theme) -> Vec<Row> {
    let mut rows = Vec::new();
    for reason in present::why(plan) {
        let titles = wrap(&reason.title, columns.saturating_sub(2));
        let titles = titles.into_iter().map(|line| Words::from(Span::styled(format!(" {line}"), theme.bold())));
        rows.push(Row::read(titles.collect()));
        rows.push(Row::read(reason_lines(theme, &reason, columns.saturating_sub(2).min(100))));
        rows.push(Row::blank());
    }
    rows
}

/// Whether the dose may be shown: the engine does not stop it, and no hold stands of which it knows nothing.
pub(super) fn may_be_given(page: &VisitPage) -> bool {
    let badge = page.visit.verdict().map(view_badge);
    matches!(badge, Some(Badge::Go | Badge::Confirm)) && page.visit.untold_holds().is_empty()
}

/// The figure of a verdict that may be followed: that of the creatinine, where one judges it.
fn go_sentence(plan: Option<&Plan>) -> String {
    plan.and_then(present::rise).map(|rise| words::below_hold(&rise.today, &rise.hold_at)).unwrap_or_default()
}

/// The figure of a verdict on which the course is resumed.
fn resume_sentence(plan: Option<&Plan>) -> String {
    let rise = plan.and_then(present::rise);
    rise.and_then(|rise| Some(words::below_resume(&rise.today, rise.resume_at.as_ref()?))).unwrap_or_default()
}

/// A label and a value in lines.
fn labelled(label: &str, value: &str, columns: usize) -> Vec<Row> {
    const LABEL: usize = 16;
    let wrapped = wrap(value, columns.saturating_sub(LABEL + 4)).into_iter().enumerate();
    let lines = wrapped.map(|(at, line)| {
        let name = if at == 0 { label } else { "" };
        Row::read(vec![Words::from(format!("   {}{line}", pad(name, LABEL, "")))])
    });
    lines.collect()
}
