//! Colours and marks. A colour is never the only signal. Next: `prose.rs`.

use anstyle::{AnsiColor, Effects, Style};

/// Passed, found.
pub const RIGHT: Style = AnsiColor::Green.on_default();
/// Errors.
pub const WRONG: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// Warnings, missing things.
pub const WARNING: Style = AnsiColor::Yellow.on_default();
/// Titles.
pub const STRONG: Style = Style::new().effects(Effects::BOLD);
/// Less important.
pub const QUIET: Style = Style::new().effects(Effects::DIMMED);
/// What a person can type.
pub const TYPED: Style = AnsiColor::Cyan.on_default();

/// The state of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It passed.
    Passed,
    /// It is the next one.
    Next,
    /// It waits.
    Waiting,
    /// It does not exist in the learner's language.
    Elsewhere,
}

impl State {
    /// A symbol, or with `plain` a word. All are equally wide.
    pub const fn mark(self, plain: bool) -> &'static str {
        match (self, plain) {
            (Self::Passed, false) => "✓",
            (Self::Next, false) => "▶",
            (Self::Waiting, false) => "·",
            (Self::Elsewhere, false) => " ",
            (Self::Passed, true) => "passed ",
            (Self::Next, true) => "next   ",
            (Self::Waiting, true) => "waiting",
            (Self::Elsewhere, true) => "other  ",
        }
    }

    /// Its colour.
    pub const fn style(self) -> Style {
        match self {
            Self::Passed => RIGHT,
            Self::Next => STRONG,
            Self::Waiting => Style::new(),
            Self::Elsewhere => QUIET,
        }
    }
}
