//! The way out of long work: loops count what they do with a [`Meter`], which asks a hook now and then whether to go on.
//! A face of the engine sets the hook (Python's looks for signals, so that Ctrl-C ends a long call); without one nothing
//! is asked.
//!
//! An interrupted operation ends with the hook's error. What it had written by then stays written, as after any other
//! error in the middle of a loop.

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::{fault, fp_status};

/// Answers whether the calling thread's work is to go on.
pub type Hook = fn() -> Result<()>;

static HOOK: OnceLock<Hook> = OnceLock::new();

/// How many elements may be worked on between two looks: a few milliseconds' worth, a fifth of a second for the slowest
/// loops.
pub const STRIDE: usize = 1 << 20;

/// The hook itself may be costly (Python's takes the GIL): it is asked no more often than this.
const PAUSE: Duration = Duration::from_millis(50);

thread_local! {
    static LAST: Cell<Option<Instant>> = const { Cell::new(None) };
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Sets the hook, once in a process; a second one is ignored.
pub fn set_hook(hook: Hook) {
    let _ = HOOK.set(hook);
}

/// Asks the hook, unless it was asked a moment ago.
///
/// # Errors
/// The hook's, when the work is to end.
#[cold]
#[inline(never)]
pub fn poll() -> Result<()> {
    let Some(hook) = HOOK.get() else { return Ok(()) };
    // The thread whose call this is looks for itself, and may hold a lock (Python's) that the hook takes.
    if crate::threads::in_helper() {
        return Ok(());
    }
    let now = Instant::now();
    if LAST.get().is_some_and(|last| now.duration_since(last) < PAUSE) {
        return Ok(());
    }
    LAST.set(Some(now));
    // Whatever the hook runs must not show in the flags of the work it interrupts.
    fp_status::discarding(hook)
}

/// As [`poll`], for loops that can't return an error: true when the work is to end, with the reason as the thread's
/// [`fault`].
#[cold]
#[inline(never)]
pub fn poll_fault() -> bool {
    if fault::is_set() {
        return true;
    }
    poll().map_err(fault::set).is_err()
}

/// Counts work, and polls each time a [`STRIDE`] of it is done.
#[derive(Debug, Default)]
pub struct Meter(usize);

impl Meter {
    /// Counts `amount` elements (or whatever costs about as much).
    ///
    /// # Errors
    /// As [`poll`].
    #[inline]
    pub fn add(&mut self, amount: usize) -> Result<()> {
        self.0 += amount;
        if self.0 < STRIDE {
            return Ok(());
        }
        self.0 = 0;
        poll()
    }
}

/// A [`Meter`] of the calling thread, for work in many small parts that share no place to count it.
///
/// # Errors
/// As [`poll`].
#[inline]
pub fn tick(amount: usize) -> Result<()> {
    let done = DONE.get() + amount;
    if done < STRIDE {
        DONE.set(done);
        return Ok(());
    }
    DONE.set(0);
    poll()
}

/// `0..count` in pieces of at most a [`STRIDE`], with a look before each but the first: `act(start, length)`.
///
/// # Errors
/// Those of `act` and of [`poll`].
#[inline]
pub fn in_pieces(count: usize, mut act: impl FnMut(usize, usize) -> Result<()>) -> Result<()> {
    if count <= STRIDE {
        return act(0, count);
    }
    let mut start = 0;
    while start < count {
        if start > 0 {
            poll()?;
        }
        let length = STRIDE.min(count - start);
        act(start, length)?;
        start += length;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn pieces_cover_all_and_the_hook_ends_them() {
        let mut covered = 0;
        in_pieces(3 * STRIDE + 5, |start, length| {
            assert_eq!(start, covered);
            covered += length;
            Ok(())
        })
        .unwrap();
        assert_eq!(covered, 3 * STRIDE + 5);

        // Other tests of this process go on meanwhile: only this thread is stopped.
        thread_local! { static STOPPED: Cell<bool> = const { Cell::new(false) }; }
        STOPPED.set(true);
        set_hook(|| if STOPPED.get() { Err(Error::Runtime("stop".into())) } else { Ok(()) });
        LAST.set(None);
        let mut pieces = 0;
        let ended = in_pieces(10 * STRIDE, |_, _| {
            pieces += 1;
            Ok(())
        });
        assert_eq!((ended, pieces), (Err(Error::Runtime("stop".into())), 1));
        assert_eq!(poll(), Ok(()), "asked a moment ago");
        LAST.set(None);
        assert!(poll_fault());
        assert_eq!(fault::take(), Err(Error::Runtime("stop".into())));
        let mut meter = Meter::default();
        LAST.set(None);
        assert_eq!(meter.add(STRIDE - 1), Ok(()));
        assert!(meter.add(1).is_err());
    }
}
