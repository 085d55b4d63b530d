//! The lock of a bit generator: held by the engine while it draws, and by Python code that uses the generator through
//! its C functions.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

/// Who holds a lock, and how many times over.
#[derive(Default)]
struct Holder {
    thread: Option<ThreadId>,
    depth: usize,
}

/// A lock that its thread may take again. It is waited for without the GIL.
#[derive(Default)]
pub struct Lock {
    holder: Mutex<Holder>,
    free: Condvar,
}

/// How long a wait goes on before Python's signals are looked at.
const PATIENCE: Duration = Duration::from_millis(50);

impl Lock {
    fn holder(&self) -> MutexGuard<'_, Holder> {
        self.holder.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn try_take(&self) -> bool {
        let me = thread::current().id();
        let mut holder = self.holder();
        let mine = holder.thread.is_none_or(|thread| thread == me);
        if mine {
            *holder = Holder { thread: Some(me), depth: holder.depth + 1 };
        }
        mine
    }
    /// Waits a little for the lock to be free, without taking it.
    fn wait(&self, patience: Duration) {
        let holder = self.holder();
        if holder.thread.is_some() {
            drop(self.free.wait_timeout(holder, patience));
        }
    }
    /// Takes the lock, until `deadline` if there is one; false if it could not.
    fn take(&self, py: Python<'_>, deadline: Option<Instant>) -> PyResult<bool> {
        while !self.try_take() {
            let left = deadline.map_or(PATIENCE, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Ok(false);
            }
            py.detach(|| self.wait(left.min(PATIENCE)));
            py.check_signals()?;
        }
        Ok(true)
    }
    fn give_back(&self) -> bool {
        let mut holder = self.holder();
        if holder.thread != Some(thread::current().id()) {
            return false;
        }
        holder.depth -= 1;
        if holder.depth == 0 {
            holder.thread = None;
            drop(holder);
            self.free.notify_one();
        }
        true
    }
    /// Holds the lock until the result is dropped, on this thread.
    ///
    /// # Errors
    /// What a signal handler raises during the wait.
    pub fn hold(self: &Arc<Self>, py: Python<'_>) -> PyResult<Guard> {
        self.take(py, None)?;
        Ok(Guard(self.clone()))
    }
}

/// A lock being held.
pub struct Guard(Arc<Lock>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

/// The lock as Python sees it, in the manner of `threading.RLock`.
#[pyclass(frozen, name = "_RandomLock", module = "sharray._engine")]
pub struct PyLock(pub Arc<Lock>);

#[pymethods]
impl PyLock {
    #[pyo3(signature = (blocking=true, timeout=-1.0))]
    fn acquire(&self, py: Python<'_>, blocking: bool, timeout: f64) -> PyResult<bool> {
        if !blocking {
            return Ok(self.0.try_take());
        }
        let deadline = match timeout {
            t if t < 0.0 => None,
            t => {
                let wait = Duration::try_from_secs_f64(t)
                    .map_err(|_| PyValueError::new_err(format!("timeout {t} is not a time")))?;
                Some(
                    Instant::now()
                        .checked_add(wait)
                        .ok_or_else(|| PyValueError::new_err(format!("timeout {t} is too large")))?,
                )
            }
        };
        self.0.take(py, deadline)
    }
    fn release(&self) -> PyResult<()> {
        match self.0.give_back() {
            true => Ok(()),
            false => Err(PyRuntimeError::new_err("this thread does not hold the lock")),
        }
    }
    fn locked(&self) -> bool {
        self.0.holder().thread.is_some()
    }
    fn __enter__(&self, py: Python<'_>) -> PyResult<bool> {
        self.0.take(py, None)
    }
    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, pyo3::types::PyTuple>) -> PyResult<()> {
        self.release()
    }
}
