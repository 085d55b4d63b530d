//! Functions of the module, by chapter.

pub mod create;
pub mod dtypes;

use pyo3::prelude::*;

/// Adds all functions to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    create::add_to(module)?;
    dtypes::add_to(module)
}
