//! Functions of text: each works on every element of arrays of dtype `S` or `U`, with broadcasting, as `numpy.strings` does.
//!
//! What stands beside an array ([`Text`]) is another array or a text of Rust's, which takes the array's kind. Places and
//! lengths count characters; where to look is a range of Rust's, whose negative ends count from the end of the text.
//! Texts are compared by the methods of [`Array`] (`equal`, `less`, …) and joined by [`Array::add`].
//!
//! ```
//! use sharray::prelude::*;
//! use sharray::strings;
//!
//! # fn main() -> Result<()> {
//! let codes = Array::from_strings(&["  osl-tos ", "bgo-svg"])?;
//! let codes = strings::upper(&strings::strip(&codes)?)?;
//! let [from, _, to] = strings::partition(&codes, "-")?;
//! assert_eq!((from.to_strings()?, to.to_strings()?), (vec!["OSL".into(), "BGO".into()], vec!["TOS".into(), "SVG".into()]));
//! assert_eq!(strings::find(&codes, "S", ..)?.to_vec::<i64>()?, [1, 4]);
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//! `Type` for arrays of other dtypes; `Broadcast` for shapes that don't fit together; `Value` for a text beyond
//! ASCII beside bytes; `Memory`. What else a function refuses, it says.

use std::ops::{Bound, RangeBounds};

use sharray_base::layout::broadcast_shapes;
use sharray_base::{DType, Dims, Error, Kind, Result, TypeNum};

use crate::Array;
use crate::operand::Input;
use crate::ufunc::{Known, ufunc};

/// A text beside an array of texts: an array, or one of Rust's.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::strings;
/// let names = Array::from_strings(&["Ada", "Emmy"])?;
/// assert_eq!(strings::starts_with(&names, "A", ..)?.to_vec::<bool>()?, [true, false]);
/// let ends = Array::from_strings(&["a", "a"])?;
/// assert_eq!(strings::ends_with(&names, &ends, ..)?.to_vec::<bool>()?, [true, false]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// Texts that broadcast with the array.
    Array(&'a Array),
    /// One for all elements.
    One(&'a str),
}

impl<'a> From<&'a Array> for Text<'a> {
    fn from(array: &'a Array) -> Text<'a> {
        Text::Array(array)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Text<'a> {
        Text::One(text)
    }
}

impl Text<'_> {
    /// As an array of the kind of `a`.
    fn beside(self, a: &Array) -> Result<Array> {
        let array = match self {
            Text::Array(array) => {
                check(array)?;
                array.clone()
            }
            Text::One(text) => Array::from_strings(&[text])?.reshape(&[])?,
        };
        match (a.dtype().kind(), array.dtype().kind()) {
            (wanted, kind) if wanted == kind => Ok(array),
            (Kind::Bytes, _) if array.to_strings()?.iter().all(|text| text.is_ascii()) => array.astype("S"),
            (Kind::Bytes, _) => Err(Error::Value(format!("{array} beside bytes: not all of it is ASCII"))),
            _ => array.astype("U"),
        }
    }
}

/// An error unless the array holds text.
fn check(a: &Array) -> Result<()> {
    match a.dtype().kind() {
        Kind::Bytes | Kind::Unicode => Ok(()),
        _ => Err(Error::Type(format!("text is needed, not {}", a.dtype()))),
    }
}

/// The ends of a range as NumPy takes them: from, and up to but not including.
fn span(within: &impl RangeBounds<i64>) -> (i64, i64) {
    let start = match within.start_bound() {
        Bound::Included(&start) => start,
        Bound::Excluded(&start) => start.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match within.end_bound() {
        // The last character is included: nothing ends there.
        Bound::Included(-1) | Bound::Unbounded => i64::MAX,
        Bound::Included(&end) => end.saturating_add(1),
        Bound::Excluded(&end) => end,
    };
    (start, end)
}

/// Room for texts of at most `longest` characters of the kind of `a`.
fn room(a: &Array, longest: i64, shape: &[isize]) -> Result<Array> {
    let too_long = || Error::Overflow(format!("texts of {longest} characters"));
    let length = usize::try_from(longest.max(1)).map_err(|_| too_long())?;
    let dtype = match a.dtype().kind() {
        Kind::Bytes => DType::flexible(TypeNum::String, length),
        _ => DType::flexible(TypeNum::Unicode, length.checked_mul(4).ok_or_else(too_long)?),
    };
    // NumPy's sizes of elements are C's `int`.
    if dtype.itemsize() > i32::MAX as usize {
        return Err(too_long());
    }
    Array::dense(&dtype, shape, true)
}

/// The largest of some lengths.
fn largest(lengths: &Array) -> Result<i64> {
    Ok(lengths.iter::<i64>()?.max().unwrap_or(0))
}

/// The shape that operands have together.
fn common(operands: &[&Array]) -> Result<Dims> {
    let shapes: Vec<&[isize]> = operands.iter().map(|array| array.shape()).collect();
    broadcast_shapes(&shapes)
}

/// Functions of one array, by the ufunc they are: for the example, its texts and what comes out.
macro_rules! unary {
    ($($name:ident $ufunc:literal $about:literal $input:literal $shown:literal;)*) => { $(
        #[doc = $about]
        ///
        /// # Errors
        /// Those of the [module](self).
        ///
        /// ```
        /// # use sharray::prelude::*;
        #[doc = concat!("let a = Array::from_strings(&", $input, ")?;")]
        #[doc = concat!("assert_eq!(sharray::strings::", stringify!($name), "(&a)?.to_string(), ",
            stringify!($shown), ");")]
        /// # Ok::<(), Error>(())
        /// ```
        pub fn $name(a: &Array) -> Result<Array> {
            static FUNC: Known = Known::new($ufunc);
            check(a)?;
            FUNC.unary(a.into())
        }
    )* };
}

unary! {
    is_alpha "isalpha" "Whether all characters are letters, and there are any." r#"["ab", "a1", ""]"# "[ True False False]";
    is_digit "isdigit" "Whether all characters are digits, and there are any." r#"["12", "1a"]"# "[ True False]";
    is_alphanumeric "isalnum" "Whether all characters are letters or numbers, and there are any." r#"["a1", "a 1"]"# "[ True False]";
    is_space "isspace" "Whether all characters are white space, and there are any." r#"[" ", "a"]"# "[ True False]";
    is_lower "islower" "Whether all letters are small ones, and there are any." r#"["a1", "aB", "1"]"# "[ True False False]";
    is_upper "isupper" "Whether all letters are capitals, and there are any." r#"["A1", "aB"]"# "[ True False]";
    is_title "istitle" "Whether words begin with capitals, which are nowhere else." r#"["Ab Cd", "AB"]"# "[ True False]";
    is_decimal "isdecimal" "Whether all characters are decimal digits, and there are any; `U` alone." r#"["12", "1²"]"# "[ True False]";
    is_numeric "isnumeric" "Whether all characters are numbers, and there are any; `U` alone." r#"["1²½", "a"]"# "[ True False]";
    len "str_len" "Numbers of characters." r#"["Åse", ""]"# "[3 0]";
    strip "_strip_whitespace" "Without white space at either end." r#"[" a b ", "c"]"# "['a b' 'c']";
    strip_start "_lstrip_whitespace" "Without white space at the start: NumPy's `lstrip`." r#"[" a ", "b"]"# "['a ' 'b']";
    strip_end "_rstrip_whitespace" "Without white space at the end: NumPy's `rstrip`." r#"[" a ", "b"]"# "[' a' 'b']";
}

/// Functions that look for a text in another: for the example, what is sought in "abab" and "ba" and what comes out.
macro_rules! searches {
    ($($name:ident $ufunc:literal $about:literal $errors:literal $sought:literal $shown:literal;)*) => { $(
        #[doc = $about]
        ///
        /// # Errors
        #[doc = concat!("Those of the [module](self)", $errors)]
        ///
        /// ```
        /// # use sharray::prelude::*;
        /// let a = Array::from_strings(&["abab", "ba"])?;
        #[doc = concat!("assert_eq!(sharray::strings::", stringify!($name), "(&a, \"", $sought, "\", ..)?.to_string(), ",
            stringify!($shown), ");")]
        /// # Ok::<(), Error>(())
        /// ```
        pub fn $name<'t>(a: &Array, sub: impl Into<Text<'t>>, within: impl RangeBounds<i64>) -> Result<Array> {
            search($ufunc, a, sub.into(), span(&within))
        }
    )* };
}

searches! {
    find "find" "The lowest index of `sub`, -1 where it isn't." "." "b" "[1 0]";
    find_last "rfind" "The highest index of `sub`, -1 where it isn't: NumPy's `rfind`." "." "ab" "[ 2 -1]";
    index "index" "As [`find`], where `sub` must be." "; `Value` where it isn't." "b" "[1 0]";
    index_last "rindex" "As [`find_last`], where `sub` must be: NumPy's `rindex`." "; `Value` where it isn't." "b" "[3 0]";
    count "count" "How often `sub` occurs, without overlaps." "." "a" "[2 1]";
    starts_with "startswith" "Whether a text begins with `sub`." "." "ab" "[ True False]";
    ends_with "endswith" "Whether a text ends with `sub`." "." "ba" "[False  True]";
}

fn search(name: &str, a: &Array, sub: Text<'_>, (start, end): (i64, i64)) -> Result<Array> {
    check(a)?;
    let sub = sub.beside(a)?;
    ufunc(name)?.call((a, sub, start, end))
}

/// Functions that take characters off the ends: for the example, what comes of "xxay".
macro_rules! strips {
    ($($name:ident $ufunc:literal $about:literal $shown:literal;)*) => { $(
        #[doc = $about]
        ///
        /// # Errors
        /// Those of the [module](self).
        ///
        /// ```
        /// # use sharray::prelude::*;
        /// let a = Array::from_strings(&["xxay"])?;
        #[doc = concat!("assert_eq!(sharray::strings::", stringify!($name), "(&a, \"yx\")?.to_string(), ",
            stringify!($shown), ");")]
        /// # Ok::<(), Error>(())
        /// ```
        pub fn $name<'t>(a: &Array, characters: impl Into<Text<'t>>) -> Result<Array> {
            check(a)?;
            let characters = characters.into().beside(a)?;
            ufunc($ufunc)?.call((a, characters))
        }
    )* };
}

strips! {
    strip_chars "_strip_chars" "Without any of these characters at either end." "['a']";
    strip_start_chars "_lstrip_chars" "Without any of these characters at the start." "['ay']";
    strip_end_chars "_rstrip_chars" "Without any of these characters at the end." "['xxa']";
}

/// Functions that change the case of letters.
macro_rules! cases {
    ($($name:ident $ufunc:literal $about:literal $beyond:expr, $shown:literal;)*) => { $(
        #[doc = $about]
        ///
        /// # Errors
        /// Those of the [module](self).
        ///
        /// ```
        /// # use sharray::prelude::*;
        /// let a = Array::from_strings(&["ab Cd"])?;
        #[doc = concat!("assert_eq!(sharray::strings::", stringify!($name), "(&a)?.to_string(), ",
            stringify!($shown), ");")]
        /// # Ok::<(), Error>(())
        /// ```
        pub fn $name(a: &Array) -> Result<Array> {
            cased(a, $ufunc, $beyond)
        }
    )* };
}

cases! {
    upper "_ascii_upper" "With capitals only. Results that get longer are cut to the dtype's width, as NumPy's are." Some(|text| text.to_uppercase()), "['AB CD']";
    lower "_ascii_lower" "With small letters only. Results that get longer are cut to the dtype's width, as NumPy's are." Some(|text| text.to_lowercase()), "['ab cd']";
    swap_case "_ascii_swapcase" "With small letters for capitals and the other way round; `NotImplemented` for letters beyond ASCII." None, "['AB cD']";
    capitalize "_ascii_capitalize" "With a capital first and small letters behind it; `NotImplemented` for letters beyond ASCII." None, "['Ab cd']";
    title "_ascii_title" "With a capital at the start of each word; `NotImplemented` for letters beyond ASCII." None, "['Ab Cd']";
}

/// Texts of ASCII by the ufunc, others one by one.
fn cased(a: &Array, name: &str, beyond: Option<fn(&str) -> String>) -> Result<Array> {
    check(a)?;
    if a.dtype().kind() == Kind::Bytes || a.to_strings()?.iter().all(|text| text.is_ascii()) {
        return ufunc(name)?.call((a,));
    }
    let change = beyond.ok_or_else(|| Error::NotImplemented("letters beyond ASCII in other case".into()))?;
    let width = a.dtype().itemsize() / 4;
    let changed = |text: String| change(&text).chars().take(width).collect::<String>();
    let texts: Vec<String> = a.to_strings()?.into_iter().map(changed).collect();
    Array::from_strings(&texts)?.astype(a.dtype())?.reshape(a.shape())
}

/// Each text so many times, none for negative numbers.
///
/// # Errors
/// Those of the [module](self); `Overflow` for results that get too long; `Cast` for other numbers than integers.
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["ab", "c"])?;
/// assert_eq!(sharray::strings::multiply(&a, &array![1, 3])?.to_string(), "['ab' 'ccc']");
/// assert_eq!(sharray::strings::multiply(&a, -1)?.to_string(), "['' '']");
/// # Ok::<(), Error>(())
/// ```
pub fn multiply<'i>(a: &Array, times: impl Into<Input<'i>>) -> Result<Array> {
    check(a)?;
    let times = integers(times)?.maximum(0)?;
    let (most, longest) = (largest(&times)?, largest(&len(a)?)?);
    let total =
        longest.checked_mul(most).ok_or_else(|| Error::Overflow("texts repeated too often".into()))?;
    let mut out = room(a, total, &common(&[a, &times])?)?;
    ufunc("multiply")?.call_into((a, times), &mut out)?;
    Ok(out)
}

/// With `new` in the place of `old`, at most `count` times in each text, or always for a negative `count`.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["a-b-c", "-"])?;
/// assert_eq!(sharray::strings::replace(&a, "-", "+/", -1)?.to_string(), "['a+/b+/c' '+/']");
/// assert_eq!(sharray::strings::replace(&a, "-", "", 1)?.to_string(), "['ab-c' '']");
/// # Ok::<(), Error>(())
/// ```
pub fn replace<'o, 'n>(
    a: &Array,
    old: impl Into<Text<'o>>,
    new: impl Into<Text<'n>>,
    count: i64,
) -> Result<Array> {
    check(a)?;
    let (old, new) = (old.into().beside(a)?, new.into().beside(a)?);
    let found = search("count", a, (&old).into(), (0, i64::MAX))?;
    let times = if count < 0 { found } else { found.minimum(count)? };
    let lengths = len(a)?.add(times.multiply(len(&new)?.subtract(len(&old)?)?)?)?;
    let mut out = room(a, largest(&lengths)?, lengths.shape())?;
    ufunc("_replace")?.call_into((a, old, new, times), &mut out)?;
    Ok(out)
}

/// With blanks up to the next tab stop for each tab.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["a\tb"])?;
/// assert_eq!(sharray::strings::expand_tabs(&a, 4)?.to_string(), "['a   b']");
/// # Ok::<(), Error>(())
/// ```
pub fn expand_tabs(a: &Array, tab_size: i64) -> Result<Array> {
    check(a)?;
    let lengths = ufunc("_expandtabs_length")?.call((a, tab_size))?;
    let mut out = room(a, largest(&lengths)?, lengths.shape())?;
    ufunc("_expandtabs")?.call_into((a, tab_size), &mut out)?;
    Ok(out)
}

/// Functions that fill texts up: for the example, what comes of "ab" in a width of 5.
macro_rules! pads {
    ($($name:ident $ufunc:literal $about:literal $shown:literal;)*) => { $(
        #[doc = $about]
        /// `width` is the least length, for all or by element.
        ///
        /// # Errors
        /// Those of the [module](self); `Cast` for widths that are no integers.
        ///
        /// ```
        /// # use sharray::prelude::*;
        /// let a = Array::from_strings(&["ab"])?;
        #[doc = concat!("assert_eq!(sharray::strings::", stringify!($name), "(&a, 5, '.')?.to_string(), ",
            stringify!($shown), ");")]
        /// # Ok::<(), Error>(())
        /// ```
        pub fn $name<'w>(a: &Array, width: impl Into<Input<'w>>, fill: char) -> Result<Array> {
            pad($ufunc, a, width.into(), Some(fill))
        }
    )* };
}

pads! {
    center "_center" "In the middle of a width, between characters `fill`." "['..ab.']";
    pad_end "_ljust" "At the start of a width, before characters `fill`: NumPy's `ljust`." "['ab...']";
    pad_start "_rjust" "At the end of a width, behind characters `fill`: NumPy's `rjust`." "['...ab']";
}

/// With zeros at the start, behind a sign, up to a width: NumPy's `zfill`.
///
/// # Errors
/// Those of the [module](self); `Cast` for widths that are no integers.
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["-7", "123"])?;
/// assert_eq!(sharray::strings::fill_zeros(&a, 4)?.to_string(), "['-007' '0123']");
/// # Ok::<(), Error>(())
/// ```
pub fn fill_zeros<'w>(a: &Array, width: impl Into<Input<'w>>) -> Result<Array> {
    pad("_zfill", a, width.into(), None)
}

fn pad(name: &str, a: &Array, width: Input<'_>, fill: Option<char>) -> Result<Array> {
    check(a)?;
    let width = integers(width)?;
    let lengths = len(a)?.maximum(&width)?;
    let mut out = room(a, largest(&lengths)?, lengths.shape())?;
    match fill {
        None => ufunc(name)?.call_into((a, width), &mut out)?,
        Some(fill) => {
            let fill = Text::One(fill.encode_utf8(&mut [0; 4])).beside(a)?;
            ufunc(name)?.call_into((a, width, fill), &mut out)?;
        }
    }
    Ok(out)
}

/// What is before the first `separator`, the separator, and what is behind it; all of the text first where there is none.
///
/// # Errors
/// Those of the [module](self); `Value` for an empty separator.
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["a=b=c", "d"])?;
/// let [before, middle, behind] = sharray::strings::partition(&a, "=")?;
/// assert_eq!(format!("{before} {middle} {behind}"), "['a' 'd'] ['=' ''] ['b=c' '']");
/// # Ok::<(), Error>(())
/// ```
pub fn partition<'s>(a: &Array, separator: impl Into<Text<'s>>) -> Result<[Array; 3]> {
    split_once("find", "_partition_index", a, separator.into())
}

/// [`partition`] at the last separator; all of the text last where there is none. NumPy's `rpartition`.
///
/// # Errors
/// As [`partition`].
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["a=b=c", "d"])?;
/// let [before, middle, behind] = sharray::strings::partition_last(&a, "=")?;
/// assert_eq!(format!("{before} {middle} {behind}"), "['a=b' ''] ['=' ''] ['c' 'd']");
/// # Ok::<(), Error>(())
/// ```
pub fn partition_last<'s>(a: &Array, separator: impl Into<Text<'s>>) -> Result<[Array; 3]> {
    split_once("rfind", "_rpartition_index", a, separator.into())
}

fn split_once(find: &str, split: &str, a: &Array, separator: Text<'_>) -> Result<[Array; 3]> {
    check(a)?;
    let separator = separator.beside(a)?;
    let places = search(find, a, (&separator).into(), (0, i64::MAX))?;
    let shape = common(&[a, &separator])?;
    // No part is longer than what it is a part of.
    let (whole, middle) = (largest(&len(a)?)?, largest(&len(&separator)?)?);
    let mut parts = [room(a, whole, &shape)?, room(a, middle, &shape)?, room(a, whole, &shape)?];
    ufunc(split)?.call_all_into(&[a.into(), separator.into(), places.into()], &mut parts)?;
    let [before, middle, behind] = parts;
    Ok([fitted(before)?, fitted(middle)?, fitted(behind)?])
}

/// Texts in a dtype that is no wider than they need.
fn fitted(texts: Array) -> Result<Array> {
    let dtype = room(&texts, largest(&len(&texts)?)?, &[])?.dtype().clone();
    texts.astype(dtype)
}

/// The characters of a range of each text, as slices of it are in Python: negative ends count from the text's end.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let a = Array::from_strings(&["hello", "hi"])?;
/// assert_eq!(sharray::strings::slice(&a, 1..3)?.to_string(), "['el' 'i']");
/// assert_eq!(sharray::strings::slice(&a, -2..)?.to_string(), "['lo' 'hi']");
/// # Ok::<(), Error>(())
/// ```
pub fn slice(a: &Array, range: impl RangeBounds<i64>) -> Result<Array> {
    check(a)?;
    let (start, end) = span(&range);
    ufunc("_slice")?.call((a, start, end, 1i64))
}

/// Integers in `int64`.
fn integers<'i>(numbers: impl Into<Input<'i>>) -> Result<Array> {
    let numbers = numbers.into();
    let dtype = DType::of(TypeNum::Long);
    let casting = sharray_core::assign::Casting::SameKind;
    sharray_base::dtype::cast_rules::check_cast(numbers.view().dtype(), &dtype, casting)?;
    let mut array = Array::dense(&dtype, numbers.view().shape(), false)?;
    array.receive(numbers.view(), casting)?;
    Ok(array)
}
