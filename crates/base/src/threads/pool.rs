//! The helpers: a rayon pool of our own, made when first needed and known by the process that made it. In a child of
//! `fork` the parent's pool has no threads: it is left behind, never dropped (dropping would wait for them), and the
//! child makes its own. (rayon's global pool would hang there, which is why it is not used.)

use std::cell::Cell;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::gate::Gate;
use super::processor;
use super::room::Room;
use crate::fork::Lock;

/// The process's pool.
pub(crate) static POOL: Lock<Option<Pool>> = Lock::new(None);

pub(crate) struct Pool {
    process: u32,
    helpers: usize,
    team: Team,
}

/// The helpers, and where they look for work.
#[derive(Clone)]
pub(super) struct Team {
    threads: Arc<ThreadPool>,
    room: Arc<Room>,
}

thread_local! {
    static HELPER: Cell<bool> = const { Cell::new(false) };
}

/// True in a thread of the pool: what it does is a part of a larger operation, and is not spread again.
pub fn is_helper() -> bool {
    HELPER.get()
}

/// The pool, with at least that many helpers. `None` when the system gives no threads.
pub(super) fn with_helpers(helpers: usize) -> Option<Team> {
    let mut slot = POOL.lock();
    let process = std::process::id();
    if let Some(pool) = slot.as_ref().filter(|pool| pool.process == process && pool.helpers >= helpers) {
        return Some(pool.team.clone());
    }
    let team = build(helpers)?;
    if let Some(old) = slot.replace(Pool { process, helpers, team: team.clone() })
        && old.process != process
    {
        // Made before a fork that went past the handlers.
        std::mem::forget(old);
    }
    Some(team)
}

impl Team {
    /// Calls `own` in this thread, and meanwhile `work` in up to so many helpers; returns when all that have begun are
    /// done. A panic of a helper goes on in the calling thread.
    pub(super) fn share(&self, helpers: usize, work: &(dyn Fn() + Sync), own: impl FnOnce()) {
        Gate::open(work, |gate| {
            for _ in self.room.hand(gate, helpers)..helpers {
                self.wake(Some(gate.clone()));
            }
            own();
        });
    }
    /// Whether a helper is looking for work. If none is, and has been missed a moment ago too, one is woken.
    pub(super) fn is_at_hand(&self) -> bool {
        let attended = self.room.is_attended();
        if !attended && self.room.miss() {
            self.wake(None);
        }
        attended
    }
    fn wake(&self, gate: Option<Arc<Gate>>) {
        let (room, here) = (self.room.clone(), processor::current());
        self.threads.spawn(move || {
            processor::leave_if(here);
            room.serve(rayon::current_thread_index().unwrap_or(usize::MAX), gate);
        });
    }
}

fn build(helpers: usize) -> Option<Team> {
    let builder = ThreadPoolBuilder::new().num_threads(helpers);
    let builder = builder.thread_name(|index| format!("sharray-{index}")).start_handler(|_| {
        HELPER.set(true);
        leave_signals_to_others();
    });
    // With more threads than processors, who looks for work would keep others from doing it.
    let processors = std::thread::available_parallelism().map_or(1, |n| n.get());
    let seats = if helpers < processors { helpers } else { 0 };
    Some(Team { threads: Arc::new(builder.build().ok()?), room: Arc::new(Room::new(seats)) })
}

/// Signals belong to the program's own threads: handlers expect to run there.
fn leave_signals_to_others() {
    #[cfg(unix)]
    // SAFETY: a local signal set, filled before it is used; blocking signals concerns this thread alone.
    unsafe {
        let mut all = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &all, std::ptr::null_mut());
    }
}
