//! Integers in a range, without bias, by two methods:
//!
//! * *multiplying* (Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29, 2019): the upper half of
//!   `word · n`, rejecting few words by their lower half. What `Generator` uses.
//! * *masking*: a word cut to the bits of the largest value, again until it fits. What `RandomState` uses.
//!
//! Narrow integers are cut from 32-bit words, several from one ([`Pieces`]).

use crate::source::Source;

/// How integers are brought into a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Multiply and reject by the lower half.
    Multiply,
    /// Mask and reject what is too large.
    Mask,
}

/// All bits up to the highest one of `most`.
pub(crate) fn mask_of(most: u64) -> u64 {
    u64::MAX.checked_shr(most.leading_zeros()).unwrap_or(0)
}

/// A value in `0..=most`.
pub fn up_to<S: Source + ?Sized>(bits: &mut S, most: u64, method: Method) -> u64 {
    match u32::try_from(most) {
        Ok(narrow) => u64::from(up_to_u32(bits, narrow, method)),
        Err(_) if most == u64::MAX => bits.next_u64(),
        Err(_) if method == Method::Mask => masked(most, || bits.next_u64()),
        Err(_) => {
            let count = most + 1;
            let mut product = u128::from(bits.next_u64()) * u128::from(count);
            if (product as u64) < count {
                let least = (u64::MAX - most) % count;
                while (product as u64) < least {
                    product = u128::from(bits.next_u64()) * u128::from(count);
                }
            }
            (product >> 64) as u64
        }
    }
}

/// A value in `0..=most` from 32-bit words.
pub fn up_to_u32<S: Source + ?Sized>(bits: &mut S, most: u32, method: Method) -> u32 {
    match (most, method) {
        (0, _) => 0,
        (u32::MAX, _) => bits.next_u32(),
        (_, Method::Mask) => masked(most.into(), || bits.next_u32().into()) as u32,
        (_, Method::Multiply) => multiplied(32, most, || bits.next_u32()),
    }
}

fn masked(most: u64, mut next: impl FnMut() -> u64) -> u64 {
    let mask = mask_of(most);
    loop {
        let value = next() & mask;
        if value <= most {
            return value;
        }
    }
}

/// The multiplying method on words of `width` bits, at most 32.
fn multiplied(width: u32, most: u32, mut next: impl FnMut() -> u32) -> u32 {
    let all = u32::MAX >> (32 - width);
    let count = most + 1;
    let mut product = u64::from(next()) * u64::from(count);
    if (product as u32 & all) < count {
        let least = (all - most) % count;
        while (product as u32 & all) < least {
            product = u64::from(next()) * u64::from(count);
        }
    }
    (product >> width) as u32
}

/// 32-bit words cut into pieces of 1, 8 or 16 bits, the lowest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pieces {
    word: u32,
    left: u32,
}

impl Pieces {
    fn next<S: Source + ?Sized>(&mut self, bits: &mut S, width: u32) -> u32 {
        if self.left == 0 {
            self.word = bits.next_u32();
            self.left = 32 / width;
        } else {
            self.word >>= width;
        }
        self.left -= 1;
        self.word & (u32::MAX >> (32 - width))
    }
    /// A value in `0..=most` of `width` 1, 8 or 16 bits.
    pub fn up_to<S: Source + ?Sized>(&mut self, bits: &mut S, width: u32, most: u32, method: Method) -> u32 {
        let all = u32::MAX >> (32 - width);
        match (most, method) {
            (0, _) => 0,
            (most, _) if most == all => self.next(bits, width),
            (_, Method::Mask) => masked(most.into(), || self.next(bits, width).into()) as u32,
            (_, Method::Multiply) => multiplied(width, most, || self.next(bits, width)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::Pcg64;

    #[test]
    fn values_stay_in_range_and_reach_its_ends() {
        let mut bits = Pcg64::seeded(1, 2);
        for method in [Method::Mask, Method::Multiply] {
            let mut pieces = Pieces::default();
            for most in [0u64, 1, 2, 6, 100, 255] {
                let seen: Vec<u64> = (0..5000).map(|_| up_to(&mut bits, most, method)).collect();
                assert_eq!((seen.iter().min(), seen.iter().max()), (Some(&0), Some(&most)));
                let seen: Vec<u32> =
                    (0..5000).map(|_| pieces.up_to(&mut bits, 8, most as u32, method)).collect();
                assert_eq!((seen.iter().min(), seen.iter().max()), (Some(&0), Some(&(most as u32))));
            }
            for most in [1 << 32, (1 << 63) + 5, u64::MAX - 1, u64::MAX] {
                assert!((0..1000).all(|_| up_to(&mut bits, most, method) <= most));
            }
        }
        assert_eq!([0, 1, 5, 8, u64::MAX].map(mask_of), [0, 1, 7, 15, u64::MAX]);
    }
}
