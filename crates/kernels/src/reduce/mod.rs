//! Folding a run of elements into one: what a binary loop does when its result is its first operand at step 0.
//!
//! Associative operations (integer sums, bitwise, minimum, maximum) fold in independent lanes, which vectorise. Floating-point
//! sums are [`pairwise`]; every other floating-point fold keeps the order of the elements.

pub mod pairwise;

use crate::element::{Element, array, read, write};

/// How many lanes to fold a type in: four 32-byte vectors of them (few where nothing is vectorised).
pub const fn lanes<T>() -> usize {
    if cfg!(debug_assertions) { 4 } else { 128 / size_of::<T>() }
}

/// Folds in the elements' order, the running value kept in a register.
///
/// # Safety
/// `total` is readable and writable; `source` has `n` elements at `step`.
#[inline(always)]
pub unsafe fn in_order<A: Element, B: Element>(
    total: *mut u8,
    (source, n, step): (*const u8, isize, isize),
    f: impl Fn(A, B) -> A,
) -> bool {
    // SAFETY: by this function's contract.
    unsafe {
        let mut value: A = read(total);
        for i in 0..n {
            value = f(value, read(source.offset(i * step)));
        }
        write(total, value);
    }
    true
}

/// Folds in `W` lanes when the elements are dense, else in order. `f` must be associative and commutative.
///
/// # Safety
/// As [`in_order`].
#[inline(always)]
pub unsafe fn in_lanes<T: Element, const W: usize>(
    total: *mut u8,
    (source, n, step): (*const u8, isize, isize),
    f: impl Fn(T, T) -> T,
) -> bool {
    let width = W as isize;
    if step != size_of::<T>() as isize || n < 2 * width {
        // SAFETY: the same contract.
        return unsafe { in_order(total, (source, n, step), f) };
    }
    // SAFETY: elements `i .. i + W` are read only while they lie within the `n`.
    unsafe {
        let load = |i: isize| source.cast::<T>().offset(i).cast::<[T; W]>().read_unaligned();
        let mut lanes = load(0);
        let mut i = width;
        while i + width <= n {
            let x = load(i);
            lanes = array(|k| f(lanes[k], x[k]));
            i += width;
        }
        let mut value = f(read(total), lanes[0]);
        for &lane in &lanes[1..] {
            value = f(value, lane);
        }
        write(total, value);
        in_order(total, (source.offset(i * step), n - i, step), f)
    }
}
