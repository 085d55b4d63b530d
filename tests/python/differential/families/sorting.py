"""Sorts, selections, searches, sets."""

from .. import arrays
from ..script import Case
from ..tolerance import Tolerance

KINDS = ["quicksort", "heapsort", "mergesort", "stable"]
SETS = ["unique", "unique_all", "unique_counts", "unique_inverse", "unique_values"]
PAIRS = ["intersect1d", "union1d", "setdiff1d", "setxor1d", "isin"]
SORTABLE = [
    arrays.NUMBERS,
    arrays.FLOATS,
    arrays.INTEGERS,
    arrays.COMPLEX,
    arrays.TIMES,
    arrays.TEXT,
    arrays.EVERY,
    ["i2,f4"],
    ["f8"],
    ["?"],
]
#: Both zeros are equal, and sorts may leave equal values in any order.
ZEROS = Tolerance(signed_zeros=False)
#: Dtypes of sets: those whose elements have one order.
MEMBERS = [arrays.BOOL + arrays.INTEGERS, arrays.FLOATS[:3], arrays.INTEGERS, arrays.TEXT, ["f8"], ["?"]]
LONG = [(40,), (3, 20), (20, 3), (300,)]


def shape(r):
    return r.choice(LONG) if r.randrange(8) == 0 else arrays.shape(r)


def call(r):
    """`sort`, `argsort`, `partition`, `argpartition`, `searchsorted`, `lexsort`, `sort_complex`, in place or not."""
    case = Case(tolerance=ZEROS)
    code, size = arrays.dtype(r, r.choice(SORTABLE)), shape(r)
    a = case.put(arrays.array(r, code, size))
    name = r.choice(
        [
            "sort",
            "argsort",
            "sort",
            "argsort",
            "partition",
            "argpartition",
            "searchsorted",
            "lexsort",
            "sort_complex",
            "nonzero",
        ]
    )
    if name in ("sort", "argsort"):
        words = [f"axis={r.choice([arrays.one_axis(r, len(size)), 'None'])}"] if r.randrange(2) else []
        words += r.choice([[], [f"kind='{r.choice(KINDS)}'"], ["stable=True"]])
        if name == "argsort" and not any("stable" in w or "merge" in w for w in words):
            words.append("kind='stable'")
        words += ["order='f1'"] if code == "i2,f4" and r.randrange(2) else []
        case.call = (
            f"np.{name}({', '.join([a, *words])})"
            if r.randrange(2)
            else f"{a}.{name}({', '.join(w for w in words if 'None' not in w)})"
        )
        return case
    if name in ("partition", "argpartition"):
        axis = arrays.one_axis(r, len(size))
        extent = size[int(axis)] if size and int(axis) < len(size) else 1
        kth = r.randrange(-extent, extent) if extent else 0
        result = f"np.{name}({a}, {kth}, axis={axis})"
        picked = f"np.take_along_axis({a}, {result}, {axis})" if name == "argpartition" else result
        case.call = f"np.take({picked}, {kth}, axis={axis})"
    elif name == "searchsorted":
        b = case.put(arrays.array(r, code if r.randrange(2) else arrays.dtype(r), shape(r)))
        words = [f"side='{r.choice(['left', 'right'])}'"] if r.randrange(2) else []
        words += [f"sorter=np.argsort({a}.ravel(), kind='stable')"] if r.randrange(3) == 0 else []
        case.call = f"np.searchsorted({', '.join([f'np.sort({a}.ravel())' if not words or 'sorter' not in words[-1] else a + '.ravel()', b, *words])})"
    elif name == "lexsort":
        b = arrays.array(r, arrays.dtype(r, r.choice(SORTABLE)), size)
        case.call = f"np.lexsort(({a}, {b}){r.choice(['', ', axis=0', ', axis=-1'])})"
    else:
        case.call = f"np.{name}({a})"
    return case


def sets(r):
    """The functions on sets."""
    case = Case(tolerance=ZEROS)
    code, size = arrays.dtype(r, r.choice(MEMBERS)), shape(r)
    a = case.put(arrays.array(r, code, size))
    if r.randrange(2):
        name = r.choice(SETS + ["unique"] * 3)
        words = []
        if name == "unique":
            words = [f"{w}=True" for w in ("return_index", "return_inverse", "return_counts") if r.randrange(3) == 0]
            words += [f"axis={arrays.one_axis(r, len(size))}"] if r.randrange(3) == 0 else []
            words += ["equal_nan=False"] if r.randrange(4) == 0 else []
            words += ["sorted=True"] if r.randrange(5) == 0 else []
        text = f"np.{name}({', '.join([a, *words])})"
        case.call = f"np.sort({text})" if name == "unique_values" else text
        return case
    name = r.choice(PAIRS)
    b = case.put(arrays.array(r, code, shape(r)))
    words = ["assume_unique=True"] if r.randrange(8) == 0 and name != "union1d" else []
    words += ["return_indices=True"] if name == "intersect1d" and r.randrange(3) == 0 else []
    words += r.choice([["invert=True"], [f"kind='{r.choice(['sort', 'table'])}'"], []]) if name == "isin" else []
    case.call = f"np.{name}({', '.join([a, b, *words])})"
    return case
