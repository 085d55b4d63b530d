//! Arrays of flat lists of Python's own texts, without a tree of what is in them: two looks at the list, one for the width,
//! one to write.

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::layout::Order;
use sharray_base::{DType, TypeNum};
use sharray_kernels::string::packed;

use crate::object::array::Array;
use crate::object::dtype;

/// A fresh array of a list or tuple of nothing but `str`, or nothing but `bytes`, of dtype `wanted` or one as wide as the
/// longest; `None` for other objects and dtypes.
///
/// # Errors
/// `MemoryError`.
pub(super) fn of_list<'py>(
    object: &Bound<'py, PyAny>,
    wanted: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Array<'py>>> {
    let Some(items) = items(object) else { return Ok(None) };
    // SAFETY: live items of the list, as long as no Python code runs.
    let Some(class) = items.first().map(|first| unsafe { ffi::Py_TYPE(*first) }) else { return Ok(None) };
    let own = if class == &raw mut ffi::PyUnicode_Type {
        TypeNum::Unicode
    } else if class == &raw mut ffi::PyBytes_Type {
        TypeNum::String
    } else {
        return Ok(None);
    };
    // SAFETY: as above.
    if !items.iter().all(|item| unsafe { ffi::Py_TYPE(*item) } == class) {
        return Ok(None);
    }
    let py = object.py();
    let value = wanted.map(dtype::value);
    let variable = value.is_some_and(|value| value.num() == TypeNum::VString);
    if let Some(value) = value {
        let plain = value.is_native() && value.metadata().is_none();
        let open = variable && own == TypeNum::Unicode && value.text_options().missing.is_none();
        if !plain || !(open || value.num() == own) {
            return Ok(None);
        }
    }
    let descr = match wanted {
        Some(wanted) if variable || dtype::value(wanted).itemsize() > 0 => wanted.clone(),
        _ => {
            let longest = items.iter().map(|item| length(*item, own)).max().unwrap_or(0).max(1);
            let unit = if own == TypeNum::Unicode { 4 } else { 1 };
            let Some(size) = longest.checked_mul(unit).filter(|size| i32::try_from(*size).is_ok()) else {
                return Ok(None);
            };
            dtype::from_value(py, &DType::flexible(own, size))?
        }
    };
    let made = Array::build(py, &descr, &[items.len() as isize], Order::C, false, None)?;
    let (size, data) = (made.dtype().itemsize(), made.data());
    let mut room = packed::Room::new();
    for (index, item) in items.iter().enumerate() {
        let to = data.wrapping_add(index * size);
        // SAFETY: an item of the class that was looked at, and an element of the fresh array.
        let done = unsafe {
            match own {
                TypeNum::String => put_bytes(*item, to, size),
                _ if variable => put_packed(*item, to, &mut room),
                _ => put_text(*item, to, size / 4),
            }
        };
        if done.is_none() {
            // What is wrong with it the general way tells.
            return Ok(None);
        }
    }
    Ok(Some(made))
}

/// The items of a list or tuple. They may be used as long as no Python code runs.
fn items<'a>(object: &Bound<'_, PyAny>) -> Option<&'a [*mut ffi::PyObject]> {
    let pointer = object.as_ptr();
    // SAFETY: a list or tuple of exactly that class has so many items there; of none the place is not used.
    unsafe {
        let (start, count) = if ffi::PyList_CheckExact(pointer) != 0 {
            ((*pointer.cast::<ffi::PyListObject>()).ob_item.cast_const(), ffi::PyList_GET_SIZE(pointer))
        } else if ffi::PyTuple_CheckExact(pointer) != 0 {
            let items = &raw const (*pointer.cast::<ffi::PyTupleObject>()).ob_item;
            (items.cast::<*mut ffi::PyObject>(), ffi::PyTuple_GET_SIZE(pointer))
        } else {
            return None;
        };
        (count > 0).then(|| std::slice::from_raw_parts(start, count as usize))
    }
}

fn length(item: *mut ffi::PyObject, num: TypeNum) -> usize {
    // SAFETY: an object of the class that goes with the type.
    let length = unsafe {
        if num == TypeNum::Unicode { ffi::PyUnicode_GET_LENGTH(item) } else { ffi::PyBytes_Size(item) }
    };
    length as usize
}

/// # Safety
/// Bytes, and `size` writable bytes.
unsafe fn put_bytes(item: *mut ffi::PyObject, to: *mut u8, size: usize) -> Option<()> {
    // SAFETY: by the contract.
    unsafe {
        let count = (ffi::PyBytes_Size(item) as usize).min(size);
        std::ptr::copy_nonoverlapping(ffi::PyBytes_AsString(item).cast::<u8>(), to, count);
        to.add(count).write_bytes(0, size - count);
    }
    Some(())
}

/// # Safety
/// A text, and a valid element of variable width.
unsafe fn put_packed(item: *mut ffi::PyObject, to: *mut u8, room: &mut packed::Room) -> Option<()> {
    let mut size = 0;
    // SAFETY: by the contract; the bytes live as long as the text.
    unsafe {
        let text = ffi::PyUnicode_AsUTF8AndSize(item, &mut size);
        if text.is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        room.set(to, std::slice::from_raw_parts(text.cast(), size as usize)).ok()
    }
}

/// # Safety
/// A text, and as many writable units.
unsafe fn put_text(item: *mut ffi::PyObject, to: *mut u8, units: usize) -> Option<()> {
    let to = to.cast::<u32>();
    // SAFETY: by the contract; the text's data are so many units of its kind.
    unsafe {
        if ffi::PyUnicode_IS_READY(item) == 0 {
            return None;
        }
        let count = (ffi::PyUnicode_GET_LENGTH(item) as usize).min(units);
        let from = ffi::PyUnicode_DATA(item);
        match ffi::PyUnicode_KIND(item) {
            1 => (0..count).for_each(|k| to.add(k).write(u32::from(from.cast::<u8>().add(k).read()))),
            2 => (0..count).for_each(|k| to.add(k).write(u32::from(from.cast::<u16>().add(k).read()))),
            _ => std::ptr::copy_nonoverlapping(from.cast::<u32>(), to, count),
        }
        to.add(count).write_bytes(0, units - count);
    }
    Some(())
}
