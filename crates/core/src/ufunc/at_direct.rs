//! `ufunc.at` of sums, differences and products of plain numbers: a call for each line of positions instead of one for
//! each element.

use sharray_base::TypeNum;
use sharray_kernels::definitions::find;

use super::{OperandType, Resolution, Ufunc, native, resolve_dtypes};
use crate::assign::Casting;

/// The positions of a line and the operand beside them: addresses, and bytes from one to the next.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Addresses of the first position and of the operand's element for it.
    pub at: [*mut u8; 2],
    /// Bytes to the next of each.
    pub steps: [isize; 2],
    /// How many positions there are.
    pub count: isize,
    /// Stride and extent of the target's axis where positions are indices, not offsets.
    pub scale: Option<(isize, isize)>,
}

/// What `at` of a built-in sum, difference or product does with a whole line of positions.
#[derive(Debug, Clone, Copy)]
pub struct AtLine(Run);

impl AtLine {
    /// For a target and an operand that both are of type `num`, in native order; `None` where elements are gone through one
    /// by one.
    pub fn new(ufunc: &Ufunc, num: TypeNum) -> Option<AtLine> {
        if ufunc.nin() != 2 || ufunc.nout() != 1 || ufunc.core().is_some() {
            return None;
        }
        let own = OperandType::strong(native(num));
        let resolution = resolve_dtypes(ufunc, &[own; 3], &[], Casting::Unsafe, false).ok()?;
        let same = resolution.dtypes.iter().all(|dtype| dtype.num() == num && dtype.is_native());
        if same { run_of(ufunc, &resolution).map(AtLine) } else { None }
    }

    /// Works on the positions of a line, of the target that begins at `base`.
    ///
    /// # Safety
    /// Positions are `intp`, and lead to elements of the loop's type, at any alignment; so do the operand's addresses. What
    /// is written is apart from what is read.
    pub unsafe fn run(self, base: *mut u8, line: &Line) {
        // SAFETY: handed on from the caller.
        unsafe { (self.0)(base, line) }
    }
}

/// Works on a line of positions of the target that begins at the address.
///
/// # Safety
/// Positions are `intp`, and lead to elements of the loop's type; so do the operand's addresses.
pub(super) type Run = unsafe fn(*mut u8, &Line);

/// What works on whole lines in place of the resolution's loop, if that is one of the built-in ones it knows.
pub(super) fn run_of(ufunc: &Ufunc, resolution: &Resolution) -> Option<Run> {
    let num = resolution.dtypes[0].num();
    let definition = find(ufunc.name())?;
    let own = definition.entries.iter().find(|entry| entry.types == [num; 3])?;
    if own.active() as usize != resolution.code as usize || resolution.narrow.is_some() {
        return None;
    }
    use TypeNum::{Double, Float, Int, Long, LongLong, UInt, ULong, ULongLong};
    let long = size_of::<std::ffi::c_long>() == 8;
    match num {
        Double => of_type::<f64>(definition.name),
        Float => of_type::<f32>(definition.name),
        Int | UInt => of_type::<i32>(definition.name),
        LongLong | ULongLong => of_type::<i64>(definition.name),
        Long | ULong if long => of_type::<i64>(definition.name),
        _ => None,
    }
}

/// Numbers that are added, subtracted and multiplied as the ufuncs do: integers wrap around.
trait Number: Copy {
    fn sum(self, other: Self) -> Self;
    fn difference(self, other: Self) -> Self;
    fn product(self, other: Self) -> Self;
}

macro_rules! number {
    ($($name:ty: $sum:expr, $difference:expr, $product:expr;)*) => {$(
        impl Number for $name {
            #[inline(always)]
            fn sum(self, other: Self) -> Self {
                $sum(self, other)
            }
            #[inline(always)]
            fn difference(self, other: Self) -> Self {
                $difference(self, other)
            }
            #[inline(always)]
            fn product(self, other: Self) -> Self {
                $product(self, other)
            }
        }
    )*};
}

number! {
    f64: std::ops::Add::add, std::ops::Sub::sub, std::ops::Mul::mul;
    f32: std::ops::Add::add, std::ops::Sub::sub, std::ops::Mul::mul;
    // Signed and unsigned ones have the same bits.
    i64: i64::wrapping_add, i64::wrapping_sub, i64::wrapping_mul;
    i32: i32::wrapping_add, i32::wrapping_sub, i32::wrapping_mul;
}

fn of_type<T: Number>(name: &str) -> Option<Run> {
    match name {
        "add" => Some(sums::<T>),
        "subtract" => Some(differences::<T>),
        "multiply" => Some(products::<T>),
        _ => None,
    }
}

/// # Safety
/// As for [`Run`].
unsafe fn sums<T: Number>(base: *mut u8, line: &Line) {
    // SAFETY: handed on from the caller.
    unsafe { each(base, line, T::sum) }
}
/// # Safety
/// As for [`Run`].
unsafe fn differences<T: Number>(base: *mut u8, line: &Line) {
    // SAFETY: handed on from the caller.
    unsafe { each(base, line, T::difference) }
}
/// # Safety
/// As for [`Run`].
unsafe fn products<T: Number>(base: *mut u8, line: &Line) {
    // SAFETY: handed on from the caller.
    unsafe { each(base, line, T::product) }
}

/// # Safety
/// As for [`Run`].
#[inline(always)]
unsafe fn each<T: Copy>(base: *mut u8, line: &Line, apply: impl Fn(T, T) -> T) {
    // Copies: what is written could else be a part of the line.
    let ([mut position, mut operand], [step, operand_step], count) = (line.at, line.steps, line.count);
    // An offset is an index of stride 1 that stays as it is.
    let (stride, extent) = line.scale.unwrap_or((1, 0));
    for _ in 0..count {
        // SAFETY: by the contract.
        unsafe {
            let value = position.cast::<isize>().read_unaligned();
            let offset = (if value < 0 { value + extent } else { value }) * stride;
            let element = base.wrapping_offset(offset).cast::<T>();
            element.write_unaligned(apply(element.read_unaligned(), operand.cast::<T>().read_unaligned()));
        }
        position = position.wrapping_offset(step);
        operand = operand.wrapping_offset(operand_step);
    }
}
