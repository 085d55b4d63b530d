"""Libraries of files and of their own kinds of arrays: Pillow, h5py, zarr, awkward, ml_dtypes, networkx."""

import sys

import matrix
import numpy
import pytest
from matrix import Absent, Route, at_numpy

import sharray as np

PACKAGES = ("pillow", "h5py", "zarr", "awkward", "ml_dtypes", "networkx")
PIL, h5py, zarr, awkward, ml_dtypes, networkx = matrix.wants("PIL", "h5py", "zarr", "awkward", "ml_dtypes", "networkx")

from PIL import Image  # noqa: E402


def through_h5py(x):
    """Written to a file in memory and read back."""
    with h5py.File("memory", "w", driver="core", backing_store=False) as file:
        file["x"] = x
        return file["x"][()]


def read_text(found):
    return (
        [one.decode() if isinstance(one, bytes) else one for one in found.tolist()] if found.dtype == object else found
    )


def through_zarr(x):
    group = zarr.create_array({}, shape=x.shape, dtype=numpy.dtype(x.dtype), chunks=x.shape)
    group[...] = x
    return group[...]


def small(reference):
    if not matrix.is_small(reference):
        raise Absent
    return reference


def image(reference):
    if reference.dtype != "u1":
        raise Absent
    return Image.fromarray(reference.reshape(1, -1))


_OWN = "a file's memory is its own"
_NUMBERS = {c: "awkward arrays of numbers" for c in ("S", "U", "StringDType", "structured", "object")}
ROUTES = [
    Route(
        "Image.fromarray(x)",
        lambda x: Image.fromarray(x[None]),
        lambda i: numpy.asarray(i).reshape(-1),
        lambda i: None,
        because="pixels are the image's own",
        skip={c: "no pixels" for c in matrix.COLUMNS if c not in ("bool", "uint", "int", "float32/64")},
        lives=False,
    ),
    Route(
        "asarray(Image)",
        lambda i: np.asarray(i).reshape(-1),
        lambda i: numpy.asarray(i).reshape(-1),
        lambda i: None,
        make=image,
        because="Pillow answers with a copy of the pixels",
        lives=False,
    ),
    Route("h5py: dataset = x", through_h5py, read_text, at_numpy, because=_OWN, lives=False),
    Route("zarr: array[...] = x", through_zarr, lambda a: a, at_numpy, because=_OWN, lives=False),
    Route(
        "awkward.from_numpy(numpy.asarray(x))",
        lambda x: awkward.from_numpy(numpy.asarray(x)),
        lambda a: awkward.to_numpy(a),
        lambda a: at_numpy(awkward.to_numpy(a)),
        skip=_NUMBERS,
        because="awkward's choice",
    ),
    Route(
        "awkward.Array(x)",
        awkward.Array,
        lambda a: awkward.to_numpy(a),
        lambda a: at_numpy(awkward.to_numpy(a)),
        skip=_NUMBERS,
        because="awkward reads what is no array of NumPy's element by element",
    ),
    Route(
        "asarray(awkward.Array)",
        np.asarray,
        lambda a: awkward.to_numpy(a),
        lambda a: at_numpy(awkward.to_numpy(a)),
        make=awkward.Array,
        skip=_NUMBERS,
        because="awkward's choice",
    ),
    Route("asarray(array of ml_dtypes)", np.asarray, lambda a: a, at_numpy, make=small),
    Route(
        "numpy.asarray(x).view(ml_dtypes.…)",
        lambda x: numpy.asarray(x).view(getattr(ml_dtypes, x.dtype.name)),
        lambda a: a,
        at_numpy,
        skip={c: "not for these" for c in matrix.COLUMNS if c not in ("bfloat16", "float8")},
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_pictures():
    grey = np.arange(12, dtype="u1").reshape(3, 4)
    assert numpy.array_equal(numpy.asarray(Image.fromarray(grey)), numpy.asarray(grey))
    colours = np.zeros((2, 3, 3), "u1")
    colours[..., 1] = 200
    found = Image.fromarray(colours)
    assert found.mode == "RGB" and found.getpixel((0, 0)) == (0, 200, 0)
    assert np.asarray(found)[0, 0].tolist() == [0, 200, 0]


def test_h5py_writes_and_reads_into_our_memory(tmp_path):
    x = np.arange(12.0).reshape(3, 4)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file.create_dataset("x", data=x, chunks=(1, 4), compression="gzip")
        file["x"][1] = np.zeros(4)
        out = np.empty((3, 4))
        file["x"].read_direct(numpy.asarray(out))
        assert out[1].tolist() == [0, 0, 0, 0] and out[2].tolist() == [8, 9, 10, 11]
        assert file["x"][np.array([0, 2])].tolist() == [[0, 1, 2, 3], [8, 9, 10, 11]]


def test_ragged_arrays_are_refused_and_their_parts_shared():
    ragged = awkward.Array([[1.0, 2.0], [], [3.0]])
    with pytest.raises(ValueError):
        np.asarray(ragged)
    flat = awkward.to_numpy(awkward.flatten(ragged))
    assert matrix.at(np.asarray(flat)) == at_numpy(flat)


def test_graphs_of_matrices():
    links = np.array([[0, 1, 0], [1, 0, 2], [0, 2, 0]])
    graph = networkx.from_numpy_array(numpy.asarray(links))
    assert sorted(graph.edges) == [(0, 1), (1, 2)]
    assert networkx.to_numpy_array(graph).tolist() == links.tolist()
    assert np.asarray(networkx.to_numpy_array(graph)).sum() == 6
    assert sorted(networkx.from_numpy_array(links).edges) == [(0, 1), (1, 2)]
