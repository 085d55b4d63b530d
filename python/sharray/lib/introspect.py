"""What the machine runs: the loops and CPU levels behind the functions."""

import re

__all__ = ['opt_func_info']


def opt_func_info(func_name=None, signature=None):
    """CPU levels per function and signature, those in use and those available.

    Both arguments are regular expressions that filter functions and their
    signatures. Returns a dict by function name of dicts by signature.

    >>> isinstance(np.lib.introspect.opt_func_info('^no such$'), dict)
    True
    """
    from .._engine import __cpu_targets_info__, dtype

    found = __cpu_targets_info__
    if func_name is not None:
        pattern = re.compile(func_name)
        found = {name: loops for name, loops in found.items() if pattern.search(name)}
    if signature is None:
        return found
    pattern = re.compile(signature)
    matching = {}
    for name, loops in found.items():
        kept = {
            chars: levels
            for chars, levels in loops.items()
            if any(pattern.search(c) or pattern.search(dtype(c).name) for c in chars)
        }
        if kept:
            matching[name] = kept
    return matching
