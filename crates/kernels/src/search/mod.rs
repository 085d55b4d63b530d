//! Finding elements: [`sorted`] (binary search in a sorted lane), [`extremum`] (where the smallest or largest stands),
//! [`truth`] (which elements count as true).

mod bins;
mod dense;
pub mod extremum;
pub mod sorted;
pub mod truth;

pub use bins::Bins;
pub use dense::bounds;
pub use extremum::ExtremumLane;
pub use sorted::{SearchLane, Side};
pub use truth::TruthLane;
