//! Making an iterator: from arguments to operands that are ready to be walked.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use sharray_base::layout::{Order, checked_len};
use sharray_base::{Dims, MAX_NDIM};
use sharray_core::assign::Casting;
use sharray_core::iterate::buffered::{Buffers, Lane};
use sharray_core::iterate::multi::MultiWalk;

use super::flags::{self, Flags, OpFlags};
use super::frame::{Frame, OpAxes};
use super::operands::{self, Fit, Fitting};
use super::{Given, NdIter, Operand};
use crate::coerce;
use crate::errors::OrRaise;
use crate::methods::layout::attach_write_back;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;

/// Elements handed out at a time in buffered mode.
const BUFFER: isize = 8192;

/// What an iterator is made of.
pub(super) struct Recipe<'py> {
    pub arrays: Vec<Option<Array<'py>>>,
    pub flags: Flags,
    pub op_flags: Vec<OpFlags>,
    pub dtypes: Vec<Option<Bound<'py, PyAny>>>,
    pub order: Order,
    pub rule: Casting,
    pub op_axes: OpAxes,
    pub itershape: Option<Vec<isize>>,
    pub buffersize: isize,
}

/// The operands (`None`: to be allocated) and their flags.
pub(super) fn read_operands<'py>(
    op: &Bound<'py, PyAny>,
    op_flags: Given<'_, 'py>,
) -> PyResult<(Vec<Option<Array<'py>>>, Vec<OpFlags>)> {
    let several = op.is_instance_of::<PyTuple>() || op.is_instance_of::<PyList>();
    let objects = if several { coerce::items(op)? } else { vec![op.clone()] };
    if objects.is_empty() {
        return Err(PyValueError::new_err("Must provide at least one operand"));
    }
    let given: Vec<bool> = objects.iter().map(|o| !o.is_none()).collect();
    let op_flags = flags::read_all(op_flags, &given)?;
    let mut arrays = Vec::with_capacity(objects.len());
    for (position, (object, own)) in objects.iter().zip(&op_flags).enumerate() {
        if object.is_none() {
            arrays.push(None);
            continue;
        }
        if own.write && Array::from_object(object).is_none() {
            return Err(PyTypeError::new_err(format!(
                "Iterator operand {position} is flagged as writeable, but is a {}, which cannot be written back to",
                object.get_type().name()?
            )));
        }
        arrays.push(Some(coerce::asanyarray(object)?));
    }
    Ok((arrays, op_flags))
}

impl Recipe<'_> {
    fn check_operands(&self) -> PyResult<()> {
        for (position, (array, own)) in self.arrays.iter().zip(&self.op_flags).enumerate() {
            match array {
                None if !own.allocate => {
                    return Err(PyValueError::new_err(
                        "Iterator operand was NULL, but neither the ALLOCATE nor the VIRTUAL flag was specified",
                    ));
                }
                None if !own.write => {
                    return Err(PyValueError::new_err(format!(
                        "Iterator operand {position} is to be allocated, but not flagged as written"
                    )));
                }
                None if own.read && self.flags.buffered && !self.flags.delay => {
                    return Err(PyValueError::new_err(format!(
                        "Iterator operand {position} is to be allocated and read: with buffering that needs \
                         'delay_bufalloc', so that it can be set before"
                    )));
                }
                Some(array) if own.write && !array.has(flag::WRITEABLE) => {
                    return Err(PyValueError::new_err("output array is read-only"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_shape(&self, frame: &Frame) -> PyResult<isize> {
        if frame.shape.len() > MAX_NDIM {
            return Err(PyValueError::new_err(format!(
                "the iteration has {} axes, more than {MAX_NDIM}",
                frame.shape.len()
            )));
        }
        let size =
            checked_len(&frame.shape, 1).map_err(|_| PyValueError::new_err("iterator is too large"))?;
        if size == 0 && !self.flags.zerosize_ok {
            return Err(PyValueError::new_err("Iteration of zero-sized operands is not enabled"));
        }
        Ok(size as isize)
    }

    /// The walk over those operands that are there, in the order asked for, an index behind them.
    fn walk(&self, frame: &Frame) -> MultiWalk {
        let mut tracks: Vec<Vec<isize>> = (0..self.arrays.len())
            .map(|i| match &self.arrays[i] {
                Some(array) => frame.strides(i, array.shape(), array.strides()),
                None => vec![0; frame.shape.len()],
            })
            .collect();
        if self.flags.has_index() {
            tracks.push(MultiWalk::index_strides(&frame.shape, self.flags.f_index));
        }
        let mut walk = MultiWalk::new(&frame.shape, &tracks);
        let fortran = |a: &Array<'_>| a.has(flag::F_CONTIGUOUS) && !a.has(flag::C_CONTIGUOUS);
        let order = match self.order {
            Order::Any if self.arrays.iter().flatten().all(fortran) => Order::F,
            order => order,
        };
        // An operand that is to be made has no direction of its own, and keeps the others' from being turned.
        let flips = !self.flags.dont_negate && self.arrays.iter().all(Option::is_some);
        walk.arrange(order, self.arrays.len(), flips);
        walk
    }

    /// Makes the iterator.
    pub(super) fn build(mut self, py: Python<'_>) -> PyResult<NdIter> {
        self.check_operands()?;
        let frame = Frame::new(&self.arrays, &self.op_axes, self.itershape.as_deref())?;
        let size = self.check_shape(&frame)?;
        let mut walk = self.walk(&frame);
        self.check_stretching(&frame)?;
        let wanted = std::mem::take(&mut self.dtypes);
        let wanted =
            operands::resolve_dtypes(py, wanted, &self.arrays, &self.op_flags, self.flags.common_dtype)?;
        operands::check_dtypes(&self.arrays, &wanted, &self.op_flags, &self.flags)?;
        let class = operands::subclass(&self.arrays);
        let mut arrays = Vec::with_capacity(self.arrays.len());
        let mut shapes = Vec::with_capacity(self.arrays.len());
        for (position, array) in self.arrays.iter().enumerate() {
            let own = self.op_flags[position];
            let made = match array {
                Some(array) => array.clone(),
                None => {
                    let class = class.as_ref().filter(|_| !own.no_subtype);
                    operands::allocate(py, &wanted[position], &frame, &walk, position, class)?
                }
            };
            // A sub-array's own axes are not walked.
            let ndim = match array {
                Some(array) => array.ndim(),
                None => frame.axes[position].iter().filter(|a| **a >= 0).count(),
            };
            shapes.push(ndim);
            arrays.push(made);
        }
        self.check_masks(&frame, &arrays, &shapes)?;
        let fitted = self.fit(&frame, &walk, &arrays, &wanted)?;
        for (position, (array, ndim)) in fitted.iter().zip(&shapes).enumerate() {
            let strides = frame.strides(position, &array.shape()[..*ndim], &array.strides()[..*ndim]);
            walk.set_track(position, &strides);
        }
        if !self.flags.multi_index {
            walk.coalesce();
        }
        self.check_contiguous(&walk, &fitted)?;
        for ((copy, original), own) in fitted.iter().zip(&arrays).zip(&self.op_flags) {
            if own.write && !copy.is(original.as_ref()) {
                attach_write_back(copy, original);
            }
        }
        let operands = fitted
            .iter()
            .zip(&wanted)
            .zip(&self.op_flags)
            .map(|((array, descr), flags)| Operand {
                array: array.clone().into_object().unbind(),
                descr: descr.clone().unbind(),
                flags: *flags,
                origin: array.data(),
            })
            .collect();
        let buffersize = if self.buffersize <= 0 { BUFFER } else { self.buffersize };
        NdIter::start(py, walk, operands, self.flags, size, buffersize)
    }

    fn check_stretching(&self, frame: &Frame) -> PyResult<()> {
        for (position, (array, own)) in self.arrays.iter().zip(&self.op_flags).enumerate() {
            let shape = match array {
                Some(array) => Dims::from_slice(array.shape()),
                None => frame.shape_of_new(position),
            };
            frame.check(position, &shape, *own, &self.flags)?;
        }
        Ok(())
    }

    fn check_masks(&self, frame: &Frame, arrays: &[Array<'_>], ndims: &[usize]) -> PyResult<()> {
        let Some(mask) = self.op_flags.iter().position(|f| f.array_mask) else { return Ok(()) };
        let shape = |i: usize| &arrays[i].shape()[..ndims[i]];
        (0..arrays.len())
            .filter(|&i| self.op_flags[i].write_masked)
            .try_for_each(|i| frame.check_mask((mask, shape(mask)), (i, shape(i))))
    }

    /// The operands, or the copies that stand for them.
    fn fit<'py>(
        &self,
        frame: &Frame,
        walk: &MultiWalk,
        arrays: &[Array<'py>],
        wanted: &[Bound<'py, PyAny>],
    ) -> PyResult<Vec<Array<'py>>> {
        let fitting = Fitting {
            arrays,
            wanted,
            op_flags: &self.op_flags,
            flags: &self.flags,
            rule: self.rule,
            frame,
            walk,
        };
        let fit = |position: usize| {
            Ok(match fitting.fit(position)? {
                Fit::Own => arrays[position].clone(),
                Fit::Copy(copy) => copy,
            })
        };
        (0..arrays.len()).map(fit).collect()
    }

    /// Without buffers, operands flagged `contig` must be dense as they are.
    fn check_contiguous(&self, walk: &MultiWalk, arrays: &[Array<'_>]) -> PyResult<()> {
        if self.flags.buffered {
            return Ok(());
        }
        for (position, array) in arrays.iter().enumerate() {
            let even =
                walk.axes().len() <= 1 && walk.inner_step(position) == array.dtype().itemsize() as isize;
            if self.op_flags[position].contiguous && !even && walk.size() > 1 {
                return Err(PyTypeError::new_err(format!(
                    "Iterator operand required buffering, to be contiguous as requested, but buffering is not enabled: \
                     operand {position}"
                )));
            }
        }
        Ok(())
    }
}

/// The buffers for these operands.
pub(super) fn buffers(
    py: Python<'_>,
    operands: &[Operand],
    flags: &Flags,
    buffersize: isize,
    size: isize,
) -> PyResult<Buffers> {
    let mask = operands.iter().position(|o| o.flags.array_mask);
    let lanes = operands
        .iter()
        .map(|operand| {
            let array = Array::expect(operand.array.bind(py));
            let wanted = dtype::value(operand.descr.bind(py)).clone();
            let spread = wanted.as_subarray().is_some();
            Lane {
                origin: operand.origin,
                source: if spread { wanted.clone() } else { array.dtype().clone() },
                dtype: wanted,
                read: operand.flags.read,
                write: operand.flags.write,
                contiguous: operand.flags.contiguous,
                force: operand.flags.aligned && !array.has(flag::ALIGNED),
                mask: mask.filter(|_| operand.flags.write_masked),
                single: false,
            }
        })
        .collect();
    let mut made = Buffers::new(lanes, buffersize.min(size.max(1)), flags.growinner).or_raise(py)?;
    made.set_single(!flags.external_loop);
    Ok(made)
}
