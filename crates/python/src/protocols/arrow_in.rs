//! The Arrow C data interface, inwards: columns as tuples of arrays, which `sharray._core._arrow` puts together.
//!
//! A column becomes `(kind, name, length, parameter, values, nulls, mask, children, dictionary)`: `parameter` is a unit, a
//! unit and a time zone, or a size; `values` lie in Arrow's memory where each is a number or so many bytes, and are fresh
//! where they were bits or texts; `mask` is true where there is nothing, and `None` where nothing is missing.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyTuple};
use sharray_base::layout::Order;
use sharray_base::{DType, TypeNum};
use sharray_interop::arrow::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
use sharray_interop::arrow::bits::Bits;
use sharray_interop::arrow::claim::{self, Column};
use sharray_interop::arrow::field::{self, Field};
use sharray_interop::arrow::format::Format;
use sharray_interop::arrow::taken::Taken;
use sharray_interop::arrow::text;
use sharray_kernels::string::packed;

use super::array_interface::attribute;
use super::{arrow, arrow_out};
use crate::coerce::{self, CopyMode, Request};
use crate::crossings::{self, Protocol};
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// Objects that speak Arrow's protocol and no other, as arrays; nulls are an error.
///
/// # Errors
/// What the object's method and the conversion raise.
pub fn as_array<'py>(object: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<Option<Array<'py>>> {
    let py = object.py();
    if attribute(object, "__arrow_c_array__")?.is_none() && attribute(object, "__arrow_c_stream__")?.is_none()
    {
        return Ok(None);
    }
    let copy = (request.copy == CopyMode::Never).then_some(false);
    let made = py.import("sharray._core._arrow")?.getattr("_as_array")?.call1((object, copy))?;
    Array::given(&made, "_as_array").map(Some)
}

/// The column in a pair of capsules, as `__arrow_c_array__` gives them.
#[pyfunction]
fn _arrow_take<'py>(schema: &Bound<'py, PyAny>, array: &Bound<'py, PyAny>) -> Result<'py> {
    let py = schema.py();
    arrow::open::<ArrowArray>(array)?;
    let schema = arrow::take::<ArrowSchema>(schema)?;
    let field = read_field(py, &schema)?;
    column(py, &field, arrow::take::<ArrowArray>(array)?)
}

/// The columns in a capsule, as `__arrow_c_stream__` gives it; one at least.
#[pyfunction]
fn _arrow_drain<'py>(stream: &Bound<'py, PyAny>) -> Result<'py> {
    let py = stream.py();
    let mut stream = arrow::take::<ArrowArrayStream>(stream)?;
    // Producers may compute, in threads that want the GIL.
    let schema = py.detach(|| stream.schema()).or_raise(py)?;
    let field = read_field(py, &schema)?;
    let columns = PyList::empty(py);
    while let Some(array) = py.detach(|| stream.next_array()).or_raise(py)? {
        columns.append(column(py, &field, array)?)?;
    }
    if columns.is_empty() {
        columns.append(node(&Column::empty(&field), &py.None().into_bound(py))?)?;
    }
    py.detach(|| drop(stream));
    Ok(columns.into_any())
}

/// Leaves a record of what came in, copied where there is a reason.
#[pyfunction]
#[pyo3(signature = (producer, values, reason))]
fn _arrow_came_in(
    producer: &Bound<'_, PyAny>,
    values: &Bound<'_, PyAny>,
    reason: Option<&str>,
) -> PyResult<()> {
    let array = Array::given(values, "_arrow_came_in")?;
    let reason = reason.map(arrow_out::named).transpose()?;
    crossings::came_in_watched(producer, &array, Protocol::Arrow, reason)
}

/// What a schema asks for: `(format, children)`, its children likewise. The capsule stays the caller's.
#[pyfunction]
fn _arrow_wanted<'py>(schema: &Bound<'py, PyAny>) -> Result<'py> {
    let at = arrow::open::<ArrowSchema>(schema)?;
    // SAFETY: the capsule holds what its name says, by the protocol.
    let field = unsafe { field::read(at) }.or_raise(schema.py())?;
    wanted(schema.py(), &field)
}

fn wanted<'py>(py: Python<'py>, field: &Field) -> Result<'py> {
    let children: Vec<_> = field.children.iter().map(|child| wanted(py, child)).collect::<PyResult<_>>()?;
    // A dictionary is asked for by what its codes stand for.
    let format = field.dictionary.as_ref().map_or(&field.format, |entry| &entry.format);
    Ok((format.to_string(), PyTuple::new(py, children)?).into_pyobject(py)?.into_any())
}

fn read_field(py: Python<'_>, schema: &Taken<ArrowSchema>) -> PyResult<Field> {
    // SAFETY: a struct that we hold; what its pointers lead to is by the interface.
    unsafe { field::read(schema.as_ptr()) }.or_raise(py)
}

fn column<'py>(py: Python<'py>, field: &Field, array: Taken<ArrowArray>) -> Result<'py> {
    // SAFETY: as above; the keeper holds the struct as long as any array looks at its memory.
    let read = unsafe { claim::read(field, array.as_ptr()) };
    let keeper = arrow::keeper(py, array)?;
    node(&read.or_raise(py)?, &keeper)
}

fn node<'py>(column: &Column<'_>, keeper: &Bound<'py, PyAny>) -> Result<'py> {
    let py = keeper.py();
    let nulls = column.null_count();
    let mask = match column.validity() {
        Some(bits) if nulls > 0 => Some(bools(py, bits, true)?.into_object()),
        _ => None,
    };
    let children: Vec<_> =
        column.children.iter().map(|child| node(child, keeper)).collect::<PyResult<_>>()?;
    let dictionary = column.dictionary.as_ref().map(|entry| node(entry, keeper)).transpose()?;
    let made = (
        column.field.format.name(),
        &column.field.name,
        column.len,
        parameter(py, &column.field.format)?,
        values(column, keeper)?.map(Array::into_object),
        nulls,
        mask,
        PyTuple::new(py, children)?,
        dictionary,
    );
    Ok(made.into_pyobject(py)?.into_any())
}

fn parameter<'py>(py: Python<'py>, format: &Format) -> Result<'py> {
    Ok(match format {
        Format::Timestamp(tick, zone) => (tick.unit(), zone).into_pyobject(py)?.into_any(),
        Format::Time(tick) | Format::Duration(tick) => tick.unit().into_pyobject(py)?.into_any(),
        Format::Fixed(size) | Format::List(size) => size.into_pyobject(py)?.into_any(),
        _ => py.None().into_bound(py),
    })
}

fn values<'py>(column: &Column<'_>, keeper: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let py = keeper.py();
    let dtype = match column.field.format {
        Format::Null | Format::Struct | Format::List(_) => return Ok(None),
        Format::Bool => {
            return match column.bits() {
                Some(bits) => bools(py, bits, false).map(Some),
                None => Array::new(py, &DType::of(TypeNum::Bool), &[0], Order::C).map(Some),
            };
        }
        Format::Bytes { text: true, .. } | Format::View { text: true } => return texts(py, column).map(Some),
        Format::Bytes { .. } | Format::View { .. } => return blobs(py, column).map(Some),
        Format::Number(num) => dtype::from_value(py, &DType::of(num))?,
        Format::Fixed(size) => dtype::coerce(format!("V{size}").into_pyobject(py)?.as_any())?,
        ref format if format.itemsize() == 4 => dtype::from_value(py, &DType::of(TypeNum::Int))?,
        _ => dtype::from_value(py, &DType::of(TypeNum::Long))?,
    };
    let (data, len, step) = (column.values(), column.len as isize, dtype::value(&dtype).itemsize() as isize);
    if data.is_null() {
        // No array's data is at no address, not even when there is none of it.
        let array = Array::build(py, &dtype, &[len], Order::C, true, None)?;
        array.set_flags(flag::WRITEABLE, false);
        return Ok(Some(array));
    }
    // SAFETY: checked as far as can be (`claim`); the producer vouches for the rest until the keeper goes.
    unsafe { Array::from_memory(py, &dtype, data, &[len], &[step], false, Some(keeper.clone()), None) }
        .map(Some)
}

/// A byte for each bit.
fn bools<'py>(py: Python<'py>, bits: Bits, inverted: bool) -> PyResult<Array<'py>> {
    let array = Array::new(py, &DType::of(TypeNum::Bool), &[bits.len() as isize], Order::C)?;
    // SAFETY: a fresh array of as many bytes.
    unsafe { bits.unpack(array.data(), inverted) };
    Ok(array)
}

/// Texts, as `StringDType`; the empty one where there is none.
fn texts<'py>(py: Python<'py>, column: &Column<'_>) -> PyResult<Array<'py>> {
    let dtype = DType::variable_text(sharray_base::dtype::TextOptions::default());
    let array = Array::zeros(py, &dtype, &[column.len as isize], Order::C)?;
    let mut room = packed::Room::new();
    let put = |index: usize, bytes: &[u8]| {
        let bytes = text::checked(index, bytes)?;
        // SAFETY: an element of the fresh array, valid as it is zeroed.
        unsafe { room.set(array.data().add(index * packed::SIZE), bytes) }
    };
    // SAFETY: the column's struct is held by the caller.
    unsafe { text::each(column, put) }.or_raise(py)?;
    Ok(array)
}

/// Bytes, as `S` of the longest; as objects where a null byte at an end would be lost, or most of the memory be padding.
fn blobs<'py>(py: Python<'py>, column: &Column<'_>) -> PyResult<Array<'py>> {
    const FEW: usize = 1 << 20;
    let (mut longest, mut all, mut lossy) = (0, 0usize, false);
    // SAFETY: the column's struct is held by the caller.
    unsafe {
        text::each(column, |_, bytes| {
            longest = longest.max(bytes.len());
            all += bytes.len();
            lossy |= bytes.last() == Some(&0);
            Ok(())
        })
        .or_raise(py)?;
    }
    let padded = longest.saturating_mul(column.len);
    if lossy || padded > FEW && padded / 8 > all {
        return objects(py, column);
    }
    let width = longest.max(1);
    let descr = dtype::coerce(format!("S{width}").into_pyobject(py)?.as_any())?;
    let array = Array::build(py, &descr, &[column.len as isize], Order::C, true, None)?;
    let put = |index: usize, bytes: &[u8]| {
        // What another thread of the producer made longer since it was measured is cut.
        let bytes = &bytes[..bytes.len().min(width)];
        // SAFETY: an element of the fresh array, as wide as that.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), array.data().add(index * width), bytes.len())
        };
        Ok(())
    };
    // SAFETY: the column's struct is held by the caller.
    unsafe { text::each(column, put) }.or_raise(py)?;
    Ok(array)
}

fn objects<'py>(py: Python<'py>, column: &Column<'_>) -> PyResult<Array<'py>> {
    let array = Array::new(py, &DType::of(TypeNum::Object), &[column.len as isize], Order::C)?;
    let mut failed = None;
    let put = |index: usize, bytes: &[u8]| {
        // SAFETY: an element of the fresh array.
        let at = unsafe { array.data().add(index * size_of::<*mut ffi::PyObject>()) };
        if failed.is_none() {
            failed = coerce::assign_element(&array, at, PyBytes::new(py, bytes).as_any()).err();
        }
        Ok(())
    };
    // SAFETY: the column's struct is held by the caller.
    unsafe { text::each(column, put) }.or_raise(py)?;
    failed.map_or(Ok(array), Err)
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_arrow_take, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_drain, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_came_in, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_wanted, module)?)
}
