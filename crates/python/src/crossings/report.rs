//! Crossings told to Python: private functions of the engine, from which `sharray.interop` makes its report.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple, PyType};

use super::{Crossing, Protocol, Reason, heap, live, ring, watch};
use crate::object::array::Array;

/// A crossing as `(number, outwards, protocol, other type, reason, nbytes, address, read_only, aligned, native, layout,
/// axis, stride, ndim, dtype, became)`.
pub(super) fn tuple<'py>(
    py: Python<'py>,
    c: &Crossing,
    other: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let who = other.cloned().unwrap_or_else(|| py.None().into_bound(py));
    let why = c.reason.map(Reason::name);
    let (first, second) = (
        (c.number, c.outwards, c.protocol.name(), who, why, c.nbytes, c.address, c.read_only),
        (
            c.aligned,
            !c.element.swapped,
            c.layout.name(),
            c.axis,
            c.stride,
            c.ndim,
            c.element.text(),
            c.became.text(),
        ),
    );
    let (first, second) = (first.into_pyobject(py)?, second.into_pyobject(py)?);
    PyTuple::new(py, first.iter().chain(second.iter()).collect::<Vec<_>>())
}

/// The crossings after number `since` that are still known, oldest first.
#[pyfunction]
#[pyo3(signature = (since=0))]
fn _crossings(py: Python<'_>, since: u64) -> PyResult<Bound<'_, PyList>> {
    let found = ring::after(py, since);
    let tuples: PyResult<Vec<_>> = found.iter().map(|(c, other)| tuple(py, c, other.as_ref())).collect();
    PyList::new(py, tuples?)
}

/// The crossings outwards whose consumers have not let go.
#[pyfunction]
fn _crossings_live(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let tuples: PyResult<Vec<_>> = live::all(py).iter().map(|c| tuple(py, c, None)).collect();
    PyList::new(py, tuples?)
}

/// `(newest number, crossings, copies, bytes copied, live consumers)`: the middle three since the last clearing.
#[pyfunction]
fn _crossings_count(py: Python<'_>) -> (u64, u64, u64, u64, usize) {
    let totals = ring::totals(py);
    (ring::newest(py), totals.crossings, totals.copies, totals.bytes_copied, live::count())
}

/// Forgets the records. Live consumers stay known.
#[pyfunction]
fn _crossings_clear(py: Python<'_>) {
    ring::clear(py);
}

/// Has `asked(record)` called before each copy at a border, until `_crossings_unwatch`; it raises, or not.
#[pyfunction]
fn _crossings_watch(asked: &Bound<'_, PyAny>) {
    watch::begin(asked.py(), asked);
}

/// Ends what one `_crossings_watch` began.
#[pyfunction]
fn _crossings_unwatch() {
    watch::end();
}

fn protocol_named(name: &str) -> PyResult<Protocol> {
    Protocol::named(name).ok_or_else(|| PyValueError::new_err(format!("no protocol has the name '{name}'")))
}

fn reason_named(name: &str) -> PyResult<Reason> {
    Reason::named(name).ok_or_else(|| PyValueError::new_err(format!("no reason has the name '{name}'")))
}

/// Says of the newest crossing of `array` outwards after number `since` who took it, and why it was copied if it was. A
/// crossing that left no record gets one, by the protocol of that name. Returns its number.
#[pyfunction]
#[pyo3(signature = (array, since, other, protocol, reason=None))]
fn _crossings_tell(
    array: &Bound<'_, PyAny>,
    since: u64,
    other: &Bound<'_, PyType>,
    protocol: &str,
    reason: Option<&str>,
) -> PyResult<u64> {
    let py = array.py();
    let array = Array::given(array, "_crossings_tell")?;
    let (protocol, reason) = (protocol_named(protocol)?, reason.map(reason_named).transpose()?);
    let data = array.data().addr();
    let found = ring::after(py, since)
        .iter()
        .rev()
        .find(|(c, _)| c.outwards && c.address == data)
        .map(|(c, _)| c.number);
    let number = found.unwrap_or_else(|| super::told(&array, protocol, reason));
    ring::amend(py, number, |crossing| crossing.reason = reason);
    ring::name_other(other, number);
    Ok(number)
}

/// The address of an array's first element, and of the lowest and the highest byte (and one) of its elements; nothing
/// is handed out by that.
#[pyfunction]
fn _memory_span(array: &Bound<'_, PyAny>) -> PyResult<(usize, usize, usize)> {
    let array = Array::given(array, "_memory_span")?;
    let data = array.data().addr();
    let bounds =
        sharray_base::layout::checked_byte_bounds(array.shape(), array.strides(), array.dtype().itemsize());
    let (low, high) = bounds.unwrap_or((0, 0));
    Ok((data, data.wrapping_add_signed(low), data.wrapping_add_signed(high)))
}

/// From now on (`on`) this thread only looks: what it does is no crossing, until as many calls with False.
#[pyfunction]
fn _crossings_look(on: bool) {
    ring::look(on);
}

/// Asks the watch, if there is one, about a copy of `array` outwards that Python code is about to make.
#[pyfunction]
fn _crossings_ask(array: &Bound<'_, PyAny>, protocol: &str, reason: &str) -> PyResult<()> {
    let array = Array::given(array, "_crossings_ask")?;
    super::to_go_out_copied(&array, protocol_named(protocol)?, reason_named(reason)?)
}

/// The closed set of reasons.
#[pyfunction]
fn _crossings_reasons() -> Vec<&'static str> {
    Reason::ALL.iter().map(|reason| reason.name()).collect()
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_crossings, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_live, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_count, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_clear, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_watch, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_unwatch, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_tell, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_look, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_ask, module)?)?;
    module.add_function(wrap_pyfunction!(_memory_span, module)?)?;
    module.add_function(wrap_pyfunction!(heap::_memory_reach, module)?)?;
    module.add_function(wrap_pyfunction!(_crossings_reasons, module)?)
}
