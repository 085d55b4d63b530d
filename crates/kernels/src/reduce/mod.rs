//! Folding a run of elements into one: what a binary loop does when its result is its first operand at step 0.
//!
//! Associative operations (integer sums, bitwise, minimum, maximum) fold in independent lanes, which vectorise. Floating-point
//! sums are [`pairwise`]; every other floating-point fold keeps the order of the elements.

pub mod moments;
pub mod pairwise;
pub mod special;
pub mod truth;

use crate::element::{Element, array, read, settled, write};

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

/// Folds elements at any step in four lanes, so that one operation need not wait for the last. `f` must be associative
/// and commutative.
///
/// # Safety
/// As [`in_order`].
#[inline(always)]
unsafe fn in_few_lanes<T: Element>(
    total: *mut u8,
    (source, n, step): (*const u8, isize, isize),
    f: impl Fn(T, T) -> T,
) -> bool {
    // SAFETY: only elements below `n` are read.
    unsafe {
        if n < 8 {
            return in_order(total, (source, n, step), f);
        }
        let at = |i: isize| read::<T>(source.offset(i * step));
        let (mut a, mut b, mut c, mut d) = (at(0), at(1), at(2), at(3));
        let mut i = 4;
        while i + 4 <= n {
            (a, b, c, d) = (f(a, at(i)), f(b, at(i + 1)), f(c, at(i + 2)), f(d, at(i + 3)));
            i += 4;
        }
        write(total, f(read(total), f(f(a, b), f(c, d))));
        in_order(total, (source.offset(i * step), n - i, step), f)
    }
}

/// Folds in `W` lanes when the elements are dense, else in few. `f` must be associative and commutative.
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
        return unsafe { in_few_lanes(total, (source, n, step), f) };
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
        let mut lanes = settled(lanes);
        let mut half = W / 2;
        while half > 0 {
            for k in 0..half {
                lanes[k] = f(lanes[k], lanes[k + half]);
            }
            half /= 2;
        }
        let value = f(read(total), lanes[0]);
        write(total, value);
        in_order(total, (source.offset(i * step), n - i, step), f)
    }
}

/// Folds the extreme of floats in `W` lanes when they are dense, else in few. `better` may do as it likes with NaN:
/// `unordered` gathers whether there is one, in a mask as wide as the floats, and then `f` folds in order.
///
/// # Safety
/// As [`in_order`].
#[inline(always)]
pub unsafe fn extreme<T: Element, M: Copy + Default + PartialEq, const W: usize>(
    total: *mut u8,
    (source, n, step): (*const u8, isize, isize),
    better: impl Fn(T, T) -> T,
    unordered: impl Fn(T, M) -> M,
    f: impl Fn(T, T) -> T,
) -> bool {
    let width = W as isize;
    if step != size_of::<T>() as isize || n < 2 * width {
        // SAFETY: the same contract.
        return unsafe { in_few_lanes(total, (source, n, step), f) };
    }
    // SAFETY: elements `i .. i + W` are read only while they lie within the `n`; seeing some twice changes nothing.
    unsafe {
        let load = |i: isize| source.cast::<T>().offset(i).cast::<[T; W]>().read_unaligned();
        let mut lanes: [T; W] = load(0);
        let mut found: [M; W] = array(|k| unordered(lanes[k], M::default()));
        let mut i = width;
        while i < n {
            let x = load(i.min(n - width));
            lanes = array(|k| better(x[k], lanes[k]));
            found = array(|k| unordered(x[k], found[k]));
            i += width;
        }
        if settled(found).iter().any(|f| *f != M::default()) {
            return in_order(total, (source, n, step), f);
        }
        let mut lanes = settled(lanes);
        let mut half = W / 2;
        while half > 0 {
            for k in 0..half {
                lanes[k] = better(lanes[k], lanes[k + half]);
            }
            half /= 2;
        }
        write(total, f(read(total), lanes[0]));
    }
    true
}

/// True if `test` holds for one of `n` dense elements; looked at in blocks of `W`, so that the end of the search comes
/// soon after the find.
///
/// # Safety
/// `n` elements are readable at `source`.
#[inline(always)]
pub unsafe fn some<T: Element, const W: usize>(
    source: *const u8,
    n: isize,
    test: impl Fn(T) -> bool,
) -> bool {
    let width = W as isize;
    let mut i = 0;
    // SAFETY: elements are read only while they lie within the `n`.
    unsafe {
        while i + width <= n {
            let values = source.cast::<T>().offset(i).cast::<[T; W]>().read_unaligned();
            let mut found = false;
            for value in values {
                found |= test(value);
            }
            if found {
                return true;
            }
            i += width;
        }
        (i..n).any(|i| test(read::<T>(source.cast::<T>().offset(i).cast())))
    }
}
