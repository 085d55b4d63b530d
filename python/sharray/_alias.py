"""Let a whole process use sharray under the name ``numpy``.

After :func:`install_as_numpy`, ``import numpy`` gives a facade of sharray and any ``numpy.x.y`` gives the very
module object of ``sharray.x.y``: there is one instance of everything, under two names. Three parts do it:

* :class:`AliasFinder`, the first entry of ``sys.meta_path``, resolves the names, and answers
  ``importlib.metadata.version("numpy")`` with the version whose behaviour sharray follows;
* :class:`NumpyFacade`, the module called ``numpy``: it shows NumPy's names, without what sharray adds;
* :class:`CompiledGuard`, which turns the failure of an extension module built against NumPy's C interface
  into an ``ImportError`` that names the module and says what to do.

Child processes of the same Python see the alias too, by an environment variable and a ``sitecustomize`` that a
directory on ``PYTHONPATH`` provides (``_bootstrap/sitecustomize.py``). A child that ignores the environment
(``python -I``, ``python -E``, ``python -S``, or ``subprocess.run(env=…)`` without both variables) does not.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.metadata
import os
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["install_as_numpy"]

#: The NumPy release whose behaviour sharray follows; programs that parse ``numpy.__version__`` see this.
NUMPY_VERSION = "2.4.6"

#: Names of sharray that NumPy does not have; the facade hides them.
EXTRAS = frozenset({"interop", "threads", "install_as_numpy", "fuse", "evaluate"})

#: Modules of sharray that are no part of NumPy's tree, hidden as well.
HIDDEN_MODULES = EXTRAS | {"bfloat16", "float8_e4m3fn", "float8_e5m2", "_alias", "_bootstrap", "_engine", "__main__"}

#: Set in the environment of a process whose children shall see the alias, to the kind of Python they must be.
CHILD_VARIABLE = "SHARRAY_AS_NUMPY"

#: Packages whose compiled parts need NumPy's C interface, refused by name so that the advice comes first.
COMPILED_CONSUMERS = frozenset({"pandas", "scipy", "matplotlib", "sklearn"})

_ADVICE = (
    "{name!r} is compiled against NumPy's C interface, which sharray does not offer under the name 'numpy' yet. "
    "Run this program without install_as_numpy() and use `import sharray as np` beside the real NumPy: "
    "{package} then works with NumPy and shares memory with sharray arrays."
)


def install_as_numpy() -> None:
    """Make ``numpy`` mean sharray, in this process and in the child processes it starts.

    A second call changes nothing.

    Returns
    -------
    None.

    Raises
    ------
    RuntimeError
        If the real NumPy, or a part of it, has been imported in this process.

    Examples
    --------
    >>> import sharray
    >>> sharray.install_as_numpy()            # doctest: +SKIP
    >>> import numpy                          # doctest: +SKIP
    >>> numpy.linalg is sharray.linalg        # doctest: +SKIP
    True
    """
    loaded = sys.modules.get("numpy")
    if isinstance(loaded, NumpyFacade):
        return
    foreign = _loaded_numpy_modules()
    if foreign:
        raise RuntimeError(
            f"install_as_numpy() must run before NumPy is imported, but {foreign[0]!r} is already loaded "
            f"(from {getattr(sys.modules[foreign[0]], '__file__', None) or 'an unknown place'}); "
            "call it first, or start the program with `python -m sharray run`"
        )
    package = importlib.import_module(__package__)
    # Classes and functions say that they are from the module in which pickle will look for them.
    importlib.import_module(f"{__package__}._engine")._name_classes("numpy")
    _name_functions(package)
    sys.meta_path.insert(0, AliasFinder(package.__name__))
    _insert_before_path_finder(CompiledGuard())
    sys.modules["numpy"] = facade = NumpyFacade(package)
    vars(facade)["_executed"] = True
    importlib.import_module(f"{package.__name__}._core._pickles").use_public_names()
    share_with_children()


def _name_functions(package: types.ModuleType) -> None:
    """Let what the package shows say that it is from ``numpy``; the engine names its own classes."""
    for value in list(vars(package).values()):
        home, dot, tail = str(getattr(value, "__module__", None)).partition(".")
        if home == package.__name__ and tail in ("", "rec") and not _is_immutable(value):
            value.__module__ = f"numpy{dot}{tail}"


def _is_immutable(value: Any) -> bool:
    immutable_type, heap_type = 1 << 8, 1 << 9
    return isinstance(value, type) and value.__flags__ & (heap_type | immutable_type) != heap_type


def _loaded_numpy_modules() -> list[str]:
    """Names of modules loaded as ``numpy`` or ``numpy.…``, the top one first."""
    return sorted(
        name
        for name, module in sys.modules.items()
        if module is not None and (name == "numpy" or name.startswith("numpy."))
    )


def _insert_before_path_finder(finder: Any) -> None:
    """Put ``finder`` right before the finder of files, so that every other finder keeps its place."""
    finders = sys.meta_path
    place = next((i for i, f in enumerate(finders) if f is importlib.machinery.PathFinder), len(finders))
    finders.insert(place, finder)


def share_with_children() -> None:
    """Set the environment so that Python processes started from here see the alias from their start."""
    bootstrap = str(Path(__file__).with_name("_bootstrap"))
    paths = os.environ.get("PYTHONPATH", "")
    if bootstrap not in paths.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join([bootstrap, paths] if paths else [bootstrap])
    os.environ[CHILD_VARIABLE] = str(sys.implementation.cache_tag)


class NumpyFacade(types.ModuleType):
    """The module called ``numpy``: sharray's namespace without sharray's additions.

    What is written to the facade is written to sharray, and the other way round for names read later, so a
    program that replaces ``numpy.something`` changes what everyone sees.
    """

    def __init__(self, package: types.ModuleType) -> None:
        super().__init__("numpy", package.__doc__)
        own = vars(self)
        own["_package"] = package
        own.update((k, v) for k, v in vars(package).items() if _is_shared(k))
        own["__version__"] = numpy_version(package)
        own["__path__"] = list(package.__path__)
        own["__file__"] = package.__file__
        own["__package__"] = "numpy"
        own["__spec__"] = importlib.machinery.ModuleSpec("numpy", AliasLoader(self), is_package=True)
        own["__spec__"].origin = package.__file__
        own["__loader__"] = own["__spec__"].loader
        own["__loader__"].own_spec = own["__spec__"]
        if hasattr(package, "__all__"):
            own["__all__"] = [name for name in package.__all__ if name not in EXTRAS]

    def __getattr__(self, name: str) -> Any:
        if name in HIDDEN_MODULES:
            raise AttributeError(f"module 'numpy' has no attribute {name!r}")
        try:
            return getattr(vars(self)["_package"], name)
        except AttributeError as error:
            message = str(error).replace("module 'sharray'", "module 'numpy'")
            raise AttributeError(message, name=name, obj=self) from None

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if _is_shared(name):
            setattr(vars(self)["_package"], name, value)

    def __delattr__(self, name: str) -> None:
        if name in vars(self):
            super().__delattr__(name)
        if _is_shared(name):
            delattr(vars(self)["_package"], name)

    def __dir__(self) -> list[str]:
        hidden = HIDDEN_MODULES | {"__dir__", "__getattr__"}
        return sorted(name for name in dir(vars(self)["_package"]) if name not in hidden)


def _is_shared(name: str) -> bool:
    """Whether facade and package hold the same object under ``name`` (all but module metadata and extras)."""
    metadata = {
        "__name__", "__spec__", "__loader__", "__path__", "__file__", "__package__", "__version__", "__all__",
        "__getattr__", "__dir__",
    }  # fmt: skip
    return name not in metadata and name not in HIDDEN_MODULES and not name.startswith("__cached")


def numpy_version(package: types.ModuleType) -> str:
    """The version to answer for ``numpy``: the package's own statement if it makes one, else ours."""
    version = getattr(getattr(package, "version", None), "version", None)
    follows = isinstance(version, str) and version.startswith(NUMPY_VERSION.rsplit(".", 1)[0])
    return version if follows else NUMPY_VERSION


class AliasLoader:
    """Loads ``numpy.x.y`` by handing out the module object that is ``sharray.x.y``."""

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module
        self.own_spec = module.__spec__

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return the module that already exists."""
        return self.module

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing is left to run; give the module back the spec that the import system has just replaced."""
        if isinstance(module, NumpyFacade) and vars(module).get("_executed"):
            warnings.warn(
                "numpy, which is sharray here, is imported a second time: that gives the same module again",
                UserWarning,
                stacklevel=2,
            )
        if isinstance(module, NumpyFacade):
            vars(module)["_executed"] = True
        if self.own_spec is not None:
            module.__spec__ = self.own_spec


class AliasFinder:
    """Resolves ``numpy.x.y`` to ``sharray.x.y``; says which NumPy is "installed".

    A program may remove ``numpy`` from ``sys.modules`` and import it again: it gets a new facade of the same package.
    A name that sharray does not have is not looked for anywhere else: a real NumPy on the path must never mix in.
    """

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of ``numpy.x.y``, made from the module ``sharray.x.y``."""
        if fullname == "numpy":
            facade = sys.modules.get("numpy") or NumpyFacade(importlib.import_module(self.package))
            return facade.__spec__
        if not fullname.startswith("numpy."):
            return None
        tail = fullname.removeprefix("numpy.")
        if tail.split(".", 1)[0] in HIDDEN_MODULES:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        module = self._module(fullname, f"{self.package}.{tail}")
        spec = importlib.machinery.ModuleSpec(fullname, AliasLoader(module), is_package=hasattr(module, "__path__"))
        spec.origin = getattr(module, "__file__", None)
        return spec

    @staticmethod
    def _module(fullname: str, own_name: str) -> types.ModuleType:
        try:
            return importlib.import_module(own_name)
        except ModuleNotFoundError as error:
            if error.name is not None and (own_name + ".").startswith(error.name + "."):
                missing = "numpy" + error.name.removeprefix(own_name.split(".", 1)[0])
                raise ModuleNotFoundError(f"No module named {missing!r}", name=missing) from None
            raise

    def find_distributions(
        self, context: importlib.metadata.DistributionFinder.Context | None = None
    ) -> Iterator[importlib.metadata.Distribution]:
        """Offer a distribution called ``numpy`` to ``importlib.metadata``."""
        name = getattr(context, "name", None)
        if name is None or name.lower() == "numpy":
            yield NumpyDistribution(self.package)


class NumpyDistribution(importlib.metadata.Distribution):
    """What ``importlib.metadata`` knows about ``numpy`` while the alias stands: a name and a version."""

    def __init__(self, package: str) -> None:
        self.package = package

    def read_text(self, filename: str) -> str | None:
        """The text of ``METADATA``; no other file exists."""
        if filename not in ("METADATA", "PKG-INFO"):
            return None
        version = numpy_version(importlib.import_module(self.package))
        return f"Metadata-Version: 2.1\nName: numpy\nVersion: {version}\nSummary: sharray under the name numpy\n"

    def locate_file(self, path: Any) -> Path:
        """Where a file of the distribution would be: beside the package."""
        return Path(__file__).parent.parent / path


class CompiledGuard:
    """Names the extension modules that fail because they want NumPy's C interface.

    Stands right before the finder of files and finds the same files; only extension modules get another loader.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec that the finder of files gives, with a guarded loader for extension modules."""
        if path is None and fullname in COMPILED_CONSUMERS:
            return self._refuse(fullname)
        if fullname.startswith("sharray."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.ExtensionFileLoader):
            spec.loader = GuardedExtensionLoader(spec.loader.name, spec.loader.path)
        return spec

    @staticmethod
    def _refuse(fullname: str) -> None:
        if importlib.machinery.PathFinder.find_spec(fullname) is not None:
            raise ImportError(_ADVICE.format(name=fullname, package=fullname), name=fullname)


class GuardedExtensionLoader(importlib.machinery.ExtensionFileLoader):
    """An extension loader that explains a failure to reach NumPy's C interface."""

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Create the module (single-phase extensions run here)."""
        try:
            return super().create_module(spec)
        except Exception as error:
            raise self._explained(error) from error

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's initialisation."""
        try:
            super().exec_module(module)
        except Exception as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> Exception:
        if isinstance(error, ModuleNotFoundError) or "numpy" not in str(error).lower():
            return error
        package = self.name.split(".", 1)[0]
        return ImportError(_ADVICE.format(name=self.name, package=package), name=self.name, path=self.path)


def array_namespace():
    """What `ndarray.__array_namespace__` gives: the facade when this process knows sharray as NumPy, else sharray."""
    facade = sys.modules.get("numpy")
    return facade if isinstance(facade, NumpyFacade) else importlib.import_module("sharray")
