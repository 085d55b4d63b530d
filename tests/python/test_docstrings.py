"""Docstrings of what is public: a summary, a section that names each parameter, what comes back, and an example.

``python tests/python/test_docstrings.py [namespace …]`` prints the table, and for the namespaces named what each object lacks.
"""

import builtins
import inspect
import re
import sys
import warnings
from pathlib import Path

import pytest

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.stubs import modules

_AS_ARRAYS = "the methods of arrays: their texts are those of `ndarray`, which they name"
_BY_SCALAR = "the class of one dtype: its scalar type is described"
_ALIASES = "a type's name for annotations, without a docstring of its own"
_VALUES = "a slot or a plain value of the class, which can't have a text"
_REPORTED = "made by functions, whose docstrings show it; nobody calls the class"
#: What is excused, as patterns of dotted names by namespace: what may lack, and why.
EXCUSED = {
    "": {r"generic\.\w+": (("returns", "example"), _AS_ARRAYS)},
    "dtypes": {r"\w+DType(\.\w+)?": (("summary", "parameters", "example"), _BY_SCALAR)},
    "exceptions": {r"AxisError\.(axis|ndim)": (("summary",), _VALUES)},
    "interop": {
        "Crossing|Log|Plan|Explanation|CopyRefused": (("parameters", "example"), _REPORTED),
        r"Crossing\.\w+": (("summary",), _VALUES),
    },
    "lib.npyio": {r"NpzFile\.(fid|zip)": (("summary",), _VALUES)},
    "polynomial.polynomial": {r"Polynomial\.basis_name": (("summary",), _VALUES)},
    "typing": {r"ArrayLike|DTypeLike|NDArray": (("summary", "parameters", "returns", "example"), _ALIASES)},
}
#: How many objects of a namespace still lack something. Whoever fills gaps lowers the number.
OPEN = {}

#: Namespaces besides those that have stubs made for them.
MORE = ["typing"]
#: Modules that show others' names.
LEFT_OUT = {"version", "ma.core", "matlib"}


def entries(namespace, homes):
    """Dotted name, object and kind of what is at home in a namespace: functions, classes, and what classes hold."""
    loaded = modules.load(namespace)
    for name in modules.shown(namespace):
        value = getattr(loaded, name)
        if inspect.ismodule(value) or not callable(value) or name == "test" or name.startswith("__"):
            continue
        if homes.get(id(value), (namespace, name)) != (namespace, name) or not _is_ours(value):
            continue
        if not inspect.isclass(value):
            yield name, value, "function"
            continue
        yield name, value, "class"
        held = _own(value)
        for member in sorted(held):
            if not member.startswith("_"):
                yield f"{name}.{member}", *_member(value, member, held[member])


def _own(cls):
    """What a class holds, and what it has from classes that nobody sees: those of private modules."""
    hidden = [base for base in cls.__mro__ if "._" in base.__module__ and not hasattr(builtins, base.__name__)]
    return {name: held for base in [*reversed(hidden), cls] for name, held in vars(base).items()}


def _is_ours(value):
    """False for what stands here by courtesy of another library, such as `unittest.TestCase`."""
    home = getattr(value, "__module__", None) or "sharray"
    return home.split(".")[0] in ("sharray", "numpy")


def _member(cls, name, held):
    if inspect.isclass(held):
        return held, "attribute"
    if isinstance(held, (classmethod, staticmethod)) or type(held) is type(vars(dict)["fromkeys"]):
        return getattr(cls, name), "method"
    return held, "method" if callable(held) else "attribute"


def parameters(value):
    """Names of the parameters that a call may give; None where no signature can be read."""
    try:
        found = list(inspect.signature(value).parameters.values())
    except (TypeError, ValueError):
        return None
    return [one.name for one in found if one.name not in ("self", "cls")]


def sections(text):
    """The parts of a docstring by their titles; what stands before the first one has the title "" ."""
    found, title, lines = {"": []}, "", inspect.cleandoc(text).splitlines()
    for line, under in zip(lines, [*lines[1:], ""], strict=False):
        if line.strip() and re.fullmatch(r"-{3,}", under):
            title = line.strip()
            found[title] = []
        elif not re.fullmatch(r"-{3,}", line):
            found[title].append(line)
    return found


def named(lines):
    """The names that a section of parameters tells of."""
    heads = [line.split(" : ")[0] for line in lines if line and not line[0].isspace()]
    return {name.strip(" *") for head in heads for name in head.split(",")}


def summary(text):
    """The first line that is no call's form."""
    lines = (line.strip() for line in inspect.cleandoc(text).splitlines())
    return next((line for line in lines if line and not re.match(r"[\w.]+\(.*(\)( -> .*)?|,)$", line)), "")


def lacks(value, kind):
    """What the docstring of an object lacks."""
    text = value.__doc__ if isinstance(value.__doc__, str) else ""
    parts, missing = sections(text), []
    if not summary(text) or not summary(text)[0].isprintable():
        missing.append("summary")
    if kind == "attribute":
        return missing
    wanted = [name.strip("*") for name in parameters(value) or ()]
    told = named([*parts.get("Parameters", ()), *parts.get("Other Parameters", ())])
    absent = [name for name in wanted if name not in told]
    if absent:
        missing.append("parameters: " + ", ".join(absent))
    if kind != "class" and "Returns" not in parts and "Yields" not in parts:
        missing.append("returns")
    if not any(">>>" in line for line in parts.get("Examples", parts[""])):
        missing.append("example")
    return missing


def namespaces():
    return [name for name in modules.MODULES if name not in LEFT_OUT] + MORE


def survey(namespace, homes):
    """For each object of a namespace: its name, its kind, and what it lacks."""
    return [(name, kind, lacks(value, kind)) for name, value, kind in entries(namespace, homes)]


def excuse(namespace, name, missing):
    """What is left of `missing` when the excuses have been heard."""
    for pattern, (kinds, _) in EXCUSED.get(namespace, {}).items():
        if re.fullmatch(pattern, name):
            missing = [one for one in missing if not one.startswith(kinds)]
    return missing


@pytest.fixture(scope="module")
def homes():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return modules.homes()


@pytest.mark.parametrize("namespace", namespaces())
def test_docstrings(namespace, homes):
    rows = [(name, excuse(namespace, name, missing)) for name, _, missing in survey(namespace, homes)]
    lacking = {name: missing for name, missing in rows if missing}
    assert len(lacking) == OPEN.get(namespace, 0), lacking


@pytest.mark.parametrize("namespace", EXCUSED)
def test_excuses_are_needed(namespace, homes):
    rows = survey(namespace, homes)
    for pattern in EXCUSED[namespace]:
        assert any(missing for name, _, missing in rows if re.fullmatch(pattern, name)), pattern


def test_what_lacks_is_found():
    def without(a, b=1):
        """Adds."""

    def half(a, *, b=1):
        """Adds.

        Parameters
        ----------
        a : int

        Examples
        --------
        >>> 1 + 1
        2
        """

    assert lacks(without, "function") == ["parameters: a, b", "returns", "example"]
    assert lacks(half, "function") == ["parameters: b", "returns"]
    assert lacks(property(), "attribute") == ["summary"]


def main(wanted):
    homes = modules.homes()
    print(f"{'namespace':24} {'objects':>8} {'summary':>8} {'params':>8} {'returns':>8} {'example':>8}   lacking")
    for namespace in namespaces():
        rows = survey(namespace, homes)
        if not rows:
            continue
        counts = [
            sum(any(one.startswith(what) for one in row[2]) for row in rows)
            for what in ("summary", "parameters", "returns", "example")
        ]
        print(f"{namespace or '.':24} {len(rows):8} " + " ".join(f"{count:8}" for count in counts))
        if namespace in wanted or (namespace or ".") in wanted:
            for name, kind, missing in rows:
                if missing:
                    print(f"    {kind[0]} {name}: {'; '.join(missing)}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1:])
