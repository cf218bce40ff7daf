//! The page of a patient: the course as a timeline, the values by date, the entries.

use ratatui::{
    layout::{Position, Rect},
    text::{Line as Words, Span},
};

use super::{
    super::{
        Effect,
        sheet::{Canvas, Row},
        text::{pad, wrap},
        theme::Sign,
        words,
    },
    Morning, Over, PatientPage, Place, Tab, acts,
    home::role,
    view::{height, rule_with, text_rows},
};
use crate::morning::words as said;
use crate::{
    json::unhidden,
    morning::{Badge, Became, Chart, VisitRow, last_request, timeline, values},
    ward::fold::{CourseState, Status},
    words::{date, register, spoken},
};

/// The columns of the timeline.
const VISIT: usize = 7;
const DAY: usize = 18;
const CREATININE: usize = 13;

impl Morning {
    /// The tabs of the page, that of the screen in brackets.
    pub(super) fn patient_tabs(&self, page: &PatientPage, columns: usize) -> Words<'static> {
        let name = |(number, tab): (usize, Tab)| {
            let name = format!("{number} {}", words::page_tab(tab_index(tab)));
            if tab == page.tab { format!("[{name}] ") } else { format!(" {name}  ") }
        };
        let title: String = (1..).zip(Tab::ALL).map(name).collect();
        let list = words::in_list(said::list(self.list));
        rule_with(&format!(" {title}"), &list, columns, self.theme)
    }

    pub(super) fn patient_body(&self, canvas: &mut Canvas<'_>, area: Rect, page: &PatientPage) -> Option<Position> {
        let (main, aside, third) = super::view::columns(canvas, area);
        let columns = usize::from(main.width);
        match page.tab {
            Tab::Course => {
                let beside = self.beside_course(&page.chart, usize::from(aside.map_or(area.width, |it| it.width)));
                let mut list = main;
                if let Some(aside) = aside {
                    canvas.sheet(&beside, 0, aside);
                } else {
                    let below = height(&beside).min(area.height / 3);
                    list.height = area.height.saturating_sub(below);
                    canvas.sheet(&beside, 0, Rect { y: list.bottom(), height: below, ..area });
                }
                if let Some(third) = third {
                    canvas.sheet(&self.value_rows(&page.chart, usize::from(third.width)), 0, third);
                }
                canvas.sheet(&self.course_rows(page, columns), 0, list)
            }
            Tab::Values => canvas.sheet(&self.value_rows(&page.chart, usize::from(area.width)), page.first, area),
            Tab::Entries => {
                let width = usize::from(area.width);
                canvas.sheet(&self.entry_rows(page, width), 0, area)
            }
        }
    }

    /// The course in two lines, what does not fit, and its visits.
    fn course_rows(&self, page: &PatientPage, columns: usize) -> Vec<Row> {
        let chart = &page.chart;
        let mut rows = self.fault_rows(chart, columns);
        let Some(course) = chart.course() else {
            rows.extend(text_rows(words::NO_COURSE, 2, columns));
            return rows;
        };
        rows.extend(self.dose_rows(chart, course, columns));
        rows.push(Row::blank());
        let what = columns.saturating_sub(4 + VISIT + DAY + CREATININE);
        let by = (what * 50 / 100).clamp(10, 30);
        let what = what.saturating_sub(by);
        let [visit, on, became, creatinine, who] = words::TIMELINE;
        rows.push(Row::read(vec![Words::from(format!(
            "    {}{}{}{}{who}",
            pad(visit, VISIT, ""),
            pad(on, DAY, ""),
            pad(became, what, ""),
            pad(creatinine, CREATININE, "")
        ))]));
        for (at, row) in timeline(chart, course).iter().enumerate() {
            rows.push(self.visit_row(chart, row, (at, page.at == at), (what, by)));
        }
        rows
    }

    fn visit_row(
        &self,
        chart: &Chart,
        row: &VisitRow,
        (at, in_hand): (usize, bool),
        (what, by): (usize, usize),
    ) -> Row {
        let number = row.dose.map_or_else(|| "-".to_owned(), |dose| dose.to_string());
        let on = row.on.map_or_else(|| words::NO_DAY.to_owned(), spoken::day);
        let (word, mut more) = said::became(&row.became, None);
        if let Some(from) = row.moved_from {
            more = format!("{more}{}{}", if more.is_empty() { "" } else { ", " }, said::moved_from(from));
        }
        if row.became == Became::Due && row.on == Some(chart.today) {
            more = format!("{}{}{more}", words::TODAY_WORD, if more.is_empty() { "" } else { ", " });
        }
        let (sign, style) = match &row.became {
            Became::Given(_) => (Sign::Done, role(Badge::Given).map(|it| self.theme.badge(it))),
            Became::Held(_) => (Sign::Held, role(Badge::Held).map(|it| self.theme.badge(it))),
            Became::LeftOut => (Sign::Check, None),
            Became::NoDay(_) => (Sign::Wrong, None),
            _ => (Sign::Open, None),
        };
        let badge = word.map(|word| format!("{} {word}", self.theme.sign(sign)));
        let mut lead = vec![
            Span::raw(if in_hand { " >  " } else { "    " }),
            Span::styled(
                format!("{}{}", pad(&number, VISIT, ""), pad(&on, DAY, "")),
                if in_hand { self.theme.marked() } else { self.theme.plain() },
            ),
        ];
        let (badge_span, used) = match &badge {
            Some(badge) => {
                let columns = super::super::text::width(badge);
                (Some(Span::styled(badge.clone(), style.unwrap_or(self.theme.plain()))), columns + 1)
            }
            None => (Some(Span::raw(self.theme.sign(sign).to_owned())), 2),
        };
        let room = what.saturating_sub(used);
        let mores = wrap(&more, room.saturating_sub(1).max(6));
        let bys = wrap(&unhidden(&row.by.join(", ")), by.saturating_sub(1));
        let creatinine = row.creatinine.map_or_else(String::new, |it| it.to_string());
        let count = mores.len().max(bys.len()).max(1);
        let lines = (0..count).map(|line| {
            let mut spans = if line == 0 {
                let mut spans = std::mem::take(&mut lead);
                spans.extend(badge_span.clone());
                spans.push(Span::raw(" "));
                spans
            } else {
                vec![Span::raw(" ".repeat(4 + VISIT + DAY + used))]
            };
            spans.push(Span::raw(pad(mores.get(line).map_or("", String::as_str), room, "")));
            spans.push(Span::raw(pad(if line == 0 { &creatinine } else { "" }, CREATININE, "")));
            spans.push(Span::raw(bys.get(line).cloned().unwrap_or_default()));
            Words::from(spans)
        });
        Row::marked(lines.collect(), at, in_hand)
    }

    /// What does not fit in the entries.
    fn fault_rows(&self, chart: &Chart, columns: usize) -> Vec<Row> {
        let altered = (!chart.altered.is_empty()).then(|| register::command::altered(&chart.altered));
        let faults = altered.into_iter().chain(chart.state.faults.iter().map(register::fault));
        let line = |text: String| {
            let wrapped = wrap(&text, columns.saturating_sub(5)).into_iter().enumerate();
            let lines = wrapped.map(|(at, line)| {
                let sign = if at == 0 {
                    Span::styled(self.theme.sign(Sign::Wrong), self.theme.wrong())
                } else {
                    Span::raw(" ")
                };
                Words::from(vec![Span::raw("  "), sign, Span::raw(format!(" {line}"))])
            });
            Row::read(lines.collect())
        };
        faults.map(line).collect()
    }

    /// The dose in use, how far the course is, and what holds it.
    fn dose_rows(&self, chart: &Chart, course: &CourseState, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        let may_be_given = course.holds.is_empty() && course.stopped.is_none() && course.status != Status::Ended;
        let amount = crate::present::register::amount_in_use(course, &chart.events, chart.library);
        if may_be_given && course.next_slot().is_some() {
            rows.push(Row::read(vec![Words::from(vec![
                Span::raw("  "),
                Span::styled(words::dose_is(&amount), self.theme.bold()),
            ])]));
        } else if !may_be_given {
            rows.push(Row::read(vec![Words::from(format!("  {}", spoken::capital(said::NO_DOSE) + "."))]));
        }
        let given = course.doses.len();
        rows.extend(text_rows(
            &(said::so_far(course.status, given, course.slots.len(), course.ends()) + "."),
            2,
            columns,
        ));
        rows
    }

    /// What is next, the value that holds, what is open, what was given so far.
    fn beside_course(&self, chart: &Chart, columns: usize) -> Vec<Row> {
        let Some(course) = chart.course() else { return Vec::new() };
        let mut rows = vec![self.heading(words::NEXT)];
        let next = crate::present::register::next(course, &chart.clinic);
        rows.extend(text_rows(&next, 2, columns));
        if let Some(stopped) = course.stopped.filter(|_| course.ended.is_none()) {
            rows.extend(text_rows(&(spoken::capital(&register::engine_hold(stopped)) + "."), 2, columns));
        }
        let beside = crate::export::register::Beside::of(&chart.state, course, &chart.events, chart.library);
        if course.status != Status::Ended {
            rows.extend(text_rows(&format!("{}.", spoken::capital(&beside.value_in_words())), 2, columns));
        }
        if let Some((on, request)) = last_request(chart, course.number) {
            let open: Vec<String> = request
                .confirmations
                .iter()
                .map(|it| words::confirmed_before(it.finding.as_str(), it.by.as_str()))
                .collect();
            if !open.is_empty() {
                rows.push(Row::blank());
                rows.push(self.heading(&words::confirmed_on(&date(on))));
                for line in open {
                    rows.extend(text_rows(&format!("{} {line}", self.theme.sign(Sign::Confirm)), 2, columns));
                }
            }
        }
        if let Some(baseline) = &course.baseline {
            rows.extend(text_rows(&register::command::baseline(baseline.measured(), baseline.date), 2, columns));
        }
        rows
    }

    /// A heading in bold.
    pub(super) fn heading(&self, words: &str) -> Row {
        Row::read(vec![Words::from(Span::styled(words.to_owned(), self.theme.bold()))])
    }

    /// The values by date, the newest first: one line a date.
    fn value_rows(&self, chart: &Chart, columns: usize) -> Vec<Row> {
        let Some(course) = chart.course() else { return text_rows(words::NO_COURSE, 2, columns) };
        let mut rows = vec![self.heading(&format!(" {}", words::VALUES))];
        for dated in values(chart, course) {
            rows.push(Row::read(vec![Words::from(format!("  {}", spoken::day(dated.on)))]));
            for (label, value) in acts::values_of(&dated) {
                rows.push(Row::read(vec![Words::from(format!("    {}{value}", pad(label, 14, "")))]));
            }
        }
        rows
    }

    /// Every entry, the newest first; those that can be struck are marked by the rows.
    fn entry_rows(&self, page: &PatientPage, columns: usize) -> Vec<Row> {
        let lines = crate::present::register::entry_lines(&page.chart.events);
        let count = lines.len();
        let row = |(at, text): (usize, String)| {
            let in_hand = page.at.min(count.saturating_sub(1)) == at;
            let mark = if in_hand { "> " } else { "  " };
            let wrapped = wrap(&unhidden(&text), columns.saturating_sub(5)).into_iter().enumerate();
            let style = if in_hand { self.theme.marked() } else { self.theme.plain() };
            let lines = wrapped.map(|(line, text)| {
                Words::from(vec![Span::raw(if line == 0 { mark } else { "    " }), Span::styled(text, style)])
            });
            Row::marked(lines.collect(), at, in_hand)
        };
        lines.into_iter().rev().enumerate().map(row).collect()
    }

    /// The entry that is marked, where it can be struck.
    pub(super) fn entry_in_hand(&self) -> Option<u64> {
        let Place::Patient(page) = &self.place else { return None };
        let events = &page.chart.events;
        let at = page.at.min(events.len().checked_sub(1)?);
        events.iter().rev().nth(at).map(|event| event.number)
    }

    pub(super) fn go_to_tab(&mut self, tab: Tab) -> Effect {
        let Place::Patient(page) = &mut self.place else { return Effect::Stay };
        if page.tab == tab {
            return self.say(words::HERE_ALREADY);
        }
        page.tab = tab;
        (page.at, page.first) = (0, 0);
        Effect::Stay
    }

    pub(super) fn next_tab(&mut self, by: isize) -> Effect {
        let Place::Patient(page) = &self.place else { return Effect::Stay };
        match tab_index(page.tab).checked_add_signed(by).and_then(|at| Tab::ALL.get(at)) {
            Some(tab) => self.go_to_tab(*tab),
            None => self.say(if by > 0 { words::LAST_PAGE } else { words::FIRST_PAGE }),
        }
    }

    /// To the row after or before on the page.
    pub(super) fn patient_row(&mut self, by: isize) -> Effect {
        let Place::Patient(page) = &mut self.place else { return Effect::Stay };
        let last = match page.tab {
            Tab::Course => page.chart.course().map_or(0, |course| timeline(&page.chart, course).len()),
            Tab::Values => {
                page.first = page.first.saturating_add_signed(by);
                return Effect::Stay;
            }
            Tab::Entries => page.chart.events.len(),
        }
        .saturating_sub(1);
        match page.at.min(last).checked_add_signed(by).filter(|at| *at <= last) {
            Some(at) => {
                page.at = at;
                Effect::Stay
            }
            None => self.say(words::END_OF_LIST),
        }
    }

    /// The form for another plan of this patient.
    pub(super) fn replan(&mut self) -> Effect {
        let Place::Patient(page) = &self.place else { return Effect::Stay };
        let chart = page.chart.clone();
        self.replans = chart.course().is_some_and(|course| course.status != Status::Ended);
        let (mut form, places) = (self.new_form)(Some(&chart));
        self.form_places = places;
        form.tell(if self.replans { words::REPLAN_OPEN } else { words::NEXT_PLAN_OPEN }.to_owned());
        self.form = Some(Box::new(form));
        Effect::Stay
    }

    /// Back one level.
    pub(super) fn back(&mut self) -> Effect {
        match self.over.take() {
            Some(Over::Act(form)) => {
                self.keep_act(&form);
                return self.say(words::NOTHING_WRITTEN);
            }
            Some(_) => return Effect::Stay,
            None => {}
        }
        match &self.place {
            Place::Home => self.say(words::HOME_IS_FIRST),
            Place::Patient(_) => {
                self.round = None;
                self.place = Place::Home;
                self.read();
                Effect::Stay
            }
            Place::Visit(page) => {
                let (from_page, chart) = (page.from_page, page.visit.chart().clone());
                self.round = None;
                self.place = if from_page { Place::Patient(PatientPage::new(chart)) } else { Place::Home };
                self.read();
                let kept = self.drafts.is_empty();
                self.say(if kept { words::BACK_NOTHING_TYPED } else { words::BACK_KEPT })
            }
        }
    }
}

fn tab_index(tab: Tab) -> usize {
    Tab::ALL.iter().position(|it| *it == tab).unwrap_or(0)
}
