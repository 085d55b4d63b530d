//! Argsort by several words per element, the first one counting most: complex numbers, bytes, text.
//!
//! ```text
//! tasks := all elements, by their first word
//! for each task:
//!     sort its elements by leading bits of the word | the index, as in [`super::packed`]
//!     each run of equal leading bits is a new task: by the same word, if bits were cut off, else by the next
//! ```
//! Most words of most elements are never looked at. Equal elements keep their order.

use sharray_base::Result;
use sharray_base::interrupt::Meter;

use super::key::Key;
use super::packed::bits;
use super::room::Room;
use super::vector;

/// Elements of some words each.
pub(super) trait Words {
    /// Words per element.
    fn depth(&self) -> usize;
    /// Writes word number `depth` of each of these elements.
    fn load(&self, depth: usize, order: &[isize], keys: &mut [u64]);
}

/// Some elements, from one place of the order to another, whose words before `depth` are equal.
struct Task {
    start: usize,
    end: usize,
    depth: usize,
}

/// Runs of at most so many elements are sorted by insertion.
const FEW: usize = 12;

/// Sorts the indices by the words of their elements, from word `depth` on.
///
/// # Errors
/// `OutOfMemory`; an interruption.
pub(super) fn argsort(words: &dyn Words, order: &mut [isize], depth: usize) -> Result<()> {
    let n = order.len();
    let mut tasks = vec![Task { start: 0, end: n, depth }];
    if n <= FEW {
        return run(words, order, &mut tasks, &mut [], &mut []);
    }
    // SAFETY: zero bytes are integers; the rooms are `n` long.
    unsafe {
        let (keys, packed) = (Room::<u64>::zeroed(n)?, Room::<i64>::zeroed(n)?);
        let keys = std::slice::from_raw_parts_mut(keys.ptr(), n);
        run(words, order, &mut tasks, keys, std::slice::from_raw_parts_mut(packed.ptr(), n))
    }
}

fn run(
    words: &dyn Words,
    order: &mut [isize],
    tasks: &mut Vec<Task>,
    keys: &mut [u64],
    packed: &mut [i64],
) -> Result<()> {
    let mut meter = Meter::default();
    while let Some(task) = tasks.pop() {
        if task.depth >= words.depth() || task.end - task.start < 2 {
            continue;
        }
        let n = task.end - task.start;
        meter.add(n)?;
        let order = &mut order[task.start..task.end];
        if n <= FEW {
            insert(words, order, &task, tasks);
        } else {
            distribute(words, order, &task, tasks, (&mut keys[..n], &mut packed[..n]))?;
        }
    }
    Ok(())
}

/// Adds a task for each run of neighbours that are `equal`.
fn add_runs(
    start: usize,
    n: usize,
    depth: usize,
    tasks: &mut Vec<Task>,
    equal: impl Fn(usize, usize) -> bool,
) {
    let mut first = 0;
    for at in 1..=n {
        if at == n || !equal(first, at) {
            if at - first > 1 {
                tasks.push(Task { start: start + first, end: start + at, depth });
            }
            first = at;
        }
    }
}

fn insert(words: &dyn Words, order: &mut [isize], task: &Task, tasks: &mut Vec<Task>) {
    let mut keys = [0u64; FEW];
    let n = order.len();
    words.load(task.depth, order, &mut keys[..n]);
    for end in 1..n {
        let (key, index) = (keys[end], order[end]);
        let mut hole = end;
        while hole > 0 && key < keys[hole - 1] {
            (keys[hole], order[hole]) = (keys[hole - 1], order[hole - 1]);
            hole -= 1;
        }
        (keys[hole], order[hole]) = (key, index);
    }
    if task.depth + 1 < words.depth() {
        add_runs(task.start, n, task.depth + 1, tasks, |a, b| keys[a] == keys[b]);
    }
}

fn distribute(
    words: &dyn Words,
    order: &mut [isize],
    task: &Task,
    tasks: &mut Vec<Task>,
    (keys, packed): (&mut [u64], &mut [i64]),
) -> Result<()> {
    let n = order.len();
    words.load(task.depth, order, keys);
    let (least, most) = keys.iter().fold((u64::MAX, 0), |(least, most), &k| (k.min(least), k.max(most)));
    if least == most {
        tasks.push(Task { depth: task.depth + 1, ..*task });
        return Ok(());
    }
    let index = bits(n as u64 - 1);
    let cut = (bits(most - least) + index).saturating_sub(u64::BITS);
    for (i, (word, key)) in packed.iter_mut().zip(keys.iter()).enumerate() {
        *word = (((key - least) >> cut << index | i as u64) ^ 1 << 63) as i64;
    }
    vector::sort(packed)?;
    let mask = !(u64::MAX << index);
    keys.iter_mut()
        .zip(packed.iter())
        .for_each(|(key, &word)| *key = order[(word as u64 & mask) as usize] as u64);
    order.iter_mut().zip(keys.iter()).for_each(|(slot, &key)| *slot = key as isize);
    let depth = if cut > 0 { task.depth } else { task.depth + 1 };
    if depth < words.depth() {
        add_runs(task.start, n, depth, tasks, |a, b| packed[a] >> index == packed[b] >> index);
    }
    Ok(())
}

/// The words of keys that have them.
pub(super) struct OfKeys<'a, K>(pub(super) &'a [K]);

impl<K: Key> Words for OfKeys<'_, K> {
    fn depth(&self) -> usize {
        K::WORDS
    }
    fn load(&self, depth: usize, order: &[isize], keys: &mut [u64]) {
        keys.iter_mut().zip(order).for_each(|(key, &index)| *key = self.0[index as usize].word(depth));
    }
}

/// Sorts the indices of keys that have words. The first word only tells NaN apart.
///
/// # Errors
/// As [`argsort`].
pub(super) fn argsort_keys<K: Key>(lane: &[K], order: &mut [isize]) -> Result<()> {
    let nan = lane.iter().fold(false, |any, key| any | key.is_nan());
    argsort(&OfKeys(lane), order, usize::from(!nan))
}
