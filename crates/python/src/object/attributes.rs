//! Attributes of arrays: `shape`, `dtype`, `flags`, `real`, `T`, ….

use pyo3::exceptions::{PyAttributeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::layout::reshape;
use sharray_base::layout::{self, Order};
use sharray_base::{DType, Dims, TypeNum};

use super::array::Array;
use super::dtype;
use super::extent;
use super::flags::Flags;
use super::layout::flag;
use crate::crossings;
use crate::errors::OrRaise;
use crate::{args, coerce, gate, getset_def, protocols};

type Value<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

fn need<'a, 'py>(value: Value<'a, 'py>, name: &str) -> PyResult<&'a Bound<'py, PyAny>> {
    value.ok_or_else(|| PyAttributeError::new_err(format!("Cannot delete array {name}")))
}

fn tuple<'py>(py: Python<'py>, values: &[isize]) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a fresh tuple of as many items takes the references, also if one of them is null (no memory).
    unsafe {
        let tuple = Bound::from_owned_ptr_or_err(py, ffi::PyTuple_New(values.len() as isize))?;
        for (index, value) in values.iter().enumerate() {
            let item = ffi::PyLong_FromSsize_t(*value);
            if item.is_null() {
                return Err(PyErr::fetch(py));
            }
            ffi::PyTuple_SET_ITEM(tuple.as_ptr(), index as isize, item);
        }
        Ok(tuple)
    }
}

/// Getters of what can't fail, without the gate.
unsafe extern "C" fn plain_dtype(slf: *mut ffi::PyObject, _: *mut std::ffi::c_void) -> *mut ffi::PyObject {
    // SAFETY: a live array, which holds its dtype object.
    unsafe {
        let descr: *mut ffi::PyObject = (*slf.cast::<super::layout::ArrayFields>()).descr.cast();
        ffi::Py_INCREF(descr);
        descr
    }
}
unsafe extern "C" fn plain_ndim(slf: *mut ffi::PyObject, _: *mut std::ffi::c_void) -> *mut ffi::PyObject {
    // SAFETY: a live array.
    unsafe { ffi::PyLong_FromSsize_t((*slf.cast::<super::layout::ArrayFields>()).nd as isize) }
}
unsafe extern "C" fn plain_size(slf: *mut ffi::PyObject, _: *mut std::ffi::c_void) -> *mut ffi::PyObject {
    // SAFETY: a live array (A1).
    unsafe {
        let fields = &*slf.cast::<super::layout::ArrayFields>();
        let size = (0..fields.nd as usize).map(|axis| *fields.dimensions.add(axis)).product();
        ffi::PyLong_FromSsize_t(size)
    }
}

/// The row of an attribute with another getter.
fn with_getter(row: ffi::PyGetSetDef, get: ffi::getter) -> ffi::PyGetSetDef {
    ffi::PyGetSetDef { get: Some(get), ..row }
}

fn ndim<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Array::expect(slf).ndim().into_pyobject(slf.py())?.into_any())
}

fn shape<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    tuple(slf.py(), Array::expect(slf).shape())
}

fn set_shape<'py>(slf: &Bound<'py, PyAny>, value: Value<'_, 'py>) -> PyResult<()> {
    let value = need(value, "shape")?;
    let array = Array::expect(slf);
    let wanted = args::shape(value)?;
    let shape = reshape::infer_shape(array.size(), &wanted).or_raise(slf.py())?;
    let itemsize = array.dtype().itemsize();
    let strides = reshape::reshape_strides(array.shape(), array.strides(), &shape, Order::C, itemsize);
    let strides = strides.ok_or_else(|| {
        PyAttributeError::new_err(
            "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
        )
    })?;
    array.set_layout(&shape, &strides)
}

fn strides<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    tuple(slf.py(), Array::expect(slf).strides())
}

fn set_strides<'py>(slf: &Bound<'py, PyAny>, value: Value<'_, 'py>) -> PyResult<()> {
    let value = need(value, "strides")?;
    let py = slf.py();
    let category = py.get_type::<pyo3::exceptions::PyDeprecationWarning>();
    crate::errors::warn(
        py,
        category.as_any(),
        "Setting the strides on a NumPy array has been deprecated in NumPy 2.4.\n\
         Make a view with np.lib.stride_tricks.as_strided instead.",
    )?;
    let array = Array::expect(slf);
    let strides = args::shape(value)?;
    if strides.len() != array.ndim() {
        return Err(PyValueError::new_err(format!(
            "strides must be same length as shape ({}): got {}",
            array.ndim(),
            strides.len()
        )));
    }
    if !extent::holds(&array, array.data(), array.shape(), &strides, array.dtype().itemsize()) {
        return Err(PyValueError::new_err("strides is not compatible with available memory"));
    }
    let shape = Dims::from_slice(array.shape());
    array.set_layout(&shape, &strides)
}

fn size<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Array::expect(slf).size().into_pyobject(slf.py())?.into_any())
}
fn itemsize<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Array::expect(slf).dtype().itemsize().into_pyobject(slf.py())?.into_any())
}
fn nbytes<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Array::expect(slf).nbytes().into_pyobject(slf.py())?.into_any())
}
fn get_dtype<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Array::expect(slf).descr())
}

fn set_dtype<'py>(slf: &Bound<'py, PyAny>, value: Value<'_, 'py>) -> PyResult<()> {
    let array = Array::expect(slf);
    let descr = dtype::coerce(need(value, "dtype")?)?;
    retype(&array, descr)
}

/// Gives the array another dtype over the same bytes, in place.
pub fn retype<'py>(array: &Array<'py>, descr: Bound<'py, PyAny>) -> PyResult<()> {
    let py = array.py();
    let (old, new) = (array.dtype().clone(), dtype::value(&descr).clone());
    if old.holds_objects() || new.holds_objects() {
        let same = old.equivalent(&new) || old.num() == TypeNum::Object && new.num() == TypeNum::Object;
        if !same {
            let helper = py.import("sharray._core._internal")?.getattr("_view_is_safe");
            match helper {
                Ok(check) => drop(check.call1((array.descr(), &descr))?),
                Err(_) => {
                    return Err(PyTypeError::new_err("Cannot change data-type for array of references."));
                }
            }
        }
    }
    let mut base = descr.clone();
    let mut extra: Dims = Dims::new();
    if let Some((element, inner)) = new.flattened() {
        base = dtype::from_value(py, element)?;
        extra = inner.into_iter().collect();
    }
    let mut new_size = new.itemsize();
    if new_size == 0 && new.num() == TypeNum::Void && new.as_structure().is_none() && extra.is_empty() {
        // `view('V')` takes the old width.
        new_size = old.itemsize();
        base = dtype::from_value(py, &DType::flexible(new.num(), new_size))?;
    }
    if new.as_subarray().is_some() && new_size != old.itemsize() {
        return Err(PyValueError::new_err(
            "Changing the dtype to a subarray type is only supported if the total itemsize is unchanged",
        ));
    }
    let wanted =
        reshape::view_itemsize(array.shape(), array.strides(), old.itemsize(), new_size).or_raise(py)?;
    let (mut shape, mut strides) = (wanted.shape, wanted.strides);
    if !extra.is_empty() {
        let inner = layout::c_strides(&extra, dtype::value(&base).itemsize());
        shape.extend(extra);
        strides.extend(inner);
    }
    array.set_descr(base);
    array.set_layout(&shape, &strides)
}

fn flags<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Bound::new(slf.py(), Flags::of(&Array::expect(slf)))?.into_any())
}

fn set_flags<'py>(_slf: &Bound<'py, PyAny>, _value: Value<'_, 'py>) -> PyResult<()> {
    Err(PyAttributeError::new_err("attribute 'flags' of 'numpy.ndarray' objects is not writable"))
}

fn base<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(Array::expect(slf).base().unwrap_or_else(|| slf.py().None().into_bound(slf.py())))
}

fn transposed<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    let ndim = array.ndim();
    let shape: Dims = array.shape().iter().rev().copied().collect();
    let strides: Dims = array.strides().iter().rev().copied().collect();
    let (shape, strides) = (&shape[..ndim], &strides[..ndim]);
    // SAFETY: a permutation of the array's own axes.
    let view = unsafe {
        match array.plain_view(array.data(), shape, strides) {
            Some(view) => view,
            None => array.sub_view(&array.descr(), array.data(), shape, strides)?,
        }
    };
    Ok(view.into_object())
}

fn matrix_transposed<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    if array.ndim() < 2 {
        return Err(PyValueError::new_err("matrix transpose with ndim < 2 is undefined"));
    }
    let layout = reshape::swap_axes(array.shape(), array.strides(), -1, -2).or_raise(slf.py())?;
    // SAFETY: a permutation of the array's own axes.
    let view = unsafe { array.sub_view(&array.descr(), array.data(), &layout.shape, &layout.strides)? };
    Ok(view.into_object())
}

/// The dtype of a complex dtype's parts.
fn part_dtype(dtype: &DType) -> Option<DType> {
    let part = match dtype.num() {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CDouble => TypeNum::Double,
        TypeNum::CLongDouble => TypeNum::LongDouble,
        _ => return None,
    };
    Some(DType::of(part).with_order(dtype.order()))
}

fn part_view<'py>(array: &Array<'py>, part: &DType, imaginary: bool) -> PyResult<Array<'py>> {
    let offset = if imaginary { part.itemsize() } else { 0 };
    let descr = dtype::from_value(array.py(), part)?;
    // SAFETY: each complex element holds its two parts one after the other.
    unsafe { array.sub_view(&descr, array.data().add(offset), array.shape(), array.strides()) }
}

fn real<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    match part_dtype(array.dtype()) {
        Some(part) => part_view(&array, &part, false).map(Array::into_object),
        None => Ok(slf.clone()),
    }
}

fn set_real<'py>(slf: &Bound<'py, PyAny>, value: Value<'_, 'py>) -> PyResult<()> {
    let value = need(value, "real")?;
    let array = Array::expect(slf);
    let target = match part_dtype(array.dtype()) {
        Some(part) => part_view(&array, &part, false)?,
        None => array,
    };
    coerce::assign_into(&target, value)
}

fn imag<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    if let Some(part) = part_dtype(array.dtype()) {
        return part_view(&array, &part, true).map(Array::into_object);
    }
    let fortran = array.has(flag::F_CONTIGUOUS) && !array.has(flag::C_CONTIGUOUS);
    let order = if fortran { Order::F } else { Order::C };
    let zeros = coerce::like(&array, &array.descr(), order, Some(&slf.get_type()))?;
    if array.dtype().holds_objects() {
        zeros.call_method1("fill", (0,))?;
    } else {
        // SAFETY: the fresh array's own dense memory, in which zero bytes are a zero of any dtype.
        unsafe { std::ptr::write_bytes(zeros.data(), 0, zeros.nbytes()) };
    }
    zeros.set_flags(flag::WRITEABLE, false);
    Ok(zeros.into_object())
}

fn set_imag<'py>(slf: &Bound<'py, PyAny>, value: Value<'_, 'py>) -> PyResult<()> {
    let value = need(value, "imag")?;
    let array = Array::expect(slf);
    let part = part_dtype(array.dtype())
        .ok_or_else(|| PyTypeError::new_err("array does not have imaginary part to set"))?;
    coerce::assign_into(&part_view(&array, &part, true)?, value)
}

fn flat<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    super::flatiter::over(&Array::expect(slf))
}

fn set_flat<'py>(slf: &Bound<'py, PyAny>, value: Value<'_, 'py>) -> PyResult<()> {
    let value = need(value, "flat")?;
    let flat = flat(slf)?;
    flat.set_item(pyo3::types::PySlice::full(slf.py()), value)
}

fn data<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    slf.py().import("builtins")?.getattr("memoryview")?.call1((slf,))
}

fn ctypes<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let address = Array::expect(slf).data() as usize;
    slf.py().import("sharray._core._internal")?.getattr("_ctypes")?.call1((slf, address))
}

fn device<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok("cpu".into_pyobject(slf.py())?.into_any())
}

fn array_priority<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Ok(0.0f64.into_pyobject(slf.py())?.into_any())
}

fn array_interface<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    let found = protocols::array_interface::describe(&array)?;
    crossings::told(&array, crossings::Protocol::ArrayInterface, None);
    Ok(found)
}

fn array_struct<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let array = Array::expect(slf);
    let found = protocols::array_interface::capsule(&array)?;
    crossings::told(&array, crossings::Protocol::ArrayStruct, None);
    Ok(found)
}

/// The getset table of `ndarray`.
pub fn table() -> *mut ffi::PyGetSetDef {
    let mut rows = vec![
        with_getter(getset_def!("ndim", ndim), plain_ndim),
        getset_def!("shape", shape, set_shape),
        getset_def!("strides", strides, set_strides),
        with_getter(getset_def!("size", size), plain_size),
        getset_def!("itemsize", itemsize),
        getset_def!("nbytes", nbytes),
        with_getter(getset_def!("dtype", get_dtype, set_dtype), plain_dtype),
        getset_def!("flags", flags, set_flags),
        getset_def!("base", base),
        getset_def!("T", transposed),
        getset_def!("mT", matrix_transposed),
        getset_def!("real", real, set_real),
        getset_def!("imag", imag, set_imag),
        getset_def!("flat", flat, set_flat),
        getset_def!("data", data),
        getset_def!("ctypes", ctypes),
        getset_def!("device", device),
        getset_def!("__array_priority__", array_priority),
        getset_def!("__array_interface__", array_interface),
        getset_def!("__array_struct__", array_struct),
    ];
    crate::signatures::document_attributes(&mut rows);
    // SAFETY: a null row ends the table.
    gate::leak_table(rows, unsafe { std::mem::zeroed() })
}
