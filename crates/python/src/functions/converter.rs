//! `_array_converter`: arguments as arrays, and results wrapped like the arguments, for functions of the Python layer.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use sharray_base::dtype::promote::{self, Weak};
use sharray_base::{DType, Kind, TypeNum};

use super::dtypes::weak_kind;
use crate::coerce;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::number::priority;
use crate::object::{dtype, scalar};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

struct Argument {
    object: Py<PyAny>,
    array: Py<PyAny>,
    weak: Option<Weak>,
    is_scalar: bool,
}

/// The arguments of one call.
#[pyclass(name = "_array_converter", module = "numpy._core._multiarray_umath")]
pub struct Converter {
    arguments: Vec<Argument>,
}

fn subok(given: Option<&Bound<'_, PyAny>>, default: bool) -> PyResult<bool> {
    given.map_or(Ok(default), |s| s.is_truthy())
}

#[pymethods]
impl Converter {
    #[new]
    #[pyo3(signature = (*args))]
    fn new(args: &Bound<'_, PyTuple>) -> PyResult<Converter> {
        let arguments = args
            .iter()
            .map(|object| {
                let array = coerce::asanyarray(&object)?;
                let is_array = Array::from_object(&object).is_some();
                Ok(Argument {
                    weak: weak_kind(&object),
                    is_scalar: !is_array && array.ndim() == 0,
                    array: array.into_object().unbind(),
                    object: object.unbind(),
                })
            })
            .collect::<PyResult<_>>()?;
        Ok(Converter { arguments })
    }

    #[getter]
    fn scalar_input<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.arguments.iter().map(|a| a.is_scalar))
    }

    #[pyo3(signature = (*, subok=None, pyscalars=None))]
    fn as_arrays<'py>(
        &self,
        py: Python<'py>,
        subok: Option<&Bound<'py, PyAny>>,
        pyscalars: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let subok = self::subok(subok, true)?;
        let policy = match pyscalars {
            None => "convert_if_no_array".to_string(),
            Some(text) => text
                .cast::<PyString>()
                .map_err(|_| PyTypeError::new_err("pyscalars must be a string"))?
                .to_string(),
        };
        let keep = match &*policy {
            "convert" => false,
            "preserve" => true,
            // Plain numbers stay plain only beside a real array.
            "convert_if_no_array" => self.arguments.iter().any(|a| !a.is_scalar || a.weak.is_none()),
            other => {
                return Err(PyValueError::new_err(format!(
                    "invalid pyscalar mode, must be 'convert', 'preserve', or 'convert_if_no_array' (default), not \
                     '{other}'"
                )));
            }
        };
        let items: Vec<Bound<'py, PyAny>> = self
            .arguments
            .iter()
            .map(|a| {
                if keep && a.weak.is_some() {
                    return Ok(a.object.bind(py).clone());
                }
                let array = Array::expect(a.array.bind(py));
                if subok || array.is_exact() {
                    return Ok(array.into_object());
                }
                coerce::asarray(&array).map(Array::into_object)
            })
            .collect::<PyResult<_>>()?;
        PyTuple::new(py, items)
    }

    #[pyo3(signature = (extra_dtype=None, ensure_inexact=false))]
    fn result_type<'py>(
        &self,
        py: Python<'py>,
        extra_dtype: Option<&Bound<'py, PyAny>>,
        ensure_inexact: bool,
    ) -> Result<'py> {
        let mut dtypes: Vec<DType> = self
            .arguments
            .iter()
            .filter(|a| a.weak.is_none())
            .map(|a| Array::expect(a.array.bind(py)).dtype().clone())
            .collect();
        let mut weak = self.arguments.iter().filter_map(|a| a.weak).max();
        if let Some(extra) = extra_dtype.filter(|e| !e.is_none()) {
            dtypes.push(dtype::value(&dtype::coerce(extra)?).clone());
        }
        if ensure_inexact {
            weak = weak.max(Some(Weak::Float));
        }
        let views: Vec<&DType> = dtypes.iter().collect();
        let inexact = dtypes.iter().all(|d| matches!(d.kind(), Kind::Float | Kind::Complex));
        let weak = if ensure_inexact && inexact && !dtypes.is_empty() {
            self.arguments.iter().filter_map(|a| a.weak).max()
        } else {
            weak
        };
        let numeric = dtypes.iter().all(|d| d.num().is_number());
        let weak = if numeric { weak } else { None };
        let found = if views.is_empty() && weak.is_none() {
            DType::of(TypeNum::Double)
        } else {
            promote::result_type(&views, weak).or_raise(py)?
        };
        dtype::from_value(py, &found)
    }

    #[pyo3(signature = (arr, /, to_scalar=None))]
    fn wrap<'py>(
        &self,
        py: Python<'py>,
        arr: &Bound<'py, PyAny>,
        to_scalar: Option<&Bound<'py, PyAny>>,
    ) -> Result<'py> {
        let as_scalar = match to_scalar.filter(|s| !s.is_none()) {
            Some(flag) => flag.is_truthy()?,
            None => self.arguments.iter().all(|a| a.is_scalar),
        };
        let mut best: Option<(Bound<'py, PyAny>, f64)> = None;
        for argument in &self.arguments {
            let object = argument.object.bind(py);
            if Array::from_object(object).is_some_and(|a| a.is_exact()) || coerce::is_scalar(object) {
                continue;
            }
            if object.get_type().getattr_opt(pyo3::intern!(py, "__array_wrap__"))?.is_none() {
                continue;
            }
            let own = priority(object, 0.0);
            if best.as_ref().is_none_or(|(_, p)| own > *p) {
                best = Some((object.clone(), own));
            }
        }
        match best {
            Some((object, _)) => {
                let result = coerce::asanyarray(arr)?;
                object.call_method1("__array_wrap__", (result.as_ref(), py.None(), as_scalar))
            }
            None => {
                let Some(array) = Array::from_object(arr) else { return Ok(arr.clone()) };
                if as_scalar && array.ndim() == 0 && array.is_exact() {
                    return scalar::from_element(py, array.dtype(), array.data(), Some(arr));
                }
                Ok(arr.clone())
            }
        }
    }

    fn __len__(&self) -> usize {
        self.arguments.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: isize) -> Result<'py> {
        let place = if index < 0 { index + self.arguments.len() as isize } else { index };
        let argument = usize::try_from(place).ok().and_then(|i| self.arguments.get(i));
        let argument = argument
            .ok_or_else(|| pyo3::exceptions::PyIndexError::new_err("invalid index into array converter"))?;
        Ok(argument.array.bind(py).clone())
    }
}

/// Adds this file's class.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Converter>()
}
