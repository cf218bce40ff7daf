//! What several tests need: the library, the files under tests/, a plan as JSON.

pub mod cases;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use osteodose::regimen::Library;
use serde_json::Value;

/// The shipped library.
pub static LIBRARY: LazyLock<&'static Library> = LazyLock::new(Library::shipped);

/// A path under tests/.
pub fn tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// The files of a folder under tests/ whose names end so, in order.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(tests(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// A JSON file.
pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A plan as a batch writes it.
#[cfg(feature = "cli")]
#[allow(dead_code, reason = "the engine's tests save nothing")]
pub fn saved_line(plan: &osteodose::plan::Plan) -> String {
    let mut line = Vec::new();
    osteodose::saved::line(plan, &mut line);
    String::from_utf8(line).unwrap()
}

/// A copy of a library that belongs to whoever runs the tests, as one of another user is refused.
#[cfg(feature = "cli")]
#[allow(dead_code, reason = "the engine's tests read no folder")]
pub fn own_copy(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let file = entry.unwrap().path();
        fs::write(copy.path().join(file.file_name().unwrap()), fs::read(&file).unwrap()).unwrap();
    }
    copy
}

/// Puts the members of a patch in place of those of a document; null takes one out.
#[allow(dead_code, reason = "the engine's tests have no register")]
pub fn merge(value: &mut Value, patch: &Value) {
    let (Some(members), Some(patches)) = (value.as_object_mut(), patch.as_object()) else {
        *value = patch.clone();
        return;
    };
    for (key, patch) in patches {
        if patch.is_null() {
            members.remove(key);
        } else {
            merge(members.entry(key.clone()).or_insert_with(|| Value::Object(serde_json::Map::new())), patch);
        }
    }
}
