//! A form opened again, from a saved request.

use chrono::NaiveDate;

use super::{Draft, Field, Form, entered::Entered};
use crate::{
    dosing,
    regimen::{Code, Library, Listed},
    request::Request,
};

impl Form {
    /// The form of a request, every field as it was entered. A drug that the library does not have leaves
    /// its field empty.
    pub fn of_request(library: &'static Library, request: &Request, today: NaiveDate) -> Self {
        let mut entered = Entered::of_request(request.clone(), listed(library, request));
        let draft = Draft::of_entered(&mut entered);
        let mut form = Self::new(library, draft.clone().after(&draft), today);
        for confirmation in &request.confirmations {
            let Some(code) = Code::from_word(confirmation.finding.as_str()) else { continue };
            if form.to_confirm().iter().any(|finding| finding.code() == code) {
                form.draft.set(Field::ConfirmedBecause(code), confirmation.reason.as_str());
                form.draft.set(Field::ConfirmedBy(code), confirmation.by.as_str());
                // The same request has the same figures.
                form.bind_confirmation(code);
            }
        }
        if !request.confirmations.is_empty() {
            form.changed();
        }
        form
    }
}

impl Draft {
    /// The draft of what is entered, every part in its field.
    pub(super) fn of_entered(entered: &mut Entered) -> Self {
        let mut draft = Self::default();
        for field in Field::ALL {
            draft.set(*field, field.description().entry.text(entered));
        }
        draft
    }
}

/// The regimen that a request asks for, also where something else in the request is not usable.
fn listed(library: &'static Library, request: &Request) -> Option<Listed> {
    let treatment = &request.treatment;
    let fits = |it: &Listed| {
        it.drug.drug == treatment.drug
            && it.regimen.indication == request.indication
            && treatment.route.is_none_or(|route| it.regimen.route == route)
            && treatment.scheme.is_none_or(|scheme| it.regimen.scheme == Some(scheme))
    };
    dosing::regimen(request, library).ok().or_else(|| library.regimens().find(fits))
}
