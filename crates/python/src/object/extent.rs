//! The memory that an array may look at: what its owner holds. Shape and strides from Python are checked against it.
//!
//! The owner stands at the end of the chain of bases. If that is an array, it holds what its own elements cover; if it
//! is an object with a buffer, that buffer. An array on memory that another object vouches for (an array interface) is
//! taken at its word: it holds what its elements cover.

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::layout;

use super::array::Array;

/// First and one-past-last address.
type Range = (isize, isize);

/// True when elements of `itemsize` bytes, so laid out from `data` on, lie in memory that belongs to `array`. No element
/// lies anywhere.
pub fn holds(array: &Array<'_>, data: *mut u8, shape: &[isize], strides: &[isize], itemsize: usize) -> bool {
    if shape.contains(&0) {
        return true;
    }
    let Some((low, high)) = layout::checked_byte_bounds(shape, strides, itemsize) else { return false };
    let (start, end) = of(array);
    let data = data as isize;
    data.checked_add(low).is_some_and(|low| low >= start)
        && data.checked_add(high).is_some_and(|high| high <= end)
}

/// The memory that belongs to an array: its owner's, and in any case its own elements'.
pub fn of(array: &Array<'_>) -> Range {
    let mut range = own(array);
    let mut owner = array.clone();
    while let Some(base) = owner.base() {
        match Array::from_object(&base) {
            Some(next) => owner = next,
            None => {
                range = buffer(&base)
                    .filter(|held| contains(*held, own(&owner)))
                    .map_or(range, |held| join(range, held));
                break;
            }
        }
    }
    join(range, own(&owner))
}

/// What an array's elements cover.
fn own(array: &Array<'_>) -> Range {
    let (low, high) = layout::byte_bounds(array.shape(), array.strides(), array.dtype().itemsize());
    (array.data() as isize + low, array.data() as isize + high)
}

fn contains(outer: Range, inner: Range) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

/// Both, and what lies between: of one block of memory, if neither is empty.
fn join(a: Range, b: Range) -> Range {
    match (a.0 == a.1, b.0 == b.1) {
        (true, _) => b,
        (_, true) => a,
        _ => (a.0.min(b.0), a.1.max(b.1)),
    }
}

/// The bytes that an object exports in one piece, if it does.
fn buffer(object: &Bound<'_, PyAny>) -> Option<Range> {
    // SAFETY: an all-zero view is what the protocol fills; it is released at once, and its numbers only compared.
    unsafe {
        let mut view: ffi::Py_buffer = std::mem::zeroed();
        if ffi::PyObject_CheckBuffer(object.as_ptr()) == 0
            || ffi::PyObject_GetBuffer(object.as_ptr(), &mut view, ffi::PyBUF_SIMPLE) != 0
        {
            ffi::PyErr_Clear();
            return None;
        }
        let start = view.buf as isize;
        let range = (start, start + view.len);
        ffi::PyBuffer_Release(&mut view);
        Some(range)
    }
}
