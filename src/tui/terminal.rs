//! The terminal: taken over, drawn on, and given back whichever way the program ends.
//!
//! Every escape sequence is here. The terminal is one thing of the whole process, which the loop, a
//! panic and a signal all act on; so what state it is in is one value of the whole process, and a frame is
//! written only while that says it is ours.

#[cfg(unix)]
mod signals;

use std::{
    cell::RefCell,
    io::{self, Write, stdout},
    panic,
    rc::Rc,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crossterm::{
    cursor, event, execute, queue,
    style::{Attribute, SetAttribute},
    terminal::{
        BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
        enable_raw_mode,
    },
};
use ratatui::{Frame, Terminal, backend::CrosstermBackend, layout::Rect};

/// Whose the terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The shell's.
    Shell,
    /// The form's.
    Form,
    /// The shell's, until the form is called again.
    Suspended,
}

static STATE: Mutex<State> = Mutex::new(State::Shell);

/// Whether the screen no longer shows what was drawn.
static SPOILT: AtomicBool = AtomicBool::new(false);

/// The screen while the form has it.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Page>>,
    page: Page,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> io::Result<Self> {
        guard()?;
        take_over()?;
        let page = Page::default();
        let opened = Terminal::new(CrosstermBackend::new(page.clone())).map(|terminal| Self { terminal, page });
        // A resize is reported only from the first look for events on; one before it would be lost.
        let ready = opened.and_then(|screen| event::poll(Duration::ZERO).map(|_| screen));
        ready.inspect_err(|_| give_back(State::Shell))
    }

    /// Draws a frame, which is written at once and shown at once.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.page, BeginSynchronizedUpdate)?;
        if SPOILT.swap(false, Ordering::SeqCst) {
            // Clearing the terminal would ask it where its cursor is, and wait for an answer.
            let size = self.terminal.size()?;
            self.terminal.resize(Rect::new(0, 0, size.width, size.height))?;
        }
        self.terminal.draw(view)?;
        queue!(self.page, EndSynchronizedUpdate)?;
        let frame = self.page.take();
        let state = state();
        if *state != State::Form {
            return Ok(());
        }
        let mut out = stdout().lock();
        out.write_all(&frame)?;
        out.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back(State::Shell);
    }
}

/// Where a frame is put together before it is written. The backend flushes several times in a frame; that
/// must not tear it.
#[derive(Clone, Debug, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Page {
    fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal over, or over again.
fn take_over() -> io::Result<()> {
    let mut state = state();
    // A shell may have set its own modes meanwhile, also where it stopped us unasked.
    let _ = disable_raw_mode();
    enable_raw_mode()?;
    *state = State::Form;
    execute!(stdout(), EnterAlternateScreen).inspect_err(|_| undo())?;
    // A console that does not know it pastes as if typed.
    let _ = execute!(stdout(), event::EnableBracketedPaste);
    repaint();
    Ok(())
}

/// Gives the terminal back, if the form has it.
fn give_back(to: State) {
    let mut state = state();
    if *state == State::Form {
        undo();
        *state = to;
    }
}

/// Undoes everything that was set; where one thing fails, the others are still undone. It begins with what
/// hinders most, and ends a frame that was cut in half.
fn undo() {
    let _ = disable_raw_mode();
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        event::DisableBracketedPaste,
        cursor::Show,
        LeaveAlternateScreen
    );
}

/// Sees to it, once for the process, that a panic or a signal gives the terminal back.
fn guard() -> io::Result<()> {
    static GUARDED: AtomicBool = AtomicBool::new(false);
    if GUARDED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        give_back(State::Shell);
        report(info);
    }));
    #[cfg(unix)]
    signals::watch()?;
    Ok(())
}

/// Lets the next frame be drawn whole.
pub(super) fn repaint() {
    SPOILT.store(true, Ordering::SeqCst);
}

/// Gives the terminal back to the shell until the program is called again.
pub(super) fn suspend() {
    #[cfg(unix)]
    signals::suspend();
}
