"""What the methods of `ndarray` compute: reductions, running results, order, choice of elements."""

METHODS = {
    "all": """True where all elements along the axes are true.

Parameters
----------
axis : int or tuple of int, optional
    The axes to combine; None takes all.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
keepdims : bool, optional
    Whether the axes that are reduced stay, with length 1.
where : array_like of bool, optional
    Which elements take part; broadcast to `a`.

Returns
-------
bool_ or ndarray of bool. True of no elements.

Examples
--------
>>> np.array([[1, 0], [2, 3]]).all(axis=1)
array([False,  True])""",
    "any": """True where at least one element along the axes is true.

Parameters
----------
axis : int or tuple of int, optional
    The axes to combine; None takes all.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
keepdims : bool, optional
    Whether the axes that are reduced stay, with length 1.
where : array_like of bool, optional
    Which elements take part; broadcast to `a`.

Returns
-------
bool_ or ndarray of bool. False of no elements.

Examples
--------
>>> np.array([[0, 0], [2, 0]]).any(axis=1)
array([False,  True])""",
    "argmax": """Index of the largest element; of several the first, and of the first NaN if there is one.

Parameters
----------
axis : int, optional
    The axis to search; None searches the flattened array.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
keepdims : bool, optional
    Whether the axes that are reduced stay, with length 1.

Returns
-------
intp or ndarray of intp.

Raises
------
ValueError
    There are no elements to choose from.

Examples
--------
>>> np.array([[1, 5], [7, 2]]).argmax(axis=1)
array([1, 0])""",
    "argmin": """Index of the smallest element; of several the first, and of the first NaN if there is one.

Parameters
----------
axis : int, optional
    The axis to search; None searches the flattened array.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
keepdims : bool, optional
    Whether the axes that are reduced stay, with length 1.

Returns
-------
intp or ndarray of intp.

Raises
------
ValueError
    There are no elements to choose from.

Examples
--------
>>> np.array([[1, 5], [7, 2]]).argmin(axis=1)
array([0, 1])""",
    "argpartition": """Indices that would partition the array along an axis; see `partition`.

Parameters
----------
kth : int or sequence of int
    Positions whose elements come to their sorted places.
axis : int or None, optional
    The axis; None flattens first.
kind : {'introselect'}, optional
    The algorithm.
order : str or list of str, optional
    Fields to compare, of a structured array.

Returns
-------
ndarray of intp, of the array's shape.

Examples
--------
>>> x = np.array([30, 10, 20])
>>> x[x.argpartition(1)][1]
np.int64(20)""",
    "argsort": """Indices that would sort the array along an axis.

Parameters
----------
axis : int or None, optional
    The axis; None flattens first.
kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
    Names of algorithms; only whether they are stable counts.
order : str or list of str, optional
    Fields to compare, of a structured array.
stable : bool, optional
    Whether equal elements keep their order; not together with `kind`.

Returns
-------
ndarray of intp, of the array's shape.

Examples
--------
>>> np.array([30, 10, 20]).argsort()
array([1, 2, 0])""",
    "choose": """Elements of several arrays, the array of this element being its number; see `choose`.

Parameters
----------
choices : sequence of array_like
    The arrays to choose from, broadcast with this one.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
mode : {'raise', 'wrap', 'clip'}, optional
    What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

Returns
-------
ndarray of the broadcast shape.

Raises
------
ValueError
    A number beyond the choices, with mode 'raise'.

Examples
--------
>>> np.array([0, 1, 0]).choose([[1, 2, 3], [10, 20, 30]])
array([ 1, 20,  3])""",
    "clip": """The elements, limited to an interval.

Parameters
----------
min : array_like, optional
    The lower bound, or None.
max : array_like, optional
    The upper bound, or None.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    Keywords of ufuncs, such as `where` and `casting`.

Returns
-------
ndarray of the broadcast shape.

Examples
--------
>>> np.array([1, 5, 9]).clip(2, 6)
array([2, 5, 6])""",
    "compress": """The slices along an axis for which a condition holds.

Parameters
----------
condition : array_like of bool, 1-d
    Which to take; missing ones are False.
axis : int, optional
    The axis; None takes elements of the flattened array.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray, a copy.

Examples
--------
>>> np.array([[1, 2], [3, 4], [5, 6]]).compress([True, False, True], axis=0)
array([[1, 2],
       [5, 6]])""",
    "conj": """Complex conjugates; of real dtypes the array itself.

Returns
-------
ndarray of the same shape and dtype.

Examples
--------
>>> np.array([1 + 2j, 3]).conj()
array([1.-2.j, 3.-0.j])""",
    "conjugate": """Complex conjugates; of real dtypes the array itself.

Returns
-------
ndarray of the same shape and dtype.

Examples
--------
>>> np.array([1 + 2j, 3]).conjugate()
array([1.-2.j, 3.-0.j])""",
    "cumprod": """Running products along an axis.

Parameters
----------
axis : int, optional
    The axis; None flattens first.
dtype : dtype, optional
    Of the products; small integers are widened to the platform's integer.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray of the same shape, or 1-d.

Examples
--------
>>> np.array([1, 2, 3, 4]).cumprod()
array([ 1,  2,  6, 24])""",
    "cumsum": """Running sums along an axis.

Parameters
----------
axis : int, optional
    The axis; None flattens first.
dtype : dtype, optional
    Of the sums; small integers are widened to the platform's integer.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray of the same shape, or 1-d.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).cumsum(axis=0)
array([[1, 2],
       [4, 6]])""",
    "dot": """Product over the last axis of this array and the last but one of another; see `dot`.

Parameters
----------
other : array_like
    The second factor.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray or scalar.

Raises
------
ValueError
    The lengths don't match.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).dot([1, 1])
array([3, 7])""",
    "max": """The largest elements along the axes; NaN where there is one.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    `keepdims`, `initial` and `where`, as `max` takes them.

Returns
-------
scalar or ndarray.

Raises
------
ValueError
    There are no elements and no `initial`.

Examples
--------
>>> np.array([[1, 5], [7, 2]]).max(axis=0)
array([7, 5])""",
    "mean": """The mean along the axes.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
dtype : dtype, optional
    To compute in; float64 of integers by default.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    `keepdims` and `where`, as `mean` takes them.

Returns
-------
scalar or ndarray; NaN with a warning of no elements.

Examples
--------
>>> np.array([[1, 2], [3, 5]]).mean(axis=1)
array([1.5, 4. ])""",
    "min": """The smallest elements along the axes; NaN where there is one.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    `keepdims`, `initial` and `where`, as `min` takes them.

Returns
-------
scalar or ndarray.

Raises
------
ValueError
    There are no elements and no `initial`.

Examples
--------
>>> np.array([[1, 5], [7, 2]]).min(axis=0)
array([1, 2])""",
    "nonzero": """The indices of the elements that are not zero, in C order.

Returns
-------
tuple of ndarray of intp, one for each axis.

Raises
------
ValueError
    The array has no axes.

Examples
--------
>>> np.array([[0, 3], [4, 0]]).nonzero()
(array([0, 1]), array([1, 0]))""",
    "partition": """Reorders in place, so that some elements stand where sorting would put them: smaller ones before, larger ones
behind.

Parameters
----------
kth : int or sequence of int
    Positions whose elements come to their sorted places.
axis : int, optional
    The axis.
kind : {'introselect'}, optional
    The algorithm.
order : str or list of str, optional
    Fields to compare, of a structured array.

Returns
-------
None.

Raises
------
ValueError
    A position beyond the axis.

Examples
--------
>>> x = np.array([4, 1, 3, 2])
>>> x.partition(2)
>>> x[2]
np.int64(3)""",
    "prod": """Products of the elements along the axes.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
dtype : dtype, optional
    Of the products; small integers are widened to the platform's integer.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    `keepdims`, `initial` and `where`, as `prod` takes them.

Returns
-------
scalar or ndarray; 1 of no elements.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).prod(axis=1)
array([ 2, 12])""",
    "repeat": """Each element, or slice, several times in a row.

Parameters
----------
repeats : int or array_like of int
    How often, for all or each.
axis : int, optional
    The axis; None flattens first.

Returns
-------
ndarray, a copy.

Raises
------
ValueError
    Negative numbers, or another number of them than elements.

Examples
--------
>>> np.array([1, 2, 3]).repeat([1, 0, 2])
array([1, 3, 3])""",
    "round": """The elements rounded to some decimals, halves to the even digit.

Parameters
----------
decimals : int, optional
    Places behind the point; negative ones before it.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
ndarray of the same shape and dtype.

Examples
--------
>>> np.array([1.25, 1.35, 2.5]).round(1)
array([1.2, 1.4, 2.5])""",
    "searchsorted": """Where to insert values to keep a sorted 1-d array sorted.

Parameters
----------
v : array_like
    The values.
side : {'left', 'right'}, optional
    Before or behind equal elements.
sorter : array_like of int, optional
    Indices that sort the array.

Returns
-------
intp or ndarray of intp, of the shape of `v`.

Examples
--------
>>> np.array([10, 20, 30]).searchsorted([20, 25])
array([1, 2])""",
    "sort": """Sorts in place; NaN and NaT come last.

Parameters
----------
axis : int, optional
    The axis.
kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
    Names of algorithms; only whether they are stable counts.
order : str or list of str, optional
    Fields to compare, of a structured array.
stable : bool, optional
    Whether equal elements keep their order; not together with `kind`.

Returns
-------
None.

Examples
--------
>>> x = np.array([3, 1, 2])
>>> x.sort()
>>> x
array([1, 2, 3])""",
    "std": """Standard deviations along the axes: the roots of the variances.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
dtype : dtype, optional
    To compute in; float64 of integers by default.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
ddof : float, optional
    What is subtracted from the number of elements in the divisor.
**kwargs
    `keepdims`, `where` and `mean`, as `std` takes them.

Returns
-------
scalar or ndarray.

Examples
--------
>>> np.array([1, 3, 5, 7]).std()
np.float64(2.23606797749979)""",
    "sum": """Sums of the elements along the axes.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
dtype : dtype, optional
    Of the sums; small integers are widened to the platform's integer.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
**kwargs
    `keepdims`, `initial` and `where`, as `sum` takes them.

Returns
-------
scalar or ndarray; 0 of no elements.

Examples
--------
>>> np.array([[1, 2], [3, 4]]).sum(axis=0)
array([4, 6])""",
    "take": """Elements, or slices along an axis, by their indices.

Parameters
----------
indices : array_like of int
axis : int, optional
    The axis; None takes from the flattened array.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
mode : {'raise', 'wrap', 'clip'}, optional
    What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

Returns
-------
ndarray, a copy, in which the axis is replaced by the shape of `indices`.

Raises
------
IndexError
    An index beyond the bounds, with mode 'raise'.

Examples
--------
>>> np.array([10, 20, 30]).take([[0, 2], [1, 1]])
array([[10, 30],
       [20, 20]])""",
    "trace": """Sums along a diagonal of two axes.

Parameters
----------
offset : int, optional
    Which diagonal: 0 the main one, above it positive.
axis1 : int, optional
    The axis of the rows.
axis2 : int, optional
    The axis of the columns.
dtype : dtype, optional
    Of the sums; small integers are widened to the platform's integer.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.

Returns
-------
scalar or ndarray.

Raises
------
ValueError
    Fewer than two axes.

Examples
--------
>>> np.arange(9).reshape(3, 3).trace()
np.int64(12)""",
    "var": """Variances along the axes: mean squares of the distances from the mean.

Parameters
----------
axis : int or tuple of int, optional
    The axes to reduce; None takes all.
dtype : dtype, optional
    To compute in; float64 of integers by default.
out : ndarray, optional
    Where the result goes; it must have the result's shape, and a dtype the result casts to.
ddof : float, optional
    What is subtracted from the number of elements in the divisor.
**kwargs
    `keepdims`, `where` and `mean`, as `var` takes them.

Returns
-------
scalar or ndarray.

Examples
--------
>>> np.array([1, 3, 5, 7]).var()
np.float64(5.0)""",
}
