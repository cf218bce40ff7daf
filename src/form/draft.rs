//! What was typed and chosen so far, as it was typed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Field, Kind, NotRead, Reference, WithoutYear, closure::names_its_years, read_date, visit::Visit};
use crate::{json::parse_date, regimen::Code};

/// The entries of a form: text by field. A choice is its word, several are words with blanks between.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    texts: BTreeMap<Field, String>,
    /// The days on which dates were typed that do not name their year.
    typed_on: BTreeMap<Field, NaiveDate>,
    /// The figures of each finding as they were when it was confirmed.
    confirmed: BTreeMap<Code, String>,
    /// The entries of a whole second check, while another one is begun and not whole yet.
    checked_before: BTreeMap<Field, String>,
    /// What a next visit begins from.
    pub(super) visit: Option<Visit>,
    /// The entries of the plan that was opened, or of the one before a next visit.
    before: BTreeMap<String, String>,
}

/// How the key of a unit ends in a draft of an earlier version; before it is the key of its field.
const UNIT: &str = "-unit";
/// How the key of the day ends on which a date was typed; before it is the key of its field.
const TYPED_ON: &str = ".typed-on";
/// How the key of an entry of an earlier second check ends; before it is the key of its field.
const CHECKED_BEFORE: &str = ".checked-before";

impl Draft {
    /// The key of the entries of the plan before.
    const BEFORE: &'static str = "before";

    /// The text in a field; empty where there is none.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The figures for which a finding was confirmed; empty where it was not.
    pub(super) fn confirmed_figures(&self, code: Code) -> &str {
        self.confirmed.get(&code).map_or("", String::as_str)
    }

    /// Puts text into a field. Empty text empties it.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        put(&mut self.texts, field, text.into());
        self.typed_on.remove(&field);
    }

    /// Puts text into a field that is typed today. A date without its year stays the same on a later day.
    pub(super) fn set_on(&mut self, field: Field, text: impl Into<String>, today: NaiveDate) {
        self.set(field, text);
        let text = self.text(field);
        if matches!(field.kind(), Kind::Date | Kind::Dates) && !text.is_empty() && !names_its_years(text) {
            self.typed_on.insert(field, today);
        }
    }

    /// What the dates of a field are read against.
    pub(super) fn reference(&self, field: Field, without_year: WithoutYear, today: NaiveDate) -> Reference {
        Reference { today: self.typed_on.get(&field).copied().unwrap_or(today), without_year, start: None }
    }

    /// The date in a field.
    pub(super) fn day(&self, field: Field, without_year: WithoutYear, today: NaiveDate) -> Result<NaiveDate, NotRead> {
        read_date(self.text(field), &self.reference(field, without_year, today))
    }

    /// Notes the figures for which a finding is confirmed.
    pub(super) fn set_confirmed_figures(&mut self, code: Code, figures: impl Into<String>) {
        put(&mut self.confirmed, code, figures.into());
    }

    /// Notes the entries of the second check, which is whole, as those of an earlier one.
    pub(super) fn keep_second_check(&mut self) {
        let entered = Field::SECOND_CHECK.iter().map(|field| (*field, self.text(*field).to_owned()));
        self.checked_before = entered.filter(|(_, text)| !text.is_empty()).collect();
    }

    /// Forgets the entries of an earlier second check.
    pub(super) fn forget_second_check(&mut self) {
        self.checked_before.clear();
    }

    /// This draft with the entries of an earlier second check in their fields; none where there was none.
    pub(super) fn checked_before(&self) -> Option<Self> {
        let mut draft = Self { checked_before: BTreeMap::new(), ..self.clone() };
        for field in Field::SECOND_CHECK {
            draft.set(field, self.checked_before.get(&field).map_or("", String::as_str));
        }
        (!self.checked_before.is_empty()).then_some(draft)
    }

    /// What a next visit begins from, where this is one.
    pub(super) fn visit(&self) -> Option<&Visit> {
        self.visit.as_ref()
    }

    /// The entries of the plan before; none where there was no plan.
    pub(super) fn before(&self) -> Option<Self> {
        (!self.before.is_empty()).then(|| Self::from_entries(&self.before))
    }

    /// The text that a field had in the plan before.
    pub(super) fn opened_text(&self, field: Field) -> Option<&str> {
        self.before.get(&field.key()).map(String::as_str)
    }

    /// This draft, with the entries of a plan before it.
    #[must_use]
    pub(super) fn after(mut self, before: &Self) -> Self {
        let is_entry = |key: &String| key != Self::VISIT && key != Self::BEFORE && !key.ends_with(CHECKED_BEFORE);
        self.before = before.entries().into_iter().filter(|(key, _)| is_entry(key)).collect();
        self
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// The fields with something in them.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.texts.keys().copied()
    }

    /// What is the same at the next visit. Nothing of it is confirmed yet.
    pub(super) fn of_next_visit(&self) -> Self {
        let mut draft = self.clone();
        draft.texts.retain(|field, _| field.description().lasts);
        draft.typed_on.retain(|field, _| field.description().lasts);
        draft.confirmed.clear();
        draft.forget_second_check();
        draft
    }

    /// The entries by the keys of their fields.
    pub fn entries(&self) -> BTreeMap<String, String> {
        let texts = self.texts.iter().map(|(field, text)| (field.key(), text.clone()));
        let typed_on = self.typed_on.iter().map(|(field, day)| (field.key() + TYPED_ON, day.to_string()));
        let confirmed = self.confirmed.iter().map(|(code, figures)| (figures_key(*code), figures.clone()));
        let checked = self.checked_before.iter().map(|(field, text)| (field.key() + CHECKED_BEFORE, text.clone()));
        let visit = self.visit_entry().map(|visit| (Self::VISIT.to_owned(), visit));
        let before = serde_json::to_string(&self.before).ok().filter(|_| !self.before.is_empty());
        let before = before.map(|before| (Self::BEFORE.to_owned(), before));
        texts.chain(typed_on).chain(confirmed).chain(checked).chain(visit).chain(before).collect()
    }

    /// The draft of such entries, letter by letter; those of unknown fields are left out.
    ///
    /// A draft of the version before has the unit of a value beside it, which is put behind the number. One of a still
    /// earlier version binds a confirmation to a sentence: such a confirmation is asked again.
    pub fn from_entries(entries: &BTreeMap<String, String>) -> Self {
        let mut draft = Self::default();
        for (key, text) in entries {
            if key == Self::VISIT {
                draft.take_visit(text);
            } else if key == Self::BEFORE {
                draft.before = serde_json::from_str(text).unwrap_or_default();
            } else if let Some(field) = Field::from_key(key) {
                put(&mut draft.texts, field, text.clone());
            } else if let Some(code) = confirmed_code(key) {
                draft.set_confirmed_figures(code, text.as_str());
            } else if let Some(field) = key.strip_suffix(CHECKED_BEFORE).and_then(Field::from_key) {
                put(&mut draft.checked_before, field, text.clone());
            } else if let Some(field) = key.strip_suffix(TYPED_ON).and_then(Field::from_key) {
                draft.typed_on.extend(parse_date(text).map(|day| (field, day)));
            }
        }
        for (key, unit) in entries {
            if let Some(field) = key.strip_suffix(UNIT).and_then(Field::from_key) {
                draft.take_unit(field, unit);
            }
        }
        draft
    }

    /// Puts the unit that an earlier version kept beside a number behind it.
    fn take_unit(&mut self, field: Field, unit: &str) {
        let number = self.text(field);
        let is_bare = !number.trim().is_empty() && !number.contains(char::is_alphabetic);
        if field.kind() == Kind::Measured && is_bare {
            let text = format!("{} {unit}", number.trim());
            self.set(field, text.replace("umol", "µmol"));
        }
    }
}

fn put<K: Ord>(texts: &mut BTreeMap<K, String>, key: K, text: String) {
    if text.is_empty() {
        texts.remove(&key);
    } else {
        texts.insert(key, text);
    }
}

/// The key of the figures for which a finding was confirmed.
fn figures_key(code: Code) -> String {
    format!("confirm.{}.figures", code.as_str())
}

/// The finding of such a key, or of one of an earlier version. A sentence is never the figures of a finding, so that
/// what was confirmed by it counts as confirmed for others.
fn confirmed_code(key: &str) -> Option<Code> {
    let (code, bound) = key.strip_prefix("confirm.")?.rsplit_once('.')?;
    Code::from_word(code).filter(|_| matches!(bound, "figures" | "saying"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    #[test]
    fn a_draft_comes_back_from_its_entries() {
        let mut draft = Draft::default();
        draft.set(Field::Creatinine, "92u");
        draft.set_on(Field::LabDate, "18.11.", day("2026-11-30"));
        draft.set_on(Field::StartDate, "1.12.2026", day("2026-11-30"));
        draft.set(Field::ConfirmedBy(Code::CalciumUnknown), "Dr K. Holm");
        draft.set_confirmed_figures(Code::CalciumUnknown, "figures");
        draft.set(Field::SecondBy, "B. Lind");
        draft.keep_second_check();
        draft.set(Field::SecondBy, "");
        let draft = draft.clone().after(&draft);
        let entries = draft.entries();
        let keys: Vec<&str> = entries.keys().map(String::as_str).collect();
        let expected = [
            "before",
            "confirm.calcium-unknown.by",
            "confirm.calcium-unknown.figures",
            "creatinine",
            "lab-date",
            "lab-date.typed-on",
            "second-by.checked-before",
            "start-date",
        ];
        assert_eq!(keys, expected);
        assert_eq!(Draft::from_entries(&entries), draft);
        assert!(draft.before().is_some_and(|before| before.text(Field::Creatinine) == "92u"));
    }

    #[test]
    fn a_date_without_its_year_is_the_same_on_a_later_day() {
        let mut draft = Draft::default();
        draft.set_on(Field::LabDate, "t", day("2026-12-31"));
        let draft = Draft::from_entries(&draft.entries());
        assert_eq!(draft.day(Field::LabDate, WithoutYear::Past, day("2027-01-01")), Ok(day("2026-12-31")));
    }

    #[test]
    fn a_draft_of_the_version_before_is_taken_up() {
        let entries = [
            ("creatinine", "92"),
            ("creatinine-unit", "umol/L"),
            ("calcium", "2,31"),
            ("calcium-unit", "mmol/L"),
            ("albumin-unit", "g/L"),
            ("second-albumin", "38"),
            ("second-albumin-unit", "g/L"),
            ("baseline", "1.04 mg"),
            ("baseline-unit", "umol/L"),
        ];
        let entries = entries.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let draft = Draft::from_entries(&entries);
        let texts = [Field::Creatinine, Field::Calcium, Field::Albumin, Field::SecondAlbumin, Field::Baseline];
        assert_eq!(texts.map(|field| draft.text(field)), ["92 µmol/L", "2,31 mmol/L", "", "38 g/L", "1.04 mg"]);
        assert_eq!(draft.count(), 4);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let unknown = ["weight-unit", "confirm.nothing.figures", "confirm.calcium-unknown.said", "x", "x.typed-on"];
        let entries = unknown.map(|key| (key.to_owned(), "kg".to_owned())).into();
        assert_eq!(Draft::from_entries(&entries), Draft::default());
    }
}
