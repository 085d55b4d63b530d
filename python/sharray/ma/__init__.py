"""Masked arrays: not built yet. Every name is an AttributeError that says so."""

__all__ = []


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"sharray.ma is not built yet, so there is no sharray.ma.{name}")
