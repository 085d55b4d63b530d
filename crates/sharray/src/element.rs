//! Rust types that are elements of arrays, and single values of them as operands.

use half::{bf16, f16};
use sharray_base::dtype::Weak;
use sharray_base::{DType, TypeNum, View};
pub use sharray_kernels::element::Complex;
pub use sharray_kernels::small_float::{Float8E4M3FN, Float8E5M2};

mod sealed {
    pub trait Sealed {}
}

/// A Rust type with the same bytes as the elements of a dtype: `bool`, the integers, `f16` and `bf16` (of the crate `half`),
/// [`Float8E4M3FN`], [`Float8E5M2`], `f32`, `f64` and [`Complex`] of the last two.
///
/// ```
/// use sharray::prelude::*;
/// assert_eq!(dtype_of::<f32>(), DType::of(f32::NUM));
/// assert_eq!(Array::from([1u8, 2]).dtype().to_string(), "uint8");
/// ```
pub trait Element: Copy + Send + Sync + sealed::Sealed + 'static {
    /// The dtype's type number.
    const NUM: TypeNum;
    /// Which of Python's numbers it stands for as an operand beside arrays.
    #[doc(hidden)]
    const WEAK: Option<Weak> = None;
    /// True when not every bit pattern of an element is a value of this type.
    #[doc(hidden)]
    const PICKY: bool = false;
    /// The value for an element's bytes (a bool byte other than 0 and 1 is true).
    ///
    /// # Safety
    /// `at` points to a readable element of the native dtype, at any alignment.
    #[doc(hidden)]
    unsafe fn read(at: *const u8) -> Self;
    /// The value as an operand.
    #[doc(hidden)]
    fn scalar(self) -> Scalar {
        Scalar::of(self, Self::NUM, Self::WEAK)
    }
}

/// The native dtype of a Rust type.
///
/// ```
/// use sharray::prelude::*;
/// assert_eq!(dtype_of::<i16>().itemsize(), 2);
/// assert_eq!(dtype_of::<Complex<f64>>().to_string(), "complex128");
/// ```
pub fn dtype_of<T: Element>() -> DType {
    DType::of(T::NUM)
}

const LONG_IS_64: bool = size_of::<std::ffi::c_long>() == 8;
const INT64: TypeNum = if LONG_IS_64 { TypeNum::Long } else { TypeNum::LongLong };
const UINT64: TypeNum = if LONG_IS_64 { TypeNum::ULong } else { TypeNum::ULongLong };

/// One `impl Element` per type. `T: NUM` reads any bits; `weak` adds which of Python's numbers it behaves like.
macro_rules! elements {
    ($($t:ty: $num:expr $(, weak $weak:ident)?;)*) => { $(
        impl sealed::Sealed for $t {}
        impl Element for $t {
            const NUM: TypeNum = $num;
            $(const WEAK: Option<Weak> = Some(Weak::$weak);)?
            unsafe fn read(at: *const u8) -> $t {
                // SAFETY: by this function's contract; every bit pattern is a number.
                unsafe { at.cast::<$t>().read_unaligned() }
            }
        }
    )* };
}
elements! {
    i8: TypeNum::Byte;
    u8: TypeNum::UByte;
    i16: TypeNum::Short;
    u16: TypeNum::UShort;
    u32: TypeNum::UInt;
    i64: INT64, weak Int;
    u64: UINT64;
    f16: TypeNum::Half;
    bf16: TypeNum::BFloat16;
    Float8E4M3FN: TypeNum::Float8E4M3FN;
    Float8E5M2: TypeNum::Float8E5M2;
    f32: TypeNum::Float;
    f64: TypeNum::Double, weak Float;
    Complex<f32>: TypeNum::CFloat;
    Complex<f64>: TypeNum::CDouble, weak Complex;
}

impl sealed::Sealed for bool {}
impl Element for bool {
    const NUM: TypeNum = TypeNum::Bool;
    const PICKY: bool = true;
    unsafe fn read(at: *const u8) -> bool {
        // SAFETY: by this function's contract.
        unsafe { *at != 0 }
    }
}

/// Integers that become `i64` (or `u64`) as operands: Rust's default integer, and sizes.
macro_rules! counts {
    ($($t:ty: $num:expr;)*) => { $(
        impl sealed::Sealed for $t {}
        impl Element for $t {
            const NUM: TypeNum = $num;
            unsafe fn read(at: *const u8) -> $t {
                // SAFETY: by this function's contract; every bit pattern is a number.
                unsafe { at.cast::<$t>().read_unaligned() }
            }
            fn scalar(self) -> Scalar {
                match i64::try_from(self) {
                    Ok(value) => value.scalar(),
                    Err(_) => Scalar::of(self as u64, UINT64, Some(Weak::Int)),
                }
            }
        }
    )* };
}
counts! {
    i32: TypeNum::Int;
    isize: if size_of::<isize>() == 8 { INT64 } else { TypeNum::Int };
    usize: if size_of::<usize>() == 8 { UINT64 } else { TypeNum::UInt };
}

/// One value of some dtype, as an operand beside arrays. Made from any [`Element`] by `From`.
///
/// `f64`, the integers `i32`, `i64`, `isize` and `usize`, and `Complex<f64>` behave like Python's own numbers (NEP 50):
/// they take the dtype of the array beside them where their kind allows it. The other types have the dtype of their
/// name.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::from([1.5f32, 2.5]);
/// assert_eq!((&a * 2.0).dtype().to_string(), "float32"); // like a Python float
/// assert_eq!((&a * Array::from(2.0)).dtype().to_string(), "float64"); // an array of float64
/// assert_eq!((&Array::from([1u8]) + 1u16).dtype().to_string(), "uint16");
/// ```
#[derive(Debug, Clone)]
#[repr(C, align(16))]
pub struct Scalar {
    bytes: [u8; 16],
    dtype: DType,
    weak: Option<Weak>,
}

impl Scalar {
    fn of<T: Copy>(value: T, num: TypeNum, weak: Option<Weak>) -> Scalar {
        const { assert!(size_of::<T>() <= 16) };
        let mut bytes = [0; 16];
        // SAFETY: the value's bytes fit; element types have no padding.
        unsafe { bytes.as_mut_ptr().cast::<T>().write_unaligned(value) };
        Scalar { bytes, dtype: DType::of(num), weak }
    }
    pub(crate) fn view(&self) -> View<'_> {
        // SAFETY: the bytes of one element of this dtype; views of scalars are only read.
        unsafe { View::scalar(self.bytes.as_ptr().cast_mut(), &self.dtype) }
    }
    pub(crate) fn weak(&self) -> Option<Weak> {
        self.weak
    }
}

impl<T: Element> From<T> for Scalar {
    fn from(value: T) -> Scalar {
        value.scalar()
    }
}
