//! `str` and `repr` of scalars: the shortest digits that read back as the same value, laid out as NumPy does.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use sharray_base::{DType, Kind, TypeNum};
use sharray_kernels::cast::Transfer;
use sharray_kernels::small_float;

use super::element::{self, value};
use super::{time, types};
use crate::errors::LazyClass;
use crate::gate;

static VOID_TEXT: LazyClass = LazyClass::new("sharray._core.arrayprint", "_void_scalar_to_string");

type Object<'py> = Bound<'py, PyAny>;

/// Real and imaginary part (or the one part) of a float or complex element, as doubles.
pub(super) fn parts(dtype: &DType, source: *const u8) -> Vec<f64> {
    macro_rules! read {
        ($type:ty, $count:expr) => {
            // SAFETY: a scalar's own bytes, that many values of this type.
            (0..$count).map(|i| unsafe { source.cast::<$type>().add(i).read_unaligned() })
        };
    }
    match dtype.num() {
        TypeNum::Half => read!(u16, 1).map(|h| f64::from(half::f16::from_bits(h))).collect(),
        TypeNum::BFloat16 => read!(u16, 1).map(|b| small_float::value(dtype.num(), b).into()).collect(),
        num if num.is_small_float() => {
            read!(u8, 1).map(|b| small_float::value(num, b.into()).into()).collect()
        }
        TypeNum::Float => read!(f32, 1).map(f64::from).collect(),
        TypeNum::Double => read!(f64, 1).collect(),
        TypeNum::CFloat => read!(f32, 2).map(f64::from).collect(),
        TypeNum::CDouble => read!(f64, 2).collect(),
        TypeNum::LongDouble => read!([u8; 16], 1).map(element::long_double_to_f64).collect(),
        TypeNum::CLongDouble => read!([u8; 16], 2).map(element::long_double_to_f64).collect(),
        _ => Vec::new(),
    }
}

/// Digits without a point, and the power of ten of the first.
struct Decimal {
    digits: String,
    exponent: i32,
}

impl Decimal {
    /// From a form such as `1.25e-7` or `125.0`.
    fn parse(text: &str) -> Decimal {
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let power: i32 = power.parse().unwrap_or(0);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let zeros = all.bytes().take_while(|b| *b == b'0').count();
        let digits = all[zeros.min(all.len())..].trim_end_matches('0');
        let exponent = whole.len() as i32 - 1 - zeros as i32 + power;
        if digits.is_empty() {
            Decimal { digits: "0".into(), exponent: 0 }
        } else {
            Decimal { digits: digits.into(), exponent }
        }
    }
    fn positional(&self, keep_point: bool) -> String {
        let count = self.digits.len() as i32;
        let (whole, fraction) = if self.exponent < 0 {
            ("0".to_string(), format!("{}{}", "0".repeat((-self.exponent - 1) as usize), self.digits))
        } else if self.exponent + 1 >= count {
            (format!("{}{}", self.digits, "0".repeat((self.exponent + 1 - count) as usize)), String::new())
        } else {
            let (whole, fraction) = self.digits.split_at((self.exponent + 1) as usize);
            (whole.to_string(), fraction.to_string())
        };
        match (fraction.is_empty(), keep_point) {
            (true, true) => format!("{whole}.0"),
            (true, false) => whole,
            _ => format!("{whole}.{fraction}"),
        }
    }
    fn scientific(&self) -> String {
        let (first, rest) = self.digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let sign = if self.exponent < 0 { '-' } else { '+' };
        format!("{first}{point}{rest}e{sign}{:02}", self.exponent.abs())
    }
}

/// The shortest digits for a finite, non-negative value of a type.
fn shortest(num: TypeNum, number: f64) -> Decimal {
    let mut buffer = zmij::Buffer::new();
    match num {
        TypeNum::Half => {
            let exact = half::f16::from_f64(number);
            let reads_back = |digits: &usize| {
                let text = format!("{number:.*e}", digits);
                text.parse::<f64>().is_ok_and(|v| half::f16::from_f64(v) == exact)
            };
            let digits = (0..8).find(reads_back).unwrap_or(8);
            Decimal::parse(&format!("{number:.*e}", digits))
        }
        // Six digits tell all of them apart; the fewest that do would show 448 as 450.
        num if num.is_small_float() => Decimal::parse(&format!("{number:.5e}")),
        TypeNum::Float | TypeNum::CFloat => Decimal::parse(buffer.format_finite(number as f32)),
        _ => Decimal::parse(buffer.format_finite(number)),
    }
}

/// From this magnitude on doubles are written in the scientific form.
const FAR: f64 = 1e16;

/// From this magnitude on the scientific form is used: as many digits as the type is sure to hold. Older ways of
/// printing made no difference between the types.
fn scientific_from(py: Python<'_>, num: TypeNum, numbers: &[f64]) -> PyResult<f64> {
    let near = match num {
        TypeNum::Half => 1e3,
        TypeNum::Float | TypeNum::CFloat => 1e6,
        num if num.is_small_float() => 1e6,
        _ => return Ok(FAR),
    };
    let matters = numbers.iter().any(|number| number.abs() >= near);
    Ok(if matters && legacy(py)? <= ONE_RANGE { FAR } else { near })
}

/// One real number. `keep_point` writes whole numbers as `1.0`.
fn real_text(num: TypeNum, number: f64, keep_point: bool, scientific_from: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let size = number.abs();
    if size.is_infinite() {
        return format!("{sign}inf");
    }
    let decimal = shortest(num, size);
    let plain = size == 0.0 || (1e-4..scientific_from).contains(&size);
    format!("{sign}{}", if plain { decimal.positional(keep_point) } else { decimal.scientific() })
}

/// A `long double` in full precision, by the engine's own cast to text.
fn long_double_text(bytes: [u8; 16], keep_point: bool) -> String {
    let to = DType::flexible(TypeNum::Unicode, 4 * 64);
    let mut units = [0u32; 64];
    let room = super::layout::LongDouble(bytes);
    let cast = Transfer::new(&DType::of(TypeNum::LongDouble), &to, false).and_then(|transfer| {
        // SAFETY: one readable long double, one writable text of 64 characters.
        unsafe { transfer.run((&raw const room).cast(), 0, units.as_mut_ptr().cast(), 0, 1) }
    });
    let text: String = units.iter().take_while(|u| **u != 0).filter_map(|u| char::from_u32(*u)).collect();
    if cast.is_err() || text.is_empty() {
        return real_text(TypeNum::LongDouble, element::long_double_to_f64(bytes), keep_point, FAR);
    }
    match text.strip_suffix(".0") {
        Some(whole) if !keep_point => whole.to_string(),
        _ => text,
    }
}

/// A complex number from the texts of its parts, as Python writes it.
fn complex_text(real: String, imaginary: String, real_is_zero: bool, parentheses: bool) -> String {
    if real_is_zero {
        return format!("{imaginary}j");
    }
    let sign = if imaginary.starts_with('-') { "" } else { "+" };
    let body = format!("{real}{sign}{imaginary}j");
    if parentheses { format!("({body})") } else { body }
}

/// A float or complex scalar; `parentheses` around a complex number of two parts.
fn number_text(object: &Object<'_>, num: TypeNum, parentheses: bool) -> PyResult<String> {
    let numbers = element::with_bytes(object, num, parts);
    let texts: Vec<String> = if matches!(num, TypeNum::LongDouble | TypeNum::CLongDouble) {
        let keep = num == TypeNum::LongDouble;
        // SAFETY: the scalar holds one or two long doubles.
        let raw = |i: usize| unsafe {
            object.as_ptr().cast::<u8>().add(super::layout::VALUE_OFFSET + 16 * i).cast::<[u8; 16]>().read()
        };
        (0..numbers.len()).map(|i| long_double_text(raw(i), keep)).collect()
    } else {
        let from = scientific_from(object.py(), num, &numbers)?;
        numbers.iter().map(|n| real_text(num, *n, numbers.len() == 1, from)).collect()
    };
    Ok(match <[String; 2]>::try_from(texts) {
        Ok([real, imaginary]) => {
            let zero = numbers[0] == 0.0 && numbers[0].is_sign_positive();
            complex_text(real, imaginary, zero, parentheses)
        }
        Err(mut one) => one.pop().unwrap_or_default(),
    })
}

fn plain_void(object: &Object<'_>) -> String {
    let bytes = element::with_bytes(object, TypeNum::Void, |dtype, source| {
        // SAFETY: the scalar's own bytes.
        unsafe { std::slice::from_raw_parts(source, dtype.itemsize()) }.to_vec()
    });
    let digits: String = bytes.iter().map(|b| format!("\\x{b:02X}")).collect();
    format!("b'{digits}'")
}

/// `str(scalar)`.
pub(super) fn text_of<'py>(object: &Object<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    let py = object.py();
    let made = |text: String| Ok(PyString::new(py, &text).into_any());
    match num.kind() {
        Kind::Bool => {
            // SAFETY: a scalar of this type.
            let on = unsafe { value::<u8>(object.as_ptr()) } != 0;
            made(if on { "True".into() } else { "False".into() })
        }
        // SAFETY: a scalar of this type.
        Kind::Int | Kind::UInt => made(unsafe { super::arith::read_int(object.as_ptr(), num) }.to_string()),
        Kind::Float | Kind::Complex => made(number_text(object, num, true)?),
        Kind::Unicode => Ok(super::members::python_value(object)?),
        Kind::Bytes => Ok(super::members::python_value(object)?.repr()?.into_any()),
        Kind::Datetime | Kind::Timedelta => {
            let unit = element::dtype_of_scalar(object, num).time_unit();
            // SAFETY: a scalar of this type.
            let ticks = unsafe { value::<i64>(object.as_ptr()) };
            made(if num == TypeNum::Datetime {
                time::point_text(py, ticks, unit)?
            } else {
                time::span_text(ticks, unit)
            })
        }
        Kind::Void if element::dtype_of_scalar(object, num).as_structure().is_some() => {
            VOID_TEXT.get(py)?.call1((object, false))
        }
        Kind::Void => made(plain_void(object)),
        Kind::Object | Kind::VString => Ok(object.str()?.into_any()),
    }
}

fn time_repr(object: &Object<'_>, num: TypeNum) -> PyResult<String> {
    use sharray_base::dtype::Unit;
    let unit = element::dtype_of_scalar(object, num).time_unit();
    // SAFETY: a scalar of this type.
    let ticks = unsafe { value::<i64>(object.as_ptr()) };
    let generic = unit.unit == Unit::Generic;
    let shown = match (unit.unit, unit.count) {
        (unit, 1) => unit.symbol().to_string(),
        (unit, count) => format!("{count}{}", unit.symbol()),
    };
    let nat = ticks == sharray_kernels::datetime::NAT;
    if num == TypeNum::Timedelta {
        let count = if nat { "'NaT'".to_string() } else { ticks.to_string() };
        return Ok(if generic {
            format!("np.timedelta64({count})")
        } else {
            format!("np.timedelta64({count},'{shown}')")
        });
    }
    let text = time::point_text(object.py(), ticks, unit)?;
    // The text tells the unit, unless it is NaT or a multiple. NumPy names hours too, and not weeks, which look like days.
    let says_unit = !nat && unit.count == 1 && !matches!(unit.unit, Unit::Generic | Unit::Hour);
    Ok(if says_unit {
        format!("np.datetime64('{text}')")
    } else {
        format!("np.datetime64('{text}','{shown}')")
    })
}

/// The number of the old way of printing in force (`113`, `125`); the present one is larger than all.
pub fn legacy(py: Python<'_>) -> PyResult<i64> {
    static OPTIONS: LazyClass = LazyClass::new("sharray._core.printoptions", "format_options");
    let options = OPTIONS.get(py)?.call_method0(pyo3::intern!(py, "get"))?;
    options.get_item(pyo3::intern!(py, "legacy"))?.extract()
}

/// The last version that wrote numbers of every precision in one range without an exponent.
const ONE_RANGE: i64 = 202;
/// The last version that printed scalars like plain Python numbers.
const PLAIN_SCALARS: i64 = 125;
/// The version that cut floats off after 12 digits.
const SHORT_FLOATS: i64 = 113;

/// `repr` as it was before scalars told their type.
fn plain_repr<'py>(object: &Object<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    let py = object.py();
    let text = match num.kind() {
        Kind::Datetime | Kind::Timedelta => format!("numpy{}", &time_repr(object, num)?[2..]),
        Kind::Unicode | Kind::Bytes => return Ok(super::members::python_value(object)?.repr()?.into_any()),
        Kind::Void if element::dtype_of_scalar(object, num).as_structure().is_some() => {
            return VOID_TEXT.get(py)?.call1((object, false));
        }
        Kind::Void => format!("void({})", plain_void(object)),
        _ => return text_of(object, num),
    };
    Ok(PyString::new(py, &text).into_any())
}

/// A float or complex scalar with so many digits as `%.12g` writes; `repr` of a real one shows all that it may have.
fn short_float<'py>(object: &Object<'py>, num: TypeNum, repr: bool) -> PyResult<Object<'py>> {
    let py = object.py();
    let numbers = element::with_bytes(object, num, parts);
    let digits = match num {
        TypeNum::Half | TypeNum::Float if !repr => 6,
        TypeNum::Half | TypeNum::Float | TypeNum::CFloat => 8,
        TypeNum::Double if repr => 17,
        TypeNum::LongDouble if !repr => 12,
        num if num.is_small_float() => 6,
        TypeNum::LongDouble | TypeNum::CLongDouble => 20,
        _ => 12,
    };
    let write = |number: f64| -> PyResult<String> {
        let text: String =
            PyString::new(py, &format!("%.{digits}g")).call_method1("__mod__", (number,))?.extract()?;
        let whole = number.is_finite() && !text.contains(['.', 'e']);
        Ok(if whole && numbers.len() == 1 { format!("{text}.0") } else { text })
    };
    let text = match numbers[..] {
        [real, imaginary] => {
            let (real_text, imaginary_text) = (write(real)?, write(imaginary)?);
            let star = if imaginary.is_finite() { "" } else { "*" };
            if real == 0.0 && real.is_sign_positive() {
                format!("{imaginary_text}{star}j")
            } else {
                let sign = if imaginary_text.starts_with('-') { "" } else { "+" };
                format!("({real_text}{sign}{imaginary_text}{star}j)")
            }
        }
        [one] => write(one)?,
        _ => String::new(),
    };
    Ok(PyString::new(py, &text).into_any())
}

fn repr_of<'py>(object: &Object<'py>, num: TypeNum) -> PyResult<Object<'py>> {
    let py = object.py();
    // Integers of one size go by one name.
    let name = if num.is_integer() { num.row().name } else { num.row().class_name };
    let text = match num.kind() {
        Kind::Bool => format!("np.{}_", text_of(object, num)?),
        Kind::Int | Kind::UInt if types::exact_number(object.get_type_ptr()).is_none() => {
            format!("{}({})", object.get_type().name()?, text_of(object, num)?)
        }
        Kind::Datetime | Kind::Timedelta => time_repr(object, num)?,
        Kind::Void if element::dtype_of_scalar(object, num).as_structure().is_some() => {
            return VOID_TEXT.get(py)?.call1((object, true));
        }
        Kind::Unicode | Kind::Bytes => {
            format!("np.{name}({})", super::members::python_value(object)?.repr()?)
        }
        Kind::Complex if num == TypeNum::CLongDouble => {
            format!("np.{name}('{}')", number_text(object, num, false)?)
        }
        Kind::Complex => format!("np.{name}({})", number_text(object, num, false)?),
        _ if num == TypeNum::LongDouble => format!("np.{name}('{}')", text_of(object, num)?),
        _ => format!("np.{name}({})", text_of(object, num)?),
    };
    Ok(PyString::new(py, &text).into_any())
}

pub(super) unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live scalar.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let num = types::number_of(object.as_ptr()).unwrap_or(TypeNum::Object);
        match legacy(py)? {
            ..=SHORT_FLOATS if matches!(num.kind(), Kind::Float | Kind::Complex) => {
                short_float(&object, num, true)
            }
            ..=PLAIN_SCALARS => plain_repr(&object, num),
            _ => repr_of(&object, num),
        }
    })
}

pub(super) unsafe extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live scalar.
        let object: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let num = types::number_of(object.as_ptr()).unwrap_or(TypeNum::Object);
        let float = matches!(num.kind(), Kind::Float | Kind::Complex);
        if float && legacy(py)? <= SHORT_FLOATS {
            short_float(&object, num, false)
        } else {
            text_of(&object, num)
        }
    })
}

/// Python's own bytes of a `bytes_`.
pub(super) fn plain_bytes<'py>(object: &Object<'py>) -> PyResult<Object<'py>> {
    let bytes = object.cast::<PyBytes>()?;
    Ok(PyBytes::new(object.py(), bytes.as_bytes()).into_any())
}
