//! Linear algebra for `sharray.linalg`: operands as native numbers of one type, fresh arrays for results, the work itself
//! (`sharray_linalg`) without the GIL where it is long. The Python package has the arguments and the classes of results.

mod operand;
mod spectra;
mod systems;

use pyo3::prelude::*;

/// Adds functions to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    systems::add_to(module)?;
    spectra::add_to(module)
}
