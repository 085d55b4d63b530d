//! Distributions as the frozen legacy generator `RandomState` draws them. Where its way is `Generator`'s, [`crate::dist`]
//! is called.

mod normal;

pub use normal::*;
