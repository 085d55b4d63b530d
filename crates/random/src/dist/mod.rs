//! Distributions as `Generator` draws them. All take a source of bits first and parameters that have been checked before
//! (see [`crate::table`]): parameters outside of a distribution's domain give meaningless numbers, never a panic.

mod normal;

pub use normal::*;
