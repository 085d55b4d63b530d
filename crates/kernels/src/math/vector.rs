//! The shell of the vectorised functions. A kernel computes without branches what is ordinary: arguments whose result
//! is a normal number and raises nothing. The rest (NaN, infinities, zeros of a logarithm, overflow, huge angles) goes to C's library,
//! one by one.
//!
//! Elements are gathered into blocks of locals, at any stride, so that each function has one vector loop; a short block is filled up with a benign
//! argument. What flags the vector lanes raise is meaningless and discarded; those of the special
//! arguments are kept.

use std::ffi::c_void;

use sharray_base::fp_status::{self, FpStatus};

use crate::element::{Element, read, write};
use crate::isa::Level;
use crate::loop_abi::Loop;

/// A vectorised function.
pub trait Kernel: 'static {
    /// `f32` or `f64`.
    type Value: Element;
    /// An ordinary argument.
    const BENIGN: Self::Value;
    /// True for what [`Kernel::eval`] computes.
    fn ordinary(x: Self::Value) -> bool;
    /// The function at an ordinary argument; anything, without panicking, at another. With `FMA`, fused
    /// multiply-adds are single instructions.
    fn eval<const FMA: bool>(x: Self::Value) -> Self::Value;
    /// The function at any argument, with the flags that belong to it.
    fn special(x: Self::Value) -> Self::Value;
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

const WIDTH: usize = 64;

/// Replaces the results of special arguments; returns the flags they raised.
#[cold]
#[inline(never)]
fn specials<K: Kernel>(x: &[K::Value; WIDTH], y: &mut [K::Value; WIDTH], count: usize) -> FpStatus {
    fp_status::clear();
    for k in 0..count {
        if !K::ordinary(x[k]) {
            y[k] = K::special(x[k]);
        }
    }
    fp_status::read()
}

#[inline(always)]
unsafe fn body<K: Kernel, const FMA: bool>(args: *const *mut u8, dims: *const isize, steps: *const isize) {
    let before = fp_status::read();
    let mut raised = FpStatus::empty();
    let size = size_of::<K::Value>() as isize;
    // SAFETY: the loop contract: two operands of `n` elements at their steps.
    unsafe {
        let (n, source, target) = (*dims, *args, *args.add(1));
        let (from, to) = (*steps, *steps.add(1));
        let mut x = [K::BENIGN; WIDTH];
        let mut y = [K::BENIGN; WIDTH];
        let mut start = 0;
        while start < n {
            let count = (n - start).min(WIDTH as isize);
            if from == size && count == WIDTH as isize {
                x = source.offset(start * size).cast::<[K::Value; WIDTH]>().read_unaligned();
            } else {
                for k in 0..count {
                    x[k as usize] = read(source.offset((start + k) * from));
                }
                x[count as usize..].fill(K::BENIGN);
            }
            let mut strange = false;
            for &value in &x {
                strange |= !K::ordinary(value);
            }
            // Whole vectors up to the last that holds an element.
            let lanes = (count as usize).next_multiple_of(8);
            if lanes == WIDTH {
                for k in 0..WIDTH {
                    y[k] = K::eval::<FMA>(x[k]);
                }
            } else {
                for k in 0..lanes {
                    y[k] = K::eval::<FMA>(x[k]);
                }
            }
            if strange {
                raised |= specials::<K>(&x, &mut y, count as usize);
            }
            if to == size && count == WIDTH as isize {
                target.offset(start * size).cast::<[K::Value; WIDTH]>().write_unaligned(y);
            } else {
                for k in 0..count {
                    write(target.offset((start + k) * to), y[k as usize]);
                }
            }
            start += count;
        }
    }
    fp_status::clear();
    fp_status::raise(before | raised);
}

#[cfg_attr(target_arch = "x86_64", target_feature(enable = "sse4.2,popcnt"))]
unsafe extern "C" fn baseline<K: Kernel>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the caller keeps the loop contract.
    unsafe { body::<K, false>(args, dims, steps) }
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
    unsafe { body::<K, true>(args, dims, steps) }
}

/// Loops of a vectorised function.
pub fn loops<K: Kernel>() -> [Loop; Level::COUNT] {
    #[cfg(target_arch = "x86_64")]
    return [baseline::<K>, avx2::<K>];
    #[cfg(not(target_arch = "x86_64"))]
    [baseline::<K>; Level::COUNT]
}
