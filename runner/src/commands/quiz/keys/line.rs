//! A text that is typed: what keys do to it, and what it looks like. Next: `screen.rs`.

use unicode_width::UnicodeWidthChar;

use super::{super::ask::Length, Look, Press, Step, Widget};

/// More is no answer; a pasted file must not fill the memory.
const MOST_LETTERS: usize = 10_000;

/// A text and a cursor.
#[derive(Debug)]
pub(super) struct Line {
    prompt: String,
    length: Length,
    letters: Vec<char>,
    at: usize,
}

impl Line {
    /// `what` says of what, where several texts are asked for.
    pub(super) fn new(what: &str, length: Length) -> Self {
        let prompt = match (what, length) {
            ("", Length::Short) => "Your answer: ".to_owned(),
            ("", Length::Long) => "Your answer; an empty line ends it:\n".to_owned(),
            (what, _) => format!("{what}: "),
        };
        Self { prompt, length, letters: Vec::new(), at: 0 }
    }

    /// What has been typed.
    pub(super) fn text(&self) -> String {
        self.letters.iter().collect()
    }

    fn insert(&mut self, letter: char) {
        if self.letters.len() < MOST_LETTERS {
            self.letters.insert(self.at, letter);
            self.at += 1;
        }
    }

    /// Where the cursor's row of the text begins.
    fn row_start(&self) -> usize {
        self.letters[..self.at].iter().rposition(|letter| *letter == '\n').map_or(0, |before| before + 1)
    }

    fn row_end(&self) -> usize {
        let after = self.letters[self.at..].iter().position(|letter| *letter == '\n');
        after.map_or(self.letters.len(), |after| self.at + after)
    }

    fn enter(&mut self) -> Step {
        let ends = self.letters.last().is_none_or(|last| *last == '\n');
        if self.length == Length::Short || (ends && self.at == self.letters.len()) {
            return Step::Done;
        }
        self.insert('\n');
        Step::Go
    }
}

impl Widget for Line {
    fn press(&mut self, press: Press) -> Step {
        match press {
            Press::Left => self.at = self.at.saturating_sub(1),
            Press::Right => self.at = (self.at + 1).min(self.letters.len()),
            Press::Home => self.at = self.row_start(),
            Press::End => self.at = self.row_end(),
            Press::Enter => return self.enter(),
            Press::Backspace if self.at > 0 => {
                self.at -= 1;
                self.letters.remove(self.at);
            }
            Press::Delete if self.at < self.letters.len() => drop(self.letters.remove(self.at)),
            Press::Clear => {
                self.letters.clear();
                self.at = 0;
            }
            Press::Letter(letter) if !letter.is_control() => self.insert(letter),
            _ => {}
        }
        Step::Go
    }

    fn look(&self, width: usize) -> Look {
        let width = width.saturating_sub(1).max(10);
        let mut rows = vec![String::new()];
        let (mut row, mut column) = (0, 0);
        let mut cursor = (0, 0);
        let prompt: Vec<char> = self.prompt.chars().collect();
        for (index, letter) in prompt.iter().chain(&self.letters).copied().chain(['\0']).enumerate() {
            let wide = letter.width().unwrap_or(0);
            if column + wide > width {
                rows.push(String::new());
                (row, column) = (row + 1, 0);
            }
            if index == prompt.len() + self.at {
                cursor = (row, column);
            }
            match letter {
                '\0' => {}
                '\n' => {
                    rows.push(String::new());
                    (row, column) = (row + 1, 0);
                }
                letter => {
                    rows[row].push(letter);
                    column += wide;
                }
            }
        }
        Look { lines: rows, strong: 0..0, cursor: Some(cursor) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Length, Line, Press, Step, Widget};

    fn type_into(line: &mut Line, keys: &str) -> Step {
        let mut step = Step::Go;
        for key in keys.chars() {
            assert_eq!(step, Step::Go, "{keys:?} goes on after its end");
            step = line.press(match key {
                '⏎' => Press::Enter,
                '←' => Press::Left,
                '→' => Press::Right,
                '⇤' => Press::Home,
                '⇥' => Press::End,
                '⌫' => Press::Backspace,
                '⌦' => Press::Delete,
                '⌧' => Press::Clear,
                letter => Press::Letter(letter),
            });
        }
        step
    }

    #[test]
    fn a_line_can_be_mended() {
        for (keys, wanted) in [
            ("io.emit⏎", "io.emit"),
            ("io.emi←←⌫t⇥t⏎", "io.tmit"),
            ("abc⇤⌦x⇥⌫y⏎", "xby"),
            ("abc⌧d⏎", "d"),
            ("⌫⌦←→räume⌫⏎", "räum"),
            ("⏎", ""),
        ] {
            let mut line = Line::new("", Length::Short);
            assert_eq!((type_into(&mut line, keys), line.text()), (Step::Done, wanted.to_owned()), "{keys}");
        }
    }

    #[test]
    fn a_long_text_ends_with_an_empty_line() {
        let mut line = Line::new("", Length::Long);
        assert_eq!(type_into(&mut line, "one⏎two⇤x⇥⏎⏎"), Step::Done);
        assert_eq!(line.text(), "one\nxtwo\n");
        let mut nothing = Line::new("", Length::Long);
        assert_eq!(type_into(&mut nothing, "⏎"), Step::Done);
    }

    #[test]
    fn the_cursor_stands_where_the_next_letter_goes() {
        let mut line = Line::new("Event", Length::Short);
        type_into(&mut line, "abcdefgh部屋");
        let look = line.look(15);
        assert_eq!(look.lines, ["Event: abcdefg", "h部屋"]);
        assert_eq!(look.cursor, Some((1, 5)));
        type_into(&mut line, "⇤");
        assert_eq!(line.look(15).cursor, Some((0, 7)));
        let empty = Line::new("", Length::Long).look(80);
        assert_eq!((empty.lines.len(), empty.cursor), (2, Some((1, 0))));
    }

    #[test]
    fn a_pasted_file_has_an_end() {
        let mut line = Line::new("", Length::Short);
        for _ in 0..20_000 {
            line.press(Press::Letter('x'));
        }
        assert_eq!(line.text().len(), 10_000);
    }
}
