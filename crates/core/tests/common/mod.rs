//! A small array for tests: bytes, a dtype, any layout; and pseudo-random numbers.
#![allow(dead_code, reason = "each test file uses its part")]

use sharray_base::layout::{Dims, c_strides};
use sharray_base::{DType, Result, View, ViewMut};
use sharray_core::Provider;
use sharray_kernels::cast::Transfer;

/// Elements in a byte buffer, at any offset and strides.
#[derive(Clone, Debug)]
pub struct Arr {
    pub bytes: Vec<u64>,
    pub dtype: DType,
    pub offset: isize,
    pub shape: Dims,
    pub strides: Dims,
}

impl Arr {
    /// Dense, in C order, from values cast to `dtype`.
    pub fn new(dtype: &DType, shape: &[isize], values: &[f64]) -> Arr {
        let strides = c_strides(shape, dtype.itemsize());
        let mut arr = Arr::room(dtype, shape, &strides, 0, values.len() * dtype.itemsize());
        arr.write(values);
        arr
    }
    /// Any layout in a zeroed buffer of `len` bytes.
    pub fn room(dtype: &DType, shape: &[isize], strides: &[isize], offset: isize, len: usize) -> Arr {
        let bytes = vec![0; len / 8 + 2];
        Arr { bytes, dtype: dtype.clone(), offset, shape: shape.into(), strides: strides.into() }
    }
    /// Another layout of the same dtype in a copy of the buffer.
    pub fn layout(&self, shape: &[isize], strides: &[isize], offset: isize) -> Arr {
        Arr { shape: shape.into(), strides: strides.into(), offset, ..self.clone() }
    }
    pub fn view(&self) -> View<'_> {
        let data = (self.bytes.as_ptr() as *mut u8).wrapping_offset(self.offset);
        // SAFETY: tests choose layouts inside the buffer.
        unsafe { View::new(data, &self.dtype, &self.shape, &self.strides) }
    }
    pub fn view_mut(&mut self) -> ViewMut<'_> {
        self.bytes.as_mut_ptr();
        // SAFETY: as for `view`; the buffer is ours to write.
        unsafe { ViewMut::new(self.view()) }
    }
    /// Byte offsets of the elements in C order, from the view's data.
    pub fn offsets(&self) -> Vec<isize> {
        let mut all = vec![0];
        for (n, s) in self.shape.iter().zip(&self.strides) {
            all = all.iter().flat_map(|base| (0..*n).map(move |i| base + i * s)).collect();
        }
        all
    }
    /// The elements in C order.
    pub fn read(&self) -> Vec<f64> {
        let transfer = Transfer::new(&self.dtype, &DType::of(sharray_base::TypeNum::Double), false).unwrap();
        let data = self.view().data();
        let one = |offset: isize| {
            let mut value = 0f64;
            // SAFETY: one element of the array, one double.
            unsafe { transfer.run(data.offset(offset), 0, (&raw mut value).cast(), 0, 1).unwrap() };
            value
        };
        self.offsets().into_iter().map(one).collect()
    }
    /// Sets the elements in C order.
    pub fn write(&mut self, values: &[f64]) {
        let transfer = Transfer::new(&DType::of(sharray_base::TypeNum::Double), &self.dtype, false).unwrap();
        let data = self.view_mut().data();
        for (offset, value) in self.offsets().into_iter().zip(values) {
            // SAFETY: one element of the array, one double.
            unsafe { transfer.run((&raw const *value).cast(), 0, data.offset(offset), 0, 1).unwrap() };
        }
    }
}

/// Gives new arrays.
#[derive(Default)]
pub struct Outputs(pub Vec<Arr>);

impl Provider for Outputs {
    fn provide(
        &mut self,
        index: usize,
        dtype: &DType,
        shape: &[isize],
        strides: &[isize],
    ) -> Result<*mut u8> {
        assert!(index >= self.0.len());
        let len = shape.iter().product::<isize>() as usize * dtype.itemsize();
        self.0.push(Arr::room(dtype, shape, strides, 0, len));
        Ok(self.0.last_mut().unwrap().view_mut().data())
    }
}

/// A linear congruential generator.
pub struct Random(pub u64);

impl Random {
    /// A number in `low..=high`.
    pub fn next(&mut self, low: isize, high: isize) -> isize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        low + ((self.0 >> 33) as isize) % (high - low + 1)
    }
    /// A shape of up to `ndim` axes.
    pub fn shape(&mut self, ndim: isize, extent: isize) -> Dims {
        (0..self.next(0, ndim)).map(|_| self.next(0, extent)).collect()
    }
    /// An array whose axes lie in random order and direction, with gaps, perhaps misaligned; filled with numbers.
    pub fn array(&mut self, dtype: &DType, shape: &[isize]) -> Arr {
        let mut order: Vec<usize> = (0..shape.len()).collect();
        (1..order.len()).for_each(|i| order.swap(i, self.next(0, i as isize) as usize));
        let mut strides = Dims::from_elem(0, shape.len());
        let (mut step, mut offset) = (dtype.itemsize() as isize, self.next(0, 1));
        for axis in order {
            step *= self.next(1, 2);
            strides[axis] = step;
            let reach = step * (shape[axis] - 1).max(0);
            if self.next(0, 1) == 1 {
                strides[axis] = -step;
                offset += reach;
            }
            step += reach;
        }
        let mut arr = Arr::room(dtype, shape, &strides, offset, (step + 16) as usize);
        let values: Vec<f64> = arr.offsets().iter().map(|_| self.next(0, 100) as f64).collect();
        arr.write(&values);
        arr
    }
}

/// Where, in C order, each element of `target` finds its value in an array of `shape` broadcast to it.
pub fn broadcast_positions(shape: &[isize], target: &[isize]) -> Vec<usize> {
    let total: isize = target.iter().product();
    let added = target.len() - shape.len();
    (0..total)
        .map(|flat| {
            let (mut rest, mut index) = (flat, vec![0; target.len()]);
            for axis in (0..target.len()).rev() {
                index[axis] = rest % target[axis];
                rest /= target[axis];
            }
            shape.iter().enumerate().fold(0, |p, (a, n)| p * n + if *n == 1 { 0 } else { index[added + a] })
                as usize
        })
        .collect()
}
