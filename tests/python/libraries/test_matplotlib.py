"""matplotlib: every common kind of plot takes sharray's arrays and draws what it draws for NumPy's."""

import io
import sys

import matrix
import numpy
import pytest

import sharray as np

PACKAGES = ("matplotlib",)
WORDS = """
Every kind of plot that the test file lists draws the same picture, byte for byte, from sharray's arrays as from NumPy's,
but for these, which matplotlib gives to NumPy's own type alone; hand `numpy.asarray(x)` over, which shares:

- `boxplot` and `violinplot` of a table take each **row** for a group, not each column;
- times get no axis of dates.
"""
ROUTES = []
globals().update({name: one for name, one in matrix.tests(sys.modules[__name__]).items() if "page" in name})
(matplotlib,) = matrix.wants("matplotlib")

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

X = numpy.linspace(0.1, 3, 12)
Y = numpy.sin(X)
GRID = numpy.outer(X, Y)
DAYS = numpy.datetime64("2026-01-01") + numpy.arange(12)
PLOTS = {
    "plot": lambda a, v: a.plot(v(X), v(Y)),
    "plot of columns": lambda a, v: a.plot(v(GRID)),
    "plot of booleans": lambda a, v: a.plot(v(Y > 0)),
    "plot of texts": lambda a, v: a.plot(v(numpy.array(["a", "b", "c"])), v(Y[:3])),
    "scatter": lambda a, v: a.scatter(v(X), v(Y), c=v(X), s=v(X * 9)),
    "bar": lambda a, v: a.bar(v(X), v(Y), width=v(X / 20)),
    "barh": lambda a, v: a.barh(v(X), v(Y)),
    "hist": lambda a, v: a.hist(v(Y), bins=v(numpy.linspace(-1, 1, 6))),
    "hist2d": lambda a, v: a.hist2d(v(X), v(Y)),
    "hexbin": lambda a, v: a.hexbin(v(X), v(Y), gridsize=5),
    "errorbar": lambda a, v: a.errorbar(v(X), v(Y), yerr=v(X / 9)),
    "fill_between": lambda a, v: a.fill_between(v(X), v(Y), v(Y - 1), where=v(Y > 0.2)),
    "imshow": lambda a, v: a.imshow(v(GRID)),
    "imshow of colours": lambda a, v: a.imshow(v(numpy.stack([abs(GRID) / 3] * 3, -1))),
    "pcolormesh": lambda a, v: a.pcolormesh(v(X), v(X), v(GRID)),
    "contour": lambda a, v: a.contour(v(X), v(X), v(GRID), levels=v([-1.0, 0.0, 1.0])),
    "contourf": lambda a, v: a.contourf(v(GRID)),
    "quiver": lambda a, v: a.quiver(v(X), v(Y), v(Y), v(X)),
    "streamplot": lambda a, v: a.streamplot(v(numpy.arange(12.0)), v(numpy.arange(12.0)), v(GRID), v(GRID.T)),
    "stem": lambda a, v: a.stem(v(X), v(Y)),
    "step": lambda a, v: a.step(v(X), v(Y)),
    "stackplot": lambda a, v: a.stackplot(v(X), v(abs(Y)), v(X)),
    "pie": lambda a, v: a.pie(v(X)),
    "loglog": lambda a, v: a.loglog(v(X), v(X**2)),
    "vlines": lambda a, v: a.vlines(v(X), v(Y), v(Y + 1)),
    "eventplot": lambda a, v: a.eventplot(v(X)),
    "tripcolor": lambda a, v: a.tripcolor(v(X), v(Y), v(X)),
    "spy": lambda a, v: a.spy(v(GRID > 0)),
    "limits and ticks": lambda a, v: (a.set_xlim(v([0.0, 2.0])), a.set_xticks(v(X))),
    "masked": lambda a, v: a.plot(v(numpy.where(Y > 0.5, numpy.nan, Y))),
}
#: What matplotlib does for NumPy's own type only.
NUMPYS = {
    "plot of times": lambda a, v: a.plot(v(DAYS), v(Y)),
    "boxplot": lambda a, v: a.boxplot(v(GRID)),
    "violinplot": lambda a, v: a.violinplot(v(GRID[:, :3])),
}


def picture(draw, values):
    """The pixels of a plot."""
    figure, axes = pyplot.subplots(figsize=(2, 2), dpi=50)
    draw(axes, values)
    block = io.BytesIO()
    figure.savefig(block, format="raw")
    pyplot.close(figure)
    return block.getvalue()


@pytest.mark.parametrize("name", PLOTS)
def test_plot(name):
    assert picture(PLOTS[name], np.array) == picture(PLOTS[name], numpy.array)


@pytest.mark.parametrize("name", NUMPYS)
def test_plot_that_wants_numpys_type(name):
    expected = picture(NUMPYS[name], numpy.array)
    assert picture(NUMPYS[name], np.array) != expected, "matplotlib has learnt it: tell it in WORDS"
    assert picture(NUMPYS[name], lambda values: numpy.asarray(np.array(values))) == expected
