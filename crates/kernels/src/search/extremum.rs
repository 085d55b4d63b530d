//! Where the smallest or largest element of a lane stands: the first of equals, and the first NaN or NaT before any
//! other. Dense lanes of plain numbers go through [`super::dense`].

use half::f16;
use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use super::dense::{self, Ticks, Vector};
use crate::cast::F80;
use crate::loop_abi::Rows;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2};
use crate::sort::key::{Complex, Key, Time};
use crate::sort::order::ElementOrder;

/// The search for an extremum among elements of one dtype.
pub struct ExtremumLane {
    rule: Rule,
    largest: bool,
    gil: bool,
}

type Typed = unsafe fn(*const u8, isize, usize) -> usize;

enum Rule {
    Typed(Typed),
    General(ElementOrder),
}

impl ExtremumLane {
    /// How the smallest, or the `largest`, of `dtype` is found.
    ///
    /// # Errors
    /// `Type` for raw bytes and structures, which NumPy doesn't order here.
    pub fn new(dtype: &DType, largest: bool) -> Result<ExtremumLane> {
        if dtype.num() == TypeNum::Void {
            return Err(Error::Type(format!(
                "data type not ordered: {dtype:?} has no smallest or largest element"
            )));
        }
        let native = dtype.order() == ByteOrder::Native || !dtype.has_byte_order();
        let rule = match typed(dtype, largest).filter(|_| native) {
            Some(typed) => Rule::Typed(typed),
            None => Rule::General(ElementOrder::new(dtype)?),
        };
        Ok(ExtremumLane { rule, largest, gil: dtype.holds_objects() })
    }

    /// True when it calls Python.
    pub fn needs_gil(&self) -> bool {
        self.gil
    }

    /// Position of the extremum among `n >= 1` elements.
    ///
    /// # Errors
    /// What a Python comparison raises.
    ///
    /// # Safety
    /// The elements are readable, at any alignment; for objects the GIL is held.
    pub unsafe fn find(&self, ptr: *const u8, stride: isize, n: usize) -> Result<usize> {
        debug_assert!(n > 0);
        // SAFETY: handed on from the caller.
        unsafe {
            match &self.rule {
                Rule::Typed(find) => Ok(find(ptr, stride, n)),
                Rule::General(order) => self.find_general(order, ptr, stride, n),
            }
        }
    }

    /// For each of `n` columns of dense rows, the number of the first row that holds its extremum. `None` where there is no
    /// special code for that.
    ///
    /// # Safety
    /// `rows.count >= 1` rows of `n` native elements of `dtype`, that of [`ExtremumLane::new`], are readable; `out` has
    /// room for `n` indices.
    pub unsafe fn find_in_rows(
        &self,
        num: TypeNum,
        ptr: *const u8,
        n: usize,
        rows: Rows,
        out: *mut isize,
    ) -> Option<()> {
        macro_rules! either {
            ($v:ty, $p:ty) => {
                // SAFETY: handed on from the caller; rows were counted.
                unsafe {
                    match self.largest {
                        true => dense::extremum_rows::<$v, $p, true>(ptr, n, rows, out),
                        false => dense::extremum_rows::<$v, $p, false>(ptr, n, rows, out),
                    }
                }
            };
        }
        match num {
            TypeNum::Double => either!(f64, i64),
            TypeNum::Long | TypeNum::LongLong => either!(i64, i64),
            TypeNum::Float if rows.count <= i32::MAX as isize => either!(f32, i32),
            TypeNum::Int if rows.count <= i32::MAX as isize => either!(i32, i32),
            _ => return None,
        }
        Some(())
    }

    /// # Safety
    /// As for [`ExtremumLane::find`].
    unsafe fn find_general(
        &self,
        order: &ElementOrder,
        ptr: *const u8,
        stride: isize,
        n: usize,
    ) -> Result<usize> {
        let at = |i: usize| ptr.wrapping_offset(i as isize * stride);
        let mut best = 0;
        for i in 0..n {
            // SAFETY: `i` and `best` name elements.
            unsafe {
                if order.is_nan(at(i)) {
                    return Ok(i);
                }
                let better =
                    if self.largest { order.less(at(best), at(i))? } else { order.less(at(i), at(best))? };
                if better {
                    best = i;
                }
            }
        }
        Ok(best)
    }
}

/// Elements one by one.
///
/// # Safety
/// `n >= 1` readable elements of `K`, `stride` bytes apart.
unsafe fn find<K: Key, const LARGEST: bool>(ptr: *const u8, stride: isize, n: usize) -> usize {
    // SAFETY: only called for `i < n`.
    let at = |i: usize| unsafe { ptr.offset(i as isize * stride).cast::<K>().read_unaligned() };
    let better = |a: &K, b: &K| if LARGEST { b.less_ordinary(a) } else { a.less_ordinary(b) };
    let (mut best, mut place) = (at(0), 0);
    for k in 0..n {
        let value = at(k);
        if K::HAS_NAN && value.is_nan() {
            return k;
        }
        if better(&value, &best) {
            (best, place) = (value, k);
        }
    }
    place
}

/// As [`find`], of a type that vector registers compare as `V`.
///
/// # Safety
/// As for [`find`].
unsafe fn find_dense<K: Key, V: Vector, const LARGEST: bool>(
    ptr: *const u8,
    stride: isize,
    n: usize,
) -> usize {
    debug_assert_eq!(size_of::<K>(), size_of::<V>());
    // SAFETY: handed on from the caller; elements side by side are a run.
    unsafe {
        if stride == size_of::<V>() as isize && n >= 8 {
            dense::extremum_place::<V, LARGEST>(ptr.cast(), n)
        } else {
            find::<K, LARGEST>(ptr, stride, n)
        }
    }
}

/// Bools: the first true one, or the first false one; the first of all when there is none.
///
/// # Safety
/// As for [`find`].
unsafe fn find_truth<const LARGEST: bool>(ptr: *const u8, stride: isize, n: usize) -> usize {
    // SAFETY: handed on from the caller.
    let place = unsafe {
        match stride {
            1 => dense::first_truth::<LARGEST>(ptr, n),
            _ => (0..n).find(|&i| (*ptr.offset(i as isize * stride) != 0) == LARGEST).unwrap_or(n),
        }
    };
    if place < n { place } else { 0 }
}

fn typed(dtype: &DType, largest: bool) -> Option<Typed> {
    macro_rules! either {
        ($k:ty) => {
            if largest { find::<$k, true> } else { find::<$k, false> }
        };
        ($k:ty, $v:ty) => {
            if largest { find_dense::<$k, $v, true> } else { find_dense::<$k, $v, false> }
        };
    }
    Some(match (dtype.kind(), dtype.itemsize()) {
        (Kind::Bool, _) => {
            if largest {
                find_truth::<true>
            } else {
                find_truth::<false>
            }
        }
        (Kind::UInt, 1) => either!(u8, u8),
        (Kind::Int, 1) => either!(i8, i8),
        (Kind::Int, 2) => either!(i16, i16),
        (Kind::UInt, 2) => either!(u16, u16),
        (Kind::Int, 4) => either!(i32, i32),
        (Kind::UInt, 4) => either!(u32, u32),
        (Kind::Int, 8) => either!(i64, i64),
        (Kind::UInt, 8) => either!(u64, u64),
        _ if dtype.num() == TypeNum::BFloat16 => either!(BFloat16),
        _ if dtype.num() == TypeNum::Float8E4M3FN => either!(Float8E4M3FN),
        _ if dtype.num() == TypeNum::Float8E5M2 => either!(Float8E5M2),
        (Kind::Float, 2) => either!(f16),
        (Kind::Float, 4) => either!(f32, f32),
        (Kind::Float, 8) => either!(f64, f64),
        (Kind::Float, _) => either!(F80),
        (Kind::Complex, 8) => either!(Complex<f32>),
        (Kind::Complex, 16) => either!(Complex<f64>),
        (Kind::Complex, _) => either!(Complex<F80>),
        (Kind::Datetime | Kind::Timedelta, _) => either!(Time, Ticks),
        _ => return None,
    })
}
