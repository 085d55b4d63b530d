//! Bits and bytes: `packbits` and `unpackbits` along an axis.

use sharray_base::layout::{c_strides, checked_len, normalize_axis};
use sharray_base::{DType, Dims, Error, Kind, Result, TypeNum, View};

use crate::Provider;
use crate::walk::each_lane;

/// Which bit of a byte comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BitOrder {
    /// The most significant.
    Big,
    /// The least significant.
    Little,
}

/// A one in each byte of a word.
const ONES: u64 = u64::MAX / 255;

impl BitOrder {
    fn bit(self, position: usize) -> u8 {
        match self {
            BitOrder::Big => 0x80 >> position,
            BitOrder::Little => 1 << position,
        }
    }
    /// Eight bytes, each 1 where the bit of that position is set.
    fn spread(self, byte: u8) -> [u8; 8] {
        let each = match self {
            BitOrder::Big => 0x0102_0408_1020_4080,
            BitOrder::Little => 0x8040_2010_0804_0201,
        };
        // One bit is left of each byte; with 127 more its highest bit says whether it was set.
        let own = (byte as u64 * ONES) & each;
        (((own + 127 * ONES) >> 7) & ONES).to_le_bytes()
    }
    /// A byte whose bit of each position says whether that byte is not 0.
    fn gathered(self, bytes: [u8; 8]) -> u8 {
        let word = u64::from_le_bytes(bytes);
        let set = ((((word & (127 * ONES)) + 127 * ONES) | word) >> 7) & ONES;
        // Each of the eight bits meets its place in the highest byte once, and no two sums meet.
        let places = match self {
            BitOrder::Big => 0x8040_2010_0804_0201,
            BitOrder::Little => 0x0102_0408_1020_4080,
        };
        (set.wrapping_mul(places) >> 56) as u8
    }
}

/// Elements of an integer or bool array, as bits (0 for 0, 1 for the rest), eight to a byte along `axis`: output 0,
/// `uint8` in C order. The last byte is filled up with zero bits.
///
/// # Errors
/// `Type` for another dtype; `Axis`.
pub fn packbits(source: View<'_>, axis: isize, order: BitOrder, provider: &mut dyn Provider) -> Result<()> {
    if !matches!(source.dtype().kind(), Kind::Bool | Kind::Int | Kind::UInt) {
        return Err(Error::Type("Expected an input array of integer or boolean data type".into()));
    }
    let axis = normalize_axis(axis, source.ndim())?;
    let n = source.shape()[axis] as usize;
    let mut shape = Dims::from_slice(source.shape());
    shape[axis] = n.div_ceil(8) as isize;
    let strides = c_strides(&shape, 1);
    let out = provider.provide(0, &DType::of(TypeNum::UByte), &shape, &strides)?;
    let (step, out_step, size) = (source.strides()[axis], strides[axis], source.dtype().itemsize());
    if n == 0 {
        return Ok(());
    }
    each_lane(source.shape(), axis, &[(source.data(), source.strides()), (out, &strides)], &mut |lane| {
        // Whole eights of bytes that lie side by side.
        let dense = if step == 1 && size == 1 { n / 8 } else { 0 };
        for at in 0..dense {
            // SAFETY: eight bytes of the source's lane, and the byte of the output's that is theirs.
            unsafe {
                let bytes = lane[0].add(at * 8).cast::<[u8; 8]>().read();
                *lane[1].offset(at as isize * out_step) = order.gathered(bytes);
            }
        }
        for start in (dense * 8..n).step_by(8) {
            let mut byte = 0;
            for position in 0..8.min(n - start) {
                // SAFETY: an element of the source's lane, of `size` bytes.
                let element = unsafe {
                    std::slice::from_raw_parts(lane[0].offset((start + position) as isize * step), size)
                };
                if element.iter().any(|&b| b != 0) {
                    byte |= order.bit(position);
                }
            }
            // SAFETY: byte `start / 8` of the output's lane.
            unsafe { *lane[1].offset((start / 8) as isize * out_step) = byte };
        }
        Ok(())
    })
}

/// The bits of a `uint8` array, eight elements for one along `axis`: output 0, `uint8` in C order. `count` is how many
/// to keep (more: zeros are appended), from the end when negative.
///
/// # Errors
/// `Type` for another dtype; `Axis`; `Value` when a negative count leaves less than nothing.
pub fn unpackbits(
    source: View<'_>,
    axis: isize,
    count: Option<isize>,
    order: BitOrder,
    provider: &mut dyn Provider,
) -> Result<()> {
    if source.dtype().num() != TypeNum::UByte {
        return Err(Error::Type("Expected an input array of unsigned byte data type".into()));
    }
    let axis = normalize_axis(axis, source.ndim())?;
    let all = source.shape()[axis].checked_mul(8).unwrap_or(isize::MAX);
    let n = match count {
        None => all,
        Some(count) if count >= 0 => count,
        Some(count) if all + count >= 0 => all + count,
        Some(_) => return Err(Error::Value("-count larger than number of elements".into())),
    };
    let mut shape = Dims::from_slice(source.shape());
    shape[axis] = n;
    checked_len(&shape, 1)?;
    let strides = c_strides(&shape, 1);
    let out = provider.provide(0, &DType::of(TypeNum::UByte), &shape, &strides)?;
    let (step, out_step) = (source.strides()[axis], strides[axis]);
    if n == 0 {
        return Ok(());
    }
    each_lane(&shape, axis, &[(source.data(), source.strides()), (out, &strides)], &mut |lane| {
        let dense = if out_step == 1 { n.min(all) / 8 } else { 0 };
        for at in 0..dense {
            // SAFETY: that byte of the source's lane, and the eight elements of the output's that are its.
            unsafe {
                let bits = order.spread(*lane[0].offset(at * step));
                lane[1].offset(at * 8).cast::<[u8; 8]>().write(bits);
            }
        }
        for i in dense * 8..n {
            // SAFETY: byte `i / 8` of the source's lane where there is one, element `i` of the output's.
            unsafe {
                let set = i < all && *lane[0].offset(i / 8 * step) & order.bit((i % 8) as usize) != 0;
                *lane[1].offset(i * out_step) = set as u8;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_at_once_are_as_one_by_one() {
        for order in [BitOrder::Big, BitOrder::Little] {
            for byte in 0..=255 {
                let bits = order.spread(byte);
                for (position, bit) in bits.iter().enumerate() {
                    assert_eq!(*bit, (byte & order.bit(position) != 0) as u8, "{order:?} {byte}");
                }
                assert_eq!(order.gathered(bits), byte);
                for truth in [2, 127, 128, 255] {
                    assert_eq!(order.gathered(bits.map(|bit| bit * truth)), byte, "{order:?} {byte} {truth}");
                }
            }
        }
    }
}
