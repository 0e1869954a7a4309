//! The picture as text: names, lifelines, arrows.
//!
//! Next: [`super::list`], for when there is no room.

use super::{
    Arrow, Diagram, Label,
    columns::Columns,
    grid::{Grid, Ink, Line},
    shorten::{self, Charset, clip},
};
use crate::transcript::Direction;

/// The signs of a picture.
struct Signs {
    life: &'static str,
    line: &'static str,
    cross: &'static str,
    join: &'static str,
    start: &'static str,
    end: &'static str,
    right: &'static str,
    left: &'static str,
    mark: &'static str,
}

const BOXES: Signs = Signs {
    life: "│",
    line: "─",
    cross: "┼",
    join: "┴",
    start: "├",
    end: "┤",
    right: "▶",
    left: "◀",
    mark: "✗",
};

const ASCII: Signs = Signs {
    life: "|",
    line: "-",
    cross: "+",
    join: "+",
    start: "+",
    end: "+",
    right: ">",
    left: "<",
    mark: "X",
};

/// The sign at the marked entry.
pub(super) const fn mark(charset: Charset) -> &'static str {
    signs(charset).mark
}

const fn signs(charset: Charset) -> &'static Signs {
    match charset {
        Charset::Unicode => &BOXES,
        Charset::Ascii => &ASCII,
    }
}

pub(super) fn draw(diagram: &Diagram, columns: &Columns, charset: Charset) -> Vec<Line> {
    let pen = Pen { columns, signs: signs(charset), charset };
    let mut lines = vec![pen.names(), pen.lifelines().into_line()];
    if diagram.earlier > 0 {
        lines.push(pen.left_out(diagram.earlier, "earlier"));
    }
    let mut frame_before = None;
    for arrow in &diagram.arrows {
        let frame = arrow.frame.as_deref();
        // What was just said need not be said again, unless it is the answer that is wrong.
        let repeats = frame_before.is_some_and(|(before, direction)| {
            before == frame && (!arrow.marked || direction == arrow.direction)
        });
        frame_before = Some((frame, arrow.direction));
        let shown = frame.filter(|_| !repeats);
        lines.extend(pen.arrow(arrow, shown));
    }
    if diagram.later > 0 {
        lines.push(pen.left_out(diagram.later, "later"));
    }
    lines.extend(pen.silent());
    lines
}

/// `… 14 earlier packets`
pub(super) fn left_out(count: usize, which: &str, charset: Charset) -> String {
    let packets = if count == 1 { "packet" } else { "packets" };
    format!("{} {count} {which} {packets}", charset.ellipsis())
}

struct Pen<'a> {
    columns: &'a Columns,
    signs: &'static Signs,
    charset: Charset,
}

impl Pen<'_> {
    fn names(&self) -> Line {
        let mut grid = Grid::new();
        let actors = self.columns.actors.iter().map(|(_, name, x)| (name, *x));
        for (name, x) in actors.chain([(&self.columns.program.0, self.columns.program.1)]) {
            grid.put(x - shorten::width(name) / 2, name, Ink::Name);
        }
        grid.into_line()
    }

    fn lifelines(&self) -> Grid {
        let mut grid = Grid::new();
        for (_, _, x) in &self.columns.actors {
            grid.put(*x, self.signs.life, Ink::Rule);
        }
        grid.put(self.columns.program.1, self.signs.life, Ink::Rule);
        grid
    }

    fn left_out(&self, count: usize, which: &str) -> Line {
        self.remark(&left_out(count, which, self.charset))
    }

    /// A text between the first lifeline and the program's.
    fn remark(&self, text: &str) -> Line {
        let mut grid = self.lifelines();
        let first = self.columns.actors.first().map_or(0, |(_, _, x)| *x);
        let room = self.columns.program.1.saturating_sub(first + 3);
        grid.put(first + 2, &clip(text, room, self.charset), Ink::Aside);
        grid.into_line()
    }

    fn silent(&self) -> Option<Line> {
        if self.columns.silent.is_empty() {
            return None;
        }
        let mut grid = Grid::new();
        let text = format!("not drawn, silent here: {}", self.columns.silent.join(", "));
        let first = self.columns.actors.first().map_or(0, |(_, _, x)| *x);
        grid.put(first, &clip(&text, self.columns.width.saturating_sub(first), self.charset), Ink::Aside);
        Some(grid.into_line())
    }

    fn arrow(&self, arrow: &Arrow, frame: Option<&str>) -> Vec<Line> {
        match arrow.direction {
            Some(Direction::ToProgram) => self.stimulus(arrow, frame),
            Some(Direction::FromProgram) => self.delivery(arrow, frame),
            None => self.event(arrow),
        }
    }

    /// The mark and the frame, right of the program's lifeline.
    fn margin(&self, grid: &mut Grid, arrow: &Arrow, frame: Option<&str>) {
        let x = self.columns.program.1;
        if arrow.marked {
            grid.put(x + 2, self.signs.mark, Ink::Mark);
        }
        if let Some(frame) = frame.filter(|_| self.columns.frames > 0) {
            let frame = shorten::frame(frame, self.columns.frames, self.charset);
            grid.put(x + 4, &frame, Ink::Frame);
        }
    }

    /// Two lines: the label beside the speaker's lifeline, the arrow under it.
    fn stimulus(&self, arrow: &Arrow, frame: Option<&str>) -> Vec<Line> {
        let to = self.columns.program.1;
        let ink = line_ink(arrow);
        let mut words = self.lifelines();
        let from = self.columns.rightmost(arrow).unwrap_or(0);
        self.label_after(&mut words, from, &arrow.label, arrow.times);
        self.margin(&mut words, arrow, frame);

        let mut grid = self.lifelines();
        let speakers: Vec<_> =
            self.columns.actors.iter().filter(|(index, _, _)| arrow.actors.contains(index)).collect();
        let start = speakers.first().map_or(0, |(_, _, x)| *x);
        self.rule(&mut grid, start, to, ink);
        for (_, _, x) in &speakers {
            grid.put(*x, if *x == start { self.signs.start } else { self.signs.join }, ink);
        }
        grid.put(to - 1, self.signs.right, ink);
        grid.put(to, self.signs.life, Ink::Rule);
        vec![words.into_line(), grid.into_line()]
    }

    /// One line: the label inside the arrow, beside the program's lifeline.
    fn delivery(&self, arrow: &Arrow, frame: Option<&str>) -> Vec<Line> {
        let from = self.columns.program.1;
        let ink = line_ink(arrow);
        let mut grid = self.lifelines();
        let hearers: Vec<_> = self
            .columns
            .actors
            .iter()
            .filter(|(index, _, _)| arrow.actors.contains(index))
            .map(|(_, _, x)| *x)
            .collect();
        let start = hearers.first().copied().unwrap_or(0);
        self.rule(&mut grid, start, from, ink);
        grid.put(start, self.signs.life, Ink::Rule);
        for x in &hearers {
            grid.put(x + 1, self.signs.left, ink);
        }
        grid.put(from, self.signs.end, ink);
        let last = self.columns.actors.last().map_or(0, |(_, _, x)| *x);
        let label = arrow.label.fit(arrow.times, from.saturating_sub(last + 5), self.charset);
        grid.put_before(from, &format!(" {label} "), Ink::Label);
        self.margin(&mut grid, arrow, frame);
        vec![grid.into_line()]
    }

    /// Something that crosses nothing: at its actor's lifeline, or at the program's.
    fn event(&self, arrow: &Arrow) -> Vec<Line> {
        let mut grid = self.lifelines();
        if let Some(x) = self.columns.rightmost(arrow) {
            self.label_after(&mut grid, x, &arrow.label, arrow.times);
        } else {
            let first = self.columns.actors.first().map_or(0, |(_, _, x)| *x);
            let end = self.columns.program.1;
            let label = arrow.label.fit(arrow.times, end.saturating_sub(first + 3), self.charset);
            grid.put_before(end - 1, &label, Ink::Label);
        }
        self.margin(&mut grid, arrow, None);
        vec![grid.into_line()]
    }

    fn label_after(&self, grid: &mut Grid, x: usize, label: &Label, times: usize) {
        let room = self.columns.program.1.saturating_sub(x + 3);
        grid.put(x + 2, &label.fit(times, room, self.charset), Ink::Label);
    }

    /// A line between two lifelines, crossing those between.
    fn rule(&self, grid: &mut Grid, start: usize, end: usize, ink: Ink) {
        for x in start + 1..end {
            grid.put(x, self.signs.line, ink);
        }
        for (_, _, x) in self.columns.actors.iter().filter(|(_, _, x)| *x > start && *x < end) {
            grid.put(*x, self.signs.cross, ink);
        }
    }
}

const fn line_ink(arrow: &Arrow) -> Ink {
    if arrow.marked { Ink::Mark } else { Ink::Rule }
}
