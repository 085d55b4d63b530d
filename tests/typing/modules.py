"""Types in the submodules."""

from typing import Any, assert_type

import sharray as np
import sharray.typing as npt
from sharray.exceptions import AxisError
from sharray.lib.stride_tricks import sliding_window_view
from sharray.polynomial import Polynomial

rng = np.random.default_rng(1)
assert_type(rng, np.random.Generator)
rng.standard_normal((2, 3))
rng.integers(0, 10, size=4, endpoint=True)

a = np.array([[2.0, 0.0], [0.0, 4.0]])
assert_type(np.linalg.inv(a), npt.NDArray[Any])
assert_type(np.fft.fft(a), npt.NDArray[Any])
assert_type(sliding_window_view(np.arange(5), 3), npt.NDArray[Any])
np.testing.assert_array_equal(np.linalg.solve(a, [2, 4]), [1, 1])
np.ma.masked_array([1, 2], mask=[True, False]).filled(0)
np.strings.upper(np.array(["a"]))

line = Polynomial([1, 2])
assert_type(line, Polynomial)
line(3)

try:
    a.sum(axis=5)
except AxisError as error:
    assert error is not None

with np.errstate(divide="ignore"):
    np.divide(a, 0.0)
