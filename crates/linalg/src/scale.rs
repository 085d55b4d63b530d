//! Powers of two that bring matrices of extreme magnitude to where squares neither overflow nor vanish. Scaling by
//! them is exact, but for elements that are negligible beside the largest.

use crate::dense::Dense;
use crate::scalar::{Float, Scalar};

/// The exponent e of a positive finite number: it lies in `2^e .. 2^(e + 1)`.
pub(crate) fn exponent(value: f64) -> i32 {
    let bits = ((value.to_bits() >> 52) & 0x7ff) as i32;
    if bits == 0 { exponent(value * f64::from_bits(1087 << 52)) - 64 } else { bits - 1023 }
}

/// `value · 2^power`, rounded once.
pub(crate) fn times_power(value: f64, power: i32) -> f64 {
    // Two steps that don't round, then one that may.
    let (mut value, mut power) = (value, power);
    while power > 1000 {
        value *= two_to(1000);
        power -= 1000;
    }
    if power >= -1000 || value == 0.0 || !value.is_finite() {
        return value * two_to(power.max(-1000));
    }
    // Down: the number is first made as large as its exponent allows, so that one product alone rounds.
    let own = exponent(value.abs());
    let total = own.saturating_add(power);
    if total < -1080 {
        return 0.0 * value;
    }
    let unit = value * two_to(-own.clamp(-1000, 1000));
    let rest = own - own.clamp(-1000, 1000);
    let total = total - rest;
    if total >= -1000 { unit * two_to(total) } else { unit * two_to(-1000) * two_to(total + 1000) }
}

fn two_to(power: i32) -> f64 {
    debug_assert!((-1022..=1023).contains(&power));
    f64::from_bits(((power + 1023) as u64) << 52)
}

/// What to multiply a matrix by so that its greatest element is about 1; 1 for ordinary magnitudes, and for none.
pub(crate) fn balancing<T: Scalar>(a: &Dense<T>) -> T::Real {
    let greatest = a.greatest().wide();
    let (low, high) = if size_of::<T::Real>() == 4 { (1e-9, 1e9) } else { (1e-75, 1e75) };
    if greatest == 0.0 || !greatest.is_finite() || (low..high).contains(&greatest) {
        return <T::Real as Float>::ONE;
    }
    let limit = if size_of::<T::Real>() == 4 { 126 } else { 1020 };
    <T::Real as Float>::of(two_to((-exponent(greatest)).clamp(-limit, limit)))
}

/// Multiplies every element.
pub(crate) fn multiply<T: Scalar>(a: &mut Dense<T>, factor: T::Real) {
    if factor == <T::Real as Float>::ONE {
        return;
    }
    for j in 0..a.columns() {
        a.column_mut(j).iter_mut().for_each(|x| *x = x.times(factor));
    }
}
