//! Asking for memory before it is needed.

/// Asks for the cache line of `address`, which need not be mapped. Loads that miss the cache wait side by side, stores
/// and dependent loads one after the other: asked for ahead, they find their lines.
#[inline(always)]
pub fn fetch_ahead(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint, which reads nothing: an address that is not mapped is ignored. SSE is part of x86-64.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}
