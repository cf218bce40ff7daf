//! The keys of each screen: entries, drugs, visits, pages of the plan.

use crossterm::event::KeyCode;

use super::{
    super::{
        App,
        command::Command,
        screen::{Page, Screen},
        words,
    },
    Binding, Press, key, letter, own, to_neighbours,
};
use crate::form::{Field, Kind, Step};

impl App {
    pub(super) fn keys_of_entries(&self, step: Step) -> Vec<Binding> {
        let leads = key(KeyCode::Enter, "Enter", Command::Walk, self.where_enter_leads());
        let mut keys = vec![leads.briefly(words::NEXT_OPEN)];
        keys.extend(self.keys_of_field(self.field));
        keys.push(to_neighbours("Tab", words::NEXT_ROW));
        keys.extend(self.keys_to_neighbours(step));
        keys
    }

    /// The keys of the field in hand, where it is not typed.
    pub(super) fn keys_of_field(&self, field: Field) -> Vec<Binding> {
        let options = self.form.options(field);
        let choose = options.iter().map(|it| (Press::Letter(it.key), Command::Choose(it.key)));
        let letters = words::letters(&options);
        match field.kind() {
            Kind::One => vec![
                own(choose, letters, words::CHOOSE),
                own(
                    [
                        (Press::Key(KeyCode::Right), Command::ChoiceAfter),
                        (Press::Key(KeyCode::Left), Command::ChoiceBefore),
                        (Press::Key(KeyCode::Char(' ')), Command::ChoiceAfter),
                        (Press::Key(KeyCode::Backspace), Command::Clear),
                        (Press::Key(KeyCode::Delete), Command::Clear),
                    ],
                    words::ARROWS,
                    words::CHOOSE,
                )
                .in_help(),
            ],
            Kind::Many => vec![
                own(choose, letters, words::MARK),
                own(
                    [
                        (Press::Key(KeyCode::Right), Command::ChoiceAfter),
                        (Press::Key(KeyCode::Left), Command::ChoiceBefore),
                        (Press::Key(KeyCode::Char(' ')), Command::MarkHere),
                    ],
                    "Space",
                    words::MARK_HERE,
                ),
            ],
            _ => match self.form.offer(field) {
                Some(offer) if self.form.text(field).is_empty() => {
                    let take = (Press::Ctrl('t'), Command::TakeOffer);
                    let today = self.offers_today(&offer);
                    let keys = today.then_some((Press::Letter('t'), Command::TakeOffer)).into_iter().chain([take]);
                    vec![own(keys, if today { "t" } else { "Ctrl+T" }, words::takes(&offer, today))]
                }
                _ => Vec::new(),
            },
        }
    }

    /// Whether today is offered. `t` is today, and never another day.
    pub(in crate::tui) fn offers_today(&self, offer: &str) -> bool {
        crate::quantity::parse_date(offer) == Some(self.form.today())
    }

    /// The steps before and after.
    fn keys_to_neighbours(&self, step: Step) -> Vec<Binding> {
        let after = step
            .next()
            .map(|next| key(KeyCode::PageDown, "PgDn", Command::Go(self.screen_of(next)), words::step_name(next)));
        let before = step
            .before()
            .map(|before| key(KeyCode::PageUp, "PgUp", Command::Go(self.screen_of(before)), words::step_name(before)));
        after.into_iter().chain(before).collect()
    }

    pub(in crate::tui) fn keys_of_rows(what: &'static str) -> Binding {
        own(
            [
                (Press::Key(KeyCode::Down), Command::RowAfter),
                (Press::Key(KeyCode::Up), Command::RowBefore),
                (Press::Key(KeyCode::Home), Command::FirstRow),
                (Press::Key(KeyCode::End), Command::LastRow),
            ],
            words::UP_DOWN,
            what,
        )
    }

    pub(super) fn keys_of_drugs(&self) -> Vec<Binding> {
        let mut keys = Vec::new();
        if let Some((_, name, may)) = self.drug_in_hand() {
            keys.push(Self::keys_of_rows(words::A_DRUG));
            let takes = words::takes_drug(&name, may);
            keys.push(key(KeyCode::Enter, "Enter", Command::TakeDrug, takes).briefly(words::takes_it(may)));
        }
        keys.extend(self.keys_to_neighbours(Step::Drug));
        keys
    }

    pub(super) fn keys_of_visits(&self) -> Vec<Binding> {
        let mut keys = Vec::new();
        if !self.visits().is_empty() {
            keys.push(Self::keys_of_rows(words::A_VISIT));
            keys.push(letter('m', Command::Month, if self.month { words::AS_LIST } else { words::AS_MONTHS }));
        }
        let course = letter('i', Command::Go(Screen::Entry(Step::Schedule)), words::COURSE_AND_CLINIC);
        keys.push(course.briefly(words::COURSE_IN_SHORT));
        keys.push(letter('w', Command::OpenWard, words::WARD));
        keys.extend(self.keys_to_neighbours(Step::Schedule));
        keys
    }

    pub(super) fn keys_of_page(&self, page: Page) -> Vec<Binding> {
        let mut keys = Vec::new();
        let has_plan = self.form.plan().is_some();
        match page {
            Page::Card if !has_plan => {
                keys.push(Self::keys_of_rows(words::AN_OPEN_ENTRY));
                keys.push(key(KeyCode::Enter, "Enter", Command::EditHere, words::GO_THERE));
            }
            Page::Card => keys.extend(self.confirm_key(words::CONFIRM_FIRST)),
            Page::Findings => {
                keys.extend(self.confirm_key(words::CONFIRM_MARKED));
                keys.extend(self.to_withdraw_here().map(|code| letter('t', Command::Withdraw(code), words::WITHDRAW)));
                if self.entry_of_finding().is_some() {
                    keys.push(letter('e', Command::EditHere, words::GO_TO_ENTRY));
                }
            }
            Page::Dates => {
                if !self.visits().is_empty() {
                    keys.push(letter('m', Command::Month, if self.month { words::AS_LIST } else { words::AS_MONTHS }));
                }
            }
            Page::Why => keys.push(own(
                [(Press::Key(KeyCode::Tab), Command::RowAfter), (Press::Key(KeyCode::BackTab), Command::RowBefore)],
                "Tab",
                words::NEXT_QUESTION,
            )),
            Page::Checks => {}
        }
        if has_plan {
            #[cfg(feature = "ward")]
            if self.in_register {
                keys.push(letter('a', Command::AddToWard, words::INTO_REGISTER));
            }
            keys.push(letter('k', Command::OpenSecondCheck, words::SECOND_CHECK));
            keys.push(letter('s', Command::Save, words::SAVE));
            keys.push(letter('p', Command::OpenExport, words::EXPORT));
            keys.push(letter('v', Command::NextVisit, words::NEXT_VISIT));
        }
        if !keys.iter().any(|binding| binding.shown == "e") {
            keys.push(letter('e', Command::Edit, words::CHANGE_ENTRIES));
        }
        keys.push(own(Self::keys_of_tabs(page), words::LEFT_RIGHT, words::PAGE).common());
        keys.extend(self.keys_of_lines(page));
        keys
    }

    /// The first finding that is open, or the marked one, where it can be confirmed.
    fn confirm_key(&self, does: &'static str) -> Option<Binding> {
        self.to_confirm_here().map(|code| letter('c', Command::OpenConfirm(code), does))
    }

    fn keys_of_tabs(page: Page) -> Vec<(Press, Command)> {
        let to = |page| Command::Go(Screen::Plan(page));
        let mut keys: Vec<_> = ('1'..).zip(Page::ALL).map(|(digit, it)| (Press::Letter(digit), to(it))).collect();
        let after = Page::ALL.get(page.index() + 1).map(|it| to(*it));
        let before = page.index().checked_sub(1).map(|at| to(Page::ALL[at]));
        keys.push((Press::Key(KeyCode::Right), after.unwrap_or(Command::Say(words::LAST_PAGE))));
        keys.push((Press::Key(KeyCode::Left), before.unwrap_or(Command::Say(words::FIRST_PAGE))));
        if page != Page::Why {
            let command = |at: usize| keys[at].1;
            let (next, previous) = (command(Page::ALL.len()), command(Page::ALL.len() + 1));
            keys.push((Press::Key(KeyCode::Tab), next));
            keys.push((Press::Key(KeyCode::BackTab), previous));
        }
        keys
    }

    /// The keys that go through the lines or the rows of a page.
    fn keys_of_lines(&self, page: Page) -> Vec<Binding> {
        let lines = own(
            [(Press::Key(KeyCode::PageDown), Command::LinesAfter), (Press::Key(KeyCode::PageUp), Command::LinesBefore)],
            "PgDn PgUp",
            words::MORE_LINES,
        )
        .common();
        let rows = match page {
            Page::Card if self.form.plan().is_none() => return Vec::new(),
            Page::Card | Page::Checks => words::A_LINE,
            Page::Findings => words::A_FINDING,
            Page::Dates => words::A_VISIT,
            Page::Why => {
                let scroll = own(
                    [(Press::Key(KeyCode::Down), Command::LineAfter), (Press::Key(KeyCode::Up), Command::LineBefore)],
                    words::UP_DOWN,
                    words::SCROLL,
                );
                return vec![scroll.common(), lines.in_help()];
            }
        };
        vec![Self::keys_of_rows(rows).common(), lines.in_help()]
    }
}
