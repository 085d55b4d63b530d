//! Choosing between arrays element by element: `choose` and the three-argument `where`.

use sharray_base::layout::reshape::memory_order;
use sharray_base::layout::{broadcast_shapes, broadcast_strides, c_strides, checked_len};
use sharray_base::{Dims, Error, Result, View};
use sharray_kernels::copy::retain_elements;

use super::take::Mode;
use crate::Provider;
use crate::assign::source;
use crate::iterate::keep_order_strides;
use crate::walk::walk;

/// `choices[index[i]][i]`, all broadcast together; the choices share one dtype, `index` is `intp`. Output 0 in C order.
///
/// # Errors
/// `Value` when shapes don't broadcast, for no choices, or an index that names no choice in `Raise` mode.
pub fn choose(index: View<'_>, choices: &[View<'_>], mode: Mode, provider: &mut dyn Provider) -> Result<()> {
    let Some(first) = choices.first() else {
        return Err(Error::Value("0-length sequence.".into()));
    };
    let dtype = first.dtype();
    if choices.iter().any(|choice| !choice.dtype().equivalent(dtype)) {
        return Err(Error::Type("the choices must share one dtype".into()));
    }
    let all: Vec<View<'_>> = std::iter::once(index).chain(choices.iter().copied()).collect();
    let shape = common_shape(&all)?;
    let size = dtype.itemsize();
    let count = checked_len(&shape, size)?;
    let out_strides = c_strides(&shape, size);
    let out = provider.provide(0, dtype, &shape, &out_strides)?;
    let strides = stretched(&all, &shape);
    let mut operands: Vec<(*mut u8, &[isize])> = vec![(out, &out_strides)];
    operands.extend(all.iter().zip(&strides).map(|(view, strides)| (view.data(), &strides[..])));
    let total = choices.len() as isize;
    walk(&shape, &operands, &mut |p, s, n| {
        for i in 0..n as isize {
            // SAFETY: elements of the index, the chosen array and the output, all within their views.
            unsafe {
                let index = p[1].offset(i * s[1]).cast::<isize>().read_unaligned();
                // Unlike elsewhere, a negative number is refused rather than counted from the end.
                let chosen = if index < 0 && mode == Mode::Raise { None } else { mode.place(index, total) };
                let chosen =
                    chosen.ok_or_else(|| Error::Value("invalid entry in choice array".into()))? as usize;
                let from = p[2 + chosen].offset(i * s[2 + chosen]);
                std::ptr::copy_nonoverlapping(from, p[0].offset(i * s[0]), size);
            }
        }
        Ok(())
    })?;
    // SAFETY: the dense output holds copies of elements by bytes.
    unsafe { retain_elements(out, size as isize, count, dtype) }
}

/// NumPy names the first pair of operands that don't fit.
fn common_shape(all: &[View<'_>]) -> Result<Dims> {
    let shapes: Vec<&[isize]> = all.iter().map(|view| view.shape()).collect();
    broadcast_shapes(&shapes).map_err(|error| {
        let clash = (0..shapes.len())
            .flat_map(|b| (0..b).map(move |a| (a, b)))
            .find(|&(a, b)| broadcast_shapes(&[shapes[a], shapes[b]]).is_err());
        let Some((a, b)) = clash else { return error };
        let text = sharray_base::error::shape_text;
        Error::Value(format!(
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {a} with shape {} \
             and arg {b} with shape {}.",
            text(shapes[a]),
            text(shapes[b])
        ))
    })
}

fn stretched(all: &[View<'_>], shape: &[isize]) -> Vec<Dims> {
    all.iter().map(|v| broadcast_strides(v.shape(), v.strides(), shape).unwrap_or_default()).collect()
}

/// `x` where `condition` (bool) else `y`, broadcast together; `x` and `y` share the result's dtype. Output 0 has the
/// operands' common memory order, if they have one.
///
/// # Errors
/// `Broadcast`; `Type` when the dtypes differ or the condition is not bool.
pub fn select(condition: View<'_>, x: View<'_>, y: View<'_>, provider: &mut dyn Provider) -> Result<()> {
    let dtype = x.dtype();
    if !dtype.equivalent(y.dtype()) || condition.dtype().num() != sharray_base::TypeNum::Bool {
        return Err(Error::Type(format!(
            "a bool condition and two arrays of one dtype are needed, not {:?}, {dtype:?} and {:?}",
            condition.dtype(),
            y.dtype()
        )));
    }
    let all = [condition, x, y];
    let shape = broadcast_shapes(&[condition.shape(), x.shape(), y.shape()])?;
    let size = dtype.itemsize();
    let count = checked_len(&shape, size)?;
    let strides = keep_order_strides(&shape, &all.each_ref().map(source), size);
    let order = memory_order(&strides);
    let out = provider.provide(0, dtype, &shape, &strides)?;
    let permute = |dims: &[isize]| order.iter().map(|&axis| dims[axis]).collect::<Dims>();
    let stretched: Vec<Dims> = stretched(&all, &shape).iter().map(|s| permute(s)).collect();
    let (shape, strides) = (permute(&shape), permute(&strides));
    let operands = [
        (out, &strides[..]),
        (condition.data(), &stretched[0][..]),
        (x.data(), &stretched[1][..]),
        (y.data(), &stretched[2][..]),
    ];
    walk(&shape, &operands, &mut |p, s, n| {
        // SAFETY: runs of the four operands' own elements; the output is fresh.
        unsafe { select_run(p, s, n, size) };
        Ok(())
    })?;
    // SAFETY: the dense output holds copies of elements by bytes.
    unsafe { retain_elements(out, size as isize, count, dtype) }
}

/// # Safety
/// `p` and `s` describe `n` elements of output, condition, x and y.
unsafe fn select_run(p: &[*mut u8], s: &[isize], n: usize, size: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        match size {
            1 => select_sized::<u8>(p, s, n),
            2 => select_sized::<u16>(p, s, n),
            4 => select_sized::<u32>(p, s, n),
            8 => select_sized::<u64>(p, s, n),
            _ => {
                for i in 0..n as isize {
                    let side = if *p[1].offset(i * s[1]) != 0 { 2 } else { 3 };
                    std::ptr::copy_nonoverlapping(p[side].offset(i * s[side]), p[0].offset(i * s[0]), size);
                }
            }
        }
    }
}

/// # Safety
/// As for [`select_run`], with elements of `T`'s size.
unsafe fn select_sized<T: Copy>(p: &[*mut u8], s: &[isize], n: usize) {
    let size = size_of::<T>() as isize;
    let (out, condition, x, y) = (p[0].cast::<T>(), p[1], p[2], p[3]);
    // SAFETY: by the caller's contract. The dense case is spelled out so that it can be vectorised.
    unsafe {
        if s[0] == size && s[1] == 1 && (s[2] == size || s[2] == 0) && (s[3] == size || s[3] == 0) {
            let (step_x, step_y) = ((s[2] / size) as usize, (s[3] / size) as usize);
            match (step_x, step_y) {
                (1, 1) => dense(n, |i| (x.cast::<T>().add(i), y.cast::<T>().add(i)), condition, out),
                (0, 1) => dense(n, |i| (x.cast::<T>(), y.cast::<T>().add(i)), condition, out),
                (1, 0) => dense(n, |i| (x.cast::<T>().add(i), y.cast::<T>()), condition, out),
                _ => dense(n, |_| (x.cast::<T>(), y.cast::<T>()), condition, out),
            }
            return;
        }
        for i in 0..n as isize {
            let (a, b) = (x.offset(i * s[2]).cast::<T>(), y.offset(i * s[3]).cast::<T>());
            let from = if *condition.offset(i * s[1]) != 0 { a } else { b };
            p[0].offset(i * s[0]).cast::<T>().write_unaligned(from.read_unaligned());
        }
    }
}

/// # Safety
/// `ends` gives readable elements for every `i < n`; condition and output are dense.
#[inline(always)]
unsafe fn dense<T: Copy>(
    n: usize,
    ends: impl Fn(usize) -> (*mut T, *mut T),
    condition: *const u8,
    out: *mut T,
) {
    for i in 0..n {
        let (x, y) = ends(i);
        // SAFETY: by this function's contract. Both sides are read, so that a select without branch can follow.
        unsafe {
            let (x, y) = (x.read_unaligned(), y.read_unaligned());
            out.add(i).write_unaligned(if *condition.add(i) != 0 { x } else { y });
        }
    }
}
