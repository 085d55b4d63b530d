//! Where the commonest keys point: plain integers, slices, `...` and `None`, alone or in a tuple. Read on the stack, without
//! a plan; what is of another kind, or wrong, is declined and left to the general way, which reports it.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

use super::array::Array;

/// Most entries of such a key, and most axes of the array.
const MOST: usize = 8;

/// A part of an array.
pub(super) struct Place {
    /// Its first element.
    pub(super) data: *mut u8,
    /// True when integers pick one element.
    pub(super) is_element: bool,
    ndim: usize,
    shape: [isize; 2 * MOST],
    strides: [isize; 2 * MOST],
}

/// An entry of a key, by its class.
enum Entry {
    Int(isize),
    Slice(*mut ffi::PyObject),
    Ellipsis,
    NewAxis,
}

impl Entry {
    fn of(object: *mut ffi::PyObject) -> Option<Entry> {
        // SAFETY: a live object; classes and constants are immortal. An integer out of range leaves an error, taken here.
        unsafe {
            let class = ffi::Py_TYPE(object);
            if ptr::eq(class, &raw mut ffi::PyLong_Type) {
                let mut overflow = 0;
                let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                return (overflow == 0).then_some(Entry::Int(value as isize));
            }
            if ptr::eq(class, &raw mut ffi::PySlice_Type) {
                return Some(Entry::Slice(object));
            }
            if ptr::eq(object, ffi::Py_None()) {
                return Some(Entry::NewAxis);
            }
            ptr::eq(object, ffi::Py_Ellipsis()).then_some(Entry::Ellipsis)
        }
    }
}

/// A part of a slice: nothing, or a plain integer.
fn is_simple(part: *mut ffi::PyObject) -> bool {
    // SAFETY: a live object.
    unsafe { ptr::eq(part, ffi::Py_None()) || ptr::eq(ffi::Py_TYPE(part), &raw mut ffi::PyLong_Type) }
}

/// Start, step and length of a slice of an axis.
fn slice(object: *mut ffi::PyObject, extent: isize) -> Option<(isize, isize, isize)> {
    // SAFETY: a live slice, which holds its parts and never changes them.
    unsafe {
        let parts = &*object.cast::<ffi::PySliceObject>();
        if !(is_simple(parts.start) && is_simple(parts.stop) && is_simple(parts.step)) {
            return None;
        }
        let (mut start, mut stop, mut step) = (0, 0, 0);
        if ffi::PySlice_Unpack(object, &mut start, &mut stop, &mut step) != 0 {
            // The general way says what is wrong.
            ffi::PyErr_Clear();
            return None;
        }
        let count = ffi::PySlice_AdjustIndices(extent, &mut start, &mut stop, step);
        Some(if count > 0 { (start, step, count) } else { (0, 1, 0) })
    }
}

impl Place {
    pub(super) fn shape(&self) -> &[isize] {
        &self.shape[..self.ndim]
    }
    pub(super) fn strides(&self) -> &[isize] {
        &self.strides[..self.ndim]
    }
    fn push(&mut self, extent: isize, stride: isize) {
        (self.shape[self.ndim], self.strides[self.ndim]) = (extent, stride);
        self.ndim += 1;
    }

    /// The part of `array` that `key` names, if it is that simple.
    pub(super) fn of(array: &Array<'_>, key: &Bound<'_, PyAny>) -> Option<Place> {
        let own = [key.as_ptr()];
        // SAFETY: a live object; a tuple's items stay while it lives.
        let items: &[*mut ffi::PyObject] = unsafe {
            if ptr::eq(ffi::Py_TYPE(own[0]), &raw mut ffi::PyTuple_Type) {
                let tuple = own[0].cast::<ffi::PyTupleObject>();
                std::slice::from_raw_parts((*tuple).ob_item.as_ptr(), ffi::PyTuple_GET_SIZE(own[0]) as usize)
            } else {
                &own
            }
        };
        let (shape, strides) = (array.shape(), array.strides());
        if items.len() > MOST || shape.len() > MOST {
            return None;
        }
        // How many axes `...` stands for: known once all others are counted.
        let (mut picked, mut gaps) = (0, 0);
        for item in items {
            match Entry::of(*item)? {
                Entry::Int(_) | Entry::Slice(_) => picked += 1,
                Entry::Ellipsis => gaps += 1,
                Entry::NewAxis => {}
            }
        }
        if picked > shape.len() || gaps > 1 {
            return None;
        }
        let rest = shape.len() - picked;
        let mut place = Place {
            data: array.data(),
            is_element: false,
            ndim: 0,
            shape: [0; 2 * MOST],
            strides: [0; 2 * MOST],
        };
        let mut axis = 0;
        for item in items {
            match Entry::of(*item)? {
                Entry::NewAxis => place.push(1, 0),
                Entry::Ellipsis => {
                    (axis..axis + rest).for_each(|axis| place.push(shape[axis], strides[axis]));
                    axis += rest;
                }
                Entry::Int(index) => {
                    let position = if index < 0 { index + shape[axis] } else { index };
                    if position < 0 || position >= shape[axis] {
                        return None;
                    }
                    place.data = place.data.wrapping_offset(position * strides[axis]);
                    axis += 1;
                }
                Entry::Slice(object) => {
                    let (start, step, count) = slice(object, shape[axis])?;
                    place.data = place.data.wrapping_offset(start * strides[axis]);
                    place.push(count, step.checked_mul(strides[axis])?);
                    axis += 1;
                }
            }
        }
        (axis..shape.len()).for_each(|axis| place.push(shape[axis], strides[axis]));
        place.is_element = place.ndim == 0 && gaps == 0;
        Some(place)
    }
}
