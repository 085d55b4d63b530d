"""Start-up hook of child processes: ``numpy`` will mean sharray, once it is asked for.

Python imports the first ``sitecustomize`` on its path at start-up. A process that called
``sharray.install_as_numpy()`` puts this directory first on ``PYTHONPATH`` for its children. Nothing is loaded
here but a finder of a few lines, so that children that never touch NumPy start as fast as before; afterwards the
next ``sitecustomize`` on the path, if there is one, runs as usual.
"""

import os
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

HERE = os.path.dirname(os.path.abspath(__file__))


class LazyAlias:
    """Installs the alias when ``numpy`` is first imported or its version is first asked for."""

    @staticmethod
    def install():
        """Replace this finder by the real one."""
        if LazyAlias in sys.meta_path:
            sys.meta_path.remove(LazyAlias)
            try:
                from sharray._alias import install_as_numpy
            except ModuleNotFoundError as error:
                if error.name != "sharray":
                    raise
                sys.path.append(os.path.dirname(os.path.dirname(HERE)))
                from sharray._alias import install_as_numpy
            install_as_numpy()

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        """Install the alias at the first ``import numpy``; let the import system go on with it."""
        if fullname != "numpy":
            return None
        LazyAlias.install()
        facade = sys.modules["numpy"]
        vars(facade)["_executed"] = False
        return facade.__spec__

    @staticmethod
    def find_distributions(context=None):
        """Install the alias when somebody asks ``importlib.metadata`` for NumPy."""
        if getattr(context, "name", None) in ("numpy", "NumPy"):
            LazyAlias.install()
            return sys.meta_path[0].find_distributions(context)
        return iter(())


def run_next_sitecustomize():
    """Run the ``sitecustomize`` that this one hides."""
    others = [p for p in sys.path if os.path.abspath(p or os.curdir) != HERE]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


if os.environ.get("SHARRAY_AS_NUMPY") == sys.implementation.cache_tag:
    sys.meta_path.insert(0, LazyAlias)
run_next_sitecustomize()
