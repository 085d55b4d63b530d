//! Memory and who lets go of it. [`heap`] is where the engine's own blocks come from; [`owner`] is the one owner type
//! for heap, mapped and foreign memory alike.

pub mod heap;
pub mod owner;

pub use owner::Memory;
