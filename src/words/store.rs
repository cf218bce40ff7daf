//! The sentences on the register in its file: why nothing was recorded, and what is wrong with it.

use std::path::Path;

use chrono::{DateTime, NaiveTime, Utc};

use super::{
    date,
    register::{self, number},
    spoken::{capital, counted},
    years,
};
use crate::{
    json::{printable, unhidden},
    ward::store::{AddressFault, Behind, Fault, StoreError, Stored},
};

/// The notice beside a register.
pub const NOTICE: &str = "This folder holds the ward register of osteodose. Copy it with \"osteodose ward backup\" only: \
                          a file that is copied by hand can lack the last entries.\n";
/// Why a patient was erased, in a register that was made of a file without the entry that said so.
pub const ERASED_BEFORE: &str = "erased before the export; the entry on it is missing at the end of the file";
/// Who ordered an erasure of which the entry is missing.
pub const NOT_KNOWN_WHO: &str = "not known";
/// What is said of a row in a database on a server that cannot be read.
#[cfg(feature = "ward-postgres")]
pub const BROKEN_VALUE: &str = "a value is not as it was written";
/// Said once while another program is waited for.
pub const WAITING: &str = "Another program is recording; waiting for it.";

/// Why nothing was recorded or read, and what to do.
pub fn why(error: &StoreError) -> String {
    match error {
        StoreError::Changed { since } => changed(since),
        StoreError::Refused(why) => register::refused(why),
        StoreError::NoName { least } => {
            not_recorded(&format!("nobody is named who records it. A name has at least {least} letters."))
        }
        StoreError::NoDay { on } => {
            not_recorded(&format!("{} cannot be the day of an entry (allowed: between {}).", date(*on), years()))
        }
        StoreError::UnknownPatient => "No patient of this register has that identifier.".to_owned(),
        StoreError::IdTaken { id } => not_recorded(&format!(
            "another patient of this register has the identifier {id}. Look at that patient first."
        )),
        StoreError::Misplaced { kind } => not_recorded(&format!("\"{kind}\" cannot be recorded in this way.")),
        StoreError::Busy { seconds } => not_recorded(&held(*seconds)),
        StoreError::Full { folder } => register::disk_full(&shown(folder)),
        StoreError::ReadOnly { path } => of(
            path,
            "this user cannot write to the file or its folder. Ask who looks after it, or open a backup to read.",
        ),
        StoreError::Copy { path } => of(
            path,
            "this is a copy, and nothing is recorded in it. \"osteodose ward restore\" makes a register of it.",
        ),
        StoreError::Permission { path } => of(path, "this user may not open it. Ask who looks after the register."),
        StoreError::NotThere { path } => of(path, "there is no register here. \"osteodose ward create\" makes one."),
        StoreError::Exists { path } => of(path, "something is here already and is kept. Give another name."),
        StoreError::NoFolder { folder } => of(folder, "there is no such folder. Name one that is there."),
        StoreError::TwoNames { path } => of(
            path,
            "the file has a second name elsewhere (a hard link), and entries could be lost. Delete the other name, then \
             open the register again.",
        ),
        StoreError::NotAFile { path } => of(
            path,
            "it belongs to the register and must be an ordinary file, and this is a folder, a pipe or a link. Ask who looks \
             after the register.",
        ),
        StoreError::NotShared { folder } => of(
            folder,
            "the group of the ward cannot write to this folder. Give the folder to the group, with mode 2770, or name a \
             folder that is not there yet.",
        ),
        StoreError::NotARegister { path } => of(path, "it is not a ward register of osteodose."),
        StoreError::Newer { path, schema, known } => register::newer(&shown(path), *schema, *known),
        StoreError::NetworkFolder { path, kind } => register::network_folder(&shown(path), kind),
        StoreError::NoJournal { path } => {
            of(path, "no register can be used on this file system. Put it on a disk of this computer.")
        }
        StoreError::Replaced { path } => not_recorded(&replaced(path)),
        StoreError::OldDatabase { found, needed } => format!(
            "This program was built with SQLite {}, which can lose entries (needed: {} or later).",
            version(*found),
            version(*needed)
        ),
        StoreError::Damaged { path, number: Some(entry) } => register::altered(&shown(path), *entry),
        StoreError::Damaged { path, number: None } => of(
            path,
            "the file was altered by another program, or the disk is damaged. Nothing is recorded until this is cleared up. \
             Backups: ward verify BACKUP.",
        ),
        StoreError::OtherChain { anchor } => format!(
            "Entry {} here is not the one that was printed ({}). Nothing was restored.",
            number(anchor.number()),
            anchor.digits()
        ),
        StoreError::NotAnAddress { path, why } => of(path, not_an_address(*why)),
        StoreError::NoServers { path } => of(
            path,
            "this program was built without registers on servers. Use one that was built with the feature ward-postgres.",
        ),
        StoreError::Unreachable { path, message } => not_recorded(&unreachable(path, message)),
        StoreError::NoPassword { path } => of(
            path,
            "the server asks for a password. Put it into the file osteodose/register-password of the configuration folder, \
             which only you may read (mode 0600), or use a terminal.",
        ),
        StoreError::NoWard { path, named: None } => {
            of(path, "this user of the server is a member of no ward. Ask the administrator of the server.")
        }
        StoreError::NoWard { path, named: Some(ward) } => of(
            path,
            &format!(
                "this user of the server is not a member of a ward {}. Ask the administrator of the server.",
                printable(ward)
            ),
        ),
        StoreError::WhichWard { path, wards } => {
            let wards: Vec<String> = wards.iter().map(|ward| printable(ward)).collect();
            of(path, &format!("say which ward, with ?ward=NAME at the end of the address: {}.", wards.join("; ")))
        }
        StoreError::Collided => not_recorded("another program recorded at the same moment. Try again."),
        StoreError::OnServer { path } => of(
            path,
            "the administrator of the server makes its backups. \"osteodose ward copy\" and \"osteodose ward export --format \
             jsonl\" make a copy.",
        ),
        StoreError::System { path, message } => of(path, message),
    }
}

/// Why the address of a register on a server is not used.
fn not_an_address(why: AddressFault) -> &'static str {
    match why {
        AddressFault::Unreadable => {
            "this is no address of a register on a server, or something in it is not known (allowed: \
             postgresql://USER@HOST:PORT/DATABASE with sslmode, sslrootcert and ward)."
        }
        AddressFault::Password => {
            "a password is never part of the address, where others can read it. Put it into the file \
             osteodose/register-password of the configuration folder."
        }
        AddressFault::NotEncrypted => {
            "the connection to another computer is always encrypted and the server proved (sslmode=require). Leave sslmode out."
        }
    }
}

/// The server does not answer.
fn unreachable(path: &Path, message: &str) -> String {
    format!(
        "the database server of {} does not answer ({}). Try again, or write on paper and enter it later.",
        shown(path),
        printable(message)
    )
}

/// Why nothing could be read, where that is said otherwise than that nothing was recorded.
pub fn why_not_read(error: &StoreError) -> Option<String> {
    let why = match error {
        StoreError::Busy { seconds } => held(*seconds),
        StoreError::Full { folder } => {
            format!(
                "the disk is full ({}). Nothing was lost. Make room, or open a backup elsewhere to read.",
                shown(folder)
            )
        }
        StoreError::Replaced { path } => replaced(path),
        StoreError::Unreachable { path, message } => {
            format!("the database server of {} does not answer ({}). Try again.", shown(path), printable(message))
        }
        _ => return None,
    };
    Some(format!("Nothing could be read: {why}"))
}

/// Another program holds the register. A command keeps nothing of what was typed.
fn held(seconds: u64) -> String {
    format!("another program has held the register for {seconds} seconds. Try again.")
}

fn replaced(path: &Path) -> String {
    format!(
        "{} is gone, or another file is in its place, since it was opened. Close the program and open the register again.",
        shown(path)
    )
}

/// What came between.
fn changed(since: &[Stored]) -> String {
    let Some(last) = since.last() else {
        return not_recorded(
            "the register has fewer entries of this patient than you saw, so an older copy is in its place. Read the page \
             again, and tell who looks after the register.",
        );
    };
    let (what, at) = (what(last), time(last).unwrap_or_default());
    let more = match since.len() {
        0 | 1 => String::new(),
        2 => " Another entry came before that.".to_owned(),
        all => format!(" {} other entries came before that.", all - 1),
    };
    register::changed(&last.header.by, &what, at) + &more
}

/// What an entry records, in a few words.
pub fn what(entry: &Stored) -> String {
    entry.event().map_or_else(|| super::spoken(&entry.header.kind), |event| register::what(&event.what))
}

/// When an entry was recorded, by the clock on the wall.
pub fn time(entry: &Stored) -> Option<NaiveTime> {
    at(entry).map(|it| it.time())
}

/// When an entry was recorded, by the clock on the wall: "26-Jan-2027 10:41".
pub fn moment(entry: &Stored) -> String {
    at(entry).map(|it| format!("{} {}", super::date(it.date_naive()), it.format("%H:%M"))).unwrap_or_default()
}

fn at(entry: &Stored) -> Option<DateTime<Utc>> {
    let offset = i64::from(entry.header.offset_min).saturating_mul(60_000);
    DateTime::from_timestamp_millis(entry.header.recorded_ms.saturating_add(offset))
}

/// Up to how many minutes it is said in hours by how much a clock is behind: two days.
const HOURS_AT_MOST: i64 = 2 * 24 * 60 + 1;

fn grouped(count: i64, what: &str) -> String {
    format!("{} {what}", number(count.unsigned_abs()))
}

/// By how much the clock of this computer is behind the entry before.
pub fn behind(behind: Behind) -> String {
    let minutes = behind.ms / 60_000;
    let by = match minutes {
        0 => "less than a minute".to_owned(),
        1..120 => counted(minutes, "minute"),
        HOURS_AT_MOST.. => grouped(minutes / (24 * 60), "days"),
        _ => counted(minutes / 60, "hour"),
    };
    format!("The clock of this computer is {by} behind entry {}.", number(behind.number))
}

/// What is wrong with a register, in one sentence.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Database { message } => format!("The database is damaged: {}.", printable(message)),
        Fault::Reference { table } => format!("A row of the table {} names a row that is not there.", printable(table)),
        Fault::Form { name } => {
            format!("The table, index or trigger {} is not as the program makes it.", printable(name))
        }
        Fault::Missing { first, last } if first == last => format!("Entry {} is missing.", number(*first)),
        Fault::Missing { first, last } => format!("Entries {} to {} are missing.", number(*first), number(*last)),
        Fault::Unreadable { number: entry } => format!("Entry {} cannot be read.", number(*entry)),
        Fault::Altered { number: entry } => {
            format!("Entry {} was altered after it was written, or is not in its place.", number(*entry))
        }
        Fault::Head { said: Some(said), found } if said == found => {
            format!("Entry {} is the last one, and the ward has another hash for it.", number(*found))
        }
        Fault::Head { said: Some(said), found } => {
            format!("The last entry is {}, and the ward says that it is {}.", number(*found), number(*said))
        }
        Fault::Head { said: None, found } => {
            format!("The last entry is {}, and what the ward says of it cannot be read.", number(*found))
        }
        Fault::History { patient } => format!("The history of the patient {patient} has a gap or a wrong end."),
        Fault::Identity { patient } => {
            format!("Name, identifier or birth date of the patient {patient} differ from what was recorded.")
        }
        Fault::Course { patient, course } => {
            format!(
                "Course {course} of the patient {patient} differs from what was recorded; \"osteodose ward refresh\" computes it again."
            )
        }
        Fault::Ward => {
            "Name, settings or open days of the ward differ from what was recorded; \"osteodose ward refresh\" writes them \
             again."
                .to_owned()
        }
        Fault::Library { digest } => {
            format!("The files kept of the library {} are not those of that library.", printable(digest))
        }
        Fault::Cut { anchor, missing } => format!(
            "{} missing at the end: entry {} was printed ({}) and is not there.",
            capital(&entries(*missing)),
            number(anchor.number()),
            anchor.digits()
        ),
        Fault::OtherChain { anchor } => format!(
            "Entry {} is not the one that was printed ({}): the register was written again.",
            number(anchor.number()),
            anchor.digits()
        ),
    }
}

/// How many entries, with the verb: "1 entry is", "12 entries are".
fn entries(count: u64) -> String {
    if count == 1 { "1 entry is".to_owned() } else { format!("{} entries are", number(count)) }
}

fn not_recorded(why: &str) -> String {
    format!("Not recorded: {why}")
}

fn of(path: &Path, why: &str) -> String {
    format!("{}: {why}", shown(path))
}

fn shown(path: &Path) -> String {
    unhidden(&path.to_string_lossy())
}

/// A version of the database by its number: 3051003 is 3.51.3.
fn version(number: i32) -> String {
    format!("{}.{}.{}", number / 1_000_000, number / 1000 % 1000, number % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ward::store::{Header, Uid};

    fn given(seq: u32) -> Stored {
        let body = r#"{"kind":"given","dose":3,"dose_mg":3.5,"complete":true,"where":"ward"}"#;
        let header = Header {
            ward: Uid::new([0; 16]),
            number: 8813,
            patient: Some(Uid::new([1; 16])),
            seq: Some(seq),
            course: Some(1),
            kind: "given".to_owned(),
            on: "2027-01-26".parse().unwrap(),
            recorded_ms: 1_800_956_460_000,
            offset_min: 60,
            by: "C. Lind".to_owned(),
            os_user: String::new(),
            host: String::new(),
            program: String::new(),
        };
        Stored { header, body: Some(body.to_owned()), salt: Some([0; 16]), body_hash: [0; 32], hash: [0; 32] }
    }

    #[test]
    fn a_save_that_was_refused_says_who_recorded_what_and_when() {
        let told = |since| why(&StoreError::Changed { since });
        assert_eq!(
            told(vec![given(18)]),
            "Not recorded: C. Lind recorded \"given, dose 3\" for this patient at 10:41, after you opened the page. Read \
             it, then decide again."
        );
        assert!(
            told(vec![given(17), given(18), given(19)]).ends_with("decide again. 2 other entries came before that.")
        );
        assert!(told(Vec::new()).contains("an older copy is in its place"));
    }

    #[test]
    fn figures_are_those_of_the_fault() {
        let path = Path::new("/srv/onco/register.db").to_owned();
        let told = |error: StoreError| why(&error);
        assert!(told(StoreError::Damaged { path, number: Some(8790) }).contains("entry 8 790 was altered"));
        assert!(told(StoreError::Busy { seconds: 10 }).contains("for 10 seconds."));
        assert!(told(StoreError::OldDatabase { found: 3_040_001, needed: 3_051_003 }).contains("SQLite 3.40.1"));
        let cut = |missing| fault(&Fault::Cut { anchor: "8813:9f3c0d7be1a24f55".parse().unwrap(), missing });
        assert!(cut(1).starts_with("1 entry is missing") && cut(12).starts_with("12 entries are missing"));
        assert_eq!(
            behind(Behind { number: 8812, ms: 7_300_000 }),
            "The clock of this computer is 2 hours behind entry 8 812."
        );
        for (hours, said) in [(48, "48 hours"), (49, "2 days"), (8688, "362 days"), (24 * 12_345, "12 345 days")] {
            let ms = hours * 3_600_000;
            assert!(behind(Behind { number: 1, ms }).contains(&format!(" is {said} behind ")), "{said}");
        }
    }

    #[test]
    fn who_only_reads_is_not_told_that_nothing_was_recorded() {
        let folder = Path::new("/srv/onco").to_owned();
        for (error, said) in [
            (StoreError::Busy { seconds: 10 }, "another program has held the register for 10 seconds. Try again."),
            (StoreError::Full { folder: folder.clone() }, "the disk is full (/srv/onco). Nothing was lost."),
            (StoreError::Replaced { path: folder }, "/srv/onco is gone,"),
        ] {
            let reading = why_not_read(&error).unwrap();
            assert!(reading.starts_with(&format!("Nothing could be read: {said}")), "{reading}");
            assert!(why(&error).starts_with("Not recorded: ") && !why(&error).contains("is kept"), "{}", why(&error));
        }
        assert_eq!(why_not_read(&StoreError::UnknownPatient), None);
    }
}
