//! Units of `datetime64` and `timedelta64`: a base unit and a multiple of it (`25s` is 25 × `s`).

/// A base unit, in NumPy's order and with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Unit {
    Year = 0,
    Month = 1,
    Week = 2,
    Day = 4,
    Hour = 5,
    Minute = 6,
    Second = 7,
    Milli = 8,
    Micro = 9,
    Nano = 10,
    Pico = 11,
    Femto = 12,
    Atto = 13,
    /// No unit given: takes the other operand's.
    Generic = 14,
}

/// Every unit with its symbol.
pub const UNITS: [(Unit, &str); 14] = [
    (Unit::Year, "Y"),
    (Unit::Month, "M"),
    (Unit::Week, "W"),
    (Unit::Day, "D"),
    (Unit::Hour, "h"),
    (Unit::Minute, "m"),
    (Unit::Second, "s"),
    (Unit::Milli, "ms"),
    (Unit::Micro, "us"),
    (Unit::Nano, "ns"),
    (Unit::Pico, "ps"),
    (Unit::Femto, "fs"),
    (Unit::Atto, "as"),
    (Unit::Generic, "generic"),
];

impl Unit {
    /// `Y`, `M`, …, `as`, `generic`.
    pub fn symbol(self) -> &'static str {
        UNITS.iter().find(|(unit, _)| *unit == self).map_or("generic", |(_, symbol)| symbol)
    }
    /// The unit of which this one is a thousandth, among seconds and their parts.
    fn thousand(self) -> Option<Unit> {
        let parts = [Unit::Second, Unit::Milli, Unit::Micro, Unit::Nano, Unit::Pico, Unit::Femto, Unit::Atto];
        let place = parts.iter().position(|unit| *unit == self)?;
        place.checked_sub(1).map(|larger| parts[larger])
    }
    /// The unit of that symbol; `μs` is taken for `us`.
    pub fn from_symbol(symbol: &str) -> Option<Unit> {
        let symbol = if symbol == "μs" || symbol == "µs" { "us" } else { symbol };
        UNITS.iter().find(|(_, s)| *s == symbol).map(|(unit, _)| *unit)
    }
}

/// A unit and how many of it one tick is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeUnit {
    /// The base unit.
    pub unit: Unit,
    /// How many base units one tick counts, at least 1.
    pub count: i32,
}

impl TimeUnit {
    /// No unit.
    pub const GENERIC: TimeUnit = TimeUnit { unit: Unit::Generic, count: 1 };
    /// The same span in the largest unit of seconds and their parts that counts it: `1000ms` is `s`. Larger units stay
    /// as they are written.
    pub fn reduced(self) -> TimeUnit {
        let mut found = self;
        while found.count % 1000 == 0 {
            let Some(larger) = found.unit.thousand() else { break };
            found = TimeUnit { unit: larger, count: found.count / 1000 };
        }
        found
    }
    /// One tick of `unit`.
    pub const fn one(unit: Unit) -> TimeUnit {
        TimeUnit { unit, count: 1 }
    }
}
