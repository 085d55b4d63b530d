//! Upper and lower case of ASCII letters; of texts that hold others too, only theirs is changed.
//!
//! Units don't depend on each other, but for `title` on the one before, and on whether they begin a text. So texts of
//! fixed width are changed as one long run of units, and then the units that begin them once more.

use std::ffi::c_void;

use super::encoding::{Encoding, Sink, Unit};
use super::store::{Run, Store, UnitOf, produce};

/// One of the changes of case.
pub trait Case: 'static {
    /// True when the first character of a text is changed otherwise than those behind it.
    const FIRST: bool;
    /// True when a unit that is a small, or a capital, letter becomes the other; `within` is true behind another letter,
    /// `first` for the text's first character.
    fn flips(small: bool, capital: bool, first: bool, within: bool) -> bool;
}

macro_rules! cases {
    ($($(#[$doc:meta])* $op:ident $special:literal
       |$small:ident, $capital:ident, $first:ident, $within:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        pub struct $op;
        impl Case for $op {
            const FIRST: bool = $special;
            #[inline(always)]
            fn flips($small: bool, $capital: bool, $first: bool, $within: bool) -> bool {
                $body
            }
        }
    )*};
}

cases! {
    /// All capital.
    Upper false |small, _capital, _first, _within| small;
    /// All small.
    Lower false |_small, capital, _first, _within| capital;
    /// Capital for small and small for capital.
    Swap false |small, capital, _first, _within| small | capital;
    /// The first character capital, the others small.
    Capitalize true |small, capital, first, _within| if first { small } else { capital };
    /// Words begin with a capital, and are small behind it.
    Title true |small, capital, _first, within| small & !within | capital & within;
}

#[inline(always)]
fn changed<U: Unit, O: Case>(unit: U, first: bool, within: bool) -> U {
    let (small, capital) = (unit.is_from(b'a', 26), unit.is_from(b'A', 26));
    unit.flipped(O::flips(small, capital, first, within))
}

#[inline(always)]
fn is_letter<U: Unit>(unit: U) -> bool {
    unit.is_from(b'a', 26) | unit.is_from(b'A', 26)
}

/// Changes a run of `texts` texts of `units` units each.
///
/// # Safety
/// So many units are readable at `from` and writable at `to`, which is the same place or apart from it.
#[inline(always)]
unsafe fn change<U: Unit, O: Case>(from: *const U, to: *mut U, texts: usize, units: usize) {
    // SAFETY: places within the units. In place, a letter is still one when its neighbour asks.
    unsafe {
        for i in usize::from(O::FIRST)..texts * units {
            let within = O::FIRST && is_letter(*from.add(i - usize::from(O::FIRST)));
            *to.add(i) = changed::<U, O>(*from.add(i), false, within);
        }
        if O::FIRST {
            for at in (0..texts).map(|text| text * units) {
                *to.add(at) = changed::<U, O>(*from.add(at), true, false);
            }
        }
    }
}

/// Texts that lie one behind the other and are changed as one run.
const TEXTS: usize = 32;
/// Units of a text of variable width that are changed before they are put.
const PIECE: usize = 64;

/// The loop: text → text.
///
/// # Safety
/// The loop contract of [`Run::new`]: two operands of the store, the result apart.
pub unsafe extern "C" fn case_loop<S: Store, O: Case>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        let width = run.dtype(0).itemsize();
        if S::FIXED && width == run.dtype(1).itemsize() {
            return of_one_width::<UnitOf<S>, O>(&run, width);
        }
        produce::<S, 1>(&run, [0], 1, "case", |_, [text], sink| {
            let mut piece = [S::Code::ascii(0); PIECE];
            let (mut first, mut within) = (true, false);
            for chunk in text.chunks(PIECE) {
                change::<_, O>(chunk.as_ptr(), piece.as_mut_ptr(), 1, chunk.len());
                piece[0] = changed::<_, O>(chunk[0], first, within);
                sink.put(&piece[..chunk.len()]);
                (first, within) = (false, is_letter(chunk[chunk.len() - 1]));
            }
            Ok(())
        });
    }
}

/// Elements as wide as their results: nulls stay nulls, and no text's length matters.
///
/// # Safety
/// Elements of `width` bytes, of units `U`.
unsafe fn of_one_width<U: Unit, O: Case>(run: &Run<'_>, width: usize) {
    let units = width / size_of::<U>();
    if units == 0 {
        return;
    }
    let dense = [0, 1].iter().all(|&operand| run.step(operand) == width as isize);
    let together = if dense { TEXTS as isize } else { 1 };
    let mut i = 0;
    while i < run.count {
        let texts = together.min(run.count - i);
        // SAFETY: elements of the operands, one behind the other where there are several.
        unsafe { change::<U, O>(run.at(0, i).cast(), run.at(1, i).cast(), texts as usize, units) };
        i += texts;
    }
}
