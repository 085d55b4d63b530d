//! The short way of `tile`: a plain dense array of numbers, repeated so often along each axis.

use pyo3::prelude::*;
use sharray_base::layout::checked_len;
use sharray_kernels::copy::copy_line;

use crate::args::plain_shape;
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::{INLINE_AXES, flag};

/// Bytes that are copied again at a time: they are read from the cache.
const NEAR: usize = 1 << 15;

/// `tile(a, reps)` of a plain integer or a tuple of them, if the result has elements.
///
/// # Errors
/// `MemoryError`.
pub(super) fn tile<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if args.len() != 2 || args.has_keywords() {
        return Ok(None);
    }
    let Some(array) = Array::from_object(&args.at(0)).filter(Array::is_exact) else { return Ok(None) };
    let (num, mut room) = (array.dtype().num(), [0; INLINE_AXES]);
    let simple = num.is_number()
        && std::ptr::eq(array.fields().descr, dtype::singleton(num))
        && array.has(flag::C_CONTIGUOUS);
    let Some(times) = plain_shape(&args.raw()[1..], &mut room).filter(|_| simple) else { return Ok(None) };
    let axes = array.ndim().max(times.len());
    if axes == 0 || axes > INLINE_AXES {
        return Ok(None);
    }
    let mut plan = Tiles { axes, own: [1; INLINE_AXES], times: [1; INLINE_AXES], size: num.row().itemsize };
    plan.own[axes - array.ndim()..axes].copy_from_slice(array.shape());
    plan.times[axes - times.len()..axes].copy_from_slice(times);
    let mut shape = [0; INLINE_AXES];
    for (extent, (own, times)) in shape.iter_mut().zip(plan.own.iter().zip(&plan.times)).take(axes) {
        match own.checked_mul(*times) {
            Some(product) if product > 0 => *extent = product,
            _ => return Ok(None),
        }
    }
    let shape = &shape[..axes];
    let Ok(count) = checked_len(shape, plan.size) else { return Ok(None) };
    let result = Array::dense(args.py(), dtype::singleton(num), shape, count)?;
    let (from, to) = (array.data() as usize, result.data() as usize);
    // SAFETY: the dense array's elements; the fresh result has room for each as often as asked for.
    gate::work(args.py(), count * plan.size, false, || unsafe { plan.fill(0, from as _, to as _) });
    Ok(Some(result.into_object()))
}

/// Extents of the array, how often each is repeated, and bytes of an element.
struct Tiles {
    axes: usize,
    own: [isize; INLINE_AXES],
    times: [isize; INLINE_AXES],
    size: usize,
}

impl Tiles {
    /// Bytes of an index of `axis`, of the array and of the result.
    fn inner(&self, axis: usize) -> (usize, usize) {
        (axis + 1..self.axes).fold((self.size, self.size), |(own, all), axis| {
            let extent = self.own[axis] as usize;
            (own * extent, all * extent * self.times[axis] as usize)
        })
    }

    /// Fills the axes from `axis` on of one place of those before it.
    ///
    /// # Safety
    /// The array's elements there are readable at `from`, the result's writable at `to`; they don't overlap.
    unsafe fn fill(&self, axis: usize, from: *const u8, to: *mut u8) {
        let (own, all) = self.inner(axis);
        let extent = self.own[axis] as usize;
        let block = all * extent;
        // SAFETY: parts of both sides, by the contract; copies of the first block follow it.
        unsafe {
            if own == all {
                copy_line(from, to, block);
            } else {
                (0..extent).for_each(|index| self.fill(axis + 1, from.add(index * own), to.add(index * all)));
            }
            let (mut done, total) = (block, block * self.times[axis] as usize);
            let most = block * (NEAR / block).max(1);
            while done < total {
                let bytes = done.min(total - done).min(most);
                copy_line(to, to.add(done), bytes);
                done += bytes;
            }
        }
    }
}
