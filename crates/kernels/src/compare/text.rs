//! Comparison of fixed-width text: `S` by bytes, `U` by code points, `V` byte for byte (equality only). Trailing nulls
//! don't count, so `S3` and `S5` compare without a cast.

use std::cmp::Ordering;
use std::ffi::c_void;

use crate::loop_abi::{Context, Loop};

/// Code units of `S` and `U`.
trait CodeUnit: Copy + Ord + Default {}
impl CodeUnit for u8 {}
impl CodeUnit for u32 {}

/// Order of two texts given by address and number of code units; the shorter is as if padded with nulls.
///
/// # Safety
/// `a.1` units at `a.0` and `b.1` at `b.0` are readable, at any alignment.
#[inline]
unsafe fn order<C: CodeUnit>(a: (*const u8, usize), b: (*const u8, usize)) -> Ordering {
    let unit = |text: (*const u8, usize), i: usize| {
        // SAFETY: `i` is below the text's length where it is read.
        if i < text.1 { unsafe { text.0.cast::<C>().add(i).read_unaligned() } } else { C::default() }
    };
    for i in 0..a.1.max(b.1) {
        match unit(a, i).cmp(&unit(b, i)) {
            Ordering::Equal => {}
            other => return other,
        }
    }
    Ordering::Equal
}

/// True when two texts of `bytes` bytes each are the same.
///
/// # Safety
/// So many bytes are readable at both.
#[inline(always)]
unsafe fn same(a: *const u8, b: *const u8, bytes: usize) -> bool {
    /// True when two texts of one to two `T`s differ: the first `T` and the last.
    #[inline(always)]
    unsafe fn ends<T: Copy + PartialEq>(a: *const u8, b: *const u8, bytes: usize) -> bool {
        let behind = bytes - size_of::<T>();
        // SAFETY: by the caller, pieces within the bytes.
        unsafe {
            let pair =
                |at: usize| (a.add(at).cast::<T>().read_unaligned(), b.add(at).cast::<T>().read_unaligned());
            let (first, last) = (pair(0), pair(behind));
            (first.0 == first.1) & (last.0 == last.1)
        }
    }
    // SAFETY: by the caller.
    unsafe {
        match bytes {
            16.. => {
                // Texts that differ mostly do so at the beginning.
                let mut at = 0;
                while at + 32 <= bytes {
                    if !ends::<u128>(a.add(at), b.add(at), 32) {
                        return false;
                    }
                    at += 32;
                }
                let rest = (bytes - at).max(16);
                ends::<u128>(a.add(bytes - rest), b.add(bytes - rest), rest)
            }
            8.. => ends::<u64>(a, b, bytes),
            4.. => ends::<u32>(a, b, bytes),
            _ => (0..bytes).fold(true, |same, i| same & (*a.add(i) == *b.add(i))),
        }
    }
}

/// Which orders make a comparison true, as the numbers 0 (less), 1 (equal), 2 (greater) in a bit set.
pub(super) const LESS: u8 = 1;
pub(super) const EQUAL: u8 = 2;
pub(super) const GREATER: u8 = 4;

unsafe extern "C" fn text_loop<C: CodeUnit, const WANTED: u8>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract, with a context whose itemsizes say how long the texts are.
    unsafe {
        let context = Context::from_data(data);
        let length = |operand: usize| context.dtypes[operand].itemsize() / size_of::<C>();
        let (units_a, units_b) = (length(0), length(1));
        let equality = WANTED == EQUAL || WANTED == LESS | GREATER;
        if equality && units_a == units_b {
            let bytes = units_a * size_of::<C>();
            for i in 0..*dims {
                let a = (*args).offset(i * *steps);
                let b = (*args.add(1)).offset(i * *steps.add(1));
                let answer = same(a, b, bytes) == (WANTED == EQUAL);
                (*args.add(2)).offset(i * *steps.add(2)).write(u8::from(answer));
            }
            return;
        }
        for i in 0..*dims {
            let a = (*args).offset(i * *steps);
            let b = (*args.add(1)).offset(i * *steps.add(1));
            let bit = match order::<C>((a, units_a), (b, units_b)) {
                Ordering::Less => LESS,
                Ordering::Equal => EQUAL,
                Ordering::Greater => GREATER,
            };
            (*args.add(2)).offset(i * *steps.add(2)).write((WANTED & bit != 0) as u8);
        }
    }
}

/// Loops of one comparison: for `S`, for `U`, and for `V` where it has a meaning.
pub struct TextLoops {
    /// For `S`.
    pub bytes: Loop,
    /// For `U`.
    pub unicode: Loop,
    /// For `V`.
    pub void: Option<Loop>,
    /// For text of variable width.
    pub variable: Loop,
}

const fn loops<const WANTED: u8>(void: bool) -> TextLoops {
    let bytes: Loop = text_loop::<u8, WANTED>;
    TextLoops {
        bytes,
        unicode: text_loop::<u32, WANTED>,
        void: if void { Some(bytes) } else { None },
        variable: super::variable::compare_loop::<WANTED>,
    }
}

/// The loops of the comparison of that name.
pub fn text_loops(name: &str) -> Option<TextLoops> {
    Some(match name {
        "less" => loops::<LESS>(false),
        "less_equal" => loops::<{ LESS | EQUAL }>(false),
        "greater" => loops::<GREATER>(false),
        "greater_equal" => loops::<{ GREATER | EQUAL }>(false),
        "equal" => loops::<EQUAL>(true),
        "not_equal" => loops::<{ LESS | GREATER }>(true),
        _ => return None,
    })
}
