//! The way through the questions: which comes next, which came before, and where the conversation ends.

use std::io::{self, BufRead, Write};

use super::{Setting, console::Console, words};
use crate::{
    drafts::{Entries, Keeper, Keeping},
    form::{Draft, Field, Form, PlanFile, Step},
    regimen::Code,
    tui::{Leaving, Leftover},
};

/// Something that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// A field of the form.
    Field(Field),
    /// Whether a finding is confirmed by what was typed.
    Confirm(Code),
    /// Whether a second person is there.
    SecondCheck,
    /// The name of the file.
    Save,
}

/// Where a question leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// To the next question.
    On,
    /// To the question before.
    Back,
    /// To a step, or to the next one.
    To(Option<Step>),
    /// To the next visit of the patient.
    NextVisit,
    /// Away.
    Leave,
    /// Away, with everything in a file.
    Saved,
}

/// A conversation.
pub(super) struct Talk<'t> {
    pub(super) form: Form,
    pub(super) console: Console<'t>,
    /// The file that was opened or saved last.
    pub(super) file: Option<PlanFile>,
    pub(super) keeper: &'t mut Keeper,
    /// What earlier sessions left, each with its place in the list that was given.
    pub(super) leftovers: Vec<(usize, Leftover)>,
    /// The entries as they were opened or saved.
    pub(super) settled: Draft,
    /// Whether drafts could be kept so far.
    is_kept: bool,
    step: Step,
    /// Whether there was a request when the step began.
    was_complete: bool,
}

impl<'t> Talk<'t> {
    pub(super) fn new(
        setting: Setting,
        keeper: &'t mut Keeper,
        input: &'t mut dyn BufRead,
        output: &'t mut dyn Write,
    ) -> Self {
        let Setting { library, today, opened, leftovers, ward, ward_inputs } = setting;
        let (file, form) = match opened {
            Some((path, request)) => {
                let form = Form::of_request(library, &request, today).with_ward(ward);
                let form = form.with_ward_inputs(ward_inputs.as_ref());
                (Some(PlanFile::new(path, &form)), form)
            }
            None => (None, Form::new(library, Draft::default(), today).with_ward(ward)),
        };
        Self {
            settled: form.draft().clone(),
            form,
            console: Console::new(input, output),
            file,
            keeper,
            leftovers: leftovers.into_iter().enumerate().collect(),
            is_kept: true,
            step: Step::Patient,
            was_complete: false,
        }
    }

    /// Asks one question after the other, until the conversation ends.
    pub(super) fn hold(mut self) -> io::Result<Leaving> {
        self.console.say(words::WELCOME)?;
        if let Some(why) = self.keeper.trouble() {
            self.is_kept = false;
            self.console.say(&words::draft_not_kept(&why))?;
        }
        if !self.begin()? {
            return self.leave();
        }
        let mut at = self.enter(self.first_open_step())?;
        loop {
            let before = self.questions();
            let turn = self.ask(at)?;
            self.keep()?;
            at = match turn {
                Turn::On => self.next(at, &before)?,
                Turn::Back => self.before(at)?,
                Turn::To(step) => self.enter(step.or(self.step.next()).unwrap_or(Step::Review))?,
                Turn::NextVisit => self.next_visit(at)?,
                Turn::Leave => return self.leave(),
                Turn::Saved => return Ok(Leaving { keep: false, print: None }),
            };
        }
    }

    /// Begins the next visit of the same patient, where a saved plan leads to one; else the question holds.
    fn next_visit(&mut self, at: Question) -> io::Result<Question> {
        let refused = match self.form.filled().request() {
            None => Some(words::NEXT_VISIT_NEEDS_A_PLAN),
            Some(_) if self.is_unsaved() => Some(words::NEXT_VISIT_NEEDS_SAVING),
            Some(_) => None,
        };
        let next = self.form.next_visit();
        let (None, Some(next)) = (refused, next) else {
            self.console.say(refused.unwrap_or(words::NEXT_VISIT_NEEDS_A_DOSE))?;
            return Ok(at);
        };
        self.console.say(words::next_visit(!next.due_fields().is_empty(), next.is_held()))?;
        self.form = next;
        self.file = self.file.take().map(PlanFile::of_earlier_visit);
        self.settled = Draft::default();
        self.keep()?;
        self.enter(Step::Patient)
    }

    /// Keeps what is entered, so that no accident loses it.
    pub(super) fn keep(&mut self) -> io::Result<()> {
        let entries = if self.is_unsaved() { self.form.entries() } else { Entries::new() };
        let Some(keeping) = self.keeper.keep(&entries) else { return Ok(()) };
        self.is_kept = keeping == Keeping::Again;
        match keeping {
            Keeping::Lost(why) => self.console.say(&words::draft_not_kept(&why)),
            Keeping::Again => self.console.say(words::DRAFT_KEPT),
        }
    }

    fn is_unsaved(&self) -> bool {
        *self.form.draft() != self.settled
    }

    /// Ends, and says what becomes of what is entered.
    fn leave(mut self) -> io::Result<Leaving> {
        let keep = self.is_unsaved();
        self.console.say(match (keep, self.is_kept) {
            (false, _) => words::LEFT,
            (true, true) => words::KEPT,
            (true, false) => words::LOST,
        })?;
        Ok(Leaving { keep, print: None })
    }

    /// What is asked in the step at hand. A review without a plan asks for what is wrong or missing.
    fn questions(&self) -> Vec<Question> {
        let fields = self.form.fields(self.step).into_iter();
        let is_complete = self.form.filled().request().is_some();
        match self.step {
            Step::Review if !is_complete => self.wanted().into_iter().map(Question::Field).collect(),
            Step::Review => {
                let named = |field: &Field| match *field {
                    Field::ConfirmedBecause(code) => !self.form.text(Field::ConfirmedBy(code)).is_empty(),
                    _ => true,
                };
                let with_act = |field: Field| {
                    let act = match field {
                        Field::ConfirmedBecause(code) if self.can_be_confirmed(code) => Some(Question::Confirm(code)),
                        _ => None,
                    };
                    [Some(Question::Field(field)), act].into_iter().flatten()
                };
                fields.filter(named).flat_map(with_act).chain([Question::SecondCheck, Question::Save]).collect()
            }
            _ => fields.map(Question::Field).collect(),
        }
    }

    /// Whether a finding is not confirmed, and what was typed is enough to confirm it.
    fn can_be_confirmed(&self, code: Code) -> bool {
        let to_confirm = self.form.to_confirm();
        let is_open = to_confirm.into_iter().any(|it| it.code() == code && !self.form.is_confirmed(it));
        is_open && self.form.not_confirmed(code).is_none()
    }

    /// The fields in which something is wrong or missing, in the order of the form.
    pub(super) fn wanted(&self) -> Vec<Field> {
        let filled = self.form.filled();
        let steps = Step::ALL.iter().flat_map(|step| self.form.fields(*step));
        let mut wanted: Vec<Field> = Vec::new();
        for field in steps.chain(Field::SECOND_CHECK) {
            let wants = filled.missing().contains(&field) || filled.refused().contains_key(&field);
            if wants && !wanted.contains(&field) {
                wanted.push(field);
            }
        }
        if wanted.is_empty() { vec![Field::Regimen] } else { wanted }
    }

    /// The first step in which something is wrong or missing; the review where nothing is.
    fn first_open_step(&self) -> Step {
        if self.form.filled().request().is_some() {
            return Step::Review;
        }
        let wanted = self.wanted();
        let wants = |step: &&Step| self.form.fields(**step).iter().any(|field| wanted.contains(field));
        Step::ALL.iter().find(wants).copied().unwrap_or(Step::Review)
    }

    /// Begins a step: announces it, and gives its first question.
    fn enter(&mut self, step: Step) -> io::Result<Question> {
        self.step = step;
        self.was_complete = self.form.filled().request().is_some();
        self.console.head(&words::step(step))?;
        if step == Step::Review {
            self.review()?;
        }
        Ok(self.questions().first().copied().unwrap_or(Question::Save))
    }

    /// The question after one, by what is asked now that it was answered.
    fn next(&mut self, at: Question, before: &[Question]) -> io::Result<Question> {
        let is_complete = self.form.filled().request().is_some();
        if self.step == Step::Review && is_complete != self.was_complete {
            return self.enter(Step::Review);
        }
        let now = self.questions();
        let next = match now.iter().position(|it| *it == at) {
            Some(place) => now.get(place + 1),
            // It was answered, and is no longer asked.
            None => before.iter().skip_while(|it| **it != at).skip(1).find(|it| now.contains(it)),
        };
        match next {
            Some(next) => Ok(*next),
            None => self.enter(self.step.next().unwrap_or(Step::Review)),
        }
    }

    /// The question before one: in the step at hand, or the last one of the step before.
    fn before(&mut self, at: Question) -> io::Result<Question> {
        let now = self.questions();
        let place = now.iter().position(|it| *it == at).unwrap_or(0);
        if let Some(before) = place.checked_sub(1).and_then(|place| now.get(place)) {
            return Ok(*before);
        }
        let Some(step) = self.step.before() else {
            self.console.say(words::FIRST)?;
            return Ok(at);
        };
        let first = self.enter(step)?;
        Ok(self.questions().last().copied().unwrap_or(first))
    }

    fn ask(&mut self, question: Question) -> io::Result<Turn> {
        match question {
            Question::Field(Field::Regimen) => self.drug(),
            Question::Field(field) => self.field(field),
            Question::Confirm(code) => self.confirm(code),
            Question::SecondCheck => self.second_check(),
            Question::Save => self.save(),
        }
    }
}
