//! The gate between Python and the engine: every C slot enters here. It turns `PyResult` into C's conventions, stops
//! panics at the border (a panic is a defect of ours, but must not take the process down), parses fast-call arguments,
//! and releases the GIL for long work, which it lets Ctrl-C into: [`signals`] is the engine's hook for interruptions.

use std::any::Any;
use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::{PySystemError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text =
        payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    format!("the engine panicked, which is a defect of sharray: {}", text.unwrap_or("no message"))
}

/// Runs `body` with the GIL (which the caller holds) and returns its value, or `failure` with an exception set.
pub fn enter<T>(failure: T, body: impl FnOnce(Python<'_>) -> PyResult<T>) -> T {
    // SAFETY: C slots are called by the interpreter, which holds the GIL.
    let py = unsafe { Python::assume_attached() };
    match catch_unwind(AssertUnwindSafe(|| body(py))) {
        Ok(Ok(value)) => value,
        Ok(Err(error)) => {
            error.restore(py);
            failure
        }
        Err(payload) => {
            PySystemError::new_err(panic_text(&*payload)).restore(py);
            failure
        }
    }
}

/// Runs `body` one level deeper in Python's count of nested calls, so that input that leads back to itself (a list that
/// holds itself, an operator that calls itself) ends in a `RecursionError` and not at the end of the stack.
///
/// # Errors
/// `RecursionError` at Python's limit; otherwise what `body` gives.
pub fn nested<T>(py: Python<'_>, body: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // SAFETY: the GIL is held (`py`); the text ends in a null byte and lives for ever.
    if unsafe { ffi::Py_EnterRecursiveCall(c" in the array engine".as_ptr()) } != 0 {
        return Err(PyErr::fetch(py));
    }
    let result = body();
    // SAFETY: pairs with the successful entry above.
    unsafe { ffi::Py_LeaveRecursiveCall() };
    result
}

/// For slots that return a new reference.
pub fn object<'p>(body: impl FnOnce(Python<'p>) -> PyResult<Bound<'p, PyAny>>) -> *mut ffi::PyObject {
    // SAFETY: as in `enter`; the token's lifetime is that of the call.
    let py: Python<'p> = unsafe { Python::assume_attached() };
    enter(std::ptr::null_mut(), |_| body(py).map(Bound::into_ptr))
}

/// For slots that return 0 or -1.
pub fn status(body: impl FnOnce(Python<'_>) -> PyResult<()>) -> c_int {
    enter(-1, |py| body(py).map(|()| 0))
}

/// Work above this many bytes is done with the GIL released.
pub const DETACH_BYTES: usize = 1 << 16;

/// Runs engine work, without the GIL when it is long and touches no Python object.
pub fn work<T: Send>(py: Python<'_>, bytes: usize, needs_gil: bool, body: impl FnOnce() -> T + Send) -> T {
    if needs_gil || bytes < DETACH_BYTES { body() } else { py.detach(body) }
}

/// Runs the handlers of signals that have arrived, as the interpreter does between two byte codes. Only Python's main thread
/// runs handlers; threads of our own are none of Python's and are not asked.
///
/// # Errors
/// `PythonSet` when a handler raised (`KeyboardInterrupt`), or an exception waits already.
pub fn signals() -> sharray_base::Result<()> {
    // SAFETY: both may be called by any thread.
    let (attached, foreign) =
        unsafe { (ffi::PyGILState_Check() == 1, ffi::PyGILState_GetThisThreadState().is_null()) };
    if !attached && foreign {
        return Ok(());
    }
    Python::attach(|_| {
        // SAFETY: attached.
        let raised = unsafe { !ffi::PyErr_Occurred().is_null() || ffi::PyErr_CheckSignals() != 0 };
        if raised { Err(sharray_base::Error::PythonSet) } else { Ok(()) }
    })
}

/// The arguments of a fast call with keywords.
#[derive(Clone, Copy)]
pub struct Args<'a, 'py> {
    py: Python<'py>,
    values: &'a [*mut ffi::PyObject],
    positional: usize,
    names: *mut ffi::PyObject,
}

impl<'a, 'py> Args<'a, 'py> {
    /// From a vectorcall's raw arguments.
    ///
    /// # Safety
    /// They are as the interpreter passed them: `values` holds `nargs` positional arguments, then one for each of
    /// `names` (null or a tuple of strings).
    pub unsafe fn from_raw(
        py: Python<'py>,
        values: *const *mut ffi::PyObject,
        nargs: isize,
        names: *mut ffi::PyObject,
    ) -> Self {
        let positional = nargs as usize;
        // SAFETY: `names` is null or a tuple, by the contract.
        let extra = if names.is_null() { 0 } else { unsafe { ffi::PyTuple_GET_SIZE(names) as usize } };
        let count = positional + extra;
        // SAFETY: by the contract; an empty call may pass null.
        let values = if count == 0 { &[] } else { unsafe { std::slice::from_raw_parts(values, count) } };
        Args { py, values, positional, names }
    }
    /// The interpreter token.
    pub fn py(&self) -> Python<'py> {
        self.py
    }
    /// All arguments as the interpreter passed them: positional ones, then the values of keywords.
    pub fn raw(&self) -> &'a [*mut ffi::PyObject] {
        self.values
    }
    /// True when the only keyword is `name`, an interned string, as names in calls are.
    pub fn only_keyword(&self, name: &Bound<'py, pyo3::types::PyString>) -> bool {
        // SAFETY: `names` is a tuple when there are keywords.
        self.values.len() == self.positional + 1
            && std::ptr::eq(unsafe { ffi::PyTuple_GET_ITEM(self.names, 0) }, name.as_ptr())
    }
    /// Number of positional arguments.
    pub fn len(&self) -> usize {
        self.positional
    }
    /// True without positional arguments.
    pub fn is_empty(&self) -> bool {
        self.positional == 0
    }
    /// True when keywords were given.
    pub fn has_keywords(&self) -> bool {
        self.values.len() > self.positional
    }
    /// The only argument of a call, given by position.
    pub fn only(&self) -> Option<Bound<'py, PyAny>> {
        (self.positional == 1 && self.values.len() == 1).then(|| self.at(0))
    }
    /// The arguments behind the first, which is given by position.
    pub fn tail(&self) -> Args<'a, 'py> {
        debug_assert!(self.positional > 0);
        Args { values: &self.values[1..], positional: self.positional - 1, ..*self }
    }
    /// Positional argument `index`.
    pub fn at(&self, index: usize) -> Bound<'py, PyAny> {
        debug_assert!(index < self.positional);
        // SAFETY: the caller of the slot keeps its arguments alive for the call.
        unsafe { Bound::from_borrowed_ptr(self.py, self.values[index]) }
    }
    /// The value of argument `index`, given by position or by name.
    pub fn value(&self, index: usize) -> Bound<'py, PyAny> {
        // SAFETY: as in `at`.
        unsafe { Bound::from_borrowed_ptr(self.py, self.values[index]) }
    }
    /// All positional arguments.
    pub fn positional(&self) -> Vec<Bound<'py, PyAny>> {
        (0..self.positional).map(|i| self.at(i)).collect()
    }
    /// Name and value of each keyword argument.
    pub fn keywords(&self) -> Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        (self.positional..self.values.len())
            .map(|i| {
                // SAFETY: `names` is a tuple with one string per keyword value.
                let name = unsafe { ffi::PyTuple_GET_ITEM(self.names, (i - self.positional) as isize) };
                // SAFETY: both are kept alive by the call.
                unsafe {
                    (
                        Bound::from_borrowed_ptr(self.py, name),
                        Bound::from_borrowed_ptr(self.py, self.values[i]),
                    )
                }
            })
            .collect()
    }
    /// Matches the arguments to `names`; the first `required` must be there, at most `positional` may come without a
    /// name. Python's `None` is passed through as a value.
    ///
    /// # Errors
    /// `TypeError` for too many, missing, unknown or repeated arguments.
    pub fn parse<const N: usize>(
        &self,
        function: &str,
        names: &[&str; N],
        required: usize,
        positional: usize,
    ) -> PyResult<[Option<Bound<'py, PyAny>>; N]> {
        if self.positional > positional {
            return Err(PyTypeError::new_err(format!(
                "{function}() takes at most {positional} positional argument{} ({} given)",
                if positional == 1 { "" } else { "s" },
                self.positional
            )));
        }
        let mut found = [const { None }; N];
        for (index, slot) in found.iter_mut().enumerate().take(self.positional) {
            *slot = Some(self.at(index));
        }
        if self.has_keywords() {
            for index in self.positional..self.values.len() {
                // SAFETY: `names` is a tuple with one string per keyword value; both are kept alive by the call.
                let (name, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = unsafe {
                    let name = ffi::PyTuple_GET_ITEM(self.names, (index - self.positional) as isize);
                    (
                        Bound::from_borrowed_ptr(self.py, name),
                        Bound::from_borrowed_ptr(self.py, self.values[index]),
                    )
                };
                let text: &str = &name.extract::<std::borrow::Cow<'_, str>>()?;
                let Some(index) = names.iter().position(|n| *n == text) else {
                    return Err(PyTypeError::new_err(format!(
                        "{function}() got an unexpected keyword argument '{text}'"
                    )));
                };
                if found[index].replace(value).is_some() {
                    return Err(PyTypeError::new_err(format!(
                        "argument for {function}() given by name ('{text}') and position ({index})"
                    )));
                }
            }
        }
        if let Some(missing) = (0..required).find(|&i| found[i].is_none()) {
            return Err(PyTypeError::new_err(format!(
                "{function}() missing required argument '{}' (pos {missing})",
                names[missing]
            )));
        }
        Ok(found)
    }
    /// The positional arguments as a tuple.
    pub fn to_tuple(&self) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(self.py, self.positional())
    }
    /// The keyword arguments as a dict, or `None`.
    pub fn to_dict(&self) -> PyResult<Option<Bound<'py, pyo3::types::PyDict>>> {
        if !self.has_keywords() {
            return Ok(None);
        }
        let dict = pyo3::types::PyDict::new(self.py);
        for (name, value) in self.keywords() {
            dict.set_item(name, value)?;
        }
        Ok(Some(dict))
    }
}

/// A method body: the object it is called on, and its arguments.
pub type Method = for<'a, 'py> fn(&Bound<'py, PyAny>, Args<'a, 'py>) -> PyResult<Bound<'py, PyAny>>;

/// Calls a method body from a `METH_FASTCALL | METH_KEYWORDS` entry.
///
/// # Safety
/// The arguments are as the interpreter passed them.
pub unsafe fn method(
    slf: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    nargs: isize,
    names: *mut ffi::PyObject,
    body: Method,
) -> *mut ffi::PyObject {
    object(|py| {
        // SAFETY: by this function's contract.
        let (slf, args) =
            unsafe { (Bound::from_borrowed_ptr(py, slf), Args::from_raw(py, values, nargs, names)) };
        body(&slf, args)
    })
}

/// A `PyMethodDef` for a [`Method`]: `method_def!("reshape", path::reshape)`.
#[macro_export]
macro_rules! method_def {
    ($name:literal, $body:path) => {{
        unsafe extern "C" fn entry(
            slf: *mut pyo3::ffi::PyObject,
            values: *const *mut pyo3::ffi::PyObject,
            nargs: isize,
            names: *mut pyo3::ffi::PyObject,
        ) -> *mut pyo3::ffi::PyObject {
            // SAFETY: called by the interpreter with its own arguments.
            unsafe { $crate::gate::method(slf, values, nargs, names, $body) }
        }
        pyo3::ffi::PyMethodDef {
            ml_name: concat!($name, "\0").as_ptr().cast(),
            ml_meth: pyo3::ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: entry },
            ml_flags: pyo3::ffi::METH_FASTCALL | pyo3::ffi::METH_KEYWORDS,
            ml_doc: std::ptr::null(),
        }
    }};
}

/// A `PyGetSetDef` for a getter `fn(&Bound<PyAny>) -> PyResult<Bound<PyAny>>` and, optionally, a setter
/// `fn(&Bound<PyAny>, Option<&Bound<PyAny>>) -> PyResult<()>` (`None` deletes).
#[macro_export]
macro_rules! getset_def {
    ($name:literal, $get:path) => {
        $crate::getset_def!(@make $name, $get, None)
    };
    ($name:literal, $get:path, $set:path) => {{
        unsafe extern "C" fn set(
            slf: *mut pyo3::ffi::PyObject,
            value: *mut pyo3::ffi::PyObject,
            _closure: *mut std::ffi::c_void,
        ) -> std::ffi::c_int {
            $crate::gate::status(|py| {
                // SAFETY: the interpreter's own arguments; a null value means deletion.
                let (slf, value) = unsafe {
                    (pyo3::Bound::from_borrowed_ptr(py, slf), pyo3::Bound::from_borrowed_ptr_or_opt(py, value))
                };
                $set(&slf, value.as_ref())
            })
        }
        $crate::getset_def!(@make $name, $get, Some(set))
    }};
    (@make $name:literal, $get:path, $set:expr) => {{
        unsafe extern "C" fn get(
            slf: *mut pyo3::ffi::PyObject,
            _closure: *mut std::ffi::c_void,
        ) -> *mut pyo3::ffi::PyObject {
            $crate::gate::object(|py| {
                // SAFETY: the interpreter passes a live object.
                let slf = unsafe { pyo3::Bound::from_borrowed_ptr(py, slf) };
                $get(&slf)
            })
        }
        pyo3::ffi::PyGetSetDef {
            name: concat!($name, "\0").as_ptr().cast(),
            get: Some(get),
            set: $set,
            doc: std::ptr::null(),
            closure: std::ptr::null_mut(),
        }
    }};
}

/// A zero-terminated table that lives as long as the process, as static types want them.
pub fn leak_table<T>(mut rows: Vec<T>, terminator: T) -> *mut T {
    rows.push(terminator);
    Box::leak(rows.into_boxed_slice()).as_mut_ptr()
}
