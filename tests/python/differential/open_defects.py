"""Defects that the search found and that wait to be mended: it steps over them, and each has a strict expected failure.

Who mends one strikes its row; `test_open.py` fails until then if the row stays.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """What is wrong, a call that shows it, and the differences that it makes."""

    what: str
    shown_by: str
    call: str
    line: str


DEFECTS = [
    Defect("float16 and float32 become text as their Python values do, without exponents from 1e8 (1e3) on",
           "np.array([1e10], 'f4').astype('U12')", r".", r"(np\.str_|np\.bytes_)\(b?'.*e\+|overflow encountered in cast"),
    Defect("NaN of float16 and float32 becomes NaT with a warning", "np.array([nan], 'f2').astype('M8[s]')", r"'[<>]?[mM]8|\[[a-z]+\]'", r"invalid value encountered in cast"),
    Defect("errors of encodings are plain ValueErrors", "np.array(['é']).astype('M8[s]')", r".", r"error: Unicode(En|De)codeError"),
    Defect("zero-size and subarray dtypes pass `view` unchecked", "np.zeros((0, 3), 'F').view('S')", r"\.view\(", r"error: ValueError: .*None: None"),
    Defect("unstructured void becomes text by no cast", "np.array([b'abcd'], 'V4').astype('U5')", r".", r"there is no such conversion"),
    Defect("a unit or byte order that `asarray` and `astype` are given in a dtype without unit is kept or dropped otherwise",
           "np.ascontiguousarray(np.array([1], 'M8[D]'), 'm8')", r".", r"(dtype dtype\('[<>][mM]8|dtype dtype\('[<>]U)"),
    Defect("structured results of `astype` keep another memory order", "np.zeros((3, 2), 'i2').T.astype('(2,)i4').strides", r"astype\('\(2,\)i4'", r"strides|CONTIGUOUS"),
    Defect("promotion of text, an integer dtype and a Python integer", "np.result_type(300, np.dtype('q'), np.dtype('S'))", r"result_type|choose|select", r"DTypePromotionError"),
    Defect("a lone Python integer beyond int64 promotes to int64", "np.result_type(9223372036854775808)", r"result_type", r"type ULongLongDType"),
    Defect("`initial` of a time reduction may be a float", "np.minimum.reduce(np.array([1], 'm8[s]'), initial=2.5)", r"initial=", r"Could not convert object to NumPy timedelta"),
    Defect("`initial=0` of objects and lcm", "np.lcm.reduce(np.array([0, 0], 'O'), initial=0)", r"lcm", r"ZeroDivisionError|invalid"),
    Defect("`where` with more axes than the operand is broadcast in reductions", "np.add.reduce(np.zeros((0, 3)), axis=None, where=np.zeros((2, 0, 3), '?'))", r"where=", r"more dimensions than allowed by the axis remapping"),
    Defect("imaginary parts dropped from `initial` and from masked outputs do not warn", "np.bitwise_or.reduce(np.array([1]), initial=np.complex64(1))", r"reduce", r"ComplexWarning"),
    Defect("the order in which a wrong `out` and a loop of other dtypes are refused", "np.less_equal.reduce(np.array([True, False]), axis=None, out=np.zeros(9, 'g'))", r"\.reduce\(", r"has the wrong number of dimensions"),
    Defect("`ufunc.at` checks Python integers against the operand's dtype, not the loop's", "np.logical_or.at(np.zeros(2, 'i2'), [0], 2147483648)", r"\.at\(", r"Python integer .* out of bounds"),
    Defect("`ldexp.at` and read-only empty operands: the order of errors", "np.ldexp.at(np.zeros((2, 3), 'i8'), 2, 18446744073709551616)", r"\.at\(", r"error: (TypeError|ValueError).*(IndexError|ValueError)"),
    Defect("`floor_divide.at` of objects names other operations in warnings", "np.floor_divide.at(np.array([[1.0], [0.0]], 'g'), (), np.array([0], 'O'))", r"\.at\(", r"^warnings"),
    Defect("products of infinite complex numbers in stretches of eight", "np.multiply(np.full(17, complex(1.7e308, inf)), complex(-1.0, 1.7e308))", r"multiply", r"complex(128|64)\(|^warnings"),
    Defect("traces and other sums of subclasses without axes are 0-d arrays of them", "np.trace(np.ones((2, 2)).view(Sub))", r".", r"type (complex\d+|float\d+|u?int\d+|longdouble|clongdouble|bool|longlong|object|int) \| Sub"),
    Defect("refusals of products: shapes before dtypes; memory order of stacked ones", "np.matmul(np.ones((2, 2), 'i2'), np.ones((3, 2), 'G'), dtype='i2')", r"np\.(matmul|matvec|vecmat|vecdot)\(", r"error: |strides|CONTIGUOUS"),
    Defect("einsum of objects starts its sums from 0", "np.einsum('ij,jk->', np.array([[None]], 'O'), np.zeros((0, 1), 'O')[:1])", r"einsum", r".*"),
    Defect("products by a scalar of a subclass's arrays", "np.dot(np.array(1.0), np.ones(1).view(Sub))", r"np\.(dot|inner)\(", r"type Sub \| ndarray"),
    Defect("running sums and products: `out` of one row more, byte orders, times with a dtype", "np.cumulative_sum(np.array([3.7], 'f4'), out=np.array([3.75], 'f4'), include_initial=True)", r"cum", r"error: |dtype dtype|overflow|invalid"),
    Defect("variances and means of empty times and halves report another flag", "np.var(np.zeros(0, 'm8[s]'))", r"(var|std|mean|median|average)\(", r"^warnings"),
    Defect("truth of objects in `any` and `all` is kept as the operand's value", "np.array([0], 'O').any(axis=0)", r"(any|all)\(", r"type (bool|int|NoneType|float|str) \||at \("),
    Defect("argmin of one object compares it; `out` of argmin and argmax must be safe to read; subclasses", "np.argmin(np.array([1j], 'O'))", r"arg(min|max)\(", r"error: |type Sub"),
    Defect("products of times with a `dtype`", "np.prod(np.array([1], 'M8[M]'), dtype='i2')", r"prod\(", r"cannot use operands"),
    Defect("quantiles with weights of zero, `overwrite_input`, dtypes of results", "np.percentile(np.array([1], 'i2'), [[10]], method='inverted_cdf', axis=0, weights=np.array([0.0], 'f4'))", r"(quantile|percentile|median)\(", r".*"),
    Defect("averages of nothing", "np.average(np.zeros((2, 0)), axis=0)", r"average\(", r"error: |warnings|at \("),
    Defect("searchsorted of what has no common dtype, where nothing is compared", "np.searchsorted(np.zeros(0, 'q'), np.zeros((2, 0), 'M8[ns]'))", r"searchsorted", r"error: |at \("),
    Defect("masks of one axis more than the array has", "np.zeros((2, 3))[np.zeros((2, 0), '?')]", r"\[", r"boolean index did not match"),
    Defect("spans compared with integers beyond int64", "np.timedelta64(7, 's') == 9223372036854775808", r"operator\.", r"int too big"),
    Defect("long and long long scalars: the type of their sums", "np.int64(-5) + np.longlong(9)", r"operator\.", r"type (int64|uint64|longlong|ulonglong) \|"),
    Defect("refusals of assignments: arrays for elements of objects and text, masks of no axes, units", "np.zeros(1, 'D').__setitem__((0,), np.zeros(1, 'D'))", r"__setitem__", r"^error: "),
    Defect("fill takes an array of one structure", "np.zeros((1, 3), 'i2,f4').fill(np.array([(7, 1.0)], 'i2,f4'))", r"\.fill\(", r"FillWithScalar"),
    Defect("masks of compress beyond an axis, where there is nothing to pick", "np.compress([False, True, True], np.zeros((2, 0)), axis=0)", r"compress\(", r"out of bounds"),
    Defect("an empty list of repeats", "np.repeat(np.zeros(0), [], axis=0)", r"repeat\(", r"Cannot cast"),
    Defect("joining refuses dtypes before shapes", "np.dstack([np.array([1]), np.zeros(0, 'M8[s]')])", r"concatenate|stack|block|append|insert", r"all the input array"),
    Defect("correlate of text and void; of numbers and dates where nothing is summed", "np.convolve(np.array(['a']), np.array(['b']))", r"convolve", r"^error: "),
    Defect("digitize of dates by numbers", "np.digitize(np.zeros(0, 'M8[s]'), [0, 1, 2])", r"digitize", r"^error: "),
    Defect("extremes of spans pad", "np.pad(np.array([1], 'm8[s]'), 1, 'minimum')", r"np\.pad\(", r"ufunc 'rint'"),
    Defect("bools are rounded to decimals", "np.round(np.array([True]), 2)", r"np\.round\(", r"^error: "),
    Defect("histogram's warning names the module", "np.histogram(np.array([True]), 3)", r"histogram", r"^warnings"),
    Defect("long long copied as long and back shares or keeps its type", "np.array(np.zeros(1, 'u8'), 'Q')", r"np\.(array|as\w+)\(", r"dtype dtype\('u?int64'\)|memory"),
    Defect("unicode scalars out of range: the kind of the error", "np.str_('a').byteswap()", r"byteswap", r"^error: "),
    Defect("arange of complex limits, and beyond the largest size", "np.arange(3, 1j, 0.5, dtype='O')", r"(arange|fromfunction)\(", r"^error: "),
    Defect("void scalars are read-only", "np.array(b'abcd', 'V4')[()].flags.writeable", r".", r"WRITEABLE True \| False|1283 \| 263"),
    Defect("empty text scalars have no bytes", "np.str_('').tobytes()", r"tobytes|byteswap", r"^result: "),
    Defect("np.object_ of a list is a list", "np.object_([1, 2])", r"np\.object_\(", r"type ndarray \| list"),
    Defect("assignments to nothing warn of imaginary parts", "(a := np.zeros((1, 3), 'u8')).__setitem__((-1, []), np.array([[1j], [1j]]))", r"__setitem__", r"^warnings"),
    Defect("unique with NaN or NaT kept apart: the order of equal ones in the inverse", "np.unique_inverse(np.array([nan, 1.0] * 20))", r"unique", r"at \("),
    Defect("unique along an axis of a subclass", "np.unique(np.zeros((2, 0), 'f4').view(Sub), axis=0)", r"unique", r"type ndarray \| Sub"),
    Defect("bytes repeated by a number scalar", "operator.imul(np.bytes_(b'a'), np.uint8(3))", r"operator\.i?mul", r"^error: "),
    Defect("the imaginary part of a void scalar", "np.array(b'abcd', 'V4')[()].imag", r"\.imag", r"type void|WRITEABLE True"),
    Defect("dates among the elements of structures", "np.array([(1, np.datetime64('2020-01-01'))], dtype='i2,f4')", r"np\.array\(", r"^error: .*datetime"),
    Defect("times multiplied by objects", "np.multiply(np.zeros(1, 'm8[ns]'), np.array([1j], 'O'))", r"multiply", r"cannot use operands"),
    Defect("objects become void without a check of their bytes", "np.array([True, Fraction(1, 3)], 'O').astype('V', casting='no')", r"astype\('V", r"^error: "),
    Defect("negative results written to unsigned integers", "np.logaddexp.reduce(np.array([[-7.25]], 'f2'), axis=0, out=np.zeros(1, 'u4'))", r"out=", r"at \([\d, ]*\): np\.u?int|^warnings"),
    Defect("reductions over a mask that fits no axis", "np.add.reduce(np.zeros((2, 0)), keepdims=True, where=np.zeros((0, 3), '?'))", r"where=", r"could not be broadcast together with remapped"),
    Defect("sums of spans with a dtype stay spans", "np.sum(np.array([-60], 'm8[Y]'), dtype='f2')", r"dtype=", r"type timedelta64 \||dtype dtype\('[<>]m8"),
    Defect("histogram of spans", "np.histogram(np.zeros(0, 'm8[s]'), 3)", r"histogram", r"^error: |type |at \("),
]  # fmt: skip


def waits(case, found):
    """The open defect that explains all differences, or None."""
    for defect in DEFECTS:
        if re.search(defect.call, str(case)) and all(re.search(defect.line, line) for line in found):
            return defect.what
    return None
