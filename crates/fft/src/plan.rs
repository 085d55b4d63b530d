//! Plans: what is worked out once for a length and direction. The transforms themselves are `rustfft`'s; this file
//! chooses among them.
//!
//! Left to itself, `rustfft` turns lengths with several primes above 11 (2197 = 13³, 1009 · 1013) into one convolution of
//! at least twice the length. Here they are split by the largest of these primes first, and primes of middling size are
//! summed (`prime`, `columns`).

use std::sync::Arc;

use rustfft::algorithm::MixedRadix;
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftDirection, FftNum, FftPlanner, FftPlannerScalar};
use sharray_base::{Error, Result};
use sharray_kernels::isa::{self, Level};

use crate::cache::Real;
use crate::columns::Columns;
use crate::prime::{self, Prime, turn};

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

impl<T: Real> Plan<T> {
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
        Ok(Plan { fft: Planner::new().complex(length, length, direction), turns: turns.into() })
    }
    /// About how many bytes it keeps.
    pub fn bytes(&self) -> usize {
        // The tables of an algorithm are about as long as its length and its scratch memory together.
        let tables = self.fft.len() + self.fft.get_inplace_scratch_len() + self.turns.len();
        tables.saturating_mul(size_of::<Complex<T>>()).saturating_add(1024)
    }
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

impl<T: Real> Planner<T> {
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
    /// The transform of a length that is a part of `whole`.
    fn complex(&mut self, n: usize, whole: usize, direction: FftDirection) -> Arc<dyn Fft<T>> {
        let (several, mut largest) = large_primes(n);
        if n == 3 {
            // `rustfft`'s cosine of a third of a turn is not quite a half.
            largest = 3;
        }
        let fewest = if whole < SHORT { 3 } else { BEYOND };
        let summed = (fewest..=prime::LARGEST).contains(&largest);
        match (n / largest, summed) {
            (1, true) => Arc::new(Prime::new(n, direction)),
            (rest, true) => Arc::new(Columns::new(largest, self.complex(rest, whole, direction))),
            (rest, false) if several => {
                let own = self.own(largest, direction);
                Arc::new(MixedRadix::new(self.complex(rest, whole, direction), own))
            }
            (_, false) => self.own(n, direction),
        }
    }
}

/// The least prime for which `rustfft` has no code of the processor's vectors. Below it that code is quicker than the sums, but
/// its last digits are worse: it serves for what is long anyway,
const BEYOND: usize = 13;
/// that is for lengths from this one on.
const SHORT: usize = 100;

/// Of the prime factors of `n` above 11: whether there are several, and the largest (1 if there is none).
fn large_primes(n: usize) -> (bool, usize) {
    let mut rest = n;
    for prime in [2, 3, 5, 7, 11] {
        while rest.is_multiple_of(prime) && rest > 0 {
            rest /= prime;
        }
    }
    let whole = rest;
    let mut divisor = 13;
    while divisor <= rest / divisor {
        if rest.is_multiple_of(divisor) { rest /= divisor } else { divisor += 2 }
    }
    (rest < whole, rest)
}

/// True for lengths that take convolutions, whose sums lose so much of a single's digits that they are made in doubles.
pub fn is_rough(n: usize) -> bool {
    // Few lengths have no prime beyond 11, and those that are long take no time to be found out.
    large_primes(n).1 > prime::LARGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_large_primes() {
        for (n, found) in [(1, (false, 1)), (26, (false, 13)), (169, (true, 13)), (2 * 13 * 17, (true, 17))] {
            assert_eq!(large_primes(n), found, "{n}");
        }
        assert_eq!(large_primes(1009 * 1013), (true, 1013));
        assert_eq!(large_primes(1_000_003), (false, 1_000_003));
    }

    #[test]
    fn no_room() {
        assert!(matches!(Plan::<f64>::new(Step::Forward, 1 << 56), Err(Error::OutOfMemory { .. })));
    }
}
