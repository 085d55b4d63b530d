//! The Arrow C data interface, outwards: `ndarray.__arrow_c_array__`, `__arrow_c_schema__`, `__arrow_c_stream__`.
//!
//! Which buffers stand for an array is decided in `sharray._core._arrow`; here they become structs. A column comes as
//! `(format, name, length, nulls, buffers, children, dictionary)`, each buffer an array that lies densely, or `None`. The
//! tuple of buffers is what each struct keeps.

use std::ffi::{CString, c_void};
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::layout::Order;
use sharray_base::{DType, TypeNum};
use sharray_interop::arrow::format::Format;
use sharray_interop::arrow::offer::{self, Data, Keeper, Type};
use sharray_interop::arrow::text::Stored;

use super::arrow;
use crate::crossings::{self, Protocol, Reason, Ticket};
use crate::errors::OrRaise;
use crate::gate::Args;
use crate::object::array::Array;
use crate::object::layout::flag;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// Calls a function of `sharray._core._arrow` with the array, and the schema that was asked for.
fn ask<'py>(slf: &Bound<'py, PyAny>, name: &str, wanted: Option<Bound<'py, PyAny>>) -> Result<'py> {
    let module = slf.py().import(pyo3::intern!(slf.py(), "sharray._core._arrow"))?;
    module.call_method1(name, (slf, wanted))
}

/// `__arrow_c_schema__()`.
pub fn schema<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> Result<'py> {
    let [] = call.parse("__arrow_c_schema__", &[], 0, 0)?;
    ask(slf, "_schema_of", None)
}

/// `__arrow_c_array__(requested_schema=None)`.
pub fn array<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> Result<'py> {
    let [wanted] = call.parse("__arrow_c_array__", &["requested_schema"], 0, 1)?;
    if wanted.as_ref().is_none_or(|wanted| wanted.is_none())
        && let Some((kind, data)) = plain(&Array::expect(slf))
    {
        return capsules(slf.py(), &kind, data);
    }
    ask(slf, "_array_of", wanted)
}

/// `__arrow_c_stream__(requested_schema=None)`.
pub fn stream<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> Result<'py> {
    let [wanted] = call.parse("__arrow_c_stream__", &["requested_schema"], 0, 1)?;
    ask(slf, "_stream_of", wanted)
}

/// The capsules of a column: its schema's and its array's. `source` is the array that it stands for, `reason` why it is a
/// copy, if it is one.
#[pyfunction]
#[pyo3(signature = (node, source, reason))]
fn _arrow_offer<'py>(
    node: &Bound<'py, PyAny>,
    source: &Bound<'py, PyAny>,
    reason: Option<&str>,
) -> Result<'py> {
    let (kind, data) = read(node, &ticket(source, reason)?)?;
    capsules(node.py(), &kind, data)
}

fn capsules<'py>(py: Python<'py>, kind: &Type, data: Data) -> Result<'py> {
    let schema = arrow::for_consumer(py, kind.to_struct())?;
    let array = arrow::for_consumer(py, data.into_struct())?;
    Ok((schema, array).into_pyobject(py)?.into_any())
}

/// The column of an array of numbers that needs no thought: one axis, dense, native. `None` for others.
fn plain(array: &Array<'_>) -> Option<(Type, Data)> {
    let format = Format::of_number(array.dtype().num())?;
    let dense = array.has(flag::C_CONTIGUOUS | flag::ALIGNED) && array.dtype().is_native();
    if !dense || array.ndim() != 1 || !array.is_exact() {
        return None;
    }
    let format = CString::new(format.to_string()).ok()?;
    let kind =
        Type { format, name: CString::default(), ordered: false, children: Vec::new(), dictionary: None };
    let ticket = counted(crossings::handed_out(array, Protocol::Arrow, None));
    let data = Data {
        len: array.size(),
        nulls: 0,
        buffers: vec![std::ptr::null(), array.data().cast_const().cast()],
        keeper: keeper(array.clone().into_object().into_ptr(), ticket),
        children: Vec::new(),
        dictionary: None,
    };
    Some((kind, data))
}

/// The capsule of a stream that gives one column.
#[pyfunction]
#[pyo3(signature = (node, source, reason))]
fn _arrow_stream<'py>(
    node: &Bound<'py, PyAny>,
    source: &Bound<'py, PyAny>,
    reason: Option<&str>,
) -> Result<'py> {
    let (kind, data) = read(node, &ticket(source, reason)?)?;
    arrow::for_consumer(node.py(), offer::stream(kind, data))
}

/// The capsule of a column's schema.
#[pyfunction]
fn _arrow_schema<'py>(node: &Bound<'py, PyAny>) -> Result<'py> {
    arrow::for_consumer(node.py(), read_type(node)?.to_struct())
}

/// What is about to be copied on its way out, and why.
#[pyfunction]
fn _arrow_copying(source: &Bound<'_, PyAny>, reason: &str) -> PyResult<()> {
    let array = Array::given(source, "_arrow_copying")?;
    crossings::to_go_out_copied(&array, Protocol::Arrow, named(reason)?)
}

/// The reason of that name.
///
/// # Errors
/// `ValueError` if there is none.
pub(super) fn named(reason: &str) -> PyResult<Reason> {
    Reason::named(reason).ok_or_else(|| PyValueError::new_err(format!("no reason of a copy: {reason:?}")))
}

#[expect(clippy::arc_with_non_send_sync, reason = "only ever dropped, by the last struct that holds it")]
fn counted(ticket: Ticket) -> Arc<Ticket> {
    Arc::new(ticket)
}

fn ticket(source: &Bound<'_, PyAny>, reason: Option<&str>) -> PyResult<Arc<Ticket>> {
    let array = Array::given(source, "_arrow_offer")?;
    Ok(counted(crossings::handed_out(&array, Protocol::Arrow, reason.map(named).transpose()?)))
}

/// What each struct of a column holds until it is let go of.
struct Held {
    /// A reference to the tuple of buffers, or the only one.
    buffers: *mut ffi::PyObject,
    /// The consumer's; of a column of several structs the last one gives it back.
    ticket: Arc<Ticket>,
}

/// What keeps buffers, of which it takes a reference over.
fn keeper(buffers: *mut ffi::PyObject, ticket: Arc<Ticket>) -> Keeper {
    let context = Box::into_raw(Box::new(Held { buffers, ticket })).cast();
    // SAFETY: a fresh box, given back once.
    unsafe { Keeper::new(context, release) }
}

/// Gives back the reference and the ticket, from whatever thread.
unsafe extern "C" fn release(held: *mut c_void) {
    // SAFETY: the struct's box and its reference, given back once. Once the interpreter has begun to end there is nobody to
    // give it back to: the process's end frees the memory.
    unsafe {
        let Held { buffers, ticket } = *Box::from_raw(held.cast::<Held>());
        drop(ticket);
        if ffi::Py_IsInitialized() == 0 {
            return;
        }
        let state = ffi::PyGILState_Ensure();
        ffi::Py_DECREF(buffers);
        ffi::PyGILState_Release(state);
    }
}

/// A column as Python tells it.
type Row<'py> =
    (String, String, usize, usize, Bound<'py, PyTuple>, Vec<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>);

/// What a column is.
fn read_type(node: &Bound<'_, PyAny>) -> PyResult<Type> {
    let (format, name, _, _, _, children, dictionary): Row<'_> = node.extract()?;
    let text = |text: String| {
        CString::new(text).map_err(|e| {
            PyValueError::new_err(format!(
                "a field name or time zone holds a null character, which Arrow's texts end at: {:?}",
                String::from_utf8_lossy(&e.into_vec())
            ))
        })
    };
    Ok(Type {
        format: text(format)?,
        name: text(name)?,
        ordered: false,
        children: children.iter().map(read_type).collect::<PyResult<_>>()?,
        dictionary: dictionary.map(|entry| read_type(&entry).map(Box::new)).transpose()?,
    })
}

/// Where a column lies.
fn read_data(node: &Bound<'_, PyAny>, ticket: &Arc<Ticket>) -> PyResult<Data> {
    let (format, _, len, nulls, buffers, children, dictionary): Row<'_> = node.extract()?;
    let pointers = pointers(node.py(), &format, len, &buffers)?;
    let children = children.iter().map(|child| read_data(child, ticket)).collect::<PyResult<_>>()?;
    let dictionary = dictionary.map(|entry| read_data(&entry, ticket).map(Box::new)).transpose()?;
    let keeper = keeper(buffers.into_ptr(), ticket.clone());
    Ok(Data { len, nulls, buffers: pointers, keeper, children, dictionary })
}

fn read(node: &Bound<'_, PyAny>, ticket: &Arc<Ticket>) -> PyResult<(Type, Data)> {
    Ok((read_type(node)?, read_data(node, ticket)?))
}

/// Addresses of the buffers, which are as large as a column of that length needs them to be.
fn pointers(
    py: Python<'_>,
    format: &str,
    len: usize,
    buffers: &Bound<'_, PyTuple>,
) -> PyResult<Vec<*const c_void>> {
    let format = Format::parse(format).or_raise(py)?;
    let bits = len.div_ceil(8);
    let values = match format {
        Format::Bool => bits,
        Format::Bytes { wide, .. } => len.saturating_add(1).saturating_mul(if wide { 8 } else { 4 }),
        _ => len.saturating_mul(format.itemsize()),
    };
    let needed = [bits, values, 0];
    if buffers.len() != format.buffers() {
        return Err(PyValueError::new_err(format!(
            "{} buffers for a column of format '{format}', which has {}",
            buffers.len(),
            format.buffers()
        )));
    }
    let one = |(index, buffer): (usize, Bound<'_, PyAny>)| {
        if index == 0 && buffer.is_none() {
            return Ok(std::ptr::null());
        }
        let array = Array::given(&buffer, "a buffer of a column")?;
        if !array.has(flag::C_CONTIGUOUS) || array.nbytes() < needed[index] {
            return Err(PyValueError::new_err(format!(
                "buffer {index} of a column of format '{format}' and length {len} has {} bytes, and needs {} that lie densely",
                array.nbytes(),
                needed[index]
            )));
        }
        Ok(array.data().cast_const().cast())
    };
    buffers.iter().enumerate().map(one).collect()
}

/// Texts side by side: where each ends (`int64`, one more in front), their bytes, and where there is none (or `None`).
/// Of an array of one axis, of `StringDType` or `S`.
#[pyfunction]
fn _arrow_lay_out<'py>(texts: &Bound<'py, PyAny>) -> Result<'py> {
    let py = texts.py();
    let texts = Array::given(texts, "_arrow_lay_out")?;
    let stored = match texts.dtype().num() {
        TypeNum::String => Stored::Fixed(texts.dtype().itemsize()),
        TypeNum::VString => Stored::Packed,
        _ => return Err(PyValueError::new_err(format!("texts are expected, not {}", texts.dtype()))),
    };
    let (&[len], &[step]) = (texts.shape(), texts.strides()) else {
        return Err(PyValueError::new_err(format!("one axis is expected, not {}", texts.ndim())));
    };
    // SAFETY: an element of the array (V2), which nothing writes under the GIL.
    let get = |index: isize| unsafe { stored.get(texts.data().wrapping_offset(index * step)) };
    let ends = Array::new(py, &DType::of(TypeNum::Long), &[len + 1], Order::C)?;
    let mask = Array::zeros(py, &DType::of(TypeNum::Bool), &[len], Order::C)?;
    let (mut end, mut missing) = (0i64, false);
    // SAFETY: fresh arrays of `len + 1` numbers, and of `len` bytes.
    unsafe {
        ends.data().cast::<i64>().write(0);
        for index in 0..len {
            match get(index) {
                Some(text) => end += text.len() as i64,
                None => {
                    missing = true;
                    mask.data().offset(index).write(1);
                }
            }
            ends.data().cast::<i64>().offset(index + 1).write(end);
        }
    }
    let bytes = Array::new(py, &DType::of(TypeNum::UByte), &[end as isize], Order::C)?;
    let mut at = bytes.data();
    for text in (0..len).filter_map(get) {
        // SAFETY: the array has as many bytes as all texts together.
        unsafe {
            std::ptr::copy_nonoverlapping(text.as_ptr(), at, text.len());
            at = at.add(text.len());
        }
    }
    let mask = missing.then(|| mask.into_object());
    Ok((ends.into_object(), bytes.into_object(), mask).into_pyobject(py)?.into_any())
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_arrow_offer, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_copying, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_schema, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_stream, module)?)?;
    module.add_function(wrap_pyfunction!(_arrow_lay_out, module)?)
}
