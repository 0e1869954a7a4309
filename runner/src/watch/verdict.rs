//! A check as `report` tells it. The events are kept, so that a window of another size gets the same story anew.
//! Next: `ansi.rs`.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};

use grader::event::Event;

use crate::report::{ExerciseView, Report as _, style::Style, terminal::Terminal};

/// A check that is over: what the report says of it.
#[derive(Debug, Clone)]
pub struct Told {
    view: ExerciseView,
    began: Event,
    ended: Event,
}

impl Told {
    /// From the exercise and the first and the last event of its check.
    pub const fn new(view: ExerciseView, began: Event, ended: Event) -> Self {
        Self { view, began, ended }
    }

    /// Whether it passed.
    pub fn passed(&self) -> bool {
        matches!(&self.ended, Event::CheckEnded(verdict) if verdict.passed())
    }

    /// Whether another stage of the exercise comes after the one that was checked.
    pub fn has_more_stages(&self) -> bool {
        matches!(&self.ended, Event::CheckEnded(verdict) if verdict.stage.as_ref().is_some_and(|stage| !stage.is_last()))
    }

    /// The whole report, as `check` prints it.
    pub fn text(&self, style: Style) -> String {
        let mut out = Vec::new();
        let mut report = Terminal::new(&mut out, style);
        report.about(self.view.clone());
        let told = report.event(&self.began).and_then(|()| report.event(&self.ended));
        drop(report);
        debug_assert!(told.is_ok(), "a vector takes everything");
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// The one line that the report rewrites while a check runs.
#[derive(Debug, Clone, Default)]
pub(super) struct LiveLine(Rc<RefCell<Vec<u8>>>);

impl LiveLine {
    /// What stands there now; none when there is nothing new.
    pub(super) fn take(&self) -> Option<String> {
        let written = std::mem::take(&mut *self.0.borrow_mut());
        let start = written.iter().rposition(|byte| *byte == b'\r')?;
        let line = String::from_utf8_lossy(&written[start..]).trim().to_owned();
        Some(line).filter(|line| !line.is_empty())
    }
}

impl Write for LiveLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
