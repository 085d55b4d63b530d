//! Index arrays and masks in their commonest forms, on plain arrays of few elements: an array (or flat list) of integers
//! for each leading axis, integers between them, or one mask of the array's own shape. Read and checked at once, without
//! a plan; what is of another kind, or wrong, is declined before anything has happened, and goes the general way, which
//! gives the same and reports what is wrong.

mod blend;

use std::mem::MaybeUninit;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_base::dtype::parse::POINTER_INT as WORD;
use sharray_kernels::cast::Direct;
use sharray_kernels::copy::compress::{Mask, PIECE, compress, true_places};
use sharray_kernels::copy::pick::{self, Axis, Lane, Numbers};
use sharray_kernels::search::truth::count_true;

use super::array::Array;
use super::layout::{ArrayFields, INLINE_AXES, flag};
use super::{dtype, ndarray};
use crate::coerce;

pub use blend::blend;

/// More elements than this go the general way.
const MANY: usize = 1 << 10;
/// How many offsets are remembered between checking and writing.
const NEAR: usize = 8;
/// Longest list that is read as an index array.
const LISTED: usize = 32;

/// Where the index numbers for an axis stand.
#[derive(Clone, Copy)]
struct Column {
    numbers: *const u8,
    step: isize,
}

/// Index numbers for the leading axes of an array. Columns may point into `listed`: once read, they must not move.
struct Columns {
    columns: [Column; INLINE_AXES],
    axes: usize,
    /// How many places are picked.
    count: usize,
    /// The axes of the places, if they are those of one dense index array of several.
    deep: Option<[isize; INLINE_AXES]>,
    deep_axes: usize,
    /// The addresses that index arrays read, to be compared with what is written.
    arrays: [*const ArrayFields; INLINE_AXES],
    /// Numbers that were given as Python's: the first `used` ones are there.
    listed: [MaybeUninit<isize>; LISTED],
    used: usize,
    /// The numbers of an index array of narrower integers, as words.
    widened: Vec<isize>,
}

/// The C fields of an array of a built-in type, whose elements are aligned.
fn plain(object: *mut ffi::PyObject, num: TypeNum) -> Option<*const ArrayFields> {
    // SAFETY: a live object, whose fields are read as its class allows.
    unsafe {
        let fields = object.cast::<ArrayFields>().cast_const();
        let fits = ptr::eq(ffi::Py_TYPE(object), ndarray::type_object())
            && ptr::eq((*fields).descr, dtype::singleton(num))
            && (*fields).flags & flag::ALIGNED != 0;
        fits.then_some(fields)
    }
}

/// The C fields of a plain array of integers narrower than words.
fn narrower<'a>(object: *mut ffi::PyObject) -> Option<(&'a ArrayFields, TypeNum)> {
    use TypeNum::{Byte, Int, Short, UByte, UInt, UShort};
    // SAFETY: a live object, whose fields are read as its class allows.
    unsafe {
        if !ptr::eq(ffi::Py_TYPE(object), ndarray::type_object()) {
            return None;
        }
        let fields = &*object.cast::<ArrayFields>().cast_const();
        let num = TypeNum::from_number((*fields.descr).fields.type_num)?;
        let narrow = matches!(num, Byte | UByte | Short | UShort | Int | UInt);
        (narrow && ptr::eq(fields.descr, dtype::singleton(num))).then_some((fields, num))
    }
}

/// The value of a Python integer of a machine word.
fn word(object: *mut ffi::PyObject) -> Option<isize> {
    let mut overflow = 0;
    // SAFETY: a live object; an exact integer sets no error.
    unsafe {
        if !ptr::eq(ffi::Py_TYPE(object), &raw mut ffi::PyLong_Type) {
            return None;
        }
        let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
        (overflow == 0).then_some(value as isize)
    }
}

impl Columns {
    fn new() -> Columns {
        Columns {
            columns: [Column { numbers: ptr::null(), step: 0 }; INLINE_AXES],
            axes: 0,
            count: 0,
            deep: None,
            deep_axes: 1,
            arrays: [ptr::null(); INLINE_AXES],
            listed: [const { MaybeUninit::uninit() }; LISTED],
            used: 0,
            widened: Vec::new(),
        }
    }

    /// Reads a key; false where it is not of this kind.
    fn read(&mut self, key: *mut ffi::PyObject) -> bool {
        // SAFETY: a live object; a tuple's items stay while it lives.
        let items = unsafe {
            if !ptr::eq(ffi::Py_TYPE(key), &raw mut ffi::PyTuple_Type) {
                return self.push(key).is_some() && self.count > 0;
            }
            let items: *const *mut ffi::PyObject =
                (&raw const (*key.cast::<ffi::PyTupleObject>()).ob_item).cast();
            std::slice::from_raw_parts(items, ffi::PyTuple_GET_SIZE(key) as usize)
        };
        let mut any = false;
        items.len() <= INLINE_AXES
            && items.iter().all(|item| match word(*item) {
                Some(number) => self.listed(1, 0, |_| Some(number)).is_some(),
                None => {
                    any = true;
                    self.push(*item).is_some()
                }
            })
            && any
            && self.count > 0
    }

    /// Takes an index array or list for the next axis. All have one length.
    fn push(&mut self, item: *mut ffi::PyObject) -> Option<()> {
        if let Some(fields) = plain(item, WORD) {
            // SAFETY: A1, for an array with an axis.
            let (count, step) = unsafe {
                match (*fields).nd {
                    1 => (*(*fields).dimensions as usize, *(*fields).strides),
                    0 => return None,
                    axes => (self.read_deep(&*fields, axes as usize)?, size_of::<isize>() as isize),
                }
            };
            self.agree(count)?;
            self.arrays[self.axes] = fields;
            // SAFETY: as above.
            self.columns[self.axes] = Column { numbers: unsafe { (*fields).data }, step };
            self.axes += 1;
            return Some(());
        }
        if let Some((fields, num)) = narrower(item) {
            return self.widen(fields, num);
        }
        // SAFETY: a live object; a list's items stay while no Python code runs, which nothing here does.
        let items = unsafe {
            if !ptr::eq(ffi::Py_TYPE(item), &raw mut ffi::PyList_Type) {
                return None;
            }
            let count = ffi::PyList_GET_SIZE(item) as usize;
            if count == 0 || count > LISTED {
                return None;
            }
            std::slice::from_raw_parts((*item.cast::<ffi::PyListObject>()).ob_item, count)
        };
        self.agree(items.len())?;
        self.listed(items.len(), size_of::<isize>() as isize, |index| word(items[index]))
    }

    /// Takes a copy of an index array of one axis, of integers narrower than words; one such for all axes.
    fn widen(&mut self, fields: &ArrayFields, num: TypeNum) -> Option<()> {
        if fields.nd != 1 || !self.widened.is_empty() {
            return None;
        }
        // SAFETY: A1, for an array with an axis.
        let (count, step) = unsafe { (*fields.dimensions as usize, *fields.strides) };
        self.agree(count)?;
        let cast = Direct::new(num, WORD)?;
        self.widened.try_reserve_exact(count).ok()?;
        let numbers = self.widened.as_mut_ptr();
        // SAFETY: as many elements of that type; room for each was reserved.
        unsafe {
            cast.run(fields.data, step, numbers.cast(), count);
            self.widened.set_len(count);
        }
        self.columns[self.axes] = Column { numbers: numbers.cast(), step: size_of::<isize>() as isize };
        self.axes += 1;
        Some(())
    }

    /// Takes the axes of a dense index array of several, which must be the only column; its number of elements.
    ///
    /// # Safety
    /// A1, for an array of so many axes.
    unsafe fn read_deep(&mut self, fields: &ArrayFields, axes: usize) -> Option<usize> {
        if self.axes > 0 || axes > INLINE_AXES || fields.flags & flag::C_CONTIGUOUS == 0 {
            return None;
        }
        // SAFETY: by the contract.
        let shape = unsafe { std::slice::from_raw_parts(fields.dimensions, axes) };
        self.deep.insert([1; INLINE_AXES])[..axes].copy_from_slice(shape);
        self.deep_axes = axes;
        Some(shape.iter().product::<isize>() as usize)
    }

    fn agree(&mut self, count: usize) -> Option<()> {
        if self.deep.is_some() && self.axes > 0 {
            return None;
        }
        if self.count == 0 {
            self.count = count;
        }
        (self.count == count && count > 0 && count <= MANY).then_some(())
    }

    /// Takes `count` numbers for the next axis, `step` bytes apart.
    fn listed(&mut self, count: usize, step: isize, number: impl Fn(usize) -> Option<isize>) -> Option<()> {
        if self.deep.is_some() {
            return None;
        }
        let room = self.listed.get_mut(self.used..self.used + count)?;
        for (index, place) in room.iter_mut().enumerate() {
            place.write(number(index)?);
        }
        self.used += count;
        self.columns[self.axes] = Column { numbers: room.as_ptr().cast(), step };
        self.axes += 1;
        Some(())
    }

    /// The array's first axis and the numbers for it, if it is the only one that is indexed.
    fn one(&self, array: &Array<'_>) -> Option<(Axis, Numbers)> {
        if self.axes != 1 {
            return None;
        }
        let column = self.columns[0];
        let axis = Axis { data: array.data(), stride: array.strides()[0], extent: array.shape()[0] };
        Some((axis, Numbers::new(column.numbers, column.step, self.count)))
    }

    /// Calls `visit` with each place's index and offset in turn; `None` as soon as one is out of bounds.
    #[inline(always)]
    fn each(&self, array: &Array<'_>, mut visit: impl FnMut(usize, isize)) -> Option<()> {
        let (shape, strides, columns) = (array.shape(), array.strides(), self.columns);
        (0..self.count).try_for_each(|index| {
            visit(index, Self::offset(&columns[..self.axes], shape, strides, index)?);
            Some(())
        })
    }

    /// The offset of the place at `index`; `None` out of bounds.
    #[inline(always)]
    fn offset(columns: &[Column], shape: &[isize], strides: &[isize], index: usize) -> Option<isize> {
        let mut offset = 0;
        for (axis, column) in columns.iter().enumerate() {
            // SAFETY: `count` aligned numbers stand at the column's step.
            let number =
                unsafe { column.numbers.offset(index as isize * column.step).cast::<isize>().read() };
            let extent = shape[axis];
            let number = if number < 0 { number.wrapping_add(extent) } else { number };
            if number < 0 || number >= extent {
                return None;
            }
            offset += number * strides[axis];
        }
        Some(offset)
    }
}

/// Bytes of the dense block that an index of each of the first `axes` axes leaves.
fn block(array: &Array<'_>, axes: usize) -> Option<usize> {
    let (shape, strides) = (array.shape(), array.strides());
    let mut bytes = array.dtype().itemsize() as isize;
    for axis in (axes..shape.len()).rev() {
        if strides[axis] != bytes || shape[axis] < 1 {
            return None;
        }
        bytes *= shape[axis];
    }
    Some(bytes as usize)
}

/// True for a plain array of one of the built-in numbers' own dtype objects.
fn is_simple(array: &Array<'_>) -> bool {
    let num = array.dtype().num();
    array.is_exact() && num.is_number() && ptr::eq(array.fields().descr, dtype::singleton(num))
}

/// True for a plain array whose elements may be moved by their bytes: as [`is_simple`], or of texts or times.
fn is_movable(array: &Array<'_>) -> bool {
    use TypeNum::{Datetime, String, Timedelta, Unicode};
    let dtype = array.dtype();
    let moves = matches!(dtype.num(), String | Unicode | Datetime | Timedelta) && dtype.itemsize() > 0;
    is_simple(array) || array.is_exact() && moves
}

/// Copies `bytes` bytes.
///
/// # Safety
/// They are readable and writable, and don't overlap.
#[inline(always)]
unsafe fn copy(from: *const u8, to: *mut u8, bytes: usize) {
    // SAFETY: by the contract.
    unsafe {
        match bytes {
            8 => ptr::copy_nonoverlapping(from, to, 8),
            4 => ptr::copy_nonoverlapping(from, to, 4),
            bytes => ptr::copy_nonoverlapping(from, to, bytes),
        }
    }
}

/// `array[key]`, if it is that simple.
///
/// # Errors
/// `MemoryError`.
pub(super) fn get<'py>(array: &Array<'py>, key: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    if !is_movable(array) {
        return Ok(None);
    }
    if let Some(mask) = plain(key.as_ptr(), TypeNum::Bool) {
        return masked(array, mask);
    }
    let mut columns = Columns::new();
    if !columns.read(key.as_ptr()) || columns.axes > array.ndim() {
        return Ok(None);
    }
    gather(array, &columns)
}

/// `array.take(indices)` of a plain one-dimensional array, if that is so simple.
///
/// # Errors
/// `MemoryError`.
pub fn take<'py>(array: &Array<'py>, indices: &Bound<'py, PyAny>) -> PyResult<Option<Array<'py>>> {
    let mut columns = Columns::new();
    if !is_movable(array)
        || array.ndim() != 1
        || columns.push(indices.as_ptr()).is_none()
        || columns.count == 0
    {
        return Ok(None);
    }
    gather(array, &columns)
}

/// `mask.nonzero()` of a plain mask of one axis, if that is so simple.
///
/// # Errors
/// `MemoryError`.
pub fn nonzero<'py>(mask: &Array<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(fields) = plain(mask.as_ptr(), TypeNum::Bool).filter(|_| mask.ndim() == 1) else {
        return Ok(None);
    };
    let Some(pair) = beside(mask, fields) else { return Ok(None) };
    let (py, picked) = (mask.py(), pair.picked());
    let result = Array::dense(py, dtype::singleton(WORD), &[picked as isize], picked)?;
    // SAFETY: the fresh result has a place for each that is picked.
    let found = unsafe { true_places(pair.mask(), 0, result.data().cast(), picked) };
    debug_assert!(found == picked);
    // SAFETY: a fresh tuple of one takes the reference.
    unsafe {
        let tuple = Bound::from_owned_ptr_or_err(py, ffi::PyTuple_New(1))?;
        ffi::PyTuple_SET_ITEM(tuple.as_ptr(), 0, result.into_object().into_ptr());
        Ok(Some(tuple))
    }
}

fn gather<'py>(array: &Array<'py>, columns: &Columns) -> PyResult<Option<Array<'py>>> {
    let Some(bytes) = block(array, columns.axes) else { return Ok(None) };
    let rest = &array.shape()[columns.axes..];
    let axes = columns.deep_axes;
    if rest.len() + axes > INLINE_AXES || columns.count * bytes > 8 * MANY {
        return Ok(None);
    }
    let mut shape = columns.deep.unwrap_or([columns.count as isize; INLINE_AXES]);
    shape[axes..][..rest.len()].copy_from_slice(rest);
    let shape = &shape[..axes + rest.len()];
    let size = columns.count * bytes / array.dtype().itemsize();
    let result = Array::dense(array.py(), array.fields().descr, shape, size)?;
    let (from, to) = (array.data(), result.data());
    if let Some((axis, numbers)) = columns.one(array) {
        let out = Lane { data: to, step: bytes as isize };
        // SAFETY: a place of the axis is a block of the array; the result is fresh and has one for each number.
        return Ok(unsafe { pick::gather(axis, numbers, out, bytes) }.ok().map(|()| result));
    }
    let done = columns.each(array, |index, offset| {
        // SAFETY: an index within each axis leads to a block of the array; the result is fresh and has as many.
        unsafe { copy(from.offset(offset), to.add(index * bytes), bytes) };
    });
    Ok(done.map(|()| result))
}

/// Step of the elements of an array gone through in C order, if that is one.
fn step(shape: &[isize], strides: &[isize], flags: i32, itemsize: isize) -> Option<isize> {
    match (shape, strides) {
        ([_], [step]) => Some(*step),
        _ if flags & flag::C_CONTIGUOUS != 0 => Some(itemsize),
        _ => None,
    }
}

/// A mask beside the array that it picks from: address and step of both, and their length.
struct Masked {
    mask: *const u8,
    mask_step: isize,
    step: isize,
    count: usize,
}

fn beside(array: &Array<'_>, mask: *const ArrayFields) -> Option<Masked> {
    // SAFETY: A1; the caller's live array.
    let (shape, strides, mask) = unsafe {
        let axes = (*mask).nd as usize;
        if axes == 0 {
            return None;
        }
        let shape = std::slice::from_raw_parts((*mask).dimensions, axes);
        (shape, std::slice::from_raw_parts((*mask).strides, axes), &*mask)
    };
    let count = shape.iter().product::<isize>() as usize;
    if shape != array.shape() || count > MANY {
        return None;
    }
    Some(Masked {
        mask: mask.data,
        mask_step: step(shape, strides, mask.flags, 1)?,
        step: step(shape, array.strides(), array.flags(), array.dtype().itemsize() as isize)?,
        count,
    })
}

impl Masked {
    fn mask(&self) -> Mask {
        Mask { data: self.mask, step: self.mask_step, count: self.count }
    }
    fn picked(&self) -> usize {
        // SAFETY: the mask's elements.
        unsafe { count_true(self.mask, self.mask_step, self.count) }
    }
}

fn masked<'py>(array: &Array<'py>, mask: *const ArrayFields) -> PyResult<Option<Array<'py>>> {
    let Some(pair) = beside(array, mask) else { return Ok(None) };
    let (picked, size) = (pair.picked(), array.dtype().itemsize());
    let result = Array::dense(array.py(), array.fields().descr, &[picked as isize], picked)?;
    let source = Lane { data: array.data(), step: pair.step };
    // SAFETY: the array has an element for each of the mask, the fresh result one for each that is picked.
    let found = unsafe { compress(pair.mask(), source, size, result.data(), picked) };
    debug_assert!(found == picked);
    Ok(Some(result))
}

/// What is assigned: its first element, and the step to the next.
struct Given {
    data: *const u8,
    step: isize,
}

/// The value for `count` places of `array`: a number of its own type, or as many plain elements apart from it.
fn given(array: &Array<'_>, value: &Bound<'_, PyAny>, count: usize, room: &mut [u64; 4]) -> Option<Given> {
    let num = array.dtype().num();
    if let Some(fields) = plain(value.as_ptr(), num) {
        // SAFETY: A1.
        unsafe {
            let fields = &*fields;
            let step = match fields.nd {
                0 => 0,
                1 if *fields.dimensions == count as isize => *fields.strides,
                _ => return None,
            };
            return apart(array, fields).then_some(Given { data: fields.data, step });
        }
    }
    let room: *mut u8 = room.as_mut_ptr().cast();
    coerce::store_number(value, array.dtype(), room).then_some(Given { data: room, step: 0 })
}

/// True when nothing that `array` writes lies among the elements of `other`, a one-dimensional array or an element.
fn apart(array: &Array<'_>, other: &ArrayFields) -> bool {
    let bounds = |data: *mut u8, shape: &[isize], strides: &[isize], size: isize| {
        let (mut low, mut high) = (data as isize, data as isize + size);
        for (extent, stride) in shape.iter().zip(strides) {
            let reach = (extent - 1).max(0) * stride;
            (low, high) = (low + reach.min(0), high + reach.max(0));
        }
        (low, high)
    };
    // SAFETY: A1.
    let (shape, strides) = unsafe {
        let axes = other.nd as usize;
        if axes == 0 {
            (&[][..], &[][..])
        } else {
            (
                std::slice::from_raw_parts(other.dimensions, axes),
                std::slice::from_raw_parts(other.strides, axes),
            )
        }
    };
    // SAFETY: the array's dtype object.
    let size = unsafe { (*other.descr).fields.elsize };
    let (low, high) = bounds(other.data, shape, strides, size);
    let (start, end) =
        bounds(array.data(), array.shape(), array.strides(), array.dtype().itemsize() as isize);
    high <= start || end <= low
}

/// Writes the value's elements to those of the array under the mask, in turn.
///
/// # Safety
/// An element is writable for each of the mask; the value has one for each that is picked, apart from them.
unsafe fn spread(pair: &Masked, data: *mut u8, given: Given, size: usize) {
    let mut places = [const { MaybeUninit::<isize>::uninit() }; PIECE];
    let mut from = given.data;
    for start in (0..pair.count).step_by(PIECE) {
        let mask = Mask { data: pair.mask.wrapping_offset(start as isize * pair.mask_step), ..pair.mask() };
        let mask = mask.first((pair.count - start).min(PIECE));
        // SAFETY: by the contract; a piece has no more places than there is room for.
        unsafe {
            let found = true_places(mask, 0, places.as_mut_ptr().cast(), PIECE);
            let places = std::slice::from_raw_parts(places.as_ptr().cast::<isize>(), found);
            let data = data.wrapping_offset(start as isize * pair.step);
            let axis = Axis { data, stride: pair.step, extent: mask.count as isize };
            let value = Lane { data: from.cast_mut(), step: given.step };
            let placed = pick::scatter(axis, Numbers::dense(places), value, size);
            debug_assert!(placed.is_ok());
            from = from.wrapping_offset(given.step * found as isize);
        }
    }
}

/// `array[key] = value`, if it is that simple: of elements of an array that may be written. Returns whether it did.
pub(super) fn set(array: &Array<'_>, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> bool {
    is_simple(array) && try_set(array, key, value).is_some()
}

fn try_set(array: &Array<'_>, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> Option<()> {
    let (mut room, size) = ([0; 4], array.dtype().itemsize());
    if let Some(mask) = plain(key.as_ptr(), TypeNum::Bool) {
        let pair = beside(array, mask)?;
        let given = given(array, value, pair.picked(), &mut room)?;
        // SAFETY: a live array.
        if !apart(array, unsafe { &*mask }) {
            return None;
        }
        // SAFETY: the array has an element for each of the mask, the value one for each that is picked, apart from it.
        unsafe { spread(&pair, array.data(), given, size) };
        return Some(());
    }
    let mut columns = Columns::new();
    // Values that lie as a deep index array does are told from others by the general way.
    if !columns.read(key.as_ptr()) || columns.axes != array.ndim() || columns.deep.is_some() {
        return None;
    }
    for fields in columns.arrays.iter().filter(|fields| !fields.is_null()) {
        // SAFETY: a live array.
        if !apart(array, unsafe { &**fields }) {
            return None;
        }
    }
    let given = given(array, value, columns.count, &mut room)?;
    // All is checked before anything is written.
    let (from, step, to) = (given.data, given.step, array.data());
    let write = move |index: usize, offset: isize| {
        // SAFETY: an index within each axis leads to an element; the value is apart from the array.
        unsafe { copy(from.offset(index as isize * step), to.offset(offset), size) };
    };
    if let Some((axis, numbers)) = columns.one(array) {
        let value = Lane { data: from.cast_mut(), step };
        // SAFETY: places of the axis are the array's elements; the value has one for each number, apart from it.
        unsafe {
            pick::first_outside(numbers, axis.extent).is_none().then_some(())?;
            return pick::scatter(axis, numbers, value, size).ok();
        }
    }
    if columns.count > NEAR {
        columns.each(array, |_, _| ())?;
        return columns.each(array, write);
    }
    let mut offsets = [0; NEAR];
    columns.each(array, |index, offset| offsets[index % NEAR] = offset)?;
    offsets[..columns.count].iter().enumerate().for_each(|(index, offset)| write(index, *offset));
    Some(())
}
