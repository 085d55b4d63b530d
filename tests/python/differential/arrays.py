"""Expressions that make awkward arrays and scalars, written with a `random.Random`."""

BOOL = ["?"]
SIGNED = ["i1", "i2", "i4", "i8", "q"]
UNSIGNED = ["u1", "u2", "u4", "u8", "Q"]
INTEGERS = SIGNED + UNSIGNED
FLOATS = ["f2", "f4", "f8", "g"]
COMPLEX = ["F", "D", "G"]
#: Codes whose padding bytes mean nothing, or that are addresses.
OPAQUE = ("g", "G", "O")
NUMBERS = BOOL + INTEGERS + FLOATS + COMPLEX
DATES = ["M8[D]", "M8[s]", "M8[ns]", "M8[M]", "M8[25us]"]
SPANS = ["m8[D]", "m8[s]", "m8[ns]", "m8", "m8[Y]"]
TIMES = DATES + SPANS
TEXT = ["S3", "U2", "S1", "U5"]
RECORDS = ["i2,f4", "V4"]
ALL = NUMBERS + TIMES + TEXT + ["O"]
EVERY = ALL + RECORDS

REALS = ["0.0", "1.0", "-1.0", "-0.0", "2.5", "nan", "inf", "-inf", "0.5", "3.7", "-7.25", "1e-3", "100.0", "1e10"]
#: The smallest subnormal, the smallest normal, the largest, and one more than one.
EDGES = {
    "f2": ["5.960464477539063e-08", "6.104e-05", "65504.0", "1.0009765625"],
    "f4": ["1.401298464324817e-45", "1.1754943508222875e-38", "3.4028234663852886e+38", "1.0000001192092896"],
    "f8": ["5e-324", "2.2250738585072014e-308", "1.7976931348623157e+308", "1.0000000000000002"],
}
EDGES["g"] = EDGES["D"] = EDGES["G"] = EDGES["f8"]
EDGES["F"] = EDGES["f4"]
#: Values whose sums and products stay within every dtype's range.
TAME = ["0.0", "1.0", "-1.0", "2.5", "0.5", "3.75", "-7.25", "0.125", "10.0", "-0.0"]
SIZES = {"i1": 8, "i2": 16, "i4": 32, "i8": 64, "q": 64, "u1": 8, "u2": 16, "u4": 32, "u8": 64, "Q": 64}
SHAPES = [(3,), (), (1,), (0,), (2, 3), (4, 1), (1, 3), (2, 0), (3, 2, 2), (17,), (2, 1, 3), (0, 3), (9,), (2, 3, 1, 2)]
LAYOUTS = ["fortran", "reverse", "spread", "unaligned", "readonly"]


def integers(code):
    """Integers worth trying in a dtype."""
    bits = SIZES[code]
    if code[0] in "uQ":
        top = 2**bits - 1
        return [0, 1, 2, 3, 5, 10, 100, top, top - 1, top // 2 + 1, bits]
    top = 2 ** (bits - 1) - 1
    return [0, 1, -1, 2, 3, -5, 10, 100, top, -top - 1, -top, bits]


def value(r, code, tame=False):
    """The text of a value for a dtype."""
    code = code.lstrip("<>")
    if code == "?":
        return r.choice(["False", "True"])
    if code in SIZES:
        return str(r.choice([0, 1, 2, 3, 7] if tame else integers(code)))
    if code in EDGES:
        one = real(r, code, tame)
        return f"complex({one}, {real(r, code, tame)})" if code in COMPLEX else one
    if code[0] == "m":
        return r.choice(["0", "1", "-1", "'NaT'", "7", "-60", "86400", str(2**62), str(1 - 2**63)])
    if code[0] == "M":
        return r.choice(["0", "1", "-1", "'NaT'", "7", "-60", "'2020-02-29'", "12345"])
    if code[0] == "S":
        return r.choice(["b''", "b'a'", "b'ab'", "b'abc'", "b'B'", "b'1'", "b'-2'", "b'a b'", r"b'\xff'", r"b'a\0b'"])
    if code[0] == "U":
        return r.choice(["''", "'a'", "'ab'", "'B'", "'1'", "'-2'", "'é'", "'𝒜'", "' '", r"'a\0'"])
    if code == "O":
        return r.choice(
            ["0", "1", "None", "2.5", "'a'", "-3", "True", "2**70", "nan", "1j", "Fraction(1, 3)"][
                : 3 if tame else None
            ]
        )
    if code == "i2,f4":
        return f"({value(r, 'i2', tame)}, {value(r, 'f4', tame)})"
    return r.choice([r"b'abcd'", r"b'\0\0\0\1'"])


def real(r, code, tame):
    """The text of a real number for a floating-point dtype."""
    if tame:
        return r.choice(TAME)
    return r.choice(REALS + EDGES[code])


def dtype(r, codes=ALL, swap=True):
    """One of `codes`, now and then in the other byte order. Times without a unit have none in NumPy."""
    code = r.choice(codes)
    if swap and r.randrange(10) == 9 and code not in ("?", "O", "i1", "u1", "i2,f4", "V4", "m8") and code[0] != "S":
        return ">" + code
    return code


def size(shape):
    out = 1
    for n in shape:
        out *= n
    return out


def nested(values, shape):
    """The text of a nested list of `values`."""
    if not shape:
        return values[0]
    step = size(shape[1:])
    return "[" + ", ".join(nested(values[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])) + "]"


def dense(r, code, shape, tame=False):
    """An expression for a plain array."""
    values = [value(r, code, tame) for _ in range(size(shape))]
    if code.lstrip("<>")[0] in "mM" and values:
        low = code.lstrip("<>")
        text = f"np.array({nested(values, shape)}, '{low}')" if 0 not in shape else f"np.zeros({shape}, '{low}')"
        return f"{text}.astype('{code}')" if low != code else text
    if 0 in shape:
        return f"np.zeros({shape}, {quoted(code)})"
    return f"np.array({nested(values, shape)}, {quoted(code)})"


def quoted(code):
    return f"'{code}'"


def array(r, code, shape, tame=False, layouts=LAYOUTS):
    """An expression for an array of a dtype and shape, in some layout."""
    layout = r.choice(["dense"] * 4 + ["broadcast", "subclass"] + list(layouts)) if layouts else "dense"
    if layout == "broadcast" and shape:
        inner = tuple(1 if r.randrange(2) else n for n in shape)
        return f"np.broadcast_to({dense(r, code, inner, tame)}, {shape})"
    text = dense(r, code, shape, tame)
    if layout == "subclass":
        return f"{text}.view(Sub)" if r.randrange(3) == 2 else text
    if layout in ("dense", "broadcast"):
        return text
    return f"{layout}({text})"


def shape(r, most=3):
    return r.choice([s for s in SHAPES if len(s) <= most])


def partner(r, of):
    """A shape that usually broadcasts with another."""
    choice = r.randrange(8)
    if choice < 3:
        return of
    if choice == 3:
        return ()
    if choice == 4:
        return of[1:]
    if choice == 5:
        return tuple(1 if r.randrange(2) else n for n in of)
    if choice == 6:
        return (2, *of) if len(of) < 3 else of
    return shape(r)


def scalar(r, codes=NUMBERS):
    """An expression for a Python number or a scalar of the module."""
    kind = r.randrange(4)
    if kind == 0:
        return r.choice(
            [
                "0",
                "1",
                "-1",
                "2",
                "7",
                "255",
                "300",
                "-128",
                str(2**31),
                str(2**63),
                str(2**64),
                "-" + str(2**63),
                "True",
                "False",
            ]
        )
    if kind == 1:
        return r.choice(REALS + ["1e300", "1e-300", "(1+2j)", "1j", "complex(nan, inf)"])
    code = r.choice(codes)
    return f"np.array({value(r, code)}, '{code}')[()]"


def axis(r, ndim, extra=True):
    """The text of an axis: an integer, None, a tuple; rarely out of bounds."""
    if extra and r.randrange(25) == 24:
        return str(ndim + r.randrange(2))
    if not ndim or r.randrange(4) == 0:
        return "None"
    if ndim > 1 and r.randrange(4) == 0:
        return str(tuple(r.sample(range(ndim), 2)))
    return str(r.randrange(-ndim, ndim))


def one_axis(r, ndim):
    """The text of one axis, rarely out of bounds."""
    if r.randrange(25) == 24 or not ndim:
        return r.choice(["0", "-1", str(ndim)])
    return str(r.randrange(-ndim, ndim))
