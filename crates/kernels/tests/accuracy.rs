//! Accuracy of the mathematical functions: within 1 ULP of `long double` results, on every level, over ranges of
//! every size; and the flags of special arguments.
#![cfg(target_arch = "x86_64")]

mod common;

use common::levels;
use sharray_base::TypeNum;
use sharray_base::fp_status::FpStatus;
use sharray_kernels::definitions::find;
use sharray_kernels::extended::Extended;
use sharray_kernels::isa::Level;

/// Runs the double-precision loop of a function.
fn run(name: &str, level: Level, x: &[f64]) -> (Vec<f64>, FpStatus) {
    let entry = find(name).unwrap().entries.iter().find(|e| e.types[0] == TypeNum::Double).unwrap();
    let mut y = vec![0.0; x.len()];
    let pointers = [x.as_ptr().cast_mut().cast(), y.as_mut_ptr().cast()];
    let status = common::call(entry, level, &pointers, x.len(), &[8, 8]);
    (y, status)
}

/// The single-precision loop.
fn run_single(name: &str, level: Level, x: &[f32]) -> Vec<f32> {
    let entry = find(name).unwrap().entries.iter().find(|e| e.types[0] == TypeNum::Float).unwrap();
    let mut y = vec![0.0; x.len()];
    let pointers = [x.as_ptr().cast_mut().cast(), y.as_mut_ptr().cast()];
    common::call(entry, level, &pointers, x.len(), &[4, 4]);
    y
}

/// `count` numbers spread evenly, and as many of every magnitude, within the range.
fn arguments(low: f64, high: f64) -> Vec<f64> {
    let count = 20_000;
    let even = (0..count).map(|i| low + (high - low) * ((i as f64 * 0.618_033_988_749_895) % 1.0));
    let magnitudes = (0..count).flat_map(|i| {
        let size = 10f64.powf(-12.0 + 24.0 * ((i as f64 * 0.754_877_666_246_693) % 1.0));
        [size, -size, 1.0 + size / 1e13]
    });
    even.chain(magnitudes).filter(|x| (low..=high).contains(x)).collect()
}

/// Distance from the true value in units of the last place of a type with `digits` bits.
fn ulps(got: Extended, want: Extended, digits: i32) -> f64 {
    let (_, exponent) = want.frexp();
    (got - want).ldexp(digits - exponent).to_f64().abs()
}

fn check(name: &str, reference: fn(Extended) -> Extended, (low, high): (f64, f64), bound: f64) {
    let x = arguments(low, high);
    for level in levels() {
        let (y, status) = run(name, level, &x);
        assert_eq!(status, FpStatus::empty(), "{name} {level:?}");
        let mut worst = (0.0, 0.0);
        for (&x, &y) in x.iter().zip(&y) {
            let error = ulps(Extended::from_f64(y), reference(Extended::from_f64(x)), 53);
            // A NaN is the worst of all.
            if error > worst.0 || error.is_nan() {
                worst = (error, x);
            }
        }
        assert!(worst.0 <= bound, "{name} {level:?}: {:.3} ULP at {:e}", worst.0, worst.1);
        let singles: Vec<f32> =
            x.iter().map(|&x| x as f32).filter(|&x| (low..=high).contains(&(x as f64))).collect();
        for (&x, y) in singles.iter().zip(run_single(name, level, &singles)) {
            let want = reference(Extended::from_f64(x as f64));
            if (1e-37..3e38).contains(&want.to_f64().abs()) {
                let error = ulps(Extended::from_f64(y as f64), want, 24);
                assert!(error <= 1.0, "{name} {level:?}: {error:.3} ULP at {x:e} in single precision");
            }
        }
    }
}

#[test]
fn exponentials_and_logarithms() {
    check("exp", Extended::exp, (-700.0, 700.0), 1.0);
    check("exp2", Extended::exp2, (-1000.0, 1000.0), 1.0);
    check("expm1", Extended::expm1, (-40.0, 700.0), 1.0);
    check("log", Extended::log, (1e-12, 1e12), 1.0);
    check("log2", Extended::log2, (1e-12, 1e12), 1.0);
    check("log10", Extended::log10, (1e-12, 1e12), 1.0);
    check("log1p", Extended::log1p, (-0.98, 1e12), 1.0);
}

#[test]
fn circular_functions() {
    check("sin", Extended::sin, (-1e6, 1e6), 1.0);
    check("cos", Extended::cos, (-1e6, 1e6), 1.0);
    check("tan", Extended::tan, (-1e6, 1e6), 1.0);
    check("arcsin", Extended::asin, (-1.0, 1.0), 1.0);
    check("arccos", Extended::acos, (-1.0, 1.0), 1.0);
    check("arctan", Extended::atan, (-1e12, 1e12), 1.0);
}

#[test]
fn hyperbolic_functions() {
    check("tanh", Extended::tanh, (-21.0, 21.0), 1.0);
    check("sinh", Extended::sinh, (-700.0, 700.0), 1.0);
    check("cosh", Extended::cosh, (-700.0, 700.0), 1.0);
    check("arcsinh", Extended::asinh, (-1e12, 1e12), 1.0);
    check("arccosh", Extended::acosh, (1.000_000_1, 1e12), 1.0);
    check("arctanh", Extended::atanh, (-0.999_999, 0.999_999), 1.0);
    check("cbrt", Extended::cbrt, (-1e12, 1e12), 1.0);
}

#[test]
fn special_arguments() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let none = FpStatus::empty();
    let cases = [
        ("log", 0.0, -inf, FpStatus::DIVIDE_BY_ZERO),
        ("log", -1.0, nan, FpStatus::INVALID),
        ("log", nan, nan, none),
        ("log", inf, inf, none),
        ("log1p", -1.0, -inf, FpStatus::DIVIDE_BY_ZERO),
        ("log1p", -0.0, -0.0, none),
        ("exp", 1000.0, inf, FpStatus::OVERFLOW),
        ("exp", -1000.0, 0.0, FpStatus::UNDERFLOW),
        ("exp", -inf, 0.0, none),
        ("exp", 0.0, 1.0, none),
        ("expm1", -0.0, -0.0, none),
        ("expm1", -inf, -1.0, none),
        ("sin", inf, nan, FpStatus::INVALID),
        ("sin", -0.0, -0.0, none),
        ("sin", 1e22, -0.8522008497671888, none),
        ("cos", nan, nan, none),
        ("tanh", -inf, -1.0, none),
        ("tanh", -0.0, -0.0, none),
        ("sinh", -0.0, -0.0, none),
        ("arcsinh", -0.0, -0.0, none),
        ("arctanh", 1.0, inf, FpStatus::DIVIDE_BY_ZERO),
        ("arctanh", 2.0, nan, FpStatus::INVALID),
        ("arccosh", 1.0, 0.0, none),
        ("arccosh", 0.5, nan, FpStatus::INVALID),
        ("sqrt", -1.0, nan, FpStatus::INVALID),
    ];
    for (name, x, want, flags) in cases {
        for level in levels() {
            // Alone, and at the end of a block of ordinary arguments.
            for n in [1, 2, 9, 64, 65, 100] {
                let mut arguments = vec![0.5; n];
                if name == "arccosh" {
                    arguments.fill(2.0);
                }
                arguments[n - 1] = x;
                let (y, status) = run(name, level, &arguments);
                let got = y[n - 1];
                assert!(
                    got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan(),
                    "{name}({x}) {level:?}: {got}"
                );
                assert_eq!(status, flags, "{name}({x}) {level:?} n={n}");
            }
        }
    }
}
