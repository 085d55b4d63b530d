//! The shortest way from Python to a loop (design D4): plain arrays of native numbers, of any few axes, and scalars,
//! NumPy's and Python's, in any mixture of types; large ones if they are one stretch of memory without casts.
//!
//! Everything is read from the C fields (`operand`); the loop and the casts before it stand in a table that the engine's
//! own rules filled (`route`); operands are broadcast and cast on the stack (`walk`); nothing is allocated but the
//! result, which small arrays keep inside the object. What is not that simple is declined (`None`) before anything has
//! happened, and the general path (`call`) serves it. Both give the same results: only the way there is shorter. The very
//! commonest of these calls go by `lane`, without the gate.

pub(super) mod at;
pub(super) mod lane;
mod operand;
mod product;
mod route;
mod text;
mod walk;

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::{fault, fp_status};
use sharray_core::ufunc::{PlainFold, Stretch, Ufunc};
use sharray_kernels::loop_abi::LoopFlags;

use super::{engine, raw};
use crate::errors::OrRaise;
use crate::fp_report;
use crate::gate::{self, DETACH_BYTES};
use crate::object::array::Array;
use crate::object::layout::{ArrayFields, flag};
use crate::object::{dtype, ndarray, scalar};
use operand::{Operand, Value};
use product::Products;
use route::{CODE_BITS, Code, INPUTS, Route, Routes, strong};
use walk::Walk;

/// What a ufunc knows of quick calls.
pub struct Quick {
    /// Inputs of a call that may be quick; 0 where none may.
    inputs: usize,
    routes: Routes,
    /// Loops of products of vectors and matrices.
    products: Option<Products>,
    /// What `at` does with whole lines of positions.
    lines: at::Lines,
    /// Text goes by a way of its own.
    texts: bool,
    /// Folds of reductions, by the type number of their operands.
    pub(super) folds: [Option<PlainFold>; TYPE_COUNT],
}

impl Quick {
    pub(super) fn new(ufunc: &Ufunc) -> Quick {
        let simple = ufunc.nin() > 0
            && (1..=2).contains(&ufunc.nout())
            && ufunc.nargs() <= INPUTS + 1
            && ufunc.core().is_none();
        Quick {
            products: Products::of(ufunc.name()),
            lines: at::Lines::new(),
            texts: text::serves(ufunc),
            inputs: if simple { ufunc.nin() } else { 0 },
            routes: Routes::new(),
            folds: std::array::from_fn(|index| PlainFold::of(ufunc, TYPES[index].num)),
        }
    }
}

/// The C fields of a plain array.
pub(crate) fn plain(object: *mut ffi::PyObject) -> Option<*const ArrayFields> {
    // SAFETY: a live object.
    ptr::eq(unsafe { ffi::Py_TYPE(object) }, ndarray::type_object())
        .then(|| object.cast::<ArrayFields>().cast_const())
}

pub(super) fn shape_of<'a>(fields: *const ArrayFields) -> &'a [isize] {
    // SAFETY: a live array's extents by A1; the caller keeps the array for the call.
    unsafe { std::slice::from_raw_parts((*fields).dimensions, (*fields).nd as usize) }
}

pub(super) fn table<'a>(ufunc: &'a Bound<'_, PyAny>) -> &'a Quick {
    // SAFETY: set when the ufunc was made, owned by it.
    unsafe { &*raw(ufunc).quick }
}

/// Calls `ufunc` on these inputs, if the call is simple enough; into `out`, or a fresh array or scalar.
///
/// # Errors
/// `MemoryError`; what the loop reports; floating-point trouble, as the user wants it reported.
pub(crate) fn call<'py>(
    ufunc: &Bound<'py, PyAny>,
    objects: &[*mut ffi::PyObject],
    out: Option<*mut ffi::PyObject>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match numbers(ufunc, objects, out)? {
        None if table(ufunc).texts => text::call(ufunc, objects, out),
        made => Ok(made),
    }
}

/// As [`call`], of numbers.
fn numbers<'py>(
    ufunc: &Bound<'py, PyAny>,
    objects: &[*mut ffi::PyObject],
    out: Option<*mut ffi::PyObject>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let quick = table(ufunc);
    let nin = objects.len();
    if nin != quick.inputs {
        return match (&quick.products, objects, out) {
            (Some(products), [a, b], out) => products.call(ufunc, *a, *b, out),
            _ => Ok(None),
        };
    }
    let mut operands = [Operand::NONE; INPUTS];
    let (mut key, mut lead) = (0, 0);
    for (index, object) in objects.iter().enumerate() {
        let Some(found) = Operand::of(*object) else { return Ok(None) };
        key |= found.code << (CODE_BITS * index);
        if found.nd > operands[lead].nd {
            lead = index;
        }
        operands[index] = found;
    }
    let route = quick.routes.get(engine(ufunc), key);
    if route.code.is_none() || route.second.is_some() && out.is_some() {
        return Ok(None);
    }
    let mut rooms = [Value::default(); INPUTS];
    let mut sizes = [0; INPUTS];
    let mut casts = [false; INPUTS];
    for (index, room) in rooms.iter_mut().enumerate().take(nin) {
        let (operand, wanted) = (&mut operands[index], &route.inputs[index]);
        if operand.is_weak() {
            if operand.absorb(wanted.num, room).is_none() {
                return Ok(None);
            }
            operand.data = (&raw mut *room).cast();
        } else if wanted.cast.is_some() {
            casts[index] = operand.nd > 0;
            sizes[index] = dtype_size(operand.code);
            continue;
        }
        sizes[index] = wanted.size;
    }
    let operands = &mut operands[..nin];
    if operands[lead].nd == 0 && out.is_none() {
        return scalar_call(ufunc, route, operands, &mut rooms).map(Some);
    }
    Call { ufunc, route, operands, sizes, casts, lead, rooms: &mut rooms }.run(out)
}

/// The size of an element of the type that a code stands for.
fn dtype_size(code: Code) -> isize {
    TYPES[code as usize - 1].itemsize as isize
}

/// A call whose operands have no axes: a scalar.
fn scalar_call<'py>(
    ufunc: &Bound<'py, PyAny>,
    route: &Route,
    operands: &mut [Operand],
    rooms: &mut [Value; INPUTS],
) -> PyResult<Bound<'py, PyAny>> {
    let (py, mut results, num, second) = (ufunc.py(), [Value::default(); 2], route.out, route.second);
    let [first, last] = &mut results;
    let mut at = [(&raw mut *first).cast::<u8>(); INPUTS + 1];
    if !route.quiet {
        fp_status::clear();
    }
    cast_scalars(route, operands, rooms);
    for (index, operand) in operands.iter().enumerate().take(INPUTS) {
        at[index] = operand.data;
    }
    if second.is_some() {
        at[operands.len() + 1] = (&raw mut *last).cast();
    }
    if let Some(code) = route.code {
        // SAFETY: one aligned element of the loop's type at each operand.
        unsafe { code(at.as_ptr(), &1, [0; INPUTS + 1].as_ptr(), route.data) };
    }
    finish(ufunc, route)?;
    let first = scalar::from_number(py, num, (&raw const results[0]).cast())?;
    match second {
        None => Ok(first),
        Some(num) => pair(first, scalar::from_number(py, num, (&raw const results[1]).cast())?),
    }
}

/// The results of a ufunc with two outputs.
fn pair<'py>(first: Bound<'py, PyAny>, second: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: a fresh tuple of two takes both references.
    unsafe {
        let tuple = ffi::PyTuple_New(2);
        if tuple.is_null() {
            return Err(PyErr::fetch(first.py()));
        }
        let py = first.py();
        ffi::PyTuple_SET_ITEM(tuple, 0, first.into_ptr());
        ffi::PyTuple_SET_ITEM(tuple, 1, second.into_ptr());
        Ok(Bound::from_owned_ptr(py, tuple))
    }
}

/// Puts scalars of other types into their rooms, as the loop's.
fn cast_scalars(route: &Route, operands: &mut [Operand], rooms: &mut [Value; INPUTS]) {
    for (index, operand) in operands.iter_mut().enumerate().take(INPUTS) {
        if operand.nd > 0 || operand.is_weak() {
            continue;
        }
        if let Some(cast) = &route.inputs[index].cast {
            let room: *mut u8 = (&raw mut rooms[index]).cast();
            // SAFETY: one element of the operand's type; a room holds one of any number's.
            unsafe { cast.run(operand.data, 0, room, 1) };
            operand.data = room;
        }
    }
}

/// Raises what a loop has left. The route is not used any more when Python code runs.
fn finish(ufunc: &Bound<'_, PyAny>, route: &Route) -> PyResult<()> {
    report(ufunc, route.quiet, route.fallible)
}

fn report(ufunc: &Bound<'_, PyAny>, quiet: bool, fallible: bool) -> PyResult<()> {
    if fallible {
        fault::take().or_raise(ufunc.py())?;
    }
    if quiet { Ok(()) } else { fp_report::report(ufunc.py(), fp_status::read(), engine(ufunc).name()) }
}

/// A call whose loop is known.
struct Call<'a, 'py> {
    ufunc: &'a Bound<'py, PyAny>,
    route: &'a Route,
    operands: &'a mut [Operand],
    /// Bytes of an element of each operand.
    sizes: [isize; INPUTS],
    /// The operands with axes that are cast.
    casts: [bool; INPUTS],
    /// The operand of most axes.
    lead: usize,
    rooms: &'a mut [Value; INPUTS],
}

impl<'py> Call<'_, 'py> {
    fn run(self, out: Option<*mut ffi::PyObject>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = self.ufunc.py();
        let nin = self.operands.len();
        let lead = self.operands[self.lead];
        let mut walk = Walk::NONE;
        let found =
            walk.set_alike(self.operands, &self.sizes, &lead) || walk.set_broadcast(self.operands, lead.nd);
        let casts = self.casts;
        let cast_any = casts[0] | casts[1] | casts[2];
        let bytes = walk.count * self.route.widest;
        let large = bytes >= DETACH_BYTES as isize;
        if !found || large && (cast_any || !walk.one_run || self.route.second.is_some()) {
            return Ok(None);
        }
        let (target, made) = match out {
            Some(object) => match self.output(object, &mut walk) {
                // SAFETY: the caller's live object.
                Some(data) => (data, unsafe { Bound::from_borrowed_ptr(py, object) }),
                None => return Ok(None),
            },
            None => {
                let array = self.fresh(&mut walk, nin, self.route.out)?;
                (array.data(), array.into_object())
            }
        };
        let other = match self.route.second {
            Some(num) => Some(self.fresh(&mut walk, nin + 1, num)?),
            None => None,
        };
        if !self.route.quiet {
            fp_status::clear();
        }
        if walk.count > 0 {
            cast_scalars(self.route, self.operands, self.rooms);
        }
        let mut at = [target; INPUTS + 1];
        for (index, operand) in self.operands.iter().enumerate().take(INPUTS) {
            at[index] = operand.data;
        }
        if let Some(other) = &other {
            at[nin + 1] = other.data();
        }
        let route = self.route;
        let Some(code) = route.code else { return Ok(None) };
        if large {
            // Copies: while a large call runs without the GIL, others may replace what the table holds.
            let (fallible, quiet) = (route.fallible, route.quiet);
            let flags = if fallible { LoopFlags::FALLIBLE } else { LoopFlags::empty() };
            let steps = &walk.steps[0][..=nin];
            let stretch =
                Stretch::new(code, route.data, flags, &at[..=nin], steps, route.out_size, walk.count);
            // SAFETY: as below, for elements that lie at one step.
            gate::work(py, bytes as usize, false, || unsafe { stretch.run() }).or_raise(py)?;
            report(self.ufunc, quiet, fallible)?;
            return Ok(Some(made));
        } else {
            walk.rows(at, nin, |at, count, steps| {
                // SAFETY: `count` aligned elements at each operand (A2), of the loop's types but for those that are cast;
                // the output is apart from the inputs or exactly on them.
                unsafe {
                    if cast_any {
                        walk::run_cast(route, casts, at, count, steps, nin);
                    } else {
                        code(at.as_ptr(), &count, steps.as_ptr(), route.data);
                    }
                }
            });
        }
        finish(self.ufunc, route)?;
        match other {
            None => Ok(Some(made)),
            Some(other) => pair(made, other.into_object()).map(Some),
        }
    }

    /// A fresh array of type `num` for the results that are operand `place`, whose steps the walk takes.
    fn fresh(&self, walk: &mut Walk, place: usize, num: TypeNum) -> PyResult<Array<'py>> {
        let (py, nin, size) = (self.ufunc.py(), self.operands.len(), route::size(num));
        let descr = dtype::singleton(num);
        if walk.one_run || walk.keeps_c_order(nin) {
            let array = Array::dense(py, descr, walk.shape(), walk.count as usize)?;
            if walk.one_run {
                walk.steps[0][place] = size;
            } else {
                walk.set_output(place, array.strides());
            }
            return Ok(array);
        }
        let strides = walk.output_strides(self.operands, size);
        // SAFETY: a singleton lives for ever.
        let descr = unsafe { Bound::from_borrowed_ptr(py, descr.cast()) };
        let array = Array::allocate(py, &descr, walk.shape(), &strides, false, None)?;
        walk.set_output(place, &strides);
        Ok(array)
    }

    /// Where results go in an array of the caller's, whose steps the walk takes: of their dtype and shape, writable, apart
    /// from the inputs or on them.
    fn output(&self, object: *mut ffi::PyObject, walk: &mut Walk) -> Option<*mut u8> {
        let out = Operand::of(object).filter(|o| o.code == strong(self.route.out))?;
        // SAFETY: only plain arrays are longer than a scalar, and only they are writable.
        let is_array = unsafe { ptr::eq(ffi::Py_TYPE(object), ndarray::type_object()) };
        if !is_array || out.flags & (flag::WRITEABLE | flag::WARN_ON_WRITE) != flag::WRITEABLE {
            return None;
        }
        let size = self.route.out_size;
        if out.shape() != walk.shape() {
            return None;
        }
        let dense = out.flags & flag::C_CONTIGUOUS != 0;
        let lined = matches!(out.steps(), [step] if step.abs() >= size);
        if !dense && !lined && (walk.one_run || out.flags & flag::F_CONTIGUOUS == 0) {
            return None;
        }
        let (low, high) = out.extent(size);
        for (index, input) in self.operands.iter().enumerate() {
            let (start, end) = input.extent(self.sizes[index]);
            let same = input.data == out.data && self.sizes[index] == size && input.steps() == out.steps();
            if walk.count > 0
                && start < high
                && low < end
                && !(same && input.shape() == out.shape() && !self.route.apart)
            {
                return None;
            }
        }
        let nin = self.operands.len();
        if walk.one_run {
            walk.steps[0][nin] = if let [step] = out.steps() { *step } else { size };
        } else {
            walk.set_output(nin, out.steps());
        }
        Some(out.data)
    }
}
