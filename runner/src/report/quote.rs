//! The step that a mismatch is about, as it stands in `exercise.yaml`.
//!
//! Next: [`super::sheet`].

use grader::{
    diagram::{
        Charset,
        shorten::{clean, clip, width},
    },
    scenario::model::Place,
};

use super::wrap::wrap;

/// Lines of a step that are shown.
const LINES: usize = 6;
/// Rows of a step that are drawn, when its lines have to be broken.
const ROWS: usize = 9;

/// A step, less its indentation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Its first lines that say something, each with how far it stands below the first.
    pub(super) lines: Vec<(usize, String)>,
    /// Whether it has more of them.
    pub(super) more: bool,
    /// The bytes of the first line that are underlined: its key.
    key: (usize, usize),
}

impl Step {
    /// The step whose key stands at that place; none when the text has no such line.
    pub(super) fn quoted(source: &str, at: Place) -> Option<Self> {
        let before = usize::try_from(at.line).ok()?.checked_sub(1)?;
        let mut lines = source.lines().skip(before);
        let first = lines.next()?;
        let lead = indentation(first);
        let column = at.column.saturating_sub(1) as usize;
        let offset =
            |column: usize| first.char_indices().nth(column).map_or(first.len(), |(offset, _)| offset);
        let (start, end) = (offset(column), offset(column + at.len.max(1) as usize));
        // A step that is an item of a list goes on as far as the lines are deeper than its dash. One that stands in the
        // middle of a line is told by that line.
        let is_item = first[..start].chars().all(|symbol| matches!(symbol, ' ' | '-'));
        let rest: Vec<&str> = lines
            .take_while(|line| {
                is_item && (line.trim().is_empty() || indentation(line) > dash(&first[..start]))
            })
            .collect();
        let says_something = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let count = rest.iter().rposition(says_something).map_or(0, |last| last + 1);
        let all = [first].into_iter().chain(rest[..count].iter().copied()).enumerate();
        let mut lines: Vec<(usize, String)> = all
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(below, line)| (below, line.get(lead..).unwrap_or_default().to_owned()))
            .collect();
        let more = lines.len() > LINES;
        lines.truncate(LINES);
        Some(Self { lines, more, key: (start.saturating_sub(lead), end.saturating_sub(lead)) })
    }
}

/// The spaces before a line.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The column of the last dash before a key; that of the line's beginning when there is none.
fn dash(before: &str) -> usize {
    before.rfind('-').unwrap_or_else(|| indentation(before))
}

/// A step in so many columns.
pub(super) struct Drawn {
    /// Its rows: how far below the first line the one stands that begins there, if one does, and the text.
    pub(super) rows: Vec<(Option<usize>, String)>,
    /// Where the first row is underlined: from which column on, and how many.
    pub(super) underline: (usize, usize),
}

impl Step {
    /// The step in rows of at most `room` columns, each line broken where it is too long.
    pub(super) fn draw(&self, room: usize, charset: Charset) -> Drawn {
        let mut rows = Vec::new();
        let mut underline = (0, 0);
        for (below, line) in &self.lines {
            let mut pieces = broken(&format!("  {}", safe(line, charset)), room, charset);
            if rows.is_empty() {
                let head = Head::cut(line, self.key, room, charset);
                // Far to the right in its line the key is shown with what stands around it.
                if head.start + head.columns > width(&pieces[0]) || head.is_cut {
                    pieces = vec![head.text];
                }
                underline = (head.start, head.columns);
            }
            rows.extend(
                pieces.into_iter().enumerate().map(|(row, text)| ((row == 0).then_some(*below), text)),
            );
        }
        if rows.len() > ROWS || self.more {
            rows.truncate(ROWS);
            rows.push((None, format!("  {}", charset.ellipsis())));
        }
        Drawn { rows, underline }
    }
}

fn safe(text: &str, charset: Charset) -> String {
    clean(&text.replace('\t', "    "), charset)
}

/// A line in as many rows as it takes; those after the first are deeper.
fn broken(line: &str, room: usize, charset: Charset) -> Vec<String> {
    const DEEPER: usize = 4;
    let lead = indentation(line);
    let deeper = lead + DEEPER;
    if width(line) <= room || room < deeper + 12 {
        return vec![clip(line, room, charset)];
    }
    let first = wrap(line, room).swap_remove(0);
    let rest = line[first.len()..].trim_start();
    let rest = wrap(rest, room - deeper).into_iter().map(|row| format!("{:deeper$}{row}", ""));
    [first].into_iter().chain(rest).collect()
}

/// The first line of a step in one row, cut on the left only when the key would not be seen.
struct Head {
    text: String,
    start: usize,
    columns: usize,
    is_cut: bool,
}

impl Head {
    fn cut(line: &str, (start, end): (usize, usize), room: usize, charset: Charset) -> Self {
        /// Columns before the key when the line has to be cut on the left.
        const BEFORE: usize = 6;
        let before = format!("  {}", safe(&line[..start.min(line.len())], charset));
        let key = safe(&line[start.min(line.len())..end.min(line.len())], charset);
        let is_cut = width(&before) + width(&key) > room && width(&before) > BEFORE;
        let before = if is_cut {
            let kept: Vec<char> = before.chars().rev().take(BEFORE - 3).collect();
            format!("{}{}", charset.ellipsis(), kept.into_iter().rev().collect::<String>())
        } else {
            before
        };
        let start = width(&before);
        let rest = safe(&line[end.min(line.len())..], charset);
        let text = clip(&format!("{before}{key}{rest}"), room, charset);
        Self { text, start, columns: width(&key).min(room.saturating_sub(start)), is_cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "\
scenarios:
  - id: talk
    steps:
      - asha: connect # one line
      - asha:
          emit: [say, { text: hi }]

          ack: [{ ok: true }]
          # the end
      - together:
          - - ravi: { emit: [say,
                { text: ho }] }
          - meera: { hear: said }
";

    fn step(line: u32, column: u32, len: u32) -> Step {
        Step::quoted(YAML, Place { line, column, len }).expect("a line")
    }

    #[test]
    fn a_step_is_quoted_whole() {
        let step = |line, column, len| -> Vec<String> {
            step(line, column, len).lines.into_iter().map(|(_, line)| line).collect()
        };
        assert_eq!(step(4, 9, 4), ["- asha: connect # one line"]);
        let lines = ["- asha:", "    emit: [say, { text: hi }]", "    ack: [{ ok: true }]"];
        assert_eq!(step(5, 9, 4), lines);
        assert_eq!(step(11, 15, 4), ["- - ravi: { emit: [say,", "      { text: ho }] }"]);
        assert_eq!(step(10, 9, 8).len(), 4);
        assert!(Step::quoted(YAML, Place { line: 99, column: 1, len: 1 }).is_none());
    }

    #[test]
    fn a_long_step_is_bounded() {
        let yaml = format!("- asha:\n{}", "    emit: x\n".repeat(9));
        let step = Step::quoted(&yaml, Place { line: 1, column: 3, len: 4 }).expect("a line");
        assert_eq!((step.lines.len(), step.more), (LINES, true));
    }

    fn drawn(step: &Step, room: usize) -> (Vec<String>, (usize, usize)) {
        let Drawn { rows, underline } = step.draw(room, Charset::Unicode);
        (rows.into_iter().map(|(_, text)| text).collect(), underline)
    }

    #[test]
    fn the_key_is_underlined() {
        let step = step(11, 15, 4);
        let (rows, underline) = drawn(&step, 40);
        assert_eq!(rows, ["  - - ravi: { emit: [say,", "        { text: ho }] }"]);
        assert_eq!(underline, (6, 4));
        let (rows, underline) = drawn(&step, 9);
        assert_eq!((rows[0].as_str(), underline), ("  - - ra…", (6, 3)));
    }

    #[test]
    fn a_long_line_is_broken() {
        let (rows, underline) = drawn(&step(6, 11, 4), 24);
        assert_eq!((rows[0].as_str(), underline.0), ("  emit: [say, { text: hi", 2));
        let yaml = "      - asha, ravi: { hear: [said, { text: good morning }] }";
        let one = Step::quoted(yaml, Place { line: 1, column: 9, len: 10 }).expect("a line");
        let (rows, underline) = drawn(&one, 36);
        assert_eq!(rows, ["  - asha, ravi: { hear: [said, {", "      text: good morning }] }"]);
        assert_eq!(underline, (4, 10));
    }

    #[test]
    fn a_key_far_to_the_right_is_seen() {
        let yaml = "- together: [{ asha: connect }, { ravi: connect }, { meera: { hear: nothing } }]";
        let one = Step::quoted(yaml, Place { line: 1, column: 54, len: 5 }).expect("a line");
        let (rows, underline) = drawn(&one, 30);
        assert_eq!((rows.as_slice(), underline), (&["… { meera: { hear: nothing }…".to_owned()][..], (4, 5)));
    }
}
