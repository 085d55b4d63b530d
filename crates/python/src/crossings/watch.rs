//! Blocks that allow no copies (`sharray.interop.no_copy`): while there is one anywhere in the process, a Python function
//! is asked before each copy at a border. It knows whether the block is this thread's or task's, and raises.

use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use super::{Crossing, report};

static BLOCKS: AtomicUsize = AtomicUsize::new(0);
static ASKED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Whether there are such blocks: the only question where there are none.
pub(super) fn is_on() -> bool {
    BLOCKS.load(Ordering::Relaxed) != 0 && !super::ring::only_looks()
}

/// Asks about a copy.
///
/// # Errors
/// What the function raises.
pub(super) fn ask(py: Python<'_>, crossing: &Crossing, other: Option<&Bound<'_, PyType>>) -> PyResult<()> {
    let Some(asked) = ASKED.get(py) else { return Ok(()) };
    let record = report::tuple(py, crossing, other.map(|class| class.as_any()))?;
    asked.bind(py).call1((record,)).map(drop)
}

/// Another block begins, and `asked` is asked from now on.
pub(super) fn begin(py: Python<'_>, asked: &Bound<'_, PyAny>) {
    let _ = ASKED.set(py, asked.clone().unbind());
    BLOCKS.fetch_add(1, Ordering::Relaxed);
}

/// A block ends.
pub(super) fn end() {
    let less = |blocks: usize| Some(blocks.saturating_sub(1));
    let _ = BLOCKS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
}
