"""Which modules get stubs, which names they show, and where an object that several of them show is at home."""

import importlib
import inspect
import types

#: Public modules; an object belongs to the first that shows it.
MODULES = [
    "", "exceptions", "dtypes", "linalg", "fft", "random", "polynomial.polynomial", "polynomial.chebyshev",
    "polynomial.hermite", "polynomial.hermite_e", "polynomial.laguerre", "polynomial.legendre", "polynomial.polyutils",
    "polynomial", "strings", "char", "rec", "ctypeslib", "ma", "ma.core", "ma.extras", "ma.mrecords", "matrixlib", "matlib",
    "lib", "lib.array_utils", "lib.format", "lib.introspect", "lib.mixins", "lib.npyio", "lib.recfunctions",
    "lib.scimath", "lib.stride_tricks", "lib.user_array", "testing", "testing.overrides", "interop", "threads",
    "version",
]  # fmt: skip

#: Public names that no list shows.
UNLISTED = {"": ["interop", "matlib", "matrixlib", "version", "install_as_numpy", "threads", "__version__"]}
#: Names of the main namespace that begin with an underscore and yet belong to the stub.
DUNDERS = {"": ["__array_namespace_info__", "__version__", "__array_api_version__"]}


def load(name):
    """The module of a name in `MODULES`."""
    return importlib.import_module("sharray" + (f".{name}" if name else ""))


def shown(name):
    """Public names of a module: those of `__all__` or `dir`, without modules of the standard library."""
    module = load(name)
    names = set(getattr(module, "__all__", ())) or {one for one in dir(module) if not one.startswith("_")}
    names |= {"test"} & set(dir(module)) if name not in ("dtypes", "version") else set()
    names |= set(UNLISTED.get(name, ())) | set(DUNDERS.get(name, ()))
    if name == "lib":
        names |= {one for one in dir(module) if one in ("array_utils", "scimath", "npyio", "mixins", "format")}
    return sorted(one for one in names if hasattr(module, one) and not _is_foreign(getattr(module, one)))


def _is_foreign(value):
    return inspect.ismodule(value) and not value.__name__.startswith("sharray")


def homes():
    """By `id` of classes and functions: the module and the name they are defined under in the stubs."""
    found = {}
    for module in MODULES:
        loaded = load(module)
        names = shown(module)
        # A name that is the object's own comes before its other names.
        names.sort(key=lambda name: getattr(getattr(loaded, name), "__name__", name) != name)
        for name in names:
            value = getattr(loaded, name)
            if isinstance(value, type) or callable(value) and not isinstance(value, types.ModuleType):
                if getattr(value, "__module__", "").split(".")[0] in ("sharray", "numpy") or _is_ours(value):
                    found.setdefault(id(value), (module, name))
    return found


def _is_ours(value):
    return type(value).__name__ in ("_ArrayFunctionDispatcher", "ufunc", "builtin_function_or_method")
