//! Large operations on several threads (design D6).
//!
//! An operation is cut into chunks whose bounds depend on its shape and dtypes alone, never on the number of threads:
//! so results are bit for bit the same for any number, one included. [`run`] does the chunks: the first one in the
//! calling thread, by the clock; if what is left is worth waking others for, or less and others are awake ([`room`]),
//! helpers from a private pool ([`pool`]) take chunks too, in rising order, until none is left. Work that turns out cheap
//! never touches the pool.
//!
//! Floating-point flags that chunks raise in helpers are raised in the calling thread at the end, so a caller clears
//! and reads them as if it had done all work itself. Of several errors, that of the lowest chunk counts.
//!
//! The calling thread can be interrupted between chunks (`interrupt`). Chunks must not call Python, and must not be cut so large that they take more than a few milliseconds.

mod gate;
pub mod limits;
mod pool;
mod processor;
mod room;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub use limits::{get, limit_here, set};
pub(crate) use pool::POOL;
pub use pool::is_helper as in_helper;

use crate::error::{Error, Result};
use crate::fp_status::{self, FpStatus};
use crate::interrupt::tick;

/// Elements in a chunk of an elementwise operation: large enough that a call and a look at a counter are nothing beside
/// it, small enough that its operands stay in the processor's second-level cache.
pub const GRAIN: usize = 16 << 10;

/// Work of at least this length is worth waking a sleeping helper for. Measured on two virtual cores: the wake costs the
/// calling thread about 10 µs, and 30–60 µs pass until the helper runs; sums of 100,000 float64 (35 µs) lose by it, of
/// 200,000 (80 µs) gain.
const WORTH: Duration = Duration::from_micros(80);

/// Work of at least this length is worth handing to a helper that is awake.
const WORTH_HANDING: Duration = Duration::from_micros(15);

/// Does `work(chunk)` for each chunk of `0..chunks`, on as many threads as [`get`] allows.
///
/// # Errors
/// That of the lowest chunk which failed; later ones may not have been done.
pub fn run(chunks: usize, work: impl Fn(usize) -> Result<()> + Sync) -> Result<()> {
    run_with(chunks, || Ok(()), |(), chunk| work(chunk))
}

/// As [`run`], each thread having state of its own (buffers), made by `state` when it takes its first chunk.
///
/// # Errors
/// As [`run`]; and what `state` reports.
pub fn run_with<S>(
    chunks: usize,
    state: impl Fn() -> Result<S> + Sync,
    work: impl Fn(&mut S, usize) -> Result<()> + Sync,
) -> Result<()> {
    let mut own = state()?;
    let threads = threads_for(chunks);
    let mut one = |chunk: usize| {
        tick(GRAIN)?;
        work(&mut own, chunk)
    };
    if threads == 1 {
        return (0..chunks).try_for_each(one);
    }
    let started = Instant::now();
    one(0)?;
    if is_worth_sharing(started.elapsed() * (chunks - 1) as u32, threads) {
        return together(threads, 1, chunks, own, state, work);
    }
    (1..chunks).try_for_each(one)
}

/// As [`run`], for few chunks that are known to be long: all threads begin at once.
///
/// # Errors
/// As [`run`].
pub fn run_at_once(chunks: usize, work: impl Fn(usize) -> Result<()> + Sync) -> Result<()> {
    match threads_for(chunks) {
        1 => (0..chunks).try_for_each(work),
        threads => together(threads, 0, chunks, (), || Ok(()), |(), chunk| work(chunk)),
    }
}

/// Whether work of about this length, in one thread, gains by helpers: their threads may be asleep.
pub fn is_worth(length: Duration) -> bool {
    let threads = threads_for(usize::MAX);
    threads > 1 && is_worth_sharing(length, threads)
}

fn is_worth_sharing(length: Duration, threads: usize) -> bool {
    let at_hand = || pool::with_helpers(threads - 1).is_some_and(|team| team.is_at_hand());
    length >= WORTH || length >= WORTH_HANDING && at_hand()
}

/// How many threads to use for so many chunks.
fn threads_for(chunks: usize) -> usize {
    if chunks <= 1 || pool::is_helper() { 1 } else { get().min(chunks) }
}

/// Does the chunks `first..chunks` with helpers; `own` is the calling thread's state.
fn together<S>(
    threads: usize,
    first: usize,
    chunks: usize,
    mut own: S,
    state: impl Fn() -> Result<S> + Sync,
    work: impl Fn(&mut S, usize) -> Result<()> + Sync,
) -> Result<()> {
    let Some(team) = pool::with_helpers(threads - 1) else {
        return (first..chunks).try_for_each(|chunk| work(&mut own, chunk));
    };
    let shared = Shared::new(first, chunks);
    let helper = || {
        fp_status::clear();
        match state() {
            Ok(mut state) => shared.take_part(|chunk| work(&mut state, chunk)),
            Err(error) => shared.fail(first, error),
        }
        shared.status.fetch_or(fp_status::read().bits(), Ordering::Relaxed);
    };
    team.share(threads - 1, &helper, || {
        shared.take_part(|chunk| {
            tick(GRAIN)?;
            work(&mut own, chunk)
        });
    });
    shared.outcome()
}

/// What the threads of one operation share.
struct Shared {
    next: AtomicUsize,
    chunks: usize,
    failed: AtomicBool,
    failure: Mutex<Option<(usize, Error)>>,
    status: AtomicU32,
}

impl Shared {
    fn new(first: usize, chunks: usize) -> Shared {
        Shared {
            next: AtomicUsize::new(first),
            chunks,
            failed: AtomicBool::new(false),
            failure: Mutex::new(None),
            status: AtomicU32::new(0),
        }
    }
    /// Takes chunks in rising order until none is left, or one has failed: all before it have been taken then.
    fn take_part(&self, mut work: impl FnMut(usize) -> Result<()>) {
        while !self.failed.load(Ordering::Relaxed) {
            let chunk = self.next.fetch_add(1, Ordering::Relaxed);
            if chunk >= self.chunks {
                return;
            }
            if let Err(error) = work(chunk) {
                self.fail(chunk, error);
            }
        }
    }
    fn fail(&self, chunk: usize, error: Error) {
        self.failed.store(true, Ordering::Relaxed);
        let mut failure = self.failure.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if failure.as_ref().is_none_or(|(first, _)| chunk < *first) {
            *failure = Some((chunk, error));
        }
    }
    fn outcome(self) -> Result<()> {
        fp_status::raise(FpStatus::from_bits_truncate(self.status.into_inner()));
        let failure = self.failure.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        failure.map_or(Ok(()), |(_, error)| Err(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    fn slow(chunk: usize) {
        let until = Instant::now() + Duration::from_micros(50);
        while Instant::now() < until {
            black_box(chunk);
        }
    }

    #[test]
    fn each_chunk_once_for_any_number_of_threads() {
        for threads in [1, 2, 3, 8] {
            let old = limit_here(Some(threads));
            for chunks in [0, 1, 2, 7, 100] {
                let seen: Vec<AtomicUsize> = (0..chunks).map(|_| AtomicUsize::new(0)).collect();
                run(chunks, |chunk| {
                    slow(chunk);
                    seen[chunk].fetch_add(1, Ordering::Relaxed);
                    Ok(())
                })
                .unwrap();
                run_at_once(chunks, |chunk| {
                    seen[chunk].fetch_add(1, Ordering::Relaxed);
                    Ok(())
                })
                .unwrap();
                assert!(seen.iter().all(|n| n.load(Ordering::Relaxed) == 2), "{threads} threads, {chunks}");
            }
            limit_here(old);
        }
    }

    #[test]
    fn the_lowest_error_counts() {
        let old = limit_here(Some(3));
        for failing in [0, 5, 6] {
            let result = run(40, |chunk| {
                slow(chunk);
                if chunk >= failing { Err(Error::Value(chunk.to_string())) } else { Ok(()) }
            });
            assert!(matches!(result, Err(Error::Value(text)) if text == failing.to_string()));
        }
        limit_here(old);
    }

    #[test]
    fn flags_reach_the_caller() {
        let old = limit_here(Some(3));
        for raising in [0, 17, 39] {
            fp_status::clear();
            run(40, |chunk| {
                slow(chunk);
                if chunk == raising {
                    fp_status::raise(FpStatus::OVERFLOW);
                }
                Ok(())
            })
            .unwrap();
            assert_eq!(fp_status::read(), FpStatus::OVERFLOW, "chunk {raising}");
        }
        fp_status::clear();
        limit_here(old);
    }

    #[test]
    fn operations_within_chunks_stay_in_their_thread() {
        let old = limit_here(Some(4));
        let sum = AtomicUsize::new(0);
        run(20, |chunk| {
            slow(chunk);
            run(20, |inner| {
                slow(inner);
                sum.fetch_add(inner, Ordering::Relaxed);
                Ok(())
            })
        })
        .unwrap();
        assert_eq!(sum.into_inner(), 20 * 190);
        limit_here(old);
    }
}
