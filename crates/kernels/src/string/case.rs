//! Upper and lower case of ASCII letters; of texts that hold others too, only theirs is changed.

use std::ffi::c_void;

use super::encoding::{Encoding, Sink};
use super::store::{Run, Store, produce};

/// One of the changes of case.
pub trait Case: 'static {
    /// The letter as it becomes; `within` is true behind another letter of the same word, `first` for the text's first
    /// character.
    fn change(letter: u8, first: bool, within: bool) -> u8;
}

macro_rules! cases {
    ($($(#[$doc:meta])* $op:ident |$letter:ident, $first:ident, $within:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        pub struct $op;
        impl Case for $op {
            #[inline(always)]
            fn change($letter: u8, $first: bool, $within: bool) -> u8 {
                $body
            }
        }
    )*};
}

cases! {
    /// All capital.
    Upper |letter, _first, _within| letter.to_ascii_uppercase();
    /// All small.
    Lower |letter, _first, _within| letter.to_ascii_lowercase();
    /// Capital for small and small for capital.
    Swap |letter, _first, _within| letter ^ (u8::from(letter.is_ascii_alphabetic()) << 5);
    /// The first character capital, the others small.
    Capitalize |letter, first, _within| {
        if first { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    };
    /// Words begin with a capital, and are small behind it.
    Title |letter, _first, within| {
        if within { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() }
    };
}

/// Units that are changed before they are put.
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
        produce::<S, 1>(&Run::new(args, dims, steps, data), [0], 1, "case", |_, [text], sink| {
            let mut piece = [S::Code::ascii(0); PIECE];
            let (mut first, mut within) = (true, false);
            for chunk in text.chunks(PIECE) {
                for (slot, unit) in piece.iter_mut().zip(chunk) {
                    let letter = S::Code::as_ascii(*unit);
                    *slot = letter.map_or(*unit, |l| S::Code::ascii(O::change(l, first, within)));
                    within = letter.is_some_and(|l| l.is_ascii_alphabetic());
                    first = false;
                }
                sink.put(&piece[..chunk.len()]);
            }
            Ok(())
        });
    }
}
