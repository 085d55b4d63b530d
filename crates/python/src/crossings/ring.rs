//! The newest crossings, in a ring: the oldest is overwritten, the counts go on. Touched under the GIL only.

use std::cell::{Cell, UnsafeCell};
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;

use super::Crossing;

/// Records kept.
pub(super) const ROOM: usize = 4096;

#[derive(Default)]
struct Ring {
    /// Record `number` lies at `number % ROOM`, once there are that many.
    records: Vec<Crossing>,
    newest: u64,
    /// Numbers up to here were cleared.
    cleared: u64,
    /// Of crossings that are no longer in the ring.
    past: Totals,
}

/// What is counted of all crossings since the last clearing.
#[derive(Clone, Copy, Default)]
pub(super) struct Totals {
    pub(super) crossings: u64,
    pub(super) copies: u64,
    pub(super) bytes_copied: u64,
}

impl Totals {
    fn add(&mut self, crossing: &Crossing) {
        self.crossings += 1;
        if crossing.reason.is_some() {
            self.copies += 1;
            self.bytes_copied += crossing.nbytes as u64;
        }
    }
}

struct Kept(UnsafeCell<Ring>);

// SAFETY: `with` is the only way in, and asks for the GIL.
unsafe impl Sync for Kept {}

static RING: Kept = Kept(UnsafeCell::new(Ring {
    records: Vec::new(),
    newest: 0,
    cleared: 0,
    past: Totals { crossings: 0, copies: 0, bytes_copied: 0 },
}));

/// `work` runs no Python code, so that nobody else comes in.
fn with<R>(_py: Python<'_>, work: impl FnOnce(&mut Ring) -> R) -> R {
    // SAFETY: the GIL is held, and stays so: by the rule above, this is the only reference.
    work(unsafe { &mut *RING.0.get() })
}

thread_local! {
    /// How many who only look (`sharray.interop.explain`) are at work in this thread: what they do is no crossing.
    static LOOKING: Cell<usize> = const { Cell::new(0) };
}

/// How many there are in all threads: mostly none, which is quickly seen.
static LOOKERS: AtomicUsize = AtomicUsize::new(0);

/// One more, or one less, who only looks.
pub(super) fn look(more: bool) {
    if more {
        LOOKERS.fetch_add(1, Ordering::Relaxed);
    } else {
        let _ = LOOKERS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1));
    }
    LOOKING.with(|count| count.set(if more { count.get() + 1 } else { count.get().saturating_sub(1) }));
}

/// Whether this thread only looks.
pub(super) fn only_looks() -> bool {
    LOOKERS.load(Ordering::Relaxed) != 0 && LOOKING.with(|count| count.get() != 0)
}

/// Adds a record, whose reference to a type it takes over, and gives it its number.
#[inline]
pub(super) fn push(py: Python<'_>, crossing: Crossing) -> u64 {
    if only_looks() {
        // SAFETY: the record's reference, or null.
        unsafe { ffi::Py_XDECREF(crossing.other.cast()) };
        return 0;
    }
    let (number, dropped) = with(py, |ring| {
        ring.newest += 1;
        let number = ring.newest;
        if ring.records.len() != ROOM {
            first_round(ring, Crossing { number, ..crossing });
            return (number, std::ptr::null_mut());
        }
        let old = &mut ring.records[(number % ROOM as u64) as usize];
        if old.number > ring.cleared {
            ring.past.add(old);
        }
        let dropped = old.other;
        *old = Crossing { number, ..crossing };
        (number, dropped)
    });
    // SAFETY: the reference of the record that is gone, or null.
    unsafe { ffi::Py_XDECREF(dropped.cast()) };
    number
}

/// Adds a record where none was.
#[cold]
fn first_round(ring: &mut Ring, crossing: Crossing) {
    if ring.records.is_empty() {
        // Place 0 is taken when the ring goes round for the first time.
        ring.records.reserve_exact(ROOM);
        ring.records.push(Crossing { number: 0, other: std::ptr::null_mut(), ..crossing });
    }
    ring.records.push(crossing);
}

/// The number of the newest record.
pub(super) fn newest(py: Python<'_>) -> u64 {
    with(py, |ring| ring.newest)
}

/// Changes a record, if it is still there. `change` leaves its number and type.
pub(super) fn amend(py: Python<'_>, number: u64, change: impl FnOnce(&mut Crossing)) -> bool {
    with(py, |ring| {
        let found = ring
            .records
            .get_mut((number % ROOM as u64) as usize)
            .filter(|c| c.number == number && number != 0);
        found.map(change).is_some()
    })
}

/// Says who took part in crossing `number`, where that was not known.
pub(super) fn name_other(class: &Bound<'_, pyo3::types::PyType>, number: u64) {
    let mut named = false;
    let other = class.as_type_ptr();
    amend(class.py(), number, |crossing| {
        named = crossing.other.is_null();
        if named {
            crossing.other = other;
        }
    });
    if named {
        // SAFETY: a live class; the reference is the record's.
        unsafe { ffi::Py_INCREF(other.cast()) };
    }
}

/// The records with numbers above `since`, oldest first, each with a reference of its own to its type.
pub(super) fn after(py: Python<'_>, since: u64) -> Vec<(Crossing, Option<Bound<'_, PyAny>>)> {
    let found = with(py, |ring| {
        let since = since.max(ring.cleared);
        let mut found: Vec<Crossing> = ring.records.iter().filter(|c| c.number > since).copied().collect();
        found.sort_unstable_by_key(|c| c.number);
        found
    });
    // SAFETY: each type is held by its record: nothing has run since it was read.
    found.into_iter().map(|c| (c, unsafe { Bound::from_borrowed_ptr_or_opt(py, c.other.cast()) })).collect()
}

/// The counts since the last clearing.
pub(super) fn totals(py: Python<'_>) -> Totals {
    with(py, |ring| {
        let mut totals = ring.past;
        ring.records.iter().filter(|c| c.number > ring.cleared).for_each(|c| totals.add(c));
        totals
    })
}

/// Forgets all records; numbers go on.
pub(super) fn clear(py: Python<'_>) {
    let types: Vec<_> = with(py, |ring| {
        ring.cleared = ring.newest;
        ring.past = Totals::default();
        ring.records.iter_mut().map(|c| std::mem::replace(&mut c.other, std::ptr::null_mut())).collect()
    });
    for class in types {
        // SAFETY: the record's reference, or null.
        unsafe { ffi::Py_XDECREF(class.cast()) };
    }
}
