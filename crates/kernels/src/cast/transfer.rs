//! [`Transfer`]: the one way to move elements of one dtype to places of another. All decisions fall in [`Transfer::new`];
//! copies and casts between numbers allocate nothing.

use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use super::runs::Runs;
use super::{compound, numeric, objects, raw, same_value, small, text, times, variable};
use crate::copy::swap::copy_swapped;
use crate::copy::{Mover, copy_strided};
use crate::isa::{self, Level};

/// A resolved move of elements from one dtype to another.
pub struct Transfer {
    step: Step,
    gil: bool,
    fp: bool,
}

/// A move with state of its own.
pub(crate) trait Move: Send + Sync {
    /// Moves `n` elements.
    ///
    /// # Safety
    /// As for [`Transfer::run`].
    unsafe fn run(&self, runs: Runs) -> Result<()>;
}

pub(crate) enum Step {
    /// Elements of no bytes.
    Nothing,
    /// The same bytes.
    Copy { size: usize },
    /// The same bytes, each unit reversed.
    Swap { size: usize, unit: usize },
    /// One native value to another.
    Plain(Mover),
    /// A native real to the first part of a complex number; the second becomes 0.
    ToComplex { mover: Mover, part: usize },
    /// Both parts of a native complex number.
    Parts { mover: Mover, from: usize, to: usize },
    /// Anything else.
    Other(Box<dyn Move>),
}

impl Transfer {
    /// How elements of `from` become elements of `to`. With `aligned` false the elements may lie anywhere; the loops
    /// behind this accept that in any case.
    ///
    /// # Errors
    /// `Type` or `Value` where NumPy knows no such cast.
    pub fn new(from: &DType, to: &DType, aligned: bool) -> Result<Transfer> {
        let _ = aligned;
        Self::of(resolve(from, to)?, from, to)
    }

    /// As [`Transfer::new`], between numbers; a value that the target does not hold is a `Value` error of the run.
    ///
    /// # Errors
    /// `Type` where one side is no number.
    pub fn keeping_values(from: &DType, to: &DType) -> Result<Transfer> {
        Self::of(same_value::keeping(from, to)?, from, to)
    }

    fn of(step: Step, from: &DType, to: &DType) -> Result<Transfer> {
        let gil = from.holds_objects() || to.holds_objects();
        Ok(Transfer { step, gil, fp: raises_fp(from, to) })
    }

    /// Moves `n` elements; strides are in bytes. Writing to an object slot releases what it held. On an error some
    /// targets may have been written.
    ///
    /// # Errors
    /// What a conversion reports: text that is no number, a time out of range, a Python exception.
    ///
    /// # Safety
    /// * Each of the `n` sources is a readable element of `from`, each of the `n` targets a writable element of `to`, at
    ///   any alignment.
    /// * The two runs do not overlap, or start at the same address with the same stride.
    /// * If [`Transfer::needs_gil`], the GIL is held, and object slots on both sides hold valid or null references.
    pub unsafe fn run(
        &self,
        src: *const u8,
        src_stride: isize,
        dst: *mut u8,
        dst_stride: isize,
        n: usize,
    ) -> Result<()> {
        // SAFETY: handed on from the caller; each step was made for these dtypes.
        unsafe { self.step.run(src, src_stride, dst, dst_stride, n) }
    }

    /// True when it touches Python objects.
    pub fn needs_gil(&self) -> bool {
        self.gil
    }
    /// True when it copies the bytes as they are.
    pub fn is_plain_copy(&self) -> bool {
        matches!(self.step, Step::Copy { .. } | Step::Nothing)
    }
    /// True when it may raise floating-point flags.
    pub fn may_raise_fp(&self) -> bool {
        self.fp
    }
}

/// An imaginary part.
static ZERO: [u8; 16] = [0; 16];

impl Step {
    /// # Safety
    /// As for [`Transfer::run`].
    pub(crate) unsafe fn run(
        &self,
        src: *const u8,
        src_stride: isize,
        dst: *mut u8,
        dst_stride: isize,
        n: usize,
    ) -> Result<()> {
        // SAFETY: handed on from the caller; each step was made for these dtypes.
        unsafe {
            match self {
                Step::Nothing => {}
                Step::Copy { size } => copy_strided(src, src_stride, dst, dst_stride, *size, n),
                Step::Swap { size, unit } => copy_swapped(src, src_stride, dst, dst_stride, *size, *unit, n),
                Step::Plain(mover) => mover(src, src_stride, dst, dst_stride, n),
                Step::ToComplex { mover, part } => {
                    to_complex(*mover, *part, (src, src_stride), (dst, dst_stride), n)
                }
                Step::Parts { mover, from, to } => {
                    let dense = src_stride == 2 * *from as isize && dst_stride == 2 * *to as isize;
                    if dense {
                        mover(src, *from as isize, dst, *to as isize, 2 * n);
                    } else {
                        parts(*mover, (src, src_stride, *from), (dst, dst_stride, *to), n);
                    }
                }
                Step::Other(other) => return other.run(Runs { src, src_stride, dst, dst_stride, n }),
            }
        }
        Ok(())
    }
}

/// Real values to complex numbers without imaginary part. Dense ones are cast to a buffer, and spread from there.
///
/// # Safety
/// As for [`Transfer::run`]; `mover` casts to parts of `part` bytes.
pub(super) unsafe fn to_complex(
    mover: Mover,
    part: usize,
    src: (*const u8, isize),
    dst: (*mut u8, isize),
    n: usize,
) {
    // SAFETY: handed on from the caller; a chunk's parts fit the buffer.
    unsafe {
        if dst.1 != 2 * part as isize || part > 8 {
            mover(src.0, src.1, dst.0, dst.1, n);
            if n > 0 {
                copy_strided(ZERO.as_ptr(), 0, dst.0.add(part), dst.1, part, n);
            }
            return;
        }
        let mut buffer = Buffer(std::mem::MaybeUninit::uninit());
        let real = buffer.0.as_mut_ptr().cast::<u8>();
        let chunk = BUFFER / part;
        for start in (0..n).step_by(chunk) {
            let count = chunk.min(n - start);
            let start = start as isize;
            mover(src.0.offset(start * src.1), src.1, real, part as isize, count);
            let target = dst.0.offset(start * dst.1);
            match isa::active() {
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 | Level::Avx512 => spread_avx2(real, target, part, count),
                _ => spread(real, target, part, count),
            }
        }
    }
}

/// Real parts of 4 or 8 bytes to complex numbers. Each is written at once, as one number: so the loops are vectorised.
///
/// # Safety
/// `count` parts of `part` bytes are readable at `real`, aligned, and as many pairs writable at `target`, apart from them.
#[inline(always)]
unsafe fn spread(real: *const u8, target: *mut u8, part: usize, count: usize) {
    // SAFETY: element `i` is within both runs, by the caller.
    unsafe {
        if part == 8 {
            for i in 0..count {
                target.cast::<[u64; 2]>().add(i).write_unaligned([real.cast::<u64>().add(i).read(), 0]);
            }
        } else {
            let shift = if cfg!(target_endian = "big") { 32 } else { 0 };
            for i in 0..count {
                let part = u64::from(real.cast::<u32>().add(i).read());
                target.cast::<u64>().add(i).write_unaligned(part << shift);
            }
        }
    }
}

/// # Safety
/// As for [`spread`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn spread_avx2(real: *const u8, target: *mut u8, part: usize, count: usize) {
    // SAFETY: handed on from the caller.
    unsafe { spread(real, target, part, count) }
}

/// Complex numbers at any steps, one part of all of them after the other. In place, the part goes first that is not
/// written over by the other.
///
/// # Safety
/// As for [`Transfer::run`]; `mover` casts parts of `from` bytes to parts of `to` bytes.
unsafe fn parts(
    mover: Mover,
    (src, src_stride, from): (*const u8, isize, usize),
    (dst, dst_stride, to): (*mut u8, isize, usize),
    n: usize,
) {
    if n == 0 {
        return;
    }
    let order = if from >= to { [0, 1] } else { [1, 0] };
    for part in order {
        // SAFETY: both parts of each element are readable and writable.
        unsafe { mover(src.add(part * from), src_stride, dst.add(part * to), dst_stride, n) };
    }
}

/// Bytes of a chunk buffer on the stack.
pub(super) const BUFFER: usize = 4096;
#[repr(C, align(16))]
pub(super) struct Buffer(pub(super) std::mem::MaybeUninit<[u8; BUFFER]>);

/// A cast between numbers of which one or both are in the other byte order: by chunks through native buffers.
struct Swapping {
    from: Number,
    to: Number,
    cast: Step,
}

/// How a number lies in memory.
#[derive(Clone, Copy)]
struct Number {
    size: usize,
    unit: usize,
    swapped: bool,
}

impl Number {
    fn of(dtype: &DType) -> Number {
        let swapped = dtype.order() == ByteOrder::Swapped && dtype.has_byte_order();
        Number { size: dtype.itemsize(), unit: swap_unit(dtype), swapped }
    }
}

impl Move for Swapping {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let mut source_buffer = Buffer(std::mem::MaybeUninit::uninit());
        let mut target_buffer = Buffer(std::mem::MaybeUninit::uninit());
        let (Number { size, unit, swapped: swap_in }, to) = (self.from, self.to);
        let most = BUFFER / size.max(to.size);
        runs.chunks(most, |chunk| {
            // SAFETY: elements `start .. start + count` belong to the runs, and `count` of either size fit a buffer.
            unsafe {
                let (mut from_at, mut from_step) = (chunk.src, chunk.src_stride);
                if swap_in {
                    let buffer = source_buffer.0.as_mut_ptr().cast::<u8>();
                    copy_swapped(from_at, from_step, buffer, size as isize, size, unit, chunk.n);
                    (from_at, from_step) = (buffer, size as isize);
                }
                let out = chunk.dst;
                if to.swapped {
                    let buffer = target_buffer.0.as_mut_ptr().cast::<u8>();
                    self.cast.run(from_at, from_step, buffer, to.size as isize, chunk.n)?;
                    copy_swapped(buffer, to.size as isize, out, chunk.dst_stride, to.size, to.unit, chunk.n);
                } else {
                    self.cast.run(from_at, from_step, out, chunk.dst_stride, chunk.n)?;
                }
            }
            Ok(())
        })
    }
}

/// Bytes that reverse together when the byte order does.
pub(crate) fn swap_unit(dtype: &DType) -> usize {
    match dtype.num() {
        TypeNum::Unicode => 4,
        num if num.kind() == Kind::Complex => dtype.itemsize() / 2,
        _ => dtype.itemsize(),
    }
}

/// `cast`, made for native numbers, with the byte orders of `from` and `to` put right.
pub(crate) fn with_orders(from: &DType, to: &DType, cast: Step) -> Step {
    let (from, to) = (Number::of(from), Number::of(to));
    if from.swapped || to.swapped { Step::Other(Box::new(Swapping { from, to, cast })) } else { cast }
}

pub(crate) fn resolve(from: &DType, to: &DType) -> Result<Step> {
    if from.num() == TypeNum::VString || to.num() == TypeNum::VString {
        return variable::resolve(from, to);
    }
    let compound = |d: &DType| d.as_structure().is_some() || d.as_subarray().is_some();
    if from.num() == TypeNum::Object || to.num() == TypeNum::Object {
        return Ok(objects::resolve(from, to));
    }
    if compound(from) || compound(to) {
        return compound::resolve(from, to);
    }
    if let Some(step) = same_bytes(from, to) {
        return Ok(step);
    }
    let (from_time, to_time) = (times::is_time(from), times::is_time(to));
    if from_time && to_time {
        return times::resolve(from, to);
    }
    if (from.num().is_number() || from_time) && (to.num().is_number() || to_time) {
        return numbers(from, to);
    }
    match to.num() {
        TypeNum::Void => Ok(raw::resolve(from, to)),
        // Raw bytes are read as text says numbers, but neither text nor times.
        _ if from.num() == TypeNum::Void && (to.num().is_flexible() || to_time) => {
            Ok(Step::Other(Box::new(Refused(to.clone()))))
        }
        _ if from.num() == TypeNum::Void => {
            text::resolve(&DType::flexible(TypeNum::String, from.itemsize()), to)
        }
        _ => text::resolve(from, to),
    }
}

/// A cast that refuses each element: there may be none.
struct Refused(DType);

impl Move for Refused {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let message = match self.0.kind() {
            _ if runs.n == 0 => return Ok(()),
            Kind::Datetime => "Could not convert object to NumPy datetime",
            Kind::Timedelta => "Could not convert object to NumPy timedelta",
            _ => "setting an array element with a sequence",
        };
        Err(Error::Value(message.into()))
    }
}

/// The refusal of a pair that has no cast.
pub(crate) fn no_cast(from: &DType, to: &DType) -> Error {
    Error::Type(format!("Cannot cast array data from {from:?} to {to:?}: there is no such conversion"))
}

/// A copy, with or without swapping, where both dtypes hold the same values in the same number of bytes.
fn same_bytes(from: &DType, to: &DType) -> Option<Step> {
    let meaning = |d: &DType| (d.num().canonical(), d.itemsize(), d.time_unit());
    if meaning(from) != meaning(to) {
        return None;
    }
    let size = from.itemsize();
    Some(match size {
        0 => Step::Nothing,
        _ if from.order() == to.order() || !from.has_byte_order() => Step::Copy { size },
        _ => Step::Swap { size, unit: swap_unit(from) },
    })
}

fn numbers(from: &DType, to: &DType) -> Result<Step> {
    if from.num().is_small_float() || to.num().is_small_float() {
        let step = small::resolve(from.num(), to.num(), &native_numbers)?;
        return Ok(with_orders(from, to, step));
    }
    Ok(with_orders(from, to, native_numbers(from, to)?))
}

/// The cast between numbers in native order, small floats apart.
fn native_numbers(from: &DType, to: &DType) -> Result<Step> {
    let (from_part, to_part) = (numeric::part_of(from.num()), numeric::part_of(to.num()));
    let source = from_part.unwrap_or(from.num());
    let target = to_part.unwrap_or(to.num());
    let to_ticks = if times::is_time(to) { times::from_float(source) } else { None };
    let mover = to_ticks.or_else(|| numeric::real_cast(source, target)).ok_or_else(|| no_cast(from, to))?;
    let (from_size, to_size) = (source.row().itemsize, target.row().itemsize);
    let step = match (from_part, to_part) {
        (Some(part), None) if to.num() == TypeNum::Bool => Step::Plain(numeric::complex_truth(part)),
        (_, None) => Step::Plain(mover),
        (None, Some(_)) => Step::ToComplex { mover, part: to_size },
        (Some(_), Some(_)) => Step::Parts { mover, from: from_size, to: to_size },
    };
    Ok(step)
}

fn raises_fp(from: &DType, to: &DType) -> bool {
    if from.as_structure().is_some() || from.as_subarray().is_some() || to.as_structure().is_some() {
        return !from.equivalent(to);
    }
    let real = |d: &DType| numeric::part_of(d.num()).unwrap_or(d.num()).row();
    let (source, target) = (real(from), real(to));
    match (source.kind, target.kind) {
        (Kind::Bool, _) => false,
        (_, Kind::Float) if target.num.is_small_float() => true,
        (Kind::Float, Kind::Float) => target.itemsize < source.itemsize,
        (Kind::Float, Kind::Int | Kind::UInt | Kind::Datetime | Kind::Timedelta) => true,
        (Kind::Int | Kind::UInt, Kind::Float) => target.num == TypeNum::Half,
        (Kind::Object, _) => to.num() != TypeNum::Object,
        (Kind::Bytes | Kind::Unicode, Kind::Float) => true,
        _ => false,
    }
}
