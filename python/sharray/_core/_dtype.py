"""How dtypes are written: `repr`, `str` and `name`.

A dtype's text is Python that builds it again. Structured dtypes are a list of
fields where that suffices (`_is_packed`), and otherwise a dict with offsets. The
engine writes dtypes itself and asks here only for the forms of older versions.
"""

from .multiarray import dtype as _dtype
from .numerictypes import allTypes
from .printoptions import format_options

_KIND_NAMES = {
    "u": "uint",
    "i": "int",
    "c": "complex",
    "f": "float",
    "b": "bool",
    "V": "void",
    "O": "object",
    "M": "datetime",
    "m": "timedelta",
    "S": "bytes",
    "U": "str",
}
_FLEXIBLE = ("S", "U", "V")

# the last version that wrote the dicts of structures without spaces
_COMPACT_DICTS = 121


def _get_legacy_print_mode():
    return format_options.get()["legacy"]


def _kind_name(dtype):
    try:
        return _KIND_NAMES[dtype.kind]
    except KeyError:
        raise RuntimeError(f"internal dtype error, unknown kind {dtype.kind!r}") from None


def __str__(dtype):
    if dtype.fields is not None:
        return _struct_str(dtype, include_align=True)
    if dtype.subdtype:
        return _subarray_str(dtype)
    if issubclass(dtype.type, allTypes["flexible"]) or not dtype.isnative:
        return dtype.str
    return dtype.name


def __repr__(dtype):
    text = _construction_repr(dtype, include_align=False)
    if dtype.isalignedstruct:
        text += ", align=True"
    return f"dtype({text})"


def _construction_repr(dtype, include_align=False, short=False):
    """The dtype's text without the call around it.

    `include_align` asks for the dict form where it alone can say "aligned", `short`
    for characters such as '<i4' in place of names.
    """
    if dtype.fields is not None:
        return _struct_str(dtype, include_align=include_align)
    if dtype.subdtype:
        return _subarray_str(dtype)
    return _scalar_str(dtype, short=short)


def _scalar_str(dtype, short):
    order = _byte_order_str(dtype)
    kind = dtype.kind
    if kind == "b" and dtype.char == "?":
        return "'?'" if short else "'bool'"
    if kind == "O":
        return "'O'"
    if kind in _FLEXIBLE:
        length = dtype.itemsize // 4 if kind == "U" else dtype.itemsize
        prefix = order if kind == "U" else ""
        return f"'{prefix}{kind}{'' if _isunsized(dtype) else length}'"
    if kind in "mM":
        return f"'{order}{kind}8{_datetime_metadata_str(dtype)}'"
    if kind in "biufc" and issubclass(dtype.type, allTypes["number"]):
        if short or dtype.byteorder not in ("=", "|"):
            return f"'{order}{kind}{dtype.itemsize}'"
        return f"'{_kind_name(dtype)}{8 * dtype.itemsize}'"
    if dtype.isbuiltin == 2 or dtype.type is not None:
        return dtype.type.__name__
    raise RuntimeError("Internal error: NumPy dtype unrecognized type number")


def _byte_order_str(dtype):
    """'<' or '>', or nothing where byte order has no meaning."""
    order = dtype.byteorder
    if order == "=":
        return dtype.newbyteorder("S").newbyteorder("S").str[:1]
    return "" if order == "|" else order


def _datetime_metadata_str(dtype):
    """'[25s]', or nothing for the generic unit."""
    from .multiarray import datetime_data

    unit, count = datetime_data(dtype)
    if unit == "generic":
        return ""
    return f"[{unit}]" if count == 1 else f"[{count}{unit}]"


def _isunsized(dtype):
    return dtype.itemsize == 0


def _unpack_field(dtype, offset, title=None):
    """The parts of an entry of `dtype.fields`, whose title may be missing."""
    return dtype, offset, title


def _ordered_fields(dtype):
    return [(name, *_unpack_field(*dtype.fields[name])) for name in dtype.names]


def _aligned_offset(offset, alignment):
    return -(-offset // alignment) * alignment


def _is_packed(dtype):
    """Whether the fields' offsets and the size are those that a list of fields gives."""
    end = 0
    largest = 1
    for _, field, offset, _ in _ordered_fields(dtype):
        if dtype.isalignedstruct:
            end = _aligned_offset(end, field.alignment)
            largest = max(largest, field.alignment)
        if offset != end:
            return False
        end += field.itemsize
    if dtype.isalignedstruct:
        end = _aligned_offset(end, largest)
    return end == dtype.itemsize


def _struct_list_str(dtype):
    items = []
    for name, field, _, title in _ordered_fields(dtype):
        label = repr(name) if title is None else f"({title!r}, {name!r})"
        if field.subdtype is None:
            items.append(f"({label}, {_construction_repr(field, short=True)})")
        else:
            base, shape = field.subdtype
            items.append(f"({label}, {_construction_repr(base, short=True)}, {shape})")
    return f"[{', '.join(items)}]"


def _struct_dict_str(dtype, includealignedflag):
    fields = _ordered_fields(dtype)
    compact = _get_legacy_print_mode() <= _COMPACT_DICTS
    comma, colon = (",", ":") if compact else (", ", ": ")

    def entry(name, items):
        return f"'{name}'{colon}[{comma.join(items)}]"

    parts = [
        entry("names", (repr(name) for name, *_ in fields)),
        entry("formats", (_construction_repr(field, short=True) for _, field, _, _ in fields)),
        entry("offsets", (str(offset) for _, _, offset, _ in fields)),
    ]
    if any(title is not None for *_, title in fields):
        parts.append(entry("titles", (repr(title) for *_, title in fields)))
    parts.append(f"'itemsize'{colon}{dtype.itemsize}")
    if includealignedflag and dtype.isalignedstruct:
        parts.append(f"'aligned'{colon}True")
    return "{" + ", ".join(parts) + "}"


def _struct_str(dtype, include_align):
    if _is_packed(dtype) and not (include_align and dtype.isalignedstruct):
        text = _struct_list_str(dtype)
    else:
        text = _struct_dict_str(dtype, include_align)
    if dtype.type is not allTypes["void"]:
        module = "numpy" if dtype.type.__module__.split(".")[0] in ("numpy", "sharray") else dtype.type.__module__
        return f"({module}.{dtype.type.__name__}, {text})"
    return text


def _subarray_str(dtype):
    base, shape = dtype.subdtype
    return f"({_construction_repr(base, short=True)}, {shape})"


def _name_includes_bit_suffix(dtype):
    if dtype.kind in "Ob" and dtype.char in "O?":
        return False
    return dtype.kind not in "mM" and not (dtype.kind in _FLEXIBLE and _isunsized(dtype))


def _name_get(dtype):
    """The value of `dtype.name`: 'float64', 'datetime64[ns]', 'str96'."""
    if dtype.isbuiltin == 2:
        return dtype.type.__name__
    if not type(dtype)._legacy:
        name = type(dtype).__name__
        if name.endswith("DType") and type(dtype).__module__.endswith(".dtypes") and name != "StringDType":
            name = name[: -len("DType")].lower()
    elif dtype.kind == "V":
        name = dtype.type.__name__  # "record" for record arrays
    else:
        name = _kind_name(dtype)
    if _name_includes_bit_suffix(dtype):
        name += f"{8 * dtype.itemsize}"
    if dtype.kind in "mM":
        name += f"64{_datetime_metadata_str(dtype)}"
    return name
