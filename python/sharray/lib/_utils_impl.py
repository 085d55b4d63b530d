"""Information for people, deprecation helpers and small internals.

Modules that only these need are imported when they are used: importing the
package should cost little.
"""

import functools
import os
import sys
import warnings

from .._core.multiarray import copyto, dtype as _dtype, generic, ndarray
from .._core.umath import isnan
from .._utils import set_module

__all__ = ['get_include', 'info', 'show_runtime']


@set_module('numpy')
def show_runtime():
    """Print the version, Python, platform and CPU features in use.

    Returns
    -------
    None.

    Examples
    --------
    >>> np.show_runtime is not None
    True
    """
    import platform
    from pprint import pprint

    from .. import __version__

    facts = {
        'version': __version__,
        'python': sys.version,
        'uname': platform.uname(),
    }
    try:
        from .._engine import __cpu_features__
    except ImportError:
        pass
    else:
        found = sorted(name for name, on in __cpu_features__.items() if on)
        facts['simd_features'] = found
    pprint([facts])


@set_module('numpy')
def get_include():
    """The folder of C headers for extensions that compile against the arrays.

    Returns
    -------
    str.

    Examples
    --------
    >>> isinstance(np.get_include(), str)
    True
    """
    package = os.path.dirname(os.path.dirname(__file__))
    return os.path.join(package, '_core', 'include')


class _Deprecate:
    """Decorator that makes a function warn when it is called."""

    def __init__(self, old_name=None, new_name=None, message=None):
        self.old_name = old_name
        self.new_name = new_name
        self.message = message

    def __call__(self, func, *args, **kwargs):
        import inspect

        old = self.old_name or func.__name__
        notice = f"`{old}` is deprecated"
        notice += f", use `{self.new_name}` instead!" if self.new_name else "!"
        if self.message is not None:
            notice += "\n" + self.message

        @functools.wraps(func)
        def warning_first(*args, **kwds):
            warnings.warn(notice, DeprecationWarning, stacklevel=2)
            return func(*args, **kwds)

        warning_first.__name__ = old
        body = func.__doc__
        if body is None:
            warning_first.__doc__ = notice
        else:
            warning_first.__doc__ = f"{notice}\n\n{inspect.cleandoc(body)}"
        return warning_first


def deprecate(*args, **kwargs):
    """Make a function warn: ``deprecate(func, old_name, new_name, message)``.

    Without a function it is a decorator with those options. Deprecated
    itself, in favour of `warnings.warn`.

    >>> callable(np.lib._utils_impl.deprecate)
    True
    """
    warnings.warn(
        "`deprecate` is deprecated, use `warn` with `DeprecationWarning` instead.", DeprecationWarning, stacklevel=2
    )
    if args:
        return _Deprecate(*args[1:], **kwargs)(args[0])
    return _Deprecate(*args, **kwargs)


def deprecate_with_doc(msg):
    """Decorator that makes a function warn with `msg`; deprecated itself.

    >>> callable(np.lib._utils_impl.deprecate_with_doc)
    True
    """
    warnings.warn(
        "`deprecate` is deprecated, use `warn` with `DeprecationWarning` instead.", DeprecationWarning, stacklevel=2
    )
    return _Deprecate(message=msg)


def _info(obj, output=None):
    """Print the layout of an array."""
    out = sys.stdout if output is None else output
    strides = obj.strides
    flags = obj.flags
    dtype = obj.dtype
    native = 'little' if sys.byteorder == 'little' else 'big'
    swapped = 'big' if native == 'little' else 'little'
    order = {'<': 'little', '>': 'big', '=': native, '|': native}[dtype.byteorder]
    swap = order == swapped
    lines = [
        ('class: ', getattr(obj, '__class__', type(obj)).__name__),
        ('shape: ', obj.shape),
        ('strides: ', strides),
        ('itemsize: ', obj.itemsize),
        ('aligned: ', bool(flags.aligned)),
        ('contiguous: ', bool(flags.contiguous)),
        ('fortran: ', bool(flags.fortran)),
        ('data pointer: ', f"{hex(obj.ctypes._as_parameter_.value)}"),
        ('byteorder: ', order),
        ('byteswap: ', swap),
        ('type: ', dtype),
    ]
    for label, value in lines:
        print(f"{label} {value}", file=out)


def _wrapped_signature(name, obj, width):
    """``name(arguments)`` folded to `width` columns."""
    import inspect
    import textwrap

    try:
        text = f"{name}{inspect.signature(obj)}"
    except (ValueError, TypeError):
        text = f"{name}()"
    return "\n".join(textwrap.wrap(text, width, subsequent_indent=" " * (len(name) + 1)))


def _found_by_name(name, toplevel):
    """Every public object called `name` in the package, with its module."""
    prefix = toplevel + '.'
    seen = {}
    for module_name, module in sorted(sys.modules.items()):
        if module is None or not (module_name == toplevel or module_name.startswith(prefix)):
            continue
        obj = getattr(module, name, None)
        if obj is not None and id(obj) not in seen:
            seen[id(obj)] = (module_name, obj)
    return list(seen.values())


def _info_by_name(name, maxwidth, output, toplevel):
    found = _found_by_name(name, toplevel)
    for module_name, obj in found:
        title = f"     *** Found in {module_name} ***"
        print(title, file=output)
        info(obj, maxwidth, output=output)
        print("-" * maxwidth, file=output)
    if not found:
        print(f"Help for {name} not found.", file=output)
    elif len(found) > 1:
        print(f"\n     *** Total of {len(found)} references found. ***", file=output)


@set_module('numpy')
def info(object=None, maxwidth=76, output=None, toplevel='numpy'):
    """Print what there is to know of an array, function, class or name.

    An array shows its memory layout, a string is looked up in the modules
    of the package `toplevel`; all else shows signature and docstring.
    `output` is a file, standard output by default.

    Parameters
    ----------
    object : object or str, optional
        What to tell of, or its name.
    maxwidth : int, optional
        The width of lines.
    output : file, optional
        Where to write; standard output by default.
    toplevel : str, optional
        The module in which names are looked up.

    Returns
    -------
    None.

    Examples
    --------
    >>> np.info(np.arange(3), output=__import__('io').StringIO())
    """
    if output is None:
        output = sys.stdout
    if object is None:
        info(info, maxwidth, output, toplevel)
    elif isinstance(object, ndarray):
        _info(object, output=output)
    elif isinstance(object, str):
        _info_by_name(object, maxwidth, output, toplevel)
    else:
        _info_of(object, maxwidth, output)


def _info_of(obj, maxwidth, output):
    import inspect

    name = getattr(obj, '__name__', None)
    if name is not None and callable(obj):
        print(_wrapped_signature(name, obj, maxwidth) + "\n", file=output)
    print(inspect.getdoc(obj), file=output)
    if not inspect.isclass(obj):
        return
    methods = [(key, value) for key, value in inspect.getmembers(obj, callable) if not key.startswith('_')]
    if methods:
        print("\n\nMethods:\n", file=output)
    for key, value in methods:
        summary = (inspect.getdoc(value) or "None").partition("\n")[0]
        print(f"  {key}  --  {summary}", file=output)


def safe_eval(source):
    """Evaluate text that holds one Python literal; deprecated.

    SyntaxError or ValueError for anything but literals.

    >>> callable(np.lib._utils_impl.safe_eval)
    True
    """
    warnings.warn(
        "`safe_eval` is deprecated. Use `ast.literal_eval` instead. "
        "Be aware of security implications, such as memory exhaustion "
        "based attacks (deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    import ast

    return ast.literal_eval(source)


def _median_nancheck(data, result, axis):
    """`result`, with nan (or NaT) put in where `data` holds one.

    `data` is partitioned such that these stand last along `axis`.
    """
    if data.size == 0:
        return result
    last = data.take(-1, axis=axis)
    holds_nan = isnan(last)
    filled = getattr(holds_nan, 'filled', None)
    if filled is not None:
        holds_nan = filled(False)
    if not holds_nan.any():
        return result
    if isinstance(result, generic):
        return last
    copyto(result, last, where=holds_nan)
    return result


def _opt_info():
    """The CPU features in use, as one line."""
    from .._engine import _isa_levels

    level, available = _isa_levels()
    return ' '.join(f"{name}*" if name == level else name for name in available)


@set_module('numpy.lib.format')
def drop_metadata(dtype, /):
    """`dtype` without metadata anywhere in it; itself if there is none.

    Parameters
    ----------
    dtype : dtype

    Returns
    -------
    dtype.

    Examples
    --------
    >>> np.lib.format.drop_metadata(np.dtype('i4'))
    dtype('int32')
    """
    if dtype.fields is not None:
        return _drop_from_fields(dtype)
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        plain = drop_metadata(base)
        if dtype.metadata is None and plain is base:
            return dtype
        return _dtype((plain, shape))
    if dtype.metadata is None:
        return dtype
    return _dtype(dtype.str)


def _drop_from_fields(dtype):
    """`drop_metadata` for a structured dtype."""
    changed = dtype.metadata is not None
    names, formats, offsets, titles = [], [], [], []
    for name in dtype.names:
        field = dtype.fields[name]
        plain = drop_metadata(field[0])
        changed = changed or plain is not field[0]
        names.append(name)
        formats.append(plain)
        offsets.append(field[1])
        titles.append(field[2] if len(field) > 2 else None)
    if not changed:
        return dtype
    spec = {'names': names, 'formats': formats, 'offsets': offsets, 'titles': titles, 'itemsize': dtype.itemsize}
    return _dtype(spec, align=dtype.isalignedstruct)
