//! The one line that is rewritten while a check runs.
//!
//! It is overwritten with a carriage return and spaces, so it needs no escape codes. Next: [`super::story`].

use std::io::{self, Write};

use grader::diagram::shorten::{clip, width};

use crate::report::style::Style;

/// What stands on the live line now.
#[derive(Default)]
pub(super) struct Live {
    columns: usize,
}

impl Live {
    /// Puts a text in the place of the one before. The text is already harmless.
    pub(super) fn show(&mut self, out: &mut dyn Write, text: &str, style: Style) -> io::Result<()> {
        // The last column stays free: some terminals wrap as soon as it is written.
        let text = clip(text, style.columns() - 3, style.charset());
        let columns = 2 + width(&text);
        let rest = self.columns.saturating_sub(columns);
        write!(out, "\r  {text}{}", " ".repeat(rest))?;
        self.columns = columns;
        out.flush()
    }

    /// Takes it away.
    pub(super) fn clear(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.columns > 0 {
            write!(out, "\r{}\r", " ".repeat(self.columns))?;
            self.columns = 0;
        }
        Ok(())
    }
}
