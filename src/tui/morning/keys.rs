//! The keys of the screens of a ward, and what each does now. The key bar, the help and the tests read this one table.

use crossterm::event::{KeyCode, KeyEvent};

use super::{
    super::{
        Effect,
        keys::{Binding, Press, key, letter, own},
        words,
    },
    Morning, Over, Place, Tab, is_enter, leave,
};
use crate::{
    morning::words as said,
    morning::{Badge, Deed, List},
    ward::fold::Status,
};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Do {
    /// To the row after or before.
    Row(isize),
    /// To the first or the last row.
    End(isize),
    /// To another list.
    List(isize),
    /// Letters go into what is looked for.
    Find,
    /// All are shown again.
    FindNot,
    /// The page of the patient.
    Open,
    /// The visit.
    Visit,
    /// The round.
    Round,
    /// To the patient before or after in the round.
    Neighbour(isize),
    /// A new patient.
    New,
    /// A made-up ward, to try the keys on.
    Example,
    /// A tab of the page.
    Tab(Tab),
    /// The next tab, or the one before.
    NextTab(isize),
    /// More lines.
    Lines(isize),
    /// To the next question that is open.
    Walk,
    /// Opens the questions again.
    Edit,
    /// Another plan.
    Replan,
    /// Opens an act.
    Begin(Deed),
    /// Does the act.
    Act,
    Why,
    Help,
    Back,
    Leave,
    Quit,
    Repaint,
    Suspend,
    /// Reads the list again.
    Read,
    Say(&'static str),
}

impl Do {
    /// Whether something is recorded or confirmed by it. That is done by a named letter alone.
    pub(super) fn acts(self) -> bool {
        self == Self::Act
    }
}

impl Morning {
    /// What a key does now; none where it does nothing, or is text.
    pub(super) fn command_of(&self, pressed: KeyEvent) -> Option<Do> {
        self.bindings().into_iter().flat_map(|it| it.keys).find(|(press, _)| press.is(pressed)).map(|(_, it)| it)
    }

    /// Every key that does something now.
    pub(super) fn bindings(&self) -> Vec<Binding<Do>> {
        let mut keys = match &self.over {
            Some(Over::Act(_)) => self.keys_of_act(),
            Some(Over::Why(_) | Over::Help(_)) => vec![
                own(
                    [(Press::Key(KeyCode::Down), Do::Row(1)), (Press::Key(KeyCode::Up), Do::Row(-1))],
                    words::UP_DOWN,
                    words::SCROLL,
                ),
                own(
                    [(Press::Key(KeyCode::PageDown), Do::Lines(15)), (Press::Key(KeyCode::PageUp), Do::Lines(-15))],
                    "PgDn PgUp",
                    words::MORE_LINES,
                ),
                key(KeyCode::Esc, "Esc", Do::Back, words::BACK),
            ],
            Some(Over::Leave) => {
                vec![letter('q', Do::Quit, words::LEAVE_NOW), key(KeyCode::Esc, "Esc", Do::Back, words::BACK)]
            }
            None => self.bindings_of_place(),
        };
        keys.push(own([(Press::Ctrl('q'), Do::Leave), (Press::Ctrl('c'), Do::Leave)], "Ctrl+Q", words::QUIT).in_help());
        keys.push(own([(Press::Ctrl('l'), Do::Repaint)], "Ctrl+L", words::REDRAW).in_help());
        keys.push(own([(Press::Ctrl('z'), Do::Suspend)], "Ctrl+Z", words::SUSPEND).in_help());
        keys
    }

    /// The keys of the screen, whatever lies over it.
    pub(super) fn bindings_of_place(&self) -> Vec<Binding<Do>> {
        match &self.place {
            Place::Home => self.keys_of_home(),
            Place::Patient(_) => self.keys_of_patient(),
            Place::Visit(_) => self.keys_of_visit(),
        }
    }

    fn up_down(what: &'static str) -> Binding<Do> {
        let keys = [
            (Press::Key(KeyCode::Down), Do::Row(1)),
            (Press::Key(KeyCode::Up), Do::Row(-1)),
            (Press::Key(KeyCode::Home), Do::End(-1)),
            (Press::Key(KeyCode::End), Do::End(1)),
        ];
        own(keys, words::UP_DOWN, what)
    }

    fn help_and_why(letters: bool, why: bool) -> Vec<Binding<Do>> {
        let with = |code, other, command| {
            let also = letters.then_some((Press::Letter(other), command));
            std::iter::once((Press::Key(code), command)).chain(also).collect::<Vec<_>>()
        };
        let mut keys = vec![own(with(KeyCode::F(1), '?', Do::Help), "F1", words::HELP).common()];
        if why {
            keys.insert(0, own(with(KeyCode::F(2), 'y', Do::Why), "F2", words::WHY).common());
        }
        keys
    }

    fn keys_of_home(&self) -> Vec<Binding<Do>> {
        if self.find.is_some() {
            let mut keys = vec![
                own(
                    [(Press::Key(KeyCode::Down), Do::Row(1)), (Press::Key(KeyCode::Up), Do::Row(-1))],
                    words::UP_DOWN,
                    words::A_PATIENT,
                ),
                key(KeyCode::Enter, "Enter", Do::Open, words::OPEN_PAGE),
                key(KeyCode::Esc, "Esc", Do::FindNot, words::SHOW_ALL),
            ];
            keys.extend(Self::help_and_why(false, false));
            return keys;
        }
        let mut keys = Vec::new();
        let is_empty = self.lists.as_ref().is_some_and(|it| it.morning().is_empty);
        if self.marked().is_some() {
            keys.push(key(KeyCode::Enter, "Enter", Do::Open, words::OPEN_PAGE));
            keys.push(letter('v', Do::Visit, words::VISIT));
        }
        let due = self.lists.as_ref().map_or(0, |lists| lists.round().len());
        if due > 0 {
            keys.push(letter('r', Do::Round, words::round(due)).briefly(words::ROUND));
        }
        keys.push(letter('n', Do::New, words::NEW_PATIENT_HERE));
        if is_empty {
            keys.push(letter('o', Do::Say(words::OPEN_PLANS_BY), words::OPEN_PLANS));
            keys.push(letter('i', Do::Say(words::TAKE_IN_BY), words::TAKE_IN));
            keys.push(letter('e', Do::Example, words::EXAMPLE));
        } else {
            let to_list = [
                (Press::Key(KeyCode::Right), Do::List(1)),
                (Press::Key(KeyCode::Left), Do::List(-1)),
                (Press::Key(KeyCode::Tab), Do::List(1)),
                (Press::Key(KeyCode::BackTab), Do::List(-1)),
            ];
            keys.push(own(to_list, words::LEFT_RIGHT, words::A_LIST).common());
            keys.push(Self::up_down(words::A_PATIENT).common());
            keys.push(letter('/', Do::Find, words::LOOK_FOR).common());
        }
        keys.push(letter('u', Do::Read, words::READ_AGAIN).in_help());
        keys.extend(Self::help_and_why(true, false));
        keys.push(own([(Press::Letter('q'), Do::Leave)], "q", words::QUIT_HERE).common());
        keys.push(key(KeyCode::Esc, "Esc", Do::Say(words::HOME_IS_FIRST), words::BACK).in_help());
        keys
    }

    fn keys_of_patient(&self) -> Vec<Binding<Do>> {
        let Place::Patient(page) = &self.place else { return Vec::new() };
        let mut keys = Vec::new();
        let course = page.chart.course();
        let is_open = course.is_some_and(|it| it.status != Status::Ended);
        if is_open {
            keys.push(letter('v', Do::Visit, words::VISIT_TODAY).briefly(words::VISIT));
            keys.extend(self.acts_on_course());
        }
        if page.tab == Tab::Entries && self.entry_in_hand().is_some() {
            keys.push(letter('k', Do::Begin(Deed::Strike(self.entry_in_hand().unwrap_or_default())), words::STRIKE));
        }
        if course.is_some() {
            keys.push(letter('i', Do::Begin(Deed::Note), words::NOTE));
        }
        if let Some(round) = &self.round {
            let next = round.name(1).map_or_else(|| words::END_OF_ROUND_KEY.to_owned(), words::next_patient);
            keys.insert(0, key(KeyCode::PageDown, "PgDn", Do::Neighbour(1), next).briefly(words::NEXT_PATIENT));
        }
        keys.push(letter('e', Do::Replan, if is_open { words::REPLAN } else { words::NEXT_PLAN }));
        let mut tabs: Vec<(Press, Do)> =
            ('1'..).zip(Tab::ALL).map(|(digit, tab)| (Press::Letter(digit), Do::Tab(tab))).collect();
        tabs.extend([
            (Press::Key(KeyCode::Tab), Do::NextTab(1)),
            (Press::Key(KeyCode::BackTab), Do::NextTab(-1)),
            (Press::Key(KeyCode::Right), Do::NextTab(1)),
            (Press::Key(KeyCode::Left), Do::NextTab(-1)),
        ]);
        keys.push(own(tabs, "1-3", words::PAGE).common());
        keys.push(Self::up_down(words::A_LINE).common());
        let lines = [(Press::Key(KeyCode::PageDown), Do::Lines(10)), (Press::Key(KeyCode::PageUp), Do::Lines(-10))];
        keys.push(own(lines, "PgDn PgUp", words::MORE_LINES).in_help());
        keys.push(key(KeyCode::Enter, "Enter", Do::Visit, words::VISIT_TODAY).in_help());
        keys.extend(Self::help_and_why(true, false));
        keys.push(key(KeyCode::Esc, "Esc", Do::Back, words::BACK_TO_LIST).common());
        keys
    }

    /// The acts on a course that need no values of today.
    fn acts_on_course(&self) -> Vec<Binding<Do>> {
        let Some(course) = self.chart().and_then(|chart| chart.course()) else { return Vec::new() };
        let mut keys = Vec::new();
        let has_slot = course.next_slot().is_some();
        if has_slot {
            keys.push(letter('d', Do::Begin(Deed::Defer), words::ANOTHER_DAY));
            keys.push(letter('o', Do::Begin(Deed::Omit), words::LEAVE_OUT));
        }
        keys.push(letter('h', Do::Begin(Deed::Hold), words::HOLD));
        if !course.holds.is_empty() {
            keys.push(letter('r', Do::Begin(Deed::Resume), words::RESUME));
        }
        let give = if self.is_by_mouth() { Deed::Supply } else { Deed::Give };
        if has_slot || give == Deed::Give {
            keys.push(letter('g', Do::Begin(give), if give == Deed::Supply { words::HAND_OUT } else { words::GIVE }));
        }
        keys.push(letter('x', Do::Begin(Deed::End), words::END_COURSE));
        keys
    }

    fn keys_of_visit(&self) -> Vec<Binding<Do>> {
        let Place::Visit(page) = &self.place else { return Vec::new() };
        let mut keys = Vec::new();
        if page.is_open {
            keys.push(key(KeyCode::Enter, "Enter", Do::Walk, self.where_enter_leads()).briefly(words::NEXT_OPEN));
            keys.push(rows(words::NEXT_ROW));
        } else {
            keys.extend(self.acts_of_visit());
        }
        if let Some(round) = &self.round {
            let next = round.name(1).map(|name| {
                key(KeyCode::PageDown, "PgDn", Do::Neighbour(1), words::next_patient(name)).briefly(words::NEXT_PATIENT)
            });
            let before = round
                .name(-1)
                .map(|_| key(KeyCode::PageUp, "PgUp", Do::Neighbour(-1), words::PATIENT_BEFORE).in_help());
            keys.extend(
                next.or_else(|| Some(key(KeyCode::PageDown, "PgDn", Do::Neighbour(1), words::END_OF_ROUND_KEY))),
            );
            keys.extend(before);
        } else if !page.is_open {
            let lines = [(Press::Key(KeyCode::PageDown), Do::Lines(8)), (Press::Key(KeyCode::PageUp), Do::Lines(-8))];
            keys.push(own(lines, "PgDn PgUp", words::MORE_LINES).common());
        }
        if !page.is_open {
            keys.push(
                own(
                    [(Press::Key(KeyCode::Down), Do::Lines(1)), (Press::Key(KeyCode::Up), Do::Lines(-1))],
                    words::UP_DOWN,
                    words::SCROLL,
                )
                .in_help(),
            );
        }
        keys.extend(Self::help_and_why(!page.is_open, page.visit.plan().is_some()));
        keys.push(key(KeyCode::Esc, "Esc", Do::Back, words::BACK_DRAFT_KEPT).common());
        keys
    }

    /// The acts of a visit whose questions are answered.
    fn acts_of_visit(&self) -> Vec<Binding<Do>> {
        let Place::Visit(page) = &self.place else { return Vec::new() };
        let course = page.visit.course();
        let mut keys = Vec::new();
        let is_held = !course.holds.is_empty();
        let badge = page.visit.verdict().map(view_badge);
        let give = if self.is_by_mouth() { Deed::Supply } else { Deed::Give };
        match badge {
            Some(Badge::Go) if is_held => keys.push(letter('r', Do::Begin(Deed::Resume), words::RESUME)),
            Some(Badge::Go) => keys.push(letter(
                'g',
                Do::Begin(give),
                if give == Deed::Supply { words::HAND_OUT } else { words::GIVE },
            )),
            Some(Badge::Confirm) => {
                if let Some(code) = page.visit.to_confirm().first().map(|it| it.code()) {
                    keys.push(letter('c', Do::Begin(Deed::Confirm(code)), words::CONFIRM_THIS));
                }
                if is_held {
                    keys.push(letter('r', Do::Begin(Deed::Resume), words::RESUME));
                }
            }
            _ => {}
        }
        if course.next_slot().is_some() {
            keys.push(letter('d', Do::Begin(Deed::Defer), words::ANOTHER_DAY));
            keys.push(letter('o', Do::Begin(Deed::Omit), words::LEAVE_OUT));
        }
        keys.push(letter('h', Do::Begin(Deed::Hold), words::HOLD));
        if badge.is_some() && !page.visit.is_recorded() {
            keys.push(letter('s', Do::Begin(Deed::Save), words::SAVE_VERDICT));
        }
        keys.push(letter('e', Do::Edit, words::CORRECT));
        keys
    }

    fn keys_of_act(&self) -> Vec<Binding<Do>> {
        let Some(Over::Act(form)) = &self.over else { return Vec::new() };
        let is_last = form.filling.at >= crate::morning::Questions::count(&form.act);
        let next = if is_last { words::ENTER_DOES_NOTHING } else { words::NEXT_FIELD };
        let mut keys = vec![key(KeyCode::Enter, "Enter", Do::Walk, next)];
        keys.push(rows(words::FIELD));
        if is_last {
            let act = said::letter(form.act.deed());
            keys.push(letter(act, Do::Act, words::does_it(form.act.deed())));
        }
        keys.push(own([(Press::Key(KeyCode::F(1)), Do::Help)], "F1", words::HELP).common());
        keys.push(key(KeyCode::Esc, "Esc", Do::Back, words::BACK_NOTHING_WRITTEN).common());
        keys
    }

    /// Does a command.
    pub(super) fn run(&mut self, command: Do) -> Effect {
        if command.acts() && self.is_too_small() {
            return self.say(words::TOO_SMALL_TO_ACT);
        }
        match command {
            Do::Row(by) => self.row(by),
            Do::End(by) => self.end(by),
            Do::List(by) => self.go_to_list(by),
            Do::Find => {
                self.find = Some(super::Line::default());
                self.list = List::All;
                self.at = 0;
                Effect::Stay
            }
            Do::FindNot => {
                self.find = None;
                self.at = 0;
                Effect::Stay
            }
            Do::Open => self.open_page(),
            Do::Visit => self.begin_visit(),
            Do::Round => self.begin_round(),
            Do::Neighbour(by) => self.neighbour(by),
            Do::New => self.new_patient(),
            Do::Example => self.open_example(),
            Do::Tab(tab) => self.go_to_tab(tab),
            Do::NextTab(by) => self.next_tab(by),
            Do::Lines(by) => self.lines(by),
            Do::Walk => self.walk(),
            Do::Edit => self.edit(),
            Do::Replan => self.replan(),
            Do::Begin(deed) => self.begin(deed),
            Do::Act => self.act(),
            Do::Why => {
                self.over = Some(Over::Why(0));
                Effect::Stay
            }
            Do::Help => {
                if matches!(self.over, Some(Over::Act(_))) {
                    return self.say(words::HELP_OF_ACT);
                }
                self.over = Some(Over::Help(0));
                Effect::Stay
            }
            Do::Back => self.back(),
            Do::Leave => {
                if matches!(self.over, Some(Over::Act(_))) {
                    return self.say(words::LEAVE_ACT_FIRST);
                }
                self.over = Some(Over::Leave);
                Effect::Stay
            }
            Do::Quit => leave(),
            Do::Repaint => Effect::Repaint,
            Do::Suspend => Effect::Suspend,
            Do::Read => {
                self.lists = None;
                self.read();
                self.say(words::READ_NOW)
            }
            Do::Say(why) => self.say(why),
        }
    }

    /// After an answer by a letter: where nothing is open any more, the questions are closed.
    pub(super) fn after_answer(&mut self, key: KeyEvent) {
        let Place::Visit(page) = &mut self.place else { return };
        let at = page.filling.at;
        let questions: &dyn crate::morning::Questions = &page.visit;
        let is_choice = at < questions.count() && !questions.kind(at).is_typed();
        if is_choice && !is_enter(key) && page.visit.open().is_empty() && questions.kind(at) == crate::form::Kind::One {
            page.is_open = false;
            page.first = 0;
        }
    }
}

/// A verdict as a badge.
pub(super) fn view_badge(verdict: &crate::ward::visit::Verdict) -> Badge {
    use crate::{present::VerdictWord, ward::visit::Verdict};
    match verdict {
        Verdict::Go(_) => Badge::Go,
        Verdict::Confirm(_) => Badge::Confirm,
        Verdict::Hold(plan) => match crate::present::verdict(plan).word {
            VerdictWord::Hold => Badge::Hold,
            _ => Badge::Stop,
        },
        Verdict::Unusable(_) => Badge::Due,
    }
}

/// The keys that go from row to row.
fn rows(does: &'static str) -> Binding<Do> {
    let keys = [
        (Press::Key(KeyCode::Tab), Do::Row(1)),
        (Press::Key(KeyCode::BackTab), Do::Row(-1)),
        (Press::Key(KeyCode::Down), Do::Row(1)),
        (Press::Key(KeyCode::Up), Do::Row(-1)),
    ];
    own(keys, "Tab", does)
}
