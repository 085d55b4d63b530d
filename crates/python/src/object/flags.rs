//! The `flags` object of an array: a live view of its flag bits, readable by name, attribute and item.

use pyo3::exceptions::{PyFutureWarning, PyKeyError, PyValueError};
use pyo3::prelude::*;

use super::array::Array;
use super::layout::flag;

/// `ndarray.flags`.
#[pyclass(name = "flagsobj", module = "numpy._core.multiarray")]
pub struct Flags {
    array: Option<Py<PyAny>>,
    bits: i32,
}

impl Flags {
    /// The flags of an array.
    pub fn of(array: &Array<'_>) -> Flags {
        Flags { array: Some(array.clone().into_object().unbind()), bits: array.flags() }
    }
    /// Flags of something without an array: a scalar.
    pub fn fixed(bits: i32) -> Flags {
        Flags { array: None, bits }
    }
    fn current(&self, py: Python<'_>) -> i32 {
        self.array.as_ref().map_or(self.bits, |array| Array::expect(array.bind(py)).flags())
    }
    fn set(&self, py: Python<'_>, name: &str, value: bool) -> PyResult<()> {
        let Some(array) = &self.array else {
            return Err(PyValueError::new_err("Cannot set flags on array scalars."));
        };
        let kwargs = pyo3::types::PyDict::new(py);
        kwargs.set_item(name, value)?;
        array.bind(py).call_method("setflags", (), Some(&kwargs)).map(drop)
    }
}

const ROWS: [(&str, &str, i32); 6] = [
    ("C_CONTIGUOUS", "C", flag::C_CONTIGUOUS),
    ("F_CONTIGUOUS", "F", flag::F_CONTIGUOUS),
    ("OWNDATA", "O", flag::OWNDATA),
    ("WRITEABLE", "W", flag::WRITEABLE),
    ("ALIGNED", "A", flag::ALIGNED),
    ("WRITEBACKIFCOPY", "X", flag::WRITEBACKIFCOPY),
];

#[pymethods]
impl Flags {
    #[new]
    fn new() -> Flags {
        Flags::fixed(
            flag::C_CONTIGUOUS | flag::F_CONTIGUOUS | flag::OWNDATA | flag::WRITEABLE | flag::ALIGNED,
        )
    }
    #[getter]
    fn c_contiguous(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::C_CONTIGUOUS != 0
    }
    #[getter]
    fn contiguous(&self, py: Python<'_>) -> bool {
        self.c_contiguous(py)
    }
    #[getter]
    fn f_contiguous(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::F_CONTIGUOUS != 0
    }
    #[getter]
    fn fortran(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::F_CONTIGUOUS != 0
    }
    #[getter]
    fn owndata(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::OWNDATA != 0
    }
    #[getter]
    fn writeable(&self, py: Python<'_>) -> PyResult<bool> {
        if self.current(py) & flag::WARN_ON_WRITE != 0 {
            let message = c"future versions will not create a writeable array from broadcast_array. \
                Set the writable flag explicitly to avoid this warning.";
            PyErr::warn(py, &py.get_type::<PyFutureWarning>(), message, 1)?;
        }
        Ok(self._writeable_no_warn(py))
    }
    /// `writeable` without the warning for arrays that share elements among places.
    #[getter]
    fn _writeable_no_warn(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::WRITEABLE != 0
    }
    /// From now on the first write to the array warns. It can be set only.
    #[setter(_warn_on_write)]
    fn set_warn_on_write(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if !value.is_truthy()? {
            return Err(PyValueError::new_err("_warn_on_write can only be set to True"));
        }
        if let Some(array) = &self.array {
            Array::expect(array.bind(py)).set_flags(flag::WARN_ON_WRITE, true);
        }
        Ok(())
    }
    #[setter]
    fn set_writeable(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.set(py, "write", value.is_truthy()?)
    }
    #[getter]
    fn aligned(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::ALIGNED != 0
    }
    #[setter]
    fn set_aligned(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.set(py, "align", value.is_truthy()?)
    }
    #[getter]
    fn writebackifcopy(&self, py: Python<'_>) -> bool {
        self.current(py) & flag::WRITEBACKIFCOPY != 0
    }
    #[setter]
    fn set_writebackifcopy(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.set(py, "uic", value.is_truthy()?)
    }
    #[getter]
    fn behaved(&self, py: Python<'_>) -> bool {
        self.aligned(py) && self._writeable_no_warn(py)
    }
    #[getter]
    fn carray(&self, py: Python<'_>) -> bool {
        self.behaved(py) && self.c_contiguous(py)
    }
    #[getter]
    fn farray(&self, py: Python<'_>) -> bool {
        self.behaved(py) && self.f_contiguous(py) && !self.c_contiguous(py)
    }
    #[getter]
    fn forc(&self, py: Python<'_>) -> bool {
        self.c_contiguous(py) || self.f_contiguous(py)
    }
    #[getter]
    fn fnc(&self, py: Python<'_>) -> bool {
        self.f_contiguous(py) && !self.c_contiguous(py)
    }
    #[getter]
    fn num(&self, py: Python<'_>) -> i32 {
        self.current(py)
    }
    fn __getitem__(&self, py: Python<'_>, key: &str) -> PyResult<bool> {
        if let Some((_, _, bit)) = ROWS.iter().find(|(long, short, _)| *long == key || *short == key) {
            return Ok(self.current(py) & bit != 0);
        }
        match key {
            "CONTIGUOUS" => Ok(self.c_contiguous(py)),
            "FORTRAN" => Ok(self.fortran(py)),
            "BEHAVED" | "B" => Ok(self.behaved(py)),
            "CARRAY" | "CA" => Ok(self.carray(py)),
            "FARRAY" | "FA" => Ok(self.farray(py)),
            "FORC" => Ok(self.forc(py)),
            "FNC" => Ok(self.fnc(py)),
            _ => Err(PyKeyError::new_err("Unknown flag")),
        }
    }
    fn __setitem__(&self, py: Python<'_>, key: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        match key {
            "WRITEABLE" | "W" => self.set_writeable(py, value),
            "ALIGNED" | "A" => self.set_aligned(py, value),
            "WRITEBACKIFCOPY" | "X" => self.set_writebackifcopy(py, value),
            _ => Err(PyKeyError::new_err("Unknown flag")),
        }
    }
    fn __repr__(&self, py: Python<'_>) -> String {
        let bits = self.current(py);
        let mut text = String::new();
        for (name, _, bit) in ROWS {
            let value = if bits & bit != 0 { "True" } else { "False" };
            let warns = bit == flag::WRITEABLE && bits & flag::WARN_ON_WRITE != 0;
            let remark = if warns { "  (with WARN_ON_WRITE=True)" } else { "" };
            text.push_str(&format!("  {name} : {value}{remark}\n"));
        }
        text
    }
    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let Ok(other) = other.cast::<Flags>() else { return Ok(py.NotImplemented()) };
        let equal = self.current(py) == other.borrow().current(py);
        Ok(equal.into_pyobject(py)?.to_owned().into_any().unbind())
    }
}
