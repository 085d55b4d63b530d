//! The shell of the vectorised functions. A kernel computes without branches what is ordinary: arguments whose result
//! is a normal number and raises nothing. The rest (NaN, infinities, zeros of a logarithm, overflow, huge angles) goes
//! to the function's scalar form, one by one.
//!
//! Dense operands go by whole blocks; every other stride, and what is left over, is gathered into short ones, filled up
//! with benign arguments; the last few elements, and small arrays, into blocks of four or one. An element's result does
//! not depend on its place: every lane, and the scalar code of single elements and running reductions, does the same
//! operations. What flags the vector lanes raise is meaningless and discarded; those of the special arguments are kept.

use std::ffi::c_void;
use std::hint::black_box;
use std::mem::MaybeUninit;

use sharray_base::fp_status::{self, FpStatus};

use crate::element::{Element, read, write};
use crate::isa::Level;
#[cfg(target_arch = "x86_64")]
use crate::isa::shell::plain;
use crate::loop_abi::Loop;

/// A vectorised function of two arguments, or of one (`B = ()`).
pub trait Kernel: 'static {
    /// First argument.
    type A: Element;
    /// Second argument.
    type B: Element;
    /// Result.
    type Out: Element;
    /// Ordinary arguments.
    const BENIGN: (Self::A, Self::B);
    /// The function at ordinary arguments; anything, without panicking, at others. With `FMA`, fused multiply-adds are
    /// single instructions.
    fn eval<const FMA: bool>(a: Self::A, b: Self::B) -> Self::Out;
    /// True when `value` is what [`Kernel::eval`] gave for ordinary arguments.
    fn computed(a: Self::A, b: Self::B, value: Self::Out) -> bool;
    /// The same by a quicker test, which may miss some of them.
    #[inline(always)]
    fn plainly(a: Self::A, b: Self::B, value: Self::Out) -> bool {
        Self::computed(a, b, value)
    }
    /// The function at any arguments, with the flags that belong to it.
    fn special(a: Self::A, b: Self::B) -> Self::Out;
}

/// `a · b + c`, fused where that is one instruction. Baseline code must not call `mul_add`: without the instruction it is a slow function.
#[inline(always)]
pub fn fma<const FMA: bool>(a: f64, b: f64, c: f64) -> f64 {
    if FMA { a.mul_add(b, c) } else { a * b + c }
}

/// A polynomial by Horner's rule, coefficients from the highest power down.
#[inline(always)]
pub fn polynomial<const FMA: bool, const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut value = coefficients[0];
    for &coefficient in &coefficients[1..] {
        value = fma::<FMA>(value, x, coefficient);
    }
    value
}

/// Elements of a whole block.
const WIDTH: usize = 64;
/// Elements of a short block.
const SHORT: usize = 8;
/// Elements of what hardly fills one: a vector of doubles.
const FEW: usize = 4;

/// Operands and result in memory, each with its step.
struct Run {
    a: (*const u8, isize),
    b: (*const u8, isize),
    out: (*mut u8, isize),
}

/// Replaces the results of special arguments; returns the flags they raised.
#[cold]
#[inline(never)]
fn specials<K: Kernel>(a: &[K::A], b: &[K::B], y: &mut [K::Out]) -> FpStatus {
    // Comparisons with NaN may raise a flag: they all come first.
    let mut wanted = [false; WIDTH];
    for (k, place) in y.iter().enumerate() {
        wanted[k] = !K::computed(a[k], b[k], *place);
    }
    let wanted = black_box(wanted);
    fp_status::clear();
    for (k, place) in y.iter_mut().enumerate() {
        if wanted[k] {
            *place = K::special(a[k], b[k]);
        }
    }
    fp_status::read()
}

/// `count` elements from `start` on, filled up with `benign`.
///
/// # Safety
/// They are readable.
#[inline(always)]
unsafe fn gather<T: Element, const W: usize>(
    (at, step): (*const u8, isize),
    start: isize,
    count: usize,
    benign: T,
) -> [T; W] {
    // SAFETY: by the caller.
    unsafe {
        if step == size_of::<T>() as isize && count == W {
            return at.offset(start * step).cast::<[T; W]>().read_unaligned();
        }
        if step == 0 {
            return [read(at); W];
        }
        let mut block = [benign; W];
        for (k, place) in block[..count].iter_mut().enumerate() {
            *place = read(at.offset((start + k as isize) * step));
        }
        block
    }
}

/// A whole block of dense operands and result from `start` on. Returns the flags of its special arguments.
///
/// # Safety
/// They are readable and writable.
#[inline(always)]
unsafe fn whole<K: Kernel, const FMA: bool>(run: &Run, start: isize) -> FpStatus {
    let mut raised = FpStatus::empty();
    // SAFETY: by the caller. Nothing is written before everything is read; every element of `values` has been
    // written, and the two types have the same layout.
    unsafe {
        let a = run.a.0.offset(start * run.a.1).cast::<K::A>();
        let b = run.b.0.offset(start * run.b.1).cast::<K::B>();
        let mut values = [const { MaybeUninit::<K::Out>::uninit() }; WIDTH];
        for (k, place) in values.iter_mut().enumerate() {
            place.write(K::eval::<FMA>(a.add(k).read_unaligned(), b.add(k).read_unaligned()));
        }
        let mut y: [K::Out; WIDTH] = std::mem::transmute_copy(&values);
        // In the same loop this would keep it from being vectorised.
        let mut computed = true;
        for (k, value) in y.iter().enumerate() {
            computed &= K::plainly(a.add(k).read_unaligned(), b.add(k).read_unaligned(), *value);
        }
        if !computed {
            let (a, b) = (a.cast::<[K::A; WIDTH]>(), b.cast::<[K::B; WIDTH]>());
            raised = specials::<K>(&a.read_unaligned(), &b.read_unaligned(), &mut y);
        }
        run.out.0.offset(start * run.out.1).cast::<[K::Out; WIDTH]>().write_unaligned(y);
    }
    raised
}

/// `count` elements (at most `W`) from `start` on. Returns the flags of special arguments.
///
/// # Safety
/// They are readable and writable.
#[inline(always)]
unsafe fn short<K: Kernel, const FMA: bool, const W: usize>(
    run: &Run,
    start: isize,
    count: usize,
) -> FpStatus {
    let mut raised = FpStatus::empty();
    // SAFETY: by the caller; every element of `values` has been written, and the two types have the same layout.
    unsafe {
        let a = gather::<_, W>(run.a, start, count, K::BENIGN.0);
        let b = gather::<_, W>(run.b, start, count, K::BENIGN.1);
        let mut values = [const { MaybeUninit::<K::Out>::uninit() }; W];
        for (k, place) in values.iter_mut().enumerate() {
            place.write(K::eval::<FMA>(a[k], b[k]));
        }
        let mut y: [K::Out; W] = std::mem::transmute_copy(&values);
        let mut computed = true;
        for k in 0..W {
            computed &= K::computed(a[k], b[k], y[k]);
        }
        if !computed {
            raised = specials::<K>(&a[..count], &b[..count], &mut y[..count]);
        }
        if run.out.1 == size_of::<K::Out>() as isize && count == W {
            run.out.0.offset(start * run.out.1).cast::<[K::Out; W]>().write_unaligned(y);
        } else {
            for (k, value) in y[..count].iter().enumerate() {
                write(run.out.0.offset((start + k as isize) * run.out.1), *value);
            }
        }
    }
    raised
}

#[inline(always)]
unsafe fn body<K: Kernel, const FMA: bool>(run: Run, n: isize) {
    let before = fp_status::read();
    let mut raised = FpStatus::empty();
    // Where the output stands still, or runs ahead of the first operand, results are operands again.
    let apart = (run.out.0 as isize).wrapping_sub(run.a.0 as isize);
    let chained = run.out.1 == 0 || run.out.1 == run.a.1 && (1..n).contains(&(apart / run.out.1));
    let dense = run.a.1 == size_of::<K::A>() as isize
        && run.b.1 == size_of::<K::B>() as isize
        && run.out.1 == size_of::<K::Out>() as isize;
    let mut start = 0;
    // SAFETY: the loop contract: `n` elements of each operand at their steps.
    unsafe {
        while dense && !chained && start + WIDTH as isize <= n {
            raised |= whole::<K, FMA>(&run, start);
            start += WIDTH as isize;
        }
        while start < n {
            let count = if chained { 1 } else { (n - start).min(SHORT as isize) };
            // One body is enough for machines that hardly exist.
            raised |= match count as usize {
                1 if FMA => short::<K, FMA, 1>(&run, start, 1),
                count @ 2..=FEW if FMA => short::<K, FMA, FEW>(&run, start, count),
                count => short::<K, FMA, SHORT>(&run, start, count),
            };
            start += count;
        }
    }
    fp_status::clear();
    fp_status::raise(before | raised);
}

/// The run of a loop call: two operands and a result, or one and a result where the second takes no room.
///
/// # Safety
/// The loop contract.
#[inline(always)]
unsafe fn described<K: Kernel>(args: *const *mut u8, steps: *const isize) -> Run {
    // SAFETY: by the caller.
    unsafe {
        let operand = |i: usize| (*args.add(i), *steps.add(i));
        let (a, second) = (operand(0), operand(1));
        let a = (a.0.cast_const(), a.1);
        if size_of::<K::B>() == 0 {
            return Run { a, b: (a.0, 0), out: second };
        }
        Run { a, b: (second.0.cast_const(), second.1), out: operand(2) }
    }
}

#[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse4.2,popcnt"))]
unsafe extern "C" fn baseline<K: Kernel>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract.
    unsafe { body::<K, false>(described::<K>(args, steps), *dims) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe extern "C" fn avx2<K: Kernel>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract.
    unsafe { body::<K, true>(described::<K>(args, steps), *dims) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma")]
unsafe extern "C" fn avx512<K: Kernel>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract; steps are replaced by what they equal. A machine with AVX-512 has AVX2.
    unsafe {
        let Run { a, b, out } = described::<K>(args, steps);
        let sizes = (size_of::<K::A>() as isize, size_of::<K::B>() as isize, size_of::<K::Out>() as isize);
        if (a.1, b.1, out.1) == sizes {
            let run = Run { a: (a.0, sizes.0), b: (b.0, sizes.1), out: (out.0, sizes.2) };
            return body::<K, true>(run, *dims);
        }
        // No gathers: see `isa::shell`.
        avx2::<K>(args, dims, steps, data)
    }
}

/// Loops of a vectorised function.
pub fn loops<K: Kernel>() -> [Loop; Level::COUNT] {
    #[cfg(target_arch = "x86_64")]
    if const { plain::<K::A>() && (size_of::<K::B>() == 0 || plain::<K::B>()) && plain::<K::Out>() } {
        return [baseline::<K>, avx2::<K>, avx512::<K>];
    }
    #[cfg(target_arch = "x86_64")]
    return [baseline::<K>, avx2::<K>, avx2::<K>];
    #[cfg(not(target_arch = "x86_64"))]
    [baseline::<K>; Level::COUNT]
}
