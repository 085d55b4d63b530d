//! The header of a `.npy` file.

use std::io::Read;

use sharray_base::dtype::name::quoted;
use sharray_base::dtype::parse::parse;
use sharray_base::dtype::structured::{FieldSpec, layout};
use sharray_base::layout::checked_len;
use sharray_base::{DType, Dims, Error, Result, TypeNum};

use super::literal::{self, Literal};

/// What every file begins with.
pub const MAGIC: &[u8; 6] = b"\x93NUMPY";
/// Headers end on a multiple of this, so that mapped elements are aligned.
const ALIGN: usize = 64;
/// Room is left for the growing axis's extent to become this many digits long.
const GROWTH_DIGITS: usize = 21;
/// Headers longer than this are refused unless the caller says otherwise.
pub const MAX_HEADER: usize = 10_000;

/// A version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 16-bit header length, Latin-1.
    V1,
    /// 32-bit header length, Latin-1.
    V2,
    /// 32-bit header length, UTF-8.
    V3,
}

/// What a header says.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The elements' dtype.
    pub dtype: DType,
    /// True when the elements stand in Fortran order.
    pub fortran: bool,
    /// The array's shape.
    pub shape: Dims,
}

fn value_error<T>(message: String) -> Result<T> {
    Err(Error::Value(message))
}

fn read_exact(reader: &mut dyn Read, bytes: &mut [u8], what: &str) -> Result<()> {
    let mut have = 0;
    while have < bytes.len() {
        match reader.read(&mut bytes[have..]) {
            Ok(0) => {
                let wanted = bytes.len();
                return value_error(format!("EOF: reading {what}, expected {wanted} bytes got {have}"));
            }
            Ok(n) => have += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Error::Io { message: e.to_string(), errno: e.raw_os_error().unwrap_or(0) }),
        }
    }
    Ok(())
}

impl Header {
    /// Reads magic string, version and header; returns it with its length in the file.
    ///
    /// # Errors
    /// `Value` for another magic string or version, a truncated or malformed header, one longer than `max` bytes; `Io`.
    pub fn read(reader: &mut dyn Read, max: usize) -> Result<(Header, Version, usize)> {
        let mut start = [0; 8];
        read_exact(reader, &mut start, "magic string")?;
        if &start[..6] != MAGIC {
            return value_error(format!(
                "the magic string is not correct; expected {MAGIC:?}, got {:?}",
                &start[..6]
            ));
        }
        let version = match (start[6], start[7]) {
            (1, 0) => Version::V1,
            (2, 0) => Version::V2,
            (3, 0) => Version::V3,
            other => {
                return value_error(format!(
                    "we only support format version (1,0), (2,0), and (3,0), not {other:?}"
                ));
            }
        };
        let mut length = [0; 4];
        let width = if version == Version::V1 { 2 } else { 4 };
        read_exact(reader, &mut length[..width], "array header length")?;
        let length = u32::from_le_bytes(length) as usize;
        if length > max {
            return value_error(format!(
                "Header info length ({length}) is large and may not be safe to load securely; the limit is {max}"
            ));
        }
        let mut bytes = vec![0; length];
        read_exact(reader, &mut bytes, "array header")?;
        let text = match version {
            Version::V3 => {
                String::from_utf8(bytes).or_else(|_| value_error("the header is no UTF-8".into()))?
            }
            _ => bytes.iter().map(|&b| b as char).collect(),
        };
        Ok((Header::parse(&text)?, version, 8 + width + length))
    }

    /// The header that a dict literal describes.
    ///
    /// # Errors
    /// `Value` for what is no such dict.
    pub fn parse(text: &str) -> Result<Header> {
        let refused =
            |why: String| value_error(format!("Cannot parse header: {why}: {}", quoted(text.trim_end())));
        let items = match literal::parse(text) {
            Ok(Literal::Dict(items)) => items,
            Ok(_) => return refused("it is not a dictionary".into()),
            Err(error) => return refused(error.to_string()),
        };
        let mut values = [None, None, None];
        for (key, value) in items {
            let known =
                ["descr", "fortran_order", "shape"].iter().position(|k| Literal::Text((*k).into()) == key);
            match known {
                Some(place) => values[place] = Some(value),
                None => return value_error(format!("Header does not contain the correct keys: {key:?}")),
            }
        }
        let [Some(descr), Some(fortran), Some(shape)] = values else {
            return value_error(
                "Header does not contain the correct keys: descr, fortran_order and shape are needed".into(),
            );
        };
        let Literal::Bool(fortran) = fortran else {
            return value_error(format!("fortran_order is not a valid bool: {fortran:?}"));
        };
        let shape = shape_of(&shape).ok_or_else(|| Error::Value(format!("shape is not valid: {shape:?}")))?;
        let dtype = dtype_of(&descr)
            .map_err(|e| Error::Value(format!("descr is not a valid dtype descriptor: {e}")))?;
        checked_len(&shape, dtype.itemsize())?;
        Ok(Header { dtype, fortran, shape })
    }

    /// Magic string, version, length and header, in the lowest version (from `least` on) that holds it.
    ///
    /// # Errors
    /// `Value` for a dtype whose fields overlap or stand out of order.
    pub fn bytes(&self, least: Version) -> Result<Vec<u8>> {
        let text = self.text()?;
        let latin = text.chars().all(|c| (c as u32) < 0x100);
        let short = text.len() + 2 * ALIGN < 0x1_0000;
        let version = match least {
            Version::V1 if latin && short => Version::V1,
            Version::V1 | Version::V2 if latin => Version::V2,
            _ => Version::V3,
        };
        let mut body: Vec<u8> = match version {
            Version::V3 => text.into_bytes(),
            _ => text.chars().map(|c| c as u8).collect(),
        };
        let (number, width) = match version {
            Version::V1 => (1, 2),
            Version::V2 => (2, 4),
            Version::V3 => (3, 4),
        };
        let padding = ALIGN - (8 + width + body.len() + 1) % ALIGN;
        body.extend(std::iter::repeat_n(b' ', padding));
        body.push(b'\n');
        let mut bytes = MAGIC.to_vec();
        bytes.extend([number, 0]);
        bytes.extend(&(body.len() as u32).to_le_bytes()[..width]);
        bytes.extend(body);
        Ok(bytes)
    }

    /// The dict, and spaces for the axis that appending would make longer.
    fn text(&self) -> Result<String> {
        let fortran = if self.fortran { "True" } else { "False" };
        let shape = match self.shape[..] {
            [one] => format!("({one},)"),
            _ => format!("({})", self.shape.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ")),
        };
        let mut text = format!(
            "{{'descr': {}, 'fortran_order': {fortran}, 'shape': {shape}, }}",
            descr_text(&self.dtype)?
        );
        let growing = if self.fortran { self.shape.last() } else { self.shape.first() };
        if let Some(extent) = growing {
            text += &" ".repeat(GROWTH_DIGITS.saturating_sub(extent.to_string().len()));
        }
        Ok(text)
    }
}

fn shape_of(literal: &Literal) -> Option<Dims> {
    let Literal::Tuple(items) = literal else { return None };
    items
        .iter()
        .map(|item| if let Literal::Int(n) = item { isize::try_from(*n).ok() } else { None })
        .collect()
}

/// A `descr` entry: type strings, and lists of fields for structures, gaps as nameless void fields.
fn descr_text(dtype: &DType) -> Result<String> {
    let Some(structure) = dtype.as_structure() else {
        return Ok(quoted(&dtype.spelling()));
    };
    let mut fields = Vec::new();
    let mut end = 0;
    let gap = |bytes: usize| format!("('', '|V{bytes}')");
    for field in &structure.fields {
        if field.offset < end {
            return value_error(
                "dtype.descr is not defined for types with overlapping or out-of-order fields".into(),
            );
        }
        if field.offset > end {
            fields.push(gap(field.offset - end));
        }
        end = field.offset + field.dtype.itemsize();
        let name = match &field.title {
            Some(title) => format!("({}, {})", quoted(title), quoted(&field.name)),
            None => quoted(&field.name),
        };
        fields.push(match field.dtype.as_subarray() {
            Some(subarray) => {
                let shape = sharray_base::dtype::name::tuple_text(&subarray.shape);
                format!("({name}, {}, {shape})", descr_text(&subarray.base)?)
            }
            None => format!("({name}, {})", descr_text(&field.dtype)?),
        });
    }
    if dtype.itemsize() > end {
        fields.push(gap(dtype.itemsize() - end));
    }
    Ok(format!("[{}]", fields.join(", ")))
}

/// The dtype that a `descr` entry means.
fn dtype_of(descr: &Literal) -> Result<DType> {
    match descr {
        Literal::Text(text) => parse(text),
        Literal::Tuple(items) => match &items[..] {
            [base, shape] => subarray(base, shape),
            _ => value_error(format!("{descr:?} is not (dtype, shape)")),
        },
        Literal::List(items) => fields_of(items),
        _ => value_error(format!("{descr:?} is no dtype")),
    }
}

fn subarray(base: &Literal, shape: &Literal) -> Result<DType> {
    let shape = match shape {
        Literal::Int(n) => isize::try_from(*n).ok().map(|n| Dims::from_slice(&[n])),
        other => shape_of(other),
    };
    let shape = shape.ok_or_else(|| Error::Value("a subarray's shape must be a tuple of integers".into()))?;
    DType::subarray(dtype_of(base)?, &shape)
}

fn fields_of(items: &[Literal]) -> Result<DType> {
    let mut specs = Vec::new();
    let mut offset = 0usize;
    for item in items {
        let Literal::Tuple(parts) = item else { return value_error(format!("{item:?} is no field")) };
        let (name, dtype) = match &parts[..] {
            [name, base] => (name, dtype_of(base)?),
            [name, base, shape] => (name, subarray(base, shape)?),
            _ => return value_error(format!("{item:?} is no field")),
        };
        let size = dtype.itemsize();
        let (title, name) = match name {
            Literal::Text(name) => (None, name.clone()),
            Literal::Tuple(both) => match &both[..] {
                [Literal::Text(title), Literal::Text(name)] => (Some(title.as_str().into()), name.clone()),
                _ => return value_error(format!("{both:?} is no field name")),
            },
            other => return value_error(format!("{other:?} is no field name")),
        };
        let is_gap = name.is_empty() && dtype.num() == TypeNum::Void && dtype.as_structure().is_none();
        if !is_gap {
            specs.push(FieldSpec { name, title, dtype, offset: Some(offset) });
        }
        offset = offset.checked_add(size).ok_or_else(|| Error::Value("the fields' sizes overflow".into()))?;
    }
    layout(specs, false, Some(offset))
}
