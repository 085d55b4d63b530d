//! Folds of elements into an accumulator of another type, without a cast into a buffer first: sums and products of
//! short integers in long ones, the truth of numbers.

use sharray_base::TypeNum;

use super::truth;
use crate::element::{Element, Truth, array, read, settled, write};
use crate::isa::{self, Level};
use crate::logic::Truthy;
use crate::loop_abi::Rows;

/// Folds a run: accumulator, first element, number of elements, step.
pub type Run = unsafe fn(*mut u8, *const u8, isize, isize);
/// Folds dense rows of so many elements into a row of accumulators.
pub type FoldRows = unsafe fn(*mut u8, *const u8, isize, Rows);

/// The code of one such fold. Its operation may be done in any order.
#[derive(Clone, Copy)]
pub struct Special {
    /// Folds a run into one accumulator.
    pub run: Run,
    /// Folds rows into a row.
    pub rows: FoldRows,
    /// Joins one accumulator into another.
    pub join: unsafe fn(*mut u8, *const u8),
    /// Converts a run to dense accumulators, if that is a matter of numbers.
    pub widen: Option<Run>,
    /// The accumulator's type.
    pub total: TypeNum,
    /// An accumulator that changes nothing, as an integer.
    pub neutral: i64,
    /// The accumulator that no element can change, if there is one.
    pub decisive: Option<u8>,
}

/// The fold of `ufunc` over elements of type `from`, if there is special code for it.
pub fn special(ufunc: &str, from: TypeNum) -> Option<Special> {
    match ufunc {
        "add" => widening::<Sum>(from, 0),
        "multiply" => widening::<Product>(from, 1),
        "logical_or" => truths::<true>(from),
        "logical_and" => truths::<false>(from),
        _ => None,
    }
}

/// One function per instruction-set level.
macro_rules! levels {
    ($name:ident, $avx2:ident, $body:ident, <$($param:ident: $bound:path),*>($($arg:ident: $type:ty),*)) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        unsafe fn $avx2<$($param: $bound),*>($($arg: $type),*) {
            // SAFETY: handed on from the caller.
            unsafe { $body::<$($param),*>($($arg),*) }
        }
        unsafe fn $name<$($param: $bound),*>($($arg: $type),*) {
            // SAFETY: handed on from the caller; the level in force is one this machine has.
            unsafe {
                match isa::active() {
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 | Level::Avx512 => $avx2::<$($param),*>($($arg),*),
                    _ => $body::<$($param),*>($($arg),*),
                }
            }
        }
    };
}

/// A sum or product, modulo 2^64.
trait Operation: 'static {
    fn apply(a: i64, b: i64) -> i64;
    const NEUTRAL: i64;
}
struct Sum;
impl Operation for Sum {
    #[inline(always)]
    fn apply(a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }
    const NEUTRAL: i64 = 0;
}
struct Product;
impl Operation for Product {
    #[inline(always)]
    fn apply(a: i64, b: i64) -> i64 {
        a.wrapping_mul(b)
    }
    const NEUTRAL: i64 = 1;
}

/// An element as a long integer, sign kept.
trait Short: Element {
    fn long(self) -> i64;
}
macro_rules! shorts {
    ($($t:ty)*) => { $(impl Short for $t {
        #[inline(always)]
        fn long(self) -> i64 { self as i64 }
    })* };
}
shorts!(i8 u8 i16 u16 i32 u32);
impl Short for Truth {
    #[inline(always)]
    fn long(self) -> i64 {
        self.get() as i64
    }
}

fn widening<O: Operation>(from: TypeNum, neutral: i64) -> Option<Special> {
    let (run, rows, widen): (Run, FoldRows, Run) = match from {
        TypeNum::Bool if O::NEUTRAL == 0 => (count_true, widen_rows::<O, Truth>, convert::<Truth>),
        TypeNum::Bool => (widen_run::<O, Truth>, widen_rows::<O, Truth>, convert::<Truth>),
        TypeNum::Byte => (widen_run::<O, i8>, widen_rows::<O, i8>, convert::<i8>),
        TypeNum::UByte => (widen_run::<O, u8>, widen_rows::<O, u8>, convert::<u8>),
        TypeNum::Short => (widen_run::<O, i16>, widen_rows::<O, i16>, convert::<i16>),
        TypeNum::UShort => (widen_run::<O, u16>, widen_rows::<O, u16>, convert::<u16>),
        TypeNum::Int => (widen_run::<O, i32>, widen_rows::<O, i32>, convert::<i32>),
        TypeNum::UInt => (widen_run::<O, u32>, widen_rows::<O, u32>, convert::<u32>),
        _ => return None,
    };
    let unsigned = matches!(from, TypeNum::UByte | TypeNum::UShort | TypeNum::UInt);
    let total = if unsigned { TypeNum::ULong } else { TypeNum::Long };
    Some(Special { run, rows, join: join_long::<O>, widen: Some(widen), total, neutral, decisive: None })
}

/// # Safety
/// Both are readable long integers, the first writable.
unsafe fn join_long<O: Operation>(total: *mut u8, other: *const u8) {
    // SAFETY: by the caller.
    unsafe { write(total, O::apply(read(total), read(other))) }
}

/// # Safety
/// `total` is a long integer; `n` bools are readable, `step` apart.
unsafe fn count_true(total: *mut u8, source: *const u8, n: isize, step: isize) {
    // SAFETY: by the caller.
    unsafe {
        let count = crate::search::truth::count_true(source, step, n as usize);
        write(total, read::<i64>(total).wrapping_add(count as i64));
    }
}

/// Accumulators side by side.
const LANES: usize = if cfg!(debug_assertions) { 4 } else { 16 };

/// # Safety
/// `total` is a long integer; `n` elements are readable, `step` apart.
#[inline(always)]
unsafe fn widen_run_body<O: Operation, T: Short>(total: *mut u8, source: *const u8, n: isize, step: isize) {
    // SAFETY: only elements below `n` are read.
    unsafe {
        let mut sum: i64 = read(total);
        let mut i = 0;
        let wide = LANES as isize;
        if step == size_of::<T>() as isize && n >= wide {
            let mut lanes = [O::NEUTRAL; LANES];
            while i + wide <= n {
                let x = source.cast::<T>().offset(i).cast::<[T; LANES]>().read_unaligned();
                lanes = array(|k| O::apply(lanes[k], x[k].long()));
                i += wide;
            }
            sum = settled(lanes).iter().fold(sum, |a, b| O::apply(a, *b));
        }
        while i < n {
            sum = O::apply(sum, read::<T>(source.offset(i * step)).long());
            i += 1;
        }
        write(total, sum);
    }
}
levels!(widen_run, widen_run_avx2, widen_run_body, <O: Operation, T: Short>(total: *mut u8, source: *const u8, n: isize, step: isize));

/// # Safety
/// `out` has room for `n` long integers; `n` elements are readable, `step` apart.
unsafe fn convert<T: Short>(out: *mut u8, source: *const u8, n: isize, step: isize) {
    for i in 0..n {
        // SAFETY: by the caller.
        unsafe { write(out.cast::<i64>().offset(i).cast(), read::<T>(source.offset(i * step)).long()) };
    }
}

/// # Safety
/// `total` has `n` long integers; each row has `n` elements side by side.
#[inline(always)]
unsafe fn widen_rows_body<O: Operation, T: Short>(total: *mut u8, source: *const u8, n: isize, rows: Rows) {
    let wide = LANES as isize;
    // SAFETY: only elements below `n` of the rows are touched.
    unsafe {
        let mut i = 0;
        while i + wide <= n {
            let place = total.cast::<i64>().offset(i).cast::<[i64; LANES]>();
            let mut lanes = place.read_unaligned();
            for row in 0..rows.count {
                let at = source.offset(row * rows.step).cast::<T>().offset(i);
                let x = at.cast::<[T; LANES]>().read_unaligned();
                lanes = array(|k| O::apply(lanes[k], x[k].long()));
            }
            place.write_unaligned(lanes);
            i += wide;
        }
        while i < n {
            let at = source.cast::<T>().offset(i).cast();
            widen_run_body::<O, T>(total.cast::<i64>().offset(i).cast(), at, rows.count, rows.step);
            i += 1;
        }
    }
}
levels!(widen_rows, widen_rows_avx2, widen_rows_body, <O: Operation, T: Short>(total: *mut u8, source: *const u8, n: isize, rows: Rows));

/// `any` (`OR`) or `all` of elements.
fn truths<const OR: bool>(from: TypeNum) -> Option<Special> {
    let (run, rows): (Run, FoldRows) = match from {
        TypeNum::Bool => (truth_run::<u8, Truth, OR>, any_rows::<u8, Truth, OR>),
        TypeNum::Byte | TypeNum::UByte => (truth_run::<u8, u8, OR>, any_rows::<u8, u8, OR>),
        TypeNum::Short | TypeNum::UShort => (truth_run::<u16, u16, OR>, any_rows::<u16, u16, OR>),
        TypeNum::Int | TypeNum::UInt => (truth_run::<u32, u32, OR>, any_rows::<u32, u32, OR>),
        TypeNum::Long | TypeNum::ULong | TypeNum::LongLong | TypeNum::ULongLong => {
            (truth_run::<u64, u64, OR>, any_rows::<u64, u64, OR>)
        }
        TypeNum::Float => (truth_run::<u32, f32, OR>, any_rows::<u32, f32, OR>),
        TypeNum::Double => (truth_run::<u64, f64, OR>, any_rows::<u64, f64, OR>),
        _ => return None,
    };
    let (neutral, decisive) = (i64::from(!OR), Some(u8::from(OR)));
    Some(Special { run, rows, join: join_truth::<OR>, widen: None, total: TypeNum::Bool, neutral, decisive })
}

/// # Safety
/// Both are readable bools, the first writable.
unsafe fn join_truth<const OR: bool>(total: *mut u8, other: *const u8) {
    // SAFETY: by the caller.
    unsafe {
        let (a, b) = (read::<Truth>(total).get(), read::<Truth>(other).get());
        write(total, Truth::from(if OR { a | b } else { a & b }));
    }
}

/// A word's bits that make an element true: all but a float's sign.
trait Bits<T>: truth::Word {
    const MASK: Self;
}
macro_rules! bits {
    ($($word:ty, $t:ty, $mask:expr;)*) => { $(impl Bits<$t> for $word { const MASK: $word = $mask; })* };
}
bits! {
    u8, Truth, u8::MAX; u8, u8, u8::MAX; u16, u16, u16::MAX; u32, u32, u32::MAX; u64, u64, u64::MAX;
    u32, f32, u32::MAX >> 1; u64, f64, u64::MAX >> 1;
}

/// # Safety
/// `total` is a bool; `n` elements are readable, `step` apart.
unsafe fn truth_run<W: Bits<T>, T: Truthy, const OR: bool>(
    total: *mut u8,
    source: *const u8,
    n: isize,
    step: isize,
) {
    // SAFETY: by the caller; only elements below `n` are read.
    unsafe {
        let found = read::<Truth>(total).get() == OR
            || if step == size_of::<T>() as isize {
                truth::some::<W, OR>(source, n as usize, W::MASK)
            } else {
                (0..n).any(|i| read::<T>(source.offset(i * step)).truth() == OR)
            };
        write(total, Truth::from(found == OR));
    }
}

/// # Safety
/// `total` has `n` bools; each row has `n` elements side by side.
unsafe fn any_rows<W: Bits<T>, T: Truthy, const OR: bool>(
    total: *mut u8,
    source: *const u8,
    n: isize,
    rows: Rows,
) {
    // SAFETY: by the caller; only elements below `n` of the rows are touched.
    unsafe {
        let done = truth::rows::<W, OR>(total, source, n, rows, W::MASK);
        for i in done..n {
            let at = source.cast::<T>().offset(i).cast();
            truth_run::<W, T, OR>(total.offset(i), at, rows.count, rows.step);
        }
    }
}
