//! `find`, `rfind`, `index`, `rindex`, `count`, `startswith`, `endswith`: a text searched within `[start, end)`, which
//! count characters and, when negative, from the end.

use std::ffi::c_void;

use sharray_base::{Error, Result};

use super::encoding::Encoding;
use super::find;
use super::store::{Read, Run, Store, UnitOf, or_fault};

/// One of the searches.
pub trait Search: 'static {
    /// What it gives: `i64` or a truth value.
    type Answer;
    /// The ufunc's name.
    const NAME: &'static str;
    /// The answer for a missing text that is like NaN, if there is one.
    fn of_missing() -> Option<Self::Answer>;
    /// The answer for `wanted` in the part of `text` that begins at character `start`; no part when `start > end`.
    ///
    /// # Errors
    /// `Value` where `index` finds nothing.
    fn search<E: Encoding>(part: Option<Part<'_, E>>, wanted: &[E::Unit]) -> Result<Self::Answer>;
}

/// The searched part of a text.
pub struct Part<'a, E: Encoding> {
    /// Its units.
    pub units: &'a [E::Unit],
    /// Which character of the whole text it begins with.
    pub start: usize,
}

impl<E: Encoding> Part<'_, E> {
    /// The character at a unit of the part.
    fn character(&self, unit: usize) -> i64 {
        (self.start + E::length(&self.units[..unit])) as i64
    }
}

/// `start` and `end` as Python slices count them, within `0..=length`; `None` when they cross.
fn bounds(length: usize, start: i64, end: i64) -> Option<(usize, usize)> {
    let length = length as i64;
    let within = |at: i64| if at < 0 { at.saturating_add(length).max(0) } else { at };
    let (start, end) = (within(start), within(end).min(length));
    (start <= end).then_some((start as usize, end as usize))
}

fn part<E: Encoding>(text: &[E::Unit], start: i64, end: i64) -> Option<Part<'_, E>> {
    if start == 0 && end >= text.len() as i64 {
        return Some(Part { units: text, start: 0 });
    }
    let (start, end) = bounds(E::length(text), start, end)?;
    let begin = E::seek(text, start);
    let stop = begin + E::seek(&text[begin..], end - start);
    Some(Part { units: &text[begin..stop], start })
}

fn lowest<E: Encoding>(part: Option<Part<'_, E>>, wanted: &[E::Unit]) -> Option<i64> {
    let part = part?;
    let at = if wanted.is_empty() { Some(0) } else { find::first(part.units, wanted) };
    at.map(|unit| part.character(unit))
}

fn highest<E: Encoding>(part: Option<Part<'_, E>>, wanted: &[E::Unit]) -> Option<i64> {
    let part = part?;
    let at = if wanted.is_empty() { Some(part.units.len()) } else { find::last(part.units, wanted) };
    at.map(|unit| part.character(unit))
}

fn not_found() -> Error {
    Error::Value("substring not found".into())
}

macro_rules! searches {
    ($($(#[$doc:meta])* $op:ident $name:literal $answer:ty, $missing:expr, |$part:ident, $wanted:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        pub struct $op;
        impl Search for $op {
            type Answer = $answer;
            const NAME: &'static str = $name;
            fn of_missing() -> Option<$answer> {
                $missing
            }
            #[inline]
            fn search<E: Encoding>($part: Option<Part<'_, E>>, $wanted: &[E::Unit]) -> Result<$answer> {
                $body
            }
        }
    )*};
}

searches! {
    /// Lowest place, or -1.
    Find "find" i64, None, |part, wanted| Ok(lowest(part, wanted).unwrap_or(-1));
    /// Highest place, or -1.
    RFind "rfind" i64, None, |part, wanted| Ok(highest(part, wanted).unwrap_or(-1));
    /// Lowest place, or an error.
    Index "index" i64, None, |part, wanted| lowest(part, wanted).ok_or_else(not_found);
    /// Highest place, or an error.
    RIndex "rindex" i64, None, |part, wanted| highest(part, wanted).ok_or_else(not_found);
    /// How often, without overlaps.
    Count "count" i64, None, |part, wanted| Ok(match part {
        None => 0,
        Some(part) if wanted.is_empty() => E::length(part.units) as i64 + 1,
        Some(part) => find::count(part.units, wanted, usize::MAX) as i64,
    });
    /// Whether it begins so.
    StartsWith "startswith" bool, Some(false), |part, wanted| Ok(part.is_some_and(|part| part.units.starts_with(wanted)));
    /// Whether it ends so.
    EndsWith "endswith" bool, Some(false), |part, wanted| Ok(part.is_some_and(|part| part.units.ends_with(wanted)));
}

/// The loop: text, wanted, start, end → answer.
///
/// # Safety
/// The loop contract of [`Run::new`]: two operands of the store, two of `int64`, one of the answer's type.
pub unsafe extern "C" fn search_loop<S: Store, O: Search>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let readers = (|| Ok((S::reader(run.dtype(0))?, S::reader(run.dtype(1))?)))();
    let Some((texts, wanted)) = or_fault(readers) else { return };
    run.each(|i| {
        // SAFETY: elements of the operands, whose dtypes the readers were made for; an answer's element.
        unsafe {
            let sides: (Option<&[UnitOf<S>]>, _) = (texts.get(run.at(0, i)), wanted.get(run.at(1, i)));
            let (Some(text), Some(wanted)) = sides else {
                let spreads = texts.missing_spreads() && wanted.missing_spreads();
                let answer = O::of_missing().filter(|_| spreads).ok_or_else(|| texts.undefined(O::NAME))?;
                run.put(4, i, answer);
                return Ok(());
            };
            let answer = O::search::<S::Code>(part(text, run.number(2, i), run.number(3, i)), wanted)?;
            run.put(4, i, answer);
        }
        Ok(())
    });
}
