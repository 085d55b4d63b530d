"""The assertions that compare values and arrays."""

import contextlib
import operator
from functools import partial

from ... import _core as core
from ..._core import numerictypes as nt
from ..._core._small_floats import is_small_float
from ..._core.multiarray import array, asanyarray, dtype, ndarray
from ..._core.umath import (
    absolute,
    invert,
    isfinite,
    isinf,
    isnan,
    isnat,
    less,
    signbit,
    spacing,
)
from ._message import build_err_msg

_LISTED_MISMATCHES = 5


def assert_(val, msg=""):
    """AssertionError with `msg` (text, or a function that gives it) unless `val` is true.

    Unlike the statement it also works under ``python -O``.

    Parameters
    ----------
    val : object
        What must be true.
    msg : str or callable, optional
        The message, or what makes it.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_(1 < 2)
    """
    __tracebackhide__ = True
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def _is_nat(value):
    try:
        return bool(isnat(value))
    except (TypeError, ValueError):
        return False


def _is_complex_kind(value):
    from ...lib._type_check_impl import iscomplexobj

    return iscomplexobj(value)


def _parts(value):
    """Real and imaginary part of anything."""
    from ...lib._type_check_impl import imag, iscomplexobj, real

    return (real(value), imag(value)) if iscomplexobj(value) else (value, 0)


def assert_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """AssertionError unless both are equal: numbers, text, arrays, lists, tuples and dicts of them.

    NaN equals NaN, NaT equals NaT of the same dtype, and 0.0 differs from -0.0 (for
    scalars). `strict` compares shapes and dtypes of arrays as well.

    Parameters
    ----------
    actual : object
        What was computed.
    desired : object
        What it is to be.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.
    strict : bool, optional
        Whether shapes and dtypes of arrays must be the same.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_equal({"a": [1, 2]}, {"a": [1, 2]})
    """
    __tracebackhide__ = True
    if isinstance(desired, dict):
        return _assert_dicts_equal(actual, desired, err_msg, verbose)
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for place, (one, other) in enumerate(zip(actual, desired, strict=True)):
            assert_equal(one, other, f"item={place!r}\n{err_msg}", verbose)
        return None
    if isinstance(actual, ndarray) or isinstance(desired, ndarray):
        return assert_array_equal(actual, desired, err_msg, verbose, strict=strict)

    message = build_err_msg([actual, desired], err_msg, verbose=verbose)
    try:
        complex_parts = _is_complex_kind(actual) or _is_complex_kind(desired)
    except (ValueError, TypeError):
        complex_parts = False
    if complex_parts:
        try:
            for one, other in zip(_parts(actual), _parts(desired), strict=True):
                assert_equal(one, other)
        except AssertionError:
            raise AssertionError(message) from None
    if core.isscalar(desired) != core.isscalar(actual):
        raise AssertionError(message)

    if _is_nat(desired) and _is_nat(actual):
        if array(desired).dtype.type != array(actual).dtype.type:
            raise AssertionError(message)
        return None
    with contextlib.suppress(TypeError, ValueError, NotImplementedError):
        both_nan = isnan(desired) and isnan(actual)
        if both_nan:
            return None
        kinds = array(actual).dtype.kind, array(desired).dtype.kind
        if kinds[0] in "mM" or kinds[1] in "mM":
            both_nan = False
        elif desired == 0 and actual == 0 and not signbit(desired) == signbit(actual):
            raise AssertionError(message)
    try:
        different = not (desired == actual)
    except (DeprecationWarning, FutureWarning) as warning:
        if "elementwise == comparison" in str(warning):
            raise AssertionError(message) from None
        raise
    if different:
        raise AssertionError(message)
    return None


def _assert_dicts_equal(actual, desired, err_msg, verbose):
    __tracebackhide__ = True
    if not isinstance(actual, dict):
        raise AssertionError(repr(type(actual)))
    assert_equal(len(actual), len(desired), err_msg, verbose)
    for key in desired:
        if key not in actual:
            raise AssertionError(repr(key))
        assert_equal(actual[key], desired[key], f"key={key!r}\n{err_msg}", verbose)


def print_assert_equal(test_string, actual, desired):
    """As `assert` on ``actual == desired``, with both printed under `test_string`.

    Parameters
    ----------
    test_string : str
        What the message begins with.
    actual : object
        What was computed.
    desired : object
        What it is to be.

    Returns
    -------
    None.

    Examples
    --------
    >>> print_assert_equal("sums", 2, 2)
    """
    __tracebackhide__ = True
    import pprint

    if actual != desired:
        raise AssertionError(
            f"{test_string} failed\nACTUAL: \n{pprint.pformat(actual)}\nDESIRED: \n{pprint.pformat(desired)}\n"
        )


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    """AssertionError unless ``abs(desired - actual) < 1.5 * 10**-decimal`` (elementwise for arrays).

    Parameters
    ----------
    actual : array_like
        What was computed.
    desired : array_like
        What it is to be.
    decimal : int, optional
        The places behind the point that count.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_almost_equal(2.3333333333, 2.33333334)
    """
    __tracebackhide__ = True

    def fail():
        header = f"Arrays are not almost equal to {decimal} decimals"
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose, header=header))

    try:
        complex_parts = _is_complex_kind(actual) or _is_complex_kind(desired)
    except ValueError:
        complex_parts = False
    if complex_parts:
        try:
            for one, other in zip(_parts(actual), _parts(desired), strict=True):
                assert_almost_equal(one, other, decimal=decimal)
        except AssertionError:
            fail()
    if isinstance(actual, (ndarray, tuple, list)) or isinstance(desired, (ndarray, tuple, list)):
        return assert_array_almost_equal(actual, desired, decimal, err_msg)
    try:
        if not (isfinite(desired) and isfinite(actual)):
            if isnan(desired) or isnan(actual):
                if not (isnan(desired) and isnan(actual)):
                    fail()
            elif desired != actual:
                fail()
            return None
    except (NotImplementedError, TypeError):
        pass
    if abs(desired - actual) >= nt.float64(1.5 * 10.0 ** (-decimal)):
        fail()
    return None


def assert_approx_equal(actual, desired, significant=7, err_msg="", verbose=True):
    """AssertionError unless two numbers agree to `significant` digits.

    Parameters
    ----------
    actual : scalar
        What was computed.
    desired : scalar
        What it is to be.
    significant : int, optional
        The digits that count.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_approx_equal(0.12345677777777e-20, 0.1234567e-20)
    """
    __tracebackhide__ = True
    actual, desired = map(float, (actual, desired))
    if desired == actual:
        return
    with core.errstate(invalid="ignore"):
        scale = 0.5 * (abs(desired) + abs(actual))
        scale = core.power(10, core.floor(core.log10(scale)))
    small, other = desired / scale if scale else 0.0, actual / scale if scale else 0.0
    message = build_err_msg(
        [actual, desired], err_msg, verbose=verbose, header=f"Items are not equal to {significant} significant digits:"
    )
    if not (isfinite(desired) and isfinite(actual)):
        if isnan(desired) or isnan(actual):
            if not (isnan(desired) and isnan(actual)):
                raise AssertionError(message)
        elif desired != actual:
            raise AssertionError(message)
        return
    if abs(small - other) >= 10.0 ** (-(significant - 1)):
        raise AssertionError(message)


def assert_array_compare(
    comparison,
    x,
    y,
    err_msg="",
    verbose=True,
    header="",
    precision=6,
    equal_nan=True,
    equal_inf=True,
    *,
    strict=False,
    names=("ACTUAL", "DESIRED"),
):
    """AssertionError unless ``comparison(x, y)`` is true everywhere.

    NaN, NaT and infinities must stand at the same places in both arrays, and are left out then.

    Parameters
    ----------
    comparison : callable
        Takes both arrays, and gives an array of bool, or one.
    x, y : array_like
        What was computed, and what it is to be. A scalar is compared with each element.
    err_msg : str, optional
        What the error says besides.
    verbose : bool, optional
        Whether the error shows the arrays.
    header : str, optional
        The first line of the error.
    precision : int, optional
        How many digits are shown.
    equal_nan : bool, optional
        Whether NaN are treated as said above, and not handed to `comparison`.
    equal_inf : bool, optional
        The same of infinities.
    strict : bool, optional
        Whether shapes and dtypes must be equal, scalars included.
    names : pair of str, optional
        What the error calls the arrays.

    Returns
    -------
    None.

    Raises
    ------
    AssertionError
        With the number of elements that differ and the largest difference.

    Examples
    --------
    >>> assert_array_compare(lambda x, y: x <= y, [1, 2], [1, 3])
    """
    __tracebackhide__ = True
    x, y = asanyarray(x), asanyarray(y)
    original = x, y

    def fail(remarks, shown=original):
        message = err_msg + "\n" + "\n".join(remarks)
        raise AssertionError(
            build_err_msg(shown, message, verbose=verbose, header=header, names=names, precision=precision)
        )

    try:
        _check_same_form(x, y, strict, fail)
        left_out = _special_places(x, y, equal_nan, equal_inf, fail)
        if left_out is not None and getattr(left_out, "ndim", 0) > 0:
            x, y = (one[~left_out] if one.ndim else one for one in (x, y))
            if x.size == 0:
                return
        elif left_out is not None and left_out:
            return
        result = comparison(x, y)
        if isinstance(result, bool):
            passed, reduced = result, array([result])
        else:
            reduced = result.ravel()
            passed = reduced.all()
        if not operator.ne(passed, True):  # as above, for the masked constant
            return
        remarks = _mismatch_remarks(x, y, result, reduced, original, left_out, names)
        fail(remarks)
    except ValueError:
        import traceback

        details = traceback.format_exc()
        raise ValueError(
            build_err_msg(
                original,
                err_msg,
                verbose=verbose,
                names=names,
                precision=precision,
                header=f"error during assertion:\n\n{details}\n\n{header}",
            )
        ) from None


def _check_same_form(x, y, strict, fail):
    __tracebackhide__ = True
    same_shape = x.shape == y.shape
    agrees = same_shape and x.dtype == y.dtype if strict else x.shape == () or y.shape == () or same_shape
    if not agrees:
        reason = (
            f"(shapes {x.shape}, {y.shape} mismatch)" if not same_shape else f"(dtypes {x.dtype}, {y.dtype} mismatch)"
        )
        fail([reason])


def _is_number(x):
    return x.dtype.char in "?bhilqpBHILQPefdgFDG" or is_small_float(x.dtype)


def _is_time(x):
    return x.dtype.char in "Mm"


def _is_vstring(x):
    return x.dtype.char == "T"


def _special_places(x, y, equal_nan, equal_inf, fail):
    """A mask of the places that are equal by being NaN, NaT or infinite in both; None without any."""
    __tracebackhide__ = True
    match = partial(_match_places, fail=fail, x=x, y=y)
    flagged = None

    def merge(mask):
        nonlocal flagged
        flagged = mask if flagged is None else core.logical_or(flagged, mask)

    if _is_number(x) and _is_number(y):
        if equal_nan:
            merge(match(func=isnan, label="nan"))
        if equal_inf:
            merge(_match_infinities(x, y, flagged, fail))
    elif _is_time(x) and _is_time(y):
        if equal_nan and x.dtype.type == y.dtype.type:
            merge(match(func=isnat, label="NaT"))
    elif _is_vstring(x) and _is_vstring(y):
        markers = [getattr(one.dtype, "na_object", "") for one in (x, y)]
        if equal_nan and markers[0] is markers[1] and _differs_from_itself(markers[0]):
            merge(match(func=isnan, label="nan"))
    return flagged


def _differs_from_itself(marker):
    """Whether a marker of missing texts is like NaN: not equal to itself, or unable to say (as pandas' NA)."""
    try:
        return bool(marker != marker)
    except TypeError:
        return True


def _match_places(func, label, x, y, fail):
    """The mask of `func`'s places in both arrays, which must be the same."""
    __tracebackhide__ = True
    at_x, at_y = func(x), func(y)
    same = at_x == at_y
    # "differs from True", not "is false": the masked constant is neither
    if operator.ne(same if isinstance(same, bool) else same.all(), True):
        fail([f"{label} location mismatch:"])
    return at_y if getattr(at_x, "ndim", 0) == 0 else at_x


def _match_infinities(x, y, excused, fail):
    """As `_match_places` for infinities, which must have the same sign unless a NaN is with them."""
    __tracebackhide__ = True
    mask = _match_places(isinf, "inf", x, y, fail)
    if isinstance(mask, ndarray) and not ndarray.any(mask):
        return mask
    # No bit operation: the masked constant, which either may be, is a float.
    equal = core.logical_or(core.logical_not(mask), x == y)
    if excused is not None:
        equal = core.logical_or(equal, excused)
    if operator.ne(asanyarray(equal).all(), True):
        fail(["inf values mismatch:"])
    return mask


def _mismatch_remarks(x, y, result, reduced, original, left_out, names):
    wrong = reduced.size - int(reduced.sum(dtype=nt.intp))
    count = original[0].size if original[0].ndim or not original[1].ndim else original[1].size
    if left_out is None or getattr(left_out, "ndim", 0) == 0:
        count = reduced.size
    remarks = [f"Mismatched elements: {wrong} / {count} ({100 * wrong / count:.3g}%)"]
    remarks += _places_remarks(x, y, result, original, left_out, names)
    with core.errstate(all="ignore"), contextlib.suppress(TypeError, ValueError):
        remarks += _error_remarks(x, y, result)
    return remarks


def _plain(a):
    """Without the subclass, whose methods may do anything."""
    return a.view(ndarray) if isinstance(a, ndarray) else array(a)


def _places_remarks(x, y, result, original, left_out, names):
    """The first places of difference, as indices into the arrays that the caller gave."""
    wrong = invert(asanyarray(result)) if not isinstance(result, bool) else array(not result)
    shape = next((one.shape for one in original if one.ndim), ())
    if wrong.ndim == 0 or shape == ():
        return []
    if left_out is not None and getattr(left_out, "ndim", 0) > 0:
        places = core.argwhere(_plain(~left_out))[_plain(wrong).ravel()]
    else:
        places = core.argwhere(_plain(wrong))
    listed = places[:_LISTED_MISMATCHES]
    if len(places) == 1:
        lines = ["Mismatch at index:"]
    elif len(places) <= _LISTED_MISMATCHES:
        lines = ["Mismatch at indices:"]
    else:
        lines = [f"First {_LISTED_MISMATCHES} mismatches are at indices:"]
    for place in listed:
        index = tuple(int(i) for i in place)
        values = [one[index] if one.ndim else one[()] for one in original]
        lines.append(f" {list(index)}: {values[0]} ({names[0]}), {values[1]} ({names[1]})")
    return lines


def _error_remarks(x, y, result):
    error = absolute(x - y)
    if issubclass(x.dtype.type, nt.unsignedinteger):
        # the smaller of both differences, for unsigned integers wrap around
        error = core.minimum(error, absolute(y - x))
    wrong = invert(asanyarray(result))
    bad = error[wrong] if getattr(error, "ndim", 0) and wrong.ndim else error
    largest = core.max(bad)
    remarks = []
    remarks.append(f"Max absolute difference among violations: {_number_text(largest)}")
    nonzero = asanyarray(y != 0)
    use = nonzero & (wrong if wrong.ndim else bool(wrong))
    if not use.any():
        relative = "inf"
    else:
        divisors = absolute(y)
        divisors = divisors[use] if getattr(divisors, "ndim", 0) else divisors
        chosen = error[use] if getattr(error, "ndim", 0) else error
        relative = _number_text(core.max(chosen / divisors))
    remarks.append(f"Max relative difference among violations: {relative}")
    return remarks


def _number_text(value):
    """`value` as an array of it would print it."""
    value = asanyarray(value)
    if value.dtype.kind in "mM":
        return str(value.astype("i8")) if value.dtype.kind == "m" else str(value)
    if value.dtype.kind == "O":
        return str(value)
    return core.array2string(value)


def assert_array_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """AssertionError unless all elements are equal (NaN equals NaN); a scalar compares with all.

    With `strict` shapes and dtypes must agree, and scalars don't broadcast.

    Parameters
    ----------
    actual : array_like
        What was computed.
    desired : array_like
        What it is to be.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.
    strict : bool, optional
        Whether shapes and dtypes must be the same.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_array_equal([1.0, 2.0], [1, 2])
    """
    __tracebackhide__ = True
    assert_array_compare(
        operator.__eq__, actual, desired, err_msg=err_msg, verbose=verbose, header="Arrays are not equal", strict=strict
    )


def assert_array_almost_equal(actual, desired, decimal=6, err_msg="", verbose=True):
    """AssertionError unless ``abs(desired - actual) < 1.5 * 10**-decimal`` everywhere.

    Parameters
    ----------
    actual : array_like
        What was computed.
    desired : array_like
        What it is to be.
    decimal : int, optional
        The places behind the point that count.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_array_almost_equal([1.0, 2.33333], [1.0, 2.33333], decimal=5)
    """
    __tracebackhide__ = True

    def compare(x, y):
        with contextlib.suppress(TypeError, NotImplementedError):
            if asanyarray(isinf(x)).any() or asanyarray(isinf(y)).any():
                at_x, at_y = isinf(x), isinf(y)
                if not (at_x == at_y).all():
                    return False
                if x.size == 1 or y.size == 1 or getattr(at_x, "ndim", 0) == 0:
                    return x == y
                x, y = x[~at_x], y[~at_y]
        # integers would wrap around, booleans can't be subtracted
        common = core.result_type(y, 1.0)
        y = asanyarray(y, common)
        difference = absolute(x - y)
        if not issubclass(difference.dtype.type, nt.number):
            difference = difference.astype(nt.float64)
        return difference < nt.float64(1.5 * 10.0 ** (-decimal))

    assert_array_compare(
        compare,
        actual,
        desired,
        err_msg=err_msg,
        verbose=verbose,
        precision=decimal,
        header=f"Arrays are not almost equal to {decimal} decimals",
    )


def assert_array_less(x, y, err_msg="", verbose=True, *, strict=False):
    """AssertionError unless every element of `x` is less than that of `y`; NaN must match.

    Parameters
    ----------
    x : array_like
        What is to be less.
    y : array_like
        What is to be greater.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.
    strict : bool, optional
        Whether shapes and dtypes must be the same.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_array_less([1.0, 2.0], [1.1, 2.2])
    """
    __tracebackhide__ = True
    assert_array_compare(
        less,
        x,
        y,
        err_msg=err_msg,
        verbose=verbose,
        strict=strict,
        equal_inf=False,
        header="Arrays are not strictly ordered `x < y`",
        names=("x", "y"),
    )


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg="", verbose=True, *, strict=False):
    """AssertionError unless ``abs(actual - desired) <= atol + rtol * abs(desired)`` everywhere.

    Parameters
    ----------
    actual : array_like
        What was computed.
    desired : array_like
        What it is to be.
    rtol : float, optional
        The difference allowed, relative to `desired`.
    atol : float, optional
        The difference allowed in any case.
    equal_nan : bool, optional
        Whether NaN equals NaN.
    err_msg : str, optional
        What the message begins with.
    verbose : bool, optional
        Whether the message shows the values.
    strict : bool, optional
        Whether shapes and dtypes must be the same.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])
    """
    __tracebackhide__ = True

    def compare(x, y):
        return core.isclose(x, y, rtol=rtol, atol=atol, equal_nan=equal_nan)

    actual, desired = asanyarray(actual), asanyarray(desired)
    if isinstance(atol, nt.generic) and atol.dtype.kind == "m":
        tolerance = str(atol)
    else:
        tolerance = f"{atol:g}" if not isinstance(atol, ndarray) else str(atol)
    header = f"Not equal to tolerance rtol={rtol:g}, atol={tolerance}"
    assert_array_compare(
        compare,
        actual,
        desired,
        err_msg=str(err_msg),
        verbose=verbose,
        header=header,
        equal_nan=equal_nan,
        strict=strict,
    )


def assert_array_almost_equal_nulp(x, y, nulp=1):
    """AssertionError unless the difference is at most `nulp` spacings of the larger magnitude.

    Parameters
    ----------
    x, y : array_like of float
    nulp : int, optional
        The distance allowed, in units of the last place.

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> assert_array_almost_equal_nulp(np.array([1.0]), np.array([1.0 + np.spacing(1.0)]))
    """
    __tracebackhide__ = True
    sizes = absolute(x), absolute(y)
    allowed = nulp * spacing(core.where(sizes[0] > sizes[1], *sizes))
    if not core.all(absolute(x - y) <= allowed):
        if _is_complex_kind(x) or _is_complex_kind(y):
            raise AssertionError(f"Arrays are not equal to {nulp} ULP")
        raise AssertionError(f"Arrays are not equal to {nulp} ULP (max is {core.max(nulp_diff(x, y)):g})")


def assert_array_max_ulp(a, b, maxulp=1, dtype=None):
    """The distances in representable numbers; AssertionError if one is more than `maxulp`.

    Parameters
    ----------
    a, b : array_like of float
    maxulp : int, optional
        The distance allowed, in units of the last place.
    dtype : dtype, optional
        To compare in.

    Returns
    -------
    ndarray of the distances.

    Examples
    --------
    >>> import sharray as np
    >>> assert_array_max_ulp(np.float64(1), np.nextafter(1, 2)).tolist()
    [1.0]
    """
    __tracebackhide__ = True
    distance = nulp_diff(a, b, dtype)
    if not core.all(distance <= maxulp):
        raise AssertionError(
            f"Arrays are not almost equal up to {maxulp:g} ULP (max difference is {core.max(distance):g} ULP)"
        )
    return distance


def nulp_diff(x, y, dtype=None):
    """For each pair, how many representable numbers lie from one to the other.

    NotImplementedError for complex numbers, ValueError for unequal shapes.
    """
    if dtype:
        x, y = asanyarray(x, dtype=dtype), asanyarray(y, dtype=dtype)
    else:
        x, y = asanyarray(x), asanyarray(y)
    from ...lib._type_check_impl import common_type

    common = common_type(x, y)
    if _is_complex_kind(x) or _is_complex_kind(y):
        raise NotImplementedError("_nulp not implemented for complex array")
    x, y = (array([one], dtype=common) if one.ndim == 0 else array(one, dtype=common) for one in (x, y))
    for one in (x, y):
        missing = isnan(one)
        if missing.any():
            one[missing] = float("nan")  # one kind of NaN, whatever its bits were
    if x.shape != y.shape:
        raise ValueError(f"Arrays do not have the same shape: {x.shape} - {y.shape}")
    distance = asanyarray(integer_repr(y) - integer_repr(x), dtype=common)
    return absolute(distance)


def _integer_repr(x, vdt, comp):
    """Floats as integers in the same order: the bits, negative ones counted down from zero."""
    bits = x.view(vdt)
    if bits.size != 1:
        bits[bits < 0] = comp - bits[bits < 0]
    elif bits < 0:
        bits = comp - bits
    return bits


def integer_repr(x):
    """The place of each float among the representable ones, counted from zero.

    ValueError for dtypes other than float16, float32 and float64.
    """
    for width in (16, 32, 64):
        if x.dtype == dtype(f"f{width // 8}"):
            signed = getattr(nt, f"int{width}")
            return _integer_repr(x, signed, signed(-(2 ** (width - 1))))
    raise ValueError(f"Unsupported dtype {x.dtype}")


def assert_string_equal(actual, desired):
    """AssertionError with the differing lines unless two texts are equal.

    Parameters
    ----------
    actual : str
        What was computed.
    desired : str
        What it is to be.

    Returns
    -------
    None.

    Examples
    --------
    >>> assert_string_equal("abc", "abc")
    """
    __tracebackhide__ = True
    import difflib
    import re

    for one in (actual, desired):
        if not isinstance(one, str):
            raise AssertionError(repr(type(one)))
    if re.match(r"\A" + desired + r"\Z", actual, re.MULTILINE) if _is_pattern(desired) else actual == desired:
        return
    lines = list(difflib.Differ().compare(actual.splitlines(True), desired.splitlines(True)))
    changed = [line for line in lines if not line.startswith("  ")]
    if not changed:
        return
    raise AssertionError(f"Differences in strings:\n{''.join(changed).rstrip()}")


def _is_pattern(text):
    import re

    try:
        re.compile(text)
    except re.error:
        return False
    return True
