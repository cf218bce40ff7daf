//! Files with random damage: bytes gone, doubled, exchanged or put in, and pieces of other files. The same seed does
//! the same damage.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use crate::strategy::Random;

/// What turns a figure, a word or a structure into another.
const PUT_IN: &[&str] = &[
    "",
    "0",
    "9",
    "-",
    ".",
    ",",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\\",
    "\\u0000",
    "\\ud800",
    "e9",
    "1e999",
    "null",
    "true",
    "[[[[[[[[",
    "{\"a\":",
    "999999999",
    "0.00000001",
    "0001-01-01",
    "2199-12-31",
    "2024-02-29",
    "\u{202e}",
    "\u{0}",
    "\u{feff}",
    "µ",
    "\r",
    "\n",
    ";",
    "\t",
    " mg",
    " mL/min",
    " to ",
    "below ",
];

/// A copy of one of the files with one to four damages.
pub fn damaged(random: &mut Random, files: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = random.pick(files).clone();
    for _ in 0..random.between(1, 4) {
        damage(random, &mut bytes, files);
    }
    bytes
}

fn place(random: &mut Random, end: usize) -> usize {
    usize::try_from(random.next() % (end as u64 + 1)).unwrap()
}

/// A piece of at most 40 bytes, now and then of any length.
fn piece(random: &mut Random, end: usize) -> std::ops::Range<usize> {
    let start = place(random, end);
    let longest = if random.chance(5) { end - start } else { (end - start).min(40) };
    start..start + place(random, longest)
}

fn damage(random: &mut Random, bytes: &mut Vec<u8>, files: &[Vec<u8>]) {
    let here = piece(random, bytes.len());
    match random.between(0, 6) {
        0 => drop(bytes.drain(here)),
        1 => {
            let again = bytes[here.clone()].to_vec();
            bytes.splice(here.end..here.end, again);
        }
        2 => drop(bytes.splice(here.start..here.start, random.pick(PUT_IN).bytes())),
        3 => drop(bytes.splice(here, random.pick(PUT_IN).bytes())),
        4 => {
            let other = random.pick(files);
            let theirs = piece(random, other.len());
            drop(bytes.splice(here, other[theirs].iter().copied()));
        }
        5 => {
            for digit in bytes[here].iter_mut().filter(|byte| byte.is_ascii_digit()) {
                *digit = b'0' + u8::try_from(random.between(0, 9)).unwrap();
            }
        }
        _ => {
            if let Some(byte) = bytes.get_mut(here.start) {
                *byte = u8::try_from(random.between(0, 255)).unwrap();
            }
        }
    }
}

/// Tries so many damaged files. What fails, or takes longer than a second, is printed with its seed.
///
/// # Panics
/// If one of them did.
pub fn survives(count: u64, files: &[Vec<u8>], mut tried: impl FnMut(&[u8])) {
    let mut failed = Vec::new();
    let mut slowest = (Duration::ZERO, 0);
    for seed in 0..count {
        let bytes = damaged(&mut Random::new(seed), files);
        let begun = processor_time();
        if catch_unwind(AssertUnwindSafe(|| tried(&bytes))).is_err() {
            failed.push(seed);
        }
        slowest = slowest.max((processor_time().saturating_sub(begun), seed));
    }
    println!("{count} tried, the slowest took {:?} (seed {}), {} MiB at most", slowest.0, slowest.1, most_memory());
    assert!(failed.is_empty(), "the program failed with the seeds {failed:?}");
    assert!(slowest.0 < Duration::from_secs(1), "seed {} hangs", slowest.1);
    assert!(most_memory() < 256, "more than 256 MiB were in use");
}

/// The most memory that this process had in use so far, in MiB; 0 where the system does not say.
pub fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}

/// The processor time of this thread, on which other programs have no influence.
pub fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}
