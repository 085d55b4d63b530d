"""Sums over products in Einstein's notation, in one go or along a path of pairs."""

from . import _einsum_parse
from ._einsum_path import contraction, flop_count, greedy, optimal, term_size
from .multiarray import c_einsum
from .numeric import asanyarray, tensordot
from .overrides import array_function_dispatch

__all__ = ["einsum", "einsum_path"]

einsum_symbols = _einsum_parse.SYMBOLS
einsum_symbols_set = frozenset(einsum_symbols)
_parse_einsum_input = _einsum_parse.parse


def _sizes(terms, arrays):
    """The length that each label stands for; ValueError where operands disagree."""
    sizes = {}
    for place, (term, array) in enumerate(zip(terms, arrays, strict=True)):
        if len(array.shape) != len(term):
            raise ValueError(
                f"Einstein sum subscript {term} does not contain the correct number of indices for operand {place}."
            )
        for label, length in zip(term, array.shape, strict=True):
            known = sizes.get(label, 1)
            if known == 1:
                sizes[label] = length
            elif length not in (1, known):
                raise ValueError(
                    f"Size of label '{label}' for operand {place} ({known}) does not match previous terms ({length})."
                )
    return sizes


def _path_request(optimize):
    """(method or explicit path, memory limit or None) from the argument `optimize`."""
    if optimize is True:
        return "greedy", None
    if optimize is None or optimize is False:
        return False, None
    if isinstance(optimize, str):
        return optimize, None
    if len(optimize) and optimize[0] == "einsum_path":
        return list(optimize), None
    if len(optimize) == 2 and isinstance(optimize[0], str) and isinstance(optimize[1], (int, float)):
        return optimize[0], int(optimize[1])
    raise TypeError(f"Did not understand the path: {optimize!s}")


def _find_path(terms, output, sizes, optimize):
    request, limit = _path_request(optimize)
    sets = [frozenset(term) for term in terms]
    everything = tuple(range(len(terms)))
    if isinstance(request, list):
        return [tuple(step) for step in request[1:]]
    if request is False or len(terms) in (1, 2) or frozenset().union(*sets) == frozenset(output):
        return [everything]
    if limit is None:
        limit = max(term_size(term, sizes) for term in [*sets, frozenset(output)])
    if request == "greedy":
        return greedy(sets, frozenset(output), sizes, limit)
    if request == "optimal":
        return optimal(sets, frozenset(output), sizes, limit)
    raise KeyError("Path name %s not found", request)


def _steps(terms, output, sizes, path):
    """For each step: places (descending), subscripts, remaining terms, flops, size, labels involved."""
    terms, steps = list(terms), []
    for number, places in enumerate(path):
        places = tuple(sorted(places, reverse=True))
        last = number == len(path) - 1
        sets = [frozenset(term) for term in terms]
        result, _, summed, involved = contraction(places, sets, frozenset(output))
        taken = [terms.pop(place) for place in places]
        if last and not terms:
            target = output
        else:
            target = "".join(sorted(result, key=lambda label: (sizes[label], label)))
        subscripts = ",".join(taken) + "->" + target
        terms.append(target)
        steps.append(
            (
                places,
                subscripts,
                terms[:],
                flop_count(involved, summed, len(taken), sizes),
                term_size(result, sizes),
                len(involved),
            )
        )
    if len(terms) != 1:
        raise RuntimeError(f"Invalid einsum_path is specified: {len(terms) - 1} more operands has to be contracted.")
    return steps


def _report(terms, output, sizes, steps):
    everything = frozenset().union(*map(frozenset, terms))
    naive = flop_count(everything, everything - frozenset(output), len(terms), sizes)
    spent = sum(step[3] for step in steps) + 1
    largest = (
        max([term_size(frozenset(term), sizes) for term in [*terms, output]] + [step[4] for step in steps])
        if not steps
        else max(step[4] for step in steps)
    )
    lines = [
        f"  Complete contraction:  {','.join(terms)}->{output}",
        f"         Naive scaling:  {len(everything)}",
        f"     Optimized scaling:  {max(step[5] for step in steps)}",
        f"      Naive FLOP count:  {naive:.3e}",
        f"  Optimized FLOP count:  {spent:.3e}",
        f"   Theoretical speedup:  {naive / spent:3.3f}",
        f"  Largest intermediate:  {largest:.3e} elements",
        "-" * 74,
        "{:6} {:>24} {:>40}".format("scaling", "current", "remaining"),
        "-" * 74,
    ]
    text = "\n".join(lines)
    for _, subscripts, remaining, _, _, scaling in steps:
        rest = ",".join(remaining) + "->" + output
        text += f"\n{scaling:4d}    {subscripts:>24} {rest:>40}"
    return text


def _einsum_path_dispatcher(*operands, optimize=None, einsum_call=None):
    return operands


@array_function_dispatch(_einsum_path_dispatcher, module="numpy")
def einsum_path(*operands, optimize="greedy", einsum_call=False):
    """A good order of contraction for `einsum` with these operands, and a report on its cost.

    Parameters
    ----------
    *operands : as for `einsum`
    optimize : bool, 'greedy', 'optimal', (method, memory limit) or a path
        The limit is the largest intermediate result in elements.
    einsum_call : bool, optional
        Whether to give what `einsum` needs instead of a text.

    Returns
    -------
    path : list
        ``['einsum_path', (0, 1), …]``, for the argument `optimize` of `einsum`.
    report : str

    Raises
    ------
    ValueError
        Malformed subscripts, or shapes that don't fit.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.ones((2, 3))
    >>> np.einsum_path("ij,kj->ik", a, a)[0]
    ['einsum_path', (0, 1)]
    """
    terms, output, arrays = _parse_einsum_input(operands)
    sizes = _sizes(terms, arrays)
    path = _find_path(terms, output, sizes, optimize)
    steps = _steps(terms, output, sizes, path)
    if einsum_call:
        return arrays, steps
    return ["einsum_path", *path], _report(terms, output, sizes, steps)


def _einsum_dispatcher(*operands, out=None, optimize=None, **kwargs):
    yield from operands
    yield out


@array_function_dispatch(_einsum_dispatcher, module="numpy")
def einsum(*operands, out=None, optimize=False, **kwargs):
    """Sum of products by labelled axes: "ij,jk->ik" is the matrix product.

    Parameters
    ----------
    *operands : array_like
        Or arrays and lists of labels as integers in turn.
    out : ndarray, optional
    optimize : bool, str or path
        Whether to contract in pairs, and in which order (see `einsum_path`).
    **kwargs
        `dtype`, `order` and `casting`, as ufuncs take them.
    subscripts : str
        Labels of each operand's axes, and behind "->" those of the result; without
        it, those that occur once, in alphabetical order. "..." broadcasts.
    dtype, order, casting : optional

    Returns
    -------
    ndarray, or a view where the subscripts only rearrange axes.

    Raises
    ------
    ValueError
        Malformed subscripts, or shapes that don't fit.

    Examples
    --------
    >>> import sharray as np
    >>> np.einsum("ij,j->i", [[1, 2], [3, 4]], [1, 1])
    array([3, 7])
    """
    if optimize is False:
        if out is not None:
            kwargs["out"] = out
        return c_einsum(*operands, **kwargs)
    unknown = [name for name in kwargs if name not in ("dtype", "order", "casting")]
    if unknown:
        raise TypeError(f"Did not understand the following kwargs: {unknown}")
    return _along_path(operands, out, optimize, kwargs)


def _along_path(operands, out, optimize, kwargs):
    order = kwargs.pop("order", "K")
    arrays, steps = einsum_path(*operands, optimize=optimize, einsum_call=True)
    if order.upper() == "A":
        order = "F" if all(one.flags.f_contiguous for one in arrays) else "C"
    result = None
    for number, (places, subscripts, *_) in enumerate(steps):
        taken = [arrays.pop(place) for place in places]
        last = number == len(steps) - 1
        result = _contract(subscripts, taken, out if last else None, kwargs)
        arrays.append(result)
        del taken
    if out is not None:
        return out
    return asanyarray(result, order=order)


def _contract(subscripts, operands, out, kwargs):
    axes = _tensordot_axes(subscripts, operands)
    if axes is None or kwargs:
        if out is not None:
            kwargs = {**kwargs, "out": out}
        return c_einsum(subscripts, *operands, **kwargs)
    one, two, labels, target = axes
    product = tensordot(*operands, axes=(one, two))
    if labels != target:
        product = product.transpose([labels.index(label) for label in target])
    if out is not None:
        out[...] = product
        return out
    return product


def _tensordot_axes(subscripts, operands):
    """Axes to contract, labels of the product and of the result, where `tensordot` can do the step."""
    inputs, target = subscripts.split("->")
    terms = inputs.split(",")
    if len(terms) != 2 or any(len(set(term)) != len(term) for term in terms):
        return None
    left, right = terms
    shared = set(left) & set(right)
    if not shared or shared & set(target) or set(left) ^ set(right) != set(target):
        return None
    if any(operands[0].shape[left.index(label)] != operands[1].shape[right.index(label)] for label in shared):
        return None
    if any(one.dtype.kind not in "fc" for one in operands):
        return None
    shared = sorted(shared)
    kept = "".join(label for label in left + right if label not in shared)
    return [left.index(s) for s in shared], [right.index(s) for s in shared], kept, target
