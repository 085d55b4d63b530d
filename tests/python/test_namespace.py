"""The package's module: names that are remembered must follow every change."""

import pickle
import types

import pytest

import sharray as np


def looked_up():
    """Looks a name up by one piece of code, as a program's loop does."""
    return np.passing_name


def test_a_name_set_replaced_and_deleted(monkeypatch):
    with pytest.raises(AttributeError, match="passing_name"):
        looked_up()
    monkeypatch.setattr(np, "passing_name", 1, raising=False)
    assert [looked_up() for _ in range(100)] == [1] * 100
    monkeypatch.setattr(np, "passing_name", 2)
    assert looked_up() == 2
    vars(np)["passing_name"] = 3
    assert looked_up() == 3
    monkeypatch.delattr(np, "passing_name")
    with pytest.raises(AttributeError, match="passing_name"):
        looked_up()


def test_another_change_keeps_the_value(monkeypatch):
    exp = np.exp
    monkeypatch.setattr(np, "passing_name", object(), raising=False)
    assert np.exp is exp is getattr(np, "".join(["e", "xp"]))


def test_names_that_share_a_place():
    names = [name for name in dir(np) if name in vars(np)]
    for _ in range(2):
        assert all(getattr(np, name) is vars(np)[name] for name in names)


def test_a_replaced_value_is_let_go(monkeypatch):
    class Value:
        gone = 0

        def __del__(self):
            Value.gone += 1

    monkeypatch.setattr(np, "passing_name", None, raising=False)
    np.passing_name = Value()
    assert isinstance(looked_up(), Value)
    np.passing_name = None
    assert Value.gone == 1 and looked_up() is None


def test_what_is_made_when_asked_for():
    assert np.linalg is __import__("sharray.linalg").linalg
    assert np.bfloat16 is np.dtypes.bfloat16
    with pytest.raises(AttributeError, match="float_"):
        np.float_  # noqa: B018


def test_it_is_a_module():
    assert isinstance(np, types.ModuleType) and repr(np).startswith("<module 'sharray' from ")
    assert np.__name__ == "sharray" and np.__dict__ is vars(np) and "exp" in dir(np)
    assert pickle.loads(pickle.dumps(np)) is np
    other = type(np)("other")
    with pytest.raises(AttributeError):
        other.exp  # noqa: B018
    other.exp = 1
    assert other.exp == 1 and np.exp is not other.exp


@pytest.mark.parametrize("name", [7, b"exp", None])
def test_names_are_text(name):
    with pytest.raises(TypeError):
        getattr(np, name)


def test_a_name_of_a_class_derived_from_str():
    class Name(str):
        __slots__ = ()

    assert getattr(np, Name("exp")) is np.exp
