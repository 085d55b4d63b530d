//! A foreign schema, read: what a column is, before anything says where it lies.

use std::ffi::{CStr, c_char};

use sharray_base::{Error, Result};

use super::abi::{ArrowSchema, NULLABLE, ORDERED};
use super::format::Format;

/// How deep schemas may be nested: as many axes as an array has, and something for structures.
pub const DEEPEST: usize = 100;
/// How many children a schema may have; a count beyond that is taken for a lie.
const MOST_CHILDREN: i64 = 1 << 20;
/// The longest format string or name that is read.
const LONGEST: usize = 1 << 16;

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its elements; with a dictionary, the codes.
    pub format: Format,
    /// Its name, often empty.
    pub name: String,
    /// There may be nulls.
    pub nullable: bool,
    /// Codes are in the dictionary's order.
    pub ordered: bool,
    /// What it is made of.
    pub children: Vec<Field>,
    /// What codes stand for.
    pub dictionary: Option<Box<Field>>,
}

/// Reads a schema.
///
/// # Errors
/// `Type` for types without a counterpart here, `Value` for structs that were let go of, or contradict themselves.
///
/// # Safety
/// `schema` points to an `ArrowSchema`, of any alignment; its texts end in a null byte, and `children` leads to as many
/// pointers as it says.
pub unsafe fn read(schema: *const ArrowSchema) -> Result<Field> {
    // SAFETY: by the contract.
    unsafe { read_at(schema, DEEPEST) }
}

unsafe fn read_at(schema: *const ArrowSchema, depth: usize) -> Result<Field> {
    // SAFETY: by the caller's contract; foreign memory need not be aligned, and the copy is never dropped as a struct.
    let schema = unsafe { schema.read_unaligned() };
    if schema.release.is_none() {
        return Err(Error::Value(
            "the ArrowSchema was released before: it can be read no more, and a capsule can be taken once only".into(),
        ));
    }
    if schema.format.is_null() {
        return Err(Error::Value("the ArrowSchema's format is a null pointer".into()));
    }
    // SAFETY: by the caller's contract.
    let (format, name) = unsafe { (text(schema.format, "format")?, text(schema.name, "name")?) };
    let named = |error: Error| if name.is_empty() { error } else { within(error, &name) };
    let format = Format::parse(&format).map_err(named)?;
    let wanted = match format {
        Format::List(_) => Some(1),
        Format::Struct => None,
        _ => Some(0),
    };
    let count = schema.n_children;
    if !(0..=MOST_CHILDREN).contains(&count) || wanted.is_some_and(|wanted| wanted != count) {
        let expected = wanted.map_or_else(|| format!("0 to {MOST_CHILDREN}"), |n| n.to_string());
        return Err(Error::Value(format!(
            "the ArrowSchema of format '{format}' has n_children = {count}, where there are {expected}"
        )));
    }
    let nested = |child: *const ArrowSchema, what: &str| {
        if child.is_null() {
            return Err(Error::Value(format!(
                "the ArrowSchema of format '{format}' has a null pointer as its {what}"
            )));
        }
        if depth == 0 {
            return Err(Error::Value(format!(
                "the ArrowSchema is nested deeper than {DEEPEST} levels, or leads back to itself"
            )));
        }
        // SAFETY: by the caller's contract.
        unsafe { read_at(child, depth - 1) }
    };
    if count > 0 && schema.children.is_null() {
        return Err(Error::Value(format!(
            "the ArrowSchema of format '{format}' has {count} children, and a null pointer to them"
        )));
    }
    let mut children = Vec::new();
    for index in 0..count as usize {
        // SAFETY: by the caller's contract.
        let child = unsafe { schema.children.add(index).read_unaligned() };
        children.push(nested(child, "child").map_err(named)?);
    }
    let dictionary = match schema.dictionary.is_null() {
        true => None,
        false => Some(Box::new(codes(&format, nested(schema.dictionary, "dictionary")?)?)),
    };
    let (nullable, ordered) = (schema.flags & NULLABLE != 0, schema.flags & ORDERED != 0);
    Ok(Field { format, name, nullable, ordered, children, dictionary })
}

/// A dictionary, whose codes are whole numbers.
fn codes(format: &Format, dictionary: Field) -> Result<Field> {
    let whole = matches!(format, Format::Number(num) if num.is_integer());
    if whole {
        return Ok(dictionary);
    }
    Err(Error::Value(format!(
        "the ArrowSchema has a dictionary, and its codes are of format '{format}': only integers are codes"
    )))
}

/// An error, and the name of the column that it is about.
fn within(error: Error, name: &str) -> Error {
    match error {
        Error::Value(text) => Error::Value(format!("column '{name}': {text}")),
        Error::Type(text) => Error::Type(format!("column '{name}': {text}")),
        other => other,
    }
}

/// Foreign text; a null pointer is none.
///
/// # Safety
/// `start` is null or leads to bytes that end in a null byte.
unsafe fn text(start: *const c_char, what: &str) -> Result<String> {
    if start.is_null() {
        return Ok(String::new());
    }
    // SAFETY: by the contract.
    let bytes = unsafe { CStr::from_ptr(start) }.to_bytes();
    if bytes.len() > LONGEST {
        return Err(Error::Value(format!(
            "the ArrowSchema's {what} has {} bytes: more than {LONGEST} are taken for a mistake",
            bytes.len()
        )));
    }
    std::str::from_utf8(bytes).map(Into::into).map_err(|_| {
        let head = bytes[..bytes.len().min(40)].escape_ascii();
        Error::Value(format!("the ArrowSchema's {what} is no UTF-8: {head}"))
    })
}
