//! `take` and what is made of it: whole slices picked along one axis.

use sharray_base::layout::{c_strides, checked_len, normalize_axis};
use sharray_base::{Dims, Error, Result, View, ViewMut};
use sharray_kernels::copy::pick::Numbers;
use sharray_kernels::copy::retain_elements;

use super::column::{self, Along, Picks};
use crate::Provider;
use crate::iterate::{Freedom, Nest, Source};
use crate::scratch::{Scratch, cast_into, room};
use crate::walk::walk;

/// What happens to an index out of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is an error; negative indices count from the end.
    Raise,
    /// It wraps around.
    Wrap,
    /// It is clipped to the axis; negative indices become 0.
    Clip,
}

impl Mode {
    /// The place within `0..extent` that `index` means; `extent` is not 0. `None` for one to be refused.
    #[inline]
    pub(super) fn place(self, index: isize, extent: isize) -> Option<isize> {
        match self {
            Mode::Raise => {
                let index = if index < 0 { index + extent } else { index };
                (0..extent).contains(&index).then_some(index)
            }
            Mode::Wrap => Some(index.rem_euclid(extent)),
            Mode::Clip => Some(index.clamp(0, extent - 1)),
        }
    }
}

/// Slices of `source` at `indices` (`intp`) of `axis`: the axis is replaced by the indices' axes. Output 0 in C order.
/// For `axis=None` hand over a flattened source.
///
/// # Errors
/// `Axis`; `Index` out of bounds in `Raise` mode, or for a non-empty result from an empty axis.
pub fn take(
    source: View<'_>,
    indices: View<'_>,
    axis: isize,
    mode: Mode,
    provider: &mut dyn Provider,
) -> Result<()> {
    let axis = normalize_axis(axis, source.ndim())?;
    let shape = result_shape(source, indices, axis);
    let count = checked_len(&shape, source.dtype().itemsize())?;
    let out = provider.provide(0, source.dtype(), &shape, &c_strides(&shape, source.dtype().itemsize()))?;
    take_bytes(source, indices, axis, mode, out, count)?;
    // SAFETY: the dense output now holds copies of elements by bytes.
    unsafe { retain_elements(out, source.dtype().itemsize() as isize, count, source.dtype()) }
}

/// Copies the slices of `source` at `indices` (`intp`) of `axis` into `out`, cast unsafely, which has the shape that
/// [`take`] describes. Overlap is handled.
///
/// # Errors
/// As [`take`]; `Value` when `out` has another shape.
pub fn take_into(
    source: View<'_>,
    indices: View<'_>,
    axis: isize,
    mode: Mode,
    out: ViewMut<'_>,
) -> Result<()> {
    let axis = normalize_axis(axis, source.ndim())?;
    let shape = result_shape(source, indices, axis);
    if out.shape() != shape.as_slice() {
        return Err(Error::Value("output array does not match result of ndarray.take".into()));
    }
    let scratch = Scratch::new(source.dtype(), &shape)?;
    let count = scratch.view().len();
    take_bytes(source, indices, axis, mode, scratch.data(), count)?;
    let step = source.dtype().itemsize() as isize;
    // SAFETY: the dense scratch now holds copies of elements by bytes.
    unsafe { retain_elements(scratch.data(), step, count, source.dtype()) }?;
    cast_into(out, scratch.view())
}

fn result_shape(source: View<'_>, indices: View<'_>, axis: usize) -> Dims {
    let (before, after) = source.shape().split_at(axis);
    before.iter().chain(indices.shape()).chain(&after[1..]).copied().collect()
}

/// The bytes of the result, without counting references, densely to `out`; on an error all of it is null.
fn take_bytes(
    source: View<'_>,
    indices: View<'_>,
    axis: usize,
    mode: Mode,
    out: *mut u8,
    count: usize,
) -> Result<()> {
    let along = Along { axis, extent: source.shape()[axis], stride: source.strides()[axis] };
    // Indices are looked at where there is a slice to pick from, be it without elements.
    if count == 0 && source.shape()[..=axis].contains(&0) {
        return Ok(());
    }
    if along.extent == 0 {
        return Err(Error::Index("cannot do a non-empty take from an empty axes.".into()));
    }
    let mut keep = Vec::new();
    let numbers = column::run_by(mode, indices, &mut keep)?;
    if count == 0 {
        // SAFETY: the index array's numbers, or a copy of them.
        return unsafe { along.check(numbers) };
    }
    let copied = gather_along(source, along, numbers, out);
    if copied.is_err() {
        // References that were copied are not counted: they must not be given back with the output.
        // SAFETY: the output has room for all elements.
        unsafe { std::ptr::write_bytes(out, 0, count * source.dtype().itemsize()) };
    }
    copied
}

/// As [`take_bytes`], the numbers in their places.
fn gather_along(source: View<'_>, along: Along, numbers: Numbers, out: *mut u8) -> Result<()> {
    let (shape, strides, size) = (source.shape(), source.strides(), source.dtype().itemsize());
    let (outer, inner) = (&shape[..along.axis], &shape[along.axis + 1..]);
    let inner_strides = &strides[along.axis + 1..];
    let block = inner.iter().product::<isize>() as usize * size;
    let dense = sharray_base::layout::is_c_contiguous(inner, inner_strides, size);
    let bytes = if dense { block } else { size };
    let picks = Picks { along, numbers, step: block as isize, bytes };
    if outer.is_empty() && dense {
        // SAFETY: numbers of the index array; the source has a block at each place of the axis, the dense output for each
        // number.
        return unsafe { picks.gather(source.data(), out) };
    }
    // Where the rest of the axes is not one block, all numbers are picked at each of its places.
    let rest = if dense { &[][..] } else { inner };
    let rows: Dims = outer.iter().chain(rest).copied().collect();
    let from: Dims = strides[..along.axis].iter().chain(&inner_strides[..rest.len()]).copied().collect();
    let mut to = c_strides(outer, 1);
    to.iter_mut().for_each(|stride| *stride *= (block * numbers.count) as isize);
    to.extend(c_strides(rest, size));
    let sources = [
        Source { data: source.data(), shape: &rows, strides: &from },
        Source { data: out, shape: &rows, strides: &to },
    ];
    let nest = Nest::new(&rows, &sources, Freedom::Forward)?;
    // SAFETY: as above, at each place of the other axes.
    unsafe { picks.gather_rows(&nest) }
}

/// Slices of `axis` where the 1-D bool `condition` is true.
///
/// # Errors
/// `Axis`; `Value` when the condition is not 1-D; `Index` when a true entry lies beyond the axis.
pub fn compress(
    condition: View<'_>,
    source: View<'_>,
    axis: isize,
    provider: &mut dyn Provider,
) -> Result<()> {
    if condition.ndim() != 1 {
        return Err(Error::Value("condition must be a 1-d array".into()));
    }
    let numbers = super::mask::indices(condition)?.swap_remove(0);
    let (dtype, shape, strides) = (
        sharray_base::DType::of(sharray_base::TypeNum::Long),
        [numbers.len() as isize],
        [size_of::<isize>() as isize],
    );
    // SAFETY: describes the vector, which outlives the call and is only read.
    let indices = unsafe { View::new(numbers.as_ptr().cast_mut().cast(), &dtype, &shape, &strides) };
    take(source, indices, axis, Mode::Raise, provider)
}

/// Each slice of `axis` repeated; `counts` (`intp`) has one element or one per slice.
///
/// # Errors
/// `Axis`; `Value` for a negative count or a wrong number of them.
pub fn repeat(source: View<'_>, counts: View<'_>, axis: isize, provider: &mut dyn Provider) -> Result<()> {
    let axis = normalize_axis(axis, source.ndim())?;
    let extent = source.shape()[axis];
    let counts = Counts::of(counts, extent)?;
    let total = match &counts {
        Counts::Same(count) => extent.checked_mul(*count),
        Counts::Each(counts) => counts.iter().try_fold(0isize, |sum, &n| sum.checked_add(n)),
    };
    let mut shape = Dims::from_slice(source.shape());
    shape[axis] = total.ok_or_else(|| Error::Value("negative dimensions are not allowed".into()))?;
    let (dtype, size) = (source.dtype(), source.dtype().itemsize());
    let count = checked_len(&shape, size)?;
    let out = provider.provide(0, dtype, &shape, &c_strides(&shape, size))?;
    if count == 0 {
        return Ok(());
    }
    let keep;
    let source = if source.is_c_contiguous() {
        source
    } else {
        keep = Scratch::cast(source, dtype)?;
        keep.view()
    };
    let rows: isize = source.shape()[..axis].iter().product();
    let block = source.shape()[axis + 1..].iter().product::<isize>() as usize * size;
    // SAFETY: the dense source has `rows * extent` blocks; the output as many as the counts ask for.
    unsafe {
        match &counts {
            Counts::Same(count) => {
                let blocks = (rows * extent) as usize;
                repeat_alike(source.data(), blocks, *count as usize, out, block);
            }
            Counts::Each(counts) => repeat_blocks(source.data(), rows as usize, counts, out, block),
        }
        retain_elements(out, size as isize, count, dtype)
    }
}

/// How often slices are repeated.
enum Counts {
    /// All so often.
    Same(isize),
    Each(Vec<isize>),
}

impl Counts {
    fn of(counts: View<'_>, extent: isize) -> Result<Counts> {
        let mut numbers = room(counts.len())?;
        walk(counts.shape(), &[(counts.data(), counts.strides())], &mut |p, s, n| {
            // SAFETY: elements of the `intp` array.
            numbers.extend(
                (0..n as isize).map(|i| unsafe { p[0].offset(i * s[0]).cast::<isize>().read_unaligned() }),
            );
            Ok(())
        })?;
        if let [one] = numbers[..] {
            let fits = (one >= 0 || extent == 0) && one.checked_mul(extent).is_some();
            let refused = || Error::Value("negative dimensions are not allowed".into());
            return if fits { Ok(Counts::Same(one)) } else { Err(refused()) };
        }
        if numbers.len() as isize != extent {
            return Err(Error::Value(format!(
                "operands could not be broadcast together with shape ({extent},) ({},)",
                numbers.len()
            )));
        }
        if numbers.iter().any(|&n| n < 0) {
            return Err(Error::Value("repeats may not contain negative values.".into()));
        }
        Ok(Counts::Each(numbers))
    }
}

/// Writes each of so many blocks `count` times.
///
/// # Safety
/// `data` holds the blocks, `out` has room for each repeated; they don't overlap.
unsafe fn repeat_alike(data: *const u8, blocks: usize, count: usize, out: *mut u8, block: usize) {
    // SAFETY: handed on: a block is the bytes of an element of this size; or block by block.
    unsafe {
        match block {
            1 => repeat_each::<u8>(data.cast(), blocks, count, out.cast()),
            2 => repeat_each::<u16>(data.cast(), blocks, count, out.cast()),
            4 => repeat_each::<u32>(data.cast(), blocks, count, out.cast()),
            8 => repeat_each::<u64>(data.cast(), blocks, count, out.cast()),
            16 => repeat_each::<u128>(data.cast(), blocks, count, out.cast()),
            _ => (0..blocks).for_each(|index| {
                let (from, to) = (data.add(index * block), out.add(index * count * block));
                (0..count).for_each(|i| std::ptr::copy_nonoverlapping(from, to.add(i * block), block));
            }),
        }
    }
}

/// [`repeat_alike`] for blocks of the size of a `T`; few copies at a time are one store.
///
/// # Safety
/// As for [`repeat_alike`]; at any alignment.
unsafe fn repeat_each<T: Copy>(data: *const T, blocks: usize, count: usize, out: *mut T) {
    // SAFETY: handed on from the caller.
    unsafe {
        match count {
            2 => repeat_times::<T, 2>(data, blocks, out),
            3 => repeat_times::<T, 3>(data, blocks, out),
            4 => repeat_times::<T, 4>(data, blocks, out),
            _ => (0..blocks).for_each(|index| {
                let value = data.add(index).read_unaligned();
                (0..count).for_each(|i| out.add(index * count + i).write_unaligned(value));
            }),
        }
    }
}

/// # Safety
/// As for [`repeat_each`], of `N` copies.
unsafe fn repeat_times<T: Copy, const N: usize>(data: *const T, blocks: usize, out: *mut T) {
    for index in 0..blocks {
        // SAFETY: by the contract.
        unsafe {
            let value = data.add(index).read_unaligned();
            out.add(index * N).cast::<[T; N]>().write_unaligned([value; N]);
        }
    }
}

/// # Safety
/// `data` holds `rows * counts.len()` blocks, `out` has room for each repeated.
unsafe fn repeat_blocks(data: *const u8, rows: usize, counts: &[isize], out: *mut u8, block: usize) {
    // SAFETY: handed on: a block is the bytes of an element of this size.
    unsafe {
        match block {
            1 => return repeat_elements::<u8>(data.cast(), rows, counts, out.cast()),
            2 => return repeat_elements::<u16>(data.cast(), rows, counts, out.cast()),
            4 => return repeat_elements::<u32>(data.cast(), rows, counts, out.cast()),
            8 => return repeat_elements::<u64>(data.cast(), rows, counts, out.cast()),
            _ => {}
        }
    }
    let (mut from, mut to) = (data, out);
    for _ in 0..rows {
        for &count in counts {
            // SAFETY: by this function's contract.
            unsafe {
                (0..count as usize)
                    .for_each(|i| std::ptr::copy_nonoverlapping(from, to.add(i * block), block));
                from = from.add(block);
                to = to.add(block * count as usize);
            }
        }
    }
}

/// Copies that are written whatever the count: where counts vary, to ask each time costs more.
const AT_ONCE: usize = 4;

/// [`repeat_blocks`] for blocks of the size of a `T`. Copies beyond a count are overwritten by the next ones.
///
/// # Safety
/// As for [`repeat_blocks`]; at any alignment.
unsafe fn repeat_elements<T: Copy>(data: *const T, rows: usize, counts: &[isize], out: *mut T) {
    let mut left = rows * counts.iter().sum::<isize>() as usize;
    let (mut from, mut to) = (data, out);
    for _ in 0..rows {
        for &count in counts {
            let count = count as usize;
            // SAFETY: `left` elements are writable from `to` on, of which `count` are this one's.
            unsafe {
                let value = from.read_unaligned();
                if left >= AT_ONCE {
                    to.cast::<[T; AT_ONCE]>().write_unaligned([value; AT_ONCE]);
                    (AT_ONCE..count).for_each(|i| to.add(i).write_unaligned(value));
                } else {
                    (0..count).for_each(|i| to.add(i).write_unaligned(value));
                }
                from = from.add(1);
                to = to.add(count);
            }
            left -= count;
        }
    }
}
