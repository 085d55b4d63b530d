"""`python -m differential.explore --family ufunc --cases 5000`: cases from a plain random generator, as fast as they go."""

import argparse
import collections
import faulthandler
import pathlib
import random
import re
import time

import numpy

import sharray

from .compare import compare
from .excuses import excuse
from .families import FAMILIES
from .outcome import run


def kind(case, found):
    """What failures are grouped by."""
    name = re.match(r"[\w.]*\(?", case.call)[0]
    return name, re.sub(r"-?\d+(\.\d+)?", "#", found[0])[:70]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--family", default="all")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--only", default="", help="a pattern that the cases' text must match")
    parser.add_argument("--last", default="", help="a file that holds the case at work, for crashes")
    args = parser.parse_args()
    faulthandler.enable()
    for family in FAMILIES if args.family == "all" else args.family.split(","):
        explore(family, args)


def explore(family, args):
    groups = collections.defaultdict(list)
    begin, bad, good = time.time(), 0, 0
    for i in range(args.seed, args.seed + args.cases):
        case = FAMILIES[family](random.Random(i))
        if args.only and not re.search(args.only, str(case)):
            continue
        if args.last:
            pathlib.Path(args.last).write_text(f"{i}\n{case}\n")
        a, b = run(case, numpy), run(case, sharray)
        good += a.error is None and a.spoilt is None
        found = compare(case, a, b)
        if found and not excuse(case, found):
            bad += 1
            groups[kind(case, found)].append((i, case, found))
    print(f"== {family}: {args.cases} cases, {good} with results, {bad} differ, {time.time() - begin:.1f} s")
    for what, members in sorted(groups.items(), key=lambda item: -len(item[1]))[: args.show]:
        i, case, found = min(members, key=lambda m: len(str(m[1])))
        print(f"\n-- {len(members)} x {what} (seed {i})\n{case}")
        for line in found[:4]:
            print("   >", line[:300])


if __name__ == "__main__":
    main()
