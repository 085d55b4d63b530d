"""`vectorize`: broadcasting for Python functions of scalars or of sub-arrays.

Without a signature the function goes through `frompyfunc`, elementwise.
With one, such as ``'(m,n),(n)->(m)'``, a Python loop runs over the broadcast
loop dimensions and hands each call the core sub-arrays.
"""

import re

from .._core.multiarray import (
    asanyarray,
    asarray,
    dtype as _dtype,
    empty,
    empty_like,
)
from .._core.numerictypes import typecodes
from .._core.umath import frompyfunc
from .._globals import _NoValue
from .._utils import set_module
from ._index_tricks_impl import ndindex
from ._stride_tricks_impl import broadcast_shapes, broadcast_to

__all__ = ['vectorize']

_SPACE = re.compile(r'\s+')
_NAME = r'\w+'
_CORE = rf'\((?:{_NAME}(?:,{_NAME})*)?\)'
_LIST = rf'{_CORE}(?:,{_CORE})*'
_SIGNATURE = re.compile(rf'{_LIST}->{_LIST}')


def _parse_gufunc_signature(signature):
    """``'(a,b),()->(b)'`` as ``([('a', 'b'), ()], [('b',)])``.

    ValueError for text of another form.
    """
    compact = _SPACE.sub('', signature)
    if not _SIGNATURE.fullmatch(compact):
        raise ValueError(f'not a valid gufunc signature: {signature}')
    return tuple([tuple(re.findall(_NAME, core)) for core in re.findall(_CORE, side)] for side in compact.split('->'))


def _update_dim_sizes(dim_sizes, arg, core_dims):
    """Enter the sizes of `arg`'s core dimensions; ValueError if they clash."""
    if not core_dims:
        return
    count = len(core_dims)
    if arg.ndim < count:
        raise ValueError(
            f'{arg.ndim}-dimensional argument does not have enough dimensions for all core dimensions {core_dims!r}'
        )
    for name, size in zip(core_dims, arg.shape[-count:]):
        known = dim_sizes.setdefault(name, size)
        if known != size:
            raise ValueError(f'inconsistent size for core dimension {name!r}: {size} and {known}')


def _parse_input_dimensions(args, input_core_dims):
    """The loop shape of all arguments together, and the core sizes by name."""
    sizes = {}
    loop_shapes = []
    for arg, core in zip(args, input_core_dims):
        _update_dim_sizes(sizes, arg, core)
        loop_shapes.append(arg.shape[: arg.ndim - len(core)])
    return broadcast_shapes(*loop_shapes), sizes


def _calculate_shapes(broadcast_shape, dim_sizes, list_of_core_dims):
    """The full shape of each operand: loop dimensions, then core sizes."""
    return [broadcast_shape + tuple(dim_sizes[name] for name in core) for core in list_of_core_dims]


def _create_arrays(broadcast_shape, dim_sizes, list_of_core_dims, dtypes, results=None):
    """Empty outputs; dtypes that are None come from the first results."""
    shapes = _calculate_shapes(broadcast_shape, dim_sizes, list_of_core_dims)
    if dtypes is None:
        dtypes = [None] * len(shapes)
    outputs = []
    for i, (shape, dtype) in enumerate(zip(shapes, dtypes)):
        like = None if results is None else asanyarray(results[i])
        if dtype is None and like is not None:
            dtype = like.dtype
        outputs.append(empty(shape, dtype=dtype) if like is None else empty_like(like, shape=shape, dtype=dtype))
    return outputs


def _as_output(value, otype, single):
    """What the elementwise function gave, as an array of dtype `otype`."""
    if single and _dtype(otype).kind == 'O':
        # One result, be it a list or an array: it is the element itself.
        result = empty((), dtype=object)
        result[()] = value
        return result
    return asanyarray(value, dtype=otype)


def _get_vectorize_dtype(dtype):
    """A dtype as `vectorize` keeps it: text lengths are left open."""
    return dtype.char if dtype.kind in 'SU' else dtype


@set_module('numpy')
class vectorize:
    """A function of scalars (or of core sub-arrays) as a function of arrays.

    `pyfunc` is called once per element of the broadcast arguments. `otypes`
    (typecodes or a list of dtypes) gives the output dtypes, else the first
    call shows them; `cache` keeps that first result. `excluded` names
    arguments (positions or keywords) that are passed through whole.
    `signature` such as ``'(n),(n)->()'`` names core dimensions. Without
    `pyfunc` it is a decorator. Convenience, not speed: each element costs a
    Python call.

    Parameters
    ----------
    pyfunc : callable, optional
        The function; without it a decorator is made.
    otypes : str or list of dtype, optional
        The dtypes of the results; found by a first call otherwise.
    doc : str, optional
        The docstring; that of the function by default.
    excluded : set of int or str, optional
        Arguments that are handed over whole.
    cache : bool, optional
        Whether to keep the first call's result, instead of calling again.
    signature : str, optional
        Core dimensions, as in '(n),(n)->()'.

    Examples
    --------
    >>> clip_sum = np.vectorize(lambda a, b: min(a + b, 5))
    >>> clip_sum([1, 2, 3], 2)
    array([3, 4, 5])
    """

    def __init__(self, pyfunc=_NoValue, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        if pyfunc is not _NoValue and not callable(pyfunc):
            # The most likely mistake: decorator options given by position.
            part1 = "When used as a decorator, "
            part2 = "only accepts keyword arguments."
            raise TypeError(part1 + part2)
        self.pyfunc = pyfunc
        self.cache = cache
        self.signature = signature
        self.excluded = set() if excluded is None else set(excluded)
        self.otypes = self._checked_otypes(otypes)
        self._in_and_out_core_dims = None if signature is None else _parse_gufunc_signature(signature)
        self._ufunc = {}
        self._doc = None
        self.__doc__ = doc
        if doc is None and hasattr(pyfunc, '__doc__'):
            self.__doc__ = pyfunc.__doc__
        else:
            self._doc = doc
        if callable(pyfunc):
            self._adopt_metadata(pyfunc)

    def _adopt_metadata(self, pyfunc):
        """Take over `pyfunc`'s name and doc, as a decorator should."""
        if self._doc is None:
            self.__doc__ = pyfunc.__doc__
        self.__name__ = getattr(pyfunc, '__name__', None)
        if self.__name__ is None:
            del self.__name__
        self.__wrapped__ = pyfunc

    @staticmethod
    def _checked_otypes(otypes):
        if otypes is None:
            return None
        if isinstance(otypes, str):
            for char in otypes:
                if char not in typecodes['All']:
                    raise ValueError(f"Invalid otype specified: {char}")
            return otypes
        try:
            return [_get_vectorize_dtype(_dtype(t)) for t in otypes]
        except TypeError:
            raise ValueError(f"Invalid otype specification: {otypes!r}") from None

    def _init_stage_2(self, pyfunc, *args, **kwargs):
        """As a decorator: receive the function after the options."""
        self.pyfunc = pyfunc
        self._adopt_metadata(pyfunc)

    def __call__(self, *args, **kwargs):
        if self.pyfunc is _NoValue:
            self._init_stage_2(*args, **kwargs)
            return self
        return self._call_as_normal(*args, **kwargs)

    def _call_as_normal(self, *args, **kwargs):
        """Set excluded and keyword arguments aside, then vectorize the rest."""
        excluded = self.excluded
        if not kwargs and not excluded:
            return self._vectorize_call(self.pyfunc, args)
        fixed = list(args)
        names = [name for name in kwargs if name not in excluded]
        positions = [i for i in range(len(args)) if i not in excluded]

        def call(*varying):
            for i, value in zip(positions, varying):
                fixed[i] = value
            kwargs.update(zip(names, varying[len(positions) :]))
            return self.pyfunc(*fixed, **kwargs)

        varying = [args[i] for i in positions]
        varying.extend(kwargs[name] for name in names)
        return self._vectorize_call(call, varying)

    def _get_ufunc_and_otypes(self, func, args):
        """The elementwise function to run, and the output dtypes."""
        if not args:
            raise ValueError('args can not be empty')
        if self.otypes is not None:
            return self._cached_ufunc(func, len(args), len(self.otypes)), self.otypes
        args = [asarray(arg) for arg in args]
        if any(arg.size == 0 for arg in args):
            raise ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set')
        outputs = func(*(arg.flat[0] for arg in args))
        nout = len(outputs) if isinstance(outputs, tuple) else 1
        if nout == 1 and not isinstance(outputs, tuple):
            outputs = (outputs,)
        otypes = [_get_vectorize_dtype(asarray(out).dtype) for out in outputs]
        if self.cache:
            func = self._replay_first(func, outputs if nout > 1 else outputs[0])
        return frompyfunc(func, len(args), nout), otypes

    def _cached_ufunc(self, func, nin, nout):
        """The ufunc for `func`, kept as long as it is the function itself."""
        if func is not self.pyfunc:
            return frompyfunc(func, nin, nout)
        if nin not in self._ufunc:
            self._ufunc[nin] = frompyfunc(func, nin, nout)
        return self._ufunc[nin]

    @staticmethod
    def _replay_first(func, first):
        """`func`, but its first call answers with the result already known."""
        waiting = [first]

        def call(*args):
            return waiting.pop() if waiting else func(*args)

        return call

    def _vectorize_call(self, func, args):
        if self.signature is not None:
            return self._vectorize_call_with_signature(func, args)
        if not args:
            return func()
        ufunc, otypes = self._get_ufunc_and_otypes(func, args)
        # The results are objects first: the function may return anything.
        inputs = [asanyarray(arg, dtype=object) for arg in args]
        outputs = ufunc(*inputs)
        if ufunc.nout == 1:
            outputs = (outputs,)
        single = not any(x.ndim for x in inputs)
        results = tuple(_as_output(out, otype, single) for out, otype in zip(outputs, otypes))
        return results[0] if ufunc.nout == 1 else results

    def _vectorize_call_with_signature(self, func, args):
        """The loop over sub-arrays for functions with core dimensions."""
        in_core, out_core = self._in_and_out_core_dims
        if len(args) != len(in_core):
            raise TypeError(f'wrong number of positional arguments: expected {len(in_core)}, got {len(args)}')
        args = tuple(asanyarray(arg) for arg in args)
        loop_shape, sizes = _parse_input_dimensions(args, in_core)
        shapes = _calculate_shapes(loop_shape, sizes, in_core)
        args = [broadcast_to(arg, shape, subok=True) for arg, shape in zip(args, shapes)]

        outputs = None
        for index in ndindex(*loop_shape):
            results = func(*(arg[index] for arg in args))
            results = self._checked_results(results, len(out_core))
            if outputs is None:
                for result, core in zip(results, out_core):
                    _update_dim_sizes(sizes, asanyarray(result), core)
                outputs = _create_arrays(loop_shape, sizes, out_core, self.otypes, results)
            for output, result in zip(outputs, results):
                output[index] = result
        if outputs is None:
            outputs = self._empty_outputs(loop_shape, sizes, out_core)
        return outputs[0] if len(outputs) == 1 else tuple(outputs)

    @staticmethod
    def _checked_results(results, expected):
        count = len(results) if isinstance(results, tuple) else 1
        if count != expected:
            raise ValueError(f'wrong number of outputs from pyfunc: expected {expected}, got {count}')
        return (results,) if expected == 1 and not isinstance(results, tuple) else results

    def _empty_outputs(self, loop_shape, sizes, out_core):
        """Outputs where the loop ran over nothing."""
        if self.otypes is None:
            raise ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set')
        if any(name not in sizes for core in out_core for name in core):
            raise ValueError(
                'cannot call `vectorize` with a signature including new output dimensions on size 0 inputs'
            )
        return _create_arrays(loop_shape, sizes, out_core, self.otypes)
