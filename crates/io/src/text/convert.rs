//! A field to an element.

use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};
use sharray_kernels::cast::Transfer;

use super::integer::{self, Parsed};
use super::scan::{put_first, put_first_wide};

/// How fields become elements of one dtype, resolved once per column.
#[derive(Clone)]
pub struct Converter {
    dtype: DType,
    rule: Rule,
    swapped: bool,
    size: usize,
    imaginary_unit: char,
}

#[derive(Clone, Copy)]
enum Rule {
    Bool,
    /// A signed integer of so many bytes.
    Int(usize),
    UInt(usize),
    Float,
    Double,
    Complex,
    Bytes,
    Unicode,
    /// By way of a cast from text.
    Cast,
    /// Objects.
    Hook,
}

impl Converter {
    /// How fields become elements of `dtype` (no structure or subarray).
    pub fn new(dtype: &DType, imaginary_unit: char) -> Converter {
        let rule = match (dtype.num(), dtype.kind()) {
            (TypeNum::Bool, _) => Rule::Bool,
            (_, Kind::Int) => Rule::Int(dtype.itemsize()),
            (_, Kind::UInt) => Rule::UInt(dtype.itemsize()),
            (TypeNum::Float, _) => Rule::Float,
            (TypeNum::Double, _) => Rule::Double,
            (TypeNum::CFloat | TypeNum::CDouble, _) => Rule::Complex,
            (TypeNum::String, _) => Rule::Bytes,
            (TypeNum::Unicode, _) => Rule::Unicode,
            _ if dtype.holds_objects() => Rule::Hook,
            _ => Rule::Cast,
        };
        let swapped = dtype.order() == ByteOrder::Swapped;
        Converter { dtype: dtype.clone(), rule, swapped, size: dtype.itemsize(), imaginary_unit }
    }
    /// The dtype of the elements.
    pub fn dtype(&self) -> &DType {
        &self.dtype
    }
    /// True when only the hooks can make the elements.
    pub fn needs_hook(&self) -> bool {
        matches!(self.rule, Rule::Hook)
    }

    /// True when [`Converter::number`] knows the dtype.
    pub fn is_number(&self) -> bool {
        matches!(self.rule, Rule::Double | Rule::Float | Rule::Int(_) | Rule::UInt(_))
    }
    /// True for integers of `size` bytes with a sign, in the machine's byte order.
    pub fn is_native_int(&self, size: usize) -> bool {
        matches!(self.rule, Rule::Int(bytes) if bytes == size) && !self.swapped
    }
    /// True for native doubles.
    pub fn is_native_double(&self) -> bool {
        matches!(self.rule, Rule::Double) && !self.swapped
    }
    /// How many characters the elements hold, where they are the fields' text.
    pub fn text_width(&self) -> Option<usize> {
        match self.rule {
            Rule::Bytes => Some(self.dtype.itemsize()),
            Rule::Unicode => Some(self.dtype.itemsize() / 4),
            _ => None,
        }
    }
    /// Writes the number at the start of `text` as an element at `target`: how many bytes it took. `None` where there
    /// is none, or not one that the dtype holds: then the element is arbitrary.
    ///
    /// # Safety
    /// As for [`Converter::run`].
    #[inline]
    pub unsafe fn number(&self, text: &[u8], target: *mut u8) -> Option<usize> {
        // SAFETY: handed on from the caller; each rule writes its dtype's itemsize.
        unsafe {
            match self.rule {
                Rule::Double => {
                    let (value, used) = fast_float2::parse_partial::<f64, _>(text).ok()?;
                    self.put(value.to_ne_bytes(), target);
                    Some(used)
                }
                Rule::Float => {
                    let (value, used) = fast_float2::parse_partial::<f64, _>(text).ok()?;
                    self.put((value as f32).to_ne_bytes(), target);
                    Some(used)
                }
                Rule::Int(size) => {
                    let parsed = integer::leading(text)?;
                    self.put_int(parsed.signed()?, size, target)?;
                    Some(parsed.used)
                }
                Rule::UInt(size) => {
                    let parsed = integer::leading(text)?;
                    self.put_uint(parsed.unsigned()?, size, target)?;
                    Some(parsed.used)
                }
                _ => None,
            }
        }
    }

    /// Writes the first `count` (at most 16) bytes, which are ASCII, as an element at `target`: false, and nothing is written, where the
    /// dtype or the room is not what this knows.
    ///
    /// # Safety
    /// At `target` are `room` writable bytes, which include the element, and whose others may take any value.
    #[inline(always)]
    pub unsafe fn short_text(&self, text: &[u8; 16], count: usize, target: *mut u8, room: usize) -> bool {
        let size = self.size;
        // SAFETY: within `room` bytes: the first write by the condition, the zeros as part of the element.
        unsafe {
            match self.rule {
                Rule::Bytes if room >= 16 => {
                    put_first(text, count, target);
                    if size > 16 {
                        std::ptr::write_bytes(target.add(16), 0, size - 16);
                    }
                    true
                }
                Rule::Unicode if room >= 64 && !self.swapped => {
                    put_first_wide(text, count, target);
                    if size > 64 {
                        std::ptr::write_bytes(target.add(64), 0, size - 64);
                    }
                    true
                }
                _ => false,
            }
        }
    }

    /// Writes `field` as an element at `target`.
    ///
    /// # Errors
    /// `Value` for text that does not say such a value, without words: the caller knows the place.
    ///
    /// # Safety
    /// `target` is a writable element of the dtype, at any alignment.
    pub unsafe fn run(&self, field: &[u8], target: *mut u8) -> Result<()> {
        // SAFETY: handed on from the caller; each rule writes its dtype's itemsize.
        let done = unsafe {
            match self.rule {
                Rule::Double => double(trim(field)).map(|v| self.put(v.to_ne_bytes(), target)),
                Rule::Float => double(trim(field)).map(|v| self.put((v as f32).to_ne_bytes(), target)),
                Rule::Int(size) => int(trim(field)).and_then(|v| self.put_int(v, size, target)),
                Rule::UInt(size) => integer::whole(trim(field))
                    .and_then(Parsed::unsigned)
                    .and_then(|v| self.put_uint(v, size, target)),
                Rule::Bool => int(trim(field)).map(|v| *target = (v != 0) as u8),
                Rule::Complex => complex(field, self.imaginary_unit).map(|v| self.put_complex(v, target)),
                Rule::Bytes => self.put_bytes(field, target),
                Rule::Unicode => self.put_unicode(field, target),
                // A cast would take a null at the end for padding.
                Rule::Cast if self.dtype.num().is_number() && field.contains(&0) => None,
                Rule::Cast => return self.cast(field, target),
                Rule::Hook => None,
            }
        };
        done.ok_or_else(|| Error::Value(String::new()))
    }

    /// # Safety
    /// As for [`Converter::run`], for an element of `N` bytes.
    #[inline(always)]
    unsafe fn put<const N: usize>(&self, mut bytes: [u8; N], target: *mut u8) {
        if self.swapped {
            bytes.reverse();
        }
        // SAFETY: by this function's contract.
        unsafe { target.cast::<[u8; N]>().write(bytes) };
    }

    /// # Safety
    /// As for [`Converter::run`], for an integer of `size` bytes.
    unsafe fn put_int(&self, value: i64, size: usize, target: *mut u8) -> Option<()> {
        // SAFETY: handed on from the caller.
        unsafe {
            match size {
                1 => self.put(i8::try_from(value).ok()?.to_ne_bytes(), target),
                2 => self.put(i16::try_from(value).ok()?.to_ne_bytes(), target),
                4 => self.put(i32::try_from(value).ok()?.to_ne_bytes(), target),
                _ => self.put(value.to_ne_bytes(), target),
            }
        }
        Some(())
    }

    /// # Safety
    /// As for [`Converter::put_int`].
    unsafe fn put_uint(&self, value: u64, size: usize, target: *mut u8) -> Option<()> {
        // SAFETY: handed on from the caller.
        unsafe {
            match size {
                1 => self.put(u8::try_from(value).ok()?.to_ne_bytes(), target),
                2 => self.put(u16::try_from(value).ok()?.to_ne_bytes(), target),
                4 => self.put(u32::try_from(value).ok()?.to_ne_bytes(), target),
                _ => self.put(value.to_ne_bytes(), target),
            }
        }
        Some(())
    }

    /// # Safety
    /// As for [`Converter::run`].
    unsafe fn put_complex(&self, (re, im): (f64, f64), target: *mut u8) {
        // SAFETY: two parts of the element.
        unsafe {
            if self.dtype.num() == TypeNum::CFloat {
                self.put((re as f32).to_ne_bytes(), target);
                self.put((im as f32).to_ne_bytes(), target.add(4));
            } else {
                self.put(re.to_ne_bytes(), target);
                self.put(im.to_ne_bytes(), target.add(8));
            }
        }
    }

    /// Latin-1 characters, cut to the width and filled up with zeros.
    ///
    /// # Safety
    /// As for [`Converter::run`].
    unsafe fn put_bytes(&self, field: &[u8], target: *mut u8) -> Option<()> {
        let size = self.dtype.itemsize();
        // SAFETY: `size` bytes of the element.
        let out = unsafe { std::slice::from_raw_parts_mut(target, size) };
        out.fill(0);
        if field.is_ascii() {
            let count = field.len().min(size);
            out[..count].copy_from_slice(&field[..count]);
            return Some(());
        }
        let text = std::str::from_utf8(field).ok()?;
        for (place, character) in text.chars().take(size).enumerate() {
            out[place] = u8::try_from(u32::from(character)).ok()?;
        }
        Some(())
    }

    /// UCS-4 characters, cut to the width and filled up with zeros.
    ///
    /// # Safety
    /// As for [`Converter::run`].
    unsafe fn put_unicode(&self, field: &[u8], target: *mut u8) -> Option<()> {
        let width = self.dtype.itemsize() / 4;
        let mut place = 0;
        let mut put = |character: u32| {
            // SAFETY: character `place` of the element, of which there are `width`.
            unsafe { self.put(character.to_ne_bytes(), target.add(4 * place)) };
            place += 1;
        };
        if field.is_ascii() {
            field.iter().take(width).for_each(|&byte| put(byte.into()));
        } else {
            std::str::from_utf8(field).ok()?.chars().take(width).for_each(|character| put(character.into()));
        }
        // SAFETY: the characters left of the element.
        unsafe { std::ptr::write_bytes(target.add(4 * place), 0, 4 * (width - place)) };
        Some(())
    }

    /// # Safety
    /// As for [`Converter::run`].
    unsafe fn cast(&self, field: &[u8], target: *mut u8) -> Result<()> {
        let text = std::str::from_utf8(trim(field)).map_err(|_| Error::Value(String::new()))?;
        let characters: Vec<u32> = text.chars().map(u32::from).collect();
        let size = characters.len().max(1) * 4;
        let from = DType::flexible(TypeNum::Unicode, size);
        let empty = [0u32];
        let source = if characters.is_empty() { empty.as_ptr() } else { characters.as_ptr() };
        // SAFETY: one element of text, and the target.
        unsafe { Transfer::new(&from, &self.dtype, false)?.run(source.cast(), 0, target, 0, 1) }
    }
}

/// Without white space (Python's) at either end.
fn trim(field: &[u8]) -> &[u8] {
    let white = |b: u8| matches!(b, b' ' | b'\t'..=b'\r' | 0x1c..=0x1f);
    if let [first, .., last] = field
        && !white(*first)
        && !white(*last)
        && *first < 0x80
        && *last < 0x80
    {
        return field;
    }
    match std::str::from_utf8(field) {
        Ok(text) => text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\x1c'..='\x1f')).as_bytes(),
        Err(_) => field,
    }
}

fn int(text: &[u8]) -> Option<i64> {
    integer::whole(text).and_then(Parsed::signed)
}

fn double(text: &[u8]) -> Option<f64> {
    fast_float2::parse::<f64, _>(text).ok()
}

/// `1`, `1+2j`, `1+-2j`, `2j`, each in parentheses or not.
fn complex(field: &[u8], unit: char) -> Option<(f64, f64)> {
    let text = trim(field);
    let text = match text {
        [b'(', inner @ .., b')'] => trim(inner),
        [b'(', ..] | [.., b')'] => return None,
        plain => plain,
    };
    let (first, rest) = leading(text)?;
    if rest.is_empty() {
        return Some((first, 0.0));
    }
    let mut mark = [0; 4];
    let mark: &[u8] = unit.encode_utf8(&mut mark).as_bytes();
    if rest == mark {
        return Some((0.0, first));
    }
    // `1+-2j`, as some programs write it, is `1-2j`.
    let rest = match rest {
        [b'+', signed @ ..] if matches!(signed.first(), Some(b'+' | b'-')) => signed,
        [b'+' | b'-', ..] => rest,
        _ => return None,
    };
    let (second, rest) = leading(rest)?;
    (rest == mark).then_some((first, second))
}

/// A number at the start, and what follows.
fn leading(text: &[u8]) -> Option<(f64, &[u8])> {
    fast_float2::parse_partial::<f64, _>(text).ok().map(|(value, used)| (value, &text[used..]))
}
