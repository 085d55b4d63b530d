//! The shells that turn a scalar operation into loops: one `#[inline(always)]` body per shape of operation,
//! instantiated for each instruction-set level through a wrapper that switches the features on.
//!
//! Contiguous operands, and a contiguous operand with a scalar, are handled by blocks: a block is loaded into locals,
//! computed, and stored. The compiler sees that the locals alias nothing and vectorises without run-time checks, also
//! when the result lies exactly over an input. What is left over, and every other stride, goes element by element.
//! The baseline level has blocks only where all operands are dense: fewer instantiations for
//! machines that hardly exist. `FULL` is true at the levels above it, `WIDE` at those above AVX2.
//! No lane is ever padded here, so the floating-point flags are exactly those of the elements.

use std::any::TypeId;
use std::ffi::c_void;

use super::{Level, rows};
use crate::element::{Element, array, read, write};
use crate::extended;
use crate::loop_abi::{Loop, Rows};

/// An operation of one operand.
pub trait Unary<A: Element>: 'static {
    /// What it gives.
    type Out: Element;
    /// True when computing by blocks pays: the operation vectorises.
    const BLOCKS: bool = true;
    /// The operation.
    fn apply(a: A) -> Self::Out;
}

/// An operation of two operands.
pub trait Binary<A: Element, B: Element = A>: 'static {
    /// What it gives.
    type Out: Element;
    /// True when computing by blocks pays: the operation vectorises.
    const BLOCKS: bool = true;
    /// The operation.
    fn apply(a: A, b: B) -> Self::Out;
    /// Folds `n` elements at `source` into the one at `total` and returns true, or returns false when there is no
    /// special code for that.
    ///
    /// # Safety
    /// `total` is readable and writable, `source .. source + n * step` readable.
    #[inline(always)]
    unsafe fn reduce(_total: *mut u8, _source: *const u8, _n: isize, _step: isize) -> bool {
        false
    }
    /// True when there is special code for one right operand for all.
    const SCALARS: bool = false;
    /// What the operation becomes when its right operand is one value for all, or `None` when there is no special
    /// code for that.
    #[inline(always)]
    fn with_scalar(_b: B) -> Option<impl Fn(A) -> Self::Out> {
        None::<fn(A) -> Self::Out>
    }
}

/// An operation of three operands of one type.
pub trait Ternary<A: Element>: 'static {
    /// The operation.
    fn apply(a: A, b: A, c: A) -> A;
    /// What the operation becomes when its second and third operands are one value for all, or `None` when there is no
    /// special code for that.
    #[inline(always)]
    fn with_scalars(_b: A, _c: A) -> Option<impl Fn(A) -> A> {
        None::<fn(A) -> A>
    }
}

/// One operand, two results.
pub trait UnaryPair<A: Element>: 'static {
    /// First result.
    type First: Element;
    /// Second result.
    type Second: Element;
    /// The operation.
    fn apply(a: A) -> (Self::First, Self::Second);
}

/// Two operands, two results.
pub trait BinaryPair<A: Element>: 'static {
    /// First result.
    type First: Element;
    /// Second result.
    type Second: Element;
    /// The operation.
    fn apply(a: A, b: A) -> (Self::First, Self::Second);
}

/// Elements in a block whose largest operand takes `size` bytes: so many that the compiler makes a vectorised loop of
/// a block, instead of pairing unrolled operations, which goes wrong for all but the simplest. Where nothing is
/// vectorised, long blocks would only cost compile time.
///
/// Answers of one byte about operands of eight come from half as many: of more the compiler packs the bytes badly.
const fn block(size: usize, result: usize) -> usize {
    match size {
        _ if cfg!(debug_assertions) => 4,
        8 if result == 1 => 32,
        0..16 => 64,
        _ => 8,
    }
}

const fn larger(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

/// Calls `$run::<…, W, $wide>` with the block width `W` for operands of `$size` bytes and results of `$result`.
macro_rules! by_width {
    ($size:expr, $result:expr, $run:ident, $wide:ident, $args:tt) => {
        match const { block($size, $result) } {
            64 => $run::<_, _, _, _, 64, $wide> $args,
            32 => $run::<_, _, _, _, 32, $wide> $args,
            16 => $run::<_, _, _, _, 16, $wide> $args,
            8 => $run::<_, _, _, _, 8, $wide> $args,
            _ => $run::<_, _, _, _, 4, $wide> $args,
        }
    };
}

/// Keeps the blocks of a loop one after the other. With gathers and scatters at hand, as at the AVX-512 level, the
/// compiler would take a lane from each of eight blocks, and pick them apart again: for a loop on inline assembly, even
/// of no instruction, it does not.
#[inline(always)]
fn apart<const WIDE: bool>() {
    #[cfg(target_arch = "x86_64")]
    if WIDE {
        // SAFETY: there is no instruction in it.
        unsafe { std::arch::asm!("", options(nomem, nostack, preserves_flags)) };
    }
}

/// `out[i] = f(a[i], b[i])` for all whole blocks; an operand flagged as scalar stays at its first element. Returns how
/// many elements were done.
#[inline(always)]
unsafe fn blocks<A: Element, B: Element, R: Element, F: Fn(A, B) -> R, const W: usize, const WIDE: bool>(
    (a, b, out): (*const A, *const B, *mut R),
    n: isize,
    f: F,
) -> isize {
    let mut i = 0;
    while i + W as isize <= n {
        // SAFETY: elements `i .. i + W` are within the operands, by the caller's contract.
        unsafe { block_at::<A, B, R, F, W>((a, b, out), i, &f) };
        i += W as isize;
        apart::<WIDE>();
    }
    while W > TAIL && i + TAIL as isize <= n {
        // SAFETY: as above.
        unsafe { block_at::<A, B, R, F, TAIL>((a, b, out), i, &f) };
        i += TAIL as isize;
        apart::<WIDE>();
    }
    i
}

/// Elements in a block of what is left over of whole blocks.
const TAIL: usize = 8;

#[inline(always)]
unsafe fn block_at<A: Element, B: Element, R: Element, F: Fn(A, B) -> R, const W: usize>(
    (a, b, out): (*const A, *const B, *mut R),
    i: isize,
    f: &F,
) {
    // SAFETY: elements `i .. i + W` are within the operands, by the caller's contract.
    unsafe {
        let x = a.offset(i).cast::<[A; W]>().read_unaligned();
        let y = b.offset(i).cast::<[B; W]>().read_unaligned();
        let r: [R; W] = array(|k| f(x[k], y[k]));
        out.offset(i).cast::<[R; W]>().write_unaligned(r);
    }
}

/// [`blocks`] with one array operand. `f` is a closure of the caller's own: called through a reference, one would not be
/// inlined here, and lose the instruction set.
///
/// # Safety
/// `n` elements are readable and writable.
#[inline(always)]
pub(super) unsafe fn blocks_one<
    A: Element,
    P,
    R: Element,
    F: Fn(A) -> R,
    const W: usize,
    const WIDE: bool,
>(
    (a, out): (*const A, *mut R),
    n: isize,
    f: F,
    _unused: P,
) -> isize {
    let mut i = 0;
    while i + W as isize <= n {
        // SAFETY: elements `i .. i + W` are within the operands, by the caller's contract.
        unsafe { block_one_at::<A, R, F, W>((a, out), i, &f) };
        i += W as isize;
        apart::<WIDE>();
    }
    while W > TAIL && i + TAIL as isize <= n {
        // SAFETY: as above.
        unsafe { block_one_at::<A, R, F, TAIL>((a, out), i, &f) };
        i += TAIL as isize;
        apart::<WIDE>();
    }
    i
}

#[inline(always)]
unsafe fn block_one_at<A: Element, R: Element, F: Fn(A) -> R, const W: usize>(
    (a, out): (*const A, *mut R),
    i: isize,
    f: &F,
) {
    // SAFETY: elements `i .. i + W` are within the operands, by the caller's contract.
    unsafe {
        let x = a.offset(i).cast::<[A; W]>().read_unaligned();
        let r: [R; W] = array(|k| f(x[k]));
        out.offset(i).cast::<[R; W]>().write_unaligned(r);
    }
}

#[inline(always)]
unsafe fn unary_body<O: Unary<A>, A: Element, const FULL: bool, const WIDE: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract: two operands, `n` elements each at their steps.
    unsafe {
        let n = *dims;
        let (a, out) = (*args, *args.add(1));
        let (sa, so) = (*steps, *steps.add(1));
        let mut i = 0;
        if O::BLOCKS && sa == size_of::<A>() as isize && so == size_of::<O::Out>() as isize {
            i = by_width!(
                larger(size_of::<A>(), size_of::<O::Out>()),
                size_of::<O::Out>(),
                blocks_one,
                WIDE,
                ((a.cast::<A>(), out.cast::<O::Out>()), n, O::apply, ())
            );
        }
        while i < n {
            write(out.offset(i * so), O::apply(read::<A>(a.offset(i * sa))));
            i += 1;
        }
    }
}

#[inline(always)]
unsafe fn binary_body<O: Binary<A, B>, A: Element, B: Element, const FULL: bool, const WIDE: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract: three operands, `n` elements each at their steps; `data` is null or tells of rows.
    unsafe {
        if !data.is_null() {
            return rows::fold::<O, A, B>(*args.add(2), *args.add(1), *dims, *data.cast::<Rows>());
        }
        let n = *dims;
        let (a, b, out) = (*args, *args.add(1), *args.add(2));
        let (sa, sb, so) = (*steps, *steps.add(1), *steps.add(2));
        if a == out && sa == 0 && so == 0 && O::reduce(out, b, n, sb) {
            return;
        }
        if n > 1 && sa == so && out.cast_const() == a.offset(sa) && scan::<O, A, B>((a, b, out), (sb, so), n)
        {
            return;
        }
        let mut i = 0;
        if FULL
            && O::SCALARS
            && n >= 8
            && sb == 0
            && sa == size_of::<A>() as isize
            && so == size_of::<O::Out>() as isize
            && let Some(f) = O::with_scalar(read::<B>(b))
        {
            let operands = (a.cast_const().cast::<A>(), out.cast::<O::Out>());
            i = by_width!(
                larger(size_of::<A>(), size_of::<O::Out>()),
                size_of::<O::Out>(),
                blocks_one,
                WIDE,
                (operands, n, f, ())
            );
        }
        if O::BLOCKS && i == 0 && so == size_of::<O::Out>() as isize && n >= 8 {
            i = binary_blocks::<O, A, B, FULL, WIDE>((a, b, out), (sa, sb), n);
        }
        while i < n {
            write(out.offset(i * so), O::apply(read::<A>(a.offset(i * sa)), read::<B>(b.offset(i * sb))));
            i += 1;
        }
    }
}

/// Runs where each result is the next first operand: it stays in a register. Returns false when results are of another
/// type than first operands.
///
/// # Safety
/// The loop contract, of an output one element ahead of the first operand.
#[inline(always)]
unsafe fn scan<O: Binary<A, B>, A: Element, B: Element>(
    (a, b, out): (*const u8, *const u8, *mut u8),
    (sb, so): (isize, isize),
    n: isize,
) -> bool {
    if TypeId::of::<A>() != TypeId::of::<O::Out>() {
        return false;
    }
    // SAFETY: by the caller; both types are one.
    unsafe {
        let mut value: A = read(a);
        for i in 0..n {
            let next = O::apply(value, read::<B>(b.offset(i * sb)));
            write(out.offset(i * so), next);
            value = std::mem::transmute_copy(&next);
        }
    }
    true
}

#[inline(always)]
unsafe fn binary_blocks<O: Binary<A, B>, A: Element, B: Element, const FULL: bool, const WIDE: bool>(
    (a, b, out): (*const u8, *const u8, *mut u8),
    (sa, sb): (isize, isize),
    n: isize,
) -> isize {
    let out = out.cast::<O::Out>();
    let (dense_a, dense_b) = (sa == size_of::<A>() as isize, sb == size_of::<B>() as isize);
    // SAFETY: dense operands hold `n` elements; a scalar operand holds one.
    unsafe {
        if dense_a && dense_b {
            let width = (a.cast::<A>(), b.cast::<B>(), out);
            by_width!(
                larger(size_of::<A>(), larger(size_of::<B>(), size_of::<O::Out>())),
                size_of::<O::Out>(),
                blocks,
                WIDE,
                (width, n, O::apply)
            )
        } else if FULL && dense_a && sb == 0 {
            let y = read::<B>(b);
            by_width!(
                larger(size_of::<A>(), size_of::<O::Out>()),
                size_of::<O::Out>(),
                blocks_one,
                WIDE,
                ((a.cast::<A>(), out), n, |x| O::apply(x, y), ())
            )
        } else if FULL && dense_b && sa == 0 {
            let x = read::<A>(a);
            by_width!(
                larger(size_of::<B>(), size_of::<O::Out>()),
                size_of::<O::Out>(),
                blocks_one,
                WIDE,
                ((b.cast::<B>(), out), n, |y| O::apply(x, y), ())
            )
        } else {
            0
        }
    }
}

#[inline(always)]
unsafe fn ternary_body<O: Ternary<A>, A: Element, const FULL: bool, const WIDE: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract: four operands, `n` elements each at their steps.
    unsafe {
        let n = *dims;
        let (a, b, c, out) = (*args, *args.add(1), *args.add(2), *args.add(3));
        let (sa, sb, sc, so) = (*steps, *steps.add(1), *steps.add(2), *steps.add(3));
        let size = size_of::<A>() as isize;
        let mut i = 0;
        if FULL && sa == size && so == size && sb == 0 && sc == 0 && n > 0 {
            let (low, high) = (read::<A>(b), read::<A>(c));
            let operands = (a.cast_const().cast::<A>(), out.cast::<A>());
            i = match O::with_scalars(low, high) {
                Some(f) => by_width!(size_of::<A>(), size_of::<A>(), blocks_one, WIDE, (operands, n, f, ())),
                None => {
                    let f = |x| O::apply(x, low, high);
                    by_width!(size_of::<A>(), size_of::<A>(), blocks_one, WIDE, (operands, n, f, ()))
                }
            };
        }
        while i < n {
            let value = O::apply(read(a.offset(i * sa)), read(b.offset(i * sb)), read(c.offset(i * sc)));
            write(out.offset(i * so), value);
            i += 1;
        }
    }
}

#[inline(always)]
unsafe fn unary_pair_body<O: UnaryPair<A>, A: Element, const FULL: bool, const WIDE: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract: three operands, `n` elements each at their steps.
    unsafe {
        for i in 0..*dims {
            let (first, second) = O::apply(read::<A>((*args).offset(i * *steps)));
            write((*args.add(1)).offset(i * *steps.add(1)), first);
            write((*args.add(2)).offset(i * *steps.add(2)), second);
        }
    }
}

#[inline(always)]
unsafe fn binary_pair_body<O: BinaryPair<A>, A: Element, const FULL: bool, const WIDE: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract: four operands, `n` elements each at their steps.
    unsafe {
        for i in 0..*dims {
            let a = read::<A>((*args).offset(i * *steps));
            let b = read::<A>((*args.add(1)).offset(i * *steps.add(1)));
            let (first, second) = O::apply(a, b);
            write((*args.add(2)).offset(i * *steps.add(2)), first);
            write((*args.add(3)).offset(i * *steps.add(3)), second);
        }
    }
}

/// True for elements that are one number of a vector's lane: not complex, not wider.
#[cfg(target_arch = "x86_64")]
pub(crate) const fn plain<T>() -> bool {
    size_of::<T>() <= 8 && align_of::<T>() == size_of::<T>()
}

/// True when a loop's steps are those.
///
/// # Safety
/// `steps` holds as many.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn are<const N: usize>(steps: *const isize, form: [isize; N]) -> bool {
    // SAFETY: by the caller.
    unsafe { steps.cast::<[isize; N]>().read() == form }
}

/// Makes, for one shape of operation, the loop of each level and the function that lists them. `$simd` says whether
/// the AVX2 and AVX-512 levels get code of their own.
///
/// The AVX-512 level has it for operands that `$plain` calls so, at the steps in `$forms` (bytes; dense operands, and
/// scalars beside them). Of unknown steps, reductions, rows and the parts of complex numbers the compiler would make
/// gathers and scatters, which were not shown to pay: those take AVX2's loop.
macro_rules! levels {
    ($(#[$doc:meta])* $list:ident, $baseline:ident, $avx2:ident, $avx512:ident, $body:ident, [$($param:ident: $bound:path),*], $simd:expr, $extended:expr,
     forms $forms:tt, plain $plain:expr) => {
        #[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse4.2,popcnt"))]
        unsafe extern "C" fn $baseline<$($param: $bound),*>(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void) {
            // SAFETY: the caller keeps the loop contract.
            let run = || unsafe { $body::<$($param),*, false, false>(args, dims, steps, data) };
            if $extended { extended::with_status(run) } else { run() }
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,fma")]
        unsafe extern "C" fn $avx2<$($param: $bound),*>(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void) {
            // SAFETY: the caller keeps the loop contract.
            unsafe { $body::<$($param),*, true, false>(args, dims, steps, data) }
        }

        levels!(@wide $avx512, $avx2::<$($param),*>, $body::<$($param),*, true, true>, [$($param: $bound),*], $forms);

        $(#[$doc])*
        pub fn $list<$($param: $bound),*>() -> [Loop; Level::COUNT] {
            #[cfg(target_arch = "x86_64")]
            if $simd && const { $plain } {
                return [$baseline::<$($param),*>, $avx2::<$($param),*>, $avx512::<$($param),*>];
            }
            #[cfg(target_arch = "x86_64")]
            if $simd {
                return [$baseline::<$($param),*>, $avx2::<$($param),*>, $avx2::<$($param),*>];
            }
            [$baseline::<$($param),*>; Level::COUNT]
        }
    };
    (@wide $avx512:ident, $avx2:expr, $body:expr, [$($param:ident: $bound:path),*], [$([$($step:expr),*]),*]) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma")]
        unsafe extern "C" fn $avx512<$($param: $bound),*>(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void) {
            // SAFETY: the caller keeps the loop contract; a form replaces steps that equal it. A machine with AVX-512
            // has AVX2.
            unsafe {
                $({
                    let form = [$($step as isize),*];
                    if data.is_null() && are(steps, form) {
                        return $body(args, dims, form.as_ptr(), std::ptr::null_mut());
                    }
                })*
                $avx2(args, dims, steps, data)
            }
        }
    };
}

levels!(/// Loops of a unary operation.
    unary, unary_baseline, unary_avx2, unary_avx512, unary_body, [O: Unary<A>, A: Element], O::BLOCKS, A::EXTENDED,
    forms [[size_of::<A>(), size_of::<O::Out>()]], plain plain::<A>() && plain::<O::Out>());
levels!(/// Loops of a binary operation.
    binary, binary_baseline, binary_avx2, binary_avx512, binary_body, [O: Binary<A, B>, A: Element, B: Element], O::BLOCKS || O::SCALARS, A::EXTENDED || B::EXTENDED,
    forms [[size_of::<A>(), size_of::<B>(), size_of::<O::Out>()], [size_of::<A>(), 0, size_of::<O::Out>()], [0, size_of::<B>(), size_of::<O::Out>()]], plain plain::<A>() && plain::<B>() && plain::<O::Out>());
levels!(/// Loops of a ternary operation.
    ternary, ternary_baseline, ternary_avx2, ternary_avx512, ternary_body, [O: Ternary<A>, A: Element], !A::EXTENDED, A::EXTENDED,
    forms [[size_of::<A>(), 0, 0, size_of::<A>()]], plain plain::<A>());
levels!(/// Loops of an operation with one operand and two results.
    unary_pair, unary_pair_baseline, unary_pair_avx2, unary_pair_avx512, unary_pair_body, [O: UnaryPair<A>, A: Element], false, A::EXTENDED,
    forms [], plain false);
levels!(/// Loops of an operation with two operands and two results.
    binary_pair, binary_pair_baseline, binary_pair_avx2, binary_pair_avx512, binary_pair_body, [O: BinaryPair<A>, A: Element], false, A::EXTENDED,
    forms [], plain false);
