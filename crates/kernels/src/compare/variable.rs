//! Comparison and `isnan` of texts of variable width: by bytes, which for UTF-8 is by code points. A missing text that is
//! like NaN equals nothing and is neither less nor greater; one that is any other object equals only itself.

use std::cmp::Ordering;
use std::ffi::c_void;

use sharray_base::Error;
use sharray_base::dtype::MissingKind;

use super::text::{EQUAL, GREATER, LESS};
use crate::string::packed;
use crate::string::store::{Read, Run, Store, or_fault};
use crate::string::variable::Variable;

fn bit(order: Ordering) -> u8 {
    match order {
        Ordering::Less => LESS,
        Ordering::Equal => EQUAL,
        Ordering::Greater => GREATER,
    }
}

/// The loop: text, text → truth value, for the orders in `WANTED`.
///
/// # Safety
/// The loop contract of [`Run::new`]: two operands of variable text, and one of bools.
pub unsafe extern "C" fn compare_loop<const WANTED: u8>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let readers = (|| Ok((Variable::reader(run.dtype(0))?, Variable::reader(run.dtype(1))?)))();
    let Some((left, right)) = or_fault(readers) else { return };
    let missing = [0, 1].iter().find_map(|&i| run.dtype(i).text_options().missing.as_ref());
    let like_nan = missing.is_none_or(|m| m.kind == MissingKind::Nan);
    let equality = matches!(WANTED, EQUAL) || WANTED == LESS | GREATER;
    run.each(|i| {
        // SAFETY: elements of the operands, whose dtypes the readers were made for; a bool.
        unsafe {
            if let Some(order) = packed::order(run.at(0, i), run.at(1, i)) {
                run.put(2, i, WANTED & bit(order) != 0);
                return Ok(());
            }
            let order = match (left.get(run.at(0, i)), right.get(run.at(1, i))) {
                (Some(a), Some(b)) => a.cmp(b),
                (a, b) if like_nan => {
                    let unequal = WANTED == LESS | GREATER;
                    debug_assert!(a.is_none() || b.is_none());
                    run.put(2, i, unequal);
                    return Ok(());
                }
                (a, b) if equality => {
                    if a.is_none() == b.is_none() {
                        Ordering::Equal
                    } else {
                        Ordering::Less
                    }
                }
                _ => return Err(Error::Value("Cannot compare null that is not a nan-like value".into())),
            };
            run.put(2, i, WANTED & bit(order) != 0);
        }
        Ok(())
    });
}

/// The loop: text → whether it is missing and like NaN.
///
/// # Safety
/// The loop contract of [`Run::new`]: an operand of variable text, and one of bools.
pub unsafe extern "C" fn is_nan_loop(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let Some(texts) = or_fault(Variable::reader(run.dtype(0))) else { return };
    let like_nan = texts.missing_spreads();
    run.each(|i| {
        // SAFETY: an element of the operand, and a bool.
        unsafe { run.put(1, i, like_nan && texts.get(run.at(0, i)).is_none()) };
        Ok(())
    });
}

/// The loop: text, text → the first of them in order, or with `LARGEST` the last; missing where one is.
///
/// # Safety
/// The loop contract of [`Run::new`]: three operands of variable text.
pub unsafe extern "C" fn extremum_loop<const LARGEST: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    use crate::string::encoding::Sink;
    // SAFETY: by the contract; results are written by way of a buffer.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        crate::string::store::produce::<Variable, 2>(&run, [0, 1], 2, "maximum", |_, [a, b], sink| {
            sink.put(if (a < b) == LARGEST { b } else { a });
            Ok(())
        });
    }
}
