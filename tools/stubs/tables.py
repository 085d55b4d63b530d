"""Types of parameters and results by name, for what is not written by hand."""

_B = "builtins.bool"


def _table(text):
    """Names by type, from lines `type : names`."""
    found = {}
    for line in text.strip().splitlines():
        kind, names = line.split(" : ")
        found |= dict.fromkeys(names.split(), kind.strip())
    return found


PARAMETERS = _table("""
_t.ArrayLike : a b x x1 x2 y z arr ary ar1 ar2 m v values array1 array2 actual desired c c1 c2 roots weights condition p q
_t.ArrayLike : element test_elements A M arrays_like indices xp fp elements sample sub repeats
_t.DTypeLike | None : dtype
_t.ShapeLikeOrNone : shape_or_none
_t._Casting : casting
builtins.bool : subok copy_ endpoint rowvar bias overwrite_input assume_unique invert strict equal_nan return_index
builtins.bool : return_inverse return_counts density allow_pickle fix_imports hermitian full verbose_ inplace refcheck
builtins.bool : usemask asrecarray shrink hardmask keep_mask allow_masked suppress_small sparse compute_uv align aligned
builtins.bool : unpack ndmin_ trim_ increasing replace shuffle returned
SupportsIndex : axis1 axis2 decimals ndmin n_children maxsplit offset N
_t._Axes : axes
int : bits edgeitems threshold precision_ linewidth
_t._Device : device
_t._SortKind | None : kind
_t._ClipMode : mode_
_t._Side : side
_t._File : file fid fname
str : err_msg prefix suffix separator delimiter_ byteorder_ encoding_ symbol
_t._Function : func func1d function pyfunc
_t._SupportsArray[Any] | None : like
""")

#: Results of public functions, by name.
RETURNS = _table("""
builtins.bool : allclose array_equal array_equiv can_cast iscomplexobj isrealobj isscalar iterable may_share_memory
builtins.bool : shares_memory isfortran issubdtype isdtype is_busday_ has_nested_fields
str : array2string array_repr array_str base_repr binary_repr format_float_positional format_float_scientific
str : typename get_include mintypecode
None : copyto fill_diagonal put putmask place put_along_axis save savez savez_compressed savetxt seterrcall_ info
None : set_printoptions show_config show_runtime install_as_numpy
None : assert_ assert_equal assert_almost_equal assert_approx_equal assert_array_equal assert_array_less
None : assert_array_almost_equal assert_array_almost_equal_nulp assert_allclose assert_string_equal rundocs
int : ndim getbufsize setbufsize
tuple[int, ...] : shape broadcast_shapes
dtype[Any] : result_type promote_types min_scalar_type dtype_
_t._Array : append insert delete pad roll rollaxis moveaxis rot90 flip fliplr flipud tile repeat expand_dims squeeze
_t._Array : swapaxes matrix_transpose permute_dims hstack vstack dstack column_stack row_stack block concat outer kron
_t._Array : cross diff ediff1d gradient_ convolve correlate cov corrcoef union1d intersect1d setdiff1d setxor1d isin
_t._Array : tri tril triu vander diag diagflat bincount fromfunction_ fromfile fromstring loadtxt genfromtxt fromregex
_t._Array : bartlett blackman hamming hanning kaiser poly roots polyadd_ polyder_ packbits unpackbits argsort
_t._Array : argpartition partition broadcast_to logspace geomspace atleast_1d_ trim_zeros extract compress
_t._Array : apply_along_axis apply_over_axes take_along_axis resize indices histogram_bin_edges ravel_multi_index_
_t._Array : sort_complex asarray_chkfinite require argwhere flatnonzero lexsort tensordot nan_to_num_
_t._Array : sliding_window_view as_strided astype choose_ select piecewise digitize_ searchsorted_ resize
tuple[_t._Array, ...] : nonzero ix_ diag_indices diag_indices_from tril_indices triu_indices tril_indices_from
tuple[_t._Array, ...] : triu_indices_from mask_indices meshgrid broadcast_arrays unravel_index unstack
list[_t._Array] : split array_split hsplit vsplit dsplit
tuple[_t._Array, _t._Array] : histogram
dict[str, Any] : get_printoptions geterr seterr
tuple[str, int] : datetime_data
_t._Array : inv pinv matrix_power cholesky solve multi_dot tensorinv tensorsolve eigvalsh eigvals svdvals
_t._Array : fft ifft rfft irfft hfft ihfft fft2 ifft2 fftn ifftn rfft2 irfft2 rfftn irfftn fftshift ifftshift
_t._Array : fftfreq rfftfreq
Generator : default_rng
""")

#: Ufuncs by how they are called (see `by_hand/ufuncs.pyi`); the others are plain `ufunc`s.
UFUNCS = _table("""
_FloatUnary : sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh exp exp2 expm1 log log2 log10 log1p
_FloatUnary : sqrt cbrt deg2rad rad2deg degrees radians spacing
_SameUnary : negative positive square conjugate rint floor ceil trunc sign reciprocal
_Absolute : absolute
_TruthUnary : isnan isinf isfinite signbit logical_not isnat
_SameBinary : add subtract multiply maximum minimum fmax fmin floor_divide remainder fmod
_FloatBinary : divide arctan2 hypot logaddexp logaddexp2 copysign nextafter
_TruthBinary : equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor
""")

#: Special methods: parameters after `self` and result, where they are not written by hand.
SPECIAL = {
    "__len__": ("", "int"),
    "__iter__": ("", "Any"),
    "__next__": ("", "Any"),
    "__repr__": ("", "builtins.str"),
    "__str__": ("", "builtins.str"),
    "__hash__": ("", "int"),
    "__int__": ("", "int"),
    "__float__": ("", "float"),
    "__complex__": ("", "complex"),
    "__bool__": ("", _B),
    "__index__": ("", "int"),
    "__contains__": ("key: Any, /", _B),
    "__getitem__": ("key: Any, /", "Any"),
    "__setitem__": ("key: Any, value: Any, /", "None"),
    "__delitem__": ("key: Any, /", "None"),
    "__eq__": ("other: object, /", "Any"),
    "__ne__": ("other: object, /", "Any"),
    "__enter__": ("", "Any"),
    "__reduce__": ("", "Any"),
}
