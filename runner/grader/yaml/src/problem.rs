//! A problem of a file: where, what, and what to do. Next: [`super::reads`], which notes them.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::Place;

/// How wide a quoted source line may be; longer lines are cut around the place.
const WIDTH: usize = 100;
/// How many problems of one file are worth reading.
const MOST: usize = 100;

/// Something in a file that its writer has to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong: a lower-case fragment.
    pub message: String,
    /// What to do, where it is not obvious.
    pub help: Option<String>,
}

impl Problem {
    /// What is wrong and what to do, on one line: where no source line is shown.
    pub fn in_full(&self) -> String {
        match &self.help {
            None => self.message.clone(),
            Some(help) if self.message.ends_with('?') => format!("{} ({help})", self.message),
            Some(help) => format!("{}; {help}", self.message),
        }
    }

    /// The problem with its source line:
    ///
    /// ```text
    /// exercise.yaml:19:18: unknown action `haer`; did you mean `hear`?
    ///   19 │       - meera: { haer: nothing }
    ///      │                  ────
    ///   help: …
    /// ```
    pub fn render(&self, path: &str, source: &str) -> String {
        let Place { line, column, len } = self.place;
        let mut out = format!("{path}:{line}:{column}: {}\n", self.message);
        if let Some(text) = line_of(source, line) {
            let number = line.to_string();
            let (shown, before, width) = window(text, column as usize, len as usize);
            let _ = writeln!(out, "  {number} │ {shown}");
            let _ = writeln!(out, "  {:1$} │ {2:3$}{4}", "", number.len(), "", before, "─".repeat(width));
        }
        if let Some(help) = &self.help {
            let _ = writeln!(out, "  help: {help}");
        }
        out
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one, if it is new and there are not too many.
    pub fn add(&mut self, place: Place, message: impl Into<String>) {
        self.push(place, message.into(), None);
    }

    /// The same, with what to do.
    pub fn add_with_help(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(place, message.into(), Some(help.into()));
    }

    fn push(&mut self, place: Place, message: String, help: Option<String>) {
        let problem = Problem { place, message, help };
        if self.0.len() < MOST && !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of the file.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| (problem.place.line, problem.place.column));
        self.0
    }
}

/// A word of the file, fit for a message: short, on one line.
pub fn shown(word: &str) -> String {
    const MOST_CHARS: usize = 40;
    let mut out: String =
        word.chars().take(MOST_CHARS).map(|c| if c.is_control() { '·' } else { c }).collect();
    if word.chars().nth(MOST_CHARS).is_some() {
        out.push('…');
    }
    out
}

/// Line `number` (from 1). YAML also breaks lines at a bare carriage return.
fn line_of(source: &str, number: u32) -> Option<&str> {
    let mut rest = source.strip_prefix('\u{feff}').unwrap_or(source);
    for _ in 1..number {
        let end = rest.find(['\n', '\r'])?;
        let skip = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + skip..];
    }
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The part of a line to show, the width before the place, and the width to underline.
fn window(text: &str, column: usize, len: usize) -> (String, usize, usize) {
    let start = column.saturating_sub(1);
    let first = if start > WIDTH * 3 / 4 { start - WIDTH / 2 } else { 0 };
    let mut shown = String::new();
    let (mut before, mut under) = (0, 0);
    if first > 0 {
        shown.push('…');
        before += 1;
    }
    let mut cut = false;
    for (index, c) in text.chars().enumerate().skip(first) {
        if index >= first + WIDTH {
            cut = true;
            break;
        }
        let c = if c.is_control() { ' ' } else { c };
        let width = c.width().unwrap_or(0);
        if index < start {
            before += width;
        } else if index < start.saturating_add(len) {
            under += width;
        }
        shown.push(c);
    }
    if cut {
        shown.push('…');
    }
    (shown, before, under.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(source: &str, line: u32, column: u32, len: u32) -> String {
        let place = Place { line, column, len };
        Problem { place, message: "no".into(), help: None }.render("a.yaml", source)
    }

    #[test]
    fn underlines_by_width_not_by_character() {
        assert_eq!(render("x\n日本: bad\n", 2, 5, 3), "a.yaml:2:5: no\n  2 │ 日本: bad\n    │       ───\n");
    }

    #[test]
    fn cuts_long_lines_around_the_place() {
        let source = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let text = render(&source, 1, 501, 4);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].chars().count() < 120, "{text}");
        let at = lines[1].chars().position(|c| c == 'H');
        assert_eq!(lines[2].chars().position(|c| c == '─'), at, "{text}");
    }

    #[test]
    fn the_advice_is_told_on_the_same_line() {
        let problem = |message: &str, help: Option<&str>| {
            let place = Place { line: 1, column: 1, len: 1 };
            Problem { place, message: message.into(), help: help.map(Into::into) }.in_full()
        };
        assert_eq!(
            problem("unknown level `x`", Some("known: `junior`")),
            "unknown level `x`; known: `junior`"
        );
        assert_eq!(problem("did you mean `a`?", Some("known: `a`")), "did you mean `a`? (known: `a`)");
        assert_eq!(problem("no", None), "no");
    }

    #[test]
    fn a_place_behind_the_end_has_no_line() {
        assert_eq!(render("a", 9, 1, 1), "a.yaml:9:1: no\n");
    }
}
