"""The composed routines give what NumPy gives: one expression, evaluated on both.

Files of `python/sharray/lib` are mirrored by the groups of `CASES`. Results must agree in type of container, shape,
dtype and values; exceptions in type.
"""

import warnings

import numpy
import pytest

import sharray

# Names that the expressions may use; fresh for each evaluation, as some write to them.
SETUP = """
x = np.array([3.0, 1.0, 2.0, 5.0, 4.0])
n = np.array([1.0, np.nan, 3.0, 2.0])
i = np.arange(12).reshape(3, 4)
m = np.array([[7.0, 2.0, 5.0], [1.0, 8.0, 3.0]])
b = np.array([True, False, True, True, False])
"""

CASES = {
    "quantile": """
np.median(x)
np.median(m, axis=1)
np.median(i, axis=(0, 1), keepdims=True)
np.median(n)
np.median([])
np.quantile(x, 0.3)
np.quantile(m, [0.1, 0.9], axis=1)
np.quantile(i, 0.5, axis=0, keepdims=True)
np.quantile(x, 1.5)
np.quantile(x, 0.3, method='nearest')
np.quantile(x, [0.2, 0.6], method='inverted_cdf')
np.quantile(x, 0.3, method='averaged_inverted_cdf')
np.quantile(x, 0.3, method='closest_observation')
np.quantile(x, 0.3, method='hazen')
np.quantile(x, 0.3, method='weibull')
np.quantile(x, 0.3, method='median_unbiased')
np.quantile(x, 0.3, method='normal_unbiased')
np.quantile(x, 0.3, method='lower')
np.quantile(x, 0.3, method='higher')
np.quantile(x, 0.3, method='midpoint')
np.quantile(x, 0.3, method='no such')
np.quantile(x, 0.5, weights=[1, 2, 3, 4, 5], method='inverted_cdf')
np.quantile(x, 0.5, weights=[1, 2, 3, 4, 5])
np.quantile(n, 0.5)
np.quantile(x.astype('f4'), 0.3)
np.quantile(x + 1j, 0.3)
np.percentile(i, [25, 75])
np.percentile(i, 101)
""",
    "statistics": """
np.average(x)
np.average(x, weights=[1, 2, 3, 4, 5], returned=True)
np.average(m, axis=1, weights=[1, 2, 3])
np.average(m, weights=[1, 2])
np.average(x, weights=[0, 0, 0, 0, 0])
np.cov(m)
np.cov(m, rowvar=False)
np.cov(x, x[::-1])
np.cov(x, ddof=0.5)
np.corrcoef(m)
np.corrcoef(x, x ** 2)
""",
    "calculus": """
np.diff(x)
np.diff(i, n=2, axis=0)
np.diff(b)
np.diff(x, prepend=0, append=[1, 2])
np.diff(x, n=-1)
np.gradient(x)
np.gradient(m)
np.gradient(x, [0, 1, 3, 4, 7], edge_order=2)
np.gradient(x, 1, 2)
np.trapezoid(x)
np.trapezoid(m, dx=0.5, axis=0)
np.trapezoid(x, x=[0, 1, 3, 4, 7])
np.interp([0.5, 2.5, 9], [1, 2, 3], [3, 2, 0])
np.interp([0.5, 2.5], [1, 2, 3], [3, 2, 0], period=3)
np.interp([0.5], [1, 2], [1], period=0)
np.angle([1j, -1, 1 + 1j])
np.angle(1j, deg=True)
np.unwrap([0, 3, 7, 14])
np.unwrap([0, 1, 5, 6], period=4)
""",
    "edit": """
np.delete(x, 1)
np.delete(x, [0, -1])
np.delete(i, slice(None, None, 2), axis=1)
np.delete(x, b)
np.delete(x, 9)
np.insert(x, 1, 9)
np.insert(i, [1, 1], 7, axis=1)
np.insert(x, [0, 2], [8, 9])
np.insert(x, 9, 9)
np.append(x, [[1, 2]])
np.append(i, i, axis=1)
np.append(i, x, axis=0)
np.trim_zeros([0, 0, 1, 0, 2, 0])
np.trim_zeros(np.array([0, 1, 0]), 'f')
np.extract(i % 3 == 0, i)
(np.place(x, x > 2, [8, 9]), x)[1]
np.place(x, b, [])
""",
    "windows": """
np.hanning(5)
np.hamming(5)
np.blackman(5).round(12)
np.bartlett(5)
np.kaiser(5, 2.5)
np.hanning(0)
np.hamming(1)
np.i0([0.0, 1.0, 10.0, 30.0])
np.i0([1j])
np.sinc([0.0, 0.5, 1.5])
""",
    "vectorize": """
np.vectorize(lambda a, b: a + 2 * b)([1, 2], 3)
np.vectorize(lambda a: a > 1, otypes=[bool])([1, 2])
np.vectorize(lambda a, b: a - b, excluded={1})([5, 6], 1)
np.vectorize(lambda v: v.sum(), signature='(k)->()')(m)
np.vectorize(lambda v: (v.min(), v), signature='(k)->(),(k)')(m)
np.vectorize(lambda a: a)([])
np.vectorize(lambda a: a, signature='wrong')
""",
    "function_base": """
np.flip(i)
np.flip(i, axis=1)
np.rot90(i)
np.rot90(i, 2)
np.rot90(i, -1)
np.rot90(i, axes=(0, 0))
np.piecewise(x, [x < 2, x >= 4], [-1, 1, lambda v: v * 10])
np.piecewise(x, [x < 2], [1, 2, 3])
np.select([x < 2, x > 3], [x, x * 10], -1)
np.select([], [])
np.copy(i.T)
np.sort_complex([3, 1, 2])
np.meshgrid([1, 2, 3], [4, 5])
np.meshgrid([1, 2, 3], [4, 5], indexing='ij', sparse=True)
np.digitize(x, [1, 2.5, 4])
np.digitize(x, [4, 2.5, 1], right=True)
np.digitize(x, [1, 3, 2])
np.asarray_chkfinite(n)
np.iterable(x), np.iterable(3)
""",
    "shape_base": """
np.column_stack(([1, 2], [3, 4]))
np.dstack(([1, 2], [3, 4]))
np.array_split(x, 3)
np.split(x, 2)
np.split(x, [1, 3])
np.hsplit(i, 2)
np.vsplit(i, 3)
np.dsplit(i, 2)
np.tile(m, (2, 1, 2))
np.tile([], 2)
np.kron(m, [1, 10])
np.expand_dims(x, (0, 2))
np.expand_dims(x, 5)
np.apply_along_axis(lambda v: v[::-1], 1, i)
np.apply_along_axis(lambda v: v.max(), 0, i)
np.apply_over_axes(np.sum, i, [0, 1])
np.take_along_axis(m, np.argsort(m, axis=1), axis=1)
np.take_along_axis(m, m, axis=1)
(np.put_along_axis(m, np.array([[0], [1]]), 9, axis=1), m)[1]
""",
    "twodim_base": """
np.eye(3, 4, k=1)
np.diag([1, 2], k=-1)
np.diag(i, k=1)
np.diag(np.zeros((2, 2, 2)))
np.diagflat([[1, 2]])
np.tri(3, 4, k=-1)
np.tril(i, k=1)
np.triu(i)
np.vander([1, 2, 3], 3)
np.vander([1, 2, 3], increasing=True)
np.mask_indices(3, np.triu)
np.tril_indices(3, k=-1)
np.triu_indices(2, m=3)
np.histogram2d(x, x[::-1], bins=3)
np.fliplr(i)
np.flipud(i)
np.fliplr(x)
""",
    "stride_tricks": """
np.broadcast_to(x, (2, 5))
np.broadcast_to(x, (2, 4))
np.broadcast_arrays([1, 2], [[3], [4]])
np.broadcast_shapes((3, 1), (1, 4), 4)
np.broadcast_shapes((3,), (4,))
np.lib.stride_tricks.sliding_window_view(x, 3)
np.lib.stride_tricks.sliding_window_view(i, (2, 2))
np.lib.stride_tricks.sliding_window_view(x, 9)
np.lib.stride_tricks.as_strided(x, (2, 2), (8, 16))
""",
    "index_tricks": """
np.mgrid[0:2, 0:3]
np.mgrid[0:1:5j]
np.ogrid[0:2, 0:3]
np.r_[1:4, 0, [5, 6]]
np.r_['0,2', 1:3, 4:6]
np.c_[[1, 2], [3, 4]]
np.s_[1:2, ..., None]
np.ix_([0, 2], [True, False, True])
np.ix_(i)
list(np.ndindex(2, 2))
list(np.ndenumerate(m))
(np.fill_diagonal(i, 9), i)[1]
np.diag_indices(3)
np.unravel_index([5, 11], (3, 4))
np.ravel_multi_index(([1, 2], [1, 3]), (3, 4))
""",
    "arraysetops": """
np.unique([3, 1, 3, 2])
np.unique([3, 1, 3, 2], return_index=True, return_inverse=True, return_counts=True)
np.unique(n[[0, 1, 1, 2]])
np.unique([[1, 2], [1, 2], [0, 1]], axis=0, return_inverse=True)
np.unique(['b', 'a', 'b'])
np.intersect1d([1, 3, 4, 3], [3, 1, 2], return_indices=True)
np.union1d([3, 1], [2, 1])
np.setdiff1d([1, 2, 3, 2], [2])
np.setxor1d([1, 2, 3], [2, 5])
np.isin(i, [1, 5, 11])
np.isin(x, x[:2], invert=True)
np.isin(i, [1], kind='no such')
np.ediff1d(x, to_begin=0, to_end=[1, 2])
""",
    "nanfunctions": """
np.nansum(n), np.nanprod(n), np.nanmean(n), np.nanmax(n), np.nanmin(n)
np.nanvar(n), np.nanstd(n, ddof=1)
np.nanmedian(n), np.nanquantile(n, [0.2, 0.5]), np.nanpercentile(n, 30)
np.nanargmax(n), np.nanargmin(n)
np.nanargmax([np.nan])
np.nancumsum(n), np.nancumprod(n)
np.nanmean([np.nan])
np.nanmedian(np.array([[1, np.nan, 3], [np.nan, 5, 6]]), axis=0)
np.nanquantile(np.array([[1, np.nan, 3], [np.nan, 5, 6]]), [0.25, 0.5], axis=1)
""",
    "histograms": """
np.histogram(x)
np.histogram(x, bins=[1, 2, 4])
np.histogram(x, bins=3, range=(0, 6), weights=[1, 2, 3, 4, 5])
np.histogram(x, bins=3, density=True)
np.histogram(x, bins='auto')
np.histogram(x, bins=0)
np.histogram(n)
np.histogram_bin_edges(x, bins='sturges')
np.histogramdd(m.T, bins=(2, 3))
""",
    "type_check": """
np.nan_to_num([np.nan, np.inf, -np.inf, 1.0])
np.real_if_close([1 + 1e-16j, 2])
np.iscomplex([1, 1j]), np.isreal([1, 1j])
np.iscomplexobj(x), np.isrealobj(x)
np.common_type(x, i).__name__
np.mintypecode(['d', 'F'])
np.fix([2.7, -2.7])
np.isposinf([np.inf, 1]), np.isneginf([-np.inf, 1])
np.isposinf([1j])
""",
    "arraypad": """
np.pad(i, 1)
np.pad(x, (2, 3), constant_values=(8, 9))
np.pad(i, ((1, 2), (0, 1)), 'edge')
np.pad(x, 7, 'reflect')
np.pad(x, 7, 'symmetric', reflect_type='odd')
np.pad(x, 7, 'wrap')
np.pad(x, 3, 'linear_ramp', end_values=0)
np.pad(m, 1, 'mean')
np.pad(m, 1, 'maximum', stat_length=1)
np.pad(x, -1)
np.pad(x, 1, 'no such')
""",
    "polynomial": """
np.polyval([3, 0, 1], x)
np.polyadd([1, 2], [9, 5, 4]), np.polysub([1, 2], [9, 5, 4]), np.polymul([1, 2], [1, 3])
np.polydiv([3.0, 5.0, 2.0], [2.0, 1.0])
np.polyint([2, 2]), np.polyder([1, 1, 1])
np.poly([1, 2, 3])
str(np.poly1d([1, -2.5, 3])), repr(np.poly1d([1, 2]))
np.poly1d([1, 2]) * np.poly1d([1, 3])
np.polyint([1], m=-1)
""",
    "scimath": """
np.emath.sqrt([-1, 4]), np.emath.log(-1), np.emath.arccos(2)
np.emath.power([-2, 2], 0.5)
""",
}


def flattened():
    return [(group, line) for group, text in CASES.items() for line in text.strip().splitlines()]


def evaluate(namespace, code):
    """The value of `code` with `np` as the given package, or the exception."""
    names = {"np": namespace}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(SETUP, names)  # noqa: S102
            return eval(code, names)  # noqa: S307
        except Exception as error:
            return error


def check(ours, theirs):
    """Both values are the same in container, shape, dtype and numbers."""
    if isinstance(theirs, Exception):
        assert isinstance(ours, Exception), ours
        assert issubclass(type(ours), Exception)
        assert type(ours).__name__ == type(theirs).__name__, ours
        return
    if isinstance(ours, Exception):
        raise ours
    if isinstance(theirs, (tuple, list)):
        assert isinstance(ours, (tuple, list))
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            check(one, other)
        return
    if not isinstance(theirs, (numpy.ndarray, numpy.generic)):
        assert str(ours) == str(theirs).replace("numpy", type(ours).__module__.partition(".")[0])
        return
    assert isinstance(ours, (sharray.ndarray, sharray.generic))
    assert isinstance(ours, sharray.ndarray) == isinstance(theirs, numpy.ndarray)
    assert ours.shape == theirs.shape
    assert ours.dtype.str == theirs.dtype.str
    if theirs.dtype.kind in "fc":
        numpy.testing.assert_allclose(numpy.array(ours.tolist()), numpy.array(theirs.tolist()), rtol=1e-14, atol=1e-15)
    else:
        assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize(("group", "code"), flattened(), ids=lambda text: text)
def test_same_as_numpy(group, code):
    check(evaluate(sharray, code), evaluate(numpy, code))
