//! `lstrip`, `rstrip`, `strip`: a text without white space, or without given characters, at its ends. With white space
//! nulls go too, from the right.

use std::ffi::c_void;

use super::characters::is_space;
use super::encoding::{Encoding, Sink};
use super::store::{Run, Store, UnitOf, produce};

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
        produce::<S, 1>(&Run::new(args, dims, steps, data), [0], 1, "strip", |_, [text], sink| {
            let space = |code: u32, _: &[UnitOf<S>]| is_space(code, S::Code::UNICODE);
            sink.put(stripped::<S::Code, ENDS>(text, true, space));
            Ok(())
        });
    }
}

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
        produce::<S, 2>(&Run::new(args, dims, steps, data), [0, 1], 2, "strip", |_, [text, chars], sink| {
            if chars.is_empty() {
                sink.put(text);
                return Ok(());
            }
            sink.put(stripped::<S::Code, ENDS>(text, false, |_, one| among::<S::Code>(one, chars)));
            Ok(())
        });
    }
}
