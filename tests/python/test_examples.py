"""The examples of the docstrings, run: in each, `np` is sharray, and the module's own names are there."""

import builtins
import doctest
import importlib
import inspect
import pkgutil
import warnings

import pytest

import sharray

#: Programs, and modules whose import changes the process.
LEFT_OUT = ("sharray.__main__", "sharray._bootstrap")


def modules():
    """Names of all modules of the package."""
    yield "sharray"
    for found in pkgutil.walk_packages(sharray.__path__, "sharray."):
        if not found.name.startswith(LEFT_OUT):
            yield found.name


def documented(module):
    """Objects of the module that have docstrings, with their names: functions, classes, and what classes hold."""
    for name, value in sorted(vars(module).items()):
        home = str(getattr(value, "__module__", "")).replace("numpy", "sharray", 1)
        public = home == "sharray" or home == module.__name__
        if name.startswith("__") or not hasattr(value, "__name__") or inspect.ismodule(value) or not public:
            continue
        yield name, value
        if inspect.isclass(value):
            yield from ((f"{name}.{member}", held) for member, held in sorted(vars(value).items()))


def examples(module):
    """The doctests of the module, each docstring once."""
    parser = doctest.DocTestParser()
    names = {name: value for name, value in vars(module).items() if not hasattr(builtins, name)} | {"np": sharray}
    seen = set()
    for name, value in [(module.__name__, module), *documented(module)]:
        text = getattr(value, "__doc__", None)
        if isinstance(text, str) and ">>>" in text and text not in seen:
            seen.add(text)
            yield parser.get_doctest(text, dict(names), f"{module.__name__}.{name}", module.__file__, None)


@pytest.mark.parametrize("name", sorted(modules()))
def test_examples(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = importlib.import_module(name)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS, verbose=False)
    told = []
    with warnings.catch_warnings(), sharray.printoptions(), sharray.errstate():
        warnings.simplefilter("ignore")
        for example in examples(module):
            runner.run(example, out=told.append)
    assert runner.failures == 0, "".join(told)
