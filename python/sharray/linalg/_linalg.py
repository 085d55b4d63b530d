"""The functions of `linalg`, from the modules that hold them.

Matrices stand in the last two axes; the axes before are a stack. The computing is the engine's.
"""

from ._common import EighResult, EigResult, LinAlgError, QRResult, SlogdetResult, SVDResult, _makearray
from ._factor import cholesky, eig, eigh, eigvals, eigvalsh, qr, svd, svdvals
from ._norms import cond, matrix_norm, matrix_rank, norm, vector_norm
from ._products import (
    _multi_dot,
    _multi_dot_matrix_chain_order,
    cross,
    diagonal,
    matmul,
    matrix_transpose,
    multi_dot,
    outer,
    tensordot,
    trace,
    vecdot,
)
from ._solve import det, inv, lstsq, matrix_power, pinv, slogdet, solve, tensorinv, tensorsolve

__all__ = [
    "matrix_power",
    "solve",
    "tensorsolve",
    "tensorinv",
    "inv",
    "cholesky",
    "eigvals",
    "eigvalsh",
    "pinv",
    "slogdet",
    "det",
    "svd",
    "svdvals",
    "eig",
    "eigh",
    "lstsq",
    "norm",
    "qr",
    "cond",
    "matrix_rank",
    "LinAlgError",
    "multi_dot",
    "trace",
    "diagonal",
    "cross",
    "outer",
    "tensordot",
    "matmul",
    "matrix_transpose",
    "matrix_norm",
    "vector_norm",
    "vecdot",
]
