//! Seeds: entropy of any quality, mixed into the words that bit generators start from.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use sharray_random::seed;

/// Words of the pool that entropy is mixed into.
const POOL: usize = 4;

/// What a generator starts from: the system's entropy (`()`), a number, or several; NumPy's `SeedSequence`.
///
/// ```
/// use sharray::random::SeedSequence;
/// assert_eq!(SeedSequence::from(42).words(2), [3444837047, 2669555309]);
/// assert_ne!(SeedSequence::from(()).words(4), SeedSequence::from(()).words(4));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedSequence {
    entropy: Vec<u32>,
    spawn_key: Vec<u32>,
    children: u32,
}

impl SeedSequence {
    fn of(entropy: Vec<u32>) -> SeedSequence {
        SeedSequence { entropy, spawn_key: Vec::new(), children: 0 }
    }
    /// `count` words of state of 32 bits.
    ///
    /// ```
    /// use sharray::random::SeedSequence;
    /// assert_eq!(SeedSequence::from(0).words(1), [2968811710]);
    /// ```
    pub fn words(&self, count: usize) -> Vec<u32> {
        seed::generate(&self.pool(), count)
    }
    /// `count` words of state of 64 bits.
    ///
    /// ```
    /// use sharray::random::SeedSequence;
    /// assert_eq!(SeedSequence::from(0).words_u64(1), [2968811710 | 3677149159 << 32]);
    /// ```
    pub fn words_u64(&self, count: usize) -> Vec<u64> {
        seed::generate_u64(&self.pool(), count)
    }
    fn pool(&self) -> Vec<u32> {
        let mut words = self.entropy.clone();
        if !self.spawn_key.is_empty() {
            words.resize(words.len().max(POOL), 0);
        }
        words.extend(&self.spawn_key);
        seed::pool(&words, POOL)
    }
    /// `count` more seeds that follow from this one and give independent streams.
    ///
    /// ```
    /// use sharray::random::SeedSequence;
    /// let mut parent = SeedSequence::from(1);
    /// let children = parent.spawn(2);
    /// assert_ne!(children[0].words(4), children[1].words(4));
    /// assert_ne!(parent.spawn(1)[0], children[0]);
    /// ```
    pub fn spawn(&mut self, count: usize) -> Vec<SeedSequence> {
        let children = (0..count).map(|_| {
            let spawn_key = self.spawn_key.iter().copied().chain([self.children]).collect();
            self.children += 1;
            SeedSequence { entropy: self.entropy.clone(), spawn_key, children: 0 }
        });
        children.collect()
    }
}

/// The words of a number, lowest first; at least one.
fn words_of(number: u128) -> impl Iterator<Item = u32> {
    let count = (128 - number.leading_zeros()).div_ceil(32).max(1);
    (0..count).map(move |place| (number >> (32 * place)) as u32)
}

impl From<()> for SeedSequence {
    /// The system's entropy.
    fn from((): ()) -> SeedSequence {
        // The standard library keys its hash tables with random bits of the system: 128 of them, of which each hash is a
        // function that can't be turned round.
        let keys = RandomState::new();
        let word = |place: u64| {
            let mut hasher = keys.build_hasher();
            hasher.write_u64(place);
            hasher.finish() as u32
        };
        SeedSequence::of((0..POOL as u64).map(word).collect())
    }
}

/// Seeds that are one number.
macro_rules! numbers {
    ($($t:ty)*) => { $(
        impl From<$t> for SeedSequence {
            fn from(number: $t) -> SeedSequence {
                SeedSequence::of(words_of(number.into()).collect())
            }
        }
    )* };
}
numbers!(u8 u16 u32 u64 u128);

impl From<i32> for SeedSequence {
    /// A number as Rust's literals are. NumPy takes no negative ones; here they count as their 32 bits.
    fn from(number: i32) -> SeedSequence {
        (number as u32).into()
    }
}

impl From<&[u128]> for SeedSequence {
    fn from(numbers: &[u128]) -> SeedSequence {
        SeedSequence::of(numbers.iter().copied().flat_map(words_of).collect())
    }
}

impl<const N: usize> From<[u128; N]> for SeedSequence {
    fn from(numbers: [u128; N]) -> SeedSequence {
        numbers[..].into()
    }
}
