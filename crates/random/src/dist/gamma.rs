//! The gamma distribution and those made of it.

use super::{Draws, poisson, standard_normal_f};
use crate::math::{exp, log, logf, pow, powf};
use crate::source::Source;
use crate::ziggurat::exponential_f;

/// Gamma, with this shape and scale 1: Marsaglia and Tsang (ACM TOMS 26, 2000) from shape 1 on, Ahrens and Dieter's
/// rejection (Computing 12, 1974) below.
pub fn standard_gamma<D: Draws + ?Sized>(bits: &mut D, shape: f64) -> f64 {
    if shape == 1.0 {
        bits.exponential()
    } else if shape == 0.0 {
        0.0
    } else if shape < 1.0 {
        loop {
            let u = bits.unit();
            let v = bits.exponential();
            if u <= 1.0 - shape {
                let x = pow(u, 1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -log((1.0 - u) / shape);
                let x = pow(1.0 - shape + shape * y, 1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    } else {
        let b = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * b).sqrt();
        loop {
            let (x, v) = loop {
                let x = bits.normal();
                let v = 1.0 + c * x;
                // A NaN goes on too.
                if v > 0.0 || v.is_nan() {
                    break (x, v * v * v);
                }
            };
            let u = bits.unit();
            if u < 1.0 - 0.0331 * (x * x) * (x * x) || log(u) < 0.5 * x * x + b * (1.0 - v + log(v)) {
                return b * v;
            }
        }
    }
}

/// Gamma, with scale 1, in single precision.
pub fn standard_gamma_f<S: Source + ?Sized>(bits: &mut S, shape: f32) -> f32 {
    if shape == 1.0 {
        exponential_f(bits)
    } else if shape == 0.0 {
        0.0
    } else if shape < 1.0 {
        loop {
            let u = bits.next_f32();
            let v = exponential_f(bits);
            if u <= 1.0 - shape {
                let x = powf(u, 1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -logf((1.0 - u) / shape);
                let x = powf(1.0 - shape + shape * y, 1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    } else {
        let b = shape - 1.0 / 3.0f32;
        let c = 1.0 / (9.0 * b).sqrt();
        loop {
            let (x, v) = loop {
                let x = standard_normal_f(bits);
                let v = 1.0 + c * x;
                // A NaN goes on too.
                if v > 0.0 || v.is_nan() {
                    break (x, v * v * v);
                }
            };
            let u = bits.next_f32();
            if u < 1.0 - 0.0331 * (x * x) * (x * x) || logf(u) < 0.5 * x * x + b * (1.0 - v + logf(v)) {
                return b * v;
            }
        }
    }
}

/// Gamma, with this shape and scale.
pub fn gamma<D: Draws + ?Sized>(bits: &mut D, shape: f64, scale: f64) -> f64 {
    scale * standard_gamma(bits, shape)
}

/// Below this, both parameters of a beta distribution make it a coin toss between 0 and 1.
const TINY: f64 = 3e-103;

/// Beta: Jöhnk's method (Metrika 8, 1964) for parameters up to 1, else a quotient of gamma numbers.
pub fn beta<D: Draws + ?Sized>(bits: &mut D, a: f64, b: f64) -> f64 {
    if !(a <= 1.0 && b <= 1.0) {
        let x = standard_gamma(bits, a);
        let y = standard_gamma(bits, b);
        return x / (x + y);
    }
    if a < TINY && b < TINY {
        let u = bits.unit();
        return if (a + b) * u < a { 1.0 } else { 0.0 };
    }
    johnk(bits, a, b, |x, y| x > 0.0 && y > 0.0)
}

/// As the legacy generator draws it: without the coin toss, and with logarithms only where both powers vanish.
pub fn legacy_beta<D: Draws + ?Sized>(bits: &mut D, a: f64, b: f64) -> f64 {
    if !(a <= 1.0 && b <= 1.0) {
        return beta(bits, a, b);
    }
    johnk(bits, a, b, |x, y| x + y > 0.0)
}

/// Jöhnk's rejection; where powers are not `enough`, the quotient comes from their logarithms.
fn johnk<D: Draws + ?Sized>(bits: &mut D, a: f64, b: f64, enough: fn(f64, f64) -> bool) -> f64 {
    loop {
        let u = bits.unit();
        let v = bits.unit();
        let x = pow(u, 1.0 / a);
        let y = pow(v, 1.0 / b);
        let sum = x + y;
        if sum <= 1.0 && u + v > 0.0 {
            return if enough(x, y) { x / sum } else { beta_from_logs(log(u) / a, log(v) / b) };
        }
    }
}

/// `x / (x + y)` where both are too small for a double, from their logarithms.
fn beta_from_logs(log_x: f64, log_y: f64) -> f64 {
    let largest = if log_x > log_y { log_x } else { log_y };
    let (log_x, log_y) = (log_x - largest, log_y - largest);
    exp(log_x - log(exp(log_x) + exp(log_y)))
}

/// Chi-square, with `df` degrees of freedom.
pub fn chisquare<D: Draws + ?Sized>(bits: &mut D, df: f64) -> f64 {
    2.0 * standard_gamma(bits, df / 2.0)
}

/// Fisher's F.
pub fn f<D: Draws + ?Sized>(bits: &mut D, dfnum: f64, dfden: f64) -> f64 {
    let above = chisquare(bits, dfnum) * dfden;
    let below = chisquare(bits, dfden) * dfnum;
    above / below
}

/// Student's t.
pub fn standard_t<D: Draws + ?Sized>(bits: &mut D, df: f64) -> f64 {
    let above = bits.normal();
    let below = standard_gamma(bits, df / 2.0);
    (df / 2.0).sqrt() * above / below.sqrt()
}

/// Chi-square around `nonc`.
pub fn noncentral_chisquare<D: Draws + ?Sized>(bits: &mut D, df: f64, nonc: f64) -> f64 {
    if nonc.is_nan() {
        return f64::NAN;
    }
    if nonc == 0.0 {
        return chisquare(bits, df);
    }
    if df > 1.0 {
        let square = chisquare(bits, df - 1.0);
        let n = bits.normal() + nonc.sqrt();
        return square + n * n;
    }
    let i = poisson(bits, nonc / 2.0);
    chisquare(bits, df + 2.0 * i as f64)
}

/// Fisher's F around `nonc`.
pub fn noncentral_f<D: Draws + ?Sized>(bits: &mut D, dfnum: f64, dfden: f64, nonc: f64) -> f64 {
    let above = noncentral_chisquare(bits, dfnum, nonc) * dfden;
    above / (chisquare(bits, dfden) * dfnum)
}
