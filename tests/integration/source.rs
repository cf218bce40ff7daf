//! A reader of Rust that knows just enough of it to tell code from comments, attributes, literals and tests.

/// A name, a literal or a mark, without the code of tests and without attributes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    /// As it is written; a literal with its quotes.
    pub(crate) text: &'a str,
    /// Its line, from 1.
    pub(crate) line: usize,
}

impl Token<'_> {
    /// Whether it is a literal text.
    pub(crate) fn is_text(self) -> bool {
        self.text.ends_with(['"', '#']) && self.text.len() > 1
    }
}

/// The code of a file but for its tests and its attributes.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    without_tests(&all(source))
}

fn all(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while at < source.len() {
        let rest = &source[at..];
        let length = length(rest);
        let text = &rest[..length];
        if !text.starts_with(char::is_whitespace) && !text.starts_with("//") && !text.starts_with("/*") {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        at += length;
    }
    tokens
}

/// The length of what a source begins with.
fn length(source: &str) -> usize {
    let until = |end: &str| source.find(end).map_or(source.len(), |at| at + end.len());
    let name = |c: char| c.is_alphanumeric() || c == '_';
    let first = source.chars().next().unwrap_or_default();
    if source.starts_with("//") {
        return source.find('\n').unwrap_or(source.len());
    }
    if source.starts_with("/*") {
        return until("*/");
    }
    let prefix = source.len() - source.trim_start_matches(['b', 'r', 'c']).len();
    let quoted = &source[prefix..];
    let marks = quoted.len() - quoted.trim_start_matches('#').len();
    if prefix <= 2 && quoted[marks..].starts_with('"') {
        let raw = source[..prefix].contains('r');
        if raw {
            let end = format!("\"{}", "#".repeat(marks));
            let from = prefix + marks + 1;
            return source[from..].find(&end).map_or(source.len(), |at| from + at + end.len());
        }
        if marks == 0 {
            return prefix + escaped(quoted, '"');
        }
    }
    if quoted.starts_with('\'') && prefix <= 1 {
        let is_char = quoted[1..].starts_with('\\') || quoted.chars().nth(2) == Some('\'');
        return prefix + if is_char { escaped(quoted, '\'') } else { 1 };
    }
    if name(first) {
        return source.find(|c| !name(c)).unwrap_or(source.len());
    }
    if first.is_whitespace() {
        return source.find(|c: char| !c.is_whitespace()).unwrap_or(source.len());
    }
    let pairs = ["::", "=>", "==", "!=", "->"];
    pairs.iter().find(|pair| source.starts_with(**pair)).map_or(first.len_utf8(), |pair| pair.len())
}

/// The length of a literal that begins and ends with `quote`, where `\` escapes.
fn escaped(source: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in source.char_indices().skip(1) {
        if c == quote && !is_escaped {
            return at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    source.len()
}

fn without_tests<'a>(all: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept = Vec::with_capacity(all.len());
    let mut at = 0;
    while at < all.len() {
        let is_attribute = all[at].text == "#" && all.get(at + 1).is_some_and(|it| matches!(it.text, "[" | "!"));
        if !is_attribute {
            kept.push(all[at]);
            at += 1;
            continue;
        }
        let end = closing(all, at, "[", "]");
        let of_tests = ["cfg", "test"].iter().all(|name| all[at..end].iter().any(|it| it.text == *name));
        at = if of_tests { item(all, end) } else { end };
    }
    kept
}

/// The end of the item that begins here.
fn item(all: &[Token<'_>], from: usize) -> usize {
    let opens = all[from..].iter().position(|it| matches!(it.text, "{" | ";")).map_or(all.len(), |at| from + at);
    if all.get(opens).is_some_and(|it| it.text == "{") { closing(all, opens, "{", "}") } else { opens + 1 }
}

/// What follows the bracket that closes the first one from here.
fn closing(all: &[Token<'_>], from: usize, open: &str, close: &str) -> usize {
    let mut depth = 0;
    for (at, token) in all.iter().enumerate().skip(from) {
        if token.text == open {
            depth += 1;
        } else if token.text == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    all.len()
}
