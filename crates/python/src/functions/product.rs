//! Products: `dot`, `vdot`, `inner`, each laid out so that `matmul`'s loops do the work.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::layout::{Order, reshape};
use sharray_base::{DType, Kind, TypeNum};

use super::dtypes::{cast, common};
use crate::coerce;
use crate::errors::OrRaise;
use crate::fp_report;
use crate::methods::layout::{raveled, reshaped, view_of};
use crate::methods::select::of_class;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;
use crate::object::number::{self, Op};
use crate::object::ufunc::quick;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

fn call<'py>(op: Op, a: &Array<'py>, b: &Array<'py>) -> Result<'py> {
    let function = number::ufunc(a.py(), op)?;
    fp_report::named("dot", || function.call1((a.as_ref(), b.as_ref())))
}

fn not_aligned(a: &Array<'_>, b: &Array<'_>, axis_a: usize, axis_b: usize) -> PyErr {
    let text = |array: &Array<'_>| sharray_base::error::shape_text(array.shape());
    PyValueError::new_err(format!(
        "shapes {} and {} not aligned: {} (dim {axis_a}) != {} (dim {axis_b})",
        text(a),
        text(b),
        a.shape()[axis_a],
        b.shape()[axis_b]
    ))
}

/// Sum over the last axis of `a` and axis `axis_b` of `b`; the result has the other axes of `a`, then those of `b`.
fn contract<'py>(a: &Array<'py>, b: &Array<'py>, axis_b: usize) -> Result<'py> {
    let py = a.py();
    let last = a.ndim() - 1;
    let inner = a.shape()[last];
    if inner != b.shape()[axis_b] {
        return Err(not_aligned(a, b, last, axis_b));
    }
    if a.ndim() == 1 && b.ndim() == 1 {
        return call(Op::Matmul, a, b);
    }
    // Bring the contracted axis of `b` to the front and flatten the rest: one matrix product.
    let order: Vec<isize> =
        std::iter::once(axis_b).chain((0..b.ndim()).filter(|i| *i != axis_b)).map(|i| i as isize).collect();
    let turned = reshape::transpose(b.shape(), b.strides(), Some(&order)).or_raise(py)?;
    let turned = Array::expect(&view_of(b, &turned)?);
    let rest: Vec<isize> = turned.shape()[1..].to_vec();
    let columns: isize = rest.iter().product();
    let rows: isize = a.shape()[..last].iter().product();
    let matrix = Array::expect(&reshaped(&turned, &[inner, columns], Order::C, None)?);
    let left = Array::expect(&reshaped(a, &[rows, inner], Order::C, None)?);
    let product = Array::given(&call(Op::Matmul, &left, &matrix)?, "matmul")?;
    let shape: Vec<isize> = a.shape()[..last].iter().copied().chain(rest).collect();
    let result = reshaped(&product, &shape, Order::C, None)?;
    if shape.is_empty() {
        return result.get_item(PyTuple::empty(py));
    }
    Ok(result)
}

/// Both operands as plain arrays of their common dtype, and the one whose class the result has.
fn operands<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<(Array<'py>, Array<'py>, Array<'py>)> {
    let arrays = [coerce::asanyarray(a)?, coerce::asanyarray(b)?];
    let dtype = common(a.py(), &arrays)?;
    let [a, b] = arrays;
    let plain = |array: &Array<'py>| coerce::asarray(cast(array, &dtype)?.as_ref());
    let operands = (plain(&a)?, plain(&b)?);
    // The result is of the first operand's class, unless the second's has the higher priority.
    let second = number::priority(&b, 0.0) > number::priority(&a, 0.0);
    Ok((operands.0, operands.1, if second { b } else { a }))
}

/// A product by a scalar: of the second operand's class unless the first's has the higher priority.
fn scaled<'py>(
    (a, b): (&Array<'py>, &Array<'py>),
    (first, second): (&Bound<'py, PyAny>, &Bound<'py, PyAny>),
) -> Result<'py> {
    let (first, second) = (coerce::asanyarray(first)?, coerce::asanyarray(second)?);
    let stands_out = number::priority(&first, 0.0) > number::priority(&second, 0.0);
    finished(call(Op::Multiply, a, b)?, if stands_out { &first } else { &second })
}

/// A product as an array of the class that `like` has.
fn finished<'py>(result: Bound<'py, PyAny>, like: &Array<'py>) -> Result<'py> {
    match Array::from_object(&result) {
        Some(array) if array.ndim() > 0 => of_class(array, like),
        _ => Ok(result),
    }
}

fn into_out<'py>(result: Bound<'py, PyAny>, out: Option<&Bound<'py, PyAny>>) -> Result<'py> {
    let Some(out) = out.filter(|o| !o.is_none()) else { return Ok(result) };
    let target = Array::from_object(out).ok_or_else(|| PyTypeError::new_err("'out' must be an array"))?;
    let value = coerce::asarray(&result)?;
    let fits = target.shape() == value.shape()
        && target.dtype().equivalent(value.dtype())
        && target.has(flag::C_CONTIGUOUS);
    if !fits {
        return Err(PyValueError::new_err(
            "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)",
        ));
    }
    target.view_mut("output array")?;
    coerce::copy_cast(&target, &value, sharray_core::assign::Casting::No)?;
    Ok(out.clone())
}

/// `dot(a, b, out)` of few plain elements, which is what `matmul` makes of vectors and matrices; `None` for others, stacks
/// among them.
///
/// # Errors
/// Those of `matmul`.
pub fn short_dot<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    // SAFETY: live objects; the fields of plain arrays.
    let stacked = |object: &Bound<'py, PyAny>| unsafe {
        quick::plain(object.as_ptr()).is_none_or(|fields| (*fields).nd > 2)
    };
    if stacked(a) || stacked(b) {
        return Ok(None);
    }
    let function = number::ufunc(a.py(), Op::Matmul)?;
    let out = out.map(|out| out.as_ptr());
    fp_report::named("dot", || quick::call(&function, &[a.as_ptr(), b.as_ptr()], out))
}

/// Spans of time are multiplied as the whole numbers they are stored as, and the sums read as spans again, which have
/// no unit: it would be a square.
fn dot_of_spans<'py>(a: &Array<'py>, b: &Array<'py>) -> Result<'py> {
    let (long, span) = (DType::of(TypeNum::Long), DType::of(TypeNum::Timedelta));
    let whole = |spans: &Array<'py>| -> Result<'py> {
        let native = cast(spans, &spans.dtype().to_native())?;
        native.call_method1("view", (dtype::from_value(spans.py(), &long)?,))
    };
    let result = coerce::asarray(&dot(&whole(a)?, &whole(b)?, None)?)?;
    let spans = result.call_method1("view", (dtype::from_value(a.py(), &span)?,))?;
    if result.ndim() == 0 { spans.get_item(PyTuple::empty(a.py())) } else { Ok(spans) }
}

#[pyfunction]
#[pyo3(signature = (a, b, out=None))]
fn dot<'py>(a: &Bound<'py, PyAny>, b: &Bound<'py, PyAny>, out: Option<&Bound<'py, PyAny>>) -> Result<'py> {
    let (first, second) = (a, b);
    let (a, b, like) = operands(a, b)?;
    if a.dtype().kind() == Kind::Timedelta {
        return into_out(dot_of_spans(&a, &b)?, out);
    }
    let result = match (a.ndim(), b.ndim()) {
        (0, 0) => call(Op::Multiply, &a, &b)?,
        (0, _) | (_, 0) => return into_out(scaled((&a, &b), (first, second))?, out),
        (_, 1) => contract(&a, &b, 0)?,
        (_, nb) => contract(&a, &b, nb - 2)?,
    };
    into_out(finished(result, &like)?, out)
}

#[pyfunction]
#[pyo3(signature = (a, b, /))]
fn inner<'py>(a: &Bound<'py, PyAny>, b: &Bound<'py, PyAny>) -> Result<'py> {
    let (first, second) = (a, b);
    let (a, b, like) = operands(a, b)?;
    let result = match (a.ndim(), b.ndim()) {
        (0, 0) => call(Op::Multiply, &a, &b)?,
        (0, _) | (_, 0) => return scaled((&a, &b), (first, second)),
        (_, nb) => contract(&a, &b, nb - 1)?,
    };
    finished(result, &like)
}

#[pyfunction]
#[pyo3(signature = (a, b, /))]
fn vdot<'py>(a: &Bound<'py, PyAny>, b: &Bound<'py, PyAny>) -> Result<'py> {
    let (a, b, _) = operands(a, b)?;
    let (a, b) = (raveled(&a, Order::C)?, raveled(&b, Order::C)?);
    if a.size() != b.size() {
        return Err(PyValueError::new_err("vectors have different lengths"));
    }
    if a.dtype().kind() == Kind::Object {
        return a.py().import("sharray._engine")?.getattr("vecdot")?.call1((a.as_ref(), b.as_ref()));
    }
    let conjugated = match a.dtype().kind() {
        Kind::Complex => {
            Array::given(&number::ufunc(a.py(), Op::Conjugate)?.call1((a.as_ref(),))?, "conjugate")?
        }
        _ => a,
    };
    contract(&conjugated, &b, 0)
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(dot, module)?)?;
    module.add_function(wrap_pyfunction!(inner, module)?)?;
    module.add_function(wrap_pyfunction!(vdot, module)?)
}
