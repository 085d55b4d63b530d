//! Running a ufunc over broadcast operands.
//!
//! [`fast`] serves what is most frequent (dense operands of one dtype, scalars) without any allocation; everything else
//! resolves a loop, prepares each operand ([`operands`]: overlap, casts of scalars), and goes through a nest of axes
//! ([`strided`]).

mod fast;
pub(super) mod operands;
mod stretch;
pub(super) mod strided;

pub use fast::native;
use sharray_base::error::shape_text;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::layout::{Dims, Order, broadcast_shapes, c_strides, f_strides};
use sharray_base::{DType, Error, Kind, Result, View, ViewMut};
use sharray_kernels::table::Rule;
use smallvec::SmallVec;
pub use stretch::Stretch;

use super::{Operand, OperandType, Resolution, Ufunc, Weak, resolve_dtypes};
use crate::Provider;
use crate::assign::{self, Casting, Temporary, distinct, source};
use crate::iterate::keep_order_strides;

/// A call's keyword arguments.
#[derive(Debug, Clone, Copy)]
pub struct CallOptions<'a> {
    /// Bool, broadcast with the operands: where false, outputs are left as they are.
    pub mask: Option<View<'a>>,
    /// Which casts of inputs and outputs are allowed.
    pub casting: Casting,
    /// Memory order of new outputs.
    pub order: Order,
    /// Dtype per operand (`nin + nout`), or empty. `dtype=X` is `[None; nin]` then `[X; nout]`.
    pub signature: &'a [Option<DType>],
    /// Generalised ufuncs: for each operand its core axes; or empty (the last ones).
    pub axes: &'a [Vec<isize>],
    /// Generalised ufuncs: keep reduced core axes with extent 1.
    pub keepdims: bool,
}

impl Default for CallOptions<'_> {
    fn default() -> Self {
        CallOptions {
            mask: None,
            casting: Casting::SameKind,
            order: Order::Keep,
            signature: &[],
            axes: &[],
            keepdims: false,
        }
    }
}

/// Runs `ufunc`. `outs` has one entry per output, or is empty: all new.
///
/// # Errors
/// `NoLoop`, `UfuncCast`, `Promotion` from the choice of the loop; `Broadcast`; `Value` when an output's shape doesn't
/// fit; `Overflow` when a Python integer doesn't fit the loop's dtype; and what the loop or a cast reports.
pub fn call(
    ufunc: &Ufunc,
    inputs: &[Operand<'_>],
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    check_arity(ufunc, inputs, outs)?;
    if ufunc.core().is_some() {
        return super::gufunc::call(ufunc, inputs, outs, options, provider);
    }
    if options.mask.is_none()
        && options.signature.is_empty()
        && let Some(plan) = fast::plan(ufunc, inputs, outs, options.order)
    {
        return plan.run(inputs, outs, provider);
    }
    let adjusted = exact_comparison(ufunc, inputs);
    let resolution = resolve(ufunc, &adjusted, outs, options)?;
    run(&resolution, &adjusted, outs, options, provider)
}

fn check_arity(ufunc: &Ufunc, inputs: &[Operand<'_>], outs: &[Option<ViewMut<'_>>]) -> Result<()> {
    if inputs.len() != ufunc.nin() || (!outs.is_empty() && outs.len() != ufunc.nout()) {
        return Err(Error::Type(format!(
            "{}() takes {} inputs and {} outputs, but {} and {} were given",
            ufunc.name(),
            ufunc.nin(),
            ufunc.nout(),
            inputs.len(),
            outs.len()
        )));
    }
    Ok(())
}

/// Chooses the loop for a call's operands.
pub(super) fn resolve(
    ufunc: &Ufunc,
    inputs: &[Operand<'_>],
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
) -> Result<Resolution> {
    let given = (0..ufunc.nout()).map(|i| outs.get(i).copied().flatten());
    let outputs = given.map(|out| OperandType { dtype: out.map(|o| o.as_view().dtype()), weak: None });
    let inputs = inputs.iter().map(|i| OperandType { dtype: Some(i.view.dtype()), weak: i.weak });
    let operands: SmallVec<[OperandType<'_>; 4]> = inputs.chain(outputs).collect();
    resolve_dtypes(ufunc, &operands, options.signature, options.casting, false)
}

/// A Python integer compared with integers that can't hold it is compared by value, as if it had a dtype of its own.
fn exact_comparison<'a>(ufunc: &Ufunc, inputs: &[Operand<'a>]) -> SmallVec<[Operand<'a>; 4]> {
    let mut adjusted: SmallVec<[Operand<'a>; 4]> = inputs.iter().copied().collect();
    if ufunc.rule() != Rule::Comparison {
        return adjusted;
    }
    // Two Python integers, one of them too large for `long`: both count as what holds them.
    let is_long = |i: &Operand<'_>| i.view.dtype().num() == sharray_base::TypeNum::Long;
    if inputs.iter().all(|i| i.weak == Some(Weak::Int)) && !inputs.iter().all(is_long) {
        adjusted.iter_mut().for_each(|i| i.weak = None);
        return adjusted;
    }
    for (position, other) in [(0, 1), (1, 0)] {
        let (Some(one), Some(other)) = (inputs.get(position), inputs.get(other)) else { continue };
        let integers = other.view.dtype().num().is_integer() && other.weak.is_none();
        if one.weak == Some(Weak::Int) && integers && !operands::integer_fits(&one.view, other.view.dtype()) {
            adjusted[position].weak = None;
        }
    }
    adjusted
}

/// Runs a chosen loop.
pub(super) fn run(
    resolution: &Resolution,
    inputs: &[Operand<'_>],
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let shape = broadcast(inputs, outs, options.mask.as_ref())?;
    let nout = resolution.dtypes.len() - inputs.len();
    let strides = if outs.len() == nout && outs.iter().all(Option::is_some) {
        None
    } else {
        Some(output_order(inputs, options.order, &shape))
    };
    fp_status::clear();
    let prepared = operands::Prepared::new(resolution, inputs, outs, options.mask, &shape)?;
    let mut made: SmallVec<[Dims; 2]> = SmallVec::new();
    let mut data: SmallVec<[*mut u8; 4]> = SmallVec::new();
    for index in 0..nout {
        let dtype = resolution.outer(inputs.len() + index);
        let Some(order) = strides.as_ref().filter(|_| outs.get(index).copied().flatten().is_none()) else {
            made.push(Dims::new());
            data.push(std::ptr::null_mut());
            continue;
        };
        let strides: Dims = order.iter().map(|unit| unit * dtype.itemsize() as isize).collect();
        data.push(provider.provide(index, dtype, &shape, &strides)?);
        made.push(strides);
    }
    // The last write to a byte that several elements share counts: that of an assignment, in its order.
    let shared = |out: &Option<ViewMut<'_>>| {
        out.filter(|out| !distinct(out)).map(|out| Temporary::of(out.as_view())).transpose()
    };
    let stand_ins: SmallVec<[Option<Temporary>; 2]> = outs.iter().map(shared).collect::<Result<_>>()?;
    let stand_in = |index: usize| stand_ins.get(index).and_then(Option::as_ref);
    let outputs = |index: usize| -> View<'_> {
        match outs.get(index).copied().flatten() {
            Some(out) => stand_in(index).map_or(out.as_view(), Temporary::view),
            // SAFETY: the provider gave dense memory of this dtype, shape and strides.
            None => unsafe {
                View::new(data[index], resolution.outer(inputs.len() + index), &shape, &made[index])
            },
        }
    };
    let outputs: SmallVec<[View<'_>; 2]> = (0..nout).map(outputs).collect();
    strided::run(resolution, &prepared, &outputs, &shape)?;
    for (index, out) in outs.iter().enumerate() {
        if let (Some(out), Some(made)) = (out, stand_in(index)) {
            match options.mask {
                Some(mask) => assign::copy_where(*out, made.view(), mask, Casting::Unsafe)?,
                None => assign::copy(*out, made.view(), Casting::Unsafe)?,
            }
        }
    }
    Ok(resolution.status() | prepared.raised())
}

/// The shape of the call. Outputs take part in it, but are never stretched.
fn broadcast(inputs: &[Operand<'_>], outs: &[Option<ViewMut<'_>>], mask: Option<&View<'_>>) -> Result<Dims> {
    let given = outs.iter().flatten().map(|o| o.as_view().shape());
    let shapes: SmallVec<[&[isize]; 4]> =
        inputs.iter().map(|i| i.view.shape()).chain(given.clone()).chain(mask.map(|m| m.shape())).collect();
    let shape = broadcast_shapes(&shapes)?;
    if let Some(out) = given.into_iter().find(|out| *out != shape.as_slice()) {
        return Err(Error::Value(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            shape_text(out),
            shape_text(&shape)
        )));
    }
    sharray_base::layout::checked_len(&shape, 1)?;
    Ok(shape)
}

/// Strides of new outputs, for elements of one byte.
fn output_order(inputs: &[Operand<'_>], order: Order, shape: &[isize]) -> Dims {
    let all = |holds: &dyn Fn(&View<'_>) -> bool| inputs.iter().all(|i| i.view.ndim() == 0 || holds(&i.view));
    match order {
        Order::C => c_strides(shape, 1),
        Order::F => f_strides(shape, 1),
        Order::Any if all(&|v| v.is_f_contiguous()) && !all(&|v| v.is_c_contiguous()) => f_strides(shape, 1),
        Order::Any => c_strides(shape, 1),
        Order::Keep if all(&|v| v.shape() == shape && v.is_c_contiguous()) => c_strides(shape, 1),
        Order::Keep if all(&|v| v.shape() == shape && v.is_f_contiguous()) => f_strides(shape, 1),
        Order::Keep => {
            let sources: SmallVec<[_; 4]> = inputs.iter().map(|i| source(&i.view)).collect();
            keep_order_strides(shape, &sources, 1)
        }
    }
}

/// True for dtypes that the fast path never takes: lengths, units and references need care.
pub(super) fn is_plain(dtype: &DType) -> bool {
    dtype.num().is_number() && dtype.is_native() && dtype.kind() != Kind::Object
}
