//! The operands as they are walked: in which dtype, made where none was given, copied where their own memory won't do.

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple, PyType};
use sharray_base::dtype::{cast_rules, promote};
use sharray_base::error::shape_text;
use sharray_base::layout::c_strides;
use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::{DType, TypeNum};
use sharray_core::assign::{self, Casting};
use sharray_core::iterate::multi::MultiWalk;

use super::Given;
use super::flags::{Flags, OpFlags};
use super::frame::Frame;
use crate::coerce;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;
use crate::object::number::priority;

type Descr<'py> = Bound<'py, PyAny>;

/// `op_dtypes`: one for each operand, or one for all.
pub(super) fn read_dtypes<'py>(object: Given<'_, 'py>, count: usize) -> PyResult<Vec<Option<Descr<'py>>>> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(vec![None; count]) };
    let read = |item: &Bound<'py, PyAny>| {
        if item.is_none() { Ok(None) } else { dtype::coerce(item).map(Some) }
    };
    let list = object.is_instance_of::<PyTuple>() || object.is_instance_of::<PyList>();
    if list {
        let items = coerce::items(object)?;
        if items.len() == count
            && let Ok(each) = items.iter().map(read).collect::<PyResult<Vec<_>>>()
        {
            return Ok(each);
        }
        if count != 1 {
            return Err(PyValueError::new_err(format!(
                "op_dtypes must be a tuple/list matching the number of ops: {} entries for {count} operands",
                items.len()
            )));
        }
    }
    Ok(vec![read(object)?; count])
}

/// The dtype each operand is walked in.
pub(super) fn resolve_dtypes<'py>(
    py: Python<'py>,
    wanted: Vec<Option<Descr<'py>>>,
    arrays: &[Option<Array<'py>>],
    op_flags: &[OpFlags],
    common: bool,
) -> PyResult<Vec<Descr<'py>>> {
    let inputs: Vec<Descr<'py>> = arrays
        .iter()
        .zip(&wanted)
        .zip(op_flags)
        .filter(|(_, f)| f.read || common)
        .filter_map(|((array, wanted), _)| {
            array.as_ref().map(|a| wanted.clone().unwrap_or_else(|| a.descr()))
        })
        .collect();
    let shared = || -> PyResult<Descr<'py>> {
        match &inputs[..] {
            [] => Err(PyTypeError::new_err(
                "an operand is to be allocated without a dtype, and no input says which it should have",
            )),
            [one] => Ok(one.clone()),
            many => {
                let values: Vec<&DType> = many.iter().map(|d| dtype::value(d)).collect();
                dtype::from_value(py, &promote::result_type(&values, None).or_raise(py)?.to_native())
            }
        }
    };
    let mut found = Vec::with_capacity(arrays.len());
    for ((wanted, array), own) in wanted.into_iter().zip(arrays).zip(op_flags) {
        let descr = match (wanted, array) {
            (Some(descr), Some(array)) => coerce::adapt_flexible(&descr, array)?,
            (Some(descr), None) => descr,
            (None, Some(array)) if !common => array.descr(),
            (None, _) => shared()?,
        };
        let value = dtype::value(&descr);
        let native = own.native && !value.is_native();
        found.push(if native { dtype::from_value(py, &value.to_native())? } else { descr });
    }
    Ok(found)
}

/// References need `refs_ok`; a mask is of bool or `uint8`.
pub(super) fn check_dtypes(
    arrays: &[Option<Array<'_>>],
    wanted: &[Descr<'_>],
    op_flags: &[OpFlags],
    flags: &Flags,
) -> PyResult<()> {
    for ((array, wanted), own) in arrays.iter().zip(wanted).zip(op_flags) {
        let value = dtype::value(wanted);
        if !flags.refs_ok
            && (value.holds_objects() || array.as_ref().is_some_and(|a| a.dtype().holds_objects()))
        {
            return Err(PyTypeError::new_err(
                "Iterator operand or requested dtype holds references, but the NPY_ITER_REFS_OK flag was not enabled",
            ));
        }
        if own.array_mask && !matches!(value.num(), TypeNum::Bool | TypeNum::UByte) {
            return Err(PyTypeError::new_err(format!(
                "a mask must be of dtype bool or uint8, not {value:?}"
            )));
        }
    }
    Ok(())
}

/// The subclass of highest `__array_priority__` among the operands.
pub(super) fn subclass<'py>(arrays: &[Option<Array<'py>>]) -> Option<Bound<'py, PyType>> {
    let mut best: Option<(f64, Bound<'py, PyType>)> = None;
    for array in arrays.iter().flatten().filter(|a| !a.is_exact()) {
        let own = priority(array.as_ref(), 0.0);
        if own > best.as_ref().map_or(0.0, |b| b.0) {
            best = Some((own, array.get_type()));
        }
    }
    best.map(|b| b.1)
}

/// Makes an operand that was given as `None`, laid out in the order of the walk.
pub(super) fn allocate<'py>(
    py: Python<'py>,
    descr: &Descr<'py>,
    frame: &Frame,
    walk: &MultiWalk,
    position: usize,
    class: Option<&Bound<'py, PyType>>,
) -> PyResult<Array<'py>> {
    let axes = &frame.axes[position];
    let mut shape = frame.shape_of_new(position);
    let value = dtype::value(descr);
    let mut strides = walk.dense_strides(axes, &shape, value.itemsize());
    let array = match value.as_subarray() {
        None => Array::allocate(py, descr, &shape, &strides, false, class)?,
        Some(subarray) => {
            // The dtype's own axes come last.
            strides.extend(c_strides(&subarray.shape, subarray.base.itemsize()));
            shape.extend(subarray.shape.iter().copied());
            Array::allocate(py, &dtype::from_value(py, &subarray.base)?, &shape, &strides, false, class)?
        }
    };
    crate::object::ndarray::finalize(&array, None)?;
    if array.shape() != &shape[..] {
        return Err(PyRuntimeError::new_err(format!(
            "operand {position} is allocated as an array of the class {}, which changed its shape from {} to {}",
            array.get_type().name()?,
            shape_text(&shape),
            shape_text(array.shape())
        )));
    }
    Ok(array)
}

/// Whether an operand shares memory with an earlier one of which one is read and the other written, or is written and
/// overlaps itself.
fn overlaps(arrays: &[Array<'_>], op_flags: &[OpFlags], position: usize) -> bool {
    let (own, extent) = (op_flags[position], Extent::from(arrays[position].view()));
    if own.write && extent.internal_overlap(Some(1000)) != Overlap::No {
        return true;
    }
    (0..position).any(|other| {
        let (there, theirs) = (&arrays[other], op_flags[other]);
        let conflict = own.write && theirs.read || own.read && theirs.write;
        let same = arrays[position].is(there.as_ref())
            || arrays[position].data() == there.data()
                && arrays[position].strides() == there.strides()
                && arrays[position].shape() == there.shape();
        let harmless = same && own.elementwise && theirs.elementwise;
        conflict && !harmless && extent.overlap(&Extent::from(there.view()), Some(1000)) != Overlap::No
    })
}

/// What an operand becomes.
pub(super) enum Fit<'py> {
    /// It is walked as it is (through a buffer that casts, where there is one).
    Own,
    /// This copy is walked.
    Copy(Array<'py>),
}

/// Everything that decides how an operand is walked.
pub(super) struct Fitting<'a, 'py> {
    pub arrays: &'a [Array<'py>],
    pub wanted: &'a [Descr<'py>],
    pub op_flags: &'a [OpFlags],
    pub flags: &'a Flags,
    pub rule: Casting,
    pub frame: &'a Frame,
    pub walk: &'a MultiWalk,
}

impl<'py> Fitting<'_, 'py> {
    /// Finds out whether an operand can be walked where it lies.
    pub(super) fn fit(&self, position: usize) -> PyResult<Fit<'py>> {
        let (array, own) = (&self.arrays[position], self.op_flags[position]);
        let wanted = dtype::value(&self.wanted[position]);
        let casts = wanted.as_subarray().is_none() && !wanted.equivalent(array.dtype());
        if casts {
            self.check_casts(position)?;
        }
        if self.flags.copy_if_overlap && overlaps(self.arrays, self.op_flags, position) {
            return self.copy(position, true).map(Fit::Copy);
        }
        let unaligned = own.aligned && !array.has(flag::ALIGNED);
        if !casts && !unaligned {
            return Ok(Fit::Own);
        }
        let constant = !own.write && array.ndim() == 0;
        let may_copy =
            if own.write { own.update_if_copy } else { own.copy || own.update_if_copy || constant };
        if may_copy {
            return self.copy(position, own.read).map(Fit::Copy);
        }
        if self.flags.buffered {
            return Ok(Fit::Own);
        }
        Err(PyTypeError::new_err(
            "Iterator operand required copying or buffering, but neither copying nor buffering was enabled",
        ))
    }

    fn check_casts(&self, position: usize) -> PyResult<()> {
        let (own, there) = (dtype::value(&self.wanted[position]), self.arrays[position].dtype());
        let rule = self.rule;
        if self.op_flags[position].read && !cast_rules::can_cast(there, own, rule) {
            return Err(PyTypeError::new_err(format!(
                "Iterator operand {position} dtype could not be cast from {there:?} to {own:?} according to the rule '{}'",
                rule.name()
            )));
        }
        if self.op_flags[position].write && !cast_rules::can_cast(own, there, rule) {
            return Err(PyTypeError::new_err(format!(
                "Iterator requested dtype could not be cast from {own:?} to {there:?}, the operand {position} dtype, \
                 according to the rule '{}'",
                rule.name()
            )));
        }
        Ok(())
    }

    /// A copy in the order of the walk.
    fn copy(&self, position: usize, filled: bool) -> PyResult<Array<'py>> {
        let (array, descr) = (&self.arrays[position], &self.wanted[position]);
        let py = array.py();
        let axes = &self.frame.axes[position];
        let all = (0..array.ndim() as isize).all(|own| axes.contains(&own));
        let copy = if all {
            let strides = self.walk.dense_strides(axes, array.shape(), dtype::value(descr).itemsize());
            Array::allocate(py, descr, array.shape(), &strides, false, None)?
        } else {
            coerce::like(array, descr, sharray_base::layout::Order::Keep, None)?
        };
        if filled {
            assign::copy(copy.view_mut_unchecked(), array.view(), Casting::Unsafe).or_raise(py)?;
        }
        Ok(copy)
    }
}
