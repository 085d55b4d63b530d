//! Equality of structures, field by field: their bytes tell nothing of NaN, of the sign of a zero, of equal objects, of
//! bytes that belong to no field, nor of numbers of two dtypes.

use pyo3::basic::CompareOp;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::{DType, Kind, TypeNum};

use super::array::Array;

/// `left == right`, or `left != right`, for structured arrays; `None` for other operands, and where the bytes do tell.
///
/// # Errors
/// `TypeError` for dtypes without a common one; what the comparison of a field raises; shapes that don't go together.
pub(super) fn compare<'py>(
    left: &Bound<'py, PyAny>,
    right: &Bound<'py, PyAny>,
    equal: bool,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(a) = Array::from_object(left).filter(|a| a.dtype().num() == TypeNum::Void) else {
        return Ok(None);
    };
    let engine = left.py().import("sharray._engine")?;
    let right = match Array::from_object(right) {
        Some(_) => right.clone(),
        None => match engine.getattr("asanyarray")?.call1((right,)) {
            Ok(made) => made,
            Err(_) => return Ok(None),
        },
    };
    let b = Array::given(&right, "asanyarray")?;
    if b.dtype().num() == TypeNum::Void && !comparable(a.dtype(), b.dtype()) {
        return Err(PyTypeError::new_err(format!(
            "cannot compare voids of different length or with different titles: {} and {}. Use .view() to compare.",
            a.dtype(),
            b.dtype()
        )));
    }
    let structured = a.dtype().as_structure().is_some() || b.dtype().as_structure().is_some();
    if b.dtype().num() != TypeNum::Void || !structured {
        return Ok(None);
    }
    if a.dtype().equivalent(b.dtype()) {
        return if told_by_bytes(a.dtype()) { Ok(None) } else { by_fields(left, &right, equal).map(Some) };
    }
    let common = engine.getattr("promote_types")?.call1((a.descr(), b.descr())).map_err(|cause| {
        let error = PyTypeError::new_err(format!(
            "Cannot compare structured arrays of {} and {}: they have no common dtype",
            a.dtype(),
            b.dtype()
        ));
        error.set_cause(left.py(), Some(cause));
        error
    })?;
    let cast = |side: &Bound<'py, PyAny>| side.call_method1("astype", (&common,));
    by_fields(&cast(left)?, &cast(&right)?, equal).map(Some)
}

/// False for raw bytes of different lengths, and for structures whose fields have other titles.
fn comparable(a: &DType, b: &DType) -> bool {
    match (a.as_structure(), b.as_structure()) {
        (Some(a), Some(b)) => a.fields.iter().zip(&b.fields).all(|(a, b)| a.title == b.title),
        (None, None) => a.itemsize() == b.itemsize(),
        _ => true,
    }
}

/// True for structures that are equal where their bytes are.
fn told_by_bytes(dtype: &DType) -> bool {
    let Some(structure) = dtype.as_structure() else { return false };
    let plain = |field: &DType| {
        let element = field.flattened().map_or_else(|| field.clone(), |(element, _)| element.clone());
        element.is_native() && matches!(element.kind(), Kind::Int | Kind::UInt | Kind::Bytes | Kind::Unicode)
    };
    !dtype.has_gaps()
        && !structure.fields.is_empty()
        && structure.fields.iter().all(|field| plain(&field.dtype))
}

/// The answers of all fields, which both sides have, put together.
fn by_fields<'py>(
    left: &Bound<'py, PyAny>,
    right: &Bound<'py, PyAny>,
    equal: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let (a, b) = (Array::given(left, "astype")?, Array::given(right, "astype")?);
    let (op, whole) = if equal { (CompareOp::Eq, "all") } else { (CompareOp::Ne, "any") };
    let mut answer: Option<Bound<'py, PyAny>> = None;
    let structure = a.dtype().as_structure().map(|s| s.fields.clone()).unwrap_or_default();
    for field in &structure {
        let name = &*field.name;
        let inner = field.dtype.flattened().map_or(0, |(_, shape)| shape.len() as isize);
        let (x, y) = (left.get_item(name)?, right.get_item(name)?);
        // The axes of an element stay last when the arrays' own are stretched.
        let outer = a.ndim().max(b.ndim());
        let mut found = with_axes(&x, outer - a.ndim(), inner)?
            .rich_compare(with_axes(&y, outer - b.ndim(), inner)?, op)?;
        if inner > 0 {
            found = found.call_method1(whole, (PyTuple::new(left.py(), -inner..0)?,))?;
        }
        answer = Some(match answer {
            None => found,
            Some(before) if equal => before.bitand(found)?,
            Some(before) => before.bitor(found)?,
        });
    }
    match answer {
        Some(answer) => Ok(answer),
        None => {
            let bytes = |array: &Array<'py>| -> PyResult<Bound<'py, PyAny>> {
                let engine = left.py().import("sharray._engine")?;
                engine.getattr("zeros")?.call1((PyTuple::new(left.py(), array.shape())?, "?"))
            };
            bytes(&a)?.rich_compare(bytes(&b)?, op)
        }
    }
}

/// A field with `missing` axes of extent 1 in front, if its elements have axes of their own.
fn with_axes<'py>(field: &Bound<'py, PyAny>, missing: usize, inner: isize) -> PyResult<Bound<'py, PyAny>> {
    if inner == 0 || missing == 0 {
        return Ok(field.clone());
    }
    let array = Array::given(field, "__getitem__")?;
    let shape = std::iter::repeat_n(1, missing).chain(array.shape().iter().copied());
    field.call_method1("reshape", (PyTuple::new(field.py(), shape.collect::<Vec<isize>>())?,))
}
