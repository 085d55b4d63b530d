//! The words in which ufuncs are listed: a type pattern such as `xx->?` is laid out for each letter of a group of types
//! together with the operation's loops for the Rust type behind the letter.

use std::ptr::null_mut;

use sharray_base::TypeNum;

use crate::element::Element;
use crate::isa::Level;
use crate::isa::shell::{self, Binary};
use crate::loop_abi::{Loop, LoopFlags};
use crate::table::{Definition, Entry, Identity, Rule};

/// Loops that can't raise floating-point flags, on operands at any alignment.
pub const QUIET: LoopFlags = LoopFlags::NO_FP_STATUS.union(LoopFlags::ANY_ALIGNMENT);
/// Loops whose floating-point flags matter.
pub const RAISES: LoopFlags = LoopFlags::ANY_ALIGNMENT;
/// As [`RAISES`], and sums runs pairwise.
pub const RAISES_WHOLE: LoopFlags = RAISES.union(LoopFlags::WHOLE_RUNS);
/// Loops that may leave a fault.
pub const FAILS: LoopFlags = LoopFlags::FALLIBLE.union(QUIET);

/// The list under construction.
#[derive(Default)]
pub struct List(Vec<Definition>);

impl List {
    /// Adds a ufunc with `nin` operands and `nout` results; `loops` lists its loops.
    pub fn ufunc(
        &mut self,
        name: &'static str,
        (nin, nout): (usize, usize),
        (identity, rule): (Identity, Rule),
        loops: impl FnOnce(&mut Loops),
    ) {
        self.gufunc(name, (nin, nout), (identity, rule), None, loops);
    }
    /// Adds a ufunc with core dimensions.
    pub fn gufunc(
        &mut self,
        name: &'static str,
        (nin, nout): (usize, usize),
        (identity, rule): (Identity, Rule),
        signature: Option<&'static str>,
        loops: impl FnOnce(&mut Loops),
    ) {
        let mut entries = Loops(Vec::new());
        loops(&mut entries);
        debug_assert!(entries.0.iter().all(|e| e.types.len() == nin + nout), "{name}");
        self.0.push(Definition { name, nin, nout, identity, rule, signature, entries: Vec::leak(entries.0) });
    }
    /// Marks the loops of the last ufunc that fold rows: those on one type, all of which come from [`same`], but for
    /// those of extended precision and of text.
    pub fn folds_rows(&mut self) {
        let Some(definition) = self.0.last_mut() else { return };
        let marked = definition.entries.iter().map(|entry| {
            let [a, b, out] = entry.types else { return *entry };
            // What wants a context has no place for rows in its `data`.
            let free = !entry.flags.contains(LoopFlags::WANTS_CONTEXT);
            let one = free && a == b && a == out && !matches!(a, TypeNum::LongDouble | TypeNum::CLongDouble);
            let more = if one { LoopFlags::FOLDS_ROWS } else { LoopFlags::empty() };
            Entry { flags: entry.flags | more, ..*entry }
        });
        definition.entries = Vec::leak(marked.collect());
    }
    /// The finished list.
    pub fn finish(self) -> Vec<Definition> {
        self.0
    }
}

/// The loops of one ufunc.
pub struct Loops(Vec<Entry>);

impl Loops {
    /// Adds a loop for the types that `pattern` lists.
    pub fn put(&mut self, pattern: &str, code: [Loop; Level::COUNT], flags: LoopFlags) {
        self.put_for(pattern, b'x', code, flags);
    }
    /// Adds a loop. In `pattern` each `x` stands for `letter`, any other letter for itself.
    pub fn put_for(&mut self, pattern: &str, letter: u8, code: [Loop; Level::COUNT], flags: LoopFlags) {
        let num = |c: u8| TypeNum::from_char(if c == b'x' { letter } else { c });
        let types: Vec<TypeNum> = pattern.bytes().filter_map(num).collect();
        // x87 operands are aligned, as C compilers assume.
        let extended = types.iter().any(|t| matches!(t, TypeNum::LongDouble | TypeNum::CLongDouble));
        let flags = if extended { flags.difference(LoopFlags::ANY_ALIGNMENT) } else { flags };
        self.0.push(Entry { types: Vec::leak(types), code, flags, data: null_mut() });
    }
}

/// Loops of a binary operation on one type.
pub fn same<O: Binary<A>, A: Element>() -> [Loop; Level::COUNT] {
    shell::binary::<O, A, A>()
}

/// The same loop at every level.
pub fn every_level(code: Loop) -> [Loop; Level::COUNT] {
    [code; Level::COUNT]
}

/// `group!(loops, pattern, flags, shape, Op)`: puts the loops `shape::<Op, T>()` for each type of the group.
macro_rules! group {
    ($name:ident: $($letter:literal $type:ty),*) => { group!(@ ($) $name: $($letter $type),*); };
    (@ ($d:tt) $name:ident: $($letter:literal $type:ty),*) => {
        macro_rules! $name {
            ($d loops:expr, $d pattern:literal, $d flags:expr, $d shape:path, $d op:ty) => {{
                use $d shape as shape;
                $( $d loops.put_for($d pattern, $letter, shape::<$d op, $type>(), $d flags); )*
            }};
        }
        pub(super) use $name;
    };
}

group!(truth: b'?' crate::element::Truth);
group!(ints: b'b' i8, b'B' u8, b'h' i16, b'H' u16, b'i' i32, b'I' u32, b'l' i64, b'L' u64, b'q' i64, b'Q' u64);
group!(floats: b'e' half::f16, b'f' f32, b'd' f64, b'g' crate::extended::Extended);
group!(complexes: b'F' crate::element::Complex<f32>, b'D' crate::element::Complex<f64>,
    b'G' crate::element::Complex<crate::extended::Extended>);
group!(native: b'e' half::f16, b'f' f32, b'd' f64);
group!(ordinary_floats: b'f' f32, b'd' f64);
group!(complex_doubles: b'D' crate::element::Complex<f64>,
    b'G' crate::element::Complex<crate::extended::Extended>);
group!(spans: b'm' crate::element::Time);
group!(points: b'M' crate::element::Time);
