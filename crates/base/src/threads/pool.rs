//! The helpers: a rayon pool of our own, made when first needed and known by the process that made it. In a child of
//! `fork` the parent's pool has no threads: it is left behind, never dropped (dropping would wait for them), and the
//! child makes its own. (rayon's global pool would hang there, which is why it is not used.)

use std::cell::Cell;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::fork::Lock;

/// The process's pool.
pub(crate) static POOL: Lock<Option<Pool>> = Lock::new(None);

pub(crate) struct Pool {
    process: u32,
    helpers: usize,
    threads: Arc<ThreadPool>,
}

thread_local! {
    static HELPER: Cell<bool> = const { Cell::new(false) };
}

/// True in a thread of the pool: what it does is a part of a larger operation, and is not spread again.
pub fn is_helper() -> bool {
    HELPER.get()
}

/// The pool, with at least that many helpers. `None` when the system gives no threads.
pub(super) fn with_helpers(helpers: usize) -> Option<Arc<ThreadPool>> {
    let mut slot = POOL.lock();
    let process = std::process::id();
    if let Some(pool) = slot.as_ref().filter(|pool| pool.process == process && pool.helpers >= helpers) {
        return Some(pool.threads.clone());
    }
    let threads = Arc::new(build(helpers)?);
    if let Some(old) = slot.replace(Pool { process, helpers, threads: threads.clone() })
        && old.process != process
    {
        // Made before a fork that went past the handlers.
        std::mem::forget(old);
    }
    Some(threads)
}

fn build(helpers: usize) -> Option<ThreadPool> {
    let builder = ThreadPoolBuilder::new().num_threads(helpers);
    let builder = builder.thread_name(|index| format!("sharray-{index}")).start_handler(|_| {
        HELPER.set(true);
        leave_signals_to_others();
    });
    builder.build().ok()
}

/// Signals belong to the program's own threads: handlers expect to run there.
fn leave_signals_to_others() {
    #[cfg(unix)]
    // SAFETY: a local signal set, filled before it is used; blocking signals concerns this thread alone.
    unsafe {
        let mut all = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &all, std::ptr::null_mut());
    }
}
