//! Distributions as the frozen legacy generator `RandomState` draws them. Where its way differs only in the uniform,
//! normal and exponential numbers underneath, the functions of [`crate::dist`] are called with [`Old`].

mod discrete;
mod normal;

pub use discrete::*;
pub use normal::*;

use crate::dist::Draws;
use crate::source::Source;
use crate::stream::Stream;

/// A stream that makes its numbers in the legacy way.
#[derive(Debug)]
pub struct Old<'a, S>(pub &'a mut Stream<S>);

impl<S: Source> Draws for Old<'_, S> {
    fn unit(&mut self) -> f64 {
        self.0.bits.next_f64()
    }
    fn normal(&mut self) -> f64 {
        gauss(self.0)
    }
    fn exponential(&mut self) -> f64 {
        standard_exponential(self.0)
    }
}
