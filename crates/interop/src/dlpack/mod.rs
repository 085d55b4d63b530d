//! DLPack 1.x: tensors handed from library to library as C structs.
//!
//! A producer makes a *managed* struct: the tensor (pointer, device, dtype, extents, strides counted in elements), and a
//! deleter that the consumer calls once, when it is done. Two kinds are about: the *versioned* one of DLPack 1, with flags
//! that say whether the memory is read-only or a copy, and the *legacy* one before it, without.
//!
//! * [`abi`]: the structs and numbers, as the protocol has them.
//! * [`code`]: dtypes as DLPack's type code and bits, and back.
//! * [`claim`]: what a foreign struct says of its memory, checked; nothing here trusts it further than the protocol must.
//! * [`offer`]: a struct of ours, on memory that the caller keeps; [`taken`]: one of theirs, let go of once.
//!
//! How the structs travel (Python's capsules, and what keeps the memory) is the faces' matter.

pub mod abi;
pub mod claim;
pub mod code;
pub mod offer;
pub mod taken;
