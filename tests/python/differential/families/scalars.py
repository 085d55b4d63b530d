"""Scalars of the modules and Python's, in every pair and operator; and their methods."""

from .. import arrays
from ..script import Case
from ..tolerance import Tolerance

BINARY = [
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "lshift",
    "rshift",
    "and_",
    "or_",
    "xor",
    "lt",
    "le",
    "eq",
    "ne",
    "gt",
    "ge",
    "iadd",
    "imul",
]
UNARY = ["neg", "pos", "abs", "invert", "index", "truth", "not_"]
TYPES = ["bool_", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "longlong", "ulonglong", "intc", "float16", "float32", "float64",
         "longdouble", "complex64", "complex128", "clongdouble", "str_", "bytes_", "void", "object_", "datetime64", "timedelta64"]  # fmt: skip
MEMBERS = ["dtype", "itemsize", "T", "real", "imag", "item()", "tolist()", "conj()", "is_integer()", "as_integer_ratio()", "bit_count()", "__hash__() is not None",
           "shape", "nbytes", "astype('f4')", "view('u1')", "round(1)", "round()", "sum()", "any()", "argmax()", "reshape(1)", "__format__('')", "__format__('.3')", "__reduce__()[1][0]",
           "__int__()", "__float__()", "__complex__()", "__index__()", "__bool__()", "__round__()", "__round__(1)", "byteswap()", "hex()", "flags.num", "__array_interface__['typestr']"]  # fmt: skip


def scalar(r):
    return arrays.scalar(r, arrays.ALL if r.randrange(5) == 0 else arrays.NUMBERS)


def operation(r):
    """An operator on scalars, or on a scalar and an array."""
    case = Case(tolerance=Tolerance(ulps=5, joint=True))
    a = case.put(scalar(r))
    kind = r.randrange(8)
    if kind == 0:
        case.call = f"operator.{r.choice(UNARY)}({a})"
    elif kind == 1:
        case.call = f"divmod({a}, {case.put(scalar(r))})"
    else:
        b = case.put(
            scalar(r) if kind < 6 else arrays.array(r, arrays.dtype(r, arrays.NUMBERS), r.choice([(), (2,), (0,)]))
        )
        name = r.choice(BINARY)
        big = a_is_big(case, a) or a_is_big(case, b)
        if name in ("mul", "imul") and big and any(f"'{code}'" in str(case) for code in arrays.TEXT):
            name = "add"
        if name == "lshift" and big:
            name = "add"
        if name == "pow" and big:
            name = "sub"
        a, b = (a, b) if r.randrange(2) else (b, a)
        case.call = f"operator.{name}({a}, {b})"
    return case


def a_is_big(case, name):
    """Whether an operand may be a large Python integer, whose powers and shifts take for ever."""
    text = next(line for line in case.lines if line.startswith(name + " = "))
    return "np." not in text or "'O'" in text


def member(r):
    """An attribute or method of a scalar, its text, a scalar from a value."""
    case = Case(tolerance=Tolerance(ulps=2))
    code = arrays.dtype(r, arrays.EVERY, swap=False)
    a = case.put(f"np.array({arrays.value(r, code)}, '{code}')[()]")
    kind = r.randrange(4)
    if kind == 0:
        case.call = r.choice([f"repr({a})", f"str({a})", f"format({a})", f"f'{{{a}!s:>12}}'"])
    elif kind == 1:
        case.call = f"np.{r.choice(TYPES)}({r.choice([a, arrays.scalar(r), repr('12'), repr('nan'), '[1, 2]', 'None', repr('x'), ''])})"
    else:
        case.call = f"{a}.{r.choice(MEMBERS)}"
    return case
