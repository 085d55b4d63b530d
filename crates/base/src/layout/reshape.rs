//! New descriptions of the same memory: reshape without copy, transposition, diagonals, windows, another itemsize; and
//! the strides of fresh memory that keeps a source's axis order. All of it is arithmetic on extents and strides.

use smallvec::SmallVec;

use super::{
    Dims, Order, c_strides, checked_len, f_strides, is_c_contiguous, is_f_contiguous, normalize_axis,
};
use crate::error::{Error, Result};

/// A description relative to some array's data pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Bytes from the array's first element to this layout's first element.
    pub offset: isize,
    /// Extents.
    pub shape: Dims,
    /// Strides in bytes.
    pub strides: Dims,
}

impl Layout {
    /// A layout at an array's own first element.
    pub fn of(shape: &[isize], strides: &[isize]) -> Layout {
        Layout { offset: 0, shape: Dims::from_slice(shape), strides: Dims::from_slice(strides) }
    }
}

fn value_error<T>(message: &str) -> Result<T> {
    Err(Error::Value(message.into()))
}

/// The shape that `wanted` means for `len` elements: one negative extent stands for what is left.
///
/// # Errors
/// `Value` when `wanted` has two negative extents, or can't hold exactly `len` elements.
pub fn infer_shape(len: usize, wanted: &[isize]) -> Result<Dims> {
    let mismatch =
        || Error::Value(format!("cannot reshape array of size {len} into shape {}", wanted_text(wanted)));
    let known = wanted.iter().filter(|&&n| n >= 0);
    let product = known.clone().try_fold(1isize, |p, &n| p.checked_mul(n));
    let mut shape = Dims::from_slice(wanted);
    match wanted.iter().filter(|&&n| n < 0).count() {
        0 => {
            if wanted.len() > crate::MAX_NDIM {
                checked_len(wanted, 1)?;
            }
            let product = if wanted.contains(&0) { Some(0) } else { product };
            if product != Some(len as isize) {
                return Err(mismatch());
            }
        }
        1 => {
            let product = product.filter(|&p| p > 0 && len as isize % p == 0).ok_or_else(mismatch)?;
            shape.iter_mut().filter(|n| **n < 0).for_each(|n| *n = len as isize / product);
            checked_len(&shape, 1)?;
        }
        _ => return value_error("can only specify one unknown dimension"),
    }
    Ok(shape)
}

/// NumPy's spelling of a shape with an unknown extent.
fn wanted_text(wanted: &[isize]) -> String {
    let known: Vec<&isize> = wanted.iter().skip_while(|&&n| n < 0).collect();
    let words: Vec<String> =
        known.iter().map(|&&n| if n < 0 { "newaxis".into() } else { n.to_string() }).collect();
    match words.as_slice() {
        [one] if wanted.len() == 1 => format!("({one},)"),
        many => format!("({})", many.join(",")),
    }
}

/// `C` or `F`: what reshaping in `order` means for an array of this layout. `Any` (and `Keep`) is Fortran order for
/// arrays that are Fortran contiguous only.
pub fn resolve_order(order: Order, shape: &[isize], strides: &[isize], itemsize: usize) -> Order {
    match order {
        Order::C | Order::F => order,
        Order::Any | Order::Keep => {
            let fortran =
                is_f_contiguous(shape, strides, itemsize) && !is_c_contiguous(shape, strides, itemsize);
            if fortran { Order::F } else { Order::C }
        }
    }
}

/// Strides under which the same memory has `new_shape`, its elements taken in `order`; `None` when a copy is needed.
/// Both shapes hold the same number of elements.
pub fn reshape_strides(
    shape: &[isize],
    strides: &[isize],
    new_shape: &[isize],
    order: Order,
    itemsize: usize,
) -> Option<Dims> {
    if shape == new_shape {
        return Some(Dims::from_slice(strides));
    }
    match resolve_order(order, shape, strides, itemsize) {
        Order::F if shape.contains(&0) || is_f_contiguous(shape, strides, itemsize) => {
            Some(f_strides(new_shape, itemsize))
        }
        Order::F => split_strides(shape, strides, new_shape, itemsize, true),
        _ if shape.contains(&0) || is_c_contiguous(shape, strides, itemsize) => {
            Some(c_strides(new_shape, itemsize))
        }
        _ => split_strides(shape, strides, new_shape, itemsize, false),
    }
}

/// The axes of both shapes are cut, from the front, into the smallest groups of equal product; each old group must be
/// walkable with one step, and its new axes divide that walk.
fn split_strides(
    shape: &[isize],
    strides: &[isize],
    new_shape: &[isize],
    itemsize: usize,
    fortran: bool,
) -> Option<Dims> {
    let old: SmallVec<[(isize, isize); 6]> =
        shape.iter().copied().zip(strides.iter().copied()).filter(|(n, _)| *n != 1).collect();
    let mut result = Dims::from_elem(0, new_shape.len());
    let (mut from, mut new_from) = (0, 0);
    while from < old.len() && new_from < new_shape.len() {
        let (to, new_to) = group_ends(&old, new_shape, from, new_from)?;
        let follows = |slow: (isize, isize), fast: (isize, isize)| slow.1 == fast.0 * fast.1;
        let broken = |pair: &[(isize, isize)]| {
            if fortran { !follows(pair[1], pair[0]) } else { !follows(pair[0], pair[1]) }
        };
        if old[from..to].windows(2).any(broken) {
            return None;
        }
        let mut step = if fortran { old[from].1 } else { old[to - 1].1 };
        for i in 0..new_to - new_from {
            let axis = if fortran { new_from + i } else { new_to - 1 - i };
            result[axis] = step;
            step *= new_shape[axis];
        }
        (from, new_from) = (to, new_to);
    }
    // What is left has extent 1: its stride means nothing (L3), NumPy repeats the last one.
    let last = match new_from.checked_sub(1) {
        Some(axis) if fortran => result[axis] * new_shape[axis],
        Some(axis) => result[axis],
        None => itemsize as isize,
    };
    result[new_from..].fill(last);
    Some(result)
}

/// Where the smallest groups of equal product end that start at `from` and `new_from`.
fn group_ends(
    old: &[(isize, isize)],
    new_shape: &[isize],
    from: usize,
    new_from: usize,
) -> Option<(usize, usize)> {
    let (mut to, mut new_to) = (from + 1, new_from + 1);
    let (mut product, mut new_product) = (old[from].0, new_shape[new_from]);
    while product != new_product {
        if product < new_product {
            product *= old.get(to)?.0;
            to += 1;
        } else {
            new_product *= *new_shape.get(new_to)?;
            new_to += 1;
        }
    }
    Some((to, new_to))
}

/// Axes reordered: axis `i` of the result is axis `axes[i]` of the source; `None` reverses them.
///
/// # Errors
/// `Value` when `axes` is no permutation, `Axis` when one is out of range.
pub fn transpose(shape: &[isize], strides: &[isize], axes: Option<&[isize]>) -> Result<Layout> {
    let order: SmallVec<[usize; 6]> = match axes {
        None => (0..shape.len()).rev().collect(),
        Some(axes) => permutation(axes, shape.len())?,
    };
    Ok(permuted(shape, strides, &order))
}

/// `axes` counted from the front, checked to name each of `ndim` axes once.
///
/// # Errors
/// As [`transpose`].
pub fn permutation(axes: &[isize], ndim: usize) -> Result<SmallVec<[usize; 6]>> {
    if axes.len() != ndim {
        return value_error("axes don't match array");
    }
    let mut order = SmallVec::new();
    for &axis in axes {
        let axis = normalize_axis(axis, ndim)?;
        if order.contains(&axis) {
            return value_error("repeated axis in transpose");
        }
        order.push(axis);
    }
    Ok(order)
}

/// The layout with its axes in `order` (each below the number of axes).
pub fn permuted(shape: &[isize], strides: &[isize], order: &[usize]) -> Layout {
    let pick = |dims: &[isize]| order.iter().map(|&axis| dims[axis]).collect();
    Layout { offset: 0, shape: pick(shape), strides: pick(strides) }
}

fn named_axis(axis: isize, ndim: usize, prefix: &'static str) -> Result<usize> {
    normalize_axis(axis, ndim).map_err(|_| Error::Axis { axis, ndim, prefix: Some(prefix) })
}

/// Two axes exchanged.
///
/// # Errors
/// `Axis`.
pub fn swap_axes(shape: &[isize], strides: &[isize], axis1: isize, axis2: isize) -> Result<Layout> {
    let (a, b) = (named_axis(axis1, shape.len(), "axis1")?, named_axis(axis2, shape.len(), "axis2")?);
    let mut layout = Layout::of(shape, strides);
    layout.shape.swap(a, b);
    layout.strides.swap(a, b);
    Ok(layout)
}

/// Without the axes named, which must have extent 1; `None`: without all axes of extent 1.
///
/// # Errors
/// `Axis` out of range, `Value` for a repeated axis or one of another extent.
pub fn squeeze(shape: &[isize], strides: &[isize], axes: Option<&[isize]>) -> Result<Layout> {
    let mut dropped: SmallVec<[bool; 8]> = shape.iter().map(|&n| axes.is_none() && n == 1).collect();
    for &axis in axes.unwrap_or_default() {
        let axis = normalize_axis(axis, shape.len())?;
        if std::mem::replace(&mut dropped[axis], true) {
            return value_error("duplicate value in 'axis'");
        }
        if shape[axis] != 1 {
            return value_error("cannot select an axis to squeeze out which has size not equal to one");
        }
    }
    let keep: SmallVec<[usize; 6]> = (0..shape.len()).filter(|&axis| !dropped[axis]).collect();
    Ok(permuted(shape, strides, &keep))
}

/// The diagonal of the plane of two axes, as a new last axis; `offset` counts columns above the main diagonal.
///
/// # Errors
/// `Value` for fewer than two axes or the same axis twice, `Axis` out of range.
pub fn diagonal(
    shape: &[isize],
    strides: &[isize],
    offset: isize,
    axis1: isize,
    axis2: isize,
) -> Result<Layout> {
    if shape.len() < 2 {
        return value_error("diag requires an array of at least two dimensions");
    }
    let (row, column) = (named_axis(axis1, shape.len(), "axis1")?, named_axis(axis2, shape.len(), "axis2")?);
    if row == column {
        return value_error("axis1 and axis2 cannot be the same");
    }
    let (down, right) = (offset.min(0).saturating_neg(), offset.max(0));
    let extent = shape[row].saturating_sub(down).min(shape[column].saturating_sub(right)).max(0);
    let keep: SmallVec<[usize; 6]> = (0..shape.len()).filter(|&axis| axis != row && axis != column).collect();
    let mut layout = permuted(shape, strides, &keep);
    layout.shape.push(extent);
    layout.strides.push(strides[row] + strides[column]);
    if extent > 0 {
        layout.offset = down * strides[row] + right * strides[column];
    }
    Ok(layout)
}

/// With new axes of extent 1 at these places of the result.
///
/// # Errors
/// `Axis` out of range of the result, `Value` for a repeated axis.
pub fn expand_dims(shape: &[isize], strides: &[isize], axes: &[isize]) -> Result<Layout> {
    let ndim = shape.len() + axes.len();
    let mut added: SmallVec<[bool; 8]> = SmallVec::from_elem(false, ndim);
    for &axis in axes {
        if std::mem::replace(&mut added[normalize_axis(axis, ndim)?], true) {
            return value_error("repeated axis");
        }
    }
    let mut layout = Layout::of(&[], &[]);
    let mut source = shape.iter().zip(strides);
    for is_new in added {
        let axis = if is_new { None } else { source.next() };
        let (&extent, &stride) = axis.unwrap_or((&1, &0));
        layout.shape.push(extent);
        layout.strides.push(stride);
    }
    Ok(layout)
}

/// Overlapping windows: each of `axes` (repeats allowed) shrinks to the number of places of a window, and the windows'
/// own axes are appended in order.
///
/// # Errors
/// `Axis` out of range, `Value` for a negative window or one larger than its axis.
pub fn sliding_windows(
    shape: &[isize],
    strides: &[isize],
    windows: &[isize],
    axes: &[isize],
) -> Result<Layout> {
    if windows.len() != axes.len() {
        return Err(Error::Value(format!(
            "Must provide matching length window_shape and axis; got {} window_shape elements and {} axes elements.",
            windows.len(),
            axes.len()
        )));
    }
    if windows.iter().any(|&n| n < 0) {
        return value_error("`window_shape` cannot contain negative values");
    }
    let mut layout = Layout::of(shape, strides);
    for (&window, &axis) in windows.iter().zip(axes) {
        let axis = normalize_axis(axis, shape.len())?;
        layout.shape[axis] = layout.shape[axis].saturating_add(1).saturating_sub(window);
        if layout.shape[axis] < 1 {
            return value_error("window shape cannot be larger than input array shape");
        }
        layout.shape.push(window);
        layout.strides.push(strides[axis]);
    }
    Ok(layout)
}

/// Shape and strides of the same memory seen as elements of `new_itemsize` bytes: the last axis is divided or
/// multiplied.
///
/// # Errors
/// `Value` when the sizes don't divide, the last axis is not dense, or there is no axis.
pub fn view_itemsize(
    shape: &[isize],
    strides: &[isize],
    itemsize: usize,
    new_itemsize: usize,
) -> Result<Layout> {
    let mut layout = Layout::of(shape, strides);
    if itemsize == new_itemsize {
        return Ok(layout);
    }
    let Some(last) = shape.len().checked_sub(1) else {
        return value_error(
            "Changing the dtype of a 0d array is only supported if the itemsize is unchanged",
        );
    };
    let empty = shape.contains(&0);
    if shape[last] != 1 && !empty && strides[last] != itemsize as isize {
        return value_error("To change to a dtype of a different size, the last axis must be contiguous");
    }
    let bytes = shape[last] as usize * itemsize;
    if new_itemsize == 0 {
        return value_error(
            "When changing to a smaller dtype, its size must be a divisor of the size of original dtype",
        );
    }
    if new_itemsize < itemsize {
        if !itemsize.is_multiple_of(new_itemsize) {
            return value_error(
                "When changing to a smaller dtype, its size must be a divisor of the size of original dtype",
            );
        }
    } else if !bytes.is_multiple_of(new_itemsize) {
        return value_error(
            "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis \
             of the array.",
        );
    }
    layout.shape[last] = (bytes / new_itemsize) as isize;
    layout.strides[last] = new_itemsize as isize;
    Ok(layout)
}

/// The axes from the slowest in memory to the fastest, ties in C order: what `order='K'` keeps.
pub fn memory_order(strides: &[isize]) -> SmallVec<[usize; 6]> {
    let mut axes: SmallVec<[usize; 6]> = (0..strides.len()).collect();
    // A stable sort: axes without a stride of their own (broadcast) stay where they are relative to equals.
    axes.sort_by_key(|&axis| std::cmp::Reverse(strides[axis].unsigned_abs()));
    axes
}

/// Strides of dense memory of `shape` whose axes nest in `axes`' order, the slowest first.
pub fn strides_in_order(shape: &[isize], axes: &[usize], itemsize: usize) -> Dims {
    let mut strides = Dims::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for &axis in axes.iter().rev() {
        strides[axis] = step;
        step *= shape[axis].max(1);
    }
    strides
}

/// Strides of fresh memory of `shape` in `order`, like a source of that shape with `source` strides.
pub fn fresh_strides(
    order: Order,
    shape: &[isize],
    source: &[isize],
    source_itemsize: usize,
    itemsize: usize,
) -> Dims {
    match order {
        Order::C => c_strides(shape, itemsize),
        Order::F => f_strides(shape, itemsize),
        Order::Any => match resolve_order(order, shape, source, source_itemsize) {
            Order::F => f_strides(shape, itemsize),
            _ => c_strides(shape, itemsize),
        },
        Order::Keep if is_c_contiguous(shape, source, source_itemsize) => c_strides(shape, itemsize),
        Order::Keep if is_f_contiguous(shape, source, source_itemsize) => f_strides(shape, itemsize),
        Order::Keep => strides_in_order(shape, &memory_order(source), itemsize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inferred_shapes() {
        let check = |len, wanted: &[isize], expected: Result<&[isize], &str>| {
            let found = infer_shape(len, wanted).map_err(|e| e.to_string());
            assert_eq!(found.as_deref().map_err(|e| e.as_str()), expected);
        };
        check(6, &[-1, 3], Ok(&[2, 3]));
        check(0, &[-1, 3], Ok(&[0, 3]));
        check(6, &[4], Err("cannot reshape array of size 6 into shape (4,)"));
        check(6, &[-1, 4], Err("cannot reshape array of size 6 into shape (4)"));
        check(6, &[4, -1], Err("cannot reshape array of size 6 into shape (4,newaxis)"));
        check(6, &[-1, 0], Err("cannot reshape array of size 6 into shape (0)"));
        check(6, &[-1, -1], Err("can only specify one unknown dimension"));
    }

    /// Element numbers in the order that `order` visits them, by address.
    fn addresses(shape: &[isize], strides: &[isize], order: Order) -> Vec<isize> {
        let total: isize = shape.iter().product();
        let mut axes: Vec<usize> = (0..shape.len()).collect();
        if order == Order::C {
            axes.reverse();
        }
        let address = |mut number: isize| {
            let mut offset = 0;
            for &axis in &axes {
                offset += number % shape[axis] * strides[axis];
                number /= shape[axis];
            }
            offset
        };
        (0..total).map(address).collect()
    }

    #[test]
    fn reshaped_views_visit_the_same_elements() {
        let sources: [(&[isize], &[isize]); 7] = [
            (&[12], &[8]),
            (&[12], &[-16]),
            (&[3, 4], &[32, 8]),
            (&[3, 4], &[8, 24]),
            (&[3, 4], &[64, 16]),
            (&[2, 1, 6], &[96, 7, 16]),
            (&[2, 2, 3], &[100, 24, 8]),
        ];
        let targets: [&[isize]; 7] = [&[12], &[2, 6], &[6, 2], &[2, 2, 3], &[3, 4], &[1, 12, 1], &[4, 1, 3]];
        for (shape, strides) in sources {
            for target in targets {
                for order in [Order::C, Order::F] {
                    if let Some(found) = reshape_strides(shape, strides, target, order, 8) {
                        assert_eq!(addresses(shape, strides, order), addresses(target, &found, order));
                    }
                }
            }
        }
        assert_eq!(reshape_strides(&[3, 4], &[64, 8], &[12], Order::C, 8), None);
        assert_eq!(reshape_strides(&[3, 4], &[8, 24], &[12], Order::F, 8).as_deref(), Some(&[8][..]));
    }

    #[test]
    fn other_layouts() {
        let layout = diagonal(&[3, 4], &[32, 8], 1, 0, 1).unwrap();
        assert_eq!((layout.offset, layout.shape[0], layout.strides[0]), (8, 3, 40));
        assert_eq!(diagonal(&[3, 4], &[32, 8], -9, 0, 1).unwrap().shape[0], 0);
        let windows = sliding_windows(&[5], &[8], &[3], &[0]).unwrap();
        assert_eq!((&windows.shape[..], &windows.strides[..]), (&[3, 3][..], &[8, 8][..]));
        assert_eq!(view_itemsize(&[3, 4], &[32, 8], 8, 4).unwrap().shape[..], [3, 8]);
        assert!(view_itemsize(&[3, 4], &[8, 24], 8, 4).is_err());
        assert_eq!(squeeze(&[1, 3, 1], &[8, 8, 8], None).unwrap().shape[..], [3]);
        assert!(squeeze(&[1, 3], &[8, 8], Some(&[1])).is_err());
        assert_eq!(fresh_strides(Order::Keep, &[2, 3, 4], &[8, 64, 16], 8, 4)[..], [4, 32, 8]);
    }
}
