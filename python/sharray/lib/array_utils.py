"""Public face of the helpers for authors of array libraries."""

from ._array_utils_impl import byte_bounds, normalize_axis_index, normalize_axis_tuple

__all__ = ['byte_bounds', 'normalize_axis_tuple', 'normalize_axis_index']
