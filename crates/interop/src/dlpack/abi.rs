//! The structs and numbers of DLPack's C interface, versions 0.x (legacy) and 1.x.

use std::ffi::c_void;

/// Major version of the structs here; another major version has others.
pub const MAJOR: u32 = 1;
/// Newest minor version whose numbers are known here. Minor versions add numbers only.
pub const MINOR: u32 = 1;

/// The host's own memory.
pub const CPU: i32 = 1;

/// Kinds of device, by number: the name, and whether the host can read such memory where it lies.
const DEVICES: &[(i32, &str, bool)] = &[
    (CPU, "CPU", true),
    (2, "CUDA", false),
    (3, "pinned host memory of CUDA", true),
    (4, "OpenCL", false),
    (7, "Vulkan", false),
    (8, "Metal", false),
    (9, "VPI", false),
    (10, "ROCm", false),
    (11, "pinned host memory of ROCm", true),
    (12, "an extension's", false),
    (13, "CUDA's managed memory", true),
    (14, "oneAPI", false),
    (15, "WebGPU", false),
    (16, "Hexagon", false),
    (17, "MAIA", false),
    (18, "Trainium", false),
];

/// Where memory lies.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// Kind of device.
    pub kind: i32,
    /// Which one of that kind.
    pub number: i32,
}

impl Device {
    /// The host.
    pub const HOST: Device = Device { kind: CPU, number: 0 };

    /// True where the host reads the memory as its own.
    pub fn is_readable(self) -> bool {
        self.kind == CPU || DEVICES.iter().any(|(kind, _, readable)| *kind == self.kind && *readable)
    }
    /// The kind's name, if it is known.
    pub fn name(self) -> Option<&'static str> {
        DEVICES.iter().find(|(kind, ..)| *kind == self.kind).map(|(_, name, _)| *name)
    }
}

/// An element's type: a code, the bits of each number, and how many numbers make one element.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataType {
    /// What kind of number.
    pub code: u8,
    /// Bits of one number.
    pub bits: u8,
    /// Numbers side by side in one element; 1 but for vector types.
    pub lanes: u16,
}

/// A tensor: memory and how to read it. It owns nothing.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Tensor {
    /// The memory; the first element lies `byte_offset` behind it.
    pub data: *mut c_void,
    /// Where it lies.
    pub device: Device,
    /// Number of axes.
    pub ndim: i32,
    /// The elements' type.
    pub dtype: DataType,
    /// `ndim` extents.
    pub shape: *mut i64,
    /// `ndim` strides in elements, or null for dense ones in C order.
    pub strides: *mut i64,
    /// Bytes from `data` to the first element.
    pub byte_offset: u64,
}

/// The legacy managed struct.
#[repr(C)]
#[derive(Debug)]
pub struct Managed {
    /// The tensor.
    pub tensor: Tensor,
    /// The producer's own.
    pub context: *mut c_void,
    /// Lets go of the struct and the memory; null where there is nothing to do.
    pub deleter: Option<unsafe extern "C" fn(*mut Managed)>,
}

/// A version of the protocol.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Tells one layout of the structs from another.
    pub major: u32,
    /// Tells which numbers are known.
    pub minor: u32,
}

/// The versioned managed struct of DLPack 1. A reader of any version may read `version` and call `deleter`.
#[repr(C)]
#[derive(Debug)]
pub struct ManagedVersioned {
    /// Version the producer wrote.
    pub version: Version,
    /// The producer's own.
    pub context: *mut c_void,
    /// Lets go of the struct and the memory; null where there is nothing to do.
    pub deleter: Option<unsafe extern "C" fn(*mut ManagedVersioned)>,
    /// [`READ_ONLY`], [`IS_COPIED`].
    pub flags: u64,
    /// The tensor.
    pub tensor: Tensor,
}

/// Flag: the memory must not be written.
pub const READ_ONLY: u64 = 1;
/// Flag: the memory is a copy, made for this exchange.
pub const IS_COPIED: u64 = 2;
/// Flag: numbers narrower than a byte take a byte each.
pub const PADDED: u64 = 4;

const _: () = {
    assert!(size_of::<isize>() == 8, "extents and strides are handed over where they lie");
    assert!(size_of::<Tensor>() == 48);
    assert!(size_of::<Managed>() == 64);
    assert!(size_of::<ManagedVersioned>() == 80);
    assert!(std::mem::offset_of!(Tensor, dtype) == 20);
    assert!(std::mem::offset_of!(ManagedVersioned, tensor) == 32);
};
