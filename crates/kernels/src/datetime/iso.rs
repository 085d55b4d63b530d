//! ISO 8601 text of points in time, as NumPy reads and writes it: `2011-03-12T05:06:07.123456`. Years may have a sign
//! and any number of digits, the other parts have two digits each; a blank may stand for the `T`; a zone (`Z`,
//! `+01:00`) shifts the point to UTC. `NaT` and nothing mean "not a time", `today` and `now` ask the clock. Leap
//! seconds are refused.

use std::time::{SystemTime, UNIX_EPOCH};

use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{Error, Result};

use super::civil::{Civil, month_length};

/// What a text said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// The point, in UTC; `None` for NaT.
    pub civil: Option<Civil>,
    /// The unit the text's detail implies; generic for NaT.
    pub unit: Unit,
    /// True when it named a zone.
    pub zoned: bool,
}

/// Reads a text.
///
/// # Errors
/// `Value` with the position where it stops making sense, or the part that is out of range.
pub fn parse(text: &str) -> Result<Parsed> {
    let trimmed = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    if text.is_empty() || text.eq_ignore_ascii_case("nat") {
        return Ok(Parsed { civil: None, unit: Unit::Generic, zoned: false });
    }
    if text.eq_ignore_ascii_case("today") {
        return Ok(Parsed { civil: Some(today()), unit: Unit::Day, zoned: false });
    }
    if text.eq_ignore_ascii_case("now") {
        let civil = Civil::from_ticks(now(), TimeUnit::one(Unit::Second))?;
        return Ok(Parsed { civil, unit: Unit::Second, zoned: false });
    }
    let reader = Reader { text, bytes: text.as_bytes(), at: text.len() - trimmed.len() };
    reader.read()
}

/// Seconds since 1970 began, by the system's clock.
fn now() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs() as i64,
        Err(before) => -(before.duration().as_secs() as i64),
    }
}

/// The local calendar's date.
fn today() -> Civil {
    let seconds = now() + 60 * local_offset_minutes(now());
    let (year, month, day) = super::civil::from_days(seconds.div_euclid(86_400));
    Civil::date(year, month, day)
}

/// Minutes that local time is ahead of UTC at a point given in seconds since 1970 began.
pub fn local_offset_minutes(seconds: i64) -> i64 {
    // SAFETY: all-zero bytes are a valid `tm`; `localtime_r` reads one number and writes one `tm`.
    unsafe {
        let mut fields: libc::tm = std::mem::zeroed();
        if libc::localtime_r(&seconds, &mut fields).is_null() { 0 } else { fields.tm_gmtoff / 60 }
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn malformed(&self) -> Error {
        Error::Value(format!("Error parsing datetime string \"{}\" at position {}", self.text, self.at))
    }
    fn out_of_range(&self, part: &str) -> Error {
        Error::Value(format!("{part} out of range in datetime string \"{}\"", self.text))
    }
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
    fn takes(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }
    fn two_digits(&mut self) -> Result<u8> {
        match self.bytes.get(self.at..self.at + 2) {
            Some(&[a, b]) if a.is_ascii_digit() && b.is_ascii_digit() => {
                self.at += 2;
                Ok((a - b'0') * 10 + (b - b'0'))
            }
            _ => Err(self.malformed()),
        }
    }

    fn read(mut self) -> Result<Parsed> {
        let mut civil = Civil::date(self.year()?, 1, 1);
        let unit = self.after_year(&mut civil)?;
        let zone = if unit >= Unit::Hour { self.zone()? } else { None };
        if self.at < self.bytes.len() {
            return Err(self.malformed());
        }
        let civil = zone.map_or(Ok(civil), |minutes| civil.shifted_by_minutes(-minutes))?;
        Ok(Parsed { civil: Some(civil), unit, zoned: zone.is_some() })
    }

    fn year(&mut self) -> Result<i64> {
        let negative = self.peek() == Some(b'-');
        if negative || self.peek() == Some(b'+') {
            self.at += 1;
        }
        let start = self.at;
        let mut year = 0i64;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            let next = year.checked_mul(10).and_then(|y| y.checked_add(i64::from(digit - b'0')));
            year = next.ok_or_else(|| self.out_of_range("Year"))?;
            self.at += 1;
        }
        if self.at == start {
            self.at = start - usize::from(start > 0 && matches!(self.bytes[start - 1], b'-' | b'+'));
            return Err(self.malformed());
        }
        Ok(if negative { -year } else { year })
    }

    /// Reads the parts after the year and returns the unit of the last.
    fn after_year(&mut self, civil: &mut Civil) -> Result<Unit> {
        if self.at == self.bytes.len() {
            return Ok(Unit::Year);
        }
        if !self.takes(b'-') {
            return Err(self.malformed());
        }
        civil.month = self.two_digits()?;
        if !(1..=12).contains(&civil.month) {
            return Err(self.out_of_range("Month"));
        }
        if self.at == self.bytes.len() {
            return Ok(Unit::Month);
        }
        if !self.takes(b'-') {
            return Err(self.malformed());
        }
        civil.day = self.two_digits()?;
        if civil.day < 1 || civil.day > month_length(civil.year, civil.month) {
            return Err(self.out_of_range("Day"));
        }
        if self.at == self.bytes.len() {
            return Ok(Unit::Day);
        }
        if !self.takes(b'T') && !self.takes(b' ') {
            return Err(self.malformed());
        }
        self.clock(civil)
    }

    fn clock(&mut self, civil: &mut Civil) -> Result<Unit> {
        civil.hour = self.two_digits()?;
        if civil.hour > 23 {
            return Err(self.out_of_range("Hours"));
        }
        if !self.takes(b':') {
            return Ok(Unit::Hour);
        }
        civil.minute = self.two_digits()?;
        if civil.minute > 59 {
            return Err(self.out_of_range("Minutes"));
        }
        if !self.takes(b':') {
            return Ok(Unit::Minute);
        }
        civil.second = self.two_digits()?;
        if civil.second > 59 {
            return Err(self.out_of_range("Seconds"));
        }
        if !self.takes(b'.') {
            return Ok(Unit::Second);
        }
        let mut digits = 0;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit).filter(|_| digits < 18) {
            civil.attos = civil.attos * 10 + u64::from(digit - b'0');
            digits += 1;
            self.at += 1;
        }
        civil.attos *= 10u64.pow(18 - digits);
        Ok(match digits {
            0..=3 => Unit::Milli,
            4..=6 => Unit::Micro,
            7..=9 => Unit::Nano,
            10..=12 => Unit::Pico,
            13..=15 => Unit::Femto,
            _ => Unit::Atto,
        })
    }

    /// Minutes ahead of UTC, if a zone is named; then blanks may follow.
    fn zone(&mut self) -> Result<Option<i64>> {
        let zone = match self.peek() {
            Some(b'Z') => {
                self.at += 1;
                Some(0)
            }
            Some(sign @ (b'+' | b'-')) => {
                self.at += 1;
                let hours = self.two_digits()?;
                if hours > 23 {
                    return Err(self.out_of_range("Timezone hours offset"));
                }
                let mut minutes = 0;
                if self.takes(b':') || self.peek().is_some_and(|b| b.is_ascii_digit()) {
                    minutes = self.two_digits()?;
                }
                if minutes > 59 {
                    return Err(self.out_of_range("Timezone minutes offset"));
                }
                let offset = i64::from(hours) * 60 + i64::from(minutes);
                Some(if sign == b'-' { -offset } else { offset })
            }
            _ => None,
        };
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
        Ok(zone)
    }
}

/// Which zone a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// As it is, unmarked.
    Naive,
    /// As it is, marked `Z`.
    Utc,
    /// Shifted by minutes and marked `+hhmm`.
    Offset(i64),
}

/// The most characters [`format()`] gives for a unit; a zone's mark included from hours on.
pub fn max_length(unit: Unit) -> usize {
    match unit {
        Unit::Generic => 4,
        Unit::Year => 22,
        Unit::Month => 25,
        Unit::Week | Unit::Day => 28,
        Unit::Hour => 32,
        Unit::Minute => 35,
        Unit::Second => 38,
        Unit::Milli => 42,
        Unit::Micro => 45,
        Unit::Nano => 48,
        Unit::Pico => 51,
        Unit::Femto => 54,
        Unit::Atto => 57,
    }
}

/// Digits of the second's fraction that a unit shows.
fn fraction_digits(unit: Unit) -> usize {
    match unit {
        Unit::Milli => 3,
        Unit::Micro => 6,
        Unit::Nano => 9,
        Unit::Pico => 12,
        Unit::Femto => 15,
        Unit::Atto => 18,
        _ => 0,
    }
}

/// Writes a point down to `unit`; `None` is `NaT`.
///
/// # Errors
/// `Overflow` when a zone's offset leaves the calendar.
pub fn format(civil: Option<Civil>, unit: Unit, zone: Zone) -> Result<String> {
    use std::fmt::Write;
    let Some(utc) = civil else { return Ok("NaT".into()) };
    let civil = match zone {
        Zone::Offset(minutes) if unit >= Unit::Hour => utc.shifted_by_minutes(minutes)?,
        _ => utc,
    };
    let mut text = format!("{:04}", civil.year);
    let detail = [
        (Unit::Month, '-', civil.month),
        (Unit::Week, '-', civil.day),
        (Unit::Hour, 'T', civil.hour),
        (Unit::Minute, ':', civil.minute),
        (Unit::Second, ':', civil.second),
    ];
    for (_, separator, part) in detail.into_iter().filter(|(from, ..)| unit >= *from) {
        // Writing to a string can't fail.
        let _ = write!(text, "{separator}{part:02}");
    }
    let digits = fraction_digits(unit);
    if digits > 0 {
        let fraction = civil.attos / 10u64.pow(18 - digits as u32);
        let _ = write!(text, ".{fraction:0digits$}");
    }
    if unit >= Unit::Hour {
        match zone {
            Zone::Naive => {}
            Zone::Utc => text.push('Z'),
            Zone::Offset(minutes) => {
                let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
                let _ = write!(text, "{sign}{:02}{:02}", size / 60, size % 60);
            }
        }
    }
    Ok(text)
}

/// The coarsest unit from days on that writes a point without loss; hours are shown with their minutes.
pub fn lossless_unit(civil: &Civil) -> Unit {
    match civil.attos {
        0 if civil.second != 0 => Unit::Second,
        0 if civil.hour != 0 || civil.minute != 0 => Unit::Minute,
        0 => Unit::Day,
        attos => {
            let units =
                [(15, Unit::Milli), (12, Unit::Micro), (9, Unit::Nano), (6, Unit::Pico), (3, Unit::Femto)];
            units
                .into_iter()
                .find(|(zeros, _)| attos % 10u64.pow(*zeros) == 0)
                .map_or(Unit::Atto, |(_, unit)| unit)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_back() {
        for (text, unit) in [
            ("2011", Unit::Year),
            ("12011-03", Unit::Month),
            ("-2011-03", Unit::Month),
            ("2012-02-29", Unit::Day),
            ("2011-03-12T05", Unit::Hour),
            ("2011-03-12T05:06", Unit::Minute),
            ("2011-03-12T05:06:07", Unit::Second),
            ("2011-03-12T05:06:07.123", Unit::Milli),
            ("2011-03-12T05:06:07.123456789012345678", Unit::Atto),
        ] {
            let parsed = parse(text).unwrap();
            assert_eq!((parsed.unit, parsed.zoned), (unit, false), "{text}");
            assert_eq!(format(parsed.civil, unit, Zone::Naive).unwrap(), text);
        }
    }

    #[test]
    fn other_spellings() {
        for (text, same) in [
            (" 2011-03-12", "2011-03-12"),
            ("+201", "0201"),
            ("2011-03-12 05:06", "2011-03-12T05:06"),
            ("2011-03-12T05:06Z", "2011-03-12T05:06"),
            ("2011-03-12T05:06:07Z ", "2011-03-12T05:06:07"),
            ("2011-03-12T05:06+01:00", "2011-03-12T04:06"),
            ("2011-03-12T05:06+0100", "2011-03-12T04:06"),
            ("2011-12-31T23:06-01", "2012-01-01T00:06"),
            ("2011-03-12T05 ", "2011-03-12T05"),
            ("2011-03-12T05:06:07.", "2011-03-12T05:06:07.000"),
            ("nat", "NaT"),
            ("", "NaT"),
        ] {
            let parsed = parse(text).unwrap();
            assert_eq!(format(parsed.civil, parsed.unit, Zone::Naive).unwrap(), same, "{text}");
        }
    }

    #[test]
    fn refusals_name_the_place() {
        for (text, place) in [
            ("abc", "at position 0"),
            ("2011-3-1", "at position 5"),
            ("2011-11-1", "at position 8"),
            ("2011-0312", "at position 7"),
            ("2011/03/12", "at position 4"),
            ("2011-03-12x", "at position 10"),
            ("2011-03-12 ", "at position 11"),
            ("2011-03-12T05:", "at position 14"),
            ("2011-03-12T0506", "at position 13"),
            ("2011-03-12T05:06:07.1234567890123456789", "at position 38"),
            ("2011 ", "at position 4"),
            ("2011-02-29", "Day out of range"),
            ("2011-13", "Month out of range"),
            ("2011-03-12T24:00", "Hours out of range"),
            ("2011-03-12T23:60", "Minutes out of range"),
            ("2011-03-12T23:59:60", "Seconds out of range"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.contains(place) && message.contains(text), "{text}: {message}");
        }
    }

    #[test]
    fn zones_and_detail() {
        let at = |text| parse(text).unwrap().civil;
        let point = at("2011-05-03T05:06");
        assert_eq!(format(point, Unit::Minute, Zone::Utc).unwrap(), "2011-05-03T05:06Z");
        assert_eq!(format(point, Unit::Minute, Zone::Offset(120)).unwrap(), "2011-05-03T07:06+0200");
        assert_eq!(format(point, Unit::Hour, Zone::Offset(-330)).unwrap(), "2011-05-02T23-0530");
        assert_eq!(format(point, Unit::Day, Zone::Utc).unwrap(), "2011-05-03");
        for (text, unit) in [
            ("2011-05-03T05:00", Unit::Minute),
            ("2011-01-01T00:00", Unit::Day),
            ("2011-01-01T00:00:00.120", Unit::Milli),
            ("2011-01-01T00:00:01", Unit::Second),
        ] {
            assert_eq!(lossless_unit(&at(text).unwrap()), unit);
        }
    }
}
