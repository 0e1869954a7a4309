//! Cells as text, with `anstyle`'s codes for their looks: what ratatui's own package for crossterm does, without the
//! packages that come with it (5 processor seconds of a learner's first build). Next: `face.rs`.

use std::io::{self, Write};

use crossterm::terminal;
use ratatui_core::{
    backend::{Backend, ClearType, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
    style::{Color, Style},
};

/// A terminal that understands ANSI codes, at the other end of a writer.
pub(super) struct Paint<W> {
    out: W,
    /// What is not written yet: a frame goes out whole.
    frame: Vec<u8>,
    /// Where the next letter goes; only as far as it was told.
    cursor: Position,
}

impl<W: Write> Paint<W> {
    pub(super) const fn on(out: W) -> Self {
        Self { out, frame: Vec::new(), cursor: Position::ORIGIN }
    }

    /// Rows and columns count from 1 there.
    fn go(&mut self, to: Position) {
        self.frame.extend_from_slice(format!("\x1b[{};{}H", to.y + 1, to.x + 1).as_bytes());
        self.cursor = to;
    }

    fn code(&mut self, code: &str) -> io::Result<()> {
        self.frame.extend_from_slice(code.as_bytes());
        self.flush()
    }
}

impl<W: Write> Backend for Paint<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut next = None;
        let mut worn = Style::new();
        for (x, y, cell) in content {
            if next != Some((x, y)) {
                self.go(Position { x, y });
            }
            let style = looks(cell);
            if style != worn {
                let codes = anstyle::Style::from(style);
                // From nothing on: codes that only add would keep what the cell before wore.
                self.frame.extend_from_slice(format!("\x1b[0m{codes}").as_bytes());
                worn = style;
            }
            self.frame.extend_from_slice(cell.symbol().as_bytes());
            // After a letter of two columns the next cell is not this one, and the cursor is moved.
            next = Some((x + 1, y));
        }
        self.frame.extend_from_slice(b"\x1b[0m");
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.code("\x1b[?25l")
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.code("\x1b[?25h")
    }

    /// Where it was put last: the terminal is not asked, because its answer would come among the keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into());
        self.flush()
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.code(match region {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        })
    }

    fn size(&self) -> io::Result<Size> {
        terminal::size().map(|(columns, rows)| Size::new(columns, rows))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.frame)?;
        self.frame.clear();
        self.out.flush()
    }
}

/// The looks of a cell; a colour of the terminal's own is none.
fn looks(cell: &Cell) -> Style {
    let own = |colour: Color| Some(colour).filter(|colour| *colour != Color::Reset);
    let mut style = Style::new().add_modifier(cell.modifier);
    (style.fg, style.bg) = (own(cell.fg), own(cell.bg));
    style
}

#[cfg(test)]
mod tests {
    use ratatui_core::{style::Modifier, text::Line};

    use super::*;

    fn written(act: impl FnOnce(&mut Paint<&mut Vec<u8>>)) -> String {
        let mut out = Vec::new();
        let mut paint = Paint::on(&mut out);
        act(&mut paint);
        paint.flush().unwrap();
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn what_stands_together_is_written_together() {
        let (mut plain, mut bad) = (Cell::new("a"), Cell::new("b"));
        bad.fg = Color::Red;
        bad.modifier = Modifier::BOLD;
        let cells = [(2, 0, &plain), (3, 0, &bad), (4, 0, &bad), (0, 1, &bad)];
        let text = written(|paint| paint.draw(cells.into_iter()).unwrap());
        assert_eq!(text, "^[1;3Ha^[0m^[1m^[31mbb^[2;1Hb^[0m");
        plain.modifier = Modifier::DIM;
        let text = written(|paint| paint.draw([(0, 0, &bad), (1, 0, &plain)].into_iter()).unwrap());
        assert_eq!(text, "^[1;1H^[0m^[1m^[31mb^[0m^[2ma^[0m");
    }

    #[test]
    fn after_a_wide_letter_the_cursor_is_put_where_the_next_cell_is() {
        let line = Line::from("部a");
        let mut buffer = ratatui_core::buffer::Buffer::empty(ratatui_core::layout::Rect::new(0, 0, 4, 1));
        let empty = buffer.clone();
        buffer.set_line(0, 0, &line, 4);
        let changed = empty.diff(&buffer);
        let text = written(|paint| paint.draw(changed.into_iter()).unwrap());
        assert_eq!(text, "^[1;1H部^[1;3Ha^[0m");
    }

    #[test]
    fn the_cursor_is_where_it_was_put() {
        let text = written(|paint| {
            paint.set_cursor_position((4, 2)).unwrap();
            assert_eq!(paint.get_cursor_position().unwrap(), Position::new(4, 2));
            paint.clear().unwrap();
            paint.hide_cursor().unwrap();
        });
        assert_eq!(text, "^[3;5H^[2J^[?25l");
    }
}
