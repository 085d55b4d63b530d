"""Fourier transforms beside NumPy's, in one process."""

import os
import subprocess
import sys
import threading
import warnings

import numpy
import pytest
from hypothesis import given, settings, strategies as st

import sharray as np

ONE_AXIS = ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"]
REAL_INPUT = {"rfft", "ihfft", "rfftn", "rfft2"}
NORMS = [None, "backward", "ortho", "forward"]
LENGTHS = [
    *range(1, 34),
    37,
    60,
    61,
    64,
    97,
    100,
    121,
    127,
    128,
    169,
    210,
    243,
    256,
    289,
    499,
    1000,
    1009,
    2310,
    4096,
    4913,
]


def noise(shape, dtype="f8", seed=0):
    """Random numbers of a dtype, an array of NumPy's."""
    generator = numpy.random.default_rng(seed)
    values = generator.standard_normal(shape)
    if numpy.dtype(dtype).kind == "c":
        values = values + 1j * generator.standard_normal(shape)
    if numpy.dtype(dtype).kind in "biu":
        values = numpy.abs(values * 20)
    return values.astype(dtype)


def own(values):
    """The same array, strides included, as sharray's."""
    return np.asarray(values)


def check(name, values, *args, **kwargs):
    """The same call on both: dtype, shape, strides, and values within rounding."""
    mine = getattr(np.fft, name)(own(values), *args, **kwargs)
    reference = getattr(numpy.fft, name)(values, *args, **kwargs)
    assert type(mine) is np.ndarray
    assert (str(mine.dtype), mine.shape) == (str(reference.dtype), reference.shape)
    if reference.size > 1 and name != "hfft":
        assert mine.strides == reference.strides
    close(mine, reference)
    return mine


def close(mine, reference):
    """Equal within a few rounding errors of the largest element."""
    mine = numpy.asarray(mine)
    eps = max(numpy.finfo(mine.dtype).eps, numpy.finfo(float).eps)
    size = numpy.abs(reference).max(initial=0)
    assert numpy.abs(mine - reference).max(initial=0) <= 40 * eps * size


@pytest.mark.parametrize("dtype", ["f8", "c16", "f4", "c8"])
@pytest.mark.parametrize("name", ONE_AXIS)
def test_lengths(name, dtype):
    if name in REAL_INPUT and dtype[0] == "c":
        dtype = {"c16": "i4", "c8": ">f4"}[dtype]
    for n in LENGTHS:
        extent = n // 2 + 1 if name in ("irfft", "hfft") else n
        check(name, noise((2, extent), dtype, n), n)


@pytest.mark.parametrize("n", [65537, 3**10, 1 << 18, 100_000, 30030])
@pytest.mark.parametrize("name", ["fft", "rfft", "irfft"])
def test_long(name, n):
    check(name, noise(n, "f8", n), n)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("name", ONE_AXIS)
def test_norms_cut_and_filled(name, norm):
    for extent in (1, 2, 5, 8, 30):
        for n in (1, 2, 3, 8, 15, 16, 64):
            check(name, noise((3, extent), seed=n), n, norm=norm)
            check(name, noise((extent, 3), seed=n), n, 0, norm)


@pytest.mark.parametrize("dtype", [*"?bBhHiIlLqQefdgFDG", ">f8", ">c16", ">i4", ">f4"])
def test_dtypes(dtype):
    for name in ONE_AXIS:
        if name not in REAL_INPUT or numpy.dtype(dtype).kind != "c":
            values = noise(8, dtype)
            mine = getattr(np.fft, name)(own(values))
            reference = getattr(numpy.fft, name)(values)
            assert mine.dtype.char == reference.dtype.char
            eps = 1e-2 if mine.dtype.char == "e" else 1e-5
            assert numpy.allclose(numpy.asarray(mine.astype("D")), reference.astype("D"), rtol=eps, atol=eps)


@pytest.mark.parametrize("dtype", ["bfloat16", "float8_e4m3fn", "float8_e5m2"])
def test_small_floats(dtype):
    values = np.asarray([1.0, 2.0, 3.0, 4.0], dtype)
    assert np.fft.fft(values).dtype == np.complex64
    assert np.fft.irfft(values).dtype == np.float32
    assert np.fft.fft(values)[0] == 10


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
@pytest.mark.parametrize("name", ONE_AXIS)
def test_axes_and_strides(name, axis):
    values = noise((6, 9, 40))
    for view in (
        values,
        values.transpose(2, 0, 1),
        numpy.asfortranarray(values),
        values[::2, ::-1, 1::3],
        values[:, :, ::-1],
        values[:1] if axis not in (0, -3) else values[:2],
        numpy.broadcast_to(values[:, :1], values.shape),
        numpy.moveaxis(values, 0, 1)[::-1],
    ):
        check(name, view, axis=axis)
        check(name, view, 7, axis)
        check(name, view, 20, axis)


def test_unaligned_and_fields():
    packed = numpy.zeros(5, [("a", "i1"), ("x", "f8"), ("z", "c16")])
    packed["x"], packed["z"] = noise(5), noise(5, "c16")
    for field in ("x", "z"):
        close(np.fft.fft(own(packed[field])), numpy.fft.fft(packed[field]))


def test_without_elements():
    for shape in ((0, 4), (3, 0, 4), (0,)):
        values = numpy.zeros(shape)
        if shape[-1]:
            for name in ONE_AXIS:
                check(name, values)
        check("fft", values, 4)
        check("fft", values, 4, 0)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("name", ["fftn", "ifftn", "rfftn", "irfftn", "fft2", "ifft2", "rfft2", "irfft2"])
def test_several_axes(name, norm):
    values = noise((4, 6, 9))
    calls = [{}, {"axes": (0, 2)}, {"axes": (2, 0)}, {"s": (5, 8), "axes": (1, 0)}, {"s": (-1, 12), "axes": (0, 1)}]
    calls += [{"axes": (1, 1)}]
    for call in calls:
        check(name, values, **call, norm=norm)
        check(name, values.T, **call, norm=norm)
        if name not in REAL_INPUT:
            check(name, noise((4, 6, 9), "c8"), **call, norm=norm)


def test_input_stays():
    for name in [*ONE_AXIS, "fftn", "ifftn", "rfftn", "irfftn", "fft2", "irfft2"]:
        values = noise((6, 8), "f8" if name in REAL_INPUT else "c16")
        kept = values.copy()
        getattr(np.fft, name)(own(values))
        assert (values == kept).all()


@pytest.mark.parametrize("name", ["fftn", "rfftn", "irfftn"])
def test_rules_of_s_and_axes(name):
    for library in (np, numpy):
        function = getattr(library.fft, name)
        with pytest.warns(DeprecationWarning, match="`axes` should not be `None`") as caught:
            function(library.ones((4, 4)), s=(2, 2))
        assert library is numpy or caught[0].filename == __file__
        with pytest.warns(DeprecationWarning, match="containing `None`"):
            function(library.ones((4, 4)), s=(2, None), axes=(0, 1))
        with pytest.raises(ValueError, match="Shape and axes have different lengths"):
            function(library.ones((4, 4)), s=(2,), axes=(0, 1))
        with pytest.raises(IndexError):
            function(library.ones((4, 4)), axes=(0, 5))
    assert np.fft.fftn(np.float64(3)) == 3.0


OUT = {"fft": (8, "c16"), "ifft": (8, "c16"), "rfft": (5, "c16"), "irfft": (8, "f8"), "ihfft": (5, "c16")}


@pytest.mark.parametrize("name", OUT)
def test_out(name):
    length, dtype = OUT[name]
    values = noise((3, 8))
    reference = getattr(numpy.fft, name)(values, 8)
    function = getattr(np.fft, name)
    for wanted in (dtype, "c16", "c8", ">c16", "G"):
        for target in (np.empty((3, length), wanted), np.empty((3, 2 * length), wanted)[:, ::-2]):
            out = target if wanted != "c8" or dtype == "c16" else target.astype("c8")
            assert function(own(values), 8, out=out) is out
            assert numpy.allclose(numpy.asarray(out.astype("D")), reference, atol=1e-5)
    out = np.empty((3, length), dtype)
    assert function(own(values), 8, out=(out,)) is out
    assert function(own(values)[:1], 8, out=out) is out
    close(out, numpy.repeat(reference[:1], 3, 0))


def test_out_of_several_axes():
    values = noise((4, 6), "c16")
    for name in ("fftn", "ifftn", "fft2"):
        out = np.empty((4, 6), "c16")
        assert getattr(np.fft, name)(own(values), out=out) is out
        close(out, getattr(numpy.fft, name)(values))
    out = np.empty((4, 4), "c16")
    assert np.fft.rfftn(own(values.real), out=out) is out
    close(out, numpy.fft.rfftn(values.real))
    out = np.empty((4, 10))
    assert np.fft.irfftn(own(values), out=out) is out
    close(out, numpy.fft.irfftn(values))


def test_out_that_shares_memory():
    values = noise((12, 12), "c16")
    for axis in (0, 1):
        both = np.array(own(values))
        assert np.fft.fft(both, axis=axis, out=both) is both
        close(both, numpy.fft.fft(values, axis=axis))
        both = np.array(own(values))
        np.fft.fft(both, axis=axis, out=both.T)
        close(both.T, numpy.fft.fft(values, axis=axis))
        both = np.array(own(values))
        np.fft.fft(both[1:], axis=axis, out=both[:-1])
        close(both[:-1], numpy.fft.fft(values[1:], axis=axis))
        both = np.array(own(values))
        np.fft.ifft(both[::-1], axis=axis, out=both)
        close(both, numpy.fft.ifft(values[::-1], axis=axis))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda m: m.fft.fft([1.0], 0), ValueError, r"Invalid number of FFT data points \(0\) specified"),
        (lambda m: m.fft.fft([1.0], -3), ValueError, r"Invalid number of FFT data points \(-3\) specified"),
        (lambda m: m.fft.fft([]), ValueError, r"Invalid number of FFT data points \(0\) specified"),
        (lambda m: m.fft.irfft([1.0]), ValueError, r"Invalid number of FFT data points \(0\) specified"),
        (lambda m: m.fft.fft([1.0], norm="x"), ValueError, "Invalid norm value x; should be"),
        (lambda m: m.fft.hfft([1.0, 2.0], norm="x"), ValueError, "Invalid norm value x; should be"),
        (lambda m: m.fft.fft([1.0, 2.0], norm=3), ValueError, "Invalid norm value 3; should be"),
        (lambda m: m.fft.fft([1.0, 2.0], axis=1), IndexError, "tuple index out of range"),
        (lambda m: m.fft.fft([1.0, 2.0], 2, 1), IndexError, "axis 1 is out of bounds for array of dimension 1"),
        (lambda m: m.fft.fft(2.0), IndexError, "tuple index out of range"),
        (lambda m: m.fft.fft([1.0], 2.0), TypeError, ""),
        (lambda m: m.fft.fft([1.0], True), TypeError, "an integer is required"),
        (lambda m: m.fft.fft([1.0], "2"), TypeError, ""),
        (lambda m: m.fft.fft([1.0], 2, None), TypeError, ""),
        (lambda m: m.fft.fft([1.0], 2**70), ValueError, "Maximum allowed dimension exceeded"),
        (lambda m: m.fft.fft([1.0], 2**62), ValueError, "array is too big"),
        (lambda m: m.fft.fft([1.0], 2**45), MemoryError, ""),
        (lambda m: m.fft.rfft(m.zeros(3, "f4"), 2**45), MemoryError, ""),
        (lambda m: m.fft.rfft([1j]), TypeError, "not supported for the input types"),
        (lambda m: m.fft.ihfft([1j]), TypeError, "not supported for the input types"),
        (lambda m: m.fft.fft(m.array([1, 2], object)), TypeError, "not supported for the input types"),
        (lambda m: m.fft.fft(["a"]), TypeError, ""),
        (lambda m: m.fft.fft(m.array([1], "m8[s]")), TypeError, ""),
        (lambda m: m.fft.fft([1.0, 2.0], out=[1, 2]), TypeError, "return arrays must be of ArrayType"),
        (lambda m: m.fft.fft([1.0, 2.0], out=m.empty(3, "D")), ValueError, "output array has wrong shape"),
        (lambda m: m.fft.fft([1.0, 2.0], out=m.empty((1, 2), "D")), ValueError, "output array has wrong shape"),
        (lambda m: m.fft.fft(m.ones((3, 2)), out=m.empty((4, 2), "D")), ValueError, "broadcast"),
        (lambda m: m.fft.fft([1.0, 2.0], out=m.empty(2)), TypeError, "Cannot cast ufunc 'fft' output"),
        (lambda m: m.fft.irfft([1.0, 2.0], out=m.empty(2, "i8")), TypeError, "Cannot cast ufunc 'irfft' output"),
        (lambda m: m.fft.fft([1.0, 2.0], out=m.broadcast_to(0j, 2)), ValueError, "read-only"),
        (lambda m: m.fft.fft([1.0], wrong=1), TypeError, "unexpected keyword argument 'wrong'"),
        (lambda m: m.fft.fft(), TypeError, "missing 1 required positional argument"),
        (lambda m: m.fft.fft(m.ones(2), 2, n=2), TypeError, "multiple values for argument 'n'"),
    ],
)
def test_refusals(call, error, words):
    for library in (np, numpy):
        with pytest.raises(error, match=words or None):
            call(library)


def test_special_values():
    for name in ONE_AXIS:
        for n in (1, 2, 8, 9, 61, 499):
            values = noise(n)
            values[n // 2] = numpy.nan
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                mine = getattr(np.fft, name)(own(values), n)
                assert np.isnan(mine).all() or name in ("irfft", "hfft")
                values[n // 2] = numpy.inf
                assert not np.isfinite(np.fft.fft(own(values))).any()
    assert not np.fft.fft(np.zeros(61)).any()


def test_reports():
    quiet = [noise(n, "c16", n) for n in (*range(1, 130), 499, 1009, 4913)]
    with np.errstate(invalid="raise", over="raise", divide="raise"):
        for values in quiet:
            for name in ("fft", "ifft", "irfft"):
                getattr(np.fft, name)(own(values), len(values))
            np.fft.rfft(own(values.real))
        with pytest.raises(FloatingPointError, match="overflow encountered in fft"):
            np.fft.fft(np.full(4, 1e308))
    with pytest.warns(RuntimeWarning, match="invalid value encountered in rfft"):
        np.fft.rfft(np.asarray([np.inf, 1.0, -np.inf, 2.0]))


def test_subclasses_and_overrides():
    class Own(np.ndarray):
        pass

    class Foreign:
        def __array_function__(self, function, types, args, kwargs):
            return self, function.__name__

    assert type(np.fft.fft(np.ones(3).view(Own))) is np.ndarray
    out = np.empty(3, "c16").view(Own)
    assert np.fft.fft(np.ones(3), out=out) is out
    assert np.fft.rfft(Foreign())[1] == "rfft"
    assert np.fft.fftn(np.ones(3), out=Foreign())[1] == "fftn"
    close(np.fft.fft(noise(8)), numpy.fft.fft(noise(8)))
    assert type(numpy.fft.rfft(np.ones(4))) is np.ndarray


def test_threads_give_the_same_bits():
    values = own(noise((300, 512), "c16"))
    for axis in (0, 1):
        with np.threads.limit(1):
            alone = np.fft.fft(values, axis=axis)
        for threads in (2, 3, 7):
            with np.threads.limit(threads):
                assert np.fft.fft(values, axis=axis).tobytes() == alone.tobytes()


def test_from_many_threads():
    def work(seed):
        for n in range(1, 80):
            values = noise(n, "c16", seed)
            close(np.fft.fft(own(values)), numpy.fft.fft(values))
        done.append(seed)

    done = []
    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1, 2, 3]


FORKS = """
import os, signal, threading, warnings
import sharray as np
warnings.simplefilter("ignore")
np.fft.fft(np.ones(3))  # Python's own locks of imports are not the subject
stop = False
def busy():
    n = 0
    while not stop:
        n = n % 500 + 1
        np.fft.fft(np.ones(n)), np.fft.rfft(np.ones(n, "f4"))
threads = [threading.Thread(target=busy) for _ in range(3)]
[thread.start() for thread in threads]
fine = True
for _ in range(60):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        ok = all(abs(np.fft.fft(np.ones(n))[0] - n) < 1e-9 for n in range(1, 40))
        ok &= abs(np.fft.fft(np.ones((500, 512)))[3, 0] - 512) < 1e-9
        os._exit(0 if ok else 1)
    fine &= os.waitpid(child, 0)[1] == 0
stop = True
[thread.join() for thread in threads]
print(fine)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_forks_beside_busy_threads():
    result = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, timeout=300)
    assert result.stdout.strip() == "True", result.stderr


@pytest.mark.parametrize("level", ["baseline", "avx2", "avx512"])
def test_levels(level):
    program = """
import numpy, sharray as np
for n in (1, 2, 8, 30, 61, 64, 169, 1000, 1009):
    for dtype in "dfFD":
        a = numpy.random.default_rng(n).standard_normal((2, n)).astype(dtype)
        for name in ("fft", "ifft", "irfft", "hfft"):
            mine, ref = getattr(np.fft, name)(np.asarray(a), n), getattr(numpy.fft, name)(a, n)
            assert numpy.allclose(numpy.asarray(mine), ref, rtol=1e-4, atol=1e-5 * n), (n, dtype, name)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120, env={**os.environ, "SHARRAY_ISA": level})


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_call(data):
    shape = tuple(data.draw(st.lists(st.integers(1, 7), min_size=1, max_size=4)))
    name = data.draw(st.sampled_from(ONE_AXIS))
    dtype = data.draw(st.sampled_from(["f8", "f4", "i2", "?"] + ([] if name in REAL_INPUT else ["c16", "c8"])))
    values = noise(shape, dtype, data.draw(st.integers(0, 9)))
    values = values.transpose(data.draw(st.permutations(range(len(shape)))))
    values = values[tuple(slice(None, None, data.draw(st.sampled_from([1, 2, -1]))) for _ in shape)]
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    n = data.draw(st.integers(1, 20))
    check(name, values, n, axis, data.draw(st.sampled_from(NORMS)))


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 3000), st.sampled_from(["c16", "f8", "c8"]))
def test_there_and_back(n, dtype):
    values = own(noise(n, dtype, n))
    close(np.fft.ifft(np.fft.fft(values)), numpy.asarray(values))
    if dtype == "f8":
        close(np.fft.irfft(np.fft.rfft(values), n), numpy.asarray(values))


def test_frequencies_and_shifts():
    for n in (1, 2, 5, 8):
        assert np.fft.fftfreq(n, 0.1).tolist() == numpy.fft.fftfreq(n, 0.1).tolist()
        assert np.fft.rfftfreq(n, 0.1).tolist() == numpy.fft.rfftfreq(n, 0.1).tolist()
        values = noise((n, 3))
        for axes in (None, 0, (0, 1), -1):
            for name in ("fftshift", "ifftshift"):
                mine = getattr(np.fft, name)(own(values), axes)
                assert mine.tolist() == getattr(numpy.fft, name)(values, axes).tolist()
