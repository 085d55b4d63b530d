//! Arrays in files: the `.npy` format ([`npy`]), mapped files ([`mapped`]) and tables of text ([`text`]).
//!
//! Knows no Python and opens no path by itself except to map it: bytes and text come from whoever reads them.

pub mod mapped;
pub mod npy;
pub mod text;
