//! `add` and `multiply`: texts one behind the other, a text several times.

use std::ffi::c_void;

use sharray_base::Error;

use super::encoding::Sink;
use super::store::{Run, Store, produce};

/// The loop: text, text → both.
///
/// # Safety
/// The loop contract of [`Run::new`]: three operands of the store, the result apart.
pub unsafe extern "C" fn add_loop<S: Store>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        produce::<S, 2>(&Run::new(args, dims, steps, data), [0, 1], 2, "add", |_, [a, b], sink| {
            sink.put(a);
            sink.put(b);
            Ok(())
        });
    }
}

/// The loop: text and `int64` (or, with `NUMBER` 0, `int64` and text) → the text that many times, none for negative
/// numbers.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store at 2 and `1 - NUMBER`, the result apart; `int64` at `NUMBER`.
pub unsafe extern "C" fn multiply_loop<S: Store, const NUMBER: usize>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        produce::<S, 1>(&run, [1 - NUMBER], 2, "multiply", |i, [text], sink| {
            let times = usize::try_from(run.number(NUMBER, i)).unwrap_or(0);
            if text.len().checked_mul(times).is_none_or(|total| total > isize::MAX as usize) {
                return Err(Error::Overflow("Overflow encountered in string multiply".into()));
            }
            sink.repeat(text, times);
            Ok(())
        });
    }
}
