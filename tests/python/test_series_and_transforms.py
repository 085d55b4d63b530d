"""Polynomial series and Fourier transforms beside NumPy's."""

import numpy
import numpy.polynomial
import pytest

import sharray as np

FAMILIES = ["Polynomial", "Chebyshev", "Legendre", "Laguerre", "Hermite", "HermiteE"]
COEFFICIENTS = ([1.0, -2.0, 3.0], [0.5, 0.0, -1.0, 2.0])


def same(mine, reference):
    """Equal but for rounding."""
    assert numpy.allclose(numpy.array(np.asarray(mine).tolist()), reference, atol=1e-10)


@pytest.mark.parametrize("family", FAMILIES)
def test_series(family):
    ours, theirs = getattr(np.polynomial, family), getattr(numpy.polynomial, family)
    (a, b), (c, d) = (tuple(kind(list(one)) for one in COEFFICIENTS) for kind in (ours, theirs))
    for mine, reference in (
        (a + b, c + d),
        (a * b, c * d),
        (b // a, d // c),
        (b % a, d % c),
        (a**3, c**3),
        (b.deriv(2), d.deriv(2)),
        (b.integ(1, [2], 0.5), d.integ(1, [2], 0.5)),
    ):
        same(mine.coef, reference.coef)
    same(b(np.linspace(-1, 1, 5)), d(numpy.linspace(-1, 1, 5)))
    same(np.sort(b.roots()), numpy.sort(d.roots()))
    assert str(b) == str(d)
    assert repr(b) == repr(d)
    x = numpy.linspace(0, 2, 9)
    same(ours.fit(np.array(x.tolist()), np.array((x**2).tolist()), 2).coef, theirs.fit(x, x**2, 2).coef)


@pytest.mark.parametrize("family", ["leg", "lag", "herm", "herme", "cheb"])
def test_quadrature(family):
    module = {"leg": "legendre", "lag": "laguerre", "herm": "hermite", "herme": "hermite_e", "cheb": "chebyshev"}
    mine = getattr(getattr(np.polynomial, module[family]), family + "gauss")(7)
    reference = getattr(getattr(numpy.polynomial, module[family]), family + "gauss")(7)
    same(mine[0], reference[0])
    same(mine[1], reference[1])


@pytest.mark.parametrize("n", [1, 2, 5, 8, 12, 37, 64, 100, 97 * 3])
@pytest.mark.parametrize("norm", [None, "ortho", "forward"])
def test_transforms(n, norm):
    values = numpy.random.default_rng(n).standard_normal((2, n))
    ours = np.array(values.tolist())
    for name in ("fft", "ifft", "rfft", "ihfft"):
        same(getattr(np.fft, name)(ours, norm=norm), getattr(numpy.fft, name)(values, norm=norm))
    same(np.fft.irfft(np.fft.rfft(ours, norm=norm), n, norm=norm), values)
    same(np.fft.fft2(ours, norm=norm), numpy.fft.fft2(values, norm=norm))


def test_bad_arguments():
    for library in (np, numpy):
        with pytest.raises(ValueError):
            library.fft.fft([1.0], 0)
        with pytest.raises(ValueError):
            library.fft.fft([1.0], norm="x")
        with pytest.raises(ZeroDivisionError):
            library.polynomial.Polynomial([1.0]) // library.polynomial.Polynomial([0.0])
