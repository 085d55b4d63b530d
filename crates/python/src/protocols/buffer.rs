//! The buffer protocol (PEP 3118), both ways.
//!
//! What an export hands out (format, shape, strides) is kept in a list at `_buffer_info` until the array dies, as NumPy
//! does: a `bf_releasebuffer` slot would make CPython's own parsers (`y#`, `s*`) refuse arrays.

use std::ffi::{CStr, CString, c_char, c_int};
use std::ptr;

use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;
use sharray_base::layout::{self, Order};
use sharray_base::{DType, Dims, TypeNum};
use sharray_interop::buffer_format;

use crate::errors::OrRaise;
use crate::gate;
use crate::object::array::Array;
use crate::object::layout::{ArrayFields, flag};
use crate::object::{dtype, dtype_coerce, mapped, ndarray};

/// What one export handed out; must not move. An array's exports are a list, the newest first.
struct Export {
    /// Of numbers, a text that lives for ever; else `owned`'s.
    format: *const c_char,
    shape: Dims,
    strides: Dims,
    /// Bytes of all elements.
    len: isize,
    /// The type of aligned native numbers in C order, which [`again`] knows at a glance.
    plain: Option<TypeNum>,
    #[expect(dead_code, reason = "holds the text that `format` points to")]
    owned: Option<CString>,
    older: *mut Export,
}

/// Frees what exports of a dying array handed out.
pub fn free_info(fields: &mut ArrayFields) {
    let mut export: *mut Export = std::mem::replace(&mut fields.buffer_info, ptr::null_mut()).cast();
    while !export.is_null() {
        // SAFETY: made by `kept` below; every consumer holds a reference to the array, which is dying.
        export = unsafe { Box::from_raw(export) }.older;
    }
}

/// True when every element of an array lies at a multiple of `alignment`.
fn lies_at(array: &Array<'_>, alignment: usize) -> bool {
    let mut long = array.shape().iter().zip(array.strides()).filter(|(extent, _)| **extent > 1);
    array.data().addr().is_multiple_of(alignment)
        && long.all(|(_, s)| s.unsigned_abs().is_multiple_of(alignment))
}

/// The stored export that describes the array now, made if there is none yet.
fn export(array: &Array<'_>, strides: &[isize], scalar: bool) -> PyResult<*mut Export> {
    let py = array.py();
    let dtype = array.dtype();
    if let Some(format) = buffer_format::native(dtype.num())
        && dtype.is_native()
        && (scalar || array.has(flag::ALIGNED))
    {
        return Ok(kept(array, strides, format, true));
    }
    let format = buffer_format::write(dtype, &|offset, alignment| {
        // A scalar's value is copied out before it is used.
        scalar || offset.is_multiple_of(alignment) && lies_at(array, alignment)
    })
    .or_raise(py)?;
    let format =
        CString::new(format).map_err(|_| PyValueError::new_err("a field name holds a NUL character"))?;
    Ok(kept(array, strides, &format, false))
}

/// The array's export of this format and layout. `lasting` says that the text of the format lives for ever.
fn kept(array: &Array<'_>, strides: &[isize], format: &CStr, lasting: bool) -> *mut Export {
    let fields: *mut ArrayFields = array.as_ptr().cast();
    // SAFETY: the array is alive; its list is touched under the GIL only, and boxed exports don't move.
    unsafe {
        let first: *mut Export = (*fields).buffer_info.cast();
        let mut export = first;
        while !export.is_null() {
            let known = &*export;
            if known.shape[..] == *array.shape()
                && known.strides[..] == *strides
                && (ptr::eq(known.format, format.as_ptr()) || CStr::from_ptr(known.format) == format)
            {
                return export;
            }
            export = known.older;
        }
        let owned = (!lasting).then(|| format.to_owned());
        let (itemsize, shape) = (array.dtype().itemsize(), array.shape());
        let in_c_order =
            array.has(flag::C_CONTIGUOUS) && *strides == dense_strides(shape, itemsize, false)[..];
        let made = Box::into_raw(Box::new(Export {
            format: owned.as_ref().map_or(format.as_ptr(), |text| text.as_ptr()),
            shape: Dims::from_slice(shape),
            strides: Dims::from_slice(strides),
            len: array.nbytes() as isize,
            plain: (lasting && in_c_order && array.has(flag::ALIGNED)).then(|| array.dtype().num()),
            owned,
            older: first,
        }));
        (*fields).buffer_info = made.cast();
        made
    }
}

/// Fills in a view as the newest export did, if the array is still what it was then: native numbers in C order. False if
/// the long way must be gone.
fn again(array: &Array<'_>, view: &mut ffi::Py_buffer, flags: c_int) -> bool {
    const DENSE: c_int = flag::C_CONTIGUOUS | flag::ALIGNED;
    let newest: *mut Export = array.fields().buffer_info.cast();
    let refused = (flags & ffi::PyBUF_F_CONTIGUOUS == ffi::PyBUF_F_CONTIGUOUS)
        || (flags & ffi::PyBUF_WRITABLE != 0 && !array.has(flag::WRITEABLE));
    if newest.is_null() || refused || array.flags() & (DENSE | flag::WARN_ON_WRITE) != DENSE {
        return false;
    }
    // SAFETY: exports live as long as the array, and are read and written under the GIL.
    let known = unsafe { &mut *newest };
    let dtype = array.dtype();
    if known.plain != Some(dtype.num()) || !dtype.is_native() || known.shape.len() != array.ndim() {
        return false;
    }
    if known.shape.iter().zip(array.shape()).any(|(then, now)| then != now) {
        return false;
    }
    view.buf = array.data().cast();
    view.len = known.len;
    view.itemsize = dtype.itemsize() as isize;
    view.readonly = c_int::from(!array.has(flag::WRITEABLE));
    show(view, known, flags);
    true
}

/// What of an export a consumer asks to see.
fn show(view: &mut ffi::Py_buffer, export: &mut Export, flags: c_int) {
    let wants = |bits: c_int| flags & bits == bits;
    view.ndim = if wants(ffi::PyBUF_ND) { export.shape.len() as c_int } else { 1 };
    view.format = if wants(ffi::PyBUF_FORMAT) { export.format.cast_mut() } else { ptr::null_mut() };
    view.shape = if wants(ffi::PyBUF_ND) { export.shape.as_mut_ptr() } else { ptr::null_mut() };
    view.strides = if wants(ffi::PyBUF_STRIDES) { export.strides.as_mut_ptr() } else { ptr::null_mut() };
    view.suboffsets = ptr::null_mut();
    view.internal = ptr::null_mut();
}

unsafe extern "C" fn get_buffer(slf: *mut ffi::PyObject, view: *mut ffi::Py_buffer, flags: c_int) -> c_int {
    gate::status(|py| {
        if view.is_null() {
            return Err(PyBufferError::new_err("NULL view in getbuffer"));
        }
        // SAFETY: a live array and a writable `Py_buffer`, by the protocol.
        unsafe {
            (*view).obj = ptr::null_mut();
            let array = Array::expect(&Bound::from_borrowed_ptr(py, slf));
            if !array.is_exact() {
                mapped::check(&array)?;
            }
            if !again(&array, &mut *view, flags) {
                return fill_view(&array, &mut *view, flags, false);
            }
            (*view).obj = crate::crossings::lease::exporter(&array, flags)?;
            Ok(())
        }
    })
}

/// Strides of a dense array, first axis fastest if `fortran`; behind an axis without elements they are 0.
fn dense_strides(shape: &[isize], itemsize: usize, fortran: bool) -> Dims {
    let (mut strides, mut stride) = (Dims::from_elem(0, shape.len()), itemsize as isize);
    for step in 0..shape.len() {
        let axis = if fortran { step } else { shape.len() - 1 - step };
        strides[axis] = stride;
        stride = stride.wrapping_mul(shape[axis]);
    }
    strides
}

/// Fills in a view of an array, or of the 0-d array that holds a scalar's value.
///
/// # Errors
/// `ValueError` for a layout that the flags rule out, and for dtypes without a format.
pub fn fill_view(array: &Array<'_>, view: &mut ffi::Py_buffer, flags: c_int, scalar: bool) -> PyResult<()> {
    let wants = |bits: c_int| flags & bits == bits;
    let (c, f) = (array.has(flag::C_CONTIGUOUS), array.has(flag::F_CONTIGUOUS));
    if wants(ffi::PyBUF_C_CONTIGUOUS) && !c {
        return Err(PyValueError::new_err("ndarray is not C-contiguous"));
    }
    if wants(ffi::PyBUF_F_CONTIGUOUS) && !f {
        return Err(PyValueError::new_err("ndarray is not Fortran contiguous"));
    }
    if wants(ffi::PyBUF_ANY_CONTIGUOUS) && !c && !f {
        return Err(PyValueError::new_err("ndarray is not contiguous"));
    }
    if !wants(ffi::PyBUF_STRIDES) && wants(ffi::PyBUF_ND) && !c || !wants(ffi::PyBUF_ND) && !c && !f {
        return Err(PyValueError::new_err("ndarray is not C-contiguous"));
    }
    if wants(ffi::PyBUF_WRITABLE) {
        array.view_mut("buffer source array")?;
    }
    let writable = array.has(flag::WRITEABLE) && array.flags() & flag::WARN_ON_WRITE == 0;
    // Consumers compare strides with those of dense arrays, also along axes where strides mean nothing (L3).
    let itemsize = array.dtype().itemsize();
    let strides = match (c, f) {
        (true, _) if !wants(ffi::PyBUF_F_CONTIGUOUS) => dense_strides(array.shape(), itemsize, false),
        (_, true) => dense_strides(array.shape(), itemsize, true),
        _ => Dims::from_slice(array.strides()),
    };
    // SAFETY: lives as long as the array, and is read and written under the GIL.
    let export = unsafe { &mut *export(array, &strides, scalar)? };
    view.buf = array.data().cast();
    view.len = array.nbytes() as isize;
    view.itemsize = itemsize as isize;
    view.readonly = c_int::from(!writable);
    show(view, export, flags);
    view.obj = if scalar {
        array.clone().into_object().into_ptr()
    } else {
        crate::crossings::lease::exporter(array, flags)?
    };
    Ok(())
}

/// The buffer table of `ndarray`.
pub fn table() -> *mut ffi::PyBufferProcs {
    Box::leak(Box::new(ffi::PyBufferProcs { bf_getbuffer: Some(get_buffer), bf_releasebuffer: None }))
}

/// An array on the memory of a buffer exporter, which its `base`, a memoryview, holds. `None` when the exporter
/// refuses or its format has no dtype: another protocol may do.
pub fn import<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let py = object.py();
    // SAFETY: a live object.
    if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
        return Ok(None);
    }
    // SAFETY: a live object; errors are taken below.
    let view = unsafe { Bound::from_owned_ptr_or_opt(py, ffi::PyMemoryView_FromObject(object.as_ptr())) };
    let Some(view) = view else {
        let error = PyErr::fetch(py);
        return if error.is_instance_of::<PyBufferError>(py)
            || error.is_instance_of::<PyValueError>(py)
            || error.is_instance_of::<PyTypeError>(py)
        {
            Ok(None)
        } else {
            Err(error)
        };
    };
    // SAFETY: a memoryview object's buffer, which it keeps.
    let buffer = unsafe { &*memory_view_buffer(view.as_ptr()) };
    if !buffer.suboffsets.is_null() {
        return Err(PyBufferError::new_err(
            "NumPy currently does not support importing buffers which include suboffsets: no array lies in memory like \
             that; make a copy of the exporter's data first",
        ));
    }
    let format = if buffer.format.is_null() {
        "B".into()
    } else {
        // SAFETY: a zero-terminated string, by the protocol.
        unsafe { CStr::from_ptr(buffer.format) }.to_string_lossy()
    };
    let Ok(found) = buffer_format::read(&format) else { return unreadable(object, &format).map(|()| None) };
    if found.itemsize() as isize != buffer.itemsize {
        // SAFETY: a view holds its exporter.
        let owner: Bound<'_, PyAny> = unsafe { Bound::from_borrowed_ptr(py, buffer.obj) };
        // The formats of ctypes' structures are known to leave out bytes; their classes say more.
        if dtype_coerce::is_ctypes(&owner.get_type())? {
            return ctypes_elements(&owner.get_type(), buffer, &view);
        }
        return Err(PyRuntimeError::new_err(format!(
            "Item size {} for PEP 3118 buffer format string {format} does not match the dtype {} item size {}.",
            buffer.itemsize,
            found.num().row().char as char,
            found.itemsize()
        )));
    }
    let ndim = buffer.ndim as usize;
    let descr = dtype::from_value(py, &found)?;
    // SAFETY: `ndim` extents, and strides where there are any, by the protocol; the memory lives as long as the view.
    unsafe {
        let shape: &[isize] = if ndim == 0 { &[] } else { std::slice::from_raw_parts(buffer.shape, ndim) };
        let strides: Dims = if ndim == 0 {
            Dims::new()
        } else if buffer.strides.is_null() {
            layout::c_strides(shape, found.itemsize())
        } else {
            Dims::from_slice(std::slice::from_raw_parts(buffer.strides, ndim))
        };
        if found.as_subarray().is_some() {
            return subarray_elements(py, &found, buffer, shape, &strides, view.clone()).map(Some);
        }
        let writable = buffer.readonly == 0;
        let base = Some(view.clone());
        Array::from_memory(py, &descr, buffer.buf.cast(), shape, &strides, writable, base, None).map(Some)
    }
}

/// A format without a dtype: another protocol may do, if the object speaks one.
///
/// # Errors
/// `ValueError`, whose cause says what is wrong with the format, if it speaks none.
fn unreadable(object: &Bound<'_, PyAny>, format: &str) -> PyResult<()> {
    static PARSE: crate::errors::LazyClass =
        crate::errors::LazyClass::new("sharray._core._internal", "_dtype_from_pep3118");
    for name in ["__array_struct__", "__array_interface__", "__array__"] {
        if object.getattr_opt(name)?.is_some() {
            return Ok(());
        }
    }
    let py = object.py();
    let error = PyValueError::new_err(format!("'{format}' is not a valid PEP 3118 buffer format string"));
    error.set_cause(py, PARSE.get(py)?.call1((format,)).err());
    Err(error)
}

/// The elements of an object of ctypes as its class describes them.
fn ctypes_elements<'py>(
    class: &Bound<'py, PyType>,
    buffer: &ffi::Py_buffer,
    view: &Bound<'py, PyAny>,
) -> PyResult<Option<Array<'py>>> {
    let py = class.py();
    let Ok(descr) = dtype::coerce(class.as_any()) else { return Ok(None) };
    let element = dtype::value(&descr).flattened().map(|(element, _)| element.clone());
    let element = element.unwrap_or_else(|| dtype::value(&descr).clone());
    if element.itemsize() as isize != buffer.itemsize {
        return Ok(None);
    }
    crate::errors::warn(
        py,
        py.get_type::<pyo3::exceptions::PyRuntimeWarning>().as_any(),
        "A builtin ctypes object gave a PEP3118 format string that does not match its itemsize, so a best-guess will be \
         made of the data type. Newer versions of python may behave correctly.",
    )?;
    let ndim = buffer.ndim as usize;
    // SAFETY: `ndim` extents, by the protocol; ctypes' arrays are dense, and live as long as the view.
    unsafe {
        let shape: &[isize] = if ndim == 0 { &[] } else { std::slice::from_raw_parts(buffer.shape, ndim) };
        let strides = layout::c_strides(shape, element.itemsize());
        let (descr, base) = (dtype::from_value(py, &element)?, Some(view.clone()));
        let writable = buffer.readonly == 0;
        Array::from_memory(py, &descr, buffer.buf.cast(), shape, &strides, writable, base, None).map(Some)
    }
}

/// Elements that are subarrays: their axes come last.
unsafe fn subarray_elements<'py>(
    py: Python<'py>,
    found: &DType,
    buffer: &ffi::Py_buffer,
    shape: &[isize],
    strides: &[isize],
    view: Bound<'py, PyAny>,
) -> PyResult<Array<'py>> {
    let Some((element, axes)) = found.flattened() else {
        return Err(PyTypeError::new_err("the buffer's elements are no subarrays"));
    };
    let inner = layout::c_strides(&axes, element.itemsize());
    let shape: Dims = shape.iter().chain(&axes).copied().collect();
    let strides: Dims = strides.iter().chain(&inner).copied().collect();
    let base = dtype::from_value(py, element)?;
    // SAFETY: the subarray's elements lie within the buffer's elements.
    unsafe {
        Array::from_memory(
            py,
            &base,
            buffer.buf.cast(),
            &shape,
            &strides,
            buffer.readonly == 0,
            Some(view),
            None,
        )
    }
}

/// The `Py_buffer` inside a memoryview object (`PyMemoryView_GET_BUFFER` is a macro).
unsafe fn memory_view_buffer(view: *mut ffi::PyObject) -> *mut ffi::Py_buffer {
    /// The head of `PyMemoryViewObject`, as CPython's public header lays it out.
    #[repr(C)]
    struct MemoryView {
        ob_base: ffi::PyVarObject,
        managed: *mut ffi::PyObject,
        hash: isize,
        flags: c_int,
        exports: isize,
        view: ffi::Py_buffer,
    }
    // SAFETY: the caller passes a memoryview.
    unsafe { &raw mut (*view.cast::<MemoryView>()).view }
}

/// `ndarray(shape, dtype, buffer, offset, strides, order)`.
pub struct Window<'py> {
    /// Dtype of the elements.
    pub descr: Bound<'py, PyAny>,
    /// Extents.
    pub shape: Dims,
    /// Strides, or dense.
    pub strides: Option<Dims>,
    /// First byte within the buffer.
    pub offset: isize,
    /// Order of dense strides.
    pub order: Order,
}

/// An array on part of a buffer, or on fresh memory with given strides.
///
/// # Errors
/// `TypeError` when the window leaves the buffer, `ValueError` for strides that do.
pub fn window<'py>(
    class: &Bound<'py, PyType>,
    buffer: Option<&Bound<'py, PyAny>>,
    request: Window<'py>,
) -> PyResult<Array<'py>> {
    let py = class.py();
    let Window { descr, shape, strides, offset, order } = request;
    let value = dtype::value(&descr).clone();
    layout::checked_len(&shape, value.itemsize()).or_raise(py)?;
    let given = strides.is_some();
    let strides = strides.unwrap_or_else(|| match order {
        Order::F => layout::f_strides(&shape, value.itemsize()),
        _ => layout::c_strides(&shape, value.itemsize()),
    });
    if strides.len() != shape.len() {
        return Err(PyValueError::new_err("strides, if given, must be the same length as shape"));
    }
    let bounds = layout::checked_byte_bounds(&shape, &strides, value.itemsize());
    let (low, high) = bounds.ok_or_else(|| {
        PyValueError::new_err("strides is incompatible with shape of requested array and size of buffer")
    })?;
    let Some(buffer) = buffer else {
        let count = shape.iter().product::<isize>();
        if low < 0 || high > count * value.itemsize() as isize {
            return Err(PyValueError::new_err(
                "strides is incompatible with shape of requested array and size of buffer",
            ));
        }
        let array = Array::build(py, &descr, &shape, Order::C, true, Some(class))?;
        array.set_layout(&shape, &strides)?;
        return Ok(array);
    };
    if value.holds_objects() && !shape.contains(&0) {
        return Err(PyValueError::new_err("cannot construct an array of objects from a buffer"));
    }
    let (data, len, writable, base) = bytes_of(buffer)?;
    if offset < 0 || offset + low < 0 || high > len as isize - offset {
        return Err(if given {
            PyValueError::new_err("strides is incompatible with shape of requested array and size of buffer")
        } else {
            PyTypeError::new_err("buffer is too small for requested array")
        });
    }
    // SAFETY: the window was checked against the buffer's bytes; `base` keeps them.
    let array = unsafe {
        let data = data.offset(offset);
        Array::spread_memory(py, &descr, data, &shape, &strides, writable, Some(base), Some(class))?
    };
    ndarray::finalize(&array, None)?;
    Ok(array)
}

/// The bytes of an object, and what keeps them: the object itself for arrays, else a memoryview.
pub fn bytes_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<(*mut u8, usize, bool, Bound<'py, PyAny>)> {
    let py = object.py();
    if let Some(array) = Array::from_object(object)
        && array.has(flag::C_CONTIGUOUS)
    {
        return Ok((array.data(), array.nbytes(), array.has(flag::WRITEABLE), object.clone()));
    }
    // Shape and strides are asked for as well: exporters without axes may leave them out, and are contiguous.
    // SAFETY: an all-zero view is what the protocol fills; it is released at once, below.
    let (data, len, writable) = unsafe {
        let mut view: ffi::Py_buffer = std::mem::zeroed();
        if ffi::PyObject_GetBuffer(object.as_ptr(), &mut view, ffi::PyBUF_STRIDES) != 0 {
            return Err(PyErr::fetch(py));
        }
        let contiguous = ffi::PyBuffer_IsContiguous(&view, b'C' as std::ffi::c_char) != 0;
        let found = (view.buf.cast::<u8>(), view.len as usize, view.readonly == 0);
        ffi::PyBuffer_Release(&mut view);
        if !contiguous {
            return Err(PyValueError::new_err("ndarray is not C-contiguous"));
        }
        found
    };
    // SAFETY: the class of a live exporter.
    let unlocked = unsafe { (*(*ffi::Py_TYPE(object.as_ptr())).tp_as_buffer).bf_releasebuffer.is_none() };
    if unlocked {
        // An exporter that isn't told of a release keeps its memory as long as it lives.
        return Ok((data, len, writable, object.clone()));
    }
    // A memoryview keeps the export (and so a bytearray's size) for as long as the array lives.
    // SAFETY: a live exporter.
    let view = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyMemoryView_FromObject(object.as_ptr()))? };
    Ok((data, len, writable, view))
}
