//! The page for the folder: what stands on it, where it stands, and what it refuses to show.

use std::{
    fs,
    process::{Command, Output},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset, Utc};
use osteodose::{
    dosing,
    export::{Format, Given, Options, Refused, export, pdf},
    plan::{Plan, PlanStatus},
    present::{self, CardItem},
    regimen::{Library, LibraryFile, Origin},
    request::Request,
    words::{date, spoken::day},
};
use pdf::{Page, Paper, Part, Placed, Role, Style};
use serde_json::{Value, json};

use crate::support::{LIBRARY, files, json, tests};

const PAPERS: [(Paper, &str); 2] = [(Paper::A4, "a4"), (Paper::Letter, "letter")];
const NAMES: [&str; 6] =
    ["clodronate-by-mouth", "clodronate", "denosumab", "ibandronic-acid", "to-be-confirmed", "zoledronic-acid"];

fn asked(paper: Paper) -> Options {
    let offset = FixedOffset::east_opt(3600);
    Options { at: "2026-11-20T09:05:00Z".parse::<DateTime<Utc>>().unwrap(), paper, offset, ..Options::default() }
}

/// Only these parts.
fn parts(parts: &[Part]) -> Options {
    Options { pages: parts.iter().copied().collect(), ..asked(Paper::A4) }
}

const ALL_PARTS: [Part; 4] = [Part::Card, Part::Visits, Part::Patient, Part::Sources];

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

/// A request whose texts are as long as a person could type them.
fn long_texts() -> Value {
    let mut request = of_file("zoledronic-acid");
    request["patient"]["name"] = json!("Maximiliana-Theodora von und zu Hohenstaufen-Württemberg-".repeat(3));
    request["patient"]["allergies"] = json!("penicillin (rash, 1998); ".repeat(24).trim_end());
    request["history"]["dental"] = json!("not-examined");
    let reason = "The dentist has an appointment with the patient next week. ".repeat(8);
    request["confirmations"] =
        json!([{"finding": "dental-not-examined", "by": "Dr K. Holm", "reason": reason.trim_end()}]);
    request["prepared_by"] = json!("Pharmacist ".repeat(12).trim_end());
    request
}

/// A request in which much is open.
fn much_open() -> Value {
    let mut request = of_file("to-be-confirmed");
    request["history"] = json!({
        "dental": "poor", "conditions": ["heart-failure", "low-muscle-mass", "aspirin-asthma"],
        "medicines": ["loop-diuretic", "aminoglycoside", "nsaid", "thalidomide", "anti-angiogenic", "nephrotoxic"]
    });
    request["confirmations"] = json!([]);
    request
}

/// Every request here, with its name.
fn requests() -> Vec<(String, Value)> {
    let named = NAMES.iter().map(|name| ((*name).to_owned(), of_file(name)));
    let made = [("hostile", hostile()), ("long texts", long_texts()), ("much open", much_open())];
    named.chain(made.map(|(name, request)| (name.to_owned(), request))).collect()
}

/// The six plans and the hostile ones on both papers, laid out.
fn all() -> Vec<(String, Paper, Vec<Page>)> {
    let mut all = Vec::new();
    for (paper, _) in PAPERS {
        for (name, request) in requests() {
            let pages = laid_out(&request, &asked(paper)).unwrap();
            all.push((name, paper, pages));
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
            let text = said(&pdf::pages(given.plan, &parts(&ALL_PARTS)).unwrap());
            let tell = |what: &str| assert!(text.contains(what), "{name} does not tell {what:?}");
            for visit in present::visits(plan) {
                tell(visit.dose.as_deref().unwrap_or_default());
                visit.notes.iter().chain(&visit.checks).chain(&visit.hold_at).for_each(|it| tell(it));
            }
            for line in present::card_below(plan) {
                // The box has the route, and the indication begins with a capital letter. Course and hold are those of
                // the whole card.
                if !matches!(line.item, CardItem::Course | CardItem::Hold) {
                    tell(line.value.trim_start_matches(char::is_alphabetic));
                }
            }
            let card = present::card(plan).into_iter();
            card.filter(|it| matches!(it.item, CardItem::Course | CardItem::Hold)).for_each(|it| tell(&it.value));
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
            for (_, points) in present::directions(given.dosed, plan.request().tumour) {
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
fn the_visits_of_the_table_are_those_of_the_plan() {
    for (name, request) in requests() {
        with_plan_of(&request, &LIBRARY, |plan| {
            let pages = pdf::pages(plan, &parts(&[Part::Visits])).unwrap();
            let texts = pages.iter().flat_map(|page| &page.texts);
            let rows: Vec<&str> = texts.filter(|it| it.role == Role::RowHead).map(|it| it.text.as_str()).collect();
            let days: Vec<String> = present::visits(plan).iter().map(|visit| day(visit.date)).collect();
            assert_eq!(rows, days, "{name}");
        });
    }
}

/// The texts that say how a dose is prepared and given.
fn of_preparation(plan: &Plan) -> Vec<String> {
    let card = present::card_below(plan).into_iter();
    let of_preparation =
        card.filter(|it| it.item.is_of_preparation() || matches!(it.item, CardItem::Intake(_) | CardItem::Step(_)));
    let dosed = Given::of(plan).unwrap().dosed;
    of_preparation.map(|it| it.value).chain(present::for_the_nurse(plan, dosed)).collect()
}

#[test]
fn the_card_is_one_side_and_the_visits_are_on_its_back() {
    for paper in [Paper::A4, Paper::Letter] {
        for name in NAMES {
            let pages = laid_out(&of_file(name), &asked(paper)).unwrap();
            let at = |text: &str| pages.iter().position(|page| page.texts.iter().any(|it| it.text == text));
            assert_eq!(at("Time begun").or(at("Time given")).or(at("Date handed out")), Some(0), "{name}");
            assert_eq!(at("Checks first, notes"), Some(1), "{name}");
            // A sheet of its own.
            let handed_over = at("Telephone of the ward").unwrap();
            assert_eq!((handed_over % 2, pages.len()), (0, handed_over + 1), "{name}");
            with_plan_of(&of_file(name), &LIBRARY, |plan| {
                for finding in plan.open_findings() {
                    assert!(said(&pages[..1]).contains(&finding.to_string()), "{name}: {finding}");
                }
            });
        }
    }
}

#[test]
fn a_preparation_is_never_on_two_sides() {
    for paper in [Paper::A4, Paper::Letter] {
        for (name, request) in requests() {
            with_plan_of(&request, &LIBRARY, |plan| {
                let pages = pdf::pages(plan, &asked(paper)).unwrap();
                let whole = |page: &Page| {
                    let text = said(std::slice::from_ref(page));
                    of_preparation(plan).iter().all(|it| text.contains(it))
                };
                assert!(pages.iter().any(whole), "{name}");
            });
        }
    }
}

#[test]
fn what_finds_no_room_on_the_card_follows_and_the_card_says_so() {
    let request = much_open();
    let pages = laid_out(&request, &asked(Paper::A4)).unwrap();
    assert!(said(&pages[..1]).contains("More open findings on the back."));
    assert!(said(&pages[1..2]).contains("Open, continued: must be confirmed by a named person"));
    with_plan_of(&request, &LIBRARY, |plan| {
        let text = said(&pages);
        assert!(plan.open_findings().count() > 4);
        plan.open_findings().for_each(|finding| assert!(text.contains(&finding.to_string()), "{finding}"));
    });
    let pages = laid_out(&of_file("zoledronic-acid"), &asked(Paper::A4)).unwrap();
    assert!(!said(&pages).contains("More open findings"));
}

#[test]
fn only_the_parts_that_are_asked_for_are_printed() {
    let request = of_file("zoledronic-acid");
    let titles = |asked: &[Part]| {
        let pages = laid_out(&request, &parts(asked)).unwrap();
        let text = said(&pages);
        let has = ["Time begun", "Checks first, notes", "Telephone of the ward", "Sources"].map(|it| text.contains(it));
        (has, pages.len())
    };
    assert_eq!(titles(&[Part::Card]).0, [true, false, false, false]);
    assert_eq!(titles(&[Part::Visits]), ([false, true, false, false], 1));
    assert_eq!(titles(&[Part::Patient]), ([false, false, true, false], 1));
    // The sources are not on the back of what the patient takes home.
    assert_eq!(titles(&[Part::Patient, Part::Sources]).0, [false, false, true, true]);
    let pages = laid_out(&request, &parts(&[Part::Patient, Part::Sources])).unwrap();
    assert!(said(&pages[1..2]).contains("This side is blank.") && said(&pages[2..]).contains("Sources"));
}

#[test]
fn what_the_mark_means_is_on_each_side_that_has_it_and_not_on_the_patients() {
    let means = "[unverified]: not confirmed";
    for (name, request) in NAMES.iter().map(|name| ((*name).to_owned(), of_file(name))).chain(long_courses()) {
        for paper in [Paper::A4, Paper::Letter] {
            for page in laid_out(&request, &asked(paper)).unwrap() {
                let text = said(std::slice::from_ref(&page));
                let marks = text.matches("[unverified]").count();
                assert_eq!(text.contains(means), marks > 0, "{name}: {text}");
                assert!(marks == 0 || !text.contains("For the patient:"), "{name}: {text}");
            }
        }
    }
    // The card carries what is marked for the staff, and the sheet alone has the mark itself.
    let request = of_file("clodronate");
    let ear = "Report pain in the ear or discharge from it, and persistent pain in an eye. [unverified]";
    assert!(said(&laid_out(&request, &asked(Paper::A4)).unwrap()).contains(&format!("On the patient's sheet: {ear}")));
    let alone = said(&laid_out(&request, &parts(&[Part::Patient])).unwrap());
    assert!(alone.contains(ear) && alone.contains(means), "{alone}");
}

#[test]
fn a_reason_that_many_visits_share_is_said_once() {
    let (_, request) = long_courses().into_iter().find(|(name, _)| name == "moved to keep the gap").unwrap();
    let text = said(&laid_out(&request, &asked(Paper::A4)).unwrap());
    assert!(text.contains("Visits 3 to 13 are 1 day later than planned, to keep the minimum gap."), "{text}");
    assert_eq!(text.matches("minimum gap").count(), 1, "{text}");
    // The one that began it has its reason in its row.
    assert!(text.contains("moved from Tue 29-Dec-2026, closed"), "{text}");
}

#[test]
fn a_dose_that_depends_on_calcium_says_on_which() {
    let text = said(&laid_out(&of_file("clodronate"), &asked(Paper::A4)).unwrap());
    assert!(text.contains("by the calcium of Mon 30-Nov-2026 not if calcium is normal"), "{text}");
    assert!(text.contains("by the calcium of Thu 03-Dec-2026 not if calcium is normal"), "{text}");
}

#[test]
fn a_dose_in_two_parts_is_not_once_daily() {
    let mut request = of_file("to-be-confirmed");
    request["history"] = json!({
        "dental": "fit", "conditions": [], "medicines": [], "last_antiresorptive": "none"
    });
    request["treatment"] =
        json!({"drug": "clodronate", "route": "oral", "start_date": "2026-12-01", "product": "capsule-400mg"});
    request["confirmations"] = json!([]);
    let text = said(&laid_out(&request, &asked(Paper::A4)).unwrap());
    assert!(text.contains("every day, in two parts") && !text.contains("once daily"), "{text}");
}

#[test]
fn a_stopped_plan_is_one_page_for_the_doctor() {
    let mut request = of_file("zoledronic-acid");
    request["history"]["conditions"] = json!(["pregnant"]);
    let pages = laid_out(&request, &asked(Paper::A4)).unwrap();
    assert_eq!(pages.len(), 1);
    let text = said(&pages);
    assert!(text.contains("STOPPED, NO DOSE") && text.contains("What would have to change"), "{text}");
    assert!(!text.contains("Batch"));
}

#[test]
fn a_reader_who_hears_the_page_is_told_what_each_text_is() {
    for (name, _, pages) in all() {
        let texts: Vec<&Placed> = pages.iter().flat_map(|page| &page.texts).collect();
        let heard: Vec<&&Placed> = texts.iter().filter(|it| it.role != Role::Edge).collect();
        // Whose it is comes first, and is not said again on every page.
        let whose: Vec<&str> = heard.iter().take_while(|it| it.look.size == 1100).map(|it| it.text.as_str()).collect();
        assert!(whose.join(" ").contains("born 14-Mar-1958") && heard[0].role == Role::Paragraph, "{name}");
        assert_eq!(heard.iter().filter(|it| it.text.starts_with("page ")).count(), 0, "{name}");
        for it in heard {
            let is_heading = it.look.style == Style::Bold && it.look.size == 1100 && it.text == "Visits";
            assert!(!is_heading || matches!(it.role, Role::Heading | Role::Continued), "{name}: {it:?}");
        }
    }
    let bytes = with_plan_of(&of_file("zoledronic-acid"), &LIBRARY, |plan| {
        export(plan, Format::Pdf, &asked(Paper::A4)).unwrap()
    });
    for part in ["/StructTreeRoot", "/Lang(en-GB)", "/TR", "/TH", "/LBody"] {
        assert!(bytes.windows(part.len()).any(|it| it == part.as_bytes()), "{part}");
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
                assert!(text.contains("printed 20-Nov-2026 at 10:05 +01:00"), "{name}");
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
            let (right, bottom) = (paper.width() - paper.side(), paper.height() - paper.margin());
            for (at, it) in page.texts.iter().enumerate() {
                let [l, t, r, b] = space(it);
                let inside = l >= paper.side() && r <= right && t >= paper.margin() && b <= bottom;
                assert!(inside, "{name}: {it:?}");
                for other in &page.texts[at + 1..] {
                    let [ol, ot, or, ob] = space(other);
                    assert!(r <= ol || or <= l || b <= ot || ob <= t, "{name}: {it:?} lies over {other:?}");
                }
            }
            for bar in &page.bars {
                let inside = bar.left >= paper.side()
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
        let is_day = |it: &&Placed| it.role == Role::RowHead && it.text.matches('-').count() == 2;
        for page in &pages {
            let days: Vec<&Placed> = page.texts.iter().filter(is_day).collect();
            let heads = page.texts.iter().filter(|it| it.text == "Checks first, notes").count();
            assert_eq!(heads, usize::from(!days.is_empty()), "{name}: {page}");
            for day in days {
                // The edges of its row go above and below the date, and leave 8 mm to write.
                let row = page.bars.iter().find(|bar| {
                    let upright = bar.width < 100 && bar.left == paper.side();
                    upright && bar.top <= day.top && bar.top + bar.height >= day.top + day.look.line
                });
                assert!(row.is_some_and(|bar| bar.height >= 2264), "{name}: {day:?}");
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
        for visit in present::visits(plan) {
            let is_day = |it: &&&Placed| it.text == day(visit.date) && it.role == Role::RowHead;
            let row = texts.iter().find(is_day).unwrap();
            assert_eq!(row.look.style == Style::Bold, visit.number.is_some(), "{visit:?}");
        }
    });
}

#[test]
fn a_course_of_a_year_is_two_sheets() {
    let six = NAMES.iter().map(|name| ((*name).to_owned(), of_file(name)));
    for (name, request) in six.chain(long_courses()) {
        for paper in [Paper::A4, Paper::Letter] {
            assert!(sheets(&request, paper) <= 2, "{name}: {} sheets of {paper:?}", sheets(&request, paper));
        }
    }
    with_plan_of(&of_file("zoledronic-acid"), &LIBRARY, |plan| {
        assert_eq!(present::visits(plan).iter().filter(|visit| visit.number.is_some()).count(), 14);
    });
}

/// Courses with as many doses as a year has, in which much is to be said.
fn long_courses() -> Vec<(String, Value)> {
    let mut weak = of_file("denosumab");
    weak["labs"]["creatinine"]["value"] = json!(330);
    weak["patient"]["weight_kg"] = json!(82);
    let mut shifted = weak.clone();
    shifted["clinic"] = json!({"open_weekdays": ["mon", "tue", "wed", "thu", "fri"], "closed_dates": ["2026-12-29"]});
    let mut giant = of_file("denosumab");
    giant["patient"]["birth_date"] = json!("1988-03-14");
    giant["tumour"] = json!("giant-cell-tumour-of-bone");
    giant["indication"] = json!("giant-cell-tumour");
    let mut four_open = of_file("zoledronic-acid");
    four_open["history"] = json!({
        "dental": "poor", "conditions": ["heart-failure", "low-muscle-mass"],
        "medicines": ["loop-diuretic", "aminoglycoside", "nsaid", "anti-angiogenic"], "last_antiresorptive": "none"
    });
    four_open["confirmations"] = json!([]);
    let named = [
        ("denosumab at a clearance of 22", weak),
        ("moved to keep the gap", shifted),
        ("giant cell tumour", giant),
        ("four open findings", four_open),
        ("long texts", long_texts()),
    ];
    named.map(|(name, request)| (name.to_owned(), request)).into()
}

fn sheets(request: &Value, paper: Paper) -> usize {
    laid_out(request, &asked(paper)).unwrap().len().div_ceil(2)
}

/// Random plans with at most 14 doses and four open findings, and the sheets that each takes.
fn random_sheets(seeds: std::ops::Range<u64>) -> Vec<(u64, Paper, usize)> {
    let mut taken = Vec::new();
    for seed in seeds {
        let Ok(request) = Request::parse(crate::strategy::request(seed).to_string().as_bytes()) else { continue };
        let Ok(plan) = dosing::plan(request, &LIBRARY) else { continue };
        let numbered = present::visits(&plan).iter().filter(|visit| visit.number.is_some()).count();
        if plan.status() == PlanStatus::Stopped || numbered > 14 || plan.open_findings().count() > 4 {
            continue;
        }
        for paper in [Paper::A4, Paper::Letter] {
            taken.push((seed, paper, pdf::pages(&plan, &asked(paper)).unwrap().len().div_ceil(2)));
        }
    }
    taken
}

#[test]
fn random_plans_of_fourteen_doses_are_two_sheets() {
    let taken = random_sheets(80_000_200..80_000_400);
    assert!(taken.len() > 50, "{}", taken.len());
    let more: Vec<_> = taken.into_iter().filter(|(.., sheets)| *sheets > 2).collect();
    assert!(more.is_empty(), "{more:?}");
}

#[test]
#[ignore = "takes minutes"]
fn thousands_of_random_plans_of_fourteen_doses_are_two_sheets() {
    let taken = random_sheets(81_000_000..81_010_000);
    let more: Vec<_> = taken.iter().filter(|(.., sheets)| *sheets > 2).collect();
    assert!(more.is_empty(), "{} of {}: {more:?}", more.len(), taken.len());
}

#[test]
fn a_local_regimen_is_named_as_one() {
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
            "patient.name: the character \"李\" (U+674E) is not in the built-in font; give one that has it with --font FILE",
        ),
        (
            "id",
            "A-☐1",
            "patient.id: the character \"☐\" (U+2610) is not in the built-in font; give one that has it with --font FILE",
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

/// The built-in font with another sign in place of one: a snowflake, which the built-in font lacks, for a cross.
fn with_a_snowflake() -> Vec<u8> {
    let mut font = shipped_font();
    // The table of characters, as it lies in this file.
    let table = &mut font[2956..2956 + 2282];
    for at in 0..table.len() - 1 {
        if table[at..at + 2] == [0x27, 0x4C] {
            table[at + 1] = 0x45;
        }
    }
    // A font is known by its checksum, which lies in the table of its head.
    let head = font.windows(4).position(|it| it == b"head").unwrap();
    let head = u32::from_be_bytes(font[head + 8..head + 12].try_into().unwrap());
    font[usize::try_from(head).unwrap() + 8] ^= 1;
    font
}

fn shipped_font() -> Vec<u8> {
    fs::read(tests("../src/export/pdf/font/IBMPlexSans-Regular.ttf")).unwrap()
}

#[test]
fn another_font_is_used_for_what_the_built_in_one_lacks_and_for_nothing_else() {
    let given = |font: Vec<u8>| Options { font: Some(Arc::new(font)), ..asked(Paper::A4) };
    let mut request = of_file("zoledronic-acid");
    let written = |request: &Value, asked: &Options| {
        with_plan_of(request, &LIBRARY, |plan| export(plan, Format::Pdf, asked)).map(|bytes| {
            let fonts = bytes.windows(10).filter(|it| it == b"/FontFile2").count();
            (bytes, fonts)
        })
    };
    let (without, fonts) = written(&request, &asked(Paper::A4)).unwrap();
    assert_eq!(fonts, 2);
    assert!(written(&request, &given(with_a_snowflake())).unwrap().0 == without);
    request["patient"]["name"] = json!("Åse ❅ Dvořák");
    let missing =
        "patient.name: the character \"❅\" (U+2745) is not in the built-in font; give one that has it with --font FILE";
    assert_eq!(written(&request, &asked(Paper::A4)).unwrap_err().to_string(), missing);
    assert_eq!(written(&request, &given(with_a_snowflake())).unwrap().1, 3);
    let in_neither = "patient.name: the character \"❅\" (U+2745) is in neither the built-in font nor the one given; give one that has it with --font FILE";
    assert_eq!(written(&request, &given(shipped_font())).unwrap_err().to_string(), in_neither);
    assert_eq!(written(&request, &given(b"no font at all".to_vec())).unwrap_err(), Refused::NotAFont);
}

/// A font with a few bytes changed, by a number.
fn corrupted(seed: u64) -> Vec<u8> {
    let mut font = with_a_snowflake();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    // Half of them in the tables of a font, which lie in front; some cut short.
    let reach = if seed.is_multiple_of(2) { 8192 } else { font.len() };
    for _ in 0..=random(40) {
        let at = random(reach);
        font[at] = u8::try_from(random(256)).unwrap();
    }
    if seed.is_multiple_of(7) {
        font.truncate(random(font.len()));
    }
    font
}

fn a_page_or_an_error(seeds: std::ops::Range<u64>) {
    let mut request = of_file("zoledronic-acid");
    request["patient"]["name"] = json!("Åse ❅❅ Dvořák ❅");
    let plan = Request::parse(request.to_string().as_bytes()).unwrap();
    let plan = dosing::plan(plan, &LIBRARY).unwrap();
    let mut pages = 0;
    for seed in seeds.clone() {
        let asked = Options { font: Some(Arc::new(corrupted(seed))), ..parts(&[Part::Patient]) };
        let begun = std::time::Instant::now();
        match export(&plan, Format::Pdf, &asked) {
            Ok(bytes) => {
                pages += 1;
                assert!(bytes.starts_with(b"%PDF"));
            }
            Err(why) => assert!(
                matches!(why, Refused::NotAFont | Refused::FontNotEmbeddable | Refused::Character { .. }),
                "{seed}: {why}"
            ),
        }
        assert!(begun.elapsed().as_secs() < 5, "{seed}");
    }
    assert!(pages > 0 && pages < seeds.count());
}

#[test]
fn a_corrupt_font_gives_a_page_or_an_error() {
    a_page_or_an_error(0..30);
}

#[test]
#[ignore = "takes a minute"]
fn four_hundred_corrupt_fonts_give_a_page_or_an_error() {
    a_page_or_an_error(0..400);
}

#[test]
#[ignore = "starts the program four hundred times"]
fn a_corrupt_font_makes_the_program_say_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let request = folder.path().join("request.json");
    let mut named = of_file("zoledronic-acid");
    named["patient"]["name"] = json!("Åse ❅");
    fs::write(&request, named.to_string()).unwrap();
    let font = folder.path().join("font.ttf");
    for seed in 0..400 {
        fs::write(&font, corrupted(seed)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
        command.env("XDG_CONFIG_HOME", tests("no-configuration")).arg("plan").arg(&request);
        let output = command.args(["--format", "pdf", "--font"]).arg(&font).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) => assert_eq!(said, "", "{seed}"),
            Some(2) => assert_eq!((said.lines().count(), output.stdout.len()), (1, 0), "{seed}: {said}"),
            other => panic!("{seed}: {other:?}: {said}"),
        }
    }
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
        (vec!["--format", "csv", "--pages", "card"], "--pages: only for --format pdf\n"),
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
