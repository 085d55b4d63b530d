//! Mathematical functions: of a real variable ([`real`]) and of a complex one ([`complex`]).

pub mod complex;
pub mod real;
