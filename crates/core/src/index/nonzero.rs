//! Where elements are not zero, and how many.

use sharray_base::{DType, Result, TypeNum, View};
use sharray_kernels::search::TruthLane;

use super::mask;
use super::truth::truth_mask;
use crate::Provider;
use crate::walk::walk;

/// Indices of the elements that are not zero: output `i` is 1-D `intp`, the indices along axis `i`. Returns how many.
///
/// # Errors
/// Those of an object's truth.
pub fn nonzero(source: View<'_>, provider: &mut dyn Provider) -> Result<usize> {
    let scratch;
    let mask = if source.dtype().num() == TypeNum::Bool {
        source
    } else {
        scratch = truth_mask(source)?;
        scratch.view()
    };
    let count = mask::count(mask);
    let size = size_of::<isize>() as isize;
    let mut outputs = Vec::with_capacity(mask.ndim());
    for axis in 0..mask.ndim() {
        let out = provider.provide(axis, &DType::of(TypeNum::Long), &[count as isize], &[size])?;
        // SAFETY: the provider gave aligned room for `count` numbers, which stays valid until we return.
        outputs.push(unsafe { std::slice::from_raw_parts_mut(out.cast::<isize>(), count) });
    }
    mask::write_indices(mask, &mut outputs);
    Ok(count)
}

/// How many elements are not zero, empty or false.
///
/// # Errors
/// Those of an object's truth.
pub fn count_nonzero(source: View<'_>) -> Result<usize> {
    let truth = TruthLane::new(source.dtype());
    let mut total = 0;
    walk(source.shape(), &[(source.data(), source.strides())], &mut |p, s, n| {
        // SAFETY: the walk gives runs of the source's elements (V3).
        total += unsafe { truth.count(p[0], s[0], n) }?;
        Ok(())
    })?;
    Ok(total)
}
