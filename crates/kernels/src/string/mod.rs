//! Loops on text: what `numpy.strings` is made of.
//!
//! Each operation is written once, over an [`encoding::Encoding`] (bytes, code points) and a [`store::Store`], which
//! says how an operand's elements are read and results are written. One subject a file:
//!
//! * `search`: find, count, startswith, …; `find`: where one run of code units lies in another.
//! * `classify`: isalpha, isdigit, …, by the properties of [`characters`]. `measure`: lengths.
//! * `lanes`: sixteen units at a time, as sets of places; `moves`: few bytes copied and filled.
//! * `strip`, `join` (add, multiply), `replace`, `tabs`, `pad` (center, zfill, …), `partition`, `slice`, `case`.
//!
//! Texts of variable width are `packed` elements in UTF-8, `variable` their store.
//!
//! Texts of fixed width end before their trailing nulls. Results that don't fit the output are cut.
//! Nothing is allocated per element. Loops that write text want a context: the widths are the dtypes'.

pub mod case;
pub mod characters;
pub mod classify;
pub mod encoding;
pub mod find;
pub mod join;
pub mod lanes;
pub mod measure;
pub mod moves;
pub mod packed;
pub mod pad;
pub mod partition;
pub mod replace;
pub mod search;
pub mod slice;
pub mod store;
pub mod strip;
pub mod tabs;
pub mod variable;
