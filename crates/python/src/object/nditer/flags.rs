//! The words an nditer is told with: flags of the whole, flags of each operand, and what may not stand together.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::Given;
use crate::coerce;

/// Flags of the iterator.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub multi_index: bool,
    pub c_index: bool,
    pub f_index: bool,
    pub external_loop: bool,
    pub buffered: bool,
    pub growinner: bool,
    pub reduce_ok: bool,
    pub refs_ok: bool,
    pub zerosize_ok: bool,
    pub delay: bool,
    pub copy_if_overlap: bool,
    pub common_dtype: bool,
    pub dont_negate: bool,
    pub ranged: bool,
}

/// Flags of an operand.
#[derive(Clone, Copy, Default)]
pub(super) struct OpFlags {
    pub read: bool,
    pub write: bool,
    pub allocate: bool,
    pub no_broadcast: bool,
    pub no_subtype: bool,
    pub aligned: bool,
    pub native: bool,
    pub contiguous: bool,
    pub copy: bool,
    pub update_if_copy: bool,
    pub elementwise: bool,
    pub array_mask: bool,
    pub write_masked: bool,
}

fn words(object: &Bound<'_, PyAny>, refusal: &'static str) -> PyResult<Vec<String>> {
    if object.is_instance_of::<PyString>() {
        return Err(PyValueError::new_err(refusal));
    }
    let items = coerce::items(object).map_err(|_| PyValueError::new_err(refusal))?;
    let word = |item: &Bound<'_, PyAny>| {
        item.extract().map_err(|_| PyTypeError::new_err(format!("expected a flag's name, got {item}")))
    };
    items.iter().map(word).collect()
}

/// `flags`.
pub(super) fn read(object: Given<'_, '_>) -> PyResult<Flags> {
    let mut flags = Flags::default();
    let given = object.filter(|o| !o.is_none());
    let refusal = "Iterator global flags must be a list or tuple of strings";
    for word in given.map_or(Ok(Vec::new()), |object| words(object, refusal))? {
        let slot = match &*word {
            "multi_index" => &mut flags.multi_index,
            "c_index" => &mut flags.c_index,
            "f_index" => &mut flags.f_index,
            "external_loop" => &mut flags.external_loop,
            "buffered" => &mut flags.buffered,
            "growinner" => &mut flags.growinner,
            "reduce_ok" => &mut flags.reduce_ok,
            "refs_ok" => &mut flags.refs_ok,
            "zerosize_ok" => &mut flags.zerosize_ok,
            "delay_bufalloc" => &mut flags.delay,
            "copy_if_overlap" => &mut flags.copy_if_overlap,
            "common_dtype" => &mut flags.common_dtype,
            "dont_negate_strides" => &mut flags.dont_negate,
            "ranged" => &mut flags.ranged,
            other => {
                return Err(PyValueError::new_err(format!("Unexpected iterator global flag \"{other}\"")));
            }
        };
        *slot = true;
    }
    flags.check().map_err(PyValueError::new_err)?;
    Ok(flags)
}

impl Flags {
    fn check(&self) -> Result<(), &'static str> {
        if self.c_index && self.f_index {
            return Err("Iterator flags C_INDEX and F_INDEX cannot both be specified");
        }
        if self.external_loop && (self.multi_index || self.has_index()) {
            return Err(
                "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
            );
        }
        if self.external_loop && self.ranged && !self.buffered {
            return Err(
                "Iterator flag RANGED cannot be used with the flag EXTERNAL_LOOP unless BUFFERED is also enabled",
            );
        }
        Ok(())
    }
    /// A flat index is tracked.
    pub(super) fn has_index(&self) -> bool {
        self.c_index || self.f_index
    }
}

fn one(object: &Bound<'_, PyAny>) -> PyResult<OpFlags> {
    let mut flags = OpFlags::default();
    let mut mode: Option<String> = None;
    for word in words(object, REFUSAL)? {
        let slot = match &*word {
            "readonly" | "readwrite" | "writeonly" => {
                (flags.read, flags.write) = (word != "writeonly", word != "readonly");
                if mode.replace(word.clone()).is_some_and(|other| other != word) {
                    return Err(PyValueError::new_err(
                        "Only one of the iterator flags READWRITE, READONLY, and WRITEONLY may be specified for an operand",
                    ));
                }
                continue;
            }
            "allocate" => &mut flags.allocate,
            "no_broadcast" => &mut flags.no_broadcast,
            "no_subtype" => &mut flags.no_subtype,
            "aligned" => &mut flags.aligned,
            "nbo" => &mut flags.native,
            "contig" => &mut flags.contiguous,
            "copy" => &mut flags.copy,
            "updateifcopy" => &mut flags.update_if_copy,
            "overlap_assume_elementwise" => &mut flags.elementwise,
            "arraymask" => &mut flags.array_mask,
            "writemasked" => &mut flags.write_masked,
            "virtual" => {
                return Err(pyo3::exceptions::PyNotImplementedError::new_err(
                    "operands without memory of their own ('virtual') are not supported",
                ));
            }
            other => {
                return Err(PyValueError::new_err(format!("Unexpected per-op iterator flag \"{other}\"")));
            }
        };
        *slot = true;
    }
    if mode.is_none() {
        return Err(PyValueError::new_err(
            "None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand",
        ));
    }
    Ok(flags)
}

const REFUSAL: &str = "op_flags must be a tuple or array of per-op flag-tuples";

/// `op_flags` for every operand; `given` says which operands are there.
pub(super) fn read_all(object: Given<'_, '_>, given: &[bool]) -> PyResult<Vec<OpFlags>> {
    let default = |given: &bool| match given {
        true => OpFlags { read: true, ..Default::default() },
        false => OpFlags { write: true, allocate: true, ..Default::default() },
    };
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(given.iter().map(default).collect());
    };
    if object.is_instance_of::<PyString>() {
        return Err(PyValueError::new_err(REFUSAL));
    }
    let items = coerce::items(object).map_err(|_| PyValueError::new_err(REFUSAL))?;
    let flags = if items.first().is_some_and(|f| f.is_instance_of::<PyString>()) {
        vec![one(object)?; given.len()]
    } else if items.len() == given.len() {
        items.iter().map(one).collect::<PyResult<_>>()?
    } else {
        return Err(PyValueError::new_err(REFUSAL));
    };
    check_masks(&flags).map_err(PyValueError::new_err)?;
    Ok(flags)
}

fn check_masks(flags: &[OpFlags]) -> Result<(), &'static str> {
    let masks = flags.iter().filter(|f| f.array_mask).count();
    let masked = flags.iter().any(|f| f.write_masked);
    if flags.iter().any(|f| f.array_mask && f.write_masked) {
        return Err("an operand is flagged both ARRAYMASK and WRITEMASKED");
    }
    if flags.iter().any(|f| f.write_masked && !f.write) {
        return Err("an operand flagged WRITEMASKED is not written");
    }
    match (masks, masked) {
        (0, true) => Err("an operand is flagged WRITEMASKED, but none ARRAYMASK"),
        (1, false) => Err("an operand is flagged ARRAYMASK, but none WRITEMASKED"),
        (0 | 1, _) => Ok(()),
        _ => Err("more than one operand is flagged ARRAYMASK"),
    }
}
