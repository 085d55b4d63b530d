//! DLPack, outwards: `ndarray.__dlpack__` and `__dlpack_device__`.

use std::ffi::c_void;

use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::layout::Order;
use sharray_interop::dlpack::offer::Offer;
use sharray_interop::dlpack::{abi, code};

use super::dlpack::{self, Form};
use crate::coerce::{self, CopyMode};
use crate::crossings::{self, Protocol, Reason, Ticket};
use crate::errors::OrRaise;
use crate::gate::Args;
use crate::methods::protocol::copy_mode;
use crate::object::array::Array;
use crate::object::layout::flag;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// `__dlpack_device__()`: the host, always.
pub fn device<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("__dlpack_device__", &[], 0, 0)?;
    Ok(PyTuple::new(slf.py(), [abi::Device::HOST.kind, abi::Device::HOST.number])?.into_any())
}

/// `__dlpack__(*, stream=None, max_version=None, dl_device=None, copy=None)`.
pub fn export<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> Result<'py> {
    let names = &["stream", "max_version", "dl_device", "copy"];
    let [stream, max_version, device, copy] = call.parse("__dlpack__", names, 0, 0)?;
    let copy = copy_mode(copy.as_ref(), CopyMode::IfNeeded)?;
    let device = device.filter(|d| !d.is_none()).map(|d| read_device(&d)).transpose()?;
    if let Some(stream) = stream.filter(|s| !s.is_none()) {
        return Err(PyRuntimeError::new_err(format!(
            "stream={stream} is not supported, only stream=None: the array lies in the host's memory, which has no streams"
        )));
    }
    let minor = max_version.filter(|v| !v.is_none()).map(|v| read_version(&v)).transpose()?.flatten();
    if let Some(device) = device.filter(|device| *device != abi::Device::HOST) {
        return Err(PyBufferError::new_err(format!(
            "unsupported device requested: dl_device=({}, {}); the array lies in the host's memory, (1, 0)",
            device.kind, device.number
        )));
    }
    let array = Array::expect(slf);
    hand_over(&array, minor, copy == CopyMode::Always)
}

/// The minor version that a consumer of versioned structs knows; `None` for one that knows legacy structs only.
fn read_version(given: &Bound<'_, PyAny>) -> PyResult<Option<u32>> {
    let pair = given.cast::<PyTuple>().ok().filter(|pair| pair.len() == 2).ok_or_else(|| {
        PyTypeError::new_err(format!(
            "max_version must be None or a tuple with two elements, not {}",
            shown(given)
        ))
    })?;
    let major: i64 = pair.get_borrowed_item(0)?.extract()?;
    if major < i64::from(abi::MAJOR) {
        return Ok(None);
    }
    if major > i64::from(abi::MAJOR) {
        return Ok(Some(abi::MINOR));
    }
    // What is no number says nothing: the oldest version will do.
    Ok(Some(pair.get_borrowed_item(1)?.extract().unwrap_or(0)))
}

fn read_device(given: &Bound<'_, PyAny>) -> PyResult<abi::Device> {
    let pair = given
        .cast::<PyTuple>()
        .map_err(|_| PyTypeError::new_err(format!("dl_device must be a tuple, not {}", shown(given))))?;
    if pair.len() != 2 {
        return Err(PyTypeError::new_err(format!(
            "dl_device must be a tuple of two integers, kind and number of the device, not {}",
            shown(given)
        )));
    }
    Ok(abi::Device { kind: pair.get_item(0)?.extract()?, number: pair.get_item(1)?.extract()? })
}

fn shown(object: &Bound<'_, PyAny>) -> String {
    object.repr().map_or_else(|_| object.get_type().to_string(), |text| text.to_string())
}

/// A capsule with the array's memory, or with a copy.
fn hand_over<'py>(array: &Array<'py>, minor: Option<u32>, copied: bool) -> Result<'py> {
    let py = array.py();
    let dtype = code::write(array.dtype()).or_raise(py)?;
    let read_only = !copied && !array.has(flag::WRITEABLE);
    if minor.is_none() && read_only {
        return Err(PyBufferError::new_err(
            "a read-only array can't be handed over by a legacy DLPack capsule, which has no flag to say so: ask for a \
             versioned one, max_version=(1, 0), or for a copy, copy=True",
        ));
    }
    let reason = copied.then_some(Reason::Requested);
    if let Some(reason) = reason {
        crossings::to_go_out_copied(array, Protocol::DLPack, reason)?;
    }
    let fresh = copied.then(|| fresh_copy(array)).transpose()?;
    let kept = fresh.as_ref().unwrap_or(array);
    let mut offer = Offer {
        data: kept.data(),
        dtype,
        itemsize: kept.dtype().itemsize(),
        shape: kept.shape(),
        strides: kept.strides(),
        context: std::ptr::null_mut(),
        release,
    };
    if !offer.is_expressible() {
        return Err(PyBufferError::new_err(format!(
            "DLPack counts strides in elements, and the array's strides of {:?} bytes are no multiples of its itemsize {}: \
             hand over a copy, copy=True",
            kept.strides(),
            offer.itemsize
        )));
    }
    // The struct's own reference, which `release` gives back.
    let held = Held {
        array: kept.clone().into_object().into_ptr(),
        ticket: crossings::handed_out(kept, Protocol::DLPack, reason),
    };
    offer.context = Box::into_raw(Box::new(held)).cast();
    let mark = |on: bool, flag: u64| if on { flag } else { 0 };
    let (managed, form): (*mut c_void, Form) = match minor {
        Some(minor) => {
            let flags = mark(read_only, abi::READ_ONLY) | mark(copied, abi::IS_COPIED);
            (offer.versioned(minor, flags).cast(), Form::Versioned)
        }
        None => (offer.legacy().cast(), Form::Legacy),
    };
    // SAFETY: a fresh struct of that form.
    unsafe { dlpack::for_consumer(py, managed, form) }
}

/// A writable copy in the array's memory order, a plain array whatever its class.
fn fresh_copy<'py>(array: &Array<'py>) -> PyResult<Array<'py>> {
    let fresh = coerce::like(array, &array.descr(), Order::Keep, None)?;
    coerce::copy_cast(&fresh, array, sharray_base::dtype::Casting::Unsafe)?;
    Ok(fresh)
}

/// What a struct of ours holds until its deleter is called.
struct Held {
    /// A reference.
    array: *mut ffi::PyObject,
    /// The consumer's.
    ticket: Ticket,
}

/// Gives back the reference to an array, and the consumer's ticket, from whatever thread.
unsafe extern "C" fn release(held: *mut c_void) {
    // SAFETY: the struct's box and its reference, given back once. Once the interpreter has begun to end there is nobody to give it
    // back to: the process's end frees the memory.
    unsafe {
        let Held { array, ticket } = *Box::from_raw(held.cast::<Held>());
        crossings::given_back(ticket);
        if ffi::Py_IsInitialized() == 0 {
            return;
        }
        let state = ffi::PyGILState_Ensure();
        ffi::Py_DECREF(array);
        ffi::PyGILState_Release(state);
    }
}
