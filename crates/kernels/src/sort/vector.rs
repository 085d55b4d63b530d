//! Sorting and selecting plain values: 32- and 64-bit signed integers, and floats without NaN. With AVX2 by vectors
//! ([`super::quick`]), long lanes on several threads ([`super::parts`]); else by the standard library. Other types are
//! mapped to these ([`super::key::Key`]).
//!
//! Values that compare equal are the same bits but for zeros: which of two equal zeros comes first is not defined, but the
//! same for any number of threads.

use std::cmp::Ordering;

use sharray_base::Result;
use sharray_base::interrupt::poll;

#[cfg(target_arch = "x86_64")]
pub(super) use super::lanes::Lanes;
use crate::isa::{self, Level};

/// A value with a total order.
pub(super) trait Plain: Copy + Send + Sync + 'static {
    /// True where `self` sorts before `other`.
    fn before(self, other: Self) -> bool;
    /// Its bits.
    fn to_word(self) -> u64;
    /// True for the same bits.
    #[inline(always)]
    fn is(self, other: Self) -> bool {
        self.to_word() == other.to_word()
    }
    /// How many elements have its bits.
    fn count_in(self, lane: &[Self]) -> usize;
    /// The order as the standard library wants it.
    #[inline(always)]
    fn ordering(&self, other: &Self) -> Ordering {
        if self.before(*other) {
            Ordering::Less
        } else if other.before(*self) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

macro_rules! plain {
    ($($t:ty, $bits:ty;)*) => { $(
        impl Plain for $t {
            #[inline(always)]
            fn before(self, other: Self) -> bool { self < other }
            #[inline(always)]
            fn to_word(self) -> u64 { u64::from(<$bits>::from_ne_bytes(self.to_ne_bytes())) }
            #[inline(always)]
            fn count_in(self, lane: &[Self]) -> usize {
                // Counted in the width of the elements: so many fit into a vector.
                let bits = |value: Self| <$bits>::from_ne_bytes(value.to_ne_bytes());
                lane.iter().fold(0, |count: $bits, value| count + <$bits>::from(bits(*value) == bits(self))) as usize
            }
        }
    )* };
}
plain!(i32, u32; i64, u64; f32, u32; f64, u64;);

/// Without vectors nothing more is asked of a type.
#[cfg(not(target_arch = "x86_64"))]
pub(super) trait Lanes: Plain {}
#[cfg(not(target_arch = "x86_64"))]
impl<T: Plain> Lanes for T {}

/// True when the level in force has the vector kernels.
pub(super) fn is_available() -> bool {
    cfg!(target_arch = "x86_64") && isa::active() >= Level::Avx2
}

/// Sorts.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn sort<T: Lanes>(lane: &mut [T]) -> Result<()> {
    #[cfg(target_arch = "x86_64")]
    if is_available() {
        return by_vectors::sort(lane);
    }
    lane.sort_unstable_by(T::ordering);
    poll()
}

/// Puts every element of `kths`, sorted and below the length, where sorting would put it.
///
/// # Errors
/// As for [`sort`].
pub(super) fn select<T: Lanes>(lane: &mut [T], kths: &[usize]) -> Result<()> {
    debug_assert!(kths.is_sorted() && kths.iter().all(|&kth| kth < lane.len()));
    #[cfg(target_arch = "x86_64")]
    if is_available() {
        return by_vectors::select(lane, kths);
    }
    let mut start = 0;
    for &kth in kths {
        // A place asked for twice is done.
        if kth >= start {
            lane[start..].select_nth_unstable_by(kth - start, T::ordering);
            start = kth + 1;
        }
    }
    poll()
}

#[cfg(target_arch = "x86_64")]
mod by_vectors {
    use super::super::network::{most, sort_few};
    use super::super::room::Room;
    use super::super::{few, parts, quick};
    use super::*;

    /// Lanes of at most so many bytes have their scratch memory on the stack.
    const FEW: usize = 8192;

    /// Runs `work` with scratch memory for `n` elements.
    fn with_scratch<T: Lanes>(n: usize, work: impl FnOnce(*mut T)) -> Result<()> {
        if n * size_of::<T>() <= FEW {
            let mut scratch = std::mem::MaybeUninit::<[u64; FEW / 8]>::uninit();
            work(scratch.as_mut_ptr().cast());
        } else {
            work(Room::<T>::new(n)?.ptr());
        }
        Ok(())
    }

    pub(super) fn sort<T: Lanes>(lane: &mut [T]) -> Result<()> {
        let (ptr, n) = (lane.as_mut_ptr(), lane.len());
        if n <= most::<T>() {
            // SAFETY: AVX2 is there; the lane is `n` elements.
            unsafe { sort_few(ptr, ptr, n) };
            return Ok(());
        }
        if n >= 2 * parts::SHORT {
            // SAFETY: AVX2 is there.
            return if unsafe { few::sort(lane) }? { Ok(()) } else { parts::sort(lane) };
        }
        // SAFETY: as above, and as much scratch memory.
        with_scratch(n, |scratch| unsafe { quick::quicksort(ptr, scratch, n, true, None) })
    }

    pub(super) fn select<T: Lanes>(lane: &mut [T], kths: &[usize]) -> Result<()> {
        let (ptr, n) = (lane.as_mut_ptr(), lane.len());
        poll()?;
        // SAFETY: AVX2 is there; the lane is `n` elements, the scratch memory as many, and the places are below `n`.
        with_scratch(n, |scratch| unsafe {
            quick::select(ptr, scratch, n, true, (0, kths), quick::depth_limit(n));
        })
    }
}
