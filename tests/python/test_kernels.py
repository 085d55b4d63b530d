"""Kernels with vector code of their own, beside NumPy: every tail length, every kind of memory, awkward values."""

import itertools
import warnings

import numpy
import pytest

import sharray

RANDOM = numpy.random.default_rng(5)
INTEGERS = "bBhHiIlL"
LENGTHS = [*range(0, 66), 127, 128, 129, 255, 257, 511, 513, 1000, 1500]


def layouts(values):
    """The same values in dense, strided, reversed, unaligned and (one value throughout) still memory."""
    n = values.size
    yield values
    wide = numpy.zeros((n, 3), values.dtype)
    wide[:, 1] = values
    yield wide[:, 1]
    yield values[::-1].copy()[::-1]
    raw = numpy.zeros(n * values.itemsize + 1, "u1")
    raw[1:] = values.view("u1")
    yield raw[1:].view(values.dtype)
    if n:
        yield numpy.broadcast_to(values[:1], n)


def integers(code, n):
    """Small and large numbers, zeros, ones of both signs, both ends of the range."""
    bounds = numpy.iinfo(code)
    special = [0, 1, 2, 3, 7, bounds.max, bounds.min, bounds.max - 1, bounds.max // 2]
    special += [-1, -2, -3, bounds.min + 1] if bounds.min else []
    some = RANDOM.choice(numpy.array(special, code), n)
    small = RANDOM.integers(max(bounds.min, -50), min(bounds.max, 50), n, code)
    large = RANDOM.integers(bounds.min, bounds.max, n, code, endpoint=True)
    return numpy.choose(RANDOM.integers(0, 3, n), [some, small, large])


def floats(code, n):
    """Ordinary numbers, integers, the ends of the range, subnormal numbers, zeros, infinities, NaN."""
    info = numpy.finfo(code)
    special = [0.0, -0.0, 1.0, -1.0, numpy.inf, -numpy.inf, numpy.nan, info.max, info.tiny, -info.tiny / 4, info.eps]
    with numpy.errstate(all="ignore"):
        some = RANDOM.choice(numpy.array(special, code), n)
        usual = (RANDOM.standard_normal(n) * 10.0 ** RANDOM.integers(-4, 5, n)).astype(code)
        whole = RANDOM.integers(-20, 20, n).astype(code)
    kinds = RANDOM.choice([0, 1, 2], n, p=[0.1, 0.6, 0.3])
    return numpy.choose(kinds, [some, usual, whole])


def with_warnings(call):
    """A call's result and the kinds of floating-point warnings it gave. sharray's scalars of times become arrays by
    sharray: NumPy reads any foreign scalar's buffer, which is bytes for times."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = call()
    if isinstance(result, sharray.generic):
        result = sharray.asarray(result)
    return numpy.asarray(result), sorted({str(w.message).split(" encountered")[0] for w in caught})


def check(operation, *operands, flags=True):
    """An operation gives on sharray what it gives on NumPy, bit by bit but for NaNs, and the same warnings."""
    theirs, expected = with_warnings(lambda: operation(numpy, *operands))
    ours, got = with_warnings(lambda: operation(sharray, *(sharray.asarray(o) for o in operands)))
    assert ours.dtype == theirs.dtype
    numpy.testing.assert_array_equal(ours, theirs)
    if theirs.dtype.kind == "f":
        numbers = ~numpy.isnan(theirs)
        numpy.testing.assert_array_equal(numpy.signbit(ours)[numbers], numpy.signbit(theirs)[numbers])
    if flags:
        assert got == expected


@pytest.mark.parametrize("name", ["floor_divide", "remainder", "fmod"])
@pytest.mark.parametrize("code", INTEGERS + "fd")
def test_quotients(name, code):
    make = floats if code in "fd" else integers
    for n in LENGTHS:
        a, b = make(code, n), make(code, n)
        if n % 3 == 0:
            b[b == 0] = 3  # blocks without a division by zero
        flags = code not in "fd"  # NumPy's own float loops raise flags by length and compiler
        check(lambda np, a, b: getattr(np, name)(a, b), a, b, flags=flags)
    for a, b in itertools.product(layouts(make(code, 150)), layouts(make(code, 150))):
        check(lambda np, a, b: getattr(np, name)(a, b), a, b, flags=flags)


@pytest.mark.parametrize("code", INTEGERS)
def test_one_divisor_for_all(code):
    for divisor in {int(d) for d in integers(code, 60)} - {0}:
        check(lambda np, a, d=divisor: a // a.dtype.type(d), integers(code, 140))
        check(lambda np, a, d=divisor: a % a.dtype.type(d), integers(code, 140))


@pytest.mark.parametrize("code", "fd")
def test_remainders_of_close_ratios(code):
    whole = numpy.floor(RANDOM.uniform(-1e6, 1e6, 3000))
    b = RANDOM.uniform(-10, 10, 3000).astype(code)
    for a in (
        (whole * b).astype(code),
        numpy.nextafter((whole * b).astype(code), numpy.array(numpy.inf, code)),
        (RANDOM.uniform(-1e25, 1e25, 3000)).astype(code),
    ):
        for name in ("floor_divide", "remainder", "fmod"):
            check(lambda np, a, b, name=name: getattr(np, name)(a, b), a, b)


@pytest.mark.parametrize("code", ["f", "d"])
def test_complex_quotients_and_magnitudes(code):
    for n in LENGTHS:
        with numpy.errstate(all="ignore"):
            a, b = (floats(code, n) + 1j * floats(code, n) for _ in range(2))
        for one, other in ((a, b), (a[::-1], b)):
            with numpy.errstate(all="ignore"), sharray.errstate(all="ignore"):
                theirs, ours = one / other, numpy.asarray(sharray.asarray(one) / sharray.asarray(other))
                size = numpy.hypot(one.real.astype("d"), one.imag.astype("d")).astype(code)
                our_size = numpy.asarray(sharray.abs(sharray.asarray(one)))
            numpy.testing.assert_array_equal(ours, theirs)
            numpy.testing.assert_array_max_ulp(our_size, size, 1)


@pytest.mark.parametrize("to", "?" + INTEGERS + "efdgFD")
@pytest.mark.parametrize("code", "?" + INTEGERS + "efdFD")
def test_casts(code, to):
    if code in "FD" and to not in "FD?":
        pytest.skip("discards imaginary parts with a warning")

    def values(n):
        if code in "efd":
            return floats(code, n)
        if code in "FD":
            return (floats(code.lower(), n) + 1j * floats(code.lower(), n)).astype(code)
        return RANDOM.integers(0, 2, n).astype("?") if code == "?" else integers(code, n)

    for n in (0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 511, 512, 513, 1100):
        for tame in (False, True):
            a = values(n)
            if tame and code in "efd":  # blocks in which nothing is special, negative numbers included
                with numpy.errstate(all="ignore"):
                    a = RANDOM.uniform(-100, 100, n).astype(code)
            fits = numpy.isfinite(a) & (numpy.abs(a) < 2**31) if code in "efd" and to in INTEGERS else None
            if fits is not None:
                a = numpy.where(fits, a, a.dtype.type(5))  # what does not fit is the hardware's affair
            for source in layouts(a):
                check(lambda np, a: a.astype(to), source)
                swapped = source.astype(source.dtype.newbyteorder())
                check(lambda np, a: a.astype(to), swapped)


@pytest.mark.parametrize("code", "fd")
def test_casts_that_do_not_fit(code):
    a = numpy.array([1.0, -3e9, 5e9, 2e19, -1e30, numpy.nan, numpy.inf, -numpy.inf] * 20, code)
    for to in "ilIL":
        with pytest.warns(RuntimeWarning, match="invalid value"):
            ours = sharray.asarray(a).astype(to)
        with numpy.errstate(all="ignore"):
            alone = [numpy.asarray(sharray.asarray(a[i : i + 1]).astype(to))[0] for i in range(8)] * 20
        numpy.testing.assert_array_equal(numpy.asarray(ours), numpy.array(alone))


@pytest.mark.parametrize("code", "?" + INTEGERS + "efdFDmM")
def test_extrema_and_truth(code):
    for n in LENGTHS[1:]:
        if code in "mM":
            a = RANDOM.integers(-40, 40, n).astype(code + "8[s]")
            a[RANDOM.random(n) < 0.02] = "NaT"
        elif code in "FD":
            a = (floats(code.lower(), n) + 1j * floats(code.lower(), n)).astype(code)
        elif code == "?":
            a = RANDOM.random(n) < RANDOM.choice([0.0, 0.01, 0.5, 1.0])
        elif code in "efd":
            a = floats(code, n)
            a = a[~numpy.isnan(a)] if n % 2 else a
        else:
            a = RANDOM.choice([integers(code, n), integers(code, n) // 4 * 0 + 1])
        if not a.size:
            continue
        for source in layouts(a):
            check(lambda np, a: a.argmax(), source, flags=False)
            check(lambda np, a: a.argmin(), source, flags=False)
            check(lambda np, a: np.count_nonzero(a), source, flags=False)
            if code not in "mM":
                check(lambda np, a: a.any(), source, flags=False)
                check(lambda np, a: a.all(), source, flags=False)
            if code not in "FD":
                # Adding nothing makes one zero of two.
                nothing = numpy.timedelta64(0) if code in "mM" else a.dtype.type(0)
                check(lambda np, a, nothing=nothing: a.max() + nothing, source, flags=False)
                check(lambda np, a, nothing=nothing: a.min() + nothing, source, flags=False)


@pytest.mark.parametrize("code", INTEGERS + "fd")
def test_sums_and_running_sums(code):
    for n in [*LENGTHS, 2000, 5001, 10000]:
        a = integers(code, n) if code in INTEGERS else RANDOM.standard_normal(n).astype(code)
        for source in layouts(a):
            check(lambda np, a: a.sum(), source, flags=False)
            check(lambda np, a: a.cumsum(), source, flags=False)
            check(lambda np, a: np.minimum.accumulate(a), source, flags=False)
            check(lambda np, a: np.subtract.accumulate(a), source, flags=False)
    for n in (3, 40):
        cube = a[: n * n * 5].reshape(n, n, 5)
        for axis in (0, 1, 2):
            check(lambda np, a, axis=axis: a.cumsum(axis=axis), cube, flags=False)
            check(lambda np, a, axis=axis: np.add.accumulate(a.T, axis=axis), cube, flags=False)


def test_operations_whose_result_lies_ahead_of_an_operand():
    for ahead, code in itertools.product((1, 2, 3, 8, 9, 70), "dlbf"):
        theirs = integers(code, 200).astype(code) if code in "lb" else RANDOM.standard_normal(200).astype(code)
        ours = sharray.array(theirs)
        for np, a in ((numpy, theirs), (sharray, ours)):
            with np.errstate(all="ignore"):
                np.add(a[:-ahead], a[ahead:], out=a[ahead:])
                np.floor_divide(a[:-ahead], a[ahead:], out=a[ahead:])
        numpy.testing.assert_array_equal(numpy.asarray(ours), theirs)


@pytest.mark.parametrize("code", "?" + INTEGERS + "fd")
def test_reductions_over_axes(code):
    def values(*shape):
        n = int(numpy.prod(shape))
        if code == "?":
            return (RANDOM.random(n) < 0.3).reshape(shape)
        return (integers(code, n) if code in INTEGERS else RANDOM.standard_normal(n).astype(code)).reshape(shape)

    for shape in ((3, 1, 5), (9, 2, 17), (2, 20, 70), (1, 33, 131), (17, 8, 64), (0, 3, 4), (3, 0, 4), (3, 4, 0)):
        a = values(*shape)
        for source in (a, a.T, a[::-1], a[:, ::2, ::-1], a.swapaxes(1, 2), a[:, :, ::2]):
            for axis in (0, 1, 2, (0, 1), (0, 2), (1, 2), None):
                # In which order several axes are summed is left open; rounding tells.
                exact = code not in "fd" or isinstance(axis, int)
                for name in ("sum", "prod", "any", "all"):
                    reduced = [getattr(x, name)(axis=axis) for x in (source, sharray.asarray(source))]
                    compare = numpy.testing.assert_array_equal if exact else numpy.testing.assert_allclose
                    compare(numpy.asarray(reduced[1]), reduced[0], **({} if exact else {"rtol": 1e-4, "atol": 1e-4}))
                if 0 not in source.shape:
                    check(lambda np, a, axis=axis: a.max(axis=axis, keepdims=True), source, flags=False)
                    check(lambda np, a, axis=axis: a.min(axis=axis), source, flags=False)
        into = numpy.zeros((shape[1], shape[2]), numpy.add.reduce(a, axis=0).dtype)
        theirs, ours = into, sharray.asarray(into.copy())
        a.sum(axis=0, out=theirs)
        sharray.asarray(a).sum(axis=0, out=ours)
        numpy.testing.assert_array_equal(numpy.asarray(ours), theirs)
        check(lambda np, a: np.add.reduce(a, axis=1, initial=a.dtype.type(1)), a, flags=False)


@pytest.mark.parametrize("code", INTEGERS + "efdgFDmM")
def test_sequences(code):
    dtype = code + "8[D]" if code in "mM" else code
    for n in (2, 3, 17, 18, 19, 34, 100, 300, 600):
        if code == "M":
            check(
                lambda np, n=n: np.arange(np.datetime64(5, "D"), np.datetime64(5 + 3 * n, "D"), np.timedelta64(3, "D"))
            )
        elif code == "m":
            check(lambda np, n=n: np.arange(5, 5 + 3 * n, 3, dtype=dtype))
        else:
            stop = min(n, 120) if code in "bB" else n
            check(lambda np, stop=stop: np.arange(1, stop, dtype=dtype))
    if code in "fd":
        check(lambda np: np.arange(0.1, 90.0, 0.3, dtype=dtype))


ONE_ARGUMENT = (
    "exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh cbrt sqrt"
).split()
TWO_ARGUMENTS = "arctan2 hypot power float_power logaddexp logaddexp2".split()


@pytest.mark.parametrize("name", ONE_ARGUMENT + TWO_ARGUMENTS)
@pytest.mark.parametrize("code", "fd")
def test_an_element_does_not_depend_on_its_place(name, code):
    """Long arrays, pieces of every short length, strided ones and scalars: the same bits and the same warnings."""
    function, count = getattr(sharray, name), 2 if name in TWO_ARGUMENTS else 1
    operands = [sharray.asarray(floats(code, 130)) for _ in range(count)]
    whole, expected = with_warnings(lambda: function(*operands))
    for n in (1, 2, 3, 4, 5, 7, 8, 9, 12):
        for step in (1, -1):
            parts = [[a[i : i + n][::step] for a in operands] for i in range(0, 130, n)]
            found, seen = [], set()
            for part in parts:
                piece, warned = with_warnings(lambda part=part: function(*part))
                found.append(piece[::step])
                seen.update(warned)
            same_bits(numpy.concatenate(found), whole)
            assert sorted(seen) == expected, (n, step)
    for place in range(130):
        one, _ = with_warnings(lambda place=place: function(*(a[place] for a in operands)))
        same_bits(one, whole[place])


def same_bits(found, expected):
    """Equal bit by bit, all NaNs being alike."""
    assert found.dtype == expected.dtype and found.shape == expected.shape
    odd = numpy.isnan(expected)
    numpy.testing.assert_array_equal(numpy.isnan(found), odd)
    assert found[~odd].tobytes() == expected[~odd].tobytes()
