//! Elements as text: what `str` says of the scalar.

use half::f16;
use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{DType, Error, Kind, Result, TypeNum};

use super::digits::Shortest;
use crate::cast::F80;
use crate::datetime::{Civil, NAT, iso};
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2};

/// Appends the text of a native element.
///
/// # Safety
/// The pointer is a readable element of the dtype that the function was chosen for, in native order.
pub(super) type Write = unsafe fn(&DType, *const u8, &mut String) -> Result<()>;

/// The writer of a dtype's values.
pub(super) fn writer(dtype: &DType) -> Option<Write> {
    Some(match (dtype.kind(), dtype.itemsize()) {
        (Kind::Bool, _) => bool_text,
        (Kind::Int, 1) => integer::<i8>,
        (Kind::UInt, 1) => integer::<u8>,
        (Kind::Int, 2) => integer::<i16>,
        (Kind::UInt, 2) => integer::<u16>,
        (Kind::Int, 4) => integer::<i32>,
        (Kind::UInt, 4) => integer::<u32>,
        (Kind::Int, 8) => integer::<i64>,
        (Kind::UInt, 8) => integer::<u64>,
        _ if dtype.num() == TypeNum::BFloat16 => float::<BFloat16>,
        _ if dtype.num() == TypeNum::Float8E4M3FN => float::<Float8E4M3FN>,
        _ if dtype.num() == TypeNum::Float8E5M2 => float::<Float8E5M2>,
        (Kind::Float, 2) => float::<f16>,
        (Kind::Float, 4) => float::<f32>,
        (Kind::Float, 8) => float::<f64>,
        (Kind::Float, _) => float::<F80>,
        (Kind::Complex, 8) => complex::<f32>,
        (Kind::Complex, 16) => complex::<f64>,
        (Kind::Complex, _) => complex::<F80>,
        (Kind::Datetime, _) => datetime,
        (Kind::Timedelta, _) => timedelta,
        _ => return None,
    })
}

/// # Safety
/// As for [`Write`].
unsafe fn bool_text(_: &DType, at: *const u8, out: &mut String) -> Result<()> {
    // SAFETY: a bool is one byte.
    out.push_str(if unsafe { *at } != 0 { "True" } else { "False" });
    Ok(())
}

/// # Safety
/// As for [`Write`].
unsafe fn integer<T: Copy + std::fmt::Display>(_: &DType, at: *const u8, out: &mut String) -> Result<()> {
    use std::fmt::Write;
    // SAFETY: by this function's contract.
    let value = unsafe { at.cast::<T>().read_unaligned() };
    write!(out, "{value}").map_err(|_| Error::Runtime("an integer could not be written as text".into()))
}

/// # Safety
/// As for [`Write`].
unsafe fn float<T: Shortest>(_: &DType, at: *const u8, out: &mut String) -> Result<()> {
    // SAFETY: by this function's contract.
    unsafe { at.cast::<T>().read_unaligned() }.write(out, true);
    Ok(())
}

/// # Safety
/// As for [`Write`].
unsafe fn complex<T: Shortest>(_: &DType, at: *const u8, out: &mut String) -> Result<()> {
    // SAFETY: a complex number is two parts.
    let (real, imaginary) =
        unsafe { (at.cast::<T>().read_unaligned(), at.cast::<T>().add(1).read_unaligned()) };
    write_complex(real, imaginary, out);
    Ok(())
}

/// `(1+2j)`, or `2j` where the real part is positive zero.
pub fn write_complex<T: Shortest>(real: T, imaginary: T, out: &mut String) {
    let finite = !real.is_nan() && !real.is_infinite();
    if finite && !real.is_negative() && real.digits().as_str() == "0" {
        imaginary.write(out, false);
        return out.push('j');
    }
    out.push('(');
    real.write(out, false);
    if imaginary.is_nan() || !imaginary.is_negative() {
        out.push('+');
    }
    imaginary.write(out, false);
    out.push_str("j)");
}

/// # Safety
/// As for [`Write`].
unsafe fn datetime(dtype: &DType, at: *const u8, out: &mut String) -> Result<()> {
    // SAFETY: a time is eight bytes.
    let ticks = unsafe { at.cast::<i64>().read_unaligned() };
    let unit = dtype.time_unit();
    out.push_str(&iso::format(Civil::from_ticks(ticks, unit)?, unit.unit, iso::Zone::Naive)?);
    Ok(())
}

/// # Safety
/// As for [`Write`].
unsafe fn timedelta(dtype: &DType, at: *const u8, out: &mut String) -> Result<()> {
    // SAFETY: a time is eight bytes.
    write_timedelta(unsafe { at.cast::<i64>().read_unaligned() }, dtype.time_unit(), out);
    Ok(())
}

/// `25 seconds`: the ticks in base units, and their name.
pub fn write_timedelta(ticks: i64, unit: TimeUnit, out: &mut String) {
    use std::fmt::Write;
    if ticks == NAT {
        return out.push_str("NaT");
    }
    // Writing to a string can't fail.
    let _ = write!(out, "{} {}", i128::from(ticks) * i128::from(unit.count), plural(unit.unit));
}

fn plural(unit: Unit) -> &'static str {
    match unit {
        Unit::Year => "years",
        Unit::Month => "months",
        Unit::Week => "weeks",
        Unit::Day => "days",
        Unit::Hour => "hours",
        Unit::Minute => "minutes",
        Unit::Second => "seconds",
        Unit::Milli => "milliseconds",
        Unit::Micro => "microseconds",
        Unit::Nano => "nanoseconds",
        Unit::Pico => "picoseconds",
        Unit::Femto => "femtoseconds",
        Unit::Atto => "attoseconds",
        Unit::Generic => "generic time units",
    }
}

/// How many characters hold any value of a dtype as text: what `astype("S")` makes room for. `None` where it depends
/// on the values (objects), or the dtype has no text.
pub fn text_length(dtype: &DType) -> Option<usize> {
    match dtype.num() {
        TypeNum::String => Some(dtype.itemsize()),
        TypeNum::Unicode => Some(dtype.itemsize() / 4),
        TypeNum::Datetime => Some(iso::max_length(dtype.time_unit().unit)),
        TypeNum::Timedelta => Some(21),
        num => sharray_base::dtype::promote::text_length(num),
    }
}
