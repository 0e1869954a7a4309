//! All exercises, narrowed by what is typed. Next: `foot.rs`.

use ratatui_core::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style as Ink},
    text::{Line, Span},
};
use unicode_width::UnicodeWidthStr as _;

use super::{QUIET, STRONG, Signs, TYPED, side};
use crate::watch::model::{List, Model};

pub(super) fn draw(model: &Model, list: &List, signs: &Signs, area: Rect, buffer: &mut Buffer) {
    let left = list.left(&model.outline);
    let typed = Line::from(vec![
        Span::styled("find: ", STRONG),
        Span::styled(list.filter.as_str(), TYPED),
        Span::styled(" ", Ink::new().add_modifier(Modifier::REVERSED)),
        Span::styled(format!("  {} of {}", left.len(), model.outline.entries.len()), QUIET),
    ]);
    buffer.set_line(area.x, area.y, &typed, area.width);
    let names = model.outline.entries.iter().map(|entry| entry.id.width()).max().unwrap_or_default();
    let area = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if left.is_empty() {
        let none = "No exercise has these words in its name, title, lesson or state.";
        buffer.set_stringn(area.x, area.y, none, usize::from(area.width), QUIET);
        return;
    }
    let height = usize::from(area.height);
    let chosen = list.chosen.min(left.len() - 1);
    let top = chosen.saturating_sub(height / 2).min(left.len().saturating_sub(height));
    for ((place, at), y) in left.iter().enumerate().skip(top).zip(area.top()..area.bottom()) {
        let entry = &model.outline.entries[*at];
        let (mark, ink) = side::mark(entry.state, signs);
        let is_chosen = place == chosen;
        let name =
            if is_chosen { Ink::new().add_modifier(Modifier::REVERSED) } else { side::name_ink(entry.state) };
        let gap = " ".repeat(names.saturating_sub(entry.id.width()) + 2);
        let title = format!("{gap}{}{}", entry.title, side::stages(entry).unwrap_or_default());
        let row = Line::from(vec![
            Span::styled(if is_chosen { signs.current } else { " " }, STRONG),
            Span::styled(format!("{mark} "), ink),
            Span::styled(entry.id.as_str(), name),
            Span::styled(title, QUIET),
        ]);
        buffer.set_line(area.x, y, &row, area.width);
    }
}
