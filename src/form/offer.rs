//! What is offered to a person, who takes it or leaves it: a date, a name, the name of a file.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Field, Form};
use crate::plan::{Finding, PlanStatus};

impl Form {
    /// What is offered for an empty field: today, a day that was planned, or what was entered elsewhere. It is
    /// never assumed.
    pub fn offer(&self, field: Field) -> Option<String> {
        let entered = |other| Some(self.text(other).to_owned()).filter(|text| !text.is_empty());
        match field {
            Field::LabDate | Field::StartDate => Some(self.today.to_string()),
            Field::DueOn(day) => Some(day.to_string()),
            Field::LastDose => entered(Field::LastDate),
            Field::ConfirmedBy(code) => {
                let others = self.to_confirm().into_iter().map(Finding::code).filter(|other| *other != code);
                others.map(Field::ConfirmedBy).find_map(entered)
            }
            _ => None,
        }
    }

    /// A name for the file of the plan: the patient's identifier and the start date. Of different identifiers it is
    /// another one, also where letters of either case are the same in names.
    pub fn file_name(&self) -> String {
        let who = name_of(self.text(Field::Id).trim());
        let start = self.filled.stated().start_date;
        start.map_or_else(|| format!("{who}.json"), |date| format!("{who}-{date}.json"))
    }
}

/// The most characters of an identifier in a name.
const MOST_CHARACTERS: usize = 60;
/// The most bytes of an identifier in a name. Some systems take no name of more than 143 bytes, and a date, a number
/// and an ending follow.
const MOST_BYTES: usize = 90;
/// The most bytes of a name.
const LONGEST_NAME: usize = 255;
/// What an empty identifier is in a name.
const NOBODY: &str = "plan";
/// What comes before the mark of an identifier that is not written as it is. No identifier that is holds it.
const MARK: char = '+';

/// An identifier in the name of a file: as it is where no other one can be confused with it, else the letters and
/// digits of it and a mark that is made from all of it.
fn name_of(id: &str) -> String {
    if id.is_empty() {
        return NOBODY.to_owned();
    }
    if is_a_name(id) {
        return id.to_owned();
    }
    let kept = id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let kept = kept.skip_while(|c| !c.is_alphanumeric()).take(MOST_CHARACTERS);
    let mut name = String::new();
    for letter in kept {
        if name.len() + letter.len_utf8() > MOST_BYTES {
            break;
        }
        name.push(letter);
    }
    let name = if name.is_empty() { NOBODY } else { &name };
    format!("{name}{MARK}{}", mark(id))
}

/// Whether an identifier is written as it is: digits and capital letters, which are the same on all systems, and
/// nothing that an offered name ends with.
fn is_a_name(id: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let ends_with_number = id.rsplit_once('_').is_some_and(|(_, number)| is_number(number));
    let mut parts = id.rsplit('-');
    let ends_with_date =
        [2, 2, 4].iter().all(|length| parts.next().is_some_and(|it| is_number(it) && it.len() == *length));
    id.len() <= MOST_CHARACTERS
        && id.chars().all(is_plain)
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !ends_with_number
        && !(ends_with_date && parts.next().is_some())
        && !id.eq_ignore_ascii_case(NOBODY)
        && !is_a_device(id)
}

/// Whether Windows has a device of this name, which no file can have, whatever its ending.
fn is_a_device(name: &str) -> bool {
    let is_numbered = |name: &str| {
        let (kind, number) = name.split_at_checked(3).unwrap_or_default();
        matches!(kind, "COM" | "LPT") && number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(name, "CON" | "PRN" | "AUX" | "NUL") || is_numbered(name)
}

/// The first 50 bits of a digest of a text, in letters and digits of which no two are alike.
fn mark(text: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digest = Sha256::digest(text.as_bytes());
    let bits = digest.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (1..=10).map(|place| char::from(DIGITS[(bits >> (64 - 5 * place) & 31) as usize])).collect()
}

/// A file with the plan of a form, opened or saved.
#[derive(Clone, Debug)]
pub struct PlanFile {
    path: PathBuf,
    /// The name that the form had for it: whose plan it is, and of which day.
    name: String,
    /// Whether it stays as it is.
    stays: bool,
}

impl PlanFile {
    /// The file that holds the plan of a form as it is now. A refusal stays: what was not given is part of the record.
    pub fn new(path: PathBuf, form: &Form) -> Self {
        let is_refusal = form.plan().is_some_and(|plan| plan.status() == PlanStatus::Stopped);
        Self { path, name: form.file_name(), stays: is_refusal }
    }

    /// The same file, with the plan of an earlier visit: it stays whatever comes after it.
    #[must_use]
    pub fn of_earlier_visit(self) -> Self {
        Self { stays: true, ..self }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it holds another version of the plan of a form: of the same patient, with the same start.
    fn is_replaced_by(&self, form: &Form) -> bool {
        !self.stays && self.name == form.file_name()
    }

    /// The file that is offered for the plan of a form: this one where it may be replaced, else one of its own name in
    /// the same folder.
    pub fn offered(file: Option<&Self>, form: &Form) -> PathBuf {
        match file {
            Some(file) if file.is_replaced_by(form) => file.path.clone(),
            Some(file) if file.name == form.file_name() => another_name(&file.path),
            Some(file) => file.path.with_file_name(form.file_name()),
            None => form.file_name().into(),
        }
    }

    /// Whether a file that exists may be replaced by the plan of a form.
    pub fn may_replace(file: Option<&Self>, path: &Path, form: &Form) -> bool {
        file.is_some_and(|file| file.path == path && file.is_replaced_by(form))
    }
}

/// Another name for a file whose name is taken: with the next number. It is never too long for a system.
pub fn another_name(path: &Path) -> PathBuf {
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    // The last part of a date is no number of ours.
    let numbered = stem.rsplit_once('_').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
    let (stem, number) = numbered.map_or((stem.as_str(), 2), |(stem, number)| (stem, number.saturating_add(1)));
    let ending = format!("_{number}{ending}");
    let room = LONGEST_NAME.saturating_sub(ending.len());
    path.with_file_name(format!("{}{ending}", &stem[..stem.floor_char_boundary(room)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_has_the_next_number() {
        for (taken, free) in [
            ("A-1042-2026-12-01.json", "A-1042-2026-12-01_2.json"),
            ("A-1042-2026-12-01_2.json", "A-1042-2026-12-01_3.json"),
            ("ward/plan", "ward/plan_2"),
            ("A_B-2026-12-01.json", "A_B-2026-12-01_2.json"),
        ] {
            assert_eq!(another_name(Path::new(taken)), Path::new(free));
        }
    }

    #[test]
    fn another_name_is_never_too_long() {
        for (length, ending) in [(250, ".json"), (255, ""), (300, ".json"), (2, ".json")] {
            let name = format!("{}{ending}", "é".repeat(length / 2));
            let other = another_name(Path::new(&name));
            let other = other.to_str().unwrap();
            assert!(other.len() <= LONGEST_NAME && other.ends_with(&format!("_2{ending}")), "{other}");
        }
    }

    #[test]
    fn an_ordinary_identifier_is_its_own_name() {
        for id in ["A-1042", "1234567890", "A_B", "MRN-2026-12", "12-01", "COMPANY", "X"] {
            assert_eq!(name_of(id), id);
        }
        for (id, begins) in [
            ("A/1", "A1+"),
            ("a-1042", "a-1042+"),
            ("-rf", "rf+"),
            (".bashrc", "bashrc+"),
            ("--", "plan+"),
            ("../../etc/passwd", "etcpasswd+"),
            ("NUL", "NUL+"),
            ("COM1", "COM1+"),
            ("A_2", "A_2+"),
            ("A-2026-12-01", "A-2026-12-01+"),
            ("PLAN", "PLAN+"),
            ("Å", "Å+"),
        ] {
            let name = name_of(id);
            assert!(name.starts_with(begins) && name.len() == begins.len() + 10, "{id}: {name}");
        }
        assert_eq!(name_of(""), "plan");
        // The same in each version: a file that was saved is found again.
        assert_eq!(name_of("A/1"), "A1+mpsx4ykjqk");
    }

    /// Identifiers that are alike: of a few pieces, so that many differ in one of them alone.
    fn identifiers() -> Vec<String> {
        let pieces = [
            "",
            "A",
            "a",
            "1",
            "/",
            "-",
            "_",
            ".",
            " ",
            "2",
            "-2026-12-01",
            "CON",
            "é",
            "É",
            "花",
            "+",
            "\u{301}",
            ":",
        ];
        let pairs = || pieces.iter().flat_map(|one| pieces.iter().map(move |two| format!("{one}{two}")));
        let mut ids: Vec<String> =
            pairs().flat_map(|one| pieces.iter().map(move |two| format!("{one}{two}"))).collect();
        ids.extend([59, 60, 61, 500].iter().flat_map(|length| ["A", "a", "花", "/"].map(|it| it.repeat(*length))));
        ids.extend(pairs().map(|it| format!("{}{it}", "A".repeat(60))));
        let mut ids: Vec<String> = ids.into_iter().map(|id| id.trim().to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    #[test]
    fn different_identifiers_give_different_names_and_every_name_is_valid() {
        let mut seen: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
        for id in identifiers() {
            let who = name_of(&id);
            for name in [format!("{who}.json"), format!("{who}-2026-12-01.json"), format!("{who}_2.json")] {
                assert!(name.len() <= 143, "{id}: {name}");
                let numbered = another_name(Path::new(&name.replace(".json", &format!("_{}.fhir.json", u32::MAX))));
                assert!(numbered.as_os_str().len() <= 143, "{id}: {}", numbered.display());
                let first = name.chars().next().unwrap();
                assert!(first.is_alphanumeric(), "{id}: {name}");
                let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '.');
                assert!(name.chars().all(is_allowed), "{id}: {name}");
                let stem = name.split('.').next().unwrap().to_uppercase();
                assert!(!is_a_device(&stem), "{id}: {name}");
                assert_eq!(Path::new(&name).file_name().unwrap(), name.as_str());
                // As systems do for which letters of either case are the same.
                let folded = name.to_uppercase().to_lowercase();
                let other = seen.insert(folded, id.clone());
                assert_eq!(other.unwrap_or_else(|| id.clone()), id, "{name}");
            }
        }
        assert!(seen.len() > 14_000, "{}", seen.len());
    }
}
