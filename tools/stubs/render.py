"""From live objects to the text of a stub."""

import builtins
import inspect
import keyword
import types

from .tables import PARAMETERS, RETURNS, SPECIAL, UFUNCS

#: What classes have without showing it in a stub.
_UNSHOWN = set(
    """__module__ __doc__ __dict__ __weakref__ __slots__ __annotations__ __abstractmethods__ __qualname__ __orig_bases__
    __parameters__ __match_args__ __getattribute__ __new__ __getstate__ __init_subclass__ __subclasshook__ __sizeof__
    __class_getitem__ __firstlineno__ __static_attributes__ __protocol_attrs__ _is_protocol __signature__ __text_signature__
    __dataclass_fields__ __dataclass_params__ __getnewargs__ __setattr__ __delattr__ __dir__ __reduce_ex__ __vectorcalloffset__
    __name__ __member_names__ __members__""".split()
)
_MAY_BE_SUBCLASSED = 1 << 10
_BUILTIN = {bool: "builtins.bool", int: "int", float: "float", str: "str", bytes: "bytes", complex: "complex"}


def default(value):
    """The text of a default: itself where it is short and plain."""
    if value is None or type(value) in (bool, int) or type(value) is str and len(value) < 30:
        return repr(value)
    if type(value) is float and value == value and abs(value) != float("inf"):
        return repr(value)
    if type(value) is tuple and not value:
        return "()"
    return "..."


def parameter_type(one, is_method):
    """The type of a parameter, by its name and default."""
    name, value = one.name, one.default
    known = PARAMETERS.get(name, "Any") if not is_method or name in ("dtype", "casting", "axis1", "axis2") else "Any"
    if name == "order":
        known = "_t._Order" if value in ("K", "C", "A", "F") else "Any"
    elif name == "axis" or value == "introselect":
        known = "Any"
    elif type(value) is bool:
        known = "builtins.bool"
    if known != "Any" and value is None and "None" not in known:
        known += " | None"
    if known in ("SupportsIndex", "int") and type(value) not in (int, type(inspect._empty)):
        known = "Any"
    if known.startswith("_t.ArrayLike") and value not in (inspect._empty, None):
        known = "Any"
    return known


def parameters(signature, is_method=False, receiver=None):
    """The parameter list; `receiver` names what binds (`self`, `cls`), which gets no type."""
    parts, seen_star = [], False
    listed = list(signature.parameters.values())
    for place, one in enumerate(listed):
        if one.kind is one.VAR_POSITIONAL:
            seen_star = True
            parts.append(f"*{one.name}: Any")
            continue
        if one.kind is one.VAR_KEYWORD:
            parts.append(f"**{one.name}: Any")
            continue
        if one.kind is one.KEYWORD_ONLY and not seen_star:
            seen_star = True
            parts.append("*")
        text = one.name
        if not (receiver and place == 0):
            text += f": {parameter_type(one, is_method)}"
            if one.default is not one.empty:
                text += f" = {default(one.default)}"
        parts.append(text)
        following = listed[place + 1] if place + 1 < len(listed) else None
        if one.kind is one.POSITIONAL_ONLY and (following is None or following.kind is not one.POSITIONAL_ONLY):
            parts.append("/")
    return ", ".join(parts)


def signature_of(function):
    """The signature, or one that takes anything."""
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def is_function(value):
    """Whether a call's parameters are a function's, not those of an object that can be called."""
    return inspect.isroutine(value) or type(value).__name__ == "_ArrayFunctionDispatcher"


def function(name, value, root="_np."):
    """A `def` for a public function."""
    signature = signature_of(value)
    given = parameters(signature) if signature else "*args: Any, **kwargs: Any"
    returned = RETURNS.get(name, "Any").replace("dtype[Any]", f"{root}dtype[Any]")
    return f"def {name}({given}) -> {returned}: ..."


def ufunc(name, value, root="_np."):
    """A variable of the class that says how the ufunc is called."""
    return f"{name}: {root}{UFUNCS.get(value.__name__, 'ufunc')}"


def variable(name, value, homes, module):
    """A variable of the value's class."""
    kind = type(value)
    if value is None:
        return f"{name}: None"
    if kind in _BUILTIN:
        return f"{name}: Final[{_BUILTIN[kind]}]"
    if kind in (dict, list, tuple, set, frozenset):
        inner = {dict: "Any, Any", tuple: "Any, ..."}.get(kind, "Any")
        return f"{name}: {kind.__name__}[{inner}]"
    home = homes.get(id(kind))
    return f"{name}: {reference(home, module)}" if home else f"{name}: Any"


def reference(home, module):
    """How a stub of `module` names something at home elsewhere."""
    place, name = home
    return name if place == module else f"_np.{place + '.' if place else ''}{name}"


def bases(cls, homes, module):
    """The nearest public ancestors, as the stub names them; those of the standard library too."""
    found = []
    for base in cls.__bases__:
        if base in (object, type):
            continue
        if id(base) in homes:
            found.append(reference(homes[id(base)], module))
        elif base.__module__ == "builtins" and hasattr(builtins, base.__name__):
            found.append(f"builtins.{base.__name__}")
        else:
            found += bases(base, homes, module)
    return list(dict.fromkeys(found))


def members(cls, homes):
    """Members of a class by name that no public ancestor has, from private ancestors too."""
    found = {}
    for base in reversed(cls.__mro__):
        if base is not cls and (
            base is object or id(base) in homes or base.__module__ in ("builtins", "typing", "abc", "contextlib")
        ):
            continue
        if base is not cls and any(base in other.__mro__ for other in cls.__mro__[1:] if id(other) in homes):
            continue
        found |= {name: (base, value) for name, value in vars(base).items()}
    return {
        name: pair
        for name, pair in sorted(found.items())
        if name not in _UNSHOWN and (not name.startswith("_") or name.startswith("__") and name.endswith("__"))
    }


def class_(name, cls, homes, module, own=()):
    """A class with all members but those in `own`; returns header and lines of the body."""
    ancestors = bases(cls, homes, module)
    header = f"class {name}({', '.join(ancestors)}):" if ancestors else f"class {name}:"
    # What nobody outside may derive from is no final class when classes of ours do (`flexible`).
    if not cls.__flags__ & _MAY_BE_SUBCLASSED and not type.__subclasses__(cls):
        header = f"@final\n{header}"
    body = []
    for member, (base, value) in members(cls, homes).items():
        if member not in own:
            body += _member(member, base, value, cls)
    if not {"__new__", "__init__"} & set(own):
        body = _constructor(cls) + body
    return header, body


def _constructor(cls):
    owner = next((base for base in cls.__mro__ if "__init__" in vars(base) or "__new__" in vars(base)), object)
    if owner is object or owner.__module__ == "builtins":
        return []
    signature = signature_of(cls)
    given = parameters(signature, True) if signature else "*args: Any, **kwargs: Any"
    if "__new__" in vars(owner) and "__init__" not in vars(cls):
        return [f"def __new__(cls{', ' if given else ''}{given}) -> Self: ..."]
    return [f"def __init__(self{', ' if given else ''}{given}) -> None: ..."]


def _member(name, base, value, cls):
    if name == "__init__":
        return []
    if name == "__hash__" and value is None:
        return ["__hash__: ClassVar[None]  # type: ignore[assignment, unused-ignore]"]
    if keyword.iskeyword(name):
        return []
    if isinstance(value, staticmethod):
        return ["@staticmethod", _method(name, value.__func__, None)]
    if isinstance(value, classmethod) or isinstance(value, types.ClassMethodDescriptorType):
        function = value.__func__ if isinstance(value, classmethod) else value
        return ["@classmethod", _method(name, function, "cls")]
    if (
        inspect.isdatadescriptor(value)
        or isinstance(value, types.MemberDescriptorType)
        or hasattr(value, "func")
        and hasattr(value, "attrname")
    ):
        writable = not isinstance(value, property) or value.fset is not None
        lines = ["@property", f"def {name}(self) -> Any: ..."]
        if isinstance(value, property) and writable:
            lines += [f"@{name}.setter", f"def {name}(self, value: Any, /) -> None: ..."]
        return lines
    if isinstance(value, type):
        return [f"{name}: ClassVar[type[Any]]"]
    if callable(value):
        return [_method(name, value, "self")]
    if type(value) in _BUILTIN:
        return [f"{name}: ClassVar[{_BUILTIN[type(value)]}]"]
    return [f"{name}: Any"]


def _method(name, value, receiver):
    signature = signature_of(value)
    if signature is None:
        if name in SPECIAL:
            given, returned = SPECIAL[name]
            return f"def {name}({receiver}{', ' if given else ''}{given}) -> {returned}: ..."
        given = f"{receiver}, *args: Any, **kwargs: Any" if receiver else "*args: Any, **kwargs: Any"
        return f"def {name}({given}) -> Any: ..."
    returned = SPECIAL[name][1] if name in SPECIAL else "Any"
    return f"def {name}({parameters(signature, True, receiver)}) -> {returned}: ..."
