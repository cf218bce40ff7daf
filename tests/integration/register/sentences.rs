//! The sentences that a nurse reads when something is not recorded, to the letter.

use chrono::NaiveTime;
use osteodose::{
    ward::{
        event::{AnotherReason, DeferReason, EndReason, HoldReason, IncompleteReason, Kind, OmitReason, StrikeReason},
        fold::{OpenHold, Recorded, Refused},
    },
    words::register as words,
};

use super::{body, day};

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

#[test]
fn the_ten_sentences_are_those_of_the_design() {
    let given = osteodose::ward::event::What::Body(body(
        r#"{"kind":"given","dose":3,"dose_mg":3.5,"complete":true,"where":"ward"}"#,
    ));
    let by = || "C. Lind".parse().unwrap();
    let answered = Refused::Answered {
        dose: 3,
        was_given: true,
        entry: Recorded { number: 8813, on: day("2027-01-26"), by: by() },
    };
    let on_hold = Refused::OnHold(vec![OpenHold {
        number: 8842,
        on: day("2027-02-02"),
        because: HoldReason::CreatinineRisen,
        look_again: None,
    }]);
    let no_batch = Refused::NoBatch { drug: "denosumab".parse().unwrap() };
    let said = [
        words::changed("C. Lind", &words::what(&given), at(10, 41)),
        words::refused(&answered),
        words::disk_full("/srv/onco"),
        words::busy(10),
        words::newer("/srv/onco/register.db", 3, 2),
        words::network_folder("/mnt/share/register.db", "nfs"),
        words::unreachable("onco-db", at(10, 42)),
        words::refused(&on_hold),
        words::refused(&no_batch),
        words::altered("register.db", 8790),
    ];
    let expected = [
        "Not recorded: C. Lind recorded \"given, dose 3\" for this patient at 10:41, after you opened the page. Read it, then decide again.",
        "Not recorded: dose 3 is recorded as given on 26-Jan-2027 by C. Lind (entry 8 813). If that is wrong, strike it first.",
        "Not recorded: the disk is full (/srv/onco). Nothing was lost. Make room, or write on paper and enter it later.",
        "Not recorded: another program has held the register for 10 seconds. What you typed is kept. Try again.",
        "/srv/onco/register.db: made by a newer osteodose (form 3; this program knows 2). Use the newer program; this one does not touch it.",
        "/mnt/share/register.db: the folder lies on a network drive (nfs). A register there can be damaged. Put it on a disk of this server, or use PostgreSQL.",
        "Not recorded: the database server onco-db does not answer. What you typed is kept. The list is from 10:42.",
        "Not recorded: the course is on hold since 02-Feb-2027 (creatinine has risen). Resume it first, or press r to resume and give in one step.",
        "Not recorded: no batch. For denosumab brand and batch belong in the record. If nobody knows it, say why.",
        "register.db: entry 8 790 was altered after it was written (or the disk is damaged). Nothing is recorded until this is cleared up. Backups: ward verify BACKUP.",
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected);
    }
}

#[test]
fn no_two_reasons_of_a_list_read_alike() {
    fn differ(mut once: Vec<&str>) {
        let count = once.len();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), count, "{once:?}");
    }
    differ(Kind::ALL.iter().map(|it| words::kind(*it)).collect());
    differ(DeferReason::ALL.iter().map(|it| words::defer(*it)).collect());
    differ(OmitReason::ALL.iter().map(|it| words::omit(*it)).collect());
    differ(HoldReason::ALL.iter().map(|it| words::hold(*it)).collect());
    differ(EndReason::ALL.iter().map(|it| words::end(*it)).collect());
    differ(StrikeReason::ALL.iter().map(|it| words::strike(*it)).collect());
    differ(IncompleteReason::ALL.iter().map(|it| words::incomplete(*it)).collect());
    differ(AnotherReason::ALL.iter().map(|it| words::another(*it)).collect());
}

#[test]
fn the_number_of_an_entry_is_grouped() {
    let grouped = |number, text: &str| assert_eq!(words::number(number), text);
    grouped(7, "7");
    grouped(999, "999");
    grouped(1000, "1 000");
    grouped(1_234_567, "1 234 567");
}
