//! Where one run of code units lies in another: first, last, how often.
//!
//! Most texts are short, so the search is a scan for the first unit with a look at the last one. When that compares
//! too much in vain, the rest is done with a table of borders (Knuth, Morris, Pratt 1977), in linear time.

use super::encoding::Unit;

/// Vain comparisons, in units, that a scan may make before the linear search takes over.
const PATIENCE: usize = 256;
/// Units that are looked at together for the first unit of what is searched.
const STRIDE: usize = 16;

/// Where `wanted`, which is not empty, first lies in `text`.
pub fn first<U: Unit>(text: &[U], wanted: &[U]) -> Option<usize> {
    let (head, tail) = (wanted[0], wanted[wanted.len() - 1]);
    let last = text.len().checked_sub(wanted.len())? + 1;
    let mut work = 0;
    let mut i = 0;
    while i < last {
        if i + STRIDE <= last && !text[i..i + STRIDE].iter().fold(false, |found, u| found | (*u == head)) {
            i += STRIDE;
            continue;
        }
        if text[i] == head && text[i + wanted.len() - 1] == tail {
            if text[i..i + wanted.len()] == *wanted {
                return Some(i);
            }
            work += wanted.len();
            if work > PATIENCE + 4 * i {
                return borders_search(text.len() - i, wanted.len(), |k| text[i + k], |k| wanted[k])
                    .map(|found| i + found);
            }
        }
        i += 1;
    }
    None
}

/// Where `wanted`, which is not empty, last lies in `text`.
pub fn last<U: Unit>(text: &[U], wanted: &[U]) -> Option<usize> {
    let (head, tail) = (wanted[0], wanted[wanted.len() - 1]);
    let size = wanted.len();
    let mut work = 0;
    for i in (0..(text.len() + 1).saturating_sub(size)).rev() {
        if text[i] == head && text[i + size - 1] == tail {
            if text[i..i + size] == *wanted {
                return Some(i);
            }
            work += size;
            if work > PATIENCE + 4 * (text.len() - i) {
                // The same search on what is left, read backwards.
                let end = i + size - 1;
                let found = borders_search(end, size, |k| text[end - 1 - k], |k| wanted[size - 1 - k]);
                return found.map(|back| end - back - size);
            }
        }
    }
    None
}

/// How often `wanted`, which is not empty, lies in `text` without overlaps; at most `limit`.
pub fn count<U: Unit>(mut text: &[U], wanted: &[U], limit: usize) -> usize {
    let mut found = 0;
    while found < limit {
        let Some(at) = first(text, wanted) else { break };
        found += 1;
        text = &text[at + wanted.len()..];
    }
    found
}

/// The linear search, over units given by position. The one place of this chapter that allocates: a table as long as
/// what is searched, once per pathological element.
fn borders_search<U: Unit>(
    length: usize,
    size: usize,
    text: impl Fn(usize) -> U,
    wanted: impl Fn(usize) -> U,
) -> Option<usize> {
    let mut borders = vec![0usize; size];
    let mut border = 0;
    for i in 1..size {
        while border > 0 && wanted(i) != wanted(border) {
            border = borders[border - 1];
        }
        border += usize::from(wanted(i) == wanted(border));
        borders[i] = border;
    }
    let mut matched = 0;
    for i in 0..length {
        while matched > 0 && text(i) != wanted(matched) {
            matched = borders[matched - 1];
        }
        matched += usize::from(text(i) == wanted(matched));
        if matched == size {
            return Some(i + 1 - size);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_windows() {
        let texts = ["", "a", "ab", "abab", "aaaaab", "mississippi", &"ab".repeat(40), &"a".repeat(900)];
        let wanted =
            ["a", "b", "ab", "ssi", "abc", &"a".repeat(60), &("a".repeat(50) + "b" + &"a".repeat(50))];
        for text in texts.iter().flat_map(|t| [t.to_string(), format!("{t}{}", wanted[6])]) {
            for wanted in wanted {
                let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
                let naive = |mut windows: Box<dyn Iterator<Item = usize>>| {
                    windows.find(|&i| &text[i..i + wanted.len()] == wanted)
                };
                let range = 0..(text.len() + 1).saturating_sub(wanted.len());
                assert_eq!(first(text, wanted), naive(Box::new(range.clone())));
                assert_eq!(last(text, wanted), naive(Box::new(range.rev())));
                let expected =
                    String::from_utf8_lossy(text).matches(&*String::from_utf8_lossy(wanted)).count();
                assert_eq!(count(text, wanted, usize::MAX), expected);
                let wide = |t: &[u8]| t.iter().map(|&b| u32::from(b)).collect::<Vec<u32>>();
                assert_eq!(first(&wide(text), &wide(wanted)), first(text, wanted));
            }
        }
    }
}
