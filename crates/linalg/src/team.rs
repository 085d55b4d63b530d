//! Threads that stay together for a whole reduction: its thousand steps are far shorter than waking a thread takes.
//!
//! [`lead`] has the helpers of the project's pool come once. From then on they look, again and again, for bands of work
//! that the leader (the calling thread) hands out with [`Team::share`], and take them one by one beside it. The leader
//! waits only for bands that somebody has taken: helpers may come late, be slow, or not come at all.
//!
//! T1. `state` holds which hand-out it is (upper half) and how many of its bands are left (lower half). Whoever lowers
//! that number by one owns the band. The leader replaces the work only when all bands of the last are done.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};

use sharray_base::{Result, threads};

/// Looks without success after which a waiting thread lets others have the processor.
const LOOKS: usize = 2000;

type Work<'a> = &'a (dyn Fn(usize) + Sync);

/// The threads of one reduction, as its leader knows them.
pub(crate) struct Team<'a>(Option<&'a Shared>);

#[derive(Default)]
struct Shared {
    state: AtomicU64,
    done: AtomicUsize,
    /// Where the leader keeps the reference to the work.
    work: AtomicPtr<()>,
    over: AtomicBool,
    spoilt: AtomicBool,
}

/// Runs `work` in the calling thread, with the helpers that there are at hand if it is `worth` waking them.
///
/// # Errors
/// Those of `work`.
pub(crate) fn lead<R: Send>(worth: bool, work: impl FnOnce(&Team<'_>) -> Result<R> + Send) -> Result<R> {
    let threads = threads::get();
    if !worth || threads < 2 || threads::in_helper() {
        return work(&Team(None));
    }
    let shared = Shared::default();
    let work = std::sync::Mutex::new((Some(work), None));
    threads::run_at_once(threads, |_| {
        if threads::in_helper() {
            shared.help();
            return Ok(());
        }
        let mut slot = work.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(work) = slot.0.take() {
            let _end = End(&shared);
            slot.1 = Some(work(&Team(Some(&shared))));
        }
        Ok(())
    })?;
    let slot = work.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    slot.1.unwrap_or_else(|| Err(sharray_base::Error::Runtime("a reduction did not run".into())))
}

/// Sends the helpers home, after a panic too.
struct End<'a>(&'a Shared);
impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::Release);
    }
}

impl Team<'_> {
    /// Does `work(band)` for all bands, each once.
    pub(crate) fn share(&self, bands: usize, work: Work<'_>) {
        let Some(shared) = self.0.filter(|_| bands > 1) else {
            return (0..bands).for_each(work);
        };
        let work = Cell::new(work);
        shared.done.store(0, Ordering::Relaxed);
        shared.work.store(work.as_ptr().cast(), Ordering::Relaxed);
        let last = shared.state.load(Ordering::Relaxed);
        shared.state.store(((last >> 32) + 1) << 32 | bands as u64, Ordering::Release);
        let _all = All(shared, bands);
        while shared.take() {}
    }
}

/// Waits until all bands are done.
struct All<'a>(&'a Shared, usize);
impl Drop for All<'_> {
    fn drop(&mut self) {
        // After a panic of the leader's own band others may be left: nobody is to take them.
        let left = self.0.state.fetch_and(!0 << 32, Ordering::Relaxed) as u32 as usize;
        let mut looks = 0;
        while self.0.done.load(Ordering::Acquire) + left < self.1 {
            wait(&mut looks);
        }
        assert!(!self.0.spoilt.load(Ordering::Relaxed) || std::thread::panicking(), "a helper panicked");
    }
}

fn wait(looks: &mut usize) {
    *looks += 1;
    if *looks < LOOKS { std::hint::spin_loop() } else { std::thread::yield_now() }
}

impl Shared {
    fn help(&self) {
        let mut looks = 0;
        while !self.over.load(Ordering::Acquire) {
            if self.take() { looks = 0 } else { wait(&mut looks) }
        }
    }
    /// Does one band, if one is left.
    fn take(&self) -> bool {
        let own = |state: u64| (state as u32 > 0).then(|| state - 1);
        let Ok(state) = self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, own) else {
            return false;
        };
        let _done = Done(self);
        // SAFETY: the reference that `share` stored before this hand-out, and keeps in its frame until this band is done (T1).
        let work = unsafe { *self.work.load(Ordering::Relaxed).cast::<Work<'_>>() };
        work(state as u32 as usize - 1);
        true
    }
}

/// Counts a band as done, after a panic too.
struct Done<'a>(&'a Shared);
impl Drop for Done<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.spoilt.store(true, Ordering::Relaxed);
        }
        self.0.done.fetch_add(1, Ordering::Release);
    }
}
