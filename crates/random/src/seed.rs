//! Seeds: a few words of entropy of any quality, hashed into as many well-mixed words of state as a generator wants.
//!
//! The method is Melissa O'Neill's `seed_seq` with avalanche properties ("Developing a seed_seq Alternative", 2015):
//! entropy is hashed into a pool of 32-bit words, every word is mixed into every other, and output words are hashes of
//! the pool taken in turn.

const INIT_A: u32 = 0x43b0d7e5;
const MULT_A: u32 = 0x931e8875;
const INIT_B: u32 = 0x8b51f9dd;
const MULT_B: u32 = 0x58f38ded;
const MIX_LEFT: u32 = 0xca01f9dd;
const MIX_RIGHT: u32 = 0x4973f715;
const SHIFT: u32 = 16;

/// The least number of words in a pool.
pub const MIN_POOL: usize = 4;

/// A hash whose constant changes with every use.
struct Hash(u32);

impl Hash {
    fn of(&mut self, value: u32) -> u32 {
        let value = value ^ self.0;
        self.0 = self.0.wrapping_mul(MULT_A);
        let value = value.wrapping_mul(self.0);
        value ^ (value >> SHIFT)
    }
}

fn mix(x: u32, y: u32) -> u32 {
    let result = MIX_LEFT.wrapping_mul(x).wrapping_sub(MIX_RIGHT.wrapping_mul(y));
    result ^ (result >> SHIFT)
}

/// The pool of `size` words that `entropy` mixes to.
pub fn pool(entropy: &[u32], size: usize) -> Vec<u32> {
    let mut hash = Hash(INIT_A);
    let mut pool: Vec<u32> = (0..size).map(|i| hash.of(entropy.get(i).copied().unwrap_or(0))).collect();
    for source in 0..size {
        for target in (0..size).filter(|&target| target != source) {
            pool[target] = mix(pool[target], hash.of(pool[source]));
        }
    }
    for &word in entropy.iter().skip(size) {
        for target in &mut pool {
            *target = mix(*target, hash.of(word));
        }
    }
    pool
}

/// `count` words of state from a pool.
pub fn generate(pool: &[u32], count: usize) -> Vec<u32> {
    let mut constant = INIT_B;
    let words = pool.iter().cycle().take(count).map(|&word| {
        let word = word ^ constant;
        constant = constant.wrapping_mul(MULT_B);
        let word = word.wrapping_mul(constant);
        word ^ (word >> SHIFT)
    });
    words.collect()
}

/// `count` 64-bit words of state from a pool: two 32-bit ones each, the lower half first.
pub fn generate_u64(pool: &[u32], count: usize) -> Vec<u64> {
    let halves = generate(pool, 2 * count);
    halves.chunks_exact(2).map(|pair| u64::from(pair[0]) | u64::from(pair[1]) << 32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words() {
        // The state that NumPy's SeedSequence(0) and SeedSequence(42) generate.
        assert_eq!(generate(&pool(&[0], 4), 4), [2968811710, 3677149159, 745650761, 2884920346]);
        assert_eq!(generate(&pool(&[42], 4), 2), [3444837047, 2669555309]);
        assert_eq!(generate_u64(&pool(&[0], 4), 1), [2968811710 | 3677149159 << 32]);
    }
}
