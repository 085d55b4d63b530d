"""autograd under sharray's name for NumPy: derivatives are computed on sharray's arrays."""

import subprocess
import sys

import matrix

PACKAGES = ("autograd",)
WORDS = """
Under `install_as_numpy` (or `python -m sharray run`) autograd runs on sharray: it wraps the functions of the module that
`numpy` is. Beside the real NumPy it differentiates NumPy's functions, and takes sharray's arrays as constants.
"""
ROUTES = []
globals().update({name: one for name, one in matrix.tests(sys.modules[__name__]).items() if "page" in name})
matrix.wants("autograd")

PROGRAM = """
import sharray
sharray.install_as_numpy()
import autograd.numpy as anp
from autograd import grad, jacobian, hessian
import numpy
assert numpy.ndarray is sharray.ndarray
f = lambda x: anp.sum(anp.tanh(x) ** 2 * anp.exp(-x))
x = numpy.linspace(0.1, 1.0, 5)
found = grad(f)(x)
assert type(found) is sharray.ndarray
step = 1e-6
for i in range(5):
    e = numpy.zeros(5); e[i] = step
    assert abs((f(x + e) - f(x - e)) / (2 * step) - found[i]) < 1e-6
assert jacobian(lambda v: anp.dot(anp.outer(v, v), v))(x).shape == (5, 5)
h = hessian(lambda v: anp.sum(v ** 3))(x)
assert numpy.allclose(h, numpy.diag(6 * x))
print("fine")
"""


def test_derivatives_under_the_alias():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.stdout.strip() == "fine", done.stderr
