"""The cases, read from ``cases/*.toml``, and the data they work on."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy

#: Letters, about as often as English has them, and as many others beyond ASCII.
_LATIN = "eeeeeetttttaaaaooooiiiinnnnssshhhrrrddlluuccmmffyywwggppbbvkxqjzEASN"
_GREEK = "".join(chr(0x3B1 + ord(letter) % 24) for letter in _LATIN)

HOME = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One statement, with what must be there before it."""

    group: str
    name: str
    setup: str
    statement: str
    sizes: tuple[int, ...]
    #: What of the ``result`` is promised, where it may differ: an expression.
    promise: str = "result"
    #: True when the statement is written for its sizes, and fails or says nothing at others.
    own_sizes: bool = False

    def at(self, wanted: list[int] | None) -> list[int]:
        """The sizes to time it at, of those that are wanted: all of its own if none are named."""
        if wanted and not self.own_sizes:
            return wanted
        return [size for size in self.sizes if not wanted or size in wanted]


def groups() -> list[str]:
    """The names of the groups."""
    return sorted(path.stem for path in HOME.glob("*.toml"))


def load(group: str) -> Iterator[Case]:
    """The cases of a group."""
    table = tomllib.loads((HOME / f"{group}.toml").read_text())
    for name, case in table["cases"].items():
        own = case if isinstance(case, dict) else {"run": case}
        setup = needed("\n".join(part for part in (table["setup"], own.get("setup", "")) if part), own["run"])
        sizes = tuple(own.get("sizes", table["sizes"]))
        yield Case(group, name, setup, own["run"], sizes, own.get("promise", "result"), table.get("own_sizes", False))


def needed(setup: str, statement: str) -> str:
    """The assignments of a set-up whose names the statement uses, or another one of them that is needed.

    >>> needed("a = f8(n); b = f8(n, 1); p = a > 0", "np.nonzero(p)")
    'a = f8(n)\\np = a > 0'
    """
    used, kept = _names(ast.parse(statement)), []
    for line in reversed(ast.parse(setup).body):
        targets = _names(*line.targets) if isinstance(line, ast.Assign) else set()
        if not targets or targets & used:
            kept.append(line)
            used |= _names(line)
    return "\n".join(ast.unparse(line) for line in reversed(kept))


def _names(*nodes: ast.AST) -> set[str]:
    """The names in pieces of code."""
    return {node.id for whole in nodes for node in ast.walk(whole) if isinstance(node, ast.Name)}


def namespace(rival: ModuleType, size: int) -> dict[str, Any]:
    """What a case's code sees: ``np``, ``n`` and makers of data, the same values for every rival."""
    names: dict[str, Any] = {"np": rival, "n": size}
    for dtype in ("f8", "f4", "i8", "i4", "i2", "u1", "c16"):
        names[dtype] = partial(_made, rival, partial(_values, dtype))
    names["square"] = partial(_made, rival, _square)
    names["cube"] = partial(_made, rival, _cube)
    names["text"] = partial(_made, rival, _text)
    names["words"] = partial(_made, rival, partial(_words, _LATIN))
    names["greek"] = partial(_made, rival, partial(_words, _GREEK))
    names["parts"] = _parts
    return names


def _parts(values: Any, kth: int) -> tuple[numpy.ndarray, ...]:
    """What a partition promises: which values are before the kth, itself, and which are behind it."""
    values = numpy.asarray(values)
    return numpy.sort(values[:kth]), values[kth], numpy.sort(values[kth + 1 :])


def _made(rival: ModuleType, maker: Callable[[int, int], numpy.ndarray], size: int, seed: int = 0) -> Any:
    """The rival's own array with the values that ``maker`` gives, which are drawn once for several cases."""
    return rival.array(maker(size, seed))


@lru_cache(maxsize=16)
def _values(dtype: str, size: int, seed: int) -> numpy.ndarray:
    random = numpy.random.default_rng(seed + 1)
    if dtype[0] == "f":
        return random.uniform(-1, 1, size).astype(dtype)
    if dtype[0] == "c":
        return random.uniform(-1, 1, size) + 1j * random.uniform(-1, 1, size)
    bounds = numpy.iinfo(dtype)
    return random.integers(max(bounds.min, -(2**31)), min(bounds.max, 2**31 - 1), size, dtype=dtype)


def _square(size: int, seed: int) -> numpy.ndarray:
    side = max(1, round(size**0.5))
    return _values("f8", side * side, seed).reshape(side, side)


def _cube(size: int, seed: int) -> numpy.ndarray:
    side = max(1, round(size ** (1 / 3)))
    return _values("f8", side**3, seed).reshape(side, side, side)


def _text(size: int, seed: int) -> numpy.ndarray:
    numbers = numpy.random.default_rng(seed + 1).integers(0, 10**8, size)
    return numpy.char.zfill(numbers.astype("U8"), 8)


@lru_cache(maxsize=16)
def _words(letters: str, size: int, seed: int) -> numpy.ndarray:
    """One or two words of 1 to 20 characters together."""
    random = numpy.random.default_rng(seed + 1)
    units = numpy.array([ord(letter) for letter in letters], dtype="u4")[random.integers(0, len(letters), (size, 20))]
    length = random.integers(1, 21, size)
    units[numpy.arange(size), random.integers(1, 20, size)] = ord(" ")
    units[numpy.arange(20) >= length[:, None]] = 0
    return units.view("U20").reshape(size)
