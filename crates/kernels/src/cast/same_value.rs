//! Casts between numbers that must keep every value (`casting="same_value"`): each run is cast, and what came out is
//! compared with what went in. NaN stays NaN; a complex number becomes a real one only if its imaginary part is zero; any
//! number has a truth value.
//!
//! Numbers are compared after the way back to the source's type. That alone would let `-1` pass as `2^32 - 1`, and
//! integers as infinities, so integers are compared as integers and must become finite floats.

use half::f16;
use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use super::extended::F80;
use super::numeric::part_of;
use super::runs::Runs;
use super::transfer::{Move, Step, no_cast, resolve, swap_unit};
use crate::copy::copy_strided;
use crate::copy::swap::copy_swapped;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2, SmallFloat};

/// Elements checked at a time.
const CHUNK: usize = 256;

pub(super) fn keeping(from: &DType, to: &DType) -> Result<Step> {
    if !(from.num().is_number() && to.num().is_number()) {
        return Err(no_cast(from, to));
    }
    if to.num() == TypeNum::Bool || from.num().canonical() == to.num().canonical() {
        return resolve(from, to);
    }
    let real = |d: &DType| part_of(d.num()).unwrap_or(d.num());
    let (source, target) = (real(from), real(to));
    Ok(Step::Other(Box::new(Keeping {
        parts: 1 + usize::from(part_of(from.num()).is_some() && part_of(to.num()).is_some()),
        imaginary: part_of(from.num()).is_some() && part_of(to.num()).is_none(),
        forward: resolve(&from.to_native(), &to.to_native())?,
        back: resolve(&DType::of(target), &DType::of(source))?,
        source,
        target,
        from: from.clone(),
        to: to.clone(),
    })))
}

struct Keeping {
    /// Parts of an element that are cast each for itself: two from complex to complex.
    parts: usize,
    /// A complex source whose second part is dropped.
    imaginary: bool,
    forward: Step,
    back: Step,
    source: TypeNum,
    target: TypeNum,
    from: DType,
    to: DType,
}

/// Dense native elements.
struct Room(Vec<u128>);

impl Room {
    fn new(itemsize: usize) -> Room {
        Room(vec![0; (CHUNK * itemsize).div_ceil(16)])
    }
    fn at(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

/// # Safety
/// `count` elements of `dtype` at either side, readable and writable.
unsafe fn native(
    dtype: &DType,
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    count: usize,
) {
    let size = dtype.itemsize();
    // SAFETY: handed on from the caller.
    unsafe {
        if dtype.order() == ByteOrder::Swapped {
            copy_swapped(src, src_stride, dst, dst_stride, size, swap_unit(dtype), count);
        } else {
            copy_strided(src, src_stride, dst, dst_stride, size, count);
        }
    }
}

impl Move for Keeping {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let (from_size, to_size) = (self.from.itemsize(), self.to.itemsize());
        let part = self.source.row().itemsize;
        let (mut source, mut result, mut returned) =
            (Room::new(from_size), Room::new(to_size), Room::new(2 * part));
        let (given, made, back) = (source.at(), result.at(), returned.at());
        runs.chunks(CHUNK, |chunk| {
            // SAFETY: elements `start .. start + count` belong to the runs; each room holds `CHUNK` elements. Of a
            // complex target only the first part is cast back unless both are the source's.
            unsafe {
                native(&self.from, chunk.src, chunk.src_stride, given, from_size as isize, chunk.n);
                self.forward.run(given, from_size as isize, made, to_size as isize, chunk.n)?;
                for which in 0..self.parts {
                    let (from_at, to_at) =
                        (given.add(which * part), made.add(which * self.target.row().itemsize));
                    self.back.run(to_at, to_size as isize, back, part as isize, chunk.n)?;
                    self.compare(from_at, from_size, to_at, to_size, back, chunk.n)?;
                }
                if self.imaginary {
                    self.refuse_imaginary(given.add(part), from_size, chunk.n)?;
                }
                native(&self.to, made, to_size as isize, chunk.dst, chunk.dst_stride, chunk.n);
            }
            Ok(())
        })
    }
}

impl Keeping {
    /// # Safety
    /// `count` native numbers of the source's real type at `given` (every `from_size` bytes) and at `back` (dense), of
    /// the target's at `made`.
    unsafe fn compare(
        &self,
        given: *const u8,
        from_size: usize,
        made: *const u8,
        to_size: usize,
        back: *const u8,
        count: usize,
    ) -> Result<()> {
        let part = self.source.row().itemsize;
        for i in 0..count {
            // SAFETY: by this function's contract.
            let kept = unsafe {
                let (given, made) = (given.add(i * from_size), made.add(i * to_size));
                match (whole(self.source, given), whole(self.target, made)) {
                    (Some(before), Some(after)) => before == after,
                    (Some(before), None) => {
                        whole(self.source, back.add(i * part)) == Some(before) && finite(self.target, made)
                    }
                    (None, Some(_)) if !finite(self.source, given) => false,
                    (None, _) => same_float(self.source, given, back.add(i * part)),
                }
            };
            if !kept {
                return Err(self.changed(""));
            }
        }
        Ok(())
    }

    /// # Safety
    /// `count` native numbers of the source's real type at `imaginary`, every `step` bytes.
    unsafe fn refuse_imaginary(&self, imaginary: *const u8, step: usize, count: usize) -> Result<()> {
        let zero = [0u8; 16];
        // SAFETY: by this function's contract; all-zero bytes are a float's zero.
        let dropped =
            (0..count).any(|i| unsafe { !same_float(self.source, imaginary.add(i * step), zero.as_ptr()) });
        if dropped { Err(self.changed(": an imaginary part is not 0")) } else { Ok(()) }
    }

    fn changed(&self, why: &str) -> Error {
        Error::Value(format!("could not cast 'same_value' {} to {}{why}", self.from, self.to))
    }
}

/// An integer or bool as a wide integer; `None` for floats.
///
/// # Safety
/// `at` is a readable native number of that type.
unsafe fn whole(num: TypeNum, at: *const u8) -> Option<i128> {
    // SAFETY: by this function's contract.
    unsafe {
        Some(match (num.kind(), num.row().itemsize) {
            (Kind::Bool, _) => i128::from(*at != 0),
            (Kind::Int, 1) => i128::from(at.cast::<i8>().read()),
            (Kind::Int, 2) => i128::from(at.cast::<i16>().read_unaligned()),
            (Kind::Int, 4) => i128::from(at.cast::<i32>().read_unaligned()),
            (Kind::Int, _) => i128::from(at.cast::<i64>().read_unaligned()),
            (Kind::UInt, 1) => i128::from(*at),
            (Kind::UInt, 2) => i128::from(at.cast::<u16>().read_unaligned()),
            (Kind::UInt, 4) => i128::from(at.cast::<u32>().read_unaligned()),
            (Kind::UInt, _) => i128::from(at.cast::<u64>().read_unaligned()),
            _ => return None,
        })
    }
}

/// # Safety
/// Both are readable native floats of that type.
unsafe fn same_float(num: TypeNum, a: *const u8, b: *const u8) -> bool {
    macro_rules! same {
        ($type:ty) => {{
            // SAFETY: by this function's contract.
            let (a, b) = unsafe { (a.cast::<$type>().read_unaligned(), b.cast::<$type>().read_unaligned()) };
            a == b || (a.is_nan() && b.is_nan())
        }};
    }
    match num {
        TypeNum::Half => same!(f16),
        TypeNum::BFloat16 => same!(BFloat16),
        TypeNum::Float8E4M3FN => same!(Float8E4M3FN),
        TypeNum::Float8E5M2 => same!(Float8E5M2),
        TypeNum::Float => same!(f32),
        TypeNum::Double => same!(f64),
        _ => same!(F80),
    }
}

/// # Safety
/// `at` is a readable native float of that type.
unsafe fn finite(num: TypeNum, at: *const u8) -> bool {
    // SAFETY: by this function's contract.
    unsafe {
        match num {
            TypeNum::Half => at.cast::<f16>().read_unaligned().is_finite(),
            TypeNum::BFloat16 => at.cast::<BFloat16>().read_unaligned().is_finite(),
            TypeNum::Float8E4M3FN => at.cast::<Float8E4M3FN>().read_unaligned().is_finite(),
            TypeNum::Float8E5M2 => at.cast::<Float8E5M2>().read_unaligned().is_finite(),
            TypeNum::Float => at.cast::<f32>().read_unaligned().is_finite(),
            TypeNum::Double => at.cast::<f64>().read_unaligned().is_finite(),
            _ => {
                let value = at.cast::<F80>().read_unaligned();
                !value.is_nan() && !value.is_infinite()
            }
        }
    }
}
