"""DLPack both ways: with the real NumPy, and with PyTorch where it is installed. Lies: test_dlpack_lies.py."""

import ctypes
import gc
import subprocess
import sys
import threading
import weakref

import numpy
import pytest
from dlpack_structs import Given, Legacy, Old, Producer, Versioned, address, capsule_name, capsule_pointer, peek

import sharray as np

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
SMALL = {"bfloat16": (4, 16), "float8_e4m3fn": (10, 8), "float8_e5m2": (12, 8)}


def layouts(library, dtype="f8"):
    """Arrays of every kind of layout, by name."""
    base = library.arange(24).astype(dtype)
    return {
        "dense": base,
        "two axes": base.reshape(4, 6),
        "transposed": base.reshape(4, 6).T,
        "stepped": base.reshape(4, 6)[::2, 1::3],
        "reversed": base[::-1],
        "three axes, turned": base.reshape(2, 3, 4).transpose(2, 0, 1)[:, ::-1],
        "one element": base[3:4],
        "one element, reversed": base[3:4][::-1],
        "no axes": base[5:6].reshape(()),
        "no elements": base[:0],
        "no elements, three axes": base.reshape(4, 6)[:0].reshape(2, 0, 3),
        "many axes": base[:1].reshape((1,) * 33),
    }


LAYOUTS = list(layouts(numpy))


# Capsules


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("copy", [None, True])
def test_the_struct_is_as_numpy_makes_it(layout, copy):
    fields = ["device_type", "device_id", "ndim", "code", "bits", "lanes", "byte_offset"]
    for form, version in ((Versioned, (1, 0)), (Legacy, None)):
        found = []
        for library in (numpy, np):
            array = layouts(library)[layout]
            capsule = array.__dlpack__(max_version=version, copy=copy)
            assert capsule_name(capsule) == form.title
            managed = peek(capsule, form)
            tensor = managed.tensor
            shared = tensor.data == address(array)
            assert shared == (copy is None)
            dims = [p[: tensor.ndim] if p else None for p in (tensor.shape, tensor.strides)]
            head = (managed.major, managed.minor, managed.flags) if form is Versioned else None
            found.append([getattr(tensor, field) for field in fields] + dims + [head])
        assert found[0] == found[1]


@pytest.mark.parametrize(
    ("version", "form"),
    [
        (None, Legacy),
        ((0, 0), Legacy),
        ((0, 8), Legacy),
        ((1, 0), Versioned),
        ((1, 1), Versioned),
        ((100, 3), Versioned),
    ],
)
def test_the_consumer_s_version_decides(version, form):
    capsule = np.arange(3).__dlpack__(max_version=version)
    assert capsule_name(capsule) == form.title
    if form is Versioned:
        head = peek(capsule, form)
        assert (head.major, head.minor) <= max(version, (1, 0)) and head.major == 1


@pytest.mark.parametrize(
    "call",
    [
        "x.__dlpack__(stream=1)",
        "x.__dlpack__(stream=-1)",
        "x.__dlpack__(None)",
        "x.__dlpack__(copy=np.array([1, 2, 3]))",
        "x.__dlpack__(copy='x')",
        "x.__dlpack__(max_version=(1,))",
        "x.__dlpack__(max_version=1)",
        "x.__dlpack__(max_version=[1, 0])",
        "x.__dlpack__(max_version=(1.5, 0))",
        "x.__dlpack__(max_version=('a', 0))",
        "x.__dlpack__(dl_device=(10, 0))",
        "x.__dlpack__(dl_device=(1, 5))",
        "x.__dlpack__(dl_device=(1,))",
        "x.__dlpack__(dl_device=1)",
        "x.__dlpack__(dl_device=('a', 0))",
        "x.__dlpack__(unknown=1)",
        "x.__dlpack_device__(1)",
        "r.__dlpack__()",
        "r.__dlpack__(max_version=(0, 8))",
        "np.broadcast_to(x, (2, 5)).__dlpack__()",
        "np.zeros(3, [('n', 'i4'), ('c', 'i1')])['n'].__dlpack__()",
        *(f"np.zeros(3, {one!r}).__dlpack__()" for one in ["M8[s]", "m8", "O", "S3", "U2", "V4", "g", "G", ">i8", "T"]),
        "np.zeros(3, [('n', 'i4')]).__dlpack__(copy=True)",
        "np.from_dlpack()",
        "np.from_dlpack(x, 1)",
        "np.from_dlpack(x=x)",
        "np.from_dlpack(3)",
        "np.from_dlpack(x.__dlpack__())",
        "np.from_dlpack(x, device='gpu')",
        "np.from_dlpack(x, device=1)",
        "np.from_dlpack(x, device=(1, 0))",
        "np.from_dlpack(x, copy='a')",
        "np.from_dlpack(Given(3))",
        "np.from_dlpack(Given(None))",
        "np.from_dlpack(Old(x), device='cpu')",
        "np.from_dlpack(Old(x), copy=True)",
        "np.from_dlpack(Old(r))",
        "x.__dlpack__(max_version=(1, 'a'))",
        "x.__dlpack__(max_version=(True, 0))",
        "x.__dlpack__(copy=2)",
        "r.__dlpack__(copy=True)",
        "np.from_dlpack(x, copy=2)",
        "np.from_dlpack(Old(x)).flags.writeable",
        "np.from_dlpack(r).flags.writeable",
        "np.from_dlpack(r, copy=True).flags.writeable",
        "np.from_dlpack(np.broadcast_to(x, (3, 5))).strides",
        "type(np.from_dlpack(x).base).__name__",
        "hasattr(np.float64(1), '__dlpack__')",
        "x.__dlpack_device__()",
    ],
)
def test_answers_are_numpy_s(call):
    def answer(library):
        x = library.arange(5)
        r = x.copy()
        r.flags.writeable = False
        try:
            value = eval(call, {"np": library, "x": x, "r": r, "Given": Given, "Old": Old})
        except Exception as error:
            return type(error)
        return capsule_name(value) if type(value).__name__ == "PyCapsule" else value

    theirs, ours = answer(numpy), answer(np)
    theirs, ours = (one.tolist() if hasattr(one, "tolist") else one for one in (theirs, ours))
    assert theirs == ours and type(theirs) is type(ours)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("np.arange(3, dtype='>i4').__dlpack__()", ["byte order", ">i4", "newbyteorder"]),
        ("np.zeros(3, 'M8[D]').__dlpack__()", ["datetime64[D]", "int64"]),
        ("np.zeros(3, 'g').__dlpack__()", ["float128", "float64"]),
        ("np.arange(3).__dlpack__(stream=7)", ["stream=7", "None"]),
        ("np.arange(3).__dlpack__(dl_device=(2, 1))", ["(2, 1)", "(1, 0)"]),
        ("np.broadcast_to(1, 3).__dlpack__()", ["read-only", "max_version", "copy=True"]),
        ("np.zeros(3, 'i4,i1')['f0'].__dlpack__()", ["5", "itemsize 4", "copy=True"]),
    ],
)
def test_refusals_say_what_to_do(call, words):
    with pytest.raises((BufferError, RuntimeError)) as caught:
        eval(call)
    assert not [word for word in words if word not in str(caught.value)], caught.value


def test_a_capsule_is_taken_once():
    for version, used in (((1, 0), b"used_dltensor_versioned"), (None, b"used_dltensor")):
        x = np.arange(3)
        capsule = x.__dlpack__(max_version=version)
        taken = np.from_dlpack(Given(capsule))
        assert capsule_name(capsule) == used and address(taken) == address(x)
        with pytest.raises(ValueError, match="taken before"):
            np.from_dlpack(Given(capsule))
        with pytest.raises(ValueError):
            numpy.from_dlpack(Given(capsule))


def test_keywords_that_producers_are_asked_by():
    one = Producer()
    np.from_dlpack(one, device="cpu", copy=False)
    assert one.asked == [{"dl_device": (1, 0), "copy": False, "max_version": (1, 1)}]


# With the real NumPy


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_shared_with_numpy(dtype, layout):
    for giver, taker in ((numpy, np), (np, numpy), (np, np)):
        array = layouts(giver, dtype)[layout]
        seen = taker.from_dlpack(array)
        assert seen.dtype.str == array.dtype.str and seen.shape == array.shape
        assert address(seen) == address(array)
        assert seen.flags.writeable
        assert seen.tolist() == array.tolist()
        if array.size:
            array[...] = 1
            assert (numpy.asarray(seen) == 1).all()
            seen[...] = 0
            assert (numpy.asarray(array) == 0).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_copy_is_one(dtype):
    for giver, taker in ((numpy, np), (np, numpy), (np, np)):
        array = layouts(giver, dtype)["stepped"]
        seen = taker.from_dlpack(array, copy=True)
        assert address(seen) != address(array) and seen.tolist() == array.tolist()
        before = seen.tolist()
        array[...] = 0
        assert seen.tolist() == before and seen.flags.writeable


def test_read_only_stays_read_only():
    for giver, taker in ((numpy, np), (np, numpy), (np, np)):
        array = giver.arange(4)
        array.flags.writeable = False
        seen = taker.from_dlpack(array)
        assert address(seen) == address(array) and not seen.flags.writeable
        with pytest.raises(ValueError):
            seen[0] = 1
        with pytest.raises(ValueError):
            seen.flags.writeable = True


@pytest.mark.parametrize("name", list(SMALL))
def test_small_floats(name):
    x = np.arange(6).astype(name)
    tensor = peek(x.__dlpack__(max_version=(1, 0)), Versioned).tensor
    assert (tensor.code, tensor.bits) == SMALL[name]
    seen = np.from_dlpack(x)
    assert seen.dtype == x.dtype and address(seen) == address(x) and seen.tolist() == x.tolist()


def test_subclasses_hand_over_their_memory():
    class Named(np.ndarray):
        pass

    x = np.arange(4).view(Named)
    for copy in (None, True):
        seen = np.from_dlpack(x, copy=copy)
        assert type(seen) is np.ndarray and (address(seen) == address(x)) == (copy is None)


# Lifetimes


@pytest.mark.parametrize("version", [None, (1, 0)])
def test_references(version):
    x = np.arange(5)
    before = sys.getrefcount(x)
    capsule = x.__dlpack__(max_version=version)
    assert sys.getrefcount(x) == before + 1
    seen = np.from_dlpack(Given(capsule))
    del capsule
    assert sys.getrefcount(x) == before + 1
    part = seen[1:]
    del seen
    assert sys.getrefcount(x) == before + 1
    del part
    assert sys.getrefcount(x) == before


@pytest.mark.parametrize("form", [Legacy, Versioned])
def test_foreign_deleters_are_called_once(form):
    one = Producer(form)
    seen = np.from_dlpack(one)
    assert address(seen) == ctypes.addressof(one.memory) and seen.tolist() == [0, 1, 2]
    assert seen.flags.writeable == (form is Versioned)
    part = seen[::2]
    del seen
    gc.collect()
    assert one.deleted == 0 and part.tolist() == [0, 2]
    del part
    gc.collect()
    assert one.deleted == 1
    one.capsule = None
    assert one.deleted == 1


@pytest.mark.parametrize("version", [None, (1, 0)])
def test_either_side_may_go_first(version):
    class Named(np.ndarray):
        pass

    x = np.arange(1000.0).view(Named)
    gone = weakref.ref(x)
    seen = numpy.from_dlpack(Given(x.__dlpack__(max_version=version)))
    del x
    gc.collect()
    assert gone() is not None and seen.sum() == 499500.0
    del seen
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("form", [Legacy, Versioned])
def test_a_deleter_may_be_called_by_any_thread(form):
    class Named(np.ndarray):
        pass

    version = (1, 0) if form is Versioned else None
    x = np.arange(4).view(Named)
    gone = weakref.ref(x)
    capsule = x.__dlpack__(max_version=version)
    managed = capsule_pointer(capsule, form.title)
    rename = ctypes.pythonapi.PyCapsule_SetName
    rename.argtypes = [ctypes.py_object, ctypes.c_char_p]
    used = b"used_" + form.title
    rename(capsule, used)
    del x, capsule
    gc.collect()
    assert gone() is not None
    # CFUNCTYPE lets go of the GIL around the call, as a library's own thread has none.
    deleter = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(form.from_address(managed).deleter)
    worker = threading.Thread(target=deleter, args=(managed,))
    worker.start()
    worker.join()
    assert gone() is None


def test_threads():
    errors = []

    def work():
        try:
            for count in range(500):
                x = np.arange(count % 7 + 1.0)
                y = numpy.from_dlpack(np.from_dlpack(x))
                del x
                assert y.sum() == sum(range(count % 7 + 1))
        except BaseException as error:
            errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not errors


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("way", ["take", "give", "leave", "refuse", "copy"])
def test_memory_is_constant(way):
    x = np.zeros(32_000)
    theirs = numpy.zeros(32_000)
    far = peek(x.__dlpack__(max_version=(1, 0)), Versioned)

    def once():
        match way:
            case "take":
                np.from_dlpack(theirs)
            case "give":
                numpy.from_dlpack(x)
            case "leave":
                x.__dlpack__(), x.__dlpack__(max_version=(1, 0), copy=True)
            case "refuse":
                with pytest.raises(ValueError):
                    np.from_dlpack(Given(far))
            case "copy":
                np.from_dlpack(theirs, copy=True), numpy.from_dlpack(x, copy=True)

    for _ in range(500):
        once()
    before = resident()
    for _ in range(10_000):
        once()
    assert resident() - before < 4 << 20


def test_the_end_of_the_interpreter():
    code = """
import sys, numpy, sharray
x = sharray.arange(1000)
sys.kept = [numpy.from_dlpack(x), sharray.from_dlpack(numpy.arange(1000)), x.__dlpack__(), x.__dlpack__(max_version=(1, 0))]
loop = [x, sharray.from_dlpack(x)]
loop.append(loop)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


# With PyTorch


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


TORCH = {
    "?": "bool", "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8", "u2": "uint16", "u4": "uint32",
    "u8": "uint64", "f2": "float16", "f4": "float32", "f8": "float64", "c8": "complex64", "c16": "complex128",
    "bfloat16": "bfloat16", "float8_e4m3fn": "float8_e4m3fn", "float8_e5m2": "float8_e5m2",
}  # fmt: skip


@pytest.mark.parametrize("dtype", list(TORCH))
def test_shared_with_torch(torch, dtype):
    theirs = getattr(torch, TORCH[dtype])
    tensor = torch.tensor([[1, 0, 1], [0, 1, 1]]).to(theirs)
    seen = np.from_dlpack(tensor)
    assert seen.dtype == np.dtype(dtype) and address(seen) == tensor.data_ptr()
    assert (seen != 0).tolist() == [[True, False, True], [False, True, True]]
    seen[0, 1] = 1
    assert bool(tensor[0, 1])
    array = np.array([[1, 0, 1], [0, 1, 1]]).astype(dtype)
    given = torch.from_dlpack(array)
    assert given.dtype == theirs and given.data_ptr() == address(array)
    array[1, 0] = 1
    assert bool(given[1, 0])


def test_layouts_with_torch(torch):
    tensor = torch.arange(24.0).reshape(4, 6)
    for view in (tensor.T, tensor[::2, 1::3], tensor[:, 2], tensor[1:1], tensor[0, 0], tensor.expand(2, 4, 6)):
        seen = np.from_dlpack(view)
        assert seen.shape == tuple(view.shape) and seen.tolist() == view.tolist()
        assert view.numel() == 0 or address(seen) == view.data_ptr()
        assert torch.from_dlpack(seen).tolist() == view.tolist()
    for array in (np.arange(24.0).reshape(4, 6).T, np.arange(24.0)[::5], np.zeros((2, 0, 3)), np.array(5.0)):
        seen = torch.from_dlpack(array)
        assert tuple(seen.shape) == array.shape and seen.tolist() == array.tolist()
    with pytest.raises(BufferError):
        np.from_dlpack(torch.zeros(3, requires_grad=True))


def test_lifetimes_with_torch(torch):
    seen = np.from_dlpack(torch.arange(1000))
    gc.collect()
    assert seen.sum() == 499500
    tensor = torch.from_dlpack(np.arange(1000))
    gc.collect()
    assert int(tensor.sum()) == 499500
    x = np.arange(4.0)
    before = sys.getrefcount(x)
    for _ in range(10_000):
        torch.from_dlpack(x)
    assert sys.getrefcount(x) == before


def test_torch_lets_go_from_its_own_threads(torch):
    """A gradient's graph keeps our memory, and is freed by whichever thread is done with it."""
    x = np.arange(1000.0)
    before = sys.getrefcount(x)

    def work():
        weights = torch.ones(1000, dtype=torch.float64, requires_grad=True)
        (weights * torch.from_dlpack(x)).sum().backward()
        assert float(weights.grad.sum()) == 499500.0

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    gc.collect()
    assert sys.getrefcount(x) == before
