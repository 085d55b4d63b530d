//! `at` of plain arrays of one axis: sums, differences and products of numbers of the array's own type.

use std::cell::UnsafeCell;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::dtype::parse::POINTER_INT as WORD;
use sharray_base::{TypeNum, fp_status};
use sharray_core::ufunc::{AtLine, Line};
use sharray_kernels::copy::pick::{Numbers, first_outside};

use super::operand::Operand;
use super::route::strong;
use crate::fp_report;
use crate::object::layout::flag;
use crate::object::ndarray;

/// What has been found so far, by the type of the operands.
pub(super) struct Lines(UnsafeCell<[Option<Option<AtLine>>; TYPE_COUNT]>);

impl Lines {
    pub(super) fn new() -> Lines {
        Lines(UnsafeCell::new([None; TYPE_COUNT]))
    }
    fn of(&self, ufunc: &Bound<'_, PyAny>, code: u32) -> Option<AtLine> {
        let index = (code as usize).checked_sub(1).filter(|index| *index < TYPE_COUNT)?;
        // SAFETY: used with the GIL held only; nothing keeps a reference.
        unsafe {
            let lines = &mut *self.0.get();
            *lines[index].get_or_insert_with(|| AtLine::new(super::engine(ufunc), TYPES[index].num))
        }
    }
}

/// `ufunc.at(target, indices, operand)`, if it is that simple; whether it was done.
///
/// # Errors
/// Floating-point trouble, as the user wants it reported.
pub(in crate::object::ufunc) fn call(
    ufunc: &Bound<'_, PyAny>,
    objects: &[*mut ffi::PyObject],
) -> PyResult<bool> {
    let Some((work, line)) = prepared(ufunc, objects) else { return Ok(false) };
    fp_status::clear();
    // SAFETY: aligned elements of the loop's type, and words that were checked against the target's extent (A2); what is
    // read is apart from what is written.
    unsafe { work.run(line.0, &line.1) };
    fp_report::report(ufunc.py(), fp_status::read(), super::engine(ufunc).name())?;
    Ok(true)
}

/// The loop, the target's first element and the line.
fn prepared(ufunc: &Bound<'_, PyAny>, objects: &[*mut ffi::PyObject]) -> Option<(AtLine, (*mut u8, Line))> {
    let [target, indices, operand] = objects else { return None };
    // SAFETY: live objects.
    let plain = |o: *mut ffi::PyObject| unsafe { ptr::eq(ffi::Py_TYPE(o), ndarray::type_object()) };
    if !plain(*target) || !plain(*indices) {
        return None;
    }
    let (target, indices) = (Operand::of_array(*target)?, Operand::of_array(*indices)?);
    let ([extent], [stride], [count], [step]) =
        (target.shape(), target.steps(), indices.shape(), indices.steps())
    else {
        return None;
    };
    let writable = target.flags & (flag::WRITEABLE | flag::WARN_ON_WRITE) == flag::WRITEABLE;
    if !writable || indices.code != strong(WORD) {
        return None;
    }
    let (value, value_step) = operand_of(&target, *operand, *count)?;
    let size = TYPES.get(target.code as usize - 1)?.itemsize as isize;
    let (low, high) = target.extent(size);
    let apart = |(start, end): (isize, isize)| end <= low || high <= start;
    let line = Line {
        at: [indices.data, value],
        steps: [*step, value_step],
        count: *count,
        scale: Some((*stride, *extent)),
    };
    let reach = (count - 1).max(0) * value_step;
    let first = value as isize;
    let read = (first + reach.min(0), first + reach.max(0) + size);
    let numbers = Numbers::new(indices.data, *step, *count as usize);
    // SAFETY: the index array's words.
    let inside = || unsafe { first_outside(numbers, *extent).is_none() };
    if !apart(indices.extent(size_of::<isize>() as isize)) || !apart(read) || !inside() {
        return None;
    }
    Some((table_of(ufunc, target.code)?, (target.data, line)))
}

fn table_of(ufunc: &Bound<'_, PyAny>, code: u32) -> Option<AtLine> {
    super::table(ufunc).lines.of(ufunc, code)
}

/// Address and step of values for `count` places: of the target's type, one for each, or one for all.
fn operand_of(target: &Operand, object: *mut ffi::PyObject, count: isize) -> Option<(*mut u8, isize)> {
    // SAFETY: a live object; a float's value stands in it.
    unsafe {
        if ptr::eq(ffi::Py_TYPE(object), &raw mut ffi::PyFloat_Type) {
            let value = &raw mut (*object.cast::<ffi::PyFloatObject>()).ob_fval;
            return (target.code == strong(TypeNum::Double)).then_some((value.cast(), 0));
        }
        if !ptr::eq(ffi::Py_TYPE(object), ndarray::type_object()) {
            return None;
        }
    }
    let operand = Operand::of_array(object).filter(|operand| operand.code == target.code)?;
    match (operand.shape(), operand.steps()) {
        ([own], [step]) if *own == count => Some((operand.data, *step)),
        ([], []) => Some((operand.data, 0)),
        _ => None,
    }
}
