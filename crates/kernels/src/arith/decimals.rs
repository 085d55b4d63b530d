//! Rounding to a decimal place in one pass: scaled so that the place is the units', rounded half to even, scaled back. The
//! three operations are those of `multiply`, `rint` and `true_divide` one after the other, bit for bit and flag for flag.

use sharray_base::TypeNum;

use crate::float::Float;
use crate::isa::{self, Level, shell};
use crate::loop_abi::Loop;

use shell::Binary;

/// Rounds `a` to a multiple of `1 / scale`.
struct Behind;
/// Rounds `a` to a multiple of `scale`.
struct Before;

impl<T: Float> Binary<T> for Behind {
    type Out = T;
    #[inline(always)]
    fn apply(a: T, scale: T) -> T {
        (a * scale).rint() / scale
    }
}

impl<T: Float> Binary<T> for Before {
    type Out = T;
    #[inline(always)]
    fn apply(a: T, scale: T) -> T {
        (a / scale).rint() * scale
    }
}

/// The loop of operands value, scale (a power of ten) and result, in single or double precision: to places behind the
/// decimal point, or before it. `None` for other types.
pub fn rounding(num: TypeNum, behind: bool) -> Option<Loop> {
    let levels: [Loop; Level::COUNT] = match (num, behind) {
        (TypeNum::Float, true) => shell::binary::<Behind, f32, f32>(),
        (TypeNum::Float, false) => shell::binary::<Before, f32, f32>(),
        (TypeNum::Double, true) => shell::binary::<Behind, f64, f64>(),
        (TypeNum::Double, false) => shell::binary::<Before, f64, f64>(),
        _ => return None,
    };
    Some(levels[isa::active() as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `value` rounded by the loop.
    fn rounded(value: f64, scale: f64, behind: bool) -> f64 {
        let mut out = f64::NAN;
        let code = rounding(TypeNum::Double, behind).expect("doubles are rounded");
        let args = [
            (&raw const value).cast_mut().cast(),
            (&raw const scale).cast_mut().cast(),
            (&raw mut out).cast(),
        ];
        // SAFETY: one element of each operand.
        unsafe { code(args.as_ptr(), &1, [8, 0, 8].as_ptr(), std::ptr::null_mut()) };
        out
    }

    #[test]
    fn halves_go_to_the_even_digit() {
        for (value, scale, behind, expected) in [
            (2.5, 10.0, true, 2.5),
            (0.125, 100.0, true, 0.12),
            (0.375, 100.0, true, 0.38),
            (-1.005, 100.0, true, -1.0),
            (25.0, 10.0, false, 20.0),
            (35.0, 10.0, false, 40.0),
            (-0.04, 10.0, true, -0.0),
        ] {
            let (result, expected): (f64, f64) = (rounded(value, scale, behind), expected);
            assert_eq!(result.to_bits(), expected.to_bits(), "{value} by {scale} gave {result}");
        }
        assert!(rounded(f64::NAN, 10.0, true).is_nan());
        assert_eq!(rounded(f64::INFINITY, 10.0, true), f64::INFINITY);
    }

    #[test]
    fn other_types_have_none() {
        assert!(rounding(TypeNum::Half, true).is_none());
        assert!(rounding(TypeNum::Long, false).is_none());
    }
}
