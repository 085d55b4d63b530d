//! Living through `fork` (design D6). The child gets one thread and a copy of every lock as it stood: one that another
//! thread held would stay locked for ever. So each lock of the engine is a [`Lock`] in a static, known here by name;
//! before a fork all of them are taken, in one order, and after it both processes let them go. Crates above this one make
//! theirs known by [`watch`].
//!
//! Values that are written once (`OnceLock`s) need no such care: they are all set by [`install`]'s caller at start-up,
//! before threads exist.

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

/// A lock that can be taken in one place and let go in another, as the handlers of `fork` must. For short holds: who
/// waits, spins, then yields.
pub struct Lock<T> {
    held: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached only by the one who holds the lock.
unsafe impl<T: Send> Sync for Lock<T> {}

/// Spins before a waiter gives its processor away.
const SPINS: usize = 64;

impl<T> Lock<T> {
    /// An open lock around `value`.
    pub const fn new(value: T) -> Lock<T> {
        Lock { held: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }
    /// Waits for the lock; the guard lets it go.
    pub fn lock(&self) -> Guard<'_, T> {
        self.take();
        Guard(self)
    }
    fn take(&self) {
        let mut tries = 0;
        while self.held.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            tries += 1;
            if tries % SPINS == 0 { std::thread::yield_now() } else { std::hint::spin_loop() }
        }
    }
    fn open(&self) {
        self.held.store(false, Ordering::Release);
    }
}

/// Access to a locked value.
pub struct Guard<'a, T>(&'a Lock<T>);

impl<T> Deref for Guard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: this guard holds the lock.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard holds the lock, and is borrowed mutably.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        self.0.open();
    }
}

/// A lock of any value, as the handlers see it.
pub trait Held: Sync {
    /// Waits for the lock and keeps it.
    fn hold(&self);
    /// Lets go what [`Held::hold`] took.
    fn release(&self);
}

impl<T: Send> Held for Lock<T> {
    fn hold(&self) {
        self.take();
    }
    fn release(&self) {
        self.open();
    }
}

/// The locks of crates above this one.
static WATCHED: Lock<[Option<&'static dyn Held>; WATCHED_MOST]> = Lock::new([None; WATCHED_MOST]);
const WATCHED_MOST: usize = 8;

/// Has `lock` taken before each fork and let go after it, from now on. Who holds it must take no other lock of the engine
/// but those of memory. A second call for the same lock does nothing.
///
/// # Panics
/// For more locks than there are in the engine.
pub fn watch(lock: &'static dyn Held) {
    let mut watched = WATCHED.lock();
    let same = |known: &&'static dyn Held| std::ptr::addr_eq(*known, lock);
    if !watched.iter().flatten().any(same) {
        let free =
            watched.iter_mut().find(|place| place.is_none()).expect("one place for each lock of the engine");
        *free = Some(lock);
    }
}

/// The locks that are known, while `WATCHED` is held.
fn watched() -> impl Iterator<Item = &'static dyn Held> {
    // SAFETY: only the handlers call this, between `WATCHED`'s being taken and let go.
    unsafe { *WATCHED.value.get() }.into_iter().flatten()
}

extern "C" fn before() {
    WATCHED.take();
    watched().for_each(Held::hold);
    crate::threads::POOL.take();
    crate::memory::block_cache::CACHE.take();
}

extern "C" fn after_in_parent() {
    crate::memory::block_cache::CACHE.open();
    crate::threads::POOL.open();
    watched().for_each(Held::release);
    WATCHED.open();
}

extern "C" fn after_in_child() {
    // The pool's threads don't exist here. Dropping it would wait for them.
    // SAFETY: `before` took the lock in this thread, the only one there is.
    std::mem::forget(unsafe { (*crate::threads::POOL.value.get()).take() });
    after_in_parent();
}

/// Has the handlers called at each `fork`, from now on. Call it once at start-up, before there are threads; more calls
/// do nothing.
pub fn install() {
    static DONE: AtomicBool = AtomicBool::new(false);
    if !DONE.swap(true, Ordering::AcqRel) {
        // SAFETY: the handlers are functions of this library, which is never unloaded. A refusal (out of memory at
        // start-up) leaves us without protection, not in a wrong state.
        unsafe { libc::pthread_atfork(Some(before), Some(after_in_parent), Some(after_in_child)) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        static COUNT: Lock<u64> = Lock::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..10_000).for_each(|_| *COUNT.lock() += 1));
            }
        });
        assert_eq!(*COUNT.lock(), 40_000);
    }

    #[test]
    fn watched_once() {
        static LOCK: Lock<u8> = Lock::new(0);
        (0..2 * WATCHED_MOST).for_each(|_| watch(&LOCK));
        let known = WATCHED.lock();
        assert_eq!(known.iter().flatten().filter(|one| std::ptr::addr_eq(**one, &LOCK)).count(), 1);
    }
}
