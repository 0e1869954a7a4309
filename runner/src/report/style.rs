//! How a report may look, decided once from the stream and the environment.
//!
//! Next: [`super::terminal`].

use std::env;

use anstream::{AutoStream, ColorChoice, stream::RawStream};
use grader::diagram::Charset;

/// Columns, when no terminal says how many it has.
const COLUMNS: usize = 80;
/// Fewer columns than this are not served: the lines would be single words.
const FEWEST: usize = 20;

/// How a report may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "five independent answers to five independent questions")]
pub struct Style {
    /// Columns of the terminal; no line is wider (at least 20).
    pub width: usize,
    /// Whether escape codes for colours may be written.
    pub colour: bool,
    /// Whether characters beyond ASCII may be written.
    pub unicode: bool,
    /// Words alone: no drawing, no sign that carries meaning. For screen readers and logs.
    pub plain: bool,
    /// Everything: all packets, all output.
    pub verbose: bool,
    /// Whether a line may be rewritten in place.
    pub live: bool,
}

impl Default for Style {
    /// For a file or a pipe: 80 columns, nothing but text.
    fn default() -> Self {
        Self { width: COLUMNS, colour: false, unicode: true, plain: false, verbose: false, live: false }
    }
}

impl Style {
    /// What `--plain` asks for.
    #[must_use]
    pub const fn plain(self) -> Self {
        Self { plain: true, colour: false, live: false, ..self }
    }

    pub(super) const fn charset(self) -> Charset {
        if self.unicode { Charset::Unicode } else { Charset::Ascii }
    }

    pub(super) const fn columns(self) -> usize {
        if self.width < FEWEST { FEWEST } else { self.width }
    }
}

/// What suits a stream: `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`, `TERM` and the locale are heeded.
pub fn detect<S: RawStream>(stream: &S) -> Style {
    let colour = AutoStream::choice(stream) != ColorChoice::Never;
    let columns = stream.is_terminal().then(terminal_size::terminal_size).flatten();
    let surroundings = Surroundings {
        colour,
        terminal: stream.is_terminal(),
        columns: columns.map(|(width, _)| usize::from(width.0)),
        windows: cfg!(windows),
    };
    decide(&surroundings, |name| env::var(name).ok())
}

struct Surroundings {
    colour: bool,
    terminal: bool,
    columns: Option<usize>,
    windows: bool,
}

fn decide(around: &Surroundings, variable: impl Fn(&str) -> Option<String>) -> Style {
    let told = |name: &str| variable(name).filter(|value| !value.is_empty());
    let dumb = told("TERM").is_some_and(|term| term == "dumb");
    let columns = around.columns.or_else(|| told("COLUMNS").and_then(|columns| columns.parse().ok()));
    let locale = told("LC_ALL").or_else(|| told("LC_CTYPE")).or_else(|| told("LANG"));
    let utf8 = locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    let modern_windows = around.windows && (told("WT_SESSION").is_some() || told("TERM_PROGRAM").is_some());
    // What goes to a file is read by programs that know UTF-8; a terminal must have said so.
    let unicode = if around.windows { modern_windows || !around.terminal } else { utf8 || !around.terminal };
    Style {
        width: columns.filter(|&columns| columns > 0).unwrap_or(COLUMNS),
        colour: around.colour,
        unicode: unicode && !dumb,
        live: around.terminal && !dumb,
        ..Style::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Surroundings =
        Surroundings { colour: true, terminal: true, columns: Some(120), windows: false };

    fn style(around: &Surroundings, variables: &[(&str, &str)]) -> Style {
        decide(around, |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_terminal_with_a_utf8_locale_gets_everything() {
        let style = style(&TERMINAL, &[("LANG", "en_GB.UTF-8"), ("TERM", "xterm-256color")]);
        assert_eq!(
            style,
            Style { width: 120, colour: true, unicode: true, plain: false, verbose: false, live: true }
        );
    }

    #[test]
    fn another_locale_or_a_dumb_terminal_gets_ascii() {
        assert!(!style(&TERMINAL, &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]).unicode);
        assert!(!style(&TERMINAL, &[]).unicode);
        let dumb = style(&TERMINAL, &[("LANG", "C.UTF-8"), ("TERM", "dumb")]);
        assert!(!dumb.unicode && !dumb.live);
    }

    #[test]
    fn a_pipe_gets_eighty_columns_or_what_columns_says() {
        let pipe = Surroundings { colour: false, terminal: false, columns: None, windows: false };
        assert_eq!(style(&pipe, &[]), Style::default());
        assert_eq!(style(&pipe, &[("COLUMNS", "100")]).width, 100);
        assert_eq!(style(&pipe, &[("COLUMNS", "wide")]).width, 80);
    }

    #[test]
    fn an_old_windows_console_gets_ascii() {
        let console = Surroundings { windows: true, ..TERMINAL };
        assert!(!style(&console, &[]).unicode);
        assert!(style(&console, &[("WT_SESSION", "1")]).unicode);
    }
}
