//! `partition` and `rpartition`: what lies before a separator, the separator, and the rest.

use std::ffi::c_void;

use sharray_base::{Error, Result};

use super::encoding::{Sink, Unit};
use super::find;
use super::store::{Read, Run, Store, Write, or_fault};

/// The three parts, for the separator at unit `at`; without it the whole is the first part, or with `LAST` the third.
fn parts<'a, U: Unit, const LAST: bool>(
    text: &'a [U],
    separator: &'a [U],
    at: Option<usize>,
) -> [&'a [U]; 3] {
    match at {
        Some(at) => [&text[..at], separator, &text[at + separator.len()..]],
        None if LAST => [&[], &[], text],
        None => [text, &[], &[]],
    }
}

/// The loop: text, separator, and with `PLACED` its place (`int64`, negative: none) → three texts.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store, the results apart; with `PLACED`, `int64` at 2.
pub unsafe extern "C" fn partition_loop<S: Store, const LAST: bool, const PLACED: bool>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    let run = unsafe { Run::new(args, dims, steps, data) };
    let out = 2 + usize::from(PLACED);
    let tools = (|| {
        let writers = [
            S::writer(run.dtype(out), run.is_apart(out))?,
            S::writer(run.dtype(out + 1), run.is_apart(out + 1))?,
            S::writer(run.dtype(out + 2), run.is_apart(out + 2))?,
        ];
        Ok((S::reader(run.dtype(0))?, S::reader(run.dtype(1))?, writers))
    })();
    let Some((texts, separators, mut writers)) = or_fault(tools) else { return };
    run.each(|i| {
        // SAFETY: elements of the operands, whose dtypes the readers and writers were made for.
        unsafe {
            let text = texts.get(run.at(0, i));
            let separator = separators.get(run.at(1, i));
            let (Some(text), Some(separator)) = (text, separator) else {
                if texts.missing_spreads() {
                    return (0..3).try_for_each(|k| writers[k].write_missing(run.at(out + k, i)));
                }
                return Err(texts.undefined("partition"));
            };
            if separator.is_empty() {
                return Err(Error::Value("empty separator".into()));
            }
            let at = if PLACED {
                place(run.number(2, i), text.len(), separator.len())?
            } else if LAST {
                find::last(text, separator)
            } else {
                find::first(text, separator)
            };
            for (k, part) in parts::<_, LAST>(text, separator, at).into_iter().enumerate() {
                writers[k].write(run.at(out + k, i), |sink| {
                    sink.put(part);
                    Ok(())
                })?;
            }
            Ok(())
        }
    });
}

/// A separator's place, checked against the text.
fn place(at: i64, text: usize, separator: usize) -> Result<Option<usize>> {
    let Ok(at) = usize::try_from(at) else { return Ok(None) };
    if at.checked_add(separator).is_none_or(|end| end > text) {
        return Err(Error::Value(format!(
            "a separator of {separator} units at {at} leaves its text of {text}"
        )));
    }
    Ok(Some(at))
}
