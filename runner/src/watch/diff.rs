//! One's own program beside the course's: in two columns where there is room, else one below the other.
//! Next: [`super::view`].

use ratatui_core::{
    style::{Color, Modifier, Style as Ink},
    text::{Line, Span},
};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::report::style::Style;

/// From so many columns on the programs stand side by side.
const BESIDE: usize = 88;

const TITLE: Ink = Ink::new().add_modifier(Modifier::UNDERLINED);
const QUIET: Ink = Ink::new().add_modifier(Modifier::DIM);
const STRONG: Ink = Ink::new().add_modifier(Modifier::BOLD);
const YOURS: Ink = Ink::new().fg(Color::Yellow);
const OURS: Ink = Ink::new().fg(Color::Green);

/// Both programs, with a title.
pub(super) fn lines(yours: &str, ours: &str, path: &str, style: Style) -> Vec<Line<'static>> {
    let title = Line::styled("Yours, and the course's", TITLE);
    let place = Line::styled(path.to_owned(), QUIET);
    let mut lines = vec![title, place, Line::default()];
    if yours.trim_end() == ours.trim_end() {
        lines.push(Line::from("They are the same, letter by letter."));
        return lines;
    }
    let clean = |text: &str| -> Vec<String> { text.lines().map(harmless).collect() };
    let (yours, ours) = (clean(yours), clean(ours));
    let ops = capture_diff_slices(Algorithm::Patience, &yours, &ours);
    if style.width >= BESIDE {
        lines.extend(beside(&yours, &ours, &ops, style));
    } else {
        lines.push(Line::from(vec![
            Span::styled("- yours", YOURS),
            Span::raw("   "),
            Span::styled("+ the course's", OURS),
        ]));
        lines.push(Line::default());
        lines.extend(below(&yours, &ours, &ops));
    }
    lines
}

fn harmless(line: &str) -> String {
    line.replace('\t', "    ").chars().filter(|letter| !letter.is_control()).collect()
}

fn below(yours: &[String], ours: &[String], ops: &[DiffOp]) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for op in ops {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            lines.extend(yours[old].iter().map(|line| Line::from(format!("  {line}"))));
        } else {
            lines.extend(yours[old].iter().map(|line| Line::styled(format!("- {line}"), YOURS)));
            lines.extend(ours[new].iter().map(|line| Line::styled(format!("+ {line}"), OURS)));
        }
    }
    lines
}

fn beside(yours: &[String], ours: &[String], ops: &[DiffOp], style: Style) -> Vec<Line<'static>> {
    let bar = if style.unicode { " │ " } else { " | " };
    let half = (style.width - 3) / 2;
    let row = |left: (&str, Ink), right: (&str, Ink)| {
        Line::from(vec![
            Span::styled(cell(left.0, half, true), left.1),
            Span::styled(bar, QUIET),
            Span::styled(cell(right.0, half, false), right.1),
        ])
    };
    let mut lines = vec![row(("yours", STRONG), ("the course's", STRONG)), Line::default()];
    for op in ops {
        let (old, new) = (&yours[op.old_range()], &ours[op.new_range()]);
        let same = matches!(op, DiffOp::Equal { .. });
        let inks = if same { (Ink::new(), Ink::new()) } else { (YOURS, OURS) };
        for at in 0..old.len().max(new.len()) {
            let side = |lines: &[String], sign: &str| {
                let sign = if same { " " } else { sign };
                lines.get(at).map_or_else(|| vec![String::new()], |line| rows(line, half - 2, sign))
            };
            let (left, right) = (side(old, "-"), side(new, "+"));
            for at in 0..left.len().max(right.len()) {
                let text = |rows: &[String]| rows.get(at).cloned().unwrap_or_default();
                lines.push(row((&text(&left), inks.0), (&text(&right), inks.1)));
            }
        }
    }
    lines
}

/// A line in as many rows as it takes: the first has the sign, the others are blank before.
fn rows(line: &str, room: usize, sign: &str) -> Vec<String> {
    let mut rows = vec![format!("{sign} ")];
    let mut used = 0;
    for letter in line.chars() {
        let columns = letter.width().unwrap_or(0);
        if used + columns > room {
            rows.push("  ".to_owned());
            used = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.push(letter);
        }
        used += columns;
    }
    rows
}

fn cell(text: &str, columns: usize, fill: bool) -> String {
    let gap = if fill { columns.saturating_sub(text.width()) } else { 0 };
    format!("{text}{:gap$}", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(yours: &str, ours: &str, width: usize) -> Vec<String> {
        let style = Style { width, ..Style::default() };
        let lines = lines(yours, ours, "solution.js", style);
        lines.iter().skip(3).map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn one_below_the_other() {
        assert_eq!(
            shown("a\nmine\nc\n", "a\nours\nc\n", 40),
            ["- yours   + the course's", "", "  a", "- mine", "+ ours", "  c"]
        );
    }

    #[test]
    fn side_by_side_with_long_lines_broken() {
        let long = "x".repeat(60);
        let rows = shown(&format!("a\n{long}\n"), "a\ny\nz\n", 88);
        let half = |text: &str| format!("{text:42} │");
        assert_eq!(
            rows,
            [
                format!("{} the course's", half("yours")),
                String::new(),
                format!("{}   a", half("  a")),
                format!("{} + y", half(&format!("- {}", "x".repeat(40)))),
                half(&format!("  {}", "x".repeat(20))),
                format!("{} + z", half("")),
            ]
        );
    }

    #[test]
    fn the_same_program_is_said_to_be() {
        assert_eq!(shown("a\n", "a", 40), ["They are the same, letter by letter."]);
    }
}
