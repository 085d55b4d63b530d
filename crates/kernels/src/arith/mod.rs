//! Arithmetic on every numeric type, one module per kind of number. An operation is a type without values; each
//! module implements it for the types it knows.

pub mod boolean;
pub mod complex;
pub mod decimals;
pub mod divisors;
pub mod float;
mod float_quotients;
pub mod int;
pub mod invariant;
mod powers;
mod quotients;
pub mod time;

/// Declares operations.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident)*) => { $($(#[$doc])* pub struct $name;)* };
}

operations! {
    /// `a + b`
    Add
    /// `a - b`
    Subtract
    /// `a · b`
    Multiply
    /// `a / b`
    Divide
    /// `⌊a / b⌋`
    FloorDivide
    /// `a - b·⌊a / b⌋`, with the sign of `b`
    Remainder
    /// C's remainder, with the sign of `a`
    Fmod
    /// Floor quotient and remainder
    Divmod
    /// `a^b`
    Power
    /// `-a`
    Negative
    /// `a`
    Positive
    /// `|a|`
    Absolute
    /// -1, 0, 1; `a/|a|` for complex numbers
    Sign
    /// Complex conjugate
    Conjugate
    /// `1 / a`
    Reciprocal
    /// `a²`
    Square
    /// The larger; NaN if either is
    Maximum
    /// The smaller; NaN if either is
    Minimum
    /// The larger; NaN only if both are
    Fmax
    /// The smaller; NaN only if both are
    Fmin
    /// `minimum(maximum(a, low), high)`
    Clip
    /// 1, whatever the operand
    OnesLike
}
