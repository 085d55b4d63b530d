//! Products of matrices that are worth packing, of float32, float64 and their complex numbers: by the `gemm` crates, in
//! tiles that several threads take.
//!
//! The tiles depend on the extents alone, so results are the same bit for bit for any number of threads. `gemm` fills
//! its packed operands up with zeros: an infinity times such a zero raises a flag that no operand is the cause of. So
//! whenever "invalid" is raised, the results tell whether it is true; where they can't, the product is declined after
//! the fact, and the caller computes it in its own way.

use std::any::TypeId;

use gemm_common::Parallelism;
use gemm_common::gemm::{c32, c64};
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{Result, fault, interrupt, threads};

use super::{Extents, Factor, Matrix};
use crate::element::{Complex, read};

/// Products of fewer multiplications, or with fewer rows, columns or terms than [`NARROW`], cost more to pack than they
/// gain.
const FROM: isize = 16 * 16 * 16;
const NARROW: isize = 4;
/// Products of fewer multiplications are one tile: less than 0.1 ms.
const SHARED_FROM: isize = 1 << 21;
/// Tiles along the longer axis of the result, unless they would have fewer or more rows and columns than [`SIDES`]; whole
/// [`STEP`]s, which the routines' own blocks divide.
const PARTS: isize = 4;
const SIDES: (isize, isize) = (72, 512);
const STEP: isize = 24;
/// Multiplications between two looks at interruptions: about 0.1 s.
const UNINTERRUPTED: isize = 1 << 31;

/// `c = a · b` (with `conjugate`, that of `a` conjugated), unless that is better done otherwise: then false, and what `c`
/// holds means nothing.
///
/// # Safety
/// Matrices of these extents; `c` shares no memory with the others.
pub(super) unsafe fn multiply<T: Factor>(
    a: Matrix,
    b: Matrix,
    c: Matrix,
    size: Extents,
    conjugate: bool,
) -> bool {
    let Extents { n, k, m } = size;
    if n.min(k).min(m) < NARROW || n.saturating_mul(k).saturating_mul(m) < FROM {
        return false;
    }
    let Some(routine) = Routine::of::<T>() else { return false };
    if ![a, b, c].iter().all(|matrix| matrix.counts_in::<T>()) {
        return false;
    }
    // SAFETY: the caller's promise; the elements are aligned, and whole elements apart.
    let (outcome, raised) = fp_status::told(|| unsafe { routine.tiles(a, b, c, size, conjugate) });
    if let Err(error) = outcome {
        fault::set(error);
        return true;
    }
    // SAFETY: as above.
    match raised.contains(FpStatus::INVALID).then(|| unsafe { invalid::<T>(a, b, c, size) }) {
        None => fp_status::raise(raised),
        Some(Some(true)) => fp_status::raise(raised),
        Some(Some(false)) => fp_status::raise(raised - FpStatus::INVALID),
        Some(None) => return false,
    }
    true
}

/// Whether an operation of the product was invalid, as far as its operands and results tell.
unsafe fn invalid<T: Factor>(a: Matrix, b: Matrix, c: Matrix, size: Extents) -> Option<bool> {
    let Extents { n, k, m } = size;
    if T::COMPLEX {
        // The last step of `gemm` multiplies by 1 + 0i, which spoils infinities.
        return None;
    }
    // SAFETY: the caller's matrices.
    unsafe {
        if !holds_nan::<T>(c, n, m) {
            return Some(false);
        }
        (!holds_nan::<T>(a, n, k) && !holds_nan::<T>(b, k, m)).then_some(true)
    }
}

unsafe fn holds_nan<T: Factor>(matrix: Matrix, rows: isize, columns: isize) -> bool {
    // SAFETY: within the matrix, by the caller.
    (0..rows).any(|i| (0..columns).any(|j| unsafe { is_nan(read::<T>(matrix.at(i, j))) }))
}

fn is_nan<T: Factor>(value: T) -> bool {
    // SAFETY: `T` is the type asked for.
    unsafe {
        match Routine::of::<T>() {
            Some(Routine::F32) => (&raw const value).cast::<f32>().read().is_nan(),
            Some(Routine::F64) => (&raw const value).cast::<f64>().read().is_nan(),
            _ => true,
        }
    }
}

impl Matrix {
    /// True when elements are aligned, and whole elements apart.
    fn counts_in<T>(self) -> bool {
        let size = size_of::<T>() as isize;
        (self.data as usize).is_multiple_of(align_of::<T>())
            && self.row % size == 0
            && self.column % size == 0
    }
    fn transposed(self) -> Matrix {
        Matrix { row: self.column, column: self.row, ..self }
    }
    /// Distances of rows and of columns in elements.
    fn steps<T>(self) -> (isize, isize) {
        (self.row / size_of::<T>() as isize, self.column / size_of::<T>() as isize)
    }
    /// The matrix that begins at this row and column.
    fn from(self, row: isize, column: isize) -> Matrix {
        Matrix { data: self.at(row, column), ..self }
    }
}

/// Which crate's routine it is.
#[derive(Clone, Copy)]
enum Routine {
    F32,
    F64,
    C32,
    C64,
}

/// What a call of `gemm` is about: whether it adds to `c`, and whether a factor is conjugated.
#[derive(Clone, Copy)]
struct Mode {
    adds: bool,
    conjugate: [bool; 2],
}

impl Routine {
    /// The routine of a type; resolved when compiled.
    #[inline(always)]
    fn of<T: 'static>() -> Option<Routine> {
        let own = TypeId::of::<T>();
        if own == TypeId::of::<f32>() {
            Some(Routine::F32)
        } else if own == TypeId::of::<f64>() {
            Some(Routine::F64)
        } else if own == TypeId::of::<Complex<f32>>() {
            Some(Routine::C32)
        } else if own == TypeId::of::<Complex<f64>>() {
            Some(Routine::C64)
        } else {
            None
        }
    }

    /// Cuts the result into tiles, and the sums of each into pieces that end soon.
    ///
    /// # Safety
    /// As for [`multiply`]; the elements are aligned, and whole elements apart.
    unsafe fn tiles(self, a: Matrix, b: Matrix, c: Matrix, size: Extents, conjugate: bool) -> Result<()> {
        let Extents { n, k, m } = size;
        // `gemm` goes down the columns of its result.
        let turned = c.column.abs() < c.row.abs();
        let (a, b, c) = if turned { (b.transposed(), a.transposed(), c.transposed()) } else { (a, b, c) };
        let (n, m) = if turned { (m, n) } else { (n, m) };
        let factors = [conjugate && !turned, conjugate && turned];
        let side = match n.saturating_mul(k).saturating_mul(m) {
            ..SHARED_FROM => n.max(m),
            _ => ((n.max(m) / PARTS / STEP + 1) * STEP).clamp(SIDES.0, SIDES.1),
        };
        let [down, across] = [n, m].map(|extent| (extent + side - 1) / side);
        let piece = (UNINTERRUPTED / (side.min(n) * side.min(m))).max(1);
        let (a, b, c) = (Shared(a), Shared(b), Shared(c));
        threads::run_at_once((down * across) as usize, |tile| {
            let (top, left) = (tile as isize % down * side, tile as isize / down * side);
            let (rows, columns) = (side.min(n - top), side.min(m - left));
            let mut done = 0;
            while done < k {
                if done > 0 || tile > 0 {
                    interrupt::poll()?;
                }
                let terms = piece.min(k - done);
                let (a, b, c) = (a.get().from(top, done), b.get().from(done, left), c.get().from(top, left));
                let mode = Mode { adds: done > 0, conjugate: factors };
                let part = Extents { n: rows, k: terms, m: columns };
                // SAFETY: a part of the caller's matrices; no two tiles share a place of `c`.
                unsafe { self.call(a, b, c, part, mode) };
                done += terms;
            }
            Ok(())
        })
    }

    /// # Safety
    /// As for [`Routine::tiles`].
    unsafe fn call(self, a: Matrix, b: Matrix, c: Matrix, size: Extents, mode: Mode) {
        macro_rules! by {
            ($routine:path, $type:ty, $one:expr) => {{
                let ((ar, ac), (br, bc), (cr, cc)) =
                    (a.steps::<$type>(), b.steps::<$type>(), c.steps::<$type>());
                let (n, m, k) = (size.n as usize, size.m as usize, size.k as usize);
                let (a, b, c) = (a.data.cast_const().cast(), b.data.cast_const().cast(), c.data.cast());
                let [first, second] = mode.conjugate;
                let product = $routine();
                // SAFETY: matrices of these extents and steps, by the caller.
                unsafe {
                    product(
                        n,
                        m,
                        k,
                        c,
                        cc,
                        cr,
                        mode.adds,
                        a,
                        ac,
                        ar,
                        b,
                        bc,
                        br,
                        $one,
                        $one,
                        false,
                        first,
                        second,
                        Parallelism::None,
                    )
                }
            }};
        }
        match self {
            Routine::F32 => by!(gemm_f32::gemm::f32::get_gemm_fn, f32, 1.0),
            Routine::F64 => by!(gemm_f64::gemm::f64::get_gemm_fn, f64, 1.0),
            Routine::C32 => by!(gemm_c32::gemm::f32::get_gemm_fn, c32, c32::new(1.0, 0.0)),
            Routine::C64 => by!(gemm_c64::gemm::f64::get_gemm_fn, c64, c64::new(1.0, 0.0)),
        }
    }
}

/// A matrix that several threads look at.
struct Shared(Matrix);
// SAFETY: the threads read the factors, and each writes tiles of its own.
unsafe impl Sync for Shared {}
impl Shared {
    fn get(&self) -> Matrix {
        self.0
    }
}
