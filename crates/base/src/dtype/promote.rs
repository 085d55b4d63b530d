//! The smallest dtype that holds the values of two or more others: numbers by table, strings by the longest text,
//! times by the greatest common divisor of their units, structures field by field. Python's own numbers are *weak*
//! (NEP 50): they choose a kind, never a size.

use super::kind::{Kind, TypeNum};
use super::structured::{FieldSpec, layout};
use super::time_unit::{TimeUnit, Unit};
use super::value::{DType, TextOptions};
use crate::error::{Error, Result};

const NUMBERS: &[u8; 18] = b"?bBhHiIlLqQfdgFDGe";

/// Type characters of every pair of numbers, rows and columns in the order of [`NUMBERS`], where `long` has 8 bytes.
const PAIRS: [&[u8; 18]; 18] = [
    b"?bBhHiIlLqQfdgFDGe",
    b"bbhhiilldqdfdgFDGe",
    b"BhBhHiIlLqQfdgFDGe",
    b"hhhhiilldqdfdgFDGf",
    b"HiHiHiIlLqQfdgFDGf",
    b"iiiiiilldqdddgDDGd",
    b"IlIlIlIlLqQddgDDGd",
    b"lllllllldqdddgDDGd",
    b"LdLdLdLdLdQddgDDGd",
    b"qqqqqqqqdqdddgDDGd",
    b"QdQdQdQdQdQddgDDGd",
    b"fffffddddddfdgFDGf",
    b"dddddddddddddgDDGd",
    b"ggggggggggggggGGGg",
    b"FFFFFDDDDDDFDGFDGF",
    b"DDDDDDDDDDDDDGDDGD",
    b"GGGGGGGGGGGGGGGGGG",
    b"eeeffddddddfdgFDGe",
];

/// Characters that every value of a number type can be written in, in the order of [`NUMBERS`].
const TEXT_LENGTHS: [usize; 18] = [5, 4, 3, 6, 5, 11, 10, 21, 20, 21, 20, 32, 32, 48, 64, 64, 96, 32];

/// As [`TEXT_LENGTHS`], for small floats.
const SMALL_TEXT_LENGTH: usize = 32;

/// Where a number type stands in the tables.
fn position(num: TypeNum) -> Option<usize> {
    // Where `long` has 4 bytes it is another `int`.
    let char = match num.row().char {
        b'l' if num.row().itemsize == 4 => b'i',
        b'L' if num.row().itemsize == 4 => b'I',
        char => char,
    };
    NUMBERS.iter().position(|&c| c == char)
}

/// The number type both can be cast to safely, for two number types.
pub fn promote_numbers(a: TypeNum, b: TypeNum) -> Option<TypeNum> {
    if a == b {
        return a.is_number().then_some(a);
    }
    if a.is_small_float() || b.is_small_float() {
        return promote_small(a, b);
    }
    let char = PAIRS[position(a)?][position(b)?];
    let num = TypeNum::from_char(char)?;
    // A 4-byte `long` can't be what 8 bytes are asked for.
    Some(match num {
        TypeNum::Long if num.row().itemsize == 4 => TypeNum::LongLong,
        TypeNum::ULong if num.row().itemsize == 4 => TypeNum::ULongLong,
        num => num,
    })
}

/// A small float beside another type: bools and integers of one byte become that float; with everything else it counts
/// as single precision.
fn promote_small(a: TypeNum, b: TypeNum) -> Option<TypeNum> {
    let byte = |num: TypeNum| matches!(num, TypeNum::Bool | TypeNum::Byte | TypeNum::UByte);
    match (a, b) {
        (a, b) if byte(b) => Some(a),
        (a, b) if byte(a) => Some(b),
        (a, b) => {
            let wide = |num: TypeNum| if num.is_small_float() { TypeNum::Float } else { num };
            promote_numbers(wide(a), wide(b))
        }
    }
}

/// How many characters hold any value of a number type; `None` for the rest.
pub fn text_length(num: TypeNum) -> Option<usize> {
    if num.is_small_float() {
        return Some(SMALL_TEXT_LENGTH);
    }
    position(num).map(|p| TEXT_LENGTHS[p])
}

fn refuse(a: &DType, b: &DType, detail: &str) -> Error {
    Error::Promotion { dtypes: vec![a.clone(), b.clone()], detail: detail.into() }
}

/// The dtype that holds the values of both, in native order (`numpy.promote_types`).
///
/// # Errors
/// `Promotion` when there is none; `Type` or `Overflow` for time units without a common divisor.
pub fn promote(a: &DType, b: &DType) -> Result<DType> {
    use Kind::*;
    if a.num() == b.num() && a.num().is_number() {
        return Ok(DType::of(a.num()));
    }
    if let Some(num) = promote_numbers(a.num(), b.num()) {
        return Ok(DType::of(num));
    }
    match (a.kind(), b.kind()) {
        (Object, _) | (_, Object) => Ok(DType::of(TypeNum::Object)),
        (VString, VString) => promote_variable(a, b),
        (VString, Unicode) => Ok(a.clone()),
        (Unicode, VString) => Ok(b.clone()),
        (Void, Void) => promote_voids(a, b),
        (Bytes, Bytes) => Ok(DType::flexible(TypeNum::String, a.itemsize().max(b.itemsize()))),
        (Bytes | Unicode, Bytes | Unicode) => {
            let chars = |d: &DType| if d.kind() == Unicode { d.itemsize() / 4 } else { d.itemsize() };
            Ok(DType::flexible(TypeNum::Unicode, 4 * chars(a).max(chars(b))))
        }
        (Bytes | Unicode, _) if b.num().is_number() => Ok(text_with_number(a, b)),
        (_, Bytes | Unicode) if a.num().is_number() => Ok(text_with_number(b, a)),
        (Datetime | Timedelta, Datetime | Timedelta) => promote_times(a, b),
        // Not every uint64 is a span of time.
        (Timedelta, UInt) | (UInt, Timedelta) if a.itemsize() == 8 && b.itemsize() == 8 => {
            Err(refuse(a, b, ""))
        }
        (Timedelta, Bool | Int | UInt) => Ok(DType::time(TypeNum::Timedelta, a.time_unit())),
        (Bool | Int | UInt, Timedelta) => Ok(DType::time(TypeNum::Timedelta, b.time_unit())),
        _ => Err(refuse(a, b, "")),
    }
}

/// Texts of variable width mix when at most one thing stands for missing ones.
fn promote_variable(a: &DType, b: &DType) -> Result<DType> {
    let (x, y) = (a.text_options(), b.text_options());
    let missing = match (&x.missing, &y.missing) {
        (Some(one), Some(other)) if one != other => {
            return Err(Error::Type(format!(
                "Cannot find a compatible null string value for null strings '{}' and '{}'",
                one.shown(),
                other.shown()
            )));
        }
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    Ok(DType::variable_text(TextOptions { missing, strict: x.strict || y.strict }))
}

fn text_with_number(text: &DType, number: &DType) -> DType {
    let unit = if text.kind() == Kind::Unicode { 4 } else { 1 };
    let needed = text_length(number.num()).unwrap_or(0) * unit;
    DType::flexible(text.num(), text.itemsize().max(needed))
}

fn promote_times(a: &DType, b: &DType) -> Result<DType> {
    let either_datetime = a.num() == TypeNum::Datetime || b.num() == TypeNum::Datetime;
    let num = if either_datetime { TypeNum::Datetime } else { TypeNum::Timedelta };
    // Years and months have no fixed length: spans in them mix with no other unit, but a calendar can place them.
    let unit = common_unit(a.time_unit(), b.time_unit(), !either_datetime)?;
    Ok(DType::time(num, unit))
}

fn promote_voids(a: &DType, b: &DType) -> Result<DType> {
    match (a.as_structure(), b.as_structure(), a.as_subarray(), b.as_subarray()) {
        (Some(x), Some(y), ..) => promote_structures(a, b, x.aligned || y.aligned),
        (None, None, Some(x), Some(y)) if x.shape == y.shape => {
            DType::subarray(promote(&x.base, &y.base)?, &x.shape)
        }
        (None, None, Some(_), Some(_)) => Err(refuse(a, b, ": the shapes of the subarrays differ")),
        (None, None, None, None) if a.itemsize() == b.itemsize() => {
            Ok(DType::flexible(TypeNum::Void, a.itemsize()))
        }
        (None, None, None, None) => Err(refuse(a, b, ": voids of different lengths have no common one")),
        _ => Err(refuse(a, b, ": a structure or subarray only mixes with one of its own form")),
    }
}

fn promote_structures(a: &DType, b: &DType, align: bool) -> Result<DType> {
    let (Some(x), Some(y)) = (a.as_structure(), b.as_structure()) else { return Err(refuse(a, b, "")) };
    if x.fields.len() != y.fields.len() || x.fields.iter().zip(&y.fields).any(|(f, g)| f.name != g.name) {
        return Err(refuse(a, b, ": field names mismatch"));
    }
    let mut specs = Vec::with_capacity(x.fields.len());
    for (f, g) in x.fields.iter().zip(&y.fields) {
        if f.title != g.title {
            return Err(refuse(
                a,
                b,
                &format!(": titles of field {} mismatch", super::name::quoted(&f.name)),
            ));
        }
        specs.push(FieldSpec {
            name: f.name.to_string(),
            title: f.title.as_deref().map(str::to_string),
            dtype: promote(&f.dtype, &g.dtype)?,
            offset: None,
        });
    }
    layout(specs, align, None)
}

/// How many of the next finer unit make one of `unit`. Years and months count as the units themselves here: no
/// number of days is right for them.
fn next_finer(unit: Unit) -> (Unit, u64) {
    use Unit::*;
    match unit {
        Year => (Month, 1),
        Month => (Week, 1),
        Week => (Day, 7),
        Day => (Hour, 24),
        Hour => (Minute, 60),
        Minute => (Second, 60),
        Second => (Milli, 1000),
        Milli => (Micro, 1000),
        Micro => (Nano, 1000),
        Nano => (Pico, 1000),
        Pico => (Femto, 1000),
        Femto => (Atto, 1000),
        Atto | Generic => (Generic, 1),
    }
}

/// Ticks of the finer unit in one of the coarser; `None` when it is 2^56 or more.
pub fn unit_factor(coarse: Unit, fine: Unit) -> Option<u64> {
    if coarse == Unit::Year && fine == Unit::Month {
        return Some(12);
    }
    let (mut unit, mut factor) = (coarse, 1u64);
    while unit < fine {
        let (finer, times) = next_finer(unit);
        factor = factor.checked_mul(times).filter(|f| f >> 56 == 0)?;
        unit = finer;
    }
    Some(factor)
}

fn is_nonlinear(unit: Unit) -> bool {
    matches!(unit, Unit::Year | Unit::Month)
}

/// The largest unit that both divide into. `strict`: years and months must not be mixed with weeks and finer.
///
/// # Errors
/// `Type` for such a mix, `Overflow` when the finer unit is too fine for the coarser.
pub fn common_unit(a: TimeUnit, b: TimeUnit, strict: bool) -> Result<TimeUnit> {
    if a.unit == Unit::Generic {
        return Ok(b);
    }
    if b.unit == Unit::Generic {
        return Ok(a);
    }
    if strict && is_nonlinear(a.unit) != is_nonlinear(b.unit) {
        return Err(Error::Type(format!(
            "Cannot get a common metadata divisor for Numpy datetime metadata {a} and {b} because they have incompatible \
             nonlinear base time units."
        )));
    }
    let overflow = || {
        Error::Overflow(format!(
            "Integer overflow getting a common metadata divisor for NumPy datetime metadata {a} and {b}."
        ))
    };
    let fine = a.unit.max(b.unit);
    let ticks = |t: TimeUnit| unit_factor(t.unit, fine)?.checked_mul(t.count.max(0) as u64);
    let (x, y) = (ticks(a).ok_or_else(overflow)?, ticks(b).ok_or_else(overflow)?);
    let count = i32::try_from(gcd(x, y)).map_err(|_| overflow())?;
    Ok(TimeUnit { unit: fine, count })
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A Python number's kind, which promotes without a size of its own. (Python's bool is numpy's.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weak {
    /// `int`
    Int,
    /// `float`
    Float,
    /// `complex`
    Complex,
}

impl Weak {
    /// The dtype it has when nothing else decides.
    pub fn default_dtype(self) -> DType {
        DType::of(match self {
            Weak::Int => super::parse::POINTER_INT,
            Weak::Float => TypeNum::Double,
            Weak::Complex => TypeNum::CDouble,
        })
    }
}

/// What a dtype becomes beside a Python number.
///
/// # Errors
/// `Promotion` for dtypes that do not mix with that kind of number.
pub fn promote_weak(dtype: &DType, weak: Weak) -> Result<DType> {
    use Kind::*;
    let complex_of = |num: TypeNum| match num {
        TypeNum::Half | TypeNum::Float => TypeNum::CFloat,
        num if num.is_small_float() => TypeNum::CFloat,
        TypeNum::LongDouble => TypeNum::CLongDouble,
        _ => TypeNum::CDouble,
    };
    match (dtype.kind(), weak) {
        (Object, _) => Ok(dtype.clone()),
        (Int | UInt | Float | Complex, Weak::Int)
        | (Float | Complex, Weak::Float)
        | (Complex, Weak::Complex) => Ok(DType::of(dtype.num())),
        (Float, Weak::Complex) => Ok(DType::of(complex_of(dtype.num()))),
        (Bool | Int | UInt, weak) => Ok(weak.default_dtype()),
        (Timedelta, Weak::Int) => Ok(dtype.clone()),
        _ => Err(refuse(dtype, &weak.default_dtype(), "")),
    }
}

/// The common dtype of several, and of Python numbers beside them (`numpy.result_type`).
///
/// Not a plain fold of [`promote`]: `int16, uint16, float32` is float32 in any order, so numbers are promoted from
/// the highest kind down.
///
/// # Errors
/// `Value` without operands; else as [`promote`] and [`promote_weak`].
pub fn result_type(dtypes: &[&DType], weak: Option<Weak>) -> Result<DType> {
    result_type_at(dtypes, weak, dtypes.len())
}

/// As [`result_type`], the Python number standing before the dtype at `place`. Only among dtypes that are no numbers does
/// that make a difference.
///
/// # Errors
/// As [`result_type`].
pub fn result_type_at(dtypes: &[&DType], weak: Option<Weak>, place: usize) -> Result<DType> {
    let Some((first, rest)) = dtypes.split_first() else {
        let weak = weak.ok_or_else(|| Error::Value("at least one array or dtype is required".into()))?;
        return Ok(weak.default_dtype());
    };
    let numbers = || dtypes.iter().all(|d| d.num().is_number());
    let strong = match rest {
        [] => (*first).clone(),
        [second] if weak.is_none() => promote(first, second)?,
        _ if numbers() => DType::of(promote_many(dtypes)),
        _ => return super::common::several(dtypes, weak, place),
    };
    match weak {
        Some(weak) => promote_weak(&strong, weak),
        None if dtypes.len() == 1 => Ok(strong.to_native()),
        None => Ok(strong),
    }
}

/// Numbers, three or more: the floating ones first, each integer against their result.
fn promote_many(dtypes: &[&DType]) -> TypeNum {
    let rank = |num: TypeNum| match num.kind() {
        Kind::Complex => 0,
        Kind::Float => 1,
        Kind::Int | Kind::UInt => 2,
        _ => 3,
    };
    let mut nums: Vec<TypeNum> = dtypes.iter().map(|d| d.num()).collect();
    nums.sort_by_key(|&num| (rank(num), std::cmp::Reverse(num.row().itemsize)));
    let mut result = nums[0];
    for &num in &nums[1..] {
        result = promote_numbers(result, num).unwrap_or(result);
    }
    result
}

/// The smallest integer type for a value given as sign and magnitude; `None` when only an object holds it.
pub fn min_integer(negative: bool, magnitude: u64) -> Option<TypeNum> {
    let signed = [TypeNum::Byte, TypeNum::Short, TypeNum::Int, TypeNum::Long, TypeNum::LongLong];
    let unsigned = [TypeNum::UByte, TypeNum::UShort, TypeNum::UInt, TypeNum::ULong, TypeNum::ULongLong];
    let bits = |num: TypeNum| 8 * num.row().itemsize as u32;
    if negative {
        return signed.into_iter().find(|&num| magnitude <= 1u64 << (bits(num) - 1));
    }
    unsigned.into_iter().find(|&num| bits(num) >= 64 || magnitude < 1u64 << bits(num))
}

/// The smallest float type that a value of float type `num` keeps its magnitude in. NaN and infinities fit in any.
pub fn min_float(num: TypeNum, value: f64) -> TypeNum {
    let fits = |limit: f64| !value.is_finite() || (value > -limit && value < limit);
    match num {
        TypeNum::LongDouble if fits(f64::MAX) => min_float(TypeNum::Double, value),
        TypeNum::Double if fits(3.4e38) => min_float(TypeNum::Float, value),
        TypeNum::Float if fits(65000.0) => TypeNum::Half,
        num => num,
    }
}

/// As [`min_float`] for complex types; there is no half-precision one, and what is not finite stays as it is.
pub fn min_complex(num: TypeNum, real: f64, imag: f64) -> TypeNum {
    let fits = |limit: f64| [real, imag].iter().all(|v| *v > -limit && *v < limit);
    match num {
        TypeNum::CLongDouble if fits(f64::MAX) => min_complex(TypeNum::CDouble, real, imag),
        TypeNum::CDouble if fits(3.4e38) => TypeNum::CFloat,
        num => num,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::parse::parse;

    #[test]
    fn pairs() {
        for (a, b, expected) in [
            ("i4", "u4", "int64"),
            ("i8", "u8", "float64"),
            ("i8", "f4", "float64"),
            ("e", "i2", "float32"),
            (">i4", ">i4", "int32"),
            ("F", "d", "complex128"),
            ("S3", "i2", "|S6"),
            ("U4", "S9", "<U9"),
            ("O", "i4,i4", "object"),
            ("m8[2s]", "m8[3s]", "timedelta64[s]"),
            ("M8[2Y]", "M8[3M]", "datetime64[3M]"),
            ("M8[Y]", "M8[7D]", "datetime64[7D]"),
            ("M8[D]", "m8[s]", "datetime64[s]"),
            ("i4", "m8[s]", "timedelta64[s]"),
            (">i4,>f4", "i2,f8", "[('f0', '<i4'), ('f1', '<f8')]"),
            ("(2,)i4", "(2,)f4", "('<f8', (2,))"),
            ("bfloat16", "?", "bfloat16"),
            ("float8_e5m2", "i1", "float8_e5m2"),
            ("float8_e4m3fn", "u1", "float8_e4m3fn"),
            ("bfloat16", "i2", "float32"),
            ("bfloat16", "i4", "float64"),
            ("bfloat16", "e", "float32"),
            ("bfloat16", "float8_e5m2", "float32"),
            ("float8_e4m3fn", "float8_e5m2", "float32"),
            ("bfloat16", "f", "float32"),
            ("bfloat16", "g", "float128"),
            ("float8_e5m2", "F", "complex64"),
            ("bfloat16", "U4", "<U32"),
            ("bfloat16", "O", "object"),
        ] {
            let (a, b) = (parse(a).unwrap(), parse(b).unwrap());
            assert_eq!(promote(&a, &b).unwrap().to_string(), expected);
            assert_eq!(promote(&b, &a).unwrap().to_string(), expected);
        }
        for (a, b) in [("M8[s]", "f8"), ("V4", "V8"), ("i4,i4", "i4"), ("m8[Y]", "m8[D]"), ("S3", "M8[s]")] {
            assert!(promote(&parse(a).unwrap(), &parse(b).unwrap()).is_err(), "{a} {b}");
        }
    }

    #[test]
    fn weak_numbers_choose_no_size() {
        for (dtype, weak, expected) in [
            ("i1", Weak::Int, "int8"),
            ("i1", Weak::Float, "float64"),
            ("e", Weak::Float, "float16"),
            ("bfloat16", Weak::Int, "bfloat16"),
            ("bfloat16", Weak::Float, "bfloat16"),
            ("float8_e4m3fn", Weak::Complex, "complex64"),
            ("f4", Weak::Complex, "complex64"),
            ("?", Weak::Int, "int64"),
            ("m8[s]", Weak::Int, "timedelta64[s]"),
            ("O", Weak::Complex, "object"),
        ] {
            assert_eq!(promote_weak(&parse(dtype).unwrap(), weak).unwrap().to_string(), expected);
        }
        assert!(promote_weak(&parse("S3").unwrap(), Weak::Int).is_err());
        let several: Vec<DType> = ["i2", "u2", "f4"].iter().map(|s| parse(s).unwrap()).collect();
        assert_eq!(result_type(&several.iter().collect::<Vec<_>>(), None).unwrap(), parse("f4").unwrap());
    }

    #[test]
    fn smallest_types() {
        for (negative, magnitude, char) in
            [(false, 255, 'B'), (false, 256, 'H'), (true, 128, 'b'), (true, 129, 'h'), (false, u64::MAX, 'L')]
        {
            assert_eq!(min_integer(negative, magnitude).map(|n| n.row().char as char), Some(char));
        }
        assert_eq!(min_integer(true, (1 << 63) + 1), None);
        assert_eq!(min_float(TypeNum::Double, 70000.0), TypeNum::Float);
        assert_eq!(min_float(TypeNum::Double, f64::NAN), TypeNum::Half);
        assert_eq!(min_complex(TypeNum::CDouble, 0.0, 1e39), TypeNum::CDouble);
    }
}
