//! `numpy.broadcast`: several arrays stretched to one shape, walked together.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use sharray_base::Dims;
use sharray_base::layout::{broadcast_shapes, broadcast_strides, checked_len};

use super::array::Array;
use super::flatiter;
use crate::coerce;

/// The most operands.
const MAX_OPERANDS: usize = 64;

/// `numpy.broadcast(in1, in2, ...)`.
#[pyclass(name = "broadcast", module = "numpy")]
pub struct Broadcast {
    shape: Dims,
    size: usize,
    index: usize,
    iters: Vec<Py<PyAny>>,
}

#[pymethods]
impl Broadcast {
    #[new]
    #[pyo3(signature = (*args, **kwargs), text_signature = "(*arrays)")]
    fn new(args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> PyResult<Broadcast> {
        let py = args.py();
        if kwargs.is_some_and(|k| !k.is_empty()) {
            return Err(PyValueError::new_err("broadcast() takes no keyword arguments"));
        }
        let mut arrays: Vec<Array<'_>> = Vec::new();
        for object in args.iter() {
            if let Ok(other) = object.cast::<Broadcast>() {
                for iterator in &other.borrow().iters {
                    arrays.push(Array::expect(&iterator.bind(py).getattr("base")?));
                }
            } else {
                arrays.push(coerce::asanyarray(&object)?);
            }
        }
        if arrays.len() > MAX_OPERANDS {
            return Err(PyValueError::new_err(format!(
                "Need at least 0 and at most {MAX_OPERANDS} array objects."
            )));
        }
        let shapes: Vec<&[isize]> = arrays.iter().map(|a| a.shape()).collect();
        let shape = broadcast_shapes(&shapes)
            .map_err(|error| mismatch(&shapes).unwrap_or(crate::errors::to_python(py, error)))?;
        let size =
            checked_len(&shape, 1).map_err(|_| PyValueError::new_err("broadcast dimensions too large."))?;
        let mut iters = Vec::with_capacity(arrays.len());
        for array in &arrays {
            if array.shape() == shape.as_slice() {
                iters.push(flatiter::over(array)?.unbind());
                continue;
            }
            let strides = broadcast_strides(array.shape(), array.strides(), &shape)
                .ok_or_else(|| PyValueError::new_err("shape mismatch"))?;
            // SAFETY: stretched axes have stride 0.
            let view = unsafe { array.sub_view_as(&array.descr(), array.data(), &shape, &strides, None)? };
            iters.push(flatiter::over(&view)?.unbind());
        }
        Ok(Broadcast { shape, size, index: 0, iters })
    }
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.shape)
    }
    #[getter]
    fn size(&self) -> usize {
        self.size
    }
    #[getter]
    fn index(&self) -> usize {
        self.index
    }
    #[getter]
    fn nd(&self) -> usize {
        self.shape.len()
    }
    #[getter]
    fn ndim(&self) -> usize {
        self.shape.len()
    }
    #[getter]
    fn numiter(&self) -> usize {
        self.iters.len()
    }
    #[getter]
    fn iters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.iters.iter().map(|i| i.bind(py)))
    }
    fn reset(&mut self, py: Python<'_>) -> PyResult<()> {
        self.index = 0;
        for iterator in &mut self.iters {
            let base = iterator.bind(py).getattr("base")?;
            *iterator = base.getattr("flat")?.unbind();
        }
        Ok(())
    }
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }
    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        if self.index >= self.size {
            return Ok(None);
        }
        self.index += 1;
        let values: Vec<Bound<'py, PyAny>> =
            self.iters.iter().map(|i| i.bind(py).call_method0("__next__")).collect::<PyResult<_>>()?;
        PyTuple::new(py, values).map(Some)
    }
}

/// NumPy's words for two shapes that don't meet, with the positions of the arguments.
fn mismatch(shapes: &[&[isize]]) -> Option<PyErr> {
    let text = |shape: &[isize]| match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ")),
    };
    for (j, b) in shapes.iter().enumerate() {
        for (i, a) in shapes.iter().enumerate().take(j) {
            if broadcast_shapes(&[a, b]).is_err() {
                return Some(PyValueError::new_err(format!(
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {i} with \
                     shape {} and arg {j} with shape {}.",
                    text(a),
                    text(b)
                )));
            }
        }
    }
    None
}
