//! Structures and subarrays. Structures are moved field by field, by position; a scalar goes to every field; a structure
//! of one field gives that field. Subarrays are broadcast, missing elements become zero bytes, extra ones are left
//! out.

use sharray_base::{DType, Error, Result};

use super::runs::Runs;
use super::transfer::{Move, Step, no_cast, resolve as resolve_part};
use crate::copy::elements::release_elements;

/// Elements moved field by field at a time, so that the second field finds the first's cache lines.
const BLOCK: usize = 256;

pub(crate) fn resolve(from: &DType, to: &DType) -> Result<Step> {
    let alike = from.itemsize() == to.itemsize() && !from.holds_objects() && from.equivalent(to);
    if alike && !to.has_gaps() {
        let size = from.itemsize();
        return Ok(if size == 0 { Step::Nothing } else { Step::Copy { size } });
    }
    if from.as_subarray().is_some() || to.as_subarray().is_some() {
        return subarrays(from, to);
    }
    let fields = match (from.as_structure(), to.as_structure()) {
        (Some(source), Some(target)) if source.fields.len() == target.fields.len() => source
            .fields
            .iter()
            .zip(&target.fields)
            .map(|(s, t)| Part::new(&s.dtype, s.offset, &t.dtype, t.offset))
            .collect::<Result<Vec<_>>>()?,
        (None, Some(target)) => {
            target.fields.iter().map(|t| Part::new(from, 0, &t.dtype, t.offset)).collect::<Result<_>>()?
        }
        (Some(source), None) => match source.fields.as_slice() {
            [only] => vec![Part::new(&only.dtype, only.offset, to, 0)?],
            _ => return Err(no_cast(from, to)),
        },
        _ => return Err(no_cast(from, to)),
    };
    Ok(Step::Other(Box::new(Fields { parts: fields, sizes: (from.itemsize(), to.itemsize()) })))
}

/// One field's move.
struct Part {
    source_offset: usize,
    target_offset: usize,
    step: Step,
}

impl Part {
    fn new(from: &DType, source_offset: usize, to: &DType, target_offset: usize) -> Result<Part> {
        Ok(Part { source_offset, target_offset, step: resolve_part(from, to)? })
    }
}

struct Fields {
    parts: Vec<Part>,
    sizes: (usize, usize),
}

impl Move for Fields {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        if std::ptr::eq(runs.src, runs.dst) && self.sizes.0 > 0 {
            // SAFETY: handed on from the caller.
            return unsafe { self.run_in_place(runs.dst, runs.dst_stride, runs.n) };
        }
        runs.chunks(BLOCK, |chunk| {
            for part in &self.parts {
                // SAFETY: the field lies within each element (checked when the dtype was made).
                unsafe {
                    let from = chunk.src.add(part.source_offset);
                    let to = chunk.dst.add(part.target_offset);
                    part.step.run(from, chunk.src_stride, to, chunk.dst_stride, chunk.n)?;
                }
            }
            Ok(())
        })
    }
}

impl Fields {
    /// Element by element through a copy, because a field's target may be another field's source.
    ///
    /// # Safety
    /// As for [`Transfer::run`](super::Transfer::run) with both sides at `ptr`; neither side holds objects unless their
    /// slots coincide.
    unsafe fn run_in_place(&self, ptr: *mut u8, stride: isize, n: usize) -> Result<()> {
        let mut element = vec![0u8; self.sizes.0];
        for i in 0..n as isize {
            // SAFETY: the copy is as large as a source element.
            unsafe {
                let at = ptr.offset(i * stride);
                std::ptr::copy_nonoverlapping(at, element.as_mut_ptr(), self.sizes.0);
                for part in &self.parts {
                    let from = element.as_ptr().add(part.source_offset);
                    part.step.run(from, 0, at.add(part.target_offset), 0, 1)?;
                }
            }
        }
        Ok(())
    }
}

/// Shape and element dtype; a dtype that is no subarray counts as one element without axes.
fn as_array(dtype: &DType) -> (DType, Vec<isize>) {
    dtype.flattened().map_or((dtype.clone(), Vec::new()), |(base, shape)| (base.clone(), shape))
}

fn subarrays(from: &DType, to: &DType) -> Result<Step> {
    let ((from_base, from_shape), (to_base, to_shape)) = (as_array(from), as_array(to));
    let step = resolve_part(&from_base, &to_base)?;
    let count: isize = to_shape.iter().product();
    let source = (0..count).map(|at| source_element(at, &to_shape, &from_shape)).collect::<Vec<_>>();
    let too_many = || Error::Value(format!("a subarray of {count} elements is too large to cast"));
    let count = usize::try_from(count).map_err(|_| too_many())?;
    let dense = from_shape == to_shape;
    Ok(Step::Other(Box::new(Elements {
        step,
        source,
        dense,
        count,
        from: from_base.itemsize(),
        to: to_base,
    })))
}

/// Which source element goes to target element number `at`: `None` outside the source.
fn source_element(mut at: isize, target: &[isize], source: &[isize]) -> Option<isize> {
    let (mut result, mut scale) = (0, 1);
    for axis in 0..target.len().max(source.len()) {
        let extent = |shape: &[isize]| shape.len().checked_sub(axis + 1).map_or(1, |i| shape[i]);
        let (wide, narrow) = (extent(target).max(1), extent(source));
        let index = at % wide;
        at /= wide;
        if narrow != 1 {
            if index >= narrow {
                return None;
            }
            result += index * scale;
        }
        scale *= narrow;
    }
    Some(result)
}

struct Elements {
    step: Step,
    source: Vec<Option<isize>>,
    dense: bool,
    count: usize,
    from: usize,
    to: DType,
}

impl Move for Elements {
    unsafe fn run(&self, runs: Runs) -> Result<()> {
        let (from, to) = (self.from as isize, self.to.itemsize() as isize);
        runs.each(|src, dst| {
            // SAFETY: both are elements of the runs, and a source index lies within the source's shape.
            unsafe {
                if self.dense {
                    self.step.run(src, from, dst, to, self.count)?;
                    return Ok(());
                }
                for (k, source) in self.source.iter().enumerate() {
                    let target = dst.offset(k as isize * to);
                    match source {
                        Some(index) => self.step.run(src.offset(index * from), from, target, to, 1)?,
                        None => {
                            release_elements(target, to, 1, &self.to)?;
                            std::ptr::write_bytes(target, 0, to as usize);
                        }
                    }
                }
            }
            Ok(())
        })
    }
}
