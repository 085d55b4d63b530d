"""What `ndarray` is, its attributes, and the methods for shape, memory and files. The empty name is the class."""

NDARRAY = {
    "": """An array of elements of one dtype and size, in one block of memory.

`array`, `zeros`, `empty` and others make arrays; called directly, the class lays one over a buffer, or over new
memory that is not set.

Parameters
----------
shape : int or tuple of int
    The lengths of the axes.
dtype : dtype, optional
    What the bytes of an element mean; float64 by default.
buffer : object with the buffer protocol, optional
    The memory to use; None takes new memory.
offset : int, optional
    Where in the buffer the first element is, in bytes.
strides : tuple of int, optional
    Bytes from an element to its neighbour along each axis.
order : {'C', 'F'}, optional
    Rows first or columns first, where no strides are given.

Raises
------
TypeError
    The buffer is too small for shape and strides.
ValueError
    Strides that would leave the buffer, or of another number than the axes.

Examples
--------
>>> np.ndarray((2, 2), dtype=np.uint8, buffer=b"abcd")
array([[ 97,  98],
       [ 99, 100]], dtype=uint8)""",
    "T": "A view with the axes in reverse order.",
    "mT": "A view with the last two axes exchanged; ValueError below two axes.",
    "base": "The object that owns the memory, or None where the array owns it.",
    "ctypes": "What is needed to call C functions with the array: `data`, `shape`, `strides`, `data_as`.",
    "data": "The memory as a memoryview.",
    "device": "Where the array is: always 'cpu'.",
    "dtype": """What the bytes of an element mean.

Setting it reinterprets the memory in place; `view` makes a new array instead.""",
    "flags": "How the memory lies and what may be done with it: contiguous, writeable, aligned, owned.",
    "flat": "All elements in C order, as an iterator that can be indexed; assigning sets all elements.",
    "imag": "The imaginary parts: a view of a complex array, else zeros that can't be written to.",
    "itemsize": "Bytes of an element.",
    "nbytes": "Bytes of all elements: ``size * itemsize``.",
    "ndim": "The number of axes.",
    "real": "The real parts: a view of a complex array, else the array itself.",
    "shape": """The length of each axis, as a tuple.

Setting it reshapes in place, without a copy.""",
    "size": "The number of elements.",
    "strides": "Bytes from an element to its neighbour along each axis, as a tuple.",
    "astype": """The elements in another dtype.

Floats lose their fraction when they become integers; what does not fit is undefined and warned of.

Parameters
----------
dtype : dtype
    The new dtype.
order : {'C', 'F', 'A', 'K'}, optional
    The order of the elements in memory: rows first, columns first, or as in the input.
casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
    Which casts are allowed.
subok : bool, optional
    Whether a subclass of ndarray passes through.
copy : bool, optional
    Whether to copy where dtype and order fit already.

Returns
-------
ndarray of the same shape; the array itself only with ``copy=False``.

Raises
------
TypeError
    The cast is not allowed by `casting`.

Examples
--------
>>> np.array([1.7, -1.7]).astype(int)
array([ 1, -1])""",
    "byteswap": """The elements with the order of their bytes reversed; the dtype stays, and so the values change.

Parameters
----------
inplace : bool, optional
    Whether to change this array.

Returns
-------
ndarray: the array itself with ``inplace=True``, else a copy.

Examples
--------
>>> np.array([1, 256], dtype=np.int16).byteswap()
array([256,   1], dtype=int16)""",
    "copy": """A copy in new memory.

Parameters
----------
order : {'C', 'F', 'A', 'K'}, optional
    The order in memory; 'K' keeps that of the axes.

Returns
-------
ndarray of the same shape and dtype.

Examples
--------
>>> x = np.array([1, 2])
>>> y = x.copy()
>>> y[0] = 9
>>> x
array([1, 2])""",
    "diagonal": """A read-only view of a diagonal of two axes.

Parameters
----------
offset : int, optional
    Which diagonal: 0 the main one, above it positive.
axis1 : int, optional
    The axis of the rows.
axis2 : int, optional
    The axis of the columns.

Returns
-------
ndarray; the diagonal is its last axis.

Raises
------
ValueError
    Fewer than two axes.

Examples
--------
>>> np.arange(9).reshape(3, 3).diagonal(1)
array([1, 5])""",
    "dump": """Pickles the array into a file.

Parameters
----------
file : str, path or file open for writing bytes

Returns
-------
None.

Examples
--------
>>> np.arange(3).dump("numbers.pkl")
>>> np.load("numbers.pkl", allow_pickle=True)
array([0, 1, 2])""",
    "dumps": """The array's pickle.

Returns
-------
bytes.

Examples
--------
>>> import pickle
>>> pickle.loads(np.arange(3).dumps())
array([0, 1, 2])""",
    "fill": """Sets every element to one value, which is cast to the dtype.

Parameters
----------
value : scalar

Returns
-------
None.

Examples
--------
>>> x = np.zeros(3, dtype=int)
>>> x.fill(7)
>>> x
array([7, 7, 7])""",
    "flatten": """A copy with a single axis.

Parameters
----------
order : {'C', 'F', 'A', 'K'}, optional
    The order in which elements are taken.

Returns
-------
ndarray, 1-d.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).flatten("F")
array([1, 3, 2, 4])""",
    "getfield": """A view of part of each element's bytes, as another dtype.

Parameters
----------
dtype : dtype
    Of the part.
offset : int, optional
    Where the part begins in each element, in bytes.

Returns
-------
ndarray of the same shape.

Raises
------
ValueError
    The part would reach beyond the element.

Examples
--------
>>> np.array([1 + 2j, 3 + 4j]).getfield(float, offset=8)
array([2., 4.])""",
    "item": """One element as a Python object.

Parameters
----------
*args : int or tuple of int
    Nothing (of an array with one element), a flat index, or an index for each axis.

Returns
-------
A Python number, str, bytes, date or the like; records give tuples, longdouble stays.

Raises
------
ValueError
    No index for an array with other than one element.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).item(1, 0)
3""",
    "put": """Sets elements by their index in the flattened array.

Parameters
----------
indices : array_like of int
values : array_like
    Repeated as often as needed.
mode : {'raise', 'wrap', 'clip'}, optional
    What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

Returns
-------
None.

Raises
------
IndexError
    An index beyond the array, with mode 'raise'.

Examples
--------
>>> x = np.zeros(4, dtype=int)
>>> x.put([0, 3], [5, 6])
>>> x
array([5, 0, 0, 6])""",
    "ravel": """The elements along a single axis, without a copy where that is possible.

Parameters
----------
order : {'C', 'F', 'A', 'K'}, optional
    The order in which elements are taken.

Returns
-------
ndarray, 1-d; a view where the memory allows.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).ravel()
array([1, 2, 3, 4])""",
    "reshape": """The elements in another shape, without a copy where that is possible.

Parameters
----------
*shape : int or tuple of int
    The lengths, one of which may be -1: as many as are left.
order : {'C', 'F', 'A'}, optional
    In which order elements are taken and laid.
copy : bool or None, optional
    True always copies, None where needed; False raises ValueError where a copy would be needed.

Returns
-------
ndarray; a view where the memory allows.

Raises
------
ValueError
    Another number of elements, or a copy that is needed and not allowed.

Examples
--------
>>> np.arange(6).reshape(2, -1)
array([[0, 1, 2],
       [3, 4, 5]])""",
    "resize": """Changes shape and size in place: what is added is zero, what is beyond the end is lost.

Parameters
----------
*new_shape : int or tuple of int
    The new lengths.
refcheck : bool, optional
    Whether to refuse when something else refers to the array.

Returns
-------
None.

Raises
------
ValueError
    The array does not own its memory, or is referred to.

Examples
--------
>>> x = np.array([1, 2, 3])
>>> x.resize(5, refcheck=False)
>>> x
array([1, 2, 3, 0, 0])""",
    "setfield": """Sets part of each element's bytes.

Parameters
----------
val : array_like
    The values of the part.
dtype : dtype
    Of the part.
offset : int, optional
    Where the part begins in each element, in bytes.

Returns
-------
None.

Raises
------
ValueError
    The part would reach beyond the element.

Examples
--------
>>> x = np.zeros(2, dtype=complex)
>>> x.setfield(5, float, offset=8)
>>> x
array([0.+5.j, 0.+5.j])""",
    "setflags": """Sets what may be done with the array.

Parameters
----------
write : bool, optional
    Whether elements may be written; True needs writeable memory.
align : bool, optional
    Whether the array counts as aligned; True needs aligned memory.
uic : bool, optional
    False gives up writing back to the array that this is a copy of.

Returns
-------
None.

Raises
------
ValueError
    The memory does not allow it.

Examples
--------
>>> x = np.arange(3)
>>> x.setflags(write=False)
>>> x.flags.writeable
False""",
    "squeeze": """A view without axes of length 1.

Parameters
----------
axis : int or tuple of int, optional
    Which to remove; None removes all of them.

Returns
-------
ndarray, a view.

Raises
------
ValueError
    An axis of another length.

Examples
--------
>>> np.zeros((1, 3, 1)).squeeze().shape
(3,)""",
    "swapaxes": """A view with two axes exchanged.

Parameters
----------
axis1 : int
axis2 : int

Returns
-------
ndarray, a view.

Examples
--------
>>> np.zeros((2, 3, 4)).swapaxes(0, 2).shape
(4, 3, 2)""",
    "to_device": """The array on a device, of which there is only 'cpu'.

Parameters
----------
device : {'cpu'}
stream : None
    Not used.

Returns
-------
The array itself.

Raises
------
ValueError
    Another device, or a stream.

Examples
--------
>>> np.arange(3).to_device("cpu")
array([0, 1, 2])""",
    "tobytes": r"""The elements' bytes, one after the other.

Parameters
----------
order : {'C', 'F', 'A', 'K'}, optional
    The order in which elements are taken.

Returns
-------
bytes.

Examples
--------
>>> np.array([1, 2], dtype=np.uint16).tobytes()
b'\x01\x00\x02\x00'""",
    "tofile": """Writes the elements, in C order, to a file: their bytes, or text.

Parameters
----------
fid : file, str or path
sep : str, optional
    What separates the items of a text; empty writes bytes.
format : str, optional
    How each item becomes text.

Returns
-------
None.

Examples
--------
>>> np.arange(3).tofile("numbers.txt", sep=",")
>>> open("numbers.txt").read()
'0,1,2'""",
    "tolist": """The elements as Python objects, in nested lists.

Returns
-------
list, or a single object where there are no axes.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).tolist()
[[1, 2], [3, 4]]""",
    "transpose": """A view with the axes in another order.

Parameters
----------
*axes : int or tuple of int
    The old axes in their new order; nothing reverses them.

Returns
-------
ndarray, a view.

Raises
------
ValueError
    Not each axis once.

Examples
--------
>>> np.zeros((2, 3, 4)).transpose(1, 0, 2).shape
(3, 2, 4)""",
    "view": """Another array on the same memory.

Changing to a dtype of another itemsize changes the length of the last axis, which must be contiguous.

Parameters
----------
*args : dtype or type, optional
    A dtype to read the bytes as, a subclass of ndarray, or both.
**kwargs
    The same by name: `dtype` and `type`.

Returns
-------
ndarray, a view.

Raises
------
ValueError
    The sizes don't fit.

Examples
--------
>>> np.array([1.0, -2.0]).view(np.uint64)
array([ 4607182418800017408, 13835058055282163712], dtype=uint64)""",
}
