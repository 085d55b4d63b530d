"""Arrays from nothing and from Python's values."""

from .. import arrays
from ..script import Case
from ..tolerance import Tolerance

NUMBERS = [
    "0",
    "1",
    "-1",
    "3",
    "10",
    "0.5",
    "2.5",
    "-2",
    "1e3",
    "1j",
    "nan",
    "True",
    "np.float32(2)",
    "np.int8(5)",
    "np.datetime64('2020-01-01')",
    "np.timedelta64(3, 'D')",
    "inf",
    "7",
]


def call(r):
    """`arange`, `linspace`, `full`, `*_like`, `eye`, `fromiter`, `array` of nested lists, ... ."""
    case = Case(tolerance=Tolerance(ulps=4, relative=8, joint=True))
    code = arrays.dtype(r, arrays.EVERY)
    dtype = r.choice(["", f", dtype='{code}'"])
    x, y, z = (r.choice(NUMBERS) for _ in range(3))
    shape = arrays.shape(r)
    order = r.choice(["", f", order='{r.choice('CF')}'"])
    like = case.put(arrays.array(r, arrays.dtype(r, arrays.EVERY), shape))
    case.call = r.choice([
        f"np.arange({x}{dtype})", f"np.arange({x}, {y}{dtype})", f"np.arange({x}, {y}, {z}{dtype})", f"np.linspace({x}, {y}, {r.choice([0, 1, 2, 5, -1])}{dtype})",
        f"np.linspace({x}, {y}, 4, endpoint=False, retstep=True{dtype})", f"np.linspace({like}, {x}, 3{dtype})", f"np.logspace({x}, {y}, 3{dtype})", f"np.geomspace({x}, {y}, 3{dtype})",
        f"np.full({shape}, {x}{dtype}{order})", f"np.zeros({shape}{dtype}{order})", f"np.ones({shape}{dtype}{order})", f"np.empty({shape}{dtype}{order}).dtype",
        f"np.full_like({like}, {x}{dtype}{order})", f"np.zeros_like({like}{dtype}{order}{r.choice(['', ', subok=False', ', shape=(2, 2)'])})", f"np.ones_like({like}{dtype})",
        f"np.empty_like({like}{dtype}{order}{r.choice(['', ', shape=(3, 2)'])}).strides", f"np.eye({r.randrange(4)}, {r.choice(['None', '2', '5'])}, {r.randrange(-2, 3)}{dtype}{order})",
        f"np.identity({r.randrange(3)}{dtype})", f"np.tri({r.randrange(4)}, k={r.randrange(-1, 2)}{dtype})", f"np.indices({shape}{dtype})", f"np.fromiter(range(4){dtype or ', float'})",
        f"np.array([{x}, {y}]{dtype}{order})", f"np.array([[{x}, {y}], [{z}, {x}]]{dtype}{order})", f"np.array({x}{dtype})", f"np.array([{like}, {like}]{dtype})", f"np.array([{like}, {x}]{dtype})",
        f"np.array([{x}, [{y}]]{dtype})", f"np.array(['a', {x}]{dtype})", f"np.array([None, {x}]{dtype})", f"np.array([b'ab', {x}]{dtype})", f"np.array([np.array({x}), {y}]{dtype})",
        f"np.array([(1, {x}), (2, {y})]{dtype})", f"np.asarray(memoryview(b'abcdefgh'){dtype})", f"np.frombuffer(b'abcdefghijklmnop'{dtype})",
        f"np.array([]{dtype})", f"np.array([[], []]{dtype})", f"np.array(range(3){dtype})", f"np.array([1, 2**{r.choice([31, 32, 63, 64, 100])}]{dtype})", f"np.fromfunction(lambda i, j: i + j, (2, 3){dtype})",
        f"np.array([datetime.date(2020, 1, 2), {x}]{dtype})", f"np.array(datetime.timedelta(1, 2){dtype})", f"np.array([[1, 2], [3]]{dtype})", f"np.array({like}.tolist(){dtype})",
        f"np.r_[{x}, {like}.ravel()]", f"np.c_[{like}, {like}]", f"np.array({like}, ndmin=3{dtype})", f"np.array([1.0, 2, {x}]).dtype", f"np.asarray([[{x}]]{dtype})",
    ])  # fmt: skip
    return case
