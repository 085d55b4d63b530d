//! Moving elements without changing what they mean: strided copies ([`strided`]), byte order ([`swap`]), tiled
//! transposing copies ([`tiled`]), long dense ones ([`mod@line`]), copies past the cache ([`stream`]), picks by index numbers ([`pick`]) and by masks
//! ([`compress`], [`blend`]), and the reference counts of object elements ([`elements`]).

pub mod blend;
pub mod compress;
pub mod elements;
pub mod line;
pub mod pick;
pub mod stream;
pub mod strided;
pub mod swap;
pub mod tiled;
mod turn;

pub use elements::{fill, release_elements, retain_elements};
pub use line::copy_line;
pub use stream::copy_streaming;
pub use strided::copy_strided;
pub use tiled::copy_2d;

/// A loop that moves `n` elements from `src` to `dst`; steps are in bytes and may be negative or zero.
///
/// # Safety (of a call)
/// Each of the `n` source elements is readable and each of the `n` target elements writable, at any alignment. The
/// two either do not overlap or start at the same address with the same step.
pub type Mover = unsafe fn(src: *const u8, src_stride: isize, dst: *mut u8, dst_stride: isize, n: usize);
