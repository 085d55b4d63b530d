//! Indexing: `a[key]` and `a[key] = value`, and the functions that pick elements by number or by mask.
//!
//! [`key::Key`] is one entry of a key, [`plan::plan`] turns a whole key into a view's layout (basic indexing) or a
//! [`plan::Fancy`] plan, which [`get`] and [`set`] carry out.

mod blocks;
pub mod fancy;
pub mod key;
pub mod mask;
pub mod pick;
pub mod plan;

pub use fancy::{get, set};
pub use key::Key;
pub use pick::{
    Mode, choose, compress, count_nonzero, nonzero, place, put, putmask, ravel_multi_index, repeat, select,
    take, take_into, unravel_index,
};
pub use plan::{Fancy, Plan, plan};

#[cfg(test)]
mod tests;
