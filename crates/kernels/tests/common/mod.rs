//! Operands for tests of loops: sample values of every type as bytes, and calls of loops on them.
#![allow(dead_code, reason = "each test file uses its part")]

use std::ptr::null_mut;

use sharray_base::fp_status::{self, FpStatus};
use sharray_base::{DType, Kind, TypeNum, fault};
use sharray_kernels::isa::Level;
use sharray_kernels::loop_abi::{Context, LoopFlags};
use sharray_kernels::small_float::{self, nearest_bits};
use sharray_kernels::table::Entry;

/// Levels this machine can run, or the one that `SHARRAY_ISA` names.
///
/// # Panics
/// If it names one that the machine lacks, or none that there is: a test must not pass without running.
pub fn levels() -> impl Iterator<Item = Level> {
    let forced = std::env::var("SHARRAY_ISA").ok();
    let wanted = move |level: &Level| forced.as_ref().is_none_or(|name| level.name() == name);
    let levels: Vec<Level> =
        Level::ALL.into_iter().filter(|level| level.is_available()).filter(wanted).collect();
    assert!(!levels.is_empty(), "SHARRAY_ISA names no level of this machine");
    levels.into_iter()
}

/// Bytes of one element.
pub fn size(num: TypeNum) -> usize {
    match num {
        TypeNum::String => 3,
        TypeNum::Unicode => 8,
        TypeNum::Void => 5,
        other => other.row().itemsize,
    }
}

fn float_bytes(num: TypeNum, value: f64) -> Vec<u8> {
    match num {
        TypeNum::Half => half::f16::from_f64(value).to_ne_bytes().to_vec(),
        TypeNum::Float => (value as f32).to_ne_bytes().to_vec(),
        TypeNum::Double => value.to_ne_bytes().to_vec(),
        num if num.is_small_float() => nearest_bits(num, value).to_ne_bytes()[..size(num)].to_vec(),
        _ => sharray_kernels::extended::Extended::from_f64(value).0.to_vec(),
    }
}

/// The real type that a complex type is made of.
fn part(num: TypeNum) -> TypeNum {
    match num {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CDouble => TypeNum::Double,
        _ => TypeNum::LongDouble,
    }
}

/// `value` as an element: truncated to the type's bytes for integers and times.
pub fn element(num: TypeNum, value: f64) -> Vec<u8> {
    match num.kind() {
        Kind::Bool => vec![(value != 0.0) as u8],
        Kind::Float => float_bytes(num, value),
        Kind::Complex => [float_bytes(part(num), value), float_bytes(part(num), 0.5 - value)].concat(),
        Kind::Int | Kind::UInt | Kind::Datetime | Kind::Timedelta => {
            (value as i64).to_le_bytes()[..size(num)].to_vec()
        }
        _ => (0..size(num))
            .map(|i| (value as i64 as u8).wrapping_add(i as u8 % 2) * (i % 4 == 0) as u8)
            .collect(),
    }
}

/// Sample values, special ones among them.
pub fn samples(num: TypeNum) -> Vec<Vec<u8>> {
    let mut values: Vec<f64> =
        vec![0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 40.0, 100.0, -1.0, -2.0, -3.0, -7.0, -100.0];
    if matches!(num.kind(), Kind::Float | Kind::Complex) {
        let more =
            [-0.0, 0.5, 2.5, -2.5, 1e-3, 700.5, -745.2, 1e30, 1e-320, f64::INFINITY, f64::NEG_INFINITY];
        values.extend(more);
        values.push(f64::NAN);
    }
    let mut bytes: Vec<Vec<u8>> = values.into_iter().map(|v| element(num, v)).collect();
    if matches!(num.kind(), Kind::Int | Kind::UInt | Kind::Datetime | Kind::Timedelta) {
        let mut lowest = vec![0; size(num)];
        *lowest.last_mut().unwrap() = 0x80;
        let mut highest = vec![0xff; size(num)];
        *highest.last_mut().unwrap() = 0x7f;
        bytes.extend([lowest, highest, vec![0xff; size(num)]]);
    }
    bytes
}

/// True when two elements are the same value; NaNs are.
pub fn same(num: TypeNum, a: &[u8], b: &[u8]) -> bool {
    let nan = |bytes: &[u8]| match bytes.len() {
        1 => small_float::value(num, bytes[0].into()).is_nan(),
        2 if num == TypeNum::BFloat16 => {
            small_float::value(num, u16::from_ne_bytes(bytes.try_into().unwrap())).is_nan()
        }
        2 => half::f16::from_ne_bytes(bytes.try_into().unwrap()).is_nan(),
        4 => f32::from_ne_bytes(bytes.try_into().unwrap()).is_nan(),
        8 => f64::from_ne_bytes(bytes.try_into().unwrap()).is_nan(),
        _ => sharray_kernels::extended::Extended(bytes.try_into().unwrap()).is_nan(),
    };
    // Only ten of the sixteen bytes of a long double hold its value.
    let used = |bytes: &[u8]| if bytes.len() == 16 && num != TypeNum::CDouble { 10 } else { bytes.len() };
    match num.kind() {
        Kind::Float => (nan(a) && nan(b)) || a[..used(a)] == b[..used(b)],
        Kind::Complex => {
            let half = a.len() / 2;
            let parts = part(num);
            same(parts, &a[..half], &b[..half]) && same(parts, &a[half..], &b[half..])
        }
        _ => a == b,
    }
}

/// Elements in memory at a step, in a block aligned for every type.
pub struct Operand {
    pub num: TypeNum,
    pub step: isize,
    block: Vec<u128>,
    start: usize,
}

impl Operand {
    /// `count` elements at `step` times their size; with step 0, one.
    pub fn new(num: TypeNum, count: usize, step: isize) -> Operand {
        let size = size(num) as isize;
        let span = size * (1 + step.abs() * count.saturating_sub(1) as isize);
        let start = if step < 0 { (span - size) as usize } else { 0 };
        Operand { num, step: step * size, block: vec![0; span as usize / 16 + 2], start }
    }
    pub fn pointer(&mut self) -> *mut u8 {
        self.block.as_mut_ptr().cast::<u8>().wrapping_add(self.start)
    }
    pub fn get(&self, index: usize) -> &[u8] {
        let at = self
            .block
            .as_ptr()
            .cast::<u8>()
            .wrapping_add(self.start)
            .wrapping_offset(index as isize * self.step);
        // SAFETY: elements lie within the block.
        unsafe { std::slice::from_raw_parts(at, size(self.num)) }
    }
    pub fn set(&mut self, index: usize, bytes: &[u8]) {
        let at = self.pointer().wrapping_offset(index as isize * self.step);
        // SAFETY: elements lie within the block.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), at, bytes.len()) };
    }
}

/// Calls the loop; returns the flags it raised. Faults are taken.
pub fn call(entry: &Entry, level: Level, pointers: &[*mut u8], n: usize, steps: &[isize]) -> FpStatus {
    let dims = [n as isize];
    call_with(entry, level, pointers, &dims, steps)
}

/// As [`call`], with core dimensions.
pub fn call_with(
    entry: &Entry,
    level: Level,
    pointers: &[*mut u8],
    dims: &[isize],
    steps: &[isize],
) -> FpStatus {
    let dtypes: Vec<DType> = entry
        .types
        .iter()
        .map(|&t| if t.is_flexible() { DType::flexible(t, size(t)) } else { DType::of(t) })
        .collect();
    let references: Vec<&DType> = dtypes.iter().collect();
    let context = Context { dtypes: &references };
    let data = if entry.flags.contains(LoopFlags::WANTS_CONTEXT) { context.as_data() } else { null_mut() };
    fp_status::clear();
    // SAFETY: the pointers hold `n` elements at the steps, aligned.
    unsafe { (entry.code[level as usize])(pointers.as_ptr(), dims.as_ptr(), steps.as_ptr(), data) };
    let status = fp_status::read();
    fp_status::clear();
    let _ = fault::take();
    if entry.flags.contains(LoopFlags::NO_FP_STATUS) { FpStatus::empty() } else { status }
}
