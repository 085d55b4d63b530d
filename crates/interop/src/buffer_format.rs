//! Format strings of the buffer protocol (PEP 3118): dtype to text and back.
//!
//! Grammar read: an optional order mark (`@ = < > ! ^`), then items `[(shape)] [count] code [:name:]`; `T{…}` is a
//! structure, `Z` before `f d g` a complex number, `x` padding. Under `@` items are aligned as in C, else packed.
//! Codes that NumPy has no type for (pointers, functions, bit fields) are refused.

use std::ffi::CStr;

use sharray_base::dtype::{Field, Structure};
use sharray_base::{ByteOrder, DType, Error, Result, TypeNum};

/// The format of elements of `dtype`. `aligned(offset, alignment)` says whether what lies at an offset in the elements lies
/// at a multiple of `alignment`: that is written with native marks and codes, everything else with standard ones.
///
/// # Errors
/// `Value` for dtypes the protocol can't express (times).
pub fn write(dtype: &DType, aligned: &dyn Fn(usize, usize) -> bool) -> Result<String> {
    let text = written(dtype, aligned, false)?;
    if dtype.as_structure().is_none() || reads_as(&text, dtype) {
        return Ok(text);
    }
    // As NumPy writes it, the format tells another place for the end: where C would end the structure, or where the last
    // field ends. Then padding is written out, and if C would add more still, no mark asks for it.
    let padded = written(dtype, aligned, true)?;
    if reads_as(&padded, dtype) { Ok(padded) } else { written(dtype, &|_, _| false, true) }
}

fn written(dtype: &DType, aligned: &dyn Fn(usize, usize) -> bool, to_the_end: bool) -> Result<String> {
    let mut writer = Writer { text: String::new(), order: '@', offset: 0, aligned, to_the_end };
    writer.item(dtype)?;
    Ok(writer.text)
}

/// True when a format tells the places of a structure's fields, or can't be read anyway.
fn reads_as(text: &str, dtype: &DType) -> bool {
    read(text).map_or(true, |found| ends_alike(&found, dtype))
}

/// True when the fields of both, and of structures inside, lie at the same places.
fn ends_alike(found: &DType, dtype: &DType) -> bool {
    let element = |d: &DType| d.flattened().map_or_else(|| d.clone(), |(element, _)| element.clone());
    let (found, dtype) = (element(found), element(dtype));
    match (found.as_structure(), dtype.as_structure()) {
        (Some(f), Some(d)) => {
            let mut pairs = f.fields.iter().zip(&d.fields);
            found.itemsize() == dtype.itemsize()
                && f.fields.len() == d.fields.len()
                && pairs.all(|(f, d)| f.offset == d.offset && ends_alike(&f.dtype, &d.dtype))
        }
        _ => true,
    }
}

/// The format of numbers in native byte order that lie at multiples of their alignment.
pub fn native(num: TypeNum) -> Option<&'static CStr> {
    Some(match num {
        TypeNum::Bool => c"?",
        TypeNum::Byte => c"b",
        TypeNum::UByte => c"B",
        TypeNum::Short => c"h",
        TypeNum::UShort => c"H",
        TypeNum::Int => c"i",
        TypeNum::UInt => c"I",
        TypeNum::Long => c"l",
        TypeNum::ULong => c"L",
        TypeNum::LongLong => c"q",
        TypeNum::ULongLong => c"Q",
        TypeNum::Half => c"e",
        TypeNum::Float => c"f",
        TypeNum::Double => c"d",
        TypeNum::LongDouble => c"g",
        TypeNum::CFloat => c"Zf",
        TypeNum::CDouble => c"Zd",
        TypeNum::CLongDouble => c"Zg",
        TypeNum::Object => c"O",
        _ => return None,
    })
}

struct Writer<'a> {
    text: String,
    /// The order mark in force; a format begins under `@`.
    order: char,
    /// Bytes from the element's beginning to what is written next.
    offset: usize,
    aligned: &'a dyn Fn(usize, usize) -> bool,
    /// Writes the padding behind the last field of a structure.
    to_the_end: bool,
}

impl Writer<'_> {
    fn item(&mut self, dtype: &DType) -> Result<()> {
        if let Some((base, shape)) = dtype.flattened() {
            let (start, count): (usize, isize) = (self.offset, shape.iter().product());
            let shape: Vec<String> = shape.iter().map(|n| n.to_string()).collect();
            self.text.push_str(&format!("({})", shape.join(",")));
            self.item(base)?;
            self.offset = start + (self.offset - start) * count.unsigned_abs();
            return Ok(());
        }
        if let Some(structure) = dtype.as_structure() {
            return self.structure(structure, dtype.itemsize());
        }
        let bytes = dtype.itemsize();
        match dtype.num() {
            TypeNum::String => self.text.push_str(&format!("{bytes}s")),
            TypeNum::Void => self.text.push_str(&format!("{bytes}x")),
            TypeNum::Unicode => {
                self.mark(dtype)?;
                self.text.push_str(&format!("{}w", bytes / 4));
            }
            num => {
                let code = native(num).and_then(|code| code.to_str().ok()).ok_or_else(|| {
                    Error::Value(format!("cannot include dtype '{}' in a buffer", num.row().char as char))
                })?;
                self.mark(dtype)?;
                self.text.push_str(sized(code, self.order));
            }
        }
        self.offset += bytes;
        Ok(())
    }

    /// Writes the order mark of an item where it changes.
    fn mark(&mut self, dtype: &DType) -> Result<()> {
        // NumPy reads objects under native marks alone, but writes them under any.
        let object = self.to_the_end && dtype.num() == TypeNum::Object;
        if !dtype.has_byte_order() && !object {
            return Ok(());
        }
        // No standard says how many bytes these have.
        let only_native = object || matches!(dtype.num(), TypeNum::LongDouble | TypeNum::CLongDouble);
        let alignment = dtype.alignment();
        let wanted = match dtype.order() {
            ByteOrder::Swapped if cfg!(target_endian = "little") => '>',
            ByteOrder::Swapped => '<',
            _ if alignment <= 1 || (self.aligned)(self.offset, alignment) => '@',
            _ if only_native => '^',
            _ => '=',
        };
        if only_native && matches!(wanted, '<' | '>') {
            return Err(Error::Value(format!(
                "cannot expose native-only dtype '{}' in non-native byte order '{wanted}' via buffer interface",
                dtype.num().row().char as char
            )));
        }
        if wanted != self.order {
            self.text.push(wanted);
            self.order = wanted;
        }
        Ok(())
    }

    /// Fields with the paddings between them; behind the last one if it must be told.
    fn structure(&mut self, structure: &Structure, bytes: usize) -> Result<()> {
        let start = self.offset;
        self.text.push_str("T{");
        for field in &structure.fields {
            let Some(gap) = (start + field.offset).checked_sub(self.offset) else {
                return Err(Error::Value(format!(
                    "field {:?} at offset {} overlaps the one before: this can't be expressed in a buffer format",
                    field.name, field.offset
                )));
            };
            self.text.push_str(&"x".repeat(gap));
            self.offset += gap;
            self.item(&field.dtype)?;
            self.text.push_str(&format!(":{}:", field.name));
        }
        let rest = (start + bytes).saturating_sub(self.offset);
        if self.to_the_end {
            self.text.push_str(&"x".repeat(rest));
        }
        self.offset += rest;
        self.text.push('}');
        Ok(())
    }
}

/// The code that means the same number of bytes under the order mark in force: away from native sizes `l` has four.
fn sized(code: &'static str, order: char) -> &'static str {
    match (code, order) {
        (code, '@' | '^') => code,
        ("l", _) if size_of::<std::ffi::c_long>() == 8 => "q",
        ("L", _) if size_of::<std::ffi::c_long>() == 8 => "Q",
        (code, _) => code,
    }
}

/// The dtype of a format.
///
/// # Errors
/// `Value` for what is no format, or has no dtype.
pub fn read(format: &str) -> Result<DType> {
    if format.is_empty() {
        return Err(Error::Value("an empty buffer format has no dtype".into()));
    }
    let mut reader = Reader { text: format.as_bytes(), position: 0, order: b'@', format };
    let fields = reader.items(false)?;
    match <[Item; 1]>::try_from(fields) {
        Ok([only]) if only.name.is_none() && !only.padding => Ok(only.dtype),
        Ok([only]) => Ok(assemble(vec![only], false)?.0),
        Err(many) => {
            let native = format.starts_with('@') || !format.starts_with(['=', '<', '>', '!', '^']);
            Ok(assemble(many, native)?.0)
        }
    }
}

struct Item {
    name: Option<String>,
    dtype: DType,
    offset: usize,
    padding: bool,
    /// What the mark in force asks its offset to be a multiple of.
    alignment: usize,
}

struct Reader<'a> {
    text: &'a [u8],
    position: usize,
    order: u8,
    format: &'a str,
}

impl Reader<'_> {
    fn error(&self, what: &str) -> Error {
        Error::Value(format!("{what} at position {} of the buffer format {:?}", self.position, self.format))
    }
    fn peek(&self) -> Option<u8> {
        self.text.get(self.position).copied()
    }
    fn number(&mut self) -> Result<Option<usize>> {
        let start = self.position;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.position += 1;
        }
        if start == self.position {
            return Ok(None);
        }
        let digits = &self.format[start..self.position];
        digits.parse().map(Some).map_err(|_| self.error("a count is too large"))
    }
    /// Items up to the end, or to the closing brace.
    fn items(&mut self, inside: bool) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        let mut offset = 0usize;
        loop {
            match self.peek() {
                None if inside => return Err(self.error("a structure is not closed")),
                None => return Ok(items),
                Some(b'}') if inside => {
                    self.position += 1;
                    return Ok(items);
                }
                Some(c) if c.is_ascii_whitespace() => self.position += 1,
                Some(_) if self.mark() => {}
                Some(_) => {
                    let (dtype, padding, natural) = self.item()?;
                    let alignment = if self.order == b'@' && !padding { natural } else { 1 };
                    offset = offset.div_ceil(alignment) * alignment;
                    let name = self.name()?;
                    let size = dtype.itemsize();
                    items.push(Item { name, dtype, offset, padding, alignment });
                    offset =
                        offset.checked_add(size).ok_or_else(|| self.error("the element is too large"))?;
                }
            }
        }
    }
    /// Reads an order mark, if there is one.
    fn mark(&mut self) -> bool {
        let Some(mark @ (b'@' | b'=' | b'<' | b'>' | b'!' | b'^')) = self.peek() else { return false };
        self.order = mark;
        self.position += 1;
        true
    }
    fn name(&mut self) -> Result<Option<String>> {
        if self.peek() != Some(b':') {
            return Ok(None);
        }
        let start = self.position + 1;
        let length = self.text[start..].iter().position(|&c| c == b':');
        let length = length.ok_or_else(|| self.error("a field name is not closed"))?;
        self.position = start + length + 1;
        Ok(Some(self.format[start..start + length].to_string()))
    }
    fn shape(&mut self) -> Result<Option<Vec<isize>>> {
        if self.peek() != Some(b'(') {
            return Ok(None);
        }
        self.position += 1;
        let mut shape = Vec::new();
        loop {
            match self.peek() {
                Some(b')') => {
                    self.position += 1;
                    return Ok(Some(shape));
                }
                Some(b',' | b' ') => self.position += 1,
                _ => match self.number()? {
                    Some(n) if isize::try_from(n).is_ok() => shape.push(n as isize),
                    _ => return Err(self.error("a subarray's shape is malformed")),
                },
            }
        }
    }
    /// An item, whether it is padding, and the alignment it has by nature.
    fn item(&mut self) -> Result<(DType, bool, usize)> {
        let shape = self.shape()?;
        // A subarray's mark stands behind its shape.
        while shape.is_some() && self.mark() {}
        let count = self.number()?;
        let mut code = self.peek().ok_or_else(|| self.error("a type code is missing"))?;
        self.position += 1;
        let mut padding = false;
        let complex = code == b'Z';
        if complex {
            code = self.peek().ok_or_else(|| self.error("a type code is missing after Z"))?;
            self.position += 1;
        }
        let (mut repeat, mut inner) = (count, None);
        let dtype = match code {
            b'T' if self.peek() == Some(b'{') => {
                self.position += 1;
                let items = self.items(true)?;
                // What a mark inside says of alignment holds for the end as well.
                let (structure, alignment) = assemble(items, self.order == b'@')?;
                inner = Some(alignment);
                structure
            }
            b's' | b'p' => {
                repeat = None;
                DType::flexible(TypeNum::String, count.unwrap_or(1))
            }
            b'w' => {
                repeat = None;
                let bytes =
                    count.unwrap_or(1).checked_mul(4).ok_or_else(|| self.error("text is too wide"))?;
                DType::flexible(TypeNum::Unicode, bytes)
            }
            b'x' => {
                repeat = None;
                padding = true;
                DType::flexible(TypeNum::Void, count.unwrap_or(1))
            }
            other => self.number_type(other, complex)?,
        };
        let swapped = match self.order {
            b'>' | b'!' => cfg!(target_endian = "little"),
            b'<' => cfg!(target_endian = "big"),
            _ => false,
        };
        let dtype =
            if swapped && dtype.has_byte_order() { dtype.with_order(ByteOrder::Swapped) } else { dtype };
        let alignment = inner.unwrap_or(dtype.alignment());
        let shape = match (shape, repeat) {
            (Some(shape), _) => Some(shape),
            (None, Some(n)) if n != 1 => {
                Some(vec![isize::try_from(n).map_err(|_| self.error("a count is too large"))?])
            }
            _ => None,
        };
        match shape {
            Some(shape) => Ok((DType::subarray(dtype, &shape)?, padding, alignment)),
            None => Ok((dtype, padding, alignment)),
        }
    }
    fn number_type(&self, code: u8, complex: bool) -> Result<DType> {
        // Standard sizes (order mark other than @) differ from native ones for `l` and `L`.
        let native = matches!(self.order, b'@' | b'^');
        let num = match (code, complex) {
            (b'f', true) => TypeNum::CFloat,
            (b'd', true) => TypeNum::CDouble,
            (b'g', true) => TypeNum::CLongDouble,
            (_, true) => return Err(self.error("no complex type has this code")),
            (b'?', _) => TypeNum::Bool,
            (b'b', _) => TypeNum::Byte,
            (b'B', _) => TypeNum::UByte,
            (b'c', _) => return Ok(DType::flexible(TypeNum::String, 1)),
            (b'h', _) => TypeNum::Short,
            (b'H', _) => TypeNum::UShort,
            (b'i', _) => TypeNum::Int,
            (b'I', _) => TypeNum::UInt,
            (b'l', _) if native => TypeNum::Long,
            (b'L', _) if native => TypeNum::ULong,
            (b'l', _) => TypeNum::Int,
            (b'L', _) => TypeNum::UInt,
            (b'n', _) => TypeNum::Long,
            (b'N', _) => TypeNum::ULong,
            (b'q', _) if native => TypeNum::LongLong,
            (b'Q', _) if native => TypeNum::ULongLong,
            (b'q', _) => TypeNum::Long,
            (b'Q', _) => TypeNum::ULong,
            (b'e', _) => TypeNum::Half,
            (b'f', _) => TypeNum::Float,
            (b'd', _) => TypeNum::Double,
            (b'g', _) => TypeNum::LongDouble,
            (b'O', _) => TypeNum::Object,
            _ => return Err(self.error("no dtype has the type code")),
        };
        Ok(DType::of(num))
    }
}

/// A structure from items, and its alignment; paddings become gaps, nameless items `f0`, `f1`, ….
fn assemble(items: Vec<Item>, aligned: bool) -> Result<(DType, usize)> {
    let end = items.last().map_or(0, |item| item.offset + item.dtype.itemsize());
    let alignment = items.iter().map(|i| i.alignment).max().unwrap_or(1);
    let itemsize = if aligned { end.div_ceil(alignment) * alignment } else { end };
    let mut fields = Vec::new();
    for item in items {
        if item.padding && item.name.is_none() {
            continue;
        }
        let name = item.name.unwrap_or_else(|| format!("f{}", fields.len()));
        fields.push(Field { name: name.into(), title: None, offset: item.offset, dtype: item.dtype });
    }
    Ok((DType::structured(Structure { fields, aligned: false, alignment: 1 }, itemsize)?, alignment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_formats() {
        for (text, num) in
            [("d", TypeNum::Double), ("l", TypeNum::Long), ("Zf", TypeNum::CFloat), ("?", TypeNum::Bool)]
        {
            assert_eq!(read(text).unwrap(), DType::of(num));
            assert_eq!(write(&DType::of(num), &|_, _| true).unwrap(), text);
        }
        assert_eq!(read(">d").unwrap(), DType::of(TypeNum::Double).with_order(ByteOrder::Swapped));
        assert_eq!(
            write(&DType::of(TypeNum::Int).with_order(ByteOrder::Swapped), &|_, _| true).unwrap(),
            ">i"
        );
        assert_eq!(read("5s").unwrap(), DType::flexible(TypeNum::String, 5));
        assert_eq!(read("3w").unwrap(), DType::flexible(TypeNum::Unicode, 12));
    }

    #[test]
    fn structures_survive() {
        let read_back = read("T{=i:a:xxxx=d:b:(2,3)h:c:}").unwrap();
        let structure = read_back.as_structure().unwrap();
        let offsets: Vec<usize> = structure.fields.iter().map(|f| f.offset).collect();
        assert_eq!(offsets, [0, 8, 16]);
        // Elements of 28 bytes: those behind the first have no field of eight bytes aligned.
        assert_eq!(
            read(&write(&read_back, &|at, to| at % to == 0 && 28 % to == 0).unwrap()).unwrap(),
            read_back
        );
        let long = read("T{l:a:}").unwrap();
        assert_eq!(write(&long, &|_, _| true).unwrap(), "T{l:a:}");
        assert_eq!(write(&long, &|_, _| false).unwrap(), if cfg!(windows) { "T{=l:a:}" } else { "T{=q:a:}" });
        assert_eq!(read("ixxxxd").unwrap().itemsize(), 16);
        assert_eq!(read("id").unwrap().itemsize(), 16);
        assert_eq!(read("T{i:f0:=d:f1:}").unwrap().itemsize(), 12);
    }

    #[test]
    fn structures_end_where_they_end() {
        for (text, aligned, bytes) in [
            // Bytes behind the last field; those that C would add there; none where C would add some.
            ("T{xxxB:a:xxxxf:b:xxxx}", true, 16),
            ("T{d:a:b:b:xxxxxxx}", true, 16),
            ("T{=d:a:b:b:}", false, 9),
            ("T{^O:a:i:b:}", false, 12),
            ("T{T{=d:a:b:b:}:p:b:q:}", false, 10),
            ("T{(2)T{=i:a:xx}:p:xxxx}", false, 16),
        ] {
            let dtype = read(text).unwrap();
            assert_eq!(dtype.itemsize(), bytes, "{text}");
            let again = write(&dtype, &|at, to| aligned || at % to == 0).unwrap();
            assert_eq!(read(&again).unwrap(), dtype, "{text} {again}");
        }
    }

    #[test]
    fn refusals() {
        for text in ["", "P", "T{i", "i:a", "Zi", "99999999999999999999s"] {
            assert!(matches!(read(text), Err(Error::Value(_))), "{text}");
        }
        assert!(write(&DType::of(TypeNum::Datetime), &|_, _| true).is_err());
    }
}
