"""Contexts about warnings and garbage."""

import contextlib
import gc
import sys
import warnings
from functools import wraps
from warnings import WarningMessage


@contextlib.contextmanager
def _assert_warns_context(warning_class, name=None):
    __tracebackhide__ = True
    with suppress_warnings(_warn=False) as sup:
        caught = sup.record(warning_class)
        yield
        if not len(caught) > 0:
            raise AssertionError("No warning raised" + (f" when calling {name}" if name is not None else ""))


def assert_warns(warning_class, *args, **kwargs):
    """AssertionError unless calling ``args[0](*args[1:], **kwargs)`` warns with that class.

    Without a function: a context manager for the statements inside. Deprecated in
    favour of `warnings.catch_warnings` and `pytest.warns`.

    Parameters
    ----------
    warning_class : type
    *args
        A function and its arguments; nothing gives a context manager.
    **kwargs
        Its keywords.

    Returns
    -------
    What the function gives, or a context manager.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")
    ...     assert_warns(UserWarning, warnings.warn, "careful")
    """
    warnings.warn(
        "NumPy warning suppression and assertion utilities are deprecated. "
        "Use warnings.catch_warnings, warnings.filterwarnings, pytest.warns, or "
        "pytest.filterwarnings instead. (Deprecated NumPy 2.4)",
        DeprecationWarning,
        stacklevel=2,
    )
    if not args and not kwargs:
        return _assert_warns_context(warning_class)
    if not args:
        if "match" in kwargs:
            raise RuntimeError("assert_warns does not use 'match' kwarg, use pytest.warns instead")
        raise RuntimeError("assert_warns(...) needs at least one arg")
    function, *rest = args
    with _assert_warns_context(warning_class, name=function.__name__):
        return function(*rest, **kwargs)


@contextlib.contextmanager
def _assert_no_warnings_context(name=None):
    __tracebackhide__ = True
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
        if len(caught) > 0:
            when = f" when calling {name}" if name is not None else ""
            raise AssertionError(f"Got warnings{when}: {caught}")


def assert_no_warnings(*args, **kwargs):
    """AssertionError if calling ``args[0](*args[1:], **kwargs)`` warns; else its result.

    Without a function: a context manager.

    Parameters
    ----------
    *args
        A function and its arguments; nothing gives a context manager.
    **kwargs
        Its keywords.

    Returns
    -------
    What the function gives, or a context manager.

    Examples
    --------
    >>> assert_no_warnings(int, "3")
    3
    """
    if not args:
        return _assert_no_warnings_context()
    function, *rest = args
    with _assert_no_warnings_context(name=function.__name__):
        return function(*rest, **kwargs)


class clear_and_catch_warnings(warnings.catch_warnings):
    """As `warnings.catch_warnings`, with the given modules' record of shown warnings emptied.

    A warning that was shown once is otherwise not shown again, whatever the filters. A
    subclass may name modules in `class_modules`.

    Parameters
    ----------
    record : bool, optional
        Whether warnings are put into the list that the context gives, instead of shown.
    modules : sequence of module, optional
        Whose records are emptied, and put back at the end.

    Examples
    --------
    >>> import warnings
    >>> with clear_and_catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warnings.warn("careful")
    >>> len(caught)
    1
    """

    class_modules = ()

    def __init__(self, record=False, modules=()):
        self.modules = set(modules).union(self.class_modules)
        self._warnreg_copies = {}
        super().__init__(record=record)

    def __enter__(self):
        for module in self.modules:
            registry = getattr(module, "__warningregistry__", None)
            if registry is not None:
                self._warnreg_copies[module] = registry.copy()
                registry.clear()
        return super().__enter__()

    def __exit__(self, *exc_info):
        super().__exit__(*exc_info)
        for module in self.modules:
            registry = getattr(module, "__warningregistry__", None)
            if registry is not None:
                registry.clear()
            if module in self._warnreg_copies:
                registry.update(self._warnreg_copies[module])


class suppress_warnings:
    """Context manager and decorator that swallows chosen warnings and records others.

    Deprecated in favour of the module `warnings`.

    Parameters
    ----------
    forwarding_rule : {'always', 'module', 'once', 'location'}, optional
        Which of the other warnings are let through: all; or one of each text and class for each
        module, for the whole context, or for each line.
    _warn : bool, optional
        Whether to tell of the deprecation.

    Raises
    ------
    ValueError
        For another rule.

    Examples
    --------
    >>> import warnings
    >>> with suppress_warnings(_warn=False) as sup:
    ...     seen = sup.record(UserWarning)
    ...     warnings.warn("careful")
    >>> len(seen)
    1
    """

    def __init__(self, forwarding_rule="always", _warn=True):
        if _warn:
            warnings.warn(
                "NumPy warning suppression and assertion utilities are deprecated. "
                "Use warnings.catch_warnings, warnings.filterwarnings, pytest.warns, or "
                "pytest.filterwarnings instead. (Deprecated NumPy 2.4)",
                DeprecationWarning,
                stacklevel=2,
            )
        if forwarding_rule not in {"always", "module", "once", "location"}:
            raise ValueError("unsupported forwarding rule.")
        self._entered = False
        self._suppressions = []
        self._forwarding_rule = forwarding_rule

    def _clear_registries(self):
        if hasattr(warnings, "_filters_mutated"):
            warnings._filters_mutated()
            return
        for module in self._tmp_modules:
            if hasattr(module, "__warningregistry__"):
                module.__warningregistry__.clear()

    def _filter(self, category=Warning, message="", module=None, record=False):
        import re

        records = [] if record else None
        pattern = re.compile(message, re.IGNORECASE)
        if self._entered:
            self._install_filter(category, message, module)
            self._tmp_suppressions.append((category, message, pattern, module, records))
        else:
            self._suppressions.append((category, message, pattern, module, records))
        return records

    def _install_filter(self, category, message, module):
        if module is None:
            warnings.filterwarnings("always", category=category, message=message)
            return
        pattern = module.__name__.replace(".", r"\.") + "$"
        warnings.filterwarnings("always", category=category, message=message, module=pattern)
        self._tmp_modules.add(module)
        self._clear_registries()

    def filter(self, category=Warning, message="", module=None):
        """Swallow warnings from now on, or if the context is not entered yet, inside of it.

        Parameters
        ----------
        category : type, optional
            The class of the warnings; any by default.
        message : str, optional
            A pattern that the text begins with, in upper or lower case.
        module : module, optional
            Where the warnings must come from; anywhere by default.

        Returns
        -------
        None.

        Examples
        --------
        >>> import warnings
        >>> with suppress_warnings(_warn=False) as sup:
        ...     sup.filter(UserWarning, "care")
        ...     warnings.warn("careful")
        """
        self._filter(category=category, message=message, module=module, record=False)

    def record(self, category=Warning, message="", module=None):
        """Swallow warnings as `filter` does, and keep them.

        Parameters
        ----------
        category : type, optional
            The class of the warnings; any by default.
        message : str, optional
            A pattern that the text begins with, in upper or lower case.
        module : module, optional
            Where the warnings must come from; anywhere by default.

        Returns
        -------
        list of `warnings.WarningMessage`, which grows with each warning.

        Examples
        --------
        >>> import warnings
        >>> with suppress_warnings(_warn=False) as sup:
        ...     seen = sup.record(UserWarning)
        ...     warnings.warn("careful")
        >>> str(seen[0].message)
        'careful'
        """
        return self._filter(category=category, message=message, module=module, record=True)

    def __enter__(self):
        if self._entered:
            raise RuntimeError("cannot enter suppress_warnings twice.")
        self._orig_show = warnings.showwarning
        self._filters = warnings.filters
        warnings.filters = self._filters[:]
        self._entered = True
        self._tmp_suppressions = []
        self._tmp_modules = set()
        self._forwarded = set()
        self.log = []
        for category, message, _, module, records in self._suppressions:
            if records is not None:
                del records[:]
            self._install_filter(category, message, module)
        warnings.showwarning = self._showwarning
        self._clear_registries()
        return self

    def __exit__(self, *exc_info):
        warnings.showwarning = self._orig_show
        warnings.filters = self._filters
        self._clear_registries()
        self._entered = False
        del self._orig_show
        del self._filters

    def _showwarning(self, message, category, filename, lineno, *args, use_warnmsg=None, **kwargs):
        for wanted, _, pattern, module, records in (self._suppressions + self._tmp_suppressions)[::-1]:
            if not issubclass(category, wanted) or pattern.match(message.args[0]) is None:
                continue
            if module is not None and not module.__file__.startswith(filename):
                continue
            if records is not None:
                caught = WarningMessage(message, category, filename, lineno, **kwargs)
                self.log.append(caught)
                records.append(caught)
            return
        if self._is_to_be_forwarded(message, category, filename, lineno):
            if use_warnmsg is None:
                self._orig_show(message, category, filename, lineno, *args, **kwargs)
            else:
                self._orig_showmsg(use_warnmsg)

    def _is_to_be_forwarded(self, message, category, filename, lineno):
        if self._forwarding_rule == "always":
            return True
        signature = (message.args, category)
        if self._forwarding_rule == "module":
            signature += (filename,)
        elif self._forwarding_rule == "location":
            signature += (filename, lineno)
        if signature in self._forwarded:
            return False
        self._forwarded.add(signature)
        return True

    def __call__(self, func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            with self:
                return func(*args, **kwargs)

        return wrapper


@contextlib.contextmanager
def _assert_no_gc_cycles_context(name=None):
    __tracebackhide__ = True
    if hasattr(sys, "pypy_version_info"):
        yield
        return
    import io
    import pprint

    gc.disable()
    debug = gc.get_debug()
    try:
        for _ in range(100):
            if gc.collect() == 0:
                break
        else:
            raise RuntimeError(
                "Unable to fully collect garbage - perhaps a __del__ method is creating more reference cycles?"
            )
        gc.set_debug(gc.DEBUG_SAVEALL)
        yield
        count = gc.collect()
        garbage = gc.garbage[:]
    finally:
        del gc.garbage[:]
        gc.set_debug(debug)
        gc.enable()
    if not count:
        return
    described = []
    for one in garbage:
        stream = io.StringIO()
        pprint.pprint(one, stream)
        text = stream.getvalue().rstrip("\n").replace("\n", "\n    ")
        described.append(f"\n  {type(one).__name__} object with id={id(one)}:\n    {text}")
    raise AssertionError(
        f"Reference cycles were found{f' when calling {name}' if name is not None else ''}: "
        f"{count} objects were collected, of which {len(garbage)} are shown below:" + "".join(described)
    )


def assert_no_gc_cycles(*args, **kwargs):
    """AssertionError if a call leaves objects that only the cycle collector can free.

    Without a function: a context manager.

    Parameters
    ----------
    *args
        A function and its arguments; nothing gives a context manager.
    **kwargs
        Its keywords.

    Returns
    -------
    None, or a context manager.

    Examples
    --------
    >>> assert_no_gc_cycles(int, "3")
    """
    if not args:
        return _assert_no_gc_cycles_context()
    function, *rest = args
    with _assert_no_gc_cycles_context(name=function.__name__):
        function(*rest, **kwargs)
    return None


def break_cycles():
    """Run the cycle collector, several times where one run isn't enough.

    Returns
    -------
    None.

    Examples
    --------
    >>> break_cycles()
    """
    gc.collect()
    if hasattr(sys, "pypy_version_info"):
        gc.collect()
        gc.collect()
