//! The report of `check --all`: a line for each exercise, and the totals.
//!
//! Next: [`super::terminal`], which tells about one exercise.

use std::{
    io::{self, Write},
    time::Duration,
};

use grader::{
    diagram::shorten::{clip, width},
    scenario::{model::Track, stage::AtStage},
    verdict::{Outcome, Verdict},
};

use super::{
    facts,
    sheet::{Ink, Sheet},
    style::Style,
};

/// From so many columns on, all stands on one line; from fewer on, all but the time.
const WIDE: usize = 100;
const MIDDLE: usize = 76;

/// Writes about each verdict as it comes.
pub struct Summary<'w> {
    out: &'w mut dyn Write,
    style: Style,
    passed: usize,
    total: usize,
}

impl<'w> Summary<'w> {
    /// A summary to `out`.
    pub fn new(out: &'w mut dyn Write, style: Style) -> Self {
        let style = if style.plain { style.plain() } else { style };
        Self { out, style, passed: 0, total: 0 }
    }

    /// The totals go on from these verdicts, which were added before.
    pub fn after(out: &'w mut dyn Write, style: Style, verdicts: &[Verdict]) -> Self {
        let passed = verdicts.iter().filter(|verdict| is_solved(verdict)).count();
        Self { passed, total: verdicts.len(), ..Self::new(out, style) }
    }

    /// One line about one exercise: its name, how many scenarios passed, and the cause if it failed.
    pub fn add(&mut self, verdict: &Verdict) -> io::Result<()> {
        self.total += 1;
        self.passed += usize::from(is_solved(verdict));
        let mut sheet = Sheet::new(self.style.columns(), self.style.charset());
        let row = Row::of(verdict);
        if self.style.plain {
            row.in_words(&mut sheet);
        } else {
            row.draw(&mut sheet);
        }
        sheet.write(self.out, self.style.colour)
    }

    /// The totals. `took` is the time of the whole run, in which exercises may have run side by side.
    pub fn finish(&mut self, took: Duration) -> io::Result<()> {
        let mut sheet = Sheet::new(self.style.columns(), self.style.charset());
        let exercises = if self.total == 1 { "exercise" } else { "exercises" };
        let count = format!("{} of {} {exercises} solved in {}", self.passed, self.total, facts::time(took));
        let open = self.total - self.passed;
        let rest = if open == 0 { "all solved".to_owned() } else { format!("{open} to go") };
        if self.style.plain {
            sheet.paragraph(0, &format!("{count}, {rest}."), Ink::Plain);
        } else {
            sheet.line(0, &[]);
            let ink = if open == 0 { Ink::Good } else { Ink::Strong };
            sheet.joined(0, &[(&count, ink), (&rest, Ink::Plain)]);
        }
        sheet.write(self.out, self.style.colour)?;
        self.out.flush()
    }
}

/// A stage that passed is not the whole exercise, unless it is the last one.
fn is_solved(verdict: &Verdict) -> bool {
    verdict.passed() && verdict.stage.as_ref().is_none_or(AtStage::is_last)
}

struct Row<'a> {
    verdict: &'a Verdict,
    /// Unicode, ASCII, in words.
    signs: [&'static str; 3],
    ink: Ink,
    track: &'static str,
    count: String,
    cause: String,
}

impl<'a> Row<'a> {
    fn of(verdict: &'a Verdict) -> Self {
        let failed = verdict.program.is_some() || facts::explained(verdict).is_some();
        let (signs, ink) = match (verdict.passed(), failed) {
            (true, _) => (["✓", "+", "passed"], Ink::Good),
            (false, true) => (["✗", "X", "failed"], Ink::Bad),
            (false, false) => (["○", "o", "skipped"], Ink::Faint),
        };
        let passed = verdict.scenarios.iter().filter(|scenario| scenario.outcome == Outcome::Passed).count();
        let count = match verdict.scenarios.len() {
            0 => String::new(),
            total => format!("{passed} of {total}"),
        };
        let cause = match (&verdict.cause, &verdict.program, &verdict.stage) {
            (Some(cause), ..) => cause.id.clone(),
            (None, Some(mismatch), _) => mismatch.kind.to_string(),
            (None, None, Some(stage)) => format!("stage {} of {}", stage.number, stage.of),
            (None, None, None) => String::new(),
        };
        Self { verdict, signs, ink, track: verdict.track.map_or("", Track::as_str), count, cause }
    }

    fn in_words(&self, sheet: &mut Sheet) {
        let count = if self.count.is_empty() { String::new() } else { format!("{} scenarios", self.count) };
        let pieces =
            [&self.verdict.exercise, self.track, &count, &facts::time(self.verdict.took), &self.cause];
        let pieces: Vec<&str> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        sheet.paragraph(0, &format!("{}: {}", self.signs[2], pieces.join(", ")), Ink::Plain);
    }

    fn draw(&self, sheet: &mut Sheet) {
        let columns = sheet.columns();
        let sign = if sheet.safe(self.signs[0]) == self.signs[0] { self.signs[0] } else { self.signs[1] };
        let time = format!("{:>9}  ", facts::time(self.verdict.took));
        let names = match columns {
            WIDE.. => 34,
            MIDDLE.. => 28,
            _ => columns.saturating_sub(16).clamp(12, 34),
        };
        let name = padded(sheet, &self.verdict.exercise, names);
        let track = padded(sheet, self.track, 10);
        let count = padded(sheet, &self.count, 8);
        let mut spans = vec![(sign, self.ink), (" ", Ink::Plain), (&name, Ink::Plain), ("  ", Ink::Plain)];
        if columns < MIDDLE {
            spans.push((&track, Ink::Faint));
            sheet.line(2, &spans);
            if !self.cause.is_empty() {
                sheet.joined(4, &[(self.count.as_str(), Ink::Plain), (&self.cause, Ink::Plain)]);
            }
            return;
        }
        spans.extend([(track.as_str(), Ink::Faint), ("  ", Ink::Plain), (&count, Ink::Plain)]);
        if columns >= WIDE {
            spans.push((&time, Ink::Faint));
        }
        spans.push((&self.cause, Ink::Plain));
        sheet.line(2, &spans);
    }
}

fn padded(sheet: &Sheet, text: &str, columns: usize) -> String {
    let text = clip(&sheet.safe(text), columns, sheet.charset());
    let pad = columns.saturating_sub(width(&text));
    text + &" ".repeat(pad)
}
