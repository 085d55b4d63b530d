//! Looking things up: places in sorted arrays, counts of small integers, linear interpolation, and whether an array
//! rises or falls.

mod extremum;
mod interpolate;

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use sharray_base::interrupt::poll;
use sharray_base::layout::c_strides;
use sharray_base::{DType, Error, Result, TypeNum, View, threads};
use sharray_kernels::search::SearchLane;
use sharray_kernels::search::sorted::Run;

pub use extremum::{extremum, extremum_places};
pub use interpolate::interpolate;
pub use sharray_kernels::search::Side;

use crate::Provider;
use crate::walk::walk;

const INDEX: usize = size_of::<isize>();

/// Where each of `keys` would be inserted into the 1-D `sorted`, of the same dtype: output 0, `intp`, of the keys' shape.
/// With a `sorter` (1-D `intp`), `sorted` is read in that order.
///
/// # Errors
/// `Type` for a dtype without order; `Value` for a sorter of another length or with an index out of bounds.
pub fn searchsorted(
    sorted: View<'_>,
    keys: View<'_>,
    side: Side,
    sorter: Option<View<'_>>,
    provider: &mut dyn Provider,
) -> Result<()> {
    if sorted.ndim() != 1 {
        return Err(Error::Value("object too deep for desired array".into()));
    }
    if sorter.is_some_and(|s| s.shape() != sorted.shape()) {
        return Err(Error::Value("sorter.size must equal a.size".into()));
    }
    if !sorted.dtype().equivalent(keys.dtype()) {
        return Err(Error::Type(format!(
            "keys of {:?} among elements of {:?}",
            keys.dtype(),
            sorted.dtype()
        )));
    }
    let search = SearchLane::new(sorted.dtype())?;
    let strides = c_strides(keys.shape(), INDEX);
    let out = provider.provide(0, &DType::of(TypeNum::Long), keys.shape(), &strides)?;
    let lane = run_of(sorted);
    let sorter = sorter.map(run_of);
    if keys.is_c_contiguous() && !search.needs_gil() && keys.len() > KEYS {
        let stride = keys.dtype().itemsize() as isize;
        let keys = Run { ptr: keys.data(), stride, len: keys.len() };
        let spread = Spread { search: &search, lane, sorter, keys, side, out: out.cast() };
        return threads::run(keys.len.div_ceil(KEYS), |chunk| spread.chunk(chunk));
    }
    walk(keys.shape(), &[(keys.data(), keys.strides()), (out, &strides)], &mut |p, s, n| {
        let keys = Run { ptr: p[0], stride: s[0], len: n };
        // SAFETY: the lane's, sorter's and keys' elements are readable; the output has an index per key.
        unsafe { search.run(lane, sorter, keys, side, (p[1].cast(), s[1])) }
    })
}

/// Keys searched for at a time: a chunk for a thread.
const KEYS: usize = 4096;

/// A search of dense keys, cut into chunks.
struct Spread<'a> {
    search: &'a SearchLane,
    lane: Run,
    sorter: Option<Run>,
    keys: Run,
    side: Side,
    out: *mut isize,
}

// SAFETY: lane, sorter and keys are only read, and each place of the output is written by one thread.
unsafe impl Sync for Spread<'_> {}

impl Spread<'_> {
    fn chunk(&self, chunk: usize) -> Result<()> {
        let start = chunk * KEYS;
        let ptr = self.keys.ptr.wrapping_offset(start as isize * self.keys.stride);
        let keys = Run { ptr, len: KEYS.min(self.keys.len - start), ..self.keys };
        let out = (self.out.wrapping_add(start), INDEX as isize);
        // SAFETY: the lane's, sorter's and keys' elements are readable; the output has an index per key.
        unsafe { self.search.run(self.lane, self.sorter, keys, self.side, out) }
    }
}

fn run_of(view: View<'_>) -> Run {
    Run { ptr: view.data(), stride: view.strides()[0], len: view.len() }
}

/// How often each number occurs in the 1-D `numbers` (`intp`), or the sums of their `weights` (`float64`): output 0,
/// `intp`, or `float64` where there are weights, at least `minlength` long.
///
/// # Errors
/// `Value` for a negative number, a negative `minlength` or weights of another length.
pub fn bincount(
    numbers: View<'_>,
    weights: Option<View<'_>>,
    minlength: isize,
    provider: &mut dyn Provider,
) -> Result<()> {
    if minlength < 0 {
        return Err(Error::Value("'minlength' must not be negative".into()));
    }
    if numbers.ndim() != 1 {
        return Err(Error::Value("object too deep for desired array".into()));
    }
    if weights.is_some_and(|w| w.shape() != numbers.shape()) {
        return Err(Error::Value("The weights and list don't have the same length.".into()));
    }
    let step = numbers.strides()[0];
    // SAFETY: element `i` of the `intp` array.
    let number =
        |i: usize| unsafe { numbers.data().offset(i as isize * step).cast::<isize>().read_unaligned() };
    let n = numbers.len();
    let dense = step == INDEX as isize;
    let (low, high) = if n == 0 {
        (0, -1)
    } else if dense {
        // SAFETY: `n` numbers side by side.
        unsafe { bounds(numbers.data().cast(), n) }?
    } else {
        (0..n).map(number).fold((0, -1), |(low, high), number| (low.min(number), high.max(number)))
    };
    if low < 0 {
        return Err(Error::Value("'list' argument must have no negative elements".into()));
    }
    let len = high.saturating_add(1).max(minlength);
    // No numbers: zeros of `intp`, with weights or not.
    let weights = weights.filter(|_| n > 0);
    let dtype = DType::of(if weights.is_some() { TypeNum::Double } else { TypeNum::Long });
    sharray_base::layout::checked_len(&[len], INDEX)?;
    let out = provider.provide(0, &dtype, &[len], &[INDEX as isize])?;
    // The numbers are read again: `get_mut` keeps a change in between from leaving the output.
    // SAFETY: the provider gave aligned room for `len` elements of 8 bytes; zero bytes are 0 in both dtypes.
    unsafe {
        std::ptr::write_bytes(out, 0, len as usize * INDEX);
        match weights {
            None => {
                let counts = std::slice::from_raw_parts_mut(out.cast::<isize>(), len as usize);
                if dense && (numbers.data() as usize).is_multiple_of(INDEX) {
                    return count_parts(std::slice::from_raw_parts(numbers.data().cast(), n), counts);
                }
                (0..n).filter_map(|i| usize::try_from(number(i)).ok()).for_each(|place| {
                    if let Some(count) = counts.get_mut(place) {
                        *count += 1;
                    }
                });
            }
            Some(weights) => {
                let sums = std::slice::from_raw_parts_mut(out.cast::<f64>(), len as usize);
                let weight_step = weights.strides()[0];
                if let Some(weights) = aligned::<f64>(weights)
                    && let Some(numbers) = aligned::<isize>(numbers)
                {
                    // A negative number is beyond all sums.
                    for (number, weight) in numbers.iter().zip(weights) {
                        if let Some(sum) = sums.get_mut(*number as usize) {
                            *sum += weight;
                        }
                    }
                    return Ok(());
                }
                let mut weight = weights.data();
                for i in 0..n {
                    // A negative number is beyond all sums.
                    if let Some(sum) = sums.get_mut(number(i) as usize) {
                        *sum += weight.cast::<f64>().read_unaligned();
                    }
                    weight = weight.wrapping_offset(weight_step);
                }
            }
        }
    }
    Ok(())
}

/// The elements of a view of one axis, if they lie side by side and aligned.
///
/// # Safety
/// They are of type `T`.
unsafe fn aligned<T>(view: View<'_>) -> Option<&[T]> {
    let data = view.data().cast::<T>();
    let fits = data.is_aligned() && (view.len() == 1 || view.strides()[0] == size_of::<T>() as isize);
    // SAFETY: by the contract and V3.
    fits.then(|| unsafe { std::slice::from_raw_parts(data, view.len()) })
}

/// Numbers that one thread takes at a time.
const PART: usize = 1 << 17;

/// The smallest and the largest of the numbers, on several threads where they are many.
///
/// # Errors
/// Interruptions.
///
/// # Safety
/// `n > 0` numbers are readable at `numbers`.
unsafe fn bounds(numbers: *const i64, n: usize) -> Result<(isize, isize)> {
    let found = (AtomicI64::new(i64::MAX), AtomicI64::new(i64::MIN));
    let start = numbers as usize;
    threads::run(n.div_ceil(PART), |part| {
        let from = (start as *const i64).wrapping_add(part * PART);
        // SAFETY: numbers of the caller's.
        let (low, high) = unsafe { sharray_kernels::search::bounds(from, PART.min(n - part * PART)) };
        found.0.fetch_min(low, Ordering::Relaxed);
        found.1.fetch_max(high, Ordering::Relaxed);
        Ok(())
    })?;
    Ok((found.0.into_inner() as isize, found.1.into_inner() as isize))
}

/// Counts; on several threads, each with counts of its own, where numbers are many and counts few.
fn count_parts(numbers: &[isize], counts: &mut [isize]) -> Result<()> {
    if numbers.len() < 2 * PART || counts.len() > SMALL {
        for part in numbers.chunks(PART) {
            count_dense(part, counts);
            poll()?;
        }
        return Ok(());
    }
    let width = counts.len();
    let whole = Mutex::new(counts);
    threads::run(numbers.len().div_ceil(PART), |part| {
        let part = &numbers[part * PART..numbers.len().min((part + 1) * PART)];
        let mut own = [0; SMALL];
        count_dense(part, &mut own[..width]);
        let mut whole =
            whole.lock().map_err(|_| Error::Runtime("a thread that counted has failed".into()))?;
        whole.iter_mut().zip(own).for_each(|(count, own)| *count += own);
        Ok(())
    })
}

/// Counts of few different numbers; four in turn count in tables of their own, so that additions to one count wait less
/// for each other.
fn count_dense(numbers: &[isize], counts: &mut [isize]) {
    let last = counts.len().wrapping_sub(1);
    // A number that was changed meanwhile counts somewhere.
    let place = |number: isize| (number as usize).min(last);
    if numbers.len() < WORTH_TABLES || counts.len() > SMALL || counts.is_empty() {
        numbers.iter().for_each(|number| {
            if let Some(count) = counts.get_mut(place(*number)) {
                *count += 1;
            }
        });
        return;
    }
    let width = counts.len();
    let mut tables = vec![0u32; 4 * width];
    for part in numbers.chunks(u32::MAX as usize) {
        let mut fours = part.chunks_exact(4);
        for four in &mut fours {
            for (k, number) in four.iter().enumerate() {
                // SAFETY: the place is below `width`, of which there are four.
                unsafe { *tables.get_unchecked_mut(k * width + place(*number)) += 1 };
            }
        }
        for number in fours.remainder() {
            tables[place(*number)] += 1;
        }
        for table in tables.chunks_exact_mut(width) {
            for (count, own) in counts.iter_mut().zip(table) {
                *count += std::mem::take(own) as isize;
            }
        }
    }
}

/// So many counts in four tables stay in the first-level cache.
const SMALL: usize = 2048;
/// Fewer numbers are counted in one table.
const WORTH_TABLES: usize = 256;

/// 1 when the 1-D `float64` array never falls (constant ones included), -1 when it never rises, else 0.
///
/// # Errors
/// `Value` when it is not 1-D.
pub fn monotonicity(values: View<'_>) -> Result<i32> {
    if values.ndim() != 1 {
        return Err(Error::Value("object too deep for desired array".into()));
    }
    // SAFETY: element `i` of the array.
    let value = |i: usize| unsafe {
        values.data().offset(i as isize * values.strides()[0]).cast::<f64>().read_unaligned()
    };
    let pairs = || (1..values.len()).map(|i| (value(i - 1), value(i)));
    // Any `>` or `<` speaks against a direction; NaN, for which both are false, against none.
    if !pairs().any(|(a, b)| a > b) {
        return Ok(1);
    }
    Ok(if pairs().any(|(a, b)| a < b) { 0 } else { -1 })
}
