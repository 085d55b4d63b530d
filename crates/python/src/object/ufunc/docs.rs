//! What each built-in ufunc does, in a line.

/// Name and text, sorted.
const DOCS: &[(&str, &str)] = &[
    ("absolute", "Magnitude of each element; of complex numbers their modulus."),
    ("add", "Sum of two arrays, element by element; text is joined."),
    ("arccos", "Angle in radians, from 0 to pi, whose cosine is x."),
    ("arccosh", "Inverse of the hyperbolic cosine."),
    ("arcsin", "Angle in radians, from -pi/2 to pi/2, whose sine is x."),
    ("arcsinh", "Inverse of the hyperbolic sine."),
    ("arctan", "Angle in radians, from -pi/2 to pi/2, whose tangent is x."),
    ("arctan2", "Angle in radians, from -pi to pi, of the point (x2, x1)."),
    ("arctanh", "Inverse of the hyperbolic tangent."),
    ("bitwise_and", "Bits set in both."),
    ("bitwise_count", "How many bits of the magnitude are set."),
    ("bitwise_or", "Bits set in either."),
    ("bitwise_xor", "Bits set in one of the two alone."),
    ("cbrt", "Cube root."),
    ("ceil", "Smallest whole number not below x."),
    ("clip", "The elements, limited to a range."),
    ("conjugate", "Complex conjugate."),
    ("copysign", "Magnitude of x1 with the sign of x2."),
    ("cos", "Cosine of an angle in radians."),
    ("cosh", "Hyperbolic cosine."),
    ("deg2rad", "Degrees to radians."),
    ("degrees", "Radians to degrees."),
    ("divide", "Quotient; of integers as floating-point numbers."),
    ("divmod", "Floored quotient and remainder."),
    ("equal", "True where the elements are equal."),
    ("exp", "e to the power of x."),
    ("exp2", "2 to the power of x."),
    ("expm1", "exp(x) - 1, exact near 0."),
    ("fabs", "Magnitude as a floating-point number."),
    ("float_power", "x1 to the power of x2, in double precision at least."),
    ("floor", "Largest whole number not above x."),
    ("floor_divide", "Quotient rounded down."),
    ("fmax", "The larger element; a number where the other is NaN."),
    ("fmin", "The smaller element; a number where the other is NaN."),
    ("fmod", "Remainder with the sign of the dividend."),
    ("frexp", "Mantissa, from 0.5 to 1, and exponent of 2."),
    ("gcd", "Greatest common divisor."),
    ("greater", "True where x1 is greater."),
    ("greater_equal", "True where x1 is greater or equal."),
    ("heaviside", "0 below zero, 1 above, x2 at zero."),
    ("hypot", "Length of the hypotenuse with legs x1 and x2."),
    ("invert", "Every bit the other way."),
    ("isfinite", "True where the element is neither infinite nor NaN."),
    ("isinf", "True where the element is infinite."),
    ("isnan", "True where the element is NaN."),
    ("isnat", "True where the element is not a time."),
    ("lcm", "Least common multiple."),
    ("ldexp", "x1 * 2**x2."),
    ("left_shift", "Bits shifted to the left."),
    ("less", "True where x1 is less."),
    ("less_equal", "True where x1 is less or equal."),
    ("log", "Natural logarithm."),
    ("log10", "Logarithm to base 10."),
    ("log1p", "log(1 + x), exact near 0."),
    ("log2", "Logarithm to base 2."),
    ("logaddexp", "log(exp(x1) + exp(x2)) without overflow."),
    ("logaddexp2", "log2(2**x1 + 2**x2) without overflow."),
    ("logical_and", "True where both are true."),
    ("logical_not", "True where the element is false."),
    ("logical_or", "True where either is true."),
    ("logical_xor", "True where one of the two alone is true."),
    ("matmul", "Matrix product of the last two axes."),
    ("matvec", "Products of matrices and vectors."),
    ("maximum", "The larger element; NaN where either is."),
    ("minimum", "The smaller element; NaN where either is."),
    ("modf", "Fraction and whole part."),
    ("multiply", "Product of two arrays, element by element."),
    ("negative", "The element with the other sign."),
    ("nextafter", "The neighbour of x1 towards x2."),
    ("not_equal", "True where the elements differ."),
    ("positive", "The element itself."),
    ("power", "x1 to the power of x2."),
    ("rad2deg", "Radians to degrees."),
    ("radians", "Degrees to radians."),
    ("reciprocal", "1 / x."),
    ("remainder", "Remainder with the sign of the divisor."),
    ("right_shift", "Bits shifted to the right."),
    ("rint", "Nearest whole number, ties to even."),
    ("sign", "-1, 0 or 1; of complex numbers x / abs(x)."),
    ("signbit", "True where the sign bit is set."),
    ("sin", "Sine of an angle in radians."),
    ("sinh", "Hyperbolic sine."),
    ("spacing", "Distance to the next number away from zero."),
    ("sqrt", "Square root."),
    ("square", "x * x."),
    ("subtract", "Difference of two arrays, element by element."),
    ("tan", "Tangent of an angle in radians."),
    ("tanh", "Hyperbolic tangent."),
    ("trunc", "Whole part, towards zero."),
    ("vecdot", "Dot products of vectors, the first conjugated."),
    ("vecmat", "Products of vectors, conjugated, and matrices."),
];

/// The text of a built-in ufunc.
pub(super) fn of(name: &str) -> &'static str {
    let found = DOCS.binary_search_by_key(&name, |row| row.0);
    found.map_or("A function that works on arrays element by element.", |index| DOCS[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(DOCS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(of("sin"), "Sine of an angle in radians.");
    }
}
