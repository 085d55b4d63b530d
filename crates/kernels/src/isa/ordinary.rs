//! The shell of operations that vector units compute for ordinary operands only: quotients by zero, numbers too large
//! for the short way, NaN and infinities go element by element to the operation's scalar form.
//!
//! Operands are gathered into blocks of locals, at any steps. A block's operands are looked through first; what is not
//! ordinary is replaced by something benign before the vector code runs, so that no lane raises a flag that is not
//! due, and its results are computed afterwards, one by one.

use std::ffi::c_void;

use super::Level;
#[cfg(target_arch = "x86_64")]
use super::shell::plain;
use super::shell::{Binary, blocks_one};
use crate::element::{Element, array, read, write};
use crate::loop_abi::Loop;

/// Such an operation of two operands (`B = ()` makes it one of one operand). Its scalar form is [`Binary::apply`],
/// which raises the flags that belong to it.
pub trait Ordinary<A: Element, B: Element = A>: Binary<A, B> {
    /// Ordinary operands.
    const BENIGN: (A, B);
    /// A result, whatever.
    const BLANK: Self::Out;
    /// True when the vector code needs fused multiply-adds: without them every element goes the scalar way.
    const FUSED: bool = false;
    /// True for operands that [`Ordinary::eval`] may be given.
    fn ordinary(a: A, b: B) -> bool;
    /// The operation on ordinary operands, raising no flags; false when the result is not to be used after all.
    fn eval(a: A, b: B) -> (Self::Out, bool);
}

/// Operands of a block.
const WIDTH: usize = 64;
/// Runs shorter than this go the scalar way.
const SHORT: isize = 8;

/// Two operands and a result in memory, each with its step.
struct Run {
    a: (*const u8, isize),
    b: (*const u8, isize),
    out: (*mut u8, isize),
}

impl Run {
    /// `count` elements from `start` on, the scalar way.
    ///
    /// # Safety
    /// They are readable and writable.
    #[inline(always)]
    unsafe fn scalar<O: Ordinary<A, B>, A: Element, B: Element>(&self, start: isize, count: isize) {
        for i in start..start + count {
            // SAFETY: by the caller.
            unsafe {
                let (a, b) = (read(self.a.0.offset(i * self.a.1)), read(self.b.0.offset(i * self.b.1)));
                write(self.out.0.offset(i * self.out.1), O::apply(a, b));
            }
        }
    }
}

/// Fills a block from `count` elements of an operand, and up with `benign`.
///
/// # Safety
/// The elements are readable.
#[inline(always)]
unsafe fn gather<T: Element>(
    (at, step): (*const u8, isize),
    start: isize,
    count: usize,
    benign: T,
    block: &mut [T; WIDTH],
) {
    // SAFETY: by the caller.
    unsafe {
        if step == size_of::<T>() as isize && count == WIDTH {
            *block = at.offset(start * step).cast::<[T; WIDTH]>().read_unaligned();
        } else if step == 0 {
            *block = [read(at); WIDTH];
        } else {
            for (k, place) in block[..count].iter_mut().enumerate() {
                *place = read(at.offset((start + k as isize) * step));
            }
            block[count..].fill(benign);
        }
    }
}

/// Replaces operands that are not ordinary by benign ones.
#[cold]
#[inline(never)]
fn make_ordinary<O: Ordinary<A, B>, A: Element, B: Element>(a: &mut [A; WIDTH], b: &mut [B; WIDTH]) {
    for (a, b) in a.iter_mut().zip(b) {
        if !O::ordinary(*a, *b) {
            (*a, *b) = O::BENIGN;
        }
    }
}

/// Computes anew the results that the vector code did not give.
#[cold]
#[inline(never)]
fn complete<O: Ordinary<A, B>, A: Element, B: Element>(
    (a, b): (&[A; WIDTH], &[B; WIDTH]),
    out: &mut [O::Out],
) {
    for (k, place) in out.iter_mut().enumerate() {
        if !O::ordinary(a[k], b[k]) || !O::eval(a[k], b[k]).1 {
            *place = O::apply(a[k], b[k]);
        }
    }
}

#[inline(always)]
#[expect(
    clippy::redundant_closure,
    reason = "called by reference, a closure is not inlined and loses the instruction set"
)]
unsafe fn body<O: Ordinary<A, B>, A: Element, B: Element, const FMA: bool, const WIDE: bool>(
    run: Run,
    n: isize,
) {
    // SAFETY: the loop contract: `n` elements of each operand at their steps.
    unsafe {
        // Where the output stands still, or runs a few elements ahead of the first operand, results are operands again.
        let apart = (run.out.0 as isize).wrapping_sub(run.a.0 as isize);
        let chained = run.out.1 == 0 || run.out.1 == run.a.1 && (1..n).contains(&(apart / run.out.1));
        if n < SHORT || chained || O::FUSED && !FMA {
            return run.scalar::<O, A, B>(0, n);
        }
        let mut start = 0;
        let by_one = if FMA && O::SCALARS && run.b.1 == 0 { O::with_scalar(read(run.b.0)) } else { None };
        if let Some(f) = &by_one
            && let Some(done) = by_one_divisor::<O, A, B, WIDE>(&run, n, |a| f(a))
        {
            return run.scalar::<O, A, B>(done, n - done);
        }
        let (mut a, mut b) = ([O::BENIGN.0; WIDTH], [O::BENIGN.1; WIDTH]);
        let (mut given, mut out) = ((a, b), [O::BLANK; WIDTH]);
        while start < n {
            let count = (n - start).min(WIDTH as isize) as usize;
            gather(run.a, start, count, O::BENIGN.0, &mut a);
            gather(run.b, start, count, O::BENIGN.1, &mut b);
            let mut ordinary = true;
            for k in 0..WIDTH {
                ordinary &= O::ordinary(a[k], b[k]);
            }
            if !ordinary {
                given = (a, b);
                make_ordinary::<O, A, B>(&mut a, &mut b);
            }
            let mut fine = true;
            // Whole vectors up to the last that holds an element.
            let lanes = count.next_multiple_of(8);
            if lanes == WIDTH {
                for k in 0..WIDTH {
                    let (value, good) = O::eval(a[k], b[k]);
                    out[k] = value;
                    fine &= good;
                }
            } else {
                for k in 0..lanes {
                    let (value, good) = O::eval(a[k], b[k]);
                    out[k] = value;
                    fine &= good;
                }
            }
            if !ordinary && let Some(f) = &by_one {
                out = array(|k| f(given.0[k]));
            } else if !(fine && ordinary) {
                let operands = if ordinary { (&a, &b) } else { (&given.0, &given.1) };
                complete::<O, A, B>(operands, &mut out[..count]);
            }
            if run.out.1 == size_of::<O::Out>() as isize && count == WIDTH {
                run.out.0.offset(start * run.out.1).cast::<[O::Out; WIDTH]>().write_unaligned(out);
            } else {
                for (k, value) in out[..count].iter().enumerate() {
                    write(run.out.0.offset((start + k as isize) * run.out.1), *value);
                }
            }
            start += count as isize;
        }
    }
}

/// Does whole blocks by the operation's special code `f` for one second operand, which is quicker than the vector code.
/// Says how many elements are done, or `None` where operands don't lie densely.
///
/// # Safety
/// The loop contract.
#[inline(always)]
unsafe fn by_one_divisor<O: Ordinary<A, B>, A: Element, B: Element, const WIDE: bool>(
    run: &Run,
    n: isize,
    f: impl Fn(A) -> O::Out,
) -> Option<isize> {
    let dense = run.a.1 == size_of::<A>() as isize && run.out.1 == size_of::<O::Out>() as isize;
    if !dense {
        return None;
    }
    let operands = (run.a.0.cast(), run.out.0.cast());
    // SAFETY: by the caller: `n` dense first operands and results. Blocks of wide elements are short enough to stay in
    // registers.
    Some(unsafe {
        match size_of::<A>() {
            8 => blocks_one::<A, (), O::Out, _, 16, WIDE>(operands, n, f, ()),
            _ => blocks_one::<A, (), O::Out, _, WIDTH, WIDE>(operands, n, f, ()),
        }
    })
}

/// The run of a loop call: two operands and a result, or one and a result where `B` takes no room.
///
/// # Safety
/// The loop contract.
#[inline(always)]
unsafe fn described<B>(args: *const *mut u8, steps: *const isize) -> Run {
    // SAFETY: by the caller.
    unsafe {
        let operand = |i: usize| (*args.add(i), *steps.add(i));
        let (a, second) = (operand(0), operand(1));
        let a = (a.0.cast_const(), a.1);
        if size_of::<B>() == 0 {
            return Run { a, b: (a.0, 0), out: second };
        }
        Run { a, b: (second.0.cast_const(), second.1), out: operand(2) }
    }
}

#[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse4.2,popcnt"))]
unsafe extern "C" fn baseline<O: Ordinary<A, B>, A: Element, B: Element>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract.
    unsafe { body::<O, A, B, false, false>(described::<B>(args, steps), *dims) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe extern "C" fn avx2<O: Ordinary<A, B>, A: Element, B: Element>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract.
    unsafe { body::<O, A, B, true, false>(described::<B>(args, steps), *dims) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma")]
unsafe extern "C" fn avx512<O: Ordinary<A, B>, A: Element, B: Element>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract; steps are replaced by what they equal. A machine with AVX-512 has AVX2.
    unsafe {
        let Run { a, b, out } = described::<B>(args, steps);
        let (size, result) = (size_of::<A>() as isize, size_of::<O::Out>() as isize);
        if a.1 == size && out.1 == result {
            let (a, out) = ((a.0, size), (out.0, result));
            if b.1 == 0 {
                return body::<O, A, B, true, true>(Run { a, b: (b.0, 0), out }, *dims);
            }
            if b.1 == size_of::<B>() as isize {
                return body::<O, A, B, true, true>(Run { a, b: (b.0, size_of::<B>() as isize), out }, *dims);
            }
        }
        // No gathers: see `shell::levels`.
        avx2::<O, A, B>(args, dims, steps, data)
    }
}

/// Loops of such an operation.
pub fn loops<O: Ordinary<A, B>, A: Element, B: Element>() -> [Loop; Level::COUNT] {
    #[cfg(target_arch = "x86_64")]
    if const { plain::<A>() && (size_of::<B>() == 0 || plain::<B>()) && plain::<O::Out>() } {
        return [baseline::<O, A, B>, avx2::<O, A, B>, avx512::<O, A, B>];
    }
    #[cfg(target_arch = "x86_64")]
    return [baseline::<O, A, B>, avx2::<O, A, B>, avx2::<O, A, B>];
    #[cfg(not(target_arch = "x86_64"))]
    [baseline::<O, A, B>; Level::COUNT]
}

/// Loops of a binary operation on one type.
pub fn same<O: Ordinary<A>, A: Element>() -> [Loop; Level::COUNT] {
    loops::<O, A, A>()
}

/// Loops of a unary operation.
pub fn unary<O: Ordinary<A, ()>, A: Element>() -> [Loop; Level::COUNT] {
    loops::<O, A, ()>()
}
