"""`c_einsum`: sums of products over labelled axes, without path optimisation.

Each pair of operands is contracted by one matrix product: its labels fall into
batch (in both and kept), contracted (in both and dropped), and those of one side
only, which become rows and columns. A label that stands twice in one operand is
its diagonal.
"""

from .. import _engine
from .._engine import add, asanyarray, asarray, can_cast, matmul, multiply, ndarray, nditer, result_type

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ELLIPSIS = "..."


def _labels_from_list(labels):
    """Labels given as a list of integers and `...`, as text."""
    text = []
    for label in labels:
        if label is Ellipsis:
            text.append(ELLIPSIS)
            continue
        try:
            number = label.__index__()
        except AttributeError:
            raise TypeError("each subscript must be either an integer or an ellipsis") from None
        if not 0 <= number < len(LETTERS):
            raise ValueError(f"subscript is not within the valid range [0, {len(LETTERS)}): {number}")
        text.append(LETTERS[number])
    return "".join(text)


def _split_arguments(arguments):
    """Subscripts as text, and the operands."""
    if not arguments:
        raise ValueError(
            "must specify the einstein sum subscripts string and at least one operand, "
            "or at least one operand and its corresponding subscripts list"
        )
    if isinstance(arguments[0], str):
        if len(arguments) < 2:
            raise ValueError("must provide at least an operand to einsum")
        return arguments[0].replace(" ", ""), list(arguments[1:])
    operands = list(arguments[0 : len(arguments) - len(arguments) % 2 : 2])
    texts = [_labels_from_list(labels) for labels in arguments[1::2]]
    subscripts = ",".join(texts)
    if len(arguments) % 2:
        subscripts += "->" + _labels_from_list(arguments[-1])
    return subscripts, operands


def _check_letters(text):
    for char in text:
        if not (char.isascii() and char.isalpha()) and char != ".":
            raise ValueError(
                f"invalid subscript '{char}' in einstein sum subscripts string, subscripts must be letters"
            )
    rest = text.replace(ELLIPSIS, "", 1)
    if "." in rest:
        raise ValueError("einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...')")


def _expand(text, ndim, position):
    """Labels of one operand, one for each axis; broadcast axes are numbered from the end: -1, -2, …."""
    before, dots, after = text.partition(ELLIPSIS)
    named = len(before) + len(after)
    if named > ndim:
        raise ValueError(f"einstein sum subscripts string contains too many subscripts for operand {position}")
    if not dots and named < ndim:
        raise ValueError(
            "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to "
            "broadcast the extra dimensions."
        )
    extra = ndim - named
    return list(before) + list(range(-extra, 0)) + list(after)


def _output_labels(text, inputs):
    """Labels of the result: as written, or those that occur once, in alphabetical order."""
    broadcast = sorted({label for labels in inputs for label in labels if isinstance(label, int)})
    seen = [label for labels in inputs for label in labels if isinstance(label, str)]
    if text is None:
        once = sorted(label for label in set(seen) if seen.count(label) == 1)
        return broadcast + once
    _check_letters(text)
    before, dots, after = text.partition(ELLIPSIS)
    if broadcast and not dots:
        raise ValueError(
            "output has no ellipsis, but broadcast axes exist: einstein sum subscripts string has no '...' for them"
        )
    named = before + after
    for label in named:
        if named.count(label) > 1:
            raise ValueError(f"einstein sum subscripts string includes output subscript '{label}' multiple times")
        if label not in seen:
            raise ValueError(
                f"einstein sum subscripts string included output subscript '{label}' which never appeared in an input"
            )
    return list(before) + broadcast + list(after)


def _diagonal(operand, labels):
    """The operand with every label once: a label that stands twice keeps its diagonal only."""
    while len(set(labels)) < len(labels):
        label = next(x for x in labels if labels.count(x) > 1)
        first, second = [i for i, x in enumerate(labels) if x == label][:2]
        sizes = operand.shape[first], operand.shape[second]
        if 1 in sizes and sizes[0] != sizes[1]:
            # An axis of extent 1 stretches: drop it.
            drop = first if sizes[0] == 1 else second
            operand = operand.squeeze(axis=drop)
            labels = labels[:drop] + labels[drop + 1 :]
            continue
        if sizes[0] != sizes[1]:
            raise ValueError(
                f"dimensions in single operand for collapsing index '{label}' don't match ({sizes[0]} != {sizes[1]})"
            )
        writable = operand.flags.writeable
        operand = operand.diagonal(axis1=first, axis2=second)
        if writable:
            operand.flags.writeable = True
        labels = [x for i, x in enumerate(labels) if i not in (first, second)] + [label]
    return operand, labels


def _extents(operands, inputs):
    extents = {}
    for operand, labels in zip(operands, inputs, strict=True):
        for label, extent in zip(labels, operand.shape, strict=True):
            known = extents.setdefault(label, extent)
            if known == 1:
                extents[label] = extent
            elif extent not in (1, known):
                raise ValueError(
                    f"operands could not be broadcast together with remapped shapes: "
                    f"label {label!r} has extents {known} and {extent}"
                )
    return extents


def _drop_stretched(operand, labels, extents):
    """Axes of extent 1 that stand for a longer one carry no information: remove them."""
    for axis in reversed(range(operand.ndim)):
        if operand.shape[axis] == 1 and extents[labels[axis]] != 1:
            operand = operand.squeeze(axis=axis)
            labels = labels[:axis] + labels[axis + 1 :]
    return operand, labels


def _sum_out(operand, labels, kept):
    """Sums over the labels that nobody else needs."""
    axes = tuple(i for i, label in enumerate(labels) if label not in kept)
    if not axes:
        return operand, labels
    dtype = None if operand.dtype.kind == "b" else operand.dtype
    if operand.dtype.kind == "b":
        summed = operand.any(axis=axes)
    else:
        summed = add.reduce(operand, axis=axes, dtype=dtype)
    return asanyarray(summed), [label for label in labels if label in kept]


def _pair(a, a_labels, b, b_labels, kept):
    """The product of two operands, summed over the shared labels that are not kept."""
    shared = [x for x in a_labels if x in b_labels]
    batch = [x for x in shared if x in kept]
    inner = [x for x in shared if x not in kept]
    left = [x for x in a_labels if x not in shared]
    right = [x for x in b_labels if x not in shared]
    result_labels = batch + left + right
    if not inner:
        # Nothing to sum: an outer or elementwise product by broadcasting.
        a = _arrange(a, a_labels, result_labels)
        b = _arrange(b, b_labels, result_labels)
        return multiply(a, b), result_labels
    size = dict(zip(a_labels, a.shape, strict=True)) | dict(zip(b_labels, b.shape, strict=True))

    def count(labels):
        total = 1
        for label in labels:
            total *= size[label]
        return total

    a = a.transpose([a_labels.index(x) for x in batch + left + inner])
    b = b.transpose([b_labels.index(x) for x in batch + inner + right])
    batch_shape = [size[x] for x in batch]
    a = a.reshape(batch_shape + [count(left), count(inner)])
    b = b.reshape(batch_shape + [count(inner), count(right)])
    product = matmul(a, b)
    return asanyarray(product).reshape([size[x] for x in result_labels]), result_labels


def _arrange(operand, labels, target):
    """The operand with the axes of `target`, new ones of extent 1."""
    order = [labels.index(x) for x in target if x in labels]
    operand = operand.transpose(order)
    key = tuple(slice(None) if x in labels else None for x in target)
    return operand[key]


_ORDERS = ("C", "F", "A", "K", "c", "f", "a", "k")


def c_einsum(*arguments, out=None, dtype=None, order="K", casting="safe"):
    """Evaluate Einstein's summation convention, operands from left to right.

    Parameters
    ----------
    *arguments : str then array_likes, or array_like and list of int in turn
    out, dtype, order, casting : as for `numpy.einsum`

    Returns
    -------
    ndarray
        A view of the only operand where nothing is summed, else a new array.

    Raises
    ------
    ValueError
        For malformed subscripts and extents that don't fit.

    Examples
    --------
    >>> import sharray as np
    >>> np.einsum("ij->ji", np.array([[1, 2], [3, 4]]), optimize=False)
    array([[1, 3],
           [2, 4]])
    """
    if out is not None and not isinstance(out, ndarray):
        raise TypeError(f"keyword parameter out must be an array for einsum, not {type(out).__name__}")
    if not (isinstance(order, str) and order in _ORDERS):
        raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got {order!r})")
    subscripts, operands = _split_arguments(arguments)
    operands = [asarray(operand) for operand in operands]
    left, arrow, right = subscripts.partition("->")
    if ">" in left or "-" in left:
        raise ValueError("einstein sum subscript string does not contain proper '->' output specified")
    texts = left.split(",")
    if len(texts) < len(operands):
        raise ValueError("fewer operand subscripts than operands provided to einstein sum function")
    if len(texts) > len(operands):
        raise ValueError("more operands provided to einstein sum function than specified in the subscripts string")
    for text in texts:
        _check_letters(text)
    inputs = [
        _expand(text, operand.ndim, position)
        for position, (text, operand) in enumerate(zip(texts, operands, strict=True))
    ]
    output = _output_labels(right if arrow else None, inputs)

    wanted = _engine.dtype(dtype) if dtype is not None else None
    common = wanted if wanted is not None else result_type(*operands)
    if out is not None and wanted is None and not can_cast(common, out.dtype, casting):
        raise TypeError(
            f"Cannot cast the result of einsum from {common!r} to {out.dtype!r} according to the rule '{casting}'"
        )
    for position, operand in enumerate(operands):
        if not can_cast(operand.dtype, common, casting):
            raise TypeError(
                f"Iterator operand {position} dtype could not be cast from {operand.dtype!r} to "
                f"{common!r} according to the rule '{casting}'"
            )
    diagonals = [_diagonal(operand, labels) for operand, labels in zip(operands, inputs, strict=True)]
    operands, inputs = [d[0] for d in diagonals], [d[1] for d in diagonals]
    extents = _extents(operands, inputs)
    operands = [operand.astype(common, copy=False) for operand in operands]

    summed = [label for label in extents if label not in output]
    if order in ("A", "a"):
        order = "F" if all(operand.flags.f_contiguous for operand in operands) else "C"
    like = [_arrange(operand, labels, output + summed) for operand, labels in zip(operands, inputs, strict=True)]
    if common.hasobject and (summed or len(operands) > 1):
        return _deliver(_of_objects(like, len(output)), out, order, like)
    if len(operands) == 1:
        result, labels = operands[0], inputs[0]
    else:
        trimmed = [_drop_stretched(operand, labels, extents) for operand, labels in zip(operands, inputs, strict=True)]
        result, labels = trimmed[0]
        for position, (operand, own) in enumerate(trimmed[1:], 1):
            later = {label for _, rest in trimmed[position + 1 :] for label in rest} | set(output)
            result, labels = _sum_out(result, labels, later | set(own))
            operand, own = _sum_out(operand, own, later | set(labels))
            result, labels = _pair(result, labels, operand, own, later)
    result, labels = _sum_out(result, labels, set(output))
    result = _finish(result, labels, output, extents)
    if len(operands) == 1 and not summed:
        like = None
    return _deliver(result, out, order, like)


def _of_objects(operands, kept):
    """Sums of products by Python's operators, which start from 0; the first `kept` axes stay."""
    product = operands[0]
    for factor in operands[1:]:
        product = asarray(multiply(product, factor), dtype=product.dtype)
    if product.ndim == kept:
        return asarray(add(0, product), dtype=product.dtype)
    return asarray(add.reduce(product, axis=tuple(range(kept, product.ndim)), initial=0), dtype=product.dtype)


def _finish(result, labels, output, extents):
    """Axes in the output's order; labels that were stretched away come back."""
    if labels != output:
        result = _arrange(result, labels, output)
        shape = tuple(extents[label] for label in output)
        if result.shape != shape:
            result = _engine.add(result, _engine.zeros(shape, dtype=result.dtype))
    return result


def _in_kept_order(result, like):
    """The result in the memory order that the operands have in common."""
    if like is None or result.ndim < 2 or result.size == 0:
        return result
    axes, kept = list(range(like[0].ndim)), result.ndim
    steps = nditer(
        [*like, None],
        flags=["refs_ok", "zerosize_ok", "reduce_ok"],
        op_flags=[["readonly"]] * len(like) + [["readwrite", "allocate"]],
        op_dtypes=[None] * len(like) + [result.dtype],
        op_axes=[axes] * len(like) + [axes[:kept] + [-1] * (len(axes) - kept)],
    )
    target = steps.operands[-1]
    if target.strides == result.strides:
        return result
    target[...] = result
    return target


def _deliver(result, out, order, like):
    if out is not None:
        out[...] = result
        return out
    if order in ("K", "k"):
        result = _in_kept_order(result, like)
    if order in ("C", "c") and not result.flags.c_contiguous:
        return result.copy(order="C")
    if order in ("F", "f") and not result.flags.f_contiguous:
        return result.copy(order="F")
    return result[()] if result.ndim == 0 else result
