//! `osteodose ward copy`: a register in a file as one on a server, or the other way round, with the same entries and hashes.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    clock::{ComputerClock, today, who},
    failed::failed,
    place::open,
    server::with_password,
    values,
};
use crate::{
    cli::{Failure, failure::name},
    json::Text,
    ward::{
        event::Draft,
        store::{Anchor, HandedOn, Moment, Part, Postgres, Register, Sqlite, StoreError, is_address},
    },
    words::{manual::exit_status, register::command as words},
};

/// How many entries are read at a time.
const PAGE: usize = 500;

/// Copy a register from a file to a database server, or the other way round, with the same entries and hashes
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Copy {
    /// Register to copy: file, or address of a ward on a server
    from: PathBuf,
    /// New register: file that is not there yet, or address of a database on a server
    to: PathBuf,
    /// Who copies it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
}

impl Copy {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut from = open(&self.from)?;
        let [place, to] = [from.path(), &self.to].map(|it| name(it).parse::<Text>());
        let place = place.map_err(|_| failed(&StoreError::NotThere { path: self.from.clone() }))?;
        let to = to.map_err(|_| failed(&StoreError::NotThere { path: self.to.clone() }))?;
        let libraries = from.libraries()?;
        // All of it is of one moment.
        let moment = from.moment()?;
        let (number, hash) = moment.head()?;
        let parts = || {
            let libraries = libraries.iter().cloned().map(|it| Ok(Part::Library(it)));
            entries(&moment, number).chain(libraries)
        };
        let of = (&place, &self.by);
        let copied = copied(&self.from, &self.to, parts, of)?.map_err(|error| failed(&error))?;
        drop(moment);
        let last = Anchor::new(number, &hash);
        let draft = Draft { on: today(), by: self.by.clone(), course: None, body: last.copied_to(Some(to)).into() };
        let remembered = from.append_to_ward(&[draft], &ComputerClock).map(drop);
        let said = words::copied(&name(copied.path()), number, &last.to_string());
        let in_vain = |error: std::io::Error| Failure::told_in_vain(&words::made_but(&said), &error);
        writeln!(out, "{said}").and_then(|()| out.flush()).map_err(in_vain)?;
        remembered.map_err(|error| failed(&error).and(words::COPIED_NOT_REMEMBERED.to_owned()))?;
        Ok(0)
    }
}

/// The entries up to one, page by page.
fn entries<'m>(moment: &'m Moment<'_>, last: u64) -> impl Iterator<Item = Result<Part, StoreError>> + use<'m> {
    let starts = (1..=last).step_by(PAGE);
    starts.flat_map(move |from| match moment.events(from, PAGE) {
        Ok(page) => page.into_iter().map(|entry| Ok(Part::Entry(Box::new(entry)))).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    })
}

/// Makes the copy.
fn copied<P: Iterator<Item = Result<Part, StoreError>>>(
    file: &Path,
    to: &Path,
    parts: impl Fn() -> P,
    of: (&Text, &Text),
) -> Result<Result<Register, StoreError>, Failure> {
    let handed_on = || HandedOn { file, parts: parts() };
    if is_address(to) {
        let copy = |password| Postgres::copy(to, password, handed_on(), of, (who(), &ComputerClock));
        return with_password(|password| copy(password).map(Register::from));
    }
    Ok(Sqlite::copy(handed_on(), to, of, who(), &ComputerClock).map(Register::from))
}
