//! The ziggurat method of Marsaglia and Tsang (J. Stat. Software 5(8), 2000) for the normal and the exponential
//! distribution, in double and in single precision.
//!
//! The area under the density is covered by 256 layers of equal area. A word chooses a layer and a place in it; the
//! place is accepted at once when it lies under the next layer's edge, which it does in about 99 % of the cases.

mod double_double;
mod tables;

use crate::math::{exp, expf, log1p, log1pf};
use crate::source::Source;
pub(crate) use double_double::log_factorials;
use tables::{EXPONENTIAL, EXPONENTIAL_EDGE, EXPONENTIAL_F, NORMAL, NORMAL_EDGE, NORMAL_F, Table};

/// Where a word falls: the layer, the place in it, and the sample that this makes if it is accepted.
struct Place<I, F> {
    layer: usize,
    place: I,
    x: F,
}

#[inline(always)]
fn normal_place(width: &[f64; 256], word: u64) -> Place<u64, f64> {
    let (layer, place) = ((word & 0xff) as usize, (word >> 9) & 0x000f_ffff_ffff_ffff);
    // Places fit signed numbers, which processors convert in one step; the sign is set without a branch.
    let x = place as i64 as f64 * width[layer];
    Place { layer, place, x: f64::from_bits(x.to_bits() ^ (word >> 8 & 1) << 63) }
}

/// A sample of the standard normal distribution.
pub fn normal<S: Source + ?Sized>(bits: &mut S) -> f64 {
    let Table { accept, width, height } = &**NORMAL;
    loop {
        let Place { layer, place, x } = normal_place(width, bits.next_u64());
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            let tail = normal_tail(bits);
            return if place >> 8 & 1 == 1 { -(NORMAL_EDGE + tail) } else { NORMAL_EDGE + tail };
        }
        if (height[layer - 1] - height[layer]) * bits.next_f64() + height[layer] < exp(-0.5 * x * x) {
            return x;
        }
    }
}

/// Samples of the standard normal distribution.
pub(crate) fn fill_normal<S: Source>(bits: &mut S, out: &mut [f64]) {
    let Table { accept, width, .. } = &**NORMAL;
    let mut rest = out;
    while !rest.is_empty() {
        bits.expect_u64(rest.len());
        let accepted = prefix(bits.fetched_u64(), rest, |word| {
            let Place { layer, place, x } = normal_place(width, word);
            (place < accept[layer]).then_some(x)
        });
        bits.used_u64(accepted);
        rest = &mut rest[accepted..];
        if let Some(slot) = rest.first_mut() {
            *slot = normal(bits);
            rest = &mut rest[1..];
        }
    }
}

/// How far beyond the last layer's edge a sample of the tail lies (Marsaglia 1964).
fn normal_tail<S: Source + ?Sized>(bits: &mut S) -> f64 {
    loop {
        let x = -(1.0 / NORMAL_EDGE) * log1p(-bits.next_f64());
        let y = -log1p(-bits.next_f64());
        if y + y > x * x {
            return x;
        }
    }
}

#[inline(always)]
fn normal_f_place(width: &[f32; 256], word: u32) -> Place<u32, f32> {
    let (layer, place) = ((word & 0xff) as usize, word >> 9 & 0x007f_ffff);
    let x = place as i32 as f32 * width[layer];
    Place { layer, place, x: f32::from_bits(x.to_bits() ^ (word >> 8 & 1) << 31) }
}

/// A sample of the standard normal distribution in single precision.
pub fn normal_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    let Table { accept, width, height } = &**NORMAL_F;
    loop {
        let Place { layer, place, x } = normal_f_place(width, bits.next_u32());
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            let tail = normal_tail_f(bits);
            let edge = NORMAL_EDGE as f32;
            return if place >> 8 & 1 == 1 { -(edge + tail) } else { edge + tail };
        }
        let level = (height[layer - 1] - height[layer]) * bits.next_f32() + height[layer];
        if f64::from(level) < exp(-0.5 * f64::from(x) * f64::from(x)) {
            return x;
        }
    }
}

/// Samples of the standard normal distribution in single precision.
pub(crate) fn fill_normal_f<S: Source>(bits: &mut S, out: &mut [f32]) {
    let Table { accept, width, .. } = &**NORMAL_F;
    let mut rest = out;
    while !rest.is_empty() {
        bits.expect_u32(rest.len());
        let accepted = prefix(bits.fetched_u32(), rest, |word| {
            let Place { layer, place, x } = normal_f_place(width, word);
            (place < accept[layer]).then_some(x)
        });
        bits.used_u32(accepted);
        rest = &mut rest[accepted..];
        if let Some(slot) = rest.first_mut() {
            *slot = normal_f(bits);
            rest = &mut rest[1..];
        }
    }
}

fn normal_tail_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    loop {
        let x = -((1.0 / NORMAL_EDGE) as f32) * log1pf(-bits.next_f32());
        let y = -log1pf(-bits.next_f32());
        if y + y > x * x {
            return x;
        }
    }
}

#[inline(always)]
fn exponential_place(width: &[f64; 256], word: u64) -> Place<u64, f64> {
    let (layer, place) = ((word >> 3 & 0xff) as usize, word >> 11);
    Place { layer, place, x: place as i64 as f64 * width[layer] }
}

/// A sample of the exponential distribution with mean 1.
pub fn exponential<S: Source + ?Sized>(bits: &mut S) -> f64 {
    let Table { accept, width, height } = &**EXPONENTIAL;
    loop {
        let Place { layer, place, x } = exponential_place(width, bits.next_u64());
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_EDGE - log1p(-bits.next_f64());
        }
        if (height[layer - 1] - height[layer]) * bits.next_f64() + height[layer] < exp(-x) {
            return x;
        }
    }
}

/// Samples of the exponential distribution with mean 1.
pub(crate) fn fill_exponential<S: Source>(bits: &mut S, out: &mut [f64]) {
    let Table { accept, width, .. } = &**EXPONENTIAL;
    let mut rest = out;
    while !rest.is_empty() {
        bits.expect_u64(rest.len());
        let accepted = prefix(bits.fetched_u64(), rest, |word| {
            let Place { layer, place, x } = exponential_place(width, word);
            (place < accept[layer]).then_some(x)
        });
        bits.used_u64(accepted);
        rest = &mut rest[accepted..];
        if let Some(slot) = rest.first_mut() {
            *slot = exponential(bits);
            rest = &mut rest[1..];
        }
    }
}

#[inline(always)]
fn exponential_f_place(width: &[f32; 256], word: u32) -> Place<u32, f32> {
    let (layer, place) = ((word >> 1 & 0xff) as usize, word >> 9);
    Place { layer, place, x: place as i32 as f32 * width[layer] }
}

/// A sample of the exponential distribution with mean 1 in single precision.
pub fn exponential_f<S: Source + ?Sized>(bits: &mut S) -> f32 {
    let Table { accept, width, height } = &**EXPONENTIAL_F;
    loop {
        let Place { layer, place, x } = exponential_f_place(width, bits.next_u32());
        if place < accept[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_EDGE as f32 - log1pf(-bits.next_f32());
        }
        if (height[layer - 1] - height[layer]) * bits.next_f32() + height[layer] < expf(-x) {
            return x;
        }
    }
}

/// Samples of the exponential distribution with mean 1 in single precision.
pub(crate) fn fill_exponential_f<S: Source>(bits: &mut S, out: &mut [f32]) {
    let Table { accept, width, .. } = &**EXPONENTIAL_F;
    let mut rest = out;
    while !rest.is_empty() {
        bits.expect_u32(rest.len());
        let accepted = prefix(bits.fetched_u32(), rest, |word| {
            let Place { layer, place, x } = exponential_f_place(width, word);
            (place < accept[layer]).then_some(x)
        });
        bits.used_u32(accepted);
        rest = &mut rest[accepted..];
        if let Some(slot) = rest.first_mut() {
            *slot = exponential_f(bits);
            rest = &mut rest[1..];
        }
    }
}

/// Writes `make(word)` for words up to the first for which it is `None`; returns how many.
#[inline(always)]
fn prefix<I: Copy, F>(words: &[I], out: &mut [F], make: impl Fn(I) -> Option<F>) -> usize {
    let pairs = words.iter().zip(out);
    let count = pairs.len();
    for (i, (word, slot)) in pairs.enumerate() {
        match make(*word) {
            Some(x) => *slot = x,
            None => return i,
        }
    }
    count
}
