//! Where the commonest keys point: plain integers, slices, `...` and `None`, alone or in a tuple. Read on the stack, without
//! a plan; what is of another kind, or wrong, is declined and left to the general way, which reports it.

use std::ptr;

use pyo3::ffi;

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

/// A part of a slice: nothing, or a plain integer of a machine word, held within half of what a word holds.
#[inline(always)]
fn part(object: *mut ffi::PyObject) -> Option<Option<isize>> {
    // SAFETY: a live object; an exact integer sets no error.
    unsafe {
        if ptr::eq(object, ffi::Py_None()) {
            return Some(None);
        }
        if !ptr::eq(ffi::Py_TYPE(object), &raw mut ffi::PyLong_Type) {
            return None;
        }
        let mut overflow = 0;
        let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) as isize;
        (overflow == 0 && value.unsigned_abs() < 1 << 62).then_some(Some(value))
    }
}

/// Start, step and length of a slice of an axis: Python's rules.
#[inline]
fn slice(object: *mut ffi::PyObject, extent: isize) -> Option<(isize, isize, isize)> {
    // SAFETY: a live slice, which holds its parts and never changes them.
    let parts = unsafe { &*object.cast::<ffi::PySliceObject>() };
    let step = part(parts.step)?.unwrap_or(1);
    if step == 0 {
        return None;
    }
    // The places where the walk may begin and must end, in its direction.
    let (low, high) = if step > 0 { (0, extent) } else { (-1, extent - 1) };
    let clipped = |given: Option<isize>, default: isize| match given {
        None => default,
        Some(at) => (if at < 0 { at + extent } else { at }).clamp(low, high),
    };
    let start = clipped(part(parts.start)?, if step > 0 { low } else { high });
    let stop = clipped(part(parts.stop)?, if step > 0 { high } else { low });
    let count = match step {
        1 => stop - start,
        step if step > 0 => (stop - start + step - 1) / step,
        step => (start - stop - step - 1) / -step,
    };
    Some(if count > 0 { (start, step, count) } else { (0, 1, 0) })
}

impl Place {
    /// Nowhere yet.
    #[inline(always)]
    pub(super) fn new() -> Place {
        Place {
            data: ptr::null_mut(),
            is_element: false,
            ndim: 0,
            shape: [0; 2 * MOST],
            strides: [0; 2 * MOST],
        }
    }
    pub(super) fn shape(&self) -> &[isize] {
        &self.shape[..self.ndim]
    }
    pub(super) fn strides(&self) -> &[isize] {
        &self.strides[..self.ndim]
    }
    #[inline(always)]
    fn push(&mut self, extent: isize, stride: isize) {
        (self.shape[self.ndim], self.strides[self.ndim]) = (extent, stride);
        self.ndim += 1;
    }

    /// Finds the part of `array` that `key` names. False if that is not so simple: the place is then of no use.
    #[inline]
    pub(super) fn find(&mut self, array: &Array<'_>, key: *mut ffi::PyObject) -> bool {
        // SAFETY: a live object; a tuple's items stay while it lives.
        unsafe {
            if ptr::eq(ffi::Py_TYPE(key), &raw mut ffi::PyTuple_Type) {
                let items = (&raw mut (*key.cast::<ffi::PyTupleObject>()).ob_item).cast();
                let items = std::slice::from_raw_parts(items, ffi::PyTuple_GET_SIZE(key) as usize);
                return self.by_entries(array, items);
            }
        }
        let Some(entry) = Entry::of(key) else { return false };
        let (shape, strides) = (array.shape(), array.strides());
        if shape.len() > MOST {
            return false;
        }
        self.data = array.data();
        let taken = match self.take(&entry, shape.first().zip(strides.first())) {
            Some(taken) => taken,
            None => return false,
        };
        for (extent, stride) in shape.iter().zip(strides).skip(taken) {
            self.push(*extent, *stride);
        }
        self.is_element = taken > 0 && self.ndim == 0;
        true
    }

    /// Takes an entry other than `...`: the number of axes that it stands for, the first of which is `axis`.
    #[inline(always)]
    fn take(&mut self, entry: &Entry, axis: Option<(&isize, &isize)>) -> Option<usize> {
        match entry {
            Entry::Ellipsis => Some(0),
            Entry::NewAxis => {
                self.push(1, 0);
                Some(0)
            }
            Entry::Int(index) => {
                let (extent, stride) = axis?;
                let position = if *index < 0 { index + extent } else { *index };
                if position < 0 || position >= *extent {
                    return None;
                }
                self.data = self.data.wrapping_offset(position * stride);
                Some(1)
            }
            Entry::Slice(object) => {
                let (extent, stride) = axis?;
                let (start, step, count) = slice(*object, *extent)?;
                self.data = self.data.wrapping_offset(start * stride);
                self.push(count, step.checked_mul(*stride)?);
                Some(1)
            }
        }
    }

    fn by_entries(&mut self, array: &Array<'_>, items: &[*mut ffi::PyObject]) -> bool {
        let (shape, strides) = (array.shape(), array.strides());
        if items.len() > MOST || shape.len() > MOST {
            return false;
        }
        // How many axes `...` stands for: known once all others are counted.
        let (mut picked, mut gaps) = (0, 0);
        for item in items {
            match Entry::of(*item) {
                Some(Entry::Int(_) | Entry::Slice(_)) => picked += 1,
                Some(Entry::Ellipsis) => gaps += 1,
                Some(Entry::NewAxis) => {}
                None => return false,
            }
        }
        if picked > shape.len() || gaps > 1 {
            return false;
        }
        let rest = shape.len() - picked;
        self.data = array.data();
        let mut axis = 0;
        for item in items {
            let Some(entry) = Entry::of(*item) else { return false };
            if matches!(entry, Entry::Ellipsis) {
                (axis..axis + rest).for_each(|axis| self.push(shape[axis], strides[axis]));
                axis += rest;
                continue;
            }
            match self.take(&entry, shape.get(axis).zip(strides.get(axis))) {
                Some(taken) => axis += taken,
                None => return false,
            }
        }
        (axis..shape.len()).for_each(|axis| self.push(shape[axis], strides[axis]));
        self.is_element = self.ndim == 0 && gaps == 0;
        true
    }
}
