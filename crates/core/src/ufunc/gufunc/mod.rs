//! Generalised ufuncs: each operand has core dimensions, which the loop works on, and loop dimensions, which broadcast.

mod core_dims;

use sharray_base::error::shape_text;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::interrupt::{Meter, STRIDE};
use sharray_base::layout::{Dims, Order, broadcast_shapes, c_strides, f_strides};
use sharray_base::{DType, Error, Result, View, ViewMut, fault};
use smallvec::SmallVec;

use super::execute::operands::{check_integer, is_direct, through_outer};
use super::execute::resolve;
use super::execute::strided::Caller;
use super::{CallOptions, Operand, Resolution, Ufunc};
use crate::Provider;
use crate::assign::{self, Casting, Temporary};
use crate::iterate::{Freedom, Nest, Source, keep_order_strides};
pub use core_dims::check_keepdims;
use core_dims::{CoreSizes, Split};
use sharray_base::layout::overlap::Extent;

/// Runs a generalised ufunc.
pub(super) fn call(
    ufunc: &Ufunc,
    inputs: &[Operand<'_>],
    outs: &[Option<ViewMut<'_>>],
    options: &CallOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let Some(signature) = ufunc.core() else { return Err(Error::Runtime("not a generalised ufunc".into())) };
    if options.mask.is_some() {
        return Err(Error::Type(format!("{} takes no where=", ufunc.name())));
    }
    // Dtypes are refused before shapes.
    let resolution = resolve(ufunc, inputs, outs, options)?;
    let out = |index: usize| outs.get(index).copied().flatten().map(|o| o.as_view());
    let mut sizes = CoreSizes::new(ufunc, signature, options)?;
    sizes.check_axes(&inputs.iter().map(|i| i.view.ndim()).collect::<SmallVec<[usize; 4]>>())?;
    let mut splits: SmallVec<[Split; 4]> = SmallVec::new();
    for (operand, input) in inputs.iter().enumerate() {
        splits.push(sizes.take(operand, &input.view)?);
    }
    // Outputs take part in the broadcasting, but are never stretched (their whole shape is checked below).
    let given_loops = (0..ufunc.nout())
        .filter_map(|index| out(index).map(|o| sizes.output_loops(inputs.len() + index, &o)))
        .collect::<Result<SmallVec<[Dims; 2]>>>()?;
    let loop_shape = broadcast_shapes(
        &splits
            .iter()
            .map(|s| &s.loop_shape[..])
            .chain(given_loops.iter().map(|d| &d[..]))
            .collect::<SmallVec<[_; 4]>>(),
    )?;
    let loops = Loops::new(inputs, &splits, &loop_shape, options.order);
    fp_status::clear();
    let given: SmallVec<[View<'_>; 2]> = (0..ufunc.nout()).filter_map(out).collect();
    let prepared = inputs
        .iter()
        .enumerate()
        .map(|(operand, input)| match through_outer(&resolution, operand, &input.view)? {
            Some(copy) => Ok(Some(copy)),
            None => prepare(input, &resolution.dtypes[operand], &given),
        })
        .collect::<Result<SmallVec<[Option<Temporary>; 4]>>>()?;
    for (operand, copy) in prepared.iter().enumerate() {
        if let Some(copy) = copy {
            splits[operand] = sizes.take(operand, &copy.view())?;
        }
    }
    let mut results = SmallVec::<[Output<'_>; 2]>::new();
    sizes.complete(out)?;
    for index in 0..ufunc.nout() {
        let operand = inputs.len() + index;
        let shape = sizes.output_shape(operand, &loop_shape, out(index).as_ref())?;
        let dtypes = (&resolution.dtypes[operand], resolution.outer(operand));
        let units = loops.units(&shape, &sizes.axes_in_order(operand, shape.len())?);
        results.push(Output::new(
            index,
            dtypes,
            (shape, units),
            outs.get(index).copied().flatten(),
            provider,
        )?);
    }
    for (index, result) in results.iter().enumerate() {
        let split = sizes.take(inputs.len() + index, &result.work_view())?;
        splits.push(split);
    }
    run(&resolution, &splits, &loop_shape, &sizes)?;
    results.iter().try_for_each(Output::finish)?;
    Ok(resolution.status())
}

/// A copy of the input in the loop's dtype, where it isn't so or an output lies over it.
fn prepare(input: &Operand<'_>, dtype: &DType, outs: &[View<'_>]) -> Result<Option<Temporary>> {
    check_integer(input, dtype)?;
    let view = input.view;
    let over = outs.iter().any(|o| Extent::from(*o).bounds_overlap(&Extent::from(view)));
    if is_direct(&view, dtype) && !over {
        return Ok(None);
    }
    let copy = Temporary::empty(dtype, view.shape(), c_strides(view.shape(), dtype.itemsize()))?;
    assign::copy(copy.view_mut(), view, Casting::Unsafe)?;
    Ok(Some(copy))
}

/// The memory order of new outputs: how their loop dimensions lie to each other.
struct Loops {
    order: Order,
    /// Strides of the loop dimensions, for elements of one byte, where inputs choose the order.
    kept: Dims,
}

impl Loops {
    fn new(inputs: &[Operand<'_>], splits: &[Split], shape: &[isize], order: Order) -> Loops {
        let all = |holds: &dyn Fn(&View<'_>) -> bool| inputs.iter().all(|i| holds(&i.view));
        let order = match order {
            Order::Any if all(&|v| v.is_f_contiguous()) && !all(&|v| v.is_c_contiguous()) => Order::F,
            Order::Any => Order::C,
            order => order,
        };
        let kept = match order {
            Order::Keep => {
                let sources: SmallVec<[Source<'_>; 4]> = splits.iter().map(Split::loops).collect();
                keep_order_strides(shape, &sources, 1)
            }
            _ => Dims::new(),
        };
        Loops { order, kept }
    }
    /// Strides of an output, for elements of one byte. `axes` are its loop dimensions and then its core dimensions, each by
    /// the axis that it is.
    fn units(&self, shape: &[isize], axes: &[usize]) -> Dims {
        let extents: Dims = axes.iter().map(|axis| shape[*axis]).collect();
        let in_order = match self.order {
            Order::F => f_strides(&extents, 1),
            Order::Keep => {
                let core = &extents[self.kept.len().min(extents.len())..];
                let each = core.iter().map(|extent| (*extent).max(1)).product::<isize>();
                self.kept.iter().map(|unit| unit * each).chain(c_strides(core, 1)).collect()
            }
            _ => c_strides(&extents, 1),
        };
        let mut units = Dims::from_elem(0, shape.len());
        axes.iter().zip(&in_order).for_each(|(axis, unit)| units[*axis] = *unit);
        units
    }
}

/// Strides for elements of one byte, made those for elements of `itemsize`.
fn scaled(units: &[isize], itemsize: usize) -> Dims {
    units.iter().map(|unit| unit * itemsize as isize).collect()
}

/// Where results go: new memory, the caller's, or a temporary for the caller's.
struct Output<'a> {
    shape: Dims,
    /// Strides of new memory, for elements of one byte.
    units: Dims,
    /// Strides of new memory of what the loop writes.
    strides: Dims,
    /// What the loop writes.
    dtype: &'a DType,
    /// What new memory is of.
    made: &'a DType,
    given: Option<ViewMut<'a>>,
    data: *mut u8,
    scratch: Option<Temporary>,
}

impl<'a> Output<'a> {
    fn new(
        index: usize,
        (dtype, made): (&'a DType, &'a DType),
        (shape, units): (Dims, Dims),
        given: Option<ViewMut<'a>>,
        provider: &mut dyn Provider,
    ) -> Result<Output<'a>> {
        let strides = scaled(&units, dtype.itemsize());
        let (mut data, mut scratch) = (std::ptr::null_mut(), None);
        match &given {
            Some(out) if out.shape() != shape.as_slice() => {
                return Err(Error::Value(format!(
                    "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                    shape_text(out.shape()),
                    shape_text(&shape)
                )));
            }
            Some(out) if is_direct(out, dtype) => {}
            Some(_) => scratch = Some(Temporary::empty(dtype, &shape, strides.clone())?),
            None => {
                data = provider.provide(index, made, &shape, &scaled(&units, made.itemsize()))?;
                if !made.equivalent(dtype) {
                    scratch = Some(Temporary::empty(dtype, &shape, strides.clone())?);
                }
            }
        }
        Ok(Output { shape, units, strides, dtype, made, given, data, scratch })
    }
    fn work_view(&self) -> View<'_> {
        match (&self.scratch, &self.given) {
            (Some(scratch), _) => scratch.view(),
            (None, Some(given)) => given.as_view(),
            // SAFETY: the provider gave dense memory of this dtype, shape and strides.
            (None, None) => unsafe { View::new(self.data, self.dtype, &self.shape, &self.strides) },
        }
    }
    fn finish(&self) -> Result<()> {
        match (&self.scratch, self.given) {
            (Some(scratch), Some(given)) => assign::copy(given, scratch.view(), Casting::Unsafe),
            (Some(scratch), None) => {
                let strides = scaled(&self.units, self.made.itemsize());
                // SAFETY: the provider gave dense memory of this dtype, shape and strides.
                let made = unsafe { ViewMut::new(View::new(self.data, self.made, &self.shape, &strides)) };
                assign::copy(made, scratch.view(), Casting::Unsafe)
            }
            (None, _) => Ok(()),
        }
    }
}

fn run(resolution: &Resolution, splits: &[Split], loop_shape: &[isize], sizes: &CoreSizes<'_>) -> Result<()> {
    let sources: SmallVec<[Source<'_>; 4]> = splits.iter().map(Split::loops).collect();
    let nest = Nest::new(loop_shape, &sources, Freedom::Any)?;
    let dtypes: SmallVec<[&DType; 4]> = resolution.dtypes.iter().collect();
    let caller = Caller::new(resolution, &dtypes);
    let mut dimensions: SmallVec<[isize; 8]> = [0].into_iter().chain(sizes.values()).collect();
    let core_steps = splits.iter().flat_map(|s| s.core_strides.iter().copied());
    let mut all_steps: SmallVec<[isize; 16]> = SmallVec::from_elem(0, splits.len());
    all_steps.extend(core_steps);
    let core_size = dimensions[1..].iter().fold(1usize, |size, n| size.saturating_mul(*n as usize));
    let mut meter = Meter::default();
    nest.run(|at, n, steps| {
        dimensions[0] = n;
        all_steps[..splits.len()].copy_from_slice(steps);
        // SAFETY: operands of the loop's dtypes with these loop and core dimensions (V3).
        unsafe { caller.call(at, &dimensions, &all_steps)? };
        // Loops over large cores poll by themselves.
        if core_size > STRIDE { fault::take() } else { meter.add(core_size.saturating_mul(n as usize)) }
    })
}
