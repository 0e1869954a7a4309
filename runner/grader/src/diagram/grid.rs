//! A line of cells to draw on, and the inked spans that it becomes.
//!
//! Next: [`super::text`], which draws.

use super::shorten::width;

/// What a span is, so that a writer with colours can tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Lifelines and arrows.
    Rule,
    /// The names over the columns.
    Name,
    /// What an arrow says.
    Label,
    /// The frame on the wire.
    Frame,
    /// The sign at the mismatch, and its arrow.
    Mark,
    /// What was left out.
    Aside,
}

/// A piece of a line in one ink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text; harmless in a terminal.
    pub text: String,
    /// Its ink.
    pub ink: Ink,
}

/// One line of a picture.
pub type Line = Vec<Span>;

/// The lines without inks, each ended by a newline.
pub fn plain(lines: &[Line]) -> String {
    lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect::<String>() + "\n").collect()
}

/// Cells of one line. A text of several columns stands in its first cell; the cells after it are covered.
pub(super) struct Grid {
    cells: Vec<Cell>,
}

#[derive(Clone)]
enum Cell {
    Empty,
    Text(String, Ink),
    Covered,
}

impl Grid {
    pub(super) const fn new() -> Self {
        Self { cells: Vec::new() }
    }

    /// Writes a text at column `x`, over whatever was there.
    pub(super) fn put(&mut self, x: usize, text: &str, ink: Ink) {
        let columns = width(text);
        if columns == 0 {
            return;
        }
        if self.cells.len() < x + columns {
            self.cells.resize(x + columns, Cell::Empty);
        }
        self.cells[x] = Cell::Text(text.to_owned(), ink);
        self.cells[x + 1..x + columns].fill(Cell::Covered);
    }

    /// Writes a text that ends before column `end`.
    pub(super) fn put_before(&mut self, end: usize, text: &str, ink: Ink) {
        self.put(end.saturating_sub(width(text)), text, ink);
    }

    pub(super) fn into_line(self) -> Line {
        let mut line = Line::new();
        let mut gap = 0;
        for cell in self.cells {
            match cell {
                Cell::Empty => gap += 1,
                Cell::Covered => {}
                Cell::Text(text, ink) => {
                    match line.last_mut() {
                        Some(last) if last.ink == ink => {
                            last.text.push_str(&" ".repeat(gap));
                            last.text.push_str(&text);
                        }
                        _ => line.push(Span { text: " ".repeat(gap) + &text, ink }),
                    }
                    gap = 0;
                }
            }
        }
        line
    }
}
