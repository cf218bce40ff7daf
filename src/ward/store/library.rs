//! A library as a register keeps it, so that anybody can make the plans again that were made with it.

use std::collections::BTreeMap;

use crate::regimen::{LibraryFile, Origin, digest_of};

/// The files of a library under its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLibrary {
    /// The digest.
    pub sha256: String,
    /// Names and texts of its files, as a JSON object, letter for letter.
    pub files: String,
}

impl KeptLibrary {
    /// The library of these files.
    ///
    /// # Panics
    /// Never: names and texts are JSON.
    pub fn of(files: &[LibraryFile]) -> Self {
        // Files that are a library are JSON, and so they are text.
        let texts = files.iter().map(|file| (file.name.as_str(), String::from_utf8_lossy(&file.bytes)));
        let texts: BTreeMap<&str, _> = texts.collect();
        let text = serde_json::to_string(&texts).expect("names and texts are JSON");
        Self { sha256: digest_of(files), files: text }
    }

    /// Whether the files are those of the digest.
    pub fn is_whole(&self) -> bool {
        let files: BTreeMap<String, String> = serde_json::from_str(&self.files).unwrap_or_default();
        let file =
            |(name, text): (String, String)| LibraryFile { name, bytes: text.into_bytes(), origin: Origin::Local };
        let files: Vec<LibraryFile> = files.into_iter().map(file).collect();
        digest_of(&files) == self.sha256
    }
}
