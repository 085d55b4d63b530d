"""Calls of ufuncs, with `out`, `where`, `casting`, `order`, `dtype` and `subok`, and their methods."""

import numpy

from .. import arrays
from ..script import Case
from ..tolerance import EXACT, Tolerance

UFUNCS = sorted({u.__name__ for n in dir(numpy) if isinstance(u := getattr(numpy, n), numpy.ufunc)})
PRODUCTS = ["matmul", "matvec", "vecmat", "vecdot"]
PLAIN = [n for n in UFUNCS if n not in PRODUCTS]
MATH = {
    "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctan2", "arctanh", "cbrt", "cos", "cosh", "deg2rad", "degrees",
    "exp", "exp2", "expm1", "float_power", "hypot", "log", "log10", "log1p", "log2", "logaddexp", "logaddexp2", "power",
    "rad2deg", "radians", "sin", "sinh", "tan", "tanh", "sqrt", "absolute",
}  # fmt: skip
#: Both engines are within four units of the true value; NumPy's half-precision and complex functions are further off.
NEAR = Tolerance(ulps=5, joint=True)
ARITHMETIC = Tolerance(ulps=2, joint=True)
#: Functions of one operand whose results are real or truth values, whatever the operand is.
REAL_RESULTS = (
    "absolute",
    "isnan",
    "isinf",
    "isfinite",
    "isnat",
    "signbit",
    "logical_not",
    "bitwise_count",
    "spacing",
    "fabs",
    "frexp",
    "modf",
)
METHODS = ["reduce", "accumulate", "reduceat", "outer", "at"]


def tolerance(name):
    if name in MATH:
        return NEAR
    return (
        ARITHMETIC
        if name in ("multiply", "divide", "reciprocal", "square", "vecdot", "matmul", "matvec", "vecmat")
        else EXACT
    )


def codes(r):
    """A set of dtypes, so that operands often have common ones."""
    sets = [
        arrays.NUMBERS,
        arrays.FLOATS,
        arrays.INTEGERS,
        arrays.COMPLEX,
        arrays.ALL,
        arrays.TIMES,
        arrays.TEXT,
        ["f8"],
        ["?"],
    ]
    return sets[r.randrange(len(sets))]


def operands(case, r, count, kinds):
    """Names or expressions of `count` operands whose shapes broadcast more often than not."""
    first = arrays.shape(r)
    out = []
    for i in range(count):
        if i and r.randrange(6) == 5:
            out.append(arrays.scalar(r) if kinds is not arrays.TIMES else "3")
            continue
        if out and r.randrange(10) == 9:
            out.append(out[0])
            continue
        shape = first if i == 0 else arrays.partner(r, first)
        out.append(case.put(arrays.array(r, arrays.dtype(r, kinds), shape)))
    return out, first


def call(r):
    """A plain call of a ufunc."""
    name = r.choice(PLAIN)
    ufunc = getattr(numpy, name)
    case = Case(tolerance=tolerance(name))
    kinds = codes(r)
    given, shape = operands(case, r, ufunc.nin, kinds)
    words = keywords(case, r, ufunc, given, shape, kinds)
    case.call = f"np.{name}({', '.join(given + words)})"
    return case


def keywords(case, r, ufunc, given, shape, kinds):
    """Keywords of a call: each of them now and then."""
    words = []
    if r.randrange(4) == 0 and not (ufunc.__name__ in REAL_RESULTS and set(kinds) & set(arrays.TIMES)):
        outs = [out(case, r, given, shape, kinds) for _ in range(ufunc.nout)]
        words.append(f"out={outs[0]}" if ufunc.nout == 1 else f"out=({', '.join(outs)})")
    if r.randrange(5) == 0:
        if "out=" not in str(words):
            like = ufunc.nin == 1 and ufunc.__name__ not in REAL_RESULTS
            shape_of = f"np.broadcast({', '.join(given)}).shape" if ufunc.nin > 1 else f"np.shape({given[0]})"
            outs = [case.put(f"np.zeros_like({given[0]})" if like else f"np.zeros({shape_of})")]
            outs *= ufunc.nout
            words.append(f"out=({', '.join(outs)},)")
        # Without an array to write to, what is masked would be whatever memory held.
        if "..." not in str(words):
            words.append(f"where={where(case, r, shape)}")
    if r.randrange(5) == 0 and all(g.isidentifier() for g in given):
        words.append(f"casting='{r.choice(['unsafe', 'same_kind', 'safe', 'equiv', 'no'])}'")
    if r.randrange(6) == 0:
        words.append(f"order='{r.choice('KCFA')}'")
    if r.randrange(6) == 0 and set(kinds) <= set(arrays.NUMBERS):
        words.append(f"dtype='{arrays.dtype(r, kinds)}'")
    if r.randrange(12) == 0:
        words.append(f"subok={r.choice(['False', 'True'])}")
    return words


def out(case, r, given, shape, kinds):
    """An array to write to: new, or overlapping an operand."""
    pick = r.randrange(5)
    named = [g for g in given if g.isidentifier()]
    if pick == 0 and named:
        return r.choice(named)
    if pick == 1 and named:
        return r.choice(["{0}[::-1]", "{0}.T", "{0}.real", "{0}[...]"]).format(r.choice(named))
    if pick == 2:
        return "..."
    return case.put(arrays.array(r, arrays.dtype(r, kinds), shape, tame=True))


def where(case, r, shape):
    if r.randrange(5) == 0:
        return r.choice(["True", "False"])
    return case.put(arrays.array(r, "?", arrays.partner(r, shape)))
