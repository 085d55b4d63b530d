"""The warning about the old name `core`."""

import warnings


def _raise_warning(attr, submodule=None):
    """DeprecationWarning: `attr` is to be taken from elsewhere than `core` (or its submodule)."""
    old = "numpy.core" + (f".{submodule}" if submodule else "")
    new = old.replace("core", "_core")
    warnings.warn(
        f"{old} is deprecated and has been renamed to {new}, which is private. Take {attr} from "
        f"the public namespace, or if it isn't there, from {new}.",
        DeprecationWarning,
        stacklevel=3,
    )
