"""What the modules of `sharray.random` share: C interfaces of bit generators, and checks of `out`."""

from collections import namedtuple

import sharray as np

interface = namedtuple(
    "interface", ["state_address", "state", "next_uint64", "next_uint32", "next_double", "bit_generator"]
)


def ctypes_interface(bits):
    """The C functions of a generator of the engine, for ctypes."""
    import ctypes

    address, state, next_u64, next_u32, next_f64, _ = bits.addresses()

    def function(result, where):
        return ctypes.cast(where, ctypes.CFUNCTYPE(result, ctypes.c_void_p))

    return interface(
        state,
        ctypes.c_void_p(state),
        function(ctypes.c_uint64, next_u64),
        function(ctypes.c_uint32, next_u32),
        function(ctypes.c_double, next_f64),
        ctypes.c_void_p(address),
    )


def cffi_interface(bits):
    """The C functions of a generator of the engine, for cffi; ImportError without it."""
    try:
        import cffi
    except ImportError as error:
        raise ImportError("cffi cannot be imported.") from error

    ffi = cffi.FFI()
    address, state, next_u64, next_u32, next_f64, _ = bits.addresses()
    return interface(
        state,
        ffi.cast("void *", state),
        ffi.cast("uint64_t (*)(void *)", next_u64),
        ffi.cast("uint32_t (*)(void *)", next_u32),
        ffi.cast("double (*)(void *)", next_f64),
        ffi.cast("void *", address),
    )


def checked_out(out, dtype, size):
    """Raise unless `out` is an array that numbers of `dtype` can be drawn into, of shape `size` if that is given."""
    flags = getattr(out, "flags", None)
    if not (
        isinstance(out, np.ndarray)
        and (flags.c_contiguous or flags.f_contiguous)
        and flags.writeable
        and flags.aligned
        and out.dtype.isnative
    ):
        raise ValueError("Supplied output array must be contiguous, writable, aligned, and in machine byte-order.")
    if out.dtype != dtype:
        raise TypeError(f"Supplied output array has the wrong type. Expected {np.dtype(dtype)}, got {out.dtype}")
    if size is not None and np.broadcast_shapes(size) != out.shape:
        raise ValueError(f"size must match out.shape when used together: {size}, {out.shape}")
