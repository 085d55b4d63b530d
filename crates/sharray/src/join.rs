//! Several arrays made into one: joined along an axis, stacked along a new one, or chosen from by a mask.

use sharray_base::dtype::result_type;
use sharray_base::layout::broadcast_shapes;
use sharray_base::{DType, Error, Result, TypeNum, View};
use sharray_core::assign::Casting;
use sharray_core::{index, join};

use crate::Array;
use crate::operand::Input;
use crate::outputs::one;

/// The dtype that all arrays can be cast to.
fn common_dtype(arrays: &[&Array]) -> Result<DType> {
    let dtypes: Vec<&DType> = arrays.iter().map(|array| array.dtype()).collect();
    if dtypes.is_empty() { Ok(DType::of(TypeNum::Double)) } else { result_type(&dtypes, None) }
}

/// Arrays one after the other along an axis, or flattened for `None`, promoted to a common dtype.
///
/// # Errors
/// `Value` for no arrays, or shapes that differ on another axis; `Axis`; `Promotion` for dtypes without a common one.
///
/// ```
/// use sharray::prelude::*;
/// let (a, b) = (Array::from([[1, 2]]), Array::from([[3.5, 4.5]]));
/// assert_eq!(concatenate(&[&a, &b], 0)?.to_string(), "[[1.  2. ]\n [3.5 4.5]]");
/// assert_eq!(concatenate(&[&a, &a], None)?.to_vec::<i32>()?, [1, 2, 1, 2]);
/// assert!(matches!(concatenate(&[], 0), Err(Error::Value(_))));
/// # Ok::<(), Error>(())
/// ```
pub fn concatenate(arrays: &[&Array], axis: impl Into<Option<isize>>) -> Result<Array> {
    let (axis, dtype) = (axis.into(), common_dtype(arrays)?);
    let views: Vec<View<'_>> = arrays.iter().map(|array| array.view()).collect();
    one(|out| join::concatenate(&views, axis, &dtype, Casting::SameKind, out))
}

/// Arrays of one shape along a new axis of the result.
///
/// # Errors
/// `Value` for no arrays, or shapes that differ; `Axis`; `Promotion`.
///
/// ```
/// use sharray::prelude::*;
/// let (a, b) = (Array::from([1, 2]), Array::from([3, 4]));
/// assert_eq!(stack(&[&a, &b], 0)?.to_string(), "[[1 2]\n [3 4]]");
/// assert_eq!(stack(&[&a, &b], -1)?.to_string(), "[[1 3]\n [2 4]]");
/// # Ok::<(), Error>(())
/// ```
pub fn stack(arrays: &[&Array], axis: isize) -> Result<Array> {
    if let Some(other) = arrays.iter().find(|array| array.shape() != arrays[0].shape()) {
        let (first, other) = (arrays[0].shape(), other.shape());
        return Err(Error::Value(format!(
            "arrays to stack must have one shape, not {first:?} and {other:?}"
        )));
    }
    let lifted: Vec<Array> = arrays.iter().map(|array| array.expand_dims(axis)).collect::<Result<_>>()?;
    concatenate(&lifted.iter().collect::<Vec<_>>(), axis)
}

/// `x` where `condition` is true (not zero), else `y`, all broadcast together (NumPy's `where`).
///
/// # Errors
/// `Broadcast`; `Promotion` for dtypes without a common one.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::from([1.5, -2.0, 3.0]);
/// assert_eq!(select(&a.less(0)?, 0.0, &a)?.to_vec::<f64>()?, [1.5, 0.0, 3.0]);
/// # Ok::<(), Error>(())
/// ```
pub fn select<'a>(condition: &Array, x: impl Into<Input<'a>>, y: impl Into<Input<'a>>) -> Result<Array> {
    select_inputs(condition, &x.into(), &y.into())
}

fn select_inputs(condition: &Array, x: &Input<'_>, y: &Input<'_>) -> Result<Array> {
    let strong: Vec<&DType> =
        [x, y].into_iter().filter(|v| v.weak().is_none()).map(|v| v.view().dtype()).collect();
    let dtype = result_type(&strong, x.weak().max(y.weak()))?;
    let cast = |input: &Input<'_>| -> Result<Array> {
        let view = input.view();
        if view.dtype().equivalent(&dtype)
            && let Input::Borrowed(array) = input
        {
            return Ok((*array).clone());
        }
        let mut array = Array::dense(&dtype, view.shape(), false)?;
        array.receive(view, Casting::Unsafe)?;
        Ok(array)
    };
    let condition = condition.astype(TypeNum::Bool)?;
    let (x, y) = (cast(x)?, cast(y)?);
    one(|out| index::select(condition.view(), x.view(), y.view(), out))
}

/// Arrays stretched to the shape they broadcast to together: views.
///
/// # Errors
/// `Broadcast` with the shapes.
///
/// ```
/// use sharray::prelude::*;
/// let (a, b) = (Array::arange(3)?, Array::zeros(&[2, 1], "f8")?);
/// let both = broadcast_arrays(&[&a, &b])?;
/// assert_eq!((both[0].shape(), both[1].shape()), (&[2, 3][..], &[2, 3][..]));
/// # Ok::<(), Error>(())
/// ```
pub fn broadcast_arrays(arrays: &[&Array]) -> Result<Vec<Array>> {
    let shapes: Vec<&[isize]> = arrays.iter().map(|array| array.shape()).collect();
    let shape = broadcast_shapes(&shapes)?;
    arrays.iter().map(|array| array.broadcast_to(&shape)).collect()
}
