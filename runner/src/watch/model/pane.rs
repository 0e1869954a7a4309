//! The text on the right: what it is, how it is laid out, how far it is scrolled. Next: `list.rs`.

use ratatui_core::{
    style::{Modifier, Style as Ink},
    text::{Line, Span},
};

use crate::{
    report::style::Style,
    watch::{Told, ansi, diff},
};

/// The learner's program and the course's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub(super) yours: String,
    pub(super) ours: String,
    pub(super) path: String,
}

/// What the pane shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing yet.
    Empty,
    /// The last verdict, and after a pass the solution beside one's own.
    Verdict {
        /// The two programs.
        comparison: Option<Comparison>,
    },
    /// A text under a title.
    Text {
        /// What it is.
        title: &'static str,
        /// Its lines.
        lines: Vec<Line<'static>>,
    },
    /// The solution beside one's own.
    Comparison(Comparison),
}

impl Body {
    pub(super) fn text(title: &'static str, coloured: &str) -> Self {
        Self::Text { title, lines: ansi::lines(coloured) }
    }

    /// Words that may be one long line.
    pub(super) fn words(title: &'static str, words: &str) -> Self {
        Self::Text { title, lines: words.lines().map(|line| Line::from(line.to_owned())).collect() }
    }
}

/// A text in a window.
#[derive(Debug, Clone)]
pub struct Pane {
    body: Body,
    /// As wide as there is room.
    pub lines: Vec<Line<'static>>,
    /// The first line that is seen.
    pub top: usize,
    rows: usize,
    /// Whether it stays at its end, whatever the size, until somebody scrolls.
    at_end: bool,
}

impl Default for Pane {
    fn default() -> Self {
        Self::new(Body::Empty)
    }
}

impl Pane {
    pub(super) const fn new(body: Body) -> Self {
        Self { body, lines: Vec::new(), top: 0, rows: 0, at_end: false }
    }

    /// The end is what matters: of a failure the picture, the cause and the next move.
    pub(super) fn at_its_end(self) -> Self {
        Self { at_end: true, ..self }
    }

    pub(super) const fn body(&self) -> &Body {
        &self.body
    }

    /// Whether it shows the verdict.
    pub const fn is_verdict(&self) -> bool {
        matches!(self.body, Body::Verdict { .. })
    }

    /// Lays it out for so much room.
    pub(super) fn fit(&mut self, columns: usize, rows: usize, style: Style, told: Option<&Told>) {
        self.rows = rows;
        let style = Style { width: columns, colour: true, live: false, ..style };
        let lines = match &self.body {
            Body::Empty => Vec::new(),
            Body::Verdict { comparison } => {
                let mut lines = told.map(|told| ansi::lines(&told.text(style))).unwrap_or_default();
                if let Some(comparison) = comparison {
                    lines.push(Line::default());
                    lines.extend(compared(comparison, style));
                }
                lines
            }
            Body::Text { title, lines } => titled(title, lines),
            Body::Comparison(comparison) => compared(comparison, style),
        };
        self.lines = ansi::fitted(&lines, columns);
        while self.lines.last().is_some_and(|line| line.width() == 0) {
            self.lines.pop();
        }
        let last = self.last_top();
        self.top = if self.at_end { last } else { self.top.min(last) };
    }

    const fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(self.rows)
    }

    /// Whether there is more above than is seen.
    pub const fn has_less(&self) -> bool {
        self.top > 0
    }

    /// Whether there is more below than is seen.
    pub const fn has_more(&self) -> bool {
        self.top + self.rows < self.lines.len()
    }

    /// To the end, and there also when more comes or the size changes.
    pub(super) fn scroll_to_end(&mut self) {
        self.scroll(isize::MAX);
        self.at_end = true;
    }

    /// This in the place of another, which was read so far.
    pub(super) fn in_place_of(self, other: &Self) -> Self {
        Self { top: other.top, at_end: other.at_end, ..self }
    }

    pub(super) fn scroll(&mut self, by: isize) {
        self.at_end = false;
        self.top = self.top.saturating_add_signed(by).min(self.last_top());
    }

    /// A page, less one line that stays in sight.
    pub(super) fn page(&mut self, down: bool) {
        let rows = isize::try_from(self.rows.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
        self.scroll(if down { rows } else { -rows });
    }
}

fn titled(title: &str, lines: &[Line<'static>]) -> Vec<Line<'static>> {
    let title = Line::from(Span::styled(title.to_owned(), Ink::new().add_modifier(Modifier::UNDERLINED)));
    [title, Line::default()].into_iter().chain(lines.iter().cloned()).collect()
}

fn compared(comparison: &Comparison, style: Style) -> Vec<Line<'static>> {
    diff::lines(&comparison.yours, &comparison.ours, &comparison.path, style)
}
