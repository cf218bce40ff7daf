//! A plan as the page that goes into the patient's folder; a stopped one as a page for the doctor.
//!
//! First the page is laid out, as texts and rules in their places ([`pages`]); then it is drawn ([`pdf`]).

mod card;
mod columns;
mod content;
mod draw;
#[cfg(feature = "ward")]
pub(super) mod due_list;
mod edges;
mod findings;
mod flow;
mod font;
mod lines;
mod parts;
mod patient;
mod read_aloud;
mod sheet;
mod sources;
mod stopped;
mod visits;

pub use font::Unset;
pub use parts::{Part, Parts};
pub use sheet::{Bar, Length, Look, Page, Paper, Placed, Role, Style};

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{Options, Refused};
use crate::{json::Text, plan::Plan, words::page as words};
use font::Type;

/// The page as a PDF.
///
/// # Errors
/// A text that cannot be set right, or a font that cannot be used.
pub fn pdf(plan: &Plan, options: &Options) -> Result<Vec<u8>, Refused> {
    guarded(options.font.as_ref(), || {
        let fonts = Type::new(options.font.as_ref())?;
        let pages = laid_out(plan, options, &fonts)?;
        let about = draw::About {
            title: format!("{}: {}", words::TITLE, edges::named(plan)),
            content: plan.to_json(),
            at: options.local(),
            paper: options.paper,
            fonts: &fonts,
            has_other_font: options.font.is_some(),
        };
        draw::document(&about, &pages)
    })
}

/// The pages as they are laid out.
///
/// # Errors
/// A text that cannot be set right, or a font that cannot be used.
pub fn pages(plan: &Plan, options: &Options) -> Result<Vec<Page>, Refused> {
    guarded(options.font.as_ref(), || laid_out(plan, options, &Type::new(options.font.as_ref())?))
}

/// A font that is broken in a way which those who read it did not expect is no font.
fn guarded<T>(font: Option<&Arc<Vec<u8>>>, make: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    if font.is_none() {
        return make();
    }
    catch_unwind(AssertUnwindSafe(make)).unwrap_or(Err(Refused::NotAFont))
}

fn laid_out(plan: &Plan, options: &Options, fonts: &Type<'_>) -> Result<Vec<Page>, Refused> {
    content::pages(plan, options, fonts).map_err(|why| match why {
        Refused::Character { place, character, why } => {
            Refused::Character { place: entered_in(plan, character).unwrap_or(place), character, why }
        }
        why => why,
    })
}

/// The field of the request into which a character was typed.
fn entered_in(plan: &Plan, character: char) -> Option<String> {
    let request = plan.request();
    let patient = &request.patient;
    let second = request.second_check.as_ref().map(|it| &it.by);
    let fields = [
        ("patient.name", patient.name.as_ref()),
        ("patient.id", patient.id.as_ref()),
        ("patient.allergies", patient.allergies.as_ref()),
        ("prepared_by", request.prepared_by.as_ref()),
        ("second_check.by", second),
    ];
    let holds = |text: &Text| text.as_str().contains(character);
    let field = fields.into_iter().find(|(_, text)| text.is_some_and(holds));
    let confirmed = || {
        let parts = request.confirmations.iter().enumerate().flat_map(|(at, it)| {
            [("finding", &it.finding), ("by", &it.by), ("reason", &it.reason)].map(|(key, text)| (at, key, text))
        });
        let mut found = parts.filter(|(.., text)| holds(text));
        found.next().map(|(at, key, _)| format!("confirmations[{at}].{key}"))
    };
    field.map(|(path, _)| path.to_owned()).or_else(confirmed)
}
