//! A command on several files: one that fails does not stop the others.

use std::io::{self, Write};

use super::{Failure, target::Job};
use crate::words::command::summary;

/// The exit statuses from the gravest on: not usable, altered or changed, stopped, to be confirmed.
const GRAVEST_FIRST: [u8; 4] = [2, 1, 4, 3];

/// The graver of two exit statuses.
pub(super) fn graver(one: u8, other: u8) -> u8 {
    GRAVEST_FIRST.into_iter().find(|status| [one, other].contains(status)).unwrap_or(0)
}

/// Does the work of each job, of which only one writes to standard output, and returns the gravest exit status. With
/// several jobs each failure is reported as it comes, and a summary at the end.
pub(super) fn each(
    jobs: &[Job],
    quiet: bool,
    mut work: impl FnMut(&Job) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    if let [only] = jobs {
        return work(only);
    }
    let mut gravest = 0;
    let mut written = 0;
    let mut statuses = [0; 3];
    for job in jobs {
        let status = work(job).inspect(|_| written += 1).unwrap_or_else(|failure| {
            failure.print();
            failure.status()
        });
        if let Some(of_plans) = [0, 3, 4].iter().position(|it| *it == status) {
            statuses[of_plans] += 1;
        }
        gravest = graver(gravest, status);
    }
    if !quiet {
        // If standard error is closed, there is nowhere to write it.
        let _ = writeln!(io::stderr(), "{}", summary(jobs.len() as u64, written, statuses));
    }
    Ok(gravest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_status_is_returned() {
        assert_eq!(graver(0, 0), 0);
        assert_eq!(graver(0, 3), 3);
        assert_eq!(graver(3, 4), 4);
        assert_eq!(graver(1, 4), 1);
        assert_eq!(graver(2, 1), 2);
    }
}
