//! The sentences of the commands: what they wait for, where they write, and what came of many files.

use super::spoken::counted;

/// What standard input is called in a message.
pub const STANDARD_INPUT: &str = "standard input";
/// An existing file that is not replaced.
pub const EXISTS: &str =
    "a file of this name already exists and is kept; give another name, or replace it with --force";
/// An input that would be replaced by an output.
pub const AN_INPUT: &str = "it is read as an input, and is not replaced";
/// What became of the other files of a batch that was interrupted.
pub fn files_left(ended: usize, not_begun: usize) -> String {
    format!("files done before it: {ended}; files not begun: {not_begun}")
}

/// Several inputs without a folder for what is made of them.
pub const NO_FOLDER: &str = "several files are given; name a folder for their outputs with --output-dir DIR";
/// Standard input where the name of an output comes from that of its input.
pub const NO_NAME: &str = "it has no name from which a file in --output-dir could get its own; use --output FILE";
/// A folder that is not there.
pub const NOT_A_FOLDER: &str = "no folder has this name; make it first";
/// Nothing was begun.
pub const NOTHING_WRITTEN: &str = "Nothing was written.";
/// What --replaces is for.
pub const ONE_FILE: &str = "one file at a time";

/// What `plan` reads.
pub const A_REQUEST: &str = "a request";
/// What `batch` reads.
pub const REQUESTS: &str = "requests";
/// What `export` reads.
pub const A_PLAN: &str = "a saved plan";
/// What `ward record` and `ward import --jsonl` read.
#[cfg(feature = "ward")]
pub const ENTRIES: &str = "entries";
/// What `recheck` and `forecast` read.
pub const PLANS: &str = "saved plans";

/// A saved plan where a request is needed.
pub const A_SAVED_PLAN: &str = "this is a saved plan, not a request; osteodose recheck makes it again and compares, osteodose export writes it in another format";
/// A list where one request is needed.
pub const A_LIST_OF_REQUESTS: &str =
    "A list is not a request: osteodose batch plans many, with one request on each line.";
/// More than one request where one is needed.
pub const SEVERAL_REQUESTS: &str = "For more than one request use osteodose batch, with one request on each line.";

/// Two inputs whose outputs would be one file.
pub fn same_output(one: &str, other: &str, output: &str) -> String {
    format!("{one} and {other}: both would be written to {output}; rename one of them")
}

/// What a command waits for that reads from a terminal.
pub fn waiting(what: &str) -> String {
    let end = if cfg!(windows) { "Ctrl+Z and Enter" } else { "Ctrl+D" };
    format!("reading {what} from standard input; end with {end}")
}

/// What came of many files: how many there were, how many were written, and what became of the plans.
pub fn summary(files: u64, written: u64, [ready, to_confirm, stopped]: [u64; 3]) -> String {
    let all = counted(i64::try_from(files).unwrap_or(i64::MAX), "file");
    let not_written = files - written;
    format!(
        "{all}: {written} written, {not_written} not written; {ready} ready, {to_confirm} to confirm, {stopped} stopped"
    )
}
