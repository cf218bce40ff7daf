//! How the output may look, by the settings of the environment.

use std::env;

/// A setting of the environment; nothing where it is empty, which says the same as not there.
#[expect(clippy::disallowed_methods, reason = "how the output looks, and nothing of what is computed")]
pub(super) fn environment(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether the terminal shows more than plain letters and signs.
pub(super) fn knows_more_than_ascii() -> bool {
    // Consoles of Windows do, and tell it by no variable.
    cfg!(windows) || is_utf8(["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(environment).as_deref())
}

/// Whether the locale that rules says UTF-8; where none is set, it is that of POSIX, which does not.
fn is_utf8(locale: Option<&str>) -> bool {
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_locale_that_says_so_gets_more_than_ascii() {
        for locale in ["de_DE.UTF-8", "C.utf8", "en_US.utf8@euro"] {
            assert!(is_utf8(Some(locale)), "{locale}");
        }
        for locale in [None, Some("C"), Some("POSIX"), Some("de_DE.ISO-8859-1"), Some("ja_JP.eucJP")] {
            assert!(!is_utf8(locale), "{locale:?}");
        }
    }
}
