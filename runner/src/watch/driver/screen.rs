//! The terminal, taken and given back: on the way out, on a panic, for an editor, for the shell. Next: `paint.rs`.

use std::{
    io::{self, Stdout},
    panic,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    cursor::Show,
    event::{Event as Pressed, EventStream, KeyCode, KeyEventKind, KeyModifiers},
    execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use futures_util::StreamExt as _;
use ratatui_core::terminal::Terminal;

use super::paint::Paint;
use crate::watch::{
    model::{Event, Key, Model},
    view,
};

/// Whether the terminal is ours: a panic on any thread gives it back.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours.
pub(super) struct Screen {
    terminal: Terminal<Paint<Stdout>>,
    keys: Option<EventStream>,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn take() -> io::Result<Self> {
        give_back_on_panic();
        enter()?;
        let terminal = Terminal::new(Paint::on(io::stdout())).inspect_err(|_| leave())?;
        Ok(Self { terminal, keys: Some(EventStream::new()) })
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.terminal.draw(|frame| view::draw(model, frame.buffer_mut())).map(drop)
    }

    /// The next key, or another size. None: the terminal is gone.
    pub(super) async fn next(&mut self) -> Option<Event> {
        loop {
            let event = self.keys.get_or_insert_default().next().await?.ok()?;
            match event {
                Pressed::Resize(columns, rows) => return Some(Event::Resized(columns, rows)),
                Pressed::Key(key) if key.kind != KeyEventKind::Release => {
                    if let Some(key) = known(key.code, key.modifiers) {
                        return Some(Event::Key(key));
                    }
                }
                _ => {}
            }
        }
    }

    /// Gives the terminal back for a while: nobody reads its keys and nobody draws on it.
    pub(super) fn give_back(&mut self) {
        self.keys = None;
        leave();
    }

    /// Takes it again, and draws everything anew.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        enter()?;
        self.forget()
    }

    /// Draws everything anew the next time.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.keys = None;
        leave();
    }
}

fn known(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    if modifiers.contains(KeyModifiers::CONTROL) {
        return match code {
            KeyCode::Char('c') => Some(Key::Interrupt),
            KeyCode::Char('z') => Some(Key::Suspend),
            KeyCode::Char('l') => Some(Key::Redraw),
            _ => None,
        };
    }
    match code {
        KeyCode::Char(letter) => Some(Key::Letter(letter)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Escape),
        KeyCode::Backspace => Some(Key::Back),
        KeyCode::Tab => Some(Key::Tab),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        _ => None,
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen).inspect_err(|_| leave())
}

/// As it was before. A terminal that is gone needs nothing back.
fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        drop(execute!(io::stdout(), LeaveAlternateScreen, Show));
        drop(disable_raw_mode());
    }
}

/// The words of a panic stand on the shell's screen, not on ours.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
        }));
    });
}
