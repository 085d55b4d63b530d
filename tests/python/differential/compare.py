"""Tell two outcomes of a case apart."""

import datetime
import math

import numpy

LIMIT = 100


def kinds(a, b):
    """The names of two types, if they differ."""
    x, y = type(a).__name__, type(b).__name__
    if x == y and hasattr(a, "dtype") == hasattr(b, "dtype"):
        return []
    # `bool` is Python's and the modules'.
    return [f"type {x} | {y}" if x != y else f"type {x} | another {y}"]


def plain(a):
    """An array of either module as NumPy's own, on the same memory where that is possible."""
    if isinstance(a, numpy.ndarray):
        return a.view(numpy.ndarray)
    if a.dtype.hasobject:
        out = numpy.empty(a.size, object)
        out[:] = [numpy.array(0)] * a.size
        return out
    return numpy.ndarray(a.shape, str_dtype(a.dtype), buffer=bytearray(a.tobytes()) or bytearray(1))


def str_dtype(dtype):
    """NumPy's dtype of the same description."""
    return numpy.dtype(dtype.descr if dtype.names is not None and dtype.isalignedstruct is False else dtype.str)


def compare(case, a, b):
    """The differences between two outcomes, as lines of text: none if they agree."""
    if a.spoilt or b.spoilt:
        if type(a.spoilt).__name__ == type(b.spoilt).__name__:
            return []
        return [f"preparing: {a.spoilt!r} | {b.spoilt!r}"]
    found = errors(a.error, b.error)
    if found:
        return found
    if a.warnings != b.warnings:
        found.append(f"warnings: {a.warnings} | {b.warnings}")
    context = Context(case, a.operands, b.operands)
    if a.error is None:
        found += ["result: " + line for line in context.values(a.result, b.result)]
    # How far a conversion of texts or objects came before one of them failed is left open.
    tentative = any(getattr(value, "dtype", numpy.dtype("i8")).kind in "OSUV" for value in a.operands.values())
    for name in a.operands:
        if a.error is None or not tentative:
            found += [f"operand {name}: {line}" for line in context.operand(a.operands[name], b.operands[name])]
    return found


def errors(a, b):
    """Differences between two exceptions, or between one and none."""
    x, y = (None if e is None else type(e).__name__ for e in (a, b))
    if x == y or (isinstance(a, TypeError) and isinstance(b, TypeError)):
        return []
    return [f"error: {x}: {a} | {y}: {b}"]


class Context:
    """The comparison of two outcomes' values, operands being at hand for addresses and magnitudes."""

    def __init__(self, case, left, right):
        self.case, self.tolerance, self.left, self.right = case, case.tolerance, left, right

    def operand(self, a, b):
        if hasattr(a, "flags") and hasattr(a, "__array_interface__") and hasattr(a, "strides"):
            return self.arrays(a, b, strides=True)
        return self.values(a, b)

    def values(self, a, b):
        """Differences between two values of any type."""
        found = kinds(a, b)
        if found:
            return found
        if (
            a is None
            or a is NotImplemented
            or isinstance(a, bool | int | str | bytes | datetime.date | datetime.timedelta)
        ):
            if hasattr(a, "dtype"):
                return self.scalars(a, b)
            return [] if a == b else [f"{a!r} | {b!r}"]
        if isinstance(a, tuple | list):
            if len(a) != len(b):
                return [f"length {len(a)} | {len(b)}"]
            return [f"[{i}] {line}" for i, (x, y) in enumerate(zip(a, b)) for line in self.values(x, y)]
        if isinstance(a, dict):
            if list(a) != list(b):
                return [f"keys {list(a)} | {list(b)}"]
            return [f"[{k}] {line}" for k in a for line in self.values(a[k], b[k])]
        if isinstance(a, numpy.ndarray):
            return self.arrays(a, b, self.case.strides)
        if isinstance(a, numpy.generic):
            return self.scalars(a, b)
        if isinstance(a, numpy.dtype):
            return [] if described(a) == described(b) else [f"dtype {a!r} | {b!r}"]
        if isinstance(a, float | complex):
            return self.numbers(numpy.array([a]), numpy.array([b]))
        if isinstance(a, type):
            return [] if a.__name__ == b.__name__ else [f"{a!r} | {b!r}"]
        x, y = repr(a), repr(b)
        return [] if x == y or " at 0x" in x else [f"{x} | {y}"]

    def scalars(self, a, b):
        """Differences between two scalars of the modules."""
        if described(a.dtype) != described(b.dtype):
            return [f"dtype {a.dtype!r} | {b.dtype!r}"]
        if a.dtype.kind == "O" or a.dtype.hasobject:
            return [] if str(a) == str(b) else [f"{a} | {b}"]
        return self.contents(
            numpy.asarray(a), numpy.ndarray((), str_dtype(b.dtype), buffer=bytearray(b.tobytes()) or bytearray(1))
        )

    def arrays(self, a, b, strides):
        """Differences between two arrays: dtype, shape, strides, flags, memory shared with operands, contents."""
        if type(b).__name__ != type(a).__name__:
            return [f"type {type(a).__name__} | {type(b).__name__}"]
        if described(a.dtype) != described(b.dtype):
            return [f"dtype {a.dtype!r} | {b.dtype!r}"]
        if a.shape != b.shape:
            return [f"shape {a.shape} | {b.shape}"]
        found = []
        if strides and telling(a) != telling(b):
            found.append(f"strides {a.strides} | {b.strides} of shape {a.shape}")
        for flag in ("C_CONTIGUOUS", "F_CONTIGUOUS", "WRITEABLE", "ALIGNED"):
            if (strides or "CONT" not in flag) and a.flags[flag] != b.flags[flag]:
                found.append(f"{flag} {a.flags[flag]} | {b.flags[flag]}")
        x, y = places(a, self.left), places(b, self.right)
        if x != y:
            found.append(f"memory {x} | {y}")
        return found + self.elements(a, b)

    def elements(self, a, b):
        if a.dtype.hasobject:
            x, y = a.ravel().tolist(), b.ravel().tolist()
            return [line for p, q in zip(x, y) for line in self.values(p, q)][:3]
        if a.ndim > 32:
            return []
        return self.contents(a.view(numpy.ndarray), plain(b))

    def contents(self, a, b):
        """Differences between the elements of two arrays of NumPy's of one dtype and shape."""
        if a.dtype.names is not None:
            found = [f".{n} {line}" for n in a.dtype.names for line in self.contents(a[n], b[n])]
            return found
        if a.dtype.kind in "fc":
            return self.numbers(a, b)
        if a.tobytes() == b.tobytes() or (a.dtype.kind == "V" and a.dtype.itemsize == 0):
            return []
        same = a == b
        if a.dtype.kind in "mM":
            same = same | (numpy.isnat(a) & numpy.isnat(b))
        return self.told(a, b, ~numpy.asarray(same))

    def told(self, a, b, wrong):
        """The first elements that differ."""
        if not wrong.any():
            return []
        wrong = numpy.atleast_1d(wrong)
        at = [tuple(int(i) for i in place) for place in numpy.argwhere(wrong)]
        a, b = numpy.atleast_1d(a), numpy.atleast_1d(b)
        return [f"at {place}: {a[place]!r} | {b[place]!r}" for place in at[:3]]

    def numbers(self, a, b):
        """Differences between floating-point elements beyond the tolerance; NaNs are alike, zeros have signs."""
        a, b = (x.astype(x.dtype.newbyteorder("=")) if not x.dtype.isnative else x for x in (a, b))
        if a.dtype.kind == "c" and self.tolerance.joint:
            return self.told(a, b, self.apart_jointly(a, b))
        if a.dtype.kind == "c":
            wrong = self.apart(a.real, b.real) | self.apart(a.imag, b.imag)
        else:
            wrong = self.apart(a, b)
        return self.told(a, b, wrong)

    def apart(self, a, b):
        """Which real elements differ."""
        with numpy.errstate(all="ignore"):
            same = (a == b) & (
                (numpy.signbit(a) == numpy.signbit(b))
                | bool(self.tolerance.relative)
                | (not self.tolerance.signed_zeros)
            ) | (numpy.isnan(a) & numpy.isnan(b))
            if self.tolerance.ulps:
                unit = numpy.maximum(numpy.spacing(numpy.abs(a)), numpy.spacing(numpy.abs(b)))
                same = same | (numpy.abs(a - b) <= self.tolerance.ulps * unit)
                large = numpy.finfo(a.dtype).max
                same = same | ((numpy.abs(a) >= large) & (numpy.abs(b) >= large) & (numpy.sign(a) == numpy.sign(b)))
            if self.tolerance.relative:
                same = same | self.near(a, b)
        return ~numpy.asarray(same)

    def apart_jointly(self, a, b):
        with numpy.errstate(all="ignore"):
            unit = numpy.finfo(a.dtype).eps * numpy.maximum(
                numpy.maximum(abs(a.real), abs(a.imag)), numpy.finfo(a.dtype).tiny
            )
            near = (abs(a.real - b.real) <= self.tolerance.ulps * unit) & (
                abs(a.imag - b.imag) <= self.tolerance.ulps * unit
            )
        alone = ~(self.apart(a.real, b.real) | self.apart(a.imag, b.imag))
        return ~numpy.asarray(near | alone)

    def near(self, a, b):
        """Within the rounding of sums over the operands: overflow makes any order as good as another."""
        top = self.magnitude()
        kind = numpy.finfo(a.dtype)
        if not top < float(kind.max) / 64:
            return numpy.ones(a.shape, bool)
        return numpy.abs(a - b) <= self.tolerance.relative * kind.eps * max(top, float(kind.tiny))

    def magnitude(self):
        top = 0.0
        for value in self.left.values():
            if isinstance(value, numpy.ndarray) and value.dtype.kind in "iufc" and value.size:
                with numpy.errstate(all="ignore"):
                    finite = numpy.abs(value.astype("G"))
                    finite = finite[numpy.isfinite(finite)]
                if finite.size:
                    top = max(top, float(finite.max()))
        return top if math.isfinite(top) else math.inf


def described(dtype):
    """What must agree between two dtypes: everything that can be seen."""
    if dtype.fields is not None:
        fields = tuple(
            (n, described(dtype.fields[n][0]), dtype.fields[n][1], *dtype.fields[n][2:]) for n in dtype.names
        )
        return fields, dtype.itemsize, dtype.isalignedstruct
    if dtype.subdtype is not None:
        return described(dtype.subdtype[0]), dtype.subdtype[1]
    return dtype.str, dtype.char, type(dtype).__name__


def telling(a):
    """The strides that mean something."""
    if a.size == 0:
        return None
    return tuple(s for s, n in zip(a.strides, a.shape) if n > 1)


def address(a):
    return a.__array_interface__["data"][0]


def places(a, operands):
    """For each operand that `a` may share memory with: how far from it `a` begins."""
    if a.size == 0:
        return None
    out = {}
    for name, value in operands.items():
        if type(value).__name__ in ("ndarray", "Sub") and value.size and value is not a and overlaps(a, value):
            out[name] = address(a) - address(value)
    return out


def extent(a):
    low = high = address(a)
    for n, s in zip(a.shape, a.strides):
        low, high = min(low, low + (n - 1) * s), max(high, high + (n - 1) * s)
    return low, high + a.itemsize


def overlaps(a, b):
    (p, q), (r, s) = extent(a), extent(b)
    return p < s and r < q
