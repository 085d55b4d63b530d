"""Families of cases: each a function from a `random.Random` to a `script.Case`."""

from . import casts, creation, indexing, manipulation, methods, printing, reductions, scalars, sorting, ufuncs

FAMILIES = {
    "ufunc": ufuncs.call,
    "reduce": methods.reduce,
    "accumulate": methods.accumulate,
    "reduceat": methods.reduceat,
    "outer": methods.outer,
    "at": methods.at,
    "product": methods.product,
    "reduction": reductions.call,
    "order": reductions.order,
    "cast": casts.cast,
    "promote": casts.promote,
    "sort": sorting.call,
    "sets": sorting.sets,
    "get": indexing.get,
    "put": indexing.put,
    "index": indexing.function,
    "view": manipulation.view,
    "joined": manipulation.joined,
    "scalar": scalars.operation,
    "member": scalars.member,
    "creation": creation.call,
    "printing": printing.call,
}
