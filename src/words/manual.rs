//! The words of the manual page and of the exit statuses; commands and options have theirs where they are declared.

/// The exit statuses of every command.
pub const EXIT_STATUS: [(&str, &str); 2] = [
    ("0", "The command succeeded, unless stated otherwise below."),
    (
        "2",
        "The input is not usable, or the output cannot be written. One message on standard error says what is wrong, where, and what is allowed.",
    ),
];

/// The exit statuses of the commands that have their own.
pub const EXIT_STATUS_OF: [(&str, &str); 7] = [
    ("plan", "0 ready, 3 needs confirmation, 4 stopped, 2 request not usable"),
    ("batch", "0 all requests usable, 1 some not usable, 2 batch not completed"),
    ("export", "as for plan; 1 if the file was altered or the plan would now differ"),
    ("forecast", "0 all plans counted, 1 altered plans left out, 2 something not usable"),
    ("recheck", "0 all the same, 1 differences, 2 something not usable"),
    ("regimens check", "0 no fault, 1 faults"),
    ("regimens diff", "0 no difference, 1 differences, 2 a library not usable"),
];

/// The line on the exit statuses below the help of a command.
pub fn exit_status(command: &str) -> String {
    let own = EXIT_STATUS_OF.iter().find(|(name, _)| *name == command);
    own.map_or_else(String::new, |(_, statuses)| format!("Exit status: {statuses}"))
}

/// The environment variables.
pub const ENVIRONMENT: [(&str, &str); 7] = [
    (
        "NO_COLOR",
        "If set, the form uses no colour, unless --colour or the ward settings name one. Nothing is shown by colour alone.",
    ),
    ("COLORTERM", "If \"truecolor\" or \"24bit\", the form can use every colour."),
    ("TERM", "If \"dumb\", the form asks line by line. If it contains \"256color\", the form can use 256 colours."),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "The first one set is the locale. If it is not UTF-8, frames and bars are drawn with ASCII characters, as with --ascii.",
    ),
    ("XDG_CONFIG_HOME", "The configuration folder; ~/.config if not set."),
    ("XDG_STATE_HOME", "The folder for drafts of the form; ~/.local/state if not set."),
    ("TZ", "The time zone of today in the form; that of the computer if not set."),
];

/// Files and folders.
pub const FILES: [(&str, &str); 3] = [
    (
        "osteodose/regimens in the configuration folder",
        "The hospital's own regimens. They replace the shipped ones of the same name for every command, unless --regimens names another folder. If they are there and cannot be used, nothing is calculated.",
    ),
    (
        "osteodose/ward.json in the configuration folder",
        "The ward settings, which the form reads when it starts, unless --ward names another file. plan and batch use ward settings only if --ward names them.",
    ),
    (
        "osteodose/drafts in the state folder",
        "Entries in the form that are not saved yet, until they are saved or deleted.",
    ),
];
