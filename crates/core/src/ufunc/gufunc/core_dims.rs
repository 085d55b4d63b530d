//! Core dimensions of a call: which axes they are, what sizes they have, which optional ones are missing.

use sharray_base::layout::{Dims, normalize_axis};
use sharray_base::{Error, Result, View};
use smallvec::SmallVec;

use super::super::signature::CoreSignature;
use super::super::{CallOptions, Ufunc};
use crate::iterate::Source;

/// Sizes of the distinct core dimensions as far as operands have told them.
pub(super) struct CoreSizes<'a> {
    ufunc: &'a Ufunc,
    signature: &'a CoreSignature,
    axes: &'a [Vec<isize>],
    keepdims: bool,
    sizes: SmallVec<[Option<isize>; 4]>,
    missing: SmallVec<[bool; 4]>,
}

/// An operand's memory, loop dimensions apart from core dimensions. Missing core dimensions have stride 0.
pub(super) struct Split {
    pub(super) data: *mut u8,
    pub(super) loop_shape: Dims,
    pub(super) loop_strides: Dims,
    pub(super) core_strides: Dims,
}

impl Split {
    /// The loop dimensions alone.
    pub(super) fn loops(&self) -> Source<'_> {
        Source { data: self.data, shape: &self.loop_shape, strides: &self.loop_strides }
    }
}

/// Checks that a ufunc has axes that could be kept.
///
/// # Errors
/// `Type` unless every input has as many core dimensions as the first, and the outputs none.
pub fn check_keepdims(ufunc: &Ufunc) -> Result<()> {
    let Some(core) = ufunc.core() else { return Ok(()) };
    let same = (0..ufunc.nin()).all(|i| core.ndim(i) == core.ndim(0));
    if same && (ufunc.nin()..ufunc.nargs()).all(|i| core.ndim(i) == 0) {
        return Ok(());
    }
    Err(Error::Type(format!(
        "{} does not support keepdims: its signature {} requires operand 0 to have the same number of core dimensions as \
         every input, and outputs to have none",
        ufunc.name(),
        core.text
    )))
}

impl<'a> CoreSizes<'a> {
    pub(super) fn new(
        ufunc: &'a Ufunc,
        signature: &'a CoreSignature,
        options: &CallOptions<'a>,
    ) -> Result<Self> {
        let sizes = signature.dims.iter().map(|d| d.size).collect();
        let missing = SmallVec::from_elem(false, signature.dims.len());
        let axes = options.axes;
        if !axes.is_empty() && axes.len() < ufunc.nin() {
            return Err(Error::Value(format!(
                "{}: axes needs a tuple for every operand with core dimensions",
                ufunc.name()
            )));
        }
        if options.keepdims {
            check_keepdims(ufunc)?;
        }
        Ok(CoreSizes { ufunc, signature, axes, keepdims: options.keepdims, sizes, missing })
    }

    /// Tells which optional dimensions are missing from inputs of so many axes, and checks the axes given for inputs and
    /// outputs before any size is looked at.
    pub(super) fn check_axes(&mut self, ndims: &[usize]) -> Result<()> {
        for (operand, ndim) in ndims.iter().enumerate() {
            self.miss(operand, *ndim)?;
        }
        let mut loops = 0;
        for (operand, ndim) in ndims.iter().enumerate() {
            loops = loops.max(ndim - self.core_axes(operand, *ndim)?.len());
        }
        for operand in ndims.len()..self.axes.len() {
            let count = self.present(if self.keepdims { 0 } else { operand }).count();
            self.core_axes(operand, loops + count)?;
        }
        Ok(())
    }

    /// The axes of an output of `ndim` axes: loop dimensions first, then core dimensions.
    pub(super) fn axes_in_order(&self, operand: usize, ndim: usize) -> Result<SmallVec<[usize; 8]>> {
        let core = self.core_axes(operand, ndim)?;
        Ok((0..ndim).filter(|axis| !core.contains(axis)).chain(core.iter().copied()).collect())
    }

    /// Marks the optional dimensions of an input as missing when it has too few axes for them.
    fn miss(&mut self, operand: usize, ndim: usize) -> Result<()> {
        let dims = &self.signature.operands[operand];
        let present = |missing: &[bool]| dims.iter().filter(|d| !missing[**d]).count();
        if ndim >= present(&self.missing) {
            return Ok(());
        }
        let optional = |dim: &&usize| self.signature.dims[**dim].optional;
        for dim in dims.iter().filter(optional) {
            self.missing[*dim] = true;
            self.sizes[*dim] = Some(1);
        }
        let needed = present(&self.missing);
        if ndim < needed {
            return Err(Error::Value(format!(
                "{}: Input operand {operand} does not have enough dimensions (has {ndim}, gufunc core with signature {} \
                 requires {needed})",
                self.ufunc.name(),
                self.signature.text
            )));
        }
        Ok(())
    }

    /// The core dimensions an operand has.
    fn present(&self, operand: usize) -> impl Iterator<Item = usize> + '_ {
        self.signature.operands[operand].iter().copied().filter(|d| !self.missing[*d])
    }

    /// The axes of an operand of `ndim` axes that are its core dimensions.
    fn core_axes(&self, operand: usize, ndim: usize) -> Result<SmallVec<[usize; 4]>> {
        // Outputs that keep reduced axes have as many as each input.
        let kept = self.keepdims && operand >= self.ufunc.nin();
        let count = self.present(if kept { 0 } else { operand }).count();
        let given = self.axes.get(operand).filter(|axes| !(kept && axes.is_empty()));
        let Some(axes) = given else { return Ok((ndim - count..ndim).collect()) };
        if axes.len() != count {
            return Err(Error::Axes(format!(
                "{}: operand {operand} has {count} core dimensions, but {} axes are specified by axes tuple",
                self.ufunc.name(),
                axes.len()
            )));
        }
        let mut result = SmallVec::new();
        for &axis in axes {
            let axis = normalize_axis(axis, ndim)?;
            if result.contains(&axis) {
                return Err(Error::Value(format!("axes item {operand} has value {axis} repeated")));
            }
            result.push(axis);
        }
        Ok(result)
    }

    /// Splits an operand, and learns or checks the sizes of its core dimensions.
    pub(super) fn take(&mut self, operand: usize, view: &View<'_>) -> Result<Split> {
        if self.keepdims && operand >= self.ufunc.nin() {
            return self.split_kept(operand, view);
        }
        let axes = self.core_axes(operand, view.ndim())?;
        let present: SmallVec<[usize; 4]> = self.present(operand).collect();
        for (position, (&axis, &dim)) in axes.iter().zip(&present).enumerate() {
            let extent = view.shape()[axis];
            match self.sizes[dim] {
                Some(size) if size != extent => return Err(self.mismatch(operand, position, extent, size)),
                _ => self.sizes[dim] = Some(extent),
            }
        }
        let mut core = axes.iter().map(|axis| view.strides()[*axis]);
        let dims = &self.signature.operands[operand];
        let core_strides =
            dims.iter().map(|d| if self.missing[*d] { 0 } else { core.next().unwrap_or(0) }).collect();
        let rest = |of: &[isize]| (0..of.len()).filter(|a| !axes.contains(a)).map(|a| of[a]).collect();
        Ok(Split {
            data: view.data(),
            loop_shape: rest(view.shape()),
            loop_strides: rest(view.strides()),
            core_strides,
        })
    }

    /// An output with the reduced axes kept: they are neither loop nor core dimensions.
    fn split_kept(&self, operand: usize, view: &View<'_>) -> Result<Split> {
        let axes = self.core_axes(operand, view.ndim())?;
        let rest = |of: &[isize]| (0..of.len()).filter(|a| !axes.contains(a)).map(|a| of[a]).collect();
        Ok(Split {
            data: view.data(),
            loop_shape: rest(view.shape()),
            loop_strides: rest(view.strides()),
            core_strides: Dims::new(),
        })
    }

    /// The loop dimensions of a given output.
    pub(super) fn output_loops(&self, operand: usize, view: &View<'_>) -> Result<Dims> {
        let of = if self.keepdims { 0 } else { operand };
        let needed = self.present(of).count();
        if view.ndim() < needed {
            return Err(Error::Value(format!(
                "{}: Output operand {} does not have enough dimensions (has {}, gufunc core with signature {} requires \
                 {needed})",
                self.ufunc.name(),
                operand - self.ufunc.nin(),
                view.ndim(),
                self.signature.text
            )));
        }
        let axes = self.core_axes(operand, view.ndim())?;
        Ok((0..view.ndim()).filter(|a| !axes.contains(a)).map(|a| view.shape()[a]).collect())
    }

    /// Learns sizes from given outputs, and asks the ufunc's hook for what nobody told.
    pub(super) fn complete<'v>(&mut self, out: impl Fn(usize) -> Option<View<'v>>) -> Result<()> {
        let Some(hook) = self.ufunc.size_hook() else { return Ok(()) };
        for index in 0..self.ufunc.nout() {
            let operand = self.ufunc.nin() + index;
            let count = self.present(operand).count();
            if let Some(out) = out(index).filter(|o| o.ndim() >= count && !self.keepdims) {
                self.take(operand, &out)?;
            }
        }
        hook(&mut self.sizes)
    }

    fn mismatch(&self, operand: usize, position: usize, extent: isize, size: isize) -> Error {
        let nin = self.ufunc.nin();
        let (side, number) = if operand < nin { ("Input", operand) } else { ("Output", operand - nin) };
        Error::Value(format!(
            "{}: {side} operand {number} has a mismatch in its core dimension {position}, with gufunc signature {} (size \
             {extent} is different from {size})",
            self.ufunc.name(),
            self.signature.text
        ))
    }

    /// The shape of an output: loop dimensions, and core dimensions at their axes.
    pub(super) fn output_shape(
        &mut self,
        operand: usize,
        loops: &[isize],
        out: Option<&View<'_>>,
    ) -> Result<Dims> {
        let of = if self.keepdims { 0 } else { operand };
        let count = self.present(of).count();
        let ndim = loops.len() + count;
        if ndim > sharray_base::MAX_NDIM {
            return Err(Error::Value(format!(
                "too many dimensions for generalized ufunc {}",
                self.ufunc.name()
            )));
        }
        if let Some(out) = out.filter(|o| o.ndim() >= count && !self.keepdims) {
            self.take(operand, out)?;
        }
        let axes = self.core_axes(operand, ndim)?;
        let mut sizes = SmallVec::<[isize; 4]>::new();
        for dim in self.present(of) {
            let unknown = || {
                Error::Value(format!(
                    "{}: Output operand {} has core dimension {} unspecified, with gufunc signature {}",
                    self.ufunc.name(),
                    operand - self.ufunc.nin(),
                    self.signature.dims[dim].name,
                    self.signature.text
                ))
            };
            sizes.push(if self.keepdims { 1 } else { self.sizes[dim].ok_or_else(unknown)? });
        }
        let mut rest = loops.iter().copied();
        let core = |axis: usize| axes.iter().position(|a| *a == axis).map(|p| sizes[p]);
        let shape: Dims = (0..ndim).map(|axis| core(axis).or_else(|| rest.next()).unwrap_or(1)).collect();
        sharray_base::layout::checked_len(&shape, 1)?;
        Ok(shape)
    }

    /// The sizes, in the signature's order; 1 for missing ones.
    pub(super) fn values(&self) -> impl Iterator<Item = isize> + '_ {
        self.sizes.iter().map(|s| s.unwrap_or(1))
    }
}
