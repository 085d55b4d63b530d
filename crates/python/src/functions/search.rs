//! Counting, searching, interpolating, correlating, packing bits.

use pyo3::exceptions::{PyDeprecationWarning, PyTypeError, PyValueError};
use pyo3::prelude::*;
use sharray_base::dtype::cast_rules::check_cast;
use sharray_base::layout::Order;
use sharray_base::{DType, Kind, TypeNum};
use sharray_core::assign::Casting;
use sharray_core::bits::{self, BitOrder};
use sharray_core::correlate::{self as correlation, Overlap};
use sharray_core::{search, sorting};

use super::dtypes::{cast, common};
use crate::errors::OrRaise;
use crate::methods::select::{along, deliver};
use crate::object::array::Array;
use crate::object::scalar;
use crate::object::subscript::as_intp;
use crate::outputs::Outputs;
use crate::protocols::foreign;
use crate::{args, coerce, object_loops};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

fn some<'a, 'py>(value: Given<'a, 'py>) -> Given<'a, 'py> {
    value.filter(|v| !v.is_none())
}

/// `minlength=` of `bincount`; `None` was its default once.
struct MinLength(isize);

impl<'py> FromPyObject<'_, 'py> for MinLength {
    type Error = PyErr;
    fn extract(object: pyo3::Borrowed<'_, 'py, PyAny>) -> PyResult<MinLength> {
        if object.is_none() {
            return Err(PyTypeError::new_err("use 0 instead of None for minlength"));
        }
        args::whole_number(&object).map(MinLength)
    }
}

/// The array behind an object that says what its elements are: an array, a NumPy scalar, a buffer, whatever has an array
/// protocol.
fn typed<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    if Array::from_object(object).is_some() || scalar::is_scalar(object) {
        return coerce::asarray(object).map(Some);
    }
    foreign::as_array(object, &coerce::Request::default())
}

/// Plain sequences, element by element as that dtype.
fn listed<'py>(object: &Bound<'py, PyAny>, dtype: &DType) -> PyResult<Array<'py>> {
    let descr = crate::object::dtype::from_value(object.py(), dtype)?;
    coerce::from_any(object, &coerce::Request { dtype: Some(descr), ..Default::default() })
}

fn one_axis(array: &Array<'_>) -> PyResult<()> {
    match array.ndim() {
        0 => Err(PyValueError::new_err("object of too small depth for desired array")),
        1 => Ok(()),
        _ => Err(PyValueError::new_err("object too deep for desired array")),
    }
}

/// What `bincount` counts, as `intp`. Large `uint64` become negative, and are refused as such. Plain sequences of what
/// is no integer are still taken, with a warning.
fn counted<'py>(x: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let py = x.py();
    if let Some(array) = typed(x)? {
        one_axis(&array)?;
        let rule = if array.dtype().kind() == Kind::UInt { Casting::SameKind } else { Casting::Safe };
        return as_intp(&array, rule);
    }
    let plain = coerce::asarray(x)?;
    one_axis(&plain)?;
    let whole = plain.dtype().num().is_integer() || plain.dtype().num() == TypeNum::Bool;
    if !whole && plain.size() > 0 {
        let text = "Non-integer input passed to bincount. In a future version of NumPy, this will be an error. \
                    (Deprecated NumPy 2.1)";
        crate::errors::warn(py, py.get_type::<PyDeprecationWarning>().as_any(), text)?;
        return listed(x, &DType::of(TypeNum::Long));
    }
    as_intp(&plain, Casting::Unsafe)
}

#[pyfunction]
#[pyo3(signature = (x, /, weights=None, minlength=MinLength(0)))]
fn bincount<'py>(x: &Bound<'py, PyAny>, weights: Given<'_, 'py>, minlength: MinLength) -> Result<'py> {
    let py = x.py();
    let numbers = counted(x)?;
    let minlength = minlength.0;
    if minlength < 0 {
        return Err(PyValueError::new_err("'minlength' must not be negative"));
    }
    let weights = match some(weights) {
        None => None,
        Some(weights) => {
            let double = DType::of(TypeNum::Double);
            let weights = match typed(weights)? {
                Some(array) => {
                    check_cast(array.dtype(), &double, Casting::Safe).or_raise(py)?;
                    cast(&array, &double)?
                }
                None => listed(weights, &double)?,
            };
            one_axis(&weights)?;
            Some(weights)
        }
    };
    let mut outputs = Outputs::new(py, None);
    search::bincount(numbers.view(), weights.as_ref().map(|w| w.view()), minlength, &mut outputs)
        .or_raise(py)?;
    Ok(outputs.take(0)?.into_object())
}

#[pyfunction]
fn _monotonicity<'py>(x: &Bound<'py, PyAny>) -> PyResult<i32> {
    let py = x.py();
    let values = cast(&coerce::asarray(x)?, &DType::of(TypeNum::Double))?;
    search::monotonicity(values.view()).or_raise(py)
}

/// Both parts of a fill value.
fn parts(value: Given<'_, '_>) -> PyResult<Option<[f64; 2]>> {
    let Some(value) = some(value) else { return Ok(None) };
    match value.extract::<f64>() {
        Ok(real) => Ok(Some([real, 0.0])),
        Err(_) => {
            let complex = value.py().import("builtins")?.getattr("complex")?.call1((value,))?;
            Ok(Some([complex.getattr("real")?.extract()?, complex.getattr("imag")?.extract()?]))
        }
    }
}

fn interpolated<'py>(
    x: &Bound<'py, PyAny>,
    xp: &Bound<'py, PyAny>,
    fp: &Bound<'py, PyAny>,
    left: Given<'_, 'py>,
    right: Given<'_, 'py>,
    values: TypeNum,
) -> Result<'py> {
    let py = x.py();
    let double = DType::of(TypeNum::Double);
    let (x, xp) = (cast(&coerce::asarray(x)?, &double)?, cast(&coerce::asarray(xp)?, &double)?);
    let fp = cast(&coerce::asarray(fp)?, &DType::of(values))?;
    let mut outputs = Outputs::new(py, None);
    search::interpolate(x.view(), xp.view(), fp.view(), parts(left)?, parts(right)?, &mut outputs)
        .or_raise(py)?;
    deliver(outputs.take(0)?, None)
}

#[pyfunction]
#[pyo3(signature = (x, xp, fp, left=None, right=None))]
fn interp<'py>(
    x: &Bound<'py, PyAny>,
    xp: &Bound<'py, PyAny>,
    fp: &Bound<'py, PyAny>,
    left: Given<'_, 'py>,
    right: Given<'_, 'py>,
) -> Result<'py> {
    interpolated(x, xp, fp, left, right, TypeNum::Double)
}

#[pyfunction]
#[pyo3(signature = (x, xp, fp, left=None, right=None))]
fn interp_complex<'py>(
    x: &Bound<'py, PyAny>,
    xp: &Bound<'py, PyAny>,
    fp: &Bound<'py, PyAny>,
    left: Given<'_, 'py>,
    right: Given<'_, 'py>,
) -> Result<'py> {
    interpolated(x, xp, fp, left, right, TypeNum::CDouble)
}

/// The mode of a correlation: its name, or 0, 1 or 2.
struct Mode(Overlap);

impl<'py> FromPyObject<'_, 'py> for Mode {
    type Error = PyErr;
    fn extract(mode: pyo3::Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = mode.cast::<pyo3::types::PyString>() {
            return match &*text.to_string_lossy() {
                "valid" => Ok(Mode(Overlap::Valid)),
                "same" => Ok(Mode(Overlap::Same)),
                "full" => Ok(Mode(Overlap::Full)),
                other => Err(PyValueError::new_err(format!(
                    "the mode of a correlation is 'valid', 'same' or 'full', not '{other}'"
                ))),
            };
        }
        let is_truth = mode.is_instance_of::<pyo3::types::PyBool>();
        match mode.extract::<i64>().ok().filter(|_| !is_truth) {
            Some(0) => Ok(Mode(Overlap::Valid)),
            Some(1) => Ok(Mode(Overlap::Same)),
            Some(2) => Ok(Mode(Overlap::Full)),
            Some(other) => {
                Err(PyValueError::new_err(format!("the mode of a correlation is 0, 1 or 2, not {other}")))
            }
            None => Err(PyTypeError::new_err("the mode of a correlation is a string or an integer")),
        }
    }
}

fn correlated<'py>(
    a: &Bound<'py, PyAny>,
    v: &Bound<'py, PyAny>,
    overlap: Overlap,
    conjugate: bool,
) -> Result<'py> {
    let py = a.py();
    let arrays = [coerce::asarray(a)?, coerce::asarray(v)?];
    if arrays.iter().any(|a| a.ndim() != 1) {
        return Err(PyValueError::new_err("object of too small depth for desired array"));
    }
    let dtype = common(py, &arrays)?;
    let a = cast(&arrays[0], &dtype)?;
    let mut v = cast(&arrays[1], &dtype)?;
    if conjugate && dtype.kind() == Kind::Complex {
        v = Array::given(&v.call_method0("conjugate")?, "conjugate")?;
    }
    let mut outputs = Outputs::new(py, None);
    if dtype.kind() == Kind::Object {
        return correlated_objects(&a, &v, overlap, conjugate);
    }
    let reversed = correlation::correlate(a.view(), v.view(), overlap, &mut outputs).or_raise(py)?;
    let result = outputs.take(0)?.into_object();
    if reversed && conjugate {
        let backwards = pyo3::types::PySlice::new(py, isize::MAX, isize::MIN, -1);
        return result.get_item(backwards)?.call_method0("copy");
    }
    Ok(result)
}

/// [`correlated`] for objects: a dot product, by Python's operators, at each place. Nothing is conjugated.
fn correlated_objects<'py>(a: &Array<'py>, v: &Array<'py>, overlap: Overlap, reverse: bool) -> Result<'py> {
    let py = a.py();
    for (array, name) in [(a, "first"), (v, "second")] {
        if array.size() == 0 {
            return Err(PyValueError::new_err(format!("{name} array argument cannot be empty")));
        }
    }
    let swapped = v.size() > a.size();
    let (long, short) = if swapped { (v, a) } else { (a, v) };
    let places = correlation::Places::new(long.size(), short.size(), overlap);
    let result = Array::new(py, a.dtype(), &[places.len as isize], Order::C)?;
    for k in 0..places.len {
        let (first, from, count) = places.meeting(k);
        // Backwards where the operands changed places: the sums are those of the reversed order.
        let target = if swapped && reverse { places.len - 1 - k } else { k };
        // SAFETY: `count` elements from these places on lie within the 1-D arrays, and `target` within the result.
        unsafe {
            let element = |array: &Array<'_>, index: usize| {
                (array.data().offset(index as isize * array.strides()[0]), array.strides()[0])
            };
            let value = object_loops::dot(py, element(long, first), element(short, from), count as isize)?;
            object_loops::store(py, result.data().add(target * size_of::<*mut u8>()), value);
        }
    }
    Ok(result.into_object())
}

/// The old correlation: no conjugation, no reversal.
#[pyfunction]
#[pyo3(signature = (a, v, mode=Mode(Overlap::Valid)), text_signature = "(a, v, mode=0)")]
fn correlate<'py>(a: &Bound<'py, PyAny>, v: &Bound<'py, PyAny>, mode: Mode) -> Result<'py> {
    correlated(a, v, mode.0, false)
}

#[pyfunction]
#[pyo3(signature = (a, v, mode=Mode(Overlap::Valid)), text_signature = "(a, v, mode=0)")]
fn correlate2<'py>(a: &Bound<'py, PyAny>, v: &Bound<'py, PyAny>, mode: Mode) -> Result<'py> {
    correlated(a, v, mode.0, true)
}

fn bit_order(text: Option<&str>) -> PyResult<BitOrder> {
    match text {
        None => Ok(BitOrder::Big),
        Some(text) if text.starts_with('b') => Ok(BitOrder::Big),
        Some(text) if text.starts_with('l') => Ok(BitOrder::Little),
        Some(_) => Err(PyValueError::new_err("'order' must be either 'little' or 'big'")),
    }
}

#[pyfunction]
#[pyo3(signature = (a, /, axis=None, bitorder=None))]
fn packbits<'py>(
    a: &Bound<'py, PyAny>,
    axis: Option<Bound<'py, PyAny>>,
    bitorder: Option<&str>,
) -> Result<'py> {
    let py = a.py();
    let order = bit_order(bitorder)?;
    let array = coerce::asarray(a)?;
    if !array.dtype().num().is_integer() && array.dtype().num() != TypeNum::Bool {
        return Err(PyTypeError::new_err("Expected an input array of integer or boolean data type"));
    }
    let (source, axis) = along(&array, axis)?;
    let mut outputs = Outputs::new(py, None);
    bits::packbits(source.view(), axis, order, &mut outputs).or_raise(py)?;
    Ok(outputs.take(0)?.into_object())
}

#[pyfunction]
#[pyo3(signature = (a, /, axis=None, count=None, bitorder=None))]
fn unpackbits<'py>(
    a: &Bound<'py, PyAny>,
    axis: Option<Bound<'py, PyAny>>,
    count: Option<isize>,
    bitorder: Option<&str>,
) -> Result<'py> {
    let py = a.py();
    let order = bit_order(bitorder)?;
    let array = coerce::asarray(a)?;
    if array.dtype().num() != TypeNum::UByte {
        return Err(PyTypeError::new_err("Expected an input array of unsigned byte data type"));
    }
    let (source, axis) = along(&array, axis)?;
    let mut outputs = Outputs::new(py, None);
    bits::unpackbits(source.view(), axis, count, order, &mut outputs).or_raise(py)?;
    Ok(outputs.take(0)?.into_object())
}

#[pyfunction]
#[pyo3(signature = (keys, axis=-1))]
fn lexsort<'py>(keys: &Bound<'py, PyAny>, axis: isize) -> Result<'py> {
    let py = keys.py();
    let items = coerce::items(keys)
        .map_err(|_| PyTypeError::new_err("need sequence of keys with len > 0 in lexsort"))?;
    if items.is_empty() {
        return Err(PyTypeError::new_err("need sequence of keys with len > 0 in lexsort"));
    }
    let arrays: Vec<Array<'py>> = items.iter().map(coerce::asarray).collect::<PyResult<_>>()?;
    if arrays.iter().any(|a| a.shape() != arrays[0].shape()) {
        return Err(PyValueError::new_err("all keys need to be the same shape"));
    }
    let views: Vec<_> = arrays.iter().map(|a| a.view()).collect();
    let mut outputs = Outputs::new(py, None);
    sorting::lexsort(&views, axis, &mut outputs).or_raise(py)?;
    deliver(outputs.take(0)?, None)
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(bincount, module)?)?;
    module.add_function(wrap_pyfunction!(_monotonicity, module)?)?;
    module.add_function(wrap_pyfunction!(interp, module)?)?;
    module.add_function(wrap_pyfunction!(interp_complex, module)?)?;
    module.add_function(wrap_pyfunction!(correlate, module)?)?;
    module.add_function(wrap_pyfunction!(correlate2, module)?)?;
    module.add_function(wrap_pyfunction!(packbits, module)?)?;
    module.add_function(wrap_pyfunction!(unpackbits, module)?)?;
    module.add_function(wrap_pyfunction!(lexsort, module)?)
}
