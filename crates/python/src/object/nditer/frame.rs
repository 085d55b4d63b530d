//! What is walked: the shape of the iteration, and which axis of each operand lies along which axis of it.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sharray_base::Dims;
use sharray_base::error::shape_text;

use super::Given;
use super::flags::{Flags, OpFlags};
use crate::object::array::Array;
use crate::{args, coerce};

/// The iteration's shape, and for each operand its axis (or -1) at each axis of the shape.
pub(super) struct Frame {
    pub shape: Dims,
    pub axes: Vec<Vec<isize>>,
    /// Axes were mapped by hand.
    pub mapped: bool,
}

/// What `op_axes` says of each operand.
pub(super) type OpAxes = Option<Vec<Option<Vec<isize>>>>;

/// `op_axes`.
pub(super) fn read_op_axes(object: Given<'_, '_>, count: usize) -> PyResult<OpAxes> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(None) };
    let refusal = || PyValueError::new_err("op_axes must be a tuple/list matching the number of ops");
    let items = coerce::items(object).map_err(|_| refusal())?;
    if items.len() != count {
        return Err(refusal());
    }
    let mut length = None;
    let mut result = Vec::new();
    for (position, item) in items.iter().enumerate() {
        if item.is_none() {
            result.push(None);
            continue;
        }
        let axes: Vec<isize> = coerce::items(item)?
            .iter()
            .map(|axis| if axis.is_none() { Ok(-1) } else { args::axis_number(axis).map(|a| a.max(-1)) })
            .collect::<PyResult<_>>()?;
        if *length.get_or_insert(axes.len()) != axes.len() {
            return Err(PyValueError::new_err("Each entry of op_axes must have the same size"));
        }
        if let Some((_, twice)) = axes.iter().enumerate().find(|(i, a)| **a >= 0 && axes[..*i].contains(a)) {
            return Err(PyValueError::new_err(format!(
                "The 'op_axes' provided to the iterator constructor for operand {position} contained duplicate value {twice}"
            )));
        }
        result.push(Some(axes));
    }
    if length.is_none() {
        return Err(PyValueError::new_err("at least one entry of op_axes must name axes"));
    }
    Ok(Some(result))
}

/// `itershape`: negative extents are those of the operands.
pub(super) fn read_itershape(object: Given<'_, '_>) -> PyResult<Option<Vec<isize>>> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(None) };
    let is_truth = object.is_instance_of::<pyo3::types::PyBool>();
    match object.extract::<isize>() {
        Ok(_) if is_truth => {
            Err(pyo3::exceptions::PyTypeError::new_err("an extent is an integer, not a bool"))
        }
        Ok(one) => Ok(Some(vec![one])),
        Err(_) => coerce::items(object)?.iter().map(args::extent).collect::<PyResult<_>>().map(Some),
    }
}

impl Frame {
    /// Broadcasts the operands (`None`: one that is still to be made).
    pub(super) fn new(
        arrays: &[Option<Array<'_>>],
        op_axes: &OpAxes,
        itershape: Option<&[isize]>,
    ) -> PyResult<Frame> {
        let mapped = op_axes.as_ref().and_then(|all| all.iter().flatten().next()).map(Vec::len);
        if let (Some(ndim), Some(shape)) = (mapped, itershape)
            && shape.len() != ndim
        {
            return Err(PyValueError::new_err(format!(
                "itershape has {} entries, but op_axes {ndim}",
                shape.len()
            )));
        }
        let widest = arrays.iter().flatten().map(|a| a.ndim()).max().unwrap_or(0);
        let ndim = mapped.or(itershape.map(<[isize]>::len)).unwrap_or(widest);
        let mut axes = Vec::with_capacity(arrays.len());
        for (position, array) in arrays.iter().enumerate() {
            let given = op_axes.as_ref().and_then(|all| all[position].clone());
            axes.push(axes_of(array.as_ref(), given, ndim, position)?);
        }
        let mut frame = Frame { shape: Dims::from_elem(1, ndim), axes, mapped: mapped.is_some() };
        frame.broadcast(arrays, itershape)?;
        Ok(frame)
    }

    fn broadcast(&mut self, arrays: &[Option<Array<'_>>], itershape: Option<&[isize]>) -> PyResult<()> {
        let fixed = |axis: usize| itershape.map(|s| s[axis]).filter(|n| *n >= 0);
        for axis in 0..self.shape.len() {
            let mut extent = fixed(axis).unwrap_or(1);
            for (array, axes) in arrays.iter().zip(&self.axes) {
                let (Some(array), Ok(own)) = (array, usize::try_from(axes[axis])) else { continue };
                match array.shape()[own] {
                    1 => {}
                    n if n == extent => {}
                    n if extent == 1 && fixed(axis).is_none() => extent = n,
                    _ => return Err(self.refusal(arrays, itershape)),
                }
            }
            self.shape[axis] = extent;
        }
        Ok(())
    }

    fn refusal(&self, arrays: &[Option<Array<'_>>], itershape: Option<&[isize]>) -> PyErr {
        let mut text = String::from("operands could not be broadcast together with ");
        text += if self.mapped { "remapped shapes [original->remapped]:" } else { "shapes" };
        for (array, axes) in arrays.iter().zip(&self.axes) {
            let Some(array) = array else { continue };
            text += &format!(" {}", shape_text(array.shape()));
            if self.mapped {
                let extent = |a: &isize| match usize::try_from(*a) {
                    Ok(own) => array.shape()[own].to_string(),
                    Err(_) => "newaxis".into(),
                };
                text += &format!("->({})", axes.iter().map(extent).collect::<Vec<_>>().join(","));
            }
        }
        if let Some(shape) = itershape {
            text += &format!(" and requested shape {}", shape_text(shape));
        }
        PyValueError::new_err(text)
    }

    /// The shape of an operand that is to be made.
    pub(super) fn shape_of_new(&self, operand: usize) -> Dims {
        let axes = &self.axes[operand];
        let mut shape = Dims::from_elem(1, axes.iter().filter(|a| **a >= 0).count());
        for (axis, own) in axes.iter().enumerate() {
            if let Ok(own) = usize::try_from(*own) {
                shape[own] = self.shape[axis];
            }
        }
        shape
    }

    /// Strides of an operand along the axes of the iteration.
    pub(super) fn strides(&self, operand: usize, shape: &[isize], strides: &[isize]) -> Vec<isize> {
        let along = |(axis, own): (usize, &isize)| match usize::try_from(*own) {
            Ok(own) if shape[own] != 1 || self.shape[axis] == 1 => strides[own],
            _ => 0,
        };
        let all: Vec<isize> = self.axes[operand].iter().enumerate().map(along).collect();
        // Strides of axes of extent 1 mean nothing (L3).
        all.iter().zip(&self.shape).map(|(stride, n)| if *n == 1 { 0 } else { *stride }).collect()
    }

    /// The axes of the iteration along which an operand of this shape is stretched.
    fn stretched(&self, operand: usize, shape: &[isize]) -> Vec<usize> {
        let is_stretched = |&axis: &usize| {
            let own = usize::try_from(self.axes[operand][axis]).ok();
            self.shape[axis] != 1 && own.is_none_or(|own| shape[own] == 1)
        };
        (0..self.shape.len()).filter(is_stretched).collect()
    }

    /// Refuses to stretch what must not be: outputs (unless reducing) and `no_broadcast` operands.
    pub(super) fn check(
        &self,
        position: usize,
        shape: &[isize],
        own: OpFlags,
        flags: &Flags,
    ) -> PyResult<()> {
        let stretched = self.stretched(position, shape);
        let text = |what: &str| {
            PyValueError::new_err(format!(
                "{what} with shape {} doesn't match the broadcast shape {}",
                shape_text(shape),
                shape_text(&self.shape)
            ))
        };
        if own.no_broadcast && (!stretched.is_empty() || shape.len() < self.shape.len()) {
            return Err(text("non-broadcastable operand"));
        }
        if stretched.is_empty() || !own.write {
            return Ok(());
        }
        if !flags.reduce_ok {
            return Err(text(&format!(
                "output operand requires a reduction along dimension {}, but the reduction is not enabled: operand \
                 {position}",
                stretched[0]
            )));
        }
        if !own.read {
            return Err(text(&format!(
                "output operand requires a reduction along dimension {}, but is flagged as write-only, not read-write: \
                 operand {position}",
                stretched[0]
            )));
        }
        if own.array_mask {
            return Err(text("the operand flagged ARRAYMASK is reduced: operand"));
        }
        Ok(())
    }

    /// A mask must not tell apart what a masked reduction puts together.
    pub(super) fn check_mask(&self, mask: (usize, &[isize]), masked: (usize, &[isize])) -> PyResult<()> {
        let still = self.stretched(mask.0, mask.1);
        match self.stretched(masked.0, masked.1).iter().find(|axis| !still.contains(axis)) {
            None => Ok(()),
            Some(axis) => Err(PyValueError::new_err(format!(
                "operand {}, flagged WRITEMASKED, is reduced along dimension {axis}, but its mask is not",
                masked.0
            ))),
        }
    }
}

/// An operand's axis at each of the iteration's.
fn axes_of(
    array: Option<&Array<'_>>,
    given: Option<Vec<isize>>,
    ndim: usize,
    position: usize,
) -> PyResult<Vec<isize>> {
    let own = array.map(|a| a.ndim());
    let Some(axes) = given else {
        let own = own.unwrap_or(ndim);
        if own > ndim {
            return Err(PyValueError::new_err(format!(
                "operand {position} has {own} dimensions, more than the iteration's {ndim}"
            )));
        }
        return Ok((0..ndim as isize).map(|axis| (axis - (ndim - own) as isize).max(-1)).collect());
    };
    if let (Some(own), Some((place, wrong))) =
        (own, axes.iter().enumerate().find(|(_, a)| own.is_some_and(|own| **a >= own as isize)))
    {
        return Err(PyValueError::new_err(format!(
            "Iterator input op_axes[{position}][{place}] (=={wrong}) is not a valid axis of op[{position}], which has {own} \
             dimensions"
        )));
    }
    if own.is_none() {
        let count = axes.iter().filter(|a| **a >= 0).count() as isize;
        if let Some(wrong) = axes.iter().find(|a| **a >= count) {
            return Err(PyValueError::new_err(format!(
                "op_axes of operand {position}, which is to be allocated, names axis {wrong}, but leaves out one before it"
            )));
        }
    }
    Ok(axes)
}
