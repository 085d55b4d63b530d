//! Unbuffered operation in place at given positions: a position that occurs twice is worked on twice.

use sharray_base::fp_status::{self, FpStatus};
use sharray_base::layout::{Dims, broadcast_strides};
use sharray_base::{DType, Error, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::pick::{Numbers, first_outside};
use smallvec::SmallVec;

use super::at_direct::{Line, run_of};
use super::execute::operands::{check_integer, is_direct, through_outer};
use super::execute::strided::Caller;
use super::{Operand, OperandType, Resolution, Ufunc, resolve_dtypes};
use crate::assign::{self, Casting, Temporary, needs_temporary, source};
use crate::iterate::scratch::Elements;
use crate::iterate::{Freedom, Nest};

/// Which elements.
#[derive(Debug, Clone, Copy)]
pub enum Positions<'a> {
    /// Indices along the target's only axis (`intp`, negative ones count from the end), of any shape.
    Indices(View<'a>),
    /// Byte offsets from the target's data pointer (`intp`), of any shape; each must be that of an element.
    Offsets(View<'a>),
}

/// `target[position] = ufunc(target[position], operand)` for each position in C order; `operand` (none for ufuncs of
/// one input) is broadcast to the positions' shape.
///
/// # Errors
/// `Index` for an index out of range, checked before anything is changed; else as [`super::call`].
pub fn at(
    ufunc: &Ufunc,
    target: ViewMut<'_>,
    positions: Positions<'_>,
    operand: Option<Operand<'_>>,
) -> Result<FpStatus> {
    check(ufunc, operand.is_some())?;
    let place = match positions {
        Positions::Indices(view) | Positions::Offsets(view) => view,
    };
    let own = OperandType::strong(target.as_view().dtype());
    let second = operand.as_ref().map(|o| OperandType { dtype: Some(o.view.dtype()), weak: o.weak });
    let types: SmallVec<[OperandType<'_>; 3]> = [own].into_iter().chain(second).chain([own]).collect();
    let resolution = resolve_dtypes(ufunc, &types, &[], Casting::Unsafe, false)?;
    let place_copy = needs_temporary(&target, &place).then(|| Temporary::of(place)).transpose()?;
    let place = place_copy.as_ref().map_or(place, |c| c.view());
    if let Positions::Indices(_) = positions {
        check_indices(&target, &place)?;
    }
    fp_status::clear();
    let operand_copy = match &operand {
        Some(operand) => match through_outer(&resolution, 1, &operand.view)? {
            Some(copy) => Some(copy),
            None => prepare(operand, &resolution.dtypes[1], &target)?,
        },
        None => None,
    };
    let second = operand.map(|o| operand_copy.as_ref().map_or(o.view, |c| c.view()));
    let scale = match positions {
        Positions::Indices(_) => Some((target.strides()[0], target.shape()[0])),
        Positions::Offsets(_) => None,
    };
    run(ufunc, &resolution, &target, &place, scale, second)?;
    Ok(resolution.status())
}

fn check(ufunc: &Ufunc, has_operand: bool) -> Result<()> {
    if ufunc.core().is_some() {
        return Err(Error::Type("ufunc.at does not support ufunc with non-trivial signature".into()));
    }
    if ufunc.nin() > 2 || ufunc.nout() != 1 {
        return Err(Error::Value("Only unary and binary ufuncs supported at this time".into()));
    }
    match (ufunc.nin(), has_operand) {
        (2, false) => Err(Error::Value("second operand needed for ufunc".into())),
        (1, true) => Err(Error::Value("second operand provided when ufunc is unary".into())),
        _ => Ok(()),
    }
}

fn check_indices(target: &View<'_>, place: &View<'_>) -> Result<()> {
    let [extent] = target.shape() else {
        return Err(Error::Index(format!("indices for an array of {} axes need one axis", target.ndim())));
    };
    let refused =
        |index: isize| Error::Index(format!("index {index} is out of bounds for axis 0 with size {extent}"));
    if place.is_c_contiguous() {
        let numbers = Numbers::new(place.data(), size_of::<isize>() as isize, place.len());
        // SAFETY: the view's `intp` elements (V3).
        return match unsafe { first_outside(numbers, *extent) } {
            None => Ok(()),
            // SAFETY: one of them.
            Some(at) => Err(refused(unsafe { place.data().cast::<isize>().add(at).read_unaligned() })),
        };
    }
    each(place, |index| if index < -extent || index >= *extent { Err(refused(index)) } else { Ok(()) })
}

fn each(place: &View<'_>, mut visit: impl FnMut(isize) -> Result<()>) -> Result<()> {
    Nest::new(place.shape(), &[source(place)], Freedom::Fixed)?.run(|at, n, steps| {
        (0..n).try_for_each(|i| {
            // SAFETY: `intp` elements of the view (V3).
            let index = unsafe { at[0].wrapping_offset(i * steps[0]).cast::<isize>().read_unaligned() };
            visit(index)
        })
    })
}

/// The operand in the loop's dtype and apart from the target, when it isn't so already.
fn prepare(operand: &Operand<'_>, dtype: &DType, target: &View<'_>) -> Result<Option<Temporary>> {
    check_integer(operand, dtype)?;
    let view = operand.view;
    if is_direct(&view, dtype) && !overlaps(target, &view) {
        return Ok(None);
    }
    let copy = Temporary::empty(
        dtype,
        view.shape(),
        sharray_base::layout::c_strides(view.shape(), dtype.itemsize()),
    )?;
    assign::copy(copy.view_mut(), view, Casting::Unsafe)?;
    Ok(Some(copy))
}

/// Positions jump about, so that even the same memory in the same order is not safe.
fn overlaps(target: &View<'_>, view: &View<'_>) -> bool {
    use sharray_base::layout::overlap::Extent;
    Extent::from(*target).bounds_overlap(&Extent::from(*view))
}

fn run(
    ufunc: &Ufunc,
    resolution: &Resolution,
    target: &View<'_>,
    place: &View<'_>,
    scale: Option<(isize, isize)>,
    second: Option<View<'_>>,
) -> Result<()> {
    let still = Dims::from_elem(0, place.ndim());
    let operand = second.unwrap_or(*place);
    let strides = broadcast_strides(operand.shape(), operand.strides(), place.shape());
    let fits = || Error::Value("array is not broadcastable to correct shape".into());
    let strides = if second.is_some() { strides.ok_or_else(fits)? } else { still };
    // SAFETY: the operand stretched to the positions' shape.
    let operand = unsafe { operand.with_layout(operand.data(), place.shape(), &strides) };
    let dtypes: SmallVec<[&DType; 4]> = resolution.dtypes.iter().collect();
    let mut one = One::new(resolution, &dtypes, target, second.is_some())?;
    let base = target.data();
    let lines = if one.cast.is_none() && one.binary { run_of(ufunc, resolution) } else { None };
    Nest::new(place.shape(), &[source(place), source(&operand)], Freedom::Fixed)?.run(|at, n, steps| {
        if let Some(lines) = lines {
            let line = Line { at: [at[0], at[1]], steps: [steps[0], steps[1]], count: n, scale };
            // SAFETY: positions are `intp` and were checked; target and operand are of the loop's type.
            unsafe { lines(base, &line) };
            return Ok(());
        }
        for i in 0..n {
            // SAFETY: an `intp` element of the positions (V3).
            let value = unsafe { at[0].wrapping_offset(i * steps[0]).cast::<isize>().read_unaligned() };
            let offset = match scale {
                Some((stride, extent)) => (if value < 0 { value + extent } else { value }) * stride,
                None => value,
            };
            one.run(base.wrapping_offset(offset), at[1].wrapping_offset(i * steps[1]))?;
        }
        Ok(())
    })
}

/// The loop on one element of the target.
struct One<'a> {
    caller: Caller<'a>,
    binary: bool,
    cast: Option<Cast>,
}

/// The target's element as the loop's first input, and the loop's result back.
struct Cast {
    input: Elements,
    output: Elements,
    load: Transfer,
    store: Transfer,
}

impl<'a> One<'a> {
    fn new(
        resolution: &'a Resolution,
        dtypes: &'a [&'a DType],
        target: &View<'_>,
        binary: bool,
    ) -> Result<One<'a>> {
        let (input, output) = (&resolution.dtypes[0], &resolution.dtypes[1 + binary as usize]);
        let cast = if is_direct(target, input) && is_direct(target, output) {
            None
        } else {
            Some(Cast {
                input: Elements::new(input, 1)?,
                output: Elements::new(output, 1)?,
                load: Transfer::new(target.dtype(), input, false)?,
                store: Transfer::new(output, target.dtype(), false)?,
            })
        };
        Ok(One { caller: Caller::new(resolution, dtypes), binary, cast })
    }
    fn run(&mut self, element: *mut u8, operand: *mut u8) -> Result<()> {
        const STEPS: [isize; 3] = [0; 3];
        let call = |input, output| {
            let at = if self.binary { [input, operand, output] } else { [input, output, output] };
            // SAFETY: single elements of the loop's dtypes.
            unsafe { self.caller.call(&at, &[1], &STEPS) }
        };
        let Some(cast) = &self.cast else { return call(element, element) };
        let (input, output) = (cast.input.data(), cast.output.data());
        // SAFETY: single elements; the buffers are of the dtypes the transfers were made for.
        unsafe {
            cast.load.run(element, 0, input, 0, 1)?;
            call(input, output)?;
            cast.store.run(output, 0, element, 0, 1)
        }
    }
}
