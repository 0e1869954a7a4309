//! Text with the colours of `anstyle` in it, as lines of a frame. Next: `diff.rs`.

use ratatui_core::{
    style::{Color, Modifier, Style},
    text::{Line, Span},
};
use unicode_width::UnicodeWidthChar as _;

/// The sixteen colours, in the order of their codes.
const COLOURS: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The lines of a text. Escape codes for the sixteen colours and for weight become styles; all others vanish.
pub(super) fn lines(text: &str) -> Vec<Line<'static>> {
    let mut style = Style::new();
    text.lines()
        .map(|line| {
            let mut spans = Vec::new();
            let mut pieces = line.split("\u{1b}[");
            push(&mut spans, pieces.next().unwrap_or_default(), style);
            for piece in pieces {
                let end = piece.find(|letter: char| ('@'..='~').contains(&letter)).unwrap_or(piece.len());
                let (code, rest) = piece.split_at(end);
                if let Some(rest) = rest.strip_prefix('m') {
                    style = restyled(style, code);
                    push(&mut spans, rest, style);
                } else {
                    push(&mut spans, rest.get(1..).unwrap_or_default(), style);
                }
            }
            Line::from(spans)
        })
        .collect()
}

fn push(spans: &mut Vec<Span<'static>>, text: &str, style: Style) {
    let harmless: String = text.chars().filter(|letter| !letter.is_control()).collect();
    if !harmless.is_empty() {
        spans.push(Span::styled(harmless, style));
    }
}

fn restyled(mut style: Style, code: &str) -> Style {
    for number in code.split(';').map(|number| number.parse::<usize>().unwrap_or(0)) {
        style = match number {
            0 => Style::new(),
            1 => style.add_modifier(Modifier::BOLD),
            2 => style.add_modifier(Modifier::DIM),
            3 => style.add_modifier(Modifier::ITALIC),
            4 => style.add_modifier(Modifier::UNDERLINED),
            7 => style.add_modifier(Modifier::REVERSED),
            30..=37 => style.fg(COLOURS[number - 30]),
            39 => style.fg(Color::Reset),
            40..=47 => style.bg(COLOURS[number - 40]),
            90..=97 => style.fg(COLOURS[number - 82]),
            _ => style,
        };
    }
    style
}

/// Breaks lines that are wider than there is room: at a space in the second half if there is one, else between any two
/// letters. Nothing but that space is lost.
pub(super) fn fitted(lines: &[Line<'static>], room: usize) -> Vec<Line<'static>> {
    let room = room.max(1);
    let mut fitted = Vec::with_capacity(lines.len());
    for line in lines {
        if line.width() <= room {
            fitted.push(line.clone());
        } else {
            broken(line, room, &mut fitted);
        }
    }
    fitted
}

fn broken(line: &Line<'static>, room: usize, rows: &mut Vec<Line<'static>>) {
    let letters = |span: &Span<'static>| {
        let style = span.style;
        span.content.chars().map(move |letter| (letter, style)).collect::<Vec<_>>()
    };
    let letters: Vec<(char, Style)> = line.spans.iter().flat_map(letters).collect();
    let mut rest = letters.as_slice();
    while !rest.is_empty() {
        let mut used = 0;
        let fits = |(letter, _): &&(char, Style)| {
            used += letter.width().unwrap_or(0);
            used <= room
        };
        // A letter that is wider than all the room stands alone.
        let most = rest.iter().take_while(fits).count().max(1);
        let space = rest[..most].iter().rposition(|(letter, _)| *letter == ' ').filter(|at| *at > most / 2);
        let is_whole = most == rest.len() || rest[most].0 == ' ';
        let end = space.filter(|_| !is_whole).unwrap_or(most);
        rows.push(row(&rest[..end]));
        rest = &rest[end..];
        if let Some(((' ', _), after)) = rest.split_first() {
            rest = after;
        }
    }
}

/// Letters of one style after the other become one piece.
fn row(letters: &[(char, Style)]) -> Line<'static> {
    let pieces = letters.chunk_by(|one, next| one.1 == next.1);
    let spans = pieces.map(|piece| {
        let text: String = piece.iter().map(|(letter, _)| letter).collect();
        Span::styled(text, piece[0].1)
    });
    Line::from(spans.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    #[test]
    fn what_anstyle_writes_is_read_back() {
        let style = AnsiColor::Red.on_default().bold();
        let text = format!("  {style}bad{style:#} rest\n\nnext");
        let lines = lines(&text);
        assert_eq!(lines.len(), 3);
        assert_eq!(
            lines[0].spans,
            [
                Span::raw("  "),
                Span::styled("bad", Style::new().fg(Color::Red).add_modifier(Modifier::BOLD)),
                Span::raw(" rest")
            ]
        );
        assert_eq!(lines[2].to_string(), "next");
    }

    #[test]
    fn other_codes_and_control_letters_vanish() {
        assert_eq!(lines("a\u{1b}[2Jb\u{7}c\u{1b}[")[0].to_string(), "abc");
        assert_eq!(lines("\u{1b}[96mx")[0].spans[0].style.fg, Some(Color::LightCyan));
    }

    #[test]
    fn wide_lines_are_broken_and_nothing_is_lost() {
        let text = lines("abc\u{1b}[31mdefg\u{1b}[0m\n部屋部");
        let rows: Vec<String> = fitted(&text, 4).iter().map(ToString::to_string).collect();
        assert_eq!(rows, ["abcd", "efg", "部屋", "部"]);
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        let rows = |text: &str, room| -> Vec<String> {
            fitted(&lines(text), room).iter().map(ToString::to_string).collect()
        };
        assert_eq!(rows("one two three four", 10), ["one two", "three four"]);
        assert_eq!(rows("abcdefgh ij", 8), ["abcdefgh", "ij"]);
        assert_eq!(rows("a bcdefghijk", 8), ["a bcdefg", "hijk"]);
    }
}
