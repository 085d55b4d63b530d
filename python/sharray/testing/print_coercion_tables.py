"""Prints which scalar types cast to which, and to what they promote: ``python -m …``."""

from collections import namedtuple

import sharray as np

from .._core.numerictypes import obj2sctype


class GenericObject:
    """Something that has a value and no arithmetic but its own."""

    dtype = np.dtype("O")

    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return self

    def __radd__(self, other):
        return self


def print_cancast_table(ntypes):
    """A row per type: 0 no cast, 1 unsafe, 2 same kind, 3 safe, 4 equivalent."""
    print("X", *ntypes)
    for row in ntypes:
        levels = []
        for col in ntypes:
            for level, casting in ((4, "equiv"), (3, "safe"), (2, "same_kind"), (1, "unsafe")):
                if np.can_cast(row, col, casting):
                    levels.append(level)
                    break
            else:
                levels.append(0)
        print(row, *levels)


def print_coercion_table(ntypes, inputfirstvalue, inputsecondvalue, firstarray, use_promote_types=False):
    """A row per type: the type character of each sum, '#' where there is none."""
    print("+", *ntypes)
    for row in ntypes:
        found = []
        for col in ntypes:
            try:
                found.append(_sum_char(row, col, inputfirstvalue, inputsecondvalue, firstarray, use_promote_types))
            except ValueError:
                found.append("!")
            except OverflowError:
                found.append("@")
            except TypeError:
                found.append("#")
        print(row, *found)


def _sum_char(row, col, first, second, firstarray, use_promote_types):
    if use_promote_types:
        return np.promote_types(row, col).char
    one = GenericObject(first) if row == "O" else np.array([first] if firstarray else first, dtype=row)
    other = GenericObject(second) if col == "O" else np.array(second, dtype=col)
    value = np.add(one, other)
    return value.dtype.char if isinstance(value, (np.ndarray, np.generic)) else "O"


def print_new_cast_table(*, can_cast=True, legacy=False, flags=False):
    """The table of casts, in a plain form."""
    Cast = namedtuple("Cast", "row col safe")
    for row in np.typecodes["All"]:
        for col in np.typecodes["All"]:
            print(Cast(row, col, np.can_cast(row, col)))


if __name__ == "__main__":
    print_cancast_table(np.typecodes["All"])
    print_coercion_table(np.typecodes["All"], 0, 0, False)
    print(obj2sctype("O"))
