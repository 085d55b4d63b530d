//! The secular equation `1 + ρ·Σ zᵢ² / (dᵢ − λ) = 0`: between each two of the poles d, and behind the last, lies one root.
//!
//! A root is kept as its distance from the nearer pole, so that differences to poles have all their digits. It is found by
//! replacing the sums over the poles below and above by one fraction each, of the same value and slope (Bunch, Nielsen and
//! Sorensen 1978, "Rank-one modification of the symmetric eigenproblem"); halving the interval where that leads out of it.
//!
//! For singular values poles and roots are squares: `1 + Σ zᵢ² / (dᵢ² − σ²) = 0`. Their differences are taken as products,
//! `(dᵢ − dⱼ)·(dᵢ + dⱼ)`, which have all digits too.

use std::ops::Range;

use faer::traits::pulp::{Arch, Simd, WithSimd};

/// Steps before giving up.
const MOST: usize = 200;
/// Steps before every other one halves the interval.
const PATIENT: usize = 16;

/// An equation. Poles rise; no weight is zero; ρ is positive.
#[derive(Clone, Copy)]
pub(crate) struct Secular<'a> {
    /// d.
    pub(crate) poles: &'a [f64],
    /// z.
    pub(crate) weights: &'a [f64],
    /// ρ.
    pub(crate) rho: f64,
    /// Whether the equation is of squares; d is not negative then.
    pub(crate) squares: bool,
}

/// A root: its distance from a pole, or that of the squares.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Root {
    /// d of the pole.
    pub(crate) origin: f64,
    /// The distance.
    pub(crate) step: f64,
}

/// All roots, in their order.
#[derive(Debug, Default)]
pub(crate) struct Roots {
    /// d of each one's pole.
    pub(crate) origins: Vec<f64>,
    /// The distances.
    pub(crate) steps: Vec<f64>,
}

impl Roots {
    /// One of them.
    pub(crate) fn get(&self, j: usize) -> Root {
        Root { origin: self.origins[j], step: self.steps[j] }
    }
}

/// A sum over poles on one side of the root, and its slope.
#[derive(Clone, Copy)]
struct Side {
    value: f64,
    slope: f64,
}

impl Secular<'_> {
    /// From one pole to another.
    #[inline(always)]
    fn gap(&self, from: f64, to: f64) -> f64 {
        if self.squares { (to - from) * (to + from) } else { to - from }
    }
    #[inline(always)]
    fn gaps(&self, from: f64, out: &mut [f64]) {
        if self.squares {
            out.iter_mut().zip(self.poles).for_each(|(place, &to)| *place = (to - from) * (to + from));
        } else {
            out.iter_mut().zip(self.poles).for_each(|(place, &to)| *place = to - from);
        }
    }

    /// The number that a root stands for.
    pub(crate) fn value(&self, root: Root) -> f64 {
        let Root { origin, step } = root;
        if self.squares { origin + step / (origin + (origin * origin + step).sqrt()) } else { origin + step }
    }

    /// The root behind pole j; none without convergence. `gaps` is as long as there are poles.
    pub(crate) fn root(&self, j: usize, gaps: &mut [f64]) -> Option<Root> {
        struct Find<'a>(Secular<'a>, usize, &'a mut [f64]);
        impl WithSimd for Find<'_> {
            type Output = Option<Root>;
            #[inline(always)]
            fn with_simd<S: Simd>(self, simd: S) -> Option<Root> {
                self.0.found(simd, self.1, self.2)
            }
        }
        Arch::new().dispatch(Find(*self, j, gaps))
    }
    #[inline(always)]
    fn found<S: Simd>(&self, simd: S, j: usize, gaps: &mut [f64]) -> Option<Root> {
        let last = self.poles.len() - 1;
        let width = if j < last {
            self.gap(self.poles[j], self.poles[j + 1])
        } else {
            self.rho * self.weights.iter().map(|z| z * z).sum::<f64>()
        };
        let half = 0.5 * width;
        self.gaps(self.poles[j], gaps);
        let sums = self.sums(simd, gaps, j, half);
        let is_near = j == last || 1.0 + sums.0.value + sums.1.value >= 0.0;
        let origin = if is_near { self.poles[j] } else { self.poles[j + 1] };
        if !is_near {
            self.gaps(origin, gaps);
        }
        let (low, high) = match (is_near, j == last) {
            (_, true) => (0.0, width * (1.0 + 4.0 * f64::EPSILON)),
            (true, _) => (0.0, half),
            (false, _) => (-half, 0.0),
        };
        let start = if is_near { half } else { -half };
        self.refined(simd, j, gaps, (start, sums), (low, high)).map(|step| Root { origin, step })
    }

    #[inline(always)]
    fn refined<S: Simd>(
        &self,
        simd: S,
        j: usize,
        gaps: &[f64],
        (start, mut sums): (f64, (Side, Side)),
        (mut low, mut high): (f64, f64),
    ) -> Option<f64> {
        let (nearest, next) = (gaps[j], gaps.get(j + 1));
        let mut step = start;
        for turn in 0..MOST {
            if turn > 0 {
                sums = self.sums(simd, gaps, j, step);
            }
            let (below, above) = sums;
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
    #[inline(always)]
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
    #[inline(always)]
    fn sums<S: Simd>(&self, simd: S, gaps: &[f64], j: usize, step: f64) -> (Side, Side) {
        let (low, high) = gaps.split_at(j + 1);
        let (near, far) = self.weights.split_at(j + 1);
        (side(simd, low, near, step, self.rho), side(simd, high, far, step, self.rho))
    }

    /// The weight of pole i with which these roots are exact.
    pub(crate) fn exact_weight(&self, i: usize, roots: &Roots) -> f64 {
        struct Find<'a>(Secular<'a>, usize, &'a Roots);
        impl WithSimd for Find<'_> {
            type Output = f64;
            #[inline(always)]
            fn with_simd<S: Simd>(self, simd: S) -> f64 {
                self.0.weight(simd, self.1, self.2)
            }
        }
        Arch::new().dispatch(Find(*self, i, roots))
    }
    #[inline(always)]
    fn weight<S: Simd>(&self, simd: S, i: usize, roots: &Roots) -> f64 {
        // Π (λⱼ − dᵢ) / (dⱼ − dᵢ): the root behind each pole with the pole itself, but for i, and all factors are positive.
        let below = self.product(simd, i, roots, 0..i);
        let above = self.product(simd, i, roots, i + 1..self.poles.len());
        let own = self.gap(self.poles[i], roots.origins[i]) + roots.steps[i];
        (own * below * above).abs().sqrt().copysign(self.weights[i])
    }
    #[inline(always)]
    fn product<S: Simd>(&self, simd: S, i: usize, roots: &Roots, range: Range<usize>) -> f64 {
        let pole = self.poles[i];
        let (origins, few_origins) = S::as_simd_f64s(&roots.origins[range.clone()]);
        let (steps, few_steps) = S::as_simd_f64s(&roots.steps[range.clone()]);
        let (others, few_others) = S::as_simd_f64s(&self.poles[range]);
        let from = simd.splat_f64s(pole);
        let gap = |to| {
            let gap = simd.sub_f64s(to, from);
            if self.squares { simd.mul_f64s(gap, simd.add_f64s(to, from)) } else { gap }
        };
        let mut products = simd.splat_f64s(1.0);
        for ((&origin, &step), &other) in origins.iter().zip(steps).zip(others) {
            let factor = simd.div_f64s(simd.add_f64s(gap(origin), step), gap(other));
            products = simd.mul_f64s(products, factor);
        }
        let few = few_origins.iter().zip(few_steps).zip(few_others);
        few.fold(simd.reduce_product_f64s(products), |product, ((&origin, &step), &other)| {
            product * ((self.gap(pole, origin) + step) / self.gap(pole, other))
        })
    }

    /// The eigenvector of `D + ρ·z·zᵀ`, of length 1, that belongs to a root. Of squares: the right singular vector of the
    /// matrix with z as its first row above D, whose first element is 0, or (`left`) the left one.
    pub(crate) fn vector(&self, root: Root, left: bool, out: &mut [f64]) {
        struct Fill<'a>(Secular<'a>, Root, bool, &'a mut [f64]);
        impl WithSimd for Fill<'_> {
            type Output = ();
            #[inline(always)]
            fn with_simd<S: Simd>(self, simd: S) {
                self.0.fill(simd, self.1, self.2, self.3);
            }
        }
        Arch::new().dispatch(Fill(*self, root, left, out));
    }
    #[inline(always)]
    fn fill<S: Simd>(&self, simd: S, root: Root, left: bool, out: &mut [f64]) {
        self.gaps(root.origin, out);
        for (place, &weight) in out.iter_mut().zip(self.weights) {
            *place = weight / (*place - root.step);
        }
        if left {
            out.iter_mut().zip(self.poles).for_each(|(place, &pole)| *place *= pole);
            out[0] = -1.0;
        }
        let factor = 1.0 / square(simd, out).sqrt();
        out.iter_mut().for_each(|x| *x *= factor);
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

#[inline(always)]
fn square<S: Simd>(simd: S, x: &[f64]) -> f64 {
    let (x, few) = S::as_simd_f64s(x);
    let sums = x.iter().fold(simd.splat_f64s(0.0), |sums, &x| simd.mul_add_e_f64s(x, x, sums));
    simd.reduce_sum_f64s(sums) + few.iter().map(|x| x * x).sum::<f64>()
}

#[inline(always)]
fn side<S: Simd>(simd: S, gaps: &[f64], weights: &[f64], step: f64, rho: f64) -> Side {
    let (mut values, mut slopes) = (simd.splat_f64s(0.0), simd.splat_f64s(0.0));
    let ((d, few_d), (z, few_z)) = (S::as_simd_f64s(gaps), S::as_simd_f64s(weights));
    let steps = simd.splat_f64s(step);
    for (&d, &z) in d.iter().zip(z) {
        let part = simd.div_f64s(z, simd.sub_f64s(d, steps));
        values = simd.mul_add_e_f64s(z, part, values);
        slopes = simd.mul_add_e_f64s(part, part, slopes);
    }
    let (mut value, mut slope) = (simd.reduce_sum_f64s(values), simd.reduce_sum_f64s(slopes));
    for (&d, &z) in few_d.iter().zip(few_z) {
        let part = z / (d - step);
        value += z * part;
        slope += part * part;
    }
    Side { value: rho * value, slope: rho * slope }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(roots: &[Root]) -> Roots {
        Roots {
            origins: roots.iter().map(|root| root.origin).collect(),
            steps: roots.iter().map(|root| root.step).collect(),
        }
    }

    #[test]
    fn roots_interlace_and_hold() {
        for n in [1usize, 2, 3, 9, 50] {
            let poles: Vec<f64> = (0..n).map(|i| i as f64 + 1e-9 * ((i % 3) as f64)).collect();
            let weights: Vec<f64> = (0..n).map(|i| if i % 4 == 1 { 1e-9 } else { 0.3 }).collect();
            let secular = Secular { poles: &poles, weights: &weights, rho: 0.7, squares: false };
            let mut gaps = vec![0.0; n];
            let roots: Vec<Root> = (0..n).map(|j| secular.root(j, &mut gaps).unwrap()).collect();
            let all = all(&roots);
            for (j, root) in roots.iter().enumerate() {
                let value = secular.value(*root);
                assert!(
                    value >= poles[j] && poles.get(j + 1).is_none_or(|next| value <= *next),
                    "{j} {root:?}"
                );
            }
            // The sum of the roots is the trace, and the exact weights are near the given ones.
            let sum: f64 = roots.iter().map(|root| secular.value(*root)).sum();
            let trace: f64 = poles.iter().zip(&weights).map(|(d, z)| d + 0.7 * z * z).sum();
            assert!((sum - trace).abs() < 1e-13 * n as f64 * trace.abs().max(1.0));
            for (i, &weight) in weights.iter().enumerate() {
                let exact = secular.exact_weight(i, &all) / 0.7f64.sqrt();
                assert!((exact - weight).abs() < 1e-12 * weight.max(1e-3), "{n} {i} {exact}");
            }
        }
    }

    #[test]
    fn roots_of_squares() {
        for n in [1usize, 2, 5, 40] {
            let poles: Vec<f64> = (0..n).map(|i| i as f64 * 0.25 + 1e-9 * ((i % 3) as f64)).collect();
            let weights: Vec<f64> = (0..n).map(|i| if i % 4 == 1 { 1e-9 } else { -0.3 }).collect();
            let secular = Secular { poles: &poles, weights: &weights, rho: 1.0, squares: true };
            let mut gaps = vec![0.0; n];
            let roots: Vec<Root> = (0..n).map(|j| secular.root(j, &mut gaps).unwrap()).collect();
            let all = all(&roots);
            let sum: f64 = roots.iter().map(|root| secular.value(*root).powi(2)).sum();
            let norm: f64 = poles.iter().zip(&weights).map(|(d, z)| d * d + z * z).sum();
            assert!((sum - norm).abs() < 1e-14 * n as f64 * norm);
            for (i, &weight) in weights.iter().enumerate() {
                let exact = secular.exact_weight(i, &all);
                assert!((exact - weight).abs() < 1e-12 * weight.abs().max(1e-3), "{n} {i} {exact}");
            }
            // M·v = σ·u, with z as the first row of M.
            let (mut u, mut v) = (vec![0.0; n], vec![0.0; n]);
            for root in &roots {
                secular.vector(*root, false, &mut v);
                secular.vector(*root, true, &mut u);
                let value = secular.value(*root);
                let first: f64 = v.iter().zip(&weights).map(|(v, z)| v * z).sum();
                assert!((first - value * u[0]).abs() < 1e-13);
                for k in 1..n {
                    assert!((poles[k] * v[k] - value * u[k]).abs() < 1e-13 * n as f64);
                }
            }
        }
    }
}
