//! Texts that NumPy 2.4 writes, and digits against the standard library's.

use super::*;

fn fixed(value: f64, options: Options) -> String {
    positional(&Float::from_f64(value), &options).unwrap()
}
fn exponential(value: f64, options: Options) -> String {
    scientific(&Float::from_f64(value), &options).unwrap()
}
fn with(precision: usize) -> Options {
    Options { precision: Some(precision), ..Options::default() }
}
fn exact(precision: usize) -> Options {
    Options { unique: false, ..with(precision) }
}
fn total(options: Options) -> Options {
    Options { fractional: false, ..options }
}
fn trim(trim: Trim, options: Options) -> Options {
    Options { trim, ..options }
}
fn least(min_digits: usize) -> Options {
    Options { min_digits: Some(min_digits), ..Options::default() }
}

#[test]
fn positional_forms() {
    let any = Options::default();
    for (value, options, text) in [
        (1.5, any, "1.5"),
        (1e20, any, "100000000000000000000."),
        (1e-7, any, "0.0000001"),
        (-0.0, any, "-0."),
        (f64::NAN, any, "nan"),
        (f64::INFINITY, Options { sign: true, ..any }, "+inf"),
        (0.1, exact(20), "0.10000000000000000555"),
        (0.1, trim(Trim::OneZero, exact(3)), "0.1"),
        (1.0, trim(Trim::Point, any), "1"),
        (1.0, trim(Trim::OneZero, any), "1.0"),
        (12345.678, with(2), "12345.68"),
        (12345.678, total(with(2)), "12000."),
        (1.5, Options { pad_left: Some(5), pad_right: Some(5), ..any }, "    1.5    "),
        (1.0, Options { pad_right: Some(0), trim: Trim::Point, ..any }, "1 "),
        (1.5, least(4), "1.5000"),
        (12.0, total(least(4)), "12.00"),
        (0.1, least(20), "0.10000000000000000555"),
        (0.5, with(0), "0."),
        (1.5, with(0), "2."),
        (2.5, with(0), "2."),
        (0.6, with(0), "1."),
        (0.04, with(1), "0.0"),
        (0.05, with(1), "0.1"),
        (0.006, with(2), "0.01"),
        (99.96, with(1), "100."),
        (1.203, with(2), "1.20"),
        (1.1999, with(2), "1.2"),
        (1.1999, exact(2), "1.20"),
        (9.9999, Options { min_digits: Some(2), ..with(3) }, "10.00"),
        (0.00123, total(exact(7)), "0.001230"),
        (5e-324, with(10), "0.0000000000"),
        (2f64.powi(200), total(with(3)), "1610000000000000000000000000000000000000000000000000000000000."),
        (2f64.powi(200), exact(3), "1606938044258990275541962092341162602522202993782792835301376.000"),
    ] {
        assert_eq!(fixed(value, options), text, "{value:?} {options:?}");
    }
    assert!(positional(&Float::from_f64(1.5), &Options { unique: false, ..any }).is_err());
}

#[test]
fn scientific_forms() {
    let any = Options::default();
    for (value, options, text) in [
        (1.5, any, "1.5e+00"),
        (1.0, any, "1.e+00"),
        (1.0, trim(Trim::Point, any), "1e+00"),
        (1.0, exact(3), "1.000e+00"),
        (123.456, with(0), "1.e+02"),
        (9.5, with(0), "1.e+01"),
        (99.99, with(1), "1.e+02"),
        (123.456, Options { exp_digits: Some(4), ..any }, "1.23456e+0002"),
        (1.5, Options { exp_digits: Some(0), ..any }, "1.5e+"),
        (123.456, Options { pad_left: Some(4), ..any }, "   1.23456e+02"),
        (0.1, least(20), "1.00000000000000005551e-01"),
        (5e-324, any, "5.e-324"),
        (0.0, exact(3), "0.000e+00"),
    ] {
        assert_eq!(exponential(value, options), text, "{value:?} {options:?}");
    }
}

#[test]
fn scalars() {
    let double = |v| scalar(&Float::from_f64(v));
    let single = |v| scalar(&Float::from_f32(v));
    let half = |bits| scalar(&Float::from_half_bits(bits));
    assert_eq!(
        [double(1e16), double(9999999999999998.0), double(1e-4), double(1e-5)],
        ["1e+16", "9999999999999998.0", "0.0001", "1e-05"]
    );
    assert_eq!(
        [single(1e-4), single(1e6), single(999999.94), single(0.1)],
        ["1e-04", "1e+06", "999999.94", "0.1"]
    );
    // 65504, 0.1, 1000, 999.5, and the smallest number.
    let halves = [0x7BFF, 0x2E66, 0x63D0, 0x63CF, 0x0001].map(half);
    assert_eq!(halves, ["6.55e+04", "0.1", "1e+03", "999.5", "6e-08"]);
    let complex = |re, im| complex_scalar(&Float::from_f64(re), &Float::from_f64(im));
    assert_eq!(complex(1.0, -0.0), "(1-0j)");
    assert_eq!(complex(0.0, -0.0), "-0j");
    assert_eq!(complex(-0.0, f64::NAN), "(-0+nanj)");
    assert_eq!(complex(f64::INFINITY, f64::NEG_INFINITY), "(inf-infj)");
}

/// The generator on exact expansions gives what the shortest-digits library gives.
#[test]
fn both_generators_agree() {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    for round in 0..2000u64 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Powers of two have uneven neighbours: every fourth number is one.
        let bits = if round % 4 == 0 { state & (0x7FF << 52) } else { state };
        let value = f64::from_bits(bits & !(1 << 63));
        if !value.is_finite() || value == 0.0 {
            continue;
        }
        let number = Float::from_f64(value);
        let slow = Float { width: Width::Extended, ..number };
        let options = Options::default();
        assert_eq!(scientific(&number, &options), scientific(&slow, &options), "{value:e}");
    }
}

#[test]
fn rounding_agrees_with_the_standard_library() {
    for value in [0.1, 2.675, 1.005, 123456.789, 2_045_276_158_298_417.3, 1e-9, 0.5, 1e22, 9.5, 99.95] {
        for precision in 0..20 {
            assert_eq!(
                fixed(value, trim(Trim::Keep, exact(precision))).trim_end_matches('.'),
                format!("{value:.precision$}")
            );
        }
    }
}
