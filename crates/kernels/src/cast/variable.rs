//! To, from and among texts of variable width. Between two of them a text is shared; everything else goes by way of
//! fixed-width text, in chunks, so that numbers and times are written and read in one way only; ASCII to and from text of
//! fixed width goes straight there ([`ascii`]). Objects are the hooks'.

mod ascii;

use std::sync::Arc;

use sharray_base::dtype::promote::text_length;
use sharray_base::dtype::{MissingKind, MissingText};
use sharray_base::{DType, Error, Kind, Result, TypeNum};

use super::objects;
use super::runs::Runs;
use super::text::Integers;
use super::transfer::{Move, Step, Transfer, no_cast};
use crate::datetime::iso;
use crate::search::truth::missing_is_true;
use crate::string::packed;

pub(crate) fn resolve(from: &DType, to: &DType) -> Result<Step> {
    if from.num() == TypeNum::Object || to.num() == TypeNum::Object {
        return Ok(objects::resolve(from, to));
    }
    let step: Box<dyn Move> = match (from.num(), to.num()) {
        (TypeNum::VString, TypeNum::VString) => Box::new(Share::new(from, to)),
        (TypeNum::VString, TypeNum::Bool) => Box::new(Truth { missing: missing_is_true(from) }),
        (TypeNum::VString, TypeNum::Void) if to.as_structure().is_none() && to.as_subarray().is_none() => {
            Box::new(RawOut { size: to.itemsize(), missing: written(from) })
        }
        (TypeNum::VString, TypeNum::Void) => return Err(no_cast(from, to)),
        (TypeNum::VString, _) => Box::new(Out::new(from, to)?),
        (TypeNum::Void, _) if from.as_structure().is_some() => return Err(no_cast(from, to)),
        (TypeNum::Void, _) => Box::new(RawIn { size: from.itemsize() }),
        _ => Box::new(In::new(from, to)?),
    };
    Ok(Step::Other(step))
}

/// The text that takes the place of a missing one.
fn written(dtype: &DType) -> Arc<[u8]> {
    dtype.text_options().missing.as_ref().map_or(Arc::from(&b""[..]), |m| Arc::from(m.name.as_bytes()))
}

/// Text to text: one more reference. A missing text is written out where the target has none.
struct Share {
    name: Option<Arc<[u8]>>,
}

impl Share {
    fn new(from: &DType, to: &DType) -> Share {
        let keeps = to.text_options().missing.is_some();
        Share { name: (!keeps).then(|| written(from)) }
    }
}

impl Move for Share {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let (mut counts, mut room) = (packed::Counts::new(), packed::Room::new());
        runs.each(|source, target| {
            // SAFETY: elements of the runs. The text is counted once more before the target's old one goes.
            unsafe {
                if let (Some(name), None) = (&self.name, packed::get(source)) {
                    // What the target held is given up at once, and may be what was copied before.
                    counts.flush();
                    room.set(target, name)?;
                    return Ok(());
                }
                counts.retain(source);
                counts.release(target);
                let element = source.cast::<[u8; packed::SIZE]>().read_unaligned();
                target.cast::<[u8; packed::SIZE]>().write_unaligned(element);
            }
            Ok(())
        })
    }
}

/// Text to bool: true with any character.
struct Truth {
    missing: bool,
}

impl Move for Truth {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        runs.each(|src, dst| {
            // SAFETY: an element of the run, and a bool.
            unsafe {
                let text = packed::get(src);
                *dst = u8::from(text.map_or(self.missing, |text| !text.is_empty()));
            }
            Ok(())
        })
    }
}

/// A text's bytes as raw bytes, cut off or followed by nulls.
struct RawOut {
    size: usize,
    missing: Arc<[u8]>,
}

impl Move for RawOut {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        runs.each(|src, dst| {
            // SAFETY: an element of the run, and room for `size` bytes of which `count` are the text's.
            unsafe {
                let text = packed::get(src).unwrap_or(&self.missing);
                let count = text.len().min(self.size);
                std::ptr::copy_nonoverlapping(text.as_ptr(), dst, count);
                std::ptr::write_bytes(dst.add(count), 0, self.size - count);
            }
            Ok(())
        })
    }
}

/// Raw bytes as text, without the nulls at their end.
struct RawIn {
    size: usize,
}

impl Move for RawIn {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let mut room = packed::Room::new();
        runs.each(|src, dst| {
            // SAFETY: an element of `size` bytes, and a text.
            unsafe {
                let bytes = std::slice::from_raw_parts(src, self.size);
                let length = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
                let text = &bytes[..length];
                if std::str::from_utf8(text).is_err() {
                    return Err(Error::Value("raw bytes are no valid UTF-8, which texts are made of".into()));
                }
                room.set(dst, text)?;
            }
            Ok(())
        })
    }
}

/// Elements that are worked on together.
const CHUNK: usize = 64;

fn unicode(characters: usize) -> DType {
    DType::flexible(TypeNum::Unicode, 4 * characters.max(1))
}

/// Out of variable text, to anything that fixed-width text can become.
struct Out {
    to: DType,
    integers: Option<Integers>,
    missing: Option<MissingText>,
}

impl Out {
    fn new(from: &DType, to: &DType) -> Result<Out> {
        let (integers, missing) = (Integers::new(to)?, from.text_options().missing.clone());
        Ok(Out { to: to.clone(), integers, missing })
    }
    fn text<'a>(&'a self, text: Option<&'a [u8]>) -> Result<&'a str> {
        let name = || self.missing.as_ref().map_or("", |m| &*m.name);
        let Some(bytes) = text else {
            let nan = self.missing.as_ref().is_some_and(|m| m.kind == MissingKind::Nan);
            return match self.to.kind() {
                Kind::Int | Kind::UInt if nan => {
                    Err(Error::Value("Arrays with missing data cannot be converted to integers".into()))
                }
                Kind::Datetime | Kind::Timedelta => Ok("NaT"),
                Kind::Float | Kind::Complex if nan => Ok("nan"),
                _ => Ok(name()),
            };
        };
        let text = std::str::from_utf8(bytes).map_err(|_| Error::Value("a text is no valid UTF-8".into()))?;
        if self.to.kind() == Kind::Datetime && !text.is_ascii() {
            // The position that is told is one among the text's bytes.
            return iso::parse(text).and(Err(Error::Value("a date is ASCII text".into())));
        }
        Ok(text)
    }
}

impl Move for Out {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        if let Some(unit) = ascii::unit(&self.to) {
            let width = self.to.itemsize();
            return runs.each(|src, dst| {
                // SAFETY: an element of the run, and room for as many bytes as the target's dtype says.
                let done =
                    unsafe { packed::get(src).is_some_and(|text| ascii::write(text, dst, width, unit)) };
                // SAFETY: by this function's contract.
                if done { Ok(()) } else { unsafe { self.general(Runs { src, dst, n: 1, ..runs }) } }
            });
        }
        if let Some(integers) = &self.integers {
            return runs.each(|src, dst| {
                // SAFETY: an element of the run.
                let text = unsafe { packed::get(src) };
                let codes = text.map(|text| text.iter().map(|byte| u32::from(*byte)));
                // SAFETY: an element of the run, of the integers' dtype.
                let done = codes.map_or(Ok(false), |codes| unsafe { integers.write(codes, dst) })?;
                // SAFETY: by this function's contract.
                if done { Ok(()) } else { unsafe { self.general(Runs { src, dst, n: 1, ..runs }) } }
            });
        }
        // SAFETY: handed on.
        unsafe { self.general(runs) }
    }
}

impl Out {
    /// By way of fixed-width text.
    ///
    /// # Safety
    /// As for [`Move::run`].
    unsafe fn general(&self, runs: Runs) -> Result<()> {
        let mut units: Vec<u32> = Vec::new();
        runs.chunks(CHUNK, |chunk| {
            let mut texts: [&str; CHUNK] = [""; CHUNK];
            for (k, slot) in texts.iter_mut().enumerate().take(chunk.n) {
                // SAFETY: an element of the run.
                *slot = self.text(unsafe { packed::get(chunk.src.offset(k as isize * chunk.src_stride)) })?;
            }
            let width = texts[..chunk.n].iter().map(|text| text.chars().count()).max().unwrap_or(0).max(1);
            units.clear();
            units.resize(width * chunk.n, 0);
            for (text, slot) in texts.iter().zip(units.chunks_exact_mut(width)) {
                slot.iter_mut().zip(text.chars()).for_each(|(unit, c)| *unit = u32::from(c));
            }
            let fixed = unicode(width);
            let transfer = Transfer::new(&fixed, &self.to, false)?;
            let step = fixed.itemsize() as isize;
            // SAFETY: `count` texts in the buffer, `count` elements of the run.
            unsafe {
                transfer.run(units.as_ptr().cast(), step, chunk.dst, chunk.dst_stride, chunk.n)?;
            }
            Ok(())
        })
    }
}

/// Into variable text, from anything that can be written as fixed-width text.
struct In {
    inner: Transfer,
    /// Bytes of a code unit of what is text of fixed width already, and of an element of it.
    fixed: Option<(usize, usize)>,
    width: usize,
    /// What stands for a missing value, as it is written, where the target has such texts; and what is written for it
    /// where it has none.
    missing: Option<(&'static str, Option<&'static str>)>,
}

impl In {
    fn new(from: &DType, to: &DType) -> Result<In> {
        let width = match from.kind() {
            Kind::Bytes | Kind::Void => from.itemsize(),
            Kind::Unicode => from.itemsize() / 4,
            // A time with its date, attoseconds and sign.
            Kind::Datetime | Kind::Timedelta => 64,
            _ => text_length(from.num()).unwrap_or(64),
        };
        // Spans are written as numbers, which can be read again.
        let ticks = DType::of(TypeNum::Long);
        let ticks = if from.is_native() { ticks } else { ticks.swapped() };
        let holds = to.text_options().missing.as_ref();
        let missing = match from.kind() {
            Kind::Timedelta => Some(("-9223372036854775808", holds.is_none().then_some("NaT"))),
            Kind::Datetime if holds.is_some() => Some(("NaT", None)),
            Kind::Float if holds.is_some_and(|m| m.kind == MissingKind::Nan) => Some(("nan", None)),
            _ => None,
        };
        let from = if from.kind() == Kind::Timedelta { &ticks } else { from };
        let fixed = ascii::unit(from).map(|unit| (unit, from.itemsize()));
        Ok(In { inner: Transfer::new(from, &unicode(width), false)?, fixed, width: width.max(1), missing })
    }
}

/// The refusal of what is no text.
pub fn strict() -> Error {
    Error::Value("StringDType only allows string data when string coercion is disabled.".into())
}

impl Move for In {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let mut room = packed::Room::new();
        let Some((unit, size)) = self.fixed else {
            // SAFETY: handed on.
            return unsafe { self.general(runs, &mut room) };
        };
        let mut buffer = vec![0; size / unit];
        runs.each(|src, dst| {
            // SAFETY: an element of the run, of that many bytes; an element of variable text.
            unsafe {
                match ascii::read(src, unit, &mut buffer) {
                    Some(text) => room.set(dst, text),
                    None => self.general(Runs { src, dst, n: 1, ..runs }, &mut room),
                }
            }
        })
    }
}

impl In {
    /// By way of fixed-width text.
    ///
    /// # Safety
    /// As for [`Move::run`].
    unsafe fn general(&self, runs: Runs, room: &mut packed::Room) -> Result<()> {
        let mut units: Vec<u32> = vec![0; self.width * CHUNK.min(runs.n)];
        let mut text = String::new();
        runs.chunks(CHUNK, |chunk| {
            let step = 4 * self.width as isize;
            // SAFETY: `count` elements of the run, and room for as many texts in the buffer.
            unsafe {
                self.inner.run(chunk.src, chunk.src_stride, units.as_mut_ptr().cast(), step, chunk.n)?;
            }
            for (k, slot) in units.chunks_exact(self.width).enumerate().take(chunk.n) {
                text.clear();
                for &unit in crate::string::store::trimmed(slot) {
                    let invalid = || Error::Value(format!("code {unit:#x} is no character of a text"));
                    text.push(char::from_u32(unit).ok_or_else(invalid)?);
                }
                let target = chunk.dst.wrapping_offset(k as isize * chunk.dst_stride);
                // SAFETY: an element of the run.
                unsafe {
                    match self.missing {
                        Some((mark, None)) if mark == text => packed::set_missing(target),
                        Some((mark, Some(name))) if mark == text => room.set(target, name.as_bytes())?,
                        _ => room.set(target, text.as_bytes())?,
                    }
                }
            }
            Ok(())
        })
    }
}
