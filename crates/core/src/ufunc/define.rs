//! What a ufunc is at run time: its name and arity, its loops, and a table that finds the loop of one dtype at once.

use std::ffi::c_void;

use sharray_base::dtype::kind::TYPE_COUNT;
use sharray_base::{Result, TypeNum};
use sharray_kernels::loop_abi::{Loop, LoopFlags};
use sharray_kernels::table::{Definition, Entry, Identity, Rule};
use smallvec::SmallVec;

use super::signature::CoreSignature;

/// One loop with the dtypes it takes. Built-in loops come from the kernel tables; object loops, `frompyfunc` and
/// foreign loops are made by the Python crate.
#[derive(Clone)]
pub struct UfuncLoop {
    /// Type numbers of inputs, then outputs.
    pub types: SmallVec<[TypeNum; 4]>,
    /// The code.
    pub code: Loop,
    /// What callers must know.
    pub flags: LoopFlags,
    /// Passed as `data` unless the loop wants a context.
    pub data: *mut c_void,
}

// SAFETY: whoever makes a loop with `data` keeps it valid and safe to use from any thread that calls the loop.
unsafe impl Send for UfuncLoop {}
// SAFETY: as for `Send`.
unsafe impl Sync for UfuncLoop {}

impl From<&Entry> for UfuncLoop {
    fn from(entry: &Entry) -> UfuncLoop {
        let types = SmallVec::from_slice(entry.types);
        UfuncLoop { types, code: entry.active(), flags: entry.flags, data: entry.data }
    }
}

/// Completes the core sizes that operands didn't tell (`None`), or refuses what they told.
pub type SizeHook = Box<dyn Fn(&mut [Option<isize>]) -> Result<()> + Send + Sync>;

/// A universal function.
pub struct Ufunc {
    name: Box<str>,
    nin: usize,
    nout: usize,
    identity: Identity,
    rule: Rule,
    core: Option<CoreSignature>,
    size_hook: Option<SizeHook>,
    loops: Vec<UfuncLoop>,
    /// For each type number, one more than the index of the loop whose inputs are all of that type.
    same: [u16; TYPE_COUNT],
}

impl Ufunc {
    /// A ufunc of these loops, tried in this order. `signature` makes it a generalised one.
    ///
    /// # Errors
    /// `Value` when the signature can't be parsed or doesn't fit `nin` and `nout`.
    pub fn new(
        name: &str,
        (nin, nout): (usize, usize),
        identity: Identity,
        rule: Rule,
        signature: Option<&str>,
        loops: Vec<UfuncLoop>,
    ) -> Result<Ufunc> {
        // Without any core dimension it works element by element.
        let core = signature
            .map(|text| CoreSignature::parse(text, nin, nout))
            .transpose()?
            .filter(|core| !core.dims.is_empty());
        let mut ufunc = Ufunc {
            name: name.into(),
            nin,
            nout,
            identity,
            rule,
            core,
            size_hook: None,
            loops: Vec::new(),
            same: [0; TYPE_COUNT],
        };
        loops.into_iter().for_each(|entry| ufunc.push(entry));
        Ok(ufunc)
    }

    /// The built-in ufunc of that definition, with more loops (object dtype) behind its own.
    ///
    /// # Errors
    /// As [`Ufunc::new`].
    pub fn from_definition(definition: &Definition, extra: Vec<UfuncLoop>) -> Result<Ufunc> {
        let loops = definition.entries.iter().map(UfuncLoop::from).chain(extra).collect();
        let arity = (definition.nin, definition.nout);
        Ufunc::new(definition.name, arity, definition.identity, definition.rule, definition.signature, loops)
    }

    /// Adds a loop behind the others. One whose types are all those of an existing loop replaces it.
    pub fn push(&mut self, entry: UfuncLoop) {
        debug_assert_eq!(entry.types.len(), self.nargs());
        if let Some(old) = self.loops.iter_mut().find(|old| old.types == entry.types) {
            *old = entry;
            return;
        }
        let first = entry.types.first().copied();
        self.loops.push(entry);
        let (Some(first), Some(entry)) = (first, self.loops.last()) else { return };
        if entry.types[..self.nin].iter().all(|t| *t == first) && self.same[first as usize] == 0 {
            self.same[first as usize] = self.loops.len() as u16;
        }
    }

    /// Has core sizes completed by a function, called once the operands have told theirs.
    pub fn set_size_hook(&mut self, hook: SizeHook) {
        self.size_hook = Some(hook);
    }
    /// What completes core sizes, if anything does.
    pub fn size_hook(&self) -> Option<&SizeHook> {
        self.size_hook.as_ref()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Number of inputs.
    pub fn nin(&self) -> usize {
        self.nin
    }
    /// Number of outputs.
    pub fn nout(&self) -> usize {
        self.nout
    }
    /// Number of operands.
    pub fn nargs(&self) -> usize {
        self.nin + self.nout
    }
    /// What reductions start from.
    pub fn identity(&self) -> Identity {
        self.identity
    }
    /// How a loop is chosen.
    pub fn rule(&self) -> Rule {
        self.rule
    }
    /// Core dimensions, for generalised ufuncs.
    pub fn core(&self) -> Option<&CoreSignature> {
        self.core.as_ref()
    }
    /// The loops in the order they are tried.
    pub fn loops(&self) -> &[UfuncLoop] {
        &self.loops
    }
    /// The loop whose inputs are all of this type.
    pub fn loop_of(&self, num: TypeNum) -> Option<&UfuncLoop> {
        self.loops.get((self.same[num as usize] as usize).wrapping_sub(1))
    }
}
