//! DLPack, inwards: `from_dlpack`.

use std::ffi::c_void;

use pyo3::exceptions::{PyBufferError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyString, PyTuple};
use sharray_base::Error;
use sharray_base::layout::Order;
use sharray_interop::dlpack::abi::{self, Managed, ManagedVersioned};
use sharray_interop::dlpack::claim::{self, Claim};

use super::dlpack::{self, Form};
use crate::coerce::CopyMode;
use crate::crossings::{self, Protocol, Reason};
use crate::errors::OrRaise;
use crate::methods::protocol::copy_mode;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// An array on the memory of an object that speaks DLPack (a tensor of PyTorch, JAX, CuPy, …).
///
/// The memory is shared with `x`, which must lie where the host can read it, or with the copy that its library makes if
/// asked: `device` "cpu" asks for the data in the host's memory, `copy` True for a copy and False for none. The array is
/// read-only where the other side says so, or can't say otherwise.
///
/// Raises `AttributeError` for objects without `__dlpack__`, `BufferError` where the memory can't be handed over,
/// `RuntimeError` for devices and element types that no array has, `ValueError` for other devices than "cpu".
///
/// >>> x = np.arange(3)
/// >>> y = np.from_dlpack(x)
/// >>> np.shares_memory(x, y)
/// True
#[pyfunction]
#[pyo3(
    signature = (x, /, *, device=None, copy=None),
    text_signature = "(x, /, *, device=None, copy=None)"
)]
fn from_dlpack<'py>(
    x: &Bound<'py, PyAny>,
    device: Option<&Bound<'py, PyAny>>,
    copy: Option<&Bound<'py, PyAny>>,
) -> Result<'py> {
    let on_host = device.is_some_and(|device| !device.is_none());
    if let Some(device) = device.filter(|_| on_host)
        && !device.cast::<PyString>().is_ok_and(|text| text == "cpu")
    {
        return Err(PyValueError::new_err(format!(
            "Device not understood. Only \"cpu\" is allowed, but received: {device}"
        )));
    }
    let mode = copy_mode(copy, CopyMode::IfNeeded)?;
    refuse_negated(x)?;
    let capsule = ask(x, on_host, mode)?;
    Ok(take(x, &capsule, mode)?.into_object())
}

/// Refuses a tensor of PyTorch whose elements are to be read with the other sign: its capsule does not say so.
fn refuse_negated(x: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = x.py();
    if x.get_type().module().is_ok_and(|module| module == "torch")
        && let Some(method) = x.getattr_opt(pyo3::intern!(py, "is_neg"))?
        && method.call0()?.is_truthy()?
    {
        return Err(PyBufferError::new_err(
            "the tensor's negative bit is set, which DLPack can't say: hand over x.resolve_neg()",
        ));
    }
    Ok(())
}

/// What every question to a producer is made of.
struct Words {
    /// Names of the keywords.
    names: Py<PyTuple>,
    /// The newest version that is understood here.
    version: Py<PyTuple>,
    /// The host.
    host: Py<PyTuple>,
}

impl Words {
    fn get(py: Python<'_>) -> PyResult<&'static Words> {
        static WORDS: PyOnceLock<Words> = PyOnceLock::new();
        WORDS.get_or_try_init(py, || {
            let names = ["dl_device", "copy", "max_version"].map(|name| PyString::intern(py, name));
            Ok(Words {
                names: PyTuple::new(py, names)?.unbind(),
                version: PyTuple::new(py, [abi::MAJOR, abi::MINOR])?.unbind(),
                host: PyTuple::new(py, [abi::Device::HOST.kind, abi::Device::HOST.number])?.unbind(),
            })
        })
    }
}

/// The capsule that `x` gives. Producers older than DLPack 1 know none of the keywords; they are asked again without.
fn ask<'py>(x: &Bound<'py, PyAny>, on_host: bool, mode: CopyMode) -> Result<'py> {
    let py = x.py();
    let method = pyo3::intern!(py, "__dlpack__");
    let words = Words::get(py)?;
    // SAFETY: `None` lives for ever.
    let none = unsafe { ffi::Py_None() };
    let copy = match mode {
        CopyMode::IfNeeded => none,
        CopyMode::Always => PyBool::new(py, true).as_ptr(),
        CopyMode::Never => PyBool::new(py, false).as_ptr(),
    };
    let host = if on_host { words.host.as_ptr() } else { none };
    let values = [x.as_ptr(), host, copy, words.version.as_ptr()];
    // SAFETY: live objects; one positional argument, and a value for each of the three names.
    let answer = unsafe {
        let raw = ffi::PyObject_VectorcallMethod(method.as_ptr(), values.as_ptr(), 1, words.names.as_ptr());
        Bound::from_owned_ptr_or_err(py, raw)
    };
    match answer {
        Err(error) if !on_host && mode == CopyMode::IfNeeded && error.is_instance_of::<PyTypeError>(py) => {
            x.call_method0(method)
        }
        answer => answer,
    }
}

/// Which struct is there to be taken from what a producer gave, and its address.
///
/// # Errors
/// `ValueError` for what is no capsule, or one of another name.
fn open(x: &Bound<'_, PyAny>, capsule: &Bound<'_, PyAny>) -> PyResult<(Form, *mut c_void)> {
    let raw = capsule.as_ptr();
    for form in [Form::Versioned, Form::Legacy] {
        // SAFETY: a live object; capsules with these names hold what the names say, by the protocol.
        unsafe {
            if ffi::PyCapsule_IsValid(raw, form.name().as_ptr()) != 0 {
                return Ok((form, ffi::PyCapsule_GetPointer(raw, form.name().as_ptr())));
            }
        }
    }
    let producer = x.get_type().name()?;
    // SAFETY: as above; the name is null or text that lives as long as the capsule.
    let name = unsafe {
        if ffi::PyCapsule_CheckExact(raw) == 0 {
            return Err(PyValueError::new_err(format!(
                "{producer}.__dlpack__() gave an object of {} where a DLPack capsule was expected",
                capsule.get_type()
            )));
        }
        let name = ffi::PyCapsule_GetName(raw);
        if name.is_null() { None } else { Some(std::ffi::CStr::from_ptr(name).to_string_lossy()) }
    };
    let used =
        [Form::Versioned, Form::Legacy].iter().any(|form| Some(form.used_name().to_string_lossy()) == name);
    let why = if used {
        "its tensor was taken before, and can be taken once only"
    } else {
        "that is no DLPack tensor"
    };
    Err(PyValueError::new_err(format!(
        "{producer}.__dlpack__() gave a capsule with the name {}: {why}",
        name.map_or_else(|| "NULL".into(), |name| format!("'{name}'"))
    )))
}

/// What a struct says of itself.
struct Seen {
    claim: Claim,
    writable: bool,
    /// The producer made a copy.
    copied: bool,
}

/// What a struct says: its memory, and whether it may be written.
///
/// # Errors
/// As for [`claim::read`] and [`claim::check_version`]; `Buffer` for a copy where there must be none.
///
/// # Safety
/// `managed` is a live struct of this form.
unsafe fn read(managed: *mut c_void, form: Form, mode: CopyMode) -> sharray_base::Result<Seen> {
    // SAFETY: by the contract. The struct need not be aligned.
    unsafe {
        match form {
            // The legacy struct can't say whether its memory may be written.
            Form::Legacy => {
                let tensor = &raw const (*managed.cast::<Managed>()).tensor;
                claim::read(tensor).map(|claim| Seen { claim, writable: false, copied: false })
            }
            Form::Versioned => {
                let managed = managed.cast::<ManagedVersioned>();
                let version = (&raw const (*managed).version).read_unaligned();
                claim::check_version(version)?;
                let flags = (&raw const (*managed).flags).read_unaligned();
                if mode == CopyMode::Never && flags & abi::IS_COPIED != 0 {
                    return Err(Error::Buffer(
                        "copy=False, and the producer's flags say that it made a copy all the same".into(),
                    ));
                }
                let tensor = &raw const (*managed).tensor;
                let (writable, copied) = (flags & abi::READ_ONLY == 0, flags & abi::IS_COPIED != 0);
                claim::read(tensor).map(|claim| Seen { claim, writable, copied })
            }
        }
    }
}

/// An array on a capsule's memory, whose `base` keeps the struct. A capsule that is refused stays as it was.
fn take<'py>(x: &Bound<'py, PyAny>, capsule: &Bound<'py, PyAny>, mode: CopyMode) -> PyResult<Array<'py>> {
    let py = x.py();
    let (form, managed) = open(x, capsule)?;
    // SAFETY: the capsule holds what its name says, by the protocol.
    let Seen { claim, writable, copied } = unsafe { read(managed, form, mode) }.or_raise(py)?;
    let descr = dtype::from_value(py, &claim.dtype)?;
    let keeper = dlpack::keeper(py, managed, form)?;
    // SAFETY: renaming makes the struct ours; had another taken it meanwhile, the name would be another. The name lives
    // for ever.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule.as_ptr(), form.name().as_ptr()) == 0 {
            return Err(PyValueError::new_err(
                "the DLPack capsule's tensor was taken by another while it was read",
            ));
        }
        if ffi::PyCapsule_SetName(capsule.as_ptr(), form.used_name().as_ptr()) != 0 {
            return Err(PyErr::fetch(py));
        }
        dlpack::arm(&keeper, form);
    }
    if claim.data.is_null() {
        // No array's data is at no address, not even when there is none of it.
        let array = Array::build(py, &descr, &claim.shape, Order::C, true, None)?;
        array.set_flags(flag::WRITEABLE, writable);
        array.set_base(Some(keeper));
        return Ok(array);
    }
    // SAFETY: checked as far as can be (`claim`); the producer vouches for the rest until its deleter is called.
    let array = unsafe {
        Array::from_memory(
            py,
            &descr,
            claim.data,
            &claim.shape,
            &claim.strides,
            writable,
            Some(keeper),
            None,
        )?
    };
    let reason = if mode == CopyMode::Always { Reason::Requested } else { Reason::OtherSide };
    crossings::came_in(x, &array, Protocol::DLPack, copied.then_some(reason));
    Ok(array)
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(from_dlpack, module)?)
}
