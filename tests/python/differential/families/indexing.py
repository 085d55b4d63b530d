"""Reading and writing by every kind of index, and the functions that take indices."""

from .. import arrays
from ..script import Case


def bounds(r, n):
    """An integer index along an axis of `n` elements, rarely outside."""
    return r.randrange(-n, n) if n and r.randrange(20) else r.choice([0, n, -n - 1])


def piece(r, n):
    """The text of an index for one axis."""
    kind = r.randrange(9)
    if kind < 2:
        return str(bounds(r, n))
    if kind < 4:
        ends = [r.choice(["", str(r.randrange(-n - 2, n + 3))]) for _ in range(2)]
        return f"slice({ends[0] or None}, {ends[1] or None}, {r.choice(['None', '1', '2', '-1', '-2', '3'])})"
    if kind == 4:
        return str([bounds(r, n) for _ in range(r.randrange(4))])
    if kind == 5:
        return f"np.array({[bounds(r, n) for _ in range(r.choice([1, 2, 3]))]}, '{r.choice(['i8', 'i4', 'u1', '>i2', 'i1'])}')"
    if kind == 6:
        return f"np.array({[bool(r.randrange(2)) for _ in range(n if r.randrange(15) else n + 1)]}, '?')"
    if kind == 7:
        return f"np.array([{[bounds(r, n)]}, {[bounds(r, n)]}])"
    return r.choice([f"np.array({bounds(r, n)})", f"np.int64({bounds(r, n)})", "slice(None)"])


def index(r, shape):
    """The text of an index for a shape: a tuple of pieces with `None`s and an ellipsis, a mask, or one thing."""
    kind = r.randrange(8)
    if kind == 0 and shape:
        part = shape[: r.randrange(1, len(shape) + 1)]
        return f"np.array({arrays.nested([str(bool(r.randrange(2))) for _ in range(arrays.size(part))], part)}, '?').reshape({part})"
    if kind == 1:
        return r.choice(
            [
                "...",
                "()",
                "None",
                "True",
                "False",
                "np.True_",
                "[]",
                "1.5",
                "'f0'",
                "['f0']",
                "(..., ...)",
                "slice(None)",
                "np.array(True)",
            ]
        )
    pieces = [piece(r, n) for n in shape[: r.randrange(len(shape) + 1)]]
    if r.randrange(3) == 0:
        pieces.insert(r.randrange(len(pieces) + 1), "None")
    if r.randrange(3) == 0:
        pieces.insert(r.randrange(len(pieces) + 1), "...")
    if r.randrange(12) == 0:
        pieces.insert(r.randrange(len(pieces) + 1), r.choice(["True", "False", "0"]))
    if len(pieces) == 1 and r.randrange(2):
        return pieces[0]
    return f"({', '.join(pieces)}{',' if len(pieces) == 1 else ''})"


def get(r):
    """`a[index]`, and what else reads by index."""
    case = Case()
    shape = arrays.shape(r, 4)
    a = case.put(arrays.array(r, arrays.dtype(r, arrays.EVERY), shape))
    case.call = f"{a}[{index(r, shape)}]"
    return case


def plain(where):
    """True for an index of integers, slices, `None` and an ellipsis."""
    return not any(word in where for word in ("[", "np.", "True", "False"))


def put(r):
    """`a[index] = value`, also from overlapping memory."""
    case = Case()
    shape = arrays.shape(r, 4)
    code = arrays.dtype(r, arrays.EVERY)
    a = case.put(arrays.array(r, code, shape))
    where = index(r, shape)
    kind = r.randrange(6)
    if kind == 0:
        value = arrays.scalar(r, arrays.ALL if plain(where) else arrays.NUMBERS)
    elif kind == 1:
        value = r.choice([f"{a}", f"{a}[::-1]", f"{a}.T", f"{a}[{where}]", f"{a}[{where}][::-1]"])
    elif kind == 2:
        value = r.choice(["1", "[1, 2]", "[]", "None", "'a'", "b'1'", "(1, 2)", "nan", "2**70", "[[1], [2]]"])
    else:
        # NumPy crashes where a cast fails in an assignment by an array of indices beside slices.
        kinds = arrays.EVERY if plain(where) else arrays.NUMBERS if code in arrays.NUMBERS else [code]
        value = case.put(
            arrays.array(
                r,
                code if r.randrange(2) else arrays.dtype(r, kinds),
                r.choice([(), (1,), shape, shape[1:], (2,), (3,), (2, 1)]),
            )
        )
    case.call = f"{a}.__setitem__({where}, {value})"
    return case


def function(r):
    """`take`, `put`, `choose`, `compress`, `extract`, `place`, `putmask`, `take_along_axis`, ... ."""
    case = Case()
    shape = arrays.shape(r)
    code = arrays.dtype(r, arrays.EVERY)
    a = case.put(arrays.array(r, code, shape))
    flat, extent = arrays.size(shape), shape[-1] if shape else 1
    name = r.choice(["take", "choose", "compress", "extract", "take_along_axis", "put_along_axis", "where", "nonzero", "argwhere", "flatnonzero", "fill_diagonal", "diagonal", "unravel_index", "ravel_multi_index", "item", "fill"])  # fmt: skip
    few = [bounds(r, extent) for _ in range(r.randrange(1, 4))]
    mode = r.choice(["", "", ", mode='wrap'", ", mode='clip'", ", mode='raise'"])
    mask = arrays.array(r, r.choice(["?", "i4", "f8", "O"]), shape if r.randrange(3) else arrays.shape(r), True)
    other = arrays.array(r, code if r.randrange(2) else arrays.dtype(r), r.choice([shape, (1,), (2,), (0,)]), True)
    axis = r.choice(["", f", axis={arrays.one_axis(r, len(shape))}"])
    calls = {
        "take": f"np.take({a}, {r.choice([str(few), str(few[0]), f'[{few}]'])}{axis}{mode})",
        "put": f"np.put({a}, {[bounds(r, flat) for _ in range(r.randrange(4))]}, {r.choice([other, '[1, 2]', '1'])}{mode})",
        "choose": f"np.choose({arrays.array(r, r.choice(['i8', '?', 'u1']), shape, True)}, [{a}, {other}, 1, {a}]{mode})",
        "compress": f"np.compress({[bool(r.randrange(2)) for _ in range(r.randrange(5))]}, {a}{axis})",
        "extract": f"np.extract({mask}, {a})",
        "place": f"np.place({a}, {mask}, {other})",
        "putmask": f"np.putmask({a}, {mask}, {other})",
        "take_along_axis": f"np.take_along_axis({a}, np.array({few}).reshape({(1,) * (len(shape) - 1) + (len(few),)}), axis=-1)",
        "put_along_axis": f"np.put_along_axis({a}, np.array({few}).reshape({(1,) * (len(shape) - 1) + (len(few),)}), 1, axis=-1)",
        "where": f"np.where({mask}, {a}, {r.choice([other, arrays.scalar(r)])})",
        "nonzero": f"{a}.nonzero()", "argwhere": f"np.argwhere({a})", "flatnonzero": f"np.flatnonzero({a})",
        "fill_diagonal": f"np.fill_diagonal({a}, {r.choice(['1', '[1, 2]', other])}{r.choice(['', ', wrap=True'])})",
        "diagonal": f"np.diagonal({a}, {r.randrange(-2, 3)})",
        "select": f"np.select([{arrays.array(r, '?', shape)}, {arrays.array(r, '?', shape)}], [{a}, {other}], {r.choice(['0', 'nan', '5'])})",
        "unravel_index": f"np.unravel_index({r.choice([few[0], few])}, {r.choice([shape, (3, 4)])}{r.choice(['', ', order=' + repr('F')])})",
        "ravel_multi_index": f"np.ravel_multi_index(({few}, {few}), (3, 4){r.choice([mode, ', order=' + repr('F')])})",
        "flat": r.choice([f"{a}.flat[{r.choice([str(bounds(r, flat)), '[0]', 'slice(None, None, 2)', '...', '[True]', 'np.array([0, 0])', '()'])}]",
                          f"{a}.flat.__setitem__({r.choice(['0', 'slice(None)', '[0, -1]', 'slice(None, None, -2)'])}, {other})"]),
        "item": f"{a}.item({r.choice(['', '0', '-1', '0, 0', '(0, 1)', str(flat)])})", "fill": f"{a}.fill({r.choice(['1', 'nan', '300', 'None', other])})",
    }  # fmt: skip
    case.call = calls[name]
    return case
