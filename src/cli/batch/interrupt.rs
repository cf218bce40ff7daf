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
    /// Whether a signal ends the program at once.
    at_once: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. If that is not possible, signals end the program as usual. While the first line
    /// of the input is waited for there is nothing to finish: the first signal ends the program at once.
    pub(super) fn listen() -> Self {
        let heard = Arc::new(AtomicUsize::new(0));
        let at_once = Arc::new(AtomicBool::new(true));
        for signal in [SIGINT, SIGTERM] {
            // First what a second signal does, then what the first one sets.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&at_once));
            let _ = flag::register(signal, Arc::clone(&at_once));
            let _ = flag::register_usize(signal, Arc::clone(&heard), usize::try_from(signal).unwrap_or_default());
        }
        Self { heard, at_once }
    }

    /// From now on there are requests to answer.
    pub(super) fn begin(&self) {
        if self.signal().is_none() {
            self.at_once.store(false, Ordering::Relaxed);
        }
    }

    /// The number of the signal that came.
    pub(super) fn signal(&self) -> Option<i32> {
        i32::try_from(self.heard.load(Ordering::Relaxed)).ok().filter(|signal| *signal != 0)
    }
}
