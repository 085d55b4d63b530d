"""``python -m conformance``: run NumPy's own tests on sharray and compare with the list of expected failures.

The exit status is 0 only if nothing failed unexpectedly, nothing that is listed passed, nothing crashed or hung, and
nothing but tests was loaded from the NumPy wheel.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from dataclasses import asdict

from . import expected, reference, report, scope
from .score import Score, failing, score_file
from .supervise import FileResult, Outcome, run_files

#: Everything that happened in the last run, for --causes and for whoever looks for a failure.
DETAILS = reference.CACHE / "last-run.json"


def main() -> int:
    """Run what the command line asks for; return the exit status."""
    options = parse_arguments()
    known = reference.load()
    files = scope.select(options.files)
    if not files:
        print(f"no test file of the yardstick is called like {options.files}", file=sys.stderr)
        return 2
    if options.again:
        results = load_details(files)
    else:
        results = run(known, files, options.jobs, options.subject)
        reference.settle(known, results, options.jobs)
        save_details(results)
    scores = {file: score_file(known, result) for file, result in results.items()}
    print("\n" + report.table(scores))
    if not options.files:
        report.write_report(scores)
    if options.causes:
        print("\n" + report.causes(known, results, options.causes))
    return conclude(known, results, scores, options)


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("files", nargs="*", help="parts of file names, e.g. test_half linalg/; default: all files")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--causes", type=int, default=0, metavar="N", help="show the N most frequent causes of failure")
    parser.add_argument("--update", action="store_true", help="strike off the list what passes; adds nothing")
    parser.add_argument("--init", action="store_true", help="make the list anew from this run, keeping known reasons")
    parser.add_argument(
        "--sort-reasons", action="store_true", help="tell what is wrong from what is absent, by this run"
    )
    parser.add_argument("--again", action="store_true", help="judge the last run again instead of running")
    parser.add_argument(
        "--subject", choices=["sharray", "numpy"], default="sharray", help="numpy: check the runner itself"
    )
    return parser.parse_args()


def run(known: reference.Reference, files: list[str], jobs: int, subject: str) -> dict[str, FileResult]:
    """Run the files, the longest first, and tell of each when it is done."""
    print(
        f"running {len(files)} test files of NumPy {scope.version()} on {subject}, {jobs} at a time",
        flush=True,
    )
    began, done, lock = time.perf_counter(), 0, threading.Lock()

    def tell(result: FileResult) -> None:
        nonlocal done
        with lock:
            done += 1
            count = len(known.counted(result.file))
            passed = count - len(failing(known, result))
            note = f"  {len(result.incidents)} CRASHED OR HUNG" if result.incidents else ""
            clock = f"{time.perf_counter() - began:4.0f} s"
            print(f"[{done:3}/{len(files)} {clock}] {result.file}: {passed} of {count} cases{note}", flush=True)

    longest_first = sorted(files, key=lambda file: -sum(known.cases[file].values()))
    return run_files(subject, scope.wheel(), dict.fromkeys(longest_first), jobs, tell)


def save_details(results: dict[str, FileResult]) -> None:
    """Keep every outcome of this run."""
    rows = {
        file: {
            "broken": result.broken,
            "incidents": result.incidents,
            "borrowed": result.borrowed,
            "seconds": result.seconds,
            "outcomes": {f"{f}#{p}": asdict(outcome) for (f, p), outcome in sorted(result.outcomes.items())},
        }
        for file, result in sorted(results.items())
    }
    DETAILS.write_text(json.dumps(rows, indent=0))


def load_details(files: list[str]) -> dict[str, FileResult]:
    """The last run's results of these files."""
    results = {}
    for file, row in json.loads(DETAILS.read_text()).items():
        if file in files:
            outcomes = {
                (k.rpartition("#")[0], int(k.rpartition("#")[2])): Outcome(**o) for k, o in row["outcomes"].items()
            }
            results[file] = FileResult(
                file, [], outcomes, row["broken"], row.get("borrowed", []), row["incidents"], row["seconds"]
            )
    return results


def conclude(
    known: reference.Reference,
    results: dict[str, FileResult],
    scores: dict[str, Score],
    options: argparse.Namespace,
) -> int:
    """Compare with the list, write it if asked to, and say how the run ended."""
    listed = expected.load(known)
    surprises: list[str] = []
    for file in sorted(results):
        entries, failed = listed.get(file, {}), failing(known, results[file])
        if options.init:
            entries = expected.propose(results[file], failed, entries)
        elif options.update:
            entries = expected.strike(entries, failed)
        if options.sort_reasons:
            entries = expected.sort_reasons(results[file], failed, entries)
        listed[file] = entries
        surprises += report.describe_verdict(results[file], expected.judge(entries, failed, known.counted(file)))
    if (options.init or options.update or options.sort_reasons) and options.subject == "sharray":
        expected.save(listed, known)
    incidents = [line for file in sorted(results) for line in results[file].incidents]
    if (surprises or incidents) and not options.init and not options.update and not options.again:
        surprises, incidents = confirmed(known, results, listed, surprises, incidents, options)
    borrowed = sorted({line for result in results.values() for line in result.borrowed})
    return say(surprises, incidents, borrowed, scores)


def confirmed(
    known: reference.Reference,
    results: dict[str, FileResult],
    listed: dict,
    surprises: list[str],
    incidents: list[str],
    options: argparse.Namespace,
) -> tuple[list[str], list[str]]:
    """What surprises again when its files are run a second time; the rest depends on chance or load, and is only told."""

    def verdicts(found: dict[str, FileResult]) -> tuple[list[str], list[str]]:
        words: list[str] = []
        for file in sorted(found):
            verdict = expected.judge(listed.get(file, {}), failing(known, found[file]), known.counted(file))
            words += report.describe_verdict(found[file], verdict)
        return words, [line for file in sorted(found) for line in found[file].incidents]

    files = [file for file in results if any(verdicts({file: results[file]}))]
    print(f"\n{len(files)} files surprise: running them again")
    again_surprises, again_incidents = verdicts(run(known, files, options.jobs, options.subject))
    once = [line for line in surprises if line not in again_surprises]
    once += [line for line in incidents if line not in again_incidents]
    if once:
        print("\nonly the first time:\n" + "\n".join(once))
    return (
        [line for line in surprises if line in again_surprises],
        [line for line in incidents if line in again_incidents],
    )


def say(surprises: list[str], incidents: list[str], borrowed: list[str], scores: dict[str, Score]) -> int:
    """Print what went wrong and the closing line; return the exit status."""
    for title, lines in (
        (f"surprises (every outcome stands in {os.path.relpath(DETAILS)})", surprises),
        ("crashes and hangs", incidents),
        ("loaded from the NumPy wheel, which only its tests may", borrowed),
    ):
        if lines:
            print(f"\n{title}: {len(lines)}")
            print("\n".join(lines[: report.SHOWN] + ["…"] * (len(lines) > report.SHOWN)))
    whole = report.totals(scores)
    words = ", ".join(f"{name} {score.score:.2%}" for name, score in whole.items())
    bad = bool(surprises or incidents or borrowed)
    print(
        f"\nconformance {'FAILED' if bad else 'ok'}: {words}; {len(surprises)} surprises, {len(incidents)} crashes or hangs"
    )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
