"""Functions that make masked arrays from other things, and NumPy's, whose results become masked arrays."""

import functools
import inspect

import sharray as np

from .._utils import set_module
from ._array import MaskedArray
from ._masks import nomask
from ._texts import MORE, section, text

__all__ = [
    "arange",
    "array",
    "asanyarray",
    "asarray",
    "clip",
    "empty",
    "empty_like",
    "frombuffer",
    "fromfile",
    "fromflex",
    "fromfunction",
    "identity",
    "indices",
    "isMA",
    "isMaskedArray",
    "isarray",
    "masked_array",
    "ones",
    "ones_like",
    "squeeze",
    "zeros",
    "zeros_like",
]

in_core = set_module("numpy.ma.core")
masked_array = MaskedArray


@in_core
def array(
    data,
    dtype=None,
    copy=False,
    order=None,
    mask=nomask,
    fill_value=None,
    keep_mask=True,
    hard_mask=False,
    shrink=True,
    subok=True,
    ndmin=0,
):
    return MaskedArray(
        data,
        mask=mask,
        dtype=dtype,
        copy=copy,
        subok=subok,
        keep_mask=keep_mask,
        hard_mask=hard_mask,
        fill_value=fill_value,
        ndmin=ndmin,
        shrink=shrink,
        order=order,
    )


array.__doc__ = MaskedArray.__doc__


@in_core
def isMaskedArray(x):
    """Whether `x` is a masked array.

    Parameters
    ----------
    x : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.isMaskedArray(np.ma.array([1])), np.ma.isMaskedArray(np.array([1]))
    (True, False)
    """
    return isinstance(x, MaskedArray)


isarray = isMaskedArray
isMA = isMaskedArray


@in_core
def asarray(a, dtype=None, order=None):
    """`a` as a `MaskedArray`, never a subclass; a copy only if need be.

    Parameters
    ----------
    a : array_like
    dtype : dtype, optional
        The result's dtype.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.asarray([1, 2])
    masked_array(data=[1, 2],
                 mask=False,
           fill_value=999999)
    """
    return MaskedArray(a, dtype=dtype, copy=False, keep_mask=True, subok=False, order=order or "C")


def _lies_as(a, order):
    if order == "C":
        return a.flags.carray
    return a.flags.f_contiguous if order == "F" else order in {None, "A", "K"}


@in_core
def asanyarray(a, dtype=None, order=None):
    """`a` as a masked array, or as it is if it already is one; a copy only if need be.

    Parameters
    ----------
    a : array_like
    dtype : dtype, optional
        The result's dtype.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.

    Returns
    -------
    MaskedArray, or a subclass of it.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([1, 2])
    >>> np.ma.asanyarray(x) is x
    True
    """
    if isinstance(a, MaskedArray) and (dtype is None or dtype == a.dtype) and _lies_as(a, order):
        return a
    return MaskedArray(a, dtype=dtype, copy=False, keep_mask=True, subok=True, order=order)


@in_core
def fromfile(file, dtype=float, count=-1, sep=""):
    """Not supported: NotImplementedError. Files hold no masks; see `fromflex`."""
    raise NotImplementedError("fromfile() not yet implemented for a MaskedArray.")


@in_core
def fromflex(fxarray):
    """The masked array that `toflex` turned into the fields `_data` and `_mask`.

    Parameters
    ----------
    fxarray : ndarray
        With the fields '_data' and '_mask'.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.fromflex(np.ma.array([1, 2], mask=[0, 1]).toflex())
    masked_array(data=[1, --],
                 mask=[False,  True],
           fill_value=999999)
    """
    return MaskedArray(fxarray["_data"], mask=fxarray["_mask"])


#: what a function with more keywords takes beside NumPy's
_MORE = {"fill_value": None, "hardmask": False}


def _with_keywords(signature, keywords):
    """`signature` with `keywords` (name: default) added as keyword-only parameters."""
    parameters = list(signature.parameters.values())
    rest = [parameters.pop()] if parameters and parameters[-1].kind is inspect.Parameter.VAR_KEYWORD else []
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default) for name, default in keywords.items()
    ]
    return signature.replace(parameters=parameters + added + rest)


def _signature(function):
    try:
        return inspect.signature(function)
    except ValueError:
        # Compiled, and silent about its parameters.
        return inspect.signature(lambda *args, **kwargs: None)


def _to_masked(name, more=None):
    """NumPy's function `name`, whose result becomes a masked array; `more` are its own keywords."""
    function = getattr(np, name)
    more = more or {}

    def masked(*args, **kwargs):
        own = {keyword: kwargs.pop(keyword) for keyword in more if keyword in kwargs}
        result = function(*args, **kwargs).view(MaskedArray)
        if "fill_value" in own:
            result.fill_value = own["fill_value"]
        if "hardmask" in own:
            result._hardmask = bool(own["hardmask"])
        return result

    functools.update_wrapper(masked, function, assigned=("__name__", "__qualname__"), updated=())
    del masked.__wrapped__
    masked.__signature__ = _with_keywords(_signature(function), more)
    masked.__doc__ = _to_masked_doc(name, more)
    return in_core(masked)


#: the summary and an example: a call and what it gives
_TEXTS = {
    "arange": (
        "Numbers from a start up to but not including a stop, a step apart, as a masked array.",
        (
            "np.ma.arange(3, fill_value=-1)",
            "masked_array(data=[0, 1, 2],\n             mask=False,\n       fill_value=-1)",
        ),
    ),
    "clip": (
        "Values limited to an interval; masked ones stay masked.",
        ("print(np.ma.clip(np.ma.array([1, 5, 9], mask=[0, 1, 0]), 2, 6))", "[2 -- 6]"),
    ),
    "empty": (
        "A masked array whose elements are not set, and of which none is masked.",
        ("np.ma.empty((2, 3)).shape", "(2, 3)"),
    ),
    "empty_like": (
        "A masked array with the shape and dtype of another array; its elements are not set.",
        ("np.ma.empty_like([[1, 2], [3, 4]]).shape", "(2, 2)"),
    ),
    "frombuffer": (
        "A masked array, 1-d, on the memory of an object, not copied.",
        ('print(np.ma.frombuffer(b"abc", dtype=np.uint8))', "[97 98 99]"),
    ),
    "fromfunction": (
        "What a function gives for the index arrays of a shape, as a masked array.",
        ("print(np.ma.fromfunction(lambda i, j: i + j, (2, 2), dtype=int))", "[[0 1]\n [1 2]]"),
    ),
    "identity": (
        "The identity matrix, as a masked array.",
        ("print(np.ma.identity(2))", "[[1. 0.]\n [0. 1.]]"),
    ),
    "indices": (
        "The index arrays of a grid, as a masked array.",
        ("print(np.ma.indices((2, 2))[1])", "[[0 1]\n [0 1]]"),
    ),
    "ones": ("A masked array filled with ones.", ("print(np.ma.ones(2))", "[1. 1.]")),
    "ones_like": (
        "Ones with the shape and dtype of another array, and with its mask.",
        ("print(np.ma.ones_like(np.ma.array([3, 4], mask=[0, 1])))", "[1 --]"),
    ),
    "squeeze": (
        "An array without axes of length one, masks along with them.",
        ("print(np.ma.squeeze(np.ma.array([[1, 2]], mask=[[0, 1]])))", "[1 --]"),
    ),
    "zeros": ("A masked array of zeros.", ("print(np.ma.zeros(2, dtype=int))", "[0 0]")),
    "zeros_like": (
        "Zeros with the shape and dtype of another array, and with its mask.",
        ("print(np.ma.zeros_like(np.ma.array([3, 4], mask=[0, 1])))", "[0 --]"),
    ),
}


def _to_masked_doc(name, more):
    """The text of a function: its own words, and the parameters of NumPy's function of that name."""
    plain = getattr(np, name).__doc__
    summary, (call, result) = _TEXTS[name]
    parameters = section(plain, "Parameters")
    raises = section(plain, "Raises")
    example = f">>> import sharray as np\n>>> {call}\n{result}"
    return text(summary, f"{parameters}\n{MORE}" if more else parameters, "MaskedArray.", example, raises)


arange = _to_masked("arange", _MORE)
clip = _to_masked("clip", _MORE)
empty = _to_masked("empty", _MORE)
empty_like = _to_masked("empty_like")
frombuffer = _to_masked("frombuffer")
fromfunction = _to_masked("fromfunction")
identity = _to_masked("identity", _MORE)
indices = _to_masked("indices", _MORE)
ones = _to_masked("ones", _MORE)
ones_like = _to_masked("ones_like")
squeeze = _to_masked("squeeze", _MORE)
zeros = _to_masked("zeros", _MORE)
zeros_like = _to_masked("zeros_like")
