//! How a command of the register fails: the sentence, and the exit status that says what kind of reason it is.

use crate::{
    cli::Failure,
    ward::{fold::Refused, store::StoreError},
    words::{
        register::{self, command},
        store as words,
    },
};

/// Somebody else recorded something of the patient meanwhile.
const CHANGED: u8 = 5;
/// The register cannot be written to or reached now.
const NOT_NOW: u8 = 6;
/// What is asked for is not usable.
const NOT_USABLE: u8 = 2;

/// Why a register did not do what was asked.
pub(super) fn failed(error: &StoreError) -> Failure {
    Failure::of_register(why(error), status(error)).for_reading(words::why_not_read(error))
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        failed(&error)
    }
}

/// Why an entry is refused before the register is asked.
pub(super) fn refused(refused: &Refused) -> Failure {
    Failure::of_register(with_option(refused), NOT_USABLE)
}

/// The sentence, with the option that a command has for what is missing.
pub(super) fn why(error: &StoreError) -> String {
    match error {
        StoreError::Refused(refused) => with_option(refused),
        _ => words::why(error),
    }
}

fn with_option(refused: &Refused) -> String {
    // A command has no key to press.
    if let Refused::OnHold(holds) = refused {
        return command::resume_first(holds);
    }
    let said = register::refused(refused);
    command::option_for(refused).map_or(said.clone(), |option| format!("{said} {option}"))
}

/// The exit status.
pub(super) fn status(error: &StoreError) -> u8 {
    match error {
        StoreError::Changed { .. } | StoreError::Collided => CHANGED,
        StoreError::Busy { .. }
        | StoreError::Full { .. }
        | StoreError::ReadOnly { .. }
        | StoreError::Permission { .. }
        | StoreError::Replaced { .. }
        | StoreError::NotAFile { .. }
        | StoreError::Damaged { .. }
        | StoreError::Unreachable { .. }
        | StoreError::NoPassword { .. }
        | StoreError::System { .. } => NOT_NOW,
        StoreError::Refused(_)
        | StoreError::UnknownPatient
        | StoreError::NoName { .. }
        | StoreError::NoDay { .. }
        | StoreError::IdTaken { .. }
        | StoreError::Misplaced { .. }
        | StoreError::Copy { .. }
        | StoreError::NotThere { .. }
        | StoreError::NoFolder { .. }
        | StoreError::TwoNames { .. }
        | StoreError::Exists { .. }
        | StoreError::NotShared { .. }
        | StoreError::NotARegister { .. }
        | StoreError::Newer { .. }
        | StoreError::NetworkFolder { .. }
        | StoreError::NoJournal { .. }
        | StoreError::OldDatabase { .. }
        | StoreError::OtherChain { .. }
        | StoreError::NotAnAddress { .. }
        | StoreError::NoServers { .. }
        | StoreError::NoWard { .. }
        | StoreError::WhichWard { .. }
        | StoreError::OnServer { .. } => NOT_USABLE,
    }
}
