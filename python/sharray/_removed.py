"""Names that NumPy once had: what to use instead, told by the AttributeError."""

import warnings

#: removed in NumPy 2.0: the advice
REMOVED = {
    "geterrobj": "Use the context manager `np.errstate`.",
    "seterrobj": "Use the context manager `np.errstate`.",
    "cast": "Use `np.asarray(arr, dtype=dtype)`.",
    "source": "Use `inspect.getsource`.",
    "lookfor": "Search the documentation.",
    "who": "Use `locals()`.",
    "fastCopyAndTranspose": "Use `arr.T.copy()`.",
    "set_numeric_ops": "Define `__array_ufunc__` in a subclass of ndarray.",
    "add_newdoc": "It is `np.lib.add_newdoc` now.",
    "add_docstring": "It is `np.lib.add_docstring` now.",
    "add_newdoc_ufunc": "There is no replacement.",
    "safe_eval": "Use `ast.literal_eval`.",
    "issctype": "Use `issubclass(rep, np.generic)`.",
    "maximum_sctype": "Name the dtype you mean.",
    "obj2sctype": "Use `np.dtype(obj).type`.",
    "sctype2char": "Use `np.dtype(obj).char`.",
    "sctypes": "Name the dtypes you mean.",
    "issubsctype": "Use `np.issubdtype`.",
    "set_string_function": "Use `np.set_printoptions` with a formatter.",
    "asfarray": "Use `np.asarray` with a dtype.",
    "issubclass_": "Use Python's `issubclass`.",
    "tracemalloc_domain": "It is `np.lib.tracemalloc_domain` now.",
    "mat": "Use `np.asmatrix`.",
    "recfromcsv": "Use `np.genfromtxt` with a comma as delimiter.",
    "recfromtxt": "Use `np.genfromtxt`.",
    "deprecate": "Warn with `warnings.warn`, or use `typing.deprecated`.",
    "deprecate_with_doc": "Warn with `warnings.warn`, or use `typing.deprecated`.",
    "find_common_type": "Use `np.promote_types` or `np.result_type`.",
    "round_": "Use `np.round`.",
    "get_array_wrap": "There is no replacement.",
    "DataSource": "It is `np.lib.npyio.DataSource` now.",
    "nbytes": "Use `np.dtype(…).itemsize`.",
    "byte_bounds": "It is `np.lib.array_utils.byte_bounds` now.",
    "compare_chararrays": "It is `np.char.compare_chararrays` now.",
    "format_parser": "It is `np.rec.format_parser` now.",
    "alltrue": "Use `np.all`.",
    "sometrue": "Use `np.any`.",
}
REMOVED.update(
    (name, f"Use `{new}`.")
    for name, new in {
        "NINF": "-np.inf",
        "PINF": "np.inf",
        "NZERO": "-0.0",
        "PZERO": "0.0",
        "Inf": "np.inf",
        "Infinity": "np.inf",
        "infty": "np.inf",
        "NaN": "np.nan",
        "float_": "np.float64",
        "complex_": "np.complex128",
        "longfloat": "np.longdouble",
        "singlecomplex": "np.complex64",
        "cfloat": "np.complex128",
        "longcomplex": "np.clongdouble",
        "clongfloat": "np.clongdouble",
        "string_": "np.bytes_",
        "unicode_": "np.str_",
    }.items()
)

#: aliases of Python's own types, removed in NumPy 1.24: the scalar type to use if that was meant
FORMER = {
    "object": "np.object_",
    "float": "np.float64",
    "complex": "np.complex128",
    "str": "np.str_",
    "int": "np.int64` or `np.int32",
}


def explain_missing(name):
    """The text of the AttributeError for `name`; warns where the name may come back."""
    if name in ("str", "bytes", "object"):
        warnings.warn(
            f"In the future `np.{name}` will be defined as the corresponding NumPy scalar.", FutureWarning, stacklevel=3
        )
    if name in FORMER:
        return (
            f"module 'numpy' has no attribute '{name}'.\n"
            f"`np.{name}` was a deprecated alias for the builtin `{name}`: use `{name}` itself, or "
            f"`{FORMER[name]}` where the scalar type is meant."
        )
    if name in REMOVED:
        return f"`np.{name}` was removed in the NumPy 2.0 release. {REMOVED[name]}"
    if name == "array_api":
        return "`numpy.array_api` is not available from numpy 2.0 onwards"
    if name == "f2py":
        return "sharray has no f2py: it wraps Fortran for NumPy's C interface"
    return f"module 'numpy' has no attribute {name!r}"
