"""Public face of the container class."""

from ._user_array_impl import container

__all__ = ['container']
