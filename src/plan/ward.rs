//! What of a plan's request came from the settings of the ward.

use crate::{
    json::{Text, vocabulary},
    request::Request,
};

vocabulary! {
    /// An input that the settings of a ward can fill in, by its place in the request.
    pub enum FromWard {
        /// The weekdays on which the clinic is open.
        OpenWeekdays = "clinic.open_weekdays",
        /// The days on which the clinic is closed.
        ClosedDates = "clinic.closed_dates",
        /// The product.
        Product = "treatment.product",
    }
}

impl FromWard {
    /// Whether a request has this input.
    fn is_in(self, request: &Request) -> bool {
        let clinic = request.clinic.as_ref();
        match self {
            Self::OpenWeekdays => clinic.is_some_and(|it| it.open_weekdays.is_some()),
            Self::ClosedDates => clinic.is_some_and(|it| !it.closed_dates.is_empty()),
            Self::Product => request.treatment.product.is_some(),
        }
    }
}

/// The inputs of a request that came from the settings of a ward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WardInputs {
    /// The name of the ward, where its settings have one.
    pub name: Option<Text>,
    /// The inputs, at least one, each once, in the order of the vocabulary.
    pub inputs: Vec<FromWard>,
}

impl WardInputs {
    /// Those of these inputs that the request has; none where it has none of them.
    pub(super) fn of(request: &Request, name: Option<Text>, stated: &[FromWard]) -> Option<Self> {
        let is_meant = |it: &FromWard| stated.contains(it) && it.is_in(request);
        let inputs: Vec<FromWard> = FromWard::ALL.iter().copied().filter(is_meant).collect();
        (!inputs.is_empty()).then_some(Self { name, inputs })
    }
}
