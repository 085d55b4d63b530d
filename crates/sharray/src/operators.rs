//! Rust's operators on arrays: `&a + &b`, `&a * 2.0`, `1 - &a`, `-&a`, `a += &b`, by reference or by value.
//!
//! Operators can't return errors: they panic where the method of the same name ([`Array::add`], …) returns one. Programs
//! that can't vouch for shapes and dtypes call the methods.
//!
//! On the left stand `bool`, `i64`, `f64` and `Complex<f64>`; other numbers go to the right, or become arrays first.

use std::ops::*;

use crate::Array;
use crate::element::Complex;
use crate::operand::Input;
use crate::ufunc::Known;

/// The result, or a panic with the error's words.
fn expect(result: crate::Result<Array>) -> Array {
    result.unwrap_or_else(|error| panic!("{error}"))
}

fn update(func: &Known, array: &mut Array, other: &Input<'_>) {
    func.get().and_then(|func| func.update_input(array, other)).unwrap_or_else(|error| panic!("{error}"))
}

/// An operator, its assigning form, and the operator with numbers on the left.
macro_rules! operators {
    ($($trait:ident $method:ident, $assign:ident $assign_method:ident, $func:ident = $ufunc:literal;)*) => { $(
        static $func: Known = Known::new($ufunc);

        impl<'b, B: Into<Input<'b>>> $trait<B> for &Array {
            type Output = Array;
            /// # Panics
            #[doc = concat!("Where the ufunc `", $ufunc, "` returns an error: shapes that don't broadcast, dtypes it does not take.")]
            fn $method(self, other: B) -> Array {
                expect($func.binary(self.into(), other.into()))
            }
        }

        impl<'b, B: Into<Input<'b>>> $trait<B> for Array {
            type Output = Array;
            /// # Panics
            #[doc = concat!("Where the ufunc `", $ufunc, "` returns an error: shapes that don't broadcast, dtypes it does not take.")]
            fn $method(self, other: B) -> Array {
                expect($func.binary(self.into(), other.into()))
            }
        }

        impl<'b, B: Into<Input<'b>>> $assign<B> for Array {
            /// # Panics
            /// As the operator; also when the result is of another shape, or of a kind that the array's dtype does not hold.
            fn $assign_method(&mut self, other: B) {
                update(&$func, self, &other.into());
            }
        }

        numbers! { $trait $method $func $ufunc: bool i64 f64 Complex<f64> }
    )* };
}

/// The operator with a number on the left: one type of each kind, so that the type of a literal is plain.
macro_rules! numbers {
    ($trait:ident $method:ident $func:ident $ufunc:literal: $($t:ty)*) => { $(
        impl $trait<&Array> for $t {
            type Output = Array;
            /// # Panics
            #[doc = concat!("Where the ufunc `", $ufunc, "` returns an error.")]
            fn $method(self, other: &Array) -> Array {
                expect($func.binary(self.into(), other.into()))
            }
        }
        impl $trait<Array> for $t {
            type Output = Array;
            /// # Panics
            #[doc = concat!("Where the ufunc `", $ufunc, "` returns an error.")]
            fn $method(self, other: Array) -> Array {
                expect($func.binary(self.into(), other.into()))
            }
        }
    )* };
}

operators! {
    Add add, AddAssign add_assign, ADD = "add";
    Sub sub, SubAssign sub_assign, SUB = "subtract";
    Mul mul, MulAssign mul_assign, MUL = "multiply";
    Div div, DivAssign div_assign, DIV = "divide";
    Rem rem, RemAssign rem_assign, REM = "remainder";
    BitAnd bitand, BitAndAssign bitand_assign, AND = "bitwise_and";
    BitOr bitor, BitOrAssign bitor_assign, OR = "bitwise_or";
    BitXor bitxor, BitXorAssign bitxor_assign, XOR = "bitwise_xor";
    Shl shl, ShlAssign shl_assign, SHL = "left_shift";
    Shr shr, ShrAssign shr_assign, SHR = "right_shift";
}

macro_rules! unary_operators {
    ($($trait:ident $method:ident $func:ident = $ufunc:literal;)*) => { $(
        static $func: Known = Known::new($ufunc);

        impl $trait for &Array {
            type Output = Array;
            /// # Panics
            #[doc = concat!("Where the ufunc `", $ufunc, "` does not take the dtype.")]
            fn $method(self) -> Array {
                expect($func.unary(self.into()))
            }
        }

        impl $trait for Array {
            type Output = Array;
            /// # Panics
            #[doc = concat!("Where the ufunc `", $ufunc, "` does not take the dtype.")]
            fn $method(self) -> Array {
                expect($func.unary(self.into()))
            }
        }
    )* };
}

unary_operators! {
    Neg neg NEG = "negative";
    Not not NOT = "invert";
}
