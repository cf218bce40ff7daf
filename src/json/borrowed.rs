//! Values that a document borrows where it is written and owns where it is read.

use std::borrow::Cow;

use super::{Expected, Faults, FromJson, Node, Path};

impl FromJson for String {
    /// Any text: what was written by a program is read as it is.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        super::read::text(Expected::Text, node, path, faults)
    }
}

impl<B> FromJson for Cow<'_, B>
where
    B: ToOwned + ?Sized,
    B::Owned: FromJson,
{
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        B::Owned::from_json(node, path, faults).map(Cow::Owned)
    }

    fn absent() -> Option<Self> {
        B::Owned::absent().map(Cow::Owned)
    }
}
