//! Copies of the elements under a mask to the same places, without a branch per element.

use crate::isa::{self, Level};

/// True for the sizes of elements that [`blend`] knows.
pub fn has_size(size: usize) -> bool {
    matches!(size, 1 | 2 | 4 | 8 | 16)
}

/// Copies `n` elements of `size` bytes where the mask is true. `at` are the first target, source and mask byte, `steps` the
/// bytes to the next of each. Where a mask is dense, others of the target may be written too, as they are.
///
/// # Safety
/// The target is readable and writable, source and mask are readable; they don't overlap, but for a target that is the
/// source. [`has_size`] holds.
pub unsafe fn blend(at: [*mut u8; 3], steps: [isize; 3], n: usize, size: usize) {
    // SAFETY: handed on; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 | Level::Avx512 => any_size_avx2(at, steps, n, size),
            _ => any_size(at, steps, n, size),
        }
    }
}

/// # Safety
/// As for [`blend`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn any_size_avx2(at: [*mut u8; 3], steps: [isize; 3], n: usize, size: usize) {
    // SAFETY: handed on from the caller.
    unsafe { any_size(at, steps, n, size) }
}

/// # Safety
/// As for [`blend`].
#[inline(always)]
unsafe fn any_size(at: [*mut u8; 3], steps: [isize; 3], n: usize, size: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        match size {
            1 => of_size::<u8>(at, steps, n),
            2 => of_size::<u16>(at, steps, n),
            4 => of_size::<u32>(at, steps, n),
            8 => of_size::<u64>(at, steps, n),
            _ => of_size::<u128>(at, steps, n),
        }
    }
}

/// Elements that are looked at together: where the mask says no of all, nothing is copied.
const BLOCK: usize = 32;

/// # Safety
/// As for [`blend`], with elements of the size of `T`.
#[inline(always)]
unsafe fn of_size<T: Copy>(at: [*mut u8; 3], steps: [isize; 3], n: usize) {
    let size = size_of::<T>() as isize;
    let element = |op: usize, i: usize| at[op].wrapping_offset(i as isize * steps[op]);
    let dense = steps[2] == 1 && steps[0] == size && (steps[1] == size || steps[1] == 0);
    let mut i = 0;
    // SAFETY: elements below `n`, by the contract. Each is read before it is written, and by itself.
    unsafe {
        while dense && i + BLOCK <= n {
            let mask = element(2, i).cast::<[u8; BLOCK]>().read();
            if mask != [0; BLOCK] {
                let to = element(0, i).cast::<[T; BLOCK]>();
                let from = match steps[1] {
                    0 => [at[1].cast::<T>().read_unaligned(); BLOCK],
                    _ => element(1, i).cast::<[T; BLOCK]>().read_unaligned(),
                };
                // A loop: a closure would not be compiled for this level.
                let mut new = to.read_unaligned();
                for k in 0..BLOCK {
                    new[k] = if mask[k] != 0 { from[k] } else { new[k] };
                }
                to.write_unaligned(new);
            }
            i += BLOCK;
        }
        for i in i..n {
            let (to, from) = (element(0, i).cast::<T>(), element(1, i).cast::<T>());
            if *element(2, i) != 0 {
                to.write_unaligned(from.read_unaligned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_and_step() {
        for size in [1usize, 2, 4, 8, 16] {
            for (to, from, of_mask) in [(1isize, 1isize, 1isize), (1, 0, 1), (2, 1, 1), (1, 3, 1), (1, 1, 2)]
            {
                for n in [0, 1, 31, 32, 33, 100] {
                    check(size, to * size as isize, from * size as isize, of_mask, n);
                }
            }
        }
    }

    fn check(size: usize, to: isize, from: isize, of_mask: isize, n: usize) {
        let source: Vec<u8> = (0..3 * size * (n + 1)).map(|i| (i * 7 + 1) as u8).collect();
        let mask: Vec<u8> = (0..2 * n + 1).map(|i| if i % 3 == 0 || i > 70 { 0 } else { i as u8 }).collect();
        let mut target = vec![0xa5u8; 2 * size * (n + 1)];
        let mut expected = target.clone();
        for i in (0..n).filter(|i| mask[i * of_mask as usize] != 0) {
            let (a, b) = (i * to as usize, i * from as usize);
            expected[a..a + size].copy_from_slice(&source[b..b + size]);
        }
        let at = [target.as_mut_ptr(), source.as_ptr().cast_mut(), mask.as_ptr().cast_mut()];
        // SAFETY: vectors with an element at each step.
        unsafe { blend(at, [to, from, of_mask], n, size) };
        assert_eq!(target, expected, "size {size}, steps {to} {from} {of_mask}, n {n}");
    }
}
