//! Questions about dtypes: `result_type`, `promote_types`, `can_cast`, `min_scalar_type`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt, PyTuple};
use sharray_base::dtype::cast_rules;
use sharray_base::dtype::promote::{self, Weak};
use sharray_base::dtype::structured::{FieldSpec, layout};
use sharray_base::layout::Order;
use sharray_base::{DType, Kind, TypeNum};
use sharray_core::assign::Casting;

use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::{dtype, scalar};
use crate::{args, coerce};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// The dtype all arrays promote to.
pub fn common(py: Python<'_>, arrays: &[Array<'_>]) -> PyResult<DType> {
    let dtypes: Vec<&DType> = arrays.iter().map(|a| a.dtype()).collect();
    promote::result_type(&dtypes, None).or_raise(py)
}

/// The array in another dtype, itself if it has it.
pub fn cast<'py>(array: &Array<'py>, wanted: &DType) -> PyResult<Array<'py>> {
    if array.dtype() == wanted {
        return Ok(array.clone());
    }
    let descr = dtype::from_value(array.py(), wanted)?;
    let result = coerce::like(array, &descr, Order::Keep, None)?;
    coerce::copy_cast(&result, array, Casting::Unsafe)?;
    Ok(result)
}

/// The kind of a plain Python number (NEP 50: its dtype yields). Python's bool is NumPy's; subclasses such as
/// `numpy.float64` are no plain numbers.
pub fn weak_kind(object: &Bound<'_, PyAny>) -> Option<Weak> {
    if scalar::is_scalar(object) || object.is_instance_of::<PyBool>() {
        return None;
    }
    if object.is_instance_of::<PyInt>() {
        Some(Weak::Int)
    } else if object.is_instance_of::<PyFloat>() {
        Some(Weak::Float)
    } else if object.is_instance_of::<PyComplex>() {
        Some(Weak::Complex)
    } else {
        None
    }
}

#[pyfunction]
#[pyo3(signature = (*arrays_and_dtypes))]
fn result_type<'py>(arrays_and_dtypes: &Bound<'py, PyTuple>) -> Result<'py> {
    let py = arrays_and_dtypes.py();
    // Dtypes come first, then what has one, in the order given.
    let (mut dtypes, mut owned) = (Vec::new(), Vec::new());
    let mut weak: Option<(Weak, usize)> = None;
    for object in arrays_and_dtypes.iter() {
        if let Some(kind) = weak_kind(&object) {
            let (known, place) = weak.unwrap_or((kind, owned.len()));
            weak = Some((known.max(kind), place));
        } else if let Some(array) = Array::from_object(&object) {
            owned.push(array.dtype().clone());
        } else if let Some(own) = scalar::dtype_of(&object) {
            owned.push(own);
        } else if object.is_instance_of::<PyBool>() {
            owned.push(DType::of(TypeNum::Bool));
        } else {
            dtypes.push(dtype::value(&dtype::coerce(&object)?).clone());
        }
    }
    if arrays_and_dtypes.is_empty() {
        return Err(PyValueError::new_err("at least one array or dtype is required"));
    }
    let place = dtypes.len() + weak.map_or(0, |(_, place)| place);
    let weak = weak.map(|(kind, _)| kind);
    dtypes.append(&mut owned);
    // A Python integer on its own has the dtype of its array.
    if arrays_and_dtypes.len() == 1 && weak == Some(Weak::Int) {
        let found = coerce::asarray(&arrays_and_dtypes.get_item(0)?)?;
        let unsigned = found.dtype().kind() == Kind::UInt;
        return if unsigned {
            dtype::from_value(py, &DType::of(TypeNum::ULongLong))
        } else {
            Ok(found.descr())
        };
    }
    let views: Vec<&DType> = dtypes.iter().collect();
    // One dtype alone is handed back as it is, metadata and byte order included.
    if let ([only], None) = (&views[..], weak) {
        return dtype::from_value(py, &canonical(only).or_raise(py)?);
    }
    dtype::from_value(py, &promote::result_type_at(&views, weak, place).or_raise(py)?)
}

/// The dtype in native byte order, structures laid out without gaps (or aligned, if they are).
fn canonical(dtype: &DType) -> sharray_base::Result<DType> {
    let native = dtype.to_native();
    if let Some(structure) = native.as_structure() {
        let spec = |field: &sharray_base::dtype::Field| {
            Ok(FieldSpec {
                name: field.name.to_string(),
                title: field.title.as_deref().map(str::to_string),
                dtype: canonical(&field.dtype)?,
                offset: None,
            })
        };
        let specs = structure.fields.iter().map(spec).collect::<sharray_base::Result<Vec<_>>>()?;
        let laid_out = layout(specs, structure.aligned, None)?;
        return Ok(laid_out.with_metadata(native.metadata().cloned()));
    }
    match native.as_subarray() {
        Some(subarray) => {
            let made = DType::subarray(canonical(&subarray.base)?, &subarray.shape)?;
            Ok(made.with_metadata(native.metadata().cloned()))
        }
        None => Ok(native),
    }
}

/// The smallest dtype to which both can be cast without losing values, in native byte order.
///
/// Raises `TypeError` where there is none.
///
/// >>> np.promote_types("i4", "f4")
/// dtype('float64')
#[pyfunction]
#[pyo3(signature = (type1, type2, /))]
fn promote_types<'py>(type1: &Bound<'py, PyAny>, type2: &Bound<'py, PyAny>) -> Result<'py> {
    let py = type1.py();
    let (a, b) = (dtype::coerce(type1)?, dtype::coerce(type2)?);
    if a.is(&b) {
        let value = dtype::value(&a);
        if value.is_native() && value.num() != TypeNum::Void {
            return Ok(a);
        }
        let made = canonical(value).or_raise(py)?;
        if made == *value {
            return Ok(a);
        }
        // A change of byte order loses metadata, but for text.
        let loses = !value.is_native() && value.kind() != Kind::Unicode;
        return dtype::from_value(py, &if loses { made.with_metadata(None) } else { made });
    }
    let (first, second) = (dtype::value(&a), dtype::value(&b));
    let common = promote::promote(first, second).or_raise(py)?;
    // Text and raw bytes that are as wide as the first one are that one, with its metadata.
    let plain =
        common.num().is_flexible() && common.as_structure().is_none() && common.as_subarray().is_none();
    if plain && first.equivalent(&common) {
        return Ok(a);
    }
    if plain && first.to_native().equivalent(&common) {
        return dtype::from_value(py, &first.to_native());
    }
    dtype::from_value(py, &common)
}

#[pyfunction]
#[pyo3(signature = (from_, to, casting=None))]
fn can_cast<'py>(
    from_: &Bound<'py, PyAny>,
    to: &Bound<'py, PyAny>,
    casting: Option<&Bound<'py, PyAny>>,
) -> PyResult<bool> {
    let rule = args::casting(casting, Casting::Safe)?;
    if from_.is_none() || to.is_none() {
        return Err(PyTypeError::new_err("did not understand one of the types; 'None' not accepted"));
    }
    let to = dtype::coerce(to)?;
    if weak_kind(from_).is_some() || from_.is_exact_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err(
            "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\n\
             This change was part of adopting NEP 50, we may explicitly allow them again in the future.",
        ));
    }
    let from = match (Array::from_object(from_), scalar::dtype_of(from_)) {
        (Some(array), _) => array.dtype().clone(),
        (_, Some(own)) => own,
        _ => dtype::value(&dtype::coerce(from_)?).clone(),
    };
    Ok(cast_rules::can_cast(&from, dtype::value(&to), rule))
}

#[pyfunction]
#[pyo3(signature = (a, /))]
fn min_scalar_type<'py>(a: &Bound<'py, PyAny>) -> Result<'py> {
    let py = a.py();
    let array = coerce::asarray(a)?;
    let have = array.dtype();
    if array.ndim() > 0 || !have.num().is_number() {
        return Ok(array.descr());
    }
    let value = scalar::to_python(py, have, array.data(), None)?;
    let part = |name: &str| value.getattr(name).and_then(|v| v.extract::<f64>());
    let num = match have.kind() {
        Kind::Bool => TypeNum::Bool,
        Kind::Int | Kind::UInt => {
            let negative = value.lt(0)?;
            let magnitude: u64 = value.abs()?.extract()?;
            match promote::min_integer(negative, magnitude) {
                // Among types of 64 bits the value's own stays if it is one; else it is the widest unsigned one.
                Some(TypeNum::ULong) if have.kind() != Kind::UInt || weak_kind(a).is_some() => {
                    TypeNum::ULongLong
                }
                Some(TypeNum::ULong) => have.num(),
                Some(TypeNum::Long) | None => have.num(),
                Some(num) => num,
            }
        }
        Kind::Float => promote::min_float(have.num(), value.extract()?),
        Kind::Complex => promote::min_complex(have.num(), part("real")?, part("imag")?),
        _ => have.num(),
    };
    dtype::from_value(py, &DType::of(num))
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(result_type, module)?)?;
    module.add_function(wrap_pyfunction!(promote_types, module)?)?;
    module.add_function(wrap_pyfunction!(can_cast, module)?)?;
    module.add_function(wrap_pyfunction!(min_scalar_type, module)?)
}
