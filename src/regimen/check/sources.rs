//! Sources: every one that is cited is defined, and every one of a file under check is cited.

use std::collections::BTreeSet;

use super::{Defect, LibraryFault, Named, Reporter, reading::Register};
use crate::{
    json::{Kind, Node},
    regimen::{
        library::{LibraryFile, Origin, SOURCES_FILE},
        phrase::Citation,
    },
};

/// Without a whole register nothing can be called undefined; where a file cannot be read, nothing
/// can be called unused.
pub(super) fn check(files: &[LibraryFile], register: &Register<'_>, all_read: bool, faults: &mut Vec<LibraryFault>) {
    let mut cited = BTreeSet::new();
    for file in files.iter().filter(|file| file.name != SOURCES_FILE) {
        let Ok(root) = Node::parse(&file.bytes) else { continue };
        let mut found = Vec::new();
        citations(root, "", &mut found);
        let mut report = Reporter { file, faults: &mut *faults };
        for (path, citation) in found {
            if register.whole && !register.sources.contains_key(citation.id()) {
                report.note(path, Defect::Undefined { what: Named::Source, name: citation.id().to_owned() });
            }
            cited.insert(citation.id().to_owned());
        }
    }
    if all_read {
        unused(files, register, &cited, faults);
    }
}

fn unused(files: &[LibraryFile], register: &Register<'_>, cited: &BTreeSet<String>, faults: &mut Vec<LibraryFault>) {
    // Where a hospital's file took the place of a shipped one, shipped sources may stay without use.
    let replaced = files.iter().any(|file| file.origin == Origin::Local);
    for (id, (file, _)) in register.sources.iter().filter(|(id, _)| !cited.contains(*id)) {
        if replaced && file.origin == Origin::Shipped {
            continue;
        }
        let Ok(root) = Node::parse(&file.bytes) else { continue };
        let sources = root.at("sources").elements().unwrap_or_default();
        let place = sources.iter().position(|source| source.at("id").text().as_ref() == Some(id)).unwrap_or(0);
        let mut report = Reporter { file, faults: &mut *faults };
        report.note(format!("sources[{place}]"), Defect::Unused { name: id.clone() });
    }
}

/// Every citation of a document: the values of the keys `sources` and `source`.
fn citations(node: Node<'_>, path: &str, found: &mut Vec<(String, Citation)>) {
    let parse = |node: Node<'_>| node.text().and_then(|text| text.parse::<Citation>().ok());
    for (key, value) in node.members().unwrap_or_default() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match (key.as_str(), value.kind()) {
            ("sources", Kind::List) => {
                let elements = value.elements().unwrap_or_default();
                let cited = elements.into_iter().enumerate();
                found.extend(cited.filter_map(|(index, it)| Some((format!("{path}[{index}]"), parse(it)?))));
            }
            ("source", Kind::Text) => found.extend(parse(value).map(|citation| (path, citation))),
            (_, Kind::Object) => citations(value, &path, found),
            (_, Kind::List) => {
                for (index, element) in value.elements().unwrap_or_default().into_iter().enumerate() {
                    citations(element, &format!("{path}[{index}]"), found);
                }
            }
            _ => {}
        }
    }
}
