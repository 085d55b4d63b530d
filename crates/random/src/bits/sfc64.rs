//! SFC64: Chris Doty-Humphrey's small fast chaotic generator, 256 bits of state of which 64 are a counter.

use crate::ahead::Words;
use crate::source::{Source, unit};

use super::Halves;

/// The generator.
#[derive(Clone, Debug, Default)]
pub struct Sfc64 {
    state: [u64; 4],
    halves: Halves,
}

impl Sfc64 {
    /// Seeded with three words; twelve outputs are thrown away to mix them.
    pub fn seeded(words: [u64; 3]) -> Self {
        let mut generator = Sfc64 { state: [words[0], words[1], words[2], 1], halves: Halves::default() };
        for _ in 0..12 {
            generator.next_u64();
        }
        generator
    }
}

impl Source for Sfc64 {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        let [a, b, c, counter] = self.state;
        let result = a.wrapping_add(b).wrapping_add(counter);
        self.state = [
            b ^ (b >> 11),
            c.wrapping_add(c << 3),
            c.rotate_left(24).wrapping_add(result),
            counter.wrapping_add(1),
        ];
        result
    }
    fn next_u32(&mut self) -> u32 {
        if let Some(half) = self.halves.take() {
            half
        } else {
            let word = self.next_u64();
            self.halves.split(word)
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

impl Words for Sfc64 {}

impl super::State for Sfc64 {
    fn words(&self) -> Vec<u64> {
        let mut words = self.state.to_vec();
        words.extend(self.halves.words());
        words
    }
    fn set_words(&mut self, words: &[u64]) -> bool {
        let &[a, b, c, counter, has, half] = words else { return false };
        *self = Sfc64 { state: [a, b, c, counter], halves: Halves::from_words(has, half) };
        true
    }
    fn seed(&mut self, words: &[u64]) -> bool {
        let &[a, b, c] = words else { return false };
        *self = Sfc64::seeded([a, b, c]);
        true
    }
}
