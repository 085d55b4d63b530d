//! PCG64: Melissa O'Neill's permuted congruential generators with 128 bits of state, in two versions: the first one
//! (XSL-RR output, 128-bit multiplier) and DXSM (stronger output function, cheap 64-bit multiplier).
//!
//! O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation",
//! Harvey Mudd College, 2014.

#[cfg(target_arch = "x86_64")]
use sharray_kernels::isa::{self, Level};

use crate::ahead::Words;
use crate::source::{Source, unit};

#[cfg(target_arch = "x86_64")]
use super::pcg64_lanes;
use super::{Halves, State};

const MULTIPLIER: u128 = 0x2360ed051fc65da44385df649fccf645;
pub(super) const CHEAP: u64 = 0xda942042e4dd58b5;

/// How far one jump goes: the golden section of 2¹²⁸, so that jumps land far from one another.
pub const JUMP: u128 = 0x9e3779b97f4a7c15f39cc0605cedc835;

/// The congruential generator below both versions.
#[derive(Clone, Debug, Default)]
struct Lcg<const DXSM: bool> {
    state: u128,
    increment: u128,
}

impl<const DXSM: bool> Lcg<DXSM> {
    const STEP: u128 = if DXSM { CHEAP as u128 } else { MULTIPLIER };

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(Self::STEP).wrapping_add(self.increment);
    }
    /// The state that the next word is made of: that after a step, or in the second version the one before it.
    #[inline]
    fn next(&mut self) -> u128 {
        let before = self.state;
        self.step();
        if DXSM { before } else { self.state }
    }
    /// Fills `out` with words, or with the bits of the numbers in [0, 1) that they give.
    fn fill<const UNIT: bool>(&mut self, out: &mut [u64]) {
        #[cfg(target_arch = "x86_64")]
        let rest = if isa::active() >= Level::Avx512 { self.fill_wide::<UNIT>(out) } else { out };
        #[cfg(not(target_arch = "x86_64"))]
        let rest = out;
        let (groups, rest) = rest.as_chunks_mut::<LANES>();
        if !groups.is_empty() {
            let mut lanes: [u128; LANES] = self.following();
            let (factor, plus) = self.leap_by(const { Self::leap(LANES as u128) });
            for group in groups {
                for (slot, lane) in group.iter_mut().zip(&mut lanes) {
                    *slot = made::<UNIT>(output::<DXSM>(*lane));
                    *lane = lane.wrapping_mul(factor).wrapping_add(plus);
                }
            }
            self.go_before(lanes[0]);
        }
        rest.iter_mut().for_each(|slot| *slot = made::<UNIT>(output::<DXSM>(self.next())));
    }
    /// As [`Lcg::fill`], as many as vectors take; returns the others.
    #[cfg(target_arch = "x86_64")]
    fn fill_wide<'a, const UNIT: bool>(&mut self, out: &'a mut [u64]) -> &'a mut [u64] {
        let (groups, rest) = out.as_chunks_mut::<{ pcg64_lanes::LANES }>();
        if !groups.is_empty() {
            let leap = self.leap_by(const { Self::leap(pcg64_lanes::WIDTH as u128) });
            let stride = self.leap_by(const { Self::leap(pcg64_lanes::LANES as u128) });
            // SAFETY: the processor has the level, as the caller has seen.
            let next = unsafe { pcg64_lanes::fill::<DXSM, UNIT>(groups, &self.following(), leap, stride) };
            self.go_before(next);
        }
        rest
    }
    /// The states of the next `N` words.
    fn following<const N: usize>(&self) -> [u128; N] {
        let mut walker = self.clone();
        std::array::from_fn(|_| walker.next())
    }
    /// Goes to where the next word is made of `state`.
    fn go_before(&mut self, state: u128) {
        let back = state.wrapping_sub(self.increment).wrapping_mul(const { inverse(Self::STEP) });
        self.state = if DXSM { state } else { back };
    }
    /// Both versions are seeded by steps of the first one.
    fn seeded(state: u128, sequence: u128) -> Self {
        let increment = (sequence << 1) | 1;
        // One step from 0 is the increment.
        let state = increment.wrapping_add(state).wrapping_mul(MULTIPLIER).wrapping_add(increment);
        Lcg { state, increment }
    }
    /// Goes `delta` steps ahead.
    fn advance(&mut self, delta: u128) {
        let (factor, plus) = self.leap_by(Self::leap(delta));
        self.state = factor.wrapping_mul(self.state).wrapping_add(plus);
    }
    /// What a state is multiplied by, and what is added then, for several steps at once, where [`Lcg::leap`] gave these.
    fn leap_by(&self, (factor, increments): (u128, u128)) -> (u128, u128) {
        (factor, increments.wrapping_mul(self.increment))
    }
    /// What a state is multiplied by, and how many increments are added then, for `delta` steps at once: found by as many
    /// squarings as `delta` has bits (Brown's method).
    const fn leap(mut delta: u128) -> (u128, u128) {
        let (mut factor, mut increments) = (1u128, 0u128);
        let (mut step, mut add) = (Self::STEP, 1u128);
        while delta > 0 {
            if delta & 1 == 1 {
                factor = factor.wrapping_mul(step);
                increments = increments.wrapping_mul(step).wrapping_add(add);
            }
            add = step.wrapping_add(1).wrapping_mul(add);
            step = step.wrapping_mul(step);
            delta >>= 1;
        }
        (factor, increments)
    }
}

/// What an odd number times which is 1, modulo 2¹²⁸: each of Newton's steps doubles the bits that are right.
const fn inverse(odd: u128) -> u128 {
    let (mut found, mut right) = (odd, 3);
    while right < 128 {
        found = found.wrapping_mul(2u128.wrapping_sub(odd.wrapping_mul(found)));
        right *= 2;
    }
    found
}

/// PCG64 (`DXSM = false`) or PCG64DXSM.
#[derive(Clone, Debug, Default)]
pub struct Pcg<const DXSM: bool> {
    lcg: Lcg<DXSM>,
    halves: Halves,
}

/// The first version: XSL-RR.
pub type Pcg64 = Pcg<false>;
/// The second version: DXSM.
pub type Pcg64Dxsm = Pcg<true>;

impl<const DXSM: bool> Pcg<DXSM> {
    /// Seeded with a state and the number of a sequence, of which 127 bits count.
    pub fn seeded(state: u128, sequence: u128) -> Self {
        Pcg { lcg: Lcg::seeded(state, sequence), halves: Halves::default() }
    }
    /// Goes `delta` numbers ahead (backwards: 2¹²⁸ less as many) and forgets the kept half word.
    pub fn advance(&mut self, delta: u128) {
        self.lcg.advance(delta);
        self.halves = Halves::default();
    }
}

/// The word that a state gives.
#[inline(always)]
fn output<const DXSM: bool>(state: u128) -> u64 {
    let (mut high, low) = ((state >> 64) as u64, state as u64);
    if !DXSM {
        return (high ^ low).rotate_right((state >> 122) as u32);
    }
    high ^= high >> 32;
    high = high.wrapping_mul(CHEAP);
    high ^= high >> 48;
    high.wrapping_mul(low | 1)
}

/// A word, or the bits of the number in [0, 1) that it gives.
#[inline(always)]
fn made<const UNIT: bool>(word: u64) -> u64 {
    if UNIT { unit(word).to_bits() } else { word }
}

/// Words that are made side by side: each state follows from the one so many steps before it, so that their
/// multiplications don't wait for one another.
const LANES: usize = 3;

impl<const DXSM: bool> Source for Pcg<DXSM> {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        output::<DXSM>(self.lcg.next())
    }
    fn fill_u64(&mut self, out: &mut [u64]) {
        self.lcg.fill::<false>(out);
    }
    fn fill_u32(&mut self, out: &mut [u32]) {
        let Pcg { lcg, halves } = self;
        halves.fill(out, |words| lcg.fill::<false>(words));
    }
    fn fill_f64(&mut self, out: &mut [f64]) {
        // SAFETY: both types have eight bytes, any of which make a value.
        let bits = unsafe { std::slice::from_raw_parts_mut(out.as_mut_ptr().cast::<u64>(), out.len()) };
        self.lcg.fill::<true>(bits);
    }
    #[inline]
    fn next_u32(&mut self) -> u32 {
        match self.halves.take() {
            Some(half) => half,
            None => {
                let word = self.next_u64();
                self.halves.split(word)
            }
        }
    }
    #[inline]
    fn next_f64(&mut self) -> f64 {
        unit(self.next_u64())
    }
}

fn wide(high: u64, low: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

impl<const DXSM: bool> Words for Pcg<DXSM> {}

impl<const DXSM: bool> State for Pcg<DXSM> {
    fn words(&self) -> Vec<u64> {
        let Lcg { state, increment } = self.lcg;
        let mut words = vec![(state >> 64) as u64, state as u64, (increment >> 64) as u64, increment as u64];
        words.extend(self.halves.words());
        words
    }
    fn set_words(&mut self, words: &[u64]) -> bool {
        let &[state_high, state_low, high, low, has, half] = words else { return false };
        self.lcg = Lcg { state: wide(state_high, state_low), increment: wide(high, low) };
        self.halves = Halves::from_words(has, half);
        true
    }
    fn seed(&mut self, words: &[u64]) -> bool {
        let &[high, low, sequence_high, sequence_low] = words else { return false };
        *self = Pcg::seeded(wide(high, low), wide(sequence_high, sequence_low));
        true
    }
    fn advance(&mut self, delta: [u64; 4]) -> bool {
        self.advance(wide(delta[1], delta[0]));
        true
    }
    fn jump(&mut self) -> bool {
        self.advance(JUMP);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_as_one_by_one<const DXSM: bool>() {
        for length in (0..60).chain([1000]) {
            let mut single = Pcg::<DXSM>::seeded(u128::MAX / 3, length as u128);
            let (mut words, mut numbers) = (single.clone(), single.clone());
            let expected: Vec<u64> = (0..length).map(|_| single.next_u64()).collect();
            let (mut found, mut units) = (vec![0; length], vec![0.0; length]);
            words.fill_u64(&mut found);
            numbers.fill_f64(&mut units);
            assert_eq!(found, expected);
            assert_eq!(units, expected.iter().map(|&word| unit(word)).collect::<Vec<_>>());
            for after in [words, numbers] {
                assert_eq!(after.lcg.state, single.lcg.state, "after {length} words");
            }
        }
    }

    #[test]
    fn filling_gives_the_words_and_the_state_of_drawing_one_by_one() {
        filled_as_one_by_one::<false>();
        filled_as_one_by_one::<true>();
    }

    #[test]
    fn an_inverse_undoes_a_multiplication() {
        for odd in [1, 3, MULTIPLIER, u128::from(CHEAP), u128::MAX] {
            assert_eq!(odd.wrapping_mul(inverse(odd)), 1);
        }
    }
}
