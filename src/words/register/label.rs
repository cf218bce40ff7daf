//! Why the label of a container cannot be read, and what to do.

use crate::ward::label::{Field, Unread};

/// Why a label cannot be read.
pub fn label(why: &Unread) -> String {
    const TYPE: &str = "Type batch and expiry from the label.";
    match why {
        Unread::Empty => "Nothing was scanned. Scan again, or type batch and expiry from the label.".to_owned(),
        Unread::TooLong { most } => format!("The code has more than {most} characters, so it is no label. {TYPE}"),
        Unread::NotALabel => format!("This is not the GS1 code of a medicine, which has the batch in it. {TYPE}"),
        Unread::OtherCode { prefix } => {
            format!("The scanner read another kind of code (\"{prefix}\"). Scan the square code, or type the batch.")
        }
        Unread::UnknownField { found } => format!("The code has a part that is not known (\"{found}\"). {TYPE}"),
        Unread::NoValue { field } => format!("The code has nothing after {}. {TYPE}", named(field)),
        Unread::ValueTooLong { field, most, found } => {
            format!("In the code, {} has more than {most} characters (\"{found}\"). {TYPE}", named(field))
        }
        Unread::Character { field, found } => {
            format!("In the code, {} has a character that cannot be there (\"{found}\"). {TYPE}", named(field))
        }
        Unread::NotDigits { field, digits, found } => not_digits(field.as_str(), *digits, found),
        Unread::OtherNotDigits { field, digits, found } => not_digits(field, *digits, found),
        Unread::CheckDigit { found } => {
            format!("The number of the package was misread ({found}: its last digit does not fit). Scan again.")
        }
        Unread::NoSuchDay { found } => format!("The expiry in the code is no date (\"{found}\"). {TYPE}"),
        Unread::Twice { field } => format!("The code has {} twice, and they differ. {TYPE}", named(field)),
        Unread::MayBeTwo { field, found } => format!(
            "In the code, {} may be two values (\"{found}\"): the scanner may have dropped the sign between them. {TYPE}",
            named(field)
        ),
    }
}

fn not_digits(field: &str, digits: usize, found: &str) -> String {
    format!(
        "In the code, {} must have {digits} digits, and \"{found}\" was read. Scan again, or type batch and expiry from the \
         label.",
        named(field)
    )
}

/// A value by its name and its number.
fn named(field: &str) -> String {
    let name = match Field::from_word(field) {
        Some(Field::Gtin) => "the number of the package",
        Some(Field::Batch) => "the batch",
        Some(Field::Expiry) => "the expiry",
        Some(Field::Serial) => "the serial number",
        None => "a value",
    };
    format!("{name} ({field})")
}
