//! Signatures and one line of documentation for methods of C types, as `inspect.signature` reads them.
//!
//! Arrays and scalars share their methods' names, and so the entries here; a method without an entry has no signature.

use std::ffi::CString;

use pyo3::ffi;

/// Name, parameters (CPython's text form), and what the method does.
const METHODS: &[(&str, &str, &str)] = &[
    ("__array__", "$self, dtype=None, /, *, copy=None", "The array itself, or one of another dtype."),
    ("__array_finalize__", "$self, obj, /", "Called for each new array of a subclass."),
    ("__array_function__", "$self, /, func, types, args, kwargs", "Takes over calls of array functions."),
    ("__array_namespace__", "$self, /, *, api_version=None", "The module with the array API's functions."),
    ("__array_ufunc__", "$self, ufunc, method, /, *inputs, **kwargs", "Takes over calls of ufuncs."),
    (
        "__array_wrap__",
        "$self, array, context=None, return_scalar=True, /",
        "The array as this object's type.",
    ),
    (
        "__arrow_c_array__",
        "$self, /, requested_schema=None",
        "Arrow's capsules: the schema's and the array's.",
    ),
    ("__arrow_c_schema__", "$self, /", "An Arrow schema's capsule."),
    ("__arrow_c_stream__", "$self, /, requested_schema=None", "The capsule of an Arrow stream of one array."),
    ("__class_getitem__", "$cls, item, /", "A generic alias, for type hints."),
    ("__complex__", "$self, /", "The only element as a Python complex."),
    ("__copy__", "$self, /", "A copy."),
    ("__deepcopy__", "$self, memo, /", "A copy, of the objects within as well."),
    (
        "__dlpack__",
        "$self, /, *, stream=None, max_version=None, dl_device=None, copy=None",
        "A DLPack capsule.",
    ),
    ("__dlpack_device__", "$self, /", "Kind and number of the device that holds the data."),
    ("__format__", "$self, spec, /", "The value as text."),
    ("__reduce__", "$self, /", "What pickling needs."),
    ("__reduce_ex__", "$self, protocol, /", "What pickling by a protocol needs."),
    ("__setstate__", "$self, state, /", "Takes a pickled state."),
    ("_repr_html_", "$self, /", "The array as an HTML table, for notebooks; None where its text is as good."),
    ("accumulate", "$self, array, /, axis=0, dtype=None, out=None", "All partial results along an axis."),
    (
        "all",
        "$self, /, axis=None, out=None, keepdims=False, *, where=True",
        "True where all elements are true.",
    ),
    (
        "any",
        "$self, /, axis=None, out=None, keepdims=False, *, where=True",
        "True where any element is true.",
    ),
    ("argmax", "$self, /, axis=None, out=None, *, keepdims=False", "Index of the first largest element."),
    ("argmin", "$self, /, axis=None, out=None, *, keepdims=False", "Index of the first smallest element."),
    (
        "argpartition",
        "$self, kth, /, axis=-1, kind='introselect', order=None",
        "Indices that partition the array.",
    ),
    ("argsort", "$self, /, axis=-1, kind=None, order=None, *, stable=None", "Indices that sort the array."),
    ("as_integer_ratio", "$self, /", "Numerator and denominator in lowest terms."),
    (
        "astype",
        "$self, /, dtype, order='K', casting='unsafe', subok=True, copy=True",
        "The elements in another dtype.",
    ),
    (
        "at",
        "$self, a, indices, b=None, /",
        "Works in place on the chosen elements, on repeated ones repeatedly.",
    ),
    ("bit_count", "$self, /", "How many bits of the magnitude are set."),
    ("byteswap", "$self, /, inplace=False", "The elements with their bytes reversed."),
    ("choose", "$self, /, choices, out=None, mode='raise'", "Elements of several arrays, by index."),
    ("clip", "$self, /, min=None, max=None, out=None, **kwargs", "The elements, limited to a range."),
    ("compress", "$self, /, condition, axis=None, out=None", "Slices where the condition is true."),
    ("conj", "$self, /", "Complex conjugates."),
    ("conjugate", "$self, /", "Complex conjugates."),
    ("copy", "$self, /, order='C'", "A copy."),
    ("cumprod", "$self, /, axis=None, dtype=None, out=None", "Running products."),
    ("cumsum", "$self, /, axis=None, dtype=None, out=None", "Running sums."),
    ("diagonal", "$self, /, offset=0, axis1=0, axis2=1", "A view of a diagonal."),
    ("dot", "$self, other, /, out=None", "Dot product."),
    ("dump", "$self, /, file", "Pickles into a file."),
    ("dumps", "$self, /", "The pickled bytes."),
    ("fill", "$self, /, value", "Sets every element to a value."),
    ("flatten", "$self, /, order='C'", "A copy with one axis."),
    ("getfield", "$self, /, dtype, offset=0", "A view of part of each element."),
    ("is_integer", "$self, /", "True when the value is whole."),
    ("item", "$self, /, *args", "An element as a Python object."),
    ("max", "$self, /, axis=None, out=None, **kwargs", "The largest elements."),
    ("mean", "$self, /, axis=None, dtype=None, out=None, **kwargs", "The mean."),
    ("min", "$self, /, axis=None, out=None, **kwargs", "The smallest elements."),
    ("nonzero", "$self, /", "Indices of the elements that are true."),
    ("outer", "$self, A, B, /, **kwargs", "The function of all pairs of elements."),
    ("partition", "$self, kth, /, axis=-1, kind='introselect', order=None", "Partitions in place."),
    ("prod", "$self, /, axis=None, dtype=None, out=None, **kwargs", "Products."),
    ("put", "$self, indices, values, /, mode='raise'", "Sets elements by flat index."),
    ("ravel", "$self, /, order='C'", "The elements along one axis, without a copy where possible."),
    ("reduce", "$self, array, /, axis=0, dtype=None, out=None, **kwargs", "Reduces over axes."),
    ("reduceat", "$self, array, /, indices, axis=0, dtype=None, out=None", "Reduces slices of an axis."),
    ("repeat", "$self, repeats, /, axis=None", "Repeats elements."),
    ("reshape", "$self, /, *shape, order='C', copy=None", "The elements in another shape."),
    ("resize", "$self, /, *new_shape, refcheck=True", "Changes shape and size in place."),
    (
        "resolve_dtypes",
        "$self, dtypes, *, signature=None, casting=None, reduction=False",
        "The dtypes a call would compute in.",
    ),
    ("round", "$self, /, decimals=0, out=None", "Rounds to decimals."),
    ("searchsorted", "$self, v, /, side='left', sorter=None", "Where to insert values to keep the order."),
    ("setfield", "$self, val, /, dtype, offset=0", "Sets part of each element."),
    ("setflags", "$self, /, *, write=None, align=None, uic=None", "Sets flags of the array."),
    ("sort", "$self, /, axis=-1, kind=None, order=None, *, stable=None", "Sorts in place."),
    ("squeeze", "$self, /, axis=None", "A view without axes of length 1."),
    ("std", "$self, /, axis=None, dtype=None, out=None, ddof=0, **kwargs", "Standard deviations."),
    ("sum", "$self, /, axis=None, dtype=None, out=None, **kwargs", "Sums."),
    ("swapaxes", "$self, axis1, axis2, /", "A view with two axes exchanged."),
    ("take", "$self, indices, /, axis=None, out=None, mode='raise'", "Elements by index."),
    ("to_device", "$self, device, /, *, stream=None", "The array on a device, of which there is 'cpu'."),
    ("tobytes", "$self, /, order='C'", "The elements' bytes."),
    ("tofile", "$self, fid, /, sep='', format='%s'", "Writes to a file."),
    ("tolist", "$self, /", "Nested lists of Python objects."),
    ("trace", "$self, /, offset=0, axis1=0, axis2=1, dtype=None, out=None", "Sums along a diagonal."),
    ("transpose", "$self, /, *axes", "A view with the axes in another order."),
    ("var", "$self, /, axis=None, dtype=None, out=None, ddof=0, **kwargs", "Variances."),
    ("view", "$self, /, *args, **kwargs", "A view of the same memory."),
];

/// Parameters of scalar types' constructors, by class name; numbers take what [`constructor`] says.
const CONSTRUCTORS: &[(&str, &str)] = &[
    ("bool", "value=False, /"),
    ("bytes_", "value=\"\", /, *args, **kwargs"),
    ("str_", "value=\"\", /, *args, **kwargs"),
    ("datetime64", "value=None, /, *args"),
    ("timedelta64", "value=0, /, *args"),
    ("void", "length_or_data, /, dtype=None"),
    ("object_", "value=None, /"),
];

/// Attributes and what they are.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("T", "A view with the axes in reverse order."),
    ("mT", "A view with the last two axes exchanged."),
    ("base", "The object that owns the memory, or None."),
    ("coords", "The indices of the current element."),
    ("ctypes", "What calling C functions with the array needs."),
    ("data", "The memory as a buffer."),
    ("device", "Where the array is: 'cpu'."),
    ("dtype", "What the bytes of an element mean."),
    ("flags", "How the memory lies and what may be done with it."),
    ("flat", "An iterator over all elements, in C order, that can be indexed."),
    ("imag", "The imaginary parts."),
    ("index", "Current flat index into the array."),
    ("itemsize", "Bytes of an element."),
    ("nargs", "Number of inputs and outputs."),
    ("nbytes", "Bytes of all elements."),
    ("ndim", "Number of axes."),
    ("nin", "Number of inputs."),
    ("nout", "Number of outputs."),
    ("ntypes", "Number of types in `types`."),
    ("real", "The real parts."),
    ("shape", "The length of each axis."),
    ("signature", "The core dimensions of a generalised ufunc, or None."),
    ("size", "Number of elements."),
    ("strides", "Bytes from an element to its neighbour along each axis."),
    ("types", "The type characters of each loop, inputs first, as in 'dd->d'."),
    (
        "identity",
        "The value that changes nothing when the function combines it with another, or None.\n\nReductions start from \
         it: the sum of no elements is 0, the product of none is 1. A function of one input has no identity, and neither \
         has one such as `maximum`, of which no value is the neutral one in every dtype; a reduction of no elements is an \
         error then, unless `initial` is given.\n\nExamples\n--------\n>>> np.add.identity, np.multiply.identity\n(0, 1)",
    ),
];

/// Gives documentation to attributes that have none.
pub fn document_attributes(rows: &mut [ffi::PyGetSetDef]) {
    for row in rows.iter_mut().filter(|row| row.doc.is_null() && !row.name.is_null()) {
        // SAFETY: names in attribute tables are zero-terminated and live for ever.
        let name = unsafe { std::ffi::CStr::from_ptr(row.name) };
        if let Some((_, text)) = ATTRIBUTES.iter().find(|(own, _)| own.as_bytes() == name.to_bytes()) {
            row.doc = leak(text.to_string());
        }
    }
}

/// Gives documentation to the methods of a type's table that have none.
pub fn document(rows: &mut [ffi::PyMethodDef]) {
    for row in rows.iter_mut().filter(|row| row.ml_doc.is_null() && !row.ml_name.is_null()) {
        // SAFETY: names in method tables are zero-terminated and live for ever.
        let name = unsafe { std::ffi::CStr::from_ptr(row.ml_name) };
        let entry = METHODS.iter().find(|(own, ..)| own.as_bytes() == name.to_bytes());
        if let Some((name, parameters, text)) = entry {
            row.ml_doc = leak(format!("{name}({parameters})\n--\n\n{text}"));
        }
    }
}

/// The documentation of a scalar class.
pub fn constructor(class: &str, is_complex: bool) -> *const std::ffi::c_char {
    let own = CONSTRUCTORS.iter().find(|(name, _)| *name == class).map(|(_, parameters)| *parameters);
    let parameters = own.unwrap_or(if is_complex { "real=0, imag=0, /" } else { "value=0, /" });
    leak(format!("{class}({parameters})\n--\n\nA scalar of dtype {}.", class.trim_end_matches('_')))
}

/// A table of attributes, with documentation.
pub fn documented(mut rows: Vec<ffi::PyGetSetDef>) -> Vec<ffi::PyGetSetDef> {
    document_attributes(&mut rows);
    rows
}

/// Text that lives as long as the process, as type objects want it.
fn leak(text: String) -> *const std::ffi::c_char {
    CString::new(text).unwrap_or_default().into_raw()
}
