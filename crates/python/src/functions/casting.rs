//! `_get_castingimpl`: one cast between two dtype classes as an object that can be asked how safe it is, between which
//! instances, and whether a view would do; and that can be run.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::dtype::cast_rules::{Casting, level};
use sharray_base::dtype::promote::text_length;
use sharray_base::dtype::view_rules::view_offset;
use sharray_base::error::shape_text;
use sharray_base::{DType, Kind, TypeNum};
use sharray_kernels::datetime::iso;

use crate::coerce;
use crate::object::array::Array;
use crate::object::dtype::{from_value, is_dtype, value};
use crate::object::dtype_meta::class_number;

type Object<'py> = Bound<'py, PyAny>;

/// The cast from one dtype class to another.
#[pyclass(frozen, name = "_CastingImplementation", module = "sharray._engine")]
struct CastingImplementation {
    from: TypeNum,
    to: TypeNum,
}

/// NumPy's numbers of the casting rules; the flag says that a cast can also be run as `same_value`.
const SAME_VALUE: i64 = 64;

fn number_of(level: Casting) -> i64 {
    match level {
        Casting::No => 0,
        Casting::Equiv => 1,
        Casting::Safe => 2,
        Casting::SameKind => 3,
        Casting::Unsafe | Casting::SameValue => 4,
    }
}

#[pymethods]
impl CastingImplementation {
    /// How the cast goes between two instances; `None` for the second asks for a fitting one.
    ///
    /// Returns the casting rule that allows it as a number (-1: there is no such cast), the two instances, and by how
    /// many bytes a view of the source would have to be moved to be the result (`None`: no view will do).
    fn _resolve_descriptors<'py>(&self, dtypes: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyTuple>> {
        let py = dtypes.py();
        let wrong = || PyTypeError::new_err("a tuple of a dtype and a dtype or None is wanted");
        let (from, to): (Object<'py>, Option<Object<'py>>) = dtypes.extract().map_err(|_| wrong())?;
        if !is_dtype(&from) || to.as_ref().is_some_and(|to| !is_dtype(to)) {
            return Err(wrong());
        }
        check_class(value(&from), self.from)?;
        let to = match to {
            Some(to) => to,
            None => from_value(py, &self.fitting(py, value(&from))?)?,
        };
        check_class(value(&to), self.to)?;
        // Between classes of numbers the loops are for native byte order: swapping is another step.
        let numbers = self.from.is_number() && self.to.is_number();
        let (from, to) =
            if numbers && self.from != self.to { (native(from)?, native(to)?) } else { (from, to) };
        let (a, b) = (value(&from), value(&to));
        let none = || py.None().into_bound(py);
        let Some(rule) = level(a, b) else {
            return PyTuple::new(py, [(-1i64).into_pyobject(py)?.into_any(), none(), none()]);
        };
        let rule = number_of(rule) | if numbers { SAME_VALUE } else { 0 };
        let view = match view_offset(a, b) {
            Some(offset) => offset.into_pyobject(py)?.into_any(),
            None => none(),
        };
        let pair = PyTuple::new(py, [from, to])?.into_any();
        PyTuple::new(py, [rule.into_pyobject(py)?.into_any(), pair, view])
    }

    /// Casts the elements of one 1-d array into another of the same length.
    ///
    /// TypeError for what is no pair of arrays of these dtypes, and for different numbers that are not in native byte order, ValueError for other shapes and a
    /// read-only target.
    fn _simple_strided_call(&self, arrays: &Bound<'_, PyTuple>) -> PyResult<()> {
        let wrong = || PyTypeError::new_err("a cast takes a tuple of two arrays");
        let (from, to): (Object<'_>, Object<'_>) = arrays.extract().map_err(|_| wrong())?;
        let source = Array::from_object(&from).ok_or_else(wrong)?;
        let target = Array::from_object(&to).ok_or_else(wrong)?;
        // Other casts put byte orders right themselves.
        let between_numbers = self.from != self.to && self.from.is_number() && self.to.is_number();
        for (array, num) in [(&source, self.from), (&target, self.to)] {
            check_class(array.dtype(), num)?;
            if between_numbers && !array.dtype().is_native() {
                return Err(PyTypeError::new_err(format!("{} is not in native byte order", array.dtype())));
            }
        }
        if source.ndim() != 1 || target.shape() != source.shape() {
            return Err(PyValueError::new_err(format!(
                "a cast takes two one-dimensional arrays of the same length, not of shapes {} and {}",
                shape_text(source.shape()),
                shape_text(target.shape())
            )));
        }
        target.view_mut("output array")?;
        coerce::copy_cast(&target, &source, Casting::Unsafe)
    }

    /// Whether the cast promises to work on elements that are not aligned.
    #[getter]
    fn _supports_unaligned(&self) -> bool {
        let plain = |num: TypeNum| num.is_number() || num == TypeNum::Object;
        plain(self.from) && plain(self.to)
    }

    fn __repr__(&self) -> String {
        format!("<cast from {} to {}>", self.from.row().class_name, self.to.row().class_name)
    }
}

/// The dtype itself where it is native, else its native twin.
fn native<'py>(dtype: Object<'py>) -> PyResult<Object<'py>> {
    if value(&dtype).is_native() { Ok(dtype) } else { from_value(dtype.py(), &value(&dtype).to_native()) }
}

fn check_class(dtype: &DType, num: TypeNum) -> PyResult<()> {
    if dtype.num() == num {
        return Ok(());
    }
    let wanted = num.row().class_name;
    Err(PyTypeError::new_err(format!("this cast is for dtypes of class {wanted}, not for {dtype}")))
}

impl CastingImplementation {
    /// The instance of the target class that holds what `from` holds.
    fn fitting(&self, py: Python<'_>, from: &DType) -> PyResult<DType> {
        if from.num() == self.to {
            return Ok(from.to_native());
        }
        let parametric = self.to.is_flexible() || matches!(self.to, TypeNum::Datetime | TypeNum::Timedelta);
        if from.num() == TypeNum::Object && parametric {
            return Err(PyTypeError::new_err(format!(
                "casting from object to the parametric DType {} requires the output dtype instance",
                from_value(py, &DType::of(self.to))?.get_type().repr()?
            )));
        }
        Ok(match self.to {
            TypeNum::Void => DType::flexible(TypeNum::Void, from.itemsize()),
            TypeNum::String | TypeNum::Unicode => {
                let unit = if self.to == TypeNum::Unicode { 4 } else { 1 };
                DType::flexible(self.to, unit * characters(from)?)
            }
            TypeNum::Datetime | TypeNum::Timedelta => DType::time(self.to, from.time_unit()),
            num => DType::of(num),
        })
    }
}

/// How many characters any value of a dtype is written in.
fn characters(from: &DType) -> PyResult<usize> {
    if let Some(length) = text_length(from.num()) {
        return Ok(length);
    }
    Ok(match from.kind() {
        Kind::Unicode => from.itemsize() / 4,
        Kind::Datetime => iso::max_length(from.time_unit().unit),
        Kind::Timedelta => coerce::SPAN_LENGTH,
        _ => from.itemsize(),
    })
}

#[pyfunction]
fn _get_castingimpl<'py>(from: &Bound<'py, PyAny>, to: &Bound<'py, PyAny>) -> PyResult<Object<'py>> {
    let number = |class: &Object<'py>| {
        class_number(class).ok_or_else(|| {
            let text = class.repr().map_or_else(|_| "?".into(), |r| r.to_string());
            PyTypeError::new_err(format!("a concrete dtype class is required, not {text}"))
        })
    };
    let cast = CastingImplementation { from: number(from)?, to: number(to)? };
    Ok(Bound::new(from.py(), cast)?.into_any())
}

/// Adds the function.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_get_castingimpl, module)?)
}
