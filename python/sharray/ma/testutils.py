"""Assertions for tests of masked arrays: masked values are equal to anything.

They are called as those of `sharray.testing`, and raise AssertionError.
"""

import operator
from unittest import TestCase

import sharray as np
from sharray.testing import (
    assert_,
    assert_allclose,
    assert_array_almost_equal_nulp,
    assert_raises,
    build_err_msg,
)

from .._utils import set_module
from .core import filled, getmask, mask_or, masked, masked_array, nomask

__all__ = [
    "almost",
    "approx",
    "assert_almost_equal",
    "assert_array_almost_equal",
    "assert_array_approx_equal",
    "assert_array_compare",
    "assert_array_equal",
    "assert_array_less",
    "assert_close",
    "assert_equal",
    "assert_equal_records",
    "assert_mask_equal",
    "assert_not_equal",
    "fail_if_array_equal",
    "TestCase",
    "assert_",
    "assert_allclose",
    "assert_array_almost_equal_nulp",
    "assert_raises",
]

in_testutils = set_module("numpy.ma.testutils")


# ---- elementwise, as flat arrays of bool


def _near(a, b, fill_value, is_near):
    """`is_near` of `a` and `b` as float64, flattened; objects are compared for equality."""
    mask = mask_or(getmask(a), getmask(b))
    plain = [filled(a), filled(b)]
    if "O" in [x.dtype.char for x in plain]:
        return np.equal(*plain).ravel()
    x, y = (
        filled(masked_array(x, copy=False, mask=mask), fill).astype(np.float64)
        for x, fill in zip(plain, (fill_value, 1))
    )
    return is_near(x, y).ravel()


@in_testutils
def approx(a, b, fill_value=True, rtol=1e-5, atol=1e-8):
    """Where the difference is at most `atol + rtol * abs(b)`; masked values are close with `fill_value`.

    >>> import sharray as np
    >>> from sharray.ma.testutils import approx
    >>> approx(np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 3]))
    array([ True,  True])
    """
    return _near(a, b, fill_value, lambda x, y: np.less_equal(np.absolute(x - y), atol + rtol * np.absolute(y)))


@in_testutils
def almost(a, b, decimal=6, fill_value=True):
    """Where `a` and `b` agree to `decimal` places; masked values do with `fill_value`."""
    return _near(a, b, fill_value, lambda x, y: np.around(np.abs(x - y), decimal) <= 10.0 ** (-decimal))


# ---- equality of anything


def _pairs(actual, desired):
    """(words, actual, desired) of what two dicts or two sequences of equal length hold; None for other things."""
    if isinstance(desired, dict):
        assert isinstance(actual, dict), repr(type(actual))
        assert len(actual) == len(desired), f"{len(actual)} items, not {len(desired)}"
        for key in desired:
            assert key in actual, f"{key} not in {actual}"
        return [(f"key={key!r}", actual[key], desired[key]) for key in desired]
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert len(actual) == len(desired), f"{len(actual)} items, not {len(desired)}"
        return [(f"item={number!r}", *pair) for number, pair in enumerate(zip(actual, desired))]
    return None


@in_testutils
def assert_equal(actual, desired, err_msg=""):
    """Both are equal: numbers, arrays (where not masked), dicts and sequences of such.

    ValueError if one of them is `masked` and the other isn't.
    """
    pairs = _pairs(actual, desired)
    if pairs is not None:
        for words, *pair in pairs:
            assert_equal(*pair, f"{words}\n{err_msg}")
        return
    if not (isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray)):
        if not desired == actual:
            raise AssertionError(build_err_msg([actual, desired], err_msg))
        return
    if (actual is masked) != (desired is masked):
        raise ValueError(build_err_msg([actual, desired], err_msg, header="", names=("x", "y")))
    actual, desired = np.asanyarray(actual), np.asanyarray(desired)
    if actual.dtype.char == desired.dtype.char == "S":
        # As lists: masked bytes have no fill value that could be compared.
        assert_equal(actual.tolist(), desired.tolist())
    else:
        assert_array_equal(actual, desired, err_msg)


@in_testutils
def fail_if_equal(actual, desired, err_msg=""):
    """The opposite of `assert_equal`; of dicts and sequences every item must differ."""
    pairs = _pairs(actual, desired)
    if pairs is not None:
        for words, *pair in pairs:
            fail_if_equal(*pair, f"{words}\n{err_msg}")
    elif isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        fail_if_array_equal(actual, desired, err_msg)
    elif not desired != actual:
        raise AssertionError(build_err_msg([actual, desired], err_msg))


assert_not_equal = fail_if_equal


@in_testutils
def assert_equal_records(a, b):
    """Two records or structured arrays have the same dtype and equal fields, masked ones aside."""
    assert_equal(a.dtype, b.dtype)
    for name in a.dtype.names:
        mine, other = a[name], b[name]
        if mine is not masked and other is not masked:
            assert_equal(mine, other)


@in_testutils
def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    """Both agree to `decimal` places: numbers, or arrays where they aren't masked."""
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_almost_equal(actual, desired, decimal=decimal, err_msg=err_msg, verbose=verbose)
    elif not round(abs(desired - actual), decimal) == 0:
        raise AssertionError(build_err_msg([actual, desired], err_msg=err_msg, verbose=verbose))


assert_close = assert_almost_equal


# ---- arrays


@in_testutils
def assert_array_compare(comparison, x, y, err_msg="", verbose=True, header="", fill_value=True):
    """`comparison(x, y)` holds everywhere, where both arrays are filled that are masked in either."""
    mask = mask_or(getmask(x), getmask(y))
    x, y = (masked_array(each, copy=False, mask=mask, keep_mask=False, subok=False) for each in (x, y))
    return np.testing.assert_array_compare(
        comparison, x.filled(fill_value), y.filled(fill_value), err_msg=err_msg, verbose=verbose, header=header
    )


def _array_assertion(name, first_line, comparison, header):
    def function(x, y, err_msg="", verbose=True):
        assert_array_compare(comparison, x, y, err_msg=err_msg, verbose=verbose, header=header)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = first_line
    return in_testutils(function)


def _array_closeness(name, first_line, near):
    def function(x, y, decimal=6, err_msg="", verbose=True):
        assert_array_compare(
            lambda x, y: near(x, y, decimal),
            x,
            y,
            err_msg=err_msg,
            verbose=verbose,
            header="Arrays are not almost equal",
        )

    function.__name__ = function.__qualname__ = name
    function.__doc__ = first_line
    return in_testutils(function)


assert_array_equal = _array_assertion(
    "assert_array_equal", "Two arrays are equal where neither is masked.", operator.eq, "Arrays are not equal"
)
assert_array_less = _array_assertion(
    "assert_array_less",
    "`x` is less than `y` where neither is masked.",
    operator.lt,
    "Arrays are not less-ordered",
)
fail_if_array_equal = _array_assertion(
    "fail_if_array_equal",
    "Two arrays differ somewhere.",
    lambda x, y: not np.all(approx(x, y)),
    "Arrays are not equal",
)
assert_array_approx_equal = _array_closeness(
    "assert_array_approx_equal",
    "Two arrays are equal up to a relative difference of 10 to the power of `-decimal`.",
    lambda x, y, decimal: approx(x, y, rtol=10.0**-decimal),
)
assert_array_almost_equal = _array_closeness(
    "assert_array_almost_equal",
    "Two arrays agree to `decimal` places where neither is masked.",
    almost,
)


@in_testutils
def assert_mask_equal(m1, m2, err_msg=""):
    """Two masks are equal, and either both or none of them is `nomask`."""
    if m1 is nomask or m2 is nomask:
        assert_(m1 is m2)
    assert_array_equal(m1, m2, err_msg=err_msg)
