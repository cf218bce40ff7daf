//! The months of a schedule, week by week from Monday, each day with a letter for what happens on it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Theme, theme::Sign};
use crate::{
    patient::Weekday,
    plan::{Entry, Event, Schedule},
    request::Clinic,
    words,
};

/// The columns of a day: its number in brackets where it is the marked visit, its mark, and a blank.
const DAY: usize = 5;

/// The columns of a month.
const WIDTH: usize = 7 * DAY;

/// The columns between two months.
const GAP: usize = 2;

/// The lines of a month: its name, the weekdays, six weeks at most, and a blank.
pub(super) const MONTH_HEIGHT: usize = 9;

/// What happens on a day, the least important first: of several, the most important is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Closed,
    Left,
    Check,
    Review,
    Supply,
    Dose,
    MovedDose,
}

impl Mark {
    const ALL: [Self; 7] =
        [Self::Dose, Self::MovedDose, Self::Left, Self::Supply, Self::Review, Self::Check, Self::Closed];

    fn of(event: &Event, moved: bool) -> Self {
        match event {
            Event::Dose { .. } if moved => Self::MovedDose,
            Event::Dose { .. } => Self::Dose,
            Event::Supply { .. } => Self::Supply,
            Event::Review { .. } => Self::Review,
            Event::Check { .. } => Self::Check,
        }
    }

    fn letter(self, theme: Theme) -> &'static str {
        match self {
            Self::Closed => "x",
            Self::Left => ">",
            Self::Check => theme.sign(Sign::Check),
            Self::Review => "R",
            Self::Supply => "S",
            Self::Dose => theme.sign(Sign::Dose),
            Self::MovedDose => "M",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Left => "planned here, moved",
            Self::Check => "check only",
            Self::Review => "review",
            Self::Supply => "supply",
            Self::Dose => "dose",
            Self::MovedDose => "dose moved here",
        }
    }

    /// Doses are the most striking; the letters differ for those who see no styles.
    fn style(self, theme: Theme) -> Style {
        match self {
            Self::Closed | Self::Left | Self::Check => theme.plain(),
            Self::Review | Self::Supply | Self::Dose | Self::MovedDose => theme.bold(),
        }
    }
}

/// The months of a schedule.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    marks: BTreeMap<NaiveDate, Mark>,
    open_weekdays: Option<Vec<Weekday>>,
    closed: BTreeSet<NaiveDate>,
    /// The marked visit.
    marked: Option<NaiveDate>,
}

impl Calendar {
    /// The calendar of a schedule, with the days on which the clinic is closed.
    pub(super) fn new(schedule: &Schedule, clinic: Option<&Clinic>, marked: Option<NaiveDate>) -> Self {
        let mut calendar = Self {
            marks: BTreeMap::new(),
            open_weekdays: clinic.and_then(|clinic| clinic.open_weekdays.clone()),
            closed: clinic.map(|clinic| clinic.closed_dates.iter().copied().collect()).unwrap_or_default(),
            marked,
        };
        for entry in &schedule.entries {
            calendar.add(entry);
        }
        calendar
    }

    fn add(&mut self, entry: &Entry) {
        let mark = Mark::of(&entry.event, entry.date != entry.planned_date);
        self.mark(entry.date, mark);
        if mark == Mark::MovedDose {
            self.mark(entry.planned_date, Mark::Left);
        }
    }

    fn mark(&mut self, day: NaiveDate, mark: Mark) {
        let marked = self.marks.entry(day).or_insert(mark);
        *marked = mark.max(*marked);
    }

    /// Each month from the first to the last in which something happens, by its first day.
    pub(super) fn months(&self) -> Vec<NaiveDate> {
        let days = self.marks.first_key_value().zip(self.marks.last_key_value());
        let Some(((first, _), (last, _))) = days else { return Vec::new() };
        let next = |month: &NaiveDate| month.checked_add_months(Months::new(1));
        std::iter::successors(first.with_day(1), next).take_while(|month| month <= last).collect()
    }

    /// How many months there are side by side.
    pub(super) fn across(columns: usize) -> usize {
        (columns + GAP) / (WIDTH + GAP)
    }

    /// Months in rows of as many as fit, each row [`MONTH_HEIGHT`] lines high. Where the columns do not
    /// hold one month there are no lines: half a week would hide a dose.
    pub(super) fn lines(&self, months: &[NaiveDate], columns: usize, theme: Theme) -> Vec<Line<'static>> {
        let across = Self::across(columns);
        if across == 0 {
            return Vec::new();
        }
        months.chunks(across).flat_map(|row| self.row(row, theme)).collect()
    }

    fn row(&self, months: &[NaiveDate], theme: Theme) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default(); MONTH_HEIGHT];
        for (place, month) in months.iter().enumerate() {
            for (line, spans) in lines.iter_mut().zip(self.month(*month, theme)) {
                if place > 0 {
                    line.push_span(" ".repeat(GAP));
                }
                line.extend(spans);
            }
        }
        lines
    }

    /// The lines of one month, each as wide as the month, without the blank after them.
    fn month(&self, first: NaiveDate, theme: Theme) -> Vec<Vec<Span<'static>>> {
        let weekdays = "Mo   Tu   We   Th   Fr   Sa   Su";
        let mut lines = vec![
            vec![Span::styled(format!("{:WIDTH$}", name(first)), theme.bold())],
            vec![Span::styled(format!("{weekdays:WIDTH$}"), theme.plain())],
        ];
        let blanks = std::iter::repeat_n(None, first.weekday().num_days_from_monday() as usize);
        let days = first.iter_days().take_while(|day| day.month() == first.month()).map(Some);
        let mut cells = blanks.chain(days);
        while lines.len() < MONTH_HEIGHT - 1 {
            lines.push((0..7).flat_map(|_| self.cell(cells.next().flatten(), theme)).collect());
        }
        lines
    }

    fn cell(&self, day: Option<NaiveDate>, theme: Theme) -> Vec<Span<'static>> {
        let Some(day) = day else { return vec![Span::styled(" ".repeat(DAY), theme.plain())] };
        let mark = self.mark_of(day);
        let letter = mark.map_or(" ", |mark| mark.letter(theme));
        let is_marked = self.marked == Some(day);
        let style = match mark {
            Some(Mark::Dose | Mark::MovedDose) if is_marked => theme.next_dose(),
            Some(mark) => mark.style(theme),
            None => theme.plain(),
        };
        let words = if is_marked { format!("[{}{letter}]", day.day()) } else { format!("{}{letter}", day.day()) };
        vec![Span::styled(words.clone(), style), Span::styled(" ".repeat(DAY - words.chars().count()), theme.plain())]
    }

    fn mark_of(&self, day: NaiveDate) -> Option<Mark> {
        self.marks.get(&day).copied().or_else(|| self.is_closed(day).then_some(Mark::Closed))
    }

    fn is_closed(&self, day: NaiveDate) -> bool {
        self.open_weekdays.as_ref().is_some_and(|open| !open.contains(&Weekday::of(day))) || self.closed.contains(&day)
    }

    /// What the letters mean, those that are there, in lines of at most `columns` where they hold one.
    pub(super) fn legend(&self, columns: usize, theme: Theme) -> Vec<Line<'static>> {
        let mut lines: Vec<Line<'static>> = Vec::new();
        for mark in self.marks_there() {
            let letter = Span::styled(mark.letter(theme), mark.style(theme));
            let meaning = Span::styled(format!(" {}", mark.meaning()), theme.plain());
            let width = letter.width() + meaning.width();
            match lines.last_mut() {
                Some(line) if line.width() + GAP + width <= columns => {
                    line.extend([Span::raw(" ".repeat(GAP)), letter, meaning]);
                }
                _ => lines.push(Line::from(vec![letter, meaning])),
            }
        }
        lines
    }

    fn marks_there(&self) -> impl Iterator<Item = Mark> {
        let closes = self.open_weekdays.is_some() || !self.closed.is_empty();
        Mark::ALL.into_iter().filter(move |mark| match mark {
            Mark::Closed => closes,
            mark => self.marks.values().any(|there| there == mark),
        })
    }
}

/// The name of a month with its year.
fn name(first: NaiveDate) -> String {
    format!("{} {}", words::month(first), first.year())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use ratatui::style::Modifier;

    use super::{super::Depth, *};
    use crate::{
        quantity::Mass,
        regimen::{Library, Subject},
    };

    const THEME: Theme = Theme { depth: Depth::None, ascii: false };

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn entry(planned: &str, on: &str, event: Event) -> Entry {
        Entry { date: date(on), planned_date: date(planned), moved_because: None, event }
    }

    fn dose(planned: &str, on: &str) -> Entry {
        entry(planned, on, Event::Dose { number: 1, mass: Mass::micrograms(4_000), only: None })
    }

    fn check(on: &str) -> Entry {
        static LIBRARY: LazyLock<&'static Library> = LazyLock::new(Library::shipped);
        let rule = LIBRARY.regimens().find_map(|it| it.regimen.checks.first()).expect("a rule");
        let what = Subject::ALL[0];
        entry(on, on, Event::Check { what, before: None, must_keep_band: None, rule, verification: None })
    }

    fn supply(on: &str) -> Entry {
        entry(on, on, Event::Supply { number: 1, units: 28, days: 28, text: None })
    }

    fn review(on: &str) -> Entry {
        entry(on, on, Event::Review { text: "is it still wanted" })
    }

    fn calendar(entries: Vec<Entry>, clinic: Option<&Clinic>) -> Calendar {
        let day = date("2026-12-01");
        let schedule = Schedule { start_date: day, end_date: day, first_dose: day, months: None, entries };
        Calendar::new(&schedule, clinic, None)
    }

    /// Blanks at the ends of lines do not count.
    fn shown(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    fn month_of(day: &str) -> Vec<String> {
        let calendar = calendar(vec![dose(day, day)], None);
        shown(&calendar.lines(&calendar.months(), WIDTH, THEME))
    }

    fn weekdays_only() -> Clinic {
        Clinic { open_weekdays: Some(Weekday::ALL[..5].to_vec()), closed_dates: vec![date("2026-12-25")] }
    }

    fn example() -> Calendar {
        let entries = vec![
            check("2026-12-01"),
            dose("2026-12-01", "2026-12-01"),
            supply("2026-12-02"),
            check("2026-12-09"),
            dose("2026-12-25", "2026-12-28"),
            review("2027-01-04"),
        ];
        calendar(entries, Some(&weekdays_only()))
    }

    #[test]
    fn months_stand_side_by_side() {
        let calendar = example();
        let months = calendar.months();
        assert_eq!(months, [date("2026-12-01"), date("2027-01-01")]);
        let expected = [
            "December 2026                        January 2027",
            "Mo   Tu   We   Th   Fr   Sa   Su     Mo   Tu   We   Th   Fr   Sa   Su",
            "     1●   2S   3    4    5x   6x                         1    2x   3x",
            "7    8    9○   10   11   12x  13x    4R   5    6    7    8    9x   10x",
            "14   15   16   17   18   19x  20x    11   12   13   14   15   16x  17x",
            "21   22   23   24   25>  26x  27x    18   19   20   21   22   23x  24x",
            "28M  29   30   31                    25   26   27   28   29   30x  31x",
            "",
            "",
        ];
        assert_eq!(shown(&calendar.lines(&months, 2 * WIDTH + GAP, THEME)), expected);
        assert_eq!(calendar.lines(&months, 2 * WIDTH + GAP - 1, THEME).len(), 2 * MONTH_HEIGHT);
    }

    #[test]
    fn the_legend_names_the_letters_that_are_there() {
        let whole = ["● dose  M dose moved here  > planned here, moved  S supply  R review  ○ check only  x closed"];
        assert_eq!(shown(&example().legend(200, THEME)), whole);
        let narrow =
            ["● dose  M dose moved here", "> planned here, moved", "S supply  R review", "○ check only  x closed"];
        assert_eq!(shown(&example().legend(25, THEME)), narrow);
        assert_eq!(shown(&calendar(vec![supply("2026-12-02")], None).legend(80, THEME)), ["S supply"]);
    }

    #[test]
    fn a_leap_february_has_its_day() {
        let expected = [
            "February 2028",
            "Mo   Tu   We   Th   Fr   Sa   Su",
            "     1    2    3    4    5    6",
            "7    8    9    10   11   12   13",
            "14   15   16   17   18   19   20",
            "21   22   23   24   25   26   27",
            "28   29●",
            "",
            "",
        ];
        assert_eq!(month_of("2028-02-29"), expected);
    }

    #[test]
    fn a_month_begins_on_its_weekday() {
        let monday = ["February 2027", "Mo   Tu   We   Th   Fr   Sa   Su", "1●   2    3    4    5    6    7"];
        assert_eq!(month_of("2027-02-01")[..3], monday);
        assert_eq!(month_of("2027-02-01")[5..], ["22   23   24   25   26   27   28", "", "", ""]);
        let sunday = ["August 2027", "Mo   Tu   We   Th   Fr   Sa   Su", "                              1●"];
        assert_eq!(month_of("2027-08-01")[..3], sunday);
        assert_eq!(month_of("2027-08-01")[7..], ["30   31", ""]);
    }

    #[test]
    fn the_most_important_of_a_day_is_shown() {
        let day = "2026-12-07";
        let all = [check(day), review(day), supply(day), dose(day, day), dose("2026-12-04", day)];
        for (upto, letter) in (1..).zip(["7○", "7R", "7S", "7●", "7M"]) {
            for entries in [all[..upto].to_vec(), all[..upto].iter().rev().cloned().collect()] {
                let calendar = calendar(entries, None);
                assert!(shown(&calendar.lines(&calendar.months(), WIDTH, THEME))[3].starts_with(letter));
            }
        }
    }

    #[test]
    fn a_dose_stands_out_and_a_closed_day_does_not() {
        let calendar = example();
        let lines = calendar.lines(&calendar.months(), WIDTH, Theme { depth: Depth::None, ascii: true });
        let style = |text: &str| {
            let span = lines.iter().flatten().find(|span| span.content == text).expect("a day");
            span.style.add_modifier
        };
        for dose in ["1*", "28M", "2S"] {
            assert_eq!(style(dose), Modifier::BOLD);
        }
        assert_eq!(style("5x"), Modifier::empty());
    }

    #[test]
    fn any_month_at_any_width_has_its_lines() {
        let calendar = calendar(vec![dose("1900-01-01", "1900-01-01"), check("2200-12-31")], Some(&weekdays_only()));
        let months = calendar.months();
        assert_eq!(months.len(), 301 * 12);
        for month in &months {
            let lines = shown(&calendar.lines(&[*month], WIDTH, THEME));
            assert_eq!(lines.len(), MONTH_HEIGHT);
            let days = lines[2..].iter().flat_map(|line| line.split([' ', 'x', '●', '○'])).filter(|it| !it.is_empty());
            assert_eq!(days.count(), usize::from(month.num_days_in_month()));
        }
        for columns in 0..=200 {
            let lines = calendar.lines(&months[..12], columns, THEME);
            assert!(lines.iter().all(|line| line.width() <= columns));
            assert_eq!(lines.len(), if columns < WIDTH { 0 } else { 12_usize.div_ceil(Calendar::across(columns)) * 9 });
            assert!(!calendar.legend(columns, THEME).is_empty());
        }
    }

    #[test]
    fn nothing_happens_without_entries() {
        let calendar = calendar(Vec::new(), None);
        assert!(calendar.months().is_empty() && calendar.legend(80, THEME).is_empty());
        assert!(calendar.lines(&[], 80, THEME).is_empty());
    }

    #[test]
    fn the_last_month_there_is_ends_it() {
        let entries = vec![Entry { date: NaiveDate::MAX, planned_date: NaiveDate::MAX, ..check("2026-12-01") }];
        let calendar = calendar(entries, None);
        assert_eq!(calendar.lines(&calendar.months(), WIDTH, THEME).len(), MONTH_HEIGHT);
    }
}
