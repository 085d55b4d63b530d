"""What the other ufuncs compute: powers and logarithms, angles, bits, comparisons, logic and text (`UFUNCS`), and
products of vectors and matrices (`GUFUNCS`).

Of each: what it does, the inputs, the result, examples. What all ufuncs take is said once, in `_compose`.
"""

UFUNCS = {
    "arccos": (
        """Angle from 0 to pi, in radians, whose cosine is `x`.

Real numbers beyond [-1, 1] give NaN with an `invalid` warning; give complex ones, or `emath.arccos`, for
complex results. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The angles.",
        """>>> np.arccos([1, 0, -1])
array([0.        , 1.57079633, 3.14159265])""",
    ),
    "arccosh": (
        """Number, not negative, whose hyperbolic cosine is `x`.

Real numbers below 1 give NaN with an `invalid` warning. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The inverse hyperbolic cosines.",
        """>>> np.arccosh([1, 10, np.inf])
array([0.        , 2.99322285,        inf])""",
    ),
    "arcsin": (
        """Angle from -pi/2 to pi/2, in radians, whose sine is `x`.

Real numbers beyond [-1, 1] give NaN with an `invalid` warning; give complex ones, or `emath.arcsin`, for
complex results. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The angles.",
        """>>> np.arcsin([-1, 0, 0.5])
array([-1.57079633,  0.        ,  0.52359878])""",
    ),
    "arcsinh": (
        """Number whose hyperbolic sine is `x`.

Defined for all real numbers; infinities stay. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The inverse hyperbolic sines.",
        """>>> np.arcsinh([0, 10, -np.inf])
array([0.        , 2.99822295,       -inf])""",
    ),
    "arctan": (
        """Angle from -pi/2 to pi/2, in radians, whose tangent is `x`.

Infinities give the ends of the interval. `arctan2` takes the two legs, and so finds the quadrant. Errors are
at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The angles.",
        """>>> np.arctan([0, 1, np.inf])
array([0.        , 0.78539816, 1.57079633])""",
    ),
    "arctan2": (
        """Angle from -pi to pi, in radians, from the positive first axis to the point with coordinates (`x2`, `x1`).

The ordinate comes first. Signs of zero count: (-0.0, -1) is at -pi. Real dtypes only. Errors are at most 1
ULP (docs/accuracy.md).""",
        """x1 : array_like of float
    The ordinates.
x2 : array_like of float
    The abscissas.""",
        "The angles.",
        """>>> np.arctan2([0, 1, 0, -1], [1, 0, -1, 0])
array([ 0.        ,  1.57079633,  3.14159265, -1.57079633])""",
    ),
    "arctanh": (
        """Number whose hyperbolic tangent is `x`.

1 and -1 give infinities with a `divide` warning, real numbers beyond them NaN with an `invalid` one. Errors
are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The inverse hyperbolic tangents.",
        """>>> np.arctanh([0, 0.5])
array([0.        , 0.54930614])""",
    ),
    "bitwise_and": (
        """Bits that are set in both `x1` and `x2`.

Integers are taken in two's complement; of booleans it is the logical and. The operator `&` does the same.""",
        """x1, x2 : array_like of int or bool
    The operands, broadcast to one shape.""",
        "The common bits, in the promoted dtype.",
        """>>> np.bitwise_and(0b1100, 0b1010)
np.int64(8)
>>> np.bitwise_and([True, False], True)
array([ True, False])""",
    ),
    "bitwise_count": (
        "How many bits of each element's magnitude are set.",
        """x : array_like of int or bool
    The operand.""",
        "The counts, of dtype uint8.",
        """>>> np.bitwise_count([0, 7, -7, 255])
array([0, 3, 3, 8], dtype=uint8)""",
    ),
    "bitwise_or": (
        """Bits that are set in `x1`, in `x2`, or in both.

Of booleans it is the logical or. The operator `|` does the same.""",
        """x1, x2 : array_like of int or bool
    The operands, broadcast to one shape.""",
        "The joined bits, in the promoted dtype.",
        """>>> np.bitwise_or(0b1100, 0b1010)
np.int64(14)""",
    ),
    "bitwise_xor": (
        """Bits that are set in exactly one of `x1` and `x2`.

Of booleans it is True where they differ. The operator `^` does the same.""",
        """x1, x2 : array_like of int or bool
    The operands, broadcast to one shape.""",
        "The differing bits, in the promoted dtype.",
        """>>> np.bitwise_xor(0b1100, 0b1010)
np.int64(6)""",
    ),
    "cos": (
        """Cosine of an angle in radians.

Infinities give NaN with an `invalid` warning. Huge angles are reduced exactly. Errors are at most 1 ULP
(docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The cosines.",
        """>>> np.cos([0, np.pi / 3])
array([1. , 0.5])""",
    ),
    "cosh": (
        """Hyperbolic cosine, (exp(x) + exp(-x)) / 2.

Large magnitudes overflow to infinity with an `over` warning. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The hyperbolic cosines.",
        """>>> np.cosh([0, 1, -1])
array([1.        , 1.54308063, 1.54308063])""",
    ),
    "deg2rad": (
        """Angles in degrees turned to radians.

The same as `radians`. Real dtypes only.""",
        """x : array_like of float
    Degrees.""",
        "Radians.",
        """>>> np.deg2rad([180, 90])
array([3.14159265, 1.57079633])""",
    ),
    "degrees": (
        """Angles in radians turned to degrees.

The same as `rad2deg`. Real dtypes only.""",
        """x : array_like of float
    Radians.""",
        "Degrees.",
        """>>> np.degrees([np.pi, np.pi / 2])
array([180.,  90.])""",
    ),
    "equal": (
        """True where `x1` and `x2` are equal.

NaN and NaT equal nothing, themselves included. Python integers are compared by value, whatever the other
operand's dtype. Text compares by its characters, trailing NULs aside. The operator `==` does the same.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.equal([1, 2, np.nan], [1, 3, np.nan])
array([ True, False, False])""",
    ),
    "exp": (
        """e to the power of `x`.

Overflows to infinity with an `over` warning; of -inf it is 0. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The powers.",
        """>>> np.exp([0, 1, -np.inf])
array([1.        , 2.71828183, 0.        ])""",
    ),
    "exp2": (
        """2 to the power of `x`.

Exact for whole numbers whose powers the dtype can hold. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The powers.",
        """>>> np.exp2([3, -1, 0.5])
array([8.        , 0.5       , 1.41421356])""",
    ),
    "expm1": (
        """exp(x) - 1, without the loss of digits near 0.

Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The differences.",
        """>>> np.expm1([1e-10, 1])
array([1.00000000e-10, 1.71828183e+00])""",
    ),
    "greater": (
        """True where `x1` is greater than `x2`.

False where either is NaN or NaT. Complex numbers are ordered by their real parts, then by the imaginary ones.
The operator `>` does the same.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.greater([1, 2, 3], 2)
array([False, False,  True])""",
    ),
    "greater_equal": (
        """True where `x1` is greater than `x2` or equal to it.

False where either is NaN or NaT. The operator `>=` does the same.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.greater_equal([1, 2, 3], 2)
array([False,  True,  True])""",
    ),
    "hypot": (
        """Length of the hypotenuse of the right triangle with legs `x1` and `x2`.

sqrt(x1**2 + x2**2) without overflow on the way; infinity where a leg is infinite, even if the other is NaN.
Errors are at most 1 ULP (docs/accuracy.md).""",
        """x1, x2 : array_like of float
    The operands, broadcast to one shape.""",
        "The lengths.",
        """>>> np.hypot([3, 1e200], [4, 1e200])
array([5.00000000e+000, 1.41421356e+200])""",
    ),
    "invert": (
        """Every bit the other way; of booleans the logical not.

Of signed integers that is ``-x - 1``. The operator `~` does the same; `bitwise_not` and `bitwise_invert` are
other names.""",
        """x : array_like of int or bool
    The operand.""",
        "The inverted numbers, in the dtype of `x`.",
        """>>> np.invert([0, 5]), np.invert(np.uint8(5))
(array([-1, -6]), np.uint8(250))
>>> np.invert([True, False])
array([False,  True])""",
    ),
    "isfinite": (
        """True where an element is neither infinite nor NaN, nor NaT.

Of complex numbers both parts must be finite. Integers always are.""",
        """x : array_like of numbers or times
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.isfinite([1, np.inf, np.nan])
array([ True, False, False])""",
    ),
    "isinf": (
        """True where an element is infinite, of either sign.

Of complex numbers one infinite part is enough.""",
        """x : array_like of numbers or times
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.isinf([1, -np.inf, np.nan])
array([False,  True, False])""",
    ),
    "isnan": (
        """True where an element is NaN, or NaT.

Of complex numbers one such part is enough.""",
        """x : array_like of numbers or times
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.isnan([1, np.inf, np.nan])
array([False, False,  True])""",
    ),
    "isnat": (
        """True where a datetime or timedelta is NaT, "not a time".

TypeError for other dtypes.""",
        """x : array_like of datetime or timedelta
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.isnat(np.array(["2024-01-01", "NaT"], dtype="datetime64[D]"))
array([False,  True])""",
    ),
    "left_shift": (
        """Bits of `x1` shifted `x2` places to the left, zeros from the right.

Counts of the dtype's width or more, and negative ones, give 0. The operator `<<` does the same.""",
        """x1 : array_like of int
    The bits.
x2 : array_like of int
    The number of places.""",
        "The shifted numbers, in the promoted dtype.",
        """>>> np.left_shift([1, 5], [4, 1])
array([16, 10])""",
    ),
    "less": (
        """True where `x1` is less than `x2`.

False where either is NaN or NaT. Complex numbers are ordered by their real parts, then by the imaginary ones.
The operator `<` does the same.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.less([1, 2, 3], 2)
array([ True, False, False])""",
    ),
    "less_equal": (
        """True where `x1` is less than `x2` or equal to it.

False where either is NaN or NaT. The operator `<=` does the same.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.less_equal([1, 2, 3], 2)
array([ True,  True, False])""",
    ),
    "log": (
        """Natural logarithm.

0 gives -inf with a `divide` warning, negative real numbers NaN with an `invalid` one; give complex numbers,
or `emath.log`, for complex results. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The logarithms.",
        """>>> np.log([1, np.e, 10])
array([0.        , 1.        , 2.30258509])""",
    ),
    "log10": (
        """Logarithm to base 10.

Domain and warnings as of `log`. Exact for powers of ten. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The logarithms.",
        """>>> np.log10([1, 1000, 0.01])
array([ 0.,  3., -2.])""",
    ),
    "log1p": (
        """log(1 + x), without the loss of digits near 0.

-1 gives -inf with a `divide` warning, real numbers below NaN with an `invalid` one. Errors are at most 1 ULP
(docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The logarithms.",
        """>>> np.log1p([1e-10, 1])
array([1.00000000e-10, 6.93147181e-01])""",
    ),
    "log2": (
        """Logarithm to base 2.

Domain and warnings as of `log`. Exact for powers of two. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The logarithms.",
        """>>> np.log2([1, 8, 0.5])
array([ 0.,  3., -1.])""",
    ),
    "logaddexp": (
        """log(exp(x1) + exp(x2)), without overflow on the way.

Adds probabilities that are kept as logarithms. Real dtypes only.""",
        """x1, x2 : array_like of float
    The operands, broadcast to one shape.""",
        "The logarithms of the sums.",
        """>>> np.logaddexp(1000, 1000) - 1000
np.float64(0.6931471805598903)""",
    ),
    "logaddexp2": (
        """log2(2**x1 + 2**x2), without overflow on the way.

Real dtypes only.""",
        """x1, x2 : array_like of float
    The operands, broadcast to one shape.""",
        "The logarithms, to base 2, of the sums.",
        """>>> np.logaddexp2(2000, 2000)
np.float64(2001.0)""",
    ),
    "logical_and": (
        """True where both elements are true.

Numbers are true unless 0, NaN included; text is unless empty. Of objects the result is that of Python's
``and``.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.logical_and([1, 0, np.nan], True)
array([ True, False,  True])""",
    ),
    "logical_not": (
        """True where the element is false.

Numbers are false when 0; of objects the result is that of Python's ``not``. Fixed-width text is refused with
TypeError.""",
        """x : array_like
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.logical_not([1, 0, np.nan])
array([False,  True, False])""",
    ),
    "logical_or": (
        """True where at least one of the elements is true.

Numbers are true unless 0, NaN included; text is unless empty.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.logical_or([1, 0, 0], [0, 0, 2])
array([ True, False,  True])""",
    ),
    "logical_xor": (
        "True where exactly one of the elements is true.",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.logical_xor([1, 0, 3], [0, 0, 2])
array([ True, False, False])""",
    ),
    "not_equal": (
        """True where `x1` and `x2` differ.

NaN and NaT differ from everything, themselves included. The operator `!=` does the same.""",
        """x1, x2 : array_like
    The operands, broadcast to one shape.""",
        "The answers, of dtype bool.",
        """>>> np.not_equal([1, 2, np.nan], [1, 3, np.nan])
array([False,  True,  True])""",
    ),
    "rad2deg": (
        """Angles in radians turned to degrees.

The same as `degrees`. Real dtypes only.""",
        """x : array_like of float
    Radians.""",
        "Degrees.",
        """>>> np.rad2deg([np.pi, -np.pi / 2])
array([180., -90.])""",
    ),
    "radians": (
        """Angles in degrees turned to radians.

The same as `deg2rad`. Real dtypes only.""",
        """x : array_like of float
    Degrees.""",
        "Radians.",
        """>>> np.radians([0, 180])
array([0.        , 3.14159265])""",
    ),
    "right_shift": (
        """Bits of `x1` shifted `x2` places to the right.

Signed numbers keep their sign; so the shift divides by powers of two and rounds down. The operator `>>` does
the same.""",
        """x1 : array_like of int
    The bits.
x2 : array_like of int
    The number of places.""",
        "The shifted numbers, in the promoted dtype.",
        """>>> np.right_shift([16, -5], 1)
array([ 8, -3])""",
    ),
    "sin": (
        """Sine of an angle in radians.

Infinities give NaN with an `invalid` warning. Huge angles are reduced exactly. Errors are at most 1 ULP
(docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The sines.",
        """>>> np.sin([0, np.pi / 6])
array([0. , 0.5])""",
    ),
    "sinh": (
        """Hyperbolic sine, (exp(x) - exp(-x)) / 2.

Large magnitudes overflow to infinities with an `over` warning. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The hyperbolic sines.",
        """>>> np.sinh([0, 1, -1])
array([ 0.        ,  1.17520119, -1.17520119])""",
    ),
    "tan": (
        """Tangent of an angle in radians.

Infinities give NaN with an `invalid` warning. Huge angles are reduced exactly. Errors are at most 1 ULP
(docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The tangents.",
        """>>> np.tan([0, 1])
array([0.        , 1.55740772])""",
    ),
    "tanh": (
        """Hyperbolic tangent, sinh(x) / cosh(x).

From -1 to 1, which it reaches at the infinities. Errors are at most 1 ULP (docs/accuracy.md).""",
        """x : array_like of float or complex
    The operand.""",
        "The hyperbolic tangents.",
        """>>> np.tanh([0, 1, np.inf])
array([0.        , 0.76159416, 1.        ])""",
    ),
    "isalnum": (
        "True where text is not empty and all its characters are letters or digits.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isalnum(["a1", "a b", ""])
array([ True, False, False])""",
    ),
    "isalpha": (
        "True where text is not empty and all its characters are letters.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isalpha(["ab", "a1", ""])
array([ True, False, False])""",
    ),
    "isdecimal": (
        "True where text is not empty and all its characters are decimal digits.",
        """x : array_like of str
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isdecimal(["12", "1.2", ""])
array([ True, False, False])""",
    ),
    "isdigit": (
        "True where text is not empty and all its characters are digits, raised ones included.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isdigit(["12", "1.2", ""])
array([ True, False, False])""",
    ),
    "islower": (
        "True where text has letters with case, and all of them are small.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.islower(["ab1", "aB", "1"])
array([ True, False, False])""",
    ),
    "isnumeric": (
        "True where text is not empty and all its characters are numbers, fractions included.",
        """x : array_like of str
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isnumeric(["12", "½", "-1"])
array([ True,  True, False])""",
    ),
    "isspace": (
        "True where text is not empty and all its characters are white space.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isspace(["  ", " a", ""])
array([ True, False, False])""",
    ),
    "istitle": (
        "True where each word begins with a capital, and only there are capitals.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.istitle(["Ab Cd", "Ab cd", "AB"])
array([ True, False, False])""",
    ),
    "isupper": (
        "True where text has letters with case, and all of them are capitals.",
        """x : array_like of str or bytes
    The operand.""",
        "The answers, of dtype bool.",
        """>>> np.strings.isupper(["AB1", "aB", "1"])
array([ True, False, False])""",
    ),
    "str_len": (
        "The number of characters of text, or of bytes, without the NULs at the end.",
        """x : array_like of str or bytes
    The operand.""",
        "The lengths, of dtype int64.",
        """>>> np.strings.str_len(["abc", ""])
array([3, 0])""",
    ),
}

GUFUNCS = {
    "matmul": (
        """Matrix product over the last two axes; the axes before are broadcast.

A 1-d operand is taken as a row (first) or a column (second), and that axis is dropped from the result.
Integer products wrap around. ValueError when the inner lengths differ or an operand has no axes. The operator
`@` does the same.""",
        """x1 : array_like, shape (..., n, k) or (k,)
    The left matrices.
x2 : array_like, shape (..., k, m) or (k,)
    The right matrices.""",
        "The products, of shape (..., n, m), in the promoted dtype.",
        """>>> np.matmul([[1, 2], [3, 4]], [[0, 1], [1, 0]])
array([[2, 1],
       [4, 3]])
>>> np.matmul(np.ones((5, 2, 3)), np.ones((3, 4))).shape
(5, 2, 4)""",
    ),
    "matvec": (
        """Products of matrices with vectors, the axes before broadcast.

ValueError when the inner lengths differ.""",
        """x1 : array_like, shape (..., m, n)
    The matrices.
x2 : array_like, shape (..., n)
    The vectors.""",
        "The products, of shape (..., m), in the promoted dtype.",
        """>>> np.matvec([[1, 2], [3, 4]], [[1, 0], [0, 1]])
array([[1, 3],
       [2, 4]])""",
    ),
    "vecdot": (
        """Dot products of vectors along the last axis, the first conjugated.

ValueError when the vectors' lengths differ.""",
        """x1 : array_like, shape (..., n)
    The first vectors.
x2 : array_like, shape (..., n)
    The second vectors.""",
        "The products, of shape (...), in the promoted dtype.",
        """>>> np.vecdot([[1, 2], [3, 4]], [10, 1])
array([12, 34])
>>> np.vecdot([1j, 2], [1j, 3])
np.complex128(7+0j)""",
    ),
    "vecmat": (
        """Products of vectors, conjugated, with matrices, the axes before broadcast.

ValueError when the inner lengths differ.""",
        """x1 : array_like, shape (..., n)
    The vectors.
x2 : array_like, shape (..., n, m)
    The matrices.""",
        "The products, of shape (..., m), in the promoted dtype.",
        """>>> np.vecmat([1, 10], [[1, 2], [3, 4]])
array([31, 42])""",
    ),
}
