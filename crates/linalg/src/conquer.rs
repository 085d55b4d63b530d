//! Eigenvalues and eigenvectors of real symmetric tridiagonal matrices, by divide and conquer.
//!
//! ```text
//! decomposed(T):  few rows → iterated (`iterate`)
//!                 else T = [T₁ 0; 0 T₂] + ρ·u·uᵀ, u = (0 … 0 1 ±1 0 … 0); both halves decomposed, then merged
//! merged:         D + ρ·z·zᵀ with z = Qᵀ·u;  elements of z that are negligible, and equal elements of D after a rotation,
//!                 give eigenvalues as they stand; the others are roots of the secular equation (`secular`)
//!                 vectors: those of D + ρ·ẑ·ẑᵀ, ẑ being what has the computed roots exactly; Q times them, two products of
//!                 matrices, since each old vector is zero in one half
//! ```
//! (Cuppen 1981; Gu and Eisenstat 1995, "A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem", whose
//! ẑ makes the vectors orthogonal.) Roots and their vectors are computed in double precision for single too.

use faer::{Accum, MatMut, Par};
use sharray_base::{Result, interrupt, threads};

use crate::dense::{Dense, Start, by_columns, filled, matmul};
use crate::iterate;
use crate::scalar::{Float, Scalar};
use crate::secular::{Root, Secular};

/// Matrices of at most so many rows are iterated.
const FEW: usize = 32;
/// Matrices from so many rows on are worth two threads.
const SHARED_FROM: usize = 128;
/// Rounding units of what is negligible.
const UNITS: f64 = 8.0;

/// Eigenvalues, ascending, and eigenvectors as columns; none without convergence. `e` is below the diagonal.
///
/// # Errors
/// `OutOfMemory`, or an interruption.
pub(crate) fn decompose<R: Scalar + Float>(d: &mut [f64], e: &mut [f64]) -> Result<Option<Dense<R>>> {
    let n = d.len();
    let mut q = Dense::zeros(n, n)?;
    if !d.iter().chain(&*e).all(|x| x.is_finite()) || !part::<R>(d, e, q.as_mut())? {
        return Ok(None);
    }
    let order = ascending(d)?;
    let mut sorted = filled(n, 0.0)?;
    sorted.iter_mut().zip(&order).for_each(|(place, &i)| *place = d[i]);
    d.copy_from_slice(&sorted);
    let mut vectors = Dense::zeros(n, n)?;
    for (j, &from) in order.iter().enumerate() {
        vectors.column_mut(j).copy_from_slice(q.column(from));
    }
    Ok(Some(vectors))
}

/// The places of the numbers in rising order.
fn ascending(d: &[f64]) -> Result<Vec<usize>> {
    let mut order = filled(d.len(), 0)?;
    order.iter_mut().enumerate().for_each(|(i, place)| *place = i);
    order.sort_by(|&i, &j| d[i].total_cmp(&d[j]));
    Ok(order)
}

/// Eigenvalues, in no order, and vectors of a part of the matrix; `q` is zero before. False without convergence.
fn part<R: Scalar + Float>(d: &mut [f64], e: &mut [f64], mut q: MatMut<'_, R>) -> Result<bool> {
    let n = d.len();
    if n <= FEW {
        (0..n).for_each(|i| q[(i, i)] = <R as Float>::ONE);
        return iterate::eigenvalues(d, e, |k, c, s| turn(q.as_mut(), k, k + 1, c, s));
    }
    interrupt::poll()?;
    let half = n / 2;
    let rho = e[half - 1];
    d[half - 1] -= rho.abs();
    d[half] -= rho.abs();
    let (upper, lower) = d.split_at_mut(half);
    let (left, right) = e.split_at_mut(half - 1);
    let (top, _, _, bottom) = q.as_mut().split_at_mut(half, half);
    let halves = [std::sync::Mutex::new(Some((upper, left, top))), {
        std::sync::Mutex::new(Some((lower, &mut right[1..], bottom)))
    }];
    let holds = std::sync::atomic::AtomicBool::new(true);
    let one = |which: usize| {
        let given = halves[which].lock().map_or(None, |mut half| half.take());
        if let Some((d, e, q)) = given
            && !part(d, e, q)?
        {
            holds.store(false, std::sync::atomic::Ordering::Relaxed);
        }
        Ok(())
    };
    if n >= SHARED_FROM {
        threads::run_at_once(2, one)?
    } else {
        (0..2).try_for_each(one)?
    }
    if !holds.into_inner() {
        return Ok(false);
    }
    merge(d, half, rho, q)
}

/// Rotates columns `i` and `j`.
fn turn<R: Scalar + Float>(q: MatMut<'_, R>, i: usize, j: usize, c: f64, s: f64) {
    let (low, high) = (i.min(j), i.max(j));
    let (left, right) = q.split_at_col_mut(high);
    let Some(x) = left.col_mut(low).try_as_col_major_mut() else { return };
    let Some(y) = right.col_mut(0).try_as_col_major_mut() else { return };
    let (c, s) = (R::of(c), R::of(if i < j { s } else { -s }));
    for (x, y) in x.as_slice_mut().iter_mut().zip(y.as_slice_mut()) {
        (*x, *y) = (c * *x + s * *y, c * *y - s * *x);
    }
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
    /// Places of the columns that take part, by rising eigenvalue.
    places: Vec<usize>,
    /// Those that don't.
    others: Vec<usize>,
    sides: Vec<Side>,
}

/// Puts two halves together.
fn merge<R: Scalar + Float>(d: &mut [f64], half: usize, rho: f64, mut q: MatMut<'_, R>) -> Result<bool> {
    let n = d.len();
    let mut z = filled(n, 0.0)?;
    let root = std::f64::consts::FRAC_1_SQRT_2;
    for (j, z) in z.iter_mut().enumerate() {
        let x = if j < half { q[(half - 1, j)] } else { q[(half, j)] };
        *z = x.wide() * if j >= half && rho < 0.0 { -root } else { root };
    }
    let rho = 2.0 * rho.abs();
    let kept = deflate(d, &mut z, rho, half, q.as_mut())?;
    let k = kept.places.len();
    if k == 0 {
        return Ok(true);
    }
    let (mut poles, mut weights) = (filled(k, 0.0)?, filled(k, 0.0)?);
    for (i, &place) in kept.places.iter().enumerate() {
        (poles[i], weights[i]) = (d[place], z[place]);
    }
    let secular = Secular { poles: &poles, weights: &weights, rho };
    let Some(roots) = roots(&secular)? else { return Ok(false) };
    let weights = secular.exact_weights(&roots)?;
    update(&kept, half, &poles, &weights, &roots, q)?;
    let mut values = filled(n, 0.0)?;
    let found = roots.iter().map(|root| poles[root.origin] + root.step);
    let rest = kept.others.iter().map(|&place| d[place]);
    values.iter_mut().zip(found.chain(rest)).for_each(|(place, value)| *place = value);
    d.copy_from_slice(&values);
    Ok(true)
}

/// Finds what takes no part in the merge.
fn deflate<R: Scalar + Float>(
    d: &mut [f64],
    z: &mut [f64],
    rho: f64,
    half: usize,
    mut q: MatMut<'_, R>,
) -> Result<Kept> {
    let n = d.len();
    let order = ascending(d)?;
    let most = |x: &[f64]| x.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let limit = UNITS * 0.5 * <R as Float>::EPSILON.wide() * most(d).max(most(z));
    let mut sides = filled(n, Side::Top)?;
    sides[half..].fill(Side::Bottom);
    let (mut places, mut others) = (Vec::new(), Vec::new());
    crate::dense::reserve(&mut places, n)?;
    crate::dense::reserve(&mut others, n)?;
    let mut last: Option<usize> = None;
    for &i in &order {
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
        turn(q.as_mut(), before, i, c, s);
        (d[before], d[i]) = (d[before] * c * c + d[i] * s * s, d[before] * s * s + d[i] * c * c);
        others.push(before);
    }
    places.extend(last);
    Ok(Kept { places, others, sides })
}

/// Does `work(i)` for each i, on several threads if there are many.
fn each<T: Copy + Send>(out: &mut [T], work: impl Fn(usize) -> Result<T> + Sync) -> Result<()> {
    let n = out.len();
    let width = if n < SHARED_FROM { n.max(1) } else { 32 };
    let start = Start(out.as_mut_ptr());
    threads::run_at_once(n.div_ceil(width), |band| {
        for i in band * width..n.min((band + 1) * width) {
            let value = work(i)?;
            // SAFETY: an element of `out`, which this function borrows; each i belongs to one band.
            unsafe { *start.at(i as isize) = value };
        }
        Ok(())
    })
}

fn roots(secular: &Secular<'_>) -> Result<Option<Vec<Root>>> {
    let mut roots = filled(secular.poles.len(), None)?;
    each(&mut roots, |j| Ok(secular.root(j)))?;
    Ok(roots.into_iter().collect())
}

impl Secular<'_> {
    /// The weights with which the roots are exact.
    fn exact_weights(&self, roots: &[Root]) -> Result<Vec<f64>> {
        let mut found = filled(self.poles.len(), 0.0)?;
        each(&mut found, |i| Ok(self.exact_weight(i, roots)))?;
        Ok(found)
    }
}

/// Replaces the columns of `q`: first the new vectors, then those that took no part.
fn update<R: Scalar + Float>(
    kept: &Kept,
    half: usize,
    poles: &[f64],
    weights: &[f64],
    roots: &[Root],
    mut q: MatMut<'_, R>,
) -> Result<()> {
    let (n, k) = (q.nrows(), kept.places.len());
    // The kept columns by the half they live in.
    let mut order = filled(k, 0)?;
    let mut count = 0;
    let mut ends = [0; 3];
    for (side, end) in [Side::Top, Side::Both, Side::Bottom].into_iter().zip(&mut ends) {
        for (i, &place) in kept.places.iter().enumerate() {
            if kept.sides[place] == side {
                order[count] = i;
                count += 1;
            }
        }
        *end = count;
    }
    let (upper, lower) = (ends[1], ends[0]);
    let gather = |q: &MatMut<'_, R>, rows: std::ops::Range<usize>, places: &[usize]| {
        let mut made = Dense::zeros(rows.len(), places.len())?;
        for (j, &place) in places.iter().enumerate() {
            if let Some(column) = q.rb_col(place) {
                made.column_mut(j).copy_from_slice(&column[rows.clone()]);
            }
        }
        Result::Ok(made)
    };
    let mut places = filled(k, 0)?;
    places.iter_mut().zip(&order).for_each(|(place, &i)| *place = kept.places[i]);
    let top = gather(&q, 0..half, &places[..upper])?;
    let bottom = gather(&q, half..n, &places[lower..])?;
    let others = gather(&q, 0..n, &kept.others)?;
    let (merged, rest) = q.as_mut().split_at_col_mut(k);
    let mut rest = rest;
    rest.copy_from(others.as_ref());
    by_columns(merged, n * k * k, |first, mut part| {
        let columns = part.ncols();
        let mut s = Dense::zeros(k, columns)?;
        let mut whole = filled(k, 0.0)?;
        for j in 0..columns {
            roots[first + j].vector(poles, weights, &mut whole);
            for (place, &i) in s.column_mut(j).iter_mut().zip(&order) {
                *place = <R as Float>::of(whole[i]);
            }
        }
        let s = s.as_ref();
        let (above, below) = part.as_mut().split_at_row_mut(half);
        matmul(above, Accum::Replace, top.as_ref(), s.subrows(0, upper), <R as Float>::ONE, Par::Seq);
        matmul(
            below,
            Accum::Replace,
            bottom.as_ref(),
            s.subrows(lower, k - lower),
            <R as Float>::ONE,
            Par::Seq,
        );
        Ok(())
    })
}

/// Columns of a matrix that is being written.
trait Column<R> {
    fn rb_col(&self, j: usize) -> Option<&[R]>;
}
impl<R> Column<R> for MatMut<'_, R> {
    fn rb_col(&self, j: usize) -> Option<&[R]> {
        Some(self.as_ref().col(j).try_as_col_major()?.as_slice())
    }
}
