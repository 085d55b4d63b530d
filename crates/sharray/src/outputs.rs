//! Where the engine's results go: providers that make arrays of them.

use sharray_base::{DType, Error, Result};
use sharray_core::Provider;

use crate::Array;

/// Room for one output.
#[derive(Default)]
struct One(Option<Array>);

impl Provider for One {
    fn provide(&mut self, _: usize, dtype: &DType, shape: &[isize], strides: &[isize]) -> Result<*mut u8> {
        let array = Array::fresh(dtype, shape, strides, false)?;
        let data = array.view().data();
        self.0 = Some(array);
        Ok(data)
    }
}

/// Room for any number of outputs.
#[derive(Default)]
struct Many(Vec<Array>);

impl Provider for Many {
    fn provide(
        &mut self,
        index: usize,
        dtype: &DType,
        shape: &[isize],
        strides: &[isize],
    ) -> Result<*mut u8> {
        debug_assert_eq!(index, self.0.len());
        let array = Array::fresh(dtype, shape, strides, false)?;
        let data = array.view().data();
        self.0.push(array);
        Ok(data)
    }
}

/// The only output of an operation.
pub(crate) fn one<R>(run: impl FnOnce(&mut dyn Provider) -> Result<R>) -> Result<Array> {
    let mut output = One::default();
    run(&mut output)?;
    output.0.ok_or_else(|| Error::Runtime("the operation made no output".into()))
}

/// The outputs of an operation.
pub(crate) fn many<R>(run: impl FnOnce(&mut dyn Provider) -> Result<R>) -> Result<Vec<Array>> {
    let mut outputs = Many::default();
    run(&mut outputs)?;
    Ok(outputs.0)
}

/// For operations that write to memory they are given.
pub(crate) struct Nothing;

impl Provider for Nothing {
    fn provide(&mut self, _: usize, dtype: &DType, _: &[isize], _: &[isize]) -> Result<*mut u8> {
        Err(Error::Runtime(format!("an unexpected output of dtype {dtype}")))
    }
}
