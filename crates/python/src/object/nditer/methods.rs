//! The attributes and methods of an nditer.

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PySlice, PyTuple};
use sharray_base::layout::{Order, normalize_axis};
use sharray_core::assign::Casting;

use super::build::{Recipe, read_operands};
use super::frame::{read_itershape, read_op_axes};
use super::{Given, Memory, NdIter, build, dump, flags, operands};
use crate::object::array::Array;
use crate::{args, coerce};

#[pymethods]
impl NdIter {
    #[new]
    #[pyo3(
        signature = (op, flags=None, op_flags=None, op_dtypes=None, order=None, casting=None, op_axes=None, itershape=None, buffersize=0),
        text_signature = "(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None, buffersize=0)"
    )]
    #[expect(clippy::too_many_arguments, reason = "NumPy's signature")]
    fn new(
        op: &Bound<'_, PyAny>,
        flags: Given<'_, '_>,
        op_flags: Given<'_, '_>,
        op_dtypes: Given<'_, '_>,
        order: Given<'_, '_>,
        casting: Given<'_, '_>,
        op_axes: Given<'_, '_>,
        itershape: Given<'_, '_>,
        buffersize: isize,
    ) -> PyResult<NdIter> {
        let flags = flags::read(flags)?;
        let order = args::order(order, Order::Keep)?;
        let rule = args::casting(casting, Casting::Safe)?;
        let (arrays, op_flags) = read_operands(op, op_flags)?;
        let dtypes = operands::read_dtypes(op_dtypes, arrays.len())?;
        let op_axes = read_op_axes(op_axes, arrays.len())?;
        let itershape = read_itershape(itershape)?;
        Recipe { arrays, flags, op_flags, dtypes, order, rule, op_axes, itershape, buffersize }.build(op.py())
    }

    #[getter]
    fn dtypes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        PyTuple::new(py, self.memory.operands.iter().map(|o| o.descr.bind(py)))
    }
    #[getter]
    fn operands<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        PyTuple::new(py, self.memory.operands.iter().map(|o| o.array.bind(py)))
    }
    #[getter]
    fn itviews<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let this = slf.borrow();
        this.check_open()?;
        let views: Vec<Bound<'py, PyAny>> = (0..this.nop())
            .map(|index| {
                let axes = this.walk.axes();
                let data = this.memory.operands[index].origin.wrapping_offset(this.walk.start(index));
                let (shape, strides) =
                    (axes.iter().map(|a| a.extent).collect(), axes.iter().map(|a| a.steps[index]).collect());
                let operand = this.memory.operands[index].array.bind(slf.py());
                Self::view(operand.as_any(), &this, index, data, shape, strides)
            })
            .collect::<PyResult<_>>()?;
        PyTuple::new(slf.py(), views)
    }
    #[getter]
    fn value<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let nop = {
            let this = slf.borrow();
            this.check_readable()?;
            this.nop()
        };
        if nop == 1 {
            return Self::current(slf, 0);
        }
        let values: Vec<_> = (0..nop).map(|index| Self::current(slf, index)).collect::<PyResult<_>>()?;
        Ok(PyTuple::new(slf.py(), values)?.into_any())
    }
    #[getter]
    fn finished(&self) -> bool {
        self.closed || self.is_finished()
    }
    #[getter]
    fn has_delayed_bufalloc(&self) -> bool {
        self.flags.buffered && self.flags.delay
    }
    #[getter]
    fn has_index(&self) -> bool {
        self.flags.has_index()
    }
    #[getter]
    fn has_multi_index(&self) -> bool {
        self.flags.multi_index
    }
    #[getter]
    fn iterationneedsapi(&self, py: Python<'_>) -> bool {
        (0..self.nop())
            .any(|i| self.dtype(py, i).holds_objects() || self.array(py, i).dtype().holds_objects())
    }
    #[getter]
    fn index(&self) -> PyResult<isize> {
        self.check_readable()?;
        self.check_index()?;
        Ok(self.walk.offset(self.nop()))
    }
    #[setter]
    fn set_index(slf: &Bound<'_, Self>, index: isize) -> PyResult<()> {
        let position = {
            let this = slf.borrow();
            this.check_open()?;
            this.check_index()?;
            this.check_movable("GotoIndex")?;
            if index < 0 || index >= this.walk.size() {
                return Err(PyIndexError::new_err(format!(
                    "Iterator GotoIndex called with an out-of-bounds index: {index}"
                )));
            }
            this.walk.position_of_index(this.nop(), index)
        };
        Self::move_to(slf, position)
    }
    #[getter]
    fn multi_index<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_readable()?;
        self.check_multi_index()?;
        PyTuple::new(py, self.walk.coordinates())
    }
    #[setter]
    fn set_multi_index(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let position = {
            let this = slf.borrow();
            this.check_open()?;
            this.check_multi_index()?;
            this.check_movable("GotoMultiIndex")?;
            if value.len().is_err() {
                return Err(PyValueError::new_err("multi_index must be set with a sequence"));
            }
            let place: Vec<isize> = coerce::items(value)?.iter().map(args::index).collect::<PyResult<_>>()?;
            let shape = this.walk.shape();
            if place.len() != shape.len() {
                return Err(PyValueError::new_err(format!(
                    "Wrong number of indices: {} for {} axes",
                    place.len(),
                    shape.len()
                )));
            }
            if place.iter().zip(&shape).any(|(c, n)| c < &0 || c >= n) {
                return Err(PyIndexError::new_err(format!(
                    "Iterator GotoMultiIndex called with an out-of-bounds multi-index: {place:?} for shape {shape:?}"
                )));
            }
            this.walk.position_at(&place)
        };
        Self::move_to(slf, position)
    }
    #[getter]
    fn iterindex(&self) -> PyResult<isize> {
        self.check_open()?;
        Ok(self.walk.position())
    }
    #[setter]
    fn set_iterindex(slf: &Bound<'_, Self>, index: isize) -> PyResult<()> {
        {
            let this = slf.borrow();
            this.check_open()?;
            this.check_delay()?;
            if this.flags.external_loop && !this.flags.buffered {
                return Err(PyValueError::new_err(
                    "Cannot call GotoIterIndex on an iterator which has the flag EXTERNAL_LOOP",
                ));
            }
            if index < this.range.0 || index >= this.range.1 {
                return Err(PyIndexError::new_err(format!(
                    "Iterator GotoIterIndex called with an iterindex outside the iteration range: {index}"
                )));
            }
        }
        Self::move_to(slf, index)
    }
    #[getter]
    fn iterrange(&self) -> PyResult<(isize, isize)> {
        self.check_open()?;
        Ok(self.range)
    }
    #[setter]
    fn set_iterrange(slf: &Bound<'_, Self>, range: (isize, isize)) -> PyResult<()> {
        {
            let mut this = slf.borrow_mut();
            this.check_open()?;
            if !this.flags.ranged {
                return Err(PyValueError::new_err(
                    "Cannot call ResetToIterIndexRange on an iterator without requesting ranged iteration support in the \
                     constructor",
                ));
            }
            if range.0 < 0 || range.1 < range.0 || range.1 > this.walk.size() {
                return Err(PyValueError::new_err(format!(
                    "Out-of-bounds range [{}, {}) passed to ResetToIterIndexRange",
                    range.0, range.1
                )));
            }
            this.flush(slf.py())?;
            this.range = range;
            this.restart(slf.py())?;
        }
        Self::move_child(slf)
    }
    #[getter]
    fn itersize(&self) -> PyResult<isize> {
        self.check_open()?;
        Ok(self.walk.size())
    }
    #[getter]
    fn ndim(&self) -> PyResult<usize> {
        self.check_open()?;
        Ok(self.walk.axes().len())
    }
    #[getter(nop)]
    fn operand_count(&self) -> PyResult<usize> {
        self.check_open()?;
        Ok(self.nop())
    }
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        if self.flags.multi_index {
            return PyTuple::new(py, self.walk.shape());
        }
        if self.merged {
            return Err(PyValueError::new_err(
                "the iterator tracks no multi-index any more: it has no shape",
            ));
        }
        PyTuple::new(py, self.walk.axes().iter().map(|a| a.extent))
    }

    fn reset(slf: &Bound<'_, Self>) -> PyResult<()> {
        {
            let mut this = slf.borrow_mut();
            this.check_open()?;
            this.restart(slf.py())?;
        }
        Self::move_child(slf)
    }
    fn iternext(slf: &Bound<'_, Self>) -> PyResult<bool> {
        let more = {
            let mut this = slf.borrow_mut();
            if this.closed {
                return Ok(false);
            }
            this.check_delay()?;
            this.advance(slf.py())?
        };
        if more {
            Self::move_child(slf)?;
        }
        Ok(more)
    }
    #[pyo3(text_signature = "($self, i, /)")]
    fn remove_axis(&mut self, py: Python<'_>, axis: isize) -> PyResult<()> {
        self.check_open()?;
        if !self.flags.multi_index {
            return Err(PyRuntimeError::new_err(
                "Iterator RemoveAxis may only be called if a multi-index is being tracked",
            ));
        }
        if self.flags.has_index() || self.flags.buffered {
            return Err(PyRuntimeError::new_err(
                "Iterator RemoveAxis may not be called when an index is being tracked or buffers are in use",
            ));
        }
        let axis = normalize_axis(axis, self.walk.axes().len()).map_err(|_| {
            PyValueError::new_err(format!("axis out of bounds in iterator RemoveAxis: {axis}"))
        })?;
        self.walk.remove_axis(axis);
        self.range = (0, self.walk.size());
        self.restart(py)
    }
    fn remove_multi_index(&mut self, py: Python<'_>) -> PyResult<()> {
        self.check_open()?;
        self.flush(py)?;
        self.merged = true;
        if std::mem::take(&mut self.flags.multi_index) {
            self.walk.coalesce();
        }
        self.restart_unless_delayed(py)
    }
    fn enable_external_loop(&mut self, py: Python<'_>) -> PyResult<()> {
        self.check_open()?;
        if self.flags.multi_index || self.flags.has_index() {
            return Err(PyValueError::new_err(
                "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
            ));
        }
        self.flush(py)?;
        self.flags.external_loop = true;
        if let Some(buffers) = &mut self.memory.buffers {
            buffers.set_single(false);
        }
        self.walk.coalesce();
        self.restart_unless_delayed(py)
    }
    fn copy(&self, py: Python<'_>) -> PyResult<NdIter> {
        self.check_open()?;
        let operands: Vec<_> = self.memory.operands.iter().map(|o| o.clone_ref(py)).collect();
        let buffers = match &self.memory.buffers {
            Some(_) => Some(build::buffers(py, &operands, &self.flags, self.buffersize, self.walk.size())?),
            None => None,
        };
        let mut copy = NdIter {
            walk: self.walk.clone(),
            memory: Memory { operands, buffers },
            flags: self.flags,
            range: self.range,
            buffersize: self.buffersize,
            started: self.started,
            closed: false,
            merged: self.merged,
            child: None,
        };
        if !self.flags.delay {
            copy.fill(py)?;
        }
        Ok(copy)
    }
    fn __copy__(&self, py: Python<'_>) -> PyResult<NdIter> {
        self.copy(py)
    }
    fn close(&mut self, py: Python<'_>) -> PyResult<()> {
        self.finish(py)
    }
    fn __enter__(slf: PyRefMut<'_, Self>) -> PyResult<PyRefMut<'_, Self>> {
        if slf.closed {
            return Err(PyRuntimeError::new_err("operation on a closed iterator"));
        }
        Ok(slf)
    }
    #[pyo3(signature = (*_details))]
    fn __exit__(&mut self, py: Python<'_>, _details: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.finish(py)
    }
    fn debug_print(slf: &Bound<'_, Self>) -> PyResult<()> {
        let text = dump::text(slf)?;
        slf.py().import("builtins")?.getattr("print")?.call1((text,))?;
        Ok(())
    }
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }
    fn __next__<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        {
            let mut this = slf.borrow_mut();
            if this.closed || this.is_finished() {
                return Ok(None);
            }
            this.check_delay()?;
            if this.started && !this.advance(slf.py())? {
                return Ok(None);
            }
        }
        if slf.borrow().started {
            Self::move_child(slf)?;
        }
        slf.borrow_mut().started = true;
        Self::value(slf).map(Some)
    }
    fn __len__(&self) -> PyResult<usize> {
        self.check_open()?;
        Ok(self.nop())
    }
    fn __getitem__<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let nop = {
            let this = slf.borrow();
            this.check_readable()?;
            this.nop()
        };
        if let Ok(slice) = key.cast::<PySlice>() {
            let range = slice.indices(nop as isize)?;
            let place = |i: isize| (range.start + i * range.step) as usize;
            let values: Vec<_> = (0..range.slicelength as isize)
                .map(|i| Self::current(slf, place(i)))
                .collect::<PyResult<_>>()?;
            return Ok(PyTuple::new(slf.py(), values)?.into_any());
        }
        let index = args::index(key).map_err(|_| {
            PyTypeError::new_err(format!(
                "an iterator's operands are indexed by integers and slices, not {key}"
            ))
        })?;
        let place = normalize_axis(index, nop)
            .map_err(|_| PyIndexError::new_err(format!("Iterator operand index {index} is out of bounds")))?;
        Self::current(slf, place)
    }
    fn __setitem__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let target = Self::__getitem__(slf, key)?;
        if let Some(target) = Array::from_object(&target) {
            target.view_mut("Iterator operand")?;
            return coerce::assign_into(&target, value);
        }
        let (targets, values) = (coerce::items(&target)?, coerce::items(value)?);
        if targets.len() != values.len() {
            return Err(PyValueError::new_err(format!(
                "Wrong size to assign to iterator slice: {} values for {} operands",
                values.len(),
                targets.len()
            )));
        }
        targets.iter().zip(&values).try_for_each(|(target, value)| {
            let target = Array::given(target, "nditer.__getitem__")?;
            target.view_mut("Iterator operand")?;
            coerce::assign_into(&target, value)
        })
    }
    fn __delitem__(&self, _key: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyTypeError::new_err("Cannot delete iterator elements"))
    }
}

impl NdIter {
    fn check_index(&self) -> PyResult<()> {
        if self.flags.has_index() {
            Ok(())
        } else {
            Err(PyValueError::new_err("Iterator does not have an index"))
        }
    }
    fn check_multi_index(&self) -> PyResult<()> {
        match self.flags.multi_index {
            true => Ok(()),
            false => Err(PyValueError::new_err("Iterator is not tracking a multi-index")),
        }
    }
    fn check_movable(&self, what: &str) -> PyResult<()> {
        match self.flags.buffered {
            true => {
                Err(PyValueError::new_err(format!("Cannot call {what} on an iterator which is buffered")))
            }
            false => Ok(()),
        }
    }
    fn move_to(slf: &Bound<'_, Self>, position: isize) -> PyResult<()> {
        {
            let mut this = slf.borrow_mut();
            this.go_to(slf.py(), position)?;
            this.started = false;
        }
        Self::move_child(slf)
    }
    fn restart_unless_delayed(&mut self, py: Python<'_>) -> PyResult<()> {
        if self.flags.delay { Ok(()) } else { self.restart(py) }
    }
}
