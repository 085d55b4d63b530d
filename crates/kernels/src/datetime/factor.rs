//! Conversion factors between units. A year counts as 365.2425 days and a month as its twelfth where spans are
//! converted; points in time go through the calendar instead wherever years or months meet finer units.

use sharray_base::dtype::promote::unit_factor;
use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{Error, Result};

use super::NAT;
use super::civil::{Civil, ERA_DAYS};

/// How ticks of one unit become ticks of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// The ticks are the same, or one side has no unit.
    Same,
    /// Times the first, divided by the second, rounded down.
    Linear(i64, i64),
    /// Through the calendar.
    Calendar(TimeUnit, TimeUnit),
}

/// Years and months have no fixed length in days.
fn is_calendar(unit: Unit) -> bool {
    matches!(unit, Unit::Year | Unit::Month)
}

/// The factor from `from` to `to` as a reduced fraction.
///
/// # Errors
/// `Overflow` where it does not fit.
pub fn factor(from: TimeUnit, to: TimeUnit) -> Result<(i64, i64)> {
    let refused = || {
        Error::Overflow(format!(
            "Integer overflow while computing the conversion factor between NumPy datetime units {} and {}",
            from.unit.symbol(),
            to.unit.symbol()
        ))
    };
    if from.unit > to.unit {
        return factor(to, from)
            .map(|(numerator, denominator)| (denominator, numerator))
            .map_err(|_| refused());
    }
    let (mut numerator, mut denominator) = if is_calendar(from.unit) && !is_calendar(to.unit) {
        let eras = if from.unit == Unit::Year { 400 } else { 4800 };
        match to.unit {
            Unit::Week => (i128::from(ERA_DAYS), 7 * eras),
            finer => {
                let days = i128::from(unit_factor(Unit::Day, finer).ok_or_else(refused)?);
                (i128::from(ERA_DAYS) * days, eras)
            }
        }
    } else {
        (i128::from(unit_factor(from.unit, to.unit).ok_or_else(refused)?), 1)
    };
    numerator *= i128::from(from.count.max(1));
    denominator *= i128::from(to.count.max(1));
    let divisor = gcd(numerator, denominator);
    let narrow = |value: i128| i64::try_from(value / divisor).map_err(|_| refused());
    Ok((narrow(numerator)?, narrow(denominator)?))
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// How spans convert (`points` false), or points in time.
///
/// # Errors
/// As for [`factor`].
pub fn conversion(from: TimeUnit, to: TimeUnit, points: bool) -> Result<Conversion> {
    if from == to || from.unit == Unit::Generic || to.unit == Unit::Generic {
        return Ok(Conversion::Same);
    }
    if points && is_calendar(from.unit) != is_calendar(to.unit) {
        // Where no factor to a finer unit fits, hardly any point does.
        if from.unit < to.unit {
            factor(from, to)?;
        }
        return Ok(Conversion::Calendar(from, to));
    }
    Ok(match factor(from, to)? {
        (1, 1) => Conversion::Same,
        (numerator, denominator) => Conversion::Linear(numerator, denominator),
    })
}

impl Conversion {
    /// One value; NaT stays. What does not fit 64 bits wraps around, as integers do.
    ///
    /// # Errors
    /// `Value` where one side of a conversion by calendar has no unit.
    #[inline]
    pub fn apply(self, ticks: i64) -> Result<i64> {
        if ticks == NAT {
            return Ok(NAT);
        }
        match self {
            Conversion::Same => Ok(ticks),
            Conversion::Linear(numerator, denominator) => Ok(match ticks.wrapping_mul(numerator) {
                product if denominator == 1 => product,
                // Rounded down; a product that wrapped around keeps the direction of its source.
                product if ticks < 0 => product.wrapping_sub(denominator - 1) / denominator,
                product => product / denominator,
            }),
            Conversion::Calendar(from, to) => {
                Civil::from_ticks(ticks, from)?.map_or(Ok(NAT), |civil| civil.to_ticks(to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(symbol: &str) -> TimeUnit {
        TimeUnit::one(Unit::from_symbol(symbol).unwrap())
    }

    #[test]
    fn spans() {
        for (value, from, to, expected) in [
            (-7, "s", "m", -1),
            (-70, "s", "m", -2),
            (70, "s", "m", 1),
            (-7, "M", "D", -214),
            (7, "M", "D", 213),
            (-7, "Y", "D", -2557),
            (7, "Y", "D", 2556),
            (-7, "D", "M", -1),
            (7, "Y", "M", 84),
            (5, "W", "D", 35),
            (5, "h", "us", 18_000_000_000),
            (NAT, "h", "us", NAT),
        ] {
            let conversion = conversion(unit(from), unit(to), false).unwrap();
            assert_eq!(conversion.apply(value), Ok(expected), "{value} {from} to {to}");
        }
        assert!(matches!(factor(unit("D"), unit("ps")), Err(Error::Overflow(_))));
        assert!(matches!(factor(unit("as"), unit("D")), Err(Error::Overflow(_))));
        assert_eq!(conversion(unit("D"), unit("s"), false).unwrap().apply(1 << 62), Ok(0));
    }

    #[test]
    fn points() {
        for (value, from, to, expected) in [
            (41, "Y", "D", 14975),
            (-1, "M", "D", -31),
            (14975, "D", "Y", 41),
            (-1, "D", "Y", -1),
            (-1, "s", "D", -1),
        ] {
            let conversion = conversion(unit(from), unit(to), true).unwrap();
            assert_eq!(conversion.apply(value), Ok(expected), "{value} {from} to {to}");
        }
    }
}
