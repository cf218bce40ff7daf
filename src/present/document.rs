//! The plan as the JSON interface has it: its figures beside the sentences that people read.

use std::borrow::Cow;

use crate::{
    json::Written,
    plan::{
        Before, DoseChange, Dosed, Dosing, Entry, Event, Finding, Hold, Outcome, Plan, PlanStatus,
        document::{
            CalciumDocument, CheckEntry, ConfirmedDocument, DisagreementDocument, DoseChangeDocument, DoseEntry,
            DosingDocument, EntryDocument, EvidenceDocument, FindingDocument, FollowOnDocument, HoldDocument,
            IntakeDocument, OpenDocument, PlanDocument, PlanFormat, PreparationDocument, Provenance, RenalDocument,
            ReviewEntry, ScheduleDocument, SourceDocument, StatementDocument, StepDocument, StepsDocument, SupplyEntry,
            WardDocument, Words,
        },
    },
    regimen::{Citation, Disagreement, Statement, Status},
    words,
};

/// The program with its version, as provenance names it.
const PROGRAM: &str = concat!("osteodose ", env!("CARGO_PKG_VERSION"));

impl Plan {
    /// The plan as the JSON interface has it.
    pub fn document(&self) -> PlanDocument<'_> {
        let dosed = match &self.outcome {
            Outcome::Dosed(dosed) => Some(&**dosed),
            Outcome::Stopped => None,
        };
        PlanDocument {
            format: PlanFormat::V1,
            status: self.status(),
            request: Cow::Borrowed(&self.request),
            renal: self.renal.as_ref().map(|renal| RenalDocument {
                age_years: renal.age_years,
                weight_kg_used: renal.weight_kg_used,
                weight_basis: renal.weight_basis,
                creatinine_clearance_ml_per_min: renal.clearance,
                displayed: renal.shown.to_string(),
                band: renal.band.map(|band| band.to_string()),
                dose_changes: dosed.iter().flat_map(|it| &it.dose_changes).map(dose_change).collect(),
            }),
            calcium: CalciumDocument {
                corrected: self.calcium.corrected,
                class: self.calcium.class,
                normal: self.calcium.normal.map(|it| it.to_string()),
            },
            dosing: dosed.map(|it| dosing(&it.dosing)),
            schedule: dosed.map(|it| self.schedule(it)),
            findings: self.findings.iter().map(|finding| self.finding(finding)).collect(),
            unused_confirmations: self.unused_confirmations().map(Cow::Borrowed).collect(),
            prepared_by: self.request.prepared_by.as_ref().map(Cow::Borrowed),
            second_check: self.second_check.result,
            second_check_by: self.request.second_check.as_ref().map(|second| Cow::Borrowed(&second.by)),
            second_check_differences: self.second_check.differences.iter().copied().map(Cow::Borrowed).collect(),
            sources: self.sources(),
            provenance: Provenance {
                program: PROGRAM.into(),
                regimens_sha256: self.library.digest().into(),
                limits_origin: Some(self.library.limits_origin()),
                sources_origin: Some(self.library.sources_origin()),
                regimen_owner: self.listed.drug.owner.as_str().into(),
                regimen_reviewed: self.listed.drug.reviewed,
                regimen_status: Some(self.listed.drug.status).filter(|status| *status != Status::Endorsed),
                ward: self.ward.as_ref().map(|it| WardDocument {
                    name: it.name.as_ref().map(Cow::Borrowed),
                    inputs: Cow::Borrowed(&it.inputs),
                }),
                checksum: None,
            },
        }
    }

    fn finding<'s>(&'s self, finding: &'s Finding) -> FindingDocument<'s> {
        let mut sources: Vec<&str> = Vec::with_capacity(finding.sources.len());
        for citation in &finding.sources {
            if !sources.contains(&citation.id()) {
                sources.push(citation.id());
            }
        }
        FindingDocument {
            code: finding.code(),
            severity: finding.severity,
            message: words::finding(&finding.evidence),
            evidence: Some(EvidenceDocument::Found(&finding.evidence)),
            sources: sources.into_iter().map(Cow::Borrowed).collect(),
            verification: finding.verification,
            confirmed: self
                .confirmation(finding)
                .map(|it| ConfirmedDocument { by: Cow::Borrowed(&it.by), reason: Cow::Borrowed(&it.reason) }),
        }
    }

    fn schedule<'s>(&'s self, dosed: &'s Dosed) -> ScheduleDocument<'s> {
        ScheduleDocument {
            start_date: dosed.schedule.start_date,
            end_date: dosed.schedule.end_date,
            provisional: self.status() == PlanStatus::NeedsConfirmation,
            entries: dosed.schedule.entries.iter().map(entry).collect(),
        }
    }

    /// Every source that a finding or the dosing names, with the places in it in the order in which they are named.
    pub fn sources(&self) -> Vec<SourceDocument<'_>> {
        let mut places: Vec<(&str, Vec<&str>)> = Vec::new();
        for citation in self.citations() {
            let (id, place) = (citation.id(), citation.locator());
            let at = places.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
                places.push((id, Vec::new()));
                places.len() - 1
            });
            let named = &mut places[at].1;
            if !place.is_empty() && !named.contains(&place) {
                named.push(place);
            }
        }
        places.sort_unstable_by_key(|(id, _)| *id);
        let sources = places.into_iter().filter_map(|(id, places)| {
            let title = self.library.source(id)?.title.as_str();
            Some(SourceDocument { id: id.into(), title: title.into(), locator: places.join("; ") })
        });
        sources.collect()
    }

    /// The plan as one JSON document, the same bytes for the same request and library.
    ///
    /// # Panics
    /// Never: a plan is made of text and numbers, which JSON can hold.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.document()).expect("a plan is made of text and numbers")
    }

    /// The plan as one JSON document, a key on each line.
    ///
    /// # Panics
    /// Never: a plan is made of text and numbers, which JSON can hold.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(&self.document()).expect("a plan is made of text and numbers")
    }

    fn citations(&self) -> Vec<&Citation> {
        let mut cited: Vec<&Citation> = self.findings.iter().flat_map(|it| it.sources.iter().copied()).collect();
        let Outcome::Dosed(dosed) = &self.outcome else { return cited };
        let dosing = &dosed.dosing;
        let listed = dosing.listed;
        let statements =
            dosing.directions.iter().copied().chain(listed.course_notes()).chain(listed.not_these_products());
        let statements = statements.chain(dosing.supplements.iter().copied()).flat_map(|it| &it.sources);
        let steps = listed.regimen.step_down.iter().flat_map(|it| &it.sources);
        let follow_on = dosing.follow_on.iter().flat_map(|it| it.sources);
        let disagreements = listed.disagreements().map(|it| &it.source);
        cited.extend(dosing.sources.iter().copied());
        cited.extend(statements.chain(steps).chain(follow_on).chain(disagreements).map(|it| &it.0));
        cited
    }
}

fn hold(hold: Hold) -> HoldDocument {
    let figures = match hold {
        Hold::At(figures) => Some(figures),
        Hold::AfterNextCreatinine => None,
    };
    HoldDocument {
        baseline: figures.map(|it| it.baseline),
        hold_at_least: figures.map(|it| it.hold_at_least),
        resume_at_most: figures.map(|it| it.resume_at_most),
    }
}

fn dose_change(change: &DoseChange) -> DoseChangeDocument {
    DoseChangeDocument {
        when_creatinine_above: change.when_creatinine_above,
        dose_mg: change.dose,
        frequency: change.every.map(words::every),
    }
}

fn dosing(dosing: &Dosing) -> DosingDocument<'_> {
    let listed = dosing.listed;
    let (drug, regimen) = (listed.drug, listed.regimen);
    let preparation = &dosing.preparation;
    let steps = regimen.step_down.as_ref().map(|rule| StepsDocument {
        text: rule.text.as_str().into(),
        verification: rule.verification,
        sources: cited(&rule.sources),
        doses: dosing
            .steps
            .iter()
            .map(|step| StepDocument { date: step.date, dose_mg: step.mass, only: step.only.map(Cow::Borrowed) })
            .collect(),
    });
    DosingDocument {
        regimen: regimen.path(&drug.drug).into(),
        regimen_origin: dosing.listed.origin,
        title: regimen.title.as_str().into(),
        drug: drug.name.as_str().into(),
        brands: Cow::Borrowed(&drug.brands),
        route: regimen.route,
        dose_mg: dosing.mass,
        full_dose_mg: dosing.full,
        frequency: words::frequency(&dosing.frequency).into(),
        preparation: PreparationDocument {
            product: dosing.product.name.as_str().into(),
            open: preparation
                .open
                .iter()
                .map(|it| OpenDocument { product: it.container.into(), count: it.count })
                .collect(),
            draw_up_ml: preparation.draw_up,
            drawn_mg: preparation.drawn,
            remove_and_replace_ml: preparation.remove_and_replace,
            bag_ml: preparation.bag,
            diluents: Cow::Borrowed(preparation.diluents),
            minimum_minutes: preparation.minimum_minutes,
            maximum_rate_ml_per_h: preparation.maximum_rate,
        },
        hold: dosing.hold.map(hold),
        intakes: dosing
            .intakes
            .iter()
            .map(|it| IntakeDocument { when: it.when.into(), dose_mg: it.mass, units: it.units })
            .collect(),
        steps,
        directions: dosing.directions.iter().copied().map(statement).collect(),
        supplements: dosing.supplements.iter().copied().map(statement).collect(),
        disagreements: listed.disagreements().map(disagreement).collect(),
        course_notes: listed.course_notes().map(statement).collect(),
        not_these_products: listed.not_these_products().map(statement).collect(),
        follow_on: dosing.follow_on.as_ref().map(|it| FollowOnDocument {
            text: it.text.into(),
            regimen: it.regimen.regimen.path(&it.regimen.drug.drug).into(),
            from: it.from,
            dose_mg: it.mass,
            sources: cited(it.sources),
        }),
        unverified: Cow::Borrowed(&dosing.unverified),
        sources: dosing.sources.iter().map(|it| it.as_str().into()).collect(),
    }
}

/// Sources with their places, as plans write them.
fn cited(sources: &[Written<Citation>]) -> Vec<Words<'_>> {
    sources.iter().map(|it| it.0.as_str().into()).collect()
}

fn statement(it: &Statement) -> StatementDocument<'_> {
    StatementDocument {
        id: Some(it.id.as_str().into()),
        about: Some(it.about),
        text: it.text.as_str().into(),
        sources: cited(&it.sources),
        verification: it.verification,
    }
}

fn disagreement(it: &Disagreement) -> DisagreementDocument<'_> {
    DisagreementDocument {
        id: Some(it.id.as_str().into()),
        about: Some(it.about),
        tumours: Cow::Borrowed(&it.tumours),
        what: it.what.as_str().into(),
        applied: it.applied.to_string().into(),
        other: it.other.to_string().into(),
        source: it.source.0.id().into(),
        locator: it.source.0.locator().into(),
        verification: it.verification,
    }
}

fn entry(entry: &Entry) -> EntryDocument<'_> {
    let Entry { date, planned_date, moved_because, event } = entry;
    let (date, planned_date, moved_because) = (*date, *planned_date, *moved_because);
    let planned_if_moved = moved_because.map(|_| planned_date);
    match event {
        Event::Dose { number, mass, only } => EntryDocument::Dose(DoseEntry {
            number: *number,
            date,
            planned_date,
            moved_because,
            dose_mg: *mass,
            only: only.map(Cow::Borrowed),
        }),
        Event::Supply { number, units, days, text } => EntryDocument::Supply(SupplyEntry {
            number: *number,
            date,
            planned_date,
            moved_because,
            units: *units,
            days: *days,
            text: text.map(Cow::Borrowed),
        }),
        Event::Check { what, before, must_keep_band, verification, rule } => EntryDocument::Check(CheckEntry {
            date,
            planned_date: planned_if_moved,
            moved_because,
            what: *what,
            before_dose: before.and_then(Before::dose),
            before_supply: before.and_then(Before::supply),
            must_keep_band: must_keep_band.map(|band| band.to_string()),
            text: rule.text.as_ref().map(|text| text.as_str().into()),
            verification: *verification,
        }),
        Event::Review { text } => EntryDocument::Review(ReviewEntry {
            date,
            planned_date: planned_if_moved,
            moved_because,
            text: Cow::Borrowed(text),
        }),
    }
}
