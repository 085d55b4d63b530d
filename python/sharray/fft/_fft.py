"""Fourier transforms: complex, real and Hermitian, along one axis or several.

Singles and what is narrower are computed in float32 and give complex64 (float32)
results; all else is computed in float64, longdouble included, which gets its own
dtype back. Along one axis the engine does everything; several are loops here.
"""

import functools

import sharray as np

from .._core.overrides import dispatch_on
from .._engine import _fft

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
    return _fft("fft", a, n, axis, norm, out)


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
    return _fft("ifft", a, n, axis, norm, out)


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
    return _fft("rfft", a, n, axis, norm, out)


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
    return _fft("irfft", a, n, axis, norm, out)


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
    return _fft("hfft", a, n, axis, norm, out)


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
    return _fft("ihfft", a, n, axis, norm, out)


def _sizes_and_axes(a, s, axes, depth, inverse_real=False):
    """Lengths and axes of a transform over several axes; `depth`: calls between the user's and this one."""
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
                stacklevel=depth + 2,
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
            stacklevel=depth + 2,
        )
        s = [a.shape[axis] if length is None else length for length, axis in zip(s, axes, strict=True)]
    return [a.shape[axis] if length == -1 else length for length, axis in zip(s, axes, strict=True)], list(axes)


def _in_turn(name, a, s, axes, norm, out, spare=False):
    """The transform along each of the axes, the last one first; `spare`: `a` is ours to write to."""
    for length, axis in zip(reversed(s), reversed(axes), strict=True):
        a = _fft(name, a, length, axis, norm, out, spare)
        spare = out is None
    return a


def _over_axes(name, a, s, axes, norm, out):
    a = np.asarray(a)
    s, axes = _sizes_and_axes(a, s, axes, 2)
    return _in_turn(name, a, s, axes, norm, out)


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
    return _over_axes("fft", a, s, axes, norm, out)


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
    return _over_axes("ifft", a, s, axes, norm, out)


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
    return _over_axes("fft", a, s, axes, norm, out)


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
    return _over_axes("ifft", a, s, axes, norm, out)


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
    s, axes = _sizes_and_axes(a, s, axes, 1)
    a = _fft("rfft", a, s[-1], axes[-1], norm, out)
    return _in_turn("fft", a, s[:-1], axes[:-1], norm, out, spare=out is None)


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
    s, axes = _sizes_and_axes(a, s, axes, 1, inverse_real=True)
    for place in range(len(axes) - 1):
        a = _fft("ifft", a, s[place], axes[place], norm, None, place > 0)
    return _fft("irfft", a, s[-1], axes[-1], norm, out)


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
