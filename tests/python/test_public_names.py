"""The public namespaces are NumPy's: the same names, and the same parameters of everything that can be called.

What differs on purpose stands in `NAMES`, `MEMBERS` and `SIGNATURES`, each with its reason; an entry that no longer
describes a difference fails.
"""

import importlib
import inspect
import re
import warnings
from types import ModuleType

import pytest

numpy = pytest.importorskip("numpy")

MODULES = """
    . char ctypeslib dtypes exceptions fft lib lib.array_utils lib.format lib.introspect lib.mixins lib.npyio
    lib.recfunctions lib.scimath lib.stride_tricks lib.user_array linalg ma ma.extras ma.mrecords matlib matrixlib
    polynomial polynomial.chebyshev polynomial.hermite polynomial.hermite_e polynomial.laguerre polynomial.legendre
    polynomial.polynomial polynomial.polyutils random rec strings testing testing.overrides typing version
""".split()

# Names that one side lacks, by module.
NAMES = {
    ("", "f2py"): "serves code compiled against NumPy's C interface",
    ("", "interop"): "what sharray adds",
    ("", "threads"): "what sharray adds",
    ("", "install_as_numpy"): "what sharray adds",
    ("matlib", "f2py"): "the names of the main namespace",
    ("dtypes", "BFloat16DType"): "classes of the small floats, which NumPy lacks",
    ("dtypes", "Float8E4M3FNDType"): "classes of the small floats, which NumPy lacks",
    ("dtypes", "Float8E5M2DType"): "classes of the small floats, which NumPy lacks",
    ("dtypes", "bfloat16"): "small floats, which NumPy lacks",
    ("dtypes", "float8_e4m3fn"): "small floats, which NumPy lacks",
    ("dtypes", "float8_e5m2"): "small floats, which NumPy lacks",
}

_INSTANCE = "an attribute of the instances; in NumPy the class lists it as well"
MEMBERS = {
    **{("finfo", name): _INSTANCE for name in ("epsneg", "iexp", "machep", "negep", "nexp", "resolution")},
    **{("SeedSequence", name): _INSTANCE for name in ("entropy", "n_children_spawned", "pool_size", "spawn_key")},
    ("memmap", "close"): "ours: the file can be closed",
    ("memmap", "closed"): "ours: the file can be closed",
    ("BitGenerator", "state"): "the subclasses have it; the base class holds no state",
}

_ABSTRACT = "can't be called: NumPy gives the signature of `object`"
SIGNATURES = {
    "sort": "`descending` is the array API standard's",
    "argsort": "`descending` is the array API standard's",
    "fft.fftfreq": "`dtype` is the array API standard's",
    "fft.rfftfreq": "`dtype` is the array API standard's",
    **{
        name: _ABSTRACT
        for name in """character complexfloating flexible floating generic inexact integer number signedinteger ufunc
        unsignedinteger""".split()
    },
    "fromstring": "NumPy has no signature that can be read",
    "lib.add_docstring": "NumPy has no signature that can be read",
    "lib.array_utils.normalize_axis_index": "NumPy has no signature that can be read",
    "lib.stride_tricks.as_strided": "ours has `check_bounds`",
}


def _pair(name):
    tail = "" if name == "." else f".{name}"
    return [importlib.import_module(root + tail) for root in ("numpy", "sharray")]


def _names(module, listed):
    """What a module offers: with `listed` its `__all__`, else what `dir` shows but what is private or imported."""
    if listed:
        return set(module.__all__) | {"test"}.intersection(dir(module))
    root = module.__name__.partition(".")[0]
    shown = {name: getattr(module, name) for name in dir(module) if not name.startswith("_")}
    return {
        name for name, value in shown.items() if not isinstance(value, ModuleType) or value.__name__.startswith(root)
    }


def _offers(name):
    """NumPy's module and ours, and the names of each. Deeper modules show in `dir` what they import as well."""
    theirs, ours = _pair(name)
    listed = name != "." and hasattr(theirs, "__all__")
    return theirs, ours, _names(theirs, listed), _names(ours, listed)


def _default(value):
    text = repr(value).replace("sharray", "numpy")
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def _parameters(function):
    """Names, kinds and defaults, or None where no signature can be read."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [(one.name, one.kind.name, None if one.default is one.empty else _default(one.default)) for one in found]


def _callables(theirs, ours, path):
    """Pairs of what can be called by the same path: functions, and of classes the methods too."""
    if not callable(theirs):
        return
    yield path, theirs, ours
    if isinstance(theirs, type):
        for name in sorted(_members(theirs) & _members(ours)):
            attribute = inspect.getattr_static(theirs, name)
            if not inspect.isdatadescriptor(attribute) and callable(getattr(theirs, name)):
                yield f"{path}.{name}", getattr(theirs, name), getattr(ours, name)


def _members(cls):
    return {name for name in dir(cls) if not name.startswith("_")}


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.parametrize("name", MODULES)
def test_names_of_a_module(name):
    theirs, ours, wanted, found = _offers(name)
    allowed = {own for module, own in NAMES if module == name.strip(".")}
    assert wanted ^ found <= allowed
    if hasattr(theirs, "__all__"):
        assert set(theirs.__all__) ^ set(ours.__all__) <= allowed


@pytest.mark.parametrize("name", MODULES)
def test_signatures_of_a_module(name):
    theirs, ours, *both = _offers(name)
    prefix = "" if name == "." else f"{name}."
    different = {}
    for own in sorted(set.intersection(*both)):
        for path, one, other in _callables(getattr(theirs, own), getattr(ours, own), own):
            assert callable(other), path
            wanted, found = _parameters(one), _parameters(other)
            if wanted != found and prefix + path not in SIGNATURES and not (name == "matlib" and path in SIGNATURES):
                different[prefix + path] = (wanted, found)
    assert not different


@pytest.mark.parametrize("name", MODULES)
def test_members_of_the_classes_of_a_module(name):
    theirs, ours, *both = _offers(name)
    different = {}
    for own in sorted(set.intersection(*both)):
        one, other = getattr(theirs, own), getattr(ours, own)
        if isinstance(one, type):
            assert isinstance(other, type), own
            found = {member for member in _members(one) ^ _members(other) if (own, member) not in MEMBERS}
            if found:
                different[own] = sorted(found)
    assert not different


@pytest.mark.parametrize(
    "name", ["ndarray", "dtype", "generic", "float64", "int64", "str_", "void", "datetime64", "flatiter"]
)
def test_special_methods(name):
    theirs, ours = ({one for one in dir(getattr(module, name)) if one.startswith("__")} for module in _pair("."))
    # Arrow's protocol is an addition, and what tells NumPy its counterpart of a dtype.
    added = {f"__arrow_c_{what}__" for what in ("array", "schema", "stream")} if name == "ndarray" else set()
    assert theirs | added == ours - {"__numpy_dtype__"}


def test_the_listed_differences_exist():
    for module, name in NAMES:
        theirs, ours = _pair(module or ".")
        assert hasattr(theirs, name) != hasattr(ours, name), (module, name)
    for cls, name in MEMBERS:
        home = "." if hasattr(numpy, cls) else "random"
        theirs, ours = (getattr(module, cls) for module in _pair(home))
        assert hasattr(theirs, name) != hasattr(ours, name), (cls, name)
    for path in SIGNATURES:
        module, _, name = path.rpartition(".")
        theirs, ours = (getattr(one, name) for one in _pair(module or "."))
        assert _parameters(theirs) != _parameters(ours), path
