//! Discrete distributions of the legacy generator.

use crate::dist::{HRUA_D1 as D1, HRUA_D2 as D2, geometric_search, log_gamma};
use crate::math::{log, log1p, pow};
use crate::source::Source;

/// Trials up to the first success.
pub fn geometric<S: Source + ?Sized>(bits: &mut S, p: f64) -> i64 {
    if p >= 1.0 / 3.0 {
        return geometric_search(bits, p);
    }
    let z = (log1p(-bits.next_f64()) / log(1.0 - p)).ceil();
    // What doesn't fit is the least integer, as C's conversion gives it on the reference's platform.
    if z < i64::MAX as f64 { z as i64 } else { i64::MIN }
}

/// Zipf, without the cut of the newer version.
pub fn zipf<S: Source + ?Sized>(bits: &mut S, a: f64) -> i64 {
    // From here on no number would ever be accepted: powers overflow.
    if a >= 1025.0 {
        return 1;
    }
    let exponent = a - 1.0;
    let b = pow(2.0, exponent);
    loop {
        let u = 1.0 - bits.next_f64();
        let v = bits.next_f64();
        let x = pow(u, -1.0 / exponent).floor();
        if x > i64::MAX as f64 || x < 1.0 {
            continue;
        }
        let t = pow(1.0 + 1.0 / x, exponent);
        if v * x * (t - 1.0) / (b - 1.0) <= t / b {
            return x as i64;
        }
    }
}

/// Good ones among `sample` of `good + bad`.
pub fn hypergeometric<S: Source + ?Sized>(bits: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    match sample {
        i64::MIN..=0 => 0,
        1..=10 => one_by_one(bits, good, bad, sample),
        _ => by_ratio(bits, good, bad, sample),
    }
}

fn one_by_one<S: Source + ?Sized>(bits: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let rest = (bad + good - sample) as f64;
    let fewer = bad.min(good) as f64;
    let mut left = fewer;
    let mut k = sample;
    while left > 0.0 && k > 0 {
        left -= (bits.next_f64() + left / (rest + k as f64)).floor();
        k -= 1;
    }
    let z = (fewer - left) as i64;
    if good > bad { sample - z } else { z }
}

fn by_ratio<S: Source + ?Sized>(bits: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let (fewer, more) = (good.min(bad), good.max(bad));
    let population = good + bad;
    let drawn = sample.min(population - sample);
    let p = fewer as f64 / population as f64;
    let q = 1.0 - p;
    let a = drawn as f64 * p + 0.5;
    let variance = (population - drawn) as f64 * sample as f64 * p * q / (population - 1) as f64;
    let c = (variance + 0.5).sqrt();
    let h = D1 * c + D2;
    let mode = ((drawn + 1) as f64 * (fewer + 1) as f64 / (population + 2) as f64).floor() as i64;
    let weight = |k: i64| {
        log_gamma((k + 1) as f64)
            + log_gamma((fewer - k + 1) as f64)
            + log_gamma((drawn - k + 1) as f64)
            + log_gamma((more - drawn + k + 1) as f64)
    };
    let g = weight(mode);
    let bound = (drawn.min(fewer) as f64 + 1.0).min((a + 16.0 * c).floor());
    let k = loop {
        let u = bits.next_f64();
        let v = bits.next_f64();
        let x = a + h * (v - 0.5) / u;
        // Written so that a NaN (from 0 / 0) is rejected.
        if !(x >= 0.0 && x < bound) {
            continue;
        }
        let k = x.floor() as i64;
        let t = g - weight(k);
        if u * (4.0 - u) - 3.0 <= t {
            break k;
        }
        if u * (u - t) >= 1.0 {
            continue;
        }
        if 2.0 * log(u) <= t {
            break k;
        }
    };
    let k = if good > bad { drawn - k } else { k };
    if drawn < sample { good - k } else { k }
}
