//! The keys of what lies over a screen: reasons, help, places, dialogs, questions.

use crossterm::event::KeyCode;

use super::{
    super::{
        App,
        command::Command,
        screen::{Asks, Over},
        ward::WardForm,
        words,
    },
    Binding, Press, key, letter, own, to_neighbours,
};

impl App {
    pub(in crate::tui) fn keys_over(&self, over: &Over) -> Vec<Binding> {
        match over {
            Over::Why(_) => vec![
                own(
                    [(Press::Key(KeyCode::Tab), Command::RowAfter), (Press::Key(KeyCode::BackTab), Command::RowBefore)],
                    "Tab",
                    words::NEXT_QUESTION,
                ),
                Self::scroll_keys(),
                own(
                    [(Press::Key(KeyCode::Esc), Command::Back), (Press::Key(KeyCode::F(2)), Command::Back)],
                    "Esc",
                    words::BACK_THERE,
                )
                .common(),
                key(KeyCode::F(1), "F1", Command::Help, words::HELP).common(),
            ],
            Over::Help { .. } => vec![Self::scroll_keys(), esc(words::BACK_THERE)],
            Over::GoTo { .. } => vec![
                to_neighbours(words::UP_DOWN, words::A_PLACE),
                key(KeyCode::Enter, "Enter", Command::GoThere, words::GO_THERE),
                esc(words::BACK),
                key(KeyCode::F(1), "F1", Command::Help, words::HELP).common(),
            ],
            Over::Confirm { code, at } => {
                let mut keys = Self::keys_of_dialog(*at, 2);
                if *at == 2 {
                    keys.push(letter('c', Command::Confirm(*code), words::CONFIRM_IT));
                }
                keys.push(key(KeyCode::F(2), "F2", Command::Why, words::WHY).common());
                keys.push(esc(words::BACK_NOTHING_WRITTEN));
                keys
            }
            Over::SecondCheck { at, .. } => {
                let fields = self.form.second_check_fields();
                let mut keys = Self::keys_of_dialog(*at, fields.len());
                match fields.get(*at) {
                    Some(field) => keys.extend(self.keys_of_field(*field)),
                    None => keys.push(letter('k', Command::Compare, words::COMPARE)),
                }
                keys.push(esc(words::LEAVE_SECOND_CHECK));
                keys
            }
            Over::Export { .. } => self.keys_of_export(),
            Over::FileName { acts, written, .. } => {
                let mut keys = Self::keys_of_dialog(usize::from(*acts), 1);
                if *acts {
                    keys.push(letter('s', Command::WriteFile(*written), words::SAVE));
                }
                keys.push(esc(words::BACK_NOTHING_WRITTEN));
                keys
            }
            Over::Exists { .. } | Over::StartInstead(_) | Over::Leave | Over::Leftovers { .. } => {
                self.keys_of_question(over)
            }
            Over::Ward(ward) => self.keys_of_ward(ward),
        }
    }

    /// The keys of the short questions, each answered by a letter.
    fn keys_of_question(&self, over: &Over) -> Vec<Binding> {
        match over {
            Over::Exists { written, may_replace, .. } => {
                let mut keys = Vec::new();
                if *may_replace {
                    keys.push(letter('r', Command::Replace(*written), words::REPLACE));
                }
                keys.push(letter('a', Command::SaveBeside(*written), words::ANOTHER_NAME));
                keys.push(esc(words::BACK_NOTHING_WRITTEN));
                keys
            }
            Over::StartInstead(day) => {
                vec![letter('t', Command::StartOn(*day), words::start_on(*day)), esc(words::KEEP_THE_DAY)]
            }
            Over::Leave => {
                let mut keys = vec![
                    letter('s', Command::Save, words::SAVE_FIRST),
                    letter('q', Command::Quit { keep: true }, words::keep_and_quit(self.keeps_drafts)),
                    letter('d', Command::Quit { keep: false }, words::DELETE_AND_QUIT),
                    esc(words::STAY),
                ];
                if self.form.plan().is_none() {
                    keys.remove(0);
                }
                keys
            }
            Over::Leftovers { asks: Asks::Nothing, .. } => vec![
                Self::keys_of_rows(words::AN_ENTRY),
                key(KeyCode::Enter, "Enter", Command::TakeUp, words::CONTINUE),
                letter('n', Command::Back, words::NEW_PATIENT),
                letter('d', Command::AskToDelete, words::DELETE),
                letter('o', Command::AskToClear, words::CLEAR_OLD),
                esc(words::NEW_PATIENT),
            ],
            Over::Leftovers { asks: Asks::Delete, .. } => {
                vec![letter('x', Command::Discard, words::DELETE_FOR_GOOD), esc(words::BACK_NOTHING_DELETED)]
            }
            Over::Leftovers { asks: Asks::ClearOld, .. } => {
                vec![letter('x', Command::ClearDrafts, words::CLEAR_FOR_GOOD), esc(words::BACK_NOTHING_DELETED)]
            }
            _ => Vec::new(),
        }
    }

    fn keys_of_ward(&self, ward: &WardForm) -> Vec<Binding> {
        let rows = to_neighbours("Tab", words::NEXT_ROW);
        let at_save = ward.is_at_save(self.library);
        let does = if at_save { words::ACTS_BY_ITS_LETTER } else { words::NEXT_ROW };
        let mut keys = vec![key(KeyCode::Enter, "Enter", Command::Walk, does), rows];
        if at_save {
            keys.push(letter('s', Command::SaveWard, words::SAVE_SETTINGS));
        } else if !ward.is_typed(self.library) {
            let space = [
                (Press::Key(KeyCode::Char(' ')), Command::WardSwitch),
                (Press::Key(KeyCode::Right), Command::WardSwitch),
            ];
            keys.push(own(space, "Space", words::SWITCH));
        }
        let page = |by: isize| match ward.page.beside(by) {
            Some(_) => Command::WardPage(by),
            None if by > 0 => Command::Say(words::LAST_PAGE),
            None => Command::Say(words::FIRST_PAGE),
        };
        keys.push(own([(Press::Key(KeyCode::PageDown), page(1))], "PgDn", words::NEXT_PAGE));
        keys.push(own([(Press::Key(KeyCode::PageUp), page(-1))], "PgUp", words::PAGE_BEFORE));
        keys.push(key(KeyCode::F(1), "F1", Command::Help, words::HELP).common());
        keys.push(key(KeyCode::Esc, "Esc", Command::Back, words::BACK_NOTHING_WRITTEN).common());
        keys
    }

    fn scroll_keys() -> Binding {
        own(
            [
                (Press::Key(KeyCode::Down), Command::LineAfter),
                (Press::Key(KeyCode::Up), Command::LineBefore),
                (Press::Key(KeyCode::PageDown), Command::LinesAfter),
                (Press::Key(KeyCode::PageUp), Command::LinesBefore),
            ],
            words::UP_DOWN,
            words::SCROLL,
        )
    }

    /// The keys from field to field of a dialog, whose last row acts.
    fn keys_of_dialog(at: usize, act: usize) -> Vec<Binding> {
        let does = if at < act { words::NEXT_FIELD } else { words::ACTS_BY_ITS_LETTER };
        vec![
            key(KeyCode::Enter, "Enter", Command::Walk, does),
            to_neighbours("Tab", words::A_FIELD),
            key(KeyCode::F(1), "F1", Command::Help, words::HELP).common(),
        ]
    }
}

/// Esc, which goes back.
fn esc(does: &'static str) -> Binding {
    key(KeyCode::Esc, "Esc", Command::Back, does).common()
}
