//! Where the dose comes from, and how it is prepared: rows of the table, volumes, bag, time and rate.

use super::{About, Reason};
use crate::{
    plan::{Dosed, Dosing, Plan},
    present::{
        card::{condition_of, containers, diluents, given, in_use, is_printed, uses_diluent, why_this_dose},
        dose_table,
    },
    quantity::{Decimal, Ratio, Volume},
    regimen::{Library, Severity, VolumeRule},
    words::{quantity as in_words, spoken, summary, why as words},
};

/// Everything of the dose, in the order of the card.
pub(super) fn reasons(plan: &Plan, dosed: &Dosed) -> Vec<Reason> {
    let library = plan.library();
    let dosing = &dosed.dosing;
    let mut reasons = vec![dose(plan, dosing)];
    reasons.extend(creatinine_limit(library, dosing));
    reasons.extend((0..dosed.dose_changes.len()).map(|n| dose_change(plan, dosed, n)));
    reasons.extend([frequency(plan, dosing), spacing(plan, dosing), product(plan, dosing)]);
    reasons.extend(intakes(library, dosing));
    reasons.extend(steps(library, dosing));
    reasons.extend(open(library, dosing));
    reasons.extend(draw_up(library, dosing));
    reasons.extend(remove(library, dosing));
    reasons.extend(infusion(library, dosing));
    reasons
}

fn dose(plan: &Plan, dosing: &Dosing) -> Reason {
    let library = plan.library();
    let row = dosing.row;
    let reason = Reason::new(About::Dose, "Dose", given(dosing, dosing.mass));
    let hold = dosing.hold.map(|hold| words::hold(&summary::hold_with_baseline(hold)));
    if let (true, Some(course), Some(rules)) =
        (in_use(plan, dosing), &plan.request().course, &dosing.listed.regimen.baseline)
    {
        let baseline = course.baseline_creatinine.as_ref().map(|it| it.measured().to_string()).unwrap_or_default();
        let [normal, from_normal, from_abnormal] =
            [rules.normal_up_to, rules.rise_from_normal, rules.rise_from_abnormal].map(|it| in_words::pair(it.0));
        let printed = dosing.preparation.printed_in.unwrap_or(row);
        return reason
            .tabled(dose_table(plan))
            .says(words::dose_in_use(dosing.mass, course.first_dose, &baseline))
            .says(words::hold_rule(&normal, &from_normal, &from_abnormal, rules.resume_at_percent))
            .says_all(hold)
            .says_all((dosing.full == dosing.mass).then(|| words::full_dose(dosing.full)))
            .written(library, &rules.sources)
            .written(library, &printed.sources)
            .marked(rules.verification)
            .marked(printed.verification);
    }
    let of_row = row.dose.map(|it| words::row(it.0, &condition_of(row)));
    let range = row.highest.map(|it| words::row_range(row.lowest.map(|it| it.0), it.0));
    let asked = plan.request().treatment.daily_dose_mg.map(|mg| format!("{} mg", mg.trimmed()));
    let choice = dosing.listed.regimen.chosen_dose.as_ref();
    let of_table = row.dose.is_some_and(|it| it.0 == dosing.mass);
    let other = why_this_dose(plan, dosing).map(|text| spoken::capital(&format!("{text}.")));
    let full = other.unwrap_or_else(|| words::full_dose(dosing.full));
    // Where the clearance chooses the row, its working belongs to the dose.
    let renal = plan.renal().filter(|_| row.clearance.is_some());
    reason
        .says_all(renal.map(words::clearance_is))
        .worked_out(renal.into_iter().flat_map(words::clearance_in_columns))
        .tabled(dose_table(plan))
        .says_all(of_row)
        .says_all(hold)
        .says_all(range)
        .says_all(choice.filter(|_| of_table).map(|_| words::asked_dose(asked.as_deref())))
        .says(full)
        .written(library, &row.sources)
        .written(library, choice.iter().flat_map(|it| &it.sources))
        .marked(row.verification)
}

fn creatinine_limit(library: &'static Library, dosing: &Dosing) -> Option<Reason> {
    let rule = dosing.listed.regimen.creatinine_limit.as_ref()?;
    let limit = in_words::limit(rule.limit.0);
    let stops = rule.severity == Severity::Stop;
    let reason = Reason::new(About::CreatinineLimit, "Creatinine limit", &limit);
    Some(reason.says(words::creatinine_limit(&limit, stops)).written(library, &rule.sources))
}

fn dose_change(plan: &Plan, dosed: &Dosed, n: usize) -> Reason {
    let (library, dosing) = (plan.library(), &dosed.dosing);
    let change = &dosed.dose_changes[n];
    let before = n.checked_sub(1).map(|n| &dosed.dose_changes[n]);
    let taken = dosing.every().map(crate::words::every);
    let now = before.map_or_else(
        || summary::there(Some(dosing.mass), taken.as_deref()),
        |it| summary::there(it.dose, it.every.map(crate::words::every).as_deref()),
    );
    let creatinine = change.when_creatinine_above;
    let regimen = dosing.listed.regimen;
    let value =
        summary::dose_change(&creatinine.to_string(), change.dose, change.every.map(crate::words::every).as_deref());
    let there = regimen
        .doses
        .iter()
        .filter(|row| row.calcium == dosing.row.calcium && row.dose.map(|it| it.0) == change.dose)
        .flat_map(|row| &row.sources);
    let limit = regimen.creatinine_limit.iter().filter(|_| change.dose.is_none()).flat_map(|it| &it.sources);
    let baseline = regimen.baseline.as_ref().filter(|_| plan.request().course.is_none());
    Reason::new(About::DoseChange(n), "When the dose would change", value)
        .says(words::dose_stays(creatinine, &now))
        .says_all(baseline.map(|_| words::TELLS_THE_FIRST_DOSE.to_owned()))
        .written(library, there)
        .written(library, limit)
}

fn frequency(plan: &Plan, dosing: &Dosing) -> Reason {
    let library = plan.library();
    let regimen = dosing.listed.regimen;
    let reason = Reason::new(About::Frequency, "Frequency", crate::words::frequency(&dosing.frequency));
    if let Some(interval) = &regimen.interval {
        let guideline = interval.guideline.as_ref().filter(|it| dosing.weeks() == Some(it.weeks));
        let loading = interval.loading.as_ref().filter(|_| plan.request().course.is_none());
        return reason
            .says(words::intervals(&interval.weeks, interval.default_weeks))
            .says(words::asked_interval(plan.request().treatment.interval_weeks))
            .says_all(guideline.map(|it| words::guideline(it.weeks)))
            .says(words::minimum_gap(interval.minimum_gap.0))
            .says_all(loading.map(|it| words::loading(&it.days, it.minimum_gap.0)))
            .written(library, &interval.sources)
            .written(library, guideline.iter().flat_map(|it| &it.sources))
            .written(library, loading.iter().flat_map(|it| &it.sources));
    }
    if let Some(daily) = &regimen.daily {
        return reason
            .says(words::daily(daily.default_days, daily.usual_days, daily.longest_days))
            .written(library, &daily.sources);
    }
    let row = dosing.row;
    let said = if row.every.is_some() { words::by_row(&condition_of(row)) } else { words::ONE_DOSE.to_owned() };
    reason.says(said).written(library, &row.sources).marked(row.verification)
}

fn spacing(plan: &Plan, dosing: &Dosing) -> Reason {
    let library = plan.library();
    let rule = &dosing.listed.regimen.spacing;
    let name = |word: &str| library.drug(word).map_or_else(|| word.to_owned(), |(drug, _)| drug.name.to_string());
    let after = rule.after.iter().map(|it| {
        let drugs: Vec<String> = it.drugs.iter().map(|drug| name(drug.as_str())).collect();
        words::spacing_after(&drugs, it.class, it.minimum.0, it.confirmed_from.map(|it| it.0))
    });
    Reason::new(About::Spacing, "After an earlier treatment", rule.minimum.0.to_string())
        .says(words::spacing(rule.minimum.0, rule.after_oral.0))
        .says_all(after)
        .written(library, &rule.sources)
        .marked(rule.verification)
}

fn product(plan: &Plan, dosing: &Dosing) -> Reason {
    let product = dosing.product;
    Reason::new(About::Product, "Product", dosing.product.name.as_str())
        .says(words::product(plan.request().treatment.product.is_some()))
        .says(words::contains(product.contains.0, product.volume.map(|it| it.0)))
        .written(plan.library(), &product.sources)
        .marked(product.verification)
}

fn open(library: &'static Library, dosing: &Dosing) -> Option<Reason> {
    let opened = containers(dosing);
    if opened.is_empty() {
        return None;
    }
    let product = dosing.product;
    let reason = Reason::new(About::Open, "Open", opened.join(", ")).says(words::CONTAINERS);
    Some(reason.written(library, &product.sources).marked(product.verification))
}

/// A number of micrograms in milligrams, with at most three decimals and a mark where that is not exact.
fn told(value: Ratio, unit: &str) -> String {
    let told = value.round_half_up(3).trimmed();
    let about = if told.ratio() == value { "" } else { "about " };
    format!("{about}{told} {unit}")
}

fn thousandth(value: Ratio) -> Ratio {
    value / Ratio::whole(1000)
}

fn draw_up(library: &'static Library, dosing: &Dosing) -> Option<Reason> {
    let volume = dosing.preparation.draw_up?;
    let rule = dosing.listed.regimen.volume;
    let (product, mass) = (dosing.product, dosing.mass);
    let reason = Reason::new(
        About::DrawUp,
        summary::volume_label(rule, false),
        summary::drawn_up(
            volume,
            rule,
            dosing.preparation.bag.is_some(),
            dosing.preparation.drawn.map(|drawn| (drawn, dosing.mass)),
        ),
    );
    let quotient = product.strength().map(|it| {
        let exact = mass.ratio_in_micrograms() * it.volume.ratio_in_microlitres() / it.mass.ratio_in_micrograms();
        (it.mass, it.volume, told(thousandth(exact), "mL"))
    });
    let said: Vec<String> = match (rule, &quotient) {
        (VolumeRule::Table, quotient) => {
            let compared =
                quotient.as_ref().map(|(content, whole, exact)| words::quotient(mass, *whole, *content, exact));
            [words::printed(volume, mass)].into_iter().chain(compared).collect()
        }
        (VolumeRule::Strength, Some((content, whole, exact))) => {
            vec![words::from_strength(mass, *whole, *content, exact, volume)]
        }
        (VolumeRule::WholeContainer, _) => vec![words::whole_container(product.contains.0, volume)],
        (VolumeRule::Strength | VolumeRule::ByMouth, _) => Vec::new(),
    };
    Some(of_volume(reason.says_all(said), library, dosing))
}

fn remove(library: &'static Library, dosing: &Dosing) -> Option<Reason> {
    let removed = dosing.preparation.remove_and_replace?;
    let rule = dosing.listed.regimen.volume;
    let reason = Reason::new(About::Remove, summary::volume_label(rule, true), summary::removed(removed))
        .says(words::printed(removed, dosing.mass));
    let stays = dosing.product.strength().map(|it| {
        let exact = it.micrograms_in(it.volume.less(removed));
        words::stays(it.mass, it.volume, removed, &told(thousandth(exact), "mg"))
    });
    Some(of_volume(reason.says_all(stays), library, dosing))
}

/// The sources of a volume: the row that prints it, or the product whose strength it comes from.
fn of_volume(reason: Reason, library: &'static Library, dosing: &Dosing) -> Reason {
    let product = dosing.product;
    match dosing.preparation.printed_in.filter(|_| is_printed(dosing)) {
        Some(row) => reason.written(library, &row.sources).marked(row.verification),
        None => reason.written(library, &product.sources).marked(product.verification),
    }
}

fn infusion(library: &'static Library, dosing: &Dosing) -> Vec<Reason> {
    let preparation = &dosing.preparation;
    let (Some(rule), Some(bag), Some(minutes), Some(rate)) =
        (dosing.infusion, preparation.bag, preparation.minimum_minutes, preparation.maximum_rate)
    else {
        return Vec::new();
    };
    let tumours: Vec<&str> = rule.tumours.iter().copied().map(spoken::tumour).collect();
    let said = words::infusion(rule.clearance.map(|it| it.0), &tumours);
    let names = uses_diluent(dosing).then(|| diluents(dosing));
    let shown = summary::bag(bag, dosing.product.form);
    let contents = names.as_ref().map_or_else(|| shown.clone(), |names| format!("{shown}; {names}"));
    let sourced = |reason: Reason| reason.written(library, &rule.sources).marked(rule.verification);
    vec![
        sourced(
            Reason::new(About::Bag, "Bag and diluent", contents)
                .says(&said)
                .says_all(names.map(|names| words::diluents(&names))),
        ),
        sourced(Reason::new(About::MinimumTime, "Time", summary::least_time(minutes)).says(&said)),
        sourced(Reason::new(About::PumpRate, "Pump rate", summary::rate(rate)).says(words::rate(
            bag,
            minutes,
            exact_rate(bag, minutes),
            rate,
        ))),
    ]
}

/// The rate before it is rounded down, with at most two decimals, cut off.
fn exact_rate(bag: Volume, minutes: u16) -> Decimal {
    let per_hour = thousandth(bag.ratio_in_microlitres()) * Ratio::whole(60) / Ratio::whole(i64::from(minutes.max(1)));
    per_hour.floor(2).trimmed()
}

fn intakes(library: &'static Library, dosing: &Dosing) -> Vec<Reason> {
    let Some(rule) = &dosing.listed.regimen.intakes else { return Vec::new() };
    let form = dosing.product.form;
    let intake = |(n, it): (usize, &crate::plan::Intake)| {
        Reason::new(About::Intake(n), "Take", summary::intake(it.mass, it.units, form, it.when))
            .says(words::together(rule.together_up_to.0))
            .says(words::one_unit(dosing.product.contains.0))
            .written(library, &rule.sources)
            .written(library, &dosing.product.sources)
    };
    (0..).zip(&dosing.intakes).map(intake).collect()
}

fn steps(library: &'static Library, dosing: &Dosing) -> Vec<Reason> {
    let Some(rule) = &dosing.listed.regimen.step_down else { return Vec::new() };
    let step = |(n, it): (usize, &crate::plan::Step)| {
        Reason::new(About::Step(n), "Step", summary::step(it.date, it.mass))
            .says(words::step(rule.by.0, rule.every.0, rule.to.0))
            .says(rule.text.as_str())
            .written(library, &rule.sources)
            .marked(rule.verification)
    };
    (0..).zip(&dosing.steps).map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_is_not_exact_says_so() {
        assert_eq!(told(Ratio::new(35, 8), "mL"), "4.375 mL");
        assert_eq!(told(Ratio::new(2, 3), "mL"), "about 0.667 mL");
        assert_eq!(exact_rate(Volume::microlitres(500_000), 270).to_string(), "111.11");
    }
}
