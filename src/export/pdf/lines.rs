//! Texts as lines of a given width, in which a number never parts from its unit and nothing is cut off.

use super::{
    font::{Type, letters},
    sheet::{CELL, HEADING, LABEL, Length, Look, MILLIMETRE, POINT, Page, Placed, Role},
};
use crate::{export::Refused, words::line_breaks::pieces};

/// Space between a box and its content.
pub(super) const PADDING: Length = 4 * POINT;
/// The width of the column of labels.
const LABELS: Length = 106 * POINT;
/// The room between two facts on a line.
const BETWEEN: Length = 14 * POINT;
/// How far a point of a list is moved in.
pub(super) const POINTS: Length = 10 * POINT;
/// The height of a box that is written into by hand.
const BOX: Length = 8 * MILLIMETRE;
/// The edge of such a box.
const EDGE: Length = POINT * 3 / 4;

/// Sets text into lines.
pub(super) struct Setter<'a> {
    /// The font.
    pub(super) fonts: &'a Type<'a>,
    /// The width between the margins.
    pub(super) measure: Length,
}

impl Setter<'_> {
    /// A text on one line, however long it is.
    fn line(&self, text: &str, look: Look, left: Length) -> Result<Page, Refused> {
        let width = self.fonts.width(text, look)?;
        let placed = Placed { left, top: 0, width, look, role: Role::Continued, text: text.to_owned() };
        Ok(Page { height: look.line, texts: vec![placed], bars: Vec::new() })
    }

    /// A text in lines of a width, as a paragraph.
    pub(super) fn lines(&self, text: &str, look: Look, left: Length, width: Length) -> Result<Vec<Page>, Refused> {
        let lines = self.wrap(text, look, width)?.into_iter().map(|line| self.line(&line, look, left));
        let lines: Result<Vec<Page>, Refused> = lines.collect();
        Ok(begin(lines?, Role::Paragraph))
    }

    /// A text in lines of a width, as one part.
    pub(super) fn block(&self, text: &str, look: Look, left: Length, width: Length) -> Result<Page, Refused> {
        Ok(stacked(&self.lines(text, look, left, width)?))
    }

    /// A text in lines from margin to margin.
    pub(super) fn text(&self, text: &str, look: Look) -> Result<Vec<Page>, Refused> {
        self.lines(text, look, 0, self.measure)
    }

    /// A text that ends at the right margin, on the last line of another text if it fits there, and else below it.
    pub(super) fn beside(&self, mut lines: Vec<Page>, text: &str, look: Look) -> Result<Vec<Page>, Refused> {
        let beside = self.to_the_right(text, look)?;
        let begins = beside.texts.iter().map(|it| it.left).min().unwrap_or_default();
        match lines.last_mut() {
            Some(last) if last.texts.iter().all(|it| it.left + it.width + 4 * PADDING <= begins) => {
                // Both are on the same line, whatever their sizes.
                let lower = last.texts.iter().map(|it| it.look.baseline()).max().unwrap_or_default() - look.baseline();
                last.put(&beside, 0, lower.max(0));
                last.height = last.height.max(lower.max(0) + beside.height);
            }
            _ => lines.extend(self.lines(text, look, 0, self.measure)?),
        }
        Ok(lines)
    }

    /// A text that ends at the right margin, on one line.
    pub(super) fn to_the_right(&self, text: &str, look: Look) -> Result<Page, Refused> {
        let mut line = self.line(text, look, 0)?.begins(Role::Paragraph);
        for placed in &mut line.texts {
            placed.left = self.measure - placed.width;
        }
        Ok(line)
    }

    /// A label with its value.
    pub(super) fn row(&self, label: &str, value: &str, look: Look) -> Result<Vec<Page>, Refused> {
        let mut lines = begin(self.lines(value, look, LABELS, self.measure - LABELS)?, Role::Cell);
        let label = self.block(label, LABEL, 0, LABELS - PADDING)?.begins(Role::RowHead);
        if let Some(first) = lines.first_mut() {
            // Both are on the same line, whatever their sizes.
            let lower = look.baseline() - LABEL.baseline();
            let mut labelled = Page { height: first.height.max(label.height + lower), ..Page::default() };
            labelled.put(&label, 0, lower);
            labelled.put(first, 0, 0);
            *first = labelled;
        }
        Ok(lines)
    }

    /// Short facts, as many on a line as find room.
    pub(super) fn facts(&self, facts: &[(&str, String)]) -> Result<Vec<Page>, Refused> {
        let mut lines: Vec<Page> = Vec::new();
        let mut at = 0;
        for (label, value) in facts {
            let label = self.line(label, LABEL, 0)?.begins(Role::RowHead);
            let beside = label.texts.iter().map(|it| it.width).sum::<Length>() + PADDING;
            let mut value = begin(self.lines(value, CELL, beside, self.measure - beside)?, Role::Cell);
            let Some(first) = value.first_mut() else { continue };
            first.put(&label, 0, 0);
            // The label is read before its value.
            first.texts.rotate_right(1);
            let width = first.texts.iter().map(|it| it.left + it.width).max().unwrap_or_default();
            match (lines.last_mut(), value.as_slice()) {
                (Some(line), [only]) if at + BETWEEN + width <= self.measure => {
                    line.put(only, at + BETWEEN, 0);
                    at += BETWEEN + width;
                }
                _ => {
                    at = if value.len() == 1 { width } else { self.measure };
                    lines.extend(value);
                }
            }
        }
        Ok(lines)
    }

    /// A point of a list.
    pub(super) fn point(&self, text: &str, look: Look) -> Result<Vec<Page>, Refused> {
        let mut lines = begin(self.under_point(text, look)?, Role::Point);
        if let Some(first) = lines.first_mut() {
            let size = 3 * POINT;
            first.bar(2 * POINT, look.baseline() - look.size / 3 - size / 2, size, size);
        }
        Ok(lines)
    }

    /// A remark on the point above it.
    pub(super) fn under_point(&self, text: &str, look: Look) -> Result<Vec<Page>, Refused> {
        Ok(begin(self.lines(text, look, POINTS, self.measure - POINTS)?, Role::Continued))
    }

    /// A heading with a rule below it.
    pub(super) fn heading(&self, text: &str) -> Result<Page, Refused> {
        Ok(self.ruled(self.text(text, HEADING)?))
    }

    /// The same with a remark at its right.
    pub(super) fn heading_with(&self, text: &str, remark: &str) -> Result<Page, Refused> {
        Ok(self.ruled(self.beside(self.text(text, HEADING)?, remark, LABEL)?))
    }

    fn ruled(&self, lines: Vec<Page>) -> Page {
        let mut heading = stacked(&begin(lines, Role::Heading));
        heading.bar(0, heading.height, self.measure, POINT * 3 / 4);
        heading.and_room(2 * POINT)
    }

    /// Boxes side by side in which something is written by hand, each with its label and its share of the width. The
    /// label is beside what is written, so that a box is no higher than it must be.
    pub(super) fn boxes(&self, labelled: &[(&str, Length)], left: Length) -> Result<Page, Refused> {
        let width = self.measure - left;
        let shares: Length = labelled.iter().map(|(_, share)| share).sum();
        let mut boxes = Page::frame(width, BOX, EDGE);
        let (mut taken, mut at) = (0, 0);
        for (label, share) in labelled {
            taken += share;
            let end = width * taken / shares;
            let label = self.block(label, LABEL, left + at + PADDING, (end - at) / 2)?;
            boxes.put(&label, 0, (BOX - label.height) / 2);
            boxes.bar(at, 0, EDGE, BOX);
            at = end;
        }
        boxes.bars.iter_mut().for_each(|bar| bar.left += left);
        Ok(boxes)
    }

    /// The lines of a text: broken between words, and inside a word only where it alone is too long.
    fn wrap(&self, text: &str, look: Look, width: Length) -> Result<Vec<String>, Refused> {
        let fits = |line: &str| Ok::<bool, Refused>(self.fonts.width(line, look)? <= width);
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for piece in pieces(text) {
            for part in if fits(piece)? { vec![piece.to_owned()] } else { self.parted(piece, look, width)? } {
                let longer = if line.is_empty() { part.clone() } else { format!("{line} {part}") };
                if fits(&longer)? {
                    line = longer;
                } else {
                    lines.push(std::mem::replace(&mut line, part));
                }
            }
        }
        lines.push(line);
        Ok(lines)
    }

    /// A piece that is too long for a line, in words, and those that are too long in parts.
    fn parted(&self, piece: &str, look: Look, width: Length) -> Result<Vec<String>, Refused> {
        let mut parts = Vec::new();
        for word in piece.split_whitespace() {
            let mut part = String::new();
            for letter in letters(word).into_iter().map(|range| &word[range]) {
                let longer = format!("{part}{letter}");
                if !part.is_empty() && self.fonts.width(&longer, look)? > width {
                    parts.push(std::mem::replace(&mut part, letter.to_owned()));
                } else {
                    part = longer;
                }
            }
            parts.push(part);
        }
        Ok(parts)
    }
}

/// Lines that begin as this.
pub(super) fn begin(mut lines: Vec<Page>, role: Role) -> Vec<Page> {
    if let Some(first) = lines.first_mut() {
        *first = std::mem::take(first).begins(role);
    }
    lines
}

/// Lines as one part.
pub(super) fn stacked(lines: &[Page]) -> Page {
    let mut whole = Page::default();
    for line in lines {
        whole.add(line);
    }
    whole
}

/// Lines in a box from margin to margin. Each draws its own part of the edges, so that the box may go on to the
/// next page.
pub(super) fn framed(lines: &[Page], width: Length, edge: Length) -> Vec<Page> {
    let last = lines.len().saturating_sub(1);
    let part = |(at, line): (usize, &Page)| {
        let above = if at == 0 { edge + PADDING } else { 0 };
        let below = if at == last { edge + PADDING } else { 0 };
        let mut part = Page { height: above + line.height + below, ..Page::default() };
        part.put(line, edge + 2 * PADDING, above);
        part.bar(0, 0, edge, part.height);
        part.bar(width - edge, 0, edge, part.height);
        if at == 0 {
            part.bar(0, 0, width, edge);
        }
        if at == last {
            part.bar(0, part.height - edge, width, edge);
        }
        part
    };
    lines.iter().enumerate().map(part).collect()
}

/// The width that remains inside a box.
pub(super) fn inside(width: Length, edge: Length) -> Length {
    width - 2 * (edge + 2 * PADDING)
}
