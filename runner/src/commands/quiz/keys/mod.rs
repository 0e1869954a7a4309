//! Answers by keys, on a terminal: menus and a line of text. Next: `menu.rs`, `line.rs`.
//!
//! What a key does is decided in [`menu`] and [`line`], which know no terminal. [`screen`] draws what they look like,
//! and puts the terminal back into its usual mode however asking ends.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context as _, anyhow};
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::{
    super::Context,
    ask::{Ask, Length, Said},
};
use crate::exit::{Exit, Failure};

mod line;
mod menu;
mod screen;

use line::Line;
use menu::{Menu, Mode};
use screen::Screen;

/// Asks by keys.
pub(super) struct Keys;

/// What was pressed, or happened to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Press {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    Enter,
    Backspace,
    Delete,
    Letter(char),
    /// Ctrl-U: the whole text away.
    Clear,
    /// Ctrl-D: the end of input.
    Eof,
    /// Ctrl-C.
    Interrupt,
}

/// What a press leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Go on.
    Go,
    /// The answer is given.
    Done,
    /// Not this one.
    Skip,
    /// No more questions.
    End,
}

/// What keys fill: a menu or a line.
trait Widget {
    /// Takes a press.
    fn press(&mut self, press: Press) -> Step;
    /// How it looks, and where the cursor stands in it.
    fn look(&self, width: usize) -> Look;
}

/// The lines of a widget, without line ends, the one that is meant, and the cursor's row and column.
#[derive(Debug, PartialEq, Eq)]
struct Look {
    lines: Vec<String>,
    /// Lines that stand out.
    strong: std::ops::Range<usize>,
    cursor: Option<(usize, usize)>,
}

impl Ask for Keys {
    fn one(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<usize>, Failure> {
        let mut menu = Menu::new(Mode::One, options);
        Ok(run(ctx, &mut menu)?.map(|()| menu.at()))
    }

    fn many(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<BTreeSet<usize>>, Failure> {
        let mut menu = Menu::new(Mode::Many, options);
        Ok(run(ctx, &mut menu)?.map(|()| menu.picked().iter().copied().collect()))
    }

    fn order(&mut self, ctx: &mut Context<'_>, options: &[String]) -> Result<Said<Vec<usize>>, Failure> {
        let mut menu = Menu::new(Mode::Order, options);
        Ok(run(ctx, &mut menu)?.map(|()| menu.picked().to_vec()))
    }

    fn text(&mut self, ctx: &mut Context<'_>, what: &str, length: Length) -> Result<Said<String>, Failure> {
        let mut line = Line::new(what, length);
        let said = run(ctx, &mut line)?;
        let text = line.text();
        Ok(match text.trim() {
            ":skip" => Said::Skip,
            ":quit" => Said::End,
            _ => said.map(|()| text),
        })
    }
}

/// Draws, waits for a key, and so on until there is an answer.
fn run(ctx: &mut Context<'_>, widget: &mut dyn Widget) -> Result<Said<()>, Failure> {
    let mut screen = Screen::open(size(ctx))?;
    // From here on a change of the window's size is heard, also one that comes while it is being drawn.
    event::poll(Duration::ZERO).context("cannot wait for a key").map_err(Failure::environment)?;
    loop {
        screen.draw(ctx, &widget.look(screen.width()))?;
        let event = event::read().context("cannot read a key").map_err(Failure::environment)?;
        let press = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => press(key),
            Event::Resize(..) => {
                let size = size(ctx);
                ctx.terminal.width = Some(size.0);
                screen.resize(size);
                None
            }
            _ => None,
        };
        let step = match press {
            None => Step::Go,
            Some(Press::Interrupt) => {
                screen.close(ctx, &widget.look(screen.width()))?;
                let error = anyhow!("stopped; every answer so far is kept");
                return Err(Failure { exit: Exit::Interrupted, error });
            }
            Some(Press::Eof) => Step::End,
            Some(press) => widget.press(press),
        };
        let said = match step {
            Step::Go => continue,
            Step::Done => Said::Answer(()),
            Step::Skip => Said::Skip,
            Step::End => Said::End,
        };
        screen.close(ctx, &widget.look(screen.width()))?;
        return Ok(said);
    }
}

/// Columns and rows of the terminal that is written to. The one that rules the session, which an event tells, may be another.
fn size(ctx: &Context<'_>) -> (usize, usize) {
    terminal_size::terminal_size_of(std::io::stdout())
        .map_or((ctx.terminal.width.unwrap_or(80), 24), |(width, height)| (width.0.into(), height.0.into()))
}

fn press(key: KeyEvent) -> Option<Press> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c') => Some(Press::Interrupt),
            KeyCode::Char('d') => Some(Press::Eof),
            KeyCode::Char('u') => Some(Press::Clear),
            KeyCode::Char('a') => Some(Press::Home),
            KeyCode::Char('e') => Some(Press::End),
            KeyCode::Char('p') => Some(Press::Up),
            KeyCode::Char('n') => Some(Press::Down),
            // What a terminal sends for Enter in a pasted text.
            KeyCode::Char('j' | 'm') => Some(Press::Enter),
            KeyCode::Char('h') => Some(Press::Backspace),
            _ => None,
        };
    }
    Some(match key.code {
        KeyCode::Up | KeyCode::BackTab => Press::Up,
        KeyCode::Down | KeyCode::Tab => Press::Down,
        KeyCode::Left => Press::Left,
        KeyCode::Right => Press::Right,
        KeyCode::Home => Press::Home,
        KeyCode::End => Press::End,
        KeyCode::Enter => Press::Enter,
        KeyCode::Backspace => Press::Backspace,
        KeyCode::Delete => Press::Delete,
        KeyCode::Char(letter) => Press::Letter(letter),
        _ => return None,
    })
}
