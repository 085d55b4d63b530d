//! Orders and choices: shuffling (Fisher and Yates, from the end) and choosing without replacement.

use std::collections::HashSet;

use sharray_base::{Error, Result};

use crate::bounded::{Method, up_to};
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
    for i in (first.max(1)..length).rev() {
        let j = up_to(bits, i as u64, method) as usize;
        swap(i, j);
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
    let mut taken = HashSet::with_capacity(chosen.len());
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
