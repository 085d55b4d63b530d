//! Products of few elements: vectors and matrices of one native type, given to the loop of `matmul` as its core.

use std::cell::UnsafeCell;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::{TypeNum, fp_status};
use sharray_core::assign::Casting;
use sharray_core::ufunc::{OperandType, Ufunc, native, resolve_dtypes};
use sharray_kernels::loop_abi::LoopFlags;

use super::finish;
use super::operand::{Operand, Value};
use super::route::{Route, WEAK_INT};
use crate::object::array::Array;
use crate::object::{dtype, ndarray, scalar};

/// More multiplications than this go the general way, which lets other threads of Python run meanwhile.
const MANY: isize = 1 << 18;

/// The loops found so far, by the type of the operands.
pub(super) struct Products(UnsafeCell<[Option<Route>; TYPE_COUNT]>);

/// The loop for two operands of a type; a route without code where that is not so simple.
fn find(ufunc: &Ufunc, num: TypeNum) -> Route {
    let own = OperandType { dtype: Some(native(num)), weak: None };
    let operands = [own, own, OperandType { dtype: None, weak: None }];
    let barred = LoopFlags::NEEDS_GIL | LoopFlags::WANTS_CONTEXT;
    match resolve_dtypes(ufunc, &operands, &[], Casting::SameKind, false) {
        Ok(found)
            if !found.flags.intersects(barred)
                && found.narrow.is_none()
                && found.dtypes.iter().all(|d| d.num() == num && d.is_native()) =>
        {
            Route::of_loop(found.code, found.data, found.flags, num)
        }
        _ => Route::NONE,
    }
}

impl Products {
    pub(super) fn new() -> Products {
        Products(UnsafeCell::new([None; TYPE_COUNT]))
    }

    fn route(&self, ufunc: &Ufunc, num: TypeNum) -> Option<Route> {
        let index = TYPES.iter().position(|row| row.num == num)?;
        // SAFETY: used with the GIL held only; nothing keeps a reference.
        unsafe { Some(*(*self.0.get())[index].get_or_insert_with(|| find(ufunc, num))) }
    }

    /// `a @ b`, if that is simple enough.
    ///
    /// # Errors
    /// As for [`super::call`].
    pub(super) fn call<'py>(
        &self,
        ufunc: &Bound<'py, PyAny>,
        a: *mut ffi::PyObject,
        b: *mut ffi::PyObject,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        // SAFETY: live objects.
        let plain = |o| unsafe { ptr::eq(ffi::Py_TYPE(o), ndarray::type_object()) };
        if !plain(a) || !plain(b) {
            return Ok(None);
        }
        let (Some(left), Some(right)) = (Operand::of(a), Operand::of(b)) else { return Ok(None) };
        if left.code != right.code || left.code >= WEAK_INT {
            return Ok(None);
        }
        let Some((dims, steps)) = core(&left, &right) else { return Ok(None) };
        let num = TYPES[left.code as usize - 1].num;
        let Some(route) = self.route(super::engine(ufunc), num) else { return Ok(None) };
        run(ufunc, &route, [&left, &right], dims, steps)
    }
}

type Steps = [isize; 9];

/// Count and core dimensions n, k, m of two operands that go together, and the steps of both.
fn core(left: &Operand, right: &Operand) -> Option<([isize; 4], Steps)> {
    let (rows, inner, down, along) = match (left.shape(), left.steps()) {
        ([k], [step]) => (1, *k, 0, *step),
        ([n, k], [down, along]) => (*n, *k, *down, *along),
        _ => return None,
    };
    let (other, columns, next, across) = match (right.shape(), right.steps()) {
        ([k], [step]) => (*k, 1, *step, 0),
        ([k, m], [next, across]) => (*k, *m, *next, *across),
        _ => return None,
    };
    let work = rows.checked_mul(inner)?.checked_mul(columns)?;
    if inner != other || work == 0 || work > MANY {
        return None;
    }
    Some(([1, rows, inner, columns], [0, 0, 0, down, along, next, across, 0, 0]))
}

fn run<'py>(
    ufunc: &Bound<'py, PyAny>,
    route: &Route,
    operands: [&Operand; 2],
    dims: [isize; 4],
    mut steps: Steps,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(code) = route.code else { return Ok(None) };
    let (py, [left, right]) = (ufunc.py(), operands);
    let mut shape = [0; 2];
    let mut axes = 0;
    if left.nd == 2 {
        shape[axes] = dims[1];
        axes += 1;
        steps[7] = if right.nd == 2 { dims[3] * route.out_size } else { route.out_size };
    }
    if right.nd == 2 {
        shape[axes] = dims[3];
        axes += 1;
        steps[8] = route.out_size;
    }
    let mut lone = Value::default();
    let made = match axes {
        0 => None,
        axes => {
            let count = (dims[1] * dims[3]) as usize;
            Some(Array::dense(py, dtype::singleton(route.out), &shape[..axes], count)?)
        }
    };
    let target = made.as_ref().map_or((&raw mut lone).cast(), Array::data);
    fp_status::clear();
    let at = [left.data, right.data, target];
    // SAFETY: aligned operands of the loop's type with these core dimensions (A2); the result is fresh.
    unsafe { code(at.as_ptr(), dims.as_ptr(), steps.as_ptr(), route.data) };
    finish(ufunc, route)?;
    match made {
        Some(made) => Ok(Some(made.into_object())),
        None => scalar::from_number(py, route.out, (&raw const lone).cast()).map(Some),
    }
}
