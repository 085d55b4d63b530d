"""Casts and promotion."""

from .. import arrays
from ..script import Case

CASTINGS = ["unsafe", "same_kind", "safe", "equiv", "no", "same_value"]
SPELLINGS = arrays.EVERY + [
    "S",
    "U",
    "M8",
    "V",
    "V8",
    "S10",
    "U10",
    "(2,)i4",
    ">i4,>f8",
    "f4,i2",
    "M8[3D]",
    "m8[7s]",
    "M8[h]",
    "c8",
    "l",
    "L",
    "p",
]


def cast(r):
    """`astype` with any casting and order, assignment to another dtype, `array`, `asarray`, `copyto`, `view`."""
    case = Case()
    code = arrays.dtype(r, arrays.EVERY)
    shape = arrays.shape(r)
    a = case.put(arrays.array(r, code, shape))
    opaque = code.lstrip(">") in arrays.OPAQUE
    target = arrays.dtype(r, SPELLINGS)
    kind = r.randrange(8 if opaque else 9)
    if kind < 4:
        words = [f"'{target}'"]
        words += [f"casting='{r.choice(CASTINGS)}'"] if r.randrange(2) else []
        words += [f"order='{r.choice('KCFA')}'"] if r.randrange(3) == 0 else []
        words += [f"copy={r.choice(['True', 'False'])}"] if r.randrange(3) == 0 else []
        words += [f"subok={r.choice(['True', 'False'])}"] if r.randrange(5) == 0 else []
        case.call = f"{a}.astype({', '.join(words)})"
    elif kind == 4:
        b = case.put(arrays.array(r, arrays.dtype(r, arrays.EVERY), shape))
        case.call = f"{b}.__setitem__(..., {a})"
    elif kind == 5:
        b = case.put(arrays.array(r, arrays.dtype(r, arrays.EVERY), arrays.partner(r, shape)))
        words = [f"casting='{r.choice(CASTINGS)}'"] if r.randrange(2) else []
        words += [f"where={arrays.array(r, '?', arrays.partner(r, shape))}"] if r.randrange(3) == 0 else []
        case.call = f"np.copyto({', '.join([b, a, *words])})"
    elif kind == 6:
        words = [a] + ([f"'{target}'"] if r.randrange(2) else [])
        words += [f"copy={r.choice(['True', 'False', 'None'])}"] if r.randrange(2) else []
        words += [f"order='{r.choice('KCFA')}'"] if r.randrange(2) else []
        words += [f"ndmin={r.randrange(5)}"] if r.randrange(4) == 0 else []
        words += ["subok=True"] if r.randrange(4) == 0 else []
        case.call = f"np.array({', '.join(words)})"
    elif kind == 7:
        name = r.choice(
            ["asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "require", "asarray_chkfinite", "copy"]
        )
        words = [a] + ([f"'{target}'"] if r.randrange(2) and name != "copy" else [])
        if name == "require":
            words = [a, "None", str(r.sample("CFOWAE", r.randrange(3)))]
        case.call = f"np.{name}({', '.join(words)})"
    else:
        case.call = f"{a}.view('{target}')"
    return case


def promote(r):
    """`result_type`, `promote_types`, `can_cast`, `min_scalar_type`, `common_type`."""
    case = Case()
    kind = r.randrange(6)
    one, two = arrays.dtype(r, SPELLINGS), arrays.dtype(r, SPELLINGS)
    if kind == 0:
        case.call = f"np.promote_types('{one}', '{two}')"
    elif kind == 1:
        given = [
            r.choice(
                [
                    f"'{arrays.dtype(r, SPELLINGS)}'",
                    arrays.scalar(r),
                    arrays.array(r, arrays.dtype(r), arrays.shape(r, 1)),
                ]
            )
            for _ in range(r.randrange(1, 4))
        ]
        given = [f"np.dtype({g})" if g[0] == "'" else g for g in given]
        case.call = f"np.result_type({', '.join(given)})"
    elif kind == 2:
        case.call = f"np.can_cast('{one}', '{two}', '{r.choice(CASTINGS)}')"
    elif kind == 3:
        case.call = f"np.min_scalar_type({arrays.scalar(r, arrays.ALL)})"
    elif kind == 4:
        case.call = f"np.common_type({arrays.array(r, arrays.dtype(r, arrays.NUMBERS), (1,))}, {arrays.array(r, arrays.dtype(r), ())})"
    else:
        case.call = f"np.can_cast(np.array({arrays.value(r, 'i8')}, 'i8').dtype, {arrays.quoted(two)})"
    return case
