//! Methods of arrays, by subject.

mod decimals;
pub mod elements;
pub mod layout;
pub mod protocol;
pub mod reduce;
pub mod select;
pub mod sort;
mod texts;

use pyo3::ffi;
use pyo3::prelude::*;

use crate::gate;
use crate::object::array::Array;

/// The array a method is called on.
fn this<'py>(slf: &Bound<'py, PyAny>) -> Array<'py> {
    Array::expect(slf)
}

/// An argument that is there and not `None`.
fn given<'py>(value: Option<Bound<'py, PyAny>>) -> Option<Bound<'py, PyAny>> {
    value.filter(|v| !v.is_none())
}

/// The method table of `ndarray`.
pub fn table() -> *mut ffi::PyMethodDef {
    let mut rows = layout::rows();
    rows.extend(elements::rows());
    rows.extend(reduce::rows());
    rows.extend(decimals::rows());
    rows.extend(select::rows());
    rows.extend(sort::rows());
    rows.extend(protocol::rows());
    crate::signatures::document(&mut rows);
    gate::leak_table(rows, ffi::PyMethodDef::zeroed())
}
