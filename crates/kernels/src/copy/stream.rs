//! Copies past the processor's cache, for results so large that they would only drive out what is still needed: a
//! streaming store neither reads the line it writes nor keeps it.

/// Bytes of a result from which streaming stores win: what leaves the cache before it is read again anyway.
pub const FROM: usize = 8 << 20;

/// Copies `bytes` bytes; others see them once this returns.
///
/// # Safety
/// `bytes` are readable at `src` and writable at `dst`, and the two don't overlap.
pub unsafe fn copy_streaming(src: *const u8, dst: *mut u8, bytes: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        stream(src, dst, bytes);
        #[cfg(not(target_arch = "x86_64"))]
        std::ptr::copy_nonoverlapping(src, dst, bytes);
    }
}

/// # Safety
/// As [`copy_streaming`].
#[cfg(target_arch = "x86_64")]
unsafe fn stream(src: *const u8, dst: *mut u8, bytes: usize) {
    use std::arch::x86_64::{__m128i, _mm_loadu_si128, _mm_sfence, _mm_stream_si128};
    const LINE: usize = 64;
    let head = dst.align_offset(LINE).min(bytes);
    let lines = (bytes - head) / LINE;
    let tail = head + lines * LINE;
    // SAFETY: head, lines and tail make up the two runs; lines of the target are aligned. SSE2 is part of x86-64.
    unsafe {
        std::ptr::copy_nonoverlapping(src, dst, head);
        for line in 0..lines {
            let from = src.add(head + line * LINE).cast::<__m128i>();
            let to = dst.add(head + line * LINE).cast::<__m128i>();
            // Written out: a closure here may stay a call, at several times the cost of the line.
            let (first, second) = (_mm_loadu_si128(from), _mm_loadu_si128(from.add(1)));
            let (third, fourth) = (_mm_loadu_si128(from.add(2)), _mm_loadu_si128(from.add(3)));
            _mm_stream_si128(to, first);
            _mm_stream_si128(to.add(1), second);
            _mm_stream_si128(to.add(2), third);
            _mm_stream_si128(to.add(3), fourth);
        }
        std::ptr::copy_nonoverlapping(src.add(tail), dst.add(tail), bytes - tail);
        _mm_sfence();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_length_at_any_place() {
        for bytes in [0, 1, 63, 64, 65, 1000, 4096] {
            for (from, to) in [(0, 0), (1, 0), (0, 1), (7, 63)] {
                let source: Vec<u8> = (0..bytes + from).map(|i| (i * 7 + 1) as u8).collect();
                let mut target = vec![0u8; to + bytes + 1];
                // SAFETY: both vectors hold `bytes` bytes behind the offsets.
                unsafe { copy_streaming(source.as_ptr().add(from), target.as_mut_ptr().add(to), bytes) };
                assert_eq!(target[to..to + bytes], source[from..], "{bytes} bytes, {from} to {to}");
                assert_eq!(target[to + bytes], 0);
            }
        }
    }
}
