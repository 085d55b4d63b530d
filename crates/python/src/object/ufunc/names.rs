//! Names of the module that belong to ufuncs: second names, constants.

use std::f64::consts::{E, PI};

use pyo3::prelude::*;

/// Second name and first name.
const ALIASES: [(&str, &str); 3] = [("mod", "remainder"), ("true_divide", "divide"), ("conj", "conjugate")];

/// Euler's constant.
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Adds the names.
pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    for (alias, name) in ALIASES {
        module.add(alias, module.getattr(name)?)?;
    }
    for (name, value) in [("e", E), ("pi", PI), ("euler_gamma", EULER_GAMMA)] {
        module.add(name, value)?;
    }
    Ok(())
}
