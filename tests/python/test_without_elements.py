"""Arrays without elements: fresh ones have strides of 0, as NumPy's have; views keep or follow what they are views of."""

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

EXPRESSIONS = """
m.zeros((0, 3))
m.empty((3, 0, 3))
m.empty((3, 0, 3), order='F')
m.ones((1,) * 6 + (0,))
m.full((0, 3), 1)
m.array([[], []])
m.arange(0)
m.linspace(0, 1, 0)
m.empty(0, 'S0')
m.zeros((2, 3), [])
m.zeros((2, 0), m.dtype((m.int8, 3)))
m.empty((3, 0, 3)) + 1
m.sin(m.empty((3, 0, 3)))
m.sin(m.empty(0, 'i1'))
m.add(m.empty((3, 0, 3), order='F'), 1, dtype='f4')
m.add.outer(m.zeros(3), m.zeros(0))
m.array(m.empty((3, 0, 3)))
m.array(m.zeros((0, 2, 3)).T, copy=True)
m.empty((3, 0, 3)).copy('F')
m.empty((3, 0, 3)).astype('f4')
m.zeros((0, 2, 3)).byteswap()
m.empty_like(m.empty((3, 0, 3), order='F'))
m.zeros_like(m.empty((3, 0, 3)))
m.concatenate([m.empty((3, 0, 3)), m.empty((3, 0, 3))])
m.repeat(m.zeros((3, 0)), 2, axis=0)
m.tile(m.zeros((3, 0)), 2)
m.empty((3, 0, 3)).sum(0)
m.empty((3, 0, 3)).sum(0, keepdims=True)
m.zeros((3, 0)).sum(axis=1)
m.zeros((3, 0)).max(axis=0)
m.zeros((3, 0)).argmax(axis=0)
m.empty((3, 0, 3)).cumsum(0)
m.add.reduceat(m.zeros((3, 0)), [0], axis=0)
m.sort(m.zeros((3, 0)))
m.argsort(m.zeros((3, 0)))
m.where(m.empty((0, 3), bool), 1, 2)
m.choose(m.zeros((0, 2), int), [1, 2])
m.compress([], m.zeros((3, 4)), axis=0)
m.clip(m.zeros((0, 2)), 0, 1)
m.matmul(m.empty((0, 3)), m.empty((3, 4)))
m.matmul(m.empty((2, 3)), m.empty((3, 0)))
m.linalg.inv(m.zeros((0, 3, 3)))
m.fft.fft(m.zeros((0, 3)))
m.random.rand(0, 3)
m.indices((0, 3))
m.eye(0)
m.empty((3, 4, 3))[:, []]
m.empty((3, 4, 3))[m.zeros((3, 4, 3), bool)]
m.zeros((3, 4))[m.zeros((0, 2), int)]
m.zeros((3, 4))[:, m.zeros((0, 2), int)]
m.zeros((3, 0, 4))[m.zeros((1, 2), int), :, 0]
m.empty((3, 4, 3)).take([], 1)
m.nditer([m.zeros((3, 0)), None], ['zerosize_ok']).operands[1]
m.empty((3, 0, 3)).T
m.empty((3, 0, 3))[::2]
m.empty((3, 0, 3)).reshape(0, 9)
m.zeros((2, 0)).reshape(4, 0, 5)
m.zeros((2, 0)).ravel()
m.zeros((2, 0)).flatten()
m.zeros((2, 0))[None]
m.zeros((2, 0))[0]
m.empty((3, 4, 3))[:, :0]
m.empty((3, 4, 3))[:, :0].copy()
m.broadcast_to(m.zeros((1, 0)), (3, 0))
m.moveaxis(m.zeros((1, 0, 2)), 0, 2)
m.empty((3, 0), [('a', 'i4'), ('b', 'f8')])['a']
m.empty((3, 0), 'c16').imag
m.frombuffer(b'', 'i4')
m.ndarray((0, 3), buffer=b'abc')
m.lib.stride_tricks.as_strided(m.zeros((3, 0)), (0, 3))
"""


@pytest.mark.parametrize("expression", EXPRESSIONS.strip().splitlines())
def test_strides(expression):
    ours, theirs = (eval(expression, {"m": m}) for m in (np, numpy))
    assert (ours.shape, ours.strides) == (theirs.shape, theirs.strides)
    assert ours.flags.c_contiguous and ours.flags.f_contiguous
