//! Foreign objects as arrays, in NumPy's order: buffer, `__array_struct__`, `__array_interface__`, `__array__`; behind
//! these, of objects that speak none of them, Arrow's capsules.

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use super::{array_interface, arrow_in, buffer, numpys};
use crate::coerce::{self, CopyMode, Request, is_scalar};
use crate::crossings::{self, Protocol, Reason};
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::{dtype, dtype_coerce, ndarray};

/// The object as an array, if it speaks one of the protocols.
///
/// # Errors
/// What the protocols' own methods raise, and `ValueError` when `__array__` returns no array.
pub fn as_array<'py>(object: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<Option<Array<'py>>> {
    Ok(answered(object, request)?.map(|(array, _)| array))
}

/// As [`as_array`]; and whether the object itself has seen to the copy that was asked for.
///
/// # Errors
/// As for [`as_array`].
pub fn answered<'py>(
    object: &Bound<'py, PyAny>,
    request: &Request<'py>,
) -> PyResult<Option<(Array<'py>, bool)>> {
    if let Some(array) = numpys::plain(object)? {
        return Ok(Some((array, false)));
    }
    if let Some(found) = by_memory(object)? {
        return Ok(found.map(|(array, protocol)| {
            if let Some(protocol) = protocol {
                crossings::came_in(object, &array, protocol, None);
            }
            (array, false)
        }));
    }
    let Some(method) = array_interface::attribute(object, "__array__")? else {
        return match arrow_in::as_array(object, request)? {
            Some(array) => Ok(Some((array, false))),
            None => refuse_device(object).map(|()| None),
        };
    };
    let (array, copied) = from_method(&method, request)?;
    let reason = (copied && request.copy == CopyMode::Always).then_some(Reason::Requested);
    crossings::came_in(object, &array, Protocol::ArrayMethod, reason);
    Ok(Some((array, copied)))
}

/// Refuses arrays of a CUDA device, which else would be one object, or be read element by element.
fn refuse_device(object: &Bound<'_, PyAny>) -> PyResult<()> {
    if array_interface::attribute(object, "__cuda_array_interface__")?.is_none() {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!(
        "an object of {} lies on a CUDA device (it has __cuda_array_interface__), and sharray works in the host's memory: \
         bring it to the host first, by x.get() (CuPy), x.cpu() (PyTorch) or x.copy_to_host() (numba)",
        object.get_type()
    )))
}

/// The object's memory as an array, by the protocols that hand that over; `Some(None)` for objects that speak none
/// at all, `None` where `__array__` is left to be asked.
#[expect(clippy::option_option, reason = "found, surely nothing to find, not found yet")]
fn by_memory<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Option<Found<'py>>>> {
    use pyo3::types::{PyDict as Dict, PyList, PySet};
    let plain = object.is_exact_instance_of::<PyList>()
        || object.is_exact_instance_of::<PyTuple>()
        || object.is_exact_instance_of::<Dict>()
        || object.is_exact_instance_of::<PySet>()
        || object.is_none();
    if plain || is_scalar(object) {
        return Ok(Some(None));
    }
    if let Some(array) = small_floats(object)? {
        return Ok(Some(Some((array, Some(Protocol::Buffer)))));
    }
    if kind_of(object)? == Some(Numpys::Scalar) {
        // Times and structures come through no buffer of a scalar; its array tells them.
        let array = object.call_method0("__array__")?;
        if kind_of(&array)? != Some(Numpys::Array) {
            return Ok(None);
        }
        // A value, which was no memory of anybody's.
        return Ok(by_memory(&array)?.map(|found| found.map(|(array, _)| (array, None))));
    }
    let buffered = match buffer::import(object) {
        // NumPy's formats leave out the bytes behind the last field.
        Err(error) if error.is_instance_of::<PyRuntimeError>(object.py()) && is_numpys_own(object)? => {
            Some(padded(object)?)
        }
        other => other?,
    };
    if let Some(array) = buffered {
        return named(object, array).map(|array| Some(Some((array, Some(Protocol::Buffer)))));
    }
    if let Some(capsule) = array_interface::attribute(object, "__array_struct__")? {
        // The dictionary names the unit of times, which the struct can't.
        if array_interface::lacks_unit(&capsule)
            && let Some(dict) = array_interface::attribute(object, "__array_interface__")?
        {
            let array = array_interface::from_dict(object, &dict)?;
            return Ok(Some(Some((array, Some(Protocol::ArrayInterface)))));
        }
        let array = array_interface::from_capsule(object, &capsule)?;
        return Ok(Some(Some((array, Some(Protocol::ArrayStruct)))));
    }
    match array_interface::attribute(object, "__array_interface__")? {
        Some(dict) => {
            let array = array_interface::from_dict(object, &dict)?;
            Ok(Some(Some((array, Some(Protocol::ArrayInterface)))))
        }
        None => Ok(None),
    }
}

/// An array on an object's memory, and the protocol by which it came; none for values, which had no memory of their own.
type Found<'py> = (Array<'py>, Option<Protocol>);

/// Arrays of the real NumPy, and scalars, that hold small floats (of the package `ml_dtypes`): no protocol names their dtype, so that
/// the same memory is asked for as integers, and looked at as what it is.
fn small_floats<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let taught = object.get_type().module().is_ok_and(|module| module == dtype_coerce::TAUGHT);
    if !taught && !is_numpys_own(object)? {
        return Ok(None);
    }
    let Some(dtype) = dtype_coerce::small_float_of(object)? else { return Ok(None) };
    let integers = object.call_method1("view", (format!("u{}", dtype.itemsize()),))?;
    let Some(array) = buffer_or_interface(&integers)? else { return Ok(None) };
    let descr = dtype::from_value(object.py(), &dtype)?;
    let viewed = array.into_object().call_method1("view", (descr,))?;
    Ok(Array::from_object(&viewed))
}

/// Calls `__array__(dtype, copy=…)`; a method that knows no `copy` is called without, as NumPy 2 does. Also tells whether
/// the method took `copy` for its own matter.
fn from_method<'py>(method: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<(Array<'py>, bool)> {
    let py = method.py();
    let positional = PyTuple::new(py, request.dtype.as_ref())?;
    let keywords = PyDict::new(py);
    match request.copy {
        CopyMode::Never => keywords.set_item("copy", false)?,
        CopyMode::Always => keywords.set_item("copy", true)?,
        CopyMode::IfNeeded => {}
    }
    let result = method.call(positional.clone(), Some(&keywords));
    let mut trusted = true;
    let result = match result {
        Err(error) if !keywords.is_empty() && rejects_copy(py, &error) => {
            crate::errors::warn(
                py,
                py.get_type::<pyo3::exceptions::PyDeprecationWarning>().as_any(),
                "__array__ implementation doesn't accept a copy keyword, so passing copy=False failed. __array__ must \
                 implement 'dtype' and 'copy' keyword arguments. To learn more, see the migration guide \
                 https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword",
            )?;
            if request.copy == CopyMode::Never {
                return Err(crate::coerce::copy_refused());
            }
            trusted = false;
            method.call1(positional)?
        }
        other => other?,
    };
    match Array::from_object(&result) {
        Some(array) => Ok((array, trusted)),
        // The real NumPy's arrays come out of many `__array__` methods.
        None => match buffer_or_interface(&result)? {
            Some(array) => Ok((array, trusted)),
            None => Err(PyValueError::new_err("object __array__ method not producing an array")),
        },
    }
}

/// The array that a buffer of `object` became. Structures of the real NumPy have their titles here, and raw bytes are raw
/// bytes, though a buffer's format tells neither.
fn named<'py>(object: &Bound<'py, PyAny>, array: Array<'py>) -> PyResult<Array<'py>> {
    if array.dtype().as_structure().is_none() || array.dtype().itemsize() == 0 || !is_numpys_own(object)? {
        return Ok(array);
    }
    let descr = dtype::coerce(&object.getattr("dtype")?)?;
    let told = dtype::value(&descr);
    if told.itemsize() != array.dtype().itemsize() || told.holds_objects() {
        return Ok(array);
    }
    // SAFETY: the same elements, of as many bytes, none of which is a reference.
    unsafe { array.sub_view_as(&descr, array.data(), array.shape(), array.strides(), None) }
}

/// An array of the real NumPy whose elements have bytes behind the last field: its memory as raw bytes, looked at as what
/// its dtype says.
fn padded<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let descr = dtype::coerce(&object.getattr("dtype")?)?;
    let value = dtype::value(&descr);
    let raw = object.call_method1("view", (format!("V{}", value.itemsize()),))?;
    let found = buffer::import(&raw)?;
    let Some(bytes) =
        found.filter(|bytes| bytes.dtype().itemsize() == value.itemsize() && !value.holds_objects())
    else {
        return Err(PyTypeError::new_err(format!("an array of {} can't be taken from NumPy", value.name())));
    };
    // SAFETY: the same elements, of as many bytes, none of which is a reference.
    unsafe { bytes.sub_view_as(&descr, bytes.data(), bytes.shape(), bytes.strides(), None) }
}

fn rejects_copy(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyTypeError>(py) && error.value(py).to_string().contains("copy")
}

fn buffer_or_interface<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    if let Some(array) = buffer::import(object)? {
        return Ok(Some(array));
    }
    match array_interface::attribute(object, "__array_interface__")? {
        Some(dict) => array_interface::from_dict(object, &dict).map(Some),
        None => Ok(None),
    }
}

/// True for the real NumPy's own arrays (not subclasses) and scalars: plain operands, which are not asked to take an
/// operation over (design D10).
///
/// # Errors
/// What looking a class up raises.
pub fn is_numpys_own(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    kind_of(object).map(|found| found.is_some())
}

/// True for the real NumPy's own arrays, not subclasses.
///
/// # Errors
/// What looking a class up raises.
pub fn is_numpys_array(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    kind_of(object).map(|found| found == Some(Numpys::Array))
}

/// An exact array of the real NumPy as an array of ours on its memory, a scalar of it as one of ours; `None` for all else,
/// and for an array whose elements would have to be copied, so that what is written to it is never lost.
///
/// # Errors
/// What looking a class up raises, `MemoryError`.
pub fn as_own<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(kind) = kind_of(object)? else { return Ok(None) };
    let array = coerce::asarray(object)?;
    match kind {
        Numpys::Array => Ok((!array.has(flag::OWNDATA)).then(|| array.into_object())),
        Numpys::Scalar => array.get_item(PyTuple::empty(object.py())).map(Some),
    }
}

/// What of the real NumPy an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numpys {
    /// An array, of no subclass.
    Array,
    /// A scalar.
    Scalar,
}

/// True in processes in which `numpy` is loaded and is not this package.
///
/// # Errors
/// What looking at modules raises.
pub fn beside_numpy(py: Python<'_>) -> PyResult<bool> {
    let numpy = py.import("sys")?.getattr("modules")?.call_method1("get", ("numpy",))?;
    Ok(!numpy.is_none() && numpy.getattr_opt("ndarray")?.is_some_and(|found| !found.is(ndarray::class(py))))
}

fn kind_of(object: &Bound<'_, PyAny>) -> PyResult<Option<Numpys>> {
    static CLASSES: PyOnceLock<[Py<PyAny>; 2]> = PyOnceLock::new();
    if numpys::is_array(object) {
        return Ok(Some(Numpys::Array));
    }
    let py = object.py();
    let class = object.get_type();
    // Cheap and usually false: under the alias this module is `numpy`, and then no other is loaded.
    if !class.module().is_ok_and(|m| m == "numpy") {
        return Ok(None);
    }
    if CLASSES.get(py).is_none() {
        if !beside_numpy(py)? {
            return Ok(None);
        }
        let numpy = py.import("sys")?.getattr("modules")?.get_item("numpy")?;
        numpys::learn(&numpy)?;
        let found = [numpy.getattr("ndarray")?.unbind(), numpy.getattr("generic")?.unbind()];
        let _ = CLASSES.set(py, found);
    }
    let Some([array, generic]) = CLASSES.get(py) else { return Ok(None) };
    if class.is(array.bind(py)) {
        return Ok(Some(Numpys::Array));
    }
    Ok(class.is_subclass(generic.bind(py))?.then_some(Numpys::Scalar))
}
