//! `center`, `ljust`, `rjust`, `zfill`: a text brought to a width.

use std::ffi::c_void;

use super::encoding::{Character, Encoding, Sink};
use super::store::{Read, Run, Store, UnitOf, Write, or_fault, produce};
use sharray_base::{Error, Result};

/// Text at the left, fill behind.
pub const LEFT: u8 = 0;
/// Text at the right, fill in front.
pub const RIGHT: u8 = 1;
/// Text in the middle; of an odd fill, the larger half is in front when the width is odd.
pub const CENTER: u8 = 2;

/// Fill in front of and behind a text of `length` characters.
fn halves<const SIDE: u8>(length: usize, width: i64) -> (usize, usize) {
    let width = usize::try_from(width).unwrap_or(0);
    let fill = width.saturating_sub(length);
    let front = match SIDE {
        LEFT => 0,
        RIGHT => fill,
        _ => fill / 2 + (fill & width & 1),
    };
    (front, fill - front)
}

fn refuse_long(width: i64) -> Result<()> {
    if width > isize::MAX as i64 / 4 {
        return Err(Error::Overflow(format!("a text of {width} characters is too long")));
    }
    Ok(())
}

/// The fill character at `at`, as the texts' encoding has it.
///
/// # Safety
/// An element of the reader's dtype lies at `at`.
unsafe fn fill_of<'a, S: Store, F: Store>(
    fills: &F::Reader<'a>,
    at: *const u8,
) -> Result<Character<UnitOf<S>>> {
    // SAFETY: by the caller.
    let fill: &[UnitOf<F>] = unsafe { fills.get(at) }.ok_or_else(|| fills.undefined("pad"))?;
    if F::Code::length(fill) != 1 {
        return Err(Error::Type("The fill character must be exactly one character long".into()));
    }
    S::Code::recoded::<F::Code>(fill)
}

/// The loop: text, width (`int64`), fill character of store `F` → text.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store `S` at 0 and 3, the result apart; `int64` at 1; `F` at 2.
pub unsafe extern "C" fn pad_loop<S: Store, F: Store, const SIDE: u8>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let readers = (|| {
        Ok((S::reader(run.dtype(0))?, F::reader(run.dtype(2))?, S::writer(run.dtype(3), run.is_apart(3))?))
    })();
    let Some((texts, fills, mut writer)) = or_fault(readers) else { return };
    // SAFETY: an element of the operand, if there is any, as it has a step of 0.
    let same = run.is_same(2).then(|| unsafe { fill_of::<S, F>(&fills, run.at(2, 0)) });
    run.each(|i| {
        // SAFETY: elements of the operands, whose dtypes the readers and the writer were made for.
        unsafe {
            let Some(text) = texts.get(run.at(0, i)) else {
                if texts.missing_spreads() {
                    return writer.write_missing(run.at(3, i));
                }
                return Err(texts.undefined("pad"));
            };
            let unit = match &same {
                Some(Ok(unit)) => *unit,
                _ => fill_of::<S, F>(&fills, run.at(2, i))?,
            };
            refuse_long(run.number(1, i))?;
            let (front, behind) = halves::<SIDE>(S::Code::length(text), run.number(1, i));
            writer.write(run.at(3, i), |sink| {
                sink.pad(text, unit.as_slice(), front, behind);
                Ok(())
            })
        }
    });
}

/// The loop: text, width (`int64`) → text with zeros behind its sign.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store at 0 and 2, the result apart; `int64` at 1.
pub unsafe extern "C" fn zero_fill_loop<S: Store>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        produce::<S, 1>(&run, [0], 2, "zfill", |i, [text], sink| {
            refuse_long(run.number(1, i))?;
            let (front, _) = halves::<RIGHT>(S::Code::length(text), run.number(1, i));
            let signs = [S::Code::ascii(b'+'), S::Code::ascii(b'-')];
            let sign = usize::from(text.first().is_some_and(|unit| signs.contains(unit)));
            if sign > 0 {
                sink.put(&text[..sign]);
            }
            sink.pad(&text[sign..], &[S::Code::ascii(b'0')], front, 0);
            Ok(())
        });
    }
}
