"""After `fork` the child works: its locks are open, and it makes threads of its own."""

import multiprocessing
import os
import signal
import threading

import pytest

import sharray as np

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def work():
    """Operations on several threads, with large blocks made and freed; their sum."""
    with np.threads.limit(3):
        a = np.arange(1_000_000.0)
        b = a * 2 + a
        return float(np.sort(b[::-1]).sum() + b.max())


EXPECTED = 3 * 499_999_500_000.0 + 3 * 999_999


def in_child(act, seconds=60):
    """Run `act` in a forked child; its truth. A child that hangs is killed and counts as false."""
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        ok = False
        try:
            ok = act()
        finally:
            os._exit(0 if ok else 1)
    return os.waitpid(child, 0)[1] == 0


def test_a_child_of_a_process_with_a_pool():
    assert work() == EXPECTED
    assert in_child(lambda: work() == EXPECTED)
    assert work() == EXPECTED


def test_a_grandchild():
    work()
    assert in_child(lambda: work() == EXPECTED and in_child(lambda: work() == EXPECTED))


def test_forks_while_threads_compute():
    stop = threading.Event()
    failures = []

    def compute():
        while not stop.is_set():
            if work() != EXPECTED:
                failures.append("wrong result")

    threads = [threading.Thread(target=compute) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(12):
            assert in_child(lambda: work() == EXPECTED)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failures


def child_task(n):
    return float((np.arange(n) * 2.0).sum())


def test_multiprocessing():
    work()
    context = multiprocessing.get_context("fork")
    with context.Pool(3) as pool:
        assert pool.map(child_task, [500_000] * 6, chunksize=1) == [249_999_500_000.0] * 6
