//! Universal functions by name: elementwise calls, reductions, running reductions, all pairs.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use sharray_base::{DType, Error, Result};
use sharray_core::ufunc::{self, CallOptions, Operand, ReduceOptions, Ufunc};
use sharray_kernels::definitions::definitions;

use crate::Array;
use crate::operand::{Input, Inputs};
use crate::outputs::{Nothing, many, one};
use crate::reduce::Axes;

/// Every built-in ufunc by name.
fn registry() -> &'static HashMap<&'static str, Ufunc> {
    static ALL: OnceLock<HashMap<&'static str, Ufunc>> = OnceLock::new();
    ALL.get_or_init(|| {
        let made = |d: &'static sharray_kernels::table::Definition| {
            Some((d.name, Ufunc::from_definition(d, Vec::new()).ok()?))
        };
        definitions().iter().filter_map(made).collect()
    })
}

/// The ufunc of a name, NumPy's: `"add"`, `"sqrt"`, `"logical_and"`, …
///
/// # Errors
/// `Key` when there is none.
///
/// ```
/// use sharray::prelude::*;
/// let hypot = ufunc("hypot")?;
/// assert_eq!(hypot.call((3.0, 4.0))?.item::<f64>()?, 5.0);
/// assert!(matches!(ufunc("no such"), Err(Error::Key(_))));
/// # Ok::<(), Error>(())
/// ```
pub fn ufunc(name: &str) -> Result<Func> {
    registry().get(name).map(Func).ok_or_else(|| Error::Key(format!("there is no ufunc {name:?}")))
}

/// The names of all ufuncs, sorted.
///
/// ```
/// assert!(sharray::ufunc::names().contains(&"arctan2"));
/// ```
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = registry().keys().copied().collect();
    names.sort_unstable();
    names
}

/// A ufunc, as [`ufunc()`] finds it.
///
/// Operands are broadcast and promoted as in NumPy. Floating-point trouble (overflow, division by zero) shows in the
/// values: `inf`, `nan`.
#[derive(Clone, Copy)]
pub struct Func(&'static Ufunc);

impl fmt::Debug for Func {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<ufunc '{}'>", self.name())
    }
}

impl Func {
    /// Its name.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(ufunc("add")?.name(), "add");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn name(&self) -> &'static str {
        self.0.name()
    }
    /// Number of inputs.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!((ufunc("sqrt")?.nin(), ufunc("clip")?.nin()), (1, 3));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn nin(&self) -> usize {
        self.0.nin()
    }
    /// Number of outputs.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!((ufunc("sqrt")?.nout(), ufunc("divmod")?.nout()), (1, 2));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn nout(&self) -> usize {
        self.0.nout()
    }
    /// Calls a ufunc of one output.
    ///
    /// # Errors
    /// `Type` or `NoLoop` for dtypes it does not take; `Broadcast`; `Overflow` for an integer that does not fit the dtype beside it;
    /// `Value` for another number of inputs, or several outputs.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([1i8, 2, 3]);
    /// assert_eq!(ufunc("power")?.call((&a, 2))?.to_vec::<i8>()?, [1, 4, 9]);
    /// assert!(matches!(ufunc("add")?.call((&a, 1000)), Err(Error::Overflow(_))));
    /// let other = Array::from([1, 2]);
    /// assert!(matches!(ufunc("add")?.call((&a, &other)), Err(Error::Broadcast { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn call(&self, inputs: impl Inputs) -> Result<Array> {
        inputs.with(|inputs| self.call_one(inputs))
    }
    fn call_one(&self, inputs: &[Input<'_>]) -> Result<Array> {
        if self.nout() != 1 {
            let (name, count) = (self.name(), self.nout());
            return Err(Error::Value(format!("'{name}' has {count} outputs: call_all gives them")));
        }
        let operands = operands(inputs);
        one(|out| ufunc::call(self.0, &operands, &[], &CallOptions::default(), out))
    }
    /// Calls a ufunc and returns all its outputs.
    ///
    /// # Errors
    /// As [`Func::call`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let both = ufunc("divmod")?.call_all((&Array::from([7, 8]), 3))?;
    /// assert_eq!(both[0].to_vec::<i32>()?, [2, 2]);
    /// assert_eq!(both[1].to_vec::<i32>()?, [1, 2]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn call_all(&self, inputs: impl Inputs) -> Result<Vec<Array>> {
        inputs.with(|inputs| {
            let operands = operands(inputs);
            many(|out| ufunc::call(self.0, &operands, &[], &CallOptions::default(), out))
        })
    }
    /// Calls a ufunc of one output in a dtype of the result.
    ///
    /// # Errors
    /// As [`Func::call`]; `UfuncCast` for inputs that can't be cast to what the loop of that dtype takes.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let sum = ufunc("add")?.call_as((&Array::from([200u8]), 100), "int32")?;
    /// assert_eq!(sum.to_vec::<i32>()?, [300]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn call_as(&self, inputs: impl Inputs, dtype: impl crate::ToDType) -> Result<Array> {
        let dtype = dtype.to_dtype()?;
        let mut signature: Vec<Option<DType>> = vec![None; self.nin()];
        signature.extend(std::iter::repeat_n(Some(dtype), self.nout()));
        let options = CallOptions { signature: &signature, ..CallOptions::default() };
        inputs.with(|inputs| one(|out| ufunc::call(self.0, &operands(inputs), &[], &options, out)))
    }
    /// Calls a ufunc of one output with memory of the caller's for it. Casts to the output's dtype must be of the same
    /// kind.
    ///
    /// # Errors
    /// As [`Func::call`]; `UfuncCast` when the result can't be cast to the output's dtype.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut out = Array::zeros(&[3], "f8")?;
    /// ufunc("multiply")?.call_into((&Array::arange(3)?, 0.5), &mut out)?;
    /// assert_eq!(out.to_vec::<f64>()?, [0.0, 0.5, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn call_into(&self, inputs: impl Inputs, out: &mut Array) -> Result<()> {
        let target = Some(out.view_mut()?);
        inputs.with(|inputs| {
            ufunc::call(self.0, &operands(inputs), &[target], &CallOptions::default(), &mut Nothing)
        })?;
        Ok(())
    }
    /// Calls a ufunc with memory of the caller's for each of its outputs.
    pub(crate) fn call_all_into(&self, inputs: &[Input<'_>], outs: &mut [Array]) -> Result<()> {
        let targets = outs.iter_mut().map(|out| out.view_mut().map(Some)).collect::<Result<Vec<_>>>()?;
        ufunc::call(self.0, &operands(inputs), &targets, &CallOptions::default(), &mut Nothing)?;
        Ok(())
    }
    /// `array = ufunc(array, other)`, in the array's memory.
    ///
    /// # Errors
    /// As [`Func::call_into`]; `Value` when the result has another shape than the array.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::from([1.0, 2.0]);
    /// ufunc("add")?.update(&mut a, 0.5)?;
    /// assert_eq!(a.to_vec::<f64>()?, [1.5, 2.5]);
    /// let mut whole = Array::from([1, 2]);
    /// assert!(matches!(ufunc("add")?.update(&mut whole, 0.5), Err(Error::UfuncCast { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn update<'a>(&self, array: &mut Array, other: impl Into<Input<'a>>) -> Result<()> {
        self.update_input(array, &other.into())
    }
    pub(crate) fn update_input(&self, array: &mut Array, other: &Input<'_>) -> Result<()> {
        let target = array.view_mut()?;
        let inputs = [target.as_view().into(), other.operand()];
        ufunc::call(self.0, &inputs, &[Some(target)], &CallOptions::default(), &mut Nothing)?;
        Ok(())
    }
    /// Reduces with a ufunc of two inputs: `add` sums, `maximum` finds the largest.
    ///
    /// # Errors
    /// As [`Func::call`]; `Axis`; `Value` when there is nothing to reduce and no identity, or for a ufunc that can't reduce.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2], [3, 4]]);
    /// assert_eq!(ufunc("multiply")?.reduce(&a, ())?.item::<i64>()?, 24);
    /// assert_eq!(ufunc("add")?.reduce(&a, 0)?.to_vec::<i64>()?, [4, 6]);
    /// let nothing = Array::zeros(&[0], "f8")?;
    /// assert!(matches!(ufunc("maximum")?.reduce(&nothing, ()), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn reduce(&self, array: &Array, axes: impl Into<Axes>) -> Result<Array> {
        self.reduce_in(array, &axes.into(), None)
    }
    pub(crate) fn reduce_in(&self, array: &Array, axes: &Axes, dtype: Option<&DType>) -> Result<Array> {
        let options =
            ReduceOptions { axes: axes.list(), keepdims: axes.keeps(), dtype, ..ReduceOptions::default() };
        one(|out| ufunc::reduce(self.0, array.view().into(), None, &options, out))
    }
    /// All partial results of a reduction along an axis: `add` gives running sums.
    ///
    /// # Errors
    /// As [`Func::reduce`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([3.0, 1.0, 5.0]);
    /// assert_eq!(ufunc("maximum")?.accumulate(&a, 0)?.to_vec::<f64>()?, [3.0, 3.0, 5.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn accumulate(&self, array: &Array, axis: isize) -> Result<Array> {
        one(|out| ufunc::accumulate(self.0, array.view().into(), axis, None, None, out))
    }
    /// A ufunc of two inputs on all pairs of elements: the axes of the first, then those of the second.
    ///
    /// # Errors
    /// As [`Func::call`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let table = ufunc("multiply")?.outer(&Array::from([1, 2]), &Array::from([3, 4, 5]))?;
    /// assert_eq!(table.to_string(), "[[ 3  4  5]\n [ 6  8 10]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn outer(&self, a: &Array, b: &Array) -> Result<Array> {
        let (a, b) = (a.view().into(), b.view().into());
        one(|out| ufunc::outer(self.0, a, b, &[], &CallOptions::default(), out))
    }
}

fn operands<'a>(inputs: &'a [Input<'_>]) -> Vec<Operand<'a>> {
    inputs.iter().map(Input::operand).collect()
}

/// A ufunc that Rust code names: found once.
pub(crate) struct Known {
    name: &'static str,
    found: OnceLock<Func>,
}

impl Known {
    pub(crate) const fn new(name: &'static str) -> Known {
        Known { name, found: OnceLock::new() }
    }
    pub(crate) fn get(&self) -> Result<Func> {
        match self.found.get() {
            Some(func) => Ok(*func),
            None => Ok(*self.found.get_or_init({
                let func = ufunc(self.name)?;
                move || func
            })),
        }
    }
    pub(crate) fn unary(&self, a: Input<'_>) -> Result<Array> {
        self.get()?.call_one(&[a])
    }
    pub(crate) fn binary(&self, a: Input<'_>, b: Input<'_>) -> Result<Array> {
        self.get()?.call_one(&[a, b])
    }
}
