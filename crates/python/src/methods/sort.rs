//! Sorting and searching methods: sort, argsort, partition, argpartition, searchsorted, argmax, argmin.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::PyMethodDef;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList, PyString};
use sharray_base::layout::{Order, normalize_axis};
use sharray_base::{DType, TypeNum};
use sharray_core::assign::Casting;
use sharray_core::search::{self, Side};
use sharray_core::sorting::{self, SortKind};

use super::layout::raveled;
use super::select::{along, deliver, deliver_like, indices, of_class};
use super::{given, this};
use crate::errors::OrRaise;
use crate::functions::dtypes::{cast, common};
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::object::ufunc::quick_reduce;
use crate::outputs::{Outputs, working};
use crate::{args, coerce, method_def};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

fn kind(kind: Option<&Bound<'_, PyAny>>, stable: Option<&Bound<'_, PyAny>>) -> PyResult<SortKind> {
    let stable = stable.filter(|s| !s.is_none());
    let Some(kind) = kind.filter(|k| !k.is_none()) else {
        let stable = stable.map_or(Ok(false), |s| s.is_truthy())?;
        return Ok(if stable { SortKind::Stable } else { SortKind::Quick });
    };
    if stable.is_some() {
        return Err(PyValueError::new_err(
            "`kind` and keyword parameters can't be provided at the same time. Use only one of them.",
        ));
    }
    let text: String = kind.extract().map_err(|_| PyTypeError::new_err("sort kind must be a string"))?;
    match text.chars().next() {
        Some('q' | 'Q' | 'h' | 'H') => Ok(SortKind::Quick),
        Some('m' | 'M' | 's' | 'S') => Ok(SortKind::Stable),
        _ => Err(PyValueError::new_err(format!(
            "sort kind must be one of 'quick', 'heap', or 'stable' (got '{text}')"
        ))),
    }
}

/// The array with fields in the order that `order=` asks for, so that comparison goes by them.
fn by_fields<'py>(array: &Array<'py>, order: Option<Bound<'py, PyAny>>) -> PyResult<Array<'py>> {
    let Some(order) = given(order) else { return Ok(array.clone()) };
    let py = array.py();
    if array.dtype().as_structure().is_none() {
        return Err(PyValueError::new_err("Cannot specify order when the array has no fields."));
    }
    let helper = py.import("sharray._core._internal")?.getattr("_newnames")?;
    let names = helper.call1((array.descr(), order))?;
    let names = PyList::new(py, coerce::items(&names)?)?;
    let reordered = array.descr().get_item(&names)?;
    // SAFETY: the same fields at the same offsets, named in another order.
    unsafe { array.sub_view_as(&reordered, array.data(), array.shape(), array.strides(), None) }
}

fn axis_of(axis: Option<Bound<'_, PyAny>>, default: isize) -> PyResult<isize> {
    axis.map_or(Ok(default), |a| args::axis_number(&a))
}

pub(crate) fn sort<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [axis, how, order, stable] = call.parse("sort", &["axis", "kind", "order", "stable"], 0, 3)?;
    let py = slf.py();
    let array = this(slf);
    let axis = axis_of(axis, -1)?;
    let kind = kind(how.as_ref(), stable.as_ref())?;
    normalize_axis(axis, array.ndim()).or_raise(py)?;
    array.view_mut("sort array")?;
    let ordered = by_fields(&array, order)?;
    let target = ordered.view_mut_unchecked();
    let objects = array.dtype().holds_objects();
    gate::work(py, array.nbytes(), objects, || sorting::sort(target, axis, kind)).or_raise(py)?;
    Ok(py.None().into_bound(py))
}

pub(crate) fn argsort<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [axis, how, order, stable] = call.parse("argsort", &["axis", "kind", "order", "stable"], 0, 3)?;
    let py = slf.py();
    let kind = kind(how.as_ref(), stable.as_ref())?;
    let (array, axis) = match axis {
        Some(axis) => along(&this(slf), Some(axis))?,
        None => (this(slf), -1),
    };
    let array = if array.ndim() == 0 { raveled(&array, Order::C)? } else { array };
    let ordered = by_fields(&array, order)?;
    let mut outputs = Outputs::new(py, None);
    let view = ordered.view();
    working(&ordered, &mut outputs, |provider| sorting::argsort(view, axis, kind, provider))?;
    of_class(outputs.take(0)?, &array)
}

fn positions<'py>(kth: &Bound<'py, PyAny>) -> PyResult<Vec<isize>> {
    if kth.is_exact_instance_of::<PyInt>()
        && let Ok(place) = kth.extract()
    {
        return Ok(vec![place]);
    }
    let array = coerce::asarray(kth)?;
    if array.dtype().num() == TypeNum::Bool {
        return Err(PyTypeError::new_err("Partition index must be integer"));
    }
    if !array.dtype().num().is_integer() {
        return Err(PyTypeError::new_err("Partition index must be integer"));
    }
    if array.ndim() > 1 {
        return Err(PyValueError::new_err("kth array must have dimension <= 1"));
    }
    let flat = array.call_method0("ravel")?.call_method0("tolist")?;
    flat.extract()
}

fn check_select(how: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    let Some(how) = how else { return Ok(()) };
    let text = how.cast::<PyString>().map_err(|_| PyTypeError::new_err("select kind must be a string"))?;
    let text = text.to_string_lossy();
    if text.starts_with(['i', 'I']) {
        return Ok(());
    }
    Err(PyValueError::new_err(format!("select kind must be 'introselect' (got '{text}')")))
}

pub(crate) fn partition<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [kth, axis, how, order] = call.parse("partition", &["kth", "axis", "kind", "order"], 1, 4)?;
    let py = slf.py();
    check_select(how.as_ref())?;
    let kth = positions(&kth.unwrap_or_else(|| py.None().into_bound(py)))?;
    let array = this(slf);
    array.view_mut("partition array")?;
    let axis = axis_of(axis, -1)?;
    let ordered = by_fields(&array, order)?;
    let target = ordered.view_mut_unchecked();
    let objects = array.dtype().holds_objects();
    gate::work(py, array.nbytes(), objects, || sorting::partition(target, &kth, axis)).or_raise(py)?;
    Ok(py.None().into_bound(py))
}

pub(crate) fn argpartition<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [kth, axis, how, order] = call.parse("argpartition", &["kth", "axis", "kind", "order"], 1, 4)?;
    let py = slf.py();
    check_select(how.as_ref())?;
    let kth = positions(&kth.unwrap_or_else(|| py.None().into_bound(py)))?;
    let (array, axis) = match axis {
        Some(axis) => along(&this(slf), Some(axis))?,
        None => (this(slf), -1),
    };
    let ordered = by_fields(&array, order)?;
    let mut outputs = Outputs::new(py, None);
    let view = ordered.view();
    working(&ordered, &mut outputs, |provider| sorting::argpartition(view, &kth, axis, provider))?;
    of_class(outputs.take(0)?, &array)
}

pub(crate) fn searchsorted<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [keys, side, sorter] = call.parse("searchsorted", &["v", "side", "sorter"], 1, 3)?;
    let py = slf.py();
    let side = match side {
        None => Side::Left,
        Some(side) => {
            let text: String =
                side.extract().map_err(|_| PyTypeError::new_err("search side must be a string"))?;
            match &*text {
                "left" | "l" | "L" => Side::Left,
                "right" | "r" | "R" => Side::Right,
                other => {
                    return Err(PyValueError::new_err(format!(
                        "search side must be 'left' or 'right' (got '{other}')"
                    )));
                }
            }
        }
    };
    let keys = coerce::asarray(&keys.unwrap_or_else(|| py.None().into_bound(py)))?;
    let arrays = [this(slf), keys];
    if arrays[0].ndim() != 1 {
        return Err(PyValueError::new_err("object of too small depth for desired array"));
    }
    // What has no common dtype is compared by Python.
    let dtype = common(py, &arrays).unwrap_or_else(|_| DType::of(TypeNum::Object));
    let (sorted, keys) = (cast(&arrays[0], &dtype)?, cast(&arrays[1], &dtype)?);
    let sorter = match given(sorter) {
        None => None,
        Some(sorter) => {
            let order = coerce::asarray(&sorter)?;
            if !order.dtype().num().is_integer() {
                return Err(PyTypeError::new_err("sorter must only contain integers"));
            }
            let order = indices(&sorter)?;
            if order.size() != sorted.size() {
                return Err(PyValueError::new_err("sorter.size must equal self.size"));
            }
            Some(order)
        }
    };
    let mut outputs = Outputs::new(py, None);
    search::searchsorted(sorted.view(), keys.view(), side, sorter.as_ref().map(|s| s.view()), &mut outputs)
        .or_raise(py)?;
    deliver(outputs.take(0)?, None)
}

fn extremum<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>, name: &str, largest: bool) -> Result<'py> {
    let py = slf.py();
    let array = this(slf);
    if let Some(axis) = quick_reduce::only_axis(&call).filter(|_| array.is_exact())
        && let Some(result) = quick_reduce::extremum(slf, axis, largest)?
    {
        return Ok(result);
    }
    let [axis, out, keepdims] = call.parse(name, &["axis", "out", "keepdims"], 0, 2)?;
    let keepdims = args::truth(keepdims.as_ref(), false)?;
    let flat = given(axis.clone()).is_none();
    let (source, axis) = along(&array, axis)?;
    let source = if source.ndim() == 0 { raveled(&source, Order::C)? } else { source };
    let place = normalize_axis(axis, source.ndim().max(1)).or_raise(py)?;
    if source.shape()[place] == 0 && source.size() == 0 {
        return Err(PyValueError::new_err(format!("attempt to get {name} of an empty sequence")));
    }
    let kept: Vec<isize> = match (keepdims, flat) {
        (true, true) => vec![1; array.ndim()],
        (false, true) => Vec::new(),
        (_, false) => {
            let each = array.shape().iter().enumerate();
            each.filter(|(i, _)| keepdims || *i != place)
                .map(|(i, n)| if i == place { 1 } else { *n })
                .collect()
        }
    };
    let out = given(out);
    if let Some(target) = out.as_ref().and_then(Array::from_object) {
        if target.shape() != kept.as_slice() {
            return Err(PyValueError::new_err(format!("output array does not match result of np.{name}.")));
        }
        // Indices are written to what could be read as indices.
        let (rule, index) = (Casting::Safe, DType::of(TypeNum::Long));
        sharray_base::dtype::cast_rules::check_cast(target.dtype(), &index, rule).or_raise(py)?;
    }
    let mut outputs = Outputs::new(py, None);
    let view = source.view();
    working(&source, &mut outputs, |provider| search::extremum(view, axis, largest, provider))?;
    let mut result = outputs.take(0)?;
    if keepdims {
        result =
            Array::expect(&super::layout::reshaped(&result, &kept, sharray_base::layout::Order::C, None)?);
    }
    deliver_like(result, out.as_ref(), &array)
}

fn argmax<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    extremum(slf, call, "argmax", true)
}
fn argmin<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    extremum(slf, call, "argmin", false)
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![
        method_def!("sort", sort),
        method_def!("argsort", argsort),
        method_def!("partition", partition),
        method_def!("argpartition", argpartition),
        method_def!("searchsorted", searchsorted),
        method_def!("argmax", argmax),
        method_def!("argmin", argmin),
    ]
}
