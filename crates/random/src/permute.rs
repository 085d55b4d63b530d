//! Orders and choices: shuffling (Fisher and Yates, from the end) and choosing without replacement.

use sharray_base::{Error, Result};

use crate::bounded::{Method, mask_of, up_to};
use crate::source::Source;

/// Calls `swap(i, j)` for each exchange of a shuffle of `length` things, of which the places below `first` stay unless
/// they are drawn as a partner.
pub fn shuffle_with<S: Source + ?Sized>(
    bits: &mut S,
    length: usize,
    first: usize,
    method: Method,
    mut swap: impl FnMut(usize, usize),
) {
    let first = first.max(1);
    let narrow = length.min((1 << 32).max(first));
    for i in (narrow..length).rev() {
        swap(i, up_to(bits, i as u64, method) as usize);
    }
    if method == Method::Mask {
        return shuffle_masked(bits, narrow, first, swap);
    }
    for i in (first..narrow).rev() {
        bits.expect_u32(i - first + 1);
        swap(i, up_to(bits, i as u64, method) as usize);
    }
}

/// [`shuffle_with`] by [`Method::Mask`]. That rejects up to half of the words, at places nobody can predict: so without a
/// branch for each, by pieces in which the mask stays the same.
fn shuffle_masked<S: Source + ?Sized>(
    bits: &mut S,
    length: usize,
    first: usize,
    mut swap: impl FnMut(usize, usize),
) {
    let mut words = [0; 256];
    let mut partners = [0; 256];
    let mut end = length;
    while end > first {
        let mask = mask_of(end as u64 - 1) as usize;
        let least = first.max(mask / 2 + 1);
        let words = &mut words[..256.min(end - least)];
        // Each partner takes at least one of these.
        bits.fill_u32(words);
        let mut count = 0;
        for word in words {
            let partner = *word as usize & mask;
            partners[count] = partner;
            count += usize::from(partner < end - count);
        }
        for partner in &partners[..count] {
            end -= 1;
            swap(end, *partner);
        }
    }
}

/// Shuffles a slice.
pub fn shuffle<S: Source + ?Sized, T>(bits: &mut S, values: &mut [T], first: usize, method: Method) {
    shuffle_with(bits, values.len(), first, method, |i, j| values.swap(i, j));
}

/// `count` different numbers below `population` in `chosen`, in random order if `in_random_order`.
///
/// Large shares of a large population are the end of a shuffled range; otherwise Floyd's algorithm draws as many numbers
/// as are wanted (Bentley, Floyd, "Programming Pearls: A Sample of Brilliance", CACM 30, 1987). Which one is taken is
/// part of the stream.
///
/// # Errors
/// `OutOfMemory` when the range to be shuffled doesn't fit.
pub fn choose<S: Source + ?Sized>(
    bits: &mut S,
    population: u64,
    chosen: &mut [i64],
    in_random_order: bool,
) -> Result<()> {
    let count = chosen.len() as u64;
    let share = if in_random_order { 50 } else { 20 };
    if population > 10_000 && count > population / share {
        let mut all = Vec::new();
        let bytes = (population as usize).saturating_mul(8);
        all.try_reserve_exact(population as usize).map_err(|_| Error::OutOfMemory { bytes })?;
        all.extend(0..population as i64);
        shuffle(bits, &mut all, (population - count).max(1) as usize, Method::Multiply);
        chosen.copy_from_slice(&all[(population - count) as usize..]);
        return Ok(());
    }
    let mut taken = Taken::with_room(chosen.len())?;
    for (slot, last) in chosen.iter_mut().zip(population - count..population) {
        let drawn = up_to(bits, last, Method::Multiply);
        let value = if taken.insert(drawn) { drawn } else { last };
        taken.insert(value);
        *slot = value as i64;
    }
    if in_random_order {
        shuffle(bits, chosen, 1, Method::Multiply);
    }
    Ok(())
}

/// A set of numbers below 2⁶⁴ − 1: a table with open addresses, at most half full.
struct Taken {
    slots: Vec<u64>,
    shift: u32,
}

impl Taken {
    const FREE: u64 = u64::MAX;

    fn with_room(count: usize) -> Result<Taken> {
        let size = count.saturating_mul(2).max(2).checked_next_power_of_two().unwrap_or(usize::MAX);
        let mut slots = Vec::new();
        let bytes = size.saturating_mul(size_of::<u64>());
        slots.try_reserve_exact(size).map_err(|_| Error::OutOfMemory { bytes })?;
        slots.resize(size, Self::FREE);
        Ok(Taken { slots, shift: u64::BITS - size.trailing_zeros() })
    }
    /// Puts a number in; false if it was there.
    fn insert(&mut self, number: u64) -> bool {
        // Multiplied by the golden section of 2⁶⁴, whose upper bits spread well (Knuth, TAOCP 3, 6.4).
        let mut at = (number.wrapping_mul(0x9e3779b97f4a7c15) >> self.shift) as usize;
        loop {
            match self.slots[at] {
                Self::FREE => {
                    self.slots[at] = number;
                    return true;
                }
                known if known == number => return false,
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }
}
