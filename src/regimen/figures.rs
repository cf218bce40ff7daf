//! What follows from the figures of a drug's file: the limits between bands, the strength of a solution.

use super::{
    document::{Product, Regimen},
    phrase::Kidney,
};
use crate::quantity::{Edge, Mass, Strength, Volume};

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

impl Product {
    /// The strength of a solution; none where nothing is in it, or it is in nothing.
    pub fn strength(&self) -> Option<Strength> {
        let (mass, volume) = (self.contains.0, self.volume?.0);
        let is_solution = mass > Mass::micrograms(0) && volume > Volume::microlitres(0);
        is_solution.then_some(Strength { mass, volume })
    }
}
