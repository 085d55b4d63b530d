//! [`F80`]: the storage of C's `long double`, and its conversions. On x86-64 that is x87 extended precision (64 bits of
//! significand) in 16 bytes, converted by the x87 unit itself. Elsewhere the first eight bytes hold a float64, until
//! those platforms get their own format.
//!
//! The x87 unit has its own status register, which `base::fp_status` does not read; conversions that can overflow or
//! fail report through [`super::convert::Trouble`] instead.

/// A `long double` as it lies in memory: any ten-byte pattern in the first bytes is a value, the rest is padding.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(16))]
pub struct F80(pub [u8; 16]);

impl PartialEq for F80 {
    fn eq(&self, other: &F80) -> bool {
        self.partial_cmp(other) == Some(std::cmp::Ordering::Equal)
    }
}

#[cfg(target_arch = "x86_64")]
mod unit {
    use super::F80;
    use std::arch::asm;

    /// Runs two x87 instructions, a load from `$from` and a store-and-pop to `$to`, which leave the register stack as
    /// they found it: empty, as the ABI has it at any Rust statement.
    macro_rules! x87 {
        ($load:literal, $from:expr, $store:literal, $to:expr) => {
            // SAFETY: both operands are locals of the size the instructions access; the stack is empty before and
            // after, and every x87 register is declared clobbered.
            unsafe {
                asm!($load, $store, from = in(reg) $from, to = in(reg) $to,
                    out("st(0)") _, out("st(1)") _, out("st(2)") _, out("st(3)") _,
                    out("st(4)") _, out("st(5)") _, out("st(6)") _, out("st(7)") _,
                    options(nostack))
            }
        };
    }

    impl F80 {
        /// The nearest float64.
        #[inline]
        pub fn to_f64(self) -> f64 {
            let mut result = 0f64;
            x87!("fld tbyte ptr [{from}]", &self, "fstp qword ptr [{to}]", &mut result);
            result
        }
        /// The nearest float32.
        #[inline]
        pub fn to_f32(self) -> f32 {
            let mut result = 0f32;
            x87!("fld tbyte ptr [{from}]", &self, "fstp dword ptr [{to}]", &mut result);
            result
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod unit {
    use super::F80;

    impl F80 {
        /// The same value, exactly.
        pub fn from_f64(value: f64) -> F80 {
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&value.to_ne_bytes());
            F80(bytes)
        }
        /// The nearest value.
        pub fn from_i64(value: i64) -> F80 {
            F80::from_f64(value as f64)
        }
        /// The value as float64.
        pub fn to_f64(self) -> f64 {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&self.0[..8]);
            f64::from_ne_bytes(bytes)
        }
        /// The nearest float32.
        pub fn to_f32(self) -> f32 {
            self.to_f64() as f32
        }
    }
}

/// Sign, biased exponent and significand (with its explicit integer bit) of an x87 value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// True for a set sign bit.
    pub negative: bool,
    /// Biased by 16383; 32767 for infinities and NaNs.
    pub exponent: u16,
    /// The significand; its top bit is the integer bit.
    pub significand: u64,
}

const BIAS: i32 = 16383;
const SPECIAL: u16 = 0x7fff;

impl F80 {
    /// Zero.
    pub const ZERO: F80 = F80([0; 16]);

    /// The value in its parts. On platforms without the format, float64's value is laid out as x87 would.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub fn parts(self) -> Parts {
        let (low, high) = self.0.split_at(8);
        let significand = u64::from_le_bytes(low.try_into().unwrap_or_default());
        let top = u16::from_le_bytes([high[0], high[1]]);
        Parts { negative: top >> 15 != 0, exponent: top & SPECIAL, significand }
    }
    /// The value in its parts, as x87 would lay float64's value out.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn parts(self) -> Parts {
        let bits = self.to_f64().to_bits();
        let (negative, exponent, fraction) = (bits >> 63 != 0, (bits >> 52 & 0x7ff) as i32, bits << 12 >> 1);
        match exponent {
            0x7ff => Parts { negative, exponent: SPECIAL, significand: fraction | 1 << 63 },
            0 if fraction == 0 => Parts { negative, exponent: 0, significand: 0 },
            0 => {
                let shift = fraction.leading_zeros();
                let exponent = (BIAS - 1022 + 1 - shift as i32 - 1) as u16;
                Parts { negative, exponent, significand: fraction << shift }
            }
            _ => {
                Parts { negative, exponent: (exponent - 1023 + BIAS) as u16, significand: fraction | 1 << 63 }
            }
        }
    }
    /// A value from its parts.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub fn from_parts(parts: Parts) -> F80 {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&parts.significand.to_le_bytes());
        bytes[8..10].copy_from_slice(&(parts.exponent | u16::from(parts.negative) << 15).to_le_bytes());
        F80(bytes)
    }
    /// The same value, exactly. The x87 unit would do it by way of memory, several times slower.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub fn from_f64(value: f64) -> F80 {
        let bits = value.to_bits();
        let (negative, exponent, fraction) = (bits >> 63 != 0, (bits >> 52 & 0x7ff) as i32, bits << 12 >> 1);
        let parts = |exponent: i32, significand| Parts { negative, exponent: exponent as u16, significand };
        F80::from_parts(match exponent {
            // x87 marks the NaN it loads as quiet.
            0x7ff => parts(i32::from(SPECIAL), fraction | 1 << 63 | u64::from(fraction != 0) << 62),
            0 if fraction == 0 => parts(0, 0),
            0 => {
                let shift = fraction.leading_zeros();
                parts(BIAS - 1022 - shift as i32, fraction << shift)
            }
            _ => parts(exponent - 1023 + BIAS, fraction | 1 << 63),
        })
    }
    /// The same value, exactly.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub fn from_i64(value: i64) -> F80 {
        let mut result = F80::from_u64(value.unsigned_abs());
        result.0[9] |= u8::from(value < 0) << 7;
        result
    }
    /// The same value, exactly.
    #[inline]
    pub fn from_u64(value: u64) -> F80 {
        #[cfg(target_arch = "x86_64")]
        {
            if value == 0 {
                return F80::ZERO;
            }
            let shift = value.leading_zeros();
            let exponent = (BIAS + 63 - shift as i32) as u16;
            F80::from_parts(Parts { negative: false, exponent, significand: value << shift })
        }
        #[cfg(not(target_arch = "x86_64"))]
        F80::from_f64(value as f64)
    }
    /// True for NaNs, and for the patterns x87 calls invalid.
    #[inline]
    pub fn is_nan(self) -> bool {
        let parts = self.parts();
        let integer_bit = parts.significand >> 63 != 0;
        match parts.exponent {
            SPECIAL => !integer_bit || parts.significand << 1 != 0,
            0 => false,
            _ => !integer_bit,
        }
    }
    /// True for either infinity.
    pub fn is_infinite(self) -> bool {
        let parts = self.parts();
        parts.exponent == SPECIAL && parts.significand == 1 << 63
    }
    /// True for either zero.
    #[inline]
    pub fn is_zero(self) -> bool {
        let parts = self.parts();
        parts.exponent == 0 && parts.significand == 0
    }
    /// Truncated towards zero, if the result fits `i128` (it does below 2^127); NaN and larger values give `None`.
    #[inline]
    pub fn truncate(self) -> Option<i128> {
        let parts = self.parts();
        if self.is_nan() || i32::from(parts.exponent) >= BIAS + 127 {
            return None;
        }
        let shift = i32::from(parts.exponent) - BIAS - 63;
        let magnitude = match shift {
            ..=-64 => 0,
            -63..=0 => i128::from(parts.significand >> -shift),
            _ => i128::from(parts.significand) << shift,
        };
        Some(if parts.negative { -magnitude } else { magnitude })
    }
}

impl PartialOrd for F80 {
    /// NaN is unordered, zeros are equal.
    fn partial_cmp(&self, other: &F80) -> Option<std::cmp::Ordering> {
        if self.is_nan() || other.is_nan() {
            return None;
        }
        let key = |value: F80| {
            let parts = value.parts();
            let magnitude = (i128::from(parts.exponent) << 64) | i128::from(parts.significand);
            if parts.negative { -magnitude } else { magnitude }
        };
        Some(key(*self).cmp(&key(*other)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive() {
        for value in [0.0, -0.0, 1.0, -1.5, 5e-324, f64::MAX, f64::INFINITY, 0.1, 2f64.powi(62), -123456.789]
        {
            let wide = F80::from_f64(value);
            assert_eq!(wide.to_f64().to_bits(), value.to_bits());
            assert_eq!(wide.to_f32().to_bits(), (value as f32).to_bits());
            assert_eq!(wide.is_zero(), value == 0.0);
            assert_eq!(wide.truncate().map(|v| v as f64), (value.abs() < 1e38).then(|| value.trunc() + 0.0));
        }
        assert!(F80::from_f64(f64::NAN).is_nan() && F80::from_f64(f64::INFINITY).is_infinite());
        for value in [0, 1, -1, i64::MAX, i64::MIN, 1 << 53 | 1] {
            assert_eq!(F80::from_i64(value).truncate(), Some(i128::from(value)));
            assert_eq!(F80::from_u64(value as u64).truncate(), Some(i128::from(value as u64)));
        }
        assert!(F80::from_f64(-2.0) < F80::from_f64(-1.0) && F80::from_f64(0.0) == F80::from_f64(-0.0));
    }
}
