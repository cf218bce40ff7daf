//! The list of who is due: as text, as a table, as JSON and on paper.

use osteodose::{
    export::register::{Beside, DueList, DueRow, HoldValue, due_table, json, text},
    plan::DatedCheck,
    regimen::{Library, Subject},
    ward::{
        fold,
        store::{Anchor, DueLine, Group, Uid},
    },
};

use super::{
    assert_reviewed,
    chained::{Chained, PATIENTS, request},
};
use crate::schemas::validator_of;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// What the register says beside a line.
fn beside(file: &str) -> Beside {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &request(file));
    let events = ward.events(0);
    let state = fold::state(&events);
    Beside::of(&state, state.course(1).unwrap(), &events, Library::shipped())
}

fn line(group: Group, number: u8, name: &str) -> DueLine {
    DueLine {
        group,
        uid: Uid::new([number; 16]),
        id: format!("A-10{number:02}"),
        name: Some(name.to_owned()),
        birth_date: Some(day("1958-03-14")),
        course: 1,
        drug: "zoledronic-acid".to_owned(),
        dose: Some("3.5 mg".to_owned()),
        next_dose: Some(4),
        due: None,
        past_end: None,
        lapsed: None,
        late_days: 0,
        look_again: None,
        given: 3,
        last_given: Some(day("2026-12-29")),
        checks: Vec::new(),
        all_answered: false,
    }
}

fn check(on: &str, what: Option<Subject>) -> DatedCheck {
    DatedCheck { on: day(on), what }
}

/// A list with a row of each group, in another order than it is shown in.
fn list(rows: usize) -> DueList {
    let (zoledronic, denosumab) = (beside("zoledronic-acid"), beside("denosumab"));
    let row = |line: DueLine, beside: &Beside| DueRow { line, beside: beside.clone() };
    let held = Beside { held_for_creatinine: true, ..zoledronic.clone() };
    let not_known = Beside { hold: HoldValue::NotKnown, creatinine: None, ..zoledronic.clone() };
    let due = Some(day("2027-01-26"));
    let mut all = vec![
        row(DueLine { due, ..line(Group::Today, 3, "ØSTBY, Kåre Johannes") }, &zoledronic),
        row(DueLine { look_again: Some(day("2027-02-02")), ..line(Group::Held, 5, "LIE, Per") }, &held),
        row(
            DueLine {
                checks: vec![
                    check("2027-01-20", Some(Subject::Dental)),
                    check("2027-01-20", Some(Subject::Calcium)),
                    check("2027-01-29", None),
                ],
                late_days: 6,
                due: Some(day("2027-02-23")),
                ..line(Group::Checks, 6, "MOE, Kari")
            },
            &zoledronic,
        ),
        row(DueLine { all_answered: true, next_dose: None, ..line(Group::Checks, 7, "AAS, Jan") }, &denosumab),
        row(line(Group::NoDate, 1, "LUND, Eva"), &zoledronic),
        row(
            DueLine { due: Some(day("2027-01-12")), late_days: 14, ..line(Group::Overdue, 2, "HOLM, Anna") },
            &not_known,
        ),
    ];
    for at in 0..rows {
        let number = u8::try_from(10 + at).unwrap();
        let due = Some(day("2027-01-28"));
        let line = DueLine {
            due,
            drug: "denosumab".to_owned(),
            dose: Some("120 mg".to_owned()),
            ..line(Group::Ahead, number, "=MOE, \"Kari\"; med et langt etternavn")
        };
        all.push(row(line, &denosumab));
    }
    DueList {
        ward: "Day unit".parse().unwrap(),
        day: day("2027-01-26"),
        ahead: 7,
        only_overdue: false,
        as_of: "2027-01-26T07:42:00+01:00".parse().unwrap(),
        anchor: Anchor::new(8813, &[0x9f; 32]),
        last_backup: None,
        damaged: Vec::new(),
        rows: all,
    }
}

#[test]
fn the_list_is_as_reviewed_in_every_format() {
    let list = list(1);
    assert_reviewed("due.txt", &text(&list));
    assert_reviewed("due.csv", &String::from_utf8(due_table(&list)).unwrap());
    let document = json(&list);
    assert_reviewed("due.json", &document);
    let schema = validator_of("due");
    let document = serde_json::from_str(&document).unwrap();
    assert_eq!(schema.faults(&document), Vec::<String>::new());
    let mut wrong = document.clone();
    wrong["courses"][0]["group"] = "tomorrow".into();
    assert!(!schema.faults(&wrong).is_empty());
    let order: Vec<usize> = ["NO DATE", "OVERDUE", "TODAY", "NEXT 7 DAYS", "ON HOLD", "CHECKS AND REVIEWS"]
        .map(|group| text(&list).find(group).unwrap())
        .to_vec();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn no_line_of_the_text_is_wider_than_a_terminal() {
    let long = DueLine { due: Some(day("2027-01-26")), ..line(Group::Today, 8, &"VERY LONG NAME, ".repeat(6)) };
    let mut list = list(2);
    let beside = list.rows[0].beside.clone();
    list.rows.push(DueRow { line: long, beside });
    let said = text(&list);
    assert!(said.lines().all(|line| line.chars().count() <= 78), "{said}");
    let day = said.lines().find(|line| line.contains("A-1008")).unwrap();
    assert!(day.ends_with("  Tue 26-Jan-2027") && day.chars().count() == 78, "{said}");
}

#[test]
fn an_empty_list_says_so() {
    let list = DueList { rows: Vec::new(), ..list(0) };
    assert!(text(&list).contains("Nobody is due"));
    let overdue = DueList { only_overdue: true, ..list.clone() };
    assert!(text(&overdue).contains("Nobody is overdue or without a date."), "{}", text(&overdue));
    assert!(validator_of("due").takes(&serde_json::from_str(&json(&list)).unwrap()));
}

#[test]
fn the_hold_value_and_the_last_creatinine_are_those_of_the_course() {
    let zoledronic = beside("zoledronic-acid");
    let HoldValue::At(at) = zoledronic.hold else { panic!("{:?}", zoledronic.hold) };
    let asked = request("zoledronic-acid");
    let creatinine = zoledronic.creatinine.clone().unwrap();
    assert_eq!(creatinine.date.to_string(), asked["labs"]["date"].as_str().unwrap());
    assert_eq!(at.baseline, creatinine.measured());
    let plan = osteodose::dosing::plan(
        osteodose::request::Request::parse(asked.to_string().as_bytes()).unwrap(),
        Library::shipped(),
    );
    let document: serde_json::Value = serde_json::from_str(&plan.unwrap().to_json()).unwrap();
    let hold = document["dosing"]["hold"]["hold_at_least"]["value"].to_string();
    assert_eq!(at.hold_at_least.value.to_string(), hold);
    assert_eq!(beside("denosumab").hold, HoldValue::None);
    // A later assessment has a newer value, unless it was struck.
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &asked);
    let mut later = asked.clone();
    later["labs"]["date"] = "2026-12-20".into();
    later["treatment"]["start_date"] = "2026-12-28".into();
    let plan = osteodose::dosing::plan(
        osteodose::request::Request::parse(later.to_string().as_bytes()).unwrap(),
        Library::shipped(),
    );
    let assessed = osteodose::ward::event::Assessed::of(&plan.unwrap(), Some(2));
    let number = ward.add(0, "2026-12-28", &osteodose::ward::event::Body::from(assessed).text());
    let last = |ward: &Chained| {
        let events = ward.events(0);
        let state = fold::state(&events);
        Beside::of(&state, state.course(1).unwrap(), &events, Library::shipped()).creatinine.unwrap().date
    };
    assert_eq!(last(&ward), day("2026-12-20"));
    ward.add(0, "2026-12-28", &format!(r#"{{"kind":"struck","event":{number},"reason":"wrong-patient"}}"#));
    assert_eq!(last(&ward), creatinine.date);
    assert_eq!(ward.of(0)[0].header.patient, Some(PATIENTS[0]));
}

#[cfg(feature = "pdf")]
mod paper {
    use osteodose::export::{
        pdf::{Page, Paper, Placed},
        register::{Sheet, sheet, sheet_pages},
    };

    use super::{assert_reviewed, list};

    const PAPERS: [(Paper, &str); 2] = [(Paper::A4, "a4"), (Paper::Letter, "letter")];

    fn pages(rows: usize, paper: Paper) -> Vec<Page> {
        sheet_pages(&list(rows), &Sheet { paper, font: None }).unwrap()
    }

    #[test]
    fn the_sheet_is_the_one_that_was_looked_at() {
        for (paper, name) in PAPERS {
            let said: String = pages(1, paper).iter().map(Page::to_string).collect();
            let version = concat!("osteodose ", env!("CARGO_PKG_VERSION"));
            assert_reviewed(&format!("due-{name}.pages.txt"), &said.replace(version, "osteodose (version)"));
            if let Some(folder) = std::env::var_os("OSTEODOSE_PICTURES") {
                let made = sheet(&list(30), &Sheet { paper, font: None }).unwrap();
                std::fs::write(std::path::Path::new(&folder).join(format!("due-{name}.pdf")), made).unwrap();
            }
        }
        let bytes = || sheet(&list(3), &Sheet::default()).unwrap();
        assert_eq!(bytes(), bytes());
        assert!(bytes().starts_with(b"%PDF-"));
    }

    #[test]
    fn rows_are_whole_and_every_page_has_heading_and_foot() {
        for (paper, name) in PAPERS {
            let pages = pages(60, paper);
            assert!(pages.len() > 4, "{name}");
            let mut rows = 0;
            for (at, page) in pages.iter().enumerate() {
                let said = |text: &str| page.texts.iter().filter(|it| it.text.contains(text)).count();
                assert_eq!(said("Drug and dose"), 1, "{name}: {page}");
                assert_eq!(said("Day unit: due list for"), 1);
                assert_eq!(
                    said("Up to entry 8 813. Anchor 8813:9f9f9f9f9f9f9f9f. This register is not the legal record."),
                    1
                );
                assert_eq!(said("Day unit, Tue 26-Jan-2027, as of 26-Jan-2027 at 07:42"), 1, "{page}");
                assert_eq!(said(&format!("page {} of {}", at + 1, pages.len())), 1);
                let is_day = |it: &&Placed| it.left == paper.side() + 200 && it.text.contains("-2027");
                let days = page.texts.iter().filter(is_day);
                for day in days {
                    let row = page.bars.iter().find(|bar| {
                        bar.width < 100
                            && bar.left == paper.side()
                            && bar.top <= day.top
                            && bar.top + bar.height > day.top
                    });
                    assert!(row.is_some_and(|bar| bar.height >= 15 * 283), "{name}: {day:?}");
                    rows += 1;
                }
            }
            assert!(rows >= 62, "{name}: {rows}");
        }
    }

    #[test]
    fn nothing_lies_over_the_margins_or_over_another_text() {
        for (paper, name) in PAPERS {
            for page in pages(12, paper) {
                let (right, bottom) = (paper.width() - paper.side(), paper.height() - paper.margin());
                let space = |it: &Placed| [it.left, it.top, it.left + it.width, it.top + it.look.line];
                for (at, it) in page.texts.iter().enumerate() {
                    let [l, t, r, b] = space(it);
                    assert!(l >= paper.side() && r <= right && t >= paper.margin() && b <= bottom, "{name}: {it:?}");
                    assert!(it.look.size >= 950, "{name}: too small: {it:?}");
                    for other in &page.texts[at + 1..] {
                        let [ol, ot, or, ob] = space(other);
                        assert!(r <= ol || or <= l || b <= ot || ob <= t, "{name}: {it:?} lies over {other:?}");
                    }
                }
            }
        }
    }
}
