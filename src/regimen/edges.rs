//! The limits of clearance between the bands of a regimen.

use super::{document::Regimen, phrase::Kidney};
use crate::quantity::Edge;

/// The limits of clearance between the bands of a regimen, the highest first.
pub fn edges(regimen: &Regimen) -> Vec<Edge> {
    let low = |kidney: Kidney| match kidney {
        Kidney::Range(range) => range.low,
        Kidney::Dialysis | Kidney::NotKnown => None,
    };
    let mut edges: Vec<Edge> = regimen.doses.iter().filter_map(|row| low(row.clearance?.0)).collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.at));
    edges.dedup();
    edges
}
