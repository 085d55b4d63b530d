//! Times: from text, Python's `datetime` objects and integers to ticks, and back.

use std::cmp::Ordering;

use pyo3::exceptions::{PyDeprecationWarning, PyTypeError, PyUserWarning, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyInt, PyString, PyTuple};
use sharray_base::dtype::parse::{parse_bracket, parse_unit};
use sharray_base::dtype::promote::common_unit;
use sharray_base::dtype::{Casting, TimeUnit, Unit, can_cast};
use sharray_base::{DType, Kind, TypeNum};
use sharray_kernels::cast::Transfer;
use sharray_kernels::datetime::factor::conversion;
use sharray_kernels::datetime::iso::{self, Zone};
use sharray_kernels::datetime::{Civil, NAT, civil};

use super::element::{self, value};
use super::types;
use crate::errors::{self, OrRaise};

type Object<'py> = Bound<'py, PyAny>;

const MICROS_A_DAY: i64 = 86_400_000_000;

/// What a Python object says about time.
enum Moment {
    /// Not a time.
    Nat,
    /// Ticks of the unit in force.
    Ticks(i64),
    /// A point in UTC and the unit its form implies.
    Point(Civil, Unit),
    /// A span in microseconds.
    Span(i64),
    /// Ticks of a unit of its own.
    Of(i64, TimeUnit),
    /// None of these.
    Unknown,
}

fn read(object: &Object<'_>, num: TypeNum) -> PyResult<Moment> {
    let py = object.py();
    if object.is_none() {
        return Ok(Moment::Nat);
    }
    if let Some(own) = types::number_of(object.as_ptr()) {
        return read_scalar(object, own, num);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return read_text(py, &text.to_cow()?, num);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let text = String::from_utf8_lossy(bytes.as_bytes()).into_owned();
        return read_text(py, &text, num);
    }
    if object.is_instance_of::<PyInt>() || object.is_instance_of::<PyBool>() {
        return object
            .extract::<i64>()
            .map(Moment::Ticks)
            .map_err(|_| pyo3::exceptions::PyOverflowError::new_err("int too big to convert"));
    }
    let is_time = |array: &crate::object::array::Array<'_>| array.ndim() == 0 && array.dtype().num() == num;
    if let Some(array) = crate::object::array::Array::from_object(object).filter(is_time) {
        // A 0-d array of times stands for its element.
        return read(&array.get_item(PyTuple::empty(py))?, num);
    }
    if let Some(moment) = read_foreign(object, num)? {
        return Ok(moment);
    }
    read_calendar(object, num)
}

fn read_scalar(object: &Object<'_>, own: TypeNum, num: TypeNum) -> PyResult<Moment> {
    match own {
        // SAFETY: a scalar of this type.
        _ if own == num => Ok(Moment::Of(
            unsafe { value::<i64>(object.as_ptr()) },
            element::dtype_of_scalar(object, own).time_unit(),
        )),
        TypeNum::Unicode | TypeNum::String => {
            let text = match object.cast::<PyBytes>() {
                Ok(bytes) => String::from_utf8_lossy(bytes.as_bytes()).into_owned(),
                Err(_) => object.cast::<PyString>()?.to_string(),
            };
            read_text(object.py(), &text, num)
        }
        _ if own.kind() == Kind::Float || own.kind() == Kind::Complex || own == TypeNum::Void => {
            cast_ticks(object, own, num)
        }
        _ if own.is_integer() || own == TypeNum::Bool => {
            object.py().get_type::<PyInt>().call1((object,))?.extract().map(Moment::Ticks)
        }
        _ => Ok(Moment::Unknown),
    }
}

/// The ticks that a scalar of another kind is cast to.
fn cast_ticks(object: &Object<'_>, own: TypeNum, num: TypeNum) -> PyResult<Moment> {
    let py = object.py();
    let mut ticks = 0i64;
    element::with_bytes(object, own, |from, source| {
        let transfer = Transfer::new(from, &DType::of(num), false)?;
        // SAFETY: one readable element, room for eight bytes of ticks.
        unsafe { transfer.run(source, 0, (&raw mut ticks).cast(), 0, 1) }
    })
    .or_raise(py)?;
    Ok(Moment::Ticks(ticks))
}

/// True for text that ends in a zone's offset after a time of day, right or wrong.
fn names_zone(text: &str) -> bool {
    let Some(place) = text.rfind(['+', '-']).filter(|&place| place >= 13) else { return false };
    let offset = &text[place + 1..];
    text[..place].ends_with(|c: char| c.is_ascii_digit())
        && offset.len() >= 2
        && offset.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

fn read_text(py: Python<'_>, text: &str, num: TypeNum) -> PyResult<Moment> {
    if num == TypeNum::Timedelta {
        if text.is_empty() || text.eq_ignore_ascii_case("nat") {
            return Ok(Moment::Nat);
        }
        return Ok(text.trim().parse().map_or(Moment::Unknown, Moment::Ticks));
    }
    let parsed = iso::parse(text);
    if parsed.as_ref().map_or_else(|_| names_zone(text), |parsed| parsed.zoned) {
        let category = py.get_type::<PyUserWarning>();
        errors::warn(py, &category, "no explicit representation of timezones available for np.datetime64")?;
    }
    let parsed = parsed.or_raise(py)?;
    Ok(parsed.civil.map_or(Moment::Nat, |point| Moment::Point(point, parsed.unit)))
}

/// A time scalar of the real NumPy: its ticks and unit, read through what it shows of itself.
fn read_foreign(object: &Object<'_>, num: TypeNum) -> PyResult<Option<Moment>> {
    let class = object.get_type();
    let named = class.name().is_ok_and(|n| n == num.row().class_name);
    if !named || !class.module().is_ok_and(|m| m == "numpy") {
        return Ok(None);
    }
    let own = crate::object::dtype::coerce(&object.getattr("dtype")?)?;
    let ticks: i64 = object.call_method1("view", ("i8",))?.extract()?;
    if ticks == NAT {
        return Ok(Some(Moment::Nat));
    }
    Ok(Some(Moment::Of(ticks, crate::object::dtype::value(&own).time_unit())))
}

/// `datetime.date`, `datetime.datetime`, `datetime.timedelta` and what looks like them.
fn read_calendar(object: &Object<'_>, num: TypeNum) -> PyResult<Moment> {
    let py = object.py();
    let number = |name: &str| -> PyResult<Option<i64>> {
        object.getattr_opt(name)?.map(|n| n.extract::<i64>()).transpose()
    };
    if num == TypeNum::Timedelta {
        let class = py.import("datetime")?.getattr("timedelta")?;
        if !object.is_instance(&class)? {
            return Ok(Moment::Unknown);
        }
        let days: i64 = object.getattr("days")?.extract()?;
        let (seconds, micros): (i64, i64) =
            (object.getattr("seconds")?.extract()?, object.getattr("microseconds")?.extract()?);
        return Ok(Moment::Span(days * MICROS_A_DAY + seconds * 1_000_000 + micros));
    }
    if object.is_instance_of::<pyo3::types::PyType>() {
        return Ok(Moment::Unknown);
    }
    let (Ok(Some(year)), Ok(Some(month)), Ok(Some(day))) = (number("year"), number("month"), number("day"))
    else {
        return Ok(Moment::Unknown);
    };
    let mut point = Civil::date(year, month as u8, day as u8);
    let (Some(hour), Some(minute), Some(second), Some(micro)) =
        (number("hour")?, number("minute")?, number("second")?, number("microsecond")?)
    else {
        return Ok(Moment::Point(point, Unit::Day));
    };
    (point.hour, point.minute, point.second) = (hour as u8, minute as u8, second as u8);
    point.attos = micro as u64 * 1_000_000_000_000;
    if let Some(zone) = object.getattr_opt("tzinfo")?.filter(|z| !z.is_none()) {
        let category = py.get_type::<PyUserWarning>();
        errors::warn(py, &category, "no explicit representation of timezones available for np.datetime64")?;
        let offset = zone.call_method1("utcoffset", (object,))?;
        let seconds: f64 = offset.call_method0("total_seconds")?.extract()?;
        point = point.shifted_by_minutes(-(seconds / 60.0).floor() as i64).or_raise(py)?;
    }
    Ok(Moment::Point(point, Unit::Micro))
}

fn refused(num: TypeNum) -> PyErr {
    let what = if num == TypeNum::Datetime { "datetime" } else { "timedelta" };
    PyValueError::new_err(format!("Could not convert object to NumPy {what}"))
}

/// The time dtype a value (text, `datetime`, integer) has on its own.
pub fn time_dtype_of(object: &Object<'_>, num: TypeNum) -> PyResult<DType> {
    // A point counts as the span since the epoch, and a span as the point after it.
    if let Some(own) = types::number_of(object.as_ptr())
        && matches!(own.kind(), Kind::Datetime | Kind::Timedelta)
    {
        return Ok(DType::time(num, element::dtype_of_scalar(object, own).time_unit()));
    }
    own_dtype(&read(object, num)?, num)
}

fn own_dtype(moment: &Moment, num: TypeNum) -> PyResult<DType> {
    let unit = match *moment {
        Moment::Nat | Moment::Ticks(_) => TimeUnit::GENERIC,
        Moment::Point(_, unit) => TimeUnit::one(unit),
        Moment::Span(_) => TimeUnit::one(Unit::Micro),
        Moment::Of(_, unit) => unit,
        Moment::Unknown => return Err(refused(num)),
    };
    Ok(DType::time(num, unit))
}

/// Ticks of `dtype`'s unit for a value that is assigned.
pub(super) fn read_ticks(object: &Object<'_>, dtype: &DType) -> PyResult<i64> {
    to_ticks(object.py(), read(object, dtype.num())?, dtype)
}

/// The time a value stands for, in a unit or in the value's own, as `datetime64(value, unit)` makes it.
pub(super) fn read_time(object: &Object<'_>, num: TypeNum, unit: Option<TimeUnit>) -> PyResult<(DType, i64)> {
    let own = types::number_of(object.as_ptr()).map(TypeNum::kind);
    if matches!(own, Some(Kind::Float | Kind::Complex | Kind::Void)) {
        return Err(refused(num));
    }
    let moment = read(object, num)?;
    let dtype = match unit {
        Some(unit) => DType::time(num, unit),
        None => own_dtype(&moment, num)?,
    };
    let ticks = to_ticks(object.py(), moment, &dtype)?;
    Ok((dtype, ticks))
}

fn to_ticks(py: Python<'_>, moment: Moment, dtype: &DType) -> PyResult<i64> {
    let (num, unit) = (dtype.num(), dtype.time_unit());
    match moment {
        Moment::Nat => Ok(NAT),
        Moment::Ticks(_) if num == TypeNum::Datetime && unit.unit == Unit::Generic => {
            Err(PyValueError::new_err("Converting an integer to a NumPy datetime requires a specified unit"))
        }
        Moment::Ticks(count) => Ok(count),
        Moment::Point(point, own) => {
            let unit = if unit.unit == Unit::Generic { TimeUnit::one(own) } else { unit };
            point.to_ticks(unit).or_raise(py)
        }
        Moment::Span(micros) => {
            let own = TimeUnit::one(Unit::Micro);
            check_units(num, own, unit)?;
            convert(py, micros, own, unit, false)
        }
        Moment::Of(NAT, _) => Ok(NAT),
        Moment::Of(count, own) => {
            check_units(num, own, unit)?;
            convert(py, count, own, unit, num == TypeNum::Datetime)
        }
        Moment::Unknown => Err(refused(num)),
    }
}

/// A time of its own unit is taken only into units of the same kind: years and months hold no days.
fn check_units(num: TypeNum, from: TimeUnit, to: TimeUnit) -> PyResult<()> {
    if can_cast(&DType::time(num, from), &DType::time(num, to), Casting::SameKind) {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!(
        "Cannot cast NumPy {} scalar from metadata {from} to {to} according to the rule 'same_kind'",
        num.row().name
    )))
}

fn convert(py: Python<'_>, ticks: i64, from: TimeUnit, to: TimeUnit, points: bool) -> PyResult<i64> {
    if to.unit == Unit::Generic || from == to || from.unit == Unit::Generic {
        return Ok(ticks);
    }
    conversion(from, to, points).and_then(|c| c.apply(ticks)).or_raise(py)
}

/// The unit argument of `datetime64(value, unit)`: a string, a tuple of unit and count, a time dtype.
pub(super) fn unit_argument(object: &Object<'_>) -> PyResult<TimeUnit> {
    let py = object.py();
    if crate::object::dtype::is_dtype(object) {
        return Ok(crate::object::dtype::value(object).time_unit());
    }
    if let Ok(text) = object.cast::<PyString>() {
        let text = text.to_cow()?;
        return if text.starts_with('[') { parse_bracket(&text) } else { parse_unit(&text) }.or_raise(py);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return parse_unit(&String::from_utf8_lossy(bytes.as_bytes())).or_raise(py);
    }
    let Ok(tuple) = object.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err(format!(
            "a time unit is a string or a tuple, not {}",
            object.repr()?
        )));
    };
    from_tuple(tuple)
}

/// `(unit, count)` and its longer, older forms with a divisor and an event count.
fn from_tuple(tuple: &Bound<'_, PyTuple>) -> PyResult<TimeUnit> {
    let py = tuple.py();
    if !(2..=4).contains(&tuple.len()) {
        return Err(PyTypeError::new_err(format!("a time unit tuple has 2 to 4 items, not {}", tuple.len())));
    }
    let symbol = tuple.get_item(0)?;
    let symbol = match symbol.cast::<PyBytes>() {
        Ok(bytes) => String::from_utf8_lossy(bytes.as_bytes()).into_owned(),
        Err(_) => symbol.extract()?,
    };
    let count: i32 = tuple.get_item(1)?.extract()?;
    let divisor: i32 =
        if tuple.len() > 2 { tuple.get_item(tuple.len() - 1)?.extract().unwrap_or(1) } else { 1 };
    if tuple.len() == 4 && !tuple.get_item(3)?.is_none() && divisor != 1 {
        let category = py.get_type::<PyDeprecationWarning>();
        errors::warn(py, &category, "events in a time unit are deprecated and ignored")?;
    }
    if count <= 0 {
        return Err(PyValueError::new_err(format!("a time unit counts at least 1, not {count}")));
    }
    let spelled = if divisor > 1 && tuple.len() == 3 {
        format!("{count}{symbol}/{divisor}")
    } else {
        format!("{count}{symbol}")
    };
    parse_unit(&spelled).or_raise(py)
}

/// A time as Python's `datetime` object, or as an integer where Python has none.
pub(super) fn to_python<'py>(py: Python<'py>, dtype: &DType, ticks: i64) -> PyResult<Object<'py>> {
    if ticks == NAT {
        return Ok(py.None().into_bound(py));
    }
    let whole = || Ok(ticks.into_pyobject(py)?.into_any());
    let unit = dtype.time_unit();
    if unit.unit == Unit::Generic || unit.unit > Unit::Micro {
        return whole();
    }
    let datetime = py.import("datetime")?;
    if dtype.num() == TypeNum::Timedelta {
        if matches!(unit.unit, Unit::Year | Unit::Month) {
            return whole();
        }
        // Exactly: what is too long for 64 bits of microseconds is too long for Python as well, but must be seen to be.
        let Ok(each) = conversion(unit, TimeUnit::one(Unit::Micro), false).and_then(|c| c.apply(1)) else {
            return whole();
        };
        let micros = i128::from(ticks) * i128::from(each);
        let day = i128::from(MICROS_A_DAY);
        let parts = (micros.div_euclid(day), 0, micros.rem_euclid(day));
        let days = parts.0;
        if days.abs() > 999_999_999 {
            return whole();
        }
        return datetime.getattr("timedelta")?.call1(parts);
    }
    let Ok(Some(point)) = Civil::from_ticks(ticks, unit) else { return whole() };
    if !(1..=9999).contains(&point.year) {
        return whole();
    }
    if unit.unit < Unit::Hour {
        return datetime.getattr("date")?.call1((point.year, point.month, point.day));
    }
    let micros = point.attos / 1_000_000_000_000;
    datetime.getattr("datetime")?.call1((
        point.year,
        point.month,
        point.day,
        point.hour,
        point.minute,
        point.second,
        micros,
    ))
}

/// ISO text of a point in time.
///
/// # Errors
/// `ValueError` for ticks of no unit.
pub(super) fn point_text(py: Python<'_>, ticks: i64, unit: TimeUnit) -> PyResult<String> {
    if ticks == NAT {
        return Ok("NaT".into());
    }
    let point = Civil::from_ticks(ticks, unit);
    point.and_then(|point| iso::format(point, unit.unit, Zone::Naive)).or_raise(py)
}

/// `5 days`, `125 seconds`.
pub(super) fn span_text(ticks: i64, unit: TimeUnit) -> String {
    if ticks == NAT {
        return "NaT".into();
    }
    let words = match unit.unit {
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
    };
    format!("{} {words}", i128::from(ticks) * i128::from(unit.count))
}

/// The order of two times of one kind, or of a span and an integer; the outer `None` for other operands, the inner for
/// NaT, which has no order.
pub(super) fn compare(a: &Object<'_>, b: &Object<'_>) -> PyResult<Option<Option<Ordering>>> {
    let (Some(x), Some(y)) = (types::number_of(a.as_ptr()), types::number_of(b.as_ptr())) else {
        return Ok(None);
    };
    if x != y || !matches!(x, TypeNum::Datetime | TypeNum::Timedelta) {
        return Ok(None);
    }
    let py = a.py();
    // SAFETY: both are scalars of a time type.
    let (p, q) = unsafe { (value::<i64>(a.as_ptr()), value::<i64>(b.as_ptr())) };
    let (u, v) = (element::dtype_of_scalar(a, x).time_unit(), element::dtype_of_scalar(b, y).time_unit());
    let points = x == TypeNum::Datetime;
    if p == NAT || q == NAT {
        return Ok(Some(None));
    }
    // Units without a common one, and ticks beyond it, are the ufunc's matter.
    let Ok(common) = common_unit(u, v, !points) else { return Ok(None) };
    let (Ok(p), Ok(q)) = (convert(py, p, u, common, points), convert(py, q, v, common, points)) else {
        return Ok(None);
    };
    Ok(Some(Some(p.cmp(&q))))
}

/// Equal times hash equally, whatever their units.
pub(super) fn hash(scalar: &Object<'_>, ticks: i64) -> PyResult<ffi::Py_hash_t> {
    let py = scalar.py();
    let num = types::number_of(scalar.as_ptr()).unwrap_or(TypeNum::Datetime);
    let unit = element::dtype_of_scalar(scalar, num).time_unit();
    if ticks == NAT {
        return Ok((scalar.as_ptr() as usize).rotate_right(4) as ffi::Py_hash_t);
    }
    if unit.unit == Unit::Generic {
        if num == TypeNum::Timedelta {
            return Err(PyValueError::new_err("Can't hash generic timedelta64"));
        }
        return ticks.into_pyobject(py)?.hash();
    }
    let datetime = py.import("datetime")?;
    if num == TypeNum::Datetime {
        let Some(point) = Civil::from_ticks(ticks, unit).or_raise(py)? else { return Ok(0) };
        return hash_point(&datetime, point);
    }
    hash_span(&datetime, i128::from(ticks) * i128::from(unit.count), unit.unit)
}

/// Attoseconds in a microsecond.
const MICRO: u64 = 1_000_000_000_000;

/// Python's hash of the equal `datetime.datetime`, where there is one.
fn hash_point(datetime: &Bound<'_, PyModule>, point: Civil) -> PyResult<ffi::Py_hash_t> {
    let py = datetime.py();
    let (micros, rest) = (point.attos / MICRO, point.attos % MICRO);
    if (1..=9999).contains(&point.year) && rest == 0 {
        let parts = (point.year, point.month, point.day, point.hour, point.minute, point.second, micros);
        return datetime.getattr("datetime")?.call1(parts)?.hash();
    }
    let seconds = civil::to_days(point.year, point.month, point.day) * 86_400
        + i128::from(point.hour) * 3600
        + i128::from(point.minute) * 60
        + i128::from(point.second);
    (seconds, point.attos).into_pyobject(py)?.hash()
}

/// Python's hash of the equal `datetime.timedelta`, where there is one. Years and months equal no days.
fn hash_span(datetime: &Bound<'_, PyModule>, total: i128, unit: Unit) -> PyResult<ffi::Py_hash_t> {
    let py = datetime.py();
    let (seconds, ticks_a_second) = match unit {
        Unit::Year => return (1, total * 12, 0).into_pyobject(py)?.hash(),
        Unit::Month => return (1, total, 0).into_pyobject(py)?.hash(),
        Unit::Week => (total * 7 * 86_400, 1),
        Unit::Day => (total * 86_400, 1),
        Unit::Hour => (total * 3600, 1),
        Unit::Minute => (total * 60, 1),
        Unit::Second => (total, 1),
        finer => {
            let ticks_a_second = 1000i128.pow(finer as u32 - Unit::Second as u32);
            (total.div_euclid(ticks_a_second), ticks_a_second)
        }
    };
    let attos = total.rem_euclid(ticks_a_second) * (i128::from(civil::SECOND) / ticks_a_second);
    let days = seconds.div_euclid(86_400);
    if attos % i128::from(MICRO) == 0 && days.abs() < 999_999_999 {
        let parts = (days, seconds.rem_euclid(86_400), attos / i128::from(MICRO));
        return datetime.getattr("timedelta")?.call1(parts)?.hash();
    }
    (0, seconds, attos).into_pyobject(py)?.hash()
}
