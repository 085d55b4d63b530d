//! Casts of small floats, in two steps through single or double precision, whichever holds all values of one side: so
//! three small floats add a dozen loops to the table of casts, instead of three rows and three columns.
//!
//! From a small float the way leads through `float32`. To one it leads through the type that every value of the source
//! can be brought to without loss, or with what is lost noted in the last bit (integers of 64 bits and `long double`,
//! rounded to odd): so that each value is rounded once.

use sharray_base::{DType, Error, Kind, Result, TypeNum};

use super::convert::{Convert, Real, Trouble};
use super::extended::F80;
use super::numeric::{cast, part_of};
use super::runs::Runs;
use super::transfer::{BUFFER, Buffer, Move, Step};
use crate::copy::Mover;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2, SmallFloat};

macro_rules! real {
    ($($t:ty),*) => { $(impl Real for $t {
        const IS_FLOAT: bool = true;
        const VECTORISES: bool = true;
    })* };
}
real!(BFloat16, Float8E4M3FN, Float8E5M2);

impl<S: SmallFloat + Real> Convert<f32> for S {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> f32 {
        self.widen()
    }
}

/// Rounding, with the trouble it makes. Plain are zeros, what lies between the smallest normal number and what rounds
/// beyond the largest, and what is not finite; magnitudes are compared as integers.
macro_rules! to_small {
    ($($s:ty, $bits:ty, $round:ident;)*) => { $(
        impl<T: SmallFloat + Real> Convert<T> for $s {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> T {
                let result = T::$round(self);
                trouble.overflow |= !result.is_finite() && self.is_finite();
                trouble.underflow |= result.magnitude() >> T::FRACTION == 0 && <$s>::from(result.widen()) != self;
                result
            }
            const CHECKED: bool = true;
            #[inline(always)]
            fn is_plain(self) -> bool {
                let smallest = <$s>::from(f32::from_bits(T::SMALLEST)).to_bits();
                let limit = <$s>::from(f32::from_bits(T::LIMIT)).to_bits();
                let magnitude = self.to_bits() << 1 >> 1;
                (magnitude == 0)
                    | (magnitude.wrapping_sub(smallest) < limit - smallest)
                    | (magnitude >= <$s>::INFINITY.to_bits())
            }
            #[inline(always)]
            unsafe fn convert_plain(self) -> T {
                T::$round(self)
            }
        }
    )* };
}
to_small! {
    f32, u32, round;
    f64, u64, round_double;
}

/// A double precision number rounded to odd from a wider value: it can be rounded once more, to fewer digits, as if that
/// were the only time.
#[derive(Clone, Copy)]
#[repr(transparent)]
struct Odd(f64);

impl Real for Odd {
    const IS_FLOAT: bool = true;
    const VECTORISES: bool = false;
}

/// Integers beyond 2^53: the last eleven bits are brought together in the one above them.
macro_rules! odd_integer {
    ($($s:ty, |$v:ident| $fits:expr;)*) => { $(
        impl Convert<Odd> for $s {
            #[inline(always)]
            fn convert(self, _: &mut Trouble) -> Odd {
                const LAST: $s = 0x7ff;
                let lost = (self & LAST != 0) as $s;
                let odd = self & !LAST | lost << 11;
                let $v = self;
                Odd(if $fits { self as f64 } else { odd as f64 })
            }
        }
    )* };
}
odd_integer! {
    i64, |v| v.unsigned_abs() >> 53 == 0;
    u64, |v| v >> 53 == 0;
}

impl Convert<Odd> for F80 {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> Odd {
        let nearest = self.to_f64();
        let back = F80::from_f64(nearest);
        if self.is_nan() || back == self {
            return Odd(nearest);
        }
        let beyond = if nearest > 0.0 { back > self } else { back < self };
        // Zero has lost a value of the same sign.
        let truncated = nearest.to_bits() - u64::from(beyond && nearest != 0.0);
        Odd(f64::from_bits(truncated | 1))
    }
}

/// The loops from single precision to a small float, back, and from double precision.
struct Loops {
    narrow: Mover,
    widen: Mover,
    narrow_double: Mover,
}

const fn of<S: SmallFloat + Real>() -> Loops {
    Loops { narrow: cast::<f32, S>, widen: cast::<S, f32>, narrow_double: cast::<f64, S> }
}

fn loops(num: TypeNum) -> Option<&'static Loops> {
    const BRAIN: Loops = of::<BFloat16>();
    const E4M3FN: Loops = of::<Float8E4M3FN>();
    const E5M2: Loops = of::<Float8E5M2>();
    match num {
        TypeNum::BFloat16 => Some(&BRAIN),
        TypeNum::Float8E4M3FN => Some(&E4M3FN),
        TypeNum::Float8E5M2 => Some(&E5M2),
        _ => None,
    }
}

/// The loop that widens a small float to single precision.
fn widening(num: TypeNum) -> Option<Mover> {
    loops(num).map(|l| l.widen)
}

/// The cast between native numbers of which one or both are small floats; `other` resolves casts among the rest.
pub(super) fn resolve(
    from: TypeNum,
    to: TypeNum,
    other: &dyn Fn(&DType, &DType) -> Result<Step>,
) -> Result<Step> {
    let cast = |from: TypeNum, to: TypeNum| other(&DType::of(from), &DType::of(to));
    let single = size_of::<f32>();
    match (loops(from), loops(to)) {
        (Some(_), Some(own)) => Ok(chain(cast_from(from)?, single, Step::Plain(own.narrow))),
        (Some(_), None) if to == TypeNum::Float => cast_from(from),
        (Some(_), None) => Ok(chain(cast_from(from)?, single, cast(TypeNum::Float, to)?)),
        (None, Some(own)) => {
            let real = part_of(from).unwrap_or(from);
            let (first, middle) = match (real.kind(), real.row().itemsize) {
                (Kind::Float, 4) if real == from => return Ok(Step::Plain(own.narrow)),
                (Kind::Float, 8) if real == from => return Ok(Step::Plain(own.narrow_double)),
                (Kind::Bool, _) | (Kind::Int | Kind::UInt | Kind::Float, 1 | 2) | (Kind::Float, 4) => {
                    (cast(from, TypeNum::Float)?, single)
                }
                (Kind::UInt, 8) => (Step::Plain(self::cast::<u64, Odd>), 8),
                (Kind::Int | Kind::Datetime | Kind::Timedelta, 8) => (Step::Plain(self::cast::<i64, Odd>), 8),
                (Kind::Float, n) if n > 8 => (Step::Plain(self::cast::<F80, Odd>), 8),
                _ => (cast(from, TypeNum::Double)?, 8),
            };
            let last = if middle == single { own.narrow } else { own.narrow_double };
            Ok(chain(first, middle, Step::Plain(last)))
        }
        (None, None) => Err(Error::Runtime("neither side is a small float".into())),
    }
}

fn cast_from(small: TypeNum) -> Result<Step> {
    let missing = || Error::Runtime("no small float".into());
    widening(small).map(Step::Plain).ok_or_else(missing)
}

fn chain(first: Step, middle: usize, second: Step) -> Step {
    Step::Other(Box::new(Chain { first, second, middle }))
}

/// Two casts, one after the other, a buffer's length at a time.
struct Chain {
    first: Step,
    second: Step,
    middle: usize,
}

impl Move for Chain {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let mut buffer = Buffer(std::mem::MaybeUninit::uninit());
        let (between, step) = (buffer.0.as_mut_ptr().cast::<u8>(), self.middle as isize);
        let most = BUFFER / self.middle;
        runs.chunks(most, |chunk| {
            // SAFETY: elements `start .. start + count` belong to the runs, and as many fit the buffer.
            unsafe {
                self.first.run(chunk.src, chunk.src_stride, between, step, chunk.n)?;
                self.second.run(between, step, chunk.dst, chunk.dst_stride, chunk.n)?;
            }
            Ok(())
        })
    }
}
