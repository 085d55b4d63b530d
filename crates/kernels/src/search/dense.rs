//! Searches through dense runs at vector speed: the place of the extremum, the first element that answers a test.
//!
//! An extremum is found in one walk: each block's extremum, lane by lane of a vector; only the block that held the
//! best is looked through again, for the first element equal to it.

use crate::element::{array, settled};
use crate::isa::{self, Level};
use crate::loop_abi::Rows;
use crate::reduce::truth;

/// A type that vector registers compare.
pub(super) trait Vector: Copy + PartialEq + 'static {
    /// As wide as the type, so that tests and values share their lanes.
    type Mask: Copy;
    /// No bit set.
    const CLEAR: Self::Mask;
    /// The largest and the smallest value, where no value at all comes before them.
    const LIMITS: Option<(Self, Self)>;
    /// Some bit set for a NaN or NaT, which comes before all; added to `found`.
    fn unordered(self, found: Self::Mask) -> Self::Mask;
    /// Any bit set?
    fn any(found: Self::Mask) -> bool;
    /// The larger.
    fn larger(self, other: Self) -> Self;
    /// The smaller.
    fn smaller(self, other: Self) -> Self;
}

macro_rules! integers {
    ($($t:ty)*) => { $(impl Vector for $t {
        type Mask = ();
        const CLEAR: () = ();
        const LIMITS: Option<($t, $t)> = Some((<$t>::MAX, <$t>::MIN));
        #[inline(always)]
        fn unordered(self, _: ()) {}
        #[inline(always)]
        fn any(_: ()) -> bool { false }
        #[inline(always)]
        fn larger(self, other: Self) -> Self { self.max(other) }
        #[inline(always)]
        fn smaller(self, other: Self) -> Self { self.min(other) }
    })* };
}
integers!(i8 u8 i16 u16 i32 u32 i64 u64);

macro_rules! floats {
    ($($t:ty, $mask:ty;)*) => { $(impl Vector for $t {
        type Mask = $mask;
        const CLEAR: $mask = 0;
        const LIMITS: Option<($t, $t)> = None;
        #[inline(always)]
        fn unordered(self, found: $mask) -> $mask { found | ((self.is_nan()) as $mask).wrapping_neg() }
        #[inline(always)]
        fn any(found: $mask) -> bool { found != 0 }
        #[inline(always)]
        fn larger(self, other: Self) -> Self { if self > other { self } else { other } }
        #[inline(always)]
        fn smaller(self, other: Self) -> Self { if self < other { self } else { other } }
    })* };
}
floats!(f32, u32; f64, u64;);

/// Times: NaT is the lowest value.
#[derive(Clone, Copy, PartialEq)]
#[repr(transparent)]
pub(super) struct Ticks(i64);

impl Vector for Ticks {
    type Mask = u64;
    const CLEAR: u64 = 0;
    const LIMITS: Option<(Ticks, Ticks)> = None;
    #[inline(always)]
    fn unordered(self, found: u64) -> u64 {
        found | ((self.0 == i64::MIN) as u64).wrapping_neg()
    }
    #[inline(always)]
    fn any(found: u64) -> bool {
        found != 0
    }
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        Ticks(self.0.max(other.0))
    }
    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        Ticks(self.0.min(other.0))
    }
}

/// Elements of a block.
const BLOCK: usize = 4096;
/// Elements that a search tests at once.
const STRIDE: usize = 32;

#[inline(always)]
fn better<V: Vector, const LARGEST: bool>(a: V, b: V) -> V {
    if LARGEST { a.larger(b) } else { a.smaller(b) }
}

/// # Safety
/// `N` elements are readable at `ptr`.
#[inline(always)]
unsafe fn load<V: Copy, const N: usize>(ptr: *const V) -> [V; N] {
    // SAFETY: by the caller; unaligned.
    unsafe { ptr.cast::<[V; N]>().read_unaligned() }
}

/// The extremum of `n >= 1` elements, and whether a NaN is among them (then the extremum means nothing).
///
/// # Safety
/// `n` elements are readable at `ptr`.
#[inline(always)]
unsafe fn extremum<V: Vector, const LARGEST: bool, const W: usize>(ptr: *const V, n: usize) -> (V, bool) {
    // SAFETY: only elements below `n` are read.
    unsafe {
        if n < W {
            let (mut best, mut found) = (ptr.read_unaligned(), V::CLEAR);
            for i in 0..n {
                let value = ptr.add(i).read_unaligned();
                best = better::<V, LARGEST>(value, best);
                found = value.unordered(found);
            }
            return (best, V::any(found));
        }
        let mut best: [V; W] = load(ptr);
        let mut found: [V::Mask; W] = array(|k| best[k].unordered(V::CLEAR));
        let mut i = W;
        while i < n {
            // The last vector may overlap the one before: seeing an element twice changes nothing.
            let values: [V; W] = load(ptr.add(i.min(n - W)));
            best = array(|k| better::<V, LARGEST>(values[k], best[k]));
            found = array(|k| values[k].unordered(found[k]));
            i += W;
        }
        let (mut best, found) = (settled(best), settled(found));
        let mut width = W / 2;
        while width > 0 {
            for k in 0..width {
                best[k] = better::<V, LARGEST>(best[k], best[k + width]);
            }
            width /= 2;
        }
        (best[0], found.iter().any(|f| V::any(*f)))
    }
}

/// Index of the first of `n` elements for which `test` holds, or `n`.
///
/// # Safety
/// `n` elements are readable at `ptr`.
#[inline(always)]
unsafe fn first<V: Copy>(ptr: *const V, n: usize, test: impl Fn(V) -> bool) -> usize {
    let mut i = 0;
    // SAFETY: only elements below `n` are read.
    unsafe {
        while i + STRIDE <= n {
            let values: [V; STRIDE] = load(ptr.add(i));
            let mut found = false;
            for value in values {
                found |= test(value);
            }
            if found {
                break;
            }
            i += STRIDE;
        }
        while i < n && !test(ptr.add(i).read_unaligned()) {
            i += 1;
        }
    }
    i
}

/// # Safety
/// `n >= 1` elements are readable at `ptr`.
#[inline(always)]
unsafe fn place<V: Vector, const LARGEST: bool, const W: usize>(ptr: *const V, n: usize) -> usize {
    let limit = V::LIMITS.map(|(top, bottom)| if LARGEST { top } else { bottom });
    // SAFETY: the blocks lie within the run.
    unsafe {
        let (mut best, mut block) = (ptr.read_unaligned(), 0);
        for start in (0..n).step_by(BLOCK) {
            let length = BLOCK.min(n - start);
            let (value, unordered) = extremum::<V, LARGEST, W>(ptr.add(start), length);
            if unordered {
                let nan = |v: V| V::any(v.unordered(V::CLEAR));
                return start + first(ptr.add(start), length, nan);
            }
            if better::<V, LARGEST>(value, best) != best {
                (best, block) = (value, start);
            }
            if limit == Some(best) {
                break;
            }
        }
        block + first(ptr.add(block), n - block, |v| v == best)
    }
}

/// Smallest and largest of integers: a fold of one value each, which becomes one of vectors.
#[inline(always)]
fn bounds_of(values: &[[u8; 8]]) -> (i64, i64) {
    let ends = |(low, high): (i64, i64), value: i64| (low.min(value), high.max(value));
    values.iter().map(|bytes| i64::from_ne_bytes(*bytes)).fold((i64::MAX, i64::MIN), ends)
}

/// # Safety
/// As for [`bounds`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn bounds_avx2(ptr: *const i64, n: usize) -> (i64, i64) {
    // SAFETY: handed on from the caller.
    unsafe { bounds_of(std::slice::from_raw_parts(ptr.cast(), n)) }
}

/// Smallest and largest of `n >= 1` integers.
///
/// # Safety
/// `n` elements are readable at `ptr`, at any alignment.
pub unsafe fn bounds(ptr: *const i64, n: usize) -> (i64, i64) {
    // SAFETY: handed on from the caller; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 | Level::Avx512 => bounds_avx2(ptr, n),
            _ => bounds_of(std::slice::from_raw_parts(ptr.cast(), n)),
        }
    }
}

/// One function per level for searches of one signature.
macro_rules! levels {
    ($(#[$doc:meta])* $name:ident, $avx2:ident, <$($generic:ident),*>[$($flag:ident),*] ($($arg:ident: $type:ty),*), $body:expr) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,fma,bmi1,bmi2")]
        unsafe fn $avx2<$($generic: Vector,)* $(const $flag: bool),*>($($arg: $type),*) -> usize {
            // SAFETY: handed on from the caller.
            unsafe { $body }
        }
        $(#[$doc])*
        pub(super) unsafe fn $name<$($generic: Vector,)* $(const $flag: bool),*>($($arg: $type),*) -> usize {
            // SAFETY: handed on from the caller; the level in force is one this machine has.
            unsafe {
                match isa::active() {
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 | Level::Avx512 => $avx2::<$($generic,)* $($flag),*>($($arg),*),
                    _ => $body,
                }
            }
        }
    };
}

levels!(
    /// Index of the first of the largest (or smallest) of `n >= 1` elements; a NaN or NaT comes before all.
    ///
    /// # Safety
    /// `n` elements are readable at `ptr`, at any alignment.
    extremum_place, extremum_place_avx2, <V>[LARGEST] (ptr: *const V, n: usize),
    match size_of::<V>() {
        1 => place::<V, LARGEST, 128>(ptr, n),
        2 => place::<V, LARGEST, 64>(ptr, n),
        4 => place::<V, LARGEST, 32>(ptr, n),
        _ => place::<V, LARGEST, 16>(ptr, n),
    }
);

levels!(
    /// Index of the first of `n` bytes that is (`TRUE`) or is not (otherwise) other than 0, or `n`.
    ///
    /// # Safety
    /// `n` bytes are readable at `ptr`.
    first_truth, first_truth_avx2, <>[TRUE] (ptr: *const u8, n: usize),
    {
        // Whole blocks without such a byte are passed by first.
        let mut start = 0;
        while start + BLOCK <= n && !truth::some::<u8, TRUE>(ptr.add(start), BLOCK, u8::MAX) {
            start += BLOCK;
        }
        start + first(ptr.add(start), n - start, |byte| (byte != 0) == TRUE)
    }
);

/// Positions of extrema while rows go by: as wide as the values.
pub(super) trait Place: Copy + 'static {
    fn of(row: isize) -> Self;
    fn index(self) -> isize;
}
macro_rules! places {
    ($($t:ty)*) => { $(impl Place for $t {
        #[inline(always)]
        fn of(row: isize) -> $t { row as $t }
        #[inline(always)]
        fn index(self) -> isize { self as isize }
    })* };
}
places!(i32 i64);

/// For `W` columns: the first row that holds the extremum, a NaN before all.
///
/// # Safety
/// `rows.count >= 1` rows of `W` elements are readable; `out` has room for `W` indices.
#[inline(always)]
unsafe fn columns<V: Vector, P: Place, const LARGEST: bool, const W: usize>(
    ptr: *const u8,
    rows: Rows,
    out: *mut isize,
) {
    let nan = |v: V| V::any(v.unordered(V::CLEAR));
    // SAFETY: by the caller.
    unsafe {
        let mut best: [V; W] = load(ptr.cast());
        let mut place = [P::of(0); W];
        for row in 1..rows.count {
            let values: [V; W] = load(ptr.offset(row * rows.step).cast());
            // Not equal to the better of both: it is beaten, by a value or by a NaN that is the first.
            let beaten: [bool; W] = array(|k| {
                !nan(best[k]) & (nan(values[k]) | (better::<V, LARGEST>(values[k], best[k]) != best[k]))
            });
            place = array(|k| if beaten[k] { P::of(row) } else { place[k] });
            best = array(|k| if beaten[k] { values[k] } else { best[k] });
        }
        for (k, place) in place.iter().enumerate() {
            out.add(k).write(place.index());
        }
    }
}

/// # Safety
/// As for [`extremum_rows`].
#[inline(always)]
unsafe fn rows_body<V: Vector, P: Place, const LARGEST: bool>(
    ptr: *const u8,
    n: usize,
    rows: Rows,
    out: *mut isize,
) {
    let at = |k: usize| ptr.wrapping_add(k * size_of::<V>());
    let mut k = 0;
    // SAFETY: columns below `n`.
    unsafe {
        while k + 16 <= n {
            columns::<V, P, LARGEST, 16>(at(k), rows, out.add(k));
            k += 16;
        }
        while k + 4 <= n {
            columns::<V, P, LARGEST, 4>(at(k), rows, out.add(k));
            k += 4;
        }
        while k < n {
            columns::<V, P, LARGEST, 1>(at(k), rows, out.add(k));
            k += 1;
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn rows_avx2<V: Vector, P: Place, const LARGEST: bool>(
    ptr: *const u8,
    n: usize,
    rows: Rows,
    out: *mut isize,
) {
    // SAFETY: handed on from the caller.
    unsafe { rows_body::<V, P, LARGEST>(ptr, n, rows, out) }
}

/// For each of `n` columns of dense rows, the number of the first row that holds its extremum; a NaN comes before all.
///
/// # Safety
/// `rows.count >= 1` rows of `n` elements are readable, so many that `P` counts them; `out` has room for `n` indices.
pub(super) unsafe fn extremum_rows<V: Vector, P: Place, const LARGEST: bool>(
    ptr: *const u8,
    n: usize,
    rows: Rows,
    out: *mut isize,
) {
    // SAFETY: handed on from the caller; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 | Level::Avx512 => rows_avx2::<V, P, LARGEST>(ptr, n, rows, out),
            _ => rows_body::<V, P, LARGEST>(ptr, n, rows, out),
        }
    }
}
