//! `str_len`: characters of a text.

use std::ffi::c_void;

use super::encoding::Encoding;
use super::lanes::below;
use super::store::{Read, Run, Store, UnitOf, or_fault};

/// The loop: text → `int64`.
///
/// # Safety
/// The loop contract of [`Run::new`]: an operand of the store, and one of `int64`.
pub unsafe extern "C" fn length_loop<S: Store>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let Some(texts) = or_fault(S::reader(run.dtype(0))) else { return };
    run.each(|i| {
        // SAFETY: an element of the operand, whose dtype the reader was made for; an `int64`.
        unsafe {
            if !S::Code::SINGLE {
                let mut starts = 0;
                let look = |part: *const UnitOf<S>, place: usize| starts |= S::Code::starts(part) << place;
                if let Some(units) = texts.walk(run.at(0, i), look) {
                    run.put(1, i, i64::from((starts & below(units)).count_ones()));
                    return Ok(());
                }
            }
            let text = texts.get(run.at(0, i)).ok_or_else(|| texts.undefined("str_len"))?;
            run.put(1, i, S::Code::length(text) as i64);
        }
        Ok(())
    });
}
