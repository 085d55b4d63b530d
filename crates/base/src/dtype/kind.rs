//! The built-in types: one row each. NumPy's type numbers are the discriminants, so that tables can be indexed by them
//! and the C layout's `type_num` is a cast away.

/// NumPy's one-letter kinds (`dtype.kind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// `?`
    Bool = b'b',
    /// Signed integers.
    Int = b'i',
    /// Unsigned integers.
    UInt = b'u',
    /// Real floating point.
    Float = b'f',
    /// Complex floating point.
    Complex = b'c',
    /// Python objects.
    Object = b'O',
    /// Fixed-width bytes.
    Bytes = b'S',
    /// Fixed-width UCS-4 text.
    Unicode = b'U',
    /// Raw bytes, structures, subarrays.
    Void = b'V',
    /// Points in time.
    Datetime = b'M',
    /// Spans of time.
    Timedelta = b'm',
    /// Text of variable width.
    VString = b'T',
}

/// A built-in type by NumPy's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is the NumPy C type of that name; the table below describes them")]
pub enum TypeNum {
    Bool = 0,
    Byte = 1,
    UByte = 2,
    Short = 3,
    UShort = 4,
    Int = 5,
    UInt = 6,
    Long = 7,
    ULong = 8,
    LongLong = 9,
    ULongLong = 10,
    Float = 11,
    Double = 12,
    LongDouble = 13,
    CFloat = 14,
    CDouble = 15,
    CLongDouble = 16,
    Object = 17,
    String = 18,
    Unicode = 19,
    Void = 20,
    Datetime = 21,
    Timedelta = 22,
    Half = 23,
    VString = 24,
    BFloat16 = 25,
    Float8E4M3FN = 26,
    Float8E5M2 = 27,
}

/// NumPy's number of `StringDType`, which stands apart from the others.
pub const VSTRING_NUMBER: i32 = 2056;

/// How many type numbers there are.
pub const TYPE_COUNT: usize = 28;

/// Number of the first of the types that NumPy does not have. NumPy leaves 256 and above to types it is taught.
pub const EXTENSION_NUMBER: i32 = 256;
const FIRST_EXTENSION: i32 = TypeNum::BFloat16 as i32;

/// One row of the table of types.
#[derive(Debug)]
pub struct TypeRow {
    /// The number.
    pub num: TypeNum,
    /// The kind letter.
    pub kind: Kind,
    /// NumPy's type character (`dtype.char`).
    pub char: u8,
    /// Bytes an element takes; 0 where it is per dtype.
    pub itemsize: usize,
    /// The C type's alignment.
    pub alignment: usize,
    /// The scalar class's name, which `dtype.name` is made from: `int64`, `float32`.
    pub name: &'static str,
    /// The C type's name as in `dtype.type.__name__` where it differs, else the same: `longlong`.
    pub class_name: &'static str,
}

const LONG: usize = size_of::<std::ffi::c_long>();
const LONG_NAMES: (&str, &str) = if LONG == 8 { ("int64", "uint64") } else { ("int32", "uint32") };
/// Bytes a `long double` takes: x87 extended precision is padded to 16 on x86-64.
pub const LONG_DOUBLE: usize = if cfg!(target_env = "msvc") { 8 } else { 16 };

macro_rules! rows {
    ($($num:ident $kind:ident $char:literal $size:expr, $align:expr, $name:expr, $class:expr;)*) => {
        [$(TypeRow { num: TypeNum::$num, kind: Kind::$kind, char: $char, itemsize: $size, alignment: $align,
                     name: $name, class_name: $class }),*]
    };
}

/// The table, indexed by type number.
pub static TYPES: [TypeRow; TYPE_COUNT] = rows! {
    Bool        Bool      b'?' 1, 1, "bool", "bool";
    Byte        Int       b'b' 1, 1, "int8", "int8";
    UByte       UInt      b'B' 1, 1, "uint8", "uint8";
    Short       Int       b'h' 2, 2, "int16", "int16";
    UShort      UInt      b'H' 2, 2, "uint16", "uint16";
    Int         Int       b'i' 4, 4, "int32", "int32";
    UInt        UInt      b'I' 4, 4, "uint32", "uint32";
    Long        Int       b'l' LONG, LONG, LONG_NAMES.0, LONG_NAMES.0;
    ULong       UInt      b'L' LONG, LONG, LONG_NAMES.1, LONG_NAMES.1;
    LongLong    Int       b'q' 8, 8, "int64", "longlong";
    ULongLong   UInt      b'Q' 8, 8, "uint64", "ulonglong";
    Float       Float     b'f' 4, 4, "float32", "float32";
    Double      Float     b'd' 8, 8, "float64", "float64";
    LongDouble  Float     b'g' LONG_DOUBLE, LONG_DOUBLE, "float128", "longdouble";
    CFloat      Complex   b'F' 8, 4, "complex64", "complex64";
    CDouble     Complex   b'D' 16, 8, "complex128", "complex128";
    CLongDouble Complex   b'G' 2 * LONG_DOUBLE, LONG_DOUBLE, "complex256", "clongdouble";
    Object      Object    b'O' 8, 8, "object", "object_";
    String      Bytes     b'S' 0, 1, "bytes", "bytes_";
    Unicode     Unicode   b'U' 0, 4, "str", "str_";
    Void        Void      b'V' 0, 1, "void", "void";
    Datetime    Datetime  b'M' 8, 8, "datetime64", "datetime64";
    Timedelta   Timedelta b'm' 8, 8, "timedelta64", "timedelta64";
    Half        Float     b'e' 2, 2, "float16", "float16";
    VString     VString   b'T' 16, 8, "StringDType128", "str";
    BFloat16    Float     b'E' 2, 2, "bfloat16", "bfloat16";
    Float8E4M3FN Float    b'4' 1, 1, "float8_e4m3fn", "float8_e4m3fn";
    Float8E5M2  Float     b'5' 1, 1, "float8_e5m2", "float8_e5m2";
};

impl TypeNum {
    /// This type's row of the table.
    #[inline]
    pub fn row(self) -> &'static TypeRow {
        &TYPES[self as usize]
    }
    /// The type of NumPy's number, if there is one.
    #[inline]
    pub fn from_number(number: i32) -> Option<TypeNum> {
        if number == VSTRING_NUMBER {
            return Some(TypeNum::VString);
        }
        let extension = number.checked_sub(EXTENSION_NUMBER).filter(|n| *n >= 0);
        let row = match extension {
            Some(n) => n.checked_add(FIRST_EXTENSION),
            None => Some(number).filter(|n| *n < TypeNum::VString as i32),
        };
        row.and_then(|n| usize::try_from(n).ok()).and_then(|n| TYPES.get(n)).map(|row| row.num)
    }
    /// NumPy's number: the discriminant, but for `StringDType` and the types NumPy does not have.
    pub fn number(self) -> i32 {
        match self {
            TypeNum::VString => VSTRING_NUMBER,
            num if num.is_small_float() => EXTENSION_NUMBER + (num as i32 - FIRST_EXTENSION),
            num => num as i32,
        }
    }
    /// `bfloat16` and the floats of one byte: real numbers that NumPy does not have. They are computed in single
    /// precision, which holds all their values, and rounded once.
    pub const fn is_small_float(self) -> bool {
        matches!(self, TypeNum::BFloat16 | TypeNum::Float8E4M3FN | TypeNum::Float8E5M2)
    }
    /// The letter of `dtype.kind`. Types NumPy does not have are raw bytes (`V`) to those who only know NumPy's letters:
    /// a float of two bytes would be taken for `float16`.
    pub fn kind_letter(self) -> u8 {
        if self.is_small_float() { Kind::Void as u8 } else { self.kind() as u8 }
    }
    /// The type of this character (`dtype.char`).
    pub fn from_char(char: u8) -> Option<TypeNum> {
        TYPES.iter().find(|row| row.char == char).map(|row| row.num)
    }
    /// The kind letter.
    #[inline]
    pub fn kind(self) -> Kind {
        self.row().kind
    }
    /// Bool, integers, floats and complex numbers.
    #[inline]
    pub fn is_number(self) -> bool {
        matches!(self.kind(), Kind::Bool | Kind::Int | Kind::UInt | Kind::Float | Kind::Complex)
    }
    /// Signed or unsigned integers, without bool.
    #[inline]
    pub fn is_integer(self) -> bool {
        matches!(self.kind(), Kind::Int | Kind::UInt)
    }
    /// True when one dtype's itemsize may differ from another's: `S`, `U`, `V`.
    #[inline]
    pub fn is_flexible(self) -> bool {
        matches!(self, TypeNum::String | TypeNum::Unicode | TypeNum::Void)
    }
    /// Types that hold the same values under another number are given their first number: on 64-bit Linux
    /// `longlong` becomes `long`. Kernels are written once for both.
    pub fn canonical(self) -> TypeNum {
        match self {
            TypeNum::LongLong if LONG == 8 => TypeNum::Long,
            TypeNum::ULongLong if LONG == 8 => TypeNum::ULong,
            TypeNum::Int if LONG == 4 => TypeNum::Long,
            TypeNum::UInt if LONG == 4 => TypeNum::ULong,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_at_their_numbers() {
        for (number, row) in TYPES.iter().enumerate() {
            assert_eq!(row.num as usize, number);
            assert_eq!(TypeNum::from_char(row.char), Some(row.num));
            assert_eq!(TypeNum::from_number(row.num.number()), Some(row.num));
        }
        for none in [-1, 24, 25, 255, 259, 2055, i32::MIN, i32::MAX] {
            assert_eq!(TypeNum::from_number(none), None, "{none}");
        }
    }
}
