//! `numpy.nditer`: several arrays walked together, in an order of axes that suits their memory.
//!
//! The walk itself and its buffers are the engine's (`sharray_core::iterate::{multi, buffered}`); here are the arguments
//! ([`flags`], [`frame`], [`operands`], [`build`]), the object and its methods. What is handed out are views of the
//! operands' memory or of buffers; they hold the iterator, and so both.

mod build;
mod dump;
mod flags;
mod frame;
mod methods;
mod nested;
mod operands;

use pyo3::exceptions::{PyRuntimeWarning, PyValueError};
use pyo3::prelude::*;
use sharray_base::layout::c_strides;
use sharray_base::{DType, Dims};
use sharray_core::iterate::buffered::Buffers;
use sharray_core::iterate::multi::MultiWalk;

use self::flags::{Flags, OpFlags};
use super::array::Array;
use super::dtype;
use super::layout::flag;
use crate::errors::{OrRaise, warn};
use crate::methods::layout::resolve_write_back;

type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// An operand, as it is walked.
struct Operand {
    /// The array that was given or made, or a copy of it that is written back.
    array: Py<PyAny>,
    /// The dtype that elements are handed out in.
    descr: Py<PyAny>,
    flags: OpFlags,
    /// Where the walk's offsets count from.
    origin: *mut u8,
}

impl Operand {
    fn clone_ref(&self, py: Python<'_>) -> Operand {
        let (array, descr) = (self.array.clone_ref(py), self.descr.clone_ref(py));
        Operand { array, descr, flags: self.flags, origin: self.origin }
    }
}

/// The part of an iterator that raw addresses make the compiler wary of.
struct Memory {
    operands: Vec<Operand>,
    buffers: Option<Buffers>,
}

// SAFETY: addresses of arrays that the operands hold, and of buffers of the iterator's own; all is touched with the GIL
// held.
unsafe impl Send for Memory {}
// SAFETY: as for `Send`.
unsafe impl Sync for Memory {}

/// An iterator over several arrays at once.
///
/// nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None,
/// buffersize=0)
///
/// `op` is an array or a sequence of them; `None` stands for one that the iterator makes. With outputs that are copied or
/// buffered it is used as a context manager, or closed, before results are read.
///
/// >>> a = np.arange(3)
/// >>> with np.nditer([a, None]) as it:
/// ...     for x, y in it:
/// ...         y[...] = 2 * x
/// ...     result = it.operands[-1]
/// >>> result
/// array([0, 2, 4])
#[pyclass(name = "nditer", module = "numpy", subclass)]
pub struct NdIter {
    walk: MultiWalk,
    memory: Memory,
    flags: Flags,
    /// First and one-past-last position.
    range: (isize, isize),
    buffersize: isize,
    /// `next` has handed out the current position.
    started: bool,
    closed: bool,
    /// Axes were merged after the multi-index was given up: there is no shape to tell.
    merged: bool,
    /// The iterator nested in this one.
    child: Option<Py<NdIter>>,
}

/// Adds the class and `nested_iters`.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<NdIter>()?;
    module.add_function(wrap_pyfunction!(nested::nested_iters, module)?)
}

impl NdIter {
    /// An iterator at its first position.
    fn start(
        py: Python<'_>,
        walk: MultiWalk,
        operands: Vec<Operand>,
        flags: Flags,
        size: isize,
        buffersize: isize,
    ) -> PyResult<NdIter> {
        let buffers =
            flags.buffered.then(|| build::buffers(py, &operands, &flags, buffersize, size)).transpose()?;
        let mut made = NdIter {
            walk,
            memory: Memory { operands, buffers },
            flags,
            range: (0, size),
            buffersize,
            started: false,
            closed: false,
            merged: false,
            child: None,
        };
        if !flags.delay {
            made.fill(py)?;
        }
        Ok(made)
    }

    fn nop(&self) -> usize {
        self.memory.operands.len()
    }
    fn array<'py>(&self, py: Python<'py>, index: usize) -> Array<'py> {
        Array::expect(self.memory.operands[index].array.bind(py))
    }
    /// The arrays that are walked.
    fn arrays<'py>(&self, py: Python<'py>) -> Vec<Array<'py>> {
        (0..self.nop()).map(|i| self.array(py, i)).collect()
    }
    fn dtype<'a>(&'a self, py: Python<'a>, index: usize) -> &'a DType {
        dtype::value(self.memory.operands[index].descr.bind(py))
    }

    fn check_open(&self) -> PyResult<()> {
        if self.closed {
            return Err(PyValueError::new_err("Iterator is invalid: it is closed"));
        }
        Ok(())
    }
    /// Open, its buffers there, not past the end.
    fn check_readable(&self) -> PyResult<()> {
        if self.closed || self.is_finished() {
            return Err(PyValueError::new_err("Iterator is past the end"));
        }
        self.check_delay()
    }
    fn check_delay(&self) -> PyResult<()> {
        if self.flags.delay {
            return Err(PyValueError::new_err(
                "Iterator construction used delayed buffer allocation, and no reset has been done yet",
            ));
        }
        Ok(())
    }
    fn is_finished(&self) -> bool {
        self.walk.position() >= self.range.1
    }

    /// Covers the current position by the buffers, if there are any.
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        let finished = self.is_finished();
        let Some(buffers) = self.memory.buffers.as_mut().filter(|_| !finished) else { return Ok(()) };
        // SAFETY: the walk's tracks are those of the operands, which are alive and were checked to be writable where they
        // are written; the GIL is held.
        unsafe { buffers.fill(&self.walk, self.range.1) }.or_raise(py)
    }
    /// Writes buffers back.
    fn flush(&mut self, py: Python<'_>) -> PyResult<()> {
        let Some(buffers) = self.memory.buffers.as_mut() else { return Ok(()) };
        // SAFETY: as in `fill`.
        unsafe { buffers.flush(&self.walk) }.or_raise(py)
    }

    /// Positions that the current step hands out.
    fn step(&self) -> isize {
        if !self.flags.external_loop {
            return 1;
        }
        match &self.memory.buffers {
            Some(buffers) => buffers.start() + buffers.count() - self.walk.position(),
            None => self.walk.inner_left().min(self.range.1 - self.walk.position()).max(0),
        }
    }

    /// To the next step; false at the end.
    fn advance(&mut self, py: Python<'_>) -> PyResult<bool> {
        if self.is_finished() {
            return Ok(false);
        }
        let step = self.step().max(1);
        let covered =
            self.memory.buffers.as_ref().map(|b| b.start() + b.count() > self.walk.position() + step);
        if covered == Some(false) {
            self.flush(py)?;
        }
        self.walk.advance(step);
        if covered == Some(false) {
            self.fill(py)?;
        }
        Ok(!self.is_finished())
    }

    /// To any position.
    fn go_to(&mut self, py: Python<'_>, position: isize) -> PyResult<()> {
        self.flush(py)?;
        self.walk.go_to(position);
        self.fill(py)
    }

    /// To the first position, with what the operands hold now.
    fn restart(&mut self, py: Python<'_>) -> PyResult<()> {
        self.flags.delay = false;
        self.started = false;
        self.go_to(py, self.range.0)
    }

    /// Address of an operand's current element, and the step to the next.
    fn place(&self, index: usize) -> (*mut u8, isize) {
        match &self.memory.buffers {
            Some(buffers) => buffers.place(&self.walk, index),
            None => {
                let origin = self.memory.operands[index].origin;
                (origin.wrapping_offset(self.walk.offset(index)), self.walk.inner_step(index))
            }
        }
    }

    /// The current element of an operand, or its current stretch.
    fn current<'py>(slf: &Bound<'py, Self>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let this = slf.borrow();
        let (data, step) = this.place(index);
        let (shape, strides) = if this.flags.external_loop {
            (Dims::from_slice(&[this.step()]), Dims::from_slice(&[step]))
        } else {
            (Dims::new(), Dims::new())
        };
        Self::view(slf, &this, index, data, shape, strides)
    }

    /// A view of an operand's memory or buffer, which `base` keeps; the axes of a subarray dtype come last.
    fn view<'py>(
        base: &Bound<'py, PyAny>,
        this: &NdIter,
        index: usize,
        data: *mut u8,
        mut shape: Dims,
        mut strides: Dims,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = base.py();
        let operand = &this.memory.operands[index];
        let mut descr = operand.descr.bind(py).clone();
        let value = dtype::value(&descr).clone();
        if let Some(subarray) = value.as_subarray() {
            strides.extend(c_strides(&subarray.shape, subarray.base.itemsize()));
            shape.extend(subarray.shape.iter().copied());
            descr = dtype::from_value(py, &subarray.base)?;
        }
        let base = Some(base.clone());
        // SAFETY: elements of the operand or the buffer, which the base keeps, being the operand or the iterator; written
        // operands are writable.
        let view = unsafe {
            Array::from_memory(py, &descr, data, &shape, &strides, operand.flags.write, base, None)?
        };
        Ok(view.into_object())
    }

    /// Moves the nested iterator to where this one is, and begins it anew.
    fn move_child(slf: &Bound<'_, Self>) -> PyResult<()> {
        let py = slf.py();
        let Some(child) = slf.borrow().child.as_ref().map(|c| c.bind(py).clone()) else { return Ok(()) };
        if slf.borrow().is_finished() {
            return Ok(());
        }
        {
            let (this, mut inner) = (slf.borrow(), child.borrow_mut());
            if inner.closed {
                return Ok(());
            }
            inner.flush(py)?;
            for index in 0..this.nop() {
                let origin = this.place(index).0;
                inner.memory.operands[index].origin = origin;
                if let Some(buffers) = &mut inner.memory.buffers {
                    buffers.set_origin(index, origin);
                }
            }
            if !inner.flags.delay {
                inner.restart(py)?;
            }
        }
        Self::move_child(&child)
    }

    /// Writes back what is pending, and forgets the operands.
    fn finish(&mut self, py: Python<'_>) -> PyResult<()> {
        if self.closed {
            return Ok(());
        }
        self.closed = true;
        let flushed = self.flush(py);
        let mut result = flushed;
        for array in self.arrays(py).iter().filter(|a| a.has(flag::WRITEBACKIFCOPY)) {
            let written = resolve_write_back(array);
            result = result.and(written);
        }
        result
    }
}

impl Drop for NdIter {
    /// Nobody is left to raise to: errors are reported as Python does for finalisers.
    fn drop(&mut self) {
        if self.closed {
            return;
        }
        Python::attach(|py| {
            if self.arrays(py).iter().any(|a| a.has(flag::WRITEBACKIFCOPY)) {
                let category = py.get_type::<PyRuntimeWarning>();
                let text = "an nditer with copies to write back was neither closed nor used as a context manager: they \
                            are written back now";
                if let Err(error) = warn(py, &category, text) {
                    error.write_unraisable(py, None);
                }
            }
            if let Err(error) = self.finish(py) {
                error.write_unraisable(py, None);
            }
        });
    }
}
