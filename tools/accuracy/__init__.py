"""How far each mathematical function is from the true value, in units of the last place (ULP).

``python -m tools.accuracy`` measures on a million inputs for each function and precision, on each instruction-set level
that this machine has; ``--write docs/accuracy.md`` writes the table; ``--all`` goes through every one of the 2**32
single-precision inputs of the functions of one argument (hours).

:mod:`inputs` chooses the arguments, :mod:`measure` holds the reference and the error, :mod:`worker` is the process that
computes on one instruction-set level, :mod:`table` the page. NumPy is needed: its long double functions are the reference.
"""
