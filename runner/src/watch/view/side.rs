//! The lessons and exercises on the left, with the current one in sight. Next: `list.rs`.

use ratatui_core::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style as Ink},
    text::{Line, Span},
};

use super::{QUIET, RIGHT, STRONG, Signs, WRONG};
use crate::watch::model::{Entry, Model, State};

pub(super) fn draw(model: &Model, signs: &Signs, area: Rect, buffer: &mut Buffer) {
    let mut rows: Vec<Line<'_>> = Vec::new();
    let mut current = 0;
    for (number, title) in &model.outline.lessons {
        rows.push(Line::from(Span::styled(format!("{number:>2} {title}"), STRONG)));
        for (at, entry) in model.outline.entries.iter().enumerate() {
            if entry.lesson == *number {
                if at == model.current {
                    current = rows.len();
                }
                rows.push(row(entry, at == model.current, signs));
            }
        }
    }
    let height = usize::from(area.height);
    let last = rows.len().saturating_sub(height);
    let top = current.saturating_sub(height / 2).min(last);
    for (row, y) in rows.iter().skip(top).zip(area.top()..area.bottom()) {
        buffer.set_line(area.x, y, row, area.width);
    }
}

/// An exercise: whether it is the current one, its state, its name, its stages.
fn row<'m>(entry: &'m Entry, is_current: bool, signs: &Signs) -> Line<'m> {
    let (mark, ink) = mark(entry.state, signs);
    let name = if is_current { Ink::new().add_modifier(Modifier::REVERSED) } else { name_ink(entry.state) };
    let mut spans = vec![
        Span::styled(if is_current { signs.current } else { " " }, STRONG),
        Span::styled(format!("{mark} "), ink),
        Span::styled(entry.name.as_str(), name),
    ];
    if let Some(stages) = stages(entry) {
        spans.push(Span::styled(stages, QUIET));
    }
    Line::from(spans)
}

pub(super) const fn mark(state: State, signs: &Signs) -> (&'static str, Ink) {
    match state {
        State::Passed => (signs.passed, RIGHT),
        State::Failed => (signs.failed, WRONG),
        State::Waiting => (signs.waiting, QUIET),
        State::Elsewhere => (" ", QUIET),
    }
}

pub(super) const fn name_ink(state: State) -> Ink {
    match state {
        State::Elsewhere => QUIET,
        State::Passed | State::Failed | State::Waiting => Ink::new(),
    }
}

/// ` 2/4`, until all have passed.
pub(super) fn stages(entry: &Entry) -> Option<String> {
    let (passed, of) = entry.stages.filter(|(passed, of)| passed < of)?;
    Some(format!(" {passed}/{of}"))
}
