//! Philox 4x64: a counter of 256 bits, enciphered in ten rounds under a key of 128 bits.
//!
//! Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11.

use crate::ahead::Words;
use crate::source::{Source, unit};

use super::{Halves, State};

const ROUNDS: usize = 10;
const MULTIPLIERS: [u64; 2] = [0xd2e7470ee14c6c93, 0xca5a826395121157];
/// What is added to the key after each round: the golden section, and √3 − 1, as fractions of 2⁶⁴.
const WEYL: [u64; 2] = [0x9e3779b97f4a7c15, 0xbb67ae8584caa73b];

/// The generator.
#[derive(Clone, Debug)]
pub struct Philox {
    counter: [u64; 4],
    key: [u64; 2],
    buffer: [u64; 4],
    used: usize,
    halves: Halves,
}

impl Default for Philox {
    fn default() -> Self {
        Philox::new([0; 4], [0; 2])
    }
}

/// Upper and lower half of a product.
fn product(a: u64, b: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b);
    ((wide >> 64) as u64, wide as u64)
}

/// The block of four words for a counter under a key.
fn block(counter: [u64; 4], mut key: [u64; 2]) -> [u64; 4] {
    let mut words = counter;
    for round in 0..ROUNDS {
        if round > 0 {
            key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
        }
        let (high0, low0) = product(MULTIPLIERS[0], words[0]);
        let (high1, low1) = product(MULTIPLIERS[1], words[2]);
        words = [high1 ^ words[1] ^ key[0], low1, high0 ^ words[3] ^ key[1], low0];
    }
    words
}

/// The sum of two little-endian numbers of 256 bits.
fn sum(a: [u64; 4], b: [u64; 4]) -> [u64; 4] {
    let mut carry = false;
    std::array::from_fn(|i| {
        let (part, over) = a[i].overflowing_add(b[i]);
        let (part, again) = part.overflowing_add(u64::from(carry));
        carry = over || again;
        part
    })
}

impl Philox {
    /// A generator that starts behind `counter` (lowest word first).
    pub fn new(counter: [u64; 4], key: [u64; 2]) -> Self {
        Philox { counter, key, buffer: [0; 4], used: 4, halves: Halves::default() }
    }
    fn moved(&mut self, by: [u64; 4]) {
        *self = Philox::new(sum(self.counter, by), self.key);
    }
}

impl Source for Philox {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        if self.used == 4 {
            self.counter = sum(self.counter, [1, 0, 0, 0]);
            self.buffer = block(self.counter, self.key);
            self.used = 0;
        }
        self.used += 1;
        self.buffer[self.used - 1]
    }
    fn next_u32(&mut self) -> u32 {
        match self.halves.take() {
            Some(half) => half,
            None => {
                let word = self.next_u64();
                self.halves.split(word)
            }
        }
    }
    fn fill_u32(&mut self, out: &mut [u32]) {
        let mut halves = self.halves;
        halves.fill(out, |words| self.fill_u64(words));
        self.halves = halves;
    }
    fn next_f64(&mut self) -> f64 {
        unit(self.next_u64())
    }
}

impl Words for Philox {}

impl State for Philox {
    /// Counter, key, buffer, number of used words in the buffer, and the kept half.
    fn words(&self) -> Vec<u64> {
        let mut words = [&self.counter[..], &self.key, &self.buffer, &[self.used as u64]].concat();
        words.extend(self.halves.words());
        words
    }
    fn set_words(&mut self, words: &[u64]) -> bool {
        let &[a, b, c, d, k, l, w, x, y, z, used, has, half] = words else { return false };
        if used > 4 {
            return false;
        }
        *self = Philox {
            counter: [a, b, c, d],
            key: [k, l],
            buffer: [w, x, y, z],
            used: used as usize,
            halves: Halves::from_words(has, half),
        };
        true
    }
    /// The key; the counter starts at 0. Six words give the counter too.
    fn seed(&mut self, words: &[u64]) -> bool {
        match *words {
            [k, l] => *self = Philox::new([0; 4], [k, l]),
            [k, l, a, b, c, d] => *self = Philox::new([a, b, c, d], [k, l]),
            _ => return false,
        }
        true
    }
    /// Counts blocks of four words.
    fn advance(&mut self, delta: [u64; 4]) -> bool {
        self.moved(delta);
        true
    }
    /// 2¹²⁸ blocks ahead.
    fn jump(&mut self) -> bool {
        self.moved([0, 0, 1, 0]);
        true
    }
}
