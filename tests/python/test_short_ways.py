"""Calls that have a short way for some sizes, layouts or types give what NumPy gives on both sides of its bounds."""

import numpy
import pytest

import sharray

SIZES = [1, 2, 3, 5, 17, 63, 257, 300, 1100]


def data(module, n, dtype="f8"):
    return module.asarray(numpy.random.default_rng(n).standard_normal(n) * 50).astype(dtype)


def numbers(module, n, low, high):
    return module.asarray(numpy.random.default_rng(n + 1).integers(low, high, n))


CALLS = {
    "take wrap": lambda np, n: np.take(data(np, n), numbers(np, n, -5 * n, 5 * n), mode="wrap"),
    "take wrap near": lambda np, n: np.take(data(np, n), numbers(np, n, -n, n), mode="wrap"),
    "take clip": lambda np, n: np.take(data(np, n), numbers(np, n, -5 * n, 5 * n), mode="clip"),
    "take clip steps": lambda np, n: np.take(data(np, n, "i2"), numbers(np, n, -9, 2 * n)[::-2], 0, None, "clip"),
    "take rows": lambda np, n: np.take(data(np, 3 * n).reshape(n, 3), numbers(np, n, -n, n), axis=0),
    "take deep": lambda np, n: data(np, n).take(numbers(np, 6, 0, n).reshape(2, 3)),
    "put wrap": lambda np, n: put(np, n, "wrap"),
    "put clip": lambda np, n: put(np, n, "clip"),
    "a[k] k 2-D": lambda np, n: data(np, n)[numbers(np, n, -n, n).reshape(1, -1)],
    "a[k] k 3-D": lambda np, n: data(np, n, "u1")[numbers(np, 8, 0, n).reshape(2, 2, 2)],
    "m[k] k 2-D": lambda np, n: data(np, 2 * n).reshape(n, 2)[numbers(np, 6, 0, n).reshape(3, 2)],
    "m[k, 0] k 2-D": lambda np, n: data(np, 2 * n).reshape(n, 2)[numbers(np, 6, 0, n).reshape(3, 2), 0],
    "m[k, l] 2-D": lambda np, n: data(np, 2 * n).reshape(n, 2)[numbers(np, 4, 0, n).reshape(2, 2), [0, 1]],
    "a[k] = v k 2-D": lambda np, n: changed(np, n, lambda a: a.__setitem__(numbers(np, 4, 0, n).reshape(2, 2), [7, 8])),
    "repeat": lambda np, n: np.repeat(data(np, n), 3),
    "repeat often": lambda np, n: np.repeat(data(np, n, "u1"), 9),
    "repeat counts": lambda np, n: np.repeat(data(np, n, "f4"), numbers(np, n, 0, 7)),
    "repeat rows": lambda np, n: np.repeat(data(np, 2 * n).reshape(n, 2), numbers(np, n, 0, 3), axis=0),
    "interp rising": lambda np, n: interp(np, n, np.sort(data(np, 2 * n))),
    "interp falling": lambda np, n: interp(np, n, np.sort(data(np, 2 * n))[::-1]),
    "interp few": lambda np, n: interp(np, n, np.sort(data(np, 3))),
    "interp NaN": lambda np, n: interp(np, n, np.concatenate([[np.nan, -1e9], data(np, n), [np.nan, 1e9, 2.0]])),
    "histogram": lambda np, n: np.histogram(data(np, n), [-60, -20, -20, 3, 50])[0],
    "histogram ends": lambda np, n: np.histogram(np.arange(n) % 5, [0, 1, 4])[0],
    "histogram NaN": lambda np, n: np.histogram(np.append(data(np, n), np.nan), [0.0, 1.0, np.nan])[0],
    "histogram one edge": lambda np, n: np.histogram(data(np, n), [0.5])[0],
    "bincount weights": lambda np, n: np.bincount(numbers(np, n, 0, 9), data(np, n)),
    "insert": lambda np, n: np.insert(data(np, n), n // 2, [1, 2.5]),
    "insert flat": lambda np, n: np.insert(data(np, 2 * n).reshape(2, n), -1, 5),
    "insert swapped": lambda np, n: np.insert(data(np, n).astype(">i4"), 1, 9),
    "delete": lambda np, n: np.delete(data(np, n, ">f4"), -1),
    "delete run": lambda np, n: np.delete(data(np, n), slice(1, 3)),
    "select": lambda np, n: np.select([data(np, n) > 0, numbers(np, n, 0, 2) > 0], [data(np, n), numbers(np, n, 0, 9)]),
    "select default": lambda np, n: np.select([data(np, n) > 0], [numbers(np, n, 0, 9).astype("u1")], default=-1),
    "putmask": lambda np, n: changed(np, n, lambda a: np.putmask(a, a > 0, data(np, n)[::-1])),
    "concatenate": lambda np, n: np.concatenate([data(np, n), data(np, n)[::-1], data(np, 2)]),
    "concatenate many": lambda np, n: np.concatenate([data(np, n)] * 40),
    "concatenate axis 1": lambda np, n: np.concatenate([data(np, 2 * n).reshape(2, n)] * 3, axis=1),
    "stack last": lambda np, n: np.stack([data(np, n, "i2"), data(np, n, "i2") + 1], axis=-1),
    "stack columns": lambda np, n: np.column_stack([data(np, n)] * 5),
    "transpose": lambda np, n: data(np, 6 * n).reshape(n, 6).T.copy(),
    "transpose 3-D": lambda np, n: data(np, 6 * n).reshape(2, n, 3).transpose(2, 0, 1).copy(),
    "transpose cast": lambda np, n: data(np, 6 * n).reshape(n, 6).T.astype("i4", order="C"),
    "transpose swapped": lambda np, n: data(np, 6 * n).reshape(6, n).T.astype(">f4", order="C"),
    "backwards": lambda np, n: data(np, 6 * n).reshape(6, n)[::-1, ::-1].copy(),
    "overlap": lambda np, n: changed(np, 9 * n, lambda a: square(a)[1:].__setitem__(..., square(a)[:-1])),
    "turned onto itself": lambda np, n: changed(np, n * n % 9999, lambda a: a.__setitem__(..., a[::-1])),
    "columns": lambda np, n: data(np, 12 * n).reshape(12, n)[:, numbers(np, 300, -n, n)],
    "take columns": lambda np, n: np.take(data(np, 12 * n).reshape(12, n), numbers(np, 30, -n, n), axis=1),
    "take columns wrap": lambda np, n: data(np, 6 * n).reshape(6, n).take(numbers(np, 9, -99, 99), 1, None, "wrap"),
    "insert many": lambda np, n: np.insert(data(np, n), numbers(np, 7, -n, n), 3),
    "fill columns": lambda np, n: changed(np, 3 * n, lambda a: a.reshape(n, 3)[:, 1:].fill(2)),
    "long rows": lambda np, n: np.pad(data(np, 12 * n).reshape(3, 4 * n), 1),
    "roll long rows": lambda np, n: np.roll(data(np, 12 * n).reshape(3, 4 * n), (1, 3), axis=(0, 1)),
    "iteration": lambda np, n: np.array([x * 1 for x in data(np, n, "f4")]),
    "flat": lambda np, n: np.array(list(data(np, 2 * n, "i2").reshape(n, 2).T.flat)),
}


def square(a):
    return a.reshape(3, -1)


def put(np, n, mode):
    return changed(np, n, lambda a: np.put(a, numbers(np, n, -9 * n, 9 * n), data(np, n), mode=mode))


def changed(np, n, change):
    a = data(np, n)
    change(a)
    return a


def interp(np, n, x):
    xp = np.sort(data(np, n))
    return np.interp(x, xp, xp**2)


@pytest.mark.parametrize("name", CALLS)
def test_as_numpy(name):
    call = CALLS[name]
    for n in SIZES:
        theirs, ours = call(numpy, n), call(sharray, n)
        assert (ours.dtype, ours.shape, ours.strides) == (theirs.dtype, theirs.shape, theirs.strides), n
        assert ours.tobytes() == theirs.tobytes(), n


@pytest.mark.parametrize("mode", ["edge", "wrap", "reflect", "symmetric"])
def test_pad(mode):
    for n in (1, 2, 3, 5):
        for left in range(2 * n + 2):
            for right in range(2 * n + 2):
                theirs, ours = (
                    np.pad(np.arange(4 * n).reshape(4, n), [(1, 0), (left, right)], mode) for np in (numpy, sharray)
                )
                assert ours.tolist() == theirs.tolist(), (n, left, right)


@pytest.mark.parametrize(("index", "bad"), [([0, 9, -9], 9), ([-5, 1], -5), ([2, 5, 5], 5)])
def test_insert_out_of_bounds(index, bad):
    with pytest.raises(IndexError, match=f"index {bad} is out of bounds for axis 0 with size 4"):
        sharray.insert(sharray.arange(4), index, 7)


@pytest.mark.parametrize("mode", ["raise", "wrap", "clip", "RAISE", 0, 1, 2, "round", 3, None, 1.5])
def test_modes(mode):
    def outcome(module):
        try:
            return module.take(module.arange(4), [1, 3], mode=mode).tolist()
        except Exception as error:  # the kind of error is the result
            return type(error)

    assert outcome(sharray) == outcome(numpy)


def test_classes_of_items():
    for module in (numpy, sharray):
        assert {type(x) for x in module.ones(1500, "f4")} == {module.float32}
        assert {type(x) for x in module.ones(3, "?")} == {module.bool_}
        assert [type(x) for x in module.ones(3, "c16").flat] == [module.complex128] * 3
