//! Floating-point flags as the user wants them reported: `errstate`'s policy applied to what the loops raised.
//!
//! The policy lives in a context variable, so that each thread and task has its own. It is looked up only when there is
//! something to report.

use pyo3::exceptions::{PyFloatingPointError, PyNameError, PyRuntimeWarning, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{DType, Kind, TypeNum};

use crate::errors::{LazyClass, OrRaise};

static COMPLEX_WARNING: LazyClass = LazyClass::new("sharray.exceptions", "ComplexWarning");

/// What to do about a kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Ignore,
    Warn,
    Raise,
    Call,
    Print,
    Log,
}

const MODES: [(&str, Mode); 6] = [
    ("ignore", Mode::Ignore),
    ("warn", Mode::Warn),
    ("raise", Mode::Raise),
    ("call", Mode::Call),
    ("print", Mode::Print),
    ("log", Mode::Log),
];

/// Kinds of trouble in the order they are reported: flag, keyword, words.
const KINDS: [(FpStatus, &str, &str); 4] = [
    (FpStatus::DIVIDE_BY_ZERO, "divide", "divide by zero"),
    (FpStatus::OVERFLOW, "over", "overflow"),
    (FpStatus::UNDERFLOW, "under", "underflow"),
    (FpStatus::INVALID, "invalid", "invalid value"),
];

const DEFAULT_BUFFER: isize = 8192;

/// A policy: what `seterr`, `seterrcall` and `setbufsize` set. Never changed once made.
#[pyclass(frozen, module = "numpy", name = "_ExtObj")]
pub struct Policy {
    modes: [Mode; 4],
    call: Option<Py<PyAny>>,
    buffer: isize,
}

impl Policy {
    fn initial() -> Policy {
        Policy {
            modes: [Mode::Warn, Mode::Warn, Mode::Ignore, Mode::Warn],
            call: None,
            buffer: DEFAULT_BUFFER,
        }
    }
}

/// The context variable that holds the policy.
fn variable(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static VARIABLE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = VARIABLE.get_or_try_init(py, || {
        let default = PyDict::new(py);
        default.set_item("default", Bound::new(py, Policy::initial())?)?;
        let class = py.import("contextvars")?.getattr("ContextVar")?;
        class.call(("numpy.ufunc.extobj",), Some(&default)).map(Bound::unbind)
    })?;
    Ok(made.bind(py))
}

fn current(py: Python<'_>) -> PyResult<Bound<'_, Policy>> {
    Ok(variable(py)?.call_method0(pyo3::intern!(py, "get"))?.cast_into::<Policy>()?)
}

/// Runs engine work that casts elements of `from` to `to` and reports what it tells: floating-point flags, and imaginary
/// parts that have no place.
///
/// # Errors
/// What the work reports; as [`report_cast`].
pub fn casting<T>(
    py: Python<'_>,
    from: &DType,
    to: &DType,
    work: impl FnOnce() -> sharray_base::Result<T>,
) -> PyResult<T> {
    if from.num() == to.num() && from.num() != TypeNum::Void {
        return work().or_raise(py);
    }
    warn_complex(py, from, to)?;
    fp_status::clear();
    let result = work();
    let status = fp_status::read();
    let value = result.or_raise(py)?;
    report_cast(py, status)?;
    Ok(value)
}

/// Warns where a cast drops imaginary parts.
///
/// # Errors
/// A warning turned into an error.
pub fn warn_complex(py: Python<'_>, from: &DType, to: &DType) -> PyResult<()> {
    if from.kind() == Kind::Complex && holds_reals(to) { warn_lost(py) } else { Ok(()) }
}

/// True for real numbers, and for structures with a field of such.
fn holds_reals(dtype: &DType) -> bool {
    match dtype.as_structure() {
        Some(structure) => structure.fields.iter().any(|field| holds_reals(&field.dtype)),
        None => matches!(dtype.kind(), Kind::Int | Kind::UInt | Kind::Float),
    }
}

fn warn_lost(py: Python<'_>) -> PyResult<()> {
    let category = COMPLEX_WARNING.get(py)?;
    crate::errors::warn(py, category, "Casting complex values to real discards the imaginary part")
}

/// Reports the flags of a cast.
///
/// # Errors
/// `FloatingPointError` where the policy says `raise`; a warning turned into an error.
pub fn report_cast(py: Python<'_>, status: FpStatus) -> PyResult<()> {
    report(py, status, "cast")
}

thread_local! {
    /// True while scalars are computed with by a ufunc.
    static SCALARS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Runs `work`, reporting its flags as those of an operation on scalars.
pub fn among_scalars<T>(work: impl FnOnce() -> T) -> T {
    let before = SCALARS.replace(true);
    let result = work();
    SCALARS.set(before);
    result
}

thread_local! {
    /// The function that uses an operation for its work, under whose name it is reported.
    static CALLER: std::cell::Cell<Option<&'static str>> = const { std::cell::Cell::new(None) };
}

/// Runs `work`, reporting its flags as those of the function `name`.
pub fn named<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let before = CALLER.replace(Some(name));
    let result = work();
    CALLER.set(before);
    result
}

/// Reports the flags that operation `name` raised.
///
/// # Errors
/// As [`report_cast`]; and what a user's function raises.
pub fn report(py: Python<'_>, status: FpStatus, name: &str) -> PyResult<()> {
    if status.is_empty() { Ok(()) } else { report_all(py, status, name) }
}

#[cold]
fn report_all(py: Python<'_>, status: FpStatus, name: &str) -> PyResult<()> {
    if status.contains(FpStatus::IMAGINARY) {
        warn_lost(py)?;
    }
    if status.contains(FpStatus::TOO_LARGE) {
        report_all(py, FpStatus::OVERFLOW, "cast")?;
    }
    let status = status - FpStatus::IMAGINARY - FpStatus::TOO_LARGE;
    let policy = current(py)?;
    let name = CALLER.get().filter(|_| name != "cast").unwrap_or(name);
    let scalar = if SCALARS.get() && name != "cast" { format!("scalar {name}") } else { String::new() };
    let name = if scalar.is_empty() { name } else { &scalar };
    for (mode, (flag, _, words)) in policy.get().modes.iter().zip(KINDS) {
        if status.contains(flag) {
            one(py, policy.get(), *mode, status, words, name)?;
        }
    }
    Ok(())
}

fn one(
    py: Python<'_>,
    policy: &Policy,
    mode: Mode,
    status: FpStatus,
    words: &str,
    name: &str,
) -> PyResult<()> {
    let text = format!("{words} encountered in {name}");
    match mode {
        Mode::Ignore => Ok(()),
        Mode::Warn => crate::errors::warn(py, py.get_type::<PyRuntimeWarning>().as_any(), &text),
        Mode::Raise => Err(PyFloatingPointError::new_err(text)),
        Mode::Print => {
            let stderr = py.import("sys")?.getattr("stderr")?;
            stderr.call_method1("write", (format!("Warning: {text}\n"),)).map(|_| ())
        }
        Mode::Call => {
            let missing = || {
                PyNameError::new_err(format!(
                    "python callback specified for {words} (in  {name}) but no function found."
                ))
            };
            let function = policy.call.as_ref().ok_or_else(missing)?;
            function.bind(py).call1((words, status.bits())).map(|_| ())
        }
        Mode::Log => {
            let missing = || {
                PyNameError::new_err(format!(
                    "log specified for {words} (in {name}) but no object with write method found."
                ))
            };
            let log = policy.call.as_ref().ok_or_else(missing)?;
            log.bind(py).call_method1("write", (format!("Warning: {text}\n"),)).map(|_| ())
        }
    }
}

/// A policy that differs from the current one in what is given.
#[pyfunction]
#[pyo3(signature = (*, all=None, divide=None, over=None, under=None, invalid=None, **rest))]
fn _make_extobj<'py>(
    py: Python<'py>,
    all: Option<&Bound<'py, PyAny>>,
    divide: Option<&Bound<'py, PyAny>>,
    over: Option<&Bound<'py, PyAny>>,
    under: Option<&Bound<'py, PyAny>>,
    invalid: Option<&Bound<'py, PyAny>>,
    rest: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, Policy>> {
    let current = current(py)?;
    let old = current.get();
    let mut made =
        Policy { modes: old.modes, call: old.call.as_ref().map(|c| c.clone_ref(py)), buffer: old.buffer };
    for (place, own) in [divide, over, under, invalid].into_iter().enumerate() {
        if let Some(given) = own.or(all) {
            made.modes[place] = mode(given)?;
        }
    }
    for (name, value) in rest.into_iter().flatten() {
        match name.to_string().as_str() {
            "bufsize" => made.buffer = buffer(&value, made.buffer)?,
            "call" => made.call = callback(&value)?,
            other => {
                return Err(PyTypeError::new_err(format!(
                    "_make_extobj() got an unexpected keyword argument '{other}'"
                )));
            }
        }
    }
    Bound::new(py, made)
}

fn mode(given: &Bound<'_, PyAny>) -> PyResult<Mode> {
    let text: std::borrow::Cow<'_, str> = given
        .extract()
        .map_err(|_| PyTypeError::new_err(format!("an error mode must be a string, not {given}")))?;
    let found = MODES.iter().find(|(name, _)| *name == text).map(|(_, mode)| *mode);
    found.ok_or_else(|| PyValueError::new_err(format!("invalid error mode '{text}'")))
}

fn buffer(value: &Bound<'_, PyAny>, old: isize) -> PyResult<isize> {
    if value.is_none() {
        return Ok(old);
    }
    let size: isize = value.extract()?;
    if size > 10_000_000 {
        return Err(PyValueError::new_err(format!("Buffer size, {size}, is too big")));
    }
    if size < 5 {
        return Err(PyValueError::new_err(format!("Buffer size, {size}, is too small")));
    }
    if size % 16 != 0 {
        return Err(PyValueError::new_err(format!("Buffer size, {size}, is not a multiple of 16")));
    }
    Ok(size)
}

fn callback(value: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    if value.is_none() {
        return Ok(None);
    }
    let writes = value.getattr_opt("write")?.is_some_and(|w| w.is_callable());
    if !value.is_callable() && !writes {
        return Err(PyTypeError::new_err("python object must be callable or have a callable write method"));
    }
    Ok(Some(value.clone().unbind()))
}

/// The current policy as a dict.
#[pyfunction]
fn _get_extobj_dict(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let policy = current(py)?;
    let policy = policy.get();
    let dict = PyDict::new(py);
    for (mode, (_, name, _)) in policy.modes.iter().zip(KINDS) {
        let word = MODES.iter().find(|(_, m)| m == mode).map_or("warn", |(word, _)| word);
        dict.set_item(name, word)?;
    }
    dict.set_item("call", policy.call.as_ref().map(|c| c.clone_ref(py)))?;
    dict.set_item("bufsize", policy.buffer)?;
    Ok(dict)
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("_extobj_contextvar", variable(module.py())?)?;
    module.add_function(wrap_pyfunction!(_make_extobj, module)?)?;
    module.add_function(wrap_pyfunction!(_get_extobj_dict, module)?)
}
