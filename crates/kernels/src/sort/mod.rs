//! Sorting one contiguous lane of elements: [`SortLane`] is resolved once per call and then sorts, argsorts and
//! partitions lanes of its dtype. The order is NumPy's, see [`key`] and [`order`].

#[cfg(target_arch = "x86_64")]
mod few;
mod general;
pub mod key;
#[cfg(target_arch = "x86_64")]
mod lanes;
#[cfg(target_arch = "x86_64")]
mod network;
pub mod order;
mod packed;
#[cfg(target_arch = "x86_64")]
mod parts;
#[cfg(target_arch = "x86_64")]
mod quick;
mod room;
mod text;
mod typed;
mod variable;
mod vector;
mod widened;
mod words;

use half::f16;
use sharray_base::{ByteOrder, DType, Kind, Result, TypeNum};

use crate::cast::F80;
use crate::cast::transfer::swap_unit;
use crate::copy::swap::copy_swapped;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2};
use key::{Complex, Time};
use order::ElementOrder;
use text::Text;
use typed::{OpsOf, TypedOps, order_from_zero, room};

/// What is promised about equal elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKind {
    /// Nothing: the fastest.
    Quick,
    /// They keep their order.
    Stable,
}

/// The sorts of one dtype.
pub struct SortLane {
    ops: Ops,
    size: usize,
    gil: bool,
    /// Of texts of variable width: whether missing ones come last.
    missing_last: Option<bool>,
}

enum Ops {
    Typed { ops: &'static TypedOps, swap_unit: Option<usize> },
    Text(Text),
    General(ElementOrder),
}

impl SortLane {
    /// How lanes of `dtype` are sorted.
    ///
    /// # Errors
    /// `Type` for a dtype without order.
    pub fn new(dtype: &DType) -> Result<SortLane> {
        let ops = match typed_ops(dtype) {
            Some(ops) => {
                let swapped = dtype.order() == ByteOrder::Swapped && dtype.has_byte_order();
                Ops::Typed { ops, swap_unit: swapped.then(|| swap_unit(dtype)) }
            }
            None => match text(dtype) {
                Some(text) => Ops::Text(text),
                None => Ops::General(ElementOrder::new(dtype)?),
            },
        };
        let missing_last = match &ops {
            Ops::General(order) => order.missing_last(),
            _ => None,
        };
        Ok(SortLane { ops, size: dtype.itemsize(), gil: dtype.holds_objects(), missing_last })
    }

    /// True when it calls Python.
    pub fn needs_gil(&self) -> bool {
        self.gil
    }

    /// Sorts `n` elements in place.
    ///
    /// # Errors
    /// `OutOfMemory`, or what a Python comparison raises; the lane then holds the same elements in some order.
    ///
    /// # Safety
    /// `ptr` is `n` contiguous elements of the dtype, aligned for it, readable and writable by nobody else; for objects the
    /// GIL is held.
    pub unsafe fn sort(&self, ptr: *mut u8, n: usize, kind: SortKind) -> Result<()> {
        if n < 2 {
            return Ok(());
        }
        // SAFETY: handed on from the caller; a lane in the other byte order is sorted in this machine's.
        unsafe {
            match &self.ops {
                Ops::Typed { ops, swap_unit } => {
                    self.in_native_order(ptr, n, *swap_unit, || (ops.sort)(ptr, n, kind))
                }
                Ops::Text(text) => text.sort(ptr, n),
                Ops::General(order) => self.sort_general(order, ptr, n),
            }
        }
    }

    /// Writes the indices that sort the lane.
    ///
    /// # Errors
    /// As for [`SortLane::sort`].
    ///
    /// # Safety
    /// As for [`SortLane::sort`], the lane only readable; `order` is `n` aligned indices, writable by nobody else.
    pub unsafe fn argsort(&self, ptr: *const u8, n: usize, order: *mut isize, kind: SortKind) -> Result<()> {
        // SAFETY: handed on from the caller.
        unsafe {
            match &self.ops {
                Ops::Typed { ops, swap_unit } => {
                    self.with_native(ptr, n, *swap_unit, |ptr| (ops.argsort)(ptr, n, order, kind))
                }
                Ops::Text(text) => text.argsort(ptr, std::slice::from_raw_parts_mut(order, n)),
                Ops::General(by) => self.argsort_general(by, ptr, n, order),
            }
        }
    }

    /// Reorders the lane so that each element of `kths` (indices below `n`) stands where sorting would put it, with
    /// nothing greater before it and nothing smaller after it.
    ///
    /// # Errors
    /// As for [`SortLane::sort`].
    ///
    /// # Safety
    /// As for [`SortLane::sort`].
    pub unsafe fn partition(&self, ptr: *mut u8, n: usize, kths: &[usize]) -> Result<()> {
        // SAFETY: handed on from the caller.
        unsafe {
            match &self.ops {
                Ops::Typed { ops, swap_unit } => {
                    self.in_native_order(ptr, n, *swap_unit, || (ops.partition)(ptr, n, kths))
                }
                Ops::Text(text) => text.sort(ptr, n),
                Ops::General(order) => self.sort_general(order, ptr, n),
            }
        }
    }

    /// Writes the indices that partition the lane.
    ///
    /// # Errors
    /// As for [`SortLane::sort`].
    ///
    /// # Safety
    /// As for [`SortLane::argsort`].
    pub unsafe fn argpartition(
        &self,
        ptr: *const u8,
        n: usize,
        order: *mut isize,
        kths: &[usize],
    ) -> Result<()> {
        // SAFETY: handed on from the caller.
        unsafe {
            match &self.ops {
                Ops::Typed { ops, swap_unit } => {
                    self.with_native(ptr, n, *swap_unit, |ptr| (ops.argpartition)(ptr, n, order, kths))
                }
                Ops::Text(text) => text.argsort(ptr, std::slice::from_raw_parts_mut(order, n)),
                Ops::General(by) => self.argsort_general(by, ptr, n, order),
            }
        }
    }

    /// One step of a lexical sort: reorders the indices `order` stably by the lane's elements they name. Called with the
    /// least significant key first.
    ///
    /// # Errors
    /// As for [`SortLane::sort`].
    ///
    /// # Safety
    /// As for [`SortLane::argsort`], and `order` holds a permutation of `0 .. n`.
    pub unsafe fn lexsort_step(&self, ptr: *const u8, n: usize, order: *mut isize) -> Result<()> {
        let mut gathered = room::<u128>((n * self.size).div_ceil(16))?;
        let mut step = room::<isize>(n)?;
        let (buffer, sorted) = (gathered.as_mut_ptr().cast::<u8>(), step.as_mut_ptr());
        // SAFETY: the buffer has room for `n` elements at any alignment up to 16; `order` names elements of the lane.
        // Object references are borrowed by the buffer: nothing counts or drops them.
        unsafe {
            for i in 0..n {
                let from = ptr.offset(*order.add(i) * self.size as isize);
                std::ptr::copy_nonoverlapping(from, buffer.add(i * self.size), self.size);
            }
            self.argsort(buffer, n, sorted, SortKind::Stable)?;
            for i in 0..n {
                *sorted.add(i) = *order.offset(*sorted.add(i));
            }
            std::ptr::copy_nonoverlapping(sorted, order, n);
        }
        Ok(())
    }

    /// Runs `work` with the lane's bytes swapped to native order, and swaps them back.
    ///
    /// # Safety
    /// As for [`SortLane::sort`].
    unsafe fn in_native_order(
        &self,
        ptr: *mut u8,
        n: usize,
        unit: Option<usize>,
        work: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let step = self.size as isize;
        let swap = || {
            if let Some(unit) = unit {
                // SAFETY: swapping in place is swapping with an equal start and stride.
                unsafe { copy_swapped(ptr, step, ptr, step, self.size, unit, n) }
            }
        };
        swap();
        let result = work();
        swap();
        result
    }

    /// Runs `work` on the lane, or on a native copy of it.
    ///
    /// # Safety
    /// As for [`SortLane::argsort`].
    unsafe fn with_native(
        &self,
        ptr: *const u8,
        n: usize,
        unit: Option<usize>,
        work: impl FnOnce(*const u8) -> Result<()>,
    ) -> Result<()> {
        let Some(unit) = unit else { return work(ptr) };
        let mut copy = room::<u128>((n * self.size).div_ceil(16))?;
        let (native, step) = (copy.as_mut_ptr().cast::<u8>(), self.size as isize);
        // SAFETY: the copy has room for `n` elements, aligned for every dtype.
        unsafe { copy_swapped(ptr, step, native, step, self.size, unit, n) };
        work(native)
    }

    /// # Safety
    /// As for [`SortLane::sort`].
    unsafe fn sort_general(&self, by: &ElementOrder, ptr: *mut u8, n: usize) -> Result<()> {
        let mut order = room::<isize>(n)?;
        let mut sorted = room::<u8>(n * self.size)?;
        // SAFETY: both buffers have room for the lane; object references move with their bytes, none is copied or lost.
        unsafe {
            let argsorted = self.argsort_general(by, ptr, n, order.as_mut_ptr());
            argsorted?;
            order.set_len(n);
            for (i, &index) in order.iter().enumerate() {
                let from = ptr.offset(index * self.size as isize);
                std::ptr::copy_nonoverlapping(from, sorted.as_mut_ptr().add(i * self.size), self.size);
            }
            std::ptr::copy_nonoverlapping(sorted.as_ptr(), ptr, n * self.size);
        }
        Ok(())
    }

    /// # Safety
    /// As for [`SortLane::argsort`].
    unsafe fn argsort_general(
        &self,
        by: &ElementOrder,
        ptr: *const u8,
        n: usize,
        order: *mut isize,
    ) -> Result<()> {
        let size = self.size as isize;
        // SAFETY: `order` is `n` indices that nobody else writes; the indices compared are those written here.
        unsafe {
            order_from_zero(order, n);
            let indices = std::slice::from_raw_parts_mut(order, n);
            if let Some(last) = self.missing_last
                && let Some(texts) = variable::Texts::of(ptr, n, last)
            {
                return words::argsort(&texts, indices, 0);
            }
            general::merge_sort(indices, &|a, b| by.less(ptr.offset(a * size), ptr.offset(b * size)))
        }
    }
}

/// The shape of bytes and text of fixed width.
fn text(dtype: &DType) -> Option<Text> {
    let plain = dtype.as_structure().is_none() && dtype.as_subarray().is_none() && dtype.itemsize() > 0;
    let unit = match dtype.num() {
        TypeNum::String | TypeNum::Void => 1,
        TypeNum::Unicode => 4,
        _ => return None,
    };
    let swapped = dtype.order() == ByteOrder::Swapped && dtype.has_byte_order();
    plain.then(|| Text { len: dtype.itemsize() / unit, unit, swapped })
}

/// The loops of a built-in type, whatever its byte order.
fn typed_ops(dtype: &DType) -> Option<&'static TypedOps> {
    Some(match (dtype.kind(), dtype.itemsize()) {
        (Kind::Bool, _) | (Kind::UInt, 1) => &OpsOf::<u8>::OPS,
        (Kind::Int, 1) => &OpsOf::<i8>::OPS,
        (Kind::Int, 2) => &OpsOf::<i16>::OPS,
        (Kind::UInt, 2) => &OpsOf::<u16>::OPS,
        (Kind::Int, 4) => &OpsOf::<i32>::OPS,
        (Kind::UInt, 4) => &OpsOf::<u32>::OPS,
        (Kind::Int, 8) => &OpsOf::<i64>::OPS,
        (Kind::UInt, 8) => &OpsOf::<u64>::OPS,
        _ if dtype.num() == TypeNum::BFloat16 => &widened::Widened::<BFloat16>::OPS,
        _ if dtype.num() == TypeNum::Float8E4M3FN => &widened::Widened::<Float8E4M3FN>::OPS,
        _ if dtype.num() == TypeNum::Float8E5M2 => &widened::Widened::<Float8E5M2>::OPS,
        (Kind::Float, 2) => &OpsOf::<f16>::OPS,
        (Kind::Float, 4) => &OpsOf::<f32>::OPS,
        (Kind::Float, 8) => &OpsOf::<f64>::OPS,
        (Kind::Float, _) => &OpsOf::<F80>::OPS,
        (Kind::Complex, 8) => &OpsOf::<Complex<f32>>::OPS,
        (Kind::Complex, 16) => &OpsOf::<Complex<f64>>::OPS,
        (Kind::Complex, _) => &OpsOf::<Complex<F80>>::OPS,
        (Kind::Datetime | Kind::Timedelta, _) if dtype.num() != TypeNum::Void => &OpsOf::<Time>::OPS,
        _ => return None,
    })
}
