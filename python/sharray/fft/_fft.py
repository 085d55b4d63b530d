"""Fourier transforms: complex, real and Hermitian, along one axis or several.

Everything is computed in float64; float32 and float16 input gives complex64
(float32) results, longdouble its own dtype with float64's precision.
"""

import functools

import sharray as np

from .._core._small_floats import is_small_float
from .._core.multiarray import normalize_axis_index
from .._core.overrides import dispatch_on
from ._transform import transform

__all__ = [
    "fft",
    "ifft",
    "rfft",
    "irfft",
    "hfft",
    "ihfft",
    "rfftn",
    "irfftn",
    "rfft2",
    "irfft2",
    "fft2",
    "ifft2",
    "fftn",
    "ifftn",
]

_public = functools.partial(dispatch_on, module="numpy.fft")
_OPPOSITE = {None: "forward", "backward": "forward", "ortho": "ortho", "forward": "backward"}


def _opposite(norm):
    if norm not in _OPPOSITE:
        raise ValueError(f'Invalid norm value {norm}; should be "backward","ortho" or "forward".')
    return _OPPOSITE[norm]


def _scale(n, forward, norm):
    """The factor of the result."""
    if norm not in _OPPOSITE:
        raise ValueError(f'Invalid norm value {norm}; should be "backward","ortho" or "forward".')
    if norm == "ortho":
        return 1 / n**0.5
    return 1 / n if (norm == "forward") == forward else 1.0


def _result_dtype(dtype, real):
    """The dtype of the result for input of `dtype`."""
    single, extended = dtype.char in "efF" or is_small_float(dtype), dtype.char in "gG"
    if real:
        return np.dtype("f4" if single else "g" if extended else "f8")
    return np.dtype("c8" if single else "G" if extended else "c16")


def _prepared(a, n, axis):
    """(array with the axis last and of length `n`, axis, original dtype)."""
    a = np.asarray(a)
    if n is None:
        n = a.shape[axis]
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    axis = normalize_axis_index(axis, a.ndim)
    return np.moveaxis(a, axis, -1), axis


def _sized(x, length):
    """`x` cut or filled with zeros to `length` along its last axis."""
    have = x.shape[-1]
    if have >= length:
        return x[..., :length]
    result = np.zeros(x.shape[:-1] + (length,), dtype=x.dtype)
    result[..., :have] = x
    return result


def _finished(values, axis, dtype, out):
    values = np.moveaxis(values, -1, axis)
    if out is None:
        return values.astype(dtype, copy=False)
    if not isinstance(out, np.ndarray):
        raise TypeError("return arrays must be of ArrayType")
    if out.shape != values.shape:
        raise ValueError(f"output array has wrong shape: {out.shape} in place of {values.shape}")
    if not np.can_cast(dtype, out.dtype, "same_kind"):
        raise TypeError(f"Cannot cast ufunc 'fft' output from {dtype!r} to {out.dtype!r} with casting rule 'same_kind'")
    out[...] = values
    return out


def _complex_transform(a, n, axis, forward, norm, out):
    x, axis = _prepared(a, n, axis)
    n = x.shape[-1] if n is None else n
    kind = _result_dtype(x.dtype, real=False)
    x = _sized(x.astype(np.complex128), n)
    return _finished(transform(x, -1 if forward else 1) * _scale(n, forward, norm), axis, kind, out)


@_public("a, out")
def fft(a, n=None, axis=-1, norm=None, out=None):
    """The transform ``sum(a[j] exp(-2πi jk / n))`` along `axis`.

    Parameters
    ----------
    a : array_like
    n : int, optional
        Length to which the axis is cut or filled with zeros.
    axis : int
    norm : 'backward', 'ortho' or 'forward'
        Which direction is divided by n, or both by its root.
    out : complex ndarray, optional

    Returns
    -------
    ndarray of complex.

    Raises
    ------
    ValueError
        n below 1, or an unknown `norm`.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.fft([1.0, 2.0])
    array([ 3.+0.j, -1.+0.j])
    """
    return _complex_transform(a, n, axis, True, norm, out)


@_public("a, out")
def ifft(a, n=None, axis=-1, norm=None, out=None):
    """The inverse of `fft`.

    Parameters
    ----------
    a : array_like
    n : int, optional
        The length to transform: the axis is cut, or filled with zeros.
    axis : int, optional
        The axis to transform.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.ifft([3.0, -1.0])
    array([1.+0.j, 2.+0.j])
    """
    return _complex_transform(a, n, axis, False, norm, out)


@_public("a, out")
def rfft(a, n=None, axis=-1, norm=None, out=None):
    """The first ``n // 2 + 1`` bins of the transform of real input, which hold all.

    TypeError for complex input.

    Parameters
    ----------
    a : array_like, real
    n : int, optional
        The length to transform: the axis is cut, or filled with zeros.
    axis : int, optional
        The axis to transform.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex; the axis has length n // 2 + 1.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.rfft([1.0, 2.0, 3.0, 4.0])
    array([10.+0.j, -2.+2.j, -2.+0.j])
    """
    x, axis = _prepared(a, n, axis)
    n = x.shape[-1] if n is None else n
    if x.dtype.kind not in "biuf":
        raise TypeError(f"ufunc 'rfft' not supported for the input type {x.dtype}: it takes real numbers")
    kind = _result_dtype(x.dtype, real=False)
    x = _sized(x.astype(np.float64), n)
    values = transform(x.astype(np.complex128), -1)[..., : n // 2 + 1]
    values.imag[..., 0] = 0
    if n % 2 == 0:
        values.imag[..., -1] = 0
    return _finished(values * _scale(n, True, norm), axis, kind, out)


@_public("a, out")
def irfft(a, n=None, axis=-1, norm=None, out=None):
    """The inverse of `rfft`: real output of length `n`, by default ``2 (m - 1)`` for m bins.

    Parameters
    ----------
    a : array_like
    n : int, optional
        The length of the result; 2 * (m - 1) by default.
    axis : int, optional
        The axis to transform.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of float.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.irfft([10, -2 + 2j, -2])
    array([1., 2., 3., 4.])
    """
    a = np.asarray(a)
    if n is None:
        n = (a.shape[axis] - 1) * 2
    x, axis = _prepared(a, n, axis)
    kind = _result_dtype(x.dtype, real=True)
    bins = _sized(x.astype(np.complex128), n // 2 + 1)
    whole = np.empty(bins.shape[:-1] + (n,), dtype=np.complex128)
    whole[..., : n // 2 + 1] = bins
    whole[..., n // 2 + 1 :] = bins[..., (n - 1) // 2 : 0 : -1].conj()
    whole.imag[..., 0] = 0
    if n % 2 == 0:
        whole.imag[..., n // 2] = 0
    return _finished(transform(whole, 1).real * _scale(n, False, norm), axis, kind, out)


@_public("a, out")
def hfft(a, n=None, axis=-1, norm=None, out=None):
    """The real spectrum of a signal with Hermitian symmetry, of which the first half is given.

    Parameters
    ----------
    a : array_like
    n : int, optional
        The length of the result; 2 * (m - 1) by default.
    axis : int, optional
        The axis to transform.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of float.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.hfft([1.0, 2.0])
    array([ 3., -1.])
    """
    a = np.asarray(a)
    if n is None:
        n = (a.shape[axis] - 1) * 2
    return irfft(np.conjugate(a), n, axis, norm=_opposite(norm), out=out)


@_public("a, out")
def ihfft(a, n=None, axis=-1, norm=None, out=None):
    """The inverse of `hfft`: the first half of a signal with Hermitian symmetry.

    Parameters
    ----------
    a : array_like, real
    n : int, optional
        The length to transform: the axis is cut, or filled with zeros.
    axis : int, optional
        The axis to transform.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex; the axis has length n // 2 + 1.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.ihfft([3.0, -1.0]).real
    array([1., 2.])
    """
    a = np.asarray(a)
    if n is None:
        n = a.shape[axis]
    result = rfft(a, n, axis, norm=_opposite(norm), out=out)
    return np.conjugate(result, out=result if out is not None else None)


def _sizes_and_axes(a, s, axes, inverse_real=False):
    """Lengths and axes of a transform over several axes."""
    given = s is not None
    if not given:
        s = list(a.shape) if axes is None else [a.shape[axis] for axis in axes]
    s = list(s)
    if axes is None:
        if given:
            import warnings

            warnings.warn(
                "`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a "
                "future version of NumPy, this will raise an error and `s[i]` will correspond to "
                "the size along the transformed axis specified by `axes[i]`.",
                DeprecationWarning,
                stacklevel=4,
            )
        axes = list(range(-len(s), 0))
    if len(s) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    if inverse_real and not given and s:
        s[-1] = (a.shape[axes[-1]] - 1) * 2
    if any(length is None for length in s):
        import warnings

        warnings.warn(
            "Passing an array containing `None` values to `s` is deprecated in NumPy 2.0 and will "
            "raise an error in a future version of NumPy.",
            DeprecationWarning,
            stacklevel=4,
        )
        s = [a.shape[axis] if length is None else length for length, axis in zip(s, axes, strict=True)]
    return [a.shape[axis] if length == -1 else length for length, axis in zip(s, axes, strict=True)], list(axes)


def _over_axes(function, a, s, axes, norm, out):
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes)
    for place in range(len(axes) - 1, -1, -1):
        a = function(a, n=s[place], axis=axes[place], norm=norm, out=out)
    return a


@_public("a, out")
def fftn(a, s=None, axes=None, norm=None, out=None):
    """The transform over several axes (all by default), with lengths `s`.

    Parameters
    ----------
    a : array_like
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; all, or the last ones of `s`, by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.fftn([[1.0, 2.0]])
    array([[ 3.+0.j, -1.+0.j]])
    """
    return _over_axes(fft, a, s, axes, norm, out)


@_public("a, out")
def ifftn(a, s=None, axes=None, norm=None, out=None):
    """The inverse of `fftn`.

    Parameters
    ----------
    a : array_like
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; all, or the last ones of `s`, by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex.

    Examples
    --------
    >>> np.fft.ifftn([[4, 0], [0, 0]])
    array([[1.+0.j, 1.+0.j],
           [1.+0.j, 1.+0.j]])
    """
    return _over_axes(ifft, a, s, axes, norm, out)


@_public("a, out")
def fft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The transform over two axes.

    Parameters
    ----------
    a : array_like
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; the last two by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex.

    Examples
    --------
    >>> np.fft.fft2([[1, 0], [0, 0]])
    array([[1.+0.j, 1.+0.j],
           [1.+0.j, 1.+0.j]])
    """
    return _over_axes(fft, a, s, axes, norm, out)


@_public("a, out")
def ifft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The inverse of `fft2`.

    Parameters
    ----------
    a : array_like
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; the last two by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex.

    Examples
    --------
    >>> np.fft.ifft2([[4, 0], [0, 0]])
    array([[1.+0.j, 1.+0.j],
           [1.+0.j, 1.+0.j]])
    """
    return _over_axes(ifft, a, s, axes, norm, out)


@_public("a, out")
def rfftn(a, s=None, axes=None, norm=None, out=None):
    """The transform of real input over several axes; the last one is halved as by `rfft`.

    Parameters
    ----------
    a : array_like, real
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; all, or the last ones of `s`, by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex; the last axis has length n // 2 + 1.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.rfftn([[1.0, 2.0]]).shape
    (1, 2)
    """
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes)
    a = rfft(a, s[-1], axes[-1], norm, out=out)
    for place in range(len(axes) - 2, -1, -1):
        a = fft(a, s[place], axes[place], norm, out=out)
    return a


@_public("a, out")
def rfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The transform of real input over two axes.

    Parameters
    ----------
    a : array_like, real
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; the last two by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of complex; the last axis has length n // 2 + 1.

    Examples
    --------
    >>> np.fft.rfft2([[1, 0], [0, 0]])
    array([[1.+0.j, 1.+0.j],
           [1.+0.j, 1.+0.j]])
    """
    return rfftn(a, s, axes, norm, out=out)


@_public("a, out")
def irfftn(a, s=None, axes=None, norm=None, out=None):
    """The inverse of `rfftn`; the last axis gets ``2 (m - 1)`` elements unless `s` says otherwise.

    Parameters
    ----------
    a : array_like
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; all, or the last ones of `s`, by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of float.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.irfftn(np.fft.rfftn([[1.0, 2.0]]))
    array([[1., 2.]])
    """
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes, inverse_real=True)
    for place in range(len(axes) - 1):
        a = ifft(a, s[place], axes[place], norm)
    return irfft(a, s[-1], axes[-1], norm, out=out)


@_public("a, out")
def irfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    """The inverse of `rfft2`.

    Parameters
    ----------
    a : array_like
    s : sequence of int, optional
        The lengths to transform, one for each axis; -1 leaves a length as it is.
    axes : sequence of int, optional
        The axes to transform; the last two by default.
    norm : {'backward', 'ortho', 'forward'}, optional
        Which direction is scaled by 1/n: back, both by its root, forth.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray of float.

    Examples
    --------
    >>> np.fft.irfft2([[4, 0], [0, 0]])
    array([[1., 1.],
           [1., 1.]])
    """
    return irfftn(a, s, axes, norm, out=out)
