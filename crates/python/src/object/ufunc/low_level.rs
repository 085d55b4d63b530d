//! `_resolve_dtypes_and_context` and `_get_strided_loop`: a ufunc's loop as a C function that compiled code may call.
//!
//! The capsule's layout is NumPy's (NEP 43's experimental access); the context and the auxiliary data are ours, and the
//! callee alone looks at them.

use std::ffi::{CStr, c_char, c_int, c_void};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::{DType, fault};
use sharray_core::ufunc::Resolution;
use sharray_kernels::loop_abi::{Context, LoopFlags};

use super::{engine, types};
use crate::errors::to_python;
use crate::gate::Args;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

const NAME: &CStr = c"numpy_1.24_ufunc_call_info";

type StridedLoop =
    unsafe extern "C" fn(*mut c_void, *const *mut u8, *const isize, *const isize, *mut c_void) -> c_int;

/// What the capsule points to: NumPy's fields, then what they point to.
#[repr(C)]
struct CallInfo {
    strided_loop: Option<StridedLoop>,
    context: *mut c_void,
    auxdata: *mut c_void,
    requires_pyapi: c_char,
    no_floatingpoint_errors: c_char,
    own: Box<Own>,
}

/// The chosen loop, and the ufunc it belongs to.
struct Own {
    resolution: Resolution,
    ufunc: Py<PyAny>,
}

/// The loop under NumPy's newer signature: -1 with an exception set when it fails.
unsafe extern "C" fn run(
    context: *mut c_void,
    data: *const *mut u8,
    dimensions: *const isize,
    strides: *const isize,
    _auxdata: *mut c_void,
) -> c_int {
    // SAFETY: the context is the `Own` of a capsule that is alive; the rest by the caller's promise.
    let resolution = unsafe { &(*context.cast::<Own>()).resolution };
    let dtypes: Vec<&DType> = resolution.dtypes.iter().collect();
    let wanted = Context { dtypes: &dtypes };
    let wants = resolution.flags.contains(LoopFlags::WANTS_CONTEXT);
    // SAFETY: as above.
    unsafe {
        (resolution.code)(data, dimensions, strides, if wants { wanted.as_data() } else { resolution.data })
    };
    match fault::take() {
        Ok(()) => 0,
        Err(error) => {
            Python::attach(|py| to_python(py, error).restore(py));
            -1
        }
    }
}

unsafe extern "C" fn release(capsule: *mut ffi::PyObject) {
    // SAFETY: called once, by the capsule's end; the pointer came from `Box::into_raw` below.
    unsafe {
        let info: *mut CallInfo = ffi::PyCapsule_GetPointer(capsule, NAME.as_ptr()).cast();
        if !info.is_null() {
            drop(Box::from_raw(info));
        }
    }
}

/// `_resolve_dtypes_and_context(dtypes, *, signature=None, casting=None, reduction=False)`: the dtypes, and a capsule for
/// `_get_strided_loop`.
pub(super) fn resolve<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let names = ["dtypes", "signature", "casting", "reduction"];
    let [dtypes, signature, casting, reduction] = call.parse("_resolve_dtypes_and_context", &names, 1, 1)?;
    let py = slf.py();
    let Some(dtypes) = dtypes else {
        return Err(PyTypeError::new_err("_resolve_dtypes_and_context() needs dtypes"));
    };
    // Outputs may be left out.
    let given = dtypes.cast::<PyTuple>().map_err(|_| PyTypeError::new_err("dtypes must be a tuple"))?;
    let missing = engine(slf).nargs().saturating_sub(given.len());
    let padding = std::iter::repeat_n(
        py.None().into_bound(py),
        if given.len() < engine(slf).nin() { 0 } else { missing },
    );
    let all = PyTuple::new(py, given.iter().chain(padding).collect::<Vec<_>>())?;
    let reduction = crate::args::truth(reduction.as_ref(), false)?;
    let resolution =
        types::resolution(py, engine(slf), all.as_any(), signature.as_ref(), casting.as_ref(), reduction)?;
    let found = types::dtype_tuple(py, &resolution)?;
    let info = CallInfo {
        strided_loop: None,
        context: std::ptr::null_mut(),
        auxdata: std::ptr::null_mut(),
        requires_pyapi: resolution.flags.contains(LoopFlags::NEEDS_GIL) as c_char,
        no_floatingpoint_errors: resolution.flags.contains(LoopFlags::NO_FP_STATUS) as c_char,
        own: Box::new(Own { resolution, ufunc: slf.clone().unbind() }),
    };
    // SAFETY: the capsule owns the box, and `release` frees it.
    let capsule = unsafe {
        let pointer = Box::into_raw(Box::new(info)).cast();
        Bound::from_owned_ptr_or_err(py, ffi::PyCapsule_New(pointer, NAME.as_ptr(), Some(release)))?
    };
    Ok(PyTuple::new(py, [found, capsule])?.into_any())
}

/// `_get_strided_loop(call_info, *, fixed_strides=None)`: fills the capsule's loop in.
pub(super) fn strided_loop<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [capsule, strides] = call.parse("_get_strided_loop", &["call_info", "fixed_strides"], 1, 1)?;
    let py = slf.py();
    let capsule = capsule.unwrap_or_else(|| py.None().into_bound(py));
    if let Some(strides) = strides.filter(|s| !s.is_none()) {
        let fits = strides.cast::<PyTuple>().is_ok_and(|tuple| {
            tuple.len() == engine(slf).nargs() && tuple.iter().all(|s| s.extract::<isize>().is_ok())
        });
        if !fits {
            return Err(PyTypeError::new_err(format!(
                "fixed_strides must be a tuple of {} integers or None",
                engine(slf).nargs()
            )));
        }
    }
    // SAFETY: a live object; the name is checked.
    let info = unsafe {
        if ffi::PyCapsule_IsValid(capsule.as_ptr(), NAME.as_ptr()) == 0 {
            return Err(PyValueError::new_err("call_info is no PyCapsule of _resolve_dtypes_and_context"));
        }
        &mut *ffi::PyCapsule_GetPointer(capsule.as_ptr(), NAME.as_ptr()).cast::<CallInfo>()
    };
    if !info.own.ufunc.bind(py).is(slf) {
        return Err(PyTypeError::new_err("calling ufunc does not match: incompatible context"));
    }
    if info.strided_loop.is_some() {
        return Err(PyTypeError::new_err("the call_info has been used before"));
    }
    info.context = (&raw mut *info.own).cast();
    info.strided_loop = Some(run);
    Ok(py.None().into_bound(py))
}
