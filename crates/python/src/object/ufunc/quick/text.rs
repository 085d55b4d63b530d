//! The short way for text: plain arrays of `S`, `U` or `StringDType` in native order, with Python's own texts and integers
//! beside them, given to a ufunc of text, to a comparison, `+` or `*`. As in the module above, what is not that simple is
//! declined before anything has happened.
//!
//! What differs from numbers: dtypes have lengths and options, so a loop is found by the operands' type numbers alone and is
//! told the dtypes of each call; results are as wide as the ufunc's rule says. Operands are arrays of one shape, each in C
//! order or one-dimensional, and single elements.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::dtype::MissingKind;
use sharray_base::threads::GRAIN;
use sharray_base::{DType, TypeNum, fault};
use sharray_core::ufunc::{Ufunc, UfuncLoop, native};
use sharray_kernels::loop_abi::{Context, LoopFlags};
use sharray_kernels::string::packed;
use sharray_kernels::string::store::trimmed;
use sharray_kernels::table::{Rule, TextWidth};
use smallvec::SmallVec;

use super::operand::AXES;
use super::{engine, plain, shape_of};
use crate::errors::OrRaise;
use crate::gate;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::{ArrayFields, DTypeObject, flag};
use crate::object::scalar::types;

/// Most inputs.
const INPUTS: usize = 4;

/// Where an operand's elements lie.
#[derive(Clone, Copy)]
struct Operand<'a> {
    num: TypeNum,
    data: *mut u8,
    shape: &'a [isize],
    /// The dtype, of arrays.
    dtype: Option<&'a DType>,
    /// The array, if it is one.
    fields: *const ArrayFields,
}

/// What a Python object becomes as an element.
enum Room {
    None,
    Integer(i64),
    /// Code points and their dtype.
    Codes(SmallVec<[u32; 32]>, DType),
    /// The dtype of bytes that lie in their object.
    Bytes(DType),
    Packed(Packed),
}

/// An element of variable width of our own.
#[repr(align(16))]
struct Packed([u8; packed::SIZE]);

impl Drop for Packed {
    fn drop(&mut self) {
        // SAFETY: a valid element, which nobody else has.
        unsafe { packed::release(self.0.as_mut_ptr()) }
    }
}

fn is_text(num: TypeNum) -> bool {
    matches!(num, TypeNum::String | TypeNum::Unicode | TypeNum::VString)
}

/// True where a ufunc of these loops may take text by this way.
pub(super) fn serves(ufunc: &Ufunc) -> bool {
    let wanted = |entry: &UfuncLoop| {
        entry.flags.contains(LoopFlags::WANTS_CONTEXT) && entry.types.iter().any(|num| is_text(*num))
    };
    (1..=INPUTS).contains(&ufunc.nin())
        && ufunc.nout() == 1
        && ufunc.core().is_none()
        && ufunc.rule() != Rule::Logical
        && ufunc.loops().iter().any(wanted)
}

impl<'a> Operand<'a> {
    /// The operand that a plain array is, if it needs no preparation.
    fn of_array(fields: *const ArrayFields) -> Option<Operand<'a>> {
        // SAFETY: a live array, whose dtype object it holds.
        let (data, flags, nd, dtype) = unsafe {
            let fields = &*fields;
            (fields.data, fields.flags, fields.nd as usize, &(*fields.descr).value)
        };
        let num = dtype.num();
        let simple = if is_text(num) {
            dtype.is_native() && dtype.metadata().is_none() && dtype.itemsize() > 0
        } else {
            num == TypeNum::Long && dtype.is_native()
        };
        let lined = nd <= 1 || nd <= AXES && flags & flag::C_CONTIGUOUS != 0;
        let shape = shape_of(fields);
        (simple && lined && flags & flag::ALIGNED != 0).then_some(Operand {
            num,
            data,
            shape,
            dtype: Some(dtype),
            fields,
        })
    }

    fn itemsize(&self) -> isize {
        self.dtype.map_or(0, |dtype| dtype.itemsize() as isize)
    }

    /// From one element to the next, in a call of that shape.
    fn step(&self, shape: &[isize]) -> Option<isize> {
        if self.shape.is_empty() || self.shape == [1] && shape != [1] {
            return Some(0);
        }
        if self.shape != shape {
            return None;
        }
        // SAFETY: only arrays have axes.
        match unsafe { (*self.fields).nd } {
            // SAFETY: as above; there is a stride for the axis (A1).
            1 => Some(unsafe { *(*self.fields).strides }),
            _ => Some(self.itemsize()),
        }
    }

    /// The addresses that `count` elements take.
    fn extent(&self, step: isize, count: isize) -> (isize, isize) {
        let (first, reach) = (self.data as isize, (count - 1).max(0) * step);
        (first + reach.min(0), first + reach.max(0) + self.itemsize())
    }
}

/// What stands for a Python object, and its type; `variable` says what text becomes.
fn element(object: *mut ffi::PyObject, variable: bool) -> Option<(Room, TypeNum)> {
    // SAFETY: a live object of the class that was looked at; what it holds is copied, or not changed as long as it lives.
    unsafe {
        let class = ffi::Py_TYPE(object);
        if ptr::eq(class, &raw mut ffi::PyLong_Type) {
            let mut overflow = 0;
            let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
            return (overflow == 0).then_some((Room::Integer(value), TypeNum::Long));
        }
        if ptr::eq(class, &raw mut ffi::PyBytes_Type) {
            let dtype = DType::flexible(TypeNum::String, ffi::PyBytes_Size(object).max(1) as usize);
            return Some((Room::Bytes(dtype), TypeNum::String));
        }
        if !ptr::eq(class, &raw mut ffi::PyUnicode_Type) && !ptr::eq(class, types::class(TypeNum::Unicode)) {
            return None;
        }
        if variable {
            let mut size = 0;
            let text = ffi::PyUnicode_AsUTF8AndSize(object, &mut size);
            if text.is_null() {
                ffi::PyErr_Clear();
                return None;
            }
            let mut room = Packed([0; packed::SIZE]);
            // As of an array of fixed width, which a Python text becomes first, nulls at the end are no part of it.
            let bytes = trimmed(std::slice::from_raw_parts(text.cast::<u8>(), size as usize));
            packed::set(room.0.as_mut_ptr(), bytes).ok()?;
            return Some((Room::Packed(room), TypeNum::VString));
        }
        let length = ffi::PyUnicode_GET_LENGTH(object) as usize;
        let mut codes: SmallVec<[u32; 32]> = SmallVec::from_elem(0, length.max(1));
        if length > 0 && ffi::PyUnicode_AsUCS4(object, codes.as_mut_ptr(), length as isize, 0).is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        let dtype = DType::flexible(TypeNum::Unicode, 4 * codes.len());
        Some((Room::Codes(codes, dtype), TypeNum::Unicode))
    }
}

/// Calls `ufunc` on these inputs, if the call is simple enough; into `out`, or a fresh array.
///
/// # Errors
/// `MemoryError`; what the loop reports.
pub(super) fn call<'py>(
    ufunc: &Bound<'py, PyAny>,
    objects: &[*mut ffi::PyObject],
    out: Option<*mut ffi::PyObject>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let rule = engine(ufunc);
    if objects.len() != rule.nin() {
        return Ok(None);
    }
    let mut operands = [Operand::NONE; INPUTS];
    let (mut lead, mut variable) = (None::<usize>, None::<usize>);
    for (index, object) in objects.iter().enumerate() {
        let Some(fields) = plain(*object) else { continue };
        let Some(operand) = Operand::of_array(fields) else { return Ok(None) };
        operands[index] = operand;
        if lead.is_none_or(|lead| operand.is_longer_than(&operands[lead])) {
            lead = Some(index);
        }
        if operand.num == TypeNum::VString {
            match variable.and_then(|first| operands[first].dtype) {
                Some(first)
                    if operand.dtype.is_some_and(|own| own.text_options() != first.text_options()) =>
                {
                    return Ok(None);
                }
                Some(_) => {}
                None => variable = Some(index),
            }
        }
    }
    let Some(shape) = lead.map(|lead| operands[lead].shape).filter(|shape| !shape.is_empty()) else {
        return Ok(None);
    };
    let mut rooms = [const { Room::None }; INPUTS];
    for (index, object) in objects.iter().enumerate() {
        if operands[index].fields.is_null() {
            let Some((room, num)) = element(*object, variable.is_some()) else { return Ok(None) };
            operands[index].num = num;
            rooms[index] = room;
        }
    }
    let options = variable.and_then(|first| operands[first].dtype);
    for (index, room) in rooms.iter_mut().enumerate() {
        let operand = &mut operands[index];
        (operand.data, operand.dtype) = match room {
            Room::None => continue,
            Room::Integer(value) => ((&raw mut *value).cast(), Some(native(TypeNum::Long))),
            Room::Codes(codes, dtype) => (codes.as_mut_ptr().cast(), Some(&*dtype)),
            // SAFETY: live bytes, with a null behind them; they are only read.
            Room::Bytes(dtype) => (unsafe { ffi::PyBytes_AsString(objects[index]) }.cast(), Some(&*dtype)),
            Room::Packed(element) => (element.0.as_mut_ptr(), options),
        };
    }
    Call { ufunc, operands: &operands[..objects.len()], shape, variable }.run(out)
}

impl Operand<'_> {
    const NONE: Operand<'static> =
        Operand { num: TypeNum::Bool, data: ptr::null_mut(), shape: &[], dtype: None, fields: ptr::null() };

    fn is_longer_than(&self, other: &Operand<'_>) -> bool {
        self.shape.len() > other.shape.len() || other.shape == [1] && self.shape.len() == 1
    }
}

/// A call whose operands are known.
struct Call<'a, 'py> {
    ufunc: &'a Bound<'py, PyAny>,
    operands: &'a [Operand<'a>],
    shape: &'a [isize],
    /// The first operand of variable width.
    variable: Option<usize>,
}

/// The dtype of results: an object there is already, or one to be made.
enum Made {
    There(*mut DTypeObject),
    New(DType),
}

impl<'py> Call<'_, 'py> {
    fn run(self, out: Option<*mut ffi::PyObject>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = self.ufunc.py();
        let nin = self.operands.len();
        let Some(entry) = self.entry() else { return Ok(None) };
        let count: isize = self.shape.iter().product();
        let mut steps = [0; INPUTS + 1];
        let mut at = [ptr::null_mut(); INPUTS + 1];
        let mut dtypes = [native(TypeNum::Bool); INPUTS + 1];
        for (index, operand) in self.operands.iter().enumerate() {
            let (Some(step), Some(dtype)) = (operand.step(self.shape), operand.dtype) else {
                return Ok(None);
            };
            (steps[index], at[index], dtypes[index]) = (step, operand.data, dtype);
        }
        if count as usize >= 2 * GRAIN {
            // Several threads' work is left to the engine.
            return Ok(None);
        }
        let Some(made) = self.made(entry, out)? else { return Ok(None) };
        // SAFETY: the array, which the caller has or which is fresh, holds its dtype object.
        let descr = unsafe { (*made.as_ptr().cast::<ArrayFields>()).descr };
        // SAFETY: as above.
        dtypes[nin] = unsafe { &(*descr).value };
        let target = Operand::of_any(made.as_ptr().cast());
        let Some(step) = target.step(self.shape) else { return Ok(None) };
        (steps[nin], at[nin]) = (step, target.data);
        if out.is_some() && self.overlaps(&target, &steps, count) {
            return Ok(None);
        }
        if count > 0 {
            let largest = dtypes[..=nin].iter().map(|dtype| dtype.itemsize()).max().unwrap_or(1);
            let holds = self.variable.is_some();
            let work = Work { entry, at, steps, count, dtypes: &dtypes[..=nin] };
            gate::work(py, count as usize * largest, holds, || work.run());
            if entry.flags.contains(LoopFlags::FALLIBLE) {
                fault::take().or_raise(py)?;
            }
        }
        Ok(Some(made))
    }

    /// The loop for operands of exactly these types.
    fn entry(&self) -> Option<&UfuncLoop> {
        let ufunc = engine(self.ufunc);
        let first = self.operands[0].num;
        let alike = self.operands.iter().all(|operand| operand.num == first);
        let fits = |entry: &&UfuncLoop| entry.types.iter().zip(self.operands).all(|(num, o)| *num == o.num);
        let entry = if alike { ufunc.loop_of(first)? } else { ufunc.loops().iter().find(fits)? };
        let usable = entry.flags.contains(LoopFlags::WANTS_CONTEXT.union(LoopFlags::NO_FP_STATUS))
            && !entry.flags.contains(LoopFlags::NEEDS_GIL);
        // What these take beside texts of variable width must be such an array.
        let whole = matches!(ufunc.name(), "maximum" | "minimum");
        let strange = |o: &Operand<'_>| o.num == TypeNum::VString && o.fields.is_null();
        let named = |o: &Operand<'_>| {
            let missing = o.dtype.and_then(|dtype| dtype.text_options().missing.as_ref());
            whole || missing.is_some_and(|missing| missing.kind == MissingKind::Text)
        };
        let any_text = self.operands.iter().any(|o| is_text(o.num));
        let declined = self.operands.iter().any(|o| strange(o) && named(o));
        (usable && any_text && !declined).then_some(entry)
    }

    /// The array for the results: the caller's, where it needs no preparation, or a fresh one.
    fn made(
        &self,
        entry: &UfuncLoop,
        out: Option<*mut ffi::PyObject>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = self.ufunc.py();
        let num = entry.types[self.operands.len()];
        if let Some(object) = out {
            // SAFETY: a live object of the caller's.
            let object = unsafe { Bound::from_borrowed_ptr(py, object) };
            return Ok(self.takes(num, &object).then_some(object));
        }
        let count = self.shape.iter().product::<isize>() as usize;
        let fresh = match self.wide(num) {
            None => return Ok(None),
            Some(Made::There(descr)) => self.fresh(py, descr, count)?,
            Some(Made::New(value)) => {
                let descr = dtype::from_value(py, &value)?;
                self.fresh(py, descr.as_ptr().cast(), count)?
            }
        };
        Ok(Some(fresh.into_object()))
    }

    fn fresh(&self, py: Python<'py>, descr: *mut DTypeObject, count: usize) -> PyResult<Array<'py>> {
        // SAFETY: a live dtype object: an operand's, a singleton, or the caller's fresh one.
        let (variable, itemsize) =
            unsafe { ((*descr).value.num() == TypeNum::VString, (*descr).value.itemsize()) };
        if count.checked_mul(itemsize).is_none_or(|bytes| bytes > isize::MAX as usize) {
            // SAFETY: as above.
            let value = unsafe { &(*descr).value };
            return Array::new(py, value, self.shape, sharray_base::layout::Order::C);
        }
        // Zeros are valid elements of variable width; others are all written.
        Array::dense_block(py, descr, self.shape, count, variable)
    }

    /// The dtype of fresh results of type `num`.
    fn wide(&self, num: TypeNum) -> Option<Made> {
        let ufunc = engine(self.ufunc);
        match num {
            TypeNum::VString => {
                let first = &self.operands[self.variable?];
                // SAFETY: the array holds its dtype object.
                Some(Made::There(unsafe { (*first.fields).descr }))
            }
            TypeNum::String | TypeNum::Unicode => match ufunc.rule() {
                Rule::Text(TextWidth::First) => {
                    let first = &self.operands[0];
                    // SAFETY: as above.
                    (!first.fields.is_null()).then(|| Made::There(unsafe { (*first.fields).descr }))
                }
                Rule::Text(_) => None,
                _ if ufunc.name() == "add" => {
                    let width: usize = self.operands.iter().map(|o| o.dtype.map_or(0, DType::itemsize)).sum();
                    i32::try_from(width).ok()?;
                    Some(Made::New(DType::flexible(num, width)))
                }
                _ => None,
            },
            num => num.is_number().then(|| Made::There(dtype::singleton(num))),
        }
    }

    /// True when results of type `num` go straight to the caller's array.
    fn takes(&self, num: TypeNum, object: &Bound<'_, PyAny>) -> bool {
        let Some(fields) = plain(object.as_ptr()) else { return false };
        // SAFETY: a live array, whose dtype object it holds.
        let (flags, descr) = unsafe { ((*fields).flags, (*fields).descr) };
        // SAFETY: as above.
        let own = unsafe { &(*descr).value };
        if own.num() != num || !own.is_native() || own.metadata().is_some() || own.itemsize() == 0 {
            return false;
        }
        let wanted = flag::WRITEABLE | flag::ALIGNED;
        let lined = shape_of(fields).len() == 1 || flags & flag::C_CONTIGUOUS != 0;
        if flags & (wanted | flag::WARN_ON_WRITE) != wanted || !lined || shape_of(fields) != self.shape {
            return false;
        }
        // SAFETY: as above; there is a stride for the axis (A1).
        let step = if self.shape.len() == 1 { unsafe { *(*fields).strides } } else { isize::MAX };
        let apart = step.unsigned_abs() >= own.itemsize();
        let given = matches!(engine(self.ufunc).rule(), Rule::Text(TextWidth::Given(_)))
            || engine(self.ufunc).name() == "multiply";
        apart
            && match num {
                TypeNum::VString => self.variable.and_then(|i| self.operands[i].dtype) == Some(own),
                TypeNum::String | TypeNum::Unicode if !given => match self.wide(num) {
                    // SAFETY: an operand's dtype object.
                    Some(Made::There(descr)) => unsafe { &(*descr).value == own },
                    Some(Made::New(value)) => value == *own,
                    None => false,
                },
                _ => true,
            }
    }

    /// True where an output shares memory with an input.
    fn overlaps(&self, target: &Operand<'_>, steps: &[isize; INPUTS + 1], count: isize) -> bool {
        let (low, high) = target.extent(steps[self.operands.len()], count);
        let meets = |(index, operand): (usize, &Operand<'_>)| {
            let (start, end) = operand.extent(steps[index], count);
            start < high && low < end
        };
        count > 0 && self.operands.iter().enumerate().any(meets)
    }
}

impl<'a> Operand<'a> {
    /// An array of results, of any dtype.
    fn of_any(fields: *const ArrayFields) -> Operand<'a> {
        // SAFETY: a live array, which the caller keeps, and which holds its dtype object.
        let (data, dtype) = unsafe { ((*fields).data, &(*(*fields).descr).value) };
        Operand { num: dtype.num(), data, shape: shape_of(fields), dtype: Some(dtype), fields }
    }
}

/// One run of a loop.
struct Work<'a> {
    entry: &'a UfuncLoop,
    at: [*mut u8; INPUTS + 1],
    steps: [isize; INPUTS + 1],
    count: isize,
    dtypes: &'a [&'a DType],
}

// SAFETY: the addresses are used by whoever runs it, and by one thread.
unsafe impl Send for Work<'_> {}
// SAFETY: as for `Send`.
unsafe impl Sync for Work<'_> {}

impl Work<'_> {
    fn run(&self) {
        let context = Context { dtypes: self.dtypes };
        // SAFETY: `count` aligned elements at each operand (A2), of the loop's types and of the dtypes of the context; the
        // output is apart from the inputs.
        unsafe { (self.entry.code)(self.at.as_ptr(), &self.count, self.steps.as_ptr(), context.as_data()) }
    }
}
