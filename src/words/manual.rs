//! The words of the manual page and of the exit statuses; commands and options have theirs where they are declared.

/// The day on which the manual was last changed.
pub const CHANGED: &str = "2026-11-30";

/// Where options may be written.
pub const OPTIONS_ANYWHERE: &str = "Options may be written before the command or after it.";

/// Commands as they are typed, and what each does.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("osteodose", "Open the form."),
    ("osteodose plan.json", "Open a saved plan in the form."),
    ("osteodose plan request.json --output plan.json", "Make a plan from a request and save it."),
    ("osteodose plan request.json --format text", "Show the plan in plain words."),
    ("osteodose plan requests/*.json --output-dir plans", "Make a plan for each request, each in a file of its own."),
    ("osteodose batch --brief patients.csv", "Show one short line for each patient of a table."),
    ("osteodose export plan.json --format pdf --output plan.pdf", "Make the printed page of a saved plan."),
    (
        "osteodose recheck plans --regimens new",
        "See which saved plans the regimens in the folder \"new\" would change.",
    ),
    ("osteodose forecast plans --chair-minutes 240", "Count what the saved plans need."),
    ("osteodose regimens check new", "Check your own regimens."),
    ("osteodose schema request", "Print the exact format of a request."),
    #[cfg(feature = "ward")]
    ("osteodose ward due --days 14", "List who is due in the next two weeks, who is late, and who is on hold."),
    #[cfg(feature = "ward")]
    ("osteodose ward show A-1042", "Show a patient of the register."),
];

/// The exit statuses of every command.
pub const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "The command succeeded, unless stated otherwise below."),
    (
        "2",
        "The input is not usable, or the output cannot be written. One message on standard error says what is wrong, where, and what is allowed.",
    ),
    (
        "130, 143",
        "The command was interrupted (Ctrl+C, SIGINT) or told to end (SIGTERM). A file that was being written is not there, and one that was to be replaced is as it was. batch writes whole lines to standard output and says how many patients were written.",
    ),
];

/// The exit statuses of the commands that have their own.
pub const EXIT_STATUS_OF: &[(&str, &str)] = &[
    ("plan", "0 ready, 3 needs confirmation, 4 stopped, 2 request not usable"),
    ("batch", "0 all requests usable, 1 some not usable, 2 batch not completed, 130 or 143 interrupted"),
    ("export", "as for plan; 1 if the file was altered or the plan would now differ"),
    ("forecast", "0 all plans counted, 1 altered plans left out, 2 something not usable"),
    ("recheck", "0 all the same, 1 differences, 2 something not usable"),
    ("regimens check", "0 no fault, 1 faults; with --strict 1 for warnings too"),
    ("regimens diff", "0 no difference, 1 differences, 2 a library not usable"),
    #[cfg(feature = "ward")]
    (
        "ward",
        "0 done, 1 a check found something or entries of a patient are damaged, 2 not usable or refused, 5 somebody else recorded something for this patient meanwhile, 6 the register cannot be reached or written now",
    ),
    #[cfg(feature = "ward")]
    ("ward assess", "0 go, 3 to be confirmed, 4 hold; otherwise as for ward"),
];

/// The exit status of a command on several files.
pub const OF_SEVERAL: (&str, &str) =
    ("Several files", "The gravest status of all: 2 before 1, 1 before 4, 4 before 3, 3 before 0.");

/// The line on the exit statuses below the help of a command.
pub fn exit_status(command: &str) -> String {
    let own = EXIT_STATUS_OF.iter().find(|(name, _)| *name == command);
    own.map_or_else(String::new, |(_, statuses)| format!("Exit status: {statuses}"))
}

/// The environment variables.
pub const ENVIRONMENT: &[(&str, &str)] = &[
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
    #[cfg(feature = "ward")]
    ("XDG_DATA_HOME", "The data folder, for the register; ~/.local/share if not set."),
    ("XDG_STATE_HOME", "The folder for drafts of the form; ~/.local/state if not set."),
    ("TZ", "The time zone of today in the form and in the register; that of the computer if not set."),
];

/// Files and folders.
pub const FILES: &[(&str, &str)] = &[
    (
        "osteodose/regimens in the configuration folder",
        "The hospital's own regimens. They replace the shipped ones of the same name for every command, unless --regimens names another folder. If they are there and cannot be used, nothing is calculated.",
    ),
    (
        "osteodose/ward.json in the configuration folder",
        "The ward settings, which the form reads when it starts, unless --ward names another file. plan and batch use ward settings only if --ward names them.",
    ),
    #[cfg(feature = "ward")]
    (
        "osteodose/register in the configuration folder",
        "One line, the path of the register of the ward, which the ward commands use unless --register names another.",
    ),
    #[cfg(feature = "ward")]
    (
        "osteodose/register.db in the data folder",
        "The register, where no other is named. It is made with its first patient.",
    ),
    (
        "osteodose/drafts in the state folder",
        "Entries in the form that are not saved yet, until they are saved or deleted.",
    ),
];
