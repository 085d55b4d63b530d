//! `ndarray.round`: in one pass for plain arrays of floats, else as `sharray._core._methods` says.

use pyo3::ffi::PyMethodDef;
use pyo3::prelude::*;
use pyo3::types::PyInt;
use sharray_base::{TypeNum, fp_status};
use sharray_core::ufunc::Stretch;
use sharray_kernels::arith::decimals::rounding;
use sharray_kernels::loop_abi::LoopFlags;

use super::given;
use super::reduce::in_python;
use crate::errors::{LazyClass, OrRaise};
use crate::gate::{self, Args};
use crate::method_def;
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::layout::flag;

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;

/// The largest power of ten that a `float64` holds exactly.
const EXACT: i32 = 22;

fn round<'py>(slf: &Bound<'py, PyAny>, call: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let [decimals, out] = call.parse("round", &["decimals", "out"], 0, 2)?;
    if given(out).is_none()
        && let Some(places) = decimals.and_then(|decimals| places(&decimals))
        && let Some(result) = in_one_pass(&super::this(slf), places)?
    {
        return Ok(result);
    }
    static FUNCTION: LazyClass = LazyClass::new("sharray._core._methods", "_round");
    in_python(slf, call, &FUNCTION)
}

/// Decimal places to round to, behind the point or (negative) before it, if that is a matter of scaling.
fn places(decimals: &Bound<'_, PyAny>) -> Option<i32> {
    let places =
        decimals.is_exact_instance_of::<PyInt>().then(|| decimals.extract::<i32>().ok()).flatten()?;
    (places != 0 && places.abs() <= EXACT).then_some(places)
}

/// The rounded elements of a plain array of native floats that lie densely. Where anything is to be warned of, all that
/// was done is forgotten: the steps one by one say which of them it was.
fn in_one_pass<'py>(array: &Array<'py>, places: i32) -> Maybe<'py> {
    let dtype = array.dtype();
    let plain = array.is_exact() && array.ndim() > 0 && array.has(flag::C_CONTIGUOUS | flag::ALIGNED);
    let Some(code) = rounding(dtype.num(), places > 0).filter(|_| plain && dtype.is_native()) else {
        return Ok(None);
    };
    let py = array.py();
    let result = Array::dense(py, dtype::singleton(dtype.num()), array.shape(), array.size())?;
    let scale = 10f64.powi(places.abs());
    let mut scale =
        if dtype.num() == TypeNum::Float { u64::from((scale as f32).to_bits()) } else { scale.to_bits() };
    let size = dtype.itemsize() as isize;
    let at = [array.data(), (&raw mut scale).cast(), result.data()];
    let stretch = Stretch::new(
        code,
        std::ptr::null_mut(),
        LoopFlags::empty(),
        &at,
        &[size, 0, size],
        size,
        array.size() as isize,
    );
    fp_status::clear();
    // SAFETY: `size` dense, aligned elements of the loop's type in the array and in its fresh result, one in `scale`.
    gate::work(py, array.nbytes(), false, || unsafe { stretch.run() }).or_raise(py)?;
    if fp_status::read().is_empty() {
        return Ok(Some(result.into_object()));
    }
    fp_status::clear();
    Ok(None)
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![method_def!("round", round)]
}
