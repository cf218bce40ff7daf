//! The bundle in which resources are handed on: a collection, which asks nobody to do anything.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::element::Meta;

/// A collection of resources of one kind of export.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Collection<R> {
    resource_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<Meta>,
    r#type: &'static str,
    timestamp: String,
    entry: Vec<Entry<R>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<R> {
    full_url: String,
    resource: R,
}

/// A moment as FHIR writes it, in whole seconds.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl<R: Serialize> Collection<R> {
    /// Resources, each with its address, as they were at a moment.
    pub(super) fn of(at: DateTime<Utc>, meta: Option<Meta>, resources: Vec<R>, url: impl Fn(&R) -> String) -> Self {
        let entry = |resource: R| Entry { full_url: url(&resource), resource };
        let entry = resources.into_iter().map(entry).collect();
        Self { resource_type: "Bundle", meta, r#type: "collection", timestamp: instant(at), entry }
    }

    /// Its text: JSON, a key on each line.
    ///
    /// # Panics
    /// Never: a bundle is made of text and numbers, which JSON can hold.
    pub(super) fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("a bundle is made of text and numbers") + "\n"
    }
}
