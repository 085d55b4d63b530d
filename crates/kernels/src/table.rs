//! Loop tables: what is registered for each ufunc, as data.

use std::ffi::c_void;

use sharray_base::TypeNum;

use crate::isa::Level;
use crate::loop_abi::{Loop, LoopFlags};

/// One loop of a ufunc: for which dtypes, and its code per ISA level.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Type numbers of inputs, then outputs.
    pub types: &'static [TypeNum],
    /// The loop for each level; levels without their own code repeat the one below.
    pub code: [Loop; Level::COUNT],
    /// What callers must know.
    pub flags: LoopFlags,
    /// Passed as `data` unless the loop wants a context.
    pub data: *mut c_void,
}

// SAFETY: `data` of built-in entries is null or points to immutable statics.
unsafe impl Sync for Entry {}
// SAFETY: as for `Sync`.
unsafe impl Send for Entry {}

impl Entry {
    /// The code of the level in force.
    pub fn active(&self) -> Loop {
        self.code[crate::isa::active() as usize]
    }
}

/// What a reduction starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// None, and the order of operations matters: reduces over one axis at a time only.
    None,
    /// None, but reorderable: several axes may be reduced at once (maximum).
    Reorderable,
    /// 0.
    Zero,
    /// 1.
    One,
    /// All bits set.
    MinusOne,
    /// Negative infinity.
    MinusInfinity,
}

/// How a ufunc's loop is chosen from its operands' dtypes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Promote the inputs to a common dtype, then the first loop all inputs can be safely cast to.
    Standard,
    /// As standard, but integers and bools divide as float64 (`divide`).
    TrueDivide,
    /// Comparison: promotes, gives bool; also takes strings, structures, mixed signed and unsigned integers exactly.
    Comparison,
    /// Logic on truth values: gives bool.
    Logical,
    /// `add`, `subtract`, … which also take datetime and timedelta with units.
    TimeArithmetic,
    /// `absolute`, `negative`, `sign`, … of one time operand.
    SimpleUnary,
    /// `isnat`, `isfinite`, …: any unit in, bool out.
    Classify,
    /// Functions of text: each text operand as it is, integers as int64; results as wide as the rule says.
    Text(TextWidth),
}

/// How wide the text is that a function of fixed-width text gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextWidth {
    /// As the first operand.
    First,
    /// As the output that must be given; the error says this.
    Given(&'static str),
}

/// Definition of a built-in ufunc.
#[derive(Clone, Copy)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// Number of inputs.
    pub nin: usize,
    /// Number of outputs.
    pub nout: usize,
    /// What reductions start from.
    pub identity: Identity,
    /// How the loop is chosen.
    pub rule: Rule,
    /// Core dimensions, `(n?,k),(k,m?)->(n?,m?)`, for gufuncs.
    pub signature: Option<&'static str>,
    /// The loops, in the order they are tried.
    pub entries: &'static [Entry],
}
