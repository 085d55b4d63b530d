//! Where helpers look for more work for a while, once they have done some, before they sleep again.
//!
//! To wake a sleeping helper costs more than most operations of 100,000 elements take; to hand work to one that is
//! looking costs the passing of a cache line from one core to another. So a program that calls one such operation after
//! another, as most do, has its helpers at hand, and one that does not has them asleep.

use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::gate::Gate;
use super::processor;

/// How long a helper looks.
const PATIENCE: Duration = Duration::from_micros(100);

/// Looks between two looks at the clock.
const LOOKS: usize = 32;

/// A place for each helper.
pub(super) struct Room {
    seats: Box<[Seat]>,
    /// When work came last that was too short to wake a helper for: nanoseconds since `opened`.
    missed: AtomicU64,
    opened: Instant,
    /// The processor on which work came last.
    caller: AtomicUsize,
}

/// Null while the helper sleeps or works, [`LOOKING`], or the work that was handed to it. On a cache line of its own.
#[repr(align(64))]
struct Seat(AtomicPtr<Gate>);

/// No address of a gate.
const LOOKING: *mut Gate = ptr::without_provenance_mut(1);

impl Room {
    /// A room for so many helpers. Nobody looks in one that has no seats.
    pub(super) fn new(helpers: usize) -> Room {
        let seats = (0..helpers).map(|_| Seat(AtomicPtr::new(ptr::null_mut()))).collect();
        let caller = AtomicUsize::new(usize::MAX);
        Room { seats, missed: AtomicU64::new(0), opened: Instant::now(), caller }
    }

    /// Whether a helper is looking.
    pub(super) fn is_attended(&self) -> bool {
        self.note_caller();
        self.seats.iter().any(|seat| seat.0.load(Ordering::Relaxed) == LOOKING)
    }

    /// Notes that work came which a helper at hand would have shared. True if such work comes so often that a helper
    /// should be woken for what follows.
    pub(super) fn miss(&self) -> bool {
        let now = self.opened.elapsed().as_nanos() as u64;
        let before = self.missed.swap(now, Ordering::Relaxed);
        !self.seats.is_empty() && now.saturating_sub(before) < PATIENCE.as_nanos() as u64
    }

    /// Hands the work to as many looking helpers as are found, up to `most`; their number.
    pub(super) fn hand(&self, gate: &Arc<Gate>, most: usize) -> usize {
        self.note_caller();
        let looking = |seat: &&Seat| seat.0.load(Ordering::Relaxed) == LOOKING;
        self.seats.iter().filter(looking).filter(|seat| seat.take_hold(gate)).take(most).count()
    }

    /// What a helper does, once woken: this work, and all that is handed to it while it looks.
    pub(super) fn serve(&self, helper: usize, gate: Option<Arc<Gate>>) {
        if let Some(gate) = gate {
            gate.take_part();
        }
        while let Some(gate) = self.seats.get(helper).and_then(|seat| seat.look(|| self.is_beside_caller())) {
            gate.take_part();
        }
    }

    /// Whether this thread runs where the last caller did, whose time looking would take.
    fn is_beside_caller(&self) -> bool {
        processor::current() == Some(self.caller.load(Ordering::Relaxed))
    }

    fn note_caller(&self) {
        self.caller.store(processor::current().unwrap_or(usize::MAX), Ordering::Relaxed);
    }
}

impl Seat {
    /// Hands the work to the helper, if it is looking.
    fn take_hold(&self, gate: &Arc<Gate>) -> bool {
        let handed = Arc::into_raw(gate.clone()).cast_mut();
        let done = self.0.compare_exchange(LOOKING, handed, Ordering::Release, Ordering::Relaxed).is_ok();
        if !done {
            // SAFETY: the pointer made above, which nobody else has seen.
            drop(unsafe { Arc::from_raw(handed) });
        }
        done
    }

    /// Looks for work; `None` when patience ended, or it should not look here. Only the seat's helper calls this.
    fn look(&self, is_in_the_way: impl Fn() -> bool) -> Option<Arc<Gate>> {
        self.0.store(LOOKING, Ordering::Relaxed);
        let until = Instant::now() + PATIENCE;
        while (0..LOOKS).all(|_| self.sees_nothing()) {
            if is_in_the_way() || Instant::now() >= until {
                break;
            }
        }
        let found = self.0.swap(ptr::null_mut(), Ordering::Acquire);
        // SAFETY: what is neither null nor the mark was made by `take_hold`, and by the exchange it is ours alone.
        (found != LOOKING).then(|| unsafe { Arc::from_raw(found) })
    }

    fn sees_nothing(&self) -> bool {
        std::hint::spin_loop();
        self.0.load(Ordering::Relaxed) == LOOKING
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn who_looks_is_handed_the_work_and_who_sleeps_is_not() {
        // Nobody looks on the caller's own processor.
        if thread::available_parallelism().map_or(1, usize::from) == 1 {
            return;
        }
        let room = Room::new(2);
        let calls = AtomicUsize::new(0);
        let work = || {
            calls.fetch_add(1, Ordering::SeqCst);
        };
        let attempts = thread::scope(|scope| {
            // The second seat stays empty.
            let helper = scope.spawn(|| {
                while calls.load(Ordering::SeqCst) == 0 {
                    room.serve(0, None);
                }
            });
            let mut attempts = 0;
            while calls.load(Ordering::SeqCst) == 0 {
                attempts += 1;
                Gate::open(&work, |gate| {
                    if room.hand(gate, 2) == 1 {
                        while calls.load(Ordering::SeqCst) == 0 {
                            std::hint::spin_loop();
                        }
                    }
                });
            }
            helper.join().unwrap();
            attempts
        });
        assert!(attempts > 0 && calls.into_inner() == 1);
        assert!(!room.is_attended());
    }

    #[test]
    fn a_helper_is_wished_for_when_short_work_comes_often() {
        let (room, nobody) = (Room::new(1), Room::new(0));
        thread::sleep(2 * PATIENCE);
        assert!(!room.miss() && !nobody.miss());
        // Two calls within the patience of a helper: in one of many attempts, however busy the machine is.
        assert!((0..1000).any(|_| room.miss()));
        assert!(!(0..1000).any(|_| nobody.miss()));
    }
}
