//! Sliding products of two sequences: the core of `correlate` and `convolve`.

use std::ops::{Add, Mul};

use sharray_base::interrupt::Meter;
use sharray_base::{DType, Error, Result, TypeNum, View};
use sharray_kernels::cast::Transfer;

use crate::Provider;
use crate::scratch::Scratch;

/// How much the sequences must overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// Wholly.
    Valid,
    /// As long as the longer sequence.
    Same,
    /// By one element at least.
    Full,
}

/// Where the shorter of two sequences is laid against the longer one.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// How many places: the length of the result.
    pub len: usize,
    /// How far the short sequence stands out at the first place.
    left: usize,
    long: usize,
    short: usize,
}

impl Places {
    /// Of sequences of these lengths, neither of them 0, `long >= short`.
    pub fn new(long: usize, short: usize, overlap: Overlap) -> Places {
        let (left, len) = match overlap {
            Overlap::Valid => (0, long - short + 1),
            Overlap::Same => (short / 2, long),
            Overlap::Full => (short - 1, long + short - 1),
        };
        Places { len, left, long, short }
    }
    /// What meets at a place: the first element of the long sequence, that of the short one, and how many.
    pub fn meeting(&self, place: usize) -> (usize, usize, usize) {
        let (first, from) = (place.saturating_sub(self.left), self.left.saturating_sub(place));
        (first, from, (self.long - first).min(self.short - from))
    }
}

/// `sum(a[n + k] * v[n])` over `n`, for the `k` that `overlap` asks for; both 1-D and of one number dtype, nothing is
/// conjugated. Where `v` is the longer one the two change places, and the result is true: the caller reverses.
/// Output 0.
///
/// # Errors
/// `Value` for empty or not 1-D arrays; `Type` for differing dtypes and structures; `Value` for texts and dates.
pub fn correlate(a: View<'_>, v: View<'_>, overlap: Overlap, provider: &mut dyn Provider) -> Result<bool> {
    if a.ndim() != 1 || v.ndim() != 1 {
        return Err(Error::Value("object too deep for desired array".into()));
    }
    if !a.dtype().equivalent(v.dtype()) {
        return Err(Error::Type(format!("sequences of {:?} and {:?}", a.dtype(), v.dtype())));
    }
    for (array, name) in [(a, "first"), (v, "second")] {
        if array.is_empty() {
            return Err(Error::Value(format!("{name} array argument cannot be empty")));
        }
    }
    let swapped = v.len() > a.len();
    let (long, short) = if swapped { (v, a) } else { (a, v) };
    let (n, m) = (long.len(), short.len());
    let Places { left, len, .. } = Places::new(n, m, overlap);
    let dtype = a.dtype().to_native();
    let out = provider.provide(0, &dtype, &[len as isize], &[dtype.itemsize() as isize])?;
    let call = Call { long, short, left, len, out };
    match dtype.num() {
        TypeNum::Byte => call.run::<i8>(TypeNum::Byte),
        TypeNum::UByte => call.run::<u8>(TypeNum::UByte),
        TypeNum::Short => call.run::<i16>(TypeNum::Short),
        TypeNum::UShort => call.run::<u16>(TypeNum::UShort),
        TypeNum::Int => call.run::<i32>(TypeNum::Int),
        TypeNum::UInt => call.run::<u32>(TypeNum::UInt),
        TypeNum::Long | TypeNum::LongLong | TypeNum::Timedelta => call.run::<i64>(TypeNum::LongLong),
        TypeNum::ULong | TypeNum::ULongLong => call.run::<u64>(TypeNum::ULongLong),
        TypeNum::Bool => call.run::<Truth>(TypeNum::Bool),
        TypeNum::Half | TypeNum::Float => call.run::<f32>(TypeNum::Float),
        num if num.is_small_float() => call.run::<f32>(TypeNum::Float),
        TypeNum::Double => call.run::<f64>(TypeNum::Double),
        TypeNum::LongDouble => call.run::<sharray_kernels::extended::Extended>(TypeNum::LongDouble),
        TypeNum::CFloat => call.run::<Pair<f32>>(TypeNum::CFloat),
        TypeNum::CDouble => call.run::<Pair<f64>>(TypeNum::CDouble),
        TypeNum::CLongDouble => call.run::<Pair<sharray_kernels::extended::Extended>>(TypeNum::CLongDouble),
        TypeNum::String | TypeNum::Unicode => Err(Error::Value("texts have no products to add up".into())),
        TypeNum::Void => Err(Error::Type("raw bytes and structures have no products to add up".into())),
        _ => Err(Error::Value(format!("correlate is not available for {dtype:?}"))),
    }?;
    Ok(swapped)
}

/// A number that sums of products are made of; a cast of a zero array gives its zero.
trait Number: Copy {
    fn multiply_add(self, a: Self, b: Self) -> Self;
}

macro_rules! wrapping {
    ($($t:ty)*) => { $(impl Number for $t {
        fn multiply_add(self, a: $t, b: $t) -> $t {
            self.wrapping_add(a.wrapping_mul(b))
        }
    })* };
}
wrapping!(i8 u8 i16 u16 i32 u32 i64 u64);

macro_rules! floating {
    ($($t:ty)*) => { $(impl Number for $t {
        fn multiply_add(self, a: $t, b: $t) -> $t {
            self + a * b
        }
    })* };
}
floating!(f32 f64 sharray_kernels::extended::Extended);

#[derive(Clone, Copy)]
struct Truth(u8);
impl Number for Truth {
    fn multiply_add(self, a: Truth, b: Truth) -> Truth {
        Truth(self.0 | (a.0 & b.0))
    }
}

#[derive(Clone, Copy)]
#[repr(C)]
struct Pair<T>(T, T);
impl<T: Copy + Add<Output = T> + Mul<Output = T> + std::ops::Sub<Output = T>> Number for Pair<T> {
    fn multiply_add(self, a: Pair<T>, b: Pair<T>) -> Pair<T> {
        Pair(self.0 + (a.0 * b.0 - a.1 * b.1), self.1 + (a.0 * b.1 + a.1 * b.0))
    }
}

struct Call<'a> {
    long: View<'a>,
    short: View<'a>,
    left: usize,
    len: usize,
    out: *mut u8,
}

impl Call<'_> {
    /// Works as `T`, the Rust type of `working`; `float16` is the only dtype that is not its own.
    fn run<T: Number>(&self, working: TypeNum) -> Result<()> {
        let working = DType::of(working);
        let (long, short) = (Scratch::cast(self.long, &working)?, Scratch::cast(self.short, &working)?);
        let result = Scratch::new(&working, &[self.len as isize])?;
        // SAFETY: dense arrays of `T`'s dtype with these lengths; zero bytes are 0 in every number dtype.
        unsafe {
            std::ptr::write_bytes(result.data(), 0, self.len * size_of::<T>());
            let out = std::slice::from_raw_parts_mut(result.data().cast::<T>(), self.len);
            let long = std::slice::from_raw_parts(long.data().cast::<T>(), self.long.len());
            let short = std::slice::from_raw_parts(short.data().cast::<T>(), self.short.len());
            slide(long, short, self.left, out)?;
            let (from, to) = (size_of::<T>() as isize, self.long.dtype().itemsize() as isize);
            let native = self.long.dtype().to_native();
            Transfer::new(&working, &native, false)?.run(result.data(), from, self.out, to, self.len)
        }
    }
}

/// Output `k` is the sum over `n` of `long[k - left + n] * short[n]`, where there are such elements. Done as one pass over
/// the output for each element of the short sequence, which vectorises and sums in a fixed order.
fn slide<T: Number>(long: &[T], short: &[T], left: usize, out: &mut [T]) -> Result<()> {
    const TILE: usize = 2048;
    let mut meter = Meter::default();
    for start in (0..out.len()).step_by(TILE) {
        let end = out.len().min(start + TILE);
        for (n, &factor) in short.iter().enumerate() {
            // long index of output k: k + n - left, from 0 to long.len()
            let first = start.max(left.saturating_sub(n));
            let last = end.min((long.len() + left).saturating_sub(n));
            if first < last {
                meter.add(last - first)?;
                let from = &long[first + n - left..last + n - left];
                out[first..last]
                    .iter_mut()
                    .zip(from)
                    .for_each(|(sum, &x)| *sum = sum.multiply_add(x, factor));
            }
        }
    }
    Ok(())
}
