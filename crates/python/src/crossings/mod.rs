//! Crossings (design D9): each time memory passes a border, in or out, by whatever protocol, a small record is left.
//!
//! Three things are kept, each in a file: the newest records ([`ring`], bounded), who still holds what was handed out
//! ([`live`], for protocols that say when they are done), and the watch that turns copies into errors ([`watch`]).
//! [`lease`] is the object that a buffer's consumer holds; [`report`] tells Python; [`heap`] finds who may look at memory.
//!
//! What a protocol's file does:
//!
//! - memory came in: [`came_in`]; if it is then copied, [`to_be_copied`] before and [`was_copied`] after;
//! - memory went out by a protocol with an end-of-use signal: `let ticket = handed_out(…)`, which the exported struct
//!   keeps, and drops when its consumer lets go ([`live::Ticket`]: from any thread, without the GIL);
//! - memory went out by a protocol without one: [`told`].
//!
//! A record costs some ten nanoseconds: fields are stored as numbers, words are made when somebody asks. Arithmetic
//! knows nothing of it.

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::DType;
use sharray_base::dtype::{Kind, TypeNum};

use crate::coerce::{CopyMode, Request};
use crate::object::array::Array;
use crate::object::layout::flag;

mod heap;
pub mod lease;
pub mod live;
pub mod report;
mod ring;
mod watch;

pub use live::Ticket;

/// By which protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Protocol {
    /// PEP 3118; the consumer holds a [`lease`].
    Buffer,
    /// PEP 3118, by a memoryview, which the garbage collector can find.
    MemoryView,
    /// The C struct of an array of the real NumPy, read where it lies.
    Struct,
    /// `__array_struct__`.
    ArrayStruct,
    /// `__array_interface__`.
    ArrayInterface,
    /// `__array__`.
    ArrayMethod,
    /// DLPack.
    DLPack,
    /// Arrow's C data interface.
    Arrow,
}

impl Protocol {
    /// All of them.
    const ALL: [Protocol; 8] = [
        Protocol::Buffer,
        Protocol::MemoryView,
        Protocol::Struct,
        Protocol::ArrayStruct,
        Protocol::ArrayInterface,
        Protocol::ArrayMethod,
        Protocol::DLPack,
        Protocol::Arrow,
    ];
    /// The protocol of that name.
    pub fn named(name: &str) -> Option<Protocol> {
        Protocol::ALL.into_iter().find(|protocol| protocol.name() == name)
    }
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Protocol::Buffer => "buffer",
            Protocol::MemoryView => "memoryview",
            Protocol::Struct => "ndarray struct",
            Protocol::ArrayStruct => "__array_struct__",
            Protocol::ArrayInterface => "__array_interface__",
            Protocol::ArrayMethod => "__array__",
            Protocol::DLPack => "dlpack",
            Protocol::Arrow => "arrow",
        }
    }
}

/// Why bytes were copied. `docs/sharing.md` describes each; `sharray.interop._reasons` has the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Reason {
    /// The other side reads another byte order.
    ByteOrder,
    /// A stride is negative.
    NegativeStride,
    /// The elements don't lie side by side as they must.
    NonContiguous,
    /// Read-only memory, where it must be writable.
    ReadOnly,
    /// The other side lacks the dtype, or another was asked for.
    Dtype,
    /// Missing values.
    Nulls,
    /// Eight booleans to a byte.
    BitPacked,
    /// The memory lies on another device.
    Device,
    /// Elements that don't lie at multiples of their alignment, or strides that are no multiples of their size.
    Alignment,
    /// Elements that are Python objects.
    Objects,
    /// The caller asked for a copy.
    Requested,
    /// Several pieces of memory become one.
    Pieces,
    /// The other side made a copy, and did not say why.
    OtherSide,
}

impl Reason {
    /// All of them, in the order of their numbers.
    pub const ALL: [Reason; 13] = [
        Reason::ByteOrder,
        Reason::NegativeStride,
        Reason::NonContiguous,
        Reason::ReadOnly,
        Reason::Dtype,
        Reason::Nulls,
        Reason::BitPacked,
        Reason::Device,
        Reason::Alignment,
        Reason::Objects,
        Reason::Requested,
        Reason::Pieces,
        Reason::OtherSide,
    ];
    /// Its name in reports: one of a closed set.
    pub fn name(self) -> &'static str {
        match self {
            Reason::ByteOrder => "byte order",
            Reason::NegativeStride => "negative stride",
            Reason::NonContiguous => "non-contiguous",
            Reason::ReadOnly => "read-only",
            Reason::Dtype => "dtype",
            Reason::Nulls => "nulls",
            Reason::BitPacked => "bit-packed",
            Reason::Device => "device",
            Reason::Alignment => "alignment",
            Reason::Objects => "objects",
            Reason::Requested => "requested",
            Reason::Pieces => "several pieces",
            Reason::OtherSide => "other side",
        }
    }
    /// The reason of that name.
    pub fn named(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// What there is to say of a dtype in a few bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Element {
    num: TypeNum,
    swapped: bool,
    size: u32,
}

impl Element {
    fn of(dtype: &DType) -> Element {
        Element { num: dtype.num(), swapped: !dtype.is_native(), size: dtype.itemsize() as u32 }
    }
    /// `int64`, `>f8`, `str12`.
    fn text(self) -> String {
        let row = self.num.row();
        match (self.swapped, self.num.is_flexible()) {
            (true, _) => {
                let order = if cfg!(target_endian = "little") { '>' } else { '<' };
                let size = if self.num == TypeNum::Unicode { self.size / 4 } else { self.size };
                format!("{order}{}{size}", self.num.kind_letter() as char)
            }
            (false, true) => format!("{}{}", row.name, self.size * 8),
            (false, false) => row.name.into(),
        }
    }
}

/// How the elements lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Layout {
    C,
    Fortran,
    Strided,
    Reversed,
}

impl Layout {
    fn of(array: &Array<'_>) -> (Layout, u8, isize) {
        if array.has(flag::C_CONTIGUOUS) {
            return (Layout::C, 0, 0);
        }
        if array.has(flag::F_CONTIGUOUS) {
            return (Layout::Fortran, 0, 0);
        }
        let backwards = array.shape().iter().zip(array.strides()).position(|(n, s)| *n > 1 && *s < 0);
        match backwards {
            Some(axis) => (Layout::Reversed, axis as u8, array.strides()[axis]),
            None => {
                let axis = array.ndim() - 1;
                (Layout::Strided, axis as u8, array.strides()[axis])
            }
        }
    }
    fn name(self) -> &'static str {
        match self {
            Layout::C => "C order",
            Layout::Fortran => "Fortran order",
            Layout::Strided => "strided",
            Layout::Reversed => "negative stride",
        }
    }
}

/// One crossing.
#[derive(Clone, Copy, Debug)]
struct Crossing {
    /// Counts from 1.
    number: u64,
    address: usize,
    nbytes: usize,
    /// The other side's type, a reference; null where it can't be known.
    other: *mut ffi::PyTypeObject,
    /// The stride that the layout is named for, along `axis`.
    stride: isize,
    element: Element,
    /// What the elements became in a copy.
    became: Element,
    axis: u8,
    ndim: u8,
    outwards: bool,
    read_only: bool,
    aligned: bool,
    layout: Layout,
    protocol: Protocol,
    /// Copied, and why; `None` is shared.
    reason: Option<Reason>,
}

impl Crossing {
    fn of(array: &Array<'_>, protocol: Protocol, outwards: bool, reason: Option<Reason>) -> Crossing {
        let (layout, axis, stride) = Layout::of(array);
        let element = Element::of(array.dtype());
        Crossing {
            number: 0,
            address: array.data().addr(),
            nbytes: array.nbytes(),
            other: std::ptr::null_mut(),
            stride,
            element,
            became: element,
            axis,
            ndim: array.ndim() as u8,
            outwards,
            read_only: !array.has(flag::WRITEABLE),
            aligned: array.has(flag::ALIGNED),
            layout,
            protocol,
            reason,
        }
    }
}

/// Memory of `producer` came in as `array`. Returns the crossing's number.
pub fn came_in(
    producer: &Bound<'_, PyAny>,
    array: &Array<'_>,
    protocol: Protocol,
    reason: Option<Reason>,
) -> u64 {
    let mut crossing = Crossing::of(array, protocol, false, reason);
    // SAFETY: a live object, whose class the record holds too.
    unsafe {
        crossing.other = ffi::Py_TYPE(producer.as_ptr());
        ffi::Py_INCREF(crossing.other.cast());
    }
    ring::push(producer.py(), crossing)
}

/// The array's memory was told to somebody who won't say when they are done with it.
pub fn told(array: &Array<'_>, protocol: Protocol, reason: Option<Reason>) -> u64 {
    ring::push(array.py(), Crossing::of(array, protocol, true, reason))
}

/// The array's memory was handed out; whoever holds it drops the ticket in the end.
pub fn handed_out(array: &Array<'_>, protocol: Protocol, reason: Option<Reason>) -> Ticket {
    let mut crossing = Crossing::of(array, protocol, true, reason);
    crossing.number = ring::push(array.py(), crossing);
    live::issue(array.py(), crossing)
}

/// The consumer of a ticket has let go: the same as dropping it. From any thread, with or without the GIL.
pub fn given_back(ticket: Ticket) {
    drop(ticket);
}

/// The number of the newest crossing.
pub fn newest(py: Python<'_>) -> u64 {
    ring::newest(py)
}

/// The number of the newest crossing, if there was one after number `before`; else 0, which none has.
pub fn since(py: Python<'_>, before: u64) -> u64 {
    let newest = ring::newest(py);
    if newest == before { 0 } else { newest }
}

/// What came in as `array` is about to be copied, or not, as `request` wants.
///
/// # Errors
/// What the watch says, if a block watches for copies (`sharray.interop.no_copy`) and this is one.
pub fn to_be_copied(producer: &Bound<'_, PyAny>, array: &Array<'_>, request: &Request<'_>) -> PyResult<()> {
    if !watch::is_on() {
        return Ok(());
    }
    let wanted = request.dtype.as_ref().map(crate::object::dtype::value);
    match between(array, wanted, request) {
        Some(reason) => {
            let mut crossing = Crossing::of(array, Protocol::Buffer, false, Some(reason));
            crossing.became = Element::of(wanted.unwrap_or(array.dtype()));
            watch::ask(producer.py(), &crossing, Some(&producer.get_type()))
        }
        None => Ok(()),
    }
}

/// An array's memory is about to go out as a copy.
///
/// # Errors
/// As for [`to_be_copied`].
pub fn to_go_out_copied(array: &Array<'_>, protocol: Protocol, reason: Reason) -> PyResult<()> {
    if !watch::is_on() {
        return Ok(());
    }
    watch::ask(array.py(), &Crossing::of(array, protocol, true, Some(reason)), None)
}

/// Memory of `producer` has come in as `array`, copied where there is a reason: a record, once the watch agrees.
///
/// # Errors
/// As for [`to_be_copied`].
pub fn came_in_watched(
    producer: &Bound<'_, PyAny>,
    array: &Array<'_>,
    protocol: Protocol,
    reason: Option<Reason>,
) -> PyResult<()> {
    if reason.is_some() && watch::is_on() {
        let crossing = Crossing::of(array, protocol, false, reason);
        watch::ask(producer.py(), &crossing, Some(&producer.get_type()))?;
    }
    came_in(producer, array, protocol, reason);
    Ok(())
}

/// What came in with crossing `number`, as `array`, was made into `result`: notes a copy, if it is one.
pub fn was_copied(number: u64, array: &Array<'_>, result: &Array<'_>, request: &Request<'_>) {
    if array.data() == result.data() || array.nbytes() == 0 {
        return;
    }
    let reason = between(array, Some(result.dtype()), request).unwrap_or(Reason::Requested);
    ring::amend(array.py(), number, |crossing| {
        crossing.reason = Some(reason);
        crossing.became = Element::of(result.dtype());
        crossing.nbytes = result.nbytes();
    });
}

/// What came in with crossing `number` became a part of a greater array.
pub fn was_joined(py: Python<'_>, number: u64) {
    ring::amend(py, number, |crossing| crossing.reason = Some(Reason::Pieces));
}

/// Why `array` can't be taken as it lies; `None` if it can.
fn between(array: &Array<'_>, wanted: Option<&DType>, request: &Request<'_>) -> Option<Reason> {
    use sharray_base::layout::Order;
    if request.copy == CopyMode::Always {
        return Some(Reason::Requested);
    }
    let have = array.dtype();
    if let Some(wanted) = wanted.filter(|wanted| *wanted != have) {
        let objects = |dtype: &DType| dtype.kind() == Kind::Object;
        let twins = have.num() == wanted.num() && have.itemsize() == wanted.itemsize();
        return if objects(have) || objects(wanted) {
            Some(Reason::Objects)
        } else if twins && have.is_native() != wanted.is_native() {
            Some(Reason::ByteOrder)
        } else if twins && have.as_structure().is_none() && wanted.as_structure().is_none() && !is_time(have)
        {
            // The same C type by another name.
            None
        } else {
            Some(Reason::Dtype)
        };
    }
    let fits = match request.order {
        Order::C => array.has(flag::C_CONTIGUOUS),
        Order::F => array.has(flag::F_CONTIGUOUS),
        Order::Any | Order::Keep => true,
    };
    let backwards = array.shape().iter().zip(array.strides()).any(|(n, s)| *n > 1 && *s < 0);
    match (fits, backwards) {
        (true, _) => None,
        (false, true) => Some(Reason::NegativeStride),
        (false, false) => Some(Reason::NonContiguous),
    }
}

fn is_time(dtype: &DType) -> bool {
    matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta)
}
