//! Moves and fills of few bytes, inline: most texts are shorter than what a call of the system's routines pays for.

/// Bytes that [`copy_small`] moves.
pub const SMALL: usize = 64;

/// Copies `bytes` bytes, at most [`SMALL`]; the two places may overlap.
///
/// # Safety
/// So many bytes are readable at `from` and writable at `to`.
#[inline(always)]
pub unsafe fn copy_small(from: *const u8, to: *mut u8, bytes: usize) {
    debug_assert!(bytes <= SMALL);
    // SAFETY: pieces within the bytes; all of a size are read before any is written.
    unsafe {
        match bytes {
            33.. => {
                let read = |at: usize| from.add(at).cast::<u128>().read_unaligned();
                let (first, second, third, last) = (read(0), read(16), read(bytes - 32), read(bytes - 16));
                to.cast::<u128>().write_unaligned(first);
                to.add(16).cast::<u128>().write_unaligned(second);
                to.add(bytes - 32).cast::<u128>().write_unaligned(third);
                to.add(bytes - 16).cast::<u128>().write_unaligned(last);
            }
            16.. => ends::<u128>(from, to, bytes),
            8.. => ends::<u64>(from, to, bytes),
            4.. => ends::<u32>(from, to, bytes),
            2.. => ends::<u16>(from, to, bytes),
            1 => to.write(from.read()),
            0 => {}
        }
    }
}

/// Copies `size_of::<T>()` to twice as many bytes, as the first and the last `T` of them.
///
/// # Safety
/// As [`copy_small`], for such a number of bytes.
#[inline(always)]
unsafe fn ends<T: Copy>(from: *const u8, to: *mut u8, bytes: usize) {
    let behind = bytes - size_of::<T>();
    // SAFETY: by the caller.
    unsafe {
        let first = from.cast::<T>().read_unaligned();
        let last = from.add(behind).cast::<T>().read_unaligned();
        to.cast::<T>().write_unaligned(first);
        to.add(behind).cast::<T>().write_unaligned(last);
    }
}

/// Writes `bytes` bytes, a multiple of four or any number when all bytes of `pattern` are equal: `pattern` again and again.
///
/// # Safety
/// So many bytes are writable at `to`.
#[inline(always)]
pub unsafe fn fill(to: *mut u8, bytes: usize, pattern: u32) {
    let two = u64::from(pattern) << 32 | u64::from(pattern);
    let four = u128::from(two) << 64 | u128::from(two);
    // SAFETY: pieces within the bytes; they begin at multiples of four, or the bytes are all equal.
    unsafe {
        match bytes {
            16.. => {
                let mut at = 0;
                while at + 16 <= bytes {
                    to.add(at).cast::<u128>().write_unaligned(four);
                    at += 16;
                }
                to.add(bytes - 16).cast::<u128>().write_unaligned(four);
            }
            8.. => {
                to.cast::<u64>().write_unaligned(two);
                to.add(bytes - 8).cast::<u64>().write_unaligned(two);
            }
            4.. => {
                to.cast::<u32>().write_unaligned(pattern);
                to.add(bytes - 4).cast::<u32>().write_unaligned(pattern);
            }
            _ => (0..bytes).for_each(|at| to.add(at).write(pattern as u8)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_every_size_and_nothing_else() {
        for bytes in 0..=SMALL {
            let source: Vec<u8> = (1..=bytes as u8).collect();
            let mut target = [0u8; SMALL + 2];
            // SAFETY: room for the bytes.
            unsafe { copy_small(source.as_ptr(), target.as_mut_ptr().add(1), bytes) };
            assert_eq!(target[1..=bytes], source[..]);
            assert!(target[0] == 0 && target[bytes + 1..].iter().all(|b| *b == 0));
        }
    }

    #[test]
    fn copies_over_itself() {
        for bytes in 0..=SMALL {
            let mut memory: Vec<u8> = (0..=SMALL as u8).collect();
            let expected = memory[1..=bytes].to_vec();
            // SAFETY: within the memory.
            unsafe { copy_small(memory.as_ptr().add(1), memory.as_mut_ptr(), bytes) };
            assert_eq!(memory[..bytes], expected[..]);
        }
    }

    #[test]
    fn fills_every_size_and_nothing_else() {
        for bytes in 0..100 {
            let mut target = [0u8; 102];
            // SAFETY: room for the bytes.
            unsafe { fill(target.as_mut_ptr().add(1), bytes, 0x0707_0707) };
            assert!(target[1..=bytes].iter().all(|b| *b == 7));
            assert!(target[0] == 0 && target[bytes + 1..].iter().all(|b| *b == 0));
        }
        for units in 0..20 {
            let mut target = [0u32; 22];
            // SAFETY: room for the units.
            unsafe { fill(target.as_mut_ptr().add(1).cast(), 4 * units, 0x1f600) };
            assert!(target[1..=units].iter().all(|c| *c == 0x1f600));
            assert!(target[0] == 0 && target[units + 1..].iter().all(|c| *c == 0));
        }
    }
}
