//! Names of the module that belong to ufuncs: second names, constants, and the ufuncs on text, which have no loops yet
//! (calling one raises the error of missing loops).

use std::f64::consts::{E, PI};

use pyo3::prelude::*;
use sharray_core::ufunc::Ufunc;
use sharray_kernels::table::{Identity, Rule};

use super::make;
use crate::errors::OrRaise;

/// Second name and first name.
const ALIASES: [(&str, &str); 3] = [("mod", "remainder"), ("true_divide", "divide"), ("conj", "conjugate")];

/// Euler's constant.
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Arity and names of the ufuncs on text.
const TEXT: [((usize, usize), &[&str]); 6] = [
    (
        (1, 1),
        &[
            "_lstrip_whitespace",
            "_rstrip_whitespace",
            "_strip_whitespace",
            "isalnum",
            "isalpha",
            "isdecimal",
            "isdigit",
            "islower",
            "isnumeric",
            "isspace",
            "istitle",
            "isupper",
            "str_len",
        ],
    ),
    (
        (2, 1),
        &["_expandtabs", "_expandtabs_length", "_lstrip_chars", "_rstrip_chars", "_strip_chars", "_zfill"],
    ),
    ((3, 1), &["_center", "_ljust", "_rjust"]),
    ((4, 1), &["_replace", "_slice", "count", "endswith", "find", "index", "rfind", "rindex", "startswith"]),
    ((2, 3), &["_partition", "_rpartition"]),
    ((3, 3), &["_partition_index", "_rpartition_index"]),
];

/// Adds the names that are not there yet.
pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    for (alias, name) in ALIASES {
        module.add(alias, module.getattr(name)?)?;
    }
    for (name, value) in [("e", E), ("pi", PI), ("euler_gamma", EULER_GAMMA)] {
        module.add(name, value)?;
    }
    for (arity, names) in TEXT {
        for name in names.iter().filter(|name| !module.hasattr(**name).unwrap_or(false)) {
            let ufunc =
                Ufunc::new(name, arity, Identity::None, Rule::Standard, None, Vec::new()).or_raise(py)?;
            module.add(*name, make(py, ufunc, None, None)?)?;
        }
    }
    Ok(())
}
