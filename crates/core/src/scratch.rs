//! Arrays of the engine's own, for the length of one operation: casts of operands, copies of overlapping ones.

use sharray_base::layout::c_strides;
use sharray_base::layout::reshape::fresh_strides;
use sharray_base::layout::{Order, byte_bounds, checked_len};
use sharray_base::memory::Memory;
use sharray_base::{DType, Dims, Error, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::release_elements;

use crate::walk::walk;

/// The values as a vector.
///
/// # Errors
/// `OutOfMemory`: how many there are may be a matter of shapes alone, of arrays that take no memory.
pub(crate) fn collected<T>(values: impl ExactSizeIterator<Item = T>) -> Result<Vec<T>> {
    let mut all = room(values.len())?;
    all.extend(values);
    Ok(all)
}

/// Room for so many values.
///
/// # Errors
/// As for [`collected`].
pub(crate) fn room<T>(count: usize) -> Result<Vec<T>> {
    let mut all = Vec::new();
    let missing = |_| Error::OutOfMemory { bytes: count.saturating_mul(size_of::<T>()) };
    all.try_reserve_exact(count).map_err(missing)?;
    Ok(all)
}

/// A dense array that lives for one operation and releases its objects at the end.
pub(crate) struct Scratch {
    memory: Memory,
    dtype: DType,
    shape: Dims,
    strides: Dims,
}

impl Scratch {
    /// Fresh memory in C order; zeroed when `dtype` holds objects.
    pub(crate) fn new(dtype: &DType, shape: &[isize]) -> Result<Scratch> {
        Scratch::with_strides(dtype, shape, c_strides(shape, dtype.itemsize()))
    }
    fn with_strides(dtype: &DType, shape: &[isize], strides: Dims) -> Result<Scratch> {
        let bytes = checked_len(shape, dtype.itemsize())? * dtype.itemsize();
        let memory = Memory::heap(bytes, dtype.holds_objects())?;
        Ok(Scratch { memory, dtype: dtype.clone(), shape: Dims::from_slice(shape), strides })
    }
    /// A copy of `source` as `dtype`, cast unsafely, in C order.
    pub(crate) fn cast(source: View<'_>, dtype: &DType) -> Result<Scratch> {
        let scratch = Scratch::new(dtype, source.shape())?;
        cast_into(scratch.view_mut(), source)?;
        Ok(scratch)
    }
    /// A copy of `source` in its own memory order.
    pub(crate) fn copy(source: View<'_>) -> Result<Scratch> {
        let size = source.dtype().itemsize();
        let strides = fresh_strides(Order::Keep, source.shape(), source.strides(), size, size);
        let scratch = Scratch::with_strides(source.dtype(), source.shape(), strides)?;
        cast_into(scratch.view_mut(), source)?;
        Ok(scratch)
    }
    pub(crate) fn view(&self) -> View<'_> {
        // SAFETY: the memory holds exactly this dense layout (V1–V3).
        unsafe { View::new(self.memory.data(), &self.dtype, &self.shape, &self.strides) }
    }
    pub(crate) fn view_mut(&self) -> ViewMut<'_> {
        // SAFETY: the memory is ours alone; no reference into it is ever made.
        unsafe { ViewMut::new(self.view()) }
    }
    pub(crate) fn data(&self) -> *mut u8 {
        self.memory.data()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let count = self.shape.iter().product::<isize>() as usize;
        // SAFETY: the dense elements are ours; objects among them were written as owned references, or are null.
        let _ = unsafe { release_elements(self.data(), self.dtype.itemsize() as isize, count, &self.dtype) };
    }
}

/// Casts `source` into `target` element by element in C order; the shapes are equal, the memory does not overlap.
pub(crate) fn cast_into(target: ViewMut<'_>, source: View<'_>) -> Result<()> {
    let transfer = Transfer::new(source.dtype(), target.dtype(), false)?;
    let operands = [(source.data(), source.strides()), (target.data(), target.strides())];
    walk(target.shape(), &operands, &mut |p, s, n| {
        // SAFETY: the walk gives runs of the views' own elements (V3), of the dtypes the transfer was made for.
        unsafe { transfer.run(p[0], s[0], p[1], s[1], n) }
    })
}

/// True unless the byte ranges of the two views are apart.
pub(crate) fn may_overlap(a: View<'_>, b: View<'_>) -> bool {
    let range = |v: View<'_>| {
        let (low, high) = byte_bounds(v.shape(), v.strides(), v.dtype().itemsize());
        let start = v.data() as isize;
        (start.wrapping_add(low), start.wrapping_add(high))
    };
    let (a, b) = (range(a), range(b));
    a.0 < b.1 && b.0 < a.1
}

/// `source` itself, or a copy of it where its memory may overlap `target`'s.
pub(crate) fn apart<'a>(
    source: View<'a>,
    target: View<'_>,
    keep: &'a mut Option<Scratch>,
) -> Result<View<'a>> {
    if !may_overlap(source, target) {
        return Ok(source);
    }
    Ok(keep.insert(Scratch::copy(source)?).view())
}

/// `source` as `dtype` and apart from `target`: itself where it already is, else a copy.
pub(crate) fn prepared<'a>(
    source: View<'a>,
    dtype: &DType,
    target: View<'_>,
    keep: &'a mut Option<Scratch>,
) -> Result<View<'a>> {
    if source.dtype().equivalent(dtype) {
        return apart(source, target, keep);
    }
    Ok(keep.insert(Scratch::cast(source, dtype)?).view())
}
