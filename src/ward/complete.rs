//! Filling in what a request leaves out, from the settings of its ward.

use chrono::{Days as Step, NaiveDate};

use super::{FromWard, Settings};
use crate::{
    dosing,
    json::Text,
    plan::{Plan, Unusable},
    quantity::plus_months,
    regimen::Library,
    request::{Clinic, Request},
};

/// Why there is no plan for a request that was filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What is not usable.
    pub unusable: Unusable,
    /// What the settings filled in.
    pub inputs: Vec<FromWard>,
}

impl Settings {
    /// Fills in what a request leaves out, and returns what that was. What a request states stays as it is; an empty
    /// list of closed dates states nothing.
    pub fn complete(&self, request: &mut Request, library: &'static Library) -> Vec<FromWard> {
        let clinic = request.clinic.as_ref();
        let has_weekdays = clinic.is_some_and(|it| it.open_weekdays.is_some());
        let has_closed = clinic.is_some_and(|it| !it.closed_dates.is_empty());
        let open_weekdays = self.open_weekdays.clone().filter(|_| !has_weekdays);
        let closed_dates = if has_closed { Vec::new() } else { self.closed_for(request, library) };
        let product = self.missing_product(request, library);

        let mut inputs = Vec::new();
        if let Some(open_weekdays) = open_weekdays {
            clinic_of(request).open_weekdays = Some(open_weekdays);
            inputs.push(FromWard::OpenWeekdays);
        }
        if !closed_dates.is_empty() {
            clinic_of(request).closed_dates = closed_dates;
            inputs.push(FromWard::ClosedDates);
        }
        if let Some(product) = product {
            request.treatment.product = Some(product);
            inputs.push(FromWard::Product);
        }
        inputs
    }

    /// Makes the plan of a request that is filled in first. The plan names what was filled in.
    ///
    /// # Errors
    /// When the request is not usable even so, or because of what was filled in.
    pub fn plan(&self, mut request: Request, library: &'static Library) -> Result<Plan, Refused> {
        let inputs = self.complete(&mut request, library);
        match dosing::plan(request, library) {
            Ok(plan) => Ok(plan.with_ward(self.name.clone(), &inputs)),
            Err(unusable) => Err(Refused { unusable, inputs }),
        }
    }

    /// The closed days on which a date of the plan could depend. An entry is never moved further than the days within
    /// which an open day is searched for, and a first supply can be moved to before the start.
    fn closed_for(&self, request: &Request, library: &Library) -> Vec<NaiveDate> {
        let limits = library.limits();
        let search = limits.calendar.search.0;
        let start = request.treatment.start_date;
        let from = start.checked_sub_days(Step::new(search.count().unsigned_abs())).unwrap_or(start);
        let to = search.after(plus_months(start, limits.course.longest_months));
        self.closed_dates(from, to)
    }

    /// The product of a request that names none, where the ward has one that fits.
    fn missing_product(&self, request: &Request, library: &'static Library) -> Option<Text> {
        if request.treatment.product.is_some() {
            return None;
        }
        self.product_for(dosing::regimen(request, library).ok()?).cloned()
    }
}

/// The clinic of a request, where there is none yet one of which nothing is stated.
fn clinic_of(request: &mut Request) -> &mut Clinic {
    request.clinic.get_or_insert_with(|| Clinic { open_weekdays: None, closed_dates: Vec::new() })
}

/// Whether a request is not usable for something that the settings filled in.
pub fn is_from_ward(unusable: &Unusable, inputs: &[FromWard]) -> bool {
    let is_at =
        |path: &str| path.strip_prefix(unusable.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    inputs.iter().any(|input| is_at(input.as_str()))
}
