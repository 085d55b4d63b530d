//! The loop for dtypes that the caller fixed, for all operands (`signature=`) or for the outputs (`dtype=`).

use sharray_base::dtype::{Casting, can_cast};
use sharray_base::{DType, Error, Result, TypeNum};
use sharray_kernels::table::Rule;

use super::{Choice, Input, choose, weak_fits};
use crate::ufunc::{Ufunc, UfuncLoop};

pub(super) fn choose<'a>(
    ufunc: &'a Ufunc,
    inputs: &[Input<'_>],
    signature: &[Option<DType>],
    casting: Casting,
) -> Result<Choice<'a>> {
    let found = find(ufunc, inputs, signature, casting);
    if concerns_variable_text(inputs, signature, found) {
        check_variable_text(ufunc, inputs, signature, found)?;
    }
    let entry = found.ok_or_else(|| {
        let name = ufunc.name();
        Error::Type(format!(
            "No loop matching the specified signature and casting was found for ufunc {name}"
        ))
    })?;
    let mut choice = Choice::of(entry);
    for (slot, dtype) in choice.dtypes.iter_mut().zip(signature) {
        // A unit or length that was given stands; an open one follows the operands.
        *slot = dtype.as_ref().filter(|d| !is_open(d)).map(DType::to_native);
    }
    Ok(choice)
}

/// Whether a text of variable width is among what was given or found.
fn concerns_variable_text(
    inputs: &[Input<'_>],
    signature: &[Option<DType>],
    found: Option<&UfuncLoop>,
) -> bool {
    let given = inputs.iter().map(|i| i.dtype).chain(signature.iter().flatten()).map(DType::num);
    given.chain(found.into_iter().flat_map(|l| l.types.iter().copied())).any(|num| num == TypeNum::VString)
}

/// Such text is made of other text only, never of numbers, and it has no width that text of fixed width could take.
fn check_variable_text(
    ufunc: &Ufunc,
    inputs: &[Input<'_>],
    signature: &[Option<DType>],
    found: Option<&UfuncLoop>,
) -> Result<()> {
    for (input, given) in inputs.iter().zip(signature) {
        if let (TypeNum::VString, Some(given)) = (input.dtype.num(), given)
            && signature.iter().take(inputs.len()).all(Option::is_some)
            && given.num().is_flexible()
            && is_open(given)
        {
            return Err(Error::Type(format!(
                "cannot cast dtype {:?} to {} without a width: give one, as in 'U20'",
                input.dtype,
                given.name()
            )));
        }
    }
    // An input whose dtype was given is cast to that.
    let given = |at: usize| signature.get(at).and_then(Option::as_ref);
    let num = |at: usize| given(at).unwrap_or(inputs[at].dtype).num();
    let takes = |(at, wanted): (usize, &TypeNum)| match wanted {
        TypeNum::VString => matches!(num(at), TypeNum::VString | TypeNum::Unicode),
        wanted => num(at) != TypeNum::VString || !wanted.is_flexible(),
    };
    let fits = found.is_some_and(|entry| entry.types.iter().take(inputs.len()).enumerate().all(takes));
    if !fits {
        let known = |(at, given): (usize, &Option<DType>)| {
            given.clone().or_else(|| inputs.get(at).map(|input| input.dtype.clone()))
        };
        let dtypes: Vec<_> = signature.iter().enumerate().map(known).collect();
        return Err(super::no_loop(ufunc, inputs, &dtypes));
    }
    Ok(())
}

fn is_open(dtype: &DType) -> bool {
    dtype.itemsize() == 0
        || dtype.time_unit().unit == sharray_base::dtype::Unit::Generic && super::is_time(dtype)
}

fn find<'a>(
    ufunc: &'a Ufunc,
    inputs: &[Input<'_>],
    signature: &[Option<DType>],
    casting: Casting,
) -> Option<&'a UfuncLoop> {
    let (given_inputs, outputs) = signature.split_at(ufunc.nin().min(signature.len()));
    let agrees = |entry: &&UfuncLoop| {
        entry.types.iter().zip(signature).all(|(num, d)| d.as_ref().is_none_or(|d| same(d.num(), *num)))
    };
    if given_inputs.iter().all(Option::is_some) {
        let exactly = |l: &&UfuncLoop| {
            l.types.iter().zip(signature).all(|(n, d)| d.as_ref().is_none_or(|d| d.num() == *n))
        };
        return ufunc.loops().iter().find(exactly).or_else(|| ufunc.loops().iter().find(agrees));
    }
    if given_inputs.iter().all(Option::is_none) && !matches!(ufunc.rule(), Rule::Comparison | Rule::Logical) {
        let num = outputs.iter().flatten().next().map(DType::num)?;
        if let Some(entry) = ufunc.loop_of(num).filter(|l| agrees(l)) {
            return Some(entry);
        }
    }
    if let Some(own) = choose::choose(ufunc, inputs, false).ok().map(|c| c.entry).filter(|l| agrees(l)) {
        return Some(own);
    }
    let rule = if casting > Casting::Safe { Casting::Safe } else { casting };
    let takes = |input: &Input<'_>, num: TypeNum| match input.weak {
        Some(weak) if num.is_number() => weak_fits(weak, num),
        _ => can_cast(input.dtype, &DType::of(num), rule),
    };
    let open = |entry: &&UfuncLoop| {
        let free =
            inputs.iter().zip(given_inputs).zip(&entry.types).filter(|((_, given), _)| given.is_none());
        free.into_iter().all(|((input, _), num)| takes(input, *num))
    };
    let mut loops = ufunc.loops().iter().filter(agrees);
    // Inputs of one type are cast to it as far as `casting` allows; no loop is forced on inputs of several types.
    let uniform = |l: &&UfuncLoop| l.types[..inputs.len()].windows(2).all(|pair| pair[0] == pair[1]);
    loops.find(open).or_else(|| ufunc.loops().iter().filter(agrees).find(uniform))
}

fn same(a: TypeNum, b: TypeNum) -> bool {
    a.canonical() == b.canonical()
}
