//! Binary search of many keys in one sorted lane. Dense lanes of built-in types are searched for several keys at once,
//! without branches that depend on data; where the keys rise, as they often do, from the last one's place on in growing
//! steps. In all other lanes successive keys narrow each other's range.

use std::cmp::Ordering;
use std::hint::select_unpredictable;

use half::f16;
use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum};

use crate::cast::F80;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2};
use crate::sort::key::{Complex, Key, Time};
use crate::sort::order::ElementOrder;

/// Which end of a run of equal elements a key's place is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before the first element that is not less than the key.
    Left,
    /// Before the first element that is greater than the key.
    Right,
}

/// A run of strided elements.
#[derive(Clone, Copy)]
pub struct Run {
    /// Its first element.
    pub ptr: *const u8,
    /// Bytes from one to the next.
    pub stride: isize,
    /// How many.
    pub len: usize,
}

/// The search among elements of one dtype.
pub struct SearchLane {
    rule: Rule,
    gil: bool,
}

type Typed = unsafe fn(Run, Option<Run>, Run, Side, (*mut isize, isize)) -> Result<()>;

enum Rule {
    Typed(Typed),
    General(ElementOrder),
}

impl SearchLane {
    /// How lanes of `dtype` are searched, for keys of the same dtype.
    ///
    /// # Errors
    /// `Type` for a dtype without order.
    pub fn new(dtype: &DType) -> Result<SearchLane> {
        let native = dtype.order() == ByteOrder::Native || !dtype.has_byte_order();
        let rule = match typed(dtype).filter(|_| native) {
            Some(typed) => Rule::Typed(typed),
            None => Rule::General(ElementOrder::new(dtype)?),
        };
        Ok(SearchLane { rule, gil: dtype.holds_objects() })
    }

    /// True when it calls Python.
    pub fn needs_gil(&self) -> bool {
        self.gil
    }

    /// Writes each key's place in the lane, `0 ..= lane.len`, to `out` (an address and a stride in bytes). With a `sorter`,
    /// a run of `lane.len` indices, the lane is read in that order.
    ///
    /// # Errors
    /// `Value` for a sorter's index outside the lane; what a Python comparison raises.
    ///
    /// # Safety
    /// The lane's and the keys' elements are readable, at any alignment; the sorter holds as many `isize`s as the lane
    /// has elements; `out` is writable for one `isize` per key. For objects the GIL is held.
    pub unsafe fn run(
        &self,
        lane: Run,
        sorter: Option<Run>,
        keys: Run,
        side: Side,
        out: (*mut isize, isize),
    ) -> Result<()> {
        // SAFETY: handed on from the caller.
        unsafe {
            match &self.rule {
                Rule::Typed(search) => search(lane, sorter, keys, side, out),
                Rule::General(order) => {
                    let before = |element: *const u8, key: *const u8| match side {
                        Side::Left => order.less(element, key),
                        Side::Right => Ok(!order.less(key, element)?),
                    };
                    let rising = |last, key| Ok(order.compare(last, key)? == Ordering::Less);
                    // What has no order is told of even where there is nothing to search.
                    if keys.len > 0 {
                        order.compare(keys.ptr, keys.ptr)?;
                    }
                    search_all(lane, sorter, keys, out, before, rising)
                }
            }
        }
    }
}

/// # Safety
/// As for [`SearchLane::run`], for elements of type `K`.
unsafe fn search_typed<K: Key>(
    lane: Run,
    sorter: Option<Run>,
    keys: Run,
    side: Side,
    out: (*mut isize, isize),
) -> Result<()> {
    if sorter.is_none() && lane.stride == size_of::<K>() as isize && lane.ptr.cast::<K>().is_aligned() {
        // SAFETY: a dense, aligned lane; the rest is handed on.
        return unsafe {
            match side {
                Side::Left => search_dense::<K, false>(lane, keys, out),
                Side::Right => search_dense::<K, true>(lane, keys, out),
            }
        };
    }
    // SAFETY: the pointers given to the closures are elements of the lane or keys.
    let read = |at: *const u8| unsafe { at.cast::<K>().read_unaligned() };
    let rising = |last, key| Ok(read(last).less(&read(key)));
    // SAFETY: handed on from the caller.
    unsafe {
        match side {
            Side::Left => search_all(lane, sorter, keys, out, |e, k| Ok(read(e).less(&read(k))), rising),
            Side::Right => search_all(lane, sorter, keys, out, |e, k| Ok(!read(k).less(&read(e))), rising),
        }
    }
}

/// Keys searched for together: their searches wait for memory at the same time.
const TOGETHER: usize = 16;

/// Searches each key in a dense lane. Keys that rise are looked for from the last one's place on, others from the middle,
/// without branches.
///
/// # Safety
/// As for [`SearchLane::run`]; the lane's elements are dense and aligned.
unsafe fn search_dense<K: Key, const RIGHT: bool>(
    lane: Run,
    keys: Run,
    (out, out_stride): (*mut isize, isize),
) -> Result<()> {
    // SAFETY: by the contract; the indices are those of keys.
    let (lane, key, put) = unsafe {
        let lane = std::slice::from_raw_parts(lane.ptr.cast::<K>(), lane.len);
        let key = |i: usize| keys.ptr.offset(i as isize * keys.stride).cast::<K>().read_unaligned();
        let put = |i: usize, place: usize| {
            out.byte_offset(i as isize * out_stride).write_unaligned(place as isize);
        };
        (lane, key, put)
    };
    // Values that are last stand at the end, and are told apart by themselves.
    let ordinary = if K::HAS_LAST { lane.partition_point(|element| !element.is_last()) } else { lane.len() };
    let (lane, all) = (&lane[..ordinary], lane.len());
    let among_last = |key: &K| if RIGHT && K::HAS_LAST && key.is_last() { all } else { ordinary };
    let mut at = 0;
    let mut place = 0;
    while at + TOGETHER <= keys.len {
        let mut block = [key(at); TOGETHER];
        for (i, place) in block.iter_mut().enumerate() {
            *place = key(at + i);
        }
        let mut falls = false;
        for i in 1..TOGETHER {
            falls |= block[i].less(&block[i - 1]);
        }
        let starts_behind = at > 0 && !block[0].less(&key(at - 1));
        if !falls && starts_behind {
            for (i, key) in block.iter().enumerate() {
                place = gallop::<K, RIGHT>(lane, key, place);
                put(at + i, if K::HAS_LAST && key.is_last() { among_last(key) } else { place });
            }
        } else {
            let places = search_together::<K, RIGHT>(lane, &block);
            for (i, key) in block.iter().enumerate() {
                put(at + i, if K::HAS_LAST && key.is_last() { among_last(key) } else { places[i] });
            }
            place = places[TOGETHER - 1];
        }
        at += TOGETHER;
    }
    for i in at..keys.len {
        let key = key(i);
        let last = K::HAS_LAST && key.is_last();
        put(
            i,
            if last { among_last(&key) } else { lane.partition_point(|e| comes_before::<K, RIGHT>(e, &key)) },
        );
    }
    Ok(())
}

/// Whether a key's place is behind an element; neither is last.
#[inline(always)]
fn comes_before<K: Key, const RIGHT: bool>(element: &K, key: &K) -> bool {
    if RIGHT { !key.less_ordinary(element) } else { element.less_ordinary(key) }
}

/// The places of some keys, by as many steps for each.
#[inline(always)]
fn search_together<K: Key, const RIGHT: bool>(lane: &[K], keys: &[K; TOGETHER]) -> [usize; TOGETHER] {
    let (first, mut len) = (lane.as_ptr(), lane.len());
    if len == 0 {
        return [0; TOGETHER];
    }
    let mut at = [first; TOGETHER];
    while len > 1 {
        let half = len / 2;
        for (at, key) in at.iter_mut().zip(keys) {
            // SAFETY: `len` elements lie from `at` on, within the lane.
            unsafe {
                let next = at.add(half);
                *at = select_unpredictable(comes_before::<K, RIGHT>(&*next.sub(1), key), next, *at);
            }
        }
        len -= half;
    }
    let mut places = [0; TOGETHER];
    for (i, place) in places.iter_mut().enumerate() {
        // SAFETY: as above.
        *place = unsafe {
            at[i].offset_from(first) as usize + usize::from(comes_before::<K, RIGHT>(&*at[i], &keys[i]))
        };
    }
    places
}

/// The place of a key that is not before `start`: steps of growing length, then halves.
#[inline(always)]
fn gallop<K: Key, const RIGHT: bool>(lane: &[K], key: &K, start: usize) -> usize {
    let (mut low, mut step) = (start, 1);
    while low + step <= lane.len() && comes_before::<K, RIGHT>(&lane[low + step - 1], key) {
        low += step;
        step *= 2;
    }
    let end = lane.len().min(low + step);
    low + lane[low..end].partition_point(|element| comes_before::<K, RIGHT>(element, key))
}

/// Searches each key: its place is behind all elements for which `before(element, key)`.
///
/// # Safety
/// As for [`SearchLane::run`].
#[inline(always)]
unsafe fn search_all(
    lane: Run,
    sorter: Option<Run>,
    keys: Run,
    (out, out_stride): (*mut isize, isize),
    before: impl Fn(*const u8, *const u8) -> Result<bool>,
    rising: impl Fn(*const u8, *const u8) -> Result<bool>,
) -> Result<()> {
    let (mut low, mut high) = (0, lane.len);
    let mut last: Option<*const u8> = None;
    for i in 0..keys.len as isize {
        let key = keys.ptr.wrapping_offset(i * keys.stride);
        match last {
            Some(last) if rising(last, key)? => high = lane.len,
            Some(_) => (low, high) = (0, if high < lane.len { high + 1 } else { lane.len }),
            None => {}
        }
        last = Some(key);
        while low < high {
            let middle = low + (high - low) / 2;
            // SAFETY: `middle` is below the lane's length.
            let element = unsafe { element(lane, sorter, middle)? };
            if before(element, key)? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // SAFETY: `out` has a place for each key.
        unsafe { out.byte_offset(i * out_stride).write_unaligned(low as isize) };
    }
    Ok(())
}

/// Address of the lane's element number `at`, in the sorter's order.
///
/// # Safety
/// `at` is below the lane's length.
#[inline(always)]
unsafe fn element(lane: Run, sorter: Option<Run>, at: usize) -> Result<*const u8> {
    let index = match sorter {
        None => at as isize,
        // SAFETY: the sorter has an index for each element.
        Some(sorter) => unsafe {
            sorter.ptr.offset(at as isize * sorter.stride).cast::<isize>().read_unaligned()
        },
    };
    if index < 0 || index >= lane.len as isize {
        return Err(Error::Value(format!(
            "Sorter index out of range: {index} at position {at}, for {} elements",
            lane.len
        )));
    }
    Ok(lane.ptr.wrapping_offset(index * lane.stride))
}

fn typed(dtype: &DType) -> Option<Typed> {
    Some(match (dtype.kind(), dtype.itemsize()) {
        (Kind::Bool, _) | (Kind::UInt, 1) => search_typed::<u8>,
        (Kind::Int, 1) => search_typed::<i8>,
        (Kind::Int, 2) => search_typed::<i16>,
        (Kind::UInt, 2) => search_typed::<u16>,
        (Kind::Int, 4) => search_typed::<i32>,
        (Kind::UInt, 4) => search_typed::<u32>,
        (Kind::Int, 8) => search_typed::<i64>,
        (Kind::UInt, 8) => search_typed::<u64>,
        _ if dtype.num() == TypeNum::BFloat16 => search_typed::<BFloat16>,
        _ if dtype.num() == TypeNum::Float8E4M3FN => search_typed::<Float8E4M3FN>,
        _ if dtype.num() == TypeNum::Float8E5M2 => search_typed::<Float8E5M2>,
        (Kind::Float, 2) => search_typed::<f16>,
        (Kind::Float, 4) => search_typed::<f32>,
        (Kind::Float, 8) => search_typed::<f64>,
        (Kind::Float, _) => search_typed::<F80>,
        (Kind::Complex, 8) => search_typed::<Complex<f32>>,
        (Kind::Complex, 16) => search_typed::<Complex<f64>>,
        (Kind::Complex, _) => search_typed::<Complex<F80>>,
        (Kind::Datetime | Kind::Timedelta, _) => search_typed::<Time>,
        _ => return None,
    })
}
