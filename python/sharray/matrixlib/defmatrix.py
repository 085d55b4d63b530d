"""`matrix`: an array that is always two-dimensional, with matrix products as `*`.

New programs should use arrays and `@`; this class stays for old ones.
"""

import ast
import sys
import warnings

from .._core import numeric as N
from .._core.numeric import concatenate, isscalar
from .._utils import set_module

__all__ = ["matrix", "bmat", "asmatrix"]


def _convert_from_string(data):
    """Rows of numbers from "1 2; 3, 4"; ValueError for rows of unequal length."""
    for bracket in "[]":
        data = data.replace(bracket, "")
    rows = [[ast.literal_eval(word) for part in row.split(",") for word in part.split()] for row in data.split(";")]
    if any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("Rows not the same size.")
    return rows


@set_module("numpy")
def asmatrix(data, dtype=None):
    """`data` as a matrix, without a copy where it is one or an array.

    Parameters
    ----------
    data : array_like or str
    dtype : dtype, optional
        The result's dtype.

    Returns
    -------
    matrix; no copy where `data` is a matrix or an array.

    Examples
    --------
    >>> import sharray as np
    >>> np.asmatrix([[1, 2]])
    matrix([[1, 2]])
    """
    return matrix(data, dtype=dtype, copy=False)


@set_module("numpy")
class matrix(N.ndarray):
    """A two-dimensional array with `*` and `**` as matrix product and power.

    Parameters
    ----------
    data : array_like or str
        A string has columns apart by commas or blanks, rows by semicolons.
    dtype : dtype, optional
    copy : bool
        Whether arrays are copied.

    Raises
    ------
    ValueError
        More than two dimensions.

    Examples
    --------
    >>> import sharray as np
    >>> np.matrix("1 2; 3 4") * 2
    matrix([[2, 4],
            [6, 8]])
    """

    __array_priority__ = 10.0

    def __new__(subtype, data, dtype=None, copy=True):
        warnings.warn(
            "the matrix subclass is not the recommended way to represent matrices or deal with "
            "linear algebra (see https://docs.scipy.org/doc/numpy/user/numpy-for-matlab-users.html). "
            "Please adjust your code to use regular ndarray.",
            PendingDeprecationWarning,
            stacklevel=2,
        )
        if isinstance(data, matrix):
            wanted = data.dtype if dtype is None else N.dtype(dtype)
            if wanted == data.dtype and not copy:
                return data
            return data.astype(wanted)
        if isinstance(data, N.ndarray):
            wanted = data.dtype if dtype is None else N.dtype(dtype)
            result = data.view(subtype)
            if wanted != data.dtype:
                return result.astype(wanted)
            return result.copy() if copy else result
        if isinstance(data, str):
            data = _convert_from_string(data)
        values = N.array(data, dtype=dtype, copy=True if copy else None)
        if values.ndim > 2:
            raise ValueError("matrix must be 2-dimensional")
        shape = values.shape if values.ndim == 2 else (1, values.size)
        if not (values.flags.fortran or values.flags.contiguous):
            values = values.copy()
        return values.reshape(shape).view(subtype)

    def __array_finalize__(self, obj):
        self._getitem = False
        if isinstance(obj, matrix) and obj._getitem:
            return
        if self.ndim == 2:
            return
        if self.ndim > 2:
            lengths = tuple(length for length in self.shape if length > 1)
            if len(lengths) > 2:
                raise ValueError("shape too large to be a matrix.")
            if len(lengths) == 2:
                self.shape = lengths
                return
        else:
            lengths = self.shape
        self.shape = (1, 1) if len(lengths) == 0 else (1, lengths[0])

    def __getitem__(self, index):
        self._getitem = True
        try:
            result = N.ndarray.__getitem__(self, index)
        finally:
            self._getitem = False
        if not isinstance(result, N.ndarray):
            return result
        if result.ndim == 0:
            return result[()]
        if result.ndim == 1:
            length = result.shape[0]
            # A column stays one when the second index is a number.
            try:
                count = len(index)
            except Exception:
                count = 0
            result.shape = (length, 1) if count > 1 and isscalar(index[1]) else (1, length)
        return result

    def __mul__(self, other):
        if isinstance(other, (N.ndarray, list, tuple)):
            return N.dot(self, asmatrix(other))
        if isscalar(other) or not hasattr(other, "__rmul__"):
            return N.dot(self, other)
        return NotImplemented

    def __rmul__(self, other):
        return N.dot(other, self)

    def __imul__(self, other):
        self[:] = self * other
        return self

    def __pow__(self, other):
        from ..linalg import matrix_power

        return matrix_power(self, other)

    def __ipow__(self, other):
        self[:] = self**other
        return self

    def __rpow__(self, other):
        return NotImplemented

    def _align(self, axis):
        """A reduction's result: a scalar, or along axis 1 a column."""
        if axis is None:
            return self[0, 0]
        if axis == 0:
            return self
        if axis == 1:
            return self.transpose()
        raise ValueError("unsupported axis")

    def _collapse(self, axis):
        return self[0, 0] if axis is None else self

    def tolist(self):
        """The elements as nested lists.

        Returns
        -------
        list of lists.

        Examples
        --------
        >>> np.matrix([[1, 5]]).tolist()
        [[1, 5]]
        """
        return self.view(N.ndarray).tolist()

    def sum(self, axis=None, dtype=None, out=None):
        """The sum along `axis`, as a matrix, or a scalar without `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        dtype : dtype, optional
            The result's dtype.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).sum(1)
        matrix([[6],
                [9]])
        """
        return N.ndarray.sum(self, axis, dtype, out, keepdims=True)._collapse(axis)

    def squeeze(self, axis=None):
        """The matrix, a column turned into a row (with `axis` 1 that axis is gone).

        Parameters
        ----------
        axis : int or tuple of int, optional
            Which axes of length 1 to remove; the result is 2-d all the same.

        Returns
        -------
        matrix.

        Examples
        --------
        >>> np.matrix([[1], [7]]).squeeze()
        matrix([[1, 7]])
        """
        return N.ndarray.squeeze(self, axis=axis)

    def flatten(self, order="C"):
        """All elements as a row, copied.

        Parameters
        ----------
        order : {'C', 'F', 'A', 'K'}, optional
            The order of the elements in memory: rows first, columns first, or as in the input.

        Returns
        -------
        matrix.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).flatten()
        matrix([[1, 5, 7, 2]])
        """
        return N.ndarray.flatten(self, order=order)

    def mean(self, axis=None, dtype=None, out=None):
        """The mean along `axis`, as a matrix, or a scalar without `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        dtype : dtype, optional
            The result's dtype.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).mean(1)
        matrix([[3. ],
                [4.5]])
        """
        return N.ndarray.mean(self, axis, dtype, out, keepdims=True)._collapse(axis)

    def std(self, axis=None, dtype=None, out=None, ddof=0):
        """The standard deviation along `axis`, as a matrix, or a scalar without `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        dtype : dtype, optional
            The result's dtype.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.
        ddof : float, optional
            What is subtracted from the number of elements in the divisor.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).std(1)
        matrix([[2. ],
                [2.5]])
        """
        return N.ndarray.std(self, axis, dtype, out, ddof, keepdims=True)._collapse(axis)

    def var(self, axis=None, dtype=None, out=None, ddof=0):
        """The variance along `axis`, as a matrix, or a scalar without `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        dtype : dtype, optional
            The result's dtype.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.
        ddof : float, optional
            What is subtracted from the number of elements in the divisor.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).var(1)
        matrix([[4.  ],
                [6.25]])
        """
        return N.ndarray.var(self, axis, dtype, out, ddof, keepdims=True)._collapse(axis)

    def prod(self, axis=None, dtype=None, out=None):
        """The product along `axis`, as a matrix, or a scalar without `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        dtype : dtype, optional
            The result's dtype.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).prod(1)
        matrix([[ 5],
                [14]])
        """
        return N.ndarray.prod(self, axis, dtype, out, keepdims=True)._collapse(axis)

    def any(self, axis=None, out=None):
        """Whether any element along `axis` is true.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[0, 0], [2, 3]]).any(1)
        matrix([[False],
                [ True]])
        """
        return N.ndarray.any(self, axis, out, keepdims=True)._collapse(axis)

    def all(self, axis=None, out=None):
        """Whether all elements along `axis` are true.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 0], [2, 3]]).all(1)
        matrix([[False],
                [ True]])
        """
        return N.ndarray.all(self, axis, out, keepdims=True)._collapse(axis)

    def max(self, axis=None, out=None):
        """The greatest element along `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).max(1)
        matrix([[5],
                [7]])
        """
        return N.ndarray.max(self, axis, out, keepdims=True)._collapse(axis)

    def argmax(self, axis=None, out=None):
        """The index of the first greatest element along `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).argmax(1)
        matrix([[1],
                [0]])
        """
        return N.ndarray.argmax(self, axis, out)._align(axis)

    def min(self, axis=None, out=None):
        """The smallest element along `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).min(1)
        matrix([[1],
                [2]])
        """
        return N.ndarray.min(self, axis, out, keepdims=True)._collapse(axis)

    def argmin(self, axis=None, out=None):
        """The index of the first smallest element along `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).argmin(1)
        matrix([[0],
                [1]])
        """
        return N.ndarray.argmin(self, axis, out)._align(axis)

    def ptp(self, axis=None, out=None):
        """Greatest minus smallest element along `axis`.

        Parameters
        ----------
        axis : {None, 0, 1}, optional
            The axis to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; it must have the result's shape, and a dtype the result casts to.

        Returns
        -------
        matrix, or a scalar without axis.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).ptp(1)
        matrix([[4],
                [5]])
        """
        return N.ptp(self, axis, out)._align(axis)

    @property
    def I(self):  # noqa: E743
        """The inverse, or for matrices that aren't square the pseudo-inverse.

        Returns
        -------
        matrix.

        Examples
        --------
        >>> np.matrix([[2, 0], [0, 4]]).getI()
        matrix([[0.5 , 0.  ],
                [0.  , 0.25]])
        """
        from ..linalg import inv, pinv

        rows, columns = self.shape
        return asmatrix((inv if rows == columns else pinv)(self))

    @property
    def A(self):
        """The matrix as an ordinary array (a view).

        Returns
        -------
        ndarray, 2-d.

        Examples
        --------
        >>> np.matrix([[1, 5]]).getA()
        array([[1, 5]])
        """
        return self.view(N.ndarray)

    @property
    def A1(self):
        """The elements as an ordinary one-dimensional array.

        Returns
        -------
        ndarray, 1-d.

        Examples
        --------
        >>> np.matrix([[1, 5]]).getA1()
        array([1, 5])
        """
        return self.view(N.ndarray).ravel()

    def ravel(self, order="C"):
        """All elements as a row, a view where possible.

        Parameters
        ----------
        order : {'C', 'F', 'A', 'K'}, optional
            The order of the elements in memory: rows first, columns first, or as in the input.

        Returns
        -------
        matrix.

        Examples
        --------
        >>> np.matrix([[1, 5], [7, 2]]).ravel()
        matrix([[1, 5, 7, 2]])
        """
        return N.ndarray.ravel(self, order=order)

    @property
    def T(self):
        """The transposed matrix.

        Returns
        -------
        matrix.

        Examples
        --------
        >>> np.matrix([[1, 5]]).getT()
        matrix([[1],
                [5]])
        """
        return self.transpose()

    @property
    def H(self):
        """The conjugated and transposed matrix.

        Returns
        -------
        matrix.

        Examples
        --------
        >>> np.matrix([[1j, 5]]).getH()
        matrix([[0.-1.j],
                [5.-0.j]])
        """
        if issubclass(self.dtype.type, N.complexfloating):
            return self.transpose().conjugate()
        return self.transpose()

    # as methods: the attributes' old form
    getT = T.fget
    getA = A.fget
    getA1 = A1.fget
    getH = H.fget
    getI = I.fget


def _from_string(text, gdict, ldict):
    """A block matrix whose blocks are named in `text`; NameError for unknown names."""
    rows = []
    for row in text.split(";"):
        blocks = []
        for word in (word for part in row.split(",") for word in part.split()):
            word = word.strip()
            if word in ldict:
                blocks.append(ldict[word])
            elif word in gdict:
                blocks.append(gdict[word])
            else:
                raise NameError(f"name {word!r} is not defined")
        rows.append(concatenate(blocks, axis=-1))
    return concatenate(rows, axis=0)


@set_module("numpy")
def bmat(obj, ldict=None, gdict=None):
    """A matrix from blocks: a list of rows of blocks, or a string with their names.

    Names are looked up in `ldict`, then `gdict`; by default where the caller stands.

    Parameters
    ----------
    obj : str, sequence or array_like
        Names of matrices in rows, or nested sequences of them.
    ldict : dict, optional
        Where names are looked up first; the caller's variables by default.
    gdict : dict, optional
        Where they are looked up then.

    Returns
    -------
    matrix.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.matrix("1 2")
    >>> np.bmat([[a, a]])
    matrix([[1, 2, 1, 2]])
    """
    if isinstance(obj, str):
        if gdict is None:
            frame = sys._getframe().f_back
            return matrix(_from_string(obj, frame.f_globals, frame.f_locals))
        return matrix(_from_string(obj, gdict, ldict))
    if isinstance(obj, (tuple, list)):
        rows = []
        for row in obj:
            if isinstance(row, N.ndarray):  # one row of blocks
                return matrix(concatenate(obj, axis=-1))
            rows.append(concatenate(row, axis=-1))
        return matrix(concatenate(rows, axis=0))
    if isinstance(obj, N.ndarray):
        return matrix(obj)
    return None
