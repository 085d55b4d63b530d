//! Elements as Rust values: slices, vectors, single values, iterators, text.

use std::marker::PhantomData;

use sharray_base::layout::reshape::Layout;
use sharray_base::{ByteOrder, DType, Dims, Error, Kind, Result, TypeNum, View};

use crate::Array;
use crate::element::{Element, dtype_of};
use crate::index::Key;

impl Array {
    /// Refuses a Rust type that is not the dtype's.
    pub(crate) fn expect<T: Element>(&self) -> Result<()> {
        let wanted = dtype_of::<T>();
        if self.dtype().to_native().equivalent(&wanted) {
            return Ok(());
        }
        Err(Error::Type(format!("the elements are {}, not {wanted}; cast them with astype", self.dtype())))
    }
    /// The array in native byte order: itself, or a copy.
    fn native(&self) -> Result<Array> {
        if self.dtype().is_native() { Ok(self.clone()) } else { self.to_contiguous() }
    }
    /// The elements where they lie.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Value` when the elements are not side by side in C order, aligned and in native
    /// byte order ([`Array::to_contiguous`] makes an array whose are), or when bool bytes are neither 0 nor 1.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(4)?.reshape(&[2, 2])?;
    /// assert_eq!(a.as_slice::<i64>()?, [0, 1, 2, 3]);
    /// assert!(matches!(a.as_slice::<f64>(), Err(Error::Type(_))));
    /// assert!(matches!(a.t().as_slice::<i64>(), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn as_slice<T: Element>(&self) -> Result<&[T]> {
        self.expect::<T>()?;
        let view = self.view();
        if !(self.dtype().is_native() && view.is_c_contiguous() && view.is_aligned()) {
            return Err(Error::Value(format!(
                "elements of {} with shape {:?} and strides {:?} are no slice; to_contiguous makes one",
                self.dtype(),
                self.shape(),
                self.strides()
            )));
        }
        check_bytes::<T>(&view)?;
        if view.is_empty() {
            return Ok(&[]);
        }
        // SAFETY: `len` dense, aligned, native elements of `T`'s dtype, each a value of `T`; nobody writes while `self` is
        // borrowed.
        Ok(unsafe { std::slice::from_raw_parts(view.data().cast(), view.len()) })
    }
    /// The elements where they lie, to write to. Memory that others look at is copied first, and so are elements that are
    /// not side by side in C order.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Value` for bool bytes that are neither 0 nor 1; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::zeros(&[3], "f8")?;
    /// a.as_mut_slice::<f64>()?[1] = 2.5;
    /// assert_eq!(a.to_string(), "[0.  2.5 0. ]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn as_mut_slice<T: Element>(&mut self) -> Result<&mut [T]> {
        self.expect::<T>()?;
        *self = self.to_contiguous()?;
        let view = self.view_mut()?;
        check_bytes::<T>(&view)?;
        if view.is_empty() {
            return Ok(&mut []);
        }
        // SAFETY: as in `as_slice`; the memory is writable and this array's alone, which is borrowed exclusively.
        Ok(unsafe { std::slice::from_raw_parts_mut(view.data().cast(), view.len()) })
    }
    /// The elements in C order, of any layout and byte order.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2], [3, 4]]);
    /// assert_eq!(a.t().to_vec::<i32>()?, [1, 3, 2, 4]);
    /// assert!(matches!(a.to_vec::<i64>(), Err(Error::Type(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn to_vec<T: Element>(&self) -> Result<Vec<T>> {
        Ok(self.iter::<T>()?.collect())
    }
    /// The only element.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Value` when there is not exactly one element.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::arange(5)?.sum(())?.item::<i64>()?, 10);
    /// assert!(matches!(Array::arange(5)?.item::<i64>(), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn item<T: Element>(&self) -> Result<T> {
        let mut elements = self.iter::<T>()?;
        match (elements.next(), elements.len()) {
            (Some(value), 0) => Ok(value),
            _ => Err(Error::Value(format!("an array of shape {:?} has not one element only", self.shape()))),
        }
    }
    /// The element at an index: one number per axis, negative ones from the end.
    ///
    /// # Errors
    /// `Index` for a number out of bounds, or another number of them than axes; `Type` when the dtype is not `T`'s.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2], [3, 4]]);
    /// assert_eq!(a.at::<i32>(&[0, -1])?, 2);
    /// assert!(matches!(a.at::<i32>(&[0, 2]), Err(Error::Index(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn at<T: Element>(&self, index: &[isize]) -> Result<T> {
        if index.len() != self.ndim() {
            let message = format!("{} numbers for an element of {} axes", index.len(), self.ndim());
            return Err(Error::Index(message));
        }
        let keys: Vec<Key> = index.iter().map(|&i| Key::Int(i)).collect();
        self.get(&keys)?.item()
    }
    /// An iterator over the elements in C order, by value.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Memory` when the byte order has to be changed.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(6)?.reshape(&[2, 3])?;
    /// assert_eq!(a.t().iter::<i64>()?.filter(|n| n % 2 == 1).collect::<Vec<_>>(), [3, 1, 5]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn iter<T: Element>(&self) -> Result<Elements<T>> {
        self.expect::<T>()?;
        Ok(Elements::new(self.native()?))
    }
    /// An iterator over the parts along the first axis, as views.
    ///
    /// # Errors
    /// `Type` for an array without axes.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2], [3, 4]]);
    /// let sums: Vec<i64> = a.rows()?.map(|row| row.sum(())?.item()).collect::<Result<_>>()?;
    /// assert_eq!(sums, [3, 7]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn rows(&self) -> Result<impl ExactSizeIterator<Item = Array> + '_> {
        let (Some(&n), Some(&step)) = (self.shape().first(), self.strides().first()) else {
            return Err(Error::Type("iteration over a 0-d array".into()));
        };
        let (shape, strides) = (Dims::from_slice(&self.shape()[1..]), Dims::from_slice(&self.strides()[1..]));
        let row = Layout { offset: 0, shape, strides };
        Ok((0..n as usize)
            .map(move |i| self.with_layout(Layout { offset: i as isize * step, ..row.clone() })))
    }

    /// Text as an array of dtype `U`, as wide as the longest.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let names = Array::from_strings(&["Ada", "Grace"])?;
    /// assert_eq!(names.dtype().to_string(), "<U5");
    /// assert_eq!(names.to_strings()?, ["Ada", "Grace"]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_strings<S: AsRef<str>>(values: &[S]) -> Result<Array> {
        let longest = values.iter().map(|s| s.as_ref().chars().count()).max().unwrap_or(0).max(1);
        let dtype = DType::flexible(TypeNum::Unicode, 4 * longest);
        let mut array = Array::zeros(&[values.len() as isize], &dtype)?;
        let data = array.view_mut()?.data().cast::<u32>();
        for (place, text) in values.iter().enumerate() {
            for (i, character) in text.as_ref().chars().enumerate() {
                // SAFETY: `longest` characters of 4 aligned bytes per element.
                unsafe { data.add(place * longest + i).write(character.into()) };
            }
        }
        Ok(array)
    }
    /// The elements of an array of dtype `U` or `S` in C order, without the zeros at their ends. Code points that are no
    /// characters become `U+FFFD`; bytes are taken as Latin-1.
    ///
    /// # Errors
    /// `Type` for another dtype.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([1.5, 2.0]).astype("S")?.to_strings()?, ["1.5", "2.0"]);
    /// assert!(matches!(Array::arange(2)?.to_strings(), Err(Error::Type(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn to_strings(&self) -> Result<Vec<String>> {
        if !matches!(self.dtype().kind(), Kind::Bytes | Kind::Unicode) {
            return Err(Error::Type(format!("the elements are {}, not text", self.dtype())));
        }
        let dense = self.to_contiguous()?;
        let (view, size) = (dense.view(), self.dtype().itemsize());
        debug_assert_eq!(dense.dtype().order(), ByteOrder::Native);
        // SAFETY: `len` dense elements of `size` bytes.
        let bytes = unsafe { bytes_of(&view) };
        let wide = self.dtype().kind() == Kind::Unicode;
        let text = |i: usize| element_text(&bytes[i * size..(i + 1) * size], wide);
        Ok((0..view.len()).map(text).collect())
    }
}

/// The bytes of a dense view.
///
/// # Safety
/// The view is dense in C order.
pub(crate) unsafe fn bytes_of<'a>(view: &View<'a>) -> &'a [u8] {
    let bytes = view.len() * view.dtype().itemsize();
    // SAFETY: dense elements, by this function's contract; every element of an array is set.
    unsafe { std::slice::from_raw_parts(view.data(), bytes) }
}

fn element_text(bytes: &[u8], wide: bool) -> String {
    let code = |c: &[u8]| u32::from_ne_bytes(c.try_into().unwrap_or_default());
    let text: String = if wide {
        bytes
            .chunks_exact(4)
            .map(|c| char::from_u32(code(c)).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else {
        bytes.iter().map(|&b| char::from(b)).collect()
    };
    text.trim_end_matches('\0').to_string()
}

/// Refuses bytes of a dense view that are no `T`.
pub(crate) fn check_bytes<T: Element>(view: &View<'_>) -> Result<()> {
    if !T::PICKY || view.is_empty() {
        return Ok(());
    }
    // SAFETY: callers have checked that the view is dense.
    let bytes = unsafe { bytes_of(view) };
    match bytes.iter().position(|&b| b > 1) {
        None => Ok(()),
        Some(place) => {
            Err(Error::Value(format!("element {place} is a bool of the byte {}, not 0 or 1", bytes[place])))
        }
    }
}

/// An iterator over elements in C order; made by [`Array::iter`].
#[derive(Debug, Clone)]
pub struct Elements<T> {
    /// In native byte order.
    array: Array,
    /// Where the next element lies, in bytes from the first.
    offset: isize,
    /// The next element's index.
    index: Dims,
    left: usize,
    element: PhantomData<T>,
}

impl<T: Element> Elements<T> {
    fn new(array: Array) -> Elements<T> {
        let index = Dims::from_elem(0, array.ndim());
        let left = array.len();
        Elements { array, offset: 0, index, left, element: PhantomData }
    }
    fn advance(&mut self) {
        let (shape, strides) = (self.array.shape(), self.array.strides());
        for axis in (0..shape.len()).rev() {
            self.index[axis] += 1;
            self.offset = self.offset.wrapping_add(strides[axis]);
            if self.index[axis] < shape[axis] {
                return;
            }
            self.index[axis] = 0;
            self.offset = self.offset.wrapping_sub(strides[axis].wrapping_mul(shape[axis]));
        }
    }
}

impl<T: Element> Iterator for Elements<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        let at = self.array.view().data().wrapping_offset(self.offset);
        // SAFETY: the element at `index`, in native order and of `T`'s dtype (V3).
        let value = unsafe { T::read(at) };
        self.advance();
        Some(value)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T: Element> ExactSizeIterator for Elements<T> {}
