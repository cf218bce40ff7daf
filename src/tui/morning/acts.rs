//! What is recorded: an act over the screen, whose last row holds the only letter that does it.

use std::collections::BTreeMap;

use ratatui::layout::{Position, Rect};

use super::{
    super::{
        Effect,
        dialog::Dialog,
        sheet::{Canvas, to_u16},
        words,
    },
    ActForm, Do, Filling, Morning, Over, PatientPage, Place, draft_key,
    view::height,
};
use crate::morning::words as said;
use crate::{
    morning::{Act, Chart, Dated, Deed, Part, Questions},
    request::Labs,
    ward::store::{Appended, StoreError},
    words::{register, spoken, store},
};

/// What the keys of an act begin with in a draft.
pub(super) const ACT: &str = "act.";

/// What is typed in an act, by the keys of a draft.
pub(super) fn entries_of(form: &ActForm) -> BTreeMap<String, String> {
    let deed = said::letter(form.act.deed());
    let entry = |(part, text): (&Part, &String)| (format!("{ACT}{deed}.{}", part.key()), text.clone());
    form.act.answers().iter().filter(|(_, text)| !text.is_empty()).map(entry).collect()
}

/// The values of a day in lines: what, and how much.
pub(super) fn values_of(dated: &Dated) -> Vec<(&'static str, String)> {
    let Labs { creatinine, calcium, albumin, .. } = &dated.request.labs;
    let mut all = Vec::new();
    all.extend(creatinine.map(|it| (words::CREATININE, it.to_string())));
    all.extend(calcium.as_ref().map(|it| {
        let kind = spoken::calcium_kind(it.kind.unwrap_or_default());
        (words::CALCIUM, format!("{}  {kind}", it.measured()))
    }));
    all.extend(albumin.map(|it| (words::ALBUMIN, it.to_string())));
    all.push((words::WEIGHT, format!("{} kg", dated.request.patient.weight_kg)));
    all
}

/// What was recorded and what is next; what was given stands on the page by now. Something to clear up is never left out.
fn in_short(lines: &[String]) -> String {
    match lines {
        [recorded, .., next] if lines.len() == 3 => format!("{recorded} {next}"),
        _ => lines.join(" "),
    }
}

impl Morning {
    /// Opens an act.
    pub(super) fn begin(&mut self, deed: Deed) -> Effect {
        let (chart, course, assessed) = match &self.place {
            Place::Home => return Effect::Stay,
            Place::Patient(page) => (page.chart.clone(), page.chart.course().map(|it| it.number), None),
            Place::Visit(page) => {
                let assessed = if page.visit.is_recorded() { None } else { page.visit.assessed() };
                (page.visit.chart().clone(), Some(page.visit.course().number), assessed)
            }
        };
        let Some(course) = course else { return self.say(words::NO_COURSE) };
        let mut act = Act::new(deed, chart.clone(), course, assessed, self.by.clone());
        if let (Deed::Hold, Place::Visit(page)) = (deed, &self.place)
            && let Some(reason) = page.visit.verdict().and_then(crate::ward::visit::Verdict::hold_reason)
        {
            act.take_up(BTreeMap::from([(Part::Reason, reason.as_str().to_owned())]));
        }
        let prefix = format!("{ACT}{}.", said::letter(deed));
        let kept = self.drafts.get(&draft_key(&chart)).into_iter().flatten();
        let kept = kept.filter_map(|(key, text)| Some((Part::of_key(key.strip_prefix(&prefix)?)?, text.clone())));
        act.take_up(kept.collect());
        let filling = Filling::first(&act);
        self.over = Some(Over::Act(Box::new(ActForm { act, filling })));
        Effect::Stay
    }

    /// Keeps what is typed in an act that is left.
    pub(super) fn keep_act(&mut self, form: &ActForm) {
        let key = draft_key(form.act.chart());
        let typed = entries_of(form);
        if !typed.is_empty() {
            self.drafts.entry(key).or_default().extend(typed);
        }
    }

    /// To the row after or before, on every screen.
    pub(super) fn row(&mut self, by: isize) -> Effect {
        let moved = match (&mut self.over, &mut self.place) {
            (Some(Over::Act(form)), _) => form.filling.row(&form.act, by, true),
            (Some(Over::Why(first) | Over::Help(first)), _) => {
                *first = first.saturating_add_signed(by);
                return Effect::Stay;
            }
            (Some(Over::Leave), _) => return Effect::Stay,
            (None, Place::Home) => return self.home_row(by),
            (None, Place::Patient(_)) => return self.patient_row(by),
            (None, Place::Visit(page)) if page.is_open => {
                let at = page.filling.at;
                let moved = page.filling.row(&page.visit, by, false);
                if at == 0
                    && let Some(round) = &mut self.round
                    && page.visit.taken_on().is_some()
                {
                    round.taken_on = Some(page.visit.text(0).to_owned());
                }
                moved
            }
            (None, Place::Visit(_)) => return self.lines(by),
        };
        if moved { Effect::Stay } else { self.say(words::END_OF_FIELDS) }
    }

    /// To the first or the last row.
    pub(super) fn end(&mut self, by: isize) -> Effect {
        match &mut self.place {
            Place::Home => self.home_end(by),
            Place::Patient(page) => {
                page.at = if by > 0 { usize::MAX / 2 } else { 0 };
                let rows = page.chart.course().map_or(0, |course| crate::morning::timeline(&page.chart, course).len());
                let rows = if page.tab == super::Tab::Entries { page.chart.events.len() } else { rows };
                page.at = page.at.min(rows.saturating_sub(1));
                Effect::Stay
            }
            Place::Visit(_) => Effect::Stay,
        }
    }

    /// More lines of what is read.
    pub(super) fn lines(&mut self, by: isize) -> Effect {
        match (&mut self.over, &mut self.place) {
            (Some(Over::Why(first) | Over::Help(first)), _) => *first = first.saturating_add_signed(by),
            (None, Place::Visit(page)) => page.first = page.first.saturating_add_signed(by).min(200),
            (None, Place::Patient(page)) if page.tab == super::Tab::Values => {
                page.first = page.first.saturating_add_signed(by).min(2000);
            }
            (None, Place::Patient(_)) => {
                for _ in 0..by.unsigned_abs() {
                    self.patient_row(by.signum());
                }
                self.message = None;
            }
            _ => {}
        }
        Effect::Stay
    }

    /// Enter in an act: the next part; in the last row nothing is done by it.
    pub(super) fn walk_act(&mut self) -> Effect {
        let Some(Over::Act(form)) = &mut self.over else { return Effect::Stay };
        if form.filling.at >= form.act.count() {
            let letter = said::letter(form.act.deed());
            return self.say(words::enter_does_not_act(letter));
        }
        let offered = form.act.offered_name(form.filling.at).map(ToString::to_string);
        let offered = offered.or_else(|| form.act.offered_brand(form.filling.at));
        if let Some(offered) = offered {
            form.filling.put(&mut form.act, offered);
        }
        form.filling.row(&form.act, 1, true);
        self.keep_visit();
        Effect::Stay
    }

    /// Does the act: its letter was pressed in its row.
    pub(super) fn act(&mut self) -> Effect {
        let Some(Over::Act(form)) = &self.over else { return Effect::Stay };
        if let Some(why) = form.act.lacks() {
            return self.say(why);
        }
        if let Deed::Confirm(code) = form.act.deed() {
            let Some((by, because)) = form.act.confirmation() else { return self.say(words::NOT_COMPLETE_ACT) };
            let said = words::confirmed_for_visit(by.as_str());
            self.over = None;
            if let Place::Visit(page) = &mut self.place {
                page.visit.confirm(code, by, because);
            }
            return self.say(said);
        }
        match self.record() {
            Ok(lines) => self.recorded(&lines),
            Err(why) => self.say(why),
        }
    }

    /// Records the assessment of today where the act rests on it, then the act.
    fn record(&mut self) -> Result<Vec<String>, String> {
        let Some(Over::Act(form)) = &self.over else { return Err(String::new()) };
        let act = form.act.clone();
        let key = act.chart().key.clone();
        let mut seen = act.chart().seen;
        let mut lines = Vec::new();
        let mut number = None;
        if let Some(draft) = act.assessment() {
            let appended = self.desk.record(&key, seen, &[draft]).map_err(|error| self.not_recorded(&error))?;
            seen = appended.history.as_ref().map_or(seen + 1, |history| history.last_seq);
            number = appended.stored.last().map(|it| it.header.number);
            lines.extend(self.lines_of(&appended));
            // From now on the verdict is recorded, whatever becomes of the act.
            self.seen_anew(&appended);
        }
        if let Some(draft) = act.draft(number) {
            let appended = self.desk.record(&key, seen, &[draft]).map_err(|error| self.not_recorded(&error))?;
            lines = self.lines_of(&appended);
            self.seen_anew(&appended);
        }
        self.by = act.by();
        Ok(lines)
    }

    fn lines_of(&self, appended: &Appended) -> Vec<String> {
        let clinic = self.desk.ward().clinic.open_days();
        crate::present::register::recorded(appended, &clinic, self.library)
    }

    /// Takes over the entries of the patient as they stand now, into the act that is open.
    fn seen_anew(&mut self, appended: &Appended) {
        let Some(history) = &appended.history else { return };
        let today = self.desk.now().day;
        let chart = std::rc::Rc::new(Chart::new(history, self.desk.ward(), today, self.library));
        if let Some(Over::Act(form)) = &mut self.over {
            form.act.renew(chart, None);
        }
    }

    /// Why nothing was recorded. Where somebody else recorded something, the page is read again and what was typed is kept.
    fn not_recorded(&mut self, error: &StoreError) -> String {
        if let StoreError::Changed { .. } = error {
            let key = match &self.over {
                Some(Over::Act(form)) => Some(form.act.chart().key.clone()),
                _ => None,
            };
            if let Some(chart) = key.and_then(|key| self.open_chart(&key).ok())
                && let Some(Over::Act(form)) = &mut self.over
            {
                // What was assessed before is judged again at the visit; the act is decided again by a person.
                form.act.renew(chart.clone(), None);
                form.filling.take(&form.act, 0);
                let kept = entries_of(form);
                if let Place::Visit(page) = &mut self.place {
                    let entries = page.visit.entries();
                    if let Ok(mut visit) = crate::morning::Visit::new(chart.clone(), self.by.clone()) {
                        visit.take_up(&entries);
                        page.visit = visit;
                    }
                } else if let Place::Patient(page) = &mut self.place {
                    page.chart = chart.clone();
                }
                self.drafts.entry(draft_key(&chart)).or_default().extend(kept);
            }
            self.over = None;
        }
        store::why(error)
    }

    /// After something was recorded: the draft is gone, the page shows what is there now.
    fn recorded(&mut self, lines: &[String]) -> Effect {
        let Some(Over::Act(form)) = self.over.take() else { return Effect::Stay };
        let deed = form.act.deed();
        let key = form.act.chart().key.clone();
        self.drafts.remove(&draft_key(form.act.chart()));
        match self.open_chart(&key) {
            Ok(chart) => {
                let is_save = deed == Deed::Save;
                match &mut self.place {
                    Place::Visit(page) if is_save => {
                        let entries = page.visit.entries();
                        if let Ok(mut visit) = crate::morning::Visit::new(chart, self.by.clone()) {
                            visit.take_up(&entries);
                            page.visit = visit;
                        }
                    }
                    Place::Visit(_) | Place::Patient(_) => self.place = Place::Patient(PatientPage::new(chart)),
                    Place::Home => {}
                }
            }
            Err(why) => return self.say(why),
        }
        self.say(in_short(lines))
    }

    /// The act below the verdict and the dose, so that the patient and what is given stay in sight.
    pub(super) fn act_body(&self, canvas: &mut Canvas<'_>, area: Rect, form: &ActForm) -> Option<Position> {
        let columns = usize::from(area.width);
        let act = &form.act;
        let name = act.chart().identity().and_then(|it| it.name.as_ref()).map_or_else(String::new, ToString::to_string);
        let mut dialog = Dialog::new(said::deed(act.deed(), &crate::json::unhidden(&name), act.dose()), columns);
        let inner = dialog.columns();
        for row in form.filling.rows(act, inner, self.theme, false) {
            dialog.row(row);
        }
        if let Some(offered) =
            act.offered_name(form.filling.at).map(ToString::to_string).or_else(|| act.offered_brand(form.filling.at))
        {
            dialog.text(&words::enter_takes(&offered));
        }
        for text in self.consequences(act) {
            dialog.text(&text);
        }
        if area.height > 24 {
            dialog.blank();
        }
        let is_last = form.filling.at >= act.count();
        let lacks = act.lacks();
        let letter = said::letter(act.deed());
        let amount = said::milligrams(act.given_mg());
        let does = said::acts(act.deed(), act.dose(), &amount, act.to());
        let acts = [(letter, does), ('\u{1b}', words::BACK.to_owned())];
        dialog.acts(&acts, is_last, lacks.is_none(), self.theme);
        dialog.foot(lacks.unwrap_or_else(|| words::only_the_letter(letter)));
        let mut y = area.y;
        if let Place::Visit(page) = &self.place {
            let (role, word, sentence) = Self::verdict_of(page);
            let rows = self.badge_rows(role, word, &sentence, columns);
            let needed = height(&rows);
            if y + needed + to_u16(dialog.height()) + 2 <= area.bottom() {
                canvas.sheet(&rows, 0, Rect { height: needed, ..area });
                y += needed;
            }
            if let Some(dose) =
                page.visit.plan().and_then(crate::present::dose_box).filter(|_| super::visit::may_be_given(page))
            {
                let dose = crate::present::DoseBox { because: None, ..dose };
                let width = area.width.saturating_sub(4).min(super::super::view::TEXT);
                let box_height = super::super::App::dose_box_height(&dose, usize::from(width), false);
                if y + box_height + to_u16(dialog.height()) + 2 <= area.bottom() {
                    super::super::card::draw_dose_box(
                        canvas,
                        &dose,
                        Rect { x: area.x + 2, y, width, height: box_height },
                    );
                    y += box_height;
                }
            }
        }
        let room =
            Rect { x: area.x + 2, y, width: area.width.saturating_sub(2), height: area.bottom().saturating_sub(y) };
        dialog.draw(canvas, room)
    }

    /// What comes of an act, in sentences: the dates after it, what is struck, what is recorded with it.
    fn consequences(&self, act: &Act) -> Vec<String> {
        let mut texts = Vec::new();
        if act.deed() == Deed::Defer
            && let Some(preview) = act.preview()
        {
            texts.push(words::kept_dates(&said::dates_after(&preview.keep)));
            texts.push(words::moved_dates(&said::dates_after(&preview.moved)));
        }
        if let (Deed::Confirm(code), Place::Visit(page)) = (act.deed(), &self.place)
            && let Some(plan) = page.visit.plan()
        {
            let findings = plan.findings().iter().filter(|it| it.code() == code);
            texts.extend(findings.map(|it| crate::present::finding(plan, it)));
        }
        if let Some(event) = act.struck() {
            texts.push(words::strikes(
                &spoken::capital(&register::what(&event.what)),
                &spoken::day(event.on),
                event.by.as_str(),
            ));
        }
        if act.deed() == Deed::Hold {
            texts.push(words::HOLD_MEANS.to_owned());
        }
        if act.assessment().is_some() && act.deed() != Deed::Save {
            texts.push(words::VERDICT_TOO.to_owned());
        }
        texts
    }

    /// The keys of what lies below help.
    pub(super) fn keys_below(&self) -> Vec<super::super::keys::Binding<Do>> {
        self.bindings_of_place()
    }
}
