//! `isalpha`, `isdigit`, `islower`, …: true or false of a text, false of an empty one.

use std::ffi::c_void;

use super::characters::{Property, has, is_space};
use super::encoding::Encoding;
use super::lanes::{Block, Lanes, below};
use super::store::{Read, Run, Store, UnitOf, or_fault};

/// One of the tests.
pub trait Test: 'static {
    /// The ufunc's name.
    const NAME: &'static str;
    /// The test of a text.
    fn test<E: Encoding>(text: &[E::Unit]) -> bool;
    /// What the test wants to know of sixteen units of ASCII (of bytes, if not `unicode`): two sets.
    fn sets(block: Block, unicode: bool) -> [u32; 2];
    /// The test of a text of the places `all`, by the two sets of its places.
    fn decide(sets: [u64; 2], all: u64) -> bool;
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
fn of<E: Encoding>(code: u32, ascii: impl Fn(u8) -> bool, beyond: Property) -> bool {
    if code < 0x80 { ascii(code as u8) } else { E::UNICODE && has(code, beyond) }
}

fn is_lower<E: Encoding>(code: u32) -> bool {
    of::<E>(code, |c| c.is_ascii_lowercase(), Property::Lower)
}
/// Capitals; letters in title case are neither lower nor quite upper.
fn is_upper<E: Encoding>(code: u32) -> bool {
    of::<E>(code, |c| c.is_ascii_uppercase(), Property::Upper)
}
fn is_title<E: Encoding>(code: u32) -> bool {
    of::<E>(code, |_| false, Property::Title)
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

macro_rules! tests {
    ($($(#[$doc:meta])* $op:ident $name:literal |$text:ident| $body:expr,
       |$block:ident, $unicode:pat_param| $sets:expr, |$marks:pat_param, $all:ident| $decide:expr;)*) => {$(
        $(#[$doc])*
        pub struct $op;
        impl Test for $op {
            const NAME: &'static str = $name;
            #[inline]
            fn test<E: Encoding>($text: &[E::Unit]) -> bool {
                $body
            }
            #[inline(always)]
            fn sets($block: Block, $unicode: bool) -> [u32; 2] {
                $sets
            }
            #[inline(always)]
            fn decide($marks: [u64; 2], $all: u64) -> bool {
                $decide
            }
        }
    )*};
}

tests! {
    /// Letters.
    IsAlpha "isalpha" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_alphabetic(), Property::Alpha)),
        |block, _| [block.letters(), 0], |[a, _], text| text != 0 && a == text;
    /// Digits.
    IsDigit "isdigit" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_digit(), Property::Digit)),
        |block, _| [block.digits(), 0], |[a, _], text| text != 0 && a == text;
    /// Letters and what stands for numbers.
    IsAlnum "isalnum" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_alphanumeric(), Property::Alphanumeric)),
        |block, _| [block.letters() | block.digits(), 0], |[a, _], text| text != 0 && a == text;
    /// Decimal digits.
    IsDecimal "isdecimal" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_digit(), Property::Decimal)),
        |block, _| [block.digits(), 0], |[a, _], text| text != 0 && a == text;
    /// What stands for numbers.
    IsNumeric "isnumeric" |text| all::<E>(text, |c| of::<E>(c, |c| c.is_ascii_digit(), Property::Numeric)),
        |block, _| [block.digits(), 0], |[a, _], text| text != 0 && a == text;
    /// White space.
    IsSpace "isspace" |text| all::<E>(text, |c| is_space(c, E::UNICODE)),
        |block, unicode| [block.spaces(unicode), 0], |[a, _], text| text != 0 && a == text;
    /// Cased characters, all small.
    IsLower "islower" |text| one_case::<E>(text, is_lower::<E>, |c| is_upper::<E>(c) || is_title::<E>(c)),
        |block, _| [block.small_letters(), block.capitals()], |[small, capital], _all| small != 0 && capital == 0;
    /// Cased characters, all capital.
    IsUpper "isupper" |text| one_case::<E>(text, is_upper::<E>, |c| is_lower::<E>(c) || is_title::<E>(c)),
        |block, _| [block.small_letters(), block.capitals()], |[small, capital], _all| small == 0 && capital != 0;
    /// Words that begin with a capital.
    IsTitle "istitle" |text| titled::<E>(text),
        |block, _| [block.small_letters(), block.capitals()], |[small, capital], _all| {
            let within = (small | capital) << 1;
            small | capital != 0 && small & !within == 0 && capital & within == 0
        };
    /// ASCII characters and nothing else, also of nothing.
    IsAscii "_isascii" |text| all::<E>(text, |c| c < 0x80) || text.is_empty(),
        |block, _| [block.beyond(), 0], |[beyond, _], _all| beyond == 0;
}

/// The test by sets of places, for texts that are short enough and, where others mean something, of ASCII.
///
/// # Safety
/// As [`Read::get`].
#[inline(always)]
unsafe fn quick<S: Store, O: Test>(texts: &S::Reader<'_>, at: *const u8) -> Option<bool> {
    let (mut first, mut second, mut beyond) = (0, 0, 0);
    let look = |part: *const UnitOf<S>, place: usize| {
        // SAFETY: sixteen units.
        let block = unsafe { UnitOf::<S>::block(part) };
        let [a, b] = O::sets(block, S::Code::UNICODE);
        first |= u64::from(a) << place;
        second |= u64::from(b) << place;
        beyond |= u64::from(block.beyond()) << place;
    };
    // SAFETY: by the caller.
    let all = below(unsafe { texts.walk(at, look) }?);
    if S::Code::UNICODE && beyond & all != 0 {
        return None;
    }
    Some(O::decide([first & all, second & all], all))
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
            if let Some(answer) = quick::<S, O>(&texts, run.at(0, i)) {
                run.put(1, i, answer);
                return Ok(());
            }
            match texts.get(run.at(0, i)) {
                Some(text) => run.put(1, i, O::test::<S::Code>(text)),
                None if texts.missing_spreads() => run.put(1, i, false),
                None => return Err(texts.undefined(O::NAME)),
            }
        }
        Ok(())
    });
}
