//! The structure of the document for who hears it instead of seeing it: headings, lists and tables, made from the
//! texts in their order.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::sheet::Role;

/// The language of the document.
pub(super) const LANGUAGE: &str = "en-GB";

/// What a reader comes upon, in its order.
#[derive(Default)]
pub(super) struct Heard(Vec<Element>);

enum Element {
    Text(Role, Vec<Node>),
    List(Vec<Vec<Node>>),
    Table(Vec<Vec<(Role, Vec<Node>)>>),
}

impl Heard {
    /// A line of text, as it was drawn.
    pub(super) fn add(&mut self, role: Role, drawn: Identifier) {
        let line = Node::from(drawn);
        match (role, self.0.last_mut()) {
            (Role::Continued, Some(last)) => last.go_on(line),
            (Role::Point, Some(Element::List(points))) => points.push(vec![line]),
            (Role::Point, _) => self.0.push(Element::List(vec![vec![line]])),
            (Role::RowHead, Some(Element::Table(rows))) => rows.push(vec![(role, vec![line])]),
            (Role::ColumnHead | Role::Cell, Some(Element::Table(rows))) => {
                if let Some(row) = rows.last_mut() {
                    row.push((role, vec![line]));
                }
            }
            (Role::RowHead | Role::ColumnHead | Role::Cell, _) => {
                self.0.push(Element::Table(vec![vec![(role, vec![line])]]));
            }
            (Role::Edge | Role::Title | Role::Heading | Role::Paragraph | Role::Continued, _) => {
                self.0.push(Element::Text(role, vec![line]));
            }
        }
    }

    /// The structure, as the document holds it.
    pub(super) fn into_tree(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
        for element in self.0 {
            tree.push(element.tagged());
        }
        tree
    }
}

impl Element {
    /// Adds a line to the text that came last.
    fn go_on(&mut self, line: Node) {
        let lines = match self {
            Self::Text(_, lines) => Some(lines),
            Self::List(points) => points.last_mut(),
            Self::Table(rows) => rows.last_mut().and_then(|row| row.last_mut()).map(|(_, lines)| lines),
        };
        if let Some(lines) = lines {
            lines.push(line);
        }
    }

    fn tagged(self) -> TagGroup {
        match self {
            Self::Text(Role::Title, lines) => heading(1, lines),
            Self::Text(Role::Heading, lines) => heading(2, lines),
            Self::Text(_, lines) => TagGroup::with_children(Tag::P, lines),
            Self::List(points) => {
                let point = |lines| {
                    let body = TagGroup::with_children(Tag::LBody, lines);
                    TagGroup::with_children(Tag::LI, vec![body.into()]).into()
                };
                TagGroup::with_children(Tag::L(ListNumbering::None), points.into_iter().map(point).collect())
            }
            Self::Table(rows) => {
                let cell = |(role, lines)| TagGroup::with_children(cell(role), lines).into();
                let row = |cells: Vec<(Role, Vec<Node>)>| {
                    TagGroup::with_children(Tag::TR, cells.into_iter().map(cell).collect()).into()
                };
                TagGroup::with_children(Tag::Table, rows.into_iter().map(row).collect())
            }
        }
    }
}

fn heading(level: u16, lines: Vec<Node>) -> TagGroup {
    TagGroup::with_children(Tag::Hn(NonZeroU16::MIN.saturating_add(level - 1), None), lines)
}

fn cell(role: Role) -> TagKind {
    match role {
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        _ => Tag::TD.into(),
    }
}
