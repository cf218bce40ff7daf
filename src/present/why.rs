//! "Why?": where every number, finding and direction of a plan comes from, in the order in which a plan is read.

mod dates;
mod dose;
mod laboratory;
mod statements;

use super::TableRow;
use crate::{
    json::Written,
    plan::{Dosing, Outcome, Plan},
    regimen::{Citation, Code, Disagreement, Library, Topic, Verification},
    words::{spoken, why as words},
};

/// What a [`Reason`] is about; a screen opens at the one it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What may be done with the plan.
    Verdict,
    /// The creatinine clearance.
    Clearance,
    /// The corrected calcium.
    CorrectedCalcium,
    /// The dose.
    Dose,
    /// The dose table, where no dose is planned.
    DoseTable,
    /// The limit of creatinine itself.
    CreatinineLimit,
    /// A creatinine at which the dose would change, by its place in the plan.
    DoseChange(usize),
    /// How often the dose is given.
    Frequency,
    /// The days after an earlier treatment.
    Spacing,
    /// The product.
    Product,
    /// The containers to open.
    Open,
    /// The volume to draw up, or to inject.
    DrawUp,
    /// The volume to remove from the bag and to replace.
    Remove,
    /// The bag and what it may hold.
    Bag,
    /// The least time.
    MinimumTime,
    /// The pump rate.
    PumpRate,
    /// A part of a daily dose by mouth, by its place in the plan.
    Intake(usize),
    /// A step of a dose that is stepped down, by its place in the plan.
    Step(usize),
    /// The length and the end of the course.
    Course,
    /// An entry of the schedule, by its place in it.
    Entry(usize),
    /// A finding.
    Finding(Code),
    /// A direction, by its place in the regimen.
    Direction(usize),
    /// A supplement, by its place in the plan.
    Supplement(usize),
    /// What a source says of the length of a course, by its place in the regimen.
    CourseNote(usize),
    /// A product of the same substance that is not meant, by its place in the drug's file.
    OtherProduct(usize),
    /// A place where sources disagree, by its place in the regimen.
    Disagreement(usize),
    /// The treatment that follows.
    FollowOn,
    /// The second check.
    SecondCheck,
}

/// Where one item of a plan comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it is about.
    pub about: About,
    /// What it is called.
    pub title: String,
    /// The figure as it is shown, with its unit.
    pub value: String,
    /// The formula with this patient's figures, and under it what each figure is: lines to be kept in their columns.
    pub formula: Vec<String>,
    /// The dose table with this patient's row; empty where it has no part in it.
    pub table: Vec<TableRow>,
    /// How the figure came about.
    pub paragraphs: Vec<String>,
    /// Its place.
    pub sources: Vec<Cited>,
    /// What other sources say, where they disagree.
    pub others: Vec<String>,
    /// Whether something of it was not read in its source.
    pub unverified: bool,
}

/// A source, with the places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its date or revision.
    pub date: Option<String>,
    /// The places in it, one after the other; empty where none is named.
    pub locator: String,
}

/// Where every number, finding and direction of the plan comes from, after why the verdict is what it is. A stopped plan
/// has its table instead of a dose, and no dates.
pub fn why(plan: &Plan) -> Vec<Reason> {
    let library = plan.library();
    let dosed = match plan.outcome() {
        Outcome::Dosed(dosed) => Some(&**dosed),
        Outcome::Stopped => None,
    };
    let mut reasons = vec![statements::verdict(plan), laboratory::clearance(plan), laboratory::calcium(plan)];
    match dosed {
        Some(dosed) => {
            reasons.extend(dose::reasons(plan, dosed));
            reasons.extend(dates::reasons(plan, dosed));
        }
        None => reasons.push(statements::table(plan)),
    }
    reasons.extend(plan.findings().iter().map(|finding| statements::finding(plan, finding)));
    reasons.extend(dosed.iter().flat_map(|dosed| statements::reasons(plan, dosed)));
    let disagreements = || plan.listed().disagreements();
    reasons.extend((0..).zip(disagreements()).map(|(n, it)| statements::disagreement(library, n, it)));
    for it in disagreements().filter(|it| it.concerns(plan.request().tumour)) {
        attach(it, &mut reasons, dosed.map(|dosed| &dosed.dosing));
    }
    reasons.push(statements::second_check(plan));
    reasons
}

impl Reason {
    fn new(about: About, title: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            about,
            title: title.into(),
            value: value.into(),
            formula: Vec::new(),
            table: Vec::new(),
            paragraphs: Vec::new(),
            sources: Vec::new(),
            others: Vec::new(),
            unverified: false,
        }
    }

    fn says(mut self, paragraph: impl Into<String>) -> Self {
        self.paragraphs.push(paragraph.into());
        self
    }

    fn says_all(mut self, paragraphs: impl IntoIterator<Item = String>) -> Self {
        self.paragraphs.extend(paragraphs);
        self
    }

    fn worked_out(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.formula.extend(lines);
        self
    }

    fn tabled(mut self, table: Option<Vec<TableRow>>) -> Self {
        self.table.extend(table.into_iter().flatten());
        self
    }

    fn marked(mut self, verification: Option<Verification>) -> Self {
        self.unverified |= verification.is_some();
        self
    }

    fn written<'c>(self, library: &'static Library, sources: impl IntoIterator<Item = &'c Written<Citation>>) -> Self {
        self.cited(library, sources.into_iter().map(|it| &it.0))
    }

    /// Adds sources, each once with all its places.
    fn cited<'c>(mut self, library: &'static Library, sources: impl IntoIterator<Item = &'c Citation>) -> Self {
        for citation in sources {
            match self.sources.iter_mut().find(|it| it.id == citation.id()) {
                Some(cited) => cited.add(citation.locator()),
                None => self.sources.extend(Cited::of(library, citation)),
            }
        }
        self
    }
}

impl Cited {
    fn of(library: &'static Library, citation: &Citation) -> Option<Self> {
        let source = library.source(citation.id())?;
        Some(Self {
            id: citation.id().to_owned(),
            title: source.title.to_string(),
            publisher: source.publisher.as_ref().map(ToString::to_string),
            date: source.date.as_ref().map(ToString::to_string),
            locator: citation.locator().to_owned(),
        })
    }

    fn add(&mut self, locator: &str) {
        if locator.is_empty() || self.locator.split("; ").any(|it| it == locator) {
            return;
        }
        if !self.locator.is_empty() {
            self.locator.push_str("; ");
        }
        self.locator.push_str(locator);
    }
}

/// A disagreement, worded to follow what it is about.
pub(super) fn sentence(it: &Disagreement) -> String {
    let text = words::disagreement(it.what.as_str(), &it.applied, &it.other, &it.source.0);
    spoken::marked(&text, it.verification)
}

/// Puts a disagreement beside the first item it is about. It is listed by itself as well, so that none is lost that
/// has no such item.
fn attach(it: &Disagreement, reasons: &mut [Reason], dosing: Option<&Dosing>) {
    let beside = match it.about {
        Topic::Dose | Topic::HighestDose if dosing.is_none() => About::DoseTable,
        Topic::Dose | Topic::HighestDose => About::Dose,
        Topic::Frequency => About::Frequency,
        Topic::Spacing => About::Spacing,
        Topic::Course => About::Course,
        Topic::Preparation | Topic::Storage => About::Bag,
        Topic::InfusionTime => About::MinimumTime,
        Topic::Intake => About::Intake(0),
        Topic::CorrectedCalcium => About::CorrectedCalcium,
        Topic::CalciumSupplement | Topic::VitaminD | Topic::Supplements => {
            let supplements = dosing.map_or(&[][..], |dosing| &dosing.supplements);
            About::Supplement(supplements.iter().position(|supplement| supplement.about == it.about).unwrap_or(0))
        }
        Topic::Stopping
        | Topic::Administration
        | Topic::Hydration
        | Topic::Checks
        | Topic::Symptoms
        | Topic::MouthAndBones
        | Topic::Contraception
        | Topic::OtherProduct
        | Topic::Licence
        | Topic::Age
        | Topic::Other => return,
    };
    if let Some(reason) = reasons.iter_mut().find(|reason| reason.about == beside) {
        reason.others.push(sentence(it));
    }
}
