//! An interrupt while a batch runs: it ends after a whole line, and a second one ends it at once.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};

/// The signals received.
pub(super) struct Interrupt {
    heard: Arc<AtomicUsize>,
}

impl Interrupt {
    /// Listens from now on. If that is not possible, signals end the program as usual.
    pub(super) fn listen() -> Self {
        let heard = Arc::new(AtomicUsize::new(0));
        let once = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // First what a second signal does, then what the first one sets.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&once));
            let _ = flag::register(signal, Arc::clone(&once));
            let _ = flag::register_usize(signal, Arc::clone(&heard), usize::try_from(signal).unwrap_or_default());
        }
        Self { heard }
    }

    /// The number of the signal that came.
    pub(super) fn signal(&self) -> Option<i32> {
        i32::try_from(self.heard.load(Ordering::Relaxed)).ok().filter(|signal| *signal != 0)
    }
}
