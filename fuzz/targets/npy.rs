//! Bytes as a `.npy` file: header and array.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sharray::Array;
use sharray_base::layout::checked_len;
use sharray_io::npy::Version;
use sharray_io::npy::header::{Header, MAX_HEADER};

/// Arrays of more bytes are not read: that they need memory is no fault.
const MOST: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let Ok((header, _, _)) = Header::read(&mut &bytes[..], MAX_HEADER) else { return };
    if let Ok(again) = header.bytes(Version::V1) {
        let (again, ..) = Header::read(&mut &again[..], usize::MAX).expect("a header of our own");
        assert_eq!((again.shape, again.fortran), (header.shape.clone(), header.fortran));
        assert_eq!(again.dtype.itemsize(), header.dtype.itemsize());
    }
    let size = header.dtype.itemsize();
    if checked_len(&header.shape, size).is_ok_and(|count| count * size.max(1) <= MOST) {
        if let Ok(array) = Array::read_npy(&mut &bytes[..]) {
            let _ = array.to_string();
        }
    }
});
