//! The state as a frame: no input, no output.
//!
//! ```text
//! Socketlings  07_rooms/members_only           JavaScript, 12 of 56 passed    head
//! ─────────────────────┬──────────────────────────────────────────────────
//!  7 Rooms             │                                                        side, and the pane (or the list, or the keys)
//!    ✓ members_only    │   ✗ a message reaches its room, and nobody else
//! ✗ not yet; save main.js to check again                           more ↑      state
//! h hint  n next  l list  o open  g goal  r run               ? keys  q quit     foot
//! ```
//!
//! A narrow window does without the side, and Tab takes it away anywhere; `l` shows the list then, too. Next: `side.rs`.

mod foot;
mod list;
mod side;

use ratatui_core::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier, Style as Ink},
    text::{Line, Span},
};

use super::model::{Model, Over};

/// The smallest window that is served.
pub const SMALLEST: (u16, u16) = (60, 20);

/// From so many columns on there is room for the side.
const WITH_SIDE: u16 = 76;
/// Rows that are not the middle: head, rule, state, foot.
const AROUND: u16 = 4;

/// What suits the character set.
pub(super) struct Signs {
    passed: &'static str,
    failed: &'static str,
    current: &'static str,
    waiting: &'static str,
    bar: &'static str,
    rule: &'static str,
    tee: &'static str,
    up: &'static str,
    down: &'static str,
}

const UNICODE: Signs = Signs {
    passed: "✓",
    failed: "✗",
    current: "▶",
    waiting: "·",
    bar: "│",
    rule: "─",
    tee: "┬",
    up: "↑",
    down: "↓",
};
const ASCII: Signs = Signs {
    passed: "+",
    failed: "X",
    current: ">",
    waiting: ".",
    bar: "|",
    rule: "-",
    tee: "+",
    up: "^",
    down: "v",
};

const STRONG: Ink = Ink::new().add_modifier(Modifier::BOLD);
const QUIET: Ink = Ink::new().add_modifier(Modifier::DIM);
const RIGHT: Ink = Ink::new().fg(Color::Green);
const WRONG: Ink = Ink::new().fg(Color::Red).add_modifier(Modifier::BOLD);
const TYPED: Ink = Ink::new().fg(Color::Cyan);

/// Columns of the side, without its bar; none when it is not shown.
const fn side_columns(model: &Model) -> Option<u16> {
    match model.size.0 {
        _ if !model.has_side => None,
        120.. => Some(34),
        100.. => Some(27),
        WITH_SIDE.. => Some(24),
        _ => None,
    }
}

/// How many columns and rows the text on the right has.
pub fn room(model: &Model) -> (usize, usize) {
    let (columns, rows) = model.size;
    let side = side_columns(model).map_or(0, |side| side + 2);
    (usize::from(columns.saturating_sub(side).max(1)), usize::from(rows.saturating_sub(AROUND).max(1)))
}

/// Draws the whole screen.
pub fn draw(model: &Model, buffer: &mut Buffer) {
    let area = buffer.area;
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(area, buffer);
        return;
    }
    let signs = if model.style.unicode { &UNICODE } else { &ASCII };
    let middle = Rect { y: area.y + 2, height: area.height - AROUND, ..area };
    head(model, area, buffer);
    match &model.over {
        Some(Over::List(list)) => {
            rule(signs, None, area, buffer);
            list::draw(model, list, signs, middle, buffer);
        }
        Some(Over::Help) => {
            rule(signs, None, area, buffer);
            foot::keys(middle, buffer);
        }
        Some(Over::Reset) | None => body(model, signs, area, middle, buffer),
    }
    foot::state(model, signs, Rect { y: area.bottom() - 2, height: 1, ..area }, buffer);
    foot::foot(model, Rect { y: area.bottom() - 1, height: 1, ..area }, buffer);
    if !model.style.colour {
        for cell in &mut buffer.content {
            (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
        }
    }
}

fn body(model: &Model, signs: &Signs, area: Rect, middle: Rect, buffer: &mut Buffer) {
    let side = side_columns(model);
    rule(signs, side, area, buffer);
    let mut x = middle.x;
    if let Some(columns) = side {
        side::draw(model, signs, Rect { width: columns, ..middle }, buffer);
        for y in middle.top()..middle.bottom() {
            buffer.set_string(middle.x + columns, y, signs.bar, QUIET);
        }
        x += columns + 2;
    }
    let room = middle.right() - x;
    for (line, y) in model.pane.lines.iter().skip(model.pane.top).zip(middle.top()..middle.bottom()) {
        buffer.set_line(x, y, line, room);
    }
}

fn head(model: &Model, area: Rect, buffer: &mut Buffer) {
    let (passed, all) = model.outline.count();
    let right = format!("{}, {passed} of {all} passed", model.outline.track);
    let start = area.right().saturating_sub(columns(&right));
    let id = Span::styled(model.entry().id.as_str(), STRONG);
    let name = [Span::styled("Socketlings", QUIET), Span::raw("  ")];
    let left: Vec<Span<'_>> = name.into_iter().filter(|_| area.width >= WITH_SIDE).chain([id]).collect();
    let left = Line::from(left);
    buffer.set_line(area.x, area.y, &left, start.saturating_sub(1));
    buffer.set_string(start, area.y, right, QUIET);
}

fn rule(signs: &Signs, side: Option<u16>, area: Rect, buffer: &mut Buffer) {
    for x in area.left()..area.right() {
        buffer.set_string(x, area.y + 1, signs.rule, QUIET);
    }
    if let Some(side) = side {
        buffer.set_string(area.x + side, area.y + 1, signs.tee, QUIET);
    }
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let (columns, rows) = SMALLEST;
    let words = [
        format!("This window has {} columns and {} rows.", area.width, area.height),
        format!("The watch needs {columns} x {rows}: make it larger."),
        "Or end it with q, and type".to_owned(),
        "cargo run -p runner watch --plain".to_owned(),
    ];
    for (text, y) in words.iter().zip(area.top()..area.bottom()) {
        buffer.set_stringn(area.x, y, text, usize::from(area.width), Ink::new());
    }
}

/// How wide a text is, in columns.
fn columns(text: &str) -> u16 {
    u16::try_from(unicode_width::UnicodeWidthStr::width(text)).unwrap_or(u16::MAX)
}
