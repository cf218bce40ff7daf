//! A validator of JSON Schema (2020-12) for the keywords that our schemas use.
//!
//! A keyword that it does not know is an error, so that no rule is passed over in silence.

use std::collections::BTreeMap;

use osteodose::quantity::Decimal;
use regex_lite::Regex;
use serde_json::Value;

/// What says nothing about whether a document is valid.
const ANNOTATIONS: &[&str] = &["$schema", "$id", "$defs", "title", "description", "default", "format"];

/// A schema, ready to validate documents.
pub struct Validator {
    schema: Value,
    patterns: BTreeMap<String, Regex>,
}

impl Validator {
    /// A schema with its patterns compiled.
    pub fn new(schema: Value) -> Self {
        let mut patterns = BTreeMap::new();
        compile(&schema, &mut patterns);
        Self { schema, patterns }
    }

    /// Whether a document is valid.
    pub fn takes(&self, document: &Value) -> bool {
        self.faults(document).is_empty()
    }

    /// What is wrong with a document, each with its place.
    pub fn faults(&self, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.schema, document, "", &mut faults);
        faults
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.check(schema, value, "", &mut faults);
        faults.is_empty()
    }

    fn check(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        let rules = match schema {
            Value::Bool(true) => return,
            Value::Object(rules) => rules,
            _ => return faults.push(format!("{path}: nothing is allowed here")),
        };
        for (keyword, rule) in rules {
            let kept = match keyword.as_str() {
                "properties" => {
                    self.check_members(schema, value, path, faults);
                    true
                }
                "additionalProperties" => value.as_object().is_none_or(|members| {
                    let others = members.iter().filter(|(key, _)| schema["properties"].get(key).is_none());
                    others.map(|(_, member)| member).all(|member| self.fits(rule, member))
                }),
                "items" => {
                    for (index, item) in list(value).iter().enumerate() {
                        self.check(rule, item, &format!("{path}[{index}]"), faults);
                    }
                    true
                }
                "$ref" => {
                    self.check(self.definition(rule), value, path, faults);
                    true
                }
                "allOf" => {
                    for schema in list(rule) {
                        self.check(schema, value, path, faults);
                    }
                    true
                }
                "if" => {
                    let then = if self.fits(rule, value) { rules.get("then") } else { rules.get("else") };
                    if let Some(then) = then {
                        self.check(then, value, path, faults);
                    }
                    true
                }
                "then" | "else" => rules.contains_key("if"),
                "anyOf" => list(rule).iter().any(|it| self.fits(it, value)),
                "oneOf" => list(rule).iter().filter(|it| self.fits(it, value)).count() == 1,
                "not" => !self.fits(rule, value),
                "contains" => value.as_array().is_none_or(|items| items.iter().any(|it| self.fits(rule, it))),
                "pattern" => value.as_str().is_none_or(|text| self.patterns[rule.as_str().unwrap()].is_match(text)),
                annotation if ANNOTATIONS.contains(&annotation) => true,
                plain => is_kept(plain, rule, value),
            };
            if !kept {
                faults.push(format!("{path}: {keyword} {rule}: {value}"));
            }
        }
    }

    fn check_members(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        for (key, member) in value.as_object().into_iter().flatten() {
            if let Some(schema) = schema["properties"].get(key) {
                self.check(schema, member, &format!("{path}.{key}"), faults);
            }
        }
    }

    fn definition(&self, reference: &Value) -> &Value {
        let name = reference.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
        self.schema["$defs"].get(name).unwrap_or_else(|| panic!("no definition of {name}"))
    }
}

/// Whether a rule that looks at one value alone is kept.
fn is_kept(keyword: &str, rule: &Value, value: &Value) -> bool {
    let number = |holds: fn(f64, f64) -> bool| value.as_f64().is_none_or(|it| holds(it, rule.as_f64().unwrap()));
    let count = |found: Option<usize>, holds: fn(u64, u64) -> bool| {
        found.is_none_or(|it| holds(it as u64, rule.as_u64().unwrap()))
    };
    let letters = value.as_str().map(|text| text.chars().count());
    match keyword {
        "type" => one_or_more(rule).iter().any(|kind| is_of(kind.as_str().unwrap(), value)),
        "const" => same(rule, value),
        "enum" => list(rule).iter().any(|word| same(word, value)),
        "required" => value
            .as_object()
            .is_none_or(|members| list(rule).iter().all(|key| members.contains_key(key.as_str().unwrap()))),
        "minimum" => number(|it, least| it >= least),
        "maximum" => number(|it, most| it <= most),
        "exclusiveMinimum" => number(|it, least| it > least),
        "exclusiveMaximum" => number(|it, most| it < most),
        "multipleOf" => value.as_number().is_none_or(|it| {
            let whole = it.to_string().parse::<Decimal>().ok().and_then(Decimal::as_whole);
            whole.is_some_and(|it| it % rule.as_i64().unwrap() == 0)
        }),
        "minLength" => count(letters, |it, least| it >= least),
        "maxLength" => count(letters, |it, most| it <= most),
        "minItems" => count(value.as_array().map(Vec::len), |it, least| it >= least),
        _ => panic!("the keyword {keyword} is not known here"),
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|it| it.fract() == 0.0),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("no type is named {kind}"),
    }
}

/// Whether two values are equal; of numbers only the value counts.
fn same(one: &Value, other: &Value) -> bool {
    one == other || one.as_f64().zip(other.as_f64()).is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn one_or_more(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// Compiles every pattern of a schema.
fn compile(schema: &Value, patterns: &mut BTreeMap<String, Regex>) {
    match schema {
        Value::Object(members) => {
            for (key, member) in members {
                if let ("pattern", Some(pattern)) = (key.as_str(), member.as_str()) {
                    patterns.insert(pattern.to_owned(), Regex::new(pattern).unwrap());
                }
                compile(member, patterns);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| compile(it, patterns)),
        _ => {}
    }
}

#[test]
fn each_keyword_is_able_to_fail() {
    use serde_json::json;
    for (schema, right, wrong) in [
        (json!({"type": "integer"}), json!(4.0), json!(4.5)),
        (json!({"type": ["string", "null"]}), json!(null), json!(1)),
        (json!({"const": 3.5}), json!(3.50), json!("3.5")),
        (json!({"enum": ["a", null]}), json!(null), json!("b")),
        (json!({"properties": {"a": {"type": "null"}}}), json!({"b": 1}), json!({"a": 1})),
        (json!({"required": ["a"]}), json!({"a": null}), json!({})),
        (json!({"properties": {"a": true}, "additionalProperties": false}), json!({"a": 1}), json!({"b": 1})),
        (json!({"items": {"type": "null"}}), json!([null]), json!([null, 1])),
        (json!({"contains": {"const": 1}}), json!([0, 1]), json!([0])),
        (json!({"minItems": 1}), json!([0]), json!([])),
        (json!({"minimum": 1}), json!(1), json!(0.9)),
        (json!({"maximum": 1}), json!(1), json!(1.1)),
        (json!({"exclusiveMinimum": 1}), json!(1.1), json!(1)),
        (json!({"exclusiveMaximum": 1}), json!(0.9), json!(1)),
        (json!({"multipleOf": 400}), json!(1200), json!(1000)),
        (json!({"minLength": 1}), json!("é"), json!("")),
        (json!({"maxLength": 1}), json!("é"), json!("éé")),
        (json!({"pattern": "^a"}), json!("ab"), json!("ba")),
        (json!({"allOf": [{"minimum": 1}, {"maximum": 2}]}), json!(2), json!(3)),
        (json!({"anyOf": [{"const": 1}, {"const": 2}]}), json!(2), json!(3)),
        (json!({"oneOf": [{"minimum": 1}, {"maximum": 2}]}), json!(3), json!(2)),
        (json!({"not": {"const": 1}}), json!(2), json!(1)),
        (json!({"if": {"const": 1}, "then": false, "else": true}), json!(2), json!(1)),
        (json!({"$ref": "#/$defs/a", "$defs": {"a": {"const": 1}}}), json!(1), json!(2)),
    ] {
        let validator = Validator::new(schema.clone());
        assert!(validator.takes(&right), "{schema} refuses {right}");
        assert!(!validator.takes(&wrong), "{schema} takes {wrong}");
    }
}

#[test]
#[should_panic(expected = "the keyword uniqueItems is not known here")]
fn an_unknown_keyword_is_not_passed_over() {
    Validator::new(serde_json::json!({"uniqueItems": true})).takes(&serde_json::json!([]));
}
