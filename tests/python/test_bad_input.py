"""Bad input: NumPy's exception type, a message that names the values, and nothing changed.

Each case is code that must fail, and words that sharray's message must contain. The type of the exception is NumPy's,
found by running the same code on it.
"""

import numpy
import pytest

import sharray

# name: (code, words the message must contain)
CASES = {
    "shape product overflows": ("np.empty((2**40, 2**40))", []),
    "shape too large for memory": ("np.empty((2**31, 2**31), dtype='i8')", []),
    "negative dimension": ("np.zeros((2, -3))", []),
    "65 dimensions": ("np.zeros((1,) * 65)", ["65"]),
    "reshape to another size": ("np.arange(6).reshape(4, 2)", ["6", "(4,2)"]),
    "reshape with two unknowns": ("np.arange(6).reshape(-1, -1)", []),
    "no dtype": ("np.dtype('no such type')", ["no such type"]),
    "no dtype, abbreviated": ("np.zeros(3, dtype='f3')", ["f3"]),
    "duplicate field names": ("np.dtype([('a', 'i4'), ('a', 'f8')])", ["a"]),
    "unknown field": ("np.zeros(2, dtype=[('a', 'i4')])['b']", ["b"]),
    "field beyond the item": ("np.dtype({'names': ['a'], 'formats': ['i8'], 'offsets': [4], 'itemsize': 8})", []),
    "axis out of range": ("np.zeros((2, 3)).sum(axis=2)", ["2"]),
    "negative axis out of range": ("np.zeros((2, 3)).max(axis=-3)", ["-3"]),
    "axis twice": ("np.zeros((2, 3)).sum(axis=(0, 0))", []),
    "index out of range": ("np.arange(3)[3]", ["3"]),
    "negative index out of range": ("np.arange(3)[-4]", ["-4"]),
    "too many indices": ("np.zeros((2, 3))[0, 0, 0]", ["2", "3"]),
    "fancy index out of range": ("np.arange(3)[[0, 5]]", ["5", "3"]),
    "mask of another length": ("np.arange(3)[np.array([True, False])]", ["3", "2"]),
    "float as an index": ("np.arange(3)[1.0]", []),
    "text as an index": ("np.arange(3)['a']", []),
    "set out of range": ("np.arange(3).__setitem__(7, 1)", ["7"]),
    "set a shape that does not fit": ("np.zeros((2, 3)).__setitem__(slice(None), np.zeros(4))", ["(4,)", "(2,3)"]),
    "take out of range": ("np.arange(3).take([4])", ["4"]),
    "shapes that do not broadcast": ("np.zeros((2, 3)) + np.zeros((4, 3))", ["(2,3)", "(4,3)"]),
    "out of a wrong shape": ("np.add(np.zeros(3), 1, out=np.zeros(2))", []),
    "out of a type that can't hold it": ("np.add(np.zeros(3), 1.5, out=np.zeros(3, dtype='i4'))", ["float64", "int32"]),
    "in place with a type that can't hold it": ("np.arange(3).__iadd__(1.5)", ["float64", "int64"]),
    "write to a read-only array": ("(a := np.arange(3), setattr(a.flags, 'writeable', False), a.__setitem__(0, 1))", ["read-only"]),
    "out is read-only": ("(a := np.zeros(3), setattr(a.flags, 'writeable', False), np.add(a, 1, out=a))", ["read-only"]),
    "bytes refuse to be writable": ("np.frombuffer(b'12345678').setflags(write=True)", []),
    "buffer too short": ("np.frombuffer(b'123', dtype='f8')", []),
    "offset beyond the buffer": ("np.frombuffer(b'12345678', offset=9)", []),
    "Python integer too large": ("np.array([1, 2], dtype='u1') + 300", ["300"]),
    "negative into unsigned": ("np.array([-1], dtype='u1')", ["-1"]),
    "text that is no number": ("np.array(['x1']).astype(float)", ["x1"]),
    "ragged list": ("np.array([[1, 2], [3]])", []),
    "cast that the rule forbids": ("np.zeros(2).astype('i4', casting='safe')", ["float64", "int32", "safe"]),
    "unknown casting rule": ("np.zeros(2).astype('i4', casting='never')", []),
    "truth of many": ("bool(np.zeros(2))", ["more than one element"]),
    "too many values for an integer": ("int(np.zeros(2))", []),
    "concatenate of nothing": ("np.concatenate([])", []),
    "concatenate of other widths": ("np.concatenate([np.zeros((2, 3)), np.zeros((2, 4))])", ["3", "4"]),
    "arange of no length": ("np.arange(0, 1, 0)", []),
    "linspace of negative number": ("np.linspace(0, 1, -1)", ["-1"]),
    "bincount of negatives": ("np.bincount([-1])", []),
    "quantile beyond one": ("np.quantile([1.0, 2.0], 1.5)", []),
    "histogram of backward edges": ("np.histogram([1.0], bins=[3, 1])", []),
    "unknown sort": ("np.sort([2, 1], kind='bogo')", ["bogo"]),
    "partition beyond the end": ("np.partition([2, 1], 5)", ["5"]),
    "unknown order": ("np.zeros(3, order='Z')", []),
    "wrong number of operands": ("np.add(1)", []),
    "unknown keyword of a ufunc": ("np.add(1, 2, nonsense=3)", ["nonsense"]),
    "reduction without identity": ("np.max([])", []),
    "interface of an unknown type": ("np.asarray(Interface(b'12345678', typestr='<q9'))", []),
    "unknown DLPack": ("np.from_dlpack(object())", []),
    "date that is none": ("np.datetime64('2013-02-30')", ["2013-02-30"]),
    "unknown unit": ("np.timedelta64(1, 'parsec')", ["parsec"]),
    "window larger than the array": ("np.lib.stride_tricks.sliding_window_view(np.arange(3), 5)", []),
    "window that is negative": ("np.lib.stride_tricks.sliding_window_view(np.arange(3), -1)", []),
    "pickle that is none": ("np.zeros(2).__setstate__((1, 2))", []),
}  # fmt: skip


class Interface:
    """An object with an ``__array_interface__`` that may be wrong."""

    def __init__(self, data, **changes):
        self.data = data
        self.__array_interface__ = {"version": 3, "shape": (1,), "typestr": "<f8", "data": data, **changes}


def failure(np, code, **names):
    """The exception that the code raises."""
    try:
        exec(code, {"np": np, "Interface": Interface, **names})
    except Exception as error:
        return error
    return None


def check(code, words, **names):
    """The code fails on sharray as on NumPy, and the message contains the words."""
    theirs, ours = failure(numpy, code, **names), failure(sharray, code, **names)
    assert theirs is not None, f"NumPy accepts this: {code}"
    assert ours is not None, f"accepted: {code}"
    kinds = [kind.__name__ for kind in type(theirs).__mro__]
    assert type(ours).__name__ in kinds or isinstance(ours, type(theirs)), f"{ours!r}, but NumPy: {theirs!r}"
    message = str(ours).replace(", ", ",")
    assert str(ours), f"{type(ours).__name__} without a message"
    missing = [word for word in words if word.replace(", ", ",") not in message]
    assert not missing, f"the message does not name {missing}: {ours}"


@pytest.mark.parametrize(("code", "words"), CASES.values(), ids=CASES)
def test_bad_input(code, words):
    check(code, words)


# What NumPy accepts, to read beyond the memory it was given, and sharray refuses (docs/differences.md).
REFUSED = {
    "interface whose strides leave its memory": "np.asarray(Interface(b'12345678', shape=(2,), strides=(64,)))",
    "interface whose data is too short": "np.asarray(Interface(b'1234', shape=(100,)))",
    "interface whose strides go before its memory": "np.asarray(Interface(b'12345678', shape=(2,), strides=(-8,)))",
}


@pytest.mark.parametrize("code", REFUSED.values(), ids=REFUSED)
def test_refused(code):
    assert isinstance(failure(sharray, code), ValueError)


# Files: what is in them, and the code that reads them (``file`` is the path).
FILES = {
    "truncated npy": (lambda whole: whole[:-5], "np.load(file)", []),
    "truncated header": (lambda whole: whole[:20], "np.load(file)", []),
    "no npy": (lambda whole: b"no array at all, just text", "np.load(file)", []),
    "unknown version": (lambda whole: whole[:6] + b"\x09\x00" + whole[8:], "np.load(file)", ["9"]),
    "empty file": (lambda whole: b"", "np.load(file)", []),
    "memmap of a file that is too short": (lambda whole: whole, "np.memmap(file, dtype='f8', mode='r', shape=(10**6,))", []),
    "memmap of a truncated npy": (lambda whole: whole[:-5], "np.load(file, mmap_mode='r')", []),
    "row with too few fields": (lambda whole: b"1,2,3\n4,5\n6,7,8\n", "np.loadtxt(file, delimiter=',')", ["2"]),
    "row with a word": (lambda whole: b"1,2\n3,four\n", "np.loadtxt(file, delimiter=',')", ["four"]),
    "structured row with too few fields": (lambda whole: b"1,2\n3\n", "np.loadtxt(file, delimiter=',', dtype='i4,f8')", []),
}  # fmt: skip


@pytest.mark.parametrize(("change", "code", "words"), FILES.values(), ids=FILES)
def test_bad_file(change, code, words, tmp_path):
    numpy.save(tmp_path / "good.npy", numpy.arange(10.0))
    file = tmp_path / "bad.npy"
    file.write_bytes(change((tmp_path / "good.npy").read_bytes()))
    check(code, words, file=str(file))


# Code that fails half-way, on an array ``a`` that must be as it was before.
UNCHANGED = {
    "assignment of a wrong shape": "a[:] = np.zeros(7)",
    "fancy assignment out of range": "a[[0, 99]] = 5",
    "addition at an index out of range": "np.add.at(a, [0, 99], 1)",
    "assignment of text": "a[:] = ['1', '2', 'x', '4']",
    "in-place addition of complex": "a += 1j",
    "reshape in place": "a.shape = (3, 2)",
    "put out of range": "a.put([0, 99], 5)",
}


@pytest.mark.parametrize("code", UNCHANGED.values(), ids=UNCHANGED)
def test_nothing_changes_where_numpy_changes_nothing(code):
    theirs, ours = numpy.arange(4.0), sharray.arange(4.0)
    before = ours.tolist()
    assert failure(numpy, code, a=theirs) is not None
    assert failure(sharray, code, a=ours) is not None
    changed_by_numpy = theirs.tolist() != before
    assert ours.shape == theirs.shape
    assert ours.tolist() == before or (changed_by_numpy and ours.tolist() == theirs.tolist())
