//! Structs of ours, on memory that somebody keeps until they are let go of.
//!
//! A consumer may move a child out of its parent and hold it longer, so each struct of an array has what keeps its own
//! buffers; a parent lets go of the children that are still there.

use std::ffi::{CStr, CString, c_char, c_int, c_void};

use super::abi::{ArrowArray, ArrowArrayStream, ArrowSchema, NULLABLE, ORDERED};
use super::taken::{Releasable, Taken};

/// Lets go of what keeps the memory. It is called once, from any thread, and must not unwind.
pub type Release = unsafe extern "C" fn(*mut c_void);

/// What keeps memory: dropping it lets go.
#[derive(Debug)]
pub struct Keeper {
    context: *mut c_void,
    release: Release,
}

impl Keeper {
    /// Calls `release` with `context` when it is dropped.
    ///
    /// # Safety
    /// That call is sound, once, from any thread.
    pub unsafe fn new(context: *mut c_void, release: Release) -> Keeper {
        Keeper { context, release }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // SAFETY: once, by the constructor's contract.
        unsafe { (self.release)(self.context) }
    }
}

/// What a column of ours is.
#[derive(Clone, Debug)]
pub struct Type {
    /// The format string.
    pub format: CString,
    /// The column's name.
    pub name: CString,
    /// Codes are in the dictionary's order.
    pub ordered: bool,
    /// What it is made of.
    pub children: Vec<Type>,
    /// What codes stand for.
    pub dictionary: Option<Box<Type>>,
}

/// Where a column of ours lies.
#[derive(Debug)]
pub struct Data {
    /// Number of elements.
    pub len: usize,
    /// Number of nulls.
    pub nulls: usize,
    /// Addresses of the buffers, as the format has them.
    pub buffers: Vec<*const c_void>,
    /// What keeps the buffers.
    pub keeper: Keeper,
    /// What it is made of.
    pub children: Vec<Data>,
    /// What codes stand for.
    pub dictionary: Option<Box<Data>>,
}

/// What a schema of ours points to.
struct SchemaParts {
    #[expect(dead_code, reason = "held for the pointers into it")]
    texts: (CString, CString),
    children: Vec<*mut ArrowSchema>,
    dictionary: *mut ArrowSchema,
}

/// What an array of ours points to.
struct ArrayParts {
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    dictionary: *mut ArrowArray,
    #[expect(dead_code, reason = "lets go when it is dropped")]
    keeper: Keeper,
}

fn boxed<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

fn pointer_or_null<T>(list: &mut Vec<T>) -> *mut T {
    if list.is_empty() { std::ptr::null_mut() } else { list.as_mut_ptr() }
}

impl Type {
    /// A struct that says so.
    pub fn to_struct(&self) -> ArrowSchema {
        let children: Vec<_> = self.children.iter().map(|child| boxed(child.to_struct())).collect();
        let dictionary = self.dictionary.as_ref().map_or(std::ptr::null_mut(), |d| boxed(d.to_struct()));
        let texts = (self.format.clone(), self.name.clone());
        let (format, name) = (texts.0.as_ptr(), texts.1.as_ptr());
        let parts = boxed(SchemaParts { texts, children, dictionary });
        // SAFETY: made just now, and not moved before it is let go of.
        let children = unsafe { &mut (*parts).children };
        ArrowSchema {
            format,
            name,
            metadata: std::ptr::null(),
            flags: NULLABLE | if self.ordered { ORDERED } else { 0 },
            n_children: children.len() as i64,
            children: pointer_or_null(children),
            dictionary,
            release: Some(release_schema),
            private_data: parts.cast(),
        }
    }
}

impl Data {
    /// A struct that hands it over.
    pub fn into_struct(self) -> ArrowArray {
        let children: Vec<_> = self.children.into_iter().map(|child| boxed(child.into_struct())).collect();
        let dictionary = self.dictionary.map_or(std::ptr::null_mut(), |d| boxed(d.into_struct()));
        let parts = boxed(ArrayParts { buffers: self.buffers, children, dictionary, keeper: self.keeper });
        // SAFETY: as in `to_struct`.
        let held = unsafe { &mut *parts };
        ArrowArray {
            length: self.len as i64,
            null_count: self.nulls as i64,
            offset: 0,
            n_buffers: held.buffers.len() as i64,
            n_children: held.children.len() as i64,
            buffers: pointer_or_null(&mut held.buffers),
            children: pointer_or_null(&mut held.children),
            dictionary,
            release: Some(release_array),
            private_data: parts.cast(),
        }
    }
}

/// Lets go of a struct in a box of ours, and of the box.
///
/// # Safety
/// `at` is null, or from [`boxed`] and used no more.
unsafe fn end<T: Releasable>(at: *mut T) {
    if at.is_null() {
        return;
    }
    // SAFETY: by the contract; moved structs have no callback left.
    unsafe {
        T::release(at);
        drop(Box::from_raw(at));
    }
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: a struct from `to_struct`, wherever it was moved; called once.
    unsafe {
        let parts = Box::from_raw((*schema).private_data.cast::<SchemaParts>());
        parts.children.iter().for_each(|child| end(*child));
        end(parts.dictionary);
        ArrowSchema::forget(schema);
    }
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: a struct from `into_struct`, wherever it was moved; called once.
    unsafe {
        let parts = Box::from_raw((*array).private_data.cast::<ArrayParts>());
        parts.children.iter().for_each(|child| end(*child));
        end(parts.dictionary);
        ArrowArray::forget(array);
        drop(parts);
    }
}

/// What a stream of ours has left to give.
struct StreamParts {
    kind: Type,
    array: Option<Taken<ArrowArray>>,
}

/// A stream of one array.
pub fn stream(kind: Type, data: Data) -> ArrowArrayStream {
    let array = Some(Taken::filled(Box::new(data.into_struct())));
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release_stream),
        private_data: boxed(StreamParts { kind, array }).cast(),
    }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: a stream of ours that is alive, and room for a schema.
    unsafe { out.write((*(*stream).private_data.cast::<StreamParts>()).kind.to_struct()) };
    0
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: a stream of ours that is alive, used by one thread at a time, and room for an array.
    unsafe {
        let parts = &mut *(*stream).private_data.cast::<StreamParts>();
        out.write(parts.array.take().map_or(ArrowArray::empty(), Taken::into_inner));
    }
    0
}

unsafe extern "C" fn get_last_error(_stream: *mut ArrowArrayStream) -> *const c_char {
    // Nothing fails.
    const { CStr::as_ptr(c"") }
}

unsafe extern "C" fn release_stream(stream: *mut ArrowArrayStream) {
    // SAFETY: a stream of ours; called once.
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<StreamParts>()));
        ArrowArrayStream::forget(stream);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{claim, field};
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    unsafe extern "C" fn count(context: *mut c_void) {
        // SAFETY: the tests' counters outlive their structs.
        unsafe { (*context.cast::<AtomicUsize>()).fetch_add(1, Ordering::Relaxed) };
    }

    fn table(counter: &AtomicUsize, numbers: &[f64]) -> (Type, Data) {
        let named = |format: &str, name: &str, children| Type {
            format: CString::new(format).unwrap(),
            name: CString::new(name).unwrap(),
            ordered: false,
            children,
            dictionary: None,
        };
        let data = |buffers, children| {
            let context = std::ptr::from_ref(counter).cast_mut().cast();
            // SAFETY: the counter outlives the structs.
            let keeper = unsafe { Keeper::new(context, count) };
            Data { len: numbers.len(), nulls: 0, buffers, keeper, children, dictionary: None }
        };
        let none = std::ptr::null();
        let column = || data(vec![none, numbers.as_ptr().cast()], vec![]);
        let kind = named("+s", "", vec![named("g", "x", vec![]), named("g", "y", vec![])]);
        (kind, data(vec![none], vec![column(), column()]))
    }

    #[test]
    fn given_and_read_back() {
        let (counter, numbers) = (AtomicUsize::new(0), [1.0, 2.0, 3.0]);
        let (kind, data) = table(&counter, &numbers);
        let (mut schema, mut array) = (kind.to_struct(), data.into_struct());
        // SAFETY: structs of ours, each taken and let go of once.
        unsafe {
            let told = field::read(&raw const schema).unwrap();
            assert_eq!(told.children[1].name, "y");
            let column = claim::read(&told, &raw const array).unwrap();
            assert_eq!((column.len, column.null_count()), (3, 0));
            assert_eq!(column.children[0].values().cast_const(), numbers.as_ptr().cast());
            // A child that was moved away is the mover's to let go of.
            let child = Taken::from(*array.children).unwrap();
            ArrowArray::release(&raw mut array);
            assert_eq!(counter.load(Ordering::Relaxed), 2);
            drop(child);
            assert_eq!(counter.load(Ordering::Relaxed), 3);
            ArrowSchema::release(&raw mut schema);
            assert!(field::read(&raw const schema).is_err());
        }
    }

    #[test]
    fn a_stream_gives_one_array() {
        let (counter, numbers) = (AtomicUsize::new(0), [1.0]);
        for taken in [true, false] {
            let before = counter.load(Ordering::Relaxed);
            let (kind, data) = table(&counter, &numbers);
            let mut stream = Taken::filled(Box::new(stream(kind, data)));
            assert!(stream.schema().is_ok() && stream.schema().is_ok());
            if taken {
                let array = stream.next_array().unwrap().unwrap();
                assert!(stream.next_array().unwrap().is_none());
                drop(stream);
                assert_eq!(counter.load(Ordering::Relaxed), before);
                drop(array);
            } else {
                drop(stream);
            }
            assert_eq!(counter.load(Ordering::Relaxed), before + 3);
        }
    }
}
