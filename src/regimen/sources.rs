//! The register of sources that every number is traced to.

use crate::json::{Text, record, vocabulary};

vocabulary! {
    /// The form of the register.
    pub enum SourcesFormat {
        /// The first form.
        V1 = "osteodose-sources/1",
    }
}

record! {
    /// The register of sources.
    pub struct SourceRegister {
        /// The form of this file.
        format: SourcesFormat,
        /// The sources.
        sources: Vec<Source>,
    }
}

record! {
    /// A source.
    pub struct Source {
        /// Its id.
        id: Text,
        /// Its title.
        title: Text,
        /// Who published it.
        publisher: Option<Text>,
        /// Its date or revision.
        date: Option<Text>,
        /// Where it is, or how it was read.
        place: Option<Text>,
    }
}
