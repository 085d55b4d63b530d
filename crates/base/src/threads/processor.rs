//! Which processor a thread runs on. A system may let a thread that was woken wait for the processor of the one that woke
//! it, for milliseconds, while another stands idle.

/// The number of the processor that this thread runs on, where the system tells.
pub(super) fn current() -> Option<usize> {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: a plain query.
        usize::try_from(unsafe { libc::sched_getcpu() }).ok()
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// Leaves that processor if this thread runs on it: beside the thread that wants help it would only take its time.
pub(super) fn leave_if(wanted: Option<usize>) {
    if let Some(processor) = wanted.filter(|_| current() == wanted) {
        leave(processor);
    }
}

/// Moves this thread to another processor, if it may run on one; later it may run wherever it might before.
fn leave(processor: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: sets of processors of this thread's own, filled before they are used; a number beyond a set is left alone.
    unsafe {
        let size = size_of::<libc::cpu_set_t>();
        let mut allowed: libc::cpu_set_t = std::mem::zeroed();
        if processor >= 8 * size || libc::sched_getaffinity(0, size, &mut allowed) != 0 {
            return;
        }
        let mut others = allowed;
        libc::CPU_CLR(processor, &mut others);
        if libc::CPU_COUNT(&others) > 0 && libc::sched_setaffinity(0, size, &others) == 0 {
            libc::sched_setaffinity(0, size, &allowed);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = processor;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn who_leaves_may_come_back() {
        let allowed = || {
            // SAFETY: a set of this thread's own.
            unsafe {
                let mut set: libc::cpu_set_t = std::mem::zeroed();
                libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &mut set);
                (0..libc::CPU_SETSIZE as usize).map(|cpu| libc::CPU_ISSET(cpu, &set)).collect::<Vec<_>>()
            }
        };
        let before = allowed();
        for processor in [current().unwrap(), 0, usize::MAX] {
            leave(processor);
            assert_eq!(allowed(), before);
        }
    }
}
