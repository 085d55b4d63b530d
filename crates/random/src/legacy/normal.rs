//! Normal and exponential numbers of the legacy generator.

use crate::math::{exp, log, log1p, pow};
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
/// Pareto of the second kind.
pub fn pareto<S: Source>(stream: &mut Stream<S>, a: f64) -> f64 {
    exp(standard_exponential(stream) / a) - 1.0
}
/// Density `a x^(a-1)` in [0, 1].
pub fn power<S: Source>(stream: &mut Stream<S>, a: f64) -> f64 {
    pow(1.0 - exp(-standard_exponential(stream)), 1.0 / a)
}
/// Rayleigh.
pub fn rayleigh<S: Source>(stream: &mut Stream<S>, scale: f64) -> f64 {
    scale * (-2.0 * log1p(-stream.bits.next_f64())).sqrt()
}
/// Wald (inverse Gaussian).
pub fn wald<S: Source>(stream: &mut Stream<S>, mean: f64, scale: f64) -> f64 {
    let half = mean / (2.0 * scale);
    let y = gauss(stream);
    let y = mean * y * y;
    let x = mean + half * (y - (4.0 * scale * y + y * y).sqrt());
    let u = stream.bits.next_f64();
    if u <= mean / (mean + x) { x } else { mean * mean / x }
}
/// Von Mises; the rejection for `kappa` of any size.
pub fn vonmises<S: Source>(stream: &mut Stream<S>, mu: f64, kappa: f64) -> f64 {
    if kappa.is_nan() || kappa < 1e-8 {
        return crate::dist::vonmises(&mut stream.bits, mu, kappa);
    }
    crate::dist::best_fisher(&mut stream.bits, mu, kappa)
}
/// Shares that sum to 1: quotients of gamma numbers.
pub fn dirichlet<S: Source>(stream: &mut Stream<S>, alpha: &[f64], shares: &mut [f64]) {
    crate::dist::normalized_gamma(&mut super::Old(stream), alpha, shares);
}
