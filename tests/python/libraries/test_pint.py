"""Pint: units over sharray's arrays."""

import sys

import matrix
from matrix import Route

import sharray as np

PACKAGES = ("pint",)
(pint,) = matrix.wants("pint")
units = pint.UnitRegistry()

SKIP = {
    c: "units are for numbers"
    for c in ("bool", "datetime64", "timedelta64", "S", "U", "StringDType", "structured", "object")
}
ROUTES = [
    Route(
        "Quantity(x, 'm')",
        lambda x: units.Quantity(x, "m"),
        lambda q: matrix.plain(q.magnitude),
        lambda q: matrix.at(q.magnitude),
        ndim=2,
        skip=SKIP,
    ),
    Route(
        "asarray(quantity.magnitude)",
        lambda q: np.asarray(q.magnitude),
        lambda q: q.magnitude,
        lambda q: matrix.at_numpy(q.magnitude),
        make=lambda r: units.Quantity(r, "m"),
        skip=SKIP,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_units_over_our_arrays():
    length = np.arange(1.0, 4.0) * units.metre
    assert isinstance(length.magnitude, np.ndarray)
    speed = length / (2 * units.second)
    assert isinstance(speed.magnitude, np.ndarray)
    assert str(speed.units) == "meter / second"
    assert speed.to("km/h").magnitude.tolist() == [1.8, 3.6, 5.4]
    assert np.sum(length).to("cm").magnitude == 600
    assert np.concatenate([length, length]).units == units.metre
    assert isinstance(np.sqrt(length**2).magnitude, np.ndarray)
