"""Between text and bytes in Latin-1, the encoding in which every byte is a character."""

__all__ = ["asbytes", "asunicode"]


def asbytes(value):
    """`value` as bytes: bytes stay, anything else goes through `str`.

    >>> asbytes(12)
    b'12'
    """
    return value if isinstance(value, bytes) else str(value).encode("latin1")


def asunicode(value):
    """`value` as text: bytes are decoded, anything else goes through `str`.

    >>> asunicode(b"ab")
    'ab'
    """
    return value.decode("latin1") if isinstance(value, bytes) else str(value)
