//! The lock of a bit generator: held by the engine while it draws, and by Python code that uses the generator through
//! its C functions.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

/// A lock that its thread may take again. It is waited for without the GIL; taking it while it is free costs one atomic
/// exchange.
#[derive(Default)]
pub struct Lock {
    /// The thread that holds it, or 0.
    holder: AtomicUsize,
    /// How many times over; changed by the holder only.
    depth: AtomicUsize,
    /// Threads in [`Lock::wait`].
    waiting: AtomicUsize,
    sleep: Mutex<()>,
    free: Condvar,
}

/// How long a wait goes on before Python's signals are looked at.
const PATIENCE: Duration = Duration::from_millis(50);

/// A number of the running thread that no other living thread has, and that is not 0: an address of its own.
fn this_thread() -> usize {
    thread_local! {
        static PLACE: Cell<u8> = const { Cell::new(0) };
    }
    PLACE.with(|place| std::ptr::from_ref(place).addr())
}

impl Lock {
    fn try_take(&self) -> bool {
        let me = this_thread();
        if self.holder.load(Ordering::Relaxed) != me
            && self.holder.compare_exchange(0, me, Ordering::SeqCst, Ordering::Relaxed).is_err()
        {
            return false;
        }
        self.depth.fetch_add(1, Ordering::Relaxed);
        true
    }
    /// Waits a little for the lock to be free, without taking it.
    fn wait(&self, patience: Duration) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let asleep = self.sleep.lock().unwrap_or_else(PoisonError::into_inner);
        // Who gives the lock back sees this thread waiting, and wakes it under the mutex: that can't fall between here and
        // the wait.
        if self.holder.load(Ordering::SeqCst) != 0 {
            drop(self.free.wait_timeout(asleep, patience));
        }
        self.waiting.fetch_sub(1, Ordering::SeqCst);
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
        if self.holder.load(Ordering::Relaxed) != this_thread() {
            return false;
        }
        if self.depth.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.holder.store(0, Ordering::SeqCst);
            if self.waiting.load(Ordering::SeqCst) > 0 {
                drop(self.sleep.lock().unwrap_or_else(PoisonError::into_inner));
                self.free.notify_one();
            }
        }
        true
    }
    /// Holds the lock until the result is dropped, on this thread.
    ///
    /// # Errors
    /// What a signal handler raises during the wait.
    pub fn hold(&self, py: Python<'_>) -> PyResult<Guard<'_>> {
        self.take(py, None)?;
        Ok(Guard(self))
    }
}

/// A lock being held.
pub struct Guard<'a>(&'a Lock);

impl Drop for Guard<'_> {
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
        self.0.holder.load(Ordering::Relaxed) != 0
    }
    fn __enter__(&self, py: Python<'_>) -> PyResult<bool> {
        self.0.take(py, None)
    }
    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, pyo3::types::PyTuple>) -> PyResult<()> {
        self.release()
    }
}
