//! Products of vectors and matrices as generalised loops: `matmul`, `vecdot`, `matvec`, `vecmat`. All are one routine,
//! [`multiply`], on a matrix of `n × k` and one of `k × m` at any strides.
//!
//! The result is computed in tiles of `ROWS × W` running sums; the columns of a tile are packed side by side first, so
//! that the inner loop reads them as vectors. At a tile's edge the last row or column is repeated and its
//! result dropped: no floating-point flag comes from anything but the operands. Results narrower than a tile are plain dot
//! products. Products of matrices of floats and of the larger integers go to `stacks`, but for
//! the level that every processor has and for vectors.

#[cfg(target_arch = "x86_64")]
mod blocks;
mod factor;
#[cfg(target_arch = "x86_64")]
mod stacks;
#[cfg(target_arch = "x86_64")]
mod tile;
#[cfg(target_arch = "x86_64")]
mod vector;

pub use factor::Factor;

use std::ffi::c_void;

use sharray_base::interrupt::{STRIDE, poll_fault};

use crate::element::{array, read, write};
use crate::extended;
use crate::isa::Level;
use crate::loop_abi::Loop;

const ROWS: usize = 4;
/// Tiles of at most so many columns are computed row by row, where the factor's rows stay in the first cache or there is
/// more to compute than to read.
const NARROW: usize = 16;
const SHORT: isize = 64;

/// A matrix in memory: address and the steps from row to row and from column to column.
#[derive(Clone, Copy)]
struct Matrix {
    data: *mut u8,
    row: isize,
    column: isize,
}

impl Matrix {
    #[inline(always)]
    fn at(self, i: isize, j: isize) -> *mut u8 {
        self.data.wrapping_offset(i * self.row + j * self.column)
    }
    #[cfg(target_arch = "x86_64")]
    fn transposed(self) -> Matrix {
        Matrix { row: self.column, column: self.row, ..self }
    }
}

/// Extents: rows, the summed axis, columns.
#[derive(Clone, Copy)]
struct Extents {
    n: isize,
    k: isize,
    m: isize,
}

/// `c = a · b`; with `CONJUGATE`, `a` is conjugated. `FMA` says that a fused multiply-add is one instruction.
#[inline(always)]
unsafe fn multiply<T: Factor, const W: usize, const FMA: bool, const CONJUGATE: bool>(
    a: Matrix,
    b: Matrix,
    c: Matrix,
    size: Extents,
) {
    let width = W as isize;
    // SAFETY: the matrices have the extents given; `panel` has `k · W` elements when it is used.
    unsafe {
        let mut done = 0;
        if size.m >= width && size.k > 0 {
            let mut panel: Vec<T> = Vec::new();
            let packs = size.n > 2 * ROWS as isize || b.column != size_of::<T>() as isize;
            if !packs || panel.try_reserve_exact(W * size.k as usize).is_ok() {
                while done < size.m {
                    // The last panel overlaps its neighbour rather than hang over the edge.
                    let start = done.min(size.m - width);
                    let source = Matrix { data: b.at(0, start), ..b };
                    let rows = if packs { pack::<T, W>(source, size.k, panel.as_mut_ptr()) } else { source };
                    if !tiles::<T, W, FMA, CONJUGATE>(a, rows, Matrix { data: c.at(0, start), ..c }, size) {
                        return;
                    }
                    done = start + width;
                }
            }
        }
        for j in done..size.m {
            for i in 0..size.n {
                if size.k * size.n > STRIDE as isize && i % ROWS as isize == 0 && poll_fault() {
                    return;
                }
                let sum = dot::<T, W, FMA, CONJUGATE>((a.at(i, 0), a.column), (b.at(0, j), b.row), size.k);
                write(c.at(i, j), sum);
            }
        }
    }
}

/// Copies `k` rows of `W` columns side by side.
#[inline(always)]
unsafe fn pack<T: Factor, const W: usize>(source: Matrix, k: isize, panel: *mut T) -> Matrix {
    for i in 0..k {
        for j in 0..W as isize {
            // SAFETY: the caller reserved `k · W` elements.
            unsafe { panel.offset(i * W as isize + j).write(read(source.at(i, j))) };
        }
    }
    Matrix { data: panel.cast(), row: (W * size_of::<T>()) as isize, column: size_of::<T>() as isize }
}

/// `W` columns of the result, whose factor's rows lie dense at `b`. False when it was interrupted.
#[inline(always)]
unsafe fn tiles<T: Factor, const W: usize, const FMA: bool, const CONJUGATE: bool>(
    a: Matrix,
    b: Matrix,
    c: Matrix,
    size: Extents,
) -> bool {
    let mut top = 0;
    let mut work = 0;
    while top < size.n {
        work += size.k;
        if work > STRIDE as isize {
            work = 0;
            if poll_fault() {
                return false;
            }
        }
        if W <= NARROW && (size.k <= SHORT || size.n >= ROWS as isize) {
            // Few sums stay in registers as one vector, and the rows don't wait for one another.
            for i in top..size.n.min(top + ROWS as isize) {
                // SAFETY: the row is within `a` and `c`; rows of the packed factor have `W` elements.
                unsafe { put::<T, W>(c, i, row::<T, W, FMA, CONJUGATE>(a, i, b, size.k)) };
            }
        } else {
            let rows: [isize; ROWS] = array(|r| (top + r as isize).min(size.n - 1));
            let mut sums = [[T::zero(); W]; ROWS];
            for l in 0..size.k {
                // SAFETY: row `l` of the packed factor has `W` elements; the rows are within `a`.
                let (y, x): ([T; W], [T; ROWS]) = unsafe {
                    (b.at(l, 0).cast::<[T; W]>().read_unaligned(), array(|r| read(a.at(rows[r], l))))
                };
                for r in 0..ROWS {
                    let x = if CONJUGATE { x[r].conjugate() } else { x[r] };
                    sums[r] = array(|j| T::step::<FMA>(sums[r][j], x, y[j]));
                }
            }
            for r in 0..ROWS {
                // SAFETY: within `c`.
                unsafe { put::<T, W>(c, rows[r], sums[r]) };
            }
        }
        top += ROWS as isize;
    }
    true
}

/// Writes the results of one row of a tile.
///
/// # Safety
/// The row, with `W` columns, is within `c`.
#[inline(always)]
unsafe fn put<T: Factor, const W: usize>(c: Matrix, row: isize, sums: [T::Sum; W]) {
    let results: [T; W] = array(|j| T::finish(sums[j]));
    if c.column == size_of::<T>() as isize {
        // SAFETY: by the caller; the columns lie side by side.
        return unsafe { c.at(row, 0).cast::<[T; W]>().write_unaligned(results) };
    }
    for (j, result) in (0..).zip(results) {
        // SAFETY: by the caller.
        unsafe { write(c.at(row, j), result) };
    }
}

/// The sums of one row of a tile.
///
/// # Safety
/// The row is within `a`; the rows of `b` have `W` elements side by side.
#[inline(always)]
unsafe fn row<T: Factor, const W: usize, const FMA: bool, const CONJUGATE: bool>(
    a: Matrix,
    row: isize,
    b: Matrix,
    k: isize,
) -> [T::Sum; W] {
    let mut sums = [T::zero(); W];
    for l in 0..k {
        // SAFETY: by the caller.
        let (x, y): (T, [T; W]) =
            unsafe { (read(a.at(row, l)), b.at(l, 0).cast::<[T; W]>().read_unaligned()) };
        let x = if CONJUGATE { x.conjugate() } else { x };
        sums = array(|j| T::step::<FMA>(sums[j], x, y[j]));
    }
    sums
}

/// Sum of products of two vectors; of no meaning when it was interrupted, which leaves a fault.
#[inline(always)]
unsafe fn dot<T: Factor, const W: usize, const FMA: bool, const CONJUGATE: bool>(
    (a, step_a): (*const u8, isize),
    (b, step_b): (*const u8, isize),
    k: isize,
) -> T {
    let conjugate = |x: T| if CONJUGATE { x.conjugate() } else { x };
    let mut total = T::zero();
    let mut i = 0;
    // SAFETY: indices stay below `k`.
    unsafe {
        let size = size_of::<T>() as isize;
        let width = W as isize;
        if step_a == size && step_b == size && k >= 2 * width {
            let mut sums = [T::zero(); W];
            while i + width <= k {
                if i > 0 && poll_fault() {
                    return T::finish(total);
                }
                let stop = k.min(i + STRIDE as isize);
                while i + width <= stop {
                    let x = a.offset(i * size).cast::<[T; W]>().read_unaligned();
                    let y = b.offset(i * size).cast::<[T; W]>().read_unaligned();
                    sums = array(|j| T::step::<FMA>(sums[j], conjugate(x[j]), y[j]));
                    i += width;
                }
            }
            total = sums[1..].iter().fold(sums[0], |sum, &s| T::join(sum, s));
        }
        while i < k {
            let stop = k.min(i + STRIDE as isize);
            while i < stop {
                let (x, y) = (read(a.offset(i * step_a)), read(b.offset(i * step_b)));
                total = T::step::<FMA>(total, conjugate(x), y);
                i += 1;
            }
            if i < k && poll_fault() {
                return T::finish(total);
            }
        }
    }
    T::finish(total)
}

/// How the arguments of a generalised loop describe the matrices.
trait Shape: 'static {
    const CONJUGATES: bool;
    /// Two matrices: what `stacks` is for.
    const MATRICES: bool;
    /// Extents from the core dimensions, matrices from the core steps.
    unsafe fn describe(
        data: [*mut u8; 3],
        core: *const isize,
        steps: *const isize,
    ) -> (Matrix, Matrix, Matrix, Extents);
}

/// `(n?,k),(k,m?)->(n?,m?)`
pub struct Matmul;
/// `(n),(n)->()`
pub struct Vecdot;
/// `(m,n),(n)->(m)`
pub struct Matvec;
/// `(n),(n,m)->(m)`
pub struct Vecmat;

macro_rules! shape {
    ($name:ident, $conjugates:literal, $matrices:literal, [$($dim:ident)*], [$($step:ident)*], $n:expr, $k:expr, $m:expr,
     ($ar:expr, $ac:expr), ($br:expr, $bc:expr), ($cr:expr, $cc:expr)) => {
        impl Shape for $name {
            const CONJUGATES: bool = $conjugates;
            const MATRICES: bool = $matrices;
            #[inline(always)]
            #[allow(unused_assignments, reason = "the counter's last step")]
            unsafe fn describe(data: [*mut u8; 3], core: *const isize, steps: *const isize) -> (Matrix, Matrix, Matrix, Extents) {
                let mut next = 0;
                // SAFETY: the signature has as many core dimensions and steps as are read.
                $(let $dim = unsafe { *core.add(next) }; next += 1;)*
                next = 0;
                // SAFETY: as above.
                $(let $step = unsafe { *steps.add(next) }; next += 1;)*
                (
                    Matrix { data: data[0], row: $ar, column: $ac },
                    Matrix { data: data[1], row: $br, column: $bc },
                    Matrix { data: data[2], row: $cr, column: $cc },
                    Extents { n: $n, k: $k, m: $m },
                )
            }
        }
    };
}

shape!(Matmul, false, true, [n k m], [an ak bk bm cn cm], n, k, m, (an, ak), (bk, bm), (cn, cm));
shape!(Vecdot, true, false, [k], [ak bk], 1, k, 1, (0, ak), (bk, 0), (0, 0));
shape!(Matvec, false, false, [n k], [an ak bk cn], n, k, 1, (an, ak), (bk, 0), (cn, 0));
shape!(Vecmat, true, false, [k m], [ak bk bm cm], 1, k, m, (0, ak), (bk, bm), (0, cm));

/// [`multiply`] with the tile width for the type. One instance serves all four products of real numbers.
#[inline(always)]
unsafe fn by_width<T: Factor, const FMA: bool, const CONJUGATE: bool>(
    a: Matrix,
    b: Matrix,
    c: Matrix,
    size: Extents,
) {
    // SAFETY: the same contract.
    unsafe {
        match size_of::<T>() {
            _ if cfg!(debug_assertions) => multiply::<T, 4, FMA, CONJUGATE>(a, b, c, size),
            0..4 => multiply::<T, 32, FMA, CONJUGATE>(a, b, c, size),
            // Stacks of small matrices: narrow tiles rather than a dot product for each element.
            4 if size.m < 16 => multiply::<T, 4, FMA, CONJUGATE>(a, b, c, size),
            8 if size.m < 8 => multiply::<T, 4, FMA, CONJUGATE>(a, b, c, size),
            4 => multiply::<T, 16, FMA, CONJUGATE>(a, b, c, size),
            8 => multiply::<T, 8, FMA, CONJUGATE>(a, b, c, size),
            _ => multiply::<T, 4, FMA, CONJUGATE>(a, b, c, size),
        }
    }
}

/// Defines, for one level, the generalised loop: around `$multiply` from the product on that `$begin` gives.
macro_rules! level {
    ($(#[$attribute:meta])* $loop:ident, $multiply:ident, $begin:expr) => {
        $(#[$attribute])*
        unsafe extern "C" fn $loop<S: Shape, T: Factor>(
            args: *const *mut u8,
            dims: *const isize,
            steps: *const isize,
            _data: *mut c_void,
        ) {
            // SAFETY: the loop contract: three operands, outer steps, then core steps.
            let run = || unsafe {
                let done = $begin;
                for i in done(args, dims, steps)..*dims {
                    let data = array(|operand| (*args.add(operand)).offset(i * *steps.add(operand)));
                    let (a, b, c, size) = S::describe(data, dims.add(1), steps.add(3));
                    if S::CONJUGATES && T::COMPLEX {
                        $multiply::<T, true>(a, b, c, size);
                    } else {
                        $multiply::<T, false>(a, b, c, size);
                    }
                }
            };
            if T::EXTENDED { extended::with_status(run) } else { run() }
        }
    };
}

/// Defines the product of two matrices for one level.
macro_rules! multiply {
    ($(#[$attribute:meta])* $multiply:ident, $fma:literal) => {
        $(#[$attribute])*
        #[inline(never)]
        unsafe fn $multiply<T: Factor, const CONJUGATE: bool>(a: Matrix, b: Matrix, c: Matrix, size: Extents) {
            // SAFETY: the same contract.
            unsafe { by_width::<T, $fma, CONJUGATE>(a, b, c, size) }
        }
    };
}

multiply!(
    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse4.2,popcnt"))]
    multiply_baseline,
    false
);
#[cfg(target_arch = "x86_64")]
multiply!(
    #[target_feature(enable = "avx2,fma")]
    multiply_avx2,
    true
);

level!(baseline, multiply_baseline, |_, _, _| 0);
#[cfg(target_arch = "x86_64")]
level!(avx2, multiply_avx2, |args, dims, steps| begun::<S, T>(Level::Avx2, args, dims, steps));
#[cfg(target_arch = "x86_64")]
level!(avx512, multiply_avx2, |args, dims, steps| begun::<S, T>(Level::Avx512, args, dims, steps));

/// Does products of matrices, and says how many.
///
/// # Safety
/// The loop contract.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn begun<S: Shape, T: Factor>(
    level: Level,
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
) -> isize {
    let Some(kernels) = stacks::kernels::<T>(level).filter(|_| S::MATRICES) else { return 0 };
    // SAFETY: the loop contract, as in the loops; results share no memory with operands.
    unsafe {
        let data = array(|operand| *args.add(operand));
        let (a, b, c, size) = S::describe(data, dims.add(1), steps.add(3));
        let stack = stacks::Stack {
            count: *dims,
            matrices: [a, b, c],
            steps: array(|operand| *steps.add(operand)),
            size,
        };
        if stack.multiply(kernels) { *dims } else { 0 }
    }
}

/// Loops of a product for one type.
#[expect(private_bounds, reason = "only the four products are shapes")]
pub fn product<S: Shape, T: Factor>() -> [Loop; Level::COUNT] {
    #[cfg(target_arch = "x86_64")]
    if !T::EXTENDED {
        // But for `stacks` the AVX-512 level keeps the AVX2 code: wider vectors would want tiles of another shape.
        let wide: Loop = if T::TILED && S::MATRICES { avx512::<S, T> } else { avx2::<S, T> };
        return [baseline::<S, T>, avx2::<S, T>, wide];
    }
    [baseline::<S, T>; Level::COUNT]
}
