//! Where an inner loop leaves its error. The loop signature returns nothing, so a loop that can fail (object dtype,
//! text parsing, integer to datetime overflow, …) sets this thread's fault and returns at once; whoever called it takes the
//! fault after each call of a loop flagged as fallible.

use std::cell::RefCell;

use crate::error::{Error, Result};

thread_local! {
    static FAULT: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// Leaves `error` as this thread's fault; the first one stands.
pub fn set(error: Error) {
    FAULT.with_borrow_mut(|slot| {
        slot.get_or_insert(error);
    });
}

/// Takes this thread's fault, if a loop left one.
pub fn take() -> Result<()> {
    FAULT.with_borrow_mut(|slot| slot.take()).map_or(Ok(()), Err)
}

/// True when a fault waits: lets a loop that calls another stop early.
pub fn is_set() -> bool {
    FAULT.with_borrow(|slot| slot.is_some())
}
