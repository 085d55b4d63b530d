"""Arrays as text."""

from .. import arrays
from ..script import Case

OPTIONS = ["precision=3", "precision=0", "suppress=True", "threshold=3", "edgeitems=1", "linewidth=20", "floatmode='fixed'", "floatmode='unique'", "floatmode='maxprec'",
           "floatmode='maxprec_equal'", "sign='+'", "sign=' '", "nanstr='NA'", "infstr='oo'", "legacy='1.13'", "legacy='1.21'", "legacy='1.25'", "legacy='2.1'", "legacy='2.2'"]  # fmt: skip


def call(r):
    """`repr`, `str`, `array2string`, `array_repr` under options."""
    case = Case()
    shape = arrays.shape(r, 4) if r.randrange(4) else r.choice([(30,), (12, 2), (2, 0, 3)])
    code = arrays.dtype(r, arrays.EVERY if r.randrange(2) else arrays.FLOATS + arrays.COMPLEX)
    a = case.put(arrays.array(r, code, shape))
    options = ", ".join({o.split("=")[0]: o for o in (r.choice(OPTIONS) for _ in range(r.randrange(3)))}.values())
    text = r.choice([f"repr({a})", f"str({a})", f"np.array_repr({a})", f"np.array2string({a}{r.choice(['', ', separator=' + repr(', ')])})", f"np.array2string({a}, max_line_width=30, prefix='abc')",
                     f"np.format_float_positional({a}.ravel()[0])", f"np.format_float_scientific({a}.ravel()[0], precision=3)", f"repr({a}.dtype)", f"str({a}.dtype)", f"repr(list({a}.ravel()[:2]))"])  # fmt: skip
    if "format_float" in text and code.lstrip(">") not in arrays.FLOATS:
        text = f"repr({a})"
    if options and r.randrange(4):
        case.lines.append(f"def text():\n    with np.printoptions({options}):\n        return {text}")
        case.call = "text()"
    else:
        case.call = text
    return case
