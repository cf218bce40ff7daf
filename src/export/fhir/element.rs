//! The small parts that FHIR resources are made of, and the rule that nothing empty is written.

use chrono::NaiveDate;
use serde::Serialize;

use crate::quantity::Decimal;

/// A value of an element, which is left out where there is nothing in it: FHIR knows no null, no empty list
/// and no empty object.
pub(super) trait Part {
    /// Whether there is nothing to write.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Part for String {}
impl Part for &'static str {}
impl Part for u16 {}
impl Part for u32 {}
impl Part for i64 {}
impl Part for Decimal {}
impl Part for NaiveDate {}

impl<T> Part for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Part for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Declares elements: structs whose fields are written under FHIR's names, and only where there is something.
macro_rules! elements {
    ($(
        $(#[$meta:meta])*
        struct $Name:ident { $( $(#[$field_meta:meta])* $field:ident: $Type:ty, )+ }
    )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(clippy::struct_field_names, reason = "the names are FHIR's")]
        pub(in crate::export::fhir) struct $Name {
            $(
                #[serde(skip_serializing_if = "crate::export::fhir::element::Part::is_absent")]
                $(#[$field_meta])*
                pub(in crate::export::fhir) $field: $Type,
            )+
        }

        impl crate::export::fhir::element::Part for $Name {}
    )+ };
}

pub(super) use elements;

elements! {
    /// A code of a code system.
    struct Coding {
        system: &'static str,
        code: String,
        display: Option<String>,
    }

    /// A meaning: in codes where they are known to be right, and in words.
    #[derive(Default)]
    struct Concept {
        coding: Vec<Coding>,
        text: Option<String>,
    }

    /// A number with its unit.
    struct Quantity {
        value: Decimal,
        unit: &'static str,
        system: &'static str,
        code: &'static str,
    }

    /// An entry of the bundle, or a person or a document that is only named.
    #[derive(Default)]
    struct Reference {
        reference: Option<String>,
        identifier: Option<Identifier>,
        display: Option<String>,
    }

    /// A business identifier.
    struct Identifier {
        system: Option<&'static str>,
        value: String,
    }

    /// A remark. It may be shown as markdown, so that nothing a person typed belongs here.
    struct Annotation {
        text: String,
    }

    /// A time from one day to another, both included.
    struct Period {
        start: NaiveDate,
        end: Option<NaiveDate>,
    }

    /// What marks a resource.
    struct Meta {
        tag: Vec<Coding>,
    }
}

impl Concept {
    /// A meaning that is said in words alone.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { coding: Vec::new(), text: Some(text.into()) }
    }

    /// A meaning that one code says.
    pub(super) fn code(coding: Coding) -> Self {
        Self { coding: vec![coding], text: None }
    }
}

impl Reference {
    /// A person, a program or a document that is only named.
    pub(super) fn named(display: impl Into<String>) -> Self {
        Self { display: Some(display.into()), ..Self::default() }
    }
}

impl Annotation {
    /// A remark.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

/// The reason why an element that a profile asks for has no value.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Unknown {
    extension: [UnknownReason; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct UnknownReason {
    url: &'static str,
    value_code: &'static str,
}

impl Unknown {
    /// The value is not known.
    pub(super) fn new() -> Self {
        let url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
        Self { extension: [UnknownReason { url, value_code: "unknown" }] }
    }
}
