//! The list of all built-in ufuncs with their loops, in the order in which they are tried. Each chapter is a file;
//! [`build`] has the words it is written in.

mod arithmetic;
mod bits;
mod build;
mod comparison;
mod math;
mod products;
mod text;

use std::sync::OnceLock;

use crate::table::Definition;

/// Every built-in ufunc. Object-dtype loops are not among them: they are Python's.
pub fn definitions() -> &'static [Definition] {
    static ALL: OnceLock<Vec<Definition>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut list = build::List::default();
        arithmetic::define(&mut list);
        comparison::define(&mut list);
        bits::define(&mut list);
        math::define(&mut list);
        products::define(&mut list);
        text::define(&mut list);
        list.finish()
    })
}

/// The built-in ufunc of this name.
pub fn find(name: &str) -> Option<&'static Definition> {
    definitions().iter().find(|d| d.name == name)
}
