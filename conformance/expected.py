"""The list of expected failures: which cases may fail, and for which of a closed set of reasons.

``expected.toml`` has a table per test file, in it a text per reason, and in each text a line per class::

    ["numpy/_core/tests/test_half.py"]
    "not built yet" = '''
    TestHalf: test_half_bool_comparison test_half_rounding[0-2,5] test_half_ufuncs~
    : test_at_module_level
    TestOther: *
    '''

``name`` stands for all cases of a function, ``name[0-2,5]`` for cases by position, ``name~`` for some of very many
cases, ``*`` for the whole class or, as a line of its own, for the whole file. The text is always written from the set
of cases it stands for, so it is as short as it can be. The list only shrinks: `python -m conformance --update` takes
out what passes and adds nothing.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from .reference import Reference
from .score import by_function
from .supervise import FileResult, Key

HOME = Path(__file__).parent
LIST = HOME / "expected.toml"
REASONS = HOME / "reasons.toml"

#: A function whose failing positions would take more characters than this is listed as ``name~``.
LONGEST_POSITIONS = 60

HEADER = """\
# Expected failures of NumPy's tests on sharray. The form is told in expected.py, the reasons in reasons.toml.
# Made by `python -m conformance`: --update strikes off what passes. The list only shrinks.
"""

_TOKEN = re.compile(r"(?P<name>\w+)(?:\[(?P<positions>[\d,-]+)\]|(?P<some>~))?")


@dataclass
class Entries:
    """The expected failures of one file under one reason."""

    keys: set[Key] = field(default_factory=set)
    some: set[str] = field(default_factory=set)  # functions of which some cases fail

    def __bool__(self) -> bool:
        return bool(self.keys or self.some)

    def covers(self, key: Key) -> bool:
        """Whether the case may fail."""
        return key in self.keys or key[0] in self.some


Expected = dict[str, dict[str, Entries]]  # file -> reason -> entries


def load_reasons() -> dict[str, dict]:
    """The closed set of reasons."""
    return tomllib.loads(REASONS.read_text())


def load(reference: Reference) -> Expected:
    """The list, as sets of cases.

    Raises
    ------
    ValueError
        If the list names an unknown reason or file, or can't be read.
    """
    text = tomllib.loads(LIST.read_text()) if LIST.exists() else {}
    known = load_reasons()
    expected: Expected = {}
    for file, reasons in text.items():
        if file not in reference.cases:
            raise ValueError(f"expected.toml: {file!r} is no test file of the yardstick; strike it off")
        unknown = set(reasons) - set(known)
        if unknown:
            raise ValueError(f"expected.toml, {file}: unknown reasons {sorted(unknown)}; use one of {sorted(known)}")
        expected[file] = {reason: parse(block, reference, file) for reason, block in reasons.items()}
    return expected


def parse(block: str, reference: Reference, file: str) -> Entries:
    """The cases that one text stands for."""
    entries = Entries()
    counted = by_function(reference.counted(file))
    for line in join_continued(block):
        if line == "*":
            entries.keys.update(key for keys in counted.values() for key in keys)
            continue
        group, _, names = line.partition(": ")
        for token in names.split():
            add_token(entries, group, token, counted)
    return entries


def join_continued(block: str) -> list[str]:
    """The lines of a text; an indented line continues the one before."""
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += line
        elif line.strip():
            lines.append(line.strip())
    return lines


def add_token(entries: Entries, group: str, token: str, counted: dict[str, list[Key]]) -> None:
    """Add what ``token`` in the line of ``group`` stands for."""
    if token == "*":
        entries.keys.update(key for f, keys in counted.items() if group_of(f)[0] == group for key in keys)
        return
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise ValueError(f"expected.toml: can't read {token!r}")
    function = f"{group}::{match['name']}" if group else match["name"]
    if match["some"]:
        entries.some.add(function)
    elif match["positions"]:
        entries.keys.update((function, p) for p in positions_from(match["positions"]))
    else:
        entries.keys.update(counted.get(function, [(function, 0)]))


def positions_from(text: str) -> list[int]:
    """``"0-2,5"`` → ``[0, 1, 2, 5]``."""
    positions: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        positions.extend(range(int(first), int(last or first) + 1))
    return positions


def positions_to(positions: Iterable[int]) -> str:
    """``[0, 1, 2, 5]`` → ``"0-2,5"``."""
    spans: list[list[int]] = []
    for position in sorted(positions):
        if spans and spans[-1][1] == position - 1:
            spans[-1][1] = position
        else:
            spans.append([position, position])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def group_of(function: str) -> tuple[str, str]:
    """``"TestA::test_b"`` → ``("TestA", "test_b")``; functions of a module have the group ``""``."""
    group, _, name = function.rpartition("::")
    return group, name


def format_entries(entries: Entries, reference: Reference, file: str) -> str:
    """The shortest text for a set of cases."""
    counted = by_function(reference.counted(file))
    listed = by_function(entries.keys)
    if not entries.some and all(set(keys) <= entries.keys for keys in counted.values()):
        return "*\n"
    groups: dict[str, list[str]] = {}
    for function in counted:
        token = format_function(function, counted[function], listed.get(function, []), function in entries.some)
        if token:
            groups.setdefault(group_of(function)[0], []).append(token)
    lines = []
    for group, tokens in groups.items():
        whole = [f for f in counted if group_of(f)[0] == group]
        if group and all(set(counted[f]) <= entries.keys for f in whole):
            tokens = ["*"]
        lines.append(textwrap.fill(f"{group}: {' '.join(tokens)}", 118, subsequent_indent="  ", break_long_words=False,
                                   break_on_hyphens=False))  # fmt: skip
    return "\n".join(lines) + "\n"


def format_function(function: str, all_keys: list[Key], listed: list[Key], some: bool) -> str:
    """The token for one function; empty if none of it is listed."""
    name = group_of(function)[1]
    if set(all_keys) <= set(listed):
        return name
    positions = positions_to(p for _, p in listed)
    if some or len(positions) > LONGEST_POSITIONS:
        return f"{name}~"
    return f"{name}[{positions}]" if positions else ""


def save(expected: Expected, reference: Reference) -> None:
    """Write the list."""
    parts = [HEADER]
    for file in sorted(expected):
        reasons = {reason: entries for reason, entries in expected[file].items() if entries}
        if reasons:
            parts.append(f'\n["{file}"]\n')
        for reason, entries in reasons.items():
            parts.append(f'"{reason}" = """\n{format_entries(entries, reference, file)}"""\n')
    LIST.write_text("".join(parts))


@dataclass
class Verdict:
    """How the results of a file compare with the list."""

    unexpected: list[Key]  # fail and are not listed
    passing: list[Key]  # listed and pass: strike them off
    passing_some: list[str]  # listed as "name~" and all of it passes


def judge(listed: dict[str, Entries], failing: set[Key], counted: list[Key]) -> Verdict:
    """Compare one file's failing cases with its part of the list."""
    everything = list(listed.values())
    failing_functions = {f for f, _ in failing}
    return Verdict(
        sorted(key for key in failing if not any(e.covers(key) for e in everything)),
        sorted({key for e in everything for key in e.keys} - failing),
        sorted({f for e in everything for f in e.some} - failing_functions),
    )


def strike(listed: dict[str, Entries], failing: set[Key]) -> dict[str, Entries]:
    """The list of one file without what passes."""
    functions = {f for f, _ in failing}
    return {r: Entries(e.keys & failing, e.some & functions) for r, e in listed.items()}


def propose(result: FileResult, failing: set[Key], listed: dict[str, Entries]) -> dict[str, Entries]:
    """A new list for one file: known reasons are kept, others are proposed by ``reasons.toml``."""
    proposed = strike(listed, failing)
    rules = load_reasons()
    for key in failing:
        if not any(e.covers(key) for e in proposed.values()):
            proposed.setdefault(reason_for(result, key, rules), Entries()).keys.add(key)
    return proposed


#: The reasons that the outcome of a run decides between; the others are kept as they are.
BY_OUTCOME = ("known defect", "not built yet")


def sort_reasons(result: FileResult, failing: set[Key], listed: dict[str, Entries]) -> dict[str, Entries]:
    """The same entries for one file, those of :data:`BY_OUTCOME` each under the reason that this run's failure tells."""
    rules = load_reasons()
    kept = {reason: entries for reason, entries in listed.items() if reason not in BY_OUTCOME}
    for entries in (listed.get(reason, Entries()) for reason in BY_OUTCOME):
        for key in entries.keys:
            kept.setdefault(reason_for(result, key, rules), Entries()).keys.add(key)
        for function in entries.some:
            first = min((key for key in failing if key[0] == function), default=(function, 0))
            kept.setdefault(reason_for(result, first, rules), Entries()).some.add(function)
    return dict(sorted(kept.items()))


def reason_for(result: FileResult, key: Key, rules: dict[str, dict]) -> str:
    """The first reason whose patterns match the case; else the first reason of all."""
    name = f"{result.file}::{key[0]}"
    outcome = result.outcomes.get(key)
    message = outcome.message if outcome else result.broken
    for reason, rule in rules.items():
        if any(fnmatch(name, p) for p in rule.get("tests", ())) or any(
            fnmatch(message, p) for p in rule.get("messages", ())
        ):
            return reason
    return next(iter(rules))
