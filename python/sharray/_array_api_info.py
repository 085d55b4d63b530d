"""What the array API standard wants to know: capabilities, devices, dtypes."""

from ._core import multiarray
from ._utils import set_module

_DTYPES = {
    "bool": ["bool"],
    "signed integer": ["int8", "int16", "int32", "int64"],
    "unsigned integer": ["uint8", "uint16", "uint32", "uint64"],
    "real floating": ["float32", "float64"],
    "complex floating": ["complex64", "complex128"],
}
_DTYPES["integral"] = _DTYPES["signed integer"] + _DTYPES["unsigned integer"]
_DTYPES["numeric"] = _DTYPES["integral"] + _DTYPES["real floating"] + _DTYPES["complex floating"]


def _check_device(device):
    if device not in ("cpu", None):
        raise ValueError(f'Device not understood. Only "cpu" is allowed, but received: {device}')


@set_module("numpy")
class __array_namespace_info__:
    """The namespace's answers to the questions of the array API standard.

    >>> import sharray as np
    >>> np.__array_namespace_info__().devices()
    ['cpu']
    """

    def capabilities(self):
        """What the library can do, as a dict."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self):
        """'cpu'."""
        return "cpu"

    def default_dtypes(self, *, device=None):
        """The dtypes of results without a dtype given."""
        _check_device(device)
        return {
            "real floating": multiarray.dtype("float64"),
            "complex floating": multiarray.dtype("complex128"),
            "integral": multiarray.dtype("intp"),
            "indexing": multiarray.dtype("intp"),
        }

    def dtypes(self, *, device=None, kind=None):
        """The dtypes of a kind (a word, or a tuple of them, as in `isdtype`), by name."""
        _check_device(device)
        if kind is None:
            kinds = ("bool", "numeric")
        else:
            kinds = kind if isinstance(kind, tuple) else (kind,)
        result = {}
        for one in kinds:
            if isinstance(one, str) and one in _DTYPES:
                result.update((name, multiarray.dtype(name)) for name in _DTYPES[one])
            else:
                raise ValueError(f"unsupported kind: {one!r}")
        return result

    def devices(self):
        """['cpu']."""
        return ["cpu"]


for _name in ("capabilities", "default_device", "default_dtypes", "dtypes", "devices"):
    getattr(__array_namespace_info__, _name).__module__ = __array_namespace_info__.__module__
