//! Elements as words, in C order, all of one width where NumPy aligns them.

use sharray_base::dtype::Unit;
use sharray_base::dtype::name::quoted;
use sharray_base::{DType, Kind, Result, TypeNum};
use sharray_core::text_form::{Float, complex_scalar, scalar as float_scalar};

use super::floats::{Format, Numbers};
use crate::Array;
use crate::access::bytes_of;

/// The only element of an array without axes, as NumPy's scalars print.
pub(super) fn scalar(array: &Array) -> Result<String> {
    match array.dtype().kind() {
        Kind::Float => Ok(Numbers::of(array)?.floats.iter().map(float_scalar).collect()),
        Kind::Complex => {
            let (real, imaginary) = (Numbers::of(&array.real())?, Numbers::of(&array.imag()?)?);
            Ok(complex_scalar(&real.floats[0], &imaginary.floats[0]))
        }
        Kind::Unicode | Kind::Datetime => Ok(strings(array)?.concat()),
        Kind::Timedelta => Ok(span(array.view_as("int64")?.item()?, array.dtype())),
        Kind::Void if array.dtype().as_structure().is_some() => record(array),
        _ => Ok(words(array)?.concat().trim().to_string()),
    }
}

/// A structure by itself: its floats show all their digits, as scalars do.
fn record(array: &Array) -> Result<String> {
    let fields = array.dtype().as_structure().map_or(&[][..], |structure| &structure.fields);
    let mut parts = Vec::new();
    for field in fields {
        let part = array.field(&field.name)?;
        let is_number = part.ndim() == 0 && matches!(part.dtype().kind(), Kind::Float | Kind::Complex);
        parts.push(if is_number { scalar(&part)? } else { field_words(array, &field.name)?.concat() });
    }
    Ok(tuple(&parts))
}

/// A tuple as Python writes it.
fn tuple(parts: &[impl AsRef<str>]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    if let [only] = parts[..] { format!("({only},)") } else { format!("({})", parts.join(", ")) }
}

/// All elements.
pub(super) fn words(array: &Array) -> Result<Vec<String>> {
    match array.dtype().kind() {
        Kind::Bool => {
            let yes = if array.ndim() == 0 { "True" } else { " True" };
            Ok(array.iter::<bool>()?.map(|b| if b { yes } else { "False" }.to_string()).collect())
        }
        Kind::Int => Ok(aligned(array.astype("int64")?.iter::<i64>()?.map(|n| n.to_string()).collect())),
        Kind::UInt => Ok(aligned(array.astype("uint64")?.iter::<u64>()?.map(|n| n.to_string()).collect())),
        Kind::Float => {
            let numbers = Numbers::of(array)?;
            let format = Format::of(&numbers, false);
            Ok(numbers.floats.iter().map(|number| format.write(number)).collect())
        }
        Kind::Complex => complex_words(array),
        Kind::Unicode => Ok(array.to_strings()?.iter().map(|text| quoted(text)).collect()),
        Kind::Bytes => bytes_words(array),
        Kind::Datetime => {
            let texts = strings(array)?;
            Ok(aligned(texts.iter().map(|text| format!("'{text}'")).collect()))
        }
        Kind::Timedelta => Ok(aligned(array.view_as("int64")?.iter::<i64>()?.map(ticks).collect())),
        Kind::Void => void_words(array),
        Kind::Object | Kind::VString => Ok(vec!["?".into(); array.len()]),
    }
}

/// Words right-aligned in the width of the widest.
fn aligned(words: Vec<String>) -> Vec<String> {
    let width = words.iter().map(String::len).max().unwrap_or(0);
    words.into_iter().map(|word| format!("{word:>width$}")).collect()
}

fn ticks(count: i64) -> String {
    if count == i64::MIN { "'NaT'".into() } else { count.to_string() }
}

/// A span of time in words: `75 seconds`.
fn span(ticks: i64, dtype: &DType) -> String {
    const NAMES: [(Unit, &str); 14] = [
        (Unit::Year, "years"),
        (Unit::Month, "months"),
        (Unit::Week, "weeks"),
        (Unit::Day, "days"),
        (Unit::Hour, "hours"),
        (Unit::Minute, "minutes"),
        (Unit::Second, "seconds"),
        (Unit::Milli, "milliseconds"),
        (Unit::Micro, "microseconds"),
        (Unit::Nano, "nanoseconds"),
        (Unit::Pico, "picoseconds"),
        (Unit::Femto, "femtoseconds"),
        (Unit::Atto, "attoseconds"),
        (Unit::Generic, "generic time units"),
    ];
    if ticks == i64::MIN {
        return "NaT".into();
    }
    let time = dtype.time_unit();
    let name = NAMES.iter().find(|(unit, _)| *unit == time.unit).map_or("", |(_, name)| name);
    format!("{} {name}", i128::from(ticks) * i128::from(time.count))
}

fn complex_words(array: &Array) -> Result<Vec<String>> {
    let (real, imaginary) = (Numbers::of(&array.real())?, Numbers::of(&array.imag()?)?);
    let (real_format, imaginary_format) = (Format::of(&real, false), Format::of(&imaginary, true));
    let word = |(a, b): (&Float, &Float)| {
        let second = imaginary_format.write(b);
        let digits = second.trim_end();
        let padding = " ".repeat(second.len() - digits.len());
        format!("{}{digits}j{padding}", real_format.write(a))
    };
    Ok(real.floats.iter().zip(&imaginary.floats).map(word).collect())
}

/// Text of datetimes, by the engine's cast to text.
fn strings(array: &Array) -> Result<Vec<String>> {
    match array.dtype().kind() {
        Kind::Unicode => array.to_strings(),
        _ => array.astype(DType::flexible(TypeNum::Unicode, 4 * 64))?.to_strings(),
    }
}

/// `b'…'`, as Python writes bytes.
fn bytes_words(array: &Array) -> Result<Vec<String>> {
    let dense = array.to_contiguous()?;
    // SAFETY: dense in C order.
    let bytes = unsafe { bytes_of(&dense.view()) };
    let size = array.dtype().itemsize();
    Ok((0..array.len()).map(|i| bytes_word(&bytes[i * size..(i + 1) * size])).collect())
}

fn bytes_word(bytes: &[u8]) -> String {
    let end = bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1);
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut word = format!("b{quote}");
    for &byte in &bytes[..end] {
        match byte {
            b'\\' => word += "\\\\",
            b'\n' => word += "\\n",
            b'\r' => word += "\\r",
            b'\t' => word += "\\t",
            _ if char::from(byte) == quote => {
                word.push('\\');
                word.push(quote);
            }
            b' '..=b'~' => word.push(byte.into()),
            _ => word += &format!("\\x{byte:02x}"),
        }
    }
    word.push(quote);
    word
}

/// Structures as tuples of their fields; raw bytes as `b'…'`.
fn void_words(array: &Array) -> Result<Vec<String>> {
    let Some(structure) = array.dtype().as_structure() else {
        let dense = array.to_contiguous()?;
        // SAFETY: dense in C order.
        let bytes = unsafe { bytes_of(&dense.view()) };
        let size = array.dtype().itemsize();
        let hex = |b: &u8| format!("\\x{b:02X}");
        let word = |element: &[u8]| format!("b'{}'", element.iter().map(hex).collect::<String>());
        return Ok((0..array.len()).map(|i| word(&bytes[i * size..(i + 1) * size])).collect());
    };
    let mut columns = Vec::new();
    for field in &structure.fields {
        columns.push(field_words(array, &field.name)?);
    }
    let row = |i: usize| tuple(&columns.iter().map(|column| &column[i]).collect::<Vec<_>>());
    Ok((0..array.len()).map(row).collect())
}

/// A field's words, one per element; those of a subarray in brackets.
fn field_words(array: &Array, name: &str) -> Result<Vec<String>> {
    let field = array.field(name)?;
    let inner = &field.shape()[array.ndim()..];
    let mut words = words(&field)?;
    for (level, &extent) in inner.iter().enumerate().rev() {
        let groups = array.len() * inner[..level].iter().product::<isize>() as usize;
        words = match extent {
            0 => vec!["[]".into(); groups],
            _ => words.chunks(extent as usize).map(|chunk| format!("[{}]", chunk.join(", "))).collect(),
        };
    }
    Ok(words)
}
