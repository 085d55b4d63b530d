"""Subclasses of `ndarray` whose own methods give anything at all: an exception at worst, never a crash.

Every method and attribute of an array can be replaced in a subclass, and functions call some of them. What comes
back is a program's, so nothing may be taken for granted of it. The calls run in a process of their own, so that
a crash fails its test alone and says after which call.
"""

import subprocess
import sys

import pytest

PRELUDE = """
import inspect, warnings, faulthandler
import sharray as np

faulthandler.enable()
warnings.simplefilter("ignore")
ANSWERS = {answers}

def hostile(answer, names):
    def method(self, *args, **kwargs):
        if args and isinstance(args[0], int) and args[0] > 9:
            raise IndexError("an iteration must end")
        return answer
    return type("Hostile", (np.ndarray,), {name: method for name in names})

DTYPES = ["f8", "i4", "?", "c16", "O", "S3", "U2", "M8[s]", "V4", "f8,i4", ">f4", "T"]
LEAVE = {"set_printoptions", "seterr", "seterrcall", "setbufsize", "test", "show_config", "show_runtime", "save", "savez", "savez_compressed", "savetxt", "memmap", "info"}
count = 0

def attempt(text, call, *args, **kwargs):
    global count
    count += 1
    print(text, flush=True)
    try:
        call(*args, **kwargs)
    except Exception:
        pass

def arrays(kind, dtype):
    other = "f4,i8" if dtype == "f8,i4" else "f4"
    for shape in [(), (3,), (2, 2)]:
        yield np.zeros(shape, dtype).view(kind), np.ones(shape, other)
"""

METHODS = (
    PRELUDE
    + """
NAMES = [name for name in dir(np.ndarray) if not name.startswith("__") and callable(getattr(np.ndarray, name))]
for answer in ANSWERS:
    kind = hostile(answer, NAMES)
    for dtype in DTYPES:
        for array, other in arrays(kind, dtype):
            for name in sorted(dir(np)):
                function = getattr(np, name)
                if name in LEAVE or name.startswith("_") or isinstance(function, type) or not callable(function):
                    continue
                label = f"{name} {dtype} {array.shape} {answer!r}"
                attempt(label + " 1", function, array)
                attempt(label + " 2", function, array, other)
                attempt(label + " 2 turned", function, other, array)
                attempt(label + " 2 alike", function, array, array)
            for op in ["__eq__", "__ne__", "__lt__", "__add__", "__matmul__", "__iadd__", "__contains__"]:
                attempt(f"{op} {dtype}", getattr(np.ndarray, op), array, other)
            for item in [0, slice(None), ..., None, [0], np.zeros(3, bool), np.zeros(3, bool).view(kind), array]:
                attempt(f"[{item!r}] {dtype}", np.ndarray.__getitem__, array, item)
                attempt(f"[{item!r}]= {dtype}", np.ndarray.__setitem__, array, item, array)
                attempt(f"flat[{item!r}] {dtype}", lambda: array.flat[item])
                attempt(f"flat[{item!r}]= {dtype}", array.flat.__setitem__, item, array)
print("done", count)
"""
)

OWN_METHODS = (
    PRELUDE
    + """
NAMES = [name for name in dir(np.ndarray) if not name.startswith("__") and callable(getattr(np.ndarray, name))]
LEAVE_METHODS = {"tofile", "dump"}
for answer in ANSWERS:
    kind = hostile(answer, NAMES)
    for dtype in DTYPES:
        for array, other in arrays(kind, dtype):
            for name in NAMES:
                if name in LEAVE_METHODS:
                    continue
                method = getattr(np.ndarray, name)
                for args in [(), (0,), (None,), (other,), (array,), ("f4",), (0, 1), ([0], 0)]:
                    attempt(f"{name}{args!r} {dtype} {answer!r}", method, array, *args)
print("done", count)
"""
)

SPECIAL = (
    PRELUDE
    + """
HOOKS = ["__array_finalize__", "__array_wrap__", "__array_ufunc__", "__array_function__", "__array__",
         "__getitem__", "__setitem__", "__iter__", "__len__", "__array_interface__", "__array_priority__",
         "dtype", "shape", "strides", "flags", "ndim", "size", "base", "T", "real", "imag", "flat", "data"]
FUNCTIONS = ["add", "exp", "sum", "sort", "argsort", "median", "mean", "concatenate", "where", "array", "asarray",
             "copy", "reshape", "ravel", "transpose", "einsum", "dot", "matmul", "take", "compress", "nonzero",
             "unique", "array_equal", "isclose", "cumsum", "cumprod", "clip", "array2string", "pad", "stack", "var",
             "linspace", "full_like", "empty_like", "searchsorted", "histogram", "percentile", "may_share_memory"]
for answer in ANSWERS:
    for hook in HOOKS:
        kind = hostile(answer, [hook])
        plain = type("Plain", (np.ndarray,), {hook: answer})
        for cls in (kind, plain):
            for dtype in ["f8", "O", "f8,i4"]:
                try:
                    made = list(arrays(cls, dtype))
                except Exception:
                    continue
                for array, other in made:
                    for name in FUNCTIONS:
                        label = f"{hook} {name} {dtype} {answer!r}"
                        attempt(label + " 1", getattr(np, name), array)
                        attempt(label + " 2", getattr(np, name), array, other)
                        attempt(label + " 2 turned", getattr(np, name), other, array)
                    attempt(f"{hook} ==", lambda: array == other)
                    attempt(f"{hook} repr", np.ndarray.__repr__, array)
                    attempt(f"{hook} nditer", lambda: list(np.nditer([array, other], ["refs_ok"])))
print("done", count)
"""
)

ANSWERS = ["['x', 3, None]", "[(), np.float64(2), [1, 2]]", "[np.zeros(0), np.zeros((5, 5), 'i2'), dict]"]


def run(program: str, answers: str) -> int:
    """The number of calls that a program made, which must come to its end."""
    done = subprocess.run(
        [sys.executable, "-c", program.replace("{answers}", answers)],
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stdout.strip().splitlines()[-1:]
    assert done.returncode == 0, (done.returncode, last, done.stderr[-2000:])
    return int(last[0].removeprefix("done "))


@pytest.mark.parametrize("answers", ANSWERS)
@pytest.mark.parametrize("program", [METHODS, OWN_METHODS, SPECIAL], ids=["functions", "methods", "hooks"])
def test_what_a_subclass_answers_crashes_nothing(program: str, answers: str) -> None:
    assert run(program, answers) > 1000
