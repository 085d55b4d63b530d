//! Drawing: one number, or a whole array with parameters that may be arrays too.

use sharray_base::{DType, Error, Result, TypeNum, View, ViewMut};
use sharray_core::walk::walk;
use smallvec::SmallVec;

use crate::ahead::Ahead;
use crate::dist;
use crate::math::{exp, log1p};
use crate::source::Source;
use crate::table::{Distribution, Draw, Stream};
use crate::ziggurat;

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
    fn put<T>(&self, stream: &mut Stream, next: impl Fn(&mut Stream, &Self, isize) -> T, fetches: bool) {
        for i in 0..self.length as isize {
            if fetches {
                // A number that the legacy generator has kept takes no word.
                let kept = usize::from(stream.gauss.is_some());
                stream.bits.expect_u64(self.length - i as usize - kept);
            }
            let value = next(stream, self, i);
            let address = self.pointers[0].wrapping_offset(i * self.steps[0]);
            // SAFETY: `fill` has checked that the output holds elements of type T; V3 for its view.
            unsafe { address.cast::<T>().write_unaligned(value) };
        }
    }
    /// The output as a slice, if its elements lie side by side.
    ///
    /// # Safety
    /// The output's elements are of type `T`, and used by nobody else meanwhile.
    unsafe fn slice<T>(&mut self) -> Option<&mut [T]> {
        let at = self.pointers[0].cast::<T>();
        let dense = self.steps[0] == size_of::<T>() as isize && at.is_aligned();
        // SAFETY: aligned elements side by side, by the contract.
        dense.then(|| unsafe { std::slice::from_raw_parts_mut(at, self.length) })
    }
    /// Parameter `index` (from 1), a double, if it is the same for the whole run.
    fn constant(&self, index: usize) -> Option<f64> {
        (self.steps[index] == 0).then(|| self.get(index, 0))
    }
    /// True if all parameters are the same for the whole run, and above 0.
    fn is_positive(&self, distribution: &Distribution) -> bool {
        distribution.parameters.iter().zip(1..).all(|(parameter, index)| {
            let positive = if parameter.is_integer() {
                self.get::<i64>(index, 0) > 0
            } else {
                self.get::<f64>(index, 0) > 0.0
            };
            self.steps[index] == 0 && positive
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
        let mut run = Run { pointers, steps, length };
        // SAFETY: the run's numbers, by the view's contract (V3), of the dtype that was asked for above.
        let done = length == 0
            || unsafe {
                in_bulk(distribution.name, &mut stream.bits, &mut run)
                    || by_formula(distribution.name, &mut stream.bits, &mut run)
            };
        if !done {
            one_by_one(distribution, stream, &run);
        }
        Ok(())
    })
}

fn one_by_one(distribution: &Distribution, stream: &mut Stream, run: &Run<'_>) {
    let ahead = distribution.takes_words && run.is_positive(distribution);
    match distribution.draw {
        Draw::F64(f) => run.put(stream, |s, _, _| f(s), ahead),
        Draw::F64F(f) => run.put(stream, |s, r, i| f(s, r.get(1, i)), ahead),
        Draw::F64FF(f) => run.put(stream, |s, r, i| f(s, r.get(1, i), r.get(2, i)), ahead),
        Draw::F64FFF(f) => run.put(stream, |s, r, i| f(s, r.get(1, i), r.get(2, i), r.get(3, i)), ahead),
        Draw::F32(f) => run.put(stream, |s, _, _| f(s), ahead),
        Draw::F32F(f) => run.put(stream, |s, r, i| f(s, r.get::<f64>(1, i) as f32), ahead),
        Draw::I64F(f) => run.put(stream, |s, r, i| f(s, r.get(1, i)), ahead),
        Draw::I64FF(f) => run.put(stream, |s, r, i| f(s, r.get(1, i), r.get(2, i)), ahead),
        Draw::I64IF(f) => run.put(stream, |s, r, i| f(s, r.get(1, i), r.get(2, i)), ahead),
        Draw::I64III(f) => run.put(stream, |s, r, i| f(s, r.get(1, i), r.get(2, i), r.get(3, i)), ahead),
    }
}

/// Draws what is drawn most by loops of its own, where the numbers lie side by side and the parameters don't change;
/// false if nothing was drawn.
///
/// # Safety
/// The run's output is of the distribution's dtype, and used by nobody else meanwhile.
unsafe fn in_bulk(name: &str, bits: &mut Ahead, run: &mut Run<'_>) -> bool {
    if name.ends_with("_f") {
        // SAFETY: single precision, by the contract.
        let Some(out) = (unsafe { run.slice::<f32>() }) else { return false };
        match name {
            "random_f" => bits.fill_f32(out),
            "standard_normal_f" => ziggurat::fill_normal_f(bits, out),
            "standard_exponential_f" => ziggurat::fill_exponential_f(bits, out),
            _ => return false,
        }
        return true;
    }
    let standard: fn(&mut Ahead, &mut [f64]) = match name {
        "random" | "uniform" => Ahead::fill_f64,
        "standard_normal" | "normal" | "lognormal" => ziggurat::fill_normal,
        "standard_exponential" | "exponential" => ziggurat::fill_exponential,
        _ => return false,
    };
    let parameters = match run.pointers.len() {
        1 => Some([0.0; 2]),
        2 => run.constant(1).map(|scale| [0.0, scale]),
        _ => run.constant(1).zip(run.constant(2)).map(|(loc, scale)| [loc, scale]),
    };
    // SAFETY: of all these the numbers are doubles.
    let (Some(out), Some([loc, scale])) = (unsafe { run.slice::<f64>() }, parameters) else { return false };
    for part in out.chunks_mut(PART) {
        standard(bits, part);
        match name {
            "uniform" | "normal" => part.iter_mut().for_each(|x| *x = loc + scale * *x),
            "lognormal" => part.iter_mut().for_each(|x| *x = exp(loc + scale * *x)),
            "exponential" => part.iter_mut().for_each(|x| *x *= scale),
            _ => {}
        }
    }
    true
}

/// As [`in_bulk`], for numbers that each come from one other by a formula with constants.
///
/// # Safety
/// As for [`in_bulk`].
unsafe fn by_formula(name: &str, bits: &mut Ahead, run: &mut Run<'_>) -> bool {
    let mut drawn = [0.0; PART];
    match name {
        "triangular" => {
            let [Some(left), Some(mode), Some(right)] = [1, 2, 3].map(|index| run.constant(index)) else {
                return false;
            };
            // SAFETY: doubles, by the contract.
            let Some(out) = (unsafe { run.slice::<f64>() }) else { return false };
            let corners = dist::Triangle::new(left, mode, right);
            for part in out.chunks_mut(PART) {
                bits.fill_f64(part);
                part.iter_mut().for_each(|x| *x = corners.at(*x));
            }
        }
        "geometric" => {
            let Some(p) = run.constant(1).filter(|p| !dist::is_searched(*p)) else { return false };
            // SAFETY: integers, by the contract.
            let Some(out) = (unsafe { run.slice::<i64>() }) else { return false };
            let rate = log1p(-p);
            for part in out.chunks_mut(PART) {
                let drawn = &mut drawn[..part.len()];
                ziggurat::fill_exponential(bits, drawn);
                part.iter_mut().zip(drawn).for_each(|(slot, x)| *slot = dist::trials(*x, rate));
            }
        }
        _ => return false,
    }
    true
}

/// Numbers that are drawn before they are scaled: they lie in the first cache then.
const PART: usize = 1024;

fn expect(found: &DType, wanted: TypeNum) -> Result<()> {
    let wanted = DType::of(wanted);
    if *found == wanted {
        return Ok(());
    }
    Err(Error::Type(format!("random numbers of dtype {wanted} can't be put into, or drawn from, {found}")))
}
