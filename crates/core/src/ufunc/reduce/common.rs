//! What `reduce`, `accumulate` and `reduceat` share: which loop they use, and from what they start.

use sharray_base::layout::Dims;
use sharray_base::{DType, Error, Kind, Result, TypeNum, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::table::{Identity, Rule};

use super::super::{Operand, OperandType, Resolution, Ufunc, resolve_dtypes};
use crate::assign::{Casting, Temporary};

/// Refuses ufuncs that are not of two inputs and one output.
pub(in crate::ufunc) fn check_arity(ufunc: &Ufunc, method: &str) -> Result<()> {
    let why = match (ufunc.nin(), ufunc.nout()) {
        _ if ufunc.core().is_some() => "is not defined on ufunc's with signatures".to_string(),
        (2, 1) => return Ok(()),
        (2, _) => "only supported for functions returning a single value".to_string(),
        _ => "only supported for binary functions".to_string(),
    };
    let error = format!("{method} {why}");
    Err(if ufunc.core().is_some() { Error::Runtime(error) } else { Error::Value(error) })
}

/// The loop whose accumulator and result have one dtype.
pub(in crate::ufunc) fn resolve(
    ufunc: &Ufunc,
    method: &str,
    input: &Operand<'_>,
    out: Option<&ViewMut<'_>>,
    dtype: Option<&DType>,
) -> Result<Resolution> {
    let own = input.view.dtype();
    let wide = dtype.cloned().or_else(|| if out.is_none() { widened(ufunc, own) } else { None });
    let signature = wide.map(|d| [Some(d.clone()), None, Some(d)]);
    let output = out.map(|o| o.as_view().dtype());
    let weak = OperandType { dtype: Some(own), weak: None };
    // A comparison of bools is one whatever it is written to.
    let compares = ufunc.rule() == Rule::Comparison && own.kind() == Kind::Bool;
    let compares = compares && output.is_none_or(|o| o.num().is_number() || o.kind() == Kind::Object);
    let first = if compares { weak } else { output.map_or(weak, OperandType::strong) };
    let operands = [first, weak, OperandType { dtype: output, weak: None }];
    let signature = signature.as_ref().map_or(&[][..], |s| &s[..]);
    let resolution = resolve_dtypes(ufunc, &operands, signature, Casting::Unsafe, true)?;
    // Running and partial results are operands of either kind.
    let uniform = method == "reduce" || resolution.dtypes[0].equivalent(&resolution.dtypes[1]);
    if !uniform || !resolution.dtypes[0].equivalent(&resolution.dtypes[2]) {
        let [a, b, c] = [0, 1, 2].map(|i| &resolution.dtypes[i]);
        return Err(Error::Type(format!(
            "the resolved dtypes are not compatible with {}.{method}. Resolved ({a:?}, {b:?}, {c:?})",
            ufunc.name()
        )));
    }
    Ok(resolution)
}

/// Sums and products of integers smaller than `long` are computed in `long`.
pub fn widened(ufunc: &Ufunc, dtype: &DType) -> Option<DType> {
    if !matches!(ufunc.name(), "add" | "multiply") || dtype.itemsize() >= DType::of(TypeNum::Long).itemsize()
    {
        return None;
    }
    match dtype.kind() {
        Kind::Bool | Kind::Int => Some(DType::of(TypeNum::Long)),
        Kind::UInt => Some(DType::of(TypeNum::ULong)),
        _ => None,
    }
}

/// The ufunc's identity as one element of `dtype`, if it has one.
pub(in crate::ufunc) fn identity(ufunc: &Ufunc, dtype: &DType) -> Result<Option<Temporary>> {
    let (value, real): (i64, f64) = match ufunc.identity() {
        Identity::None | Identity::Reorderable => return Ok(None),
        Identity::Zero => (0, 0.0),
        Identity::One => (1, 1.0),
        Identity::MinusOne => (-1, -1.0),
        Identity::MinusInfinity => (0, f64::NEG_INFINITY),
    };
    if !(dtype.num().is_number() || matches!(dtype.kind(), Kind::Object | Kind::Timedelta)) {
        return Ok(None);
    }
    let element = Temporary::empty(dtype, &[], Dims::new())?;
    let target = element.view().data();
    let truth = u8::from(value != 0);
    let (from, source) = if ufunc.rule() == Rule::Logical {
        (TypeNum::Bool, &raw const truth)
    } else if real.is_infinite() {
        (TypeNum::Double, (&raw const real).cast::<u8>())
    } else {
        (TypeNum::Long, (&raw const value).cast::<u8>())
    };
    // SAFETY: one element on both sides.
    unsafe { Transfer::new(&DType::of(from), dtype, true)?.run(source, 0, target, 0, 1)? };
    Ok(Some(element))
}
