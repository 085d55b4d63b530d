//! The Python face: the extension module `sharray._engine`. The only crate that knows Python; objects with NumPy's C
//! layout (`object`), the gate (`gate`, `errors`), functions by API chapter (`functions`), protocols with other libraries
//! (`protocols`). No arithmetic of its own beyond object dtype.

use pyo3::prelude::*;

pub mod errors;
pub mod gate;
pub mod object;

#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    object::dtype::add_to(module)?;
    Ok(())
}
