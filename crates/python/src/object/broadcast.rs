//! `numpy.broadcast`: several arrays stretched to one shape, walked together. NumPy's `PyArrayMultiIterObject`: compiled
//! code reads its shape and steps the flat iterators in it by itself.

use std::ffi::c_int;
use std::mem::offset_of;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::Dims;
use sharray_base::layout::{broadcast_shapes, checked_len};

use super::array::Array;
use super::flatiter::{self, FlatIter, MAX_AXES};
use crate::gate::{self, Args};
use crate::{coerce, getset_def, method_def};

/// The most operands.
const MAX_OPERANDS: usize = 64;

/// `PyArrayMultiIterObject`. The first `numiter` of `iters` are flat iterators that it holds, the others null.
#[repr(C)]
#[expect(missing_docs, reason = "NumPy's field names")]
pub struct MultiIter {
    pub ob_base: ffi::PyObject,
    pub numiter: c_int,
    pub size: isize,
    pub index: isize,
    pub nd: c_int,
    pub dimensions: [isize; MAX_AXES],
    pub iters: [*mut FlatIter; MAX_OPERANDS],
}

const _: () = {
    assert!(size_of::<MultiIter>() == 816);
    assert!(offset_of!(MultiIter, numiter) == 16);
    assert!(offset_of!(MultiIter, size) == 24);
    assert!(offset_of!(MultiIter, index) == 32);
    assert!(offset_of!(MultiIter, nd) == 40);
    assert!(offset_of!(MultiIter, dimensions) == 48);
    assert!(offset_of!(MultiIter, iters) == 304);
};

static mut BROADCAST: ffi::PyTypeObject = {
    // SAFETY: an all-zero type object is the starting point CPython documents for static types.
    let mut class: ffi::PyTypeObject = unsafe { std::mem::zeroed() };
    class.tp_name = c"numpy.broadcast".as_ptr();
    class.tp_basicsize = size_of::<MultiIter>() as isize;
    class
};
static READY: AtomicBool = AtomicBool::new(false);

/// The class `broadcast`, immortal.
pub fn type_object() -> *mut ffi::PyTypeObject {
    &raw mut BROADCAST
}

/// True for instances of the class.
fn is_broadcast(object: &Bound<'_, PyAny>) -> bool {
    ptr::eq(object.get_type_ptr(), type_object())
}

/// The object's fields.
///
/// # Safety
/// `slf` is a `broadcast`, and nothing changes its fields while the result lives.
unsafe fn fields<'a>(slf: &'a Bound<'_, PyAny>) -> &'a MultiIter {
    // SAFETY: by the contract.
    unsafe { &*slf.as_ptr().cast() }
}

impl MultiIter {
    /// The iterators in use.
    fn used(&self) -> &[*mut FlatIter] {
        &self.iters[..self.numiter as usize]
    }
    /// The common shape.
    fn shape(&self) -> &[isize] {
        &self.dimensions[..self.nd as usize]
    }
}

unsafe extern "C" fn new(
    _class: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: the interpreter passes a tuple, and a dict or null.
        let (args, named) = unsafe {
            let named = !kwargs.is_null() && ffi::PyDict_Size(kwargs) > 0;
            (Bound::from_borrowed_ptr(py, args).cast_into_unchecked::<PyTuple>(), named)
        };
        if named {
            return Err(PyValueError::new_err("keyword arguments not accepted."));
        }
        of_arrays(py, &operands(&args)?)
    })
}

/// The arguments as arrays; another `broadcast` stands for those it walks over.
fn operands<'py>(args: &Bound<'py, PyTuple>) -> PyResult<Vec<Array<'py>>> {
    let mut arrays = Vec::new();
    for object in args.iter() {
        if is_broadcast(&object) {
            // SAFETY: a live object; its iterators hold their arrays.
            arrays.extend(
                unsafe { fields(&object) }
                    .used()
                    .iter()
                    .map(|it| unsafe { Array::expect(&Bound::from_borrowed_ptr(args.py(), (**it).ao)) }),
            );
        } else {
            arrays.push(coerce::asanyarray(&object)?);
        }
    }
    if arrays.len() > MAX_OPERANDS {
        return Err(PyValueError::new_err(format!(
            "Need at least 0 and at most {MAX_OPERANDS} array objects."
        )));
    }
    Ok(arrays)
}

fn of_arrays<'py>(py: Python<'py>, arrays: &[Array<'py>]) -> PyResult<Bound<'py, PyAny>> {
    let shapes: Vec<&[isize]> = arrays.iter().map(|a| a.shape()).collect();
    if let Some(long) = shapes.iter().map(|s| s.len()).find(|ndim| *ndim > MAX_AXES) {
        return Err(PyRuntimeError::new_err(format!(
            "this function only supports up to {MAX_AXES} dimensions but the array has {long}."
        )));
    }
    let shape: Dims = broadcast_shapes(&shapes)
        .map_err(|error| mismatch(&shapes).unwrap_or(crate::errors::to_python(py, error)))?;
    let size =
        checked_len(&shape, 1).map_err(|_| PyValueError::new_err("broadcast dimensions too large."))?;
    // SAFETY: a fresh, zeroed instance of the class, filled here; it may be freed at any point from here on.
    unsafe {
        let object: *mut MultiIter = ffi::PyType_GenericAlloc(type_object(), 0).cast();
        let made = Bound::from_owned_ptr_or_err(py, object.cast())?;
        let it = &mut *object;
        it.size = size as isize;
        it.nd = shape.len() as c_int;
        it.dimensions[..shape.len()].copy_from_slice(&shape);
        for (slot, array) in it.iters.iter_mut().zip(arrays) {
            *slot = flatiter::stretched(array, &shape)?.into_ptr().cast();
            it.numiter += 1;
        }
        Ok(made)
    }
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; the iterators in use are ours, the others null.
    unsafe {
        for it in &mut (*slf.cast::<MultiIter>()).iters {
            ffi::Py_XDECREF(std::mem::replace(it, ptr::null_mut()).cast());
        }
        if let Some(free) = (*ffi::Py_TYPE(slf)).tp_free {
            free(slf.cast());
        }
    }
}

unsafe extern "C" fn iter(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: a live object is its own iterator.
    unsafe { ffi::Py_NewRef(slf) }
}

unsafe extern "C" fn next(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::enter(ptr::null_mut(), |py| {
        // SAFETY: a live object from the interpreter; the reference to the index ends here.
        let slf = unsafe {
            let it = &mut *slf.cast::<MultiIter>();
            if it.index >= it.size {
                return Ok(ptr::null_mut());
            }
            it.index += 1;
            Bound::from_borrowed_ptr(py, slf)
        };
        let mut values = Vec::new();
        // SAFETY: a live object; its iterators are never replaced.
        for it in unsafe { fields(&slf) }.used() {
            // SAFETY: a live iterator.
            let it = unsafe { Bound::from_borrowed_ptr(py, it.cast()) };
            values.push(flatiter::step(&it)?);
        }
        Ok(PyTuple::new(py, values)?.into_ptr())
    })
}

fn reset<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let [] = call.parse("reset", &[], 0, 0)?;
    // SAFETY: a live object; nothing else runs while its fields are set.
    unsafe {
        let it = &mut *slf.as_ptr().cast::<MultiIter>();
        it.index = 0;
        it.used().iter().for_each(|flat| (**flat).reset());
    }
    Ok(slf.py().None().into_bound(slf.py()))
}

fn documented_reset() -> ffi::PyMethodDef {
    let doc = c"reset($self, /)\n--\n\nGoes back to the first elements.";
    ffi::PyMethodDef { ml_doc: doc.as_ptr(), ..method_def!("reset", reset) }
}

fn shape<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a live object; the values are copied out.
    Ok(PyTuple::new(slf.py(), unsafe { fields(slf) }.shape())?.into_any())
}

fn iters<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = slf.py();
    // SAFETY: a live object.
    let used = unsafe { fields(slf) }.used();
    let used = used.iter().map(|it| {
        // SAFETY: its iterators are live.
        unsafe { Bound::from_borrowed_ptr(py, it.cast()) }
    });
    Ok(PyTuple::new(py, used)?.into_any())
}

/// Getters of one number.
macro_rules! numbers {
    ($($name:ident)*) => { $(
        fn $name<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            // SAFETY: a live object; the value is copied out.
            let number = unsafe { fields(slf) }.$name;
            Ok(number.into_pyobject(slf.py())?.into_any())
        }
    )* };
}
numbers! { size index nd numiter }

/// NumPy's words for two shapes that don't meet, with the positions of the arguments.
fn mismatch(shapes: &[&[isize]]) -> Option<PyErr> {
    let text = |shape: &[isize]| match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ")),
    };
    for (j, b) in shapes.iter().enumerate() {
        for (i, a) in shapes.iter().enumerate().take(j) {
            if broadcast_shapes(&[a, b]).is_err() {
                return Some(PyValueError::new_err(format!(
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {i} with \
                     shape {} and arg {j} with shape {}.",
                    text(a),
                    text(b)
                )));
            }
        }
    }
    None
}

/// Makes the class and adds it to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let class = type_object();
    if !READY.swap(true, Ordering::Relaxed) {
        // SAFETY: module start runs once under the GIL.
        unsafe {
            (*class).tp_flags = ffi::Py_TPFLAGS_DEFAULT as _;
            (*class).tp_doc =
                c"broadcast(*arrays)\n--\n\nArrays stretched to one shape; iterates over tuples of their elements.".as_ptr();
            (*class).tp_new = Some(new);
            (*class).tp_dealloc = Some(dealloc);
            (*class).tp_iter = Some(iter);
            (*class).tp_iternext = Some(next);
            (*class).tp_methods = gate::leak_table(vec![documented_reset()], ffi::PyMethodDef::zeroed());
            (*class).tp_getset = gate::leak_table(
                vec![
                    getset_def!("shape", shape),
                    getset_def!("size", size),
                    getset_def!("index", index),
                    getset_def!("nd", nd),
                    getset_def!("ndim", nd),
                    getset_def!("numiter", numiter),
                    getset_def!("iters", iters),
                ],
                std::mem::zeroed(),
            );
            if ffi::PyType_Ready(class) != 0 {
                return Err(PyErr::fetch(py));
            }
        }
    }
    // SAFETY: an immortal class.
    module.add("broadcast", unsafe { Bound::from_borrowed_ptr(py, class.cast()) })
}
