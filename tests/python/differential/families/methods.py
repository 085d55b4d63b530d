"""The methods of ufuncs: `reduce`, `accumulate`, `reduceat`, `outer`, `at`; and the products' `axes`."""

import numpy

from .. import arrays
from ..script import Case
from ..tolerance import EXACT, Tolerance
from . import ufuncs

BINARY = [n for n in ufuncs.PLAIN if getattr(numpy, n).nin == 2 and getattr(numpy, n).nout == 1]
COMMON = [
    "add",
    "multiply",
    "maximum",
    "minimum",
    "logical_and",
    "logical_or",
    "bitwise_or",
    "subtract",
    "fmax",
    "bitwise_xor",
]
KINDS = [arrays.NUMBERS, arrays.FLOATS, arrays.INTEGERS, arrays.COMPLEX, ["f8"], ["?"], ["O"], arrays.SPANS]
#: What a reduction may be written to. NumPy counts references wrong in some reductions into objects.
TARGETS = arrays.NUMBERS
SUMS = Tolerance(relative=64, joint=True)


def name_of(r):
    return r.choice(COMMON if r.randrange(3) else BINARY)


def tolerance(name, tame):
    if name in ("add", "subtract"):
        return SUMS
    if name in ("multiply", "divide"):
        return Tolerance(ulps=64, joint=True)
    return Tolerance(ulps=64, joint=True) if name in ufuncs.MATH else EXACT


def operand(case, r, tame, most=3):
    shape = arrays.shape(r, most)
    code = arrays.dtype(r, r.choice(KINDS))
    return case.put(arrays.array(r, code, shape, tame)), shape, code


def reduce(r):
    """`ufunc.reduce` with any axis, `keepdims`, `initial`, `where`, `out`, `dtype`."""
    name, tame = name_of(r), r.randrange(2) == 0
    case = Case(tolerance=tolerance(name, tame))
    a, shape, code = operand(case, r, tame)
    words = []
    if r.randrange(4):
        words.append(f"axis={arrays.axis(r, len(shape))}")
    if r.randrange(4) == 0:
        words.append(f"keepdims={r.choice(['True', 'False'])}")
    if r.randrange(4) == 0:
        words.append(f"initial={r.choice(['0', '1', 'None', '2.5', 'nan', '-1', '300', 'True'])}")
    if r.randrange(5) == 0:
        words.append(f"where={ufuncs.where(case, r, shape)}")
    if r.randrange(6) == 0 and code in arrays.NUMBERS:
        words.append(f"dtype='{arrays.dtype(r, arrays.NUMBERS)}'")
    if r.randrange(6) == 0 and code in arrays.NUMBERS:
        target = shape[1:] if shape else ()
        words.append(f"out={case.put(arrays.array(r, arrays.dtype(r, TARGETS), r.choice([target, (), shape]), True))}")
    case.call = f"np.{name}.reduce({', '.join([a, *words])})"
    return case


def accumulate(r):
    """`ufunc.accumulate` along an axis."""
    name, tame = name_of(r), r.randrange(2) == 0
    case = Case(tolerance=tolerance(name, tame))
    a, shape, code = operand(case, r, tame)
    words = []
    if r.randrange(3):
        words.append(f"axis={arrays.one_axis(r, len(shape))}")
    if r.randrange(6) == 0 and code in arrays.NUMBERS:
        words.append(f"dtype='{arrays.dtype(r, arrays.NUMBERS)}'")
    if r.randrange(5) == 0 and code in arrays.NUMBERS:
        words.append(
            f"out={r.choice([a, a + '[::-1]', case.put(arrays.array(r, arrays.dtype(r, TARGETS), shape, True))])}"
        )
    case.call = f"np.{name}.accumulate({', '.join([a, *words])})"
    return case


def reduceat(r):
    """`ufunc.reduceat` with indices that rise, fall, repeat, and rarely lie outside."""
    name, tame = name_of(r), r.randrange(2) == 0
    case = Case(tolerance=tolerance(name, tame))
    a, shape, code = operand(case, r, tame)
    axis = r.randrange(len(shape)) if shape else 0
    extent = shape[axis] if shape else 1
    indices = [r.randrange(max(extent, 1)) if r.randrange(30) else extent for _ in range(r.randrange(4))]
    words = [str(indices)] if indices else ["np.array([], 'i8')"]
    if axis or r.randrange(2):
        words.append(f"axis={axis}")
    if r.randrange(6) == 0 and code in arrays.NUMBERS:
        words.append(f"dtype='{arrays.dtype(r, arrays.NUMBERS)}'")
    case.call = f"np.{name}.reduceat({', '.join([a, *words])})"
    return case


def outer(r):
    """`ufunc.outer` of two operands."""
    name = name_of(r)
    case = Case(tolerance=ufuncs.tolerance(name))
    kinds = ufuncs.codes(r)
    a = case.put(arrays.array(r, arrays.dtype(r, kinds), arrays.shape(r, 2)))
    b = case.put(arrays.array(r, arrays.dtype(r, kinds), arrays.shape(r, 2)))
    words = [f"dtype='{arrays.dtype(r, kinds)}'"] if r.randrange(6) == 0 and set(kinds) <= set(arrays.NUMBERS) else []
    case.call = f"np.{name}.outer({', '.join([a, b, *words])})"
    return case


def at(r):
    """`ufunc.at`, with repeated indices, in place."""
    name = name_of(r) if r.randrange(5) else r.choice(["negative", "invert", "square", "absolute", "sqrt"])
    case = Case(tolerance=Tolerance(ulps=16, joint=True) if name in ufuncs.MATH else EXACT)
    shape, code = arrays.shape(r), arrays.dtype(r, r.choice(KINDS[:-1]))
    a = case.put(arrays.array(r, code, shape, True, ["fortran", "reverse", "spread", "unaligned"]))
    extent = shape[0] if shape else 1
    index = r.choice([
        str([r.randrange(-extent, extent) if extent else 0 for _ in range(r.randrange(1, 5))]), "0", "...", "slice(None, None, 2)", "()", "-1",
        "(0, 0)", "([0, 0, 1], 1)", str([bool(r.randrange(2)) for _ in range(extent)]), str(extent), "([0, 0],)", "[]",
    ])  # fmt: skip
    given = [a, index]
    if getattr(numpy, name).nin == 2:
        given.append(
            arrays.scalar(r)
            if r.randrange(2)
            else arrays.array(
                r, arrays.dtype(r, r.choice(KINDS[:-1])), r.choice([(), (1,), (2,), (3,), shape[1:]]), True
            )
        )
    case.call = f"np.{name}.at({', '.join(given)})"
    return case


def product(r):
    """`matmul`, `vecdot`, `matvec`, `vecmat`, with stacks, `axes`, `out` and awkward memory."""
    name = r.choice(
        ufuncs.PRODUCTS + ["dot", "inner", "vdot", "tensordot", "outer", "einsum", "kron", "cross", "trace"]
    )
    case = Case(tolerance=Tolerance(relative=64, joint=True), strides=name in ufuncs.PRODUCTS)
    kinds = r.choice([arrays.NUMBERS, arrays.FLOATS, arrays.INTEGERS, arrays.COMPLEX, ["f8"], ["O"], ["f4", "F"]])
    n, m, k = (r.choice([1, 2, 3, 0, 5]) for _ in range(3))
    stack = r.choice([(), (), (2,), (1,), (2, 1)])
    left, right = {
        "matmul": ((n, m), (m, k)), "matvec": ((n, m), (m,)), "vecmat": ((m,), (m, k)), "vecdot": ((m,), (m,)), "dot": ((n, m), (m, k)),
        "inner": ((n, m), (k, m)), "vdot": ((n, m), (n, m)), "tensordot": ((n, m), (m, k)), "outer": ((n,), (m,)), "einsum": ((n, m), (m, k)),
        "kron": ((n, m), (k,)), "cross": ((n, 3), (3,)), "trace": ((n, m), (1,)),
    }[name]  # fmt: skip
    if name in ("matmul", "dot") and r.randrange(3) == 0:
        left, right = r.choice([((m,), (m, k)), ((n, m), (m,)), ((m,), (m,)), ((), (m,)), ((n,), (m,))])
    if name in ufuncs.PRODUCTS and left and right:
        left, right = stack + left, (stack if r.randrange(2) else ()) + right
    a = case.put(arrays.array(r, arrays.dtype(r, kinds), left, tame=True))
    b = case.put(arrays.array(r, arrays.dtype(r, kinds), right, tame=True))
    if name == "einsum":
        text = r.choice(["ij,jk", "ij,jk->ki", "ij,jk->i", "ij,jk->", "ij,jk->ijk", "ij,jk->j"])
        case.call = f"np.einsum('{text}', {a}, {b})"
    elif name == "tensordot":
        case.call = f"np.tensordot({a}, {b}, {r.choice(['1', '0', '([1], [0])', '2'])})"
    elif name == "trace":
        case.call = f"np.trace({a}, {r.randrange(-1, 2)})"
    else:
        words = []
        if name in ufuncs.PRODUCTS and r.randrange(5) == 0:
            words.append(f"dtype='{arrays.dtype(r, kinds)}'")
        if name in ufuncs.PRODUCTS and r.randrange(8) == 0:
            words.append(
                r.choice(
                    ["casting='unsafe'", "order='F'", "axis=0", "axes=[(-1, -2), (-2, -1), (-2, -1)]", "keepdims=True"]
                )
            )
        case.call = f"np.{name}({', '.join([a, b, *words])})"
    return case
