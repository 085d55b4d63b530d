"""Shapes, views, joins, splits, and the other functions that move elements."""

from .. import arrays
from ..script import Case
from ..tolerance import Tolerance

SHAPES = [
    "-1",
    "(-1,)",
    "(1, -1)",
    "(-1, 1)",
    "(2, -1)",
    "(3, -1)",
    "(6,)",
    "(2, 3)",
    "(3, 2)",
    "()",
    "(0,)",
    "(1, 2, 3)",
    "(-1, -1)",
    "(2, 0)",
]


def view(r):
    """What gives a view where it can, and a copy where it can't."""
    case = Case()
    shape = arrays.shape(r, 4)
    a = case.put(arrays.array(r, arrays.dtype(r, arrays.EVERY), shape))
    n = len(shape)
    opaque = ".tobytes" if any(f"'{code}'" in case.lines[0] for code in (*arrays.OPAQUE, ">g", ">G")) else "never"
    one, two = (arrays.one_axis(r, n) for _ in range(2))
    case.call = r.choice([
        f"{a}.reshape({r.choice(SHAPES)}{r.choice(['', ', order=' + repr(r.choice('CFA'))])})", f"{a}.ravel({r.choice(['', repr(r.choice('CFAK'))])})",
        f"{a}.flatten({r.choice(['', repr(r.choice('CFAK'))])})", f"{a}.T", f"{a}.mT", f"np.transpose({a}, {r.choice(['None', str(tuple(r.sample(range(n), n)))])})",
        f"np.moveaxis({a}, {one}, {two})", f"np.swapaxes({a}, {one}, {two})", f"np.rollaxis({a}, {one})",
        f"np.squeeze({a}{r.choice(['', f', axis={one}'])})", f"np.expand_dims({a}, {r.choice([one, f'({one}, {two})', str(n)])})",
        f"np.broadcast_to({a}, {r.choice([(2, *shape), shape, (3,), (2, 3)])})", f"np.atleast_1d({a})", f"np.atleast_2d({a})", f"np.atleast_3d({a})",
        f"np.diagonal({a}, {r.randrange(-1, 2)}, {one}, {two})", f"{a}.real", f"{a}.imag", f"np.real({a})", f"np.imag({a})", f"np.flip({a}, {arrays.axis(r, n)})",
        f"np.flipud({a})", f"np.fliplr({a})", f"np.rot90({a}, {r.randrange(-2, 5)})", f"{a}.view()", f"{a}.byteswap()", f"{a}.copy({r.choice(['', repr(r.choice('CFAK'))])})",
        f"np.lib.stride_tricks.sliding_window_view({a}, 2, axis={one})", f"np.permute_dims({a})", f"np.matrix_transpose({a})", f"np.unstack({a}, axis={one})",
        f"np.nan_to_num({a})", f"{a}.conj()", f"{a}.flags.num", f"{a}.tolist()", f"np.resize({a}, {r.choice([(2, 2), (5,), (0,)])})", f"np.require({a}, None, 'C')",
        f"np.array_split({a}, {r.choice(['2', '[1]', '3', '[1, 2]'])}, axis={one})", f"np.split({a}, {r.choice(['2', '[1]', '1'])}, axis={one})", f"{a}.tobytes({r.choice(['', repr('F'), repr('A')])})",
        f"{a}.squeeze().T.ravel('K')", f"{a}.base is None", f"np.shares_memory({a}, {a}.T)", f"np.broadcast_arrays({a}, np.zeros((2, 1)))[1]",
    ])  # fmt: skip
    if opaque in case.call:
        case.call = f"{a}.T"
    return case


def joined(r):
    """`concatenate`, stacks, `block`, `append`, `insert`, `delete`, `tile`, `repeat`, `roll`, `pad`."""
    case = Case()
    shape = arrays.shape(r)
    code = arrays.dtype(r, arrays.EVERY)
    a = case.put(arrays.array(r, code, shape, tame=True))
    b = case.put(
        arrays.array(
            r,
            code if r.randrange(2) else arrays.dtype(r, arrays.EVERY),
            shape if r.randrange(3) else arrays.shape(r),
            tame=True,
        )
    )
    one = arrays.one_axis(r, len(shape))
    axis = r.choice(["", f", axis={one}", ", axis=None"])
    extent = shape[0] if shape else 1
    modes = [
        "constant",
        "edge",
        "wrap",
        "reflect",
        "symmetric",
        "maximum",
        "minimum",
        "mean",
        "median",
        "linear_ramp",
        "empty",
    ]
    mode = r.choice(modes[:-1])
    case.tolerance = Tolerance(relative=16, ulps=4) if mode in ("mean", "linear_ramp", "median") else case.tolerance
    case.call = r.choice([
        f"np.concatenate(({a}, {b}){axis}{r.choice(['', f', dtype={arrays.dtype(r)!r}', ', casting=' + repr('unsafe')])})",
        f"np.stack([{a}, {b}]{axis if 'None' not in axis else ''})", f"np.hstack([{a}, {b}])", f"np.vstack([{a}, {b}])", f"np.dstack([{a}, {b}])", f"np.column_stack([{a}, {b}])",
        f"np.block([[{a}, {b}]])", f"np.append({a}, {b}{axis})", f"np.insert({a}, {r.choice(['0', '[0, 1]', '-1', 'slice(None)', str(extent)])}, {r.choice([b, '1'])}{axis})",
        f"np.delete({a}, {r.choice(['0', '[0, 0]', '-1', 'slice(None, None, 2)', str(extent), '[]'])}{axis})", f"np.tile({a}, {r.choice(['2', '(2, 1)', '0', '(2, 1, 2)'])})",
        f"np.repeat({a}, {r.choice(['2', '0', str([r.randrange(3) for _ in range(extent)])])}{axis})", f"np.roll({a}, {r.choice(['1', '-2', '(1, 2)', '7'])}{axis})",
        f"np.pad({a}, {r.choice(['1', '(1, 2)', '0', '3'])}, '{mode}')", f"np.trim_zeros({a})", f"np.ediff1d({a})", f"np.diff({a}{axis if 'None' not in axis else ''})",
        f"np.array_equal({a}, {b}{r.choice(['', ', equal_nan=True'])})", f"np.array_equiv({a}, {b})", f"np.allclose({a}, {b})", f"np.isclose({a}, {b}{r.choice(['', ', equal_nan=True'])})",
        f"np.tril({a}, {r.randrange(-1, 2)})", f"np.triu({a}, {r.randrange(-1, 2)})", f"np.diag({a}, {r.randrange(-1, 2)})", f"np.diagflat({a})", f"np.vander({a})",
        f"np.digitize({a}, [0, 1, 2])", f"np.clip({a}, {r.choice(['0', 'None', b])}, {r.choice(['2', 'None', '1.5'])})",
        f"np.round({a}, {r.randrange(-1, 3)})", f"np.convolve({a}, {b})", f"np.packbits({a}{axis})", f"np.unpackbits({a}{axis})", f"np.fix({a})",
        f"np.meshgrid({a}, {b}{r.choice(['', ', indexing=' + repr('ij'), ', sparse=True'])})", f"np.ix_({a}, {b})", f"np.histogram({a}, 3)", f"np.gradient({a})", f"np.isrealobj({a})",
        f"np.sign({a}).sum()", f"np.unwrap({a})", f"np.trapezoid({a})", f"np.isposinf({a})", f"np.angle({a})",
    ])  # fmt: skip
    if case.call.startswith(("np.angle", "np.unwrap", "np.gradient", "np.trapezoid", "np.convolve", "np.interp")):
        case.tolerance = Tolerance(relative=16, ulps=5, joint=True)
    return case
