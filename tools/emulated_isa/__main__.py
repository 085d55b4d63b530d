"""``python -m tools.emulated_isa``: compile, pack, emulate, report."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from . import image, machine

#: What ships but for link-time optimisation, which takes long and changes no loop; no debug assertions, with which
#: blocks are too short for wide registers.
PROFILE = {
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "64",
}


def main() -> int:
    """Run what the command line names; return 1 when a test fails or the machine stops early."""
    parser = argparse.ArgumentParser(prog="python -m tools.emulated_isa", description=__doc__)
    parser.add_argument("--level", default="avx512", help="instruction-set level to force (default: avx512)")
    parser.add_argument(
        "--tests", nargs="+", metavar="NAME", help="test binaries (default: all), as in crates/kernels/tests"
    )
    parser.add_argument(
        "--unskipped", action="store_true", help="run also the tests that the emulator is known to fail"
    )
    parser.add_argument("--all-lengths", action="store_true", help="`shapes` at every length, which takes long")
    parser.add_argument("--filter", nargs="*", default=[], help="names of tests, as the test binaries take them")
    parser.add_argument("--binaries", nargs="+", type=Path, help="run these instead of compiling")
    parser.add_argument("--scratch", type=Path, default=Path(".cache/emulated_isa"), help="where images are made")
    parser.add_argument("--limit", type=int, default=3600, help="seconds until the machine is switched off")
    parser.add_argument(
        "--each", type=int, default=1200, help="seconds for each binary, by the machine's own slow clock"
    )
    parser.add_argument("--missing", action="store_true", help="only name the Debian packages that are not installed")
    options = parser.parse_args()
    missing = image.missing_packages()
    if options.missing:
        print(*missing)
        return 0
    if missing:
        parser.error(f"run: apt-get install --no-install-recommends {' '.join(missing)}")
    found = {name(path): path for path in options.binaries} if options.binaries else compiled()
    wanted = options.tests or [*found]
    unknown = [test for test in wanted if test not in found]
    if unknown:
        parser.error(f"no test binary {', '.join(unknown)}; there are {', '.join(found)}")
    work = image.Work(options.scratch.resolve())
    settings = {"SHARRAY_ISA": options.level}
    if not options.all_lengths:
        settings["SHARRAY_FEW_LENGTHS"] = "1"
    skipped = [] if options.unskipped else [f"--skip {test}" for test in sorted(image.SKIPPED)]
    work.build({test: found[test] for test in wanted}, settings, [*skipped, *options.filter], options.each)
    return machine.run(work, wanted, options.limit)


def name(path: Path) -> str:
    """A test binary's name without Cargo's suffix: ``shapes-0123…`` gives ``shapes``."""
    stem, _, suffix = path.name.rpartition("-")
    return stem if stem and len(suffix) == 16 else path.name


def compiled() -> dict[str, Path]:
    """Compile the test binaries of the kernels; their paths by name. Raises ``CalledProcessError``."""
    command = ["cargo", "test", "-p", "sharray-kernels", "--release", "--locked", "--no-run", "--message-format=json"]
    done = subprocess.run(command, env={**os.environ, **PROFILE}, stdout=subprocess.PIPE, check=True, text=True)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    paths = [Path(message["executable"]) for message in messages if message.get("executable")]
    return {name(path): path for path in paths}


if __name__ == "__main__":
    sys.exit(main())
