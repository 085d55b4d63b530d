//! Arrays in files, asked before they are used: a file that was closed or cut must not be touched.
//!
//! `memmap` is a Python class. Its own methods ask; what reaches its memory without them (ufuncs, conversions to an array,
//! buffers) asks here. Plain arrays never get that far.

use pyo3::prelude::*;

use crate::errors::LazyClass;

/// Raises when `array`, an array of another class than `ndarray`, is a `memmap` that can't be used.
///
/// # Errors
/// `ValueError` when it was closed, `OSError` when its file was truncated.
pub fn check(array: &Bound<'_, PyAny>) -> PyResult<()> {
    static CLASS: LazyClass = LazyClass::new("sharray._core.memmap", "memmap");
    if array.is_instance(CLASS.get(array.py())?)? {
        array.call_method0(pyo3::intern!(array.py(), "_check_file"))?;
    }
    Ok(())
}
