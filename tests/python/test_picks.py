"""Picks by index arrays and masks, and transposed copies, beside NumPy: all lengths about the sizes that loops work by,
element sizes with and without a loop of their own, orders of memory, indices from the end and out of bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
import pytest

import sharray

DTYPES = ["u1", "i2", "f4", "f8", "c16", "S3", "S12", "?", ">i4"]
LAYOUTS: dict[str, Callable[[Any, Any], Any]] = {
    "C": lambda np, a: a,
    "F": lambda np, a: np.asfortranarray(a),
    "reversed": lambda np, a: a[::-1],
    "transposed": lambda np, a: a.T,
}
LENGTHS = [0, 1, 7, 8, 33, 255, 257, 1100]
SHAPES = [(1,), (40,), (700,), (5, 9), (33, 40), (3, 4, 10)]


def values(shape: tuple[int, ...], dtype: str, seed: int = 0) -> numpy.ndarray:
    """Numbers of two digits as elements of a dtype."""
    numbers = numpy.random.default_rng(seed).integers(10, 100, shape)
    return numbers > 50 if dtype == "?" else numbers.astype(dtype)


def outcome(act: Callable[[], Any]) -> tuple[Any, ...]:
    """What a call gives: the bytes of its results, or its error."""
    try:
        results = act()
    except (IndexError, ValueError, TypeError) as error:
        return type(error).__name__, str(error)
    if not isinstance(results, tuple):
        results = (results,)
    return tuple((r.shape, r.dtype.str, numpy.asarray(r).tobytes()) for r in results)


def check(action: Callable[[Any, Any], Any], source: numpy.ndarray, layout: str) -> None:
    """Do the same with NumPy's and sharray's array of these values and compare."""
    place = LAYOUTS[layout]
    expected = outcome(lambda: action(numpy, place(numpy, source)))
    assert outcome(lambda: action(sharray, place(sharray, sharray.array(source)))) == expected


def changed(np: Any, array: Any, change: Callable[[Any], Any]) -> Any:
    """A copy in the same order, changed."""
    copy = array.copy(order="K")
    change(copy)
    return copy


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_index_arrays(dtype: str, layout: str) -> None:
    """`a[k]`, `a[k] = v`, `take` and `put`, in and out of bounds."""
    random = numpy.random.default_rng(1)
    for shape in SHAPES:
        source = values(shape, dtype)
        for length in LENGTHS:
            for axis in range(len(shape)):
                extent = LAYOUTS[layout](numpy, source).shape[axis]
                numbers = random.integers(-extent, extent, length)
                before = (slice(None),) * axis
                outside = numbers.copy()
                outside[length // 2 : length // 2 + 1] = extent
                for k in (numbers, numbers[::-1], numbers.reshape(-1, 1), outside):
                    check(lambda np, a, k=k, b=before: a[(*b, np.array(k))], source, layout)
                    one = source.flat[0]
                    check(
                        lambda np, a, k=k, b=before, one=one: changed(
                            np, a, lambda t: t.__setitem__((*b, np.array(k)), one)
                        ),
                        source,
                        layout,
                    )
                    for mode in ("raise", "wrap", "clip"):
                        check(
                            lambda np, a, k=k, axis=axis, mode=mode: np.take(a, np.array(k), axis=axis, mode=mode),
                            source,
                            layout,
                        )
                    given = values((3,), dtype, 2)
                    check(
                        lambda np, a, k=k, given=given: changed(
                            np, a, lambda t: np.put(t, np.array(k), np.array(given), mode="wrap")
                        ),
                        source,
                        layout,
                    )


@pytest.mark.parametrize("dtype", [d for d in DTYPES if d[0] != "S"])
def test_values_for_index_arrays(dtype: str) -> None:
    """Of several values for one place the last one stays; nothing is written when an index is out of bounds."""
    random = numpy.random.default_rng(3)
    for length in LENGTHS:
        numbers = random.integers(-40, 40, length)
        given = values((length,), dtype, 4)
        for k in (numbers, numpy.append(numbers[:-1], 40)[:length]):

            def written(np: Any, a: Any, k: numpy.ndarray = k, given: numpy.ndarray = given) -> Any:
                copy = a.copy()
                try:
                    copy[np.array(k)] = np.array(given)
                except IndexError as error:
                    assert "out of bounds" in str(error)
                return copy

            check(written, values((40,), dtype), "C")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_masks(dtype: str, layout: str) -> None:
    """`a[mask]`, `a[mask] = v`, `nonzero`, `place`, `putmask`, `copyto` and `compress`, for masks of all densities."""
    random = numpy.random.default_rng(5)
    for shape in [*SHAPES, (31,), (32,), (65,), (513,)]:
        source = values(shape, dtype)
        laid = LAYOUTS[layout](numpy, source).shape
        for density in (0.0, 0.02, 0.5, 1.0):
            mask = random.random(laid) < density
            given = values((int(mask.sum()),), dtype, 6)
            few = values((3,), dtype, 7)
            same = values(laid, dtype, 8)
            actions: list[Callable[[Any, Any], Any]] = [
                lambda np, a, m=mask: a[np.array(m)],
                lambda np, a, m=mask, v=given: changed(np, a, lambda t: t.__setitem__(np.array(m), np.array(v))),
                lambda np, a, m=mask, v=few: changed(np, a, lambda t: t.__setitem__(np.array(m), np.array(v)[:1])),
                lambda np, a, m=mask: np.nonzero(np.array(m)),
                lambda np, a, m=mask: np.argwhere(np.array(m)),
                lambda np, a, m=mask, v=few: changed(np, a, lambda t: np.place(t, np.array(m), np.array(v))),
                lambda np, a, m=mask, v=few: changed(np, a, lambda t: np.putmask(t, np.array(m), np.array(v))),
                lambda np, a, m=mask, v=same: changed(np, a, lambda t: np.copyto(t, np.array(v), where=np.array(m))),
                lambda np, a, m=mask: np.compress(np.array(m).ravel()[: a.shape[0]], a, axis=0),
            ]
            for action in actions:
                check(action, source, layout)


@pytest.mark.parametrize("given", ["f4", "i8", "u1", ">f8"])
def test_masked_copies_with_a_cast(given: str) -> None:
    """Numbers under the mask are cast, and no others: what is masked raises no flag."""
    random = numpy.random.default_rng(9)
    for length in [1, 40, 513, 1500]:
        mask = random.random(length) < 0.5
        numbers = values((length,), given, 10)
        for to in ("f8", "i4", "c8"):

            def copied(np: Any, a: Any, m: numpy.ndarray = mask, v: numpy.ndarray = numbers) -> Any:
                return changed(np, a, lambda t: np.copyto(t, np.array(v), where=np.array(m), casting="unsafe"))

            check(copied, values((length,), to), "C")
    target, source = sharray.zeros(100, dtype="i4"), sharray.full(100, sharray.nan)
    source[::2] = 1.0
    with sharray.errstate(all="raise"):
        sharray.copyto(target, source, where=sharray.arange(100) % 2 == 0, casting="unsafe")
    assert target.sum() == 50


@pytest.mark.parametrize("dtype", [*DTYPES, "i1", "u8"])
def test_transposed_copies(dtype: str) -> None:
    """Whole blocks, what is left of them at either side, and axes that run backwards."""
    for shape in [(2, 3), (4, 4), (8, 8), (9, 33), (65, 70), (300, 40), (3, 17, 21)]:
        source = values(shape, dtype)
        for action in (
            lambda np, a: a.T.copy(),
            lambda np, a: a[::-1].T.copy(),
            lambda np, a: a.T[::-1].copy(),
            lambda np, a: a[:, ::-1].T.copy(),
            lambda np, a: np.rot90(a).copy(),
            lambda np, a: np.ascontiguousarray(np.moveaxis(a, 0, -1)),
        ):
            check(action, source, "C")


@pytest.mark.parametrize("values_dtype", ["f8", "c16"])
def test_interp(values_dtype: str) -> None:
    """Sorted and random questions, more and fewer than points, the ends, NaN and infinite values: exactly NumPy's."""
    random = numpy.random.default_rng(11)
    for points in (1, 2, 5, 60):
        xp = numpy.unique(random.integers(-40, 40, points) * 0.5)
        fp = random.normal(size=len(xp)).astype(values_dtype)
        if values_dtype == "c16":
            fp = fp + 1j * random.normal(size=len(xp))
        for count in (0, 1, 4, 255, 700):
            x = random.integers(-45, 45, count) * 0.5
            for questions in (x, numpy.sort(x), numpy.append(x, numpy.nan), x[::-2]):
                for ends in ({}, {"left": -1.5, "right": 9.0}):
                    check(
                        lambda np, a, q=questions, xp=xp, ends=ends: np.interp(np.array(q), np.array(xp), a, **ends),
                        fp,
                        "C",
                    )


ENDLESS = {
    "put": lambda a, k, f: sharray.put(a, k, 0),
    "put, wrapped": lambda a, k, f: sharray.put(a, k, 0, mode="wrap"),
    "take": lambda a, k, f: a.take(k),
    "take, clipped": lambda a, k, f: a.take(k, mode="clip"),
    "index": lambda a, k, f: a[k],
    "insert": lambda a, k, f: sharray.insert(a, k, 0),
    "repeat": lambda a, k, f: sharray.repeat(f, 0),
    "interp": lambda a, k, f: sharray.interp(a, f, f),
    "interp, questions": lambda a, k, f: sharray.interp(f, a, a),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_shapes_that_no_memory_holds(case):
    """A stretched array of one element may have more of them than there is memory for copies: an error, no abort."""
    numbers = sharray.broadcast_to(sharray.array([0]), (10**7, 10**7))
    with pytest.raises((MemoryError, ValueError)):
        ENDLESS[case](sharray.arange(5.0), numbers, sharray.broadcast_to(0.0, 10**14))


def test_flat_of_elements_that_grew():
    """An iterator's last place has room for an element of the size at its start, not for a larger one."""
    array = sharray.zeros(8, "u1")
    flat = array.flat
    array.dtype = "f8"
    for use in (
        lambda: next(flat),
        lambda: flat[7],
        lambda: flat[:],
        lambda: flat.__setitem__(7, 1.0),
        lambda: flat.copy(),
        lambda: flat == 0,
    ):
        with pytest.raises(RuntimeError, match="grew from 1 to 8 bytes"):
            use()
    assert len(flat) == 8 and flat.index == 0


def test_flat_of_elements_that_shrank():
    array = sharray.arange(4, dtype="u4")
    flat = array.flat
    array.dtype = "u2"
    assert [int(next(flat)) for _ in range(4)] == [0, 1, 2, 3]
    assert flat[3] == 3
