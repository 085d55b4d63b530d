//! [`Array`]: a checked handle on an ndarray object: its fields as the engine's views, and the ways to make one.
//!
//! Invariants, cited as A1…:
//! * A1. `dimensions` and `strides` point to `nd` values each, in one block: inside the object up to
//!   [`INLINE_AXES`] axes, else a block of the heap's, `strides` directly behind the first `nd` values.
//! * A2. `data` is valid for the layout (V3) as long as the object lives: it lies inside the object, in a block of ours
//!   (OWNDATA with our handler), in a block of C's `malloc` (OWNDATA without handler), or in memory that `base` keeps.
//! * A3. CONTIGUOUS and ALIGNED flags tell the truth about the layout; WRITEABLE is set only for writable memory.

use std::ffi::c_int;
use std::ops::Deref;
use std::ptr;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;
use sharray_base::layout::{self, Dims, Order};
use sharray_base::memory::heap;
use sharray_base::{DType, Error, View, ViewMut};

use super::layout::{ArrayFields, ArrayObject, DTypeObject, INLINE_AXES, INLINE_BYTES, flag};
use super::ndarray;
use super::{dtype, handler};
use crate::errors::OrRaise;

/// An object known to be an `ndarray` (or an instance of a subclass).
#[derive(Clone)]
pub struct Array<'py>(Bound<'py, PyAny>);

impl<'py> Deref for Array<'py> {
    type Target = Bound<'py, PyAny>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'py> AsRef<Bound<'py, PyAny>> for Array<'py> {
    fn as_ref(&self) -> &Bound<'py, PyAny> {
        &self.0
    }
}

impl<'py> Array<'py> {
    /// The handle, if `object` is an array.
    pub fn from_object(object: &Bound<'py, PyAny>) -> Option<Array<'py>> {
        ndarray::is_array(object).then(|| Array(object.clone()))
    }
    /// What a call that a subclass may have made its own gave for an array.
    ///
    /// # Errors
    /// `TypeError` if it is none.
    pub fn given(object: &Bound<'py, PyAny>, call: &str) -> PyResult<Array<'py>> {
        Array::from_object(object).ok_or_else(|| {
            let class = object.get_type();
            PyTypeError::new_err(format!("{call}() gave an object of {class} where an array was expected"))
        })
    }
    /// The handle of an object that surely is an array: nothing checks it in release builds, so never what
    /// Python code that a program can replace gave.
    #[inline]
    pub fn expect(object: &Bound<'py, PyAny>) -> Array<'py> {
        debug_assert!(ndarray::is_array(object));
        Array(object.clone())
    }
    /// The object.
    pub fn into_object(self) -> Bound<'py, PyAny> {
        self.0
    }
    fn raw(&self) -> *mut ArrayFields {
        self.0.as_ptr().cast()
    }
    /// The C fields.
    #[inline]
    pub fn fields(&self) -> &ArrayFields {
        // SAFETY: the object is an array and alive; fields are changed under the GIL only.
        unsafe { &*self.raw() }
    }
    /// Address of the first element.
    #[inline]
    pub fn data(&self) -> *mut u8 {
        self.fields().data
    }
    /// Extents.
    #[inline]
    pub fn shape(&self) -> &[isize] {
        let fields = self.fields();
        // SAFETY: A1.
        unsafe { slice(fields.dimensions, fields.nd) }
    }
    /// Strides in bytes.
    #[inline]
    pub fn strides(&self) -> &[isize] {
        let fields = self.fields();
        // SAFETY: A1.
        unsafe { slice(fields.strides, fields.nd) }
    }
    /// Number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.fields().nd as usize
    }
    /// Number of elements.
    #[inline]
    pub fn size(&self) -> usize {
        self.shape().iter().product::<isize>() as usize
    }
    /// Bytes of all elements.
    #[inline]
    pub fn nbytes(&self) -> usize {
        self.size() * self.dtype().itemsize()
    }
    /// The engine's dtype value.
    #[inline]
    pub fn dtype(&self) -> &DType {
        // SAFETY: `descr` is a live dtype object that the array holds.
        unsafe { &(*self.fields().descr).value }
    }
    /// The dtype object.
    pub fn descr(&self) -> Bound<'py, PyAny> {
        // SAFETY: as in `dtype`.
        unsafe { Bound::from_borrowed_ptr(self.py(), self.fields().descr.cast()) }
    }
    /// Flag bits.
    #[inline]
    pub fn flags(&self) -> c_int {
        self.fields().flags
    }
    /// True when all of `bits` are set.
    #[inline]
    pub fn has(&self, bits: c_int) -> bool {
        self.flags() & bits == bits
    }
    /// Sets or clears flag bits. Keeping A3 is the caller's matter.
    pub fn set_flags(&self, bits: c_int, on: bool) {
        // SAFETY: the object is alive and the GIL held; no reference to the field is kept.
        unsafe {
            let flags = &raw mut (*self.raw()).flags;
            *flags = if on { *flags | bits } else { *flags & !bits };
        }
    }
    /// What keeps the memory, if it is another object.
    pub fn base(&self) -> Option<Bound<'py, PyAny>> {
        // SAFETY: `base` is null or held by the array.
        unsafe { Bound::from_borrowed_ptr_or_opt(self.py(), self.fields().base) }
    }
    /// Gives an array that owns its memory a base, or takes it away: the original of a WRITEBACKIFCOPY array.
    pub fn set_base(&self, base: Option<Bound<'py, PyAny>>) {
        debug_assert!(self.has(flag::OWNDATA));
        // SAFETY: the object is alive; the old base's reference is given back after the field is whole again.
        unsafe {
            let new = base.map_or(ptr::null_mut(), Bound::into_ptr);
            let old = std::mem::replace(&mut (*self.raw()).base, new);
            ffi::Py_XDECREF(old);
        }
    }
    /// True for `ndarray` itself, not a subclass.
    pub fn is_exact(&self) -> bool {
        // SAFETY: a live object.
        unsafe { ptr::eq(ffi::Py_TYPE(self.as_ptr()), ndarray::type_object()) }
    }
    /// The elements, readable.
    pub fn view(&self) -> View<'_> {
        // SAFETY: A1, A2 for as long as `self` is borrowed; Python code that could change the fields runs only between
        // engine calls.
        unsafe { View::new(self.data(), self.dtype(), self.shape(), self.strides()) }
    }
    /// The elements, writable.
    ///
    /// # Errors
    /// `ValueError` for a read-only array.
    pub fn view_mut(&self, what: &str) -> PyResult<ViewMut<'_>> {
        if !self.has(flag::WRITEABLE) {
            return Err(PyValueError::new_err(format!("{what} is read-only")));
        }
        if self.flags() & flag::WARN_ON_WRITE != 0 {
            ndarray::warn_on_write(self)?;
        }
        Ok(self.view_mut_unchecked())
    }
    /// The elements of an array we have just made, or checked before.
    pub fn view_mut_unchecked(&self) -> ViewMut<'_> {
        // SAFETY: the memory is writable (fresh, or WRITEABLE by A3).
        unsafe { ViewMut::new(self.view()) }
    }
    /// Sets CONTIGUOUS and ALIGNED from the layout (A3).
    pub fn update_layout_flags(&self) {
        let (shape, strides, dtype) = (self.shape(), self.strides(), self.dtype());
        let aligned = layout::is_aligned(self.data() as usize, shape, strides, dtype.alignment());
        let told = contiguity(shape, strides, dtype.itemsize()) | if aligned { flag::ALIGNED } else { 0 };
        let bits = flag::C_CONTIGUOUS | flag::F_CONTIGUOUS | flag::ALIGNED;
        // SAFETY: the object is alive and the GIL held; no reference to the field is kept.
        unsafe {
            let flags = &raw mut (*self.raw()).flags;
            *flags = *flags & !bits | told;
        }
    }
    /// Replaces extents and strides.
    pub fn set_layout(&self, shape: &[isize], strides: &[isize]) -> PyResult<()> {
        // SAFETY: the object is alive; old dims are freed if they were on the heap, by A1.
        unsafe {
            let object: *mut ArrayObject = self.as_ptr().cast();
            let (shape, strides) = (Dims::from_slice(shape), Dims::from_slice(strides));
            free_dims(object);
            place_dims(object, &shape, &strides).or_raise(self.py())?;
        }
        self.update_layout_flags();
        Ok(())
    }
    /// Replaces the data pointer and base (the old base is given back).
    ///
    /// # Safety
    /// A2 holds for the new pointer and the array's layout.
    pub unsafe fn set_data(&self, data: *mut u8, base: Option<Bound<'py, PyAny>>) {
        // SAFETY: the object is alive.
        unsafe {
            let object: *mut ArrayObject = self.as_ptr().cast();
            free_data(object);
            let fields = self.raw();
            (*fields).data = data;
            let old = std::mem::replace(&mut (*fields).base, base.map_or(ptr::null_mut(), Bound::into_ptr));
            ffi::Py_XDECREF(old);
        }
        self.set_flags(flag::OWNDATA, false);
    }
    /// Exchanges data, ownership and shape with another array of the same dtype, both owning their memory.
    pub fn swap_memory(&self, other: &Array<'py>) {
        // SAFETY: both objects are alive and own their data; inline data is swapped bytewise, and pointers to it are
        // set anew (A2).
        unsafe {
            let (a, b): (*mut ArrayObject, *mut ArrayObject) = (self.as_ptr().cast(), other.as_ptr().cast());
            let inline = |o: *mut ArrayObject| -> *mut u8 { (&raw mut (*o).small).cast() };
            let (a_inline, b_inline) = ((*a).fields.data == inline(a), (*b).fields.data == inline(b));
            std::mem::swap(&mut (*a).small, &mut (*b).small);
            std::mem::swap(&mut (*a).fields.data, &mut (*b).fields.data);
            std::mem::swap(&mut (*a).fields.mem_handler, &mut (*b).fields.mem_handler);
            if b_inline {
                (*a).fields.data = inline(a);
            }
            if a_inline {
                (*b).fields.data = inline(b);
            }
        }
        let (a, b) = (layout_of(self), layout_of(other));
        let _ = self.set_layout(&b.0, &b.1);
        let _ = other.set_layout(&a.0, &a.1);
    }
    /// Takes over the memory and layout of a fresh array of this array's dtype; what this one had goes.
    pub fn take_over(&self, fresh: &Array<'py>) {
        // SAFETY: both are alive; the old base is given back, and after the swap this array owns its data.
        unsafe {
            let object: *mut ArrayObject = self.as_ptr().cast();
            if !self.has(flag::OWNDATA) {
                ffi::Py_CLEAR(&mut (*object).fields.base);
                (*object).fields.data = ptr::null_mut();
            }
        }
        let bits = flag::OWNDATA | flag::WRITEABLE;
        let owned = self.has(flag::OWNDATA);
        self.swap_memory(fresh);
        fresh.set_flags(flag::OWNDATA, owned);
        self.set_flags(bits, true);
    }
    /// Replaces the dtype object. Layout and data must fit it.
    pub fn set_descr(&self, descr: Bound<'py, PyAny>) {
        // SAFETY: the object is alive; the old dtype's reference is given back.
        unsafe {
            let old = std::mem::replace(&mut (*self.raw()).descr, descr.into_ptr().cast());
            ffi::Py_XDECREF(old.cast());
        }
    }

    /// A fresh array, uninitialised (but null for object elements) or zeroed, of type `ndarray`.
    pub fn new(py: Python<'py>, dtype: &DType, shape: &[isize], order: Order) -> PyResult<Array<'py>> {
        Self::build(py, &dtype::from_value(py, dtype)?, shape, order, false, None)
    }
    /// A fresh array of zero bytes.
    pub fn zeros(py: Python<'py>, dtype: &DType, shape: &[isize], order: Order) -> PyResult<Array<'py>> {
        Self::build(py, &dtype::from_value(py, dtype)?, shape, order, true, None)
    }
    /// A fresh array of `subtype` (or `ndarray`), a subarray dtype spread into the shape. `__array_finalize__` is
    /// called with `None` for subclasses.
    pub fn build(
        py: Python<'py>,
        descr: &Bound<'py, PyAny>,
        shape: &[isize],
        order: Order,
        zeroed: bool,
        subtype: Option<&Bound<'py, PyType>>,
    ) -> PyResult<Array<'py>> {
        let dtype = dtype::value(descr);
        if let Some((base, inner)) = dtype.flattened() {
            let full: Dims = shape.iter().chain(&inner).copied().collect();
            let base = dtype::from_value(py, base)?;
            return Self::build(py, &base, &full, order, zeroed, subtype);
        }
        layout::checked_len(shape, dtype.itemsize()).or_raise(py)?;
        let strides = match order {
            Order::F => layout::f_strides(shape, dtype.itemsize()),
            _ => layout::c_strides(shape, dtype.itemsize()),
        };
        let array = Self::allocate(py, descr, shape, &strides, zeroed, subtype)?;
        ndarray::finalize(&array, None)?;
        Ok(array)
    }
    /// A fresh array laid out with exactly these strides (a permutation of dense ones). Does not call
    /// `__array_finalize__`.
    pub fn allocate(
        py: Python<'py>,
        descr: &Bound<'py, PyAny>,
        shape: &[isize],
        strides: &[isize],
        zeroed: bool,
        subtype: Option<&Bound<'py, PyType>>,
    ) -> PyResult<Array<'py>> {
        let dtype = dtype::value(descr);
        let count = layout::checked_len(shape, dtype.itemsize()).or_raise(py)?;
        let bytes = count * dtype.itemsize();
        // What copies leave alone must hold no leftovers.
        let zeroed = zeroed || dtype.holds_objects() || dtype.has_gaps();
        // SAFETY: the raw object is filled completely before anyone sees it; A1–A3 are established here.
        unsafe {
            let object = ndarray::alloc_instance(py, subtype)?;
            let array = Array(Bound::from_owned_ptr(py, object.cast()));
            (*object).fields.descr = descr.clone().into_ptr().cast::<DTypeObject>();
            place_dims(object, shape, strides).or_raise(py)?;
            if count == 0 {
                // An array without elements has no distances between them (L3): NumPy's fresh ones say 0.
                ptr::write_bytes((*object).fields.strides, 0, shape.len());
            }
            if bytes <= INLINE_BYTES {
                (*object).fields.data = (&raw mut (*object).small).cast();
                if zeroed {
                    (*object).small = [0; INLINE_BYTES / 8];
                }
            } else {
                let block = heap::allocate(bytes, zeroed)
                    .map_err(|_| Error::Memory { shape: Dims::from_slice(shape), dtype: dtype.clone() });
                (*object).fields.data = block.or_raise(py)?.as_ptr();
            }
            (*object).fields.mem_handler = handler::capsule(py)?.into_ptr();
            let layout_flags = if count <= 1 {
                flag::C_CONTIGUOUS | flag::F_CONTIGUOUS
            } else {
                contiguity(shape, strides, dtype.itemsize())
            };
            (*object).fields.flags = layout_flags | flag::ALIGNED | flag::WRITEABLE | flag::OWNDATA;
            Ok(array)
        }
    }
    /// A fresh `ndarray` in C order, of a live dtype object of numbers and of `count` elements: as
    /// [`Array::allocate`], but with no step that a small result does not need.
    pub fn dense(
        py: Python<'py>,
        descr: *mut DTypeObject,
        shape: &[isize],
        count: usize,
    ) -> PyResult<Array<'py>> {
        Self::dense_block(py, descr, shape, count, false)
    }
    /// As [`Array::dense`], uninitialised or zeroed.
    pub fn dense_block(
        py: Python<'py>,
        descr: *mut DTypeObject,
        shape: &[isize],
        count: usize,
        zeroed: bool,
    ) -> PyResult<Array<'py>> {
        // SAFETY: a live dtype object, by the caller.
        let (bound, itemsize) =
            unsafe { (Bound::from_borrowed_ptr(py, descr.cast()), (*descr).fields.elsize as usize) };
        if shape.len() > INLINE_AXES {
            let strides = layout::c_strides(shape, itemsize);
            return Self::allocate(py, &bound, shape, &strides, zeroed, None);
        }
        let bytes = count * itemsize;
        let block =
            (bytes > INLINE_BYTES).then(|| heap::allocate(bytes, zeroed)).transpose().map_err(|_| {
                let shape = Dims::from_slice(shape);
                crate::errors::to_python(py, Error::Memory { shape, dtype: dtype::value(&bound).clone() })
            })?;
        // SAFETY: the raw object is filled completely before anyone sees it; A1–A3 are established here.
        unsafe {
            let object = ndarray::alloc_instance(py, None)?;
            let (fields, dims) = (&mut (*object).fields, &mut (*object).dims);
            fields.descr = bound.into_ptr().cast();
            fields.nd = shape.len() as c_int;
            fields.dimensions = dims.as_mut_ptr();
            fields.strides = fields.dimensions.add(shape.len());
            let (mut stride, mut long_axes) = (itemsize as isize, 0);
            for (axis, extent) in shape.iter().enumerate().rev() {
                dims[axis] = *extent;
                dims[shape.len() + axis] = if count == 0 { 0 } else { stride };
                stride *= (*extent).max(1);
                long_axes += (*extent != 1) as usize;
            }
            fields.data = match block {
                Some(block) => block.as_ptr(),
                None => (&raw mut (*object).small).cast(),
            };
            if zeroed && block.is_none() {
                (*object).small = [0; INLINE_BYTES / 8];
            }
            fields.mem_handler = handler::capsule(py)?.into_ptr();
            let both = if count == 0 || long_axes <= 1 { flag::F_CONTIGUOUS } else { 0 };
            fields.flags = both | flag::C_CONTIGUOUS | flag::ALIGNED | flag::WRITEABLE | flag::OWNDATA;
            Ok(Array(Bound::from_owned_ptr(py, object.cast())))
        }
    }
    /// As [`Array::from_memory`], for a dtype as users give it: of a subarray dtype each element is seen as the array that
    /// it is.
    ///
    /// # Safety
    /// As for [`Array::from_memory`].
    #[expect(clippy::too_many_arguments, reason = "the fields of the C layout, one by one")]
    pub unsafe fn spread_memory(
        py: Python<'py>,
        descr: &Bound<'py, PyAny>,
        data: *mut u8,
        shape: &[isize],
        strides: &[isize],
        writable: bool,
        base: Option<Bound<'py, PyAny>>,
        subtype: Option<&Bound<'py, PyType>>,
    ) -> PyResult<Array<'py>> {
        let Some((element, inner)) = dtype::value(descr).flattened() else {
            // SAFETY: handed on from the caller.
            return unsafe { Self::from_memory(py, descr, data, shape, strides, writable, base, subtype) };
        };
        let shape: Dims = shape.iter().chain(&inner).copied().collect();
        let within = layout::c_strides(&inner, element.itemsize());
        let strides: Dims = strides.iter().chain(&within).copied().collect();
        let element = dtype::from_value(py, element)?;
        // SAFETY: the same memory; the elements of a subarray lie densely.
        unsafe { Self::from_memory(py, &element, data, &shape, &strides, writable, base, subtype) }
    }
    /// An array that looks at memory which `base` keeps. Does not call `__array_finalize__`. `base` is stored as given,
    /// except that a chain of plain views is cut to the array that owns the memory.
    ///
    /// # Safety
    /// The layout is valid (V1–V3) while `base` lives; `writable` only for writable memory.
    #[expect(clippy::too_many_arguments, reason = "the fields of the C layout, one by one")]
    pub unsafe fn from_memory(
        py: Python<'py>,
        descr: &Bound<'py, PyAny>,
        data: *mut u8,
        shape: &[isize],
        strides: &[isize],
        writable: bool,
        base: Option<Bound<'py, PyAny>>,
        subtype: Option<&Bound<'py, PyType>>,
    ) -> PyResult<Array<'py>> {
        // SAFETY: as in `allocate`.
        unsafe {
            let object = ndarray::alloc_instance(py, subtype)?;
            let array = Array(Bound::from_owned_ptr(py, object.cast()));
            (*object).fields.descr = descr.clone().into_ptr().cast::<DTypeObject>();
            place_dims(object, shape, strides).or_raise(py)?;
            (*object).fields.data = data;
            (*object).fields.base = base.map_or(ptr::null_mut(), |b| collapse_base(object, b).into_ptr());
            (*object).fields.flags = if writable { flag::WRITEABLE } else { 0 };
            array.update_layout_flags();
            Ok(array)
        }
    }
    /// A view of this plain array's memory, of its dtype and of few axes, without any step that such a view does not
    /// need; `None` for arrays that are not that simple.
    ///
    /// # Safety
    /// As for [`Array::sub_view`]. Steps along axes longer than 1 are whole steps of this array's, or of its elements.
    #[inline]
    pub unsafe fn plain_view(&self, data: *mut u8, shape: &[isize], strides: &[isize]) -> Option<Array<'py>> {
        let own = self.fields();
        let bits = flag::ALIGNED | flag::WARN_ON_WRITE;
        if !self.is_exact() || shape.len() > INLINE_AXES || own.flags & bits != flag::ALIGNED {
            return None;
        }
        let base = if own.base.is_null() || own.flags & flag::OWNDATA != 0 {
            self.0.clone()
        } else {
            // SAFETY: a live base.
            let next: Bound<'py, PyAny> = unsafe { Bound::from_borrowed_ptr(self.py(), own.base) };
            match Array::from_object(&next) {
                Some(next) if next.is_exact() && next.flags() & flag::OWNDATA != 0 => next.0,
                _ => return None,
            }
        };
        // SAFETY: the raw object is filled completely before anyone sees it; A1–A3 are established here: what lies at
        // whole steps of an aligned array is aligned. Without memory the general way says so.
        unsafe {
            let object = ndarray::alloc_plain(self.py()).ok()?;
            let (fields, dims) = (&mut (*object).fields, &mut (*object).dims);
            fields.nd = shape.len() as c_int;
            fields.dimensions = dims.as_mut_ptr();
            fields.strides = fields.dimensions.add(shape.len());
            let itemsize = (*own.descr).fields.elsize;
            let mut bits = 0;
            let (mut c_step, mut f_step, mut dense, mut any) = (itemsize, itemsize, [true; 2], true);
            let axes = shape.len().min(INLINE_AXES).min(strides.len());
            for axis in 0..axes {
                let (extent, stride) = (shape[axis], strides[axis]);
                dims[axis] = extent;
                dims[axes + axis] = stride;
                any &= extent != 0;
                dense[1] &= extent == 1 || stride == f_step;
                f_step = f_step.wrapping_mul(extent);
                let (extent, stride) = (shape[axes - 1 - axis], strides[axes - 1 - axis]);
                dense[0] &= extent == 1 || stride == c_step;
                c_step = c_step.wrapping_mul(extent);
            }
            // Without elements there is no gap between any two.
            if dense[0] || !any {
                bits |= flag::C_CONTIGUOUS;
            }
            if dense[1] || !any {
                bits |= flag::F_CONTIGUOUS;
            }
            fields.data = data;
            fields.base = base.into_ptr();
            fields.descr = own.descr;
            ffi::Py_INCREF(own.descr.cast());
            fields.flags = bits | flag::ALIGNED | own.flags & flag::WRITEABLE;
            Some(Array(Bound::from_owned_ptr(self.py(), object.cast())))
        }
    }
    /// A view of this array's memory under another layout and dtype, of the same class; calls `__array_finalize__`.
    ///
    /// # Safety
    /// The layout is valid (V1–V3) within this array's memory.
    pub unsafe fn sub_view(
        &self,
        descr: &Bound<'py, PyAny>,
        data: *mut u8,
        shape: &[isize],
        strides: &[isize],
    ) -> PyResult<Array<'py>> {
        let class = self.get_type();
        // SAFETY: by the contract; the base keeps the memory.
        unsafe { self.sub_view_as(descr, data, shape, strides, Some(&class)) }
    }
    /// As [`Array::sub_view`], of a class of the caller's choice.
    ///
    /// # Safety
    /// As for [`Array::sub_view`].
    pub unsafe fn sub_view_as(
        &self,
        descr: &Bound<'py, PyAny>,
        data: *mut u8,
        shape: &[isize],
        strides: &[isize],
        class: Option<&Bound<'py, PyType>>,
    ) -> PyResult<Array<'py>> {
        let writable = self.has(flag::WRITEABLE);
        let base = Some(self.0.clone());
        let class = class.filter(|class| !ptr::eq(class.as_type_ptr(), ndarray::type_object()));
        // SAFETY: by the contract.
        let view =
            unsafe { Self::from_memory(self.py(), descr, data, shape, strides, writable, base, class)? };
        view.set_flags(self.flags() & flag::WARN_ON_WRITE, true);
        if class.is_some() {
            ndarray::finalize(&view, Some(self))?;
        }
        Ok(view)
    }
}

/// The CONTIGUOUS flags of a layout.
#[inline]
fn contiguity(shape: &[isize], strides: &[isize], itemsize: usize) -> c_int {
    let c = if layout::is_c_contiguous(shape, strides, itemsize) { flag::C_CONTIGUOUS } else { 0 };
    c | if layout::is_f_contiguous(shape, strides, itemsize) { flag::F_CONTIGUOUS } else { 0 }
}

fn layout_of(array: &Array<'_>) -> (Dims, Dims) {
    (Dims::from_slice(array.shape()), Dims::from_slice(array.strides()))
}

/// NumPy keeps as `base` the array that owns the memory, not a view of it: walks down the chain of views as long as
/// the next base is of the new array's own class.
#[inline]
unsafe fn collapse_base<'py>(array: *mut ArrayObject, mut base: Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    // SAFETY: `array` is a live object.
    let class = unsafe { ffi::Py_TYPE(array.cast()) };
    while let Some(link) = Array::from_object(&base).filter(|link| !link.has(flag::OWNDATA)) {
        match link.base() {
            Some(next) if ptr::eq(next.get_type_ptr(), class) => base = next,
            _ => break,
        }
    }
    base
}

unsafe fn slice<'a>(data: *const isize, len: c_int) -> &'a [isize] {
    // SAFETY: `len` values at `data` by A1; a 0-d array may have null pointers.
    if len == 0 { &[] } else { unsafe { std::slice::from_raw_parts(data, len as usize) } }
}

/// Puts extents and strides where A1 wants them.
unsafe fn place_dims(object: *mut ArrayObject, shape: &[isize], strides: &[isize]) -> Result<(), Error> {
    debug_assert_eq!(shape.len(), strides.len());
    let count = shape.len();
    // SAFETY: the block holds `2 * count` values, inside the object or fresh from the heap.
    unsafe {
        let block: *mut isize = if count <= INLINE_AXES {
            (&raw mut (*object).dims).cast()
        } else {
            heap::allocate(2 * count * size_of::<isize>(), false)?.as_ptr().cast()
        };
        // A few words: a loop is shorter than a call.
        for (axis, (extent, stride)) in shape.iter().zip(strides).enumerate() {
            block.add(axis).write(*extent);
            block.add(count + axis).write(*stride);
        }
        (*object).fields.nd = count as c_int;
        (*object).fields.dimensions = block;
        (*object).fields.strides = block.add(count);
    }
    Ok(())
}

/// Gives heap dims back (A1).
pub(super) unsafe fn free_dims(object: *mut ArrayObject) {
    // SAFETY: dims not inside the object are a block of ours.
    unsafe {
        let block = (*object).fields.dimensions;
        if !block.is_null() && block != (&raw mut (*object).dims).cast() {
            heap::release(ptr::NonNull::new_unchecked(block.cast()));
        }
        (*object).fields.dimensions = ptr::null_mut();
    }
}

/// Gives the data back, if the array owns it (A2). References in object elements must have been released before.
pub(super) unsafe fn free_data(object: *mut ArrayObject) {
    // SAFETY: OWNDATA memory is inside the object, or the handler's (A2).
    unsafe {
        let fields = &mut (*object).fields;
        let inline: *mut u8 = (&raw mut (*object).small).cast();
        if fields.flags & flag::OWNDATA != 0 && !fields.data.is_null() && fields.data != inline {
            handler::give_back(fields.mem_handler, ptr::NonNull::new_unchecked(fields.data));
        }
        fields.data = ptr::null_mut();
        ffi::Py_CLEAR(&mut fields.mem_handler);
    }
}
