//! The fallback without a picture: one line for each packet.
//!
//! `ravi → your server  sendMessage {text:"hi"}   42["sendMessage",{…}]`. Next: [`super::words`].

use super::{
    Arrow, Diagram,
    grid::{Grid, Ink, Line},
    shorten::{self, Charset, clip, width},
    text,
};
use crate::transcript::Direction;

/// The least room for a label beside the route; with less it stands on a line of its own.
const LABEL: usize = 18;
/// The least room for a frame.
const FRAME: usize = 14;

pub(super) fn draw(diagram: &Diagram, columns: usize, charset: Charset) -> Vec<Line> {
    let routes: Vec<String> = diagram.arrows.iter().map(|arrow| route(diagram, arrow, charset)).collect();
    let widest = routes.iter().map(|route| width(route)).max().unwrap_or(0);
    let inline = 2 + widest + 2 + LABEL <= columns;
    let mut lines = Vec::new();
    let aside = |text: String| {
        let mut grid = Grid::new();
        grid.put(2.min(columns), &clip(&text, columns.saturating_sub(2), charset), Ink::Aside);
        grid.into_line()
    };
    if diagram.earlier > 0 {
        lines.push(aside(text::left_out(diagram.earlier, "earlier", charset)));
    }
    for (arrow, route) in diagram.arrows.iter().zip(&routes) {
        let mut grid = Grid::new();
        if arrow.marked && columns > 0 {
            grid.put(0, text::mark(charset), Ink::Mark);
        }
        grid.put(2, &clip(route, columns.saturating_sub(2), charset), Ink::Name);
        let start = if inline {
            2 + widest + 2
        } else {
            lines.push(std::mem::replace(&mut grid, Grid::new()).into_line());
            4
        };
        packet(&mut grid, arrow, (start, columns), charset);
        lines.push(grid.into_line());
    }
    if diagram.later > 0 {
        lines.push(aside(text::left_out(diagram.later, "later", charset)));
    }
    lines
}

fn packet(grid: &mut Grid, arrow: &Arrow, (start, columns): (usize, usize), charset: Charset) {
    let room = columns.saturating_sub(start);
    let label = arrow.label.fit(arrow.times, room, charset);
    grid.put(start, &label, Ink::Label);
    let x = start + width(&label) + 3;
    if let Some(frame) = arrow.frame.as_deref().filter(|_| x + FRAME <= columns) {
        grid.put(x, &shorten::frame(frame, columns - x, charset), Ink::Frame);
    }
}

fn route(diagram: &Diagram, arrow: &Arrow, charset: Charset) -> String {
    let arrow_sign = if charset == Charset::Unicode { "→" } else { "->" };
    let program = shorten::clean(&diagram.program, charset);
    let actors = shorten::clean(&actors(diagram, arrow), charset);
    match arrow.direction {
        Some(Direction::ToProgram) => format!("{actors} {arrow_sign} {program}"),
        Some(Direction::FromProgram) => format!("{program} {arrow_sign} {actors}"),
        None if arrow.actors.is_empty() => program,
        None => actors,
    }
}

fn actors(diagram: &Diagram, arrow: &Arrow) -> String {
    let names: Vec<&str> = arrow.actors.iter().map(|&index| diagram.actors[index].as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one}, {two}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
