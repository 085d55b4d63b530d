//! Exponentials of complex numbers: `e^a · (cos b + i·sin b)`, both factors in pairs.

use super::exp::{exp_pair, exp_single};
use super::pair::{Pair, product};
use super::trig::{LIMIT, circular_single, reduce, sine_and_cosine};
use super::within;
use crate::element::Complex;
use crate::math::complex::ComplexMath;
use crate::math::vector::{Kernel, fma};

/// `x · y · scale`.
#[inline(always)]
fn scaled<const FMA: bool>(x: Pair, y: Pair, scale: f64) -> f64 {
    let leading = product::<FMA>(x.high, y.high);
    let rest = fma::<FMA>(x.high, y.low, fma::<FMA>(x.low, y.high, leading.low));
    (leading.high + rest) * scale
}

/// `value` with the sign bit flipped where bit 1 of `quadrant` is set.
#[inline(always)]
fn turned(value: f64, quadrant: u64) -> f64 {
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

/// `e^z`
pub struct Exp;
/// `e^z`
pub struct ExpSingle;

impl Kernel for Exp {
    type A = Complex<f64>;
    type B = ();
    type Out = Complex<f64>;
    const BENIGN: (Complex<f64>, ()) = (Complex { re: 1.0, im: 1.0 }, ());
    #[inline(always)]
    fn eval<const FMA: bool>(a: Complex<f64>, _: ()) -> Complex<f64> {
        let (size, scale) = exp_pair::<FMA>(Pair::from(a.re));
        let (r, error, quadrant) = reduce::<FMA>(a.im);
        let (s, c) = sine_and_cosine::<FMA>(r, error);
        let odd = quadrant & 1 != 0;
        let (sine, cosine) = if odd { (c, s) } else { (s, c) };
        let im = turned(scaled::<FMA>(size, sine, scale), quadrant);
        let re = turned(scaled::<FMA>(size, cosine, scale), quadrant.wrapping_add(1));
        Complex { re, im: if a.im == 0.0 { a.im } else { im } }
    }
    /// Nothing of the result underflows.
    #[inline(always)]
    fn computed(a: Complex<f64>, _: (), _: Complex<f64>) -> bool {
        let angle = a.im.abs();
        within(a.re, -600.0, 700.0) & (angle <= LIMIT) & ((angle >= 1e-40) | (angle == 0.0))
    }
    fn special(a: Complex<f64>, _: ()) -> Complex<f64> {
        a.exp()
    }
}

impl Kernel for ExpSingle {
    type A = Complex<f32>;
    type B = ();
    type Out = Complex<f32>;
    const BENIGN: (Complex<f32>, ()) = (Complex { re: 1.0, im: 1.0 }, ());
    #[inline(always)]
    fn eval<const FMA: bool>(a: Complex<f32>, _: ()) -> Complex<f32> {
        let (size, angle) = (exp_single::<FMA>(a.re as f64), a.im as f64);
        let im = (size * circular_single::<FMA>(angle, 0)) as f32;
        let re = (size * circular_single::<FMA>(angle, 1)) as f32;
        Complex { re, im: if a.im == 0.0 { a.im } else { im } }
    }
    #[inline(always)]
    fn computed(a: Complex<f32>, _: (), _: Complex<f32>) -> bool {
        let angle = a.im.abs();
        within(a.re, -50.0, 87.0) & (angle <= 1e5) & ((angle >= 1e-10) | (angle == 0.0))
    }
    fn special(a: Complex<f32>, _: ()) -> Complex<f32> {
        a.exp()
    }
}
