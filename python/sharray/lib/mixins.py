"""Operators for classes that implement `__array_ufunc__`."""

from .._core import umath

__all__ = ['NDArrayOperatorsMixin']


def _disables_array_ufunc(obj):
    """Whether `obj` has said that ufuncs are not for it."""
    try:
        return obj.__array_ufunc__ is None
    except AttributeError:
        return False


def _named(method, name):
    method.__name__ = f'__{name}__'
    return method


def _binary_method(ufunc, name):
    def method(self, other):
        if _disables_array_ufunc(other):
            return NotImplemented
        return ufunc(self, other)

    return _named(method, name)


def _reflected_binary_method(ufunc, name):
    def method(self, other):
        if _disables_array_ufunc(other):
            return NotImplemented
        return ufunc(other, self)

    return _named(method, f'r{name}')


def _inplace_binary_method(ufunc, name):
    def method(self, other):
        return ufunc(self, other, out=(self,))

    return _named(method, f'i{name}')


def _numeric_methods(ufunc, name):
    """The method for ``a op b``, its reflected and its in-place form."""
    return (_binary_method(ufunc, name), _reflected_binary_method(ufunc, name), _inplace_binary_method(ufunc, name))


def _unary_method(ufunc, name):
    def method(self):
        return ufunc(self)

    return _named(method, name)


class NDArrayOperatorsMixin:
    """Defines all operators by calling the ufuncs of the same meaning.

    A class that has it need only write `__array_ufunc__`. An operand that
    sets ``__array_ufunc__ = None`` gets its own reflected method called.

    >>> class Wrapped(np.lib.mixins.NDArrayOperatorsMixin):
    ...     def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
    ...         return f'{ufunc.__name__} was called'
    >>> Wrapped() + 1
    'add was called'
    """

    __slots__ = ()

    __lt__ = _binary_method(umath.less, 'lt')
    __le__ = _binary_method(umath.less_equal, 'le')
    __eq__ = _binary_method(umath.equal, 'eq')
    __ne__ = _binary_method(umath.not_equal, 'ne')
    __gt__ = _binary_method(umath.greater, 'gt')
    __ge__ = _binary_method(umath.greater_equal, 'ge')

    __add__, __radd__, __iadd__ = _numeric_methods(umath.add, 'add')
    __sub__, __rsub__, __isub__ = _numeric_methods(umath.subtract, 'sub')
    __mul__, __rmul__, __imul__ = _numeric_methods(umath.multiply, 'mul')
    __matmul__, __rmatmul__, __imatmul__ = _numeric_methods(umath.matmul, 'matmul')
    __truediv__, __rtruediv__, __itruediv__ = _numeric_methods(umath.true_divide, 'truediv')
    __floordiv__, __rfloordiv__, __ifloordiv__ = _numeric_methods(umath.floor_divide, 'floordiv')
    __mod__, __rmod__, __imod__ = _numeric_methods(umath.remainder, 'mod')
    __divmod__ = _binary_method(umath.divmod, 'divmod')
    __rdivmod__ = _reflected_binary_method(umath.divmod, 'divmod')
    __pow__, __rpow__, __ipow__ = _numeric_methods(umath.power, 'pow')
    __lshift__, __rlshift__, __ilshift__ = _numeric_methods(umath.left_shift, 'lshift')
    __rshift__, __rrshift__, __irshift__ = _numeric_methods(umath.right_shift, 'rshift')
    __and__, __rand__, __iand__ = _numeric_methods(umath.bitwise_and, 'and')
    __xor__, __rxor__, __ixor__ = _numeric_methods(umath.bitwise_xor, 'xor')
    __or__, __ror__, __ior__ = _numeric_methods(umath.bitwise_or, 'or')

    __neg__ = _unary_method(umath.negative, 'neg')
    __pos__ = _unary_method(umath.positive, 'pos')
    __abs__ = _unary_method(umath.absolute, 'abs')
    __invert__ = _unary_method(umath.invert, 'invert')
