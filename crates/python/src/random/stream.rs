//! `_RandomStream`: what `Generator` and `RandomState` draw from: a bit generator, its lock, and the legacy generator's
//! kept number.

use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use sharray_random::table;

use super::bits::{Bits, from_capsule};
use super::lock::{Guard, Lock};

/// The stream.
#[pyclass(frozen, name = "_RandomStream", module = "sharray._engine")]
pub struct Stream {
    inner: UnsafeCell<table::Stream>,
    /// Set while numbers are drawn. A signal handler that runs in the middle of long work holds the lock already.
    busy: AtomicBool,
    lock: Arc<Lock>,
    /// Keeps the generator alive: a `Bits`, or a foreign generator's capsule.
    _owner: Py<PyAny>,
    /// A foreign generator's own lock.
    foreign_lock: Option<Py<PyAny>>,
}

// SAFETY: `inner` is used with the lock held only.
unsafe impl Sync for Stream {}

/// Both locks of a stream being held.
struct Held<'py, 'a> {
    _guard: Guard<'a>,
    foreign: Option<Bound<'py, PyAny>>,
}

impl Drop for Held<'_, '_> {
    fn drop(&mut self) {
        if let Some(lock) = &self.foreign
            && let Err(error) = lock.call_method0("release")
        {
            error.write_unraisable(lock.py(), Some(lock));
        }
    }
}

/// Clears the flag when it goes.
struct Idle<'a>(&'a AtomicBool);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// More numbers than this are drawn without the GIL.
const DETACH: usize = 2000;

impl Stream {
    fn hold<'py, 'a>(&'a self, py: Python<'py>) -> PyResult<Held<'py, 'a>> {
        let guard = self.lock.hold(py)?;
        let foreign = self.foreign_lock.as_ref().map(|lock| lock.bind(py).clone());
        if let Some(lock) = &foreign {
            lock.call_method0("acquire")?;
        }
        Ok(Held { _guard: guard, foreign })
    }
    /// Runs `act`, which draws about `count` numbers, with the stream locked.
    ///
    /// # Errors
    /// What waiting for the lock raises; `RuntimeError` inside of another call of the same thread.
    pub fn with<T: Send>(
        &self,
        py: Python<'_>,
        count: usize,
        act: impl FnOnce(&mut table::Stream) -> T + Send,
    ) -> PyResult<T> {
        let _held = self.hold(py)?;
        if self.busy.swap(true, Ordering::Relaxed) {
            return Err(PyRuntimeError::new_err(
                "the generator is drawing numbers: it can't be used by a signal handler",
            ));
        }
        let _idle = Idle(&self.busy);
        // SAFETY: the lock is held to the end of this function, and `busy` keeps the same thread from coming here again.
        let stream = unsafe { &mut *self.inner.get() };
        Ok(if count > DETACH { py.detach(|| act(stream)) } else { act(stream) })
    }
}

#[pymethods]
impl Stream {
    /// From a `_RandomBits`, or from a foreign generator's capsule and lock.
    #[new]
    #[pyo3(signature = (bits, foreign_lock=None))]
    fn new(bits: &Bound<'_, PyAny>, foreign_lock: Option<Py<PyAny>>) -> PyResult<Stream> {
        let (handle, lock) = match bits.cast::<Bits>() {
            Ok(native) => (native.get().handle(), native.get().lock().clone()),
            Err(_) => (from_capsule(bits)?.into(), Arc::default()),
        };
        let inner = UnsafeCell::new(table::Stream::new(handle.into()));
        Ok(Stream { inner, busy: AtomicBool::new(false), lock, _owner: bits.clone().unbind(), foreign_lock })
    }
    /// The legacy generator's kept normal number, or None.
    #[getter]
    fn gauss(&self, py: Python<'_>) -> PyResult<Option<f64>> {
        self.with(py, 0, |stream| stream.gauss)
    }
    #[setter]
    fn set_gauss(&self, py: Python<'_>, value: Option<f64>) -> PyResult<()> {
        self.with(py, 0, |stream| stream.gauss = value)
    }
}
