//! Functions of the module, by chapter.

pub mod casting;
pub mod characters;
mod contract;
pub mod converter;
pub mod create;
mod dispatcher;
mod docs;
pub mod dtypes;
mod fft;
mod front;
pub mod join;
pub mod memory;
pub mod overrides;
mod plain;
pub mod product;
pub mod resources;
pub mod search;
pub mod sequence;
pub mod shortcuts;
pub mod text;
mod text_room;
pub mod textread;
pub mod textwrite;
pub mod times;

use pyo3::prelude::*;

/// Adds all functions to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    characters::add_to();
    casting::add_to(module)?;
    converter::add_to(module)?;
    create::add_to(module)?;
    crate::protocols::arrow_in::add_to(module)?;
    crate::protocols::arrow_out::add_to(module)?;
    crate::protocols::dlpack_in::add_to(module)?;
    docs::add_to(module)?;
    dtypes::add_to(module)?;
    fft::add_to(module)?;
    join::add_to(module)?;
    memory::add_to(module)?;
    overrides::add_to(module)?;
    product::add_to(module)?;
    resources::add_to(module)?;
    search::add_to(module)?;
    sequence::add_to(module)?;
    text::add_to(module)?;
    text_room::add_to(module)?;
    textread::add_to(module)?;
    textwrite::add_to(module)?;
    times::add_to(module)?;
    front::add_to(module)
}
