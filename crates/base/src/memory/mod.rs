//! Memory and who lets go of it. [`heap`] is where the engine's own blocks come from: small ones from C's allocator,
//! large ones from [`block_cache`], the freed blocks that are kept for the next result, or fresh from [`mapped`].
//! [`owner`] is the one owner type for heap, mapped and foreign memory alike.

pub mod block_cache;
pub mod heap;
pub mod mapped;
pub mod owner;

pub use owner::Memory;
