"""Docstrings given to compiled objects, and what the compiled module says of the machine."""

import pytest

import sharray as np


def test_docstrings_of_compiled_objects():
    method, attribute = np.dtype.__setstate__, np.flatiter.coords
    if method.__doc__ is None:
        np.lib.add_docstring(method, "Take over a state.")
    known = method.__doc__
    np.lib.add_docstring(method, known)
    for target in (method, np.flatiter, len, np.sin):
        with pytest.raises(RuntimeError, match="different docstring"):
            np.lib.add_docstring(target, "something else")
    assert method.__doc__ == known
    with pytest.raises(TypeError):
        np.lib.add_docstring(attribute, None)

    def undocumented():
        pass

    np.lib.add_docstring(undocumented, "Now it is.")
    assert undocumented.__doc__ == "Now it is."
    with pytest.raises(TypeError, match="Cannot set"):
        np.lib.add_docstring(type("Slots", (), {"__slots__": (), "__doc__": None})(), "no place")


def test_what_the_compiled_module_says_of_the_processor():
    features = np._core._multiarray_umath.__cpu_features__
    assert all(type(on) is bool for on in features.values())
    theirs = pytest.importorskip("numpy")._core._multiarray_umath.__cpu_features__
    # NumPy's can be switched off from the environment, level by level.
    assert all(features[name] for name in features if theirs.get(name))
    assert np._core.multiarray._flagdict == pytest.importorskip("numpy")._core.multiarray._flagdict
    for name in ("_unique_hash", "typeinfo", "set_typeDict"):
        assert not hasattr(np._core._multiarray_umath, name)


def test_texts_given_to_what_is_compiled():
    describe, line = np._core.multiarray._engine._describe, np.ndarray.tolist.__doc__
    form = np.sin.__doc__.partition("\n")[0]
    body = np.sin.__doc__.removeprefix(form + "\n\n")
    try:
        describe(np.ndarray, {"tolist": "Other words."})
        describe(np._core.multiarray._engine, {"sin": "Other words."})
        assert np.ndarray.tolist.__doc__ == "Other words."
        assert np.ndarray.tolist.__text_signature__ == "($self, /)"
        assert np.sin.__doc__ == f"{form}\n\nOther words."
    finally:
        describe(np.ndarray, {"tolist": line})
        describe(np._core.multiarray._engine, {"sin": body})
    with pytest.raises(KeyError):
        describe(np.ndarray, {"no_such_method": "text"})
    with pytest.raises(AttributeError):
        describe(np._core.multiarray._engine, {"no_such_function": "text"})
    with pytest.raises(ValueError, match="NUL"):
        describe(np.ndarray, {"tolist": "a\0b"})
    for owner, name in ((int, "bit_length"), (int, ""), (__import__("math"), "sin")):
        with pytest.raises(TypeError, match="Cannot set"):
            describe(owner, {name: "text"})
    with pytest.raises(TypeError):
        describe(np.ndarray, {"tolist": 1})
    assert np.ndarray.tolist.__doc__ == line
