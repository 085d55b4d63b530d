"""``python -m sharray``: run a NumPy program on sharray, look into array files, show the configuration.

::

    python -m sharray run script.py [args…]        the script's `import numpy` gives sharray
    python -m sharray run -m module [args…]        the same for a module
    python -m sharray info FILE.npy|FILE.npz …     what an array file holds
    python -m sharray config                       what this build and this machine offer
"""

from __future__ import annotations

import argparse
import runpy
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ._alias import install_as_numpy


def main(arguments: list[str] | None = None) -> int:
    """Carry out the command line ``arguments`` (default: ``sys.argv[1:]``); return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["run"]:
        return run(arguments[1:])
    options = _parser().parse_args(arguments)
    return options.function(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sharray", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="run | info | config")
    commands.add_parser("run", help="run a program with numpy resolving to sharray").set_defaults(function=run)
    info_parser = commands.add_parser("info", help="describe .npy and .npz files")
    info_parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    info_parser.set_defaults(function=lambda options: info(options.files))
    commands.add_parser("config", help="show the build's configuration").set_defaults(function=lambda _: config())
    return parser


def run(arguments: list[str]) -> int:
    """Run a script, or ``-m module``, as ``__main__`` with ``numpy`` resolving to sharray.

    Everything after the program's name belongs to the program. Its exit status is passed on.
    """
    as_module = arguments[:1] == ["-m"]
    program = arguments[as_module:]
    if not program:
        print("usage: python -m sharray run (script.py | -m module) [args…]", file=sys.stderr)
        return 2
    install_as_numpy()
    sys.argv = list(program)
    if as_module:
        runpy.run_module(program[0], run_name="__main__", alter_sys=True)
        return 0
    script = Path(program[0])
    if not script.exists():
        print(f"python -m sharray run: can't open file {program[0]!r}: no such file", file=sys.stderr)
        return 2
    if not sys.flags.safe_path:
        sys.path[0] = str(script.resolve().parent)
    runpy.run_path(program[0], run_name="__main__")
    return 0


def info(files: list[Path]) -> int:
    """Print dtype, shape, memory order and size of the arrays in ``.npy`` and ``.npz`` files."""
    status = 0
    for file in files:
        try:
            for line in describe_file(file):
                print(line)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            print(f"{file}: {error}", file=sys.stderr)
            status = 1
    return status


def describe_file(file: Path) -> Iterator[str]:
    """One line per array that ``file`` holds; only headers are read.

    Raises
    ------
    ValueError
        If the file, or a member of it, is no array file.
    """
    if not zipfile.is_zipfile(file):
        with file.open("rb") as stream:
            yield f"{file}: {describe_stream(stream)}"
        return
    with zipfile.ZipFile(file) as archive:
        yield f"{file}: {len(archive.infolist())} arrays"
        for member in archive.infolist():
            with archive.open(member) as stream:
                packed = "" if member.compress_type == zipfile.ZIP_STORED else f", {member.compress_size:,} packed"
                yield f"  {member.filename.removesuffix('.npy')}: {describe_stream(stream)}{packed}"


def describe_stream(stream: BinaryIO) -> str:
    """Dtype, shape, order and size as the header of an opened ``.npy`` stream states them."""
    from .lib import format as npy

    version = npy.read_magic(stream)
    if version == (1, 0):
        shape, fortran, dtype = npy.read_array_header_1_0(stream)
    elif version in ((2, 0), (3, 0)):
        shape, fortran, dtype = npy._read_array_header(stream, version)
    else:
        raise ValueError(f"format version {version} is not known")
    count = 1
    for length in shape:
        count *= length
    order = "Fortran order" if fortran else "C order"
    size = "pickled objects" if dtype.hasobject else f"{count * dtype.itemsize:,} bytes"
    return f"{dtype} {shape}, {order}, {size}, format {version[0]}.{version[1]}"


def config() -> int:
    """Print the configuration that ``sharray.show_config()`` shows, as JSON."""
    from .__config__ import _as_json

    print(_as_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
