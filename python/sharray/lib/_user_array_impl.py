"""`container`: an array held in an attribute, for classes that can't inherit it."""

from .._core import umath
from .._core.multiarray import array, asarray
from .._utils import set_module


def _binary(ufunc):
    def method(self, other):
        return self._rc(ufunc(self.array, other))

    return method


def _reflected(ufunc):
    def method(self, other):
        return self._rc(ufunc(other, self.array))

    return method


def _inplace(ufunc):
    def method(self, other):
        ufunc(self.array, other, self.array)
        return self

    return method


def _all_three(ufunc):
    """The method for ``a op b``, its reflected and its in-place form."""
    return _binary(ufunc), _reflected(ufunc), _inplace(ufunc)


@set_module("numpy.lib.user_array")
class container:
    """Holds an array in `array` and behaves like it: operators, indexing.

    Results of operators are containers again.

    Parameters
    ----------
    data : array_like
    dtype : dtype, optional
    copy : bool, optional
        Whether to copy the data.

    Examples
    --------
    >>> from sharray.lib.user_array import container
    >>> container([1, 2]) + 1
    container([2, 3])
    """

    def __init__(self, data, dtype=None, copy=True):
        self.array = array(data, dtype, copy=copy)

    def __repr__(self):
        if self.ndim > 0:
            return type(self).__name__ + repr(self.array)[len("array") :]
        return f"{type(self).__name__}({self.array!r})"

    def __array__(self, t=None):
        return self.array.__array__(t)

    def __len__(self):
        return len(self.array)

    def __getitem__(self, index):
        return self._rc(self.array[index])

    def __setitem__(self, index, value):
        self.array[index] = asarray(value, self.dtype)

    def __abs__(self):
        return self._rc(umath.absolute(self.array))

    def __neg__(self):
        return self._rc(-self.array)

    def __invert__(self):
        return self._rc(umath.invert(self.array))

    __add__, __radd__, __iadd__ = _all_three(umath.add)
    __sub__, __rsub__, __isub__ = _all_three(umath.subtract)
    __mul__, __rmul__, __imul__ = _all_three(umath.multiply)
    __mod__, __rmod__, __imod__ = _all_three(umath.remainder)
    __pow__, __rpow__, __ipow__ = _all_three(umath.power)
    __lshift__, __rlshift__, __ilshift__ = _all_three(umath.left_shift)
    __rshift__, __rrshift__, __irshift__ = _all_three(umath.right_shift)
    __and__, __rand__, __iand__ = _all_three(umath.bitwise_and)
    __xor__, __rxor__, __ixor__ = _all_three(umath.bitwise_xor)
    __or__, __ror__, __ior__ = _all_three(umath.bitwise_or)
    __truediv__, __rtruediv__, __itruediv__ = _all_three(umath.true_divide)
    __floordiv__, __rfloordiv__, __ifloordiv__ = _all_three(umath.floor_divide)
    __divmod__ = _binary(umath.divmod)
    __rdivmod__ = _reflected(umath.divmod)
    __lt__ = _binary(umath.less)
    __le__ = _binary(umath.less_equal)
    __eq__ = _binary(umath.equal)
    __ne__ = _binary(umath.not_equal)
    __gt__ = _binary(umath.greater)
    __ge__ = _binary(umath.greater_equal)
    __hash__ = None

    def _scalarfunc(self, func):
        if self.ndim == 0:
            return func(self.array[()])
        raise TypeError(f"only rank-0 arrays can be converted to Python scalars, this one has {self.ndim} dimensions.")

    def __complex__(self):
        return self._scalarfunc(complex)

    def __float__(self):
        return self._scalarfunc(float)

    def __int__(self):
        return self._scalarfunc(int)

    def __hex__(self):
        return self._scalarfunc(hex)

    def __oct__(self):
        return self._scalarfunc(oct)

    def _rc(self, a):
        """A result as a container; scalars stay what they are."""
        if isinstance(a, tuple):
            return tuple(map(self._rc, a))
        if len(getattr(a, 'shape', ())) == 0:
            return a
        return self.__class__(a)

    def copy(self):
        """A container of a copy of the array.

        Returns
        -------
        container.

        Examples
        --------
        >>> np.lib.user_array.container([1, 2]).copy().array
        array([1, 2])
        """
        return self._rc(self.array.copy())

    def tobytes(self):
        """The bytes of the array.

        Returns
        -------
        bytes.

        Examples
        --------
        >>> np.lib.user_array.container(np.array([1, 2], dtype="u1")).tobytes().hex()
        '0102'
        """
        return self.array.tobytes()

    def byteswap(self):
        """A container of the array with swapped bytes.

        Returns
        -------
        container.

        Examples
        --------
        >>> np.lib.user_array.container(np.array([1], dtype="i2")).byteswap().array
        array([256], dtype=int16)
        """
        return self._rc(self.array.byteswap())

    def astype(self, typecode):
        """A container of the array in another dtype.

        Parameters
        ----------
        typecode : dtype

        Returns
        -------
        container.

        Examples
        --------
        >>> np.lib.user_array.container([1, 2]).astype(float).array
        array([1., 2.])
        """
        return self._rc(self.array.astype(typecode))

    def __getattr__(self, attr):
        if attr == 'array':
            # Not set yet: no endless search.
            raise AttributeError(attr)
        return getattr(self.array, attr)

    def __setattr__(self, attr, value):
        if attr == 'array':
            object.__setattr__(self, attr, value)
            return
        try:
            self.array.__setattr__(attr, value)
        except AttributeError:
            object.__setattr__(self, attr, value)
