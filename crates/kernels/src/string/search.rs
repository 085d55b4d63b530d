//! `find`, `rfind`, `index`, `rindex`, `count`, `startswith`, `endswith`: a text searched within `[start, end)`, which
//! count characters and, when negative, from the end.

use std::ffi::c_void;

use sharray_base::{Error, Result};

use super::encoding::{Encoding, Unit};
use super::find;
use super::lanes::{Lanes, below};
use super::store::{Read, Run, Store, UnitOf, or_fault};

/// One of the searches.
pub trait Search: 'static {
    /// What it gives: `i64` or a truth value.
    type Answer;
    /// The ufunc's name.
    const NAME: &'static str;
    /// What to do with the places where a text holds what is wanted.
    const PLACES: Places;
    /// The answer, of a search by places, from a place or a number; -1 where there is none.
    ///
    /// # Errors
    /// As [`Search::search`].
    fn of_place(place: i64) -> Result<Self::Answer>;
    /// The answer for a missing text that is like NaN, if there is one.
    fn of_missing() -> Option<Self::Answer>;
    /// The answer for `wanted` in the part of `text` that begins at character `start`; no part when `start > end`.
    ///
    /// # Errors
    /// `Value` where `index` finds nothing.
    fn search<E: Encoding>(part: Option<Part<'_, E>>, wanted: &[E::Unit]) -> Result<Self::Answer>;
}

/// How a search takes its answer from the places where a text holds what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
    /// Their number, without overlaps.
    Number,
    /// It doesn't: the text is looked at where it begins.
    Beginning,
    /// It doesn't: the text is looked at where it ends.
    End,
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
    ($($(#[$doc:meta])* $op:ident $name:literal $answer:ty, $missing:expr, $places:ident |$place:ident| $of_place:expr,
       |$part:ident, $wanted:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        pub struct $op;
        impl Search for $op {
            type Answer = $answer;
            const NAME: &'static str = $name;
            const PLACES: Places = Places::$places;
            #[inline(always)]
            fn of_place($place: i64) -> Result<$answer> {
                $of_place
            }
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
    Find "find" i64, None, Lowest |place| Ok(place),
        |part, wanted| Ok(lowest(part, wanted).unwrap_or(-1));
    /// Highest place, or -1.
    RFind "rfind" i64, None, Highest |place| Ok(place),
        |part, wanted| Ok(highest(part, wanted).unwrap_or(-1));
    /// Lowest place, or an error.
    Index "index" i64, None, Lowest |place| if place < 0 { Err(not_found()) } else { Ok(place) },
        |part, wanted| lowest(part, wanted).ok_or_else(not_found);
    /// Highest place, or an error.
    RIndex "rindex" i64, None, Highest |place| if place < 0 { Err(not_found()) } else { Ok(place) },
        |part, wanted| highest(part, wanted).ok_or_else(not_found);
    /// How often, without overlaps.
    Count "count" i64, None, Number |number| Ok(number),
        |part, wanted| Ok(match part {
        None => 0,
        Some(part) if wanted.is_empty() => E::length(part.units) as i64 + 1,
        Some(part) => find::count(part.units, wanted, usize::MAX) as i64,
    });
    /// Whether it begins so.
    StartsWith "startswith" bool, Some(false), Beginning |place| Ok(place >= 0),
        |part, wanted| Ok(part.is_some_and(|part| part.units.starts_with(wanted)));
    /// Whether it ends so.
    EndsWith "endswith" bool, Some(false), End |place| Ok(place >= 0),
        |part, wanted| Ok(part.is_some_and(|part| part.units.ends_with(wanted)));
}

/// The answer for element `i` from the set of places where its text holds what is `wanted`: for whole texts that are
/// short enough.
///
/// # Safety
/// As [`search_loop`], and `i` is an element.
#[inline(always)]
unsafe fn by_places<S: Store, O: Search>(
    run: &Run<'_>,
    i: isize,
    texts: &S::Reader<'_>,
    wanted: &[UnitOf<S>],
) -> Option<i64> {
    let (Some(&first), Some(&last)) = (wanted.first(), wanted.last()) else { return None };
    if run.number(2, i) != 0 {
        return None;
    }
    if matches!(O::PLACES, Places::Beginning | Places::End) {
        // SAFETY: handed on.
        return unsafe { at_end::<S, O>(run, i, texts, wanted) }.map(|found| i64::from(found) - 1);
    }
    let (mut firsts, mut lasts, mut starts) = (0, 0, 0);
    let look = |part: *const UnitOf<S>, place: usize| {
        // SAFETY: sixteen units.
        unsafe {
            firsts |= u64::from(UnitOf::<S>::equal(part, first)) << place;
            lasts |= u64::from(UnitOf::<S>::equal(part, last)) << place;
            starts |= S::Code::starts(part) << place;
        }
    };
    // SAFETY: by the caller.
    let length = unsafe { texts.walk(run.at(0, i), look) }?;
    if run.number(3, i) < length as i64 {
        return None;
    }
    if wanted.len() > length {
        return Some(if O::PLACES == Places::Number { 0 } else { -1 });
    }
    let behind = wanted.len() - 1;
    let mut places = firsts & lasts >> behind & below(length - behind);
    if behind > 1 {
        // SAFETY: by the caller; the text is not missing, or it would not have been walked.
        places = confirmed(places, unsafe { texts.get(run.at(0, i)) }?, wanted);
    }
    let character = |place: u32| {
        if S::Code::SINGLE {
            i64::from(place)
        } else {
            i64::from((starts & below(place as usize)).count_ones())
        }
    };
    Some(match O::PLACES {
        _ if places == 0 && O::PLACES != Places::Number => -1,
        Places::Lowest => character(places.trailing_zeros()),
        Places::Highest => character(u64::BITS - 1 - places.leading_zeros()),
        _ if behind == 0 => i64::from(places.count_ones()),
        _ => apart(places, wanted.len()),
    })
}

/// As [`by_places`]: whether the text begins, or ends, as `wanted`, which is not empty.
///
/// # Safety
/// As [`by_places`].
#[inline(always)]
unsafe fn at_end<S: Store, O: Search>(
    run: &Run<'_>,
    i: isize,
    texts: &S::Reader<'_>,
    wanted: &[UnitOf<S>],
) -> Option<bool> {
    let (at, end, size) = (run.at(0, i), run.number(3, i), wanted.len());
    if O::PLACES == Places::Beginning && S::FIXED {
        // What is wanted does not end in nulls, so a text that begins so is that long: its length need not be known.
        let units = run.dtype(0).itemsize() / size_of::<UnitOf<S>>();
        if end < size as i64 {
            return None;
        }
        // SAFETY: an aligned element of so many units.
        return Some(size <= units && unsafe { lies(at.cast::<UnitOf<S>>(), wanted) });
    }
    // SAFETY: by the caller.
    let text: &[UnitOf<S>] = unsafe { texts.get(at) }?;
    if end < text.len() as i64 {
        return None;
    }
    let Some(place) = text.len().checked_sub(size) else { return Some(false) };
    let place = if O::PLACES == Places::Beginning { 0 } else { place };
    // SAFETY: the text has so many units from that place on.
    Some(unsafe { lies(text.as_ptr().add(place), wanted) })
}

/// Whether `wanted` lies at `at`. Few units are compared here, and not by a call.
///
/// # Safety
/// As many units are readable there.
#[inline(always)]
unsafe fn lies<U: Unit>(at: *const U, wanted: &[U]) -> bool {
    // SAFETY: by this function's contract.
    let text = unsafe { std::slice::from_raw_parts(at, wanted.len()) };
    if wanted.len() <= 4 {
        return text.iter().zip(wanted).all(|(a, b)| a == b);
    }
    text == wanted
}

/// The places where all of `wanted` lies.
fn confirmed<U: Unit>(places: u64, text: &[U], wanted: &[U]) -> u64 {
    let (mut left, mut found) = (places, places);
    while left != 0 {
        let place = left.trailing_zeros() as usize;
        left &= left - 1;
        if text[place..place + wanted.len()] != *wanted {
            found &= !(1 << place);
        }
    }
    found
}

/// How many of the places, taken from the lowest, are at least `size` apart.
fn apart(mut places: u64, size: usize) -> i64 {
    let mut number = 0;
    while places != 0 {
        number += 1;
        places &= !below(places.trailing_zeros() as usize + size);
    }
    number
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
    // What is wanted is mostly the same everywhere.
    let one = run.is_same(1).then(|| run.at(1, 0));
    // SAFETY: an element of the operand, if there is any, as it has a step of 0.
    let same = one.map(|at| unsafe { wanted.get(at) });
    run.each(|i| {
        // SAFETY: elements of the operands, whose dtypes the readers were made for; an answer's element.
        unsafe {
            let other: Option<&[UnitOf<S>]> = same.unwrap_or_else(|| wanted.get(run.at(1, i)));
            if let Some(wanted) = other
                && let Some(place) = by_places::<S, O>(&run, i, &texts, wanted)
            {
                run.put(4, i, O::of_place(place)?);
                return Ok(());
            }
            let sides: (Option<&[UnitOf<S>]>, _) = (texts.get(run.at(0, i)), other);
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
