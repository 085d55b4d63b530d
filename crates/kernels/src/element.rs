//! The Rust types behind the dtypes that loops are written for, and how a loop reads and writes them: always unaligned
//! (free on today's machines), so that most loops take operands at any alignment.

use std::hint::black_box;
use std::mem::MaybeUninit;

use half::f16;

/// A type that loops read from and write to raw memory by value.
pub trait Element: Copy + 'static {
    /// Computed by the x87 unit, whose exception flags live apart from SSE's.
    const EXTENDED: bool = false;
}

/// A bool of NumPy: any byte; non-zero means true. Results are always 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Truth(pub u8);

impl Truth {
    /// The byte's truth value.
    #[inline(always)]
    pub fn get(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Truth {
    #[inline(always)]
    fn from(value: bool) -> Truth {
        Truth(value as u8)
    }
}

/// A `datetime64` or `timedelta64` count of ticks; [`Time::NAT`] means "not a time".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Time(pub i64);

impl Time {
    /// Not a time.
    pub const NAT: Time = Time(i64::MIN);
    /// True for [`Time::NAT`].
    #[inline(always)]
    pub fn is_nat(self) -> bool {
        self.0 == i64::MIN
    }
}

/// A complex number as C lays it out.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C)]
pub struct Complex<T> {
    /// Real part.
    pub re: T,
    /// Imaginary part.
    pub im: T,
}

impl<T> Complex<T> {
    /// `re + im i`.
    #[inline(always)]
    pub fn new(re: T, im: T) -> Self {
        Complex { re, im }
    }
}

/// No operand: what a unary operation has for its second.
impl Element for () {}
impl Element for Truth {}
impl Element for Time {}
impl Element for i8 {}
impl Element for u8 {}
impl Element for i16 {}
impl Element for u16 {}
impl Element for i32 {}
impl Element for u32 {}
impl Element for i64 {}
impl Element for u64 {}
impl Element for f16 {}
impl Element for f32 {}
impl Element for f64 {}
impl<T: Element> Element for Complex<T> {
    const EXTENDED: bool = T::EXTENDED;
}

/// An array of what `f` gives for each index. Like `std::array::from_fn`, but always inlined: out of line, its loop
/// would lose the caller's instruction set.
#[inline(always)]
pub fn array<T: Copy, const N: usize>(f: impl Fn(usize) -> T) -> [T; N] {
    let mut values = [const { MaybeUninit::<T>::uninit() }; N];
    for (index, value) in values.iter_mut().enumerate() {
        value.write(f(index));
    }
    // SAFETY: every element has been written; the two types have the same layout.
    unsafe { std::mem::transmute_copy(&values) }
}

/// The same lanes, out of the optimiser's sight: put between a loop over lanes and what brings them together, it keeps
/// the latter from being mixed into the former's vectors.
#[inline(always)]
pub fn settled<T: Copy, const N: usize>(lanes: [T; N]) -> [T; N] {
    *black_box(&lanes)
}

/// Reads an element at any alignment.
///
/// # Safety
/// `size_of::<T>()` bytes at `at` are readable.
#[inline(always)]
pub unsafe fn read<T: Element>(at: *const u8) -> T {
    // SAFETY: by this function's contract; every bit pattern is a value of an `Element`.
    unsafe { at.cast::<T>().read_unaligned() }
}

/// Writes an element at any alignment.
///
/// # Safety
/// `size_of::<T>()` bytes at `at` are writable.
#[inline(always)]
pub unsafe fn write<T: Element>(at: *mut u8, value: T) {
    // SAFETY: by this function's contract.
    unsafe { at.cast::<T>().write_unaligned(value) }
}
