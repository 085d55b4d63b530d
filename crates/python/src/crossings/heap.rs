//! Finds the objects of given classes among all that Python's garbage collector can reach: what `sharray.interop.explain`
//! takes for the ones that may look at a stretch of memory.
//!
//! The collector knows containers; arrays of numbers are none, so that each container is asked for what it refers to
//! (its `tp_traverse`, as the collector does), and dicts and tuples that the collector no longer tracks, since they hold
//! plain values only, are looked into as well. With large libraries loaded that is half a million containers and three
//! million references, each to a cold place in memory. What makes it quick: references are gathered in a small pile
//! whose memory is asked for ahead, and looked at when the pile is full; of each only the class is read, and a class is
//! told by a table of pointers. Nothing here runs Python code or lets an object go, so that the pile may borrow.

use std::collections::HashSet;
use std::ffi::{c_int, c_void};
use std::hash::{BuildHasherDefault, Hasher};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyType};
use sharray_base::layout::checked_byte_bounds;
use sharray_kernels::isa::fetch_ahead;

use crate::object::layout::ArrayFields;

/// Levels of untracked containers within each other that are looked into.
const DEPTH: usize = 4;
/// References that are gathered before they are looked at.
const PILE: usize = 256;
/// Objects whose memory is asked for ahead.
const AHEAD: usize = 12;
/// Places of the table of classes.
const PLACES: usize = 4096;

/// What is to be done with an instance of a class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing.
    Other,
    /// A dict or a tuple, which may be untracked.
    Container,
    /// One of the classes looked for, which Python reads.
    Wanted,
    /// An array with NumPy's fields, which is read here.
    Array,
}

/// Addresses are spread by one multiplication.
#[derive(Default)]
struct ByAddress(u64);

impl Hasher for ByAddress {
    fn write(&mut self, _bytes: &[u8]) {
        unreachable!("addresses alone are hashed");
    }
    fn write_usize(&mut self, address: usize) {
        self.0 = (address as u64 >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

type Addresses = HashSet<usize, BuildHasherDefault<ByAddress>>;

/// One class looked for, and whether its instances begin with NumPy's fields.
struct Wanted {
    class: *mut ffi::PyTypeObject,
    fields: bool,
}

struct Search {
    wanted: Vec<Wanted>,
    low: usize,
    high: usize,
    /// The roles of classes met before; two classes of one place take turns.
    table: Vec<(*mut ffi::PyTypeObject, Role)>,
    /// References gathered, borrowed.
    pile: Vec<*mut ffi::PyObject>,
    /// Untracked containers of the level.
    inner: Vec<*mut ffi::PyObject>,
    seen: Addresses,
    found: Vec<*mut ffi::PyObject>,
}

/// Called for each reference of a container.
unsafe extern "C" fn gather(object: *mut ffi::PyObject, search: *mut c_void) -> c_int {
    // SAFETY: `Search::look_into` hands itself over, and uses nothing of itself meanwhile.
    let search = unsafe { &mut *search.cast::<Search>() };
    fetch_ahead(object.cast());
    search.pile.push(object);
    0
}

impl Search {
    fn new(wanted: Vec<Wanted>, low: usize, high: usize) -> Search {
        let pile = Vec::with_capacity(4 * PILE);
        let table = vec![(std::ptr::null_mut(), Role::Other); PLACES];
        let seen = Addresses::with_capacity_and_hasher(1 << 16, Default::default());
        let (inner, found) = (Vec::new(), Vec::new());
        Search { wanted, low, high, table, pile, inner, seen, found }
    }

    /// The role of a class.
    ///
    /// # Safety
    /// A live class.
    unsafe fn role(&mut self, class: *mut ffi::PyTypeObject) -> Role {
        let place = (class.addr() >> 4) % PLACES;
        if self.table[place].0 == class {
            return self.table[place].1;
        }
        // SAFETY: live classes: the caller's, those looked for (held by who asked), and Python's own.
        let role = unsafe {
            let dict_or_tuple = class == &raw mut ffi::PyDict_Type || class == &raw mut ffi::PyTuple_Type;
            match self.wanted.iter().find(|w| ffi::PyType_IsSubtype(class, w.class) != 0) {
                Some(w) if w.fields => Role::Array,
                Some(_) => Role::Wanted,
                None if dict_or_tuple => Role::Container,
                None => Role::Other,
            }
        };
        self.table[place] = (class, role);
        role
    }

    /// Takes an object for found, if it is of a class looked for; lays untracked containers aside.
    ///
    /// # Safety
    /// A live object.
    unsafe fn meet(&mut self, object: *mut ffi::PyObject) {
        // SAFETY: as the caller says; so are its class, and what an array has for its base.
        unsafe {
            match self.role(ffi::Py_TYPE(object)) {
                Role::Other => {}
                Role::Container => {
                    let filled =
                        ffi::Py_TYPE(object) != &raw mut ffi::PyTuple_Type || ffi::Py_SIZE(object) > 0;
                    if filled && ffi::PyObject_GC_IsTracked(object) == 0 && self.seen.insert(object.addr()) {
                        self.inner.push(object);
                    }
                }
                Role::Wanted => {
                    if self.seen.insert(object.addr()) {
                        self.found.push(object);
                    }
                }
                Role::Array => self.meet_array(object),
            }
        }
    }

    /// Takes an array for found if it looks at the memory, and goes on to its base.
    ///
    /// # Safety
    /// A live object that begins with NumPy's fields.
    unsafe fn meet_array(&mut self, object: *mut ffi::PyObject) {
        if !self.seen.insert(object.addr()) {
            return;
        }
        // SAFETY: as the caller says.
        let fields = unsafe { &*object.cast::<ArrayFields>() };
        // SAFETY: the fields of an array that is whole.
        if unsafe { span(fields) }.is_none_or(|(low, high)| low < self.high && high > self.low) {
            self.found.push(object);
        }
        if !fields.base.is_null() {
            // SAFETY: the array holds its base. Chains are short: a view's base is what owns the memory.
            self.pile.push(fields.base);
        }
    }

    /// Meets all that was gathered.
    ///
    /// # Safety
    /// The objects are alive.
    unsafe fn clear_pile(&mut self) {
        // The first ones first: their memory has had the most time to come. Bases of arrays are added meanwhile.
        let mut next = 0;
        while let Some(&object) = self.pile.get(next) {
            // SAFETY: gathered from containers that live as long as nothing runs that could change them.
            unsafe { self.meet(object) };
            next += 1;
        }
        self.pile.clear();
    }

    /// Gathers what a container refers to, and meets it when there is enough of it.
    ///
    /// # Safety
    /// A live object that the garbage collector knows.
    unsafe fn look_into(&mut self, container: *mut ffi::PyObject) {
        // SAFETY: what the collector does with such objects at any time.
        unsafe {
            if ffi::Py_TYPE(container) == &raw mut ffi::PyFunction_Type {
                self.gather_of_function(container.cast());
            } else if let Some(traverse) = (*ffi::Py_TYPE(container)).tp_traverse {
                traverse(container, gather, (&raw mut *self).cast());
            }
            if self.pile.len() >= PILE {
                self.clear_pile();
            }
        }
    }

    /// Gathers what of a function may be untracked, and no text or code: the rest is among the tracked. A fifth of all
    /// containers are functions, and a third of all cold places is what is left out here.
    ///
    /// # Safety
    /// A live function.
    unsafe fn gather_of_function(&mut self, function: *mut ffi::PyFunctionObject) {
        // SAFETY: as the caller says; its parts are objects or null.
        let parts = unsafe {
            let f = &*function;
            [f.func_defaults, f.func_kwdefaults, f.func_dict, f.func_annotations]
        };
        for part in parts.into_iter().filter(|part| !part.is_null()) {
            fetch_ahead(part.cast());
            self.pile.push(part);
        }
    }

    /// Looks at all of `tracked` and into them, then into the untracked containers that turn up.
    fn run(&mut self, tracked: &[*mut ffi::PyObject]) {
        for (i, &object) in tracked.iter().enumerate() {
            if let Some(&later) = tracked.get(i + AHEAD) {
                fetch_ahead(later.cast());
            }
            // SAFETY: the caller's list holds it.
            unsafe {
                self.meet(object);
                self.look_into(object);
            }
        }
        for depth in 0..DEPTH {
            // SAFETY: as in `clear_pile`; dicts and tuples are what the collector knows, tracked or not.
            unsafe {
                self.clear_pile();
                if depth + 1 < DEPTH {
                    for container in std::mem::take(&mut self.inner) {
                        self.look_into(container);
                    }
                }
            }
        }
    }
}

/// The lowest byte of an array's elements, and the one behind the highest; `None` where that is no number.
///
/// # Safety
/// The fields of a whole array.
unsafe fn span(fields: &ArrayFields) -> Option<(usize, usize)> {
    let axes = usize::try_from(fields.nd).ok()?;
    // SAFETY: as the caller says: `nd` extents and strides, and a descriptor.
    let (shape, strides, descr) = unsafe {
        let slice =
            |start: *mut isize| if axes == 0 { &[][..] } else { std::slice::from_raw_parts(start, axes) };
        (slice(fields.dimensions), slice(fields.strides), fields.descr.as_ref()?)
    };
    let size = usize::try_from(descr.fields.elsize).ok()?;
    let (low, high) = checked_byte_bounds(shape, strides, size)?;
    let data = fields.data.addr();
    Some((data.checked_add_signed(low)?, data.checked_add_signed(high)?))
}

/// The objects of `classes` that the garbage collector, or `more` (a list), reaches: `classes` is a list of `(class,
/// fields)`, and of those whose instances begin with NumPy's fields only those are given that share a byte with `low`
/// to `high`, or lie on its borders.
#[pyfunction]
pub(super) fn _memory_reach<'py>(
    classes: Vec<(Bound<'py, PyType>, bool)>,
    more: &Bound<'py, PyList>,
    low: usize,
    high: usize,
) -> PyResult<Bound<'py, PyList>> {
    let py = more.py();
    let wanted = classes.iter().map(|(class, fields)| Wanted { class: class.as_type_ptr(), fields: *fields });
    let mut search = Search::new(wanted.collect(), low, high);
    let tracked = py.import("gc")?.call_method0("get_objects")?.cast_into::<PyList>()?;
    // SAFETY: exact lists, which nothing changes meanwhile: a search runs no Python code.
    unsafe {
        let items = |list: &Bound<'py, PyList>| {
            let start = (*list.as_ptr().cast::<ffi::PyListObject>()).ob_item;
            let len = list.len();
            if len == 0 { &[][..] } else { std::slice::from_raw_parts(start, len) }
        };
        search.pile.extend_from_slice(items(more));
        search.run(items(&tracked));
        let found = search.found.iter().map(|&object| Bound::from_borrowed_ptr(py, object));
        PyList::new(py, found.collect::<Vec<_>>())
    }
}
