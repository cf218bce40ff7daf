//! The environment variables that decide how output looks.

use std::env;

/// An environment variable; none if it is empty.
#[expect(clippy::disallowed_methods, reason = "how the output looks, and nothing of what is computed")]
pub(super) fn environment(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether the terminal shows more than ASCII.
pub(super) fn knows_more_than_ascii() -> bool {
    // Windows consoles do, without a variable that says so.
    cfg!(windows) || is_utf8(["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(environment).as_deref())
}

/// Whether the locale is UTF-8. With none set, the locale is that of POSIX, which is not.
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
