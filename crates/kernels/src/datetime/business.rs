//! Business days: days whose weekday is in a mask and which are no holidays. Days are counted since 1970-01-01, a
//! Thursday. Whole weeks are jumped over, so far dates cost no more than near ones.

use sharray_base::{Error, Result};

use super::NAT;
use super::civil::from_days;

/// What happens to a date that is no business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roll {
    /// An error.
    Raise,
    /// NaT.
    Nat,
    /// To the next business day.
    Forward,
    /// To the one before.
    Backward,
    /// To the next, or the one before if that is in another month.
    ModifiedFollowing,
    /// To the one before, or the next if that is in another month.
    ModifiedPreceding,
}

impl Roll {
    /// The rule of this name.
    ///
    /// # Errors
    /// `Value` for an unknown name.
    pub fn from_name(name: &str) -> Result<Roll> {
        Ok(match name {
            "raise" => Roll::Raise,
            "nat" => Roll::Nat,
            "forward" | "following" => Roll::Forward,
            "backward" | "preceding" => Roll::Backward,
            "modifiedfollowing" => Roll::ModifiedFollowing,
            "modifiedpreceding" => Roll::ModifiedPreceding,
            _ => return Err(Error::Value(format!("Invalid business day roll parameter \"{name}\""))),
        })
    }
}

/// Reads a week's mask, Monday first: seven of `0` and `1`, or names from `Mon` to `Sun`.
///
/// # Errors
/// `Value` for anything else.
pub fn parse_weekmask(text: &str) -> Result<[bool; 7]> {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let bytes = text.as_bytes();
    let mut mask = [false; 7];
    if bytes.len() == 7 && bytes.iter().all(|b| matches!(b, b'0' | b'1')) {
        mask.iter_mut().zip(bytes).for_each(|(day, byte)| *day = *byte == b'1');
        return Ok(mask);
    }
    let mut rest = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    while !rest.is_empty() {
        let day = NAMES.iter().position(|name| rest.starts_with(name));
        let day =
            day.ok_or_else(|| Error::Value(format!("Invalid business day weekmask string \"{text}\"")))?;
        mask[day] = true;
        rest = rest[3..].trim_start_matches(|c: char| c.is_ascii_whitespace());
    }
    Ok(mask)
}

/// Which days are business days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    weekmask: [bool; 7],
    per_week: i64,
    holidays: Vec<i64>,
}

/// Monday is 0.
fn weekday(day: i64) -> usize {
    ((day.rem_euclid(7) + 3) % 7) as usize
}

impl Calendar {
    /// A calendar. Holidays may come in any order; repeated ones, NaT and those outside the mask are dropped.
    ///
    /// # Errors
    /// `Value` for a mask without a day, `OutOfMemory`.
    pub fn new(weekmask: [bool; 7], holidays: &[i64]) -> Result<Calendar> {
        let per_week = weekmask.iter().filter(|&&day| day).count() as i64;
        if per_week == 0 {
            return Err(Error::Value(
                "Cannot construct a numpy.busdaycal with a weekmask of all zeros".into(),
            ));
        }
        let mut kept = Vec::new();
        kept.try_reserve_exact(holidays.len())
            .map_err(|_| Error::OutOfMemory { bytes: 8 * holidays.len() })?;
        kept.extend(holidays.iter().filter(|&&day| day != NAT && weekmask[weekday(day)]));
        kept.sort_unstable();
        kept.dedup();
        Ok(Calendar { weekmask, per_week, holidays: kept })
    }
    /// The mask, Monday first.
    pub fn weekmask(&self) -> [bool; 7] {
        self.weekmask
    }
    /// The holidays that matter, in order.
    pub fn holidays(&self) -> &[i64] {
        &self.holidays
    }

    /// True for a business day; false for NaT.
    pub fn is_busday(&self, day: i64) -> bool {
        day != NAT && self.weekmask[weekday(day)] && self.holidays.binary_search(&day).is_err()
    }

    /// The business day that a date rolls to, or NaT.
    ///
    /// # Errors
    /// `Value` under [`Roll::Raise`], `Overflow` at the ends of time.
    pub fn roll(&self, day: i64, roll: Roll) -> Result<i64> {
        if day == NAT {
            return match roll {
                Roll::Raise => Err(Error::Value("NaT input in busday_offset".into())),
                _ => Ok(NAT),
            };
        }
        if self.is_busday(day) {
            return Ok(day);
        }
        let same_month = |other: i64| {
            let ((year, month, _), (other_year, other_month, _)) = (from_days(day), from_days(other));
            (year, month) == (other_year, other_month)
        };
        match roll {
            Roll::Raise => Err(Error::Value("Non-business day date in busday_offset".into())),
            Roll::Nat => Ok(NAT),
            Roll::Forward => self.next(day, 1),
            Roll::Backward => self.next(day, -1),
            Roll::ModifiedFollowing => {
                let next = self.next(day, 1)?;
                if same_month(next) { Ok(next) } else { self.next(day, -1) }
            }
            Roll::ModifiedPreceding => {
                let before = self.next(day, -1)?;
                if same_month(before) { Ok(before) } else { self.next(day, 1) }
            }
        }
    }

    /// The nearest business day in a direction.
    fn next(&self, day: i64, direction: i64) -> Result<i64> {
        let mut day = day;
        while !self.is_busday(day) {
            day = day.checked_add(direction).filter(|&d| d != NAT).ok_or_else(|| out_of_time(day))?;
        }
        Ok(day)
    }

    /// `day`, rolled to a business day, moved by `offset` business days.
    ///
    /// # Errors
    /// As for [`Calendar::roll`].
    pub fn offset(&self, day: i64, offset: i64, roll: Roll) -> Result<i64> {
        let mut day = self.roll(day, roll)?;
        let mut left = offset;
        // Holidays passed over did not count: go on by as many masked days, until none is passed.
        while day != NAT && left != 0 {
            let reached = self.masked_offset(day, left)?;
            let passed = if left > 0 {
                self.holidays_before(reached.saturating_add(1)) - self.holidays_before(day.saturating_add(1))
            } else {
                self.holidays_before(day) - self.holidays_before(reached)
            };
            left = if left > 0 { passed } else { -passed };
            day = reached;
        }
        Ok(day)
    }

    /// `day`, which is in the mask, moved by days of the mask.
    fn masked_offset(&self, day: i64, offset: i64) -> Result<i64> {
        let (weeks, mut left) = (offset / self.per_week, offset % self.per_week);
        let far = i128::from(day) + 7 * i128::from(weeks);
        let mut reached = i64::try_from(far).map_err(|_| out_of_time(day))?;
        let direction = left.signum();
        while left != 0 {
            reached = reached.checked_add(direction).ok_or_else(|| out_of_time(day))?;
            left -= if self.weekmask[weekday(reached)] { direction } else { 0 };
        }
        if reached == NAT { Err(out_of_time(day)) } else { Ok(reached) }
    }

    /// Holidays before a day.
    fn holidays_before(&self, day: i64) -> i64 {
        self.holidays.partition_point(|&holiday| holiday < day) as i64
    }

    /// Business days from `begin` up to, without, `end`; counted backwards without `end` and negative where it lies
    /// before.
    ///
    /// # Errors
    /// `Value` for NaT, `Overflow` at the ends of time.
    pub fn count(&self, begin: i64, end: i64) -> Result<i64> {
        if begin == NAT || end == NAT {
            return Err(Error::Value(
                "Cannot compute a business day count with a NaT (not-a-time) date".into(),
            ));
        }
        if begin <= end {
            return self.count_up(begin, end);
        }
        let after = |day: i64| day.checked_add(1).ok_or_else(|| out_of_time(day));
        Ok(-self.count_up(after(end)?, after(begin)?)?)
    }

    fn count_up(&self, begin: i64, end: i64) -> Result<i64> {
        let span = i128::from(end) - i128::from(begin);
        let (weeks, rest) = (span / 7, (span % 7) as i64);
        let partial = (0..rest).filter(|&i| self.weekmask[weekday(end - rest + i)]).count() as i64;
        let holidays = self.holidays_before(end) - self.holidays_before(begin);
        let count = weeks * i128::from(self.per_week) + i128::from(partial - holidays);
        i64::try_from(count).map_err(|_| out_of_time(begin))
    }
}

#[cold]
fn out_of_time(day: i64) -> Error {
    Error::Overflow(format!("business days from day {day} on leave the range of datetime64[D]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOLIDAYS: [i64; 10] = [15004, 15008, 15015, 15023, 15030, 15034, 15037, 15038, 15040, 15058];

    #[test]
    fn offsets_and_counts() {
        // Mask, day, offset, roll, day reached, other day, days between, whether the day is one: from a run of NumPy.
        for (mask, day, offset, roll, reached, end, count, is) in [
            ("1111100", 14981, 28, "modifiedfollowing", 15026, 15013, 21, true),
            ("1111100", 15050, -16, "forward", 15021, 15071, 14, true),
            ("1111100", 15040, 4, "modifiedpreceding", 15044, 15040, 0, false),
            ("1111100", 15030, 10, "forward", 15050, 15009, -12, false),
            ("1111100", 15074, -30, "nat", NAT, 15000, -44, false),
            ("1111100", 15077, 7, "nat", 15086, 15018, -37, true),
            ("1111100", 15034, -5, "modifiedpreceding", 15026, 15036, 1, false),
            ("1010000", 14997, 26, "backward", 15089, 14992, -1, false),
            ("1010000", 14984, -22, "modifiedfollowing", 14907, 15007, 7, true),
            ("1010000", 15054, -16, "backward", 14993, 15067, 4, true),
            ("1010000", 15065, 14, "forward", 15117, 15069, 1, false),
            ("0000011", 14993, 15, "forward", 15053, 15061, 18, false),
            ("0000011", 15053, -13, "backward", 15003, 14995, -16, true),
            ("0000011", 14988, 0, "modifiedfollowing", 14989, 14991, 2, false),
            ("0000011", 14999, -29, "backward", 14898, 15034, 9, false),
            ("1111111", 15056, 4, "nat", 15061, 15005, -43, true),
            ("1111111", 15035, -14, "modifiedpreceding", 15018, 15018, -14, true),
        ] {
            let calendar = Calendar::new(parse_weekmask(mask).unwrap(), &HOLIDAYS).unwrap();
            let rule = Roll::from_name(roll).unwrap();
            assert_eq!(calendar.offset(day, offset, rule), Ok(reached), "{mask} {day} {offset} {roll}");
            assert_eq!(calendar.count(day, end), Ok(count), "{mask} {day} {end}");
            assert_eq!(calendar.is_busday(day), is);
        }
    }

    #[test]
    fn bounds_and_refusals() {
        let calendar = Calendar::new(parse_weekmask("Mon TueWed\tThu Fri").unwrap(), &[]).unwrap();
        assert_eq!(calendar.weekmask(), [true, true, true, true, true, false, false]);
        assert!(calendar.offset(i64::MAX - 10, 100, Roll::Forward).is_err());
        assert!(calendar.offset(0, i64::MAX, Roll::Forward).is_err());
        assert!(calendar.offset(2, 1, Roll::Raise).is_err() && calendar.offset(NAT, 1, Roll::Raise).is_err());
        assert_eq!(calendar.offset(NAT, 1, Roll::Forward), Ok(NAT));
        assert!(calendar.count(NAT, 3).is_err() && calendar.count(i64::MAX, 0).is_err());
        assert!(calendar.count(i64::MIN + 1, i64::MAX).is_err());
        for text in ["11111", "Mon,Tue", "mon", "Monday", "11111002", "MonX", "é"] {
            assert!(parse_weekmask(text).is_err(), "{text}");
        }
        assert!(Calendar::new([false; 7], &[]).is_err());
        let calendar =
            Calendar::new([true, true, true, true, true, false, false], &[3, NAT, -3, 2, -3]).unwrap();
        assert_eq!(calendar.holidays(), [-3]);
    }
}
