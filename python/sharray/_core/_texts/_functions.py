"""What the functions are that the engine offers without a wrapper in Python."""

FUNCTIONS = {
    "array": """An array of what is given: numbers, nested sequences, buffers, or objects of the array protocols.

The dtype is the smallest kind that holds all elements; nested sequences must have equal lengths.

Parameters
----------
object : array_like
    What to make an array of.
dtype : dtype, optional
    The elements' dtype.
copy : bool or None, optional
    True always copies, None where needed; False raises ValueError where a copy would be needed.
order : {'K', 'A', 'C', 'F'}, optional
    The order in memory; 'K' keeps that of an array.
subok : bool, optional
    Whether a subclass of ndarray passes through.
ndmin : int, optional
    The least number of axes; missing ones are put in front, with length 1.
ndmax : int, optional
    The number of axes at which nested sequences become objects.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray.

Raises
------
ValueError
    Sequences of unequal lengths, or a copy that is needed and not allowed.
TypeError
    Elements that can't become the dtype.

Examples
--------
>>> np.array([[1, 2], [3, 4.5]])
array([[1. , 2. ],
       [3. , 4.5]])
>>> np.array([1, 2], dtype=np.float32, ndmin=2)
array([[1., 2.]], dtype=float32)""",
    "asarray": """An array of what is given; an array that fits already is handed back, not copied.

Parameters
----------
a : array_like
    What to make an array of; subclasses of ndarray become plain arrays.
dtype : dtype, optional
    The elements' dtype.
order : {'K', 'A', 'C', 'F'}, optional
    The order in memory.
device : {'cpu', None}, optional
    Where the result is to be; there is only 'cpu'.
copy : bool or None, optional
    True always copies, None where needed; False raises ValueError where a copy would be needed.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray.

Raises
------
ValueError
    Sequences of unequal lengths, or a copy that is needed and not allowed.

Examples
--------
>>> x = np.array([1, 2])
>>> np.asarray(x) is x
True
>>> np.asarray([1, 2], dtype=float)
array([1., 2.])""",
    "asanyarray": """An array of what is given; an array that fits already, of a subclass too, is handed back.

Parameters
----------
a : array_like
    What to make an array of.
dtype : dtype, optional
    The elements' dtype.
order : {'K', 'A', 'C', 'F'}, optional
    The order in memory.
device : {'cpu', None}, optional
    Where the result is to be; there is only 'cpu'.
copy : bool or None, optional
    True always copies, None where needed; False raises ValueError where a copy would be needed.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray, or a subclass of it.

Raises
------
ValueError
    Sequences of unequal lengths, or a copy that is needed and not allowed.

Examples
--------
>>> x = np.ma.array([1, 2])
>>> np.asanyarray(x) is x
True""",
    "ascontiguousarray": """An array whose elements lie row by row in memory, with at least one axis; copied only where needed.

Parameters
----------
a : array_like
dtype : dtype, optional
    The elements' dtype.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray, C-contiguous.

Examples
--------
>>> np.ascontiguousarray(np.zeros((2, 3)).T).flags.c_contiguous
True""",
    "asfortranarray": """An array whose elements lie column by column in memory, with at least one axis; copied only where needed.

Parameters
----------
a : array_like
dtype : dtype, optional
    The elements' dtype.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray, Fortran-contiguous.

Examples
--------
>>> np.asfortranarray(np.zeros((2, 3))).flags.f_contiguous
True""",
    "arange": """Numbers from `start` up to but not including `stop`, `step` apart; with one argument from 0 up to it.

The length is ``ceil((stop - start) / step)``; with fractional steps rounding may decide whether the last one is
in, and `linspace` is better. Datetimes and timedeltas work too.

Parameters
----------
start_or_stop : number or datetime
    The first number, or with one argument the end.
stop : number or datetime, optional
    The end, which is not in the result.
step : number or timedelta, optional
    The distance, 1 by default.
dtype : dtype, optional
    By default that of the arguments.
device : {'cpu', None}, optional
    Where the result is to be; there is only 'cpu'.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray, 1-d.

Raises
------
ZeroDivisionError
    A step of 0.
ValueError
    An infinite or too long result.

Examples
--------
>>> np.arange(3), np.arange(10, 4, -2)
(array([0, 1, 2]), array([10,  8,  6]))
>>> np.arange("2024-02-28", "2024-03-02", dtype="datetime64[D]")
array(['2024-02-28', '2024-02-29', '2024-03-01'], dtype='datetime64[D]')""",
    "empty": """An array whose elements are not set: they hold whatever the memory held.

Parameters
----------
shape : int or tuple of int
    The lengths of the axes.
dtype : dtype, optional
    float64 by default.
order : {'C', 'F'}, optional
    Rows first or columns first.
device : {'cpu', None}, optional
    Where the result is to be; there is only 'cpu'.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray; elements of object dtype are None.

Raises
------
ValueError
    Negative lengths, or too many.
MemoryError
    The memory is refused.

Examples
--------
>>> np.empty((2, 3), dtype=np.int8).shape
(2, 3)""",
    "zeros": """An array of zeros (False, empty text, 0 as objects).

Large arrays take memory only where they are written to.

Parameters
----------
shape : int or tuple of int
    The lengths of the axes.
dtype : dtype, optional
    float64 by default.
order : {'C', 'F'}, optional
    Rows first or columns first.
device : {'cpu', None}, optional
    Where the result is to be; there is only 'cpu'.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray.

Raises
------
ValueError
    Negative lengths, or too many.
MemoryError
    The memory is refused.

Examples
--------
>>> np.zeros(3)
array([0., 0., 0.])
>>> np.zeros((2, 2), dtype=int)
array([[0, 0],
       [0, 0]])""",
    "frombuffer": r"""A 1-d array on the memory of an object, not copied.

Parameters
----------
buffer : object with the buffer protocol
    bytes, bytearray, memoryview, mmap and the like; the array is read-only where the memory is.
dtype : dtype, optional
    What the bytes mean; float64 by default.
count : int, optional
    The number of elements; -1 takes all there are.
offset : int, optional
    Where to begin, in bytes.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray, 1-d.

Raises
------
ValueError
    A buffer that is too small, or of a length that is no multiple of the element's; an offset outside; object
    dtype.

Examples
--------
>>> np.frombuffer(b"\x01\x00\x02\x00", dtype="<u2")
array([1, 2], dtype=uint16)""",
    "fromiter": """A 1-d array of what an iterable gives.

Parameters
----------
iter : iterable
dtype : dtype
    The elements' dtype.
count : int, optional
    How many items to take; -1 takes all there are.
like : array_like, optional
    An object whose type may make the result instead, by its `__array_function__`.

Returns
-------
ndarray, 1-d.

Raises
------
ValueError
    The iterable ends before `count` items, or an item does not fit the dtype.

Examples
--------
>>> np.fromiter((n * n for n in range(4)), dtype=int)
array([0, 1, 4, 9])""",
    "frompyfunc": """A ufunc that calls a Python function for each element and gives objects.

Parameters
----------
func : callable
    Takes `nin` arguments, returns one value, or a tuple of `nout`.
nin : int
    The number of inputs.
nout : int
    The number of outputs.
**kwargs
    `identity`: the value that reductions start from.

Returns
-------
ufunc, with outputs of dtype object.

Raises
------
ValueError
    More operands than 64, or negative numbers of them.

Examples
--------
>>> join = np.frompyfunc(lambda a, b: f"{a}-{b}", 2, 1)
>>> join([1, 2], ["x", "y"])
array(['1-x', '2-y'], dtype=object)""",
    "nested_iters": """Iterators that walk the same arrays in nested loops, each over some of the axes.

The inner ones start anew whenever an outer one goes on.

Parameters
----------
op : array_like or sequence of array_like
    What to walk.
axes : sequence of sequences of int
    The axes of each loop, the outermost first; each axis once.
flags : sequence of str, optional
    As of `nditer`.
op_flags : list of list of str, optional
    As of `nditer`.
op_dtypes : dtype or sequence of dtype, optional
    What each operand is to be seen as.
order : {'C', 'F', 'A', 'K'}, optional
    The order of walking within each loop.
casting : str, optional
    Which casts are allowed.
buffersize : int, optional
    Elements in a buffer; 0 for the default.

Returns
-------
tuple of nditer.

Raises
------
ValueError
    An axis twice or beyond the operands.

Examples
--------
>>> rows, columns = np.nested_iters(np.arange(6).reshape(2, 3), [[0], [1]])
>>> [[int(y) for y in columns] for _ in rows]
[[0, 1, 2], [3, 4, 5]]""",
    "promote_types": """The smallest dtype to which two dtypes can be cast without losing values, in native byte order.

Parameters
----------
type1 : dtype
type2 : dtype

Returns
-------
dtype.

Raises
------
TypeError
    There is none.

Examples
--------
>>> np.promote_types("i4", "f4")
dtype('float64')
>>> np.promote_types("S3", "U5")
dtype('<U5')""",
    "datetime_data": """The unit of a datetime or timedelta dtype, and how many of it make a step.

Parameters
----------
dtype : dtype

Returns
-------
(str, int).

Raises
------
TypeError
    Another dtype.

Examples
--------
>>> np.datetime_data(np.dtype("timedelta64[25s]"))
('s', 25)""",
    "from_dlpack": """An array on the memory of an object that speaks DLPack (a tensor of PyTorch, JAX, CuPy, …).

The memory is shared with `x`, which must lie where the host can read it, or with the copy that its library
makes if asked. The array is read-only where the other side says so, or can't say otherwise.

Parameters
----------
x : object with `__dlpack__` and `__dlpack_device__`
device : {'cpu', None}, optional
    'cpu' asks for the data in the host's memory.
copy : bool or None, optional
    True asks for a copy, False for none, None for one where needed.

Returns
-------
ndarray.

Raises
------
AttributeError
    An object without `__dlpack__`.
BufferError
    The memory can't be handed over.
RuntimeError
    Devices and element types that no array has.
ValueError
    Another device than 'cpu'.

Examples
--------
>>> x = np.arange(3)
>>> y = np.from_dlpack(x)
>>> np.shares_memory(x, y)
True""",
    "add_docstring": """Gives a docstring to a compiled object that has none; the same text again changes nothing.

Parameters
----------
obj : object
    A class, or a method or an attribute of one; of other objects `__doc__` is set.
docstring : str

Returns
-------
None.

Raises
------
RuntimeError
    There is another docstring already.
TypeError
    The object can't have one.

Examples
--------
>>> nothing = lambda: None
>>> np.lib.add_docstring(nothing, "Does nothing.")
>>> nothing.__doc__
'Does nothing.'""",
    "normalize_axis_index": """The number of an axis, counted from the first.

Parameters
----------
axis : int
    Negative ones count from the end.
ndim : int
    The number of axes.
msg_prefix : str, optional
    What is put before the message.

Returns
-------
int, not negative.

Raises
------
sharray.exceptions.AxisError
    There is no such axis.

Examples
--------
>>> np.lib.array_utils.normalize_axis_index(-1, 3)
2""",
}
