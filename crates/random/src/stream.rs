//! [`Stream`]: a source together with what the legacy generator remembers between calls.

use crate::dist::{Binomial, Version};
use crate::source::Source;

/// A source of bits, and the second number of a pair of normal ones that has not been given out yet. Only the legacy
/// distributions use the latter.
#[derive(Clone, Debug)]
pub struct Stream<S> {
    /// The source.
    pub bits: S,
    /// The number kept.
    pub gauss: Option<f64>,
    /// What was computed for the last binomial number's parameters.
    binomial: Option<Binomial>,
}

impl<S: Source> Stream<S> {
    /// A stream that has kept nothing yet.
    pub fn new(bits: S) -> Self {
        Stream { bits, gauss: None, binomial: None }
    }
    /// [`crate::dist::binomial`], with the preparations of the last call where the parameters are the same.
    pub fn binomial(&mut self, n: i64, p: f64, version: Version) -> i64 {
        let prepared = match &mut self.binomial {
            Some(known) if known.is_for(n, p, version) => known,
            other => other.insert(Binomial::new(n, p, version)),
        };
        prepared.draw(&mut self.bits)
    }
}
