//! The shortest way from Python to a reduction, a running reduction, a mean or a variance: plain arrays of native numbers
//! in dense memory (or along one strided axis), over all axes or one, with no other argument than `keepdims`.
//!
//! What is not that simple is declined (`None`) before anything has happened, and the general path serves it. The work
//! itself is `core`'s, for small arrays and large ones: see `core/ufunc/reduce/plain` and `core/statistics`.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{Dims, TypeNum};
use sharray_core::statistics::{self, Moment};
use sharray_core::ufunc::Plan;
use sharray_kernels::reduce::moments;

use super::quick;
use crate::errors::OrRaise;
use crate::fp_report;
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::{ArrayFields, INLINE_AXES, flag};
use crate::object::scalar;

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;

/// Over which axes: all, or one that may be negative.
pub(crate) type Axis = Option<isize>;

/// The axis that a call of a method gives, if it gives nothing else: `f()`, `f(1)`, `f(axis=1)`, `f(None)`.
pub(crate) fn only_axis(call: &Args<'_, '_>) -> Option<Axis> {
    match call.raw() {
        [] => Some(None),
        [value] if !call.has_keywords() || call.only_keyword(pyo3::intern!(call.py(), "axis")) => {
            axis_of(*value)
        }
        _ => None,
    }
}

/// `None` or a Python integer as an axis.
pub(crate) fn axis_of(value: *mut ffi::PyObject) -> Option<Axis> {
    // SAFETY: a live object, of the class found.
    unsafe {
        if value == ffi::Py_None() {
            return Some(None);
        }
        if !ptr::eq(ffi::Py_TYPE(value), &raw mut ffi::PyLong_Type) {
            return None;
        }
        let mut overflow = 0;
        let axis = ffi::PyLong_AsLongLongAndOverflow(value, &mut overflow);
        (overflow == 0).then_some(Some(axis as isize))
    }
}

/// A plain array, and how its reduction goes.
pub(crate) struct Subject {
    fields: *const ArrayFields,
    pub(crate) num: TypeNum,
    pub(crate) plan: Plan,
    /// The axis, counted from the first.
    axis: Option<usize>,
    /// The results stand in Fortran's order.
    turned: bool,
}

impl Subject {
    /// The array as elements to reduce, if it is plain enough.
    pub(crate) fn find(object: *mut ffi::PyObject, axis: Axis) -> Option<Subject> {
        let fields = quick::plain(object)?;
        // SAFETY: a live array, whose dtype object it holds.
        let (nd, descr, flags) = unsafe { ((*fields).nd as usize, (*fields).descr, (*fields).flags) };
        // SAFETY: as above.
        let num = TypeNum::from_number(unsafe { (*descr).fields.type_num })?;
        let native = num.is_number() && ptr::eq(descr, dtype::singleton(num));
        if nd == 0 || nd > INLINE_AXES || !native || flags & flag::ALIGNED == 0 {
            return None;
        }
        let shape = quick::shape_of(fields);
        let axis = match axis {
            None => None,
            Some(axis) if (-(nd as isize)..nd as isize).contains(&axis) => {
                Some(axis.rem_euclid(nd as isize) as usize)
            }
            Some(_) => return None,
        };
        let itemsize = num.row().itemsize;
        let (c, f) = (flags & flag::C_CONTIGUOUS != 0, flags & flag::F_CONTIGUOUS != 0);
        let mut turned = false;
        let plan = match axis {
            // SAFETY: an array of one axis has one stride.
            _ if nd == 1 => Plan::run(shape[0], unsafe { *(*fields).strides }),
            None if c || f => Plan::run(shape.iter().product(), itemsize as isize),
            Some(axis) if c => Plan::dense(shape, axis, itemsize),
            Some(axis) if f => {
                turned = nd > 2;
                let reversed: Dims = shape.iter().rev().copied().collect();
                Plan::dense(&reversed, nd - 1 - axis, itemsize)
            }
            _ => return None,
        };
        Some(Subject { fields, num, plan, axis, turned })
    }

    fn data(&self) -> *mut u8 {
        // SAFETY: a live array.
        unsafe { (*self.fields).data }
    }
    fn shape(&self) -> &[isize] {
        quick::shape_of(self.fields)
    }
    /// Elements of the array take so many bytes.
    fn bytes(&self) -> usize {
        self.plan.len() as usize * self.num.row().itemsize
    }

    /// Makes the results: `work` is given room for them, and told of floating-point trouble by `report`.
    fn deliver<'py>(
        &self,
        py: Python<'py>,
        total: TypeNum,
        keepdims: bool,
        work: impl FnOnce(*mut u8) -> sharray_base::Result<()> + Send,
        report: impl FnOnce(FpStatus) -> PyResult<bool>,
    ) -> Maybe<'py> {
        let descr = dtype::singleton(total);
        let single = self.plan.results() == 1 && (self.axis.is_none() || self.shape().len() == 1);
        if single && !keepdims {
            let mut room = [0u64; 4];
            let status = self.work(py, room.as_mut_ptr().cast(), work)?;
            if !report(status)? {
                return Ok(None);
            }
            // SAFETY: a singleton lives for ever.
            let made = unsafe { &(*descr).value };
            return scalar::from_element(py, made, room.as_ptr().cast(), None).map(Some);
        }
        let mut shape: Dims = Dims::from_slice(self.shape());
        match self.axis {
            Some(axis) if keepdims => shape[axis] = 1,
            Some(axis) => drop(shape.remove(axis)),
            None => shape.iter_mut().for_each(|n| *n = 1),
        }
        let array = Array::dense(py, descr, &shape, self.plan.results() as usize)?;
        let status = self.work(py, array.data(), work)?;
        Ok(if report(status)? { Some(array.into_object()) } else { None })
    }

    fn work(
        &self,
        py: Python<'_>,
        out: *mut u8,
        work: impl FnOnce(*mut u8) -> sharray_base::Result<()> + Send,
    ) -> PyResult<FpStatus> {
        let address = out as usize;
        let run = move || {
            fp_status::clear();
            work(address as *mut u8).map(|()| fp_status::read())
        };
        gate::work(py, self.bytes(), false, run).or_raise(py)
    }
}

/// Reduces a plain array over one axis or all, if that is simple enough.
///
/// # Errors
/// `MemoryError`; floating-point trouble, as the user wants it reported; an interruption.
pub(crate) fn reduce<'py>(
    ufunc: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
    axis: Axis,
    keepdims: bool,
) -> Maybe<'py> {
    let py = ufunc.py();
    let Some(subject) = Subject::find(object.as_ptr(), axis) else { return Ok(None) };
    let Some(fold) = &quick::table(ufunc).folds[subject.num as usize] else { return Ok(None) };
    if !fold.takes(&subject.plan) || subject.turned {
        return Ok(None);
    }
    let (plan, data) = (subject.plan, subject.data() as usize);
    // SAFETY: elements of the array (A2), aligned and native; the room is for the plan's results and fresh.
    let work = |out: *mut u8| unsafe { fold.run(&plan, data as *mut u8, out) };
    let report = |status| {
        if fold.quiet { Ok(true) } else { fp_report::report(py, status, "reduce").map(|()| true) }
    };
    subject.deliver(py, fold.total, keepdims, work, report)
}

/// Mean, variance or standard deviation of a plain array, if that is simple enough and nothing is to be warned of.
///
/// # Errors
/// `MemoryError`; an interruption.
pub(crate) fn moment<'py>(
    object: &Bound<'py, PyAny>,
    axis: Axis,
    keepdims: bool,
    which: Moment,
) -> Maybe<'py> {
    let py = object.py();
    let Some(subject) = Subject::find(object.as_ptr(), axis) else { return Ok(None) };
    let Some(kernel) = moments::moments(subject.num) else { return Ok(None) };
    let plan = subject.plan;
    if plan.is_empty() || subject.turned || which.degrees_of_freedom(plan.n) <= 0.0 {
        return Ok(None);
    }
    let data = subject.data() as usize;
    // SAFETY: elements of the array (A2), aligned and native; the room is for the plan's results and fresh.
    let work = |out: *mut u8| unsafe { statistics::moment(&kernel, &plan, data as *mut u8, out, which) };
    // Where there was floating-point trouble, the general path says in which of its steps.
    subject.deliver(py, kernel.total, keepdims, work, |status: FpStatus| Ok(status.is_empty()))
}
