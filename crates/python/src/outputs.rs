//! [`Outputs`]: the Python face's output provider. Results of the engine become fresh ndarrays.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use sharray_base::{DType, Error, Result};
use sharray_core::Provider;

use crate::errors::{OrRaise, to_python};
use crate::gate::DETACH_BYTES;
use crate::object::array::Array;
use crate::object::dtype;

/// Makes an ndarray for each output the engine asks for, and keeps it until taken.
pub struct Outputs<'py> {
    py: Python<'py>,
    /// The dtype object to use when the engine asks for an equal dtype: keeps metadata and identity.
    descr: Option<Bound<'py, PyAny>>,
    made: smallvec::SmallVec<[Option<Array<'py>>; 2]>,
}

// SAFETY: the engine calls a provider from the calling thread only, with the GIL held; nothing else crosses.
unsafe impl Send for Outputs<'_> {}

impl<'py> Outputs<'py> {
    /// A provider; `descr` is reused for outputs of its dtype.
    pub fn new(py: Python<'py>, descr: Option<Bound<'py, PyAny>>) -> Self {
        Outputs { py, descr, made: smallvec::SmallVec::new() }
    }
    /// Output number `index`.
    ///
    /// # Errors
    /// `RuntimeError` when the engine never asked for it.
    pub fn take(&mut self, index: usize) -> PyResult<Array<'py>> {
        let slot = self.made.get_mut(index).and_then(Option::take);
        slot.ok_or_else(|| PyRuntimeError::new_err(format!("the engine made no output {index}")))
    }
    /// Output number `index`, if the engine asked for it.
    pub fn try_take(&mut self, index: usize) -> Option<Array<'py>> {
        self.made.get_mut(index).and_then(Option::take)
    }
}

impl Provider for Outputs<'_> {
    fn provide(
        &mut self,
        index: usize,
        dtype: &DType,
        shape: &[isize],
        strides: &[isize],
    ) -> Result<*mut u8> {
        let raise = |error: PyErr| {
            error.restore(self.py);
            Error::PythonSet
        };
        let descr = match &self.descr {
            Some(descr) if dtype::value(descr) == dtype => descr.clone(),
            _ => dtype::from_value(self.py, dtype).map_err(raise)?,
        };
        let array = Array::allocate(self.py, &descr, shape, strides, false, None).map_err(raise)?;
        let data = array.data();
        if self.made.len() <= index {
            self.made.resize(index + 1, None);
        }
        self.made[index] = Some(array);
        Ok(data)
    }
}

/// Runs engine work with the GIL or without; results are made with it in any case.
///
/// # Errors
/// The engine's, as a Python exception.
pub fn detached<'py, T: Send>(
    py: Python<'py>,
    detach: bool,
    outputs: &mut Outputs<'py>,
    work: impl FnOnce(&mut dyn Provider) -> Result<T> + Send,
) -> PyResult<T> {
    if !detach {
        return work(outputs).or_raise(py);
    }
    let mut provider = Attaching(outputs);
    py.detach(move || work(&mut provider)).map_err(|error| to_python(py, error))
}

/// As [`detached`], deciding by what the work reads: without the GIL where that is much, and no Python objects.
///
/// # Errors
/// As [`detached`].
pub fn working<'py, T: Send>(
    source: &Array<'py>,
    outputs: &mut Outputs<'py>,
    work: impl FnOnce(&mut dyn Provider) -> Result<T> + Send,
) -> PyResult<T> {
    let detach = source.nbytes() >= DETACH_BYTES && !source.dtype().holds_objects();
    detached(source.py(), detach, outputs, work)
}

/// A provider that takes the GIL to make an array.
struct Attaching<'a, 'py>(&'a mut Outputs<'py>);

// SAFETY: the engine calls a provider from the calling thread only; Python objects are touched with the GIL held.
unsafe impl Send for Attaching<'_, '_> {}

impl Provider for Attaching<'_, '_> {
    fn provide(
        &mut self,
        index: usize,
        dtype: &DType,
        shape: &[isize],
        strides: &[isize],
    ) -> Result<*mut u8> {
        Python::attach(|_| self.0.provide(index, dtype, shape, strides))
    }
}
