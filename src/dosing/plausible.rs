//! Whether what was entered can be, and whether it is asked again.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    kidney::{self, Kidney},
    stated::Stated,
};
use crate::{
    json::Written,
    patient::{CalciumKind, Condition, Indication, Tumour, age_on},
    plan::{Evidence, Figure, Finding, Findings, Unusable, Unusual, Why},
    quantity::{Albumin, Amount, AmountRange, AnyUnit, Creatinine, Decimal, Edge, Measured, Ratio, Sex, Span, Unit},
    regimen::{Citation, Library, Limits, PlainSpan, Severity},
    request::{CalciumEntry, Request},
};

/// A figure that can be, but is asked again.
#[derive(Clone, Debug)]
pub struct UnusualFigure {
    /// The path of the field.
    pub path: &'static str,
    /// The finding that a plan will have.
    pub finding: Finding,
}

/// Refuses a request with a figure that cannot be, and adds those that are unusual.
pub(super) fn assess(request: &Request, library: &'static Library, findings: &mut Findings) -> Result<(), Unusable> {
    let judged = judge(&Stated::from(request), library.limits());
    if let Some(first) = judged.impossible.into_iter().next() {
        return Err(first);
    }
    for asked in judged.unusual {
        findings.add_finding(asked.finding);
    }
    Ok(())
}

/// Everything stated that cannot be, in the order of the form: a plan is refused for the first.
pub fn impossible(stated: &Stated<'_>, limits: &'static Limits) -> Vec<Unusable> {
    judge(stated, limits).impossible
}

/// Everything stated that can be, but is asked again. A plan lists a code once, for the first of them.
pub fn unusual(stated: &Stated<'_>, limits: &'static Limits) -> Vec<UnusualFigure> {
    judge(stated, limits).unusual
}

/// What was found of the figures, and the limits they were held against.
struct Judgement {
    limits: &'static Limits,
    impossible: Vec<Unusable>,
    unusual: Vec<UnusualFigure>,
}

/// Judges every figure that is there; a rule whose facts are missing is not applied.
fn judge(stated: &Stated<'_>, limits: &'static Limits) -> Judgement {
    let mut judgement = Judgement { limits, impossible: Vec::new(), unusual: Vec::new() };
    judgement.dates(stated);
    judgement.age(stated);
    let (first, second) = (Figures::of_request(stated), Figures::of_second_check(stated));
    judgement.body(&first);
    judgement.sex_and_tumour(stated);
    judgement.kidney_values(&first);
    judgement.calcium_values(&first);
    judgement.body(&second);
    judgement.kidney_values(&second);
    judgement.calcium_values(&second);
    judgement.confirmations(stated);
    judgement.clinic(stated);
    judgement.derived(stated);
    judgement
}

/// A value with the path of its field, where it is known.
type At<T> = (&'static str, Option<T>);

/// A date with the path of its field, where it is known.
type Dated = At<NaiveDate>;

/// The figures that one person entered.
struct Figures<'a> {
    /// Whether they were entered by a second person.
    again: bool,
    weight_kg: At<Decimal>,
    height_cm: At<Decimal>,
    creatinine: At<Creatinine>,
    baseline: At<Creatinine>,
    calcium: At<&'a CalciumEntry>,
    albumin: At<Albumin>,
}

impl<'a> Figures<'a> {
    fn of_request(stated: &'a Stated<'_>) -> Self {
        Self {
            again: false,
            weight_kg: ("patient.weight_kg", stated.weight_kg),
            height_cm: ("patient.height_cm", stated.height_cm),
            creatinine: ("labs.creatinine.value", stated.creatinine),
            baseline: ("course.baseline_creatinine.value", stated.baseline_creatinine),
            calcium: ("labs.calcium.value", stated.calcium.as_ref()),
            albumin: ("labs.albumin.value", stated.albumin),
        }
    }

    fn of_second_check(stated: &'a Stated<'_>) -> Self {
        Self {
            again: true,
            weight_kg: ("second_check.weight_kg", stated.second_weight_kg),
            height_cm: ("second_check.height_cm", stated.second_height_cm),
            creatinine: ("second_check.creatinine.value", stated.second_creatinine),
            baseline: ("second_check.baseline_creatinine.value", stated.second_baseline),
            calcium: ("second_check.calcium.value", stated.second_calcium.as_ref()),
            albumin: ("second_check.albumin.value", stated.second_albumin),
        }
    }
}

impl Judgement {
    fn dates(&mut self, stated: &Stated<'_>) {
        let birth = ("patient.birth_date", stated.birth_date);
        let start = ("treatment.start_date", stated.start_date);
        let labs = ("labs.date", stated.labs_date);
        let calcium = ("labs.calcium_date", stated.calcium_date);
        let first = ("course.first_dose", stated.first_dose);
        let last = ("course.last_dose", stated.last_dose);
        let baseline = ("course.baseline_creatinine.date", stated.baseline_date);
        self.not_after(labs, start);
        self.not_after(birth, labs);
        if stated.labs_date.is_none() {
            // With the day of the values both are held against that day.
            self.not_after(birth, start);
        }
        self.not_after(calcium, start);
        self.not_after(birth, calcium);
        self.not_after(("history.last_antiresorptive.date", stated.last_antiresorptive), start);
        self.not_after(last, start);
        self.not_after(first, last);
        self.not_after(baseline, start);
        self.not_after(birth, baseline);
    }

    fn not_after(&mut self, (path, date): Dated, (other, other_date): Dated) {
        if let (Some(date), Some(other_date)) = (date, other_date)
            && date > other_date
        {
            self.refuse(path, Why::After { date, other, other_date });
        }
    }

    fn age(&mut self, stated: &Stated<'_>) {
        // Until a start date is entered, the age on the day of the blood test is used.
        let (Some(birth), Some(day)) = (stated.birth_date, stated.start_date.or(stated.labs_date)) else { return };
        let limits = &self.limits.age;
        let age = age_on(birth, day).unwrap_or(0);
        let years = Decimal::whole(i64::from(age));
        if !limits.possible.0.contains(years) {
            let entered = Amount { value: years, unit: AnyUnit::Years };
            let possible = range(&limits.possible.0, AnyUnit::Years);
            self.refuse("patient.birth_date", Why::Impossible { entered, possible, meant: None });
        } else if !limits.usual.0.contains(years) {
            self.ask("patient.birth_date", Unusual::Age { age_years: age }, &limits.sources);
        }
    }

    fn body(&mut self, figures: &Figures<'_>) {
        let limits = self.limits;
        let both = [
            (Figure::Weight, AnyUnit::Kilograms, figures.weight_kg, &limits.weight),
            (Figure::Height, AnyUnit::Centimetres, figures.height_cm, &limits.height),
        ];
        for (what, unit, (path, value), range) in both {
            if let Some(value) = value {
                let spans = (&range.possible.0, &range.usual.0);
                self.plain(Field { path, what, again: figures.again }, Amount { value, unit }, spans, &range.sources);
            }
        }
    }

    fn sex_and_tumour(&mut self, stated: &Stated<'_>) {
        let odd = [Condition::Pregnant, Condition::BreastFeeding].into_iter().find(|it| stated.has(*it));
        let unusual = match (stated.sex, odd) {
            (Some(Sex::Female), _) if stated.tumour == Some(Tumour::Prostate) => Some(Unusual::FemaleProstate {}),
            (Some(Sex::Male), Some(condition)) => Some(Unusual::Male { condition }),
            _ => None,
        };
        if let Some(unusual) = unusual {
            self.ask("patient.sex", unusual, &[]);
        }
        if let Some(tumour) = stated.tumour
            && tumour != Tumour::GiantCell
            && stated.indication == Some(Indication::GiantCellTumour)
        {
            let why = Why::WrongTumour { tumour, needed: Tumour::GiantCell };
            self.refuse("indication", why);
        }
    }

    fn kidney_values(&mut self, figures: &Figures<'_>) {
        let limits = &self.limits.creatinine;
        let spans = (limits.possible.0, limits.usual.0);
        let both = [(Figure::Creatinine, figures.creatinine), (Figure::BaselineCreatinine, figures.baseline)];
        for (what, (path, value)) in both {
            if let Some(value) = value {
                self.measured(Field { path, what, again: figures.again }, value, spans, &limits.sources);
            }
        }
    }

    fn calcium_values(&mut self, figures: &Figures<'_>) {
        let limits = self.limits;
        if let (path, Some(entry)) = figures.calcium {
            let ionised = entry.kind == Some(CalciumKind::Ionised);
            let what = if ionised { Figure::IonisedCalcium } else { Figure::Calcium };
            let range = limits.calcium_range(ionised);
            let spans = (range.possible.0, range.usual.0);
            self.measured(Field { path, what, again: figures.again }, entry.measured(), spans, &range.sources);
        }
        if let (path, Some(albumin)) = figures.albumin {
            let range = &limits.albumin;
            let spans = (range.possible.0, range.usual.0);
            self.measured(Field { path, what: Figure::Albumin, again: figures.again }, albumin, spans, &range.sources);
        }
    }

    /// Figures that follow from those that were entered, each of which is possible.
    fn derived(&mut self, stated: &Stated<'_>) {
        if !self.impossible.is_empty() {
            return;
        }
        if let (Some(weight), Some(height), Some(limits)) =
            (stated.weight_kg, stated.height_cm, &self.limits.body_mass_index)
        {
            let bmi = body_mass_index(weight, height);
            let (lowest, highest) = (Ratio::whole(limits.lowest.into()), Ratio::whole(limits.highest.into()));
            if bmi < lowest || bmi > highest {
                let unusual = Unusual::BodyMassIndex {
                    bmi_kg_per_m2: shown_beside(bmi, &[lowest, highest]),
                    lowest: limits.lowest,
                    highest: limits.highest,
                };
                self.ask("patient.height_cm", unusual, &limits.sources);
            }
        }
        let Some(limits) = &self.limits.clearance else { return };
        let highest = Edge { at: limits.highest_ml_per_min, belongs_above: false };
        let kidney = kidney::Facts::of_stated(stated).and_then(|facts| kidney::kidney(&facts).ok());
        if let Some(clearance) = kidney.and_then(Kidney::clearance)
            && clearance.is_above(highest)
        {
            let unusual = Unusual::Clearance {
                clearance: clearance.shown(&[highest]),
                highest_ml_per_min: limits.highest_ml_per_min,
            };
            self.ask("labs.creatinine.value", unusual, &limits.sources);
        }
    }

    fn confirmations(&mut self, stated: &Stated<'_>) {
        let mut confirmed = BTreeSet::new();
        for confirmation in stated.confirmations {
            let code = confirmation.finding.as_str();
            if !confirmed.insert(code) {
                self.refuse("confirmations", Why::ConfirmedTwice { code: crate::json::printable(code) });
            }
        }
    }

    fn clinic(&mut self, stated: &Stated<'_>) {
        if stated.open_weekdays.is_some_and(<[_]>::is_empty) {
            self.refuse("clinic.open_weekdays", Why::NoWeekday);
        }
    }

    fn plain(
        &mut self,
        field: Field,
        entered: Amount,
        (possible, usual): (&PlainSpan, &PlainSpan),
        sources: &'static [Written<Citation>],
    ) {
        let Amount { value, unit } = entered;
        if !possible.contains(value) {
            self.refuse(field.path, Why::Impossible { entered, possible: range(possible, unit), meant: None });
        } else if !field.again && !usual.contains(value) {
            let unusual = Unusual::Value { what: field.what, entered, usual: range(usual, unit), meant: None };
            self.ask(field.path, unusual, sources);
        }
    }

    fn measured<U: Unit>(
        &mut self,
        field: Field,
        value: Measured<U>,
        (possible, usual): (Span<U>, Span<U>),
        sources: &'static [Written<Citation>],
    ) {
        // Another unit is asked about only where the number would be a usual one in it.
        let meant = usual.meant_unit(value).map(Into::into);
        let entered = value.into();
        if !possible.contains(value) {
            let why = Why::Impossible { entered, possible: possible.in_unit(value.unit), meant };
            self.refuse(field.path, why);
        } else if !field.again && !usual.contains(value) {
            let (what, usual) = (field.what, usual.in_unit(value.unit));
            self.ask(field.path, Unusual::Value { what, entered, usual, meant }, sources);
        }
    }

    fn refuse(&mut self, path: &'static str, why: Why) {
        self.impossible.push(Unusable::new(path, why));
    }

    fn ask(&mut self, path: &'static str, unusual: Unusual, sources: &'static [Written<Citation>]) {
        let finding = Finding {
            severity: Severity::Confirm,
            evidence: Evidence::Unusual(unusual),
            sources: sources.iter().map(|written| &written.0).collect(),
            verification: None,
        };
        self.unusual.push(UnusualFigure { path, finding });
    }
}

/// A field that holds a figure.
#[derive(Clone, Copy, Debug)]
struct Field {
    path: &'static str,
    what: Figure,
    /// Whether a second person entered it, so that how usual it is was asked with the first.
    again: bool,
}

/// Weight ÷ height², in kg/m².
fn body_mass_index(weight_kg: Decimal, height_cm: Decimal) -> Ratio {
    let metres = height_cm.ratio() / Ratio::whole(100);
    weight_kg.ratio() / (metres * metres)
}

/// A figure with one decimal, or as many as it takes to lie on the same side of the limits.
fn shown_beside(value: Ratio, limits: &[Ratio]) -> Decimal {
    let faithful = |shown: &Decimal| limits.iter().all(|limit| shown.ratio().cmp(limit) == value.cmp(limit));
    (1..=6).map(|places| value.round_half_up(places)).find(faithful).unwrap_or_else(|| value.floor(6))
}

/// A range of the limits, in the unit of its figure.
fn range(span: &PlainSpan, unit: AnyUnit) -> AmountRange {
    AmountRange { low: span.low, high: span.high, unit }
}
