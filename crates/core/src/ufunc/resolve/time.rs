//! Arithmetic with `datetime64` and `timedelta64`: which combinations mean something, and in which unit.

use sharray_base::dtype::promote::common_unit;
use sharray_base::dtype::{TimeUnit, Unit};
use sharray_base::{DType, Error, Kind, Result, TypeNum};
use smallvec::SmallVec;

use super::{Choice, Input, is_time, no_loop};
use crate::ufunc::{Ufunc, Weak};

/// What an operand of time arithmetic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A point in time.
    Point,
    /// A span of time.
    Span,
    /// A whole number.
    Whole,
    /// A real number.
    Real,
}
use Part::{Point, Real, Span, Whole};

/// Names, operand kinds, and the types of the loop. A whole number where the loop takes a span counts units.
type Row = (&'static [&'static str], [Part; 2], &'static [TypeNum]);

const M: TypeNum = TypeNum::Datetime;
const D: TypeNum = TypeNum::Timedelta;
const Q: TypeNum = TypeNum::LongLong;
const F: TypeNum = TypeNum::Double;

const ROWS: &[Row] = &[
    (&["add", "subtract"], [Span, Span], &[D, D, D]),
    (&["add", "subtract"], [Span, Whole], &[D, D, D]),
    (&["add", "subtract"], [Whole, Span], &[D, D, D]),
    (&["add", "subtract"], [Point, Span], &[M, D, M]),
    (&["add", "subtract"], [Point, Whole], &[M, D, M]),
    (&["add"], [Span, Point], &[D, M, M]),
    (&["add"], [Whole, Point], &[D, M, M]),
    (&["subtract"], [Point, Point], &[M, M, D]),
    (&["multiply", "divide", "floor_divide"], [Span, Whole], &[D, Q, D]),
    (&["multiply", "divide", "floor_divide"], [Span, Real], &[D, F, D]),
    (&["multiply"], [Whole, Span], &[Q, D, D]),
    (&["multiply"], [Real, Span], &[F, D, D]),
    (&["divide"], [Span, Span], &[D, D, F]),
    (&["floor_divide"], [Span, Span], &[D, D, Q]),
    (&["remainder"], [Span, Span], &[D, D, D]),
    (&["divmod"], [Span, Span], &[D, D, Q, D]),
];

/// True for operations whose loop for times follows from the operands alone, whatever dtype of results is asked for.
pub(super) fn is_arithmetic(ufunc: &Ufunc) -> bool {
    ROWS.iter().any(|row| row.0.contains(&ufunc.name()))
}

/// The loop when one of two operands is a time; `None` when this is not a matter of time arithmetic.
pub(super) fn choose<'a>(ufunc: &'a Ufunc, inputs: &[Input<'_>]) -> Result<Option<Choice<'a>>> {
    refuse(ufunc, inputs)?;
    let [a, b] = inputs else { return Ok(None) };
    if !(is_time(a.dtype) || is_time(b.dtype)) || !is_arithmetic(ufunc) {
        return Ok(None);
    }
    // An integer of Python's that only an object holds is still one.
    if [a, b].iter().any(|i| i.dtype.kind() == Kind::Object && i.weak.is_none()) {
        // Quotients are left to the objects.
        let divides = matches!(ufunc.name(), "divide" | "floor_divide");
        return if divides { Ok(None) } else { Err(meaningless(ufunc, a, b)) };
    }
    // Truth values count where spans are added and multiplied, but divide nothing.
    let divides = matches!(ufunc.name(), "divide" | "floor_divide");
    if divides && [a, b].iter().any(|i| i.dtype.kind() == Kind::Bool) {
        return Err(meaningless(ufunc, a, b));
    }
    let (Some(left), Some(right)) = (part(a), part(b)) else { return Err(meaningless(ufunc, a, b)) };
    let row = ROWS.iter().find(|(names, parts, _)| names.contains(&ufunc.name()) && *parts == [left, right]);
    let Some((_, _, types)) = row else { return Err(meaningless(ufunc, a, b)) };
    let canonical =
        |types: &[TypeNum]| types.iter().map(|t| t.canonical()).collect::<SmallVec<[TypeNum; 4]>>();
    let wanted = canonical(types);
    let entry = ufunc.loops().iter().find(|l| canonical(&l.types) == wanted);
    let Some(entry) = entry else { return Err(no_loop(ufunc, inputs, &[])) };
    let unit = unit(a, b, types.contains(&M))?;
    let dtypes = entry.types.iter().map(|num| match num {
        TypeNum::Datetime | TypeNum::Timedelta => Some(DType::time(*num, unit)),
        num => Some(DType::of(*num)),
    });
    Ok(Some(Choice { entry, dtypes: dtypes.collect() }))
}

/// Questions that only times answer, and order between a point and a span.
fn refuse(ufunc: &Ufunc, inputs: &[Input<'_>]) -> Result<()> {
    match inputs {
        [only] if ufunc.name() == "isnat" && !is_time(only.dtype) => {
            Err(Error::Type("ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.".into()))
        }
        [a, b] if ["less", "less_equal", "greater", "greater_equal"].contains(&ufunc.name()) => {
            let mixed = is_time(a.dtype) && is_time(b.dtype) && a.dtype.kind() != b.dtype.kind();
            if mixed { Err(meaningless(ufunc, a, b)) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// The error of a combination that means nothing.
fn meaningless(ufunc: &Ufunc, a: &Input<'_>, b: &Input<'_>) -> Error {
    let (left, right) = (a.dtype.clone(), b.dtype.clone());
    Error::UfuncOperands { ufunc: ufunc.name().into(), left, right }
}

fn part(input: &Input<'_>) -> Option<Part> {
    match input.dtype.kind() {
        Kind::Object if input.weak == Some(Weak::Int) => Some(Whole),
        Kind::Datetime => Some(Point),
        Kind::Timedelta => Some(Span),
        Kind::Bool | Kind::Int | Kind::UInt => Some(Whole),
        Kind::Float => Some(Real),
        _ => None,
    }
}

/// The unit both operands can be counted in. Spans in years or months don't mix with days, but points do.
fn unit(a: &Input<'_>, b: &Input<'_>, with_point: bool) -> Result<TimeUnit> {
    match (is_time(a.dtype), is_time(b.dtype)) {
        (true, true) => common_unit(a.dtype.time_unit(), b.dtype.time_unit(), !with_point),
        (true, false) => Ok(a.dtype.time_unit()),
        (false, true) => Ok(b.dtype.time_unit()),
        (false, false) => Ok(TimeUnit::one(Unit::Generic)),
    }
}
