"""Views made by arithmetic on shape and strides: broadcasting and windows."""

from .._core.multiarray import array, asarray, broadcast, ndarray
from .._core.numeric import normalize_axis_tuple
from .._engine import _as_strided, nditer
from .._utils import set_module
from ._dispatch import array_function_dispatch

__all__ = ['broadcast_to', 'broadcast_arrays', 'broadcast_shapes']


class DummyArray:
    """Carries an array interface together with the owner of its memory."""

    def __init__(self, interface, base=None):
        self.__array_interface__ = interface
        self.base = base


def _maybe_view_as_subclass(original_array, new_array):
    """`new_array` as a view of `original_array`'s class, with its attributes."""
    if type(original_array) is not type(new_array):
        new_array = new_array.view(type=type(original_array))
        if new_array.__array_finalize__:
            new_array.__array_finalize__(original_array)
    return new_array


def _dense_strides(shape, itemsize):
    strides = []
    for extent in reversed(shape):
        strides.insert(0, itemsize)
        itemsize *= max(extent, 1)
    return tuple(strides)


@set_module('numpy.lib.stride_tricks')
def as_strided(x, shape=None, strides=None, subok=False, writeable=True, *, check_bounds=True):
    """A view of `x`'s memory with any shape and strides, from its first element on.

    Elements may overlap: prefer `sliding_window_view` or `broadcast_to`.
    An omitted `shape` is `x`'s; omitted `strides` are those of dense elements
    in C order if `x`'s are such, else `x`'s own. ValueError if an element would
    lie outside of the memory that `x`'s owner holds; with
    ``check_bounds=False`` nobody asks, and reading or writing there may end
    the process.

    Parameters
    ----------
    x : array_like
        Whose memory to look at.
    shape : sequence of int, optional
        The new shape.
    strides : sequence of int, optional
        The new strides, in bytes.
    subok : bool, optional
        Whether a subclass of ndarray passes through.
    writeable : bool, optional
        Whether the view may be written to.
    check_bounds : bool, optional
        Whether all elements must lie within the owner's memory.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> x = np.arange(4)
    >>> np.lib.stride_tricks.as_strided(x, (3, 2), (8, 8))
    array([[0, 1],
           [1, 2],
           [2, 3]])
    """
    x = array(x, copy=None, subok=subok)
    shape = x.shape if shape is None else tuple(shape)
    if strides is not None:
        strides = tuple(strides)
    else:
        strides = _dense_strides(shape, x.itemsize) if x.flags.c_contiguous else x.strides
    view = _as_strided(x, shape, strides, check_bounds)
    view = _maybe_view_as_subclass(x, view)
    if view.flags.writeable and not writeable:
        view.flags.writeable = False
    return view


def _sliding_window_view_dispatcher(x, window_shape, axis=None, *, subok=None, writeable=None):
    return (x,)


@array_function_dispatch(_sliding_window_view_dispatcher, module='numpy.lib.stride_tricks')
def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """All windows of `window_shape` over `x`, as a view with more axes.

    `window_shape` is an int or a tuple; `axis` says which axes slide (all by
    default, one may repeat). The shape is that of the window positions, then
    of the window. ValueError for negative or too large windows, or a wrong
    number of them.

    Parameters
    ----------
    x : array_like
    window_shape : int or tuple of int
        The lengths of the windows.
    axis : int or tuple of int, optional
        The axes that they slide along; None takes all.
    subok : bool, optional
        Whether a subclass of ndarray passes through.
    writeable : bool, optional
        Whether the view may be written to.

    Returns
    -------
    ndarray, a view; the windows' axes are the last ones.

    Examples
    --------
    >>> np.lib.stride_tricks.sliding_window_view(np.arange(4), 3)
    array([[0, 1, 2],
           [1, 2, 3]])
    """
    window = tuple(window_shape) if hasattr(window_shape, '__iter__') else (window_shape,)
    x = array(x, copy=None, subok=subok)
    if any(size < 0 for size in window):
        raise ValueError(f"`window_shape` cannot contain negative values: {window}")
    if axis is None:
        axis = tuple(range(x.ndim))
        if len(window) != x.ndim:
            raise ValueError(
                "Since axis is `None`, must provide window_shape for all "
                f"dimensions of `x`; got {len(window)} window_shape elements "
                f"and `x.ndim` is {x.ndim}."
            )
    else:
        axis = normalize_axis_tuple(axis, x.ndim, allow_duplicate=True)
        if len(window) != len(axis):
            raise ValueError(
                "Must provide matching length window_shape and axis; got "
                f"{len(window)} window_shape elements and {len(axis)} axes "
                "elements."
            )
    shape = list(x.shape)
    for i, size in zip(axis, window):
        if shape[i] < size:
            raise ValueError(f"window shape cannot be larger than input array shape: {window} over {x.shape}")
        shape[i] -= size - 1
    return as_strided(
        x,
        subok=subok,
        writeable=writeable,
        shape=tuple(shape) + window,
        strides=x.strides + tuple(x.strides[i] for i in axis),
    )


def _broadcast_to(array_like, shape, subok, readonly):
    """`array_like` repeated to `shape` as a view of stride 0."""
    shape = tuple(shape) if hasattr(shape, '__iter__') else (shape,)
    x = array(array_like, copy=None, subok=subok)
    if not shape and x.shape:
        raise ValueError(f'cannot broadcast a non-scalar to a scalar array: input has shape {x.shape}')
    if any(type(size) is bool for size in shape):
        raise TypeError(f'an integer is required, not a bool: {shape}')
    if any(size < 0 for size in shape):
        raise ValueError(f'all elements of broadcast shape must be non-negative: {shape}')
    if shape:
        iterator = nditer(
            (x,), flags=['multi_index', 'refs_ok', 'zerosize_ok'], op_flags=['readonly'], itershape=shape, order='C'
        )
        with iterator:
            view = iterator.itviews[0]
    else:
        # An iterator over no axis has none to give its view.
        view = x.view()
        view.flags.writeable = False
    if view.shape != shape:
        raise ValueError(f'cannot broadcast an array of shape {x.shape} to shape {shape}')
    view = _maybe_view_as_subclass(x, view)
    # Writing through a broadcast array warns before it works: see the flag.
    if not readonly and x.flags._writeable_no_warn:
        view.flags.writeable = True
        view.flags._warn_on_write = True
    return view


def _broadcast_to_dispatcher(array, shape, subok=None):
    return (array,)


@array_function_dispatch(_broadcast_to_dispatcher, module='numpy')
def broadcast_to(array, shape, subok=False):
    """`array` broadcast to `shape`: a read-only view.

    Several elements may share one place in memory. ValueError if the shapes
    don't broadcast.

    Parameters
    ----------
    array : array_like
    shape : int or tuple of int
        The lengths of the axes.
    subok : bool, optional
        Whether a subclass of ndarray passes through.

    Returns
    -------
    ndarray, a read-only view.

    Examples
    --------
    >>> np.broadcast_to([1, 2], (2, 2))
    array([[1, 2],
           [1, 2]])
    """
    return _broadcast_to(array, shape, subok=subok, readonly=True)


# `broadcast` takes a limited number of operands at a time.
_GROUP = 32


def _broadcast_shape(*args):
    """The shape that the arrays `args` broadcast to."""
    if not args:
        return ()
    b = broadcast(*args[:_GROUP])
    for start in range(_GROUP, len(args), _GROUP - 1):
        # The shape so far stands in as one operand more.
        b = broadcast(broadcast_to(0, b.shape), *args[start : start + _GROUP - 1])
    return b.shape


_SHAPE_ONLY = 'V0'


@set_module('numpy')
def broadcast_shapes(*args):
    """The shape that arrays of the shapes `args` broadcast to.

    Each is a tuple or an int. ValueError if they don't broadcast.

    Parameters
    ----------
    *args : int or tuple of int
        Shapes.

    Returns
    -------
    tuple of int.

    Examples
    --------
    >>> np.broadcast_shapes((3, 1), (1, 4), 4)
    (3, 4)
    """
    # Arrays of zero-size elements: any shape, no memory.
    return _broadcast_shape(*(ndarray(shape, dtype=_SHAPE_ONLY) for shape in args))


def _broadcast_arrays_dispatcher(*args, subok=None):
    return args


@array_function_dispatch(_broadcast_arrays_dispatcher, module='numpy')
def broadcast_arrays(*args, subok=False):
    """The arrays `args` broadcast against each other, as a tuple of views.

    Arrays that have the common shape already are returned as they are.
    ValueError if they don't broadcast.

    Parameters
    ----------
    *args : array_like
    subok : bool, optional
        Whether a subclass of ndarray passes through.

    Returns
    -------
    tuple of ndarray: views of the common shape.

    Examples
    --------
    >>> np.broadcast_arrays([1, 2], [[3], [4]])[1]
    array([[3, 3],
           [4, 4]])
    """
    arrays = [array(x, copy=None, subok=subok) for x in args]
    shape = _broadcast_shape(*arrays)
    return tuple(x if x.shape == shape else _broadcast_to(x, shape, subok=subok, readonly=False) for x in arrays)
