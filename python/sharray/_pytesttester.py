"""`test()` of a module: runs the tests that lie beside it with pytest."""

import sys

__all__ = ["PytestTester"]


class PytestTester:
    """Callable that runs pytest on a module's directory.

    >>> PytestTester("sharray").module_name
    'sharray'
    """

    def __init__(self, module_name):
        self.module_name = module_name
        self.__module__ = module_name

    def __call__(
        self, label="fast", verbose=1, extra_argv=None, doctests=False, coverage=False, durations=-1, tests=None
    ):
        """Run the tests; returns whether all passed.

        `label` 'fast' leaves out those marked slow; `extra_argv` goes to pytest; `tests` names modules.
        """
        import pytest

        arguments = ["-l", "-q", *(["-" + "v" * (verbose - 1)] if verbose > 1 else []), *(extra_argv or ())]
        if label == "fast":
            arguments += ["-m", "not slow"]
        elif label != "full":
            arguments += ["-m", label]
        if doctests:
            arguments.append("--doctest-modules")
        if durations >= 0:
            arguments.append(f"--durations={durations}")
        module = sys.modules[self.module_name]
        paths = [module.__path__[0]] if tests is None else list(tests)
        return pytest.main([*arguments, "--pyargs", *paths]) == 0
