//! Casts to, from and among fixed-width text: `S` (bytes, ASCII where they mean text) and `U` (UCS-4). Trailing nulls
//! are not part of a text; what is too long is cut off, as NumPy does, except for dates.
//!
//! * `digits`: shortest digits of floats; `write`: values as text; `read`: text as numbers.

pub mod digits;
pub mod read;
pub mod write;

use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use super::runs::Runs;
use super::transfer::{Move, Step, no_cast, resolve as resolve_any, swap_unit};
use crate::copy::swap::copy_swapped;
use crate::datetime::{NAT, iso};
use read::Value;
use write::Write;

/// How a text lies in memory.
#[derive(Clone, Copy)]
struct Layout {
    characters: usize,
    unicode: bool,
    swapped: bool,
}

impl Layout {
    fn of(dtype: &DType) -> Option<Layout> {
        let unicode = match dtype.num() {
            TypeNum::String => false,
            TypeNum::Unicode => true,
            _ => return None,
        };
        let characters = if unicode { dtype.itemsize() / 4 } else { dtype.itemsize() };
        Some(Layout { characters, unicode, swapped: unicode && dtype.order() == ByteOrder::Swapped })
    }

    /// The code of character `i`.
    ///
    /// # Safety
    /// `at` is a readable text of this layout and `i < characters`.
    #[inline]
    unsafe fn code(self, at: *const u8, i: usize) -> u32 {
        // SAFETY: by this function's contract.
        unsafe {
            match (self.unicode, self.swapped) {
                (false, _) => u32::from(*at.add(i)),
                (true, false) => at.cast::<u32>().add(i).read_unaligned(),
                (true, true) => at.cast::<u32>().add(i).read_unaligned().swap_bytes(),
            }
        }
    }

    /// Characters up to the last that is not null.
    ///
    /// # Safety
    /// `at` is a readable text of this layout.
    unsafe fn length(self, at: *const u8) -> usize {
        // SAFETY: `i - 1 < characters`.
        (1..=self.characters).rev().find(|&i| unsafe { self.code(at, i - 1) } != 0).unwrap_or(0)
    }

    /// Reads a text over `out`; bytes count as Latin-1, codes that are no characters as U+FFFD.
    ///
    /// # Safety
    /// `at` is a readable text of this layout.
    unsafe fn read(self, at: *const u8, out: &mut String) {
        out.clear();
        // SAFETY: by this function's contract; `i < characters`.
        let codes = unsafe { (0..self.length(at)).map(|i| self.code(at, i)) };
        out.extend(codes.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)));
    }

    /// Writes codes from the start, and nulls after them; what is too long is cut off.
    ///
    /// # Safety
    /// `at` is a writable text of this layout.
    unsafe fn write(self, at: *mut u8, codes: impl Iterator<Item = u32>) {
        let padded = codes.chain(std::iter::repeat(0)).take(self.characters);
        for (i, code) in padded.enumerate() {
            // SAFETY: `i < characters`.
            unsafe {
                match (self.unicode, self.swapped) {
                    (false, _) => *at.add(i) = code as u8,
                    (true, false) => at.cast::<u32>().add(i).write_unaligned(code),
                    (true, true) => at.cast::<u32>().add(i).write_unaligned(code.swap_bytes()),
                }
            }
        }
    }
}

pub(super) fn resolve(from: &DType, to: &DType) -> Result<Step> {
    let step: Box<dyn Move> = match (Layout::of(from), Layout::of(to)) {
        (Some(source), Some(target)) => Box::new(Recode { source, target }),
        (Some(source), None) if to.num() == TypeNum::Bool => Box::new(AnySet(source)),
        (Some(source), None) if matches!(to.kind(), Kind::Datetime | Kind::Timedelta) => Box::new(ReadTime {
            source,
            points: to.kind() == Kind::Datetime,
            unit: to.time_unit(),
            to: to.clone(),
        }),
        (Some(source), None) if to.num().is_number() => Box::new(ReadNumber::new(source, to)?),
        (None, Some(target)) => {
            let write = write::writer(from).ok_or_else(|| no_cast(from, to))?;
            let swap = (!from.is_native()).then(|| swap_unit(from));
            let exact = from.kind() == Kind::Datetime;
            Box::new(WriteText { write, from: from.to_native(), swap, target, exact })
        }
        _ => return Err(no_cast(from, to)),
    };
    Ok(Step::Other(step))
}

/// Text to text of another width, coding or byte order.
struct Recode {
    source: Layout,
    target: Layout,
}

impl Move for Recode {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let checked = self.source.unicode != self.target.unicode;
        // Where source and target lie together, a text is read whole before it is written.
        let mut codes: Vec<u32> = Vec::new();
        runs.each(|from, to| {
            // SAFETY: both are texts of the runs; character indices are below the width.
            unsafe {
                codes.clear();
                codes.extend((0..self.source.length(from)).map(|k| self.source.code(from, k)));
                if checked && let Some(position) = codes.iter().position(|&code| code > 0x7f) {
                    return Err(self.not_ascii(from, position));
                }
                self.target.write(to, codes.iter().copied());
            }
            Ok(())
        })
    }
}

impl Recode {
    /// # Safety
    /// `at` is a text of the source.
    unsafe fn not_ascii(&self, at: *const u8, position: usize) -> Error {
        if !self.source.unicode {
            // SAFETY: as below.
            let bytes =
                unsafe { (0..self.source.length(at)).map(|i| self.source.code(at, i) as u8).collect() };
            return Error::UnicodeDecode {
                codec: "ascii",
                bytes,
                position,
                reason: "ordinal not in range(128)",
            };
        }
        let mut text = String::new();
        // SAFETY: by this function's contract.
        unsafe { self.source.read(at, &mut text) };
        Error::UnicodeEncode { text, position }
    }
}

/// Text to bool: true with any character.
struct AnySet(Layout);

impl Move for AnySet {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        runs.each(|src, dst| {
            // SAFETY: a text of the run, and a bool.
            unsafe { *dst = u8::from(self.0.length(src) > 0) };
            Ok(())
        })
    }
}

/// Writes integers that are read from texts of plain digits: what most of them are.
pub(super) struct Integers {
    /// The least and the largest that fit.
    fits: (i128, i128),
    /// `int64` in native order is written as it is, other types by a cast.
    as_is: bool,
    cast: Step,
}

impl Integers {
    /// For elements of that dtype, if they are integers.
    ///
    /// # Errors
    /// As for a cast.
    pub(super) fn new(to: &DType) -> Result<Option<Integers>> {
        if !matches!(to.kind(), Kind::Int | Kind::UInt) {
            return Ok(None);
        }
        let as_is = to.kind() == Kind::Int && to.itemsize() == 8 && to.is_native();
        let cast = resolve_any(&DType::of(TypeNum::Long), to)?;
        Ok(Some(Integers { fits: read::fits(to), as_is, cast }))
    }

    /// Writes the integer that the codes spell; false, and nothing done, unless they are few digits, perhaps behind a sign
    /// and before nulls, and it fits.
    ///
    /// # Errors
    /// As for a cast.
    ///
    /// # Safety
    /// An element of the dtype is writable at `to`.
    #[inline]
    pub(super) unsafe fn write(&self, codes: impl Iterator<Item = u32>, to: *mut u8) -> Result<bool> {
        let Some(value) = read::digits(codes) else { return Ok(false) };
        // SAFETY: by this function's contract.
        unsafe {
            if self.as_is {
                to.cast::<i64>().write_unaligned(value);
                return Ok(true);
            }
            if !(self.fits.0..=self.fits.1).contains(&i128::from(value)) {
                return Ok(false);
            }
            self.cast.run((&raw const value).cast(), 0, to, 0, 1)?;
        }
        Ok(true)
    }
}

/// Text to a number: read as the widest type of its kind, then cast.
struct ReadNumber {
    source: Layout,
    to: DType,
    integers: Option<Integers>,
    from_int: Step,
    from_uint: Step,
    from_float: Step,
    from_extended: Step,
    from_complex: Step,
}

impl ReadNumber {
    fn new(source: Layout, to: &DType) -> Result<ReadNumber> {
        let step = |num| resolve_any(&DType::of(num), to);
        Ok(ReadNumber {
            source,
            to: to.clone(),
            integers: Integers::new(to)?,
            from_int: step(TypeNum::Long)?,
            from_uint: step(TypeNum::ULong)?,
            from_float: step(TypeNum::Double)?,
            from_extended: step(TypeNum::LongDouble)?,
            from_complex: step(TypeNum::CDouble)?,
        })
    }
}

impl Move for ReadNumber {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let mut text = String::new();
        runs.each(|src, dst| {
            // SAFETY: the source is a text of the run, the target an element of `to`; each step was made for the value's
            // type.
            unsafe {
                if let Some(integers) = &self.integers {
                    let codes = (0..self.source.characters).map(|i| self.source.code(src, i));
                    if integers.write(codes, dst)? {
                        return Ok(());
                    }
                }
                self.source.read(src, &mut text);
                match read::number(&text, !self.source.unicode, &self.to)? {
                    Value::Int(value) => self.from_int.run((&raw const value).cast(), 0, dst, 0, 1)?,
                    Value::UInt(value) => self.from_uint.run((&raw const value).cast(), 0, dst, 0, 1)?,
                    Value::Float(value) => self.from_float.run((&raw const value).cast(), 0, dst, 0, 1)?,
                    Value::Extended(value) => {
                        self.from_extended.run((&raw const value).cast(), 0, dst, 0, 1)?
                    }
                    Value::Complex(real, imaginary) => {
                        let parts = [real, imaginary];
                        self.from_complex.run(parts.as_ptr().cast(), 0, dst, 0, 1)?;
                    }
                }
            }
            Ok(())
        })
    }
}

/// Text to a point or span of time.
struct ReadTime {
    source: Layout,
    points: bool,
    unit: TimeUnit,
    to: DType,
}

impl ReadTime {
    fn ticks(&self, text: &str) -> Result<i64> {
        if !self.points {
            return span(text);
        }
        let parsed = iso::parse(text)?;
        let Some(civil) = parsed.civil else { return Ok(NAT) };
        // A dtype without unit takes each text's own.
        let unit = if self.unit.unit == Unit::Generic { TimeUnit::one(parsed.unit) } else { self.unit };
        civil.to_ticks(unit)
    }
}

/// A number of ticks: an integer after blanks, or NaT.
fn span(text: &str) -> Result<i64> {
    if text.is_empty() || text.eq_ignore_ascii_case("nat") {
        return Ok(NAT);
    }
    let number = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    number.parse().map_err(|_| Error::Value(format!("Could not convert object to NumPy timedelta: {text:?}")))
}

impl ReadTime {
    /// Texts that are no ASCII are refused before any is read.
    ///
    /// # Safety
    /// As for [`Move::run`].
    unsafe fn check(&self, src: *const u8, stride: isize, n: usize) -> Result<()> {
        let mut text = String::new();
        for i in 0..n as isize {
            // SAFETY: a text of the run.
            unsafe {
                let at = src.offset(i * stride);
                let mut codes = (0..self.source.length(at)).map(|k| self.source.code(at, k));
                if let Some(position) = codes.position(|code| code > 0x7f) {
                    self.source.read(at, &mut text);
                    return Err(Error::UnicodeEncode { text, position });
                }
            }
        }
        Ok(())
    }
}

impl Move for ReadTime {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        if self.points && self.source.unicode {
            // SAFETY: handed on from the caller.
            unsafe { self.check(runs.src, runs.src_stride, runs.n)? };
        }
        let mut text = String::new();
        runs.each(|src, dst| {
            // SAFETY: the source is a text of the run, the target a time.
            unsafe {
                self.source.read(src, &mut text);
                let ticks = self.ticks(&text)?;
                let ticks = if self.to.is_native() { ticks } else { ticks.swap_bytes() };
                dst.cast::<i64>().write_unaligned(ticks);
            }
            Ok(())
        })
    }
}

/// A value to text.
struct WriteText {
    write: Write,
    from: DType,
    swap: Option<usize>,
    target: Layout,
    /// Text that does not fit is an error instead of cut off.
    exact: bool,
}

impl Move for WriteText {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let mut text = String::new();
        let mut native = [0u8; 32];
        let size = self.from.itemsize();
        runs.each(|mut at, dst| {
            text.clear();
            // SAFETY: the source is an element of the run, at most 32 bytes; the target a text.
            unsafe {
                if let Some(unit) = self.swap {
                    copy_swapped(at, 0, native.as_mut_ptr(), 0, size, unit, 1);
                    at = native.as_ptr();
                }
                (self.write)(&self.from, at, &mut text)?;
                if self.exact && text.len() > self.target.characters {
                    return Err(too_short(&text, self.target.characters));
                }
                self.target.write(dst, text.bytes().map(u32::from));
            }
            Ok(())
        })
    }
}

#[cold]
fn too_short(text: &str, room: usize) -> Error {
    Error::Runtime(format!(
        "The string provided for NumPy ISO datetime formatting was too short, with length {room}: {text:?} needs {}",
        text.len()
    ))
}
