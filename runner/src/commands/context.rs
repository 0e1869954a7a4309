//! What a command is handed: where to write, what to read, where the course is. Next: `pick.rs`.

use std::{
    fmt::Display,
    io::{self, BufRead, Write},
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use super::look;
use crate::{
    course::{Course, CourseError, find_root},
    progress::{Change, Progress, Store},
    report::style::{self, Style},
};

/// The widest that prose gets: longer lines are hard to read.
const PROSE: usize = 80;

/// What a command is handed.
pub struct Context<'a> {
    /// What was asked for goes here; colours are stripped on the way when nobody wants them.
    pub out: &'a mut (dyn Write + Send),
    /// Warnings, notes and questions go here.
    pub err: &'a mut (dyn Write + Send),
    /// Answers to questions come from here.
    pub input: &'a mut (dyn BufRead + Send),
    /// What is known about the terminal.
    pub terminal: Terminal,
    /// From `--course` or `SOCKETLINGS_COURSE`.
    pub course: Option<PathBuf>,
    /// The current folder.
    pub here: PathBuf,
}

/// What is known about the terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal {
    /// Whether a person can be asked: input and errors are a terminal.
    pub interactive: bool,
    /// Words instead of symbols.
    pub plain: bool,
    /// Columns of the output; none when it is no terminal.
    pub width: Option<usize>,
}

impl Terminal {
    /// How a report on the output looks. Colours are taken out again on the way when nobody wants them.
    pub fn style(&self) -> Style {
        let detected = style::detect(&io::stdout());
        let style = Style { width: self.width.unwrap_or(detected.width), colour: true, ..detected };
        if self.plain { style.plain() } else { style }
    }

    /// How wide prose may be, in columns.
    pub fn prose(&self) -> usize {
        self.width.map_or(PROSE, |width| width.clamp(20, PROSE))
    }
}

impl Context<'_> {
    /// Opens the course.
    pub fn course(&self) -> Result<Course, CourseError> {
        Course::open(&find_root(self.course.as_deref(), &self.here)?)
    }

    /// Reads the progress; what is wrong with its file becomes a warning.
    pub fn progress(&mut self, course: &Course) -> Progress {
        let kept = Store::at(course.root()).read();
        for notice in kept.notices {
            self.warn(notice);
        }
        kept.progress
    }

    /// Records changes; what goes wrong becomes a warning. Returns whether they were saved.
    pub fn record(&mut self, course: &Course, changes: &[Change]) -> bool {
        match Store::at(course.root()).record(changes) {
            Ok(kept) => {
                for notice in kept.notices {
                    self.warn(notice);
                }
                true
            }
            Err(error) => {
                self.warn(error);
                false
            }
        }
    }

    /// Says that something is not as it should be, and goes on.
    pub fn warn(&mut self, text: impl Display) {
        self.say(look::WARNING, "warning", text);
    }

    /// Says something worth knowing.
    pub fn note(&mut self, text: impl Display) {
        self.say(look::STRONG, "note", text);
    }

    fn say(&mut self, style: anstyle::Style, word: &str, text: impl Display) {
        // A warning that cannot be printed must not end the command that it is about.
        drop(writeln!(self.err, "{style}{word}{style:#}: {text}"));
    }
}

/// How a command of ours is typed in a clone of the course: `typed("hint")`.
pub fn typed(command: &str) -> String {
    format!("cargo run -p runner {command}").trim_end().to_owned()
}

/// Now, in seconds since 1970, as progress keeps it.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
