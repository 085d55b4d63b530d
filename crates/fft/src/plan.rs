//! Plans: what is worked out once for a length and direction. The transforms themselves are `rustfft`'s; this file
//! chooses among them.
//!
//! Left to itself, `rustfft` turns lengths with several primes above 11 (2197 = 13³, 1009 · 1013) into one convolution of
//! at least twice the length. Here they are split by the largest of these primes first, which takes two thirds of the time.

use std::sync::Arc;

use rustfft::algorithm::MixedRadix;
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftDirection, FftNum, FftPlanner, FftPlannerScalar};
use sharray_base::{Error, Result};
use sharray_kernels::isa::{self, Level};

/// What one transform does to a buffer of complex numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Complex numbers forward.
    Forward,
    /// Complex numbers backward.
    Backward,
    /// Real numbers, an even number of them, as half as many complex ones; then taken apart.
    Split,
    /// The reverse of `Split`.
    Join,
}

/// A step made ready for a length.
#[derive(Clone)]
pub struct Plan<T> {
    /// The complex transform: of the length itself, or of half of it for `Split` and `Join`.
    pub fft: Arc<dyn Fft<T>>,
    /// `exp(-2πi k / n)` up to a quarter of the length, for `Split` and `Join`.
    pub turns: Arc<[Complex<T>]>,
}

impl<T: FftNum> Plan<T> {
    /// Works a plan out.
    ///
    /// # Errors
    /// `OutOfMemory` if what planning takes can't be had.
    pub fn new(step: Step, n: usize) -> Result<Plan<T>> {
        check_room::<T>(n)?;
        let (direction, length) = match step {
            Step::Forward => (FftDirection::Forward, n),
            Step::Backward => (FftDirection::Inverse, n),
            Step::Split => (FftDirection::Forward, n / 2),
            Step::Join => (FftDirection::Inverse, n / 2),
        };
        let turns = match step {
            Step::Forward | Step::Backward => Vec::new(),
            Step::Split | Step::Join => (0..=n / 4).map(|k| turn(k, n)).collect(),
        };
        Ok(Plan { fft: Planner::new().complex(length, direction), turns: turns.into() })
    }
    /// About how many bytes it keeps.
    pub fn bytes(&self) -> usize {
        // The tables of an algorithm are about as long as its length and its scratch memory together.
        let tables = self.fft.len() + self.fft.get_inplace_scratch_len() + self.turns.len();
        tables.saturating_mul(size_of::<Complex<T>>()).saturating_add(1024)
    }
}

/// `exp(-2πi k / n)`, for `4k <= n`.
fn turn<T: FftNum>(k: usize, n: usize) -> Complex<T> {
    // Small angles only: the quarter turn's other half is the same with sine and cosine exchanged.
    let (sine, cosine) = if 8 * k <= n {
        (std::f64::consts::TAU * k as f64 / n as f64).sin_cos()
    } else {
        let (cosine, sine) = (std::f64::consts::TAU * (n as f64 / 4.0 - k as f64) / n as f64).sin_cos();
        (sine, cosine)
    };
    let real = |value| T::from_f64(value).unwrap_or_else(T::zero);
    Complex::new(real(cosine), real(-sine))
}

/// Complex numbers that planning keeps and needs for a while, at most, for each of its length.
const PLANNING: usize = 12;
/// Below this length nobody asks.
const SMALL: usize = 1 << 14;

/// Asks for as much memory as planning may need, and gives it back: `rustfft` ends the process where it gets none.
fn check_room<T>(n: usize) -> Result<()> {
    let bytes = n.saturating_mul(PLANNING * size_of::<Complex<T>>());
    if n > SMALL && Vec::<u8>::new().try_reserve_exact(bytes).is_err() {
        return Err(Error::OutOfMemory { bytes });
    }
    Ok(())
}

/// `rustfft`'s planners: with the processor's vectors, or without where the level in force has none.
enum Planner<T: FftNum> {
    Vector(FftPlanner<T>),
    Scalar(FftPlannerScalar<T>),
}

impl<T: FftNum> Planner<T> {
    fn new() -> Planner<T> {
        if cfg!(target_arch = "x86_64") && isa::active() == Level::Baseline {
            Planner::Scalar(FftPlannerScalar::new())
        } else {
            Planner::Vector(FftPlanner::new())
        }
    }
    fn own(&mut self, n: usize, direction: FftDirection) -> Arc<dyn Fft<T>> {
        match self {
            Planner::Vector(planner) => planner.plan_fft(n, direction),
            Planner::Scalar(planner) => planner.plan_fft(n, direction),
        }
    }
    fn complex(&mut self, n: usize, direction: FftDirection) -> Arc<dyn Fft<T>> {
        match largest_of_several(n) {
            Some(prime) => {
                let (rest, prime) = (self.complex(n / prime, direction), self.own(prime, direction));
                Arc::new(MixedRadix::new(rest, prime))
            }
            None => self.own(n, direction),
        }
    }
}

/// The largest prime factor of `n`, if it has several above 11.
fn largest_of_several(n: usize) -> Option<usize> {
    let mut rest = n;
    for prime in [2, 3, 5, 7, 11] {
        while rest % prime == 0 && rest > 0 {
            rest /= prime;
        }
    }
    let whole = rest;
    let mut divisor = 13;
    while divisor <= rest / divisor {
        if rest % divisor == 0 { rest /= divisor } else { divisor += 2 }
    }
    (rest < whole).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_large_primes() {
        for (n, largest) in [(1, None), (13, None), (26, None), (169, Some(13)), (2 * 13 * 17, Some(17))] {
            assert_eq!(largest_of_several(n), largest, "{n}");
        }
        assert_eq!(largest_of_several(1009 * 1013), Some(1013));
        assert_eq!(largest_of_several(1_000_003), None);
    }

    #[test]
    fn turns_are_exact_where_they_can_be() {
        assert_eq!(turn::<f64>(0, 8), Complex::new(1.0, -0.0));
        assert_eq!(turn::<f64>(2, 8), Complex::new(0.0, -1.0));
        let eighth = turn::<f64>(1, 8);
        assert!((eighth.re + eighth.im).abs() < 2e-16);
    }

    #[test]
    fn no_room() {
        assert!(matches!(Plan::<f64>::new(Step::Forward, 1 << 56), Err(Error::OutOfMemory { .. })));
    }
}
