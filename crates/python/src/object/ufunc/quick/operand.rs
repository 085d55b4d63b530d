//! Operands as their C fields tell them: plain arrays, NumPy's scalars, Python's numbers.

use std::ffi::c_int;
use std::ptr;

use pyo3::ffi;
use sharray_base::{Kind, TypeNum};

use super::route::{Code, WEAK_COMPLEX, WEAK_FLOAT, WEAK_INT, strong};
use crate::object::layout::{ArrayFields, INLINE_AXES, flag};
use crate::object::scalar::layout::VALUE_OFFSET;
use crate::object::scalar::types;
use crate::object::{dtype, ndarray};

/// Most axes of a quick call.
pub(super) const AXES: usize = INLINE_AXES;

/// A scalar's value, in the loop's type.
#[repr(C, align(16))]
#[derive(Clone, Copy, Default)]
pub(super) struct Value(pub(super) [u64; 4]);

/// Where an operand's elements lie.
#[derive(Clone, Copy)]
pub(super) struct Operand {
    pub(super) code: Code,
    /// The first element; for a Python number the object.
    pub(super) data: *mut u8,
    pub(super) nd: usize,
    pub(super) dims: *const isize,
    pub(super) strides: *const isize,
    pub(super) flags: c_int,
}

static TRUTHS: [u8; 2] = [0, 1];

impl Operand {
    pub(super) const NONE: Operand = Operand {
        code: 0,
        data: ptr::null_mut(),
        nd: 0,
        dims: ptr::null(),
        strides: ptr::null(),
        flags: flag::C_CONTIGUOUS | flag::F_CONTIGUOUS | flag::ALIGNED,
    };

    /// The operand, if it is of a kind that needs no preparation.
    #[inline(always)]
    pub(super) fn of(object: *mut ffi::PyObject) -> Option<Operand> {
        // SAFETY: a live object has a class.
        let class = unsafe { ffi::Py_TYPE(object) };
        if ptr::eq(class, ndarray::type_object()) {
            return Operand::of_array(object);
        }
        Operand::scalar(object, class)
    }

    /// The operand that a plain array is.
    #[inline(always)]
    pub(super) fn of_array(object: *mut ffi::PyObject) -> Option<Operand> {
        Operand::array(object.cast::<ArrayFields>())
    }

    #[inline(always)]
    fn array(fields: *const ArrayFields) -> Option<Operand> {
        // SAFETY: a live array, whose dtype object it holds.
        unsafe {
            let fields = &*fields;
            let num = TypeNum::from_number((*fields.descr).fields.type_num)?;
            let nd = fields.nd as usize;
            if nd > AXES || fields.flags & flag::ALIGNED == 0 || !ptr::eq(fields.descr, dtype::singleton(num))
            {
                return None;
            }
            let (dims, strides) = (fields.dimensions, fields.strides);
            Some(Operand { code: strong(num), data: fields.data, nd, dims, strides, flags: fields.flags })
        }
    }

    fn scalar(object: *mut ffi::PyObject, class: *mut ffi::PyTypeObject) -> Option<Operand> {
        let lone = |code, data| Some(Operand { code, data, ..Operand::NONE });
        let (float, int) = (&raw mut ffi::PyFloat_Type, &raw mut ffi::PyLong_Type);
        if ptr::eq(class, float) {
            return lone(WEAK_FLOAT, object.cast());
        }
        if ptr::eq(class, int) {
            return lone(WEAK_INT, object.cast());
        }
        if let Some(num) = types::exact_number(class) {
            // SAFETY: an instance of a number's class has its value there.
            let value = || unsafe { object.cast::<u8>().add(VALUE_OFFSET) };
            return if num.is_number() { lone(strong(num), value()) } else { None };
        }
        if ptr::eq(class, &raw mut ffi::PyBool_Type) {
            // SAFETY: `True` is immortal.
            let truth = ptr::eq(object, unsafe { ffi::Py_True() });
            return lone(strong(TypeNum::Bool), TRUTHS.as_ptr().wrapping_add(truth as usize).cast_mut());
        }
        if ptr::eq(class, &raw mut ffi::PyComplex_Type) { lone(WEAK_COMPLEX, object.cast()) } else { None }
    }

    pub(super) fn is_weak(&self) -> bool {
        self.code >= WEAK_INT
    }
    pub(super) fn shape<'a>(&self) -> &'a [isize] {
        // SAFETY: a live array's extents by A1, which the caller of the ufunc keeps.
        if self.nd == 0 { &[] } else { unsafe { std::slice::from_raw_parts(self.dims, self.nd) } }
    }
    pub(super) fn steps<'a>(&self) -> &'a [isize] {
        // SAFETY: as in `shape`.
        if self.nd == 0 { &[] } else { unsafe { std::slice::from_raw_parts(self.strides, self.nd) } }
    }
    /// The addresses that the elements take, each of `size` bytes.
    pub(super) fn extent(&self, size: isize) -> (isize, isize) {
        let (mut low, mut high) = (self.data as isize, self.data as isize + size);
        for (extent, step) in self.shape().iter().zip(self.steps()) {
            let reach = (extent - 1).max(0) * step;
            if reach < 0 { low += reach } else { high += reach }
        }
        (low, high)
    }
    /// Puts a Python number into `room` as an element of type `num`, where the type takes it without any change of value
    /// that would have to be reported.
    pub(super) fn absorb(&self, num: TypeNum, room: &mut Value) -> Option<()> {
        let object: *mut ffi::PyObject = self.data.cast();
        // SAFETY: live objects of the class that the code tells.
        unsafe {
            match self.code {
                WEAK_FLOAT => real(ffi::PyFloat_AS_DOUBLE(object), num, room),
                WEAK_COMPLEX => {
                    let value = (*object.cast::<ffi::PyComplexObject>()).cval;
                    complex(value.real, value.imag, num, room)
                }
                _ => {
                    let mut overflow = 0;
                    let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                    match num.kind() {
                        _ if overflow != 0 => None,
                        Kind::Int | Kind::UInt => integer(value, num, room),
                        _ => real_of(value, num, room),
                    }
                }
            }
        }
    }
}

/// A float64 as float32, where it neither overflows nor underflows.
fn narrowed(value: f64) -> Option<u64> {
    let narrow = value as f32;
    (value == 0.0 || narrow.is_normal()).then_some(u64::from(narrow.to_bits()))
}

fn real(value: f64, num: TypeNum, room: &mut Value) -> Option<()> {
    match num {
        TypeNum::Double => room.0[0] = value.to_bits(),
        TypeNum::Float | TypeNum::CFloat => room.0[0] = narrowed(value)?,
        TypeNum::CDouble => room.0 = [value.to_bits(), 0, 0, 0],
        _ => return None,
    }
    Some(())
}

fn complex(re: f64, im: f64, num: TypeNum, room: &mut Value) -> Option<()> {
    match num {
        TypeNum::CDouble => room.0 = [re.to_bits(), im.to_bits(), 0, 0],
        TypeNum::CFloat => room.0[0] = narrowed(re)? | narrowed(im)? << 32,
        _ => return None,
    }
    Some(())
}

/// A Python integer beside floats: as a float, where that is exact.
fn real_of(value: i64, num: TypeNum, room: &mut Value) -> Option<()> {
    let exact = if matches!(num, TypeNum::Float | TypeNum::CFloat) { 1 << 24 } else { 1 << 53 };
    if value.unsigned_abs() <= exact { real(value as f64, num, room) } else { None }
}

fn integer(value: i64, num: TypeNum, room: &mut Value) -> Option<()> {
    let bits = 8 * num.row().itemsize as u32;
    let fits = if num.kind() == Kind::UInt {
        value >= 0 && (bits == 64 || value >> bits == 0)
    } else {
        bits == 64 || (-(1 << (bits - 1))..1 << (bits - 1)).contains(&value)
    };
    room.0[0] = value as u64;
    fits.then_some(())
}
