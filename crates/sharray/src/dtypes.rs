//! Whatever names a dtype: a [`DType`], a [`TypeNum`], or one of NumPy's spellings.

use sharray_base::dtype::parse::parse;
use sharray_base::{DType, Result, TypeNum};

/// What functions take where they want a dtype.
///
/// ```
/// use sharray::prelude::*;
/// for dtype in ["float64", "f8", "d", "<f8"] {
///     assert_eq!(dtype.to_dtype()?, dtype_of::<f64>());
/// }
/// assert_eq!("i4, f8".to_dtype()?.itemsize(), 12); // two fields
/// assert!(matches!("no dtype".to_dtype(), Err(Error::Type(_))));
/// # Ok::<(), Error>(())
/// ```
pub trait ToDType {
    /// The dtype it names.
    ///
    /// # Errors
    /// `Type` or `Value` for a text that names none.
    fn to_dtype(self) -> Result<DType>;
}

impl ToDType for DType {
    fn to_dtype(self) -> Result<DType> {
        Ok(self)
    }
}

impl ToDType for &DType {
    fn to_dtype(self) -> Result<DType> {
        Ok(self.clone())
    }
}

impl ToDType for TypeNum {
    fn to_dtype(self) -> Result<DType> {
        Ok(DType::of(self))
    }
}

impl ToDType for &str {
    fn to_dtype(self) -> Result<DType> {
        parse(self)
    }
}
