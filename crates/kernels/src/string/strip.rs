//! `lstrip`, `rstrip`, `strip`: a text without white space, or without given characters, at its ends. With white space
//! nulls go too, from the right.

use std::ffi::c_void;

use super::characters::is_space;
use super::encoding::{Encoding, Sink};
use super::lanes::{Lanes, below};
use super::store::{Read, Run, Store, UnitOf, Write, or_fault, produce};

/// Take off at the left.
pub const LEFT: u8 = 1;
/// Take off at the right.
pub const RIGHT: u8 = 2;
/// Take off at both ends.
pub const BOTH: u8 = LEFT | RIGHT;

/// The text without accepted characters at the `ENDS`; at the right also without nulls if they are `blank`.
#[inline]
fn stripped<E: Encoding, const ENDS: u8>(
    mut text: &[E::Unit],
    blank: bool,
    accepts: impl Fn(u32, &[E::Unit]) -> bool,
) -> &[E::Unit] {
    while ENDS & LEFT != 0 && !text.is_empty() {
        let (code, units) = E::first(text);
        if !accepts(code, &text[..units]) {
            break;
        }
        text = &text[units..];
    }
    while ENDS & RIGHT != 0 && !text.is_empty() {
        let (code, units) = E::last(text);
        let rest = text.len() - units;
        if !(code == 0 && blank || accepts(code, &text[rest..])) {
            break;
        }
        text = &text[..rest];
    }
    text
}

/// True when the character made of the units `one` is among `characters`.
fn among<E: Encoding>(one: &[E::Unit], mut characters: &[E::Unit]) -> bool {
    if E::SINGLE {
        return characters.contains(&one[0]);
    }
    while !characters.is_empty() {
        let units = E::first(characters).1;
        if characters[..units] == *one {
            return true;
        }
        characters = &characters[units..];
    }
    false
}

/// What stays of a text, by sets of places: those that may go at the left, and those that may go at the right.
#[inline(always)]
fn rest<const ENDS: u8>(length: usize, left: u64, right: u64) -> (usize, usize) {
    let stays = |goes: u64| !goes & below(length);
    let start = if ENDS & LEFT == 0 { 0 } else { (stays(left).trailing_zeros() as usize).min(length) };
    let end = if ENDS & RIGHT == 0 { length } else { (u64::BITS - stays(right).leading_zeros()) as usize };
    (start, end.max(start))
}

/// The part of the text of element `i` that [`rest`] tells, and whether it is the whole. `look` says of sixteen units which may go at the left, which at
/// the right, and of which that is not known so. `None` where that is not done by sets.
///
/// # Safety
/// The reader is for operand 0, of which `i` is an element; `look` gets addresses of sixteen units that can be read.
#[inline(always)]
unsafe fn by_sets<'a, S: Store, const ENDS: u8>(
    run: &Run<'a>,
    i: isize,
    texts: &S::Reader<'a>,
    look: impl Fn(*const UnitOf<S>) -> [u32; 3],
) -> Option<(&'a [UnitOf<S>], bool)> {
    let (mut left, mut right, mut unknown) = (0, 0, 0);
    let sets = |part: *const UnitOf<S>, place: usize| {
        let found = look(part);
        left |= u64::from(found[0]) << place;
        right |= u64::from(found[1]) << place;
        unknown |= u64::from(found[2]) << place;
    };
    // SAFETY: by the caller.
    let length = unsafe { texts.walk(run.at(0, i), sets) }?;
    if unknown & below(length) != 0 {
        return None;
    }
    let (start, end) = rest::<ENDS>(length, left, right);
    // SAFETY: by the caller; the units of an element of fixed width lie in it.
    let text: &'a [UnitOf<S>] = unsafe {
        if S::FIXED {
            std::slice::from_raw_parts(run.at(0, i).cast(), length)
        } else {
            texts.get(run.at(0, i))?
        }
    };
    Some((&text[start..end], end - start == length))
}

/// The loop of one text and a result: by sets of places where `look` gives them, else as `general` says.
///
/// # Safety
/// The loop contract: the operand and `output` are of the store's dtypes, the result apart. `look` gets addresses of
/// sixteen units that can be read.
#[inline(always)]
unsafe fn each<'a, S: Store, const ENDS: u8>(
    run: &Run<'a>,
    output: usize,
    look: impl Fn(*const UnitOf<S>) -> [u32; 3],
    general: impl Fn(&'a [UnitOf<S>]) -> &'a [UnitOf<S>],
) {
    let Some(texts) = or_fault(S::reader(run.dtype(0))) else { return };
    let Some(mut writer) = or_fault(S::writer(run.dtype(output), run.is_apart(output))) else { return };
    let width = run.dtype(0).itemsize();
    let alike = S::FIXED && width == run.dtype(output).itemsize();
    run.each(|i| {
        // SAFETY: elements of the operand and of the output, for whose dtypes reader and writer were made.
        unsafe {
            let part = match by_sets::<S, ENDS>(run, i, &texts, &look) {
                // Most texts stay whole: then no step depends on how long each is.
                Some((_, true)) if alike => {
                    std::ptr::copy(run.at(0, i).cast_const(), run.at(output, i), width);
                    return Ok(());
                }
                Some((part, _)) => part,
                None => match texts.get(run.at(0, i)) {
                    Some(text) => general(text),
                    None if texts.missing_spreads() => return writer.write_missing(run.at(output, i)),
                    None => return Err(texts.undefined("strip")),
                },
            };
            writer.write(run.at(output, i), |sink| {
                sink.put(part);
                Ok(())
            })
        }
    });
}

/// Characters that are looked for by sets of places, each on its own: at most so many.
const FEW: usize = 8;

/// The loop: text → text without white space.
///
/// # Safety
/// The loop contract of [`Run::new`]: two operands of the store, the result apart.
pub unsafe extern "C" fn space_loop<S: Store, const ENDS: u8>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        let look = |part| {
            let block = UnitOf::<S>::block(part);
            let spaces = block.spaces(S::Code::UNICODE);
            [spaces, spaces | block.is(0), if S::Code::UNICODE { block.beyond() } else { 0 }]
        };
        each::<S, ENDS>(&run, 1, look, |text| {
            stripped::<S::Code, ENDS>(text, true, |code, _| is_space(code, S::Code::UNICODE))
        });
    }
}

/// The characters, if they are the same for all texts, few, and ASCII; as units and as bytes.
///
/// # Safety
/// The loop contract, operand 1 being of the store's dtype.
unsafe fn same_characters<'a, S: Store>(run: &Run<'a>) -> Option<(&'a [UnitOf<S>], Few)> {
    if !run.is_same(1) {
        return None;
    }
    let reader = S::reader(run.dtype(1)).ok()?;
    // SAFETY: by the caller; there is an element, as it is the same for all of some.
    let chars: &'a [UnitOf<S>] = unsafe { reader.get(run.at(1, 0)) }?;
    if !(1..=FEW).contains(&chars.len()) {
        return None;
    }
    let mut bytes = Few([0; FEW], chars.len());
    for (byte, unit) in bytes.0.iter_mut().zip(chars) {
        *byte = S::Code::as_ascii(*unit)?;
    }
    Some((chars, bytes))
}

/// So many bytes.
struct Few([u8; FEW], usize);

/// The loop: text, characters → text without these.
///
/// # Safety
/// The loop contract of [`Run::new`]: three operands of the store, the result apart.
pub unsafe extern "C" fn characters_loop<S: Store, const ENDS: u8>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        if let Some((chars, few)) = same_characters::<S>(&run) {
            let look = |part| {
                let block = UnitOf::<S>::block(part);
                let found = few.0[..few.1].iter().fold(0, |found, byte| found | block.is(*byte));
                [found, found, 0]
            };
            return each::<S, ENDS>(&run, 2, look, |text| {
                stripped::<S::Code, ENDS>(text, false, |_, one| among::<S::Code>(one, chars))
            });
        }
        produce::<S, 2>(&run, [0, 1], 2, "strip", |_, [text, chars], sink| {
            if chars.is_empty() {
                sink.put(text);
                return Ok(());
            }
            sink.put(stripped::<S::Code, ENDS>(text, false, |_, one| among::<S::Code>(one, chars)));
            Ok(())
        });
    }
}
