//! Copies of a plane whose two sides run in different orders (a transpose). Walking either side line by line touches a
//! new cache line for each element of the other, so the plane is walked in square tiles that fit the first-level
//! cache.

use super::copy_strided;

/// Side of a tile, in elements: 32 × 32 elements of 8 bytes are 8 KiB on each side.
const TILE: usize = 32;

/// Copies `rows × columns` elements of `size` bytes; strides are (row step, column step) in bytes.
///
/// # Safety
/// Every element of the source plane is readable and of the target plane writable, at any alignment, and the planes
/// do not overlap.
pub unsafe fn copy_2d(
    src: *const u8,
    src_strides: (isize, isize),
    dst: *mut u8,
    dst_strides: (isize, isize),
    size: usize,
    rows: usize,
    columns: usize,
) {
    let line = |row: usize, from: usize, n: usize| {
        let (row, from) = (row as isize, from as isize);
        // SAFETY: the line's elements are part of the plane.
        unsafe {
            copy_strided(
                src.offset(row * src_strides.0 + from * src_strides.1),
                src_strides.1,
                dst.offset(row * dst_strides.0 + from * dst_strides.1),
                dst_strides.1,
                size,
                n,
            )
        }
    };
    let transposing = (src_strides.0.unsigned_abs() < src_strides.1.unsigned_abs())
        != (dst_strides.0.unsigned_abs() < dst_strides.1.unsigned_abs());
    if !transposing || rows < 2 || columns < 2 {
        return (0..rows).for_each(|row| line(row, 0, columns));
    }
    for top in (0..rows).step_by(TILE) {
        for left in (0..columns).step_by(TILE) {
            let width = TILE.min(columns - left);
            (top..rows.min(top + TILE)).for_each(|row| line(row, left, width));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposes() {
        for (rows, columns) in [(0, 3), (1, 1), (3, 5), (32, 33), (70, 65)] {
            for size in [1usize, 3, 8] {
                let source: Vec<u8> = (0..rows * columns * size).map(|i| (i * 31 + i / 256) as u8).collect();
                let mut target = vec![0u8; source.len()];
                let from = ((columns * size) as isize, size as isize);
                let to = (size as isize, (rows * size) as isize);
                // SAFETY: both planes are dense and of `rows * columns` elements.
                unsafe { copy_2d(source.as_ptr(), from, target.as_mut_ptr(), to, size, rows, columns) };
                for (r, c) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
                    let (a, b) = ((r * columns + c) * size, (c * rows + r) * size);
                    assert_eq!(source[a..a + size], target[b..b + size]);
                }
            }
        }
    }
}
