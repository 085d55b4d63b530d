//! Sorting along an axis of any layout. Lanes that lie densely are sorted where they are; the others pass through a
//! buffer. Lanes are shared out among threads. Object references are only moved, never counted: a sort is a permutation.

mod columns;

use sharray_base::layout::{c_strides, checked_len, normalize_axis};
use sharray_base::memory::Memory;
use sharray_base::{DType, Error, Result, TypeNum, View, ViewMut};
use sharray_kernels::copy::copy_strided;
use sharray_kernels::sort::SortLane;

pub use sharray_kernels::sort::SortKind;

use crate::Provider;
use crate::assign::distinct;
use crate::walk::{each_lane, spread_lanes};
use columns::Columns;

const INDEX: usize = size_of::<isize>();

/// Sorts every lane along `axis` in place.
///
/// # Errors
/// `Axis`; `Type` for a dtype without order; what a Python comparison raises (the lanes then hold the same elements in
/// some order).
pub fn sort(target: ViewMut<'_>, axis: isize, kind: SortKind) -> Result<()> {
    let sorter = SortLane::new(target.dtype())?;
    // SAFETY: `each_sorted` hands over dense aligned lanes of this dtype.
    each_sorted(target, axis, !sorter.needs_gil(), |lane, n| unsafe { sorter.sort(lane, n, kind) })
}

/// Reorders every lane along `axis` so that the elements at places `kth` (negative ones count from the end) stand where
/// sorting would put them.
///
/// # Errors
/// As [`sort`]; `Value` for a place out of bounds.
pub fn partition(target: ViewMut<'_>, kth: &[isize], axis: isize) -> Result<()> {
    let place = normalize_axis(axis, target.ndim())?;
    if target.is_empty() {
        return Ok(());
    }
    let places = places(kth, target.shape()[place])?;
    let sorter = SortLane::new(target.dtype())?;
    // SAFETY: as in `sort`; the places lie within the lane.
    each_sorted(target, axis, !sorter.needs_gil(), |lane, n| unsafe { sorter.partition(lane, n, &places) })
}

/// Places counted from the front, in rising order.
fn places(kth: &[isize], extent: isize) -> Result<Vec<usize>> {
    let place = |&k: &isize| {
        let wanted = if k < 0 { k + extent } else { k };
        let fits = (0..extent).contains(&wanted);
        fits.then_some(wanted as usize)
            .ok_or_else(|| Error::Value(format!("kth(={wanted}) out of bounds ({extent})")))
    };
    let mut places: Vec<usize> = kth.iter().map(place).collect::<Result<_>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// Calls `act` with each lane of `target` as dense aligned elements, which become the lane's; with several lanes at once
/// if `apart` allows it.
fn each_sorted(
    target: ViewMut<'_>,
    axis: isize,
    apart: bool,
    act: impl Fn(*mut u8, usize) -> Result<()> + Sync,
) -> Result<()> {
    let axis = normalize_axis(axis, target.ndim())?;
    let (n, step, size) = (target.shape()[axis] as usize, target.strides()[axis], target.dtype().itemsize());
    if target.is_empty() || n < 2 || size == 0 {
        return Ok(());
    }
    let in_place = step == size as isize && target.is_aligned();
    let room = || if in_place { Ok(None) } else { Memory::heap(n * size, false).map(Some) };
    let operands = [(target.data(), target.strides())];
    let apart = apart && (target.len() == n || distinct(&target));
    if let Some(columns) = Columns::of(&target, axis).filter(|_| apart && !in_place) {
        return columns.each(act);
    }
    spread_lanes(target.shape(), axis, &operands, apart, room, |buffer, lane| {
        let Some(buffer) = buffer else { return act(lane[0], n) };
        // SAFETY: a lane's elements on one side, room for as many on the other. The permuted elements are copied back
        // even after an error, so that every reference keeps its place in the array.
        unsafe {
            copy_strided(lane[0], step, buffer.data(), size as isize, size, n);
            let result = act(buffer.data(), n);
            copy_strided(buffer.data(), size as isize, lane[0], step, size, n);
            result
        }
    })
}

/// The indices that sort each lane along `axis`: output 0, `intp`, in C order.
///
/// # Errors
/// As [`sort`].
pub fn argsort(source: View<'_>, axis: isize, kind: SortKind, provider: &mut dyn Provider) -> Result<()> {
    let sorter = SortLane::new(source.dtype())?;
    // SAFETY: `each_ordered` hands over a dense aligned lane and room for its indices.
    each_ordered(source, axis, provider, !sorter.needs_gil(), |lane, n, order| unsafe {
        sorter.argsort(lane, n, order, kind)
    })
}

/// The indices that partition each lane along `axis`: output 0, `intp`, in C order.
///
/// # Errors
/// As [`partition`].
pub fn argpartition(source: View<'_>, kth: &[isize], axis: isize, provider: &mut dyn Provider) -> Result<()> {
    let place = normalize_axis(axis, source.ndim())?;
    let places = if source.is_empty() { Vec::new() } else { places(kth, source.shape()[place])? };
    let sorter = SortLane::new(source.dtype())?;
    each_ordered(source, axis, provider, !sorter.needs_gil(), |lane, n, order| {
        // SAFETY: as in `argsort`; the places lie within the lane.
        unsafe { sorter.argpartition(lane, n, order, &places) }
    })
}

fn each_ordered(
    source: View<'_>,
    axis: isize,
    provider: &mut dyn Provider,
    apart: bool,
    act: impl Fn(*const u8, usize, *mut isize) -> Result<()> + Sync,
) -> Result<()> {
    let axis = normalize_axis(axis, source.ndim())?;
    let (n, step, size) = (source.shape()[axis] as usize, source.strides()[axis], source.dtype().itemsize());
    let (out, out_strides) = index_output(source.shape(), provider)?;
    if source.is_empty() {
        return Ok(());
    }
    let dense = step == size as isize && source.is_aligned();
    let direct = out_strides[axis] == INDEX as isize;
    let room = |wanted: bool, size: usize| wanted.then(|| Memory::heap(n * size, false)).transpose();
    let rooms = || Ok((room(!dense, size)?, room(!direct, INDEX)?));
    let operands = [(source.data(), source.strides()), (out, &out_strides[..])];
    spread_lanes(source.shape(), axis, &operands, apart, rooms, |(buffer, order), lane| {
        // SAFETY: lanes of the source and the output, and buffers with room for a lane each.
        unsafe {
            let elements = match buffer {
                None => lane[0],
                Some(buffer) => {
                    copy_strided(lane[0], step, buffer.data(), size as isize, size, n);
                    buffer.data()
                }
            };
            let indices = order.as_ref().map_or(lane[1], Memory::data);
            act(elements, n, indices.cast())?;
            if order.is_some() {
                copy_strided(indices, INDEX as isize, lane[1], out_strides[axis], INDEX, n);
            }
        }
        Ok(())
    })
}

fn index_output(shape: &[isize], provider: &mut dyn Provider) -> Result<(*mut u8, sharray_base::Dims)> {
    checked_len(shape, INDEX)?;
    let strides = c_strides(shape, INDEX);
    Ok((provider.provide(0, &DType::of(TypeNum::Long), shape, &strides)?, strides))
}

/// The indices that sort by several keys of one shape, the last one first: output 0, `intp`, in C order. Keys without
/// axes give a single 0.
///
/// # Errors
/// `Type` for no keys; `Value` when their shapes differ; `Axis`; as [`sort`].
pub fn lexsort(keys: &[View<'_>], axis: isize, provider: &mut dyn Provider) -> Result<()> {
    let Some(first) = keys.first() else {
        return Err(Error::Type("need sequence of keys with len > 0 in lexsort".into()));
    };
    if keys.iter().any(|key| key.shape() != first.shape()) {
        return Err(Error::Value("all keys need to be the same shape".into()));
    }
    let (out, strides) = if first.ndim() == 0 && (axis == 0 || axis == -1) {
        let (out, _) = index_output(&[], provider)?;
        // SAFETY: room for one index.
        unsafe { out.cast::<isize>().write_unaligned(0) };
        return Ok(());
    } else {
        normalize_axis(axis, first.ndim())?;
        index_output(first.shape(), provider)?
    };
    let axis = normalize_axis(axis, first.ndim())?;
    let n = first.shape()[axis] as usize;
    let sorters: Vec<SortLane> = keys.iter().map(|key| SortLane::new(key.dtype())).collect::<Result<_>>()?;
    if first.is_empty() {
        return Ok(());
    }
    let largest = keys.iter().map(|key| key.dtype().itemsize()).max().unwrap_or(0);
    let (buffer, order) = (Memory::heap(n * largest, false)?, Memory::heap(n * INDEX, false)?);
    let mut operands = vec![(out, &strides[..])];
    operands.extend(keys.iter().map(|key| (key.data(), key.strides())));
    each_lane(first.shape(), axis, &operands, &mut |lane| {
        let indices = order.data().cast::<isize>();
        // SAFETY: the buffers have room for a lane of any key and its indices; lanes are `n` elements.
        unsafe {
            (0..n).for_each(|i| *indices.add(i) = i as isize);
            for (position, (key, sorter)) in keys.iter().zip(&sorters).enumerate() {
                let size = key.dtype().itemsize();
                let step = key.strides()[axis];
                copy_strided(lane[position + 1], step, buffer.data(), size as isize, size, n);
                sorter.lexsort_step(buffer.data(), n, indices)?;
            }
            copy_strided(order.data(), INDEX as isize, lane[0], strides[axis], INDEX, n);
        }
        Ok(())
    })
}
