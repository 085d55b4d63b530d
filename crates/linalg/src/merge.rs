//! Two halves of a decomposed matrix put together: what divide and conquer of tridiagonal (`conquer`) and bidiagonal
//! matrices (`divide`) have in common.
//!
//! ```text
//! eigenvalues of D + ρ·z·zᵀ:  elements of z that are negligible, and equal elements of D after a rotation,
//!                             give eigenvalues as they stand; the others are roots of the secular equation (`secular`)
//!                   vectors:  those of D + ρ·ẑ·ẑᵀ, ẑ being what has the computed roots exactly; the halves' vectors times
//!                             them, two products of matrices, since each old vector is zero in one half
//! singular values of the matrix with z as its first row above D, whose first element is 0: the same, with squares
//! ```
//! (Cuppen 1981; Gu and Eisenstat 1995, "A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem" and
//! "… for the bidiagonal SVD", whose ẑ makes the vectors orthogonal.) Roots and their vectors are computed in double
//! precision for single too.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use faer::{Accum, MatMut, Par};
use sharray_base::{Result, threads};

use crate::dense::{Dense, Start, by_columns, filled, matmul};
use crate::scalar::{Float, Scalar};
use crate::secular::{Roots, Secular};
use crate::sweep;

/// Matrices from so many rows on are worth two threads.
pub(crate) const SHARED_FROM: usize = 128;
/// Rounding units of what is negligible.
const UNITS: f64 = 8.0;
/// What is negligible in any case where squares are taken, the matrix's greatest element being about 1: they are not to
/// vanish.
const FLOOR: f64 = 1e-140;
/// Roots that one thread takes, and vectors that are made at once where only their ends are wanted.
const BAND: usize = 32;

/// The vectors of a part, as columns: whole, or (`ends`) the first and the last element of each, which are what a merge
/// needs to find the values.
pub(crate) struct Columns<'a, R> {
    pub(crate) matrix: MatMut<'a, R>,
    pub(crate) ends: bool,
}

impl<R: Scalar + Float> Columns<'_, R> {
    /// Makes them the unit matrix's; all are zero before.
    pub(crate) fn set_unit(&mut self) {
        let n = self.matrix.ncols();
        if self.ends {
            self.matrix[(0, 0)] = <R as Float>::ONE;
            self.matrix[(1, n - 1)] = <R as Float>::ONE;
        } else {
            (0..n).for_each(|i| self.matrix[(i, i)] = <R as Float>::ONE);
        }
    }
    /// The vectors of the first `half` rows and columns, and those of the others.
    pub(crate) fn halves(&mut self, half: usize) -> (Columns<'_, R>, Columns<'_, R>) {
        let ends = self.ends;
        let (left, right) = if ends {
            self.matrix.as_mut().split_at_col_mut(half)
        } else {
            let (left, _, _, right) = self.matrix.as_mut().split_at_mut(half, half);
            (left, right)
        };
        (Columns { matrix: left, ends }, Columns { matrix: right, ends })
    }
    /// `sum·z`: of the halves' vectors the elements at the border, the last ones of the upper and the first ones of the lower.
    pub(crate) fn border(&mut self, half: usize, z: &mut [f64]) {
        let (above, below) = if self.ends { (1, 0) } else { (half - 1, half) };
        for (j, z) in z.iter_mut().enumerate() {
            let row = if j < half { above } else { below };
            *z = self.matrix[(row, j)].wide();
            if self.ends {
                self.matrix[(row, j)] = <R as Float>::ZERO;
            }
        }
    }
    /// Two columns, `i` before `j`.
    fn two(&mut self, i: usize, j: usize) -> (&mut [R], &mut [R]) {
        let (left, right) = self.matrix.as_mut().split_at_col_mut(j);
        match (left.col_mut(i).try_as_col_major_mut(), right.col_mut(0).try_as_col_major_mut()) {
            (Some(x), Some(y)) => (x.as_slice_mut(), y.as_slice_mut()),
            _ => (&mut [], &mut []),
        }
    }
    /// Rotates columns `i` and `j`.
    pub(crate) fn turn(&mut self, i: usize, j: usize, c: f64, s: f64) {
        let (c, s) = (R::of(c), R::of(if i < j { s } else { -s }));
        let (x, y) = self.two(i.min(j), i.max(j));
        for (x, y) in x.iter_mut().zip(y) {
            (*x, *y) = (c * *x + s * *y, c * *y - s * *x);
        }
    }
    /// The columns from `first` to before `end` in the opposite order.
    pub(crate) fn reverse(&mut self, first: usize, end: usize) {
        for k in 0..(end - first) / 2 {
            let (x, y) = self.two(first + k, end - 1 - k);
            x.swap_with_slice(y);
        }
    }
    /// The other way round.
    pub(crate) fn negate(&mut self, j: usize) {
        (0..self.matrix.nrows()).for_each(|i| self.matrix[(i, j)] = -self.matrix[(i, j)]);
    }
    /// Part of a column, where it lies.
    fn column(&self, j: usize) -> &[R] {
        self.matrix.as_ref().col(j).try_as_col_major().map_or(&[], |column| column.as_slice())
    }
}

/// The places of the numbers in rising order.
pub(crate) fn ascending(d: &[f64]) -> Result<Vec<usize>> {
    let mut order = filled(d.len(), 0)?;
    order.iter_mut().enumerate().for_each(|(i, place)| *place = i);
    order.sort_by(|&i, &j| d[i].total_cmp(&d[j]));
    Ok(order)
}

/// In which half a vector isn't zero.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Top,
    Both,
    Bottom,
}

/// What is left of a merge after deflation.
struct Kept {
    /// Places of the columns that take part, by rising value.
    places: Vec<usize>,
    /// Those that don't.
    others: Vec<usize>,
    sides: Vec<Side>,
}

/// A merge: D, z and ρ, and the number of columns of the upper half. With `squares` the last of these belongs to both halves,
/// and is the one with the zero in D.
pub(crate) struct Merge<'a> {
    pub(crate) d: &'a mut [f64],
    pub(crate) z: &'a mut [f64],
    pub(crate) rho: f64,
    pub(crate) half: usize,
    pub(crate) squares: bool,
}

impl Merge<'_> {
    /// Makes D the values, in no order, and the columns their vectors: eigenvectors, or right and left singular vectors.
    /// False without convergence.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(crate) fn run<R: Scalar + Float>(
        mut self,
        right: &mut Columns<'_, R>,
        mut left: Option<Columns<'_, R>>,
    ) -> Result<bool> {
        let kept = self.deflate(right, left.as_mut())?;
        let k = kept.places.len();
        if k == 0 {
            return Ok(true);
        }
        let (mut poles, mut weights) = (filled(k, 0.0)?, filled(k, 0.0)?);
        for (i, &place) in kept.places.iter().enumerate() {
            (poles[i], weights[i]) = (self.d[place], self.z[place]);
        }
        let secular = Secular { poles: &poles, weights: &weights, rho: self.rho, squares: self.squares };
        let Some(roots) = roots(&secular)? else { return Ok(false) };
        let mut exact = filled(k, 0.0)?;
        each(&mut exact, |i, _| secular.exact_weight(i, &roots))?;
        let secular = Secular { weights: &exact, ..secular };
        update(&kept, self.half, &secular, &roots, right, false)?;
        if let Some(left) = &mut left {
            update(&kept, self.half, &secular, &roots, left, true)?;
        }
        let mut values = filled(self.d.len(), 0.0)?;
        let found = (0..k).map(|j| secular.value(roots.get(j)));
        let rest = kept.others.iter().map(|&place| self.d[place]);
        values.iter_mut().zip(found.chain(rest)).for_each(|(place, value)| *place = value);
        self.d.copy_from_slice(&values);
        Ok(true)
    }

    /// Finds what takes no part in the merge.
    fn deflate<R: Scalar + Float>(
        &mut self,
        right: &mut Columns<'_, R>,
        mut left: Option<&mut Columns<'_, R>>,
    ) -> Result<Kept> {
        let Merge { d, z, rho, half, squares } = self;
        let (n, rho, half, squares) = (d.len(), *rho, *half, *squares);
        if squares {
            // Before all others, zeros too.
            d[half - 1] = -0.0;
        }
        let order = ascending(d)?;
        let most = |x: &[f64]| x.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        let floor = if squares { FLOOR } else { 0.0 };
        let limit = (UNITS * 0.5 * <R as Float>::EPSILON.wide() * most(d).max(rho * most(z))).max(floor);
        let mut sides = filled(n, Side::Top)?;
        sides[half..].fill(Side::Bottom);
        let (mut places, mut others) = (Vec::new(), Vec::new());
        crate::dense::reserve(&mut places, n)?;
        crate::dense::reserve(&mut others, n)?;
        let mut order = &order[..];
        if squares {
            // The zero can't be left out: instead its z is never less than what is negligible.
            let first = half - 1;
            order = &order[1..];
            (d[first], sides[first]) = (0.0, Side::Both);
            if z[first].abs() <= limit {
                z[first] = limit.copysign(z[first]);
            }
            places.push(first);
        }
        let mut last: Option<usize> = None;
        for &i in order {
            if rho * z[i].abs() <= limit {
                others.push(i);
                continue;
            }
            let Some(before) = last.replace(i) else { continue };
            let length = z[before].hypot(z[i]);
            let (c, s) = (z[i] / length, -z[before] / length);
            if ((d[i] - d[before]) * c * s).abs() > limit {
                places.push(before);
                continue;
            }
            (z[i], z[before]) = (length, 0.0);
            if sides[i] != sides[before] {
                (sides[i], sides[before]) = (Side::Both, Side::Both);
            }
            right.turn(before, i, c, s);
            if let Some(left) = &mut left {
                left.turn(before, i, c, s);
            }
            (d[before], d[i]) = (d[before] * c * c + d[i] * s * s, d[before] * s * s + d[i] * c * c);
            others.push(before);
        }
        places.extend(last);
        if let (true, Some(&next)) = (squares, places.get(1)) {
            d[next] = d[next].max(0.5 * limit);
        }
        Ok(Kept { places, others, sides })
    }
}

/// Does `work(i, memory)` for each i, the memory being as long as there are, on several threads if there are many.
fn each<T: Copy + Send>(out: &mut [T], work: impl Fn(usize, &mut [f64]) -> T + Sync) -> Result<()> {
    let n = out.len();
    let width = if n < SHARED_FROM { n.max(1) } else { BAND };
    let start = Start(out.as_mut_ptr());
    threads::run_at_once(n.div_ceil(width), |band| {
        let mut memory = filled(n, 0.0)?;
        for i in band * width..n.min((band + 1) * width) {
            let value = work(i, &mut memory);
            // SAFETY: an element of `out`, which this function borrows; each i belongs to one band.
            unsafe { *start.at(i as isize) = value };
        }
        Ok(())
    })
}

fn roots(secular: &Secular<'_>) -> Result<Option<Roots>> {
    let k = secular.poles.len();
    let mut found = filled(k, None)?;
    each(&mut found, |j, gaps| secular.root(j, gaps))?;
    let mut roots = Roots { origins: filled(k, 0.0)?, steps: filled(k, 0.0)? };
    for (j, root) in found.into_iter().enumerate() {
        let Some(root) = root else { return Ok(None) };
        (roots.origins[j], roots.steps[j]) = (root.origin, root.step);
    }
    Ok(Some(roots))
}

/// The kept columns in the order of the halves they live in.
struct Sorted {
    /// Which of the kept ones.
    order: Vec<usize>,
    /// Where they are.
    places: Vec<usize>,
    /// The first ones live in the upper half.
    upper: usize,
    /// Those from here on in the lower one.
    lower: usize,
}

impl Kept {
    fn sorted(&self) -> Result<Sorted> {
        let k = self.places.len();
        let (mut order, mut places) = (filled(k, 0)?, filled(k, 0)?);
        let (mut count, mut ends) = (0, [0; 3]);
        for (side, end) in [Side::Top, Side::Both, Side::Bottom].into_iter().zip(&mut ends) {
            for (i, &place) in self.places.iter().enumerate() {
                if self.sides[place] == side {
                    (order[count], places[count]) = (i, place);
                    count += 1;
                }
            }
            *end = count;
        }
        Ok(Sorted { order, places, upper: ends[1], lower: ends[0] })
    }
}

/// Replaces the columns: first the new vectors, then those that took no part.
fn update<R: Scalar + Float>(
    kept: &Kept,
    half: usize,
    secular: &Secular<'_>,
    roots: &Roots,
    columns: &mut Columns<'_, R>,
    left: bool,
) -> Result<()> {
    let half = if columns.ends { 1 } else { half };
    let (n, k, ends) = (columns.matrix.nrows(), kept.places.len(), columns.ends);
    let Sorted { order, places, upper, lower } = kept.sorted()?;
    let gather = |rows: std::ops::Range<usize>, places: &[usize]| {
        let mut made = Dense::zeros(rows.len(), places.len())?;
        for (j, &place) in places.iter().enumerate() {
            made.column_mut(j).copy_from_slice(&columns.column(place)[rows.clone()]);
        }
        Result::Ok(made)
    };
    let top = gather(0..half, &places[..upper])?;
    let bottom = gather(half..n, &places[lower..])?;
    let others = gather(0..n, &kept.others)?;
    let (merged, rest) = columns.matrix.as_mut().subcols_mut(0, k + kept.others.len()).split_at_col_mut(k);
    { rest }.copy_from(others.as_ref());
    // Where only ends are wanted, most of the work are the vectors themselves.
    let cost = if ends { 16 * k * k } else { n * k * k };
    by_columns(merged, cost, |first, mut part| {
        let wide = part.ncols();
        let height = if ends { BAND.min(wide) } else { wide };
        let (mut s, mut whole) = (Dense::zeros(k, height)?, filled(k, 0.0)?);
        for from in (0..wide).step_by(height.max(1)) {
            let count = height.min(wide - from);
            for j in 0..count {
                secular.vector(roots.get(first + from + j), left, &mut whole);
                for (place, &i) in s.column_mut(j).iter_mut().zip(&order) {
                    *place = <R as Float>::of(whole[i]);
                }
            }
            let s = s.as_ref().subcols(0, count);
            let (above, below) = part.as_mut().subcols_mut(from, count).split_at_row_mut(half);
            times(above, &top, s.subrows(0, upper))?;
            times(below, &bottom, s.subrows(lower, k - lower))?;
        }
        Ok(())
    })
}

/// `to = a·b`.
fn times<R: Scalar + Float>(mut to: MatMut<'_, R>, a: &Dense<R>, b: faer::MatRef<'_, R>) -> Result<()> {
    if a.rows() != 1 {
        matmul(to, Accum::Replace, a.as_ref(), b, <R as Float>::ONE, Par::Seq);
        return Ok(());
    }
    let (mut row, mut sums) =
        (filled(a.columns(), <R as Float>::ZERO)?, filled(to.ncols(), <R as Float>::ZERO)?);
    row.iter_mut().enumerate().for_each(|(j, place)| *place = a[(0, j)]);
    sweep::dots(b, &row, &mut sums);
    sums.iter().enumerate().for_each(|(j, &sum)| to[(0, j)] = sum);
    Ok(())
}

/// Decomposes two halves, side by side if they are large; false if one does not converge.
///
/// # Errors
/// Those of `one`.
pub(crate) fn both<T: Send>(n: usize, parts: [T; 2], one: impl Fn(T) -> Result<bool> + Sync) -> Result<bool> {
    if n < SHARED_FROM {
        let [first, second] = parts;
        return Ok(one(first)? && one(second)?);
    }
    let parts = parts.map(|part| Mutex::new(Some(part)));
    let holds = AtomicBool::new(true);
    threads::run_at_once(2, |which| {
        let given = parts[which].lock().map_or(None, |mut part| part.take());
        if let Some(part) = given
            && !one(part)?
        {
            holds.store(false, Ordering::Relaxed);
        }
        Ok(())
    })?;
    Ok(holds.into_inner())
}
