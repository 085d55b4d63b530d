//! Distributions as `Generator` draws them. All take a source of bits first and parameters that have been checked before
//! (see [`crate::table`]): parameters outside of a distribution's domain give meaningless numbers, never a panic.
//!
//! Most are written over [`Draws`] and so serve the legacy generator too, which makes its uniform, normal and exponential
//! numbers in another way.

mod binomial;
mod continuous;
mod counts;
mod gamma;
mod hypergeometric;
mod multivariate;
mod normal;

pub use binomial::{Binomial, Version, binomial};
pub(crate) use continuous::Triangle;
pub use continuous::*;
pub(crate) use counts::log_gamma;
pub use counts::{geometric, logseries, negative_binomial, poisson, zipf};
pub(crate) use counts::{geometric_search, is_searched, trials};
pub use gamma::*;
pub use hypergeometric::hypergeometric;
pub(crate) use hypergeometric::{D1 as HRUA_D1, D2 as HRUA_D2};
pub(crate) use multivariate::normalized_gamma;
pub use multivariate::{dirichlet, multinomial, multivariate_hypergeometric, shuffled_colors};
pub use normal::*;

use crate::source::Source;
use crate::ziggurat;

/// The numbers that other distributions are made of. Every [`Source`] gives them by the ziggurat method.
pub trait Draws {
    /// Uniform in [0, 1).
    fn unit(&mut self) -> f64;
    /// Normal, with mean 0 and deviation 1.
    fn normal(&mut self) -> f64;
    /// Exponential, with mean 1.
    fn exponential(&mut self) -> f64;
}

impl<S: Source + ?Sized> Draws for S {
    #[inline]
    fn unit(&mut self) -> f64 {
        self.next_f64()
    }
    fn normal(&mut self) -> f64 {
        ziggurat::normal(self)
    }
    fn exponential(&mut self) -> f64 {
        ziggurat::exponential(self)
    }
}
