"""The compiled module under the name that NumPy gives its own.

Reads every attribute from the engine when asked.
"""

from .. import _engine


def __getattr__(name):
    return getattr(_engine, name)


def __dir__():
    return dir(_engine)
