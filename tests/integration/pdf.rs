//! The page for the folder: what stands on it, where it stands, and what it refuses to show.

use std::{
    fs,
    process::{Command, Output},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use osteodose::{
    dosing,
    export::{Format, Given, Options, Refused, export, pdf},
    plan::{Outcome, Plan, PlanStatus},
    present,
    regimen::{Library, LibraryFile, Origin},
    request::Request,
    words::date,
};
use pdf::{Page, Paper, Placed, Style};
use serde_json::{Value, json};

use crate::support::{LIBRARY, files, json, tests};

const PAPERS: [(Paper, &str); 2] = [(Paper::A4, "a4"), (Paper::Letter, "letter")];
const NAMES: [&str; 6] =
    ["clodronate-by-mouth", "clodronate", "denosumab", "ibandronic-acid", "to-be-confirmed", "zoledronic-acid"];

fn asked(paper: Paper) -> Options {
    Options { at: "2026-11-20T09:05:00Z".parse::<DateTime<Utc>>().unwrap(), paper, ..Options::default() }
}

fn of_file(name: &str) -> Value {
    json(&tests(&format!("exports/requests/{name}.json")))
}

fn with_plan_of<T>(request: &Value, library: &'static Library, then: impl Fn(&Plan) -> T) -> T {
    let request = Request::parse(request.to_string().as_bytes()).unwrap();
    then(&dosing::plan(request.clone(), library).unwrap())
}

fn laid_out(request: &Value, asked: &Options) -> Result<Vec<Page>, Refused> {
    with_plan_of(request, &LIBRARY, |plan| pdf::pages(plan, asked))
}

/// All that a page says, line by line joined, so that what is wrapped reads as one.
fn said(pages: &[Page]) -> String {
    let texts = pages.iter().flat_map(|page| &page.texts);
    texts.map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A request with texts that are long, and hostile to a layout.
fn hostile() -> Value {
    let mut request = of_file("to-be-confirmed");
    request["patient"]["name"] = json!("Wolfeschlegelsteinhausenbergerdorff".repeat(6));
    request["patient"]["id"] = json!("(F\\6001) BT /F1 12 Tf (x) Tj ET %%EOF");
    request["patient"]["allergies"] = json!("penicillin 500 mg, latex; ".repeat(76).trim_end());
    request["confirmations"][0]["reason"] = json!("seen 4 mg of 5 mL ".repeat(80).trim_end());
    request["confirmations"][1]["by"] = json!("endstream endobj <script>".repeat(20));
    request["prepared_by"] = json!("W".repeat(400));
    request
}

/// The six plans and the hostile one on both papers, laid out.
fn all() -> Vec<(String, Paper, Vec<Page>)> {
    let requests = NAMES.iter().map(|name| ((*name).to_owned(), of_file(name)));
    let requests: Vec<(String, Value)> = requests.chain([("hostile".to_owned(), hostile())]).collect();
    let mut all = Vec::new();
    for (paper, _) in PAPERS {
        for (name, request) in &requests {
            all.push((name.clone(), paper, laid_out(request, &asked(paper)).unwrap()));
        }
    }
    all
}

#[test]
fn the_pages_are_those_that_were_looked_at() {
    for (paper, size) in PAPERS {
        for name in NAMES {
            let pages = laid_out(&of_file(name), &asked(paper)).unwrap();
            let pages: Vec<String> =
                pages.iter().enumerate().map(|(at, page)| format!("page {}\n{page}", at + 1)).collect();
            let shown = pages.join("\n").replace(LIBRARY.digest(), "[fingerprint]");
            let shown = shown.replace(concat!("osteodose ", env!("CARGO_PKG_VERSION")), "osteodose [version]");
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(tests("exports/pdf"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(format!("{name}-{size}"), shown));
        }
    }
}

#[test]
fn nothing_of_the_plan_is_missing() {
    for name in NAMES {
        with_plan_of(&of_file(name), &LIBRARY, |plan| {
            let given = Given::of(plan).unwrap();
            let text = said(&pdf::pages(given.plan, &asked(Paper::A4)).unwrap());
            let tell = |what: &str| assert!(text.contains(what), "{name} does not tell {what:?}");
            for entry in &given.dosed.schedule.entries {
                let line = present::entry_line(given.dosed, entry);
                tell(&line.day);
                tell(&line.dose);
                line.notes.iter().for_each(|note| tell(note));
            }
            for line in present::card(plan) {
                // The indication begins with a capital letter there.
                tell(line.value.trim_start_matches(char::is_alphabetic));
            }
            for (_, value) in [present::patient(plan), present::basis(plan), present::origin(plan)].concat() {
                tell(&value);
            }
            for finding in plan.findings() {
                tell(&finding.to_string());
                if let Some(it) = plan.confirmation(finding) {
                    tell(it.by.as_str());
                    tell(it.reason.as_str());
                }
            }
            for (heading, points) in present::directions(given.dosed, plan.request().tumour) {
                tell(heading);
                for point in points {
                    tell(&point);
                }
            }
            tell(plan.library().digest());
            tell("Decision support only: the prescriber decides, and trained staff remain responsible for every dose.");
        });
    }
}

#[test]
fn every_loose_page_says_whose_it_is_and_that_it_is_provisional() {
    for name in NAMES {
        with_plan_of(&of_file(name), &LIBRARY, |plan| {
            let given = Given::of(plan).unwrap();
            let patient = &plan.request().patient;
            let pages = pdf::pages(given.plan, &asked(Paper::Letter)).unwrap();
            for (at, page) in pages.iter().enumerate() {
                let text = said(std::slice::from_ref(page));
                for part in [patient.id.as_ref().unwrap().as_str(), &date(patient.birth_date), &given.named()] {
                    assert!(text.contains(part), "{name}, page {}: {part}", at + 1);
                }
                assert!(text.contains(&format!("page {} of {}", at + 1, pages.len())), "{name}");
                assert!(text.contains("printed 20-Nov-2026 at 09:05 UTC"), "{name}");
                let open = plan.status() == PlanStatus::NeedsConfirmation;
                assert_eq!(text.contains("PROVISIONAL, NOT TO BE FOLLOWED YET"), open, "{name}");
                assert!(!open || page.bars.iter().any(|bar| bar.height >= 250 && bar.width > 40_000), "{name}");
            }
            assert_eq!(said(&pages).contains("READY"), plan.status() == PlanStatus::Ready, "{name}");
        });
    }
}

/// The space that a text takes on paper, from the top of its letters to their feet.
fn space(it: &Placed) -> [i32; 4] {
    [it.left, it.top, it.left + it.width, it.top + it.look.line]
}

#[test]
fn nothing_lies_over_the_margins_or_over_another_text() {
    for (name, paper, pages) in all() {
        for page in &pages {
            let (right, bottom) = (paper.width() - paper.margin(), paper.height() - paper.margin());
            for (at, it) in page.texts.iter().enumerate() {
                let [l, t, r, b] = space(it);
                let inside = l >= paper.left() && r <= right && t >= paper.margin() && b <= bottom;
                assert!(inside, "{name}: {it:?}");
                for other in &page.texts[at + 1..] {
                    let [ol, ot, or, ob] = space(other);
                    assert!(r <= ol || or <= l || b <= ot || ob <= t, "{name}: {it:?} lies over {other:?}");
                }
            }
            for bar in &page.bars {
                let inside = bar.left >= paper.left()
                    && bar.left + bar.width <= right
                    && bar.top >= paper.margin()
                    && bar.top + bar.height <= bottom;
                assert!(inside, "{name}: {bar:?}");
                assert!(bar.width.min(bar.height) >= 50, "{name}: too thin for a copy: {bar:?}");
            }
            assert!(page.texts.iter().all(|it| it.look.size >= 950), "{name}: too small");
        }
    }
}

#[test]
fn no_number_parts_from_its_unit() {
    let units = ["mg", "mL", "µmol/L", "mmol/L", "mL/min", "weeks", "minutes", "capsules", "kg", "days", "months"];
    for (name, _, pages) in all() {
        for pair in pages.iter().flat_map(|page| page.texts.windows(2)) {
            let [line, next] = [&pair[0], &pair[1]];
            let wrapped = next.left == line.left && next.top == line.top + line.look.line;
            let unit = next.text.split([' ', ',', ';', '.', ')']).next().unwrap_or_default();
            let parted = line.text.ends_with(|c: char| c.is_ascii_digit()) && units.contains(&unit);
            assert!(!(wrapped && parted), "{name}: {:?} / {:?}", line.text, next.text);
        }
    }
}

#[test]
fn a_row_is_whole_and_its_page_has_the_head_of_the_table() {
    for (name, paper, pages) in all() {
        let days = |page: &Page| -> Vec<Placed> {
            let is_day = |it: &&Placed| it.left < paper.left() + 500 && it.text.len() == "Tue 01-Dec-2026".len();
            page.texts.iter().filter(is_day).filter(|it| it.text.matches('-').count() == 2).cloned().collect()
        };
        for page in &pages {
            let heads = page.texts.iter().filter(|it| it.text == "Batch").count();
            assert_eq!(heads, usize::from(!days(page).is_empty()), "{name}: {page}");
            for day in days(page) {
                // The edges of its row go above and below the date, and leave 8 mm to write.
                let row = page.bars.iter().find(|bar| {
                    let upright = bar.width < 100 && bar.left == paper.left();
                    upright && bar.top <= day.top && bar.top + bar.height >= day.top + day.look.line
                });
                assert!(row.is_some_and(|bar| bar.height >= 2268), "{name}: {day:?}");
            }
        }
    }
}

#[test]
fn the_dose_is_the_largest_and_days_of_doses_are_bold() {
    with_plan_of(&of_file("zoledronic-acid"), &LIBRARY, |plan| {
        let pages = pdf::pages(plan, &asked(Paper::A4)).unwrap();
        let texts: Vec<&Placed> = pages.iter().flat_map(|page| &page.texts).collect();
        let largest = texts.iter().max_by_key(|it| it.look.size).unwrap();
        assert_eq!(largest.text, "3.5 mg");
        let Outcome::Dosed(dosed) = plan.outcome() else { panic!("a dose") };
        for entry in &dosed.schedule.entries {
            let line = present::entry_line(dosed, entry);
            let day = |it: &&&Placed| it.text == line.day && it.look.style == Style::Bold && it.look.size > 1000;
            assert!(line.dose.is_empty() || texts.iter().any(|it| day(&it)), "{line:?}");
        }
    });
}

#[test]
fn a_short_plan_takes_few_pages_and_a_year_no_more_than_five() {
    let local = files("libraries/sound", ".json").into_iter().map(|path| LibraryFile {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: fs::read(&path).unwrap(),
        origin: Origin::Local,
    });
    let local = Library::with_local(local.collect()).unwrap();
    let mut short = of_file("zoledronic-acid");
    short["treatment"] =
        json!({"drug": "testbisphosphonate", "route": "intravenous", "start_date": "2026-12-01", "course_months": 1});
    let pages = with_plan_of(&short, local, |plan| pdf::pages(plan, &asked(Paper::A4)).unwrap());
    assert!(said(&pages).contains("LOCAL: this hospital's own file"));
    assert_eq!(pages.len(), 2);
    assert_eq!(laid_out(&of_file("to-be-confirmed"), &asked(Paper::A4)).unwrap().len(), 3);
    for (name, _, pages) in all().into_iter().filter(|(name, ..)| name != "hostile") {
        assert!((3..=5).contains(&pages.len()), "{name}: {}", pages.len());
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let bytes = |paper, at: &str| {
        let asked = Options { at: at.parse().unwrap(), ..asked(paper) };
        with_plan_of(&of_file("ibandronic-acid"), &LIBRARY, |plan| export(plan, Format::Pdf, &asked).unwrap())
    };
    let first = bytes(Paper::A4, "2026-11-20T09:05:00Z");
    assert!(first.starts_with(b"%PDF-1.7") && first.len() < 100_000);
    assert_eq!(first, bytes(Paper::A4, "2026-11-20T09:05:00Z"));
    assert_ne!(first, bytes(Paper::A4, "2026-11-20T09:06:00Z"));
    assert_ne!(first, bytes(Paper::Letter, "2026-11-20T09:05:00Z"));
}

#[test]
fn hostile_text_is_laid_out_whole() {
    let request = hostile();
    let pages = laid_out(&request, &asked(Paper::A4)).unwrap();
    // A text that goes on to the next page goes over the foot of one and the head of the other.
    let again = |it: &&Placed| pages.iter().filter(|page| page.texts.contains(it)).count() < 2;
    let of_one = pages.iter().flat_map(|page| &page.texts).filter(again);
    let of_one = of_one.map(|it| it.text.as_str()).filter(|it| !it.starts_with("page "));
    let text = [said(&pages[..1]), of_one.collect()].join(" ").replace(' ', "");
    for part in [
        &request["patient"]["name"],
        &request["patient"]["id"],
        &request["patient"]["allergies"],
        &request["confirmations"][0]["reason"],
        &request["confirmations"][1]["by"],
        &request["prepared_by"],
    ] {
        let part = part.as_str().unwrap().replace(' ', "");
        assert!(text.contains(&part), "{part}");
    }
    // The text of a field ends neither the file nor a part of it.
    let ends = |request: &Value| {
        let bytes = with_plan_of(request, &LIBRARY, |plan| export(plan, Format::Pdf, &asked(Paper::A4)).unwrap());
        bytes.windows(5).filter(|it| it == b"%%EOF").count()
    };
    assert_eq!(ends(&request), ends(&of_file("to-be-confirmed")));
}

#[test]
fn a_character_that_cannot_be_set_is_named_with_its_field() {
    let cases = [
        (
            "name",
            "Li 李",
            "patient.name: the character \"李\" (U+674E) is not in the font; give another font with --font FILE",
        ),
        (
            "id",
            "A-☐1",
            "patient.id: the character \"☐\" (U+2610) is not in the font; give another font with --font FILE",
        ),
        (
            "allergies",
            "لاتكس",
            "patient.allergies: the character \"ل\" (U+0644) is written from right to left, which is not supported; use Latin, Greek or Cyrillic letters",
        ),
        (
            "name",
            "हिन्दी",
            "patient.name: the character \"ह\" (U+0939) belongs to a script that is not supported; use Latin, Greek or Cyrillic letters",
        ),
        (
            "name",
            "A\u{200D}B",
            "patient.name: the character \"\u{200D}\" (U+200D) belongs to a script that is not supported; use Latin, Greek or Cyrillic letters",
        ),
        (
            "name",
            "x\u{301}\u{308}\u{304}y",
            "patient.name: the character (U+0301) is an accent that the font cannot place on its letter; give another font with --font FILE",
        ),
    ];
    for (field, text, expected) in cases {
        let mut request = of_file("zoledronic-acid");
        request["patient"][field] = json!(text);
        assert_eq!(laid_out(&request, &asked(Paper::A4)).unwrap_err().to_string(), expected);
    }
    let mut request = of_file("to-be-confirmed");
    request["confirmations"][1]["reason"] = json!("😀 dentist");
    let message = laid_out(&request, &asked(Paper::A4)).unwrap_err().to_string();
    assert!(message.starts_with("confirmations[1].reason: the character \"😀\" (U+1F600)"), "{message}");
}

#[test]
fn what_europe_writes_is_set() {
    for name in [
        "Åse Øster-Łukasz Dvořák",
        "e\u{301}a\u{30A}",
        "Ștefan Žižka Ðorđević",
        "Ελένη Παπαδοπούλου",
        "Пётр Иванов",
        "µ ≤ ≥ × – ’ € ä",
    ] {
        let mut request = of_file("zoledronic-acid");
        request["patient"]["name"] = json!(name);
        assert!(said(&laid_out(&request, &asked(Paper::A4)).unwrap()).contains(name));
    }
}

#[test]
fn a_head_that_leaves_no_room_is_refused() {
    let mut request = of_file("zoledronic-acid");
    request["patient"]["id"] = json!("W".repeat(2000));
    let why = laid_out(&request, &asked(Paper::A4)).unwrap_err();
    assert_eq!(why, Refused::HeadTooLong);
    assert!(why.to_string().starts_with("patient.name, patient.id:"));
}

#[test]
fn another_font_is_used_for_all_text() {
    let regular = fs::read(tests("../src/export/pdf/font/IBMPlexSans-Regular.ttf")).unwrap();
    let given = Options { font: Some(Arc::new(regular)), ..asked(Paper::A4) };
    let request = of_file("zoledronic-acid");
    let own = laid_out(&request, &given).unwrap();
    let shipped = laid_out(&request, &asked(Paper::A4)).unwrap();
    // The same size of letters without the bold cut takes another width.
    let title = |pages: &[Page]| pages[0].texts.iter().find(|it| it.text == "Treatment plan").unwrap().width;
    assert!(title(&own) < title(&shipped));
    let bytes = with_plan_of(&request, &LIBRARY, |plan| export(plan, Format::Pdf, &given).unwrap());
    let bold = b"IBMPlexSans-Bold";
    assert!(!bytes.windows(bold.len()).any(|it| it == bold));
    let broken = Options { font: Some(Arc::new(b"no font at all".to_vec())), ..asked(Paper::A4) };
    assert_eq!(laid_out(&request, &broken).unwrap_err(), Refused::NotAFont);
}

fn osteodose(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("XDG_CONFIG_HOME", tests("no-configuration"));
    command.args(["plan", "tests/exports/requests/zoledronic-acid.json"]).args(arguments).output().unwrap()
}

#[test]
fn the_command_writes_the_page_and_says_what_is_wrong_with_a_flag() {
    let output = osteodose(&["--format", "pdf", "--paper", "letter"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.starts_with(b"%PDF") && output.stderr.is_empty());
    for (arguments, expected) in [
        (vec!["--paper", "a4"], "--paper: only for --format pdf\n"),
        (vec!["--format", "text", "--font", "x.ttf"], "--font: only for --format pdf\n"),
        (
            vec!["--format", "pdf", "--font", "Cargo.toml"],
            "Cargo.toml: not a readable font (allowed: a TrueType or OpenType file)\n",
        ),
    ] {
        let output = osteodose(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
        assert!(output.stdout.is_empty());
    }
    let missing = osteodose(&["--format", "pdf", "--font", "no-such.ttf"]);
    assert!(String::from_utf8(missing.stderr).unwrap().starts_with("no-such.ttf: cannot be read: "));
}
