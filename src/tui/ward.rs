//! The settings of the ward on the screen: open and closed days, names, products in stock, how the screen looks.

use chrono::NaiveDate;
use ratatui::text::{Line as Words, Span};

use super::{
    App, Effect,
    hits::Target,
    line::Line,
    screen::Over,
    sheet::Row,
    text::{fit, pad, window, wrap},
    theme::Sign,
    words,
};
use crate::{
    form::{NotRead, read_closure, read_text},
    json::Text,
    patient::Weekday,
    regimen::Library,
    ward::{Closure, Colour, Settings},
};

/// The columns of what is typed.
const TYPED: usize = 36;

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WardPage {
    /// Open and closed days.
    Days,
    /// Names of people.
    Names,
    /// Products in stock.
    Products,
    /// How the screen looks, and how long drafts are kept.
    Screen,
}

impl WardPage {
    pub(super) const ALL: [Self; 4] = [Self::Days, Self::Names, Self::Products, Self::Screen];

    /// The page after or before; none at the ends.
    pub(super) fn beside(self, by: isize) -> Option<Self> {
        let at = (self as usize).checked_add_signed(by)?;
        Self::ALL.get(at).copied()
    }
}

/// Settings that are being changed.
#[derive(Clone, Debug)]
pub(super) struct WardForm {
    pub(super) page: WardPage,
    /// The row in hand: the rows of the page, then the row that saves.
    pub(super) at: usize,
    /// The text in hand.
    pub(super) line: Line,
    name: String,
    open: Vec<Weekday>,
    closed: Vec<String>,
    people: Vec<String>,
    products: Vec<Text>,
    colour: Option<Colour>,
    mouse: Option<bool>,
    ascii: Option<bool>,
    draft_days: String,
}

/// What a row of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Name,
    Weekday(Weekday),
    Closure(usize),
    Person(usize),
    Product(usize),
    Colour,
    Mouse,
    Ascii,
    DraftDays,
    Save,
}

impl WardForm {
    /// The settings as they are.
    pub(super) fn of(settings: &Settings) -> Self {
        let closure = |it: &Closure| {
            let last = it.last.filter(|last| *last != it.first).map_or_else(String::new, |last| format!(" to {last}"));
            let name = it.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
            format!("{}{last}{name}", it.first)
        };
        let mut form = Self {
            page: WardPage::Days,
            at: 0,
            line: Line::default(),
            name: settings.name.as_ref().map_or_else(String::new, ToString::to_string),
            open: settings.open_weekdays.clone().unwrap_or_else(|| Weekday::ALL.to_vec()),
            closed: settings.closed.iter().map(closure).collect(),
            people: settings.people.iter().map(ToString::to_string).collect(),
            products: settings.products.clone(),
            colour: settings.screen.colour,
            mouse: settings.screen.mouse,
            ascii: settings.screen.ascii,
            draft_days: settings.draft_days.map_or_else(String::new, |days| days.to_string()),
        };
        form.take_in_hand();
        form
    }

    /// Whether anything is other than in the settings.
    pub(super) fn is_changed(&self, settings: &Settings) -> bool {
        let before = Self::of(settings);
        let typed = |rows: &[String]| -> Vec<String> {
            rows.iter().map(|row| row.trim().to_owned()).filter(|row| !row.is_empty()).collect()
        };
        let screen = |it: &Self| (it.colour, it.mouse, it.ascii);
        (&self.name, &self.open, &self.products, &self.draft_days)
            != (&before.name, &before.open, &before.products, &before.draft_days)
            || (typed(&self.closed), typed(&self.people)) != (typed(&before.closed), typed(&before.people))
            || screen(self) != screen(&before)
    }

    fn parts(&self, library: &'static Library) -> Vec<Part> {
        let mut parts: Vec<Part> = match self.page {
            WardPage::Days => {
                let days = Weekday::ALL.iter().map(|day| Part::Weekday(*day));
                std::iter::once(Part::Name).chain(days).chain((0..=self.closed.len()).map(Part::Closure)).collect()
            }
            WardPage::Names => (0..=self.people.len()).map(Part::Person).collect(),
            WardPage::Products => (0..products(library).len()).map(Part::Product).collect(),
            WardPage::Screen => vec![Part::Colour, Part::Mouse, Part::Ascii, Part::DraftDays],
        };
        parts.push(Part::Save);
        parts
    }

    /// How many rows the page has, with the one that saves.
    pub(super) fn rows(&self, library: &'static Library) -> usize {
        self.parts(library).len()
    }

    fn part(&self, library: &'static Library) -> Part {
        self.parts(library).get(self.at).copied().unwrap_or(Part::Save)
    }

    /// Whether the row in hand saves.
    pub(super) fn is_at_save(&self, library: &'static Library) -> bool {
        self.part(library) == Part::Save
    }

    /// Whether the row in hand is typed.
    pub(super) fn is_typed(&self, library: &'static Library) -> bool {
        matches!(self.part(library), Part::Name | Part::Closure(_) | Part::Person(_) | Part::DraftDays)
    }

    fn text(&self, part: Part) -> &str {
        match part {
            Part::Name => &self.name,
            Part::Closure(at) => self.closed.get(at).map_or("", String::as_str),
            Part::Person(at) => self.people.get(at).map_or("", String::as_str),
            Part::DraftDays => &self.draft_days,
            _ => "",
        }
    }

    fn part_of_page(&self) -> Option<Part> {
        let typed = |at: usize| match self.page {
            WardPage::Days if at == 0 => Some(Part::Name),
            WardPage::Days => {
                at.checked_sub(1 + Weekday::ALL.len()).filter(|at| *at <= self.closed.len()).map(Part::Closure)
            }
            WardPage::Names => (at <= self.people.len()).then_some(Part::Person(at)),
            WardPage::Products => None,
            WardPage::Screen => (at == 3).then_some(Part::DraftDays),
        };
        typed(self.at)
    }

    /// Takes the text of the row in hand under the cursor.
    pub(super) fn take_in_hand(&mut self) {
        let text = self.part_of_page().map(|part| self.text(part).to_owned());
        self.line = Line::new(text.unwrap_or_default());
    }

    /// Puts the text in hand into its row. The row after the last one adds one.
    pub(super) fn put(&mut self) {
        let text = self.line.value().to_owned();
        match self.part_of_page() {
            Some(Part::Name) => self.name = text,
            Some(Part::DraftDays) => self.draft_days = text,
            Some(Part::Closure(at)) => put_into(&mut self.closed, at, text),
            Some(Part::Person(at)) => put_into(&mut self.people, at, text),
            _ => {}
        }
    }

    /// Opens or closes, marks, or takes the next choice of the row in hand.
    pub(super) fn switch(&mut self, library: &'static Library) {
        match self.part(library) {
            Part::Weekday(day) => toggle(&mut self.open, day, |it| Weekday::ALL.iter().position(|day| day == it)),
            Part::Product(at) => {
                if let Some((id, _)) = products(library).get(at) {
                    let id = (*id).clone();
                    match self.products.iter().position(|it| *it == id) {
                        Some(at) => drop(self.products.remove(at)),
                        None => self.products.push(id),
                    }
                }
            }
            Part::Colour => {
                let all: Vec<Option<Colour>> =
                    std::iter::once(None).chain(Colour::ALL.iter().copied().map(Some)).collect();
                self.colour = after(&all, self.colour);
            }
            Part::Mouse => self.mouse = after(&[None, Some(true), Some(false)], self.mouse),
            Part::Ascii => self.ascii = after(&[None, Some(true), Some(false)], self.ascii),
            _ => {}
        }
    }

    /// The settings, or the first thing that is wrong in them, in words.
    fn settings(&self, today: NaiveDate, format: &Settings) -> Result<Settings, String> {
        let text = |text: &str| read_text(text).map_err(|why| words::not_read(text, &why));
        let there = |all: &[String]| all.iter().filter(|it| !it.trim().is_empty()).cloned().collect::<Vec<_>>();
        let closure = |it: &String| {
            let read = read_closure(it, today).map_err(|why: NotRead| words::not_read(it, &why))?;
            let last = (read.last != read.first).then_some(read.last);
            Ok::<_, String>(Closure { first: read.first, last, name: read.name })
        };
        let days = self.draft_days.trim();
        let draft_days = match days {
            "" => None,
            _ => Some(days.parse().map_err(|_| words::not_days(days))?),
        };
        let every_day = self.open.len() == Weekday::ALL.len();
        Ok(Settings {
            name: if self.name.trim().is_empty() { None } else { Some(text(&self.name)?) },
            open_weekdays: (!every_day).then(|| self.open.clone()),
            closed: there(&self.closed).iter().map(closure).collect::<Result<_, _>>()?,
            people: there(&self.people).iter().map(|it| text(it)).collect::<Result<_, _>>()?,
            products: self.products.clone(),
            screen: crate::ward::Screen { colour: self.colour, mouse: self.mouse, ascii: self.ascii },
            draft_days,
            ..format.clone()
        })
    }
}

fn put_into(all: &mut Vec<String>, at: usize, text: String) {
    match all.get_mut(at) {
        Some(there) => *there = text,
        None if text.is_empty() => {}
        None => all.push(text),
    }
}

fn toggle<T: PartialEq>(all: &mut Vec<T>, it: T, place: impl Fn(&T) -> Option<usize>) {
    if let Some(at) = all.iter().position(|there| *there == it) {
        all.remove(at);
    } else {
        all.push(it);
        all.sort_by_key(place);
    }
}

/// The value after one in a list; the first after the last.
fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|it| *it == now).map_or(0, |at| (at + 1) % all.len());
    all[at]
}

/// The products of the library, each once, with its name.
fn products(library: &'static Library) -> Vec<(&'static Text, String)> {
    let mut all: Vec<(&'static Text, String)> = Vec::new();
    for listed in library.regimens() {
        for product in listed.products() {
            if !all.iter().any(|(id, _)| **id == product.id) {
                all.push((&product.id, product.name.to_string()));
            }
        }
    }
    all
}

impl App {
    /// Opens the settings of the ward.
    pub(super) fn open_ward(&mut self) -> Effect {
        if self.ward_file.is_none() {
            return self.say(words::NO_WARD_FILE);
        }
        self.over = Some(Over::Ward(Box::new(WardForm::of(&self.ward))));
        Effect::Stay
    }

    /// Saves the settings of the ward, where nothing is wrong in them.
    pub(super) fn save_ward(&mut self) -> Effect {
        let (Some(Over::Ward(ward)), Some(path)) = (&self.over, self.ward_file.clone()) else { return Effect::Stay };
        let settings = match ward.settings(self.form.today(), &self.ward) {
            Ok(settings) => settings,
            Err(why) => return self.say(why),
        };
        let content = settings.to_json();
        // What is written is what would be read.
        match crate::ward::read(content.as_bytes(), self.library) {
            Ok(read) => {
                self.ward_to_be = Some(read);
                Effect::SaveWard { path, content: content.into_bytes() }
            }
            Err(flaws) => self.say(words::ward_flaw(&flaws)),
        }
    }

    /// The settings were written: they hold from now on.
    pub(super) fn ward_was_saved(&mut self) {
        let Some(settings) = self.ward_to_be.take() else { return };
        self.ward = settings.clone();
        self.mouse = settings.screen.mouse.unwrap_or(self.mouse);
        self.form.set_ward(settings);
        self.take_in_hand();
    }

    /// The rows of a page of the settings.
    pub(super) fn ward_rows(&self, ward: &WardForm, columns: usize) -> Vec<Row> {
        let library = self.library;
        let mut rows = vec![Row::blank()];
        let mut heading = None;
        for (at, part) in ward.parts(library).into_iter().enumerate() {
            let title = words::ward_heading(ward.page, matches!(part, Part::Closure(_)));
            let has_title =
                !matches!(part, Part::Name | Part::Save | Part::Colour | Part::Mouse | Part::Ascii | Part::DraftDays);
            if has_title && heading != Some(title) {
                heading = Some(title);
                rows.push(Row::blank());
                let lines =
                    wrap(title, columns.saturating_sub(4)).into_iter().map(|line| Words::from(format!("   {line}")));
                rows.push(Row::read(lines.collect()));
            }
            if part == Part::Save {
                rows.push(Row::blank());
            }
            rows.push(self.ward_row(ward, at, part, columns));
        }
        rows
    }

    fn ward_row(&self, ward: &WardForm, at: usize, part: Part, columns: usize) -> Row {
        let in_hand = ward.at == at;
        let mark = if in_hand { ">" } else { " " };
        let lead = Span::raw(format!(" {mark} "));
        let chosen = |label: &str, value: String| {
            let style = if in_hand { self.theme.marked() } else { self.theme.plain() };
            Words::from(vec![lead.clone(), Span::raw(pad(label, 22, "")), Span::styled(value, style)])
        };
        let marked = |on: bool, label: &str| {
            let words =
                fit(&format!("[{}] {label}", if on { "x" } else { " " }), columns.saturating_sub(4), self.cut());
            let style = if in_hand { self.theme.marked() } else { self.theme.plain() };
            Words::from(vec![lead.clone(), Span::styled(words, style)])
        };
        let mut cursor = (0, 4);
        let line = match part {
            Part::Weekday(day) => marked(ward.open.contains(&day), words::weekday(day)),
            Part::Product(place) => {
                let all = products(self.library);
                let (id, name) = &all[place.min(all.len() - 1)];
                marked(ward.products.contains(id), name)
            }
            Part::Colour => chosen(words::COLOURS, words::colour(ward.colour).to_owned()),
            Part::Mouse => chosen(words::MOUSE, words::yes_no(ward.mouse).to_owned()),
            Part::Ascii => chosen(words::ASCII_ALONE, words::yes_no(ward.ascii).to_owned()),
            Part::Save => {
                let style = if in_hand { self.theme.marked() } else { self.theme.plain() };
                Words::from(vec![lead, Span::styled(words::SAVE_WARD, style)])
            }
            Part::Name | Part::Closure(_) | Part::Person(_) | Part::DraftDays => {
                let label = match part {
                    Part::Name => words::NAME_OF_WARD,
                    Part::DraftDays => words::DRAFT_DAYS,
                    _ => "",
                };
                let label = pad(label, if label.is_empty() { 0 } else { 22 }, "");
                let at_label = 3 + label.chars().count();
                let (shown, at) = window(ward.text(part), in_hand.then(|| ward.line.cursor()), TYPED, self.cut());
                cursor = (0, at_label + at);
                let style = if in_hand { self.theme.entry() } else { self.theme.plain() };
                let read = self.ward_reads(ward, part);
                Words::from(vec![
                    lead,
                    Span::raw(label),
                    Span::styled(pad(&shown, TYPED, ""), style),
                    Span::raw(fit(&format!("  {read}"), columns.saturating_sub(at_label + TYPED), self.cut())),
                ])
            }
        };
        Row { lines: vec![line], in_hand, cursor: Some(cursor), target: Some(Target::Row(at)) }
    }

    /// What was understood of a row.
    fn ward_reads(&self, ward: &WardForm, part: Part) -> String {
        let text = ward.text(part);
        if text.trim().is_empty() {
            return match part {
                Part::Closure(_) => words::ADD_CLOSURE.to_owned(),
                Part::Person(_) => words::ADD_PERSON.to_owned(),
                Part::DraftDays => words::NEVER.to_owned(),
                _ => String::new(),
            };
        }
        match part {
            Part::Closure(_) => match read_closure(text, self.form.today()) {
                Ok(closure) => words::closed_from_to(closure.first, closure.last),
                Err(why) => format!("{} {}", self.theme.sign(Sign::Wrong), words::not_read(text, &why)),
            },
            Part::DraftDays => match text.trim().parse::<u16>() {
                Ok(days) => words::days(days),
                Err(_) => format!("{} {}", self.theme.sign(Sign::Wrong), words::not_days(text)),
            },
            _ => String::new(),
        }
    }
}
