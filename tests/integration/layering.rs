//! The direction of imports, and where sentences are made: the engine speaks figures and knows nothing of
//! commands, files or the clock.

use std::{collections::BTreeSet, fs, path::Path};

use crate::source::{Token, tokens};

/// The modules in the order in which they may import: each only from those before it. A module inside another one has
/// a place of its own where it is named with the outer one.
const ORDER: &[&str] = &[
    "json",
    "quantity",
    "patient",
    "request",
    "regimen",
    "plan",
    "dosing",
    "identity",
    "ward",
    "words",
    "present",
    "form",
    "saved",
    "recheck",
    "export",
    "forecast",
    "files",
    "ward::store::sqlite",
    "ward::example",
    "morning",
    "drafts",
    "schema",
    "table",
    "tui",
    "plain",
    "cli",
];

/// The modules in which no sentence is made.
const FIGURES: &[&str] = &["json", "quantity", "patient", "request", "regimen", "plan", "dosing", "identity", "ward"];

/// A file of the program.
struct File {
    /// Its place below `src`, such as `regimen/check/bands.rs`.
    path: String,
    text: String,
}

impl File {
    /// The modules it is in, from the outermost.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').collect()
    }

    fn tokens(&self) -> Vec<Token<'_>> {
        tokens(&self.text)
    }
}

/// The files of the program, without its two roots.
fn files() -> Vec<File> {
    fn collect(folder: &Path, root: &Path, found: &mut Vec<File>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, root, found);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(File { path: path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"), text });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    found.retain(|file| file.path != "lib.rs" && file.path != "main.rs");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The outermost modules that a file names: after `crate::`, or after as many `super::` as lead there.
fn imported(file: &File) -> BTreeSet<String> {
    let tokens = file.tokens();
    let depth = file.modules().len();
    let mut names = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut after = at;
        let mut up = 0;
        while tokens.get(after + 1).is_some_and(|it| it.text == "::") {
            match tokens[after].text {
                "super" => up += 1,
                "crate" => up = depth,
                _ => break,
            }
            after += 2;
        }
        if up == depth && after > at {
            names.extend(heads(&tokens[after..]));
        }
        at = after.max(at + 1);
    }
    names
}

/// The first names of a path, or of each path of a list in braces.
fn heads(tokens: &[Token<'_>]) -> Vec<String> {
    if tokens.first().is_none_or(|it| it.text != "{") {
        return tokens.first().into_iter().map(|it| it.text.to_owned()).collect();
    }
    let mut names = Vec::new();
    let mut depth = 0;
    let mut is_head = true;
    for token in tokens {
        match token.text {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => is_head = true,
            name if depth == 1 && is_head => {
                names.push(name.to_owned());
                is_head = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The place of a file in the order: that of the innermost of its modules which has one.
fn place(file: &File) -> Option<usize> {
    let modules = file.modules();
    let paths = (1..=modules.len()).rev().map(|length| modules[..length].join("::"));
    paths.into_iter().find_map(|path| ORDER.iter().position(|it| *it == path))
}

/// The imports of a file that go against the order.
fn against_the_order(file: &File) -> Vec<String> {
    let here = self::place(file);
    let place = |module: &str| ORDER.iter().position(|it| *it == module);
    let later = imported(file).into_iter().filter(|name| place(name) > here);
    later.map(|name| format!("{} imports {name}", file.path)).collect()
}

/// What a person would read of the literals of a file: those with two words side by side, placeholders taken out.
///
/// Not meant are what only programmers read (attributes, tests, the message of an `expect` or a `panic`), statements
/// for a database, what a text from outside is compared with, the words of a `vocabulary`, and the notation of a quantity: what its
/// `Display` writes and its `FromStr` reads again.
fn sentences(file: &File) -> Vec<String> {
    let tokens = file.tokens();
    let read_again: BTreeSet<&str> = implementations(&tokens, "FromStr").map(|(name, _)| name).collect();
    let notations = implementations(&tokens, "Display").filter(|(name, _)| read_again.contains(name));
    let mut apart: Vec<std::ops::Range<usize>> = notations.map(|(_, block)| block).collect();
    apart.extend(vocabularies(&tokens));
    let literals = tokens.iter().enumerate().filter(|(_, token)| token.is_text());
    let read = literals.filter(|(at, token)| {
        let is_apart = is_statement(token.text) || apart.iter().any(|block| block.contains(at));
        is_prose(token.text) && !is_apart && !is_for_programmers(&tokens, *at) && !is_compared(&tokens, *at)
    });
    read.map(|(_, token)| format!("{}:{}: {}", file.path, token.line, token.text)).collect()
}

/// Whether a literal is a statement, or the end of one, that a database is given.
fn is_statement(literal: &str) -> bool {
    let first = literal.trim_start_matches(|c: char| !c.is_ascii_alphabetic() && c != '{').split_whitespace().next();
    let words = ["SELECT", "INSERT", "UPDATE", "DELETE", "PRAGMA", "FROM"];
    first.is_some_and(|first| words.contains(&first)) || literal.contains("} WHERE ") || literal.contains("} FROM ")
}

/// Whether two words stand side by side, once the placeholders are taken out.
fn is_prose(literal: &str) -> bool {
    let mut text = String::new();
    let mut depth = 0;
    for c in literal.replace("\\n", " ").replace(['\\', '"'], "").chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let is_word = |part: &str| {
        let letters = part.trim_matches(|c: char| c.is_ascii_punctuation());
        !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
    };
    let words: Vec<bool> = text.split_whitespace().map(is_word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

/// The blocks of `impl … of … for Name`, with the name.
fn implementations<'t>(
    tokens: &'t [Token<'t>],
    of: &'static str,
) -> impl Iterator<Item = (&'t str, std::ops::Range<usize>)> {
    let starts = tokens.windows(3).enumerate();
    let starts = starts.filter(move |(_, it)| it[0].text == of && it[1].text == "for");
    starts.map(|(at, it)| (it[2].text, block(tokens, at)))
}

fn vocabularies<'t>(tokens: &'t [Token<'t>]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let starts = tokens.windows(2).enumerate().filter(|(_, it)| it[0].text == "vocabulary" && it[1].text == "!");
    starts.map(|(at, _)| block(tokens, at))
}

/// The next block in braces.
fn block(tokens: &[Token<'_>], from: usize) -> std::ops::Range<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text {
            "{" => depth += 1,
            "}" if depth == 1 => return from..at,
            "}" => depth -= 1,
            _ => {}
        }
    }
    from..tokens.len()
}

/// Whether a literal is the message of something that never happens.
fn is_for_programmers(tokens: &[Token<'_>], at: usize) -> bool {
    let names = ["expect", "expect_err", "panic", "unreachable", "assert", "assert_eq", "debug_assert"];
    let mut depth = 0;
    for (index, token) in tokens[..at].iter().enumerate().rev() {
        match token.text {
            ")" => depth += 1,
            "(" if depth > 0 => depth -= 1,
            "(" => {
                let name = tokens[..index].iter().rev().find(|it| it.text != "!");
                return name.is_some_and(|it| names.contains(&it.text));
            }
            ";" | "{" | "}" => return false,
            _ => {}
        }
    }
    false
}

/// Whether something is compared with a literal: a pattern, an operand of `==`, or what is looked for in a text.
fn is_compared(tokens: &[Token<'_>], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |it| it.text);
    let (after, before) = (text(Some(at + 1)), text(at.checked_sub(1)));
    let look_for =
        ["starts_with", "ends_with", "strip_prefix", "strip_suffix", "split_once", "split", "contains", "find"];
    let is_pattern = matches!(after, "=>" | "|" | "if");
    let is_operand = [before, after].iter().any(|it| matches!(*it, "==" | "!="));
    is_pattern || is_operand || (before == "(" && look_for.contains(&text(at.checked_sub(2))))
}

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn every_module_has_its_place() {
    let found: BTreeSet<String> = files().iter().map(|file| file.modules()[0].to_owned()).collect();
    let known: BTreeSet<String> = ORDER.iter().filter(|it| !it.contains("::")).map(|it| (*it).to_owned()).collect();
    assert_eq!(found, known);
}

#[test]
fn imports_go_one_way() {
    let checked = files().into_iter().filter(|file| ORDER.contains(&file.modules()[0]));
    let wrong: Vec<String> = checked.flat_map(|file| against_the_order(&file)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_import_against_the_order_is_seen() {
    let wrong = |path, text| against_the_order(&file(path, text));
    let list = "use crate::{\n    quantity::{Mass, cli},\n    files,\n};\nfn f() { crate::cli::main() }";
    assert_eq!(wrong("dosing/near.rs", list), ["dosing/near.rs imports cli", "dosing/near.rs imports files"]);
    assert_eq!(wrong("plan.rs", "use super::words::date;"), ["plan.rs imports words"]);
    assert_eq!(wrong("plan/json.rs", "use super::super::words;"), ["plan/json.rs imports words"]);
    assert!(
        wrong("plan/json.rs", "use super::words; // crate::cli\n#[cfg(test)] mod tests { use crate::cli; }").is_empty()
    );
    assert!(wrong("words/mod.rs", "use crate::{dosing::{self, cli}, json};").is_empty());
    let opens = "use crate::{files, json};";
    assert_eq!(wrong("ward/store/chain.rs", opens), ["ward/store/chain.rs imports files"]);
    assert!(wrong("ward/store/sqlite/open.rs", opens).is_empty());
    assert_eq!(wrong("ward/store/sqlite/open.rs", "use crate::cli;"), ["ward/store/sqlite/open.rs imports cli"]);
}

#[test]
fn no_sentence_is_made_in_the_engine() {
    let checked = files().into_iter().filter(|file| FIGURES.contains(&file.modules()[0]));
    let found: Vec<String> = checked.flat_map(|file| sentences(&file)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_sentence_is_seen() {
    let seen = |text: &str| sentences(&file("dosing/x.rs", text)).len();
    for text in [
        r#"fn f() -> String { format!("{n} is too {much}") }"#,
        r#"const A: &str = "on dialysis";"#,
        r##"fn f() { g(r#"to "the" ward"#) }"##,
        r#"fn f() { write!(f, "at least\n{x}").expect("a string") }"#,
        r#"impl fmt::Display for Reason { fn fmt() { f.write_str("breast-feeding patient") } }"#,
        r#"fn f() { match x { A => "not known", B => "" } }"#,
        r#"fn f() { g("Select a patient") }"#,
    ] {
        assert_eq!(seen(text), 1, "{text}");
    }
    for text in [
        r#"/// A doc comment of words.
           #[allow(x, reason = "one of each")] fn f() { g().expect("never here") } // "in a comment""#,
        r#"fn f() { assert!(a(b) > 0, "a fraction of {x}") }"#,
        r#"fn f() { match x { "on dialysis" => 1, "not known" | "at all" if y => 2, _ => 3 } }"#,
        r#"fn f() { x == "on dialysis" || x.strip_suffix(" mL or above").is_some() }"#,
        r#"vocabulary! { pub enum Rule { Table = "as printed", } }"#,
        r#"impl FromStr for Band { } impl fmt::Display for Band { fn fmt() { write!(f, "{} mL or above") } }"#,
        r#"fn f() { format!("{a} to {b} {unit}/{c}: {d}mg") }"#,
        r#"#[cfg(test)] mod tests { const A: &str = "on dialysis"; }"#,
        r#"fn f() { g("SELECT hash FROM event") + h("{} WHERE e.ward = :ward ORDER BY e.number") }"#,
    ] {
        assert_eq!(seen(text), 0, "{text}");
    }
}
