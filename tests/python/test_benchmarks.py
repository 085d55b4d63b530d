"""The bench: every case runs, and what is drawn from the times is right."""

import json
import math

import numpy
import pytest

from benchmarks import catalogue, measure, summary

CASES = [case for group in catalogue.groups() for case in catalogue.load(group)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.group}: {case.name}")
def test_case_runs_on_numpy(case):
    assert measure.prepare(case, min(case.sizes), numpy)(1) >= 0


def test_every_rival_gets_the_same_values():
    first, second = (catalogue.namespace(numpy, 5)["f8"](5) for _ in range(2))
    assert first.tolist() == second.tolist() and first is not second


def test_a_case_that_fails_is_told():
    class Empty:
        array = staticmethod(numpy.array)

    case = catalogue.Case("g", "sqrt", "a = f8(n)", "np.sqrt(a)", (3,))
    timing = measure.measure(case, 3, Empty, rounds=5)
    assert timing.trouble.startswith("missing: AttributeError") and math.isnan(timing.ratio)


DIFFERENCES = [
    (numpy.float64(1), numpy.float64(1), ""),
    (numpy.zeros(2), numpy.zeros(3), "differs: float64(3,), not float64(2,)"),
    (numpy.zeros(2), numpy.zeros(2, "f4"), "differs: float32(2,), not float64(2,)"),
    (numpy.zeros(2), numpy.ones(2), "differs: other values"),
    (numpy.array([numpy.nan]), numpy.array([numpy.nan]), ""),
    ((numpy.arange(2), numpy.arange(2)), (numpy.arange(2), numpy.ones(2, int)), "differs: other values"),
]


@pytest.mark.parametrize(("theirs", "ours", "words"), DIFFERENCES)
def test_difference(theirs, ours, words):
    assert measure.difference(theirs, ours) == words


def test_means_and_json(tmp_path):
    timings = [
        measure.Timing("math", "a", 3, numpy=2.0, sharray=1.0),
        measure.Timing("math", "b", 3, numpy=8.0, sharray=1.0),
        measure.Timing("math", "c", 3, numpy=1.0, trouble="missing: x"),
    ]
    assert summary.means(timings) == {"math": {3: pytest.approx(4.0)}}
    summary.write_json(timings, tmp_path / "t.json", {"rounds": "5"})
    written = json.loads((tmp_path / "t.json").read_text())
    assert written["means"]["math"]["3"] == pytest.approx(4.0) and written["cases"][2]["ratio"] is None
    assert "missing or different: 1 of 3" in summary.table(timings)


@pytest.mark.parametrize(("value", "text"), [(2e-9, "2 ns"), (1.5e-6, "1.5 µs"), (0.25, "250 ms"), (3.0, "3 s")])
def test_seconds(value, text):
    assert summary.seconds(value) == text
