"""Sorts, partitions and searches beside NumPy's: every dtype, patterns that hurt, both sides of every size limit."""

import numpy
import pytest

import sharray as np

#: Around the limits of insertion, networks, quicksort, threads; and of narrow indices.
SIZES = [0, 1, 2, 3, 8, 9, 13, 16, 17, 33, 64, 65, 128, 129, 1000, 4097, 33000, 70000]
NUMBERS = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "g", "c8", "c16", "M8[s]", "m8[D]"]
PATTERNS = {
    "random": lambda n, r: r.standard_normal(n) * 1000,
    "few values": lambda n, r: r.integers(-2, 3, n).astype("f8"),
    "equal": lambda n, r: numpy.full(n, 7.0),
    "rising": lambda n, r: numpy.arange(n) / 3,
    "falling": lambda n, r: -numpy.arange(n) / 3,
    "organ pipes": lambda n, r: numpy.minimum(numpy.arange(n), numpy.arange(n)[::-1]) / 7,
    "nearly sorted": lambda n, r: numpy.arange(n) + r.integers(0, 3, n) * 40.0,
    "close together": lambda n, r: 1 + r.integers(0, 100, n) * 2.0**-52,
    "wide apart": lambda n, r: r.choice([-1, 1], n) * 2.0 ** r.integers(-15, 15, n),
}


def made(dtype, pattern, n, gaps=False):
    """A NumPy array of the pattern; with `gaps`, of NaN or NaT and zeros of both signs among it."""
    random = numpy.random.default_rng(n)
    values = PATTERNS[pattern](n, random)
    kind = numpy.dtype(dtype).kind
    if kind in "ub":
        values = abs(values)
    if kind == "c":
        values = values.round(-2) + 1j * random.integers(-2, 3, n)
    if kind in "iuMm" and values.size:
        values = values % 2 ** (8 * min(numpy.dtype(dtype).itemsize, 6) - 1)
    array = values.astype("i8").astype(dtype) if kind in "Mm" else values.astype(dtype)
    if gaps and kind in "fc":
        array[::5] = numpy.nan
        array[1::7], array[2::7] = 0.0, -0.0
    if gaps and kind == "c":
        array[3::11] = complex(1, numpy.nan)
        array[4::13] = complex(numpy.nan, 1)
    if gaps and kind in "Mm":
        array[::5] = "NaT"
    return array


def same(ours, theirs):
    """Equal dtype and values; not a number equals itself."""
    ours = numpy.asarray(ours)
    assert ours.dtype == theirs.dtype
    nan = theirs.dtype.kind in "fcMm"
    assert numpy.array_equal(ours, theirs, equal_nan=nan)


def check(array):
    """All that sorts and selects, on one array."""
    n, ours = len(array), np.array(array)
    order = numpy.argsort(array, kind="stable")
    ordered = array[order]
    for kind in (None, "stable"):
        same(np.sort(ours, kind=kind), ordered)
        chosen = numpy.asarray(np.argsort(ours, kind=kind))
        assert numpy.array_equal(numpy.sort(chosen), numpy.arange(n))
        same(array[chosen], ordered)
    assert numpy.array_equal(chosen, order)
    for kth in {0, n // 3, n // 2, n - 1} if n else ():
        check_parts(numpy.asarray(np.partition(ours, kth)), ordered, [kth])
        check_parts(array[numpy.asarray(np.argpartition(ours, kth))], ordered, [kth])
    if n > 3:
        kths = [n // 2, n // 3, n - 1, n // 2 + 1]
        check_parts(numpy.asarray(np.partition(ours, kths)), ordered, kths)
        check_parts(array[numpy.asarray(np.argpartition(ours, kths))], ordered, kths)


def check_parts(parted, ordered, kths):
    """The kth element in its place, smaller ones before, greater ones behind."""
    same(numpy.sort(parted), ordered)
    for kth in kths:
        same(parted[kth : kth + 1], ordered[kth : kth + 1])
        same(numpy.sort(parted[:kth]), ordered[:kth])


@pytest.mark.parametrize("dtype", NUMBERS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_numbers(dtype, pattern):
    for n in SIZES[:-2] if pattern != "random" else SIZES:
        check(made(dtype, pattern, n))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "g", "c8", "c16", "M8[s]", "m8[D]"])
def test_numbers_with_gaps(dtype):
    for n in SIZES:
        check(made(dtype, "few values", n, gaps=True))
        check(made(dtype, "random", n, gaps=True))


@pytest.mark.parametrize("dtype", ["f4", "f8", "f2"])
def test_stable_sorts_keep_zeros(dtype):
    for n in SIZES:
        signs = numpy.random.default_rng(n).integers(-1, 3, n)
        array = numpy.where(signs < 2, numpy.copysign(0.0, signs - 0.5), signs - 5.0).astype(dtype)
        theirs = array[numpy.argsort(array, kind="stable")]
        ours = numpy.asarray(np.sort(np.array(array), kind="stable"))
        assert ours.tobytes() == theirs.tobytes()
        # No zero is lost or made by any sort.
        ours = numpy.asarray(np.sort(np.array(array)))
        assert numpy.signbit(ours).sum() == numpy.signbit(array).sum()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", ["S", "U", "V"])
@pytest.mark.parametrize("width", [1, 2, 3, 4, 7, 8, 9, 17, 40])
def test_text(kind, width, order):
    for n in SIZES[:-1]:
        random = numpy.random.default_rng(n)
        for low in (97, 254, 70000) if kind == "U" else (97,):
            codes = random.integers(low, low + 4, (n, width)).astype("u4" if kind == "U" else "u1")
            codes[random.random((n, width)) < 0.2] = 0
            array = codes.view(f"{kind}{width}").ravel()
            if kind == "V":
                expected = numpy.argsort(array.view(f"S{width}"), kind="stable")
                ours = np.array(codes).view(f"V{width}").ravel()
                assert numpy.array_equal(np.argsort(ours), expected)
                continue
            ours = np.array(array.astype(array.dtype.newbyteorder(order)))
            expected = numpy.argsort(array, kind="stable")
            assert numpy.array_equal(np.argsort(ours), expected)
            assert (numpy.asarray(np.sort(ours)) == array[expected]).all()


@pytest.mark.parametrize("dtype", ["u1", "i2", "f4", "f8", "c16", "S3"])
@pytest.mark.parametrize("shape", [(7, 1), (50, 3), (33, 64), (5, 40, 9)])
def test_axes(dtype, shape):
    size = int(numpy.prod(shape))
    array = numpy.random.default_rng(1).integers(0, 100, size).astype(dtype).reshape(shape)
    for axis in range(-1, len(shape)):
        for view in (lambda a: a, lambda a: a[::-1], lambda a: a.T, lambda a: a[..., ::2], lambda a: a[1:, ...]):
            theirs, ours = view(array), view(np.array(array))
            same(np.sort(ours, axis=axis), numpy.sort(theirs, axis=axis))
            same(np.argsort(ours, axis=axis, kind="stable"), numpy.argsort(theirs, axis=axis, kind="stable"))
            base = np.array(array)
            view(base).sort(axis=axis)
            expected = array.copy()
            view(expected).sort(axis=axis)
            same(base, expected)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_any_number_of_threads(threads):
    array = made("f8", "random", 200_000, gaps=True)
    with np.threads.limit(1):
        expected = [np.sort(np.array(array)).tobytes(), np.argpartition(np.array(array), 5).tobytes()]
    with np.threads.limit(threads):
        ours = [np.sort(np.array(array)).tobytes(), np.argpartition(np.array(array), 5).tobytes()]
    assert ours == expected


@pytest.mark.parametrize("dtype", NUMBERS)
@pytest.mark.parametrize("side", ["left", "right"])
def test_searches(dtype, side):
    for n in (0, 1, 2, 7, 100, 5000):
        table = numpy.sort(made(dtype, "few values" if n < 100 else "random", n, gaps=n > 2))
        for keys in (
            made(dtype, "random", 300, gaps=True),
            numpy.sort(made(dtype, "random", 9001, gaps=True)),
            made(dtype, "few values", 30, gaps=True)[::-3],
            table[::2],
        ):
            ours = np.searchsorted(np.array(table), np.array(keys), side=side)
            assert numpy.array_equal(ours, numpy.searchsorted(table, keys, side=side))
            wide = np.array(numpy.repeat(table, 2))[::2]
            assert numpy.array_equal(np.searchsorted(wide, np.array(keys), side=side), ours)
