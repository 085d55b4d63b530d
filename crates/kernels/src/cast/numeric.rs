//! The table of casts among bool, integers and real floats, and the loops around [`Convert`]. Complex casts are made
//! of these, part by part, in [`super::transfer`].

use half::f16;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{Kind, TypeNum};

use super::convert::{Bool, Convert, Real, Trouble};
use super::extended::F80;
use crate::copy::Mover;
use crate::isa::{self, Level};

/// Elements looked through before they are converted.
const BLOCK: usize = 512;

/// The loop from `S` to `T`.
///
/// # Safety
/// As for [`Mover`].
pub(super) unsafe fn cast<S: Convert<T>, T: Real>(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: usize,
) {
    let reports = (S::IS_FLOAT || S::CHECKED) && !S::HARDWARE_FLAGS;
    let before = if reports { fp_status::read() } else { FpStatus::empty() };
    let mut trouble = Trouble::default();
    let dense = src_stride == size_of::<S>() as isize && dst_stride == size_of::<T>() as isize;
    // SAFETY: element `i` of either side starts `i` steps from its start; accesses are unaligned. The level in force is
    // one this machine has.
    unsafe {
        if dense {
            let (src, dst) = (src.cast::<S>(), dst.cast::<T>());
            match isa::active() {
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 if n >= 16 && const { S::VECTORISES && T::VECTORISES } => {
                    dense_avx2(src, dst, n, &mut trouble)
                }
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 if n >= 16 && const { S::VECTORISES && T::VECTORISES } => {
                    dense_avx512(src, dst, n, &mut trouble)
                }
                _ => dense_run(src, dst, n, &mut trouble),
            }
        } else {
            for i in 0..n as isize {
                let value = src.offset(i * src_stride).cast::<S>().read_unaligned();
                dst.offset(i * dst_stride).cast::<T>().write_unaligned(value.convert(&mut trouble));
            }
        }
    }
    if reports {
        // The hardware's flags count lanes that a vectorised select masked; the predicates don't.
        fp_status::clear();
        fp_status::raise(before | trouble.status());
    }
}

/// # Safety
/// `n` elements are readable at `src` and writable at `dst`, equal or apart.
#[inline(always)]
unsafe fn dense_run<S: Convert<T>, T: Copy>(src: *const S, dst: *mut T, n: usize, trouble: &mut Trouble) {
    if !S::CHECKED {
        for i in 0..n {
            // SAFETY: element `i` lies within both runs.
            unsafe { dst.add(i).write_unaligned(src.add(i).read_unaligned().convert(trouble)) };
        }
        return;
    }
    for start in (0..n).step_by(BLOCK) {
        let (count, mut plain) = (BLOCK.min(n - start), true);
        // SAFETY: the block lies within both runs; it is converted as plain only if all of it is.
        unsafe {
            let (src, dst) = (src.add(start), dst.add(start));
            for i in 0..count {
                plain &= src.add(i).read_unaligned().is_plain();
            }
            if plain {
                for i in 0..count {
                    dst.add(i).write_unaligned(src.add(i).read_unaligned().convert_plain());
                }
            } else {
                for i in 0..count {
                    dst.add(i).write_unaligned(src.add(i).read_unaligned().convert(trouble));
                }
            }
        }
    }
}

/// # Safety
/// As for [`dense_run`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2")]
unsafe fn dense_avx2<S: Convert<T>, T: Copy>(src: *const S, dst: *mut T, n: usize, trouble: &mut Trouble) {
    // SAFETY: handed on from the caller.
    unsafe { dense_run(src, dst, n, trouble) }
}

/// # Safety
/// As for [`dense_run`], on a machine with AVX-512.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,bmi1,bmi2")]
unsafe fn dense_avx512<S: Convert<T>, T: Copy>(src: *const S, dst: *mut T, n: usize, trouble: &mut Trouble) {
    // SAFETY: handed on from the caller.
    unsafe { dense_run(src, dst, n, trouble) }
}

const REALS: usize = 13;

/// One row of the table: the casts from `$s`.
macro_rules! row {
    ($s:ty) => {
        [
            cast::<$s, Bool>,
            cast::<$s, i8>,
            cast::<$s, u8>,
            cast::<$s, i16>,
            cast::<$s, u16>,
            cast::<$s, i32>,
            cast::<$s, u32>,
            cast::<$s, i64>,
            cast::<$s, u64>,
            cast::<$s, f16>,
            cast::<$s, f32>,
            cast::<$s, f64>,
            cast::<$s, F80>,
        ]
    };
}

#[rustfmt::skip]
static TABLE: [[Mover; REALS]; REALS] = [
    row!(Bool), row!(i8), row!(u8), row!(i16), row!(u16), row!(i32), row!(u32), row!(i64), row!(u64),
    row!(f16), row!(f32), row!(f64), row!(F80),
];

/// Where a real type stands in the table.
fn position(num: TypeNum) -> Option<usize> {
    if num.is_small_float() {
        return None;
    }
    Some(match (num.kind(), num.row().itemsize) {
        (Kind::Bool, _) => 0,
        (Kind::Int, 1) => 1,
        (Kind::UInt, 1) => 2,
        (Kind::Int, 2) => 3,
        (Kind::UInt, 2) => 4,
        (Kind::Int, 4) => 5,
        (Kind::UInt, 4) => 6,
        (Kind::Int | Kind::Datetime | Kind::Timedelta, 8) => 7,
        (Kind::UInt, 8) => 8,
        (Kind::Float, 2) => 9,
        (Kind::Float, 4) => 10,
        (Kind::Float, 8) => 11,
        (Kind::Float, _) => 12,
        _ => return None,
    })
}

/// The loop that casts between two real types (times count as `int64`), in native order at any alignment. `None` for
/// small floats, which [`super::small`] casts.
pub fn real_cast(from: TypeNum, to: TypeNum) -> Option<Mover> {
    Some(TABLE[position(from)?][position(to)?])
}

/// The real type of a complex type's parts.
pub fn part_of(num: TypeNum) -> Option<TypeNum> {
    match num {
        TypeNum::CFloat => Some(TypeNum::Float),
        TypeNum::CDouble => Some(TypeNum::Double),
        TypeNum::CLongDouble => Some(TypeNum::LongDouble),
        _ => None,
    }
}

/// `true as u8` of each element of a complex type whose parts are `part`.
pub fn complex_truth(part: TypeNum) -> Mover {
    match part {
        TypeNum::Float => truth::<f32>,
        TypeNum::Double => truth::<f64>,
        _ => truth::<F80>,
    }
}

/// # Safety
/// As for [`Mover`], from pairs of `P` to bool.
unsafe fn truth<P: Convert<Bool>>(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: usize,
) {
    let mut trouble = Trouble::default();
    for i in 0..n as isize {
        // SAFETY: element `i` is two parts, one after the other; its target is one byte.
        unsafe {
            let parts = src.offset(i * src_stride).cast::<P>();
            let real = parts.read_unaligned().convert(&mut trouble);
            let imaginary = parts.add(1).read_unaligned().convert(&mut trouble);
            dst.offset(i * dst_stride).write(real.0 | imaginary.0);
        }
    }
}
