"""Public face of the file formats' classes."""

from ._npyio_impl import DataSource, NpzFile  # noqa: F401
