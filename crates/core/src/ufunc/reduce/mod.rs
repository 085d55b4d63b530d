//! Reduction over axes.
//!
//! The accumulator is an operand that stands still along the reduced axes; the loop runs as `acc = op(acc, x)`. Axes are
//! sorted as for calls, so that a dense reduced axis is one inner run, which the loops sum pairwise. Large ones are
//! cut in parts for several threads ([`parts`]).

pub(super) mod common;
mod parts;
pub mod plain;
pub(super) mod run;

use sharray_base::error::shape_text;
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::layout::{Dims, broadcast_strides, normalize_axis};
use sharray_base::{DType, Error, Kind, Result, View, ViewMut};
use sharray_kernels::table::Identity;
use smallvec::SmallVec;

use super::execute::operands::is_direct;
use super::{Operand, Ufunc};
use crate::Provider;
use crate::assign::{self, Casting, OVERLAP_WORK, Temporary, distinct, source};
use crate::iterate::keep_order_strides;

/// What a reduction starts from.
#[derive(Debug, Clone, Copy, Default)]
pub enum Initial<'a> {
    /// The ufunc's identity; without one, the first element.
    #[default]
    Default,
    /// The first element, even if there is an identity (`initial=None`).
    First,
    /// This element.
    Value(Operand<'a>),
}

/// A reduction's keyword arguments.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReduceOptions<'a> {
    /// Axes, normalised by the callee; `None` reduces over all.
    pub axes: Option<&'a [isize]>,
    /// Keep reduced axes with extent 1.
    pub keepdims: bool,
    /// What to start from.
    pub initial: Initial<'a>,
    /// Bool, broadcast to the input: elements where false are left out.
    pub mask: Option<View<'a>>,
    /// Dtype to compute in.
    pub dtype: Option<&'a DType>,
}

/// Reduces `input` with a ufunc of two inputs and one output.
///
/// # Errors
/// `Value` when the ufunc can't reduce, an axis is repeated, the reduction of nothing has no identity, or `out` has
/// another shape; `Axis`; and as [`super::call`].
pub fn reduce(
    ufunc: &Ufunc,
    input: Operand<'_>,
    out: Option<ViewMut<'_>>,
    options: &ReduceOptions<'_>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    common::check_arity(ufunc, "reduce")?;
    let view = input.view;
    let axes = Axes::new(&view, options.axes)?;
    let resolution = common::resolve(ufunc, "reduce", &input, out.as_ref(), options.dtype)?;
    axes.check_order(ufunc)?;
    let shape = axes.output_shape(&view, options.keepdims);
    let (dtype, made) = (&resolution.dtypes[2], resolution.outer(2));
    let strides = axes.output_strides(&view, options.mask.as_ref(), dtype.itemsize(), options.keepdims);
    let made_strides = axes.output_strides(&view, options.mask.as_ref(), made.itemsize(), options.keepdims);
    if let Some(out) = &out {
        check_output(ufunc, out, &shape)?;
    }
    let start = Start::choose(ufunc, &view, &axes, dtype, options)?;
    if let Some(mask) = &options.mask {
        run::check_mask(&view, mask)?;
    }
    let result = match out {
        Some(out) => out,
        // SAFETY: the provider gives dense memory of this dtype, shape and strides.
        None => unsafe {
            let data = provider.provide(0, made, &shape, &made_strides)?;
            ViewMut::new(View::new(data, made, &shape, &made_strides))
        },
    };
    fp_status::clear();
    let overlap = || Extent::from(result.as_view()).overlap(&Extent::from(view), Some(OVERLAP_WORK));
    let scratch = if is_direct(&result, dtype) && distinct(&result) && overlap() == Overlap::No {
        None
    } else {
        Some(Temporary::empty(dtype, &shape, strides.clone())?)
    };
    let total = scratch.as_ref().map_or(result, |s| s.view_mut());
    let (filled, raised) = fp_status::told(|| start.fill(total));
    filled?;
    let converted = if raised.contains(FpStatus::OVERFLOW) { FpStatus::TOO_LARGE } else { FpStatus::empty() };
    run::run(
        &resolution,
        total,
        &view,
        &axes,
        options,
        matches!(start, Start::First),
        parts::Grouping::of(ufunc, dtype),
    )?;
    if scratch.is_some() {
        assign::copy(result, total.as_view(), Casting::Unsafe)?;
    }
    Ok(resolution.status() | converted)
}

/// Which axes are reduced.
struct Axes {
    reduced: Dims,
}

impl Axes {
    fn new(view: &View<'_>, axes: Option<&[isize]>) -> Result<Axes> {
        let mut reduced = Dims::from_elem(axes.is_none() as isize, view.ndim());
        for &axis in axes.unwrap_or(&[]) {
            // A scalar has no axis, but may be "reduced" over its first or last.
            if view.ndim() == 0 && (axis == 0 || axis == -1) {
                continue;
            }
            let axis = normalize_axis(axis, view.ndim())?;
            if std::mem::replace(&mut reduced[axis], 1) == 1 {
                return Err(Error::Value("duplicate value in 'axis'".into()));
            }
        }
        Ok(Axes { reduced })
    }
    /// Refuses several axes where their order would matter.
    fn check_order(&self, ufunc: &Ufunc) -> Result<()> {
        if ufunc.identity() == Identity::None && self.reduced.iter().sum::<isize>() > 1 {
            return Err(Error::Value(format!(
                "reduction operation '{}' is not reorderable, so at most one axis may be specified",
                ufunc.name()
            )));
        }
        Ok(())
    }
    fn is_reduced(&self, axis: usize) -> bool {
        self.reduced[axis] == 1
    }
    /// The values of `of` along the axes that stay; `kept` at the others when they are kept.
    fn select(&self, of: &[isize], kept: Option<isize>) -> Dims {
        let each = of.iter().enumerate();
        each.filter_map(|(axis, value)| if self.is_reduced(axis) { kept } else { Some(*value) }).collect()
    }
    fn output_shape(&self, view: &View<'_>, keepdims: bool) -> Dims {
        self.select(view.shape(), keepdims.then_some(1))
    }
    /// Strides of a new output, in the memory order that the input and a mask over it have in common.
    fn output_strides(
        &self,
        view: &View<'_>,
        mask: Option<&View<'_>>,
        itemsize: usize,
        keepdims: bool,
    ) -> Dims {
        let (shape, strides) = (self.select(view.shape(), None), self.select(view.strides(), None));
        let stretched = mask.and_then(|m| broadcast_strides(m.shape(), m.strides(), view.shape()));
        let of_mask = stretched.map(|strides| self.select(&strides, None));
        let like = |strides| crate::iterate::Source { shape: &shape, strides, ..source(view) };
        let sources: SmallVec<[_; 2]> =
            [like(&strides[..])].into_iter().chain(of_mask.as_deref().map(like)).collect();
        let dense = keep_order_strides(&shape, &sources, itemsize);
        let mut dense = dense.iter();
        let own = |axis| if self.is_reduced(axis) { keepdims.then_some(0) } else { dense.next().copied() };
        (0..view.ndim()).filter_map(own).collect()
    }
    /// True when each result is made of no element, even if there are no results.
    fn nothing_to_reduce(&self, view: &View<'_>) -> bool {
        let mut each = view.shape().iter().enumerate();
        each.any(|(axis, n)| self.is_reduced(axis) && *n == 0)
    }
}

fn check_output(ufunc: &Ufunc, out: &ViewMut<'_>, shape: &[isize]) -> Result<()> {
    if out.ndim() != shape.len() {
        return Err(Error::Value(format!(
            "output parameter for reduction operation {} has the wrong number of dimensions: Found {} but expected {}",
            ufunc.name(),
            out.ndim(),
            shape.len()
        )));
    }
    if out.shape() != shape {
        return Err(Error::Value(format!(
            "output parameter for reduction operation {} has shape {}, but the reduction has shape {}",
            ufunc.name(),
            shape_text(out.shape()),
            shape_text(shape)
        )));
    }
    Ok(())
}

/// Refuses Python numbers that a total of `dtype` can't start from: they are converted as elements are, not cast.
fn check_initial(value: &Operand<'_>, dtype: &DType) -> Result<()> {
    use super::Weak;
    let real = matches!(dtype.kind(), Kind::Int | Kind::UInt | Kind::Float);
    match value.weak {
        Some(Weak::Complex) if real => {
            Err(Error::Type(format!("a total of {dtype} can't start from a complex number")))
        }
        Some(Weak::Float) if dtype.num().is_integer() => {
            // SAFETY: a Python float lies in one element of float64 (V3).
            let number = unsafe { value.view.data().cast::<f64>().read_unaligned() };
            match (number.is_nan(), number.is_infinite()) {
                (true, _) => Err(Error::Value("cannot convert float NaN to integer".into())),
                (_, true) => Err(Error::Overflow("cannot convert float infinity to integer".into())),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// What the accumulator holds first.
#[expect(clippy::large_enum_variant, reason = "one lives on the stack of each reduction")]
enum Start<'a> {
    /// The first element of each reduction.
    First,
    /// A value.
    Value(View<'a>),
    /// The identity, cast to the accumulator's dtype.
    Identity(Temporary),
}

impl<'a> Start<'a> {
    fn choose(
        ufunc: &Ufunc,
        view: &View<'_>,
        axes: &Axes,
        dtype: &DType,
        options: &ReduceOptions<'a>,
    ) -> Result<Start<'a>> {
        let empty = axes.nothing_to_reduce(view);
        let identity = match options.initial {
            Initial::Value(value) => {
                super::execute::operands::check_integer(&value, dtype)?;
                check_initial(&value, dtype)?;
                return Ok(Start::Value(value.view));
            }
            Initial::First => None,
            // Objects may be anything: 0 need not be a neutral element for them.
            Initial::Default if dtype.kind() == Kind::Object && !empty => None,
            Initial::Default => common::identity(ufunc, dtype)?,
        };
        match identity {
            Some(value) => Ok(Start::Identity(value)),
            None if empty => Err(Error::Value(format!(
                "zero-size array to reduction operation {} which has no identity",
                ufunc.name()
            ))),
            None if options.mask.is_some() => Err(Error::Value(format!(
                "reduction operation '{}' does not have an identity, so to use a where mask one has to specify 'initial'",
                ufunc.name()
            ))),
            None => Ok(Start::First),
        }
    }
    fn fill(&self, total: ViewMut<'_>) -> Result<()> {
        let value = match self {
            Start::First => return Ok(()),
            Start::Value(value) => *value,
            Start::Identity(value) => value.view(),
        };
        // SAFETY: a view of one element or more.
        unsafe { assign::fill(total, value.data(), value.dtype()) }
    }
}
