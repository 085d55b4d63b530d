"""``python -m benchmarks``: time the same statements on NumPy and sharray and show the ratios.

Times are medians of rounds taken in turn. A case that sharray cannot run is shown as missing.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Run what the command line asks for."""
    options = parse_arguments()
    if options.threads:
        for variable in ("SHARRAY_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            os.environ[variable] = str(options.threads)
    return run(options)


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--groups", nargs="+", help="groups of cases (default: all)")
    parser.add_argument("--sizes", nargs="+", type=float, help="numbers of elements (default: each group's own)")
    parser.add_argument("--cases", default="", help="only cases whose name contains this")
    parser.add_argument("--threads", type=int, help="threads for both rivals (default: each rival's own)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds per case; the median counts (default: 5)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder for the JSON file and the picture")
    return parser.parse_args()


def run(options: argparse.Namespace) -> int:
    """Measure, print, write."""
    import numpy

    import sharray

    from . import catalogue, picture, summary
    from .measure import measure

    unknown = set(options.groups or ()) - set(catalogue.groups())
    if unknown:
        print(f"unknown groups {sorted(unknown)}; there are {catalogue.groups()}", file=sys.stderr)
        return 2
    cases = [case for group in options.groups or catalogue.groups() for case in catalogue.load(group)]
    timings = []
    print(summary.HEAD, flush=True)
    for case in cases:
        if options.cases not in case.name:
            continue
        for size in case.at(options.sizes and [int(size) for size in options.sizes]):
            timings.append(measure(case, size, sharray, options.rounds))
            print(summary.line(timings[-1]), flush=True)
    facts = {
        "numpy": numpy.__version__,
        "sharray": sharray.__version__,
        "python": sys.version.split()[0],
        "processor": summary.processor(),
        "cores": str(os.cpu_count()),
        "threads": str(options.threads or "default"),
        "rounds": str(options.rounds),
    }
    print("\n" + summary.table(timings))
    summary.write_json(timings, options.output / "bench.json", facts)
    picture.draw(timings, options.output / "bench.png", "   ".join(f"{k} {v}" for k, v in facts.items()))
    print(f"\nwritten: {options.output / 'bench.json'}, {options.output / 'bench.png'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
