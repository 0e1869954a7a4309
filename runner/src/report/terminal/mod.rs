//! The report that a learner reads in a terminal.
//!
//! While a check runs there is at most one live line; the story itself is told from the verdict, in one order:
//! what was asked, where, expected beside actual, the packets, why, what next.
//! `live` shows progress, `story` arranges, `failure` and `plain` tell.
//! Next: [`story`].

mod failure;
mod live;
mod plain;
mod story;

use std::io::{self, Write};

use anstream::adapter::strip_str;
use grader::{
    event::Event,
    scenario::{model::Track, stage::AtStage},
    verdict::Verdict,
};

use self::{live::Live, story::Story};
use super::{
    ExerciseView, Report,
    sheet::{Ink, Sheet},
    style::Style,
};

/// Writes for people: in colour or not, in pictures or in words, as its [`Style`] says.
pub struct Terminal<'w> {
    out: &'w mut dyn Write,
    style: Style,
    view: ExerciseView,
    live: Live,
    prepared: bool,
    played: usize,
    scenarios: usize,
}

impl<'w> Terminal<'w> {
    /// A report to `out`.
    pub fn new(out: &'w mut dyn Write, style: Style) -> Self {
        let style = if style.plain { style.plain() } else { style };
        Self {
            out,
            style,
            view: ExerciseView::default(),
            live: Live::default(),
            prepared: false,
            played: 0,
            scenarios: 0,
        }
    }

    fn started(&mut self, exercise: &str, stage: Option<&AtStage>, track: Option<Track>) -> io::Result<()> {
        let mut sheet = Sheet::new(self.style.columns(), self.style.charset());
        if self.style.plain {
            plain::heading(&mut sheet, exercise, stage, track);
        } else {
            story::heading(&mut sheet, exercise, stage, track);
        }
        sheet.write(self.out, self.style.colour)
    }

    fn preparing(&mut self, what: &str, line: Option<&str>) -> io::Result<()> {
        let text = match line {
            Some(line) => format!("{what} · {}", strip_str(line.trim())),
            None => format!("{what} …"),
        };
        let mut sheet = Sheet::new(self.style.columns(), self.style.charset());
        if self.style.live {
            let text = sheet.safe(&text);
            return self.live.show(self.out, &text, self.style);
        }
        // In a file the lines of a build are noise; that it runs is worth one line.
        if line.is_none() || self.style.verbose {
            sheet.line(if self.style.plain { 0 } else { 2 }, &[(&text, Ink::Faint)]);
            self.prepared = true;
        }
        sheet.write(self.out, self.style.colour)
    }

    fn ended(&mut self, verdict: &Verdict) -> io::Result<()> {
        self.live.clear(self.out)?;
        let mut sheet = Sheet::new(self.style.columns(), self.style.charset());
        if std::mem::take(&mut self.prepared) && !self.style.plain {
            writeln!(self.out)?;
        }
        let story = Story::new(&self.view, verdict, self.style);
        if self.style.plain {
            plain::tell(&mut sheet, &story);
        } else {
            story.tell(&mut sheet);
        }
        sheet.write(self.out, self.style.colour)?;
        self.out.flush()
    }
}

/// A check that is broken off leaves no half line: whatever is printed next begins in the first column.
impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        // A terminal that is gone shows no half line either.
        drop(self.live.clear(self.out).and_then(|()| self.out.flush()));
    }
}

impl Report for Terminal<'_> {
    fn about(&mut self, view: ExerciseView) {
        self.view = view;
    }

    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::CheckStarted { exercise, stage, track, scenarios, .. } => {
                (self.played, self.scenarios) = (0, *scenarios);
                self.started(exercise, stage.as_ref(), *track)
            }
            Event::Preparing { what, line } => self.preparing(what, line.as_deref()),
            Event::ScenarioEnded(_) if self.style.live => {
                self.played = (self.played + 1).min(self.scenarios);
                let text = format!("{} of {} scenarios played", self.played, self.scenarios);
                self.live.show(self.out, &text, self.style)
            }
            Event::ScenarioEnded(_) => Ok(()),
            Event::CheckEnded(verdict) => self.ended(verdict),
        }
    }
}
