//! Scalar building blocks: conversions of half precision, division by a reciprocal.

use half::f16;
use sharray_kernels::arith::invariant::Invariant;
use sharray_kernels::float::{round_half, widen_half};

#[test]
fn half_conversions_are_exact_and_nearest() {
    for bits in 0..=u16::MAX {
        let half = f16::from_bits(bits);
        let single = widen_half(half);
        assert!(single.to_bits() == half.to_f32().to_bits() || single.is_nan() && half.is_nan(), "{bits:#x}");
        for near in [-1i32, 0, 1, 0xfff, 0x1000, 0x1001] {
            let value = f32::from_bits(single.to_bits().wrapping_add_signed(near));
            let (got, want) = (round_half(value), f16::from_f32(value));
            assert!(got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan(), "{value:e}");
        }
    }
}

#[test]
fn reciprocals_divide() {
    for divisor in 2..=i8::MAX {
        let reciprocal = i8::prepare(divisor).unwrap();
        for x in i8::MIN..=i8::MAX {
            assert_eq!(x.floor_by(reciprocal), x.div_euclid(divisor), "{x} / {divisor}");
        }
    }
    let values = [0, 1, 2, 3, 7, 10, 1 << 31, (1 << 31) - 1, 1 << 62, i64::MAX, i64::MAX - 1, 999_999_937];
    for &divisor in values.iter().filter(|&&d| d > 1) {
        let reciprocal = i64::prepare(divisor).unwrap();
        let near = |v: i64| {
            [v, v.wrapping_neg(), !v, v.wrapping_mul(divisor), v.wrapping_mul(divisor).wrapping_sub(1)]
        };
        for x in values.into_iter().flat_map(near) {
            assert_eq!(x.floor_by(reciprocal), x.div_euclid(divisor), "{x} / {divisor}");
        }
    }
    assert!(i64::prepare(0).is_none() && i64::prepare(1).is_none() && i64::prepare(-3).is_none());
}
