//! The keys of each screen, and what they do.

use crate::form::{Kind, Step, words::step};

/// A key and what it does.
type Key = (&'static str, &'static str);

/// The keys of the help.
pub(crate) const KEYS_OF_HELP: [Key; 1] = [("any key", "back")];
/// The keys of the menu.
pub(crate) const KEYS_OF_MENU: [Key; 2] = [("1-7 s x w c n p q ?", "as listed"), ("Esc", "back")];
/// The keys of the list of reasons.
pub(crate) const KEYS_OF_WHY: [Key; 4] =
    [("Up Down", "choose"), ("PgUp PgDn", "faster"), ("Right Left", "scroll the text"), ("Esc", "back")];
/// The keys of saving.
pub(crate) const KEYS_OF_SAVE: [Key; 2] = [("Enter", "save"), ("Esc", "back")];
/// The keys of replacing.
pub(crate) const KEYS_OF_REPLACE: [Key; 2] = [("r", "replace the file"), ("Esc", "another name")];
/// The keys of leaving.
pub(crate) const KEYS_OF_LEAVE: [Key; 4] =
    [("s", "save first"), ("k", "keep and quit"), ("d", "delete and quit"), ("Esc", "stay")];
/// The keys of leftovers.
pub(crate) const KEYS_OF_LEFTOVERS: [Key; 4] =
    [("Up Down", "choose"), ("Enter", "continue with it"), ("n", "new patient"), ("d", "delete it")];

/// The keys of a step, by what is in hand and whether something is offered for it.
pub(crate) fn keys_of_a_step(kind: Option<Kind>, step: Step, offered: bool) -> Vec<Key> {
    let own: &[Key] = match (kind, step) {
        (Some(Kind::Measured), _) => &[("Space", "unit")],
        (Some(Kind::One), _) => &[("Arrows", "choose")],
        (Some(Kind::Many), _) => &[("Space", "mark")],
        (Some(Kind::Date), _) if offered => &[("t", "take offer")],
        (None, Step::Drug) => &[("Enter", "take")],
        (Some(_) | None, _) => &[],
    };
    let common = [("Tab Shift+Tab", "move"), ("PgUp PgDn", "step"), ("F2", "why"), ("F1", "help"), ("Esc", "menu")];
    own.iter().copied().chain(common).collect()
}

/// The keys of the second check.
pub(crate) fn keys_of_second_check(kind: Option<Kind>) -> Vec<Key> {
    let unit = matches!(kind, Some(Kind::Measured)).then_some(("Space", "unit"));
    unit.into_iter().chain([("Enter", "next"), ("Shift+Tab", "back"), ("Esc", "finish")]).collect()
}

/// The menu.
pub(crate) fn menu() -> Vec<String> {
    let steps: Vec<String> = (1..).zip(Step::ALL).map(|(number, it)| format!("{number} {}", step(*it))).collect();
    let lines = [
        String::new(),
        format!("Go to: {}", steps.join("   ")),
        String::new(),
        "s  save the plan (Ctrl+S anywhere)".to_owned(),
        "x  export the plan: printed page, calendar, text, table or FHIR bundle".to_owned(),
        "w  why: where each number comes from (F2 anywhere)".to_owned(),
        "c  second check by a second person".to_owned(),
        "n  next visit of this patient".to_owned(),
        "p  show the plan as text and quit".to_owned(),
        "q  quit (Ctrl+Q anywhere)".to_owned(),
        "?  help: all keys (F1 anywhere)".to_owned(),
        String::new(),
        "Esc  back to the form".to_owned(),
    ];
    lines.to_vec()
}

/// The help.
pub(crate) fn help() -> Vec<String> {
    [
        "Moving",
        "  Tab, Enter, Down     next field          Shift+Tab, Up       field before",
        "  PgDn                 next step           PgUp                step before",
        "  Esc then 1 to 7      any step            Ctrl+S              save",
        "  Esc then x           export the plan",
        "Filling in",
        "  Space                the other unit, the next choice, or a mark [x]",
        "  Left, Right          choose; a first letter chooses too",
        "  t, or Ctrl+T         take what is offered, such as today's date",
        "  68,5 and 68.5 are the same. Dates: 2026-12-01, 1.12.2026 or 1 Dec 2026.",
        "Reading",
        "  F2, or w             why: formula, band, sources, disagreements",
        "  >  current   !  wrong or missing   ?  unusual   (*) [x]  chosen",
        "  STOP cannot be given. CONFIRM needs a name and a reason. NOTE informs.",
        "What you type is kept at once, even if the computer crashes.",
        "Ctrl+Q quits, Ctrl+Z suspends, Ctrl+L redraws the screen.",
        "Decision support for trained staff, who stay responsible.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The question on leaving.
pub(crate) fn leave(kept: bool) -> Vec<String> {
    let keep = if kept {
        "k    quit and keep the entries: they are offered at the next start"
    } else {
        "k    quit; the entries could NOT be kept, and are lost"
    };
    [
        "",
        "Quit? This plan is not saved.",
        "",
        "s    save it first",
        keep,
        "d    quit and delete the entries",
        "Esc  stay",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// What can be done on the review: name and what it does.
pub(crate) fn action(key: char) -> (&'static str, &'static str) {
    match key {
        'c' => ("second check", "a second person enters the figures again"),
        's' => ("save", "the plan, to be opened again"),
        'x' => ("export", "printed page, calendar, text, table or FHIR bundle"),
        'p' => ("show as text", "and quit"),
        _ => ("next visit", "same patient, new values, course under way"),
    }
}
