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
        ("patient", "A-1042\tHolm, Anna\t14.3.1958\tf\t68,5\t164\tnone known\t"),
        ("disease", "b\ts\t\t"),
        ("laboratory", "18.11.2026\t92 \t2,31 \tt\t38 \t\t\t"),
        ("safety", "n\t \t \tn\t"),
        ("drug", "1.12.2026\tz\r"),
        ("schedule", "\t\t\t\t\t t w t f \t24.12.2026, 25.12.2026\x1b[6~"),
        ("review", "Dr K. Holm\tseen by dentist next week\t"),
    ],
    status: "ready",
    shows: "Nothing is missing",
};

/// Ibandronic acid by mouth, every second day.
pub const BY_MOUTH: Walk = Walk {
    name: "ibandronic acid by mouth",
    keys: &[
        ("patient", "\t\t1950-05-02\tf\t55\t\t\t"),
        ("disease", "b\ts\t\t"),
        ("laboratory", "20.11.2026\t1.0  \t9,4  \tt\t4  \t\t\t"),
        ("safety", "e\t \t \tn\t"),
        ("drug", "1 Dec 2026\tii\r"),
        ("schedule", "\x1b[6~"),
        ("review", ""),
    ],
    status: "ready",
    shows: "every second day",
};

/// Clodronate into a vein for hypercalcaemia, five days.
pub const HYPERCALCAEMIA: Walk = Walk {
    name: "clodronate for hypercalcaemia",
    keys: &[
        ("patient", "H-7\t\t1.2.1960\tm\t80\t180\tpenicillin\t"),
        ("disease", "l\th\t\t"),
        ("laboratory", "29.11.2026\t70 \t3,1 \tt\t38 \t\t\t"),
        ("safety", "e\t \t \tn\t"),
        ("drug", "30.11.2026\tc\r"),
        ("schedule", " \t\x1b[6~"),
        ("review", ""),
    ],
    status: "ready",
    shows: "Nothing is missing",
};

/// Denosumab where the kidney is weak.
pub const WEAK_KIDNEY: Walk = Walk {
    name: "denosumab with clearance 24",
    keys: &[
        ("patient", "D-24\tLind, Olof\t1946-01-15\tm\t60\t\tnone known\t"),
        ("disease", "p\ts\t\t"),
        ("laboratory", "25.11.2026\t2,08  \t2,35 \tt\t40 \t\t\t"),
        ("safety", "e\t \t \tn\t"),
        ("drug", "1.12.2026\td\r"),
        ("schedule", "\x1b[6~"),
        ("review", "Dr Berg\tcalcium every week\t"),
    ],
    status: "ready",
    shows: "24.0 mL/min",
};

/// A course under way that must be held.
pub const HELD: Walk = Walk {
    name: "a course that must be held",
    keys: &[
        ("patient", "C-5\tBerg, Eva\t3.4.1955\tf\t70\t\t\t"),
        ("disease", "b\ts\t\t"),
        ("laboratory", "30.11.2026\t140 \t2,3 \tt\t40 \t\t\t"),
        ("safety", "e\t \t \tz\t3.11.2026\t"),
        ("drug", "1.12.2026\tz\r"),
        ("schedule", "u\t8.9.2026\tt\t3\t4\t80 \t7.9.2026\t\x1b[6~"),
        ("review", ""),
    ],
    status: "stopped",
    shows: "Creatinine has risen",
};

/// A patient for whom every drug is refused.
pub const REFUSED: Walk = Walk {
    name: "every drug refused",
    keys: &[
        ("patient", "R-1\tNy, Ida\t1990-06-01\tf\t60\t\t\t"),
        ("disease", "b\ts\t\t"),
        ("laboratory", "30.11.2026\t60 \t2,3 \tt\t40 \t\t\t"),
        ("safety", "e\tp \t \tn\t"),
        ("drug", "1.12.2026\t\r"),
        ("review", ""),
    ],
    status: "stopped",
    shows: "Not in pregnancy",
};

/// All of them.
pub const ALL: [&Walk; 6] = [&REDUCED, &BY_MOUTH, &HYPERCALCAEMIA, &WEAK_KIDNEY, &HELD, &REFUSED];

impl Walk {
    /// All keys up to the review.
    pub fn all_keys(&self) -> String {
        self.keys.iter().map(|(_, keys)| *keys).collect()
    }
}

/// Keys as a terminal sends them, as the events they become.
pub fn events(keys: &str) -> Vec<Event> {
    let plain = keys
        .replace("\x1b[6~", "\u{e000}")
        .replace("\x1b[5~", "\u{e001}")
        .replace("\x1bOQ", "\u{e002}")
        .replace("\x1b[Z", "\u{e003}");
    plain.chars().map(event).collect()
}

fn event(c: char) -> Event {
    let (code, modifiers) = match c {
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        '\r' => (KeyCode::Enter, KeyModifiers::NONE),
        '\x1b' => (KeyCode::Esc, KeyModifiers::NONE),
        '\u{7f}' => (KeyCode::Backspace, KeyModifiers::NONE),
        '\u{e000}' => (KeyCode::PageDown, KeyModifiers::NONE),
        '\u{e001}' => (KeyCode::PageUp, KeyModifiers::NONE),
        '\u{e002}' => (KeyCode::F(2), KeyModifiers::NONE),
        '\u{e003}' => (KeyCode::BackTab, KeyModifiers::SHIFT),
        '\u{1}'..='\u{1a}' => (KeyCode::Char(char::from(c as u8 - 1 + b'a')), KeyModifiers::CONTROL),
        _ => (KeyCode::Char(c), KeyModifiers::NONE),
    };
    Event::Key(KeyEvent::new(code, modifiers))
}

/// The number of keys that are pressed, and how many of them move on, change the step or save.
pub fn count(keys: &str) -> (usize, usize) {
    let all = events(keys);
    let is_letter = |event: &&Event| {
        matches!(event, Event::Key(KeyEvent { code: KeyCode::Char(_), modifiers: KeyModifiers::NONE, .. }))
    };
    (all.len(), all.len() - all.iter().filter(is_letter).count())
}
