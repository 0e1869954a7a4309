//! The last lines: how far the check is, and the keys. And all keys at length. Next: [`crate::watch::driver`].

use ratatui_core::{
    buffer::Buffer,
    layout::Rect,
    style::Style as Ink,
    text::{Line, Span},
};

use super::{QUIET, RIGHT, STRONG, Signs, TYPED, WRONG, columns};
use crate::watch::model::{Model, Over, Work, keys::BINDINGS};

/// How far the check is; or a question; or something that was done.
pub(super) fn state(model: &Model, signs: &Signs, area: Rect, buffer: &mut Buffer) {
    let file = model.entry().edit.rsplit('/').next().unwrap_or_default();
    let more = match (model.over.is_none(), model.pane.has_less(), model.pane.has_more()) {
        (true, true, true) => format!(" more {} {}", signs.up, signs.down),
        (true, true, false) => format!(" more {}", signs.up),
        (true, false, true) => format!(" more {}", signs.down),
        _ => String::new(),
    };
    let room = area.width - columns(&more);
    let line = match (&model.over, &model.note, &model.work) {
        (Some(Over::Reset), ..) => Line::from(vec![
            Span::styled(format!("Put {file} back as it was? Your work is copied first. "), STRONG),
            Span::styled("y/n", TYPED),
        ]),
        (Some(Over::List(_)), ..) => Line::from("type to narrow the list"),
        (Some(Over::Help), ..) | (None, None, Work::Idle) => Line::default(),
        (None, Some(note), _) => Line::styled(note.as_str(), STRONG),
        (None, None, Work::Saved) => Line::from("saved"),
        (None, None, Work::Running(line)) if line.is_empty() => Line::from("checking"),
        (None, None, Work::Running(line)) => Line::from(format!("checking: {line}")),
        (None, None, Work::Refused) => {
            Line::from(vec![Span::styled(format!("{} ", signs.failed), WRONG), Span::raw("not checked")])
        }
        (None, None, Work::Done { passed: true }) => Line::from(vec![
            Span::styled(format!("{} passed", signs.passed), RIGHT),
            Span::raw("; n goes on"),
        ]),
        (None, None, Work::Done { passed: false }) => Line::from(vec![
            Span::styled(format!("{} not yet", signs.failed), WRONG),
            Span::raw(if model.pane.is_verdict() { "; save " } else { "; v says why; save " }),
            Span::raw(file),
            Span::raw(" to check again"),
        ]),
    };
    buffer.set_line(area.x, area.y, &line, room);
    if !more.is_empty() {
        buffer.set_string(area.right() - columns(&more), area.y, &more, QUIET);
    }
}

/// As many keys as there is room for; help and quit always.
pub(super) fn foot(model: &Model, area: Rect, buffer: &mut Buffer) {
    let always = match &model.over {
        Some(Over::List(_)) => vec![("arrows", "choose"), ("Enter", "go"), ("Esc", "back")],
        Some(Over::Help) => vec![("any key", "back")],
        Some(Over::Reset) => vec![("y", "yes"), ("any other key", "no")],
        None => vec![("?", "keys"), ("q", "quit")],
    };
    let width = |(key, short): &(&str, &str)| columns(key) + columns(short) + 3;
    let kept: u16 = always.iter().map(width).sum();
    let mut spans: Vec<Span<'_>> = Vec::new();
    if model.over.is_none() {
        let mut room = (area.width + 2).saturating_sub(kept);
        for pair in BINDINGS.iter().map(|binding| (binding.key, binding.short)) {
            if pair.1.is_empty() || pair.0 == "q" {
                continue;
            }
            if width(&pair) > room {
                break;
            }
            room -= width(&pair);
            spans.extend(pressed(pair));
        }
    }
    spans.extend(always.into_iter().flat_map(pressed));
    buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
}

fn pressed((key, short): (&'static str, &'static str)) -> [Span<'static>; 4] {
    [Span::styled(key, TYPED), Span::raw(" "), Span::raw(short), Span::raw("  ")]
}

/// All keys, each with what it does.
pub(super) fn keys(area: Rect, buffer: &mut Buffer) {
    for (binding, y) in BINDINGS.iter().zip(area.top()..area.bottom()) {
        buffer.set_stringn(area.x + 1, y, binding.key, 10, TYPED);
        let room = usize::from(area.width.saturating_sub(12));
        buffer.set_stringn(area.x + 11, y, binding.long, room, Ink::new());
    }
}
