//! Copies of a plane whose two sides run in different orders (a transpose). Walking either side line by line touches a
//! new cache line for each element of the other, so the plane is walked in square tiles that fit the first-level
//! cache. Where both sides are dense in their own direction, blocks are turned around in registers ([`turn`]).

use super::copy_strided;
use super::turn;

/// Side of a tile, in elements: 32 × 32 elements of 8 bytes are 8 KiB on each side.
const TILE: usize = 32;

/// A plane to be copied: where both sides begin, and their (row step, column step) in bytes.
#[derive(Clone, Copy)]
struct Plane {
    src: *const u8,
    src_strides: (isize, isize),
    dst: *mut u8,
    dst_strides: (isize, isize),
    size: usize,
}

impl Plane {
    fn at(self, row: usize, column: usize) -> Plane {
        let (row, column) = (row as isize, column as isize);
        let (from, to) = (self.src_strides, self.dst_strides);
        Plane {
            src: self.src.wrapping_offset(row * from.0 + column * from.1),
            dst: self.dst.wrapping_offset(row * to.0 + column * to.1),
            ..self
        }
    }
    /// Rows in the opposite order.
    fn upside_down(self, rows: usize) -> Plane {
        let last = self.at(rows - 1, 0);
        let (from, to) = (self.src_strides, self.dst_strides);
        Plane { src_strides: (-from.0, from.1), dst_strides: (-to.0, to.1), ..last }
    }
    /// Rows as columns.
    fn sideways(self) -> Plane {
        let (from, to) = (self.src_strides, self.dst_strides);
        Plane { src_strides: (from.1, from.0), dst_strides: (to.1, to.0), ..self }
    }
    /// # Safety
    /// The elements `columns` of the plane's first row are readable and writable.
    unsafe fn line(self, columns: usize) {
        // SAFETY: by the contract.
        unsafe {
            copy_strided(self.src, self.src_strides.1, self.dst, self.dst_strides.1, self.size, columns);
        }
    }
}

/// Lines shorter than this are no work for a loop: the plane's columns are gone along then.
const SHORT: usize = 4;

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
    let plane = Plane { src, src_strides, dst, dst_strides, size };
    let transposing = (src_strides.0.unsigned_abs() < src_strides.1.unsigned_abs())
        != (dst_strides.0.unsigned_abs() < dst_strides.1.unsigned_abs());
    // SAFETY: handed on: lines and tiles are parts of the plane.
    unsafe {
        if columns < SHORT && columns < rows {
            let plane = plane.sideways();
            return (0..columns).for_each(|column| plane.at(column, 0).line(rows));
        }
        if !transposing || rows < 2 {
            return (0..rows).for_each(|row| plane.at(row, 0).line(columns));
        }
        if let Some((plane, rows, columns)) = turnable(plane, rows, columns) {
            return turned(plane, rows, columns);
        }
        tiles(plane, rows, columns);
    }
}

/// # Safety
/// As for [`copy_2d`].
unsafe fn tiles(plane: Plane, rows: usize, columns: usize) {
    for top in (0..rows).step_by(TILE) {
        for left in (0..columns).step_by(TILE) {
            let width = TILE.min(columns - left);
            // SAFETY: a part of the plane.
            (top..rows.min(top + TILE)).for_each(|row| unsafe { plane.at(row, left).line(width) });
        }
    }
}

/// The plane seen so that rows of the target and columns of the source are dense, if it can be seen so and [`turn`] has a
/// block for its elements.
fn turnable(plane: Plane, rows: usize, columns: usize) -> Option<(Plane, usize, usize)> {
    let size = plane.size as isize;
    let block = turn::side(plane.size)?;
    let (mut plane, mut rows, mut columns) = (plane, rows, columns);
    if plane.dst_strides.0.abs() == size {
        (plane, rows, columns) = (plane.sideways(), columns, rows);
    }
    if plane.src_strides.0 == -size {
        plane = plane.upside_down(rows);
    }
    if plane.dst_strides.1 == -size {
        plane = plane.sideways().upside_down(columns).sideways();
    }
    let dense = plane.src_strides.0 == size && plane.dst_strides.1 == size;
    (dense && rows >= block && columns >= block).then_some((plane, rows, columns))
}

/// Whole blocks by [`turn`], what is left at two sides line by line.
///
/// # Safety
/// As for [`copy_2d`], for a plane that is [`turnable`].
unsafe fn turned(plane: Plane, rows: usize, columns: usize) {
    let block = turn::side(plane.size).unwrap_or(1);
    let (whole_rows, whole_columns) = (rows - rows % block, columns - columns % block);
    // SAFETY: the parts make up the plane; the elements of a block lie side by side on both sides.
    unsafe {
        let (across, down) = (plane.src_strides.1, plane.dst_strides.0);
        turn::blocks(plane.src, across, plane.dst, down, plane.size, whole_rows, whole_columns);
        (whole_rows..rows).for_each(|row| plane.at(row, 0).line(columns));
        let rest = plane.sideways();
        (whole_columns..columns).for_each(|column| rest.at(column, 0).line(whole_rows));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposes() {
        for (rows, columns) in [(0, 3), (1, 1), (3, 5), (4, 4), (8, 8), (32, 33), (70, 65), (9, 130)] {
            for size in [1usize, 2, 3, 4, 8, 16] {
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

    #[test]
    fn transposes_in_every_direction() {
        let (rows, columns) = (37, 43);
        for size in [1usize, 2, 4, 8, 16] {
            let source: Vec<u8> = (0..rows * columns * size).map(|i| (i * 31 + i / 256) as u8).collect();
            for (down, right, swap) in [false, true]
                .iter()
                .flat_map(|d| [false, true].map(|r| [false, true].map(|s| (*d, r, s))))
                .flatten()
            {
                let mut target = vec![0u8; source.len()];
                let (width, height) = ((columns * size) as isize, (rows * size) as isize);
                let element = size as isize;
                // The source is read from its end where an axis is reversed.
                let start = if down { (rows as isize - 1) * width } else { 0 }
                    + if right { (columns as isize - 1) * element } else { 0 };
                let from = (if down { -width } else { width }, if right { -element } else { element });
                let to = (element, height);
                // SAFETY: both planes are dense and of `rows * columns` elements.
                unsafe {
                    let (src, dst) = (source.as_ptr().offset(start), target.as_mut_ptr());
                    if swap {
                        copy_2d(src, (from.1, from.0), dst, (to.1, to.0), size, columns, rows);
                    } else {
                        copy_2d(src, from, dst, to, size, rows, columns);
                    }
                }
                for (r, c) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
                    let (y, x) =
                        (if down { rows - 1 - r } else { r }, if right { columns - 1 - c } else { c });
                    let (a, b) = ((y * columns + x) * size, (c * rows + r) * size);
                    assert_eq!(source[a..a + size], target[b..b + size], "{size} {down} {right} {swap}");
                }
            }
        }
    }
}
