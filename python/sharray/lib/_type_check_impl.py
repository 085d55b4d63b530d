"""Questions about types, and the parts of complex arrays."""

from .._core.getlimits import finfo
from .._core.multiarray import (
    array,
    asanyarray,
    asarray,
    copyto,
    dtype as _dtype,
    promote_types,
    zeros,
)
from .._core.numerictypes import complexfloating, inexact
from .._core.umath import absolute, isnan
from .._utils import set_module
from ._dispatch import array_function_dispatch
from ._ufunclike_impl import isneginf, isposinf

__all__ = [
    'iscomplexobj',
    'isrealobj',
    'imag',
    'iscomplex',
    'isreal',
    'nan_to_num',
    'real',
    'real_if_close',
    'typename',
    'mintypecode',
    'common_type',
]

# From the type that holds most to the one that holds least; complex single
# and double together need complex double, which `mintypecode` sees to.
_BY_RANGE = 'GDFgdfQqLlIiHhBb?'


@set_module('numpy')
def mintypecode(typechars, typeset='GDFgdf', default='d'):
    """The typecode of the smallest type in `typeset` that holds all the given.

    `typechars` are codes or arrays; those outside of `typeset` don't count,
    and `default` answers for none.

    Parameters
    ----------
    typechars : str or sequence
        Letters of types, or arrays.
    typeset : str, optional
        The letters to choose from.
    default : str, optional
        What is given where none fits.

    Returns
    -------
    str.

    Examples
    --------
    >>> np.mintypecode(['d', 'F'])
    'D'
    """
    codes = {t if isinstance(t, str) else asarray(t).dtype.char for t in typechars}
    known = [code for code in codes if code in typeset]
    if not known:
        return default
    if 'F' in known and 'd' in known:
        return 'D'
    return min(known, key=_BY_RANGE.find)


def _part_dispatcher(val):
    return (val,)


@array_function_dispatch(_part_dispatcher)
def real(val):
    """The real part: a view of an array, or a number.

    Parameters
    ----------
    val : array_like

    Returns
    -------
    ndarray or scalar: a view of complex arrays.

    Examples
    --------
    >>> np.real([1 + 2j])
    array([1.])
    """
    try:
        return val.real
    except AttributeError:
        return asanyarray(val).real


@array_function_dispatch(_part_dispatcher)
def imag(val):
    """The imaginary part: a view of a complex array, or zeros.

    Parameters
    ----------
    val : array_like

    Returns
    -------
    ndarray or scalar: a view of complex arrays.

    Examples
    --------
    >>> np.imag([1 + 2j])
    array([2.])
    """
    try:
        return val.imag
    except AttributeError:
        return asanyarray(val).imag


def _x_dispatcher(x):
    return (x,)


@array_function_dispatch(_x_dispatcher)
def iscomplex(x):
    """Whether each element has a non-zero imaginary part.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> np.iscomplex([1 + 1j, 1 + 0j])
    array([ True, False])
    """
    x = asanyarray(x)
    if issubclass(x.dtype.type, complexfloating):
        return x.imag != 0
    # The index turns a 0-d array into a scalar.
    return zeros(x.shape, dtype=bool)[()]


@array_function_dispatch(_x_dispatcher)
def isreal(x):
    """Whether each element has no imaginary part, or a zero one.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> np.isreal([1 + 1j, 1 + 0j])
    array([False,  True])
    """
    return imag(x) == 0


@array_function_dispatch(_x_dispatcher)
def iscomplexobj(x):
    """Whether `x` has a complex dtype, whatever its values.

    Parameters
    ----------
    x : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> np.iscomplexobj([3, 1 + 0j])
    True
    """
    try:
        kind = x.dtype.type
    except AttributeError:
        kind = asarray(x).dtype.type
    return issubclass(kind, complexfloating)


@array_function_dispatch(_x_dispatcher)
def isrealobj(x):
    """Whether `x` has no complex dtype.

    Parameters
    ----------
    x : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> np.isrealobj([3, 1 + 0j])
    False
    """
    return not iscomplexobj(x)


def _getmaxmin(t):
    """The largest and the smallest finite number of a float dtype."""
    limits = finfo(t)
    return limits.max, limits.min


def _nan_to_num_dispatcher(x, copy=None, nan=None, posinf=None, neginf=None):
    return (x,)


@array_function_dispatch(_nan_to_num_dispatcher)
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """`x` with nan and infinities replaced by numbers.

    Infinities become the largest and smallest finite numbers of the dtype
    unless `posinf` and `neginf` say otherwise. The replacements may be
    arrays. Real and imaginary parts are treated alike; other dtypes come
    back as they are. ``copy=False`` works in place where it can.

    Parameters
    ----------
    x : array_like
    copy : bool, optional
        Whether to leave `x` as it is.
    nan : scalar, optional
        What NaN becomes.
    posinf : scalar, optional
        What infinity becomes; the largest finite number by default.
    neginf : scalar, optional
        What minus infinity becomes; the least finite number by default.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.nan_to_num([np.nan, 1.0, np.inf], posinf=9)
    array([0., 1., 9.])
    """
    x = array(x, subok=True, copy=copy if copy else None)
    kind = x.dtype.type
    scalar = x.ndim == 0
    if not issubclass(kind, inexact):
        return x[()] if scalar else x
    largest, smallest = _getmaxmin(x.real.dtype)
    if posinf is not None:
        largest = posinf
    if neginf is not None:
        smallest = neginf
    parts = (x.real, x.imag) if issubclass(kind, complexfloating) else (x,)
    for part in parts:
        where_nan = isnan(part)
        where_high = isposinf(part)
        where_low = isneginf(part)
        copyto(part, nan, where=where_nan)
        copyto(part, largest, where=where_high)
        copyto(part, smallest, where=where_low)
    return x[()] if scalar else x


def _real_if_close_dispatcher(a, tol=None):
    return (a,)


@array_function_dispatch(_real_if_close_dispatcher)
def real_if_close(a, tol=100):
    """The real part of `a` if all imaginary parts are close to zero.

    `tol` is in units of the dtype's epsilon if larger than 1, else an
    absolute bound.

    Parameters
    ----------
    a : array_like
    tol : float, optional
        The greatest imaginary part: as a multiple of the dtype's epsilon when above 1, else as it is.

    Returns
    -------
    ndarray, real where that is so.

    Examples
    --------
    >>> np.real_if_close([2.1 + 4e-15j])
    array([2.1])
    """
    a = asanyarray(a)
    kind = a.dtype.type
    if not issubclass(kind, complexfloating):
        return a
    if tol > 1:
        tol = finfo(kind).eps * tol
    if (absolute(a.imag) < tol).all():
        return a.real
    return a


_TYPE_NAMES = {
    'S1': 'character',
    '?': 'bool',
    'b': 'signed char',
    'B': 'unsigned char',
    'h': 'short',
    'H': 'unsigned short',
    'i': 'integer',
    'I': 'unsigned integer',
    'l': 'long integer',
    'L': 'unsigned long integer',
    'q': 'long long integer',
    'Q': 'unsigned long long integer',
    'f': 'single precision',
    'd': 'double precision',
    'g': 'long precision',
    'F': 'complex single precision',
    'D': 'complex double precision',
    'G': 'complex long double precision',
    'S': 'string',
    'U': 'unicode',
    'V': 'void',
    'O': 'object',
}


@set_module('numpy')
def typename(char):
    """What the type of a typecode is called. KeyError for unknown codes.

    Parameters
    ----------
    char : str
        The letter of a type.

    Returns
    -------
    str.

    Examples
    --------
    >>> np.typename('d')
    'double precision'
    """
    return _TYPE_NAMES[char]


def _common_type_dispatcher(*arrays):
    return arrays


@array_function_dispatch(_common_type_dispatcher)
def common_type(*arrays):
    """The inexact scalar type that all arrays can be computed in.

    Integers count as float64. TypeError for arrays that aren't numeric.

    Parameters
    ----------
    *arrays : ndarray

    Returns
    -------
    type: a floating-point or complex scalar type.

    Examples
    --------
    >>> np.common_type(np.arange(2, dtype=np.float32)) is np.float32
    True
    """
    common = _dtype('f2')
    for a in arrays:
        kind = a.dtype.kind
        if kind in 'ium':
            dtype = _dtype('f8')
        elif kind in 'fc':
            dtype = a.dtype
        else:
            raise TypeError(f"can't get common type for non-numeric array of dtype {a.dtype}")
        common = promote_types(common, dtype)
    return common.type
