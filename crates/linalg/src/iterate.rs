//! Eigenvalues of real symmetric tridiagonal matrices by implicitly shifted QR steps, in double precision: a rotation makes
//! an element off the diagonals, which others chase down to the end. The shift is the eigenvalue of the last 2 × 2 that is
//! nearer to the last element (Wilkinson's).
//!
//! Where nobody wants the rotations, the same steps are done without their roots, on the squares of the elements beside the
//! diagonal (Reinsch 1971, "A stable, rational QR algorithm for the computation of the eigenvalues of an Hermitian,
//! tridiagonal matrix"; in the form of Pal, Walker and Kahan).

use sharray_base::{Result, interrupt};

/// Steps for each eigenvalue before giving up.
const MOST: usize = 50;
/// Squares beside the diagonal that are negligible in any case: products of three are not to vanish.
const FLOOR: f64 = 1e-180;
/// A cosine's square that is smaller is no divisor.
const VANISHING: f64 = 1e-280;

/// Turns the diagonal into the eigenvalues, in no order; false without convergence. `turn(k, cosine, sine)` is told each
/// rotation of columns k and k + 1 of the matrix of eigenvectors.
///
/// # Errors
/// An interruption.
pub(crate) fn eigenvalues(
    d: &mut [f64],
    e: &mut [f64],
    mut turn: impl FnMut(usize, f64, f64),
) -> Result<bool> {
    let n = d.len();
    let mut left = MOST * n;
    let mut end = n;
    while end > 1 {
        let first = block(d, e, end);
        if first + 1 == end {
            end -= 1;
            continue;
        }
        if left == 0 {
            return Ok(false);
        }
        left -= 1;
        if left.is_multiple_of(64) {
            interrupt::poll()?;
        }
        step(&mut d[first..end], &mut e[first..end - 1], |k, c, s| turn(first + k, c, s));
    }
    Ok(true)
}

/// As [`eigenvalues`], without rotations, for a matrix whose greatest element is about 1; `squares` are those of the
/// elements beside the diagonal, and are lost.
///
/// # Errors
/// An interruption.
pub(crate) fn values(d: &mut [f64], squares: &mut [f64]) -> Result<bool> {
    let mut left = MOST * d.len();
    let mut end = d.len();
    while end > 1 {
        let first = block_of_squares(d, squares, end);
        if first + 1 == end {
            end -= 1;
            continue;
        }
        if left == 0 {
            return Ok(false);
        }
        left -= 1;
        if left.is_multiple_of(64) {
            interrupt::poll()?;
        }
        rootless_step(&mut d[first..end], &mut squares[first..end - 1]);
    }
    Ok(true)
}

/// As [`block`].
fn block_of_squares(d: &[f64], squares: &mut [f64], end: usize) -> usize {
    let mut first = end - 1;
    while first > 0 {
        let negligible = 0.5 * f64::EPSILON * (d[first - 1].abs() + d[first].abs());
        if squares[first - 1] <= negligible * negligible + FLOOR {
            squares[first - 1] = 0.0;
            break;
        }
        first -= 1;
    }
    first
}

/// As [`step`]. Of each rotation the squares of cosine and sine are taken alone.
#[inline]
fn rootless_step(d: &mut [f64], squares: &mut [f64]) {
    let last = squares.len();
    let half = 0.5 * (d[last - 1] - d[last]);
    let square = squares[last - 1];
    let beside = square.sqrt();
    let shift = d[last] - square / (half + half.hypot(beside).copysign(half));
    let (mut s, mut last_p, mut last_r) = (0.0, 1.0, 1.0);
    let mut gamma = d[0] - shift;
    let mut p = gamma * gamma;
    for k in 0..last {
        let (square, alpha) = (squares[k], d[k + 1]);
        let r = p + square;
        if k > 0 {
            squares[k - 1] = s * r;
        }
        // c² = p / r and s² = square / r. Quotients that wait for one another are what a step takes its time for: no more than
        // one does here.
        let turned = p * (alpha - shift) - square * gamma;
        s = square / r;
        let old = gamma;
        gamma = turned / r;
        d[k] = old + (alpha - gamma);
        let next = if p < VANISHING * r { last_p / last_r * square } else { gamma * gamma * (r / p) };
        (last_p, last_r, p) = (p, r, next);
    }
    squares[last - 1] = s * p;
    d[last] = shift + gamma;
}

/// Where the block begins that ends before `end`; what is negligible becomes zero.
fn block(d: &[f64], e: &mut [f64], end: usize) -> usize {
    let mut first = end - 1;
    while first > 0 {
        let beside = d[first - 1].abs() + d[first].abs();
        if e[first - 1].abs() <= 0.5 * f64::EPSILON * beside + f64::MIN_POSITIVE {
            e[first - 1] = 0.0;
            break;
        }
        first -= 1;
    }
    first
}

fn step(d: &mut [f64], e: &mut [f64], mut turn: impl FnMut(usize, f64, f64)) {
    let last = e.len();
    let half = 0.5 * (d[last - 1] - d[last]);
    let beside = e[last - 1];
    let shift = d[last] - beside * (beside / (half + half.hypot(beside).copysign(half)));
    let (mut x, mut z) = (d[0] - shift, e[0]);
    for k in 0..last {
        let (c, s, length) = rotation(x, z);
        if k > 0 {
            e[k - 1] = length;
        }
        let (p, q, t) = (d[k], e[k], d[k + 1]);
        let gain = s * (s * (t - p) + 2.0 * c * q);
        d[k] = p + gain;
        d[k + 1] = t - gain;
        e[k] = c * (s * (t - p) + c * q) - s * s * q;
        x = e[k];
        if k + 1 < last {
            z = s * e[k + 1];
            e[k + 1] *= c;
        }
        turn(k, c, s);
    }
}

/// Cosine, sine and length: the rotation that turns (f, g) into (length, 0).
#[inline(always)]
pub(crate) fn rotation(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        return (1.0, 0.0, f);
    }
    let square = f * f + g * g;
    if (1e-280..1e300).contains(&square) {
        let length = square.sqrt();
        let by = 1.0 / length;
        return (f * by, g * by, length);
    }
    let length = f.hypot(g);
    (f / length, g / length, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // The matrix (−1, 2, −1) has the eigenvalues 2 − 2·cos(kπ / (n + 1)).
        for n in [1, 2, 3, 10, 200] {
            let (mut d, mut e) = (vec![2.0; n], vec![-1.0; n - 1]);
            assert!(eigenvalues(&mut d, &mut e, |_, _, _| ()).unwrap());
            let (mut rootless, mut squares) = (vec![2.0; n], vec![1.0; n - 1]);
            assert!(values(&mut rootless, &mut squares).unwrap());
            for mut found in [d, rootless] {
                found.sort_by(f64::total_cmp);
                for (k, value) in found.iter().enumerate() {
                    let expected = 2.0 - 2.0 * ((k + 1) as f64 * std::f64::consts::PI / (n + 1) as f64).cos();
                    assert!((value - expected).abs() < 1e-14 * n as f64, "{n} {k}: {value} {expected}");
                }
            }
        }
    }

    #[test]
    fn diagonals_of_zeros_and_graded_ones() {
        // Eigenvalues come in pairs of opposite signs.
        for n in [2, 9, 64] {
            let mut d = vec![0.0; n];
            let mut squares: Vec<f64> = (1..n).map(|i| (i % 5) as f64 + 0.5).collect();
            assert!(values(&mut d, &mut squares).unwrap());
            d.sort_by(f64::total_cmp);
            assert!((0..n).all(|i| (d[i] + d[n - 1 - i]).abs() < 1e-13), "{d:?}");
        }
        let mut d: Vec<f64> = (0..40).map(|i| 10f64.powi(-3 * i)).collect();
        let mut squares: Vec<f64> = (0..39).map(|i| 10f64.powi(-6 * i - 6)).collect();
        let trace: f64 = d.iter().sum();
        assert!(values(&mut d, &mut squares).unwrap());
        assert!((d.iter().sum::<f64>() - trace).abs() < 1e-15 && d.iter().all(|x| x.is_finite()));
        assert!(!values(&mut [1.0, f64::NAN, 2.0], &mut [1.0, 1.0]).unwrap());
    }
}
