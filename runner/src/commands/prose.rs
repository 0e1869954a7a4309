//! Text for people, wrapped to a width. Next: `pick.rs`.

use unicode_width::UnicodeWidthStr;

/// Wraps Markdown-like text: paragraphs are filled, list items get a hanging indent, indented lines and rows of
/// tables stay as they are, fenced ones are indented instead. Every line begins with so many spaces. Widths are in columns, not in characters.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut page = Page { lines: Vec::new(), width, indent };
    let mut paragraph = String::new();
    let mut lead = 0;
    let mut fenced = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let fence = trimmed.starts_with("```");
        let deep = line.len() - line.trim_start().len();
        // In an item of a list, what is indented is the item going on, or an item of a list inside it.
        let of_item = bullet(&paragraph) > 0 && (lead > 0 || bullet(trimmed) > 0);
        if fence {
            page.fill(&std::mem::take(&mut paragraph), lead);
            fenced = !fenced;
        } else if fenced && !trimmed.is_empty() {
            page.keep(&format!("    {}", line.trim_end()));
        } else if (line.starts_with("    ") && !of_item) || trimmed.starts_with('|') {
            page.fill(&std::mem::take(&mut paragraph), lead);
            page.keep(line.trim_end());
        } else if trimmed.is_empty() {
            page.fill(&std::mem::take(&mut paragraph), lead);
            page.keep("");
        } else {
            if bullet(trimmed) > 0 {
                page.fill(&std::mem::take(&mut paragraph), lead);
            }
            if paragraph.is_empty() {
                lead = if bullet(trimmed) > 0 { deep } else { 0 };
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(trimmed);
        }
    }
    page.fill(&paragraph, lead);
    page.text()
}

/// How wide the mark of a list item is; 0 when the line is none.
fn bullet(line: &str) -> usize {
    if line.starts_with("- ") || line.starts_with("* ") {
        return 2;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && line[digits..].starts_with(". ") { digits + 2 } else { 0 }
}

struct Page {
    lines: Vec<String>,
    width: usize,
    indent: usize,
}

impl Page {
    fn keep(&mut self, line: &str) {
        self.lines.push(if line.is_empty() {
            String::new()
        } else {
            format!("{:1$}{line}", "", self.indent)
        });
    }

    fn fill(&mut self, paragraph: &str, lead: usize) {
        let hanging = lead + bullet(paragraph);
        let room = self.width.saturating_sub(self.indent);
        let mut line = " ".repeat(lead);
        for word in paragraph.split_whitespace() {
            if !line.trim().is_empty() && line.width() + 1 + word.width() > room {
                self.keep(&line);
                line = " ".repeat(hanging);
            } else if !line.trim().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.trim().is_empty() {
            self.keep(&line);
        }
    }

    fn text(self) -> String {
        let joined = self.lines.join("\n");
        let mut text = joined.trim_end().to_owned();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lists_inside_lists_keep_their_place() {
        let text = "- `send`:\n  - if a member, everyone hears it\n    once.\n  - if not, nobody\n- last\n";
        assert_eq!(
            wrap(text, 24, 0),
            "- `send`:\n  - if a member,\n    everyone hears it\n    once.\n  - if not, nobody\n- last\n"
        );
    }

    #[test]
    fn paragraphs_are_filled_and_lists_hang() {
        let text = "Rooms are labels\nthat the server puts on sockets.\n\n- one item that is too long for a line\n- two\n\n    io.to(room)  // kept as it is, whatever its length\n";
        assert_eq!(
            wrap(text, 24, 2),
            "  Rooms are labels that\n  the server puts on\n  sockets.\n\n  - one item that is too\n    long for a line\n  - two\n\n      io.to(room)  // kept as it is, whatever its length\n"
        );
    }

    #[test]
    fn what_is_fenced_is_indented_and_rows_stay_rows() {
        let text =
            "On the wire:\n\n```\nasha  →  40\n\n  ✗ nothing\n```\n\n| a | b |\n|---|---|\nAnd then.\n";
        assert_eq!(
            wrap(text, 40, 2),
            "  On the wire:\n\n      asha  →  40\n\n        ✗ nothing\n\n  | a | b |\n  |---|---|\n  And then.\n"
        );
    }

    #[test]
    fn width_is_what_a_terminal_shows() {
        assert_eq!(wrap("部屋 部屋 部屋", 9, 0), "部屋 部屋\n部屋\n");
    }

    #[test]
    fn a_word_wider_than_the_line_stands_alone() {
        assert_eq!(wrap("a incomprehensible b", 6, 0), "a\nincomprehensible\nb\n");
        assert_eq!(wrap("", 6, 2), "\n");
    }
}
