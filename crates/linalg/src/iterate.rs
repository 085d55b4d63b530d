//! Eigenvalues of real symmetric tridiagonal matrices by implicitly shifted QR steps, in double precision: a rotation makes
//! an element off the diagonals, which others chase down to the end. The shift is the eigenvalue of the last 2 × 2 that is
//! nearer to the last element (Wilkinson's).

use sharray_base::{Result, interrupt};

/// Steps for each eigenvalue before giving up.
const MOST: usize = 50;

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
            d.sort_by(f64::total_cmp);
            for (k, value) in d.iter().enumerate() {
                let expected = 2.0 - 2.0 * ((k + 1) as f64 * std::f64::consts::PI / (n + 1) as f64).cos();
                assert!((value - expected).abs() < 1e-14 * n as f64, "{n} {k}: {value} {expected}");
            }
        }
    }
}
