//! Floating-point sums by halving: the error grows with the logarithm of the count instead of the count (Higham,
//! "The accuracy of floating point summation", 1993). Runs of up to 128 are summed in eight running sums, which
//! vectorise; longer ones are split at a multiple of eight near the middle. The tree depends only on the count, so a
//! strided sum equals a dense one, and both equal NumPy's bit for bit.

use std::mem::MaybeUninit;

use sharray_base::interrupt::{STRIDE, poll_fault};

use crate::element::{Complex, Element, array, read, settled};
use crate::float::Float;
use crate::isa::fetch_ahead;

const RUN: isize = 128;

/// How far ahead of the additions memory is asked for, in bytes, and in the order of addresses: four leaves side by
/// side are four short streams, which the processor's own prefetchers do not see through. Without this, sums of what
/// does not fit into a cache took twice as long.
const AHEAD: isize = 4 << 10;

/// Where a long sum of `n` is split.
#[inline(always)]
fn middle(n: isize) -> isize {
    let half = n / 2;
    half - half % 8
}

/// Where the sum of a run of `count` elements is split in two, for those who give the parts to several threads: real
/// elements, or complex ones, which count as two. `None` when it is not split.
pub fn split(count: isize, complex: bool) -> Option<isize> {
    let unit = if complex { 2 } else { 1 };
    (count * unit > RUN).then(|| middle(count * unit) / unit)
}

/// Sum of the `n` values `load(0..n)`; -0.0 when there are none.
///
/// The recursion is on the depth of the tree only: `load` is inlined into one leaf.
#[inline(always)]
fn leaf<T: Float>(load: impl Fn(isize) -> T, n: isize) -> T {
    if n < 8 {
        let mut sum = T::from_f64(-0.0);
        for i in 0..n {
            sum = sum + load(i);
        }
        return sum;
    }
    let sums: [T; 8] = array(|k| load(k as isize));
    finish(sums, load, 8, n)
}

/// The eight running sums of a leaf of `n` values, from value `i` (a multiple of eight) on to its end.
#[inline(always)]
fn finish<T: Float>(mut sums: [T; 8], load: impl Fn(isize) -> T, mut i: isize, n: isize) -> T {
    let whole = n - n % 8;
    while i < whole {
        sums = array(|k| sums[k] + load(i + k as isize));
        i += 8;
    }
    let mut sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    while i < n {
        sum = sum + load(i);
        i += 1;
    }
    sum
}

/// A node whose two halves split into two leaves each: the four leaves are summed side by side, because the additions
/// of one wait for each other. `ahead` is told the elements whose successors will be wanted. `None` for any other node.
#[inline(always)]
fn four_leaves<T: Float>(load: impl Fn(isize) -> T, ahead: impl Fn(isize), count: isize) -> Option<T> {
    let left = middle(count);
    let (first, third) = (middle(left), middle(count - left));
    let starts = [0, first, left, left + third];
    let lengths = [first, left - first, third, count - left - third];
    if count <= 2 * RUN + 16 || lengths.iter().any(|n| *n > RUN) {
        return None;
    }
    let sums_of = |q: usize| array(|k| load(starts[q] + k as isize));
    let (mut a, mut b, mut c, mut d): ([T; 8], [T; 8], [T; 8], [T; 8]) =
        (sums_of(0), sums_of(1), sums_of(2), sums_of(3));
    let shortest = lengths.iter().fold(RUN, |least, n| least.min(n - n % 8));
    let mut i = 8;
    while i < shortest {
        (0..4).for_each(|q| ahead(4 * i + 8 * q));
        a = array(|k| a[k] + load(starts[0] + i + k as isize));
        b = array(|k| b[k] + load(starts[1] + i + k as isize));
        c = array(|k| c[k] + load(starts[2] + i + k as isize));
        d = array(|k| d[k] + load(starts[3] + i + k as isize));
        i += 8;
    }
    let end = |sums: [T; 8], q: usize| finish(settled(sums), |at| load(starts[q] + at), i, lengths[q]);
    Some((end(a, 0) + end(b, 1)) + (end(c, 2) + end(d, 3)))
}

/// Runs `leaf` over the tree of sums of `n` elements: an explicit stack, because an inlined recursion can't be.
/// `several` may sum a node of up to four runs at once. An interrupted sum means nothing: the fault that is left says so.
#[inline(always)]
fn tree<V: Copy>(
    n: isize,
    leaf: impl Fn(isize, isize) -> V,
    several: impl Fn(isize, isize) -> Option<V>,
    add: impl Fn(V, V) -> V,
) -> V {
    // Depth: each level at least nearly halves, so 64 levels hold any count. Left blank: short sums don't pay for it.
    let mut pending = [const { MaybeUninit::<(isize, isize, Option<V>)>::uninit() }; 72];
    let mut depth = 0;
    let (mut start, mut count) = (0, n);
    loop {
        if count > STRIDE as isize && poll_fault() {
            return leaf(start, RUN);
        }
        let mut done = None;
        while count > RUN {
            if count <= 4 * RUN {
                done = several(start, count);
                if done.is_some() {
                    break;
                }
            }
            let left = middle(count);
            pending[depth].write((start + left, count - left, None));
            depth += 1;
            count = left;
        }
        let mut value = match done {
            Some(value) => value,
            None => leaf(start, count),
        };
        loop {
            let Some(top) = depth.checked_sub(1) else { return value };
            // SAFETY: places below `depth` have been written.
            let (next, length, left) = unsafe { pending[top].assume_init() };
            match left {
                Some(left) => {
                    value = add(left, value);
                    depth = top;
                }
                None => {
                    pending[top].write((next, length, Some(value)));
                    (start, count) = (next, length);
                    break;
                }
            }
        }
    }
}

/// Sum of `n` elements at `step`, each brought to the type summed in by `convert`.
///
/// # Safety
/// `source` has `n` readable elements at `step`.
#[inline(always)]
pub unsafe fn sum<T: Element, S: Float>(
    (source, n, step): (*const u8, isize, isize),
    convert: impl Fn(T) -> S + Copy,
) -> S {
    // SAFETY: only indices below `n` are asked for.
    let dense = |at: isize| convert(unsafe { read::<T>(source.cast::<T>().offset(at).cast()) });
    // SAFETY: as above.
    let strided = |at: isize| convert(unsafe { read::<T>(source.offset(at * step)) });
    if step == size_of::<T>() as isize {
        let one = |start, count| leaf(|i| dense(start + i), count);
        let ahead = |at: isize| fetch_ahead(source.wrapping_offset(at * size_of::<T>() as isize + AHEAD));
        let four = |start, count| four_leaves(|i| dense(start + i), |i| ahead(start + i), count);
        tree(n, one, four, |a, b| a + b)
    } else {
        tree(n, |start, count| leaf(|i| strided(start + i), count), |_, _| None, |a, b| a + b)
    }
}

/// Sum of `n` complex elements at `step`: as [`sum`], with real and imaginary parts counted separately, so that a run
/// holds 64 of them in four running sums.
///
/// # Safety
/// As [`sum`].
#[inline(always)]
pub unsafe fn sum_complex<T: Float>((source, n, step): (*const u8, isize, isize)) -> Complex<T> {
    // SAFETY: only indices below `n` are asked for.
    let load = |at: isize| unsafe { read::<Complex<T>>(source.offset(at * step)) };
    let add = |a: Complex<T>, b: Complex<T>| Complex::new(a.re + b.re, a.im + b.im);
    let leaf = |start: isize, parts: isize| {
        // Counted in parts; two make an element.
        let (start, count) = (start / 2, parts / 2);
        if count < 4 {
            let zero = Complex::new(T::from_f64(-0.0), T::from_f64(-0.0));
            return (0..count).fold(zero, |sum, i| add(sum, load(start + i)));
        }
        let mut sums: [Complex<T>; 4] = array(|k| load(start + k as isize));
        let whole = count - count % 4;
        let mut i = 4;
        while i < whole {
            sums = array(|k| add(sums[k], load(start + i + k as isize)));
            i += 4;
        }
        let first = add(add(sums[0], sums[1]), add(sums[2], sums[3]));
        (whole..count).fold(first, |sum, i| add(sum, load(start + i)))
    };
    tree(2 * n, leaf, |_, _| None, add)
}
