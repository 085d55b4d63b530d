//! Values of new arrays: arithmetic sequences and diagonals. Memory comes from whoever asked.

use sharray_base::{DType, Error, Kind, Result, TypeNum, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::extended::Extended;
use sharray_kernels::sequence::fill;

/// How many elements `arange(start, stop, step)` has.
///
/// # Errors
/// `ZeroDivision` for a step of 0; `Value` when the length is no number, or too large.
pub fn arange_len(start: f64, stop: f64, step: f64) -> Result<usize> {
    if step == 0.0 {
        return Err(Error::ZeroDivision("division by zero".into()));
    }
    let len = ((stop - start) / step).ceil();
    if len.is_nan() {
        return Err(Error::Value("arange: cannot compute length".into()));
    }
    if len >= isize::MAX as f64 {
        return Err(Error::Value("Maximum allowed size exceeded".into()));
    }
    Ok(len.max(0.0) as usize)
}

/// Elements computed at a time.
const CHUNK: usize = 256;

/// Continues the arithmetic sequence that the first two elements of the 1-D `target` begin, in the arithmetic of its
/// dtype (`float16` and smaller floats in that of `float32`): element `i` is `first + i * (second - first)`.
///
/// # Errors
/// `Type` for a dtype without such arithmetic (text, structures, objects), or more than two bools.
pub fn fill_sequence(target: ViewMut<'_>) -> Result<()> {
    let (dtype, n) = (target.dtype(), target.len());
    if n <= 2 {
        return Ok(());
    }
    let refused = || Error::Type(format!("arange() not supported for inputs with {dtype:?}"));
    match dtype.kind() {
        Kind::Bool => Err(Error::Type(
            "arange() is only supported for booleans when the result has at most length 2.".into(),
        )),
        Kind::Int | Kind::UInt => {
            sequence::<i64>(target, &DType::of(TypeNum::Long), |out, a, b, i, n| {
                // SAFETY: room for `n` elements, as `sequence` says.
                unsafe { fill(out, a, b.wrapping_sub(a), i, n) }
            })
        }
        Kind::Datetime | Kind::Timedelta => sequence::<i64>(target, &dtype.to_native(), |out, a, b, i, n| {
            // SAFETY: as above.
            unsafe { fill(out, a, b.wrapping_sub(a), i, n) }
        }),
        Kind::Float | Kind::Complex => match dtype.num() {
            num if matches!(num, TypeNum::Half | TypeNum::Float) || num.is_small_float() => {
                sequence::<f32>(target, &DType::of(TypeNum::Float), |out, a, b, i, n| {
                    // SAFETY: as above.
                    unsafe { fill(out, a, b - a, i, n) }
                })
            }
            TypeNum::Double => sequence::<f64>(target, &DType::of(TypeNum::Double), |out, a, b, i, n| {
                // SAFETY: as above.
                unsafe { fill(out, a, b - a, i, n) }
            }),
            TypeNum::LongDouble => one_by_one::<Extended>(target, &dtype.to_native(), |a, b, i| {
                a + Extended::from_f64(i as f64) * (b - a)
            }),
            TypeNum::CFloat => one_by_one::<[f32; 2]>(target, &dtype.to_native(), |a, b, i| {
                let i = i as f32;
                [a[0] + i * (b[0] - a[0]), a[1] + i * (b[1] - a[1])]
            }),
            TypeNum::CDouble => one_by_one::<[f64; 2]>(target, &dtype.to_native(), |a, b, i| {
                let i = i as f64;
                [a[0] + i * (b[0] - a[0]), a[1] + i * (b[1] - a[1])]
            }),
            _ => one_by_one::<[Extended; 2]>(target, &dtype.to_native(), |a, b, i| {
                let i = Extended::from_f64(i as f64);
                [a[0] + i * (b[0] - a[0]), a[1] + i * (b[1] - a[1])]
            }),
        },
        _ => Err(refused()),
    }
}

/// [`sequence`] from what element `i` is.
fn one_by_one<T: Copy>(target: ViewMut<'_>, working: &DType, at: impl Fn(T, T, usize) -> T) -> Result<()> {
    sequence::<T>(target, working, |out, a, b, start, n| {
        // SAFETY: room for `n` elements, as `sequence` says.
        (0..n).for_each(|i| unsafe { *out.add(i) = at(a, b, start + i) })
    })
}

/// The sequence, computed as `T`, the Rust type of dtype `working`, and cast to the target's dtype chunk by chunk.
/// `elements(out, first, second, start, n)` writes elements `start .. start + n` to aligned memory.
fn sequence<T: Copy>(
    target: ViewMut<'_>,
    working: &DType,
    elements: impl Fn(*mut T, T, T, usize, usize),
) -> Result<()> {
    debug_assert_eq!(size_of::<T>(), working.itemsize());
    let (n, step, size) = (target.len(), target.strides()[0], size_of::<T>() as isize);
    let read = Transfer::new(target.dtype(), working, false)?;
    let write = Transfer::new(working, target.dtype(), false)?;
    let mut chunk = [const { std::mem::MaybeUninit::<T>::uninit() }; CHUNK];
    let buffer = chunk.as_mut_ptr().cast::<u8>();
    // SAFETY: the target has at least two elements; the chunk has room for them, and they are initialised when read.
    let (first, second) = unsafe {
        read.run(target.data(), step, buffer, size, 2)?;
        (chunk[0].assume_init(), chunk[1].assume_init())
    };
    let direct =
        write.is_plain_copy() && step == size && (target.data() as usize).is_multiple_of(align_of::<T>());
    if direct {
        let out = target.data().cast::<T>();
        // SAFETY: `n` aligned elements of `T`'s dtype, of which two are there.
        elements(unsafe { out.add(2) }, first, second, 2, n - 2);
        return Ok(());
    }
    for start in (2..n).step_by(CHUNK) {
        let count = CHUNK.min(n - start);
        elements(chunk.as_mut_ptr().cast(), first, second, start, count);
        // SAFETY: `count` initialised elements, and as many of the target.
        unsafe {
            let out = target.data().offset(start as isize * step);
            write.run(chunk.as_ptr().cast(), size, out, step, count)?;
        }
    }
    Ok(())
}

/// Sets the elements of the diagonal that starts `k` columns right of (below, when negative) the first element of a 2-D
/// `target` to the one element `value` of its dtype.
///
/// # Errors
/// `Value` when the target is not 2-D; what object references need.
pub fn fill_diagonal(target: ViewMut<'_>, k: isize, value: View<'_>) -> Result<()> {
    let layout = sharray_base::layout::reshape::diagonal(target.shape(), target.strides(), k, 0, 1)?;
    let data = target.data().wrapping_offset(layout.offset);
    // SAFETY: the diagonal's elements are the target's.
    let lane = unsafe { ViewMut::new(target.with_layout(data, &layout.shape, &layout.strides)) };
    crate::assign::copy(lane, value, crate::assign::Casting::Unsafe)
}
