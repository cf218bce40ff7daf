//! What a form has from the settings of its ward: open days, closed days, the product in stock.

use chrono::NaiveDate;

use super::{Draft, Field, Form, words};
use crate::{
    json::Text,
    plan::{FromWard, Plan, WardInputs},
    present,
    request::{Clinic, Request},
    ward::Settings,
    words::spoken,
};

/// The settings of the ward, and what an opened plan had from the settings of its time.
#[derive(Debug, Default)]
pub(super) struct Ward {
    /// The settings of today.
    pub(super) settings: Settings,
    /// The fields that an opened plan had from its ward, each with its text; while that is the same, they still are.
    opened: Vec<(Field, String)>,
    /// The name of that ward.
    opened_name: Option<Text>,
}

/// The field of an input.
fn field_of(input: FromWard) -> Field {
    match input {
        FromWard::OpenWeekdays => Field::Weekdays,
        FromWard::ClosedDates => Field::ClosedDates,
        FromWard::Product => Field::Product,
    }
}

impl Form {
    /// The form with the settings of its ward, which fill in what is not entered.
    #[must_use]
    pub fn with_ward(mut self, settings: Settings) -> Self {
        self.ward.settings = settings;
        self.changed();
        self
    }

    /// A form with other entries, in the same ward.
    #[must_use]
    pub fn with_draft(&self, draft: Draft) -> Self {
        Self::new(self.library, draft, self.today).with_ward(self.ward.settings.clone())
    }

    /// Other settings of the ward.
    pub fn set_ward(&mut self, settings: Settings) {
        self.ward.settings = settings;
        self.changed();
    }

    /// Notes what the plan that was opened had from its ward.
    #[must_use]
    pub fn with_ward_inputs(mut self, inputs: Option<&WardInputs>) -> Self {
        let fields = inputs.into_iter().flat_map(|it| &it.inputs).map(|input| field_of(*input));
        self.ward.opened = fields.map(|field| (field, self.text(field).to_owned())).collect();
        self.ward.opened_name = inputs.and_then(|it| it.name.clone());
        self.changed();
        self
    }

    /// Whether a field holds what the ward says: nothing is entered in it, or what an opened plan had from its ward.
    pub fn is_from_ward(&self, field: Field) -> bool {
        let from_plan = || {
            self.plan().and_then(Plan::ward).is_some_and(|it| it.inputs.iter().any(|input| field_of(*input) == field))
        };
        self.kept_from_ward(field) || from_plan() || (self.text(field).is_empty() && self.ward_has(field))
    }

    /// What the ward says for a field, in words; none where it says nothing.
    pub fn ward_says(&self, field: Field) -> Option<String> {
        let settings = &self.ward.settings;
        match field {
            Field::Weekdays => settings
                .open_weekdays
                .as_ref()
                .map(|days| days.iter().map(|day| words::weekday_in_short(*day)).collect::<Vec<_>>().join(", ")),
            Field::ClosedDates => (!settings.closed.is_empty()).then(|| {
                let closure = |it: &crate::ward::Closure| {
                    let name = it.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
                    let last = it.last.filter(|last| *last != it.first);
                    let to = last.map_or_else(String::new, |last| format!(" to {}", spoken::day(last)));
                    format!("{}{to}{name}", spoken::day(it.first))
                };
                settings.closed.iter().map(closure).collect::<Vec<_>>().join("; ")
            }),
            Field::Product => {
                let product = settings.product_for(self.listed()?)?;
                let options = self.options(field);
                options.iter().find(|it| *it.word == *product.as_str()).map(|it| it.label.to_string())
            }
            _ => None,
        }
    }

    fn ward_has(&self, field: Field) -> bool {
        self.ward_says(field).is_some()
    }

    /// Whether a field still holds what an opened plan had from its ward.
    pub(super) fn kept_from_ward(&self, field: Field) -> bool {
        self.ward.opened.iter().any(|(it, text)| *it == field && self.text(field) == text)
    }

    /// The name of the ward and what came from it: what the settings of today filled in, and the inputs of an opened
    /// plan that still are what its ward said. Where that was another ward, nothing of it is said to be this one's.
    pub(super) fn inputs(&self, filled_in: Vec<FromWard>) -> (Option<Text>, Vec<FromWard>) {
        let kept = FromWard::ALL.iter().copied().filter(|input| self.kept_from_ward(field_of(*input)));
        let (today, opened) = (&self.ward.settings.name, &self.ward.opened_name);
        match filled_in.is_empty() {
            true => (opened.clone(), kept.collect()),
            false if today == opened => (today.clone(), filled_in.into_iter().chain(kept).collect()),
            false => (today.clone(), filled_in),
        }
    }

    /// Takes the closed days that are typed for this patient alone out of a request: those of the ward hold as well.
    pub(super) fn take_own_closed(&self, request: &mut Request) -> Vec<NaiveDate> {
        let is_wards = self.ward.settings.closed.is_empty() || self.kept_from_ward(Field::ClosedDates);
        let clinic = request.clinic.as_mut().filter(|_| !is_wards);
        clinic.map_or_else(Vec::new, |clinic| std::mem::take(&mut clinic.closed_dates))
    }

    /// Whether closed days of this patient are added to those of the ward.
    pub fn adds_closed_days(&self) -> bool {
        !self.text(Field::ClosedDates).trim().is_empty() && !self.kept_from_ward(Field::ClosedDates)
    }

    /// The product of the ward for the regimen at hand.
    pub(super) fn ward_product(&self) -> Option<String> {
        self.ward.settings.product_for(self.listed?).map(ToString::to_string)
    }

    /// The allergies as they are read aloud.
    pub fn allergies(&self) -> String {
        if let Some(plan) = self.plan() {
            return present::allergies(plan);
        }
        let entered = self.text(Field::Allergies).trim();
        if entered.is_empty() { words::ALLERGIES_NOT_RECORDED.to_owned() } else { entered.to_owned() }
    }
}

/// Puts closed days beside those that a request has, each once, in their order.
pub(super) fn add_closed(request: &mut Request, days: Vec<NaiveDate>) {
    if days.is_empty() {
        return;
    }
    let clinic = request.clinic.get_or_insert_with(|| Clinic { open_weekdays: None, closed_dates: Vec::new() });
    clinic.closed_dates.extend(days);
    clinic.closed_dates.sort_unstable();
    clinic.closed_dates.dedup();
}
