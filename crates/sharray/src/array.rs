//! [`Array`]: memory it owns or shares, a dtype and a layout; how it looks, and how it is copied and cast.

use std::sync::Arc;

use sharray_base::layout::overlap::{Extent, Overlap};
use sharray_base::layout::reshape::Layout;
use sharray_base::layout::{c_strides, checked_len};
use sharray_base::memory::Memory;
use sharray_base::{DType, Dims, Error, Result, TypeNum, View, ViewMut};
use sharray_core::assign::{self, Casting, OVERLAP_WORK};

use crate::dtypes::ToDType;

/// An n-dimensional array of any dtype but `object`.
///
/// An array is a value. Clones and views (slices, transposes, …) share memory, which costs nothing, until one of them is
/// written to: writing takes `&mut`, and memory that anybody else looks at is copied first. So no array changes behind
/// its owner's back.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::arange(6)?.reshape(&[2, 3])?;
/// let mut last = a.get(s![-1])?; // a view: no element is copied
/// assert!(last.shares_memory(&a));
/// last.set(s![0], 30)?; // now it has memory of its own
/// assert_eq!(last.to_vec::<i64>()?, [30, 4, 5]);
/// assert_eq!(a.to_vec::<i64>()?, [0, 1, 2, 3, 4, 5]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
pub struct Array {
    memory: Arc<Memory>,
    layout: Layout,
    dtype: DType,
}

impl Array {
    /// Memory for an array of dense `strides`, not set unless `zeroed`. Who calls sets every element before anyone reads.
    pub(crate) fn fresh(dtype: &DType, shape: &[isize], strides: &[isize], zeroed: bool) -> Result<Array> {
        if dtype.holds_objects() {
            return Err(Error::NotImplemented(format!("arrays of dtype {dtype}: objects belong to Python")));
        }
        let bytes = checked_len(shape, dtype.itemsize())? * dtype.itemsize();
        let refused = |_| Error::Memory { shape: Dims::from_slice(shape), dtype: dtype.clone() };
        let memory = Memory::heap(bytes, zeroed).map_err(refused)?;
        Ok(Array { memory: Arc::new(memory), layout: Layout::of(shape, strides), dtype: dtype.clone() })
    }
    /// [`Array::fresh`] in C order.
    pub(crate) fn dense(dtype: &DType, shape: &[isize], zeroed: bool) -> Result<Array> {
        checked_len(shape, dtype.itemsize())?;
        Array::fresh(dtype, shape, &c_strides(shape, dtype.itemsize()), zeroed)
    }
    /// An array over memory from elsewhere: `offset` is where its first element lies, `strides` are in bytes.
    ///
    /// # Errors
    /// `Value` when the layout leaves the memory.
    ///
    /// # Safety
    /// While the array or a clone of it lives, nobody else writes to the memory, and its bytes are set.
    ///
    /// ```
    /// # use sharray::{Memory, prelude::*};
    /// let memory = Memory::heap(16, true)?;
    /// // SAFETY: the memory is zeroed, and nobody else knows of it.
    /// let a = unsafe { Array::from_memory(memory, dtype_of::<u16>(), &[3], &[-4], 12)? };
    /// assert_eq!(a.to_vec::<u16>()?, [0, 0, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub unsafe fn from_memory(
        memory: Memory,
        dtype: DType,
        shape: &[isize],
        strides: &[isize],
        offset: usize,
    ) -> Result<Array> {
        if dtype.holds_objects() {
            return Err(Error::NotImplemented(format!("arrays of dtype {dtype}: objects belong to Python")));
        }
        let empty = checked_len(shape, dtype.itemsize())? == 0;
        let (low, high) = if empty { (0, 0) } else { reach(shape, strides, dtype.itemsize()) };
        let (low, high) = (low + offset as i128, high + offset as i128);
        if shape.len() != strides.len() || low < 0 || high > memory.len() as i128 {
            return Err(Error::Value(format!(
                "shape {shape:?} with strides {strides:?} of {dtype} at byte {offset} leaves a memory of {} bytes",
                memory.len()
            )));
        }
        let layout = Layout { offset: offset as isize, ..Layout::of(shape, strides) };
        Ok(Array { memory: Arc::new(memory), layout, dtype })
    }

    /// The elements' dtype.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::zeros(&[2], "int16")?;
    /// assert_eq!((a.dtype().name(), a.dtype().itemsize()), ("int16".to_string(), 2));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn dtype(&self) -> &DType {
        &self.dtype
    }
    /// Extents, one per axis.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([[1, 2, 3], [4, 5, 6]]).shape(), [2, 3]);
    /// ```
    pub fn shape(&self) -> &[isize] {
        &self.layout.shape
    }
    /// Bytes from one element to the next, one per axis; negative along reversed axes, 0 along stretched ones.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1i32, 2, 3], [4, 5, 6]]);
    /// assert_eq!(a.strides(), [12, 4]);
    /// assert_eq!(a.t().strides(), [4, 12]);
    /// assert_eq!(a.get(s![0, (.., -1)])?.strides(), [-4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn strides(&self) -> &[isize] {
        &self.layout.strides
    }
    /// Number of axes.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!((Array::from(1.0).ndim(), Array::from([[1.0]]).ndim()), (0, 2));
    /// ```
    pub fn ndim(&self) -> usize {
        self.layout.shape.len()
    }
    /// Number of elements, over all axes (NumPy's `size`).
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::zeros(&[3, 4], "f8")?.len(), 12);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.view().len()
    }
    /// True when there is no element.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert!(Array::zeros(&[3, 0], "f8")?.is_empty());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.view().is_empty()
    }
    /// Bytes of all elements.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::zeros(&[3, 4], "f4")?.nbytes(), 48);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn nbytes(&self) -> usize {
        self.len() * self.dtype.itemsize()
    }
    /// True when the elements lie side by side in C order.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::zeros(&[2, 3], "f8")?;
    /// assert_eq!((a.is_c_contiguous(), a.t().is_c_contiguous()), (true, false));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_c_contiguous(&self) -> bool {
        self.view().is_c_contiguous()
    }
    /// True when the elements lie side by side in Fortran order.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert!(Array::zeros(&[2, 3], "f8")?.t().is_f_contiguous());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_f_contiguous(&self) -> bool {
        self.view().is_f_contiguous()
    }
    /// True when an element of one may lie in the memory of an element of the other (settled as far as little work goes).
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(10)?;
    /// let (even, odd) = (a.get(s![(.., 2)])?, a.get(s![(1.., 2)])?);
    /// assert!(a.shares_memory(&even) && !a.shares_memory(&a.copy()?));
    /// assert!(!even.shares_memory(&odd));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn shares_memory(&self, other: &Array) -> bool {
        let (a, b) = (self.view(), other.view());
        Extent::from(a).overlap(&Extent::from(b), Some(OVERLAP_WORK)) != Overlap::No
    }

    /// What the engine's operations take: pointer, dtype, shape and strides.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([1.0, 2.0]);
    /// assert!(a.view().is_aligned());
    /// ```
    pub fn view(&self) -> View<'_> {
        let data = self.memory.data().wrapping_offset(self.layout.offset);
        // SAFETY: the layout lies within the memory (V1–V3, checked where it was made); while `self` is borrowed nobody
        // writes, as writing takes an exclusive borrow of the only array on the memory.
        unsafe { View::new(data, &self.dtype, &self.layout.shape, &self.layout.strides) }
    }
    /// The same, writable. Memory that others look at, or that is read-only, is copied first.
    ///
    /// # Errors
    /// `Memory` when there is none for the copy.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::zeros(&[2], "f8")?;
    /// let before = a.view().data();
    /// assert_eq!(a.view_mut()?.data(), before);
    /// let other = a.clone();
    /// assert_ne!(a.view_mut()?.data(), before); // a copy: `other` has the memory now
    /// # Ok::<(), Error>(())
    /// ```
    pub fn view_mut(&mut self) -> Result<ViewMut<'_>> {
        self.make_own()?;
        // SAFETY: the memory is writable and this array's alone, which is borrowed exclusively.
        Ok(unsafe { ViewMut::new(self.view()) })
    }
    /// Copies the elements unless they can be written to where they are, each for itself.
    fn make_own(&mut self) -> Result<()> {
        let ours = self.memory.is_writable() && Arc::get_mut(&mut self.memory).is_some();
        if !ours || Extent::from(self.view()).internal_overlap(Some(OVERLAP_WORK)) != Overlap::No {
            *self = self.copy()?;
        }
        Ok(())
    }
    /// True when writing would not copy: nobody else looks at the memory, and it may be written.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::zeros(&[3], "f8")?;
    /// assert!(a.is_exclusive());
    /// let view = a.get(s![..2])?;
    /// assert!(!a.is_exclusive());
    /// drop(view);
    /// assert!(a.is_exclusive());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_exclusive(&mut self) -> bool {
        self.memory.is_writable() && Arc::get_mut(&mut self.memory).is_some()
    }
    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }
    /// What owns the memory, if that is an `O` and nobody else looks at it; else the array again.
    #[cfg(feature = "ndarray")]
    pub(crate) fn into_owner<O: std::any::Any + Send + Sync>(self) -> std::result::Result<O, Array> {
        let Array { memory, layout, dtype } = self;
        match Arc::try_unwrap(memory).map(Memory::into_owner) {
            Ok(Ok(owner)) => Ok(owner),
            Ok(Err(memory)) => Err(Array { memory: Arc::new(memory), layout, dtype }),
            Err(memory) => Err(Array { memory, layout, dtype }),
        }
    }

    /// The same memory under a layout whose offset counts from this array's first element.
    pub(crate) fn with_layout(&self, layout: Layout) -> Array {
        let layout = Layout { offset: self.layout.offset + layout.offset, ..layout };
        Array { memory: self.memory.clone(), layout, dtype: self.dtype.clone() }
    }
    /// The same memory as elements of another dtype that lie within this array's.
    pub(crate) fn with_dtype(&self, dtype: DType, layout: Layout) -> Array {
        Array { dtype, ..self.with_layout(layout) }
    }

    /// A copy in C order, with memory of its own.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(3)?;
    /// assert!(!a.copy()?.shares_memory(&a));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn copy(&self) -> Result<Array> {
        let mut result = Array::dense(&self.dtype, self.shape(), false)?;
        result.receive(self.view(), Casting::No)?;
        Ok(result)
    }
    /// The array itself where its elements lie side by side in C order, aligned and in native byte order, else a copy
    /// that does.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(6)?.reshape(&[2, 3])?;
    /// assert!(a.to_contiguous()?.shares_memory(&a));
    /// assert_eq!(a.t().to_contiguous()?.as_slice::<i64>()?, [0, 3, 1, 4, 2, 5]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn to_contiguous(&self) -> Result<Array> {
        if self.dtype.is_native() && self.is_c_contiguous() && self.view().is_aligned() {
            return Ok(self.clone());
        }
        let mut result = Array::dense(&self.dtype.to_native(), self.shape(), false)?;
        result.receive(self.view(), Casting::Equiv)?;
        Ok(result)
    }
    /// A copy cast to another dtype, by any cast there is, in the same memory order. Strings `S` and `U` without a size
    /// get the size that holds every number of this array's dtype.
    ///
    /// # Errors
    /// `Type` or `Value` for a text that names no dtype; what the cast reports (text that is no number).
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([1.9, -1.9]);
    /// assert_eq!(a.astype("int32")?.to_vec::<i32>()?, [1, -1]);
    /// assert_eq!(a.astype(">f4")?.dtype().to_string(), ">f4");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn astype(&self, dtype: impl ToDType) -> Result<Array> {
        self.cast(dtype.to_dtype()?, Casting::Unsafe)
    }
    /// [`Array::astype`] under a casting rule.
    ///
    /// # Errors
    /// `Cast` when the rule forbids the cast; else as [`Array::astype`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([1.5, 2.5]);
    /// assert!(matches!(a.astype_with("int64", Casting::SameKind), Err(Error::Cast { .. })));
    /// assert!(a.astype_with("float32", Casting::SameKind).is_ok());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn astype_with(&self, dtype: impl ToDType, casting: Casting) -> Result<Array> {
        self.cast(dtype.to_dtype()?, casting)
    }
    fn cast(&self, dtype: DType, casting: Casting) -> Result<Array> {
        let dtype = sized(dtype, &self.dtype)?;
        sharray_base::dtype::cast_rules::check_cast(&self.dtype, &dtype, casting)?;
        let strides = resized(&assign::dense_like(&self.view()), self.dtype.itemsize(), dtype.itemsize());
        let strides = strides.unwrap_or_else(|| c_strides(self.shape(), dtype.itemsize()));
        let mut result = Array::fresh(&dtype, self.shape(), &strides, false)?;
        result.receive(self.view(), casting)?;
        Ok(result)
    }
    /// Sets every element of a new array.
    pub(crate) fn receive(&mut self, source: View<'_>, casting: Casting) -> Result<()> {
        assign::copy(self.view_mut()?, source, casting)
    }
}

/// First and one-past-last byte that elements cover, from the first element's on. Any strides will do.
fn reach(shape: &[isize], strides: &[isize], itemsize: usize) -> (i128, i128) {
    let ways = shape.iter().zip(strides).map(|(&n, &stride)| (n as i128 - 1) * stride as i128);
    ways.fold((0, itemsize as i128), |(low, high), way| (low + way.min(0), high + way.max(0)))
}

/// Text and bytes without a size get one that holds `from`'s values.
fn sized(dtype: DType, from: &DType) -> Result<DType> {
    if !dtype.num().is_flexible() || dtype.itemsize() > 0 || dtype.as_structure().is_some() {
        return Ok(dtype);
    }
    if from.num() == dtype.num() {
        return Ok(from.with_order(dtype.order()));
    }
    if (dtype.num(), from.num()) == (TypeNum::String, TypeNum::Unicode) {
        // Promotion would make it wide text.
        return Ok(DType::flexible(TypeNum::String, from.itemsize() / 4));
    }
    Ok(sharray_base::dtype::promote(&dtype, from)?.with_order(dtype.order()))
}

/// Dense strides for elements of another size.
fn resized(strides: &[isize], from: usize, to: usize) -> Option<Dims> {
    let (from, to) = (isize::try_from(from).ok()?, isize::try_from(to).ok()?);
    strides.iter().map(|s| s.checked_div(from)?.checked_mul(to)).collect()
}

impl From<&Array> for Array {
    fn from(array: &Array) -> Array {
        array.clone()
    }
}
