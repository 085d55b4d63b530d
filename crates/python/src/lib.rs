//! The Python face: the extension module `sharray._engine`. The only crate that knows Python; objects with NumPy's C
//! layout (`object`), the gate (`gate`, `errors`), arguments (`args`, `coerce`), methods and functions by API chapter,
//! protocols with other libraries (`protocols`). No arithmetic of its own beyond object dtype.

#![expect(
    clippy::not_unsafe_ptr_arg_deref,
    reason = "element addresses come from arrays that the callers hold (A2); each function says so"
)]

use pyo3::prelude::*;

pub mod args;
pub mod coerce;
pub mod crossings;
pub mod errors;
pub mod fp_report;
pub mod functions;
pub mod gate;
mod linalg;
pub mod methods;
pub mod object;
pub mod object_loops;
pub mod outputs;
pub mod protocols;
pub mod random;
pub mod signatures;

#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    sharray_base::interrupt::set_hook(gate::signals);
    object::dtype::add_to(module)?;
    object::scalar::add_to(module)?;
    object::ndarray::add_to(module)?;
    object::flatiter::add_to(module)?;
    object::broadcast::add_to(module)?;
    object::nditer::add_to(module)?;
    module.add_class::<object::flags::Flags>()?;
    module.add_class::<object::mapped::MappedFile>()?;
    object::ufunc::add_to(module)?;
    object::namespace::add_to(module)?;
    fp_report::add_to(module)?;
    functions::add_to(module)?;
    crossings::report::add_to(module)?;
    random::add_to(module)?;
    linalg::add_to(module)?;
    object::naming::add_to(module)
}
