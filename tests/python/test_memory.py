"""Large blocks: the bounded cache of freed ones, zeros that cost nothing until touched, refusals."""

import ast
import os
import subprocess
import sys

import numpy
import pytest

import sharray as np
from sharray.lib import introspect

MIB = 1 << 20


def run(program, **environment):
    """Run `program` in a process of its own; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_cache_is_bounded():
    old = introspect.set_block_cache(48 * MIB)
    try:
        for size in [1, 5, 9, 17, 30, 60]:
            blocks = [np.empty(size * MIB, "u1") for _ in range(4)]
            del blocks
            usage = introspect.block_cache()
            assert usage["bytes"] <= usage["bound"] == 48 * MIB
        assert introspect.set_block_cache(0) == 48 * MIB
        assert introspect.block_cache()["bytes"] == introspect.block_cache()["blocks"] == 0
    finally:
        introspect.set_block_cache(old)


def test_freed_blocks_serve_again():
    a = np.empty(20 * MIB, "u1")
    address = a.ctypes.data
    del a
    before = introspect.block_cache()["hits"]
    b = np.empty(20 * MIB - 1000, "u1")
    assert (b.ctypes.data, introspect.block_cache()["hits"]) == (address, before + 1)


@pytest.mark.parametrize(("bad", "error"), [(-1, ValueError), (2**70, ValueError), (1.5, TypeError), ("1M", TypeError)])
def test_bad_bounds(bad, error):
    before = introspect.block_cache()["bound"]
    with pytest.raises(error):
        introspect.set_block_cache(bad)
    assert introspect.block_cache()["bound"] == before


@pytest.mark.parametrize(("text", "bound"), [("0", 0), ("64M", 64 * MIB), ("1000000", 1_000_000)])
def test_the_bound_from_the_environment(text, bound):
    program = "import sharray; print(sharray.lib.introspect.block_cache()['bound'])"
    assert run(program, SHARRAY_BLOCK_CACHE=text) == str(bound)


RESIDENT = """
import sharray as np

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 >> 20

"""


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="asks Linux for the resident size")
def test_what_is_freed_stays_within_the_bound_in_memory():
    program = RESIDENT + (
        "start = resident()\n"
        "for size in range(1, 60):\n"
        "    a = [np.ones(size << 17) for _ in range(4)]\n"
        "    del a\n"
        "print(resident() - start)\n"
    )
    assert int(run(program, SHARRAY_BLOCK_CACHE="64M")) < 64 + 40
    assert int(run(program, SHARRAY_BLOCK_CACHE="0")) < 40


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="asks Linux for the resident size")
def test_zeros_cost_nothing_until_touched():
    program = RESIDENT + "start = resident(); a = np.zeros(1 << 27); print(resident() - start)"
    assert int(run(program)) < 20


@pytest.mark.parametrize("nbytes", [1, 64, 65, 1000, 65_535, 65_536, MIB, 4 * MIB, 5 * MIB + 3])
def test_zeros_are_zero_after_dirty_blocks(nbytes):
    for _ in range(3):
        np.full(nbytes, 7, "u1")
        assert not np.zeros(nbytes, "u1").any()
        assert np.zeros((nbytes,), "S3")[-1] == b""


def test_resized_and_reshaped_arrays_give_back_what_they_took():
    for n in [3, 100, 20_000, 3 * MIB]:
        a = np.arange(n)
        a.resize(2 * n, refcheck=False)
        assert a[n - 1] == n - 1 and not a[n:].any()
        a.shape = (2, n)
        a.resize(5, refcheck=False)
        assert a.tolist() == [0, 1, 2, *([3, 4] if n > 4 else [0, 0])]


def test_refusals_name_shape_dtype_and_size():
    for make in [np.empty, np.zeros, np.ones]:
        with pytest.raises(MemoryError, match=r"(?s)8.00 PiB.*\(1024, 1099511627776\).*float64"):
            make((1024, 1 << 40))
    with pytest.raises(MemoryError):
        np.broadcast_to(np.zeros(1), (1 << 50,)) + 1


def test_a_refusal_under_a_limit_leaves_the_process_well():
    program = (
        "import resource, sharray as np\n"
        "a = np.ones(1 << 20)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "kept = []\n"
        "try:\n"
        "    while True: kept.append(np.ones(1 << 23))\n"
        "except MemoryError as error:\n"
        "    assert '64.0 MiB' in str(error), error\n"
        "kept.clear()\n"
        "print((a + a).sum() == 2 << 20, len(np.sort(a)))\n"
    )
    assert run(program) == "True 1048576"


def test_the_handler_is_named_in_its_capsule():
    a = np.empty(10)
    assert np._core.multiarray.get_handler_name(a) == np._core.multiarray.get_handler_name() == "default_allocator"
    assert numpy._core.multiarray.get_handler_name(numpy.empty(10)) == "default_allocator"


def test_configuration_tells():
    config = np.show_config("dicts")
    ours = config["sharray"]
    assert ours["block cache"]["bound"] == introspect.block_cache()["bound"]
    assert ours["threads"] == np.threads.get()
    assert ours["instruction set"]["in use"] in ours["instruction set"]["available"]
    assert {"Compilers", "Machine Information", "Build Dependencies", "Python Information", "SIMD Extensions"} <= set(
        config
    )
    printed = subprocess.run([sys.executable, "-m", "sharray", "config"], capture_output=True, text=True)
    assert '"block cache"' in printed.stdout and '"matrix product"' in printed.stdout, printed.stderr
    with pytest.raises(AttributeError, match="neither"):
        np.show_config("neither")


@pytest.mark.parametrize("level", ["baseline", "avx2", "avx512", "abacus"])
def test_a_forced_instruction_set_is_used_or_said_to_be_missing(level):
    available = np.show_config("dicts")["sharray"]["instruction set"]["available"]
    program = "import sharray; print(sharray.show_config('dicts')['sharray']['instruction set'])"
    told = ast.literal_eval(run(program, SHARRAY_ISA=level))
    assert told["available"] == available
    if level in available:
        assert told["in use"] == level and "SHARRAY_ISA" not in told
    else:
        assert told["in use"] == available[-1]
        reason = "no such level" if level == "abacus" else "not available on this machine"
        assert told["SHARRAY_ISA"] == f"{level}: {reason}"
