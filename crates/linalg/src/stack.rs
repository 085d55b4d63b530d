//! Stacks of matrices in array memory: one matrix after the other is copied into a [`Dense`], worked on, and the results
//! copied out.
//!
//! S1. A [`Stack`]'s view has at least `core` axes, and its elements are `T` in native byte order, of any alignment.
//! It is checked where a stack is made.

use sharray_base::threads::{self, GRAIN};
use sharray_base::{Error, Result, TypeNum, View, ViewMut};
use sharray_kernels::copy::copy_2d;

use crate::dense::{Dense, clean};
use crate::scalar::{Scalar, c32, c64};

/// Multiplications in a chunk of small matrices that one thread takes.
const CHUNK: usize = 1 << 14;
/// Matrices of more multiplications each are done one after the other, each by several threads.
const LARGE: usize = 1 << 20;
/// Rows and columns of a tile when a matrix is written element by element.
const TILE: usize = 16;
/// Columns that one thread copies are a multiple of this.
const STRIP: usize = 32;

/// Which numbers an array holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// float32
    F32,
    /// float64
    F64,
    /// complex64
    C32,
    /// complex128
    C64,
}

impl Numbers {
    /// Of a view's elements.
    ///
    /// # Errors
    /// `Type` for others than native float32, float64, complex64 and complex128.
    pub fn of(view: View<'_>) -> Result<Numbers> {
        let dtype = view.dtype();
        match dtype.num() {
            _ if !dtype.is_native() => Err(unfit(view)),
            TypeNum::Float => Ok(Numbers::F32),
            TypeNum::Double => Ok(Numbers::F64),
            TypeNum::CFloat => Ok(Numbers::C32),
            TypeNum::CDouble => Ok(Numbers::C64),
            _ => Err(unfit(view)),
        }
    }
}

#[cold]
fn unfit(view: View<'_>) -> Error {
    Error::Type(format!("matrices of {:?} are not computed with here", view.dtype()))
}

/// A type that [`Stack`]s can hold: ties a Rust type to the dtype's number.
pub(crate) trait Held: Scalar {
    const NUMBERS: Numbers;
}
impl Held for f32 {
    const NUMBERS: Numbers = Numbers::F32;
}
impl Held for f64 {
    const NUMBERS: Numbers = Numbers::F64;
}
impl Held for c32 {
    const NUMBERS: Numbers = Numbers::C32;
}
impl Held for c64 {
    const NUMBERS: Numbers = Numbers::C64;
}

/// The matrices (`core` 2), vectors (1: matrices of one column) or numbers (0) in the last axes of an array.
#[derive(Clone, Copy)]
pub(crate) struct Stack<'a, T> {
    view: View<'a>,
    core: usize,
    kind: std::marker::PhantomData<T>,
}

impl<'a, T: Held> Stack<'a, T> {
    /// A stack that is read.
    pub(crate) fn new(view: View<'a>, core: usize) -> Result<Stack<'a, T>> {
        if Numbers::of(view)? != T::NUMBERS || view.ndim() < core {
            return Err(unfit(view));
        }
        Ok(Stack { view, core, kind: std::marker::PhantomData })
    }
    /// A stack that results are written to.
    pub(crate) fn out(view: ViewMut<'a>, core: usize) -> Result<Output<'a, T>> {
        Ok(Output(Stack::new(view.as_view(), core)?))
    }
    /// Extents of the axes before the matrices'.
    pub(crate) fn lead(&self) -> &'a [isize] {
        &self.view.shape()[..self.view.ndim() - self.core]
    }
    /// Rows and columns.
    pub(crate) fn extents(&self) -> (usize, usize) {
        match (self.core, self.view.shape()) {
            (2, [.., rows, columns]) => (*rows as usize, *columns as usize),
            (1, [.., rows]) => (*rows as usize, 1),
            _ => (1, 1),
        }
    }
    /// Distances of rows and columns in bytes.
    fn steps(&self) -> (isize, isize) {
        match (self.core, self.view.strides()) {
            (2, [.., rows, columns]) => (*rows, *columns),
            (1, [.., rows]) => (*rows, 0),
            _ => (0, 0),
        }
    }
    /// Where matrix `index` begins, counted in C order along the leading axes.
    fn start(&self, index: usize) -> *mut u8 {
        let lead = self.lead();
        let mut offset = 0;
        let mut rest = index as isize;
        for (&extent, &stride) in lead.iter().zip(self.view.strides()).rev() {
            offset += rest % extent * stride;
            rest /= extent;
        }
        self.view.data().wrapping_offset(offset)
    }
    /// Matrix `index`.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(crate) fn load(&self, index: usize) -> Result<Dense<T>> {
        let (rows, columns) = self.extents();
        let from = Place { start: self.start(index), steps: self.steps() };
        // SAFETY: elements of the view (V3), of type T (S1), into a matrix of as many, all of which are written.
        unsafe {
            Dense::written(rows, columns, |start, step| {
                copy::<T>(from, Place::dense(start, step), rows, columns)
            })
        }
    }
    /// The adjoint of matrix `index`.
    ///
    /// # Errors
    /// As for [`Stack::load`].
    pub(crate) fn load_adjoint(&self, index: usize) -> Result<Dense<T>> {
        let (rows, columns) = self.extents();
        let from = Place { start: self.start(index), steps: self.steps() }.transposed();
        // SAFETY: as in `load`.
        let mut made = unsafe {
            Dense::written(columns, rows, |start: *mut T, step| {
                copy::<T>(from, Place::dense(start, step), columns, rows)
            })
        }?;
        if T::COMPLEX {
            (0..rows).for_each(|j| made.column_mut(j).iter_mut().for_each(|x| *x = x.adjoint()));
        }
        Ok(made)
    }
}

/// Where a matrix begins, and the bytes from row to row and from column to column.
#[derive(Clone, Copy)]
struct Place {
    start: *mut u8,
    steps: (isize, isize),
}

// SAFETY: an address; of what is written there each thread writes columns of its own.
unsafe impl Sync for Place {}

impl Place {
    /// Columns that lie dense, so many elements apart.
    fn dense<T>(start: *mut T, step: usize) -> Place {
        let size = size_of::<T>() as isize;
        Place { start: start.cast(), steps: (size, step as isize * size) }
    }
    fn of<T: Scalar>(matrix: &Dense<T>) -> Place {
        let whole = matrix.as_ref();
        Place::dense(whole.as_ptr().cast_mut(), whole.col_stride() as usize)
    }
    fn transposed(self) -> Place {
        Place { steps: (self.steps.1, self.steps.0), ..self }
    }
    /// From this column on.
    fn at_column(self, column: usize) -> Place {
        Place { start: self.start.wrapping_offset(column as isize * self.steps.1), ..self }
    }
}

/// Copies a matrix, a large one by several threads.
///
/// # Safety
/// Elements of type T of any alignment; `from` is readable, `to` writable, and they share no memory.
///
/// # Errors
/// An interruption.
unsafe fn copy<T>(from: Place, to: Place, rows: usize, columns: usize) -> Result<()> {
    if to.steps.0.abs() > to.steps.1.abs() {
        // Threads are to write far from one another.
        // SAFETY: the same elements.
        return unsafe { along::<T>(from.transposed(), to.transposed(), columns, rows) };
    }
    // SAFETY: handed on.
    unsafe { along::<T>(from, to, rows, columns) }
}

/// As [`copy`], columns being shared out.
unsafe fn along<T>(from: Place, to: Place, rows: usize, columns: usize) -> Result<()> {
    let some = |first: usize, count: usize| {
        let (from, to) = (from.at_column(first), to.at_column(first));
        // SAFETY: columns of the caller's matrices.
        unsafe { copy_2d(from.start, from.steps, to.start, to.steps, size_of::<T>(), rows, count) };
    };
    if rows * columns < 2 * GRAIN {
        some(0, columns);
        return Ok(());
    }
    let width = (GRAIN / rows).next_multiple_of(STRIP).max(STRIP);
    threads::run(columns.div_ceil(width), |band| {
        let first = band * width;
        some(first, width.min(columns - first));
        Ok(())
    })
}

/// A stack that results are written to.
#[derive(Clone, Copy)]
pub(crate) struct Output<'a, T>(Stack<'a, T>);

impl<'a, T: Held> Output<'a, T> {
    /// Extents of the axes before the matrices'.
    pub(crate) fn lead(&self) -> &'a [isize] {
        self.0.lead()
    }
    /// Rows and columns.
    pub(crate) fn extents(&self) -> (usize, usize) {
        self.0.extents()
    }
    /// Writes matrix `index`: the first rows and columns of `matrix`, as many as it has.
    ///
    /// # Errors
    /// An interruption.
    pub(crate) fn store(&self, index: usize, matrix: &Dense<T>) -> Result<()> {
        let (rows, columns) = self.0.extents();
        assert!(rows <= matrix.rows() && columns <= matrix.columns());
        let to = Place { start: self.0.start(index), steps: self.0.steps() };
        // SAFETY: elements of the view, which is writable (V3), of type T (S1), and no more than the matrix has.
        unsafe { copy::<T>(Place::of(matrix), to, rows, columns) }
    }
    /// Writes the adjoint of `matrix` as matrix `index`.
    ///
    /// # Errors
    /// As for [`Output::store`].
    pub(crate) fn store_adjoint(&self, index: usize, matrix: &Dense<T>) -> Result<()> {
        if T::COMPLEX {
            self.write(index, |i, j| matrix[(j, i)].adjoint());
            return Ok(());
        }
        self.store_transposed(index, matrix)
    }
    /// Writes the transpose of `matrix` as matrix `index`.
    ///
    /// # Errors
    /// As for [`Output::store`].
    pub(crate) fn store_transposed(&self, index: usize, matrix: &Dense<T>) -> Result<()> {
        let (rows, columns) = self.0.extents();
        assert!(rows <= matrix.columns() && columns <= matrix.rows());
        let to = Place { start: self.0.start(index), steps: self.0.steps() };
        // SAFETY: as in `store`.
        unsafe { copy::<T>(Place::of(matrix).transposed(), to, rows, columns) }
    }
    /// Writes a vector, or a number.
    pub(crate) fn store_slice(&self, index: usize, values: &[T]) {
        self.write(index, |i, _| values[i]);
    }
    /// Writes NaN everywhere.
    pub(crate) fn spoil(&self, index: usize) {
        use crate::scalar::Float;
        let nan = <T::Real as Float>::NAN;
        self.write(index, |_, _| T::new(nan, nan));
    }
    /// Writes elements as told.
    pub(crate) fn write(&self, index: usize, element: impl Fn(usize, usize) -> T) {
        let (rows, columns) = self.0.extents();
        let (down, across) = self.0.steps();
        let start = self.0.start(index);
        tiles(rows, columns, |i, j| {
            let place = start.wrapping_offset(i as isize * down + j as isize * across);
            // SAFETY: an element of the view, which is writable (V3), of type T (S1).
            unsafe { place.cast::<T>().write_unaligned(element(i, j)) };
        });
    }
}

/// Goes through a matrix tile by tile, so that both orders of its elements are near in memory.
#[inline(always)]
fn tiles(rows: usize, columns: usize, mut act: impl FnMut(usize, usize)) {
    for left in (0..columns).step_by(TILE) {
        for top in (0..rows).step_by(TILE) {
            for j in left..(left + TILE).min(columns) {
                for i in top..(top + TILE).min(rows) {
                    act(i, j);
                }
            }
        }
    }
}

/// Does `work(index)` for each matrix of a stack, on several threads if there are many small ones. `cost` is the number of
/// multiplications for each.
///
/// # Errors
/// The first one's in order.
pub(crate) fn each(lead: &[isize], cost: usize, work: impl Fn(usize) -> Result<()> + Sync) -> Result<()> {
    let count = lead.iter().product::<isize>() as usize;
    let work = |index| {
        let outcome = work(index);
        clean();
        outcome
    };
    if count == 1 {
        return work(0);
    }
    if cost >= LARGE {
        return (0..count).try_for_each(work);
    }
    let chunk = (CHUNK / (cost + 64)).max(1);
    threads::run(count.div_ceil(chunk), |part| {
        (part * chunk..count.min((part + 1) * chunk)).try_for_each(&work)
    })
}
