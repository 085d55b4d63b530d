//! Mathematical functions: of a real variable ([`real`]) and of a complex one ([`complex`]) by C's library, and the
//! vectorised ones ([`kernels`], run by [`vector`]'s shell).

pub mod complex;
pub mod kernels;
pub mod real;
pub mod vector;
