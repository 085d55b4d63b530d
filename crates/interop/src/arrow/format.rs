//! Arrow's format strings: the types they name, parsed and printed.
//!
//! Types that an array has no counterpart for (decimals, lists of varying length, maps, unions, runs, intervals) are refused
//! by name, with what to convert them to; so is text that is no format at all.

use std::fmt;

use sharray_base::{Error, Result, TypeNum};

/// Seconds and their parts, of times and durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Seconds.
    Second,
    /// Thousandths.
    Milli,
    /// Millionths.
    Micro,
    /// Billionths.
    Nano,
}

impl Tick {
    const ALL: [(char, Tick, &str); 4] = [
        ('s', Tick::Second, "s"),
        ('m', Tick::Milli, "ms"),
        ('u', Tick::Micro, "us"),
        ('n', Tick::Nano, "ns"),
    ];
    fn of(letter: char) -> Option<Tick> {
        Self::ALL.iter().find(|row| row.0 == letter).map(|row| row.1)
    }
    fn letter(self) -> char {
        Self::ALL.iter().find(|row| row.1 == self).map_or('s', |row| row.0)
    }
    /// The unit's name in dtypes.
    pub fn unit(self) -> &'static str {
        Self::ALL.iter().find(|row| row.1 == self).map_or("s", |row| row.2)
    }
}

/// What a column's elements are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Nothing but nulls.
    Null,
    /// Bits.
    Bool,
    /// Numbers, side by side.
    Number(TypeNum),
    /// Days since 1970, 32 bits.
    Date32,
    /// Milliseconds since 1970, whole days.
    Date64,
    /// Time of the day: 32 bits to milliseconds, 64 below.
    Time(Tick),
    /// Time since 1970, and the zone's name, empty for times without one.
    Timestamp(Tick, String),
    /// A span of time.
    Duration(Tick),
    /// Bytes of any length; `wide` ones have offsets of 64 bits, `text` is UTF-8.
    Bytes {
        /// Offsets of 64 bits.
        wide: bool,
        /// UTF-8.
        text: bool,
    },
    /// Bytes of any length behind views of 16 bytes.
    View {
        /// UTF-8.
        text: bool,
    },
    /// So many bytes each.
    Fixed(usize),
    /// So many elements of the only child each.
    List(usize),
    /// An element of every child each.
    Struct,
}

/// Formats of one letter.
const LETTERS: &[(char, Format)] = &[
    ('n', Format::Null),
    ('b', Format::Bool),
    ('c', Format::Number(TypeNum::Byte)),
    ('C', Format::Number(TypeNum::UByte)),
    ('s', Format::Number(TypeNum::Short)),
    ('S', Format::Number(TypeNum::UShort)),
    ('i', Format::Number(TypeNum::Int)),
    ('I', Format::Number(TypeNum::UInt)),
    ('l', Format::Number(TypeNum::Long)),
    ('L', Format::Number(TypeNum::ULong)),
    ('e', Format::Number(TypeNum::Half)),
    ('f', Format::Number(TypeNum::Float)),
    ('g', Format::Number(TypeNum::Double)),
    ('z', Format::Bytes { wide: false, text: false }),
    ('Z', Format::Bytes { wide: true, text: false }),
    ('u', Format::Bytes { wide: false, text: true }),
    ('U', Format::Bytes { wide: true, text: true }),
];

/// Formats that are Arrow's, and have no counterpart here: beginning, name, what to do.
const REFUSED: &[(&str, &str, &str)] = &[
    ("d:", "decimal", "cast it first, to float64 or to integers of the smallest unit"),
    ("+L", "large_list", LISTS),
    ("+l", "list", LISTS),
    ("+vl", "list_view", LISTS),
    ("+vL", "large_list_view", LISTS),
    ("+m", "map", "hand over its keys and its items by themselves"),
    ("+ud:", "dense_union", UNIONS),
    ("+us:", "sparse_union", UNIONS),
    ("+r", "run_end_encoded", "decode it first, pyarrow.compute.run_end_decode"),
    ("tiM", "month_interval", INTERVALS),
    ("tiD", "day_time_interval", INTERVALS),
    ("tin", "month_day_nano_interval", INTERVALS),
];
const LISTS: &str =
    "lists of varying length are no axis of an array: flatten it, or make it a fixed_size_list";
const UNIONS: &str = "hand over each of its children by itself";
const INTERVALS: &str = "months have no fixed length: hand over durations";

impl Format {
    /// Reads a format string.
    ///
    /// # Errors
    /// `Type` for types without a counterpart, `Value` for what is no format.
    pub fn parse(text: &str) -> Result<Format> {
        let mut letters = text.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && let Some((_, format)) = LETTERS.iter().find(|row| row.0 == letter)
        {
            return Ok(format.clone());
        }
        if let Some(format) = Self::longer(text) {
            return Ok(format);
        }
        match REFUSED.iter().find(|row| text.starts_with(row.0)) {
            Some((_, name, advice)) => Err(Error::Type(format!(
                "Arrow's type {name} (format '{}') has no counterpart among array dtypes: {advice}",
                shown(text)
            ))),
            None => Err(Error::Value(format!("'{}' is no format of Arrow's C data interface", shown(text)))),
        }
    }

    fn longer(text: &str) -> Option<Format> {
        let tick = |rest: &str| {
            let mut letters = rest.chars();
            let found = letters.next().and_then(Tick::of)?;
            letters.next().is_none().then_some(found)
        };
        let count = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<i32>().ok().filter(|_| plain).map(|n| n as usize)
        };
        match text {
            "vu" => return Some(Format::View { text: true }),
            "vz" => return Some(Format::View { text: false }),
            "+s" => return Some(Format::Struct),
            "tdD" => return Some(Format::Date32),
            "tdm" => return Some(Format::Date64),
            _ => {}
        }
        if let Some(rest) = text.strip_prefix("ts") {
            let (unit, zone) = rest.split_once(':')?;
            return tick(unit).map(|unit| Format::Timestamp(unit, zone.into()));
        }
        if let Some(rest) = text.strip_prefix("tt") {
            return tick(rest).map(Format::Time);
        }
        if let Some(rest) = text.strip_prefix("tD") {
            return tick(rest).map(Format::Duration);
        }
        if let Some(rest) = text.strip_prefix("w:") {
            return count(rest).map(Format::Fixed);
        }
        text.strip_prefix("+w:").and_then(count).map(Format::List)
    }

    /// The format of numbers, if Arrow has it.
    pub fn of_number(num: TypeNum) -> Option<Format> {
        let found = Format::Number(num.canonical());
        LETTERS.iter().any(|row| row.1 == found).then_some(found)
    }

    /// Bytes of one element in the buffer of values; 0 where that says nothing.
    pub fn itemsize(&self) -> usize {
        match self {
            Format::Number(num) => sharray_base::DType::of(*num).itemsize(),
            Format::Date32 | Format::Time(Tick::Second | Tick::Milli) => 4,
            Format::Date64 | Format::Time(_) | Format::Timestamp(..) | Format::Duration(_) => 8,
            Format::View { .. } => 16,
            Format::Fixed(size) => *size,
            _ => 0,
        }
    }

    /// How many buffers an array of this format has; views may have more.
    pub fn buffers(&self) -> usize {
        match self {
            Format::Null => 0,
            Format::List(_) | Format::Struct => 1,
            Format::Bytes { .. } | Format::View { .. } => 3,
            _ => 2,
        }
    }

    /// The type's name, as Arrow's documents have it.
    pub fn name(&self) -> &'static str {
        match self {
            Format::Null => "null",
            Format::Bool => "bool",
            Format::Number(_) => "number",
            Format::Date32 => "date32",
            Format::Date64 => "date64",
            Format::Time(_) => "time",
            Format::Timestamp(..) => "timestamp",
            Format::Duration(_) => "duration",
            Format::Bytes { text: true, .. } => "utf8",
            Format::Bytes { .. } => "binary",
            Format::View { text: true } => "utf8_view",
            Format::View { .. } => "binary_view",
            Format::Fixed(_) => "fixed_size_binary",
            Format::List(_) => "fixed_size_list",
            Format::Struct => "struct",
        }
    }
}

/// Foreign text, cut to what a message can hold.
fn shown(text: &str) -> String {
    let mut letters = text.escape_debug();
    let head: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { head + "…" } else { head }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((letter, _)) = LETTERS.iter().find(|row| row.1 == *self) {
            return write!(f, "{letter}");
        }
        match self {
            Format::Date32 => f.write_str("tdD"),
            Format::Date64 => f.write_str("tdm"),
            Format::Time(tick) => write!(f, "tt{}", tick.letter()),
            Format::Timestamp(tick, zone) => write!(f, "ts{}:{zone}", tick.letter()),
            Format::Duration(tick) => write!(f, "tD{}", tick.letter()),
            Format::View { text } => f.write_str(if *text { "vu" } else { "vz" }),
            Format::Fixed(size) => write!(f, "w:{size}"),
            Format::List(size) => write!(f, "+w:{size}"),
            Format::Struct => f.write_str("+s"),
            // Not of one letter: a number that Arrow has no letter for.
            _ => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let longer = [
            "tdD",
            "tdm",
            "tts",
            "ttm",
            "ttu",
            "ttn",
            "tss:",
            "tsn:Europe/Paris",
            "tsu:+02:00",
            "tDm",
            "vu",
            "vz",
            "w:0",
            "w:16",
            "+w:3",
            "+s",
        ];
        let letters: Vec<String> = LETTERS.iter().map(|row| row.0.to_string()).collect();
        for text in letters.iter().map(String::as_str).chain(longer) {
            let format = Format::parse(text).unwrap();
            assert_eq!(format.to_string(), text);
        }
    }

    #[test]
    fn what_has_no_counterpart_is_named() {
        for (start, name, advice) in REFUSED {
            let text = Format::parse(&format!("{start}19,2")).unwrap_err().to_string();
            assert!(text.contains(name) && text.contains(advice), "{text}");
        }
    }

    #[test]
    fn garbage_is_an_error() {
        let long = "x".repeat(10_000);
        for text in [
            "",
            "?",
            "ii",
            "w:",
            "w:-1",
            "w:+1",
            "w:99999999999999999999",
            "+w:x",
            "ts",
            "tsx:",
            "tsss:",
            "tt",
            "é",
            "\0",
            &long,
        ] {
            let message = Format::parse(text).unwrap_err().to_string();
            assert!(message.len() < 200, "{message}");
        }
    }
}
