//! How dtypes are written: the forms of NumPy's `dtype.name`, `dtype.str`, `str(dtype)` and `repr(dtype)`.
//!
//! A structure has two forms: a list of fields when its offsets are those the layout rules give, else a dict that
//! names every offset. `Record` lets the Python face name a class other than `void`.

use std::fmt::{self, Write};

use super::kind::{Kind, TypeNum};
use super::time_unit::{TimeUnit, Unit};
use super::value::{DType, Field, Structure, Subarray};

impl fmt::Display for TimeUnit {
    /// `[25s]`, `[D]`; nothing for the generic unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.unit, self.count) {
            (Unit::Generic, _) => Ok(()),
            (unit, 1) => write!(f, "[{}]", unit.symbol()),
            (unit, count) => write!(f, "[{count}{}]", unit.symbol()),
        }
    }
}

impl DType {
    /// `dtype.name`: `float64`, `str160`, `datetime64[ns]`, `void96`.
    pub fn name(&self) -> String {
        let base = self.num().row().name;
        match self.kind() {
            Kind::Datetime | Kind::Timedelta => format!("{base}{}", self.time_unit()),
            Kind::Bytes | Kind::Unicode | Kind::Void if self.itemsize() > 0 => {
                format!("{base}{}", self.itemsize() * 8)
            }
            _ => base.to_string(),
        }
    }
    /// `dtype.str`: `<f8`, `|S5`, `<M8[ns]`; structures are opaque: `|V12`.
    pub fn type_string(&self) -> String {
        let kind = self.num().kind_letter() as char;
        let order = match self.order_char() {
            '=' if cfg!(target_endian = "little") => '<',
            '=' => '>',
            other => other,
        };
        match self.kind() {
            Kind::VString => variable_text(self),
            Kind::Object => "|O".to_string(),
            Kind::Unicode => format!("{order}U{}", self.itemsize() / 4),
            Kind::Datetime | Kind::Timedelta => format!("{order}{kind}8{}", self.time_unit()),
            _ => format!("{order}{kind}{}", self.itemsize()),
        }
    }
    /// The name, behind `>` or `<` in the other byte order: types that NumPy does not have are written so wherever a
    /// dtype can be made of it, as their type string only says how many bytes they take.
    fn spelled_name(&self) -> String {
        let order = Some(self.order_char()).filter(|_| !self.is_native());
        format!("{}{}", order.map_or(String::new(), String::from), self.name())
    }
    /// What a dtype is made of again: the type string where that says everything (`<f8`), else the name.
    pub fn spelling(&self) -> String {
        if self.num().is_small_float() { self.spelled_name() } else { self.type_string() }
    }
    /// `str(dtype)`.
    pub fn text(&self) -> String {
        if self.parts().is_some() {
            return structure_text(self, true, None);
        }
        if let Some(subarray) = self.as_subarray() {
            return subarray_text(subarray, true);
        }
        if self.num().is_small_float() {
            return self.spelled_name();
        }
        let by_string = self.num().is_flexible() || self.kind() == Kind::VString || !self.is_native();
        if by_string { self.type_string() } else { self.name() }
    }
    /// What stands in the parentheses of `repr(dtype)`: `'float64'`, `[('a', '<i4')], align=True`.
    /// `class` names the scalar class of a structure when it is not plain `void`.
    pub fn construction(&self, class: Option<&str>) -> String {
        let whole = self.as_subarray().map_or(self, |sub| &sub.base);
        let aligned = whole.parts().is_some_and(|s| s.aligned);
        let body = inner(self, false, false, class);
        if aligned { format!("{body}, align=True") } else { body }
    }
    /// `str(dtype)` of a structure whose scalar class is `class`.
    pub fn text_as(&self, class: Option<&str>) -> String {
        if self.parts().is_some() { structure_text(self, true, class) } else { self.text() }
    }
    /// True when the fields lie where the layout rules put them, so that their list says everything.
    pub fn is_plain_layout(&self) -> bool {
        self.as_structure().is_some_and(|structure| plain_layout(structure, self.itemsize()))
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
impl fmt::Debug for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind() == Kind::VString {
            return f.write_str(&variable_text(self));
        }
        write!(f, "dtype({})", self.construction(None))
    }
}

/// A string as Python's `repr` shows it.
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut result = String::with_capacity(text.len() + 2);
    result.push(quote);
    for c in text.chars() {
        match c {
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c == quote => {
                result.push('\\');
                result.push(c);
            }
            c if (c as u32) < 0x20 || c as u32 == 0x7f => {
                let _ = write!(result, "\\x{:02x}", c as u32);
            }
            c if c.is_control() => {
                let _ = write!(result, "\\x{:02x}", c as u32);
            }
            c => result.push(c),
        }
    }
    result.push(quote);
    result
}

/// A shape as Python prints a tuple, with spaces: `(2, 3)`, `(2,)`.
pub fn tuple_text(shape: &[isize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ")),
    }
}

/// A part of a longer form. `short` asks for type strings (`'<f8'`) rather than names (`'float64'`); `with_align` for
/// `'aligned': True` inside aligned structures, whose `align=True` can't be said at that place.
fn inner(dtype: &DType, short: bool, with_align: bool, class: Option<&str>) -> String {
    if dtype.parts().is_some() {
        return structure_text(dtype, with_align, class);
    }
    if let Some(subarray) = dtype.as_subarray() {
        return subarray_text(subarray, with_align);
    }
    scalar_text(dtype, short)
}

fn scalar_text(dtype: &DType, short: bool) -> String {
    let unsized_ = dtype.itemsize() == 0;
    let text = match dtype.kind() {
        _ if dtype.num().is_small_float() => dtype.spelling(),
        Kind::Object => "O".to_string(),
        Kind::Bool if short => "?".to_string(),
        Kind::Bool => "bool".to_string(),
        Kind::Bytes | Kind::Void if unsized_ => (dtype.kind() as u8 as char).to_string(),
        Kind::Unicode if unsized_ => dtype.type_string().trim_end_matches('0').to_string(),
        Kind::Bytes | Kind::Void | Kind::Unicode => dtype.type_string(),
        Kind::Datetime | Kind::Timedelta => dtype.type_string(),
        _ if !short && dtype.is_native() => dtype.name(),
        _ => dtype.type_string(),
    };
    format!("'{}'", text.trim_start_matches('|'))
}

/// `StringDType(na_object=nan, coerce=False)`. The name of an object is its `repr` where it is a text.
pub fn variable_text(dtype: &DType) -> String {
    let options = dtype.text_options();
    let missing = options.missing.as_ref().map(|missing| format!("na_object={}", missing.shown()));
    let strict = options.strict.then(|| "coerce=False".to_string());
    format!("StringDType({})", missing.into_iter().chain(strict).collect::<Vec<_>>().join(", "))
}

fn subarray_text(subarray: &Subarray, with_align: bool) -> String {
    format!("({}, {})", inner(&subarray.base, true, with_align, None), tuple_text(&subarray.shape))
}

fn structure_text(dtype: &DType, with_align: bool, class: Option<&str>) -> String {
    let Some(structure) = dtype.parts() else { return String::new() };
    let as_list = !(with_align && structure.aligned) && plain_layout(structure, dtype.itemsize());
    let body =
        if as_list { list_text(structure) } else { dict_text(structure, dtype.itemsize(), with_align) };
    match class {
        Some(class) => format!("({class}, {body})"),
        None if dtype.num() != TypeNum::Void => format!("(numpy.{}, {body})", dtype.num().row().class_name),
        None => body,
    }
}

fn list_text(structure: &Structure) -> String {
    let fields: Vec<String> = structure.fields.iter().map(list_field).collect();
    format!("[{}]", fields.join(", "))
}

fn list_field(field: &Field) -> String {
    let name = match &field.title {
        Some(title) => format!("({}, {})", quoted(title), quoted(&field.name)),
        None => quoted(&field.name),
    };
    match field.dtype.as_subarray() {
        Some(sub) => format!("({name}, {}, {})", inner(&sub.base, true, false, None), tuple_text(&sub.shape)),
        None => format!("({name}, {})", inner(&field.dtype, true, false, None)),
    }
}

fn dict_text(structure: &Structure, itemsize: usize, with_align: bool) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let fields = &structure.fields;
    let names = list(fields.iter().map(|f| quoted(&f.name)).collect());
    let formats = list(fields.iter().map(|f| inner(&f.dtype, true, false, None)).collect());
    let offsets = list(fields.iter().map(|f| f.offset.to_string()).collect());
    let mut text = format!("{{'names': {names}, 'formats': {formats}, 'offsets': {offsets}");
    if fields.iter().any(|f| f.title.is_some()) {
        let titles = fields.iter().map(|f| f.title.as_deref().map_or("None".to_string(), quoted)).collect();
        let _ = write!(text, ", 'titles': {}", list(titles));
    }
    let _ = write!(text, ", 'itemsize': {itemsize}");
    if with_align && structure.aligned {
        text.push_str(", 'aligned': True");
    }
    text.push('}');
    text
}

fn plain_layout(structure: &Structure, itemsize: usize) -> bool {
    let mut end = 0;
    for field in &structure.fields {
        if structure.aligned {
            end = super::structured::round_up(end, field.dtype.alignment());
        }
        if field.offset != end {
            return false;
        }
        end += field.dtype.itemsize();
    }
    if structure.aligned {
        end = super::structured::round_up(end, structure.alignment);
    }
    end == itemsize
}

#[cfg(test)]
mod tests {
    use crate::dtype::parse::parse;

    #[test]
    fn names_and_strings() {
        for (spelling, name, string, text, repr) in [
            ("f8", "float64", "<f8", "float64", "dtype('float64')"),
            (">f8", "float64", ">f8", ">f8", "dtype('>f8')"),
            ("U5", "str160", "<U5", "<U5", "dtype('<U5')"),
            ("U", "str", "<U0", "<U0", "dtype('<U')"),
            ("S5", "bytes40", "|S5", "|S5", "dtype('S5')"),
            ("S", "bytes", "|S0", "|S0", "dtype('S')"),
            ("V", "void", "|V0", "|V0", "dtype('V')"),
            ("?", "bool", "|b1", "bool", "dtype('bool')"),
            ("O", "object", "|O", "object", "dtype('O')"),
            ("q", "int64", "<i8", "int64", "dtype('int64')"),
            ("bfloat16", "bfloat16", "<V2", "bfloat16", "dtype('bfloat16')"),
            (">bfloat16", "bfloat16", ">V2", ">bfloat16", "dtype('>bfloat16')"),
            ("float8_e4m3fn", "float8_e4m3fn", "|V1", "float8_e4m3fn", "dtype('float8_e4m3fn')"),
            (">M8[25s]", "datetime64[25s]", ">M8[25s]", ">M8[25s]", "dtype('>M8[25s]')"),
            ("m8", "timedelta64", "<m8", "timedelta64", "dtype('<m8')"),
            ("(2,3)f8", "void384", "|V48", "('<f8', (2, 3))", "dtype(('<f8', (2, 3)))"),
            (
                "i1,>bfloat16",
                "void24",
                "|V3",
                "[('f0', 'i1'), ('f1', '>bfloat16')]",
                "dtype([('f0', 'i1'), ('f1', '>bfloat16')])",
            ),
            ("i1,?", "void16", "|V2", "[('f0', 'i1'), ('f1', '?')]", "dtype([('f0', 'i1'), ('f1', '?')])"),
        ] {
            let dtype = parse(spelling).unwrap();
            let got = (dtype.name(), dtype.type_string(), dtype.to_string(), format!("{dtype:?}"));
            assert_eq!(got, (name.into(), string.into(), text.into(), repr.into()), "{spelling}");
        }
    }

    #[test]
    fn strings_are_quoted_as_python_does() {
        assert_eq!(super::quoted("it's"), "\"it's\"");
        assert_eq!(super::quoted("a\"'\n"), "'a\"\\'\\n'");
    }
}
