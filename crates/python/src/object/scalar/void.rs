//! Void scalars: a piece of memory, usually one structure of an array, read and written by field.

use std::ffi::c_int;

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};
use sharray_base::DType;
use sharray_base::dtype::Field;
use sharray_kernels::copy::release_elements;

use super::element::from_element;
use super::layout::VoidScalar;
use super::{as_array, store};
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;
use crate::{getset_def, method_def};

type Object<'py> = Bound<'py, PyAny>;

fn raw(object: &Object<'_>) -> *mut VoidScalar {
    object.as_ptr().cast()
}

fn dtype_of(object: &Object<'_>) -> DType {
    super::element::dtype_of_scalar(object, sharray_base::TypeNum::Void)
}

fn data(object: &Object<'_>) -> *mut u8 {
    // SAFETY: void slots are only reached with void instances.
    unsafe { (*raw(object)).obval }
}

/// The scalar's flags, with the bits of an array's.
pub(super) fn flags(object: &Object<'_>) -> c_int {
    // SAFETY: only called with void instances.
    unsafe { (*raw(object)).flags }
}

fn no_fields() -> PyErr {
    PyIndexError::new_err("can't index void scalar without fields")
}

/// The field a key names: a string, or a position.
fn field_of<'a>(dtype: &'a DType, key: &Object<'_>) -> PyResult<&'a Field> {
    let structure = dtype.as_structure().ok_or_else(no_fields)?;
    if let Ok(name) = key.cast::<PyString>() {
        let name = name.to_string();
        return dtype.field(&name).ok_or_else(|| PyValueError::new_err(format!("no field of name {name}")));
    }
    if key.getattr_opt("__index__")?.is_none() {
        return Err(PyIndexError::new_err("invalid index"));
    }
    let index: isize = key.call_method0("__index__")?.extract()?;
    let count = structure.fields.len() as isize;
    let place = usize::try_from(if index < 0 { index + count } else { index }).ok();
    place
        .and_then(|p| structure.fields.get(p))
        .ok_or_else(|| PyIndexError::new_err(format!("invalid index ({index})")))
}

fn get_field<'py>(object: &Object<'py>, field: &Field) -> PyResult<Object<'py>> {
    let at = data(object).wrapping_add(field.offset);
    if field.dtype.as_subarray().is_some() {
        return as_array(object)?.get_item(&*field.name);
    }
    from_element(object.py(), &field.dtype, at, Some(object))
}

unsafe extern "C" fn subscript(object: *mut ffi::PyObject, key: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects, the first a void scalar.
        let (object, key): (Object<'_>, Object<'_>) =
            unsafe { (Bound::from_borrowed_ptr(py, object), Bound::from_borrowed_ptr(py, key)) };
        if key.is_instance_of::<PyList>() || key.is_instance_of::<PyTuple>() || key.is(py.Ellipsis()) {
            let through = as_array(&object)?.get_item(&key)?;
            // A part of the fields is a void again.
            return match Array::from_object(&through) {
                Some(array) if array.ndim() == 0 && !key.is(py.Ellipsis()) => {
                    array.get_item(PyTuple::empty(py))
                }
                _ => Ok(through),
            };
        }
        let dtype = dtype_of(&object);
        get_field(&object, field_of(&dtype, &key)?)
    })
}

unsafe extern "C" fn assign(
    object: *mut ffi::PyObject,
    key: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    gate::status(|py| {
        // SAFETY: live objects, the first a void scalar; a null value means deletion.
        let (object, key, value): (Object<'_>, Object<'_>, Option<Object<'_>>) = unsafe {
            (
                Bound::from_borrowed_ptr(py, object),
                Bound::from_borrowed_ptr(py, key),
                Bound::from_borrowed_ptr_or_opt(py, value),
            )
        };
        let value = value.ok_or_else(|| PyValueError::new_err("can't delete a field of a void scalar"))?;
        // SAFETY: a void scalar.
        if unsafe { (*raw(&object)).flags } & flag::WRITEABLE == 0 {
            return Err(PyValueError::new_err("assignment destination is read-only"));
        }
        if key.is_instance_of::<PyList>() {
            return as_array(&object)?.set_item(&key, &value);
        }
        let dtype = dtype_of(&object);
        let field = field_of(&dtype, &key)?;
        store::to_element(&value, &field.dtype, data(&object).wrapping_add(field.offset))
    })
}

unsafe extern "C" fn length(object: *mut ffi::PyObject) -> ffi::Py_ssize_t {
    gate::enter(-1, |py| {
        // SAFETY: a live void scalar.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        Ok(dtype_of(&object).as_structure().map_or(0, |s| s.fields.len()) as ffi::Py_ssize_t)
    })
}

unsafe extern "C" fn item(object: *mut ffi::PyObject, index: ffi::Py_ssize_t) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live void scalar.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let dtype = dtype_of(&object);
        let structure = dtype.as_structure().ok_or_else(no_fields)?;
        let field = usize::try_from(index).ok().and_then(|i| structure.fields.get(i));
        get_field(&object, field.ok_or_else(|| PyIndexError::new_err(format!("invalid index ({index})")))?)
    })
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    let scalar: *mut VoidScalar = object.cast();
    // SAFETY: the last reference is gone; each owned part is released once.
    unsafe {
        let owns = (*scalar).flags & flag::OWNDATA != 0 && !(*scalar).obval.is_null();
        if owns {
            if !(*scalar).descr.is_null() && (*(*scalar).descr).value.holds_objects() {
                let _ = release_elements((*scalar).obval, 0, 1, &(*(*scalar).descr).value);
            }
            libc::free((*scalar).obval.cast());
        }
        ffi::Py_XDECREF((*scalar).descr.cast());
        ffi::Py_XDECREF((*scalar).base);
        let class = ffi::Py_TYPE(object);
        if let Some(free) = (*class).tp_free {
            free(object.cast());
        }
    }
}

/// The array without axes that looks at the memory which a scalar looks at; `None` for one that has its value to itself.
///
/// # Errors
/// `MemoryError`.
pub(crate) fn shared<'py>(object: &Object<'py>) -> PyResult<Option<Array<'py>>> {
    if super::number_of(object) != Some(sharray_base::TypeNum::Void) || flags(object) & flag::OWNDATA != 0 {
        return Ok(None);
    }
    // SAFETY: a void scalar, as was just seen; its descr is null or a live dtype.
    let descr = unsafe { Bound::from_borrowed_ptr_or_opt(object.py(), (*raw(object)).descr.cast()) };
    let Some(descr) = descr.filter(|_| !data(object).is_null()) else { return Ok(None) };
    let writable = flags(object) & flag::WRITEABLE != 0;
    let base = Some(object.clone());
    // SAFETY: the scalar keeps the memory of its one element alive, and says whether it may be written.
    unsafe { Array::from_memory(object.py(), &descr, data(object), &[], &[], writable, base, None).map(Some) }
}

fn get_base<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    // SAFETY: null or a live object.
    let base = unsafe { Bound::from_borrowed_ptr_or_opt(object.py(), (*raw(object)).base) };
    Ok(base.unwrap_or_else(|| object.py().None().into_bound(object.py())))
}

fn get_dtype<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    dtype::from_value(object.py(), &dtype_of(object))
}

/// `getfield(dtype, offset=0)`.
fn getfield<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let [spec, offset] = args.parse("getfield", &["dtype", "offset"], 1, 2)?;
    let (wanted, at) = part(object, spec, offset)?;
    if wanted.as_subarray().is_some() {
        let descr = dtype::from_value(object.py(), &wanted)?;
        return as_array(object)?.call_method1("getfield", (descr, at));
    }
    from_element(object.py(), &wanted, data(object).wrapping_add(at), Some(object))
}

/// `setfield(value, dtype, offset=0)`.
fn setfield<'py>(object: &Object<'py>, args: Args<'_, 'py>) -> PyResult<Object<'py>> {
    let [value, spec, offset] = args.parse("setfield", &["val", "dtype", "offset"], 2, 3)?;
    let (wanted, at) = part(object, spec, offset)?;
    // SAFETY: a void scalar.
    if unsafe { (*raw(object)).flags } & flag::WRITEABLE == 0 {
        return Err(PyValueError::new_err("assignment destination is read-only"));
    }
    let value = value.ok_or_else(|| PyTypeError::new_err("setfield() needs a value"))?;
    store::to_element(&value, &wanted, data(object).wrapping_add(at))?;
    Ok(object.py().None().into_bound(object.py()))
}

/// A dtype and offset that lie within the scalar and do not split its object references.
fn part<'py>(
    object: &Object<'py>,
    spec: Option<Object<'py>>,
    offset: Option<Object<'py>>,
) -> PyResult<(DType, usize)> {
    let spec = spec.ok_or_else(|| PyTypeError::new_err("a dtype is needed"))?;
    let wanted = dtype::value(&dtype::coerce(&spec)?).clone();
    let offset: i64 = offset.map_or(Ok(0), |o| o.extract())?;
    let own = dtype_of(object);
    let at = usize::try_from(offset)
        .ok()
        .filter(|at| at.checked_add(wanted.itemsize()).is_some_and(|end| end <= own.itemsize()));
    let at = at.ok_or_else(|| {
        PyValueError::new_err(format!(
            "a field of {} bytes at offset {offset} does not lie within {} bytes",
            wanted.itemsize(),
            own.itemsize()
        ))
    })?;
    let is_field =
        own.as_structure().is_some_and(|s| s.fields.iter().any(|f| f.offset == at && f.dtype == wanted));
    if (own.holds_objects() || wanted.holds_objects()) && !is_field {
        return Err(PyTypeError::new_err(
            "cannot access part of a structure with objects but as one of its fields",
        ));
    }
    Ok((wanted, at))
}

/// Sets the slots of `numpy.void`.
pub(super) fn fill_slots(class: *mut ffi::PyTypeObject) {
    // SAFETY: zeroed tables of optional functions; a zeroed row ends a table; the type is fresh.
    unsafe {
        let mapping: &mut ffi::PyMappingMethods = Box::leak(Box::new(std::mem::zeroed()));
        mapping.mp_length = Some(length);
        mapping.mp_subscript = Some(subscript);
        mapping.mp_ass_subscript = Some(assign);
        let sequence: &mut ffi::PySequenceMethods = Box::leak(Box::new(std::mem::zeroed()));
        sequence.sq_length = Some(length);
        sequence.sq_item = Some(item);
        (*class).tp_as_mapping = mapping;
        (*class).tp_as_sequence = sequence;
        (*class).tp_dealloc = Some(dealloc);
        (*class).tp_getset = gate::leak_table(
            vec![getset_def!("base", get_base), getset_def!("dtype", get_dtype)],
            std::mem::zeroed(),
        );
        (*class).tp_methods = gate::leak_table(
            vec![method_def!("getfield", getfield), method_def!("setfield", setfield)],
            ffi::PyMethodDef::zeroed(),
        );
    }
}
