//! Patients as keys: what a nurse types from an empty form to the review, step by step.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// One patient. Each part ends where the next step, named before it, begins.
pub struct Walk {
    /// What it is about.
    pub name: &'static str,
    /// The keys of each step.
    pub keys: &'static [(&'static str, &'static str)],
    /// The status of the plan that is saved.
    pub status: &'static str,
    /// Something that the review shows.
    pub shows: &'static str,
}

/// Zoledronic acid in breast cancer, with a dose that is reduced.
pub const REDUCED: Walk = Walk {
    name: "zoledronic acid, reduced",
    keys: &[
        ("patient", "A-1042\rHolm, Anna\r14.3.1958\rf\r68,5\rnone known\r"),
        ("disease", "b\rs\r"),
        ("laboratory", "18.11.2026\r92u\r2,31mm\rt\r38gl\r"),
        ("safety", "n\rn\rn\rn\r"),
        ("drug", "\x1b[F\r"),
        ("schedule", "1.12.2026\r"),
        ("review", "cDr K. Holm\rseen by dentist next week\rc"),
    ],
    status: "ready",
    shows: "Nothing is missing",
};

/// Ibandronic acid by mouth, every second day.
pub const BY_MOUTH: Walk = Walk {
    name: "ibandronic acid by mouth",
    keys: &[
        ("patient", "\r\r1950-05-02\rf\r55\r\r"),
        ("disease", "b\rs\r"),
        ("laboratory", "20.11.2026\r1.0mg\r9,4mg\rt\r4gd\r"),
        ("safety", "e\rn\rn\rn\r"),
        ("drug", "\x1b[B\x1b[B\x1b[B\r"),
        ("schedule", "1 Dec 2026\r"),
        ("review", ""),
    ],
    status: "ready",
    shows: "every second day",
};

/// Clodronate into a vein for hypercalcaemia, five days.
pub const HYPERCALCAEMIA: Walk = Walk {
    name: "clodronate for hypercalcaemia",
    keys: &[
        ("patient", "H-7\r\r1.2.1960\rm\r80\rpenicillin\r"),
        ("disease", "l\rh\r"),
        ("laboratory", "29.11.2026\r70u\r3,1mm\rt\r38gl\r"),
        ("safety", "e\rn\rn\rn\r"),
        ("drug", "\r"),
        ("schedule", "30.11.2026\r \r"),
        ("review", ""),
    ],
    status: "ready",
    shows: "Nothing is missing",
};

/// Denosumab where the kidney is weak.
pub const WEAK_KIDNEY: Walk = Walk {
    name: "denosumab with clearance 24",
    keys: &[
        ("patient", "D-24\rLind, Olof\r1946-01-15\rm\r60\rnone known\r"),
        ("disease", "p\rs\r"),
        ("laboratory", "25.11.2026\r2,08mg\r2,35mm\rt\r40gl\r"),
        ("safety", "e\rn\rn\rn\r"),
        ("drug", "\x1b[B\r"),
        ("schedule", "1.12.2026\r"),
        ("review", "cDr Berg\rcalcium every week\rc"),
    ],
    status: "ready",
    shows: "120 mg",
};

/// A course under way that must be held.
pub const HELD: Walk = Walk {
    name: "a course that must be held",
    keys: &[
        ("patient", "C-5\rBerg, Eva\r3.4.1955\rf\r70\r\r"),
        ("disease", "b\rs\r"),
        ("laboratory", "30.11.2026\r140u\r2,3mm\rt\r40gl\r"),
        ("safety", "e\rn\rn\rz\r3.11.2026\r"),
        ("drug", "\x1b[F\r"),
        ("schedule", "1.12.2026\ru\r8.9.2026\r\x14\t3\t4\t80u\t7.9.2026\r"),
        ("review", ""),
    ],
    status: "stopped",
    shows: "HOLD",
};

/// A patient for whom every drug is refused.
pub const REFUSED: Walk = Walk {
    name: "every drug refused",
    keys: &[
        ("patient", "R-1\rNy, Ida\r1990-06-01\rf\r60\r\r"),
        ("disease", "b\rs\r"),
        ("laboratory", "30.11.2026\r60u\r2,3mm\rt\r40gl\r"),
        ("safety", "e\r1\rn\rn\r"),
        ("drug", "\r"),
        ("schedule", "1.12.2026\r"),
        ("review", ""),
    ],
    status: "stopped",
    shows: "The patient is pregnant",
};

/// All of them.
pub const ALL: [&Walk; 6] = [&REDUCED, &BY_MOUTH, &HYPERCALCAEMIA, &WEAK_KIDNEY, &HELD, &REFUSED];

impl Walk {
    /// The keys up to a step.
    pub fn up_to(&self, step: &str) -> String {
        self.keys.iter().take_while(|(name, _)| *name != step).map(|(_, keys)| *keys).collect()
    }

    /// All keys up to the review.
    pub fn all_keys(&self) -> String {
        self.keys.iter().map(|(_, keys)| *keys).collect()
    }
}

/// The keys that go to a step from anywhere in the form.
pub fn to_step(number: usize) -> String {
    format!("\x1b[20~{number}\r")
}

/// What a terminal sends for keys that are no letters.
const SENT: [(&str, KeyCode); 12] = [
    ("\x1b[6~", KeyCode::PageDown),
    ("\x1b[5~", KeyCode::PageUp),
    ("\x1b[20~", KeyCode::F(9)),
    ("\x1bOP", KeyCode::F(1)),
    ("\x1bOQ", KeyCode::F(2)),
    ("\x1b[Z", KeyCode::BackTab),
    ("\x1b[A", KeyCode::Up),
    ("\x1b[B", KeyCode::Down),
    ("\x1b[C", KeyCode::Right),
    ("\x1b[D", KeyCode::Left),
    ("\x1b[F", KeyCode::End),
    ("\x1b[H", KeyCode::Home),
];

/// Keys as a terminal sends them, as the events they become.
pub fn events(keys: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let sent = SENT.iter().find(|(sent, _)| rest.starts_with(sent));
        let (event, length) = match sent {
            Some((sent, code)) => {
                let shift = if *code == KeyCode::BackTab { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
                (Event::Key(KeyEvent::new(*code, shift)), sent.len())
            }
            None => (event(first), first.len_utf8()),
        };
        events.push(event);
        rest = &rest[length..];
    }
    events
}

fn event(c: char) -> Event {
    let (code, modifiers) = match c {
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        '\r' => (KeyCode::Enter, KeyModifiers::NONE),
        '\x1b' => (KeyCode::Esc, KeyModifiers::NONE),
        '\u{7f}' => (KeyCode::Backspace, KeyModifiers::NONE),
        '\u{1}'..='\u{1a}' => (KeyCode::Char(char::from(c as u8 - 1 + b'a')), KeyModifiers::CONTROL),
        _ => (KeyCode::Char(c), KeyModifiers::NONE),
    };
    Event::Key(KeyEvent::new(code, modifiers))
}
