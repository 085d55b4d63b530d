"""Types of operators, ufuncs, methods and indices."""

from typing import Any, assert_type

import sharray as np
import sharray.typing as npt

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Integers = np.ndarray[tuple[int], np.dtype[np.int64]]
Truths = np.ndarray[tuple[int], np.dtype[np.bool]]

x = np.zeros(3)
i = np.arange(3)
m = np.ones((2, 3))

assert_type(x + 1, Vector)
assert_type(2.0 * x, Vector)
assert_type(x + x, npt.NDArray[np.float64])
assert_type(i + 1, Integers)
assert_type(i // 2, Integers)
assert_type(i / 2, Vector)
assert_type(i & 1, Integers)
assert_type(-x, Vector)
assert_type(x > 0, Truths)
assert_type(x == 0, Truths)
assert_type(abs(x), Vector)

assert_type(np.sin(x), Vector)
assert_type(np.sqrt(i), Vector)
assert_type(np.exp(1.0), np.float64)
assert_type(np.isnan(x), Truths)
assert_type(np.maximum(x, 0.0), Vector)
assert_type(np.add(x, x), npt.NDArray[np.float64])
assert_type(np.less(x, 1.0), Truths)
assert_type(np.multiply(x, 2, out=x), Vector)

assert_type(x[0], np.float64)
assert_type(m[0, 1], np.float64)
assert_type(m[0], Vector)
assert_type(x[1:], npt.NDArray[np.float64])
assert_type(x[x > 0], npt.NDArray[np.float64])
assert_type(x.shape, tuple[int])
assert_type(m.shape, tuple[int, int])
assert_type(m.dtype, np.dtype[np.float64])
assert_type(m.T, np.ndarray[tuple[int, int], np.dtype[np.float64]])

assert_type(x.sum(), np.float64)
assert_type(i.sum(), np.int64)
assert_type(i.mean(), np.float64)
assert_type(x.max(), np.float64)
assert_type(np.sum(x), np.float64)
assert_type(np.mean(i), np.float64)
assert_type(np.any(x), np.bool)
assert_type(x.argmax(), np.intp)
assert_type(x.astype(np.float32), np.ndarray[tuple[int], np.dtype[np.float32]])
assert_type(x.reshape(3, 1), np.ndarray[tuple[int, int], np.dtype[np.float64]])
assert_type(m.ravel(), Vector)
assert_type(np.reshape(x, (3, 1)), np.ndarray[tuple[int, int], np.dtype[np.float64]])
assert_type(np.concatenate([x, x]), npt.NDArray[np.float64])
assert_type(np.where(x > 0, x, x), npt.NDArray[np.float64])
assert_type(np.where(x > 0), tuple[Integers, ...])
assert_type(np.sort(x), Vector)
assert_type(x.tolist(), Any)
assert_type((x + 1j).real if False else (np.zeros(2, dtype=np.complex128)).real, Vector)

assert_type(np.float64(2) + 1, np.float64)
assert_type(np.float32(2) * 2.0, np.float32)
assert_type(np.int64(2) + 1, np.int64)
assert_type(np.int8(2).item(), int)
assert_type(np.float64(2).item(), float)
assert_type(np.complex64(1j).real, np.float32)


def scaled(values: npt.NDArray[np.floating[Any]], factor: float) -> npt.NDArray[np.floating[Any]]:
    """An abstract scalar type as the bound of the dtype."""
    return values * factor


scaled(x, 2.0)
scaled(np.zeros(2, dtype=np.float32), 2.0)
