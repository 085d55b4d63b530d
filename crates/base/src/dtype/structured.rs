//! Where the fields of a structure lie. Packed: one after another. Aligned: as a C compiler lays out a struct, each
//! field at a multiple of its alignment and the whole rounded up to the largest.

use super::value::{DType, Field, Structure};
use crate::error::{Error, Result};

/// One field before its place is known.
#[derive(Debug, Clone)]
pub struct FieldSpec {
    /// Its name; an empty one is replaced by `f0`, `f1`, … by its position.
    pub name: String,
    /// A second name, if it has one.
    pub title: Option<String>,
    /// What it holds.
    pub dtype: DType,
    /// Its place when the caller fixes it.
    pub offset: Option<usize>,
}

/// The next multiple of `alignment`.
pub fn round_up(offset: usize, alignment: usize) -> usize {
    offset.div_ceil(alignment.max(1)) * alignment.max(1)
}

/// Lays fields out one after another, or at the offsets they ask for. `itemsize` may make the whole larger.
///
/// # Errors
/// `Value` for repeated names, offsets that break alignment, sizes that overflow, an itemsize too small; `Type` for
/// objects whose references another field overlaps.
pub fn layout(specs: Vec<FieldSpec>, align: bool, itemsize: Option<usize>) -> Result<DType> {
    let mut fields = Vec::with_capacity(specs.len());
    let (mut end, mut total, mut alignment) = (0usize, 0usize, 1usize);
    for (position, spec) in specs.into_iter().enumerate() {
        let own = if align { spec.dtype.alignment() } else { 1 };
        alignment = alignment.max(own);
        let offset = match spec.offset {
            Some(offset) if !offset.is_multiple_of(own) => {
                return Err(Error::Value(format!(
                    "offset {offset} for NumPy dtype with fields is not divisible by the field alignment {own} \
                     with align=True"
                )));
            }
            Some(offset) => offset,
            None => round_up(end, own),
        };
        end = offset.checked_add(spec.dtype.itemsize()).filter(|&end| end <= i32::MAX as usize).ok_or_else(
            || Error::Value(format!("a structured dtype of more than {} bytes is too large", i32::MAX)),
        )?;
        total = total.max(end);
        let name = if spec.name.is_empty() { format!("f{position}") } else { spec.name };
        let title = spec.title.map(String::into_boxed_str);
        fields.push(Field { name: name.into(), title, offset, dtype: spec.dtype });
    }
    let total = sized(round_up(total, alignment), alignment, itemsize, align)?;
    refuse_shared_objects(&fields)?;
    DType::structured(Structure { fields, aligned: align, alignment }, total)
}

fn sized(needed: usize, alignment: usize, wanted: Option<usize>, align: bool) -> Result<usize> {
    match wanted {
        None => Ok(needed),
        Some(size) if size < needed => Err(Error::Value(format!(
            "NumPy dtype descriptor requires {needed} bytes, cannot override to smaller itemsize of {size}"
        ))),
        Some(size) if align && !size.is_multiple_of(alignment) => Err(Error::Value(format!(
            "NumPy dtype descriptor requires alignment of {alignment} bytes, which is not divisible into the specified \
             itemsize {size}"
        ))),
        Some(size) if size > i32::MAX as usize => {
            Err(Error::Value(format!("itemsize {size} is larger than {}", i32::MAX)))
        }
        Some(size) => Ok(size),
    }
}

/// An object field's pointer must not be reachable through another field, which could overwrite it.
fn refuse_shared_objects(fields: &[Field]) -> Result<()> {
    if !fields.iter().any(|f| f.dtype.holds_objects()) {
        return Ok(());
    }
    for (position, a) in fields.iter().enumerate() {
        for b in &fields[position + 1..] {
            let overlap =
                a.offset < b.offset + b.dtype.itemsize() && b.offset < a.offset + a.dtype.itemsize();
            if overlap && (a.dtype.holds_objects() || b.dtype.holds_objects()) {
                return Err(Error::Type(format!(
                    "Cannot create a NumPy dtype with overlapping object fields ({} and {})",
                    super::name::quoted(&a.name),
                    super::name::quoted(&b.name)
                )));
            }
        }
    }
    Ok(())
}

/// The same fields laid out anew without gaps (or aligned), in their order; with `recurse`, inner structures too.
///
/// # Errors
/// As [`layout`].
pub fn repack(dtype: &DType, align: bool, recurse: bool) -> Result<DType> {
    if let Some(sub) = dtype.as_subarray() {
        let base = if recurse { repack(&sub.base, align, recurse)? } else { sub.base.clone() };
        return DType::subarray(base, &sub.shape);
    }
    let Some(structure) = dtype.as_structure() else { return Ok(dtype.clone()) };
    let spec = |field: &Field| -> Result<FieldSpec> {
        let inner = if recurse { repack(&field.dtype, align, recurse)? } else { field.dtype.clone() };
        Ok(FieldSpec {
            name: field.name.to_string(),
            title: field.title.as_deref().map(str::to_string),
            dtype: inner,
            offset: None,
        })
    };
    layout(structure.fields.iter().map(spec).collect::<Result<_>>()?, align, None)
}

/// A structure of some of the fields, at their places: what indexing with a list of names views.
///
/// # Errors
/// `Key` for a name that is no field, `Value` for a repeated one.
pub fn select(dtype: &DType, names: &[&str]) -> Result<DType> {
    let structure =
        dtype.as_structure().ok_or_else(|| Error::Key("there are no fields in this dtype".into()))?;
    let mut fields: Vec<Field> = Vec::with_capacity(names.len());
    for name in names {
        let field = dtype.field(name).ok_or_else(|| Error::Key(super::name::quoted(name)))?;
        if fields.iter().any(|f| f.name == field.name) {
            return Err(Error::Value(format!("duplicate field of name {}", super::name::quoted(name))));
        }
        fields.push(field.clone());
    }
    DType::structured(
        Structure { fields, aligned: structure.aligned, alignment: structure.alignment },
        dtype.itemsize(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::parse::{parse, parse_aligned};

    #[test]
    fn layouts() {
        for (spelling, align, repr) in [
            ("i1,f8", false, "dtype([('f0', 'i1'), ('f1', '<f8')])"),
            ("i1,f8", true, "dtype([('f0', 'i1'), ('f1', '<f8')], align=True)"),
        ] {
            assert_eq!(format!("{:?}", parse_aligned(spelling, align).unwrap()), repr);
        }
        let aligned = parse_aligned("i1,f8,i1", true).unwrap();
        assert_eq!((aligned.itemsize(), aligned.alignment()), (24, 8));
        assert_eq!(repack(&aligned, false, false).unwrap(), parse("i1,f8,i1").unwrap());
        let picked = select(&aligned, &["f2", "f0"]).unwrap();
        assert_eq!(
            picked.to_string(),
            "{'names': ['f2', 'f0'], 'formats': ['i1', 'i1'], 'offsets': [16, 0], 'itemsize': 24, 'aligned': True}"
        );
    }

    #[test]
    fn refusals() {
        let field = |name: &str, dtype: &str, offset| FieldSpec {
            name: name.into(),
            title: None,
            dtype: parse(dtype).unwrap(),
            offset,
        };
        assert!(layout(vec![field("a", "i4", None), field("a", "i4", None)], false, None).is_err());
        assert!(layout(vec![field("a", "i4", None)], false, Some(2)).is_err());
        assert!(layout(vec![field("a", "i4", None), field("b", "f8", Some(4))], true, None).is_err());
        assert!(layout(vec![field("a", "O", Some(0)), field("b", "i4", Some(4))], false, None).is_err());
        assert!(layout(vec![field("a", "i4", Some(usize::MAX))], false, None).is_err());
    }
}
