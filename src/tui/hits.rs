//! Where things lie on the screen that was drawn last: what a click marks or opens, and what the wheel scrolls.

use ratatui::layout::{Position, Rect};

use super::command::Command;
use crate::form::Field;

/// What a click does. It never acts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// Marks a row.
    Row(usize),
    /// Puts the cursor into a field.
    Field(Field),
    /// Goes somewhere, or opens something.
    Opens(Command),
}

/// The places of one drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    targets: Vec<(Rect, Target)>,
    panes: Vec<Pane>,
}

/// A column of lines that may be longer than the screen.
#[derive(Clone, Copy, Debug)]
struct Pane {
    area: Rect,
    /// How far the wheel can move it, up and down, from where it would be without the wheel.
    reach: (isize, isize),
    /// The furthest line that it can begin with.
    furthest: usize,
}

impl Hits {
    /// Forgets the drawing before.
    pub(super) fn clear(&mut self) {
        self.targets.clear();
        self.panes.clear();
    }

    /// Notes what a click here does.
    pub(super) fn add(&mut self, area: Rect, target: Target) {
        self.targets.push((area, target));
    }

    /// Notes a pane: the line it begins with without the wheel, and the furthest one.
    pub(super) fn add_pane(&mut self, area: Rect, first: usize, furthest: usize) {
        let signed = |lines: usize| isize::try_from(lines).unwrap_or(isize::MAX);
        let reach = (-signed(first), signed(furthest.saturating_sub(first)));
        self.panes.push(Pane { area, reach, furthest });
    }

    /// The furthest line that the first pane can begin with.
    pub(super) fn furthest(&self) -> Option<usize> {
        self.panes.first().map(|pane| pane.furthest)
    }

    /// How many panes there are.
    pub(super) fn panes(&self) -> usize {
        self.panes.len()
    }

    /// What lies under a place; what was drawn last lies on top.
    pub(super) fn at(&self, place: Position) -> Option<&Target> {
        self.targets.iter().rev().find(|(area, _)| area.contains(place)).map(|(_, target)| target)
    }

    /// The pane under a place, with how far it can be moved.
    pub(super) fn pane(&self, place: Position) -> Option<(usize, (isize, isize))> {
        let at = self.panes.iter().rposition(|pane| pane.area.contains(place))?;
        Some((at, self.panes[at].reach))
    }
}
