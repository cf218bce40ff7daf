//! JSON Schema of every document that the program reads or writes, made from the same types, limits and words that read and
//! write it.

mod condition;
mod pattern;
mod regimens;
mod request;

use std::borrow::Cow;

use schemars::{
    JsonSchema, Schema, SchemaGenerator,
    generate::SchemaSettings,
    json_schema,
    transform::{RecursiveTransform, Transform},
};
use serde_json::Value;

use crate::{
    forecast::ForecastDocument,
    json::{AtLeastOne, LONGEST_TEXT, Phrase, Text, Written},
    plan::document::{Checksum, EvidenceDocument, PlanDocument},
    quantity::{Decimal, Mass, Measured, Unit, Volume},
    recheck::document::RecheckDocument,
    regimen::{Citation, Claim, Drug, Library},
    request::{EarlierDose, LastAntiresorptive, NONE, Request},
    ward::Settings,
    words::notation,
};

/// The form of a request: its keys, and the kinds of their values. They are the same for every library.
pub fn request() -> Schema {
    let mut schema = document::<Request>("request");
    RecursiveTransform(or_null).transform(&mut schema);
    schema
}

/// Lets a list that may be left out be `null`, which says the same; of other values the generator knows it.
fn or_null(schema: &mut Schema) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |key: &str| required.as_array().is_some_and(|keys| keys.iter().any(|it| it == key));
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (key, property) in properties.into_iter().flatten() {
        if property["type"] == "array" && !is_required(key) {
            property["type"] = ["array", "null"].as_slice().into();
        }
    }
}

/// The schema of a request that is planned with a library: its form, and the limits, words and conditions of the reader.
pub fn request_for(library: &'static Library) -> Schema {
    let mut schema = request();
    schema.insert("allOf".to_owned(), request::conditions(library).into());
    schema
}

/// The schema of a plan.
pub fn plan() -> Schema {
    document::<PlanDocument<'static>>("plan")
}

/// The schema of a drug's file.
pub fn regimen() -> Schema {
    document::<Drug>("regimen")
}

/// The schema of the settings of a ward.
pub fn ward() -> Schema {
    document::<Settings>("ward")
}

/// The schema of what came of a saved plan.
pub fn recheck() -> Schema {
    document::<RecheckDocument<'static>>("recheck")
}

/// The schema of a forecast.
pub fn forecast() -> Schema {
    document::<ForecastDocument<'static>>("forecast")
}

/// The schema of the list of who is due.
#[cfg(feature = "ward")]
pub fn due() -> Schema {
    document::<crate::export::register::DueDocument<'static>>("due")
}

/// The schema of a line of a register: an entry, or a library that is kept.
#[cfg(feature = "ward")]
pub fn entry() -> Schema {
    document::<crate::export::register::Line>("entry")
}

/// The schema of a document, with the name by which other schemas may refer to it.
pub(crate) fn document<T: JsonSchema>(name: &str) -> Schema {
    let dated = RecursiveTransform(|schema: &mut Schema| {
        if schema.get("format").is_some_and(|format| format == "date") {
            schema.insert("pattern".to_owned(), pattern::date().into());
        }
    });
    let settings = SchemaSettings::draft2020_12().with_transform(dated);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), format!("urn:osteodose:schema:{name}").into());
    schema
}

macro_rules! inline_schema {
    ($($Type:ty: $name:literal $schema:tt,)+) => {
        $(
            impl JsonSchema for $Type {
                fn inline_schema() -> bool {
                    true
                }
                fn schema_name() -> Cow<'static, str> {
                    $name.into()
                }
                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!($schema)
                }
            }
        )+
    };
}

inline_schema! {
    Mass: "Mass" { "type": "number", "description": "milligrams" },
    Volume: "Volume" { "type": "number", "description": "millilitres" },
    EvidenceDocument<'_>: "Evidence" { "type": "object", "description": "quantities with their units, dates and codes" },
    Checksum<'_>: "Checksum" { "type": "string", "description": "of everything before it" },
    Claim: "Claim" { "type": "string", "minLength": 1, "maxLength": LONGEST_TEXT, "description": "a dose alone, such as \"3200 mg\", or a sentence" },
    Citation: "Citation" { "type": "string", "description": "a source and the place in it" },
}

impl JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let beyond: i64 = std::iter::repeat_n(10, Self::MOST_WHOLE_DIGITS).product();
        json_schema!({
            "type": "number",
            "exclusiveMinimum": -beyond,
            "exclusiveMaximum": beyond,
            "description": "plain decimal notation, no exponent"
        })
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "something readable, without hidden characters",
            "type": "string",
            "pattern": pattern::text(),
            "maxLength": LONGEST_TEXT
        })
    }
}

impl JsonSchema for EarlierDose {
    fn schema_name() -> Cow<'static, str> {
        "EarlierDose".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // The record comes first: it names the columns of a table.
        json_schema!({
            "description": "the last dose of a bisphosphonate or of denosumab, or \"none\"",
            "anyOf": [generator.subschema_for::<LastAntiresorptive>(), { "const": NONE }]
        })
    }
}

impl<T: Phrase> JsonSchema for Written<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Written".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": notation(T::NOTATION) })
    }
}

impl<T: JsonSchema> JsonSchema for AtLeastOne<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtLeastOne_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>(), "minItems": 1 })
    }
}

impl<U: Unit + JsonSchema> JsonSchema for Measured<U> {
    fn schema_name() -> Cow<'static, str> {
        format!("Measured_{}", U::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": { "value": generator.subschema_for::<Decimal>(), "unit": generator.subschema_for::<U>() },
            "required": ["value", "unit"],
            "additionalProperties": false
        })
    }
}
