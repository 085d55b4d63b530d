//! Loops of fixed-width text: operands stay as wide as they are, results are as wide as the ufunc's rule says.

use sharray_base::dtype::promote;
use sharray_base::{DType, Error, Kind, Result, TypeNum};
use sharray_kernels::table::{Rule, TextWidth};
use smallvec::SmallVec;

use super::{Choice, Input, OperandType, is_text, no_loop};
use crate::ufunc::{Ufunc, UfuncLoop};

/// The loop when an operand is text, or the ufunc knows nothing else; `None` when this is not a matter of text.
pub(super) fn choose<'a>(
    ufunc: &'a Ufunc,
    inputs: &[Input<'_>],
    outputs: &[OperandType<'_>],
) -> Result<Option<Choice<'a>>> {
    if inputs.iter().any(|i| i.dtype.num() == TypeNum::VString) {
        return variable(ufunc, inputs);
    }
    let only_text = matches!(ufunc.rule(), Rule::Text(_));
    let concerned = matches!(ufunc.name(), "add" | "multiply") && inputs.iter().any(|i| is_text(i.dtype));
    if !(only_text || concerned) || inputs.iter().any(|i| i.dtype.kind() == Kind::Object && !only_text) {
        return Ok(None);
    }
    let fits = |entry: &&UfuncLoop| inputs.iter().zip(&entry.types).all(|(i, num)| takes(i, *num, only_text));
    let Some(entry) = ufunc.loops().iter().find(fits) else { return Err(no_loop(ufunc, inputs, &[])) };
    let mut choice = Choice::of(entry);
    for ((slot, num), input) in choice.dtypes.iter_mut().zip(&entry.types).zip(inputs) {
        *slot = Some(if num.is_flexible() { input.dtype.to_native() } else { DType::of(*num) });
    }
    for (index, slot) in choice.dtypes.iter_mut().enumerate().skip(inputs.len()) {
        let num = entry.types[index];
        let given = outputs.get(index - inputs.len()).and_then(|o| o.dtype).filter(|d| d.num() == num);
        *slot = Some(if num.is_flexible() { wide(ufunc, num, inputs, given)? } else { DType::of(num) });
    }
    Ok(Some(choice))
}

/// The loop when an operand is text of variable width: texts of fixed width become that too, and results are of the
/// operands' common dtype.
fn variable<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>]) -> Result<Option<Choice<'a>>> {
    if inputs.iter().any(|i| i.dtype.kind() == Kind::Object) {
        return Ok(None);
    }
    let any_number = matches!(ufunc.rule(), Rule::Text(_));
    // Two truth values are combined, whatever they are read from; one alone is not.
    if ufunc.rule() == Rule::Logical && ufunc.nin() == 2 {
        return Ok(None);
    }
    let whole_texts = matches!(ufunc.name(), "_partition" | "_rpartition" | "maximum" | "minimum");
    let fits = |entry: &&UfuncLoop| {
        inputs.iter().zip(&entry.types).all(|(input, num)| match (num, input.dtype.num()) {
            (TypeNum::VString, TypeNum::VString) => true,
            (TypeNum::VString, TypeNum::Unicode) => !whole_texts,
            (TypeNum::VString, _) | (_, TypeNum::VString) => false,
            _ => takes(input, *num, any_number),
        })
    };
    let Some(entry) = ufunc.loops().iter().find(fits) else { return Err(no_loop(ufunc, inputs, &[])) };
    let mut texts = inputs.iter().map(|i| i.dtype).filter(|d| d.num() == TypeNum::VString);
    let first = texts.next().cloned().unwrap_or_else(|| DType::of(TypeNum::VString));
    let common = texts.try_fold(first, |common, dtype| promote(&common, dtype))?;
    let dtype = |num: &TypeNum| if *num == TypeNum::VString { common.clone() } else { DType::of(*num) };
    let mut choice = Choice::of(entry);
    choice.dtypes = entry.types.iter().map(|num| Some(dtype(num))).collect();
    Ok(Some(choice))
}

/// True when an input can stand where the loop has type `num`.
fn takes(input: &Input<'_>, num: TypeNum, any_number: bool) -> bool {
    if num.is_flexible() || num == TypeNum::VString {
        return input.dtype.num() == num;
    }
    let whole = input.dtype.num().is_integer() || input.weak == Some(crate::ufunc::Weak::Int);
    // Functions of text refuse other numbers by the casting rule.
    whole || any_number && input.dtype.num().is_number()
}

fn wide(ufunc: &Ufunc, num: TypeNum, inputs: &[Input<'_>], given: Option<&DType>) -> Result<DType> {
    match ufunc.rule() {
        Rule::Text(TextWidth::First) => Ok(inputs[0].dtype.to_native()),
        Rule::Text(TextWidth::Given(message)) => given.map(DType::to_native).ok_or_else(|| missing(ufunc, message)),
        _ if ufunc.name() == "multiply" => given.map(DType::to_native).ok_or_else(|| {
            Error::Type(
                "The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to \
                 multiply strings without specifying 'out'."
                    .into(),
            )
        }),
        _ => joined(num, inputs),
    }
}

fn missing(ufunc: &Ufunc, message: &str) -> Error {
    if ufunc.name() == "_replace" { Error::Value(message.into()) } else { Error::Type(message.into()) }
}

/// As wide as all inputs together.
fn joined(num: TypeNum, inputs: &[Input<'_>]) -> Result<DType> {
    let widths: SmallVec<[usize; 4]> = inputs.iter().map(|i| i.dtype.itemsize()).collect();
    let total = widths.iter().try_fold(0usize, |sum, width| sum.checked_add(*width));
    match total.filter(|total| i32::try_from(*total).is_ok()) {
        Some(total) => Ok(DType::flexible(num, total)),
        None => Err(Error::Type(format!("addition result string of {widths:?} bytes is too large to store"))),
    }
}
