"""Ctrl-C ends long work: each case runs for many seconds unless SIGINT ends it, and the process works on."""

import signal
import subprocess
import sys
import textwrap
import time

import pytest

PROGRAM = """
import signal
import time
import sharray as np

# Who starts the tests in the background may have let the signal be ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def stretched(shape, value=1.5, dtype=float):
    "A writable array of one element, seen many times."
    return np.lib.stride_tricks.as_strided(np.full(1, value, dtype), shape, (0,) * len(shape))

LONG = 1 << 36
{setup}

def run():
    {statement}

print("ready", flush=True)
try:
    run()
except KeyboardInterrupt:
    print(time.monotonic(), flush=True)
else:
    raise SystemExit("not interrupted")
a = np.arange(10.0)
assert (a + a).sum() == 90 and np.sort(a[::-1])[0] == 0
print("fine")
"""

# Seconds until the call must have ended: far fewer than the work would take, and enough for a busy machine.
SOON = 5

# Most cases stretch one element over a shape that would take minutes, so that they need no memory.
CASES = {
    "ufunc on one run": ("x = stretched((200_000_000,), 89, 'i1'); y = x - 34", "np.gcd(x, 55, out=y)"),
    "ufunc on many runs": ("y = np.zeros((50_000_000, 4), 'i1')[:, :3]", "np.gcd(y, 55, out=y)"),
    "ufunc with casts": (
        "x = stretched((100_000_000,), 89, 'i1'); y = np.ones(len(x), 'i2')",
        "while True: np.gcd(x, y, out=y)",
    ),
    "ufunc under a mask": (
        "x = stretched((100_000_000,), 89, 'i1'); y = x - 34; m = stretched(x.shape, True, bool)",
        "np.gcd(x, y, out=y, where=m)",
    ),
    "pairwise sum": ("x = stretched((LONG,))", "x.sum()"),
    "sum of casts": ("x = stretched((LONG,), 1, 'i1')", "x.sum()"),
    "minimum": ("x = stretched((LONG,))", "x.min()"),
    "sum along the first axis": ("x = stretched((LONG, 4))", "x.sum(axis=0)"),
    "running results": ("x = stretched((100_000_000,), 1, 'f2'); y = x + x", "np.arctan2.accumulate(x, out=y)"),
    "sort": ("x = np.sin(np.arange(3e6))", "while True: x.copy().sort()"),
    "sort of complex numbers": ("x = np.sin(np.arange(8e6)) * 1j", "while True: x.copy().sort()"),
    "sort of objects": (
        "x = np.arange(3_000_000).astype(object)[::-1].copy()",
        "while True: x.copy().sort()",
    ),
    "argsort of text": ("x = np.arange(3_000_000).astype('U12')", "while True: np.argsort(x[::-1])"),
    "copy": ("x = stretched((LONG,))", "np.copyto(x, stretched((LONG,)))"),
    "cast": ("x = stretched((LONG,)); y = stretched((LONG,), 1, 'f4')", "np.copyto(x, y)"),
    "fill": ("x = stretched((LONG,))", "x.fill(2.0)"),
    "object loop": ("x = np.ones(12_000_000, object)", "while True: np.add(x, x, out=x)"),
    "reading text": ("lines = (str(i) for i in iter(int, 1))", "np.loadtxt(lines)"),
    "fromiter": ("import itertools", "np.fromiter(itertools.repeat(1), np.int8)"),
    "matrix product": ("x = np.ones((3000, 3000), int)", "np.matmul(x, x); np.matmul(x, x); np.matmul(x, x)"),
    "product of objects": ("x = np.ones((600, 600), object)", "np.matmul(x, x)"),
    "correlate": ("x = np.ones(4_000_000)", "np.correlate(x, x, 'full')"),
    "add.at": ("x = np.zeros(1); i = stretched((20_000_000,), 0, int)", "while True: np.add.at(x, i, 1.0)"),
    "count_nonzero": ("x = stretched((LONG,))", "np.count_nonzero(x)"),
    "array of lists": ("x = [[i, i + 1] for i in range(1_000_000)]", "while True: np.array(x)"),
    "einsum": ("x = stretched((LONG,))", "np.einsum('i,i', x, x)"),
}


@pytest.mark.parametrize("case", CASES)
def test_sigint_ends_long_work(case):
    setup, statement = CASES[case]
    program = textwrap.dedent(PROGRAM).format(setup=setup, statement=statement)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            ended, *words = process.communicate(timeout=20)[0].split()
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert words == ["fine"]
    assert float(ended) - sent < SOON


def test_handlers_that_do_not_raise_let_the_work_go_on():
    program = """
import os, signal, threading, time
import sharray as np
seen = []
signal.signal(signal.SIGUSR1, lambda *_: seen.append(np.ones(3).sum()))
threading.Thread(target=lambda: (time.sleep(0.1), os.kill(os.getpid(), signal.SIGUSR1)), daemon=True).start()
x = np.lib.stride_tricks.as_strided(np.ones(1), (1 << 34,), (0,))
assert x.sum() == 1 << 34 and seen == [3.0]
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
