"""Why bytes are copied: one closed set of reasons, each with its sentence."""

__all__ = ["REASONS", "detail"]

REASONS = {
    "byte order": "the other side reads another byte order",
    "negative stride": "a stride is negative, and the other side takes none",
    "non-contiguous": "the elements don't lie side by side, as the other side needs them",
    "read-only": "the memory is read-only, and the other side could write to it",
    "dtype": "the other side lacks the dtype, or another was asked for",
    "nulls": "missing values lie beside the data on one side, and among it on the other",
    "bit-packed": "one side packs eight booleans into a byte",
    "device": "the memory lies on another device",
    "alignment": "elements or strides are no multiples of what the other side needs",
    "objects": "the elements are Python objects",
    "requested": "the caller asked for a copy",
    "several pieces": "values or arrays from several places become one block",
    "other side": "the other side made a copy, and did not say why",
}


def detail(reason, dtype, became, axis, stride):
    """The values behind a reason, as text: "stride -8 along axis 0"."""
    if reason in {"negative stride", "non-contiguous", "alignment"}:
        return f"stride {stride} along axis {axis}" if stride else ""
    if reason in {"byte order", "dtype", "objects"}:
        return dtype if dtype == became else f"{dtype} to {became}"
    return ""
