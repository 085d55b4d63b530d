"""Public functions that other array types may take over: `__array_function__`.

The engine's `_ArrayFunctionDispatcher(dispatcher, implementation)` does the
dispatch: `dispatcher`, called with the caller's arguments, names the arguments
whose types have a say. Most of our functions just list parameter names, so
`dispatch_on("a, out")` writes the dispatcher for them: a lambda with the
implementation's own parameters (all defaults None) that returns the tuple. Equal
lambdas are compiled once. `array_function_dispatch` takes a hand-written one.
"""

import collections
import copyreg
import functools
import importlib
import types

from .._engine import (
    _ArrayFunctionDispatcher,
    _as_own,
    _get_implementing_args as _get_implementing_args,
    _is_numpys_array,
    _shorten,
    ndarray,
)
from .._globals import PUBLIC_ROOT
from .._utils import public_module, set_module
from .._utils._inspect import getargspec

__all__ = [
    "ARRAY_FUNCTIONS",
    "array_function_dispatch",
    "array_function_from_c_func_and_dispatcher",
    "dispatch_on",
    "finalize_array_function_like",
    "set_module",
]

ARRAY_FUNCTIONS = set()

array_function_like_doc = (
    "like : array_like, optional\n"
    "        An object whose type may create the result instead, through its\n"
    "        ``__array_function__``; without that protocol it is an error."
)

ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")


def get_array_function_like_doc(public_api, docstring_template=""):
    """The docstring of a function with `like=`: ``${ARRAY_FUNCTION_LIKE}`` is filled in."""
    ARRAY_FUNCTIONS.add(public_api)
    template = public_api.__doc__ or docstring_template
    return template.replace("${ARRAY_FUNCTION_LIKE}", array_function_like_doc)


def finalize_array_function_like(public_api):
    """Decorator: registers a function with `like=` and completes its docstring."""
    public_api.__doc__ = get_array_function_like_doc(public_api)
    return public_api


def verify_matching_signatures(implementation, dispatcher):
    """RuntimeError unless both have the same parameters and the dispatcher's defaults are None."""
    theirs = ArgSpec(*getargspec(implementation))
    ours = ArgSpec(*getargspec(dispatcher))
    same_shape = (
        theirs[:3] == ours[:3]
        and bool(theirs.defaults) == bool(ours.defaults)
        and len(theirs.defaults or ()) == len(ours.defaults or ())
    )
    if not same_shape:
        raise RuntimeError(f"implementation and dispatcher for {implementation} have different function signatures")
    if any(default is not None for default in ours.defaults or ()):
        raise RuntimeError("dispatcher functions can only use None for default argument values")


def array_function_dispatch(dispatcher=None, module=None, verify=True, docs_from_dispatcher=False):
    """Decorator: the function obeys `__array_function__`.

    Parameters
    ----------
    dispatcher : callable or None
        Takes the call's arguments, returns an iterable of those whose types decide.
        None: the first argument decides and is not handed on (for `like=`).
    module : str, optional
        NumPy's name of the public module.
    verify : bool
        Whether to compare the signatures (RuntimeError where they differ).
    docs_from_dispatcher : bool
        Whether the docstring stands at the dispatcher.
    """

    def decorate(implementation):
        if verify and dispatcher is not None:
            verify_matching_signatures(implementation, dispatcher)
        if docs_from_dispatcher:
            implementation.__doc__ = dispatcher.__doc__
        return _publish(dispatcher, implementation, module)

    return decorate


def dispatch_on(relevant, module="numpy"):
    """Decorator: as `array_function_dispatch`, with the dispatcher written from names.

    `relevant` holds the deciding arguments in Python's syntax: ``"a, out"``,
    ``"*arrays, out"``.
    """

    def decorate(implementation):
        dispatcher = _dispatcher_from_text(_lambda_text(implementation, relevant))
        dispatcher = _renamed(dispatcher, getattr(implementation, "__qualname__", implementation.__name__))
        return _publish(dispatcher, implementation, module)

    return decorate


def array_function_from_c_func_and_dispatcher(implementation, module=None, verify=True, docs_from_dispatcher=True):
    """Decorator for a dispatcher, whose implementation is compiled code."""

    def decorate(dispatcher):
        return array_function_dispatch(dispatcher, module, verify=False, docs_from_dispatcher=docs_from_dispatcher)(
            implementation
        )

    return decorate


def _like_dispatcher(implementation):
    """The function that `like=` calls: its first argument decides, and is not handed on.

    RuntimeError unless the implementation's last parameter is `like`, by keyword only.
    """
    code = implementation.__code__
    keyword_only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    if keyword_only[-1:] != ("like",):
        raise RuntimeError(f"{implementation} must have the keyword-only parameter `like` as its last one")

    @functools.wraps(implementation)
    def with_like(like, /, *args, **kwargs):
        return _dispatch_to(implementation, like, args, kwargs)

    return with_like


def _dispatch_to(public_api, like, args, kwargs):
    method = getattr(type(like), "__array_function__", None)
    if method is None:
        raise TypeError("The `like` argument must be an array-like that implements the `__array_function__` protocol.")
    if _is_numpys_array(like):
        return public_api(*args, **kwargs)
    result = like.__array_function__(public_api, (type(like),), args, kwargs)
    if result is NotImplemented:
        name = f"{public_api.__module__}.{public_api.__name__}"
        raise TypeError(
            f"no implementation found for '{name}' on types that implement __array_function__: {[type(like)]}"
        )
    return result


def _publish(dispatcher, implementation, module):
    if dispatcher is None:
        return _like_dispatcher(implementation)
    public_api = _ArrayFunctionDispatcher(dispatcher, implementation)
    public_api = functools.wraps(implementation)(public_api)
    if module is not None:
        public_api.__module__ = public_module(module)
    own = implementation.__module__.partition(".")[0] == __name__.partition(".")[0]
    if own and module in (None, "numpy", "numpy.fft"):
        # calls with one plain array may go a short way, which the engine knows by the function's name
        _shorten(public_api)
    ARRAY_FUNCTIONS.add(public_api)
    return public_api


def _lambda_text(function, relevant):
    code = function.__code__
    names, count = code.co_varnames, code.co_argcount
    required = count - len(function.__defaults__ or ())
    parts = []
    for place, name in enumerate(names[:count]):
        parts.append(name if place < required else f"{name}=None")
        if place + 1 == code.co_posonlyargcount:
            parts.append("/")
    keyword_only = names[count : count + code.co_kwonlyargcount]
    rest = list(names[count + code.co_kwonlyargcount :])
    if code.co_flags & 0x04:
        parts.append("*" + rest.pop(0))
    elif keyword_only:
        parts.append("*")
    defaulted = function.__kwdefaults__ or {}
    parts += [f"{name}=None" if name in defaulted else name for name in keyword_only]
    if code.co_flags & 0x08:
        parts.append("**" + rest.pop(0))
    return f"lambda {', '.join(parts)}: ({relevant},)"


@functools.cache
def _dispatcher_from_text(text):
    return eval(text)  # noqa: S307 - the text is built from our own sources alone


def _renamed(function, name):
    """The function under another name, which is the one that its complaints about arguments give."""
    copy = types.FunctionType(function.__code__, function.__globals__, name, function.__defaults__)
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__qualname__ = name
    return copy


def _signature_of(function):
    """The `__signature__` of a public function: that of the Python function that stands for compiled code.

    AttributeError where there is none to tell, and `inspect` finds the parameters in another way.
    """
    import inspect

    signature = getattr(function, "__wrapped__", None)
    compiled = isinstance(function._implementation, types.BuiltinFunctionType)
    if signature is None or not compiled or hasattr(signature, "__text_signature__"):
        raise AttributeError(f"{function!r} has no attribute '__signature__'")
    return inspect.signature(signature)


def _ndarray_array_function(array, func, classes, args, kwargs):
    """`ndarray.__array_function__`: the function itself, if all types are arrays of ours.

    A function of the real NumPy, called on arrays of ours, is ours of that name; its own
    arrays are plain operands.
    """
    if not isinstance(args, tuple):
        raise TypeError("args must be a tuple.")
    if not isinstance(kwargs, dict | types.NoneType):
        raise TypeError("kwargs must be a dict.")
    kind = type(func)
    if kind is not _ArrayFunctionDispatcher and kind.__name__ == "_ArrayFunctionDispatcher":
        func = _counterpart(func)
        own = [one for one in classes if (one.__module__, one.__name__) != ("numpy", "ndarray")]
        if len(own) < len(classes):
            args = tuple(map(_as_own, args))
            kwargs = {name: _as_own(value) for name, value in (kwargs or {}).items()}
        classes = own
    if func is None or not all(issubclass(one, ndarray) for one in classes):
        return NotImplemented
    return getattr(func, "_implementation", func)(*args, **(kwargs or {}))


@functools.lru_cache(maxsize=1024)
def _counterpart(func):
    """Our function of the same public name, or None."""
    _, _, path = func.__module__.partition("numpy")
    home = importlib.import_module(PUBLIC_ROOT + path)
    return getattr(home, func.__name__, None)


def _dispatch_like(name, like, args, kwargs):
    """`like=` of a compiled creation function: what the reference's type makes of it.

    NotImplemented where the reference leaves it to us; TypeError where it can't.
    """
    from . import multiarray

    method = getattr(type(like), "__array_function__", None)
    if method is None:
        raise TypeError("The `like` argument must be an array-like that implements the `__array_function__` protocol.")
    if method is multiarray.ndarray.__array_function__ or _is_numpys_array(like):
        return NotImplemented
    public = getattr(multiarray, name)
    result = like.__array_function__(public, (type(like),), args, kwargs or {})
    if result is NotImplemented:
        raise TypeError(
            f"no implementation found for 'numpy.{name}' on types that implement __array_function__: {[type(like)]}"
        )
    return result


def _function_by_name(module, name):
    return functools.reduce(getattr, name.split("."), importlib.import_module(module))


def _reduce_function(function):
    return _function_by_name, (function.__module__, function.__qualname__)


# Compiled dispatch objects hold no state: a pickle names the function.
copyreg.pickle(_ArrayFunctionDispatcher, _reduce_function)
