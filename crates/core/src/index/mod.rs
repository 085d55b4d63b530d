//! Indexing: `a[key]` and `a[key] = value`, and the functions that pick elements by number or by mask.
//!
//! [`key::Key`] is one entry of a key, [`plan::plan`] turns a whole key into a view's layout (basic indexing) or a
//! [`plan::Fancy`] plan, which [`get`] and [`set`] carry out.

mod blocks;
pub mod choose;
mod column;
pub mod fancy;
pub mod flat;
pub mod key;
pub mod mask;
pub mod nonzero;
pub mod plan;
pub mod put;
pub mod take;
pub(crate) mod truth;

pub use choose::{choose, select};
pub use fancy::{get, set};
pub use flat::{ravel_multi_index, unravel_index};
pub use key::Key;
pub use nonzero::{count_nonzero, nonzero};
pub use plan::{Fancy, Plan, plan, resolve_slice};
pub use put::{place, put, putmask};
pub use take::{Mode, compress, repeat, take, take_into};

#[cfg(test)]
mod tests;
