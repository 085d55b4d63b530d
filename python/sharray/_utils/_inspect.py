"""Reading the arguments of plain Python functions, quicker than the module `inspect` does."""

import types

__all__ = ["getargspec", "formatargspec"]


def ismethod(obj):
    """Whether `obj` is a bound method."""
    return isinstance(obj, types.MethodType)


def isfunction(obj):
    """Whether `obj` is a function written in Python."""
    return isinstance(obj, types.FunctionType)


def iscode(obj):
    """Whether `obj` is a code object."""
    return isinstance(obj, types.CodeType)


def getargs(code):
    """(positional names, name of *args or None, name of **kwargs or None) of a code object."""
    if not iscode(code):
        raise TypeError("arg is not a code object")
    names = code.co_varnames
    count = code.co_argcount
    following = iter(names[count + code.co_kwonlyargcount :])
    varargs = next(following) if code.co_flags & 0x04 else None
    varkw = next(following) if code.co_flags & 0x08 else None
    return list(names[:count]), varargs, varkw


def getargspec(function):
    """(args, varargs, varkw, defaults) of a Python function or method; TypeError for others.

    >>> getargspec(lambda a, b=2, *c: None)
    (['a', 'b'], 'c', None, (2,))
    """
    if ismethod(function):
        function = function.__func__
    if not isfunction(function):
        raise TypeError("arg is not a Python function")
    return (*getargs(function.__code__), function.__defaults__)


def joinseq(seq):
    """ "(a, b)" from ["a", "b"], with Python's comma for a single item."""
    return "(" + ", ".join(seq) + ("," if len(seq) == 1 else "") + ")"


def strseq(obj, convert, join=joinseq):
    """`convert` applied to every leaf of nested lists and tuples, joined level by level."""
    if isinstance(obj, (list, tuple)):
        return join([strseq(item, convert, join) for item in obj])
    return convert(obj)


def formatargspec(
    args,
    varargs=None,
    varkw=None,
    defaults=None,
    formatarg=str,
    formatvarargs=lambda name: "*" + name,
    formatvarkw=lambda name: "**" + name,
    formatvalue=lambda value: "=" + repr(value),
    join=joinseq,
):
    """The text "(a, b=1, *c, **d)" for what `getargspec` returns.

    >>> formatargspec(["a", "b"], None, None, (1,))
    '(a, b=1)'
    """
    first_default = len(args) - len(defaults or ())
    specs = []
    for place, arg in enumerate(args):
        text = strseq(arg, formatarg, join)
        if place >= first_default:
            text += formatvalue(defaults[place - first_default])
        specs.append(text)
    if varargs is not None:
        specs.append(formatvarargs(varargs))
    if varkw is not None:
        specs.append(formatvarkw(varkw))
    return "(" + ", ".join(specs) + ")"


def formatargvalues(
    args,
    varargs,
    varkw,
    values,
    formatarg=str,
    formatvarargs=lambda name: "*" + name,
    formatvarkw=lambda name: "**" + name,
    formatvalue=lambda value: "=" + repr(value),
    join=joinseq,
):
    """The text "(a=1, *c=())" for a frame's arguments, taken from the mapping `values`."""
    specs = [strseq(arg, lambda name: formatarg(name) + formatvalue(values[name]), join) for arg in args]
    if varargs:
        specs.append(formatvarargs(varargs) + formatvalue(values[varargs]))
    if varkw:
        specs.append(formatvarkw(varkw) + formatvalue(values[varkw]))
    return "(" + ", ".join(specs) + ")"
