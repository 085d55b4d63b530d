//! One transform in a buffer: what is done to the elements of a lane between reading and writing them.

use std::sync::Arc;

use rustfft::num_complex::Complex;
use sharray_base::Result;

use crate::cache::{Real, plan};
use crate::kind::Kind;
use crate::plan::{Plan, Step};
use crate::spectrum::{conjugated, join, mirror, scaled, settle, split};

/// How elements lie in a buffer of complex numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As they are: complex numbers.
    Complex,
    /// Real numbers, each the real part of a complex one.
    Widened,
    /// Real numbers side by side, two for each complex one.
    Packed,
}

/// Which algorithm serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A complex transform.
    Plain,
    /// One of an even number of reals; all bins are wanted.
    SplitWhole,
    /// One of an even number of reals; half of the bins are wanted.
    SplitHalf,
    /// One of an odd number of reals; all bins are wanted.
    OddWhole,
    /// One of an odd number of reals; half of the bins are wanted.
    OddHalf,
    /// Half of the bins to an even number of reals.
    JoinEven,
    /// Half of the bins to an odd number of reals.
    JoinOdd,
}

/// A transform of one length, ready to be done to any number of lanes.
pub struct Lane<T> {
    way: Way,
    n: usize,
    scale: T,
    /// Conjugate what comes out (or, for `Join…`, what goes in).
    conjugate: bool,
    plan: Arc<Plan<T>>,
}

impl<T: Real> Lane<T> {
    /// The transform of `kind` and length `n`, of real or complex elements.
    ///
    /// # Errors
    /// `OutOfMemory` if there is no room to plan.
    pub fn new(kind: Kind, n: usize, scale: f64, real: bool) -> Result<Lane<T>> {
        let even = n.is_multiple_of(2);
        let way = match kind {
            Kind::RealForward | Kind::HermitianBackward if even => Way::SplitHalf,
            Kind::RealForward | Kind::HermitianBackward => Way::OddHalf,
            Kind::RealBackward | Kind::HermitianForward if even => Way::JoinEven,
            Kind::RealBackward | Kind::HermitianForward => Way::JoinOdd,
            Kind::Forward | Kind::Backward if !real => Way::Plain,
            Kind::Forward | Kind::Backward if even => Way::SplitWhole,
            Kind::Forward | Kind::Backward => Way::OddWhole,
        };
        let step = match way {
            Way::SplitWhole | Way::SplitHalf => Step::Split,
            Way::JoinEven => Step::Join,
            Way::JoinOdd => Step::Backward,
            Way::Plain if kind == Kind::Backward => Step::Backward,
            Way::Plain | Way::OddWhole | Way::OddHalf => Step::Forward,
        };
        // What goes backward without being told so is conjugated.
        let conjugate = match kind {
            Kind::Backward => way != Way::Plain,
            Kind::HermitianForward | Kind::HermitianBackward => true,
            Kind::Forward | Kind::RealForward | Kind::RealBackward => false,
        };
        Ok(Lane { way, n, scale: T::of(scale), conjugate, plan: plan(step, n)? })
    }
    /// How the buffer wants its elements.
    pub fn wants(&self, real: bool) -> Form {
        match self.way {
            Way::SplitWhole | Way::SplitHalf => Form::Packed,
            _ if real => Form::Widened,
            _ => Form::Complex,
        }
    }
    /// How the results lie in the buffer.
    pub fn gives(&self) -> Form {
        match self.way {
            Way::JoinEven => Form::Packed,
            Way::JoinOdd => Form::Widened,
            _ => Form::Complex,
        }
    }
    /// Complex numbers the buffer must have room for.
    pub fn room(&self) -> usize {
        match self.way {
            Way::SplitHalf | Way::JoinEven => self.n / 2 + 1,
            _ => self.n,
        }
    }
    /// Complex numbers of scratch memory that [`Lane::run`] needs.
    pub fn scratch(&self) -> usize {
        self.plan.fft.get_inplace_scratch_len()
    }
    /// True when [`Lane::run`] takes several lanes in one buffer, one behind the other.
    pub fn takes_many(&self) -> bool {
        self.way == Way::Plain
    }
    /// Transforms the elements in `buffer`, which has as many places as [`Lane::room`] says.
    pub fn run(&self, buffer: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        let (n, half, plan) = (self.n, self.n / 2, &self.plan);
        match self.way {
            Way::Plain => {
                plan.fft.process_with_scratch(buffer, scratch);
                scaled(buffer, self.scale);
            }
            Way::SplitWhole | Way::SplitHalf => {
                plan.fft.process_with_scratch(&mut buffer[..half], scratch);
                split(&mut buffer[..=half], &plan.turns, self.scale, self.conjugate);
                if self.way == Way::SplitWhole {
                    settle(buffer, n);
                    mirror(buffer);
                }
            }
            Way::OddWhole | Way::OddHalf => {
                plan.fft.process_with_scratch(buffer, scratch);
                settle(buffer, n);
                let bins = &mut buffer[..=half];
                scaled(bins, self.scale);
                if self.conjugate {
                    conjugated(bins);
                }
                if self.way == Way::OddWhole {
                    settle(buffer, n);
                    mirror(buffer);
                }
            }
            Way::JoinEven => {
                join(buffer, &plan.turns, self.scale, self.conjugate);
                plan.fft.process_with_scratch(&mut buffer[..half], scratch);
            }
            Way::JoinOdd => {
                let bins = &mut buffer[..=half];
                settle(bins, n);
                scaled(bins, self.scale);
                if self.conjugate {
                    conjugated(bins);
                }
                mirror(buffer);
                plan.fft.process_with_scratch(buffer, scratch);
            }
        }
    }
}
