//! Functions of the module, by chapter.

pub mod create;
pub mod dtypes;
pub mod join;
pub mod search;

use pyo3::prelude::*;

/// Adds all functions to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    create::add_to(module)?;
    dtypes::add_to(module)?;
    join::add_to(module)?;
    search::add_to(module)
}
