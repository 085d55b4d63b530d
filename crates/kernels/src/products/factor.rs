//! What products are made of: the running sum of each type and its step.

use half::f16;

use crate::element::{Complex, Element, Truth};
use crate::extended::Extended;
use crate::float::narrow;

/// A type that can be multiplied and summed.
pub trait Factor: Element {
    /// True when conjugation does something.
    const COMPLEX: bool = false;
    /// One of the types whose products `stacks` computes.
    const TILED: bool = false;
    /// What its products are summed in.
    type Sum: Copy;
    /// The empty sum.
    fn zero() -> Self::Sum;
    /// `sum + a · b`.
    fn step<const FMA: bool>(sum: Self::Sum, a: Self, b: Self) -> Self::Sum;
    /// Sum of two running sums.
    fn join(a: Self::Sum, b: Self::Sum) -> Self::Sum;
    /// The result.
    fn finish(sum: Self::Sum) -> Self;
    /// Complex conjugate.
    #[inline(always)]
    fn conjugate(self) -> Self {
        self
    }
}

/// `Factor` of a type (`true` for one that is computed in `stacks`) with parts of type `$part`, that sums in `$sum`.
macro_rules! factor {
    ($($tiled:literal $type:ty, $part:ty, $sum:ty, $zero:expr, $step:expr, $fused:expr, $join:expr, $finish:expr, $conjugate:expr;)*) => { $(
        impl Factor for $type {
            const COMPLEX: bool = size_of::<$type>() == 2 * size_of::<$part>();
            const TILED: bool = $tiled;
            type Sum = $sum;
            #[inline(always)]
            fn zero() -> $sum { $zero }
            #[inline(always)]
            fn step<const FMA: bool>(sum: $sum, a: $type, b: $type) -> $sum {
                if FMA { $fused(sum, a, b) } else { $step(sum, a, b) }
            }
            #[inline(always)]
            fn join(a: $sum, b: $sum) -> $sum { $join(a, b) }
            #[inline(always)]
            fn finish(sum: $sum) -> $type { $finish(sum) }
            #[inline(always)]
            fn conjugate(self) -> $type { $conjugate(self) }
        }
    )* };
}

macro_rules! integers {
    ($($tiled:literal $type:ident)*) => { factor! { $(
        $tiled $type, $type, $type, 0, |s: $type, a: $type, b| s.wrapping_add(a.wrapping_mul(b)),
        |s: $type, a: $type, b| s.wrapping_add(a.wrapping_mul(b)), $type::wrapping_add, |s| s, |a| a;
    )* } };
}
integers!(false i8 false u8 false i16 false u16 true i32 true u32 true i64 true u64);

macro_rules! native {
    ($($type:ident)*) => { factor! { $(
        true $type, $type, $type, 0.0, |s, a, b| s + a * b, |s, a: $type, b| a.mul_add(b, s), |a, b| a + b, |s| s, |a| a;
        true Complex<$type>, $type, Complex<$type>, Complex::new(0.0, 0.0),
        |s: Complex<$type>, a: Complex<$type>, b: Complex<$type>| Complex::new(s.re + (a.re * b.re - a.im * b.im), s.im + (a.re * b.im + a.im * b.re)),
        |s: Complex<$type>, a: Complex<$type>, b: Complex<$type>| Complex::new(
            (-a.im).mul_add(b.im, a.re.mul_add(b.re, s.re)),
            a.im.mul_add(b.re, a.re.mul_add(b.im, s.im)),
        ),
        |a: Complex<$type>, b: Complex<$type>| Complex::new(a.re + b.re, a.im + b.im), |s| s,
        |a: Complex<$type>| Complex::new(a.re, -a.im);
    )* } };
}
native!(f32 f64);

fn extended_step(s: Complex<Extended>, a: Complex<Extended>, b: Complex<Extended>) -> Complex<Extended> {
    Complex::new(s.re + (a.re * b.re - a.im * b.im), s.im + (a.re * b.im + a.im * b.re))
}

factor! {
    false Truth, Truth, Truth, Truth(0), |s: Truth, a: Truth, b: Truth| Truth::from(s.get() | (a.get() & b.get())),
        |s: Truth, a: Truth, b: Truth| Truth::from(s.get() | (a.get() & b.get())),
        |a: Truth, b: Truth| Truth(a.0 | b.0), |s| s, |a| a;
    false f16, f16, f32, 0.0, |s, a: f16, b: f16| s + a.to_f32() * b.to_f32(), |s, a: f16, b: f16| s + a.to_f32() * b.to_f32(),
        |a, b| a + b, narrow, |a| a;
    false Extended, Extended, Extended, Extended::from_f64(0.0), |s, a, b| s + a * b, |s, a, b| s + a * b, |a, b| a + b, |s| s, |a| a;
    false Complex<Extended>, Extended, Complex<Extended>, Complex::new(Extended::from_f64(0.0), Extended::from_f64(0.0)),
        extended_step, extended_step,
        |a: Complex<Extended>, b: Complex<Extended>| Complex::new(a.re + b.re, a.im + b.im), |s| s,
        |a: Complex<Extended>| Complex::new(a.re, -a.im);
}
