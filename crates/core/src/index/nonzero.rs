//! Where elements are not zero, and how many.

use std::sync::atomic::{AtomicUsize, Ordering};

use sharray_base::{DType, Error, Result, TypeNum, View};
use sharray_kernels::search::TruthLane;

use super::mask;
use super::truth::truth_mask;
use crate::Provider;
use crate::assign;
use crate::iterate::{Freedom, Nest};

/// Indices of the elements that are not zero: output `i` is 1-D `intp`, the indices along axis `i`. Returns how many.
///
/// # Errors
/// Those of an object's truth.
pub fn nonzero(source: View<'_>, provider: &mut dyn Provider) -> Result<usize> {
    let scratch;
    let mask = if source.dtype().num() == TypeNum::Bool {
        source
    } else {
        // Objects are asked twice, as NumPy does: those that change their minds are found out.
        let expected = if source.dtype().holds_objects() { Some(count_nonzero(source)?) } else { None };
        scratch = truth_mask(source)?;
        if expected.is_some_and(|expected| expected != mask::count(scratch.view())) {
            return Err(Error::Runtime(
                "number of non-zero array elements changed during function execution.".into(),
            ));
        }
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
    let total = AtomicUsize::new(0);
    let nest = Nest::new(source.shape(), &[assign::source(&source)], Freedom::Any)?;
    nest.spread(
        !truth.needs_gil(),
        || Ok(()),
        |(), at, n, steps| {
            // SAFETY: the nest gives runs of the source's elements (V3).
            total.fetch_add(unsafe { truth.count(at[0], steps[0], n as usize) }?, Ordering::Relaxed);
            Ok(())
        },
    )?;
    Ok(total.into_inner())
}
