"""The list of expected failures: what a text stands for, and that texts and sets of cases are the same thing."""

import pytest

pytest.importorskip("numpy")

from conformance import expected
from conformance.reference import Reference
from conformance.score import score_file
from conformance.supervise import FileResult, Outcome

FILE = "numpy/tests/test_x.py"
REFERENCE = Reference({FILE: {"TestA::test_one": 1, "TestA::test_many": 6, "TestB::test_b": 1, "test_alone": 2}})

# Text, and the cases it stands for.
TEXTS = {
    "*\n": [("TestA::test_one", 0), *(("TestA::test_many", p) for p in range(6)), ("TestB::test_b", 0),
            ("test_alone", 0), ("test_alone", 1)],
    "TestA: test_many[0-2,5]\n": [("TestA::test_many", p) for p in (0, 1, 2, 5)],
    "TestA: *\n": [("TestA::test_one", 0), *(("TestA::test_many", p) for p in range(6))],
    "TestA: test_one\nTestB: *\n: test_alone[1]\n": [("TestA::test_one", 0), ("TestB::test_b", 0), ("test_alone", 1)],
    ": test_alone\n": [("test_alone", 0), ("test_alone", 1)],
}  # fmt: skip


@pytest.mark.parametrize(("text", "cases"), TEXTS.items())
def test_text_and_cases(text, cases):
    entries = expected.parse(text, REFERENCE, FILE)
    assert entries.keys == set(cases)
    assert expected.format_entries(entries, REFERENCE, FILE) == text


def test_some_of_very_many():
    entries = expected.parse("TestA: test_many~\n", REFERENCE, FILE)
    assert entries.covers(("TestA::test_many", 3)) and not entries.covers(("TestA::test_one", 0))
    assert expected.format_entries(entries, REFERENCE, FILE) == "TestA: test_many~\n"


def test_unreadable_text():
    with pytest.raises(ValueError, match="can't read"):
        expected.parse("TestA: test_many[x]\n", REFERENCE, FILE)


def test_verdict():
    listed = {"not built yet": expected.parse("TestA: test_one test_many[0-1]\n", REFERENCE, FILE)}
    failing = {("TestA::test_one", 0), ("test_alone", 1)}
    verdict = expected.judge(listed, failing, REFERENCE.keys(FILE))
    assert verdict.unexpected == [("test_alone", 1)]
    assert verdict.passing == [("TestA::test_many", 0), ("TestA::test_many", 1)]
    assert expected.strike(listed, failing)["not built yet"].keys == {("TestA::test_one", 0)}


def test_reasons_follow_the_failure():
    """What is wrong is told from what is absent; a reason that no run can tell is kept."""
    listed = {
        "not built yet": expected.parse("TestA: test_one test_many~\n", REFERENCE, FILE),
        "needs the C ABI": expected.parse("TestB: test_b\n", REFERENCE, FILE),
    }
    failing = {("TestA::test_one", 0), ("TestA::test_many", 4), ("TestB::test_b", 0)}
    result = FileResult(FILE, outcomes={key: Outcome("failed", "AssertionError: 1 != 2") for key in failing})
    result.outcomes["TestA::test_many", 4] = Outcome("failed", "AttributeError: module has no attribute 'x'")
    found = expected.sort_reasons(result, failing, listed)
    assert found["known defect"].keys == {("TestA::test_one", 0)} and not found["known defect"].some
    assert found["not built yet"].some == {"TestA::test_many"} and not found["not built yet"].keys
    assert found["needs the C ABI"].keys == {("TestB::test_b", 0)}


def test_score_is_by_function():
    """A function with many cases weighs no more than one with a single case; what did not run has not passed."""
    passed = [("TestA::test_one", 0), ("TestA::test_many", 0), ("TestA::test_many", 1), ("test_alone", 0)]
    result = FileResult(FILE, outcomes={key: Outcome("passed") for key in passed})
    result.outcomes["TestB::test_b", 0] = Outcome("crashed")
    score = score_file(REFERENCE, result)
    assert (score.functions, score.passed, score.failed, score.cases) == (4, 4, 6, 10)
    assert score.score == pytest.approx((1 + 2 / 6 + 0 + 0.5) / 4)


def test_a_crash_and_a_hang_cost_one_case_each(tmp_path, monkeypatch):
    """The worker that dies is replaced, and the next one goes on behind the case that killed it."""
    from conformance import supervise

    monkeypatch.setattr(supervise, "CASE_LIMIT", 3.0)
    tests = tmp_path / "numpy" / "tests"
    tests.mkdir(parents=True)
    (tests / "test_bad.py").write_text(
        "import os, time, pytest\n"
        "def test_before(): pass\n"
        "def test_crash(): os.kill(os.getpid(), 11)\n"
        "@pytest.mark.parametrize('x', [0, 1])\n"
        "def test_between(x): assert x == 0\n"
        "def test_hang(): time.sleep(100)\n"
        "def test_after(): pytest.skip('no')\n"
    )
    result = supervise.run_file("numpy", tmp_path / "numpy", "numpy/tests/test_bad.py")
    assert {key: outcome.outcome for key, outcome in result.outcomes.items()} == {
        ("test_before", 0): "passed",
        ("test_crash", 0): "crashed",
        ("test_between", 0): "passed",
        ("test_between", 1): "failed",
        ("test_hang", 0): "hung",
        ("test_after", 0): "skipped",
    }
    assert len(result.incidents) == 2
