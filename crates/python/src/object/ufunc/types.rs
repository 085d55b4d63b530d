//! `dtype=` and `signature=` of ufuncs, and `resolve_dtypes`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyFloat, PyInt, PyString, PyTuple, PyType};
use sharray_base::dtype::Weak;
use sharray_base::{DType, TypeNum};
use sharray_core::assign::Casting;
use sharray_core::ufunc::{OperandType, Resolution, Ufunc, resolve_dtypes};

use crate::errors::OrRaise;
use crate::object::{dtype, dtype_meta};

/// A dtype argument's value. It chooses a kind of element only: byte orders, units and lengths are refused. A class of
/// dtypes (`np.dtypes.Float64DType`) chooses its kind.
pub(super) fn dtype_value(object: &Bound<'_, PyAny>) -> PyResult<DType> {
    if let Some(num) = dtype_meta::number_of_class(object) {
        return Ok(DType::of(num));
    }
    let value = dtype::value(&dtype::coerce(object)?).clone();
    let open_unit = value.time_unit() == DType::of(value.num()).time_unit();
    if !value.is_native() || !open_unit || value.num().is_flexible() && value.itemsize() > 0 {
        return Err(PyTypeError::new_err(format!(
            "The `dtype` and `signature` arguments to ufuncs only select the general DType and not details such as the byte \
             order or time unit, as {value:?} does. Use the scalar types as `np.float64`, or fill an `out` array."
        )));
    }
    Ok(value)
}

/// The dtype per operand that `dtype=` or `signature=` fix; empty without either.
pub(super) fn signature(
    ufunc: &Ufunc,
    dtype: Option<&Bound<'_, PyAny>>,
    signature: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Option<DType>>> {
    let dtype = dtype.filter(|d| !d.is_none());
    let signature = signature.filter(|s| !s.is_none());
    match (dtype, signature) {
        (None, None) => Ok(Vec::new()),
        (Some(_), Some(_)) => Err(PyTypeError::new_err("cannot specify both 'signature' and 'dtype'")),
        (Some(dtype), None) => {
            let value = dtype_value(dtype)?;
            Ok((0..ufunc.nargs()).map(|i| (i >= ufunc.nin()).then(|| value.clone())).collect())
        }
        (None, Some(signature)) => from_signature(ufunc, signature),
    }
}

fn from_signature(ufunc: &Ufunc, signature: &Bound<'_, PyAny>) -> PyResult<Vec<Option<DType>>> {
    let text = match signature.cast::<PyBytes>() {
        Ok(bytes) => Some(bytes.call_method1("decode", ("ascii",))?.to_string()),
        Err(_) => signature.cast::<PyString>().ok().map(|text| text.to_string()),
    };
    if let Some(text) = text {
        let characters: Vec<char> = text.replace("->", "").chars().collect();
        if characters.len() == 1 && !text.contains("->") && ufunc.nargs() > 1 {
            return Err(one_entry());
        }
        let arrow_fits = text.find("->") == Some(ufunc.nin());
        if characters.len() != ufunc.nargs() || !arrow_fits {
            return Err(PyValueError::new_err(format!(
                "a type-string for {}, {} typecode(s) before and {} after the -> sign, not '{text}'",
                ufunc.name(),
                ufunc.nin(),
                ufunc.nout()
            )));
        }
        return characters.into_iter().map(|c| of_char(c).map(Some)).collect();
    }
    let Ok(tuple) = signature.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err("the signature object to ufunc must be a string or a tuple."));
    };
    if tuple.len() == 1 && ufunc.nargs() != 1 {
        return Err(one_entry());
    }
    if tuple.len() != ufunc.nargs() {
        return Err(PyValueError::new_err(format!(
            "a type-tuple must be specified of length {} for ufunc '{}'",
            ufunc.nargs(),
            ufunc.name()
        )));
    }
    tuple.iter().map(|d| if d.is_none() { Ok(None) } else { dtype_value(&d).map(Some) }).collect()
}

fn one_entry() -> PyErr {
    PyTypeError::new_err(
        "a signature names every operand: for one dtype of the results, Use `dtype` or fill the tuple with more than one \
         'None'.",
    )
}

fn of_char(char: char) -> PyResult<DType> {
    let num = u8::try_from(char).ok().and_then(TypeNum::from_char);
    num.map(DType::of).ok_or_else(|| PyValueError::new_err(format!("'{char}' is no type character")))
}

/// `ufunc.resolve_dtypes(dtypes, *, signature=None, casting=None, reduction=False)`.
pub(super) fn resolve<'py>(
    py: Python<'py>,
    ufunc: &Ufunc,
    dtypes: &Bound<'py, PyAny>,
    fixed: Option<&Bound<'py, PyAny>>,
    casting: Option<&Bound<'py, PyAny>>,
    reduction: bool,
) -> PyResult<Bound<'py, PyAny>> {
    dtype_tuple(py, &resolution(py, ufunc, dtypes, fixed, casting, reduction)?)
}

/// A resolution's dtypes.
pub(super) fn dtype_tuple<'py>(py: Python<'py>, resolution: &Resolution) -> PyResult<Bound<'py, PyAny>> {
    let found: Vec<Bound<'py, PyAny>> = (0..resolution.dtypes.len())
        .map(|i| dtype::from_value(py, resolution.outer(i)))
        .collect::<PyResult<_>>()?;
    Ok(PyTuple::new(py, found)?.into_any())
}

/// What [`resolve`] resolves to.
pub(super) fn resolution(
    py: Python<'_>,
    ufunc: &Ufunc,
    dtypes: &Bound<'_, PyAny>,
    fixed: Option<&Bound<'_, PyAny>>,
    casting: Option<&Bound<'_, PyAny>>,
    reduction: bool,
) -> PyResult<Resolution> {
    let tuple = dtypes.cast::<PyTuple>().map_err(|_| PyTypeError::new_err("dtypes must be a tuple"))?;
    if reduction && (ufunc.nin() != 2 || ufunc.nout() != 1) {
        return Err(PyValueError::new_err("ufunc is not compatible with reduction operations."));
    }
    if tuple.len() != ufunc.nargs() {
        return Err(PyTypeError::new_err(format!(
            "resolve_dtypes: The dtypes must be a tuple of `ufunc.nargs` length, {} for '{}', not {}",
            ufunc.nargs(),
            ufunc.name(),
            tuple.len()
        )));
    }
    let mut given: Vec<(Option<DType>, Option<Weak>)> = Vec::new();
    for item in tuple.iter() {
        given.push(one(&item)?);
    }
    if reduction && given.get(2).is_some_and(|g| g.0.is_some()) {
        return Err(PyTypeError::new_err(
            "Output dtype must not be passed for reductions, pass the first input instead.",
        ));
    }
    if reduction && given[0].0.is_none() {
        let wide = given[1].0.as_ref().and_then(|own| sharray_core::ufunc::widened(ufunc, own));
        if let Some(wide) = wide {
            given[0] = (Some(wide), None);
            given[1] = given[0].clone();
        }
    }
    if reduction && given.first().is_some_and(|g| g.0.is_none()) {
        given[0] = given[1].clone();
    }
    if let Some(missing) = given.iter().take(ufunc.nin()).position(|g| g.0.is_none()) {
        return Err(PyTypeError::new_err(format!("dtypes[{missing}] must be a dtype: it is an input")));
    }
    let operands: Vec<OperandType<'_>> =
        given.iter().map(|(dtype, weak)| OperandType { dtype: dtype.as_ref(), weak: *weak }).collect();
    let fixed = signature(ufunc, None, fixed)?;
    let default = if reduction { Casting::Unsafe } else { Casting::SameKind };
    let casting = crate::args::casting(casting.filter(|c| !c.is_none()), default)?;
    resolve_dtypes(ufunc, &operands, &fixed, casting, reduction).or_raise(py)
}

fn one(item: &Bound<'_, PyAny>) -> PyResult<(Option<DType>, Option<Weak>)> {
    if item.is_none() {
        return Ok((None, None));
    }
    if dtype::is_dtype(item) && dtype::value(item).as_subarray().is_some() {
        return Err(PyTypeError::new_err(format!(
            "no ufunc works on elements of dtype {:?}",
            dtype::value(item)
        )));
    }
    if dtype::is_dtype(item) {
        return Ok((Some(dtype::value(item).clone()), None));
    }
    let py = item.py();
    let Ok(class) = item.cast::<PyType>() else {
        return Err(PyTypeError::new_err(
            "Provided dtype must be a valid NumPy dtype, int, float, complex, or None.",
        ));
    };
    for (kind, weak) in [
        (py.get_type::<PyInt>(), Weak::Int),
        (py.get_type::<PyFloat>(), Weak::Float),
        (py.get_type::<PyComplex>(), Weak::Complex),
    ] {
        if class.is(&kind) {
            return Ok((Some(weak.default_dtype()), Some(weak)));
        }
    }
    Err(PyTypeError::new_err("Provided dtype must be a valid NumPy dtype, int, float, complex, or None."))
}
