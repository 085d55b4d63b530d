//! What a ufunc is called with, as the engine takes it: inputs as arrays or Python scalars, outputs, keywords.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt, PyTuple};
use sharray_base::dtype::Weak;
use sharray_base::{DType, TypeNum, View};
use sharray_core::ufunc::{Operand, native};
use smallvec::SmallVec;

use crate::coerce;
use crate::object::array::Array;
use crate::object::scalar;
use crate::protocols::{foreign, numpys};

/// An input: an array, or a Python scalar's value.
pub(super) enum Input<'py> {
    Array(Array<'py>, Option<Weak>),
    Scalar([u64; 2], &'static DType, Option<Weak>),
}

impl<'py> Input<'py> {
    pub(super) fn new(object: &Bound<'py, PyAny>) -> PyResult<Input<'py>> {
        if let Some(array) = Array::from_object(object) {
            return Ok(Input::Array(array, None));
        }
        if object.is_exact_instance_of::<PyFloat>() {
            return Ok(Input::Scalar(
                [object.extract::<f64>()?.to_bits(), 0],
                native(TypeNum::Double),
                Some(Weak::Float),
            ));
        }
        if object.is_exact_instance_of::<PyInt>() {
            return integer(object);
        }
        if object.is_exact_instance_of::<PyBool>() {
            return Ok(Input::Scalar([object.is_truthy()? as u64, 0], native(TypeNum::Bool), None));
        }
        if object.is_exact_instance_of::<PyComplex>() {
            // SAFETY: a live complex object.
            let (re, im) = unsafe {
                (ffi::PyComplex_RealAsDouble(object.as_ptr()), ffi::PyComplex_ImagAsDouble(object.as_ptr()))
            };
            return Ok(Input::Scalar(
                [re.to_bits(), im.to_bits()],
                native(TypeNum::CDouble),
                Some(Weak::Complex),
            ));
        }
        if let Some(scalar) = numpy_scalar(object) {
            return Ok(scalar);
        }
        Ok(Input::Array(coerce::asanyarray(object)?, None))
    }
    /// As the engine takes it; looks into `self`.
    pub(super) fn operand(&self) -> Operand<'_> {
        match self {
            Input::Array(array, weak) => Operand { view: array.view(), weak: *weak },
            Input::Scalar(value, dtype, weak) => {
                // SAFETY: 16 bytes hold an element of each of these dtypes; it lives in `self`.
                let view = unsafe { View::scalar(value.as_ptr().cast_mut().cast(), dtype) };
                Operand { view, weak: *weak }
            }
        }
    }
    pub(super) fn view(&self) -> View<'_> {
        self.operand().view
    }
}

/// A NumPy number of up to 16 bytes, by value.
fn numpy_scalar<'py>(object: &Bound<'py, PyAny>) -> Option<Input<'py>> {
    let num = scalar::number_of(object).filter(|num| num.is_number() && num.row().itemsize <= 16)?;
    scalar::with_bytes(object, |dtype, bytes| {
        let mut value = [0u64; 2];
        // SAFETY: a scalar's value is as long as its dtype says, at most 16 bytes here.
        unsafe { std::ptr::copy_nonoverlapping(bytes, value.as_mut_ptr().cast(), dtype.itemsize()) };
        Input::Scalar(value, native(num), None)
    })
}

/// An `int`: `long` or `ulong` where it fits, else an object.
fn integer<'py>(object: &Bound<'py, PyAny>) -> PyResult<Input<'py>> {
    let mut overflow = 0;
    // SAFETY: a live `int`; no error is set when it is one.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &mut overflow) };
    if overflow == 0 {
        return Ok(Input::Scalar([value as u64, 0], native(TypeNum::Long), Some(Weak::Int)));
    }
    if overflow > 0
        && let Ok(value) = object.extract::<u64>()
    {
        return Ok(Input::Scalar([value, 0], native(TypeNum::ULong), Some(Weak::Int)));
    }
    let array = Array::new(object.py(), &DType::of(TypeNum::Object), &[], sharray_base::layout::Order::C)?;
    // SAFETY: the fresh array's only slot.
    unsafe { crate::object_loops::store(object.py(), array.data(), object.clone()) };
    Ok(Input::Array(array, Some(Weak::Int)))
}

/// Inputs, kept where their views look.
pub(super) type Inputs<'py> = SmallVec<[Input<'py>; 3]>;

pub(super) fn inputs<'py>(objects: &[Bound<'py, PyAny>]) -> PyResult<Inputs<'py>> {
    objects.iter().map(Input::new).collect()
}

/// What `out=` may be.
pub(super) enum Out<'py> {
    /// For each output an array to write to, or none.
    Given(SmallVec<[Option<Given<'py>>; 2]>),
    /// `out=...`: new arrays, also where a scalar would be returned.
    Arrays,
}

/// An array to write to.
pub(super) struct Given<'py> {
    array: Array<'py>,
    /// The array of the real NumPy whose memory that is: what the caller gets back.
    theirs: Option<Bound<'py, PyAny>>,
}

impl<'py> Out<'py> {
    pub(super) fn none() -> Out<'py> {
        Out::Given(SmallVec::new())
    }
    pub(super) fn parse(object: &Bound<'py, PyAny>, nout: usize) -> PyResult<Out<'py>> {
        if object.is_none() {
            return Ok(Out::none());
        }
        if object.is(object.py().Ellipsis()) {
            return Ok(Out::Arrays);
        }
        let Ok(tuple) = object.cast::<PyTuple>() else {
            if nout != 1 {
                return Err(PyTypeError::new_err("'out' must be a tuple of arrays"));
            }
            return Ok(Out::Given(SmallVec::from_iter([one_output(object)?])));
        };
        if tuple.len() != nout {
            return Err(PyValueError::new_err(
                "The 'out' tuple must have exactly one entry per ufunc output",
            ));
        }
        Ok(Out::Given(tuple.iter().map(|o| one_output(&o)).collect::<PyResult<_>>()?))
    }
    pub(super) fn get(&self, index: usize) -> Option<&Array<'py>> {
        match self {
            Out::Given(given) => given.get(index)?.as_ref().map(|given| &given.array),
            Out::Arrays => None,
        }
    }
    /// The array of the real NumPy that an output was given as.
    pub(super) fn theirs(&self, index: usize) -> Option<&Bound<'py, PyAny>> {
        match self {
            Out::Given(given) => given.get(index)?.as_ref()?.theirs.as_ref(),
            Out::Arrays => None,
        }
    }
    /// True when results are to stay arrays.
    pub(super) fn keeps_arrays(&self) -> bool {
        matches!(self, Out::Arrays)
    }
}

/// An output array, or none.
fn one_output<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Given<'py>>> {
    if object.is_none() {
        return Ok(None);
    }
    if object.is(object.py().Ellipsis()) {
        return Err(PyTypeError::new_err("must use `...` as `out=...` and not per-operand/in a tuple"));
    }
    if let Some(array) = Array::from_object(object) {
        return Ok(Some(Given { array, theirs: None }));
    }
    match foreign::as_own(object)?.and_then(|own| Array::from_object(&own)) {
        Some(array) if numpys::is_array(object) => Ok(Some(Given { array, theirs: Some(object.clone()) })),
        _ => Err(PyTypeError::new_err("return arrays must be of ArrayType")),
    }
}

/// `where=`: nothing for `True`.
pub(super) fn mask<'py>(object: Option<&Bound<'py, PyAny>>) -> PyResult<Option<Array<'py>>> {
    let Some(object) = object else { return Ok(None) };
    if object.is(PyBool::new(object.py(), true).as_any()) {
        return Ok(None);
    }
    let array = if Array::from_object(object).is_some() {
        coerce::asarray(object)?
    } else {
        // What is no array yet becomes one of truth values.
        let truth = crate::object::dtype::from_value(object.py(), native(TypeNum::Bool))?;
        coerce::from_any(object, &coerce::Request { dtype: Some(truth), ..coerce::Request::default() })?
    };
    if array.dtype().num() != TypeNum::Bool {
        return Err(PyTypeError::new_err(format!(
            "Cannot cast array data from {:?} to dtype('bool') according to the rule 'safe'",
            array.dtype()
        )));
    }
    Ok(Some(array))
}

/// True for what can't have an override and is converted without looking: plain arrays and Python's own scalars.
pub(crate) fn is_plain(object: &Bound<'_, PyAny>) -> bool {
    Array::from_object(object).is_some_and(|a| a.is_exact())
        || object.is_exact_instance_of::<PyFloat>()
        || object.is_exact_instance_of::<PyInt>()
        || object.is_exact_instance_of::<PyBool>()
        || object.is_exact_instance_of::<PyComplex>()
}
