//! `isalpha`, `isdigit`, `islower`, …: true or false of a text, false of an empty one.

use std::ffi::c_void;

use super::characters::{is_space, table};
use super::encoding::Encoding;
use super::store::{Read, Run, Store, or_fault};

/// One of the tests.
pub trait Test: 'static {
    /// The ufunc's name.
    const NAME: &'static str;
    /// The test of a text.
    fn test<E: Encoding>(text: &[E::Unit]) -> bool;
}

/// True when the text is not empty and each character is accepted.
#[inline]
fn all<E: Encoding>(mut text: &[E::Unit], accepts: impl Fn(u32) -> bool) -> bool {
    if text.is_empty() {
        return false;
    }
    while !text.is_empty() {
        let (code, units) = E::first(text);
        if !accepts(code) {
            return false;
        }
        text = &text[units..];
    }
    true
}

/// A test of a code point: ASCII by a rule, the rest, where there is one, by the tables.
#[inline]
fn of<E: Encoding>(code: u32, ascii: impl Fn(u8) -> bool, beyond: fn(u32) -> bool) -> bool {
    if code < 0x80 { ascii(code as u8) } else { E::UNICODE && beyond(code) }
}

fn is_lower<E: Encoding>(code: u32) -> bool {
    of::<E>(code, |c| c.is_ascii_lowercase(), table().lower)
}
/// Capitals; letters in title case are neither lower nor quite upper.
fn is_upper<E: Encoding>(code: u32) -> bool {
    of::<E>(code, |c| c.is_ascii_uppercase(), table().upper)
}
fn is_title<E: Encoding>(code: u32) -> bool {
    of::<E>(code, |_| false, table().title)
}

/// True when there are cased characters and none is rejected.
fn one_case<E: Encoding>(
    mut text: &[E::Unit],
    wanted: impl Fn(u32) -> bool,
    rejected: impl Fn(u32) -> bool,
) -> bool {
    let mut cased = false;
    while !text.is_empty() {
        let (code, units) = E::first(text);
        if rejected(code) {
            return false;
        }
        cased |= wanted(code);
        text = &text[units..];
    }
    cased
}

/// Capitals begin words and nothing else does.
fn titled<E: Encoding>(mut text: &[E::Unit]) -> bool {
    let (mut cased, mut within) = (false, false);
    while !text.is_empty() {
        let (code, units) = E::first(text);
        let capital = is_upper::<E>(code) || is_title::<E>(code);
        let small = !capital && is_lower::<E>(code);
        if capital && within || small && !within {
            return false;
        }
        within = capital || small;
        cased |= within;
        text = &text[units..];
    }
    cased
}

fn alphanumeric(code: u32) -> bool {
    let table = table();
    (table.alpha)(code) || (table.decimal)(code) || (table.digit)(code) || (table.numeric)(code)
}

macro_rules! tests {
    ($($(#[$doc:meta])* $op:ident $name:literal |$text:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        pub struct $op;
        impl Test for $op {
            const NAME: &'static str = $name;
            #[inline]
            fn test<E: Encoding>($text: &[E::Unit]) -> bool {
                $body
            }
        }
    )*};
}

tests! {
    /// Letters.
    IsAlpha "isalpha" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_alphabetic(), table().alpha));
    /// Digits.
    IsDigit "isdigit" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_digit(), table().digit));
    /// Letters and what stands for numbers.
    IsAlnum "isalnum" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_alphanumeric(), alphanumeric));
    /// Decimal digits.
    IsDecimal "isdecimal" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_digit(), table().decimal));
    /// What stands for numbers.
    IsNumeric "isnumeric" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_digit(), table().numeric));
    /// White space.
    IsSpace "isspace" |text| all::<E>(text, |c| is_space(c, E::UNICODE));
    /// Cased characters, all small.
    IsLower "islower" |text| one_case::<E>(text, is_lower::<E>, |c| is_upper::<E>(c) || is_title::<E>(c));
    /// Cased characters, all capital.
    IsUpper "isupper" |text| one_case::<E>(text, is_upper::<E>, |c| is_lower::<E>(c) || is_title::<E>(c));
    /// Words that begin with a capital.
    IsTitle "istitle" |text| titled::<E>(text);
    /// ASCII characters and nothing else, also of nothing.
    IsAscii "_isascii" |text| all::<E>(text, |c| c < 0x80) || text.is_empty();
}

/// The loop: text → truth value.
///
/// # Safety
/// The loop contract of [`Run::new`]: an operand of the store, and one of bools.
pub unsafe extern "C" fn test_loop<S: Store, O: Test>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let Some(texts) = or_fault(S::reader(run.dtype(0))) else { return };
    run.each(|i| {
        // SAFETY: an element of the operand, whose dtype the reader was made for; a bool.
        unsafe {
            match texts.get(run.at(0, i)) {
                Some(text) => run.put(1, i, O::test::<S::Code>(text)),
                None if texts.missing_spreads() => run.put(1, i, false),
                None => return Err(texts.undefined(O::NAME)),
            }
        }
        Ok(())
    });
}
