//! From operand dtypes to a loop, in three steps: which types the loop takes ([`choose`], [`time`],
//! [`text`], [`by_signature`]),
//! which exact dtypes that means (lengths, time units), and whether the casts this needs are allowed.
//!
//! The order in which candidates are tried is observable and is NumPy's: an exact match; the loop of the operands'
//! common dtype; the first loop that every input can be cast to safely.

mod by_signature;
mod choose;
mod narrow;
mod text;
mod time;

use std::ffi::c_void;

use sharray_base::dtype::{Casting, can_cast};
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{DType, Error, Kind, Result, TypeNum};
use sharray_kernels::loop_abi::{Loop, LoopFlags};
use sharray_kernels::table::Rule;
use smallvec::SmallVec;

use super::{Ufunc, UfuncLoop, Weak};

/// What resolution knows of an operand: dtype, and whether it is weak. No dtype: an output to be made.
#[derive(Debug, Clone, Copy)]
pub struct OperandType<'a> {
    /// Its dtype; `None` for an output to be made.
    pub dtype: Option<&'a DType>,
    /// For inputs from Python scalars: which.
    pub weak: Option<Weak>,
}

impl<'a> OperandType<'a> {
    /// An operand of that dtype.
    pub fn strong(dtype: &'a DType) -> OperandType<'a> {
        OperandType { dtype: Some(dtype), weak: None }
    }
}

/// The chosen loop and the dtypes it runs on.
#[derive(Clone)]
pub struct Resolution {
    /// Dtypes of inputs, then outputs, as the loop wants them (native byte order).
    pub dtypes: SmallVec<[DType; 4]>,
    /// The code.
    pub code: Loop,
    /// What callers must know.
    pub flags: LoopFlags,
    /// The loop's `data`, unless it wants a context.
    pub data: *mut c_void,
    /// What the operands' casts tell by their dtypes alone: imaginary parts that have no place.
    pub casts: FpStatus,
    /// A small float that results of the loop in single precision are rounded to (`narrow`).
    pub narrow: Option<TypeNum>,
}

// SAFETY: as for the `UfuncLoop` it comes from.
unsafe impl Send for Resolution {}
// SAFETY: as for `Send`.
unsafe impl Sync for Resolution {}

impl Resolution {
    /// The dtype that an operand is of to the caller, and that an output is made of: the loop's, or the small float that
    /// it computes for.
    pub fn outer(&self, operand: usize) -> &DType {
        match self.narrow {
            Some(num) if self.dtypes[operand].num() == TypeNum::Float => super::native(num),
            _ => &self.dtypes[operand],
        }
    }
    /// The flags raised so far, unless they are not the loop's: object loops run any code.
    pub(super) fn status(&self) -> FpStatus {
        let raised =
            if self.flags.contains(LoopFlags::NEEDS_GIL) { FpStatus::empty() } else { fp_status::read() };
        // Loops that raise nothing may still set the flag: the processor's minimum and maximum do for NaN. Casts to what
        // holds NaN don't.
        let silent = self.flags.contains(LoopFlags::NO_FP_STATUS)
            && matches!(self.dtypes[0].kind(), Kind::Float | Kind::Complex);
        let raised = if silent { raised - FpStatus::INVALID } else { raised };
        raised | self.casts
    }
}

/// An input on its way to a loop.
#[derive(Clone, Copy)]
struct Input<'a> {
    dtype: &'a DType,
    weak: Option<Weak>,
}

/// A loop with exact dtypes where they are known already (time units).
struct Choice<'a> {
    entry: &'a UfuncLoop,
    dtypes: SmallVec<[Option<DType>; 4]>,
}

impl<'a> Choice<'a> {
    fn of(entry: &'a UfuncLoop) -> Choice<'a> {
        Choice { entry, dtypes: SmallVec::from_elem(None, entry.types.len()) }
    }
}

/// Chooses a loop for operands of these dtypes: inputs, then outputs as far as they are given. `signature` fixes dtypes
/// per operand, or is empty. `reduction` is for two inputs and one output where the first input stands for the output.
///
/// # Errors
/// `NoLoop`; `UfuncCast` when `casting` forbids what the chosen loop needs; `Type` for refused operations of bools.
pub fn resolve_dtypes(
    ufunc: &Ufunc,
    operands: &[OperandType<'_>],
    signature: &[Option<DType>],
    casting: Casting,
    reduction: bool,
) -> Result<Resolution> {
    let mut inputs: SmallVec<[Input<'_>; 4]> = SmallVec::new();
    for operand in &operands[..ufunc.nin()] {
        let dtype = operand.dtype.ok_or_else(|| Error::Type("every input needs a dtype".into()))?;
        inputs.push(Input { dtype, weak: operand.weak });
    }
    let of_times = inputs.iter().any(|i| is_time(i.dtype)) && time::is_arithmetic(ufunc);
    let fixed = if of_times { &signature[..signature.len().min(ufunc.nin())] } else { signature };
    // The dtype of a result does not choose among the loops of times; the dtypes of all operands do.
    let chosen = if of_times {
        !fixed.is_empty() && fixed.iter().all(Option::is_some)
    } else {
        fixed.iter().any(Option::is_some)
    };
    let choice = if chosen {
        by_signature::choose(ufunc, &inputs, &narrow::widened(ufunc, signature), casting)?
    } else {
        match text::choose(ufunc, &inputs, &operands[ufunc.nin()..])? {
            Some(choice) => choice,
            None => choose::choose(ufunc, &inputs, reduction)?,
        }
    };
    let dtypes = exact_dtypes(ufunc, choice.entry, &choice.dtypes, &inputs);
    let casts = lost_parts(&inputs, &operands[ufunc.nin()..], &dtypes);
    let UfuncLoop { code, flags, data, .. } = *choice.entry;
    let narrow = narrow::result(choice.entry, &inputs, signature);
    let resolution = Resolution { dtypes, code, flags, data, casts, narrow };
    check_casts(ufunc, &resolution, &inputs, &operands[ufunc.nin()..], casting)?;
    Ok(resolution)
}

/// Whether complex operands are read, or complex results written, as real numbers.
fn lost_parts(inputs: &[Input<'_>], outputs: &[OperandType<'_>], dtypes: &[DType]) -> FpStatus {
    let drops = |from: &DType, to: &DType| {
        from.kind() == Kind::Complex && matches!(to.kind(), Kind::Int | Kind::UInt | Kind::Float)
    };
    let (wanted, made) = dtypes.split_at(inputs.len());
    let read = inputs.iter().zip(wanted).any(|(input, wanted)| drops(input.dtype, wanted));
    let written = made.iter().zip(outputs).any(|(made, out)| out.dtype.is_some_and(|out| drops(made, out)));
    if read || written { FpStatus::IMAGINARY } else { FpStatus::empty() }
}

/// The error of operands that no loop takes.
fn no_loop(ufunc: &Ufunc, inputs: &[Input<'_>], signature: &[Option<DType>]) -> Error {
    let dtypes = if signature.is_empty() {
        let outputs = std::iter::repeat_n(None, ufunc.nout());
        inputs.iter().map(|i| Some(i.dtype.clone())).chain(outputs).collect()
    } else {
        signature.to_vec()
    };
    Error::NoLoop { ufunc: ufunc.name().into(), dtypes, nin: ufunc.nin() }
}

/// The dtypes a loop runs on: those of its type numbers, with lengths and units from the inputs where they are open.
fn exact_dtypes(
    ufunc: &Ufunc,
    entry: &UfuncLoop,
    known: &[Option<DType>],
    inputs: &[Input<'_>],
) -> SmallVec<[DType; 4]> {
    let units = inputs.iter().filter(|i| is_time(i.dtype)).map(|i| i.dtype.time_unit());
    let unit = units.reduce(|a, b| sharray_base::dtype::promote::common_unit(a, b, false).unwrap_or(a));
    let text = inputs.iter().map(|i| i.dtype.itemsize());
    let joined: usize = if ufunc.name() == "add" { text.sum() } else { text.max().unwrap_or(0) };
    let one = |(operand, (num, known)): (usize, (&TypeNum, &Option<DType>))| match (known, num) {
        (Some(dtype), _) => dtype.clone(),
        (None, TypeNum::Datetime | TypeNum::Timedelta) => {
            unit.map_or(DType::of(*num), |unit| DType::time(*num, unit))
        }
        (None, TypeNum::String | TypeNum::Unicode | TypeNum::Void) => match inputs.get(operand) {
            Some(input) if input.dtype.num() == *num => input.dtype.to_native(),
            Some(input) if *num == TypeNum::Unicode && input.dtype.num() == TypeNum::String => {
                DType::flexible(*num, input.dtype.itemsize() * 4)
            }
            Some(input) => DType::flexible(*num, input.dtype.itemsize()),
            None => DType::flexible(*num, joined),
        },
        (None, num) => DType::of(*num),
    };
    entry.types.iter().zip(known).enumerate().map(one).collect()
}

fn check_casts(
    ufunc: &Ufunc,
    resolution: &Resolution,
    inputs: &[Input<'_>],
    outputs: &[OperandType<'_>],
    casting: Casting,
) -> Result<()> {
    let refuse = |from: &DType, to: &DType, operand: usize, is_input: bool| Error::UfuncCast {
        ufunc: ufunc.name().into(),
        casting: casting.name(),
        from: from.clone(),
        to: to.clone(),
        operand,
        is_input,
        count: if is_input { ufunc.nin() } else { ufunc.nout() },
    };
    for (operand, input) in inputs.iter().enumerate() {
        let wanted = resolution.outer(operand);
        let allowed = match input.weak {
            // Everything has a truth value, whatever the rule says of the cast.
            _ if ufunc.rule() == Rule::Logical && wanted.num() == TypeNum::Bool => true,
            // A Python number has no dtype to lose before it becomes an object.
            Some(_) if wanted.kind() == Kind::Object => true,
            Some(weak) if wanted.num().is_number() => {
                // Integers are compared by value, whatever their dtypes.
                let by_value =
                    ufunc.rule() == Rule::Comparison && weak == Weak::Int && wanted.num().is_integer();
                if casting == Casting::Equiv && !by_value && weak_changes(weak, input.dtype, wanted) {
                    return Err(Error::Type(format!(
                        "cannot cast Python {} to {wanted} under the casting rule 'equiv'",
                        weak.default_dtype()
                    )));
                }
                casting == Casting::Unsafe || weak_fits(weak, wanted.num())
            }
            Some(_) if is_time(wanted) => true,
            // Comparison with an integer beyond every dtype is done by value.
            _ if ufunc.rule() == Rule::Comparison && wanted.kind() == Kind::Object => true,
            _ => casting == Casting::Unsafe || can_cast(input.dtype, wanted, casting),
        };
        if !allowed {
            return Err(refuse(input.dtype, wanted, operand, true));
        }
    }
    for (operand, output) in outputs.iter().enumerate() {
        let made = resolution.outer(ufunc.nin() + operand);
        match output.dtype {
            Some(dtype) if casting != Casting::Unsafe && !can_cast(made, dtype, casting) => {
                return Err(refuse(made, dtype, operand, false));
            }
            _ => {}
        }
    }
    Ok(())
}

/// True when a Python number's own type (`long`, `double`, `cdouble`, or an object for large integers) is another.
fn weak_changes(weak: Weak, own: &DType, wanted: &DType) -> bool {
    let large = weak == Weak::Int && own.kind() == Kind::Object;
    large || weak.default_dtype().num().canonical() != wanted.num().canonical()
}

/// True when a Python number of that kind may become that type.
fn weak_fits(weak: Weak, num: TypeNum) -> bool {
    let rank = match num.kind() {
        Kind::Bool => return false,
        Kind::Int | Kind::UInt => Weak::Int,
        Kind::Float => Weak::Float,
        _ => return true,
    };
    weak <= rank
}

fn is_time(dtype: &DType) -> bool {
    matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta)
}

fn is_text(dtype: &DType) -> bool {
    matches!(dtype.kind(), Kind::Bytes | Kind::Unicode)
}
