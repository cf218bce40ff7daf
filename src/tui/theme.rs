//! The same colours and symbols for the same meaning everywhere, and never colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::regimen::Severity;

/// How the form looks on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used.
    pub colour: bool,
    /// Whether nothing but ASCII is drawn as frames and marks.
    pub ascii: bool,
}

impl Theme {
    /// Text as the terminal shows it.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// A heading.
    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What is chosen, or has the focus.
    pub fn focus(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The place where something is typed.
    pub fn entry(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// A key in a line of keys.
    pub fn key(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What is good.
    pub fn good(self) -> Style {
        self.on(Color::Green)
    }

    /// Something wrong beside a field.
    pub fn wrong(self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        if self.colour { style.fg(Color::Red) } else { style }
    }

    /// The word of a severity.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Stop => self.on(Color::Red),
            Severity::Confirm => self.on(Color::Yellow),
            Severity::Note => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    /// A word on a coloured ground, which is legible on light and dark screens; reversed without colour.
    fn on(self, ground: Color) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match ground {
            _ if !self.colour => bold.add_modifier(Modifier::REVERSED),
            Color::Red => bold.bg(Color::Red).fg(Color::White),
            _ => bold.bg(ground).fg(Color::Black),
        }
    }

    /// One of two symbols: as it should be, or in ASCII.
    pub fn symbol(self, symbol: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { symbol }
    }
}
