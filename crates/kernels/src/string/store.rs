//! How a loop reads its operands and writes its results: [`Run`] stands for one call of a loop, and a [`Store`] for the
//! way in which texts lie in memory.
//!
//! Operands of the loops of this chapter are aligned and in native byte order: they don't ask for
//! [`ANY_ALIGNMENT`](crate::loop_abi::LoopFlags::ANY_ALIGNMENT).

use std::ffi::c_void;
use std::marker::PhantomData;

use sharray_base::{DType, Error, Result, fault};

use super::encoding::{Bytes, Encoding, Sink, Ucs4, Unit};
use super::lanes::{self, Lanes};
use super::moves;
use crate::loop_abi::Context;

/// The code unit of a store's texts.
pub type UnitOf<S> = <<S as Store>::Code as Encoding>::Unit;

/// How texts of one dtype lie in memory.
pub trait Store: Sized + 'static {
    /// What they are made of.
    type Code: Encoding;
    /// Reads an operand's elements.
    type Reader<'a>: Read<'a, UnitOf<Self>>;
    /// Writes an output's elements.
    type Writer<'a>: Write<UnitOf<Self>>;

    /// True when elements are their text's units and nulls up to their width, wherever they lie.
    const FIXED: bool;

    /// A reader of elements of this dtype.
    ///
    /// # Errors
    /// When the dtype's elements can't be read now.
    fn reader<'a>(dtype: &'a DType) -> Result<Self::Reader<'a>>;
    /// A writer of elements of this dtype, which are `apart` from those that are read or lie exactly where they do.
    ///
    /// # Errors
    /// When the dtype's elements can't be written now.
    fn writer<'a>(dtype: &'a DType, apart: bool) -> Result<Self::Writer<'a>>;
}

/// Reads elements.
pub trait Read<'a, U> {
    /// The text at `at`; `None` for a missing one.
    ///
    /// # Safety
    /// An element of the dtype the reader was made for lies at `at`, for as long as the text is used.
    unsafe fn get(&self, at: *const u8) -> Option<&'a [U]>;
    /// Shows `look` all units of the text at `at`, sixteen at a time, with the place of the first of them; behind the text
    /// anything may be shown. Gives the text's number of units. `None` for a missing text and one of more units than
    /// [`lanes::MOST`].
    ///
    /// # Safety
    /// As [`Read::get`]. `look` gets addresses of sixteen units that can be read.
    unsafe fn walk(&self, at: *const u8, look: impl FnMut(*const U, usize)) -> Option<usize>;
    /// What the operation `name`, which gives a number or a truth value, says to a missing text.
    fn undefined(&self, name: &str) -> Error {
        Error::Value(format!("'{name}' is not defined for a missing text"))
    }
    /// True when what is made of a missing text is missing too; else it is an error.
    fn missing_spreads(&self) -> bool {
        false
    }
}

/// Writes elements.
pub trait Write<U: Unit> {
    /// Takes the text of one element.
    type Sink: Sink<U>;
    /// Writes one element: the text that `fill` puts into the sink.
    ///
    /// # Errors
    /// When there is no memory for it; and `fill`'s own.
    ///
    /// # Safety
    /// An element of the dtype the writer was made for lies at `at`, writable, and apart from what `fill` reads.
    unsafe fn write(&mut self, at: *mut u8, fill: impl FnOnce(&mut Self::Sink) -> Result<()>) -> Result<()>;
    /// Writes a missing text.
    ///
    /// # Errors
    /// Where the dtype has none.
    ///
    /// # Safety
    /// As for [`Write::write`].
    unsafe fn write_missing(&mut self, at: *mut u8) -> Result<()>;
}

/// Texts of fixed width, padded with nulls: `S` and `U`.
pub struct Fixed<E>(PhantomData<E>);
/// `S`.
pub type FixedBytes = Fixed<Bytes>;
/// `U`.
pub type FixedUcs4 = Fixed<Ucs4>;

impl<E: Encoding> Store for Fixed<E> {
    type Code = E;
    type Reader<'a> = Width<E::Unit>;
    type Writer<'a> = Width<E::Unit>;
    const FIXED: bool = true;
    fn reader(dtype: &DType) -> Result<Width<E::Unit>> {
        Ok(Width::of(dtype))
    }
    fn writer(dtype: &DType, apart: bool) -> Result<Width<E::Unit>> {
        Ok(Width { apart, ..Width::of(dtype) })
    }
}

/// Width of a fixed-width dtype in code units.
pub struct Width<U> {
    units: usize,
    /// Elements may be overwritten before the operands have been read.
    apart: bool,
    unit: PhantomData<U>,
}

impl<U> Width<U> {
    fn of(dtype: &DType) -> Width<U> {
        Width { units: dtype.itemsize() / size_of::<U>(), apart: false, unit: PhantomData }
    }
}

/// The text without the nulls behind it.
#[inline]
pub fn trimmed<U: PartialEq + Default>(text: &[U]) -> &[U] {
    let zero = U::default();
    let mut rest = text;
    // Most texts are much shorter than their width: eight nulls at a time.
    while let Some((before, last)) = rest.split_last_chunk::<8>() {
        if !last.iter().fold(true, |nulls, unit| nulls & (*unit == zero)) {
            break;
        }
        rest = before;
    }
    let end = rest.iter().rposition(|unit| *unit != zero).map_or(0, |last| last + 1);
    &rest[..end]
}

impl<'a, U: Lanes> Read<'a, U> for Width<U> {
    #[inline]
    unsafe fn get(&self, at: *const u8) -> Option<&'a [U]> {
        // SAFETY: an aligned element of that many units, by the contract.
        unsafe {
            if self.units.wrapping_sub(1) < lanes::MOST {
                return Some(std::slice::from_raw_parts(
                    at.cast(),
                    lanes::length(at.cast::<U>(), self.units),
                ));
            }
            Some(trimmed(std::slice::from_raw_parts(at.cast(), self.units)))
        }
    }
    #[inline(always)]
    unsafe fn walk(&self, at: *const u8, mut look: impl FnMut(*const U, usize)) -> Option<usize> {
        if self.units.wrapping_sub(1) >= lanes::MOST {
            return None;
        }
        let (mut zeros, mut seen) = (0, 0);
        // SAFETY: an element of that many units, by the contract; sixteen units are shown.
        unsafe {
            lanes::walk(at.cast::<U>(), self.units, |part, place| {
                zeros |= u64::from(U::block(part).is(0)) << place;
                seen |= 0xffff << place;
                look(part, place);
            });
        }
        Some(lanes::highest(!zeros & seen))
    }
}

/// Fills an element of fixed width; what doesn't fit is dropped.
pub struct Filling<U> {
    at: *mut U,
    room: usize,
}

impl<U: Unit> Sink<U> for Filling<U> {
    #[inline]
    fn put(&mut self, text: &[U]) {
        let count = text.len().min(self.room);
        let bytes = count * size_of::<U>();
        // SAFETY: `room` units at `at` are writable. They are apart from the operands, but for methods in place (`at`).
        unsafe {
            if bytes <= moves::SMALL {
                moves::copy_small(text.as_ptr().cast(), self.at.cast(), bytes);
            } else {
                std::ptr::copy(text.as_ptr(), self.at, count);
            }
            self.at = self.at.add(count);
        }
        self.room -= count;
    }
    #[inline]
    fn pad(&mut self, text: &[U], fill: &[U], front: usize, behind: usize) {
        // All results are mostly of one width. So that is filled, and then the text put over it.
        let text = &text[..text.len().min(self.room.saturating_sub(front))];
        let start = self.at;
        self.repeat(fill, front + text.len() + behind);
        let (end, left) = (self.at, self.room);
        self.at = start.wrapping_add(front);
        self.room = text.len();
        self.put(text);
        (self.at, self.room) = (end, left);
    }
    #[inline]
    fn repeat(&mut self, text: &[U], times: usize) {
        if let [unit] = text {
            let count = times.min(self.room);
            // SAFETY: `room` units at `at` are writable; the pattern of a byte is four of it.
            unsafe {
                moves::fill(self.at.cast(), count * size_of::<U>(), unit.pattern());
                self.at = self.at.add(count);
            }
            self.room -= count;
            return;
        }
        if text.is_empty() {
            return;
        }
        for _ in 0..times {
            if self.room == 0 {
                return;
            }
            self.put(text);
        }
    }
}

/// Bytes of an element that is filled with nulls before it gets its text, not behind the text afterwards.
const AHEAD: usize = 256;

impl<U: Unit> Write<U> for Width<U> {
    type Sink = Filling<U>;
    #[inline]
    unsafe fn write(&mut self, at: *mut u8, fill: impl FnOnce(&mut Filling<U>) -> Result<()>) -> Result<()> {
        if self.apart && self.units * size_of::<U>() <= AHEAD {
            // Nulls first: a size that is the same for all elements.
            // SAFETY: an element of so many bytes, whose old value nobody reads.
            unsafe { moves::fill(at, self.units * size_of::<U>(), 0) };
            return fill(&mut Filling { at: at.cast::<U>(), room: self.units });
        }
        let mut sink = Filling { at: at.cast::<U>(), room: self.units };
        fill(&mut sink)?;
        // SAFETY: `room` units are left at `at`.
        unsafe { moves::fill(sink.at.cast(), sink.room * size_of::<U>(), 0) };
        Ok(())
    }
    unsafe fn write_missing(&mut self, _at: *mut u8) -> Result<()> {
        Err(Error::Value("texts of fixed width can't be missing".into()))
    }
}

/// One call of a loop.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    args: *const *mut u8,
    steps: *const isize,
    /// Number of elements.
    pub count: isize,
    context: Context<'a>,
}

impl<'a> Run<'a> {
    /// The call with these arguments.
    ///
    /// # Safety
    /// The loop contract, with a context as `data`; elements are aligned and in native order.
    pub unsafe fn new(
        args: *const *mut u8,
        dims: *const isize,
        steps: *const isize,
        data: *mut c_void,
    ) -> Run<'a> {
        // SAFETY: by the caller.
        unsafe { Run { args, steps, count: *dims, context: Context::from_data(data) } }
    }
    /// Address of an operand's element.
    #[inline]
    pub fn at(&self, operand: usize, i: isize) -> *mut u8 {
        // SAFETY: the loop contract: there is a pointer and a step for each operand.
        unsafe { (*self.args.add(operand)).wrapping_offset(i * *self.steps.add(operand)) }
    }
    /// True when an output's elements are not those of another operand.
    pub fn is_apart(&self, output: usize) -> bool {
        (0..self.context.dtypes.len()).all(|other| other == output || self.at(other, 0) != self.at(output, 0))
    }
    /// From one of an operand's elements to the next, in bytes.
    #[inline]
    pub fn step(&self, operand: usize) -> isize {
        // SAFETY: the loop contract: there is a step for each operand.
        unsafe { *self.steps.add(operand) }
    }
    /// True when an operand's element is the same for all, and there is one.
    pub fn is_same(&self, operand: usize) -> bool {
        self.count > 0 && self.step(operand) == 0
    }
    /// An operand's dtype.
    pub fn dtype(&self, operand: usize) -> &'a DType {
        self.context.dtypes[operand]
    }
    /// The number that an `int64` operand holds.
    #[inline]
    pub fn number(&self, operand: usize, i: isize) -> i64 {
        // SAFETY: the loop contract: an `int64` element, aligned.
        unsafe { self.at(operand, i).cast::<i64>().read() }
    }
    /// Writes a result.
    ///
    /// # Safety
    /// The operand's dtype has elements of type `T`.
    #[inline]
    pub unsafe fn put<T>(&self, operand: usize, i: isize, value: T) {
        // SAFETY: by the caller, and the loop contract.
        unsafe { self.at(operand, i).cast::<T>().write(value) }
    }
    /// Does `work` for each element in turn; an error is left as the thread's fault and ends the run.
    #[inline]
    pub fn each(&self, mut work: impl FnMut(isize) -> Result<()>) {
        for i in 0..self.count {
            if let Err(error) = work(i) {
                return fault::set(error);
            }
        }
    }
}

/// The first of `results` that is an error becomes the thread's fault: `None`.
pub fn or_fault<T>(result: Result<T>) -> Option<T> {
    result.map_err(fault::set).ok()
}

/// Readers of several text operands.
///
/// # Errors
/// As [`Store::reader`].
pub fn readers<'a, S: Store, const N: usize>(
    run: &Run<'a>,
    operands: [usize; N],
) -> Result<[S::Reader<'a>; N]> {
    let mut made = Vec::with_capacity(N);
    for operand in operands {
        made.push(S::reader(run.dtype(operand))?);
    }
    made.try_into().map_err(|_| Error::Runtime("a reader per operand".into()))
}

/// The common shape of loops that make one text of `N` others: `fill` puts the result for element `i` into the sink.
/// Where a text is missing so is the result, or it is an error, as the dtype says.
///
/// # Safety
/// The loop contract: `operands` and `output` are of the store's dtypes, the output apart from the operands.
pub unsafe fn produce<'a, S: Store, const N: usize>(
    run: &Run<'a>,
    operands: [usize; N],
    output: usize,
    name: &str,
    fill: impl Fn(isize, [&[UnitOf<S>]; N], &mut SinkOf<'a, S>) -> Result<()>,
) {
    let Some(readers) = or_fault(readers::<S, N>(run, operands)) else { return };
    let Some(mut writer) = or_fault(S::writer(run.dtype(output), run.is_apart(output))) else { return };
    run.each(|i| {
        let mut texts: [&[UnitOf<S>]; N] = [&[]; N];
        for (slot, (reader, operand)) in texts.iter_mut().zip(readers.iter().zip(operands)) {
            // SAFETY: an element of the operand, for whose dtype the reader was made.
            match unsafe { reader.get(run.at(operand, i)) } {
                Some(text) => *slot = text,
                None if reader.missing_spreads() => {
                    // SAFETY: an element of the output.
                    return unsafe { writer.write_missing(run.at(output, i)) };
                }
                None => return Err(reader.undefined(name)),
            }
        }
        // SAFETY: an element of the output, apart from the operands.
        unsafe { writer.write(run.at(output, i), |sink| fill(i, texts, sink)) }
    });
}

/// What a store's writer hands out.
pub type SinkOf<'a, S> = <<S as Store>::Writer<'a> as Write<UnitOf<S>>>::Sink;
