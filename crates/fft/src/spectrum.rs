//! Between real numbers and half their spectrum.
//!
//! `n = 2m` real numbers are transformed as `m` complex ones, even places real and odd ones imaginary. With `Z` their
//! transform and `w = exp(-2πi / n)`, the spectra of the even and the odd places are
//! `E[k] = (Z[k] + conj Z[m-k]) / 2` and `O[k] = (Z[k] - conj Z[m-k]) / 2i`, and that of all is `E[k] + w^k O[k]`.
//! (Press et al., *Numerical Recipes*, 12.3.) [`split`] does this and [`join`] undoes it, each in place, `k` and `m - k`
//! at a time, with the result's factor worked in.

use rustfft::num_complex::Complex;

use crate::cache::Real;

/// The first `m + 1` bins of `n = 2m` real numbers, from the transform of `m` complex ones in `bins[..m]`; times `scale`,
/// conjugated on request. `turns[k]` is `w^k` for `k <= m / 2`.
pub fn split<T: Real>(bins: &mut [Complex<T>], turns: &[Complex<T>], scale: T, conjugate: bool) {
    let m = bins.len() - 1;
    let sign = if conjugate { -scale } else { scale };
    let half = T::of(0.5);
    let first = bins[0];
    let nothing = if conjugate { -T::zero() } else { T::zero() };
    bins[0] = Complex::new((first.re + first.im) * scale, nothing);
    bins[m] = Complex::new((first.re - first.im) * scale, nothing);
    if m < 2 {
        return;
    }
    let middle = m.div_ceil(2);
    let (low, high) = bins[1..m].split_at_mut(middle - 1);
    // With an even `m` the bin in the middle is its own mirror image.
    let (centre, high) = high.split_at_mut(m.is_multiple_of(2) as usize);
    if let [centre] = centre {
        *centre = Complex::new(centre.re * scale, -centre.im * sign);
    }
    let (real, imaginary) = (half * scale, half * sign);
    for ((a, b), turn) in low.iter_mut().zip(high.iter_mut().rev()).zip(&turns[1..]) {
        let even = Complex::new(a.re + b.re, a.im - b.im);
        let odd = Complex::new(a.im + b.im, b.re - a.re);
        let odd = Complex::new(odd.re * turn.re - odd.im * turn.im, odd.re * turn.im + odd.im * turn.re);
        *a = Complex::new((even.re + odd.re) * real, (even.im + odd.im) * imaginary);
        *b = Complex::new((even.re - odd.re) * real, (odd.im - even.im) * imaginary);
    }
}

/// The reverse of [`split`]: from `m + 1` bins, conjugated first on request, the `m` complex numbers in `bins[..m]` whose
/// backward transform holds the `2m` real numbers; times `scale`.
pub fn join<T: Real>(bins: &mut [Complex<T>], turns: &[Complex<T>], scale: T, conjugate: bool) {
    let m = bins.len() - 1;
    let sign = if conjugate { -scale } else { scale };
    let (first, last) = (bins[0].re * scale, bins[m].re * scale);
    bins[0] = Complex::new(first + last, first - last);
    if m < 2 {
        return;
    }
    let middle = m.div_ceil(2);
    let (low, high) = bins[1..m].split_at_mut(middle - 1);
    let (centre, high) = high.split_at_mut(m.is_multiple_of(2) as usize);
    if let [centre] = centre {
        let two = T::of(2.0);
        *centre = Complex::new(two * centre.re * scale, -two * centre.im * sign);
    }
    for ((a, b), turn) in low.iter_mut().zip(high.iter_mut().rev()).zip(&turns[1..]) {
        let (x, y) = (Complex::new(a.re * scale, a.im * sign), Complex::new(b.re * scale, b.im * sign));
        let even = Complex::new(x.re + y.re, x.im - y.im);
        let odd = Complex::new(x.re - y.re, x.im + y.im);
        // Turned back: by the conjugate.
        let odd = Complex::new(odd.re * turn.re + odd.im * turn.im, odd.im * turn.re - odd.re * turn.im);
        *a = Complex::new(even.re - odd.im, even.im + odd.re);
        *b = Complex::new(even.re + odd.im, odd.re - even.im);
    }
}

/// All bins of a spectrum of real numbers, from the first `n / 2 + 1` of them.
pub fn mirror<T: Real>(bins: &mut [Complex<T>]) {
    let n = bins.len();
    let (low, high) = bins.split_at_mut(n / 2 + 1);
    for (target, source) in high.iter_mut().rev().zip(&low[1..]) {
        *target = source.conj();
    }
}

/// The bin at frequency 0 (and that of the highest, for even `n`) of a half spectrum is real: says so in the numbers.
pub fn settle<T: Real>(bins: &mut [Complex<T>], n: usize) {
    bins[0].im = T::zero();
    if n.is_multiple_of(2) {
        bins[n / 2].im = T::zero();
    }
}

/// Times a factor.
pub fn scaled<T: Real>(values: &mut [Complex<T>], scale: T) {
    if scale != T::one() {
        for value in values {
            *value = Complex::new(value.re * scale, value.im * scale);
        }
    }
}

/// The complex conjugates.
pub fn conjugated<T: Real>(values: &mut [Complex<T>]) {
    for value in values {
        value.im = -value.im;
    }
}
