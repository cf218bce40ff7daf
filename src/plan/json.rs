//! The plan as the JSON interface writes it, field by field.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{Dosed, Dosing, Outcome, Plan, PlanStatus};
use crate::{
    dosing::{CalciumClass, DoseChange, Entry, Event, Finding, Moved, SecondCheckResult, differences},
    json::{Text, Written, iso_date, iso_date_if_any},
    patient::WeightBasis,
    quantity::{Calcium, Creatinine, Decimal, Mass, Volume},
    regimen::{Citation, Code, Disagreement, Origin, Severity, Statement, Subject, Verification},
    request::{Confirmation, Request},
};

/// The form of a plan file.
pub(super) const FORMAT: &str = "osteodose-plan/1";

/// A plan as JSON.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Plan"))]
pub struct PlanDocument<'a> {
    /// The form of the file.
    format: &'static str,
    /// What may be done with the plan.
    status: PlanStatus,
    /// The request, as it was entered.
    request: &'a Request,
    /// The kidney; null where no clearance is computed.
    renal: Option<RenalDocument<'a>>,
    /// The calcium.
    calcium: CalciumDocument,
    /// The dose; null when stopped.
    dosing: Option<DosingDocument<'a>>,
    /// The dates; null when stopped.
    schedule: Option<ScheduleDocument<'a>>,
    /// Everything that was found.
    findings: Vec<FindingDocument<'a>>,
    /// Confirmations of findings that are not there.
    unused_confirmations: Vec<&'a Confirmation>,
    /// Who entered the request.
    prepared_by: Option<&'a Text>,
    /// The result of the second check.
    second_check: SecondCheckResult,
    /// Who checked.
    second_check_by: Option<&'a Text>,
    /// What the second person entered otherwise.
    second_check_differences: Vec<&'static str>,
    /// The sources of every number.
    sources: Vec<SourceDocument<'a>>,
    /// What made the plan.
    provenance: Provenance<'a>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Renal"))]
struct RenalDocument<'a> {
    age_years: u16,
    weight_kg_used: Decimal,
    weight_basis: WeightBasis,
    /// Six decimals, cut off.
    creatinine_clearance_ml_per_min: Decimal,
    displayed: &'a str,
    band: Option<&'a str>,
    dose_changes: Vec<DoseChangeDocument<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "DoseChange"))]
struct DoseChangeDocument<'a> {
    when_creatinine_above: Creatinine,
    dose_mg: Option<Mass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "CalciumResult"))]
struct CalciumDocument {
    corrected: Option<Calcium>,
    class: CalciumClass,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Dosing"))]
struct DosingDocument<'a> {
    regimen: String,
    regimen_origin: Origin,
    title: &'a str,
    drug: &'a str,
    brands: &'a [Text],
    route: &'a str,
    dose_mg: Mass,
    full_dose_mg: Mass,
    frequency: &'a str,
    preparation: PreparationDocument<'a>,
    intakes: Vec<IntakeDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<StepsDocument<'a>>,
    directions: &'a [Statement],
    supplements: &'a [&'a Statement],
    disagreements: Vec<DisagreementDocument<'a>>,
    course_notes: &'a [Statement],
    not_these_products: &'a [Statement],
    #[serde(skip_serializing_if = "Option::is_none")]
    follow_on: Option<FollowOnDocument<'a>>,
    /// What of the dose was not read in its source.
    unverified: &'a [&'static str],
    /// Where dose, infusion, interval and product stand.
    sources: Vec<&'a Citation>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Preparation"))]
struct PreparationDocument<'a> {
    product: &'a str,
    open: Vec<OpenDocument<'a>>,
    draw_up_ml: Option<Volume>,
    remove_and_replace_ml: Option<Volume>,
    bag_ml: Option<Volume>,
    diluents: &'a [Text],
    minimum_minutes: Option<u16>,
    maximum_rate_ml_per_h: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Open"))]
struct OpenDocument<'a> {
    product: &'a str,
    count: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Intake"))]
struct IntakeDocument<'a> {
    when: &'a str,
    dose_mg: Mass,
    units: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Step"))]
struct StepsDocument<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<Verification>,
    sources: &'a [Written<Citation>],
    doses: Vec<StepDocument>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "StepDose"))]
struct StepDocument {
    #[serde(serialize_with = "iso_date")]
    date: NaiveDate,
    dose_mg: Mass,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "DisagreementShown"))]
struct DisagreementDocument<'a> {
    what: &'a Text,
    applied: &'a Text,
    other: &'a Text,
    source: &'a str,
    locator: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<Verification>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "FollowOnShown"))]
struct FollowOnDocument<'a> {
    text: &'a str,
    regimen: String,
    #[serde(serialize_with = "iso_date")]
    from: NaiveDate,
    dose_mg: Mass,
    sources: &'a [Written<Citation>],
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Schedule"))]
struct ScheduleDocument<'a> {
    #[serde(serialize_with = "iso_date")]
    start_date: NaiveDate,
    #[serde(serialize_with = "iso_date")]
    end_date: NaiveDate,
    provisional: bool,
    entries: Vec<EntryDocument<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Entry"))]
enum EntryDocument<'a> {
    /// A dose.
    Dose {
        number: u16,
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(serialize_with = "iso_date")]
        planned_date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        dose_mg: Mass,
        #[serde(skip_serializing_if = "Option::is_none")]
        only: Option<&'a str>,
    },
    /// Tablets or capsules handed out.
    Supply {
        number: u16,
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(serialize_with = "iso_date")]
        planned_date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        units: u32,
        days: u16,
    },
    /// A check.
    Check {
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date_if_any")]
        planned_date: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        what: Subject,
        #[serde(skip_serializing_if = "Option::is_none")]
        before_dose: Option<u16>,
        #[serde(skip_serializing_if = "Option::is_none")]
        must_keep_band: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
    },
    /// A review.
    Review {
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date_if_any")]
        planned_date: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        text: &'a str,
    },
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Finding"))]
struct FindingDocument<'a> {
    code: Code,
    severity: Severity,
    message: String,
    sources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<Verification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<ConfirmedDocument<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Confirmed"))]
struct ConfirmedDocument<'a> {
    by: &'a Text,
    reason: &'a Text,
}

/// A source of a plan.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "SourceShown"))]
pub struct SourceDocument<'a> {
    /// Its id in the register.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The places in it.
    pub locator: String,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Provenance<'a> {
    program: &'static str,
    regimens_sha256: &'a str,
    regimen_owner: &'a Text,
    #[serde(serialize_with = "iso_date")]
    regimen_reviewed: NaiveDate,
    /// Of everything before it, in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
}

#[cfg(feature = "cli")]
impl PlanDocument<'_> {
    /// Adds the checksum of everything else, with which the document ends.
    pub(crate) fn seal(&mut self, checksum: String) {
        self.provenance.checksum = Some(checksum);
    }
}

impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Plan {
    /// The plan as the JSON interface writes it.
    pub fn document(&self) -> PlanDocument<'_> {
        let dosed = match &self.outcome {
            Outcome::Dosed(dosed) => Some(&**dosed),
            Outcome::Stopped => None,
        };
        PlanDocument {
            format: FORMAT,
            status: self.status(),
            request: &self.request,
            renal: self.renal.as_ref().map(|renal| RenalDocument {
                age_years: renal.age_years,
                weight_kg_used: renal.weight_kg_used,
                weight_basis: renal.weight_basis,
                creatinine_clearance_ml_per_min: renal.clearance,
                displayed: &renal.displayed,
                band: renal.band.as_deref(),
                dose_changes: dosed.iter().flat_map(|it| &it.dose_changes).map(dose_change).collect(),
            }),
            calcium: CalciumDocument { corrected: self.calcium.corrected, class: self.calcium.class },
            dosing: dosed.map(|it| dosing(&it.dosing)),
            schedule: dosed.map(|it| self.schedule(it)),
            findings: self.findings.iter().map(|finding| self.finding(finding)).collect(),
            unused_confirmations: self.unused_confirmations().collect(),
            prepared_by: self.request.prepared_by.as_ref(),
            second_check: self.second_check,
            second_check_by: self.request.second_check.as_ref().map(|second| &second.by),
            second_check_differences: differences(&self.request),
            sources: self.sources(),
            provenance: Provenance {
                program: concat!("osteodose ", env!("CARGO_PKG_VERSION")),
                regimens_sha256: self.library.digest(),
                regimen_owner: &self.listed.drug.owner,
                regimen_reviewed: self.listed.drug.reviewed,
                checksum: None,
            },
        }
    }

    fn finding<'s>(&'s self, finding: &'s Finding) -> FindingDocument<'s> {
        let mut sources: Vec<&str> = Vec::with_capacity(finding.sources.len());
        for citation in &finding.sources {
            if !sources.contains(&citation.id.as_str()) {
                sources.push(&citation.id);
            }
        }
        FindingDocument {
            code: finding.code(),
            severity: finding.severity,
            message: finding.to_string(),
            sources,
            verification: finding.verification,
            confirmed: self.confirmation(finding).map(|it| ConfirmedDocument { by: &it.by, reason: &it.reason }),
        }
    }

    fn schedule<'s>(&'s self, dosed: &'s Dosed) -> ScheduleDocument<'s> {
        ScheduleDocument {
            start_date: dosed.schedule.start_date,
            end_date: dosed.schedule.end_date,
            provisional: self.is_provisional(),
            entries: dosed.schedule.entries.iter().map(entry).collect(),
        }
    }

    /// Every source that a finding or the dosing names, with the places in it.
    pub fn sources(&self) -> Vec<SourceDocument<'_>> {
        let mut cited = self.citations();
        // The places in a source stay in the order in which they are named.
        cited.sort_by(|one, other| one.id.cmp(&other.id));
        let sources = cited.chunk_by(|one, other| one.id == other.id).filter_map(|of_source| {
            let id = of_source[0].id.as_str();
            let title = self.library.source(id)?.title.as_str();
            let mut locator = String::new();
            for (at, citation) in of_source.iter().enumerate() {
                let place = citation.locator.as_str();
                if place.is_empty() || of_source[..at].iter().any(|earlier| earlier.locator == citation.locator) {
                    continue;
                }
                if !locator.is_empty() {
                    locator.push_str("; ");
                }
                locator.push_str(place);
            }
            Some(SourceDocument { id, title, locator })
        });
        sources.collect()
    }

    fn citations(&self) -> Vec<&Citation> {
        let mut cited: Vec<&Citation> = self.findings.iter().flat_map(|it| it.sources.iter().copied()).collect();
        let Outcome::Dosed(dosed) = &self.outcome else { return cited };
        let dosing = &dosed.dosing;
        let (drug, regimen) = (dosing.listed.drug, dosing.listed.regimen);
        let statements = regimen.directions.iter().chain(&regimen.course_notes).chain(&drug.not_these_products);
        let statements = statements.chain(dosing.supplements.iter().copied()).flat_map(|it| &it.sources);
        let steps = regimen.step_down.iter().flat_map(|it| &it.sources);
        let follow_on = dosing.follow_on.iter().flat_map(|it| it.sources);
        let disagreements = regimen.disagreements.iter().map(|it| &it.source);
        cited.extend(dosing.sources.iter().copied());
        cited.extend(statements.chain(steps).chain(follow_on).chain(disagreements).map(|it| &it.0));
        cited
    }
}

fn dose_change(change: &DoseChange) -> DoseChangeDocument<'_> {
    DoseChangeDocument {
        when_creatinine_above: change.when_creatinine_above,
        dose_mg: change.dose,
        frequency: change.frequency.as_deref(),
    }
}

fn dosing(dosing: &Dosing) -> DosingDocument<'_> {
    let (drug, regimen) = (dosing.listed.drug, dosing.listed.regimen);
    let preparation = &dosing.preparation;
    let steps = regimen.step_down.as_ref().map(|rule| StepsDocument {
        text: rule.text.as_str(),
        verification: rule.verification,
        sources: &rule.sources,
        doses: dosing.steps.iter().map(|step| StepDocument { date: step.date, dose_mg: step.mass }).collect(),
    });
    DosingDocument {
        regimen: regimen.path(&drug.drug),
        regimen_origin: dosing.listed.origin,
        title: regimen.title.as_str(),
        drug: drug.name.as_str(),
        brands: &drug.brands,
        route: regimen.route.as_str(),
        dose_mg: dosing.mass,
        full_dose_mg: dosing.full,
        frequency: &dosing.frequency,
        preparation: PreparationDocument {
            product: preparation.product,
            open: preparation.open.iter().map(|it| OpenDocument { product: it.container, count: it.count }).collect(),
            draw_up_ml: preparation.draw_up,
            remove_and_replace_ml: preparation.remove_and_replace,
            bag_ml: preparation.bag,
            diluents: preparation.diluents,
            minimum_minutes: preparation.minimum_minutes,
            maximum_rate_ml_per_h: preparation.maximum_rate,
        },
        intakes: dosing
            .intakes
            .iter()
            .map(|it| IntakeDocument { when: it.when, dose_mg: it.mass, units: it.units })
            .collect(),
        steps,
        directions: &regimen.directions,
        supplements: &dosing.supplements,
        disagreements: regimen.disagreements.iter().map(disagreement).collect(),
        course_notes: &regimen.course_notes,
        not_these_products: &drug.not_these_products,
        follow_on: dosing.follow_on.as_ref().map(|it| FollowOnDocument {
            text: it.text,
            regimen: it.regimen.regimen.path(&it.regimen.drug.drug),
            from: it.from,
            dose_mg: it.mass,
            sources: it.sources,
        }),
        unverified: &dosing.unverified,
        sources: dosing.sources.clone(),
    }
}

fn disagreement(it: &Disagreement) -> DisagreementDocument<'_> {
    DisagreementDocument {
        what: &it.what,
        applied: &it.applied,
        other: &it.other,
        source: &it.source.0.id,
        locator: &it.source.0.locator,
        verification: it.verification,
    }
}

fn entry(entry: &Entry) -> EntryDocument<'_> {
    let Entry { date, planned_date, moved_because, event } = entry;
    let (date, moved_because) = (*date, *moved_because);
    let planned_if_moved = moved_because.map(|_| *planned_date);
    match event {
        Event::Dose { number, mass, only } => EntryDocument::Dose {
            number: *number,
            date,
            planned_date: *planned_date,
            moved_because,
            dose_mg: *mass,
            only: *only,
        },
        Event::Supply { number, units, days } => EntryDocument::Supply {
            number: *number,
            date,
            planned_date: *planned_date,
            moved_because,
            units: *units,
            days: *days,
        },
        Event::Check { what, before_dose, must_keep_band, verification, .. } => EntryDocument::Check {
            date,
            planned_date: planned_if_moved,
            moved_because,
            what: *what,
            before_dose: *before_dose,
            must_keep_band: must_keep_band.as_deref(),
            verification: *verification,
        },
        Event::Review { text } => EntryDocument::Review { date, planned_date: planned_if_moved, moved_because, text },
    }
}
