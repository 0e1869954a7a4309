//! One failed scenario: where it was asked, expected beside actual, the packets.
//!
//! Next: [`crate::report::sheet`], the lines it is written on.

use grader::{
    diagram::{
        Charset, Detail, Diagram,
        shorten::{clip, prefix},
    },
    verdict::{Kind, Mismatch, ScenarioResult},
};

use super::story::Story;
use crate::report::{
    excerpt, facts,
    mark::marked,
    quote::Step,
    sheet::{Ink, Sheet},
};

/// `expected` and its like stand in a column so wide.
const FIELDS: usize = 10;
/// Lines that one value may take.
const VALUE_LINES: usize = 8;
/// How many other things are named.
const ALSO: usize = 3;
/// A wider picture is harder to read, not easier.
const WIDEST_PICTURE: usize = 110;

/// All about the scenario that the cause explains.
pub(super) fn in_full(sheet: &mut Sheet, story: &Story, scenario: &ScenarioResult, mismatch: &Mismatch) {
    sheet.blank();
    if mismatch.kind.is_program_level() {
        let headline = facts::headline(mismatch, story.program);
        sheet.paragraph(story.indent(), &format!("{}.", capital(&headline)), Ink::Plain);
        sheet.blank();
    }
    where_it_was_asked(sheet, story, mismatch);
    expected_and_actual(sheet, story, mismatch);
    for note in &scenario.notes {
        sheet.field((detail(story, mismatch), "note", FIELDS), note, Ink::Faint, VALUE_LINES);
    }
    picture(sheet, story, scenario, mismatch);
    printed(sheet, story, &scenario.output, mismatch.kind);
}

/// One or two lines about another scenario that failed.
pub(super) fn in_short(sheet: &mut Sheet, story: &Story, mismatch: &Mismatch) {
    let room = sheet.columns().saturating_sub(18);
    let one_line = |text: &str| {
        let text = text.lines().next().unwrap_or_default();
        clip(text, room, sheet.charset())
    };
    let expected = format!("expected {}", one_line(&mismatch.expected));
    let actual = format!("actual {}", one_line(&facts::actual(mismatch, &story.verdict.exercise)));
    let place = place(story, mismatch);
    let line = facts::frame_line(mismatch).map(|line| format!("frames.txt:{line}"));
    let mut pieces = vec![(expected.as_str(), Ink::Plain), (&actual, Ink::Plain)];
    if let Some(place) = &place {
        let file = place.rsplit('/').next().unwrap_or(place);
        pieces.extend(line.as_ref().map(|line| (line.as_str(), Ink::Faint)));
        pieces.push((file, Ink::Faint));
    }
    sheet.joined(4, &pieces);
}

/// Details that belong to a quoted step stand a little deeper.
fn detail(story: &Story, mismatch: &Mismatch) -> usize {
    let indent = story.indent();
    if indent > 2 && mismatch.place.line > 0 { indent + 3 } else { indent }
}

fn place(story: &Story, mismatch: &Mismatch) -> Option<String> {
    let at = mismatch.place;
    (at.line > 0).then(|| format!("{}:{}:{}", story.view.yaml_path, at.line, at.column))
}

/// File, line and column, and the step itself, underlined where it begins.
pub(super) fn where_it_was_asked(sheet: &mut Sheet, story: &Story, mismatch: &Mismatch) {
    let indent = story.indent();
    if let Some(line) = facts::frame_line(mismatch) {
        sheet.paragraph(indent, &format!("{}:{line}", story.view.edit_path), Ink::Code);
    }
    let Some(place) = place(story, mismatch) else { return };
    sheet.paragraph(indent, &place, Ink::Code);
    let Some(step) = Step::quoted(&story.view.yaml_source, mismatch.place) else { return };
    let number = |line: usize| (mismatch.place.line as usize + line).to_string();
    let digits = number(step.lines.last().map_or(0, |(below, _)| *below)).len();
    let room = sheet.columns().saturating_sub(indent + digits + 3);
    let charset = sheet.charset();
    let (bar, underline) = if charset == Charset::Unicode { (" │ ", "─") } else { (" | ", "^") };
    let drawn = step.draw(room, charset);
    for (row, (line, text)) in drawn.rows.iter().enumerate() {
        let number = format!("{:>digits$}", line.map(number).unwrap_or_default());
        sheet.line(indent, &[(&number, Ink::Faint), (bar, Ink::Faint), (text, Ink::Plain)]);
        if row == 0 {
            let (start, columns) = drawn.underline;
            let (blank, before) = (" ".repeat(digits), " ".repeat(start));
            let under = underline.repeat(columns);
            let spans =
                [(&*blank, Ink::Plain), (bar, Ink::Faint), (&*before, Ink::Plain), (&*under, Ink::Bad)];
            sheet.line(indent, &spans);
        }
    }
}

/// The two values beside each other, where they differ, and what else was there.
pub(super) fn expected_and_actual(sheet: &mut Sheet, story: &Story, mismatch: &Mismatch) {
    let indent = detail(story, mismatch);
    sheet.field((indent, "expected", FIELDS), &mismatch.expected, Ink::Good, VALUE_LINES);
    sheet.field(
        (indent, "actual", FIELDS),
        &facts::actual(mismatch, &story.verdict.exercise),
        Ink::Bad,
        VALUE_LINES,
    );
    if let Some(place) = facts::difference(mismatch) {
        sheet.field((indent, "differs", FIELDS), &format!("in {place}"), Ink::Plain, VALUE_LINES);
    }
    let mut label = "also";
    for also in facts::others(mismatch).take(ALSO) {
        sheet.field((indent, label, FIELDS), &facts::also(also), Ink::Plain, VALUE_LINES);
        label = "";
    }
    let others = facts::others(mismatch).count();
    if others > ALSO {
        let more = format!("and {} more", others - ALSO);
        sheet.field((indent, "", FIELDS), &more, Ink::Faint, VALUE_LINES);
    }
}

fn picture(sheet: &mut Sheet, story: &Story, scenario: &ScenarioResult, mismatch: &Mismatch) {
    let detail = if story.style.verbose { Detail::Whole } else { Detail::Telling };
    let transcript = marked(&scenario.transcript, mismatch);
    let diagram = Diagram::in_detail(&transcript, story.program, detail);
    if diagram.is_empty() {
        return;
    }
    sheet.blank();
    let indent = story.indent();
    let columns = sheet.columns().saturating_sub(indent).min(WIDEST_PICTURE);
    sheet.picture(indent, &diagram.to_lines(columns, sheet.charset()));
}

/// What the program or its compiler printed, each line behind a bar.
pub(super) fn printed(sheet: &mut Sheet, story: &Story, output: &[String], kind: Kind) {
    let excerpt = excerpt::excerpt(output, kind, &story.verdict.exercise, story.style.verbose);
    if excerpt.lines.is_empty() {
        return;
    }
    let indent = story.indent();
    let (bar, ellipsis) =
        (if sheet.charset() == Charset::Unicode { "│ " } else { "| " }, sheet.charset().ellipsis());
    let who = if kind == Kind::BuildFailed {
        facts::who_says(story.view)
    } else {
        &format!("{} printed", capital(story.program))
    };
    sheet.blank();
    sheet.line(indent, &[(who, Ink::Strong)]);
    let left_out = |count: usize, which: &str| {
        let lines = if count == 1 { "line" } else { "lines" };
        format!("{ellipsis} {count} {which} {lines}")
    };
    let earlier = left_out(excerpt.earlier, "earlier");
    // Before a compiler's first error stand only warnings.
    if excerpt.earlier > 0 && kind != Kind::BuildFailed {
        sheet.line(indent, &[(bar, Ink::Faint), (&earlier, Ink::Faint)]);
    }
    let room = sheet.columns().saturating_sub(indent + 2).max(8);
    for line in &excerpt.lines {
        let line = sheet.safe(line);
        let mut rest = line.as_str();
        loop {
            let head = prefix(rest, room);
            sheet.line(indent, &[(bar, Ink::Faint), (head, Ink::Plain)]);
            rest = &rest[head.len()..];
            if rest.is_empty() || head.is_empty() {
                break;
            }
        }
    }
    if excerpt.later > 0 {
        sheet.line(indent, &[(bar, Ink::Faint), (&left_out(excerpt.later, "more"), Ink::Faint)]);
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut symbols = text.chars();
    symbols.next().map_or_else(String::new, |first| first.to_uppercase().chain(symbols).collect())
}
