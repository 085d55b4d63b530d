//! Sums behind means and variances: of values, of squared deviations from a mean, of values that are not NaN; each in
//! one walk over the elements, converted on the way, with no array of intermediate results. The order of additions is
//! that of `pairwise` for runs and that of the rows for rows, so results equal those of separate steps, bit for bit.

use sharray_base::TypeNum;

use super::{pairwise, special};
use crate::element::{Element, Truth, array, read};
use crate::float::Float;
use crate::isa::{self, Level};
use crate::loop_abi::Rows;

/// The sums of one type of elements. Means are handed over as doubles, which hold those of singles too.
#[derive(Clone, Copy)]
pub struct Moments {
    /// What is computed in: single precision for single, else double.
    pub total: TypeNum,
    /// True when elements are converted: sums are then made of a buffer's length at a time.
    pub converts: bool,
    /// Sum of `n` elements at a step; -0.0 of none.
    pub sum: unsafe fn(*const u8, isize, isize) -> f64,
    /// Sum in integers, and of how many elements it is exact in double precision: then any order gives the same.
    pub exact: Option<(special::Run, isize)>,
    /// Sum of squared deviations from a mean.
    pub deviations: unsafe fn(*const u8, isize, isize, f64) -> f64,
    /// Adds rows of `n` elements to a row of totals.
    pub add_rows: unsafe fn(*mut u8, *const u8, isize, Rows),
    /// Adds the squared deviations of rows from a row of means to a row of totals.
    pub deviation_rows: unsafe fn(*mut u8, *const u8, *const u8, isize, Rows),
}

/// The sums of elements of type `num`, if there is code for them.
pub fn moments(num: TypeNum) -> Option<Moments> {
    let bits = match num {
        TypeNum::Bool => 1,
        TypeNum::UByte => 8,
        TypeNum::Short => 15,
        TypeNum::Int => 31,
        _ => 53,
    };
    let exact = special::special("add", num).map(|sum| (sum.run, 1 << (53 - bits)));
    let found = match num {
        TypeNum::Bool => of::<Truth>(),
        TypeNum::UByte => of::<u8>(),
        TypeNum::Short => of::<i16>(),
        TypeNum::Int => of::<i32>(),
        TypeNum::Long | TypeNum::LongLong => of::<i64>(),
        TypeNum::Float => of::<f32>(),
        TypeNum::Double => of::<f64>(),
        _ => return None,
    };
    Some(Moments { exact, ..found })
}

fn of<T: Sample>() -> Moments {
    Moments {
        total: if size_of::<T::Total>() == 4 { TypeNum::Float } else { TypeNum::Double },
        converts: T::CONVERTS,
        sum: sum::<T>,
        exact: None,
        deviations: deviations::<T>,
        add_rows: add_rows::<T>,
        deviation_rows: deviation_rows::<T>,
    }
}

/// An element that is averaged.
trait Sample: Element {
    /// What it is summed in.
    type Total: Float;
    const CONVERTS: bool;
    fn value(self) -> Self::Total;
}
macro_rules! samples {
    ($($t:ty, $total:ty, $converts:literal, $value:expr;)*) => { $(impl Sample for $t {
        type Total = $total;
        const CONVERTS: bool = $converts;
        #[inline(always)]
        fn value(self) -> $total { $value(self) }
    })* };
}
samples! {
    Truth, f64, true, |x: Truth| f64::from(x.get() as u8);
    u8, f64, true, f64::from; i16, f64, true, f64::from; i32, f64, true, f64::from;
    i64, f64, true, |x| x as f64;
    f32, f32, false, |x| x; f64, f64, false, |x| x;
}

/// One function per instruction-set level.
macro_rules! levels {
    ($(#[$doc:meta])* $vis:vis $name:ident, $avx2:ident, $body:ident, $bound:path, ($($arg:ident: $type:ty),*) $(-> $result:ty)?) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        unsafe fn $avx2<T: $bound>($($arg: $type),*) $(-> $result)? {
            // SAFETY: handed on from the caller.
            unsafe { $body::<T>($($arg),*) }
        }
        $(#[$doc])*
        $vis unsafe fn $name<T: $bound>($($arg: $type),*) $(-> $result)? {
            // SAFETY: handed on from the caller; the level in force is one this machine has.
            unsafe {
                match isa::active() {
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 | Level::Avx512 => $avx2::<T>($($arg),*),
                    _ => $body::<T>($($arg),*),
                }
            }
        }
    };
}

/// # Safety
/// `n` elements are readable, `step` apart.
#[inline(always)]
unsafe fn sum_body<T: Sample>(source: *const u8, n: isize, step: isize) -> f64 {
    // SAFETY: by the caller.
    unsafe { pairwise::sum::<T, T::Total>((source, n, step), |x| x.value()) }.to_f64()
}
levels!(sum, sum_avx2, sum_body, Sample, (source: *const u8, n: isize, step: isize) -> f64);

/// # Safety
/// `n` elements are readable, `step` apart.
#[inline(always)]
unsafe fn deviations_body<T: Sample>(source: *const u8, n: isize, step: isize, mean: f64) -> f64 {
    let mean = T::Total::from_f64(mean);
    let squared = |x: T| {
        let deviation = x.value() - mean;
        deviation * deviation
    };
    // SAFETY: by the caller.
    unsafe { pairwise::sum::<T, T::Total>((source, n, step), squared) }.to_f64()
}
levels!(deviations, deviations_avx2, deviations_body, Sample, (source: *const u8, n: isize, step: isize, mean: f64) -> f64);

/// A real type with sums that leave NaN out.
pub trait Real: Float {}
impl Real for f32 {}
impl Real for f64 {}

/// # Safety
/// `n` elements are readable, `step` apart.
#[inline(always)]
unsafe fn known_body<T: Real>(source: *const u8, n: isize, step: isize) -> f64 {
    let known = |x: T| if x.is_nan() { T::zero() } else { x };
    // SAFETY: by the caller.
    unsafe { pairwise::sum::<T, T>((source, n, step), known) }.to_f64()
}
levels!(
    /// Sum of `n` floats at a step, NaN counted as 0.
    ///
    /// # Safety
    /// `n` elements are readable, `step` apart.
    pub known_sum, known_avx2, known_body, Real, (source: *const u8, n: isize, step: isize) -> f64);

/// Totals in registers at a time.
const LANES: usize = if cfg!(debug_assertions) { 4 } else { 16 };
/// Rows that are read side by side.
const GROUP: isize = 8;

/// `totals[k] = add(totals[k], k, row[k])` for all rows in turn.
///
/// # Safety
/// `totals` has `n` elements; each row has `n` elements side by side.
#[inline(always)]
unsafe fn over_rows<T: Sample>(
    totals: *mut u8,
    source: *const u8,
    n: isize,
    rows: Rows,
    add: impl Fn(T::Total, isize, T) -> T::Total + Copy,
) {
    let mut first = 0;
    while first < rows.count {
        let group = (source.wrapping_offset(first * rows.step), GROUP.min(rows.count - first), rows.step);
        // SAFETY: only elements below `n` of the rows are touched.
        unsafe {
            let done = blocks::<T, LANES>(totals, group, (0, n), add);
            let done = blocks::<T, 4>(totals, group, (done, n), add);
            blocks::<T, 1>(totals, group, (done, n), add);
        }
        first += GROUP;
    }
}

/// Whole blocks of columns; gives the first that was not done.
///
/// # Safety
/// As for [`over_rows`].
#[inline(always)]
unsafe fn blocks<T: Sample, const W: usize>(
    totals: *mut u8,
    (source, count, step): (*const u8, isize, isize),
    (from, n): (isize, isize),
    add: impl Fn(T::Total, isize, T) -> T::Total,
) -> isize {
    let mut i = from;
    // SAFETY: only elements below `n` of the rows are touched.
    unsafe {
        while i + W as isize <= n {
            let place = totals.cast::<T::Total>().offset(i).cast::<[T::Total; W]>();
            let mut sums = place.read_unaligned();
            for row in 0..count {
                let x = source.offset(row * step).cast::<T>().offset(i).cast::<[T; W]>().read_unaligned();
                sums = array(|k| add(sums[k], i + k as isize, x[k]));
            }
            place.write_unaligned(sums);
            i += W as isize;
        }
    }
    i
}

/// # Safety
/// As for [`over_rows`].
#[inline(always)]
unsafe fn add_rows_body<T: Sample>(totals: *mut u8, source: *const u8, n: isize, rows: Rows) {
    // SAFETY: by the caller.
    unsafe { over_rows::<T>(totals, source, n, rows, |sum, _, x| sum + x.value()) }
}
levels!(add_rows, add_rows_avx2, add_rows_body, Sample, (totals: *mut u8, source: *const u8, n: isize, rows: Rows));

/// # Safety
/// As for [`over_rows`]; `means` has `n` elements of the totals' type.
#[inline(always)]
unsafe fn deviation_rows_body<T: Sample>(
    totals: *mut u8,
    means: *const u8,
    source: *const u8,
    n: isize,
    rows: Rows,
) {
    let means = means.cast::<T::Total>();
    // SAFETY: by the caller; only means below `n` are read.
    unsafe {
        over_rows::<T>(totals, source, n, rows, |sum, k, x| {
            let deviation = x.value() - read::<T::Total>(means.offset(k).cast());
            sum + deviation * deviation
        });
    }
}
levels!(deviation_rows, deviation_rows_avx2, deviation_rows_body, Sample,
    (totals: *mut u8, means: *const u8, source: *const u8, n: isize, rows: Rows));
