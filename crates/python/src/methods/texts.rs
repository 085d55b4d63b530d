//! Lists of text: the elements of an array as Python's own texts, each made in one step.

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_kernels::string::store::trimmed;

use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::variable_text;

/// A list of the last axis's elements at `data`, if they are text in native order, aligned; `None` for others.
///
/// # Errors
/// `MemoryError`; what an element that is no text raises.
pub(super) fn list<'py>(array: &Array<'py>, data: *mut u8) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (Some(count), Some(step)) = (array.shape().last(), array.strides().last()) else { return Ok(None) };
    let (py, dtype) = (array.py(), array.dtype());
    let num = dtype.num();
    let is_text = matches!(num, TypeNum::String | TypeNum::Unicode | TypeNum::VString);
    if !is_text || !dtype.is_native() || !array.has(flag::ALIGNED) {
        return Ok(None);
    }
    let size = dtype.itemsize();
    // SAFETY: a fresh list of as many items takes the references; where one is missing it has null, which it may.
    let list = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyList_New(*count))? };
    for index in 0..*count {
        let from = data.wrapping_offset(index * step);
        let item = match num {
            // SAFETY: a readable element of so many bytes.
            TypeNum::String => bytes(trimmed(unsafe { std::slice::from_raw_parts(from, size) })),
            TypeNum::Unicode => {
                // SAFETY: as above, aligned for its units.
                text(trimmed(unsafe { std::slice::from_raw_parts(from.cast::<u32>(), size / 4) }))
            }
            _ => variable_text::get(py, dtype, from)?.into_ptr(),
        };
        if item.is_null() {
            return Err(match PyErr::take(py) {
                Some(error) => error,
                None => crate::object::scalar::to_python(py, dtype, from, Some(array.as_ref()))
                    .err()
                    .unwrap_or_else(|| pyo3::exceptions::PyMemoryError::new_err(())),
            });
        }
        // SAFETY: the item's place in the fresh list; the list takes the reference.
        unsafe { ffi::PyList_SET_ITEM(list.as_ptr(), index, item) };
    }
    Ok(Some(list))
}

fn bytes(text: &[u8]) -> *mut ffi::PyObject {
    // SAFETY: so many bytes, which are copied.
    unsafe { ffi::PyBytes_FromStringAndSize(text.as_ptr().cast(), text.len() as isize) }
}

/// A Python text of these code points; null, and no exception, where one of them is none.
fn text(codes: &[u32]) -> *mut ffi::PyObject {
    let all = codes.iter().fold(0, |all, code| all | code);
    // SAFETY: so many code points, which are copied; the fresh text has room for as many bytes.
    unsafe {
        if all >= 0x80 || codes.len() < 2 {
            if all > 0xffff && codes.iter().any(|code| *code > 0x10_ffff) {
                return std::ptr::null_mut();
            }
            return ffi::PyUnicode_FromKindAndData(4, codes.as_ptr().cast(), codes.len() as isize);
        }
        let made = ffi::PyUnicode_New(codes.len() as isize, 0x7f);
        if !made.is_null() {
            let to = ffi::PyUnicode_DATA(made).cast::<u8>();
            for (place, code) in codes.iter().enumerate() {
                to.add(place).write(*code as u8);
            }
        }
        made
    }
}
