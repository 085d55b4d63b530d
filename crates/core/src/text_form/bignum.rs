//! Just enough big integers to write a binary fraction out in decimal: multiply by a small number, shift, and read the
//! digits.

/// A natural number; the lowest word first, no zero word on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Natural(Vec<u64>);

/// The largest power of ten in a word.
const TEN_19: u64 = 10_000_000_000_000_000_000;
/// The largest power of five in a word.
const FIVE_27: u64 = 7_450_580_596_923_828_125;

impl Natural {
    pub(super) fn new(value: u64) -> Natural {
        Natural(if value == 0 { Vec::new() } else { vec![value] })
    }

    pub(super) fn multiply(&mut self, factor: u64) {
        let mut carry = 0u64;
        for word in &mut self.0 {
            let product = *word as u128 * factor as u128 + carry as u128;
            *word = product as u64;
            carry = (product >> 64) as u64;
        }
        if carry != 0 {
            self.0.push(carry);
        }
    }

    pub(super) fn add(&mut self, mut value: u64) {
        for word in &mut self.0 {
            let (sum, carry) = word.overflowing_add(value);
            *word = sum;
            value = carry as u64;
        }
        if value != 0 {
            self.0.push(value);
        }
    }

    pub(super) fn multiply_power_of_five(&mut self, mut power: u32) {
        while power >= 27 {
            self.multiply(FIVE_27);
            power -= 27;
        }
        self.multiply(5u64.pow(power));
    }

    pub(super) fn shift_left(&mut self, bits: u32) {
        if self.0.is_empty() {
            return;
        }
        self.multiply(1 << (bits % 64));
        self.0.splice(0..0, std::iter::repeat_n(0, (bits / 64) as usize));
    }

    /// Divides by ten to the 19 and returns the remainder.
    fn divide(&mut self) -> u64 {
        let mut remainder = 0u64;
        for word in self.0.iter_mut().rev() {
            let value = (remainder as u128) << 64 | *word as u128;
            *word = (value / TEN_19 as u128) as u64;
            remainder = (value % TEN_19 as u128) as u64;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        remainder
    }

    /// The decimal digits (0 to 9), the first one not 0; none for 0.
    pub(super) fn digits(mut self) -> Vec<u8> {
        let mut digits = Vec::with_capacity(self.0.len() * 20);
        while !self.0.is_empty() {
            let mut chunk = self.divide();
            for _ in 0..19 {
                digits.push((chunk % 10) as u8);
                chunk /= 10;
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        digits.reverse();
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_products() {
        let mut number = Natural::new(7);
        number.multiply_power_of_five(30);
        number.shift_left(90);
        // 7 * 5^30 * 2^90 = 7 * 10^30 * 2^60
        let expected = (7u128 * (1u128 << 60)).to_string() + &"0".repeat(30);
        let text: String = number.digits().iter().map(|d| (b'0' + d) as char).collect();
        assert_eq!(text, expected);
        assert_eq!(Natural::new(0).digits(), []);
    }
}
