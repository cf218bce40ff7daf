//! The terminal: taken over, drawn on, and given back whichever way the program ends.
//!
//! Every escape sequence is here. The terminal is one thing of the whole process, which the loop, a
//! panic and a signal all act on; so what state it is in is one value of the whole process, and a frame is
//! written only while that says it is ours.

mod encoder;
#[cfg(unix)]
mod signals;

use std::{
    fmt,
    io::{self, Write, stdout},
    panic,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crossterm::{
    Command, cursor, event, execute, queue,
    style::{Attribute, SetAttribute},
    terminal::{
        BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
        enable_raw_mode,
    },
};
use ratatui::{Frame, Terminal, layout::Rect};

use encoder::Encoder;

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

/// Whether the form uses the mouse.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// What sets or resets modes of the terminal that crossterm has no name for.
#[derive(Clone, Copy, Debug)]
struct Modes(&'static str);

/// Buttons and the wheel are reported, with their place as digits. What crossterm calls the capture of the mouse also
/// asks for a report of each motion.
const MOUSE_ON: Modes = Modes("\x1b[?1000h\x1b[?1006h");
/// The mouse selects text.
const MOUSE_OFF: Modes = Modes("\x1b[?1006l\x1b[?1000l");
/// The wheel does not arrive as the keys ↑ and ↓. Whether it did before is remembered by the terminal.
const NO_WHEEL_AS_KEYS: Modes = Modes("\x1b[?1007s\x1b[?1007l");
/// The wheel is as it was before. What a terminal that remembers nothing begins with is that it arrives as keys.
const WHEEL_AS_BEFORE: Modes = Modes("\x1b[?1007h\x1b[?1007r");

impl Command for Modes {
    fn write_ansi(&self, to: &mut impl fmt::Write) -> fmt::Result {
        to.write_str(self.0)
    }

    // A console that knows no sequences has none of these modes.
    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// The screen while the form has it.
pub(super) struct Screen {
    terminal: Terminal<Encoder>,
}

impl Screen {
    /// Takes the terminal over, with or without the mouse.
    pub(super) fn open(mouse: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::SeqCst);
        guard()?;
        take_over()?;
        let opened = Terminal::new(Encoder::default()).map(|terminal| Self { terminal });
        // A resize is reported only from the first look for events on; one before it would be lost.
        let ready = opened.and_then(|screen| event::poll(Duration::ZERO).map(|_| screen));
        ready.inspect_err(|_| give_back(State::Shell))
    }

    /// Draws a frame, which is written at once and shown at once. What has not changed is not written.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if SPOILT.swap(false, Ordering::SeqCst) {
            // Clearing the terminal would ask it where its cursor is, and wait for an answer.
            self.terminal.backend_mut().forget_cursor();
            let size = self.terminal.size()?;
            self.terminal.resize(Rect::new(0, 0, size.width, size.height))?;
        }
        self.terminal.draw(view)?;
        let frame = self.terminal.backend_mut().take();
        let state = state();
        if *state != State::Form || frame.is_empty() {
            return Ok(());
        }
        let mut update = Vec::with_capacity(frame.len() + 16);
        queue!(update, BeginSynchronizedUpdate)?;
        update.extend(frame);
        queue!(update, EndSynchronizedUpdate)?;
        let mut out = stdout().lock();
        out.write_all(&update)?;
        out.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back(State::Shell);
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
    let _ = execute!(stdout(), event::EnableBracketedPaste, NO_WHEEL_AS_KEYS);
    if MOUSE.load(Ordering::SeqCst) {
        let _ = execute!(stdout(), MOUSE_ON);
    }
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
        MOUSE_OFF,
        WHEEL_AS_BEFORE,
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

/// Uses the mouse, or leaves it to the terminal, which selects text with it.
pub(super) fn set_mouse(on: bool) {
    let state = state();
    if MOUSE.swap(on, Ordering::SeqCst) != on && *state == State::Form {
        // If the terminal takes nothing, the next frame fails.
        let _ = execute!(stdout(), if on { MOUSE_ON } else { MOUSE_OFF });
    }
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
