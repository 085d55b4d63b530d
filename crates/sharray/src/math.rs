//! Ufuncs as methods. The tables below give each a line: its name, what it computes, and an example that is run. Ufuncs
//! that have no method are called by name: [`ufunc`](crate::ufunc()).

use sharray_base::Result;

use crate::Array;
use crate::operand::Input;
use crate::ufunc::Known;

/// Methods of one operand: name, ufunc, text, the example's array and how the result prints.
macro_rules! unary {
    ($($name:ident $ufunc:literal $about:literal $input:literal $shown:literal;)*) => {
        impl Array { $(
            #[doc = $about]
            ///
            /// # Errors
            /// `Type` or `NoLoop` when the dtype is not one of those the ufunc takes.
            ///
            /// ```
            /// # use sharray::prelude::*;
            #[doc = concat!("let a = Array::from(", $input, ");")]
            #[doc = concat!("assert_eq!(a.", stringify!($name), "()?.to_string(), ", stringify!($shown), ");")]
            /// # Ok::<(), Error>(())
            /// ```
            pub fn $name(&self) -> Result<Array> {
                static FUNC: Known = Known::new($ufunc);
                FUNC.unary(self.into())
            }
        )* }
    };
}

/// Methods of two operands: the second may be an array or a value. The example has the second operand as well.
macro_rules! binary {
    ($($name:ident $ufunc:literal $about:literal $input:literal $other:literal $shown:literal;)*) => {
        impl Array { $(
            #[doc = $about]
            ///
            /// # Errors
            /// `Type` or `NoLoop` when the dtypes are not among those the ufunc takes; `Broadcast`; `Overflow` for an integer that
            /// does not fit the dtype beside it.
            ///
            /// ```
            /// # use sharray::prelude::*;
            #[doc = concat!("let a = Array::from(", $input, ");")]
            #[doc = concat!(
                "assert_eq!(a.", stringify!($name), "(", $other, ")?.to_string(), ", stringify!($shown), ");"
            )]
            /// # Ok::<(), Error>(())
            /// ```
            pub fn $name<'a>(&self, other: impl Into<Input<'a>>) -> Result<Array> {
                static FUNC: Known = Known::new($ufunc);
                FUNC.binary(self.into(), other.into())
            }
        )* }
    };
}

unary! {
    negative "negative" "`-x`." "[1, -2]" "[-1  2]";
    abs "absolute" "Absolute values; of complex numbers, as real ones." "[1, -2]" "[1 2]";
    sign "sign" "-1, 0 or 1." "[5.0, 0.0, -3.0]" "[ 1.  0. -1.]";
    square "square" "`x * x`." "[2, -3]" "[4 9]";
    sqrt "sqrt" "Square roots; integers become floats." "[4, 9]" "[2. 3.]";
    cbrt "cbrt" "Cube roots." "[8.0, 27.0]" "[2. 3.]";
    reciprocal "reciprocal" "`1 / x`." "[2.0, 4.0]" "[0.5  0.25]";
    exp "exp" "`e` to the power of `x`." "[0.0, 1.0]" "[1.         2.71828183]";
    exp2 "exp2" "2 to the power of `x`." "[3.0, -1.0]" "[8.  0.5]";
    expm1 "expm1" "`exp(x) - 1`, exact for small `x`." "[0.0, 1e-10]" "[0.e+00 1.e-10]";
    ln "log" "Natural logarithms." "[1.0]" "[0.]";
    log2 "log2" "Logarithms to base 2." "[8.0, 0.5]" "[ 3. -1.]";
    log10 "log10" "Logarithms to base 10." "[1000.0]" "[3.]";
    log1p "log1p" "`log(1 + x)`, exact for small `x`." "[0.0]" "[0.]";
    sin "sin" "Sines of radians." "[0.0]" "[0.]";
    cos "cos" "Cosines of radians." "[0.0]" "[1.]";
    tan "tan" "Tangents of radians." "[0.0]" "[0.]";
    arcsin "arcsin" "Angles in radians whose sine is `x`." "[1.0]" "[1.57079633]";
    arccos "arccos" "Angles in radians whose cosine is `x`." "[1.0]" "[0.]";
    arctan "arctan" "Angles in radians whose tangent is `x`." "[1.0]" "[0.78539816]";
    sinh "sinh" "Hyperbolic sines." "[0.0]" "[0.]";
    cosh "cosh" "Hyperbolic cosines." "[0.0]" "[1.]";
    tanh "tanh" "Hyperbolic tangents." "[0.0, 50.0]" "[0. 1.]";
    to_radians "radians" "Degrees as radians." "[180.0]" "[3.14159265]";
    to_degrees "degrees" "Radians as degrees." "[0.0]" "[0.]";
    floor "floor" "The nearest whole numbers below." "[1.5, -1.5]" "[ 1. -2.]";
    ceil "ceil" "The nearest whole numbers above." "[1.5, -1.5]" "[ 2. -1.]";
    trunc "trunc" "Whole numbers, without what is behind the point." "[1.5, -1.5]" "[ 1. -1.]";
    rint "rint" "The nearest whole numbers, halves to the even one." "[0.5, 1.5, 2.6]" "[0. 2. 3.]";
    conjugate "conjugate" "Complex conjugates." "[Complex::new(1.0, 2.0)]" "[1.-2.j]";
    is_nan "isnan" "Where elements are NaN." "[1.0, f64::NAN]" "[False  True]";
    is_inf "isinf" "Where elements are infinite." "[1.0, f64::INFINITY]" "[False  True]";
    is_finite "isfinite" "Where elements are neither infinite nor NaN." "[1.0, f64::NAN]" "[ True False]";
    sign_bit "signbit" "Where the sign is set." "[0.0, -0.0]" "[False  True]";
    logical_not "logical_not" "Where elements are zero (false)." "[0, 3]" "[ True False]";
    invert "invert" "All bits turned; of bools, `!x`." "[0, 1]" "[-1 -2]";
}

binary! {
    add "add" "`a + b`." "[1, 2]" "0.5" "[1.5 2.5]";
    subtract "subtract" "`a - b`." "[1, 2]" "1" "[0 1]";
    multiply "multiply" "`a * b`." "[1, 2]" "3" "[3 6]";
    divide "divide" "`a / b`; integers become floats." "[1, 2]" "2" "[0.5 1. ]";
    floor_divide "floor_divide" "The whole part of `a / b`, rounded down." "[7, -7]" "2" "[ 3 -4]";
    remainder "remainder" "What is left of `floor_divide`, with the sign of `b`." "[7, -7]" "3" "[1 2]";
    fmod "fmod" "What is left of the division cut off at the point, with the sign of `a`." "[7, -7]" "3" "[ 1 -1]";
    power "power" "`a` to the power of `b`." "[2, 3]" "3" "[ 8 27]";
    maximum "maximum" "The larger of two; NaN wins." "[1, 5]" "3" "[3 5]";
    minimum "minimum" "The smaller of two; NaN wins." "[1, 5]" "3" "[1 3]";
    fmax "fmax" "The larger of two; NaN loses." "[f64::NAN, 5.0]" "3.0" "[3. 5.]";
    fmin "fmin" "The smaller of two; NaN loses." "[f64::NAN, 5.0]" "3.0" "[3. 3.]";
    arctan2 "arctan2" "The angle of the point `(b, a)` in radians." "[0.0, 1.0]" "1.0" "[0.         0.78539816]";
    hypot "hypot" "The length of the hypotenuse." "[3.0, 5.0]" "4.0" "[5.         6.40312424]";
    copysign "copysign" "`a` with the sign of `b`." "[1.0, 2.0]" "-0.0" "[-1. -2.]";
    logaddexp "logaddexp" "`log(exp(a) + exp(b))`." "[0.0]" "f64::NEG_INFINITY" "[0.]";
    gcd "gcd" "Greatest common divisors." "[12, 20]" "8" "[4 4]";
    lcm "lcm" "Least common multiples." "[4, 6]" "10" "[20 30]";
    bitwise_and "bitwise_and" "Bits set in both." "[6, 5]" "3" "[2 1]";
    bitwise_or "bitwise_or" "Bits set in either." "[6, 5]" "3" "[7 7]";
    bitwise_xor "bitwise_xor" "Bits set in one only." "[6, 5]" "3" "[5 6]";
    left_shift "left_shift" "Bits shifted up." "[1, 2]" "3" "[ 8 16]";
    right_shift "right_shift" "Bits shifted down." "[8, 17]" "3" "[1 2]";
    equal "equal" "Where `a == b`." "[1, 2]" "2" "[False  True]";
    not_equal "not_equal" "Where `a != b`." "[1, 2]" "2" "[ True False]";
    less "less" "Where `a < b`." "[1, 2]" "2" "[ True False]";
    less_equal "less_equal" "Where `a <= b`." "[1, 2]" "2" "[ True  True]";
    greater "greater" "Where `a > b`." "[1, 2]" "1.5" "[False  True]";
    greater_equal "greater_equal" "Where `a >= b`." "[1, 2]" "2" "[False  True]";
    logical_and "logical_and" "Where both are true (not zero)." "[0, 3]" "2" "[False  True]";
    logical_or "logical_or" "Where either is true (not zero)." "[0, 3]" "0" "[False  True]";
    logical_xor "logical_xor" "Where one only is true (not zero)." "[0, 3]" "2" "[ True False]";
    matmul "matmul" "The matrix product, of the last two axes." "[[1, 2], [3, 4]]" "&Array::from([1, 10])" "[21 43]";
    vecdot "vecdot" "Sums of products along the last axis." "[[1, 2], [3, 4]]" "&Array::from([1, 10])" "[21 43]";
}

impl Array {
    /// Elements below `low` become `low`, those above `high` become `high`.
    ///
    /// # Errors
    /// As the other methods of several operands.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::arange(5)?.clip(1, 3)?.to_vec::<i64>()?, [1, 1, 2, 3, 3]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn clip<'a>(&self, low: impl Into<Input<'a>>, high: impl Into<Input<'a>>) -> Result<Array> {
        static FUNC: Known = Known::new("clip");
        FUNC.get()?.call(&[self.into(), low.into(), high.into()][..])
    }
    /// True when both have the same shape and equal elements (NaN equals nothing).
    ///
    /// # Errors
    /// `Type` or `NoLoop` for dtypes that don't compare.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(3)?;
    /// assert!(a.array_equal(&Array::from([0.0, 1.0, 2.0]))?);
    /// assert!(!a.array_equal(&Array::arange(4)?)?);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn array_equal(&self, other: &Array) -> Result<bool> {
        if self.shape() != other.shape() {
            return Ok(false);
        }
        self.equal(other)?.all(())?.item()
    }
    /// True when all elements, broadcast, differ by at most `atol + rtol * |other|`; infinities must be equal.
    ///
    /// # Errors
    /// `Broadcast`; `Type` or `NoLoop` for dtypes that are no numbers.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([1.0, 2.0]);
    /// assert!(a.all_close(&(&a * (1.0 + 1e-9)), 1e-8, 0.0)?);
    /// assert!(!a.all_close(&(&a * 1.1), 1e-8, 0.0)?);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn all_close(&self, other: &Array, rtol: f64, atol: f64) -> Result<bool> {
        let allowed = other.abs()?.multiply(rtol)?.add(atol)?;
        let near = self.subtract(other)?.abs()?.less_equal(allowed)?;
        let near = near.logical_and(other.is_finite()?)?;
        near.logical_or(self.equal(other)?)?.all(())?.item()
    }
}
