"""Products of matrices that are cut into tiles: right to rounding, the same bit for bit for any number of threads."""

import functools

import numpy
import pytest

import sharray as np

DTYPES = ["f4", "f8", "c8", "c16"]
#: Rows, terms and columns: square, with narrow last tiles, tall, wide, and of few terms.
EXTENTS = [(300, 300, 300), (217, 513, 91), (2001, 40, 33), (31, 70, 1999), (700, 5, 700)]
LAYOUTS = {
    "dense": lambda a: a,
    "transposed": lambda a: a.T.copy().T,
    "every other": lambda a: a.repeat(2, axis=0).repeat(2, axis=1)[::2, ::2],
    "reversed": lambda a: a[::-1, ::-1],
}


def factors(dtype, n, k, m):
    random = numpy.random.default_rng(n + k + m)

    def one(*shape):
        values = random.standard_normal(shape)
        return (values + 1j * random.standard_normal(shape) if dtype[0] == "c" else values).astype(dtype)

    return one(n, k), one(k, m)


@functools.cache
def exact_product(dtype, extents):
    """Factors, their product in more digits, and the sum of the absolute products for each of its elements."""
    left, right = factors(dtype, *extents)
    wider = {"f4": "f8", "c8": "c16", "f8": "f16", "c16": "c32"}[dtype]
    wider = numpy.dtype({"f16": "longdouble", "c32": "clongdouble"}.get(wider, wider))
    return left, right, left.astype(wider) @ right.astype(wider), abs(left) @ abs(right)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("extents", EXTENTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_products_are_exact_to_rounding(dtype, extents, layout):
    left, right, exact, magnitude = exact_product(dtype, extents)
    a, b = (LAYOUTS[layout](np.asarray(x)) for x in (left, right))
    product = numpy.asarray(a @ b)
    assert product.dtype == dtype
    if layout == "reversed":
        product = product[::-1, ::-1]
    # Each element's error is at most that of its sum of `k` products, whatever their order.
    bound = 2 * (extents[1] + 2) * np.finfo(dtype).eps * magnitude
    assert (abs(product - exact) <= bound).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("extents", EXTENTS)
def test_any_number_of_threads_gives_the_same_bits(dtype, extents):
    a, b = (np.asarray(x) for x in factors(dtype, *extents))
    results = []
    for threads in (1, 2, 3, 8):
        with np.threads.limit(threads):
            results.append((a @ b).tobytes())
    assert len(set(results)) == 1


def test_results_go_where_they_are_asked_for():
    left, right = factors("f8", 120, 130, 140)
    a, b, plain = np.asarray(left), np.asarray(right), np.asarray(left) @ np.asarray(right)
    for out in (np.empty((140, 120)).T, np.empty((240, 280))[::2, ::2], np.empty((120, 140))[::-1, ::-1]):
        assert np.matmul(a, b, out=out) is out
        assert (out == plain).all()
    square = np.asarray(factors("f8", 90, 90, 90)[0])
    expected = square @ square
    assert (np.matmul(square, square.T, out=square.copy()) == square @ square.T).all()
    assert (np.matmul(square, square, out=square) == expected).all()


def test_elements_that_are_not_aligned():
    left, right = factors("f8", 64, 64, 64)
    record = np.zeros((64, 64), [("flag", "u1"), ("value", "f8")])
    record["value"] = left
    assert (record["value"] @ right == np.asarray(left) @ np.asarray(right)).all()
    # Complex numbers a step and a half apart.
    complex_record = np.zeros((64, 64), [("value", "c16"), ("more", "f8")])
    complex_record["value"] = left
    numpy.testing.assert_allclose(numpy.asarray(complex_record["value"] @ right), left @ right, rtol=1e-10, atol=1e-10)


def test_infinite_complex_numbers_stay_infinite():
    a = np.ones((30, 30), "c16")
    a[3, 4] = np.inf
    with np.errstate(all="ignore"):
        product = a @ np.ones((30, 30), "c16")
    assert np.isinf(product[3].real).all()
    assert (product[:3] == 30).all()


def test_stacks():
    random = numpy.random.default_rng(3)
    left, right = random.standard_normal((5, 4, 60, 70)), random.standard_normal((4, 70, 50))
    numpy.testing.assert_allclose(np.asarray(left) @ np.asarray(right), left @ right, rtol=1e-11, atol=1e-11)
