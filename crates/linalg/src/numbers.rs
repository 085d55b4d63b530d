//! Which numbers matrices are computed in.

use sharray_base::{DType, Kind, TypeNum};

/// The numbers that matrices of these dtypes are computed in together: single precision if all are, else double.
///
/// # Errors
/// The place of the first dtype that has no numbers here.
pub fn common<'a>(dtypes: impl IntoIterator<Item = &'a DType>) -> Result<TypeNum, usize> {
    let (mut single, mut complex) = (true, false);
    for (place, dtype) in dtypes.into_iter().enumerate() {
        match dtype.num() {
            TypeNum::Float => {}
            TypeNum::Double => single = false,
            TypeNum::CFloat => complex = true,
            TypeNum::CDouble => (single, complex) = (false, true),
            _ if matches!(dtype.kind(), Kind::Bool | Kind::Int | Kind::UInt) => single = false,
            _ => return Err(place),
        }
    }
    Ok(match (single, complex) {
        (true, false) => TypeNum::Float,
        (false, false) => TypeNum::Double,
        (true, true) => TypeNum::CFloat,
        (false, true) => TypeNum::CDouble,
    })
}

/// The type of the magnitudes of these numbers.
pub fn real(numbers: TypeNum) -> TypeNum {
    match numbers {
        TypeNum::Float | TypeNum::CFloat => TypeNum::Float,
        _ => TypeNum::Double,
    }
}

/// The complex type of these numbers' precision.
pub fn complex(numbers: TypeNum) -> TypeNum {
    match numbers {
        TypeNum::Float | TypeNum::CFloat => TypeNum::CFloat,
        _ => TypeNum::CDouble,
    }
}
