//! A foreign managed struct that is ours to let go of.

use std::ptr::NonNull;

use super::abi::{Managed, ManagedVersioned};

/// Owns a managed struct, and so its memory: dropping it calls the deleter.
#[derive(Debug)]
pub struct Taken(Kind);

#[derive(Debug)]
enum Kind {
    Legacy(NonNull<Managed>),
    Versioned(NonNull<ManagedVersioned>),
}

impl Taken {
    /// Takes a legacy struct over; `None` for a null pointer.
    ///
    /// # Safety
    /// The struct is alive, and nobody else will call its deleter.
    pub unsafe fn legacy(managed: *mut Managed) -> Option<Taken> {
        NonNull::new(managed).map(|managed| Taken(Kind::Legacy(managed)))
    }

    /// Takes a versioned struct over; `None` for a null pointer.
    ///
    /// # Safety
    /// As for [`Taken::legacy`].
    pub unsafe fn versioned(managed: *mut ManagedVersioned) -> Option<Taken> {
        NonNull::new(managed).map(|managed| Taken(Kind::Versioned(managed)))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        // SAFETY: alive until its deleter is called, which happens here and nowhere else. The struct need not be aligned.
        unsafe {
            match self.0 {
                Kind::Legacy(managed) => {
                    let deleter = (&raw const (*managed.as_ptr()).deleter).read_unaligned();
                    if let Some(deleter) = deleter {
                        deleter(managed.as_ptr());
                    }
                }
                Kind::Versioned(managed) => {
                    let deleter = (&raw const (*managed.as_ptr()).deleter).read_unaligned();
                    if let Some(deleter) = deleter {
                        deleter(managed.as_ptr());
                    }
                }
            }
        }
    }
}
