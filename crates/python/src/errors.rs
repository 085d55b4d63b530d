//! Engine errors as Python exceptions: the one `match` of the workspace. Classes that live in Python
//! (`AxisError`, the ufunc errors) are imported at their first use.

use pyo3::exceptions::{
    PyBufferError, PyFloatingPointError, PyIndexError, PyKeyError, PyMemoryError, PyNotImplementedError,
    PyOSError, PyOverflowError, PyRuntimeError, PyTypeError, PyUnicodeDecodeError, PyUnicodeEncodeError,
    PyValueError, PyZeroDivisionError,
};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyTuple};
use sharray_base::{DType, Error};

use crate::object::dtype;

/// Turns an engine error into the exception NumPy would raise.
pub fn to_python(py: Python<'_>, error: Error) -> PyErr {
    let text = error.to_string();
    match error {
        Error::Value(_) | Error::Broadcast { .. } => PyValueError::new_err(text),
        Error::Type(_) => PyTypeError::new_err(text),
        Error::Index(_) => PyIndexError::new_err(text),
        Error::Overflow(_) => PyOverflowError::new_err(text),
        Error::Key(_) => PyKeyError::new_err(text),
        Error::Runtime(_) => PyRuntimeError::new_err(text),
        Error::Buffer(_) => PyBufferError::new_err(text),
        Error::NotImplemented(_) => PyNotImplementedError::new_err(text),
        Error::Io { message, errno: 0 } => PyOSError::new_err(message),
        Error::Io { message, errno } => PyOSError::new_err((errno, message)),
        Error::ZeroDivision(_) => PyZeroDivisionError::new_err(text),
        Error::FloatingPoint(_) => PyFloatingPointError::new_err(text),
        Error::OutOfMemory { .. } => PyMemoryError::new_err(text),
        Error::UnicodeEncode { text, position } => PyUnicodeEncodeError::new_err((
            "ascii",
            text,
            position,
            position + 1,
            "ordinal not in range(128)",
        )),
        Error::UnicodeDecode { codec, bytes, position, reason } => PyUnicodeDecodeError::new_err((
            codec,
            PyBytes::new(py, &bytes).unbind(),
            position,
            position + 1,
            reason,
        )),
        Error::PythonSet => PyErr::fetch(py),
        Error::LinAlg(_) => from_module(py, "sharray.linalg", "LinAlgError", (text,)),
        Error::Axes(_) => from_module(py, "sharray.exceptions", "AxisError", (text,)),
        Error::Axis { axis, ndim, prefix } => {
            from_module(py, "sharray.exceptions", "AxisError", (axis, ndim, prefix))
        }
        Error::Memory { shape, dtype } => {
            let shape = PyTuple::new(py, shape.iter());
            let arguments = shape.and_then(|shape| Ok((shape, dtype::from_value(py, &dtype)?)));
            arguments
                .map_or_else(|e| e, |arguments| from_module(py, EXCEPTIONS, "_ArrayMemoryError", arguments))
        }
        Error::Promotion { .. } => from_module(py, "sharray.exceptions", "DTypePromotionError", (text,)),
        Error::Cast { .. } => PyTypeError::new_err(text),
        Error::NoLoop { ufunc, dtypes, nin: _ } => no_loop(py, &ufunc, &dtypes).unwrap_or_else(|e| e),
        Error::UfuncOperands { ufunc, left, right } => {
            operands(py, &ufunc, &left, &right).unwrap_or_else(|e| e)
        }
        Error::UfuncCast { ufunc, casting, from, to, operand, is_input, count: _ } => {
            ufunc_cast(py, &ufunc, casting, (&from, &to), operand, is_input).unwrap_or_else(|e| e)
        }
    }
}

const EXCEPTIONS: &str = "sharray._core._exceptions";

fn from_module<'py>(
    py: Python<'py>,
    module: &str,
    class: &str,
    arguments: impl IntoPyArguments<'py>,
) -> PyErr {
    match construct(py, module, class, arguments) {
        Ok(value) => PyErr::from_value(value),
        Err(error) => error,
    }
}

/// What `PyAny::call1` takes.
trait IntoPyArguments<'py>: pyo3::call::PyCallArgs<'py> {}
impl<'py, T: pyo3::call::PyCallArgs<'py>> IntoPyArguments<'py> for T {}

fn construct<'py>(
    py: Python<'py>,
    module: &str,
    class: &str,
    arguments: impl IntoPyArguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    py.import(module)?.getattr(class)?.call1(arguments)
}

/// The ufunc object of this name, which NumPy's error classes carry.
fn ufunc_object<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    match py.import("sharray._core.umath")?.getattr(name) {
        Ok(ufunc) => Ok(ufunc),
        Err(_) => Ok(pyo3::types::PyString::new(py, name).into_any()),
    }
}

fn no_loop(py: Python<'_>, ufunc: &str, dtypes: &[Option<DType>]) -> PyResult<PyErr> {
    let items: Vec<Py<PyAny>> = dtypes
        .iter()
        .map(|d| match d {
            // The message names classes: units and lengths don't choose a loop.
            Some(d) => dtype::from_value(py, d).map(|o| o.get_type().into_any().unbind()),
            None => Ok(py.None()),
        })
        .collect::<PyResult<_>>()?;
    let arguments = (ufunc_object(py, ufunc)?, PyTuple::new(py, items)?);
    Ok(PyErr::from_value(construct(py, EXCEPTIONS, "_UFuncNoLoopError", arguments)?))
}

fn operands(py: Python<'_>, ufunc: &str, left: &DType, right: &DType) -> PyResult<PyErr> {
    let dtypes = (dtype::from_value(py, left)?, dtype::from_value(py, right)?);
    let arguments = (ufunc_object(py, ufunc)?, dtypes);
    Ok(PyErr::from_value(construct(py, EXCEPTIONS, "_UFuncBinaryResolutionError", arguments)?))
}

fn ufunc_cast(
    py: Python<'_>,
    ufunc: &str,
    casting: &str,
    (from, to): (&DType, &DType),
    operand: usize,
    is_input: bool,
) -> PyResult<PyErr> {
    let class = if is_input { "_UFuncInputCastingError" } else { "_UFuncOutputCastingError" };
    let (from, to) = (dtype::from_value(py, from)?, dtype::from_value(py, to)?);
    let arguments = (ufunc_object(py, ufunc)?, casting, from, to, operand);
    Ok(PyErr::from_value(construct(py, EXCEPTIONS, class, arguments)?))
}

/// `?` on engine results inside functions that return `PyResult`.
pub trait OrRaise<T> {
    /// The value, or the matching Python exception.
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T> OrRaise<T> for sharray_base::Result<T> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| to_python(py, error))
    }
}

/// The other way, for callbacks that run inside the engine: leaves the exception set and returns the marker error.
pub fn to_engine(py: Python<'_>, error: PyErr) -> Error {
    error.restore(py);
    Error::PythonSet
}

/// A class from one of the package's Python modules, imported once.
pub struct LazyClass {
    module: &'static str,
    name: &'static str,
    cell: PyOnceLock<Py<PyAny>>,
}

impl LazyClass {
    /// A class to be imported at first use.
    pub const fn new(module: &'static str, name: &'static str) -> Self {
        LazyClass { module, name, cell: PyOnceLock::new() }
    }
    /// The class (or function).
    pub fn get<'a, 'py>(&'a self, py: Python<'py>) -> PyResult<&'a Bound<'py, PyAny>> {
        let found = self
            .cell
            .get_or_try_init(py, || py.import(self.module)?.getattr(self.name).map(Bound::unbind))?;
        Ok(found.bind(py))
    }
}

/// Issues a Python warning at the caller's line.
pub fn warn(py: Python<'_>, category: &Bound<'_, PyAny>, message: &str) -> PyResult<()> {
    let text = std::ffi::CString::new(message.replace('\0', " ")).unwrap_or_default();
    PyErr::warn(py, category, &text, 1)
}
