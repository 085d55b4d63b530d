//! From a Python value to the bytes of an element: what assignment does. Python integers must fit, text is read as a
//! number, tuples fill structures.

use std::ptr;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyComplex, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple};
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{ByteOrder, DType, Kind, TypeNum};
use sharray_kernels::cast::Transfer;
use sharray_kernels::small_float;

use super::element::{Room, long_double_from_f64};
use super::{digits, element, time, types};
use crate::coerce::Request;
use crate::fp_report;
use crate::object::array::Array;
use crate::protocols::foreign;

/// Writes a Python value as an element of `dtype`, which `target` must have room for.
///
/// # Errors
/// `OverflowError` for an integer out of range, `ValueError` and `TypeError` for what is no such value.
pub fn to_element(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    if let Some((base, shape)) = dtype.flattened() {
        return fill_subarray(object, base, &shape, target);
    }
    if dtype.kind() == Kind::Object {
        return store_object(object, target);
    }
    if dtype.kind() == Kind::VString {
        return crate::object::variable_text::set(object, dtype, target);
    }
    if let Some(num) = types::number_of(object.as_ptr()) {
        return from_scalar(object, num, dtype, target);
    }
    match dtype.kind() {
        Kind::Void => store_void(object, dtype, target),
        Kind::Bytes => store_bytes(object, dtype, target),
        Kind::Unicode => store_text(object, dtype, target),
        _ => {
            let room = fixed(object, dtype)?;
            // SAFETY: the caller passes a writable element of `dtype`.
            unsafe { write_fixed(&room, dtype, target) };
            Ok(())
        }
    }
}

/// # Safety
/// `target` is a writable element of `dtype`, which has a fixed size.
unsafe fn write_fixed(room: &Room, dtype: &DType, target: *mut u8) {
    let size = dtype.itemsize();
    let mut bytes = room.0;
    if dtype.order() == ByteOrder::Swapped {
        let unit = if dtype.kind() == Kind::Complex { size / 2 } else { size };
        bytes[..size].chunks_exact_mut(unit).for_each(<[u8]>::reverse);
    }
    // SAFETY: by the contract; fixed-size elements fit the room.
    unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), target, size) };
}

fn store_object(object: &Bound<'_, PyAny>, target: *mut u8) -> PyResult<()> {
    let slot: *mut *mut ffi::PyObject = target.cast();
    // SAFETY: an object slot holds an owned reference or null; the new one is in place before the old one goes.
    unsafe {
        let old = slot.read_unaligned();
        slot.write_unaligned(object.clone().into_ptr());
        ffi::Py_XDECREF(old);
    }
    Ok(())
}

/// A NumPy scalar is cast as an array element is.
fn from_scalar(object: &Bound<'_, PyAny>, num: TypeNum, dtype: &DType, target: *mut u8) -> PyResult<()> {
    let is_text = |num: TypeNum| matches!(num, TypeNum::Unicode | TypeNum::String);
    // Text to number and number to text go through Python, whose rules NumPy's assignment has.
    match dtype.kind() {
        Kind::Bytes | Kind::Unicode if num == TypeNum::Void => {
            return Err(PyTypeError::new_err(format!(
                "raw bytes and structures have no text: not cast to {dtype}"
            )));
        }
        Kind::Bytes => return store_bytes(object, dtype, target),
        Kind::Unicode => return store_text(object, dtype, target),
        _ if is_text(num) && dtype.kind() != Kind::Void => {
            let room = fixed(object, dtype)?;
            // SAFETY: the caller passes a writable element of `dtype`.
            unsafe { write_fixed(&room, dtype, target) };
            return Ok(());
        }
        Kind::Void if num == TypeNum::Void && dtype.as_structure().is_none() => {
            return store_void(object, dtype, target);
        }
        // A span keeps what it says: years are no seconds.
        Kind::Datetime | Kind::Timedelta if num == dtype.num() => {
            let room = fixed(object, dtype)?;
            // SAFETY: as above.
            unsafe { write_fixed(&room, dtype, target) };
            return Ok(());
        }
        Kind::Void if num != TypeNum::Void && !is_castable(num) && dtype.as_structure().is_some() => {
            return store_void(object, dtype, target);
        }
        // Signed integers ask a scalar for its whole number: what is none, or too large, is an error.
        Kind::Int if num.kind() != Kind::Int && !matches!(num, TypeNum::Bool | TypeNum::Void) => {
            let room = fixed(object, dtype)?;
            // SAFETY: as above.
            unsafe { write_fixed(&room, dtype, target) };
            return Ok(());
        }
        _ => {}
    }
    cast_scalar(object, num, dtype, target)
}

/// True for scalars that fill the fields of a structure by a cast.
fn is_castable(num: TypeNum) -> bool {
    num.is_number() || matches!(num.kind(), Kind::Datetime | Kind::Timedelta)
}

/// Writes a NumPy scalar as an element of `dtype`, cast as an array element is; any other object as [`to_element`] does.
///
/// # Errors
/// As [`to_element`].
pub fn cast_element(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    match types::number_of(object.as_ptr()) {
        Some(num) if !matches!(num, TypeNum::Void | TypeNum::Object) => {
            cast_scalar(object, num, dtype, target)
        }
        _ => to_element(object, dtype, target),
    }
}

fn cast_scalar(object: &Bound<'_, PyAny>, num: TypeNum, dtype: &DType, target: *mut u8) -> PyResult<()> {
    let py = object.py();
    element::with_bytes(object, num, |from, source| {
        fp_report::casting(py, from, dtype, || {
            let transfer = Transfer::new(from, dtype, false)?;
            // SAFETY: one readable element and one writable one; the GIL is held.
            unsafe { transfer.run(source, 0, target, 0, 1) }
        })
    })
}

/// The native bytes of a number, bool or time.
pub(super) fn fixed(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Room> {
    match dtype.kind() {
        Kind::Bool => Ok(room([u8::from(object.is_truthy()?)])),
        Kind::Int | Kind::UInt => integer(object, dtype.num()),
        Kind::Float => real(object, dtype.num()),
        Kind::Complex => complex(object, dtype.num()),
        _ => Ok(room(time::read_ticks(object, dtype)?.to_ne_bytes())),
    }
}

fn room<const N: usize>(bytes: [u8; N]) -> Room {
    let mut room = Room([0; 32]);
    room.0[..N].copy_from_slice(&bytes);
    room
}

fn has(object: &Bound<'_, PyAny>, name: &str) -> bool {
    object.getattr_opt(name).is_ok_and(|found| found.is_some())
}

/// True for values that stand for several elements: no number can be made of them.
fn is_sequence(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<PyList>()
        || object.is_instance_of::<PyTuple>()
        || (!object.is_instance_of::<PyString>()
            && !object.is_instance_of::<PyBytes>()
            && has(object, "__len__")
            && has(object, "__getitem__")
            && !has(object, "__float__")
            && !has(object, "__int__"))
}

fn refuse_sequence(object: &Bound<'_, PyAny>, error: PyErr) -> PyErr {
    let py = object.py();
    let is_array = Array::from_object(object).is_some_and(|array| array.ndim() > 0);
    if !(is_array || is_sequence(object))
        || !(error.is_instance_of::<PyTypeError>(py) || error.is_instance_of::<PyValueError>(py))
    {
        return error;
    }
    let refused = PyValueError::new_err("setting an array element with a sequence.");
    refused.set_cause(py, Some(error));
    refused
}

/// Python's `int` of a value, without asking what it does to fractions.
fn as_int<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyInt>> {
    if let Ok(whole) = object.cast::<PyInt>() {
        return Ok(whole.clone());
    }
    let py = object.py();
    let text = as_str(object)?;
    let made = py.get_type::<PyInt>().call1((text.as_ref().unwrap_or(object),));
    // Python's own words for lists and the like.
    let refused =
        |error| if Array::from_object(object).is_some() { refuse_sequence(object, error) } else { error };
    Ok(made.map_err(refused)?.cast_into::<PyInt>()?)
}

/// Bytes as text, which Python's `float` and `complex` want.
fn as_str<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    match object.cast::<PyBytes>() {
        Ok(bytes) => Ok(Some(bytes.call_method1("decode", ("ascii",))?)),
        Err(_) => Ok(None),
    }
}

/// The error of a Python integer that an integer type does not hold.
pub(super) fn out_of_bounds(value: &Bound<'_, PyInt>, num: TypeNum) -> PyErr {
    let shown = value.str().map_or_else(|_| "too large to show".into(), |s| s.to_string());
    PyOverflowError::new_err(format!("Python integer {shown} out of bounds for {}", num.row().name))
}

/// Lower and upper bound of an integer type.
pub(super) fn bounds(num: TypeNum) -> (i128, i128) {
    let bits = 8 * num.row().itemsize as u32;
    if num.kind() == Kind::Int {
        (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
    } else {
        (0, (1i128 << bits) - 1)
    }
}

/// The value of a Python integer, if 128 bits hold it.
pub(super) fn wide(value: &Bound<'_, PyInt>) -> Option<i128> {
    let mut overflow = 0;
    // SAFETY: a live integer.
    let small = unsafe { ffi::PyLong_AsLongLongAndOverflow(value.as_ptr(), &mut overflow) };
    if overflow == 0 {
        return Some(i128::from(small));
    }
    value.extract::<i128>().ok()
}

fn integer(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Room> {
    let (low, high) = bounds(num);
    let within = |v: &i128| (low..=high).contains(v);
    if let Some(number) = digits::whole(object).map(i128::from).filter(within) {
        return Ok(narrow(room(number.to_ne_bytes()), num));
    }
    let value = as_int(object)?;
    let fits = wide(&value).filter(within);
    let Some(number) = fits else { return Err(out_of_bounds(&value, num)) };
    Ok(narrow(room(number.to_ne_bytes()), num))
}

/// The low bytes of a 128-bit integer, where a smaller one is read from.
fn narrow(full: Room, num: TypeNum) -> Room {
    if cfg!(target_endian = "little") {
        return full;
    }
    let size = num.row().itemsize;
    let mut moved = Room([0; 32]);
    moved.0[..size].copy_from_slice(&full.0[16 - size..16]);
    moved
}

/// Python's `float` of a value; `None` is NaN.
fn as_f64(object: &Bound<'_, PyAny>) -> PyResult<f64> {
    if let Ok(value) = object.cast_exact::<PyFloat>() {
        return Ok(value.value());
    }
    if object.is_none() {
        return Ok(f64::NAN);
    }
    if let Some(value) = digits::real(object) {
        return Ok(value);
    }
    let py = object.py();
    let text = as_str(object)?;
    let made = py.get_type::<PyFloat>().call1((text.as_ref().unwrap_or(object),));
    made.map_err(|error| refuse_sequence(object, error))?.extract()
}

fn real(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Room> {
    if num == TypeNum::LongDouble
        && let Some(text) = long_double_source(object)?
    {
        let whole = object.is_instance_of::<PyInt>();
        return long_double_text(&text, if whole { "python long" } else { "string" });
    }
    if num == TypeNum::LongDouble && object.is_instance_of::<PyString>() {
        return long_double_text(object, "string");
    }
    let value = as_f64(object)?;
    let room = real_room(value, num);
    report_overflow(object.py(), &[value], &room, num)?;
    Ok(room)
}

/// A finite number that became infinite is reported as an overflow of the cast.
fn report_overflow(py: Python<'_>, values: &[f64], room: &Room, num: TypeNum) -> PyResult<()> {
    let infinite = |index: usize| {
        let bytes = &room.0[index * num.row().itemsize..];
        match num {
            TypeNum::Half => half::f16::from_ne_bytes([bytes[0], bytes[1]]).is_infinite(),
            TypeNum::Float => f32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]).is_infinite(),
            num if num.is_small_float() => {
                small_float::rounding_status(num, values[index]) == FpStatus::OVERFLOW
            }
            _ => false,
        }
    };
    if !(0..values.len()).any(|index| values[index].is_finite() && infinite(index)) {
        return Ok(());
    }
    // The conversion's own flags are told now; who casts around this one needn't find them again.
    fp_status::clear();
    fp_report::report_cast(py, FpStatus::OVERFLOW)
}

/// The text of what holds more than a double does: bytes, and integers beyond it (which Python writes exactly).
fn long_double_source<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if object.is_instance_of::<PyBytes>() {
        return object.call_method1("decode", ("latin1",)).map(Some);
    }
    if object.is_instance_of::<PyInt>() && object.extract::<f64>().is_err() {
        return Ok(Some(object.str()?.into_any()));
    }
    Ok(None)
}

/// Text is read in full precision; `source` says what it was, for the report of a number that is too large.
fn long_double_text(object: &Bound<'_, PyAny>, source: &str) -> PyResult<Room> {
    // Python checks the form; the engine's cast reads the digits.
    let value = long_double_form(object)?;
    let from = DType::flexible(TypeNum::Unicode, 4 * object.len()?);
    let mut bytes = vec![0u8; from.itemsize()];
    let trimmed = object.str()?;
    for (slot, c) in bytes.chunks_exact_mut(4).zip(trimmed.to_cow()?.chars()) {
        slot.copy_from_slice(&(c as u32).to_ne_bytes());
    }
    let mut made = Room([0; 32]);
    let run = Transfer::new(&from, &DType::of(TypeNum::LongDouble), false).and_then(|transfer| {
        // SAFETY: one element of text, room for one long double.
        unsafe { transfer.run(bytes.as_ptr(), 0, made.0.as_mut_ptr(), 0, 1) }
    });
    if run.is_err() {
        return Ok(real_room(value, TypeNum::LongDouble));
    }
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&made.0[..16]);
    let names_infinity = object.str()?.to_cow()?.to_ascii_lowercase().contains("inf");
    if sharray_kernels::extended::Extended(bytes).is_infinite() && !names_infinity {
        let py = object.py();
        let category = py.get_type::<pyo3::exceptions::PyRuntimeWarning>();
        let text = format!("overflow encountered in conversion from {source}");
        crate::errors::warn(py, category.as_any(), &text)?;
    }
    Ok(made)
}

/// The double nearest to a text that C reads as a long double: without Python's own underscores, digits of other scripts and
/// blanks at the end.
fn long_double_form(text: &Bound<'_, PyAny>) -> PyResult<f64> {
    let shown = text.str()?.to_cow()?.into_owned();
    let refused = || PyValueError::new_err(format!("invalid literal for long double: {shown}"));
    if shown.contains('_') || !shown.is_ascii() || shown.trim_end() != shown {
        return Err(refused());
    }
    let no_number =
        |error: PyErr| if error.is_instance_of::<PyValueError>(text.py()) { refused() } else { error };
    as_f64(text).map_err(no_number)
}

fn real_room(value: f64, num: TypeNum) -> Room {
    match num {
        TypeNum::Half => room(half::f16::from_f64(value).to_bits().to_ne_bytes()),
        TypeNum::Float => room((value as f32).to_ne_bytes()),
        TypeNum::BFloat16 => room(small_float::nearest_bits(num, value).to_ne_bytes()),
        num if num.is_small_float() => room([small_float::nearest_bits(num, value) as u8]),
        TypeNum::LongDouble => room(long_double_from_f64(value)),
        _ => room(value.to_ne_bytes()),
    }
}

fn complex(object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<Room> {
    let py = object.py();
    let (re, im) = if let Ok(value) = object.cast_exact::<PyComplex>() {
        (value.real(), value.imag())
    } else if object.is_none() {
        (f64::NAN, f64::NAN)
    } else {
        let text = as_str(object)?;
        let made = py.get_type::<PyComplex>().call1((text.as_ref().unwrap_or(object),));
        let made = made?.cast_into::<PyComplex>()?;
        (made.real(), made.imag())
    };
    let part = match num {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CLongDouble => TypeNum::LongDouble,
        _ => TypeNum::Double,
    };
    let size = part.row().itemsize;
    let (mut first, second) = (real_room(re, part), real_room(im, part));
    first.0[size..2 * size].copy_from_slice(&second.0[..size]);
    report_overflow(py, &[re, im], &first, part)?;
    Ok(first)
}

/// Writes bytes, cut or padded with zeros to the element's size.
fn write_padded(bytes: &[u8], size: usize, target: *mut u8) {
    let len = bytes.len().min(size);
    // SAFETY: the caller of `to_element` passes `size` writable bytes.
    unsafe {
        ptr::copy_nonoverlapping(bytes.as_ptr(), target, len);
        ptr::write_bytes(target.add(len), 0, size - len);
    }
}

fn store_bytes(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    if is_sequence(object)
        && !object.is_instance_of::<PyByteArray>()
        && !object.is_instance_of::<PyMemoryView>()
    {
        return Err(PyValueError::new_err("setting an array element with a sequence"));
    }
    let made;
    let bytes = match object.cast::<PyBytes>() {
        Ok(bytes) => bytes,
        Err(_) => {
            let text = match object.cast::<PyString>() {
                Ok(text) => text.clone(),
                Err(_) => object.str()?,
            };
            made = text.call_method1("encode", ("ascii",))?.cast_into::<PyBytes>()?;
            &made
        }
    };
    write_padded(bytes.as_bytes(), dtype.itemsize(), target);
    Ok(())
}

fn store_text(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    if is_sequence(object) {
        return Err(PyValueError::new_err("setting an array element with a sequence"));
    }
    let py = object.py();
    let text = if let Ok(text) = object.cast::<PyString>() {
        text.clone()
    } else if let Ok(bytes) = object.cast::<PyBytes>() {
        bytes.call_method1("decode", ("ascii",))?.cast_into::<PyString>()?
    } else {
        object.str()?
    };
    let room = dtype.itemsize() / 4;
    // SAFETY: a live string.
    let len = unsafe { ffi::PyUnicode_GET_LENGTH(text.as_ptr()) } as usize;
    let mut units = vec![0u32; len.max(room)];
    // SAFETY: the buffer has room for all characters.
    let filled = unsafe { ffi::PyUnicode_AsUCS4(text.as_ptr(), units.as_mut_ptr(), units.len() as isize, 0) };
    if filled.is_null() {
        return Err(PyErr::fetch(py));
    }
    for (index, unit) in units[..room].iter().enumerate() {
        let unit = if dtype.order() == ByteOrder::Swapped { unit.swap_bytes() } else { *unit };
        // SAFETY: the caller passes `4 * room` writable bytes.
        unsafe { target.add(4 * index).cast::<u32>().write_unaligned(unit) };
    }
    Ok(())
}

/// The element of an array without axes; other objects as they are.
fn element_of<'py>(object: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match Array::from_object(&object).filter(|array| array.ndim() == 0) {
        Some(array) => super::to_python(object.py(), array.dtype(), array.data(), Some(array.as_ref())),
        None => Ok(object),
    }
}

/// Writes a structure of the real NumPy, field by field as casts do; false for other objects.
fn store_foreign(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<bool> {
    if !foreign::is_numpys_own(object)? {
        return Ok(false);
    }
    let found = foreign::as_array(object, &Request::default())?;
    let Some(array) = found.filter(|array| array.ndim() == 0) else { return Ok(false) };
    let (from, source) = (array.dtype().clone(), array.data());
    fp_report::casting(object.py(), &from, dtype, || {
        let transfer = Transfer::new(&from, dtype, false)?;
        // SAFETY: the array's one element and a writable one; the GIL is held.
        unsafe { transfer.run(source, 0, target, 0, 1) }
    })?;
    Ok(true)
}

fn store_void(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    let Some(structure) = dtype.as_structure() else { return store_raw(object, dtype, target) };
    let Ok(tuple) = object.cast::<PyTuple>() else {
        if object.is_instance_of::<PyList>() {
            return Err(PyTypeError::new_err(format!(
                "a structure takes a tuple of its fields, not a list: {}",
                object.repr()?
            )));
        }
        if store_foreign(object, dtype, target)? {
            return Ok(());
        }
        // One value for every field.
        for field in &structure.fields {
            to_element(object, &field.dtype, target.wrapping_add(field.offset))?;
        }
        return Ok(());
    };
    let count = structure.fields.len();
    if tuple.len() != count {
        return Err(PyValueError::new_err(format!(
            "could not assign tuple of length {} to structure with {count} fields.",
            tuple.len()
        )));
    }
    for (item, field) in tuple.iter().zip(&structure.fields) {
        // Among the elements of a structure a time is asked for its number, which dates don't have.
        let is_time = types::number_of(item.as_ptr())
            .is_some_and(|num| matches!(num.kind(), Kind::Datetime | Kind::Timedelta));
        let item = match field.dtype.kind() {
            Kind::Float | Kind::Complex if is_time => item.call_method0("item")?,
            Kind::Bytes | Kind::Unicode => element_of(item)?,
            _ => item,
        };
        to_element(&item, &field.dtype, target.wrapping_add(field.offset))?;
    }
    Ok(())
}

fn store_raw(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    let py = object.py();
    if let Ok(bytes) = object.cast::<PyBytes>() {
        write_padded(bytes.as_bytes(), dtype.itemsize(), target);
        return Ok(());
    }
    // SAFETY: a live object.
    if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
        let class = object.get_type();
        return Err(PyTypeError::new_err(format!(
            "a bytes-like object is required, not '{}'",
            class.name()?
        )));
    }
    let bytes = py.get_type::<PyBytes>().call1((object,))?.cast_into::<PyBytes>()?;
    write_padded(bytes.as_bytes(), dtype.itemsize(), target);
    Ok(())
}

/// Fills a subarray from nested sequences, or with one value everywhere.
fn fill_subarray(object: &Bound<'_, PyAny>, base: &DType, shape: &[isize], target: *mut u8) -> PyResult<()> {
    let Some((&count, inner)) = shape.split_first() else { return to_element(object, base, target) };
    let step = inner.iter().product::<isize>() as usize * base.itemsize();
    let place = |index: usize| target.wrapping_add(index * step);
    let axes = depth(object, base);
    if axes < shape.len() {
        // Fewer axes than the subarray: the same along this one.
        return (0..count as usize).try_for_each(|index| fill_subarray(object, base, inner, place(index)));
    }
    let items: Vec<Bound<'_, PyAny>> = object.try_iter()?.collect::<PyResult<_>>()?;
    if axes > shape.len() || (items.len() != count as usize && items.len() != 1) {
        return Err(PyValueError::new_err(format!(
            "could not broadcast input of length {} into a subarray of shape {}",
            items.len(),
            sharray_base::error::shape_text(shape)
        )));
    }
    (0..count as usize)
        .try_for_each(|index| fill_subarray(&items[index.min(items.len() - 1)], base, inner, place(index)))
}

/// How many levels of sequences a value has, at most; a tuple is an element where elements are structures.
fn depth(object: &Bound<'_, PyAny>, base: &DType) -> usize {
    if let Ok(Some(ndim)) = object.getattr_opt("ndim")
        && let Ok(ndim) = ndim.extract::<usize>()
    {
        return ndim;
    }
    if object.is_instance_of::<PyTuple>() && base.as_structure().is_some() {
        return 0;
    }
    if !object.is_instance_of::<PyList>() && !object.is_instance_of::<PyTuple>() {
        return 0;
    }
    1 + object.get_item(0).map_or(0, |first| depth(&first, base))
}
