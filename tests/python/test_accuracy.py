"""The mathematical functions on each instruction-set level: within 1 ULP of the true value, the same bits in every lane,
and no floating-point flag spurious or missing. docs/accuracy.md shows the errors measured."""

import pathlib
import re

import numpy
import pytest

from tools.accuracy import inputs, measure, worker

COUNTS = {"e": 50_000, "f": 1_000_000, "d": 1_000_000}
CASES = [(name, code) for name, f in inputs.FUNCTIONS.items() for code in "efd" if code == "d" or not f.double_only]
LEVELS = worker.available()
PAGE = pathlib.Path(__file__).parents[2] / "docs" / "accuracy.md"


@pytest.fixture(scope="module")
def workers():
    running = {level: worker.Worker(level).__enter__() for level in LEVELS}
    yield running
    for one in running.values():
        one.__exit__()


@pytest.mark.parametrize(("name", "code"), CASES)
def test_error(workers, name, code):
    operands, true = measure.prepare(name, code, 5000 if inputs.FUNCTIONS[name].decimal else COUNTS[code])
    for level in LEVELS:
        found = measure.worst(inputs.FUNCTIONS[name], workers[level].compute(name, operands), true, operands)
        assert found.error <= 1, (level, found)


def awkward(name, code):
    """Some hundred arguments of every kind, one array for each operand."""
    operands = inputs.values(inputs.FUNCTIONS[name], code, 2000)
    chosen = numpy.random.default_rng(3).permutation(operands[0].size)[:200]
    return [operand[chosen] for operand in operands]


@pytest.mark.parametrize(("name", "code"), CASES)
def test_every_lane_gives_the_same_bits(workers, name, code):
    for level in LEVELS:
        assert workers[level].ask("lanes", name, awkward(name, code)) == [], level


def benign(name, code):
    value = 1.5 if name == "arccosh" else 0.5
    return [numpy.array(value, code) for _ in range(inputs.FUNCTIONS[name].arity)]


def delicate(name, code):
    """Values that raise flags or are near those that do."""
    special = inputs.special(code)
    if inputs.FUNCTIONS[name].arity == 1:
        limits = numpy.array([88.0, 89.0, 104.0, 710.0, 746.0, 1024.0, 1e5, 1e7, 1e30], "d")
        with numpy.errstate(all="ignore"):
            more = numpy.concatenate([limits, -limits]).astype(code)
        return [[value] for value in numpy.concatenate([special, more])]
    return [[a, b] for a in special for b in special[:: 2 if code == "d" else 3]]


#: Functions that are about their first argument near 0, or their quotient: what is too small of them is never exact.
ODD = "expm1 log1p sin tan arcsin arctan sinh tanh arcsinh arctanh arctan2".split()


def expected_flags(name, code, values, results):
    """What C99 lays down, for each value: NumPy's own vector loops differ from it by machine. Invalid operations and
    divisions by zero are those of extended precision; a result that is too large or small, and inexact, says so. The
    last may be left open: where rounding alone decides whether the result is too small."""
    wide = [[numpy.longdouble(operand) for operand in value] for value in values]
    some = worker.flags_of(numpy, name, wide, [numpy.longdouble(0.5)] * len(wide[0]), (1,))
    operands = [numpy.array([value[k] for value in values]) for k in range(len(wide[0]))]
    with numpy.errstate(all="ignore"):
        true = getattr(numpy, name)(*(operand.astype(measure.WIDE[code]) for operand in operands))
    tiny = numpy.finfo(code).tiny
    for value, (kinds,), exact, result in zip(values, some, true, results, strict=True):
        nan = any(numpy.isnan(operand) for operand in value)
        found = {kind for kind in ("invalid value", "divide by zero") if kind in kinds and not nan}
        finite = all(numpy.isfinite(operand) for operand in value)
        if finite and numpy.isinf(result) and not found:
            found.add("overflow")
        odd = name in ODD and value[0] != 0 and not (name == "arctan2" and result == 0 and exact == 0)
        power = name in ("exp", "exp2", "power", "float_power") and value[0] != 0
        small = finite and abs(result) < tiny
        if small and (result != exact or odd or power and result == 0):
            found.add("underflow")
        # Half precision is computed in single, which may not show that the result is inexact; C's exp2 reports
        # exact results too.
        vague = small and (code == "e" or name in ("exp2", "hypot", "logaddexp", "logaddexp2"))
        open_ = finite and (vague or bool(abs(abs(exact) - tiny) < tiny / 256))
        yield ", ".join(sorted(found)), open_


@pytest.mark.parametrize(("name", "code"), CASES)
def test_flags(workers, name, code):
    values, quiet = delicate(name, code), benign(name, code)
    operands = [numpy.array([value[k] for value in values]) for k in range(len(quiet))]
    for level in LEVELS:
        expected = expected_flags(name, code, values, workers[level].compute(name, operands))
        got = workers[level].ask("flags", name, values, quiet)
        wrong = [
            (*map(float, value), ours, flags)
            for value, ours, (flags, open_) in zip(values, got, expected, strict=True)
            if ours != [flags] and not (open_ and len(ours) == 1 and set(ours) <= {"", "underflow"})
        ]
        assert wrong == [], level


def test_page():
    rows = re.findall(r"\| `(\w+)` \| (\w+) \| (.*) \|", PAGE.read_text())
    types = {"float16": "e", "float32": "f", "float64": "d"}
    assert [(name, types[dtype]) for name, dtype, _ in rows] == CASES
    for name, dtype, figures in rows:
        ours = figures.split(" | ")[:-1]
        assert all(float(figure) <= 1 for figure in ours), (name, dtype)
