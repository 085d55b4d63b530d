//! Which casts are allowed. Every cast has a *level*, the strictest rule that allows it; a rule allows a cast when it
//! is at least as lax as the level.

use super::kind::{Kind, TypeNum};
use super::promote::{promote_numbers, text_length, unit_factor};
use super::time_unit::{TimeUnit, Unit};
use super::value::{DType, Structure};
use crate::error::{Error, Result};

/// The casting rules, from strict to lax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Casting {
    /// The same bytes mean the same.
    No,
    /// But for byte order or the places of fields.
    Equiv,
    /// Every value is kept.
    Safe,
    /// Or within a kind, as float64 to float32.
    SameKind,
    /// Anything that can be done.
    Unsafe,
    /// Any cast between numbers, but a value that changes is an error when the cast runs.
    SameValue,
}

impl Casting {
    /// Its name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Casting::No => "no",
            Casting::Equiv => "equiv",
            Casting::Safe => "safe",
            Casting::SameKind => "same_kind",
            Casting::Unsafe => "unsafe",
            Casting::SameValue => "same_value",
        }
    }
    /// The rule of that name.
    ///
    /// # Errors
    /// `Value` for another word.
    pub fn from_name(name: &str) -> Result<Casting> {
        use Casting::*;
        let all = [No, Equiv, Safe, SameKind, Unsafe, SameValue];
        all.into_iter().find(|rule| rule.name() == name).ok_or_else(|| {
            Error::Value(format!(
                "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value' (got {})",
                super::name::quoted(name)
            ))
        })
    }
}

/// True when `casting` allows a cast from one dtype to the other.
pub fn can_cast(from: &DType, to: &DType, casting: Casting) -> bool {
    if casting == Casting::SameValue {
        // Only numbers are checked value by value when the cast runs.
        return from.num().is_number() && to.num().is_number();
    }
    level(from, to).is_some_and(|level| level <= casting)
}

/// Refuses a cast that `casting` does not allow.
///
/// # Errors
/// `Cast`.
pub fn check_cast(from: &DType, to: &DType, casting: Casting) -> Result<()> {
    if can_cast(from, to, casting) {
        return Ok(());
    }
    Err(Error::Cast { from: from.clone(), to: to.clone(), casting: casting.name() })
}

/// The strictest rule that allows the cast; `None` when none does.
pub fn level(from: &DType, to: &DType) -> Option<Casting> {
    use Kind::*;
    if from.num().is_number() && to.num().is_number() {
        return Some(number_level(from, to));
    }
    if let Some(sub) = to.as_subarray() {
        return into_subarray(from, to, sub);
    }
    if let (Void, Some(_)) | (Void, None) = (from.kind(), from.as_structure())
        && (from.as_structure().is_some() || to.as_structure().is_some())
        && to.kind() == Void
    {
        return void_level(from, to);
    }
    if from.as_structure().is_some() && !matches!(to.kind(), Object | VString) {
        return single_field(from, to);
    }
    match (from.kind(), to.kind()) {
        (Object, Object) => Some(Casting::No),
        (_, Object) => Some(Casting::Safe),
        (Object, _) => Some(Casting::Unsafe),
        (VString, VString) => Some(variable_level(from, to)),
        (VString, Bool | Bytes | Unicode | Void) => Some(Casting::SameKind),
        (VString, _) => Some(Casting::Unsafe),
        (Bytes | Void, VString) => Some(Casting::SameKind),
        (Unicode, VString) => Some(Casting::SameKind),
        (_, VString) => Some(Casting::Safe),
        (Datetime, Datetime) | (Timedelta, Timedelta) => Some(time_level(from, to)),
        (Bool | Int | UInt, Timedelta) => {
            let fits = from.kind() != UInt || from.itemsize() < 8;
            Some(if fits { Casting::Safe } else { Casting::SameKind })
        }
        (Bytes | Unicode, Bytes | Unicode) => Some(text_level(from, to)),
        (Bytes | Unicode, _) if to.kind() != Void => Some(Casting::Unsafe),
        (_, Bytes | Unicode) if from.num().is_number() => Some(number_to_text(from, to)),
        (_, Void) if to.as_structure().is_none() => Some(into_void(from, to)),
        _ => Some(Casting::Unsafe),
    }
}

/// Between texts of variable width: missing ones may have to be written out.
fn variable_level(from: &DType, to: &DType) -> Casting {
    let loses = from.text_options().missing.is_some() && to.text_options().missing.is_none();
    if loses { Casting::SameKind } else { Casting::No }
}

fn order_level(from: &DType, to: &DType) -> Casting {
    if from.order() == to.order() { Casting::No } else { Casting::Equiv }
}

fn number_level(from: &DType, to: &DType) -> Casting {
    let (a, b) = (from.num().canonical(), to.num().canonical());
    if a == b {
        return order_level(from, to);
    }
    if promote_numbers(a, b).is_some_and(|num| num.canonical() == b) {
        return Casting::Safe;
    }
    let rank = |kind: Kind| match kind {
        Kind::Bool => 0,
        Kind::UInt => 1,
        Kind::Int => 2,
        Kind::Float => 3,
        _ => 4,
    };
    if rank(a.kind()) <= rank(b.kind()) { Casting::SameKind } else { Casting::Unsafe }
}

fn text_level(from: &DType, to: &DType) -> Casting {
    if from.kind() == Kind::Unicode && to.kind() == Kind::Bytes {
        return Casting::Unsafe;
    }
    let chars = |d: &DType| if d.kind() == Kind::Unicode { d.itemsize() / 4 } else { d.itemsize() };
    let (have, room) = (chars(from), chars(to));
    if from.kind() == to.kind() && (have == room || room == 0) {
        return order_level(from, to);
    }
    if room == 0 || have <= room { Casting::Safe } else { Casting::SameKind }
}

fn number_to_text(from: &DType, to: &DType) -> Casting {
    let unit = if to.kind() == Kind::Unicode { 4 } else { 1 };
    let needed = text_length(from.num()).unwrap_or(usize::MAX / 8);
    if to.itemsize() == 0 || to.itemsize() / unit >= needed { Casting::Safe } else { Casting::SameKind }
}

/// Into unstructured void: the bytes themselves.
fn into_void(from: &DType, to: &DType) -> Casting {
    let plain = from.kind() == Kind::Void && from.as_subarray().is_none();
    match (from.itemsize(), to.itemsize()) {
        (a, b) if plain && (a == b || b == 0) => Casting::No,
        (_, 0) => Casting::Safe,
        _ if from.as_subarray().is_some() => Casting::Unsafe,
        (a, b) if a <= b => Casting::Safe,
        _ if plain => Casting::SameKind,
        _ => Casting::Unsafe,
    }
}

/// Between voids of which one at least is a structure.
fn void_level(from: &DType, to: &DType) -> Option<Casting> {
    match (from.as_structure(), to.as_structure()) {
        (Some(a), Some(b)) => structure_level(a, b, from.itemsize() == to.itemsize()),
        (Some(_), None) if to.itemsize() == 0 && to.as_subarray().is_none() => Some(Casting::No),
        (Some(_), None) => single_field(from, to),
        _ => Some(Casting::Unsafe),
    }
}

/// A structure becomes a plain value only through its one field, a subarray there through its first element.
fn single_field(from: &DType, to: &DType) -> Option<Casting> {
    let [field] = &from.as_structure()?.fields[..] else { return None };
    let inner = field.dtype.as_subarray().map_or(&field.dtype, |sub| &sub.base);
    level(inner, to).map(|_| Casting::Unsafe)
}

fn structure_level(a: &Structure, b: &Structure, same_size: bool) -> Option<Casting> {
    if a.fields.len() != b.fields.len() {
        return None;
    }
    let mut worst = if same_size { Casting::No } else { Casting::Equiv };
    for (x, y) in a.fields.iter().zip(&b.fields) {
        if x.name != y.name || x.title != y.title {
            worst = worst.max(Casting::Safe);
        }
        if x.offset != y.offset {
            worst = worst.max(Casting::Equiv);
        }
        worst = worst.max(level(&x.dtype, &y.dtype)?);
    }
    Some(worst)
}

fn into_subarray(from: &DType, to: &DType, sub: &super::value::Subarray) -> Option<Casting> {
    match from.as_subarray() {
        Some(own) if own.shape == sub.shape => level(&own.base, &sub.base),
        Some(_) => Some(Casting::Unsafe),
        None if from.kind() == Kind::Void && to.kind() == Kind::Void && from.as_structure().is_none() => {
            Some(Casting::Unsafe)
        }
        None => level(from, &sub.base).map(|level| level.max(Casting::Safe)),
    }
}

pub(super) fn time_level(from: &DType, to: &DType) -> Casting {
    let (a, b) = (from.time_unit(), to.time_unit());
    if a == b {
        return order_level(from, to);
    }
    if a.unit == Unit::Generic {
        return Casting::Safe;
    }
    if b.unit == Unit::Generic {
        return Casting::Unsafe;
    }
    if thousands_renamed(a, b) {
        return order_level(from, to);
    }
    let nonlinear = |t: TimeUnit| matches!(t.unit, Unit::Year | Unit::Month);
    if nonlinear(a) != nonlinear(b) {
        // Points in time have a calendar; spans have none.
        return match from.kind() {
            Kind::Timedelta => Casting::Unsafe,
            _ if a.unit < b.unit => Casting::Safe,
            _ => Casting::SameKind,
        };
    }
    if a.unit <= b.unit && divides(a, b) { Casting::Safe } else { Casting::SameKind }
}

/// True when each tick of `a` is a whole number of ticks of `b`.
fn divides(a: TimeUnit, b: TimeUnit) -> bool {
    let ticks = unit_factor(a.unit, b.unit)
        .and_then(|f| f.checked_mul(a.count.max(0) as u64))
        .filter(|t| t >> 56 == 0);
    ticks.is_some_and(|ticks| ticks.is_multiple_of(b.count.max(1) as u64))
}

/// `1000ms` is `s`: the same ticks under a coarser name, for seconds and finer.
fn thousands_renamed(a: TimeUnit, b: TimeUnit) -> bool {
    b.unit >= Unit::Second
        && a.unit > b.unit
        && unit_factor(b.unit, a.unit).and_then(|f| f.checked_mul(b.count.max(0) as u64))
            == Some(a.count as u64)
}

/// The rule for results that no number type takes part in: only for completeness of tables elsewhere.
pub fn is_same_kind(from: TypeNum, to: TypeNum) -> bool {
    can_cast(&DType::of(from), &DType::of(to), Casting::SameKind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::parse::parse;

    #[test]
    fn levels() {
        use Casting::*;
        for (from, to, expected) in [
            ("i4", "i4", Some(No)),
            ("l", "q", Some(No)),
            (">i4", "i4", Some(Equiv)),
            ("i4", "f8", Some(Safe)),
            ("i8", "f4", Some(SameKind)),
            ("u4", "i1", Some(SameKind)),
            ("i4", "u8", Some(Unsafe)),
            ("f8", "i8", Some(Unsafe)),
            ("S5", "S3", Some(SameKind)),
            ("S5", "U5", Some(Safe)),
            ("U5", "S20", Some(Unsafe)),
            ("i8", "S20", Some(SameKind)),
            ("i8", "U21", Some(Safe)),
            ("M8[s]", "M8[ms]", Some(Safe)),
            ("M8[ms]", "M8[s]", Some(SameKind)),
            ("m8[Y]", "m8[D]", Some(Unsafe)),
            ("M8[1000ms]", "M8[s]", Some(No)),
            ("M8[s]", "m8[s]", Some(Unsafe)),
            ("u8", "m8[s]", Some(SameKind)),
            ("i4,f4", "i4,f8", Some(Safe)),
            ("i4,f4", "f4", None),
            ("i4,f4", "O", Some(Safe)),
            ("O", "i4,f4", Some(Unsafe)),
            ("V4", "V8", Some(Safe)),
            ("f8", "V4", Some(Unsafe)),
            ("i4", "(2,)i8", Some(Safe)),
            ("i1", "bfloat16", Some(Safe)),
            ("i2", "bfloat16", Some(SameKind)),
            ("bfloat16", "f4", Some(Safe)),
            ("bfloat16", "F", Some(Safe)),
            ("bfloat16", "f2", Some(SameKind)),
            ("f8", "float8_e5m2", Some(SameKind)),
            ("float8_e5m2", "bfloat16", Some(SameKind)),
            ("bfloat16", "i8", Some(Unsafe)),
            ("bfloat16", ">bfloat16", Some(Equiv)),
            ("(2,)i4", "i4", Some(Unsafe)),
        ] {
            assert_eq!(level(&parse(from).unwrap(), &parse(to).unwrap()), expected, "{from} to {to}");
        }
        assert!(Casting::from_name("wild").is_err());
        assert_eq!(Casting::from_name("same_kind"), Ok(SameKind));
    }
}
