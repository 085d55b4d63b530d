//! Format strings of the buffer protocol (PEP 3118): dtype to text and back.
//!
//! Grammar read: an optional order mark (`@ = < > ! ^`), then items `[(shape)] [count] code [:name:]`; `T{…}` is a
//! structure, `Z` before `f d g` a complex number, `x` padding. Under `@` items are aligned as in C, else packed.
//! Codes that NumPy has no type for (pointers, functions, bit fields) are refused.

use sharray_base::dtype::{Field, Structure};
use sharray_base::{ByteOrder, DType, Error, Result, TypeNum};

/// The format of elements of `dtype`.
///
/// # Errors
/// `Value` for dtypes the protocol can't express (times).
pub fn write(dtype: &DType) -> Result<String> {
    let mut text = String::new();
    write_item(dtype, &mut text, &mut None)?;
    Ok(text)
}

fn code(num: TypeNum) -> Option<&'static str> {
    Some(match num {
        TypeNum::Bool => "?",
        TypeNum::Byte => "b",
        TypeNum::UByte => "B",
        TypeNum::Short => "h",
        TypeNum::UShort => "H",
        TypeNum::Int => "i",
        TypeNum::UInt => "I",
        TypeNum::Long => "l",
        TypeNum::ULong => "L",
        TypeNum::LongLong => "q",
        TypeNum::ULongLong => "Q",
        TypeNum::Half => "e",
        TypeNum::Float => "f",
        TypeNum::Double => "d",
        TypeNum::LongDouble => "g",
        TypeNum::CFloat => "Zf",
        TypeNum::CDouble => "Zd",
        TypeNum::CLongDouble => "Zg",
        TypeNum::Object => "O",
        _ => return None,
    })
}

fn write_item(dtype: &DType, text: &mut String, order: &mut Option<char>) -> Result<()> {
    if let Some((base, shape)) = dtype.flattened() {
        let shape: Vec<String> = shape.iter().map(|n| n.to_string()).collect();
        text.push_str(&format!("({})", shape.join(",")));
        return write_item(base, text, order);
    }
    if let Some(structure) = dtype.as_structure() {
        return write_structure(structure, dtype.itemsize(), text, order);
    }
    match dtype.num() {
        TypeNum::String => text.push_str(&format!("{}s", dtype.itemsize())),
        TypeNum::Void => text.push_str(&format!("{}x", dtype.itemsize())),
        TypeNum::Unicode => {
            mark_order(dtype, text, order);
            text.push_str(&format!("{}w", dtype.itemsize() / 4));
        }
        num => {
            let code = code(num).ok_or_else(|| {
                Error::Value(format!("cannot include dtype '{}' in a buffer", num.row().char as char))
            })?;
            mark_order(dtype, text, order);
            text.push_str(sized(code, *order));
        }
    }
    Ok(())
}

/// The code that means the same number of bytes under the order mark in force: away from native sizes `l` has four.
fn sized(code: &'static str, order: Option<char>) -> &'static str {
    match (code, order) {
        (code, None | Some('@')) => code,
        ("l", _) if size_of::<std::ffi::c_long>() == 8 => "q",
        ("L", _) if size_of::<std::ffi::c_long>() == 8 => "Q",
        (code, _) => code,
    }
}

/// Writes an order mark where it changes. Outside structures native order needs none.
fn mark_order(dtype: &DType, text: &mut String, order: &mut Option<char>) {
    let swapped = if cfg!(target_endian = "little") { '>' } else { '<' };
    let wanted = match dtype.order() {
        ByteOrder::Swapped if dtype.has_byte_order() => Some(swapped),
        _ => order.map(|_| '='),
    };
    let single = !dtype.has_byte_order();
    if !single && wanted != *order && wanted.is_some() {
        text.extend(wanted);
        *order = wanted;
    }
}

fn write_structure(
    structure: &Structure,
    itemsize: usize,
    text: &mut String,
    order: &mut Option<char>,
) -> Result<()> {
    text.push_str("T{");
    // Inside a structure items are packed: the paddings are written out.
    if order.is_none() {
        *order = Some('@');
    }
    let mut position = 0;
    for field in &structure.fields {
        if field.offset < position {
            return Err(Error::Value(format!(
                "field {:?} at offset {} overlaps the one before: this can't be expressed in a buffer format",
                field.name, field.offset
            )));
        }
        pad(field.offset - position, text);
        if *order == Some('@') && field.dtype.as_structure().is_none() && needs_packing(&field.dtype) {
            text.push('=');
            *order = Some('=');
        }
        write_item(&field.dtype, text, order)?;
        text.push_str(&format!(":{}:", field.name));
        position = field.offset + field.dtype.itemsize();
    }
    pad(itemsize - position, text);
    text.push('}');
    Ok(())
}

fn needs_packing(dtype: &DType) -> bool {
    let base = dtype.flattened().map_or(dtype, |(base, _)| base);
    base.has_byte_order() || base.num() == TypeNum::Object
}

fn pad(bytes: usize, text: &mut String) {
    text.push_str(&"x".repeat(bytes));
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
        Ok([only]) => assemble(vec![only], false),
        Err(many) => {
            assemble(many, format.starts_with('@') || !format.starts_with(['=', '<', '>', '!', '^']))
        }
    }
}

struct Item {
    name: Option<String>,
    dtype: DType,
    offset: usize,
    padding: bool,
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
                Some(mark @ (b'@' | b'=' | b'<' | b'>' | b'!' | b'^')) => {
                    self.order = mark;
                    self.position += 1;
                }
                Some(_) => {
                    let (dtype, padding) = self.item()?;
                    if self.order == b'@' && !padding {
                        let alignment = natural_alignment(&dtype);
                        offset = offset.div_ceil(alignment) * alignment;
                    }
                    let name = self.name()?;
                    let size = dtype.itemsize();
                    items.push(Item { name, dtype, offset, padding });
                    offset =
                        offset.checked_add(size).ok_or_else(|| self.error("the element is too large"))?;
                }
            }
        }
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
    fn item(&mut self) -> Result<(DType, bool)> {
        let shape = self.shape()?;
        let count = self.number()?;
        let mut code = self.peek().ok_or_else(|| self.error("a type code is missing"))?;
        self.position += 1;
        let mut padding = false;
        let complex = code == b'Z';
        if complex {
            code = self.peek().ok_or_else(|| self.error("a type code is missing after Z"))?;
            self.position += 1;
        }
        let mut repeat = count;
        let dtype = match code {
            b'T' if self.peek() == Some(b'{') => {
                self.position += 1;
                let items = self.items(true)?;
                // What a mark inside says of alignment holds for the end as well.
                assemble(items, self.order == b'@')?
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
        let shape = match (shape, repeat) {
            (Some(shape), _) => Some(shape),
            (None, Some(n)) if n != 1 => {
                Some(vec![isize::try_from(n).map_err(|_| self.error("a count is too large"))?])
            }
            _ => None,
        };
        match shape {
            Some(shape) => Ok((DType::subarray(dtype, &shape)?, padding)),
            None => Ok((dtype, padding)),
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

fn natural_alignment(dtype: &DType) -> usize {
    match (dtype.as_structure(), dtype.as_subarray()) {
        (Some(s), _) => s.fields.iter().map(|f| natural_alignment(&f.dtype)).max().unwrap_or(1),
        (_, Some(s)) => natural_alignment(&s.base),
        _ => dtype.alignment(),
    }
}

/// A structure from items; paddings become gaps, nameless items `f0`, `f1`, ….
fn assemble(items: Vec<Item>, aligned: bool) -> Result<DType> {
    let end = items.last().map_or(0, |item| item.offset + item.dtype.itemsize());
    let alignment =
        items.iter().filter(|i| !i.padding).map(|i| natural_alignment(&i.dtype)).max().unwrap_or(1);
    let itemsize = if aligned { end.div_ceil(alignment) * alignment } else { end };
    let mut fields = Vec::new();
    for item in items {
        if item.padding && item.name.is_none() {
            continue;
        }
        let name = item.name.unwrap_or_else(|| format!("f{}", fields.len()));
        fields.push(Field { name: name.into(), title: None, offset: item.offset, dtype: item.dtype });
    }
    DType::structured(Structure { fields, aligned: false, alignment: 1 }, itemsize)
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
            assert_eq!(write(&DType::of(num)).unwrap(), text);
        }
        assert_eq!(read(">d").unwrap(), DType::of(TypeNum::Double).with_order(ByteOrder::Swapped));
        assert_eq!(write(&DType::of(TypeNum::Int).with_order(ByteOrder::Swapped)).unwrap(), ">i");
        assert_eq!(read("5s").unwrap(), DType::flexible(TypeNum::String, 5));
        assert_eq!(read("3w").unwrap(), DType::flexible(TypeNum::Unicode, 12));
    }

    #[test]
    fn structures_survive() {
        let read_back = read("T{=i:a:xxxx=d:b:(2,3)h:c:}").unwrap();
        let structure = read_back.as_structure().unwrap();
        let offsets: Vec<usize> = structure.fields.iter().map(|f| f.offset).collect();
        assert_eq!(offsets, [0, 8, 16]);
        assert_eq!(read(&write(&read_back).unwrap()).unwrap(), read_back);
        let long = read("T{l:a:}").unwrap();
        assert_eq!(write(&long).unwrap(), if cfg!(windows) { "T{=l:a:}" } else { "T{=q:a:}" });
        assert_eq!(read("ixxxxd").unwrap().itemsize(), 16);
        assert_eq!(read("id").unwrap().itemsize(), 16);
        assert_eq!(read("T{i:f0:=d:f1:}").unwrap().itemsize(), 12);
    }

    #[test]
    fn refusals() {
        for text in ["", "P", "T{i", "i:a", "Zi", "99999999999999999999s"] {
            assert!(matches!(read(text), Err(Error::Value(_))), "{text}");
        }
        assert!(write(&DType::of(TypeNum::Datetime)).is_err());
    }
}
