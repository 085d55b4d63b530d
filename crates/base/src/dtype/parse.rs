//! Dtypes from their spellings: `float64`, `<f8`, `U10`, `M8[25s]`, `(2,3)f8`, `i4, 3f4`.
//!
//! ```text
//! spelling  = part ("," part)* [","]       more than one part, or a trailing comma: a structure f0, f1, …
//! part      = [order] [repeat] [order] type        the type may be a part in turn, with a number before it: (2,)3i4
//! repeat    = digits | "(" [int ("," int)* [","]] ")"
//! order     = "<" | ">" | "=" | "|"
//! type      = name | char | kind digits | ("M8" | "m8" | "datetime64" | "timedelta64") ["[" unit "]"]
//! unit      = [digits] symbol ["/" digits]
//! ```

use super::kind::{Kind, TYPES, TypeNum};
use super::name::quoted;
use super::structured::{FieldSpec, layout};
use super::time_unit::{TimeUnit, Unit};
use super::value::{ByteOrder, DType};
use crate::error::{Error, Result};

/// Names that are not in the table of types, with the type they mean.
const ALIASES: &[(&str, TypeNum)] = &[
    ("bool_", TypeNum::Bool),
    ("byte", TypeNum::Byte),
    ("ubyte", TypeNum::UByte),
    ("short", TypeNum::Short),
    ("ushort", TypeNum::UShort),
    ("intc", TypeNum::Int),
    ("uintc", TypeNum::UInt),
    ("int", POINTER_INT),
    ("int_", POINTER_INT),
    ("intp", POINTER_INT),
    ("uint", POINTER_UINT),
    ("uintp", POINTER_UINT),
    ("long", TypeNum::Long),
    ("ulong", TypeNum::ULong),
    ("longlong", TypeNum::LongLong),
    ("ulonglong", TypeNum::ULongLong),
    ("half", TypeNum::Half),
    ("single", TypeNum::Float),
    ("double", TypeNum::Double),
    ("float", TypeNum::Double),
    ("longdouble", TypeNum::LongDouble),
    ("csingle", TypeNum::CFloat),
    ("cdouble", TypeNum::CDouble),
    ("complex", TypeNum::CDouble),
    ("clongdouble", TypeNum::CLongDouble),
    ("object_", TypeNum::Object),
    ("bytes_", TypeNum::String),
    ("str_", TypeNum::Unicode),
    ("unicode", TypeNum::Unicode),
    ("p", POINTER_INT),
    ("n", POINTER_INT),
    ("P", POINTER_UINT),
    ("N", POINTER_UINT),
];

/// The integer of a pointer's size: Python's `int`.
pub const POINTER_INT: TypeNum =
    if size_of::<std::ffi::c_long>() == size_of::<isize>() { TypeNum::Long } else { TypeNum::LongLong };
/// Its unsigned twin.
pub const POINTER_UINT: TypeNum =
    if size_of::<std::ffi::c_long>() == size_of::<isize>() { TypeNum::ULong } else { TypeNum::ULongLong };

/// Names that NumPy 2 no longer knows, refused with a hint.
const REMOVED: &[&str] = &["int0", "uint0", "bool8", "bytes0", "str0", "void0", "object0"];

/// True when the spelling asks for the deprecated letter `a`, an old name of `S`. The caller warns.
pub fn is_deprecated(text: &str) -> bool {
    let rest = text.trim_start_matches(['<', '>', '=', '|']);
    rest.strip_prefix('a').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}

/// True when the spelling gives a repeat count as a number in parentheses, which is deprecated: `(2)f4, i4`. The caller
/// warns.
pub fn is_parenthesized(text: &str) -> bool {
    let single = |part: &str| {
        let (_, rest) = take_order(part.trim());
        let inside = rest
            .trim_start()
            .strip_prefix('(')
            .and_then(|r| r.split_once(')'))
            .map(|(inside, _)| inside.trim());
        inside.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    is_compound(text) && split_parts(text).iter().any(|part| single(part))
}

/// The dtype a string spells.
///
/// # Errors
/// `Type` for words that are no dtype, `Value` for a malformed list of formats or an impossible size.
pub fn parse(text: &str) -> Result<DType> {
    parse_aligned(text, false)
}

/// As [`parse`], with structures laid out like C's when `align` is set.
///
/// # Errors
/// As [`parse`].
pub fn parse_aligned(text: &str, align: bool) -> Result<DType> {
    if !is_compound(text) {
        return parse_single(text, text);
    }
    let parts = split_parts(text);
    let structure = parts.len() > 1;
    let trailing = structure && parts.last().is_some_and(|p| p.trim().is_empty());
    let parts = if trailing { &parts[..parts.len() - 1] } else { &parts[..] };
    let mut specs = Vec::with_capacity(parts.len());
    for (position, part) in parts.iter().enumerate() {
        let dtype = parse_part(part, position, text)?;
        specs.push(FieldSpec { name: String::new(), title: None, dtype, offset: None });
    }
    match specs.pop() {
        Some(only) if !structure => Ok(only.dtype),
        Some(last) => {
            specs.push(last);
            layout(specs, align, None)
        }
        None => Err(not_understood(text)),
    }
}

fn not_understood(text: &str) -> Error {
    Error::Type(format!("data type {} not understood", quoted(text)))
}

fn unrecognized(position: usize, text: &str) -> Error {
    Error::Value(format!("format number {} of \"{text}\" is not recognized", position + 1))
}

/// True when the spelling has repeats or commas outside brackets.
fn is_compound(text: &str) -> bool {
    let start = text.strip_prefix(['<', '>', '=', '|']).unwrap_or(text);
    if start.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if let Some(inside) = start.strip_prefix('(') {
        let closed = inside.split_once(')');
        return closed.is_some_and(|(shape, _)| shape.trim().is_empty() || text.contains(','));
    }
    split_parts(text).len() > 1
}

/// Pieces between commas that stand outside brackets and parentheses.
fn split_parts(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0i32, 0);
    for (position, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&text[start..position]);
                start = position + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn take_order(text: &str) -> (Option<char>, &str) {
    match text.chars().next() {
        Some(c @ ('<' | '>' | '=' | '|')) => (Some(c), &text[1..]),
        _ => (None, text),
    }
}

fn parse_part(part: &str, position: usize, whole: &str) -> Result<DType> {
    let bad = || unrecognized(position, whole);
    let (first, rest) = take_order(part.trim());
    let (repeat, rest) = take_repeat(rest.trim_start()).ok_or_else(bad)?;
    let (second, name) = take_order(rest.trim_start());
    let order = match (first, second) {
        (Some(a), Some(b)) if native_char(a) != native_char(b) => {
            return Err(Error::Value(format!("inconsistent byte-order specification {a} and {b}")));
        }
        (a, b) => b.or(a),
    };
    let plain = name.split('[').next().unwrap_or("");
    if part.trim().is_empty()
        || !plain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'?' | b'_'))
    {
        return Err(bad());
    }
    let spelled = order.map_or(name.to_string(), |c| format!("{c}{name}"));
    let numbered = repeat.is_some() && name.starts_with(|c: char| c.is_ascii_digit());
    let dtype = if numbered { parse_part(&spelled, position, whole)? } else { parse_single(&spelled, name)? };
    match repeat {
        Some(repeat) => repeated(dtype, &repeat),
        None => Ok(dtype),
    }
}

/// So many of a dtype in one; a number before a text or raw bytes without a width is their width.
fn repeated(dtype: DType, repeat: &Repeat) -> Result<DType> {
    let open = dtype.num().is_flexible()
        && dtype.itemsize() == 0
        && dtype.parts().is_none()
        && dtype.as_subarray().is_none();
    if !open {
        return if repeat.shape.is_empty() { Ok(dtype) } else { DType::subarray(dtype, &repeat.shape) };
    }
    let unit = if dtype.num() == TypeNum::Unicode { 4 } else { 1 };
    let width = match repeat.shape[..] {
        [count] if repeat.is_number => usize::try_from(count).ok().and_then(|n| n.checked_mul(unit)),
        _ => None,
    };
    let bytes = width.filter(|&n| n <= i32::MAX as usize);
    let bytes = bytes.ok_or_else(|| Error::Value("invalid itemsize in generic type tuple".into()))?;
    Ok(DType::flexible(dtype.num(), bytes).with_order(dtype.order()))
}

/// What stands before a type: a number, or a shape in parentheses.
struct Repeat {
    shape: Vec<isize>,
    is_number: bool,
}

fn native_char(c: char) -> char {
    let own = if cfg!(target_endian = "little") { '<' } else { '>' };
    if c == own { '=' } else { c }
}

/// A leading repeat count or shape, if there is one; `None` when it is malformed.
fn take_repeat(text: &str) -> Option<(Option<Repeat>, &str)> {
    if let Some(inside) = text.strip_prefix('(') {
        let (list, rest) = inside.split_once(')')?;
        let mut shape = Vec::new();
        let mut pieces: Vec<&str> = list.split(',').map(str::trim).collect();
        if pieces.last() == Some(&"") {
            pieces.pop();
        }
        for piece in pieces {
            shape.push(Some(piece).filter(|p| p.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?);
        }
        let is_number = shape.len() == 1 && !list.contains(',');
        return Some((Some(Repeat { shape, is_number }), rest));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Some((None, text));
    }
    let repeat = Repeat { shape: vec![text[..digits].parse().ok()?], is_number: true };
    Some((Some(repeat), &text[digits..]))
}

/// One type without repeats. `shown` is how errors quote it.
fn parse_single(text: &str, shown: &str) -> Result<DType> {
    let (order, word) = take_order(text);
    let dtype = parse_word(word, order.is_none(), shown)?;
    match order {
        Some('>') if cfg!(target_endian = "little") => Ok(dtype.with_order(ByteOrder::Swapped)),
        Some('<') if cfg!(target_endian = "big") => Ok(dtype.with_order(ByteOrder::Swapped)),
        _ => Ok(dtype),
    }
}

fn parse_word(word: &str, names_allowed: bool, shown: &str) -> Result<DType> {
    let mut chars = word.chars();
    let (Some(first), rest) = (chars.next(), chars.as_str()) else { return Err(not_understood(shown)) };
    if rest.is_empty() {
        return parse_char(first).ok_or_else(|| not_understood(shown));
    }
    if let Some(found) = parse_time(word) {
        return found;
    }
    if let Some(found) = parse_sized(first, rest) {
        return found.ok_or_else(|| not_understood(shown));
    }
    // The one way to write these types, so with a byte order too.
    if let Some(dtype) = parse_name(word).filter(|d| d.num().is_small_float()) {
        return Ok(dtype);
    }
    if names_allowed {
        if let Some(dtype) = parse_name(word) {
            return Ok(dtype);
        }
        if REMOVED.contains(&word) {
            return Err(Error::Type(format!(
                "the alias {} was removed in NumPy 2.0: write the name without a digit at the end",
                quoted(word)
            )));
        }
    }
    Err(not_understood(shown))
}

fn parse_char(c: char) -> Option<DType> {
    match c {
        'a' => Some(DType::of(TypeNum::String)),
        'c' => Some(DType::flexible(TypeNum::String, 1)),
        'p' | 'n' => Some(DType::of(POINTER_INT)),
        'P' | 'N' => Some(DType::of(POINTER_UINT)),
        c => u8::try_from(c)
            .ok()
            .and_then(TypeNum::from_char)
            .filter(|num| !num.is_small_float())
            .map(DType::of),
    }
}

fn parse_name(word: &str) -> Option<DType> {
    let row = TYPES.iter().find(|row| row.name == word);
    let num = row
        .map(|row| row.num)
        .or_else(|| ALIASES.iter().find(|(name, _)| *name == word).map(|(_, num)| *num));
    num.filter(|_| word.len() > 1).map(DType::of)
}

/// A kind letter with a size: `f8`, `S5`. `None` when what follows the letter is no number; `Some(None)` when no type
/// has that size.
fn parse_sized(kind: char, rest: &str) -> Option<Option<DType>> {
    let digits = rest.trim_start();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let Ok(size) = digits.parse::<usize>() else { return Some(None) };
    let fits = |unit: usize| size.checked_mul(unit).filter(|&bytes| bytes <= i32::MAX as usize);
    Some(match kind {
        'S' | 'a' => fits(1).map(|n| DType::flexible(TypeNum::String, n)),
        'U' => fits(4).map(|n| DType::flexible(TypeNum::Unicode, n)),
        'V' => fits(1).map(|n| DType::flexible(TypeNum::Void, n)),
        'O' => (size == 8 || size == 4).then(|| DType::of(TypeNum::Object)),
        _ => {
            let of_kind =
                |row: &&super::kind::TypeRow| row.num.kind_letter() as char == kind && row.itemsize == size;
            // The first row of a kind and size: `long` before `longlong`, as the canonical numbers have it.
            let number = TYPES.iter().filter(|row| row.num.is_number()).find(of_kind);
            number.map(|row| DType::of(row.num.canonical()))
        }
    })
}

/// `M8…`, `datetime64…` and their timedelta twins; `None` for other words.
fn parse_time(word: &str) -> Option<Result<DType>> {
    const HEADS: [(&str, TypeNum); 4] = [
        ("datetime64", TypeNum::Datetime),
        ("timedelta64", TypeNum::Timedelta),
        ("M8", TypeNum::Datetime),
        ("m8", TypeNum::Timedelta),
    ];
    let (rest, num) = HEADS.iter().find_map(|(head, num)| Some((word.strip_prefix(head)?, *num)))?;
    if rest.is_empty() {
        return Some(Ok(DType::of(num)));
    }
    if !rest.starts_with(['[', ' ']) {
        return None;
    }
    Some(parse_bracket(rest).map(|unit| DType::time(num, unit)))
}

/// A unit in brackets: `[ns]`, `[25s]`, `[D/3]`.
///
/// # Errors
/// `Type` when it is malformed, `Value` for a divisor no finer unit can express.
pub fn parse_bracket(text: &str) -> Result<TimeUnit> {
    let bad = || Error::Type(format!("Invalid datetime metadata string \"{text}\""));
    let inside =
        text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).filter(|t| !t.is_empty()).ok_or_else(bad)?;
    parse_unit(inside)
        .map_err(|error| if matches!(error, Error::Type(_)) { bad_at(text, inside) } else { error })
}

fn bad_at(text: &str, inside: &str) -> Error {
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let known = inside[..digits].parse::<i32>().is_ok();
    let at = if known { digits + 1 } else { 1 };
    Error::Type(format!("Invalid datetime metadata string \"{text}\" at position {at}"))
}

/// A unit without brackets: `ns`, `25s`, `D/3`.
///
/// # Errors
/// As [`parse_bracket`].
pub fn parse_unit(text: &str) -> Result<TimeUnit> {
    let bad = || Error::Type(format!("Invalid datetime unit \"{text}\" in metadata"));
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count: i32 = if digits == 0 { 1 } else { text[..digits].parse().map_err(|_| bad())? };
    let (symbol, divisor) = match text[digits..].split_once('/') {
        Some((symbol, divisor)) => (symbol, divisor.parse::<i32>().ok().filter(|&d| d > 0).ok_or_else(bad)?),
        None => (&text[digits..], 1),
    };
    let unit = Unit::from_symbol(symbol).ok_or_else(bad)?;
    if unit == Unit::Generic {
        return Ok(TimeUnit::GENERIC);
    }
    if divisor == 1 { Ok(TimeUnit { unit, count }) } else { divided(unit, count, divisor) }
}

/// `count` units divided by `divisor`, in the first finer unit in which the quotient is whole.
fn divided(unit: Unit, count: i32, divisor: i32) -> Result<TimeUnit> {
    use Unit::*;
    const THOUSANDS: [i64; 3] = [1_000, 1_000_000, 1_000_000_000];
    let parts: Vec<(Unit, i64)> = match unit {
        Year => vec![(Month, 12), (Week, 52), (Day, 365)],
        Month => vec![(Week, 4), (Day, 30), (Hour, 720)],
        Week => vec![(Day, 7), (Hour, 168), (Minute, 10_080)],
        Day => vec![(Hour, 24), (Minute, 1_440), (Second, 86_400)],
        Hour => vec![(Minute, 60), (Second, 3_600)],
        Minute => vec![(Second, 60), (Milli, 60_000)],
        _ => {
            let finer =
                super::time_unit::UNITS.iter().map(|(u, _)| *u).filter(|u| *u > unit && *u != Generic);
            finer.zip(THOUSANDS).collect()
        }
    };
    for (finer, factor) in parts {
        // One of the units must be divided whole, not just so many.
        if factor % i64::from(divisor) == 0 {
            let quotient = i32::try_from(factor / i64::from(divisor) * i64::from(count));
            return quotient.map(|count| TimeUnit { unit: finer, count }).map_err(|_| {
                Error::Overflow(format!("datetime unit {count}{}/{divisor} is too fine", unit.symbol()))
            });
        }
    }
    Err(Error::Value(format!("divisor ({divisor}) is not a multiple of a lower-unit in datetime metadata")))
}

/// True for the letters of `dtype.kind`; used where a kind is asked for by letter.
pub fn kind_of(letter: char) -> Option<Kind> {
    TYPES.iter().map(|row| row.kind).find(|kind| *kind as u8 as char == letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spelling: &str, expected: std::result::Result<&str, fn(&Error) -> bool>) {
        match (parse(spelling), expected) {
            (Ok(dtype), Ok(repr)) => {
                assert_eq!(format!("{dtype:?}"), format!("dtype({repr})"), "{spelling:?}")
            }
            (Err(error), Err(is_expected)) => assert!(is_expected(&error), "{spelling:?}: {error:?}"),
            (got, _) => panic!("{spelling:?} gave {got:?}"),
        }
    }

    #[test]
    fn sizes_beyond_a_c_int() {
        let is_value: fn(&Error) -> bool = |e| matches!(e, Error::Value(_));
        for spelling in
            ["(200000000000000040,2,2)U2", "(65536,32768)u1", "(0,2147483648)u1", "(2,)1073741824u1"]
        {
            check(spelling, Err(is_value));
        }
        check("(2147483647,)u1", Ok("('u1', (2147483647,))"));
    }

    #[test]
    fn spellings() {
        for (spelling, repr) in [
            ("b1", "'bool'"),
            ("b", "'int8'"),
            ("c16", "'complex128'"),
            ("f16", "'float128'"),
            ("int", "'int64'"),
            ("uint", "'uint64'"),
            ("|i4", "'int32'"),
            (">i1", "'int8'"),
            ("O8", "'O'"),
            ("c", "'S1'"),
            ("a5", "'S5'"),
            ("U0", "'<U'"),
            (">U4", "'>U4'"),
            ("datetime64[25s]", "'<M8[25s]'"),
            ("M8[2Y/3]", "'<M8[8M]'"),
            ("M8[s/1000]", "'<M8[ms]'"),
            ("M8[μs]", "'<M8[us]'"),
            ("m8[5generic]", "'<m8'"),
            ("3i4, (2,2)f8", "[('f0', '<i4', (3,)), ('f1', '<f8', (2, 2))]"),
            ("i4,", "[('f0', '<i4')]"),
            ("()i4", "'int32'"),
            ("3<i4", "('<i4', (3,))"),
            ("(0,)f8", "('<f8', (0,))"),
            ("<bfloat16", "'bfloat16'"),
            ("|float8_e5m2", "'float8_e5m2'"),
            ("2bfloat16", "('bfloat16', (2,))"),
            ("M8[ns],>i4", "[('f0', '<M8[ns]'), ('f1', '>i4')]"),
        ] {
            check(spelling, Ok(repr));
        }
    }

    #[test]
    fn what_is_no_dtype() {
        let is_type: fn(&Error) -> bool = |e| matches!(e, Error::Type(_));
        let is_value: fn(&Error) -> bool = |e| matches!(e, Error::Value(_));
        for spelling in [
            "", "foo", "i3", "f1", "S-1", "<", "int0", "M8[", "M8[]", "M8[-2s]", "i4 ", " i4", "?1", "e2",
            "E", "4", "5", "E2",
        ] {
            check(spelling, Err(is_type));
        }
        for spelling in ["i4,,f4", "(2,-1)i4", "(3,)(2,)f8", ",i4", "<i4,<3>f4"] {
            check(spelling, Err(is_value));
        }
        check("S99999999999", Err(is_type));
        assert!(is_deprecated("a3") && is_deprecated("a") && !is_deprecated("abc"));
    }
}
