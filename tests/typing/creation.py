"""Types of arrays that creating functions make."""

from typing import Any, assert_type

import sharray as np
import sharray.typing as npt

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

assert_type(np.zeros(3), Vector)
assert_type(np.ones((2, 3)), Matrix)
assert_type(np.empty(3, dtype=np.int32), np.ndarray[tuple[int], np.dtype[np.int32]])
assert_type(np.zeros(3, dtype="f4"), np.ndarray[tuple[int], np.dtype[Any]])
assert_type(np.full((2, 2), 1.5, dtype=np.float32), np.ndarray[tuple[int, int], np.dtype[np.float32]])
assert_type(np.arange(5), np.ndarray[tuple[int], np.dtype[np.int64]])
assert_type(np.arange(5, dtype=np.uint8), np.ndarray[tuple[int], np.dtype[np.uint8]])
assert_type(np.linspace(0, 1, 5), Vector)
assert_type(np.eye(3), Matrix)
assert_type(np.identity(2, dtype=np.complex64), np.ndarray[tuple[int, int], np.dtype[np.complex64]])

assert_type(np.array([1, 2], dtype=np.int16), npt.NDArray[np.int16])
assert_type(np.array([1, 2]), npt.NDArray[Any])
assert_type(np.asarray(np.zeros(3)), Vector)
assert_type(np.asarray(np.zeros(3), dtype=np.float32), npt.NDArray[np.float32])
assert_type(np.zeros_like(np.zeros(3)), Vector)
assert_type(np.zeros_like(np.zeros(3), dtype=np.int8), npt.NDArray[np.int8])
assert_type(np.fromiter([1, 2], dtype=np.int64), np.ndarray[tuple[int], np.dtype[np.int64]])

assert_type(np.dtype(np.float64), np.dtype[np.float64])
assert_type(np.dtype("i4,f8"), np.dtype[Any])
assert_type(np.dtype(np.int8).type, type[np.int8])


def takes_anything(values: npt.ArrayLike, dtype: npt.DTypeLike = "f8") -> npt.NDArray[np.float64]:
    """Lists, numbers, text, arrays."""
    return np.asarray(values, dtype=dtype)


takes_anything([[1, 2], [3, 4]])
takes_anything(2.5)
takes_anything(np.arange(3))
takes_anything((1, 2.5), np.float64)
