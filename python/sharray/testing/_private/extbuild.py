"""Building small C extensions in tests: not offered, for want of NumPy's C interface."""

__all__ = ["build_and_import_extension", "compile_extension_module"]


def build_and_import_extension(modname, functions, *, prologue="", build_dir=None, include_dirs=None, more_init=""):
    """Always NotImplementedError."""
    raise NotImplementedError(f"{modname}: extensions that use NumPy's C interface can't be built")


def compile_extension_module(name, builddir, include_dirs, source_string, libraries=None, library_dirs=None):
    """Always NotImplementedError."""
    raise NotImplementedError(f"{name}: extensions that use NumPy's C interface can't be built")
