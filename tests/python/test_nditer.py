"""`nditer` and `nested_iters` beside the real NumPy: orders, buffers, reductions, copies that are written back."""

import gc

import numpy
import pytest

import sharray

SETUP = {
    "np": None,
    "a": "np.arange(24).reshape(2, 3, 4)",
    "f": "np.arange(24.0).reshape(4, 6).T[::-1]",
    "big": "np.arange(6, dtype='>f4').reshape(2, 3)",
}

EXPRESSIONS = [
    "[int(x) for x in np.nditer(a[:, ::-1])]",
    "[int(x) for x in np.nditer(a.T, order='F')]",
    "[x.tolist() for x in np.nditer(a[:, :, ::2], ['external_loop'])]",
    "[x.tolist() for x in np.nditer(a[:, :, ::2], ['external_loop', 'buffered'], buffersize=5)]",
    "[x.tolist() for x in np.nditer(f, ['external_loop', 'buffered'], op_dtypes='f4', casting='unsafe', buffersize=7)]",
    "[(int(x), y.tolist()) for x, y in np.nditer([a[0], big[:, :1].copy()[:1, 0]])]",
    "(lambda it: [(it.index, it.multi_index) for _ in it])(np.nditer(a, ['f_index', 'multi_index']))",
    "(lambda it: [it.index for _ in it])(np.nditer(f, ['c_index']))",
    "np.nditer([f, None]).operands[1].strides",
    "np.nditer(a, ['external_loop']).itviews[0].shape",
    "[[int(x) for x in inner] for outer, inner in [np.nested_iters(a, [[1], [0, 2]])] for _ in outer]",
    "np.nditer(a, ['ranged', 'buffered']).iterrange",
    "np.nditer([a, None], ['reduce_ok'], [['readonly'], ['readwrite', 'allocate']], op_axes=[None, [0, -1, -1]]).operands[1].shape",
    "np.nditer(big, op_dtypes='f8')",
    "np.nditer(big, ['buffered'], [['readwrite']], op_dtypes='f8')",
    "np.nditer([a, big])",
    "np.nditer([a[0], None], op_axes=[[0, 1], [0, 2]])",
    "np.nditer(a, op_flags=[['readonly', 'writeonly']])",
    "np.nditer(1.5, op_flags=[['writeonly']])",
    "np.nditer(np.array([]))",
    "np.nditer(np.array([None]))",
    "np.nditer(a).multi_index",
    "np.nditer(a, itershape=(2, 3))",
    "np.nditer(a, ['buffered', 'delay_bufalloc']).value",
    "np.nested_iters(a, [[0], [0]])",
]


def outcome(np, expression):
    """The value, or the error's type."""
    names = {"np": np}
    names.update({name: eval(text, {"np": np}) for name, text in SETUP.items() if text})
    try:
        result = eval(expression, names)
    except Exception as error:
        return type(error)
    return "an iterator" if isinstance(result, np.nditer) else result


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_like_numpy(expression):
    assert outcome(sharray, expression) == outcome(numpy, expression)


@pytest.mark.parametrize("buffersize", [1, 2, 4, 5, 1000])
def test_buffers_write_back(buffersize):
    array = sharray.arange(24, dtype=">i2").reshape(4, 6)[:, ::2]
    flags = ["buffered", "external_loop"]
    with sharray.nditer(array, flags, [["readwrite"]], "f8", casting="unsafe", buffersize=buffersize) as it:
        for x in it:
            assert len(x) <= buffersize
            x[...] *= 2
    assert array.tolist() == [[2 * (6 * i + 2 * j) for j in range(3)] for i in range(4)]


def test_values_keep_buffers_alive():
    it = sharray.nditer(sharray.arange(3), ["buffered"], op_dtypes="f8")
    value = next(it)
    del it
    gc.collect()
    assert value == 0.0 and value.dtype == "f8"


def test_copies_are_written_back_on_close():
    array = sharray.arange(3, dtype=">f4")
    it = sharray.nditer(array, [], [["readwrite", "updateifcopy"]], casting="equiv", op_dtypes="<f4")
    it.operands[0][...] = 7
    assert array.tolist() == [0, 1, 2] and not array.flags.writeable
    it.close()
    assert array.tolist() == [7, 7, 7] and array.flags.writeable
    with pytest.raises(ValueError):
        _ = it.operands


def test_debug_print_goes_through_stdout(capsys):
    sharray.nditer(sharray.arange(3)).debug_print()
    assert "ITERATOR DUMP" in capsys.readouterr().out
