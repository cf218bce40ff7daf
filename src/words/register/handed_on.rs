//! What a bundle of the register says in words.

use chrono::NaiveDate;

use super::{another, incomplete, milligrams, place};
use crate::{
    json::{Text, Written},
    ward::event::{Container, Drug, Expiry, Given, Place, Planned, Supplied},
    words::{
        date, month,
        spoken::{self, counted},
    },
};

/// The mark of a dose that the engine had not said go for.
pub const WITHOUT_GO: &str = "given without a go of its day";
/// Why the request of an earlier plan is stopped.
pub const PLANNED_AGAIN: &str = "the course was planned again";
/// The mark of a dose that was deferred without a day.
pub const NO_NEW_DATE: &str = "no new date yet";

/// A reason with its note.
pub fn with_note(reason: &str, note: Option<&str>) -> String {
    note.map_or_else(|| reason.to_owned(), |note| format!("{reason}: {note}"))
}

/// What is to be done after a deferral.
pub fn to_be_given(dose: u16, on: Option<NaiveDate>) -> String {
    on.map_or_else(|| format!("Find a new date for dose {dose}"), |on| format!("Give dose {dose} on {}", date(on)))
}

/// What was planned: "3.5 mg; zoledronic-acid/skeletal-events/intravenous".
pub fn planned_in_full(planned: &Planned) -> String {
    format!("{}; regimen {}", milligrams(planned.dose_mg), planned.regimen)
}

/// Everything that is recorded of a dose.
pub fn given_in_full(given: &Given) -> String {
    let times = match (&given.at, &given.until) {
        (Some(Written(at)), Some(Written(until))) => Some(format!("begun {at}, ended {until}")),
        (Some(Written(at)), None) => Some(format!("given {at}")),
        (None, Some(Written(until))) => Some(format!("ended {until}")),
        (None, None) => None,
    };
    let mut parts = vec![milligrams(given.dose_mg)];
    parts.extend(given.because.map(|because| format!("not complete: {}", incomplete(because))));
    parts.extend(times);
    parts.extend(given.containers.iter().map(container));
    parts.extend(given.site.iter().map(Text::to_string));
    parts.extend(labelled("batch not known", given.no_batch_because.as_ref()));
    parts.extend(circumstances(&given.drug()));
    parts.join("; ")
}

/// Everything that is recorded of a supply.
pub fn supplied_in_full(supplied: &Supplied) -> String {
    let mut parts = vec![
        format!("{} on each day of taking", milligrams(supplied.dose_mg)),
        handed_out(supplied.units, supplied.days),
    ];
    parts.extend(supplied.containers.iter().map(container));
    parts.extend(labelled("batch not known", supplied.no_batch_because.as_ref()));
    parts.extend(circumstances(&supplied.drug()));
    parts.join("; ")
}

/// What is handed out by a supply, whatever its form: "84 tablets or capsules for 28 days".
pub fn handed_out(units: u32, days: u16) -> String {
    let units = if units == 1 { "1 tablet or capsule".to_owned() } else { format!("{units} tablets or capsules") };
    format!("{units} for {}", counted(days.into(), "day"))
}

/// How it came to what was given or supplied.
fn circumstances(drug: &Drug<'_>) -> Vec<String> {
    let elsewhere = match drug.place {
        Place::Elsewhere => Some(place(drug.place).to_owned()),
        // Where it was given is said only where somebody knows it to be elsewhere.
        Place::Ward | Place::Unknown => None,
    };
    let another = drug.another_because.map(|it| format!("another dose than planned: {}", another(it)));
    let without_go = labelled(WITHOUT_GO, drug.without_go_because);
    let said = [another, without_go, labelled("prescriber", drug.prescriber), elsewhere, labelled("note", drug.note)];
    said.into_iter().flatten().collect()
}

fn labelled(label: &str, text: Option<&Text>) -> Option<String> {
    text.map(|text| format!("{label}: {text}"))
}

/// Containers of a batch: "1 × Zometa, batch SX4417, expires April 2028".
fn container(it: &Container) -> String {
    let brand = it.brand.as_ref().map_or(spoken::NOT_RECORDED, Text::as_str);
    let batch = it.batch.as_ref().map(|batch| format!(", batch {batch}")).unwrap_or_default();
    let expires = it.expires.as_ref().map(|Written(expires)| format!(", expires {}", expiry(*expires)));
    format!("{} × {brand}{batch}{}", it.count, expires.unwrap_or_default())
}

/// An expiry as people read it: "30-Apr-2028", "April 2028".
fn expiry(expires: Expiry) -> String {
    use chrono::Datelike;
    let last = expires.last_day();
    if expires.has_day() { date(last) } else { format!("{} {}", month(last), last.year()) }
}
