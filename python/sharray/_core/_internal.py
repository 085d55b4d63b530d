"""Services for the engine: field bookkeeping, error texts, `ndarray.ctypes`.

The buffer protocol's format strings are read in `_pep3118`.
"""

import ast
import re

from .._globals import _NoValue
from ..exceptions import DTypePromotionError
from ._pep3118 import _dtype_from_pep3118 as _dtype_from_pep3118
from .multiarray import StringDType, array, dtype, promote_types

try:
    import ctypes
except ImportError:  # pragma: no cover - Python built without it
    ctypes = None

IS_PYPY = False

_BYTE_ORDERS = "[><|=]"
_ITEM = re.compile(
    rf"\s*(?P<before>{_BYTE_ORDERS}?)\s*(?P<repeats> *\(?\s*[,0-9\s]*\)?)\s*"
    rf"(?P<after>{_BYTE_ORDERS}?)\s*(?P<kind>[A-Za-z0-9.?]*(?:\[[a-zA-Z0-9,.]*\])?)"
)
_SEPARATOR = re.compile(r"\s*,\s*")
_NATIVE = {"=": "=", "": ""}


def _commastring(text):
    """The items of "i4,(2,3)f8": a list of formats and (format, shape), or one such item.

    ValueError names the place of a format that isn't one.
    """
    start, items = 0, []
    is_list = False
    while start < len(text):
        match = _ITEM.match(text, start)
        start_of_rest = match.end()
        item = _comma_item(match)
        rest = text[start_of_rest:].strip()
        if rest:
            separator = _SEPARATOR.match(text, start_of_rest)
            if separator is None:
                raise ValueError(f"format number {len(items) + 1} of \"{text}\" is not recognized")
            is_list = True
            start_of_rest = separator.end()
        elif item is None:
            raise ValueError(f"format number {len(items) + 1} of \"{text}\" is not recognized")
        items.append(item)
        start = start_of_rest if rest else len(text)
    return items if is_list else items[0]


def _comma_item(match):
    before, repeats, after, kind = match.group("before", "repeats", "after", "kind")
    if not kind:
        return None
    if before and after and before != after:
        raise ValueError(f"inconsistent byte-order specification {before} and {after}")
    order = before or after
    if order in ("|", "="):
        order = ""
    if order and dtype(order + kind).isnative and order == dtype("i4").newbyteorder("S").newbyteorder("S").str[0]:
        order = ""
    kind = order + kind
    repeats = repeats.strip()
    if not repeats:
        return kind
    shape = ast.literal_eval(repeats)
    return (kind, shape)


def _newnames(datatype, order):
    """The field names of `datatype` with those in `order` (a name or names) first.

    ValueError for an unknown or a repeated name, or something else than names.
    """
    if isinstance(order, str):
        order = [order]
    if not isinstance(order, (list, tuple)):
        raise ValueError(f"unsupported order value: {order}")
    rest = list(datatype.names)
    for name in order:
        try:
            rest.remove(name)
        except ValueError:
            fault = "duplicate" if name in datatype.names else "unknown"
            raise ValueError(f"{fault} field name: {name}") from None
    return (*order, *rest)


def _copy_fields(ary):
    """A copy of a structured array without the gaps between its fields."""
    packed = dtype({"names": list(ary.dtype.names), "formats": [ary.dtype.fields[n][0] for n in ary.dtype.names]})
    return array(ary, dtype=packed, copy=True)


def _promote_fields(dt1, dt2):
    """The common dtype of two structured dtypes with the same names, titles and kind of layout.

    DTypePromotionError where they differ.
    """
    if dt1.names is None or dt2.names is None or dt1.names != dt2.names:
        raise DTypePromotionError(f"field names `{dt1.names}` and `{dt2.names}` mismatch.")
    unchanged = dt1.itemsize == dt2.itemsize and dt1.metadata is None
    fields = []
    for name in dt1.names:
        one, two = dt1.fields[name], dt2.fields[name]
        common = promote_types(one[0], two[0])
        unchanged = unchanged and common is one[0] and one[1] == two[1]
        if one[2:] != two[2:]:
            raise DTypePromotionError(f"field titles of field '{name}' mismatch")
        fields.append((name if len(one) == 2 else (one[2], name), common))
    if unchanged and dt1.isalignedstruct == dt2.isalignedstruct:
        return dt1
    return dtype(fields, align=dt1.isalignedstruct or dt2.isalignedstruct)


def _getfield_is_safe(oldtype, newtype, offset):
    """TypeError if a field of `newtype` at `offset` would show object pointers as something else."""
    if not (newtype.hasobject or oldtype.hasobject):
        return
    if offset == 0 and newtype == oldtype:
        return
    for name in oldtype.names or ():
        if oldtype.fields[name][1] == offset and oldtype.fields[name][0] == newtype:
            return
    raise TypeError("Cannot get/set field of an object array")


def _view_is_safe(oldtype, newtype):
    """TypeError if a view with another dtype would lay open object pointers."""
    if oldtype == newtype:
        return
    if newtype.hasobject or oldtype.hasobject:
        raise TypeError("Cannot change data-type for array of references.")


def _array_descr(descriptor):
    """What `__array_interface__['descr']` holds: a list of fields with gaps named '', or a string."""
    if descriptor.fields is None:
        if descriptor.subdtype is not None:
            base, shape = descriptor.subdtype
            return (_array_descr(base), shape)
        if descriptor.metadata is None:
            return descriptor.str
        kept = descriptor.metadata.copy()
        return (descriptor.str, kept) if kept else descriptor.str
    result, end = [], 0
    for name, entry in sorted(((n, descriptor.fields[n]) for n in descriptor.names), key=lambda f: f[1][1]):
        field, offset = entry[:2]
        if offset > end:
            result.append(("", f"|V{offset - end}"))
        elif offset < end:
            raise ValueError("dtype.descr is not defined for types with overlapping or out-of-order fields")
        label = (entry[2], name) if len(entry) > 2 else name
        if field.subdtype is not None:
            result.append((label, _array_descr(field.subdtype[0]), field.subdtype[1]))
        else:
            result.append((label, _array_descr(field)))
        end = offset + field.itemsize
    if descriptor.itemsize > end:
        result.append(("", f"|V{descriptor.itemsize - end}"))
    return result


def _ufunc_is_overridden(inputs, out, where=None):
    """Whether an operand's type has an `__array_ufunc__` other than the array's own."""
    from .multiarray import ndarray

    own = ndarray.__array_ufunc__
    outputs = out if isinstance(out, tuple) else (out,)
    return any(
        getattr(type(one), "__array_ufunc__", own) is not own and not _is_numpys_own(type(one))
        for one in (*inputs, *outputs, where)
    )


def _is_numpys_own(cls):
    """Whether a class is the real NumPy's `ndarray` itself: a plain operand beside ours."""
    return cls.__name__ == "ndarray" and cls.__module__ == "numpy"


def _ufunc_inspect_signature_builder(ufunc):
    """The `inspect.Signature` of a ufunc.

    >>> import sharray as np
    >>> list(np.add.__signature__.parameters)[:3]
    ['x1', 'x2', 'out']
    """
    import inspect

    from .._globals import _NoValue

    parameters = []

    def add(kind, **defaults):
        parameters.extend(inspect.Parameter(name, kind, default=value) for name, value in defaults.items())

    names = ["x"] if ufunc.nin == 1 else [f"x{number}" for number in range(1, ufunc.nin + 1)]
    add(inspect.Parameter.POSITIONAL_ONLY, **dict.fromkeys(names, inspect.Parameter.empty))
    add(inspect.Parameter.POSITIONAL_OR_KEYWORD, out=None if ufunc.nout == 1 else (None,) * ufunc.nout)
    if ufunc.signature is None:
        add(inspect.Parameter.KEYWORD_ONLY, where=True)
    else:
        add(inspect.Parameter.KEYWORD_ONLY, axes=_NoValue, axis=_NoValue, keepdims=False)
    add(inspect.Parameter.KEYWORD_ONLY, casting="same_kind", order="K", dtype=None, subok=True, signature=None)
    return inspect.Signature(parameters)


def array_ufunc_errmsg_formatter(dummy, ufunc, method, *inputs, **kwargs):
    """The text for "no operand knew what to do" (`__array_ufunc__` gave NotImplemented everywhere)."""
    given = [*map(repr, inputs), *(f"{name}={value!r}" for name, value in kwargs.items())]
    kinds = ", ".join(repr(type(arg).__name__) for arg in (*inputs, *kwargs.get("out", ())))
    return (
        f"operand type(s) all returned NotImplemented from __array_ufunc__({ufunc!r}, {method!r}, "
        f"{', '.join(given)}): {kinds}"
    )


def array_function_errmsg_formatter(public_api, types):
    """The text for "no implementation found" by `__array_function__`."""
    name = f"{public_api.__module__}.{public_api.__name__}"
    return f"no implementation found for '{name}' on types that implement __array_function__: {list(types)}"


def _ufunc_parameters(ufunc):
    inputs = ["x"] if ufunc.nin == 1 else [f"x{i + 1}" for i in range(ufunc.nin)]
    where = "" if ufunc.signature is not None else "where=True, "
    return inputs, f"*, {where}casting='same_kind', order='K', dtype=None, subok=True"


def _ufunc_doc_signature_formatter(ufunc):
    """The first line of a ufunc's docstring."""
    inputs, keywords = _ufunc_parameters(ufunc)
    if ufunc.nout == 1:
        outputs = ", /, out=None"
    else:
        names = ", ".join(f"out{i + 1}" for i in range(ufunc.nout))
        outputs = f"[, {names}], / [, out={(None,) * ufunc.nout!r}]"
    extra = "[, signature, axes, axis]" if ufunc.signature is not None else "[, signature]"
    return f"{ufunc.__name__}({', '.join(inputs)}{outputs}, {keywords}{extra})"


def npy_ctypes_check(cls):
    """Whether `cls` is a class of the module ctypes."""
    try:
        base = cls.__base__ if len(cls.__mro__) < 3 else cls.__mro__[-2]
        return "_ctypes" in base.__module__
    except Exception:
        return False


def _convert_to_stringdtype_kwargs(coerce, na_object=_NoValue):
    if na_object is _NoValue:
        return StringDType(coerce=coerce)
    return StringDType(coerce=coerce, na_object=na_object)


def _prod(a):
    product = 1
    for factor in a:
        product *= factor
    return product


class dummy_ctype:
    """Stands for a ctypes integer type where there is no ctypes."""

    def __init__(self, cls):
        self._cls = cls

    def __mul__(self, other):
        return self

    def __call__(self, *other):
        return self._cls(other)

    def __eq__(self, other):
        return self._cls == other._cls

    def __ne__(self, other):
        return self._cls != other._cls

    __hash__ = None


def _getintp_ctype():
    """The ctypes integer type of a pointer's size."""
    if _getintp_ctype.cache is None:
        if ctypes is None:
            _getintp_ctype.cache = dummy_ctype(int)
        else:
            wanted = dtype("n").char
            _getintp_ctype.cache = {"i": ctypes.c_int, "l": ctypes.c_long}.get(wanted, ctypes.c_longlong)
    return _getintp_ctype.cache


_getintp_ctype.cache = None


class _missing_ctypes:
    """The few things of ctypes that `_ctypes` needs, where there is no ctypes."""

    def cast(self, num, obj):
        return num.value

    class c_void_p:
        def __init__(self, ptr):
            self.value = ptr


class _ctypes:
    """`ndarray.ctypes`: the array's address, shape and strides for foreign functions.

    The object keeps the array alive; so do the pointers made by `data_as`.
    """

    def __init__(self, array, ptr=None):
        self._arr = array
        self._ctypes = ctypes if ctypes is not None else _missing_ctypes()
        self._data = self._ctypes.c_void_p(ptr)
        self._data._arr = array
        self._zerod = array.ndim == 0

    def data_as(self, obj):
        """The address cast to the ctypes type `obj`; the pointer holds on to the array."""
        # By its address: a cast of the pointer would make a cycle of references with it.
        pointer = self._ctypes.cast(self._data.value, obj)
        pointer._arr = self._arr
        return pointer

    def shape_as(self, obj):
        """The shape as an array of the ctypes integer `obj`; None without dimensions."""
        return None if self._zerod else (obj * self._arr.ndim)(*self._arr.shape)

    def strides_as(self, obj):
        """The strides in bytes as an array of the ctypes integer `obj`; None without dimensions."""
        return None if self._zerod else (obj * self._arr.ndim)(*self._arr.strides)

    @property
    def data(self):
        """The address of the first element, as an int."""
        return self._data.value

    @property
    def shape(self):
        """The shape as a ctypes array of pointer-sized integers."""
        return self.shape_as(_getintp_ctype())

    @property
    def strides(self):
        """The strides as a ctypes array of pointer-sized integers."""
        return self.strides_as(_getintp_ctype())

    @property
    def _as_parameter_(self):
        return self.data_as(ctypes.c_void_p)
