//! Where the smallest or largest element of a lane stands: the first of equals, and the first NaN or NaT before any
//! other. Dense lanes go by blocks: a block's extremum is found lane by lane of a vector, and only a block that
//! beats the best so far is looked through again.

use half::f16;
use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use crate::cast::F80;
use crate::isa::{self, Level};
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

/// Elements compared side by side: four 32-byte vectors of the narrowest type that matters.
const WIDTH: usize = 16;
/// Elements of a block.
const BLOCK: usize = 512;

/// # Safety
/// `n >= 1` readable elements of `K`, `stride` bytes apart.
#[inline(always)]
unsafe fn find<K: Key, const LARGEST: bool>(ptr: *const u8, stride: isize, n: usize) -> usize {
    // SAFETY: only called for `i < n`.
    let at = |i: usize| unsafe { ptr.offset(i as isize * stride).cast::<K>().read_unaligned() };
    let better = |a: &K, b: &K| if LARGEST { b.less_ordinary(a) } else { a.less_ordinary(b) };
    let mut best = at(0);
    if best.is_nan() {
        return 0;
    }
    let (mut place, mut i) = (0, 1);
    let dense = stride == size_of::<K>() as isize && K::VECTORISES;
    while i < n {
        let end = if dense { n.min(i + BLOCK) } else { n };
        // SAFETY: the block lies within a dense lane.
        if dense && end - i == BLOCK && !unsafe { block_beats::<K, LARGEST>(ptr.cast::<K>().add(i), best) } {
            i = end;
            continue;
        }
        for k in i..end {
            let value = at(k);
            if K::HAS_NAN && value.is_nan() {
                return k;
            }
            if better(&value, &best) {
                (best, place) = (value, k);
            }
        }
        i = end;
    }
    place
}

/// True if a block holds an element better than `best`, or one that counts before all.
///
/// # Safety
/// `BLOCK` elements are readable at `ptr`.
#[inline(always)]
unsafe fn block_beats<K: Key, const LARGEST: bool>(ptr: *const K, best: K) -> bool {
    let mut found = [false; WIDTH];
    for start in (0..BLOCK).step_by(WIDTH) {
        // SAFETY: `start + WIDTH <= BLOCK`.
        let values = unsafe { ptr.add(start).cast::<[K; WIDTH]>().read_unaligned() };
        for (found, value) in found.iter_mut().zip(&values) {
            let better = if LARGEST { best.less_ordinary(value) } else { value.less_ordinary(&best) };
            *found |= better | (K::HAS_NAN & value.is_nan());
        }
    }
    found.contains(&true)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2")]
unsafe fn find_avx2<K: Key, const LARGEST: bool>(ptr: *const u8, stride: isize, n: usize) -> usize {
    // SAFETY: handed on from the caller.
    unsafe { find::<K, LARGEST>(ptr, stride, n) }
}

/// # Safety
/// As for [`find`].
unsafe fn find_at_level<K: Key, const LARGEST: bool>(ptr: *const u8, stride: isize, n: usize) -> usize {
    // SAFETY: handed on from the caller; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 if K::VECTORISES && n >= BLOCK => find_avx2::<K, LARGEST>(ptr, stride, n),
            _ => find::<K, LARGEST>(ptr, stride, n),
        }
    }
}

fn typed(dtype: &DType, largest: bool) -> Option<Typed> {
    macro_rules! either {
        ($k:ty) => {
            if largest { find_at_level::<$k, true> } else { find_at_level::<$k, false> }
        };
    }
    Some(match (dtype.kind(), dtype.itemsize()) {
        (Kind::Bool, _) | (Kind::UInt, 1) => either!(u8),
        (Kind::Int, 1) => either!(i8),
        (Kind::Int, 2) => either!(i16),
        (Kind::UInt, 2) => either!(u16),
        (Kind::Int, 4) => either!(i32),
        (Kind::UInt, 4) => either!(u32),
        (Kind::Int, 8) => either!(i64),
        (Kind::UInt, 8) => either!(u64),
        (Kind::Float, 2) => either!(f16),
        (Kind::Float, 4) => either!(f32),
        (Kind::Float, 8) => either!(f64),
        (Kind::Float, _) => either!(F80),
        (Kind::Complex, 8) => either!(Complex<f32>),
        (Kind::Complex, 16) => either!(Complex<f64>),
        (Kind::Complex, _) => either!(Complex<F80>),
        (Kind::Datetime | Kind::Timedelta, _) => either!(Time),
        _ => return None,
    })
}
