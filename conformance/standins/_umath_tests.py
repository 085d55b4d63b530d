"""Stand-in for NumPy's compiled helper of the same name: ufuncs and gufuncs made in C for tests.

The engine offers no way yet to make a gufunc from outside, so each raises when it is called.
"""

from conformance.standins.missing import missing_functions

globals().update(
    missing_functions(
        "_pickleable_module_global_ufunc always_error always_error_gufunc always_error_unary conv1d_full cross1d cumsum "
        "euclidean_pdist indexed_negative inner1d inner1d_no_doc innerwt matmul matrix_multiply test_dispatch "
        "test_signature"
    )
)
