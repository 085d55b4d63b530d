//! The proleptic Gregorian calendar for any 64-bit count of ticks. The calendar repeats every 400 years of 146,097
//! days; within such an era years are counted from March, so that the leap day is the last.

use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{Error, Result};

use super::NAT;

/// Days in 400 years.
pub const ERA_DAYS: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Attoseconds in a second.
pub const SECOND: u64 = 1_000_000_000_000_000_000;

/// A point in time in calendar fields. `month` is 1–12, `day` 1–31, `attos` below [`SECOND`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// The year; year 0 precedes year 1.
    pub year: i64,
    /// The month.
    pub month: u8,
    /// The day of the month.
    pub day: u8,
    /// Hours.
    pub hour: u8,
    /// Minutes.
    pub minute: u8,
    /// Seconds.
    pub second: u8,
    /// Attoseconds within the second.
    pub attos: u64,
}

/// Year, month and day of a count of days since 1970 began.
pub fn from_days(days: i64) -> (i64, u8, u8) {
    let shifted = days.rem_euclid(ERA_DAYS) + EPOCH;
    let era = days.div_euclid(ERA_DAYS) + shifted / ERA_DAYS;
    let of_era = shifted % ERA_DAYS;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month as u8, day as u8)
}

/// Days since 1970 began. Wide enough for any 64-bit year.
pub fn to_days(year: i64, month: u8, day: u8) -> i128 {
    let year = i128::from(year) - i128::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400) as i64);
    let from_march = (i64::from(month) + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH;
    era * i128::from(ERA_DAYS) + i128::from(days)
}

/// True for years with a 29 February.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days in a month of a year.
pub fn month_length(year: i64, month: u8) -> u8 {
    match month {
        2 => 28 + u8::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Ticks in a day and attoseconds in a tick, for hours and finer.
fn clock(unit: Unit) -> Option<(i128, u128)> {
    let second = u128::from(SECOND);
    Some(match unit {
        Unit::Hour => (24, 3600 * second),
        Unit::Minute => (1440, 60 * second),
        Unit::Second => (86_400, second),
        Unit::Milli => (86_400_000, second / 1000),
        Unit::Micro => (86_400_000_000, second / 1_000_000),
        Unit::Nano => (86_400_000_000_000, 1_000_000_000),
        Unit::Pico => (86_400_000_000_000_000, 1_000_000),
        Unit::Femto => (86_400_000_000_000_000_000, 1000),
        Unit::Atto => (86_400_000_000_000_000_000_000, 1),
        _ => return None,
    })
}

fn overflow(what: impl std::fmt::Display, unit: TimeUnit) -> Error {
    let TimeUnit { unit, count } = unit;
    Error::Overflow(format!("{what} does not fit datetime64 with ticks of {count} {}", unit.symbol()))
}

impl Civil {
    /// The start of a day.
    pub fn date(year: i64, month: u8, day: u8) -> Civil {
        Civil { year, month, day, hour: 0, minute: 0, second: 0, attos: 0 }
    }

    /// The point `ticks` stands for, or `None` for NaT.
    ///
    /// A year or day that is no 64-bit number wraps around.
    ///
    /// # Errors
    /// `Value` for ticks of no unit.
    pub fn from_ticks(ticks: i64, unit: TimeUnit) -> Result<Option<Civil>> {
        if ticks == NAT {
            return Ok(None);
        }
        let wide = ticks.wrapping_mul(i64::from(unit.count));
        if let Some((per_day, attos)) = clock(unit.unit) {
            // Most units' days fit 64 bits, where division is several times faster.
            let (days, within) = match i64::try_from(per_day) {
                Ok(per_day) => (wide.div_euclid(per_day), wide.rem_euclid(per_day) as u128),
                Err(_) => {
                    let wide = i128::from(wide);
                    (wide.div_euclid(per_day) as i64, wide.rem_euclid(per_day) as u128)
                }
            };
            return Ok(Some(Civil::from_day_and_attos(days, within * attos)));
        }
        let (year, month, day) = match unit.unit {
            Unit::Year => (wide.wrapping_add(1970), 1, 1),
            Unit::Month => (wide.div_euclid(12) + 1970, wide.rem_euclid(12) as u8 + 1, 1),
            Unit::Week => from_days(wide.wrapping_mul(7)),
            Unit::Day => from_days(wide),
            _ => return Err(generic()),
        };
        Ok(Some(Civil::date(year, month, day)))
    }

    fn from_day_and_attos(days: i64, attos: u128) -> Civil {
        let (year, month, day) = from_days(days);
        let (seconds, attos) = ((attos / u128::from(SECOND)) as u32, (attos % u128::from(SECOND)) as u64);
        Civil {
            hour: (seconds / 3600) as u8,
            minute: (seconds / 60 % 60) as u8,
            second: (seconds % 60) as u8,
            attos,
            ..Civil::date(year, month, day)
        }
    }

    /// Attoseconds since midnight.
    fn attos_of_day(&self) -> u128 {
        let seconds = u128::from(self.hour) * 3600 + u128::from(self.minute) * 60 + u128::from(self.second);
        seconds * u128::from(SECOND) + u128::from(self.attos)
    }

    /// The ticks at or before this point; they wrap around where 64 bits do not hold them.
    ///
    /// # Errors
    /// `Value` for ticks of no unit.
    pub fn to_ticks(&self, unit: TimeUnit) -> Result<i64> {
        let days = to_days(self.year, self.month, self.day);
        let base = match unit.unit {
            Unit::Year => i128::from(self.year) - 1970,
            Unit::Month => (i128::from(self.year) - 1970) * 12 + i128::from(self.month) - 1,
            Unit::Week => days.div_euclid(7),
            Unit::Day => days,
            other => {
                let (per_day, attos) = clock(other).ok_or_else(generic)?;
                // Modulo 2^128 here, which the last step's modulo 2^64 divides.
                days.wrapping_mul(per_day).wrapping_add((self.attos_of_day() / attos) as i128)
            }
        } as i64;
        Ok(if unit.count == 1 { base } else { base.div_euclid(i64::from(unit.count.max(1))) })
    }

    /// This point moved by minutes (a time zone's offset).
    ///
    /// # Errors
    /// `Overflow` at the ends of the range of years.
    pub fn shifted_by_minutes(&self, minutes: i64) -> Result<Civil> {
        let of_day = i64::from(self.hour) * 60 + i64::from(self.minute) + minutes;
        let days = to_days(self.year, self.month, self.day) + i128::from(of_day.div_euclid(1440));
        let days = i64::try_from(days).map_err(|_| overflow(self.plain(), TimeUnit::one(Unit::Minute)))?;
        let (year, month, day) = from_days(days);
        let of_day = of_day.rem_euclid(1440);
        Ok(Civil { year, month, day, hour: (of_day / 60) as u8, minute: (of_day % 60) as u8, ..*self })
    }

    fn plain(&self) -> String {
        let Civil { year, month, day, hour, minute, second, .. } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

fn generic() -> Error {
    Error::Value("Cannot convert a NumPy datetime value other than NaT with generic units".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (59, (1970, 3, 1)),
            (11016, (2000, 2, 29)),
            (11017, (2000, 3, 1)),
            (-719528, (0, 1, 1)),
            (-719529, (-1, 12, 31)),
            (1 << 60, (3156591865972789, 4, 28)),
        ] {
            assert_eq!(from_days(days), date);
            assert_eq!(to_days(date.0, date.1, date.2), i128::from(days));
        }
        let mut date = (1583, 1, 1);
        for days in to_days(1583, 1, 1) as i64..to_days(2410, 1, 1) as i64 {
            assert_eq!(from_days(days), date);
            let last = date.2 == month_length(date.0, date.1);
            date = match (last, date.1) {
                (false, _) => (date.0, date.1, date.2 + 1),
                (true, 12) => (date.0 + 1, 1, 1),
                (true, _) => (date.0, date.1 + 1, 1),
            };
        }
        for days in [i64::MIN, i64::MIN + 1, i64::MAX] {
            let (year, month, day) = from_days(days);
            assert_eq!(to_days(year, month, day), i128::from(days));
        }
    }

    #[test]
    fn ticks_of_every_unit() {
        use Unit::*;
        for unit in [Year, Month, Week, Day, Hour, Minute, Second, Milli, Micro, Nano, Pico, Femto, Atto] {
            for count in [1, 7, 25] {
                let unit = TimeUnit { unit, count };
                for ticks in [0, 1, -1, 17, -1000, 123_456_789, -987_654_321, 1 << 45, -(1 << 50)] {
                    let civil = Civil::from_ticks(ticks, unit).unwrap().unwrap();
                    assert_eq!(civil.to_ticks(unit), Ok(ticks), "{unit:?}");
                }
            }
        }
        assert_eq!(Civil::from_ticks(NAT, TimeUnit::one(Day)), Ok(None));
        assert_eq!(Civil::date(3000, 1, 1).to_ticks(TimeUnit::one(Nano)), Ok(-4_389_808_147_419_103_232));
    }
}
