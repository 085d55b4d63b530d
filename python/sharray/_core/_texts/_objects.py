"""What `dtype`, `ufunc` and `busdaycalendar` are, their methods and attributes; the empty name is the class."""

DTYPE = {
    "": """What the bytes of an array element mean: kind, size, byte order, fields.

Parameters
----------
dtype : str, type, list, tuple, dict or dtype
    A name ('float64', '<i4', 'datetime64[s]'), a Python or scalar type, or the fields of a structure.
align : bool, optional
    Whether the fields of a structure are padded as a C compiler does.
copy : bool, optional
    Whether to make a new object where one exists.
**kwargs
    `metadata`: a dict to attach.

Raises
------
TypeError
    What is no dtype.
ValueError
    A structure whose fields don't fit.

Examples
--------
>>> np.dtype("<f8") == np.float64
True
>>> np.dtype([("x", "f4"), ("n", "i2")]).itemsize
6""",
    "alignment": "The number that addresses of elements are to be multiples of, for C.",
    "base": "The dtype of the elements of a subarray; otherwise the dtype itself.",
    "byteorder": "'=' native, '<' little-endian, '>' big-endian, '|' where it means nothing.",
    "char": "A letter for each built-in type, as in ``np.typecodes``.",
    "descr": "The layout as `__array_interface__` tells it: a list of (name, spelling) or (name, spelling, shape).",
    "fields": "Of a structure, by name and title: dtype, offset and, where there is one, title; otherwise None.",
    "flags": "Bits that say how elements are to be treated; 1 is set where they are Python objects.",
    "hasobject": "Whether elements hold references to Python objects.",
    "isalignedstruct": "Whether it is a structure padded as a C compiler does.",
    "isbuiltin": "1 for built-in dtypes, 0 for structures, 2 for those registered by users.",
    "isnative": "Whether the byte order, of all fields, is the machine's.",
    "itemsize": "Bytes of an element.",
    "kind": """A letter for the kind: b bool, i and u integers, f float, c complex, m and M times, O object, S and U text, V
void, T strings.""",
    "metadata": "The attached mapping, read-only, or None.",
    "name": "A name with the width in bits, such as 'float64'.",
    "names": "The fields' names in order, or None; may be set, to rename them.",
    "ndim": "The number of axes of a subarray, else 0.",
    "num": "The number of the type in C.",
    "shape": "The shape of a subarray, else ().",
    "str": "The spelling in the array interface: byte order, kind and size, as in '<f8'.",
    "subdtype": "(dtype of an element, shape) of a subarray, else None.",
    "type": "The scalar type of the elements.",
    "newbyteorder": """The same dtype in another byte order, fields included.

Parameters
----------
new_order : {'S', '<', '>', '=', '|'}, optional
    'S' swaps, '<' is little, '>' big, '=' the machine's, '|' leaves it.

Returns
-------
dtype.

Raises
------
ValueError
    Another letter.

Examples
--------
>>> np.dtype("<i4").newbyteorder(">")
dtype('>i4')""",
}

UFUNC = {
    "": """A function that works on arrays element by element, with broadcasting, casting and output arrays.

`add`, `sin` and the like are instances, and `frompyfunc` makes more. Ufuncs of two inputs and one output have
the methods `reduce`, `accumulate`, `reduceat`, `outer` and `at`.

Examples
--------
>>> np.add.nin, np.add.nout, np.add.reduce([1, 2, 3])
(2, 1, np.int64(6))""",
    "accumulate": """All partial results along an axis: ``r[i] = f(r[i - 1], array[i])``.

Parameters
----------
array : array_like
axis : int, optional
    The axis to run along.
dtype : dtype, optional
    To compute in.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray of the shape of `array`.

Raises
------
ValueError
    The function has not two inputs and one output.

Examples
--------
>>> np.multiply.accumulate([2, 3, 4])
array([ 2,  6, 24])""",
    "at": """Works in place on chosen elements, as often as they are chosen.

Parameters
----------
a : ndarray
    What is changed.
indices : array_like of int, slice, or tuple of them
    As for ``a[indices]``.
b : array_like, optional
    The second operand of functions that have two.

Returns
-------
None.

Raises
------
IndexError
    An index beyond the bounds.

Examples
--------
>>> counts = np.zeros(3, dtype=int)
>>> np.add.at(counts, [0, 2, 2], 1)
>>> counts
array([1, 0, 2])""",
    "outer": """The function of all pairs of elements of two arrays.

Parameters
----------
A : array_like
B : array_like
**kwargs
    Keywords of the call, such as `out` and `dtype`.

Returns
-------
ndarray of the shape of `A` followed by that of `B`.

Raises
------
ValueError
    The function has not two inputs.

Examples
--------
>>> np.multiply.outer([1, 2], [10, 20, 30])
array([[10, 20, 30],
       [20, 40, 60]])""",
    "reduce": """Combines the elements along axes, from first to last.

Parameters
----------
array : array_like
axis : int, tuple of int or None, optional
    The axes; 0 by default, None takes all.
dtype : dtype, optional
    To compute in; sums and products widen small integers.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    `keepdims`, `initial` and `where`, as `sum` takes them.

Returns
-------
scalar or ndarray.

Raises
------
ValueError
    No elements, for a function without identity, and no `initial`.

Examples
--------
>>> np.add.reduce([[1, 2], [3, 4]])
array([4, 6])
>>> np.maximum.reduce([[1, 2], [3, 4]], axis=None)
np.int64(4)""",
    "reduceat": """Reduces slices of an axis: from each index up to the next, the last one to the end.

Where an index is not below the next, the result is the element itself.

Parameters
----------
array : array_like
indices : array_like of int, 1-d
axis : int, optional
    The axis to cut.
dtype : dtype, optional
    To compute in.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray; the axis has the length of `indices`.

Raises
------
IndexError
    An index beyond the axis.

Examples
--------
>>> np.add.reduceat([1, 2, 3, 4], [0, 2])
array([3, 7])""",
    "resolve_dtypes": """The dtypes that a call would compute in, without computing.

Parameters
----------
dtypes : tuple of dtype, type or None
    Of all operands; `int`, `float`, `complex` stand for Python numbers, None for an output left open.
signature : tuple of dtype, optional
    Dtypes asked for.
casting : str, optional
    Which casts are allowed.
reduction : bool, optional
    Whether for `reduce`.

Returns
-------
tuple of dtype.

Raises
------
TypeError
    There is no loop for these dtypes.

Examples
--------
>>> np.add.resolve_dtypes((np.dtype("int8"), float, None))
(dtype('float64'), dtype('float64'), dtype('float64'))""",
}

BUSDAYCALENDAR = {
    "": """Which days are worked: a mask of weekdays, and holidays. Immutable.

Parameters
----------
weekmask : str or array_like of bool, optional
    Seven days from Monday, as '1111100', as booleans, or as names such as 'Mon Tue'.
holidays : array_like of datetime64[D], optional
    Days not worked besides.

Raises
------
ValueError
    A mask without a working day.

Examples
--------
>>> calendar = np.busdaycalendar(holidays=["2024-12-25"])
>>> np.is_busday("2024-12-25", busdaycal=calendar)
np.False_""",
    "holidays": "The holidays that are not on days off anyway, sorted: an array of datetime64[D].",
    "weekmask": "The days of the week that are worked, from Monday: an array of seven booleans.",
}
