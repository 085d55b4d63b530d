//! The binomial distribution: inversion for few expected successes, and BTPE otherwise.
//!
//! Kachitvichyanukul, Schmeiser, "Binomial Random Variate Generation", CACM 31, 1988. BTPE covers the distribution by a
//! triangle, two parallelograms and two exponential tails; a point in the triangle is accepted at once, others by the
//! quotient of probabilities, squeezed between bounds where computing it would take long. Steps are named as in the
//! paper.

use super::Draws;
use crate::math::{exp, log, log1p};

/// How the two versions of the streams differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `Generator`.
    New,
    /// `RandomState`.
    Legacy,
}

/// Successes in `n` trials of probability `p`.
pub fn binomial<D: Draws + ?Sized>(bits: &mut D, n: i64, p: f64, version: Version) -> i64 {
    Binomial::new(n, p, version).draw(bits)
}

/// A binomial distribution, prepared for many numbers.
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    n: i64,
    p: f64,
    version: Version,
    method: By,
}

#[derive(Clone, Copy, Debug)]
enum By {
    /// Always this number, and nothing drawn.
    Nothing(i64),
    Inversion(Sums),
    Btpe(Shape),
}

impl Binomial {
    /// `n` trials of probability `p`.
    pub fn new(n: i64, p: f64, version: Version) -> Self {
        let fewer = if p <= 0.5 { p } else { 1.0 - p };
        let method = match version {
            // The legacy generator draws a number even then.
            Version::New if n == 0 || p == 0.0 => By::Nothing(0),
            _ if p.is_nan() => By::Nothing(i64::MIN),
            _ if fewer * n as f64 <= 30.0 => By::Inversion(Sums::new(n, fewer, version)),
            _ => By::Btpe(Shape::new(n, fewer)),
        };
        Binomial { n, p, version, method }
    }
    /// True if this was made of these parameters.
    pub fn is_for(&self, n: i64, p: f64, version: Version) -> bool {
        self.n == n && self.p.to_bits() == p.to_bits() && self.version == version
    }
    /// A number of successes.
    pub fn draw<D: Draws + ?Sized>(&self, bits: &mut D) -> i64 {
        let rare = match &self.method {
            By::Nothing(always) => return *always,
            By::Inversion(sums) => sums.draw(bits),
            By::Btpe(shape) => shape.draw(bits),
        };
        if self.p <= 0.5 { rare } else { self.n - rare }
    }
}

/// What inversion computes from its parameters.
#[derive(Clone, Copy, Debug)]
struct Sums {
    n: i64,
    p: f64,
    q: f64,
    start: f64,
    bound: i64,
}

impl Sums {
    fn new(n: i64, p: f64, version: Version) -> Sums {
        let q = 1.0 - p;
        let log_q = if version == Version::New { log1p(-p) } else { log(q) };
        let start = exp(n as f64 * log_q);
        let mean = n as f64 * p;
        let bound = (mean + 10.0 * (mean * q + 1.0).sqrt()).min(n as f64) as i64;
        Sums { n, p, q, start, bound }
    }
    /// Adds up probabilities; starts again when it has gone ten deviations too far.
    fn draw<D: Draws + ?Sized>(&self, bits: &mut D) -> i64 {
        let Sums { n, p, q, start, bound } = *self;
        let (mut x, mut probability) = (0i64, start);
        let mut u = bits.unit();
        while u > probability {
            x += 1;
            if x > bound {
                (x, probability) = (0, start);
                u = bits.unit();
            } else {
                u -= probability;
                probability = ((n - x + 1) as f64 * p * probability) / (x as f64 * q);
            }
        }
        x
    }
}

/// What BTPE computes from its parameters.
#[derive(Clone, Copy, Debug)]
struct Shape {
    n: i64,
    r: f64,
    q: f64,
    mode: i64,
    p1: f64,
    middle: f64,
    left: f64,
    right: f64,
    c: f64,
    lambda_left: f64,
    lambda_right: f64,
    p2: f64,
    p3: f64,
    p4: f64,
}

impl Shape {
    fn new(n: i64, p: f64) -> Shape {
        let r = p.min(1.0 - p);
        let q = 1.0 - r;
        let count = n as f64;
        let f_m = count * r + r;
        let mode = f_m.floor() as i64;
        let p1 = (2.195 * (count * r * q).sqrt() - 4.6 * q).floor() + 0.5;
        let middle = mode as f64 + 0.5;
        let (left, right) = (middle - p1, middle + p1);
        let c = 0.134 + 20.5 / (15.3 + mode as f64);
        let a = (f_m - left) / (f_m - left * r);
        let lambda_left = a * (1.0 + a / 2.0);
        let a = (right - f_m) / (right * q);
        let lambda_right = a * (1.0 + a / 2.0);
        let p2 = p1 * (1.0 + 2.0 * c);
        let p3 = p2 + c / lambda_left;
        let p4 = p3 + c / lambda_right;
        Shape { n, r, q, mode, p1, middle, left, right, c, lambda_left, lambda_right, p2, p3, p4 }
    }
    fn draw<D: Draws + ?Sized>(&self, bits: &mut D) -> i64 {
        loop {
            match self.candidate(bits) {
                Some(Err(y)) => return y,
                Some(Ok((y, v))) if self.accepts(y, v) => return y,
                _ => {}
            }
        }
    }
    /// Steps 1 to 4: a candidate with its ordinate, or `Err` with the result if it lies in the triangle; `None` rejects.
    fn candidate<D: Draws + ?Sized>(&self, bits: &mut D) -> Option<Result<(i64, f64), i64>> {
        let u = bits.unit() * self.p4;
        let v = bits.unit();
        if u <= self.p1 {
            return Some(Err((self.middle - self.p1 * v + u).floor() as i64));
        }
        if u <= self.p2 {
            let x = self.left + (u - self.p1) / self.c;
            let v = v * self.c + 1.0 - (self.mode as f64 - x + 0.5).abs() / self.p1;
            return (v <= 1.0).then(|| Ok((x.floor() as i64, v)));
        }
        if u <= self.p3 {
            let y = (self.left + log(v) / self.lambda_left).floor() as i64;
            return (y >= 0 && v != 0.0).then_some(Ok((y, v * (u - self.p2) * self.lambda_left)));
        }
        let y = (self.right - log(v) / self.lambda_right).floor() as i64;
        (y <= self.n && v != 0.0).then_some(Ok((y, v * (u - self.p3) * self.lambda_right)))
    }
    /// Step 5: whether `v` is below the quotient of the probabilities of `y` and the mode.
    fn accepts(&self, y: i64, v: f64) -> bool {
        let spread = self.n as f64 * self.r * self.q;
        let k = (y - self.mode).abs();
        if !(k > 20 && (k as f64) < spread / 2.0 - 1.0) {
            return v <= self.quotient(y);
        }
        let k = k as f64;
        let rho = (k / spread) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / spread + 0.5);
        let t = -k * k / (2.0 * spread);
        let a = log(v);
        if a < t - rho {
            return true;
        }
        a <= t + rho && a <= self.log_quotient(y)
    }
    /// Step 5.1, by recursion.
    fn quotient(&self, y: i64) -> f64 {
        let s = self.r / self.q;
        let a = s * (self.n + 1) as f64;
        let mut f = 1.0;
        if self.mode < y {
            (self.mode + 1..=y).for_each(|i| f *= a / i as f64 - s);
        } else {
            (y + 1..=self.mode).for_each(|i| f /= a / i as f64 - s);
        }
        f
    }
    /// Step 5.3, by Stirling's series.
    fn log_quotient(&self, y: i64) -> f64 {
        let x1 = (y + 1) as f64;
        let f1 = (self.mode + 1) as f64;
        let z = (self.n + 1 - self.mode) as f64;
        let w = (self.n - y + 1) as f64;
        let series = |x: f64| {
            let square = x * x;
            (13680. - (462. - (132. - (99. - 140. / square) / square) / square) / square) / x / 166320.
        };
        self.middle * log(f1 / x1)
            + ((self.n - self.mode) as f64 + 0.5) * log(z / w)
            + (y - self.mode) as f64 * log(w * self.r / (x1 * self.q))
            + series(f1)
            + series(z)
            + series(x1)
            + series(w)
    }
}
