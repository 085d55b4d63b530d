"""What iterators are: `flatiter`, `broadcast`, `nditer`; the empty name is the class."""

FLATITER = {
    "": """All elements of an array in C order; made by `ndarray.flat`.

It is an iterator, and can be indexed and assigned to like a 1-d array. TypeError when called: it has no
constructor.

Examples
--------
>>> x = np.array([[1, 2], [3, 4]])
>>> x.flat[1:3]
array([2, 3])
>>> x.flat[0] = 9
>>> list(x.flat)
[np.int64(9), np.int64(2), np.int64(3), np.int64(4)]""",
    "base": "The array that is walked.",
    "coords": "The indices of the current element, as a tuple.",
    # In these words NumPy's tests look for it.
    "index": "Current flat index into the array.",
    "copy": """All elements as a new 1-d array.

Returns
-------
ndarray, 1-d.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).flat.copy()
array([1, 2, 3, 4])""",
}

BROADCAST = {
    "": """Arrays stretched to one shape; an iterator over the tuples of their elements.

Parameters
----------
*arrays : array_like
    Up to 64.

Raises
------
ValueError
    Shapes that don't fit together.

Examples
--------
>>> pairs = np.broadcast([[1], [2]], [10, 20])
>>> pairs.shape
(2, 2)
>>> [a + b for a, b in pairs]
[np.int64(11), np.int64(21), np.int64(12), np.int64(22)]""",
    "index": "How many tuples have been given.",
    "iters": "The iterators over the stretched arrays, as a tuple of `flatiter`.",
    "nd": "The number of axes of the common shape.",
    "ndim": "The number of axes of the common shape.",
    "numiter": "The number of arrays.",
    "shape": "The common shape.",
    "size": "The number of tuples.",
    "reset": """Starts anew from the first tuple.

Returns
-------
None.

Examples
--------
>>> pairs = np.broadcast([1, 2], 10)
>>> next(pairs), pairs.index
((np.int64(1), np.int64(10)), 1)
>>> pairs.reset()
>>> pairs.index
0""",
}

NDITER = {
    "": """Walks several arrays at once, in the order that suits their memory, with buffering and casting where asked.

With outputs that are copied or buffered it is used as a context manager, or closed, before results are read.

Parameters
----------
op : array_like or sequence of array_like or None
    What to walk; None stands for an array that the iterator makes.
flags : sequence of str, optional
    Of the whole: 'buffered', 'c_index', 'f_index', 'multi_index', 'common_dtype', 'copy_if_overlap',
    'delay_bufalloc', 'external_loop', 'grow_inner', 'ranged', 'reduce_ok', 'refs_ok', 'zerosize_ok'.
op_flags : list of list of str, optional
    Of each operand: 'readonly', 'readwrite', 'writeonly', 'allocate', 'copy', 'updateifcopy', 'aligned',
    'contig', 'nbo', 'no_broadcast', 'no_subtype', 'overlap_assume_elementwise', 'virtual', 'writemasked',
    'arraymask'.
op_dtypes : dtype or sequence of dtype, optional
    What each operand is to be seen as.
order : {'C', 'F', 'A', 'K'}, optional
    The order of walking; 'K' is that of the memory.
casting : str, optional
    Which casts are allowed.
op_axes : list of list of int, optional
    For each operand which of its axes belongs to which of the iterator's; -1 or None stretches.
itershape : tuple of int, optional
    The shape to walk; -1 leaves a length open.
buffersize : int, optional
    Elements in a buffer; 0 for the default.

Raises
------
ValueError
    Shapes that don't fit, flags that contradict each other, unknown flags.
TypeError
    A cast that is not allowed, without 'buffered' or 'copy'.

Examples
--------
>>> a = np.arange(3)
>>> with np.nditer([a, None]) as it:
...     for x, y in it:
...         y[...] = 2 * x
...     result = it.operands[1]
>>> result
array([0, 2, 4])""",
    "close": """Ends the iteration: what was buffered or copied is written back. Leaving the `with` block does it.

Returns
-------
None.

Examples
--------
>>> it = np.nditer(np.arange(3.0), op_flags=["readwrite"])
>>> it.close()""",
    "copy": """Another iterator in the same state.

Returns
-------
nditer.

Examples
--------
>>> it = np.nditer(np.array([1, 2, 3]))
>>> int(next(it)), int(next(it.copy())), int(next(it))
(1, 2, 2)""",
    "debug_print": """Prints the iterator's state, for developers.

Returns
-------
None.

Examples
--------
>>> np.nditer(np.array([1, 2])).debug_print()
------ BEGIN ITERATOR DUMP ------
| ...
------- END ITERATOR DUMP -------""",
    "dtypes": "The dtypes that the operands are seen as.",
    "enable_external_loop": """From now on gives as long 1-d stretches as possible, as the flag 'external_loop' does.

Returns
-------
None.

Raises
------
ValueError
    An index is tracked.

Examples
--------
>>> it = np.nditer(np.arange(4).reshape(2, 2))
>>> it.enable_external_loop()
>>> [x.tolist() for x in it]
[[0, 1, 2, 3]]""",
    "finished": "Whether the end is reached.",
    "has_delayed_bufalloc": "Whether buffers are still to be made, by `reset`.",
    "has_index": "Whether a flat index is tracked.",
    "has_multi_index": "Whether an index for each axis is tracked.",
    "index": "The flat index of the current element; ValueError where none is tracked.",
    "iterationneedsapi": "Whether walking handles Python objects.",
    "iterindex": "The number of the current element in the order of walking.",
    "iternext": """Goes on to the next element.

Returns
-------
bool: False at the end.

Examples
--------
>>> it = np.nditer(np.array([5, 6]))
>>> it.iternext(), it.iternext()
(True, False)""",
    "iterrange": "The first and the last but one number that are walked; may be set with the flag 'ranged'.",
    "itersize": "How many elements there are to walk.",
    "itviews": "The operands as views with the iterator's axes.",
    "multi_index": "The current index of each axis; ValueError where it is not tracked.",
    "ndim": "The number of the iterator's axes.",
    "nop": "The number of operands.",
    "operands": "The arrays that are walked, those made by the iterator included; ValueError after `close`.",
    "remove_axis": """Leaves out an axis, which the caller then walks; needs 'multi_index'.

Parameters
----------
i : int
    The number of the axis.

Returns
-------
None.

Raises
------
ValueError
    No index for each axis is tracked, or no such axis.

Examples
--------
>>> it = np.nditer(np.zeros((2, 3)), flags=["multi_index"])
>>> it.remove_axis(1)
>>> it.itersize
2""",
    "remove_multi_index": """Stops tracking the index of each axis, so that axes can be joined.

Returns
-------
None.

Examples
--------
>>> it = np.nditer(np.zeros((2, 3)), flags=["multi_index"])
>>> it.remove_multi_index()
>>> it.has_multi_index
False""",
    "reset": """Goes back to the beginning.

Returns
-------
None.

Examples
--------
>>> it = np.nditer(np.array([5, 6]))
>>> it.iternext()
True
>>> it.reset()
>>> it.iterindex
0""",
    "shape": "The lengths of the iterator's axes.",
    "value": "The current elements, as arrays without axes or, with 'external_loop', 1-d ones.",
}
