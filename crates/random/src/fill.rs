//! Drawing: one number, or a whole array with parameters that may be arrays too.

use sharray_base::{DType, Error, Result, TypeNum, View, ViewMut};
use sharray_core::walk::walk;
use smallvec::SmallVec;

use crate::bulk::Bulk;
use crate::source::Source;
use crate::table::{Distribution, Draw, Stream};

/// The dtype of what a distribution draws.
pub fn dtype_of(distribution: &Distribution) -> TypeNum {
    match distribution.draw {
        Draw::F64(_) | Draw::F64F(_) | Draw::F64FF(_) | Draw::F64FFF(_) => TypeNum::Double,
        Draw::F32(_) | Draw::F32F(_) => TypeNum::Float,
        Draw::I64F(_) | Draw::I64FF(_) | Draw::I64IF(_) | Draw::I64III(_) => TypeNum::Long,
    }
}

/// A parameter's value.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// A double.
    Real(f64),
    /// An integer.
    Whole(i64),
}

impl Value {
    fn real(self) -> f64 {
        match self {
            Value::Real(x) => x,
            Value::Whole(n) => n as f64,
        }
    }
    fn whole(self) -> i64 {
        match self {
            Value::Real(x) => x as i64,
            Value::Whole(n) => n,
        }
    }
}

/// Draws one number.
///
/// # Errors
/// `Value` when the number of parameters is not the distribution's.
pub fn draw(distribution: &Distribution, stream: &mut Stream, values: &[Value]) -> Result<Value> {
    let drawn = match (distribution.draw, values) {
        (Draw::F64(f), []) => Value::Real(f(stream)),
        (Draw::F64F(f), [a]) => Value::Real(f(stream, a.real())),
        (Draw::F64FF(f), [a, b]) => Value::Real(f(stream, a.real(), b.real())),
        (Draw::F64FFF(f), [a, b, c]) => Value::Real(f(stream, a.real(), b.real(), c.real())),
        (Draw::F32(f), []) => Value::Real(f(stream).into()),
        (Draw::F32F(f), [a]) => Value::Real(f(stream, a.real() as f32).into()),
        (Draw::I64F(f), [a]) => Value::Whole(f(stream, a.real())),
        (Draw::I64FF(f), [a, b]) => Value::Whole(f(stream, a.real(), b.real())),
        (Draw::I64IF(f), [n, p]) => Value::Whole(f(stream, n.whole(), p.real())),
        (Draw::I64III(f), [a, b, c]) => Value::Whole(f(stream, a.whole(), b.whole(), c.whole())),
        _ => return Err(wrong_count(distribution, values.len())),
    };
    Ok(drawn)
}

fn wrong_count(distribution: &Distribution, given: usize) -> Error {
    let wanted = distribution.parameters.len();
    Error::Value(format!("{} has {wanted} parameters, {given} were given", distribution.name))
}

/// The dtype that a distribution's parameter number `index` has in arrays.
pub fn parameter_dtype(distribution: &Distribution, index: usize) -> TypeNum {
    if distribution.parameters[index].is_integer() { TypeNum::Long } else { TypeNum::Double }
}

/// One run of elements: addresses and byte steps of the output and the parameters.
struct Run<'a> {
    pointers: &'a [*mut u8],
    steps: &'a [isize],
    length: usize,
}

impl Run<'_> {
    /// Writes what `next` gives for each place of the run.
    fn put<T>(&self, mut next: impl FnMut(&Self, isize) -> T) {
        for i in 0..self.length as isize {
            let value = next(self, i);
            let address = self.pointers[0].wrapping_offset(i * self.steps[0]);
            // SAFETY: `fill` has checked that the output holds elements of type T; V3 for its view.
            unsafe { address.cast::<T>().write_unaligned(value) };
        }
    }
    /// The whole run as one piece of work, where the distribution is among those drawn in bulk and the numbers lie side by
    /// side.
    ///
    /// # Safety
    /// The output is of the distribution's dtype, and used by nobody else meanwhile.
    unsafe fn in_bulk(&self, name: &str) -> Option<Bulk<'_>> {
        let wide = !name.ends_with("_f");
        let size = if wide { size_of::<f64>() } else { size_of::<f32>() };
        let (at, length) = (self.pointers[0], self.length);
        if self.steps[0] != size as isize || at.align_offset(size) != 0 {
            return None;
        }
        // SAFETY: `length` aligned numbers side by side.
        let doubles = || unsafe { std::slice::from_raw_parts_mut(at.cast::<f64>(), length) };
        // SAFETY: as above.
        let floats = || unsafe { std::slice::from_raw_parts_mut(at.cast::<f32>(), length) };
        Some(match name {
            "random" => Bulk::Unit(doubles()),
            "random_f" => Bulk::UnitF(floats()),
            "standard_normal" => Bulk::Normal(doubles()),
            "standard_normal_f" => Bulk::NormalF(floats()),
            "standard_exponential" => Bulk::Exponential(doubles()),
            "standard_exponential_f" => Bulk::ExponentialF(floats()),
            _ => return None,
        })
    }
    /// Parameter `index` (from 1) at a place.
    fn get<T: Copy>(&self, index: usize, i: isize) -> T {
        let address = self.pointers[index].wrapping_offset(i * self.steps[index]);
        // SAFETY: `fill` has checked the parameter's dtype; V3 for its view.
        unsafe { address.cast::<T>().read_unaligned() }
    }
}

/// Fills `out` in C order. `parameters` have the output's shape (stretched axes have stride 0).
///
/// # Errors
/// `Value` for a wrong number, `Type` for wrong dtypes, `Broadcast` for other shapes; nothing is drawn then.
pub fn fill(
    distribution: &Distribution,
    stream: &mut Stream,
    out: ViewMut<'_>,
    parameters: &[View<'_>],
) -> Result<()> {
    if parameters.len() != distribution.parameters.len() {
        return Err(wrong_count(distribution, parameters.len()));
    }
    expect(out.dtype(), dtype_of(distribution))?;
    for (index, view) in parameters.iter().enumerate() {
        expect(view.dtype(), parameter_dtype(distribution, index))?;
        if view.shape() != out.shape() {
            let shapes = vec![view.shape().into(), out.shape().into()];
            return Err(Error::Broadcast { shapes });
        }
    }
    let mut operands: SmallVec<[(*mut u8, &[isize]); 4]> = SmallVec::new();
    operands.push((out.data(), out.strides()));
    operands.extend(parameters.iter().map(|view| (view.data(), view.strides())));
    walk(out.shape(), &operands, &mut |pointers, steps, length| {
        let run = Run { pointers, steps, length };
        // SAFETY: the run's numbers, by the view's contract (V3), of the dtype that was asked for above.
        if let Some(work) = unsafe { run.in_bulk(distribution.name) } {
            stream.bits.many(work);
            return Ok(());
        }
        match distribution.draw {
            Draw::F64(f) => run.put(|_, _| f(stream)),
            Draw::F64F(f) => run.put(|r, i| f(stream, r.get(1, i))),
            Draw::F64FF(f) => run.put(|r, i| f(stream, r.get(1, i), r.get(2, i))),
            Draw::F64FFF(f) => run.put(|r, i| f(stream, r.get(1, i), r.get(2, i), r.get(3, i))),
            Draw::F32(f) => run.put(|_, _| f(stream)),
            Draw::F32F(f) => run.put(|r, i| f(stream, r.get::<f64>(1, i) as f32)),
            Draw::I64F(f) => run.put(|r, i| f(stream, r.get(1, i))),
            Draw::I64FF(f) => run.put(|r, i| f(stream, r.get(1, i), r.get(2, i))),
            Draw::I64IF(f) => run.put(|r, i| f(stream, r.get(1, i), r.get(2, i))),
            Draw::I64III(f) => run.put(|r, i| f(stream, r.get(1, i), r.get(2, i), r.get(3, i))),
        }
        Ok(())
    })
}

fn expect(found: &DType, wanted: TypeNum) -> Result<()> {
    let wanted = DType::of(wanted);
    if *found == wanted {
        return Ok(());
    }
    Err(Error::Type(format!("random numbers of dtype {wanted} can't be put into, or drawn from, {found}")))
}
