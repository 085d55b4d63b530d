"""Versions: of the package itself, and of the NumPy whose behaviour it follows.

`version` and `__version__` here answer as NumPy's module `numpy.version` does;
the package's own number is `sharray_version`, which is in no list of names.
"""

sharray_version = "0.1.0"

version = "2.4.6"
__version__ = version
full_version = version
git_revision = ""
short_version = version.split("+", 1)[0]
release = "dev" not in version and "+" not in version


def __dir__():
    return ["full_version", "git_revision", "release", "short_version", "version"]
