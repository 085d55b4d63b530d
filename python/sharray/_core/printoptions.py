"""The print options: a dict in a context variable, so that threads and tasks have their own."""

import sys
from contextvars import ContextVar

__all__ = ["format_options"]

default_format_options_dict = {
    "edgeitems": 3,
    "threshold": 1000,
    "floatmode": "maxprec",
    "precision": 8,
    "suppress": False,
    "linewidth": 75,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "formatter": None,
    # the version whose form is imitated, 113 for "1.13"; the largest integer for none
    "legacy": sys.maxsize,
    "override_repr": None,
}

format_options = ContextVar("format_options", default=default_format_options_dict)
