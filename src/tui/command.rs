//! What a key does: going, choosing, typing, and the acts that a named letter alone does.

use std::path::PathBuf;

use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{
    App, Effect, Leaving,
    export::FileKind,
    hits::Target,
    line::{Edited, Inserted, Line, MOST},
    screen::{Asked, Asks, Hand, Over, Screen},
    words,
};
use crate::{
    form::{Field, NotChosen, Step},
    regimen::Code,
};

/// By how many lines the wheel moves.
const NOTCH: isize = 3;
/// By how many lines a page is moved at once.
const PAGE_LINES: isize = 15;

/// Something that a key does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Command {
    /// To the next row that is open, or the next field of a dialog.
    Walk,
    RowAfter,
    RowBefore,
    FirstRow,
    LastRow,
    LineAfter,
    LineBefore,
    LinesAfter,
    LinesBefore,
    /// To a screen.
    Go(Screen),
    /// The choice of this letter.
    Choose(char),
    ChoiceAfter,
    ChoiceBefore,
    MarkHere,
    Clear,
    TakeOffer,
    TakeDrug,
    /// To the entry that the marked row is about.
    EditHere,
    Edit,
    Why,
    Help,
    GoTo,
    GoThere,
    Back,
    Month,
    OpenConfirm(Code),
    /// A named person confirms a finding.
    Confirm(Code),
    /// Takes a confirmation back.
    Withdraw(Code),
    OpenSecondCheck,
    /// The second check is finished.
    Compare,
    OpenExport,
    Export(FileKind),
    /// Asks for the name of a file.
    AskName(FileKind),
    WriteFile(FileKind),
    Replace(FileKind),
    SaveBeside(FileKind),
    StartOn(NaiveDate),
    NextVisit,
    /// The plan goes into the register of the ward.
    #[cfg(feature = "ward")]
    AddToWard,
    Save,
    Leave,
    Quit {
        keep: bool,
    },
    ShowAsText,
    NewPatient,
    MouseOnOff,
    TakeUp,
    AskToDelete,
    Discard,
    Suspend,
    Repaint,
    /// The settings of the ward.
    OpenWard,
    WardPage(isize),
    WardSwitch,
    SaveWard,
    /// Asks whether all old drafts are deleted.
    AskToClear,
    ClearDrafts,
    /// Does nothing, and says so.
    Say(&'static str),
}

impl Command {
    /// Whether something is confirmed, written, deleted or sent by it. Such a command is done by a named letter alone,
    /// never by a click.
    pub(super) fn acts(&self) -> bool {
        #[cfg(feature = "ward")]
        if matches!(self, Self::AddToWard) {
            return true;
        }
        matches!(
            self,
            Self::Confirm(_)
                | Self::Withdraw(_)
                | Self::Compare
                | Self::Export(_)
                | Self::WriteFile(_)
                | Self::Replace(_)
                | Self::SaveBeside(_)
                | Self::StartOn(_)
                | Self::NextVisit
                | Self::Save
                | Self::Quit { .. }
                | Self::Discard
                | Self::SaveWard
                | Self::ClearDrafts
        )
    }

    /// Whether it opens something, or goes somewhere.
    pub(super) fn opens(&self) -> bool {
        matches!(
            self,
            Self::Go(_)
                | Self::Why
                | Self::Help
                | Self::GoTo
                | Self::OpenConfirm(_)
                | Self::OpenSecondCheck
                | Self::OpenExport
                | Self::OpenWard
                | Self::Back
                | Self::Month
                | Self::Edit
                | Self::EditHere
        )
    }
}

impl App {
    /// A key: by the table, or text, or a word on why it does nothing.
    pub(super) fn key(&mut self, key: KeyEvent) -> Effect {
        self.message = None;
        self.wheel = Default::default();
        if let Some(command) = self.command_of(key) {
            return self.run(command);
        }
        if let Some(effect) = self.type_key(key) {
            return effect;
        }
        if let Some(effect) = self.type_on(key) {
            return effect;
        }
        match (self.field_in_hand().filter(|field| !field.kind().is_typed()), key.code) {
            (Some(_), KeyCode::Char(letter)) => self.say(words::no_choice(letter)),
            _ => self.say(words::no_key(key)),
        }
    }

    /// Does a command.
    pub(super) fn run(&mut self, command: Command) -> Effect {
        // What cannot be seen is not confirmed, written or deleted.
        if command.acts() && self.is_too_small_to_act() {
            return self.say(words::TOO_SMALL_TO_ACT);
        }
        match command {
            Command::Walk => self.walk(),
            Command::RowAfter => self.row(1),
            Command::RowBefore => self.row(-1),
            Command::FirstRow => self.mark_row(0),
            Command::LastRow => self.mark_row(usize::MAX),
            Command::LineAfter => self.scroll(1),
            Command::LineBefore => self.scroll(-1),
            Command::LinesAfter => self.scroll(PAGE_LINES),
            Command::LinesBefore => self.scroll(-PAGE_LINES),
            Command::Go(screen) => self.go_by_key(screen),
            Command::Choose(letter) => self.choose(letter),
            Command::ChoiceAfter => self.choice(1),
            Command::ChoiceBefore => self.choice(-1),
            Command::MarkHere => self.mark_here(),
            Command::Clear => self.clear_choice(),
            Command::TakeOffer => self.take_offer(),
            Command::TakeDrug => self.take_drug(),
            Command::EditHere => self.edit_here(),
            Command::Edit => self.go_by_key(Screen::Entry(Step::Patient)),
            Command::Why => self.open_why(),
            Command::Help => {
                let below = self.over.take().map(Box::new);
                self.over = Some(Over::Help { below, line: 0 });
                Effect::Stay
            }
            Command::GoTo => self.open(Over::GoTo { find: Line::default(), at: 0 }),
            Command::GoThere => self.go_there(),
            Command::Back => self.back(),
            Command::Month => {
                self.month = !self.month;
                Effect::Stay
            }
            Command::OpenConfirm(code) => self.open_confirm(code),
            Command::Confirm(code) => self.confirm(code),
            Command::Withdraw(code) => self.withdraw(code),
            Command::OpenSecondCheck => self.open_second_check(),
            Command::Compare => self.compare(),
            Command::OpenExport => self.open_export(),
            Command::Export(written) => self.export(written),
            Command::AskName(written) => self.ask_name(written),
            Command::WriteFile(written) => self.write_named(written),
            Command::Replace(written) => self.replace_file(written),
            Command::SaveBeside(written) => self.save_beside(written),
            Command::StartOn(day) => self.start_on(day),
            Command::NextVisit => self.next_visit(),
            #[cfg(feature = "ward")]
            Command::AddToWard => self.add_to_ward(),
            Command::Save => self.save(),
            Command::Leave => self.leave(),
            Command::Quit { keep } => Effect::Leave(Leaving { keep, print: None }),
            Command::ShowAsText => self.show_as_text(),
            Command::NewPatient => self.new_patient(),
            Command::MouseOnOff => {
                self.mouse = !self.mouse;
                self.say(if self.mouse { words::MOUSE_ON } else { words::MOUSE_OFF })
            }
            Command::TakeUp => self.take_up(),
            Command::AskToDelete => self.ask(Asks::Delete),
            Command::Discard => self.discard(),
            Command::OpenWard => self.open_ward(),
            Command::WardPage(by) => self.ward_page(by),
            Command::WardSwitch => {
                if let Some(Over::Ward(ward)) = &mut self.over {
                    ward.switch(self.library);
                }
                Effect::Stay
            }
            Command::SaveWard => self.save_ward(),
            Command::AskToClear => self.ask(Asks::ClearOld),
            Command::ClearDrafts => self.clear_drafts(),
            Command::Suspend => Effect::Suspend,
            Command::Repaint => Effect::Repaint,
            Command::Say(words) => self.say(words),
        }
    }

    /// Puts something over the screen.
    pub(super) fn open(&mut self, over: Over) -> Effect {
        // A second check that is whole counts by its letter alone.
        if self.is_second_check_typed()
            && let Some(Over::SecondCheck { before, .. }) = self.over.take()
        {
            self.leave_second_check(before);
        }
        self.over = Some(over);
        self.take_in_hand();
        Effect::Stay
    }

    /// Back one level; nothing that is typed is lost by it.
    fn back(&mut self) -> Effect {
        match self.over.take() {
            None => match self.screen {
                Screen::Plan(_) => self.go_by_key(Screen::Visits),
                _ => self.say(words::FIRST_LEVEL),
            },
            Some(Over::Confirm { code, .. }) => {
                self.close_confirm(code);
                self.say(words::NOTHING_WRITTEN)
            }
            Some(Over::SecondCheck { before, .. }) => {
                self.leave_second_check(before);
                self.say(words::SECOND_CHECK_LEFT)
            }
            Some(Over::FileName { written, .. } | Over::Exists { written, .. }) => {
                match written.place() {
                    Some(at) => self.list_exports(at),
                    None => self.say(words::NOTHING_WRITTEN),
                };
                Effect::Stay
            }
            Some(Over::Leftovers { left, at, asks: Asks::Delete | Asks::ClearOld }) => {
                self.over = Some(Over::Leftovers { left, at, asks: Asks::Nothing });
                self.say(words::NOTHING_DELETED)
            }
            Some(Over::Leftovers { .. }) => self.say(words::DRAFTS_STAY),
            Some(Over::Help { below: Some(below), .. } | Over::Why(Asked { below: Some(below), .. })) => {
                self.over = Some(*below);
                Effect::Stay
            }
            Some(Over::Ward(_)) => self.say_back(words::NOTHING_WRITTEN),
            Some(Over::StartInstead(_)) => self.say_back(words::DAY_KEPT),
            Some(_) => self.say_back(words::BACK_AGAIN),
        }
    }

    /// Says that one is back, with what was in hand in hand again.
    fn say_back(&mut self, words: &'static str) -> Effect {
        self.take_in_hand();
        self.say(words)
    }

    /// Where text goes.
    pub(super) fn hand(&self) -> Hand {
        match &self.over {
            Some(Over::GoTo { .. }) => Hand::Find,
            Some(Over::FileName { acts: false, .. }) => Hand::FileName,
            Some(Over::Ward(ward)) if ward.is_typed(self.library) => Hand::Ward,
            _ => match self.field_in_hand().filter(|field| field.kind().is_typed()) {
                Some(field) => Hand::Field(field),
                None => Hand::Nothing,
            },
        }
    }

    /// The field in hand, typed or chosen.
    pub(super) fn field_in_hand(&self) -> Option<Field> {
        match &self.over {
            Some(Over::Confirm { code, at: 0 }) => Some(Field::ConfirmedBy(*code)),
            Some(Over::Confirm { code, at: 1 }) => Some(Field::ConfirmedBecause(*code)),
            Some(Over::SecondCheck { at, .. }) => self.form.second_check_fields().get(*at).copied(),
            Some(_) => None,
            None => matches!(self.screen, Screen::Entry(_)).then_some(self.field),
        }
    }

    /// Takes the text of the field in hand under the cursor.
    pub(super) fn take_in_hand(&mut self) {
        let Some(field) = self.field_in_hand() else { return };
        self.line = Line::new(self.form.text(field));
        let first = self.form.chosen(field).next();
        let options = self.form.options(field);
        self.marked = options.iter().position(|it| Some(&*it.word) == first).unwrap_or(0);
    }

    /// A letter on the row that acts, typed on after the reason: it goes into the reason, and is not lost.
    fn type_on(&mut self, key: KeyEvent) -> Option<Effect> {
        let Some(Over::Confirm { at, .. }) = &mut self.over else { return None };
        let typed = matches!(key.code, KeyCode::Char(c) if c.is_alphanumeric())
            && (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if *at != 2 || !typed {
            return None;
        }
        *at = 1;
        self.take_in_hand();
        self.type_key(key);
        Some(self.say(words::TYPED_ON))
    }

    /// A key of text; none where nothing is typed, or the key is none of text.
    fn type_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let edited = match self.hand() {
            Hand::Nothing => return None,
            Hand::Field(field) => {
                let edited = self.line.key(key);
                if edited == Edited::Changed {
                    self.form.set(field, self.line.value());
                }
                edited
            }
            Hand::FileName | Hand::Find | Hand::Ward => match &mut self.over {
                Some(Over::Ward(ward)) => {
                    let edited = ward.line.key(key);
                    ward.put();
                    edited
                }
                Some(Over::FileName { name, .. }) => name.key(key),
                Some(Over::GoTo { find, at }) => {
                    *at = 0;
                    find.key(key)
                }
                _ => return None,
            },
        };
        match edited {
            Edited::Changed | Edited::Moved => Some(Effect::Stay),
            Edited::Nothing => Some(self.say(words::NOTHING_THERE)),
            Edited::Full => Some(self.say(words::FULL)),
            Edited::Unknown => None,
        }
    }

    /// Text from the clipboard goes into a text in hand, and nowhere else.
    pub(super) fn paste(&mut self, pasted: &str) -> Effect {
        self.message = None;
        let inserted = match self.hand() {
            Hand::Nothing => return self.say(words::PASTE_NOT_HERE),
            Hand::Field(field) => {
                let inserted = self.line.insert_str(pasted, MOST);
                self.form.set(field, self.line.value());
                inserted
            }
            Hand::FileName | Hand::Find | Hand::Ward => match &mut self.over {
                Some(Over::Ward(ward)) => {
                    let inserted = ward.line.insert_str(pasted, MOST);
                    ward.put();
                    inserted
                }
                Some(Over::FileName { name, .. }) => name.insert_str(pasted, MOST),
                Some(Over::GoTo { find, .. }) => find.insert_str(pasted, MOST),
                _ => Inserted::All,
            },
        };
        match inserted {
            Inserted::All => Effect::Stay,
            Inserted::FirstLine => self.say(words::PASTE_FIRST_LINE),
            Inserted::Cut => self.say(words::PASTE_CUT),
            Inserted::LeftOut => self.say(words::PASTE_LEFT_OUT),
        }
    }

    /// The wheel scrolls what is under it; a click marks or opens, and never acts.
    pub(super) fn take_mouse(&mut self, mouse: MouseEvent) -> Effect {
        let place = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown => self.turn_wheel(place, NOTCH),
            MouseEventKind::ScrollUp => self.turn_wheel(place, -NOTCH),
            MouseEventKind::Down(MouseButton::Left) => {
                let target = self.hits.borrow().at(place).cloned();
                match target {
                    Some(Target::Row(at)) => self.mark_row(at),
                    Some(Target::Field(field)) => self.take_field(field),
                    Some(Target::Opens(command)) if !command.acts() => self.run(command),
                    Some(Target::Opens(_)) | None => Effect::Stay,
                }
            }
            _ => Effect::Stay,
        }
    }

    fn turn_wheel(&mut self, place: Position, lines: isize) -> Effect {
        let pane = self.hits.borrow().pane(place);
        if let Some((at, (least, most))) = pane
            && let Some(wheel) = self.wheel.get_mut(at)
        {
            *wheel = (*wheel + lines).clamp(least, most);
        }
        Effect::Stay
    }

    /// Chooses by letter.
    fn choose(&mut self, letter: char) -> Effect {
        let Some(field) = self.field_in_hand() else { return Effect::Stay };
        let chosen = self.form.choose(field, letter);
        let options = self.form.options(field);
        self.marked = options.iter().position(|it| it.key == letter).unwrap_or(self.marked);
        match chosen {
            Ok(()) => Effect::Stay,
            Err(NotChosen::NoSuchLetter) => self.say(words::no_choice(letter)),
            Err(NotChosen::MarksStand) => self.say(words::MARKS_STAND),
        }
    }

    /// The next choice, or the next one of a list of marks. A list ends where it ends.
    fn choice(&mut self, by: isize) -> Effect {
        let Some(field) = self.field_in_hand() else { return Effect::Stay };
        let options = self.form.options(field);
        let Some(last) = options.len().checked_sub(1) else { return self.say(words::NOTHING_TO_CHOOSE) };
        if field.kind() == crate::form::Kind::Many {
            let to = self.marked.saturating_add_signed(by);
            if to > last || (by < 0 && self.marked == 0) {
                return self.say(words::END_OF_LIST);
            }
            self.marked = to;
            return Effect::Stay;
        }
        let now = options.iter().position(|it| it.word == self.form.text(field));
        let to = match now {
            None => 0,
            Some(0) if by < 0 => return self.say(words::END_OF_LIST),
            Some(at) => at.saturating_add_signed(by),
        };
        match options.get(to) {
            Some(choice) => self.choose(choice.key),
            None => self.say(words::END_OF_LIST),
        }
    }

    fn mark_here(&mut self) -> Effect {
        let Some(field) = self.field_in_hand() else { return Effect::Stay };
        match self.form.options(field).get(self.marked) {
            Some(choice) => self.choose(choice.key),
            None => self.say(words::NOTHING_TO_CHOOSE),
        }
    }

    fn clear_choice(&mut self) -> Effect {
        let Some(field) = self.field_in_hand() else { return Effect::Stay };
        self.form.set(field, "");
        Effect::Stay
    }

    fn take_offer(&mut self) -> Effect {
        let Some(field) = self.field_in_hand() else { return Effect::Stay };
        let Some(offer) = self.form.offer(field) else { return self.say(words::NOTHING_OFFERED) };
        self.form.set(field, offer.as_str());
        self.line = Line::new(offer);
        Effect::Stay
    }

    /// Leaves, after a question where something is not saved.
    fn leave(&mut self) -> Effect {
        match &self.over {
            Some(Over::Leave) if !self.keeps_drafts => return self.say(words::NOT_BY_THE_SAME_KEY),
            Some(Over::Ward(ward)) if ward.is_changed(&self.ward) => return self.say(words::WARD_IS_NOT_SAVED),
            _ => {}
        }
        if matches!(self.over, Some(Over::Leave | Over::Leftovers { .. })) {
            return Effect::Leave(Leaving { keep: true, print: None });
        }
        if !self.is_unsaved() {
            return Effect::Leave(Leaving { keep: false, print: None });
        }
        self.open(Over::Leave)
    }

    /// Leaves, and puts the summary on standard output.
    fn show_as_text(&mut self) -> Effect {
        let Some(plan) = self.form.plan() else { return self.say(words::NOTHING_TO_PRINT) };
        let print = Some(crate::present::summary(plan));
        Effect::Leave(Leaving { keep: self.is_unsaved(), print })
    }

    /// Where a file is written to, and what: that of a dialog, or the plan.
    pub(super) fn written(&self) -> FileKind {
        match &self.over {
            Some(Over::FileName { written, .. } | Over::Exists { written, .. }) => *written,
            Some(Over::Export { at, .. }) => FileKind::EXPORTS.get(*at).copied().unwrap_or(FileKind::Plan),
            _ => FileKind::Plan,
        }
    }

    fn replace_file(&mut self, written: FileKind) -> Effect {
        let Some(Over::Exists { path, may_replace: true, .. }) = &self.over else { return Effect::Stay };
        self.write(path.clone(), true, written)
    }

    fn save_beside(&mut self, written: FileKind) -> Effect {
        let Some(Over::Exists { path, .. }) = &self.over else { return Effect::Stay };
        let beside: PathBuf = crate::form::another_name(path);
        self.write(beside, false, written)
    }
}
