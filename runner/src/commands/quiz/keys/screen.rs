//! The part of the terminal that is drawn anew with each key. Next: `../lines.rs`.
//!
//! What is read goes to the command's own output, which strips colours where nobody wants them; where the cursor goes is
//! no matter of colours, and is written beside it, to the same stream.

use std::io::{self, Write};

use anyhow::Context as _;
use crossterm::terminal;

use super::{
    super::super::{Context, look},
    Look,
};
use crate::exit::Failure;

/// A terminal that hands on each key as it is pressed. The usual mode comes back when it is dropped.
pub(super) struct Screen {
    width: usize,
    height: usize,
    /// In which of the drawn rows the cursor stands; none before the first drawing.
    row: Option<usize>,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn open((width, height): (usize, usize)) -> Result<Self, Failure> {
        terminal::enable_raw_mode()
            .context("cannot read single keys; try `--plain`")
            .map_err(Failure::environment)?;
        Ok(Self { width, height, row: None })
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// The window has another size: what was drawn has been broken anew, so it is left alone and drawn once more below.
    pub(super) fn resize(&mut self, (width, height): (usize, usize)) {
        (self.width, self.height) = (width, height);
        if self.row.take().is_some() {
            // The next drawing fails too if this does, and is told.
            drop(io::stdout().write_all(b"\r\n"));
        }
    }

    /// Draws over what was drawn before.
    pub(super) fn draw(&mut self, ctx: &mut Context<'_>, look: &Look) -> Result<(), Failure> {
        let look = &part(look, self.height.saturating_sub(1).max(1));
        let (lines, strong) = (&look.lines, &look.strong);
        ctx.out.flush()?;
        let up = self
            .row
            .map_or(String::new(), |row| if row > 0 { format!("\x1b[{row}A") } else { String::new() });
        let hidden = if look.cursor.is_some() { "\x1b[?25h" } else { "\x1b[?25l" };
        write!(io::stdout(), "\r{up}\x1b[J{hidden}")?;
        let style = look::STRONG;
        for (index, line) in lines.iter().enumerate() {
            let end = if index + 1 < lines.len() { "\r\n" } else { "" };
            if strong.contains(&index) {
                write!(ctx.out, "{style}{line}{style:#}{end}")?;
            } else {
                write!(ctx.out, "{line}{end}")?;
            }
        }
        ctx.out.flush()?;
        let last = lines.len().saturating_sub(1);
        let (row, column) = look.cursor.unwrap_or((last, 0));
        let up = if row < last { format!("\x1b[{}A", last - row) } else { String::new() };
        let right = if column > 0 { format!("\x1b[{column}C") } else { String::new() };
        let mut stdout = io::stdout();
        write!(stdout, "{up}\r{right}")?;
        stdout.flush()?;
        self.row = Some(row);
        Ok(())
    }

    /// Draws for the last time, and leaves the cursor below.
    pub(super) fn close(&mut self, ctx: &mut Context<'_>, look: &Look) -> Result<(), Failure> {
        self.draw(ctx, look)?;
        let drawn = look.lines.len().min(self.height.saturating_sub(1).max(1));
        let down = drawn.saturating_sub(1).saturating_sub(self.row.unwrap_or_default());
        let down = if down > 0 { format!("\x1b[{down}B") } else { String::new() };
        let mut stdout = io::stdout();
        write!(stdout, "{down}\r\n\x1b[?25h")?;
        stdout.flush()?;
        Ok(())
    }
}

/// As many lines as there is room for, around the cursor or what stands out: nothing can be drawn over above the window.
fn part(look: &Look, room: usize) -> Look {
    let Look { lines, strong, cursor } = look;
    let most = lines.len().saturating_sub(room);
    let first = match cursor {
        Some((row, _)) => (row + 1).saturating_sub(room),
        None => strong.start.saturating_sub(room / 3),
    };
    let first = first.min(most);
    Look {
        lines: lines.iter().skip(first).take(room).cloned().collect(),
        strong: strong.start.saturating_sub(first)..strong.end.saturating_sub(first),
        cursor: cursor.map(|(row, column)| (row - first, column)),
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nothing is left to be done when the terminal is gone.
        drop(terminal::disable_raw_mode());
        let mut stdout = io::stdout();
        drop(stdout.write_all(b"\x1b[?25h"));
        drop(stdout.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, part};

    fn look(strong: std::ops::Range<usize>, cursor: Option<(usize, usize)>) -> Look {
        Look { lines: (0..10).map(|line| line.to_string()).collect(), strong, cursor }
    }

    #[test]
    fn a_low_window_shows_what_matters() {
        let part_of = |look: &Look, room| {
            let part = part(look, room);
            (part.lines.concat(), part.strong, part.cursor)
        };
        assert_eq!(part_of(&look(3..5, None), 20), ("0123456789".to_owned(), 3..5, None));
        assert_eq!(part_of(&look(0..1, None), 4), ("0123".to_owned(), 0..1, None));
        assert_eq!(part_of(&look(5..6, None), 4), ("4567".to_owned(), 1..2, None));
        assert_eq!(part_of(&look(9..10, None), 4), ("6789".to_owned(), 3..4, None));
        assert_eq!(part_of(&look(0..0, Some((8, 3))), 4), ("5678".to_owned(), 0..0, Some((3, 3))));
        assert_eq!(part_of(&look(0..0, Some((1, 0))), 4), ("0123".to_owned(), 0..0, Some((1, 0))));
    }
}
