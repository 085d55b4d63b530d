//! Reading tables of text: rows of fields, each converted to an element.
//!
//! * [`options`]: what separates fields, which of them are read.
//! * `tokenize`: text to fields, a row at a time, without copying where no quotes are involved.
//! * `convert`: a field to an element of a dtype.
//! * `quick`: rows of plain fields in one pass, which most tables consist of; `integer` and `scan` look at sixteen bytes at
//!   once for it.
//! * [`mod@read`]: the loop around them, which collects rows and words the errors (row and column as NumPy counts them).
//! * [`decimal`]: the digits of a double, rounded exactly.
//! * [`mod@print`]: the other way, numbers to text by a format of C's `printf`.

pub mod convert;
pub mod decimal;
pub mod integer;
pub mod options;
pub mod print;
pub mod quick;
pub mod read;
pub mod scan;
pub mod tokenize;

pub use options::{Hooks, NoHooks, Options, Source};
pub use read::read;

#[cfg(test)]
mod tests;
