"""Calls that are served by short ways: products of few elements, `tensordot`, `tile`, joins with casts, masks, `at`.

Each is made on plain arrays and on whatever else has to go the long way; both give what NumPy gives.
"""

# ruff: noqa: B023  (each function is called at once, within the loop that it is made in)

import warnings

import numpy
import pytest

import sharray

RIVALS = (numpy, sharray)


def check(call, *, same_memory=True):
    """What `call` gives with either module: values, dtype, shape, strides, class; or the class of its error."""
    results = []
    for np in RIVALS:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = call(np)
            except Exception as error:  # whatever is raised is what is compared
                results.append((type(error).__name__,))
                continue
        found = [type(result).__name__, [w.category.__name__ for w in caught]]
        if isinstance(result, np.ndarray):
            found += [result.dtype.str, result.shape, unsigned(result).tolist(), result.flags.writeable]
            steps = [step for step, extent in zip(result.strides, result.shape, strict=True) if extent > 1]
            found += [steps] if same_memory and result.size else []
        else:
            found.append(repr(unsigned(result)))
        results.append(tuple(map(repr, found)))
    assert results[0] == results[1]


def unsigned(result):
    """Zeros without their sign, which depends on the order of a product's sums."""
    return result + 0 if getattr(result, "dtype", numpy.dtype("O")).kind in "fc" else result


def counting(np, shape, dtype="f8", order="C"):
    """An array of small whole numbers."""
    size = int(numpy.prod(shape))
    values = (numpy.arange(size) * 7 % 11 - 3).astype(dtype).reshape(shape)
    return np.array(values, order=order)


SHAPES = [(3,), (1,), (2, 3), (3, 2), (3, 3), (2, 3, 3), (4, 1, 3, 3), (1, 3), (2, 2, 3), (0,), (0, 3), (3, 0), ()]
PRODUCTS = ["matmul", "vecdot", "matvec", "vecmat", "dot", "inner"]


@pytest.mark.parametrize("name", PRODUCTS)
@pytest.mark.parametrize("dtype", ["f8", "i4", "c16", "?", "f2", ">f8", "O"])
def test_products(name, dtype):
    for first in SHAPES:
        for second in SHAPES:
            # Object arrays without elements have no sum in NumPy.
            if dtype == "O" and 0 in first + second:
                continue
            check(lambda np: getattr(np, name)(counting(np, first, dtype), counting(np, second, dtype)))


def strided(np, shape, dtype="f8"):
    return counting(np, (*shape[:-1], 2 * shape[-1]), dtype)[..., ::2]


LAYOUTS = {
    "fortran": lambda np, shape: counting(np, shape, order="F"),
    "strided": strided,
    "reversed": lambda np, shape: counting(np, shape)[::-1],
    "turned": lambda np, shape: counting(np, shape[::-1]).transpose(),
    "unaligned": lambda np, shape: np.frombuffer(
        b"x" + numpy.arange(float(numpy.prod(shape))).tobytes(), "f8", offset=1
    ).reshape(shape),
    "broadcast": lambda np, shape: np.broadcast_to(counting(np, shape[-1:]), shape),
}


@pytest.mark.parametrize("name", PRODUCTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_products_of_layouts(name, layout):
    for first, second in [
        ((3, 3), (3, 3)),
        ((2, 3, 3), (3, 3)),
        ((2, 3, 3), (2, 3, 3)),
        ((3, 3), (3,)),
        ((3,), (3, 3)),
    ]:
        check(lambda np: getattr(np, name)(LAYOUTS[layout](np, first), counting(np, second)))
        check(lambda np: getattr(np, name)(counting(np, first), LAYOUTS[layout](np, second)))


def outputs(np):
    """Arrays that products of 3 by 3 may or may not be written to."""
    read_only = np.zeros((3, 3))
    read_only.flags.writeable = False
    return {
        "plain": np.zeros((3, 3)),
        "fortran": np.zeros((3, 3), order="F"),
        "strided": np.zeros((3, 6))[:, ::2],
        "single": np.zeros((3, 3), "f4"),
        "swapped": np.zeros((3, 3), ">f8"),
        "wide": np.zeros((3, 3), "c16"),
        "longer": np.zeros((4, 3)),
        "stack": np.zeros((2, 3, 3)),
        "read_only": read_only,
    }


@pytest.mark.parametrize("name", ["matmul", "dot"])
@pytest.mark.parametrize("kind", list(outputs(numpy)))
@pytest.mark.parametrize("as_keyword", [True, False])
def test_products_into(name, kind, as_keyword):
    def call(np):
        a, out = counting(np, (3, 3)), outputs(np)[kind]
        result = getattr(np, name)(a, a, out=out) if as_keyword else getattr(np, name)(a, a, out)
        assert result is out
        return out

    check(call)


@pytest.mark.parametrize("name", ["matmul", "dot"])
def test_products_into_an_operand(name):
    def call(np, at):
        room = np.arange(20.0)
        a = room[:9].reshape(3, 3)
        out = room[at : at + 9].reshape(3, 3)
        return getattr(np, name)(a, np.eye(3) * 2, out=out)

    for at in (0, 5, 9, 11):
        check(lambda np: call(np, at))


def test_products_report():
    def call(np, name):
        a = np.array([[numpy.inf, 1.0], [1.0, 1.0]])
        with np.errstate(all="raise"):
            return getattr(np, name)(a, np.array([[0.0, 1.0], [1.0, 1.0]]))

    for name in PRODUCTS:
        check(lambda np: call(np, name))


class TestTensordot:
    AXES = [0, 1, 2, 3, ([1, 2], [1, 2]), ([2], [1]), (2, 1), (-1, 0), ([-1, 0], [-1, 0]), ((0, 1), (1, 2)), ([0, 0], [1, 1]),
            ([0, 1], [1]), ([], []), (5, 0), ([0, 3], [0, 1]), 1.5, "ab", [[0], [1]], (True, 1)]  # fmt: skip

    @pytest.mark.parametrize("axes", AXES, ids=repr)
    @pytest.mark.parametrize("dtype", ["f8", "i8", "c16", "?", ">f4"])
    def test_axes(self, axes, dtype):
        for first, second in [((2, 3, 3), (2, 3, 3)), ((3, 3), (3, 3)), ((3, 4), (4, 3)), ((3,), (3,)), ((2, 3), (4,))]:
            check(lambda np: np.tensordot(counting(np, first, dtype), counting(np, second, dtype), axes))

    def test_layouts(self):
        for layout in LAYOUTS.values():
            check(lambda np: np.tensordot(layout(np, (2, 3, 4)), counting(np, (3, 4, 2)), ([1, 2], [0, 1])))
            check(lambda np: np.tensordot(counting(np, (4, 3)), layout(np, (3, 4)), axes=1))

    def test_mixed(self):
        check(lambda np: np.tensordot(counting(np, (3, 3)), counting(np, (3, 3), "f4")))
        check(lambda np: np.tensordot([[1, 2]], [[3], [4]], 1))
        check(lambda np: np.tensordot(counting(np, (0, 3)), counting(np, (3, 2)), 1))


class TestTile:
    @pytest.mark.parametrize(
        "times", [0, 1, 2, 5, 40, (2,), (2, 3), (1, 1), (1, 2, 3), (0, 2), (), -1, (2, -1), [2, 2], 2.0]
    )
    @pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (3, 1), (2, 1, 3), (0,), (2, 0)])
    def test_shapes(self, times, shape):
        for dtype in ("f8", "u1", "c16", "?"):
            check(lambda np: np.tile(counting(np, shape, dtype), times), same_memory=False)

    def test_others(self):
        for layout in LAYOUTS.values():
            check(lambda np: np.tile(layout(np, (2, 3)), (2, 2)), same_memory=False)
        check(lambda np: np.tile(counting(np, (3,), ">i4"), 3), same_memory=False)
        check(lambda np: np.tile(np.array(["a", "bc"]), 3), same_memory=False)
        check(lambda np: np.tile(np.array([1, None]), 3), same_memory=False)
        check(lambda np: np.tile(np.ma.array([1, 2], mask=[0, 1]), 2).data, same_memory=False)

    def test_long(self):
        check(lambda np: np.tile(counting(np, (300, 70), "i2"), (3, 50)).sum(0), same_memory=False)

    def test_too_large(self):
        check(lambda np: np.tile(np.zeros(1 << 20), (1 << 22, 1 << 22)))


DTYPES = ["?", "i1", "u1", "i4", "u8", "i8", "f2", "f4", "f8", "g", "c8", "c16", "O", "U3", ">f8"]


@pytest.mark.parametrize("name", ["concatenate", "stack", "hstack", "vstack"])
def test_joins_of_two_dtypes(name):
    for first in DTYPES:
        for second in DTYPES:
            for shape in [(3,), (2, 3)]:
                check(lambda np: getattr(np, name)([counting(np, shape, first), counting(np, shape, second)]))
    check(lambda np: np.concatenate([counting(np, (2, 3), "f4"), counting(np, (2, 2), "f8")], axis=1))
    check(
        lambda np: np.concatenate([counting(np, (6,), "i2")[::2], counting(np, (3,), "u2"), counting(np, (3,), "f4")])
    )


class TestUnderMask:
    def masked(self, np, target, mask, values):
        np.copyto(target, values, where=mask)
        return target

    @pytest.mark.parametrize("name", ["copyto", "putmask"])
    def test_dtypes(self, name):
        def call(np, own, other, shape):
            target, values = counting(np, shape, own), counting(np, shape, other) + 1
            mask = counting(np, shape) > 1
            if name == "copyto":
                np.copyto(target, values, where=mask)
            else:
                np.putmask(target, mask, values)
            return target

        for own in DTYPES[:-2]:
            for other in DTYPES[1:-2]:
                check(lambda np: call(np, own, other, (7,)))
                check(lambda np: call(np, own, other, (3, 2)))

    VALUES = [2, 2.5, 1j, True, 1e300, -1, None, "x", [1, 2, 3], [1.5]]

    @pytest.mark.parametrize("value", VALUES, ids=repr)
    def test_single_values(self, value):
        for dtype in DTYPES[:-3]:
            check(lambda np: self.masked(np, counting(np, (3,), dtype), np.array([True, False, True]), value))
            check(lambda np: self.put(np, counting(np, (3,), dtype), np.array([True, False, True]), value))

    def put(self, np, target, mask, values):
        np.putmask(target, mask, values)
        return target

    def test_layouts(self):
        for layout in ("fortran", "strided", "reversed", "turned"):
            make = LAYOUTS[layout]
            mask = lambda np: counting(np, (3, 4)) > 1  # noqa: E731
            check(lambda np: self.masked(np, make(np, (3, 4)), mask(np), counting(np, (3, 4), "i4")))
            check(lambda np: self.masked(np, counting(np, (3, 4)), mask(np), make(np, (3, 4))))
            check(lambda np: self.masked(np, counting(np, (3, 4)), make(np, (3, 4)) > 1, make(np, (3, 4))))
        check(lambda np: self.masked(np, counting(np, (3, 4)), counting(np, (4,)) > 1, counting(np, (4,))))

    def test_overlap(self):
        for start, stop in [(0, 6), (1, 7), (4, 10)]:
            check(lambda np: self.masked(np, (a := np.arange(10.0))[2:8], np.arange(6) % 2 == 0, a[start:stop]))
        check(lambda np: self.masked(np, (a := np.array([True, False, True, True]))[1:], a[:-1], a[::-1][:-1]))

    def test_refused(self):
        def read_only(np):
            target = np.zeros(3)
            target.flags.writeable = False
            return self.masked(np, target, np.ones(3, bool), 1.0)

        check(read_only)
        check(lambda np: self.masked(np, np.broadcast_to(1.0, (3,)), np.ones(3, bool), 1.0))
        check(lambda np: self.masked(np, np.zeros(3), np.ones(4, bool), 1.0))
        check(lambda np: self.masked(np, np.zeros(3), np.ones(3, int), 1.0))
        check(lambda np: self.put(np, np.zeros(3), np.ones(4, bool), 1.0))

    def test_nothing_but_the_masked_is_cast(self):
        def call(np, mask):
            with np.errstate(all="raise"):
                return self.masked(np, np.zeros(2, "f4"), np.array(mask), np.array([1.0, 1e300]))

        check(lambda np: call(np, [True, False]))
        check(lambda np: call(np, [True, True]))


NARROW = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "q", "Q", ">i4", ">i8", "?", "f8", "O"]


class TestNarrowIndices:
    @pytest.mark.parametrize("dtype", NARROW)
    def test_get_and_set(self, dtype):
        def get(np, numbers, shape):
            return counting(np, shape)[np.array(numbers, dtype)]

        def put(np, numbers, shape):
            target = counting(np, shape)
            target[np.array(numbers, dtype)] = 7
            return target

        for numbers in ([0, 2, 1, 2], [1], [0, -1, -4], [0, 4], [-5], list(range(4)) * 30):
            for shape in [(4,), (4, 2)]:
                if "u" in dtype.lower() and min(numbers) < 0:
                    continue
                check(lambda np: get(np, numbers, shape))
                check(lambda np: put(np, numbers, shape))

    def test_pairs(self):
        one, other = ([0, 1, 2], [2, 1, 0])
        for first in NARROW[:8]:
            for second in NARROW[:8]:
                check(lambda np: counting(np, (3, 3))[np.array(one, first), np.array(other, second)])
                check(lambda np: counting(np, (3, 3))[np.array(one, first), 1])

    def test_own_memory(self):
        def call(np):
            a = np.array([3, 2, 1, 0], "i4")
            a[a] = a * 2
            return a

        check(call)
        check(lambda np: np.arange(5.0)[np.arange(4, dtype="i4")[::-2]])
        check(lambda np: np.arange(5.0)[np.array([], "i4")])


class TestAt:
    @pytest.mark.parametrize("name", ["add", "subtract", "multiply", "maximum", "divide", "floor_divide"])
    @pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "i4", "u8", "i2", "c16", "O"])
    def test_operands(self, name, dtype):
        def call(np, operand, numbers=(0, 2, 2, 1)):
            target = counting(np, (4,), dtype)
            getattr(np, name).at(target, np.array(numbers), operand(np))
            return target

        for operand in (
            lambda np: counting(np, (4,), dtype) + 1,
            lambda np: counting(np, (4,), "f8") + 1,
            lambda np: counting(np, (4,), "i4") + 1,
            lambda np: np.array(3).astype(dtype),
            lambda np: 2,
            lambda np: 2.5,
            lambda np: [1, 2, 3, 4],
            lambda np: counting(np, (1,), dtype),
            lambda np: counting(np, (3,), dtype),
        ):
            check(lambda np: call(np, operand))
        check(lambda np: call(np, lambda np: counting(np, (2,), dtype), (-1, 4)))
        check(lambda np: call(np, lambda np: counting(np, (2,), dtype), (-5, 0)))
        check(lambda np: call(np, lambda np: counting(np, (0,), dtype), np.array([], int)))

    def test_overlap_and_refusals(self):
        def overlapping(np):
            a = np.arange(6.0)
            np.add.at(a, np.array([1, 2, 3]), a[:3])
            return a

        def reported(np):
            a = np.array([1e308, 1.0])
            with np.errstate(all="raise"):
                np.add.at(a, np.array([0, 0]), np.array([1e308, 1.0]))

        def unchanged(np):
            a = np.arange(3.0)
            with pytest.raises(IndexError):
                np.add.at(a, np.array([0, 1, 3]), np.ones(3))
            return a

        for call in (overlapping, reported, unchanged):
            check(call)
        # NumPy writes to it.
        fixed = sharray.zeros(3)
        fixed.flags.writeable = False
        with pytest.raises(ValueError, match="read-only"):
            sharray.add.at(fixed, sharray.array([1]), 1.0)
        check(lambda np: np.add.at(np.arange(8.0)[::2], np.arange(8)[::-2] % 3, np.arange(8.0)[::2]))


@pytest.mark.parametrize("dtype", ["f8", "i1", "?", "f2", "c8", ">i4", "O"])
def test_trace(dtype):
    for shape in [(3, 3), (2, 4), (4, 2), (0, 3), (2, 3, 3)]:
        check(lambda np: np.trace(counting(np, shape, dtype)))
        check(lambda np: counting(np, shape, dtype).trace())
        check(lambda np: counting(np, shape, dtype, "F")[::-1].trace())
    check(lambda np: np.trace(counting(np, (3, 3), dtype), 1))


@pytest.mark.parametrize("dtype", ["f8", "?", "i2", "c16", ">f4", "O", "U3", "M8[D]"])
def test_argwhere(dtype):
    for shape in [(), (3,), (2, 3), (3, 2, 2), (0,), (0, 3), (70, 90)]:
        check(lambda np: np.argwhere(counting(np, shape, dtype)))
        check(lambda np: np.argwhere(counting(np, (*shape, 4), dtype, "F")[..., ::2]))
    check(lambda np: np.argwhere(counting(np, (3,), dtype)).base.shape)
    check(lambda np: np.argwhere([[0, 3], [4, 0]]))


class TestRepeat:
    COUNTS = [0, 1, 2, 3, 4, 5, 9, -1, [2], [1, 2], [3, 0], [1, 2, 3], [0, 0], [-1, 1], 1.5, True]

    @pytest.mark.parametrize("counts", COUNTS, ids=repr)
    def test_counts(self, counts):
        for dtype in ("u1", "f2", "f4", "f8", "c16", "g", "U3", "O", ">i4"):
            for shape in [(2,), (2, 3), (2, 1, 2), (0,)]:
                for axis in (None, 0, -1):
                    check(lambda np: np.repeat(counting(np, shape, dtype), counts, axis=axis))
        check(lambda np: np.repeat(counting(np, (4, 6))[::2, ::-1], counts, axis=0))

    def test_too_many(self):
        # NumPy crashes.
        for count in (1 << 62, 1 << 63, -(1 << 62)):
            with pytest.raises((ValueError, OverflowError, MemoryError)):
                sharray.repeat(sharray.zeros((2, 3)), count, axis=0)

    def test_objects(self):
        item = object()
        made = sharray.repeat(sharray.array([item, None]), 3)
        assert made.tolist() == [item] * 3 + [None] * 3
