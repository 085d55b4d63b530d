"""What the functions of arithmetic compute, and those of single numbers: signs, rounding, parts, extrema.

Of each: what it does, the inputs, the result, examples. What all ufuncs take is said once, in `_compose`.
"""

UFUNCS = {
    "absolute": (
        """Magnitude of each element; of complex numbers the modulus.

Booleans stay as they are. Of complex dtypes the result is real, and does not overflow on the way. The most
negative integer has no positive counterpart in its dtype and stays itself. `abs` is another name.""",
        """x : array_like of bool, int, float, complex or timedelta
    The operand.""",
        "The magnitudes, as `x` in dtype; real for complex `x`.",
        """>>> np.absolute([-1.5, 2, -np.inf])
array([1.5, 2. , inf])
>>> np.absolute(3 + 4j)
np.float64(5.0)""",
    ),
    "add": (
        """Sum of `x1` and `x2`, element by element; text is joined.

Integers wrap around when the sum does not fit, booleans are or-ed, datetimes take timedeltas. The operator
`+` does the same.""",
        """x1, x2 : array_like of numbers, text, times or objects
    The operands, broadcast to one shape.""",
        "The sums, in the promoted dtype.",
        """>>> np.add([[1, 2], [3, 4]], [10, 20])
array([[11, 22],
       [13, 24]])
>>> np.add(np.datetime64("2024-02-28"), np.timedelta64(2, "D"))
np.datetime64('2024-03-01')
>>> np.add(["a", "b"], "x")
array(['ax', 'bx'], dtype='<U2')""",
    ),
    "cbrt": (
        """Cube root, of negative numbers too.

Real dtypes only; infinities, zeros and NaN stay. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float
    The operand.""",
        "The real cube roots.",
        """>>> np.cbrt([27, -8, 0])
array([ 3., -2.,  0.])""",
    ),
    "ceil": (
        """Smallest whole number that is not below the element.

Integers and booleans stay as they are.""",
        """x : array_like of int or float
    The operand.""",
        "The rounded numbers, in the dtype of `x`.",
        """>>> np.ceil([1.2, -1.2, 3])
array([ 2., -1.,  3.])""",
    ),
    "conjugate": (
        """Complex conjugate: the imaginary part changes its sign.

Real numbers stay. `conj` is another name.""",
        """x : array_like of numbers
    The operand.""",
        "The conjugates, in the dtype of `x`.",
        """>>> np.conjugate([1 + 2j, 3])
array([1.-2.j, 3.-0.j])""",
    ),
    "copysign": (
        """Magnitude of `x1` with the sign of `x2`.

Zeros and NaN have signs as well.""",
        """x1 : array_like of float
    The magnitudes.
x2 : array_like of float
    Only their signs count.""",
        "The numbers.",
        """>>> np.copysign([1, -2, 3], [-0.0, 1, -5])
array([-1.,  2., -3.])""",
    ),
    "divide": (
        """Quotient of `x1` by `x2`; integers are divided as float64.

Division by zero gives an infinity with a `divide` warning, 0/0 NaN with an `invalid` one. A timedelta may be
divided by a number or by another timedelta. The operator `/` does the same; `true_divide` is another name.""",
        """x1 : array_like of numbers or timedelta
    The dividends.
x2 : array_like of numbers or timedelta
    The divisors.""",
        "The quotients.",
        """>>> np.divide([1, 2, 3], 2)
array([0.5, 1. , 1.5])
>>> with np.errstate(divide="ignore"):
...     np.divide(-1, [0.0, np.inf])
array([-inf,  -0.])""",
    ),
    "divmod": (
        """Quotient, rounded down, and the remainder that goes with it.

`x1` is ``quotient * x2 + remainder``; a remainder has the sign of its divisor. Integers divided by zero give
(0, 0) with a `divide` warning. Python's `divmod` calls it.""",
        """x1 : array_like of int, float or timedelta
    The dividends.
x2 : array_like of int, float or timedelta
    The divisors.""",
        "Quotients and remainders, as `floor_divide` and `remainder` give them.",
        """>>> np.divmod([7, -7], 3)
(array([ 2, -3]), array([1, 2]))""",
    ),
    "fabs": (
        """Magnitude of each element as a floating-point number.

As `absolute` for real numbers, but integers become floats; complex ones are refused.""",
        """x : array_like of int or float
    The operand.""",
        "The magnitudes.",
        """>>> np.fabs([-1, 2.5])
array([1. , 2.5])""",
    ),
    "float_power": (
        """`x1` to the power of `x2`, computed in float64 or complex128 at least.

So integers may have negative exponents. Negative real bases with fractional exponents give NaN with an
`invalid` warning.""",
        """x1 : array_like of numbers
    The bases.
x2 : array_like of numbers
    The exponents.""",
        "The powers, floating-point or complex.",
        """>>> np.float_power([2, 3], [-1, 2])
array([0.5, 9. ])""",
    ),
    "floor": (
        """Largest whole number that is not above the element.

Integers and booleans stay as they are.""",
        """x : array_like of int or float
    The operand.""",
        "The rounded numbers, in the dtype of `x`.",
        """>>> np.floor([1.8, -1.2, 3])
array([ 1., -2.,  3.])""",
    ),
    "floor_divide": (
        """Quotient rounded down to a whole number.

Integers divided by zero give 0 with a `divide` warning. The operator `//` does the same.""",
        """x1 : array_like of int, float or timedelta
    The dividends.
x2 : array_like of int, float or timedelta
    The divisors.""",
        "The quotients, in the promoted dtype; whole timedeltas by timedeltas give int64.",
        """>>> np.floor_divide([7, -7, 7.5], 2)
array([ 3., -4.,  3.])""",
    ),
    "fmax": (
        """The larger of two elements; where one is NaN, the other.

NaN only where both are. `maximum` hands NaN on.""",
        """x1, x2 : array_like of real or complex numbers, or times
    The operands, broadcast to one shape.""",
        "The larger elements, in the promoted dtype.",
        """>>> np.fmax([1, np.nan, np.nan], [2, 5, np.nan])
array([ 2.,  5., nan])""",
    ),
    "fmin": (
        """The smaller of two elements; where one is NaN, the other.

NaN only where both are. `minimum` hands NaN on.""",
        """x1, x2 : array_like of real or complex numbers, or times
    The operands, broadcast to one shape.""",
        "The smaller elements, in the promoted dtype.",
        """>>> np.fmin([1, np.nan, np.nan], [2, 5, np.nan])
array([ 1.,  5., nan])""",
    ),
    "fmod": (
        """Remainder of a division that rounds towards zero; it has the dividend's sign.

As C's `fmod`; `remainder` is the one of Python's ``%``. Division by zero gives NaN with an `invalid` warning,
of integers 0 with a `divide` one.""",
        """x1 : array_like of int or float
    The dividends.
x2 : array_like of int or float
    The divisors.""",
        "The remainders, in the promoted dtype.",
        """>>> np.fmod([7, -7], 3), np.remainder([7, -7], 3)
(array([ 1, -1]), array([1, 2]))""",
    ),
    "frexp": (
        """Mantissa, from 0.5 up to but not including 1, and exponent of 2 of each element.

The magnitudes are ``mantissa * 2**exponent``; the sign is the mantissa's. 0, infinities and NaN stay, with
exponent 0. `ldexp` is the inverse.""",
        """x : array_like of float
    The operand.""",
        "Mantissas in the dtype of `x`, and exponents of dtype int32.",
        """>>> np.frexp([6.0, -0.25, 0])
(array([ 0.75, -0.5 ,  0.  ]), array([ 3, -1,  0], dtype=int32))""",
    ),
    "gcd": (
        """Greatest common divisor, never negative.

The divisor of 0 and n is the magnitude of n.""",
        """x1, x2 : array_like of int
    The operands, broadcast to one shape.""",
        "The divisors, in the promoted dtype.",
        """>>> np.gcd([12, 0, -8], 18)
array([ 6, 18,  2])""",
    ),
    "heaviside": (
        """Step function: 0 below zero, 1 above, `x2` at zero.

NaN stays.""",
        """x1 : array_like of float
    Where to evaluate.
x2 : array_like of float
    The value at zero, often 0.5.""",
        "The values.",
        """>>> np.heaviside([-1.5, 0, 2], 0.5)
array([0. , 0.5, 1. ])""",
    ),
    "lcm": (
        """Least common multiple of the magnitudes.

0 where an element is 0. Multiples that don't fit the dtype wrap around.""",
        """x1, x2 : array_like of int
    The operands, broadcast to one shape.""",
        "The multiples, in the promoted dtype.",
        """>>> np.lcm([4, 0, -3], 6)
array([12,  0,  6])""",
    ),
    "ldexp": (
        """``x1 * 2**x2``, exactly where the result can be held.

The inverse of `frexp`.""",
        """x1 : array_like of float
    The mantissas.
x2 : array_like of int
    The exponents.""",
        "The numbers, in the dtype of `x1`.",
        """>>> np.ldexp([0.75, 1], [3, -2])
array([6.  , 0.25])""",
    ),
    "maximum": (
        """The larger of two elements; NaN where either is NaN.

Complex numbers are ordered by their real parts, then by the imaginary ones. `fmax` prefers numbers to NaN.""",
        """x1, x2 : array_like of numbers or times
    The operands, broadcast to one shape.""",
        "The larger elements, in the promoted dtype.",
        """>>> np.maximum([1, 5, np.nan], [2, 3, 4])
array([ 2.,  5., nan])""",
    ),
    "minimum": (
        """The smaller of two elements; NaN where either is NaN.

Complex numbers are ordered by their real parts, then by the imaginary ones. `fmin` prefers numbers to NaN.""",
        """x1, x2 : array_like of numbers or times
    The operands, broadcast to one shape.""",
        "The smaller elements, in the promoted dtype.",
        """>>> np.minimum([1, 5, np.nan], [2, 3, 4])
array([ 1.,  3., nan])""",
    ),
    "modf": (
        """Fraction and whole part of each element, both with its sign.

The fraction of an infinity is a zero. Integers give floats.""",
        """x : array_like of float
    The operand.""",
        "Fractions and whole parts.",
        """>>> np.modf([1.75, -2.5])
(array([ 0.75, -0.5 ]), array([ 1., -2.]))""",
    ),
    "multiply": (
        """Product of `x1` and `x2`, element by element.

Integers wrap around when the product does not fit, booleans are and-ed, timedeltas are scaled by numbers;
text is repeated by `strings.multiply`, not here. The operator `*` does the same.""",
        """x1, x2 : array_like of numbers, timedelta or objects
    The operands, broadcast to one shape.""",
        "The products, in the promoted dtype.",
        """>>> np.multiply([[1], [2]], [10, 20])
array([[10, 20],
       [20, 40]])""",
    ),
    "negative": (
        """Each element with the other sign.

Unsigned integers wrap around; booleans are refused with TypeError. The operator ``-`` with one operand does
the same.""",
        """x : array_like of numbers or timedelta
    The operand.""",
        "The negated elements, in the dtype of `x`.",
        """>>> np.negative([1, -2.5]), np.negative(np.uint8(1))
(array([-1. ,  2.5]), np.uint8(255))""",
    ),
    "nextafter": (
        """The representable number next to `x1` in the direction of `x2`.

`x2` where both are equal.""",
        """x1 : array_like of float
    Where to start.
x2 : array_like of float
    Where to go.""",
        "The neighbours, in the promoted dtype.",
        """>>> np.nextafter(1, 2) - 1
np.float64(2.220446049250313e-16)""",
    ),
    "positive": (
        """Each element itself, in a new array.

Booleans are refused with TypeError. The operator ``+`` with one operand does the same.""",
        """x : array_like of numbers or timedelta
    The operand.""",
        "A copy of `x`.",
        """>>> np.positive([1, -2])
array([ 1, -2])""",
    ),
    "power": (
        """`x1` to the power of `x2`.

Integers stay integers, wrap around, and must not have negative exponents (ValueError); `float_power` allows
them. Negative real bases with fractional exponents give NaN with an `invalid` warning. The operator ``**``
does the same; `pow` is another name. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x1 : array_like of numbers
    The bases.
x2 : array_like of numbers
    The exponents.""",
        "The powers, in the promoted dtype.",
        """>>> np.power([2, 3, 4], [3, 2, 0])
array([8, 9, 1])
>>> np.power([4, 9], 0.5)
array([2., 3.])""",
    ),
    "reciprocal": (
        """1 / x, in the dtype of `x`.

Of integers the whole part, which is 0 beyond 1 and -1; use floats. 0.0 gives an infinity with a `divide`
warning.""",
        """x : array_like of numbers
    The operand.""",
        "The inverses.",
        """>>> np.reciprocal([2.0, -0.5]), np.reciprocal([1, 2])
(array([ 0.5, -2. ]), array([1, 0]))""",
    ),
    "remainder": (
        """Remainder of the division that rounds down; it has the divisor's sign.

As Python's ``%``, which calls it; `mod` is another name. Floats divided by zero give NaN with an `invalid`
warning, integers 0 with a `divide` one. `fmod` has the dividend's sign.""",
        """x1 : array_like of int, float or timedelta
    The dividends.
x2 : array_like of int, float or timedelta
    The divisors.""",
        "The remainders, in the promoted dtype.",
        """>>> np.remainder([7, -7, 7.5], 3)
array([1. , 2. , 1.5])""",
    ),
    "rint": (
        """Nearest whole number; of two equally near ones the even.

Stays floating-point; `round` takes decimals.""",
        """x : array_like of float or complex
    The operand.""",
        "The rounded numbers, in the dtype of `x`.",
        """>>> np.rint([0.5, 1.5, -2.7])
array([ 0.,  2., -3.])""",
    ),
    "sign": (
        """-1, 0 or 1 by the element's sign; of complex numbers ``x / abs(x)``.

NaN stays.""",
        """x : array_like of numbers or timedelta
    The operand.""",
        "The signs, in the dtype of `x`.",
        """>>> np.sign([-3.5, 0, 7]), np.sign(3 - 4j)
(array([-1.,  0.,  1.]), np.complex128(0.6-0.8j))""",
    ),
    "signbit": (
        "True where the sign bit is set: negative numbers, -0.0 and negative NaN.",
        """x : array_like of int or float
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.signbit([-1, 0.0, -0.0])
array([ True, False,  True])""",
    ),
    "spacing": (
        """Distance from each element to the next representable number away from zero.

It has the element's sign; infinities give NaN. Real dtypes only.""",
        """x : array_like of float
    The operand.""",
        "The distances.",
        """>>> np.spacing(1.0) == np.finfo(float).eps
np.True_""",
    ),
    "sqrt": (
        """Square root, correctly rounded.

Negative real numbers give NaN with an `invalid` warning; give complex ones, or `emath.sqrt`, for complex
results. -0.0 stays.""",
        """x : array_like of float or complex
    The operand.""",
        "The roots that are not negative; of complex numbers those with a real part that is not negative.",
        """>>> np.sqrt([4, 2, np.inf])
array([2.        , 1.41421356,        inf])
>>> np.sqrt(-4 + 0j)
np.complex128(2j)""",
    ),
    "square": (
        """``x * x``.

Integers wrap around.""",
        """x : array_like of numbers
    The operand.""",
        "The squares, in the dtype of `x`.",
        """>>> np.square([-3, 1.5])
array([9.  , 2.25])""",
    ),
    "subtract": (
        """Difference of `x1` and `x2`, element by element.

Integers wrap around when the difference does not fit; datetimes give timedeltas; booleans are refused with
TypeError. The operator ``-`` does the same.""",
        """x1 : array_like of numbers, times or objects
    What to subtract from.
x2 : array_like of numbers, times or objects
    What to subtract.""",
        "The differences, in the promoted dtype.",
        """>>> np.subtract([5, 2.5], [1, 2])
array([4. , 0.5])
>>> np.subtract(np.datetime64("2024-03-01"), np.datetime64("2024-02-28"))
np.timedelta64(2,'D')""",
    ),
    "trunc": (
        """Whole part of each element: rounded towards zero.

Integers and booleans stay as they are.""",
        """x : array_like of int or float
    The operand.""",
        "The whole parts, in the dtype of `x`.",
        """>>> np.trunc([1.8, -1.8])
array([ 1., -1.])""",
    ),
}
