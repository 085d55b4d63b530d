//! [`Stream`]: a source together with what the legacy generator remembers between calls.

use crate::source::Source;

/// A source of bits, and the second number of a pair of normal ones that has not been given out yet. Only the legacy
/// distributions use the latter.
#[derive(Clone, Debug)]
pub struct Stream<S> {
    /// The source.
    pub bits: S,
    /// The number kept.
    pub gauss: Option<f64>,
}

impl<S: Source> Stream<S> {
    /// A stream that has kept nothing yet.
    pub fn new(bits: S) -> Self {
        Stream { bits, gauss: None }
    }
}
