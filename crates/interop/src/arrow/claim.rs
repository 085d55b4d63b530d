//! A foreign array, checked against its schema before anything looks at its memory.
//!
//! Checked: that the struct was not let go of, counts (length, offset, nulls, buffers, children), null pointers where there
//! should be memory, that all elements lie within the address space, that children are as long as their parent needs them
//! to be, and that a bitmap is there where nulls are told of. Offsets of texts are checked when they are read
//! ([`super::text`]). Not to be checked from here: that buffers are as large as they must be; the interface has no sizes.

use std::ffi::c_void;

use sharray_base::{Error, Result};

use super::abi::ArrowArray;
use super::bits::Bits;
use super::field::Field;
use super::format::Format;

/// A column's memory, as far as can be told fit to be read while the struct it comes from is held.
#[derive(Debug)]
pub struct Column<'a> {
    /// What it is.
    pub field: &'a Field,
    /// Elements in the buffers before the first one.
    pub start: usize,
    /// Number of elements.
    pub len: usize,
    /// The bitmap of what is there; null where everything is.
    validity: *const u8,
    /// The buffer behind the bitmap: values, offsets or views.
    pub first: *const u8,
    /// The buffer behind that: bytes of texts.
    pub second: *const u8,
    /// The buffers that views lead to, and their sizes.
    pub views: Vec<(*const u8, usize)>,
    /// What it is made of.
    pub children: Vec<Column<'a>>,
    /// What codes stand for.
    pub dictionary: Option<Box<Column<'a>>>,
}

impl<'a> Column<'a> {
    /// No elements.
    pub fn empty(field: &'a Field) -> Column<'a> {
        let none = std::ptr::null();
        Column {
            field,
            start: 0,
            len: 0,
            validity: none,
            first: none,
            second: none,
            views: Vec::new(),
            children: field.children.iter().map(Column::empty).collect(),
            dictionary: field.dictionary.as_deref().map(|entry| Box::new(Column::empty(entry))),
        }
    }
    /// The bits of what is there, if anything may be missing.
    pub fn validity(&self) -> Option<Bits> {
        // SAFETY: the bitmap has a bit for each element, by the interface.
        (!self.validity.is_null()).then(|| unsafe { Bits::new(self.validity, self.start, self.len) })
    }
    /// Bits of a column of bits.
    pub fn bits(&self) -> Option<Bits> {
        let usable = self.field.format == Format::Bool && !self.first.is_null();
        // SAFETY: as above; the values of such a column are a bitmap.
        usable.then(|| unsafe { Bits::new(self.first, self.start, self.len) })
    }
    /// How many elements are null.
    pub fn null_count(&self) -> usize {
        match self.validity() {
            _ if self.field.format == Format::Null => self.len,
            Some(bits) => self.len - bits.count(),
            None => 0,
        }
    }
    /// The first value's address; null where there is none.
    pub fn values(&self) -> *mut u8 {
        let skipped = self.start.wrapping_mul(self.field.format.itemsize());
        if self.first.is_null() || self.len == 0 {
            return std::ptr::null_mut();
        }
        self.first.wrapping_add(skipped).cast_mut()
    }
}

/// Reads an array of the type that `field` names.
///
/// # Errors
/// `Value` for structs that were let go of, or contradict themselves or their schema.
///
/// # Safety
/// `array` points to an `ArrowArray`, of any alignment; `buffers` and `children` lead to as many pointers as it says, and
/// they to what the type has there. The memory is used no longer than the struct is held.
pub unsafe fn read<'a>(field: &'a Field, array: *const ArrowArray) -> Result<Column<'a>> {
    // SAFETY: by the contract.
    unsafe { read_part(field, array, None) }
}

/// An array's own numbers, which are no negative ones.
struct Counts {
    offset: usize,
    length: usize,
    buffers: usize,
    children: usize,
}

/// As [`read`]: of the array's elements only some, those from the first of `part` on, and as many as its second.
unsafe fn read_part<'a>(
    field: &'a Field,
    array: *const ArrowArray,
    part: Option<(usize, usize)>,
) -> Result<Column<'a>> {
    // SAFETY: by the caller's contract; the copy is never dropped as a struct.
    let array = unsafe { array.read_unaligned() };
    let wrong = |text: String| Error::Value(format!("the ArrowArray of format '{}' {text}", field.format));
    if array.release.is_none() {
        return Err(wrong(
            "was released before: it can be read no more, and a capsule can be taken once only".into(),
        ));
    }
    let counts = numbers(&array).and_then(|counts| checked(field, &array, counts)).map_err(wrong)?;
    let (start, len) = match part {
        None => (counts.offset, counts.length),
        Some((skipped, len)) => {
            if skipped.checked_add(len).is_none_or(|end| end > counts.length) {
                return Err(wrong(format!(
                    "has length {}, where its parent needs {len} elements behind {skipped}",
                    counts.length
                )));
            }
            // The sum is at most offset + length, which fits.
            (counts.offset + skipped, len)
        }
    };
    let buffer = |index: usize| {
        if index >= counts.buffers {
            return std::ptr::null();
        }
        // SAFETY: by the caller's contract; as many pointers are read as there are.
        unsafe { array.buffers.add(index).read_unaligned() }.cast::<u8>()
    };
    let no_bitmap = field.format == Format::Null;
    let (validity, first, second) =
        (if no_bitmap { std::ptr::null() } else { buffer(0) }, buffer(1), buffer(2));
    if validity.is_null() && array.null_count > 0 && !no_bitmap {
        return Err(wrong(format!("has null_count = {}, and no bitmap that says where", array.null_count)));
    }
    if first.is_null() && len > 0 && field.format.buffers() > 1 && !empty_elements(&field.format) {
        return Err(wrong(format!("has length {len}, and a null pointer where its values should be")));
    }
    let views = match field.format {
        // SAFETY: by the caller's contract.
        Format::View { .. } => unsafe { far_buffers(&array, counts.buffers) }.map_err(wrong)?,
        _ => Vec::new(),
    };
    let mut children = Vec::new();
    for (index, child) in field.children.iter().enumerate() {
        let each = if let Format::List(size) = field.format { size } else { 1 };
        let part = start.checked_mul(each).zip(len.checked_mul(each));
        let part = part.ok_or_else(|| wrong(format!("has {len} lists of {each} elements: too many")))?;
        // SAFETY: by the caller's contract.
        let array = unsafe { array.children.add(index).read_unaligned() };
        if array.is_null() {
            return Err(wrong(format!("has a null pointer as its child {index}")));
        }
        // SAFETY: by the caller's contract; a schema is of finite depth, and so is what is read by it.
        children.push(unsafe { read_part(child, array, Some(part)) }?);
    }
    let dictionary = match &field.dictionary {
        None => None,
        Some(_) if array.dictionary.is_null() => {
            return Err(wrong("has a null pointer as its dictionary, which its schema has".into()));
        }
        // SAFETY: by the caller's contract.
        Some(entry) => Some(Box::new(unsafe { read_part(entry, array.dictionary, None) }?)),
    };
    Ok(Column { field, start, len, validity, first, second, views, children, dictionary })
}

/// True for elements of no bytes, whose buffer may be missing.
fn empty_elements(format: &Format) -> bool {
    matches!(format, Format::Fixed(0))
}

fn numbers(array: &ArrowArray) -> Result<Counts, String> {
    let whole = |name: &str, value: i64| {
        usize::try_from(value).map_err(|_| format!("has {name} = {value}: a count is not negative"))
    };
    if array.null_count < -1 || array.null_count > array.length.max(0) {
        return Err(format!("has null_count = {} with length = {}", array.null_count, array.length));
    }
    Ok(Counts {
        offset: whole("offset", array.offset)?,
        length: whole("length", array.length)?,
        buffers: whole("n_buffers", array.n_buffers)?,
        children: whole("n_children", array.n_children)?,
    })
}

/// The counts, where they are what the type has.
fn checked(field: &Field, array: &ArrowArray, counts: Counts) -> Result<Counts, String> {
    let usual = field.format.buffers();
    let fits = match field.format {
        // One more for each buffer that views lead to; a limit, since nothing else says that the count is no lie.
        Format::View { .. } => (usual..1 << 24).contains(&counts.buffers),
        // Some producers count a bitmap that can't be.
        Format::Null => counts.buffers <= 1,
        _ => counts.buffers == usual,
    };
    if !fits {
        return Err(format!("has n_buffers = {}, where there are {usual}", counts.buffers));
    }
    if counts.children != field.children.len() {
        return Err(format!(
            "has n_children = {}, where its schema has {}",
            counts.children,
            field.children.len()
        ));
    }
    if counts.buffers > 0 && array.buffers.is_null() {
        return Err(format!("has {} buffers, and a null pointer to them", counts.buffers));
    }
    if counts.children > 0 && array.children.is_null() {
        return Err(format!("has {} children, and a null pointer to them", counts.children));
    }
    if field.dictionary.is_none() && !array.dictionary.is_null() {
        return Err("has a dictionary, which its schema has not".into());
    }
    // One more: offsets have one at the end. Eight bytes at least, for those.
    let elements = counts.offset.checked_add(counts.length).and_then(|all| all.checked_add(1));
    let bytes = elements.and_then(|all| all.checked_mul(field.format.itemsize().max(8)));
    if bytes.is_none_or(|bytes| isize::try_from(bytes).is_err()) {
        return Err(format!(
            "has offset = {} and length = {}: more than memory can hold",
            counts.offset, counts.length
        ));
    }
    Ok(counts)
}

/// The buffers that views lead to: those between the views and the last one, which has the sizes.
unsafe fn far_buffers(array: &ArrowArray, count: usize) -> Result<Vec<(*const u8, usize)>, String> {
    // SAFETY: by the caller's contract; a view has three buffers at least.
    let buffer = |index: usize| unsafe { array.buffers.add(index).read_unaligned() };
    let sizes: *const c_void = buffer(count - 1);
    let far = count - 3;
    if far > 0 && sizes.is_null() {
        return Err(format!("has {far} buffers that views lead to, and a null pointer to their sizes"));
    }
    let one = |index: usize| {
        // SAFETY: by the caller's contract: a size for each buffer.
        let size = unsafe { sizes.cast::<i64>().add(index).read_unaligned() };
        let bytes: *const u8 = buffer(2 + index).cast();
        match usize::try_from(size) {
            Ok(size) if !bytes.is_null() || size == 0 => Ok((bytes, size)),
            _ => Err(format!("has a buffer {} for views at {:#x}, of {size} bytes", 2 + index, bytes.addr())),
        }
    };
    (0..far).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::abi::ArrowSchema;
    use super::super::field;
    use super::*;
    use std::ffi::CString;

    unsafe extern "C" fn nothing<T>(_struct: *mut T) {}

    /// What is said of an array of `format`, after `lie` has been at it.
    fn check(format: &str, lie: impl Fn(&mut ArrowArray)) -> Result<(usize, usize, usize)> {
        let format = CString::new(format).unwrap();
        let schema = ArrowSchema {
            format: format.as_ptr(),
            release: Some(nothing::<ArrowSchema>),
            ..ArrowSchema::empty()
        };
        let (there, values) = ([0b1010_1010u8], [0u64; 8]);
        let mut buffers: [*const c_void; 2] = [there.as_ptr().cast(), values.as_ptr().cast()];
        let mut array = ArrowArray {
            length: 4,
            offset: 1,
            null_count: -1,
            n_buffers: 2,
            buffers: buffers.as_mut_ptr(),
            release: Some(nothing::<ArrowArray>),
            ..ArrowArray::empty()
        };
        lie(&mut array);
        // SAFETY: structs and buffers that live to the end of the call.
        unsafe {
            let field = field::read(&raw const schema)?;
            let column = read(&field, &raw const array)?;
            let skipped = column.values().addr().wrapping_sub(values.as_ptr().addr());
            Ok((column.len, column.null_count(), skipped))
        }
    }

    #[test]
    fn honest_ones() {
        assert_eq!(check("l", |_| ()).unwrap(), (4, 2, 8));
        assert_eq!(check("s", |_| ()).unwrap(), (4, 2, 2));
        assert_eq!(check("tdD", |array| array.offset = 0).unwrap(), (4, 2, 0));
        // Nulls that were not counted are nulls.
        assert_eq!(check("g", |array| array.null_count = 0).unwrap().1, 2);
    }

    #[test]
    fn lies() {
        type Lie = fn(&mut ArrowArray);
        let lies: [(Lie, &str); 11] = [
            (|array| array.release = None, "released before"),
            (|array| array.length = -1, "length = -1"),
            (|array| array.offset = i64::MIN, "offset = -"),
            (|array| array.length = i64::MAX, "more than memory"),
            (|array| array.offset = i64::MAX / 8, "more than memory"),
            (|array| array.null_count = 5, "null_count = 5"),
            (|array| array.n_buffers = 3, "n_buffers = 3"),
            (|array| array.n_children = 1, "n_children = 1"),
            (|array| array.buffers = std::ptr::null_mut(), "null pointer to them"),
            (|array| array.dictionary = std::ptr::dangling_mut(), "which its schema has not"),
            // SAFETY: the second of two buffers.
            (|array| unsafe { *array.buffers.add(1) = std::ptr::null() }, "null pointer where its values"),
        ];
        for (lie, words) in lies {
            let text = check("l", lie).unwrap_err().to_string();
            assert!(text.contains(words), "{text}");
        }
    }
}
