//! The loops around tiles: terms are cut into pieces, columns into blocks whose part of `b` stays in the second-level
//! cache while all rows of `a` go by; the rows of a tile stay in the first-level cache while the block's columns go by.
//! Both are copied to where they lie close together, unless they do already.

use sharray_base::{Error, Result, interrupt};

use super::tile::{Kernels, Tile};
use super::{Extents, Matrix};
use crate::isa::fetch_ahead;

/// Bytes of a row of a tile's `a`: eight of them fill half of the first-level cache.
const PIECE: isize = 2048;
/// Bytes of a block of `b`.
const BLOCK: isize = 768 << 10;
/// Operands of up to so many bytes are read where they are.
const NEAR: isize = 128 << 10;
/// Bytes of the widest tile: more than any has.
const TILE: usize = 2048;

/// Memory for copies of operands.
#[derive(Default)]
pub(super) struct Scratch {
    a: Vec<Line>,
    b: Vec<Line>,
}

/// A cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line(#[expect(dead_code, reason = "memory alone")] [u8; 64]);

/// Place for so many bytes.
fn place(lines: &mut Vec<Line>, bytes: isize) -> Result<*mut u8> {
    let count = (bytes as usize).div_ceil(64) + 1;
    if lines.len() < count {
        let short = |_| Error::OutOfMemory { bytes: bytes as usize };
        lines.try_reserve_exact(count - lines.len()).map_err(short)?;
        lines.resize(count, Line([0; 64]));
    }
    Ok(lines.as_mut_ptr().cast())
}

/// A product of matrices of one type.
#[derive(Clone, Copy)]
pub(super) struct Product {
    pub(super) kernels: &'static Kernels,
    pub(super) a: Matrix,
    pub(super) b: Matrix,
    pub(super) c: Matrix,
    pub(super) size: Extents,
    /// Whether the product is added to what is there.
    pub(super) adds: bool,
}

impl Product {
    /// Computes it.
    ///
    /// # Safety
    /// Matrices of these extents, at least one each; `c` shares no memory with the others.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(super) unsafe fn compute(&self, scratch: &mut Scratch) -> Result<()> {
        let Extents { n, k, m } = self.size;
        let element = self.kernels.size as isize;
        let pieces = (k * element + PIECE - 1) / PIECE;
        let across = self.kernels.columns() as isize;
        for piece in 0..pieces {
            let (first, end) = (k * piece / pieces, k * (piece + 1) / pieces);
            let terms = end - first;
            let width = (BLOCK / (terms * element) / across).max(1) * across;
            let blocks = (m + width - 1) / width;
            let panels = (m + across - 1) / across;
            for block in 0..blocks {
                let (left, right) =
                    (panels * block / blocks * across, (panels * (block + 1) / blocks * across).min(m));
                let part = Product {
                    a: Matrix { data: self.a.at(0, first), ..self.a },
                    b: Matrix { data: self.b.at(first, left), ..self.b },
                    c: Matrix { data: self.c.at(0, left), ..self.c },
                    size: Extents { n, k: terms, m: right - left },
                    adds: self.adds || piece > 0,
                    ..*self
                };
                if piece + block > 0 {
                    interrupt::poll()?;
                }
                // SAFETY: a part of the caller's matrices.
                unsafe { part.block(scratch) }?;
            }
        }
        Ok(())
    }

    /// Computes a block of columns.
    unsafe fn block(&self, scratch: &mut Scratch) -> Result<()> {
        let Extents { n, k, m } = self.size;
        let size = self.kernels.size as isize;
        let (rows, across) = (self.kernels.rows as isize, self.kernels.columns() as isize);
        let copies_b = self.b.column != size || n > 2 * rows && k * m * size > NEAR;
        let copies_a = m > 2 * across && k * n * size > NEAR;
        // SAFETY: the caller's matrices; scratch memory is as large as it is asked for.
        unsafe {
            if copies_b {
                let panels = place(&mut scratch.b, k * m * size)?;
                copy_columns(self.b, k, m, across, size, panels);
            }
            let mut top = 0;
            while top < n {
                let count = rows.min(n - top);
                let (mut a, mut steps) = (self.a.at(top, 0), (self.a.row, self.a.column));
                if copies_a {
                    let copy = place(&mut scratch.a, k * rows * size)?;
                    steps = copy_rows(Matrix { data: a, ..self.a }, count, k, size, copy);
                    a = copy;
                }
                let mut left = 0;
                while left < m {
                    let columns = across.min(m - left);
                    let (b, b_step) = if copies_b {
                        (scratch.b.as_mut_ptr().cast::<u8>().offset(left * k * size), columns * size)
                    } else {
                        (self.b.at(0, left), self.b.row)
                    };
                    let (kernel, lanes) = self.kernels.kernel(count as usize, columns as usize);
                    let mut tile = Tile {
                        terms: k,
                        a,
                        a_steps: steps,
                        b,
                        b_step,
                        c: self.c.at(top, left),
                        c_step: self.c.row,
                        lanes,
                        adds: self.adds,
                    };
                    if self.c.column == size {
                        kernel(&tile);
                    } else {
                        let mut staged = [0u8; TILE];
                        let there = Matrix { data: tile.c, ..self.c };
                        let here = Matrix { data: staged.as_mut_ptr(), row: columns * size, column: size };
                        (tile.c, tile.c_step) = (here.data, here.row);
                        if self.adds {
                            copy(there, here, count, columns, size);
                        }
                        kernel(&tile);
                        copy(here, there, count, columns, size);
                    }
                    if copies_a && top + count < n {
                        let next = Matrix { data: self.a.at(top + count, 0), ..self.a };
                        fetch_part(next, rows.min(n - top - count), k * size, (left, columns, m));
                    }
                    left += columns;
                }
                top += count;
            }
        }
        Ok(())
    }
}

/// Copies `b` as panels of `across` columns, the last as narrow as it is. Row by row, if they lie dense: pages of memory
/// are gone through once.
unsafe fn copy_columns(b: Matrix, k: isize, m: isize, across: isize, size: isize, to: *mut u8) {
    let band = if b.column == size { 4 } else { k };
    let mut first = 0;
    while first < k {
        let rows = band.min(k - first);
        let mut left = 0;
        while left < m {
            let columns = across.min(m - left);
            // SAFETY: the caller's matrix and memory for as many elements.
            unsafe {
                let start = to.offset((left * k + first * columns) * size);
                let panel = Matrix { data: start, row: columns * size, column: size };
                copy(Matrix { data: b.at(first, left), ..b }, panel, rows, columns, size);
            }
            left += columns;
        }
        first += rows;
    }
}

/// Copies rows of `a`, in their order in memory. The steps of the copy.
unsafe fn copy_rows(a: Matrix, rows: isize, k: isize, size: isize, to: *mut u8) -> (isize, isize) {
    let steps = if a.column == size { (k * size, size) } else { (size, rows * size) };
    // SAFETY: the caller's matrix and memory for as many elements.
    unsafe { copy(a, Matrix { data: to, row: steps.0, column: steps.1 }, rows, k, size) };
    steps
}

/// Asks for the part of the next rows, of so many bytes each, that these columns stand for among all.
fn fetch_part(a: Matrix, rows: isize, bytes: isize, (left, columns, m): (isize, isize, isize)) {
    let lines = bytes / 64 + 1;
    let all = rows * lines;
    for line in all * left / m..all * (left + columns) / m {
        fetch_ahead(a.at(line / lines, 0).wrapping_offset(line % lines * 64));
    }
}

/// Copies a matrix.
unsafe fn copy(from: Matrix, to: Matrix, rows: isize, columns: isize, size: isize) {
    // SAFETY: the caller's matrices, of elements of this size.
    unsafe {
        match size {
            4 => copy_as::<[u8; 4]>(from, to, rows, columns),
            8 => copy_as::<[u8; 8]>(from, to, rows, columns),
            _ => copy_as::<[u8; 16]>(from, to, rows, columns),
        }
    }
}

unsafe fn copy_as<T: Copy>(from: Matrix, to: Matrix, rows: isize, columns: isize) {
    let size = size_of::<T>() as isize;
    // SAFETY: the caller's matrices.
    unsafe {
        if from.column == size && to.column == size {
            // The widest panels' rows: moves without a call.
            const WIDEST: usize = 192;
            if columns * size == WIDEST as isize {
                for i in 0..rows {
                    *to.at(i, 0).cast::<[u8; WIDEST]>() = *from.at(i, 0).cast::<[u8; WIDEST]>();
                }
                return;
            }
            for i in 0..rows {
                std::ptr::copy_nonoverlapping(from.at(i, 0), to.at(i, 0), (columns * size) as usize);
            }
        } else if from.row == size && to.row == size {
            for j in 0..columns {
                std::ptr::copy_nonoverlapping(from.at(0, j), to.at(0, j), (rows * size) as usize);
            }
        } else {
            for i0 in (0..rows).step_by(8) {
                for j in 0..columns {
                    for i in i0..rows.min(i0 + 8) {
                        *to.at(i, j).cast::<T>() = *from.at(i, j).cast::<T>();
                    }
                }
            }
        }
    }
}
