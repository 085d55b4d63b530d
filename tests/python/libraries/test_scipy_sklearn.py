"""Functions of SciPy and scikit-learn fed with sharray's arrays: the same results as with NumPy's."""

import sys

import matrix
import numpy
import pytest

import sharray as np

PACKAGES = ("scipy", "scikit-learn")
WORDS = """
Functions of SciPy and scikit-learn read sharray's arrays by the buffer protocol, where they lie, and give the results
that they give for NumPy's arrays, up to the rounding of what they compute by array methods; results of functions are NumPy's
arrays, results of SciPy's ufuncs (`scipy.special`) sharray's. The test file lists the functions tried.
"""
ROUTES = []
globals().update({name: one for name, one in matrix.tests(sys.modules[__name__]).items() if "page" in name})
matrix.wants("scipy", "sklearn")

import scipy.fft  # noqa: E402
import scipy.integrate  # noqa: E402
import scipy.interpolate  # noqa: E402
import scipy.linalg  # noqa: E402
import scipy.ndimage  # noqa: E402
import scipy.optimize  # noqa: E402
import scipy.signal  # noqa: E402
import scipy.spatial  # noqa: E402
import scipy.special  # noqa: E402
import scipy.stats  # noqa: E402
from sklearn import (
    cluster,
    decomposition,
    ensemble,
    linear_model,
    metrics,
    model_selection,
    neighbors,
    preprocessing,
    svm,
)  # noqa: E402

ROWS = numpy.random.default_rng(0).normal(size=(60, 4))
SQUARE = ROWS[:4] @ ROWS[:4].T + 4 * numpy.eye(4)
LABELS = (ROWS[:, 0] > 0).astype("i8")

SCIPY = {
    "linalg.solve": lambda v: scipy.linalg.solve(v(SQUARE), v(ROWS[:4])),
    "linalg.svd": lambda v: scipy.linalg.svd(v(ROWS)),
    "linalg.expm": lambda v: scipy.linalg.expm(v(SQUARE)),
    "linalg.cholesky": lambda v: scipy.linalg.cholesky(v(SQUARE)),
    "fft.fft": lambda v: scipy.fft.fft(v(ROWS[:, 0])),
    "fft.dctn": lambda v: scipy.fft.dctn(v(ROWS)),
    "signal.convolve": lambda v: scipy.signal.convolve(v(ROWS[:, 0]), v(ROWS[:5, 1])),
    "signal.lfilter": lambda v: scipy.signal.lfilter(v([1.0, 0.5]), v([1.0, -0.2]), v(ROWS[:, 0])),
    "signal.welch": lambda v: scipy.signal.welch(v(ROWS[:, 0]), nperseg=16),
    "signal.find_peaks": lambda v: scipy.signal.find_peaks(v(ROWS[:, 0]))[0],
    "ndimage.gaussian_filter": lambda v: scipy.ndimage.gaussian_filter(v(ROWS), 1.0),
    "ndimage.label": lambda v: scipy.ndimage.label(v(ROWS > 0))[0],
    "interpolate.CubicSpline": lambda v: scipy.interpolate.CubicSpline(v(numpy.arange(60.0)), v(ROWS[:, 0]))(
        v([1.5, 2.5])
    ),
    "interpolate.griddata": lambda v: scipy.interpolate.griddata(v(ROWS[:, :2]), v(ROWS[:, 2]), v([[0.0, 0.0]])),
    "integrate.trapezoid": lambda v: scipy.integrate.trapezoid(v(ROWS[:, 0])),
    "integrate.solve_ivp": lambda v: scipy.integrate.solve_ivp(lambda t, y: -y, (0, 1), v([1.0, 2.0])).y,
    "optimize.minimize": lambda v: scipy.optimize.minimize(lambda p: ((p - v([1.0, 2.0])) ** 2).sum(), v([0.0, 0.0])).x,
    "optimize.least_squares": lambda v: (
        scipy.optimize.least_squares(lambda p: v(ROWS[:, 0]) * p[0] - v(ROWS[:, 1]), v([0.0])).x
    ),
    "optimize.linprog": lambda v: (
        scipy.optimize.linprog(v([1.0, 1.0]), A_ub=v([[-1.0, 0.0], [0.0, -1.0]]), b_ub=v([-1.0, -2.0])).x
    ),
    "spatial.cKDTree": lambda v: scipy.spatial.cKDTree(v(ROWS)).query(v(ROWS[:5]), k=2),
    "spatial.distance.cdist": lambda v: scipy.spatial.distance.cdist(v(ROWS), v(ROWS[:3])),
    "spatial.ConvexHull": lambda v: scipy.spatial.ConvexHull(v(ROWS[:, :2])).vertices,
    "special.gamma": lambda v: scipy.special.gamma(v(numpy.abs(ROWS) + 0.5)),
    "special.erf": lambda v: scipy.special.erf(v(ROWS)),
    "special.logsumexp": lambda v: scipy.special.logsumexp(v(ROWS), axis=1),
    "stats.ttest_ind": lambda v: scipy.stats.ttest_ind(v(ROWS[:, 0]), v(ROWS[:, 1])).pvalue,
    "stats.pearsonr": lambda v: scipy.stats.pearsonr(v(ROWS[:, 0]), v(ROWS[:, 1])).statistic,
    "stats.rankdata": lambda v: scipy.stats.rankdata(v(ROWS[:, 0])),
    "stats.norm.cdf": lambda v: scipy.stats.norm.cdf(v(ROWS)),
    "stats.describe": lambda v: scipy.stats.describe(v(ROWS)).variance,
}
SKLEARN = {
    "LinearRegression": lambda v: linear_model.LinearRegression().fit(v(ROWS), v(ROWS[:, 1])).predict(v(ROWS)),
    "LogisticRegression": lambda v: linear_model.LogisticRegression().fit(v(ROWS), v(LABELS)).predict_proba(v(ROWS)),
    "RandomForestClassifier": lambda v: (
        ensemble.RandomForestClassifier(5, random_state=0).fit(v(ROWS), v(LABELS)).predict(v(ROWS))
    ),
    "SVC": lambda v: svm.SVC().fit(v(ROWS), v(LABELS)).decision_function(v(ROWS)),
    "KMeans": lambda v: cluster.KMeans(2, n_init=1, random_state=0).fit(v(ROWS)).cluster_centers_,
    "PCA": lambda v: decomposition.PCA(2).fit_transform(v(ROWS)),
    "StandardScaler": lambda v: preprocessing.StandardScaler().fit_transform(v(ROWS)),
    "OneHotEncoder": lambda v: preprocessing.OneHotEncoder().fit_transform(v(LABELS[:, None])).toarray(),
    "KNeighborsClassifier": lambda v: neighbors.KNeighborsClassifier().fit(v(ROWS), v(LABELS)).predict(v(ROWS)),
    "train_test_split": lambda v: model_selection.train_test_split(v(ROWS), v(LABELS), random_state=0),
    "cross_val_score": lambda v: model_selection.cross_val_score(linear_model.Ridge(), v(ROWS), v(ROWS[:, 1])),
    "accuracy_score": lambda v: metrics.accuracy_score(v(LABELS), v(1 - LABELS)),
    "roc_auc_score": lambda v: metrics.roc_auc_score(v(LABELS), v(ROWS[:, 0])),
    "confusion_matrix": lambda v: metrics.confusion_matrix(v(LABELS), v(LABELS)),
}


def equal(found, expected):
    if isinstance(expected, (tuple, list)):
        return len(found) == len(expected) and all(map(equal, found, expected))
    return numpy.allclose(numpy.asarray(found), numpy.asarray(expected), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", SCIPY)
def test_scipy(name):
    assert equal(SCIPY[name](np.array), SCIPY[name](numpy.array))


def test_ufuncs_of_scipy_and_others():
    x = np.array([0.5, 1.5, 2.5])
    assert isinstance(scipy.special.gamma(x), np.ndarray)
    out = np.empty(3)
    assert scipy.special.erf(x, out=out) is out
    assert equal(out, scipy.special.erf(numpy.asarray(x)))
    sine, cosine = scipy.special.sici(x)
    assert isinstance(sine, np.ndarray) and isinstance(cosine, np.ndarray)
    assert isinstance(scipy.special.gamma(np.array(2.0)), float)
    own = numpy.frompyfunc(lambda a, b: a - b, 2, 1)
    assert own.reduce(np.arange(3.0)) == -3.0


@pytest.mark.parametrize("name", SKLEARN)
def test_sklearn(name):
    assert equal(SKLEARN[name](np.array), SKLEARN[name](numpy.array))
