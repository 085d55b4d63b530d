//! Primes of middling size, by the sums themselves.
//!
//! `rustfft` makes transforms of a prime length of convolutions (Rader, Bluestein), which are quick for large primes but lose
//! three times as many digits as a sum. Up to [`LARGEST`] the sums are as quick, as vectors of numbers take part at once:
//! with `s[r] = x[r] + x[p-r]` and `d[r] = x[r] - x[p-r]`, for `r` and `k` up to `h = (p - 1) / 2`,
//!
//! ```text
//! A[k] = x[0] + sum of s[r] cos(2π rk / p)        B[k] = sum of d[r] sin(2π rk / p)
//! X[k] = A[k] - i B[k]                            X[p-k] = A[k] + i B[k]            (backward: the other way round)
//! ```
//!
//! The sums for all `k` grow side by side.

use rustfft::num_complex::Complex;
use rustfft::{Direction, Fft, FftDirection, Length};
use sharray_kernels::isa::{self, Level};

use crate::cache::Real;

/// The largest prime whose sums are made here.
pub const LARGEST: usize = 191;
/// The most terms of a sum, rounded up to whole vectors.
const TERMS: usize = 96;

/// `exp(-2πi k / n)`, for `k < n`: by an angle of an eighth of a turn at most.
pub fn turn<T: Real>(k: usize, n: usize) -> Complex<T> {
    let (k, n) = (k as u128, n as u128);
    let (quarter, rest) = (4 * k / n, 4 * k % n);
    let sin_cos = |part: u128| {
        let (sine, cosine) = (std::f64::consts::FRAC_PI_2 * part as f64 / n as f64).sin_cos();
        (if 3 * part == n { 0.5 } else { sine }, cosine)
    };
    let (sine, cosine) = if 2 * rest <= n {
        sin_cos(rest)
    } else {
        let (cosine, sine) = sin_cos(n - rest);
        (sine, cosine)
    };
    let (re, im) = match quarter {
        0 => (cosine, -sine),
        1 => (-sine, -cosine),
        2 => (-cosine, sine),
        _ => (sine, cosine),
    };
    Complex::new(T::of(re), T::of(im))
}

/// A transform of prime length.
pub struct Prime<T> {
    p: usize,
    direction: FftDirection,
    /// Cosines and sines of `2π rk / p`, `h` of them for each `r`.
    cosines: Vec<T>,
    sines: Vec<T>,
}

impl<T: Real> Prime<T> {
    /// The transform of length `p`, odd and no more than [`LARGEST`].
    pub fn new(p: usize, direction: FftDirection) -> Prime<T> {
        debug_assert!((3..=LARGEST).contains(&p) && p % 2 == 1);
        let h = p / 2;
        let roots = (1..=h).flat_map(|r| (1..=h).map(move |k| turn::<T>(r * k % p, p)));
        let (cosines, sines) = roots.map(|root| (root.re, -root.im)).unzip();
        Prime { p, direction, cosines, sines }
    }
    /// `X[k]` and `X[p-k]`, from `A` and `B`, in the order of the direction.
    #[inline(always)]
    fn pair(&self, a: Complex<T>, b: Complex<T>) -> (Complex<T>, Complex<T>) {
        let (low, high) = (Complex::new(a.re + b.im, a.im - b.re), Complex::new(a.re - b.im, a.im + b.re));
        if self.direction == FftDirection::Forward { (low, high) } else { (high, low) }
    }
    /// The transform of one lane, in place.
    #[inline(always)]
    fn sums(&self, values: &mut [Complex<T>]) {
        let (p, h, zero) = (self.p, self.p / 2, T::zero());
        let first = values[0];
        let mut room = [[zero; TERMS]; 4];
        // Slices of one length: no check within the loop, which then becomes one over vectors.
        let [a_re, a_im, b_re, b_im] = room.each_mut().map(|sums| &mut sums[..h]);
        let mut total = first;
        let tables = self.cosines.chunks_exact(h).zip(self.sines.chunks_exact(h));
        for (r, (cosines, sines)) in (1..=h).zip(tables) {
            let (s, d) = (values[r] + values[p - r], values[r] - values[p - r]);
            total = total + s;
            for k in 0..h {
                a_re[k] = a_re[k] + s.re * cosines[k];
                a_im[k] = a_im[k] + s.im * cosines[k];
                b_re[k] = b_re[k] + d.re * sines[k];
                b_im[k] = b_im[k] + d.im * sines[k];
            }
        }
        values[0] = total;
        for k in 0..h {
            let (a, b) = (first + Complex::new(a_re[k], a_im[k]), Complex::new(b_re[k], b_im[k]));
            (values[k + 1], values[p - k - 1]) = self.pair(a, b);
        }
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    fn sums_avx2(&self, values: &mut [Complex<T>]) {
        self.sums(values);
    }
    /// The sums, on the level in force.
    fn sums_by_level(&self, values: &mut [Complex<T>]) {
        #[cfg(target_arch = "x86_64")]
        if isa::active() >= Level::Avx2 {
            // SAFETY: the level in force is one that the machine has.
            return unsafe { self.sums_avx2(values) };
        }
        self.sums(values);
    }
}

impl<T> Length for Prime<T> {
    fn len(&self) -> usize {
        self.p
    }
}

impl<T> Direction for Prime<T> {
    fn fft_direction(&self) -> FftDirection {
        self.direction
    }
}

impl<T: Real> Fft<T> for Prime<T> {
    fn process_with_scratch(&self, buffer: &mut [Complex<T>], _: &mut [Complex<T>]) {
        buffer.chunks_exact_mut(self.p).for_each(|lane| self.sums_by_level(lane));
    }
    fn process_outofplace_with_scratch(
        &self,
        input: &mut [Complex<T>],
        output: &mut [Complex<T>],
        scratch: &mut [Complex<T>],
    ) {
        self.process_immutable_with_scratch(input, output, scratch);
    }
    fn process_immutable_with_scratch(
        &self,
        input: &[Complex<T>],
        output: &mut [Complex<T>],
        scratch: &mut [Complex<T>],
    ) {
        output.copy_from_slice(input);
        self.process_with_scratch(output, scratch);
    }
    fn get_inplace_scratch_len(&self) -> usize {
        0
    }
    fn get_outofplace_scratch_len(&self) -> usize {
        0
    }
    fn get_immutable_scratch_len(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_exact_where_they_can_be() {
        let quarters: Vec<_> = (0..4).map(|k| turn::<f64>(2 * k, 8)).map(|turn| (turn.re, turn.im)).collect();
        assert_eq!(quarters, [(1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0)]);
        assert_eq!([1, 2, 4, 5].map(|k| turn::<f64>(k, 6).re), [0.5, -0.5, -0.5, 0.5]);
    }
}
