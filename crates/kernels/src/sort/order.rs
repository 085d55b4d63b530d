//! [`ElementOrder`]: the order of two elements of any dtype, wherever they lie. What has no loops of its own (text,
//! structures, objects, foreign byte order) is sorted and searched by it.

use std::cmp::Ordering;
use std::ffi::c_void;

use half::f16;
use sharray_base::dtype::MissingKind;
use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use super::key::{Complex, Key, Time};
use crate::cast::F80;
use crate::cast::transfer::swap_unit;
use crate::copy::swap::copy_swapped;
use crate::object::hooks;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2};
use crate::string::packed;

/// Comparison of two elements, and whether one is NaN or NaT.
#[derive(Clone, Copy)]
struct Compare {
    order: unsafe fn(*const u8, *const u8) -> Ordering,
    is_nan: unsafe fn(*const u8) -> bool,
}

/// The order of the elements of one dtype.
pub struct ElementOrder(Rule);

enum Rule {
    Typed(Compare),
    Swapped { compare: Compare, size: usize, unit: usize },
    Bytes(usize),
    Text { characters: usize, swapped: bool },
    Fields(Vec<(usize, ElementOrder)>),
    Repeated { element: Box<ElementOrder>, size: usize, count: usize },
    Object,
    Variable(MissingOrder),
}

/// Where missing texts of variable width come.
enum MissingOrder {
    /// Nowhere: they can't be compared.
    Nowhere,
    /// Behind everything.
    Last,
    /// Where this text would.
    As(Box<str>),
}

impl MissingOrder {
    fn of(dtype: &DType) -> MissingOrder {
        match &dtype.text_options().missing {
            None => MissingOrder::Last,
            Some(missing) => match missing.kind {
                MissingKind::Nan => MissingOrder::Last,
                MissingKind::Text => MissingOrder::As(missing.name.clone()),
                MissingKind::Other => MissingOrder::Nowhere,
            },
        }
    }

    /// # Safety
    /// Both are elements of variable text.
    unsafe fn compare(&self, a: *const u8, b: *const u8) -> Result<Ordering> {
        // SAFETY: by this function's contract.
        if let Some(order) = unsafe { packed::order(a, b) } {
            return Ok(order);
        }
        // SAFETY: by this function's contract.
        let (a, b) = unsafe { (packed::get(a), packed::get(b)) };
        let known = |text: Option<&'_ [u8]>| text.is_some();
        match (self, a, b) {
            (MissingOrder::As(name), a, b) => {
                Ok(a.unwrap_or(name.as_bytes()).cmp(b.unwrap_or(name.as_bytes())))
            }
            (MissingOrder::Last, a, b) => Ok(known(b).cmp(&known(a))),
            (MissingOrder::Nowhere, ..) => {
                Err(Error::Value("Cannot compare null that is not a nan-like value".into()))
            }
        }
    }
}

impl ElementOrder {
    /// The order of `dtype`: numbers by value, bytes and text by code, structures by their fields in turn, subarrays
    /// by their elements in turn, raw bytes as bytes, objects by Python's `<`.
    ///
    /// # Errors
    /// None today; fallible for dtypes to come.
    pub fn new(dtype: &DType) -> Result<ElementOrder> {
        if let Some(structure) = dtype.as_structure() {
            let fields = structure.fields.iter().map(|f| Ok((f.offset, ElementOrder::new(&f.dtype)?)));
            return Ok(ElementOrder(Rule::Fields(fields.collect::<Result<_>>()?)));
        }
        if let Some(subarray) = dtype.as_subarray() {
            let size = subarray.base.itemsize();
            let count = dtype.itemsize().checked_div(size).unwrap_or(0);
            let element = Box::new(ElementOrder::new(&subarray.base)?);
            return Ok(ElementOrder(Rule::Repeated { element, size, count }));
        }
        let (size, swapped) =
            (dtype.itemsize(), dtype.order() == ByteOrder::Swapped && dtype.has_byte_order());
        Ok(ElementOrder(match dtype.num() {
            TypeNum::Object => Rule::Object,
            TypeNum::VString => Rule::Variable(MissingOrder::of(dtype)),
            TypeNum::String | TypeNum::Void => Rule::Bytes(size),
            TypeNum::Unicode => Rule::Text { characters: size / 4, swapped },
            num => {
                let compare = typed(num)
                    .ok_or_else(|| Error::Type(format!("elements of {dtype:?} have no order to sort by")))?;
                if swapped {
                    Rule::Swapped { compare, size, unit: swap_unit(dtype) }
                } else {
                    Rule::Typed(compare)
                }
            }
        }))
    }

    /// Which of two elements comes first.
    ///
    /// # Errors
    /// What a Python comparison raises.
    ///
    /// # Safety
    /// Both are readable elements of the dtype, at any alignment; for objects the GIL is held.
    pub unsafe fn compare(&self, a: *const u8, b: *const u8) -> Result<Ordering> {
        // SAFETY: handed on from the caller; fields and items lie within their element.
        unsafe {
            Ok(match &self.0 {
                Rule::Typed(compare) => (compare.order)(a, b),
                Rule::Swapped { compare, size, unit } => {
                    let (mut left, mut right) = ([0u8; 32], [0u8; 32]);
                    copy_swapped(a, 0, left.as_mut_ptr(), 0, *size, *unit, 1);
                    copy_swapped(b, 0, right.as_mut_ptr(), 0, *size, *unit, 1);
                    (compare.order)(left.as_ptr(), right.as_ptr())
                }
                Rule::Bytes(size) => {
                    std::slice::from_raw_parts(a, *size).cmp(std::slice::from_raw_parts(b, *size))
                }
                Rule::Text { characters, swapped } => compare_text(a, b, *characters, *swapped),
                Rule::Variable(missing) => return missing.compare(a, b),
                Rule::Fields(fields) => {
                    for (offset, order) in fields {
                        let ordering = order.compare(a.add(*offset), b.add(*offset))?;
                        if ordering != Ordering::Equal {
                            return Ok(ordering);
                        }
                    }
                    Ordering::Equal
                }
                Rule::Repeated { element, size, count } => {
                    for i in 0..*count {
                        let ordering = element.compare(a.add(i * size), b.add(i * size))?;
                        if ordering != Ordering::Equal {
                            return Ok(ordering);
                        }
                    }
                    Ordering::Equal
                }
                Rule::Object => {
                    if object_less(a, b)? {
                        Ordering::Less
                    } else if object_less(b, a)? {
                        Ordering::Greater
                    } else {
                        Ordering::Equal
                    }
                }
            })
        }
    }

    /// True for NaN and NaT. Structures, text and objects have none.
    ///
    /// # Safety
    /// `element` is a readable element of the dtype, at any alignment.
    pub unsafe fn is_nan(&self, element: *const u8) -> bool {
        // SAFETY: handed on from the caller; a number is at most 32 bytes.
        unsafe {
            match &self.0 {
                Rule::Typed(compare) => (compare.is_nan)(element),
                Rule::Swapped { compare, size, unit } => {
                    let mut native = [0u8; 32];
                    copy_swapped(element, 0, native.as_mut_ptr(), 0, *size, *unit, 1);
                    (compare.is_nan)(native.as_ptr())
                }
                Rule::Variable(MissingOrder::Last) => packed::get(element).is_none(),
                _ => false,
            }
        }
    }

    /// Of texts of variable width, whether missing ones come behind everything; `None` for other elements.
    pub(super) fn missing_last(&self) -> Option<bool> {
        match &self.0 {
            Rule::Variable(missing) => Some(matches!(missing, MissingOrder::Last)),
            _ => None,
        }
    }

    /// True where `a` comes before `b`: for objects one comparison instead of two.
    ///
    /// # Errors
    /// What a Python comparison raises.
    ///
    /// # Safety
    /// As for [`ElementOrder::compare`].
    pub unsafe fn less(&self, a: *const u8, b: *const u8) -> Result<bool> {
        // SAFETY: handed on from the caller.
        unsafe {
            match self.0 {
                Rule::Object => object_less(a, b),
                _ => Ok(self.compare(a, b)? == Ordering::Less),
            }
        }
    }
}

/// `a < b` in Python; an empty slot sorts last, so that no comparison is made with it.
///
/// # Safety
/// Both are object slots with valid or null references; the GIL is held.
unsafe fn object_less(a: *const u8, b: *const u8) -> Result<bool> {
    let hooks = hooks()?;
    // SAFETY: by this function's contract. Both objects are held during the comparison, which may run Python code that
    // drops them from the array.
    unsafe {
        let (a, b) = (a.cast::<*mut c_void>().read_unaligned(), b.cast::<*mut c_void>().read_unaligned());
        if a.is_null() || b.is_null() {
            return Ok(!a.is_null() && b.is_null());
        }
        (hooks.retain)(a);
        (hooks.retain)(b);
        let result = (hooks.less)(a, b);
        (hooks.release)(a);
        (hooks.release)(b);
        result
    }
}

/// # Safety
/// Both sides are `characters` UCS-4 units, at any alignment.
unsafe fn compare_text(a: *const u8, b: *const u8, characters: usize, swapped: bool) -> Ordering {
    let unit = |text: *const u8, i: usize| {
        // SAFETY: `i < characters`.
        let code = unsafe { text.cast::<u32>().add(i).read_unaligned() };
        if swapped { code.swap_bytes() } else { code }
    };
    for i in 0..characters {
        let (left, right) = (unit(a, i), unit(b, i));
        if left != right {
            return left.cmp(&right);
        }
    }
    Ordering::Equal
}

/// # Safety
/// Both are readable `K`s, at any alignment.
unsafe fn compare_keys<K: Key>(a: *const u8, b: *const u8) -> Ordering {
    // SAFETY: by this function's contract.
    unsafe { a.cast::<K>().read_unaligned().order(&b.cast::<K>().read_unaligned()) }
}

/// # Safety
/// `element` is a readable `K`, at any alignment.
unsafe fn key_is_nan<K: Key>(element: *const u8) -> bool {
    // SAFETY: by this function's contract.
    unsafe { element.cast::<K>().read_unaligned().is_nan() }
}

fn keys<K: Key>() -> Compare {
    Compare { order: compare_keys::<K>, is_nan: key_is_nan::<K> }
}

/// The comparison of a type with values of its own, in native order.
fn typed(num: TypeNum) -> Option<Compare> {
    Some(match (num.kind(), num.row().itemsize) {
        (Kind::Bool, _) | (Kind::UInt, 1) => keys::<u8>(),
        (Kind::Int, 1) => keys::<i8>(),
        (Kind::Int, 2) => keys::<i16>(),
        (Kind::UInt, 2) => keys::<u16>(),
        (Kind::Int, 4) => keys::<i32>(),
        (Kind::UInt, 4) => keys::<u32>(),
        (Kind::Int, 8) => keys::<i64>(),
        (Kind::UInt, 8) => keys::<u64>(),
        _ if num == TypeNum::BFloat16 => keys::<BFloat16>(),
        _ if num == TypeNum::Float8E4M3FN => keys::<Float8E4M3FN>(),
        _ if num == TypeNum::Float8E5M2 => keys::<Float8E5M2>(),
        (Kind::Float, 2) => keys::<f16>(),
        (Kind::Float, 4) => keys::<f32>(),
        (Kind::Float, 8) => keys::<f64>(),
        (Kind::Float, _) => keys::<F80>(),
        (Kind::Complex, 8) => keys::<Complex<f32>>(),
        (Kind::Complex, 16) => keys::<Complex<f64>>(),
        (Kind::Complex, _) => keys::<Complex<F80>>(),
        (Kind::Datetime | Kind::Timedelta, _) => keys::<Time>(),
        _ => return None,
    })
}
