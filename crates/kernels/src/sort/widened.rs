//! Lanes of small floats, sorted in single precision: widened to a buffer, sorted by the loops of `float32`, and taken
//! back. No value changes on the way, so that equal elements are equal there, and NaNs are last.

use std::marker::PhantomData;

use sharray_base::Result;

use super::SortKind;
use super::typed::{OpsOf, TypedOps, room};
use crate::small_float::SmallFloat;

/// Names the operations of `S`, so that a reference to them is static.
pub(super) struct Widened<S>(PhantomData<S>);

impl<S: SmallFloat> Widened<S> {
    pub(super) const OPS: TypedOps = TypedOps {
        sort: sort::<S>,
        argsort: argsort::<S>,
        partition: partition::<S>,
        argpartition: argpartition::<S>,
    };
}

const SINGLE: TypedOps = OpsOf::<f32>::OPS;

/// The lane in single precision.
///
/// # Safety
/// `n` readable elements of `S` at `lane`.
unsafe fn widened<S: SmallFloat>(lane: *const u8, n: usize) -> Result<Vec<f32>> {
    let mut wide = room(n)?;
    // SAFETY: by this function's contract.
    wide.extend((0..n).map(|i| unsafe { lane.cast::<S>().add(i).read_unaligned() }.widen()));
    Ok(wide)
}

/// Reorders the lane as `work` does its twin in single precision.
///
/// # Safety
/// `n` elements of `S` at `lane`, which nobody else reads or writes.
unsafe fn by_twin<S: SmallFloat>(
    lane: *mut u8,
    n: usize,
    work: impl FnOnce(*mut u8) -> Result<()>,
) -> Result<()> {
    // SAFETY: by this function's contract.
    let mut wide = unsafe { widened::<S>(lane, n)? };
    let result = work(wide.as_mut_ptr().cast());
    for (i, value) in wide.iter().enumerate() {
        // SAFETY: by this function's contract.
        unsafe { lane.cast::<S>().add(i).write_unaligned(S::round(*value)) };
    }
    result
}

/// # Safety
/// As for [`super::SortLane::sort`].
unsafe fn sort<S: SmallFloat>(lane: *mut u8, n: usize, kind: SortKind) -> Result<()> {
    // SAFETY: handed on from the caller; the twin is an aligned lane of its own.
    unsafe { by_twin::<S>(lane, n, |wide| (SINGLE.sort)(wide, n, kind)) }
}

/// # Safety
/// As for [`super::SortLane::partition`].
unsafe fn partition<S: SmallFloat>(lane: *mut u8, n: usize, kths: &[usize]) -> Result<()> {
    // SAFETY: handed on from the caller; the twin is an aligned lane of its own.
    unsafe { by_twin::<S>(lane, n, |wide| (SINGLE.partition)(wide, n, kths)) }
}

/// # Safety
/// As for [`super::SortLane::argsort`].
unsafe fn argsort<S: SmallFloat>(lane: *const u8, n: usize, order: *mut isize, kind: SortKind) -> Result<()> {
    // SAFETY: handed on from the caller; the twin is an aligned lane of its own.
    unsafe { (SINGLE.argsort)(widened::<S>(lane, n)?.as_ptr().cast(), n, order, kind) }
}

/// # Safety
/// As for [`super::SortLane::argpartition`].
unsafe fn argpartition<S: SmallFloat>(
    lane: *const u8,
    n: usize,
    order: *mut isize,
    kths: &[usize],
) -> Result<()> {
    // SAFETY: handed on from the caller; the twin is an aligned lane of its own.
    unsafe { (SINGLE.argpartition)(widened::<S>(lane, n)?.as_ptr().cast(), n, order, kths) }
}
