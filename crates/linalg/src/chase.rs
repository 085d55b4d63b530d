//! Singular values of upper bidiagonal matrices, by sweeps of rotations that chase an element off the diagonals down to
//! the end of the matrix. In double precision, whatever the matrix came from.
//!
//! ```text
//! until nothing is left above the diagonal:
//!     the last block without zeros above its diagonal; turned round where its large end is below
//!     elements above the diagonal that are negligible beside every singular value of the block ← 0
//!     σ ← the smaller singular value of its last 2 × 2; 0 where σ would cost the small values their digits
//!     one sweep: rotations of columns and rows in turn, the first one's angle taken from BᵀB − σ²
//! ```
//! With a shift of zero a sweep adds and subtracts nothing, so that small singular values come out with as many digits as
//! large ones (Demmel and Kahan 1990, "Accurate singular values of bidiagonal matrices").

use sharray_base::{Result, interrupt};

use crate::iterate::rotation;

/// Sweeps for each singular value before giving up.
const MOST: usize = 40;
/// Rounding units below which an element above the diagonal is negligible beside its neighbourhood.
const UNITS: f64 = 16.0;

/// Who is told what is done to the matrix, B = U·B'·Vᵀ, to have U and V.
pub(crate) trait Told {
    /// Whether anybody listens: then all is done by rotations.
    const LISTENS: bool;
    /// A rotation of the columns `k` and `k + 1` of B'.
    fn columns(&mut self, k: usize, c: f64, s: f64);
    /// A rotation of the rows `k` and `k + 1` of B'.
    fn rows(&mut self, k: usize, c: f64, s: f64);
    /// The block from `first` to before `end` was transposed, and its rows and columns put into the opposite order.
    fn turned(&mut self, first: usize, end: usize);
}

/// Nobody.
impl Told for () {
    const LISTENS: bool = false;
    fn columns(&mut self, _: usize, _: f64, _: f64) {}
    fn rows(&mut self, _: usize, _: f64, _: f64) {}
    fn turned(&mut self, _: usize, _: usize) {}
}

/// Turns the diagonal into the singular values, descending; false without convergence.
///
/// # Errors
/// An interruption.
pub(crate) fn singular_values(d: &mut [f64], e: &mut [f64]) -> Result<bool> {
    let holds = diagonalise(d, e, &mut ())?;
    d.iter_mut().for_each(|x| *x = x.abs());
    d.sort_by(|x, y| y.total_cmp(x));
    Ok(holds)
}

/// Turns the diagonal into the singular values, in no order and of either sign; false without convergence.
///
/// # Errors
/// An interruption.
pub(crate) fn diagonalise<L: Told>(d: &mut [f64], e: &mut [f64], told: &mut L) -> Result<bool> {
    let all_finite = d.iter().chain(&*e).all(|x| x.is_finite());
    if !all_finite {
        return Ok(false);
    }
    let n = d.len();
    let negligible = negligible(d, e);
    let mut left = MOST * n * n.max(30);
    let (mut end, mut turned) = (n, (0, 0));
    while end > 1 {
        let Some(first) = block(d, e, end, negligible) else {
            end -= 1;
            continue;
        };
        let (d, e) = (&mut d[first..end], &mut e[first..end - 1]);
        let mut told = Within(&mut *told, first);
        // Within a block that was looked at before, the direction stays.
        let is_new = turned.0 > first || turned.1 < end;
        if is_new && d[0].abs() < d[d.len() - 1].abs() {
            d.reverse();
            e.reverse();
            told.0.turned(first, end);
        }
        turned = (first, end);
        if d.len() == 2 && !L::LISTENS {
            (d[0], d[1]) = pair(d[0], e[0], d[1]);
            e[0] = 0.0;
            continue;
        }
        if let Some(least) = least(d, e) {
            interrupt::poll()?;
            left = left.saturating_sub(d.len());
            if left == 0 {
                return Ok(false);
            }
            match shift(d, e, least, n) {
                0.0 => sweep_plain(d, e, &mut told),
                shift => sweep_shifted(d, e, shift, &mut told),
            }
        }
    }
    Ok(true)
}

/// Tells of a block that begins there.
struct Within<'a, L>(&'a mut L, usize);

/// What can't change even the least singular value by more than rounding.
fn negligible(d: &[f64], e: &[f64]) -> f64 {
    let mut next = d.first().map_or(0.0, |x| x.abs());
    let mut least = next;
    for (d, e) in d.iter().skip(1).zip(e) {
        next = if next == 0.0 { 0.0 } else { d.abs() * (next / (next + e.abs())) };
        least = least.min(next);
    }
    let n = d.len() as f64;
    (UNITS * f64::EPSILON * least / n.sqrt()).max(f64::MIN_POSITIVE * 8.0 * n * n)
}

/// Where the block begins that ends before `end`; none if it is a single element.
fn block(d: &[f64], e: &mut [f64], end: usize, negligible: f64) -> Option<usize> {
    debug_assert!(d.len() > e.len());
    let mut first = end - 1;
    while first > 0 {
        if e[first - 1].abs() <= negligible {
            e[first - 1] = 0.0;
            break;
        }
        first -= 1;
    }
    (first + 1 < end).then_some(first)
}

/// A lower bound of the block's least singular value; none if an element turned out negligible and is zero now.
fn least(d: &[f64], e: &mut [f64]) -> Option<f64> {
    let tolerance = UNITS * f64::EPSILON;
    let last = e.len() - 1;
    if e[last].abs() <= tolerance * d[last + 1].abs() {
        e[last] = 0.0;
        return None;
    }
    let mut next = d[0].abs();
    let mut least = next;
    for (e, d) in e.iter_mut().zip(&d[1..]) {
        if e.abs() <= tolerance * next {
            *e = 0.0;
            return None;
        }
        next = d.abs() * (next / (next + e.abs()));
        least = least.min(next);
    }
    Some(least)
}

fn shift(d: &[f64], e: &[f64], least: f64, n: usize) -> f64 {
    let greatest = d.iter().chain(e).fold(0.0, |most: f64, x| most.max(x.abs()));
    let k = d.len();
    if n as f64 * UNITS * (least / greatest) <= 1.0 {
        return 0.0;
    }
    let (_, shift) = pair(d[k - 2], e[k - 2], d[k - 1]);
    let shift = shift.abs();
    if (shift / d[0]).powi(2) < f64::EPSILON { 0.0 } else { shift }
}

/// The singular values of the upper triangular matrix with the diagonal f, h, the larger one first.
fn pair(f: f64, g: f64, h: f64) -> (f64, f64) {
    let (f, g, h) = (f.abs(), g.abs(), h.abs());
    let (small, large) = if f < h { (f, h) } else { (h, f) };
    if small == 0.0 {
        return (large.hypot(g), 0.0);
    }
    // σ₁·σ₂ = f·h, and (σ₁ ± σ₂)² = (f ± h)² + g².
    let sum = (large + small).hypot(g);
    let difference = (large - small).hypot(g);
    let first = 0.5 * (sum + difference);
    (first, small * (large / first))
}

fn sweep_plain<L: Told>(d: &mut [f64], e: &mut [f64], told: &mut Within<'_, L>) {
    let last = e.len();
    let (mut c, mut old_c, mut old_s) = (1.0, 1.0, 0.0);
    for i in 0..last {
        let (cosine, sine, length) = rotation(d[i] * c, e[i]);
        c = cosine;
        told.0.columns(told.1 + i, cosine, sine);
        if i > 0 {
            e[i - 1] = old_s * length;
        }
        (old_c, old_s, d[i]) = rotation(old_c * length, d[i + 1] * sine);
        told.0.rows(told.1 + i, old_c, old_s);
    }
    let end = d[last] * c;
    d[last] = end * old_c;
    e[last - 1] = end * old_s;
}

fn sweep_shifted<L: Told>(d: &mut [f64], e: &mut [f64], shift: f64, told: &mut Within<'_, L>) {
    let last = e.len();
    let mut f = (d[0].abs() - shift) * (1f64.copysign(d[0]) + shift / d[0]);
    let mut g = e[0];
    for i in 0..last {
        // Columns i and i + 1, then rows i and i + 1.
        let (c, s, length) = rotation(f, g);
        told.0.columns(told.1 + i, c, s);
        if i > 0 {
            e[i - 1] = length;
        }
        let (here, beside, below) = (d[i], e[i], d[i + 1]);
        f = c * here + s * beside;
        let beside = c * beside - s * here;
        g = s * below;
        let below = c * below;
        let (c, s, length) = rotation(f, g);
        told.0.rows(told.1 + i, c, s);
        d[i] = length;
        f = c * beside + s * below;
        d[i + 1] = c * below - s * beside;
        if i + 1 < last {
            g = s * e[i + 1];
            e[i + 1] *= c;
        }
    }
    e[last - 1] = f;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(d: &[f64], e: &[f64]) -> Vec<f64> {
        let (mut d, mut e) = (d.to_vec(), e.to_vec());
        assert!(singular_values(&mut d, &mut e).unwrap());
        d
    }

    #[test]
    fn known_values() {
        // The bidiagonal matrix of ones has the singular values 2·cos(kπ / (2n + 1)).
        for n in [1, 2, 3, 10, 200] {
            let found = values(&vec![1.0; n], &vec![1.0; n - 1]);
            for (k, value) in found.iter().enumerate() {
                let expected = 2.0 * ((k + 1) as f64 * std::f64::consts::PI / (2 * n + 1) as f64).cos();
                assert!((value - expected).abs() < 1e-14 * n as f64, "{n} {k}: {value} {expected}");
            }
        }
    }

    #[test]
    fn graded_values_keep_their_digits() {
        // Either way round; the product of the singular values is that of the diagonal.
        let mut d: Vec<f64> = (0..40).map(|i| 2f64.powi(-20 * i)).collect();
        let mut e: Vec<f64> = (0..39).map(|i| 2f64.powi(-20 * i - 5)).collect();
        for _ in 0..2 {
            let found = values(&d, &e);
            let (sum, expected): (f64, f64) =
                (found.iter().map(|x| x.log2()).sum(), d.iter().map(|x| x.log2()).sum());
            assert!((sum - expected).abs() < 1e-9, "{sum} {expected}");
            assert!(found.windows(2).all(|pair| pair[0] > pair[1]));
            d.reverse();
            e.reverse();
        }
    }

    #[test]
    fn zeros_on_the_diagonal_are_zeros() {
        let found = values(&[1.0, 0.0, 2.0, 0.0], &[3.0, 4.0, 5.0]);
        let squares: f64 = found.iter().map(|x| x * x).sum();
        assert!((squares - 55.0).abs() < 1e-12);
        assert!(found[3].abs() < 1e-15, "{found:?}");
        assert!(!singular_values(&mut [1.0, f64::NAN], &mut [1.0]).unwrap());
    }
}
