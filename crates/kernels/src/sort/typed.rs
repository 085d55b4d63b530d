//! Sorting lanes of one built-in type, with the standard library's sorts on [`Key`]'s order. Values that sort last are
//! set aside first, which leaves the inner comparison one instruction. Integers of 8 bits, and long lanes of 16, are
//! counted instead.

use std::cmp::Ordering;

use sharray_base::interrupt::{Meter, STRIDE};
use sharray_base::{Error, Result};

use super::SortKind;
use super::key::Key;
use super::room::Room;
use super::{packed, text, vector, words};

/// The four operations on a lane of one type.
pub(super) struct TypedOps {
    pub(super) sort: unsafe fn(*mut u8, usize, SortKind) -> Result<()>,
    pub(super) argsort: unsafe fn(*const u8, usize, *mut isize, SortKind) -> Result<()>,
    pub(super) partition: unsafe fn(*mut u8, usize, &[usize]) -> Result<()>,
    pub(super) argpartition: unsafe fn(*const u8, usize, *mut isize, &[usize]) -> Result<()>,
}

/// Names the operations of `K`, so that a reference to them is static.
pub(super) struct OpsOf<K>(std::marker::PhantomData<K>);

impl<K: Key> OpsOf<K> {
    pub(super) const OPS: TypedOps = TypedOps {
        sort: sort::<K>,
        argsort: argsort::<K>,
        partition: partition::<K>,
        argpartition: argpartition::<K>,
    };
}

/// Room for `n` values, or `OutOfMemory`.
pub(super) fn room<T>(n: usize) -> Result<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(n).map_err(|_| Error::OutOfMemory { bytes: n.saturating_mul(size_of::<T>()) })?;
    Ok(room)
}

/// The standard library's sorts. Those of long lanes can be interrupted, from within a comparison: they have no other way
/// out than a panic, which is caught here. The lane is some permutation then.
fn sort_by<T: Copy>(lane: &mut [T], kind: SortKind, order: impl Fn(&T, &T) -> Ordering) -> Result<()> {
    let by = |lane: &mut [T], order: &mut dyn FnMut(&T, &T) -> Ordering| match kind {
        SortKind::Quick => lane.sort_unstable_by(order),
        SortKind::Stable => lane.sort_by(order),
    };
    if lane.len() <= 2 * STRIDE {
        match kind {
            SortKind::Quick => lane.sort_unstable_by(order),
            SortKind::Stable => lane.sort_by(order),
        }
        return Ok(());
    }
    let mut meter = Meter::default();
    let mut watched = |a: &T, b: &T| {
        if let Err(error) = meter.add(1) {
            std::panic::resume_unwind(Box::new(error));
        }
        order(a, b)
    };
    let sorted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| by(lane, &mut watched)));
    sorted.or_else(|payload| match payload.downcast::<Error>() {
        Ok(error) => Err(*error),
        Err(other) => std::panic::resume_unwind(other),
    })
}

/// Counting beats comparing from this many elements.
pub(super) fn counts<K: Key>(n: usize) -> bool {
    let least = if K::RANKS <= 256 { 64 } else { 2 * K::RANKS };
    K::RANKS > 0 && n >= least
}

/// # Safety
/// `ptr` is `n` aligned elements, readable and writable by nobody else.
unsafe fn sort<K: Key>(ptr: *mut u8, n: usize, kind: SortKind) -> Result<()> {
    // SAFETY: by this function's contract.
    let lane = unsafe { std::slice::from_raw_parts_mut(ptr.cast::<K>(), n) };
    if counts::<K>(n) {
        return count_sort(lane);
    }
    let ordinary = if K::HAS_LAST { set_last_aside(lane, kind)? } else { lane };
    if ordinary.len() <= TINY {
        insertion_sort(ordinary);
        return Ok(());
    }
    if K::KEY_BYTES > 0 {
        return if is_sorted(ordinary) { Ok(()) } else { sort_plain(ordinary, kind) };
    }
    if K::WORDS > 0 {
        return sort_by_words(ordinary);
    }
    match kind {
        SortKind::Quick => sort_by(ordinary, kind, K::order_ordinary)?,
        SortKind::Stable => {
            drop(room::<K>(ordinary.len())?);
            sort_by(ordinary, kind, K::order_ordinary)?;
        }
    }
    Ok(())
}

/// Sorts indices, and copies the elements in their order.
fn sort_by_words<K: Key>(lane: &mut [K]) -> Result<()> {
    if is_sorted(lane) {
        return Ok(());
    }
    let (n, size) = (lane.len(), size_of::<K>());
    // SAFETY: zero bytes are indices, and the rooms are as long as the lane.
    unsafe {
        let (order, sorted) = (Room::<isize>::zeroed(n)?, Room::<K>::new(n)?);
        let order = std::slice::from_raw_parts_mut(order.ptr(), n);
        order_from_zero(order.as_mut_ptr(), n);
        words::argsort_keys(lane, order)?;
        text::gather(lane.as_ptr().cast(), size, order, sorted.ptr().cast());
        std::ptr::copy_nonoverlapping(sorted.ptr(), lane.as_mut_ptr(), n);
    }
    Ok(())
}

/// Up to this many elements are inserted.
const TINY: usize = 8;

/// Sorts as plain values. Those don't tell the two zeros apart: a stable sort puts them back in the order they had.
fn sort_plain<K: Key>(lane: &mut [K], kind: SortKind) -> Result<()> {
    let mut zeros = Vec::new();
    if K::HAS_ZEROS && kind == SortKind::Stable && lane.iter().any(|v| v.to_signed() == -1) {
        zeros = room::<K>(lane.iter().filter(|value| value.is_zero()).count())?;
        zeros.extend(lane.iter().filter(|value| value.is_zero()));
    }
    as_plain(lane, vector::sort, vector::sort, vector::sort, vector::sort)?;
    if !zeros.is_empty() {
        let start = lane.partition_point(|value| value.to_signed() < -1);
        lane[start..start + zeros.len()].copy_from_slice(&zeros);
    }
    Ok(())
}

/// Runs the work for the type's width on the lane as plain values of the same order: floats are such values,
/// half-precision ones and narrow integers become integers of 32 bits.
fn as_plain<K: Key>(
    lane: &mut [K],
    singles: impl FnOnce(&mut [f32]) -> Result<()>,
    doubles: impl FnOnce(&mut [f64]) -> Result<()>,
    narrow: impl FnOnce(&mut [i32]) -> Result<()>,
    wide: impl FnOnce(&mut [i64]) -> Result<()>,
) -> Result<()> {
    let (ptr, n) = (lane.as_mut_ptr(), lane.len());
    debug_assert_eq!(size_of::<K>(), K::KEY_BYTES);
    // SAFETY: `K` is as large and aligned as the plain type, both take any bits, and `lane` is not used meanwhile.
    unsafe {
        match (K::KEY_BYTES, K::HAS_ZEROS) {
            (4, true) => singles(std::slice::from_raw_parts_mut(ptr.cast(), n)),
            (8, true) => doubles(std::slice::from_raw_parts_mut(ptr.cast(), n)),
            (8, false) => {
                let integers = std::slice::from_raw_parts_mut(ptr.cast::<i64>(), n);
                (0..n).for_each(|i| integers[i] = ptr.add(i).read().to_signed());
                let result = wide(integers);
                (0..n).for_each(|i| back(ptr, i, ptr.cast::<i64>().add(i).read()));
                result
            }
            (4, false) => {
                let integers = std::slice::from_raw_parts_mut(ptr.cast::<i32>(), n);
                (0..n).for_each(|i| integers[i] = ptr.add(i).read().to_signed() as i32);
                let result = narrow(integers);
                (0..n).for_each(|i| back(ptr, i, i64::from(ptr.cast::<i32>().add(i).read())));
                result
            }
            _ => {
                let room = Room::<i32>::new(n)?;
                (0..n).for_each(|i| room.ptr().add(i).write(ptr.add(i).read().to_signed() as i32));
                let result = narrow(std::slice::from_raw_parts_mut(room.ptr(), n));
                (0..n).for_each(|i| back(ptr, i, i64::from(room.ptr().add(i).read())));
                result
            }
        }
    }
}

/// Writes the value of `key` as element `i`.
///
/// # Safety
/// `i` is within the lane.
#[inline(always)]
unsafe fn back<K: Key>(ptr: *mut K, i: usize, key: i64) {
    if let Some(value) = K::of_signed(key) {
        // SAFETY: by this function's contract.
        unsafe { ptr.add(i).write(value) };
    }
}

/// Puts a lane in order that is sorted already, or the other way round; false if it is neither. Such data is common, and
/// looking costs little where it is not.
fn is_sorted<K: Key>(lane: &mut [K]) -> bool {
    if lane[1].less_ordinary(&lane[0]) {
        let falls = all_pairs(lane, |a, b| b.less_ordinary(a));
        if falls {
            lane.reverse();
        }
        return falls;
    }
    all_pairs(lane, |a, b| !b.less_ordinary(a))
}

/// True if `holds` for all neighbours.
#[inline(always)]
fn all_pairs<K: Key>(lane: &[K], holds: impl Fn(&K, &K) -> bool) -> bool {
    /// Pairs looked at together, without a branch.
    const BLOCK: usize = 64;
    let (firsts, seconds) = (&lane[..lane.len() - 1], &lane[1..]);
    let block = |(a, b): (&[K], &[K])| a.iter().zip(b).fold(true, |all, (a, b)| all & holds(a, b));
    firsts.chunks(BLOCK).zip(seconds.chunks(BLOCK)).all(block)
}

fn insertion_sort<K: Key>(lane: &mut [K]) {
    for end in 1..lane.len() {
        let value = lane[end];
        let mut hole = end;
        while hole > 0 && value.less_ordinary(&lane[hole - 1]) {
            lane[hole] = lane[hole - 1];
            hole -= 1;
        }
        lane[hole] = value;
    }
}

/// Moves the values that sort last to the end, and gives the rest. A stable sort keeps the order within both.
fn set_last_aside<K: Key>(lane: &mut [K], kind: SortKind) -> Result<&mut [K]> {
    let block = |block: &[K]| block.iter().fold(false, |any, value| any | value.is_last());
    let Some(block) = lane.chunks(64).position(block) else { return Ok(lane) };
    let Some(first) = lane[64 * block..].iter().position(K::is_last) else { return Ok(lane) };
    let first = 64 * block + first;
    let mut kept = first;
    if kind == SortKind::Stable {
        let mut aside = room::<K>(lane.len() - first)?;
        for i in first..lane.len() {
            if lane[i].is_last() {
                aside.push(lane[i]);
            } else {
                lane[kept] = lane[i];
                kept += 1;
            }
        }
        lane[kept..].copy_from_slice(&aside);
    } else {
        for i in first + 1..lane.len() {
            if !lane[i].is_last() {
                lane.swap(i, kept);
                kept += 1;
            }
        }
    }
    Ok(&mut lane[..kept])
}

fn count_sort<K: Key>(lane: &mut [K]) -> Result<()> {
    let mut counts = room::<usize>(K::RANKS)?;
    counts.resize(K::RANKS, 0);
    lane.iter().for_each(|value| counts[value.rank()] += 1);
    let mut start = 0;
    for (rank, &count) in counts.iter().enumerate() {
        if let Some(value) = K::of_rank(rank) {
            lane[start..start + count].fill(value);
            start += count;
        }
    }
    Ok(())
}

/// Lanes up to this length are argsorted through their indices, without memory of their own.
const SMALL: usize = 20;

/// # Safety
/// `ptr` is `n` aligned, readable elements; `order` is `n` indices, writable by nobody else.
unsafe fn argsort<K: Key>(ptr: *const u8, n: usize, order: *mut isize, kind: SortKind) -> Result<()> {
    // SAFETY: by this function's contract.
    let (lane, order) =
        unsafe { (std::slice::from_raw_parts(ptr.cast::<K>(), n), std::slice::from_raw_parts_mut(order, n)) };
    if counts::<K>(n) {
        return count_argsort(lane, order);
    }
    if n <= SMALL {
        for end in 0..n {
            let value = lane[end];
            let mut hole = end;
            while hole > 0 && value.less(&lane[order[hole - 1] as usize]) {
                order[hole] = order[hole - 1];
                hole -= 1;
            }
            order[hole] = end as isize;
        }
        return Ok(());
    }
    if K::KEY_BYTES > 0 && n <= packed::MOST {
        return packed::argsort(lane, order);
    }
    if K::WORDS > 0 {
        order.iter_mut().zip(0..).for_each(|(slot, index)| *slot = index);
        return words::argsort_keys(lane, order);
    }
    let mut pairs = room::<(K, isize)>(n)?;
    let mut aside = Vec::new();
    for (&key, index) in lane.iter().zip(0..) {
        if K::HAS_LAST && key.is_last() {
            aside.try_reserve(1).map_err(|_| Error::OutOfMemory { bytes: n * 8 })?;
            aside.push(index);
        } else {
            pairs.push((key, index));
        }
    }
    match kind {
        SortKind::Quick => sort_by(&mut pairs, kind, |a, b| a.0.order_ordinary(&b.0))?,
        SortKind::Stable => {
            // Indices tell equal keys apart, which makes the unstable sort stable and spares its scratch memory.
            sort_by(&mut pairs, SortKind::Quick, |a, b| a.0.order_ordinary(&b.0).then(a.1.cmp(&b.1)))?;
        }
    }
    let sorted = pairs.iter().map(|pair| pair.1).chain(aside);
    order.iter_mut().zip(sorted).for_each(|(slot, index)| *slot = index);
    Ok(())
}

/// Writes `0, 1, …, n - 1`.
///
/// # Safety
/// `order` is `n` writable indices.
pub(super) unsafe fn order_from_zero(order: *mut isize, n: usize) {
    for i in 0..n {
        // SAFETY: by this function's contract.
        unsafe { order.add(i).write(i as isize) };
    }
}

fn count_argsort<K: Key>(lane: &[K], order: &mut [isize]) -> Result<()> {
    let mut starts = room::<usize>(K::RANKS)?;
    starts.resize(K::RANKS, 0);
    lane.iter().for_each(|value| starts[value.rank()] += 1);
    let mut next = 0;
    for start in &mut starts {
        next += std::mem::replace(start, next);
    }
    for (value, index) in lane.iter().zip(0..) {
        let slot = &mut starts[value.rank()];
        order[*slot] = index;
        *slot += 1;
    }
    Ok(())
}

/// Calls `select(from, to, nth)` so that afterwards every `kth` stands where sorting would put it.
pub(super) fn select_each(n: usize, kths: &[usize], mut select: impl FnMut(usize, usize, usize)) {
    let mut wanted: Vec<usize> = kths.iter().copied().filter(|&k| k < n).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut start = 0;
    for kth in wanted {
        select(start, n, kth - start);
        start = kth + 1;
    }
}

/// # Safety
/// As for [`sort`].
unsafe fn partition<K: Key>(ptr: *mut u8, n: usize, kths: &[usize]) -> Result<()> {
    // SAFETY: by this function's contract.
    let lane = unsafe { std::slice::from_raw_parts_mut(ptr.cast::<K>(), n) };
    if counts::<K>(n) {
        return count_sort(lane);
    }
    if K::KEY_BYTES > 0 {
        let ordinary = if K::HAS_LAST { set_last_aside(lane, SortKind::Quick)? } else { lane };
        let mut wanted: Vec<usize> = kths.iter().copied().filter(|&k| k < ordinary.len()).collect();
        wanted.sort_unstable();
        return as_plain(
            ordinary,
            |lane| vector::select(lane, &wanted),
            |lane| vector::select(lane, &wanted),
            |lane| vector::select(lane, &wanted),
            |lane| vector::select(lane, &wanted),
        );
    }
    select_each(n, kths, |from, to, nth| {
        lane[from..to].select_nth_unstable_by(nth, K::order);
    });
    Ok(())
}

/// # Safety
/// As for [`argsort`].
unsafe fn argpartition<K: Key>(ptr: *const u8, n: usize, order: *mut isize, kths: &[usize]) -> Result<()> {
    // SAFETY: by this function's contract.
    let (lane, order) =
        unsafe { (std::slice::from_raw_parts(ptr.cast::<K>(), n), std::slice::from_raw_parts_mut(order, n)) };
    if counts::<K>(n) {
        return count_argsort(lane, order);
    }
    if K::KEY_BYTES > 0 && n <= packed::MOST {
        return packed::argpartition(lane, order, kths);
    }
    order.iter_mut().zip(0..).for_each(|(slot, index)| *slot = index);
    select_each(n, kths, |from, to, nth| {
        order[from..to].select_nth_unstable_by(nth, |&a, &b| lane[a as usize].order(&lane[b as usize]));
    });
    Ok(())
}
