//! Products of stacks of matrices of float32, float64, their complex numbers, and integers of four and eight bytes: which
//! way each goes.
//!
//! Small ones are computed tile by tile where they lie, chunks of the stack on several threads; large ones one after the
//! other, cut into parts that several threads take. Every result is one sum in the order of its terms (in the same
//! pieces), so it is the same bit for bit for any cut and any number of threads.

use std::any::TypeId;
use std::cell::Cell;
use std::ops::Range;
use std::time::Duration;

use sharray_base::interrupt;
use sharray_base::{Error, Result, fault, threads};

use super::blocks::{Product, Scratch};
use super::tile::{self, Kernel, Kernels, Squares, Tile};
use super::{Extents, Matrix};
use crate::element::Complex;
use crate::isa::Level;

/// Products of up to so many multiplications are computed where they lie, if they lie well.
const SMALL: isize = 24 * 24 * 24;
/// Multiplications of doubles in a nanosecond, in one thread.
const RATE: u64 = 30;
/// Multiplications of doubles in a part, or of any numbers in a chunk of a stack, at least.
const PART: isize = 1 << 18;
/// Rows, and columns, that a part has at least; and rows at most, which bounds the time between interruptions.
const SIDES: (isize, isize) = (32, 4096);

/// The kernels of a type at a level, if it has any.
#[inline(always)]
pub(super) fn kernels<T: 'static>(level: Level) -> Option<&'static Kernels> {
    let wide = match level {
        Level::Baseline => return None,
        Level::Avx2 => false,
        Level::Avx512 => true,
    };
    let own = TypeId::of::<T>();
    let is = |types: &[TypeId]| types.contains(&own);
    let [narrow_kernels, wide_kernels] = if is(&[TypeId::of::<f32>()]) {
        [&tile::F32_256, &tile::F32_512]
    } else if is(&[TypeId::of::<f64>()]) {
        [&tile::F64_256, &tile::F64_512]
    } else if is(&[TypeId::of::<Complex<f32>>()]) {
        [&tile::C32_256, &tile::C32_512]
    } else if is(&[TypeId::of::<Complex<f64>>()]) {
        [&tile::C64_256, &tile::C64_512]
    } else if is(&[TypeId::of::<i32>(), TypeId::of::<u32>()]) {
        [&tile::I32_256, &tile::I32_512]
    } else if is(&[TypeId::of::<i64>(), TypeId::of::<u64>()]) {
        [&tile::I64_256, &tile::I64_512]
    } else {
        return None;
    };
    Some(if wide { wide_kernels } else { narrow_kernels })
}

/// Matrices side by side in memory, three at a time.
#[derive(Clone, Copy)]
pub(super) struct Stack {
    pub(super) count: isize,
    pub(super) matrices: [Matrix; 3],
    /// From one to the next, in bytes.
    pub(super) steps: [isize; 3],
    pub(super) size: Extents,
}

// SAFETY: threads read the factors, and each writes results of its own.
unsafe impl Sync for Stack {}

impl Stack {
    /// Computes the products, unless that is better done otherwise or memory is short: then false, and what the results
    /// hold means nothing. An interruption leaves a fault.
    ///
    /// # Safety
    /// Matrices of these extents at these steps; results share no memory with factors.
    pub(super) unsafe fn multiply(&self, kernels: &'static Kernels) -> bool {
        let Extents { n, k, m } = self.size;
        if n.min(m) < 2 || k < 1 {
            return false;
        }
        let [_, _, c] = self.matrices;
        let by_columns = c.column != kernels.size as isize && c.row == kernels.size as isize;
        let stack = if by_columns { self.turned() } else { *self };
        // SAFETY: the caller's promise.
        match unsafe { stack.by_way(kernels) } {
            Ok(()) => true,
            Err(Error::OutOfMemory { .. }) => false,
            Err(error) => {
                fault::set(error);
                true
            }
        }
    }

    unsafe fn by_way(&self, kernels: &'static Kernels) -> Result<()> {
        let Extents { n, k, m } = self.size;
        let cost = n.saturating_mul(k).saturating_mul(m);
        let apart = self.are_apart(kernels);
        if apart && threads::is_worth(Duration::from_nanos(kernels.in_doubles(cost) as u64 / RATE)) {
            // SAFETY: the caller's promise.
            return (0..self.count).try_for_each(|i| unsafe { self.product(kernels, i).shared() });
        }
        let direct = if cost <= SMALL { Direct::of(kernels, &self.product(kernels, 0)) } else { None };
        let chunk = (PART / cost).max(1);
        let work = |part: usize| {
            let first = part as isize * chunk;
            let range = first..self.count.min(first + chunk);
            // SAFETY: the caller's promise; each part has products of its own.
            unsafe {
                match &direct {
                    Some(direct) => direct.several(self, range),
                    None => range
                        .into_iter()
                        .try_for_each(|i| with_scratch(|s| self.product(kernels, i).compute(s)))?,
                }
            }
            Ok(())
        };
        let parts = (self.count as usize).div_ceil(chunk as usize);
        if parts > 1 && apart {
            return threads::run(parts, work);
        }
        for part in 0..parts {
            if part > 0 {
                interrupt::poll()?;
            }
            work(part)?;
        }
        Ok(())
    }

    /// Whether no two elements of the results share memory, as far as steps tell at a glance.
    fn are_apart(&self, kernels: &Kernels) -> bool {
        let ([_, _, c], [_, _, step], Extents { n, m, .. }) = (self.matrices, self.steps, self.size);
        let mut axes = [(c.row.abs(), n), (c.column.abs(), m)];
        axes.sort_unstable();
        let [(inner, count), (outer, rows)] = axes;
        let size = kernels.size as isize;
        let row = (count - 1) * inner + size;
        inner >= size && outer >= row && (self.count <= 1 || step.abs() >= (rows - 1) * outer + row)
    }

    /// Where the matrices of the product `i` begin.
    #[inline(always)]
    fn at(&self, i: isize) -> [*mut u8; 3] {
        let [a, b, c] = self.matrices;
        let [x, y, z] = self.steps;
        [a.data.wrapping_offset(i * x), b.data.wrapping_offset(i * y), c.data.wrapping_offset(i * z)]
    }

    /// The same products of the transposed matrices.
    fn turned(&self) -> Stack {
        let ([a, b, c], [x, y, z]) = (self.matrices, self.steps);
        let Extents { n, k, m } = self.size;
        Stack {
            matrices: [b.transposed(), a.transposed(), c.transposed()],
            steps: [y, x, z],
            size: Extents { n: m, k, m: n },
            ..*self
        }
    }

    /// The product `i`.
    fn product(&self, kernels: &'static Kernels, i: isize) -> Product {
        let ([a, b, c], places) = (self.matrices, self.at(i));
        Product {
            kernels,
            a: Matrix { data: places[0], ..a },
            b: Matrix { data: places[1], ..b },
            c: Matrix { data: places[2], ..c },
            size: self.size,
            adds: false,
        }
    }
}

thread_local! {
    static SCRATCH: Cell<Scratch> = Cell::default();
}

/// Does work with this thread's memory for copies.
fn with_scratch(work: impl FnOnce(&mut Scratch) -> Result<()>) -> Result<()> {
    let mut scratch = SCRATCH.take();
    let outcome = work(&mut scratch);
    SCRATCH.set(scratch);
    outcome
}

impl Product {
    /// Computes it in parts, on several threads.
    ///
    /// # Safety
    /// As for [`Product::compute`].
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(super) unsafe fn shared(&self) -> Result<()> {
        let Extents { n, k, m } = self.size;
        let (rows, columns) = (self.kernels.rows as isize, self.kernels.columns() as isize);
        let cost = self.kernels.in_doubles(n.saturating_mul(k).saturating_mul(m));
        let wanted = (cost / PART + 1).min(4 * threads::get() as isize);
        let (mut down, mut across) = ((n + SIDES.1 - 1) / SIDES.1, 1);
        while down * across < wanted && threads::get() > 1 {
            let (high, wide) = (n / down, m / across);
            if high.max(wide) < 2 * SIDES.0 {
                break;
            }
            if high >= wide { down *= 2 } else { across *= 2 }
        }
        let whole = Whole(*self);
        // Bounds of a part: whole tiles.
        let bound = |extent: isize, tile: isize, part: isize, parts: isize| {
            ((extent + tile - 1) / tile * part / parts * tile).min(extent)
        };
        threads::run_at_once((down * across) as usize, |part| {
            let (i, j) = (part as isize % down, part as isize / down);
            let (top, end) = (bound(n, rows, i, down), bound(n, rows, i + 1, down));
            let (left, right) = (bound(m, columns, j, across), bound(m, columns, j + 1, across));
            if part > 0 {
                interrupt::poll()?;
            }
            let Product { a, b, c, .. } = whole.get();
            let product = Product {
                a: Matrix { data: a.at(top, 0), ..a },
                b: Matrix { data: b.at(0, left), ..b },
                c: Matrix { data: c.at(top, left), ..c },
                size: Extents { n: end - top, k, m: right - left },
                ..whole.get()
            };
            // SAFETY: a part of the caller's matrices; no two parts share a place of `c`.
            with_scratch(|scratch| unsafe { product.compute(scratch) })
        })
    }
}

/// A product that several threads look at.
struct Whole(Product);
// SAFETY: the threads read the factors, and each writes a part of its own.
unsafe impl Sync for Whole {}
impl Whole {
    fn get(&self) -> Product {
        self.0
    }
}

/// How small products of one shape are computed where they lie.
struct Direct {
    /// For the pointers' places, anything.
    tile: Tile,
    size: Extents,
    /// Bytes of an element; extents of whole tiles.
    element: isize,
    rows: isize,
    across: isize,
    /// For whole tiles and for the last, by rows and by columns: the kernel, and what counts of its last vector.
    kernels: [[(Kernel, usize); 2]; 2],
    squares: Option<Squares>,
}

// SAFETY: the pointers are not used, but replaced first.
unsafe impl Sync for Direct {}

impl Direct {
    /// For products like this one; `None` if columns don't lie side by side.
    fn of(kernels: &'static Kernels, like: &Product) -> Option<Direct> {
        let element = kernels.size as isize;
        let Product { a, b, c, size, adds, .. } = *like;
        if b.column != element || c.column != element {
            return None;
        }
        let (rows, across) = (kernels.rows as isize, kernels.columns() as isize);
        let ends = |extent: isize, tile: isize| [tile as usize, ((extent - 1) % tile + 1) as usize];
        let columns = ends(size.m, across);
        let tile = Tile {
            terms: size.k,
            a: a.data,
            a_steps: (a.row, a.column),
            b: b.data,
            b_step: b.row,
            c: c.data,
            c_step: c.row,
            lanes: 0,
            adds,
        };
        let squares = kernels.squares(size);
        let of_ends = ends(size.n, rows).map(|rows| columns.map(|columns| kernels.kernel(rows, columns)));
        Some(Direct { tile, size, element, rows, across, squares, kernels: of_ends })
    }

    /// Some products of a stack of this shape.
    ///
    /// # Safety
    /// As for [`Stack::multiply`].
    unsafe fn several(&self, stack: &Stack, range: Range<isize>) {
        // SAFETY: the caller's promise.
        unsafe {
            match self.squares {
                Some(squares) => {
                    squares(&self.tile, stack.at(range.start), stack.steps, range.end - range.start)
                }
                None => range.for_each(|i| self.compute(stack.at(i))),
            }
        }
    }

    /// The product of the matrices at these places.
    ///
    /// # Safety
    /// As for [`Product::compute`].
    #[inline(always)]
    unsafe fn compute(&self, [a, b, c]: [*mut u8; 3]) {
        let mut tile = self.tile;
        let mut top = 0;
        while top < self.size.n {
            let kernels = &self.kernels[usize::from(top + self.rows >= self.size.n)];
            tile.a = a.wrapping_offset(top * tile.a_steps.0);
            let row = c.wrapping_offset(top * tile.c_step);
            let mut left = 0;
            while left < self.size.m {
                let (kernel, lanes) = kernels[usize::from(left + self.across >= self.size.m)];
                tile.lanes = lanes;
                tile.b = b.wrapping_offset(left * self.element);
                tile.c = row.wrapping_offset(left * self.element);
                // SAFETY: a tile within the caller's matrices.
                unsafe { kernel(&tile) };
                left += self.across;
            }
            top += self.rows;
        }
    }
}
