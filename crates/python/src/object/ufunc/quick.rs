//! The shortest way from Python to a loop (design D4): one or two plain arrays of one native number type and one
//! shape, or such an array beside a Python or NumPy scalar that it absorbs.
//!
//! Everything is read from the C fields; the loop stands in a table by type number; nothing is allocated but the
//! result, which small arrays keep inside the object. What is not that simple is declined (`None`) before anything has
//! happened, and the general path (`call`) serves it. Both give the same results: only the way there is shorter.

use std::ffi::c_void;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::fp_status;
use sharray_base::{Kind, TypeNum};
use sharray_core::ufunc::{PlainFold, Ufunc};
use sharray_kernels::loop_abi::{Loop, LoopFlags};
use sharray_kernels::table::Rule;

use super::{engine, raw};
use crate::fp_report;
use crate::gate::DETACH_BYTES;
use crate::object::array::Array;
use crate::object::layout::{ArrayFields, DTypeObject, INLINE_AXES, flag};
use crate::object::scalar::layout::VALUE_OFFSET;
use crate::object::{dtype, ndarray};

/// Most inputs of a quick call.
const INPUTS: usize = 2;

/// A loop that can be called without any preparation.
#[derive(Clone, Copy)]
struct QuickLoop {
    code: Loop,
    data: *mut c_void,
    out: TypeNum,
    /// Raises no floating-point flags.
    quiet: bool,
}

/// The quick loops and folds of a ufunc, by the type number of its inputs.
pub struct Quick {
    loops: [Option<QuickLoop>; TYPE_COUNT],
    pub(super) folds: [Option<PlainFold>; TYPE_COUNT],
}

impl Quick {
    /// The loops of `ufunc` that qualify: numbers in, a number out, no errors but floating-point flags, no promotion.
    pub(super) fn new(ufunc: &Ufunc) -> Quick {
        Quick {
            loops: std::array::from_fn(|index| Quick::qualify(ufunc, TYPES[index].num)),
            folds: std::array::from_fn(|index| PlainFold::of(ufunc, TYPES[index].num)),
        }
    }

    fn qualify(ufunc: &Ufunc, num: TypeNum) -> Option<QuickLoop> {
        let simple = ufunc.nout() == 1 && (1..=INPUTS).contains(&ufunc.nin()) && ufunc.core().is_none();
        if !simple || !num.is_number() || ufunc.rule() == Rule::TrueDivide && num.is_integer() {
            return None;
        }
        let entry = ufunc.loop_of(num)?;
        let out = *entry.types.last()?;
        let plain =
            !entry.flags.intersects(LoopFlags::NEEDS_GIL | LoopFlags::FALLIBLE | LoopFlags::WANTS_CONTEXT);
        (plain && out.is_number()).then(|| QuickLoop {
            code: entry.code,
            data: entry.data,
            out,
            quiet: entry.flags.contains(LoopFlags::NO_FP_STATUS),
        })
    }
}

/// A scalar's value, in the array's type.
type Value = [u64; 2];

/// The array that decides shape and type.
struct Lead {
    fields: *const ArrayFields,
    num: TypeNum,
    itemsize: isize,
    count: isize,
    entry: QuickLoop,
}

/// The C fields of a plain array.
pub(super) fn plain(object: *mut ffi::PyObject) -> Option<*const ArrayFields> {
    // SAFETY: a live object.
    ptr::eq(unsafe { ffi::Py_TYPE(object) }, ndarray::type_object())
        .then(|| object.cast::<ArrayFields>().cast_const())
}

pub(super) fn shape_of<'a>(fields: *const ArrayFields) -> &'a [isize] {
    // SAFETY: a live array's extents by A1; the caller keeps the array for the call.
    unsafe { std::slice::from_raw_parts((*fields).dimensions, (*fields).nd as usize) }
}

impl Lead {
    fn find(quick: &Quick, inputs: &[*mut ffi::PyObject]) -> Option<Lead> {
        let fields = inputs.iter().find_map(|o| plain(*o))?;
        // SAFETY: a live array, whose dtype object it holds.
        let (nd, descr) = unsafe { ((*fields).nd as usize, (*fields).descr) };
        // SAFETY: as above.
        let num = TypeNum::from_number(unsafe { (*descr).fields.type_num })?;
        if nd == 0 || nd > INLINE_AXES || !ptr::eq(descr, dtype::singleton(num)) {
            return None;
        }
        let entry = quick.loops[num as usize]?;
        let itemsize = num.row().itemsize as isize;
        // An array's extents multiply without overflow (L1).
        let count: isize = shape_of(fields).iter().product();
        (count * itemsize < DETACH_BYTES as isize).then_some(Lead { fields, num, itemsize, count, entry })
    }

    /// The step from element to element, if the array has the lead's shape and lies in C order.
    fn step(&self, fields: *const ArrayFields, itemsize: isize) -> Option<isize> {
        // SAFETY: live arrays.
        unsafe {
            if (*fields).flags & flag::ALIGNED == 0 || (*fields).nd != (*self.fields).nd {
                return None;
            }
            if !ptr::eq(fields, self.fields) && shape_of(fields) != shape_of(self.fields) {
                return None;
            }
            if (*fields).nd == 1 {
                return Some(*(*fields).strides);
            }
            ((*fields).flags & flag::C_CONTIGUOUS != 0).then_some(itemsize)
        }
    }

    /// Where an input's elements lie, and their step. A scalar's value is put into `room`.
    fn input(&self, object: *mut ffi::PyObject, room: &mut Value) -> Option<(*mut u8, isize)> {
        if let Some(fields) = plain(object) {
            // SAFETY: live arrays.
            let (data, same) = unsafe { ((*fields).data, ptr::eq((*fields).descr, (*self.fields).descr)) };
            return if same { Some((data, self.step(fields, self.itemsize)?)) } else { None };
        }
        // SAFETY: a live object; the lead's dtype object is alive.
        let (class, descr) = unsafe { (ffi::Py_TYPE(object), (*self.fields).descr) };
        // SAFETY: as above.
        if ptr::eq(class, unsafe { (*descr).fields.typeobj }) {
            // SAFETY: an instance of the dtype's scalar class has its value there.
            return Some((unsafe { object.cast::<u8>().add(VALUE_OFFSET) }, 0));
        }
        absorb(object, class, self.num, room).map(|()| (room.as_mut_ptr().cast(), 0))
    }

    /// Where results go in an array of the caller's: their dtype and shape, writable, apart from the inputs or on them.
    fn output(&self, object: *mut ffi::PyObject, inputs: &[(*mut u8, isize)]) -> Option<(*mut u8, isize)> {
        let fields = plain(object)?;
        let itemsize = self.entry.out.row().itemsize as isize;
        // SAFETY: a live array.
        let (data, flags, descr) = unsafe { ((*fields).data, (*fields).flags, (*fields).descr) };
        let writable = flags & (flag::WRITEABLE | flag::WARN_ON_WRITE) == flag::WRITEABLE;
        if !writable || !ptr::eq(descr, dtype::singleton(self.entry.out)) {
            return None;
        }
        let step = self.step(fields, itemsize)?;
        if self.count > 1 && step.abs() < itemsize {
            return None;
        }
        let (low, high) = extent(data, step, self.count, itemsize);
        let apart = |&(at, its): &(*mut u8, isize)| {
            let (start, end) = extent(at, its, self.count, self.itemsize);
            end <= low || high <= start || (at == data && its == step && itemsize == self.itemsize)
        };
        inputs.iter().all(apart).then_some((data, step))
    }
}

/// The addresses that `count` elements at this step take.
fn extent(data: *mut u8, step: isize, count: isize, itemsize: isize) -> (isize, isize) {
    let (first, last) = (data as isize, data as isize + step * (count - 1).max(0));
    (first.min(last), first.max(last) + itemsize)
}

/// Puts a Python number into `room` as an element of type `num`, where the type takes it without any change of value
/// that would have to be reported.
fn absorb(
    object: *mut ffi::PyObject,
    class: *mut ffi::PyTypeObject,
    num: TypeNum,
    room: &mut Value,
) -> Option<()> {
    // SAFETY: the classes are immortal; the object is of the class found.
    unsafe {
        if ptr::eq(class, &raw mut ffi::PyFloat_Type) {
            return real(ffi::PyFloat_AS_DOUBLE(object), num, room);
        }
        if !ptr::eq(class, &raw mut ffi::PyLong_Type) {
            return None;
        }
        let mut overflow = 0;
        let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
        if overflow != 0 {
            return None;
        }
        if num.is_integer() { integer(value, num, room) } else { real_of(value, num, room) }
    }
}

fn real(value: f64, num: TypeNum, room: &mut Value) -> Option<()> {
    match num {
        TypeNum::Double => room[0] = value.to_bits(),
        TypeNum::CDouble => *room = [value.to_bits(), 0],
        TypeNum::Float => {
            let narrow = value as f32;
            if value != 0.0 && !narrow.is_normal() {
                return None;
            }
            room[0] = u64::from(narrow.to_bits());
        }
        _ => return None,
    }
    Some(())
}

/// A Python integer beside floats: as a float, where that is exact.
fn real_of(value: i64, num: TypeNum, room: &mut Value) -> Option<()> {
    let exact = if num == TypeNum::Float { 1 << 24 } else { 1 << 53 };
    if value.unsigned_abs() <= exact { real(value as f64, num, room) } else { None }
}

fn integer(value: i64, num: TypeNum, room: &mut Value) -> Option<()> {
    let bits = 8 * num.row().itemsize as u32;
    let fits = if num.kind() == Kind::UInt {
        value >= 0 && (bits == 64 || value >> bits == 0)
    } else {
        bits == 64 || (-(1 << (bits - 1))..1 << (bits - 1)).contains(&value)
    };
    room[0] = value as u64;
    fits.then_some(())
}

pub(super) fn table<'a>(ufunc: &'a Bound<'_, PyAny>) -> &'a Quick {
    // SAFETY: set when the ufunc was made, owned by it.
    unsafe { &*raw(ufunc).quick }
}

/// Calls `ufunc` on these inputs, if the call is simple enough; into `out`, or a fresh array.
///
/// # Errors
/// `MemoryError`; floating-point trouble, as the user wants it reported.
pub(crate) fn call<'py>(
    ufunc: &Bound<'py, PyAny>,
    inputs: &[*mut ffi::PyObject],
    out: Option<*mut ffi::PyObject>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = ufunc.py();
    let Some(lead) = Lead::find(table(ufunc), inputs) else { return Ok(None) };
    let mut rooms = [Value::default(); INPUTS];
    let mut operands = [(ptr::null_mut(), 0); INPUTS + 1];
    let nin = inputs.len();
    for ((object, operand), room) in inputs.iter().zip(&mut operands).zip(&mut rooms) {
        let Some(found) = lead.input(*object, room) else { return Ok(None) };
        *operand = found;
    }
    let made = match out {
        Some(object) => match lead.output(object, &operands[..nin]) {
            Some(place) => {
                operands[nin] = place;
                // SAFETY: the caller's live object.
                unsafe { Bound::from_borrowed_ptr(py, object) }
            }
            None => return Ok(None),
        },
        None => {
            let descr: *mut DTypeObject = dtype::singleton(lead.entry.out);
            let array = Array::dense(py, descr, shape_of(lead.fields), lead.count as usize)?;
            operands[nin] = (array.data(), lead.entry.out.row().itemsize as isize);
            array.into_object()
        }
    };
    let (at, steps) = (operands.map(|(at, _)| at), operands.map(|(_, step)| step));
    // SAFETY: `count` aligned elements of the loop's types at each operand (A2); the output is apart from the inputs or
    // exactly on them.
    let status = unsafe { run(&lead.entry, &at, lead.count, &steps) };
    fp_report::report(py, status, engine(ufunc).name())?;
    Ok(Some(made))
}

/// Runs a loop and reads what it raised.
///
/// # Safety
/// As for the loop: see `kernels::loop_abi`.
unsafe fn run(entry: &QuickLoop, at: &[*mut u8], count: isize, steps: &[isize]) -> fp_status::FpStatus {
    if count == 0 {
        return fp_status::FpStatus::empty();
    }
    if !entry.quiet {
        fp_status::clear();
    }
    // SAFETY: by this function's contract.
    unsafe { (entry.code)(at.as_ptr(), &count, steps.as_ptr(), entry.data) };
    if entry.quiet { fp_status::FpStatus::empty() } else { fp_status::read() }
}
