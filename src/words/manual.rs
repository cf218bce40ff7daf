//! What the manual page says besides the commands and options themselves.

/// Exit statuses that every command has.
pub const EXIT_STATUS: [(&str, &str); 2] = [
    ("0", "The command did what it was asked, where nothing else is said below."),
    (
        "2",
        "What was given is not usable, or the output cannot be written. One message on standard error says what, where and what is allowed.",
    ),
];

/// Variables of the environment.
pub const ENVIRONMENT: [(&str, &str); 5] = [
    ("NO_COLOR", "When it is set to anything, the form uses no colour. Colour never says something alone."),
    ("TERM", "When it is \"dumb\", the form asks line by line."),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "The first of them that is set says whether the terminal shows UTF-8. Where it does not, frames and bars are drawn with plain letters and signs, as with --ascii.",
    ),
    ("XDG_CONFIG_HOME", "The folder for configuration; ~/.config when not set."),
    ("XDG_STATE_HOME", "The folder in which drafts of the form are kept; ~/.local/state when not set."),
];

/// Files and folders.
pub const FILES: [(&str, &str); 2] = [
    (
        "osteodose/regimens in the folder for configuration",
        "The hospital's own regimens. They replace shipped ones of the same name for every command, unless --regimens names another folder.",
    ),
    (
        "osteodose/drafts in the folder for state",
        "What is being entered in the form, until it is saved or thrown away.",
    ),
];
