//! The relay: blocks of requests go from a reader through workers to the writer, and back to the reader.
//!
//! As many blocks as there are go round, so that memory does not grow with the input. Block by block each worker
//! has its turn, and the writer asks the workers in the same turn: the order of the input is kept without sorting.

use std::{
    io,
    ops::Range,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{interrupt::Interrupt, lines::Input, roster::Patient, tally::Tally};
use crate::table::CellFault;

/// More workers than this would wait for the reader and the writer.
const MOST_WORKERS: usize = 8;
/// Blocks for each worker: one being worked on, one waiting, one being written.
const BLOCKS_A_WORKER: usize = 3;
/// The most bytes of requests in a block.
const MOST_BYTES: usize = 64 * 1024;
/// How often a writer that waits looks whether it was interrupted.
const LOOK: Duration = Duration::from_millis(100);

/// A request that was read.
pub(super) enum Item {
    /// Its text, by its place in the block.
    Request {
        /// The line it begins in, from 1.
        line: u64,
        /// Its place in the block.
        text: Range<usize>,
        /// What the cells of a table cannot say, so that the text lacks it.
        faults: Vec<CellFault>,
    },
    /// Something that cannot be read as a request.
    Unusable {
        /// The line it begins in, from 1.
        line: u64,
        /// The patient's identifier, where it is known.
        id: Option<String>,
        /// Why.
        error: String,
    },
}

/// A block of requests with their answers.
#[derive(Default)]
pub(super) struct Block {
    /// The text of the requests.
    pub(super) text: Vec<u8>,
    /// The requests.
    pub(super) items: Vec<Item>,
    /// Who the patients with a plan are, in order.
    pub(super) patients: Vec<Patient>,
    /// The answers, each a line.
    pub(super) output: Vec<u8>,
    /// What was counted.
    pub(super) tally: Tally,
    /// How far the input was read.
    pub(super) read_to: u64,
    /// Why reading ended here, where it did not end by itself.
    failed: Option<io::Error>,
}

impl Block {
    fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
        self.clear_answers();
    }

    /// Makes room for other answers to the same requests.
    pub(super) fn clear_answers(&mut self) {
        self.patients.clear();
        self.output.clear();
        self.tally.clear();
    }

    /// Reads requests; returns whether there are any.
    fn fill(&mut self, input: &mut dyn Input, most: usize) -> bool {
        self.clear();
        while self.items.len() < most && self.text.len() < MOST_BYTES {
            match input.next(&mut self.text) {
                Ok(Some(item)) => self.items.push(item),
                Ok(None) => break,
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        self.read_to = input.read_to();
        !self.items.is_empty() || self.failed.is_some()
    }
}

/// How the relay ended.
pub(super) enum Relayed {
    /// All was written.
    Whole,
    /// A signal of this number came.
    Interrupted(i32),
}

/// What broke it.
pub(super) enum Broken {
    /// The input cannot be read further.
    Reading(io::Error),
    /// The output cannot be written further.
    Writing(io::Error),
    /// A worker is gone.
    Working,
}

/// Reads `input`, works on blocks of at most `at_a_time` requests on all cores, and writes them in order.
pub(super) fn relay(
    mut input: Box<dyn Input>,
    at_a_time: usize,
    work: impl Fn(&mut Block) + Send + Sync + 'static,
    interrupt: &Interrupt,
    mut write: impl FnMut(&mut Block) -> io::Result<()>,
) -> Result<Relayed, Broken> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
    let work = Arc::new(work);
    let (free, to_fill) = channel();
    for _ in 0..workers * BLOCKS_A_WORKER {
        // The receiver exists.
        let _ = free.send(Block::default());
    }
    let crew: Vec<Worker> = (0..workers).map(|_| Worker::begin(&work)).collect();
    let mut turns: Vec<Sender<Block>> = Vec::new();
    let mut written: Vec<Receiver<Block>> = Vec::new();
    let mut hands = Vec::new();
    for Worker { turn, done, hand } in crew {
        turns.push(turn);
        written.push(done);
        hands.push(hand);
    }
    // It may wait for input that never comes, so it is not joined.
    thread::spawn(move || {
        for (mut block, turn) in to_fill.into_iter().zip(turns.iter().cycle()) {
            if !block.fill(&mut *input, at_a_time) || turn.send(block).is_err() {
                break;
            }
        }
    });
    for done in written.iter().cycle() {
        let mut block: Block = loop {
            if let Some(signal) = interrupt.signal() {
                return Ok(Relayed::Interrupted(signal));
            }
            match done.recv_timeout(LOOK) {
                Ok(block) => break block,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let whole = hands.into_iter().all(|hand| hand.join().is_ok());
                    return if whole { Ok(Relayed::Whole) } else { Err(Broken::Working) };
                }
            }
        };
        write(&mut block).map_err(Broken::Writing)?;
        if let Some(error) = block.failed {
            return Err(Broken::Reading(error));
        }
        // A reader that has come to the end needs no more blocks.
        let _ = free.send(block);
    }
    Ok(Relayed::Whole)
}

/// A worker with its turn and what it has done.
struct Worker {
    turn: Sender<Block>,
    done: Receiver<Block>,
    hand: JoinHandle<()>,
}

impl Worker {
    fn begin(work: &Arc<impl Fn(&mut Block) + Send + Sync + 'static>) -> Self {
        let (turn, blocks) = channel::<Block>();
        let (finished, done) = channel();
        let work = Arc::clone(work);
        let hand = thread::spawn(move || {
            for mut block in blocks {
                work(&mut block);
                if finished.send(block).is_err() {
                    break;
                }
            }
        });
        Self { turn, done, hand }
    }
}
