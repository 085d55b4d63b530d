//! Arrays in files, asked before they are used: a file that was closed or cut must not be touched.
//!
//! `memmap` is a Python class. Its own methods ask; what reaches its memory without them (ufuncs, conversions to an array,
//! buffers) asks here. Plain arrays never get that far.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyOSError, PyValueError};
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

/// What asks the system for a file's length: where it can't be had so, the mapping is asked.
#[cfg(unix)]
type Descriptor = std::os::fd::OwnedFd;
#[cfg(not(unix))]
type Descriptor = ();

/// What the arrays in one mapped file share: the mapping, how much of the file they need, and whether it is closed.
#[pyclass(frozen, name = "_MappedFile", module = "sharray._engine")]
pub struct MappedFile {
    /// `None` when closed.
    open: Mutex<Option<Descriptor>>,
    needed: u64,
    #[pyo3(get)]
    mmap: Py<PyAny>,
    filename: Py<PyAny>,
}

#[pymethods]
impl MappedFile {
    #[new]
    fn new(mmap: Py<PyAny>, descriptor: i32, filename: Py<PyAny>, needed: u64) -> PyResult<MappedFile> {
        Ok(MappedFile { open: Mutex::new(Some(held(descriptor)?)), needed, mmap, filename })
    }

    /// ValueError when closed, OSError when the file is too short.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        // The name is asked for when the lock is open again: a path of the user's may run any code.
        let size = self.state().as_ref().map(|descriptor| self.length(py, descriptor)).transpose()?;
        let Some(size) = size else {
            return Err(PyValueError::new_err(format!("the memmap of {} is closed", self.name(py)?)));
        };
        if size < self.needed {
            return Err(PyOSError::new_err(format!(
                "the file {} was truncated to {size} bytes while it was mapped; the array needs {}",
                self.name(py)?,
                self.needed
            )));
        }
        Ok(())
    }

    #[getter]
    fn closed(&self) -> bool {
        self.state().is_none()
    }

    /// Ends the use of the file; its memory stays mapped.
    fn close(&self) {
        *self.state() = None;
    }

    /// The file's name for messages.
    #[getter]
    fn name(&self, py: Python<'_>) -> PyResult<String> {
        let name = self.filename.bind(py);
        if name.is_none() {
            return Ok("a file without a name".into());
        }
        Ok(py.import("os")?.call_method1("fspath", (name,))?.repr()?.to_string())
    }
}

impl MappedFile {
    fn state(&self) -> MutexGuard<'_, Option<Descriptor>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(unix)]
    fn length(&self, _: Python<'_>, descriptor: &Descriptor) -> PyResult<u64> {
        use std::os::fd::AsRawFd;

        let mut told = std::mem::MaybeUninit::<libc::stat>::uninit();
        // SAFETY: an open descriptor, and room for what is told, which is there after success.
        let told = unsafe {
            if libc::fstat(descriptor.as_raw_fd(), told.as_mut_ptr()) != 0 {
                return Err(std::io::Error::last_os_error().into());
            }
            told.assume_init()
        };
        Ok(told.st_size as u64)
    }
    #[cfg(not(unix))]
    fn length(&self, py: Python<'_>, _: &Descriptor) -> PyResult<u64> {
        self.mmap.call_method0(py, "size")?.extract(py)
    }
}

/// The descriptor of an open file, duplicated.
#[cfg(unix)]
fn held(descriptor: i32) -> PyResult<Descriptor> {
    if descriptor < 0 {
        return Err(PyValueError::new_err(format!("{descriptor} is no file descriptor")));
    }
    // SAFETY: not -1; the caller's file is open during the call, and what is no descriptor is refused by the system.
    let file = unsafe { std::os::fd::BorrowedFd::borrow_raw(descriptor) };
    Ok(file.try_clone_to_owned()?)
}
#[cfg(not(unix))]
fn held(_: i32) -> PyResult<Descriptor> {
    Ok(())
}
