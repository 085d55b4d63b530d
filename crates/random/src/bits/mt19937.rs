//! MT19937: the Mersenne Twister of Matsumoto and Nishimura (ACM TOMACS 8, 1998), 624 words of 32 bits.

use crate::ahead::Words;
use crate::source::Source;

use super::State;
use super::twister_jump;

/// Words of state.
pub(super) const WORDS: usize = 624;
pub(super) const MIDDLE: usize = 397;
pub(super) const TWIST: u32 = 0x9908b0df;
pub(super) const UPPER: u32 = 0x80000000;

/// The generator.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    words: [u32; WORDS],
    /// Number of words given out since the last renewal.
    used: usize,
}

impl Default for Mt19937 {
    fn default() -> Self {
        Mt19937::from_int(5489)
    }
}

/// The word that follows from three of the sequence: the one 624 places back, its successor, and one between.
pub(super) fn twisted(oldest: u32, next: u32, middle: u32) -> u32 {
    let joined = (oldest & UPPER) | (next & !UPPER);
    middle ^ (joined >> 1) ^ ((joined & 1).wrapping_neg() & TWIST)
}

impl Mt19937 {
    /// Seeded with one word, spread by Knuth's linear generator.
    pub fn from_int(seed: u32) -> Self {
        let mut words = [0; WORDS];
        words[0] = seed;
        for i in 1..WORDS {
            let previous = words[i - 1] ^ (words[i - 1] >> 30);
            words[i] = 1812433253u32.wrapping_mul(previous).wrapping_add(i as u32);
        }
        Mt19937 { words, used: WORDS }
    }
    /// Seeded with several words (the authors' `init_by_array`); an empty slice counts as one zero.
    pub fn from_words(seed: &[u32]) -> Self {
        let seed = if seed.is_empty() { &[0] } else { seed };
        let mut generator = Mt19937::from_int(19650218);
        let words = &mut generator.words;
        let mut i = 1;
        for round in 0..WORDS.max(seed.len()) {
            let j = round % seed.len();
            let previous = (words[i - 1] ^ (words[i - 1] >> 30)).wrapping_mul(1664525);
            words[i] = (words[i] ^ previous).wrapping_add(seed[j]).wrapping_add(j as u32);
            i = advanced(words, i);
        }
        for _ in 1..WORDS {
            let previous = (words[i - 1] ^ (words[i - 1] >> 30)).wrapping_mul(1566083941);
            words[i] = (words[i] ^ previous).wrapping_sub(i as u32);
            i = advanced(words, i);
        }
        words[0] = UPPER;
        generator
    }
    /// A generator in a given state; `None` if `used` is more than the number of words.
    pub fn from_state(words: [u32; WORDS], used: usize) -> Option<Self> {
        (used <= WORDS).then_some(Mt19937 { words, used })
    }
    /// The next 624 words of the sequence, in three parts in which what is read and what is written don't overlap.
    fn renew(&mut self) {
        const AHEAD: usize = WORDS - MIDDLE;
        let (front, back) = self.words.split_at_mut(AHEAD);
        step(front, back[0], &back[MIDDLE - AHEAD..]);
        let (first, second) = back.split_at_mut(AHEAD);
        step(first, second[0], front);
        step(second, front[0], first);
        self.used = 0;
    }
    /// Fills `out` with `make(word)` of 64-bit words.
    fn fill_pairs<T>(&mut self, out: &mut [T], make: impl Fn(u64) -> T) {
        let mut words = [[0u32; 2]; 128];
        for chunk in out.chunks_mut(words.len()) {
            let words = &mut words[..chunk.len()];
            self.fill_u32(words.as_flattened_mut());
            chunk.iter_mut().zip(words).for_each(|(slot, pair)| *slot = make(joined(*pair)));
        }
    }
    /// The state as if 2¹²⁸ words had been drawn.
    pub fn jump(&mut self) {
        (self.words, self.used) = twister_jump::jumped(&self.words, self.used);
    }
}

/// The place after `i`; at the end the first word becomes the last, and it goes on behind it.
fn advanced(words: &mut [u32; WORDS], i: usize) -> usize {
    if i + 1 < WORDS {
        return i + 1;
    }
    words[0] = words[WORDS - 1];
    1
}

/// Replaces `words` by those that follow from them, `after` (what comes behind the last) and those in the `middle`.
fn step(words: &mut [u32], after: u32, middle: &[u32]) {
    let Some(last) = words.len().checked_sub(1) else { return };
    for i in 0..last {
        words[i] = twisted(words[i], words[i + 1], middle[i]);
    }
    words[last] = twisted(words[last], after, middle[last]);
}

/// The word given out for one of the state.
#[inline(always)]
fn tempered(mut word: u32) -> u32 {
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^ (word >> 18)
}

/// A 64-bit word of two, the upper one first.
fn joined([high, low]: [u32; 2]) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

impl Words for Mt19937 {
    /// From 27 bits of the first word and 26 of the second.
    fn double(word: u64) -> f64 {
        let (high, low) = ((word >> 37) as i32, (word as u32 >> 6) as i32);
        (f64::from(high) * 67108864.0 + f64::from(low)) / 9007199254740992.0
    }
}

impl Source for Mt19937 {
    fn next_u64(&mut self) -> u64 {
        joined([self.next_u32(), self.next_u32()])
    }
    #[inline]
    fn next_u32(&mut self) -> u32 {
        if self.used == WORDS {
            self.renew();
        }
        self.used += 1;
        tempered(self.words[self.used - 1])
    }
    fn next_f64(&mut self) -> f64 {
        Self::double(self.next_u64())
    }
    fn fill_u32(&mut self, out: &mut [u32]) {
        let mut rest = out;
        while !rest.is_empty() {
            if self.used == WORDS {
                self.renew();
            }
            let ready = &self.words[self.used..];
            let (now, later) = rest.split_at_mut(ready.len().min(rest.len()));
            now.iter_mut().zip(ready).for_each(|(slot, word)| *slot = tempered(*word));
            self.used += now.len();
            rest = later;
        }
    }
    fn fill_u64(&mut self, out: &mut [u64]) {
        self.fill_pairs(out, |word| word);
    }
    fn fill_f64(&mut self, out: &mut [f64]) {
        self.fill_pairs(out, Self::double);
    }
    fn next_raw(&mut self) -> u64 {
        u64::from(self.next_u32())
    }
}

impl State for Mt19937 {
    /// The words, then how many of them are used.
    fn words(&self) -> Vec<u64> {
        self.words.iter().map(|&word| u64::from(word)).chain([self.used as u64]).collect()
    }
    fn set_words(&mut self, words: &[u64]) -> bool {
        let Some((&used, words)) = words.split_last() else { return false };
        if words.len() != WORDS || used > WORDS as u64 {
            return false;
        }
        *self = Mt19937 { words: std::array::from_fn(|i| words[i] as u32), used: used as usize };
        true
    }
    fn seed(&mut self, words: &[u64]) -> bool {
        let words: Vec<u32> = words.iter().map(|&word| word as u32).collect();
        *self = Mt19937::from_words(&words);
        true
    }
    fn seed_int(&mut self, seed: u32) -> bool {
        *self = Mt19937::from_int(seed);
        true
    }
    fn jump(&mut self) -> bool {
        self.jump();
        true
    }
}
