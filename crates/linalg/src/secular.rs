//! The secular equation `1 + ρ·Σ zᵢ² / (dᵢ − λ) = 0`: between each two of the poles d, and behind the last, lies one root.
//!
//! A root is kept as its distance from the nearer pole, so that differences to poles have all their digits. It is found by
//! replacing the sums over the poles below and above by one fraction each, of the same value and slope (Bunch, Nielsen and
//! Sorensen 1978, "Rank-one modification of the symmetric eigenproblem"); halving the interval where that leads out of it.

/// Steps before giving up.
const MOST: usize = 200;
/// Steps before every other one halves the interval.
const PATIENT: usize = 16;
/// Sums that a processor adds up side by side.
const LANES: usize = 8;

/// An equation. Poles rise; no weight is zero; ρ is positive.
pub(crate) struct Secular<'a> {
    /// d.
    pub(crate) poles: &'a [f64],
    /// z.
    pub(crate) weights: &'a [f64],
    /// ρ.
    pub(crate) rho: f64,
}

/// A root: its distance from a pole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root {
    /// Which pole.
    pub(crate) origin: usize,
    /// The distance.
    pub(crate) step: f64,
}

impl Root {
    /// The eigenvector of `D + ρ·z·zᵀ`, of length 1.
    pub(crate) fn vector(&self, poles: &[f64], weights: &[f64], out: &mut [f64]) {
        let origin = poles[self.origin];
        for ((place, &pole), &weight) in out.iter_mut().zip(poles).zip(weights) {
            *place = weight / ((pole - origin) - self.step);
        }
        let square: f64 = out.iter().map(|x| x * x).sum();
        let factor = 1.0 / square.sqrt();
        out.iter_mut().for_each(|x| *x *= factor);
    }
}

/// A sum over poles on one side of the root, and its slope.
#[derive(Clone, Copy)]
struct Side {
    value: f64,
    slope: f64,
}

impl Secular<'_> {
    /// The root behind pole j; none without convergence.
    pub(crate) fn root(&self, j: usize) -> Option<Root> {
        let last = self.poles.len() - 1;
        let width = if j < last {
            self.poles[j + 1] - self.poles[j]
        } else {
            self.rho * self.weights.iter().map(|z| z * z).sum::<f64>()
        };
        let half = 0.5 * width;
        let (below, above) = self.sums(j, j, half);
        let is_near = j == last || 1.0 + below.value + above.value >= 0.0;
        let origin = if is_near { j } else { j + 1 };
        let (low, high) = match (is_near, j == last) {
            (_, true) => (0.0, width * (1.0 + 4.0 * f64::EPSILON)),
            (true, _) => (0.0, half),
            (false, _) => (-half, 0.0),
        };
        let start = if is_near { half } else { -half };
        self.refined(j, origin, start, (low, high)).map(|step| Root { origin, step })
    }

    fn refined(&self, j: usize, origin: usize, start: f64, bracket: (f64, f64)) -> Option<f64> {
        let (mut low, mut high) = bracket;
        let base = self.poles[origin];
        let (nearest, next) = (self.poles[j] - base, self.poles.get(j + 1).map(|pole| pole - base));
        let mut step = start;
        for turn in 0..MOST {
            let (below, above) = self.sums(j, origin, step);
            let value = 1.0 + below.value + above.value;
            let noise = f64::EPSILON * (1.0 + 8.0 * (above.value - below.value))
                + f64::EPSILON * step.abs() * (below.slope + above.slope);
            if value.abs() <= noise {
                return Some(step);
            }
            if value < 0.0 {
                low = step
            } else {
                high = step
            }
            if high - low <= 2.0 * f64::EPSILON * low.abs().min(high.abs()) {
                return Some(step);
            }
            let correction = self.correction(value, below, above, nearest - step, next.map(|x| x - step));
            let wanted = step + correction;
            if correction.abs() <= f64::EPSILON * step.abs() {
                return Some(step);
            }
            // Steps come from one side, and few are needed: many are a sign of an interval that won't shrink.
            let trusted = turn < PATIENT || turn % 2 == 0;
            step = if trusted && wanted > low && wanted < high { wanted } else { middle(low, high) };
        }
        None
    }

    /// The step to the zero of the two fractions; `to_first` and `to_next` are the distances to the two poles.
    fn correction(&self, value: f64, below: Side, above: Side, to_first: f64, to_next: Option<f64>) -> f64 {
        let first = below.slope * to_first * to_first;
        let Some(to_next) = to_next else {
            // c + first / (to_first − step) = 0.
            let c = value - first / to_first;
            return to_first + first / c;
        };
        let second = above.slope * to_next * to_next;
        let c = value - first / to_first - second / to_next;
        let a = c * (to_first + to_next) + first + second;
        let b = value * to_first * to_next;
        let root = (a * a - 4.0 * b * c).max(0.0).sqrt();
        if a <= 0.0 { (a - root) / (2.0 * c) } else { 2.0 * b / (a + root) }
    }

    /// `ρ·Σ zᵢ² / (dᵢ − λ)` over the poles up to j, and over those behind.
    #[inline]
    fn sums(&self, j: usize, origin: usize, step: f64) -> (Side, Side) {
        let base = self.poles[origin];
        let (low, high) = self.poles.split_at(j + 1);
        let (near, far) = self.weights.split_at(j + 1);
        (side(low, near, base, step, self.rho), side(high, far, base, step, self.rho))
    }

    /// The weight of pole i with which these roots are exact.
    pub(crate) fn exact_weight(&self, i: usize, roots: &[Root]) -> f64 {
        // Π (λⱼ − dᵢ) / (dⱼ − dᵢ): the root behind each pole with the pole itself, but for i, and all factors are positive.
        let pole = self.poles[i];
        let from = |root: &Root| (self.poles[root.origin] - pole) + root.step;
        let factor = |(root, other): (&Root, &f64)| from(root) / (other - pole);
        let below = product(roots[..i].iter().zip(&self.poles[..i]).map(factor));
        let above = product(roots[i + 1..].iter().zip(&self.poles[i + 1..]).map(factor));
        (from(&roots[i]) * below * above).abs().sqrt().copysign(self.weights[i])
    }
}

fn middle(low: f64, high: f64) -> f64 {
    // Towards a pole by magnitudes.
    match (low, high) {
        (0.0, high) => high * 0.0625,
        (low, 0.0) => low * 0.0625,
        _ if low / high > 16.0 || high / low > 16.0 => (low * high).sqrt().copysign(low),
        _ => 0.5 * (low + high),
    }
}

fn product(factors: impl Iterator<Item = f64>) -> f64 {
    factors.fold(1.0, |product, factor| product * factor)
}

#[inline]
fn side(poles: &[f64], weights: &[f64], base: f64, step: f64, rho: f64) -> Side {
    let (mut values, mut slopes) = ([0.0; LANES], [0.0; LANES]);
    let (d, z) = (poles.chunks_exact(LANES), weights.chunks_exact(LANES));
    let (mut value, mut slope) = (0.0, 0.0);
    for (&d, &z) in d.remainder().iter().zip(z.remainder()) {
        let part = z / ((d - base) - step);
        value += z * part;
        slope += part * part;
    }
    for (d, z) in d.zip(z) {
        for i in 0..LANES {
            let part = z[i] / ((d[i] - base) - step);
            values[i] += z[i] * part;
            slopes[i] += part * part;
        }
    }
    value += values.iter().sum::<f64>();
    slope += slopes.iter().sum::<f64>();
    Side { value: rho * value, slope: rho * slope }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_interlace_and_hold() {
        for n in [1usize, 2, 3, 9, 50] {
            let poles: Vec<f64> = (0..n).map(|i| i as f64 + 1e-9 * ((i % 3) as f64)).collect();
            let weights: Vec<f64> = (0..n).map(|i| if i % 4 == 1 { 1e-9 } else { 0.3 }).collect();
            let secular = Secular { poles: &poles, weights: &weights, rho: 0.7 };
            let roots: Vec<Root> = (0..n).map(|j| secular.root(j).unwrap()).collect();
            for (j, root) in roots.iter().enumerate() {
                let value = poles[root.origin] + root.step;
                assert!(
                    value >= poles[j] && poles.get(j + 1).is_none_or(|next| value <= *next),
                    "{j} {root:?}"
                );
            }
            // The sum of the roots is the trace, and the exact weights are near the given ones.
            let sum: f64 = roots.iter().map(|root| poles[root.origin] + root.step).sum();
            let trace: f64 = poles.iter().zip(&weights).map(|(d, z)| d + 0.7 * z * z).sum();
            assert!((sum - trace).abs() < 1e-13 * n as f64 * trace.abs().max(1.0));
            for (i, &weight) in weights.iter().enumerate() {
                let exact = secular.exact_weight(i, &roots) / 0.7f64.sqrt();
                assert!((exact - weight).abs() < 1e-12 * weight.max(1e-3), "{n} {i} {exact}");
            }
        }
    }
}
