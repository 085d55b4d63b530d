//! Jumping ahead in the Mersenne Twister.
//!
//! One step of the generator is a linear map T over GF(2), so 2¹²⁸ steps are `g(T)` with `g = x^(2^128) mod p`, where p
//! is T's characteristic polynomial of degree 19937 (Haramoto, Matsumoto, Nishimura, Panneton, L'Ecuyer, "Efficient Jump
//! Ahead for F2-Linear Random Number Generators", INFORMS J. Comput. 20, 2008). Horner's rule applies g to a state:
//!
//! ```text
//! r := s;  for each lower coefficient of g:  r := T r;  if it is 1:  r := r + s
//! ```
//!
//! p is known in closed form (Matsumoto, Nishimura 1998, appendix) and has few terms, so that g takes 128 squarings with
//! a quick reduction each: a few milliseconds, once in a process. Shipping g as a table would be 2,500 opaque bytes.

use std::sync::OnceLock;

use super::mt19937::{MIDDLE, TWIST, WORDS, twisted};

/// Degree of the characteristic polynomial.
const DEGREE: usize = 19937;
/// One jump is 2 to this power steps.
const JUMP_BITS: usize = 128;

/// A polynomial over GF(2), coefficient of xⁱ in bit i.
type Polynomial = Vec<u64>;

fn bit(polynomial: &[u64], place: usize) -> bool {
    polynomial[place / 64] >> (place % 64) & 1 == 1
}

/// Adds 64 coefficients at `place`.
fn add_word(polynomial: &mut [u64], place: usize, word: u64) {
    let (index, shift) = (place / 64, place % 64);
    polynomial[index] ^= word << shift;
    if shift > 0 {
        polynomial[index + 1] ^= word >> (64 - shift);
    }
}

/// Exponents of the characteristic polynomial without the leading one:
/// with `u = x^n + x^m` and `v = x^(n-1) + x^(m-1)` it is `u v^31 + Σ a_i u v^(30-i) + a_31`, where `a_i` are the bits of
/// the twist word and powers of `v` are spread by the binomial theorem modulo 2.
fn lower_exponents() -> Vec<usize> {
    let mut odd = vec![false; DEGREE + 1];
    let mut add_product = |power: usize| {
        // C(power, j) is odd exactly when the bits of j are among those of power (Lucas).
        for j in (0..=power).filter(|j| j & power == *j) {
            let exponent = (WORDS - 1) * j + (MIDDLE - 1) * (power - j);
            odd[exponent + WORDS] ^= true;
            odd[exponent + MIDDLE] ^= true;
        }
    };
    add_product(31);
    (0..31).filter(|i| TWIST >> i & 1 == 1).for_each(|i| add_product(30 - i));
    odd[0] ^= TWIST >> 31 == 1;
    debug_assert!(odd[DEGREE]);
    (0..DEGREE).filter(|&exponent| odd[exponent]).collect()
}

/// The square modulo the characteristic polynomial.
fn square(polynomial: &[u64], lower: &[usize]) -> Polynomial {
    let mut wide = vec![0; 2 * polynomial.len() + 1];
    for (i, &word) in polynomial.iter().enumerate() {
        wide[2 * i] = spread(word as u32);
        wide[2 * i + 1] = spread((word >> 32) as u32);
    }
    // Whole words at and above the degree first; the next lower exponent is more than 64 below the degree, so a word's
    // reduction never reaches into itself.
    let lowest = DEGREE.div_ceil(64);
    for index in (lowest..wide.len()).rev() {
        reduce(&mut wide, index * 64, u64::MAX, lower);
    }
    reduce(&mut wide, lowest * 64 - 64, u64::MAX << (DEGREE % 64), lower);
    wide.truncate(polynomial.len());
    wide
}

/// Removes the masked coefficients of the word at `place`, all of them at or above the degree.
fn reduce(polynomial: &mut [u64], place: usize, mask: u64, lower: &[usize]) {
    let word = polynomial[place / 64] & mask;
    polynomial[place / 64] ^= word;
    let shift = mask.trailing_zeros();
    let excess = place + shift as usize - DEGREE;
    for &exponent in lower {
        add_word(polynomial, excess + exponent, word >> shift);
    }
}

/// A zero between every two bits.
fn spread(half: u32) -> u64 {
    (0..32).fold(0, |wide, i| wide | u64::from(half >> i & 1) << (2 * i))
}

/// x^(2^128) modulo the characteristic polynomial.
fn jump_polynomial() -> &'static [u64] {
    static JUMP: OnceLock<Polynomial> = OnceLock::new();
    JUMP.get_or_init(|| {
        let lower = lower_exponents();
        let mut power = vec![0; DEGREE / 64 + 1];
        power[0] = 2;
        (0..JUMP_BITS).for_each(|_| power = square(&power, &lower));
        power
    })
}

/// A state whose oldest word stands at `place`.
#[derive(Clone)]
struct Ring {
    words: [u32; WORDS],
    place: usize,
}

impl Ring {
    fn step(&mut self) {
        let at = |i: usize| self.words[(self.place + i) % WORDS];
        self.words[self.place] = twisted(at(0), at(1), at(MIDDLE));
        self.place = (self.place + 1) % WORDS;
    }
    fn add(&mut self, other: &Ring) {
        for i in 0..WORDS {
            self.words[(self.place + i) % WORDS] ^= other.words[(other.place + i) % WORDS];
        }
    }
}

/// The state 2¹²⁸ steps ahead: its words, and the place of the oldest one.
pub(super) fn jumped(words: &[u32; WORDS], used: usize) -> ([u32; WORDS], usize) {
    let start = Ring { words: *words, place: used % WORDS };
    let jump = jump_polynomial();
    let degree = (0..DEGREE).rev().find(|&place| bit(jump, place)).unwrap_or(0);
    let mut ring = start.clone();
    for place in (0..degree).rev() {
        ring.step();
        if bit(jump, place) {
            ring.add(&start);
        }
    }
    (ring.words, ring.place)
}
