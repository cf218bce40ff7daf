//! Home: the lists of the day, what is looked for in them, and what the marked patient needs.

use ratatui::{
    layout::{Position, Rect},
    text::{Line as Words, Span},
};

use super::{
    super::{
        Effect,
        sheet::{Canvas, Row, to_u16},
        text::{pad, width, wrap},
        theme::{Role, Sign},
        words,
    },
    Morning, PatientPage, Place, Round, Tab,
};
use crate::morning::words as said;
use crate::{
    json::unhidden,
    morning::{Badge, Found, Line, List},
    ward::store::PatientKey,
    words::date,
};

/// The columns of the list in a window of 80.
const STATE: usize = 12;
const BORN: usize = 13;
const DOSE: usize = 9;
const NEEDS: usize = 11;

impl Morning {
    /// The patients that are shown, and those who are not for one word.
    fn shown(&self) -> (Vec<Found>, Vec<(Found, String)>) {
        let Some(lists) = &self.lists else { return (Vec::new(), Vec::new()) };
        match &self.find {
            Some(find) => lists.find(self.list, find.value()),
            None => (lists.of(self.list), Vec::new()),
        }
    }

    /// The marked patient.
    pub(super) fn marked(&self) -> Option<Found> {
        let (mut shown, _) = self.shown();
        if shown.is_empty() { None } else { Some(shown.swap_remove(self.at.min(shown.len() - 1))) }
    }

    /// To another list.
    pub(super) fn go_to_list(&mut self, by: isize) -> Effect {
        let at = List::ALL.iter().position(|it| *it == self.list).unwrap_or(0);
        match at.checked_add_signed(by).and_then(|at| List::ALL.get(at)) {
            Some(list) => {
                self.list = *list;
                self.at = 0;
                Effect::Stay
            }
            None => self.say(if by > 0 { words::LAST_LIST } else { words::FIRST_LIST }),
        }
    }

    /// To the row after or before.
    pub(super) fn home_row(&mut self, by: isize) -> Effect {
        let last = self.shown().0.len().saturating_sub(1);
        let at = self.at.min(last);
        match at.checked_add_signed(by).filter(|at| *at <= last) {
            Some(to) => {
                self.at = to;
                Effect::Stay
            }
            None => self.say(words::END_OF_LIST),
        }
    }

    pub(super) fn home_end(&mut self, by: isize) -> Effect {
        self.at = if by > 0 { self.shown().0.len().saturating_sub(1) } else { 0 };
        Effect::Stay
    }

    /// Opens the page of the marked patient.
    pub(super) fn open_page(&mut self) -> Effect {
        let Some(found) = self.marked() else { return self.say(words::NOBODY_MARKED) };
        self.find = None;
        match self.open_chart(&found.key()) {
            Ok(chart) => {
                self.place = Place::Patient(PatientPage::new(chart));
                Effect::Stay
            }
            Err(why) => self.say(why),
        }
    }

    /// The form for a new patient.
    pub(super) fn new_patient(&mut self) -> Effect {
        self.replans = false;
        let (mut form, places) = (self.new_form)(None);
        self.form_places = places;
        form.tell(words::NEW_PATIENT_OPEN.to_owned());
        self.form = Some(Box::new(form));
        Effect::Stay
    }

    /// Puts a made-up ward on the screen, which goes when the program is closed.
    pub(super) fn open_example(&mut self) -> Effect {
        match self.desk.make_example() {
            Ok(()) => {
                self.lists = None;
                self.read();
                self.say(words::EXAMPLE_OPEN)
            }
            Err(why) => self.say(why),
        }
    }

    /// Begins the round with the first who is due.
    pub(super) fn begin_round(&mut self) -> Effect {
        let due = self.lists.as_ref().map(crate::morning::Lists::round).unwrap_or_default();
        let patients: Vec<(PatientKey, String)> = due.iter().map(|it| (it.key(), it.name().to_owned())).collect();
        let Some(round) = Round::of(patients) else { return self.say(words::NOBODY_DUE) };
        let key = round.key().clone();
        self.round = Some(round);
        let effect = self.open_visit(&key, false);
        if !matches!(self.place, Place::Visit(_)) {
            self.round = None;
        }
        effect
    }

    /// The first line: the ward, the day and the time, who records, and how old the last backup is.
    pub(super) fn home_banner(&self, columns: usize) -> Vec<Words<'static>> {
        let ward = self.desk.ward();
        let now = self.desk.now();
        let left = format!(" {}", unhidden(ward.name.as_str()));
        let by = self.by.as_ref().map_or_else(|| words::NOT_SIGNED_IN.to_owned(), ToString::to_string);
        let morning = self.lists.as_ref().map(crate::morning::Lists::morning);
        let backup = morning.filter(|it| !it.is_empty).and_then(|it| said::backup(it.last_backup, now.day));
        let stale =
            self.trouble.is_some().then(|| morning.map_or_else(|| words::NOT_READ.to_owned(), |it| said::as_of(it.at)));
        let day = format!("{}  {}", crate::words::spoken::day(now.day), now.time.format("%H:%M"));
        let right: Vec<String> = [stale, backup, Some(day), Some(by)].into_iter().flatten().collect();
        super::view::both_ends(&left, &format!("{} ", right.join("   ")), columns)
    }

    /// The lists, that of the screen in brackets.
    pub(super) fn tabs(&self, columns: usize) -> Words<'static> {
        let mut spans = Vec::new();
        for list in List::ALL {
            let count = self
                .lists
                .as_ref()
                .and_then(|lists| lists.count(*list))
                .map_or_else(String::new, |it| format!(" {it}"));
            let name = format!("{}{count}", said::list(*list));
            if *list == self.list {
                spans.push(Span::styled(format!(" [ {name} ]"), self.theme.bold()));
            } else {
                spans.push(Span::raw(format!("   {name}  ")));
            }
        }
        let line = Words::from(spans);
        if line.width() <= columns {
            line
        } else {
            Words::from(super::filling::cut_to(&line.to_string(), columns, self.theme))
        }
    }

    /// The body of Home.
    pub(super) fn home_body(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let columns = usize::from(area.width);
        let Some(lists) = &self.lists else {
            let why = self.trouble.clone().unwrap_or_default();
            let lines = wrap(&why, columns.saturating_sub(4))
                .into_iter()
                .map(|line| Row::read(vec![Words::from(format!("  {line}"))]));
            let rows: Vec<Row> = std::iter::once(Row::blank()).chain(lines).collect();
            return canvas.sheet(&rows, 0, area);
        };
        if lists.morning().is_empty {
            return canvas.sheet(&self.empty_rows(columns), 0, area);
        }
        let (main, aside, third) = super::view::columns(canvas, area);
        if let Some(third) = third {
            canvas.sheet(&self.other_lists(usize::from(third.width)), 0, third);
        }
        let marked = self.marked();
        let details = marked
            .as_ref()
            .map(|it| self.details(it, usize::from(aside.map_or(main.width, |it| it.width)), aside.is_some()))
            .unwrap_or_default();
        let mut list = main;
        if let Some(aside) = aside {
            let rows: Vec<Row> = details.into_iter().map(|line| Row::read(vec![line])).collect();
            let rows_drawn = self.list_rows(usize::from(main.width));
            let cursor = canvas.sheet(&rows_drawn, 0, list);
            canvas.sheet(&rows, 0, aside);
            return self.find_cursor(area).or(cursor.filter(|_| false));
        }
        let below = to_u16(details.len()).min(area.height / 2);
        list.height = area.height.saturating_sub(below);
        canvas.sheet(&self.list_rows(usize::from(main.width)), 0, list);
        for (line, y) in details.iter().zip(list.bottom()..area.bottom()) {
            canvas.line(Rect { y, height: 1, ..area }, line);
        }
        self.find_cursor(area)
    }

    /// The lists that the screen does not show, a line each: who comes this week, and who is on hold.
    fn other_lists(&self, columns: usize) -> Vec<Row> {
        let Some(lists) = &self.lists else { return Vec::new() };
        let mut rows = Vec::new();
        for list in [List::Week, List::Held].into_iter().filter(|it| *it != self.list) {
            rows.push(self.heading(words::other_list(list)));
            let found = lists.of(list);
            if found.is_empty() {
                rows.extend(super::view::text_rows(said::nobody(list), 2, columns));
            }
            for line in found.iter().filter_map(Found::line) {
                let name = line.name.as_deref().unwrap_or(&line.id);
                let when = match list {
                    List::Held => said::needs(line),
                    _ => line.due.map(said::day_in_short).unwrap_or_default(),
                };
                let dose = line.amount.clone().unwrap_or_else(|| said::NO_DOSE.to_owned());
                let text = format!("{}{}, {}, {dose}", pad(&when, 12, ""), unhidden(name), line.beside.drug);
                rows.extend(super::view::text_rows(&text, 2, columns));
            }
            rows.push(Row::blank());
        }
        rows
    }

    /// Where the cursor is while something is looked for: in the line of the lists.
    fn find_cursor(&self, area: Rect) -> Option<Position> {
        let find = self.find.as_ref()?;
        let lead = width(words::FIND_LEAD);
        let before: String = find.value().chars().take(find.cursor()).collect();
        Some(Position::new(to_u16(lead + width(&before)).min(area.width.saturating_sub(1)), area.y.saturating_sub(2)))
    }

    /// What is offered where nobody is in the register.
    fn empty_rows(&self, columns: usize) -> Vec<Row> {
        let mut rows =
            vec![Row::blank(), Row::read(vec![Words::from(format!("  {}", said::nobody(List::All)))]), Row::blank()];
        for (letter, what, more) in words::WAYS_ON {
            let line = vec![
                Span::raw("    "),
                Span::styled((*letter).to_owned(), self.theme.bold()),
                Span::raw(format!("   {}{more}", pad(what, 22, ""))),
            ];
            rows.push(Row::read(vec![Words::from(line)]));
        }
        rows.push(Row::blank());
        for line in wrap(&words::register_place(&self.desk.place()), columns.saturating_sub(4)) {
            rows.push(Row::read(vec![Words::from(format!("  {line}"))]));
        }
        rows
    }

    /// The rows of the list that is shown.
    fn list_rows(&self, columns: usize) -> Vec<Row> {
        let Some(lists) = &self.lists else { return Vec::new() };
        let today = lists.morning().day;
        let (shown, near) = self.shown();
        let wide = columns.saturating_sub(2 + STATE + BORN + DOSE + NEEDS);
        let drug = (wide * 48 / 100).clamp(17, 34);
        let name = wide.saturating_sub(drug);
        let header = format!(
            "  {}{}{}{}{}{}",
            pad(words::STATE, STATE, ""),
            pad(words::PATIENT, name, ""),
            pad(words::BORN, BORN, ""),
            pad(words::DRUG, drug, ""),
            pad(words::DOSE, DOSE, ""),
            words::NEEDS
        );
        let mut rows = vec![Row::read(vec![Words::from(header)])];
        for damaged in &lists.morning().damaged {
            let who = damaged.name.clone().or_else(|| damaged.id.clone()).unwrap_or_default();
            let words = words::entries_damaged(&unhidden(&who));
            let lines = wrap(&words, columns.saturating_sub(6)).into_iter().enumerate();
            let lines = lines.map(|(at, line)| {
                let sign = if at == 0 {
                    Span::styled(self.theme.sign(Sign::Wrong), self.theme.wrong())
                } else {
                    Span::raw(" ")
                };
                Words::from(vec![Span::raw("  "), sign, Span::raw(format!(" {line}"))])
            });
            rows.push(Row::read(lines.collect()));
        }
        let marked = self.at.min(shown.len().saturating_sub(1));
        for (at, found) in shown.iter().enumerate() {
            let in_hand = at == marked;
            let (state, dose, needs, drug_name) = self.cells(found, today);
            let cells = [
                (wrap(&unhidden(found.name()), name.saturating_sub(1)), name),
                (vec![found.birth_date().map(date).unwrap_or_default()], BORN),
                (wrap(&drug_name, drug - 1), drug),
                (wrap(&dose, DOSE - 1), DOSE),
                (wrap(&needs, NEEDS), NEEDS),
            ];
            let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
            let lines = (0..height).map(|number| {
                let mut spans = vec![Span::raw(if in_hand && number == 0 { "> " } else { "  " })];
                spans.extend(if number == 0 { state.clone() } else { vec![Span::raw(" ".repeat(STATE))] });
                for (lines, column) in &cells {
                    let text = pad(lines.get(number).map_or("", String::as_str), *column, "");
                    spans.push(Span::styled(text, if in_hand { self.theme.marked() } else { self.theme.plain() }));
                }
                Words::from(spans)
            });
            rows.push(Row::marked(lines.collect(), at, in_hand));
        }
        if shown.is_empty() && self.find.is_none() {
            rows.push(Row::read(vec![Words::from(format!("  {}", said::nobody(self.list)))]));
        }
        if self.find.is_some() {
            rows.push(Row::blank());
            let of = lists.count(self.list).unwrap_or_default();
            rows.push(Row::read(vec![Words::from(format!("  {}", said::shown(shown.len(), of)))]));
            for (found, word) in near.iter().take(3) {
                let text = said::not_shown(&unhidden(found.name()), word);
                let lines = wrap(&text, columns.saturating_sub(6)).into_iter().enumerate();
                let sign = |at| if at == 0 { self.theme.sign(Sign::Near) } else { " " };
                rows.push(Row::read(lines.map(|(at, line)| Words::from(format!("  {} {line}", sign(at)))).collect()));
            }
        }
        rows
    }

    /// State, dose, needs and drug of a patient in the list.
    fn cells(&self, found: &Found, today: chrono::NaiveDate) -> (Vec<Span<'static>>, String, String, String) {
        let Some(line) = found.line() else {
            return (
                vec![Span::raw(" ".repeat(STATE))],
                String::new(),
                String::new(),
                words::NOTHING_LISTED.to_owned(),
            );
        };
        let dose = line.given.clone().or_else(|| line.amount.clone()).unwrap_or_else(|| said::NO_DOSE.to_owned());
        (self.state(line, today), dose, said::needs(line), line.beside.drug.clone())
    }

    /// The sign and the word of a state, in its colours.
    fn state(&self, line: &Line, today: chrono::NaiveDate) -> Vec<Span<'static>> {
        let later = line.due.filter(|due| *due > today && line.badge == Badge::Due);
        let word = later.map_or_else(|| said::badge(line.badge).to_owned(), |due| due.format("%d-%b").to_string());
        let shown = match role(line.badge).filter(|_| later.is_none()) {
            Some(role) => {
                let sign = role.sign().map_or(" ", |sign| self.theme.sign(sign));
                Span::styled(format!("{sign} {word}"), self.theme.badge(role))
            }
            None => Span::raw(format!("{} {word}", self.theme.sign(Sign::Open))),
        };
        let blanks = " ".repeat(STATE.saturating_sub(shown.width()));
        vec![shown, Span::raw(blanks)]
    }

    /// What is said of the marked patient: in lines below the list, or in a column of its own.
    fn details(&self, found: &Found, columns: usize, aside: bool) -> Vec<Words<'static>> {
        let Some(lists) = &self.lists else { return Vec::new() };
        let today = lists.morning().day;
        let name = unhidden(found.name());
        let age = found.birth_date().and_then(|born| crate::patient::age_on(born, today)).map(words::years_old);
        let born = found.birth_date().map(date).unwrap_or_default();
        let who =
            [Some(name), Some(format!("No. {}", unhidden(found.id()))), age].into_iter().flatten().collect::<Vec<_>>();
        let mut lines = Vec::new();
        if aside {
            lines.push(Words::from(Span::styled(who[0].clone(), self.theme.bold())));
            lines.push(Words::from(format!("{} {born}  {}", words::BORN_ON, who[1..].join("  "))));
            lines.push(Words::default());
        } else {
            let title = format!("{} {} ", self.theme.sign(Sign::Across), who.join("   "));
            lines.push(super::view::rule(&title, columns, self.theme));
        }
        let mut texts: Vec<(Option<Sign>, String)> = Vec::new();
        if let Some(line) = found.line() {
            texts.push((
                None,
                format!(
                    "{}. {}.",
                    said::visit_of(line, today),
                    crate::words::spoken::capital(&said::way(line.route, line.weeks))
                ),
            ));
            if let Some(amount) = &line.amount {
                texts.push((None, words::dose_is(amount)));
            } else if line.given.is_none() {
                texts.push((None, crate::words::spoken::capital(said::NO_DOSE) + "."));
            }
            texts.push((None, said::needs_in_full(line, today)));
            texts.push((None, said::creatinine_of(line)));
            texts.extend(
                line.beside
                    .notices()
                    .into_iter()
                    .map(|it| (Some(Sign::Confirm), crate::words::spoken::capital(&it) + ".")),
            );
        } else {
            texts.push((None, words::NOTHING_DUE_SOON.to_owned()));
        }
        if self.drafts.keys().any(|key| matches!(found.key(), PatientKey::Uid(uid) if uid.to_string() == *key)) {
            texts.push((Some(Sign::Open), words::VISIT_LEFT.to_owned()));
        }
        for person in lists.similar(found).into_iter().take(3) {
            texts.push((Some(Sign::Near), said::similar(person, lists.comes(person.id.as_str()))));
        }
        if !aside {
            // Side by side where there is little room.
            let joined: Vec<(Option<Sign>, String)> = join(texts);
            texts = joined;
        }
        let indent = if aside { 0 } else { 2 };
        for (sign, text) in texts {
            let lead = sign.map_or_else(String::new, |sign| format!("{} ", self.theme.sign(sign)));
            let wrapped = wrap(&format!("{lead}{text}"), columns.saturating_sub(indent + 1));
            lines.extend(wrapped.into_iter().map(|line| Words::from(format!("{}{line}", " ".repeat(indent)))));
        }
        lines
    }
}

/// Texts without a sign beside one another, so that they need fewer lines.
fn join(texts: Vec<(Option<Sign>, String)>) -> Vec<(Option<Sign>, String)> {
    let (plain, signed): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(sign, _)| sign.is_none());
    let joined = plain.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
    std::iter::once((None, joined)).filter(|(_, text)| !text.is_empty()).chain(signed).collect()
}

/// The role of a state's badge; none where it has no ground.
pub(super) fn role(badge: Badge) -> Option<Role> {
    Some(match badge {
        Badge::NoDate | Badge::Overdue => Role::NotYet,
        Badge::Held | Badge::Hold => Role::Hold,
        Badge::Stop => Role::Stop,
        Badge::Confirm => Role::Confirm,
        Badge::Go | Badge::Given => Role::Go,
        Badge::Due | Badge::Check | Badge::Answered => return None,
    })
}

impl PatientPage {
    /// The page of a patient, the next visit marked.
    pub(super) fn new(chart: std::rc::Rc<crate::morning::Chart>) -> Self {
        let rows = chart.course().map(|course| crate::morning::timeline(&chart, course)).unwrap_or_default();
        let next = rows.iter().position(|row| row.entry.is_none() && row.dose.is_some());
        Self { chart, tab: Tab::Course, at: next.unwrap_or(rows.len().saturating_sub(1)), first: 0 }
    }
}

impl Morning {
    /// Whether what is taken of the course in hand is taken by mouth.
    pub(super) fn is_by_mouth(&self) -> bool {
        let unit = self.chart().and_then(|chart| chart.course()).map(|course| course.plan.unit);
        unit == Some(crate::ward::event::Counted::Supplies)
    }
}
