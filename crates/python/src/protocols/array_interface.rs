//! `__array_interface__` (version 3) and `__array_struct__`, both ways.

use std::ffi::{c_char, c_int};

use pyo3::exceptions::{PyAttributeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use sharray_base::dtype::kind::Kind;
use sharray_base::{DType, Dims, MAX_NDIM, TypeNum, layout};

use super::buffer;
use crate::args;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{dtype, scalar};

/// Whether others may write: not to memory that a write only warns about.
fn is_writable(array: &Array<'_>) -> bool {
    array.has(flag::WRITEABLE) && array.flags() & flag::WARN_ON_WRITE == 0
}

/// Refuses texts of `StringDType`, which lie elsewhere, beside the real NumPy: it then asks `__array__`, which copies them.
fn has_its_elements(array: &Array<'_>) -> PyResult<()> {
    if array.dtype().num() == TypeNum::VString && super::foreign::beside_numpy(array.py())? {
        return Err(PyAttributeError::new_err(
            "arrays of StringDType have no array interface: their texts lie outside the array; see __array__ and \
             __arrow_c_array__",
        ));
    }
    Ok(())
}

/// `__array_interface__` of an array.
///
/// # Errors
/// `AttributeError` for dtypes whose elements lie outside the array.
pub fn describe<'py>(array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    has_its_elements(array)?;
    let py = array.py();
    let dict = PyDict::new(py);
    dict.set_item("data", (array.data() as usize, !is_writable(array)))?;
    if array.has(flag::C_CONTIGUOUS) {
        dict.set_item("strides", py.None())?;
    } else {
        dict.set_item("strides", PyTuple::new(py, array.strides())?)?;
    }
    let typestr = array.descr().getattr("str")?;
    // Fields that overlap have no such list: the bytes are described.
    let bytes = || PyList::new(py, [("", &typestr)]).map(Bound::into_any);
    dict.set_item("descr", array.descr().getattr("descr").or_else(|_| bytes())?)?;
    dict.set_item("typestr", &typestr)?;
    dict.set_item("shape", PyTuple::new(py, array.shape())?)?;
    dict.set_item("version", 3)?;
    Ok(dict.into_any())
}

/// `PyArrayInterface`, the struct behind `__array_struct__`.
#[repr(C)]
struct Interface {
    two: c_int,
    nd: c_int,
    typekind: c_char,
    itemsize: c_int,
    flags: c_int,
    shape: *mut isize,
    strides: *mut isize,
    data: *mut u8,
    descr: *mut ffi::PyObject,
}

/// What a capsule of ours keeps alive.
struct Kept {
    interface: Interface,
    dims: Vec<isize>,
    array: *mut ffi::PyObject,
}

const NOT_SWAPPED: c_int = 0x0200;
const HAS_DESCR: c_int = 0x0800;

unsafe extern "C" fn release(capsule: *mut ffi::PyObject) {
    // SAFETY: made by `capsule` below; its context is the box.
    unsafe {
        let kept: *mut Kept = ffi::PyCapsule_GetContext(capsule).cast();
        if !kept.is_null() {
            let kept = Box::from_raw(kept);
            ffi::Py_XDECREF(kept.interface.descr);
            ffi::Py_XDECREF(kept.array);
        }
    }
}

/// `__array_struct__` of an array.
///
/// # Errors
/// As for [`describe`].
pub fn capsule<'py>(array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    has_its_elements(array)?;
    let py = array.py();
    let dtype = array.dtype();
    let nd = array.ndim();
    let mut dims: Vec<isize> = array.shape().iter().chain(array.strides()).copied().collect();
    let shape = dims.as_mut_ptr();
    let layout_bits = flag::C_CONTIGUOUS | flag::F_CONTIGUOUS | flag::ALIGNED;
    let layout_bits = layout_bits | if is_writable(array) { flag::WRITEABLE } else { 0 };
    let native = if dtype.is_native() { NOT_SWAPPED } else { 0 };
    // The struct has no room for fields or time units: they go into the description. So does the type of text, whose
    // size in bytes consumers take for a number of characters (NumPy does, and reads behind the end), and what has no
    // letter. The dtype itself is its best description, and the only one where fields overlap or have titles.
    let in_words = matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta | Kind::Unicode);
    let has_descr = dtype.as_structure().is_some() || in_words || dtype.num().is_small_float();
    let interface = Interface {
        two: 2,
        nd: nd as c_int,
        typekind: dtype.num().kind_letter() as c_char,
        itemsize: dtype.itemsize() as c_int,
        flags: array.flags() & layout_bits | native | if has_descr { HAS_DESCR } else { 0 },
        shape,
        // SAFETY: `dims` holds `2 * nd` values.
        strides: unsafe { shape.add(nd) },
        data: array.data(),
        descr: match (has_descr, in_words) {
            (false, _) => std::ptr::null_mut(),
            (true, false) => match array.descr().getattr("descr") {
                Ok(list) if !dtype.num().is_small_float() => list.into_ptr(),
                _ => array.descr().into_ptr(),
            },
            (true, true) => array.descr().getattr("str")?.into_ptr(),
        },
    };
    let kept =
        Box::into_raw(Box::new(Kept { interface, dims, array: array.clone().into_object().into_ptr() }));
    // SAFETY: the box lives until `release`; the capsule points into it.
    unsafe {
        debug_assert_eq!((*kept).dims.len(), 2 * nd);
        let capsule =
            ffi::PyCapsule_New((&raw mut (*kept).interface).cast(), std::ptr::null(), Some(release));
        let capsule = Bound::from_owned_ptr_or_err(py, capsule)?;
        ffi::PyCapsule_SetContext(capsule.as_ptr(), kept.cast());
        Ok(capsule)
    }
}

/// True for a capsule of times without a description: it does not say their unit.
pub fn lacks_unit(capsule: &Bound<'_, PyAny>) -> bool {
    // SAFETY: checked to be an unnamed capsule, whose struct begins as the protocol has it.
    unsafe {
        if ffi::PyCapsule_CheckExact(capsule.as_ptr()) == 0
            || ffi::PyCapsule_IsValid(capsule.as_ptr(), std::ptr::null()) == 0
        {
            return false;
        }
        let interface = &*ffi::PyCapsule_GetPointer(capsule.as_ptr(), std::ptr::null()).cast::<Interface>();
        interface.two == 2
            && matches!(interface.typekind as u8, b'm' | b'M')
            && (interface.flags & HAS_DESCR == 0 || interface.descr.is_null())
    }
}

/// An array on the memory that `__array_struct__` describes.
///
/// # Errors
/// `ValueError` when the attribute is no such capsule.
pub fn from_capsule<'py>(object: &Bound<'py, PyAny>, capsule: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let py = object.py();
    let malformed = || PyValueError::new_err("invalid __array_struct__");
    // SAFETY: checked to be an unnamed capsule; the struct is the protocol's, `two` its version mark.
    unsafe {
        if ffi::PyCapsule_CheckExact(capsule.as_ptr()) == 0
            || ffi::PyCapsule_IsValid(capsule.as_ptr(), std::ptr::null()) == 0
        {
            return Err(malformed());
        }
        let interface = &*ffi::PyCapsule_GetPointer(capsule.as_ptr(), std::ptr::null()).cast::<Interface>();
        if interface.two != 2 || interface.nd < 0 || interface.nd as usize > MAX_NDIM {
            return Err(malformed());
        }
        let descr = if interface.flags & HAS_DESCR != 0 && !interface.descr.is_null() {
            dtype::coerce(&Bound::from_borrowed_ptr(py, interface.descr))?
        } else {
            let order = if interface.flags & NOT_SWAPPED != 0 { '=' } else { '>' };
            let size = match interface.typekind as u8 {
                b'U' => interface.itemsize / 4,
                _ => interface.itemsize,
            };
            let text = format!("{order}{}{size}", interface.typekind as u8 as char);
            dtype::coerce(&text.into_pyobject(py)?.into_any())?
        };
        let nd = interface.nd as usize;
        let part = |p: *mut isize| if nd == 0 { &[][..] } else { std::slice::from_raw_parts(p, nd) };
        let (shape, strides) = (part(interface.shape), part(interface.strides));
        if interface.data.is_null() && !shape.contains(&0) {
            return Err(malformed());
        }
        let writable = interface.flags & flag::WRITEABLE != 0;
        Array::from_memory(py, &descr, interface.data, shape, strides, writable, Some(object.clone()), None)
    }
}

/// An array on the memory that `__array_interface__` describes.
///
/// # Errors
/// `ValueError` / `TypeError` for a dictionary without what version 3 demands, or whose strides leave its memory.
pub fn from_dict<'py>(object: &Bound<'py, PyAny>, dict: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let py = object.py();
    let dict = dict
        .cast::<PyDict>()
        .map_err(|_| PyValueError::new_err("Invalid __array_interface__ value, must be a dict"))?;
    let missing = |key: &str| PyValueError::new_err(format!("Missing __array_interface__ {key}"));
    let version = dict.get_item("version")?;
    if let Some(version) = version
        && version.extract::<i64>().is_ok_and(|v| !(1..=3).contains(&v))
    {
        return Err(PyValueError::new_err(format!(
            "unknown __array_interface__ version {version}: 3 is the newest known"
        )));
    }
    let typestr = dict.get_item("typestr")?.ok_or_else(|| missing("typestr"))?;
    let mut descr = dtype_of(&typestr)?;
    if dtype::value(&descr).kind() == Kind::Void
        && let Some(fields) = dict.get_item("descr")?.filter(|d| !is_default_descr(d))
    {
        let detailed = dtype::coerce(&fields)?;
        if dtype::value(&detailed).itemsize() == dtype::value(&descr).itemsize() {
            descr = detailed;
        }
    }
    let value = dtype::value(&descr).clone();
    // Without data the object itself is the one element, and needs no shape.
    let lone = !dict.contains("data")?;
    let shape: Dims = match dict.get_item("shape")? {
        None if lone => Dims::new(),
        None => return Err(missing("shape")),
        Some(shape) => {
            let shape = shape.cast::<PyTuple>().map_err(|_| PyTypeError::new_err("shape must be a tuple"))?;
            shape.iter().map(|n| args::index(&n)).collect::<PyResult<_>>()?
        }
    };
    if shape.len() > MAX_NDIM {
        return Err(PyValueError::new_err(format!(
            "number of dimensions must be within [0, {MAX_NDIM}], got {}",
            shape.len()
        )));
    }
    layout::checked_len(&shape, value.itemsize()).or_raise(py)?;
    let strides = match dict.get_item("strides")?.filter(|s| !s.is_none()) {
        Some(strides) => {
            let strides =
                strides.cast::<PyTuple>().map_err(|_| PyTypeError::new_err("strides must be a tuple"))?;
            if strides.len() != shape.len() {
                return Err(PyValueError::new_err(format!(
                    "mismatch in length of strides ({}) and shape ({})",
                    strides.len(),
                    shape.len()
                )));
            }
            strides.iter().map(|n| args::index(&n)).collect::<PyResult<_>>()?
        }
        None => layout::c_strides(&shape, value.itemsize()),
    };
    if lone {
        return hold(object, &descr, &shape);
    }
    locate(object, dict, &descr, &value, &shape, &strides)
}

/// A fresh array of at most one element, which is the object itself: what an interface without data stands for.
fn hold<'py>(object: &Bound<'py, PyAny>, descr: &Bound<'py, PyAny>, shape: &[isize]) -> PyResult<Array<'py>> {
    let array = Array::build(object.py(), descr, shape, layout::Order::C, true, None)?;
    match array.size() {
        0 => {}
        1 => scalar::to_element(object, array.dtype(), array.data())?,
        size => {
            return Err(PyValueError::new_err(format!(
                "cannot coerce scalar to array with size > 1: the shape {} has {size} elements, and \
                 __array_interface__ no data",
                sharray_base::error::shape_text(shape)
            )));
        }
    }
    Ok(array)
}

/// Finds the memory: an address that the object vouches for, or a buffer whose bounds are checked.
fn locate<'py>(
    object: &Bound<'py, PyAny>,
    dict: &Bound<'py, PyDict>,
    descr: &Bound<'py, PyAny>,
    value: &DType,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<Array<'py>> {
    let py = object.py();
    let given = dict.get_item("data")?.filter(|d| !d.is_none());
    if let Some(pair) = given.as_ref().and_then(|d| d.cast::<PyTuple>().ok()) {
        if pair.len() != 2 {
            return Err(PyTypeError::new_err(
                "__array_interface__ data must be a 2-tuple with (data pointer integer, read-only flag)",
            ));
        }
        let address = pair.get_item(0)?;
        let address: usize = match address.extract::<usize>() {
            Ok(address) => address,
            Err(_) => match address.extract::<String>() {
                Ok(text) => usize::from_str_radix(text.trim_start_matches("0x"), 16).map_err(|_| {
                    PyTypeError::new_err("__array_interface__ data string cannot be converted")
                })?,
                Err(_) => {
                    return Err(PyTypeError::new_err(
                        "first element of __array_interface__ data tuple must be an integer or a string",
                    ));
                }
            },
        };
        let readonly = pair.get_item(1)?.is_truthy()?;
        let has_bytes = value.itemsize() != 0 && !shape.contains(&0);
        if address == 0 && !has_bytes {
            // No array's data is at no address, not even when there is none of it.
            let array = Array::build(py, descr, shape, layout::Order::C, true, None)?;
            array.set_base(Some(object.clone()));
            return Ok(array);
        }
        if address == 0 {
            return Err(PyValueError::new_err(format!(
                "data is NULL but array contains data: the shape is {}",
                sharray_base::error::shape_text(shape)
            )));
        }
        // SAFETY: the object vouches for the address, as the protocol has it.
        return unsafe {
            Array::from_memory(
                py,
                descr,
                address as *mut u8,
                shape,
                strides,
                !readonly,
                Some(object.clone()),
                None,
            )
        };
    }
    let source = given.unwrap_or_else(|| object.clone());
    let (data, len, writable, base) = buffer::bytes_of(&source)?;
    let offset: isize = match dict.get_item("offset")? {
        Some(offset) => offset
            .extract()
            .map_err(|_| PyTypeError::new_err("__array_interface__ offset must be an integer"))?,
        None => 0,
    };
    let bounds = layout::checked_byte_bounds(shape, strides, value.itemsize());
    let (low, high) = bounds.unwrap_or((isize::MIN, isize::MAX));
    if offset < 0 || offset.saturating_add(low) < 0 || offset.saturating_add(high) > len as isize {
        return Err(PyValueError::new_err(format!(
            "__array_interface__ describes bytes {} to {} of a buffer of {len} bytes",
            offset.saturating_add(low),
            offset.saturating_add(high)
        )));
    }
    // SAFETY: the bounds were checked; `base` keeps the buffer.
    unsafe { Array::from_memory(py, descr, data.offset(offset), shape, strides, writable, Some(base), None) }
}

fn dtype_of<'py>(typestr: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let text = typestr.extract::<String>().or_else(|_| {
        let bytes: Vec<u8> = typestr.extract()?;
        String::from_utf8(bytes)
            .map_err(|_| PyTypeError::new_err("__array_interface__ typestr must be a string"))
    });
    let text = text.map_err(|_| PyTypeError::new_err("__array_interface__ typestr must be a string"))?;
    dtype::coerce(&text.into_pyobject(typestr.py())?.into_any())
}

/// `[('', '|V8')]` says nothing that `typestr` does not.
fn is_default_descr(descr: &Bound<'_, PyAny>) -> bool {
    let Ok(length) = descr.len() else { return true };
    length == 1
        && descr
            .get_item(0)
            .and_then(|first| first.get_item(0))
            .and_then(|name| name.extract::<String>())
            .is_ok_and(|name| name.is_empty())
}

/// The attribute on the object, unless it is a class (whose descriptors describe its instances).
pub fn attribute<'py>(object: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let found = object.getattr_opt(name)?;
    // A class's own property or method says nothing about the class.
    let of_instances = |value: &Bound<'py, PyAny>| -> PyResult<bool> {
        Ok(object.is_instance_of::<pyo3::types::PyType>() && value.getattr_opt("__get__")?.is_some())
    };
    match found {
        Some(value) if of_instances(&value)? => Ok(None),
        other => Ok(other),
    }
}
