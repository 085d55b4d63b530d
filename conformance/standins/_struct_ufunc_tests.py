"""Stand-in for NumPy's compiled helper of the same name: a ufunc on a structured dtype made in C."""

from conformance.standins.missing import missing_functions

globals().update(missing_functions("add_triplet register_fail"))
