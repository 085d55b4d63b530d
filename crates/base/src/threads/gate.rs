//! The hand-over of one operation's chunks to helpers that may come late.
//!
//! Waking a sleeping thread can take longer than the whole operation (tens of microseconds on virtual machines). So the
//! calling thread never waits for a helper that has not begun: when no chunk is left it closes the gate, and a helper
//! which comes then goes home. It waits only for those inside, for the rest of the chunk they are at.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Thread};

use super::processor;

/// Set in [`Gate::state`] when nobody may enter any more; the other bits count those inside.
const CLOSED: usize = 1 << (usize::BITS - 1);

/// How often the calling thread looks again before it sleeps: about ten microseconds.
const LOOKS: usize = 400;

/// One operation, as its helpers see it.
pub(super) struct Gate {
    state: AtomicUsize,
    work: Work,
    caller: Thread,
    /// Where the caller runs.
    processor: Option<usize>,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

/// The address of the helpers' work, which lives in the calling thread's frame.
struct Work(*const (dyn Fn() + Sync));

// SAFETY: what it points to may be called from any thread (`Sync`), and is called only by those whom the gate let in.
unsafe impl Send for Work {}
// SAFETY: as above.
unsafe impl Sync for Work {}

impl Gate {
    /// Opens a gate to `work` while `own` runs in this thread, which hands the gate to helpers; returns when all that
    /// have entered are done. A panic of a helper goes on in the calling thread.
    pub(super) fn open<'frame>(work: &'frame (dyn Fn() + Sync + 'frame), own: impl FnOnce(&Arc<Gate>)) {
        // SAFETY: only the lifetime is changed. Who has entered the gate calls `work` before leaving, `Closing` returns
        // only when all have left, and it runs before this frame ends, by a panic too: so no call outlives `'frame`.
        let work = Work(unsafe {
            std::mem::transmute::<&'frame (dyn Fn() + Sync + 'frame), &'static (dyn Fn() + Sync)>(work)
        });
        let (state, caller, panic) = (AtomicUsize::new(0), thread::current(), Mutex::new(None));
        let gate = Arc::new(Gate { state, work, caller, processor: processor::current(), panic });
        {
            let _closing = Closing(&gate);
            own(&gate);
        }
        let panic = gate.panic.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(panic) = panic {
            resume_unwind(panic);
        }
    }
    /// Does the work, unless the gate is closed.
    pub(super) fn take_part(&self) {
        processor::leave_if(self.processor);
        if !self.enter() {
            return;
        }
        // SAFETY: inside the gate, so the frame that holds the work still stands (see `open`).
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| unsafe { (*self.work.0)() })) {
            *self.panic.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic);
        }
        self.leave();
    }
    fn enter(&self) -> bool {
        let open = |state: usize| (state & CLOSED == 0).then_some(state + 1);
        self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, open).is_ok()
    }
    fn leave(&self) {
        if self.state.fetch_sub(1, Ordering::Release) == CLOSED + 1 {
            self.caller.unpark();
        }
    }
    /// Returns when nobody is inside and nobody can enter.
    fn close(&self) {
        self.state.fetch_or(CLOSED, Ordering::Relaxed);
        let mut looks = 0;
        while self.state.load(Ordering::Acquire) != CLOSED {
            looks += 1;
            if looks < LOOKS { std::hint::spin_loop() } else { thread::park() }
        }
    }
}

struct Closing<'a>(&'a Gate);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::{ThreadPool, ThreadPoolBuilder};
    use std::time::Duration;

    fn pool() -> ThreadPool {
        ThreadPoolBuilder::new().num_threads(2).build().unwrap()
    }

    fn share(pool: &ThreadPool, helpers: usize, work: &(dyn Fn() + Sync), own: impl FnOnce()) {
        Gate::open(work, |gate| {
            for _ in 0..helpers {
                let gate = gate.clone();
                pool.spawn(move || gate.take_part());
            }
            own();
        });
    }

    #[test]
    fn who_is_inside_is_waited_for() {
        let (pool, done, begun) = (pool(), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            begun.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(20));
            done.fetch_add(1, Ordering::SeqCst);
        };
        let both_begun = || {
            while begun.load(Ordering::SeqCst) < 2 {
                thread::yield_now();
            }
        };
        share(&pool, 2, &work, both_begun);
        assert_eq!(done.into_inner(), 2);
    }

    #[test]
    fn who_comes_late_does_nothing() {
        let (pool, calls) = (pool(), AtomicUsize::new(0));
        let (free, held) = std::sync::mpsc::channel::<()>();
        let held = Mutex::new(held);
        // Both threads of the pool are busy until the operation is over.
        let busy = Arc::new((held, AtomicUsize::new(0)));
        for _ in 0..2 {
            let busy = busy.clone();
            pool.spawn(move || {
                busy.1.fetch_add(1, Ordering::SeqCst);
                let _ = busy.0.lock().unwrap().recv();
            });
        }
        while busy.1.load(Ordering::SeqCst) < 2 {
            thread::yield_now();
        }
        let work = || {
            calls.fetch_add(1, Ordering::SeqCst);
        };
        share(&pool, 2, &work, || ());
        drop(free);
        pool.install(|| ());
        drop(pool);
        assert_eq!(calls.into_inner(), 0);
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        let (pool, begun) = (pool(), AtomicUsize::new(0));
        let work = || {
            begun.fetch_add(1, Ordering::SeqCst);
            panic!("in a helper");
        };
        let wait = || {
            while begun.load(Ordering::SeqCst) == 0 {
                thread::yield_now();
            }
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| share(&pool, 1, &work, wait)));
        assert_eq!(*outcome.unwrap_err().downcast::<&str>().unwrap(), "in a helper");
    }
}
