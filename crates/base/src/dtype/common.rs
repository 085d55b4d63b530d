//! The common dtype of three or more operands that are not all numbers.
//!
//! What is asked first matters: text takes each number by itself, but knows nothing of a Python integer; a number knows
//! what it becomes beside one. So the types are asked in NumPy's order: in pairs from both ends, those that know less
//! giving way to those that know more, until one is left that all others are measured by.

use super::kind::{Kind, TypeNum};
use super::promote::{Weak, common_unit, promote, promote_numbers, promote_weak, text_length};
use super::time_unit::TimeUnit;
use super::value::DType;
use crate::error::{Error, Result};

/// A type without its lengths and units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Of(TypeNum),
    Python(Weak),
}
use Class::{Of, Python};

/// What `main` makes of itself and `other`; `None` where it leaves that to `other`.
fn asked(main: Class, other: Class) -> Option<Class> {
    match (main, other) {
        (a, b) if a == b => Some(a),
        (Python(a), Python(b)) => (a > b).then_some(main),
        (Python(weak), Of(num)) => {
            let takes = num.is_number() || num == TypeNum::Timedelta;
            let made = takes.then(|| promote_weak(&DType::of(num), weak).ok()).flatten();
            made.map(|dtype| Of(dtype.num()))
        }
        (Of(num), other) => asked_of(num, other),
    }
}

fn asked_of(num: TypeNum, other: Class) -> Option<Class> {
    let Of(other) = other else { return (num == TypeNum::Object).then_some(Of(num)) };
    let whole = |num: TypeNum| num.is_integer() || num == TypeNum::Bool;
    let takes = match num.kind() {
        Kind::Object => true,
        Kind::VString => other == TypeNum::Unicode,
        Kind::Bytes => other.is_number(),
        Kind::Unicode => other.is_number() || other == TypeNum::String,
        Kind::Datetime => other == TypeNum::Timedelta,
        Kind::Timedelta => whole(other),
        Kind::Void => false,
        _ => return promote_numbers(num, other).map(Of),
    };
    takes.then_some(Of(num))
}

/// What either makes of both.
fn common(a: Class, b: Class) -> Option<Class> {
    asked(a, b).or_else(|| asked(b, a))
}

/// Moves what knows most to the front, and drops what gives way to it. The common class, if that was all.
fn reduce(classes: &mut [Option<Class>]) -> Option<Class> {
    let (count, half) = (classes.len(), classes.len() / 2);
    let mut found = None;
    for low in 0..half {
        let high = count - 1 - low;
        let (Some(near), Some(far)) = (classes[low], classes[high]) else { continue };
        found = match far {
            Python(_) => asked(far, near),
            Of(_) => asked(near, far),
        };
        match found {
            None => classes.swap(low, high),
            Some(class) if class == near => classes[high] = None,
            Some(_) => {}
        }
    }
    if count <= 2 { found } else { reduce(&mut classes[..count - half]) }
}

fn class_of_all(classes: &mut [Option<Class>]) -> Option<Class> {
    let (mut result, mut from) = (reduce(classes), 2);
    let main = classes[0]?;
    if result.is_none() {
        (result, from) = (Some(main), 1);
    }
    for class in classes[from..].iter().flatten() {
        result = Some(common(result?, asked(main, *class)?)?);
    }
    result
}

/// The common dtype of `dtypes`, two or more, and a Python number among them: before the one at `place`.
///
/// # Errors
/// `Promotion`; `Type` or `Overflow` for time units without a common divisor.
pub(super) fn several(dtypes: &[&DType], weak: Option<Weak>, place: usize) -> Result<DType> {
    if dtypes.iter().any(|d| d.num() == TypeNum::Object) {
        return Ok(DType::of(TypeNum::Object));
    }
    let mut classes: Vec<Option<Class>> = dtypes.iter().map(|d| Some(Of(d.num()))).collect();
    if let Some(weak) = weak {
        classes.insert(place.min(dtypes.len()), Some(Python(weak)));
    }
    let refused =
        || Error::Promotion { dtypes: dtypes.iter().map(|d| (*d).clone()).collect(), detail: String::new() };
    match class_of_all(&mut classes) {
        Some(Of(num)) => instance(num, dtypes),
        _ => Err(refused()),
    }
}

/// The dtype of type `num` that holds what all the others hold.
fn instance(num: TypeNum, dtypes: &[&DType]) -> Result<DType> {
    match num.kind() {
        Kind::Bytes | Kind::Unicode => {
            let unit = if num == TypeNum::Unicode { 4 } else { 1 };
            let length = |dtype: &&DType| match dtype.kind() {
                Kind::Unicode => dtype.itemsize() / 4,
                Kind::Bytes => dtype.itemsize(),
                _ => text_length(dtype.num()).unwrap_or(0),
            };
            let longest = dtypes.iter().map(length).max().unwrap_or(0);
            Ok(DType::flexible(num, unit * longest))
        }
        Kind::Datetime | Kind::Timedelta => {
            let mut times = dtypes.iter().filter(|d| matches!(d.kind(), Kind::Datetime | Kind::Timedelta));
            let strict = num == TypeNum::Timedelta;
            let unit = times.try_fold(TimeUnit::GENERIC, |all, d| common_unit(all, d.time_unit(), strict))?;
            Ok(DType::time(num, unit))
        }
        Kind::Void | Kind::VString => {
            let mut same = dtypes.iter().filter(|d| d.num() == num);
            let Some(first) = same.next() else { return Ok(DType::of(num)) };
            same.try_fold((*first).clone(), |all, d| promote(&all, d))
        }
        _ => Ok(DType::of(num)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::parse::parse;

    #[test]
    fn who_is_asked_first_decides() {
        for (names, weak, expected) in [
            (&["q", "S"][..], Some(Weak::Int), Some("|S21")),
            (&["S", "b"], Some(Weak::Int), None),
            (&["U", "T", "f"], None, Some("StringDType()")),
            (&["T", "U", "f"], None, None),
            (&["m8[s]", "b"], Some(Weak::Int), Some("timedelta64[s]")),
            (&["m8[s]", "M8[ms]", "i2"], None, Some("datetime64[ms]")),
            (&["m8[s]", "f", "b"], None, None),
            (&["S3", "U2", "?"], None, Some("<U5")),
            (&["O", "M8[s]", "V3"], None, Some("object")),
        ] {
            let dtypes: Vec<DType> = names.iter().map(|name| parse(name).unwrap()).collect();
            let found =
                several(&dtypes.iter().collect::<Vec<_>>(), weak, names.len()).ok().map(|d| d.to_string());
            assert_eq!(found.as_deref(), expected, "{names:?} {weak:?}");
        }
    }
}
