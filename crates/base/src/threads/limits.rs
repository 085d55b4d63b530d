//! How many threads an operation may use: a number for the process, and for each thread perhaps one of its own.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More than any machine has; keeps a slip of the pen from making thousands of threads.
pub const MOST: usize = 256;

/// The process's number; 0 until it is first asked for.
static EVERYWHERE: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static HERE: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How many threads an operation that this thread starts may use, at least 1.
pub fn get() -> usize {
    HERE.get().unwrap_or_else(everywhere)
}

fn everywhere() -> usize {
    match EVERYWHERE.load(Ordering::Relaxed) {
        0 => {
            let initial = initial();
            EVERYWHERE.store(initial, Ordering::Relaxed);
            initial
        }
        n => n,
    }
}

/// Sets the process's number (1 to [`MOST`]). Threads with a limit of their own keep it.
pub fn set(threads: usize) {
    EVERYWHERE.store(threads.clamp(1, MOST), Ordering::Relaxed);
}

/// Sets this thread's own number, or with `None` lets the process's hold again. Returns what held before.
pub fn limit_here(threads: Option<usize>) -> Option<usize> {
    HERE.replace(threads.map(|n| n.clamp(1, MOST)))
}

/// From the environment, else the processors this process may run on.
fn initial() -> usize {
    let named = |name: &str| std::env::var(name).ok().and_then(|text| parse(&text));
    let found = named("SHARRAY_NUM_THREADS").or_else(|| named("OMP_NUM_THREADS"));
    found.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get())).clamp(1, MOST)
}

/// The first number of a list such as `4` or `4,2` (OpenMP's number per level of nesting); `None` for what is no
/// positive number.
fn parse(text: &str) -> Option<usize> {
    text.split(',').next()?.trim().parse().ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_the_environment() {
        for (text, number) in
            [("3", Some(3)), (" 4 , 2", Some(4)), ("0", None), ("-1", None), ("", None), ("many", None)]
        {
            assert_eq!(parse(text), number, "{text:?}");
        }
    }

    #[test]
    fn a_thread_may_have_its_own() {
        let before = limit_here(Some(5));
        assert_eq!(get(), 5);
        std::thread::spawn(|| assert_eq!(get(), everywhere())).join().unwrap();
        assert_eq!(limit_here(Some(0)), Some(5));
        assert_eq!(get(), 1);
        limit_here(before);
    }
}
