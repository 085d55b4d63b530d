//! `replace`: one run of characters for another, at most so many times from the left.

use std::ffi::c_void;

use super::encoding::{Encoding, Sink};
use super::find;
use super::store::{Run, Store, produce};

/// The loop: text, old, new, count (`int64`, negative: everywhere) → text.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store at 0, 1, 2 and 4, the result apart; `int64` at 3.
pub unsafe extern "C" fn replace_loop<S: Store>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        produce::<S, 3>(&run, [0, 1, 2], 4, "replace", |i, [text, old, new], sink| {
            let limit = usize::try_from(run.number(3, i)).unwrap_or(usize::MAX);
            if old.is_empty() {
                between::<S::Code>(text, new, limit, sink);
            } else {
                replaced(text, old, new, limit, sink);
            }
            Ok(())
        });
    }
}

fn replaced<U: super::encoding::Unit>(
    mut text: &[U],
    old: &[U],
    new: &[U],
    limit: usize,
    sink: &mut impl Sink<U>,
) {
    for _ in 0..limit {
        let Some(at) = find::first(text, old) else { break };
        sink.put(&text[..at]);
        sink.put(new);
        text = &text[at + old.len()..];
    }
    sink.put(text);
}

/// An empty text lies before each character and at the end.
fn between<E: Encoding>(mut text: &[E::Unit], new: &[E::Unit], limit: usize, sink: &mut impl Sink<E::Unit>) {
    for _ in 0..limit {
        sink.put(new);
        if text.is_empty() {
            return;
        }
        let units = E::first(text).1;
        sink.put(&text[..units]);
        text = &text[units..];
    }
    sink.put(text);
}
