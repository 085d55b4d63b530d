//! sharray's linear algebra: factorisations, systems of equations, eigenvalues and singular values of dense matrices, of
//! float32, float64, complex64 and complex128, in the last two axes of arrays.
//!
//! The public functions take views and write into views of the caller's ([`systems`], [`spectra`]); they choose the type
//! of numbers once. The methods behind them work on matrices by columns ([`dense::Dense`]). Products of matrices, triangular
//! systems and eigenvalues of general matrices are faer's; elimination, reflections, reduction to tridiagonal and
//! bidiagonal form, what follows from them, and all that is done when faer's answer doesn't hold are our own.
//!
//! No panic of faer may reach the caller: extents of zero are handled before it is called, and memory that can't be had is an
//! error (`OutOfMemory`). faer is never given threads: what is worth it is cut into bands for the project's own pool, which
//! reductions keep together for all their steps (`team`). Results don't depend on the number of threads.

/// Calls a generic function for the type of numbers that a view holds.
macro_rules! by_numbers {
    ($view:expr, $function:ident, $($argument:expr),*) => {
        match $crate::stack::Numbers::of($view)? {
            $crate::stack::Numbers::F32 => $function::<f32>($($argument),*),
            $crate::stack::Numbers::F64 => $function::<f64>($($argument),*),
            $crate::stack::Numbers::C32 => $function::<$crate::scalar::c32>($($argument),*),
            $crate::stack::Numbers::C64 => $function::<$crate::scalar::c64>($($argument),*),
        }
    };
}

mod bidiagonal;
mod buffer;
mod chase;
mod check;
pub mod cholesky;
mod conquer;
pub mod dense;
mod divide;
pub mod eigen;
mod iterate;
mod least_squares;
pub mod lu;
mod merge;
pub mod numbers;
pub mod qr;
pub mod scalar;
mod scale;
pub mod schur;
mod secular;
pub mod singular;
pub mod spectra;
pub mod stack;
mod sweep;
pub mod symmetric;
pub mod systems;
mod team;
mod tridiagonal;
