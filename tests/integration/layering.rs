//! The direction of imports: the engine never looks at commands, files or the clock.

use std::{fs, path::Path};

/// The modules in the order in which they may import: each only from those before it.
const ORDER: &[&str] = &[
    "json", "quantity", "patient", "request", "regimen", "dosing", "plan", "form", "present", "words", "saved",
    "recheck", "export", "forecast", "files", "schema", "drafts", "tui", "plain", "cli",
];

/// Imports against the order that are meant: `json` and `quantity` read each other's numbers; the
/// engine makes the plan and asks the words for the few texts that stand inside a plan; the check of a
/// library asks the engine for its bands and words its own faults; the form and the reports are made of words;
/// an export that is refused is put into words by its reason.
const MEANT: &[(&str, &str)] = &[
    ("json", "quantity"),
    ("dosing", "plan"),
    ("dosing", "words"),
    ("plan", "words"),
    ("form", "words"),
    ("present", "words"),
    ("words", "export"),
    ("regimen", "dosing"),
    ("regimen", "words"),
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let source_root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
            let module = path.strip_prefix(source_root).unwrap().components().next().unwrap();
            let module = module.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            found.push((module, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The first names after `crate::`, in `use` lists and in paths.
fn imported(source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' | ':' if depth == 0 => names.push(std::mem::take(&mut name)),
                    c if depth == 0 && (c.is_alphanumeric() || c == '_') => name.push(c),
                    _ => {}
                }
            }
            names.push(name);
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

#[test]
fn imports_go_one_way() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let place = |module: &str| ORDER.iter().position(|it| *it == module);
    let mut wrong = Vec::new();
    for (module, source) in &found {
        let Some(here) = place(module) else { continue };
        for name in imported(source) {
            let meant = MEANT.contains(&(module.as_str(), name.as_str()));
            if place(&name).is_some_and(|there| there > here) && !meant {
                wrong.push(format!("{module} imports {name}"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn an_import_is_seen() {
    let source = "use crate::{\n    quantity::{Mass, cli},\n    files,\n};\nfn f() { crate::cli::main() }";
    assert_eq!(imported(source).iter().filter(|it| !it.is_empty()).collect::<Vec<_>>(), ["quantity", "files", "cli"]);
}
