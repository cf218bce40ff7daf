//! The key bar: two lines, those of this screen and those of every screen, from the one table of keys.

use ratatui::text::Span;

use super::{
    super::{
        App,
        command::Command,
        keys::{Bar, Binding},
        text::width,
    },
    TWO,
};

impl App {
    /// The keys, on two lines: those of this screen, then those of every screen. Each with the command of a click.
    /// Where there is no room, the longest say in a word what they do.
    pub(super) fn key_lines(&self, columns: usize) -> [Vec<ShownKey>; 2] {
        let bindings: Vec<Binding> = self.bindings().into_iter().filter(|it| it.bar != Bar::Help).collect();
        laid_out(&bindings, columns, false)
            .or_else(|| laid_out(&bindings, columns, true))
            .unwrap_or_else(|| as_many_as_fit(&bindings, columns))
            .map(|line| line.into_iter().map(|(binding, does)| self.shown_key(binding, does)).collect())
    }

    fn shown_key(&self, binding: &Binding, does: &str) -> ShownKey {
        let key = Span::styled(format!(" {}", binding.shown), self.theme.bold());
        let command = binding.keys.first().filter(|_| binding.keys.len() <= 2).map(|(_, command)| *command);
        ShownKey { spans: vec![key, Span::raw(format!(" {does}  "))], command }
    }
}

/// A key in the key bar, with the command of a click on it.
pub(super) struct ShownKey {
    pub(super) spans: Vec<Span<'static>>,
    pub(super) command: Option<Command>,
}

/// The keys on two lines, each with what it does; none where they do not fit. In a wide window the keys of every screen
/// have a line of their own.
pub(in crate::tui) fn laid_out<C>(
    bindings: &[Binding<C>],
    columns: usize,
    briefly: bool,
) -> Option<[Vec<(&Binding<C>, &str)>; 2]> {
    let mut lines = [Vec::new(), Vec::new()];
    let mut used = [0_usize; 2];
    let mut at = 0;
    let own = bindings.iter().filter(|it| it.bar == Bar::Own);
    let common = bindings.iter().filter(|it| it.bar == Bar::Common);
    for binding in own.chain(common) {
        let does = binding.brief.filter(|_| briefly).unwrap_or(&binding.does);
        let needed = 1 + width(&binding.shown) + 1 + width(does) + 2;
        let is_common = binding.bar == Bar::Common && columns >= usize::from(TWO);
        // The two blanks after the last one need no room.
        if at == 0 && (is_common || used[0] + needed > columns + 2) {
            at = 1;
        }
        if used[at] + needed > columns + 2 {
            return None;
        }
        used[at] += needed;
        lines[at].push((binding, does));
    }
    Some(lines)
}

/// The keys that fit on two lines of a narrow window, those of every screen first.
pub(in crate::tui) fn as_many_as_fit<C: Clone>(
    bindings: &[Binding<C>],
    columns: usize,
) -> [Vec<(&Binding<C>, &str)>; 2] {
    let mut order: Vec<&Binding<C>> = bindings.iter().collect();
    order.sort_by_key(|binding| binding.bar != Bar::Common);
    let mut kept: Vec<Binding<C>> = Vec::new();
    for binding in order {
        kept.push(binding.clone());
        if laid_out(&kept, columns, true).is_none() {
            kept.pop();
        }
    }
    let is_kept = |it: &&Binding<C>| kept.iter().any(|kept| kept.shown == it.shown && kept.does == it.does);
    let mut lines = [Vec::new(), Vec::new()];
    let mut used = [0; 2];
    for binding in bindings.iter().filter(is_kept) {
        let does = binding.brief.unwrap_or(&binding.does);
        let needed = width(&binding.shown) + width(does) + 4;
        let at = usize::from(used[0] + needed > columns + 2 || used[1] > 0);
        used[at] += needed;
        lines[at].push((binding, does));
    }
    lines
}
