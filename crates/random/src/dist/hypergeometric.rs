//! The hypergeometric distribution: how many of `sample` things drawn without replacement are good.
//!
//! Stadlober's ratio of uniforms HRUA ("The ratio of uniforms approach for generating discrete random variates",
//! J. Comput. Appl. Math. 31, 1990), and one by one where the sample, or what it leaves, is small.

use std::sync::LazyLock;

use crate::bounded::{Method, up_to};
use crate::math::log;
use crate::source::Source;
use crate::ziggurat::log_factorials;

/// `2 √(2/e)` and `3 - 2 √(3/e)`.
pub(crate) const D1: f64 = 1.7155277699214135;
pub(crate) const D2: f64 = 0.8989161620588988;

/// Good ones among `sample` of `good + bad`.
pub fn hypergeometric<S: Source + ?Sized>(bits: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    if sample >= 10 && sample <= good + bad - 10 {
        by_ratio(bits, good, bad, sample)
    } else {
        one_by_one(bits, good, bad, sample)
    }
}

fn one_by_one<S: Source + ?Sized>(bits: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let total = good + bad;
    // Of a large sample, what is left is drawn.
    let is_large = sample > total / 2;
    let mut to_draw = if is_large { total - sample } else { sample };
    let (mut left, mut good_left) = (total, good);
    while to_draw > 0 && good_left > 0 && left > good_left {
        left -= 1;
        if (up_to(bits, left as u64, Method::Mask) as i64) < good_left {
            good_left -= 1;
        }
        to_draw -= 1;
    }
    if left == good_left {
        good_left -= to_draw;
    }
    if is_large { good_left } else { good - good_left }
}

fn by_ratio<S: Source + ?Sized>(bits: &mut S, good: i64, bad: i64, sample: i64) -> i64 {
    let population = good + bad;
    let drawn = sample.min(population - sample);
    let (fewer, more) = (good.min(bad), good.max(bad));
    let p = fewer as f64 / population as f64;
    let q = more as f64 / population as f64;
    let a = drawn as f64 * p + 0.5;
    let variance = (population - drawn) as f64 * drawn as f64 * p * q / (population - 1) as f64;
    let c = (variance + 0.5).sqrt();
    let h = D1 * c + D2;
    let mode = ((drawn + 1) as f64 * (fewer + 1) as f64 / (population + 2) as f64).floor() as i64;
    let weight = |k: i64| {
        log_factorial(k)
            + log_factorial(fewer - k)
            + log_factorial(drawn - k)
            + log_factorial(more - drawn + k)
    };
    let g = weight(mode);
    let bound = ((drawn.min(fewer) + 1) as f64).min((a + 16.0 * c).floor());
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

/// The logarithms of 0! to 125!, correctly rounded.
static TABLE: LazyLock<Vec<f64>> = LazyLock::new(|| log_factorials(126));
const HALF_LOG_2PI: f64 = 0.9189385332046728;

/// The logarithm of k!: from a table, and by Stirling's series beyond it.
fn log_factorial(k: i64) -> f64 {
    if let Some(&known) = usize::try_from(k).ok().and_then(|k| TABLE.get(k)) {
        return known;
    }
    let k = k as f64;
    (k + 0.5) * log(k) - k + (HALF_LOG_2PI + (1.0 / k) * (1.0 / 12.0 - 1.0 / (360.0 * k * k)))
}
