"""`array_function_dispatch` with the public namespace as default home."""

from .._core import overrides

__all__ = ['array_function_dispatch']


def array_function_dispatch(dispatcher=None, module='numpy'):
    """Decorator that lets arguments override a function.

    `dispatcher` has the function's signature and returns the arguments that
    may carry `__array_function__`; without one, the first argument is asked
    (the `like=` protocol). `module` becomes the function's `__module__`.
    """
    return overrides.array_function_dispatch(dispatcher, module=module)
