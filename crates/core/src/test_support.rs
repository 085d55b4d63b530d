//! Arrays for the crate's own tests: owned memory behind the views, and a provider that keeps what was asked for.

use sharray_base::layout::c_strides;
use sharray_base::{DType, Dims, Result, TypeNum, View, ViewMut};

use crate::Provider;

/// An array that owns its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Owned {
    pub(crate) bytes: Vec<u8>,
    pub(crate) dtype: DType,
    pub(crate) shape: Dims,
    pub(crate) strides: Dims,
}

/// A Rust type that stands for a dtype.
pub(crate) trait Element: Copy {
    const NUM: TypeNum;
}
macro_rules! element {
    ($($t:ty => $num:ident),*) => { $(impl Element for $t { const NUM: TypeNum = TypeNum::$num; })* };
}
element!(bool => Bool, u8 => UByte, i32 => Int, i64 => Long, isize => LongLong, f64 => Double, f32 => Float);

impl Owned {
    /// A C-ordered array.
    pub(crate) fn new<T: Element>(values: &[T], shape: &[isize]) -> Owned {
        assert_eq!(values.len(), shape.iter().product::<isize>() as usize);
        let len = std::mem::size_of_val(values);
        let mut bytes = vec![0u8; len];
        // SAFETY: both hold `len` bytes; the element types have no padding.
        unsafe { std::ptr::copy_nonoverlapping(values.as_ptr().cast(), bytes.as_mut_ptr(), len) };
        let strides = c_strides(shape, size_of::<T>());
        Owned { bytes, dtype: DType::of(T::NUM), shape: Dims::from_slice(shape), strides }
    }
    /// 0, 1, 2, … of `shape`.
    pub(crate) fn range(shape: &[isize]) -> Owned {
        Owned::new::<i64>(&(0..shape.iter().product::<isize>() as i64).collect::<Vec<_>>(), shape)
    }
    pub(crate) fn one<T: Element>(values: &[T]) -> Owned {
        Owned::new(values, &[values.len() as isize])
    }
    /// The same memory with its axes reversed.
    pub(crate) fn reversed(mut self) -> Owned {
        self.shape.reverse();
        self.strides.reverse();
        self
    }
    pub(crate) fn view(&self) -> View<'_> {
        let data = self.bytes.as_ptr().cast_mut();
        // SAFETY: the layout lies within the bytes by construction.
        unsafe { View::new(data, &self.dtype, &self.shape, &self.strides) }
    }
    pub(crate) fn view_mut(&mut self) -> ViewMut<'_> {
        let data = self.bytes.as_mut_ptr();
        // SAFETY: as for `view`; borrowed exclusively.
        unsafe { ViewMut::new(View::new(data, &self.dtype, &self.shape, &self.strides)) }
    }
    /// The elements in C order of their indices.
    pub(crate) fn values<T: Element>(&self) -> Vec<T> {
        assert_eq!(self.dtype.itemsize(), size_of::<T>());
        let mut values = Vec::new();
        let view = self.view();
        let _ = crate::walk::walk_whole(&self.shape, &[(view.data(), &self.strides)], &mut |p, s, n| {
            // SAFETY: elements of our own bytes.
            values.extend(
                (0..n as isize).map(|i| unsafe { p[0].offset(i * s[0]).cast::<T>().read_unaligned() }),
            );
            Ok(())
        });
        values
    }
}

/// Keeps every output it gave memory for.
#[derive(Default)]
pub(crate) struct Outputs(pub(crate) Vec<Owned>);

impl Provider for Outputs {
    fn provide(
        &mut self,
        index: usize,
        dtype: &DType,
        shape: &[isize],
        strides: &[isize],
    ) -> Result<*mut u8> {
        assert_eq!(index, self.0.len(), "outputs are asked for in order");
        let len = shape.iter().product::<isize>() as usize * dtype.itemsize();
        let (shape, strides) = (Dims::from_slice(shape), Dims::from_slice(strides));
        self.0.push(Owned { bytes: vec![0xA5; len], dtype: dtype.clone(), shape, strides });
        Ok(self.0[index].bytes.as_mut_ptr())
    }
}
