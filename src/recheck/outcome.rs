//! What came of making a plan again, in lines.

use super::{Difference, Rechecked, Step, Value, Verdict, keys, names::day, series};
use crate::{
    saved::Seal,
    words::{self as said, recheck as words},
};

/// What a difference is about, as the first line puts it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// It is named in the first line itself.
    Dose,
    Schedule,
    Finding,
    Else,
}

impl Rechecked {
    /// The outcome in one line: "WOULD CHANGE: dose 3.5 mg would be 3.3 mg; 2 findings".
    pub fn headline(&self) -> String {
        let lines: Vec<(About, String)> = self.lines();
        let count = |about| lines.iter().filter(|(it, _)| *it == about).count();
        let mut parts: Vec<String> = self.impossible.iter().map(|why| words::impossible(&why.to_string())).collect();
        parts.extend(lines.iter().filter(|(about, _)| *about == About::Dose).map(|(_, line)| line.clone()));
        let counts = words::counts(count(About::Schedule), count(About::Finding), count(About::Else));
        parts.extend(counts);
        match self.verdict {
            Verdict::Same => words::the_same(self.makers_in_words().as_deref(), self.seal == Seal::Missing),
            Verdict::Changed => words::would_change(&parts),
            Verdict::Altered => words::altered(&parts),
        }
    }

    /// Every difference, a line for each.
    pub fn details(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.lines().into_iter().map(|(_, line)| line).collect();
        if self.verdict == Verdict::Same {
            return lines;
        }
        lines.extend(self.makers_in_words().map(|makers| words::made_by_others(&makers)));
        match (self.verdict, self.seal) {
            (Verdict::Changed, Seal::Missing) => lines.push(words::NO_CHECKSUM.to_owned()),
            (Verdict::Altered, Seal::Missing) => lines.push(words::OTHER_HAND.to_owned()),
            (Verdict::Altered, Seal::Reprinted) => lines.push(words::REPRINTED.to_owned()),
            (Verdict::Changed, Seal::Whole) if self.same_makers => lines.push(words::SEALED_AGAIN.to_owned()),
            _ => {}
        }
        lines
    }

    /// What is said when the file is opened to go on with it; nothing where the plan is the same in all.
    pub fn on_opening(&self) -> Option<&'static str> {
        match self.verdict {
            Verdict::Altered => Some(words::OPENED_ALTERED),
            Verdict::Changed => Some(words::OPENED_OTHERWISE),
            Verdict::Same => (!self.makers.is_empty()).then_some(words::OPENED_BY_OTHER_RULES),
        }
    }

    /// What made the plan, if it was another program version or library.
    fn makers_in_words(&self) -> Option<String> {
        let was = |key: &str| self.makers.iter().find(|it| keys(it).last() == Some(&key)).map(|it| &it.was);
        let mut parts = Vec::new();
        parts.extend(was("regimens_sha256").map(|it| words::fingerprint(&it.to_string())));
        parts.extend(was("program").map(|it| words::program(&it.to_string())));
        parts.extend(was("regimen_origin").map(|it| words::origin(&it.to_string())));
        parts.extend(was("regimen_owner").map(|it| words::owner(&it.to_string())));
        parts.extend(was("regimen_reviewed").map(|it| words::reviewed(&day(it))));
        // An endorsed regimen has no status in a plan.
        parts.extend(was("regimen_status").filter(|it| !it.is_nothing()).map(|it| words::status(&it.to_string())));
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn lines(&self) -> Vec<(About, String)> {
        let of_entries = |it: &&Difference| keys(it).starts_with(&["schedule", "entries"]);
        let of_sources = |it: &&Difference| keys(it) == ["sources"] && it.path.len() == 2;
        let alone = self.changes.iter().filter(|it| !of_entries(it) && !of_sources(it));
        let mut lines: Vec<(About, String)> = alone.map(|it| (about(it), line(it))).collect();
        // What the first line names comes first.
        lines.sort_by_key(|(about, _)| *about != About::Dose);
        let entries: Vec<&Difference> = self.changes.iter().filter(of_entries).collect();
        let sources = self.changes.iter().filter(of_sources);
        lines.extend(sources_in_words(sources).into_iter().map(|line| (About::Else, line)));
        lines.extend(series::of_entries(&entries).into_iter().map(|line| (About::Schedule, line)));
        lines
    }
}

/// The sources that come and go, a line for each kind.
fn sources_in_words<'a>(changes: impl Iterator<Item = &'a Difference>) -> Vec<String> {
    let (mut gone, mut new, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change.path.last() {
            Some(Step::Entry { name: id, .. }) if change.now.is_nothing() => gone.push(id.as_str()),
            Some(Step::Entry { name: id, .. }) if change.was.is_nothing() => new.push(id.as_str()),
            _ => others.push(line(change)),
        }
    }
    let list = [(gone, words::GONE), (new, words::NEW)];
    let named = list.into_iter().filter(|(ids, _)| !ids.is_empty()).map(|(ids, what)| words::sources(&ids, what));
    named.chain(others).collect()
}

fn about(change: &Difference) -> About {
    match keys(change)[..] {
        ["status" | "dosing"]
        | ["dosing", "dose_mg" | "full_dose_mg" | "frequency" | "preparation" | "intakes" | "steps", ..] => About::Dose,
        ["schedule", ..] => About::Schedule,
        ["findings", ..] => About::Finding,
        _ => About::Else,
    }
}

/// A difference that is not of the schedule's entries.
fn line(change: &Difference) -> String {
    let (was, now) = (&change.was, &change.now);
    let keys = keys(change);
    let key = keys.last().copied().unwrap_or_default();
    let entry = change.path.iter().find_map(Step::entry);
    match (&keys[..], entry) {
        (["dosing"], _) => words::dosing(dose(was).as_deref(), dose(now).as_deref()),
        (["schedule"], _) => words::schedule(doses(was), doses(now)),
        (["findings"], Some(code)) => finding(code, was, now),
        (["unused_confirmations"], Some(code)) => words::confirmation(code, now.is_nothing()),
        _ => {
            let label = label(change, &keys, entry);
            words::changed(&label, &figure(key, was), &figure(key, now))
        }
    }
}

/// What a place is called.
fn label(change: &Difference, keys: &[&str], entry: Option<&str>) -> String {
    let label = words::label(&keys.join("."), entry).unwrap_or_else(|| change.place());
    if change.path.last() == Some(&Step::Order) { words::order_of(&label) } else { label }
}

fn finding(code: &str, was: &Value, now: &Value) -> String {
    let said = |it: &Value| (severity(it.member("severity")), it.member("message").to_string());
    if was.is_nothing() {
        let (severity, message) = said(now);
        words::finding_new(code, &severity, &message)
    } else if now.is_nothing() {
        let (severity, message) = said(was);
        words::finding_gone(code, &severity, &message)
    } else {
        words::changed(&words::finding(code), &was.to_string(), &now.to_string())
    }
}

fn severity(word: &Value) -> String {
    let known = word.text().and_then(crate::regimen::Severity::from_word);
    known.map_or_else(|| word.to_string(), |it| said::spoken::severity(it).to_owned())
}

/// The dose of a dosing.
fn dose(dosing: &Value) -> Option<String> {
    (!dosing.is_nothing()).then(|| figure("dose_mg", dosing.member("dose_mg")))
}

/// The number of doses of a schedule.
fn doses(schedule: &Value) -> Option<usize> {
    let is_dose = |it: &&Value| super::is_dose(it);
    (!schedule.is_nothing()).then(|| schedule.member("entries").entries().iter().filter(is_dose).count())
}

/// The value of a key as people read it: with its unit, a date with its month in letters.
pub(super) fn figure(key: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Number(number) => match words::unit(key) {
            Some(unit) => format!("{number} {unit}"),
            None => number.clone(),
        },
        Value::Text(_) if key == "severity" => severity(value),
        Value::Text(_) if words::is_a_word(key) => said::spoken(&value.to_string()),
        Value::Text(_) => day(value),
        Value::Object(_) if !value.member("text").is_nothing() => value.member("text").to_string(),
        Value::Object(_) if !value.member("when_creatinine_above").is_nothing() => {
            let creatinine = value.member("when_creatinine_above");
            words::above(&creatinine.member("value"), &creatinine.member("unit"))
        }
        _ => value.to_string(),
    }
}
