//! How things look: the colours of a role at each depth of colour, and signs with a form in ASCII.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// None: attributes alone.
    None,
    /// The sixteen colours of the terminal's palette.
    #[default]
    Sixteen,
    /// The 256 colours of the table.
    Indexed,
    /// Any colour.
    Full,
}

/// How the form looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// How many colours are used.
    pub depth: Depth,
    /// Whether signs and lines are drawn in ASCII. Units and names never are.
    pub ascii: bool,
}

/// What a badge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Stopped, or not possible.
    Stop,
    /// On hold.
    Hold,
    /// To be confirmed.
    Confirm,
    /// Something is open.
    NotYet,
    /// May be given, or confirmed.
    Go,
    /// For information.
    Note,
}

/// A sign of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Done, right.
    Done,
    /// Wrong, stopped.
    Wrong,
    /// Held.
    Held,
    /// To be confirmed.
    Confirm,
    /// Open.
    Open,
    /// More lines below.
    Below,
    /// More lines above.
    Above,
    /// Something was cut.
    Cut,
    /// Much alike, or much different from what was before.
    Near,
    /// A dose in the calendar.
    Dose,
    /// A check alone in the calendar.
    Check,
    /// A line across.
    Across,
    /// A line down.
    Down,
}

/// The corners and sides of a box: top left, across, top right, down, bottom left, bottom right.
pub(super) type Frame = [&'static str; 6];

/// Black and white letters at each depth.
const BLACK: [Color; 3] = [Color::Black, Color::Indexed(16), Color::Rgb(0, 0, 0)];
const WHITE: [Color; 3] = [Color::White, Color::Indexed(15), Color::Rgb(0xff, 0xff, 0xff)];

impl Theme {
    /// Text as the terminal shows it.
    #[expect(clippy::unused_self, reason = "a style is asked of the theme, whether or not it depends on the colours")]
    pub(super) fn plain(self) -> Style {
        Style::new()
    }

    /// A heading, the name of a key, or the dose.
    #[expect(clippy::unused_self, reason = "a style is asked of the theme, whether or not it depends on the colours")]
    pub(super) fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The place where something is typed.
    #[expect(clippy::unused_self, reason = "a style is asked of the theme, whether or not it depends on the colours")]
    pub(super) fn entry(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The row that is marked.
    pub(super) fn marked(self) -> Style {
        match self.depth {
            Depth::None | Depth::Sixteen => Style::new().add_modifier(Modifier::REVERSED),
            Depth::Indexed | Depth::Full => {
                self.on(BLACK, [Color::Cyan, Color::Indexed(153), Color::Rgb(0x9e, 0xcb, 0xff)])
            }
        }
    }

    /// Who the patient is.
    pub(super) fn banner(self) -> Style {
        if self.depth == Depth::None {
            return Style::new().add_modifier(Modifier::REVERSED);
        }
        self.on(WHITE, [Color::Blue, Color::Indexed(24), Color::Rgb(0x1f, 0x3a, 0x5f)])
    }

    /// The ground and letters of a badge.
    pub(super) fn badge(self, role: Role) -> Style {
        let bold = self.bold();
        if self.depth == Depth::None {
            return match role {
                Role::Stop | Role::Hold => bold.add_modifier(Modifier::REVERSED),
                Role::Confirm | Role::NotYet => bold.add_modifier(Modifier::UNDERLINED),
                Role::Go | Role::Note => bold,
            };
        }
        let (letters, grounds) = match role {
            Role::Stop => (WHITE, [Color::Red, Color::Indexed(124), Color::Rgb(0xb3, 0x26, 0x1e)]),
            Role::Hold => (
                [Color::White, Color::Indexed(16), Color::Rgb(0, 0, 0)],
                [Color::Magenta, Color::Indexed(208), Color::Rgb(0xe8, 0x78, 0x1e)],
            ),
            Role::Confirm | Role::NotYet => (BLACK, [Color::Yellow, Color::Indexed(220), Color::Rgb(0xf0, 0xc8, 0x4b)]),
            Role::Go => (BLACK, [Color::Cyan, Color::Indexed(79), Color::Rgb(0x4f, 0xc3, 0xa1)]),
            Role::Note => return bold,
        };
        self.on(letters, grounds).add_modifier(Modifier::BOLD)
    }

    /// The sign before something wrong.
    pub(super) fn wrong(self) -> Style {
        let red = [Color::Red, Color::Indexed(124), Color::Rgb(0xb3, 0x26, 0x1e)];
        match self.depth {
            Depth::None => self.bold(),
            _ => self.on(WHITE, red).add_modifier(Modifier::BOLD),
        }
    }

    /// A day on which the next dose is due.
    pub(super) fn next_dose(self) -> Style {
        self.badge(Role::Go)
    }

    fn on(self, letters: [Color; 3], grounds: [Color; 3]) -> Style {
        let at = match self.depth {
            Depth::None => return Style::new(),
            Depth::Sixteen => 0,
            Depth::Indexed => 1,
            Depth::Full => 2,
        };
        Style::new().fg(letters[at]).bg(grounds[at])
    }

    /// A sign, or its form in ASCII.
    pub(super) fn sign(self, sign: Sign) -> &'static str {
        let (drawn, ascii) = match sign {
            Sign::Done => ("✓", "+"),
            Sign::Wrong => ("✕", "X"),
            Sign::Held => ("‖", "="),
            Sign::Confirm => ("?", "?"),
            Sign::Open => ("·", "."),
            Sign::Below => ("▼", "v"),
            Sign::Above => ("▲", "^"),
            Sign::Cut => ("…", "~"),
            Sign::Near => ("≈", "~"),
            Sign::Dose => ("●", "*"),
            Sign::Check => ("○", "o"),
            Sign::Across => ("─", "-"),
            Sign::Down => ("│", "|"),
        };
        if self.ascii { ascii } else { drawn }
    }

    /// The box of the dose, and of nothing else.
    pub(super) fn double_box(self) -> Frame {
        if self.ascii { ["#", "=", "#", "#", "#", "#"] } else { ["╔", "═", "╗", "║", "╚", "╝"] }
    }

    /// The box of a dialog.
    pub(super) fn single_box(self) -> Frame {
        if self.ascii { ["+", "-", "+", "|", "+", "+"] } else { ["┌", "─", "┐", "│", "└", "┘"] }
    }
}

impl Role {
    /// The sign before its word.
    pub(super) fn sign(self) -> Option<Sign> {
        Some(match self {
            Self::Stop => Sign::Wrong,
            Self::Hold => Sign::Held,
            Self::Confirm => Sign::Confirm,
            Self::NotYet => Sign::Open,
            Self::Go => Sign::Done,
            Self::Note => return None,
        })
    }
}
