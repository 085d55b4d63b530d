//! [`DType`]: the value the whole engine passes around. Cheap to clone (at most one reference count), never changed
//! once made.

use std::any::Any;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::kind::{Kind, TypeNum};
use super::time_unit::TimeUnit;
use crate::error::{Error, Result};

/// Byte order of multi-byte elements relative to this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// This machine's, or not applicable (`|`).
    Native,
    /// The other one.
    Swapped,
}

/// Something attached to a dtype that the engine carries but does not look into (Python's `metadata` dict).
#[derive(Clone)]
pub struct Metadata(pub Arc<dyn Any + Send + Sync>);

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metadata")
    }
}

/// A named member of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// A second name, if it has one.
    pub title: Option<Box<str>>,
    /// Bytes from the structure's start.
    pub offset: usize,
    /// What it holds.
    pub dtype: DType,
}

/// Fields of a structured dtype, in order. Field names are distinct; every field ends within the itemsize.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Structure {
    /// The fields in order.
    pub fields: Vec<Field>,
    /// True when laid out like a C struct (`align=True`).
    pub aligned: bool,
    /// Alignment of the whole: 1 unless `aligned`.
    pub alignment: usize,
}

/// A fixed-shape array within an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subarray {
    /// Dtype of its elements, which may be a subarray in turn.
    pub base: DType,
    /// Its shape, at least one axis.
    pub shape: Vec<isize>,
}

/// What stands for a missing text of variable width.
#[derive(Debug, Clone)]
pub struct MissingText {
    /// The object itself.
    pub object: Metadata,
    /// How it is written.
    pub name: Box<str>,
    /// How it behaves.
    pub kind: MissingKind,
    /// Which object it is, where no other does as well; 0 for NaN, of which one is as good as another.
    pub identity: usize,
}

/// How a missing text behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingKind {
    /// Like NaN: what is made of it is missing, and it equals nothing.
    Nan,
    /// A text itself, which takes its place.
    Text,
    /// Any other object: it equals itself, and nothing can be made of it.
    Other,
}

impl MissingText {
    /// As Python's `repr` writes it.
    pub(super) fn shown(&self) -> String {
        if self.kind == MissingKind::Text { super::name::quoted(&self.name) } else { self.name.to_string() }
    }
    /// What equality and hashes look at.
    fn key(&self) -> (MissingKind, &str, usize) {
        match self.kind {
            MissingKind::Text => (self.kind, &self.name, 0),
            MissingKind::Nan | MissingKind::Other => (self.kind, "", self.identity),
        }
    }
}

impl PartialEq for MissingText {
    fn eq(&self, other: &MissingText) -> bool {
        self.key() == other.key()
    }
}
impl Eq for MissingText {}
impl Hash for MissingText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// Options of text of variable width.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TextOptions {
    /// What stands for a missing text, if texts can be missing.
    pub missing: Option<MissingText>,
    /// True when values that are no text are refused rather than written out.
    pub strict: bool,
}

#[derive(Debug, Clone, Default)]
struct Detail {
    structure: Option<Structure>,
    subarray: Option<Subarray>,
    metadata: Option<Metadata>,
    text: TextOptions,
}

/// What the bytes of an element mean.
#[derive(Clone)]
pub struct DType {
    num: TypeNum,
    order: ByteOrder,
    time: TimeUnit,
    itemsize: usize,
    detail: Option<Arc<Detail>>,
}

impl DType {
    /// A built-in type in native order; `S`, `U`, `V` get itemsize 0, times the generic unit.
    pub const fn of(num: TypeNum) -> DType {
        let itemsize = super::kind::TYPES[num as usize].itemsize;
        DType { num, order: ByteOrder::Native, time: TimeUnit::GENERIC, itemsize, detail: None }
    }
    /// `S`, `U` or `V` of `itemsize` bytes (for `U` four times the number of characters).
    pub fn flexible(num: TypeNum, itemsize: usize) -> DType {
        debug_assert!(num.is_flexible());
        DType { itemsize, ..DType::of(num) }
    }
    /// Text of variable width.
    pub fn variable_text(options: TextOptions) -> DType {
        let plain = options == TextOptions::default();
        let detail = (!plain).then(|| Arc::new(Detail { text: options, ..Detail::default() }));
        DType { detail, ..DType::of(TypeNum::VString) }
    }
    /// `datetime64` or `timedelta64` in a unit.
    pub fn time(num: TypeNum, time: TimeUnit) -> DType {
        debug_assert!(matches!(num, TypeNum::Datetime | TypeNum::Timedelta));
        DType { time, ..DType::of(num) }
    }
    /// A structured dtype. `itemsize` is checked against the fields' ends, names against each other.
    ///
    /// # Errors
    /// `Value` for a repeated name or title, or a field that leaves the itemsize.
    pub fn structured(structure: Structure, itemsize: usize) -> Result<DType> {
        for (position, field) in structure.fields.iter().enumerate() {
            let base = field.dtype.as_subarray().map_or(&field.dtype, |sub| &sub.base);
            if base.num() == TypeNum::VString {
                return Err(Error::Type(
                    "StringDType is not currently supported for structured dtype fields.".into(),
                ));
            }
            let clash = |other: &Field| {
                let names = [Some(&other.name), other.title.as_ref()];
                names.contains(&Some(&field.name))
                    || (field.title.is_some() && names.contains(&field.title.as_ref()))
            };
            if structure.fields[..position].iter().any(clash) || field.title.as_ref() == Some(&field.name) {
                return Err(Error::Value(format!(
                    "field {} occurs more than once",
                    super::name::quoted(&field.name)
                )));
            }
            let end = field.offset.checked_add(field.dtype.itemsize());
            if end.is_none_or(|end| end > itemsize) {
                return Err(Error::Value(format!(
                    "field {:?} of {} bytes at offset {} does not fit an itemsize of {itemsize}",
                    field.name,
                    field.dtype.itemsize(),
                    field.offset
                )));
            }
        }
        let detail = Detail { structure: Some(structure), ..Detail::default() };
        Ok(DType { itemsize, detail: Some(Arc::new(detail)), ..DType::of(TypeNum::Void) })
    }
    /// `shape` elements of `base` in one.
    ///
    /// # Errors
    /// `Value` when an extent is negative, or one of them or the size is beyond a C `int`.
    pub fn subarray(base: DType, shape: &[isize]) -> Result<DType> {
        let shape = shape.to_vec();
        let refused = |why| Err(Error::value(format!("invalid shape in fixed-type tuple: {why} a C int.")));
        if shape.iter().any(|&extent| extent > i32::MAX as isize) {
            return refused("dimension does not fit into");
        }
        let count = crate::layout::checked_len(&shape, base.itemsize())?;
        let itemsize = count * base.itemsize();
        if itemsize > i32::MAX as usize {
            return refused("dtype size in bytes must fit into");
        }
        let detail = Detail { subarray: Some(Subarray { base, shape }), ..Detail::default() };
        Ok(DType { itemsize, detail: Some(Arc::new(detail)), ..DType::of(TypeNum::Void) })
    }

    /// NumPy's type number.
    #[inline]
    pub fn num(&self) -> TypeNum {
        self.num
    }
    /// True for numbers and bools in native order with nothing attached: their bytes are what the C type's are.
    #[inline]
    pub fn is_plain_number(&self) -> bool {
        self.is_bare_number() && self.order == ByteOrder::Native
    }
    /// True for numbers and bools in either byte order with nothing attached.
    #[inline]
    pub fn is_bare_number(&self) -> bool {
        self.detail.is_none() && self.num.is_number()
    }
    /// The kind letter.
    #[inline]
    pub fn kind(&self) -> Kind {
        self.num.kind()
    }
    /// Bytes per element.
    #[inline]
    pub fn itemsize(&self) -> usize {
        self.itemsize
    }
    /// The alignment the C type wants.
    #[inline]
    pub fn alignment(&self) -> usize {
        match self.detail.as_deref() {
            Some(Detail { structure: Some(structure), .. }) if self.num == TypeNum::Void => {
                structure.alignment
            }
            Some(Detail { subarray: Some(subarray), .. }) => subarray.base.alignment(),
            _ => self.num.row().alignment,
        }
    }
    /// Byte order of the elements. Structures say `Native`: order is their fields' matter.
    #[inline]
    pub fn order(&self) -> ByteOrder {
        self.order
    }
    /// True when the bytes can be used as they are: native order, in every field.
    #[inline]
    pub fn is_native(&self) -> bool {
        match self.detail.as_deref() {
            Some(Detail { structure: Some(structure), .. }) if self.num == TypeNum::Void => {
                structure.fields.iter().all(|f| f.dtype.is_native())
            }
            Some(Detail { subarray: Some(subarray), .. }) => subarray.base.is_native(),
            _ => self.order == ByteOrder::Native,
        }
    }
    /// True where byte order means something: more than one byte per unit.
    #[inline]
    pub fn has_byte_order(&self) -> bool {
        use TypeNum::{Bool, Byte, Float8E4M3FN, Float8E5M2, Object, String, UByte, VString, Void};
        !matches!(
            self.num,
            Bool | Byte | UByte | String | Void | Object | VString | Float8E4M3FN | Float8E5M2
        )
    }
    /// Unit of a datetime or timedelta (`GENERIC` for the rest).
    pub fn time_unit(&self) -> TimeUnit {
        self.time
    }
    /// The structure, for structured dtypes.
    #[inline]
    pub fn as_structure(&self) -> Option<&Structure> {
        self.parts().filter(|_| self.num == TypeNum::Void)
    }
    /// The structure of a structured dtype, or the fields that a dtype of another type offers to look at its bytes by.
    #[inline]
    pub fn parts(&self) -> Option<&Structure> {
        self.detail.as_deref().and_then(|d| d.structure.as_ref())
    }
    /// This dtype with fields to look at its bytes by: the structure of `like`, which has the same itemsize.
    ///
    /// # Errors
    /// `Value` where `like` has no fields or another itemsize.
    pub fn with_parts(&self, like: &DType) -> Result<DType> {
        let Some(structure) = like.parts().filter(|_| like.itemsize == self.itemsize) else {
            return Err(Error::Value("mismatch in size of old and new data-descriptor".into()));
        };
        let mut detail = self.detail.as_deref().cloned().unwrap_or_default();
        detail.structure = Some(structure.clone());
        Ok(DType { detail: Some(Arc::new(detail)), ..self.clone() })
    }
    /// The subarray, for subarray dtypes.
    #[inline]
    pub fn as_subarray(&self) -> Option<&Subarray> {
        self.detail.as_deref().and_then(|d| d.subarray.as_ref())
    }
    /// The element dtype and shape of a subarray with all its levels taken together.
    #[inline]
    pub fn flattened(&self) -> Option<(&DType, Vec<isize>)> {
        self.as_subarray()?;
        let mut shape = Vec::new();
        let mut base = self;
        while let Some(subarray) = base.as_subarray() {
            shape.extend_from_slice(&subarray.shape);
            base = &subarray.base;
        }
        (!shape.is_empty()).then_some((base, shape))
    }
    /// True when an element has bytes that belong to no field: whoever copies one must leave the target's alone, because
    /// other arrays may have fields there (a view of some fields, for one).
    pub fn has_gaps(&self) -> bool {
        if let Some(subarray) = self.as_subarray() {
            return subarray.base.has_gaps();
        }
        let Some(structure) = self.as_structure() else { return false };
        let mut spans: Vec<(usize, usize)> =
            structure.fields.iter().map(|f| (f.offset, f.offset + f.dtype.itemsize())).collect();
        spans.sort_unstable();
        let mut covered = 0;
        for (start, end) in spans {
            if start > covered {
                return true;
            }
            covered = covered.max(end);
        }
        covered < self.itemsize || structure.fields.iter().any(|f| f.dtype.has_gaps())
    }
    /// Options of text of variable width; the plain ones for other dtypes.
    pub fn text_options(&self) -> &TextOptions {
        static PLAIN: TextOptions = TextOptions { missing: None, strict: false };
        self.detail.as_deref().map_or(&PLAIN, |d| &d.text)
    }
    /// The field of this name or title.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.parts()?.fields.iter().find(|f| &*f.name == name || f.title.as_deref() == Some(name))
    }
    /// What the caller attached.
    pub fn metadata(&self) -> Option<&Metadata> {
        self.detail.as_deref().and_then(|d| d.metadata.as_ref())
    }
    /// The same dtype with something attached, or nothing.
    pub fn with_metadata(&self, metadata: Option<Metadata>) -> DType {
        let mut detail = self.detail.as_deref().cloned().unwrap_or_default();
        detail.metadata = metadata;
        let empty = detail.structure.is_none() && detail.subarray.is_none() && detail.metadata.is_none();
        let empty = empty && detail.text == TextOptions::default();
        DType { detail: (!empty).then(|| Arc::new(detail)), ..self.clone() }
    }
    /// True when an element, or a part of it, is a reference that is counted: to a Python object, or to a long text of
    /// variable width. Its memory starts zeroed, is copied by counting, and is not to be looked at as bytes.
    #[inline]
    pub fn holds_objects(&self) -> bool {
        match self.detail.as_deref() {
            Some(Detail { structure: Some(structure), .. }) if self.num == TypeNum::Void => {
                structure.fields.iter().any(|f| f.dtype.holds_objects())
            }
            Some(Detail { subarray: Some(subarray), .. }) => subarray.base.holds_objects(),
            _ => matches!(self.num, TypeNum::Object | TypeNum::VString),
        }
    }
    /// The same in native byte order, all fields included.
    #[inline]
    pub fn to_native(&self) -> DType {
        self.map_order(&|_| ByteOrder::Native)
    }
    /// The same with every byte order reversed.
    pub fn swapped(&self) -> DType {
        self.map_order(&|order| match order {
            ByteOrder::Native => ByteOrder::Swapped,
            ByteOrder::Swapped => ByteOrder::Native,
        })
    }
    /// The same in the given byte order, all fields included.
    pub fn with_order(&self, order: ByteOrder) -> DType {
        self.map_order(&|_| order)
    }
    fn map_order(&self, change: &dyn Fn(ByteOrder) -> ByteOrder) -> DType {
        let mut result = self.clone();
        if self.has_byte_order() {
            result.order = change(self.order);
        }
        if let Some(detail) = &self.detail {
            let mut detail = (**detail).clone();
            if let Some(structure) = &mut detail.structure {
                structure.fields.iter_mut().for_each(|f| f.dtype = f.dtype.map_order(change));
            }
            if let Some(subarray) = &mut detail.subarray {
                subarray.base = subarray.base.map_order(change);
            }
            result.detail = Some(Arc::new(detail));
        }
        result
    }
    /// True when both describe the same values in the same bytes: like `==`, but `long` and `longlong` of one size
    /// are the same, and so are `1000ms` and `s`. This is what Python's `dtype == dtype` says.
    pub fn equivalent(&self, other: &DType) -> bool {
        let own = (self.num.canonical(), self.order, self.time.reduced(), self.itemsize);
        let others = (other.num.canonical(), other.order, other.time.reduced(), other.itemsize);
        if own != others || self.text_options() != other.text_options() {
            return false;
        }
        match (self.as_structure(), other.as_structure()) {
            (Some(a), Some(b)) => {
                a.fields.len() == b.fields.len()
                    && a.fields.iter().zip(&b.fields).all(|(x, y)| {
                        x.name == y.name
                            && x.title == y.title
                            && x.offset == y.offset
                            && x.dtype.equivalent(&y.dtype)
                    })
            }
            (None, None) => match (self.as_subarray(), other.as_subarray()) {
                (Some(a), Some(b)) => a.shape == b.shape && a.base.equivalent(&b.base),
                (None, None) => true,
                _ => false,
            },
            _ => false,
        }
    }
    /// `<`, `>`, `=`, `|` as in `dtype.byteorder`.
    pub fn order_char(&self) -> char {
        let swapped = if cfg!(target_endian = "little") { '>' } else { '<' };
        match (self.has_byte_order(), self.order) {
            (false, _) => '|',
            (true, ByteOrder::Native) => '=',
            (true, ByteOrder::Swapped) => swapped,
        }
    }
}

impl PartialEq for DType {
    fn eq(&self, other: &DType) -> bool {
        (self.num, self.order, self.time, self.itemsize)
            == (other.num, other.order, other.time, other.itemsize)
            && self.parts() == other.parts()
            && self.as_subarray() == other.as_subarray()
            && self.text_options() == other.text_options()
    }
}
impl Eq for DType {}

impl Hash for DType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.num.canonical(), self.order, self.time.reduced(), self.itemsize).hash(state);
        if let Some(structure) = self.as_structure() {
            structure.fields.iter().for_each(|f| (&f.name, &f.title, f.offset, &f.dtype).hash(state));
        }
        if let Some(subarray) = self.as_subarray() {
            (&subarray.shape, &subarray.base).hash(state);
        }
        if self.num == TypeNum::VString {
            self.text_options().hash(state);
        }
    }
}

// The words of `Display` (`int64`, `>f8`) and `Debug` (`dtype('int64')`) are in `name.rs`.
