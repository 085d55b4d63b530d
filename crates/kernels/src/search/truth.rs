//! Which elements count as true: numbers that are not zero (NaN and NaT are true), text and raw bytes with any byte
//! set, structures with any true field, objects by Python's `bool`.

use std::ffi::c_void;

use sharray_base::dtype::MissingKind;
use sharray_base::{DType, Kind, Result, TypeNum};

use crate::cast::F80;
use crate::element::{array, settled};
use crate::isa::{self, Level};
use crate::object::hooks;
use crate::reduce;
use crate::string::packed;

/// The truth of elements of one dtype.
pub struct TruthLane {
    rule: Rule,
    gil: bool,
}

enum Rule {
    /// Any bit of these bytes set.
    AnyBit(usize),
    /// Any bit set but the sign bit of each part.
    Float {
        part: usize,
        parts: usize,
        swapped: bool,
    },
    Extended {
        parts: usize,
        swapped: bool,
    },
    Bool,
    Fields(Vec<(usize, TruthLane)>),
    Repeated {
        element: Box<TruthLane>,
        size: usize,
        count: usize,
    },
    Object,
    /// Text of variable width; whether a missing one is true.
    Variable {
        missing: bool,
    },
}

/// NaN is true; of other objects nothing is known, and a text that stands for a missing one says that there is none.
pub fn missing_is_true(dtype: &DType) -> bool {
    dtype.text_options().missing.as_ref().is_some_and(|missing| missing.kind == MissingKind::Nan)
}

impl TruthLane {
    /// The truth of `dtype`'s elements, in any byte order.
    pub fn new(dtype: &DType) -> TruthLane {
        let size = dtype.itemsize();
        let swapped = !dtype.is_native();
        let rule = if let Some(structure) = dtype.as_structure() {
            Rule::Fields(structure.fields.iter().map(|f| (f.offset, TruthLane::new(&f.dtype))).collect())
        } else if let Some(subarray) = dtype.as_subarray() {
            let size = subarray.base.itemsize();
            let count = dtype.itemsize().checked_div(size).unwrap_or(0);
            Rule::Repeated { element: Box::new(TruthLane::new(&subarray.base)), size, count }
        } else {
            match (dtype.num(), dtype.kind()) {
                (TypeNum::Object, _) => Rule::Object,
                (TypeNum::VString, _) => Rule::Variable { missing: missing_is_true(dtype) },
                (TypeNum::Bool, _) => Rule::Bool,
                (TypeNum::LongDouble, _) => Rule::Extended { parts: 1, swapped },
                (TypeNum::CLongDouble, _) => Rule::Extended { parts: 2, swapped },
                (_, Kind::Float) => Rule::Float { part: size, parts: 1, swapped },
                (_, Kind::Complex) => Rule::Float { part: size / 2, parts: 2, swapped },
                _ => Rule::AnyBit(size),
            }
        };
        TruthLane { rule, gil: dtype.holds_objects() }
    }

    /// True when it calls Python.
    pub fn needs_gil(&self) -> bool {
        self.gil
    }

    /// Truth of one element.
    ///
    /// # Errors
    /// What Python's `bool` raises.
    ///
    /// # Safety
    /// `ptr` is a readable element, at any alignment; for objects the GIL is held.
    pub unsafe fn of(&self, ptr: *const u8) -> Result<bool> {
        // SAFETY: handed on from the caller; parts, fields and items lie within the element.
        unsafe {
            Ok(match &self.rule {
                Rule::Bool => *ptr != 0,
                Rule::AnyBit(size) => std::slice::from_raw_parts(ptr, *size).iter().any(|&b| b != 0),
                Rule::Float { part, parts, swapped } => {
                    (0..*parts).any(|i| float_is_true(ptr.add(i * part), *part, *swapped))
                }
                Rule::Extended { parts, swapped } => {
                    (0..*parts).any(|i| extended_is_true(ptr.add(16 * i), *swapped))
                }
                Rule::Fields(fields) => {
                    for (offset, truth) in fields {
                        if truth.of(ptr.add(*offset))? {
                            return Ok(true);
                        }
                    }
                    false
                }
                Rule::Repeated { element, size, count } => {
                    for i in 0..*count {
                        if element.of(ptr.add(i * size))? {
                            return Ok(true);
                        }
                    }
                    false
                }
                Rule::Variable { missing } => packed::get(ptr).map_or(*missing, |text| !text.is_empty()),
                Rule::Object => {
                    let object = ptr.cast::<*mut c_void>().read_unaligned();
                    !object.is_null() && (hooks()?.truth)(object)?
                }
            })
        }
    }

    /// How many of `n` elements are true.
    ///
    /// # Errors
    /// What Python's `bool` raises.
    ///
    /// # Safety
    /// The elements are readable, at any alignment; for objects the GIL is held.
    pub unsafe fn count(&self, ptr: *const u8, stride: isize, n: usize) -> Result<usize> {
        // SAFETY: handed on from the caller.
        unsafe {
            Ok(match self.rule {
                Rule::Bool | Rule::AnyBit(1) => count::<u8>(ptr, stride, n, u8::MAX),
                Rule::AnyBit(2) => count::<u16>(ptr, stride, n, u16::MAX),
                Rule::AnyBit(4) => count::<u32>(ptr, stride, n, u32::MAX),
                Rule::AnyBit(8) => count::<u64>(ptr, stride, n, u64::MAX),
                Rule::Float { part: 4, parts: 1, swapped: false } => {
                    count::<u32>(ptr, stride, n, u32::MAX >> 1)
                }
                Rule::Float { part: 8, parts: 1, swapped: false } => {
                    count::<u64>(ptr, stride, n, u64::MAX >> 1)
                }
                _ => {
                    let mut total = 0;
                    for i in 0..n as isize {
                        total += usize::from(self.of(ptr.offset(i * stride))?);
                    }
                    total
                }
            })
        }
    }

    /// Writes the positions of the true elements, each plus `base`, to `out`, and gives their number.
    ///
    /// # Errors
    /// What Python's `bool` raises.
    ///
    /// # Safety
    /// As for [`TruthLane::count`]; `out` has room for as many indices as there are true elements.
    pub unsafe fn positions(
        &self,
        ptr: *const u8,
        stride: isize,
        n: usize,
        base: isize,
        out: *mut isize,
    ) -> Result<usize> {
        let mut found = 0;
        if matches!(self.rule, Rule::Bool) {
            // SAFETY: eight elements lie densely where eight are left; one place is written per true element.
            return Ok(unsafe { bool_positions(ptr, stride, n, base, out) });
        }
        for i in 0..n as isize {
            // SAFETY: element `i` is one of the lane's; one place is written per true element.
            unsafe {
                if self.of(ptr.offset(i * stride))? {
                    out.add(found).write(base + i);
                    found += 1;
                }
            }
        }
        Ok(found)
    }
}

/// How many of `n` bools are true.
///
/// # Safety
/// The bools are readable, `stride` bytes apart.
pub unsafe fn count_true(ptr: *const u8, stride: isize, n: usize) -> usize {
    // SAFETY: handed on from the caller.
    unsafe { count::<u8>(ptr, stride, n, u8::MAX) }
}

/// Positions of the true bools. Runs of eight false ones are skipped at once.
///
/// # Safety
/// As for [`TruthLane::positions`].
unsafe fn bool_positions(ptr: *const u8, stride: isize, n: usize, base: isize, out: *mut isize) -> usize {
    let (mut found, mut i) = (0, 0);
    // SAFETY: by the caller's contract; the store for a false element is skipped.
    unsafe {
        while i < n {
            if stride == 1 && i + 8 <= n && ptr.add(i).cast::<u64>().read_unaligned() == 0 {
                i += 8;
                continue;
            }
            for k in i..n.min(i + 8) {
                if *ptr.offset(k as isize * stride) != 0 {
                    out.add(found).write(base + k as isize);
                    found += 1;
                }
            }
            i += 8;
        }
    }
    found
}

/// # Safety
/// `ptr` is a float of `part` bytes.
unsafe fn float_is_true(ptr: *const u8, part: usize, swapped: bool) -> bool {
    let sign_at = if cfg!(target_endian = "little") != swapped { part - 1 } else { 0 };
    (0..part).any(|i| {
        // SAFETY: `i < part`.
        let byte = unsafe { *ptr.add(i) };
        (if i == sign_at { byte & 0x7f } else { byte }) != 0
    })
}

/// # Safety
/// `ptr` is a long double.
unsafe fn extended_is_true(ptr: *const u8, swapped: bool) -> bool {
    // SAFETY: a long double is 16 bytes.
    let mut bytes = unsafe { ptr.cast::<[u8; 16]>().read_unaligned() };
    if swapped {
        bytes.reverse();
    }
    !F80(bytes).is_zero()
}

/// A word that is tested for bits, and counts in its own width, so that words and counters share their lanes.
trait Word: reduce::truth::Word {
    /// How many may be counted before the counter could overflow.
    const ROUNDS: usize;
    const ZERO: Self;
    fn any(self, mask: Self) -> bool;
    /// One more if `word` has a bit of `mask`.
    fn counting(self, word: Self, mask: Self) -> Self;
    fn value(self) -> usize;
}
macro_rules! words {
    ($($t:ty)*) => { $(impl Word for $t {
        const ROUNDS: usize = if size_of::<$t>() < 4 { <$t>::MAX as usize } else { 1 << 24 };
        const ZERO: $t = 0;
        #[inline(always)]
        fn any(self, mask: $t) -> bool { self & mask != 0 }
        #[inline(always)]
        fn counting(self, word: $t, mask: $t) -> $t { self + <$t>::from(word & mask != 0) }
        #[inline(always)]
        fn value(self) -> usize { self as usize }
    })* };
}
words!(u8 u16 u32 u64);

/// # Safety
/// `n` words are readable, `stride` bytes apart.
#[inline(always)]
unsafe fn count_words<W: Word, const LANES: usize>(
    ptr: *const u8,
    stride: isize,
    n: usize,
    mask: W,
) -> usize {
    // SAFETY: only called for `i < n`; a dense lane's words lie side by side.
    let at = |i: usize| unsafe { ptr.offset(i as isize * stride).cast::<W>().read_unaligned() };
    if stride != size_of::<W>() as isize {
        return (0..n).filter(|&i| at(i).any(mask)).count();
    }
    let (mut total, mut i) = (0, 0);
    while i + LANES <= n {
        let mut counters = [W::ZERO; LANES];
        let rounds = ((n - i) / LANES).min(W::ROUNDS);
        for round in 0..rounds {
            // SAFETY: `LANES * rounds` words are left from `i`.
            let words =
                unsafe { ptr.cast::<W>().add(i + LANES * round).cast::<[W; LANES]>().read_unaligned() };
            counters = array(|k| counters[k].counting(words[k], mask));
        }
        total += settled(counters).iter().map(|c| c.value()).sum::<usize>();
        i += LANES * rounds;
    }
    total + (i..n).filter(|&i| at(i).any(mask)).count()
}

/// [`count_words`] in four vectors of 32 bytes.
///
/// # Safety
/// As for [`count_words`].
#[inline(always)]
unsafe fn count_any<W: Word>(ptr: *const u8, stride: isize, n: usize, mask: W) -> usize {
    // SAFETY: handed on from the caller.
    unsafe {
        match size_of::<W>() {
            1 => count_words::<W, 128>(ptr, stride, n, mask),
            2 => count_words::<W, 64>(ptr, stride, n, mask),
            4 => count_words::<W, 32>(ptr, stride, n, mask),
            _ => count_words::<W, 16>(ptr, stride, n, mask),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
unsafe fn count_avx2<W: Word>(ptr: *const u8, stride: isize, n: usize, mask: W) -> usize {
    // SAFETY: handed on from the caller.
    unsafe { count_any(ptr, stride, n, mask) }
}

/// # Safety
/// As for [`count_words`].
unsafe fn count<W: Word>(ptr: *const u8, stride: isize, n: usize, mask: W) -> usize {
    if stride == size_of::<W>() as isize
        // SAFETY: `n` words side by side.
        && let Some(count) = unsafe { reduce::truth::count(ptr, n, mask) }
    {
        return count;
    }
    // SAFETY: handed on from the caller; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 | Level::Avx512 if n >= 64 => count_avx2(ptr, stride, n, mask),
            _ => count_any(ptr, stride, n, mask),
        }
    }
}
