//! Who still holds memory that was handed out. A [`Ticket`] stands for one consumer; it may be dropped in any thread, with
//! or without the GIL, also while another thread forks: giving back takes no lock, but lays the ticket's node on a stack
//! that whoever next holds the GIL and comes here clears away.

use std::cell::UnsafeCell;
use std::ffi::c_void;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use pyo3::prelude::*;

use super::Crossing;

/// One live consumer.
struct Node {
    crossing: Crossing,
    /// Where it stands in the list.
    place: usize,
    /// The next one on the stack of those given back.
    next: *mut Node,
}

/// One consumer's right to use memory that was handed out; dropping it says that the consumer has let go.
#[derive(Debug)]
pub struct Ticket(NonNull<Node>);

// SAFETY: dropping it is all that another thread can do, which is made for that (see the module).
unsafe impl Send for Ticket {}

impl Ticket {
    /// As a pointer, for the context of a foreign struct.
    pub fn into_raw(self) -> *mut c_void {
        let node = self.0;
        std::mem::forget(self);
        node.as_ptr().cast()
    }
    /// The ticket again.
    ///
    /// # Safety
    /// `raw` comes from [`Ticket::into_raw`], and is used once.
    pub unsafe fn from_raw(raw: *mut c_void) -> Option<Ticket> {
        NonNull::new(raw.cast()).map(Ticket)
    }
}

static RETURNED: AtomicPtr<Node> = AtomicPtr::new(ptr::null_mut());
static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Drop for Ticket {
    fn drop(&mut self) {
        COUNT.fetch_sub(1, Ordering::Relaxed);
        let node = self.0.as_ptr();
        let mut head = RETURNED.load(Ordering::Relaxed);
        loop {
            // SAFETY: the node is the ticket's until it lies on the stack.
            unsafe { (*node).next = head };
            match RETURNED.compare_exchange_weak(head, node, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }
}

struct Kept(UnsafeCell<Vec<*mut Node>>);

// SAFETY: `with` is the only way in, and asks for the GIL.
unsafe impl Sync for Kept {}

static NODES: Kept = Kept(UnsafeCell::new(Vec::new()));

/// `work` gets the nodes of all consumers that are left, and runs no Python code.
fn with<R>(_py: Python<'_>, work: impl FnOnce(&mut Vec<*mut Node>) -> R) -> R {
    // SAFETY: the GIL is held, and nothing in here gives it away: the only reference.
    let nodes = unsafe { &mut *NODES.0.get() };
    let mut node = RETURNED.swap(ptr::null_mut(), Ordering::Acquire);
    while !node.is_null() {
        // SAFETY: a node that was given back: nobody else knows it. Its place is right, as every move keeps it so.
        unsafe {
            let returned = Box::from_raw(node);
            node = returned.next;
            nodes.swap_remove(returned.place);
            if let Some(moved) = nodes.get(returned.place) {
                (**moved).place = returned.place;
            }
        }
    }
    work(nodes)
}

/// A ticket for a crossing outwards, of which only the plain facts are used.
pub(super) fn issue(py: Python<'_>, crossing: Crossing) -> Ticket {
    COUNT.fetch_add(1, Ordering::Relaxed);
    with(py, |nodes| {
        let crossing = Crossing { other: ptr::null_mut(), ..crossing };
        let node = Box::into_raw(Box::new(Node { crossing, place: nodes.len(), next: ptr::null_mut() }));
        nodes.push(node);
        // SAFETY: from a box.
        Ticket(unsafe { NonNull::new_unchecked(node) })
    })
}

/// The crossings whose consumers have not let go, oldest first.
pub(super) fn all(py: Python<'_>) -> Vec<Crossing> {
    let mut found: Vec<Crossing> =
        // SAFETY: live nodes: only `with` frees them. Another thread's drop touches `next` alone.
        with(py, |nodes| nodes.iter().map(|node| unsafe { (&raw const (**node).crossing).read() }).collect());
    found.sort_unstable_by_key(|crossing| crossing.number);
    found
}

/// How many there are.
pub(super) fn count() -> usize {
    COUNT.load(Ordering::Relaxed)
}
