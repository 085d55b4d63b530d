"""Linear algebra: solving, decompositions, eigenvalues, norms.

>>> import sharray as np
>>> np.linalg.solve([[2, 0], [0, 4]], [1, 1])
array([0.5 , 0.25])
"""

from .._pytesttester import PytestTester as _PytestTester
from . import _linalg
from ._linalg import (
    LinAlgError,
    cholesky,
    cond,
    cross,
    det,
    diagonal,
    eig,
    eigh,
    eigvals,
    eigvalsh,
    inv,
    lstsq,
    matmul,
    matrix_norm,
    matrix_power,
    matrix_rank,
    matrix_transpose,
    multi_dot,
    norm,
    outer,
    pinv,
    qr,
    slogdet,
    solve,
    svd,
    svdvals,
    tensordot,
    tensorinv,
    tensorsolve,
    trace,
    vecdot,
    vector_norm,
)

__all__ = _linalg.__all__

test = _PytestTester(__name__)
del _PytestTester
