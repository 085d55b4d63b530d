//! Points and spans of time as NumPy counts them: 64-bit ticks of a unit since 1970 began, the proleptic Gregorian
//! calendar, no leap seconds, no time zones; the lowest value is NaT.
//!
//! * `civil`: ticks to and from years, months, days, … and attoseconds; `factor`: conversion between units.
//! * `iso`: ISO 8601 text; `business`: counting days without weekends and holidays.

pub mod business;
pub mod civil;
pub mod factor;
pub mod iso;

pub use civil::Civil;

/// Not a time.
pub const NAT: i64 = i64::MIN;
