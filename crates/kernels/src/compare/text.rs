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

/// True when two texts of one to two `T`s are the same: the first `T` and the last.
///
/// # Safety
/// So many bytes are readable at both.
#[inline(always)]
unsafe fn same_ends<T: Copy + PartialEq>(a: *const u8, b: *const u8, bytes: usize) -> bool {
    let behind = bytes - size_of::<T>();
    // SAFETY: by the caller, pieces within the bytes.
    unsafe {
        let pair =
            |at: usize| (a.add(at).cast::<T>().read_unaligned(), b.add(at).cast::<T>().read_unaligned());
        let (first, last) = (pair(0), pair(behind));
        (first.0 == first.1) & (last.0 == last.1)
    }
}

/// True when two texts of at least 32 bytes are the same: those that differ mostly do so at the beginning.
///
/// # Safety
/// So many bytes are readable at both.
#[inline(always)]
unsafe fn same_long(a: *const u8, b: *const u8, bytes: usize) -> bool {
    let mut at = 0;
    // SAFETY: by the caller, pieces within the bytes; the last may begin within the one before.
    unsafe {
        while at + 32 <= bytes {
            if !same_ends::<u128>(a.add(at), b.add(at), 32) {
                return false;
            }
            at += 32;
        }
        at == bytes || same_ends::<u128>(a.add(bytes - 32), b.add(bytes - 32), 32)
    }
}

/// The loop of equality, or of its opposite, of texts of one size.
///
/// # Safety
/// The loop contract, elements of both operands having so many bytes.
unsafe fn equal_loop(args: *const *mut u8, count: isize, steps: *const isize, bytes: usize, equal: bool) {
    /// With the test inlined, whose choice is made once.
    #[inline(always)]
    unsafe fn each(
        args: *const *mut u8,
        count: isize,
        steps: *const isize,
        equal: bool,
        same: impl Fn(*const u8, *const u8) -> bool,
    ) {
        // SAFETY: the loop contract.
        unsafe {
            let ([a, b, out], [x, y, z]) = (*args.cast::<[*mut u8; 3]>(), *steps.cast::<[isize; 3]>());
            for i in 0..count {
                let answer = same(a.offset(i * x), b.offset(i * y)) == equal;
                out.offset(i * z).write(u8::from(answer));
            }
        }
    }
    // SAFETY: the loop contract; the tests read an element's bytes.
    unsafe {
        match bytes {
            32.. => each(args, count, steps, equal, |a, b| same_long(a, b, bytes)),
            16.. => each(args, count, steps, equal, |a, b| same_ends::<u128>(a, b, bytes)),
            8.. => each(args, count, steps, equal, |a, b| same_ends::<u64>(a, b, bytes)),
            4.. => each(args, count, steps, equal, |a, b| same_ends::<u32>(a, b, bytes)),
            _ => each(args, count, steps, equal, |a, b| (0..bytes).all(|i| *a.add(i) == *b.add(i))),
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
            return equal_loop(args, *dims, steps, units_a * size_of::<C>(), WANTED == EQUAL);
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
