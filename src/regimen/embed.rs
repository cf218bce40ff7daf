//! Build script: lists the files of `regimens/` for the compiler, so that the binary carries the whole
//! library and a new drug is a new file and no change of code.

use std::{env, fs, io, path::Path};

#[path = "digest.rs"]
mod digest;

#[expect(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=regimens");
    println!("cargo::rerun-if-changed=src/regimen/embed.rs");
    println!("cargo::rerun-if-changed=src/regimen/digest.rs");
    let mut files = Vec::new();
    for entry in fs::read_dir("regimens")? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The schema is made from the code; it describes the library and is no part of it.
        if path.extension().is_some_and(|it| it == "json") && name != "schema.json" {
            files.push((name, fs::read(&path)?));
        }
    }
    files.sort();
    let digest = digest::digest(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    println!("cargo::rustc-env=OSTEODOSE_REGIMENS_SHA256={digest}");
    let entry = |(name, _): &(String, Vec<u8>)| {
        format!("    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/regimens/{name}\"))),\n")
    };
    let list = format!("&[\n{}]\n", files.iter().map(entry).collect::<String>());
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("shipped.rs"), list)
}
