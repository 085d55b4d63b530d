//! Argsort and argpartition by sorting plain integers: a key's leading bits above its index, in one word.
//!
//! ```text
//! keys := the values as unsigned integers of the same order, less the smallest
//! word := as many leading bits of the key as leave room for the index | the index
//! sort the words
//! where the keys were cut: for each run of equal leading bits whose keys differ
//!     sort the run anew by the bits that were cut off | the index
//! ```
//! At most half of a key's bits are cut off, so a second round has room for them all. Indices make words different: the
//! sort is stable. Rejected: sorting pairs of keys and indices, which takes twice the memory and a sort of its own.

use sharray_base::Result;

use super::key::Key;
use super::room::Room;
use super::vector;

/// Lanes up to this length are sorted so: an index takes at most half a word.
pub(super) const MOST: usize = 1 << 32;

const _: () = assert!(size_of::<isize>() == size_of::<i64>());

/// How keys are packed.
#[derive(Clone, Copy)]
struct Packing {
    /// The smallest key.
    least: u64,
    /// Bits of a key that are cut off.
    cut: u32,
    /// Bits of an index.
    index: u32,
}

/// Bits needed for numbers up to `most`.
pub(super) fn bits(most: u64) -> u32 {
    u64::BITS - most.leading_zeros()
}

/// The lowest key of a type of at most four bytes.
fn lowest<K: Key>() -> i64 {
    K::of_rank(0).map_or(-1 << (8 * K::KEY_BYTES - 1), K::to_signed)
}

/// A key as an unsigned integer; both zeros are one.
#[inline(always)]
fn unsigned<K: Key>(key: K) -> u64 {
    let signed = match key.to_signed() {
        -1 if K::HAS_ZEROS => 0,
        other => other,
    };
    (signed as u64) ^ 1 << 63
}

impl Packing {
    #[inline(always)]
    fn of<K: Key>(lane: &[K], count: usize) -> Packing {
        let index = bits(count as u64 - 1);
        if K::KEY_BYTES <= 4 {
            // All keys of so many bits have room beside any index.
            return Packing { least: lowest::<K>() as u64 ^ 1 << 63, cut: 0, index };
        }
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for key in lane {
            let signed = key.to_signed();
            let skipped = K::HAS_LAST && key.is_last();
            least = least.min(if skipped { i64::MAX } else { signed });
            most = most.max(if skipped { i64::MIN } else { signed });
        }
        if K::HAS_ZEROS && most == -1 {
            most = 0;
        }
        let range = bits((most as u64).wrapping_sub(least as u64));
        let least = least as u64 ^ 1 << 63;
        Packing { least, cut: (range + index).saturating_sub(u64::BITS), index }
    }
    /// As a signed integer in the order of the unsigned word.
    #[inline(always)]
    fn word<K: Key>(self, key: K, index: usize) -> i64 {
        // A negative zero may be the smallest key, and stand for the other one.
        let offset = unsigned(key).wrapping_sub(self.least);
        ((offset >> self.cut << self.index | index as u64) ^ 1 << 63) as i64
    }
    #[inline(always)]
    fn index(self, word: i64) -> usize {
        (word as u64 & !(u64::MAX << self.index)) as usize
    }
    /// The leading bits of the key.
    #[inline(always)]
    fn lead(self, word: i64) -> i64 {
        word >> self.index
    }
    /// True when one of the words has the leading bits of `like`. Looks at all of them: that is done by vectors.
    fn is_met(self, words: &[i64], like: i64) -> bool {
        let bits = u64::MAX << self.index;
        words.iter().fold(0, |met, word| met + u64::from((word ^ like) as u64 & bits == 0)) > 0
    }
}

/// The indices that sort, stably.
///
/// # Errors
/// As [`vector::sort`].
pub(super) fn argsort<K: Key>(lane: &[K], order: &mut [isize]) -> Result<()> {
    if K::KEY_BYTES <= 2 && lane.len() <= 1 << 16 {
        let order = last_behind(lane, as_words(order));
        return if order.is_empty() { Ok(()) } else { argsort_narrow(lane, order) };
    }
    let (order, packing) = words(lane, order);
    vector::sort(order)?;
    if packing.cut > 0 {
        let mut start = 0;
        for at in 1..=order.len() {
            if at == order.len() || packing.lead(order[at]) != packing.lead(order[start]) {
                if at - start > 1 {
                    settle(lane, packing, &mut order[start..at])?;
                }
                start = at;
            }
        }
    }
    order.iter_mut().for_each(|word| *word = packing.index(*word) as i64);
    Ok(())
}

/// Words for the keys that are not last, and the indices of those that are behind them.
fn words<'a, K: Key>(lane: &[K], order: &'a mut [isize]) -> (&'a mut [i64], Packing) {
    let order = as_words(order);
    #[cfg(target_arch = "x86_64")]
    if vector::is_available() {
        // SAFETY: AVX2 is there.
        return unsafe { words_avx2(lane, order) };
    }
    words_body(lane, order)
}

/// # Safety
/// On a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn words_avx2<'a, K: Key>(lane: &[K], order: &'a mut [i64]) -> (&'a mut [i64], Packing) {
    words_body(lane, order)
}

#[inline(always)]
fn words_body<'a, K: Key>(lane: &[K], order: &'a mut [i64]) -> (&'a mut [i64], Packing) {
    let order = last_behind(lane, order);
    if order.is_empty() {
        return (order, Packing { least: 0, cut: 0, index: 0 });
    }
    let packing = Packing::of(lane, lane.len());
    pack(lane, order, |key, index| packing.word(key, index));
    (order, packing)
}

/// Keys of two bytes with their indices in half a word.
fn argsort_narrow<K: Key>(lane: &[K], order: &mut [i64]) -> Result<()> {
    let words = Room::<i32>::new(order.len())?;
    // SAFETY: so much room; zeroes are written before it is read.
    let words = unsafe {
        std::ptr::write_bytes(words.ptr(), 0, order.len());
        std::slice::from_raw_parts_mut(words.ptr(), order.len())
    };
    let least = lowest::<K>() as u64 ^ 1 << 63;
    let key = |key: K| (unsigned(key) - least) as u32;
    pack(lane, words, |value, index| ((key(value) << 16 | index as u32) ^ 1 << 31) as i32);
    vector::sort(words)?;
    order.iter_mut().zip(words).for_each(|(slot, word)| *slot = i64::from(*word & 0xffff));
    Ok(())
}

/// Writes a word for each key that is not last.
#[inline(always)]
fn pack<K: Key, T>(lane: &[K], words: &mut [T], word: impl Fn(K, usize) -> T) {
    let indexed = lane.iter().zip(0..);
    if words.len() == lane.len() {
        words.iter_mut().zip(indexed).for_each(|(slot, (key, index))| *slot = word(*key, index));
    } else {
        let kept = indexed.filter(|(key, _)| !key.is_last());
        words.iter_mut().zip(kept).for_each(|(slot, (key, index))| *slot = word(*key, index));
    }
}

/// Sorts words of equal leading bits by the whole keys, then the indices.
fn settle<K: Key>(lane: &[K], packing: Packing, words: &mut [i64]) -> Result<()> {
    let rest = |index: usize| unsigned(lane[index]).wrapping_sub(packing.least) & !(u64::MAX << packing.cut);
    let first = rest(packing.index(words[0]));
    if words.iter().all(|&word| rest(packing.index(word)) == first) {
        return Ok(());
    }
    for word in words.iter_mut() {
        let index = packing.index(*word);
        *word = ((rest(index) << packing.index | index as u64) ^ 1 << 63) as i64;
    }
    vector::sort(words)
}

/// Indices that partition.
///
/// # Errors
/// As [`vector::select`].
pub(super) fn argpartition<K: Key>(lane: &[K], order: &mut [isize], kths: &[usize]) -> Result<()> {
    let (order, packing) = words(lane, order);
    let mut kths: Vec<usize> = kths.iter().copied().filter(|&kth| kth < order.len()).collect();
    kths.sort_unstable();
    vector::select(order, &kths)?;
    if packing.cut > 0 {
        // Keys that share their leading bits with a wanted one lie on both sides of it: they are brought together
        // and settled. What lies farther off is on its side for certain.
        let mut settled = 0;
        for &kth in &kths {
            if kth < settled {
                continue;
            }
            let like = order[kth];
            let start = settled + gather_end(&mut order[settled..kth], packing, like);
            let after = &mut order[kth + 1..];
            let mut end = kth + 1;
            if packing.is_met(after, like) {
                after.reverse();
                let others = gather_end(after, packing, like);
                after.reverse();
                end += after.len() - others;
            }
            settle(lane, packing, &mut order[start..end])?;
            settled = end;
        }
    }
    order.iter_mut().for_each(|word| *word = packing.index(*word) as i64);
    Ok(())
}

/// Moves the words whose leading bits are those of `like` to the end of the slice, and gives the place where they begin.
fn gather_end(words: &mut [i64], packing: Packing, like: i64) -> usize {
    let mut start = words.len();
    if !packing.is_met(words, like) {
        return start;
    }
    for i in (0..words.len()).rev() {
        if packing.lead(words[i]) == packing.lead(like) {
            start -= 1;
            words.swap(i, start);
        }
    }
    start
}

/// The order as words.
fn as_words(order: &mut [isize]) -> &mut [i64] {
    // SAFETY: `isize` is an `i64` here, see the assertion above.
    unsafe { std::slice::from_raw_parts_mut(order.as_mut_ptr().cast(), order.len()) }
}

/// Writes the indices of the values that are last at the end, and gives the places before.
#[inline(always)]
fn last_behind<'a, K: Key>(lane: &[K], order: &'a mut [i64]) -> &'a mut [i64] {
    if !K::HAS_LAST {
        return order;
    }
    let count: usize = lane.iter().map(|key| usize::from(key.is_last())).sum();
    let (order, behind) = order.split_at_mut(lane.len() - count);
    if count > 0 {
        let last = lane.iter().zip(0..).filter(|(key, _)| key.is_last());
        behind.iter_mut().zip(last).for_each(|(slot, (_, index))| *slot = index);
    }
    order
}
