//! Folding rows into a row: `acc[k] = op(acc[k], row[k])` for several rows in one call, what a reduction over any axis but
//! the innermost does. The accumulator's elements stay in registers while a group of rows goes by, so that memory is
//! read once and little is written; each element still meets its rows in their order.

use std::any::TypeId;

use super::shell::Binary;
use crate::element::{Element, array};
use crate::loop_abi::Rows;

/// Rows of a group: so many streams the hardware's prefetcher follows.
const GROUP: isize = 8;

/// Folds `rows.count` rows of `n` elements, the first of which begins at `b`, into the `n` elements at `out`.
///
/// # Safety
/// `out` and each row hold `n` elements side by side; rows are `rows.step` bytes apart and don't overlap `out`.
#[inline(always)]
pub(super) unsafe fn fold<O: Binary<A, B>, A: Element, B: Element>(
    out: *mut u8,
    b: *const u8,
    n: isize,
    rows: Rows,
) {
    if TypeId::of::<A>() != TypeId::of::<B>() || TypeId::of::<A>() != TypeId::of::<O::Out>() {
        debug_assert!(false, "only loops of one type are flagged for rows");
        return;
    }
    // SAFETY: by the caller; groups and blocks lie within the rows.
    unsafe {
        let mut first = 0;
        while first < rows.count {
            let group = (b.offset(first * rows.step), GROUP.min(rows.count - first), rows.step);
            let done = match size_of::<A>() {
                1 => fold_group::<O, A, B, 128>(out, group, (0, n)),
                2 => fold_group::<O, A, B, 64>(out, group, (0, n)),
                4 => fold_group::<O, A, B, 32>(out, group, (0, n)),
                8 => fold_group::<O, A, B, 16>(out, group, (0, n)),
                _ => 0,
            };
            // What is left over in shorter blocks: element by element the rows' places would have to be found anew.
            let done = match size_of::<A>() {
                1 | 2 => fold_group::<O, A, B, 16>(out, group, (done, n)),
                _ => fold_group::<O, A, B, 4>(out, group, (done, n)),
            };
            fold_group::<O, A, B, 1>(out, group, (done, n));
            first += GROUP;
        }
    }
}

/// A result as an accumulator; [`fold`] has seen to it that both are of one type.
#[inline(always)]
fn same<R: Element, A: Element>(result: R) -> A {
    debug_assert_eq!(TypeId::of::<R>(), TypeId::of::<A>());
    // SAFETY: one type.
    unsafe { std::mem::transmute_copy(&result) }
}

/// Whole blocks of columns; gives the first that was not done.
///
/// # Safety
/// As for [`fold`].
#[inline(always)]
unsafe fn fold_group<O: Binary<A, B>, A: Element, B: Element, const W: usize>(
    out: *mut u8,
    (b, count, step): (*const u8, isize, isize),
    (from, n): (isize, isize),
) -> isize {
    let size = size_of::<A>() as isize;
    let mut i = from;
    // SAFETY: by the caller: only elements below `n` are touched.
    unsafe {
        while i + W as isize <= n {
            let place = out.offset(i * size).cast::<[A; W]>();
            let mut sums = place.read_unaligned();
            for row in 0..count {
                let values = b.offset(row * step + i * size).cast::<[B; W]>().read_unaligned();
                sums = array(|k| same(O::apply(sums[k], values[k])));
            }
            place.write_unaligned(sums);
            i += W as isize;
        }
    }
    i
}
