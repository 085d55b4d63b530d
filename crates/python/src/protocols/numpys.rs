//! Arrays of the real NumPy, read where they lie: their C struct is the one our own arrays have, so that an array of plain
//! numbers needs no protocol to be looked at. What is not that plain goes the way of all foreign objects (`foreign`).

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::{MAX_NDIM, TypeNum};

use crate::crossings::{self, Protocol};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::{ArrayFields, DTypeFields, flag};

/// NumPy's `ndarray`, once it has been met ([`learn`]); the class lives as long as the process.
static CLASS: AtomicPtr<ffi::PyTypeObject> = AtomicPtr::new(ptr::null_mut());

/// Remembers the class of the real NumPy's arrays, if this is a version whose structs are known: 2.x.
///
/// # Errors
/// What looking at the module raises.
pub(super) fn learn(numpy: &Bound<'_, PyAny>) -> PyResult<()> {
    let version: String = numpy.getattr("__version__")?.extract()?;
    if version.starts_with("2.") {
        // The reference that is never given back keeps the class.
        CLASS.store(numpy.getattr("ndarray")?.into_ptr().cast(), Ordering::Release);
    }
    Ok(())
}

/// True for exact arrays of the real NumPy, once that has been met.
#[inline]
pub fn is_array(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: a live object, whose class is not null.
    unsafe { ffi::Py_TYPE(object.as_ptr()) == CLASS.load(Ordering::Acquire) }
}

/// An exact array of the real NumPy, of plain native numbers: an array on its memory, which it owns. `None` for all else,
/// and before NumPy has been met.
///
/// # Errors
/// `MemoryError`.
pub fn plain<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let Some((fields, num)) = numbers_of(object) else { return Ok(None) };
    // SAFETY: as many extents and strides.
    let (shape, strides) = unsafe { (axes(fields.dimensions, fields.nd), axes(fields.strides, fields.nd)) };
    // SAFETY: a singleton lives for ever.
    let descr = unsafe { Bound::from_borrowed_ptr(object.py(), dtype::singleton(num).cast()) };
    let (writable, base) = (fields.flags & flag::WRITEABLE != 0, Some(object.clone()));
    // SAFETY: the memory of NumPy's array, by its own shape and strides; it stays while that array lives.
    let array = unsafe {
        Array::from_memory(object.py(), &descr, fields.data.cast(), shape, strides, writable, base, None)
    }?;
    crossings::came_in(object, &array, Protocol::Struct, None);
    Ok(Some(array))
}

/// True for what [`plain`] takes.
pub fn is_plain(object: &Bound<'_, PyAny>) -> bool {
    numbers_of(object).is_some()
}

/// The fields of an exact array of the real NumPy, and the type of its elements, where these are plain native numbers.
#[inline]
fn numbers_of<'a>(object: &'a Bound<'_, PyAny>) -> Option<(&'a ArrayFields, TypeNum)> {
    if !is_array(object) {
        return None;
    }
    // SAFETY: an exact array of NumPy 2, whose struct begins with these fields; they are read under the GIL.
    let fields = unsafe { &*object.as_ptr().cast::<ArrayFields>() };
    let bits = flag::ALIGNED | flag::WARN_ON_WRITE;
    let usual = fields.flags & bits == flag::ALIGNED && fields.nd as usize <= MAX_NDIM;
    // SAFETY: its dtype, whose struct begins with these fields.
    let num = number(unsafe { &*fields.descr.cast() })?;
    usual.then_some((fields, num))
}

/// Extents or strides of `count` axes.
///
/// # Safety
/// `values` are `count` readable values, or `count` is 0.
unsafe fn axes<'a>(values: *const isize, count: i32) -> &'a [isize] {
    // SAFETY: by the contract.
    if count == 0 { &[] } else { unsafe { std::slice::from_raw_parts(values, count as usize) } }
}

/// The type of a dtype of NumPy's that is a native number with nothing attached: the numbers of NumPy's own types are ours,
/// those of other packages' types mean something else in each process.
fn number(descr: &DTypeFields) -> Option<TypeNum> {
    let bare = matches!(descr.byteorder as u8, b'=' | b'|') && descr.metadata.is_null();
    if !bare || descr.type_num > TypeNum::Half as i32 {
        return None;
    }
    TypeNum::from_number(descr.type_num).filter(|num| num.is_number())
}
