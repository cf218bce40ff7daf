//! The sheets of paper as they are laid out: texts and rules in their places, before they become a PDF.
//!
//! Lengths are whole hundredths of a point, so that the same plan is laid out alike on every machine.

use std::fmt;

use clap::ValueEnum;

/// A length in hundredths of a point; from the left, and from the top downwards.
pub type Length = i32;

/// A point.
pub(super) const POINT: Length = 100;
/// A millimetre.
pub(super) const MILLIMETRE: Length = 283;

/// The size of the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 210 × 297 mm
    #[default]
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl Paper {
    /// The width.
    pub fn width(self) -> Length {
        match self {
            Self::A4 => 59_528,
            Self::Letter => 61_200,
        }
    }

    /// The height.
    pub fn height(self) -> Length {
        match self {
            Self::A4 => 84_189,
            Self::Letter => 79_200,
        }
    }

    /// The margin on the left and on the right: wide enough for the holes of a folder, on the front and on the back.
    pub fn side(self) -> Length {
        17 * MILLIMETRE
    }

    /// The margin at the top and at the bottom.
    pub fn margin(self) -> Length {
        8 * MILLIMETRE
    }

    /// The width between the margins.
    pub(super) fn measure(self) -> Length {
        self.width() - 2 * self.side()
    }
}

/// The cut of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For reading.
    Regular,
    /// For what must be seen first.
    Bold,
}

/// How a text looks: its cut, its size, and the height of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The cut.
    pub style: Style,
    /// The size.
    pub size: Length,
    /// The height of a line.
    pub line: Length,
}

const fn look(style: Style, size: Length, line: Length) -> Look {
    Look { style, size, line }
}

/// The title of a part.
pub(super) const TITLE: Look = look(Style::Bold, 1900, 2300);
/// The dose.
pub(super) const DOSE: Look = look(Style::Bold, 2400, 2800);
/// What must be seen at once: the name, the allergies, a mark.
pub(super) const LARGE: Look = look(Style::Bold, 1300, 1600);
/// A heading.
pub(super) const HEADING: Look = look(Style::Bold, 1100, 1300);
/// What is done, and when.
pub(super) const FIGURE: Look = look(Style::Bold, 1100, 1350);
/// Bold text.
pub(super) const STRONG: Look = look(Style::Bold, 1000, 1200);
/// Text.
pub(super) const BODY: Look = look(Style::Regular, 950, 1120);
/// What a patient reads at home.
pub(super) const HANDED_OVER: Look = look(Style::Regular, 1150, 1600);
/// Labels, the cells of the visits, and what is at the edges of the page.
pub(super) const LABEL: Look = look(Style::Regular, 950, 1120);
/// The head of a column, and what must be seen in a cell.
pub(super) const CELL: Look = look(Style::Bold, 950, 1120);

impl Look {
    /// The baseline, below the top of a line of text.
    pub(super) fn baseline(self) -> Length {
        (self.line - self.size) / 2 + self.size * 4 / 5
    }
}

/// What a text is to a reader who hears the page instead of seeing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is at the edge of every page: not read again on each.
    Edge,
    /// The title of a part.
    Title,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A point of a list.
    Point,
    /// The label that begins a row of a table.
    RowHead,
    /// The head of a column.
    ColumnHead,
    /// A cell of the row that has begun.
    Cell,
    /// A further line of the text before it.
    Continued,
}

/// A text on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where it begins.
    pub left: Length,
    /// Where its line begins.
    pub top: Length,
    /// How wide it is.
    pub width: Length,
    /// How it looks.
    pub look: Look,
    /// What it is.
    pub role: Role,
    /// What it says.
    pub text: String,
}

/// A black bar: a rule, or an edge of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Where it begins.
    pub left: Length,
    /// Where it begins.
    pub top: Length,
    /// How wide it is.
    pub width: Length,
    /// How high it is.
    pub height: Length,
}

/// Texts and rules: a page, or a part of one that stays together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// How high it is.
    pub height: Length,
    /// The texts, in the order in which they are read.
    pub texts: Vec<Placed>,
    /// The rules.
    pub bars: Vec<Bar>,
}

impl Page {
    /// Adds a bar.
    pub(super) fn bar(&mut self, left: Length, top: Length, width: Length, height: Length) {
        self.bars.push(Bar { left, top, width, height });
    }

    /// An empty box of this size, to be put in its place. The edges lie inside it.
    pub(super) fn frame(width: Length, height: Length, edge: Length) -> Page {
        let mut frame = Page { height, ..Page::default() };
        frame.bar(0, 0, width, edge);
        frame.bar(0, height - edge, width, edge);
        frame.bar(0, 0, edge, height);
        frame.bar(width - edge, 0, edge, height);
        frame
    }

    /// Puts a part in its place.
    pub(super) fn put(&mut self, part: &Page, left: Length, top: Length) {
        let moved = |it: &Placed| Placed { left: it.left + left, top: it.top + top, ..it.clone() };
        self.texts.extend(part.texts.iter().map(moved));
        let moved = |it: &Bar| Bar { left: it.left + left, top: it.top + top, ..*it };
        self.bars.extend(part.bars.iter().map(moved));
    }

    /// Puts a part below what is there.
    pub(super) fn add(&mut self, part: &Page) {
        self.put(part, 0, self.height);
        self.height += part.height;
    }

    /// Says what the text is that begins here.
    #[must_use]
    pub(super) fn begins(mut self, role: Role) -> Page {
        if let Some(first) = self.texts.first_mut() {
            first.role = role;
        }
        self
    }

    /// Takes all of it for what every page repeats.
    #[must_use]
    pub(super) fn repeated(mut self) -> Page {
        self.texts.iter_mut().for_each(|it| it.role = Role::Edge);
        self
    }

    /// Leaves room below what is there.
    #[must_use]
    pub(super) fn and_room(mut self, height: Length) -> Page {
        self.height += height;
        self
    }
}

/// The texts of a page from the top downwards, each with its place in points, its size and its cut.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Placed { left, top, look, text, .. } in &self.texts {
            let cut = if look.style == Style::Bold { 'b' } else { ' ' };
            let (left, top, size) = (left / POINT, top / POINT, look.size);
            writeln!(f, "{left:>4} {top:>4} {:>2}.{}{cut} {text}", size / POINT, size % POINT / 10)?;
        }
        writeln!(f, "{} rules", self.bars.len())
    }
}
