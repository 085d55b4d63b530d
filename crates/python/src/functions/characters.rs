//! Properties of characters, from the interpreter's own tables: `np.strings.isalpha` agrees with `str.isalpha`.

use std::ffi::c_int;

use sharray_kernels::string::characters::{Characters, register};

macro_rules! tests {
    ($($name:ident = $function:ident),*) => {
        unsafe extern "C" {
            $(fn $function(code: u32) -> c_int;)*
        }
        $(fn $name(code: u32) -> bool {
            // SAFETY: a look-up in constant tables that takes any code point, with or without the GIL.
            code <= char::MAX as u32 && unsafe { $function(code) } != 0
        })*
    };
}

tests! {
    alpha = _PyUnicode_IsAlpha,
    decimal = _PyUnicode_IsDecimalDigit,
    digit = _PyUnicode_IsDigit,
    numeric = _PyUnicode_IsNumeric,
    space = _PyUnicode_IsWhitespace,
    lower = _PyUnicode_IsLowercase,
    upper = _PyUnicode_IsUppercase,
    title = _PyUnicode_IsTitlecase
}

/// Hands the tests to the kernels.
pub fn add_to() {
    register(Characters { alpha, decimal, digit, numeric, space, lower, upper, title });
}
