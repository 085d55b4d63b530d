//! `slice`: characters of a text from, to and in steps of, as Python counts them.

use std::ffi::c_void;

use sharray_base::Error;

use super::encoding::{Encoding, Sink};
use super::store::{Run, Store, produce};

/// First character, step, and number of characters of `start:stop:step` in a text of `length`; `step` is not 0.
fn adjusted(length: usize, start: i64, stop: i64, step: i64) -> (usize, i64, usize) {
    let length = length as i64;
    let clamp = |at: i64| {
        let at = if at < 0 { at.saturating_add(length) } else { at };
        if step < 0 { at.clamp(-1, length - 1) } else { at.clamp(0, length) }
    };
    let (start, stop) = (clamp(start), clamp(stop));
    let span = if step < 0 { start - stop } else { stop - start };
    let count = if span > 0 { (span - 1) / step.saturating_abs() + 1 } else { 0 };
    (start.max(0) as usize, step, count as usize)
}

/// The loop: text, start, stop, step (`int64`) → text.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store at 0 and 4, the result apart; `int64` at 1 to 3.
pub unsafe extern "C" fn slice_loop<S: Store>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        produce::<S, 1>(&run, [0], 4, "slice", |i, [text], sink| {
            let step = run.number(3, i);
            if step == 0 {
                return Err(Error::Value("slice step cannot be zero".into()));
            }
            let length = S::Code::length(text);
            let (start, step, count) = adjusted(length, run.number(1, i), run.number(2, i), step);
            if step == 1 {
                let from = S::Code::seek(text, start);
                let rest = &text[from..];
                sink.put(&rest[..S::Code::seek(rest, count)]);
                return Ok(());
            }
            for k in 0..count as i64 {
                let character = (start as i64 + k * step) as usize;
                let from = S::Code::seek(text, character);
                let units = S::Code::first(&text[from..]).1;
                sink.put(&text[from..from + units]);
            }
            Ok(())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_python_does() {
        for ((length, start, stop, step), expected) in [
            ((5, 1, 3, 1), (1, 1, 2)),
            ((5, -2, i64::MAX, 1), (3, 1, 2)),
            ((5, 0, 5, 2), (0, 2, 3)),
            ((5, 4, -6, -1), (4, -1, 5)),
            ((5, i64::MAX, i64::MIN, -2), (4, -2, 3)),
            ((5, 3, 1, 1), (3, 1, 0)),
            ((0, 0, 9, 1), (0, 1, 0)),
            ((5, 0, 5, i64::MAX), (0, i64::MAX, 1)),
            ((5, 4, -6, i64::MIN), (4, i64::MIN, 1)),
        ] {
            assert_eq!(adjusted(length, start, stop, step), expected);
        }
    }
}
