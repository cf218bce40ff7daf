//! What a plan says to people: drugs compared, where each number comes from, a summary to paste.

mod comparison;

pub use comparison::{Offer, Row, Verdict, compare};
