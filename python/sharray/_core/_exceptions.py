"""Errors of the ufunc machinery that carry their data and write their text when asked."""

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def _display_as_base(cls):
    """Decorator: tracebacks show the base class's name, so that users read the public type."""
    # the qualified name stays: pickles find the class by it
    cls.__name__ = cls.__base__.__name__
    return cls


def _one_or_many(dtypes):
    return dtypes[0] if len(dtypes) == 1 else tuple(dtypes)


class UFuncTypeError(TypeError):
    """A ufunc can't work on these dtypes; `ufunc` is the ufunc."""

    def __init__(self, ufunc):
        self.ufunc = ufunc


@_display_as_base
class _UFuncNoLoopError(UFuncTypeError):
    """No loop for the given input dtypes."""

    def __init__(self, ufunc, dtypes):
        super().__init__(ufunc)
        self.dtypes = tuple(dtypes)

    def __str__(self):
        inputs = _one_or_many(self.dtypes[: self.ufunc.nin])
        outputs = _one_or_many(self.dtypes[self.ufunc.nin :])
        return (
            f"ufunc {self.ufunc.__name__!r} did not contain a loop with signature "
            f"matching types {inputs!r} -> {outputs!r}"
        )


@_display_as_base
class _UFuncBinaryResolutionError(_UFuncNoLoopError):
    """The binary type resolver knows no rule for the two dtypes."""

    def __init__(self, ufunc, dtypes):
        super().__init__(ufunc, dtypes)
        if len(self.dtypes) != 2:
            raise AssertionError(f"two dtypes expected, got {len(self.dtypes)}")

    def __str__(self):
        return f"ufunc {self.ufunc.__name__!r} cannot use operands with types {self.dtypes[0]!r} and {self.dtypes[1]!r}"


@_display_as_base
class _UFuncCastingError(UFuncTypeError):
    """A cast that the casting rule forbids; attributes casting, from_, to."""

    def __init__(self, ufunc, casting, from_, to):
        super().__init__(ufunc)
        self.casting = casting
        self.from_ = from_
        self.to = to

    def _describe(self, role, count, place):
        which = f"{place} " if count != 1 else ""
        return (
            f"Cannot cast ufunc {self.ufunc.__name__!r} {role} {which}from "
            f"{self.from_!r} to {self.to!r} with casting rule {self.casting!r}"
        )


@_display_as_base
class _UFuncInputCastingError(_UFuncCastingError):
    """Operand number `in_i` can't be cast to the loop's dtype."""

    def __init__(self, ufunc, casting, from_, to, i):
        super().__init__(ufunc, casting, from_, to)
        self.in_i = i

    def __str__(self):
        return self._describe("input", self.ufunc.nin, self.in_i)


@_display_as_base
class _UFuncOutputCastingError(_UFuncCastingError):
    """The loop's result can't be cast to output number `out_i`."""

    def __init__(self, ufunc, casting, from_, to, i):
        super().__init__(ufunc, casting, from_, to)
        self.out_i = i

    def __str__(self):
        return self._describe("output", self.ufunc.nout, self.out_i)


@_display_as_base
class _ArrayMemoryError(MemoryError):
    """Memory for an array was refused; attributes shape and dtype."""

    def __init__(self, shape, dtype):
        self.shape = shape
        self.dtype = dtype

    @property
    def _total_size(self):
        size = self.dtype.itemsize
        for length in self.shape:
            size *= length
        return size

    @staticmethod
    def _size_to_string(num_bytes):
        """`num_bytes` with three digits and a binary unit ("1.50 KiB")."""
        unit = min(max(num_bytes.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
        size = num_bytes / 1024**unit
        # rounding to three digits may reach the next unit
        if unit + 1 < len(_UNITS) and unit and round(size) == 1024:
            unit, size = unit + 1, 1.0
        if unit == 0:
            return f"{num_bytes} bytes"
        if size >= 1000:
            return f"{size:.0f}. {_UNITS[unit]}"
        return f"{size:#.3g} {_UNITS[unit]}"

    def __str__(self):
        size = self._size_to_string(self._total_size)
        return f"Unable to allocate {size} for an array with shape {self.shape} and data type {self.dtype}"
