//! JSON Schema of the request, the plan, the regimen files and the settings of a ward, made from the same types that read and
//! write them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};

use crate::{
    json::{AtLeastOne, Phrase, Text, Written},
    plan::document::{Checksum, EvidenceDocument, PlanDocument},
    quantity::{Decimal, Mass, Measured, Unit, Volume},
    regimen::{Citation, Claim, Drug},
    request::{EarlierDose, LastAntiresorptive, NONE, Request},
    ward::Settings,
    words::notation,
};

/// The schema of a request.
pub fn request() -> Schema {
    schema_for!(Request)
}

/// The schema of a plan.
pub fn plan() -> Schema {
    schema_for!(PlanDocument<'static>)
}

/// The schema of a drug's file.
pub fn regimen() -> Schema {
    schema_for!(Drug)
}

/// The schema of the settings of a ward.
pub fn ward() -> Schema {
    schema_for!(Settings)
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
    Decimal: "Decimal" { "type": "number", "description": "plain decimal notation, no exponent" },
    Mass: "Mass" { "type": "number", "description": "milligrams" },
    Volume: "Volume" { "type": "number", "description": "millilitres" },
    Text: "Text" { "type": "string", "minLength": 1, "maxLength": 2000 },
    EvidenceDocument<'_>: "Evidence" { "type": "object", "description": "quantities with their units, dates and codes" },
    Checksum<'_>: "Checksum" { "type": "string", "description": "of everything before it" },
    Claim: "Claim" { "type": "string", "minLength": 1, "maxLength": 2000, "description": "a dose alone, such as \"3200 mg\", or a sentence" },
    Citation: "Citation" { "type": "string", "description": "a source and the place in it" },
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
