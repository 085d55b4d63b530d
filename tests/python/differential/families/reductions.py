"""Reductions by function and method, the forms that pass over NaN, order statistics, running reductions."""

from .. import arrays
from ..script import Case
from ..tolerance import EXACT, Tolerance
from .methods import SUMS
from .ufuncs import where

PLAIN = [
    "sum",
    "prod",
    "min",
    "max",
    "ptp",
    "mean",
    "var",
    "std",
    "any",
    "all",
    "argmin",
    "argmax",
    "cumsum",
    "cumprod",
    "count_nonzero",
]
NAN = [
    "nansum",
    "nanprod",
    "nanmin",
    "nanmax",
    "nanmean",
    "nanvar",
    "nanstd",
    "nanargmin",
    "nanargmax",
    "nancumsum",
    "nancumprod",
    "nanmedian",
]
RUNNING = ["cumulative_sum", "cumulative_prod"]
ORDER = ["median", "percentile", "quantile", "average"]
METHODS = [
    "linear", "lower", "higher", "midpoint", "nearest", "inverted_cdf", "averaged_inverted_cdf", "closest_observation",
    "interpolated_inverted_cdf", "hazen", "weibull", "median_unbiased", "normal_unbiased",
]  # fmt: skip
WITH_AXES = {
    "sum",
    "prod",
    "min",
    "max",
    "ptp",
    "mean",
    "var",
    "std",
    "any",
    "all",
    "count_nonzero",
    "median",
    "nansum",
    "nanmean",
    "nanvar",
    "nanmax",
}


def tolerance(name):
    if name in ("sum", "nansum", "cumsum", "nancumsum", "cumulative_sum", "mean", "nanmean", "average"):
        return SUMS
    if name in ("var", "std", "nanvar", "nanstd"):
        return Tolerance(ulps=64, relative=256, joint=True)
    if "prod" in name:
        return Tolerance(ulps=64, joint=True)
    return Tolerance(ulps=4, joint=True) if name in ORDER + ["nanmedian"] else EXACT


def operand(case, r):
    kinds = r.choice(
        [arrays.NUMBERS, arrays.FLOATS, arrays.FLOATS, arrays.INTEGERS, arrays.COMPLEX, arrays.TIMES, ["O"], ["f8"]]
    )
    shape, code = arrays.shape(r), arrays.dtype(r, kinds)
    return case.put(arrays.array(r, code, shape, tame=r.randrange(2) == 0)), shape, code


def call(r):
    """A reduction, as a function or as a method."""
    name = r.choice(r.choice([PLAIN, PLAIN, NAN, RUNNING]))
    case = Case(tolerance=tolerance(name))
    a, shape, code = operand(case, r)
    words = []
    if r.randrange(3):
        words.append(
            f"axis={arrays.axis(r, len(shape)) if name in WITH_AXES or r.randrange(9) == 0 else arrays.one_axis(r, len(shape))}"
        )
    if r.randrange(4) == 0 and "cum" not in name:
        words.append(f"keepdims={r.choice(['True', 'False'])}")
    if r.randrange(6) == 0 and any(n in name for n in ("sum", "prod", "mean", "var", "std")):
        words.append(f"dtype='{arrays.dtype(r, arrays.NUMBERS)}'")
    if (
        r.randrange(5) == 0
        and any(n in name for n in ("sum", "prod", "min", "max"))
        and "arg" not in name
        and "cum" not in name
    ):
        words.append(f"initial={r.choice(['0', '1', '2.5', 'nan', '-1', '300'])}")
    if (
        r.randrange(6) == 0
        and "cum" not in name
        and "arg" not in name
        and name not in ("ptp", "count_nonzero", "nanmedian")
    ):
        words.append(f"where={where(case, r, shape)}")
    if (
        r.randrange(6) == 0 and name != "count_nonzero" and (shape or "cum" not in name)
    ):  # NumPy crashes on 0-d running sums
        target = shape if "cum" in name else r.choice([shape[1:], ()])
        words.append(
            f"out={case.put(arrays.array(r, arrays.dtype(r, [code if code != 'O' else 'f4', 'f8', 'i8', 'D']), target, True))}"
        )
    if "var" in name or "std" in name:
        words += r.choice([[], [], ["ddof=1"], ["ddof=0.5"], ["correction=1"]])
    if name in RUNNING and r.randrange(3) == 0:
        words.append("include_initial=True")
    method = name in PLAIN and name != "count_nonzero" and name != "ptp" and r.randrange(3) == 0
    case.call = f"{a}.{name}({', '.join(words)})" if method else f"np.{name}({', '.join([a, *words])})"
    return case


def order(r):
    """Median, percentiles and quantiles by every method, weights, weighted averages."""
    name = r.choice(ORDER)
    case = Case(tolerance=tolerance(name))
    shape, code = arrays.shape(r), arrays.dtype(r, arrays.FLOATS[:3] + arrays.INTEGERS)
    a = case.put(arrays.array(r, code, shape, tame=True))
    given, words = [a], []
    if name not in ("median", "average"):
        scale = 100 if "percentile" in name else 1
        choices = [0, 1, 0.5, 0.25, 0.1, 0.9, 0.999, 1.5] if scale == 1 else [0, 100, 50, 25.0, 10, 90, 99.9, 101]
        q = r.choice(choices[: 7 + (r.randrange(8) == 0)])
        given.append(r.choice([str(q), f"[{q}, {r.choice(choices[:7])}]", f"np.float32({q})", f"[[{q}]]"]))
        words += [f"method='{r.choice(METHODS)}'"] if r.randrange(2) else []
        words += ["overwrite_input=True"] if r.randrange(6) == 0 else []
    if r.randrange(3):
        words.append(f"axis={arrays.axis(r, len(shape))}")
    if r.randrange(4) == 0:
        words.append("keepdims=True")
    if name != "median" and r.randrange(4) == 0:
        target = r.choice([shape, shape[-1:], shape[:1]])
        words.append(f"weights={case.put(arrays.array(r, r.choice(['f8', 'i4', 'f4', 'u1']), target, True))}")
        words = [w if not w.startswith("method") else "method='inverted_cdf'" for w in words]
    if name == "average" and r.randrange(3) == 0:
        words.append("returned=True")
    case.call = f"np.{name}({', '.join(given + words)})"
    return case
