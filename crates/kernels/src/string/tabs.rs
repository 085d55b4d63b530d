//! `expandtabs`: tabs become blanks up to the next column that is a multiple of the tab size. Columns count from the last
//! line break; a tab size below 1 drops tabs.

use std::ffi::c_void;

use super::encoding::{Encoding, Sink};
use super::store::{Read, Run, Store, or_fault, produce};
use sharray_base::{Error, Result};

/// The pieces of the expanded text in order: runs of characters, and numbers of blanks. Ends with the number of
/// characters.
fn expand<E: Encoding>(text: &[E::Unit], size: i64, mut piece: impl FnMut(&[E::Unit], usize)) -> Result<i64> {
    let (tab, feed, back) = (E::ascii(b'\t'), E::ascii(b'\n'), E::ascii(b'\r'));
    let (mut column, mut total, mut start, mut at) = (0i64, 0i64, 0, 0);
    let longer = |total: i64, more: i64| match total.checked_add(more) {
        Some(sum) if sum <= i64::from(i32::MAX) => Ok(sum),
        _ => Err(Error::Overflow("new string is too long".into())),
    };
    if !text.contains(&tab) {
        total = longer(total, E::length(text) as i64)?;
        at = text.len();
    }
    while at < text.len() {
        let unit = text[at];
        if unit == tab {
            let blanks = if size > 0 { size - column % size } else { 0 };
            total = longer(total, blanks)?;
            column += blanks;
            piece(&text[start..at], blanks as usize);
            at += 1;
            start = at;
            continue;
        }
        column = if unit == feed || unit == back { 0 } else { column + 1 };
        total = longer(total, 1)?;
        at += E::first(&text[at..]).1;
    }
    piece(&text[start..], 0);
    Ok(total)
}

/// The loop: text, tab size (`int64`) → text.
///
/// # Safety
/// The loop contract of [`Run::new`]: operands of the store at 0 and 2, the result apart; `int64` at 1.
pub unsafe extern "C" fn expand_loop<S: Store>(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: by the contract.
    unsafe {
        let run = Run::new(args, dims, steps, data);
        produce::<S, 1>(&run, [0], 2, "expandtabs", |i, [text], sink| {
            let blank = [S::Code::ascii(b' ')];
            let size = run.number(1, i);
            // A text too long to exist is refused before its first blank is written.
            expand::<S::Code>(text, size, |_, _| {})?;
            expand::<S::Code>(text, size, |characters, blanks| {
                sink.put(characters);
                sink.repeat(&blank, blanks);
            })?;
            Ok(())
        });
    }
}

/// The loop: text, tab size (`int64`) → length of the expanded text.
///
/// # Safety
/// The loop contract of [`Run::new`]: an operand of the store at 0, `int64` at 1 and 2.
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
            let text = texts.get(run.at(0, i)).ok_or_else(|| texts.undefined("expandtabs"))?;
            run.put(2, i, expand::<S::Code>(text, run.number(1, i), |_, _| {})?);
        }
        Ok(())
    });
}
