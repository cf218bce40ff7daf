//! The first row of a table: which column is which field of a request, and everything that is wrong with it.

use super::{
    cell,
    columns::{Column, Columns, Heading},
    day::DateOrder,
    fault::{HeadFault, Holds},
    fields::{self, Kind},
    form::{Form, Leaf, Source, Unit},
    spelling,
};
use crate::{
    json::{nearest, printable},
    regimen::Library,
};

/// The form that a first row and a columns file describe, as far as they can be used, and everything that is wrong with
/// them.
pub(super) fn read(names: &[String], columns: Option<&Columns>, library: &'static Library) -> (Form, Vec<HeadFault>) {
    let mut head = Head { names, used: vec![false; names.len()], leaves: Vec::new(), faults: Vec::new(), library };
    head.leave_out(columns);
    for (path, column) in columns.into_iter().flat_map(|columns| &columns.columns.0) {
        head.mapped(path, column);
    }
    let nameless = head.named();
    head.missing();
    let Head { leaves, faults, .. } = head;
    (Form::new(leaves, names.len(), nameless), faults)
}

/// A first row while its columns are being found.
struct Head<'n> {
    names: &'n [String],
    used: Vec<bool>,
    leaves: Vec<Leaf>,
    faults: Vec<HeadFault>,
    library: &'static Library,
}

impl Head<'_> {
    fn leave_out(&mut self, columns: Option<&Columns>) {
        let left_out = columns.and_then(|columns| columns.leave_out.as_ref());
        for heading in left_out.into_iter().flatten() {
            for at in self.find(heading) {
                self.used[at] = true;
            }
        }
    }

    /// The columns of a name or number.
    fn find(&self, heading: &Heading) -> Vec<usize> {
        match heading {
            Heading::Number(number) => {
                usize::from(*number).checked_sub(1).filter(|at| *at < self.names.len()).into_iter().collect()
            }
            Heading::Name(name) => self.named_like(name.as_str()),
        }
    }

    fn named_like(&self, name: &str) -> Vec<usize> {
        let is_it = |at: &usize| !self.names[*at].is_empty() && spelling::is_same(&self.names[*at], name);
        (0..self.names.len()).filter(is_it).collect()
    }

    /// Takes in a field that the columns file names.
    fn mapped(&mut self, path: &str, column: &Column) {
        let source = if let Some(value) = &column.value {
            Source::Fixed(value.0.clone())
        } else {
            let found = column.column.as_ref().map_or_else(|| self.named_like(path), |heading| self.find(heading));
            match found.as_slice() {
                [at] => {
                    self.used[*at] = true;
                    Source::Column(*at)
                }
                [] => {
                    let column = match &column.column {
                        Some(Heading::Number(number)) => number.to_string(),
                        Some(Heading::Name(name)) => format!("\"{}\"", printable(name.as_str())),
                        None => format!("\"{path}\""),
                    };
                    return self.faults.push(HeadFault::NoSuchColumn { path: path.to_owned(), column });
                }
                several => return self.doubled(several),
            }
        };
        let words = column.words.iter().flat_map(|words| &words.0);
        let words = words.map(|(word, meant)| (word.trim().to_owned(), meant.0.clone())).collect();
        self.add(path.to_owned(), source, column.date, words);
    }

    /// Takes in the columns with the name of a field; returns those without a name.
    fn named(&mut self) -> Vec<usize> {
        let mut nameless = Vec::new();
        for at in 0..self.names.len() {
            let name = &self.names[at];
            if self.used[at] {
                continue;
            }
            if name.is_empty() {
                nameless.push(at);
                continue;
            }
            let path = name.to_lowercase();
            let same = self.named_like(name);
            let is_mapped = self.leaves.iter().any(|leaf| leaf.path == path);
            if fields::find(&path).is_none() || (is_mapped && same.len() == 1) {
                let nearest = nearest(&path, fields::names().iter().copied()).filter(|_| !is_mapped);
                let holds = Holds::default();
                self.faults.push(HeadFault::Unknown { column: at + 1, name: printable(name), nearest, holds });
            } else if same.len() > 1 {
                self.doubled(&same);
            } else {
                self.add(path, Source::Column(at), None, Vec::new());
            }
        }
        nameless
    }

    /// Refuses columns of the same name, once.
    fn doubled(&mut self, columns: &[usize]) {
        for at in columns {
            self.used[*at] = true;
        }
        let name = printable(columns.first().map_or("", |at| &self.names[*at]));
        let columns = columns.iter().map(|at| at + 1).collect();
        self.faults.push(HeadFault::Doubled { name, columns });
    }

    fn add(&mut self, path: String, source: Source, order: Option<DateOrder>, words: Vec<(String, String)>) {
        let kind = cell::kind(&path, self.library);
        self.leaves.push(Leaf { path, kind, source, order, words, unit: Unit::None });
    }

    fn missing(&mut self) {
        // A field that is doubled or whose column was not found is not missing too.
        let refused = self.faults.iter().filter_map(|fault| match fault {
            HeadFault::Doubled { name, .. } => Some(name.to_lowercase()),
            HeadFault::NoSuchColumn { path, .. } => Some(path.clone()),
            _ => None,
        });
        let there: Vec<String> = self.leaves.iter().map(|leaf| leaf.path.clone()).chain(refused).collect();
        let has = |path: &str| {
            let is_part = path.ends_with(['.', '[', ']']);
            there.iter().any(|it| if is_part { it.starts_with(path) } else { it == path })
        };
        self.faults.extend(fields::missing(&has).into_iter().map(|path| {
            let allowed = match cell::kind(&path, self.library) {
                Kind::Word(words) => words,
                _ => Vec::new(),
            };
            HeadFault::Missing { path, allowed }
        }));
    }
}
