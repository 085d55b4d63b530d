//! Drawing from a named distribution: parameters are taken from any objects, checked and broadcast here; the numbers
//! come from `sharray_random`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyTuple};
use sharray_base::layout::{self, Dims, Order};
use sharray_base::{DType, TypeNum, View, ViewMut};
use sharray_random::table::{self, Distribution, Parameter};
use sharray_random::{Value, draw, dtype_of, fill, parameter_dtype};
use smallvec::SmallVec;

use super::stream::Stream;
use crate::errors::OrRaise;
use crate::functions::dtypes::cast;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::{args, coerce};

/// A distribution, looked up once by name.
#[pyclass(frozen, name = "_RandomDistribution", module = "sharray._engine")]
pub struct PyDistribution(&'static Distribution);

#[pymethods]
impl PyDistribution {
    #[new]
    fn new(name: &str) -> PyResult<Self> {
        let found = table::by_name(name).map(PyDistribution);
        found.ok_or_else(|| PyValueError::new_err(format!("there is no distribution {name}")))
    }
}

/// A parameter as it was given.
enum Given<'py> {
    Number(Value),
    Array(Array<'py>),
}

impl Given<'_> {
    fn shape(&self) -> &[isize] {
        match self {
            Given::Number(_) => &[],
            Given::Array(array) => array.shape(),
        }
    }
}

fn fault(text: String) -> PyErr {
    PyValueError::new_err(text)
}

fn checked(parameter: &Parameter, value: f64) -> PyResult<()> {
    parameter.rule.fault(parameter.name, value).map_or(Ok(()), |text| Err(fault(text)))
}

/// A number or an array of them from any object, checked against the parameter's rule.
fn take<'py>(distribution: &Distribution, index: usize, object: &Bound<'py, PyAny>) -> PyResult<Given<'py>> {
    let parameter = &distribution.parameters[index];
    if object.is_exact_instance_of::<PyFloat>() || object.is_exact_instance_of::<PyInt>() {
        return number(parameter, object).map(Given::Number);
    }
    let array = coerce::asarray(object)?;
    if array.ndim() == 0 {
        return number(parameter, object).map(Given::Number);
    }
    let array = cast(&array, &DType::of(parameter_dtype(distribution, index)))?;
    check_array(parameter, &array)?;
    Ok(Given::Array(array))
}

fn number(parameter: &Parameter, object: &Bound<'_, PyAny>) -> PyResult<Value> {
    if parameter.is_integer() {
        let n = whole(object)?;
        checked(parameter, n as f64)?;
        return Ok(Value::Whole(n));
    }
    // SAFETY: a live object; an error is fetched below.
    let x = unsafe { ffi::PyFloat_AsDouble(object.as_ptr()) };
    if x == -1.0
        && let Some(error) = PyErr::take(object.py())
    {
        return Err(error);
    }
    checked(parameter, x)?;
    Ok(Value::Real(x))
}

/// An integer of 64 bits, from what is one.
fn whole(object: &Bound<'_, PyAny>) -> PyResult<i64> {
    // Numbers with a fraction part are cut, as `int()` does.
    match object.extract::<i64>() {
        Ok(n) => Ok(n),
        Err(_) => object.py().get_type::<PyInt>().call1((object,))?.extract(),
    }
}

fn check_array(parameter: &Parameter, array: &Array<'_>) -> PyResult<()> {
    if parameter.rule == table::Rule::Any {
        return Ok(());
    }
    let view = array.view();
    let mut found = None;
    let is_integer = parameter.is_integer();
    sharray_core::walk::walk(view.shape(), &[(view.data(), view.strides())], &mut |pointers, steps, n| {
        for i in 0..n as isize {
            let address = pointers[0].wrapping_offset(i * steps[0]);
            // SAFETY: the array was cast to the parameter's dtype; V3.
            let value = unsafe {
                if is_integer {
                    address.cast::<i64>().read_unaligned() as f64
                } else {
                    address.cast::<f64>().read_unaligned()
                }
            };
            if let Some(text) = parameter.rule.fault(parameter.name, value) {
                found.get_or_insert(text);
                break;
            }
        }
        Ok(())
    })
    .or_raise(array.py())?;
    found.map_or(Ok(()), |text| Err(fault(text)))
}

/// The shape that parameters and `size` give together.
fn result_shape(given: &[Given<'_>], size: Option<Dims>) -> PyResult<Dims> {
    let shapes: SmallVec<[&[isize]; 4]> = given.iter().map(Given::shape).collect();
    let common = layout::broadcast_shapes(&shapes).map_err(|_| {
        fault(format!("shape mismatch: parameters of shapes {} can't be broadcast together", tuples(&shapes)))
    })?;
    let Some(size) = size else { return Ok(common) };
    layout::checked_len(&size, 8).map_err(|error| fault(error.to_string()))?;
    let stretched = layout::broadcast_shapes(&[&size, &common]);
    if stretched.is_ok_and(|shape| shape == size) {
        return Ok(size);
    }
    Err(fault(format!(
        "Output size {} is not compatible with broadcast dimensions of inputs {}.",
        sharray_base::error::shape_text(&size),
        sharray_base::error::shape_text(&common)
    )))
}

fn tuples(shapes: &[&[isize]]) -> String {
    shapes.iter().map(|shape| sharray_base::error::shape_text(shape)).collect::<Vec<_>>().join(", ")
}

/// A 0-d view of a number, stretched to `shape` by strides of 0.
struct Stretched {
    value: Value,
    strides: Dims,
}

/// Fills `out` from parameters of any shapes that broadcast to it.
fn fill_array(
    distribution: &'static Distribution,
    stream: &Stream,
    out: &Array<'_>,
    given: &[Given<'_>],
) -> PyResult<()> {
    let py = out.py();
    let view = out.view_mut_unchecked();
    let held: SmallVec<[Stretched; 4]> = given
        .iter()
        .map(|one| {
            let (value, shape, strides) = match one {
                Given::Number(value) => (*value, &[][..], &[][..]),
                Given::Array(array) => (Value::Real(0.0), array.shape(), array.strides()),
            };
            let strides = layout::broadcast_strides(shape, strides, view.shape());
            strides.map(|strides| Stretched { value, strides })
        })
        .collect::<Option<_>>()
        .ok_or_else(|| fault("parameters don't fit the result".into()))?;
    let dtypes: SmallVec<[DType; 4]> =
        (0..given.len()).map(|index| DType::of(parameter_dtype(distribution, index))).collect();
    let views: SmallVec<[View<'_>; 4]> = given
        .iter()
        .zip(&held)
        .zip(&dtypes)
        .map(|((one, held), dtype)| {
            let data: *const u8 = match (one, &held.value) {
                (Given::Array(array), _) => array.data(),
                (_, Value::Real(x)) => (&raw const *x).cast(),
                (_, Value::Whole(n)) => (&raw const *n).cast(),
            };
            // SAFETY: a number stands still in `held` and is read with strides of 0; an array is stretched by
            // `broadcast_strides`; both are of the parameter's dtype.
            unsafe { View::new(data.cast_mut(), dtype, view.shape(), &held.strides) }
        })
        .collect();
    let views = &views;
    stream.with(py, view.len(), move |stream| fill(distribution, stream, view, views))?.or_raise(py)
}

/// `out=`: an array that is filled in the order of its memory, C or Fortran.
fn fill_given(
    distribution: &'static Distribution,
    stream: &Stream,
    out: &Array<'_>,
    given: &[Given<'_>],
) -> PyResult<()> {
    let dense = given.iter().all(|one| matches!(one, Given::Number(_))) && !out.has(flag::C_CONTIGUOUS);
    if !dense {
        return fill_array(distribution, stream, out, given);
    }
    let transposed = Array::given(&out.call_method0("transpose")?, "transpose")?;
    fill_array(distribution, stream, &transposed, given)
}

/// `size=`: None, an integer or a sequence of them.
pub fn size(object: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Dims>> {
    object.filter(|size| !size.is_none()).map(args::shape).transpose()
}

/// A scalar as Python returns it: float or int.
fn to_object<'py>(py: Python<'py>, value: Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Real(x) => PyFloat::new(py, x).into_any(),
        Value::Whole(n) => n.into_pyobject(py)?.into_any(),
    })
}

/// One number (no `size`, all parameters scalars), or an array of shape `size` or that of the parameters together;
/// with `out`, that array.
#[pyfunction]
#[pyo3(signature = (stream, distribution, size, parameters, out=None))]
fn _random_sample<'py>(
    stream: &Bound<'_, Stream>,
    py: Python<'py>,
    distribution: &Bound<'py, PyDistribution>,
    size: Option<&Bound<'py, PyAny>>,
    parameters: &Bound<'py, PyTuple>,
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let distribution = distribution.get().0;
    if parameters.len() != distribution.parameters.len() {
        return Err(PyTypeError::new_err(format!("{} parameters given", parameters.len())));
    }
    let given: SmallVec<[Given<'py>; 4]> = parameters
        .iter_borrowed()
        .enumerate()
        .map(|(index, object)| take(distribution, index, &object))
        .collect::<PyResult<_>>()?;
    if let Some(out) = out.filter(|out| !out.is_none()) {
        let out = Array::from_object(out).ok_or_else(|| PyTypeError::new_err("out must be an array"))?;
        let size = self::size(size)?.unwrap_or_else(|| out.shape().into());
        let shape = result_shape(&given, Some(size))?;
        if shape[..] != *out.shape() {
            return Err(fault(format!("size {shape:?} does not match out's shape {:?}", out.shape())));
        }
        let _: ViewMut<'_> = out.view_mut("output array")?;
        fill_given(distribution, stream.get(), &out, &given)?;
        return Ok(out.into_object());
    }
    let size = self::size(size)?;
    let numbers: Option<SmallVec<[Value; 4]>> =
        given.iter().map(|one| if let Given::Number(value) = one { Some(*value) } else { None }).collect();
    if let (None, Some(numbers)) = (&size, numbers) {
        let value = stream.get().with(py, 1, |stream| draw(distribution, stream, &numbers))?.or_raise(py)?;
        return to_object(py, value);
    }
    let shape = result_shape(&given, size)?;
    let out = Array::new(py, &DType::of(dtype_of(distribution)), &shape, Order::C)?;
    fill_array(distribution, stream.get(), &out, &given)?;
    Ok(out.into_object())
}

/// True for the dtypes integers can be drawn in.
pub fn width_of(num: TypeNum) -> Option<u32> {
    Some(match num {
        TypeNum::Bool => 1,
        TypeNum::Byte | TypeNum::UByte => 8,
        TypeNum::Short | TypeNum::UShort => 16,
        TypeNum::Int | TypeNum::UInt => 32,
        TypeNum::Long | TypeNum::ULong | TypeNum::LongLong | TypeNum::ULongLong => 64,
        _ => return None,
    })
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_random_sample, module)?)?;
    Ok(())
}
