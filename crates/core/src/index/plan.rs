//! From a key to what it means for an array of a given layout: a [`Layout`] (basic indexing, a view) or a [`Fancy`]
//! plan (a copy).
//!
//! The axes of a fancy result are those *picked* (the index arrays' broadcast shape) and the *rest* (slices, new and
//! untouched axes). The picked axes stand where the index arrays stood if those were adjacent, else in front. Integers
//! count as index arrays of no axes in a fancy key; an ellipsis separates even when it stands for no axis.

use std::borrow::Cow;

use sharray_base::error::shape_text;
use sharray_base::layout::reshape::Layout;
use sharray_base::layout::{broadcast_shapes, broadcast_strides};
use sharray_base::{Dims, Error, MAX_NDIM, Result, View};

use super::key::Key;
use super::mask;

/// What a key means.
#[derive(Debug)]
pub enum Plan<'a> {
    /// A view of the array.
    Basic(Layout),
    /// Elements picked by index arrays.
    Fancy(Fancy<'a>),
}

/// A fancy key, resolved against one array's layout.
#[derive(Debug)]
pub struct Fancy<'a> {
    /// One entry per indexed axis that an array indexes.
    pub(super) columns: Vec<Column<'a>>,
    /// The index arrays' broadcast shape.
    pub(super) picked: Dims,
    /// The other axes, and where the first element of all lies.
    pub(super) rest: Layout,
    /// How many of the rest's axes come before the picked ones.
    pub(super) position: usize,
    /// Set when the whole key is one mask over all axes.
    pub(super) whole_mask: Option<View<'a>>,
}

/// Index numbers of one axis.
#[derive(Debug)]
pub(super) struct Column<'a> {
    /// `intp` numbers, somewhere in memory or made from a mask.
    pub(super) source: Source<'a>,
    /// Byte strides along the picked axes.
    pub(super) strides: Dims,
    /// Which of the array's axes is indexed, its extent and stride.
    pub(super) axis: usize,
    pub(super) extent: isize,
    pub(super) stride: isize,
}

#[derive(Debug, Clone)]
pub(super) enum Source<'a> {
    View(View<'a>),
    Owned(Cow<'a, [isize]>),
}

impl Source<'_> {
    pub(super) fn data(&self) -> *mut u8 {
        match self {
            Source::View(view) => view.data(),
            Source::Owned(numbers) => numbers.as_ptr().cast_mut().cast(),
        }
    }
    fn shape(&self) -> Dims {
        match self {
            Source::View(view) => Dims::from_slice(view.shape()),
            Source::Owned(numbers) => Dims::from_elem(numbers.len() as isize, 1),
        }
    }
    fn strides(&self) -> Dims {
        match self {
            Source::View(view) => Dims::from_slice(view.strides()),
            Source::Owned(_) => Dims::from_elem(size_of::<isize>() as isize, 1),
        }
    }
}

impl Fancy<'_> {
    /// Shape of what the key picks.
    pub fn shape(&self) -> Dims {
        let (before, after) = self.rest.shape.split_at(self.position);
        before.iter().chain(&self.picked).chain(after).copied().collect()
    }
}

/// Resolves `keys` against an array's layout, by NumPy's rules.
///
/// # Errors
/// `Index`: too many indices, two ellipses, an integer out of bounds, a mask of another shape, index arrays that don't
/// broadcast. `Value`: a slice step of 0.
pub fn plan<'a>(shape: &[isize], strides: &[isize], keys: &[Key<'a>]) -> Result<Plan<'a>> {
    let fancy = keys.iter().any(Key::is_fancy);
    if let [Key::Mask(mask)] = keys
        && mask.shape() == shape
    {
        return Ok(Plan::Fancy(whole_mask(*mask)));
    }
    let mut build = Build::new(shape, strides, keys, fancy)?;
    for key in keys {
        build.entry(key)?;
    }
    if !keys.iter().any(|key| matches!(key, Key::Ellipsis)) {
        build.entry(&Key::Ellipsis)?;
    }
    build.finish()
}

fn whole_mask(mask: View<'_>) -> Fancy<'_> {
    let count = mask::count(mask) as isize;
    Fancy {
        columns: Vec::new(),
        picked: Dims::from_elem(count, 1),
        rest: Layout::of(&[], &[]),
        position: 0,
        whole_mask: Some(mask),
    }
}

/// `index` counted from the front of an axis of `extent`.
pub(super) fn check_index(index: isize, axis: usize, extent: isize) -> Result<isize> {
    let wanted = if index < 0 { index + extent } else { index };
    if (0..extent).contains(&wanted) { Ok(wanted) } else { Err(out_of_bounds(index, axis, extent)) }
}

#[cold]
pub(super) fn out_of_bounds(index: isize, axis: usize, extent: isize) -> Error {
    Error::Index(format!("index {index} is out of bounds for axis {axis} with size {extent}"))
}

/// A mask's extents are the array's, or 0: as many indices as that are nowhere out of bounds.
fn check_mask(shape: &[isize], axis: usize, mask: View<'_>) -> Result<()> {
    for (offset, (&have, &wanted)) in shape[axis..].iter().zip(mask.shape()).enumerate() {
        if wanted > 0 && have != wanted {
            return Err(Error::Index(format!(
                "boolean index did not match indexed array along axis {}; size of axis is {have} but size of \
                 corresponding boolean axis is {wanted}",
                axis + offset
            )));
        }
    }
    Ok(())
}

/// First index, step and number of elements of a slice of an axis of extent `n`; an empty slice starts at 0.
///
/// # Errors
/// `Value` for a step of 0.
pub fn resolve_slice(
    start: Option<isize>,
    stop: Option<isize>,
    step: Option<isize>,
    n: isize,
) -> Result<(isize, isize, isize)> {
    let step = step.unwrap_or(1).max(-isize::MAX);
    if step == 0 {
        return Err(Error::Value("slice step cannot be zero".into()));
    }
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let place = |bound: Option<isize>, default: isize| match bound {
        None => default,
        Some(i) if i < 0 => (i + n).clamp(low, high),
        Some(i) => i.clamp(low, high),
    };
    let (start, stop) =
        if step > 0 { (place(start, 0), place(stop, n)) } else { (place(start, high), place(stop, low)) };
    let distance = if step > 0 { stop - start } else { start - stop };
    if distance <= 0 { Ok((0, 1, 0)) } else { Ok((start, step, (distance - 1) / step.abs() + 1)) }
}

#[derive(PartialEq)]
enum Run {
    Before,
    Within,
    After,
}

/// A key being resolved, entry by entry.
struct Build<'a, 's> {
    shape: &'s [isize],
    strides: &'s [isize],
    fancy: bool,
    /// Next axis of the array.
    axis: usize,
    /// How many axes the ellipsis stands for.
    fill: usize,
    rest: Layout,
    columns: Vec<Column<'a>>,
    /// Shapes of the index arrays, as NumPy lists them in errors.
    arrays: Vec<Dims>,
    run: Run,
    position: usize,
    adjacent: bool,
}

impl<'a, 's> Build<'a, 's> {
    fn new(shape: &'s [isize], strides: &'s [isize], keys: &[Key<'a>], fancy: bool) -> Result<Self> {
        if keys.iter().filter(|key| matches!(key, Key::Ellipsis)).count() > 1 {
            return Err(Error::Index("an index can only have a single ellipsis ('...')".into()));
        }
        let consumed: usize = keys.iter().map(Key::consumes).sum();
        let Some(fill) = shape.len().checked_sub(consumed) else {
            return Err(Error::Index(format!(
                "too many indices for array: array is {}-dimensional, but {consumed} were indexed",
                shape.len()
            )));
        };
        Ok(Build {
            shape,
            strides,
            fancy,
            axis: 0,
            fill,
            rest: Layout::of(&[], &[]),
            columns: Vec::new(),
            arrays: Vec::new(),
            run: Run::Before,
            position: 0,
            adjacent: true,
        })
    }

    fn entry(&mut self, key: &Key<'a>) -> Result<()> {
        match *key {
            Key::Int(index) => {
                self.picks();
                let index = check_index(index, self.axis, self.shape[self.axis])?;
                self.rest.offset += index * self.strides[self.axis];
                self.axis += 1;
            }
            Key::Array(view) if view.ndim() == 0 => {
                // SAFETY: the key's array holds `intp` elements, here one.
                let index = unsafe { view.data().cast::<isize>().read_unaligned() };
                return self.entry(&Key::Int(index));
            }
            Key::Slice { start, stop, step } => {
                let (first, step, len) = resolve_slice(start, stop, step, self.shape[self.axis])?;
                let stride = self.strides[self.axis];
                self.rest.offset += first * stride;
                self.keeps(len, stride.wrapping_mul(step));
                self.axis += 1;
            }
            Key::Ellipsis => {
                self.separates();
                for _ in 0..self.fill {
                    self.keeps(self.shape[self.axis], self.strides[self.axis]);
                    self.axis += 1;
                }
            }
            Key::NewAxis => self.keeps(1, 0),
            Key::Bool0d(value) => {
                self.picks();
                self.arrays.push(Dims::from_elem(value as isize, 1));
            }
            Key::Mask(mask) => {
                check_mask(self.shape, self.axis, mask)?;
                for numbers in mask::indices(mask)? {
                    self.column(Source::Owned(numbers.into()));
                }
            }
            Key::Array(view) => self.column(Source::View(view)),
        }
        Ok(())
    }

    /// The entry is an integer or an index array.
    fn picks(&mut self) {
        if self.run == Run::Before {
            self.position = self.rest.shape.len();
        }
        self.adjacent &= self.run != Run::After;
        self.run = Run::Within;
    }
    fn separates(&mut self) {
        if self.run == Run::Within {
            self.run = Run::After;
        }
    }
    /// The entry is an axis of the rest.
    fn keeps(&mut self, extent: isize, stride: isize) {
        self.separates();
        self.rest.shape.push(extent);
        self.rest.strides.push(stride);
    }
    fn column(&mut self, source: Source<'a>) {
        self.picks();
        self.arrays.push(source.shape());
        let (extent, stride) = (self.shape[self.axis], self.strides[self.axis]);
        self.columns.push(Column { source, strides: Dims::new(), axis: self.axis, extent, stride });
        self.axis += 1;
    }

    fn finish(mut self) -> Result<Plan<'a>> {
        if !self.fancy {
            check_ndim(self.rest.shape.len())?;
            return Ok(Plan::Basic(self.rest));
        }
        self.check_count()?;
        let shapes: Vec<&[isize]> = self.arrays.iter().map(|s| s.as_slice()).collect();
        let picked = broadcast_shapes(&shapes).map_err(|_| {
            let list: String = shapes.iter().map(|s| shape_text(s) + " ").collect();
            Error::Index(format!(
                "shape mismatch: indexing arrays could not be broadcast together with shapes {list}"
            ))
        })?;
        check_ndim(picked.len() + self.rest.shape.len())?;
        for column in &mut self.columns {
            let (shape, strides) = (column.source.shape(), column.source.strides());
            column.strides = broadcast_strides(&shape, &strides, &picked).unwrap_or_default();
        }
        let position = if self.adjacent { self.position } else { 0 };
        Ok(Plan::Fancy(Fancy { columns: self.columns, picked, rest: self.rest, position, whole_mask: None }))
    }
}

impl Build<'_, '_> {
    /// NumPy's bound on index arrays (a mask is one for each of its axes): 64, and 63 where nothing but they has extent.
    fn check_count(&self) -> Result<()> {
        let count = self.arrays.len();
        if count > MAX_NDIM {
            return Err(Error::Index(format!(
                "too many advanced (array) indices. This probably means you are indexing with too many booleans. \
                 ({count} found, at most {MAX_NDIM})"
            )));
        }
        if count == MAX_NDIM && self.rest.shape.iter().all(|n| *n == 1) {
            return Err(Error::Index(format!(
                "when no subspace is given, the number of index arrays cannot be above {}, but {count} index arrays found",
                MAX_NDIM - 1
            )));
        }
        Ok(())
    }
}

fn check_ndim(ndim: usize) -> Result<()> {
    if ndim > MAX_NDIM {
        return Err(Error::Index(format!(
            "number of dimensions must be within [0, {MAX_NDIM}], indexing result would have {ndim}"
        )));
    }
    Ok(())
}
