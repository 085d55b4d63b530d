//! The shortest way from Python to a reduction, a running reduction, a mean, a variance, the place of an extremum, a
//! count, a median, a percentile, a histogram: plain arrays of native numbers
//! in dense memory (or along one strided axis), over all axes or one, with no other argument than `keepdims`.
//!
//! What is not that simple is declined (`None`) before anything has happened, and the general path serves it. The work
//! itself is `core`'s, for small arrays and large ones: see `core/ufunc/reduce/plain` and `core/statistics`.

use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{Dims, TypeNum};
use sharray_core::search;
use sharray_core::statistics::{self, Moment, histogram, order};
use sharray_core::ufunc::Plan;
use sharray_kernels::reduce::moments;
use sharray_kernels::search::TruthLane;

use super::quick;
use crate::errors::OrRaise;
use crate::fp_report;
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::{ArrayFields, INLINE_AXES, flag};
use crate::object::scalar;
use crate::outputs::Outputs;

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

    /// True when the plan's elements stand in C order.
    fn reads_in_order(&self) -> bool {
        // SAFETY: a live array.
        self.shape().len() == 1 || unsafe { (*self.fields).flags } & flag::C_CONTIGUOUS != 0
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

/// Places of the largest or smallest elements of a plain array, if that is simple enough.
///
/// # Errors
/// `MemoryError`; an interruption.
pub(crate) fn extremum<'py>(object: &Bound<'py, PyAny>, axis: Axis, largest: bool) -> Maybe<'py> {
    let Some(subject) = Subject::find(object.as_ptr(), axis) else { return Ok(None) };
    if subject.plan.is_empty() || subject.turned || axis.is_none() && !subject.reads_in_order() {
        return Ok(None);
    }
    let (plan, num, data) = (subject.plan, subject.num, subject.data() as usize);
    let done = AtomicBool::new(true);
    let work = |out: *mut u8| {
        // SAFETY: elements of the array (A2), aligned and native; the room is for the plan's results and fresh.
        let found = unsafe { search::extremum_places(num, &plan, data as *mut u8, out.cast(), largest) };
        found.map(|found| done.store(found, Ordering::Relaxed))
    };
    subject.deliver(object.py(), TypeNum::Long, false, work, |_| Ok(done.load(Ordering::Relaxed)))
}

/// Running reductions of a plain array, if that is simple enough.
///
/// # Errors
/// `MemoryError`; floating-point trouble, as the user wants it reported; an interruption.
pub(crate) fn scan<'py>(ufunc: &Bound<'py, PyAny>, object: &Bound<'py, PyAny>, axis: Axis) -> Maybe<'py> {
    let py = object.py();
    let Some(subject) = Subject::find(object.as_ptr(), axis) else { return Ok(None) };
    let folds = &quick::table(ufunc).folds;
    let Some(fold) = &folds[subject.num as usize] else { return Ok(None) };
    let Some(long) = &folds[fold.total as usize] else { return Ok(None) };
    if subject.plan.is_empty() || !subject.reads_in_order() || !fold.can_scan() || !long.can_scan() {
        return Ok(None);
    }
    let (plan, data) = (subject.plan, subject.data() as usize);
    let count = plan.len() as usize;
    let shape = if axis.is_none() { &[count as isize] } else { subject.shape() };
    let array = Array::dense(py, dtype::singleton(fold.total), shape, count)?;
    // SAFETY: elements of the array (A2), aligned and native, in C order; the room is for as many results and fresh.
    let work = |out: *mut u8| unsafe { fold.scan(long, &plan, data as *mut u8, out) };
    let status = subject.work(py, array.data(), work)?;
    if !fold.quiet {
        fp_report::report(py, status, "accumulate")?;
    }
    Ok(Some(array.into_object()))
}

/// How many elements of a plain array are not zero, if that is simple enough.
///
/// # Errors
/// `MemoryError`.
pub(crate) fn count<'py>(object: &Bound<'py, PyAny>) -> Maybe<'py> {
    let py = object.py();
    let Some(subject) = Subject::find(object.as_ptr(), None) else { return Ok(None) };
    // SAFETY: a singleton lives for ever.
    let lane = TruthLane::new(unsafe { &(*dtype::singleton(subject.num)).value });
    let (plan, data) = (subject.plan, subject.data() as usize);
    let total = AtomicUsize::new(0);
    let part = |start: isize, n: isize| {
        let from = (data as *const u8).wrapping_offset(start * plan.step);
        // SAFETY: elements of the array (A2).
        total.fetch_add(unsafe { lane.count(from, plan.step, n as usize) }?, Ordering::Relaxed);
        Ok(())
    };
    gate::work(py, subject.bytes(), false, || plan.parts(part)).or_raise(py)?;
    let total = total.into_inner() as i64;
    // SAFETY: a singleton lives for ever.
    let long = unsafe { &(*dtype::singleton(TypeNum::Long)).value };
    scalar::from_element(py, long, (&raw const total).cast(), None).map(Some)
}

/// Sum of a plain array, NaN counted as 0, if that is simple enough.
///
/// # Errors
/// As [`reduce`].
pub(crate) fn known_sum<'py>(add: &Bound<'py, PyAny>, object: &Bound<'py, PyAny>, axis: Axis) -> Maybe<'py> {
    let Some(subject) = Subject::find(object.as_ptr(), axis) else { return Ok(None) };
    if subject.num.is_integer() || subject.num == TypeNum::Bool {
        return reduce(add, object, axis, false);
    }
    let (plan, num, data) = (subject.plan, subject.num, subject.data() as usize);
    let real = matches!(num, TypeNum::Float | TypeNum::Double);
    if !real || plan.is_empty() || plan.inner != 1 || subject.turned {
        return Ok(None);
    }
    // SAFETY: elements of the array (A2), aligned and native; the room is for the plan's results and fresh.
    let work = |out: *mut u8| unsafe { statistics::known_sum(num, &plan, data as *mut u8, out) };
    // Comparing with NaN is no trouble; where a sum had some, the general path reports it.
    subject.deliver(object.py(), num, false, work, |status: FpStatus| Ok(status.is_empty()))
}

/// Largest less smallest of all elements of a plain array, if that is simple enough and finite.
///
/// # Errors
/// An interruption.
pub(crate) fn spread<'py>(
    (maximum, minimum): (&Bound<'py, PyAny>, &Bound<'py, PyAny>),
    object: &Bound<'py, PyAny>,
) -> Maybe<'py> {
    let Some(subject) = Subject::find(object.as_ptr(), None) else { return Ok(None) };
    let fold = |ufunc: &Bound<'py, PyAny>| quick::table(ufunc).folds[subject.num as usize];
    let (Some(high), Some(low)) = (fold(maximum), fold(minimum)) else { return Ok(None) };
    let (plan, num, data) = (subject.plan, subject.num, subject.data() as usize);
    if plan.is_empty() {
        return Ok(None);
    }
    let done = AtomicBool::new(true);
    let work = |out: *mut u8| {
        let mut rooms = [[0u64; 4]; 2];
        for (fold, room) in [high, low].iter().zip(&mut rooms) {
            // SAFETY: elements of the array (A2), aligned and native; room for one result.
            unsafe { fold.run(&plan, data as *mut u8, room.as_mut_ptr().cast())? };
        }
        // SAFETY: both results and the room for theirs are of type `num`.
        done.store(unsafe { difference(num, &rooms, out) }, Ordering::Relaxed);
        Ok(())
    };
    subject.deliver(object.py(), num, false, work, |_| Ok(done.load(Ordering::Relaxed)))
}

/// Writes the first less the second of two elements; false where that is not finite, or of another type.
///
/// # Safety
/// `out` has room for an element of type `num`, which both values are.
unsafe fn difference(num: TypeNum, values: &[[u64; 4]; 2], out: *mut u8) -> bool {
    let [a, b] = values.each_ref().map(|value| value.as_ptr().cast::<u8>());
    macro_rules! write {
        ($t:ty, $minus:expr) => {{
            // SAFETY: by the caller.
            let value = unsafe { $minus(a.cast::<$t>().read(), b.cast::<$t>().read()) };
            // SAFETY: by the caller.
            unsafe { out.cast::<$t>().write(value) };
            value
        }};
    }
    match num {
        TypeNum::Double => write!(f64, |a: f64, b: f64| a - b).is_finite(),
        TypeNum::Float => write!(f32, |a: f32, b: f32| a - b).is_finite(),
        TypeNum::Int => {
            write!(i32, i32::wrapping_sub);
            true
        }
        TypeNum::Long => {
            write!(i64, i64::wrapping_sub);
            true
        }
        _ => false,
    }
}

/// Median of a plain array, if that is simple enough and finite.
///
/// # Errors
/// `MemoryError`; an interruption.
pub(crate) fn median<'py>(object: &Bound<'py, PyAny>, axis: Axis) -> Maybe<'py> {
    let Some(subject) = Subject::find(object.as_ptr(), axis) else { return Ok(None) };
    let (plan, num, data) = (subject.plan, subject.num, subject.data() as usize);
    if !order::has_order_statistics(num) || plan.is_empty() || subject.turned {
        return Ok(None);
    }
    let total = if num == TypeNum::Float { num } else { TypeNum::Double };
    let done = AtomicBool::new(true);
    let work = |out: *mut u8| {
        // SAFETY: elements of the array (A2), aligned and native; the room is for the plan's results and fresh.
        let found = unsafe { order::medians(num, &plan, data as *mut u8, out) };
        found.map(|found| done.store(found, Ordering::Relaxed))
    };
    subject.deliver(object.py(), total, false, work, |_| Ok(done.load(Ordering::Relaxed)))
}

/// Quantiles (0 to 1) of all of a plain array by linear interpolation, as doubles, if that is simple enough and finite.
///
/// # Errors
/// `MemoryError`; an interruption.
pub(crate) fn quantiles(object: &Bound<'_, PyAny>, at: &[f64]) -> PyResult<Option<Vec<f64>>> {
    let Some(subject) = Subject::find(object.as_ptr(), None) else { return Ok(None) };
    let (plan, num, data) = (subject.plan, subject.num, subject.data() as usize);
    if !order::has_order_statistics(num) || plan.is_empty() || at.iter().any(|q| !(0.0..=1.0).contains(q)) {
        return Ok(None);
    }
    let py = object.py();
    // SAFETY: elements of the array (A2), aligned and native, of one result.
    let work = || unsafe { order::quantiles(num, &plan, data as *const u8, at) };
    gate::work(py, subject.bytes(), false, work).or_raise(py)
}

/// Counts and edges of `bins` equal bins over a plain array of doubles, if that is simple enough.
///
/// # Errors
/// `MemoryError`; an interruption.
pub(crate) fn histogram<'py>(
    object: &Bound<'py, PyAny>,
    bins: usize,
    range: Option<(f64, f64)>,
) -> PyResult<Option<[Bound<'py, PyAny>; 2]>> {
    let py = object.py();
    let Some(subject) = Subject::find(object.as_ptr(), None) else { return Ok(None) };
    if subject.num != TypeNum::Double || subject.plan.is_empty() || !(1..=MOST_BINS).contains(&bins) {
        return Ok(None);
    }
    let (plan, data) = (subject.plan, subject.data() as usize);
    let Some((low, high)) = range else { return Ok(None) };
    let Some(edges) = histogram::uniform_edges(low, high, bins) else { return Ok(None) };
    let counts = Array::dense(py, dtype::singleton(TypeNum::Long), &[bins as isize], bins)?;
    let outer = Array::dense(py, dtype::singleton(TypeNum::Double), &[bins as isize + 1], bins + 1)?;
    let (room, places) = (counts.data() as usize, outer.data());
    // SAFETY: both arrays are fresh, of these sizes; elements of the array (A2), aligned, native doubles.
    let work = || unsafe {
        let counts = std::slice::from_raw_parts_mut(room as *mut isize, bins);
        histogram::uniform_counts(&plan, data as *const u8, &edges, counts)
    };
    gate::work(py, subject.bytes(), false, work).or_raise(py)?;
    // SAFETY: as above.
    unsafe { ptr::copy_nonoverlapping(edges.as_ptr().cast(), places, 8 * edges.len()) };
    Ok(Some([counts.into_object(), outer.into_object()]))
}

/// Histograms of more bins are not worth a short way.
const MOST_BINS: usize = 1 << 16;

/// How often each number occurs in a plain 1-D array of long integers.
///
/// # Errors
/// `ValueError` for negative numbers; `MemoryError`.
pub(crate) fn bincount<'py>(object: &Bound<'py, PyAny>) -> Maybe<'py> {
    let py = object.py();
    let Some(subject) = Subject::find(object.as_ptr(), None) else { return Ok(None) };
    if subject.num != TypeNum::Long || subject.shape().len() != 1 {
        return Ok(None);
    }
    let array = Array::expect(object);
    let mut outputs = Outputs::new(py, None);
    search::bincount(array.view(), None, 0, &mut outputs).or_raise(py)?;
    Ok(Some(outputs.take(0)?.into_object()))
}
