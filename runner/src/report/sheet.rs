//! The lines of a report before they are written: wrapped, made harmless, inked.
//!
//! Next: [`super::facts`], what all reports say in the same words.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Escape};
use grader::diagram::{
    self, Charset,
    shorten::{clean, clip, width},
};

use super::wrap::wrap;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Faint,
    Strong,
    Good,
    Bad,
    Code,
}

impl Ink {
    const fn escape(self) -> Escape {
        match self {
            Self::Plain => Escape::new(),
            Self::Faint => Escape::new().dimmed(),
            Self::Strong => Escape::new().bold(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Code => AnsiColor::Cyan.on_default(),
        }
    }

    const fn of_picture(ink: diagram::Ink) -> Self {
        match ink {
            diagram::Ink::Rule | diagram::Ink::Frame | diagram::Ink::Aside => Self::Faint,
            diagram::Ink::Name => Self::Strong,
            diagram::Ink::Label => Self::Plain,
            diagram::Ink::Mark => Self::Bad,
        }
    }
}

type Span = (String, Ink);

/// The lines of a report.
pub(super) struct Sheet {
    columns: usize,
    charset: Charset,
    lines: Vec<Vec<Span>>,
}

impl Sheet {
    pub(super) const fn new(columns: usize, charset: Charset) -> Self {
        Self { columns, charset, lines: Vec::new() }
    }

    /// The columns there are.
    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    pub(super) const fn charset(&self) -> Charset {
        self.charset
    }

    /// Text that the terminal can show and cannot be steered by.
    pub(super) fn safe(&self, text: &str) -> String {
        let text = text.replace('\t', "    ");
        if self.charset == Charset::Unicode {
            return clean(&text, self.charset);
        }
        let spelt = text
            .replace('…', "...")
            .replace(['·', '—', '–'], "-")
            .replace('×', "x")
            .replace(['“', '”'], "\"")
            .replace(['‘', '’'], "'")
            .replace('→', "->");
        clean(&spelt, self.charset)
    }

    /// An empty line, unless one is there.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Vec::new());
        }
    }

    /// One line, cut when it is too wide.
    pub(super) fn line(&mut self, indent: usize, spans: &[(&str, Ink)]) {
        let mut line = vec![(" ".repeat(indent.min(self.columns)), Ink::Plain)];
        let mut room = self.columns.saturating_sub(indent);
        for (text, ink) in spans {
            let text = clip(&self.safe(text), room, self.charset);
            room -= width(&text);
            line.push((text, *ink));
        }
        self.lines.push(line);
    }

    /// Text wrapped at spaces.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str, ink: Ink) {
        self.hanging((indent, ("", Ink::Plain), 0), &[(text, ink)], usize::MAX);
    }

    /// A label and its text beside it, or under it when it is narrow. At most `most` lines.
    pub(super) fn field(
        &mut self,
        (indent, label, gap): (usize, &str, usize),
        text: &str,
        ink: Ink,
        most: usize,
    ) {
        if self.columns < indent + gap + 26 {
            if !label.is_empty() {
                self.line(indent, &[(label, Ink::Strong)]);
            }
            self.hanging((indent + 2, ("", Ink::Plain), 0), &[(text, ink)], most);
        } else {
            self.hanging((indent, (label, Ink::Strong), gap), &[(text, ink)], most);
        }
    }

    /// A command, which must stay whole to be copied: beside its label, or else alone on the next line.
    pub(super) fn command(&mut self, (indent, label, gap): (usize, &str, usize), command: &str) {
        let (label, command) = (self.safe(label), self.safe(command));
        let beside = indent + gap.max(width(&label));
        if beside + width(&command) <= self.columns {
            let pad = " ".repeat(beside - indent - width(&label));
            let spans = [(label, Ink::Strong), (pad, Ink::Plain), (command, Ink::Code)];
            self.lines.push([(" ".repeat(indent), Ink::Plain)].into_iter().chain(spans).collect());
            return;
        }
        if !label.is_empty() {
            self.line(indent, &[(label.trim_end(), Ink::Strong)]);
        }
        let indent = if indent + 2 + width(&command) <= self.columns { indent + 2 } else { 0 };
        self.lines.push(vec![(" ".repeat(indent), Ink::Plain), (command, Ink::Code)]);
    }

    /// One of several texts that share a label; a bullet says where each begins.
    pub(super) fn item(&mut self, (indent, label, gap): (usize, &str, usize), text: &str) {
        let bullet = if self.charset == Charset::Unicode { "•" } else { "-" };
        if self.columns < indent + gap + 26 {
            if !label.is_empty() {
                self.line(indent, &[(label, Ink::Strong)]);
            }
            self.hanging((indent + 2, (bullet, Ink::Plain), 2), &[(text, Ink::Plain)], usize::MAX);
        } else {
            let label = format!("{label:gap$}{bullet}");
            self.hanging((indent, (&label, Ink::Strong), gap + 2), &[(text, Ink::Plain)], usize::MAX);
        }
    }

    /// Text after a label, wrapped to the column after `gap`.
    pub(super) fn hanging(
        &mut self,
        (indent, (label, label_ink), gap): (usize, (&str, Ink), usize),
        pieces: &[(&str, Ink)],
        most: usize,
    ) {
        let room = self.columns.saturating_sub(indent + gap).max(8);
        let label = self.safe(label);
        let mut first = Some(label);
        let mut written = 0;
        for (text, ink) in pieces {
            let lines: Vec<String> =
                text.lines().flat_map(|line| wrap(&self.safe(line.trim_end()), room)).collect();
            let shown = lines.len().min(most.saturating_sub(written));
            for (index, line) in lines[..shown].iter().enumerate() {
                let label = first.take().unwrap_or_default();
                let pad = " ".repeat(gap.saturating_sub(width(&label)));
                let line = if index + 1 == shown && shown < lines.len() {
                    let ellipsis = self.charset.ellipsis();
                    clip(&format!("{line}{ellipsis}"), room, self.charset)
                } else {
                    line.clone()
                };
                self.lines.push(vec![
                    (" ".repeat(indent), Ink::Plain),
                    (label, label_ink),
                    (pad, Ink::Plain),
                    (line, *ink),
                ]);
            }
            written += shown;
        }
    }

    /// Pieces that stay whole, joined by ` · ` and wrapped between them.
    pub(super) fn joined(&mut self, indent: usize, pieces: &[(&str, Ink)]) {
        let dot = if self.charset == Charset::Unicode { " · " } else { " - " };
        let mut line: Vec<Span> = Vec::new();
        let mut used = indent;
        for (text, ink) in pieces.iter().filter(|(text, _)| !text.is_empty()) {
            let text = self.safe(text);
            if !line.is_empty() && used + width(dot) + width(&text) <= self.columns {
                line.push((dot.to_owned(), Ink::Faint));
                used += width(dot) + width(&text);
                line.push((text, *ink));
                continue;
            }
            if !line.is_empty() {
                self.lines.push(std::mem::take(&mut line));
            }
            let room = self.columns.saturating_sub(indent).max(8);
            let mut rows = wrap(&text, room);
            let last = rows.pop().unwrap_or_default();
            self.lines
                .extend(rows.into_iter().map(|row| vec![(" ".repeat(indent), Ink::Plain), (row, *ink)]));
            used = indent + width(&last);
            line = vec![(" ".repeat(indent), Ink::Plain), (last, *ink)];
        }
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    /// A title with something at the right edge.
    pub(super) fn title(&mut self, indent: usize, spans: [(&str, Ink); 2], right: &str) {
        let edge = self.columns.min(80).saturating_sub(2);
        let [(sign, sign_ink), (title, ink)] = spans;
        let sign = self.safe_sign(sign);
        let start = indent + width(&sign);
        let right = self.safe(right);
        let beside = edge.saturating_sub(start + width(&right) + 2);
        let room = if beside >= 8 { beside } else { edge.saturating_sub(start).max(8) };
        let mut rows = wrap(&self.safe(title), room).into_iter();
        let first = rows.next().unwrap_or_default();
        let gap = edge.saturating_sub(start + width(&first) + width(&right)).max(2);
        let mut line = vec![(" ".repeat(indent), Ink::Plain), (sign, sign_ink), (first, ink)];
        if beside >= 8 {
            line.extend([(" ".repeat(gap), Ink::Plain), (right.clone(), Ink::Faint)]);
        }
        self.lines.push(line);
        self.lines.extend(rows.map(|row| vec![(" ".repeat(start), Ink::Plain), (row, ink)]));
        if beside < 8 {
            let right = clip(&right, self.columns.saturating_sub(start), self.charset);
            self.lines.push(vec![(" ".repeat(start), Ink::Plain), (right, Ink::Faint)]);
        }
    }

    /// A picture, indented.
    pub(super) fn picture(&mut self, indent: usize, lines: &[diagram::Line]) {
        for line in lines {
            let spans = line.iter().map(|span| (span.text.clone(), Ink::of_picture(span.ink)));
            self.lines.push([(" ".repeat(indent), Ink::Plain)].into_iter().chain(spans).collect());
        }
    }

    /// Signs are chosen per character set by whoever uses them; only padding is added.
    fn safe_sign(&self, sign: &str) -> String {
        if sign.is_empty() { String::new() } else { format!("{} ", clean(sign, self.charset)) }
    }

    /// Writes the lines; with escape codes only when `colour` is on.
    pub(super) fn write(&self, out: &mut dyn Write, colour: bool) -> io::Result<()> {
        for line in &self.lines {
            let end = line.iter().rposition(|(text, _)| !text.trim_end().is_empty()).map_or(0, |end| end + 1);
            for (index, (text, ink)) in line[..end].iter().enumerate() {
                let text = if index + 1 == end { text.trim_end() } else { text };
                let escape = ink.escape();
                if colour && !escape.is_plain() && !text.trim().is_empty() {
                    write!(out, "{escape}{text}{escape:#}")?;
                } else {
                    write!(out, "{text}")?;
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_codes_come_only_with_colour() {
        let mut sheet = Sheet::new(20, Charset::Unicode);
        sheet.line(2, &[("bad\u{1b}[2J", Ink::Bad)]);
        let mut plain = Vec::new();
        sheet.write(&mut plain, false).expect("a vector takes everything");
        assert_eq!(String::from_utf8(plain).expect("text"), "  bad\\u{1b}[2J\n");
        let mut coloured = Vec::new();
        sheet.write(&mut coloured, true).expect("a vector takes everything");
        assert_eq!(
            String::from_utf8(coloured).expect("text"),
            "  \u{1b}[1m\u{1b}[31mbad\\u{1b}[2J\u{1b}[0m\n"
        );
    }
}
