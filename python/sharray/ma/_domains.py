"""Where a function isn't defined: objects that are called with arguments and give a mask."""

import sharray as np

#: ufunc: the domain it is defined on, None if everywhere
ufunc_domain = {}
#: ufunc: what to put for arguments that it can't take (a pair for two arguments)
ufunc_fills = {}


class _DomainCheckInterval:
    """Outside the closed interval from `a` to `b`, in either order."""

    def __init__(self, a, b):
        self.a, self.b = (b, a) if a > b else (a, b)

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return np.logical_or(np.less(x, self.a), np.greater(x, self.b))


class _DomainTan:
    """Where the cosine is smaller than `eps` in size."""

    def __init__(self, eps):
        self.eps = eps

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return np.less(np.absolute(np.cos(x)), self.eps)


class _DomainSafeDivide:
    """Where a / b overflows: `b` smaller than `tolerance` times `a`, by default the smallest normal float."""

    def __init__(self, tolerance=None):
        self.tolerance = tolerance

    def __call__(self, a, b):
        if self.tolerance is None:
            self.tolerance = np.finfo(float).tiny
        # The domain must not itself be a masked operation.
        a, b = np.asarray(a), np.asarray(b)
        with np.errstate(all="ignore"):
            return np.absolute(a) * self.tolerance >= np.absolute(b)


class _DomainGreater:
    """At or below `critical_value`."""

    def __init__(self, critical_value):
        self.critical_value = critical_value

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return np.less_equal(x, self.critical_value)


class _DomainGreaterEqual:
    """Below `critical_value`."""

    def __init__(self, critical_value):
        self.critical_value = critical_value

    def __call__(self, x):
        with np.errstate(invalid="ignore"):
            return np.less(x, self.critical_value)
