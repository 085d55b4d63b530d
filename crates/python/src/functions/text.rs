//! Text of floating-point scalars: `dragon4_positional`, `dragon4_scientific`, `format_longfloat`.

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use sharray_base::{DType, TypeNum};
use sharray_core::text_form::{Float, Options, Trim, positional, scientific};
use sharray_kernels::small_float;

use super::dtypes::cast;
use crate::coerce;
use crate::errors::OrRaise;

/// The number behind a scalar: of its own width, everything else as a double.
fn number(object: &Bound<'_, PyAny>) -> PyResult<Float> {
    let array = coerce::asarray(object)?;
    if array.ndim() != 0 {
        return Err(PyTypeError::new_err("expected a scalar number"));
    }
    let own = array.dtype().num();
    let num = match own {
        TypeNum::Half | TypeNum::Float | TypeNum::LongDouble => own,
        num if num.is_small_float() => own,
        _ => TypeNum::Double,
    };
    let native = cast(&array, &DType::of(num))?;
    let data = native.data();
    // SAFETY: one element of exactly that type.
    Ok(unsafe {
        match num {
            TypeNum::Half => Float::from_half_bits(data.cast::<u16>().read_unaligned()),
            num if num.is_small_float() => {
                let bits = match num.row().itemsize {
                    1 => data.read().into(),
                    _ => data.cast::<u16>().read_unaligned(),
                };
                Float::from_small(small_float::value(num, bits))
            }
            TypeNum::Float => Float::from_f32(data.cast::<f32>().read_unaligned()),
            TypeNum::LongDouble => Float::from_extended(data.cast::<[u8; 16]>().read_unaligned()),
            _ => Float::from_f64(data.cast::<f64>().read_unaligned()),
        }
    })
}

/// -1 means "not given".
fn optional(value: Option<isize>, name: &str) -> PyResult<Option<usize>> {
    match value {
        None | Some(-1) => Ok(None),
        Some(n) => usize::try_from(n)
            .map(Some)
            .map_err(|_| PyValueError::new_err(format!("{name} must be -1 or not negative, got {n}"))),
    }
}

fn options(
    py: Python<'_>,
    precision: Option<isize>,
    unique: bool,
    sign: bool,
    trim: Option<&str>,
    pad_left: Option<isize>,
    min_digits: Option<isize>,
) -> PyResult<Options> {
    let trim = match trim.unwrap_or("k").chars().next() {
        Some(letter) => Trim::from_char(letter).or_raise(py)?,
        None => {
            return Err(PyTypeError::new_err("if supplied, trim must be 'k', '.', '0' or '-' found `''`"));
        }
    };
    Ok(Options {
        unique,
        precision: optional(precision, "precision")?,
        min_digits: optional(min_digits, "min_digits")?,
        trim,
        sign,
        pad_left: optional(pad_left, "pad_left")?,
        ..Options::default()
    })
}

/// NumPy's bound for the text of one number.
const MOST_CHARACTERS: isize = 16384;

#[pyfunction]
#[pyo3(signature = (x, precision=None, unique=true, fractional=true, sign=false, trim=None, pad_left=None, pad_right=None, min_digits=None))]
#[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
fn dragon4_positional(
    x: &Bound<'_, PyAny>,
    precision: Option<isize>,
    unique: bool,
    fractional: bool,
    sign: bool,
    trim: Option<&str>,
    pad_left: Option<isize>,
    pad_right: Option<isize>,
    min_digits: Option<isize>,
) -> PyResult<String> {
    let py = x.py();
    let padded = [pad_left, pad_right, min_digits, precision.filter(|_| !unique)];
    if padded.into_iter().flatten().any(|digits| digits > MOST_CHARACTERS) {
        return Err(PyRuntimeError::new_err("Float formatting result too large"));
    }
    let common = options(py, precision, unique, sign, trim, pad_left, min_digits)?;
    let options = Options { fractional, pad_right: optional(pad_right, "pad_right")?, ..common };
    positional(&number(x)?, &options).or_raise(py)
}

#[pyfunction]
#[pyo3(signature = (x, precision=None, unique=true, sign=false, trim=None, pad_left=None, exp_digits=None, min_digits=None))]
#[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
fn dragon4_scientific(
    x: &Bound<'_, PyAny>,
    precision: Option<isize>,
    unique: bool,
    sign: bool,
    trim: Option<&str>,
    pad_left: Option<isize>,
    exp_digits: Option<isize>,
    min_digits: Option<isize>,
) -> PyResult<String> {
    let py = x.py();
    let common = options(py, precision, unique, sign, trim, pad_left, min_digits)?;
    let options = Options { exp_digits: optional(exp_digits, "exp_digits")?, ..common };
    scientific(&number(x)?, &options).or_raise(py)
}

/// A long double with a given number of digits.
#[pyfunction]
fn format_longfloat(x: &Bound<'_, PyAny>, precision: isize) -> PyResult<String> {
    let options =
        Options { unique: false, precision: optional(Some(precision), "precision")?, ..Options::default() };
    scientific(&number(x)?, &options).or_raise(x.py())
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(dragon4_positional, module)?)?;
    module.add_function(wrap_pyfunction!(dragon4_scientific, module)?)?;
    module.add_function(wrap_pyfunction!(format_longfloat, module)?)
}
