//! What a terminal shows of what is written to it: as much of one as the runner uses. Next: `terminal.rs`.

use unicode_width::UnicodeWidthChar as _;

/// Lines of letters, all that ever were, and a cursor.
pub(crate) struct Screen {
    width: usize,
    height: usize,
    lines: Vec<Vec<char>>,
    row: usize,
    column: usize,
    /// The beginning of a sequence or of a letter whose end has not come.
    rest: Vec<u8>,
}

impl Screen {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, lines: vec![Vec::new()], row: 0, column: 0, rest: Vec::new() }
    }

    pub(crate) fn resize(&mut self, width: usize) {
        self.width = width;
    }

    /// All lines, without spaces at their ends.
    pub(crate) fn text(&self) -> String {
        let line = |line: &Vec<char>| line.iter().collect::<String>().trim_end().to_owned() + "\n";
        self.lines.iter().map(line).collect()
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.rest.extend(bytes);
        let bytes = std::mem::take(&mut self.rest);
        let valid = match std::str::from_utf8(&bytes) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let mut text = std::str::from_utf8(&bytes[..valid]).unwrap();
        while let Some(letter) = text.chars().next() {
            if letter != '\x1b' {
                self.put(letter);
                text = &text[letter.len_utf8()..];
                continue;
            }
            let Some(end) = text.find(|letter: char| letter.is_ascii_alphabetic()) else { break };
            self.sequence(&text[2..end], &text[end..=end]);
            text = &text[end + 1..];
        }
        self.rest = [text.as_bytes(), &bytes[valid..]].concat();
    }

    fn put(&mut self, letter: char) {
        match letter {
            '\r' => self.column = 0,
            '\n' => self.down(1),
            letter => {
                let wide = letter.width().unwrap_or(0);
                if self.column + wide > self.width {
                    self.column = 0;
                    self.down(1);
                }
                let line = &mut self.lines[self.row];
                line.resize(line.len().max(self.column + wide), ' ');
                line[self.column] = letter;
                self.column += wide;
            }
        }
    }

    fn down(&mut self, rows: usize) {
        self.row += rows;
        let least = self.lines.len().max(self.row + 1);
        self.lines.resize(least, Vec::new());
    }

    fn sequence(&mut self, argument: &str, kind: &str) {
        let number = argument.parse().unwrap_or(1);
        match (argument, kind) {
            // No terminal goes above its first row.
            (_, "A") => {
                let first = self.lines.len().saturating_sub(self.height);
                self.row = self.row.saturating_sub(number).max(first);
            }
            (_, "B") => self.down(number),
            (_, "C") => self.column += number,
            ("", "J") => {
                self.lines.truncate(self.row + 1);
                self.lines[self.row].truncate(self.column);
            }
            (_, "m") | ("?25", "h" | "l") => {}
            other => panic!("the screen does not know {other:?}"),
        }
    }
}

#[test]
fn it_moves_clears_and_breaks() {
    let mut screen = Screen::new(6, 10);
    screen.write(b"one\r\ntwo\r\nthree\x1b[2A\r\x1b[2Cx\x1b");
    screen.write("[1B\r\x1b[J✓ \u{6771}".as_bytes());
    assert_eq!(screen.text(), "onx\n✓ 東\n");
    screen.write(b"\x1b[1mabcdef\x1b[0m");
    assert_eq!(screen.text(), "onx\n✓ 東 ab\ncdef\n");
}
