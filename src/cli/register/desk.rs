//! The register behind the screens of a ward: opened when the program starts, made when the first patient is taken in.

use tempfile::TempDir;

use super::{
    add::{Adding, namesakes, of_document, other_days},
    clock::{ComputerClock, who},
    place::{RegisterArgs, try_open},
};
use crate::{
    cli::Failure,
    json::Text,
    morning::{Around, OpenRegister},
    present::register::recorded,
    regimen::{Library, LibraryFile},
    ward::{
        Settings, example,
        store::{Clock, Register, StoreError},
    },
    words::{register::command as words, store},
};

/// The register that is configured, or the usual one; where none is there yet, the first patient makes it.
pub(in crate::cli) fn open_desk(
    settings: &Settings,
    library: &'static Library,
    files: Vec<LibraryFile>,
) -> Result<OpenRegister, Failure> {
    let args = RegisterArgs { register: None };
    let (path, is_usual) = args.place()?;
    let store = match try_open(&path)? {
        Ok(store) => Some(store),
        Err(StoreError::NotThere { .. }) if is_usual => None,
        Err(error) => return Err(error.into()),
    };
    let name = settings.name.clone().unwrap_or_else(|| words::UNNAMED.parse().expect("a name that can be shown"));
    let around = Program { args, library, files: files.clone(), example: None };
    Ok(OpenRegister {
        store,
        path,
        clock: Box::new(ComputerClock),
        library,
        files,
        no_ward: OpenRegister::ward_to_be(name, settings),
        around: Box::new(around),
    })
}

/// What the program does for the screens.
struct Program {
    args: RegisterArgs,
    library: &'static Library,
    files: Vec<LibraryFile>,
    /// The folder of a made-up ward, which goes with the program.
    example: Option<TempDir>,
}

impl Around for Program {
    fn add(
        &mut self,
        store: &mut Option<Register>,
        plan: &[u8],
        replaces: bool,
        by: &Text,
    ) -> Result<Vec<String>, String> {
        let plan = of_document(plan, self.library)?;
        let store = match store {
            Some(store) => store,
            none => none.insert(self.args.open_or_make(by, self.library).map_err(|failure| failure.said())?),
        };
        store.keep_library(&self.files).map_err(|error| store::why(&error))?;
        let known = namesakes(store).map_err(|failure| failure.said())?;
        let open_findings = plan.open_findings;
        let on = ComputerClock.now().day;
        let adding = Adding { on, by, late: false, replan: replaces, known: Some(&known) };
        let appended = adding.record(store, plan).map_err(|failure| failure.said())?;
        let clinic = store.ward().clinic.open_days();
        let mut lines = recorded(&appended, &clinic, self.library);
        lines.extend(words::to_be_confirmed(open_findings));
        lines.extend(other_days(&store.ward().clinic, &appended));
        Ok(lines)
    }

    fn example(&mut self) -> Result<Register, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path = folder.path().join("example.db");
        let made = example::make(&path, who(), &ComputerClock, self.library).map_err(|error| store::why(&error))?;
        self.example = Some(folder);
        Ok(made.into())
    }
}
