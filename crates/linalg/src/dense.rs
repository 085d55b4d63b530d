//! [`Dense`]: a matrix that a method works on, by columns; and how its columns are shared out among threads.

use std::ops::{Index, IndexMut};

use faer::dyn_stack::{MemBuffer, StackReq};
use faer::traits::Conjugate;
use faer::{Accum, MatMut, MatRef, Par};
use sharray_base::{Error, Result, threads};

use crate::buffer::Buffer;
use crate::scalar::{Float, Scalar};

/// Multiplications from which columns are shared out among threads.
const SHARED_FROM: usize = 1 << 20;
/// Least number of columns that one thread takes.
const NARROWEST: usize = 32;

/// A matrix in memory of its own, column after column.
#[derive(Debug)]
pub struct Dense<T> {
    data: Buffer<T>,
    rows: usize,
    columns: usize,
    step: usize,
}

impl<T: Scalar> Dense<T> {
    /// A matrix of zeros.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn zeros(rows: usize, columns: usize) -> Result<Dense<T>> {
        let step = step(rows);
        let length = step.saturating_mul(columns);
        Ok(Dense { data: Buffer::filled(length, T::ZERO)?, rows, columns, step })
    }
    /// A matrix that `write(start, step)` writes, columns being `step` elements apart.
    ///
    /// # Safety
    /// If it reports no error, it has written all elements.
    ///
    /// # Errors
    /// `OutOfMemory`, and what `write` reports.
    pub(crate) unsafe fn written(
        rows: usize,
        columns: usize,
        write: impl FnOnce(*mut T, usize) -> Result<()>,
    ) -> Result<Dense<T>> {
        let step = step(rows);
        let fill = |start: *mut T| {
            for j in 0..if step > rows { columns } else { 0 } {
                // SAFETY: what lies between two columns, and behind the last.
                (rows..step).for_each(|i| unsafe { start.add(j * step + i).write(T::ZERO) });
            }
            write(start, step)
        };
        // SAFETY: the caller's promise, and the places between columns.
        Ok(Dense { data: unsafe { Buffer::made(step.saturating_mul(columns), fill) }?, rows, columns, step })
    }
    /// The unit matrix, also when it is not square.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn unit(rows: usize, columns: usize) -> Result<Dense<T>> {
        let mut made = Dense::zeros(rows, columns)?;
        for i in 0..rows.min(columns) {
            made[(i, i)] = T::ONE;
        }
        Ok(made)
    }
    /// A matrix of these elements.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn from_fn(rows: usize, columns: usize, element: impl Fn(usize, usize) -> T) -> Result<Dense<T>> {
        let mut made = Dense::zeros(rows, columns)?;
        for j in 0..columns {
            for (i, place) in made.column_mut(j).iter_mut().enumerate() {
                *place = element(i, j);
            }
        }
        Ok(made)
    }
    /// A copy.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn copy(&self) -> Result<Dense<T>> {
        let Dense { ref data, rows, columns, step } = *self;
        Ok(Dense { data: data.copy()?, rows, columns, step })
    }
    /// The adjoint: transposed and conjugated.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn adjoint(&self) -> Result<Dense<T>> {
        Dense::from_fn(self.columns, self.rows, |i, j| self[(j, i)].adjoint())
    }
    /// Number of rows.
    #[inline]
    pub fn rows(&self) -> usize {
        self.rows
    }
    /// Number of columns.
    #[inline]
    pub fn columns(&self) -> usize {
        self.columns
    }
    /// One column.
    #[inline]
    pub fn column(&self, j: usize) -> &[T] {
        &self.data[j * self.step..][..self.rows]
    }
    /// One column, writable.
    #[inline]
    pub fn column_mut(&mut self, j: usize) -> &mut [T] {
        &mut self.data[j * self.step..][..self.rows]
    }
    /// Two columns at once, `j` before `k`.
    #[inline]
    pub fn two(&mut self, j: usize, k: usize) -> (&mut [T], &mut [T]) {
        let (left, right) = self.data.split_at_mut(k * self.step);
        (&mut left[j * self.step..][..self.rows], &mut right[..self.rows])
    }
    /// As faer's type.
    #[inline]
    pub fn as_ref(&self) -> MatRef<'_, T> {
        MatRef::from_column_major_slice_with_stride(&self.data, self.rows, self.columns, self.step)
    }
    /// As faer's type, writable.
    #[inline]
    pub fn as_mut(&mut self) -> MatMut<'_, T> {
        MatMut::from_column_major_slice_with_stride_mut(&mut self.data, self.rows, self.columns, self.step)
    }
    /// Whether all elements are finite.
    pub fn is_finite(&self) -> bool {
        (0..self.columns).all(|j| self.column(j).iter().all(|x| x.finite()))
    }
    /// Whether an element is NaN.
    pub fn holds_nan(&self) -> bool {
        (0..self.columns).any(|j| self.column(j).iter().any(|x| x.re() != x.re() || x.im() != x.im()))
    }
    /// The greatest part's magnitude; zero for no elements. NaN only if nothing else is there.
    pub fn greatest(&self) -> T::Real {
        // Eight at a time, which a processor compares side by side.
        let zero = <T::Real as Float>::ZERO;
        let larger = |most: T::Real, size: T::Real| if size > most { size } else { most };
        let mut most = [zero; 8];
        for j in 0..self.columns {
            for part in self.column(j).chunks(8) {
                for (most, x) in most.iter_mut().zip(part) {
                    *most = larger(larger(*most, x.re().abs()), x.im().abs());
                }
            }
        }
        most.into_iter().fold(zero, larger)
    }
}

/// Distance of columns: a large power of two would let columns drive each other out of the cache.
fn step(rows: usize) -> usize {
    if rows >= 256 && rows.is_multiple_of(256) { rows + 8 } else { rows }
}

impl<T: Scalar> Index<(usize, usize)> for Dense<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.data[j * self.step + i]
    }
}

impl<T: Scalar> IndexMut<(usize, usize)> for Dense<T> {
    #[inline(always)]
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.data[j * self.step + i]
    }
}

/// A vector of `length` copies.
///
/// # Errors
/// `OutOfMemory`.
pub fn filled<T: Copy>(length: usize, value: T) -> Result<Vec<T>> {
    let mut made = Vec::new();
    reserve(&mut made, length)?;
    made.resize(length, value);
    Ok(made)
}

/// Real columns in this order, in the upper left corner of the unit matrix, which need not be square.
///
/// # Errors
/// `OutOfMemory`.
pub(crate) fn arranged<T: Scalar<Real: Scalar>>(
    inner: &Dense<T::Real>,
    order: &[usize],
    rows: usize,
    columns: usize,
) -> Result<Dense<T>> {
    let mut made = Dense::zeros(rows, columns)?;
    for (j, &from) in order.iter().enumerate() {
        let pairs = made.column_mut(j).iter_mut().zip(inner.column(from));
        pairs.for_each(|(place, &x)| *place = T::real(x));
    }
    (order.len()..columns).for_each(|j| made[(j, j)] = T::ONE);
    Ok(made)
}

/// In double precision.
///
/// # Errors
/// `OutOfMemory`.
pub(crate) fn widened<R: Float>(values: &[R]) -> Result<Vec<f64>> {
    let mut made = filled(values.len(), 0.0)?;
    made.iter_mut().zip(values).for_each(|(place, value)| *place = value.wide());
    Ok(made)
}

/// In their own precision again.
///
/// # Errors
/// `OutOfMemory`.
pub(crate) fn narrow<R: Float>(wide: &[f64]) -> Result<Vec<R>> {
    let mut made = filled(wide.len(), R::ZERO)?;
    made.iter_mut().zip(wide).for_each(|(place, &value)| *place = R::of(value));
    Ok(made)
}

/// Makes place for `more` elements.
///
/// # Errors
/// `OutOfMemory`.
pub fn reserve<T>(vector: &mut Vec<T>, more: usize) -> Result<()> {
    let error = |_| Error::OutOfMemory { bytes: more.saturating_mul(size_of::<T>()) };
    vector.try_reserve_exact(more).map_err(error)
}

/// Memory for faer to work in.
///
/// # Errors
/// `OutOfMemory`.
pub fn scratch(request: StackReq) -> Result<MemBuffer> {
    MemBuffer::try_new(request).map_err(|_| Error::OutOfMemory { bytes: request.size_bytes() })
}

/// faer's product `to = a·b·factor`, or added to what is there; see [`clean`].
pub(crate) fn matmul<T: Scalar>(
    to: MatMut<'_, T>,
    accum: Accum,
    a: MatRef<'_, impl Conjugate<Canonical = T>>,
    b: MatRef<'_, impl Conjugate<Canonical = T>>,
    factor: T,
    par: Par,
) {
    faer::linalg::matmul::matmul(to, accum, a, b, factor, par);
    clean();
}

/// Clears the upper halves of the wide registers, which faer's products leave set: until then instructions for the lower
/// halves alone, which ordinary code is made of, keep them up at four times the cost (measured on a Zen 4).
#[inline]
pub(crate) fn clean() {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx") {
        #[target_feature(enable = "avx")]
        fn clear() {
            std::arch::x86_64::_mm256_zeroupper();
        }
        // SAFETY: the processor has AVX.
        unsafe { clear() };
    }
}

/// Does `work(first column, columns)` for bands of the columns of `matrix`, on several threads if `cost`
/// multiplications are worth it. Bands depend on the extents alone.
///
/// # Errors
/// What `work` reports.
pub fn by_columns<T: Scalar>(
    matrix: MatMut<'_, T>,
    cost: usize,
    work: impl Fn(usize, MatMut<'_, T>) -> Result<()> + Sync,
) -> Result<()> {
    let columns = matrix.ncols();
    if cost < SHARED_FROM || columns < 2 * NARROWEST {
        let outcome = work(0, matrix);
        clean();
        return outcome;
    }
    let width = (columns.div_ceil(8).div_ceil(8) * 8).max(NARROWEST);
    let (rows, step) = (matrix.nrows(), matrix.col_stride());
    let row_step = matrix.row_stride();
    let start = Start(matrix.as_ptr_mut());
    threads::run_at_once(columns.div_ceil(width), |band| {
        let first = band * width;
        let count = width.min(columns - first);
        // SAFETY: columns `first..first + count` of `matrix`, which this function borrows; no two bands share one.
        let part = unsafe {
            MatMut::from_raw_parts_mut(start.at(first as isize * step), rows, count, row_step, step)
        };
        let outcome = work(first, part);
        clean();
        outcome
    })
}

/// Where a matrix begins whose bands several threads write.
pub(crate) struct Start<T>(pub(crate) *mut T);
// SAFETY: each thread makes bands of its own of it.
unsafe impl<T: Send> Sync for Start<T> {}
impl<T> Start<T> {
    /// # Safety
    /// Within the matrix.
    pub(crate) unsafe fn at(&self, offset: isize) -> *mut T {
        // SAFETY: the caller's promise.
        unsafe { self.0.offset(offset) }
    }
}
