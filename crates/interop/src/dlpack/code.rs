//! Dtypes as DLPack names them, both ways.

use sharray_base::{DType, Error, Kind, Result, TypeNum};

use super::abi::DataType;

const INT: u8 = 0;
const UINT: u8 = 1;
const FLOAT: u8 = 2;
const BFLOAT: u8 = 4;
const COMPLEX: u8 = 5;
const BOOL: u8 = 6;
const FLOAT8_E4M3FN: u8 = 10;
const FLOAT8_E5M2: u8 = 12;

/// Every type that both sides have. Of C's names for one width, the one whose dtype NumPy calls by that width.
const TABLE: &[(u8, u8, TypeNum)] = &[
    (BOOL, 8, TypeNum::Bool),
    (INT, 8, TypeNum::Byte),
    (INT, 16, TypeNum::Short),
    (INT, 32, TypeNum::Int),
    (INT, 64, TypeNum::Long),
    (UINT, 8, TypeNum::UByte),
    (UINT, 16, TypeNum::UShort),
    (UINT, 32, TypeNum::UInt),
    (UINT, 64, TypeNum::ULong),
    (FLOAT, 16, TypeNum::Half),
    (FLOAT, 32, TypeNum::Float),
    (FLOAT, 64, TypeNum::Double),
    (COMPLEX, 64, TypeNum::CFloat),
    (COMPLEX, 128, TypeNum::CDouble),
    (BFLOAT, 16, TypeNum::BFloat16),
    (FLOAT8_E4M3FN, 8, TypeNum::Float8E4M3FN),
    (FLOAT8_E5M2, 8, TypeNum::Float8E5M2),
];

/// Names of DLPack's codes, for messages.
const NAMES: [&str; 18] = [
    "int",
    "uint",
    "float",
    "opaque handle",
    "bfloat",
    "complex",
    "bool",
    "float8_e3m4",
    "float8_e4m3",
    "float8_e4m3b11fnuz",
    "float8_e4m3fn",
    "float8_e4m3fnuz",
    "float8_e5m2",
    "float8_e5m2fnuz",
    "float8_e8m0fnu",
    "float6_e2m3fn",
    "float6_e3m2fn",
    "float4_e2m1fn",
];

/// DLPack's name of `dtype`.
///
/// # Errors
/// `Buffer` for dtypes that DLPack can't name, with what to hand over in their place.
pub fn write(dtype: &DType) -> Result<DataType> {
    if dtype.as_structure().is_some() || dtype.as_subarray().is_some() {
        return Err(refused(dtype, "hand over each field by itself, x[\"field\"]"));
    }
    if !dtype.is_native() {
        return Err(Error::Buffer(format!(
            "DLPack has native byte order only, and the array's dtype is {dtype} ({}): convert it first, \
             x.astype(x.dtype.newbyteorder(\"=\"))",
            if dtype.order_char() == '>' { "big-endian" } else { "little-endian" }
        )));
    }
    let num = match dtype.num() {
        TypeNum::LongLong => TypeNum::Long,
        TypeNum::ULongLong => TypeNum::ULong,
        num => num,
    };
    match TABLE.iter().find(|row| row.2 == num) {
        Some(&(code, bits, _)) => Ok(DataType { code, bits, lanes: 1 }),
        None => Err(refused(dtype, advice(dtype.kind()))),
    }
}

fn refused(dtype: &DType, advice: &str) -> Error {
    Error::Buffer(format!(
        "DLPack has booleans, integers, floating-point and complex numbers up to 64 bits a part only, and the array's dtype \
         is {dtype}: {advice}"
    ))
}

fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::Float => "convert it first, x.astype(\"float64\")",
        Kind::Complex => "convert it first, x.astype(\"complex128\")",
        Kind::Datetime | Kind::Timedelta => {
            "hand over its numbers, x.view(\"int64\"), and tell the unit apart"
        }
        Kind::Object => "convert it to a dtype of numbers first",
        _ => "hand over its bytes, x.view(\"uint8\"), if the other side can read them",
    }
}

/// The dtype that DLPack names.
///
/// # Errors
/// `Runtime` for vectors of numbers, and for types that are no dtype here.
pub fn read(named: DataType) -> Result<DType> {
    let DataType { code, bits, lanes } = named;
    if lanes != 1 {
        return Err(Error::Runtime(format!(
            "unsupported lanes in the DLPack tensor's dtype: {lanes} numbers make one element, and an array's elements are \
             single numbers"
        )));
    }
    match TABLE.iter().find(|row| row.0 == code && row.1 == bits) {
        Some(&(_, _, num)) => Ok(DType::of(num)),
        None => Err(Error::Runtime(format!(
            "unsupported dtype in the DLPack tensor: {bits} bits of type code {code} ({})",
            NAMES.get(code as usize).copied().unwrap_or("which DLPack does not define")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for &(code, bits, num) in TABLE {
            let dtype = DType::of(num);
            assert_eq!(dtype.itemsize() * 8, bits as usize, "{dtype}");
            let named = write(&dtype).unwrap();
            assert_eq!(named, DataType { code, bits, lanes: 1 });
            assert_eq!(read(named).unwrap().num(), num);
        }
    }

    #[test]
    fn one_width_has_one_name() {
        assert_eq!(write(&DType::of(TypeNum::LongLong)).unwrap(), DataType { code: INT, bits: 64, lanes: 1 });
        assert_eq!(
            write(&DType::of(TypeNum::ULongLong)).unwrap(),
            DataType { code: UINT, bits: 64, lanes: 1 }
        );
    }

    #[test]
    fn what_has_no_name_is_refused() {
        let swapped = DType::of(TypeNum::Int).swapped();
        let text = write(&swapped).unwrap_err().to_string();
        assert!(text.contains("byte order") && text.contains("astype"), "{text}");
        for num in
            [TypeNum::LongDouble, TypeNum::CLongDouble, TypeNum::Object, TypeNum::Void, TypeNum::Datetime]
        {
            assert!(matches!(write(&DType::of(num)), Err(Error::Buffer(_))), "{num:?}");
        }
    }

    #[test]
    fn unknown_codes_are_named() {
        for (code, bits) in [(0, 7), (2, 80), (6, 1), (3, 64), (17, 4), (200, 8), (8, 8)] {
            let text = read(DataType { code, bits, lanes: 1 }).unwrap_err().to_string();
            assert!(text.contains(&code.to_string()) && text.contains(&bits.to_string()), "{text}");
        }
        for lanes in [0, 2, u16::MAX] {
            let text = read(DataType { code: FLOAT, bits: 32, lanes }).unwrap_err().to_string();
            assert!(text.contains(&lanes.to_string()), "{text}");
        }
    }
}
