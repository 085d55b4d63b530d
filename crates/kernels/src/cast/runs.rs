//! The two runs of elements that a move goes through.

use sharray_base::Result;

/// `n` sources and as many targets; strides are in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Runs {
    pub src: *const u8,
    pub src_stride: isize,
    pub dst: *mut u8,
    pub dst_stride: isize,
    pub n: usize,
}

impl Runs {
    /// Calls `body` with each source and its target.
    #[inline(always)]
    pub(crate) fn each(self, mut body: impl FnMut(*const u8, *mut u8) -> Result<()>) -> Result<()> {
        (0..self.n as isize).try_for_each(|i| {
            body(self.src.wrapping_offset(i * self.src_stride), self.dst.wrapping_offset(i * self.dst_stride))
        })
    }

    /// Calls `body` with the parts of at most `most` elements, in order.
    #[inline(always)]
    pub(crate) fn chunks(self, most: usize, mut body: impl FnMut(Runs) -> Result<()>) -> Result<()> {
        (0..self.n).step_by(most).try_for_each(|start| {
            let first = start as isize;
            body(Runs {
                src: self.src.wrapping_offset(first * self.src_stride),
                dst: self.dst.wrapping_offset(first * self.dst_stride),
                n: most.min(self.n - start),
                ..self
            })
        })
    }
}
