"""Services for series of polynomials: checked coefficients, domains, trimming.

A series is a one-dimensional array of coefficients, lowest degree first.
"""

import operator

import sharray as np

from .._core.multiarray import dragon4_positional as _positional, dragon4_scientific as _scientific

__all__ = ["as_series", "trimseq", "trimcoef", "getdomain", "mapdomain", "mapparms", "format_float"]


def trimseq(seq):
    """`seq` without its trailing zeros, one of which stays if there is nothing else.

    Parameters
    ----------
    seq : sequence

    Returns
    -------
    sequence.

    Examples
    --------
    >>> trimseq([1, 2, 0, 0])
    [1, 2]
    """
    if len(seq) == 0 or seq[-1] != 0:
        return seq
    last = next((i for i in range(len(seq) - 1, -1, -1) if seq[i] != 0), 0)
    return seq[: last + 1]


def as_series(alist, trim=True):
    """A list of one-dimensional arrays of one inexact (or object) dtype, trimmed if `trim`.

    ValueError for empty arrays, for more dimensions, or where there is no common dtype.

    Parameters
    ----------
    alist : sequence of array_like, 1-d
    trim : bool, optional
        Whether zeros of the highest degrees are dropped.

    Returns
    -------
    list of ndarray, of one dtype.

    Examples
    --------
    >>> as_series([[1, 2, 0], [3.0]])
    [array([1., 2.]), array([3.])]
    """
    arrays = [np.array(one, ndmin=1, copy=None) for one in alist]
    for one in arrays:
        if one.size == 0:
            raise ValueError("Coefficient array is empty")
        if one.ndim != 1:
            raise ValueError("Coefficient array is not 1-d")
    if trim:
        arrays = [trimseq(one) for one in arrays]
    if any(one.dtype == np.dtype(object) for one in arrays):
        result = []
        for one in arrays:
            made = np.empty(len(one), dtype=np.dtype(object))
            made[:] = one[:]
            result.append(made)
        return result
    try:
        common = np.common_type(*arrays)
    except Exception as error:
        raise ValueError("Coefficient arrays have no common type") from error
    return [np.array(one, copy=True, dtype=common) for one in arrays]


def trimcoef(c, tol=0):
    """The series without trailing coefficients of magnitude at most `tol`; ValueError if it is negative.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first.
    tol : float, optional
        Coefficients of a magnitude up to it are dropped at the end.

    Returns
    -------
    ndarray, 1-d.

    Raises
    ------
    ValueError
        A negative tolerance.

    Examples
    --------
    >>> np.polynomial.polynomial.polytrim([1, 2, 0])
    array([1., 2.])
    """
    if tol < 0:
        raise ValueError("tol must be non-negative")
    [c] = as_series([c])
    (large,) = np.nonzero(np.abs(c) > tol)
    return c[:1] * 0 if len(large) == 0 else c[: large[-1] + 1].copy()


def getdomain(x):
    """The smallest domain that holds the points: [min, max], for complex ones two corners.

    Parameters
    ----------
    x : array_like, 1-d

    Returns
    -------
    ndarray of two numbers; of complex ones the corners of the least rectangle.

    Examples
    --------
    >>> getdomain([3, 1, 2])
    array([1., 3.])
    """
    [x] = as_series([x], trim=False)
    if x.dtype.char in np.typecodes["Complex"]:
        return np.array((complex(x.real.min(), x.imag.min()), complex(x.real.max(), x.imag.max())))
    return np.array((x.min(), x.max()))


def mapparms(old, new):
    """(offset, scale) of the linear map from the domain `old` to `new`.

    Parameters
    ----------
    old : (float, float)
    new : (float, float)

    Returns
    -------
    (offset, scale).

    Examples
    --------
    >>> [float(v) for v in mapparms((-1, 1), (0, 4))]
    [2.0, 2.0]
    """
    old_length, new_length = old[1] - old[0], new[1] - new[0]
    offset = (old[1] * new[0] - old[0] * new[1]) / old_length
    return offset, new_length / old_length


def mapdomain(x, old, new):
    """The points `x` under the linear map from the domain `old` to `new`.

    Parameters
    ----------
    x : array_like
    old : (float, float)
        The interval that `x` belongs to.
    new : (float, float)
        The interval that the result belongs to.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> mapdomain([0, 1], (0, 1), (2, 4))
    array([2., 4.])
    """
    if type(x) not in (int, float, complex) and not isinstance(x, np.generic):
        x = np.asanyarray(x)
    offset, scale = mapparms(old, new)
    return offset + scale * x


def format_float(x, parens=False):
    """A number as arrays print it: shortest digits, scientific beyond 1e8 and below 1e-4.

    Parameters
    ----------
    x : float
    parens : bool, optional
        Whether to put it in parentheses.

    Returns
    -------
    str.

    Examples
    --------
    >>> format_float(1e-10, parens=True)
    '(1.0e-10)'
    """
    if not np.issubdtype(type(x), np.floating):
        return str(x)
    options = np.get_printoptions()
    if np.isnan(x):
        return options["nanstr"]
    if np.isinf(x):
        return options["infstr"]
    size = np.abs(x)
    scientific = x != 0 and (size >= 1.0e8 or size < 10.0 ** (-(options["precision"] - 1) // 2))
    trim, unique = ("k", False) if options["floatmode"] == "fixed" else ("0", True)
    if scientific:
        text = _scientific(x, precision=options["precision"], unique=unique, trim=trim, sign=options["sign"] == "+")
        return f"({text})" if parens else text
    return _positional(
        x, precision=options["precision"], fractional=True, unique=unique, trim=trim, sign=options["sign"] == "+"
    )


def _as_int(x, desc):
    """`x` as an int; TypeError that names it as `desc`."""
    try:
        return operator.index(x)
    except TypeError as error:
        raise TypeError(f"{desc} must be an integer, received {x}") from error


def _div(multiply, c1, c2):
    """(quotient, remainder) of two series, with the family's product `multiply`."""
    [c1, c2] = as_series([c1, c2])
    if c2[-1] == 0:
        raise ZeroDivisionError
    if len(c1) < len(c2):
        return c1[:1] * 0, c1
    if len(c2) == 1:
        return c1 / c2[-1], c1[:1] * 0
    quotient = np.empty(len(c1) - len(c2) + 1, dtype=c1.dtype)
    rest = c1
    for place in range(len(c1) - len(c2), -1, -1):
        product = multiply([0] * place + [1], c2)
        factor = rest[-1] / product[-1]
        rest = rest[:-1] - factor * product[:-1]
        quotient[place] = factor
    return quotient, trimseq(rest)


def _pow(multiply, c, exponent, limit):
    """The series to the power of a non-negative integer, by repeated products."""
    [c] = as_series([c])
    count = int(exponent)
    if count != exponent or count < 0:
        raise ValueError("Power must be a non-negative integer.")
    if limit is not None and count > limit:
        raise ValueError("Power is too large")
    if count == 0:
        return np.array([1], dtype=c.dtype)
    result = c
    for _ in range(count - 1):
        result = multiply(result, c)
    return result


def _vander_nd(vander_fs, points, degrees):
    """Products of matrices of basis polynomials, one function for each coordinate.

    Shape ``points[0].shape + (number of degree combinations,)``.
    """
    n = len(vander_fs)
    if n != len(points):
        raise ValueError(f"Expected {n} dimensions of sample points, got {len(points)}")
    if n != len(degrees):
        raise ValueError(f"Expected {n} dimensions of degrees, got {len(degrees)}")
    if n == 0:
        raise ValueError("Unable to guess a dtype or shape when no points are given")
    points = tuple(np.asarray(tuple(points)) + 0.0)
    product = 1
    for place, (vander, p, degree) in enumerate(zip(vander_fs, points, degrees, strict=True)):
        index = (Ellipsis, *(slice(None) if i == place else None for i in range(n)))
        product = product * vander(p, degree)[index]
    return product.reshape(product.shape[:-n] + (-1,))
