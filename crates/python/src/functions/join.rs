//! Functions that put arrays together or copy between them: `concatenate`, `where`, `copyto`, `putmask`, `_place`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use sharray_base::dtype::promote;
use sharray_base::error::shape_text;
use sharray_base::layout::broadcast_strides;
use sharray_base::{DType, Dims, TypeNum, layout};
use sharray_core::assign::{self, Casting};
use sharray_core::{index, join};

use super::dtypes::{cast, weak_kind};
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::dtype;
use crate::outputs::Outputs;
use crate::{args, coerce, fp_report};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

fn some<'a, 'py>(value: Given<'a, 'py>) -> Given<'a, 'py> {
    value.filter(|v| !v.is_none())
}

/// The dtype that operands, of which some are plain Python numbers, promote to.
pub fn common_with_weak<'py>(
    py: Python<'py>,
    objects: &[Bound<'py, PyAny>],
    arrays: &[Array<'py>],
) -> PyResult<DType> {
    let weak = objects.iter().filter_map(|o| weak_kind(o)).max();
    let strong: Vec<&DType> =
        objects.iter().zip(arrays).filter(|(o, _)| weak_kind(o).is_none()).map(|(_, a)| a.dtype()).collect();
    let place = objects.iter().take_while(|o| weak_kind(o).is_none()).count();
    promote::result_type_at(&strong, weak, place).or_raise(py)
}

#[pyfunction]
#[pyo3(signature = (arrays, /, axis=Axis(Some(0)), out=None, *, dtype=None, casting=None))]
fn concatenate<'py>(
    py: Python<'py>,
    arrays: &Bound<'py, PyAny>,
    axis: Axis,
    out: Given<'_, 'py>,
    dtype: Given<'_, 'py>,
    casting: Given<'_, 'py>,
) -> Result<'py> {
    concatenate_along(py, arrays, axis.0, out, dtype, casting)
}

/// An axis, or `None` for the flattened arrays.
struct Axis(Option<isize>);

impl<'py> FromPyObject<'_, 'py> for Axis {
    type Error = PyErr;
    fn extract(object: pyo3::Borrowed<'_, 'py, PyAny>) -> PyResult<Axis> {
        if object.is_none() { Ok(Axis(None)) } else { args::plain_axis(&object).map(|a| Axis(Some(a))) }
    }
}

fn concatenate_along<'py>(
    py: Python<'py>,
    arrays: &Bound<'py, PyAny>,
    axis: Option<isize>,
    out: Given<'_, 'py>,
    wanted: Given<'_, 'py>,
    casting: Given<'_, 'py>,
) -> Result<'py> {
    let objects = match Array::from_object(arrays) {
        Some(array) if array.ndim() == 0 => {
            return Err(PyTypeError::new_err("The first input argument needs to be a sequence"));
        }
        _ => coerce::items(arrays)
            .map_err(|_| PyTypeError::new_err("The first input argument needs to be a sequence"))?,
    };
    let arrays: Vec<Array<'py>> = objects.iter().map(coerce::asanyarray).collect::<PyResult<_>>()?;
    let rule = args::casting(casting, Casting::SameKind)?;
    let views: Vec<_> = arrays.iter().map(|a| a.view()).collect();
    if let Some(out) = some(out) {
        if some(wanted).is_some() {
            return Err(PyTypeError::new_err(
                "concatenate() only takes `out` or `dtype` as an argument, but both were provided.",
            ));
        }
        let target = Array::from_object(out).ok_or_else(|| PyTypeError::new_err("'out' must be an array"))?;
        join::concatenate_into(&views, axis, target.view_mut("output array")?, rule).or_raise(py)?;
        return Ok(out.clone());
    }
    if arrays.is_empty() {
        return Err(PyValueError::new_err("need at least one array to concatenate"));
    }
    join::check(&views, axis).or_raise(py)?;
    let common = match some(wanted) {
        Some(wanted) => {
            let descr = dtype::coerce(wanted)?;
            if dtype::value(&descr).as_subarray().is_some() {
                return Err(PyTypeError::new_err(format!(
                    "arrays can't be joined as {}, a subarray dtype, whose axes would be added to the result's",
                    descr.repr()?
                )));
            }
            let mut fitted = dtype::value(&descr).clone();
            for array in &arrays {
                let found = coerce::adapt_flexible(&descr, array)?;
                if dtype::value(&found).itemsize() > fitted.itemsize() || fitted.itemsize() == 0 {
                    fitted = dtype::value(&found).clone();
                }
            }
            fitted
        }
        // Flattening lets Python numbers yield, as they would in an operation.
        None if axis.is_none() => common_with_weak(py, &objects, &arrays)?,
        None => super::dtypes::common(py, &arrays)?,
    };
    let class = subclass_of(&arrays);
    let mut outputs = Outputs::new(py, None);
    join::concatenate(&views, axis, &common, rule, &mut outputs).or_raise(py)?;
    let result = outputs.take(0)?;
    match class {
        None => Ok(result.into_object()),
        Some(parent) => {
            let kind = parent.get_type();
            let view = result.call_method1("view", (kind,))?;
            Ok(view)
        }
    }
}

/// The operand of the subclass with the highest priority, if any has a higher one than plain arrays.
fn subclass_of<'a, 'py>(arrays: &'a [Array<'py>]) -> Option<&'a Array<'py>> {
    use crate::object::number::priority;
    let (mut best, mut highest) = (None, 0.0);
    for array in arrays {
        let own = priority(array, 0.0);
        if own > highest {
            (best, highest) = (Some(array), own);
        }
    }
    best.filter(|array| !array.is_exact())
}

#[pyfunction]
#[pyo3(
    name = "where",
    signature = (condition, /, *values),
    text_signature = "(condition, x=None, y=None, /)"
)]
fn where_<'py>(condition: &Bound<'py, PyAny>, values: &Bound<'py, PyTuple>) -> Result<'py> {
    let py = condition.py();
    // `None` is a value like others when it is given.
    let (x, y) = (values.get_item(0).ok(), values.get_item(1).ok());
    let (x, y) = (x.as_ref(), y.as_ref());
    if values.len() > 2 {
        return Err(PyTypeError::new_err(format!(
            "where() takes from 1 to 3 arguments, not {}",
            values.len() + 1
        )));
    }
    if let (Some(x), Some(y)) = (x, y)
        && let Some(made) = coerce::select_small(condition, x, y)?
    {
        return Ok(made.into_object());
    }
    let mask = coerce::asanyarray(condition)?;
    let (x, y) = match (x, y) {
        (None, None) => return coerce::asarray(mask.as_ref())?.call_method0("nonzero"),
        (Some(x), Some(y)) => (x, y),
        _ => return Err(PyValueError::new_err("either both or neither of x and y should be given")),
    };
    let objects = [x.clone(), y.clone()];
    let arrays = [coerce::asarray(x)?, coerce::asarray(y)?];
    let common = common_with_weak(py, &objects, &arrays)?;
    let [x, y] = arrays;
    let (x, y) = (cast(&x, &common)?, cast(&y, &common)?);
    let mask = cast(&coerce::asarray(mask.as_ref())?, &DType::of(TypeNum::Bool))?;
    let mut outputs = Outputs::new(py, None);
    index::select(mask.view(), x.view(), y.view(), &mut outputs).or_raise(py)?;
    Ok(outputs.take(0)?.into_object())
}

/// Copies any object to all of an array.
///
/// # Errors
/// `TypeError` where the rule forbids the cast; what the copy reports.
pub(super) fn copy_to<'py>(target: &Array<'py>, src: &Bound<'py, PyAny>, rule: Casting) -> PyResult<()> {
    let (source, rule) = copy_source(src, target, rule)?;
    sharray_base::dtype::cast_rules::check_cast(source.dtype(), target.dtype(), rule).or_raise(src.py())?;
    coerce::copy_cast(target, &source, rule)
}

#[pyfunction]
#[pyo3(signature = (dst, src, casting=None, r#where=None))]
fn copyto<'py>(
    dst: &Bound<'py, PyAny>,
    src: &Bound<'py, PyAny>,
    casting: Given<'_, 'py>,
    r#where: Given<'_, 'py>,
) -> PyResult<()> {
    let py = dst.py();
    let target = Array::from_object(dst).ok_or_else(|| {
        PyTypeError::new_err(format!(
            "copyto() argument 1 must be numpy.ndarray, not {}",
            dst.get_type().name().map_or_else(|_| "?".into(), |n| n.to_string())
        ))
    })?;
    let destination = target.view_mut("assignment destination")?;
    let rule = args::casting(casting, Casting::SameKind)?;
    let Some(mask) = r#where else { return copy_to(&target, src, rule) };
    let (source, rule) = copy_source(src, &target, rule)?;
    let mask = match Array::from_object(mask) {
        Some(mask) => mask,
        None => {
            // Lists are read as truth values.
            let truth = dtype::from_value(py, &DType::of(TypeNum::Bool))?;
            coerce::from_any(mask, &coerce::Request { dtype: Some(truth), ..Default::default() })?
        }
    };
    if mask.dtype().num() != TypeNum::Bool {
        sharray_base::dtype::cast_rules::check_cast(mask.dtype(), &DType::of(TypeNum::Bool), Casting::Safe)
            .or_raise(py)?;
    }
    let mask = cast(&mask, &DType::of(TypeNum::Bool))?;
    sharray_base::dtype::cast_rules::check_cast(source.dtype(), target.dtype(), rule).or_raise(py)?;
    if broadcast_strides(mask.shape(), mask.strides(), target.shape()).is_none() {
        return Err(PyValueError::new_err(format!(
            "could not broadcast where mask from shape {} into shape {}",
            shape_text(mask.shape()),
            shape_text(target.shape())
        )));
    }
    fp_report::casting(py, source.dtype(), target.dtype(), || {
        assign::copy_where(destination, source.view(), mask.view(), rule)
    })
}

/// What `copyto` copies, and the rule it is checked by. A plain Python number is checked as a value: where its kind has
/// a place in the target it is made an element there, and must fit.
fn copy_source<'py>(
    src: &Bound<'py, PyAny>,
    target: &Array<'py>,
    rule: Casting,
) -> PyResult<(Array<'py>, Casting)> {
    use sharray_base::Kind;
    use sharray_base::dtype::Weak;
    let has_place = match (weak_kind(src), target.dtype().kind()) {
        (Some(_), Kind::Complex) | (Some(Weak::Int | Weak::Float), Kind::Float) => rule > Casting::Equiv,
        (Some(Weak::Int), Kind::Int | Kind::UInt) => rule > Casting::Equiv,
        (Some(_), Kind::Object) => true,
        _ => false,
    };
    if !has_place {
        return Ok((coerce::asarray(src)?, rule));
    }
    let request = coerce::Request { dtype: Some(target.descr()), ..Default::default() };
    Ok((coerce::from_any(src, &request)?, Casting::Unsafe))
}

/// Truth values, one for each element of `target`.
fn mask_for<'py>(target: &Array<'py>, mask: &Bound<'py, PyAny>, function: &str) -> PyResult<Array<'py>> {
    let mask = cast(&coerce::asarray(mask)?, &DType::of(TypeNum::Bool))?;
    if mask.size() == target.size() {
        return Ok(mask);
    }
    Err(PyValueError::new_err(format!(
        "{function}: mask and data must be the same size, but there are {} truth values for {} elements",
        mask.size(),
        target.size()
    )))
}

#[pyfunction]
#[pyo3(signature = (a, /, mask, values))]
fn putmask<'py>(a: &Bound<'py, PyAny>, mask: &Bound<'py, PyAny>, values: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = a.py();
    let target =
        Array::from_object(a).ok_or_else(|| PyTypeError::new_err("argument 1 must be numpy.ndarray"))?;
    let mask = mask_for(&target, mask, "putmask")?;
    let values = coerce::unforced(values, &target.descr())?;
    let output = target.view_mut("putmask: output array")?;
    fp_report::casting(py, values.dtype(), target.dtype(), || {
        index::putmask(output, mask.view(), values.view())
    })
}

#[pyfunction]
#[pyo3(signature = (arr, mask, vals))]
fn _place<'py>(arr: &Bound<'py, PyAny>, mask: &Bound<'py, PyAny>, vals: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = arr.py();
    let target = Array::from_object(arr).ok_or_else(|| {
        PyTypeError::new_err(format!(
            "argument 1 must be numpy.ndarray, not {}",
            arr.get_type().name().map_or_else(|_| "?".into(), |n| n.to_string())
        ))
    })?;
    let mask = mask_for(&target, mask, "place")?;
    let values = coerce::unforced(vals, &target.descr())?;
    index::place(target.view_mut("place: output array")?, mask.view(), values.view()).or_raise(py)
}

#[pyfunction]
#[pyo3(signature = (a, axis=None))]
fn count_nonzero<'py>(a: &Bound<'py, PyAny>, axis: Given<'_, 'py>) -> Result<'py> {
    let py = a.py();
    let array = coerce::asarray(a)?;
    let _ = axis;
    let view = array.view();
    let objects = array.dtype().holds_objects();
    let count = crate::gate::work(py, array.nbytes(), objects, || index::count_nonzero(view)).or_raise(py)?;
    let count = count as i64;
    crate::object::scalar::from_element(
        py,
        &DType::of(TypeNum::Long),
        (&raw const count).cast::<u8>().cast_mut(),
        None,
    )
}

fn index_arrays<'py>(object: &Bound<'py, PyAny>) -> PyResult<Vec<Array<'py>>> {
    coerce::items(object)?.iter().map(crate::methods::select::indices).collect()
}

#[pyfunction]
#[pyo3(signature = (multi_index, dims, mode=None, order=None))]
fn ravel_multi_index<'py>(
    multi_index: &Bound<'py, PyAny>,
    dims: &Bound<'py, PyAny>,
    mode: Given<'_, 'py>,
    order: Given<'_, 'py>,
) -> Result<'py> {
    let py = dims.py();
    let dims = args::shape(dims)?;
    for one in coerce::items(multi_index)? {
        refuse_empty(&one)?;
    }
    let picked = match index_arrays(multi_index) {
        Ok(picked) => picked,
        Err(error) if error.is_instance_of::<PyTypeError>(py) => {
            return Err(PyTypeError::new_err("only int indices permitted"));
        }
        Err(error) => return Err(error),
    };
    if picked.len() != dims.len() {
        return Err(PyValueError::new_err(format!(
            "parameter multi_index must be a sequence of length {}",
            dims.len()
        )));
    }
    let modes: Vec<_> = match some(mode).and_then(|m| m.cast::<PyTuple>().ok()) {
        Some(many) => many.iter().map(|m| crate::methods::select::mode(Some(&m))).collect::<PyResult<_>>()?,
        None => vec![crate::methods::select::mode(mode)?; dims.len()],
    };
    let order = args::order(order, layout::Order::C)?;
    let views: Vec<_> = picked.iter().map(|a| a.view()).collect();
    let mut outputs = Outputs::new(py, None);
    index::ravel_multi_index(&views, &dims, &modes, order, &mut outputs).or_raise(py)?;
    crate::methods::select::deliver(outputs.take(0)?, None)
}

/// An empty list has no dtype of its own, and would pass for indices of none.
fn refuse_empty(indices: &Bound<'_, PyAny>) -> PyResult<()> {
    let sequence = indices.is_instance_of::<PyList>() || indices.is_instance_of::<PyTuple>();
    if sequence && indices.len()? == 0 {
        return Err(PyTypeError::new_err(
            "indices must be integral: the provided empty sequence was inferred as float. Wrap it with \
             'np.array(indices, dtype=np.intp)'",
        ));
    }
    Ok(())
}

/// The only index of an array of one; nothing of others.
fn raveled_indices(picked: &Array<'_>) -> PyResult<Vec<isize>> {
    if picked.size() == 1 { Ok(vec![picked.call_method0("item")?.extract()?]) } else { Ok(Vec::new()) }
}

#[pyfunction]
#[pyo3(signature = (indices, shape, order=None))]
fn unravel_index<'py>(
    indices: &Bound<'py, PyAny>,
    shape: &Bound<'py, PyAny>,
    order: Given<'_, 'py>,
) -> Result<'py> {
    let py = indices.py();
    let dims: Dims = args::shape(shape)?;
    refuse_empty(indices)?;
    let array = coerce::asarray(indices)?;
    if !array.dtype().num().is_integer() && array.dtype().num() != TypeNum::Bool {
        return Err(PyTypeError::new_err("only int indices permitted"));
    }
    let scalar_result = array.ndim() == 0;
    let picked = crate::object::subscript::as_intp(&array, Casting::Unsafe)?;
    if let ([], [index]) = (&dims[..], &raveled_indices(&picked)?[..])
        && *index != 0
    {
        let text = format!("index {index} is out of bounds for array with size 1");
        return Err(PyValueError::new_err(text));
    }
    let order = args::order(order, layout::Order::C)?;
    let mut outputs = Outputs::new(py, None);
    index::unravel_index(picked.view(), &dims, order, &mut outputs).or_raise(py)?;
    let found: Vec<_> = (0..dims.len())
        .map(|axis| {
            let array = outputs.take(axis)?;
            if scalar_result {
                crate::object::scalar::from_element(py, array.dtype(), array.data(), None)
            } else {
                Ok(array.into_object())
            }
        })
        .collect::<PyResult<_>>()?;
    Ok(PyTuple::new(py, found)?.into_any())
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(concatenate, module)?)?;
    module.add_function(wrap_pyfunction!(where_, module)?)?;
    module.add_function(wrap_pyfunction!(copyto, module)?)?;
    module.add_function(wrap_pyfunction!(putmask, module)?)?;
    module.add_function(wrap_pyfunction!(_place, module)?)?;
    module.add_function(wrap_pyfunction!(count_nonzero, module)?)?;
    module.add_function(wrap_pyfunction!(ravel_multi_index, module)?)?;
    module.add_function(wrap_pyfunction!(unravel_index, module)?)
}
