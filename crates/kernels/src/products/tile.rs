//! The innermost part of products of floats and integers: a tile of the result, whose sums stay in registers while the terms go by.
//!
//! A tile is up to eight rows by three vectors, or six by two where there are sixteen registers. For each term the row of `b` is read as vectors, and
//! each row's element of `a` is spread over a vector. Complex numbers are pairs of lanes: the real and the imaginary part
//! of an element of `a` have sums of their own, which are brought together at the end. So one loop serves all types.
//!
//! Only elements of the operands are multiplied with one another, also at a tile's edge: no flag comes from padding.
//! Each result is one chain of fused multiply-adds in the order of the terms, whatever tile it is in.

use std::arch::x86_64::{__m256, __m256d, __m512, __m512d};

use super::Extents;
use super::vector::{I32x8, I32x16, I64x4, I64x8, Vector};
use crate::isa::fetch_ahead;

/// A tile's operands. Steps are in bytes; columns of `b` and `c` lie side by side.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    pub(super) terms: isize,
    pub(super) a: *const u8,
    /// From row to row, from term to term.
    pub(super) a_steps: (isize, isize),
    pub(super) b: *const u8,
    /// From term to term.
    pub(super) b_step: isize,
    pub(super) c: *mut u8,
    pub(super) c_step: isize,
    /// Lanes of the last vector that count.
    pub(super) lanes: usize,
    /// Whether the sums are added to what is there.
    pub(super) adds: bool,
}

/// Computes a tile of as many rows and vectors as it is made for.
pub(super) type Kernel = unsafe fn(&Tile);

/// Computes `count` products of square matrices of the extent that it is made for: steps within a matrix, the first
/// matrices, and the steps from one to the next.
pub(super) type Squares = unsafe fn(tile: &Tile, first: [*mut u8; 3], steps: [isize; 3], count: isize);

/// The kernels of a type at a level.
pub(super) struct Kernels {
    /// Bytes of an element.
    pub(super) size: usize,
    /// Elements of a vector.
    pub(super) lanes: usize,
    /// Rows of the largest tile.
    pub(super) rows: usize,
    /// Two for complex numbers.
    parts: usize,
    /// Vectors of the widest tile.
    vectors: usize,
    /// By rows and vectors, both from one on; and whether all lanes of the last vector count.
    table: &'static [[Kernel; 2]],
    /// For tiles of up to half a vector, by rows: vectors of half the length take half the time.
    halves: &'static [[Kernel; 2]],
    /// For stacks of square matrices, by rows, from two on.
    squares: &'static [Squares],
}

impl Kernels {
    /// Columns of the widest tile.
    pub(super) fn columns(&self) -> usize {
        self.vectors * self.lanes
    }
    /// The kernel for so many rows and columns, and how many lanes of its last vector count.
    #[inline(always)]
    pub(super) fn kernel(&self, rows: usize, columns: usize) -> (Kernel, usize) {
        let half = self.lanes / 2;
        if columns <= half && !self.halves.is_empty() {
            return (self.halves[rows - 1][usize::from(columns == half)], columns * self.parts);
        }
        let vectors = (columns - 1) / self.lanes;
        let lanes = columns - vectors * self.lanes;
        let kernels = self.table[(rows - 1) * self.vectors + vectors];
        (kernels[usize::from(lanes == self.lanes)], lanes * self.parts)
    }
    /// How many multiplications of doubles take as long as so many of this type.
    pub(super) fn in_doubles(&self, cost: isize) -> isize {
        cost.saturating_mul((self.size * self.parts) as isize) / 8
    }
    /// What multiplies stacks of such matrices, if they are square and so small that there is something.
    pub(super) fn squares(&self, size: Extents) -> Option<Squares> {
        let Extents { n, k, m } = size;
        if n != k || n != m { None } else { self.squares.get((n as usize).checked_sub(2)?).copied() }
    }
}

/// Tiles of so many terms take longer than it takes to fetch what is at the result's place.
const LONG: isize = 64;

/// `R` counts the parts of complex numbers as rows.
#[inline(always)]
#[expect(
    clippy::needless_range_loop,
    reason = "indices are constants once loops are unrolled: all stays in registers"
)]
unsafe fn tile<V: Vector, const R: usize, const N: usize, const PARTS: usize, const WHOLE: bool>(t: &Tile) {
    // SAFETY: the caller's tile.
    unsafe {
        let width = (V::LANES * V::SIZE) as isize;
        let (row, step) = t.a_steps;
        let mask = V::mask(t.lanes);
        let mut sums = [[V::zero(); N]; R];
        let (mut a, mut b) = (t.a, t.b);
        if t.terms >= LONG {
            for r in 0..(R / PARTS) as isize {
                for j in 0..N as isize {
                    fetch_ahead(t.c.wrapping_offset(r * t.c_step + j * width));
                }
            }
        }
        for _ in 0..t.terms {
            let mut y = [V::zero(); N];
            for (j, y) in y.iter_mut().enumerate() {
                let at = b.offset(j as isize * width);
                *y = if WHOLE || j + 1 < N { V::load(at) } else { V::load_some(at, mask, PARTS) };
            }
            for r in 0..R {
                let part = (r % PARTS * V::SIZE) as isize;
                let x = V::splat(a.offset((r / PARTS) as isize * row + part));
                for j in 0..N {
                    sums[r][j] = sums[r][j].plus_product(x, y[j]);
                }
            }
            a = a.wrapping_offset(step);
            b = b.wrapping_offset(t.b_step);
        }
        for r in 0..R / PARTS {
            for j in 0..N {
                let (first, last) = (sums[r * PARTS][j], sums[r * PARTS + PARTS - 1][j]);
                // Of complex numbers: re·(re, im) and im·(-im, re).
                let sum = if PARTS == 1 { first } else { first.plus(last.swapped().even_negative()) };
                let at = t.c.offset(r as isize * t.c_step + j as isize * width);
                put::<V>(sum, at, t.adds, (!WHOLE && j + 1 == N).then_some(mask));
            }
        }
    }
}

#[inline(always)]
unsafe fn put<V: Vector>(sum: V, at: *mut u8, adds: bool, mask: Option<V::Mask>) {
    // SAFETY: the caller's place.
    unsafe {
        let sum = match mask {
            _ if !adds => sum,
            None => V::load(at).plus(sum),
            Some(mask) => V::peek(at, mask).plus(sum),
        };
        match mask {
            None => sum.store(at),
            Some(mask) => sum.store_some(at, mask),
        }
    }
}

/// Rows of `b` stay in registers; rows of the result don't wait for one another, nor do products.
#[inline(always)]
#[expect(
    clippy::needless_range_loop,
    reason = "indices are constants once loops are unrolled: all stays in registers"
)]
unsafe fn squares<V: Vector, const R: usize, const WHOLE: bool>(
    t: &Tile,
    [mut a, mut b, mut c]: [*mut u8; 3],
    steps: [isize; 3],
    count: isize,
) {
    // SAFETY: the caller's matrices.
    unsafe {
        let (row, step) = t.a_steps;
        let mask = V::mask(R);
        for _ in 0..count {
            let mut y = [V::zero(); R];
            for (l, y) in y.iter_mut().enumerate() {
                let at = b.offset(l as isize * t.b_step);
                *y = if WHOLE { V::load(at) } else { V::load_some(at, mask, 1) };
            }
            for r in 0..R as isize {
                let mut sum = V::zero();
                for l in 0..R {
                    sum = sum.plus_product(V::splat(a.offset(r * row + l as isize * step)), y[l]);
                }
                let at = c.offset(r * t.c_step);
                if WHOLE { sum.store(at) } else { sum.store_some(at, mask) }
            }
            a = a.wrapping_offset(steps[0]);
            b = b.wrapping_offset(steps[1]);
            c = c.wrapping_offset(steps[2]);
        }
    }
}

macro_rules! level {
    ($name:ident, $squares:ident, $feature:literal) => {
        #[target_feature(enable = $feature)]
        unsafe fn $name<V: Vector, const R: usize, const N: usize, const PARTS: usize, const WHOLE: bool>(
            t: &Tile,
        ) {
            // SAFETY: the caller's tile, on a processor that has the level.
            unsafe { tile::<V, R, N, PARTS, WHOLE>(t) }
        }

        #[target_feature(enable = $feature)]
        unsafe fn $squares<V: Vector, const R: usize, const WHOLE: bool>(
            t: &Tile,
            first: [*mut u8; 3],
            steps: [isize; 3],
            count: isize,
        ) {
            // SAFETY: the caller's matrices, on a processor that has the level.
            unsafe { squares::<V, R, WHOLE>(t, first, steps, count) }
        }
    };
}
level!(avx2, squares_avx2, "avx2,fma");
level!(avx512, squares_avx512, "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma");

/// The kernels of a type: `$rows` by `$n` vectors; rows are listed as the parts that they have.
macro_rules! kernels {
    ($name:ident, $level:ident, $vector:ident, $size:literal, $parts:literal, $rows:literal, $r:tt, $vectors:literal, $n:tt,
     $half:ident, $r_half:tt, [$($squares:expr),*]) => {
        pub(super) static $name: Kernels = Kernels {
            size: $size * $parts,
            lanes: <$vector as Vector>::LANES / $parts,
            rows: $rows,
            parts: $parts,
            vectors: $vectors,
            table: kernels!(@table $level, $vector, $parts, $r, $n),
            halves: kernels!(@table $level, $half, $parts, $r_half, [1]),
            squares: &[$($squares),*],
        };
    };
    (@table $level:ident, $vector:ident, $parts:literal, [$($r:literal)*], $n:tt) => {
        kernels!(@rows $level, $vector, $parts, [$($r, $n)*])
    };
    (@rows $level:ident, $vector:ident, $parts:literal, [$($r:literal, [$($n:literal)*])*]) => {
        &[$($([
            $level::<$vector, $r, $n, $parts, false>,
            $level::<$vector, $r, $n, $parts, true>,
        ]),*),*]
    };
}

kernels!(F64_512, avx512, __m512d, 8, 1, 8, [1 2 3 4 5 6 7 8], 3, [1 2 3], __m256d, [1 2 3 4 5 6 7 8], [
    squares_avx512::<__m512d, 2, false>,
    squares_avx512::<__m512d, 3, false>,
    squares_avx512::<__m256d, 4, true>,
    squares_avx512::<__m512d, 5, false>,
    squares_avx512::<__m512d, 6, false>,
    squares_avx512::<__m512d, 7, false>,
    squares_avx512::<__m512d, 8, true>
]);
kernels!(F32_512, avx512, __m512, 4, 1, 8, [1 2 3 4 5 6 7 8], 3, [1 2 3], __m256, [1 2 3 4 5 6 7 8], [
    squares_avx512::<__m512, 2, false>,
    squares_avx512::<__m512, 3, false>,
    squares_avx512::<__m512, 4, false>,
    squares_avx512::<__m512, 5, false>,
    squares_avx512::<__m512, 6, false>,
    squares_avx512::<__m512, 7, false>,
    squares_avx512::<__m256, 8, true>
]);
kernels!(C64_512, avx512, __m512d, 8, 2, 4, [2 4 6 8], 3, [1 2 3], __m256d, [2 4 6 8], []);
kernels!(C32_512, avx512, __m512, 4, 2, 4, [2 4 6 8], 3, [1 2 3], __m256, [2 4 6 8], []);
kernels!(F64_256, avx2, __m256d, 8, 1, 6, [1 2 3 4 5 6], 2, [1 2], __m256d, [], [
    squares_avx2::<__m256d, 2, false>,
    squares_avx2::<__m256d, 3, false>,
    squares_avx2::<__m256d, 4, true>
]);
kernels!(F32_256, avx2, __m256, 4, 1, 6, [1 2 3 4 5 6], 2, [1 2], __m256, [], [
    squares_avx2::<__m256, 2, false>,
    squares_avx2::<__m256, 3, false>,
    squares_avx2::<__m256, 4, false>,
    squares_avx2::<__m256, 5, false>,
    squares_avx2::<__m256, 6, false>,
    squares_avx2::<__m256, 7, false>,
    squares_avx2::<__m256, 8, true>
]);
kernels!(C64_256, avx2, __m256d, 8, 2, 3, [2 4 6], 2, [1 2], __m256d, [], []);
kernels!(C32_256, avx2, __m256, 4, 2, 3, [2 4 6], 2, [1 2], __m256, [], []);
kernels!(I64_512, avx512, I64x8, 8, 1, 8, [1 2 3 4 5 6 7 8], 2, [1 2], I64x4, [], []);
kernels!(I32_512, avx512, I32x16, 4, 1, 8, [1 2 3 4 5 6 7 8], 2, [1 2], I32x8, [], []);
kernels!(I64_256, avx2, I64x4, 8, 1, 4, [1 2 3 4], 2, [1 2], I64x4, [], []);
kernels!(I32_256, avx2, I32x8, 4, 1, 4, [1 2 3 4], 2, [1 2], I32x8, [], []);
