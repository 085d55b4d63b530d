//! Stacks of matrices in array memory: one matrix after the other is copied into a [`Dense`], worked on, and the results
//! copied out.
//!
//! S1. A [`Stack`]'s view has at least `core` axes, and its elements are `T` in native byte order, of any alignment.
//! It is checked where a stack is made.

use sharray_base::{Error, Result, TypeNum, View, ViewMut, threads};

use crate::dense::{Dense, clean};
use crate::order::{self, Lines};
use crate::scalar::{Scalar, c32, c64};

/// Multiplications in a chunk of small matrices that one thread takes.
const CHUNK: usize = 1 << 14;
/// Matrices of more multiplications each are done one after the other, each by several threads.
const LARGE: usize = 1 << 20;
/// Rows and columns of a tile when a matrix is copied.
const TILE: usize = 16;

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
    /// `OutOfMemory`.
    pub(crate) fn load(&self, index: usize) -> Result<Dense<T>> {
        let (rows, columns) = self.extents();
        let mut made = Dense::zeros(rows, columns)?;
        let (down, across) = self.steps();
        let start = self.start(index);
        if across == size_of::<T>() as isize {
            let source = Lines { start, step: down };
            // SAFETY: elements of the view (V3), of type T (S1), and a matrix of as many.
            unsafe { order::transpose::<T>(source, made.lines_mut(), rows, columns) };
            return Ok(made);
        }
        tiles(rows, columns, |i, j| {
            let place = start.wrapping_offset(i as isize * down + j as isize * across);
            // SAFETY: an element of the view (V3), of type T (S1).
            made[(i, j)] = unsafe { place.cast::<T>().read_unaligned() };
        });
        Ok(made)
    }
    /// The adjoint of matrix `index`.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub(crate) fn load_adjoint(&self, index: usize) -> Result<Dense<T>> {
        let (rows, columns) = self.extents();
        let mut made = Dense::zeros(columns, rows)?;
        let (down, across) = self.steps();
        let start = self.start(index);
        if across == size_of::<T>() as isize {
            for i in 0..rows {
                let row = start.wrapping_offset(i as isize * down).cast::<T>();
                for (j, place) in made.column_mut(i).iter_mut().enumerate() {
                    // SAFETY: an element of the view (V3), of type T (S1).
                    *place = unsafe { row.add(j).read_unaligned() }.adjoint();
                }
            }
            return Ok(made);
        }
        tiles(columns, rows, |j, i| {
            let place = start.wrapping_offset(i as isize * down + j as isize * across);
            // SAFETY: an element of the view (V3), of type T (S1).
            made[(j, i)] = unsafe { place.cast::<T>().read_unaligned() }.adjoint();
        });
        Ok(made)
    }
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
    pub(crate) fn store(&self, index: usize, matrix: &Dense<T>) {
        let ((rows, columns), (down, across)) = (self.0.extents(), self.0.steps());
        if across == size_of::<T>() as isize {
            assert!(rows <= matrix.rows() && columns <= matrix.columns());
            let target = Lines { start: self.0.start(index), step: down };
            // SAFETY: elements of the view, which is writable (V3), of type T (S1), and no more than the matrix has.
            unsafe { order::transpose::<T>(matrix.lines(), target, columns, rows) };
            return;
        }
        self.write(index, |i, j| matrix[(i, j)]);
    }
    /// Writes the adjoint of `matrix` as matrix `index`.
    pub(crate) fn store_adjoint(&self, index: usize, matrix: &Dense<T>) {
        self.write_rows(index, matrix, T::adjoint);
    }
    /// Writes the transpose of `matrix` as matrix `index`.
    pub(crate) fn store_transposed(&self, index: usize, matrix: &Dense<T>) {
        self.write_rows(index, matrix, |x| x);
    }
    /// Writes columns of `matrix` as rows, element by element as told.
    fn write_rows(&self, index: usize, matrix: &Dense<T>, one: impl Fn(T) -> T) {
        let ((rows, columns), (down, across)) = (self.0.extents(), self.0.steps());
        if across != size_of::<T>() as isize {
            return self.write(index, |i, j| one(matrix[(j, i)]));
        }
        let start = self.0.start(index);
        for i in 0..rows {
            let row = start.wrapping_offset(i as isize * down).cast::<T>();
            for (j, &x) in matrix.column(i)[..columns].iter().enumerate() {
                // SAFETY: an element of the view, which is writable (V3), of type T (S1).
                unsafe { row.add(j).write_unaligned(one(x)) };
            }
        }
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
