//! Uniform, normal and exponential numbers.

use crate::math::log1p;
use crate::source::Source;
use crate::ziggurat;

/// Uniform in [0, 1).
pub fn random<S: Source + ?Sized>(bits: &mut S) -> f64 {
    bits.next_f64()
}
/// Uniform in [0, 1), in single precision.
pub fn random_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    bits.next_f32()
}
/// Uniform from `low` on, `range` wide.
pub fn uniform<S: Source + ?Sized>(bits: &mut S, low: f64, range: f64) -> f64 {
    low + range * bits.next_f64()
}
/// Normal, with mean 0 and deviation 1.
pub fn standard_normal<S: Source + ?Sized>(bits: &mut S) -> f64 {
    ziggurat::normal(bits)
}
/// Normal, in single precision.
pub fn standard_normal_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    ziggurat::normal_f(bits)
}
/// Normal, with mean `loc` and deviation `scale`.
pub fn normal<S: Source + ?Sized>(bits: &mut S, loc: f64, scale: f64) -> f64 {
    loc + scale * ziggurat::normal(bits)
}
/// Exponential, with mean 1.
pub fn standard_exponential<S: Source + ?Sized>(bits: &mut S) -> f64 {
    ziggurat::exponential(bits)
}
/// Exponential, in single precision.
pub fn standard_exponential_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    ziggurat::exponential_f(bits)
}
/// Exponential, by inverting the distribution function.
pub fn standard_exponential_inv<S: Source + ?Sized>(bits: &mut S) -> f64 {
    -log1p(-bits.next_f64())
}
/// Exponential, by inversion, in single precision.
pub fn standard_exponential_inv_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    -log1p(f64::from(-bits.next_f32())) as f32
}
/// Exponential, with mean `scale`.
pub fn exponential<S: Source + ?Sized>(bits: &mut S, scale: f64) -> f64 {
    scale * ziggurat::exponential(bits)
}
