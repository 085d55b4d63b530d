//! Arrays as text, as NumPy prints them with its default options: `Display` is `str`, `Debug` is `repr`.
//!
//! `elements` writes the elements, all in one width; `floats` finds the form and the width of floating-point numbers. This
//! file lays them out: brackets, line breaks at 75 characters, and for more than 1000 elements only three at either end
//! of each axis.

mod elements;
mod floats;

use std::fmt;

use sharray_base::dtype::name::tuple_text;
use sharray_base::{Result, TypeNum};

use crate::{Array, Key, concatenate};

/// Arrays with more elements are shortened,
const THRESHOLD: usize = 1000;
/// to so many at either end of each axis.
const EDGE: isize = 3;
/// Characters in a line.
const WIDTH: usize = 75;

impl fmt::Display for Array {
    /// As NumPy's `str`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([[1.5, -2.0], [10.25, 0.0]]).to_string(), "[[ 1.5  -2.  ]\n [10.25  0.  ]]");
    /// assert_eq!(Array::arange(2000)?.to_string(), "[   0    1    2 ... 1997 1998 1999]");
    /// # Ok::<(), Error>(())
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.ndim() == 0 { elements::scalar(self) } else { body(self, " ", "", WIDTH) };
        f.write_str(&text.unwrap_or_else(|error| format!("<{error}>")))
    }
}

impl fmt::Debug for Array {
    /// As NumPy's `repr`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(format!("{:?}", Array::from([1, 2])), "array([1, 2], dtype=int32)");
    /// assert_eq!(format!("{:?}", Array::zeros(&[0, 2], "f8")?), "array([], shape=(0, 2), dtype=float64)");
    /// # Ok::<(), Error>(())
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = body(self, ", ", "array(", WIDTH - 1).unwrap_or_else(|error| format!("<{error}>"));
        let extras = extras(self);
        if extras.is_empty() {
            return write!(f, "array({text})");
        }
        let (text, tail) = (format!("array({text},"), format!("{})", extras.join(", ")));
        let last_line = text.chars().count() - text.rfind('\n').map_or(0, |at| text[..=at].chars().count());
        let gap = if last_line + tail.len() + 1 > WIDTH { "\n      " } else { " " };
        write!(f, "{text}{gap}{tail}")
    }
}

/// What `repr` adds to the elements: a shape they don't show, a dtype they don't imply.
fn extras(array: &Array) -> Vec<String> {
    let mut extras = Vec::new();
    if (array.is_empty() && array.shape() != [0]) || array.len() > THRESHOLD {
        extras.push(format!("shape={}", tuple_text(array.shape())));
    }
    let dtype = array.dtype();
    let implied =
        matches!(dtype.num().canonical(), TypeNum::Bool | TypeNum::Long | TypeNum::Double | TypeNum::CDouble);
    if !(implied && dtype.is_native()) || array.is_empty() {
        let name = dtype.name();
        let quoted = dtype.num().is_flexible() || !dtype.is_native();
        extras.push(match () {
            () if dtype.as_structure().is_some() => format!("dtype={dtype}"),
            () if quoted => format!("dtype='{dtype}'"),
            () if !name.chars().all(|c| c.is_ascii_alphanumeric()) => format!("dtype='{name}'"),
            () => format!("dtype={name}"),
        });
    }
    extras
}

/// The elements between their brackets. `prefix` is not written, but room is left for it.
fn body(array: &Array, separator: &str, prefix: &str, width: usize) -> Result<String> {
    if array.is_empty() {
        return Ok("[]".into());
    }
    let short = array.len() > THRESHOLD;
    let shown = if short { ends(array)? } else { array.clone() };
    let words = elements::words(&shown)?;
    let mut layout = Layout { separator, short, words: words.into_iter() };
    Ok(layout.part(array.shape(), prefix.len() + 1, width))
}

/// The array without what lies between the first and last elements of each long axis.
fn ends(array: &Array) -> Result<Array> {
    let mut shown = array.clone();
    for (axis, _) in array.shape().iter().enumerate().filter(|(_, n)| **n > 2 * EDGE) {
        let mut keys = vec![Key::ALL; axis + 1];
        keys[axis] = Key::from(..EDGE);
        let head = shown.get(&keys)?;
        keys[axis] = Key::from(-EDGE..);
        let tail = shown.get(&keys)?;
        shown = concatenate(&[&head, &tail], axis as isize)?;
    }
    Ok(shown)
}

/// Words put into lines and brackets; the words come in C order.
struct Layout<'a, W> {
    separator: &'a str,
    short: bool,
    words: W,
}

impl<W: Iterator<Item = String>> Layout<'_, W> {
    /// A part of this shape that starts behind `indent` characters.
    fn part(&mut self, shape: &[isize], indent: usize, width: usize) -> String {
        let Some((&extent, inner)) = shape.split_first() else {
            return self.words.next().unwrap_or_default();
        };
        let places = self.places(extent);
        let text = if inner.is_empty() {
            self.row(&places, indent, width)
        } else {
            self.block(&places, inner, indent, width)
        };
        format!("[{}]", &text[indent..])
    }
    /// What is shown along an axis: true for an element, false for the dots.
    fn places(&self, extent: isize) -> Vec<bool> {
        if self.short && extent > 2 * EDGE {
            return vec![true, true, true, false, true, true, true];
        }
        vec![true; extent.unsigned_abs()]
    }
    /// Elements side by side, lines broken at the width.
    fn row(&mut self, places: &[bool], indent: usize, width: usize) -> String {
        let room = width - self.separator.trim_end().len().max(1);
        let start = " ".repeat(indent);
        let (mut done, mut line, mut used) = (String::new(), start.clone(), indent);
        for (count, &is_element) in places.iter().enumerate() {
            let word = if is_element { self.words.next().unwrap_or_default() } else { "...".into() };
            let len = word.chars().count();
            if used + len > room && used > indent {
                done += line.trim_end();
                done.push('\n');
                (line, used) = (start.clone(), indent);
            }
            line += &word;
            used += len;
            if count + 1 < places.len() {
                line += self.separator;
                used += self.separator.len();
            }
        }
        done + &line
    }
    /// Parts below each other, more empty lines between them the more axes they have.
    fn block(&mut self, places: &[bool], inner: &[isize], indent: usize, width: usize) -> String {
        let line_end = self.separator.trim_end().to_string() + &"\n".repeat(inner.len());
        let start = " ".repeat(indent);
        let parts = places.iter().map(|&is_part| {
            let part = if is_part { self.part(inner, indent + 1, width - 1) } else { "...".into() };
            format!("{start}{part}")
        });
        parts.collect::<Vec<_>>().join(&line_end)
    }
}
