//! Fronts of functions that are called so often that reading their arguments shows (design D4): the commonest forms of a
//! call are served from the interpreter's own argument array; every other goes to the function behind, with the same
//! arguments.

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_base::dtype::parse::POINTER_INT as WORD;

use super::create;
use crate::coerce::{self, CopyMode, Request};
use crate::errors::OrRaise;
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::layout::{DTypeObject, INLINE_BYTES};
use crate::object::{dtype, ndarray};
use crate::protocols::numpys;

type Short = for<'py> fn(&Args<'_, 'py>) -> PyResult<Option<Array<'py>>>;

/// Serves a call: by `short`, if that can, else by the function behind.
///
/// # Safety
/// The arguments are as the interpreter passed them.
unsafe fn serve(
    behind: &Py<PyAny>,
    values: *const *mut ffi::PyObject,
    nargs: isize,
    names: *mut ffi::PyObject,
    short: Short,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: by this function's contract.
        let args = unsafe { Args::from_raw(py, values, nargs, names) };
        if let Some(made) = short(&args)? {
            return Ok(made.into_object());
        }
        // SAFETY: as above; a live function.
        unsafe {
            let result = ffi::PyObject_Vectorcall(behind.as_ptr(), values, nargs as usize, names);
            Bound::from_owned_ptr_or_err(py, result)
        }
    })
}

/// Puts a front before a function of the module, under the same name, with the same text.
fn put(
    module: &Bound<'_, PyModule>,
    behind: &Bound<'_, PyAny>,
    entry: ffi::PyCFunctionFastWithKeywords,
) -> PyResult<()> {
    let name: String = behind.getattr("__name__")?.extract()?;
    // SAFETY: functions made by `wrap_pyfunction` are C functions, whose definitions live for ever.
    let function = unsafe {
        let old = &*(*behind.as_ptr().cast::<ffi::PyCFunctionObject>()).m_ml;
        let row = ffi::PyMethodDef {
            ml_name: old.ml_name,
            ml_meth: ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: entry },
            ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
            ml_doc: old.ml_doc,
        };
        let title = module.name()?;
        let made = ffi::PyCFunction_NewEx(Box::leak(Box::new(row)), module.as_ptr(), title.as_ptr());
        Bound::from_owned_ptr_or_err(module.py(), made)?
    };
    module.add(name.as_str(), function)
}

macro_rules! fronts {
    ($($name:literal, $short:path, $direct:path;)*) => {
        /// Puts the fronts before the functions that stand in the module by now.
        pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $({
                static BEHIND: pyo3::sync::PyOnceLock<Py<PyAny>> = pyo3::sync::PyOnceLock::new();
                unsafe extern "C" fn entry(
                    _module: *mut ffi::PyObject,
                    values: *const *mut ffi::PyObject,
                    nargs: isize,
                    names: *mut ffi::PyObject,
                ) -> *mut ffi::PyObject {
                    // SAFETY: called by the interpreter, which holds the GIL, with its own arguments.
                    unsafe {
                        if nargs == 1
                            && names.is_null()
                            && let Some(made) = $direct(*values)
                        {
                            return made;
                        }
                        match BEHIND.get(Python::assume_attached()) {
                            Some(behind) => serve(behind, values, nargs, names, $short),
                            None => std::ptr::null_mut(),
                        }
                    }
                }
                let behind = module.getattr($name)?;
                BEHIND.get_or_init(module.py(), || behind.clone().unbind());
                put(module, &behind, entry)?;
            })*
            Ok(())
        }
    };
}
fronts! {
    "array", array, never; "asarray", asarray, itself; "asanyarray", asarray, itself;
    "zeros", zeros, few_zeros; "empty", empty, few; "arange", arange, never;
}

/// What serves a call with one argument before the gate, if it can: null with an exception set when it failed.
type Made = Option<*mut ffi::PyObject>;

/// No argument is simple enough.
///
/// # Safety
/// As for [`floats`].
#[inline(always)]
unsafe fn never(_argument: *mut ffi::PyObject) -> Made {
    None
}

/// A plain array is what it is asked to be.
///
/// # Safety
/// As for [`floats`].
#[inline(always)]
unsafe fn itself(argument: *mut ffi::PyObject) -> Made {
    // SAFETY: a live object.
    unsafe {
        if ffi::Py_TYPE(argument) != ndarray::type_object() {
            return None;
        }
        ffi::Py_INCREF(argument);
    }
    Some(argument)
}

/// # Safety
/// As for [`floats`].
#[inline(always)]
unsafe fn few_zeros(argument: *mut ffi::PyObject) -> Made {
    // SAFETY: handed on.
    unsafe { floats(argument, true) }
}

/// # Safety
/// As for [`floats`].
#[inline(always)]
unsafe fn few(argument: *mut ffi::PyObject) -> Made {
    // SAFETY: handed on.
    unsafe { floats(argument, false) }
}

/// So many `float64` as an object has room for, their number given by a plain integer.
///
/// # Safety
/// A live object; the GIL is held.
unsafe fn floats(argument: *mut ffi::PyObject, zeroed: bool) -> Made {
    const ROOM: i64 = (INLINE_BYTES / size_of::<f64>()) as i64;
    // SAFETY: a live object, the GIL is held; an `int` sets no error; the fresh array's own elements.
    unsafe {
        if ffi::Py_TYPE(argument) != &raw mut ffi::PyLong_Type {
            return None;
        }
        let mut overflow = 0;
        let count = ffi::PyLong_AsLongLongAndOverflow(argument, &mut overflow);
        if overflow != 0 || !(0..=ROOM).contains(&count) {
            return None;
        }
        let py = Python::assume_attached();
        match Array::dense(py, dtype::singleton(TypeNum::Double), &[count as isize], count as usize) {
            Ok(array) => {
                if zeroed {
                    for index in 0..count as usize {
                        array.data().cast::<f64>().add(index).write(0.0);
                    }
                }
                Some(array.into_object().into_ptr())
            }
            Err(error) => {
                error.restore(py);
                Some(std::ptr::null_mut())
            }
        }
    }
}

/// Object and dtype, where that is given as the second argument, by position or name, and plainly.
fn with_dtype<'py>(args: &Args<'_, 'py>) -> Option<(Bound<'py, PyAny>, *mut DTypeObject)> {
    let named = args.len() == 1 && args.only_keyword(pyo3::intern!(args.py(), "dtype"));
    if args.raw().len() != 2 || !(args.len() == 2 || named) {
        return None;
    }
    Some((args.at(0), dtype::plain(args.raw()[1])?))
}

fn array<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Array<'py>>> {
    if let Some((object, descr)) = with_dtype(args) {
        return match Array::from_object(&object) {
            Some(_) => Ok(None),
            None => coerce::of_plain_as(&object, descr),
        };
    }
    let Some(object) = args.only() else { return Ok(None) };
    match Array::from_object(&object) {
        Some(array) if array.is_exact() => {
            coerce::from_any(&object, &Request { copy: CopyMode::Always, ..Request::default() }).map(Some)
        }
        Some(_) => Ok(None),
        None => coerce::of_plain(&object),
    }
}

fn asarray<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Array<'py>>> {
    if let Some((object, descr)) = with_dtype(args) {
        return match Array::from_object(&object) {
            Some(array) => {
                let itself = array.is_exact() && std::ptr::eq(array.fields().descr, descr);
                Ok(itself.then_some(array))
            }
            None => coerce::of_plain_as(&object, descr),
        };
    }
    let Some(object) = args.only() else { return Ok(None) };
    match Array::from_object(&object) {
        Some(array) => Ok(array.is_exact().then_some(array)),
        None => match numpys::plain(&object)? {
            None => coerce::of_plain(&object),
            found => Ok(found),
        },
    }
}

/// Shape, and perhaps a dtype, by position or name.
fn fresh<'py>(args: &Args<'_, 'py>, zeroed: bool) -> PyResult<Option<Array<'py>>> {
    let count = args.raw().len();
    let named = count == 2 && args.len() == 1 && args.only_keyword(pyo3::intern!(args.py(), "dtype"));
    if args.is_empty() || count > 2 || args.has_keywords() && !named {
        return Ok(None);
    }
    let wanted = (count == 2).then(|| args.value(1)).filter(|dtype| !dtype.is_none());
    create::plain(&args.at(0), wanted.as_ref(), zeroed)
}
fn zeros<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Array<'py>>> {
    fresh(args, true)
}
fn empty<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Array<'py>>> {
    fresh(args, false)
}

/// More elements than this go the general way, which may use several threads.
const MANY: i64 = 1 << 12;

/// A start alone is a stop when it is given by position, and nothing when it is given by name.
fn lacks_stop(args: &Args<'_, '_>) -> PyResult<()> {
    let named = args.keywords();
    let has = |name: &str| named.iter().any(|(own, _)| own.extract::<&str>().is_ok_and(|own| own == name));
    if args.is_empty() && has("start") && !has("stop") {
        return Err(pyo3::exceptions::PyTypeError::new_err("arange() requires stop to be specified."));
    }
    Ok(())
}

/// Bounds and step as plain integers.
fn arange<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Array<'py>>> {
    if args.has_keywords() || !(1..=3).contains(&args.len()) {
        return lacks_stop(args).map(|()| None);
    }
    let mut given = [0i64; 3];
    for (index, place) in given.iter_mut().enumerate().take(args.len()) {
        let object = args.at(index);
        let exact = object.is_exact_instance_of::<pyo3::types::PyInt>();
        // Small enough that nothing below overflows.
        let value =
            exact.then(|| object.extract::<i64>().ok()).flatten().filter(|v| v.unsigned_abs() < 1 << 60);
        let Some(value) = value else { return reals(args) };
        *place = value;
    }
    let (start, stop, step) = match args.len() {
        1 => (0, given[0], 1),
        2 => (given[0], given[1], 1),
        _ => (given[0], given[1], given[2]),
    };
    let distance = stop - start;
    let count = match step {
        0 => return Ok(None),
        1 => distance.max(0),
        step if (distance > 0) == (step > 0) => (distance.abs() + step.abs() - 1) / step.abs(),
        _ => 0,
    };
    if count > MANY {
        return Ok(None);
    }
    let result = Array::dense(args.py(), dtype::singleton(WORD), &[count as isize], count as usize)?;
    // SAFETY: the fresh array's own elements.
    let elements = unsafe { std::slice::from_raw_parts_mut(result.data().cast::<i64>(), count as usize) };
    let mut value = start;
    for element in elements {
        *element = value;
        value += step;
    }
    Ok(Some(result))
}

/// Bounds and step as plain numbers, of which one at least is a float.
fn reals<'py>(args: &Args<'_, 'py>) -> PyResult<Option<Array<'py>>> {
    let mut given = [0.0; 3];
    for (place, object) in given.iter_mut().zip(args.raw()) {
        // SAFETY: a live object; an exact integer sets no error.
        *place = unsafe {
            let class = ffi::Py_TYPE(*object);
            if std::ptr::eq(class, &raw mut ffi::PyFloat_Type) {
                ffi::PyFloat_AS_DOUBLE(*object)
            } else if std::ptr::eq(class, &raw mut ffi::PyLong_Type) {
                let mut overflow = 0;
                let value = ffi::PyLong_AsLongLongAndOverflow(*object, &mut overflow);
                // Exact, and so are differences.
                if overflow != 0 || value.unsigned_abs() > 1 << 51 {
                    return Ok(None);
                }
                value as f64
            } else {
                return Ok(None);
            }
        };
    }
    let (start, stop, step) = match args.len() {
        1 => (0.0, given[0], 1.0),
        2 => (given[0], given[1], 1.0),
        _ => (given[0], given[1], given[2]),
    };
    let length = (stop - start) / step;
    let vanished = length == 0.0 && start != stop;
    if step == 0.0 || vanished || !length.is_finite() || length > MANY as f64 {
        return Ok(None);
    }
    let count = length.ceil().max(0.0) as usize;
    let result = Array::dense(args.py(), dtype::singleton(TypeNum::Double), &[count as isize], count)?;
    // SAFETY: the fresh array's own elements.
    let elements = unsafe { std::slice::from_raw_parts_mut(result.data().cast::<f64>(), count) };
    for (element, value) in elements.iter_mut().zip([start, start + step]) {
        *element = value;
    }
    if count > 2 {
        sharray_core::create::fill_sequence(result.view_mut_unchecked()).or_raise(args.py())?;
    }
    Ok(Some(result))
}
