//! The loop for the operands' own dtypes.

use sharray_base::dtype::promote::common_unit;
use sharray_base::dtype::{Casting, can_cast, result_type};
use sharray_base::{DType, Error, Kind, Result, TypeNum};
use sharray_kernels::table::Rule;
use smallvec::SmallVec;

use super::{Choice, Input, is_text, is_time, narrow, no_loop, time, weak_fits};
use crate::ufunc::{Ufunc, UfuncLoop, Weak};

pub(super) fn choose<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>], reduction: bool) -> Result<Choice<'a>> {
    if inputs.is_empty() {
        return ufunc.loops().first().map(Choice::of).ok_or_else(|| no_loop(ufunc, inputs, &[]));
    }
    refuse_bool_arithmetic(ufunc, inputs)?;
    let rule = ufunc.rule();
    if reduction && rule == Rule::Logical {
        let num = if inputs.iter().any(|i| i.dtype.kind() == Kind::Object) {
            TypeNum::Object
        } else {
            TypeNum::Bool
        };
        return loop_of(ufunc, inputs, num);
    }
    if let Some(choice) = time::choose(ufunc, inputs)? {
        return Ok(choice);
    }
    if rule != Rule::Logical {
        same_calendar(inputs)?;
    }
    if rule != Rule::Logical && mixes_texts(inputs) {
        return Err(unsupported(ufunc, inputs));
    }
    if let Some(entry) = exact(ufunc, inputs) {
        return Ok(Choice::of(entry));
    }
    let found = match rule {
        Rule::Comparison => comparison(ufunc, inputs),
        Rule::TrueDivide => common(inputs)
            .map(|num| if num.is_integer() || num == TypeNum::Bool { TypeNum::Double } else { num })
            .and_then(|num| ufunc.loop_of(num)),
        _ => common(inputs).and_then(|num| narrow::loop_of(ufunc, searched(ufunc, inputs, num))),
    };
    if let Some(entry) = found {
        return Ok(Choice::of(entry));
    }
    match rule {
        // Everything has a truth value where two are asked for theirs; one alone must be a number.
        Rule::Logical if inputs.len() == 1 => Err(unsupported(ufunc, inputs)),
        Rule::Logical => loop_of(ufunc, inputs, TypeNum::Bool),
        _ if matches!(ufunc.name(), "gcd" | "lcm") && inputs.iter().all(|i| i.dtype.kind() == Kind::Bool) => {
            Err(no_loop(ufunc, inputs, &[]))
        }
        Rule::SimpleUnary if inputs.iter().all(|i| i.dtype.kind() == Kind::Bool) => {
            Err(no_loop(ufunc, inputs, &[]))
        }
        Rule::Comparison if inputs.iter().any(|i| is_text(i.dtype) || is_time(i.dtype)) => {
            Err(no_loop(ufunc, inputs, &[]))
        }
        _ => first_safe(ufunc, inputs).map(Choice::of).ok_or_else(|| unsupported(ufunc, inputs)),
    }
}

/// Ufuncs that look for a loop of the inputs' common type alone.
const PROMOTED: [&str; 8] = ["add", "subtract", "fmax", "fmin", "gcd", "lcm", "maximum", "minimum"];

/// Ufuncs that try their loops in order find the one of `long` before that of `long long`, which is as wide.
fn searched(ufunc: &Ufunc, inputs: &[Input<'_>], common: TypeNum) -> TypeNum {
    let by_type = PROMOTED.contains(&ufunc.name()) || ufunc.name() == "multiply" || ufunc.core().is_some();
    match common {
        _ if by_type || inputs.len() < 2 || inputs.iter().any(|i| i.weak.is_some()) => common,
        TypeNum::LongLong => TypeNum::Long,
        TypeNum::ULongLong => TypeNum::ULong,
        _ => common,
    }
}

/// The error of inputs that can't be cast to what any loop takes.
fn unsupported(ufunc: &Ufunc, inputs: &[Input<'_>]) -> Error {
    let promoted = ufunc.rule() == Rule::SimpleUnary
        || ufunc.rule() == Rule::Comparison
        || PROMOTED.contains(&ufunc.name());
    if promoted || ufunc.loops().is_empty() {
        return no_loop(ufunc, inputs, &[]);
    }
    if ufunc.name() == "isnat" {
        return Error::Type("ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.".into());
    }
    Error::Type(format!(
        "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported types \
         according to the casting rule ''safe''",
        ufunc.name()
    ))
}

/// Spans of years or months can't be counted in days or shorter.
fn same_calendar(inputs: &[Input<'_>]) -> Result<()> {
    let mut spans = inputs.iter().filter(|i| i.dtype.kind() == Kind::Timedelta).map(|i| i.dtype.time_unit());
    let Some(first) = spans.next() else { return Ok(()) };
    spans.try_fold(first, |all, unit| common_unit(all, unit, true)).map(|_| ())
}

/// True for bytes beside text, which are never compared.
fn mixes_texts(inputs: &[Input<'_>]) -> bool {
    let has = |kind: Kind| inputs.iter().any(|i| i.dtype.kind() == kind);
    has(Kind::Bytes) && has(Kind::Unicode)
}

fn loop_of<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>], num: TypeNum) -> Result<Choice<'a>> {
    ufunc.loop_of(num).map(Choice::of).ok_or_else(|| no_loop(ufunc, inputs, &[]))
}

/// NumPy refuses to guess what `-` means for bools.
fn refuse_bool_arithmetic(ufunc: &Ufunc, inputs: &[Input<'_>]) -> Result<()> {
    if !inputs.iter().all(|i| i.dtype.num() == TypeNum::Bool) {
        return Ok(());
    }
    let advice = match ufunc.name() {
        "subtract" => {
            "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead."
        }
        "negative" => {
            "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead."
        }
        _ => return Ok(()),
    };
    Err(Error::Type(advice.into()))
}

/// The loop whose inputs are of exactly these types. A weak input beside a strong one has no type of its own.
fn exact<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>]) -> Option<&'a UfuncLoop> {
    let first = inputs[0].dtype.num();
    // Several Python integers have no dtype to compute in but `long`, whatever holds them.
    let only_weak = inputs.len() > 1 && inputs.iter().all(|i| i.weak.is_some());
    if inputs.iter().all(|i| i.dtype.num() == first) && !(only_weak && first == TypeNum::Object) {
        // Where a weak input has the strong one's type, that type is what it becomes.
        return ufunc.loop_of(first);
    }
    if inputs.iter().any(|i| i.weak.is_some()) {
        return None;
    }
    ufunc.loops().iter().find(|l| l.types.iter().zip(inputs).all(|(num, i)| *num == i.dtype.num()))
}

/// The inputs' common type, Python numbers yielding.
fn common(inputs: &[Input<'_>]) -> Option<TypeNum> {
    let strong: SmallVec<[&DType; 4]> = inputs.iter().filter(|i| i.weak.is_none()).map(|i| i.dtype).collect();
    let weak = inputs.iter().filter_map(|i| i.weak).max();
    // A Python integer that only an object holds is weak all the same.
    let lonely = inputs.len() == 1 && inputs[0].dtype.num() == TypeNum::Object;
    if lonely || strong.iter().any(|d| d.num() == TypeNum::Object) {
        return Some(TypeNum::Object);
    }
    let num = result_type(&strong, weak).ok()?.num();
    let mixes_text = num.is_flexible() && inputs.iter().any(|i| i.dtype.num().is_number());
    (!mixes_text).then_some(num)
}

/// Comparison: signed with unsigned 64-bit integers exactly, everything else in the common type.
fn comparison<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>]) -> Option<&'a UfuncLoop> {
    let integers = inputs.iter().all(|i| i.dtype.num().is_integer() && i.weak.is_none());
    let num = common(inputs)?;
    if integers && num.kind() == Kind::Float {
        let sides = inputs.iter().map(|i| match i.dtype.kind() {
            Kind::UInt => TypeNum::ULongLong,
            _ => TypeNum::LongLong,
        });
        let wanted: SmallVec<[TypeNum; 4]> = sides.collect();
        let mixed = ufunc
            .loops()
            .iter()
            .find(|l| l.types.iter().zip(&wanted).all(|(a, b)| a.canonical() == b.canonical()));
        if mixed.is_some() {
            return mixed;
        }
    }
    ufunc.loop_of(num)
}

/// The first loop that every input can be cast to safely.
fn first_safe<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>]) -> Option<&'a UfuncLoop> {
    let all_weak = inputs.iter().all(|i| i.weak.is_some());
    let takes = |input: &Input<'_>, num: TypeNum| match input.weak {
        Some(weak) if !all_weak && num.is_number() => weak_fits(weak, num),
        weak => {
            // An only integer that just an object holds is one.
            let large = inputs.len() == 1 && input.dtype.kind() == Kind::Object;
            let own = weak.filter(|_| !large).map(Weak::default_dtype);
            can_cast(own.as_ref().unwrap_or(input.dtype), &DType::of(num), Casting::Safe)
        }
    };
    // Numbers become objects only in ufuncs that know nothing else.
    let is_object = |l: &&UfuncLoop| l.types.contains(&TypeNum::Object);
    let objects = inputs.iter().any(|i| i.dtype.num() == TypeNum::Object)
        || ufunc.loops().iter().all(|l| is_object(&l));
    let loops = ufunc.loops().iter().filter(|l| objects || !is_object(l));
    let is_text = |num: &TypeNum| num.is_flexible() || *num == TypeNum::VString;
    let mut usable = loops.filter(|l| !l.types.iter().take(inputs.len()).any(is_text));
    usable.find(|l| l.types.iter().zip(inputs).all(|(num, input)| takes(input, *num)))
}
