//! Normal and exponential numbers of the legacy generator.

use crate::math::log;
use crate::source::Source;
use crate::stream::Stream;

/// Normal, with mean 0 and deviation 1: Marsaglia's polar method, which gives two numbers; the second is kept for the
/// next call.
pub fn gauss<S: Source>(stream: &mut Stream<S>) -> f64 {
    if let Some(kept) = stream.gauss.take() {
        return kept;
    }
    let (x, y, square) = loop {
        let x = 2.0 * stream.bits.next_f64() - 1.0;
        let y = 2.0 * stream.bits.next_f64() - 1.0;
        let square = x * x + y * y;
        if square < 1.0 && square != 0.0 {
            break (x, y, square);
        }
    };
    let factor = (-2.0 * log(square) / square).sqrt();
    stream.gauss = Some(factor * x);
    factor * y
}
/// Normal, with mean `loc` and deviation `scale`.
pub fn normal<S: Source>(stream: &mut Stream<S>, loc: f64, scale: f64) -> f64 {
    loc + scale * gauss(stream)
}
/// Exponential, with mean 1: by inversion.
pub fn standard_exponential<S: Source>(stream: &mut Stream<S>) -> f64 {
    -log(1.0 - stream.bits.next_f64())
}
/// Exponential, with mean `scale`.
pub fn exponential<S: Source>(stream: &mut Stream<S>, scale: f64) -> f64 {
    scale * standard_exponential(stream)
}
