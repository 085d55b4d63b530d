"""Producers whose DLPack structs lie, or are odd: an error that names the values, never a crash."""

import ctypes
import sys

import numpy
import pytest
from dlpack_structs import DELETER, IS_COPIED, Legacy, Producer, Versioned, capsule_name, new_capsule

import sharray as np

MAX, MIN = 2**63 - 1, -(2**63)
LIES = {
    "no data": ({"nothing": ["data"]}, BufferError, ["null", "(3,)"]),
    "no shape": ({"nothing": ["shape"]}, BufferError, ["null", "1"]),
    "fewer than no axes": ({"ndim": -1}, RuntimeError, ["-1"]),
    "too many axes": ({"ndim": 65}, RuntimeError, ["65"]),
    "absurdly many axes": ({"ndim": 2**31 - 1}, RuntimeError, ["2147483647"]),
    "negative extent": ({"shape": (2, -3)}, ValueError, ["-3"]),
    "smallest extent": ({"shape": (MIN,)}, ValueError, [str(MIN)]),
    "huge extent": ({"shape": (MAX,)}, ValueError, [str(MAX)]),
    "product beyond memory": ({"shape": (2**31, 2**31, 2**31)}, ValueError, ["2147483648"]),
    "product that wraps to none": ({"shape": (2**32, 2**32)}, ValueError, ["4294967296"]),
    "huge stride": ({"strides": (MAX,)}, BufferError, [str(MAX)]),
    "smallest stride": ({"strides": (MIN,)}, BufferError, [str(MIN)]),
    "strides beyond memory": ({"shape": (2**30, 2**20), "strides": (2**30, 2**40)}, BufferError, ["1099511627776"]),
    "stride below address 0": ({"shape": (2,), "strides": (-(2**59),)}, BufferError, ["address space"]),
    "offset beyond memory": ({"byte_offset": 2**64 - 1}, BufferError, ["18446744073709551615"]),
    "offset that wraps": ({"data": 2**64 - 8, "byte_offset": 64}, BufferError, ["64"]),
    "data at the end of memory": ({"data": 2**64 - 8}, BufferError, ["0xfffffffffffffff8"]),
    "vectors": ({"lanes": 4}, RuntimeError, ["lanes", "4"]),
    "no lanes": ({"lanes": 0}, RuntimeError, ["lanes", "0"]),
    "unknown code": ({"code": 99}, RuntimeError, ["99"]),
    "handles": ({"code": 3}, RuntimeError, ["opaque", "3"]),
    "float4": ({"code": 17, "bits": 4}, RuntimeError, ["float4_e2m1fn", "4 bits"]),
    "odd width": ({"bits": 63}, RuntimeError, ["63"]),
    "no width": ({"bits": 0}, RuntimeError, ["0 bits"]),
    "bits of a bool": ({"code": 6, "bits": 1}, RuntimeError, ["bool", "1 bits"]),
    "CUDA": ({"device_type": 2, "device_id": 3}, RuntimeError, ["CUDA", "3", ".cpu()", "host"]),
    "ROCm": ({"device_type": 10}, RuntimeError, ["ROCm", "host"]),
    "unknown device": ({"device_type": 1234, "device_id": 5}, RuntimeError, ["(1234, 5)"]),
    "no device": ({"device_type": 0}, RuntimeError, ["0"]),
}  # fmt: skip
VERSIONED_LIES = {
    "too new": ({"major": 2}, BufferError, ["2.0", "max_version"]),
    "far too new": ({"major": 2**32 - 1, "minor": 7}, BufferError, ["4294967295.7"]),
    "too old to be versioned": ({"major": 0}, BufferError, ["0.0"]),
    "too new, and nonsense": ({"major": 2, "ndim": -5, "nothing": ["data", "shape"]}, BufferError, ["2.0"]),
}


@pytest.mark.parametrize(
    ("form", "lie"),
    [(form, lie) for form in (Legacy, Versioned) for lie in LIES] + [(Versioned, lie) for lie in VERSIONED_LIES],
)
def test_lies_are_refused(form, lie):
    told, error, words = (LIES | VERSIONED_LIES)[lie]
    one = Producer(form, **told)
    for _ in range(2):
        with pytest.raises(error) as caught:
            np.from_dlpack(one)
        assert not [word for word in words if word not in str(caught.value)], caught.value
    # The capsule is still its producer's.
    assert capsule_name(one.capsule) == form.title and one.deleted == 0


def test_copies_where_there_must_be_none():
    with pytest.raises(BufferError, match="copy=False"):
        np.from_dlpack(Producer(flags=IS_COPIED), copy=False)
    assert np.from_dlpack(Producer(flags=IS_COPIED)).tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", [b"", b"dltensor2", b"dltensor_version", b"used_dltensor", b"\xff\xfe", None])
def test_wrong_names(name):
    one = Producer()
    one.capsule = new_capsule(ctypes.addressof(one.managed), name, None)
    with pytest.raises(ValueError, match="__dlpack__"):
        np.from_dlpack(one)
    assert one.deleted == 0


def test_producers_that_raise():
    class Broken:
        def __dlpack__(self, **_keywords):
            raise BufferError("not today")

    class Refusing:
        def __dlpack__(self, *, max_version):
            raise TypeError("my own")

    with pytest.raises(BufferError, match="not today"):
        np.from_dlpack(Broken())
    with pytest.raises(TypeError, match="max_version"):
        np.from_dlpack(Refusing())


@pytest.mark.parametrize("form", [Legacy, Versioned])
def test_odd_but_honest(form):
    """What is unusual, and right: odd addresses, null strides, offsets, no deleter, no elements."""
    assert np.from_dlpack(Producer(form, shape=(2, 3))).strides == (24, 8)
    assert np.from_dlpack(Producer(form, shape=())).tolist() == 0.0
    assert np.from_dlpack(Producer(form, byte_offset=16)).tolist() == [2, 3, 4]
    assert np.from_dlpack(Producer(form, strides=(-1,), byte_offset=24)).tolist() == [3, 2, 1]
    assert np.from_dlpack(Producer(form, shape=(1, 2), strides=(MAX, 1))).tolist() == [[0, 1]]
    assert np.from_dlpack(Producer(form, shape=(5,), strides=(0,))).tolist() == [0] * 5
    for device in (3, 11, 13):
        assert np.from_dlpack(Producer(form, device_type=device)).tolist() == [0, 1, 2]
    empty = Producer(form, shape=(2, 0, 5), nothing=["data"])
    seen = np.from_dlpack(empty)
    assert seen.shape == (2, 0, 5) and (seen + 1).size == 0 and seen[1:, :, ::2].shape == (1, 0, 3)
    del seen
    assert empty.deleted == 1
    odd = Producer(form, byte_offset=1, code=1, bits=32)
    seen = np.from_dlpack(odd)
    assert not seen.flags.aligned and seen.tolist() == numpy.frombuffer(odd.memory, "u4", 3, 1).tolist()
    lasting = Producer(form)
    lasting.managed.deleter = None
    seen = np.from_dlpack(lasting)
    del seen
    assert lasting.deleted == 0


def test_structs_of_odd_addresses():
    one = Producer(Versioned)
    room = ctypes.create_string_buffer(ctypes.sizeof(Versioned) + 32)
    place = ctypes.addressof(room) + 3
    ctypes.memmove(place, ctypes.addressof(one.managed), ctypes.sizeof(Versioned))
    one.capsule = new_capsule(place, Versioned.title, None)
    seen = np.from_dlpack(one)
    assert seen.tolist() == [0, 1, 2]
    del seen
    assert one.deleted == 1


def test_deleters_that_raise(monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "unraisablehook", lambda report: reported.append(report.exc_type))
    one = Producer()

    def fail(_managed):
        raise KeyError("deleter")

    deleter = DELETER(fail)
    one.managed.deleter = ctypes.cast(deleter, ctypes.c_void_p)
    seen = np.from_dlpack(one)
    del seen
    assert reported == [KeyError]
