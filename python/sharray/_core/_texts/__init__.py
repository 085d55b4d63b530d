"""The docstrings of what is compiled: classes with their methods and attributes, ufuncs, functions.

The engine's objects come with a signature and a line; here stands what is to be known of them, in tables by chapter, so
that a text can be changed without compiling. `attach` hands the tables to the engine when the package is imported.
Functions and classes written in Python have their docstrings where they are written.
"""

from ... import _engine
from . import _functions, _iterators, _ndarray, _ndarray_work, _objects, _scalars, _ufuncs, _ufuncs_of_numbers

_INPUT_TO_OUTPUT = """\
out : ndarray or tuple of ndarray, optional
    Where the result goes; of the result's shape, and of a dtype it casts to.
"""
_WHERE = """\
where : array_like of bool, optional
    Which elements to compute, broadcast with the inputs; the others keep what `out` holds, and are not set without it.
"""
_AXES = """\
axes : list of tuple of int, optional
    For each operand the axes that hold its vectors or matrices; by default the last ones.
axis : int, optional
    The one axis of all operands, for products of vectors alone.
keepdims : bool, optional
    Whether axes that are summed over stay with length 1, for products of vectors alone.
"""
_COMMON = """\
casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
    Which casts of inputs and results are allowed.
order : {'K', 'C', 'F', 'A'}, optional
    The order of new results in memory; 'K' is that of the inputs.
dtype : dtype, optional
    The dtype to compute in and to return; otherwise the promoted dtype of the inputs decides.
subok : bool, optional
    Whether subclasses of ndarray pass through.
signature : str or tuple of dtype, optional
    The loop to use, as in 'dd->d'; `ufunc.types` lists them.
"""
_RAISES = """\
TypeError
    There is no loop for the operands' dtypes, or a cast is not allowed.
ValueError
    Shapes that can't be broadcast together.
"""


def _compose(row, more):
    """The docstring of a ufunc, from (what it does, inputs, result, examples)."""
    text, inputs, result, examples = row
    return (
        f"{text}\n\nParameters\n----------\n{inputs}\n{_INPUT_TO_OUTPUT}{more}{_COMMON}\n"
        f"Returns\n-------\n{result}\n\nRaises\n------\n{_RAISES}\nExamples\n--------\n{examples}"
    )


def _of_a_scalar(name, text):
    """What a method that scalars share with arrays does, from its text for arrays."""
    summary = f"The same as `ndarray.{name}`, for the value as an array without axes."
    _, title, rest = text.partition("\n\nParameters\n")
    parameters = rest.partition("\n\nReturns\n")[0]
    return f"{summary}{title}{parameters}"


def attach():
    """Gives the engine's objects their docstrings."""
    describe = _engine._describe
    rows = {**_ufuncs.UFUNCS, **_ufuncs_of_numbers.UFUNCS}
    describe(_engine, {name: _compose(row, _WHERE) for name, row in rows.items()})
    describe(_engine, {name: _compose(row, _AXES) for name, row in _ufuncs.GUFUNCS.items()})
    describe(_engine, _functions.FUNCTIONS)
    methods = {**_ndarray.NDARRAY, **_ndarray_work.METHODS}
    describe(_engine.ndarray, methods)
    for table in (_iterators, _objects):
        for name in vars(table):
            if name.isupper():
                describe(getattr(_engine, name.lower()), getattr(table, name))
    for name, texts in _scalars.SCALARS.items():
        describe(getattr(_engine, name), texts)
    shared = vars(_engine.generic)
    names = (name for name in methods if name in shared and callable(shared[name]))
    describe(_engine.generic, {name: _of_a_scalar(name, methods[name]) for name in names})
