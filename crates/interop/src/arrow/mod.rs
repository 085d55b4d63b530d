//! The Arrow C data interface: columns handed from library to library as C structs.
//!
//! A column is two structs: `ArrowSchema` says what it is (a format string, a name, children), `ArrowArray` where its
//! buffers lie. A third, `ArrowArrayStream`, gives a schema and then one array after the other. Each has a callback that
//! lets go of it, called once; a struct whose callback is null was let go of, or moved elsewhere. Arrow's memory is
//! never written after it was handed over.
//!
//! * [`abi`]: the structs.
//! * [`mod@format`]: format strings, parsed and printed; what has no counterpart here is refused by name.
//! * [`field`]: a foreign schema, read; [`claim`]: a foreign array, checked against its schema as far as that can be told.
//! * [`taken`]: foreign structs that are ours to let go of; [`offer`]: structs of ours, on memory that the caller keeps.
//! * [`bits`]: bitmaps, counted and unpacked; [`text`]: texts and bytes of variable length.
//!
//! Which array a column becomes, and what becomes of nulls, is the faces' matter.

pub mod abi;
pub mod bits;
pub mod claim;
pub mod field;
pub mod format;
pub mod offer;
pub mod taken;
pub mod text;
