"""Names of the compiled module that the engine doesn't offer yet.

Some are written here in Python, for use until then; for the others there is an
object that raises NotImplementedError when it is called. `complete(engine)` fills in those of
these names, and no others, that the engine lacks: any further missing name stays an
ImportError. When the engine gains a name, its own takes over and the entry here goes.
"""

import functools
import operator

# called, they say that they are missing
NOT_BUILT = (
    "StringDType _unique_hash from_dlpack nested_iters _get_castingimpl _load_from_filelike "
    "_center _expandtabs _expandtabs_length _ljust _lstrip_chars _lstrip_whitespace _partition "
    "_partition_index _replace _rjust _rpartition _rpartition_index _rstrip_chars _rstrip_whitespace "
    "_slice _strip_chars _strip_whitespace _zfill count endswith find index isalnum isalpha isdecimal "
    "isdigit islower isnumeric isspace istitle isupper rfind rindex startswith str_len"
).split()


class NotBuilt:
    """Stands for a function that isn't there; calling it is a NotImplementedError."""

    def __init__(self, name):
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args, **kwargs):
        raise NotImplementedError(f"sharray's engine does not have {self.__name__!r} yet")

    def __repr__(self):
        return f"<{self.__name__}, not built yet>"


class _NotBuiltType(type):
    """A class that can't be instantiated, so that `isinstance` with it is possible and false."""

    def __call__(cls, *args, **kwargs):
        raise NotImplementedError(f"sharray's engine does not have {cls.__name__!r} yet")


def _flag_numbers():
    numbers = {"C": 0x1, "F": 0x2, "O": 0x4, "A": 0x100, "W": 0x400, "X": 0x2000}
    names = {"C": ("C_CONTIGUOUS", "CONTIGUOUS"), "F": ("F_CONTIGUOUS", "FORTRAN"), "O": ("OWNDATA",),
             "A": ("ALIGNED",), "W": ("WRITEABLE",), "X": ("WRITEBACKIFCOPY",)}
    return numbers | {name: numbers[short] for short, long in names.items() for name in long}


def c_einsum(*operands, out=None, dtype=None, order="K", casting="safe"):
    """Einstein's sum by broadcasting: all products, then the sums."""
    from ._einsum_parse import parse
    from .multiarray import array, can_cast, ndarray
    from .multiarray import dtype as make_dtype

    terms, output, arrays = parse(operands)
    for term, one in zip(terms, arrays, strict=True):
        if len(term) > one.ndim:
            raise ValueError(f"einstein sum subscripts string contains too many subscripts for operand "
                             f"{arrays.index(one) if one.ndim == 0 else terms.index(term)}")
        if len(term) < one.ndim:
            raise ValueError("operand has more dimensions than subscripts given in einstein sum, but no "
                             "'...' ellipsis provided to broadcast the extra dimensions.")
    if dtype is not None:
        wanted = make_dtype(dtype)
        for one in arrays:
            if not can_cast(one.dtype, wanted, casting):
                raise TypeError(f"Cannot cast operand from {one.dtype} to {wanted} according to the rule "
                                f"'{casting}'")
        arrays = [one.astype(wanted) for one in arrays]
    if len(arrays) == 1 and out is None and dtype is None and sorted(terms[0]) == sorted(output):
        return arrays[0].transpose([terms[0].index(label) for label in output])
    labels = output + "".join(sorted(set("".join(terms)) - set(output)))
    sizes = {}
    factors = [_along(term, one, labels, sizes) for term, one in zip(terms, arrays, strict=True)]
    product = functools.reduce(operator.mul, factors)
    summed = tuple(range(len(output), len(labels)))
    if summed:
        product = product.sum(axis=summed, dtype=product.dtype)
    if out is not None:
        out[...] = product
        return out
    return array(product, order=order, copy=True) if isinstance(product, ndarray) else product


def _along(term, one, labels, sizes):
    """The operand with its axes in the order of all `labels`, diagonals taken for repeated ones."""
    while len(set(term)) < len(term):
        label = next(label for label in term if term.count(label) > 1)
        first, second = (i for i, other in enumerate(term) if other == label) if term.count(label) == 2 else \
            [i for i, other in enumerate(term) if other == label][:2]
        if one.shape[first] != one.shape[second] and 1 not in (one.shape[first], one.shape[second]):
            raise ValueError(f"dimensions in operand 0 for collapsing index '{label}' don't match "
                             f"({one.shape[first]} != {one.shape[second]})")
        one = one.diagonal(axis1=first, axis2=second)
        term = "".join(other for i, other in enumerate(term) if i not in (first, second)) + label
    for label, length in zip(term, one.shape, strict=True):
        if sizes.setdefault(label, length) != length:
            if 1 not in (sizes[label], length):
                raise ValueError("operands could not be broadcast together with remapped shapes "
                                 "[original->remapped]")
            sizes[label] = max(sizes[label], length)
    kept = [label for label in labels if label in term]
    one = one.transpose([term.index(label) for label in kept])
    return one[tuple(slice(None) if label in term else None for label in labels)]


def fromstring(string, dtype=float, count=-1, *, sep, like=None):
    """Numbers from text apart by `sep`."""
    from .multiarray import array
    from .multiarray import dtype as make_dtype

    if sep == "":
        raise ValueError("The binary mode of fromstring is removed, use frombuffer instead")
    text = string.decode("latin1") if isinstance(string, bytes) else string
    return array(_numbers(text, make_dtype(dtype), count, sep), dtype=dtype)


def _numbers(text, dtype, count, sep):
    words = text.split() if not sep.strip() else [w.strip() for w in text.split(sep.strip())]
    if words and not words[-1]:
        words.pop()
    read = {"i": int, "u": int, "f": float, "c": complex, "b": lambda w: bool(float(w))}.get(dtype.kind, str)
    values = []
    for word in words[:count if count >= 0 else None]:
        try:
            values.append(read(word))
        except ValueError:
            import warnings

            warnings.warn("string or file could not be read to its end due to unmatched data; this will "
                          "raise a ValueError in the future.", DeprecationWarning, stacklevel=4)
            break
    return values


def fromfile(file, dtype=float, count=-1, sep="", offset=0, *, like=None):
    """An array from a file: raw bytes, or with `sep` numbers as text."""
    import os
    from contextlib import nullcontext

    from .multiarray import array, frombuffer
    from .multiarray import dtype as make_dtype

    dtype = make_dtype(dtype)
    if sep and offset:
        raise TypeError("'offset' argument only permitted for binary files")
    opened = nullcontext(file) if hasattr(file, "read") else open(os.fspath(file), "rb")
    with opened as stream:
        if sep:
            text = stream.read()
            text = text.decode("latin1") if isinstance(text, bytes) else text
            return array(_numbers(text, dtype, count, sep), dtype=dtype)
        stream.seek(offset, 1)
        data = stream.read() if count < 0 else stream.read(count * dtype.itemsize)
    whole = len(data) // dtype.itemsize * dtype.itemsize
    return frombuffer(data[:whole], dtype=dtype).copy()


def compare_chararrays(a1, a2, cmp, rstrip):
    """Texts compared by the operator named `cmp`, without trailing blanks if `rstrip`."""
    from .multiarray import array, asarray

    operators = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
                 ">": operator.gt, ">=": operator.ge}
    if cmp not in operators:
        raise ValueError("comparison must be '==', '!=', '<', '>', '<=', '>='")
    a1, a2 = asarray(a1), asarray(a2)
    if a1.dtype.kind not in "SU" or a2.dtype.kind not in "SU":
        raise TypeError("comparison of non-string arrays")

    def shown(a):
        texts = array(a, dtype=object)
        return _mapped(lambda text: text.rstrip(), texts) if rstrip else texts

    return asarray(operators[cmp](shown(a1), shown(a2)), dtype=bool)


def _mapped(function, *arrays):
    """`function` of the elements of object arrays, broadcast: an object array."""
    from .multiarray import broadcast, empty

    together = broadcast(*arrays) if len(arrays) > 1 else None
    shape = arrays[0].shape if together is None else together.shape
    result = empty(shape, dtype=object)
    flat = result.reshape(-1)
    items = zip(arrays[0].reshape(-1).tolist()) if together is None else together
    for place, values in enumerate(items):
        flat[place] = function(*values)
    return result


def _vec_string(a, dtype, method, args=()):
    """The text method `method` for each element, its arguments broadcast with them."""
    from .multiarray import array, asarray

    a = asarray(a)
    if a.dtype.kind not in "SU":
        raise TypeError("string operation on non-string array")
    operands = [array(a, dtype=object), *(array(one, dtype=object) for one in args)]
    return _mapped(lambda text, *rest: getattr(text, method)(*rest), *operands).astype(dtype)


_IN_PYTHON = {
    "_flagdict": _flag_numbers(),
    "typeinfo": {},
    "set_typeDict": lambda names: None,
    "set_datetimeparse_function": lambda function: None,
    "_add_newdoc_ufunc": lambda ufunc, text: None,
    "c_einsum": c_einsum,
    "fromstring": fromstring,
    "fromfile": fromfile,
    "compare_chararrays": compare_chararrays,
    "_vec_string": _vec_string,
    "__cpu_baseline__": [],
    "__cpu_dispatch__": [],
    "__cpu_features__": {},
    "__cpu_targets_info__": {},
    "_blas_supports_fpe": lambda value=None: True,
}


def complete(engine):
    """Set the names of this module that `engine` lacks."""
    for name in NOT_BUILT:
        if not hasattr(engine, name):
            made = _NotBuiltType(name, (), {}) if name == "StringDType" else NotBuilt(name)
            setattr(engine, name, made)
    for name, value in _IN_PYTHON.items():
        if not hasattr(engine, name):
            setattr(engine, name, value)
    if not hasattr(engine, "_ones_like") and hasattr(engine, "ones_like"):
        engine._ones_like = engine.ones_like
