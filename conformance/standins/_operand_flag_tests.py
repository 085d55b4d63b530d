"""Stand-in for NumPy's compiled helper of the same name: a ufunc made in C that writes to its input."""

from conformance.standins.missing import missing_functions

globals().update(missing_functions("inplace_add"))
