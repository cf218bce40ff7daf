//! How far a batch is, on standard error where that is a terminal.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// How often progress is shown.
const EVERY: Duration = Duration::from_millis(250);

/// The progress of a batch.
pub(super) struct Progress {
    begun: Instant,
    shown: Option<Instant>,
    size: Option<u64>,
    heard: bool,
}

impl Progress {
    /// Progress through an input of this many bytes, if that is known; quiet, it is never shown.
    pub(super) fn new(size: Option<u64>, quiet: bool) -> Self {
        Self { begun: Instant::now(), shown: None, size, heard: !quiet && io::stderr().is_terminal() }
    }

    /// Shows it from time to time.
    pub(super) fn show(&mut self, patients: u64, read: u64) {
        let since = self.shown.unwrap_or(self.begun);
        if !self.heard || since.elapsed() < EVERY {
            return;
        }
        self.shown = Some(Instant::now());
        let line = line(patients, self.begun.elapsed(), read, self.size);
        // If standard error is closed, there is nowhere to show it.
        let _ = write!(io::stderr(), "\r{line}\x1b[K");
    }

    /// Removes the line.
    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// "120000 patients, 41000 a second, about 12 s left".
fn line(patients: u64, elapsed: Duration, read: u64, size: Option<u64>) -> String {
    let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = patients.saturating_mul(1000) / milliseconds;
    let left = size.filter(|_| read > 0).map(|size| {
        let seconds = (size.saturating_sub(read)).saturating_mul(milliseconds) / read / 1000;
        if seconds < 90 {
            format!(", about {} s left", seconds + 1)
        } else {
            format!(", about {} min left", seconds / 60 + 1)
        }
    });
    format!("{patients} patients, {rate} a second{}", left.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_rate_and_time_left_are_shown() {
        let two_seconds = Duration::from_secs(2);
        assert_eq!(line(80_000, two_seconds, 0, None), "80000 patients, 40000 a second");
        assert_eq!(line(80_000, two_seconds, 500, Some(1000)), "80000 patients, 40000 a second, about 3 s left");
        let line = line(80_000, two_seconds, 1, Some(1000));
        assert_eq!(line, "80000 patients, 40000 a second, about 34 min left");
    }
}
