//! Primes of middling size, by the sums themselves.
//!
//! `rustfft` makes transforms of a prime length of convolutions (Rader, Bluestein), which are quick for large primes but lose
//! three times as many digits as a sum. Up to [`LARGEST`] the sums are as quick, as vectors of numbers take part at once:
//! with `s[r] = x[r] + x[p-r]` and `d[r] = x[r] - x[p-r]`, for `r` and `k` up to `h = (p - 1) / 2`,
//!
//! ```text
//! A[k] = x[0] + sum of s[r] cos(2π rk / p)        B[k] = sum of d[r] sin(2π rk / p)
//! X[k] = A[k] - i B[k]                            X[p-k] = A[k] + i B[k]            (backward: with -sin)
//! ```
//!
//! In one lane alone the sums for all `k` grow side by side; of several, the same sum of each (`lanes`).

use rustfft::num_complex::Complex;
use rustfft::{Direction, Fft, FftDirection, Length};
use sharray_kernels::isa::{self, Level};

use crate::cache::Real;
use crate::lanes::width;

/// The largest prime whose sums are made here.
pub const LARGEST: usize = 191;
/// The most terms of a sum, rounded up to whole vectors.
const TERMS: usize = 96;

/// Fewer lanes are transformed one by one.
const FEW: usize = 3;

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
    pub(crate) p: usize,
    direction: FftDirection,
    /// Cosines and sines of `2π rk / p`, `h` of them for each `r` (or, which is the same, for each `k`); the sines with the
    /// sign of the direction.
    pub(crate) cosines: Vec<T>,
    pub(crate) sines: Vec<T>,
}

impl<T: Real> Prime<T> {
    /// The transform of length `p`, odd and no more than [`LARGEST`].
    pub fn new(p: usize, direction: FftDirection) -> Prime<T> {
        debug_assert!((3..=LARGEST).contains(&p) && p % 2 == 1);
        let h = p / 2;
        let roots = (1..=h).flat_map(|r| (1..=h).map(move |k| turn::<T>(r * k % p, p)));
        let signed = |root: Complex<T>| match direction {
            FftDirection::Forward => (root.re, -root.im),
            FftDirection::Inverse => (root.re, root.im),
        };
        let (cosines, sines) = roots.map(signed).unzip();
        Prime { p, direction, cosines, sines }
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
            values[k + 1] = Complex::new(a.re + b.im, a.im - b.re);
            values[p - k - 1] = Complex::new(a.re - b.im, a.im + b.re);
        }
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    fn sums_avx2(&self, values: &mut [Complex<T>]) {
        self.sums(values);
    }
    /// The transforms of up to [`width`] lanes, one behind the other.
    fn many(&self, lanes: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        let (p, width) = (self.p, width::<T>());
        let (beside, scratch) = scratch.split_at_mut(p * width);
        let (spectra, work) = scratch.split_at_mut(p * width);
        for (j, lane) in lanes.chunks_exact(p).enumerate() {
            let places = beside[j..].iter_mut().step_by(width);
            places.zip(lane).for_each(|(place, value)| *place = *value);
        }
        self.columns(beside, spectra, None, work);
        for (j, lane) in lanes.chunks_exact_mut(p).enumerate() {
            let values = spectra[j..].iter().step_by(width);
            lane.iter_mut().zip(values).for_each(|(place, value)| *place = *value);
        }
    }
    /// Scratch memory for `many`.
    fn scratch(&self) -> usize {
        2 * self.p * width::<T>() + self.work()
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
    fn process_with_scratch(&self, buffer: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        if buffer.len() < FEW * self.p {
            buffer.chunks_exact_mut(self.p).for_each(|lane| self.sums_by_level(lane));
        } else {
            buffer.chunks_mut(self.p * width::<T>()).for_each(|lanes| self.many(lanes, scratch));
        }
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
        self.scratch()
    }
    fn get_outofplace_scratch_len(&self) -> usize {
        self.scratch()
    }
    fn get_immutable_scratch_len(&self) -> usize {
        self.scratch()
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
