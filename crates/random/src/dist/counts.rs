//! Discrete distributions: Poisson, geometric, Zipf, logarithmic, negative binomial.

use super::{Draws, gamma};
use crate::math::{exp, expm1, log, log1p, pow};

/// Coefficients of the series of [`log_gamma`] (Zhang, Jin, "Computation of Special Functions", 1996).
const SERIES: [f64; 10] = [
    8.333333333333333e-02,
    -2.777777777777778e-03,
    7.936507936507937e-04,
    -5.952380952380952e-04,
    8.417508417508418e-04,
    -1.917526917526918e-03,
    6.41025641025641e-03,
    -2.955065359477124e-02,
    1.796443723688307e-01,
    -1.39243221690590e+00,
];
const LOG_2PI: f64 = 1.8378770664093453;

/// The logarithm of the gamma function: Stirling's series from 7 on, and recursion below.
pub(crate) fn log_gamma(x: f64) -> f64 {
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let steps = if x < 7.0 { (7.0 - x) as i64 } else { 0 };
    let mut shifted = x + steps as f64;
    let square = (1.0 / shifted) * (1.0 / shifted);
    let sum = SERIES[..9].iter().rev().fold(SERIES[9], |sum, &a| sum * square + a);
    let mut result = sum / shifted + 0.5 * LOG_2PI + (shifted - 0.5) * log(shifted) - shifted;
    for _ in 0..steps {
        result -= log(shifted - 1.0);
        shifted -= 1.0;
    }
    result
}

/// Poisson: Hörmann's transformed rejection PTRS (Insurance: Mathematics and Economics 12, 1993) from a rate of 10 on,
/// products of uniform numbers below.
pub fn poisson<D: Draws + ?Sized>(bits: &mut D, lam: f64) -> i64 {
    if lam >= 10.0 {
        poisson_ptrs(bits, lam)
    } else if lam == 0.0 {
        0
    } else {
        let least = exp(-lam);
        let mut count = 0;
        let mut product = bits.unit();
        while product > least {
            count += 1;
            product *= bits.unit();
        }
        count
    }
}

fn poisson_ptrs<D: Draws + ?Sized>(bits: &mut D, lam: f64) -> i64 {
    let (root, log_lam) = (lam.sqrt(), log(lam));
    let b = 0.931 + 2.53 * root;
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let v_r = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = bits.unit() - 0.5;
        let v = bits.unit();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + lam + 0.43).floor() as i64;
        if us >= 0.07 && v <= v_r {
            return k;
        }
        if k < 0 || (us < 0.013 && v > us) {
            continue;
        }
        let left = log(v) + log(inverse_alpha) - log(a / (us * us) + b);
        if left <= -lam + k as f64 * log_lam - log_gamma((k + 1) as f64) {
            return k;
        }
    }
}

/// Failures before `n` successes: Poisson with a gamma rate.
pub fn negative_binomial<D: Draws + ?Sized>(bits: &mut D, n: f64, p: f64) -> i64 {
    let rate = gamma(bits, n, (1.0 - p) / p);
    poisson(bits, rate)
}

/// Trials up to the first success.
pub fn geometric<D: Draws + ?Sized>(bits: &mut D, p: f64) -> i64 {
    if is_searched(p) {
        return geometric_search(bits, p);
    }
    trials(bits.exponential(), log1p(-p))
}

/// Whether the trials are found by adding up probabilities.
pub(crate) fn is_searched(p: f64) -> bool {
    p >= 1.0 / 3.0
}

/// The trials that an exponential number stands for, where `rate` is the logarithm of a failure's probability: rounded up.
pub(crate) fn trials(exponential: f64, rate: f64) -> i64 {
    let z = -exponential / rate;
    // Written so that an infinite or too large number becomes the largest.
    if z < i64::MAX as f64 {
        let below = z as i64;
        below + i64::from((below as f64) < z)
    } else {
        i64::MAX
    }
}

/// By adding up probabilities.
pub(crate) fn geometric_search<D: Draws + ?Sized>(bits: &mut D, p: f64) -> i64 {
    let (mut x, mut sum, mut product) = (1, p, p);
    let q = 1.0 - p;
    let u = bits.unit();
    while u > sum {
        product *= q;
        sum += product;
        x += 1;
        if product == 0.0 {
            break;
        }
    }
    x
}

/// Zipf (zeta): Devroye's rejection (Non-Uniform Random Variate Generation, 1986, X.6), with the uniform numbers cut so
/// that results fit an integer.
pub fn zipf<D: Draws + ?Sized>(bits: &mut D, a: f64) -> i64 {
    // From here on anything but 1 is less likely than the smallest number.
    if a >= 1025.0 {
        return 1;
    }
    let exponent = a - 1.0;
    let b = pow(2.0, exponent);
    let least = pow(i64::MAX as f64, -exponent);
    loop {
        let u01 = bits.unit();
        let u = u01 * least + (1.0 - u01);
        let v = bits.unit();
        let x = pow(u, -1.0 / exponent).floor();
        if x > i64::MAX as f64 || x < 1.0 {
            continue;
        }
        let t = pow(1.0 + 1.0 / x, exponent);
        if v * x * (t - 1.0) / (b - 1.0) <= t / b {
            return x as i64;
        }
        if t.is_nan() {
            return i64::MIN;
        }
    }
}

/// Logarithmic series: Kemp's second accelerated generator (Applied Statistics 30, 1981).
pub fn logseries<D: Draws + ?Sized>(bits: &mut D, p: f64) -> i64 {
    let r = log1p(-p);
    loop {
        let v = bits.unit();
        if v >= p {
            return 1;
        }
        let u = bits.unit();
        let q = -expm1(r * u);
        if v <= q * q {
            let result = (1.0 + log(v) / log(q)).floor() as i64;
            if result < 1 || v == 0.0 {
                continue;
            }
            return result;
        }
        return if v >= q { 1 } else { 2 };
    }
}
