//! Continuous distributions by inversion and transformation.

use std::f64::consts::PI;

use super::Draws;
use crate::math::{acos, cos, exp, expm1, fmod, log, pow};

/// Cauchy: a quotient of two normal numbers.
pub fn standard_cauchy<D: Draws + ?Sized>(bits: &mut D) -> f64 {
    let above = bits.normal();
    above / bits.normal()
}
/// Pareto of the second kind (Lomax), from 0 on.
pub fn pareto<D: Draws + ?Sized>(bits: &mut D, a: f64) -> f64 {
    expm1(bits.exponential() / a)
}
/// Weibull, with scale 1.
pub fn weibull<D: Draws + ?Sized>(bits: &mut D, a: f64) -> f64 {
    if a == 0.0 {
        return 0.0;
    }
    pow(bits.exponential(), 1.0 / a)
}
/// Density `a x^(a-1)` in [0, 1].
pub fn power<D: Draws + ?Sized>(bits: &mut D, a: f64) -> f64 {
    pow(-expm1(-bits.exponential()), 1.0 / a)
}
/// Laplace (double exponential).
pub fn laplace<D: Draws + ?Sized>(bits: &mut D, loc: f64, scale: f64) -> f64 {
    loop {
        let u = bits.unit();
        if u >= 0.5 {
            return loc - scale * log(2.0 - u - u);
        }
        if u > 0.0 {
            return loc + scale * log(u + u);
        }
    }
}
/// Gumbel (extreme values of the first type).
pub fn gumbel<D: Draws + ?Sized>(bits: &mut D, loc: f64, scale: f64) -> f64 {
    loop {
        let u = 1.0 - bits.unit();
        if u < 1.0 {
            return loc - scale * log(-log(u));
        }
    }
}
/// Logistic.
pub fn logistic<D: Draws + ?Sized>(bits: &mut D, loc: f64, scale: f64) -> f64 {
    loop {
        let u = bits.unit();
        if u > 0.0 {
            return loc + scale * log(u / (1.0 - u));
        }
    }
}
/// Numbers whose logarithm is normal.
pub fn lognormal<D: Draws + ?Sized>(bits: &mut D, mean: f64, sigma: f64) -> f64 {
    exp(mean + sigma * bits.normal())
}
/// Rayleigh.
pub fn rayleigh<D: Draws + ?Sized>(bits: &mut D, scale: f64) -> f64 {
    scale * (2.0 * bits.exponential()).sqrt()
}
/// Wald (inverse Gaussian): Michael, Schucany and Haas (American Statistician 30, 1976).
pub fn wald<D: Draws + ?Sized>(bits: &mut D, mean: f64, scale: f64) -> f64 {
    let y = bits.normal();
    let y = mean * y * y;
    // The smaller root, without cancellation.
    let x = mean * (1.0 - 2.0 / (1.0 + (1.0 + 4.0 * scale / y).sqrt()));
    let u = bits.unit();
    if u <= mean / (mean + x) { x } else { mean * mean / x }
}
/// Von Mises: Best and Fisher's rejection from a wrapped Cauchy distribution (Applied Statistics 28, 1979); the limiting
/// normal distribution for very large `kappa`.
pub fn vonmises<D: Draws + ?Sized>(bits: &mut D, mu: f64, kappa: f64) -> f64 {
    if kappa.is_nan() {
        return f64::NAN;
    }
    if kappa < 1e-8 {
        return PI * (2.0 * bits.unit() - 1.0);
    }
    if kappa > 1e6 {
        // Too concentrated for the rejection to work in doubles.
        let angle = mu + (1.0 / kappa).sqrt() * bits.normal();
        return if angle < -PI {
            angle + 2.0 * PI
        } else if angle > PI {
            angle - 2.0 * PI
        } else {
            angle
        };
    }
    best_fisher(bits, mu, kappa)
}
/// The rejection itself; also the legacy generator's way for `kappa` of any size.
pub(crate) fn best_fisher<D: Draws + ?Sized>(bits: &mut D, mu: f64, kappa: f64) -> f64 {
    let s = vonmises_start(kappa);
    let w = loop {
        let u = bits.unit();
        let z = cos(PI * u);
        let w = (1.0 + s * z) / (s + z);
        let y = kappa * (s - w);
        let v = bits.unit();
        if y * (2.0 - y) - v >= 0.0 || log(y / v) + 1.0 - y >= 0.0 {
            break w;
        }
    };
    let u = bits.unit();
    let angle = acos(w);
    let angle = (if u < 0.5 { -angle } else { angle }) + mu;
    let is_negative = angle < 0.0;
    let wrapped = fmod(angle.abs() + PI, 2.0 * PI) - PI;
    if is_negative { -wrapped } else { wrapped }
}
/// The parameter of the wrapped Cauchy distribution; by a series for small `kappa`.
fn vonmises_start(kappa: f64) -> f64 {
    if kappa < 1e-5 {
        return 1.0 / kappa + kappa;
    }
    let r = 1.0 + (1.0 + 4.0 * kappa * kappa).sqrt();
    let rho = (r - (2.0 * r).sqrt()) / (2.0 * kappa);
    (1.0 + rho * rho) / (2.0 * rho)
}
/// Triangular.
pub fn triangular<D: Draws + ?Sized>(bits: &mut D, left: f64, mode: f64, right: f64) -> f64 {
    Triangle::new(left, mode, right).at(bits.unit())
}

/// What a triangular number is made with.
pub(crate) struct Triangle {
    left: f64,
    right: f64,
    /// Which part lies left of the mode.
    ratio: f64,
    /// By what a uniform number is multiplied before the root is taken, left and right of the mode.
    factors: [f64; 2],
}

impl Triangle {
    pub(crate) fn new(left: f64, mode: f64, right: f64) -> Triangle {
        let base = right - left;
        let rise = mode - left;
        Triangle { left, right, ratio: rise / base, factors: [rise * base, (right - mode) * base] }
    }
    /// The number that a uniform one gives: one root, whichever side it is on.
    pub(crate) fn at(&self, u: f64) -> f64 {
        let is_left = u <= self.ratio;
        let [product, fall] = self.factors;
        let root = if is_left { u * product } else { (1.0 - u) * fall }.sqrt();
        if is_left { self.left + root } else { self.right - root }
    }
}
